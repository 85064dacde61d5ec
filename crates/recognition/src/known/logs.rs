//! The logs that count: whose they are, what follows them when they are closed, how fresh they are.

use std::collections::BTreeSet;

use comity_model::date::Instant;
use comity_tlog::note::Vkey;
use comity_tlog::time::{self, Dating};

use super::{Known, instant, members_outside, unix, within};
use crate::evidence::{CosignatureTime, LogHead};
use crate::policy::{DatedBy, FurtherKey};

/// Most logs that follow each other by closing entries: one a year for a century.
pub(crate) const MAX_SUCCESSORS: usize = 100;

/// A log that counts, and how fresh its head is.
pub(crate) struct LogState<'a> {
    pub(crate) origin: &'a str,
    pub(super) key: [u8; 32],
    pub(super) further_keys: &'a [FurtherKey],
    /// The economy whose authority runs it, where that is known.
    pub(crate) operator: Option<&'a str>,
    pub(crate) economies: &'a [String],
    pub(super) dated_by: DatedBy,
    pub(crate) head: Option<&'a LogHead>,
    /// What was logged up to then is below the head.
    pub(crate) seen_until: Option<Instant>,
    pub(crate) fresh: bool,
    /// It says that it has ended, and no quorum does.
    pub(super) ends_alone: bool,
    /// There is evidence that it shows two histories.
    pub(crate) forked: bool,
}

impl LogState<'_> {
    /// Whether the log itself signed a line, with its key or one that it had then.
    pub(super) fn is_own(&self, line: &CosignatureTime) -> bool {
        let had = |key: &FurtherKey| {
            key.key == line.cosigner
                && key.from <= line.time
                && key.until.is_none_or(|until| line.time <= until)
        };
        line.cosigner == self.key || self.further_keys.iter().any(had)
    }

    /// Whether `economy` publishes in this log.
    pub(super) fn is_of(&self, economy: &str) -> bool {
        self.economies.iter().any(|of| of == economy)
    }
}

