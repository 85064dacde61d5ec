//! What else happened to the records that a status event acts on, and which act lifts which.
//!
//! A refusal or a suspension is never changed: another act of the same signer lifts it. Whoever
//! reads the one has to be led to the other. Only acts that their issuers signed with a key that is
//! registered for them are listed, so that nobody lifts anything in another's name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use comity_model::date::Day;
use comity_model::record::{Record, Subject};
use comity_model::reference::Identity;
use comity_model::status::{Action, StatusEvent};
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::signers::{Signers, own_keys};
use comity_store::RecordRow;

use crate::Node;
use crate::error::Error;
use crate::look_up::{HistoryEvent, places};

#[cfg(test)]
mod tests;

/// Most records of one event whose other events are looked for.
pub const MAX_RECORDS: usize = 50;
/// Most other events that are read for one; those of its own signer come first.
pub const MAX_READ: usize = 100;

/// The other events on the records that one acts on.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The events, each once, in the order of the days on which they take effect.
    pub acts: Vec<ActBeside>,
    /// On how many records they were looked for.
    pub records: usize,
    /// The event asked about changes nothing itself.
    pub ignored: bool,
    /// There are more records or events than were looked at.
    pub cut: bool,
}

/// Another event on some of the same records.
#[derive(Clone, Debug)]
pub struct ActBeside {
    /// The event.
    pub event: HistoryEvent,
    /// On how many of the records it acts.
    pub records: usize,
    /// The day from which it counts: one that gives back, not before it was logged.
    pub from: Day,
    /// What it is to the event asked about.
    pub lifting: Lifting,
    /// It changes nothing: whoever signed it may not act so on any of the records (format.md 2.7).
    pub ignored: bool,
}

/// What one act is to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lifting {
    /// Neither lifts the other.
    #[default]
    Neither,
    /// It lifts the one asked about, of so many records.
    Lifts(usize),
    /// It is lifted by the one asked about, of so many records.
    IsLifted(usize),
}

impl Node {
    /// The other events on the records that `record`, a status event, acts on; nothing of a record
    /// of another kind.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn acts_beside(&self, record: &EvidenceRecord) -> Result<Beside, Error> {
        let Some((own, event)) = status_event(record) else {
            return Ok(Beside::default());
        };
        let identities: Vec<Identity> = event
            .subjects
            .iter()
            .take(MAX_RECORDS)
            .map(comity_model::status::EventSubject::identity)
            .collect();
        let (rows, cut) = self.rows_beside(&identities, record, own).await?;
        let mut events = Vec::new();
        for row in rows {
            for evidence in self.shared.examined(std::slice::from_ref(&row)).await? {
                events.push(HistoryEvent {
                    places: places(&evidence),
                    row: row.clone(),
                    evidence,
                });
            }
        }
        self.keep_signed(&mut events);
        let own = self.voices([record]).iter().any(|voice| voice.own);
        let liftings = if own {
            liftings(record, &events, &identities)
        } else {
            BTreeMap::new()
        };
        let ignored = self.ignored_on(&identities).await?;
        let is_ignored = |digest: &[u8; 32], acts: usize| ignored.get(digest) == Some(&acts);
        let beside = |event: HistoryEvent| {
            let (_, other) = status_event(&event.evidence)?;
            let of = |identity: &&Identity| acts_on(other, identity).is_some();
            let records = identities.iter().filter(of).count();
            Some(ActBeside {
                records,
                ignored: is_ignored(&event.row.digest, records),
                from: counts_from(&event.evidence)?,
                lifting: (liftings.get(&event.row.digest).copied()).unwrap_or_default(),
                event,
            })
        };
        let mut acts: Vec<_> = events.into_iter().filter_map(beside).collect();
        acts.sort_by_key(|act| (act.from, act.event.row.digest));
        Ok(Beside {
            acts,
            records: identities.len(),
            ignored: is_ignored(&record.record_digest, identities.len()),
            cut: cut || event.subjects.len() > identities.len(),
        })
    }

    /// Record digests of the events on a record that change nothing, because whoever signed them may
    /// not act on it so (format.md 2.7).
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn ignored_events(
        &self,
        record: &Arc<EvidenceRecord>,
    ) -> Result<Vec<[u8; 32]>, Error> {
        self.shared.ignored_events(record).await
    }

    /// Of how many of the records each event is one that changes nothing.
    async fn ignored_on(
        &self,
        identities: &[Identity],
    ) -> Result<BTreeMap<[u8; 32], usize>, Error> {
        let mut ignored: BTreeMap<[u8; 32], usize> = BTreeMap::new();
        for identity in identities {
            let rows = self.shared.documents_of(identity).await?;
            let held = self.shared.examined(&rows).await?;
            if let Some(record) = held.first() {
                for event in self.shared.ignored_events(record).await? {
                    *ignored.entry(event).or_default() += 1;
                }
            }
        }
        Ok(ignored)
    }

    /// Each event once, those that name the signer of `own` first; and whether there are more.
    async fn rows_beside(
        &self,
        identities: &[Identity],
        record: &EvidenceRecord,
        own: &Record,
    ) -> Result<(Vec<RecordRow>, bool), Error> {
        let mut seen = BTreeSet::from([record.record_digest]);
        let (mut rows, mut others) = (Vec::new(), Vec::new());
        let mut cut = false;
        for identity in identities {
            for row in self.shared.events_of(identity).await? {
                if !seen.insert(row.digest) {
                    continue;
                }
                let same = row.issuer == own.issuer.id && row.authority == own.comity.authority;
                let rows = if same { &mut rows } else { &mut others };
                if rows.len() < MAX_READ {
                    rows.push(row);
                } else {
                    cut = true;
                }
            }
        }
        rows.append(&mut others);
        cut |= rows.len() > MAX_READ;
        rows.truncate(MAX_READ);
        Ok((rows, cut))
    }

    /// Leaves those that their issuers signed with a key that is registered for them.
    fn keep_signed(&self, events: &mut Vec<HistoryEvent>) {
        let node = &self.shared;
        let held = node.held.snapshot();
        let policy = node.policy.resolve(&held.trust, node.now_known());
        let mut signers = Signers::new(&policy, &held.trust);
        events.retain(|event| {
            let keys = signers.of(&event.row.issuer).keys;
            own_keys(&event.evidence).any(|key| keys.contains(key))
        });
    }
}

