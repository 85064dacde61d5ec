//! Which act lifts which, over a node in memory.

use comity_model::record::{Kind, Subject};
use comity_model::samples::draft;
use comity_model::status::{Action, Capacity, EventSubject};
use comity_recognition::question::Selector;
use comity_signature::digest::to_multibase;

use super::liftings::lifts;
use super::*;
use crate::tests::{AUTHORITY, SEED, grant, node, signed, today, uuid};

/// Publishes a record of the authority, and answers its document digest.
async fn publish(node: &Node, record: &Record) -> String {
    let body = signed(record, AUTHORITY, &SEED);
    for outcome in node.publish(vec![body]).await.unwrap() {
        outcome.unwrap();
    }
    let found = node.look_up(&Selector::Id(record.id.clone())).await;
    to_multibase(found.unwrap()[0].row.document_digest)
}

/// The act of number `id` on records of these numbers, each with its place and what came before.
fn act(id: u8, action: Action, on: &[(u8, u64, Option<&str>)]) -> Record {
    let mut record = draft(Kind::StatusEvent, AUTHORITY, &uuid(id), today());
    record.comity.authority = AUTHORITY.to_owned();
    if let Subject::StatusEvent(event) = &mut record.subject {
        event.action = action;
        event.capacity = Capacity::Issuer;
        let one = event.subjects[0].clone();
        let subjects = on.iter().map(|(number, sequence, previous)| EventSubject {
            authority: AUTHORITY.to_owned(),
            issuer: AUTHORITY.to_owned(),
            id: uuid(*number),
            sequence: *sequence,
            previous_event: previous.map(str::to_owned),
            ..one.clone()
        });
        event.subjects = subjects.collect();
    }
    record
}

/// The other acts of the act of number `id`: their numbers, on how many records, and what they are
/// to it.
async fn beside(node: &Node, id: u8) -> Vec<(String, usize, Lifting)> {
    let found = node.look_up(&Selector::Id(uuid(id))).await.unwrap();
    let beside = node.acts_beside(&found[0].evidence).await.unwrap();
    assert!(!beside.cut);
    let acts = beside.acts.into_iter();
    acts.map(|act| (act.event.row.id, act.records, act.lifting))
        .collect()
}

#[tokio::test]
async fn a_suspension_leads_to_what_lifts_it_and_back() {
    let node = node().await;
    publish(&node, &grant(1)).await;
    publish(&node, &grant(2)).await;
    let both = act(3, Action::Suspend, &[(1, 1, None), (2, 1, None)]);
    let suspended = publish(&node, &both).await;
    let of_one = act(4, Action::Reinstate, &[(1, 2, Some(&suspended))]);
    let reinstated = publish(&node, &of_one).await;

    // Of two records one is in force again; the event stands once though it is about both.
    assert_eq!(beside(&node, 3).await, [(uuid(4), 1, Lifting::Lifts(1))]);
    assert_eq!(beside(&node, 4).await, [(uuid(3), 1, Lifting::IsLifted(1))]);

    // Suspended again: the second is not lifted by what came before it.
    let again = act(5, Action::Suspend, &[(1, 3, Some(&reinstated))]);
    let again = publish(&node, &again).await;
    let rest = act(
        6,
        Action::Reinstate,
        &[(1, 4, Some(&again)), (2, 2, Some(&suspended))],
    );
    publish(&node, &rest).await;
    let relation = |beside: Vec<(String, usize, Lifting)>, id| {
        let mut acts = beside.into_iter();
        acts.find(|(held, ..)| *held == uuid(id)).unwrap().2
    };
    assert_eq!(relation(beside(&node, 5).await, 4), Lifting::Neither);
    assert_eq!(relation(beside(&node, 5).await, 6), Lifting::Lifts(1));
    assert_eq!(relation(beside(&node, 3).await, 4), Lifting::Lifts(1));
    assert_eq!(relation(beside(&node, 3).await, 6), Lifting::Lifts(1));
    // The last lifts the second suspension of the one, and the first of the other.
    assert_eq!(relation(beside(&node, 6).await, 5), Lifting::IsLifted(1));
    assert_eq!(relation(beside(&node, 6).await, 3), Lifting::IsLifted(1));
    assert_eq!(relation(beside(&node, 6).await, 4), Lifting::Neither);
    node.close().await;
}

#[tokio::test]
async fn what_lifts_names_what_it_lifts_also_over_another_lifting() {
    let node = node().await;
    publish(&node, &grant(1)).await;
    let scoped = |id, action, items: &[&str], sequence, previous: Option<&str>| {
        let mut record = act(id, action, &[(1, sequence, previous)]);
        if let Subject::StatusEvent(event) = &mut record.subject {
            event.scope_items = items.iter().map(|item| (*item).to_owned()).collect();
        }
        record
    };
    // A part is suspended, then another, then the first is given back, then all.
    let first = publish(&node, &scoped(3, Action::Suspend, &["a"], 1, None)).await;
    let other = publish(&node, &scoped(4, Action::Suspend, &["b"], 2, Some(&first))).await;
    let part = publish(
        &node,
        &scoped(5, Action::Reinstate, &["a"], 3, Some(&other)),
    )
    .await;
    publish(&node, &scoped(6, Action::Reinstate, &[], 4, Some(&part))).await;
    let pairs = [(3, 5), (4, 6)];
    for one in 3..=6 {
        for (other, _, lifting) in beside(&node, one).await {
            let other = (3..=6).find(|number| uuid(*number) == other).unwrap();
            let expected = if pairs.contains(&(one, other)) {
                Lifting::Lifts(1)
            } else if pairs.contains(&(other, one)) {
                Lifting::IsLifted(1)
            } else {
                Lifting::Neither
            };
            assert_eq!(lifting, expected, "{other} beside {one}");
        }
    }
    // The history of the record tells the same.
    let record = node
        .look_up(&Selector::Id(uuid(1)))
        .await
        .unwrap()
        .remove(0);
    let events = node.history(&record.row).await.unwrap();
    let number = |digest: [u8; 32]| {
        let event = events.iter().find(|event| event.row.digest == digest);
        let id = &event.unwrap().row.id;
        (3..=6).find(|number| uuid(*number) == *id).unwrap()
    };
    let lifted = node.lifted(&record.row, &events).into_iter();
    let mut lifted: Vec<(u8, u8)> = lifted.map(|(one, by)| (number(one), number(by))).collect();
    lifted.sort_unstable();
    assert_eq!(lifted, pairs);
    node.close().await;
}

