//! Records taken down, logs that show two histories, logs that were closed.

use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::record::Subject;
use comity_model::takedown::Takedown;
use comity_signature::digest::to_multibase;

use super::world::{Body, Shared, World, authority, noon};
use crate::code::{Code, Outcome, StepName};
use crate::evidence::{EvidenceRecord, LogHead, TakenDown};
use crate::verdict::{Verdict, VerdictResult};

/// A certificate of SE, logged on 2018-06-01 in its own log.
fn certified() -> (World, Shared) {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let record = world.attest(&lab, |_| {});
    world.on("2018-07-01");
    (world, record)
}

pub(super) fn takedown(record: &Shared) -> Takedown {
    let identity = record.identity().unwrap();
    Takedown {
        authority: identity.authority,
        issuer: identity.issuer,
        id: identity.id,
        kind: "Attestation".to_owned(),
        record_digest: to_multibase(record.record_digest),
        document_digest: record.document_multibase.clone(),
        legal_basis: "Court of Example, 18/42".to_owned(),
    }
}

/// Publishes a takedown by `by` in the log of its economy.
pub(super) fn publish(world: &mut World, by: &Body, says: Takedown) -> Shared {
    let record = world.draft(by, Subject::Takedown(Box::new(says)));
    world.publish(&[by], &record)
}

/// The same certificate in the log of another economy, instead of or beside its own.
fn logged_in(world: &mut World, record: &Shared, economies: &[&str]) -> Shared {
    world.on("2018-06-01");
    let locations = economies
        .iter()
        .map(|economy| world.location(economy))
        .collect();
    world.on("2018-07-01");
    let moved = Arc::new(EvidenceRecord {
        locations,
        ..(**record).clone()
    });
    world
        .records
        .retain(|held| held.record_digest != record.record_digest);
    world.records.push(moved.clone());
    moved
}

fn answer(world: &World, record: &Shared, known_at: Instant) -> Verdict {
    let mut question = world.ask(record, "SE");
    question.known_at = known_at;
    question.on = known_at.day();
    world.answer(&question)
}

fn is_taken_down(verdict: &Verdict) -> bool {
    let step = verdict.step(StepName::Identity).unwrap();
    let taken = step.code == Code::RecordTakenDown;
    if taken {
        assert_eq!(verdict.result, VerdictResult::CannotTell);
        assert_eq!(step.facts["legalBasis"], "Court of Example, 18/42");
        assert!(step.facts["by"].starts_with("did:web:"));
        assert_eq!(verdict.decisive_step, StepName::Identity);
    } else {
        assert_eq!(verdict.result, VerdictResult::Recognised);
    }
    taken
}

#[test]
fn the_records_own_authority_ends_the_document_everywhere() {
    for economies in [&["SE"][..], &["JP"], &["SE", "JP"]] {
        let (mut world, record) = certified();
        let record = logged_in(&mut world, &record, economies);
        assert!(
            !is_taken_down(&answer(&world, &record, world.now)),
            "{economies:?}"
        );
        publish(&mut world, &authority("SE"), takedown(&record));
        assert!(
            is_taken_down(&answer(&world, &record, world.now)),
            "{economies:?}"
        );
        // At every known_at, also before it was taken down: the body is there no longer.
        assert!(
            is_taken_down(&answer(&world, &record, noon("2018-06-02"))),
            "{economies:?}"
        );
    }
}

#[test]
fn another_document_of_that_name_stands() {
    let (mut world, record) = certified();
    let mut other = takedown(&record);
    other.document_digest = to_multibase([7; 32]);
    other.record_digest = to_multibase([8; 32]);
    publish(&mut world, &authority("SE"), other);
    assert!(!is_taken_down(&answer(&world, &record, world.now)));
}

#[test]
fn the_authority_of_a_log_voids_its_entry_and_no_other() {
    for (economies, by, taken) in [
        (&["JP"][..], "JP", true),
        (&["JP", "SE"], "JP", false),
        (&["KZ", "SE"], "JP", false),
        (&["KZ"], "JP", false),
        (&["SE"], "JP", false),
    ] {
        let (mut world, record) = certified();
        let record = logged_in(&mut world, &record, economies);
        publish(&mut world, &authority(by), takedown(&record));
        let verdict = answer(&world, &record, world.now);
        assert_eq!(is_taken_down(&verdict), taken, "{economies:?} by {by}");
    }
}

