//! What stands around every page: header, language menu, footer.

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use comity_recognition::wording::Language;

use crate::assets;
use crate::site::Site;
use crate::texts::{Texts, number, text};

/// What a page may fetch and run: its own files, and nothing written into it.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

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
    /// The same for programs: media type and address.
    pub(crate) twins: Vec<(&'static str, String)>,
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
        let day = node.clock().now();
        let languages = Language::ALL
            .into_iter()
            .map(|one| (one.tag(), one.own_name(), format!("/{}/{here}", one.tag())));
        Self {
            texts: site.texts,
            lang: language.tag(),
            direction: language.direction().attribute(),
            title,
            node: config.name.clone(),
            economy: site.economy(&config.economy),
            home: site.href(""),
            search: Some(String::new()),
            languages: languages.collect(),
            assets: assets::folder(),
            scripts: &[],
            twins: Vec::new(),
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

/// A page as an answer.
pub(crate) fn page(status: StatusCode, page: &impl Template) -> Response {
    let (status, html) = match page.render() {
        Ok(html) => (status, html),
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            (StatusCode::INTERNAL_SERVER_ERROR, String::new())
        }
    };
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
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
