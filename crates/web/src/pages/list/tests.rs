use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use comity_model::record::{Kind, Record, Subject};
use comity_model::samples::draft;
use comity_node::clock::Clock;
use comity_node::config::{Config, Keys, own_policy};
use comity_node::{Node, Place};
use comity_recognition::Policy;
use comity_recognition::wording::Language;
use comity_signature::canonical::{Limits as Depth, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::key::SigningKey;
use tower::ServiceExt as _;

use crate::{Options, router};

const AUTHORITY: &str = "did:web:nqi.example.se";
const SEED: [u8; 32] = [7; 32];

/// A node that believes itself, with the certificate SE-0002, and its pages.
async fn pages() -> Router {
    let now = "2026-11-23T08:00:00Z".parse().unwrap();
    let config = Config::new("SE", "nqi.example.se", "Authority", now).unwrap();
    let keys = Keys::from_seeds(&config, &SEED, &[8; 32]).unwrap();
    let policy = Policy::parse(&own_policy(&config, &keys)).unwrap();
    let clock = Clock::simulated(now);
    let node = Node::start(Place::Memory, config, keys, policy, clock)
        .await
        .unwrap();
    let id = "urn:uuid:01935fa0-0000-7000-8000-000000000002";
    let mut record = draft(Kind::Attestation, AUTHORITY, id, now.day());
    AUTHORITY.clone_into(&mut record.comity.authority);
    if let Subject::Attestation(attestation) = &mut record.subject {
        "SE-0002".clone_into(&mut attestation.comity.certificate_number);
        attestation.comity.grants.clear();
    }
    for outcome in node.publish(vec![signed(&record)]).await.unwrap() {
        outcome.unwrap();
    }
    node.indexed().await;
    router(node, Options::default())
}

fn signed(record: &Record) -> Vec<u8> {
    let document = to_canonical(&record.to_value()).unwrap();
    let key = SigningKey::from_seed(&SEED);
    sign(&document, AUTHORITY, &key, None, &Depth::default()).unwrap()
}

struct Reply {
    status: StatusCode,
    kind: String,
    text: String,
}

async fn ask(pages: &Router, request: Request<Body>) -> Reply {
    let response = pages.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let kind = parts.headers.get("content-type").unwrap();
    Reply {
        status: parts.status,
        kind: kind.to_str().unwrap().to_owned(),
        text: String::from_utf8(body.to_vec()).unwrap(),
    }
}

/// The form as a browser sends it without a file.
async fn pasted(pages: &Router, language: &str, fields: &[(&str, &str)]) -> Reply {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    let request = Request::post(format!("/{language}/list"))
        .header("content-type", "application/x-www-form-urlencoded");
    ask(pages, request.body(form.finish().into()).unwrap()).await
}

/// The form as a browser sends it with a file.
async fn uploaded(pages: &Router, file: &[u8], more: &[(&str, &str)]) -> Reply {
    let mut body = Vec::new();
    for (name, value) in more {
        let part =
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    body.extend_from_slice(
        b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\
          Content-Type: text/csv\r\n\r\n",
    );
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let request =
        Request::post("/en/list").header("content-type", "multipart/form-data; boundary=edge");
    ask(pages, request.body(body.into()).unwrap()).await
}

const LIST: &str =
    "Certificate number,Country,Remark\nse 0002,Sweden,=1+1\nSE-9999,,<b>\n,SE,no number\n";

#[tokio::test]
async fn the_form_stands_in_every_language() {
    let pages = pages().await;
    for language in Language::ALL {
        let tag = language.tag();
        let request = Request::get(format!("/{tag}/list")).body(Body::empty());
        let reply = ask(&pages, request.unwrap()).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert!(reply.text.contains("<textarea id=\"list\""), "{tag}");
        assert!(
            reply.text.contains("enctype=\"multipart/form-data\""),
            "{tag}"
        );
        assert!(
            reply.text.contains("1,000") || !reply.text.contains('{'),
            "{tag}"
        );
        let home = Request::get(format!("/{tag}/"))
            .body(Body::empty())
            .unwrap();
        let home = ask(&pages, home).await.text;
        assert!(home.contains(&format!("href=\"/{tag}/list\"")), "{tag}");
        // The numbers mean the same in every language.
        let reply = pasted(&pages, tag, &[("list", LIST), ("in", "SE")]).await;
        assert_eq!(reply.status, StatusCode::OK, "{tag}");
        assert_eq!(reply.text.matches("<th scope=\"row\">").count(), 3, "{tag}");
    }
}

#[tokio::test]
async fn rows_are_answered_the_worst_first() {
    let pages = pages().await;
    let reply = pasted(
        &pages,
        "en",
        &[("list", LIST), ("in", "SE"), ("on", "2026-11-23")],
    )
    .await;
    assert_eq!(reply.status, StatusCode::OK);
    let text = reply.text;
    let at = |what: &str| {
        text.find(what)
            .unwrap_or_else(|| panic!("{what} in {text}"))
    };
    assert!(text.contains("3 rows"));
    // Cannot tell, not asked, recognised.
    let order = [at(">SE-9999<"), at("No number stands"), at(">se 0002<")];
    assert!(order.is_sorted(), "{order:?}");
    assert!(text.contains("Sweden, 23 November 2026"), "{text}");
    // What was sent is shown as text, and goes along for the file.
    assert!(text.contains("SE-9999,,&#60;b&#62;"), "{text}");
    assert!(!text.contains("<b>"));
    assert!(text.contains("value=\"2026-11-23\""));
}

#[tokio::test]
async fn the_same_list_comes_back_as_a_file() {
    let pages = pages().await;
    let fields = [
        ("list", LIST),
        ("in", "SE"),
        ("on", "2026-11-23"),
        ("format", "csv"),
    ];
    let reply = pasted(&pages, "en", &fields).await;
    assert_eq!(reply.kind, "text/csv; charset=utf-8");
    let lines: Vec<&str> = reply.text.lines().collect();
    assert_eq!(lines.len(), 4, "{}", reply.text);
    assert!(lines[0].starts_with("Certificate number,Country,Remark,comity_result,comity_reason"));
    assert!(
        lines[1].starts_with("se 0002,Sweden,=1+1,recognised,"),
        "{}",
        lines[1]
    );
    assert!(
        lines[1].contains(",SE,2026-11-23,2026-11-23T08:00:00Z,"),
        "{}",
        lines[1]
    );
    assert!(
        lines[2].starts_with("SE-9999,,<b>,cannotTell,"),
        "{}",
        lines[2]
    );
    assert!(
        lines[3].starts_with(",SE,no number,notAsked,"),
        "{}",
        lines[3]
    );
    assert!(lines[3].contains("list.noNumber"), "{}", lines[3]);
    // A file goes the same way, and before what stands in the box.
    let more = [
        ("list", "ignored"),
        ("in", "SE"),
        ("on", "2026-11-23"),
        ("format", "csv"),
    ];
    let file = uploaded(&pages, LIST.as_bytes(), &more).await;
    assert_eq!(file.text, reply.text);
    let empty = uploaded(&pages, b"", &[("list", LIST), more[1], more[2], more[3]]).await;
    assert_eq!(empty.text, reply.text);
}

#[tokio::test]
async fn what_is_no_list_is_answered_with_the_form_and_why() {
    let pages = pages().await;
    for (file, why) in [
        (&b""[..], "There is nothing in it."),
        (
            b"number,place\nA-1,JP\n\xcf,JP\n",
            "Line 3 is no UTF-8 text.",
        ),
        (
            b"Zertifikat;Land\nA;<b>\n",
            "The first line reads: Zertifikat, Land.",
        ),
        (
            b"number,number\n1,2\n",
            "Two columns are named \u{201c}number\u{201d}.",
        ),
        (
            b"number,place\n\"A-1,JP\nA-2,JP\n",
            "begins on line 2 is never closed",
        ),
    ] {
        let reply = uploaded(&pages, file, &[]).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{why}");
        assert!(reply.text.contains(why), "{why}: {}", reply.text);
        assert!(reply.text.contains("<textarea"));
    }
    let reply = pasted(&pages, "en", &[("list", "A-1"), ("in", "Japan")]).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(
        reply.text.contains("No economy is called “Japan”."),
        "{}",
        reply.text
    );
    let reply = pasted(&pages, "en", &[("list", "A-1"), ("on", "tomorrow")]).await;
    assert!(
        reply.text.contains("tomorrow\u{201d} is no day"),
        "{}",
        reply.text
    );
    let long = format!("number\n{}", "A-1\n".repeat(1_001));
    let reply = pasted(&pages, "en", &[("list", &long)]).await;
    assert!(reply.text.contains("It has more than 1000 rows."));
    let large = vec![b'1'; 4 * 1024 * 1024];
    let reply = uploaded(&pages, &large, &[]).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(reply.text.contains("It is larger than 1 MB."));
}

#[tokio::test]
async fn a_full_list_is_answered() {
    let pages = pages().await;
    let full = format!("number\n{}", "SE-0002\n".repeat(1_000));
    let reply = pasted(
        &pages,
        "en",
        &[("list", &full), ("in", "SE"), ("format", "csv")],
    )
    .await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.text.lines().count(), 1_001);
    assert_eq!(reply.text.matches("SE-0002,recognised,").count(), 1_000);
}
