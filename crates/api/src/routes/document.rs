//! `GET /v1/records/{id}/document`, `/proof` and `/receipt`: the exact signed bytes, and their receipt.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use comity_model::date::Instant;
use comity_node::look_up::Found;
use comity_node::receipts::{MAX_WAIT_SECONDS, ReceiptStanding};
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep, VC};
use crate::routes::record::{find, single};

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

/// Read the receipt of a record: a C2SP `tlog-proof`.
///
/// It stands under the first checkpoint over the record that a quorum has co-signed, or, as long as
/// there is none, under the one that is being co-signed; `wait` waits for the quorum.
#[utoipa::path(
    get, path = "/v1/records/{id}/proof", tag = "records", operation_id = "getProof",
    params(
        ("id" = String, Path, description = "UUID, `urn:uuid:` or record digest in hex", pattern = "^((urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$"),
        ("digest" = Option<String>, Query, description = "Record digest in hex, to choose among several", pattern = "^[0-9a-f]{64}$"),
        ("wait" = Option<u64>, Query, description = "Seconds to wait for a quorum", minimum = 0, maximum = 25),
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
    let found = match receipt_of(&app, &id, parameters).await? {
        Ok(found) => found,
        Err(response) => return Ok(*response),
    };
    let proof = found.receipt.encode();
    let etag = format!("W/\"{}\"", respond::mark(proof.as_bytes()));
    // Without a quorum it is under another checkpoint in a moment.
    let keep = if found.standing.quorum {
        Keep::ForAMinute
    } else {
        Keep::ForSeconds
    };
    if let Some(response) = respond::unchanged(&headers, &etag, keep) {
        return Ok(response);
    }
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    let response = (headers, proof).into_response();
    Ok(respond::kept(response, &etag, keep))
}

/// A receipt and how far it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptView {
    /// The log.
    #[schema(example = "nqi.example.se/log/2026")]
    pub origin: String,
    /// Log index of the record.
    pub index: u64,
    /// Entries under the checkpoint of the receipt.
    pub size: u64,
    /// Lines of cosigners that make a quorum; 0: nobody co-signs this log.
    pub needed: usize,
    /// Whether there are as many.
    pub quorum: bool,
    /// Who co-signed the checkpoint.
    pub have: Vec<CosignerView>,
    /// Who did not yet.
    pub missing: Vec<CosignerView>,
    /// The receipt itself, a C2SP `tlog-proof`.
    pub proof: String,
}

/// A member of the cosigner set.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CosignerView {
    /// Name of its key.
    #[schema(example = "nab.example.kz/mirror")]
    pub name: String,
    /// Its economy.
    #[schema(example = "KZ")]
    pub economy: String,
    /// When it says that it co-signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub time: Option<Instant>,
}

/// Read who has co-signed a record's place in the log and who has not yet, with its receipt.
#[utoipa::path(
    get, path = "/v1/records/{id}/receipt", tag = "records", operation_id = "getReceipt",
    params(
        ("id" = String, Path, description = "UUID, `urn:uuid:` or record digest in hex", pattern = "^((urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$"),
        ("digest" = Option<String>, Query, description = "Record digest in hex, to choose among several", pattern = "^[0-9a-f]{64}$"),
        ("wait" = Option<u64>, Query, description = "Seconds to wait for a quorum", minimum = 0, maximum = 25),
    ),
    responses(
        (status = 200, description = "The receipt", body = ReceiptView),
        (status = 300, description = "Several records stand under this name", body = crate::view::Candidates),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not held, or not in this node's own log", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn receipt(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let ReceiptStanding { receipt, standing } = match receipt_of(&app, &id, parameters).await? {
        Ok(found) => found,
        Err(response) => return Ok(*response),
    };
    let have = standing.have.into_iter().map(|signed| CosignerView {
        name: signed.name,
        economy: signed.economy,
        time: Some(signed.time),
    });
    let missing = standing.missing.into_iter().map(|unsigned| CosignerView {
        name: unsigned.name,
        economy: unsigned.economy,
        time: None,
    });
    let view = ReceiptView {
        origin: standing.origin,
        index: standing.index,
        size: standing.size,
        needed: standing.needed,
        quorum: standing.quorum,
        have: have.collect(),
        missing: missing.collect(),
        proof: receipt.encode(),
    };
    let etag = format!("W/\"{}\"", respond::mark(view.proof.as_bytes()));
    let response = respond::json(StatusCode::OK, &view);
    Ok(respond::kept(response, &etag, Keep::ForSeconds))
}

/// The receipt that is asked for, or the answer that no one record is.
async fn receipt_of(
    app: &App,
    id: &str,
    mut parameters: Parameters,
) -> Result<Result<ReceiptStanding, Box<Response>>, Problem> {
    let wait = parameters.integer("wait", 0..=MAX_WAIT_SECONDS)?;
    let found = chosen(app, id, parameters).await?;
    let found = match single(app, found, id) {
        Ok(found) => found,
        Err(response) => return Ok(Err(response)),
    };
    let receipt = app
        .node
        .receipt_within(&found.row.digest, wait.unwrap_or(0))
        .await?;
    let receipt = receipt.ok_or_else(|| {
        Problem::not_found("The record is held but does not stand in this node's own log.")
    })?;
    Ok(Ok(receipt))
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
