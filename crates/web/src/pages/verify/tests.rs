//! The page as a browser without scripts sees it.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use comity_node::clock::Clock;
use comity_node::config::{Config, Keys, own_policy};
use comity_node::{Node, Place};
use comity_recognition::Policy;
use tower::ServiceExt as _;

use super::{MAX_FILE_BYTES, MAX_FORM_BYTES};
use crate::{Options, router};

const ATTESTATION: &[u8] =
    include_bytes!("../../../../../tests/vectors/format-v1/records/attestation.json");

async fn pages() -> Router {
    let now = "2026-11-23T08:00:00Z".parse().unwrap();
    let config = Config::new("SE", "nqi.example.se", "Authority", now).unwrap();
    let keys = Keys::from_seeds(&config, &[7; 32], &[8; 32]).unwrap();
    let policy = Policy::parse(&own_policy(&config, &keys)).unwrap();
    let clock = Clock::simulated(now);
    let node = Node::start(Place::Memory, config, keys, policy, clock)
        .await
        .unwrap();
    router(node, Options::default())
}

/// Status, content security policy and text of an answer.
async fn answer(pages: &Router, request: Request<Body>) -> (StatusCode, String, String) {
    let response = pages.clone().oneshot(request).await.unwrap();
    let policy = response.headers().get(header::CONTENT_SECURITY_POLICY);
    let policy = policy
        .map_or("", |policy| policy.to_str().unwrap())
        .to_owned();
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, policy, String::from_utf8(body.to_vec()).unwrap())
}

async fn upload(pages: &Router, file: &[u8]) -> (StatusCode, String) {
    upload_in(pages, file, "JP").await
}

async fn upload_in(pages: &Router, file: &[u8], place: &str) -> (StatusCode, String) {
    let head = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n";
    let place = format!(
        "\r\n--x\r\nContent-Disposition: form-data; name=\"in\"\r\n\r\n{place}\r\n--x--\r\n"
    );
    let body = [head.as_slice(), file, place.as_bytes()].concat();
    let request = Request::post("/en/verify")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    let (status, _, text) = answer(pages, request).await;
    (status, text)
}

#[tokio::test]
async fn the_page_has_its_texts_and_lets_only_its_own_files_run() {
    let pages = pages().await;
    for language in ["en", "zh-Hans", "ru", "ar", "fr"] {
        let request = Request::get(format!("/{language}/verify")).body(Body::empty());
        let (status, policy, text) = answer(&pages, request.unwrap()).await;
        assert_eq!(status, StatusCode::OK);
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"));
        assert!(text.contains("data-text=\"verify-pass-cosigners\">"));
        assert!(text.contains("%date%") && text.contains("verify/page.js"));
        assert!(text.contains(&format!("data-scope=\"/{language}/verify\"")));
        assert!(!text.contains("<script>"), "no script stands in a page");
    }
    let request = Request::get("/en/verify-worker.js").body(Body::empty());
    let (status, policy, _) = answer(&pages, request.unwrap()).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(policy, "default-src 'none'; connect-src 'self'");
}

#[tokio::test]
async fn a_file_is_judged_by_the_node_where_there_are_no_scripts() {
    let pages = pages().await;
    let (status, text) = upload(&pages, ATTESTATION).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("This was told by the node."));
    assert!(text.contains("id=\"step-integrity\""));
    // What was shown is not kept: nothing is found by its digest afterwards.
    let request = Request::get(
        "/en/records/488076dc45ab418cbcb9ef9f93eb691fcedca955aa0ddd7bef8ecd84534996fc",
    );
    let (status, ..) = answer(&pages, request.body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_place_that_is_none_is_said_and_no_other_takes_its_place() {
    let pages = pages().await;
    let (status, text) = upload_in(&pages, ATTESTATION, "Japan").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text.contains("“Japan” cannot be read as Used in"), "{text}");
    assert!(!text.contains("id=\"step-integrity\""));
}

#[tokio::test]
async fn other_files_are_refused_in_words() {
    let pages = pages().await;
    for file in [&b"%PDF-1.7"[..], b"", b"{\"digest\":\"00\"}"] {
        let (status, text) = upload(&pages, file).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text.contains("This is no signed file."));
    }
    let (status, text) = upload(&pages, &vec![b'{'; MAX_FILE_BYTES + 1]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(text.contains("too large to be a signed file"));
    let (status, text) = upload(&pages, &vec![b'{'; MAX_FORM_BYTES]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(text.contains("Up to 12 MB and 25 million pixels"));
    let bare = Request::post("/en/verify").body(Body::from("x")).unwrap();
    assert_eq!(answer(&pages, bare).await.0, StatusCode::BAD_REQUEST);
}

const PHOTO: &[u8] = include_bytes!("../../../../../tests/vectors/photos/skewed.jpg");

/// Sends a photo, as a browser does.
async fn send_photo(pages: &Router, picture: &[u8]) -> (StatusCode, String, String) {
    let head = b"--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n";
    let body = [head.as_slice(), picture, b"\r\n--x--\r\n"].concat();
    let request = Request::post("/fr/verify")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .unwrap();
    let response = pages.clone().oneshot(request).await.unwrap();
    let to = response.headers().get(header::LOCATION);
    let to = to.map_or("", |to| to.to_str().unwrap()).to_owned();
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, to, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_photo_leads_where_its_text_would() {
    let pages = pages().await;
    let (status, to, _) = send_photo(&pages, PHOTO).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(
        to,
        "/fr/go?q=https%3A%2F%2Fnqi.example.cn%2Fr%2F0192f3a4-7b1c-7d2e-8f30-123456789abc%3Fd%3D0123456789abcdef01234567"
    );
    let (status, to, text) = send_photo(&pages, b"GIF89a").await;
    assert_eq!(
        (status, to.as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "")
    );
    assert!(text.contains("Ce n’est pas une photo JPEG ou PNG."));
    let (status, _, text) = send_photo(&pages, &PHOTO[..200]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("role=\"alert\""));
}
