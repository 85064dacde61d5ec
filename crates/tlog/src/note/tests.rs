//! Notes: what is read, what is refused, who has signed.

use proptest::prelude::{any, prop_assert_eq, proptest};

use super::vkey::cosigned_message;
use super::{
    KeyType, MAX_KEY_NAME_BYTES, MAX_NOTE_BYTES, MAX_SIGNATURES, MAX_TIME_UNIX, NoteSignature,
    NoteSigner, SignedNote, Vkey,
};
use crate::Error;
use crate::checkpoint::Checkpoint;

const ORIGIN: &str = "a.example/log/2026";

fn log() -> NoteSigner {
    NoteSigner::log(ORIGIN, &[1; 32]).unwrap()
}

fn mirror() -> NoteSigner {
    NoteSigner::cosigner("b.example/mirror", &[2; 32]).unwrap()
}

fn checkpoint() -> Checkpoint {
    Checkpoint {
        origin: ORIGIN.to_owned(),
        size: 3,
        root: [7; 32],
    }
}

fn note() -> SignedNote {
    let checkpoint = checkpoint();
    let signatures = vec![
        log().sign(&checkpoint).unwrap(),
        mirror().cosign(&checkpoint, 1_800_000_000).unwrap(),
    ];
    SignedNote {
        text: checkpoint.text(),
        signatures,
    }
}

#[test]
fn a_note_reads_back_byte_for_byte() {
    let bytes = note().to_string();
    assert!(bytes.starts_with("a.example/log/2026\n3\nBwcH"));
    assert!(bytes.contains("=\n\n\u{2014} a.example/log/2026 "));
    assert_eq!(SignedNote::parse(bytes.as_bytes()).unwrap(), note());
}

#[test]
fn a_text_may_have_empty_lines() {
    let line = &note().signatures[0];
    let bytes = format!("one\n\ntwo\n\n\n\n{line}\n");
    let parsed = SignedNote::parse(bytes.as_bytes()).unwrap();
    assert_eq!(parsed.text, "one\n\ntwo\n\n\n");
    assert_eq!(parsed.to_string(), bytes);
}

#[test]
fn what_is_not_a_note_is_refused() {
    let good = note().to_string();
    let line = note().signatures[0].to_string();
    let text = checkpoint().text();
    let base64 = line.rsplit_once(' ').unwrap().1;
    let cases = [
        String::new(),
        "\n".to_owned(),
        text.clone(),
        format!("{text}\n"),
        format!("{text}{line}\n"),
        good.trim_end().to_owned(),
        format!("{good}\n"),
        format!("{good}x"),
        good.replace('\n', "\r\n"),
        good.replace("\u{2014}", "-"),
        good.replace("\u{2014}", "--"),
        good.replace("\u{2014}", "\u{2013}"),
        good.replace("\u{2014} ", "\u{2014}"),
        good.replace("\u{2014} ", "\u{2014}  "),
        good.replace("a.example/log/2026 ", "a.example/log /2026 "),
        good.replace("b.example/mirror ", "b.example+mirror "),
        good.replace("b.example/mirror ", "b.example\u{a0}mirror "),
        good.replace("b.example/mirror ", " "),
        good.replace("b.example/mirror ", "b.example/mirror\t"),
        good.replace("3\n", "3\0\n"),
        good.replace(base64, &format!("{base64} ")),
        good.replace(base64, base64.trim_end_matches('=')),
        good.replace(base64, &format!("{base64}=")),
        good.replace(
            base64,
            &base64.replacen(|c: char| c.is_ascii_digit(), "!", 1),
        ),
        good.replace(base64, "AAAAAA=="),
        good.replace(base64, "AAAAAAB="),
        good.replace(base64, ""),
    ];
    for (number, case) in cases.iter().enumerate() {
        let refused = SignedNote::parse(case.as_bytes());
        assert!(
            matches!(refused, Err(Error::Malformed { .. })),
            "{number} {case:?}"
        );
    }
    assert!(SignedNote::parse(b"\xff\n\n\xe2\x80\x94 a AAAAAAA=\n").is_err());
}

