//! Nodes in one process that mirror each other, and what goes wrong between them.

mod bare;
mod decoys;
mod federated;
mod hostile;
mod late;
mod newer;
mod others;
mod takedowns;
mod world;

use comity_recognition::question::Selector;
use comity_store::{FollowedState, MissingReason};
use comity_tlog::entry::Entry;
use comity_tlog::note::SignedNote;

use super::Alarm;
use crate::peers::PeerMode;
use crate::tests::uuid;
use bare::{bare_log, watched_log};
use world::{World, url};

#[tokio::test]
async fn what_one_publishes_the_other_holds_cosigns_and_judges() {
    let world = World::of(2).await;
    let body = world.publish(0, 1).await;
    assert!(world.mirror(1).await.is_empty());
    let found = world.nodes[1]
        .look_up(&Selector::Id(uuid(1)))
        .await
        .unwrap();
    assert_eq!(found[0].body, body);
    let log = world.log(1, 0).await;
    assert_eq!((log.size, log.lag, log.mode), (1, 0, "mirror"));
    let id = world.id(0);
    let note = world.nodes[1]
        .mirrored_checkpoint(&id)
        .await
        .unwrap()
        .unwrap();
    let note = SignedNote::parse(&note).unwrap();
    let key = world.nodes[1].shared.mirrors.key.vkey().clone();
    let lines = comity_tlog::checkpoint::cosignatures(&note, &[key]);
    assert_eq!(lines.len(), 1, "{note}");
    let path = "tile/entries/000.p/1";
    let bundle = world.nodes[1].mirrored_tile(&id, path).await.unwrap();
    assert_eq!(bundle, world.nodes[0].bundle_at(path).await.unwrap());
    let bodies = world.nodes[1].mirrored_bodies(&id, 0, None).await.unwrap();
    assert_eq!(bodies, world.nodes[0].bodies(0, None).await.unwrap());
}

#[tokio::test]
async fn an_unchanged_log_costs_two_requests_and_one_signature() {
    let world = World::of(2).await;
    world.publish(0, 1).await;
    world.mirror(1).await;
    let id = world.id(0);
    let before = world.nodes[1].mirrored_checkpoint(&id).await.unwrap();
    let asked = world.requests();
    world.mirror(1).await;
    // One for its checkpoint, and one whether there is evidence against the own log.
    assert_eq!(world.requests() - asked, 2);
    let after = world.nodes[1].mirrored_checkpoint(&id).await.unwrap();
    assert_eq!(before, after);
}

#[tokio::test]
async fn a_missing_body_stops_cosigning_until_it_comes() {
    let world = World::of(2).await;
    world.publish(0, 1).await;
    world.mirror(1).await;
    let id = world.id(0);
    let before = world.nodes[1].mirrored_checkpoint(&id).await.unwrap();
    world.publish(0, 2).await;
    world.hide_bodies(true);
    let trouble = world.mirror(1).await;
    assert_eq!(trouble.get(&world.origin(0)), Some(&Alarm::MissingBodies));
    let store = &world.nodes[1].shared.store;
    let missing = store.missing_bodies(&world.origin(0), 0, 9).await.unwrap();
    assert_eq!(
        (missing.len(), missing[0].reason),
        (1, MissingReason::Missing)
    );
    let log = world.log(1, 0).await;
    assert_eq!(
        (log.size, log.alarms[0].kind.as_str()),
        (2, "missingBodies")
    );
    let held = world.nodes[1].mirrored_checkpoint(&id).await.unwrap();
    assert_eq!(held, before, "nothing is signed beyond what is held");
    world.hide_bodies(false);
    assert!(world.mirror(1).await.is_empty());
    assert_ne!(
        world.nodes[1].mirrored_checkpoint(&id).await.unwrap(),
        before
    );
    assert!(world.log(1, 0).await.alarms.is_empty());
    let found = world.nodes[1]
        .look_up(&Selector::Id(uuid(2)))
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
}

