//! What happened to a certificate after it was issued.

use anyhow::{Context as _, Result};
use comity_model::date::Day;
use comity_model::record::Subject;
use comity_model::reference::RecordReference;
use comity_model::status::{Action, Capacity, EventSubject, ReasonCode, StatusEvent};

use super::cast::{Body, Sort};
use super::chance::Chance;
use super::shares::Change;
use super::sign::{Draft, Signed, sign, subject_of};
use super::tables::Words;
use super::words::{EVENT, NEW_REVISION, PUT_RIGHT, REASONS};
use super::world::World;

/// Days after its issue before which nothing happens to a certificate.
const QUIET_DAYS: i32 = 10;
/// Days for which a certificate that was taken over still counts.
const GRACE_DAYS: i32 = 90;

/// A certificate to which something happens.
#[derive(Debug)]
pub(super) struct Certificate<'a> {
    pub(super) record: &'a RecordReference,
    pub(super) by: &'a Body,
    pub(super) issued: Day,
    /// The last day on which something can have happened.
    pub(super) last: Day,
    pub(super) family: usize,
}

/// The days on which something can have happened, if there are two of them.
pub(super) fn days(chance: &mut Chance, issued: Day, last: Day) -> Option<[Day; 2]> {
    let first = issued.plus_days(QUIET_DAYS);
    let room = last.days_since_epoch() - first.days_since_epoch();
    let room = u32::try_from(room).ok().filter(|room| *room > 1)?;
    let from = first.plus_days(chance.days(0, room - 1));
    let room = last.days_since_epoch() - from.days_since_epoch();
    let room = u32::try_from(room).ok()?;
    Some([from, from.plus_days(chance.days(1, room.min(120)))])
}

/// The events of what happened, and the state that they leave, if it is another than that of the
/// dates.
///
/// # Errors
/// If one cannot be signed.
pub(super) fn change(
    world: &World,
    chance: &mut Chance,
    certificate: &Certificate<'_>,
    what: Change,
) -> Result<(Vec<Signed>, Option<&'static str>)> {
    let Some([on, later]) = days(chance, certificate.issued, certificate.last) else {
        return Ok((Vec::new(), None));
    };
    let mut told = Told {
        chance,
        certificate,
        events: Vec::new(),
    };
    let state = match what {
        Change::Suspended => {
            told.issuer(Action::Suspend, on, on)?;
            Some("suspended")
        }
        Change::Reinstated => {
            told.issuer(Action::Suspend, on, on)?;
            told.issuer(Action::Reinstate, later, later)?;
            None
        }
        Change::Withdrawn => {
            told.issuer(Action::Suspend, on, on)?;
            told.issuer(Action::Withdraw, later, later)?;
            Some("withdrawn")
        }
        Change::Annulled => {
            told.issuer(Action::Annul, on, certificate.issued)?;
            Some("annulled")
        }
        Change::Amended => {
            told.issuer(Action::Amend, on, on)?;
            None
        }
        Change::Transferred => told.transfer(world, on)?,
        Change::Refused => {
            let by = told.destination(world)?;
            told.refuse(by, Action::RefuseRecognition, on)?;
            None
        }
        Change::Restored => {
            let by = told.destination(world)?;
            told.refuse(by, Action::RefuseRecognition, on)?;
            told.refuse(by, Action::RestoreRecognition, later)?;
            None
        }
    };
    Ok((told.events, state))
}

/// That `successor` takes the place of the certificate from `on`.
///
/// # Errors
/// If it cannot be signed.
pub(super) fn supersede(
    chance: &mut Chance,
    certificate: &Certificate<'_>,
    successor: RecordReference,
    on: Day,
) -> Result<Signed> {
    let by = certificate.by;
    let event = StatusEvent {
        successor: Some(successor),
        reason_code: Some(ReasonCode::StandardSuperseded),
        reason: by.both(&NEW_REVISION),
        ..plain(Action::Supersede, subject_of(certificate.record, None), on)
    };
    publish(chance, by, on, event)
}

/// Events on one certificate, one after the other.
struct Told<'a> {
    chance: &'a mut Chance,
    certificate: &'a Certificate<'a>,
    events: Vec<Signed>,
}

