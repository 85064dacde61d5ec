//! Bundles and their paths.

use super::{BundleId, MAX_BUNDLE_BYTES, MAX_BUNDLE_ENTRIES, bundles, encode, parse};
use crate::Error;
use crate::entry::MAX_ENTRY_BYTES;

#[test]
fn entries_stand_behind_their_lengths() {
    let bundle = encode([b"one".as_slice(), b"", b"three"]).unwrap();
    assert_eq!(bundle, b"\x00\x03one\x00\x00\x00\x05three");
    assert_eq!(parse(&bundle).unwrap(), [b"one".as_slice(), b"", b"three"]);
    assert_eq!(parse(b"").unwrap(), Vec::<&[u8]>::new());
}

#[test]
fn an_entry_of_65535_bytes_fits_and_one_more_does_not() {
    let largest = vec![7; MAX_ENTRY_BYTES];
    let bundle = encode([&largest]).unwrap();
    assert!(bundle.starts_with(&[0xff, 0xff, 7]));
    assert_eq!(parse(&bundle).unwrap(), [largest.as_slice()]);
    let beyond = encode([vec![7; MAX_ENTRY_BYTES + 1]]);
    assert!(matches!(beyond, Err(Error::TooLarge { .. })), "{beyond:?}");
}

#[test]
fn a_bundle_has_at_most_256_entries() {
    let full = encode(vec![b"e"; MAX_BUNDLE_ENTRIES]).unwrap();
    assert_eq!(parse(&full).unwrap().len(), MAX_BUNDLE_ENTRIES);
    assert!(encode(vec![b"e"; MAX_BUNDLE_ENTRIES + 1]).is_err());
    let beyond = [full, b"\x00\x01e".to_vec()].concat();
    assert!(matches!(parse(&beyond), Err(Error::TooLarge { .. })));
    assert_eq!(MAX_BUNDLE_BYTES, 256 * 65_537);
}

#[test]
fn cut_bundles_are_refused() {
    let bundle = encode([b"one", b"two"]).unwrap();
    for length in (0..bundle.len()).filter(|&length| length != 0 && length != 5) {
        let cut = bundle.get(..length).unwrap();
        assert!(
            matches!(parse(cut), Err(Error::Malformed { .. })),
            "{length}"
        );
    }
}

#[test]
fn paths_have_one_spelling() {
    let id = BundleId {
        index: 1_234_067,
        width: 8,
    };
    assert_eq!(id.path(), "tile/entries/x001/x234/067.p/8");
    assert_eq!(BundleId::parse(&id.path()), Ok(id));
    assert_eq!(
        BundleId::parse("tile/entries/000"),
        Ok(BundleId {
            index: 0,
            width: 256
        })
    );
    for path in [
        "tile/0/000",
        "entries/000",
        "/tile/entries/000",
        "tile/entries/000.p/256",
    ] {
        assert!(BundleId::parse(path).is_err(), "{path}");
    }
    // 2^63 - 1 entries is the most a log can have.
    let last = BundleId {
        index: (1 << 55) - 1,
        width: 255,
    };
    assert_eq!(BundleId::parse(&last.path()), Ok(last));
    assert!(
        BundleId::parse(
            &BundleId {
                index: (1 << 55) - 1,
                width: 256
            }
            .path()
        )
        .is_err()
    );
    assert!(
        BundleId::parse(
            &BundleId {
                index: u64::MAX,
                width: 1
            }
            .path()
        )
        .is_err()
    );
}

#[test]
fn bundles_cover_what_is_new() {
    let ids = |from, size| {
        bundles(from, size)
            .map(|id| (id.index, id.width))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(0, 0), []);
    assert_eq!(ids(0, 1), [(0, 1)]);
    assert_eq!(ids(0, 256), [(0, 256)]);
    assert_eq!(ids(255, 600), [(0, 256), (1, 256), (2, 88)]);
    assert_eq!(ids(256, 600), [(1, 256), (2, 88)]);
    assert_eq!(ids(600, 600), []);
    assert_eq!(ids(601, 600), []);
    assert_eq!(ids(u64::MAX, u64::MAX), []);
    assert_eq!(bundles(u64::MAX - 1, u64::MAX).count(), 1);
}
