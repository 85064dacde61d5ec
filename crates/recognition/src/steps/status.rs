//! `status` and `territory`: the issuer's side, and the destination's own acts.

use comity_model::date::{Day, Truth};
use comity_model::status::{Action, Capacity};

use crate::code::{Code, Outcome, StepName};
use crate::finding::{Finding, before, earliest};
use crate::known::Known;
use crate::policy::days_between;
use crate::status::{Act, Broken, Condition, Entitled, State, broken};
use crate::subject::Subject;
use crate::verdict::Who;

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
    if found.outcome != Outcome::Fail {
        found = superseded(known, subject, found);
        found = imports_replaced(known, subject, found);
    }
    if let (Outcome::Pass, Some(imported)) = (found.outcome, subject.imported) {
        let newest = state
            .observed
            .map_or(imported.fetched_on, |day| day.max(imported.fetched_on));
        found = observed(known, found, newest);
    }
    known.absent(found, &[subject.evidence], economies, subject.is_imported())
}

fn describe(found: &mut Finding<'_>, state: &State<'_>) {
    let Some(act) = &state.decisive else {
        return;
    };
    found.fact("effectiveFrom", &act.effective.to_string());
    found.fact("by", act.signer);
    if let Some(until) = &act.event.effective_until {
        found.fact("effectiveUntil", &until.to_string());
    }
    if let Some(reason) = act.event.reason.in_language("en") {
        found.fact("reason", &comity_model::text::projected(reason));
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
    }
    if !state.items_out.is_empty() {
        found.fact("scopeItems", &state.items_out.join(", "));
    }
}

/// What a state says of the record. An end stands whatever is missing from the chain of events:
/// nothing could lift it.
fn judged(state: &State<'_>) -> (Outcome, Code) {
    let ended = state.condition >= Condition::Superseded;
    let outcome = match (ended, state.certain, state.broken) {
        (_, false, _) => return (Outcome::Unknown, Code::StatusObservedOnly),
        (false, true, Some(Broken::Gap)) => return (Outcome::Unknown, Code::StatusSequenceGap),
        (false, true, Some(Broken::Fork)) => return (Outcome::Unknown, Code::StatusSequenceFork),
        (true, true, _) | (false, true, None) => Outcome::Fail,
    };
    match state.condition {
        Condition::Annulled => (outcome, Code::StatusAnnulled),
        Condition::Withdrawn => (outcome, Code::StatusWithdrawn),
        Condition::Superseded => (outcome, Code::StatusSuperseded),
        Condition::Suspended => (outcome, Code::StatusSuspended),
        Condition::Reduced => (Outcome::Unknown, Code::StatusScopeReduced),
        Condition::PartiallySuspended => (Outcome::Unknown, Code::StatusPartiallySuspended),
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
        if outcome != Outcome::Pass && !closed {
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
        found.become_(Outcome::Warn, Code::StatusObservedEarlier);
        let last = i32::try_from(most).unwrap_or(i32::MAX);
        return found.until(Some(newest.plus_days(last)));
    }
    found.become_(Outcome::Unknown, Code::StatusStaleObservation);
    found
}

/// `territory`: has the destination itself refused it? Only its own authority, for exactly its
/// own territory.
pub(crate) fn territory<'a>(
    known: &Known<'a>,
    subject: &Subject<'a>,
    lenient: bool,
) -> Finding<'a> {
    let (on, here) = (known.question.on, known.question.in_economy.as_str());
    let mut acts: Vec<Act<'a>> = known.acts(&subject.revisions);
    acts.retain(|act| {
        act.event.capacity == Capacity::DestinationAuthority
            && act.authority == act.signer
            && known.policy.is_authority_of(act.signer, here)
            && matches!(&*act.event.territory, [only] if only == here)
            && matches!(
                act.event.action,
                Action::RefuseRecognition | Action::RestoreRecognition
            )
    });
    acts.sort_by_key(|act| (act.effective.latest(), act.sequence()));
    let mut refused = Truth::No;
    let mut until = None;
    let mut decisive = None;
    for act in &acts {
        let refusal = act.event.action == Action::RefuseRecognition;
        match act.effective.reached_on(on) {
            Truth::Yes => refused = refusal.into(),
            Truth::Unknown => refused = Truth::Unknown,
            Truth::No => continue,
        }
        let ends = act.event.effective_until.as_ref().filter(|_| refusal);
        match ends.map_or(Truth::No, |end| end.passed_on(on)) {
            Truth::Yes => refused = Truth::No,
            Truth::Unknown => refused = Truth::Unknown,
            Truth::No => {}
        }
        decisive = Some(act);
    }
    for act in &acts {
        until = earliest(until, before(&act.effective, on));
    }
    let (outcome, code) = match refused {
        Truth::Yes => (Outcome::Fail, Code::TerritoryRefused),
        Truth::Unknown => (Outcome::Unknown, Code::TerritoryObservedOnly),
        Truth::No if broken(&acts).is_some() => (Outcome::Unknown, Code::TerritorySequenceGap),
        Truth::No => (Outcome::Pass, Code::TerritoryNoObjection),
    };
    let authority = known.policy.file().authority.iter();
    let of_destination = authority
        .filter(|entry| entry.economy.as_deref() == Some(here))
        .map(|entry| entry.did.as_str())
        .min();
    let mut found = Finding::new(StepName::Territory, outcome, code)
        .with("economy", here)
        .cite_all(acts.iter().map(|act| act.evidence))
        .ask(Who::Destination, of_destination, of_destination)
        .until(until);
    if let Some(act) = decisive {
        found.fact("effectiveFrom", &act.effective.to_string());
        if let Some(reason) = act.event.reason.in_language("en") {
            found.fact("reason", &comity_model::text::projected(reason));
        }
    }
    known.absent(found, &[], &[here], lenient)
}
