//! How do programs ask? The HTTP interface of a node.
//!
//! In scope: URLs, status codes, JSON envelopes, caching, limits of requests, the OpenAPI
//! document. Out of scope: everything that is answered (`comity-node`), the words of a verdict
//! (`comity-recognition`), opening the socket and its TLS (`comity`).
//!
//! The key design decisions: one door, [`comity_node::Node`]; one place where an error becomes a
//! status code, [`problem::Problem`]; a verdict is an answer and always 200, whatever it says.
//! One file in `routes/` holds a route's request, handler, response and documentation.

pub mod answer;
pub mod body;
mod feed;
mod layers;
pub mod lines;
mod measures;
pub mod notices;
mod openapi;
pub mod parameters;
pub mod problem;
mod respond;
pub mod routes;
pub mod unread;
pub mod view;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use comity_node::Node;
use tokio::sync::Semaphore;

pub use openapi::openapi;

/// Most streams of records at once; each holds a batch and
/// [`MAX_UNREAD_BYTES`](unread::MAX_UNREAD_BYTES).
pub const MAX_STREAMS: usize = 16;
/// Most streams of questions at once, counted by themselves, so that who asks does not keep others
/// from publishing.
pub const MAX_BATCHES: usize = 16;
/// Most bundles judged at once: each keeps a core busy, and goes on when whoever brought it has
/// gone.
pub const MAX_BUNDLES: usize = 4;

/// How a node answers over HTTP.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the world reaches this node, such as `https://nqi.example.se`; named in the OpenAPI
    /// document and by `/v1/node`.
    pub public_url: Option<String>,
    /// After this time a request is given up. Streams of lines are exempt: they have limits of
    /// their own (see [`unread`]).
    pub request_timeout: Duration,
    /// Requests answered at once; more are asked to come again.
    pub max_concurrency: usize,
    /// Whether `/metrics` is answered.
    pub metrics: bool,
    /// The pages for people, answered beside the interface and within the same limits; without
    /// them a browser that follows a printed link reads JSON.
    pub pages: Option<Router>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            public_url: None,
            request_timeout: Duration::from_secs(30),
            max_concurrency: 512,
            metrics: true,
            pages: None,
        }
    }
}

/// What every handler shares.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) node: Node,
    pub(crate) options: Options,
    pub(crate) measures: Option<measures::Measures>,
    pub(crate) requests: Semaphore,
    /// Streams of records.
    pub(crate) streams: Arc<Semaphore>,
    /// Streams of questions.
    pub(crate) batches: Arc<Semaphore>,
    /// Bundles that are judged.
    pub(crate) bundles: Arc<Semaphore>,
    /// The OpenAPI document, as served.
    pub(crate) openapi: Bytes,
}

impl App {
    /// Where the world reaches this node.
    pub(crate) fn base(&self) -> String {
        let url = self.options.public_url.clone();
        url.unwrap_or_else(|| format!("https://{}", self.node.config().host))
    }
}

/// Answers on `listener` until `stop`, then finishes what is under way.
///
/// # Errors
/// Those of the listener.
pub async fn serve(
    listener: tokio::net::TcpListener,
    node: Node,
    options: Options,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(node, options))
        .with_graceful_shutdown(stop)
        .await
}

/// Every path of the interface, over `node`.
pub fn router(node: Node, options: Options) -> Router {
    let app = shared(node, options);
    let mut routes = routes::all(&app);
    if let Some(pages) = &app.options.pages {
        routes = routes.merge(pages.clone().with_state(()));
    }
    layers::layered(routes, &app).with_state(app)
}

/// What the handlers of a node share.
fn shared(node: Node, options: Options) -> Arc<App> {
    let mut described = openapi();
    if let Some(url) = &options.public_url {
        described.servers = Some(vec![utoipa::openapi::Server::new(url.clone())]);
    }
    Arc::new(App {
        node,
        measures: options.metrics.then(measures::Measures::default),
        requests: Semaphore::new(options.max_concurrency.min(Semaphore::MAX_PERMITS)),
        streams: Arc::new(Semaphore::new(MAX_STREAMS)),
        batches: Arc::new(Semaphore::new(MAX_BATCHES)),
        bundles: Arc::new(Semaphore::new(MAX_BUNDLES)),
        openapi: serde_json::to_vec(&described).unwrap_or_default().into(),
        options,
    })
}
