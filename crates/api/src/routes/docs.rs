//! `GET /v1/openapi.json` and `/docs`: the contract, and a page that shows it without asking any
//! other host.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use utoipa_swagger_ui::Config;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemKind};
use crate::respond::{self, JSON, Keep};

/// What the page may load: its own files; its own styles stand in attributes too.
const PAGE_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
                           img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

/// Read this document.
#[utoipa::path(
    get, path = "/v1/openapi.json", tag = "node", operation_id = "getOpenapi",
    responses((status = 200, description = "The OpenAPI document", body = Object)),
)]
pub(crate) async fn openapi_document(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let etag = format!("W/\"{}-{}\"", env!("CARGO_PKG_VERSION"), app.openapi.len());
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let response = ([(header::CONTENT_TYPE, JSON)], app.openapi.clone()).into_response();
    Ok(respond::kept(response, &etag, Keep::ForAMinute))
}

/// The page is a folder: relative names in it need the last slash.
pub(crate) async fn index() -> Redirect {
    Redirect::permanent("/docs/index.html")
}

pub(crate) async fn file(Path(file): Path<String>) -> Result<Response, Problem> {
    let config = Arc::new(Config::new(["/v1/openapi.json"]));
    let served = utoipa_swagger_ui::serve(&file, config).map_err(|error| {
        tracing::error!(%error, file, "a file of the page could not be served");
        Problem::new(ProblemKind::Internal, "The page could not be made.")
    })?;
    let served = served.ok_or_else(|| Problem::not_found("The page has no such file."))?;
    let mut response = served.bytes.into_owned().into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(&served.content_type) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(PAGE_POLICY),
    );
    if served.gzpipped {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    let etag = format!("W/\"{}-{file}\"", env!("CARGO_PKG_VERSION"));
    Ok(respond::kept(response, &etag, Keep::ForADay))
}
