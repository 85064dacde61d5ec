//! Every case of `tlog-witness`, in the order in which it is asked.

use super::{AddCheckpoint, Answer, Cosigned, MAX_REQUEST_BYTES, answer, told_size};
use crate::checkpoint::{Checkpoint, served};
use crate::note::{NoteSigner, SignedNote};
use crate::tree::tests::{leaves, naive_root, source};
use crate::tree::{EMPTY_ROOT, MAX_PROOF_HASHES, prove_consistency};
use crate::{Error, Hash};

const ORIGIN: &str = "a.example/log/2026";

fn log() -> NoteSigner {
    NoteSigner::log(ORIGIN, &[1; 32]).unwrap()
}

fn root(size: u64) -> Hash {
    naive_root(&leaves(size))
}

fn note(size: u64) -> SignedNote {
    let checkpoint = Checkpoint {
        origin: ORIGIN.to_owned(),
        size,
        root: root(size),
    };
    served(&checkpoint, log().sign(&checkpoint).unwrap(), []).unwrap()
}

/// A note over any text, such as no checkpoint of ours would have.
fn note_over(text: &str) -> SignedNote {
    use ed25519_dalek::{Signer as _, SigningKey};
    let mut line = note(3).signatures[0].clone();
    line.blob = SigningKey::from_bytes(&[1; 32])
        .sign(text.as_bytes())
        .to_bytes()
        .to_vec();
    SignedNote {
        text: text.to_owned(),
        signatures: vec![line],
    }
}

fn proof(old: u64, new: u64) -> Vec<Hash> {
    if old == 0 {
        return Vec::new();
    }
    prove_consistency(old, new, source(&leaves(new))).unwrap()
}

fn request(old_size: u64, size: u64) -> AddCheckpoint {
    AddCheckpoint {
        old_size,
        proof: proof(old_size, size),
        note: note(size),
    }
}

fn asked(request: &AddCheckpoint, cosigned: Option<Cosigned>) -> Answer {
    let other = NoteSigner::log("b.example/log/2026", &[2; 32]).unwrap();
    let logs = [other.vkey().clone(), log().vkey().clone()];
    // What is sent is what is read.
    let sent = AddCheckpoint::parse(request.encode().as_bytes()).unwrap();
    assert_eq!(sent, *request);
    answer(&sent, cosigned, &logs)
}

fn status(request: &AddCheckpoint, cosigned: Option<Cosigned>) -> u16 {
    asked(request, cosigned).status()
}

#[test]
fn what_follows_is_cosigned() {
    for old in 0..12 {
        for new in old..20 {
            let cosigned = (old > 0).then(|| (old, root(old)));
            let Answer::Cosign(checkpoint) = asked(&request(old, new), cosigned) else {
                panic!("{old} to {new}");
            };
            assert_eq!((checkpoint.size(), *checkpoint.root()), (new, root(new)));
        }
    }
}

#[test]
fn an_unknown_log_comes_first() {
    // Unknown, whatever else is wrong with it.
    let other = NoteSigner::log("c.example/log/2026", &[1; 32]).unwrap();
    let checkpoint = Checkpoint {
        origin: "c.example/log/2026".to_owned(),
        size: 3,
        root: root(3),
    };
    let line = other.sign(&checkpoint).unwrap();
    let mut unknown = request(5, 9);
    unknown.note = served(&checkpoint, line, []).unwrap();
    assert_eq!(asked(&unknown, Some((4, root(4)))), Answer::UnknownLog);
}

#[test]
fn without_a_good_signature_it_is_forbidden() {
    // Not signed by the log's key.
    let mut unsigned = request(0, 3);
    unsigned.note.signatures[0].key_id = [0; 4];
    assert_eq!(asked(&unsigned, None), Answer::Forbidden);
    // Signed, but a line that names the key does not verify.
    let mut spoiled = request(0, 3);
    spoiled.note.signatures[0].blob[0] ^= 1;
    assert_eq!(asked(&spoiled, None), Answer::Forbidden);
    let mut both = request(0, 3);
    both.note
        .signatures
        .push(spoiled.note.signatures[0].clone());
    assert_eq!(asked(&both, None), Answer::Forbidden);
    // The key of the log as a cosigner is another key.
    let mut cosigner = request(0, 3);
    let signer = NoteSigner::cosigner(ORIGIN, &[1; 32]).unwrap();
    let checkpoint = Checkpoint::parse(&cosigner.note.text).unwrap();
    cosigner.note.signatures = vec![signer.cosign(&checkpoint, 5).unwrap()];
    assert_eq!(asked(&cosigner, None), Answer::Forbidden);
    // Lines of unknown keys are ignored.
    let mut more = request(0, 3);
    more.note
        .signatures
        .push(cosigner.note.signatures[0].clone());
    assert_eq!(status(&more, None), 200);
}

