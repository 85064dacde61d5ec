//! Bundles given out and brought back.

use comity_recognition::wording::Language;
use serde_json::{Value, json};

use crate::problem::ProblemKind;
use crate::routes::offline::judged;
use crate::testing::{attestation, filled, signed, suspension, uuid};

const NDJSON: &str = "application/x-ndjson";

#[tokio::test]
async fn a_bundle_brought_back_is_answered_alike() {
    let tested = filled().await;
    let path = format!("/v1/records/{}/bundle?in=SE&on=2026-11-23", uuid(2));
    let reply = tested.get(&path).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("content-type"), NDJSON);
    let name = format!("attachment; filename=\"{}.comity.ndjson\"", uuid(2));
    assert_eq!(reply.header("content-disposition"), name);
    let asked = format!("/v1/recognition?record={}&in=SE&on=2026-11-23", uuid(2));
    let by_node = tested.get(&asked).await.json(200);
    for media in [NDJSON, "application/json"] {
        let body = reply.body.clone();
        let by_bundle = tested.post("/v1/recognition", media, body).await.json(200);
        assert_eq!(by_bundle["verdict"], "recognised", "{by_bundle}");
        assert_eq!(by_bundle["verdictDigest"], by_node["verdictDigest"]);
        assert_eq!(by_bundle["ageSeconds"], 0);
    }
    assert_eq!(by_node.get("ageSeconds"), None);

    // What the node learns later is not in it.
    let event = signed(&suspension(3, &attestation(2)));
    let published = tested.post("/v1/records", "application/vc", event).await;
    published.json(201);
    let answer = tested.post("/v1/recognition", NDJSON, reply.body.clone());
    assert_eq!(answer.await.json(200)["verdict"], "recognised");
    let later = tested.get(&path).await;
    let answer = tested.post("/v1/recognition", NDJSON, later.body.clone());
    assert_eq!(answer.await.json(200)["verdict"], "notRecognised");

    // Packed anew without the suspension, by whoever can count.
    let lines = later.text();
    let kept: Vec<&str> = lines
        .lines()
        .filter(|line| !line.contains("\"action\":\"suspend\""))
        .collect();
    let rest = format!("{}\n{}\n", &kept[0][77..], kept[1..].join("\n"));
    let digest = comity_signature::digest::sha256(format!("{{{rest}").as_bytes());
    let packed = format!("{{\"digest\":\"{}\",{rest}", hex::encode(digest));
    let answer = tested
        .post("/v1/recognition", NDJSON, packed)
        .await
        .json(200);
    assert_eq!(answer["verdict"], "cannotTell", "{answer}");
    assert_eq!(answer["steps"][4]["code"], "status.noStatement");
}

#[tokio::test]
async fn a_bundle_is_of_the_product_that_was_asked_about() {
    let tested = filled().await;
    let asked = "in=SE&on=2026-11-23&hs=8544&hs=8516&model=NOT-LISTED&holder=Somebody+else";
    let bundle = format!("/v1/records/{}/bundle?{asked}", uuid(2));
    let bundle = tested.get(&bundle).await;
    assert_eq!(bundle.status, 200, "{}", bundle.text());
    let by_node = format!("/v1/recognition?record={}&{asked}", uuid(2));
    let by_node = tested.get(&by_node).await.json(200);
    let plain = format!("/v1/recognition?record={}&in=SE&on=2026-11-23", uuid(2));
    let plain = tested.get(&plain).await.json(200);
    let by_bundle = tested.post("/v1/recognition", NDJSON, bundle.body.clone());
    let by_bundle = by_bundle.await.json(200);
    assert_eq!(by_bundle["verdictDigest"], by_node["verdictDigest"]);
    assert_ne!(by_bundle["verdictDigest"], plain["verdictDigest"]);

    // Codes are a set.
    let turned = asked.replace("hs=8544&hs=8516", "hs=8516&hs=8544&hs=8516");
    let turned = format!("/v1/recognition?record={}&{turned}", uuid(2));
    let turned = tested.get(&turned).await.json(200);
    assert_eq!(turned["verdictDigest"], by_node["verdictDigest"]);
    let wrong = format!("/v1/records/{}/bundle?in=SE&hs=85x", uuid(2));
    assert_eq!(tested.get(&wrong).await.wrong_parameter(), "hs");
}

