//! `GET /v1/logs` and `/v1/logs/{hash}`: the logs kept here.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use comity_model::date::Instant;
use comity_node::logs::LogStanding;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::mirror::check_hash;

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
    /// The economy whose log it is, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "SE")]
    pub economy: Option<String>,
    /// How it is kept.
    #[schema(value_type = LogModeWord)]
    pub mode: &'static str,
    /// When its node was last asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub checked_at: Option<Instant>,
    /// Seconds since its newest checkpoint was signed.
    pub age_seconds: u64,
    /// Entries that its node has and this one has not.
    pub lag: u64,
    /// Lines under its newest checkpoint.
    pub cosignatures: Vec<Cosignature>,
    /// How many lines of others date it; 0 where it dates itself. Absent where no number of lines
    /// would: no cosigners are named who could.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<u64>,
    /// Whether the newest checkpoint has as many as are needed.
    pub quorum: bool,
    /// Another log has taken its place.
    pub closed: bool,
    /// What is wrong.
    pub alarms: Vec<LogAlarm>,
    /// Under which terms the economy's data may be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub terms: Option<serde_json::Value>,
}

/// How a log is kept.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the JSON of a word")]
pub(crate) enum LogModeWord {
    /// This node writes it.
    Own,
    /// All of it is held and co-signed.
    Mirror,
    /// Its entries and chosen bodies are held.
    Follower,
    /// It was followed once.
    Kept,
}

/// A line under a checkpoint.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Cosignature {
    /// Name of the cosigner's key.
    #[schema(example = "nqi.example.jp/mirror")]
    pub name: String,
    /// Its economy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economy: Option<String>,
    /// When it says that it saw the checkpoint.
    #[schema(value_type = String, format = DateTime)]
    pub time: Instant,
}

/// Something that is wrong with a log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LogAlarm {
    /// What.
    #[schema(example = "missingBodies")]
    pub kind: String,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub since: Instant,
    /// In a sentence.
    pub detail: String,
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
    Ok(tagged(&Logs { items }))
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
    check_hash(&hash)?;
    let mut logs = app.node.logs().await?.into_iter();
    let found = logs.find(|log| hex::encode(Sha256::digest(&log.origin)) == hash);
    let log = found.ok_or_else(|| Problem::not_found("No log of that origin is kept here."))?;
    Ok(tagged(&log_of(log)))
}

/// What is known of logs changes with what others do, not with the own log alone.
fn tagged<T: Serialize>(answer: &T) -> Response {
    let bytes = serde_json::to_vec(answer).unwrap_or_default();
    let etag = format!("\"{}\"", respond::mark(&bytes));
    respond::kept(
        respond::json(StatusCode::OK, answer),
        &etag,
        Keep::ForSeconds,
    )
}

fn log_of(standing: LogStanding) -> Log {
    let name = standing.origin.rsplit('/').next().unwrap_or_default();
    let prefix = if standing.mode == "own" {
        format!("/log/{name}")
    } else {
        let id = hex::encode(Sha256::digest(&standing.origin));
        format!("/mirror/{id}")
    };
    let cosignatures = standing.cosignatures.into_iter().map(|line| Cosignature {
        name: line.name,
        economy: line.economy,
        time: line.time,
    });
    let alarms = standing.alarms.into_iter().map(|alarm| LogAlarm {
        kind: alarm.kind,
        since: alarm.since,
        detail: alarm.detail,
    });
    Log {
        prefix,
        origin: standing.origin,
        vkey: standing.vkey,
        size: standing.size,
        root: standing.root,
        signed_at: standing.signed_at,
        indexed: standing.indexed,
        economy: standing.economy,
        mode: standing.mode,
        checked_at: standing.checked_at,
        age_seconds: standing.age_seconds,
        lag: standing.lag,
        cosignatures: cosignatures.collect(),
        needed: standing.needed,
        quorum: standing.quorum,
        closed: standing.closed,
        alarms: alarms.collect(),
        terms: standing.terms,
    }
}
