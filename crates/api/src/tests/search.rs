//! Search, exact look-up, completion, participants, arrangements.

use crate::parameters::{MAX_QUERY_STRING_BYTES, MAX_VALUE_CHARS};
use crate::routes::suggest::MAX_TYPED_CHARS;
use crate::testing::{attestation, filled, signed, uuid};

#[tokio::test]
async fn records_are_found_filtered_and_counted() {
    let tested = filled().await;
    let page = tested
        .get("/v1/records?facet=kind&facet=status")
        .await
        .json(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
    assert_eq!(page["total"]["value"], 2);
    assert_eq!(page["total"]["relation"], "eq");
    assert_eq!(page["next"], serde_json::Value::Null);
    assert_eq!(page["facets"]["kind"].as_array().unwrap().len(), 2);
    assert_eq!(page["facets"]["status"][0]["value"], "active");

    let page = tested
        .get("/v1/records?type=Attestation&q=SE-0002")
        .await
        .json(200);
    assert_eq!(page["items"][0]["certificateNumber"], "SE-0002");
    let page = tested.get("/v1/records?type=-Attestation").await.json(200);
    assert_eq!(page["items"][0]["kind"], "CompetenceGrant");
    let page = tested
        .get("/v1/records?type=Attestation&type=CompetenceGrant")
        .await
        .json(200);
    assert_eq!(page["total"]["value"], 2);
    let page = tested.get("/v1/records?status=withdrawn").await.json(200);
    assert_eq!(page["total"]["value"], 0);
}

#[tokio::test]
async fn pages_follow_each_other() {
    let tested = filled().await;
    let first = tested.get("/v1/records?limit=1&sort=newest").await;
    let link = first.header("link");
    let next = link.split(['<', '>']).nth(1).unwrap().to_owned();
    assert!(link.ends_with("rel=\"next\""));
    let first = first.json(200);
    let second = tested.get(&next).await.json(200);
    assert_ne!(first["items"][0]["id"], second["items"][0]["id"]);
    assert_eq!(second["next"], serde_json::Value::Null);
    let cursor = first["next"].as_str().unwrap();
    let other = format!("/v1/records?q=other&limit=1&cursor={cursor}");
    assert_eq!(tested.get(&other).await.wrong_parameter(), "cursor");
}

#[tokio::test]
async fn a_number_is_looked_up_exactly() {
    let tested = filled().await;
    let page = tested.get("/v1/records?number=se%200002").await.json(200);
    assert_eq!(page["items"][0]["id"], format!("urn:uuid:{}", uuid(2)));
    let page = tested.get("/v1/records?number=SE-0003").await.json(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 0);
    let page = tested
        .get("/v1/records?number=SE-0002&issuer=did:web:other.example")
        .await
        .json(200);
    assert_eq!(page["total"]["value"], 0);
    assert_eq!(
        tested
            .get("/v1/records?number=1&q=x")
            .await
            .wrong_parameter(),
        "q"
    );
}

#[tokio::test]
async fn a_search_is_unchanged_until_the_index_grows() {
    let tested = filled().await;
    let etag = tested.get("/v1/records?q=SE").await.header("etag");
    let held = [("if-none-match", etag.as_str())];
    assert_eq!(tested.get_with("/v1/records?q=SE", &held).await.status, 304);
    tested
        .post("/v1/records", "application/vc", signed(&attestation(7)))
        .await
        .json(201);
    tested.node.indexed().await;
    assert_eq!(tested.get_with("/v1/records?q=SE", &held).await.status, 200);
}

#[tokio::test]
async fn wrong_parameters_are_named() {
    let tested = filled().await;
    for (query, name) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=+1", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("sort=best", "sort"),
        ("type=Certificate", "type"),
        ("type=", "type"),
        ("status=gone", "status"),
        ("economy=Japan", "economy"),
        ("hs=cable", "hs"),
        ("hs=851", "hs"),
        ("hs=85166", "hs"),
        ("hs=85166010101", "hs"),
        ("issuerEconomy=Japan", "issuerEconomy"),
        ("year=26", "year"),
        ("on=2026-13-01", "on"),
        ("issuedFrom=yesterday", "issuedFrom"),
        ("facet=colour", "facet"),
        ("cursor=nonsense", "cursor"),
        ("q=1&q=2", "q"),
        ("q=%00", "q"),
        ("Limit=1", "Limit"),
    ] {
        let reply = tested.get(&format!("/v1/records?{query}")).await;
        assert_eq!(reply.wrong_parameter(), name, "{query}");
    }
    for limit in [1, 100] {
        assert_eq!(
            tested
                .get(&format!("/v1/records?limit={limit}"))
                .await
                .status,
            200
        );
    }
    let reply = tested
        .get("/v1/records?isuer=x")
        .await
        .problem("invalid-parameter");
    assert!(
        reply["detail"]
            .as_str()
            .unwrap()
            .contains("did you mean `issuer`"),
        "{reply}"
    );
}

