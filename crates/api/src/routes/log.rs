//! `/log/{name}/...` and `/record/{digest}`: the log itself, as C2SP tlog-tiles and format.md 3
//! write it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep, NDJSON, TEXT};
use crate::routes::document::{bytes_named, is_digest};

/// Read the checkpoint that the log shows now: a C2SP signed note, with the lines of its cosigners.
#[utoipa::path(
    get, path = "/log/{name}/checkpoint", tag = "log", operation_id = "getCheckpoint",
    params(("name" = String, Path, description = "Name of the log", pattern = "^[a-z0-9-]{1,32}$")),
    responses(
        (status = 200, description = "The checkpoint", body = String, content_type = "text/plain"),
        (status = 404, description = "No such log", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn checkpoint(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.finish()?;
    own(&app, &name)?;
    let note = app.node.published().await?.to_string().into_bytes();
    Ok(respond::content(&headers, TEXT, note, Keep::ForSeconds))
}

/// Read a tile of hashes, or a bundle of entries.
///
/// `place` is `{L}/{N}` for a tile and `entries/{N}` for a bundle, both with `.p/{W}` for a part
/// of it; `N` in groups of three digits, `x001/234`, as C2SP tlog-tiles writes it.
#[utoipa::path(
    get, path = "/log/{name}/tile/{place}", tag = "log", operation_id = "getTile",
    params(
        ("name" = String, Path, description = "Name of the log", pattern = "^[a-z0-9-]{1,32}$"),
        ("place" = String, Path, description = "Tile or bundle", example = "0/x001/234.p/8", max_length = 100),
    ),
    responses(
        (status = 200, description = "Hashes, or entries each after its length", body = [u8], content_type = "application/octet-stream"),
        (status = 304, description = "Unchanged"),
        (status = 404, description = "No such tile at this size of the log", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn tile(
    State(app): State<Arc<App>>,
    Path((name, place)): Path<(String, String)>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.finish()?;
    own(&app, &name)?;
    let path = format!("tile/{place}");
    let bytes = if place.starts_with("entries/") {
        app.node.bundle_at(&path).await?
    } else {
        app.node.tile_at(&path).await?
    };
    let bytes = bytes.ok_or_else(|| {
        let size = app.node.head().size;
        Problem::not_found(format!(
            "The log has {size} entries and no such tile or bundle."
        ))
    })?;
    Ok(hashes(&headers, &path, bytes))
}

/// A tile or a bundle. One of that width never changes, a partial one included.
pub(crate) fn hashes(headers: &HeaderMap, path: &str, bytes: Vec<u8>) -> Response {
    let etag = format!("\"{path}\"");
    respond::tagged(
        headers,
        "application/octet-stream",
        bytes,
        &etag,
        Keep::Forever,
    )
}

/// Read the bodies of a bundle of entries, one in each line.
///
/// `null` stands where there is no body. An answer holds at most 16 MiB; then its last line is
/// `{"next": N}`, and `from=N` goes on.
#[utoipa::path(
    get, path = "/log/{name}/records/{bundle}", tag = "log", operation_id = "getBodies",
    params(
        ("name" = String, Path, description = "Name of the log", pattern = "^[a-z0-9-]{1,32}$"),
        ("bundle" = u64, Path, description = "Index of the bundle: log index divided by 256", minimum = 0, maximum = 281_474_976_710_655_u64),
        ("from" = Option<u64>, Query, description = "Log index to go on from", minimum = 0, maximum = 9_007_199_254_740_991_u64),
    ),
    responses(
        (status = 200, description = "Bodies", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Beyond the log", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn bodies(
    State(app): State<Arc<App>>,
    Path((name, bundle)): Path<(String, String)>,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let from = parameters.integer("from", 0..=(1 << 53) - 1)?;
    parameters.finish()?;
    own(&app, &name)?;
    let index = bundle_index(&bundle)?;
    let (bytes, complete) = app.node.bodies(index, from).await?.ok_or_else(|| {
        let size = app.node.head().size;
        Problem::not_found(format!(
            "The log has {size} entries; this lies beyond or outside the bundle."
        ))
    })?;
    Ok(lines(&headers, bytes, complete))
}

/// Bodies of a bundle; one that may still grow is kept for a short time only.
pub(crate) fn lines(headers: &HeaderMap, bytes: Vec<u8>, complete: bool) -> Response {
    let keep = if complete {
        Keep::ForADay
    } else {
        Keep::ForSeconds
    };
    respond::content(headers, NDJSON, bytes, keep)
}

/// Read the exact bytes of one record by its record digest.
#[utoipa::path(
    get, path = "/record/{digest}", tag = "log", operation_id = "getBody",
    params(("digest" = String, Path, description = "Record digest, in hex", pattern = "^[0-9a-f]{64}$")),
    responses(
        (status = 200, description = "The bytes", body = Object, content_type = "application/vc"),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "Not a digest", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not held", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 410, description = "Taken down", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn body(
    State(app): State<Arc<App>>,
    Path(digest): Path<String>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let mut bytes = [0; 32];
    if !is_digest(&digest) || hex::decode_to_slice(&digest, &mut bytes).is_err() {
        let detail = "expected a record digest: 64 lower-case hexadecimal digits";
        return Err(Problem::parameter("digest", "invalid", detail));
    }
    let body = app.node.body(&bytes).await?;
    let Some(body) = body else {
        let acts = app.node.taken_down(&bytes).await?;
        let missing = || Problem::not_found("No body of that digest is held here.");
        return Err(Problem::taken_down(&acts).unwrap_or_else(missing));
    };
    Ok(bytes_named(&headers, &bytes, body, Keep::ForADay))
}

/// The index of a bundle, in decimal digits.
pub(crate) fn bundle_index(bundle: &str) -> Result<u64, Problem> {
    let digits = bundle.bytes().all(|byte| byte.is_ascii_digit());
    let index = bundle.parse().ok();
    index
        .filter(|index| digits && *index < 1 << 48)
        .ok_or_else(|| {
            let detail = "expected the index of a bundle of entries";
            Problem::parameter("bundle", "invalid", detail)
        })
}

fn own(app: &App, name: &str) -> Result<(), Problem> {
    if name == app.node.config().log {
        Ok(())
    } else {
        Err(Problem::not_found(
            "No log of that name is kept here; /v1/logs lists them.",
        ))
    }
}
