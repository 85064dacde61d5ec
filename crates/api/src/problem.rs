//! Errors as problem documents (RFC 9457). The one place where an error becomes a status code.
//!
//! A [`Problem`] says what went wrong and what to do next. Causes inside the node are logged once,
//! here, and never sent.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use comity_node::error::{Error, Refusal, RefusalReason};
use serde::Serialize;
use utoipa::ToSchema;

#[cfg(test)]
mod tests;

/// Media type of a problem document.
pub(crate) const PROBLEM_JSON: &str = "application/problem+json";
/// Most faults listed in one problem; a record with more is wrong throughout.
pub const MAX_LISTED_FAULTS: usize = 50;
/// Most faults listed for one line of a stream, where there may be a hundred thousand lines.
pub const MAX_LINE_FAULTS: usize = 10;

macro_rules! kinds {
    ($($name:ident $slug:literal $status:literal $title:literal $help:literal,)*) => {
        /// The closed list of problem types.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ProblemKind { $(#[doc = $title] $name,)* }

        impl ProblemKind {
            /// Every type.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Last part of the type's URI, `/problems/<slug>`.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }

            /// Short title, the same for every occurrence.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// HTTP status.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// What it means and what to do, for its page.
            pub fn help(self) -> &'static str {
                match self { $(Self::$name => $help,)* }
            }
        }
    };
}

kinds! {
    MalformedRequest "malformed-request" 400 "The request cannot be read"
        "The body or the address is not of the form that this path takes. The detail says what was expected.",
    InvalidParameter "invalid-parameter" 400 "A parameter cannot be used"
        "Each entry of `errors` names a parameter, what is wrong with it and what is expected. Unknown parameters are refused, so that a misspelt filter is never ignored silently.",
    NotCanonical "not-canonical" 400 "The record is not canonical JSON"
        "Records are signed over their canonical JSON (RFC 8785) and are taken byte for byte. Send exactly the bytes that were signed.",
    NotEntitled "not-entitled" 403 "The signature does not count here"
        "The signer is not registered under an authority of this node's policy, or not for this kind of record, name or key. Ask the authority to register the signer or to widen its mandate.",
    NotFound "not-found" 404 "Nothing is held under this name"
        "This node holds nothing under that name. It may be held by another node. A withdrawn record is still found and says so.",
    MethodNotAllowed "method-not-allowed" 405 "This path does not take that method"
        "The header `Allow` lists the methods that it takes.",
    Conflict "conflict" 409 "Another document stands under this identity"
        "A record with the same authority, issuer and id and with other content is logged already. Nothing in the log is replaced: publish a revision with an id of its own, or a status event.",
    TakenDown "taken-down" 410 "The record was taken down"
        "Its body is withheld by order of an authority, which the detail names with the ground. Its digest, its place in the log and the order itself can still be read.",
    TooLarge "too-large" 413 "The body is larger than this path takes"
        "The detail names the limit. Large numbers of records are sent as lines (application/x-ndjson).",
    AddressTooLong "address-too-long" 414 "The address is too long"
        "The query string is beyond its limit. Ask with fewer values, or with POST where the path takes it.",
    UnsupportedMediaType "unsupported-media-type" 415 "This path does not take that media type"
        "The detail lists the media types that it takes.",
    RecordRules "record-rules" 422 "The record breaks the rules of its kind"
        "Each entry of `errors` points at a member, names the rule and says what is expected.",
    Signature "signature" 422 "The record is not validly signed"
        "The record carries no proof, a proof that does not hold, or proofs in a form that is not published.",
    OtherRecord "other-record" 422 "The event is not about this record"
        "What was sent is not a status event, or its subjects do not name the record of this path.",
    BundleRefused "bundle-refused" 422 "The bundle is refused"
        "A byte of it was changed, or something in it does not prove what it should. The detail names the line. A bundle without a fitting status statement is no such case: it is judged, and cannot tell.",
    Internal "internal" 500 "The node failed"
        "The fault is on this side and is logged under the request id. Asking again later may help.",
    Remote "remote" 502 "Another node did not answer"
        "What was asked rests on another node, which could not be reached or answered something unusable.",
    Overloaded "overloaded" 503 "Too many requests at once"
        "Ask again after the seconds in `Retry-After`.",
    ReadOnly "read-only" 503 "The node takes no records at present"
        "Reading goes on. Send the record again later: the same bytes are logged once.",
    Unavailable "unavailable" 503 "The node cannot answer at present"
        "Its database or another part does not answer. Ask again after the seconds in `Retry-After`.",
    Timeout "timeout" 503 "The answer took too long"
        "The request was given up. Ask for less at once, or again later.",
}

