use proptest::prelude::{any, prop, proptest};
use serde_json::{Value, json};

use super::{Kind, ReadError, Record, kind_of};
use crate::fault::Fault;
use crate::samples::samples;

mod broken;
mod limits;

fn sample(kind: Kind, at: usize) -> Value {
    samples(kind)[at].to_value()
}

fn check(value: &Value) -> Result<Record, Vec<Fault>> {
    Record::check(&serde_json::to_vec(value).unwrap())
}

/// Pointer and code of every fault, in order.
fn faults(value: &Value) -> Vec<(String, &'static str)> {
    check(value).map_or_else(
        |faults| {
            faults
                .into_iter()
                .map(|fault| (fault.pointer, fault.code))
                .collect()
        },
        |_| Vec::new(),
    )
}

/// Sets the member at `pointer`, or removes it with `null`.
fn set(value: &mut Value, pointer: &str, to: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Object(members) if to.is_null() => {
            members.remove(name);
        }
        Value::Object(members) => {
            members.insert(name.to_owned(), to);
        }
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = to,
        _ => panic!("{parent} has no members"),
    }
}

#[test]
fn kinds_are_told_by_the_type_array_alone_in_its_order() {
    for kind in Kind::ALL {
        let value = sample(kind, 0);
        assert_eq!(kind_of(value.to_string().as_bytes()), Ok(kind));
        assert_eq!(kind.name().parse(), Ok(kind));
        let mut turned = value.clone();
        turned["type"].as_array_mut().unwrap().reverse();
        assert!(matches!(
            Record::read(turned.to_string().as_bytes()),
            Err(ReadError::UnknownKind(_))
        ));
        assert_eq!(faults(&turned), [("/type".to_owned(), "unknownKind")]);
    }
}

#[test]
fn a_context_that_is_not_the_pinned_one_is_refused() {
    for context in [
        json!([]),
        json!([super::CONTEXT_W3C, "https://evil.example"]),
    ] {
        let mut value = sample(Kind::Attestation, 0);
        value["@context"] = context;
        assert_eq!(faults(&value), [("/@context".to_owned(), "context")]);
        assert!(Record::read(value.to_string().as_bytes()).is_err());
    }
}

#[test]
fn reading_tolerates_members_that_a_publisher_may_not_write() {
    for kind in Kind::ALL {
        let mut value = sample(kind, 0);
        value["fromTheFuture"] = json!({"a": 1});
        value["credentialSubject"]["alsoNew"] = json!([true]);
        let read = Record::read(value.to_string().as_bytes()).unwrap();
        assert_eq!(read, samples(kind)[0]);
        let mut found = faults(&value);
        found.sort();
        assert_eq!(
            found,
            [
                ("/credentialSubject/alsoNew".to_owned(), "unknownMember"),
                ("/fromTheFuture".to_owned(), "unknownMember"),
            ]
        );
    }
}

#[test]
fn unknown_members_are_named_wherever_they_hide() {
    for (kind, at, pointer) in [
        (Kind::Attestation, 0, "/comity/x"),
        (Kind::Attestation, 0, "/issuer/x"),
        (
            Kind::Attestation,
            0,
            "/credentialSubject/comity/objects/0/x~1y",
        ),
        // A reference and a legal date have two forms each.
        (
            Kind::Attestation,
            0,
            "/credentialSubject/comity/grants/0/grant/x",
        ),
        (
            Kind::Attestation,
            7,
            "/credentialSubject/comity/legalDates/validUntil/x",
        ),
        (
            Kind::Arrangement,
            0,
            "/credentialSubject/chapters/2/afterEnd/x",
        ),
        (
            Kind::Participation,
            2,
            "/credentialSubject/participant/party/x",
        ),
    ] {
        let mut value = sample(kind, at);
        let unescaped = pointer.replace("~1", "/");
        let (parent, name) = if pointer.contains('~') {
            (pointer.rsplit_once('/').unwrap().0, "x/y")
        } else {
            unescaped.rsplit_once('/').unwrap()
        };
        value.pointer_mut(parent).unwrap()[name] = json!("?");
        assert_eq!(faults(&value), [(pointer.to_owned(), "unknownMember")]);
    }
}

#[test]
fn members_of_others_pass_but_hold_no_refused_text_and_no_disclosures() {
    let mut value = sample(Kind::Attestation, 0);
    value["extension"] = json!({"anything": [1, 2, {"deep": ""}]});
    value["relatedResource"] = json!([{"id": "https://file.example/a.pdf"}]);
    value["issuer"]["issuerAlsoKnownAs"] = json!([]);
    value["credentialSubject"]["authorisation"] = json!([{"name": "x"}]);
    value["credentialSubject"]["issuedToParty"]["idScheme"] = json!({"id": "urn:x"});
    value["proof"] = json!({"type": "DataIntegrityProof", "_sd": "\u{0}"});
    assert_eq!(faults(&value), []);

    value["extension"] = json!({"a": ["\u{0}"], "_sd": ["x"]});
    assert_eq!(
        faults(&value),
        [
            ("/extension/_sd".to_owned(), "selectiveDisclosure"),
            ("/extension/a/0".to_owned(), "refusedCharacter"),
        ]
    );
}

