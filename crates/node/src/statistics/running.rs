//! Counts under way and answers kept ready.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant as Moment};

use tokio::sync::watch;

use super::pass::Pass;
use super::{Counted, MAX_COUNTS, Statistics, StatisticsQuery};
use crate::Shared;
use crate::error::Error;

/// Answers kept ready.
const MAX_KEPT: usize = 8;
/// How long an answer is given at all, and how long although a log has grown if the count took
/// longer than anybody waits: who asks again for what was counted meanwhile gets it.
const KEPT: Duration = Duration::from_hours(1);
const KEPT_BESIDES_GROWTH: Duration = Duration::from_mins(2);
/// From which time on a count is a long one.
const LONG: Duration = Duration::from_secs(2);

type Outcome = Option<Result<Arc<Statistics>, Arc<Error>>>;

/// What a node counts and has counted.
#[derive(Debug, Default)]
pub(crate) struct Counting(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    running: HashMap<StatisticsQuery, Running>,
    /// The newest last.
    kept: Vec<Kept>,
}

#[derive(Clone, Debug)]
struct Running {
    /// Records read.
    read: Arc<AtomicU64>,
    outcome: watch::Receiver<Outcome>,
}

enum Joined {
    Kept(Arc<Statistics>),
    Running(Running),
    Full,
}

#[derive(Debug)]
struct Kept {
    answer: Arc<Statistics>,
    ended: Moment,
    took: Duration,
}

impl Kept {
    fn answers(&self, query: &StatisticsQuery, logs: &[(String, u64)]) -> bool {
        let age = self.ended.elapsed();
        let grown = self.answer.logs != logs;
        let long = self.took > LONG && age < KEPT_BESIDES_GROWTH;
        self.answer.query == *query && age < KEPT && (!grown || long)
    }
}

impl Counting {
    fn state(&self) -> MutexGuard<'_, State> {
        // Whoever panicked left maps that are whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers what is kept, or else counts.
pub(super) async fn answer(
    shared: &Arc<Shared>,
    query: StatisticsQuery,
    patience: Duration,
) -> Result<Counted, Error> {
    let logs = shared.counted_logs().await?;
    let mut running = match join(shared, query, &logs) {
        Joined::Kept(answer) => return Ok(Counted::Done(answer)),
        Joined::Full => return Ok(Counted::Full),
        Joined::Running(running) => running,
    };
    let waited = tokio::time::timeout(patience, running.outcome.wait_for(Option::is_some));
    let outcome = match waited.await {
        Ok(Ok(outcome)) => outcome.clone(),
        // Its task is gone with the runtime.
        Ok(Err(_)) => None,
        Err(_) => {
            let records = running.read.load(Ordering::Relaxed);
            return Ok(Counted::Going { records });
        }
    };
    match outcome {
        Some(Ok(answer)) => Ok(Counted::Done(answer)),
        Some(Err(error)) => Err(again(&error)),
        None => Err(Error::Setup("the count stopped".to_owned())),
    }
}

/// An answer that is there, or a count under way, begun if there is room for it.
fn join(shared: &Arc<Shared>, query: StatisticsQuery, logs: &[(String, u64)]) -> Joined {
    let mut state = shared.counting.state();
    if let Some(kept) = state.kept.iter().find(|kept| kept.answers(&query, logs)) {
        return Joined::Kept(Arc::clone(&kept.answer));
    }
    let under_way = state.running.get(&query).cloned();
    match under_way {
        Some(running) => Joined::Running(running),
        None if state.running.len() >= MAX_COUNTS => Joined::Full,
        None => Joined::Running(begin(shared, &mut state, query)),
    }
}

/// Begins a count, which goes on whoever waits for it.
fn begin(shared: &Arc<Shared>, state: &mut State, query: StatisticsQuery) -> Running {
    let (sender, outcome) = watch::channel(None);
    let running = Running {
        read: Arc::default(),
        outcome,
    };
    state.running.insert(query.clone(), running.clone());
    let (shared, read) = (Arc::clone(shared), Arc::clone(&running.read));
    tokio::spawn(async move {
        let begun = Moment::now();
        let counted = Pass::count(&shared, &query, &read).await;
        let counted = counted.map(Arc::new).map_err(Arc::new);
        {
            let mut state = shared.counting.state();
            state.running.remove(&query);
            state.kept.retain(|kept| kept.answer.query != query);
            if let Ok(answer) = &counted {
                if state.kept.len() >= MAX_KEPT {
                    state.kept.remove(0);
                }
                state.kept.push(Kept {
                    answer: Arc::clone(answer),
                    ended: Moment::now(),
                    took: begun.elapsed(),
                });
            }
        }
        sender.send_replace(Some(counted));
    });
    running
}

/// The same error for each of several askers.
fn again(error: &Error) -> Error {
    match error {
        Error::Question { parameter, detail } => Error::Question {
            parameter,
            detail: detail.clone(),
        },
        other => Error::Setup(format!("the count stopped: {other}")),
    }
}

#[cfg(test)]
mod tests;
