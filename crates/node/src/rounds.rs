//! Which head the log shows while others co-sign it. Every cosigner must see the same one, or
//! none would ever have a quorum: so a head stays shown until it has one, or for some seconds.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use comity_store::{CosignatureRow, Head};
use tokio::sync::watch;
use tokio::time::Instant;

/// How long a head stays shown once it has a quorum, so that the other cosigners see it too.
const AFTER_QUORUM: Duration = Duration::from_secs(2);
/// How long a head stays shown that gets none.
const LONGEST: Duration = Duration::from_secs(6);

/// What is shown, and what is known of the witnesses.
#[derive(Debug)]
pub(crate) struct Rounds {
    shown: Mutex<Option<Round>>,
    /// The sizes that foreign witnesses are known to have co-signed last, by their keys.
    witnessed: Mutex<HashMap<String, u64>>,
    /// The newest line of each cosigner, by its key.
    newest: Mutex<HashMap<String, CosignatureRow>>,
    /// Counts the lines that came in.
    lines: watch::Sender<u64>,
}

/// A head that is shown.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    pub(crate) head: Head,
    since: Moment,
    quorum: Option<Moment>,
}

/// A moment by the machine, and by the node's clock, which may be a simulated one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    machine: Instant,
    seconds: i64,
}

impl Moment {
    /// Now, where the node's clock says so many seconds.
    pub(crate) fn now(seconds: i64) -> Self {
        Self {
            machine: Instant::now(),
            seconds,
        }
    }

    /// How long it lies before `now`, by the clock that ran faster.
    fn until(self, now: Self) -> Duration {
        let clock = u64::try_from(now.seconds - self.seconds).unwrap_or(0);
        let machine = now.machine.duration_since(self.machine);
        machine.max(Duration::from_secs(clock))
    }
}

impl Default for Rounds {
    fn default() -> Self {
        Self {
            shown: Mutex::default(),
            witnessed: Mutex::default(),
            newest: Mutex::default(),
            lines: watch::channel(0).0,
        }
    }
}

impl Rounds {
    /// The head to show now. `newest` is the newest committed one; `cosigned` says whether there
    /// is anybody who co-signs.
    pub(crate) fn shown(&self, newest: &Head, cosigned: bool, now: Moment) -> Round {
        let mut shown = self.lock();
        let ends = |round: &Round| {
            let stays = |moment: Moment, long: Duration| moment.until(now) < long;
            !stays(round.since, LONGEST)
                || round
                    .quorum
                    .is_some_and(|quorum| !stays(quorum, AFTER_QUORUM))
        };
        let stays = shown.as_mut().is_some_and(|round| {
            if round.head.size == newest.size {
                // Signed anew, or unchanged: the lines under it stay.
                newest.clone_into(&mut round.head);
            }
            round.head.size == newest.size || (cosigned && !ends(round))
        });
        if !stays {
            *shown = None;
        }
        let round = shown.get_or_insert_with(|| Round {
            head: newest.clone(),
            since: now,
            quorum: None,
        });
        round.clone()
    }

    /// Notes that the shown head of that size has a quorum.
    pub(crate) fn has_quorum(&self, size: u64, now: Moment) {
        if let Some(round) = self.lock().as_mut().filter(|round| round.head.size == size) {
            round.quorum.get_or_insert(now);
        }
    }

    /// Whether the shown head has a quorum.
    pub(crate) fn is_settled(&self) -> bool {
        self.lock()
            .as_ref()
            .is_some_and(|round| round.quorum.is_some())
    }

    /// Tells those who wait that lines came in.
    pub(crate) fn lines_came(&self) {
        self.lines.send_modify(|count| *count += 1);
    }

    /// For waiting until lines come in.
    pub(crate) fn watch_lines(&self) -> watch::Receiver<u64> {
        self.lines.subscribe()
    }

    /// Remembers the newest line of a cosigner. Answers whether it is newer than the one before.
    pub(crate) fn saw_line(&self, row: &CosignatureRow) -> bool {
        let newest = self.newest.lock();
        let mut newest = newest.unwrap_or_else(PoisonError::into_inner);
        let held = newest.get(&row.cosigner);
        let newer = held.is_none_or(|held| (held.size, held.signed_at) < (row.size, row.signed_at));
        if newer {
            newest.insert(row.cosigner.clone(), row.clone());
        }
        newer
    }

    /// The newest lines, as far as they are under the head of that size.
    pub(crate) fn newest_lines(&self, size: u64) -> Vec<CosignatureRow> {
        let newest = self.newest.lock();
        let newest = newest.unwrap_or_else(PoisonError::into_inner);
        let under = newest.values().filter(|line| line.size == size);
        under.cloned().collect()
    }

    /// The size that a witness is known to have co-signed last.
    pub(crate) fn witnessed(&self, witness: &str) -> Option<u64> {
        let witnessed = self.witnessed.lock();
        let witnessed = witnessed.unwrap_or_else(PoisonError::into_inner);
        witnessed.get(witness).copied()
    }

    /// Notes what a witness has co-signed last.
    pub(crate) fn set_witnessed(&self, witness: &str, size: u64) {
        let witnessed = self.witnessed.lock();
        let mut witnessed = witnessed.unwrap_or_else(PoisonError::into_inner);
        witnessed.insert(witness.to_owned(), size);
    }

    fn lock(&self) -> MutexGuard<'_, Option<Round>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, Rounds};
    use comity_store::Head;

    fn head(size: u64) -> Head {
        Head {
            origin: "a.example/log/2026".to_owned(),
            size,
            root: [0; 32],
            note: Vec::new(),
            updated_at: 0,
        }
    }

    #[test]
    fn a_head_is_shown_until_it_has_had_a_quorum_or_its_time() {
        let rounds = Rounds::default();
        let start = Moment::now(0);
        let at = |seconds| Moment { seconds, ..start };
        let shown = |size, seconds| rounds.shown(&head(size), true, at(seconds)).head.size;
        assert_eq!(shown(1, 0), 1);
        // Newer ones wait.
        assert_eq!((shown(2, 1), shown(3, 5)), (1, 1));
        assert_eq!(shown(4, 6), 4);
        rounds.has_quorum(1, at(6));
        assert_eq!(shown(5, 8), 4, "that was another head's");
        rounds.has_quorum(4, at(8));
        rounds.has_quorum(4, at(9));
        assert_eq!((shown(5, 9), shown(5, 10)), (4, 5));
        // After a quiet time the next one is shown at once.
        assert_eq!((shown(5, 60), shown(6, 60)), (5, 6));
    }

    #[test]
    fn without_cosigners_the_newest_is_shown() {
        let rounds = Rounds::default();
        let now = Moment::now(0);
        assert_eq!(rounds.shown(&head(1), false, now).head.size, 1);
        assert_eq!(rounds.shown(&head(2), false, now).head.size, 2);
    }
}
