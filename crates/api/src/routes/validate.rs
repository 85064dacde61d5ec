//! `POST /v1/records/validate`: what publishing would answer, without logging anything.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use comity_model::record::Record;
use comity_node::error::Refusal;
use comity_recognition::question::Selector;
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::body;
use crate::parameters::Parameters;
use crate::problem::{Asked, Problem, ProblemDocument};
use crate::respond;

/// What publishing a record would answer.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Validation {
    /// Whether it would be logged.
    pub acceptable: bool,
    /// Kind of record, where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `urn:uuid:` identifier, where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// SHA-256 of the exact bytes, in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_digest: Option<String>,
    /// SHA-256 of the canonical document without proof, in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_digest: Option<String>,
    /// Why it would be refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<ProblemDocument>,
    /// What to look at before it is published.
    pub warnings: Vec<String>,
}

/// Check a signed record without publishing it.
///
/// Form, field rules, signature and the signer's registration are checked as for publishing.
/// Nothing is kept.
#[utoipa::path(
    post, path = "/v1/records/validate", tag = "records", operation_id = "validateRecord",
    request_body(description = "A signed record", content((Object = "application/vc"), (Object = "application/json"))),
    responses(
        (status = 200, description = "What publishing would answer", body = Validation),
        (status = 400, description = "The request cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, description = "Larger than 1 MiB", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, description = "Not a record's media type", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn validate(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    parameters: Parameters,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    parameters.finish()?;
    body::only_one(&headers)?;
    let bytes = body::record(body).await?;
    let read = Record::read(&bytes).ok();
    let mut answer = Validation {
        kind: read.as_ref().map(|record| record.kind().name().to_owned()),
        id: read.as_ref().map(|record| record.id.clone()),
        ..Validation::default()
    };
    match app.node.validate(bytes).await {
        Ok(prepared) => {
            let digest = hex::encode(prepared.evidence.record_digest);
            answer.acceptable = true;
            answer.warnings = warnings(&app, &prepared.record, &digest).await?;
            let why = app.node.would_not_count(&prepared);
            answer
                .warnings
                .extend(why.map(|why| format!("It will not count: {why}.")));
            answer.record_digest = Some(digest);
            answer.document_digest = Some(hex::encode(prepared.evidence.document_digest));
        }
        Err(refusal) => answer.problem = Some(problem(refusal).document(&asked)),
    }
    Ok(respond::json(StatusCode::OK, &answer))
}

fn problem(refusal: Refusal) -> Problem {
    refusal.into()
}

async fn warnings(app: &App, record: &Record, digest: &str) -> Result<Vec<String>, Problem> {
    let now = app.node.clock().now();
    let mut warnings = Vec::new();
    if record.valid_until.is_some_and(|until| until < now) {
        warnings.push("Its legal validity has ended already.".to_owned());
    }
    if record.valid_from > now {
        warnings.push("Its legal validity has not begun yet.".to_owned());
    }
    let selector = Selector::RecordDigest(digest.to_owned());
    if !app.node.look_up(&selector).await?.is_empty() {
        warnings.push("It is held already; publishing it again changes nothing.".to_owned());
    }
    Ok(warnings)
}