#[tokio::test]
async fn an_invalid_record_is_held_cosigned_and_marked() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    let good = world.grant(0, 3);
    let mut forged = good.clone();
    let at = forged.len() - 40;
    forged[at] = if forged[at] == b'1' { b'2' } else { b'1' };
    let digest = log.add_record("CompetenceGrant", &forged);
    log.add_record("CompetenceGrant", b"no record at all");
    assert!(mirror.pull().await.is_ok());
    let store = &world.nodes[0].shared.store;
    assert_eq!(store.body(&digest).await.unwrap(), Some(forged));
    assert!(store.invalid_record(&digest).await.unwrap().is_some());
    let note = world.nodes[0].mirrored_checkpoint(&log.id()).await.unwrap();
    assert!(
        String::from_utf8(note.unwrap())
            .unwrap()
            .contains("/mirror ")
    );
}

#[tokio::test]
async fn a_misfiled_body_stops_cosigning() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    log.add_record("Attestation", &world.grant(0, 3));
    assert_eq!(mirror.pull().await.unwrap_err().alarm, Alarm::Misfiled);
    let cosigner = world.nodes[0].shared.mirrors.key.vkey().to_string();
    let store = &world.nodes[0].shared.store;
    let signed = store.cosigned(&log.origin(), &cosigner).await.unwrap();
    assert_eq!(signed, None);
}

#[tokio::test]
async fn entries_that_do_not_give_the_signed_root_are_not_taken() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    log.add_entry(b"one");
    assert!(mirror.pull().await.is_ok());
    log.add_entry(b"two");
    log.alter(1, b"other");
    assert_eq!(mirror.pull().await.unwrap_err().alarm, Alarm::Inconsistent);
    let head = world.nodes[0]
        .shared
        .store
        .head(&log.origin())
        .await
        .unwrap();
    assert_eq!(head.unwrap().size, 1);
    log.alter(1, b"two");
    assert!(mirror.pull().await.is_ok());
}

#[tokio::test]
async fn two_histories_freeze_a_log() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    log.add_entry(b"one");
    log.add_entry(b"two");
    assert!(mirror.pull().await.is_ok());
    log.rewrite(&[b"one", b"other", b"three"]);
    assert_eq!(mirror.pull().await.unwrap_err().alarm, Alarm::Forked);
    let store = &world.nodes[0].shared.store;
    let forks = store.forks(&log.origin()).await.unwrap();
    let evidence = comity_tlog::fork::ForkEvidence::parse(&forks[0].file).unwrap();
    assert!(evidence.verify().is_ok());
    let followed = store.followed(&log.origin()).await.unwrap().unwrap();
    assert_eq!(followed.state, FollowedState::Frozen);
    assert_eq!(mirror.pull().await.unwrap_err().alarm, Alarm::Forked);
    assert_eq!(store.head(&log.origin()).await.unwrap().unwrap().size, 2);
}

#[tokio::test]
async fn two_mirrors_that_were_shown_two_histories_find_each_other_out() {
    let world = World::of(3).await;
    let (mut log, eyes) = watched_log(&world, "bare.example");
    log.add_entry(b"one");
    for eye in &eyes {
        assert!(eye.pull().await.is_ok());
    }
    log.add_entry(b"two");
    assert!(eyes[0].pull().await.is_ok());
    log.rewrite(&[b"one", b"other", b"three"]);
    assert!(eyes[1].pull().await.is_ok(), "it is one history to it");
    // Each time round one of the two others is asked, for its head and then for its evidence.
    let others = [0, 1, 2].map(url);
    let mut alarms = Vec::new();
    for _ in 0..6 {
        let heard = eyes[1].hears(&others).await;
        alarms.extend(heard.err().map(|trouble| trouble.alarm));
    }
    assert!(alarms.contains(&Alarm::Forked), "{alarms:?}");
    let store = &world.nodes[1].shared.store;
    assert_eq!(store.forks(&log.origin()).await.unwrap().len(), 1);
    // The third never saw the second history, and takes the proof.
    assert!(
        world.nodes[2]
            .shared
            .store
            .forks(&log.origin())
            .await
            .unwrap()
            .is_empty()
    );
    let mut alarms = Vec::new();
    for _ in 0..6 {
        let heard = eyes[2].hears(&[url(1)]).await;
        alarms.extend(heard.err().map(|trouble| trouble.alarm));
    }
    assert!(alarms.contains(&Alarm::Forked), "{alarms:?}");
}

