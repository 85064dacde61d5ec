//! `status`: what the issuer's side says has happened to a record.

use comity_model::date::{Day, Truth};
use comity_model::record::Subject as Says;
use comity_model::status::{Action, Capacity};

use crate::code::{Code, Outcome, StepName};
use crate::finding::{Finding, before};
use crate::known::Known;
use crate::policy::days_between;
use crate::status::{Broken, Condition, Entitled, State};
use crate::subject::Subject;
use crate::verdict::{Name, Who};

/// `status`: is it still good, says the issuer's side?
pub(crate) fn status<'a>(
    known: &Known<'a>,
    subject: &Subject<'a>,
    entitled: &Entitled<'a>,
    economies: &[&str],
) -> Finding<'a> {
    let on = known.question.on;
    let state = known.state(&subject.revisions, entitled, on);
    let record = subject.record;
    let mut found = Finding::new(StepName::Status, Outcome::Pass, Code::StatusActive)
        .cite(subject.evidence)
        .cite_all(state.evidence.iter().copied())
        .ask(
            Who::Issuer,
            Some(&record.comity.authority),
            Some(&record.issuer.id),
        )
        .until(state.until);
    describe(&mut found, &state);
    found.ignored.extend(state.ignored.iter().copied());
    let (outcome, code) = judged(&state);
    found.become_(outcome, code);
    if matches!(code, Code::StatusTransferred | Code::StatusTransferEnded) {
        found = ask_successor(found, &state);
    }
    if found.outcome != Outcome::Fail {
        found = superseded(known, subject, found);
        found = imports_replaced(known, subject, found);
    }
    if let (Outcome::Pass | Outcome::Warn, Some(imported)) = (found.outcome, subject.imported) {
        let newest = state
            .observed
            .map_or(imported.fetched_on, |day| day.max(imported.fetched_on));
        found = observed(known, found, newest);
    }
    let stands = matches!(found.outcome, Outcome::Pass | Outcome::Warn);
    if stands && known.evidence.unread.revisions {
        // One that was not looked at may have taken its place.
        found.become_(Outcome::Unknown, Code::StatusTooMany);
    }
    known.absent(found, &[subject.evidence], economies, subject.is_imported())
}

fn describe(found: &mut Finding<'_>, state: &State<'_>) {
    let Some(act) = &state.decisive else {
        return;
    };
    found.fact("effectiveFrom", &act.effective.to_string());
    found.parties.clear();
    found.party("by", Some(act.authority), act.signer);
    if let Some(until) = &act.event.effective_until {
        found.fact("effectiveUntil", &until.to_string());
    }
    if !act.event.reason.is_empty() {
        found.say("reason", [&act.event.reason]);
    }
    if let Some(to) = &act.event.transferred_to {
        found.party("transferredTo", Some(&to.registered_by), &to.id);
    }
    if let Some(until) = act.event.grace_until {
        found.fact("graceUntil", &until.to_string());
    }
    if let Some(word) = act
        .event
        .observed
        .as_ref()
        .and_then(|o| o.source_status.as_ref())
    {
        found.fact("sourceStatus", &comity_model::text::projected(word));
    }
    if let Some(successor) = &act.event.successor {
        found.fact("successor", &successor.id);
        let name = Name::Reference(successor.clone());
        found.names.insert("successor", name);
    }
    if !state.items_out.is_empty() {
        found.fact("scopeItems", &state.items_out.join(", "));
    }
}

/// Who takes a record over is whom to ask for the one that goes on.
fn ask_successor<'a>(found: Finding<'a>, state: &State<'a>) -> Finding<'a> {
    let act = state.decisive.as_ref();
    let Some(to) = act.and_then(|act| act.event.transferred_to.as_ref()) else {
        return found;
    };
    found.ask(Who::Successor, Some(&to.registered_by), Some(&to.id))
}

