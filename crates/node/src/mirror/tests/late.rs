//! What was committed and not taken up, and bodies fetched when they are asked for.

use comity_recognition::question::Selector;
use comity_signature::digest::record_digest;
use comity_store::Withheld;

use super::bare::bare_log;
use super::world::World;
use crate::mirror::page::{self, Logged};
use crate::peers::PeerMode;
use crate::recognise::Ask;

#[tokio::test]
async fn a_page_that_was_not_taken_up_is_not_judged_by_until_it_is() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    let (shared, origin) = (&mirror.shared, log.origin());
    let (damaged, sound) = (world.grant(0, 3), world.grant(0, 4));
    let digest = log.add_record("CompetenceGrant", &damaged);
    // The disk gives other bytes for a record that another log brought: it cannot be read.
    let logged = Logged {
        position: 0,
        kind: "CompetenceGrant".to_owned(),
        digest,
        length: damaged.len() as u64,
    };
    let examined = page::examine(vec![(logged, Some(damaged))], shared.clock.now()).await;
    let right = examined.unwrap().records;
    let mut wrong = right.clone();
    wrong[0].body = b"other bytes".to_vec();
    shared
        .store
        .supply("x.example/log/1", &wrong, &[], &[])
        .await
        .unwrap();
    let held = |body: &[u8]| {
        let (digest, held) = (record_digest(body), shared.held.snapshot());
        held.trust
            .records()
            .any(|record| record.record_digest == digest)
    };
    log.add_record("CompetenceGrant", &sound);
    assert!(mirror.pull().await.is_err());
    assert_eq!(shared.store.head(&origin).await.unwrap().unwrap().size, 2);
    assert!(mirror.pull().await.is_err());
    assert!(!held(&sound) && !shared.log_is_cosigned(&origin).await);
    let heads = async || {
        let sound = Selector::RecordDigest(hex::encode(record_digest(&sound)));
        let ask = Ask::new(sound, "SE");
        let prepared = shared.prepare(ask).await.unwrap();
        let of_log = prepared.heads.iter().filter(|head| head.origin == origin);
        of_log.map(|head| head.size).collect::<Vec<_>>()
    };
    assert!(heads().await.is_empty(), "none covers what is not weighed");
    // Restored.
    let gone = Withheld {
        digest,
        takedown: [1; 32],
        origin: "x.example/log/1".to_owned(),
        document_digest: [2; 32],
        signed_by: String::new(),
        ground: String::new(),
        since: 0,
    };
    shared.store.withhold(&gone, true, None).await.unwrap();
    shared
        .store
        .supply(&origin, &right, &[], &[])
        .await
        .unwrap();
    assert!(mirror.pull().await.is_ok());
    assert!(held(&sound) && shared.log_is_cosigned(&origin).await);
    assert_eq!(heads().await, [2]);
}

#[tokio::test]
async fn a_body_is_asked_for_once_at_a_time_and_not_again_at_once() {
    let world = World::of(2).await;
    world.follow(1, 0, PeerMode::Follower);
    let body = world.publish_attestation(0, 2).await;
    let digest = record_digest(&body);
    world.mirror(1).await;
    let node = &world.nodes[1];
    world.hide_bodies(true);
    let asked = world.requests();
    for _ in 0..3 {
        assert_eq!(node.fetch_body(&digest).await.unwrap(), None);
    }
    assert_eq!(world.requests() - asked, 1);
    let unknown = node.fetch_body(&[9; 32]).await.unwrap();
    assert_eq!((unknown, world.requests() - asked), (None, 1));
    world.hide_bodies(false);
    let other = world.publish_attestation(0, 3).await;
    let digest = record_digest(&other);
    world.mirror(1).await;
    let asked = world.requests();
    let both = futures::future::join(node.fetch_body(&digest), node.fetch_body(&digest)).await;
    assert_eq!(both.0.unwrap(), Some(other.clone()));
    assert_eq!(both.1.unwrap(), Some(other));
    assert_eq!(world.requests() - asked, 1);
}
