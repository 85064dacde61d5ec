//! Which act of a signer lifts which: told from one side as from the other.

use std::collections::BTreeMap;

use comity_model::date::Day;
use comity_model::record::{Record, Subject};
use comity_model::reference::Identity;
use comity_model::status::{Action, StatusEvent};
use comity_recognition::evidence::EvidenceRecord;

use super::Lifting;
use crate::look_up::places;

/// A place in the order of one signer's acts on one record.
type Place = (Day, u64);

/// Acts on records, each with whose it is.
pub(super) struct Acts<'e> {
    acts: Vec<(&'e EvidenceRecord, &'e Record, &'e StatusEvent)>,
}

impl<'e> Acts<'e> {
    pub(super) fn new(events: impl Iterator<Item = &'e EvidenceRecord>) -> Self {
        let mut acts = Self { acts: Vec::new() };
        for event in events {
            acts.add(event);
        }
        acts
    }

    pub(super) fn add(&mut self, event: &'e EvidenceRecord) {
        if let Some((record, act)) = status_event(event) {
            self.acts.push((event, record, act));
        }
    }

    /// Of one record each act that is lifted, and the first after it that lifts it: by the same
    /// signer, in the same part and place.
    pub(super) fn lifted(&self, identity: &Identity) -> Vec<([u8; 32], [u8; 32])> {
        let acts = self.acts.iter().filter_map(|(event, record, act)| {
            let at = place(event, act, identity)?;
            Some((at, event.record_digest, *record, *act))
        });
        let mut acts: Vec<_> = acts.collect();
        acts.sort_unstable_by_key(|(at, digest, ..)| (*at, *digest));
        let takes = acts
            .iter()
            .enumerate()
            .filter(|(_, (.., act))| is_lifted(act));
        let pairs = takes.filter_map(|(n, (at, digest, by, act))| {
            let mut later = acts.iter().skip(n + 1);
            let lifter = later.find(|(then, _, other, lifter)| {
                then > at && is_of_one_chain((by, act), (other, lifter)) && lifts(lifter, act)
            })?;
            Some((*digest, lifter.1))
        });
        pairs.collect()
    }

    /// What each of the acts, by its record digest, is to the act `record` on these records.
    pub(super) fn beside(
        &self,
        record: &EvidenceRecord,
        identities: &[Identity],
    ) -> BTreeMap<[u8; 32], Lifting> {
        let own = record.record_digest;
        let mut found = BTreeMap::new();
        for (lifted, lifter) in identities.iter().flat_map(|identity| self.lifted(identity)) {
            if lifted == own {
                count(&mut found, lifter, Lifting::Lifts(1));
            } else if lifter == own {
                count(&mut found, lifted, Lifting::IsLifted(1));
            }
        }
        found
    }
}

/// Whether two acts are by the same signer, in the same part and place.
fn is_of_one_chain(one: (&Record, &StatusEvent), other: (&Record, &StatusEvent)) -> bool {
    let ((by, act), (other_by, other_act)) = (one, other);
    by.issuer.id == other_by.issuer.id
        && by.comity.authority == other_by.comity.authority
        && act.capacity == other_act.capacity
        && act.territory == other_act.territory
}

/// Whether another act can lift it.
fn is_lifted(act: &StatusEvent) -> bool {
    matches!(act.action, Action::Suspend | Action::RefuseRecognition)
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
pub(super) fn lifts(one: &StatusEvent, other: &StatusEvent) -> bool {
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

pub(super) fn status_event(evidence: &EvidenceRecord) -> Option<(&Record, &StatusEvent)> {
    let record = evidence.record.as_ref().ok()?;
    match &record.subject {
        Subject::StatusEvent(event) => Some((record, event)),
        _ => None,
    }
}

/// Its number in its signer's chain for a record.
pub(super) fn acts_on(event: &StatusEvent, identity: &Identity) -> Option<u64> {
    let mut subjects = event.subjects.iter();
    let subject = subjects.find(|subject| subject.identity() == *identity)?;
    Some(subject.sequence)
}

fn place(evidence: &EvidenceRecord, event: &StatusEvent, identity: &Identity) -> Option<Place> {
    Some((counts_from(evidence)?, acts_on(event, identity)?))
}

/// The day from which an event counts: what gives back, where nobody imported it, no earlier than it
/// was logged (format.md 2.10).
pub(super) fn counts_from(evidence: &EvidenceRecord) -> Option<Day> {
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
