use super::{Encoder, decode};

#[test]
fn a_text_is_kept_shorter_and_comes_back() {
    let body = "{\"name\":\"认证\"}".repeat(100).into_bytes();
    let encoded = Encoder::new().encode(&body);
    assert_eq!(encoded.encoding, super::ZSTD);
    assert!(encoded.bytes.len() * 10 < body.len());
    let length = body.len() as u64;
    assert_eq!(decode(encoded.encoding, length, encoded.bytes), Some(body));
}

#[test]
fn what_does_not_compress_is_kept_as_it_is() {
    for body in [&b""[..], b"x", b"{}"] {
        let encoded = Encoder::new().encode(body);
        assert_eq!(
            (encoded.encoding, encoded.bytes.as_slice()),
            (super::PLAIN, body)
        );
    }
}

#[test]
fn a_row_that_is_not_ours_is_not_decoded() {
    let body = vec![b'x'; 10_000];
    let encoded = Encoder::new().encode(&body);
    // Longer or shorter than said, of an unknown form, or damaged.
    for (encoding, length) in [
        (1, 9_999),
        (1, 10_001),
        (2, 10_000),
        (0, 10_000),
        (1, u64::MAX),
    ] {
        assert_eq!(decode(encoding, length, encoded.bytes.clone()), None);
    }
    let damaged = encoded.bytes.iter().map(|byte| !byte).collect();
    assert_eq!(decode(1, 10_000, damaged), None);
}
