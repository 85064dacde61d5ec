//! Folding events into a state.

use comity_model::date::{Day, LegalDate, Truth};
use comity_model::grant::ScopeItem;
use comity_model::status::{Action, Capacity, StatusEvent};

use super::{Act, Entitled, State, broken};
use crate::finding::{before, earliest, through};

/// The condition of a record, from the best to the worst (format.md 2.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Condition {
    Active,
    /// Another body takes it over, and until a day it still counts.
    Transferred,
    /// Some items of its scope are suspended.
    PartiallySuspended,
    /// Some items of its scope have ended.
    Reduced,
    Suspended,
    /// Another body has taken it over, and the grace has ended.
    TransferEnded,
    Superseded,
    Withdrawn,
    Annulled,
}

/// The state that the entitled among `acts` lead to on `on`.
pub(super) fn state<'a>(
    acts: Vec<Act<'a>>,
    newest: usize,
    entitled: &Entitled<'_>,
    on: Day,
) -> State<'a> {
    let unread = |act: &Act<'_>| act.event.action == Action::Unread && act.is_entitled(entitled);
    let unread = acts.iter().any(unread).then_some(super::Broken::Unread);
    let broken = unread.or_else(|| broken_among(&acts, entitled));
    let (mut counted, others): (Vec<_>, Vec<_>) =
        acts.into_iter().partition(|act| act.is_entitled(entitled));
    // A revision is not superseded by the event that ended the one before it.
    counted.retain(|act| act.event.action != Action::Supersede || act.revision == newest);
    counted.sort_by_key(|act| (act.effective.latest(), act.revision, act.sequence));
    let happened = history(&counted, on, false);
    let at_worst = history(&counted, on, true);
    let certain = happened.condition == at_worst.condition && happened.items == at_worst.items;
    let mut evidence: Vec<_> = (counted.iter())
        .filter(|act| act.event.action != Action::Observed)
        .map(|act| act.evidence)
        .collect();
    evidence.sort_by_key(|record| record.record_digest);
    let ignored = others.iter().filter(|act| !is_territorial(act.event));
    State {
        condition: at_worst.condition,
        certain,
        broken,
        evidence,
        decisive: at_worst.decisive.cloned(),
        disowned: disowned(&counted, on),
        ignored: ignored.map(|act| act.evidence).collect(),
        items_out: at_worst.items,
        scope: at_worst.scope,
        observed: observed(&counted),
        until: next_change(&counted, on),
    }
}

/// Whether a chain of events is broken of a signer who is entitled at all. A stranger's chain
/// says nothing, whole or not.
fn broken_among(acts: &[Act<'_>], entitled: &Entitled<'_>) -> Option<super::Broken> {
    let signer = |act: &Act<'_>| (act.authority.to_owned(), act.signer.to_owned());
    let signers: Vec<_> = acts
        .iter()
        .filter(|act| act.is_entitled(entitled))
        .map(signer)
        .collect();
    let theirs = acts.iter().filter(|act| signers.contains(&signer(act)));
    broken(&theirs.cloned().collect::<Vec<_>>())
}

/// Whether the step `territory` answers for it.
fn is_territorial(event: &StatusEvent) -> bool {
    match event.action {
        Action::RefuseRecognition | Action::RestoreRecognition => true,
        Action::Unread => event.capacity == Capacity::DestinationAuthority,
        _ => false,
    }
}

fn disowned<'a>(acts: &[Act<'a>], on: Day) -> Vec<&'a crate::evidence::EvidenceRecord> {
    (acts.iter())
        .filter(|act| act.event.action == Action::Disown)
        .filter(|act| act.effective.reached_on(on) != Truth::No)
        .map(|act| act.evidence)
        .collect()
}

