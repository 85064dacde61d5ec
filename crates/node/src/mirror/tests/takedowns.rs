//! What is taken down in one log, as others follow it, and who may not take down what.

use comity_recognition::question::Selector;
use comity_signature::digest::record_digest;

use super::bare::bare_log;
use super::world::World;
use crate::peers::Peers;
use crate::tests::uuid;

/// Has a node look at one other only, or at all again.
fn look_at(world: &World, node: usize, only: Option<usize>) {
    let peers = &world.nodes[node].shared.peers;
    let mut all = super::world::peers(node, world.nodes.len(), crate::peers::PeerMode::Mirror);
    if let Some(only) = only {
        let origin = world.origin(only);
        all.peers.retain(|peer| peer.origin == origin);
    }
    peers.replace(Peers {
        witnesses: Vec::new(),
        ..all
    });
}

#[tokio::test]
async fn whose_record_it_is_a_takedown_alone_does_not_prove() {
    let world = World::of(3).await;
    let body = world.publish_attestation(1, 2).await;
    let digest = record_digest(&body);
    let liar = world.nodes[0].config().authority();
    world.take_down_as(0, 3, &body, &liar).await;
    look_at(&world, 2, Some(0));
    assert!(world.mirror(2).await.is_empty());
    look_at(&world, 2, None);
    for _ in 0..2 {
        assert!(world.mirror(2).await.is_empty());
        let newcomer = &world.nodes[2].shared;
        assert_eq!(
            newcomer.store.body(&digest).await.unwrap(),
            Some(body.clone())
        );
        assert!(newcomer.log_is_cosigned(&world.origin(1)).await);
    }
}

#[tokio::test]
async fn a_takedown_that_came_first_is_followed_when_the_body_comes() {
    let world = World::of(3).await;
    let body = world.attestation(1, 2);
    let digest = record_digest(&body);
    world.take_down(1, 3, &body).await;
    assert!(world.mirror(0).await.is_empty());
    let (mut log, mirror) = bare_log(&world);
    log.add_record("Attestation", &body);
    assert!(mirror.pull().await.is_ok());
    let store = &world.nodes[0].shared.store;
    assert_eq!(store.body(&digest).await.unwrap(), None);
    let acts = store.withheld(&digest).await.unwrap();
    assert!(acts.iter().any(|act| act.origin.is_empty()), "{acts:?}");
    // The authority's own log does not take it either, though it never held it.
    let again = world.nodes[1].publish(vec![body]).await.unwrap();
    let refusal = again.into_iter().next().unwrap().unwrap_err();
    assert_eq!(refusal.faults[0].code, "takenDown");
}

#[tokio::test]
async fn a_takedown_is_followed_by_mirrors_and_excuses_newcomers() {
    let world = World::of(3).await;
    let body = world.publish_attestation(0, 2).await;
    let digest = record_digest(&body);
    // One mirror held the body, the other comes after it was taken down.
    assert!(world.mirror(1).await.is_empty());
    let held = |node: usize| {
        let store = &world.nodes[node].shared.store;
        async move { store.body(&digest).await.unwrap().is_some() }
    };
    assert!(held(1).await);
    world.take_down(0, 3, &body).await;
    assert!(!held(0).await, "the origin deletes it at once");
    for node in [1, 2] {
        assert!(world.mirror(node).await.is_empty(), "co-signing goes on");
        assert!(!held(node).await);
        assert!(
            world.nodes[node]
                .shared
                .log_is_cosigned(&world.origin(0))
                .await
        );
        let acts = world.nodes[node].taken_down(&digest).await.unwrap();
        assert_eq!(acts[0].by, world.nodes[0].config().authority());
        let by_id = Selector::Id(uuid(2));
        let acts = world.nodes[node].taken_down_of(&by_id).await.unwrap();
        assert_eq!(acts.len(), 1, "it is found by its id and said to be gone");
    }
    let again = world.nodes[0].publish(vec![body]).await.unwrap();
    let refusal = again.into_iter().next().unwrap().unwrap_err();
    assert_eq!(refusal.faults[0].code, "takenDown");
}

#[tokio::test]
async fn only_the_authority_of_the_log_or_of_the_record_takes_down() {
    let world = World::of(2).await;
    let body = world.publish_attestation(0, 2).await;
    let digest = record_digest(&body);
    world.mirror(1).await;
    // Another authority, in its own log: neither its entry nor its record.
    world.take_down(1, 3, &body).await;
    world.mirror(0).await;
    for node in &world.nodes {
        assert!(node.shared.store.body(&digest).await.unwrap().is_some());
    }
}
