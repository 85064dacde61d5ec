//! What holds of every verdict.

use std::sync::Arc;

use comity_model::status::{Action, Capacity};
use proptest::prelude::*;

use super::world::{Shared, World, authority};
use super::{Trade, relies_on};
use crate::question::Question;
use crate::trust_graph::TrustGraph;

/// A world with every kind of record, and a question about it.
fn busy() -> (World, Question) {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let certificate = trade.certificate();
    let suspended = trade
        .world
        .event(&lab, &certificate, Action::Suspend, |_| {});
    trade.world.on("2019-04-01");
    trade
        .world
        .event(&lab, &certificate, Action::Reinstate, |event| {
            event.subjects[0].sequence = 2;
            event.subjects[0].previous_event = Some(suspended.document_multibase.clone());
        });
    trade.world.event(
        &authority("KZ"),
        &certificate,
        Action::RefuseRecognition,
        |event| {
            event.capacity = Capacity::DestinationAuthority;
            event.territory = vec!["KZ".to_owned()];
        },
    );
    let other = trade.world.body("KZ", "kz-body");
    let grants = relies_on(&trade.grant);
    trade
        .world
        .attest(&other, |details| details.grants = grants);
    let jp = authority("JP");
    trade
        .world
        .arrangement("own", &[&jp], vec![World::chapter("appliances")]);
    let question = trade.world.ask(&certificate, "JP");
    (trade.world, question)
}

/// What strangers publish: with keys of their own, under authorities that no policy names.
fn strangers(world: &mut World, certificate: &Shared) -> Vec<Shared> {
    let stranger = authority("XX");
    let mut pretender = authority("SE").with_key("pretender");
    pretender.economy = "JP".to_owned();
    let before = world.records.len();
    for by in [&stranger, &pretender] {
        world.event(by, certificate, Action::Annul, |event| {
            event.capacity = Capacity::Authority;
        });
        let body = world.body("SE", "lab").with_key("stranger");
        world.records.pop();
        world.register(by, &body, 2);
        world.revoke(
            by,
            &body,
            comity_model::revocation::RevocationReason::KeyCompromise,
            "2018-01-01",
        );
        let mra = world.arrangement("mra", &[by], vec![World::chapter("appliances")]);
        world.join(&mra, "JP", by, |_| {});
        let grantee = world.body("SE", "lab");
        world.records.pop();
        world.grant(by, &grantee, |_| {});
    }
    world.records.split_off(before)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_evidence_makes_no_difference(order in Just((0..30_usize).collect::<Vec<_>>()).prop_shuffle(), split in 0..20_usize) {
        let (world, question) = busy();
        let expected = world.answer(&question);
        let mut shuffled = world.records.clone();
        shuffled.sort_by_key(|record| order.iter().position(|at| {
            world.records.get(*at).is_some_and(|held| Arc::ptr_eq(held, record))
        }));
        // In one go, or extended record by record from a smaller snapshot.
        let split = split.min(shuffled.len());
        let mut trust = TrustGraph::build(shuffled[..split].iter().cloned());
        for record in &shuffled[split..] {
            trust = trust.with([record.clone()]);
        }
        let verdict = world.decide(&question, &shuffled, &trust);
        prop_assert_eq!(verdict.canonical_bytes(), expected.canonical_bytes());
        prop_assert_eq!(verdict.reference(), expected.reference());
        prop_assert_eq!(verdict, expected);
    }

    #[test]
    fn a_stranger_changes_nothing(chosen in proptest::collection::vec(any::<bool>(), 12)) {
        let (mut world, question) = busy();
        let expected = world.answer(&question);
        let certificate = world.records.iter().find(|record| {
            record.identity().is_some_and(|identity| {
                question.record == crate::question::Selector::Identity(identity)
            })
        }).cloned().unwrap();
        let more = strangers(&mut world, &certificate);
        for (record, chosen) in more.into_iter().zip(chosen) {
            if chosen {
                world.records.push(record);
            }
        }
        let verdict = world.answer(&question);
        prop_assert_eq!(
            String::from_utf8(verdict.canonical_bytes()).unwrap(),
            String::from_utf8(expected.canonical_bytes()).unwrap()
        );
    }
}

#[test]
fn a_record_held_twice_is_one() {
    let (world, question) = busy();
    let trust = TrustGraph::build(world.records.iter().cloned());
    let again = trust.with(world.records.iter().cloned());
    assert_eq!(trust.len(), again.len());
    let verdict = world.decide(&question, &world.records, &again);
    assert_eq!(verdict, world.answer(&question));
}

#[test]
fn a_verdict_serialises_and_its_question_reads_back() {
    let (world, question) = busy();
    let verdict = world.answer(&question);
    let value = serde_json::to_value(&verdict).unwrap();
    let read: Question = serde_json::from_value(value["question"].clone()).unwrap();
    assert_eq!(read, question);
    assert_eq!(value["steps"].as_array().unwrap().len(), 12);
}
