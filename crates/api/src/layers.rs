//! What happens around every handler: request id, limits, panics, problems, compression, headers.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{
    Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version, header,
};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::SizeAbove;
use tower_http::compression::{CompressionLayer, Predicate};
use tower_http::cors::{Any as AnyOrigin, CorsLayer};
use tower_http::request_id::{MakeRequestId as _, MakeRequestUuid};

use crate::App;
use crate::problem::{Asked, Problem, ProblemKind, completed};

/// Longest request id taken over from a client, in bytes.
pub(crate) const MAX_REQUEST_ID_BYTES: usize = 64;
/// Smallest answer that is worth compressing, in bytes.
const MIN_COMPRESSED_BYTES: u64 = 512;

/// Marks an answer that is written bit by bit and must not wait in a compressor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Streamed;

/// Routes that hand out data of economies.
const DATA: [&str; 9] = [
    "/feeds/",
    "/v1/impact",
    "/v1/notices",
    "/v1/records",
    "/v1/participants",
    "/v1/arrangements",
    "/record/",
    "/log/",
    "/mirror/",
];
/// Where the terms of each economy's data stand: beside its log (docs/data.md).
const TERMS: HeaderValue = HeaderValue::from_static("</v1/logs>; rel=\"license\"");

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Lays everything around the routes, the innermost first.
pub(crate) fn layered(routes: Router<Arc<App>>, app: &Arc<App>) -> Router<Arc<App>> {
    routes
        .fallback(unknown_path)
        .layer(from_fn_with_state(Arc::clone(app), limited))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(as_problems))
        .layer(
            CompressionLayer::new()
                .compress_when(SizeAbove::new(MIN_COMPRESSED_BYTES).and(worth_it)),
        )
        .layer(cors())
        .layer(from_fn_with_state(Arc::clone(app), identified))
}

async fn unknown_path() -> Problem {
    Problem::not_found("No path of this name; /v1/openapi.json lists every path.")
}

/// Any site may read; a browser may not publish from one site to another.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AnyOrigin)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers([header::ACCEPT, header::IF_NONE_MATCH])
        .expose_headers([header::ETAG, header::LINK, header::LOCATION, REQUEST_ID])
}

/// Answers that are named by their digest keep their bytes, and streams are not held back.
fn worth_it(_: StatusCode, _: Version, headers: &HeaderMap, extensions: &Extensions) -> bool {
    let etag = headers.get(header::ETAG).map(HeaderValue::as_bytes);
    extensions.get::<Streamed>().is_none() && etag.is_none_or(|etag| etag.starts_with(b"W/"))
}

/// Gives the request an id and the answer its headers, and counts it.
async fn identified(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let started = tokio::time::Instant::now();
    let id = request_id(&request);
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or("none", MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(Asked {
        instance: path.clone(),
        request_id: id.clone(),
    });
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(
            "default-src 'none'; frame-ancestors 'none'",
        ));
    let status = response.status().as_u16();
    if status < 300 && DATA.iter().any(|data| route.starts_with(data)) {
        response.headers_mut().append(header::LINK, TERMS);
    }
    let took = started.elapsed();
    if let Some(measures) = &app.measures {
        measures.answered(known_method(&method), &route, status, took);
    }
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request.id = %id, %method, path, status, took_ms, "answered {method} {path}");
    response
}

/// The client's own id where it is a plain name, else a new one.
fn request_id(request: &Request) -> String {
    let plain = |id: &&str| {
        let bytes = id.bytes();
        (1..=MAX_REQUEST_ID_BYTES).contains(&id.len())
            && bytes
                .into_iter()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    let given = request
        .headers()
        .get(REQUEST_ID)
        .and_then(|id| id.to_str().ok());
    if let Some(id) = given.filter(plain) {
        return id.to_owned();
    }
    let made = MakeRequestUuid.make_request_id(request);
    let made = made.as_ref().and_then(|id| id.header_value().to_str().ok());
    made.unwrap_or("unnamed").to_owned()
}

/// Methods are free text on the wire; figures have a fixed set of labels.
fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

async fn as_problems(request: Request, next: Next) -> Response {
    let asked = request
        .extensions()
        .get::<Asked>()
        .cloned()
        .unwrap_or_default();
    completed(next.run(request).await, &asked)
}

/// Refuses what is beyond the node's concurrency, and gives up what takes too long. Whether the
/// node lives is answered always.
async fn limited(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if request.uri().path() == "/health/live" {
        return next.run(request).await;
    }
    let Ok(_permit) = app.requests.try_acquire() else {
        let detail = "The node answers as many requests as it can; ask again in a moment.";
        return Problem::new(ProblemKind::Overloaded, detail).into_response();
    };
    let within = app.options.request_timeout;
    let answered = tokio::time::timeout(within, next.run(request)).await;
    answered.unwrap_or_else(|_| {
        let detail = format!("No answer within {} seconds.", within.as_secs());
        Problem::new(ProblemKind::Timeout, detail).into_response()
    })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the layer hands the panic over"
)]
fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = text.unwrap_or("unknown"), "a handler panicked");
    let detail = "The node failed; the operator finds the cause under the request id.";
    Problem::new(ProblemKind::Internal, detail).into_response()
}
