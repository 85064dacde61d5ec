//! `POST /v1/records`: publish one record, or a stream of them.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use comity_node::error::Refusal;
use comity_node::publish;
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::body::{self, Media};
use crate::parameters::Parameters;
use crate::problem::{Asked, Problem, ProblemDocument, ProblemKind};
use crate::respond;
use crate::routes::stream;
use crate::view::Links;

/// The node's answer to a record it took: durable, in the log, and counted in the next verdict.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Acknowledgement {
    /// Whether it is new to the log.
    pub outcome: Logged,
    /// `urn:uuid:` identifier.
    pub id: String,
    /// Kind of record.
    pub kind: String,
    /// SHA-256 of the exact bytes, in hex.
    pub record_digest: String,
    /// SHA-256 of the canonical document without proof, in hex.
    pub document_digest: String,
    /// Where it stands.
    pub log: Position,
    /// It was logged, and no answer here rests on it, or not for everybody that it names: why, as the
    /// policy stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub will_not_count: Option<String>,
    /// Where to read on.
    pub links: Links,
}

/// Whether a record is new to the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Logged {
    /// It was logged now.
    Logged,
    /// The same bytes had been logged before; the old place is answered.
    AlreadyLogged,
}

/// A place under a tree size.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Position {
    /// Origin of the log.
    pub origin: String,
    /// Log index.
    pub index: u64,
    /// Size of the tree under the checkpoint that covers it.
    pub size: u64,
}

impl From<publish::Acknowledgement> for Acknowledgement {
    fn from(taken: publish::Acknowledgement) -> Self {
        Self {
            outcome: if taken.already {
                Logged::AlreadyLogged
            } else {
                Logged::Logged
            },
            links: Links::of(&taken.id, &taken.record_digest),
            id: taken.id,
            will_not_count: taken.will_not_count,
            kind: taken.kind.name().to_owned(),
            record_digest: hex::encode(taken.record_digest),
            document_digest: hex::encode(taken.document_digest),
            log: Position {
                origin: taken.origin,
                index: taken.index,
                size: taken.size,
            },
        }
    }
}

/// Publish a signed record, or a stream of signed records.
///
/// One record (`application/vc` or `application/json`): the exact bytes that were signed, at most
/// 1 MiB. It is acknowledged when it is durable and logged; the same bytes again are answered
/// with their old place.
///
/// Lines (`application/x-ndjson`): one record a line, at most 100,000 lines. The answer is a
/// stream of lines too, one for each line sent that is not blank, in order, written as batches
/// are committed: an acknowledgement with its `line`, or `refused` with a problem, or `notTaken`
/// if the node can take nothing more. A line that is refused never stops the stream.
#[utoipa::path(
    post, path = "/v1/records", tag = "records", operation_id = "publishRecords",
    request_body(
        description = "A signed record, or one in each line",
        content(
            (Object = "application/vc"),
            (Object = "application/json"),
            (String = "application/x-ndjson"),
        ),
    ),
    responses(
        (status = 201, description = "Logged", body = Acknowledgement,
            headers(("Location" = String, description = "The record"))),
        (status = 200, description = "Logged before, or the stream of answers", content(
            (Acknowledgement = "application/json"),
            (stream::StreamLine = "application/x-ndjson"),
        )),
        (status = 400, description = "Not canonical JSON", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "The signature does not count here", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "Another document stands under this identity", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, description = "Larger than 1 MiB", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, description = "Not a record's media type", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "Breaks the rules of its kind, or not validly signed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "No records are taken at present", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn publish(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    parameters: Parameters,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    parameters.finish()?;
    match body::media(&headers)? {
        Media::Lines => stream::records(app, asked, body),
        Media::One => one(&app, body::record(body).await?).await,
    }
}

/// Publishes one record and answers it.
///
/// # Errors
/// The refusal, or why nothing can be taken.
pub(crate) async fn one(app: &App, bytes: Vec<u8>) -> Result<Response, Problem> {
    let outcome = app.node.publish(vec![bytes]).await?.pop();
    let taken = outcome
        .ok_or_else(|| Problem::new(ProblemKind::Internal, "The node gave no answer."))?
        .map_err(|refusal: Refusal| Problem::from(refusal))?;
    let taken = Acknowledgement::from(taken);
    let status = match taken.outcome {
        Logged::Logged => StatusCode::CREATED,
        Logged::AlreadyLogged => StatusCode::OK,
    };
    let mut response = respond::json(status, &taken);
    if let Ok(location) = HeaderValue::from_str(&taken.links.record) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}
