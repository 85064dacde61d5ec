//! What stands around every page: header, language menu, footer.

use std::time::Duration;

use askama::Template;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use comity_node::clock::Stopwatch;
use comity_recognition::wording::Language;

use crate::assets;
use crate::codes::marked;
use crate::rows::named;
use crate::site::Site;
use crate::texts::{Texts, number, text};

/// What a page may fetch and run: its own files, and nothing written into it.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// What stands around a page.
#[derive(Debug)]
pub(crate) struct Frame {
    texts: &'static Texts,
    /// Language tag of the page.
    pub(crate) lang: &'static str,
    /// `ltr` or `rtl`.
    pub(crate) direction: &'static str,
    /// Title of the page.
    pub(crate) title: String,
    /// Whose node it is.
    pub(crate) node: String,
    /// Its economy in the language of the page.
    pub(crate) economy: String,
    /// Address of the home page.
    pub(crate) home: String,
    /// What stands in the search box of the header; none on pages that have one of their own.
    pub(crate) search: Option<String>,
    /// The same page in each language: tag, the language's own name, address.
    pub(crate) languages: Vec<(&'static str, &'static str, String)>,
    /// Where the files of the program are.
    pub(crate) assets: String,
    /// Scripts of the page, under the files of the program.
    pub(crate) scripts: &'static [&'static str],
    /// Address of the same as JSON, or of what the page is made from.
    pub(crate) twin: String,
    /// What can be subscribed to here: media type and address.
    pub(crate) feeds: Vec<(&'static str, String)>,
    /// A made-up world.
    pub(crate) demo: bool,
    /// What is known, and since when.
    pub(crate) as_of: String,
    /// Whether search engines may list it.
    pub(crate) listed: bool,
}

impl Frame {
    /// The frame of a page at `here`, the path after the language with its query string.
    pub(crate) fn new(site: &Site, title: String, here: &str) -> Self {
        let node = site.node();
        let config = node.config();
        let head = node.head();
        let language = site.language;
        let entries = head.size;
        let authority = config.authority();
        let called = named(site, [authority.as_str()]).pop();
        let called = called.and_then(|party| party.name);
        let day = node.clock().now();
        let languages = Language::ALL
            .into_iter()
            .map(|one| (one.tag(), one.own_name(), format!("/{}/{here}", one.tag())));
        Self {
            texts: site.texts,
            lang: language.tag(),
            direction: language.direction().attribute(),
            title,
            node: called.map_or_else(|| config.name.clone(), |(_, name)| name),
            economy: site.economy(&config.economy),
            home: site.href(""),
            search: Some(String::new()),
            languages: languages.collect(),
            assets: assets::folder(),
            scripts: &[],
            twin: "/v1/node".to_owned(),
            feeds: Vec::new(),
            demo: config.demo,
            as_of: site.texts.put(
                "frame-as-of",
                &[
                    ("size", number(entries)),
                    ("day", text(site.day(day.day()))),
                    ("time", text(clock_time(&day.to_string()))),
                ],
            ),
            listed: true,
        }
    }

    /// A text without arguments.
    pub(crate) fn say(&self, key: &str) -> String {
        self.texts.say(key)
    }

    /// A sentence as markup, its numbers and identifiers marked.
    #[expect(clippy::unused_self, reason = "templates ask the frame")]
    pub(crate) fn codes(&self, sentence: &str) -> String {
        marked(sentence)
    }

    /// The language of the page by its own name.
    pub(crate) fn language(&self) -> &'static str {
        let mut languages = self.languages.iter();
        let own = languages.find(|(tag, ..)| self.is(tag));
        own.map_or(self.lang, |(_, name, _)| name)
    }

    /// The address of a page in the same language.
    pub(crate) fn href(&self, path: &str) -> String {
        format!("{}{path}", self.home)
    }

    /// Whether this is the language of the page.
    pub(crate) fn is(&self, tag: &str) -> bool {
        self.lang == tag
    }
}

/// Hours and minutes of an instant in UTC.
fn clock_time(instant: &str) -> String {
    instant.get(11..16).unwrap_or_default().to_owned()
}

/// How long a page took to be written, once all that it says was there.
#[derive(Clone, Copy, Debug)]
struct Written(Duration);

/// Says in `Server-Timing` (W3C) how many milliseconds an answer took: `page` to write its markup,
/// `store` all else, which is to look up, search and judge.
pub(crate) async fn timed(request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let mut response = next.run(request).await;
    let whole = watch.elapsed();
    let written = response.extensions().get::<Written>();
    let written = written.map_or(Duration::ZERO, |written| written.0);
    let millis = |time: Duration| time.as_secs_f64() * 1_000.0;
    let (store, page) = (millis(whole.saturating_sub(written)), millis(written));
    let said = format!("store;dur={store:.3}, page;dur={page:.3}");
    if let Ok(said) = HeaderValue::from_str(&said) {
        response.headers_mut().insert(SERVER_TIMING, said);
    }
    response
}

/// A page as an answer.
pub(crate) fn page(status: StatusCode, page: &impl Template) -> Response {
    let watch = Stopwatch::start();
    let (status, html) = match page.render() {
        Ok(html) => (status, html),
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            (StatusCode::INTERNAL_SERVER_ERROR, String::new())
        }
    };
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    response.extensions_mut().insert(Written(watch.elapsed()));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        // What is shown follows the logs and the hour; what was asked is nobody else's business.
        (header::CACHE_CONTROL, "private, no-cache"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
