//! The frozen files read as a stranger would: nothing here is made from the seeds.

use std::collections::BTreeSet;

use comity_model::record::{Kind, Record};
use comity_signature::canonical::{self, Limits};
use comity_signature::{data_integrity, digest};
use comity_tlog::checkpoint::{self, VerifiedCheckpoint};
use comity_tlog::entry::Entry;
use comity_tlog::note::{KeyType, SignedNote, Vkey};
use comity_tlog::receipt::Receipt;
use comity_tlog::tile::{TileReader, TileWriter, tiles};
use comity_tlog::tree::{leaf_hash, prove_consistency, verify_consistency};
use comity_tlog::{Error, bundle};
use serde_json::Value;

use super::negative::signers_refusal;
use super::{files_below, folder, frozen};

fn json(path: &str) -> Value {
    serde_json::from_slice(&frozen(path)).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn record_files() -> Vec<String> {
    let of = |name: &str| {
        let files = files_below(&folder().join(name)).into_iter();
        files
            .map(|file| format!("{name}/{file}"))
            .collect::<Vec<_>>()
    };
    [of("records"), of("further")].concat()
}

/// Every vkey of `keys.json`.
fn vkeys() -> Vec<Vkey> {
    let keys = json("keys.json");
    let logs = keys["logs"].as_array().unwrap().iter();
    let of_logs = logs.flat_map(|log| [text(&log["vkey"]), text(&log["cosignerVkey"])]);
    let mirrors = keys["mirrors"].as_array().unwrap().iter();
    let all = of_logs.chain(mirrors.map(|mirror| text(&mirror["vkey"])));
    all.map(|vkey| Vkey::parse(vkey).unwrap()).collect()
}

fn log_key(origin: &str) -> Vkey {
    let is_log = |vkey: &Vkey| vkey.name() == origin && vkey.key_type() == KeyType::Log;
    vkeys().into_iter().find(is_log).unwrap()
}

#[test]
fn records_are_read_and_their_signatures_hold() {
    let mut kinds = BTreeSet::new();
    let digests = json("digests.json");
    for file in record_files() {
        let bytes = frozen(&file);
        let record = Record::check(&bytes).unwrap_or_else(|faults| panic!("{file}: {faults:?}"));
        kinds.insert(record.kind());
        let document = canonical::check(&bytes, &Limits::default()).unwrap();
        let verified = data_integrity::verify(&document).unwrap();
        assert_eq!(data_integrity::published_form(&document), Ok(()), "{file}");
        assert_eq!(signers_refusal(&bytes), None, "{file}");

        let row = digests.as_array().unwrap().iter();
        let row = row
            .clone()
            .find(|row| file.ends_with(text(&row["file"])))
            .unwrap();
        assert_eq!(
            text(&row["recordDigest"]),
            digest::to_hex(&verified.record_digest)
        );
        assert_eq!(
            text(&row["documentDigest"]),
            digest::to_hex(&verified.document_digest)
        );
        let multibase = text(&row["documentDigestMultibase"]);
        assert_eq!(
            digest::from_multibase(multibase),
            Some(verified.document_digest)
        );
        let entry = Entry::parse(text(&row["entry"]).as_bytes()).unwrap();
        let kind = record.kind().name();
        let length = bytes.len() as u64;
        assert_eq!(
            entry,
            Entry::record(kind, verified.record_digest, length).unwrap()
        );
    }
    // Those of a federation stand in a folder of their own.
    let federal = [Kind::FederationList, Kind::MemberKeys, Kind::Takedown];
    let in_story = Kind::ALL.into_iter().filter(|kind| !federal.contains(kind));
    assert_eq!(kinds, in_story.collect());
}

/// The typed view loses nothing of what is ours: written out anew it is the document.
#[test]
fn the_typed_view_is_the_whole_document() {
    for file in record_files() {
        let bytes = frozen(&file);
        let record = Record::check(&bytes).unwrap();
        let mut document: Value = serde_json::from_slice(&bytes).unwrap();
        document.as_object_mut().unwrap().remove("proof");
        // Members of UNTP that Comity carries and does not read.
        let subject = document["credentialSubject"].as_object_mut().unwrap();
        subject.remove("conformityAssessment");
        assert_eq!(record.to_value(), document, "{file}");
    }
}

#[test]
fn an_arrangement_is_signed_by_both_sides() {
    let bytes = frozen("records/arrangement.json");
    let document = canonical::check(&bytes, &Limits::default()).unwrap();
    let verified = data_integrity::verify(&document).unwrap();
    let dids: Vec<&str> = verified
        .signers
        .iter()
        .map(|signer| signer.did.as_str())
        .collect();
    assert_eq!(
        dids,
        [
            "did:web:authority.suda.example",
            "did:web:nqi.norda.example"
        ]
    );
}

#[test]
fn references_name_the_documents_they_mean() {
    let digests = json("digests.json");
    let of = |file: &str| {
        let rows = digests.as_array().unwrap().iter();
        let row = rows.clone().find(|row| row["file"] == file).unwrap();
        row["documentDigestMultibase"].clone()
    };
    let attestation = json("records/attestation.json");
    let grant = &attestation["credentialSubject"]["comity"]["grants"][0]["grant"];
    assert_eq!(grant["digestMultibase"], of("competence-grant.json"));
    assert_eq!(grant["id"], json("records/competence-grant.json")["id"]);
    for (file, sequence) in [
        ("status-event-suspend.json", 1),
        ("status-event-reinstate.json", 2),
    ] {
        let event = json(&format!("records/{file}"));
        let subject = &event["credentialSubject"]["subjects"][0];
        assert_eq!(subject["digestMultibase"], of("attestation.json"));
        assert_eq!(subject["id"], attestation["id"]);
        assert_eq!(subject["sequence"], sequence);
        if sequence > 1 {
            assert_eq!(subject["previousEvent"], of("status-event-suspend.json"));
        }
    }
}

#[test]
fn an_imported_id_follows_from_its_row() {
    let vector = json("import-id.json");
    let record = json("records/attestation-imported.json");
    assert_eq!(record["id"], vector["id"]);
    assert!(record["proof"].get("created").is_none());
    let subject = canonical::to_canonical(&record["credentialSubject"]).unwrap();
    let imported = &record["comity"]["importedFrom"];
    let named = format!(
        "comity.import/v1\n[{},{},{},\"{}\"]",
        record["issuer"]["id"],
        imported["system"],
        imported["sourceId"],
        digest::to_hex(&digest::sha256(&subject))
    );
    assert_eq!(text(&vector["hashedText"]), named);
    let hash = digest::sha256(named.as_bytes());
    assert_eq!(text(&vector["sha256"]), digest::to_hex(&hash));
    let mut bits = u128::from_be_bytes(hash[..16].try_into().unwrap());
    bits = bits & !(0xf << 76) | 0x8 << 76;
    bits = bits & !(0x3 << 62) | 0x2 << 62;
    let id = uuid::Uuid::from_u128(bits);
    assert_eq!(text(&vector["id"]), format!("urn:uuid:{id}"));
}

#[test]
fn negative_records_are_refused_by_the_layer_that_should() {
    let manifest = json("negative/manifest.json");
    let rows = manifest.as_array().unwrap();
    assert_eq!(
        rows.len() + 1,
        files_below(&folder().join("negative")).len()
    );
    for row in rows {
        let file = text(&row["file"]);
        let found = refusal(&frozen(&format!("negative/{file}")));
        let wanted = (
            text(&row["refusedBy"]).to_owned(),
            text(&row["code"]).to_owned(),
        );
        assert_eq!(found, Some(wanted), "{file}");
    }
}

/// Who refuses a record first, and why.
fn refusal(bytes: &[u8]) -> Option<(String, String)> {
    let by = |layer: &str, code: &str| Some((layer.to_owned(), code.to_owned()));
    let document = match canonical::check(bytes, &Limits::default()) {
        Ok(document) => document,
        Err(refusal) => return by("canonical", refusal.code.as_str()),
    };
    if let Err(invalid) = data_integrity::verify(&document) {
        return by("signature", invalid.code());
    }
    if let Err(invalid) = data_integrity::published_form(&document) {
        return by("publishedForm", invalid.code());
    }
    if let Err(faults) = Record::check(bytes) {
        return by("record", faults[0].code);
    }
    signers_refusal(bytes).and_then(|code| by("signers", code))
}

fn note(path: &str) -> SignedNote {
    let bytes = frozen(path);
    let note = SignedNote::parse(&bytes).unwrap();
    assert_eq!(note.to_string().into_bytes(), bytes, "{path}");
    note
}

fn head(path: &str, origin: &str) -> VerifiedCheckpoint {
    let note = note(path);
    let head = checkpoint::open(&note, &log_key(origin)).unwrap();
    assert_eq!(checkpoint::cosignatures(&note, &vkeys()).len(), 2, "{path}");
    head
}

#[test]
fn the_logs_of_the_story_hold_together() {
    for (folder, origin, kinds) in [
        ("log-norda", super::logs::NORDA_LOG, 9),
        ("log-suda", super::logs::SUDA_LOG, 2),
    ] {
        let newest = head(&format!("{folder}/checkpoint"), origin);
        let width = newest.size();
        let bytes = frozen(&format!("{folder}/tile/entries/000.p/{width}"));
        let entries = bundle::parse(&bytes).unwrap();
        assert_eq!(entries.len() as u64, width);
        let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let mut writer = TileWriter::new();
        let made = writer.append(&leaves).unwrap();
        assert_eq!(writer.root(), *newest.root());
        let [tile] = made.as_slice() else {
            panic!("one tile")
        };
        assert_eq!(
            frozen(&format!("{folder}/{}", tile.id.path())),
            tile.to_bytes()
        );

        let bodies = frozen(&format!("{folder}/records/0"));
        let bodies: Vec<_> = bodies
            .strip_suffix(b"\n")
            .unwrap()
            .split(|byte| *byte == b'\n')
            .collect();
        assert_eq!(bodies.len(), entries.len());
        let mut records = 0;
        for (entry, body) in entries.iter().zip(bodies) {
            match Entry::parse(entry).unwrap() {
                Entry::Record {
                    kind,
                    digest,
                    length,
                } => {
                    assert_eq!(digest::record_digest(body), digest);
                    assert_eq!(body.len() as u64, length);
                    assert_eq!(Record::check(body).unwrap().kind().name(), kind);
                    records += 1;
                }
                Entry::Anchor { note } => {
                    assert_eq!(note, frozen("log-norda/checkpoint.6"));
                    assert_eq!(body, b"null");
                }
                Entry::Closed { .. } => panic!("not closed yet"),
            }
        }
        assert_eq!(records, kinds, "{folder}");
        earlier_heads_are_consistent(folder, origin, &newest);
    }
}

fn earlier_heads_are_consistent(log: &str, origin: &str, newest: &VerifiedCheckpoint) {
    let mut reader = TileReader::new(newest.size(), |id: comity_tlog::tile::TileId| {
        Ok::<_, Error>(frozen(&format!("{log}/{}", id.path())))
    });
    let files = files_below(&folder().join(log));
    let heads = files.iter().filter(|file| file.starts_with("checkpoint."));
    for file in heads {
        let old = head(&format!("{log}/{file}"), origin);
        let read = |level, index| reader.hash(level, index);
        let proof = prove_consistency(old.size(), newest.size(), read).unwrap();
        verify_consistency(old.size(), old.root(), newest.size(), newest.root(), &proof).unwrap();
    }
}

#[test]
fn receipts_verify() {
    for (file, record, origin, index) in [
        (
            "attestation.tlog-proof",
            "attestation.json",
            super::logs::NORDA_LOG,
            5,
        ),
        (
            "participation-suda.tlog-proof",
            "participation-suda.json",
            super::logs::SUDA_LOG,
            1,
        ),
    ] {
        let bytes = frozen(file);
        let receipt = Receipt::parse(&bytes).unwrap();
        assert_eq!(receipt.encode().into_bytes(), bytes);
        let body = frozen(&format!("records/{record}"));
        let kind = Record::check(&body).unwrap().kind();
        let digest = digest::record_digest(&body);
        let entry = Entry::record(kind.name(), digest, body.len() as u64)
            .unwrap()
            .encode();
        let included = receipt.verify(&entry, &log_key(origin), &vkeys()).unwrap();
        assert_eq!((included.origin(), included.index()), (origin, index));
        assert_eq!(included.cosignatures().len(), 2);
        let other_kind = Entry::record("Commitment", digest, body.len() as u64)
            .unwrap()
            .encode();
        assert!(receipt.verify(&other_kind, &log_key(origin), &[]).is_err());
    }
}

#[test]
fn single_entries_are_read() {
    let record = Entry::parse(&frozen("entries/record.entry")).unwrap();
    let body = frozen("records/attestation.json");
    let digest = digest::record_digest(&body);
    assert_eq!(
        record,
        Entry::record("Attestation", digest, body.len() as u64).unwrap()
    );
    let Entry::Anchor { note } = Entry::parse(&frozen("entries/anchor.entry")).unwrap() else {
        panic!("an anchor");
    };
    assert_eq!(note, frozen("log-norda/checkpoint.6"));
    let Entry::Closed { successor } = Entry::parse(&frozen("entries/closed.entry")).unwrap() else {
        panic!("a closing entry");
    };
    assert_eq!(successor.name(), "nqi.norda.example/log/2027");
}

#[test]
fn the_golden_log_has_its_root() {
    let newest = head("golden-log/checkpoint", super::logs::GOLDEN_LOG);
    let made = super::logs::golden_log();
    let bundles = ["tile/entries/000", "tile/entries/001.p/44"].map(|path| &made[path]);
    let entries = bundles
        .iter()
        .flat_map(|bytes| bundle::parse(bytes).unwrap());
    let leaves: Vec<_> = entries.map(leaf_hash).collect();
    let mut writer = TileWriter::new();
    writer.append(&leaves).unwrap();
    assert_eq!(
        (writer.size(), writer.root()),
        (newest.size(), *newest.root())
    );
    let sums = String::from_utf8(frozen("golden-log/sha256sums")).unwrap();
    for id in tiles(newest.size()) {
        assert!(sums.contains(&id.path()), "{}", id.path());
    }
}

/// The published schemas agree with the frozen bytes, by a validator that is not ours.
#[test]
fn records_fit_their_published_schemas() {
    for file in record_files() {
        let record = Record::check(&frozen(&file)).unwrap();
        let mut schema = String::new();
        for letter in record.kind().name().chars() {
            if letter.is_ascii_uppercase() && !schema.is_empty() {
                schema.push('-');
            }
            schema.push(letter.to_ascii_lowercase());
        }
        let path = crate::root().join(format!("schemas/{schema}.json"));
        let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let faults: Vec<_> = validator
            .iter_errors(&json(&file))
            .map(|fault| fault.to_string())
            .collect();
        assert!(faults.is_empty(), "{file}: {faults:?}");
    }
}
