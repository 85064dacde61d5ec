//! The stream of `POST /v1/records`: lines in, lines out, in order, as batches are committed.
//!
//! Lines are gathered until a batch is full or the client pauses, published together, and
//! answered. What is answered is committed: a client that breaks off loses nothing that was
//! acknowledged, and sends again what was not. Answers wait in memory while the client sends and
//! does not read, up to [`MAX_UNREAD_BYTES`](crate::unread::MAX_UNREAD_BYTES); then it is held back.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use comity_node::publish::MAX_CALL_RECORDS;
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use utoipa::ToSchema;

use crate::App;
use crate::body::MAX_RECORD_BYTES;
use crate::layers::Streamed;
use crate::lines::{End, Line, Lines, MAX_STREAM_LINES};
use crate::problem::{Asked, Problem, ProblemDocument, ProblemKind};
use crate::respond::NDJSON;
use crate::routes::publish::Acknowledgement;
use crate::unread::{Answers, Bounds, CutOff, MAX_STALL, Stop, answers};

/// Bytes of records after which a batch is full, whatever their number.
pub const MAX_BATCH_BYTES: usize = 4 * 1024 * 1024;
/// Silence after which what has arrived is published, so that whoever sends line by line gets
/// answers.
pub const SILENCE: Duration = Duration::from_millis(50);
/// Bytes read and dropped after the end of what is answered.
pub(crate) const MAX_DRAINED_BYTES: usize = 64 * 1024 * 1024;

/// The answer to one line.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum StreamLine {
    /// It was taken.
    Taken(TakenLine),
    /// It was not.
    Refused(RefusedLine),
}

/// The acknowledgement of one line.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TakenLine {
    /// Number of the line, from 1, blank lines counted.
    #[schema(minimum = 1, maximum = 100_000)]
    pub line: u64,
    /// The acknowledgement.
    #[serde(flatten)]
    pub acknowledgement: Acknowledgement,
}

/// Why a line was not taken.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RefusedLine {
    /// Number of the line, from 1, blank lines counted.
    #[schema(minimum = 1, maximum = 100_001)]
    pub line: u64,
    /// Whether it was refused for what it is.
    pub outcome: NotLogged,
    /// Why.
    pub problem: ProblemDocument,
}

/// How a line was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum NotLogged {
    /// Refused for what it is; sending it again changes nothing.
    Refused,
    /// Not taken now; send it again later.
    NotTaken,
}

/// One stream being answered.
struct Stream {
    app: Arc<App>,
    asked: Asked,
    answers: Answers,
    /// Lines that wait for the next batch; `None` for one that is too long.
    waiting: Vec<Line>,
    waiting_bytes: usize,
    /// Why nothing more is taken.
    stopped: Option<Problem>,
}

/// Starts a stream and answers with its lines.
///
/// # Errors
/// Too many streams at once.
pub(crate) fn records(app: Arc<App>, asked: Asked, body: Body) -> Result<Response, Problem> {
    let permit = permit(&app.streams)?;
    let (answers, answered) = answers(Bounds::default());
    let stream = Stream {
        app,
        asked,
        answers,
        waiting: Vec::new(),
        waiting_bytes: 0,
        stopped: None,
    };
    tokio::spawn(async move {
        let _permit = permit;
        stream.run(Lines::new(body, MAX_RECORD_BYTES)).await;
    });
    Ok(streamed(answered))
}

/// Room for one stream more.
///
/// # Errors
/// Too many streams at once.
pub(crate) fn permit(streams: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Problem> {
    Arc::clone(streams).try_acquire_owned().map_err(|_| {
        let detail = "The node answers as many streams as it can; send this one again in a moment.";
        Problem::new(ProblemKind::Overloaded, detail)
    })
}

/// An answer of lines that are written as they come.
pub(crate) fn streamed(body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, NDJSON),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let mut response = (StatusCode::OK, headers, body).into_response();
    response.extensions_mut().insert(Streamed);
    response
}

/// A line of JSON.
pub(crate) fn line_of<T: Serialize>(answer: &T) -> Bytes {
    let mut line = serde_json::to_vec(answer).unwrap_or_default();
    line.push(b'\n');
    line.into()
}

impl Stream {
    async fn run(mut self, mut lines: Lines) {
        if self.answered(&mut lines).await.is_ok() {
            self.answers.finish().await;
        }
    }

