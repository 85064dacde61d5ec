//! How do people ask? The pages of a node.
//!
//! In scope: markup, the words around the records, what a page needs of scripts and styles, and
//! what a reader typed. Out of scope: everything that is answered (`comity-node`), the words of a
//! verdict (`comity-recognition`), how programs ask (`comity-api`).
//!
//! The design decisions: every page is complete without scripts, and every form is a GET, so that
//! an address is the whole of what was asked, but for a list, a file and a photo, which are posted and not kept; all words stand in `locales/`, in five languages,
//! and none in a template; what a record says is shown in its own language and never translated.

mod asked;
mod assets;
mod codes;
mod diagram;
mod facts;
mod frame;
pub mod guide;
mod icon;
mod pages;
mod rows;
mod site;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod texts;
mod title;
mod trouble;
mod typed;
mod verdict;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use comity_node::Node;
use comity_recognition::wording::Language;
use tokio::sync::Semaphore;

use crate::pages::list::MAX_LISTS;
use crate::pages::verify::photo::MAX_PHOTOS;
use crate::site::{App, Site};

/// How the pages of a node are given.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the world reaches this node, such as `https://nqi.example.se`; printed, and in codes.
    pub public_url: Option<String>,
    /// Whether each page says in `Server-Timing` how long it took. Not for the world: how long an
    /// answer takes tells something of what is held.
    pub timing: bool,
}

impl Options {
    /// Pages that the world reaches there, and that do not say how long they took.
    pub fn at(public_url: Option<String>) -> Self {
        Self {
            public_url,
            timing: false,
        }
    }
}

fn app(node: Node, options: Options) -> App {
    App {
        node,
        options,
        lists: Semaphore::new(MAX_LISTS),
        photos: Arc::new(Semaphore::new(MAX_PHOTOS)),
    }
}

/// Every page of a node.
pub fn router(node: Node, options: Options) -> Router {
    let timing = options.timing;
    let app = Arc::new(app(node, options));
    let mut router = Router::new()
        .route("/", get(pages::home::choose_language))
        .route("/qr/{file}", get(pages::qr::code))
        .with_state(Arc::clone(&app))
        .route("/assets/{version}/{*file}", get(assets::asset));
    for language in Language::ALL {
        let site = Site::new(Arc::clone(&app), language);
        router = router
            .route(
                &format!("/{}", language.tag()),
                get(pages::home::with_slash).with_state(site.clone()),
            )
            .nest_service(&format!("/{}/", language.tag()), pages::all(site));
    }
    if timing {
        router = router.layer(axum::middleware::from_fn(frame::timed));
    }
    router
}
