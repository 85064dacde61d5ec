//! Tiles: paths, reading, and writing in any split into batches.

use std::collections::BTreeMap;

use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

use super::{Tile, TileId, TileReader, TileWriter, edge_tiles, tiles};
use crate::tree::tests::{leaves, naive_root};
use crate::tree::{
    MAX_TREE_SIZE, Tree, prove_consistency, prove_inclusion, verify_consistency, verify_inclusion,
};
use crate::{Error, Hash};

/// What a store keeps: the widest tile at each place.
type Shelf = BTreeMap<(u8, u64), Vec<u8>>;

fn fetch(shelf: &Shelf) -> impl FnMut(TileId) -> Result<Vec<u8>, Error> {
    |id| {
        let missing = || Error::Tile {
            path: id.path(),
            why: "it is not stored",
        };
        shelf
            .get(&(id.level, id.index))
            .cloned()
            .ok_or_else(missing)
    }
}

fn store(shelf: &mut Shelf, tiles: Vec<Tile>) {
    for tile in tiles {
        let bytes = tile.to_bytes();
        let earlier = shelf.insert((tile.id.level, tile.id.index), bytes.clone());
        // A partial tile is a beginning of every wider one.
        assert!(bytes.starts_with(&earlier.unwrap_or_default()));
    }
}

/// Every tile of a tree by the definition: each level from the one below.
fn naive_tiles(leaves: &[Hash]) -> Shelf {
    let mut shelf = Shelf::new();
    let mut row = leaves.to_vec();
    for level in 0.. {
        if row.is_empty() {
            break;
        }
        for (index, hashes) in (0..).zip(row.chunks(256)) {
            shelf.insert((level, index), hashes.concat());
        }
        row = row.chunks_exact(256).map(naive_root).collect();
    }
    shelf
}

proptest! {
    #[test]
    fn batches_of_any_size_give_the_same_tiles(
        batches in proptest::collection::vec(0..700_usize, 1..6), reload: bool,
    ) {
        let all = leaves(batches.iter().sum::<usize>() as u64);
        let mut shelf = Shelf::new();
        let mut writer = TileWriter::new();
        let mut rest = all.as_slice();
        for batch in batches {
            let (now, later) = rest.split_at(batch);
            rest = later;
            if reload {
                writer = TileWriter::load(writer.size(), fetch(&shelf)).unwrap();
            }
            store(&mut shelf, writer.append(now).unwrap());
        }
        prop_assert_eq!(writer.root(), naive_root(&all));
        prop_assert_eq!(writer.size(), all.len() as u64);
        prop_assert!(shelf == naive_tiles(&all));
        let ids: Vec<_> = tiles(writer.size()).collect();
        prop_assert_eq!(ids.len(), shelf.len());
        for id in ids {
            prop_assert_eq!(shelf[&(id.level, id.index)].len(), usize::from(id.width) * 32);
        }
    }

    #[test]
    fn paths_read_back(index in 0..1_u64 << 54, level in 0..1_u8, width in 1..=256_u16) {
        let id = TileId { level, index, width };
        prop_assert_eq!(TileId::parse(&id.path()), Ok(id));
    }

    #[test]
    fn what_parses_is_spelled_so(path in "tile/[0-9]{1,2}/(x[0-9]{3}/){0,3}[0-9]{3}(\\.p/[0-9]{1,3})?") {
        if let Ok(id) = TileId::parse(&path) {
            prop_assert_eq!(id.path(), path);
        }
    }
}

#[test]
fn three_levels_of_tiles() {
    let all = leaves(256 * 256 + 300);
    let mut shelf = Shelf::new();
    let mut writer = TileWriter::new();
    for batch in all.chunks(9_999) {
        store(&mut shelf, writer.append(batch).unwrap());
    }
    assert!(shelf == naive_tiles(&all));
    assert_eq!(shelf[&(2, 0)].len(), 32);
    assert_eq!(writer.root(), naive_root(&all));
    let size = writer.size();
    let edge: Vec<_> = edge_tiles(size).map(|id| id.path()).collect();
    assert_eq!(
        edge,
        ["tile/0/257.p/44", "tile/1/001.p/1", "tile/2/000.p/1"]
    );
    assert_eq!(TileWriter::load(size, fetch(&shelf)).unwrap(), writer);

    // Proofs from tiles, also for an older size than the one stored.
    for size in [1, 255, 256, 257, 65_536, 65_537, size] {
        let root = naive_root(all.get(..usize::try_from(size).unwrap()).unwrap());
        let mut reader = TileReader::new(size, fetch(&shelf));
        for index in [0, size / 3, size - 1] {
            let proof = prove_inclusion(index, size, |level, at| reader.hash(level, at)).unwrap();
            let leaf = all[usize::try_from(index).unwrap()];
            verify_inclusion(&leaf, index, size, &proof.hashes, &root).unwrap();
        }
        let old = size / 2 + 1;
        let old_root = naive_root(all.get(..usize::try_from(old).unwrap()).unwrap());
        let proof = prove_consistency(old, size, |level, at| reader.hash(level, at)).unwrap();
        verify_consistency(old, &old_root, size, &root, &proof).unwrap();
    }
}

