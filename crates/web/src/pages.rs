//! Every page, one file a topic.

use axum::Router;
use axum::extract::State;
use axum::routing::get;

use crate::site::Site;
use crate::trouble::Trouble;

pub(crate) mod arrangements;
pub(crate) mod counting;
pub(crate) mod economies;
pub(crate) mod guide;
pub(crate) mod help;
pub(crate) mod home;
pub(crate) mod impact;
pub(crate) mod list;
pub(crate) mod log;
pub(crate) mod party;
pub(crate) mod product;
pub(crate) mod qr;
pub(crate) mod record;
pub(crate) mod search;
pub(crate) mod standard;
pub(crate) mod taken_down;
pub(crate) mod verify;

/// Every page in one language.
pub(crate) fn all(site: Site) -> Router {
    Router::new()
        .route("/", get(home::home))
        .route("/go", get(home::go))
        .route("/search", get(search::search))
        .route("/records/{id}", get(record::record))
        .route("/economies", get(economies::economies))
        .route("/economies/{code}", get(economies::economy))
        .route("/arrangements", get(arrangements::arrangements))
        .route("/parties/{did}", get(party::party))
        .route("/impact", get(impact::impact))
        .route("/hs/{code}", get(product::product))
        .route("/standards/{*reference}", get(standard::standard))
        .route("/guide", get(guide::guide))
        .route("/log", get(log::log))
        .route("/help", get(help::help))
        .route("/list", get(list::form).post(list::check))
        .route("/verify", get(verify::verify).post(verify::uploaded))
        .route("/verify-worker.js", get(verify::worker))
        .fallback(unknown)
        .with_state(site)
}

async fn unknown(State(site): State<Site>) -> Trouble {
    site.no_such_page()
}
