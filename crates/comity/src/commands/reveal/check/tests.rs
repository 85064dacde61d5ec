//! One opening, and everything that can be exchanged in it.

use comity_model::commitment::Commitment;
use comity_model::record::{Envelope, Issuer, MODEL_VERSION};
use comity_signature::key::SigningKey;

use super::*;
use crate::commitments::openings::{Found, Opening, Standing};
use crate::registration::signed;

const CONTENT: &[u8] = b"Test report TR-1: passed.\n";

fn opening(number: &str, salt: u8, content: &[u8]) -> Opening {
    Opening {
        number: number.to_owned(),
        issued_on: "2026-11-20".parse().unwrap(),
        content_digest: to_hex(&sha256(content)),
        salt: to_hex(&[salt; 32]),
        commitment: "urn:uuid:01935b7c-2a55-7d2e-9d4e-6f1c6a3b2c10".to_owned(),
        laboratory: "did:web:lab.example".to_owned(),
        authority: "did:web:nqi.example".to_owned(),
    }
}

/// A commitment to TR-1 and TR-2, signed by whoever is named with the key of that seed.
fn commitment(laboratory: &str, seed: u8) -> Vec<u8> {
    let report = |number: &str, salt: u8, content: &[u8]| CommittedReport {
        number: number.to_owned(),
        issued_on: "2026-11-20".parse().unwrap(),
        digest: committed(&[salt; 32], &sha256(content)),
    };
    let record = Record {
        id: opening("", 0, b"").commitment,
        issuer: Issuer {
            id: laboratory.to_owned(),
            name: "Example Laboratory".to_owned(),
        },
        name: "Test reports".to_owned(),
        valid_from: "2026-11-21T08:00:00Z".parse().unwrap(),
        valid_until: None,
        comity: Envelope {
            authority: "did:web:nqi.example".to_owned(),
            language: "en".to_owned(),
            model_version: MODEL_VERSION,
            replaces: None,
            imported_from: None,
            publication_basis: None,
        },
        subject: Subject::Commitment(Box::new(Commitment {
            reports: vec![report("TR-1", 1, CONTENT), report("TR-2", 2, b"TR-2")],
        })),
    };
    signed(
        &record,
        laboratory,
        &SigningKey::from_seed(&[seed; 32]).into(),
    )
    .unwrap()
}

fn file(opening: Opening, record: Vec<u8>) -> OpeningFile {
    let standing = Standing::Pending;
    let found = Found {
        opening,
        record,
        standing,
    };
    OpeningFile::whole(&found, None).unwrap()
}

/// The words of content, digest and signature, each after whether it holds.
fn steps(file: &OpeningFile, report: &[u8], laboratory: Option<&str>) -> Vec<(Held, String)> {
    let record = file.record_bytes();
    let mut steps = vec![content(file, "TR-1.pdf", report)];
    steps.extend(of_record(file, &record, laboratory));
    steps
        .into_iter()
        .map(|step| (step.held, step.words))
        .collect()
}

/// Which of content, digest and signature hold, and what the first that does not says.
fn check(file: &OpeningFile, report: &[u8], holds: [bool; 3], words: &str) {
    let steps = steps(file, report, None);
    let held: Vec<bool> = steps.iter().map(|(held, _)| *held == Held::Yes).collect();
    assert_eq!(held, holds, "{steps:?}");
    let first = steps.iter().find(|(held, _)| *held != Held::Yes);
    let said = first.map_or("", |(_, words)| words.as_str());
    assert!(said.contains(words), "{said}");
}

#[test]
fn the_content_that_was_committed_to() {
    let lab = "did:web:lab.example";
    let own = file(opening("TR-1", 1, CONTENT), commitment(lab, 1));
    check(&own, CONTENT, [true; 3], "");
    // Spelled otherwise, and laid out anew by an editor on its way.
    let own = file(opening("tr 1", 1, CONTENT), commitment(lab, 1));
    check(&own, CONTENT, [true; 3], "");
    let value: Value = serde_json::from_str(own.record.as_ref().unwrap().get()).unwrap();
    let mut laid_out = own;
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    laid_out.record = Some(serde_json::value::RawValue::from_string(pretty).unwrap());
    check(&laid_out, CONTENT, [true; 3], "");
}

