use super::{CosignatureRow, Cosigned, ForkRow};
use crate::Error;
use crate::testing::Scratch;
use crate::tests::{ORIGIN, hash, root};

fn cosigned(size: u64, root: [u8; 32], signed_at: i64) -> Cosigned {
    Cosigned {
        origin: ORIGIN.to_owned(),
        cosigner: "mirror".to_owned(),
        size,
        root,
        note: format!("note {size}").into_bytes(),
        signed_at,
    }
}

#[tokio::test]
async fn what_was_cosigned_is_never_set_back() {
    for scratch in Scratch::each() {
        let store = scratch.open().await;
        let first = cosigned(5, root(5), 10);
        store.swap_cosigned(None, &first).await.unwrap();
        let twice = store.swap_cosigned(None, &first).await;
        assert!(matches!(twice, Err(Error::HeadMoved)), "{twice:?}");
        let again = cosigned(5, root(5), 12);
        store.swap_cosigned(Some(&first), &again).await.unwrap();
        let larger = cosigned(8, root(8), 20);
        store.swap_cosigned(Some(&again), &larger).await.unwrap();
        for (before, after) in [
            (&larger, cosigned(7, root(7), 30)),
            (&larger, cosigned(8, root(1), 30)),
            (&larger, cosigned(9, root(9), 19)),
        ] {
            let refused = store.swap_cosigned(Some(before), &after).await;
            assert!(matches!(refused, Err(Error::Contradiction { .. })));
        }
        let late = store
            .swap_cosigned(Some(&first), &cosigned(9, root(9), 30))
            .await;
        assert!(matches!(late, Err(Error::HeadMoved)), "{late:?}");
        assert_eq!(
            store.cosigned(ORIGIN, "mirror").await.unwrap(),
            Some(larger)
        );
        assert_eq!(store.cosigned(ORIGIN, "witness").await.unwrap(), None);
    }
}

#[tokio::test]
async fn lines_come_by_size() {
    for scratch in Scratch::each() {
        let store = scratch.open().await;
        let line = |size, cosigner: &str, signed_at| CosignatureRow {
            size,
            cosigner: cosigner.to_owned(),
            signed_at,
            line: format!("{cosigner} {signed_at}"),
        };
        let lines = [line(3, "a", 1), line(3, "b", 2), line(9, "a", 4)];
        for _ in 0..2 {
            store.keep_cosignatures(ORIGIN, &lines).await.unwrap();
        }
        assert_eq!(store.cosignatures(ORIGIN, 0, 9).await.unwrap(), lines);
        assert_eq!(store.cosignatures(ORIGIN, 4, 9).await.unwrap(), lines[2..]);
        let down = store.cosignatures_down(ORIGIN, 8, 1).await.unwrap();
        assert_eq!(down, lines[1..2]);
    }
}

#[tokio::test]
async fn a_proof_of_a_fork_is_kept_once() {
    for scratch in Scratch::each() {
        let store = scratch.open().await;
        let fork = ForkRow {
            origin: ORIGIN.to_owned(),
            digest: hash(1),
            file: b"{}".to_vec(),
            found_at: 4,
        };
        assert!(store.keep_fork(&fork).await.unwrap());
        assert!(!store.keep_fork(&fork).await.unwrap());
        assert_eq!(
            store.forks(ORIGIN).await.unwrap(),
            std::slice::from_ref(&fork)
        );
        assert_eq!(store.all_forks().await.unwrap(), [fork]);
    }
}
