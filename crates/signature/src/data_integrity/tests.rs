#![expect(clippy::disallowed_methods, reason = "tests read vectors")]
//! Signing, and everything that is not a signature.

mod foreign;
mod forms;
mod worked_example;

use super::{
    AdmittedKeys, Error, Invalid, MAX_ADMITTED_KEYS, Signer, Verified, covers, published_form,
    sign, sign_with, verify, verify_with,
};
use crate::canonical::{Limits, canonicalise, check};
use crate::digest::{document_digest, record_digest};
use crate::key::SigningKey;

const CREATED: Option<&str> = Some("2026-11-20T08:00:00Z");
const RECORD: &str = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:uuid:1","issuer":"did:web:a.example","zulu":"认证"}"#;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

fn signed(document: &[u8], did: &str, seed: u8) -> Vec<u8> {
    sign(document, did, &key(seed), CREATED, &Limits::default()).unwrap()
}

fn verified(bytes: &[u8]) -> Result<Verified, Invalid> {
    verify(&check(bytes, &Limits::default()).unwrap())
}

fn published(bytes: &[u8]) -> Result<(), Invalid> {
    published_form(&check(bytes, &Limits::default()).unwrap())
}

/// The code of why changed bytes are not signed, however they were changed.
fn code_after(bytes: &[u8], from: &str, to: &str) -> &'static str {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.contains(from), "{from} is not in {text}");
    let changed = canonicalise(text.replacen(from, to, 1).as_bytes(), &Limits::default()).unwrap();
    verified(&changed).unwrap_err().code()
}

#[test]
fn one_signature() {
    let bytes = signed(RECORD.as_bytes(), "did:web:a.example", 1);
    let document = check(&bytes, &Limits::default()).unwrap();
    assert_eq!(document.without_proof(), RECORD.as_bytes());
    let answer = verify(&document).unwrap();
    let signer = Signer {
        did: "did:web:a.example".to_owned(),
        key: key(1).verifying_key(),
        created: CREATED.map(str::to_owned),
    };
    assert_eq!(answer.signers, [signer]);
    assert_eq!(answer.record_digest, record_digest(&bytes));
    assert_eq!(answer.document_digest, document_digest(&document));
    assert_eq!(answer.document_digest, record_digest(RECORD.as_bytes()));
    assert_eq!(published(&bytes), Ok(()));
    assert_eq!(covers(&answer, &["did:web:a.example"]), Ok(()));
    assert_eq!(covers(&answer, &[]), Ok(()));
}

#[test]
fn a_key_that_is_held_elsewhere_signs_the_same() {
    let (did, limits) = ("did:web:a.example", Limits::default());
    let record = RECORD.as_bytes();
    let public = key(1).verifying_key();
    let same = sign_with(record, did, &public, CREATED, &limits, |message| {
        Ok::<_, Error>(key(1).sign(message))
    });
    assert_eq!(same, Ok(signed(record, did, 1)));
    let other = sign_with(record, did, &public, CREATED, &limits, |message| {
        Ok::<_, Error>(key(2).sign(message))
    });
    let wrong = Invalid::SignatureWrong { proof: 0 };
    assert_eq!(other, Err(Error::Proof(wrong)));
    let failed = sign_with(record, did, &public, CREATED, &limits, |_| {
        Err(Error::Did("the token is not there"))
    });
    assert_eq!(failed, Err(Error::Did("the token is not there")));
}

#[test]
fn wherever_the_proof_falls_in_the_order_of_names() {
    for document in [
        "{}",
        r#"{"a":1}"#,
        r#"{"z":1}"#,
        r#"{"a":1,"z":1}"#,
        r#"{"proo":1,"proofs":2}"#,
        r#"{"proo\n":1,"proog":2}"#,
        r#"{"@context":[],"é":1}"#,
    ] {
        let bytes = signed(document.as_bytes(), "did:web:a.example", 1);
        let found = check(&bytes, &Limits::default()).unwrap();
        assert_eq!(found.without_proof(), document.as_bytes());
        assert!(verify(&found).is_ok(), "{document}");
    }
}

