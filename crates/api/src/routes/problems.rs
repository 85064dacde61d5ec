//! `GET /problems/{slug}`: a page for each type of problem.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument, ProblemKind};
use crate::respond::{self, Keep};

/// What a type of problem means.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemHelp {
    /// `/problems/<slug>`.
    #[serde(rename = "type")]
    pub problem_type: String,
    /// Title.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What it means and what to do.
    pub help: &'static str,
}

/// Read what a type of problem means and what to do.
#[utoipa::path(
    get, path = "/problems/{slug}", tag = "node", operation_id = "getProblem",
    params(("slug" = String, Path, description = "Last part of a problem's `type`", example = "invalid-parameter", max_length = 100)),
    responses(
        (status = 200, description = "The explanation", body = ProblemHelp),
        (status = 404, description = "No such type", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn problem(
    Path(slug): Path<String>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let kind = ProblemKind::of_slug(&slug).ok_or_else(|| {
        let known: Vec<_> = ProblemKind::ALL.iter().map(|kind| kind.slug()).collect();
        Problem::not_found(format!("Known are {}.", known.join(", ")))
    })?;
    let help = ProblemHelp {
        problem_type: format!("/problems/{}", kind.slug()),
        title: kind.title(),
        status: kind.status(),
        help: kind.help(),
    };
    let etag = format!("W/\"{}-{slug}\"", env!("CARGO_PKG_VERSION"));
    let response = respond::json(StatusCode::OK, &help);
    Ok(respond::kept(response, &etag, Keep::ForADay))
}