#[tokio::test]
async fn lengths_are_limited() {
    let tested = filled().await;
    for (characters, status) in [(500, 200), (501, 400)] {
        let reply = tested
            .get(&format!("/v1/records?q={}", "a".repeat(characters)))
            .await;
        assert_eq!(reply.status, status, "{}", reply.text());
    }
    for (values, status) in [(100, 200), (101, 400)] {
        let query = vec!["standard=X"; values].join("&");
        assert_eq!(
            tested.get(&format!("/v1/records?{query}")).await.status,
            status
        );
    }
    let holder = |characters| format!("/v1/records?holder={}", "a".repeat(characters));
    assert_eq!(tested.get(&holder(MAX_VALUE_CHARS)).await.status, 200);
    assert_eq!(
        tested
            .get(&holder(MAX_VALUE_CHARS + 1))
            .await
            .wrong_parameter(),
        "holder"
    );
    let long = format!("/v1/records?q={}", "a".repeat(MAX_QUERY_STRING_BYTES));
    let problem = tested.get(&long).await.problem("address-too-long");
    assert_eq!(problem["status"], 414);
}

#[tokio::test]
async fn prefixes_are_completed() {
    let tested = filled().await;
    let found = tested.get("/v1/suggest?q=edit").await.json(200);
    assert!(!found["items"].as_array().unwrap().is_empty(), "{found}");
    let found = tested.get("/v1/suggest?q=edit&limit=1").await.json(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    let typed = |characters| format!("/v1/suggest?q={}", "a".repeat(characters));
    assert_eq!(tested.get(&typed(MAX_TYPED_CHARS)).await.status, 200);
    let reply = tested.get(&typed(MAX_TYPED_CHARS + 1)).await;
    assert_eq!(reply.wrong_parameter(), "q");
    assert_eq!(tested.get("/v1/suggest").await.wrong_parameter(), "q");
    assert_eq!(tested.get("/v1/suggest?q=").await.wrong_parameter(), "q");
    assert_eq!(
        tested
            .get("/v1/suggest?q=a&limit=51")
            .await
            .wrong_parameter(),
        "limit"
    );
    assert_eq!(tested.get("/v1/suggest?q=a&limit=50").await.status, 200);
}

#[tokio::test]
async fn participants_answer_with_their_words() {
    let tested = filled().await;
    let found = tested.get("/v1/participants").await.json(200);
    let item = &found["items"][0];
    assert_eq!(item["grant"]["id"], format!("urn:uuid:{}", uuid(1)));
    assert_eq!(item["state"], "active");
    assert!(item["number"].is_string() && item["grantee"]["name"].is_string());
    let found = tested
        .get("/v1/participants?economy=JP&on=2026-11-23")
        .await
        .json(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 0);
    for (query, name) in [
        ("economy=jp", "economy"),
        ("hs=1", "hs"),
        ("hsEdition=22", "hsEdition"),
        ("on=tomorrow", "on"),
        ("standard=%20", "standard"),
        ("econmy=JP", "econmy"),
    ] {
        let reply = tested.get(&format!("/v1/participants?{query}")).await;
        assert_eq!(reply.wrong_parameter(), name, "{query}");
    }
}

#[tokio::test]
async fn arrangements_are_listed() {
    let tested = filled().await;
    let found = tested.get("/v1/arrangements").await.json(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 0);
    assert_eq!(
        tested
            .get("/v1/arrangements?economy=x")
            .await
            .wrong_parameter(),
        "economy"
    );
    assert_eq!(
        tested
            .get("/v1/arrangements?limit=101")
            .await
            .wrong_parameter(),
        "limit"
    );
}

#[tokio::test]
async fn the_matrix_is_answered_and_its_parameters_are_checked() {
    let tested = filled().await;
    let found = tested.get("/v1/recognition-matrix?on=2026-12-01&scope=CB&hs=8516.60");
    let found = found.await.json(200);
    assert_eq!(found["on"], "2026-12-01");
    assert_eq!(found["cells"], serde_json::json!([]));
    let long = "x".repeat(101);
    for (query, parameter) in [
        ("on=tomorrow".to_owned(), "on"),
        ("hs=1".to_owned(), "hs"),
        (format!("scope={long}"), "scope"),
    ] {
        let reply = tested.get(&format!("/v1/recognition-matrix?{query}")).await;
        assert_eq!(reply.wrong_parameter(), parameter);
    }
}
