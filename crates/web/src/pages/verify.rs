//! Verification of a file in the reader's own browser; without scripts the node does it.

mod form;
pub(crate) mod photo;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use comity_model::party::is_economy;
use comity_node::photo::MAX_PHOTO_BYTES;
use comity_node::recognise::Ask;
use comity_recognition::question::Selector;
use sha2::{Digest as _, Sha256};

use crate::assets;
use crate::frame::{Frame, page};
use crate::pages::home::{Choice, economies};
use crate::site::{Answer, Site};
use crate::texts::text;
use crate::verdict::Panel;

/// Largest file in bytes: a record of the largest kind (format.md 1.11).
const MAX_FILE_BYTES: usize = 1 << 20;
/// Largest form in bytes: a photograph and what stands around it.
pub(crate) const MAX_FORM_BYTES: usize = MAX_PHOTO_BYTES + 16 * 1024;

/// The scripts of this page read codes by WebAssembly, which a policy has to allow.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
                      img-src 'self' data:; connect-src 'self'; worker-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";
/// What the worker may fetch: the node itself.
const WORKER_POLICY: &str = "default-src 'none'; connect-src 'self'";
const WORKER: &[u8] = include_bytes!("../../assets/verify/worker.js");

/// Texts that the scripts of the page put in.
const TEXTS: [&str; 61] = [
    "verify-working",
    "verify-reading",
    "verify-no-picture",
    "verify-no-code",
    "verify-no-crypto",
    "verify-too-large",
    "verify-not-reached",
    "verify-told",
    "verify-without-list",
    "verify-here",
    "verify-not-here",
    "verify-disproved",
    "verify-by-node",
    "verify-open",
    "verify-result-pass",
    "verify-result-fail",
    "verify-result-form",
    "verify-result-unsigned",
    "verify-result-noRecord",
    "verify-result-unknown",
    "verify-outcome-fail",
    "verify-outcome-unknown",
    "verify-broken-rules",
    "verify-reason-noRecord",
    "verify-reason-form",
    "verify-reason-noProof",
    "verify-reason-selfDated",
    "verify-reason-noReceipt",
    "verify-reason-acknowledged",
    "verify-reason-notAcknowledged",
    "verify-receipts-alone",
    "verify-reason-noTrustList",
    "verify-reason-notRegisteredHere",
    "verify-reason-askNode",
    "verify-reason-signatureWrong",
    "verify-step-bundle",
    "verify-step-canonical",
    "verify-step-signature",
    "verify-step-publishedForm",
    "verify-step-record",
    "verify-step-signers",
    "verify-step-key",
    "verify-step-log",
    "verify-step-cosigners",
    "verify-step-evidence",
    "verify-step-statement",
    "verify-step-rules",
    "verify-step-status",
    "verify-step-recognition",
    "verify-pass-bundle",
    "verify-pass-canonical",
    "verify-pass-signature",
    "verify-pass-publishedForm",
    "verify-pass-record",
    "verify-pass-rules",
    "verify-pass-signers",
    "verify-pass-key",
    "verify-pass-log",
    "verify-pass-cosigners",
    "verify-pass-evidence",
    "verify-pass-statement",
];

#[derive(Template)]
#[template(path = "verify.html")]
struct Verify {
    frame: Frame,
    economies: Vec<Choice>,
    /// Address of the worker, with what it keeps.
    worker: String,
    texts: Vec<(&'static str, String)>,
    /// The node's answer about an uploaded file.
    panel: Option<Panel>,
    /// Why an uploaded file was not judged.
    refused: Option<String>,
}

/// The page.
pub(crate) async fn verify(State(site): State<Site>) -> Answer {
    let own = site.node().config().economy.clone();
    Ok(answered(&site, StatusCode::OK, &own, None, None))
}

/// Without scripts: the node judges the file, or reads the code in the photo, and keeps nothing of it.
pub(crate) async fn uploaded(State(site): State<Site>, headers: HeaderMap, body: Body) -> Answer {
    let own = site.node().config().economy.clone();
    let refused = |status, key: &str| {
        let said = site.texts.say(key);
        Ok(answered(&site, status, &own, None, Some(said)))
    };
    let Ok(bytes) = to_bytes(body, MAX_FORM_BYTES).await else {
        let said = photo::too_large(&site);
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        return Ok(answered(&site, status, &own, None, Some(said)));
    };
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let Some(fields) = form::fields(kind, &bytes) else {
        return refused(StatusCode::BAD_REQUEST, "verify-no-file");
    };
    let field = |name: &str| fields.iter().find(|(field, _)| field == name);
    if let Some((_, picture)) = field("photo") {
        return Ok(match photo::address(&site, picture).await {
            Ok(address) => Redirect::to(&address).into_response(),
            Err((status, said)) => answered(&site, status, &own, None, Some(said)),
        });
    }
    let file = field("file").map_or(&b""[..], |(_, bytes)| *bytes);
    // A program that writes a record to a file ends it with a line end.
    let file = file.strip_suffix(b"\n").unwrap_or(file);
    if file.len() > MAX_FILE_BYTES {
        return refused(StatusCode::PAYLOAD_TOO_LARGE, "verify-too-large");
    }
    if !file.starts_with(b"{") || file.starts_with(b"{\"digest\":") {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "verify-no-file");
    }
    let chosen = field("in").map(|(_, bytes)| String::from_utf8_lossy(bytes));
    let chosen = chosen.filter(|place| !place.is_empty());
    if let Some(place) = chosen.as_deref().filter(|place| !is_economy(place)) {
        return Err(site.cannot_read("in", place));
    }
    let destination = chosen.as_deref().unwrap_or(&own).to_owned();
    let digest = hex::encode(Sha256::digest(file));
    let mut ask = Ask::new(Selector::RecordDigest(digest), &destination);
    ask.shown = Some(file.to_vec());
    let answer = site.node().recognise(ask).await;
    let answer = answer.map_err(|error| site.failed(&error))?;
    let panel = Panel::new(&site, &answer);
    Ok(answered(
        &site,
        StatusCode::OK,
        &destination,
        Some(panel),
        None,
    ))
}

/// The worker that keeps this page for when there is no network.
pub(crate) async fn worker() -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(assets::SCRIPT),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(WORKER_POLICY),
        ),
    ];
    (headers, WORKER).into_response()
}

fn answered(
    site: &Site,
    status: StatusCode,
    destination: &str,
    panel: Option<Panel>,
    refused: Option<String>,
) -> Response {
    let mut frame = Frame::new(site, site.texts.say("verify-title"), "verify");
    frame.scripts = &["verify/page.js"];
    let mut texts: Vec<_> = TEXTS
        .iter()
        .map(|key| (*key, site.texts.say(key)))
        .collect();
    let filled = [("date", text("%date%")), ("node", text("%node%"))];
    texts.push((
        "verify-with-list",
        site.texts.put("verify-with-list", &filled),
    ));
    let line = [("line", text("%line%"))];
    texts.push(("verify-line", site.texts.put("verify-line", &line)));
    let first = [("shown", text("%shown%")), ("total", text("%total%"))];
    texts.push(("verify-first-of", site.texts.put("verify-first-of", &first)));
    let verify = Verify {
        worker: format!(
            "{}?assets={}&page={}",
            site.href("verify-worker.js"),
            frame.assets,
            site.href("verify"),
        ),
        economies: economies(site, destination),
        frame,
        texts,
        panel,
        refused,
    };
    let mut response = page(status, &verify);
    let policy = HeaderValue::from_static(POLICY);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}
