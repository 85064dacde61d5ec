//! The frozen bytes of format v1 (`docs/format.md`): made anew from fixed seeds and compared with
//! the files in `tests/vectors/format-v1`, then read and checked as a stranger would.
//!
//! A difference is a change of the format and never an update of the files. To add a vector, add
//! it here, at the end of its list, and run the tests once with `COMITY_WRITE_VECTORS=1`: files
//! that do not exist yet are written, the three lists may grow, and no other file is touched.

mod bundles;
mod federation;
pub(crate) mod logs;
mod negative;
mod reading;
pub(crate) mod story;
mod verdicts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use comity_signature::digest;
use comity_tlog::note::NoteSigner;
use comity_tlog::origin;
use serde_json::{Value, json};

use logs::{NORDA_MIRROR, SUDA_MIRROR, signers};
use story::{FEDERATION_KEYS, NORDA, RECORD_KEYS, Signed, seed};

/// Where the frozen files are.
pub(crate) fn folder() -> PathBuf {
    crate::root().join("tests/vectors/format-v1")
}

/// A frozen file.
pub(crate) fn frozen(path: &str) -> Vec<u8> {
    std::fs::read(folder().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Files in the folder that are written by hand.
const BY_HAND: [&str; 1] = ["README.md"];

/// Lists of what is in the folder: entries may be added at the end of their arrays.
const LISTS: [&str; 3] = ["keys.json", "digests.json", "negative/manifest.json"];

/// Every file of the vectors, made from the seeds.
fn generate() -> BTreeMap<String, Vec<u8>> {
    let records = story::records();
    let mut files = logs::story_logs(&records);
    for record in &records {
        files.insert(format!("records/{}", record.file), record.bytes.clone());
    }
    let verdicts = verdicts::verdict_files(&records, &files);
    files.extend(verdicts);
    let bundles = bundles::bundle_files(&records, &files);
    files.extend(bundles);
    let federation = story::federation(&records);
    for record in &federation {
        files.insert(format!("federation/{}", record.file), record.bytes.clone());
    }
    let further = story::further(&records);
    for record in &further {
        files.insert(format!("further/{}", record.file), record.bytes.clone());
    }
    let mut manifest = Vec::new();
    for negative in negative::negatives(&records, &further) {
        manifest.push(json!({
            "attack": negative.attack,
            "code": negative.code,
            "file": negative.file,
            "refusedBy": negative.layer.name(),
        }));
        files.insert(format!("negative/{}", negative.file), negative.bytes);
    }
    files.insert(
        "negative/manifest.json".to_owned(),
        pretty(&json!(manifest)),
    );
    files.insert("keys.json".to_owned(), pretty(&keys()));
    files.insert(
        "digests.json".to_owned(),
        pretty(&digests(records.iter().chain(&federation).chain(&further))),
    );
    files.insert("import-id.json".to_owned(), pretty(&import_id()));
    let returned = pretty(&import_id_returned());
    files.insert("import-id-returned.json".to_owned(), returned);
    files.insert(
        "commitment-digest.json".to_owned(),
        pretty(&commitment_digest()),
    );
    for (name, document) in did_documents() {
        files.insert(format!("did/{name}.json"), pretty(&document));
    }
    let mut sums = String::new();
    for (path, bytes) in logs::golden_log() {
        if path.starts_with("checkpoint") {
            files.insert(format!("golden-log/{path}"), bytes);
        } else {
            let sum = digest::to_hex(&digest::sha256(&bytes));
            sums.extend([&sum, "  ", &path, "\n"]);
        }
    }
    files.insert("golden-log/sha256sums".to_owned(), sums.into_bytes());
    files
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap();
    bytes.push(b'\n');
    bytes
}

fn keys() -> Value {
    let labels = RECORD_KEYS.iter().chain(&FEDERATION_KEYS);
    let of_records = labels.map(|(label, did)| {
        json!({
            "did": did,
            "label": label,
            "publicKeyMultibase": story::multikey(label),
            "seedHex": hex::encode(seed(label)),
        })
    });
    let signers = signers();
    let of_logs = signers.iter().map(|(origin, signers)| {
        json!({
            "cosignerVkey": signers.own.vkey().to_string(),
            "logId": origin::log_id(origin),
            "origin": origin,
            "seedHex": hex::encode(seed(&format!("log {origin}"))),
            "vkey": signers.log.vkey().to_string(),
        })
    });
    let of_mirrors = [NORDA_MIRROR, SUDA_MIRROR].map(|name| {
        let seed = seed(&format!("mirror {name}"));
        let vkey = NoteSigner::cosigner(name, &seed).unwrap();
        json!({"name": name, "seedHex": hex::encode(seed), "vkey": vkey.vkey().to_string()})
    });
    json!({
        "logs": of_logs.collect::<Vec<_>>(),
        "mirrors": of_mirrors,
        "records": of_records.collect::<Vec<_>>(),
        "status": [{
            "did": NORDA,
            "label": bundles::STATUS_KEY,
            "publicKeyMultibase": story::multikey(bundles::STATUS_KEY),
            "seedHex": hex::encode(seed(bundles::STATUS_KEY)),
        }],
        "warning": "TEST ONLY. These secret seeds are public: whoever trusts these keys trusts everybody.",
    })
}

fn digests<'a>(records: impl Iterator<Item = &'a Signed>) -> Value {
    let rows = records.map(|record| {
        let (stored, document) = (record.record_digest(), record.document_digest());
        json!({
            "documentDigest": digest::to_hex(&document),
            "documentDigestMultibase": digest::to_multibase(document),
            "entry": String::from_utf8(logs::entry(record).encode()).unwrap(),
            "file": record.file,
            "recordDigest": digest::to_hex(&stored),
        })
    });
    rows.collect()
}

fn import_id() -> Value {
    let (system, source_id, subject) = story::imported_row();
    let (id, hashed) = story::imported_id([NORDA, system, source_id], &subject, None);
    json!({
        "hashedText": hashed,
        "id": id,
        "sha256": digest::to_hex(&digest::sha256(hashed.as_bytes())),
        "signer": NORDA,
        "sourceId": source_id,
        "system": system,
    })
}

/// The id of the same row once more, after it said something else in between.
fn import_id_returned() -> Value {
    let (system, source_id, subject) = story::imported_row();
    let between = digest::to_multibase(digest::sha256(b"the revision in between"));
    let named = [NORDA, system, source_id];
    let (id, hashed) = story::imported_id(named, &subject, Some(&between));
    json!({"hashedText": hashed, "id": id, "replaces": between})
}

/// How the digest of a committed report follows from its content and its salt.
fn commitment_digest() -> Value {
    let content = story::REPORT;
    let salt = story::salt(0);
    let committed = story::committed(salt, content.as_bytes());
    json!({
        "content": content,
        "contentSha256": digest::to_hex(&digest::sha256(content.as_bytes())),
        "digestMultibase": digest::to_multibase(committed),
        "saltHex": hex::encode(salt),
    })
}

/// DID documents for software that asks for them; a Comity verifier never does.
fn did_documents() -> BTreeMap<String, Value> {
    let mut documents: BTreeMap<String, Value> = BTreeMap::new();
    for (label, did) in RECORD_KEYS {
        let method = format!("{did}#{}", story::multikey(label));
        let name = did.trim_start_matches("did:web:").replace([':', '.'], "-");
        let document = documents.entry(name).or_insert_with(|| {
            json!({
                "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
                "assertionMethod": [],
                "id": did,
                "verificationMethod": [],
            })
        });
        document["assertionMethod"]
            .as_array_mut()
            .unwrap()
            .push(json!(method));
        document["verificationMethod"]
            .as_array_mut()
            .unwrap()
            .push(json!({
                "controller": did,
                "id": method,
                "publicKeyMultibase": story::multikey(label),
                "type": "Multikey",
            }));
    }
    documents
}

#[test]
fn every_file_is_the_one_we_make() {
    let made = generate();
    let write = std::env::var("COMITY_WRITE_VECTORS").is_ok_and(|value| value == "1");
    let mut differing = Vec::new();
    for (path, bytes) in &made {
        let file = folder().join(path);
        match std::fs::read(&file) {
            Ok(held) if held == *bytes => {}
            Ok(held) if write && LISTS.contains(&path.as_str()) && only_grows(&held, bytes) => {
                std::fs::write(&file, bytes).unwrap();
            }
            Ok(_) => differing.push(format!("{path} differs")),
            Err(_) if write => {
                std::fs::create_dir_all(file.parent().unwrap()).unwrap();
                std::fs::write(&file, bytes).unwrap();
            }
            Err(_) => differing.push(format!("{path} is missing")),
        }
    }
    for path in files_below(&folder()) {
        if !made.contains_key(&path) && !BY_HAND.contains(&path.as_str()) {
            differing.push(format!("{path} is not made by this test"));
        }
    }
    assert!(
        differing.is_empty(),
        "format v1 is frozen; these changed:\n{}",
        differing.join("\n")
    );
}

/// Whether a list keeps every entry it had, in its place.
fn only_grows(held: &[u8], made: &[u8]) -> bool {
    fn grows(held: &Value, made: &Value) -> bool {
        match (held, made) {
            (Value::Array(held), Value::Array(made)) => made.starts_with(held),
            (Value::Object(held), Value::Object(made)) => {
                let kept = |(name, value)| made.get(name).is_some_and(|new| grows(value, new));
                held.iter().all(kept)
            }
            _ => held == made,
        }
    }
    let [held, made] = [held, made].map(|bytes| serde_json::from_slice(bytes).unwrap());
    grows(&held, &made)
}

#[test]
fn lists_only_grow() {
    assert!(only_grows(b"[1,2]", b"[1,2,3]"));
    assert!(only_grows(br#"{"a":[1]}"#, br#"{"a":[1,2],"b":[]}"#));
    assert!(!only_grows(b"[1,2]", b"[2,1,3]"));
    assert!(!only_grows(br#"{"a":[1]}"#, br#"{"b":[1]}"#));
    assert!(!only_grows(br#"{"a":1}"#, br#"{"a":2}"#));
}

/// The paths of all files below a folder, relative to it.
fn files_below(folder: &Path) -> Vec<String> {
    fn walk(folder: &Path, below: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, below, found);
            } else {
                let relative = path.strip_prefix(below).unwrap();
                found.push(relative.to_str().unwrap().to_owned());
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, folder, &mut found);
    found.sort();
    found
}
