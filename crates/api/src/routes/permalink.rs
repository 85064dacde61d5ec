//! `GET /r/{uuid}`: the link printed on paper (format.md 4.6).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use comity_model::date::Day;
use comity_node::look_up::Found;
use comity_node::recognise::Ask;
use comity_recognition::question::Selector;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep, VC, encoded};
use crate::routes::document::exact;
use crate::routes::participants::hs_code;
use crate::routes::recognition::MAX_CODES;
use crate::routes::recognition::plain::{self, PLAIN};
use crate::routes::record::{single, weak_tag, with_notices};
use crate::view::{Candidates, RecordView};

/// Hexadecimal digits of the document digest in a printed link.
pub(crate) const PRINTED_DIGITS: usize = 24;

/// What a reader of a printed link wants.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Json,
    Document,
    Page,
    Text,
}

/// Follow the link printed on a certificate.
///
/// `d`, the first 24 digits of the document digest, chooses the printed document among several
/// records under one UUID. `Accept: application/vc` answers the signed bytes, `text/plain` the
/// verdict on it in fewer than 700 bytes for the economy `in`; a browser is sent on to the record.
#[utoipa::path(
    get, path = "/r/{uuid}", tag = "records", operation_id = "followLink",
    params(
        ("uuid" = String, Path, description = "UUID of the record", pattern = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
        ("d" = Option<String>, Query, description = "First 24 digits of the document digest", pattern = "^[0-9a-f]{24}$"),
        ("in" = Option<String>, Query, description = "Where it is to count (ISO 3166-1 alpha-2); required for plain text", pattern = "^[A-Z]{2}$"),
        ("hs" = Option<Vec<String>>, Query, description = "HS codes of the product", max_items = 20),
        ("on" = Option<String>, Query, description = "The legal day; today (UTC) if absent", format = Date),
        ("Accept-Language" = Option<String>, Header, description = "Languages of plain text and of pages, with weights; English where none of them is there"),
    ),
    responses(
        (status = 200, description = "The record", content((RecordView = "application/json"), (Object = "application/vc"), (String = "text/plain"))),
        (status = 300, description = "Several records stand under this UUID", body = Candidates),
        (status = 303, description = "For browsers: where the record is shown, or why it is not",
            headers(("Location" = String, description = "The record"))),
        (status = 400, description = "Not a UUID", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not held, or not the printed document", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn permalink(
    State(app): State<Arc<App>>,
    Path(uuid): Path<String>,
    uri: Uri,
    parameters: Parameters,
    headers: HeaderMap,
) -> Response {
    let followed = followed(&app, &uuid, parameters, &headers).await;
    let mut response = followed.into_response();
    let in_words = wanted(&headers) == Wanted::Page && app.options.pages.is_some();
    if in_words && response.status() != StatusCode::SEE_OTHER {
        // The page of that name says to a person what is the matter.
        let tag = respond::language(&headers).tag();
        let query = uri.query().map(|query| format!("?{query}"));
        let place = format!("/{tag}/records/{}", encoded(&uuid));
        response = Redirect::to(&(place + &query.unwrap_or_default())).into_response();
    }
    // Also of a problem: another reader is led on from the same address.
    response.headers_mut().append(
        header::VARY,
        HeaderValue::from_static("accept, accept-language"),
    );
    response
}

/// Where a link leads.
async fn followed(
    app: &App,
    uuid: &str,
    mut parameters: Parameters,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let printed = parameters.one("d")?;
    let destination = parameters.one("in")?;
    let codes = parameters.many("hs", MAX_CODES)?;
    let codes = codes.iter().map(|code| hs_code("hs", code, None));
    let codes = codes.collect::<Result<Vec<_>, _>>()?;
    let on: Option<Day> = parameters.read("on")?;
    parameters.finish()?;
    let digits = |d: &str| d.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if printed
        .as_deref()
        .is_some_and(|d| d.len() != PRINTED_DIGITS || !digits(d))
    {
        let detail = "expected the first 24 hexadecimal digits of the document digest";
        return Err(Problem::parameter("d", "invalid", detail));
    }
    let Selector::Id(id) = comity_node::recognise::selector(uuid, None) else {
        return Err(Problem::parameter("uuid", "invalid", "expected a UUID"));
    };
    let mut found = app.node.look_up(&Selector::Id(id)).await?;
    if let Some(printed) = printed {
        found = printed_one(found, &printed)?;
    }
    let found = match single(app, found, uuid) {
        Ok(found) => found,
        Err(response) => return Ok(*response),
    };
    Ok(match wanted(headers) {
        Wanted::Document => exact(headers, found),
        Wanted::Page => {
            let place = page_of(app, &found, headers);
            let destination = destination.map(|economy| format!("in={}", encoded(&economy)));
            let codes = codes.iter().map(|code| format!("hs={}", code.code));
            let on = on.map(|day| format!("on={day}"));
            let asked: Vec<_> = destination.into_iter().chain(codes).chain(on).collect();
            let mark = if asked.is_empty() { "" } else { "?" };
            Redirect::to(&format!("{place}{mark}{}", asked.join("&"))).into_response()
        }
        Wanted::Text => {
            let Some(destination) = destination else {
                let detail = "expected an economy as ISO 3166-1 alpha-2 code, such as JP: plain text \
                              is a verdict";
                return Err(Problem::parameter("in", "missing", detail));
            };
            let record = Selector::RecordDigest(hex::encode(found.row.digest));
            let mut ask = Ask::new(record, &destination);
            ask.on = on;
            ask.product.codes = codes;
            let language = respond::language(headers);
            let response = plain::text(app, ask, language).await?;
            respond::worded(response, language)
        }
        Wanted::Json => {
            let etag = weak_tag(app, &hex::encode(found.row.digest));
            let view = with_notices(app, found).await?;
            let response = respond::json(StatusCode::OK, &view);
            respond::unchanged(headers, &etag, Keep::ForAMinute)
                .unwrap_or_else(|| respond::kept(response, &etag, Keep::ForAMinute))
        }
    })
}

/// Where a browser is shown a record.
fn page_of(app: &App, found: &Found, headers: &HeaderMap) -> String {
    let digest = hex::encode(found.row.digest);
    if app.options.pages.is_some() {
        format!("/{}/records/{digest}", respond::language(headers).tag())
    } else {
        format!("/v1/records/{digest}")
    }
}

/// The records whose document digest begins as printed.
fn printed_one(found: Vec<Found>, printed: &str) -> Result<Vec<Found>, Problem> {
    let held = !found.is_empty();
    let chosen: Vec<_> = (found.into_iter())
        .filter(|found| hex::encode(found.row.document_digest).starts_with(printed))
        .collect();
    if held && chosen.is_empty() {
        return Err(Problem::not_found(
            "A record of this UUID is held, but not the document that was printed; ask without `d` \
             to see what is held.",
        ));
    }
    Ok(chosen)
}

/// The first media type of `Accept` that can be answered; JSON where none is named.
fn wanted(headers: &HeaderMap) -> Wanted {
    let accept = headers.get_all(header::ACCEPT).iter();
    let accept = accept.filter_map(|value| value.to_str().ok());
    let types = accept.flat_map(|value| value.split(','));
    for accepted in types {
        match accepted.split(';').next().unwrap_or_default().trim() {
            VC => return Wanted::Document,
            "text/html" | "application/xhtml+xml" => return Wanted::Page,
            PLAIN => return Wanted::Text,
            respond::JSON | "*/*" => return Wanted::Json,
            _ => {}
        }
    }
    Wanted::Json
}
