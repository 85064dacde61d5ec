//! `GET /v1/records?recognisedIn=`: what counts there, in groups.

use comity_model::attestation::GrantReliance;
use comity_model::date::Day;
use comity_model::product::ProductCode;
use comity_model::record::{Record, Subject};
use comity_model::reference::{RecordReference, Reference};
use comity_node::counting::MAX_JUDGED;
use serde_json::Value;

use super::requirements::rule;
use crate::testing::{AUTHORITY, Tested, attestation, empty, now, signed, suspension, uuid};

const GROUPS: [&str; 3] = ["recognised", "recognisedWithConditions", "resultsOnly"];

/// A certificate for rice cookers, issued so many days ago.
fn certificate(number: u32, days_ago: i32) -> Record {
    let issued: Day = now().day().plus_days(-days_ago);
    let mut record = attestation(number);
    record.valid_from = issued.first_second();
    if let Subject::Attestation(attestation) = &mut record.subject {
        let details = &mut attestation.comity;
        details.legal_dates.issued_on = issued.into();
        details.legal_dates.valid_from = None;
        for object in &mut details.objects {
            object.product_codes = ProductCode::hs("8516.60", None).into_iter().collect();
        }
    }
    record
}

/// The same on a grant that is not held.
fn unclear(number: u32, days_ago: i32) -> Record {
    let mut record = certificate(number, days_ago);
    if let Subject::Attestation(attestation) = &mut record.subject {
        attestation.comity.grants = vec![GrantReliance {
            grant: Reference::Record(RecordReference {
                authority: AUTHORITY.to_owned(),
                issuer: AUTHORITY.to_owned(),
                id: format!("urn:uuid:{}", uuid(9_999)),
                digest_multibase: comity_signature::digest::to_multibase([7; 32]),
            }),
            scope_items: Vec::new(),
        }];
    }
    record
}

async fn publish(tested: &Tested, records: impl IntoIterator<Item = Record>) {
    let bodies = records.into_iter().map(|record| signed(&record)).collect();
    for outcome in tested.node.publish(bodies).await.unwrap() {
        outcome.unwrap();
    }
    tested.node.indexed().await;
}

