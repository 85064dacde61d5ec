//! One history: the notes of a log in one bundle do not contradict each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Refused;
use super::read::{Lines, Smaller};
use crate::evidence::{Digest, EvidenceRecord, LogHead};

/// Checks that all notes of a log in it are of one history, unless it brings the evidence that the
/// log showed two.
pub(super) fn one_history(
    lines: &Lines<'_>,
    heads: &[LogHead],
    smaller: &Smaller,
    records: &[Arc<EvidenceRecord>],
) -> Result<(), Refused> {
    let forked = |origin: &str| {
        let mut heads = heads.iter();
        heads.any(|head| head.origin == origin && head.forked)
    };
    let mut roots: BTreeMap<(&str, u64), Digest> = BTreeMap::new();
    let mut is_new_root = |origin, size, root| *roots.entry((origin, size)).or_insert(root) != root;
    let refused = |number: usize, what, origin: &str| {
        let reason = format!("it is of another history of {origin} than a line before");
        Err(Refused::new(number, what, reason))
    };
    for head in heads.iter().filter(|head| !forked(&head.origin)) {
        if is_new_root(&head.origin, head.size, head.root) {
            return refused(2, "head", &head.origin);
        }
    }
    for (origin, held) in smaller.iter().filter(|(origin, _)| !forked(origin)) {
        for checkpoint in held {
            if is_new_root(origin, checkpoint.size, checkpoint.root) {
                return refused(2 + lines.heads.len(), "checkpoint", origin);
            }
        }
    }
    for ((number, _), record) in lines.records.iter().zip(records) {
        for place in record
            .locations
            .iter()
            .filter(|place| !forked(&place.origin))
        {
            for checkpoint in place.checkpoints.iter() {
                if is_new_root(&place.origin, checkpoint.size, checkpoint.root) {
                    return refused(*number, "record", &place.origin);
                }
            }
        }
    }
    Ok(())
}
