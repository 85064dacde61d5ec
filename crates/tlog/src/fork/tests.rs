//! What proves a fork, what does not, and that a file says the same as what
//! it was written from.

use super::{Fork, ForkEvidence, MAX_EVIDENCE_BYTES};
use crate::checkpoint::{Checkpoint, served};
use crate::entry::Entry;
use crate::note::{NoteSigner, SignedNote, Vkey};
use crate::tree::tests::{leaves, naive_root, source};
use crate::tree::{MAX_PROOF_HASHES, leaf_hash};
use crate::{Error, Hash};

const ORIGIN: &str = "a.example/log/2026";

fn log() -> NoteSigner {
    NoteSigner::log(ORIGIN, &[1; 32]).unwrap()
}

fn vkey() -> Vkey {
    log().vkey().clone()
}

fn note(leaves: &[Hash]) -> SignedNote {
    let checkpoint = Checkpoint {
        origin: ORIGIN.to_owned(),
        size: leaves.len() as u64,
        root: naive_root(leaves),
    };
    served(&checkpoint, log().sign(&checkpoint).unwrap(), []).unwrap()
}

/// The leaves of another history, which parts from [`leaves`] at `at`.
fn other_leaves(count: u64, at: usize) -> Vec<Hash> {
    let mut leaves = leaves(count);
    leaves[at] = leaf_hash(b"another");
    leaves
}

/// Evidence of two notes of two sizes, whatever it is worth.
fn grown(one: &[Hash], other: &[Hash]) -> ForkEvidence {
    let sizes = (one.len() as u64, other.len() as u64);
    let notes = ((note(one), sizes.0), (note(other), sizes.1));
    ForkEvidence::grown(vkey(), notes.0, notes.1, source(other)).unwrap()
}

fn closing() -> Vec<u8> {
    let successor = NoteSigner::log("a.example/log/2027", &[2; 32]).unwrap();
    Entry::closed(successor.vkey().clone()).unwrap().encode()
}

/// A log of seven entries and a closing one, and what it says at `size`.
fn closed(entry: &[u8], size: u64) -> ForkEvidence {
    let mut ended = leaves(7);
    ended.push(leaf_hash(entry));
    let mut grown = ended.clone();
    grown.extend(leaves(size).into_iter().skip(8));
    let notes = ((note(&ended), 8), note(&grown));
    ForkEvidence::after_closing(
        vkey(),
        notes.0,
        notes.1,
        (7, entry.to_vec()),
        source(&ended),
    )
    .unwrap()
}

fn verdict(evidence: &ForkEvidence) -> Result<Fork, Error> {
    let file = evidence.encode();
    let read = ForkEvidence::parse(file.as_bytes()).unwrap();
    assert_eq!(read, *evidence);
    read.verify()
}

#[test]
fn what_proves_a_fork_does() {
    let same = ForkEvidence::same_size(vkey(), note(&leaves(9)), note(&other_leaves(9, 8)));
    assert_eq!(verdict(&same), Ok(Fork::SameSize { size: 9 }));
    for smaller in 1..20_u64 {
        let larger = smaller + 5;
        let last = usize::try_from(smaller).unwrap() - 1;
        let evidence = grown(&leaves(smaller), &other_leaves(larger, last));
        assert_eq!(verdict(&evidence), Ok(Fork::Grown { smaller, larger }));
    }
    let fork = Fork::AfterClosing { index: 7, size: 9 };
    assert_eq!(verdict(&closed(&closing(), 9)), Ok(fork));
}

