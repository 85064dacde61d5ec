//! Nodes that mirror each other's logs, each behind its router: lines are collected, receipts get
//! their quorum, and what one has forgotten the others give back.

mod forgotten;
mod nodes;

use comity_tlog::checkpoint::{Checkpoint, cosignatures};
use comity_tlog::entry::Entry;
use comity_tlog::note::{SignedNote, Vkey};
use comity_tlog::receipt::Receipt;
use comity_tlog::witness::AddCheckpoint;
use serde_json::{Value, json};

use crate::testing::Tested;
use nodes::{Nodes, digest_of};

async fn receipt(nodes: &Nodes, at: usize, digest: &str) -> Value {
    let path = format!("/v1/records/{digest}/receipt");
    let answer = nodes.get(at, &path).await;
    assert_eq!(
        answer.status,
        200,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
    answer.json().unwrap()
}

async fn checkpoint(nodes: &Nodes, at: usize) -> SignedNote {
    let answer = nodes.get(at, "/log/2026/checkpoint").await;
    SignedNote::parse(&answer.body).unwrap()
}

fn size_of(note: &SignedNote) -> u64 {
    Checkpoint::parse(&note.text).unwrap().size
}

#[tokio::test]
async fn a_receipt_says_who_is_missing_until_it_has_its_quorum() {
    let nodes = Nodes::of(4).await;
    let body = nodes.publish(0, 1).await;
    let digest = digest_of(&body);
    let first = receipt(&nodes, 0, &digest).await;
    assert_eq!(
        (&first["needed"], &first["quorum"]),
        (&json!(3), &json!(false))
    );
    assert_eq!(first["have"], json!([]));
    assert_eq!(first["missing"].as_array().unwrap().len(), 3);
    for (node, have) in [(1, 1), (2, 2)] {
        nodes.mirror(node).await;
        nodes.collect(0).await;
        let so_far = receipt(&nodes, 0, &digest).await;
        assert_eq!(so_far["have"].as_array().unwrap().len(), have);
        assert_eq!(so_far["quorum"], json!(false));
    }
    assert_eq!(
        first["missing"][2],
        json!({"name": "nqi.example.br/mirror", "economy": "BR"})
    );
    nodes.mirror(3).await;
    nodes.collect(0).await;
    let whole = receipt(&nodes, 0, &digest).await;
    assert_eq!(
        (&whole["quorum"], &whole["missing"]),
        (&json!(true), &json!([]))
    );
    let proof = Receipt::parse(whole["proof"].as_str().unwrap().as_bytes()).unwrap();
    let entry = Entry::record("CompetenceGrant", nodes::sha256(&body), body.len() as u64).unwrap();
    let keys = nodes.mirror_keys();
    let included = proof
        .verify(&entry.encode(), &nodes.log_key(0), &keys)
        .unwrap();
    assert_eq!(included.cosignatures().len(), 3);
    let text = nodes
        .get(0, &format!("/v1/records/{digest}/proof?wait=1"))
        .await;
    assert_eq!(text.body, whole["proof"].as_str().unwrap().as_bytes());
}

#[tokio::test]
async fn a_receipt_stays_under_the_first_quorum_over_it() {
    let nodes = Nodes::of(3).await;
    let digest = digest_of(&nodes.publish(0, 1).await);
    nodes.everybody_signs(0).await;
    let before = receipt(&nodes, 0, &digest).await;
    assert_eq!(
        (&before["quorum"], &before["size"]),
        (&json!(true), &json!(1))
    );
    nodes.pass(10);
    nodes.publish(0, 2).await;
    nodes.everybody_signs(0).await;
    assert_eq!(receipt(&nodes, 0, &digest).await, before);
}

#[tokio::test]
async fn who_waits_is_told_when_the_quorum_comes() {
    let nodes = Nodes::of(3).await;
    let digest = digest_of(&nodes.publish(0, 1).await);
    let path = format!("/v1/records/{digest}/receipt?wait=25");
    let waits = nodes.get(0, &path);
    let signs = nodes.everybody_signs(0);
    let (answer, ()) = tokio::join!(waits, signs);
    assert_eq!(answer.json().unwrap()["quorum"], json!(true));
    let refused = nodes
        .get(0, &format!("/v1/records/{digest}/receipt?wait=26"))
        .await;
    assert_eq!(refused.status, 400);
}

#[tokio::test]
async fn a_head_stays_shown_until_all_could_see_it() {
    let nodes = Nodes::of(3).await;
    nodes.pass(10);
    nodes.publish(0, 1).await;
    assert_eq!(size_of(&checkpoint(&nodes, 0).await), 1);
    nodes.publish(0, 2).await;
    assert_eq!(
        size_of(&checkpoint(&nodes, 0).await),
        1,
        "it has no quorum yet"
    );
    nodes.everybody_signs(0).await;
    let shown = checkpoint(&nodes, 0).await;
    assert_eq!((size_of(&shown), shown.signatures.len()), (1, 4));
    nodes.pass(2);
    assert_eq!(size_of(&checkpoint(&nodes, 0).await), 2);
    // One that gets no quorum makes room after a while.
    nodes.publish(0, 3).await;
    nodes.pass(5);
    assert_eq!(size_of(&checkpoint(&nodes, 0).await), 2);
    nodes.pass(1);
    assert_eq!(size_of(&checkpoint(&nodes, 0).await), 3);
}

#[tokio::test]
async fn a_witness_is_asked_and_its_line_shown() {
    let nodes = Nodes::of(2).await;
    let witness = nodes.ask_witness(0, 1);
    nodes.publish(0, 1).await;
    // It knows the log already, by somebody else's request.
    let request = AddCheckpoint {
        old_size: 0,
        proof: Vec::new(),
        note: checkpoint(&nodes, 0).await,
    };
    nodes.mirror(1).await;
    let answered = nodes.all[1]
        .add_checkpoint(request.encode().as_bytes())
        .await
        .unwrap();
    assert_eq!(answered.status, 200);
    nodes.pass(10);
    nodes.publish(0, 2).await;
    let signed =
        |note: &SignedNote, key: &Vkey| cosignatures(note, std::slice::from_ref(key)).len();
    for size in 2..5 {
        nodes.collect(0).await;
        let note = checkpoint(&nodes, 0).await;
        assert_eq!((size_of(&note), signed(&note, &witness)), (size, 1));
        nodes.pass(10);
        nodes.publish(0, u32::try_from(size).unwrap() + 1).await;
    }
}

#[tokio::test]
async fn heads_of_others_are_anchored_once_a_day() {
    let nodes = Nodes::of(2).await;
    nodes.publish(0, 1).await;
    nodes.mirror(1).await;
    nodes.all[1].tend_once().await.unwrap();
    let anchored = nodes.anchors(1).await;
    assert_eq!(anchored, [(nodes.origin(0), 1)]);
    nodes.pass(10);
    nodes.publish(0, 2).await;
    nodes.mirror(1).await;
    nodes.all[1].tend_once().await.unwrap();
    assert_eq!(
        nodes.anchors(1).await.len(),
        1,
        "not before a day has passed"
    );
    nodes.pass(86_400);
    nodes.all[1].tend_once().await.unwrap();
    assert_eq!(
        nodes.anchors(1).await,
        [(nodes.origin(0), 1), (nodes.origin(0), 2)]
    );
    // A log that grew by anchors only is not anchored: two logs would do so for ever.
    nodes.mirror(0).await;
    nodes.all[0].tend_once().await.unwrap();
    let grown = nodes.all[0].head().size;
    nodes.pass(86_400);
    nodes.mirror(1).await;
    nodes.all[1].tend_once().await.unwrap();
    assert!(nodes.anchors(1).await.iter().all(|(_, size)| *size < grown));
}

#[tokio::test]
async fn an_own_anchor_carries_the_lines_of_the_cosigners() {
    let nodes = Nodes::of(2).await;
    nodes.publish(0, 1).await;
    nodes.everybody_signs(0).await;
    nodes.pass(3_000);
    nodes.all[0].tend_once().await.unwrap();
    let entries = nodes.entries(0).await;
    let Ok(Entry::Anchor { note }) = Entry::parse(entries.last().unwrap()) else {
        panic!("no anchor");
    };
    let note = SignedNote::parse(&note).unwrap();
    assert_eq!(cosignatures(&note, &nodes.mirror_keys()).len(), 1);
    // Signed anew, the head keeps the newest lines under it.
    nodes.pass(10);
    nodes.everybody_signs(0).await;
    nodes.pass(3_001);
    nodes.all[0].tend_once().await.unwrap();
    let note = SignedNote::parse(&nodes.all[0].head().note).unwrap();
    assert_eq!(cosignatures(&note, &nodes.mirror_keys()).len(), 1, "{note}");
}

/// Asks a node about the first record, as somebody who holds the answer tagged so: the status, and
/// the tag now.
async fn asked(node: &comity_node::Node, held: &str) -> (u16, String) {
    let tested = Tested {
        node: node.clone(),
        router: crate::router(node.clone(), crate::Options::default()),
    };
    let path = format!("/v1/recognition?record={}&in=SE", crate::testing::uuid(1));
    let reply = tested.get_with(&path, &[("if-none-match", held)]).await;
    (reply.status.as_u16(), reply.header("etag"))
}

#[tokio::test]
async fn a_verdict_that_is_held_ends_with_new_lines_and_with_evidence() {
    let nodes = Nodes::of(3).await;
    nodes.publish(0, 1).await;
    let own = &nodes.all[0];
    own.indexed().await;
    let (_, held) = asked(own, "none").await;
    nodes.mirror(1).await;
    assert_eq!(asked(own, &held).await.0, 304);
    // A line under the own head comes in: the record may be dated by it.
    nodes.collect(0).await;
    assert_eq!(asked(own, &held).await.0, 200);

    // Another node with the same log key is told by the mirror that there is another history.
    let twin = nodes.twin(0).await;
    nodes.publish_at(&twin, 0, 9).await;
    twin.indexed().await;
    let (_, held) = asked(&twin, "none").await;
    assert_eq!(asked(&twin, &held).await.0, 304);
    twin.collect_once().await.unwrap();
    assert!(twin.read_only().is_some());
    assert_eq!(asked(&twin, &held).await.0, 200);
}

#[tokio::test]
async fn a_log_that_forks_is_frozen_everywhere_and_proved() {
    let nodes = Nodes::of(3).await;
    nodes.publish(0, 1).await;
    nodes.mirror(1).await;
    // The same log key on another database: another history.
    let twin = nodes.twin(0).await;
    let taken = twin.publish(vec![nodes.grant(0, 9)]).await.unwrap();
    assert!(taken[0].is_ok());
    nodes.replace(0, &twin);
    nodes.mirror(1).await;
    let id = comity_tlog::origin::log_id(&nodes.origin(0));
    let evidence = nodes.get(1, &format!("/v1/logs/{id}/evidence")).await;
    assert_eq!(evidence.status, 200);
    let evidence = comity_tlog::fork::ForkEvidence::parse(&evidence.body).unwrap();
    assert!(evidence.verify().is_ok());
    let logs = nodes.get(1, "/v1/logs").await.json().unwrap();
    let log = logs["items"].as_array().unwrap().iter();
    let log = log
        .clone()
        .find(|log| log["origin"] == nodes.origin(0).as_str())
        .unwrap();
    assert_eq!(log["alarms"][0]["kind"], json!("forked"));
    // The twin is told by the mirror that there is another history, and stops.
    twin.collect_once().await.unwrap();
    assert!(twin.read_only().is_some());
}