#[test]
fn several_signatures_are_sorted_whoever_signed_first() {
    let ab = signed(
        &signed(RECORD.as_bytes(), "did:web:a.example", 1),
        "did:web:b.example",
        2,
    );
    let ba = signed(
        &signed(RECORD.as_bytes(), "did:web:b.example", 2),
        "did:web:a.example",
        1,
    );
    assert_eq!(ab, ba);
    assert_eq!(published(&ab), Ok(()));
    let answer = verified(&ab).unwrap();
    let dids: Vec<&str> = answer
        .signers
        .iter()
        .map(|signer| signer.did.as_str())
        .collect();
    assert_eq!(dids, ["did:web:a.example", "did:web:b.example"]);
    assert_eq!(covers(&answer, &dids), Ok(()));
    let missing = covers(&answer, &["did:web:b.example", "did:web:c.example"]);
    assert_eq!(missing, Err("did:web:c.example".to_owned()));

    // Another key of the same body is another verification method.
    let two_keys = signed(&ab, "did:web:a.example", 3);
    assert_eq!(verified(&two_keys).unwrap().signers.len(), 3);
    assert_eq!(published(&two_keys), Ok(()));
}

#[test]
fn signing_again_replaces() {
    let once = signed(RECORD.as_bytes(), "did:web:a.example", 1);
    let later = Some("2026-11-21T08:00:00Z");
    let again = sign(
        &once,
        "did:web:a.example",
        &key(1),
        later,
        &Limits::default(),
    )
    .unwrap();
    let answer = verified(&again).unwrap();
    assert_eq!(answer.signers.len(), 1);
    assert_eq!(answer.signers[0].created.as_deref(), later);

    let undated = sign(
        &once,
        "did:web:a.example",
        &key(1),
        None,
        &Limits::default(),
    )
    .unwrap();
    assert_eq!(verified(&undated).unwrap().signers[0].created, None);
    assert_eq!(published(&undated), Ok(()));
}

#[test]
fn what_cannot_be_signed() {
    let limits = Limits::default();
    let attempt = |document: &str, did: &str, created: Option<&str>| {
        sign(document.as_bytes(), did, &key(1), created, &limits).unwrap_err()
    };
    let did = "did:web:a.example";
    assert!(matches!(attempt("{ }", did, CREATED), Error::Refused(_)));
    assert!(matches!(
        attempt("{}", "did:key:z6Mk", CREATED),
        Error::Did(_)
    ));
    assert!(matches!(
        attempt("{}", "did:web:a.example\"", CREATED),
        Error::Did(_)
    ));
    assert_eq!(attempt("{}", did, Some("2026-11-20")), Error::Created);
    assert!(matches!(
        attempt(r#"{"proof":1}"#, did, CREATED),
        Error::Proof(Invalid::ProofNotAnObject { proof: 0 })
    ));
    // A draft that was changed after another had signed it.
    let once = signed(RECORD.as_bytes(), "did:web:b.example", 2);
    let changed = String::from_utf8(once)
        .unwrap()
        .replace("urn:uuid:1", "urn:uuid:2");
    assert_eq!(
        attempt(&changed, did, CREATED),
        Error::Proof(Invalid::SignatureWrong { proof: 1 })
    );
    let tight = Limits {
        bytes: RECORD.len(),
        ..limits
    };
    let refused = sign(RECORD.as_bytes(), did, &key(1), CREATED, &tight);
    assert!(matches!(refused, Err(Error::Refused(_))));
}

#[test]
fn keys_are_remembered_within_a_bound() {
    let bytes = signed(RECORD.as_bytes(), "did:web:a.example", 1);
    let document = check(&bytes, &Limits::default()).unwrap();
    let mut keys = AdmittedKeys::new();
    for _ in 0..2 {
        assert_eq!(verify_with(&document, &mut keys), verify(&document));
    }
    assert_eq!(keys.0.len(), 1);
    assert!(keys.admit("z6Mk").is_err());
    assert_eq!(keys.0.len(), 1);

    let admitted = key(1).verifying_key();
    keys.0 = (0..MAX_ADMITTED_KEYS - 1)
        .map(|number| (number.to_string(), admitted))
        .collect();
    assert!(keys.admit(&admitted.to_multikey()).is_ok());
    assert_eq!(keys.0.len(), MAX_ADMITTED_KEYS);
    let one_more = key(2).verifying_key();
    assert_eq!(keys.admit(&one_more.to_multikey()), Ok(one_more));
    assert_eq!(keys.0.len(), 1);
}
