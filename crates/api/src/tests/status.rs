//! The status at one second.

use comity_model::date::LegalDate;
use comity_model::record::{Record, Subject};
use comity_model::status::{
    Action, Observation, SourceDocument, SourceSignature, SourceStatement, StatedState,
};
use comity_signature::digest::{sha256, to_multibase};

use crate::testing::{Tested, attestation, filled, grant, registration, signed, suspension, uuid};

/// What a list said of the grant, as its signer has it.
fn stated(number: u32, issued_at: &str, words: &[(&str, &str, StatedState)]) -> Record {
    let mut event = suspension(number, &grant(1));
    let Subject::StatusEvent(subject) = &mut event.subject else {
        unreachable!("it is an event")
    };
    subject.action = Action::Observed;
    subject.reason_code = None;
    subject.effective_until = None;
    subject.effective_from =
        LegalDate::from("2026-11-01".parse::<comity_model::date::Day>().unwrap());
    subject.observed = Some(Observation {
        document: Some(SourceDocument {
            operator: "Supervisory body".to_owned(),
            series_number: Some(u64::from(number)),
            issued_at: issued_at.parse().unwrap(),
            next_update: Some("2026-11-13T00:00:00Z".parse().unwrap()),
            digest_multibase: to_multibase(sha256(issued_at.as_bytes())),
            signer_certificate: None,
            signature: SourceSignature::NotVerified,
        }),
        statements: words
            .iter()
            .map(|(since, word, state)| SourceStatement {
                since: since.parse().unwrap(),
                source_status: (*word).to_owned(),
                state: *state,
            })
            .collect(),
        ..Observation::of("trusted-list-se", "2026-11-01".parse().unwrap(), None)
    });
    event
}

async fn publish(tested: &Tested, record: &Record) {
    let posted = tested.post("/v1/records", "application/vc", signed(record));
    posted.await.json(201);
}

fn path(number: u32, at: &str) -> String {
    format!("/v1/records/{}/status?at={at}", uuid(number))
}

#[tokio::test]
async fn a_document_answers_to_the_second_in_its_own_words() {
    let tested = filled().await;
    let first = stated(
        3,
        "2026-10-26T01:00:00Z",
        &[
            ("2016-06-30T22:00:00Z", "granted", StatedState::Active),
            ("2009-09-14T22:00:00Z", "accredited", StatedState::Active),
        ],
    );
    publish(&tested, &first).await;
    let none = tested.get(&path(1, "2009-09-14T21:59:59Z")).await.json(200);
    assert_eq!(
        (&none["state"], &none["basis"]),
        (&"unknown".into(), &"beforeFirstStatement".into())
    );
    assert_eq!(none["until"], "2009-09-14T22:00:00Z");
    assert_eq!(none.get("sourceStatus"), None);
    let old = tested.get(&path(1, "2016-06-30T21:59:59Z")).await.json(200);
    assert_eq!(
        (&old["state"], &old["sourceStatus"]),
        (&"active".into(), &"accredited".into())
    );
    assert_eq!(old["until"], "2016-06-30T22:00:00Z");
    // The same second, in another zone.
    let now = tested
        .get(&path(1, "2016-07-01T00:00:00%2B02:00"))
        .await
        .json(200);
    assert_eq!(
        (&now["basis"], &now["sourceStatus"]),
        (&"statement".into(), &"granted".into())
    );
    assert_eq!(
        (&now["at"], &now["since"]),
        (
            &"2016-06-30T22:00:00Z".into(),
            &"2016-06-30T22:00:00Z".into()
        )
    );
    assert_eq!(now["source"]["document"]["seriesNumber"], 3);
    assert_eq!(now["source"]["document"]["signature"], "notVerified");
    assert_eq!(now["source"]["event"], first.id);
    assert_eq!(now["source"]["signer"]["did"], crate::testing::AUTHORITY);
    assert_eq!(now["overdueDays"], 10);
    assert_eq!(now["isMissing"], false);
}

#[tokio::test]
async fn the_newest_document_answers_and_no_stranger() {
    let tested = filled().await;
    let word = |word: &'static str| [("2016-06-30T22:00:00Z", word, StatedState::Active)];
    let first = stated(3, "2026-10-26T01:00:00Z", &word("granted"));
    publish(&tested, &first).await;
    let mut second = stated(4, "2026-10-27T01:00:00Z", &word("granted again"));
    if let Subject::StatusEvent(event) = &mut second.subject {
        for subject in &mut event.subjects {
            subject.sequence = 2;
            let bytes = comity_signature::canonical::to_canonical(&first.to_value()).unwrap();
            subject.previous_event = Some(to_multibase(sha256(&bytes)));
        }
    }
    publish(&tested, &second).await;
    let now = tested.get(&path(1, "2020-01-01T00:00:00Z")).await.json(200);
    assert_eq!(now["sourceStatus"], "granted again");
    // Somebody else's event on the grant says nothing of it.
    publish(&tested, &registration(5)).await;
    let mut stranger = stated(6, "2026-10-28T01:00:00Z", &word("mine"));
    if let Subject::StatusEvent(event) = &mut stranger.subject {
        event.capacity = comity_model::status::Capacity::Grantor;
    }
    let body = crate::testing::by_laboratory(stranger);
    let refused = tested.post("/v1/records", "application/vc", body).await;
    assert!(refused.status.is_client_error(), "{refused:?}");
    let now = tested.get(&path(1, "2020-01-01T00:00:00Z")).await.json(200);
    assert_eq!(now["sourceStatus"], "granted again");
}

#[tokio::test]
async fn other_records_know_days_and_a_day_is_no_second() {
    let tested = filled().await;
    let now = tested.get(&path(2, "2026-11-23T08:00:00Z")).await.json(200);
    assert_eq!(
        (&now["state"], &now["basis"]),
        (&"active".into(), &"day".into())
    );
    assert_eq!(
        now["records"][0]["certificateNumber"],
        attestation(2).to_value()["credentialSubject"]["comity"]["certificateNumber"]
    );
    let long_ago = tested.get(&path(2, "1990-01-01T00:00:00Z")).await.json(200);
    assert_eq!(long_ago["state"], "pending");
    for at in [
        "2026-11-23",
        "now",
        "2026-11-23T08:00:00",
        "2026-11-23T08:00:00+02:00",
    ] {
        assert_eq!(
            tested.get(&path(2, at)).await.wrong_parameter(),
            "at",
            "{at}"
        );
    }
    let without = format!("/v1/records/{}/status", uuid(2));
    assert_eq!(tested.get(&without).await.wrong_parameter(), "at");
    tested
        .get(&path(99, "2026-11-23T08:00:00Z"))
        .await
        .problem("not-found");
}
