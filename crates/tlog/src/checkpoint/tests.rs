//! Checkpoints: strict text, opened with the right key only.

use super::{Checkpoint, MAX_SERVED_SIGNATURES, cosignatures, is_fork, open, served};
use crate::Error;
use crate::note::{NoteSigner, SignedNote};
use crate::origin::MAX_ORIGIN_BYTES;
use crate::tree::tests::{leaves, naive_root};
use crate::tree::{EMPTY_ROOT, MAX_TREE_SIZE, node_hash};

const ORIGIN: &str = "a.example/log/2026";

fn log() -> NoteSigner {
    NoteSigner::log(ORIGIN, &[1; 32]).unwrap()
}

fn checkpoint(size: u64) -> Checkpoint {
    let root = naive_root(&leaves(size));
    Checkpoint {
        origin: ORIGIN.to_owned(),
        size,
        root,
    }
}

fn note(checkpoint: &Checkpoint) -> SignedNote {
    served(checkpoint, log().sign(checkpoint).unwrap(), []).unwrap()
}

#[test]
fn the_text_is_three_lines() {
    let empty = Checkpoint {
        origin: ORIGIN.to_owned(),
        size: 0,
        root: EMPTY_ROOT,
    };
    let text = "a.example/log/2026\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    assert_eq!(empty.text(), text);
    assert_eq!(Checkpoint::parse(text), Ok(empty));
}

#[test]
fn other_texts_are_refused() {
    let good = checkpoint(3).text();
    let root = good.lines().nth(2).unwrap();
    let cases = [
        String::new(),
        good.trim_end().to_owned(),
        format!("{good}\n"),
        format!("{good}extension\n"),
        format!("\n{good}"),
        good.replace(ORIGIN, ""),
        good.replace(ORIGIN, "a\u{7f}"),
        good.replace(ORIGIN, "cosignature/v1"),
        good.replace("\n3\n", "\n03\n"),
        good.replace("\n3\n", "\n+3\n"),
        good.replace("\n3\n", "\n 3\n"),
        good.replace("\n3\n", "\n\n"),
        good.replace("\n3\n", "\n3.0\n"),
        good.replace("\n3\n", "\n0\n"),
        good.replace("\n3\n", "\n18446744073709551616\n"),
        good.replace(root, ""),
        good.replace(root, root.trim_end_matches('=')),
        good.replace(root, "AAAA"),
        good.replace('\n', "\r\n"),
    ];
    for case in cases {
        let refused = Checkpoint::parse(&case);
        assert!(
            matches!(refused, Err(Error::Malformed { .. })),
            "{case:?}: {refused:?}"
        );
    }
}

#[test]
fn sizes_and_origins_have_limits() {
    let with = |size: u64| {
        Checkpoint {
            size,
            ..checkpoint(3)
        }
        .text()
    };
    assert!(Checkpoint::parse(&with(MAX_TREE_SIZE)).is_ok());
    let beyond = Checkpoint::parse(&with(MAX_TREE_SIZE + 1));
    assert!(matches!(beyond, Err(Error::OutOfRange { .. })));

    let with = |origin: String| {
        Checkpoint {
            origin,
            ..checkpoint(3)
        }
        .text()
    };
    assert!(Checkpoint::parse(&with("o".repeat(MAX_ORIGIN_BYTES))).is_ok());
    let beyond = Checkpoint::parse(&with("o".repeat(MAX_ORIGIN_BYTES + 1)));
    assert!(matches!(beyond, Err(Error::TooLarge { .. })));
}