#[test]
fn limits_hold_at_the_limit_and_not_beyond() {
    let line = NoteSignature {
        name: "a".to_owned(),
        key_id: [0; 4],
        blob: vec![1],
    };
    let mut many = SignedNote {
        text: "t\n".to_owned(),
        signatures: vec![line; MAX_SIGNATURES],
    };
    assert_eq!(
        SignedNote::parse(many.to_string().as_bytes()).unwrap(),
        many
    );
    many.signatures.push(many.signatures[0].clone());
    let beyond = SignedNote::parse(many.to_string().as_bytes());
    assert!(matches!(beyond, Err(Error::TooLarge { .. })), "{beyond:?}");

    let mut long = note();
    let missing = MAX_NOTE_BYTES - long.to_string().len();
    long.text.insert_str(0, &"x".repeat(missing));
    assert_eq!(long.to_string().len(), MAX_NOTE_BYTES);
    assert_eq!(
        SignedNote::parse(long.to_string().as_bytes()).unwrap(),
        long
    );
    long.text.insert(0, 'x');
    let beyond = SignedNote::parse(long.to_string().as_bytes());
    assert!(matches!(beyond, Err(Error::TooLarge { .. })));
}

#[test]
fn lines_are_sorted_by_what_is_known() {
    let mut note = note();
    let stranger = NoteSigner::cosigner("c.example/mirror", &[3; 32]).unwrap();
    note.signatures
        .push(stranger.cosign(&checkpoint(), 5).unwrap());
    let vkeys = [log().vkey().clone(), mirror().vkey().clone()];
    let verification = note.verify(&vkeys);
    let times: Vec<_> = verification
        .verified
        .iter()
        .map(super::VerifiedSignature::time_unix)
        .collect();
    assert_eq!(times, [None, Some(1_800_000_000)]);
    assert_eq!(verification.unknown, [&note.signatures[2]]);
    assert!(verification.refused.is_empty());

    note.signatures[1].blob[8] ^= 1;
    let verification = note.verify(&vkeys);
    assert_eq!(verification.verified.len(), 1);
    assert_eq!(verification.refused, [&note.signatures[1]]);
}

#[test]
fn a_line_counts_for_its_own_text_time_name_and_type_only() {
    let vkey = mirror().vkey().clone();
    let changed: [fn(&mut SignedNote); 6] = [
        |note| note.text = note.text.replace('3', "4"),
        |note| note.signatures[1].blob[7] ^= 1,
        |note| note.signatures[1].blob.push(0),
        |note| note.signatures[1].blob.truncate(7),
        |note| note.signatures[1].name.push('x'),
        |note| note.signatures[1].key_id[0] ^= 1,
    ];
    for (number, change) in changed.iter().enumerate() {
        let mut note = note();
        change(&mut note);
        let verified = note.verify(std::slice::from_ref(&vkey)).verified;
        assert!(verified.is_empty(), "{number}");
    }
    // A log's signature is no cosignature under the same key, nor the reverse.
    let own = log().vkey().as_cosigner();
    let mut crossed = note();
    crossed.signatures[0].key_id = own.key_id();
    assert_eq!(crossed.verify(&[own]).refused.len(), 1);
}

#[test]
fn one_key_has_one_vote() {
    let mut note = note();
    // The same cosigner again, later, and under a second name.
    note.signatures
        .push(mirror().cosign(&checkpoint(), 1_900_000_000).unwrap());
    let alias = NoteSigner::cosigner("d.example/mirror", &[2; 32]).unwrap();
    note.signatures
        .push(alias.cosign(&checkpoint(), 1_700_000_000).unwrap());
    note.signatures.push(note.signatures[1].clone());
    let vkeys = [
        mirror().vkey().clone(),
        alias.vkey().clone(),
        mirror().vkey().clone(),
    ];
    let verified = note.verify(&vkeys).verified;
    assert_eq!(verified.len(), 1);
    assert_eq!(verified[0].time_unix(), Some(1_800_000_000));
    assert_eq!(verified[0].vkey(), mirror().vkey());
}

