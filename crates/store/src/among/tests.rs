use std::collections::{HashMap, HashSet};

use crate::testing::Scratch;
use crate::tests::{ORIGIN, batch, hash, plain_batch, record, root, with_log};
use crate::{InvalidRecord, Place, SubjectKey};

const FOREIGN: &str = "nqi.two.example/log/2026";

fn place(origin: &str, position: u64, number: u64) -> Place {
    Place {
        digest: hash(number),
        origin: origin.to_owned(),
        position,
    }
}

#[tokio::test]
async fn places_of_a_page_come_from_every_log_by_position() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 3)).await.unwrap();
        store
            .create_foreign_log(FOREIGN, "vkey", &root(0))
            .await
            .unwrap();
        let mut mirrored = batch(FOREIGN, 0, vec![record(0, 2), record(1, 7)]);
        mirrored.invalid = vec![InvalidRecord {
            digest: hash(7),
            position: 1,
            reason: "no valid signature".to_owned(),
        }];
        store.append(&mirrored).await.unwrap();
        // Asked in another order, one of them twice, and one that is nowhere.
        let asked = [hash(2), hash(0), hash(7), hash(2), hash(9)];
        let found = store.places_of(&asked).await.unwrap();
        let expected = [
            place(ORIGIN, 0, 0),
            place(ORIGIN, 2, 2),
            place(FOREIGN, 0, 2),
            place(FOREIGN, 1, 7),
        ];
        assert_eq!(found, expected);
        let invalid = store.invalid_among(&asked).await.unwrap();
        assert_eq!(invalid, HashSet::from([hash(7)]));
        assert!(store.places_of(&[]).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn events_and_references_are_counted_for_a_page() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let mut event = record(0, 0);
        event.subjects = ["urn:uuid:one", "urn:uuid:two"]
            .map(|id| SubjectKey {
                authority: "did:web:nqi.one.example".to_owned(),
                issuer: "did:web:a.example".to_owned(),
                id: id.to_owned(),
                sequence: 1,
            })
            .to_vec();
        let mut again = record(1, 1);
        again.subjects = event.subjects.clone();
        event.references = vec!["grant x".to_owned()];
        again.references = vec!["grant x".to_owned(), "grant\0 y".to_owned()];
        store
            .append(&batch(ORIGIN, 0, vec![event, again]))
            .await
            .unwrap();
        let ids = ["urn:uuid:two", "urn:uuid:three"];
        let found = store.ids_with_events(&ids).await.unwrap();
        assert_eq!(found, HashSet::from(["urn:uuid:two".to_owned()]));
        let targets = ["grant x", "grant\0 y", "grant z"].map(str::to_owned);
        let counts = store.count_references(&targets).await.unwrap();
        let expected = [("grant x".to_owned(), 2), ("grant\0 y".to_owned(), 1)];
        assert_eq!(counts, HashMap::from(expected));
    }
}

#[tokio::test]
async fn of_one_identity_the_first_valid_document_is_known() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        // One id: not valid, valid, valid again, and of another issuer.
        let records = (0..4).map(|position| {
            let mut record = record(position, position);
            record.id = "urn:uuid:same".to_owned();
            if position == 3 {
                record.issuer = "did:web:b.example".to_owned();
            }
            record
        });
        let mut appended = batch(ORIGIN, 0, records.chain([record(4, 4)]).collect());
        appended.invalid = vec![InvalidRecord {
            digest: hash(0),
            position: 0,
            reason: "no valid signature".to_owned(),
        }];
        store.append(&appended).await.unwrap();
        let own = record(4, 4).id;
        let ids = ["urn:uuid:same", own.as_str()];
        let shared = store.shared_ids(&ids).await.unwrap();
        assert_eq!(shared, HashSet::from(["urn:uuid:same".to_owned()]));
        let mut earlier = Vec::new();
        for row in store.records_by_id("urn:uuid:same").await.unwrap() {
            earlier.push(store.has_earlier_document(&row).await.unwrap());
        }
        assert_eq!(earlier, [false, false, true, false]);
    }
}
