//! `GET /v1/impact.csv`: who is hit, as comma-separated values, for spreadsheets.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use comity_model::text::projected;
use comity_node::csv::{CSV, line};
use comity_node::impact::MAX_RESTING;
use comity_recognition::wording;

use super::{ImpactParameters, RestingItem, answer, ground};
use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::record::weak_tag;
use crate::routes::search::spreadsheet::date;
use crate::routes::stream::permit;
use crate::view::Named;

const COLUMNS: [&str; 16] = [
    "depth",
    "relation",
    "number",
    "kind",
    "name",
    "state",
    "holder",
    "holderId",
    "issuer",
    "issuerId",
    "validUntil",
    "through",
    "byNumberAlone",
    "id",
    "recordDigest",
    "link",
];

/// See who is hit as lines of a spreadsheet.
///
/// RFC 4180 in UTF-8 with a byte order mark, the nearest first; 10,000 lines at most, and as many
/// where no limit is said. A name under which nothing is held is answered 404: a file without lines
/// would read as a clearance. Whether there may be more is said by `GET /v1/impact` (`cut`). A cell
/// that a spreadsheet would run as a formula begins with an apostrophe.
#[utoipa::path(
    get, path = "/v1/impact.csv", tag = "records", operation_id = "getImpactAsCsv",
    params(ImpactParameters),
    responses(
        (status = 200, description = "The lines", body = String, content_type = "text/csv"),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Nothing is held under this name, which is no clearance", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "Too many batches and such questions at once", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn csv(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (ground, limit) = ground(parameters)?;
    let language = respond::language(&headers);
    let etag = weak_tag(&app, "csv");
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let _permit = permit(&app.batches)?;
    let found = app
        .node
        .impact(&ground, limit.unwrap_or(MAX_RESTING))
        .await?;
    if !found.known {
        return Err(Problem::not_found(wording::nothing_known(language)));
    }
    let base = app.base();
    let found = answer(&found, false, language);
    let mut lines = vec![line(COLUMNS.into_iter().map(str::to_owned))];
    lines.extend(found.items.into_iter().map(|item| row(item, &base)));
    let file = format!("\u{feff}{}\r\n", lines.join("\r\n"));
    let name = HeaderValue::from_static("attachment; filename=\"impact.csv\"");
    let mut response = (StatusCode::OK, [(header::CONTENT_TYPE, CSV)], file).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, name);
    Ok(respond::kept(response, &etag, Keep::ForAMinute))
}

fn row(item: RestingItem, base: &str) -> String {
    let said = item.record;
    let name = |party: &Option<Named>| party.as_ref().map(|party| party.name.clone());
    let id = |party: &Option<Named>| party.as_ref().and_then(|party| party.id.clone());
    let through = item
        .through
        .map(|through| through.certificate_number.unwrap_or(through.id));
    let link = format!("{base}/v1/records/{}", said.record_digest);
    let cells = [
        Some(item.depth.to_string()),
        Some(item.relation.to_owned()),
        said.certificate_number.as_deref().map(projected),
        Some(said.kind),
        Some(said.name),
        Some(said.state),
        name(&said.holder),
        id(&said.holder),
        Some(said.issuer.name),
        said.issuer.id,
        said.valid_until.as_ref().map(date),
        through.as_deref().map(projected),
        Some(item.by_number_alone.to_string()),
        Some(said.id),
        Some(said.record_digest),
        Some(link),
    ];
    line(cells.into_iter().map(Option::unwrap_or_default))
}