#[tokio::test]
async fn a_bundle_that_was_changed_is_refused_with_its_line() {
    let tested = filled().await;
    let path = format!("/v1/records/{}/bundle?in=SE", uuid(2));
    let bundle = tested.get(&path).await.text().replace("SE-0002", "SE-0003");
    let reply = tested.post("/v1/recognition", NDJSON, bundle).await;
    let problem = reply.problem("bundle-refused");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.starts_with("Line "), "{detail}");
    assert!(detail.contains("record"), "{detail}");
    let reply = tested.post("/v1/recognition", NDJSON, "{}\n").await;
    reply.problem("malformed-request");
}

#[tokio::test]
async fn no_more_bundles_are_judged_at_once_than_the_limit() {
    let tested = filled().await;
    let path = format!("/v1/records/{}/bundle?in=SE", uuid(2));
    let bundle = tested.get(&path).await.body;
    let app = crate::shared(tested.node.clone(), crate::Options::default());
    let judged = async || {
        judged(&app, bundle.to_vec(), Language::En)
            .await
            .map_err(|why| why.kind())
    };
    let most = u32::try_from(crate::MAX_BUNDLES).unwrap();
    let mut held = app.bundles.try_acquire_many(most).unwrap();
    assert_eq!(judged().await.err(), Some(ProblemKind::Overloaded));
    drop(held.split(1));
    for _ in 0..2 {
        assert_eq!(judged().await.err(), None);
    }
}

#[tokio::test]
async fn a_bundle_of_nothing_names_what_is_wrong() {
    let tested = filled().await;
    let bundle = |id: String, query: &str| format!("/v1/records/{id}/bundle{query}");
    let reply = tested.get(&bundle(uuid(99), "?in=SE")).await;
    reply.problem("not-found");
    for (query, name) in [
        ("", "in"),
        ("?in=Sweden", "in"),
        ("?in=SE&on=today", "on"),
        ("?in=SE&knownAt=now", "knownAt"),
        ("?in=SE&moddel=1", "moddel"),
    ] {
        let reply = tested.get(&bundle(uuid(2), query)).await;
        assert_eq!(reply.wrong_parameter(), name, "{query}");
    }
    // A grant is bundled too: the answer says that it is no attestation.
    let reply = tested.get(&bundle(uuid(1), "?in=SE")).await;
    let answer = tested.post("/v1/recognition", NDJSON, reply.body.clone());
    let answer = answer.await.json(200);
    assert_eq!(answer["steps"][0]["code"], "integrity.notAnAttestation");
    assert_eq!(answer["question"]["in"], json!("SE"));
}

#[tokio::test]
async fn a_bundle_carries_codes_of_several_editions_and_a_quantity() {
    let tested = filled().await;
    let asked = "in=SE&on=2026-11-23&code=HS@2017:8544&code=UNSPSC:52141500&quantity=40%20kg";
    let bundle = tested
        .get(&format!("/v1/records/{}/bundle?{asked}", uuid(2)))
        .await;
    assert_eq!(bundle.status, 200, "{}", bundle.text());
    let first = bundle.text();
    let first: Value = serde_json::from_str(first.lines().next().unwrap()).unwrap();
    let product = &first["question"]["product"];
    let codes = json!([
        {"scheme": "HS", "edition": "2017", "code": "8544"},
        {"scheme": "UNSPSC", "code": "52141500"},
    ]);
    assert_eq!(product["codes"], codes);
    assert_eq!(product["quantity"], json!({"value": "40", "unit": "kg"}));
    for (wrong, name) in [("code=8544", "code"), ("quantity=much", "quantity")] {
        let path = format!("/v1/records/{}/bundle?in=SE&{wrong}", uuid(2));
        assert_eq!(tested.get(&path).await.wrong_parameter(), name);
    }
}
