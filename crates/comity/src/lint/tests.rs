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

/// Where a draft of that kind is warned of.
fn left_over(kind: Kind) -> Vec<String> {
    let today = "2026-01-01".parse().unwrap();
    let id = "urn:uuid:00000000-0000-7000-8000-000000000001";
    let record = draft(kind, "did:web:lab.se", id, today);
    let reading = reading(&record, &record.to_value());
    let left = reading.warnings.into_iter();
    left.map(|warning| warning.pointer).collect()
}

#[test]
fn each_field_that_is_left_is_named() {
    let found = left_over(Kind::Attestation);
    let details = "/credentialSubject/comity";
    for at in [
        "/comity/authority".to_owned(),
        "/issuer/name".to_owned(),
        format!("{details}/certificateNumber"),
        format!("{details}/grants/0/grant/id"),
        format!("{details}/grants/0/grant/digestMultibase"),
        format!("{details}/grants/0/grant/issuer"),
        format!("{details}/grants/0/scopeItems/0"),
        format!("{details}/factories/0/country"),
        format!("{details}/objects/0/productCodes/0/code"),
        format!("{details}/objects/0/modelNumbers/0"),
    ] {
        assert!(found.contains(&at), "{at} is not among {found:#?}");
    }
    let keys = left_over(Kind::MemberKeys);
    let key = "/credentialSubject/authorityKeys/0/key".to_owned();
    assert!(keys.contains(&key), "{keys:#?}");
    // What is of use as it stands is not.
    for at in ["/id", "/comity/language", "/validFrom"] {
        assert!(!found.contains(&at.to_owned()), "{at}");
    }
}

#[test]
fn placeholders_of_other_templates_are_warned_of() {
    for text in [
        "REPLACE-ME",
        "replace_me with the number",
        "https://example.org/scope",
        "did:web:lab.example.com",
        "office@example.net",
        "0000",
        "ZZ",
    ] {
        assert!(warned(text), "{text}");
    }
    for text in [
        "https://example.org.uk/scope",
        "https://my-example.org",
        "did:web:lab.example",
        "000",
        "0000-1",
        "NZ",
        "Edition 2",
        "EDITION 2",
        "credit-note",
    ] {
        assert!(!warned(text), "{text}");
    }
}

#[test]
fn records_of_this_world_have_no_placeholder() {
    for record in Kind::ALL.into_iter().flat_map(samples) {
        let reading = reading(&record, &record.to_value());
        let left = reading.warnings.iter();
        let left = left.filter(|warning| warning.words.contains("placeholder"));
        assert_eq!(left.count(), 0, "{}: {:?}", record.id, reading.warnings);
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
