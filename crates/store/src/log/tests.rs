use crate::Error;
use crate::testing::Scratch;
use crate::tests::{ORIGIN, head, plain_batch, root, with_log};

#[tokio::test]
async fn a_log_is_created_once_and_listed() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let again = store.create_log(ORIGIN, "other", b"x", &root(0)).await;
        assert!(matches!(again, Err(Error::Conflict { .. })), "{again:?}");
        store
            .create_log("A.example/log/1", "vkey", b"x", &root(0))
            .await
            .unwrap();
        let logs = store.logs().await.unwrap();
        let origins: Vec<_> = logs.iter().map(|head| head.origin.as_str()).collect();
        // By bytes on both engines: capitals first.
        assert_eq!(origins, ["A.example/log/1", ORIGIN]);
        assert_eq!(store.vkey(ORIGIN).await.unwrap().as_deref(), Some("vkey"));
        assert_eq!(store.vkey("none").await.unwrap(), None);
        assert_eq!(store.head("none").await.unwrap(), None);
        let empty = store.notes(ORIGIN, 0, 9).await.unwrap();
        assert_eq!(empty[0].note, head(ORIGIN, 0).note);
    }
}

#[tokio::test]
async fn a_second_writer_is_refused_until_the_lease_ends() {
    for scratch in Scratch::each() {
        let first = with_log(&scratch).await;
        let second = scratch.open().await;
        first.acquire_lease(ORIGIN, "one", 100, 160).await.unwrap();
        for now in [100, 159] {
            let refused = second.acquire_lease(ORIGIN, "two", now, now + 60).await;
            let Err(Error::LeaseHeld { holder, until }) = refused else {
                panic!("not refused: {refused:?}");
            };
            assert_eq!((holder.as_str(), until), ("one", 160));
        }
        // The holder renews; the end moves.
        first.acquire_lease(ORIGIN, "one", 150, 210).await.unwrap();
        let refused = second.acquire_lease(ORIGIN, "two", 160, 220).await;
        assert!(
            matches!(refused, Err(Error::LeaseHeld { until: 210, .. })),
            "{refused:?}"
        );
        second.acquire_lease(ORIGIN, "two", 210, 270).await.unwrap();
        let refused = first.acquire_lease(ORIGIN, "one", 211, 271).await;
        assert!(
            matches!(refused, Err(Error::LeaseHeld { .. })),
            "{refused:?}"
        );
        // Only the holder can give it back.
        first.release_lease(ORIGIN, "one").await.unwrap();
        let refused = first.acquire_lease(ORIGIN, "one", 211, 271).await;
        assert!(
            matches!(refused, Err(Error::LeaseHeld { .. })),
            "{refused:?}"
        );
        second.release_lease(ORIGIN, "two").await.unwrap();
        first.acquire_lease(ORIGIN, "one", 211, 271).await.unwrap();
        let unknown = first.acquire_lease("none", "one", 0, 1).await;
        assert!(
            matches!(unknown, Err(Error::UnknownLog { .. })),
            "{unknown:?}"
        );
    }
}

#[tokio::test]
async fn every_head_is_kept_and_the_smallest_that_covers_is_found() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        for (size, count) in [(0, 2), (2, 1), (3, 5)] {
            store.append(&plain_batch(size, count)).await.unwrap();
        }
        let kept = store.notes(ORIGIN, 0, 9).await.unwrap();
        let sizes: Vec<_> = kept.iter().map(|kept| kept.size).collect();
        assert_eq!(sizes, [0, 2, 3, 8]);
        for (position, size) in [(0, 2), (1, 2), (2, 3), (3, 8), (7, 8)] {
            let covering = store
                .note_covering(ORIGIN, position)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(
                (covering.size, covering.note),
                (size, head(ORIGIN, size).note)
            );
        }
        assert_eq!(store.note_covering(ORIGIN, 8).await.unwrap(), None);
        assert_eq!(store.note_covering(ORIGIN, u64::MAX).await.unwrap(), None);
    }
}

#[tokio::test]
async fn the_head_as_of_a_time_and_size_is_found() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        for (size, count) in [(0, 2), (2, 1), (3, 5)] {
            store.append(&plain_batch(size, count)).await.unwrap();
        }
        // Sizes 0, 2, 3 and 8 were signed at 0, 1,002, 1,003 and 1,008.
        let far = u64::MAX;
        for (at, most, size) in [(0, far, 0), (1_002, far, 2), (1_007, far, 3), (9_999, 7, 3)] {
            let found = store.note_as_of(ORIGIN, at, most).await.unwrap().unwrap();
            assert_eq!(found.size, size);
        }
        assert_eq!(store.note_as_of(ORIGIN, -1, far).await.unwrap(), None);
    }
}

#[tokio::test]
async fn followers_keep_their_own_place_in_each_log() {
    for scratch in Scratch::each() {
        let store = scratch.open().await;
        assert_eq!(store.follower("search", ORIGIN).await.unwrap(), 0);
        store.set_follower("search", ORIGIN, 7).await.unwrap();
        store.set_follower("search", ORIGIN, 9).await.unwrap();
        store.set_follower("search", "other", 1).await.unwrap();
        store.set_follower("trust", ORIGIN, 3).await.unwrap();
        assert_eq!(store.follower("search", ORIGIN).await.unwrap(), 9);
        assert_eq!(store.follower("trust", ORIGIN).await.unwrap(), 3);
        store.set_follower("search", ORIGIN, 0).await.unwrap();
        assert_eq!(store.follower("search", ORIGIN).await.unwrap(), 0);
        let beyond = store.set_follower("search", ORIGIN, u64::MAX).await;
        assert!(
            matches!(beyond, Err(Error::Contradiction { .. })),
            "{beyond:?}"
        );
    }
}
