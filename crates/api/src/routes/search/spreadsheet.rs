//! `GET /v1/records.csv`: a search as comma-separated values, for spreadsheets.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use comity_model::date::LegalDate;
use comity_model::text::projected;
use comity_node::csv::{CSV, line};
use comity_node::look_up::Found;
use comity_node::search::MAX_RESULTS;

use super::{SearchPaging, SearchParameters, next_link, ordered};
use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::record::weak_tag;
use crate::view::{self, Named};

/// Most lines of one file; `Link: rel="next"` leads on.
pub(crate) const MAX_LINES: usize = 1_000;

const COLUMNS: [&str; 17] = [
    "number",
    "kind",
    "name",
    "state",
    "holder",
    "holderId",
    "issuer",
    "issuerId",
    "economies",
    "standards",
    "issuedOn",
    "validFrom",
    "validUntil",
    "loggedAt",
    "id",
    "recordDigest",
    "link",
];

/// Search records and answer lines of a spreadsheet.
///
/// RFC 4180 in UTF-8 with a byte order mark, up to 1,000 lines. Several values of one cell are
/// separated by `; `; a date that is only known to lie in an interval is `FROM/TO`. A cell that a
/// spreadsheet would run as a formula begins with an apostrophe.
#[utoipa::path(
    get, path = "/v1/records.csv", tag = "records", operation_id = "searchRecordsAsCsv",
    params(SearchParameters, SearchPaging),
    responses(
        (status = 200, description = "The lines", body = String, content_type = "text/csv",
            headers(("Link" = String, description = "`rel=\"next\"` where there are more"))),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The index does not answer", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn csv(
    State(app): State<Arc<App>>,
    mut parameters: Parameters,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let etag = weak_tag(&app, "csv");
    let (mut request, limit) = ordered(&mut parameters, MAX_LINES, MAX_LINES)?;
    parameters.finish()?;
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let base = app.base();
    let mut lines = vec![line(COLUMNS.into_iter().map(str::to_owned))];
    let mut next = None;
    // A page may hold fewer than asked for, so pages are counted, not lines.
    for before in (0..limit).step_by(MAX_RESULTS) {
        request.limit = MAX_RESULTS.min(limit - before);
        let page = app.node.find(request.clone()).await?;
        lines.extend(page.hits.iter().map(|found| row(found, &base)));
        next.clone_from(&page.next);
        if page.next.is_none() {
            break;
        }
        request.cursor = page.next;
    }
    let file = format!("\u{feff}{}\r\n", lines.join("\r\n"));
    let name = HeaderValue::from_static("attachment; filename=\"records.csv\"");
    let mut response = (StatusCode::OK, [(header::CONTENT_TYPE, CSV)], file).into_response();
    let told = response.headers_mut();
    told.insert(header::CONTENT_DISPOSITION, name);
    if let Some(link) = next.and_then(|next| next_link(&uri, &next)) {
        told.insert(header::LINK, link);
    }
    Ok(respond::kept(response, &etag, Keep::ForAMinute))
}

fn row(found: &Found, base: &str) -> String {
    let said = view::summary(found, false);
    let name = |party: &Option<Named>| party.as_ref().map(|party| party.name.clone());
    let id = |party: &Option<Named>| party.as_ref().and_then(|party| party.id.clone());
    let logged = found.places.iter().filter_map(|place| place.at).min();
    let link = format!("{base}/v1/records/{}", said.record_digest);
    let cells = [
        said.certificate_number.as_deref().map(projected),
        Some(said.kind),
        Some(said.name),
        Some(said.state),
        name(&said.holder),
        id(&said.holder),
        Some(said.issuer.name),
        said.issuer.id,
        Some(said.economies.join("; ")),
        Some(said.standards.join("; ")),
        said.issued_on.as_ref().map(date),
        said.valid_from.as_ref().map(date),
        said.valid_until.as_ref().map(date),
        logged.map(|at| at.to_string()),
        Some(said.id),
        Some(said.record_digest),
        Some(link),
    ];
    line(cells.into_iter().map(Option::unwrap_or_default))
}

/// A legal date in a cell.
pub(crate) fn date(date: &LegalDate) -> String {
    match date {
        LegalDate::Day(day) => day.to_string(),
        LegalDate::Between(_) => format!("{}/{}", date.earliest(), date.latest()),
    }
}
