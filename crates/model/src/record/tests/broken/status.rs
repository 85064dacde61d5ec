//! Events.

use serde_json::json;

use super::super::{Kind, faults, sample, set};
use super::{SUBJECT, broken, one};

#[test]
fn event() {
    one(
        Kind::StatusEvent,
        0,
        SUBJECT,
        &[
            ("/effectiveUntil", json!("2026-07-31"), "order"),
            (
                "/effectiveFrom",
                json!({"notBefore": "2026-08-02", "notAfter": "2026-08-01"}),
                "interval",
            ),
            (
                "/resultingScope",
                json!([{"id": "a", "sectors": ["x"]}]),
                "resultingScope",
            ),
            ("/subjects/0/sequence", json!(0), "sequence"),
            ("/subjects/0/id", json!("x"), "recordId"),
            ("/subjects/0/digestMultibase", json!("x"), "digest"),
        ],
    );
}

#[test]
fn subjects_of_an_event() {
    let previous = "/credentialSubject/subjects/0/previousEvent";
    let digest = sample(Kind::StatusEvent, 1)
        .pointer(previous)
        .unwrap()
        .clone();
    broken(
        Kind::StatusEvent,
        0,
        &[(previous, digest)],
        &[(previous, "previousEvent")],
    );
    broken(
        Kind::StatusEvent,
        1,
        &[(previous, json!(null))],
        &[(previous, "previousEvent")],
    );
    broken(
        Kind::StatusEvent,
        1,
        &[(previous, json!("x"))],
        &[(previous, "digest")],
    );
    let twice = sample(Kind::StatusEvent, 0)["credentialSubject"]["subjects"][0].clone();
    broken(
        Kind::StatusEvent,
        0,
        &[("/credentialSubject/subjects", json!([twice, twice]))],
        &[("/credentialSubject/subjects/1", "duplicate")],
    );
    broken(
        Kind::StatusEvent,
        0,
        &[(
            "/credentialSubject/subjects/0/issuer",
            json!("did:web:other.example"),
        )],
        &[("/credentialSubject/subjects/0/issuer", "capacity")],
    );
    for action in ["withdraw", "reinstate", "annul"] {
        broken(
            Kind::StatusEvent,
            0,
            &[("/credentialSubject/action", json!(action))],
            &[("/credentialSubject/effectiveUntil", "effectiveUntil")],
        );
    }
}

#[test]
fn parts_of_single_actions() {
    for (at, pointer, code) in [
        (3, "/credentialSubject/successor", "successor"),
        (5, "/credentialSubject/resultingScope", "resultingScope"),
        (6, "/credentialSubject/resultingScope", "resultingScope"),
        (8, "/credentialSubject/legalBasis", "legalBasis"),
        (11, "/credentialSubject/territory", "territory"),
        (11, "/credentialSubject/legalBasis", "legalBasis"),
        (11, "/credentialSubject/reason", "empty"),
        (14, "/credentialSubject/transferredTo", "transferredTo"),
        (14, "/credentialSubject/graceUntil", "graceUntil"),
        (13, "/credentialSubject/observed", "observed"),
    ] {
        broken(
            Kind::StatusEvent,
            at,
            &[(pointer, json!(null))],
            &[(pointer, code)],
        );
    }
    broken(
        Kind::StatusEvent,
        5,
        &[("/credentialSubject/resultingScope", json!([]))],
        &[("/credentialSubject/resultingScope", "resultingScope")],
    );
    broken(
        Kind::StatusEvent,
        11,
        &[("/credentialSubject/territory", json!(["TH", "FR"]))],
        &[("/credentialSubject/territory", "territory")],
    );
}

#[test]
fn every_capacity_may_do_only_its_own() {
    let status = ["suspend", "reinstate", "withdraw", "annul", "amend"];
    let destination = ["refuseRecognition", "restoreRecognition"];
    for (at, capacity, allowed) in [
        (0, "issuer", &status[..]),
        (7, "grantor", &status[..]),
        (9, "authority", &status[..]),
        (8, "court", &status[..]),
        (10, "laboratory", &["disown"][..]),
        (11, "destinationAuthority", &destination[..]),
    ] {
        for action in status.iter().chain(&destination).chain(&["disown"]) {
            let mut value = sample(Kind::StatusEvent, at);
            assert_eq!(value["credentialSubject"]["capacity"], capacity);
            set(&mut value, "/credentialSubject/action", json!(action));
            set(&mut value, "/credentialSubject/effectiveUntil", json!(null));
            // Whatever else an action asks for is there.
            let reason = json!([{"lang": "en", "value": "Tested"}]);
            set(&mut value, "/credentialSubject/reason", reason);
            set(&mut value, "/credentialSubject/legalBasis", json!("Act"));
            let found = faults(&value);
            if allowed.contains(action) {
                assert_eq!(found, [], "{capacity} {action}");
            } else {
                let expected = ("/credentialSubject/action".to_owned(), "capacity");
                assert_eq!(found, [expected], "{capacity} {action}");
            }
        }
    }
}

