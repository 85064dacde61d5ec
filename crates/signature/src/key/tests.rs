#![expect(clippy::disallowed_methods, reason = "tests read vectors")]

mod vectors;

use std::collections::{BTreeSet, HashSet};

use super::{Error, MAX_PEM_BYTES, SigningKey, VerifyingKey};

/// Test 1 of RFC 8032, section 7.1.
const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const PUBLIC: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
const SIGNATURE: &str = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

fn bytes<const N: usize>(text: &str) -> [u8; N] {
    hex::decode(text).unwrap().try_into().unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_seed(&bytes(SEED))
}

#[test]
fn signs_as_the_standard_does() {
    let signature = key().sign(b"");
    assert_eq!(hex::encode(signature), SIGNATURE);
    let public = key().verifying_key();
    assert_eq!(hex::encode(public.as_bytes()), PUBLIC);
    assert!(public.verify(b"", &signature));
    assert!(!public.verify(b"x", &signature));
    for at in [0, 31, 32, 63] {
        let mut changed = signature;
        changed[at] ^= 1;
        assert!(!public.verify(b"", &changed));
    }
}

#[test]
fn multikeys_go_both_ways() {
    let public = key().verifying_key();
    let multikey = public.to_multikey();
    assert!(multikey.starts_with("z6Mk"));
    assert_eq!(VerifyingKey::from_multikey(&multikey), Ok(public));
    assert_eq!(VerifyingKey::from_bytes(public.as_bytes()), Ok(public));

    let other_codec = [[0x80, 0x26].as_slice(), public.as_bytes()].concat();
    let long = [[0xED, 0x01].as_slice(), public.as_bytes(), &[0]].concat();
    for text in [
        String::new(),
        multikey[1..].to_owned(),
        multikey[..47].to_owned(),
        format!("{multikey}1"),
        format!("z1{}", &multikey[2..]),
        multikey.replace('z', "u"),
        multikey.replacen("6Mk", "6M0", 1),
        format!("z{}", bs58::encode(other_codec).into_string()),
        format!("z{}", bs58::encode(long).into_string()),
    ] {
        assert_eq!(
            VerifyingKey::from_multikey(&text),
            Err(Error::Multikey),
            "{text}"
        );
    }
}

/// Encodings of small-order points and second encodings of them, one that is
/// no point, and the public key above plus a point of order 2 and of order 8.
#[test]
fn crafted_keys_are_refused() {
    let cases = [
        (
            "0000000000000000000000000000000000000000000000000000000000000000",
            Error::SmallOrder,
        ),
        (
            "0000000000000000000000000000000000000000000000000000000000000080",
            Error::SmallOrder,
        ),
        (
            "0100000000000000000000000000000000000000000000000000000000000000",
            Error::SmallOrder,
        ),
        (
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            Error::SmallOrder,
        ),
        (
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            Error::SmallOrder,
        ),
        (
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            Error::SmallOrder,
        ),
        (
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            Error::NotCanonical,
        ),
        (
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            Error::NotCanonical,
        ),
        (
            "0100000000000000000000000000000000000000000000000000000000000080",
            Error::NotCanonical,
        ),
        (
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            Error::NotCanonical,
        ),
        (
            "0200000000000000000000000000000000000000000000000000000000000000",
            Error::NotAPoint,
        ),
        (
            "16a567fe7d4ef5482ab4012c369bf8c5f11e8d0c2559dcda50fde59708f8aee5",
            Error::Torsion,
        ),
        (
            "3b5b475c4b82dd1572799fc546f4c6c03e478c6654aa4c7f945b347ea32af60d",
            Error::Torsion,
        ),
    ];
    for (encoded, reason) in cases {
        assert_eq!(
            VerifyingKey::from_bytes(&bytes(encoded)),
            Err(reason),
            "{encoded}"
        );
    }
}

#[test]
fn key_files_go_both_ways() {
    let pem = key().to_pem("did:web:lab.example");
    let expected = "comity-did: did:web:lab.example\n\
        -----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n\
        -----END PRIVATE KEY-----\n";
    assert_eq!(pem, expected);
    let (did, read) = SigningKey::from_pem(&pem).unwrap();
    assert_eq!(did.as_deref(), Some("did:web:lab.example"));
    assert_eq!(read.verifying_key(), key().verifying_key());

    let (_, bare) = pem.split_once('\n').unwrap();
    for file in [
        bare.to_owned(),
        format!("note\n{bare}trailer\n"),
        bare.replace('\n', "\r\n"),
    ] {
        let (did, read) = SigningKey::from_pem(&file).unwrap();
        assert_eq!(did, None);
        assert_eq!(read.verifying_key(), key().verifying_key());
    }
    // A name that would break the file's form is left out.
    assert_eq!(key().to_pem("did:web:x\n-----BEGIN"), bare);
    let windows = pem.replace('\n', "\r\n");
    assert_eq!(SigningKey::from_pem(&windows).unwrap().0, did);
}

#[test]
fn other_files_are_refused() {
    let pem = key().to_pem("did:web:lab.example");
    let refused = |text: &str| SigningKey::from_pem(text).unwrap_err();
    for text in [
        String::new(),
        pem.replace("PRIVATE", "PUBLIC"),
        pem.replace("MC4C", "MC5C"),
        pem.replace("K2Vw", "K2Vx"),
        pem.replace("-----END", "----END"),
        format!("{pem}{pem}"),
        pem.replace("rn9g", ""),
    ] {
        assert_ne!(text, pem);
        assert_eq!(refused(&text), Error::Pem, "{text}");
    }
    assert!(matches!(
        refused(&pem.replace("lab.", "LAB.")),
        Error::PemDid(_)
    ));
    assert!(matches!(
        refused(&format!("comity-did: did:web:b.example\n{pem}")),
        Error::PemDid(_)
    ));

    let padded = |length: usize| format!("{}\n{pem}", "#".repeat(length - pem.len() - 1));
    assert!(SigningKey::from_pem(&padded(MAX_PEM_BYTES)).is_ok());
    assert_eq!(refused(&padded(MAX_PEM_BYTES + 1)), Error::Pem);
}

#[test]
fn secrets_are_not_shown_and_keys_compare_by_bytes() {
    let secret = key();
    let shown = format!("{secret:?}");
    assert!(shown.contains("z6Mk"));
    assert!(!shown.contains(&SEED[..8]) && !shown.contains("157, 97"));

    let keys: Vec<VerifyingKey> = (0..4_u8)
        .map(|seed| SigningKey::from_seed(&[seed; 32]).verifying_key())
        .collect();
    let sorted: BTreeSet<_> = keys.iter().copied().collect();
    let hashed: HashSet<_> = keys.iter().chain(&keys).copied().collect();
    assert_eq!((sorted.len(), hashed.len()), (4, 4));
    assert!(
        sorted
            .iter()
            .is_sorted_by(|one, other| one.as_bytes() < other.as_bytes())
    );
    assert!(format!("{:?}", keys[0]).contains(&keys[0].to_multikey()));
}
