use crate::testing::Scratch;
use crate::tests::{ORIGIN, batch, hash, plain_batch, record, root, with_log};
use crate::{Error, Identifier, NewEntry, Place, RecordRow, SubjectKey};

#[tokio::test]
async fn a_record_comes_back_with_every_column() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 2)).await.unwrap();
        let new = record(1, 1);
        let expected = RecordRow {
            digest: new.digest,
            document_digest: new.document_digest,
            kind: new.kind,
            authority: new.authority,
            issuer: new.issuer,
            id: new.id,
            origin: ORIGIN.to_owned(),
            position: 1,
            received_at: 900,
            valid_from: Some(-86_400),
            valid_until: None,
        };
        assert_eq!(store.record(&hash(1)).await.unwrap(), Some(expected));
        assert_eq!(store.record(&hash(5)).await.unwrap(), None);
        assert_eq!(store.body(&hash(5)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn one_id_may_belong_to_several_identities() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let issuers = [
            "did:web:a.example",
            "did:web:b.example",
            "did:web:a.example",
        ];
        let records = (0..).zip(issuers).map(|(position, issuer)| {
            let mut record = record(position, position);
            record.id = "urn:uuid:same".to_owned();
            record.issuer = issuer.to_owned();
            record
        });
        store
            .append(&batch(ORIGIN, 0, records.collect()))
            .await
            .unwrap();
        let found = store.records_by_id("urn:uuid:same").await.unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|row| (row.position, row.issuer.as_str()))
            .collect();
        assert_eq!(found, [(0, issuers[0]), (1, issuers[1]), (2, issuers[2])]);
        assert!(
            store
                .records_by_id("urn:uuid:other")
                .await
                .unwrap()
                .is_empty()
        );
    }
}

#[tokio::test]
async fn numbers_are_found_with_and_without_their_scheme() {
    let numbered = |position, schemes: &[&str]| {
        let mut record = record(position, position);
        let identifiers = schemes.iter().map(|scheme| Identifier {
            scheme: (*scheme).to_owned(),
            value: "СДС№7".to_owned(),
        });
        record.identifiers = identifiers.collect();
        record
    };
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let records = vec![
            numbered(0, &["number", "number"]),
            numbered(1, &["number", "gtin"]),
            numbered(2, &["gtin"]),
        ];
        store.append(&batch(ORIGIN, 0, records)).await.unwrap();
        let sorted = |numbers: &[u64]| {
            let mut digests: Vec<_> = numbers.iter().map(|number| hash(*number)).collect();
            digests.sort_unstable();
            digests
        };
        let found = store.by_identifier("number", "СДС№7", 9).await.unwrap();
        assert_eq!(found, sorted(&[0, 1]));
        let found = store.by_identifier_any_scheme("СДС№7", 9).await.unwrap();
        assert_eq!(found, sorted(&[0, 1, 2]));
        let found = store.by_identifier_any_scheme("СДС№7", 2).await.unwrap();
        assert_eq!(found, sorted(&[0, 1, 2])[..2]);
        assert!(
            store
                .by_identifier("other", "СДС№7", 9)
                .await
                .unwrap()
                .is_empty()
        );
    }
}

#[tokio::test]
async fn events_come_in_their_sequence_and_only_for_their_subject() {
    let subject = |issuer: &str, sequence| SubjectKey {
        authority: "did:web:nqi.one.example".to_owned(),
        issuer: issuer.to_owned(),
        id: "urn:uuid:subject".to_owned(),
        sequence,
    };
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        // Logged out of order; the fourth acts on a namesake of another issuer too.
        let records = (0..).zip([3, 1, 10, 2]).map(|(position, sequence)| {
            let mut event = record(position, position);
            event.kind = "StatusEvent".to_owned();
            event.subjects = vec![subject("did:web:a.example", sequence)];
            if position == 3 {
                event.subjects.push(subject("did:web:b.example", 1));
            }
            event
        });
        store
            .append(&batch(ORIGIN, 0, records.collect()))
            .await
            .unwrap();
        let authority = "did:web:nqi.one.example";
        let events = store.events_of(authority, "did:web:a.example", "urn:uuid:subject");
        let found: Vec<_> = events
            .await
            .unwrap()
            .iter()
            .map(|row| row.position)
            .collect();
        assert_eq!(found, [1, 3, 0, 2]);
        let events = store.events_of(authority, "did:web:b.example", "urn:uuid:subject");
        let found: Vec<_> = events
            .await
            .unwrap()
            .iter()
            .map(|row| row.position)
            .collect();
        assert_eq!(found, [3]);
        let newest = store.newest_events_of(authority, "did:web:a.example", "urn:uuid:subject", 3);
        let found: Vec<_> = newest
            .await
            .unwrap()
            .iter()
            .map(|row| row.position)
            .collect();
        assert_eq!(found, [3, 2, 1]);
        let events = store.events_of_ids(&["urn:uuid:subject", "urn:uuid:none"]);
        assert_eq!(events.await.unwrap().len(), 4);
        let none = store.events_of("did:web:x.example", "did:web:a.example", "urn:uuid:subject");
        assert!(none.await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn references_are_found_by_their_target() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let mut grant = record(0, 0);
        grant.references = vec!["did:web:lab.example".to_owned()];
        store
            .append(&batch(ORIGIN, 0, vec![grant, record(1, 1)]))
            .await
            .unwrap();
        let found = store.by_reference("did:web:lab.example", 9).await.unwrap();
        assert_eq!(found, [hash(0)]);
        assert!(
            store
                .by_reference("did:web:other.example", 9)
                .await
                .unwrap()
                .is_empty()
        );
    }
}

