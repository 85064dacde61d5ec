//! What is said of records that count for nothing, and of promises that were broken.

use comity_model::coverage::CoverageStatement;
use comity_model::date::Period;
use comity_model::party::PartyReference;
use comity_model::record::{Kind, Record, Subject};

use super::requirements::rule;
use crate::testing::{
    AUTHORITY, LABORATORY, attestation, by_laboratory, digest_of, empty, now, record, registration,
    signed, uuid,
};

const VC: &str = "application/vc";

/// A promise that all of these issuers since the start of the month is here within a day.
fn promise(number: u32, issuers: &[&str]) -> Record {
    let since = now().day().plus_days(-22);
    let issuers = issuers.iter().map(|did| PartyReference {
        id: (*did).to_owned(),
        registered_by: AUTHORITY.to_owned(),
    });
    let mut record = record(Kind::CoverageStatement, number);
    record.subject = Subject::CoverageStatement(Box::new(CoverageStatement {
        kinds: vec![Kind::Attestation],
        issuers: issuers.collect(),
        since,
        within_hours: 24,
        period: Period::new(since, None),
    }));
    record
}

#[tokio::test]
async fn whoever_publishes_what_counts_for_nothing_is_told() {
    let tested = empty().await;
    let own = rule(1, &["IEC 60335-1"]);
    let answer = tested.post("/v1/records", VC, signed(&own)).await.json(201);
    assert!(answer.get("willNotCount").is_none(), "{answer}");

    let mut foreign = rule(2, &["IEC 60335-1"]);
    if let Subject::ImportRule(rule) = &mut foreign.subject {
        "KZ".clone_into(&mut rule.economy);
    }
    let why = format!(
        "only the authority of KZ makes import rules for KZ, and {AUTHORITY} is not it here"
    );
    let foreign = signed(&foreign);
    let validated = tested
        .post("/v1/records/validate", VC, foreign.clone())
        .await;
    assert_eq!(
        validated.json(200)["warnings"][0],
        format!("It will not count: {why}.")
    );
    let answer = tested.post("/v1/records", VC, foreign).await.json(201);
    assert_eq!(answer["willNotCount"], why);

    // A body promises for itself only, its authority for it too.
    let mut registration = registration(3);
    if let Subject::Registration(registration) = &mut registration.subject {
        registration.mandate.kinds.push(Kind::CoverageStatement);
    }
    tested
        .post("/v1/records", VC, signed(&registration))
        .await
        .json(201);
    let other = "did:web:other.example.se";
    for (body, refused) in [
        (by_laboratory(promise(4, &[LABORATORY])), false),
        (by_laboratory(promise(5, &[LABORATORY, other])), true),
        (signed(&promise(6, &[LABORATORY, other])), false),
    ] {
        let answer = tested.post("/v1/records", VC, body).await.json(201);
        let why = answer["willNotCount"].as_str();
        assert_eq!(why.is_some(), refused, "{answer}");
        assert!(why.is_none_or(|why| why.contains(other)), "{answer}");
    }
}

#[tokio::test]
async fn a_broken_promise_is_shown_beside_the_statement_with_both_times() {
    let tested = empty().await;
    let statement = signed(&promise(1, &[AUTHORITY]));
    tested.post("/v1/records", VC, statement).await.json(201);
    let path = format!("/v1/records/{}", uuid(1));
    let promised = tested.get(&path).await.json(200);
    assert_eq!(promised["promise"]["broken"], false);
    // Issued on the day of the promise, and published three days later.
    tested.node.clock().set(now().plus_seconds(3 * 86_400));
    let mut late = attestation(2);
    if let Subject::Attestation(attestation) = &mut late.subject {
        attestation.comity.legal_dates.issued_on = now().day().into();
    }
    let late = signed(&late);
    tested.post("/v1/records", VC, late.clone()).await.json(201);
    let promised = tested.get(&path).await.json(200);
    let promise = &promised["promise"];
    assert_eq!(promise["broken"], true, "{promise}");
    assert_eq!(promise["late"][0]["recordDigest"], digest_of(&late));
    assert_eq!(promise["late"][0]["issuer"], AUTHORITY);
    assert_eq!(promise["late"][0]["dueAt"], "2026-11-24T23:59:59Z");
    assert_eq!(promise["late"][0]["loggedAt"], "2026-11-26T08:00:00Z");
    // Of other records nothing is said of promises.
    let path = format!("/v1/records/{}", uuid(2));
    assert!(tested.get(&path).await.json(200).get("promise").is_none());
}