#[test]
fn a_transfer() {
    one(
        Kind::StatusEvent,
        14,
        SUBJECT,
        &[
            ("/graceUntil", json!("2026-06-30"), "order"),
            ("/transferredTo/id", json!("x"), "did"),
            ("/scopeItems", json!(["type"]), "scopeItems"),
            ("/territory", json!(["FR"]), "territory"),
        ],
    );
    // To the body that it leaves.
    let value = sample(Kind::StatusEvent, 14);
    let own = &value["credentialSubject"]["subjects"][0];
    let itself = json!({"id": own["issuer"], "registeredBy": own["authority"]});
    broken(
        Kind::StatusEvent,
        14,
        &[("/credentialSubject/transferredTo", itself)],
        &[("/credentialSubject/transferredTo", "transferredTo")],
    );
    // Its last day may be its first one.
    let mut shortest = value.clone();
    set(
        &mut shortest,
        "/credentialSubject/graceUntil",
        json!("2026-07-01"),
    );
    assert_eq!(faults(&shortest), []);
    // Grantors and courts end a record; they hand it over to nobody.
    for (capacity, expected) in [("grantor", 1), ("court", 2), ("authority", 0)] {
        let mut value = value.clone();
        set(&mut value, "/credentialSubject/capacity", json!(capacity));
        assert_eq!(faults(&value).len(), expected, "{capacity}");
    }
}

#[test]
fn parts_of_a_transfer_belong_to_no_other_action() {
    let other = sample(Kind::StatusEvent, 14)["credentialSubject"]["subjects"][0].clone();
    let to = json!({"id": other["issuer"], "registeredBy": other["authority"]});
    broken(
        Kind::StatusEvent,
        1,
        &[
            ("/credentialSubject/transferredTo", to),
            ("/credentialSubject/graceUntil", json!("2026-12-31")),
        ],
        &[
            ("/credentialSubject/transferredTo", "transferredTo"),
            ("/credentialSubject/graceUntil", "graceUntil"),
        ],
    );
}

#[test]
fn an_action_of_a_later_format_is_read_and_never_written() {
    let mut value = sample(Kind::StatusEvent, 1);
    set(
        &mut value,
        "/credentialSubject/action",
        json!("placeInEscrow"),
    );
    let bytes = serde_json::to_vec(&value).unwrap();
    let record = crate::record::Record::read(&bytes).unwrap();
    let crate::record::Subject::StatusEvent(event) = &record.subject else {
        unreachable!("it is an event");
    };
    assert_eq!(event.action, crate::status::Action::Unread);
    assert!(event.action.takes_away());
    assert!(faults(&value).contains(&("/credentialSubject/action".to_owned(), "action")));
}

#[test]
fn statements_of_a_document() {
    let observed = "/credentialSubject/observed";
    one(
        Kind::StatusEvent,
        16,
        observed,
        &[
            ("/document/digestMultibase", json!("x"), "digest"),
            ("/document/signerCertificate", json!("x"), "digest"),
        ],
    );
    // Seen on the last day for which the document promises anything, and a day later.
    let day = |day: &str| json!(day);
    let seen = format!("{observed}/fetchedOn");
    broken(Kind::StatusEvent, 16, &[(&seen, day("2027-04-26"))], &[]);
    broken(
        Kind::StatusEvent,
        16,
        &[(&seen, day("2027-04-27"))],
        &[(&seen, "fetchedOn")],
    );
    let statements = format!("{observed}/statements");
    // In another order the one that counts at a second is another one.
    let value = sample(Kind::StatusEvent, 16);
    let mut turned = value.pointer(&statements).unwrap().clone();
    turned.as_array_mut().unwrap().reverse();
    broken(
        Kind::StatusEvent,
        16,
        &[(&statements, turned)],
        &[(&statements, "order")],
    );
    // The same second twice is in order; the same statement twice is not.
    let first = value.pointer(&format!("{statements}/0")).unwrap().clone();
    let mut other = first.clone();
    other["state"] = json!("unknown");
    broken(
        Kind::StatusEvent,
        16,
        &[(&statements, json!([first, other]))],
        &[],
    );
    broken(
        Kind::StatusEvent,
        16,
        &[(&statements, json!([first, first]))],
        &[(&format!("{statements}/1"), "duplicate")],
    );
    broken(
        Kind::StatusEvent,
        16,
        &[(&format!("{observed}/document"), json!(null))],
        &[(&statements, "statements")],
    );
    broken(
        Kind::StatusEvent,
        16,
        &[("/credentialSubject/action", json!("withdraw"))],
        &[(&statements, "statements")],
    );
    let mut subject = value["credentialSubject"]["subjects"][0].clone();
    let another = subject.clone();
    subject["id"] = json!("urn:uuid:01936c00-0000-7000-8000-0000000000ff");
    broken(
        Kind::StatusEvent,
        16,
        &[("/credentialSubject/subjects", json!([another, subject]))],
        &[(&statements, "statements")],
    );
}

#[test]
fn the_statement_at_a_second() {
    let value = sample(Kind::StatusEvent, 16);
    let bytes = serde_json::to_vec(&value).unwrap();
    let record = crate::record::Record::read(&bytes).unwrap();
    let crate::record::Subject::StatusEvent(event) = &record.subject else {
        unreachable!("it is an event");
    };
    let observed = event.observed.as_ref().unwrap();
    for (at, expected) in [
        ("2009-09-14T21:59:59Z", None),
        ("2009-09-14T22:00:00Z", Some(2)),
        ("2016-06-30T21:59:59Z", Some(2)),
        ("2016-06-30T22:00:00Z", Some(1)),
        ("2016-06-30T22:00:01Z", Some(1)),
        ("2026-06-30T22:00:00Z", Some(0)),
        ("9999-12-31T23:59:59Z", Some(0)),
    ] {
        assert_eq!(observed.stated_at(at.parse().unwrap()), expected, "{at}");
    }
}
