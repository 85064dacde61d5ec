//! What became of a record after a past day that somebody asks about.

use comity_model::date::Day;

use super::{RecordState, state, unchanged_until};
use crate::evidence::Evidence;
use crate::policy::Policy;
use crate::question::Question;
use crate::verdict::{Later, Verdict};

/// Most changes that are looked at for the day on which a state began.
const MAX_CHANGES: usize = 32;

/// That the record judged has ended or been suspended since the day asked about, as known at the time
/// of the question; none of a day that is not past, or where its state is what it was.
pub(crate) fn later(
    question: &Question,
    evidence: &Evidence<'_>,
    policy: &Policy,
    verdict: &Verdict,
) -> Option<Later> {
    let today = question.known_at.day();
    if question.on >= today {
        return None;
    }
    let digest = verdict.judged.as_ref()?.record_digest;
    let mut candidates = evidence.candidates.iter();
    let record = candidates.find(|record| record.record_digest == digest)?;
    let on = |day: Day| state(record, evidence, policy, day, question.known_at);
    let now = on(today);
    let then = on(question.on);
    if !is_told(now) || now == then {
        return None;
    }
    // From change to change up to today.
    let (mut day, mut held, mut from) = (question.on, then, None);
    for _ in 0..MAX_CHANGES {
        let next = unchanged_until(record, evidence, day).map(|last| last.plus_days(1));
        let Some(next) = next.filter(|next| *next <= today && *next > day) else {
            break;
        };
        let changed = on(next);
        if changed != held {
            from = Some(next);
        }
        (day, held) = (next, changed);
    }
    Some(Later {
        state: now,
        from: from.filter(|_| held == now),
    })
}

/// Whether a state takes away what stood on the day asked about.
fn is_told(state: RecordState) -> bool {
    match state {
        RecordState::PartiallySuspended
        | RecordState::Suspended
        | RecordState::Superseded
        | RecordState::Transferred
        | RecordState::Withdrawn
        | RecordState::Annulled
        | RecordState::Expired => true,
        RecordState::Active | RecordState::Pending | RecordState::Unknown => false,
    }
}