#[test]
fn an_empty_batch_changes_nothing() {
    let mut writer = TileWriter::new();
    assert_eq!(writer.append(&[]).unwrap(), []);
    assert_eq!(writer, TileWriter::default());
    writer.append(&leaves(256)).unwrap();
    assert_eq!(writer.append(&[]).unwrap(), []);
}

#[test]
fn only_the_changed_tiles_are_given() {
    let mut writer = TileWriter::new();
    let paths = |tiles: Vec<Tile>| tiles.iter().map(|tile| tile.id.path()).collect::<Vec<_>>();
    assert_eq!(
        paths(writer.append(&leaves(3)).unwrap()),
        ["tile/0/000.p/3"]
    );
    assert_eq!(
        paths(writer.append(&leaves(253)).unwrap()),
        ["tile/0/000", "tile/1/000.p/1"]
    );
    assert_eq!(
        paths(writer.append(&leaves(1)).unwrap()),
        ["tile/0/001.p/1"]
    );
}

#[test]
fn paths_are_strict() {
    for path in [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/00/000",
        "tile/0/x000/000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001/x002",
        "tile/0/x001",
        "tile/0/X001/002",
        "tile/0/x01/002",
        "tile/0/x001/2",
        "tile/0/x0001/002",
        "tile/0/000/",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/257",
        "tile/0/000.p/01",
        "tile/0/000.p/+1",
        "tile/0/000.p/1/",
        "tile/0/000.p/1.p/1",
        "tile/0/000.P/1",
        "tile/8/000",
        "tile/63/000",
        "tile/-1/000",
        "tile/256/000",
        "tile/0/+00",
        "tile/0/٠٠٠",
        "tile/0/000 ",
        "tile/data/000",
        "tile/entries/000",
        "tile/0/x036/x028/x797/x018/x963/968",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/7/000",
        "tile/7/001.p/1",
    ] {
        let refused = TileId::parse(path);
        assert!(
            matches!(refused, Err(Error::Malformed { .. })),
            "{path}: {refused:?}"
        );
    }
    assert_eq!(
        TileId::parse("tile/0/000"),
        Ok(TileId {
            level: 0,
            index: 0,
            width: 256
        })
    );
    let highest = TileId {
        level: 7,
        index: 0,
        width: 127,
    };
    assert_eq!(TileId::parse("tile/7/000.p/127"), Ok(highest));
    assert!(TileId::parse("tile/7/000.p/128").is_err());
}

#[test]
fn tiles_of_the_wrong_length_are_refused() {
    let id = TileId {
        level: 0,
        index: 0,
        width: 3,
    };
    for bytes in [vec![0; 0], vec![0; 64], vec![0; 97], vec![0; 257 * 32]] {
        let refused = Tile::parse(id, &bytes);
        assert!(
            matches!(refused, Err(Error::Tile { .. })),
            "{}",
            bytes.len()
        );
    }
    assert_eq!(Tile::parse(id, &[0; 96]).unwrap().hashes.len(), 3);
    assert_eq!(Tile::parse(id, &[0; 8192]).unwrap().hashes.len(), 3);
}

#[test]
fn a_reader_answers_complete_subtrees_only() {
    let shelf = naive_tiles(&leaves(300));
    let mut reader = TileReader::new(300, fetch(&shelf));
    assert!(reader.hash(0, 299).is_ok());
    assert_eq!(reader.hash(8, 0).unwrap(), naive_root(&leaves(256)));
    assert_eq!(reader.hash(7, 1).unwrap(), naive_root(&leaves(256)[128..]));
    for (level, index) in [
        (0, 300),
        (2, 75),
        (8, 1),
        (9, 0),
        (63, 0),
        (64, 0),
        (255, 0),
        (0, u64::MAX),
    ] {
        let refused = reader.hash(level, index);
        assert!(
            matches!(refused, Err(Error::OutOfRange { .. })),
            "{level} {index}"
        );
    }
}

#[test]
fn the_largest_tree_does_not_overflow() {
    assert_eq!(edge_tiles(MAX_TREE_SIZE).count(), 8);
    assert_eq!(edge_tiles(u64::MAX).count(), 8);
    assert_eq!(tiles(0).count(), 0);
    assert!(TileId::of(0, u64::MAX, u64::MAX).is_none());
    assert!(TileId::of(255, 0, u64::MAX).is_none());
    let same = |id: TileId| Ok::<_, Error>(vec![7; usize::from(id.width) * 32]);
    let mut writer = TileWriter::load(MAX_TREE_SIZE - 1, same).unwrap();
    writer.append(&[[7; 32]]).unwrap();
    let full = writer.append(&[[7; 32]]);
    assert!(matches!(full, Err(Error::OutOfRange { .. })), "{full:?}");
    assert_eq!(writer.size(), MAX_TREE_SIZE);
    assert!(TileWriter::load(MAX_TREE_SIZE + 1, same).is_err());
}

#[test]
fn the_writer_hands_over_to_a_tree() {
    let all = leaves(777);
    let mut writer = TileWriter::new();
    writer.append(&all).unwrap();
    let mut tree = Tree::new();
    for leaf in all {
        tree.append(leaf).unwrap();
    }
    assert_eq!(writer.tree(), tree);
}
