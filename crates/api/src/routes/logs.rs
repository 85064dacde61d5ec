//! `GET /v1/logs` and `/v1/logs/{hash}`: the logs kept here.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use comity_model::date::Instant;
use comity_node::log::LogStanding;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::document::is_digest;
use crate::routes::record::weak_tag;

/// The logs kept here.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Logs {
    /// Each log.
    pub items: Vec<Log>,
}

/// A log kept here.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Log {
    /// Origin, as its checkpoints begin.
    #[schema(example = "nqi.example.se/log/2026")]
    pub origin: String,
    /// Verification key of the log.
    pub vkey: String,
    /// Number of entries.
    pub size: u64,
    /// Root hash, in hex.
    pub root: String,
    /// When the newest checkpoint was signed.
    #[schema(value_type = String, format = DateTime)]
    pub signed_at: Instant,
    /// Entries that search can find already.
    pub indexed: u64,
    /// Where its checkpoint, tiles and bodies are served.
    #[schema(example = "/log/2026")]
    pub prefix: String,
}

/// List the logs kept here.
#[utoipa::path(
    get, path = "/v1/logs", tag = "log", operation_id = "getLogs",
    responses((status = 200, description = "The logs", body = Logs)),
)]
pub(crate) async fn logs(
    State(app): State<Arc<App>>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let items = app.node.logs().await?.into_iter().map(log_of).collect();
    let response = respond::json(StatusCode::OK, &Logs { items });
    Ok(respond::kept(
        response,
        &weak_tag(&app, ""),
        Keep::ForSeconds,
    ))
}

/// Read about one log.
#[utoipa::path(
    get, path = "/v1/logs/{hash}", tag = "log", operation_id = "getLog",
    params(("hash" = String, Path, description = "SHA-256 of the origin, in hex", pattern = "^[0-9a-f]{64}$")),
    responses(
        (status = 200, description = "The log", body = Log),
        (status = 400, description = "Not a hash", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not kept here", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn log(
    State(app): State<Arc<App>>,
    Path(hash): Path<String>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.finish()?;
    if !is_digest(&hash) {
        let detail = "expected the SHA-256 of the origin: 64 lower-case hexadecimal digits";
        return Err(Problem::parameter("hash", "invalid", detail));
    }
    let mut logs = app.node.logs().await?.into_iter();
    let found = logs.find(|log| hex::encode(Sha256::digest(&log.origin)) == hash);
    let log = found.ok_or_else(|| Problem::not_found("No log of that origin is kept here."))?;
    let response = respond::json(StatusCode::OK, &log_of(log));
    Ok(respond::kept(
        response,
        &weak_tag(&app, ""),
        Keep::ForSeconds,
    ))
}

fn log_of(standing: LogStanding) -> Log {
    let name = standing.origin.rsplit('/').next().unwrap_or_default();
    Log {
        prefix: format!("/log/{name}"),
        origin: standing.origin,
        vkey: standing.vkey,
        size: standing.size,
        root: standing.root,
        signed_at: standing.signed_at,
        indexed: standing.indexed,
    }
}
