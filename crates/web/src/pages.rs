//! Every page, one file a topic.

use axum::Router;
use axum::extract::State;
use axum::routing::get;

use crate::site::Site;
use crate::trouble::Trouble;

pub(crate) mod help;
pub(crate) mod home;
pub(crate) mod qr;
pub(crate) mod record;
pub(crate) mod search;

/// Every page in one language.
pub(crate) fn all(site: Site) -> Router {
    Router::new()
        .route("/", get(home::home))
        .route("/go", get(home::go))
        .route("/search", get(search::search))
        .route("/records/{id}", get(record::record))
        .route("/help", get(help::help))
        .fallback(unknown)
        .with_state(site)
}

async fn unknown(State(site): State<Site>) -> Trouble {
    site.no_such_page()
}
