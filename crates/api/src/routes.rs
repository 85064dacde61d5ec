//! Every path of the interface, one file a topic.

use std::sync::Arc;

use axum::Router;
use axum::routing::{MethodRouter, get, post};

use crate::App;

pub mod arrangements;
pub mod batch;
pub mod counting;
pub(crate) mod docs;
pub mod document;
pub mod events;
pub mod feeds;
pub mod health;
pub mod hs;
pub mod impact;
pub mod log;
pub mod logs;
pub mod matrix;
pub mod mirror;
pub mod node;
pub mod notices;
pub mod offline;
pub mod participants;
pub(crate) mod permalink;
pub mod problems;
pub mod publish;
pub mod recognition;
pub mod record;
pub mod requirements;
pub(crate) mod schemas;
pub mod search;
pub mod statistics;
pub mod status;
pub mod stream;
pub mod suggest;
pub mod trust;
pub mod validate;
pub(crate) mod witness;

/// A path, its handlers, and the methods they answer (HEAD goes with GET).
pub(crate) type Route = (
    &'static str,
    MethodRouter<Arc<App>>,
    &'static [&'static str],
);

const GET: &[&str] = &["get"];
const POST: &[&str] = &["post"];
const BOTH: &[&str] = &["get", "post"];

/// Every path. A test holds this table and the OpenAPI document together.
pub(crate) fn table() -> Vec<Route> {
    let mut routes = reading();
    routes.extend([
        (
            "/v1/records",
            get(search::records).post(publish::publish),
            BOTH,
        ),
        ("/v1/records/validate", post(validate::validate), POST),
        (
            "/v1/records/{id}/status-events",
            get(events::status_events).post(events::publish_event),
            BOTH,
        ),
        (
            "/v1/recognition",
            get(recognition::ask).post(recognition::ask_with_body),
            BOTH,
        ),
        ("/v1/recognition/batch", post(batch::batch), POST),
        ("/add-checkpoint", post(witness::add_checkpoint), POST),
    ]);
    routes
}

fn reading() -> Vec<Route> {
    vec![
        ("/v1/records.csv", get(search::spreadsheet::csv), GET),
        ("/feeds/records.atom", get(feeds::records_atom), GET),
        ("/feeds/records.json", get(feeds::records_json), GET),
        ("/feeds/status.atom", get(feeds::status_atom), GET),
        ("/feeds/status.json", get(feeds::status_json), GET),
        ("/v1/records/{id}", get(record::record), GET),
        ("/v1/records/{id}/document", get(document::document), GET),
        ("/v1/records/{id}/history", get(events::history), GET),
        ("/v1/records/{id}/status", get(status::status_at), GET),
        ("/v1/records/{id}/proof", get(document::proof), GET),
        ("/v1/records/{id}/receipt", get(document::receipt), GET),
        ("/v1/records/{id}/bundle", get(offline::bundle), GET),
        ("/v1/participants", get(participants::participants), GET),
        ("/v1/requirements", get(requirements::requirements), GET),
        ("/v1/impact", get(impact::impact), GET),
        ("/v1/impact.csv", get(impact::spreadsheet::csv), GET),
        ("/v1/arrangements", get(arrangements::arrangements), GET),
        (
            "/v1/recognition-matrix",
            get(matrix::recognition_matrix),
            GET,
        ),
        ("/v1/notices", get(notices::list), GET),
        ("/v1/notices.atom", get(notices::feed), GET),
        ("/v1/statistics", get(statistics::statistics), GET),
        ("/v1/suggest", get(suggest::suggest), GET),
        ("/v1/hs", get(hs::codes), GET),
        ("/v1/hs/{code}", get(hs::code), GET),
        ("/v1/logs", get(logs::logs), GET),
        ("/v1/logs/{hash}", get(logs::log), GET),
        ("/v1/logs/{hash}/evidence", get(witness::evidence), GET),
        ("/witness/{hash}/checkpoint", get(witness::checkpoint), GET),
        ("/v1/node", get(node::node), GET),
        ("/v1/openapi.json", get(docs::openapi_document), GET),
        ("/r/{uuid}", get(permalink::permalink), GET),
        ("/record/{digest}", get(log::body), GET),
        ("/log/{name}/checkpoint", get(log::checkpoint), GET),
        ("/log/{name}/tile/{*place}", get(log::tile), GET),
        ("/log/{name}/records/{bundle}", get(log::bodies), GET),
        ("/mirror/{hash}/checkpoint", get(mirror::checkpoint), GET),
        ("/mirror/{hash}/tile/{*place}", get(mirror::tile), GET),
        ("/mirror/{hash}/records/{bundle}", get(mirror::bodies), GET),
        ("/v1/federation", get(mirror::federation), GET),
        ("/v1/trust", get(trust::trust), GET),
        ("/schemas/{name}", get(schemas::schema), GET),
        ("/problems/{slug}", get(problems::problem), GET),
        ("/docs", get(docs::index), GET),
        ("/docs/{*file}", get(docs::file), GET),
        ("/health", get(health::report), GET),
        ("/health/live", get(health::live), GET),
        ("/health/ready", get(health::ready), GET),
    ]
}

/// The router of every path.
pub(crate) fn all(app: &App) -> Router<Arc<App>> {
    let mut router = Router::new();
    for (path, handlers, _) in table() {
        router = router.route(path, handlers);
    }
    if app.measures.is_some() {
        router = router.route("/metrics", get(health::metrics));
    }
    router
}
