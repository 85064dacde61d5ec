//! `GET /v1/recognition-matrix`: whose certificates count where, by the arrangements held.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use comity_model::arrangement::Degree;
use comity_model::date::{Day, Instant};
use comity_node::matrix::{MAX_SCHEME_CHARS, MatrixFound};
use comity_recognition::matrix::{Cell, MatrixPath, Reach, Scope};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::participants::{edition, hs_code};
use crate::routes::record::weak_tag;

/// What the matrix is about; what is left open restricts nothing.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "documents what `query` reads")]
pub(crate) struct MatrixParameters {
    /// The legal day; today (UTC) if absent.
    #[param(format = Date)]
    on: Option<String>,
    /// Certificates under this scheme, by short code.
    #[param(max_length = 100)]
    scope: Option<String>,
    /// Certificates of this product: HS code of 2 to 14 digits.
    #[param(pattern = "^[0-9]{2}([. -]?[0-9]){0,12}$")]
    hs: Option<String>,
    /// Edition of the HS, such as `2022`.
    #[param(minimum = 1988, maximum = 2100)]
    hs_edition: Option<u64>,
}

/// Whose certificates count where.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecognitionMatrix {
    /// The legal day.
    #[schema(value_type = String, format = Date)]
    pub on: Day,
    /// As known at.
    #[schema(value_type = String, format = DateTime)]
    pub known_at: Instant,
    /// The economies of its rows and columns (ISO 3166-1 alpha-2), sorted.
    pub economies: Vec<String>,
    /// The cells by economy of issue and destination; where there is none, nothing held says that
    /// anything counts.
    pub cells: Vec<MatrixCell>,
}

/// A cell.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatrixCell {
    /// The economy of issue.
    pub from: String,
    /// The destination.
    pub to: String,
    /// How far the best chapter reaches.
    #[schema(value_type = ReachWord)]
    pub reach: Reach,
    /// The chapters, those first that reach furthest; at most 20.
    pub chapters: Vec<MatrixChapter>,
}

/// A chapter by which certificates count.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatrixChapter {
    /// DID of the authority under which the arrangement is published.
    pub authority: String,
    /// Full name of the chapter, `<arrangement id>/<chapter>`.
    pub chapter: String,
    /// Version of the arrangement that binds the destination.
    pub version: u64,
    /// Record digest of that version, in hex.
    pub record_digest: String,
    /// How far it reaches.
    #[schema(value_type = ReachWord)]
    pub reach: Reach,
    /// What the destination undertakes.
    #[schema(value_type = String)]
    pub degree: Degree,
    /// The level it turns on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// It is the transcription of a public text.
    pub transcribed: bool,
}

/// How far a chapter reaches.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes the JSON of a word")]
pub(crate) enum ReachWord {
    /// Certificates count in full.
    Full,
    /// Certificates count, and something named is left to do.
    WithConditions,
    /// Certificates count with regard to a level.
    ToLevel,
    /// Results or competence count; the decision is taken anew.
    ResultsOnly,
    /// What is held does not settle it.
    Unclear,
}

/// See whose certificates count where, by the arrangements and participations in force on a day.
///
/// A cell speaks of a certificate issued on that day, within the coverage of the chapter, by a body
/// that the chapter lets issue. What counts for one certificate is asked at `/v1/recognition`.
#[utoipa::path(
    get, path = "/v1/recognition-matrix", tag = "recognition", operation_id = "getRecognitionMatrix",
    params(MatrixParameters),
    responses(
        (status = 200, description = "The matrix", body = RecognitionMatrix),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn recognition_matrix(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (scope, on) = query(parameters)?;
    let etag = weak_tag(&app, "");
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let found = app.node.recognition_matrix(scope, on).await?;
    let response = respond::json(StatusCode::OK, &answered(found));
    Ok(respond::kept(response, &etag, Keep::ForAMinute))
}

fn query(mut parameters: Parameters) -> Result<(Scope, Option<Day>), Problem> {
    let on = parameters.read("on")?;
    let scheme = parameters.one("scope")?;
    let edition = edition(&mut parameters)?;
    let product = match parameters.one("hs")? {
        Some(code) => Some(hs_code("hs", &code, edition.as_deref())?),
        None => None,
    };
    parameters.finish()?;
    let long = |scheme: &String| scheme.chars().count() > MAX_SCHEME_CHARS;
    if scheme.as_ref().is_some_and(long) {
        let detail = format!("expected at most {MAX_SCHEME_CHARS} characters");
        return Err(Problem::parameter("scope", "invalid", &detail));
    }
    Ok((Scope { scheme, product }, on))
}

fn answered(found: MatrixFound) -> RecognitionMatrix {
    RecognitionMatrix {
        on: found.on,
        known_at: found.known_at,
        economies: found.matrix.economies,
        cells: found.matrix.cells.into_iter().map(cell).collect(),
    }
}

fn cell(cell: Cell) -> MatrixCell {
    MatrixCell {
        reach: cell.reach(),
        from: cell.from,
        to: cell.to,
        chapters: cell.paths.into_iter().map(chapter).collect(),
    }
}

fn chapter(path: MatrixPath) -> MatrixChapter {
    MatrixChapter {
        authority: path.arrangement.authority,
        chapter: path.chapter,
        version: path.version,
        record_digest: hex::encode(path.record),
        reach: path.reach,
        degree: path.degree,
        level: path.level,
        transcribed: path.transcribed,
    }
}