#[test]
fn a_cosignature_is_these_bytes() {
    let line = mirror().cosign(&checkpoint(), 1_800_000_000).unwrap();
    assert_eq!(line.blob.len(), 72);
    assert_eq!(line.blob[..8], 1_800_000_000_u64.to_be_bytes());
    let message = cosigned_message(&checkpoint().text(), 1_800_000_000);
    assert!(message.starts_with("cosignature/v1\ntime 1800000000\na.example/log/2026\n3\n"));
    let key = ed25519_dalek::VerifyingKey::from_bytes(mirror().vkey().public_key()).unwrap();
    let signature = ed25519_dalek::Signature::from_slice(&line.blob[8..]).unwrap();
    assert!(key.verify_strict(message.as_bytes(), &signature).is_ok());
}

#[test]
fn a_log_dates_itself_with_its_own_key() {
    let own = NoteSigner::cosigner(ORIGIN, &[1; 32]).unwrap();
    assert_eq!(log().vkey().as_cosigner(), *own.vkey());
    let line = own.cosign(&checkpoint(), 9).unwrap();
    let note = SignedNote {
        text: checkpoint().text(),
        signatures: vec![line],
    };
    let verified = note
        .verify(&[log().vkey().clone(), log().vkey().as_cosigner()])
        .verified;
    assert_eq!(verified.len(), 1);
    assert_eq!(verified[0].time_unix(), Some(9));
}

#[test]
fn times_have_a_limit() {
    let latest = mirror().cosign(&checkpoint(), MAX_TIME_UNIX).unwrap();
    let note = SignedNote {
        text: checkpoint().text(),
        signatures: vec![latest],
    };
    assert_eq!(note.verify(&[mirror().vkey().clone()]).verified.len(), 1);
    let beyond = mirror().cosign(&checkpoint(), MAX_TIME_UNIX + 1);
    assert!(matches!(beyond, Err(Error::OutOfRange { .. })));

    // Somebody else may well sign such a time; it does not count.
    let time = MAX_TIME_UNIX + 1;
    let key = ed25519_dalek::SigningKey::from_bytes(&[2; 32]);
    let message = cosigned_message(&checkpoint().text(), time);
    let signature = ed25519_dalek::Signer::sign(&key, message.as_bytes()).to_bytes();
    let mut line = note.signatures[0].clone();
    line.blob = [time.to_be_bytes().as_slice(), &signature].concat();
    let note = SignedNote {
        text: checkpoint().text(),
        signatures: vec![line],
    };
    assert_eq!(note.verify(&[mirror().vkey().clone()]).refused.len(), 1);
}

#[test]
fn signers_sign_their_own_checkpoints_only() {
    let refused = |result: Result<_, _>| matches!(result, Err(Error::KeyRefused { .. }));
    assert!(refused(mirror().sign(&checkpoint())));
    assert!(refused(log().cosign(&checkpoint(), 1)));
    let other = Checkpoint {
        origin: "b.example/log/2026".to_owned(),
        ..checkpoint()
    };
    assert!(refused(log().sign(&other)));
    assert!(mirror().cosign(&other, 1).is_ok());
    for origin in ["", "two\nlines", "cosignature/v1"] {
        let unsound = Checkpoint {
            origin: origin.to_owned(),
            ..checkpoint()
        };
        assert!(mirror().cosign(&unsound, 1).is_err(), "{origin:?}");
    }
    let unsound = Checkpoint {
        size: u64::MAX,
        ..checkpoint()
    };
    assert!(log().sign(&unsound).is_err());
    assert!(!format!("{:?}", log()).contains("SigningKey"));
}