/// Of a record with more events than are looked through, the newest are, and it is said.
#[tokio::test]
async fn no_more_events_are_looked_through_than_the_limit() {
    let node = node().await;
    publish(&node, &grant(1)).await;
    let ids: Vec<(u8, u64, Option<&str>)> = (1..=50).map(|number| (number, 1, None)).collect();
    publish(&node, &act(100, Action::Suspend, &ids)).await;
    let share = u8::try_from(MAX_LOOKED_THROUGH / MAX_RECORDS).unwrap();
    // With the one asked about one more than the share.
    for number in 0..share {
        let mut one = act(
            101 + number,
            Action::Suspend,
            &[(1, u64::from(number) + 2, None)],
        );
        if let Subject::StatusEvent(event) = &mut one.subject {
            event.subjects[0].previous_event = Some(event.subjects[0].digest_multibase.clone());
        }
        publish(&node, &one).await;
    }
    let found = node.look_up(&Selector::Id(uuid(100))).await.unwrap();
    let beside = node.acts_beside(&found[0].evidence).await.unwrap();
    assert_eq!((beside.acts.len(), beside.cut), (usize::from(share), true));
    node.close().await;
}

#[tokio::test]
async fn no_more_records_are_looked_at_than_the_limit() {
    let node = node().await;
    publish(&node, &grant(1)).await;
    let ids: Vec<(u8, u64, Option<&str>)> = (1..=51).map(|number| (number, 1, None)).collect();
    publish(&node, &act(100, Action::Suspend, &ids)).await;
    let found = node.look_up(&Selector::Id(uuid(100))).await.unwrap();
    let beside = node.acts_beside(&found[0].evidence).await.unwrap();
    assert_eq!((beside.records, beside.cut), (MAX_RECORDS, true));
    node.close().await;
}

/// Part of a scope is lifted with the part or with the whole, and the whole with the whole only.
#[test]
fn what_is_lifted_was_taken() {
    let event = |action, items: &[&str]| {
        let record = act(1, action, &[(2, 1, None)]);
        let Subject::StatusEvent(mut event) = record.subject else {
            panic!("an event");
        };
        event.scope_items = items.iter().map(|item| (*item).to_owned()).collect();
        *event
    };
    let (gives, takes) = (Action::Reinstate, Action::Suspend);
    for (given, taken, lifted) in [
        (&[][..], &[][..], true),
        (&[], &["a"], true),
        (&["a", "b"], &["a"], true),
        (&["a"], &["a", "b"], false),
        (&["a"], &[], false),
    ] {
        let lifts = lifts(&event(gives, given), &event(takes, taken));
        assert_eq!(lifts, lifted, "{given:?} {taken:?}");
    }
    let restored = event(Action::RestoreRecognition, &[]);
    assert!(lifts(&restored, &event(Action::RefuseRecognition, &[])));
    assert!(!lifts(&restored, &event(takes, &[])));
    assert!(!lifts(&event(gives, &[]), &event(Action::Withdraw, &[])));
}

#[tokio::test]
async fn an_act_of_somebody_not_entitled_is_told_to_change_nothing() {
    let node = node().await;
    let mut certificate = draft(Kind::Attestation, AUTHORITY, &uuid(1), today());
    certificate.comity.authority = AUTHORITY.to_owned();
    if let Subject::Attestation(attestation) = &mut certificate.subject {
        attestation.comity.grants.clear();
    }
    publish(&node, &certificate).await;
    let suspended = publish(&node, &act(2, Action::Suspend, &[(1, 1, None)])).await;
    // It rests on no report, so that no laboratory has anything to disown.
    let mut disowned = act(3, Action::Disown, &[(1, 2, Some(&suspended))]);
    if let Subject::StatusEvent(event) = &mut disowned.subject {
        event.capacity = Capacity::Laboratory;
    }
    publish(&node, &disowned).await;
    let found = async |id: u8| {
        let found = node.look_up(&Selector::Id(uuid(id))).await;
        found.unwrap().remove(0)
    };
    let (record, suspension, forged) = (found(1).await, found(2).await, found(3).await);
    let ignored = node.ignored_events(&record.evidence).await.unwrap();
    assert_eq!(ignored, [forged.row.digest]);
    assert_eq!(record.state, "suspended");
    let beside = node.acts_beside(&forged.evidence).await.unwrap();
    assert!(beside.ignored && !beside.acts[0].ignored);
    let beside = node.acts_beside(&suspension.evidence).await.unwrap();
    assert!(!beside.ignored && beside.acts[0].ignored);
}
