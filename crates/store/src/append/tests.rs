mod killed;

use crate::testing::Scratch;
use crate::tests::{ORIGIN, batch, hash, head, plain_batch, record, root, with_log};
use crate::{
    Batch, Error, MAX_BODY_BYTES, MAX_ENTRY_BYTES, MAX_NAME_BYTES, NewTile, Store, SubjectKey,
};

/// Nothing of a batch beyond `size` may be seen.
async fn assert_untouched(store: &Store, size: u64) {
    let found = store.head(ORIGIN).await.unwrap().unwrap();
    assert_eq!((found.size, found.root), (size, root(size)));
    assert!(store.entries(ORIGIN, size, 10).await.unwrap().is_empty());
    assert!(store.record(&hash(size)).await.unwrap().is_none());
    let number = format!("N{size}");
    assert!(
        store
            .by_identifier_any_scheme(&number, 9)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(store.notes(ORIGIN, size + 1, 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn bodies_come_back_byte_for_byte() {
    let every_byte: Vec<u8> = (0..=255).collect();
    // A megabyte that compresses well, and one that does not.
    let long = vec![b'x'; MAX_BODY_BYTES];
    let noise: Vec<u8> = (0..MAX_BODY_BYTES as u64 / 32).flat_map(hash).collect();
    let bodies = [every_byte, long, noise, Vec::new(), b"{}".to_vec()];
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let records = (0..).zip(&bodies).map(|(number, body)| {
            let mut record = record(number, number);
            record.body.clone_from(body);
            record
        });
        store
            .append(&batch(ORIGIN, 0, records.collect()))
            .await
            .unwrap();
        for (number, body) in (0..).zip(&bodies) {
            let found = store.body(&hash(number)).await.unwrap();
            assert!(found.as_ref() == Some(body), "body {number} differs");
        }
    }
}

#[tokio::test]
async fn a_batch_of_every_statement_size_comes_back_in_order() {
    // 256 + 64 + 16 + 4 + 1 + 1: each prepared size at least once.
    let count = 342;
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, count)).await.unwrap();
        let entries = store.entries(ORIGIN, 0, 1_000).await.unwrap();
        assert_eq!(entries.len(), 342);
        let records = store.records_from(ORIGIN, 0, 1_000).await.unwrap().0;
        let found: Vec<_> = records.iter().map(|(record, _)| record.digest).collect();
        let expected: Vec<_> = (0..count).map(hash).collect();
        assert!(found == expected);
        assert_eq!(records[341].1.as_deref(), Some(&b"{\"number\":341}"[..]));
    }
}

#[tokio::test]
async fn the_loser_of_a_race_writes_nothing() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let second = scratch.open().await;
        store.append(&plain_batch(0, 2)).await.unwrap();
        // Built on the empty log, like the first.
        let lost = second.append(&plain_batch(0, 3)).await;
        assert!(matches!(lost, Err(Error::HeadMoved)), "{lost:?}");
        // The right size over another tree.
        let mut forked = plain_batch(2, 1);
        forked.before.1 = hash(99);
        let lost = second.append(&forked).await;
        assert!(matches!(lost, Err(Error::HeadMoved)), "{lost:?}");
        assert_untouched(&store, 2).await;
    }
}

#[tokio::test]
async fn of_many_writers_at_once_one_wins_each_round() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        for size in 0..5 {
            let writers: Vec<_> = (0..4).map(|_| store.clone()).collect();
            let tasks = writers.into_iter().map(|store| {
                tokio::spawn(async move { store.append(&plain_batch(size, 1)).await })
            });
            let mut won = 0;
            for task in tasks.collect::<Vec<_>>() {
                match task.await.unwrap() {
                    Ok(()) => won += 1,
                    Err(error) => assert!(matches!(error, Error::HeadMoved), "{error:?}"),
                }
            }
            assert_eq!(won, 1);
        }
        assert_untouched(&store, 5).await;
    }
}

