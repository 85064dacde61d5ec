use super::{document_digest, from_hex, from_multibase, sha256, to_hex, to_multibase, words};
use crate::canonical::{Limits, check};

/// FIPS 180-4 example: SHA-256 of "abc".
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

#[test]
fn hex_goes_both_ways_and_is_lower_case_only() {
    assert_eq!(to_hex(&sha256(b"abc")), ABC);
    assert_eq!(from_hex(ABC), Some(sha256(b"abc")));
    assert_eq!(from_hex(&ABC.to_uppercase()), None);
    assert_eq!(from_hex(&ABC[1..]), None);
    assert_eq!(from_hex(&format!("{ABC}00")), None);
    assert_eq!(from_hex(&ABC.replace('b', "g")), None);
}

#[test]
fn multibase_goes_both_ways_and_has_one_spelling() {
    let spelled = to_multibase(sha256(b"abc"));
    assert_eq!(spelled, "uEiC6eBa_jwHP6kFBQN5driIjsANho5YXepy0EP9h8gAVrQ");
    assert_eq!(from_multibase(&spelled), Some(sha256(b"abc")));
    assert_eq!(from_multibase(&spelled[1..]), None);
    assert_eq!(from_multibase(&format!("{spelled}=")), None);
    assert_eq!(from_multibase(&spelled.replace("uEi", "uEy")), None);
    // The last letter carries two bits that must be zero.
    assert_eq!(from_multibase(&format!("{}R", &spelled[..46])), None);
    assert_eq!(from_multibase(""), None);
}

#[test]
fn document_digest_is_of_the_document_without_proof() {
    let limits = Limits::default();
    for (with, without) in [
        (r#"{"a":1,"proof":{"x":1},"z":2}"#, r#"{"a":1,"z":2}"#),
        (r#"{"proof":[{"x":1}],"z":2}"#, r#"{"z":2}"#),
        (r#"{"a":1,"proof":"},"}"#, r#"{"a":1}"#),
        (r#"{"proof":{}}"#, "{}"),
        (r#"{"a":{"proof":1}}"#, r#"{"a":{"proof":1}}"#),
    ] {
        let document = check(with.as_bytes(), &limits).unwrap();
        assert_eq!(document.without_proof(), without.as_bytes());
        assert_eq!(document_digest(&document), sha256(without.as_bytes()));
    }
}

/// 127.0.0.1 is the example of the proposal: "lusab-babad".
#[test]
fn words_are_proquints() {
    let mut digest = [0; 32];
    digest[..4].copy_from_slice(&[127, 0, 0, 1]);
    digest[30..].copy_from_slice(&[0xFF, 0xFF]);
    let spelled = words(&digest);
    assert!(spelled.starts_with("lusab babad babab"));
    assert!(spelled.ends_with("zuzuz"));
    assert_eq!(spelled.split(' ').count(), 16);
}
