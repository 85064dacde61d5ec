use comity_model::record::Kind;
use comity_model::samples::{draft, samples};

use super::*;

fn warned(text: &str) -> bool {
    !warnings_in("/credentialSubject/comity/scopeStatement/0/value", text).is_empty()
}

#[test]
fn what_looks_like_a_person_or_a_secret_is_warned_of() {
    for text in [
        "signed by Dr. Anna Berg",
        "ask anna.berg@lab.example",
        "call +46 8 123 456 78",
        "https://lab.example/report?id=1&token=abc",
        "-----BEGIN PRIVATE KEY-----",
        "EDIT title",
    ] {
        assert!(warned(text), "{text}");
    }
}

#[test]
fn ordinary_texts_pass() {
    for text in [
        "IEC 60335-1:2020+A1:2022",
        "info@lab.example",
        "Water meters, class 2 + sensors",
        "https://lab.example/report?id=1",
        "Dr pepper",
        "2022-05-01",
    ] {
        assert!(!warned(text), "{text}");
    }
    let telephone = "+46 8 123 456 78";
    assert!(warnings_in("/credentialSubject/contact/telephone", telephone).is_empty());
}

#[test]
fn every_text_of_a_record_is_listed() {
    for record in Kind::ALL.into_iter().flat_map(samples) {
        let value = record.to_value();
        let reading = reading(&record, &value);
        let listed = reading.texts.join("\n");
        assert!(listed.contains(&shortened(&record.name)), "{}", record.id);
        assert!(listed.contains(&record.comity.authority), "{}", record.id);
        assert!(!listed.contains("w3.org"), "{listed}");
    }
}

#[test]
fn placeholders_of_a_draft_are_warned_of() {
    let today = "2026-01-01".parse().unwrap();
    let id = "urn:uuid:00000000-0000-7000-8000-000000000001";
    for kind in Kind::ALL {
        let record = draft(kind, "did:web:lab.example", id, today);
        let reading = reading(&record, &record.to_value());
        assert!(!reading.warnings.is_empty(), "{kind}");
    }
}

#[test]
fn places_read_like_words() {
    assert_eq!(
        label("/credentialSubject/comity/objects/1/modelNumbers/0").as_deref(),
        Some("objects 2, model numbers")
    );
    assert_eq!(label("/proof/type"), None);
}