#[tokio::test]
async fn only_the_holder_of_the_lease_appends() {
    let by = |holder: Option<&str>, size| Batch {
        holder: holder.map(str::to_owned),
        ..plain_batch(size, 1)
    };
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store
            .acquire_lease(ORIGIN, "one", 1_000, 2_000)
            .await
            .unwrap();
        for stranger in [None, Some("two")] {
            let refused = store.append(&by(stranger, 0)).await;
            let Err(Error::LeaseHeld { holder, until }) = refused else {
                panic!("{stranger:?} was not refused: {refused:?}");
            };
            assert_eq!((holder.as_str(), until), ("one", 2_000));
        }
        assert_untouched(&store, 0).await;
        store.append(&by(Some("one"), 0)).await.unwrap();
        // Taken over at its end: the first holder is refused, whatever it believes.
        store
            .acquire_lease(ORIGIN, "two", 2_000, 3_000)
            .await
            .unwrap();
        let refused = store.append(&by(Some("one"), 1)).await;
        assert!(
            matches!(refused, Err(Error::LeaseHeld { .. })),
            "{refused:?}"
        );
        store.release_lease(ORIGIN, "two").await.unwrap();
        let refused = store.append(&by(Some("two"), 1)).await;
        assert!(matches!(refused, Err(Error::LeaseLost)), "{refused:?}");
        store.append(&by(None, 1)).await.unwrap();
    }
}

#[tokio::test]
async fn an_unknown_log_is_said_so() {
    for scratch in Scratch::each() {
        let store = scratch.open().await;
        let refused = store.append(&plain_batch(0, 1)).await;
        assert!(
            matches!(refused, Err(Error::UnknownLog { .. })),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_record_is_logged_once_in_a_log() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 1)).await.unwrap();
        let again = batch(ORIGIN, 1, vec![record(1, 1), record(2, 0)]);
        let refused = store.append(&again).await;
        assert!(
            matches!(refused, Err(Error::Conflict { .. })),
            "{refused:?}"
        );
        assert_untouched(&store, 1).await;
    }
}

#[tokio::test]
async fn a_transaction_dropped_in_the_middle_leaves_nothing() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let batch = plain_batch(0, 2);
        // Every step but the commit.
        let mut writing = store.engine.write().await.unwrap();
        super::swap_head(&mut writing, &batch).await.unwrap();
        super::insert_entries(&mut writing, &batch).await.unwrap();
        super::put_tiles(&mut writing, &batch).await.unwrap();
        super::insert_records(&mut writing, &batch.origin, &batch.records)
            .await
            .unwrap();
        super::insert_projections(&mut writing, &batch.records)
            .await
            .unwrap();
        drop(writing);
        assert_untouched(&store, 0).await;
        assert_eq!(store.tile(ORIGIN, 0, 0).await.unwrap(), None);
        // The writer is free again.
        store.append(&batch).await.unwrap();
    }
}

#[tokio::test]
async fn a_cancelled_append_leaves_all_or_nothing() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let mut size = 0;
        // Polled a growing number of times, then dropped.
        for polls in 0..40 {
            let batch = plain_batch(size, 3);
            let mut append = Box::pin(store.append(&batch));
            for _ in 0..polls {
                let once = std::future::poll_fn(|context| {
                    std::task::Poll::Ready(append.as_mut().poll(context).is_ready())
                });
                if once.await {
                    break;
                }
                tokio::task::yield_now().await;
            }
            drop(append);
            // Waits for the row of the log: a commit that was sent already goes on.
            store.acquire_lease(ORIGIN, "judge", 0, 0).await.unwrap();
            let found = store.head(ORIGIN).await.unwrap().unwrap().size;
            assert!(found == size || found == size + 3, "{found} after {size}");
            let entries = store.entries(ORIGIN, size, 10).await.unwrap();
            assert_eq!(entries.len() as u64, found - size);
            size = found;
        }
        // Whatever was cut short, the next one works.
        store.append(&plain_batch(size, 1)).await.unwrap();
    }
}

#[tokio::test]
async fn a_head_may_be_signed_again_without_entries() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 2)).await.unwrap();
        let mut again = batch(ORIGIN, 2, Vec::new());
        again.tiles.clear();
        again.after.updated_at = 5_000;
        again.after.note = b"signed again".to_vec();
        store.append(&again).await.unwrap();
        assert_eq!(store.head(ORIGIN).await.unwrap().unwrap(), again.after);
        let kept = store.notes(ORIGIN, 2, 9).await.unwrap();
        let times: Vec<_> = kept.iter().map(|kept| kept.signed_at).collect();
        assert_eq!(times, [1_002, 5_000]);
    }
}