#[tokio::test]
async fn kinds_are_counted_and_read_page_by_page() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let other = "zzz.example/log/2026";
        store
            .create_log(other, "vkey", b"note", &root(0))
            .await
            .unwrap();
        for (origin, first) in [(other, 100), (ORIGIN, 0)] {
            let records = (0..5).map(|position| {
                let mut record = record(position, first + position);
                let kinds = ["Grant", "Attestation"];
                record.kind = kinds[usize::from(position == 2)].to_owned();
                record
            });
            store
                .append(&batch(origin, 0, records.collect()))
                .await
                .unwrap();
        }
        let mut places = Vec::new();
        let mut after: Option<(String, u64)> = None;
        loop {
            let last = after
                .as_ref()
                .map(|(origin, position)| (origin.as_str(), *position));
            let page = store.records_by_kind("Grant", last, 3).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.origin.clone(), last.position));
            places.extend(page.into_iter().map(|row| (row.origin, row.position)));
        }
        let here = [0, 1, 3, 4].map(|position| (ORIGIN.to_owned(), position));
        let there = [0, 1, 3, 4].map(|position| (other.to_owned(), position));
        assert_eq!(places, [here, there].concat());
        let counts = store.counts().await.unwrap();
        let counts: Vec<_> = counts
            .iter()
            .map(|kind| (kind.kind.as_str(), kind.count))
            .collect();
        assert_eq!(counts, [("Attestation", 2), ("Grant", 8)]);
    }
}

#[tokio::test]
async fn batch_reads_keep_the_order_asked_for() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 400)).await.unwrap();
        // More than the longest list, backwards, with one missing and one twice.
        let mut asked: Vec<_> = (0..400).rev().map(hash).collect();
        asked.insert(1, hash(9_999));
        asked.push(hash(399));
        let bodies = store.bodies(&asked).await.unwrap();
        assert_eq!(bodies.len(), 402);
        assert_eq!(bodies[0].as_deref(), Some(&b"{\"number\":399}"[..]));
        assert_eq!(bodies[1], None);
        assert_eq!(bodies[2].as_deref(), Some(&b"{\"number\":398}"[..]));
        assert_eq!(bodies[401], bodies[0]);
        let records = store.records(&asked).await.unwrap();
        assert_eq!(records.len(), 400);
        assert_eq!(records[399].digest, hash(0));
        assert!(store.bodies(&[]).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn places_say_what_is_logged_where() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 3)).await.unwrap();
        let asked = [hash(2), hash(77), hash(0)];
        let mut found = store.is_logged(&["none", ORIGIN], &asked).await.unwrap();
        found.sort_by_key(|place| place.position);
        let place = |number| Place {
            digest: hash(number),
            origin: ORIGIN.to_owned(),
            position: number,
        };
        assert_eq!(found, [place(0), place(2)]);
        assert!(store.is_logged(&[], &asked).await.unwrap().is_empty());
        assert!(store.is_logged(&[ORIGIN], &[]).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_entry_without_a_record_has_no_body() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        // An anchor at position 1, a record taken down at 2.
        let mut anchored = batch(ORIGIN, 0, vec![record(0, 0), record(2, 2)]);
        let anchor = NewEntry {
            position: 1,
            entry: b"anchor".to_vec(),
            leaf: hash(1),
            digest: None,
        };
        anchored.entries.insert(1, anchor);
        anchored.after = crate::tests::head(ORIGIN, 3);
        store.append(&anchored).await.unwrap();
        let taken_down = "UPDATE record SET body = NULL WHERE digest = $1";
        store
            .engine
            .execute(taken_down, vec![(&hash(2)).into()])
            .await
            .unwrap();
        let bodies = store.bodies_of_positions(ORIGIN, 0, 9).await.unwrap();
        let first = Some(b"{\"number\":0}".to_vec());
        assert_eq!(bodies, [(0, first), (1, None), (2, None)]);
        let records = store.records_from(ORIGIN, 1, 9).await.unwrap().0;
        assert_eq!((records.len(), records[0].0.position), (1, 2));
        assert_eq!(records[0].1, None);
        assert_eq!(store.body(&hash(2)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn damage_is_named_by_table_column_and_row() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 1)).await.unwrap();
        let damage = "UPDATE record SET body_length = 5 WHERE digest = $1";
        store
            .engine
            .execute(damage, vec![(&hash(0)).into()])
            .await
            .unwrap();
        let found = store.body(&hash(0)).await;
        let Err(Error::Inconsistent { table, column, row }) = found else {
            panic!("damage went unseen: {found:?}");
        };
        assert_eq!(
            (table, column, row),
            ("record", "body", hex::encode(hash(0)))
        );
        let damage = "UPDATE log SET size = -1 WHERE origin = $1";
        store
            .engine
            .execute(damage, vec![ORIGIN.into()])
            .await
            .unwrap();
        let text = store.head(ORIGIN).await.unwrap_err().to_string();
        assert_eq!(text, format!("inconsistent data in log.size, row {ORIGIN}"));
    }
}
