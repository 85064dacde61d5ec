//! The page of who is hit.

use comity_model::attestation::{BasedOn, EvidenceRole};
use comity_model::party::NamedParty;
use comity_model::record::{Kind, Record, Subject};
use comity_model::status::{Action, Capacity};
use comity_signature::digest::to_multibase;

use crate::testing::{AUTHORITY, LABORATORY, Tested, empty, filled, record};

/// A certificate that rests on something of that number.
fn resting(number: u32, role: EvidenceRole, whose: &str, on: &str) -> Record {
    let mut record = record(Kind::Attestation, number);
    if let Subject::Attestation(attestation) = &mut record.subject {
        let details = &mut attestation.comity;
        details.certificate_number = format!("A-{number}");
        details.grants.clear();
        details.based_on = vec![BasedOn {
            role,
            record: None,
            issuer: Some(NamedParty::registered(whose, AUTHORITY, "Issuer")),
            number: Some(on.to_owned()),
            issued_on: None,
        }];
    }
    record
}

/// A certificate on a report, one on that certificate, and one on that.
async fn chain() -> Tested {
    let tested = empty().await;
    let component = EvidenceRole::ComponentCertificate;
    tested
        .publish(&[
            resting(1, EvidenceRole::TestReport, LABORATORY, "TR-7"),
            resting(2, component, AUTHORITY, "A-1"),
            resting(3, component, AUTHORITY, "A-2"),
        ])
        .await;
    tested
}

/// Where each of these stands on a page, in their order.
#[track_caller]
fn in_order(page: &str, parts: &[&str]) {
    let mut rest = page;
    for part in parts {
        let (_, after) = rest
            .split_once(part)
            .unwrap_or_else(|| panic!("{part} in {page}"));
        rest = after;
    }
}

#[tokio::test]
async fn what_rests_on_a_report_is_shown_with_its_path() {
    let tested = chain().await;
    let asked = format!("of=TR-7&issuer={}", LABORATORY.replace(':', "%3A"));
    let page = tested.get(&format!("/en/impact?{asked}")).await;
    let text = page.text.replace("&#38;", "&");
    in_order(
        &text,
        &[
            "Who is hit: TR-7",
            "Given by",
            LABORATORY,
            "23 November 2026, 08:00 UTC",
            "Directly: 1. Through other records: 2.",
            "Rests on it directly",
            "rests on the test report",
            "Rests on it through other records",
            "rests on the certificate of a component, through",
            // The third by way of the first and the second.
            "rests on the certificate of a component, through",
            "<code>A-1</code>",
            "<code>A-2</code>",
        ],
    );
    for link in [
        format!("href=\"/v1/impact?{asked}\""),
        format!("href=\"/v1/impact.csv?{asked}\""),
    ] {
        assert!(text.contains(&link), "{link} in {text}");
    }
    assert!(!text.contains("only the number agrees"), "{text}");
    let anybodys = tested.get("/en/impact?of=TR-7").await.text;
    assert!(anybodys.contains("only the number agrees"), "{anybodys}");
    tested.node.close().await;
}

#[tokio::test]
async fn what_is_not_known_is_told_apart_from_what_nothing_rests_on() {
    let tested = chain().await;
    let known = tested.get("/en/impact?of=A-3").await.text;
    assert!(
        known.contains("Nothing that is held here rests on it."),
        "{known}"
    );
    assert!(known.contains("impact.csv"), "{known}");
    let unknown = tested.get("/en/impact?of=A-4").await;
    assert_eq!(unknown.status, 200);
    assert!(
        unknown.text.contains("That is no clearance"),
        "{}",
        unknown.text
    );
    assert!(!unknown.text.contains("impact.csv"), "{}", unknown.text);
    for two in [
        "of=A-1&standard=ISO%209001",
        "of=did:web:lab.example&issuer=did:web:lab.example",
        "standard=ISO%209001&issuer=x",
        "issuer=x",
    ] {
        let reply = tested.get(&format!("/en/impact?{two}")).await;
        assert_eq!(reply.status, 400, "{two}");
        assert!(reply.text.contains("Ask about one thing"), "{two}");
    }
    tested.node.close().await;
}

#[tokio::test]
async fn records_parties_and_standards_lead_to_who_is_hit() {
    let tested = filled().await;
    let id = "01935fa0-0000-7000-8000-000000000003";
    let before = tested.get(&format!("/en/records/{id}")).await.text;
    assert!(before.contains("/en/impact?of="), "{before}");
    for page in ["parties/did:web:lab.example.se", "standards/EDIT%201234"] {
        let text = tested.get(&format!("/en/{page}")).await.text;
        assert!(text.contains("/en/impact?"), "{page}: {text}");
    }
    // Of a suspended one in the warning itself.
    let warning = "<p class=\"banner red\" role=\"note\">";
    assert!(!before.contains(warning), "{before}");
    tested.publish(&[suspension(20, id, &tested).await]).await;
    let after = tested.get(&format!("/en/records/{id}")).await.text;
    in_order(&after, &[warning, "/en/impact?of=", "</p>"]);
    let (_, banner) = after.split_once(warning).unwrap();
    let (banner, _) = banner.split_once("</p>").unwrap();
    assert!(banner.contains("Who is hit"), "{banner}");
    tested.node.close().await;
}

async fn suspension(number: u32, uuid: &str, tested: &Tested) -> Record {
    let selector = comity_node::recognise::selector(uuid, None);
    let found = tested.node.look_up(&selector).await.unwrap().remove(0);
    let mut event = record(Kind::StatusEvent, number);
    if let Subject::StatusEvent(act) = &mut event.subject {
        act.action = Action::Suspend;
        act.capacity = Capacity::Issuer;
        for subject in &mut act.subjects {
            subject.authority.clone_from(&found.row.authority);
            subject.issuer.clone_from(&found.row.issuer);
            subject.id.clone_from(&found.row.id);
            subject.digest_multibase = to_multibase(found.row.document_digest);
        }
    }
    event
}
