//! `GET /v1/impact`: who is hit.

use comity_model::attestation::{BasedOn, EvidenceRole};
use comity_model::party::NamedParty;
use comity_model::record::{Record, Subject};

use crate::testing::{AUTHORITY, attestation, empty, signed, uuid};

const LABORATORY: &str = "did:web:lab.example";

/// A certificate on a report of a laboratory, or on the certificate of that number.
fn resting(number: u32, role: EvidenceRole, whose: &str, on: &str) -> Record {
    let mut record = attestation(number);
    if let Subject::Attestation(attestation) = &mut record.subject {
        attestation.comity.based_on = vec![BasedOn {
            role,
            record: None,
            issuer: Some(NamedParty {
                id: Some(whose.to_owned()),
                registered_by: Some(AUTHORITY.to_owned()),
                ..NamedParty::named("Issuer")
            }),
            number: Some(on.to_owned()),
            issued_on: None,
        }];
    }
    record
}

#[tokio::test]
async fn what_rests_on_an_unpublished_report_is_told_over_each_step() {
    let tested = empty().await;
    let records = [
        resting(1, EvidenceRole::TestReport, LABORATORY, "TR-7"),
        resting(2, EvidenceRole::ComponentCertificate, AUTHORITY, "SE-0001"),
    ];
    let bodies = records.iter().map(signed).collect();
    for outcome in tested.node.publish(bodies).await.unwrap() {
        outcome.unwrap();
    }
    let query = format!("/v1/impact?of=tr%207&issuer={LABORATORY}");
    let answer = tested.get(&query).await.json(200);
    assert_eq!(answer["grounds"].as_array().unwrap().len(), 0);
    assert_eq!(answer["cut"], false);
    let items = answer["items"].as_array().unwrap();
    let [first, second] = items.as_slice() else {
        panic!("{answer:#}");
    };
    assert_eq!(first["depth"], 1);
    assert_eq!(first["relation"], "testReport");
    assert_eq!(first["byNumberAlone"], false);
    assert_eq!(first["record"]["certificateNumber"], "SE-0001");
    assert!(first.get("through").is_none());
    assert_eq!(second["depth"], 2);
    assert_eq!(second["relation"], "componentCertificate");
    assert_eq!(second["through"]["certificateNumber"], "SE-0001");
    let id = format!("urn:uuid:{}", uuid(1));
    assert_eq!(second["through"]["id"], id);
    // The same from the laboratory, and from the certificate in between.
    let of_party = format!("/v1/impact?of={LABORATORY}");
    let of_party = tested.get(&of_party).await.json(200);
    assert_eq!(of_party["items"], answer["items"]);
    let named = format!("/v1/impact?party={LABORATORY}");
    let named = tested.get(&named).await.json(200);
    assert_eq!(named, of_party);
    let of_record = tested.get(&format!("/v1/impact?of={id}")).await.json(200);
    assert_eq!(of_record["grounds"][0]["id"], id);
    assert_eq!(of_record["items"].as_array().unwrap().len(), 1);
    let one = format!("/v1/impact?of={LABORATORY}&limit=1");
    let one = tested.get(&one).await.json(200);
    assert_eq!(
        (one["items"].as_array().unwrap().len(), &one["cut"]),
        (1, &true.into())
    );
}

#[tokio::test]
async fn a_question_that_cannot_be_read_is_refused_by_name() {
    let tested = empty().await;
    for (query, name) in [
        ("", "of"),
        ("of=C-1&standard=ISO%209001", "standard"),
        ("standard=ISO%209001&issuer=did:web:lab.example", "issuer"),
        (
            "of=did:web:lab.example&issuer=did:web:lab.example",
            "issuer",
        ),
        ("of=did:web:lab.example&party=85", "party"),
        ("party=85&standard=ISO%209001", "party"),
        ("party=85&issuer=did:web:lab.example", "issuer"),
        // Nothing is left of it to compare.
        ("of=---", "of"),
        ("of=C-1&limit=0", "limit"),
        ("of=C-1&limit=10001", "limit"),
        ("of=C-1&depth=2", "depth"),
    ] {
        let reply = tested.get(&format!("/v1/impact?{query}")).await;
        assert_eq!(reply.wrong_parameter(), name, "{query}");
    }
}

#[tokio::test]
async fn what_is_not_known_is_no_clearance() {
    let tested = empty().await;
    let outcomes = tested.node.publish(vec![signed(&attestation(1))]).await;
    outcomes.unwrap().remove(0).unwrap();
    for (query, known) in [
        ("of=SE-0001", true),
        ("of=SE-0002", false),
        ("of=did:web:nobody.example", false),
        ("party=85", false),
        ("standard=ISO%201", false),
    ] {
        let answer = tested.get(&format!("/v1/impact?{query}")).await.json(200);
        assert_eq!(answer["items"].as_array().unwrap().len(), 0, "{query}");
        assert_eq!(answer["known"], known, "{query}");
        let note = answer["note"].as_str().unwrap_or_default();
        assert_eq!(note.contains("no clearance"), !known, "{query}: {note}");
    }
}

#[tokio::test]
async fn a_spreadsheet_tells_the_same_and_is_none_where_nothing_is_known() {
    let tested = empty().await;
    let records = [
        resting(1, EvidenceRole::TestReport, LABORATORY, "TR-7"),
        resting(2, EvidenceRole::ComponentCertificate, AUTHORITY, "SE-0001"),
    ];
    let bodies = records.iter().map(signed).collect();
    for outcome in tested.node.publish(bodies).await.unwrap() {
        outcome.unwrap();
    }
    let file = tested.get(&format!("/v1/impact.csv?of={LABORATORY}")).await;
    assert_eq!(file.status, 200);
    let text = file.text();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("depth,relation,number,"), "{text}");
    assert!(lines[1].starts_with("1,testReport,SE-0001,"), "{text}");
    assert!(
        lines[2].starts_with("2,componentCertificate,SE-0002,"),
        "{text}"
    );
    assert!(lines[2].contains(",SE-0001,false,urn:uuid:"), "{text}");
    let nobody = tested.get("/v1/impact.csv?of=did:web:nobody.example").await;
    assert_eq!(nobody.status, 404);
    assert!(nobody.text().contains("no clearance"));
}
