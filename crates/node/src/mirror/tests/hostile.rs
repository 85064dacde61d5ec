//! Logs that lie about time, about lengths, about their end.

use std::sync::Arc;

use comity_store::Mode;
use comity_tlog::entry::Entry;
use comity_tlog::fork::ForkEvidence;
use futures::future::BoxFuture;

use super::bare::bare_log;
use super::world::{World, keys};
use crate::mirror::Alarm;
use crate::mirror::fetch::Source;
use crate::remote::{Answer, Remote, Request};

const YEAR_9999: i64 = 253_370_764_800;

#[tokio::test]
async fn a_frozen_checkpoint_grows_old_whatever_it_says_of_its_time() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    log.add_entry(b"one");
    assert!(mirror.pull().await.is_ok());
    let signed = async || {
        let node = &world.nodes[0];
        node.mirrored_checkpoint(&log.id()).await.unwrap().unwrap()
    };
    let before = signed().await;
    world.pass_seconds(4_000);
    for own in [None, Some(YEAR_9999)] {
        log.sign(own, &[]);
        assert_eq!(mirror.pull().await.unwrap_err().alarm, Alarm::Stale);
        assert_eq!(signed().await, before);
    }
    log.sign(Some(world.clock.now().seconds() + 5), &[]);
    assert!(mirror.pull().await.is_ok());
    assert_ne!(signed().await, before);
}

#[tokio::test]
async fn what_follows_the_end_of_a_log_is_not_taken() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    log.add_entry(b"one");
    log.close();
    log.add_entry(b"after the end");
    assert_eq!(mirror.pull().await.unwrap_err().alarm, Alarm::Forked);
    let store = &world.nodes[0].shared.store;
    assert_eq!(store.head(&log.origin()).await.unwrap().unwrap().size, 2);
    let forks = store.forks(&log.origin()).await.unwrap();
    let evidence = ForkEvidence::parse(&forks[0].file).unwrap();
    assert!(evidence.verify().is_ok() && evidence.closed.is_some());
    assert!(!world.nodes[0].shared.log_is_cosigned(&log.origin()).await);
}

#[tokio::test]
async fn an_entry_too_long_for_a_body_hides_no_other() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    let body = world.grant(0, 3);
    let digest = comity_signature::digest::record_digest(&body);
    let lie = Entry::record("CompetenceGrant", digest, 2 << 20).unwrap();
    log.add_entry(&lie.encode());
    log.add_record("CompetenceGrant", &body);
    assert!(mirror.pull().await.is_ok());
    let store = &world.nodes[0].shared.store;
    assert_eq!(store.body(&digest).await.unwrap(), Some(body));
}

#[tokio::test]
async fn no_more_is_read_of_bodies_than_their_entries_say() {
    let answers = |body: Vec<u8>| {
        let handler = Arc::new(move |_: Request| {
            let body = body.clone();
            let answer: BoxFuture<'static, _> = Box::pin(async move {
                Ok(Answer {
                    status: 200,
                    content_type: None,
                    body,
                })
            });
            answer
        });
        Source::of_origin(
            Remote::in_process("http://bare.example", handler),
            "b/log/1",
        )
    };
    let source = answers(b"longer\nabc\nnull\nunasked\nbeyond\n".to_vec());
    let lengths = [Some(5), Some(3), Some(9), None];
    let bodies = source.bodies(0, &lengths).await.unwrap();
    let expected = [Some(Vec::new()), Some(b"abc".to_vec()), None, None];
    assert_eq!(bodies, expected);
    let flood = answers([vec![b'x'; 1 << 20], b"\n".to_vec()].concat());
    assert!(flood.bodies(0, &[Some(9); 256]).await.is_err());
}

#[tokio::test]
async fn a_line_from_the_future_does_not_date_a_head() {
    let world = World::of(2).await;
    let (mut log, mirror) = bare_log(&world);
    let (cosigner, now) = (keys(1).mirror, world.clock.now().seconds());
    log.add_entry(b"one");
    log.sign(Some(now), &[(&cosigner, YEAR_9999)]);
    assert!(mirror.pull().await.is_ok());
    let store = &world.nodes[0].shared.store;
    let kept = store.notes(&log.origin(), 1, 9).await.unwrap();
    assert_eq!((kept.len(), kept[0].signed_at), (1, now));
    log.sign(Some(now), &[(&cosigner, now - 7)]);
    assert!(mirror.pull().await.is_ok());
    let kept = store.notes(&log.origin(), 1, 9).await.unwrap();
    let times: Vec<_> = kept.iter().map(|kept| kept.signed_at).collect();
    assert_eq!(times, [now - 7, now]);
}

#[tokio::test]
async fn a_log_that_signs_anew_each_second_fills_no_table() {
    let world = World::of(2).await;
    let (mut log, mirror) = bare_log(&world);
    let cosigner = keys(1).mirror;
    log.add_entry(b"one");
    let look = async |seconds| {
        world.pass_seconds(seconds);
        let now = world.clock.now().seconds();
        log.sign(Some(now), &[(&cosigner, now)]);
        assert!(mirror.pull().await.is_ok());
        let kept = mirror.shared.store.notes(&log.origin(), 1, 999).await;
        kept.unwrap().len()
    };
    assert_eq!(look(0).await, 1);
    for _ in 0..20 {
        assert_eq!(look(1).await, 1);
    }
    for count in 2..80 {
        assert_eq!(look(1_500).await, count, "each half hour is news");
    }
    let written = *mirror.shared.mirrored.borrow();
    assert!(mirror.pull().await.is_ok());
    assert_eq!(*mirror.shared.mirrored.borrow(), written);
}

#[tokio::test]
async fn a_fork_that_is_known_before_a_log_is_followed_freezes_it() {
    let world = World::of(1).await;
    let (mut log, mirror) = bare_log(&world);
    log.add_entry(b"one");
    let one = log.note();
    log.rewrite(&[b"other"]);
    let vkey = comity_tlog::note::Vkey::parse(&mirror.wanted.vkey).unwrap();
    let evidence = ForkEvidence::same_size(vkey, one, log.note());
    assert_eq!(mirror.wanted.mode, Mode::Mirror);
    mirror.shared.keep_evidence(&evidence).await.unwrap();
    assert_eq!(mirror.pull().await.unwrap_err().alarm, Alarm::Forked);
    let store = &mirror.shared.store;
    assert!(store.head(&log.origin()).await.unwrap().is_none());
    let followed = store.followed(&log.origin()).await.unwrap().unwrap();
    assert_eq!(followed.state, comity_store::FollowedState::Frozen);
}
