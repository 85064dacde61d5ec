//! What others say of a log, and what a log may say of others.

use comity_tlog::witness::AddCheckpoint;

use super::bare::bare_log;
use super::world::{World, keys, policy};
use crate::dating::{Checkpoints, Counted};
use crate::tests::now;

#[tokio::test]
async fn a_log_names_no_successor_on_another_host() {
    for (successor, followed) in [
        ("bare.example/log/2027", true),
        ("victim.example/log/2027", false),
    ] {
        let world = World::of(1).await;
        let (mut log, mirror) = bare_log(&world);
        log.add_entry(b"one");
        log.close_for(successor);
        assert!(mirror.pull().await.is_ok());
        let shared = &world.nodes[0].shared;
        shared.peers.replace(mirror.as_peers());
        let wanted = shared.wanted();
        let follows = wanted.iter().any(|log| log.origin == successor);
        assert_eq!(follows, followed, "{successor}");
    }
}

/// A log that takes records all the time signs many heads between two that others co-sign.
#[tokio::test]
async fn an_entry_of_a_busy_log_is_dated_however_many_heads_follow() {
    let world = World::of(3).await;
    for number in 0..60 {
        world.publish(0, number).await;
    }
    for other in [1, 2] {
        assert!(world.mirror(other).await.is_empty());
    }
    assert!(world.nodes[0].collect_once().await.unwrap().is_empty());
    // As a node counts that dates this log by its quorum.
    let counted = Counted::of(&policy(1, 3), keys(1).log.vkey(), now());
    let store = world.nodes[0].shared.store.clone();
    let checkpoints = Checkpoints::new(store, counted);
    let origin = world.origin(0);
    let place = checkpoints.locate(&origin, 0).await.unwrap();
    let last = place.checkpoints.last().unwrap();
    assert_eq!(last.size, 60);
    assert!(checkpoints.dates(&origin, &last.lines));
    // More heads that nobody has co-signed do not make the log look old.
    for number in 60..120 {
        world.publish(0, number).await;
    }
    let heads = checkpoints.heads(&origin, now().seconds(), u64::MAX);
    let heads = heads.await.unwrap();
    let dated = |head: &comity_recognition::evidence::LogHead| {
        head.size == 60 && checkpoints.dates(&origin, &head.lines)
    };
    assert!(heads.iter().any(dated));
}

/// The witness of a node knows what its mirror has seen of the log, though its key is another.
#[tokio::test]
async fn a_witness_signs_no_other_history_than_its_mirror_holds() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    let node = &world.nodes[0];
    node.shared.peers.replace(mirror.as_peers());
    log.add_entry(b"one");
    log.add_entry(b"two");
    assert!(mirror.pull().await.is_ok());
    log.rewrite(&[b"one", b"other"]);
    let request = AddCheckpoint {
        old_size: 0,
        proof: Vec::new(),
        note: log.note(),
    };
    let answered = node.add_checkpoint(request.encode().as_bytes()).await;
    let answered = answered.unwrap();
    assert_eq!(answered.status, 422, "{}", answered.body);
    let forks = node.shared.store.forks(&log.origin()).await.unwrap();
    assert_eq!(forks.len(), 1);
}
