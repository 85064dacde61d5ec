//! A publisher that streams line after line while the node may die at any moment.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::{StreamExt as _, stream};
use serde_json::Value;
use tokio::time::{sleep, timeout};

use super::Chance;
use super::pool::Pool;
use crate::program::Serving;
use crate::program::http::block_on;

/// Longest silence between lines: longer than the node waits for a batch to fill.
const MAX_PAUSE_MILLIS: u64 = 70;
/// Most lines sent in one go.
const MAX_BURST: u64 = 25;
/// Longest time for all answers after SIGTERM.
const DEADLINE: Duration = Duration::from_secs(30);

/// A record that the node said it has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Acknowledged {
    /// Its place in the pool.
    pub(super) number: usize,
    /// Its place in the log.
    pub(super) index: u64,
}

/// How the node ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ending {
    /// SIGKILL that long after the first acknowledgement.
    KilledAfterFirst(Duration),
    /// SIGKILL that long after the first line was sent.
    KilledAfterStart(Duration),
    /// SIGTERM that long after the first acknowledgement; then nothing more is sent.
    Terminated(Duration),
}

/// One request of many lines.
pub(super) struct Stream {
    url: String,
    lines: Vec<Vec<u8>>,
    first: usize,
}

impl Stream {
    /// Sends the records of the pool from `first` on.
    pub(super) fn new(url: &str, pool: &Pool, first: usize) -> Self {
        assert!(
            first < pool.records.len(),
            "the pool is empty; sign more records"
        );
        let lines = pool.records[first..].iter().take(4_000);
        Self {
            url: format!("{url}/v1/records"),
            lines: lines
                .map(|record| [record.as_slice(), b"\n"].concat())
                .collect(),
            first,
        }
    }

    /// Streams until the end; what was acknowledged, in order and without a gap.
    pub(super) fn run(
        self,
        serving: Serving,
        chance: &mut Chance,
        ending: Ending,
    ) -> Vec<Acknowledged> {
        let first = self.first;
        let answers = block_on(self.send(serving, chance, ending));
        let answers = answers.iter().enumerate().map(|(at, answer)| {
            let outcome = answer["outcome"].as_str().unwrap_or_default();
            assert!(matches!(outcome, "logged" | "alreadyLogged"), "{answer}");
            assert_eq!(answer["line"].as_u64(), Some(at as u64 + 1));
            Acknowledged {
                number: first + at,
                index: answer["log"]["index"].as_u64().unwrap(),
            }
        });
        answers.collect()
    }

    async fn send(self, serving: Serving, chance: &mut Chance, ending: Ending) -> Vec<Value> {
        let stopped = Arc::new(AtomicBool::new(false));
        let body = bursts(self.lines, chance, Arc::clone(&stopped));
        let request = reqwest::Client::new()
            .post(&self.url)
            .header("content-type", "application/x-ndjson")
            .body(reqwest::Body::wrap_stream(body));
        let mut serving = Some(serving);
        let mut answers = Answers::default();
        let sending = tokio::spawn(request.send());
        if let Ending::KilledAfterStart(delay) = ending {
            sleep(delay).await;
            kill(&mut serving).await;
        }
        // The answer begins before the request has ended; a node that died gives none.
        let Ok(response) = sending.await.unwrap() else {
            return answers.lines;
        };
        let mut chunks = response.bytes_stream();
        let mut at_end = false;
        while !at_end && (answers.lines.is_empty() || serving.is_none()) {
            at_end = !answers.take(chunks.next().await);
        }
        match ending {
            Ending::KilledAfterStart(_) => {}
            Ending::KilledAfterFirst(delay) => {
                // Answers are read while the time runs.
                let reading = async { while answers.take(chunks.next().await) {} };
                let _ = timeout(delay, reading).await;
                kill(&mut serving).await;
                while answers.take(chunks.next().await) {}
            }
            Ending::Terminated(delay) => {
                let reading = async { while answers.take(chunks.next().await) {} };
                let _ = timeout(delay, reading).await;
                let serving = serving.take().unwrap();
                serving.terminate();
                stopped.store(true, Ordering::Relaxed);
                let reading = async { while answers.take(chunks.next().await) {} };
                timeout(DEADLINE, reading).await.unwrap();
                assert!(answers.rest.is_empty(), "the last answer is cut off");
                tokio::task::spawn_blocking(|| serving.ends_well())
                    .await
                    .unwrap();
            }
        }
        answers.lines
    }
}

/// Kills the node, if that was not done before.
async fn kill(serving: &mut Option<Serving>) {
    if let Some(serving) = serving.take() {
        tokio::task::spawn_blocking(|| serving.kill())
            .await
            .unwrap();
    }
}

/// Lines in bursts of random size with pauses of random length, until it is `stopped`.
fn bursts(
    lines: Vec<Vec<u8>>,
    chance: &mut Chance,
    stopped: Arc<AtomicBool>,
) -> impl futures::Stream<Item = Result<Vec<u8>, Infallible>> + Send + 'static {
    let chance = Chance(chance.between(1, u64::MAX - 1));
    stream::unfold(
        (lines.into_iter(), chance),
        move |(mut lines, mut chance)| {
            let size = usize::try_from(chance.between(1, MAX_BURST)).unwrap();
            let burst = lines.by_ref().take(size).collect::<Vec<_>>().concat();
            // At times one burst follows the other at once.
            let pause = if chance.one_in(4) {
                0
            } else {
                chance.between(0, MAX_PAUSE_MILLIS)
            };
            let stopped = Arc::clone(&stopped);
            async move {
                sleep(Duration::from_millis(pause)).await;
                let ended = burst.is_empty() || stopped.load(Ordering::Relaxed);
                (!ended).then_some((Ok(burst), (lines, chance)))
            }
        },
    )
}

/// Answer lines as they arrive.
#[derive(Default)]
struct Answers {
    lines: Vec<Value>,
    rest: Vec<u8>,
}

impl Answers {
    /// Takes a chunk; whether there may be more.
    fn take<E>(&mut self, chunk: Option<Result<impl AsRef<[u8]>, E>>) -> bool {
        let Some(Ok(chunk)) = chunk else { return false };
        self.rest.extend_from_slice(chunk.as_ref());
        while let Some(end) = self.rest.iter().position(|&byte| byte == b'\n') {
            let line: Vec<u8> = self.rest.drain(..=end).collect();
            self.lines.push(serde_json::from_slice(&line).unwrap());
        }
        true
    }
}