#[test]
fn what_proves_nothing_does_not() {
    let refused = |evidence: &ForkEvidence| {
        let answer = verdict(evidence);
        assert!(
            matches!(answer, Err(Error::ProofRefused { .. })),
            "{answer:?}"
        );
    };
    // One history, of one size and grown.
    refused(&ForkEvidence::same_size(
        vkey(),
        note(&leaves(9)),
        note(&leaves(9)),
    ));
    refused(&grown(&leaves(9), &leaves(14)));
    // Two sizes without a proof, in either order.
    let (small, large) = (note(&leaves(9)), note(&other_leaves(14, 8)));
    refused(&ForkEvidence::same_size(
        vkey(),
        small.clone(),
        large.clone(),
    ));
    refused(&ForkEvidence::same_size(vkey(), large, small));
    // A proof to another history than the larger note's.
    let mut evidence = grown(&leaves(9), &other_leaves(14, 8));
    evidence.other = note(&leaves(14));
    refused(&evidence);
    // An older root without a proof of it.
    let mut evidence = grown(&leaves(9), &other_leaves(14, 8));
    evidence.older.as_mut().unwrap().root = [9; 32];
    refused(&evidence);
    // A log that stopped where it was closed, and an entry that closes nothing.
    refused(&closed(&closing(), 8));
    let record = Entry::record("Attestation", [0; 32], 5).unwrap().encode();
    refused(&closed(&record, 9));
    // The closing entry of another place.
    let mut evidence = closed(&closing(), 9);
    evidence.closed.as_mut().unwrap().index = 6;
    refused(&evidence);
}

#[test]
fn both_notes_must_be_signed_by_the_log() {
    let other = NoteSigner::log(ORIGIN, &[3; 32]).unwrap();
    let forged = ForkEvidence::same_size(
        other.vkey().clone(),
        note(&leaves(9)),
        note(&other_leaves(9, 8)),
    );
    assert!(matches!(verdict(&forged), Err(Error::NotSigned { .. })));
    let mut same = ForkEvidence::same_size(vkey(), note(&leaves(9)), note(&other_leaves(9, 8)));
    same.other.text = note(&leaves(9)).text;
    assert!(matches!(verdict(&same), Err(Error::BadSignature { .. })));
}

#[test]
fn files_are_strict() {
    let good = grown(&leaves(9), &other_leaves(14, 8)).encode();
    let first_hash = good.split("\"proof\": [\n").nth(1).unwrap();
    let first_hash = first_hash.lines().next().unwrap().trim().to_owned();
    let cases = [
        String::new(),
        "{}".to_owned(),
        good.replace("comity.fork/v1", "comity.fork/v2"),
        good.replace("\"origin\": \"a.", "\"origin\": \"b."),
        good.replace("\"one\"", "\"uno\""),
        good.replace("{\n  \"format\"", "{\n  \"more\": 1,\n  \"format\""),
        good.replace(&first_hash, "\"AAAA\","),
        good.replace("\"root\": \"", "\"root\": \"_"),
        format!("{good}{good}"),
    ];
    for case in cases {
        let refused = ForkEvidence::parse(case.as_bytes());
        assert!(
            matches!(refused, Err(Error::Malformed { .. })),
            "{case}: {refused:?}"
        );
    }
    let too_many = format!("{first_hash}\n").repeat(MAX_PROOF_HASHES) + &first_hash;
    let limits = [
        good.replace(&first_hash, &too_many),
        " ".repeat(MAX_EVIDENCE_BYTES + 1),
    ];
    for case in limits {
        let refused = ForkEvidence::parse(case.as_bytes());
        assert!(
            matches!(refused, Err(Error::TooLarge { .. })),
            "{refused:?}"
        );
    }
}

#[test]
fn the_largest_notes_fit_into_a_file() {
    let mut signed = note(&leaves(9));
    let line = signed.signatures[0].clone();
    while signed.to_string().len() < crate::note::MAX_NOTE_BYTES - 700 {
        let mut more = line.clone();
        more.name = "b".to_owned();
        more.blob = vec![7; 500];
        signed.signatures.push(more);
    }
    let mut evidence = grown(&leaves(9), &other_leaves(14, 8));
    evidence.older.as_mut().unwrap().proof = vec![[1; 32]; MAX_PROOF_HASHES];
    evidence.one = signed.clone();
    evidence.other = signed;
    let file = evidence.encode();
    assert!(ForkEvidence::parse(file.as_bytes()).is_ok());
}
