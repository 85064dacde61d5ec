//! Our own worked example. Its entry line has no kind yet, so entries do not
//! parse; hashes, notes, tiles and proofs hold.

use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{folder, hashes};
use crate::bundle;
use crate::checkpoint::{Cosignature, VerifiedCheckpoint, cosignatures, is_fork, open};
use crate::entry::Entry;
use crate::note::{KeyType, SignedNote, Vkey};
use crate::receipt::Receipt;
use crate::tile::{TileReader, TileWriter, tiles};
use crate::tree::{leaf_hash, prove_consistency, verify_consistency};
use crate::{Error, Hash};

fn example() -> Option<std::path::PathBuf> {
    folder("vectors/comity-worked-example")
}

fn vkeys(folder: &Path) -> Vec<Vkey> {
    let file = fs::read_to_string(folder.join("vkeys.txt")).unwrap();
    let vkeys: Vec<_> = file
        .lines()
        .map(|line| Vkey::parse(line).unwrap())
        .collect();
    assert_eq!(
        vkeys.iter().map(Vkey::to_string).collect::<Vec<_>>(),
        file.lines().collect::<Vec<_>>()
    );
    vkeys
}

fn note(folder: &Path, name: &str) -> SignedNote {
    let bytes = fs::read(folder.join(name)).unwrap();
    let note = SignedNote::parse(&bytes).unwrap();
    assert_eq!(note.to_string().into_bytes(), bytes);
    note
}

fn head(folder: &Path, name: &str) -> VerifiedCheckpoint {
    open(&note(folder, name), &vkeys(folder)[0]).unwrap()
}

fn leaves(folder: &Path) -> Vec<Hash> {
    let paths = ["log/tile/entries/000", "log/tile/entries/001.p/44"];
    let bundles = paths.map(|path| fs::read(folder.join(path)).unwrap());
    let entries = bundles
        .iter()
        .flat_map(|bytes| bundle::parse(bytes).unwrap());
    let entries: Vec<_> = entries.collect();
    assert_eq!(entries.len(), 300);
    assert!(entries.iter().all(|entry| Entry::parse(entry).is_err()));
    entries.into_iter().map(leaf_hash).collect()
}

#[test]
fn its_tiles_and_heads_are_ours() {
    let Some(folder) = example() else { return };
    let leaves = leaves(&folder);
    let mut writer = TileWriter::new();
    let mut begin = 0;
    let names = [
        "checkpoint.1",
        "checkpoint.7",
        "checkpoint.200",
        "checkpoint.256",
        "checkpoint",
    ];
    let mut last = Vec::new();
    for name in names {
        let head = head(&folder, &format!("log/{name}"));
        let end = usize::try_from(head.size()).unwrap();
        last.extend(writer.append(&leaves[begin..end]).unwrap());
        begin = end;
        assert_eq!(writer.root(), *head.root(), "{name}");
    }
    for id in tiles(300) {
        let tile = last.iter().rfind(|tile| tile.id == id).unwrap();
        assert_eq!(
            tile.to_bytes(),
            fs::read(folder.join("log").join(id.path())).unwrap()
        );
    }
}

#[test]
fn its_cosignatures_are_valid() {
    let Some(folder) = example() else { return };
    let vkeys = vkeys(&folder);
    let types: Vec<_> = vkeys.iter().map(Vkey::key_type).collect();
    assert_eq!(types, [KeyType::Log, KeyType::Cosigner, KeyType::Cosigner]);
    let expected = |vkey: &Vkey, time_unix| Cosignature {
        name: vkey.name().to_owned(),
        key_id: vkey.key_id(),
        time_unix,
    };
    // The times as they stand in the first eight bytes of the lines.
    let lines = [
        expected(&vkeys[1], 0x6b03_ad5c),
        expected(&vkeys[2], 0x6b03_ad98),
    ];
    assert_eq!(
        cosignatures(&note(&folder, "log/checkpoint"), &vkeys),
        lines
    );
}

#[test]
fn its_receipt_verifies() {
    let Some(folder) = example() else { return };
    let vkeys = vkeys(&folder);
    let bytes = fs::read(folder.join("certificate.tlog-proof")).unwrap();
    let receipt = Receipt::parse(&bytes).unwrap();
    assert_eq!(receipt.encode().into_bytes(), bytes);
    let body = fs::read(folder.join("certificate.json")).unwrap();
    let digest = hex::encode(Sha256::digest(&body));
    let entry = format!("comity.entry/v1\nrecord {digest} {}\n", body.len());
    let included = receipt
        .verify(entry.as_bytes(), &vkeys[0], &vkeys[1..])
        .unwrap();
    assert_eq!((included.index(), included.size()), (17, 300));
    assert_eq!(included.origin(), "node.example/log");
    assert_eq!(included.cosignatures().len(), 2);
    let changed = entry.replace("record ", "record  ");
    assert!(receipt.verify(changed.as_bytes(), &vkeys[0], &[]).is_err());
}

#[test]
fn its_consistency_proof_is_the_one_we_build() {
    let Some(folder) = example() else { return };
    let proof = hashes(&fs::read_to_string(folder.join("consistency-200-300.txt")).unwrap());
    let (old, new) = (
        head(&folder, "log/checkpoint.200"),
        head(&folder, "log/checkpoint"),
    );
    verify_consistency(200, old.root(), 300, new.root(), &proof).unwrap();
    let mut reader = TileReader::new(300, |id: crate::tile::TileId| {
        Ok::<_, Error>(fs::read(folder.join("log").join(id.path())).unwrap())
    });
    let built = prove_consistency(200, 300, |level, index| reader.hash(level, index)).unwrap();
    assert_eq!(built, proof);
}

#[test]
fn its_fork_is_proved() {
    let Some(folder) = example() else { return };
    let honest = head(&folder, "log/checkpoint");
    let forked = head(&folder, "fork/checkpoint.300");
    let longer = head(&folder, "fork/checkpoint.301");
    assert!(is_fork(&honest, &forked, None));
    let proof = hashes(&fs::read_to_string(folder.join("fork/consistency-300-301.txt")).unwrap());
    // The longer head goes back to the forked one, and not to the honest one.
    verify_consistency(300, forked.root(), 301, longer.root(), &proof).unwrap();
    assert!(verify_consistency(300, honest.root(), 301, longer.root(), &proof).is_err());
    assert!(is_fork(&honest, &longer, Some((forked.root(), &proof))));
    assert!(!is_fork(&forked, &longer, Some((forked.root(), &proof))));
}