fn numbers(answer: &Value, group: &str) -> Vec<String> {
    let items = answer["groups"][group].as_array().unwrap().iter();
    let number = |item: &Value| {
        item["record"]["certificateNumber"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    items.map(number).collect()
}

#[tokio::test]
async fn what_counts_stands_in_groups_with_its_verdict() {
    let tested = empty().await;
    let suspended = certificate(2, 2);
    publish(
        &tested,
        [certificate(1, 1), suspended.clone(), unclear(3, 3)],
    )
    .await;
    publish(&tested, [suspension(4, &suspended)]).await;
    let answer = tested.get("/v1/records?recognisedIn=SE").await.json(200);
    assert_eq!(numbers(&answer, "recognised"), ["SE-0001"]);
    for group in &GROUPS[1..] {
        assert_eq!(numbers(&answer, group), [""; 0]);
    }
    let item = &answer["groups"]["recognised"][0];
    assert_eq!(item["verdict"], "recognised");
    assert_eq!(item["decisiveStep"], "arrangement");
    assert_eq!(item["code"], "arrangement.domestic");
    // The same verdict as its own question has.
    let path = format!("/v1/recognition?record=urn:uuid:{}&in=SE", uuid(1));
    let asked = tested.get(&path).await.json(200);
    assert_eq!(item["summary"], asked["summary"]);
    let digest = item["record"]["recordDigest"].as_str().unwrap();
    let path = format!("/v1/recognition?record={digest}&in=SE");
    let asked = tested.get(&path).await.json(200);
    assert_eq!(item["reference"], asked["reference"]);
    assert_eq!(answer["judged"]["count"], 3);
    assert_eq!(answer["judged"]["cannotTell"], 1);
    assert_eq!(answer["judged"]["notRecognised"], 1);
    assert_eq!(answer["judged"]["limitReached"], false);
    assert_eq!(answer["candidates"]["value"], 3);
    assert_eq!(answer["next"], Value::Null);
    // No sum of what counts stands anywhere, and nothing that is read for one.
    assert!(answer.get("total").is_none() && answer.get("items").is_none());
    // No rule is held, and all that the destination has published is.
    assert_eq!(
        answer["noRule"],
        "SE has published no rule that is in force on 2026-11-23: what it asks besides cannot be \
         told from here. Ask its authority."
    );
    let summary = answer["summary"].as_str().unwrap();
    assert!(summary.starts_with(answer["noRule"].as_str().unwrap()));
    assert!(summary.ends_with(
        "3 judged of 3 that may count. Of 1 of those judged it cannot be told whether they count."
    ));
    assert_eq!(answer["ask"]["authority"], AUTHORITY);
    assert_eq!(answer["rulesHeld"], 0);
}

#[tokio::test]
async fn a_rule_that_asks_for_more_makes_a_group_of_its_own() {
    let tested = empty().await;
    publish(&tested, [rule(1, &["CISPR 14-1"]), certificate(2, 1)]).await;
    let path = "/v1/records?recognisedIn=SE&hs=8516.60&on=2026-11-23";
    let answer = tested.get(path).await.json(200);
    assert_eq!(numbers(&answer, "recognised"), [""; 0]);
    assert_eq!(numbers(&answer, "recognisedWithConditions"), ["SE-0002"]);
    assert_eq!(answer["rules"], 1);
    assert!(answer.get("noRule").is_none());
    assert_eq!(answer["hs"], "851660");
    // Of another product nothing is asked, and nothing is certified.
    let answer = tested
        .get("/v1/records?recognisedIn=SE&hs=8544.49")
        .await
        .json(200);
    assert_eq!(answer["candidates"]["value"], 0);
    let first = answer["noRule"].as_str().unwrap();
    assert!(
        first.starts_with("SE has published no rule for 854449 "),
        "{first}"
    );
    // Before its first day it does not count.
    let early = "/v1/records?recognisedIn=SE&on=2026-11-01";
    let answer = tested.get(early).await.json(200);
    assert_eq!(answer["candidates"]["value"], 0);
}

#[tokio::test]
async fn a_destination_that_nothing_reaches_is_told_whom_to_ask_first() {
    let tested = empty().await;
    publish(&tested, [certificate(1, 1)]).await;
    let headers = [("accept-language", "fr")];
    let reply = tested
        .get_with("/v1/records?recognisedIn=KZ&hs=8516.60", &headers)
        .await;
    assert_eq!(reply.header("content-language"), "fr");
    let answer = reply.json(200);
    assert_eq!(answer["candidates"]["value"], 0);
    assert_eq!(answer["judged"]["count"], 0);
    assert_eq!(answer["complete"], false);
    let first = answer["noRule"].as_str().unwrap();
    assert!(
        first.starts_with("Aucune règle de la destination (KZ) pour 851660 "),
        "{first}"
    );
}

#[tokio::test]
async fn pages_follow_each_other_in_the_order_of_the_search() {
    let tested = empty().await;
    let records = (1..=7).map(|number| certificate(number, i32::try_from(number).unwrap()));
    publish(&tested, records).await;
    let mut path = "/v1/records?recognisedIn=SE&sort=newest&limit=3".to_owned();
    let mut found = Vec::new();
    for shown in [3, 3, 1] {
        let reply = tested.get(&path).await;
        let links = reply.headers.get_all("link").iter();
        let mut links = links.map(|link| link.to_str().unwrap().to_owned());
        let link = links.find(|link| link.ends_with("rel=\"next\""));
        let answer = reply.json(200);
        let page = numbers(&answer, "recognised");
        assert_eq!(page.len(), shown);
        assert_eq!(answer["candidates"]["value"], 7);
        found.extend(page);
        assert_eq!(link.is_some(), !answer["next"].is_null());
        if let Some(link) = link {
            path = link.split(['<', '>']).nth(1).unwrap().to_owned();
        }
    }
    let expected: Vec<String> = (1..=7).map(|number| format!("SE-{number:04}")).collect();
    assert_eq!(found, expected);
    // The cursor of one destination is none of another, nor of another day.
    let answer = tested
        .get("/v1/records?recognisedIn=SE&sort=newest&limit=3")
        .await
        .json(200);
    let cursor = answer["next"].as_str().unwrap();
    for other in [
        "recognisedIn=KZ",
        "recognisedIn=SE&on=2026-11-20",
        "recognisedIn=SE&hs=8516",
    ] {
        let path = format!("/v1/records?{other}&sort=newest&limit=3&cursor={cursor}");
        assert_eq!(tested.get(&path).await.wrong_parameter(), "cursor");
    }
}

#[tokio::test]
async fn judging_ends_at_its_limit_and_goes_on_from_there() {
    let tested = empty().await;
    let count = u32::try_from(MAX_JUDGED).unwrap() + 3;
    let newer = (10..10 + count).map(|number| unclear(number, 1));
    publish(&tested, newer.chain([certificate(1, 300)])).await;
    let path = "/v1/records?recognisedIn=SE&sort=newest";
    let first = tested.get(path).await.json(200);
    assert_eq!(first["judged"]["count"], MAX_JUDGED);
    assert_eq!(first["judged"]["cannotTell"], MAX_JUDGED);
    assert_eq!(first["judged"]["limitReached"], true);
    assert_eq!(first["candidates"]["value"], count + 1);
    assert_eq!(numbers(&first, "recognised"), [""; 0]);
    let next = first["next"].as_str().unwrap();
    let rest = tested.get(&format!("{path}&cursor={next}")).await.json(200);
    assert_eq!(numbers(&rest, "recognised"), ["SE-0001"]);
    assert_eq!(rest["judged"]["count"], 4);
    assert_eq!(rest["judged"]["limitReached"], false);
    assert_eq!(rest["next"], Value::Null);
}

#[tokio::test]
async fn other_filters_hold_besides() {
    let tested = empty().await;
    let suspended = certificate(2, 2);
    publish(&tested, [certificate(1, 1), suspended.clone()]).await;
    publish(&tested, [suspension(4, &suspended)]).await;
    let judged = async |more: &str| {
        let path = format!("/v1/records?recognisedIn=SE&{more}");
        let answer = tested.get(&path).await.json(200);
        answer["judged"]["count"].as_u64().unwrap()
    };
    assert_eq!(judged("status=active").await, 1);
    assert_eq!(judged("status=suspended").await, 1);
    assert_eq!(judged("q=SE-0001").await, 1);
    assert_eq!(judged("type=Attestation").await, 2);
    assert_eq!(judged("type=StatusEvent").await, 0);
    assert_eq!(judged("type=-Attestation").await, 0);
    assert_eq!(judged("issuedTo=2026-11-21").await, 1);
    assert_eq!(judged("issuedTo=2027-11-21").await, 2);
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_by_name() {
    let tested = empty().await;
    for (query, parameter) in [
        ("recognisedIn=Sweden", "recognisedIn"),
        ("recognisedIn=se", "recognisedIn"),
        ("recognisedIn=SE&recognisedIn=KZ", "recognisedIn"),
        ("recognisedIn=SE&on=yesterday", "on"),
        ("recognisedIn=SE&on=2026-02-30", "on"),
        ("recognisedIn=SE&facet=status", "facet"),
        ("recognisedIn=SE&hs=8516&hs=8544", "hs"),
        ("recognisedIn=SE&hs=x", "hs"),
        ("recognisedIn=SE&limit=0", "limit"),
        ("recognisedIn=SE&cursor=AAAA", "cursor"),
        ("recognisedIn=SE&number=1", "recognisedIn"),
    ] {
        let reply = tested.get(&format!("/v1/records?{query}")).await;
        assert_eq!(reply.wrong_parameter(), parameter, "{query}");
    }
}