impl Told<'_> {
    /// The certificate as subject of the next event, which the same signer makes as the last.
    fn subject(&self) -> EventSubject {
        let last = self.events.last();
        let last = last.map(|event| event.reference.digest_multibase.as_str());
        let before = last.map(|digest| (self.events.len() as u64, digest));
        subject_of(self.certificate.record, before)
    }

    fn issuer(&mut self, action: Action, on: Day, effective: Day) -> Result<()> {
        let by = self.certificate.by;
        let clerical = |code: ReasonCode| code == ReasonCode::ClericalError;
        let reasons: Vec<_> = (REASONS.iter())
            .filter(|(code, _)| clerical(*code) == (action == Action::Amend))
            .collect();
        let reason = self.chance.one_of(&reasons).context("there are reasons")?;
        let (code, words): (ReasonCode, &Words) = match action {
            Action::Reinstate => (ReasonCode::Voluntary, &PUT_RIGHT),
            _ => (reason.0, &reason.1),
        };
        let event = StatusEvent {
            reason_code: Some(code),
            reason: by.both(words),
            decided_on: Some(on),
            ..plain(action, self.subject(), effective)
        };
        self.events.push(publish(self.chance, by, on, event)?);
        Ok(())
    }

    /// Another certifier of the economy takes the certificate over; none if there is no other.
    fn transfer(&mut self, world: &World, on: Day) -> Result<Option<&'static str>> {
        let Certificate { by, family, .. } = *self.certificate;
        let sort = by.sort.unwrap_or(Sort::Certifier);
        let other = world.cast.ask(self.chance, by.economy, sort, family)?;
        if other.did == by.did {
            self.issuer(Action::Withdraw, on, on)?;
            return Ok(Some("withdrawn"));
        }
        let until = on.plus_days(GRACE_DAYS);
        let [.., (_, words), _, _, _] = &REASONS;
        let event = StatusEvent {
            transferred_to: Some(other.reference()),
            grace_until: Some(until),
            reason_code: Some(ReasonCode::Voluntary),
            reason: by.both(words),
            ..plain(Action::Transfer, self.subject(), on)
        };
        self.events.push(publish(self.chance, by, on, event)?);
        Ok((until < world.date).then_some("transferred"))
    }

    /// The authority of another economy.
    fn destination<'a>(&mut self, world: &'a World) -> Result<&'a Body> {
        let authorities = &world.cast.authorities;
        let others = authorities.iter().enumerate();
        let others: Vec<&Body> = others
            .filter(|(place, _)| *place != self.certificate.by.economy)
            .map(|(_, authority)| authority)
            .collect();
        let other = self.chance.one_of(&others).copied();
        other.context("there is another economy")
    }

    fn refuse(&mut self, by: &Body, action: Action, on: Day) -> Result<()> {
        let [.., (code, words), _, _] = &REASONS;
        let right = action == Action::RestoreRecognition;
        let event = StatusEvent {
            capacity: Capacity::DestinationAuthority,
            territory: vec![by.code().to_owned()],
            reason_code: Some(if right { ReasonCode::Voluntary } else { *code }),
            reason: by.both(if right { &PUT_RIGHT } else { words }),
            legal_basis: Some(format!("DEMO {}/{}", self.chance.between(1, 40), on.year())),
            ..plain(action, self.subject(), on)
        };
        self.events.push(publish(self.chance, by, on, event)?);
        Ok(())
    }
}

fn publish(chance: &mut Chance, by: &Body, on: Day, event: StatusEvent) -> Result<Signed> {
    let draft = Draft {
        by,
        on,
        name: by.say(&EVENT).to_owned(),
        replaces: None,
        subject: Subject::StatusEvent(Box::new(event)),
    };
    sign(chance, draft)
}

/// An event of the record's own signer that says no more than what happens and from when.
pub(super) fn plain(action: Action, subject: EventSubject, from: Day) -> StatusEvent {
    StatusEvent {
        action,
        capacity: Capacity::Issuer,
        subjects: vec![subject],
        effective_from: from.into(),
        effective_until: None,
        territory: Vec::new(),
        scope_items: Vec::new(),
        resulting_scope: None,
        reason_code: None,
        reason: comity_model::text::LangString::default(),
        legal_basis: None,
        decided_on: None,
        successor: None,
        transferred_to: None,
        grace_until: None,
        selection: None,
        observed: None,
    }
}