/// What a state says of the record. An end stands whatever is missing from the chain of events:
/// nothing could lift it.
fn judged(state: &State<'_>) -> (Outcome, Code) {
    let ended = state.condition >= Condition::TransferEnded;
    let outcome = match (ended, state.certain, state.broken) {
        (_, false, _) => return (Outcome::Unknown, Code::StatusObservedOnly),
        (false, true, Some(Broken::Gap)) => return (Outcome::Unknown, Code::StatusSequenceGap),
        (false, true, Some(Broken::Fork)) => return (Outcome::Unknown, Code::StatusSequenceFork),
        (false, true, Some(Broken::Unread)) => {
            return (Outcome::Unknown, Code::StatusUnreadAction);
        }
        (true, true, _) | (false, true, None) => Outcome::Fail,
    };
    match state.condition {
        Condition::Annulled => (outcome, Code::StatusAnnulled),
        Condition::Withdrawn => (outcome, Code::StatusWithdrawn),
        Condition::Superseded => (outcome, Code::StatusSuperseded),
        Condition::TransferEnded => (outcome, Code::StatusTransferEnded),
        Condition::Suspended => (outcome, Code::StatusSuspended),
        Condition::Reduced => (Outcome::Unknown, Code::StatusScopeReduced),
        Condition::PartiallySuspended => (Outcome::Unknown, Code::StatusPartiallySuspended),
        Condition::Transferred => (Outcome::Warn, Code::StatusTransferred),
        Condition::Active => (Outcome::Pass, Code::StatusActive),
    }
}

/// A later revision takes the place of this one from its own first day.
fn superseded<'a>(known: &Known<'a>, subject: &Subject<'a>, mut found: Finding<'a>) -> Finding<'a> {
    let Some((newer, from)) = &subject.newer else {
        return found;
    };
    match from.reached_on(known.question.on) {
        Truth::No => return found.until(before(from, known.question.on)),
        Truth::Yes => found.become_(Outcome::Fail, Code::StatusSuperseded),
        Truth::Unknown => found.become_(Outcome::Unknown, Code::StatusObservedOnly),
    }
    found.fact("effectiveFrom", &from.to_string());
    if let Ok(record) = &newer.record {
        found.fact("successor", &record.id);
        if let Says::Attestation(attestation) = &record.subject {
            let number = &attestation.comity.certificate_number;
            let number = comity_model::text::projected(number);
            found.names.insert("successor", Name::Record(number));
        }
    }
    found.cite(newer)
}

/// Imported withdrawals stay decisive until the issuer's own event closes them (format.md 2.9).
fn imports_replaced<'a>(
    known: &Known<'a>,
    subject: &Subject<'a>,
    mut found: Finding<'a>,
) -> Finding<'a> {
    let on = known.question.on;
    for import in &subject.replaced_imports {
        let (authority, importer) = (&import.record.comity.authority, &import.record.issuer.id);
        let entitled = Entitled {
            issuer: (authority, importer),
            ..Entitled::default()
        };
        let state = known.state(&[import.record.identity()], &entitled, on);
        let (outcome, code) = judged(&state);
        let own = known.acts(&subject.revisions);
        let closed = own.iter().any(|act| {
            (act.authority, act.signer)
                == (
                    &*subject.record.comity.authority,
                    &*subject.record.issuer.id,
                )
                && act.event.capacity == Capacity::Issuer
                && act.event.action == Action::Reinstate
                && act.effective.reached_on(on) == Truth::Yes
        });
        if outcome != Outcome::Pass && outcome >= found.outcome && !closed {
            found.become_(outcome, code);
            describe(&mut found, &state);
            found = found.cite(import.evidence).cite_all(state.evidence);
        }
    }
    found
}

/// What a register shows counts from the newest fetch that saw it: for legal days after it with
/// a warning, and not for ever.
fn observed<'a>(known: &Known<'a>, mut found: Finding<'a>, newest: Day) -> Finding<'a> {
    let on = known.question.on;
    found.fact("observedOn", &newest.to_string());
    let age = days_between(newest, on);
    let most = i64::try_from(known.policy.file().imported_max_age_days).unwrap_or(i64::MAX);
    if age <= 0 {
        return found.until(Some(newest));
    }
    found.fact("ageDays", &age.to_string());
    if age <= most {
        if found.outcome == Outcome::Pass {
            found.become_(Outcome::Warn, Code::StatusObservedEarlier);
        }
        let last = i32::try_from(most).unwrap_or(i32::MAX);
        return found.until(Some(newest.plus_days(last)));
    }
    found.become_(Outcome::Unknown, Code::StatusStaleObservation);
    found
}
