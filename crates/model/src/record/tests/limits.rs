//! Named limits, at the limit and one beyond.

use serde_json::{Value, json};

use super::{Kind, faults, sample, set};
use crate::arrangement::MAX_SIGNERS;
use crate::commitment::MAX_COMMITTED_REPORTS;
use crate::coverage::{MAX_COVERED_ISSUERS, MAX_WITHIN_HOURS};
use crate::import_rule::MAX_REQUIREMENTS;
use crate::notice::MAX_NOTICE_SUBJECTS;
use crate::number::MAX_NUMBER_CHARS;
use crate::party::MAX_DID_BYTES;
use crate::record::MAX_BODY_BYTES;
use crate::registration::MAX_KEYS;
use crate::standard::{MAX_CLAUSE_CHARS, MAX_RELATED};
use crate::status::{MAX_STATEMENTS, MAX_SUBJECTS};
use crate::text::{MAX_NAME_CHARS, MAX_TEXT_BYTES};

/// The sample passes with `most` at `pointer` and gives only `code` with `beyond`.
fn limit(kind: Kind, pointer: &str, most: Value, beyond: Value, code: &str) {
    let mut value = sample(kind, 0);
    set(&mut value, pointer, most);
    assert_eq!(faults(&value), [], "{pointer}");
    set(&mut value, pointer, beyond);
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

#[test]
fn what_a_standard_relates_to() {
    let editions = |count| repeated(count, |index| json!(format!("EX {}:2020", index + 1)));
    let replaced = |count| {
        repeated(
            count,
            |index| json!({"standard": format!("EX {}:2020", index + 1)}),
        )
    };
    let adopted = |count| {
        repeated(
            count,
            |index| json!({"standard": format!("EX {}:2020", index + 1), "correspondence": "MOD"}),
        )
    };
    for (member, most, beyond) in [
        ("replaces", replaced(MAX_RELATED), replaced(MAX_RELATED + 1)),
        ("amends", editions(MAX_RELATED), editions(MAX_RELATED + 1)),
        ("adopts", adopted(MAX_RELATED), adopted(MAX_RELATED + 1)),
    ] {
        let pointer = format!("/credentialSubject/{member}");
        limit(Kind::Standard, &pointer, most, beyond, "count");
    }
    let clause = |chars: usize| {
        json!([{
            "standard": "EX 1:2020",
            "correspondence": "MOD",
            "deviations": [{
                "clause": "条".repeat(chars),
                "sort": "other",
                "text": [{"lang": "en", "value": "x"}],
            }],
        }])
    };
    limit(
        Kind::Standard,
        "/credentialSubject/adopts",
        clause(MAX_CLAUSE_CHARS),
        clause(MAX_CLAUSE_CHARS + 1),
        "clause",
    );
}

#[test]
fn requirements_of_an_import_rule() {
    let requirement = sample(Kind::ImportRule, 0)["credentialSubject"]["requirements"][1].clone();
    let requirements = |count| {
        repeated(count, |index| {
            let mut requirement = requirement.clone();
            requirement["id"] = json!(format!("mark-{index}"));
            requirement
        })
    };
    limit(
        Kind::ImportRule,
        "/credentialSubject/requirements",
        requirements(MAX_REQUIREMENTS),
        requirements(MAX_REQUIREMENTS + 1),
        "count",
    );
}

/// As many reports as one record may hold are within the limit of bodies, proof and all.
#[test]
fn reports_of_a_commitment() {
    let report = sample(Kind::Commitment, 0)["credentialSubject"]["reports"][0].clone();
    let reports = |count| {
        repeated(count, |index| {
            let mut report = report.clone();
            report["number"] = json!(format!("EX-2026-{index:06}"));
            report
        })
    };
    limit(
        Kind::Commitment,
        "/credentialSubject/reports",
        reports(MAX_COMMITTED_REPORTS),
        reports(MAX_COMMITTED_REPORTS + 1),
        "count",
    );
    let mut full = sample(Kind::Commitment, 0);
    full["credentialSubject"]["reports"] = reports(MAX_COMMITTED_REPORTS);
    assert!(full.to_string().len() + 1_000 < Kind::Commitment.max_body_bytes());
    let number = |chars: usize| json!("号".repeat(chars));
    limit(
        Kind::Commitment,
        "/credentialSubject/reports/0/number",
        number(MAX_NUMBER_CHARS),
        number(MAX_NUMBER_CHARS + 1),
        "number",
    );
}

#[test]
fn what_a_notice_is_about() {
    let about = |count| {
        repeated(
            count,
            |index| json!({"number": {"number": format!("EX {index}")}}),
        )
    };
    limit(
        Kind::Notice,
        "/credentialSubject/about",
        about(MAX_NOTICE_SUBJECTS),
        about(MAX_NOTICE_SUBJECTS + 1),
        "count",
    );
    let number = |chars: usize| json!("号".repeat(chars));
    limit(
        Kind::Notice,
        "/credentialSubject/about/0/number/number",
        number(MAX_NUMBER_CHARS),
        number(MAX_NUMBER_CHARS + 1),
        "number",
    );
}

#[test]
fn what_a_coverage_statement_promises() {
    let issuers = |count| {
        repeated(count, |index| {
            json!({
                "id": format!("did:web:lab-{index}.example"),
                "registeredBy": "did:web:authority-cn.example",
            })
        })
    };
    limit(
        Kind::CoverageStatement,
        "/credentialSubject/issuers",
        issuers(MAX_COVERED_ISSUERS),
        issuers(MAX_COVERED_ISSUERS + 1),
        "count",
    );
    limit(
        Kind::CoverageStatement,
        "/credentialSubject/withinHours",
        json!(MAX_WITHIN_HOURS),
        json!(MAX_WITHIN_HOURS + 1),
        "range",
    );
}

#[test]
fn statements_of_one_row() {
    let statements = |count: usize| {
        repeated(
            count,
            |place| json!({"since": "2016-06-30T22:00:00Z", "sourceStatus": format!("word {place}"), "state": "unknown"}),
        )
    };
    let pointer = "/credentialSubject/observed/statements";
    let mut value = sample(Kind::StatusEvent, 16);
    set(&mut value, pointer, statements(MAX_STATEMENTS));
    assert_eq!(faults(&value), []);
    set(&mut value, pointer, statements(MAX_STATEMENTS + 1));
    assert_eq!(faults(&value), [(pointer.to_owned(), "tooLong")]);
}
