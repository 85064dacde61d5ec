use super::{FederationRow, Withheld};
use crate::testing::Scratch;
use crate::tests::{ORIGIN, batch, hash, plain_batch, record, root, with_log};

fn act(number: u64, origin: &str) -> Withheld {
    Withheld {
        digest: hash(number),
        takedown: hash(number + 100),
        origin: origin.to_owned(),
        document_digest: hash(number + (1 << 40)),
        signed_by: "did:web:nqi.one.example".to_owned(),
        ground: "court order".to_owned(),
        since: 9,
    }
}

#[tokio::test]
async fn an_entry_is_voided_in_one_log_and_a_document_everywhere() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 3)).await.unwrap();
        let other = "nqi.two.example/log/2026";
        store
            .create_foreign_log(other, "vkey", &root(0))
            .await
            .unwrap();
        store
            .append(&batch(other, 0, vec![record(0, 1), record(1, 2)]))
            .await
            .unwrap();
        store.withhold(&act(1, ORIGIN), false, None).await.unwrap();
        store.withhold(&act(2, ""), true, None).await.unwrap();
        let bodies = |origin| {
            let store = &store;
            async move {
                let bodies = store.bodies_of_positions(origin, 0, 9).await.unwrap();
                bodies
                    .into_iter()
                    .map(|(_, body)| body.is_some())
                    .collect::<Vec<_>>()
            }
        };
        assert_eq!(bodies(ORIGIN).await, [true, false, false]);
        assert_eq!(bodies(other).await, [true, false]);
        assert_eq!(store.body(&hash(2)).await.unwrap(), None);
        let acts = store.withheld_document(&act(1, "").document_digest).await;
        assert_eq!(acts.unwrap(), [act(1, ORIGIN)]);
        // A body that turns up again is not taken.
        store
            .supply(other, &[record(1, 2)], &[], &[])
            .await
            .unwrap();
        assert_eq!(store.body(&hash(2)).await.unwrap(), None);
        assert_eq!(store.withheld(&hash(2)).await.unwrap(), [act(2, "")]);
    }
}

#[tokio::test]
async fn a_body_void_in_one_log_comes_back_with_another() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        store.append(&plain_batch(0, 3)).await.unwrap();
        store.withhold(&act(1, ORIGIN), true, None).await.unwrap();
        store.withhold(&act(2, ""), true, None).await.unwrap();
        let other = "nqi.two.example/log/2026";
        store
            .create_foreign_log(other, "vkey", &root(0))
            .await
            .unwrap();
        let page = batch(other, 0, vec![record(0, 1), record(1, 2), record(2, 9)]);
        let body = page.records[0].body.clone();
        store.append(&page).await.unwrap();
        assert_eq!(store.body(&hash(1)).await.unwrap(), Some(body));
        assert_eq!(store.body(&hash(2)).await.unwrap(), None);
        let bodies = store.bodies_of_positions(ORIGIN, 0, 3).await.unwrap();
        let held: Vec<_> = bodies.iter().map(|(_, body)| body.is_some()).collect();
        assert_eq!(held, [true, false, false], "void where it was taken down");
    }
}

#[tokio::test]
async fn an_act_in_one_log_may_become_one_everywhere() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        for origin in [ORIGIN, "", ORIGIN] {
            store.withhold(&act(1, origin), false, None).await.unwrap();
        }
        assert_eq!(store.withheld(&hash(1)).await.unwrap(), [act(1, "")]);
    }
}

#[tokio::test]
async fn what_never_came_is_known_by_name() {
    for scratch in Scratch::each() {
        let store = with_log(&scratch).await;
        let mut absent = record(0, 7);
        (absent.body, absent.received_at) = (Vec::new(), 0);
        store
            .withhold(&act(7, ORIGIN), false, Some((ORIGIN, absent.clone())))
            .await
            .unwrap();
        let found = store.records_by_id(&absent.id).await.unwrap();
        assert_eq!(found[0].digest, absent.digest);
        assert!(!found[0].was_held());
        assert_eq!(store.body(&absent.digest).await.unwrap(), None);
    }
}

#[tokio::test]
async fn federation_documents_are_kept_once() {
    for scratch in Scratch::each() {
        let store = scratch.open().await;
        let list = FederationRow {
            digest: hash(1),
            body: b"{}".to_vec(),
            received_at: 3,
        };
        assert!(store.keep_federation(&list).await.unwrap());
        assert!(!store.keep_federation(&list).await.unwrap());
        assert_eq!(store.federation().await.unwrap(), [list]);
    }
}