#[tokio::test]
async fn a_record_of_another_log_keeps_its_first_place() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let other = "nqi.two.example/log/2026";
        store
            .create_log(other, "vkey", b"note", &root(0))
            .await
            .unwrap();
        store.append(&plain_batch(0, 2)).await.unwrap();
        let mirrored = batch(other, 0, vec![record(0, 7), record(1, 1)]);
        store.append(&mirrored).await.unwrap();
        let first = store.record(&hash(1)).await.unwrap().unwrap();
        assert_eq!((first.origin.as_str(), first.position), (ORIGIN, 1));
        let places = store.positions(&hash(1)).await.unwrap();
        assert_eq!(places, [(ORIGIN.to_owned(), 1), (other.to_owned(), 1)]);
        let there = store.records_from(other, 1, 9).await.unwrap().0;
        assert_eq!(
            (there[0].0.origin.as_str(), there[0].0.position),
            (other, 1)
        );
    }
}

#[tokio::test]
async fn hostile_text_is_cut_and_never_stops_a_batch() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let mut hostile = record(0, 0);
        let endless = format!("a\0{}", "語".repeat(4_000));
        for identifier in &mut hostile.identifiers {
            identifier.value.clone_from(&endless);
            identifier.scheme.clone_from(&endless);
        }
        hostile.references = vec![endless.clone(), endless.clone()];
        hostile.subjects = vec![SubjectKey {
            authority: endless.clone(),
            issuer: endless.clone(),
            id: endless.clone(),
            sequence: u64::MAX,
        }];
        store
            .append(&batch(ORIGIN, 0, vec![hostile]))
            .await
            .unwrap();
        let found = store.by_identifier(&endless, &endless, 9).await.unwrap();
        assert_eq!(found, [hash(0)]);
        assert_eq!(store.by_reference(&endless, 9).await.unwrap(), [hash(0)]);
        let events = store.events_of(&endless, &endless, &endless).await.unwrap();
        assert_eq!(events.len(), 1);
        assert!(store.records_by_id("a\0b").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn limits_hold_and_one_beyond_is_refused() {
    type Change = fn(&mut Batch, usize);
    let limits: [(usize, Change); 4] = [
        (MAX_BODY_BYTES, |batch, length| {
            batch.records[0].body = vec![b' '; length];
        }),
        (MAX_ENTRY_BYTES, |batch, length| {
            batch.entries[0].entry = vec![b' '; length];
        }),
        (MAX_NAME_BYTES, |batch, length| {
            batch.records[0].issuer = "x".repeat(length);
            batch.records[0].id = "y".repeat(length);
        }),
        (crate::MAX_TILE_HASHES * 32, |batch, length| {
            batch.tiles[0].hashes = vec![1; length.next_multiple_of(32)];
        }),
    ];
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        for (size, (limit, change)) in (0..).zip(limits) {
            let mut batch = plain_batch(size, 1);
            change(&mut batch, limit + 1);
            let refused = store.append(&batch).await;
            assert!(matches!(refused, Err(Error::TooLong { .. })), "{refused:?}");
            change(&mut batch, limit);
            store.append(&batch).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_batch_that_contradicts_itself_is_refused() {
    let changes: [fn(&mut Batch); 9] = [
        |batch| batch.after.size += 1,
        |batch| batch.after.origin = "another".to_owned(),
        |batch| batch.entries[1].position = 7,
        |batch| batch.records[0].position = 2,
        |batch| batch.records[1].position = 0,
        |batch| batch.tiles[0].hashes = vec![0; 33],
        |batch| {
            batch.tiles.push(NewTile {
                level: 1,
                index: 0,
                hashes: Vec::new(),
            });
        },
        |batch| batch.records[0].id = "a\0".to_owned(),
        |batch| {
            batch.entries.clear();
            batch.records.clear();
            batch.after.size = 0;
        },
    ];
    let scratch = Scratch::sqlite();
    let store = with_log(&scratch).await;
    for change in changes {
        let mut batch = plain_batch(0, 2);
        change(&mut batch);
        let refused = store.append(&batch).await;
        assert!(
            matches!(refused, Err(Error::Contradiction { .. })),
            "{refused:?}"
        );
    }
    assert_eq!(
        store.head(ORIGIN).await.unwrap().unwrap().note,
        head(ORIGIN, 0).note
    );
}
