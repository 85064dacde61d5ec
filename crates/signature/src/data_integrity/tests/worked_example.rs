//! The worked example and the negative records of `shared/vectors`.

use std::path::Path;

use super::{covers, published, verified};
use crate::canonical::{CanonicalDocument, Limits, check, members, plain_string};
use crate::data_integrity::Verified;

/// A file of the worked example, or `None` with a word why.
fn read(name: &str) -> Option<Vec<u8>> {
    let folder = "../../../shared/vectors/comity-worked-example";
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(folder)
        .join(name);
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        eprintln!("skipped: no worked example beside the repository");
    }
    bytes
}

/// The value of a top-level member.
fn member<'a>(document: &CanonicalDocument<'a>, name: &str) -> &'a [u8] {
    members(document.bytes())
        .find(|member| member.name == name.as_bytes())
        .map(|member| member.value)
        .unwrap()
}

/// The DID of `issuer`, be it a string or an object with an `id`. What binds
/// signers to issuers is decided in other crates; these tests only show that
/// they can.
fn issuer<'a>(document: &CanonicalDocument<'a>) -> &'a str {
    let value = member(document, "issuer");
    let id = members(value).find(|member| member.name == b"id");
    plain_string(id.map_or(value, |member| member.value)).unwrap()
}

fn parties<'a>(document: &CanonicalDocument<'a>) -> Vec<&'a str> {
    let subject = member(document, "credentialSubject");
    let parties = members(subject).find(|member| member.name == b"parties");
    crate::canonical::items(parties.unwrap().value)
        .map(|party| plain_string(party).unwrap())
        .collect()
}

fn genuine(name: &str) -> Option<(Vec<u8>, Verified)> {
    let bytes = read(name)?;
    let answer = verified(&bytes).unwrap();
    assert_eq!(published(&bytes), Ok(()));
    Some((bytes, answer))
}

#[test]
fn certificate_and_arrangement_are_accepted() {
    let Some((bytes, answer)) = genuine("certificate.json") else {
        return;
    };
    let document = check(&bytes, &Limits::default()).unwrap();
    assert_eq!(covers(&answer, &[issuer(&document)]), Ok(()));
    assert_eq!(
        answer.signers[0].created.as_deref(),
        Some("2026-11-20T08:00:00Z")
    );

    let (bytes, answer) = genuine("arrangement.json").unwrap();
    let document = check(&bytes, &Limits::default()).unwrap();
    assert_eq!(parties(&document).len(), 2);
    assert_eq!(covers(&answer, &parties(&document)), Ok(()));
}

#[test]
fn negative_records_that_are_not_canonical() {
    for (name, code, pointer) in [
        ("01-not-canonical-bytes", "whitespace", ""),
        (
            "02-duplicate-key",
            "duplicateName",
            "/credentialSubject/result",
        ),
        (
            "11-integer-beyond-2-53",
            "integerTooLarge",
            "/credentialSubject/serial",
        ),
    ] {
        let Some(bytes) = read(&format!("negative/{name}.json")) else {
            return;
        };
        let refusal = check(&bytes, &Limits::default()).unwrap_err();
        assert_eq!(refusal.code.as_str(), code, "{name}");
        assert_eq!(refusal.pointer, pointer, "{name}");
    }
}

#[test]
fn negative_records_whose_proof_does_not_hold() {
    for (name, code) in [
        // Refused here because the two contexts differ; were the proof's own
        // extended too, the pinned list of the model would refuse it.
        ("03-context-appended", "contextDiffers"),
        ("04-proof-without-context", "contextDiffers"),
        ("05-signature-S-plus-L", "signatureWrong"),
        ("06-small-order-key", "keyNotAdmissible"),
        ("06b-small-order-key-other-text", "keyNotAdmissible"),
        ("09-purpose-changed", "purposeWrong"),
        ("10-hash-order-swapped", "signatureWrong"),
    ] {
        let Some(bytes) = read(&format!("negative/{name}.json")) else {
            return;
        };
        assert_eq!(verified(&bytes).unwrap_err().code(), code, "{name}");
    }
}

/// 07 and 08 are validly signed, by the wrong and by too few: the body says
/// who must have signed, and `covers` says who did not.
#[test]
fn negative_records_signed_by_others_than_they_need() {
    let Some(bytes) = read("negative/07-vm-not-of-issuer.json") else {
        return;
    };
    let document = check(&bytes, &Limits::default()).unwrap();
    let answer = verified(&bytes).unwrap();
    let missing = "did:web:node.example:cab:atl".to_owned();
    assert_eq!(covers(&answer, &[issuer(&document)]), Err(missing));

    let bytes = read("negative/08-arrangement-one-party-only.json").unwrap();
    let document = check(&bytes, &Limits::default()).unwrap();
    let answer = verified(&bytes).unwrap();
    let missing = "did:web:b.example:authority".to_owned();
    assert_eq!(covers(&answer, &parties(&document)), Err(missing));
    assert_eq!(published(&bytes).unwrap_err().code(), "proofAloneInArray");
}
