//! Proofs that are malformed, of another form, or not about this document.

use super::super::proof::is_instant;
use super::super::{Invalid, MAX_PROOFS};
use super::{CREATED, RECORD, code_after, key, published, signed, verified};
use crate::canonical::Limits;
use crate::data_integrity::sign;
use crate::did::MAX_DID_BYTES;

const DID: &str = "did:web:a.example";

/// The proof of a signed record, as text.
fn proof_text(bytes: &[u8]) -> String {
    let document = crate::canonical::check(bytes, &Limits::default()).unwrap();
    String::from_utf8(document.proof().unwrap().to_vec()).unwrap()
}

/// The record with this text as its proof.
fn with_proof(proof: &str) -> Vec<u8> {
    RECORD
        .replace(",\"zulu\"", &format!(",\"proof\":{proof},\"zulu\""))
        .into_bytes()
}

#[test]
fn changes_of_what_is_signed_are_found() {
    let other_key = format!("{DID}#{}", key(2).verifying_key().to_multikey());
    assert_codes(&[
        ("urn:uuid:1", "urn:uuid:2", "signatureWrong"),
        ("2026-11-20T08", "2026-11-20T09", "signatureWrong"),
        ("did:web:a.example#", "did:web:b.example#", "signatureWrong"),
        (&method(), &other_key, "signatureWrong"),
        ("v2\"],\"created", "v2\",\"x\"],\"created", "contextDiffers"),
        ("v2\"],\"id", "v2\",\"x\"],\"id", "contextDiffers"),
        ("assertionMethod", "authentication", "purposeWrong"),
        (
            "2026-11-20T08:00:00Z",
            "2026-11-20T08:00:00.5Z",
            "createdMalformed",
        ),
        ("\"2026-11-20T08:00:00Z\"", "1", "createdMalformed"),
    ]);
}

#[test]
fn missing_and_foreign_members_are_found() {
    let without_method = format!(",\"verificationMethod\":\"{}\"", method());
    let without_value = format!("\"proofValue\":\"{}\",", value());
    assert_codes(&[
        (&without_method, "", "memberMalformed"),
        (&without_value, "", "memberMalformed"),
        (
            "DataIntegrityProof",
            "Ed25519Signature2020",
            "memberMalformed",
        ),
        (
            "\"proofPurpose\":\"assertionMethod\",",
            "",
            "memberMalformed",
        ),
        ("\"cryptosuite\":\"eddsa-jcs-2022\",", "", "memberMalformed"),
        (
            "\"cryptosuite\":\"eddsa-jcs-2022\"",
            "\"cryptosuite\":1",
            "memberMalformed",
        ),
        ("eddsa-jcs-2022", "eddsa-rdfc-2022", "noCountedProof"),
        ("\"created\":", "\"nonce\":", "memberUnknown"),
        (
            "\"created\":",
            "\"domain\":\"x\",\"created\":",
            "memberUnknown",
        ),
        (
            "\"created\":",
            "\"previousProof\":\"x\",\"created\":",
            "memberUnknown",
        ),
    ]);
}

#[test]
fn malformed_methods_and_values_are_found() {
    let (method, value) = (method(), value());
    let longer = format!("{value}1");
    let long_did = format!("{}#", "d".repeat(MAX_DID_BYTES + 1));
    assert_codes(&[
        (&method, DID, "methodMalformed"),
        (&method, "#", "methodMalformed"),
        ("did:web:a.example#", &long_did, "methodMalformed"),
        ("#z6Mk", "#z6Ml", "keyNotAdmissible"),
        ("#z6Mk", "#u6Mk", "keyNotAdmissible"),
        (
            "\"proofValue\":\"z",
            "\"proofValue\":\"u",
            "proofValueMalformed",
        ),
        (
            "\"proofValue\":\"z",
            "\"proofValue\":\"",
            "proofValueMalformed",
        ),
        (
            "\"proofValue\":\"z",
            "\"proofValue\":\"z0",
            "proofValueMalformed",
        ),
        (&value, &longer, "proofValueMalformed"),
        (&value, &value[..value.len() - 3], "proofValueMalformed"),
        (&value, "z", "proofValueMalformed"),
        (&value, "", "proofValueMalformed"),
    ]);
}

/// The verification method and proof value of the record signed by key 1.
fn method() -> String {
    format!("{DID}#{}", key(1).verifying_key().to_multikey())
}

fn value() -> String {
    let text = proof_text(&signed(RECORD.as_bytes(), DID, 1));
    let (_, value) = text.split_once("\"proofValue\":\"").unwrap();
    value.split_once('"').unwrap().0.to_owned()
}

fn assert_codes(cases: &[(&str, &str, &str)]) {
    let bytes = signed(RECORD.as_bytes(), DID, 1);
    for (from, to, code) in cases {
        assert_eq!(code_after(&bytes, from, to), *code, "{from} -> {to}");
    }
}