#[test]
fn vkeys_read_back() {
    for signer in [log(), mirror()] {
        let vkey = signer.vkey();
        assert_eq!(Vkey::parse(&vkey.to_string()), Ok(vkey.clone()));
    }
    assert_eq!(mirror().vkey().key_type(), KeyType::Cosigner);
}

#[test]
fn wrong_vkeys_are_refused() {
    let good = log().vkey().to_string();
    let (start, key) = good.rsplit_once('+').unwrap();
    let (_, id) = start.rsplit_once('+').unwrap();
    let cases = [
        String::new(),
        start.to_owned(),
        format!("{good}="),
        format!("{good}\n"),
        format!(" {good}"),
        good.replace(ORIGIN, ""),
        good.replace(ORIGIN, "a.example/log/2027"),
        good.replace(ORIGIN, "a.example /log"),
        good.replace(ORIGIN, "a.example/\u{7}"),
        good.replace(id, "00000000"),
        good.replace(id, &id.to_uppercase()),
        good.replace(id, &id[1..]),
        good.replace(key, "AQ=="),
        good.replace(key, ""),
        good.replace(key, &key.replacen('A', "B", 1)),
    ];
    for case in cases.iter().filter(|case| **case != good) {
        assert!(Vkey::parse(case).is_err(), "{case:?}");
    }
}

#[test]
fn inadmissible_keys_are_refused() {
    let mut identity = [0; 32];
    identity[0] = 1;
    // y = p + 1 is another spelling of the identity.
    let mut not_canonical = [0xff; 32];
    not_canonical[0] = 0xee;
    not_canonical[31] = 0x7f;
    let no_point = [2; 32];
    // The log's key plus the point of order two: (-x, -y).
    let torsion = "63771c228bf60e6a02ad24d2c345a28d3598f640e26bede40c8b77fe4bf090a3";
    let torsion: [u8; 32] = hex::decode(torsion).unwrap().try_into().unwrap();
    assert!(
        ed25519_dalek::VerifyingKey::from_bytes(&torsion).is_ok(),
        "it is a point"
    );
    for key in [[0; 32], identity, not_canonical, no_point, torsion] {
        let refused = Vkey::new(ORIGIN, KeyType::Log, &key);
        assert!(matches!(refused, Err(Error::KeyRefused { .. })), "{key:?}");
    }
}

/// The 19 numbers below 2^255 that are not reduced, with either sign: some of
/// them are points of the right order, and still refused.
#[test]
fn keys_with_a_second_spelling_are_refused() {
    for low in 0xed..=0xff {
        for high in [0x7f, 0xff] {
            let mut key = [0xff; 32];
            key[0] = low;
            key[31] = high;
            let refused = Vkey::new(ORIGIN, KeyType::Log, &key);
            assert!(matches!(refused, Err(Error::KeyRefused { .. })), "{key:?}");
        }
    }
}

#[test]
fn key_names_have_a_limit() {
    let longest = "n".repeat(MAX_KEY_NAME_BYTES);
    assert!(NoteSigner::cosigner(&longest, &[1; 32]).is_ok());
    let beyond = NoteSigner::cosigner(&format!("{longest}n"), &[1; 32]);
    assert!(matches!(beyond, Err(Error::TooLarge { .. })));
}

proptest! {
    #[test]
    fn what_is_read_is_written_alike(bytes in proptest::collection::vec(any::<u8>(), 0..60), at: usize) {
        let mut note = note().to_string().into_bytes();
        let at = at % note.len();
        note.splice(at..(at + bytes.len() / 2).min(note.len()), bytes);
        if let Ok(parsed) = SignedNote::parse(&note) {
            prop_assert_eq!(parsed.to_string().into_bytes(), note);
        }
    }
}