#[test]
fn an_old_size_beyond_the_checkpoint_is_a_bad_request() {
    let mut beyond = request(3, 3);
    beyond.old_size = 4;
    assert_eq!(status(&beyond, Some((4, root(4)))), 400);
    assert_eq!(status(&beyond, None), 400);
}

#[test]
fn another_old_size_is_a_conflict_that_says_the_size() {
    assert_eq!(asked(&request(3, 9), None), Answer::Conflict(0));
    assert_eq!(
        asked(&request(3, 9), Some((4, root(4)))),
        Answer::Conflict(4)
    );
    assert_eq!(
        asked(&request(0, 9), Some((4, root(4)))),
        Answer::Conflict(4)
    );
    // Also where the checkpoint is the smaller, or lies about its root.
    assert_eq!(
        asked(&request(0, 3), Some((4, root(4)))),
        Answer::Conflict(4)
    );
    assert_eq!(
        asked(&request(0, 4), Some((4, [9; 32]))),
        Answer::Conflict(4)
    );
}

#[test]
fn what_does_not_follow_is_unprocessable() {
    // One size, another root.
    assert_eq!(status(&request(4, 4), Some((4, [9; 32]))), 422);
    // A proof where none can be, and none where one must be.
    let mut first = request(0, 9);
    first.proof = proof(4, 9);
    assert_eq!(status(&first, None), 422);
    let mut same = request(4, 4);
    same.proof = vec![[0; 32]];
    assert_eq!(status(&same, Some((4, root(4)))), 422);
    let mut bare = request(3, 9);
    bare.proof.clear();
    assert_eq!(status(&bare, Some((3, root(3)))), 422);
    // A proof from another root, or with one bit wrong.
    assert_eq!(status(&request(3, 9), Some((3, [9; 32]))), 422);
    let mut wrong = request(3, 9);
    wrong.proof[0][0] ^= 1;
    assert_eq!(status(&wrong, Some((3, root(3)))), 422);
    // The empty tree has one root.
    let mut empty = request(0, 0);
    empty.note = note_over(&format!(
        "{ORIGIN}\n0\n{}\n",
        crate::text::to_base64(&[9; 32])
    ));
    assert_eq!(status(&empty, None), 422);
    assert_eq!(status(&request(0, 0), Some((0, EMPTY_ROOT))), 200);
}

#[test]
fn a_signed_text_that_is_no_checkpoint_of_ours_is_a_bad_request() {
    let root = crate::text::to_base64(&root(3));
    for text in [
        format!("{ORIGIN}\n3\n{root}\nextension\n"),
        format!("{ORIGIN}\n03\n{root}\n"),
        format!("{ORIGIN}\n3\n"),
    ] {
        let mut odd = request(0, 3);
        odd.note = note_over(&text);
        assert_eq!(status(&odd, None), 400, "{text}");
    }
}

#[test]
fn a_told_size_is_one_plain_line() {
    assert_eq!(told_size("17\n"), Some(17));
    for body in ["", "17", "017\n", "17\n\n", " 17\n", "-1\n"] {
        assert_eq!(told_size(body), None, "{body:?}");
    }
}

#[test]
fn requests_are_strict() {
    let good = request(3, 9).encode();
    let note = note(9).to_string();
    let cases = [
        String::new(),
        note.clone(),
        good.replacen("old 3", "old 03", 1),
        good.replacen("old 3", "old -3", 1),
        good.replacen("old 3", "old", 1),
        good.replacen("old 3", "old  3", 1),
        good.replacen("old 3", "new 3", 1),
        good.replacen("old 3\n", "old 3\n\n", 1),
        good.replacen("old 3\n", "old 3\nAAAA\n", 1),
        good.replace('\n', "\r\n"),
        good.trim_end().to_owned(),
        format!("old 0\n{note}"),
        "old 0\n\nno note\n".to_owned(),
    ];
    for case in cases {
        let refused = AddCheckpoint::parse(case.as_bytes());
        assert!(
            matches!(refused, Err(Error::Malformed { .. })),
            "{case:?}: {refused:?}"
        );
    }
    let mut full = request(3, 9);
    full.proof = vec![[0; 32]; MAX_PROOF_HASHES];
    assert_eq!(
        AddCheckpoint::parse(full.encode().as_bytes()),
        Ok(full.clone())
    );
    full.proof.push([0; 32]);
    let many = full.encode().into_bytes();
    for case in [many, vec![b'x'; MAX_REQUEST_BYTES + 1]] {
        let refused = AddCheckpoint::parse(&case);
        assert!(
            matches!(refused, Err(Error::TooLarge { .. })),
            "{refused:?}"
        );
    }
}
