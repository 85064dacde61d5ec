//! Named limits, at the limit and one beyond.

use serde_json::{Value, json};

use super::{Kind, faults, sample};
use crate::arrangement::MAX_SIGNERS;
use crate::party::MAX_DID_BYTES;
use crate::record::MAX_BODY_BYTES;
use crate::registration::MAX_KEYS;
use crate::status::MAX_SUBJECTS;
use crate::text::{MAX_NAME_CHARS, MAX_TEXT_BYTES};

/// The sample passes with `most` at `pointer` and gives only `code` with `beyond`.
fn limit(kind: Kind, pointer: &str, most: Value, beyond: Value, code: &str) {
    let mut value = sample(kind, 0);
    *value.pointer_mut(pointer).unwrap() = most;
    assert_eq!(faults(&value), [], "{pointer}");
    *value.pointer_mut(pointer).unwrap() = beyond;
    let found = faults(&value);
    assert!(
        !found.is_empty() && found.iter().all(|(_, found)| *found == code),
        "{found:?}"
    );
}

fn repeated(count: usize, make: impl Fn(usize) -> Value) -> Value {
    (0..count).map(make).collect()
}

#[test]
fn names_and_texts() {
    let name = |chars: usize| json!("名".repeat(chars));
    limit(
        Kind::Attestation,
        "/name",
        name(MAX_NAME_CHARS),
        name(MAX_NAME_CHARS + 1),
        "tooLong",
    );
    let text = |bytes: usize| json!("x".repeat(bytes));
    limit(
        Kind::Attestation,
        "/credentialSubject/description",
        text(MAX_TEXT_BYTES),
        text(MAX_TEXT_BYTES + 1),
        "tooLong",
    );
}

#[test]
fn dids() {
    let did = |bytes: usize| {
        let start = "did:web:lab.example:";
        json!(format!("{start}{}", "a".repeat(bytes - start.len())))
    };
    limit(
        Kind::Attestation,
        "/issuer/id",
        did(MAX_DID_BYTES),
        did(MAX_DID_BYTES + 1),
        "did",
    );
}

#[test]
fn subjects_of_an_event() {
    let subject = sample(Kind::StatusEvent, 0)["credentialSubject"]["subjects"][0].clone();
    let subjects = |count| {
        repeated(count, |index| {
            let mut subject = subject.clone();
            subject["id"] = json!(format!("urn:uuid:01936c00-0000-7000-8000-{index:012x}"));
            subject
        })
    };
    limit(
        Kind::StatusEvent,
        "/credentialSubject/subjects",
        subjects(MAX_SUBJECTS),
        subjects(MAX_SUBJECTS + 1),
        "subjects",
    );
    limit(
        Kind::StatusEvent,
        "/credentialSubject/subjects",
        subjects(1),
        json!([]),
        "subjects",
    );
}

#[test]
fn signers_of_an_arrangement() {
    let signers = |count| {
        repeated(count, |index| {
            let did = if index == 0 {
                "did:web:secretariat.example".to_owned()
            } else {
                format!("did:web:authority-{index}.example")
            };
            json!({"id": did, "registeredBy": did})
        })
    };
    limit(
        Kind::Arrangement,
        "/credentialSubject/signers",
        signers(MAX_SIGNERS),
        signers(MAX_SIGNERS + 1),
        "signers",
    );
}

#[test]
fn keys_of_a_registration() {
    let alphabet = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let keys = |count| {
        repeated(count, |index| {
            let letter = char::from(alphabet[index]);
            json!({"key": format!("z6Mk{letter}{}", "a".repeat(43))})
        })
    };
    limit(
        Kind::Registration,
        "/credentialSubject/keys",
        keys(MAX_KEYS),
        keys(MAX_KEYS + 1),
        "keys",
    );
}

#[test]
fn bodies() {
    let mut value = sample(Kind::Attestation, 0);
    value["extension"] = json!("");
    let rest = MAX_BODY_BYTES - value.to_string().len();
    // Texts of others have the same limit as ours, so that the filling is a list.
    let filling = |bytes: usize| {
        let pieces = bytes / 60_000;
        let mut list: Vec<Value> = (0..pieces).map(|_| json!("x".repeat(60_000 - 3))).collect();
        list.push(json!("x".repeat(bytes - pieces * 60_000 - 2)));
        Value::Array(list)
    };
    // The empty text took two bytes, the brackets of the list take two as well.
    value["extension"] = filling(rest);
    assert_eq!(value.to_string().len(), MAX_BODY_BYTES);
    assert_eq!(faults(&value), []);
    value["extension"] = filling(rest + 1);
    assert_eq!(faults(&value), [(String::new(), "tooLarge")]);
    assert!(Kind::StatusEvent.max_body_bytes() > Kind::Attestation.max_body_bytes());
}
