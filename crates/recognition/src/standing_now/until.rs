//! Until when the state of a record can be told without looking again: what an index of states
//! has to know, which nothing touches when the calendar changes them.

use comity_model::date::{Day, LegalDate};
use comity_model::record::{Record, Subject};

use crate::evidence::{Evidence, EvidenceRecord};
use crate::finding::{before, earliest, through};
use crate::status::next_change_by;

/// The last day, `on` or later, through which [`super::state`] of `record` is what it is on `on`,
/// as far as its dates, its events and its revisions say; `None` where none of them changes it.
///
/// Whether an event or a revision counts is not asked, so the day may come before the state
/// changes, and never after.
pub fn unchanged_until(record: &EvidenceRecord, evidence: &Evidence<'_>, on: Day) -> Option<Day> {
    let Ok(read) = &record.record else {
        return None;
    };
    let events = evidence.trust.events(&read.identity()).into_iter();
    let by_events = events
        .chain(&evidence.events)
        .filter_map(|held| held.record.as_ref().ok())
        .filter_map(|held| match &held.subject {
            Subject::StatusEvent(event) => next_change_by(event, &event.effective_from, on),
            _ => None,
        });
    let revisions = evidence.revisions.iter();
    let by_revisions = revisions
        .filter_map(|held| held.record.as_ref().ok())
        .flat_map(begins)
        .filter_map(|from| before(&from, on));
    let by_itself = begins(read)
        .into_iter()
        .filter_map(|from| before(&from, on))
        .chain(ends(read).and_then(|until| through(&until, on)))
        .chain(takes_effect(read).filter(|day| *day >= on));
    by_events
        .chain(by_revisions)
        .chain(by_itself)
        .fold(None, |next, day| earliest(next, Some(day)))
}

/// The days from which a record counts.
fn begins(record: &Record) -> Vec<LegalDate> {
    match &record.subject {
        Subject::Attestation(attestation) => {
            let dates = &attestation.comity.legal_dates;
            let from = dates.valid_from.into_iter();
            from.chain([dates.issued_on]).collect()
        }
        Subject::CompetenceGrant(grant) => vec![grant.period.from],
        Subject::Participation(participation) => vec![participation.period.from],
        Subject::Registration(registration) => vec![registration.period.from],
        _ => Vec::new(),
    }
}

/// The last day of a record.
fn ends(record: &Record) -> Option<LegalDate> {
    match &record.subject {
        Subject::Attestation(attestation) => attestation.comity.legal_dates.valid_until,
        Subject::CompetenceGrant(grant) => grant.period.until,
        Subject::Participation(participation) => participation.period.until,
        Subject::Registration(registration) => registration.period.until,
        _ => None,
    }
}

/// The day within which a list of a federation or of its keys takes effect.
fn takes_effect(record: &Record) -> Option<Day> {
    match &record.subject {
        Subject::FederationList(list) => Some(list.effective_from.day()),
        Subject::MemberKeys(keys) => Some(keys.effective_from.day()),
        _ => None,
    }
}
