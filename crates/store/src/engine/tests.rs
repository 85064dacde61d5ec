use super::Engine;
use crate::testing::Scratch;
use crate::tests::{ORIGIN, head, plain_batch, root, with_log};
use crate::{Error, Store};

#[tokio::test]
async fn an_unknown_kind_of_url_is_refused_without_repeating_it() {
    let refused = Store::open("mysql://user:secret@host/db")
        .await
        .unwrap_err();
    assert!(matches!(refused, Error::Setup(_)), "{refused:?}");
    assert!(!refused.to_string().contains("secret"));
}

#[tokio::test]
async fn a_database_that_sorts_otherwise_is_refused_with_the_way_out() {
    let setup = "TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'sv' LOCALE 'C'";
    let Some(scratch) = Scratch::postgres_with(setup) else {
        return;
    };
    let refused = Store::open(scratch.url()).await.unwrap_err();
    let Error::Setup(text) = refused else {
        panic!("another error: {refused:?}");
    };
    assert!(text.contains("LC_COLLATE 'C'"), "{text}");
}

#[tokio::test]
async fn two_processes_may_start_at_once() {
    for scratch in Scratch::each() {
        let url = scratch.url().to_owned();
        let opening = (0..6).map(|_| {
            let url = url.clone();
            tokio::spawn(async move { Store::open(&url).await })
        });
        for store in opening.collect::<Vec<_>>() {
            store.await.unwrap().unwrap();
        }
    }
}

#[tokio::test]
async fn a_commit_is_on_the_disk_before_it_is_answered() {
    let scratch = Scratch::sqlite();
    let store = scratch.open().await;
    let Engine::Sqlite { writer, .. } = &store.engine else {
        panic!("not SQLite");
    };
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(writer)
        .await
        .unwrap();
    let full: i64 = sqlx::query_scalar("PRAGMA synchronous")
        .fetch_one(writer)
        .await
        .unwrap();
    assert_eq!((mode.as_str(), full), ("wal", 2));
}

#[tokio::test]
async fn a_full_disk_is_said_and_leaves_nothing() {
    let scratch = Scratch::sqlite();
    let store = with_log(&scratch).await;
    let Engine::Sqlite { writer, .. } = &store.engine else {
        panic!("not SQLite");
    };
    // SQLite's own limit answers as a full disk does.
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
        .fetch_one(writer)
        .await
        .unwrap();
    let limit = format!("PRAGMA max_page_count = {}", pages + 5);
    sqlx::query(super::made(limit))
        .execute(writer)
        .await
        .unwrap();
    let refused = store.append(&plain_batch(0, 2_000)).await.unwrap_err();
    assert!(matches!(refused, Error::Unwritable { .. }), "{refused:?}");
    assert!(refused.to_string().contains("full"), "{refused}");
    assert_eq!(store.head(ORIGIN).await.unwrap().unwrap().size, 0);
    sqlx::query("PRAGMA max_page_count = 1000000")
        .execute(writer)
        .await
        .unwrap();
    store.append(&plain_batch(0, 2_000)).await.unwrap();
}

#[tokio::test]
async fn a_read_only_file_can_be_read_and_says_why_it_is_not_written() {
    let scratch = Scratch::sqlite();
    let store = with_log(&scratch).await;
    let read_only = Store::open(&format!("{}?mode=ro", scratch.url()))
        .await
        .unwrap();
    assert_eq!(
        read_only.head(ORIGIN).await.unwrap().unwrap().note,
        head(ORIGIN, 0).note
    );
    let refused = read_only.append(&plain_batch(0, 1)).await;
    assert!(
        matches!(refused, Err(Error::Unwritable { .. })),
        "{refused:?}"
    );
    store.append(&plain_batch(0, 1)).await.unwrap();
    let missing = Store::open("sqlite:///nowhere/at/all.sqlite").await;
    assert!(
        matches!(missing, Err(Error::Unwritable { .. })),
        "{missing:?}"
    );
}

#[tokio::test]
async fn a_writer_waits_for_another_process() {
    let scratch = Scratch::sqlite();
    let first = with_log(&scratch).await;
    let second = scratch.open().await;
    let held = first.engine.write().await.unwrap();
    let waiting = tokio::spawn(async move { second.append(&plain_batch(0, 1)).await });
    // The other one is let go only once it had every chance to begin.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    drop(held);
    waiting.await.unwrap().unwrap();
    let lost = first.create_log(ORIGIN, "vkey", b"", &root(0)).await;
    assert!(matches!(lost, Err(Error::Conflict { .. })), "{lost:?}");
}
