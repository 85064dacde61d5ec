use crate::testing::Scratch;
use crate::tests::{ORIGIN, hash, plain_batch, with_log};
use crate::{Error, NewTile};

#[tokio::test]
async fn entries_and_leaves_come_back_in_order() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 300)).await.unwrap();
        let bundle = store.entries(ORIGIN, 256, 256).await.unwrap();
        assert_eq!(bundle.len(), 44);
        assert_eq!(bundle[0], b"entry 256");
        let leaves = store.leaves(ORIGIN, 298, 256).await.unwrap();
        assert_eq!(leaves, [hash(298 + (1 << 50)), hash(299 + (1 << 50))]);
        assert!(store.entries(ORIGIN, 300, 1).await.unwrap().is_empty());
        assert!(store.entries(ORIGIN, u64::MAX, 1).await.unwrap().is_empty());
        assert!(store.entries("none", 0, 1).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_tile_is_replaced_as_it_fills() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        for (size, width) in [(0, 1), (1, 2)] {
            let mut batch = plain_batch(size, 1);
            batch.tiles.push(NewTile {
                level: 63,
                index: 1 << 40,
                hashes: vec![9; 32],
            });
            store.append(&batch).await.unwrap();
            let tile = store.tile(ORIGIN, 0, 0).await.unwrap().unwrap();
            assert_eq!(tile, vec![7; 32 * width]);
        }
        let far = store.tile(ORIGIN, 63, 1 << 40).await.unwrap();
        assert_eq!(far, Some(vec![9; 32]));
        assert_eq!(store.tile(ORIGIN, 1, 0).await.unwrap(), None);
        assert_eq!(store.tile(ORIGIN, 0, u64::MAX).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_missing_entry_never_shifts_the_later_ones() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 5)).await.unwrap();
        let damage = "DELETE FROM entry WHERE origin = $1 AND position = 2";
        store
            .engine
            .execute(damage, vec![ORIGIN.into()])
            .await
            .unwrap();
        let found = store.entries(ORIGIN, 0, 5).await;
        let Err(Error::Inconsistent { table, column, row }) = found else {
            panic!("a gap went unseen: {found:?}");
        };
        assert_eq!(
            (table, column, row.as_str()),
            ("entry", "position", "2 is missing")
        );
        assert!(store.leaves(ORIGIN, 2, 1).await.is_err());
    }
}
