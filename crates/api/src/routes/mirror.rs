//! `/mirror/{hash}/...`: other economies' logs as this node holds them, under the paths of the log
//! itself; and `/v1/federation`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep, NDJSON, TEXT};
use crate::routes::document::is_digest;
use crate::routes::log::{bundle_index, hashes, lines};

/// Read the newest checkpoint of a mirrored log, with this node's cosignature.
#[utoipa::path(
    get, path = "/mirror/{hash}/checkpoint", tag = "log", operation_id = "getMirroredCheckpoint",
    params(("hash" = String, Path, description = "SHA-256 of the origin, in hex", pattern = "^[0-9a-f]{64}$")),
    responses(
        (status = 200, description = "The checkpoint", body = String, content_type = "text/plain"),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "Not a hash", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not mirrored here", body = ProblemDocument, content_type = "application/problem+json"),
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
    let note = app.node.mirrored_checkpoint(&hash).await?;
    let note = note.ok_or_else(not_mirrored)?;
    Ok(respond::content(&headers, TEXT, note, Keep::ForSeconds))
}

/// Read a tile of hashes, or a bundle of entries, of a mirrored log.
///
/// `place` as in `/log/{name}/tile/{place}`.
#[utoipa::path(
    get, path = "/mirror/{hash}/tile/{place}", tag = "log", operation_id = "getMirroredTile",
    params(
        ("hash" = String, Path, description = "SHA-256 of the origin, in hex", pattern = "^[0-9a-f]{64}$"),
        ("place" = String, Path, description = "Tile or bundle", example = "0/x001/234.p/8", max_length = 100),
    ),
    responses(
        (status = 200, description = "Hashes, or entries each after its length", body = [u8], content_type = "application/octet-stream"),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "Not a hash", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "No such tile is held", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn tile(
    State(app): State<Arc<App>>,
    Path((hash, place)): Path<(String, String)>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.finish()?;
    check_hash(&hash)?;
    let path = format!("tile/{place}");
    let bytes = app.node.mirrored_tile(&hash, &path).await?;
    let bytes = bytes.ok_or_else(|| {
        Problem::not_found("No such log is mirrored here, or it has no such tile or bundle.")
    })?;
    Ok(hashes(&headers, &path, bytes))
}

/// Read the bodies of a bundle of entries of a mirrored log, one in each line.
///
/// As in `/log/{name}/records/{bundle}`.
#[utoipa::path(
    get, path = "/mirror/{hash}/records/{bundle}", tag = "log", operation_id = "getMirroredBodies",
    params(
        ("hash" = String, Path, description = "SHA-256 of the origin, in hex", pattern = "^[0-9a-f]{64}$"),
        ("bundle" = u64, Path, description = "Index of the bundle: log index divided by 256", minimum = 0, maximum = 281_474_976_710_655_u64),
        ("from" = Option<u64>, Query, description = "Log index to go on from", minimum = 0, maximum = 9_007_199_254_740_991_u64),
    ),
    responses(
        (status = 200, description = "Bodies", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not mirrored here, or beyond the log", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn bodies(
    State(app): State<Arc<App>>,
    Path((hash, bundle)): Path<(String, String)>,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let from = parameters.integer("from", 0..=(1 << 53) - 1)?;
    parameters.finish()?;
    check_hash(&hash)?;
    let index = bundle_index(&bundle)?;
    let answer = app.node.mirrored_bodies(&hash, index, from).await?;
    let (bytes, complete) = answer.ok_or_else(not_mirrored)?;
    Ok(lines(&headers, bytes, complete))
}

/// Read the federation: every list and every version of members' keys held, a line each.
#[utoipa::path(
    get, path = "/v1/federation", tag = "node", operation_id = "getFederation",
    responses(
        (status = 200, description = "FederationList and MemberKeys records", body = String, content_type = "application/x-ndjson"),
        (status = 304, description = "Unchanged"),
    ),
)]
pub(crate) async fn federation(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let mut lines = Vec::new();
    for body in app.node.federation_documents().await? {
        lines.extend_from_slice(&body);
        lines.push(b'\n');
    }
    Ok(respond::content(&headers, NDJSON, lines, Keep::ForSeconds))
}

/// Checks the hash of an origin in a path.
pub(crate) fn check_hash(hash: &str) -> Result<(), Problem> {
    if is_digest(hash) {
        return Ok(());
    }
    let detail = "expected the SHA-256 of the origin: 64 lower-case hexadecimal digits";
    Err(Problem::parameter("hash", "invalid", detail))
}

fn not_mirrored() -> Problem {
    Problem::not_found("No log of that origin is mirrored here, or it does not reach so far.")
}