#[tokio::test]
async fn an_anchor_of_another_history_proves_a_fork() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    log.add_entry(b"one");
    log.add_entry(b"two");
    let anchored = log.note();
    log.rewrite(&[b"one", b"other", b"three"]);
    assert!(mirror.pull().await.is_ok());
    let (mut other, eyes) = watched_log(&world, "other.example");
    other.add_entry(&Entry::anchor(&anchored).unwrap().encode());
    // The log in which the anchor stands is not the one that lies.
    assert!(eyes[0].pull().await.is_ok());
    assert_eq!(mirror.pull().await.unwrap_err().alarm, Alarm::Forked);
    assert!(eyes[0].pull().await.is_ok());
}

#[tokio::test]
async fn evidence_against_the_own_log_ends_it() {
    let world = World::of(2).await;
    world.publish(0, 1).await;
    world.mirror(0).await;
    // Whoever else has its key signs another history.
    let forged = world.forged_note(0);
    let own = SignedNote::parse(&world.nodes[0].head().note).unwrap();
    let vkey = world.nodes[0].shared.log_key.clone();
    let other = &world.nodes[1].shared;
    let finding = other.found_two(&vkey, &own, &forged, None).await.unwrap();
    assert!(matches!(finding, crate::equivocation::Finding::Fork(_)));
    world.mirror(0).await;
    let refused = world.nodes[0].publish(vec![world.grant(0, 2)]).await;
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("two histories"), "{refused}");
}

#[tokio::test]
async fn what_others_say_without_proof_is_no_trouble() {
    let world = World::of(2).await;
    let (mut log, eyes) = watched_log(&world, "bare.example");
    log.add_entry(b"one");
    assert!(eyes[0].pull().await.is_ok());
    // One holds nothing of it, one is no node, one is not there; a head nobody signed is no head.
    world.show(1, b"no note".to_vec());
    let others = [url(1), "http://nobody.example".to_owned()];
    for _ in 0..8 {
        assert!(eyes[0].hears(&others).await.is_ok());
    }
}

#[tokio::test]
async fn a_log_that_shrinks_is_not_followed_back() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    log.add_entry(b"one");
    log.add_entry(b"two");
    assert!(mirror.pull().await.is_ok());
    log.rewrite(&[b"one"]);
    assert_eq!(mirror.pull().await.unwrap_err().alarm, Alarm::SizeFell);
}

#[tokio::test]
async fn a_quota_slows_and_says_so() {
    let world = World::of(1).await;
    let (mut log, mut mirror) = bare_log(&world);
    mirror.wanted.daily_entries = 4_096;
    log.add_many(5_000);
    assert_eq!(mirror.pull().await.unwrap_err().alarm, Alarm::Quota);
    let store = &world.nodes[0].shared.store;
    assert_eq!(
        store.head(&log.origin()).await.unwrap().unwrap().size,
        4_096
    );
    world.pass_days(1);
    assert!(mirror.pull().await.is_ok());
    assert_eq!(
        store.head(&log.origin()).await.unwrap().unwrap().size,
        5_000
    );
}

