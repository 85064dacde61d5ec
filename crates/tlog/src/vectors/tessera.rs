//! The log that transparency-dev/tessera publishes as test data.

use std::fs;

use super::folder;
use crate::bundle::{self, BundleId};
use crate::checkpoint::{VerifiedCheckpoint, open};
use crate::note::{SignedNote, Vkey};
use crate::tile::{Tile, TileId, TileReader, TileWriter};
use crate::tree::{
    leaf_hash, prove_consistency, prove_inclusion, verify_consistency, verify_inclusion,
};
use crate::{Error, Hash};

const VKEY: &str = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

const WORDS: [&str; 15] = [
    "one", "two", "three", "four", "five", "six", "seven", "eit", "nain", "ten", "ileven", "twelf",
    "threeten", "fourten", "fivten",
];

#[test]
fn a_log_by_go_software_verifies_whole() {
    let Some(folder) = folder("vectors/tessera-testlog/testdata/log") else {
        return;
    };
    let read = |path: &str| fs::read(folder.join(path)).unwrap();
    let vkey = Vkey::parse(VKEY).unwrap();
    assert_eq!(vkey.to_string(), VKEY);

    let mut writer = TileWriter::new();
    let mut heads: Vec<VerifiedCheckpoint> = Vec::new();
    let mut leaves: Vec<Hash> = Vec::new();
    for size in 0..=15_u16 {
        let bytes = read(&format!("checkpoint.{size}"));
        let note = SignedNote::parse(&bytes).unwrap();
        assert_eq!(note.to_string().into_bytes(), bytes);
        let head = open(&note, &vkey).unwrap();
        assert_eq!(head.size(), u64::from(size));
        if size > 0 {
            let id = BundleId {
                index: 0,
                width: size,
            };
            let bytes = read(&id.path());
            let entries = bundle::parse(&bytes).unwrap();
            assert_eq!(entries.len(), usize::from(size));
            assert_eq!(bundle::encode(&entries).unwrap(), bytes);
            let entry = *entries.last().unwrap();
            assert_eq!(entry, WORDS[usize::from(size) - 1].as_bytes());
            leaves.push(leaf_hash(entry));
            let tiles = writer.append(&leaves[leaves.len() - 1..]).unwrap();
            let paths: Vec<_> = tiles.iter().map(|tile| tile.id.path()).collect();
            assert_eq!(paths, [format!("tile/0/000.p/{size}")]);
            assert_eq!(tiles[0].to_bytes(), read(&paths[0]));
        }
        assert_eq!(writer.root(), *head.root());
        heads.push(head);
    }
    proofs_hold(&heads, &leaves, |id: TileId| Ok(read(&id.path())));
}

/// Every inclusion and every consistency proof, built from the log's tiles.
fn proofs_hold(
    heads: &[VerifiedCheckpoint],
    leaves: &[Hash],
    mut fetch: impl FnMut(TileId) -> Result<Vec<u8>, Error>,
) {
    for head in &heads[1..] {
        let mut reader = TileReader::new(head.size(), &mut fetch);
        for (index, leaf) in (0..head.size()).zip(leaves) {
            let proof = prove_inclusion(index, head.size(), |level, at| reader.hash(level, at));
            let hashes = proof.unwrap().hashes;
            verify_inclusion(leaf, index, head.size(), &hashes, head.root()).unwrap();
        }
        for old in &heads[1..] {
            let (old_size, size) = (old.size(), head.size());
            let proof = prove_consistency(old_size, size, |level, at| reader.hash(level, at));
            assert_eq!(proof.is_ok(), old_size <= size);
            let proof = proof.unwrap_or_default();
            let verified = verify_consistency(old_size, old.root(), size, head.root(), &proof);
            assert_eq!(verified.is_ok(), old_size <= size, "{old_size} {size}");
        }
    }
}

#[test]
fn a_changed_bit_in_a_tile_is_noticed() {
    let Some(folder) = folder("vectors/tessera-testlog/testdata/log") else {
        return;
    };
    let id = TileId {
        level: 0,
        index: 0,
        width: 15,
    };
    let mut bytes = fs::read(folder.join(id.path())).unwrap();
    let note = SignedNote::parse(&fs::read(folder.join("checkpoint")).unwrap()).unwrap();
    let head = open(&note, &Vkey::parse(VKEY).unwrap()).unwrap();
    let load = |bytes: &[u8]| TileWriter::load(15, |_| Ok::<_, Error>(bytes.to_vec())).unwrap();
    assert_eq!(load(&bytes).root(), *head.root());
    bytes[200] ^= 1;
    assert_ne!(load(&bytes).root(), *head.root());
    assert!(Tile::parse(id, &bytes[1..]).is_err());
}