#[test]
fn the_entry_is_that_of_these_bytes() {
    let (mut world, record) = certified();
    let record = logged_in(&mut world, &record, &["JP"]);
    let mut other = takedown(&record);
    other.record_digest = to_multibase([8; 32]);
    publish(&mut world, &authority("JP"), other);
    let mut misnamed = takedown(&record);
    misnamed.document_digest = to_multibase([8; 32]);
    publish(&mut world, &authority("JP"), misnamed);
    assert!(!is_taken_down(&answer(&world, &record, world.now)));
}

/// A rival's record is taken down as something that it is not, by somebody who may not, or with
/// a key that is not the authority's.
#[test]
fn a_takedown_that_does_not_count_changes_nothing() {
    let (mut world, record) = certified();
    let mut misfiled = takedown(&record);
    misfiled.kind = "Notice".to_owned();
    publish(&mut world, &authority("SE"), misfiled);
    let mut not_allowed = takedown(&record);
    not_allowed.kind = "StatusEvent".to_owned();
    publish(&mut world, &authority("SE"), not_allowed);
    publish(
        &mut world,
        &authority("SE").with_key("thief"),
        takedown(&record),
    );
    let rival = world.body("SE", "rival");
    publish(&mut world, &rival, takedown(&record));
    let lab = Body {
        key: comity_signature::key::SigningKey::from_seed(&comity_signature::digest::sha256(
            b"did:web:lab.example",
        )),
        did: "did:web:lab.example".to_owned(),
        ..authority("SE")
    };
    publish(&mut world, &lab, takedown(&record));
    assert!(!is_taken_down(&answer(&world, &record, world.now)));
}

#[test]
fn a_status_event_cannot_be_taken_down() {
    let (mut world, record) = certified();
    let lab = Body {
        key: comity_signature::key::SigningKey::from_seed(&comity_signature::digest::sha256(
            b"did:web:lab.example",
        )),
        did: "did:web:lab.example".to_owned(),
        ..authority("SE")
    };
    let suspension = world.event(&lab, &record, comity_model::status::Action::Suspend, |_| {});
    for kind in ["StatusEvent", "Attestation"] {
        let mut says = takedown(&suspension);
        says.kind = kind.to_owned();
        publish(&mut world, &authority("SE"), says);
    }
    let verdict = answer(&world, &record, world.now);
    let step = verdict.step(StepName::Status).unwrap();
    assert_eq!(
        (step.outcome, step.code),
        (Outcome::Fail, Code::StatusSuspended)
    );
}

/// The body is withheld here: the answer says by whom and on what ground, and not that nothing
/// is known.
#[test]
fn of_a_body_that_is_withheld_the_answer_says_why() {
    let (mut world, record) = certified();
    let counts = publish(&mut world, &authority("SE"), takedown(&record));
    let forged = publish(
        &mut world,
        &authority("SE").with_key("thief"),
        takedown(&record),
    );
    let trust = crate::trust_graph::TrustGraph::build(world.records.iter().cloned());
    let question = world.ask(&record, "SE");
    for (by, expected) in [
        (counts, Code::RecordTakenDown),
        (forged, Code::RecordNotHeld),
    ] {
        let evidence = crate::evidence::Evidence {
            candidates: Vec::new(),
            revisions: Vec::new(),
            events: Vec::new(),
            trust: &trust,
            heads: &[],
            taken_down: vec![TakenDown {
                identity: record.identity().unwrap(),
                record_digest: record.record_digest,
                takedown: by,
            }],
            held_of_issuer: None,
            reports: Vec::new(),
            issued: Vec::new(),
            unread: crate::evidence::Unread::default(),
            no_statement: None,
        };
        let verdict = crate::decide(&question, &evidence, &world.policy());
        assert_eq!(verdict.result, VerdictResult::CannotTell);
        assert_eq!(verdict.step(StepName::Identity).unwrap().code, expected);
    }
}

fn head(world: &World, economy: &str) -> LogHead {
    let mut copy = World::new();
    copy.stale(economy, "2018-07-01");
    let mut head = copy.heads.remove(0);
    head.lines[0].time = world.now;
    head
}

