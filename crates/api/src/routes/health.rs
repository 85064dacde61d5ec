//! `GET /health`, `/health/live`, `/health/ready`, `/metrics`: for whoever runs the node.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use comity_model::date::Instant;
use comity_node::doctor::{Finding, Severity};
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::problem::{Problem, ProblemDocument, ProblemKind};
use crate::respond;

/// Entries by which search may lag behind the log while the node counts as ready.
pub const MAX_INDEX_LAG_ENTRIES: u64 = comity_node::doctor::MAX_INDEX_LAG_ENTRIES;
/// Age of the newest checkpoint beyond which the log counts as untended, in seconds: an unchanged
/// head is signed again at least hourly (format.md 3.8).
pub const MAX_HEAD_AGE_SECONDS: i64 = comity_node::doctor::MAX_HEAD_AGE_SECONDS;

/// How the node is.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// Always `ok`; anything else is a problem.
    pub status: &'static str,
    /// Entries of the own log.
    pub log_size: u64,
    /// Entries that search can find already.
    pub indexed: u64,
}

/// How the node is, and what there is to do about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// `ok`, `warning` or `problem`: the worst of the findings.
    pub status: &'static str,
    /// Entries of the own log.
    pub log_size: u64,
    /// Entries that search can find already.
    pub indexed: u64,
    /// What is wrong, and what ends within ninety days; the worst first.
    pub findings: Vec<FindingView>,
}

/// One thing to do something about.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// `problem`: something does not work. `warning`: it will not for long, or is not as it should.
    pub severity: &'static str,
    /// Stable name.
    #[schema(example = "federation.expires")]
    pub code: &'static str,
    /// What is the matter, in a sentence.
    pub detail: String,
    /// What to type, or to do, about it; DIR stands for the node's folder.
    pub command: String,
    /// When it ends, or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub until: Option<Instant>,
}

/// Read what is wrong with the node and what ends within ninety days, as `comity node doctor`
/// shows it.
#[utoipa::path(
    get, path = "/health", tag = "node", operation_id = "getHealth",
    responses((status = 200, description = "The findings; none if all is well", body = Report)),
)]
pub(crate) async fn report(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let findings = app.node.findings().await?;
    let status = match findings.first().map(|finding| finding.severity) {
        None => "ok",
        Some(severity) => word(severity),
    };
    let report = Report {
        status,
        log_size: app.node.head().size,
        indexed: app.node.indexed_size(),
        findings: findings.into_iter().map(shown).collect(),
    };
    Ok(unkept(respond::json(StatusCode::OK, &report)))
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Problem => "problem",
        Severity::Warning => "warning",
    }
}

fn shown(finding: Finding) -> FindingView {
    FindingView {
        severity: word(finding.severity),
        code: finding.code,
        detail: finding.detail,
        command: finding.command,
        until: finding.until,
    }
}

/// Whether the process answers.
#[utoipa::path(
    get, path = "/health/live", tag = "node", operation_id = "isLive",
    responses((status = 200, description = "It does", body = Health)),
)]
pub(crate) async fn live(State(app): State<Arc<App>>) -> Response {
    unkept(respond::json(StatusCode::OK, &health(&app)))
}

/// Whether the node does all of its work: its database answers, its log is tended, search keeps
/// up.
#[utoipa::path(
    get, path = "/health/ready", tag = "node", operation_id = "isReady",
    responses(
        (status = 200, description = "It does", body = Health),
        (status = 503, description = "It does not; the detail says why", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn ready(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    app.node.logs().await?;
    if let Some(reason) = app.node.read_only() {
        return Err(Problem::new(ProblemKind::ReadOnly, reason));
    }
    let health = health(&app);
    let lag = health.log_size.saturating_sub(health.indexed);
    if lag > MAX_INDEX_LAG_ENTRIES {
        let detail = format!("Search lags {lag} entries behind the log.");
        return Err(Problem::new(ProblemKind::Unavailable, detail));
    }
    let age = app.node.clock().now().seconds() - app.node.head().updated_at;
    if age > MAX_HEAD_AGE_SECONDS {
        let detail = format!("The newest checkpoint is {age} seconds old: nobody tends the log.");
        return Err(Problem::new(ProblemKind::ReadOnly, detail));
    }
    Ok(unkept(respond::json(StatusCode::OK, &health)))
}

/// Figures in the text format of Prometheus.
///
/// Where they cannot be read there are none: nought is a figure too.
pub(crate) async fn metrics(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let health = health(&app);
    let forked = app.node.forked_logs().await?.len() as u64;
    let logs = app.node.logs().await?;
    let findings = app.node.findings().await?;
    let text = app
        .measures
        .as_ref()
        .map(|measures| measures.render(health.log_size, health.indexed, forked, &logs, &findings));
    let kind = [(
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    )];
    Ok(unkept((kind, text.unwrap_or_default()).into_response()))
}

fn health(app: &App) -> Health {
    Health {
        status: "ok",
        log_size: app.node.head().size,
        indexed: app.node.indexed_size(),
    }
}

fn unkept(mut response: Response) -> Response {
    let never = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, never);
    response
}
