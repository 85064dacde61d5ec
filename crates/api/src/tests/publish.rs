//! Publishing and checking one record.

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;

use crate::body::MAX_RECORD_BYTES;
use crate::testing::{
    attestation, digest_of, empty, filled, grant, signed, signed_with, suspension, uuid,
};

const VC: &str = "application/vc";

#[tokio::test]
async fn a_record_is_logged_once() {
    let tested = empty().await;
    let body = signed(&grant(1));
    let taken = tested.post("/v1/records", VC, body.clone()).await;
    let answer = taken.json(201);
    assert_eq!(taken.header("location"), format!("/v1/records/{}", uuid(1)));
    assert_eq!(answer["outcome"], "logged");
    assert_eq!(answer["kind"], "CompetenceGrant");
    assert_eq!(answer["recordDigest"], digest_of(&body));
    assert_eq!(answer["log"]["origin"], "nqi.example.se/log/2026");
    assert_eq!(
        (&answer["log"]["index"], &answer["log"]["size"]),
        (&0.into(), &1.into())
    );
    let document = answer["links"]["document"].as_str().unwrap();
    assert_eq!(tested.get(document).await.body, body);

    // A line end after the record is the file's.
    let mut again = body.clone();
    again.extend_from_slice(b"\r\n");
    let answer = tested
        .post("/v1/records", "application/json; charset=utf-8", again)
        .await
        .json(200);
    assert_eq!(answer["outcome"], "alreadyLogged");
    assert_eq!(answer["log"]["index"], 0);
}

#[tokio::test]
async fn refusals_say_which_check_and_where() {
    let tested = empty().await;
    let good = signed(&grant(1));
    let text = String::from_utf8(good.clone()).unwrap();

    let spaced = text.replacen(':', ": ", 1);
    let problem = tested
        .post("/v1/records", VC, spaced)
        .await
        .problem("not-canonical");
    assert_eq!(problem["status"], 400);

    let mut wrong = grant(2);
    wrong.comity.language = "no language".to_owned();
    let problem = tested
        .post("/v1/records", VC, signed(&wrong))
        .await
        .problem("record-rules");
    assert_eq!(problem["errors"][0]["pointer"], "/comity/language");

    let stranger = signed_with(&grant(3), &[9; 32]);
    let problem = tested
        .post("/v1/records", VC, stranger)
        .await
        .problem("not-entitled");
    assert_eq!(problem["status"], 403);

    let broken = text.replacen("EDIT title", "EDIT Title", 1);
    let problem = tested
        .post("/v1/records", VC, broken)
        .await
        .problem("signature");
    assert_eq!(problem["status"], 422);

    for (media, body) in [(VC, ""), (VC, "\n"), ("application/json", "")] {
        tested
            .post("/v1/records", media, body)
            .await
            .problem("malformed-request");
    }
    for media in ["text/plain", "application/vc+jwt", ""] {
        tested
            .post("/v1/records", media, good.clone())
            .await
            .problem("unsupported-media-type");
    }
    let bare = Request::post("/v1/records").body(Body::from(good)).unwrap();
    tested.ask(bare).await.problem("unsupported-media-type");
    assert_eq!(tested.node.head().size, 0);
}

#[tokio::test]
async fn the_size_limit_is_one_mebibyte() {
    let tested = empty().await;
    let at = "x".repeat(MAX_RECORD_BYTES);
    tested
        .post("/v1/records", VC, at.clone())
        .await
        .problem("not-canonical");
    let over = format!("{at}x");
    let problem = tested
        .post("/v1/records", VC, over.clone())
        .await
        .problem("too-large");
    assert_eq!(problem["status"], 413);
    tested
        .post("/v1/records/validate", VC, over)
        .await
        .problem("too-large");
}

#[tokio::test]
async fn validating_keeps_nothing() {
    let tested = empty().await;
    let body = signed(&grant(1));
    let answer = tested
        .post("/v1/records/validate", VC, body.clone())
        .await
        .json(200);
    assert_eq!(answer["acceptable"], true);
    assert_eq!(answer["recordDigest"], digest_of(&body));
    assert_eq!(answer["warnings"], Value::Array(Vec::new()));
    assert_eq!(tested.node.head().size, 0);

    tested.post("/v1/records", VC, body.clone()).await.json(201);
    let answer = tested
        .post("/v1/records/validate", VC, body)
        .await
        .json(200);
    assert_eq!(answer["warnings"].as_array().unwrap().len(), 1);

    let stranger = signed_with(&grant(3), &[9; 32]);
    let answer = tested
        .post("/v1/records/validate", VC, stranger)
        .await
        .json(200);
    assert_eq!(answer["acceptable"], false);
    assert_eq!(answer["problem"]["type"], "/problems/not-entitled");
    assert_eq!(answer["problem"]["instance"], "/v1/records/validate");
    assert_eq!(answer["kind"], "CompetenceGrant");

    tested
        .post("/v1/records/validate", "application/x-ndjson", "{}\n")
        .await
        .problem("unsupported-media-type");
}

#[tokio::test]
async fn an_event_is_published_at_its_record() {
    let tested = filled().await;
    let event = signed(&suspension(3, &attestation(2)));
    let path = format!("/v1/records/{}/status-events", uuid(2));
    tested.post(&path, VC, event.clone()).await.json(201);
    tested.post(&path, VC, event.clone()).await.json(200);

    let items = tested.get(&path).await.json(200);
    let item = &items["items"][0]["event"];
    assert_eq!(item["action"], "suspend");
    assert_eq!(item["sequence"], 1);
    assert_eq!(item["signer"]["did"], crate::testing::AUTHORITY);
    assert_eq!(item["log"][0]["index"], 2);
    let view = tested
        .get(&format!("/v1/records/{}", uuid(2)))
        .await
        .json(200);
    assert_eq!(view["state"], "suspended");

    let other = format!("/v1/records/{}/status-events", uuid(1));
    tested
        .post(&other, VC, event.clone())
        .await
        .problem("other-record");
    tested
        .post(&path, VC, signed(&grant(9)))
        .await
        .problem("other-record");
    let none = format!("/v1/records/{}/status-events", uuid(77));
    tested.post(&none, VC, event).await.problem("not-found");
    tested
        .post(&path, "text/plain", "x")
        .await
        .problem("unsupported-media-type");
}

#[tokio::test]
async fn a_closed_node_says_that_it_takes_nothing() {
    let tested = empty().await;
    tested.node.close().await;
    let reply = tested.post("/v1/records", VC, signed(&grant(1))).await;
    reply.problem("read-only");
    assert_eq!(reply.header("retry-after"), "30");
    tested.get("/health/ready").await.problem("unavailable");
    assert_eq!(tested.get("/health/live").await.status, 200);
}
