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
