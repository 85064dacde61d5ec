//! `POST /add-checkpoint`, `GET /witness/{hash}/checkpoint` (C2SP tlog-witness), and
//! `GET /v1/logs/{hash}/evidence`: what this node says of other logs.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use comity_node::witness::{MAX_REQUEST_BYTES, WitnessAnswer};

use crate::App;
use crate::body;
use crate::parameters::Parameters;
use crate::problem::{Answered, Problem, ProblemDocument};
use crate::respond::{self, Keep, TEXT};
use crate::routes::mirror::check_hash;

/// Ask for a cosignature on a checkpoint of a log that is known here (C2SP tlog-witness).
///
/// The body is `old N`, the consistency proof from there, an empty line, and the signed checkpoint.
/// Answers are those of the specification, in plain text.
#[utoipa::path(
    post, path = "/add-checkpoint", tag = "log", operation_id = "addCheckpoint",
    request_body(content = String, content_type = "text/plain", description = "The request"),
    responses(
        (status = 200, description = "The cosignature line", body = String, content_type = "text/plain"),
        (status = 400, description = "Not a request, or the old size is beyond the checkpoint", body = String, content_type = "text/plain"),
        (status = 403, description = "No valid signature of a trusted key", body = String, content_type = "text/plain"),
        (status = 404, description = "The log is not known here", body = String, content_type = "text/plain"),
        (status = 409, description = "Another size was co-signed last: this one", body = String, content_type = "text/x.tlog.size"),
        (status = 413, description = "Larger than any request", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "The checkpoint does not follow from the one co-signed last", body = String, content_type = "text/plain"),
    ),
)]
pub(crate) async fn add_checkpoint(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    body: Body,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let body = body::whole(body, MAX_REQUEST_BYTES).await?;
    let WitnessAnswer {
        status,
        content_type,
        body,
    } = app.node.add_checkpoint(&body).await?;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = [(header::CONTENT_TYPE, content_type)];
    let mut response = (status, kind, body).into_response();
    // The specification's own answers are no problem documents.
    response.extensions_mut().insert(Answered);
    Ok(response)
}

/// Read the newest checkpoint of a log that this node co-signed as a witness.
#[utoipa::path(
    get, path = "/witness/{hash}/checkpoint", tag = "log", operation_id = "getWitnessed",
    params(("hash" = String, Path, description = "SHA-256 of the origin, in hex", pattern = "^[0-9a-f]{64}$")),
    responses(
        (status = 200, description = "The checkpoint with the witness's line", body = String, content_type = "text/plain"),
        (status = 400, description = "Not a hash", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Never co-signed here", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn checkpoint(
    State(app): State<Arc<App>>,
    Path(hash): Path<String>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.finish()?;
    check_hash(&hash)?;
    let note = app.node.witnessed_by_id(&hash).await?;
    let note = note.ok_or_else(|| {
        Problem::not_found("No checkpoint of that log was co-signed here as a witness.")
    })?;
    Ok(respond::content(&headers, TEXT, note, Keep::ForSeconds))
}

/// Read the evidence that a log showed two histories: a file that convinces whoever has it.
#[utoipa::path(
    get, path = "/v1/logs/{hash}/evidence", tag = "log", operation_id = "getForkEvidence",
    params(("hash" = String, Path, description = "SHA-256 of the origin, in hex", pattern = "^[0-9a-f]{64}$")),
    responses(
        (status = 200, description = "The evidence", body = Object, content_type = "application/json"),
        (status = 400, description = "Not a hash", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "No evidence against that log is held", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn evidence(
    State(app): State<Arc<App>>,
    Path(hash): Path<String>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.finish()?;
    check_hash(&hash)?;
    let file = app.node.fork_evidence(&hash).await?;
    let file = file
        .ok_or_else(|| Problem::not_found("No evidence against a log of that origin is held."))?;
    Ok(respond::content(
        &headers,
        respond::JSON,
        file,
        Keep::ForSeconds,
    ))
}