#[test]
fn documents_without_a_proof_that_counts() {
    for (proof, code) in [
        ("[]", "noProof"),
        ("1", "proofNotAnObject"),
        ("null", "proofNotAnObject"),
        ("[[]]", "proofNotAnObject"),
        ("{}", "memberMalformed"),
        (r#"{"type":"Ed25519Signature2020"}"#, "noCountedProof"),
        (
            r#"{"cryptosuite":"bbs-2023","type":"DataIntegrityProof"}"#,
            "noCountedProof",
        ),
    ] {
        let invalid = verified(&with_proof(proof)).unwrap_err();
        assert_eq!(invalid.code(), code, "{proof}");
        assert!(!invalid.to_string().is_empty());
    }
    assert_eq!(verified(RECORD.as_bytes()), Err(Invalid::NoProof));
    assert_eq!(published(RECORD.as_bytes()), Err(Invalid::NoProof));
}

#[test]
fn proofs_of_other_suites_are_ignored_and_not_published() {
    let ours = proof_text(&signed(RECORD.as_bytes(), DID, 1));
    let other = r#"{"cryptosuite":"bbs-2023","nonce":"x","type":"DataIntegrityProof"}"#;
    let both = with_proof(&format!("[{other},{ours}]"));
    assert_eq!(verified(&both).unwrap().signers.len(), 1);
    assert_eq!(published(&both), Err(Invalid::SuiteUnknown { proof: 0 }));
}

/// Every proof of our suite must hold, also one that nobody asked for.
#[test]
fn one_bad_proof_spoils_the_set() {
    let good = proof_text(&signed(RECORD.as_bytes(), DID, 1));
    let bad = good.replace("2026-11-20T08", "2026-11-20T09");
    let both = with_proof(&format!("[{good},{bad}]"));
    assert_eq!(verified(&both), Err(Invalid::SignatureWrong { proof: 1 }));
}

#[test]
fn proofs_in_other_forms_verify_but_are_not_published() {
    let first = proof_text(&signed(RECORD.as_bytes(), DID, 1));
    let alone = with_proof(&format!("[{first}]"));
    assert_eq!(verified(&alone).unwrap().signers.len(), 1);
    assert_eq!(published(&alone), Err(Invalid::ProofAloneInArray));

    let second = proof_text(&signed(RECORD.as_bytes(), "did:web:b.example", 2));
    let unsorted = with_proof(&format!("[{second},{first}]"));
    assert_eq!(verified(&unsorted).unwrap().signers.len(), 2);
    assert_eq!(
        published(&unsorted),
        Err(Invalid::ProofsOutOfOrder { proof: 1 })
    );

    // One verification method twice, with two valid times: counted once.
    let undated = sign(RECORD.as_bytes(), DID, &key(1), None, &Limits::default()).unwrap();
    let twice = with_proof(&format!("[{first},{}]", proof_text(&undated)));
    assert_eq!(verified(&twice).unwrap().signers.len(), 1);
    assert_eq!(
        published(&twice),
        Err(Invalid::ProofsOutOfOrder { proof: 1 })
    );
}

#[test]
fn the_number_of_proofs_at_the_limit_and_one_beyond() {
    let mut bytes = RECORD.as_bytes().to_vec();
    for seed in 1..=15 {
        bytes = signed(&bytes, DID, seed);
    }
    assert_eq!(verified(&bytes).unwrap().signers.len(), MAX_PROOFS);
    assert_eq!(published(&bytes), Ok(()));
    let beyond = sign(&bytes, DID, &key(16), CREATED, &Limits::default());
    assert_eq!(beyond, Err(Invalid::TooManyProofs.into()));
    let ignored = vec![r#"{"cryptosuite":"x"}"#; MAX_PROOFS + 1].join(",");
    assert_eq!(
        verified(&with_proof(&format!("[{ignored}]"))),
        Err(Invalid::TooManyProofs)
    );
}

#[test]
fn instants_are_whole_seconds_of_real_days() {
    for instant in [
        "2026-11-20T08:00:00Z",
        "2024-02-29T23:59:59Z",
        "2000-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z",
    ] {
        assert!(is_instant(instant), "{instant}");
    }
    for text in [
        "",
        "2026-11-20",
        "2026-11-20T08:00:00",
        "2026-11-20T08:00:00z",
        "2026-11-20t08:00:00Z",
        "2026-11-20 08:00:00Z",
        "2026-11-20T08:00:00+00:00",
        "2026-11-20T08:00:00.0Z",
        "2026-11-20T24:00:00Z",
        "2026-11-20T08:60:00Z",
        "2026-11-20T08:00:60Z",
        "2026-00-20T08:00:00Z",
        "2026-13-20T08:00:00Z",
        "2026-11-00T08:00:00Z",
        "2026-11-31T08:00:00Z",
        "2025-02-29T08:00:00Z",
        "1900-02-29T08:00:00Z",
        "+026-11-20T08:00:00Z",
        "２026-11-20T08:00:0Z",
    ] {
        assert!(!is_instant(text), "{text}");
    }
}