#[tokio::test]
async fn a_follower_keeps_what_it_chose_and_cosigns_nothing() {
    let world = World::of(2).await;
    world.follow(1, 0, PeerMode::Follower);
    world.publish(0, 1).await;
    let certificate = world.publish_attestation(0, 2).await;
    assert!(world.mirror(1).await.is_empty());
    let (node, id) = (&world.nodes[1], world.id(0));
    assert_eq!(node.look_up(&Selector::Id(uuid(1))).await.unwrap().len(), 1);
    assert!(
        node.look_up(&Selector::Id(uuid(2)))
            .await
            .unwrap()
            .is_empty()
    );
    let shown = node.mirrored_checkpoint(&id).await.unwrap().unwrap();
    assert!(!String::from_utf8(shown).unwrap().contains("/mirror "));
    let digest = comity_signature::digest::record_digest(&certificate);
    let fetched = node.fetch_body(&digest).await.unwrap();
    assert_eq!(fetched, Some(certificate));
    assert_eq!(node.look_up(&Selector::Id(uuid(2))).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_interrupted_catch_up_goes_on_where_it_stood() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    log.add_many(10_000);
    log.fail_after(20);
    assert_eq!(mirror.pull().await.unwrap_err().alarm, Alarm::Unreachable);
    let store = &world.nodes[0].shared.store;
    let held = store.head(&log.origin()).await.unwrap().unwrap().size;
    assert_eq!(held, 4_096);
    log.fail_after(u64::MAX);
    log.add_many(1_000);
    assert!(mirror.pull().await.is_ok());
    assert_eq!(
        store.head(&log.origin()).await.unwrap().unwrap().size,
        11_000
    );
    // The checkpoint that was aimed at binds the log even though it was never reached.
    let followed = store.followed(&log.origin()).await.unwrap().unwrap();
    assert!(followed.seen_size >= 10_000);
}

#[tokio::test]
async fn the_successor_of_a_closed_log_is_followed() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    log.add_entry(b"one");
    let successor = log.close();
    assert!(mirror.pull().await.is_ok());
    let node = &world.nodes[0];
    let heads = node
        .shared
        .heads_of(&log.origin(), i64::MAX, u64::MAX)
        .await;
    let head = heads.unwrap().remove(0);
    assert_eq!((head.closed, head.successor), (true, Some(successor)));
    node.shared.peers.replace(mirror.as_peers());
    let wanted = node.shared.wanted();
    assert_eq!(wanted.len(), 2, "{wanted:?}");
    log.add_entry(b"after the end");
    assert_eq!(mirror.pull().await.unwrap_err().alarm, Alarm::Forked);
}

/// Short entries, and some thousand records among them.
#[tokio::test]
async fn a_log_of_a_million_entries_is_caught_up_with() {
    let entries = 1_000_000;
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    let records = entries / 500;
    for number in 0..u32::try_from(records).unwrap() {
        log.add_record("CompetenceGrant", &world.grant(0, number));
    }
    log.add_many(entries - records);
    let (began, memory) = (std::time::Instant::now(), resident_mib());
    assert!(mirror.pull().await.is_ok());
    eprintln!(
        "{entries} entries with {records} records in {:?}; {} MiB before, {} after",
        began.elapsed(),
        memory,
        resident_mib()
    );
    let store = &world.nodes[0].shared.store;
    let head = store.head(&log.origin()).await.unwrap().unwrap();
    assert_eq!(head.size, entries);
    assert!(world.nodes[0].shared.log_is_cosigned(&log.origin()).await);
}

/// Memory of this process in MiB, where the system says it.
fn resident_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1));
    kib.and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

#[tokio::test]
async fn a_verdict_waits_for_the_quorum_of_mirrors() {
    let world = World::of(2).await;
    world.publish(0, 1).await;
    world.mirror(1).await;
    let log = world.log(1, 0).await;
    assert_eq!((log.needed, log.quorum), (Some(1), false), "{log:?}");
    // The origin shows the line of its mirror: that is what dates the log abroad.
    let id = world.id(0);
    let note = world.nodes[1].mirrored_checkpoint(&id).await.unwrap();
    world.show(0, note.unwrap());
    assert!(world.mirror(1).await.is_empty());
    let log = world.log(1, 0).await;
    assert!(log.quorum, "{log:?}");
    assert!(
        log.cosignatures
            .iter()
            .any(|line| line.name.ends_with("/mirror"))
    );
    let held = world.nodes[1].shared.held.snapshot();
    let record = held.trust.records().next().unwrap();
    assert!(
        world.nodes[1]
            .shared
            .checkpoints
            .settled(&record.locations[0])
    );
}
