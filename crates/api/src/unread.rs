//! Answers of a stream that wait for the client to read them, and how long a stream may take.
//!
//! What waits is bounded in bytes. Beyond that nothing more is read from the client until it
//! reads; one that does not read at all is cut off, and what waited for it is forgotten.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::Poll;
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures::StreamExt as _;
use futures::channel::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use crate::lines::{End, Line, Lines};

#[cfg(test)]
mod tests;

/// Bytes of answers of one stream that wait to be read: those of some ten thousand records, so
/// that a client may send a good deal before it reads.
pub const MAX_UNREAD_BYTES: u32 = 16 * 1024 * 1024;
/// Time within which a client sends one whole line, and reads a part of the answers that wait.
pub const MAX_STALL: Duration = Duration::from_secs(30);
/// Time that one stream may take in all; the rest is sent by itself.
pub const MAX_STREAM_TIME: Duration = Duration::from_hours(1);

/// Parts in which the last answers are read, each within [`MAX_STALL`].
const LAST_PARTS: u32 = 16;

/// The limits of one stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Bytes that wait.
    pub(crate) bytes: u32,
    /// Time without progress.
    pub(crate) stall: Duration,
    /// Time in all.
    pub(crate) total: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            bytes: MAX_UNREAD_BYTES,
            stall: MAX_STALL,
            total: MAX_STREAM_TIME,
        }
    }
}

/// An answer and the room that it takes until it is read.
struct Waiting {
    answer: Bytes,
    _room: OwnedSemaphorePermit,
}

/// Held by the body of the response, and emptied when the client is cut off.
type Queue = Mutex<Option<UnboundedReceiver<Waiting>>>;

/// Where a stream puts its answers.
pub(crate) struct Answers {
    sender: UnboundedSender<Waiting>,
    queue: Weak<Queue>,
    room: Arc<Semaphore>,
    bytes: u32,
    pace: Pace,
}

/// How long a stream waits for its client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    stall: Duration,
    until: Instant,
}

/// The client did not read for too long and is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CutOff;

/// Why no line is read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// There is none.
    End(End),
    /// None arrived in time.
    Stalled,
    /// The stream has taken all its time.
    Over,
}

/// Answers to come, and the body in which the client reads them.
pub(crate) fn answers(bounds: Bounds) -> (Answers, Body) {
    let (sender, receiver) = mpsc::unbounded::<Waiting>();
    let queue: Arc<Queue> = Arc::new(Mutex::new(Some(receiver)));
    let answers = Answers {
        sender,
        queue: Arc::downgrade(&queue),
        room: Arc::new(Semaphore::new(
            usize::try_from(bounds.bytes).unwrap_or(Semaphore::MAX_PERMITS),
        )),
        bytes: bounds.bytes,
        pace: Pace {
            stall: bounds.stall,
            until: Instant::now() + bounds.total,
        },
    };
    let read = futures::stream::poll_fn(move |context| {
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(receiver) = queue.as_mut() else {
            return Poll::Ready(Some(Err(std::io::Error::other(
                "the answers were not read",
            ))));
        };
        receiver
            .poll_next_unpin(context)
            .map(|waiting| waiting.map(|waiting| Ok(waiting.answer)))
    });
    (answers, Body::from_stream(read))
}

impl Pace {
    /// The next line, for as long as a client may take for it, or for `most` if that is shorter.
    pub(crate) async fn next(self, lines: &mut Lines, most: Duration) -> Result<Line, Stop> {
        if Instant::now() >= self.until {
            return Err(Stop::Over);
        }
        match timeout(self.patience().min(most), lines.next()).await {
            Ok(line) => line.map_err(Stop::End),
            Err(_) => Err(Stop::Stalled),
        }
    }

    /// Drops what is left of the body, up to `most` bytes and for a short time.
    pub(crate) async fn drain(self, lines: &mut Lines, most: usize) {
        // Whoever goes on sending beyond both is not waited for.
        let _ = timeout(self.stall, lines.drain(most)).await;
    }

    fn patience(self) -> Duration {
        let left = self.until.saturating_duration_since(Instant::now());
        left.min(self.stall)
    }
}

impl Answers {
    /// How long the stream waits for its client.
    pub(crate) fn pace(&self) -> Pace {
        self.pace
    }

    /// Puts an answer where the client reads it, as soon as there is room.
    ///
    /// # Errors
    /// The client read nothing for too long. One that has gone is no error: its records are
    /// logged all the same.
    pub(crate) async fn send(&self, answer: Bytes) -> Result<(), CutOff> {
        let size = u32::try_from(answer.len()).unwrap_or(u32::MAX);
        let size = size.min(self.bytes);
        let room = Arc::clone(&self.room).acquire_many_owned(size);
        let Ok(Ok(room)) = timeout(self.pace.patience(), room).await else {
            self.cut_off();
            return Err(CutOff);
        };
        let _ = self.sender.unbounded_send(Waiting {
            answer,
            _room: room,
        });
        Ok(())
    }

    /// Whether nobody is left to read.
    pub(crate) fn is_abandoned(&self) -> bool {
        self.sender.is_closed()
    }

    /// Says that no more answers come, and waits until they are read: so long they count as a
    /// stream under way.
    pub(crate) async fn finish(self) {
        self.sender.close_channel();
        let part = (self.bytes / LAST_PARTS).max(1);
        let mut read = Vec::new();
        for _ in 0..self.bytes / part {
            let room = Arc::clone(&self.room).acquire_many_owned(part);
            let Ok(Ok(room)) = timeout(self.pace.patience(), room).await else {
                return self.cut_off();
            };
            read.push(room);
        }
    }

    fn cut_off(&self) {
        if let Some(queue) = self.queue.upgrade() {
            queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
    }
}
