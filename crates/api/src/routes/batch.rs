//! `POST /v1/recognition/batch`: many questions, a line each.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use comity_recognition::wording::Language;
use futures::{StreamExt as _, stream};
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::answer::Answer;
use crate::body::{self, MAX_QUESTION_BYTES};
use crate::lines::{End, Line, Lines};
use crate::parameters::Parameters;
use crate::problem::{Asked, Problem, ProblemDocument, ProblemKind};
use crate::respond;
use crate::routes::recognition::{QuestionBody, answer_bytes};
use crate::routes::stream::{MAX_DRAINED_BYTES, ending, line_of, permit, streamed};
use crate::unread::{Bounds, MAX_STALL, Pace, Stop, answers};

/// Questions of one batch that are decided at the same time.
const AT_ONCE: usize = 8;

/// The answer to one line.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum BatchLine {
    /// The verdict.
    Answered(AnsweredLine),
    /// Why there is none.
    Failed(FailedLine),
}

/// The verdict of one line.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnsweredLine {
    /// Number of the line, from 1, blank lines counted.
    #[schema(minimum = 1, maximum = 100_000)]
    pub line: u64,
    /// The answer.
    #[serde(flatten)]
    pub answer: Box<Answer>,
}

/// Why a line has no verdict.
#[derive(Debug, Serialize, ToSchema)]
pub struct FailedLine {
    /// Number of the line, from 1, blank lines counted.
    #[schema(minimum = 1, maximum = 100_001)]
    pub line: u64,
    /// Why.
    pub problem: ProblemDocument,
}

/// Ask many questions, one in each line, at most 100,000.
///
/// Answers come in the order of the questions, as they are decided. Read them while sending: a
/// client that sends everything before it reads is held back after 16 MiB of answers, and is
/// cut off if it reads nothing for half a minute.
#[utoipa::path(
    post, path = "/v1/recognition/batch", tag = "recognition", operation_id = "recogniseBatch",
    params(
        ("Accept-Language" = Option<String>, Header, description = "Languages of the sentences, with weights; English where none of them is there"),
    ),
    request_body(description = "A question in each line, as for `POST /v1/recognition`", content((QuestionBody = "application/x-ndjson"))),
    responses(
        (status = 200, description = "An answer in each line", body = BatchLine, content_type = "application/x-ndjson"),
        (status = 400, description = "The request cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, description = "Not lines", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "Too many streams at once", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn batch(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    parameters: Parameters,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    parameters.finish()?;
    body::only_lines(&headers)?;
    let language = respond::language(&headers);
    let permit = permit(&app.batches)?;
    let (answers, answered) = answers(Bounds::default());
    tokio::spawn(async move {
        let _permit = permit;
        let lines = Lines::new(body, MAX_QUESTION_BYTES);
        let pace = answers.pace();
        let questions = stream::unfold(Some(lines), |lines| next_line(pace, lines));
        let decided = questions.map(|question| decide(&app, &asked, language, question));
        let mut decided = std::pin::pin!(decided.buffered(AT_ONCE));
        while let Some(line) = decided.next().await {
            if answers.is_abandoned() || answers.send(line_of(&line)).await.is_err() {
                return;
            }
        }
        answers.finish().await;
    });
    Ok(respond::worded(streamed(answered), language))
}

/// A line to answer, or the problem that ends the stream.
type Question = Result<Line, (u64, Problem)>;

async fn next_line(pace: Pace, lines: Option<Lines>) -> Option<(Question, Option<Lines>)> {
    let mut lines = lines?;
    let stop = match pace.next(&mut lines, MAX_STALL).await {
        Ok(line) => return Some((Ok(line), Some(lines))),
        Err(Stop::End(End::Done | End::Broken)) => return None,
        Err(stop) => stop,
    };
    let number = match stop {
        // The line beyond the last is counted already.
        Stop::End(_) => lines.number(),
        Stop::Stalled | Stop::Over => lines.number() + 1,
    };
    if stop != Stop::Stalled {
        pace.drain(&mut lines, MAX_DRAINED_BYTES).await;
    }
    Some((Err((number, ending(&stop))), None))
}

async fn decide(app: &App, asked: &Asked, language: Language, question: Question) -> BatchLine {
    let (line, result) = match question {
        Err((line, problem)) => (line, Err(problem)),
        Ok(Line {
            number,
            bytes: None,
        }) => {
            let detail = format!("A line has at most {MAX_QUESTION_BYTES} bytes.");
            (number, Err(Problem::new(ProblemKind::TooLarge, detail)))
        }
        Ok(Line {
            number,
            bytes: Some(bytes),
        }) => (number, answer_bytes(app, &bytes, language).await),
    };
    match result {
        Ok(answer) => BatchLine::Answered(AnsweredLine {
            line,
            answer: Box::new(answer),
        }),
        Err(problem) => BatchLine::Failed(FailedLine {
            line,
            problem: problem.line_document(asked),
        }),
    }
}
