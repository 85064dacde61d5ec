//! Every status of `add-checkpoint`, with what the specification says about it.

use super::{ORIGIN, SEED, Witness, base64, log, request};
use crate::program::Person;
use crate::program::history::{History, now_unix};
use crate::program::http::{self, block_on};
use comity_node::remote::{Answer, Remote};
use comity_tlog::note::SignedNote;
use comity_tlog::origin::log_id;
use comity_tlog::tree::EMPTY_ROOT;

#[track_caller]
fn refused(answer: &Answer, status: u16, case: &str) {
    let said = String::from_utf8_lossy(&answer.body);
    assert_eq!(answer.status, status, "{case}: {said}");
}

/// 409 with the size that was co-signed last, in the media type that clients look for.
#[track_caller]
fn conflict(answer: &Answer, size: u64) {
    refused(answer, 409, "conflict");
    assert_eq!(answer.body, format!("{size}\n").into_bytes());
    assert_eq!(answer.content_type.as_deref(), Some("text/x.tlog.size"));
}

#[test]
fn a_log_that_grows_is_cosigned_and_a_client_that_lost_count_is_told() {
    let log = log("true", 9);
    let mut witness = Witness::of(&log);
    let note = |size| log.note_at(size, now_unix());
    // Nothing was co-signed yet, so the old size is zero.
    conflict(&witness.is_asked(request(2, &[], &note(3))), 0);
    let first = witness.cosigns(&request(0, &[], &note(3)), &note(3));
    assert!(first.abs_diff(now_unix()) <= 5, "{first}");
    conflict(&witness.is_asked(request(0, &[], &note(5))), 3);
    let proof = log.consistency(3, 5);
    witness.cosigns(&request(3, &proof, &note(5)), &note(5));
    conflict(&witness.is_asked(request(3, &proof, &note(5))), 5);
    // The same head again is co-signed again, with a time that is no earlier.
    let again = witness.cosigns(&request(5, &[], &note(5)), &note(5));
    assert!(again >= first);
    // Lines of strangers are passed over.
    let mut decorated = note(8);
    let stranger = History::new("other.example/log/2026", [42; 32]);
    decorated
        .signatures
        .extend(stranger.note_at(0, now_unix()).signatures);
    let proof = log.consistency(5, 8);
    witness.cosigns(&request(5, &proof, &decorated), &decorated);
    // What it co-signed it has written down: it dies without a word.
    witness.serving.take().unwrap().kill();
    witness.serves();
    conflict(&witness.is_asked(request(5, &proof, &note(8))), 8);
    witness.cosigns(&request(8, &log.consistency(8, 9), &note(9)), &note(9));
}

#[test]
fn a_log_that_does_not_only_grow_is_not_cosigned() {
    let (log, other) = (log("true", 9), log("false", 9));
    let witness = Witness::of(&log);
    let note = |size| log.note_at(size, now_unix());
    refused(
        &witness.is_asked(request(0, &[[1; 32]], &note(3))),
        422,
        "a proof from nothing",
    );
    let mut empty = log.head(0);
    empty.root = [7; 32];
    let text = empty.text();
    assert_ne!(empty.root, EMPTY_ROOT);
    // Nobody can sign this with a signer of ours, so its status is that of any unsigned text.
    let unsound = note(0).to_string().replace(&log.head(0).text(), &text);
    let answer = witness.is_asked(format!("old 0\n\n{unsound}"));
    assert!(matches!(answer.status, 400 | 403 | 422), "{answer:?}");

    witness.cosigns(&request(0, &[], &note(5)), &note(5));
    let mut broken = log.consistency(5, 8);
    broken[0][0] ^= 1;
    let short = &log.consistency(5, 8)[1..];
    let forks = [
        ("a proof that was changed", request(5, &broken, &note(8))),
        ("a proof that lacks a hash", request(5, short, &note(8))),
        ("no proof", request(5, &[], &note(8))),
        (
            "the same size with another root",
            request(5, &[], &other.note_at(5, now_unix())),
        ),
        (
            "another history that grew",
            request(5, &other.consistency(5, 8), &other.note_at(8, now_unix())),
        ),
    ];
    for (case, body) in forks {
        refused(&witness.is_asked(body), 422, case);
    }
    // Both notes are signed by the log: together they are the proof, and the log is frozen here.
    let evidence = format!("{}/v1/logs/{}/evidence", witness.url(), log_id(ORIGIN));
    let traveller = Person::new();
    traveller.writes("it.fork.json", http::bytes(&evidence));
    let said = traveller.does("comity log compare it.fork.json -o json");
    assert_eq!(said.exits(1).json()["kind"], "sameSize");
    let proof = log.consistency(5, 8);
    let answer = witness.is_asked(request(5, &proof, &note(8)));
    refused(&answer, 422, "a log that is frozen");
}

