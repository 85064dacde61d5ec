//! Bundles over the story: the files, and the verdicts that they give without anything else.

use comity_recognition::bundle::{Contents, HeadLine, RecordLine, encode, needed, read};
use comity_recognition::evidence::NoStatement;
use comity_recognition::{Policy, Question};
use comity_signature::digest;
use comity_tlog::bundle;
use comity_tlog::note::SignedNote;
use comity_tlog::receipt::Receipt;
use comity_tlog::tile::{TileReader, TileWriter};
use comity_tlog::tree::{leaf_hash, prove_inclusion};
use serde_json::{Value, json};

use super::story::{NORDA, Signed, key, multikey};
use super::verdicts::{Files, first_steps, policy_text, with_evidence};

/// The label of the key that signs status statements.
pub(super) const STATUS_KEY: &str = "norda status";

const FOLDERS: [&str; 2] = ["log-norda", "log-suda"];

/// The questions by name, with their legal days.
const QUESTIONS: [(&str, &str); 2] = [("recognised", "2026-04-01"), ("suspended", "2026-06-15")];

/// The policy of the vectors, and whose statements it believes.
fn policy() -> (String, Policy) {
    let head = format!("status_signers = [\"{}\"]\n", multikey(STATUS_KEY));
    let text = policy_text().replacen("max_age_hours", &(head + "max_age_hours"), 1);
    let policy = Policy::parse(&text).unwrap();
    (text, policy)
}

fn question(records: &[Signed], day: &str) -> Question {
    let kettle = records.iter().find(|r| r.file == "attestation.json");
    let value: Value = serde_json::from_slice(&kettle.unwrap().bytes).unwrap();
    let question = json!({
        "in": "XS",
        "knownAt": "2026-09-02T12:00:00Z",
        "on": day,
        "record": {"identity": {
            "authority": value["comity"]["authority"],
            "id": value["id"],
            "issuer": value["issuer"]["id"],
        }},
    });
    serde_json::from_value(question).unwrap()
}

/// The receipt of a record in a log of the vectors, under the smallest checkpoint over it.
fn receipt(logs: &Files, folder: &str, record: &Signed) -> Option<String> {
    let below = |path: &str| format!("{folder}/{path}");
    let entries = logs
        .iter()
        .find(|(path, _)| path.starts_with(&below("tile/entries/")));
    let entries = bundle::parse(entries?.1).unwrap();
    let entry = super::logs::entry(record).encode();
    let index = entries.iter().position(|held| *held == entry)?;
    let size = (index + 1..=entries.len())
        .find(|size| logs.contains_key(&below(&format!("checkpoint.{size}"))))
        .unwrap();
    let leaves: Vec<_> = entries[..size]
        .iter()
        .map(|entry| leaf_hash(entry))
        .collect();
    let tiles = TileWriter::new().append(&leaves).unwrap();
    let mut reader = TileReader::new(size as u64, |id| {
        let tile = tiles.iter().find(|tile| tile.id == id).unwrap();
        Ok::<_, comity_tlog::Error>(tile.to_bytes())
    });
    let (index, size) = (index as u64, size as u64);
    let proof = prove_inclusion(index, size, |level, at| reader.hash(level, at)).unwrap();
    let note = &logs[&below(&format!("checkpoint.{size}"))];
    let receipt = Receipt {
        index,
        hashes: proof.hashes,
        note: SignedNote::parse(note).unwrap(),
    };
    Some(receipt.encode())
}

fn make(records: &[Signed], logs: &Files, day: &str, policy: &Policy) -> Vec<u8> {
    let question = question(records, day);
    let needed = with_evidence(&question, records, logs, |evidence| {
        needed(&question, evidence, policy)
    });
    let heads = FOLDERS.map(|folder| HeadLine {
        closed: None,
        fork: None,
        head: String::from_utf8(logs[&format!("{folder}/checkpoint")].clone()).unwrap(),
        successor: None,
    });
    let lines = needed.records.iter().map(|(chosen, received_at)| {
        let digest = chosen.record_digest;
        let record = records
            .iter()
            .find(|r| r.record_digest() == digest)
            .unwrap();
        let receipts = FOLDERS
            .iter()
            .filter_map(|folder| receipt(logs, folder, record));
        RecordLine {
            body: record.bytes.clone(),
            receipts: receipts.collect(),
            received_at: *received_at,
        }
    });
    let contents = Contents {
        made_by: NORDA.to_owned(),
        policy_digest: *policy.digest(),
        question,
        heads: heads.to_vec(),
        checkpoints: Vec::new(),
        records: lines.collect(),
    };
    encode(contents, Some(&key(STATUS_KEY))).unwrap()
}

/// The same without the line that holds `text`, and with a digest made anew.
fn without(bundle: &[u8], text: &str) -> Vec<u8> {
    let lines = std::str::from_utf8(bundle).unwrap().lines();
    let kept: Vec<&str> = lines.filter(|line| !line.contains(text)).collect();
    let (_, header) = kept[0].split_at(77);
    let rest = format!("{header}\n{}\n", kept[1..].join("\n"));
    let digest = digest::to_hex(&digest::sha256(format!("{{{rest}").as_bytes()));
    format!("{{\"digest\":\"{digest}\",{rest}").into_bytes()
}

/// The policy, the bundles, and the canonical bytes of the verdicts.
pub(super) fn bundle_files(records: &[Signed], logs: &Files) -> Files {
    let (text, policy) = policy();
    let mut bundles: Vec<(&str, Vec<u8>)> = (QUESTIONS.iter())
        .map(|(name, day)| (*name, make(records, logs, day, &policy)))
        .collect();
    let suspended = &bundles[1].1;
    bundles.push((
        "without-suspension",
        without(suspended, "\"action\":\"suspend\""),
    ));
    let mut files = Files::new();
    for (name, bundle) in bundles {
        let opened = read(&bundle, &policy).unwrap();
        let verdict = opened.decide(&opened.question, &policy);
        files.insert(format!("bundle/{name}.verdict.json"), first_steps(&verdict));
        files.insert(format!("bundle/{name}.comity.ndjson"), bundle);
    }
    files.insert("bundle/policy.toml".to_owned(), text.into_bytes());
    files
}

#[test]
fn bundles_give_the_verdicts_of_everything_held() {
    let records = super::story::records();
    let logs = super::logs::story_logs(&records);
    let (_, policy) = policy();
    for (name, day) in QUESTIONS {
        let question = question(&records, day);
        let verdict = with_evidence(&question, &records, &logs, |evidence| {
            comity_recognition::decide(&question, evidence, &policy)
        });
        let frozen = super::frozen(&format!("bundle/{name}.verdict.json"));
        assert_eq!(first_steps(&verdict), frozen);
    }
    let repacked = super::frozen("bundle/without-suspension.comity.ndjson");
    let opened = read(&repacked, &policy).unwrap();
    let why = opened.no_statement(&opened.question);
    assert_eq!(why, Some(NoStatement::RecordMissing));
    let verdict = opened.decide(&opened.question, &policy);
    assert_eq!(serde_json::to_value(verdict.result).unwrap(), "cannotTell");
}
