//! Answers: JSON, cache headers, conditional requests (RFC 9110, 9111).

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use comity_recognition::wording::Language;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::problem::{Problem, ProblemKind};

/// Media type of JSON.
pub(crate) const JSON: &str = "application/json";
/// Media type of signed notes.
pub(crate) const TEXT: &str = "text/plain; charset=utf-8";
/// Media type of a record (W3C VC Data Model 2.0, 6.2).
pub(crate) const VC: &str = "application/vc";
/// Media type of lines of JSON.
pub(crate) const NDJSON: &str = "application/x-ndjson";

/// How long an answer may be kept (interface.md B2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// It never changes: bytes named by their digest, full tiles.
    Forever,
    /// It may be taken down: a day.
    ForADay,
    /// It follows the log: a minute, and stale for five more while it is asked for again.
    ForAMinute,
    /// A checkpoint.
    ForSeconds,
}

impl Keep {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::ForADay => "public, max-age=86400",
            Self::ForAMinute => "public, max-age=60, stale-while-revalidate=300",
            Self::ForSeconds => "public, max-age=5",
        })
    }
}

/// A JSON answer.
pub(crate) fn json<T: Serialize>(status: StatusCode, answer: &T) -> Response {
    match serde_json::to_vec(answer) {
        Ok(body) => (status, [(header::CONTENT_TYPE, JSON)], body).into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written as JSON");
            Problem::new(ProblemKind::Internal, "The answer could not be written.").into_response()
        }
    }
}

/// The language that the asker prefers of those there are; English where none is named.
pub(crate) fn language(headers: &HeaderMap) -> Language {
    let named = headers.get_all(header::ACCEPT_LANGUAGE).iter();
    let named: Vec<&str> = named.filter_map(|value| value.to_str().ok()).collect();
    Language::negotiate(&named.join(","))
}

/// An answer with sentences in that language (RFC 9110, 8.5), which depends on what the asker
/// prefers (12.5.5).
pub(crate) fn worded(mut response: Response, language: Language) -> Response {
    let headers = response.headers_mut();
    let tag = HeaderValue::from_static(language.tag());
    headers.insert(header::CONTENT_LANGUAGE, tag);
    let depends = HeaderValue::from_static("accept-language");
    headers.append(header::VARY, depends);
    response
}

/// What tells bytes from others, for the tag of an answer.
pub(crate) fn mark(bytes: &[u8]) -> String {
    let mut mark = hex::encode(Sha256::digest(bytes));
    mark.truncate(16);
    mark
}

/// An answer with its tag and how long it may be kept.
pub(crate) fn kept(mut response: Response, etag: &str, keep: Keep) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, keep.header());
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    response
}

/// Bytes with the tag of their content, or `304 Not Modified` if the client holds them already.
pub(crate) fn content(
    headers: &HeaderMap,
    kind: &'static str,
    bytes: Vec<u8>,
    keep: Keep,
) -> Response {
    // Weak: the answer may go out compressed.
    let etag = format!("W/\"{}\"", mark(&bytes));
    tagged(headers, kind, bytes, &etag, keep)
}

/// Bytes with that tag, or `304 Not Modified` if the client holds them already.
pub(crate) fn tagged(
    headers: &HeaderMap,
    kind: &'static str,
    bytes: Vec<u8>,
    etag: &str,
    keep: Keep,
) -> Response {
    unchanged(headers, etag, keep).unwrap_or_else(|| {
        let response = ([(header::CONTENT_TYPE, kind)], bytes).into_response();
        kept(response, etag, keep)
    })
}

/// `304 Not Modified` if the client holds the answer of that tag already (RFC 9110, 13.1.2).
pub(crate) fn unchanged(headers: &HeaderMap, etag: &str, keep: Keep) -> Option<Response> {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let held = headers.get_all(header::IF_NONE_MATCH).iter().any(|value| {
        let tags = value.to_str().unwrap_or_default();
        tags.split(',')
            .any(|tag| tag.trim() == "*" || bare(tag) == bare(etag))
    });
    held.then(|| kept(StatusCode::NOT_MODIFIED.into_response(), etag, keep))
}

/// Percent-encodes everything but unreserved characters (RFC 3986, 2.3).
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push_str(&hex::encode_upper([byte]));
        }
    }
    encoded
}