#[test]
fn unknown_logs_and_unknown_keys_are_refused() {
    let log = log("true", 4);
    let witness = Witness::of(&log);
    let mut unknown = History::new("unknown.example/log/2026", SEED);
    unknown.records("Attestation", b"one");
    refused(
        &witness.is_asked(request(0, &[], &unknown.note())),
        404,
        "an origin nobody told it of",
    );
    // The right name and another key.
    let mut impostor = History::new(ORIGIN, [43; 32]);
    impostor.records("Attestation", b"one");
    refused(
        &witness.is_asked(request(0, &[], &impostor.note())),
        403,
        "another key",
    );
    // The right name and key id over a signature of something else.
    let mut forged = log.note_at(4, now_unix());
    forged.signatures[0].blob[10] ^= 1;
    refused(
        &witness.is_asked(request(0, &[], &forged)),
        403,
        "a signature that does not verify",
    );
    conflict(
        &witness.is_asked(request(1, &[], &log.note_at(4, now_unix()))),
        0,
    );
}

#[test]
fn requests_that_break_the_form_are_refused() {
    let log = log("true", 8);
    let witness = Witness::of(&log);
    let note = log.note_at(8, now_unix());
    let line = base64(&[9; 32]);
    let with = |head: &str| format!("{head}\n{note}");
    let whole = request(0, &[], &note);
    let cases = [
        ("nothing", String::new()),
        ("no old size", with("")),
        ("another word", with("new 0\n")),
        ("no number", with("old \n")),
        ("a sign", with("old +0\n")),
        ("a leading zero", with("old 00\n")),
        ("two spaces", with("old  0\n")),
        ("words behind the number", with("old 0 0\n")),
        ("beyond every tree", with("old 18446744073709551616\n")),
        ("larger than the checkpoint", with("old 9\n")),
        ("no empty line", format!("old 0\n{note}")),
        ("no note", "old 0\n\n".to_owned()),
        ("a note cut short", whole.trim_end().to_owned()),
        ("no base64", with("old 1\n!!!\n")),
        ("a short hash", with("old 1\nAAAA\n")),
        ("carriage returns", whole.replace('\n', "\r\n")),
        (
            "64 lines of a proof",
            with(&format!("old 1\n{}", format!("{line}\n").repeat(64))),
        ),
        (
            "an extension line",
            whole.replacen("\n\n\u{2014}", "\nmore\n\n\u{2014}", 1),
        ),
    ];
    for (case, body) in cases {
        let answer = witness.is_asked(body);
        // An extension line is not what the log has signed, which may be found first.
        let allowed = [
            400,
            if case == "an extension line" {
                403
            } else {
                400
            },
        ];
        assert!(allowed.contains(&answer.status), "{case}: {answer:?}");
    }
    // 63 lines are as many as are read: they prove nothing, and that is another answer.
    let most = with(&format!("old 1\n{}", format!("{line}\n").repeat(63)));
    assert!(matches!(witness.is_asked(most).status, 409 | 422));
    let get = http::get(&format!("{}/add-checkpoint", witness.url())).unwrap();
    assert_eq!(get.status, 405);
    // All that left no trace.
    witness.cosigns(&whole, &note);
}

/// Checking and writing down are one act: of many that grow from one size, in whatever order they
/// come, those that are co-signed are one history, and the size never falls.
#[test]
fn of_requests_at_once_none_rolls_another_back() {
    let (log, other) = (log("true", 40), log("false", 40));
    let witness = Witness::of(&log);
    let remote = Remote::new(&witness.url()).unwrap();
    let ask = |note: SignedNote| {
        let remote = remote.clone();
        let body = request(0, &[], &note).into_bytes();
        async move {
            let answer = remote.post("/add-checkpoint", "text/plain", body).await;
            answer.unwrap().status
        }
    };
    let notes = (1..=20).flat_map(|size| {
        let time = now_unix();
        [log.note_at(size, time), other.note_at(size, time)]
    });
    let statuses = block_on(futures::future::join_all(notes.map(ask)));
    let cosigned = statuses.iter().filter(|status| **status == 200).count();
    assert_eq!(cosigned, 1, "{statuses:?}");
    let rest: Vec<_> = statuses.iter().filter(|status| **status != 200).collect();
    assert!(rest.iter().all(|status| **status == 409), "{statuses:?}");
}
