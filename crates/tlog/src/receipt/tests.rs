//! Receipts: written, read and verified.

use super::{MAX_RECEIPT_BYTES, Receipt};
use crate::Error;
use crate::checkpoint::{Checkpoint, served};
use crate::entry::Entry;
use crate::note::{MAX_NOTE_BYTES, NoteSigner};
use crate::tile::{TileReader, TileWriter};
use crate::tree::{MAX_PROOF_HASHES, leaf_hash, prove_inclusion};

const ORIGIN: &str = "a.example/log/2026";

fn log() -> NoteSigner {
    NoteSigner::log(ORIGIN, &[1; 32]).unwrap()
}

fn mirror() -> NoteSigner {
    NoteSigner::cosigner("b.example/mirror", &[2; 32]).unwrap()
}

fn entry(number: u8) -> Vec<u8> {
    Entry::record("Attestation", [number; 32], 2_000)
        .unwrap()
        .encode()
}

/// A receipt for one entry of a small log, through tiles as a node makes it.
fn receipt(index: u8, size: u8) -> Receipt {
    let leaves: Vec<_> = (0..size).map(|number| leaf_hash(&entry(number))).collect();
    let mut writer = TileWriter::new();
    let tiles = writer.append(&leaves).unwrap();
    let checkpoint = Checkpoint {
        origin: ORIGIN.to_owned(),
        size: writer.size(),
        root: writer.root(),
    };
    let mut reader = TileReader::new(writer.size(), |id| {
        Ok::<_, Error>(tiles.iter().find(|tile| tile.id == id).unwrap().to_bytes())
    });
    let index = u64::from(index);
    let proof = prove_inclusion(index, writer.size(), |level, at| reader.hash(level, at)).unwrap();
    let line = mirror().cosign(&checkpoint, 1_800_000_000).unwrap();
    let note = served(&checkpoint, log().sign(&checkpoint).unwrap(), [line]).unwrap();
    Receipt {
        index,
        hashes: proof.hashes,
        note,
    }
}

#[test]
fn a_receipt_reads_back_and_verifies() {
    for (index, size) in [(0, 1), (0, 2), (17, 30), (29, 30)] {
        let receipt = receipt(index, size);
        let text = receipt.encode();
        assert!(text.starts_with(&format!("c2sp.org/tlog-proof@v1\nindex {index}\n")));
        assert_eq!(Receipt::parse(text.as_bytes()).as_ref(), Ok(&receipt));
        let cosigners = [mirror().vkey().clone()];
        let included = receipt
            .verify(&entry(index), log().vkey(), &cosigners)
            .unwrap();
        assert_eq!(
            (included.index(), included.size()),
            (u64::from(index), u64::from(size))
        );
        assert_eq!(included.origin(), ORIGIN);
        assert_eq!(included.cosignatures()[0].time_unix, 1_800_000_000);
        assert!(
            receipt
                .note
                .text
                .contains(&crate::text::to_base64(included.root()))
        );
    }
}

#[test]
fn a_receipt_is_for_one_entry_place_and_log() {
    let good = receipt(17, 30);
    let verify = |receipt: &Receipt, number| receipt.verify(&entry(number), log().vkey(), &[]);
    assert!(verify(&good, 17).is_ok());
    assert!(matches!(verify(&good, 18), Err(Error::ProofRefused { .. })));
    let mut moved = good.clone();
    moved.index = 16;
    assert!(verify(&moved, 17).is_err());
    moved.index = 30;
    assert!(matches!(verify(&moved, 17), Err(Error::OutOfRange { .. })));
    let mut borrowed = good.clone();
    borrowed.note = receipt(17, 29).note;
    assert!(verify(&borrowed, 17).is_err());
    let stranger = NoteSigner::log(ORIGIN, &[9; 32]).unwrap();
    let refused = good.verify(&entry(17), stranger.vkey(), &[]);
    assert!(matches!(refused, Err(Error::NotSigned { .. })));
}

#[test]
fn other_files_are_refused() {
    let good = receipt(17, 30).encode();
    let hash = good.lines().nth(2).unwrap();
    let cases = [
        String::new(),
        good.replace("@v1", "@v2"),
        good.replace("index 17", "index 017"),
        good.replace("index 17", "index -1"),
        good.replace("index 17", "index"),
        good.replace("index 17", "Index 17"),
        good.replace("index 17", "extra AAAA\nindex 17"),
        good.replace("index 17", "index 18446744073709551616"),
        good.replace(hash, ""),
        good.replace(hash, "AAAA"),
        good.replace(hash, &format!("{hash} ")),
        good.replace(hash, hash.trim_end_matches('=')),
        good.replace('\n', "\r\n"),
        good.trim_end().to_owned(),
        format!("{good}\n"),
        good.split_once("\n\n").unwrap().0.to_owned(),
    ];
    for case in cases {
        let refused = Receipt::parse(case.as_bytes());
        assert!(
            matches!(refused, Err(Error::Malformed { .. })),
            "{case:?}: {refused:?}"
        );
    }
}

#[test]
fn limits_hold_at_the_limit_and_not_beyond() {
    let mut receipt = receipt(17, 30);
    receipt.index = u64::MAX;
    receipt.hashes = vec![[255; 32]; MAX_PROOF_HASHES];
    let missing = MAX_NOTE_BYTES - receipt.note.to_string().len();
    receipt.note.signatures[1].name = "x".repeat(missing + "b.example/mirror".len());
    let text = receipt.encode();
    assert!(text.len() <= MAX_RECEIPT_BYTES);
    assert_eq!(Receipt::parse(text.as_bytes()).as_ref(), Ok(&receipt));
    receipt.note.signatures.truncate(1);
    receipt.hashes.push([0; 32]);
    let beyond = Receipt::parse(receipt.encode().as_bytes());
    assert!(matches!(beyond, Err(Error::TooLarge { .. })), "{beyond:?}");
    let beyond = Receipt::parse(&vec![b'x'; MAX_RECEIPT_BYTES + 1]);
    assert!(matches!(beyond, Err(Error::TooLarge { .. })));
    let at_limit = Receipt::parse(&vec![b'x'; MAX_RECEIPT_BYTES]);
    assert!(matches!(at_limit, Err(Error::Malformed { .. })));
}