#[test]
fn whatever_is_exchanged_is_found() {
    let lab = "did:web:lab.example";
    let record = commitment(lab, 1);
    let own = || file(opening("TR-1", 1, CONTENT), record.clone());
    let mut changed = CONTENT.to_vec();
    changed[0] ^= 1;
    check(
        &own(),
        &changed,
        [false, true, true],
        "the SHA-256 of TR-1.pdf is",
    );
    // An opening made to fit the changed content.
    let made = file(opening("TR-1", 1, &changed), record.clone());
    check(
        &made,
        &changed,
        [true, false, true],
        "is not the one that stands in",
    );
    // The opening of another report, and another salt.
    let other = file(opening("TR-2", 2, b"TR-2"), record.clone());
    check(&other, CONTENT, [false, true, true], "the opening is of");
    let other = file(opening("TR-2", 1, CONTENT), record.clone());
    check(&other, CONTENT, [true, false, true], "for TR-2");
    let salted = file(opening("TR-1", 3, CONTENT), record.clone());
    check(&salted, CONTENT, [true, false, true], "is not the one");
    let unknown = file(opening("TR-9", 1, CONTENT), record.clone());
    check(
        &unknown,
        CONTENT,
        [true, false, true],
        "no report TR-9 stands in",
    );
    let mut later = opening("TR-1", 1, CONTENT);
    later.issued_on = "2026-11-21".parse().unwrap();
    check(
        &file(later, record.clone()),
        CONTENT,
        [true, false, true],
        "was issued on 2026-11-20, the opening 2026-11-21",
    );
}

#[test]
fn the_record_of_another_laboratory_is_none_of_this_one() {
    let lab = "did:web:lab.example";
    let foreign = commitment("did:web:other.example", 2);
    let exchanged = file(opening("TR-1", 1, CONTENT), foreign);
    let words = "the laboratory of the commitment is did:web:other.example";
    check(&exchanged, CONTENT, [true, true, false], words);
    // A name in it changed, so that the signature does not fit.
    let text = String::from_utf8(commitment(lab, 1)).unwrap();
    let renamed = text
        .replace("Example Laboratory", "Another Laboratory")
        .into_bytes();
    let renamed = file(opening("TR-1", 1, CONTENT), renamed);
    check(
        &renamed,
        CONTENT,
        [true, true, false],
        "the document was changed",
    );
    // One of the two is exchanged after the file was made.
    let mut named = file(opening("TR-1", 1, CONTENT), commitment(lab, 1));
    named.record_digest = "00".repeat(32);
    check(
        &named,
        CONTENT,
        [true, true, false],
        "the opening names 0000",
    );
    // The reader expects another one.
    let own = file(opening("TR-1", 1, CONTENT), commitment(lab, 1));
    let (held, words) = steps(&own, CONTENT, Some("did:web:other.example")).remove(2);
    assert_eq!(
        (held, words.as_str()),
        (
            Held::No,
            "it is by did:web:lab.example, not by did:web:other.example"
        )
    );
}

#[test]
fn what_is_not_there_is_not_told() {
    let own = opening("TR-1", 1, CONTENT);
    let short = OpeningFile::short(&own, "00".repeat(32));
    let held: Vec<Held> = steps(&short, CONTENT, None)
        .into_iter()
        .map(|(held, _)| held)
        .collect();
    assert_eq!(held, [Held::Yes, Held::CannotTell, Held::CannotTell]);
    let policy = comity_recognition::Policy::parse("").unwrap();
    let logged = receipt::logged(b"{}", None, &policy);
    assert_eq!(logged.steps.map(|step| step.held), [Held::CannotTell; 2]);
    let logged = receipt::logged(b"{}", Some("no receipt"), &policy);
    assert_eq!(
        logged.steps.map(|step| step.held),
        [Held::No, Held::CannotTell]
    );
}

#[test]
fn a_node_counts_the_signature_or_does_not() {
    for (state, held) in [
        ("active", Held::Yes),
        ("unknown", Held::CannotTell),
        ("withdrawn", Held::No),
        ("annulled", Held::No),
    ] {
        let view = json!({"state": state, "authority": "did:web:nqi.example"});
        assert_eq!(registration(&view, "http://node").held, held, "{state}");
    }
}
