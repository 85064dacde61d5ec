//! `GET /v1/records/{id}/document` and `/proof`: the exact signed bytes, and their receipt.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use comity_node::look_up::Found;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep, VC};
use crate::routes::record::{find, single, weak_tag};

/// Read the exact signed bytes of a record.
#[utoipa::path(
    get, path = "/v1/records/{id}/document", tag = "records", operation_id = "getDocument",
    params(
        ("id" = String, Path, description = "UUID, `urn:uuid:` or record digest in hex", pattern = "^((urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$"),
        ("digest" = Option<String>, Query, description = "Record digest in hex, to choose among several", pattern = "^[0-9a-f]{64}$"),
    ),
    responses(
        (status = 200, description = "The bytes as they were signed", body = Object, content_type = "application/vc"),
        (status = 300, description = "Several records stand under this name", body = crate::view::Candidates),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not held", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn document(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = chosen(&app, &id, parameters).await?;
    Ok(match single(&app, found, &id) {
        Ok(found) => exact(&headers, found),
        Err(response) => *response,
    })
}

/// Read the receipt of a record: a C2SP `tlog-proof` under the newest checkpoint.
#[utoipa::path(
    get, path = "/v1/records/{id}/proof", tag = "records", operation_id = "getProof",
    params(
        ("id" = String, Path, description = "UUID, `urn:uuid:` or record digest in hex", pattern = "^((urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$"),
        ("digest" = Option<String>, Query, description = "Record digest in hex, to choose among several", pattern = "^[0-9a-f]{64}$"),
    ),
    responses(
        (status = 200, description = "The receipt", body = String, content_type = "text/plain"),
        (status = 300, description = "Several records stand under this name", body = crate::view::Candidates),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not held, or not in this node's own log", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn proof(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = chosen(&app, &id, parameters).await?;
    let found = match single(&app, found, &id) {
        Ok(found) => found,
        Err(response) => return Ok(*response),
    };
    let etag = weak_tag(&app, &hex::encode(found.row.digest));
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let receipt = app.node.receipt(&found.row.digest).await?.ok_or_else(|| {
        Problem::not_found("The record is held but does not stand in this node's own log.")
    })?;
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    let response = (headers, receipt.encode()).into_response();
    Ok(respond::kept(response, &etag, Keep::ForAMinute))
}

/// The records under a name, or that of them which `digest=` chooses.
async fn chosen(app: &App, id: &str, mut parameters: Parameters) -> Result<Vec<Found>, Problem> {
    let digest = parameters.one("digest")?;
    parameters.finish()?;
    if digest.as_deref().is_some_and(|digest| !is_digest(digest)) {
        let detail = "expected a record digest: 64 lower-case hexadecimal digits";
        return Err(Problem::parameter("digest", "invalid", detail));
    }
    let mut found = find(app, id).await?;
    if let Some(digest) = digest {
        found.retain(|found| hex::encode(found.row.digest) == digest);
    }
    Ok(found)
}

/// Whether `text` is a SHA-256 in lower-case hex.
pub(crate) fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// The exact bytes of a found record.
pub(crate) fn exact(headers: &HeaderMap, found: Found) -> Response {
    bytes_named(headers, &found.row.digest, found.body, Keep::Forever)
}

/// The exact bytes under their digest.
pub(crate) fn bytes_named(
    headers: &HeaderMap,
    digest: &[u8; 32],
    body: Vec<u8>,
    keep: Keep,
) -> Response {
    let etag = format!("\"{}\"", hex::encode(digest));
    if let Some(response) = respond::unchanged(headers, &etag, keep) {
        return response;
    }
    let response = ([(header::CONTENT_TYPE, VC)], body).into_response();
    respond::kept(response, &etag, keep)
}
