#![expect(
    clippy::disallowed_methods,
    reason = "tests read and, when asked, rewrite the golden files"
)]

use std::path::PathBuf;

use serde_json::Value;

use super::{CONTEXT_FILE, context, schemas};
use crate::record::{CONTEXT_COMITY, Kind};
use crate::samples::{draft, samples};

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../schemas")
        .join(name)
}

/// Compares with the golden file; `UPDATE_EXPECT=1` rewrites it.
fn check_golden(name: &str, value: &Value) {
    let path = golden(name);
    if std::env::var("UPDATE_EXPECT").is_ok() {
        let text = serde_json::to_string_pretty(value).unwrap();
        std::fs::write(&path, text + "\n").unwrap();
    }
    let held: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(
        &held, value,
        "schemas/{name} differs from the types; rewrite it with UPDATE_EXPECT=1 and read the diff"
    );
}

#[test]
fn the_golden_files_are_what_the_types_say() {
    for (name, schema) in schemas() {
        check_golden(&name, &schema);
    }
    check_golden(CONTEXT_FILE, &context());
}

#[test]
fn every_sample_and_draft_fits_its_schema_by_an_independent_validator() {
    let today = "2026-11-23".parse().unwrap();
    for (kind, (name, schema)) in Kind::ALL.into_iter().zip(schemas()) {
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let draft = draft(
            kind,
            "did:web:body.example",
            "urn:uuid:01936c00-0000-7000-8000-000000000001",
            today,
        );
        for record in samples(kind).iter().chain([&draft]) {
            let value = record.to_value();
            let errors: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert_eq!(errors, Vec::<String>::new(), "{name}: {}", record.id);
        }
    }
}

#[test]
fn attestations_fit_the_schema_of_untp() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/untp-samples/v0.7.0-bundled-schemas-ConformityCredential.json");
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("skipped: the UNTP schema is not beside this repository");
        return;
    };
    let schema: Value = serde_json::from_slice(&bytes).unwrap();
    let validator = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let draft = draft(
        Kind::Attestation,
        "did:web:body.example",
        "urn:uuid:01936c00-0000-7000-8000-000000000001",
        "2026-11-23".parse().unwrap(),
    );
    for record in samples(Kind::Attestation).iter().chain([&draft]) {
        let value = record.to_value();
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", record.id);
    }
}

#[test]
fn schemas_are_closed_where_ours_and_open_where_others() {
    let (_, schema) = schemas().remove(0);
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let sample = samples(Kind::Attestation).remove(0).to_value();
    for (pointer, valid) in [
        ("", false),
        ("/comity", false),
        ("/credentialSubject", false),
        ("/credentialSubject/comity", false),
        ("/credentialSubject/comity/legalDates", false),
        ("/credentialSubject/issuedToParty", true),
        ("/credentialSubject/referenceScheme", true),
    ] {
        let mut changed = sample.clone();
        changed.pointer_mut(pointer).unwrap()["unheardOf"] = serde_json::json!("x");
        assert_eq!(validator.is_valid(&changed), valid, "{pointer}");
    }
    for (pointer, value) in [
        ("/type", serde_json::json!(["VerifiableCredential"])),
        ("/@context", serde_json::json!([CONTEXT_COMITY])),
    ] {
        let mut changed = sample.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&changed), "{pointer}");
    }
}

#[test]
fn the_context_defines_our_terms_and_leaves_protected_ones_alone() {
    let context = context();
    let terms = context["@context"].as_object().unwrap();
    for ours in ["comity", "certificateNumber", "legalDates", "ComityGrant"] {
        assert_eq!(terms.contains_key(ours), ours != "ComityGrant", "{ours}");
    }
    for protected in super::W3C_TERMS {
        assert!(!terms.contains_key(protected), "{protected}");
    }
    // Every member of every sample outside UNTP's and W3C's objects has a term.
    for kind in Kind::ALL {
        for record in samples(kind) {
            let value = record.to_value();
            assert_known(terms, &value["comity"]);
            if kind == Kind::Attestation {
                assert_known(terms, &value["credentialSubject"]["comity"]);
            } else {
                assert_known(terms, &value["credentialSubject"]);
            }
        }
    }
}

fn assert_known(terms: &serde_json::Map<String, Value>, value: &Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let known = terms.contains_key(name) || super::W3C_TERMS.contains(&name.as_str());
                assert!(known, "{name} has no term");
                assert_known(terms, member);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| assert_known(terms, item)),
        _ => {}
    }
}
