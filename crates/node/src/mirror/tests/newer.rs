//! Records of kinds that this version does not know: as those of this version are to the one before.

use comity_model::record::{Kind, ReadError, Record};
use comity_recognition::code::Code;
use comity_recognition::question::Selector;
use comity_recognition::verdict::{Outcome, StepName, VerdictResult};
use comity_signature::digest::record_digest;
use comity_tlog::checkpoint::cosignatures;
use comity_tlog::note::SignedNote;

use super::bare::{Eye, watched_log};
use super::world::World;
use crate::mirror::Wanted;
use crate::recognise::Ask;
use crate::tests::uuid;

/// The kinds that came after the first release.
const LATER_KINDS: [Kind; 5] = [
    Kind::Standard,
    Kind::ImportRule,
    Kind::Commitment,
    Kind::Notice,
    Kind::CoverageStatement,
];

/// Held, co-signed, marked and judged by none: at a mirror, and at one that knows the log from that
/// mirror alone.
#[tokio::test]
async fn kinds_of_a_newer_version_pass_two_mirrors_byte_for_byte() {
    let world = World::of(2).await;
    let (mut log, mut eyes) = watched_log(&world, "bare.example");
    let bodies = LATER_KINDS.map(|kind| world.of_a_newer_kind(0, kind, 10 + kind as u8));
    for (kind, body) in LATER_KINDS.iter().zip(&bodies) {
        assert!(matches!(Record::read(body), Err(ReadError::UnknownKind(_))));
        log.add_record(&format!("{kind}Next"), body);
    }
    let known = world.grant(0, 3);
    log.add_record("CompetenceGrant", &known);
    assert!(eyes[0].pull().await.is_ok());

    let second = eyes.remove(1);
    let second = Eye {
        wanted: Wanted {
            url: world.relay(0, &log.id()),
            ..second.wanted
        },
        shared: second.shared,
    };
    assert!(second.pull().await.is_ok());

    let mut served = Vec::new();
    for body in bodies.iter().chain([&known]) {
        served.extend_from_slice(body);
        served.push(b'\n');
    }
    for (index, node) in world.nodes.iter().enumerate() {
        let store = &node.shared.store;
        for body in &bodies {
            let digest = record_digest(body);
            assert_eq!(store.body(&digest).await.unwrap().as_ref(), Some(body));
            let marked = store.invalid_record(&digest).await.unwrap().unwrap();
            assert!(marked.contains("kind"), "{marked}");
        }
        let of_known = store.invalid_record(&record_digest(&known)).await.unwrap();
        assert_eq!(of_known, None);
        let given = node.mirrored_bodies(&log.id(), 0, None).await.unwrap();
        let (given, _) = given.unwrap();
        assert!(given == served, "node {index} serves other bytes");
        let note = node.mirrored_checkpoint(&log.id()).await.unwrap().unwrap();
        let note = SignedNote::parse(&note).unwrap();
        let key = node.shared.mirrors.key.vkey().clone();
        assert_eq!(cosignatures(&note, &[key]).len(), 1, "{note}");
        assert!(node.shared.log_is_cosigned(&log.origin()).await);
    }
    let tile = "tile/entries/000.p/6";
    let first = world.nodes[0].mirrored_tile(&log.id(), tile).await.unwrap();
    assert!(first.is_some());
    assert_eq!(
        world.nodes[1].mirrored_tile(&log.id(), tile).await.unwrap(),
        first
    );
}

#[tokio::test]
async fn of_a_record_of_a_newer_kind_a_verdict_cannot_tell() {
    let world = World::of(1).await;
    let (mut log, eyes) = watched_log(&world, "bare.example");
    for kind in LATER_KINDS {
        let body = world.of_a_newer_kind(0, kind, 10 + kind as u8);
        log.add_record(&format!("{kind}Next"), &body);
        assert!(eyes[0].pull().await.is_ok());
        let digest = hex::encode(record_digest(&body));
        let ask = Ask::new(Selector::RecordDigest(digest), "SE");
        let verdict = world.nodes[0].recognise(ask).await.unwrap().verdict;
        assert_eq!(verdict.result, VerdictResult::CannotTell, "{kind}");
        assert_eq!(verdict.decisive_step, StepName::Integrity);
        assert_eq!(verdict.steps[0].code, Code::IntegrityUnknownKind);
        // Nameless records are many, and the one that was asked for is judged.
        assert_eq!(verdict.steps[0].evidence, [record_digest(&body)]);
        // It has no name here under which it could be found, or stand in for another.
        let named = Selector::Id(uuid(10 + kind as u8));
        let found = world.nodes[0].look_up(&named).await.unwrap();
        assert!(found.is_empty());
    }
}

/// A certificate relies on a grant of a kind of a newer version: it is as if it were not there.
#[tokio::test]
async fn a_verdict_that_would_rest_on_a_record_of_a_newer_kind_cannot_tell() {
    for newer in [true, false] {
        let world = World::of(1).await;
        let (grant, kind) = if newer {
            let grant = world.of_a_newer_kind(0, Kind::CompetenceGrant, 40);
            (grant, "CompetenceGrantNext")
        } else {
            (world.grant(0, 40), "CompetenceGrant")
        };
        let (mut log, eyes) = watched_log(&world, "bare.example");
        log.add_record(kind, &grant);
        assert!(eyes[0].pull().await.is_ok());
        world.publish_attestation_on(0, 41, &grant).await;
        let ask = Ask::new(Selector::Id(uuid(41)), "SE");
        let verdict = world.nodes[0].recognise(ask).await.unwrap().verdict;
        let mut steps = verdict.steps.iter();
        let competence = steps.find(|step| step.step == StepName::Competence);
        let competence = competence.unwrap();
        let not_held = competence.code == Code::CompetenceGrantNotHeld;
        assert_eq!(not_held, newer, "{competence:?}");
        if newer {
            assert_eq!(competence.outcome, Outcome::Unknown);
            assert_eq!(verdict.result, VerdictResult::CannotTell);
        }
    }
}