impl ProblemKind {
    /// The type of that slug.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.slug() == slug)
    }

    /// The type that fits a bare status, as routers and layers answer it.
    fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            404 => Self::NotFound,
            405 => Self::MethodNotAllowed,
            409 => Self::Conflict,
            410 => Self::TakenDown,
            413 => Self::TooLarge,
            414 => Self::AddressTooLong,
            415 => Self::UnsupportedMediaType,
            408 | 504 => Self::Timeout,
            502 => Self::Remote,
            503 => Self::Unavailable,
            400..=499 => Self::MalformedRequest,
            _ => Self::Internal,
        }
    }
}

/// What went wrong, before it is bound to a request.
#[derive(Clone, Debug)]
pub struct Problem {
    kind: ProblemKind,
    detail: String,
    errors: Vec<ProblemFault>,
    retry_after: Option<u32>,
}

/// A problem document (RFC 9457) as it is sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// `/problems/<slug>`: a page that explains it.
    #[serde(rename = "type")]
    #[schema(example = "/problems/invalid-parameter")]
    pub problem_type: String,
    /// The same for every occurrence of the type.
    pub title: &'static str,
    /// HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What went wrong this time, and what to do.
    pub detail: String,
    /// The path asked.
    pub instance: String,
    /// Under which the operator finds the request.
    pub request_id: String,
    /// Each fault by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemFault>,
}

/// One fault: of a member of a record, or of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemFault {
    /// JSON pointer (RFC 6901) into the body; empty for the document itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Name of the parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Stable name of the rule.
    pub code: String,
    /// What is wrong and what is expected.
    pub detail: String,
}

/// Marks an answer whose status and body another specification lays down: it is sent as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answered;

/// The request that a problem answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// Path of the request.
    pub(crate) instance: String,
    /// Its id.
    pub(crate) request_id: String,
}

