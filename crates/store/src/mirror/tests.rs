use super::{Followed, FollowedState, InvalidRecord, MissingBody, MissingReason, Mode};
use crate::testing::Scratch;
use crate::tests::{batch, hash, head, record, root};
use crate::{Error, NewEntry};

const FOREIGN: &str = "nqi.two.example/log/2026";

fn missing(position: u64, number: u64) -> MissingBody {
    MissingBody {
        position,
        digest: hash(number),
        kind: "Attestation".to_owned(),
        length: 7,
        reason: MissingReason::Missing,
        since: 5,
    }
}

#[tokio::test]
async fn a_page_without_a_checkpoint_keeps_no_head() {
    for scratch in Scratch::each() {
        let store = scratch.open().await;
        for _ in 0..2 {
            store
                .create_foreign_log(FOREIGN, "vkey", &root(0))
                .await
                .unwrap();
        }
        assert!(store.notes(FOREIGN, 0, 9).await.unwrap().is_empty());
        let mut page = batch(FOREIGN, 0, vec![record(0, 0)]);
        page.after.note = Vec::new();
        store.append(&page).await.unwrap();
        assert_eq!(store.head(FOREIGN).await.unwrap().unwrap().size, 1);
        assert!(store.notes(FOREIGN, 0, 9).await.unwrap().is_empty());
        let end = batch(FOREIGN, 1, Vec::new());
        store.append(&end).await.unwrap();
        let kept = store.notes(FOREIGN, 0, 9).await.unwrap();
        assert_eq!(kept[0].note, head(FOREIGN, 1).note);
    }
}

#[tokio::test]
async fn a_missing_body_is_kept_in_mind_until_it_comes() {
    for scratch in Scratch::each() {
        let store = scratch.open().await;
        store
            .create_foreign_log(FOREIGN, "vkey", &root(0))
            .await
            .unwrap();
        let mut page = batch(FOREIGN, 0, vec![record(0, 0)]);
        page.entries.push(NewEntry {
            position: 1,
            entry: b"entry 1".to_vec(),
            leaf: hash(1),
            digest: Some(hash(9)),
        });
        page.after = head(FOREIGN, 2);
        page.missing = vec![missing(1, 9)];
        store.append(&page).await.unwrap();
        assert_eq!(store.count_missing(FOREIGN).await.unwrap(), 1);
        let open = store.missing_bodies(FOREIGN, 0, 9).await.unwrap();
        assert_eq!(open, [missing(1, 9)]);
        let (page, next) = store.records_from(FOREIGN, 0, 9).await.unwrap();
        assert_eq!((page.len(), next), (1, Some(2)));
        let late = InvalidRecord {
            digest: hash(9),
            position: 1,
            reason: "not signed".to_owned(),
        };
        store
            .supply(FOREIGN, &[record(1, 9)], &[late], &[])
            .await
            .unwrap();
        assert_eq!(store.count_missing(FOREIGN).await.unwrap(), 0);
        assert!(store.body(&hash(9)).await.unwrap().is_some());
        let reason = store.invalid_record(&hash(9)).await.unwrap();
        assert_eq!(reason.as_deref(), Some("not signed"));
        assert_eq!(store.invalid_record(&hash(0)).await.unwrap(), None);
    }
}

#[tokio::test]
async fn what_is_kept_of_a_followed_log_never_thaws_it() {
    for scratch in Scratch::each() {
        let store = scratch.open().await;
        let mut log = Followed::new(FOREIGN, "vkey", "https://two.example", Mode::Mirror);
        store.put_followed(&log).await.unwrap();
        store
            .set_followed_state(FOREIGN, FollowedState::Frozen)
            .await
            .unwrap();
        log.seen_size = 7;
        store.put_followed(&log).await.unwrap();
        store
            .set_followed_state(FOREIGN, FollowedState::Closed)
            .await
            .unwrap();
        log.state = FollowedState::Frozen;
        assert_eq!(store.followed(FOREIGN).await.unwrap(), Some(log.clone()));
        assert_eq!(store.all_followed().await.unwrap(), [log]);
        store.forget_followed(FOREIGN).await.unwrap();
        assert_eq!(store.followed(FOREIGN).await.unwrap(), None);
        let nameless = Followed::new(&"x".repeat(600), "", "", Mode::Follower);
        let answer = store.put_followed(&nameless).await;
        assert!(matches!(answer, Err(Error::TooLong { .. })));
    }
}
