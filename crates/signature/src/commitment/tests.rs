//! Fixed values, worked out with hashlib of Python and with OpenSSL.

use super::committed;
use crate::digest::{from_multibase, sha256, to_hex};

const VECTORS: [([u8; 32], &str, &str); 3] = [
    (
        [0; 32],
        "",
        "b00d1e58692fced91ae54995267d9cf043a57435085da5f27d26388bca45e6f2",
    ),
    (
        [
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
            24, 25, 26, 27, 28, 29, 30, 31,
        ],
        "Test report TR-1: passed.\n",
        "9c6dbc8125d2c5cb4476e6089d59043fd3d5de4d89be525b7ad68d92d3926f2a",
    ),
    (
        [255; 32],
        "试验报告",
        "16ebf837a6855719cf3a0c0f63d8684c34a48cef5c85f4dc5b1bda7d5d66bb43",
    ),
];

#[test]
fn the_digests_of_others() {
    for (salt, content, expected) in VECTORS {
        let text = committed(&salt, &sha256(content.as_bytes()));
        let digest = from_multibase(&text).unwrap();
        assert_eq!(to_hex(&digest), expected, "{content:?}");
    }
}

#[test]
fn salt_and_content_both_count() {
    let content = sha256(b"TR-1");
    let digest = committed(&[1; 32], &content);
    assert_ne!(digest, committed(&[2; 32], &content));
    assert_ne!(digest, committed(&[1; 32], &sha256(b"TR-2")));
    // A salt in the place of a content is something else: the order counts.
    assert_ne!(committed(&content, &[1; 32]), digest);
}
