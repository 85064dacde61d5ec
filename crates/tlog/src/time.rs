//! When was an entry logged? Whole numbers only; which cosigners count is the
//! verifier's policy, not known here (`docs/format.md` 3.6 and 4.5).

use std::ops::RangeInclusive;

use crate::Hash;

/// Most members of a cosigner set that dates a log. With the log's own line
/// and room to rotate keys a served checkpoint stays within 16 lines.
pub const MAX_MEMBERS: usize = 12;

/// Who dates the entries of a log (`dated_by` in the policy).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dating {
    /// The log's own cosigner line ([`crate::note::Vkey::as_cosigner`]).
    SelfDated,
    /// Members of the cosigner set outside of the log's economy.
    Quorum {
        /// Raises the number of lines needed; it never lowers it.
        threshold: Option<usize>,
    },
}

/// What a verdict must say about a time that passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// The log dated itself (`log.selfDated`).
    SelfDated,
    /// Three members or fewer dated it (`log.fewMirrors`).
    FewMirrors,
}

/// The time that a checkpoint proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// UTC seconds.
    pub time_unix: u64,
    /// `None` when four members or more dated it.
    pub caution: Option<Caution>,
}

/// The time that an entry was logged, and the checkpoint that proves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logged {
    /// The smallest time over all checkpoints that cover the entry.
    pub dated: Dated,
    /// The size of the checkpoint that gave it.
    pub size: u64,
}

/// A verified cosignature under a checkpoint of the log in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The public key of the cosigner: one key, one vote.
    pub cosigner: Hash,
    /// The size of the checkpoint.
    pub size: u64,
    /// The time that the cosigner states, in UTC seconds.
    pub time_unix: u64,
}

/// How many of `members` must have co-signed: floor(2n/3) + 1, or the
/// threshold if that is more; `None` when no number of them is enough.
pub fn lines_needed(members: usize, threshold: Option<usize>) -> Option<usize> {
    if members == 0 || members > MAX_MEMBERS {
        return None;
    }
    let needed = (2 * members / 3 + 1).max(threshold.unwrap_or(0));
    (needed <= members).then_some(needed)
}

/// The time of a checkpoint from the times (UTC seconds) of the counted lines
/// under it, one for each cosigner, in any order. With `n` members: the ceil(n/3)-th smallest for
/// `n >= 4`, the largest for 1 to 3, none for 0. Self-dated: the smallest,
/// whatever `members` says.
///
/// `None` when the lines are too few, or more than there are members.
///
/// ```
/// use comity_tlog::time::{Dating, dated};
/// let quorum = Dating::Quorum { threshold: None };
/// // Five members need four lines, and the second smallest time counts.
/// assert_eq!(dated(quorum, 5, &[40, 10, 30, 20]).map(|dated| dated.time_unix), Some(20));
/// assert_eq!(dated(quorum, 5, &[40, 10, 30]), None);
/// ```
pub fn dated(dating: Dating, members: usize, times: &[u64]) -> Option<Dated> {
    let mut times = times.to_vec();
    times.sort_unstable();
    let Dating::Quorum { threshold } = dating else {
        let time_unix = *times.first()?;
        return Some(Dated {
            time_unix,
            caution: Some(Caution::SelfDated),
        });
    };
    let needed = lines_needed(members, threshold)?;
    if times.len() < needed || times.len() > members {
        return None;
    }
    if members <= 3 {
        let time_unix = *times.last()?;
        return Some(Dated {
            time_unix,
            caution: Some(Caution::FewMirrors),
        });
    }
    let time_unix = *times.get(members.div_ceil(3) - 1)?;
    Some(Dated {
        time_unix,
        caution: None,
    })
}

/// How fresh a head is: the ceil(n/3)-th smallest of the cosigners' newest
/// lines, one for each cosigner (`docs/format.md` 4.5). Self-dated: the newest
/// own line.
///
/// `None` when there are fewer lines than a quorum needs. Unlike [`dated`] it
/// takes the smallest of one to three: a head is no fresher than that.
pub fn fresh_as_of(dating: Dating, members: usize, newest_unix: &[u64]) -> Option<u64> {
    let mut times = newest_unix.to_vec();
    times.sort_unstable();
    let Dating::Quorum { threshold } = dating else {
        return times.last().copied();
    };
    let needed = lines_needed(members, threshold)?;
    if times.len() < needed || times.len() > members {
        return None;
    }
    times.get(members.div_ceil(3) - 1).copied()
}

/// The lines that may count: those in `period`, not after `known_at_unix`,
/// and not earlier than any line of the same cosigner on a smaller checkpoint
/// in `evidence`. `evidence` holds lines of one log only.
pub fn countable(evidence: &[Line], period: &RangeInclusive<u64>, known_at_unix: u64) -> Vec<Line> {
    let mut lines = evidence.to_vec();
    lines.sort_unstable();
    let mut counted = Vec::new();
    for of_one_cosigner in lines.chunk_by(|one, other| one.cosigner == other.cosigner) {
        let mut latest = 0;
        for of_one_size in of_one_cosigner.chunk_by(|one, other| one.size == other.size) {
            counted.extend(of_one_size.iter().copied().filter(|line| {
                let time_unix = line.time_unix;
                time_unix >= latest && time_unix <= known_at_unix && period.contains(&time_unix)
            }));
            let times = of_one_size.iter().map(|line| line.time_unix);
            latest = times.fold(latest, u64::max);
        }
    }
    counted
}

/// The times that count for the checkpoint of `size`: the earliest countable
/// line of each cosigner on it. `countable` comes from [`countable`].
pub fn times_of(countable: &[Line], size: u64) -> Vec<u64> {
    let mut lines: Vec<Line> = countable
        .iter()
        .copied()
        .filter(|line| line.size == size)
        .collect();
    lines.sort_unstable();
    lines.dedup_by_key(|line| line.cosigner);
    lines.iter().map(|line| line.time_unix).collect()
}

/// When the entry at `index` was logged: the smallest time over all
/// checkpoints that cover it, and the smallest such checkpoint. Lines of keys
/// that are not members must have been left out by the caller.
pub fn logged(dating: Dating, members: usize, countable: &[Line], index: u64) -> Option<Logged> {
    let mut sizes: Vec<u64> = countable.iter().map(|line| line.size).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let covering = sizes.into_iter().filter(|&size| size > index);
    let proofs = covering.filter_map(|size| {
        let dated = dated(dating, members, &times_of(countable, size))?;
        Some(Logged { dated, size })
    });
    proofs.min_by_key(|logged| (logged.dated.time_unix, logged.size))
}

#[cfg(test)]
mod tests;