#[test]
fn salted_disclosures_of_ours_are_unknown_members() {
    let mut value = sample(Kind::Attestation, 0);
    value["credentialSubject"]["comity"]["results"] = json!({"_sd": ["x"]});
    let pointer = "/credentialSubject/comity/results".to_owned();
    assert_eq!(faults(&value), [(pointer, "unknownMember")]);
}

#[test]
fn all_faults_of_a_record_are_reported_at_once() {
    let mut value = sample(Kind::Attestation, 0);
    for (pointer, to) in [
        ("/id", json!("urn:uuid:X")),
        ("/unheardOf", json!(1)),
        ("/comity/authority", json!("did:web:UPPER.example")),
        ("/comity/publicationBasis", json!(null)),
        (
            "/credentialSubject/comity/objects/0/gtins/0",
            json!("9520123456789"),
        ),
        ("/credentialSubject/comity/factories/0/country", json!("cn")),
    ] {
        set(&mut value, pointer, to);
    }
    let mut found = faults(&value);
    found.sort();
    assert_eq!(
        found,
        [
            ("/comity/authority".to_owned(), "did"),
            ("/comity/publicationBasis".to_owned(), "publicationBasis"),
            (
                "/credentialSubject/comity/factories/0/country".to_owned(),
                "economy"
            ),
            (
                "/credentialSubject/comity/objects/0/gtins/0".to_owned(),
                "gtin"
            ),
            ("/id".to_owned(), "recordId"),
            ("/unheardOf".to_owned(), "unknownMember"),
        ]
    );
}

#[test]
fn a_member_of_the_wrong_form_is_named() {
    for (kind, pointer, to, place) in [
        (
            Kind::Attestation,
            "/credentialSubject/comity/legalDates/issuedOn",
            json!("2026-02-30"),
            "/credentialSubject/comity/legalDates/issuedOn",
        ),
        (
            Kind::CompetenceGrant,
            "/credentialSubject/activities/0",
            json!("tasting"),
            "/credentialSubject/activities/0",
        ),
        (
            Kind::Registration,
            "/validFrom",
            json!("2026-01-05"),
            "/validFrom",
        ),
        (Kind::StatusEvent, "/comity", json!(null), ""),
    ] {
        let mut value = sample(kind, 0);
        set(&mut value, pointer, to);
        assert_eq!(
            faults(&value),
            [(place.to_owned(), "malformed")],
            "{pointer}"
        );
    }
}

#[test]
fn bytes_that_are_no_document_are_refused_without_panic() {
    for bytes in [
        &b""[..],
        b"[]",
        b"null",
        b"{}",
        b"{\"type\":3}",
        b"\xff",
        b"{\"type\":[]",
    ] {
        assert!(Record::read(bytes).is_err());
        assert!(Record::check(bytes).is_err());
    }
    // A skipped member may still be no JSON value.
    let text = sample(Kind::KeyRevocation, 0).to_string();
    let huge = text.replacen('{', "{\"extension\":1e999,", 1);
    assert!(Record::check(huge.as_bytes()).is_err());
}

#[test]
fn a_fault_reads_as_a_sentence() {
    let fault = Fault::new("/id", "recordId", "expected a UUID");
    assert_eq!(fault.to_string(), "/id: expected a UUID (recordId)");
    let fault = Fault::new("", "tooLarge", "at most 5 bytes");
    assert_eq!(
        fault.to_string(),
        "the document: at most 5 bytes (tooLarge)"
    );
}

/// Every place of a document, as pointers.
fn places(value: &Value, pointer: &str, into: &mut Vec<String>) {
    into.push(pointer.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(member, &format!("{pointer}/{name}"), into);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{pointer}/{index}"), into);
            }
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn no_bytes_make_checking_panic(
        kind in prop::sample::select(Kind::ALL.to_vec()),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = sample(kind, 0).to_string().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = Record::read(&bytes);
        let _ = Record::check(&bytes);
    }

    #[test]
    fn a_changed_member_is_a_fault_that_points_into_the_document_or_another_good_record(
        kind in prop::sample::select(Kind::ALL.to_vec()),
        at in any::<prop::sample::Index>(),
        to in prop::sample::select(vec![
            json!(null), json!(0), json!(-1), json!(1e300), json!(""), json!("*"), json!("\u{1}"),
            json!([]), json!([[]]), json!({}), json!({"_sd": []}), json!(true), json!("2026-11-23"),
        ]),
    ) {
        let mut value = sample(kind, 0);
        let mut all = Vec::new();
        places(&value, "", &mut all);
        let pointer = all[at.index(all.len())].clone();
        *value.pointer_mut(&pointer).unwrap() = to;
        match check(&value) {
            Ok(record) => {
                let again = Record::read(record.to_value().to_string().as_bytes());
                assert_eq!(again, Ok(record));
            }
            Err(faults) => {
                assert!(!faults.is_empty());
                for fault in faults {
                    let parent = fault.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
                    assert!(value.pointer(parent).is_some(), "{fault}");
                }
            }
        }
    }
}
