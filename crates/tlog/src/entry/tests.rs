//! Entries: strict in, exact out.

use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

use super::{Entry, MAX_ENTRY_BYTES, MAX_KIND_BYTES};
use crate::Error;
use crate::checkpoint::{Checkpoint, served};
use crate::note::{MAX_NOTE_BYTES, NoteSignature, NoteSigner, SignedNote};

const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn note() -> SignedNote {
    let log = NoteSigner::log("a.example/log/2026", &[1; 32]).unwrap();
    let root = [7; 32];
    let checkpoint = Checkpoint {
        origin: "a.example/log/2026".to_owned(),
        size: 3,
        root,
    };
    served(&checkpoint, log.sign(&checkpoint).unwrap(), []).unwrap()
}

#[test]
fn the_three_forms_are_these_bytes() {
    let digest = DIGEST;
    let text = format!("comity.entry/v1\nrecord Attestation {digest} 15\n");
    let entry = Entry::parse(text.as_bytes()).unwrap();
    assert_eq!(entry.encode(), text.as_bytes());
    assert!(matches!(entry, Entry::Record { length: 15, .. }));

    let text = format!("comity.entry/v1\nanchor\n{}", note());
    let entry = Entry::parse(text.as_bytes()).unwrap();
    assert_eq!(entry, Entry::anchor(&note()).unwrap());
    assert_eq!(entry.encode(), text.as_bytes());

    let successor = NoteSigner::log("a.example/log/2027", &[2; 32])
        .unwrap()
        .vkey()
        .clone();
    let text = format!("comity.entry/v1\nclosed {successor}\n");
    let entry = Entry::parse(text.as_bytes()).unwrap();
    assert_eq!(entry, Entry::closed(successor).unwrap());
    assert_eq!(entry.encode(), text.as_bytes());
}

#[test]
fn unknown_first_lines_are_told_from_malformed_ones() {
    for unknown in [
        "",
        "comity.entry/v1",
        "comity.entry/v1\n",
        "comity.entry/v2\nrecord A 00 1\n",
        "comity.entry/v1\nrecord\n",
        "comity.entry/v1\nRecord A 00 1\n",
        "comity.entry/v1\nanchor",
        "comity.entry/v1\nanchored\n",
        "comity.entry/v1\r\nanchor\n",
        "one",
    ] {
        assert_eq!(
            Entry::parse(unknown.as_bytes()),
            Err(Error::UnknownEntry),
            "{unknown:?}"
        );
    }
}

#[test]
fn malformed_lines_are_refused() {
    let digest = DIGEST;
    let upper = digest.to_uppercase();
    let short = digest.get(1..).unwrap();
    for line in [
        format!("record {digest} 15\n"),
        format!("record Attestation {digest} 15"),
        format!("record Attestation {digest} 15\n\n"),
        format!("record Attestation {digest} 15\nx"),
        format!("record Attestation {digest} 15 \n"),
        format!("record Attestation  {digest} 15\n"),
        format!("record Attestation {digest} 015\n"),
        format!("record Attestation {digest} +15\n"),
        format!("record Attestation {digest} -1\n"),
        format!("record Attestation {digest} \n"),
        format!("record Attestation {digest} 18446744073709551616\n"),
        format!("record Attestation {upper} 15\n"),
        format!("record Attestation {short} 15\n"),
        format!("record attestation {digest} 15\n"),
        format!("record Attestation1 {digest} 15\n"),
        format!("record Áttestation {digest} 15\n"),
        format!("record  {digest} 15\n"),
        "anchor\n".to_owned(),
        "anchor\nno note\n".to_owned(),
        format!("anchor\n{}x", note()),
        format!("anchor\nno checkpoint\n{}", note()),
        "closed \n".to_owned(),
        "closed a+b+c\n".to_owned(),
    ] {
        let parsed = Entry::parse(format!("comity.entry/v1\n{line}").as_bytes());
        assert!(
            matches!(parsed, Err(Error::Malformed { .. })),
            "{line:?}: {parsed:?}"
        );
    }
}

#[test]
fn the_kind_has_a_limit() {
    let longest = "K".repeat(MAX_KIND_BYTES);
    assert!(Entry::record(&longest, [0; 32], 1).is_ok());
    assert!(Entry::record(&format!("{longest}k"), [0; 32], 1).is_err());
    assert!(Entry::record("", [0; 32], 1).is_err());
}

#[test]
fn an_entry_has_at_most_65535_bytes() {
    let mut note = note();
    note.signatures.push(NoteSignature {
        name: "x".to_owned(),
        key_id: [0; 4],
        blob: vec![0; 1],
    });
    // Base64 grows by four for three bytes; the name fills up the rest.
    let missing = MAX_NOTE_BYTES - note.to_string().len();
    note.signatures[1].name = "x".repeat(1 + missing);
    let largest = Entry::anchor(&note).unwrap().encode();
    assert_eq!(largest.len(), MAX_ENTRY_BYTES);
    assert!(Entry::parse(&largest).is_ok());

    note.signatures[1].name.push('x');
    assert!(matches!(Entry::anchor(&note), Err(Error::TooLarge { .. })));
    let beyond = [largest, b"\n".to_vec()].concat();
    assert!(matches!(Entry::parse(&beyond), Err(Error::TooLarge { .. })));
}

#[test]
fn an_anchor_has_at_most_16_lines() {
    let mut note = note();
    let line = |position: usize| NoteSignature {
        name: format!("m{position}.example"),
        key_id: [0; 4],
        blob: vec![0; 72],
    };
    note.signatures.extend((1..16).map(line));
    assert!(Entry::anchor(&note).is_ok());
    note.signatures.push(line(16));
    assert!(matches!(Entry::anchor(&note), Err(Error::TooLarge { .. })));
}

#[test]
fn only_a_log_key_succeeds() {
    let mirror = NoteSigner::cosigner("a.example/mirror", &[3; 32])
        .unwrap()
        .vkey()
        .clone();
    assert!(matches!(
        Entry::closed(mirror),
        Err(Error::KeyRefused { .. })
    ));
}

proptest! {
    /// A kind made by hand can never smuggle another entry in.
    #[test]
    fn what_parses_is_what_was_meant(kind in ".{0,40}", digest: [u8; 32], length: u64) {
        let entry = Entry::Record { kind, digest, length };
        if let Ok(parsed) = Entry::parse(&entry.encode()) {
            prop_assert_eq!(parsed, entry);
        }
    }

    #[test]
    fn every_record_entry_reads_back(kind in "[A-Z][A-Za-z]{0,31}", digest: [u8; 32], length: u64) {
        let entry = Entry::record(&kind, digest, length).unwrap();
        prop_assert_eq!(Entry::parse(&entry.encode()), Ok(entry));
    }

    #[test]
    fn what_parses_encodes_to_the_same_bytes(
        position in 0_usize..100, byte in any::<u8>(), kind in "[A-Z][A-Za-z]{0,10}",
    ) {
        let mut bytes = Entry::record(&kind, [0xab; 32], 77).unwrap().encode();
        if let Some(place) = bytes.get_mut(position) {
            *place = byte;
        }
        if let Ok(entry) = Entry::parse(&bytes) {
            prop_assert!(entry.encode() == bytes);
        }
    }
}