/// A place in the order of one signer's acts on one record.
type Place = (Day, u64);

/// What each of the events, by its record digest, is to the event `record`.
fn liftings(
    record: &EvidenceRecord,
    events: &[HistoryEvent],
    identities: &[Identity],
) -> BTreeMap<[u8; 32], Lifting> {
    let mut found: BTreeMap<[u8; 32], Lifting> = BTreeMap::new();
    let Some((own, event)) = status_event(record) else {
        return found;
    };
    for identity in identities {
        let Some(here) = place(record, event, identity) else {
            continue;
        };
        // Acts of the same signer in the same part and place, in their order.
        let mut acts: Vec<(Place, [u8; 32], &StatusEvent)> = events
            .iter()
            .filter_map(|other| {
                let (by, act) = status_event(&other.evidence)?;
                let same = by.issuer.id == own.issuer.id
                    && by.comity.authority == own.comity.authority
                    && act.capacity == event.capacity
                    && act.territory == event.territory;
                let at = place(&other.evidence, act, identity)?;
                same.then_some((at, other.row.digest, act))
            })
            .collect();
        acts.sort_unstable_by_key(|(at, digest, _)| (*at, *digest));
        let next = acts
            .iter()
            .find(|(at, _, act)| *at > here && lifts(act, event));
        if let Some((_, digest, _)) = next {
            count(&mut found, *digest, Lifting::Lifts(1));
        }
        let before = acts.iter().rev().filter(|(at, ..)| *at < here);
        // What an earlier act has lifted already is not lifted again.
        let mut before = before.take_while(|(_, _, act)| act.action != event.action);
        while let Some((_, digest, _)) = before.find(|(_, _, act)| lifts(event, act)) {
            count(&mut found, *digest, Lifting::IsLifted(1));
        }
    }
    found
}

fn count(found: &mut BTreeMap<[u8; 32], Lifting>, digest: [u8; 32], one: Lifting) {
    let held = found.entry(digest).or_default();
    *held = match *held {
        Lifting::Neither => one,
        Lifting::Lifts(records) => Lifting::Lifts(records + 1),
        Lifting::IsLifted(records) => Lifting::IsLifted(records + 1),
    };
}

/// Whether `one`, if it comes later, lifts `other`: in whole, or for all the items of its scope.
fn lifts(one: &StatusEvent, other: &StatusEvent) -> bool {
    let (gives, takes) = (one.action, other.action);
    match (gives, takes) {
        (Action::RestoreRecognition, Action::RefuseRecognition) => true,
        (Action::Reinstate, Action::Suspend) => {
            let mut items = other.scope_items.iter();
            one.scope_items.is_empty()
                || (!other.scope_items.is_empty()
                    && items.all(|item| one.scope_items.contains(item)))
        }
        _ => false,
    }
}

fn status_event(evidence: &EvidenceRecord) -> Option<(&Record, &StatusEvent)> {
    let record = evidence.record.as_ref().ok()?;
    match &record.subject {
        Subject::StatusEvent(event) => Some((record, event)),
        _ => None,
    }
}

/// Its number in its signer's chain for a record.
fn acts_on(event: &StatusEvent, identity: &Identity) -> Option<u64> {
    let mut subjects = event.subjects.iter();
    let subject = subjects.find(|subject| subject.identity() == *identity)?;
    Some(subject.sequence)
}

fn place(evidence: &EvidenceRecord, event: &StatusEvent, identity: &Identity) -> Option<Place> {
    Some((counts_from(evidence)?, acts_on(event, identity)?))
}

/// The day from which an event counts: what gives back, where nobody imported it, no earlier than it
/// was logged (format.md 2.10).
fn counts_from(evidence: &EvidenceRecord) -> Option<Day> {
    let (record, event) = status_event(evidence)?;
    let from = event.effective_from.latest();
    let native = event.observed.is_none() && record.comity.imported_from.is_none();
    let logged = places(evidence).iter().filter_map(|place| place.at).min();
    let gives = matches!(
        event.action,
        Action::Reinstate | Action::RestoreRecognition | Action::ExtendScope
    );
    Some(match logged {
        Some(logged) if native && gives => from.max(logged.day()),
        _ => from,
    })
}