    /// Answers line after line, to the end of the stream.
    async fn answered(&mut self, lines: &mut Lines) -> Result<(), CutOff> {
        let mut last = 0;
        loop {
            let most = if self.waiting.is_empty() {
                MAX_STALL
            } else {
                SILENCE
            };
            let stop = match self.answers.pace().next(lines, most).await {
                Ok(line) => {
                    last = line.number;
                    self.waiting_bytes += line.bytes.as_ref().map_or(0, Vec::len);
                    self.waiting.push(line);
                    let full = self.waiting.len() >= MAX_CALL_RECORDS
                        || self.waiting_bytes >= MAX_BATCH_BYTES;
                    if full {
                        self.publish().await?;
                    }
                    continue;
                }
                Err(Stop::End(End::Broken)) => return Ok(()),
                Err(stop) => stop,
            };
            let idle = self.waiting.is_empty();
            self.publish().await?;
            let problem = match stop {
                Stop::Stalled if !idle => continue,
                Stop::End(End::Done | End::Broken) => return Ok(()),
                _ => ending(&stop),
            };
            self.not_taken(last + 1, &problem).await?;
            if stop != Stop::Stalled {
                self.answers.pace().drain(lines, MAX_DRAINED_BYTES).await;
            }
            return Ok(());
        }
    }

    /// Publishes what waits and answers each line of it.
    async fn publish(&mut self) -> Result<(), CutOff> {
        let waiting = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        if waiting.is_empty() {
            return Ok(());
        }
        let mut numbers = Vec::with_capacity(waiting.len());
        let mut bodies = Vec::with_capacity(waiting.len());
        for line in waiting {
            numbers.push((line.number, line.bytes.is_some()));
            bodies.extend(line.bytes);
        }
        let outcomes = match &self.stopped {
            Some(problem) => Err(problem.clone()),
            None => self.app.node.publish(bodies).await.map_err(Problem::from),
        };
        let mut outcomes = match outcomes {
            Ok(outcomes) => outcomes.into_iter(),
            Err(problem) => {
                for (number, _) in numbers {
                    self.not_taken(number, &problem).await?;
                }
                self.stopped = Some(problem);
                return Ok(());
            }
        };
        for (number, fits) in numbers {
            if !fits {
                let detail = format!("A line has at most {MAX_RECORD_BYTES} bytes.");
                let problem = Problem::new(ProblemKind::TooLarge, detail);
                self.refused(number, &problem).await?;
                continue;
            }
            match outcomes.next() {
                Some(Ok(taken)) => {
                    let taken = TakenLine {
                        line: number,
                        acknowledgement: taken.into(),
                    };
                    self.answer(&StreamLine::Taken(taken)).await?;
                }
                Some(Err(refusal)) => self.refused(number, &refusal.into()).await?,
                None => {
                    let detail = "The node gave no answer to this line; send it again.";
                    let problem = Problem::new(ProblemKind::Internal, detail);
                    self.not_taken(number, &problem).await?;
                }
            }
        }
        Ok(())
    }

    async fn refused(&self, line: u64, problem: &Problem) -> Result<(), CutOff> {
        // What the node itself could not do is no fault of the record.
        let outcome = match problem.kind() {
            ProblemKind::Unavailable => NotLogged::NotTaken,
            _ => NotLogged::Refused,
        };
        self.answer(&StreamLine::Refused(RefusedLine {
            line,
            outcome,
            problem: problem.line_document(&self.asked),
        }))
        .await
    }

    async fn not_taken(&self, line: u64, problem: &Problem) -> Result<(), CutOff> {
        self.answer(&StreamLine::Refused(RefusedLine {
            line,
            outcome: NotLogged::NotTaken,
            problem: problem.line_document(&self.asked),
        }))
        .await
    }

    async fn answer(&self, line: &StreamLine) -> Result<(), CutOff> {
        self.answers.send(line_of(line)).await
    }
}

/// Why a stream takes no further line.
pub(crate) fn ending(stop: &Stop) -> Problem {
    match stop {
        Stop::End(_) => {
            let detail = format!(
                "At most {MAX_STREAM_LINES} lines are taken at once; send the rest by itself."
            );
            Problem::new(ProblemKind::TooLarge, detail)
        }
        Stop::Stalled => {
            let detail = "No line arrived for too long; send the rest by itself.";
            Problem::new(ProblemKind::Timeout, detail)
        }
        Stop::Over => {
            let detail = "The stream took too long in all; send the rest by itself.";
            Problem::new(ProblemKind::Timeout, detail)
        }
    }
}
