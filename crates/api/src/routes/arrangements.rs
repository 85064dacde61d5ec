//! `GET /v1/arrangements`: the arrangements held.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use comity_model::record::Kind;
use comity_node::search::{Condition, MAX_RESULTS, Property, SearchRequest, SortOrder};

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::record::weak_tag;
use crate::routes::search::{SearchResults, limit, page};

/// List arrangements, the newest first.
#[utoipa::path(
    get, path = "/v1/arrangements", tag = "recognition", operation_id = "getArrangements",
    params(
        ("economy" = Option<String>, Query, description = "Only those that name this economy (ISO 3166-1 alpha-2)", pattern = "^[A-Z]{2}$"),
        ("limit" = Option<u64>, Query, description = "Results on the page", minimum = 1, maximum = 100),
        ("cursor" = Option<String>, Query, description = "`next` of the page before", max_length = 2000),
    ),
    responses(
        (status = 200, description = "Arrangements", body = SearchResults),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn arrangements(
    State(app): State<Arc<App>>,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let economy = parameters.one("economy")?;
    let request = SearchRequest {
        limit: limit(&mut parameters, MAX_RESULTS, MAX_RESULTS)?,
        cursor: parameters.one("cursor")?,
        sort: SortOrder::Newest,
        conditions: conditions(economy)?,
        ..SearchRequest::default()
    };
    parameters.finish()?;
    let etag = weak_tag(&app, "");
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let results = page(&app, request).await?;
    let response = respond::json(StatusCode::OK, &results);
    Ok(respond::kept(response, &etag, Keep::ForAMinute))
}

fn conditions(economy: Option<String>) -> Result<Vec<Condition>, Problem> {
    let wanted = |property, value: String| Condition {
        property,
        value,
        unwanted: false,
    };
    let mut conditions = vec![wanted(Property::Kind, Kind::Arrangement.name().to_owned())];
    if let Some(economy) = economy {
        if !comity_model::party::is_economy(&economy) {
            let detail = "expected an ISO 3166-1 alpha-2 code such as JP";
            return Err(Problem::parameter("economy", "invalid", detail));
        }
        conditions.push(wanted(Property::Economy, economy));
    }
    Ok(conditions)
}
