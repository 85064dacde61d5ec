//! The one clock of the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use comity_model::date::Instant;

/// Where a node reads the time: the machine's clock, or a simulated one that is set by hand.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is set, in seconds since 1970 (demo, tests).
    Simulated(Arc<AtomicI64>),
}

impl Clock {
    /// A simulated clock that stands at `now`.
    pub fn simulated(now: Instant) -> Self {
        Self::Simulated(Arc::new(AtomicI64::new(now.seconds())))
    }

    /// The present moment, in whole seconds.
    pub fn now(&self) -> Instant {
        let seconds = match self {
            Self::System => system_seconds(),
            Self::Simulated(seconds) => seconds.load(Ordering::SeqCst),
        };
        Instant::from_seconds(seconds).unwrap_or_else(|| {
            tracing::error!(seconds, "the clock stands outside the years 1 to 9999");
            Instant::EPOCH
        })
    }

    /// Sets a simulated clock; the machine's clock cannot be set.
    pub fn set(&self, now: Instant) {
        if let Self::Simulated(seconds) = self {
            seconds.store(now.seconds(), Ordering::SeqCst);
        }
    }
}

/// How long something takes, never what time it is; simulated clocks do not touch it.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(tokio::time::Instant);

impl Stopwatch {
    /// A watch that runs from now on.
    pub fn start() -> Self {
        Self(tokio::time::Instant::now())
    }

    /// How long it has run.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

fn system_seconds() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}
