//! Bodies of requests: their media type and their size are checked before they are read whole.

use axum::body::Body;
use axum::http::{HeaderMap, header};
use comity_model::record::MAX_LARGE_BODY_BYTES;
use futures::StreamExt as _;

use crate::problem::{Problem, ProblemKind};
use crate::respond::{JSON, NDJSON, VC};

/// Largest record in bytes: that of the largest kind (format.md 1.11); also the longest line of a
/// stream of records.
pub const MAX_RECORD_BYTES: usize = MAX_LARGE_BODY_BYTES;
/// Largest question in bytes: a record shown with it, and some drafts laid over the evidence; also
/// the longest line of a batch of questions.
pub const MAX_QUESTION_BYTES: usize = 4 * 1024 * 1024;

/// What a body is, by its media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    /// One JSON document.
    One,
    /// Lines of JSON.
    Lines,
}

/// The media type of a body of records.
///
/// # Errors
/// Any other media type.
pub(crate) fn media(headers: &HeaderMap) -> Result<Media, Problem> {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = value
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default();
    match essence.trim().to_ascii_lowercase().as_str() {
        VC | JSON => Ok(Media::One),
        NDJSON => Ok(Media::Lines),
        "application/vc+jwt" => Err(unsupported(
            "Records as application/vc+jwt are not taken yet.",
        )),
        _ => Err(unsupported(
            "Name the media type of the body in `Content-Type`: application/vc or application/json \
             for one document, application/x-ndjson for lines where the path takes them.",
        )),
    }
}

/// Checks that a body is one JSON document.
///
/// # Errors
/// Any other media type.
pub(crate) fn only_one(headers: &HeaderMap) -> Result<(), Problem> {
    match media(headers)? {
        Media::One => Ok(()),
        Media::Lines => Err(unsupported(
            "This path takes one document at a time: application/vc or application/json.",
        )),
    }
}

/// Checks that a body is lines.
///
/// # Errors
/// Any other media type.
pub(crate) fn only_lines(headers: &HeaderMap) -> Result<(), Problem> {
    match media(headers)? {
        Media::Lines => Ok(()),
        Media::One => Err(unsupported("This path takes lines: application/x-ndjson.")),
    }
}

fn unsupported(detail: &str) -> Problem {
    Problem::new(ProblemKind::UnsupportedMediaType, detail)
}

/// A whole body of at most `limit` bytes.
///
/// # Errors
/// A larger one, and one that breaks off.
pub(crate) async fn whole(body: Body, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| {
            Problem::new(
                ProblemKind::MalformedRequest,
                "The body broke off before its end.",
            )
        })?;
        if bytes.len() + piece.len() > limit {
            let detail = format!("At most {limit} bytes are taken here.");
            return Err(Problem::new(ProblemKind::TooLarge, detail));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// The bytes of one record: a line end after it is the file's, not the record's.
///
/// # Errors
/// As [`whole`]; also for an empty body.
pub(crate) async fn record(body: Body) -> Result<Vec<u8>, Problem> {
    // Two bytes of line end may stand after a record of the full size.
    let mut bytes = whole(body, MAX_RECORD_BYTES + 2).await?;
    for end in [b'\n', b'\r'] {
        if bytes.last() == Some(&end) {
            bytes.pop();
        }
    }
    if bytes.len() > MAX_RECORD_BYTES {
        let detail = format!("A record has at most {MAX_RECORD_BYTES} bytes.");
        return Err(Problem::new(ProblemKind::TooLarge, detail));
    }
    if bytes.is_empty() {
        return Err(Problem::new(
            ProblemKind::MalformedRequest,
            "The body is empty; expected a record.",
        ));
    }
    Ok(bytes)
}