#[test]
fn nothing_that_rests_on_a_log_with_two_histories_can_be_told() {
    let (mut world, record) = certified();
    let mut forked = head(&world, "SE");
    forked.forked = true;
    world.heads.push(forked);
    let verdict = answer(&world, &record, world.now);
    assert_eq!(verdict.result, VerdictResult::CannotTell);
    let log = verdict.step(StepName::Log).unwrap();
    assert_eq!((log.outcome, log.code), (Outcome::Unknown, Code::LogForked));
    // Another economy's forked log is no concern of a domestic question.
    world.heads.clear();
    let mut forked = head(&world, "JP");
    forked.forked = true;
    world.heads.push(forked);
    assert_eq!(
        answer(&world, &record, world.now).result,
        VerdictResult::Recognised
    );
    // But where what it might hold is asked for, it cannot be told.
    let record = logged_in(&mut world, &record, &["JP", "SE"]);
    let verdict = answer(&world, &record, world.now);
    let status = verdict.step(StepName::Status).unwrap();
    assert_eq!(
        (status.outcome, status.code),
        (Outcome::Unknown, Code::LogForked)
    );
    let log = verdict.step(StepName::Log).unwrap();
    assert_eq!(log.code, Code::LogSelfDated, "its own log still dates it");
}

/// A log that is closed silently shows nothing that was said since.
#[test]
fn a_closed_log_is_as_fresh_as_its_successor() {
    let (mut world, record) = certified();
    let vkey = comity_tlog::note::NoteSigner::log("se.example/log/2019", &[9; 32]).unwrap();
    let vkey = vkey.vkey().clone();
    let mut closed = head(&world, "SE");
    closed.closed = true;
    closed.successor = Some(vkey.to_string());
    world.heads.push(closed.clone());
    let status = |world: &World| {
        let verdict = answer(world, &record, world.now);
        verdict.step(StepName::Status).unwrap().outcome
    };
    assert_eq!(status(&world), Outcome::Unknown, "no successor is held");
    let mut next = closed.clone();
    next.origin = "se.example/log/2019".to_owned();
    next.closed = false;
    next.successor = None;
    next.lines[0].cosigner = *vkey.public_key();
    world.heads.push(next);
    assert_eq!(status(&world), Outcome::Pass);
    world.heads[1].lines[0].time = noon("2018-06-20");
    assert_eq!(status(&world), Outcome::Unknown, "its successor is stale");
    world.heads.truncate(1);
    world.heads[0].successor = None;
    assert_eq!(status(&world), Outcome::Unknown, "it names no successor");
}

/// What follows a closed log, as its closing entry says.
fn closed_for(world: &World, origin: &str) -> (LogHead, LogHead) {
    let vkey = comity_tlog::note::NoteSigner::log(origin, &[9; 32]).unwrap();
    let vkey = vkey.vkey().clone();
    let mut closed = head(world, "SE");
    closed.closed = true;
    closed.successor = Some(vkey.to_string());
    let mut next = head(world, "SE");
    next.origin = origin.to_owned();
    next.lines[0].cosigner = *vkey.public_key();
    (closed, next)
}

/// A closing entry speaks for its own host, and never for a log that the policy knows itself.
#[test]
fn a_closed_log_names_nobody_elses_log_as_its_successor() {
    let (mut world, record) = certified();
    let (closed, next) = closed_for(&world, "elsewhere.example/log/2019");
    world.heads.extend([closed, next]);
    let verdict = answer(&world, &record, world.now);
    let status = verdict.step(StepName::Status).unwrap();
    assert_eq!(status.outcome, Outcome::Unknown);
    // JP's log goes on being JP's, under the key that the policy knows.
    world.heads.clear();
    let jp = head(&world, "JP");
    let (closed, _) = closed_for(&world, &jp.origin);
    world.heads.extend([closed, jp.clone()]);
    let verdict = answer(&world, &record, world.now);
    let status = verdict.step(StepName::Status).unwrap();
    assert_eq!(status.outcome, Outcome::Unknown);
    let of_jp = verdict.heads.iter().filter(|head| head.origin == jp.origin);
    assert!(of_jp.count() <= 1);
}
