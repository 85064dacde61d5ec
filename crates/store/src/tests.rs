//! What the tests of all modules share, and the statements on both engines.

use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _};

use crate::engine::Engine;
use crate::testing::Scratch;
use crate::{Batch, Hash, Head, Identifier, NewEntry, NewRecord, NewTile, Store, sql};

pub(crate) const ORIGIN: &str = "nqi.one.example/log/2026";

/// A digest that differs for every number, and is spread like a real one.
pub(crate) fn hash(number: u64) -> Hash {
    let mut hash = [0; 32];
    let mut state = number.wrapping_add(1);
    for byte in &mut hash {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        *byte = state.to_be_bytes()[0];
    }
    hash
}

pub(crate) fn root(size: u64) -> Hash {
    hash(u64::MAX - size)
}

pub(crate) fn head(origin: &str, size: u64) -> Head {
    Head {
        origin: origin.to_owned(),
        size,
        root: root(size),
        note: format!("{origin}\n{size}\n").into_bytes(),
        updated_at: 1_000 + i64::try_from(size).unwrap(),
    }
}

/// A record that stands at `position` and has `number` for its digest and id.
pub(crate) fn record(position: u64, number: u64) -> NewRecord {
    NewRecord {
        position,
        digest: hash(number),
        document_digest: hash(number + (1 << 40)),
        kind: "Attestation".to_owned(),
        authority: "did:web:nqi.one.example".to_owned(),
        issuer: "did:web:lab.one.example".to_owned(),
        id: format!("urn:uuid:00000000-0000-7000-8000-{number:012x}"),
        body: format!("{{\"number\":{number}}}").into_bytes(),
        received_at: 900,
        valid_from: Some(-86_400),
        valid_until: None,
        identifiers: vec![Identifier {
            scheme: "certificate-number".to_owned(),
            value: format!("N{number}"),
        }],
        subjects: Vec::new(),
        references: Vec::new(),
    }
}

/// A batch of these records, one entry each, from `size` on.
pub(crate) fn batch(origin: &str, size: u64, records: Vec<NewRecord>) -> Batch {
    let entries = records.iter().map(|record| NewEntry {
        position: record.position,
        entry: format!("entry {}", record.position).into_bytes(),
        leaf: hash(record.position + (1 << 50)),
        digest: None,
    });
    let entries: Vec<NewEntry> = entries.collect();
    let after = head(origin, size + entries.len() as u64);
    Batch {
        origin: origin.to_owned(),
        holder: None,
        before: (size, root(size)),
        tiles: vec![NewTile {
            level: 0,
            index: 0,
            hashes: vec![7; 32 * usize::try_from(after.size.clamp(1, 256)).unwrap()],
        }],
        after,
        entries,
        records,
        missing: Vec::new(),
        invalid: Vec::new(),
    }
}

/// A batch of `count` records whose numbers are their positions.
pub(crate) fn plain_batch(size: u64, count: u64) -> Batch {
    let records = (size..size + count).map(|position| record(position, position));
    batch(ORIGIN, size, records.collect())
}

/// An open store with one empty log.
pub(crate) async fn with_log(scratch: &Scratch) -> Store {
    let store = scratch.open().await;
    let note = head(ORIGIN, 0).note;
    store
        .create_log(ORIGIN, "vkey", &note, &root(0))
        .await
        .unwrap();
    store
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    for scratch in Scratch::each() {
        let store = scratch.open().await;
        for (name, text) in Store::sql_statements() {
            let text = AssertSqlSafe(text).into_sql_str();
            let prepared = match &store.engine {
                Engine::Sqlite { writer, .. } => writer.prepare(text).await.map(drop),
                Engine::Postgres(pool) => pool.prepare(text).await.map(drop),
            };
            assert!(prepared.is_ok(), "{name}: {prepared:?}");
        }
    }
}

#[test]
fn statements_keep_to_the_shared_subset() {
    let names: std::collections::HashSet<_> =
        sql::all().into_iter().map(|(name, _)| name).collect();
    assert!(names.len() > 30);
    for (name, text) in sql::all() {
        assert!(
            !text.contains('?'),
            "{name} has a parameter of one engine only"
        );
        for word in ["FOR UPDATE", "JSON", "now(", "random", "OFFSET"] {
            assert!(!text.contains(word), "{name} contains {word}");
        }
        // PostgreSQL takes 65,535 parameters, SQLite 32,766.
        assert!(
            text.matches('$').count() < 32_766,
            "{name} has too many parameters"
        );
    }
}

#[tokio::test]
async fn opening_again_finds_everything() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 3)).await.unwrap();
        store.close().await;
        let store = scratch.open().await;
        assert_eq!(store.head(ORIGIN).await.unwrap(), Some(head(ORIGIN, 3)));
        assert_eq!(
            store.body(&hash(2)).await.unwrap().unwrap(),
            b"{\"number\":2}"
        );
    }
}

#[tokio::test]
async fn memory_is_one_database_for_all_clones() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    store
        .create_log(ORIGIN, "vkey", b"note", &root(0))
        .await
        .unwrap();
    let (one, other) = (store.clone(), Store::open("sqlite::memory:").await.unwrap());
    assert!(one.head(ORIGIN).await.unwrap().is_some());
    assert!(other.head(ORIGIN).await.unwrap().is_none());
}

#[tokio::test]
async fn readers_do_not_wait_for_the_writer() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 1)).await.unwrap();
        let mut writing = store.engine.write().await.unwrap();
        let moved = "UPDATE log SET size = 9 WHERE origin = $1";
        let met = writing.execute(moved, vec![ORIGIN.into()]).await.unwrap();
        assert_eq!(met, 1);
        // The writer has not committed: readers see the state before it, at once.
        assert_eq!(store.head(ORIGIN).await.unwrap().unwrap().size, 1);
        assert!(store.body(&hash(0)).await.unwrap().is_some());
        drop(writing);
        assert_eq!(store.head(ORIGIN).await.unwrap().unwrap().size, 1);
    }
}

#[test]
fn statements_of_many_rows_keep_to_the_parameters_allowed() {
    let rows = |rows, parameters| sql::INSERT_RECORDS.for_rows(rows, parameters).0;
    assert_eq!(rows(1_000, 4_096), 256);
    assert_eq!(rows(255, 4_096), 64);
    // 14 columns: 16 rows need 224 parameters.
    assert_eq!(rows(1_000, 224), 16);
    assert_eq!(rows(1_000, 223), 4);
    assert_eq!(rows(1_000, 1), 1);
    let keys = |keys| sql::BODIES.for_keys(keys).0;
    assert_eq!([1, 2, 8, 9, 256, 257].map(keys), [1, 8, 8, 64, 256, 256]);
}
