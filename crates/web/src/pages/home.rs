//! The first page: one box that recognises what was typed.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use comity_model::record::Kind;
use comity_node::look_up::Found;
use comity_node::recognise::other_number;
use comity_node::registers;
use comity_node::search::{Condition, Property, SearchRequest};
use comity_recognition::wording::{self, Language};

use crate::asked::{Asked, query_string};
use crate::frame::{Frame, page};
use crate::pages::product::TYPED;
use crate::site::{Answer, App, Site};
use crate::texts::number;
use crate::trouble::Trouble;
use crate::typed::{self, Typed};

/// Digits of the HS itself; what follows is national.
pub(crate) const SHARED_DIGITS: usize = 6;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    economies: Vec<Choice>,
    /// Where it is to count unless somebody chooses.
    here: String,
    records: String,
}

/// One choice of a list.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) chosen: bool,
}

/// The economies to choose from, by name, with one chosen.
pub(crate) fn economies(site: &Site, chosen: &str) -> Vec<Choice> {
    let names = wording::catalogue(site.language).names();
    let codes = names.filter_map(|name| name.strip_prefix("economy-"));
    let mut choices: Vec<_> = codes
        .filter(|code| comity_model::party::is_economy(code))
        .map(|code| Choice {
            code: code.to_owned(),
            name: site.economy(code),
            chosen: code == chosen,
        })
        .collect();
    choices.sort_by_key(|one| wording::economy_rank(&one.code, site.language));
    choices
}

/// The first page of a language.
pub(crate) async fn home(State(site): State<Site>) -> Answer {
    let title = site.texts.say("home-title");
    let mut frame = Frame::new(&site, title, "");
    frame.search = None;
    // As many as a search for all of them finds: what was taken down is not held.
    let attestations = SearchRequest {
        conditions: vec![Condition {
            property: Property::Kind,
            value: Kind::Attestation.name().to_owned(),
            unwanted: false,
        }],
        limit: 1,
        ..SearchRequest::default()
    };
    let found = site.node().find(attestations).await;
    let records = found.map_err(|error| site.failed(&error))?.total;
    let own = site.node().config().economy.clone();
    let home = Home {
        economies: economies(&site, &own),
        here: site.here("home-here"),
        records: site
            .texts
            .put("home-records", &[("count", number(records))]),
        frame,
    };
    Ok(page(StatusCode::OK, &home))
}

/// `/`: the language that the reader's browser asks for.
pub(crate) async fn choose_language(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let asked = headers.get(header::ACCEPT_LANGUAGE);
    let asked = asked.and_then(|value| value.to_str().ok());
    let own = app.node.config().language.as_str();
    let language = Language::negotiate(asked.unwrap_or(own));
    let mut response = Redirect::to(&format!("/{}/", language.tag())).into_response();
    let vary = HeaderValue::from_static("accept-language");
    response.headers_mut().insert(header::VARY, vary);
    response
}

/// `/en`: the page is at `/en/`.
pub(crate) async fn with_slash(State(site): State<Site>) -> Redirect {
    Redirect::permanent(&site.href(""))
}

/// The page of a product. Of a national code the first six digits are taken, which all economies
/// share, and the page says so.
pub(crate) fn product_path(code: &str) -> String {
    match code.get(..SHARED_DIGITS) {
        Some(shared) if shared != code => {
            format!("hs/{shared}?{}", query_string([(TYPED, code)]))
        }
        _ => format!("hs/{code}"),
    }
}

/// What has exactly a number.
async fn numbered(site: &Site, number: &str) -> Result<Vec<Found>, Trouble> {
    let found = site.node().look_up(&crate::verdict::named(number)).await;
    found.map_err(|error| site.failed(&error))
}

/// A number as it was typed; of an address in another register, the number that it names.
fn read_of(typed: &str) -> String {
    registers::read(typed).map_or_else(|| typed.to_owned(), |read| read.number)
}

/// The page of all that has a number.
fn by_number(number: &str) -> String {
    format!("search?{}", query_string([("number", number)]))
}

/// What was typed leads to a record, a product, or a search. What was asked besides goes along.
pub(crate) async fn go(State(site): State<Site>, asked: Asked) -> Answer {
    let typed = asked.one("q").unwrap_or_default().to_owned();
    let rest = query_string(asked.without(&["q"]));
    let with = |path: String| {
        let sign = if path.contains('?') { '&' } else { '?' };
        let path = if rest.is_empty() {
            path
        } else {
            format!("{path}{sign}{rest}")
        };
        Ok(Redirect::to(&site.href(&path)).into_response())
    };
    let words = |text: &str| format!("search?{}", query_string([("q", text)]));
    match typed::read(&typed) {
        Typed::Record(name) => with(format!("records/{name}")),
        Typed::Product(code) => with(product_path(&code)),
        // A certificate may have that number: then both are offered.
        Typed::Digits(code) => match numbered(&site, &typed).await?.as_slice() {
            [] => with(product_path(&code)),
            _ => with(by_number(&typed)),
        },
        Typed::Number(number) => match numbered(&site, &number).await?.as_slice() {
            [one] => {
                let path = format!("records/{}", hex::encode(one.row.digest));
                let record = one.evidence.record.as_ref().ok();
                // What is said of the paper goes before.
                let said = asked.one("number").is_some();
                match record.and_then(|record| other_number(&read_of(&number), record)) {
                    Some(other) if !said => {
                        with(format!("{path}?{}", query_string([("number", &*other)])))
                    }
                    _ => with(path),
                }
            }
            [] => with(words(&read_of(&number))),
            _ => with(by_number(&number)),
        },
        Typed::Words(text) => with(words(&text)),
    }
}