impl Problem {
    /// A problem of that type with a sentence of its own.
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        let retry_after = match kind {
            ProblemKind::Overloaded => Some(1),
            ProblemKind::Unavailable | ProblemKind::Timeout => Some(5),
            ProblemKind::ReadOnly => Some(30),
            _ => None,
        };
        Self {
            kind,
            detail: detail.into(),
            errors: Vec::new(),
            retry_after,
        }
    }

    /// A parameter that cannot be used.
    pub fn parameter(name: &str, code: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let fault = ProblemFault {
            pointer: None,
            parameter: Some(name.to_owned()),
            code: code.to_owned(),
            detail: detail.clone(),
        };
        Self {
            errors: vec![fault],
            ..Self::new(
                ProblemKind::InvalidParameter,
                format!("Parameter `{name}`: {detail}"),
            )
        }
    }

    /// By whom and on what ground a body is withheld; `None` if it is not.
    pub(crate) fn taken_down(acts: &[comity_node::takedown::TakenDown]) -> Option<Self> {
        let first = acts.first()?;
        let detail = format!(
            "The body {} was taken down by {} (record {}): {}",
            hex::encode(first.digest),
            first.by,
            hex::encode(first.takedown),
            comity_model::text::projected(&first.ground)
        );
        Some(Self::new(ProblemKind::TakenDown, detail))
    }

    /// Nothing is held under that name.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(ProblemKind::NotFound, detail)
    }

    /// Its type.
    pub fn kind(&self) -> ProblemKind {
        self.kind
    }

    /// The document that answers `asked`.
    pub(crate) fn document(&self, asked: &Asked) -> ProblemDocument {
        ProblemDocument {
            problem_type: format!("/problems/{}", self.kind.slug()),
            title: self.kind.title(),
            status: self.kind.status(),
            detail: self.detail.clone(),
            instance: asked.instance.clone(),
            request_id: asked.request_id.clone(),
            errors: self.errors.clone(),
        }
    }

    /// The document that answers one line of a stream.
    pub(crate) fn line_document(&self, asked: &Asked) -> ProblemDocument {
        let mut document = self.document(asked);
        document.errors.truncate(MAX_LINE_FAULTS);
        document
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let (kind, detail) = match &error {
            Error::Question { parameter, detail } => {
                return Self::parameter(parameter, "invalid", detail.clone());
            }
            // Why is the operator's to know; the log has it.
            Error::ReadOnly(_) => (
                ProblemKind::ReadOnly,
                "This node takes no records at present; send them again later.",
            ),
            Error::Busy(_) => (
                ProblemKind::ReadOnly,
                "Another process of this node writes to the log; send the record again later.",
            ),
            Error::Store(_) => (
                ProblemKind::Unavailable,
                "The node's database did not answer; ask again later.",
            ),
            Error::Remote(_) => (
                ProblemKind::Remote,
                "Another node could not be reached or answered something unusable.",
            ),
            Error::Search(_) => (
                ProblemKind::Unavailable,
                "The search index did not answer; ask again later. Looking up by id and number works.",
            ),
            Error::Log(_) | Error::File { .. } | Error::Setup(_) => (
                ProblemKind::Internal,
                "The node failed; the operator finds the cause under the request id.",
            ),
        };
        tracing::error!(%error, problem = kind.slug(), "a request failed inside the node");
        Self::new(kind, detail)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let interrupted = refusal
            .faults
            .iter()
            .any(|fault| fault.code == "interrupted");
        let kind = match refusal.reason {
            _ if interrupted => ProblemKind::Unavailable,
            RefusalReason::Form => ProblemKind::NotCanonical,
            RefusalReason::Rules => ProblemKind::RecordRules,
            RefusalReason::Signature => ProblemKind::Signature,
            RefusalReason::Registration => ProblemKind::NotEntitled,
            RefusalReason::Conflict => ProblemKind::Conflict,
        };
        let first = refusal.faults.first().map(ToString::to_string);
        let beyond = refusal.faults.len().saturating_sub(1);
        let detail = match (first, beyond) {
            (None, _) => kind.title().to_owned(),
            (Some(first), 0) => first,
            (Some(first), 1) => format!("{first}; and one fault more"),
            (Some(first), more) => format!("{first}; and {more} faults more"),
        };
        let listed = refusal.faults.into_iter().take(MAX_LISTED_FAULTS);
        Self {
            errors: listed
                .map(|fault| ProblemFault {
                    pointer: Some(fault.pointer),
                    parameter: None,
                    code: fault.code.to_owned(),
                    detail: fault.message,
                })
                .collect(),
            ..Self::new(kind, detail)
        }
    }
}

impl IntoResponse for Problem {
    /// A response that `completed` binds to its request.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A page for people says itself why not.
fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Gives every failed response the form of a problem document: our own, and those of the router
/// and the layers, which answer plain text or nothing.
pub(crate) fn completed(mut response: Response, asked: &Asked) -> Response {
    let status = response.status();
    if response.extensions().get::<Answered>().is_some() || is_page(&response) {
        return response;
    }
    let own = response.extensions_mut().remove::<Problem>();
    if own.is_none() && !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let problem = own.unwrap_or_else(|| {
        let kind = ProblemKind::of_status(status);
        Problem::new(kind, format!("{}.", kind.title()))
    });
    let document = problem.document(asked);
    let body = serde_json::to_vec(&document).unwrap_or_default();
    let (mut parts, _) = response.into_parts();
    parts.status = problem.status();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts
        .headers
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    parts
        .headers
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = problem.retry_after {
        parts.headers.insert(header::RETRY_AFTER, seconds.into());
    }
    Response::from_parts(parts, body.into())
}
