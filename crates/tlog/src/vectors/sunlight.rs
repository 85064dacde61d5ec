//! 1,034 entries of a production Certificate Transparency log by Sunlight:
//! its leaf hashes are recomputed from its entries (RFC 6962, 3.4, and C2SP
//! `static-ct-api`), and its tiles from the leaf hashes.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::GzDecoder;

use super::folder;
use crate::Hash;
use crate::tile::{TileWriter, tiles};
use crate::tree::leaf_hash;

/// The files of a tar archive by name: headers of 512 bytes with the name
/// first and the size in octal at 124, contents padded to 512 bytes.
fn untar(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut rest = archive;
    while let Some((header, behind)) = rest.split_first_chunk::<512>() {
        let text = |field: &[u8]| {
            let text = String::from_utf8(field.to_vec()).unwrap();
            text.trim_end_matches('\0').to_owned()
        };
        let name = text(&header[..100]);
        if name.is_empty() {
            break;
        }
        let size = usize::from_str_radix(text(&header[124..136]).trim(), 8).unwrap();
        files.insert(name, behind[..size].to_vec());
        rest = &behind[size.next_multiple_of(512)..];
    }
    files
}

/// Takes `count` bytes from the front.
fn take<'bytes>(rest: &mut &'bytes [u8], count: usize) -> &'bytes [u8] {
    let (taken, behind) = rest.split_at(count);
    *rest = behind;
    taken
}

/// Skips a length of `width` bytes, big-endian, and so many bytes behind it.
fn skip_vector(rest: &mut &[u8], width: usize) {
    let length = take(rest, width)
        .iter()
        .fold(0, |length, byte| length << 8 | usize::from(*byte));
    take(rest, length);
}

/// The leaf hashes of a data tile.
fn leaf_hashes(mut rest: &[u8]) -> Vec<Hash> {
    let mut hashes = Vec::new();
    while !rest.is_empty() {
        let entry = rest;
        take(&mut rest, 8);
        let precertificate = take(&mut rest, 2) == [0, 1];
        if precertificate {
            take(&mut rest, 32);
        }
        skip_vector(&mut rest, 3);
        skip_vector(&mut rest, 2);
        // The hashed leaf is version 0, type 0 and the entry up to here.
        let timestamped = &entry[..entry.len() - rest.len()];
        hashes.push(leaf_hash(&[&[0, 0], timestamped].concat()));
        if precertificate {
            skip_vector(&mut rest, 3);
        }
        skip_vector(&mut rest, 2);
    }
    hashes
}

#[test]
fn hash_tiles_follow_from_the_entries() {
    let Some(folder) = folder("data/tlog-small") else {
        return;
    };
    let packed = std::fs::read(folder.join("sunlight-navigli2025h2-tiles.tar.gz")).unwrap();
    let mut archive = Vec::new();
    GzDecoder::new(packed.as_slice())
        .read_to_end(&mut archive)
        .unwrap();
    let files = untar(&archive);
    let file = |path: &str| &files[&format!("testdata/navigli2025h2/{path}")];

    let mut leaves = Vec::new();
    for place in ["000", "001", "002", "003", "003.p/10"] {
        let data = leaf_hashes(file(&format!("tile/data/{place}")));
        assert_eq!(data.concat(), *file(&format!("tile/0/{place}")), "{place}");
        if place.contains(".p") {
            // The partial tile is a beginning of the full one.
            assert!(leaves.ends_with(&data) || leaves[768..].starts_with(&data));
        } else {
            leaves.extend(data);
        }
    }
    assert_eq!(leaves.len(), 1_024);
    let mut writer = TileWriter::new();
    let written = writer.append(&leaves).unwrap();
    assert_eq!(written.len(), tiles(1_024).count());
    for tile in written.iter().filter(|tile| tile.id.level == 0) {
        assert_eq!(tile.to_bytes(), *file(&tile.id.path()));
    }
}
