//! Records as a program left them that did not know their kinds.

use comity_model::record::Kind;
use comity_model::samples::draft;
use comity_recognition::signers::own_keys;
use comity_store::{Batch, Head, InvalidRecord, NewEntry};
use comity_tlog::entry::Entry;
use comity_tlog::tree::{EMPTY_ROOT, leaf_hash};

use super::*;
use crate::projection;
use crate::tests::{AUTHORITY, SEED, now, signed, signed_value, today, uuid};

const FOREIGN: &str = "nqi.other.example/log/2026";

/// A row as it is kept of a record that cannot be read.
fn nameless(row: &NewRecord) -> NewRecord {
    NewRecord {
        authority: String::new(),
        issuer: String::new(),
        id: String::new(),
        valid_from: None,
        valid_until: None,
        identifiers: Vec::new(),
        subjects: Vec::new(),
        references: Vec::new(),
        ..row.clone()
    }
}

/// A commitment, and one of a kind that is still unknown, as an older program mirrored them.
async fn planted(store: &Store) -> (NewRecord, NewRecord, Vec<u8>) {
    let mut record = draft(Kind::Commitment, AUTHORITY, &uuid(1), today());
    record.comity.authority = AUTHORITY.to_owned();
    let mut later = record.to_value();
    later["type"] = serde_json::json!(["VerifiableCredential", "ComityCommitmentNext"]);
    let bodies = [
        ("Commitment", signed(&record, AUTHORITY, &SEED)),
        ("CommitmentNext", signed_value(&later, AUTHORITY, &SEED)),
    ];
    let (mut entries, mut rows, mut invalid) = (Vec::new(), Vec::new(), Vec::new());
    for (position, (kind, body)) in (0..).zip(&bodies) {
        let digest = record_digest(body);
        let evidence = EvidenceRecord::examine(body, Vec::new(), Some(now()));
        let logged = Logged {
            position,
            kind: (*kind).to_owned(),
            digest,
            length: body.len() as u64,
        };
        let entry = Entry::record(kind, digest, body.len() as u64)
            .unwrap()
            .encode();
        entries.push(NewEntry {
            position,
            leaf: leaf_hash(&entry),
            entry,
            digest: Some(digest),
        });
        invalid.push(InvalidRecord {
            digest,
            position,
            reason: "it is of an unknown kind".to_owned(),
        });
        rows.push(row(&logged, &evidence, body.clone(), now()));
    }
    store
        .create_foreign_log(FOREIGN, "vkey", &EMPTY_ROOT)
        .await
        .unwrap();
    let batch = Batch {
        origin: FOREIGN.to_owned(),
        holder: None,
        before: (0, EMPTY_ROOT),
        after: Head {
            origin: FOREIGN.to_owned(),
            size: 2,
            root: [2; 32],
            note: Vec::new(),
            updated_at: 2,
        },
        entries,
        tiles: Vec::new(),
        records: rows.iter().map(nameless).collect(),
        missing: Vec::new(),
        invalid,
    };
    store.append(&batch).await.unwrap();
    let [known, unknown] = <[NewRecord; 2]>::try_from(rows).unwrap();
    let [(_, body), _] = bodies;
    (known, unknown, body)
}

#[tokio::test]
async fn what_an_older_program_could_not_read_is_found_after_a_start() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    let (known, unknown, body) = planted(&store).await;
    let evidence = EvidenceRecord::examine(&body, Vec::new(), None);
    let key = own_keys(&evidence).next().unwrap();
    let target = projection::signed_with(key, &projection::commitments_key(AUTHORITY));
    assert!(store.by_reference(&target, 9).await.unwrap().is_empty());

    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    std::fs::create_dir(&index).unwrap();
    read_again(&store, Some(&index)).await.unwrap();
    assert!(!index.exists(), "it is made anew with what it had left out");
    let held = store.record(&known.digest).await.unwrap().unwrap();
    assert_eq!((held.id, held.issuer), (uuid(1), AUTHORITY.to_owned()));
    assert_eq!(held.document_digest, known.document_digest);
    assert_eq!(
        store.by_reference(&target, 9).await.unwrap(),
        [known.digest]
    );
    assert_eq!(store.invalid_record(&known.digest).await.unwrap(), None);
    assert_eq!(store.body(&known.digest).await.unwrap(), Some(body.clone()));
    // What nobody knows yet stays as it is.
    let other = store.record(&unknown.digest).await.unwrap().unwrap();
    assert_eq!(other.id, "");
    assert!(
        store
            .invalid_record(&unknown.digest)
            .await
            .unwrap()
            .is_some()
    );
    // The same again, as after a start that was killed before it was noted.
    let reader = format!("projection {PROJECTION} of {} kinds", Kind::ALL.len());
    assert_eq!(store.follower(&reader, ALL_LOGS).await.unwrap(), 1);
    store.set_follower(&reader, ALL_LOGS, 0).await.unwrap();
    store.set_follower(&reader, FOREIGN, 0).await.unwrap();
    // A second time nothing is left to be named, and the index stays.
    std::fs::create_dir(&index).unwrap();
    read_again(&store, Some(&index)).await.unwrap();
    assert!(index.exists());
    assert_eq!(
        store.by_reference(&target, 9).await.unwrap(),
        [known.digest]
    );
}