fn observed(acts: &[Act<'_>]) -> Option<Day> {
    let fetches = acts.iter().filter_map(|act| act.event.observed.as_ref());
    fetches.map(|fetch| fetch.fetched_on).max()
}

fn next_change(acts: &[Act<'_>], on: Day) -> Option<Day> {
    acts.iter()
        .filter(|act| act.event.action != Action::Observed)
        .fold(None, |next, act| {
            earliest(next, next_change_by(act.event, &act.effective, on))
        })
}

/// The last day from `on` on before an event that takes effect at `effective` changes something:
/// it begins, it ends, or its grace does.
pub(crate) fn next_change_by(event: &StatusEvent, effective: &LegalDate, on: Day) -> Option<Day> {
    let ends = event.effective_until.as_ref();
    let grace = event.grace_until.map(LegalDate::from);
    let next = earliest(
        before(effective, on),
        ends.and_then(|until| through(until, on)),
    );
    earliest(next, grace.and_then(|until| through(&until, on)))
}

struct History<'h, 'a> {
    condition: Condition,
    decisive: Option<&'h Act<'a>>,
    items: Vec<&'a str>,
    scope: Option<&'a [ScopeItem]>,
}

/// What one signer has brought about so far.
#[derive(Default)]
struct OfSigner<'h, 'a> {
    ended: Option<(Condition, &'h Act<'a>)>,
    suspended: Option<&'h Act<'a>>,
    transferred: Option<&'h Act<'a>>,
    items_suspended: Vec<(&'a str, &'h Act<'a>)>,
    reduced: Option<&'h Act<'a>>,
    items_ended: Vec<&'a str>,
    scope: Option<&'a [ScopeItem]>,
}

/// One of the two histories: with or without what may have happened by `on`.
fn history<'h, 'a>(acts: &'h [Act<'a>], on: Day, at_worst: bool) -> History<'h, 'a> {
    let mut signers: Vec<((&str, &str), OfSigner<'h, 'a>)> = Vec::new();
    let mut scope = None;
    for act in acts {
        let reached = match act.event.action {
            // Void from the start, whatever day it was decided on.
            Action::Annul => Truth::Yes,
            _ => act.effective.reached_on(on),
        };
        // A reinstatement that may have happened makes the other history the worse one.
        let takes = act.event.action.takes_away();
        let counts = match reached {
            Truth::Yes => true,
            Truth::No => false,
            Truth::Unknown => at_worst == takes,
        };
        if !counts {
            continue;
        }
        let key = (act.authority, act.signer);
        let at = signers
            .iter()
            .position(|(signer, _)| *signer == key)
            .unwrap_or_else(|| {
                signers.push((key, OfSigner::default()));
                signers.len() - 1
            });
        if let Some((_, of_signer)) = signers.get_mut(at) {
            of_signer.take(act);
            scope = of_signer.scope.or(scope);
        }
    }
    let mut worst = History {
        condition: Condition::Active,
        decisive: None,
        items: Vec::new(),
        scope,
    };
    for (_, signer) in &signers {
        signer.add_to(&mut worst, on, at_worst);
    }
    worst.items.sort_unstable();
    worst.items.dedup();
    worst
}

impl<'h, 'a> OfSigner<'h, 'a> {
    fn take(&mut self, act: &'h Act<'a>) {
        let event = act.event;
        let items = event.scope_items.iter().map(String::as_str);
        let whole = event.scope_items.is_empty();
        match event.action {
            Action::Suspend if whole => self.suspended = Some(act),
            Action::Suspend => self.items_suspended.extend(items.map(|item| (item, act))),
            Action::Reinstate if whole => {
                self.suspended = None;
                self.items_suspended.clear();
            }
            Action::Reinstate => {
                let named: Vec<&str> = items.collect();
                self.items_suspended
                    .retain(|(item, _)| !named.contains(item));
            }
            Action::Withdraw | Action::Annul | Action::Supersede if whole => {
                let condition = match event.action {
                    Action::Annul => Condition::Annulled,
                    Action::Withdraw => Condition::Withdrawn,
                    _ => Condition::Superseded,
                };
                if self.ended.is_none_or(|(held, _)| condition > held) {
                    self.ended = Some((condition, act));
                }
            }
            Action::Withdraw | Action::Annul | Action::Supersede | Action::ReduceScope => {
                self.reduced = Some(act);
                self.items_ended.extend(items);
                self.scope = event.resulting_scope.as_deref().or(self.scope);
            }
            Action::ExtendScope => {
                self.scope = event.resulting_scope.as_deref().or(self.scope);
            }
            // The earliest end counts: another announcement brings nothing back to life.
            Action::Transfer => {
                let sooner = |held: &Act<'_>| event.grace_until < held.event.grace_until;
                if self.transferred.is_none_or(sooner) {
                    self.transferred = Some(act);
                }
            }
            Action::Amend
            | Action::Unread
            | Action::Disown
            | Action::RefuseRecognition
            | Action::RestoreRecognition
            | Action::Observed => {}
        }
    }

    fn add_to(&self, worst: &mut History<'h, 'a>, on: Day, at_worst: bool) {
        let still = |act: &Act<'_>| {
            let until: Option<&LegalDate> = act.event.effective_until.as_ref();
            match until.map_or(Truth::No, |until| until.passed_on(on)) {
                Truth::Yes => false,
                Truth::No => true,
                Truth::Unknown => at_worst,
            }
        };
        let mut candidates: Vec<(Condition, &'h Act<'a>)> = Vec::new();
        candidates.extend(self.ended);
        candidates.extend(self.reduced.map(|act| (Condition::Reduced, act)));
        candidates.extend(self.transferred.map(|act| (after_transfer(act, on), act)));
        let suspended = self.suspended.filter(|act| still(act));
        candidates.extend(suspended.map(|act| (Condition::Suspended, act)));
        for (item, act) in &self.items_suspended {
            if still(act) {
                candidates.push((Condition::PartiallySuspended, act));
                worst.items.push(item);
            }
        }
        worst.items.extend(&self.items_ended);
        for (condition, act) in candidates {
            if condition > worst.condition {
                worst.condition = condition;
                worst.decisive = Some(act);
            }
        }
    }
}

/// What an announced transfer makes of a record. One without a last day cannot be published; if it
/// is in a log all the same, there is no grace.
fn after_transfer(act: &Act<'_>, on: Day) -> Condition {
    if act.event.grace_until.is_some_and(|until| on <= until) {
        Condition::Transferred
    } else {
        Condition::TransferEnded
    }
}