impl<'a> Known<'a> {
    /// The pinned logs, and after each closed one its successor (format.md 3.2): a log that the
    /// policy pins as well is what the policy says, and any other stands at the same host. A log
    /// is as fresh as its own head; a closed one as fresh as what follows it (4.5).
    pub(super) fn follow_logs(&self) -> Vec<LogState<'a>> {
        let mut logs: Vec<LogState<'a>> = Vec::new();
        for pinned in self.policy.logs() {
            let mut state = LogState {
                origin: &pinned.origin,
                key: pinned.key,
                further_keys: &pinned.further_keys,
                operator: pinned.operator.as_deref(),
                economies: &pinned.economies,
                dated_by: pinned.dated_by,
                head: None,
                seen_until: None,
                fresh: false,
                ends_alone: false,
                forked: false,
            };
            for _ in 0..MAX_SUCCESSORS {
                self.read_head(&mut state);
                let is_pinned = |origin: &str| {
                    let mut pinned = self.policy.logs().iter();
                    pinned.any(|pinned| pinned.origin == origin)
                };
                let next = successor_of(&state).filter(|vkey| {
                    !is_pinned(vkey.name()) && host(vkey.name()) == host(state.origin)
                });
                let next = next.and_then(|vkey| {
                    let heads = self.evidence.heads.iter();
                    let head = heads.into_iter().find(|head| head.origin == vkey.name())?;
                    Some(LogState {
                        origin: &head.origin,
                        key: *vkey.public_key(),
                        further_keys: &[],
                        head: None,
                        seen_until: None,
                        fresh: false,
                        ends_alone: false,
                        forked: false,
                        ..state
                    })
                });
                logs.push(state);
                match next {
                    Some(next) if !logs.iter().any(|log| log.origin == next.origin) => state = next,
                    _ => break,
                }
            }
        }
        let ends: Vec<bool> = logs.iter().map(|log| ends_fresh(log, &logs)).collect();
        for (log, fresh) in logs.iter_mut().zip(ends) {
            log.fresh = fresh;
        }
        logs
    }

    /// Chooses the newest head that was dated at `known_at`. Where none was, the smallest dated
    /// later serves: a log only grows, so it shows all that had been logged by then.
    fn read_head(&self, state: &mut LogState<'a>) {
        let heads = self.evidence.heads.iter();
        let heads = heads.filter(|head| head.origin == state.origin);
        let mut by_then: Option<(u64, Instant, &'a LogHead)> = None;
        let mut later: Option<(u64, Instant, &'a LogHead)> = None;
        for head in heads {
            if let Some(as_of) = self.fresh_as_of(state, &head.lines, Some(self.at())) {
                if by_then.is_none_or(|(size, at, _)| (head.size, as_of) > (size, at)) {
                    by_then = Some((head.size, as_of, head));
                }
            } else if let Some(as_of) = self.fresh_as_of(state, &head.lines, None)
                && later.is_none_or(|(size, at, _)| (head.size, as_of) < (size, at))
            {
                later = Some((head.size, as_of, head));
            }
        }
        let hours = i64::try_from(self.policy.file().max_age_hours).unwrap_or(i64::MAX);
        if let Some((_, as_of, head)) = by_then {
            let age = self.at().seconds() - as_of.seconds();
            state.fresh = age <= hours.saturating_mul(3_600);
            state.head = Some(head);
            state.seen_until = Some(as_of);
        }
        if let (false, Some((_, _, head))) = (state.fresh, later) {
            state.fresh = true;
            state.head = Some(head);
            state.seen_until = Some(self.at());
        }
        self.read_end(state);
        let mut heads = self.evidence.heads.iter();
        state.forked = heads.any(|head| head.origin == state.origin && head.forked);
        state.fresh &= !state.forked;
    }

    /// An end that the log has signed counts at once: what it says of its successor waits for a
    /// quorum, and nothing is fresh before.
    fn read_end(&self, state: &mut LogState<'a>) {
        let mut heads = self.evidence.heads.iter();
        let end = heads.find(|head| {
            let mut lines = head.lines.iter();
            head.origin == state.origin
                && head.closed
                && state.head.is_none_or(|held| held.size < head.size)
                && lines.any(|line| state.is_own(line) && line.time <= self.at())
        });
        if let Some(end) = end {
            state.head = Some(end);
            state.fresh = false;
            state.ends_alone = true;
        }
    }

    fn fresh_as_of(
        &self,
        log: &LogState<'_>,
        lines: &[CosignatureTime],
        not_after: Option<Instant>,
    ) -> Option<Instant> {
        let counted = lines
            .iter()
            .filter(|line| not_after.is_none_or(|latest| line.time <= latest));
        if log.dated_by == DatedBy::SelfDated {
            let own = counted.filter(|line| log.is_own(line));
            return own.map(|line| line.time).max();
        }
        let counted: Vec<_> = counted.collect();
        let sets = self.policy.cosigners().iter();
        let by_set = sets.filter_map(|set| {
            let members = members_outside(set, log.economies);
            // One key, one vote, however often it is listed.
            let keys: BTreeSet<_> = members.iter().collect();
            let newest: Vec<u64> = (keys.into_iter())
                .filter_map(|member| {
                    let of_member = counted.iter().filter(|line| line.cosigner == *member);
                    of_member
                        .filter(|line| within(set, line.time))
                        .map(|line| unix(line.time))
                        .max()
                })
                .collect();
            let dating = Dating::Quorum {
                threshold: set.threshold,
            };
            time::fresh_as_of(dating, members.len(), &newest)
        });
        by_set.max().and_then(instant)
    }
}

pub(super) fn is_closed(log: &LogState<'_>) -> bool {
    log.head.is_some_and(|head| head.closed)
}

/// The key of the log that follows a closed one.
fn successor_of(log: &LogState<'_>) -> Option<Vkey> {
    let closed = log.head.filter(|head| head.closed && !log.ends_alone)?;
    Vkey::parse(closed.successor.as_deref()?).ok()
}

/// Whether a log, or the last of those that follow it, is fresh. A successor counts with the key
/// that the closing entry names.
fn ends_fresh(log: &LogState<'_>, all: &[LogState<'_>]) -> bool {
    let mut log = log;
    for _ in 0..MAX_SUCCESSORS {
        if !is_closed(log) {
            return log.fresh;
        }
        let next = successor_of(log).and_then(|vkey| {
            let key = vkey.public_key();
            all.iter().find(|next| {
                let had = next.further_keys.iter().any(|further| further.key == *key);
                next.origin == vkey.name() && (next.key == *key || had)
            })
        });
        match next {
            Some(next) => log = next,
            None => return false,
        }
    }
    false
}

fn host(origin: &str) -> Option<&str> {
    comity_tlog::origin::split(origin)
        .ok()
        .map(|(host, _)| host)
}