#[test]
fn only_the_log_itself_opens_a_checkpoint() {
    let checkpoint = checkpoint(3);
    let good = note(&checkpoint);
    let opened = open(&good, log().vkey()).unwrap();
    assert_eq!(opened.checkpoint(), &checkpoint);

    let stranger = NoteSigner::log(ORIGIN, &[2; 32]).unwrap();
    assert!(matches!(
        open(&good, stranger.vkey()),
        Err(Error::NotSigned { .. })
    ));
    let cosigner = log().vkey().as_cosigner();
    assert!(matches!(
        open(&good, &cosigner),
        Err(Error::KeyRefused { .. })
    ));

    let mut changed = good.clone();
    changed.text = changed.text.replace("\n3\n", "\n4\n");
    assert!(matches!(
        open(&changed, log().vkey()),
        Err(Error::BadSignature { .. })
    ));

    // One good line does not make up for a bad one of the same key.
    let mut doubled = good.clone();
    doubled.signatures.push(changed.signatures[0].clone());
    doubled.signatures[1].blob[0] ^= 1;
    assert!(matches!(
        open(&doubled, log().vkey()),
        Err(Error::BadSignature { .. })
    ));

    // The key of one log under another origin: re-labelled, it never counts.
    let other = NoteSigner::log("b.example/log/2026", &[1; 32]).unwrap();
    assert!(matches!(
        open(&good, other.vkey()),
        Err(Error::NotSigned { .. })
    ));
    let mut relabelled = good;
    relabelled.signatures[0].name = "b.example/log/2026".to_owned();
    relabelled.signatures[0].key_id = other.vkey().key_id();
    assert!(matches!(
        open(&relabelled, other.vkey()),
        Err(Error::NotSigned { .. })
    ));
}

#[test]
fn bad_cosignatures_spoil_no_others() {
    let checkpoint = checkpoint(3);
    let mirrors: Vec<_> = (2..6)
        .map(|seed| NoteSigner::cosigner(&format!("m{seed}.example/mirror"), &[seed; 32]).unwrap())
        .collect();
    let lines = mirrors
        .iter()
        .zip(100..)
        .map(|(mirror, time)| mirror.cosign(&checkpoint, time));
    let lines: Vec<_> = lines.collect::<Result<_, _>>().unwrap();
    let mut note = served(&checkpoint, log().sign(&checkpoint).unwrap(), lines).unwrap();
    note.signatures[2].blob[20] ^= 4;
    let vkeys: Vec<_> = mirrors.iter().map(|mirror| mirror.vkey().clone()).collect();
    let times = |vkeys| {
        let valid = cosignatures(&note, vkeys);
        valid.iter().map(|line| line.time_unix).collect::<Vec<_>>()
    };
    assert_eq!(times(&vkeys), [100, 102, 103]);
    assert_eq!(times(&vkeys[..1]), [100]);
    assert!(times(&[log().vkey().clone()]).is_empty());
    assert!(open(&note, log().vkey()).is_ok());
    assert_eq!(cosignatures(&note, &vkeys)[0].name, "m2.example/mirror");
}

#[test]
fn a_served_checkpoint_has_at_most_16_lines() {
    let checkpoint = checkpoint(3);
    let line = log().sign(&checkpoint).unwrap();
    let others = vec![line.clone(); MAX_SERVED_SIGNATURES - 1];
    assert!(served(&checkpoint, line.clone(), others).is_ok());
    let others = vec![line.clone(); MAX_SERVED_SIGNATURES];
    assert!(matches!(
        served(&checkpoint, line, others),
        Err(Error::TooLarge { .. })
    ));
}

#[test]
fn forks_are_told_from_growth() {
    let verified = |checkpoint: &Checkpoint| open(&note(checkpoint), log().vkey()).unwrap();
    let old = checkpoint(2);
    let other = Checkpoint {
        root: [9; 32],
        ..old.clone()
    };
    let new = checkpoint(3);
    assert!(is_fork(&verified(&old), &verified(&other), None));
    assert!(!is_fork(&verified(&old), &verified(&old), None));
    assert!(!is_fork(&verified(&old), &verified(&new), None));
    // The larger tree goes back to `old`, which contradicts `other` only.
    let proof = [leaves(3)[2]];
    assert_eq!(node_hash(&old.root, &proof[0]), new.root);
    let older = Some((&old.root, proof.as_slice()));
    assert!(is_fork(&verified(&other), &verified(&new), older));
    assert!(!is_fork(&verified(&old), &verified(&new), older));
    let wrong = Some((&other.root, proof.as_slice()));
    assert!(!is_fork(&verified(&old), &verified(&new), wrong));
}
