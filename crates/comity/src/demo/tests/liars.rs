//! One node lies, in each way: the others notice, cannot tell, and go on with the rest.

use comity_recognition::verdict::VerdictResult;

use super::super::liar::{How, LIAR};
use super::super::stories::{ONE_WAY, REINSTATED};
use super::super::world::World;
use super::super::{federation, guide};
use super::sites;

/// Each way to lie, and what it is called by those who see it. Who is shown one of two histories
/// sees no lie: its log gets no quorum, and a comparison of two mirrors proves the fork.
const LIES: [(How, Option<&str>); 3] = [
    (How::Split, None),
    (How::Body, Some("missingBodies")),
    (How::Frozen, Some("stale")),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_others_notice_every_lie() {
    for (how, alarm) in LIES {
        let world = World::build(sites().await, Some(how)).await.unwrap();
        let text = guide::text(&world).await.unwrap();
        eprintln!("{text}");
        assert!(text.contains("One of them lies"), "{text}");
        let said = alarm.map_or("no alarm".to_owned(), |alarm| format!("alarm: {alarm}"));
        assert!(text.contains(&said), "{text}");
        alarms_of(&world, how, alarm).await;
        verdicts_of(&world, how).await;
        world.close().await.unwrap();
    }
}

/// Those who were lied to say so of the liar's log, and of no other.
async fn alarms_of(world: &World, how: How, alarm: Option<&str>) {
    let lied = federation::config(LIAR).origin();
    for opened in world
        .nodes()
        .iter()
        .filter(|opened| opened.authority.did != LIAR.did)
    {
        for log in opened.node.logs().await.unwrap() {
            let alarms: Vec<_> = log.alarms.iter().map(|alarm| alarm.kind.as_str()).collect();
            if log.origin == lied {
                assert_eq!(
                    alarms,
                    Vec::from_iter(alarm),
                    "{how:?}: {} of {log:?}",
                    opened.url
                );
                assert!(!log.quorum, "{how:?}: {log:?}");
            } else {
                assert!(alarms.is_empty() && log.quorum, "{how:?}: {log:?}");
            }
        }
    }
}

async fn verdicts_of(world: &World, how: How) {
    let kazakhstan = &world.asked_in("KZ").unwrap().node;
    let asked = kazakhstan.recognise(ONE_WAY.ask().unwrap()).await.unwrap();
    assert_eq!(
        asked.verdict.result,
        VerdictResult::CannotTell,
        "{how:?}: {:?}",
        asked.verdict.steps
    );
    let asked = kazakhstan
        .recognise(REINSTATED.ask().unwrap())
        .await
        .unwrap();
    assert_eq!(
        REINSTATED.difference(&asked.verdict),
        None,
        "{how:?}: the liar blacks out nobody else"
    );
}
