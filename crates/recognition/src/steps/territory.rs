//! `territory`: the destination's own acts.

use comity_model::date::Truth;
use comity_model::status::{Action, Capacity};

use crate::code::{Code, Outcome, StepName};
use crate::finding::{Finding, before, earliest, through};
use crate::known::Known;
use crate::status::{Act, broken};
use crate::subject::Subject;
use crate::verdict::Who;

/// `territory`: has the destination itself refused it? Only its own authority, for exactly its
/// own territory.
pub(crate) fn territory<'a>(
    known: &Known<'a>,
    subject: &Subject<'a>,
    lenient: bool,
) -> Finding<'a> {
    let (on, here) = (known.question.on, known.question.in_economy.as_str());
    let (mut acts, others): (Vec<Act<'a>>, Vec<Act<'a>>) = (known.acts(&subject.revisions))
        .into_iter()
        .filter(is_destinations)
        .partition(|act| is_own(known, act, here));
    acts.sort_by_key(|act| (act.effective.latest(), act.sequence()));
    let mut refused = Truth::No;
    let mut until = None;
    let mut decisive = None;
    for act in &acts {
        let refusal = match act.event.action {
            Action::RefuseRecognition => true,
            Action::RestoreRecognition => false,
            _ => continue,
        };
        let ends = act.event.effective_until.as_ref().filter(|_| refusal);
        until = earliest(until, before(&act.effective, on));
        until = earliest(until, ends.and_then(|end| through(end, on)));
        match act.effective.reached_on(on) {
            Truth::Yes => refused = refusal.into(),
            Truth::Unknown => refused = Truth::Unknown,
            Truth::No => continue,
        }
        match ends.map_or(Truth::No, |end| end.passed_on(on)) {
            Truth::Yes => refused = Truth::No,
            Truth::Unknown => refused = Truth::Unknown,
            Truth::No => {}
        }
        decisive = Some(act);
    }
    let unread = acts.iter().any(|act| act.event.action == Action::Unread);
    let (outcome, code) = match refused {
        _ if unread => (Outcome::Unknown, Code::TerritoryUnreadAction),
        Truth::Yes => (Outcome::Fail, Code::TerritoryRefused),
        Truth::Unknown => (Outcome::Unknown, Code::TerritoryObservedOnly),
        Truth::No if broken(&acts).is_some() => (Outcome::Unknown, Code::TerritorySequenceGap),
        Truth::No => (Outcome::Pass, Code::TerritoryNoObjection),
    };
    let of_destination = crate::arrangement::authority_of(known, here);
    let mut found = Finding::new(StepName::Territory, outcome, code)
        .with("economy", here)
        .cite_all(acts.iter().map(|act| act.evidence))
        .ask(Who::Destination, of_destination, of_destination)
        .until(until);
    let meant = others.iter().filter(|act| is_meant_for(known, act, here));
    found.ignored.extend(meant.map(|act| act.evidence));
    if let Some(act) = decisive {
        describe(&mut found, act);
    }
    known.absent(found, &[], &[here], lenient)
}

/// Since when, why and on what ground: whoever is refused has to be able to answer it.
fn describe(found: &mut Finding<'_>, act: &Act<'_>) {
    found.fact("effectiveFrom", &act.effective.to_string());
    if let Some(until) = &act.event.effective_until {
        found.fact("effectiveUntil", &until.to_string());
    }
    if let Some(code) = act.event.reason_code {
        found.fact("reasonCode", &code.name());
    }
    if !act.event.reason.is_empty() {
        found.say("reason", [&act.event.reason]);
    }
    if let Some(basis) = &act.event.legal_basis {
        found.fact("legalBasis", &comity_model::text::projected(basis));
    }
}

/// Whether it is an act of the kind that destinations publish, by whomever.
fn is_destinations(act: &Act<'_>) -> bool {
    match act.event.action {
        Action::RefuseRecognition | Action::RestoreRecognition => true,
        // What a later version calls it is not known; in which capacity it is, is.
        Action::Unread => act.event.capacity == Capacity::DestinationAuthority,
        _ => false,
    }
}

/// Whether it is by the authority of `here`, for exactly this territory.
fn is_own(known: &Known<'_>, act: &Act<'_>, here: &str) -> bool {
    act.event.capacity == Capacity::DestinationAuthority
        && act.authority == act.signer
        && known.policy.is_authority_of(act.signer, here)
        && matches!(&*act.event.territory, [only] if only == here)
}

/// Whether an act that does not count says something of `here`, or is by its authority: it is
/// shown as ignored. What another destination does at home is its own affair.
fn is_meant_for(known: &Known<'_>, act: &Act<'_>, here: &str) -> bool {
    act.event.territory.is_empty()
        || act.event.territory.iter().any(|economy| economy == here)
        || known.policy.is_authority_of(act.signer, here)
}
