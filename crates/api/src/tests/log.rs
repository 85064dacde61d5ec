//! The log as an auditor reads it; schemas, problems, node.

use comity_model::record::Kind;
use sha2::{Digest as _, Sha256};

use crate::Options;
use crate::problem::ProblemKind;
use crate::testing::{attestation, by_policy, digest_of, empty, filled, signed};

#[tokio::test]
async fn the_checkpoint_is_fresh_for_seconds() {
    let tested = filled().await;
    let reply = tested.get("/log/2026/checkpoint").await;
    assert!(
        reply.text().starts_with("nqi.example.se/log/2026\n2\n"),
        "{}",
        reply.text()
    );
    assert_eq!(reply.header("cache-control"), "public, max-age=5");
    assert!(reply.header("content-type").starts_with("text/plain"));
    tested
        .get("/log/2025/checkpoint")
        .await
        .problem("not-found");
}

#[tokio::test]
async fn tiles_and_bundles_within_the_log_never_change() {
    let tested = filled().await;
    let tile = tested.get("/log/2026/tile/0/000.p/2").await;
    assert_eq!((tile.status.as_u16(), tile.body.len()), (200, 64));
    assert_eq!(tile.header("content-type"), "application/octet-stream");
    assert_eq!(
        tile.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    let part = tested.get("/log/2026/tile/0/000.p/1").await;
    assert_eq!(part.body, tile.body.slice(..32));
    let bundle = tested.get("/log/2026/tile/entries/000.p/2").await;
    let digest = digest_of(&signed(&attestation(2)));
    assert!(
        bundle
            .text()
            .contains(&format!("record Attestation {digest} "))
    );
    let held = [("if-none-match", bundle.header("etag"))];
    let held = held.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(
        tested
            .get_with("/log/2026/tile/entries/000.p/2", &held)
            .await
            .status,
        304
    );

    for place in [
        "0/000",
        "0/000.p/3",
        "0/001.p/1",
        "1/000.p/1",
        "0/0.p/2",
        "0/000.p/0",
        "entries/000",
        "entries/000.p/3",
        "entries/x001/000",
        "nonsense",
        "9/000.p/1",
    ] {
        tested
            .get(&format!("/log/2026/tile/{place}"))
            .await
            .problem("not-found");
    }
    tested
        .get("/log/other/tile/0/000.p/2")
        .await
        .problem("not-found");
}

#[tokio::test]
async fn bodies_come_one_in_a_line() {
    let tested = filled().await;
    let reply = tested.get("/log/2026/records/0").await;
    assert_eq!(reply.header("content-type"), "application/x-ndjson");
    assert_eq!(reply.header("cache-control"), "public, max-age=5");
    assert_eq!(reply.lines().len(), 2);
    let rest = tested.get("/log/2026/records/0?from=1").await;
    assert_eq!(
        rest.body,
        [signed(&attestation(2)), b"\n".to_vec()].concat()
    );
    tested.get("/log/2026/records/1").await.problem("not-found");
    tested
        .get("/log/2026/records/0?from=2")
        .await
        .problem("not-found");
    tested
        .get("/log/other/records/0")
        .await
        .problem("not-found");
    for bundle in ["x", "+1", "281474976710656", "-1"] {
        let path = format!("/log/2026/records/{bundle}");
        assert_eq!(tested.get(&path).await.wrong_parameter(), "bundle");
    }
    assert_eq!(
        tested
            .get("/log/2026/records/0?from=x")
            .await
            .wrong_parameter(),
        "from"
    );
    let beyond = "/log/2026/records/0?from=9007199254740992";
    assert_eq!(tested.get(beyond).await.wrong_parameter(), "from");
}

#[tokio::test]
async fn one_body_is_found_by_its_digest() {
    let tested = filled().await;
    let body = signed(&attestation(2));
    let reply = tested.get(&format!("/record/{}", digest_of(&body))).await;
    assert_eq!(reply.body, body);
    assert_eq!(reply.header("cache-control"), "public, max-age=86400");
    tested
        .get(&format!("/record/{}", digest_of(b"none")))
        .await
        .problem("not-found");
    assert_eq!(tested.get("/record/xyz").await.wrong_parameter(), "digest");
}

#[tokio::test]
async fn logs_are_listed_and_found_by_the_hash_of_their_origin() {
    let tested = filled().await;
    let logs = tested.get("/v1/logs").await.json(200);
    let log = &logs["items"][0];
    assert_eq!(log["prefix"], "/log/2026");
    assert_eq!((&log["size"], &log["indexed"]), (&2.into(), &2.into()));
    let hash = hex::encode(Sha256::digest("nqi.example.se/log/2026"));
    assert_eq!(
        tested.get(&format!("/v1/logs/{hash}")).await.json(200),
        *log
    );
    tested
        .get(&format!("/v1/logs/{}", digest_of(b"none")))
        .await
        .problem("not-found");
    assert_eq!(tested.get("/v1/logs/2026").await.wrong_parameter(), "hash");
}

#[tokio::test]
async fn a_log_that_nobody_can_date_names_no_number_of_lines() {
    let by_quorum = |own: String| own.replace("dated_by = \"self\"", "dated_by = \"quorum\"");
    let tested = by_policy(by_quorum, Options::default()).await;
    let logs = tested.get("/v1/logs").await.json(200);
    let log = &logs["items"][0];
    assert_eq!((log.get("needed"), &log["quorum"]), (None, &false.into()));
    let dates_itself = empty().await.get("/v1/logs").await.json(200);
    assert_eq!(dates_itself["items"][0]["needed"], 0);
}

#[tokio::test]
async fn the_node_says_who_it_is() {
    let tested = filled().await;
    let node = tested.get("/v1/node").await.json(200);
    assert_eq!(node["economy"], "SE");
    assert_eq!(node["authority"], "did:web:nqi.example.se");
    assert_eq!(node["origin"], "nqi.example.se/log/2026");
    assert!(node["authorityKey"].as_str().unwrap().starts_with("z6Mk"));
    assert!(
        node["vkey"]
            .as_str()
            .unwrap()
            .starts_with("nqi.example.se/log/2026+")
    );
    assert!(node["software"].as_str().unwrap().starts_with("comity/"));
    assert_eq!(node["counts"]["Attestation"], 1);
    assert_eq!(tested.get("/v1/node?x=1").await.wrong_parameter(), "x");
}

#[tokio::test]
async fn schemas_and_problems_have_pages() {
    let tested = empty().await;
    for kind in Kind::ALL {
        let reply = tested.get(&format!("/schemas/{}.json", kind.slug())).await;
        assert_eq!(reply.header("content-type"), "application/schema+json");
        assert_eq!(reply.json(200)["title"], format!("Comity {kind}"));
    }
    let context = tested.get("/schemas/context-v1.jsonld").await;
    assert_eq!(context.header("content-type"), "application/ld+json");
    tested.get("/schemas/other.json").await.problem("not-found");
    for kind in ProblemKind::ALL {
        let page = tested
            .get(&format!("/problems/{}", kind.slug()))
            .await
            .json(200);
        assert_eq!(page["status"], kind.status());
    }
    tested.get("/problems/none").await.problem("not-found");
}
