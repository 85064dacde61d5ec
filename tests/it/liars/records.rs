//! Records that a liar hides, drops, or takes down.

use comity_node::remote::Remote;
use comity_signature::digest::{record_digest, to_hex, to_multibase};
use serde_json::{Value, json};

use super::face::says;
use super::{ASKER, LIAR, Lying};
use crate::program::federation::{Federation, papers};
use crate::program::http::block_on;

/// The stored bytes of a certificate in a laboratory's folder.
fn body_of(world: &Federation, at: usize, number: &str) -> Vec<u8> {
    let file = world.members[at]
        .laboratory
        .reads(&format!("{number}.json"));
    file.trim_ascii_end().to_vec()
}

/// The record digest, as answers spell it.
fn digest_of(body: &[u8]) -> String {
    to_hex(&record_digest(body))
}

fn id_of(body: &[u8]) -> String {
    let record: Value = serde_json::from_slice(body).unwrap();
    record["id"].as_str().unwrap().to_owned()
}

/// The liar's order to withhold a body.
fn takedown(world: &Federation, body: &[u8]) -> Value {
    let liar = &world.members[LIAR];
    let record: Value = serde_json::from_slice(body).unwrap();
    let subject = json!({
        "authority": record["comity"]["authority"],
        "issuer": record["issuer"]["id"],
        "id": record["id"],
        "kind": "Attestation",
        "recordDigest": to_multibase(record_digest(body)),
        "documentDigest": papers::digest_of(body),
        "legalBasis": "Order 1/2026 of the liar",
    });
    let mut document = papers::document("Takedown", (&liar.authority(), &liar.name()), &subject);
    document["validFrom"] = json!(papers::in_effect());
    document
}

#[test]
fn a_body_that_is_hidden_stops_cosigning_until_it_is_shown() {
    let lying = Lying::new();
    lying.freezes();
    lying.world.publishes(LIAR, "LAB-2");
    let body = body_of(&lying.world, LIAR, "LAB-2");
    let hidden = digest_of(&body);
    for face in [&lying.front, &lying.aside] {
        let (body, hidden) = (body.clone(), hidden.clone());
        face.says(move |asked, truth| {
            if asked.target.contains(&hidden) {
                return Some(says(404, "text/plain", ""));
            }
            let mut answer = truth()?;
            if asked.target.contains("/records/") {
                let lines = answer.body.split(|&byte| byte == b'\n');
                let lines = lines.map(|line| if line == body { b"null" } else { line });
                answer.body = lines.collect::<Vec<_>>().join(&b'\n');
            }
            Some(answer)
        });
    }
    for at in 1..5 {
        lying.is_alarmed(at, "missingBodies");
    }
    let log = lying.log_at(ASKER);
    assert_eq!(log["quorum"], false, "{log:#}");
    let world = &lying.world;
    let liar = world.url(LIAR);
    let lab = &world.members[LIAR].laboratory;
    let receipt = format!("comity receipt LAB-2 --wait 2 --node {liar}");
    lab.does(&receipt).exits(3);
    world.asks(ASKER, "comity check LAB-2 --in JP").exits(3);
    // Shown the file, nobody is the wiser: it is not logged under a quorum.
    lab.does(&format!(
        "comity check LAB-2.json --in JP --node {}",
        world.url(ASKER)
    ))
    .exits(3);
    lying.thaws();
    world.agrees();
    world.asks(ASKER, "comity check LAB-2 --in JP").exits(0);
    lab.does(&receipt).exits(0);
}

/// The liar says that it logged a rival's record, and did not: no receipt ever comes. The rival
/// logs it at another member's node.
#[test]
fn a_record_that_is_dropped_has_no_receipt_and_is_logged_elsewhere() {
    let lying = Lying::new();
    let world = &lying.world;
    let lab = &world.members[LIAR].laboratory;
    world.members[LIAR].signs("LAB-2");
    // What the liar says of a record that it has, turned to this one.
    let [held, dropped] = ["LAB-1", "LAB-2"].map(|number| body_of(world, LIAR, number));
    let node = Remote::new(&world.url(LIAR)).unwrap();
    let again = node.post("/v1/records", "application/vc", held.clone());
    let mut lie = String::from_utf8(block_on(again).unwrap().body).unwrap();
    for word in [digest_of, id_of] {
        assert!(lie.contains(&word(&held)), "{lie}");
        lie = lie.replace(&word(&held), &word(&dropped));
    }
    let lie = lie.replace("alreadyLogged", "logged");
    lying.front.says(move |asked, truth| {
        if asked.method == "POST" && asked.target == "/v1/records" {
            return Some(says(201, "application/json", lie.clone()));
        }
        truth()
    });
    let front = &lying.front.url;
    lab.does(&format!("comity publish LAB-2.json --node {front}"))
        .exits(0);
    let said = lab.does(&format!("comity receipt LAB-2 --wait 2 --node {front}"));
    assert!(!said.text().contains("tlog-proof"), "{}", said.in_full());
    world.asks(ASKER, "comity check LAB-2 --in JP").exits(3);

    let elsewhere = world.url(ASKER);
    lab.does(&format!("comity publish LAB-2.json --node {elsewhere}"))
        .exits(0);
    world.agrees();
    for at in [ASKER, 2, 3] {
        world.asks(at, "comity check LAB-2 --in JP").exits(0);
    }
}

/// A variant is logged, and taken down before any mirror had it: the mirrors pass the missing body,
/// because the log itself holds the order, and that same order voids the entry for ever.
#[test]
fn a_variant_that_was_taken_down_never_counts() {
    let lying = Lying::new();
    lying.freezes();
    let world = &lying.world;
    world.publishes(LIAR, "LAB-9");
    let body = body_of(world, LIAR, "LAB-9");
    let order = takedown(world, &body);
    world.members[LIAR].proclaims("takedown.ndjson", &[order]);
    lying.thaws();
    world.agrees();
    let lab = &world.members[LIAR].laboratory;
    for at in 1..5 {
        let url = world.url(at);
        // The holder shows the variant itself, years later.
        let check = format!("comity check LAB-9.json --in JP --node {url} -o json");
        let verdict = lab.does(&check).exits(3).json();
        assert!(verdict.to_string().contains("takenDown"), "{verdict:#}");
        world.asks(at, "comity check LAB-9 --in JP").exits(3);
        world.asks(at, "comity check LAB-1 --in JP").exits(0);
    }
    // Nor does another log make it good: its own authority ended it.
    let elsewhere = world.url(ASKER);
    lab.does(&format!("comity publish LAB-9.json --node {elsewhere}"));
    world.agrees();
    lab.does(&format!(
        "comity check LAB-9.json --in JP --node {elsewhere}"
    ))
    .exits(3);
}

/// The liar takes down what another authority's laboratory logged with it. That voids the entry in
/// the liar's log; the same record in its own economy's log stands.
#[test]
fn a_rivals_record_stands_where_it_was_logged_besides() {
    let lying = Lying::new();
    let world = &lying.world;
    world.registers_laboratory(ASKER);
    world.recognises(2, ASKER);
    world.publishes(ASKER, "RIVAL-1");
    world.agrees();
    let rival = &world.members[ASKER].laboratory;
    let liar = world.url(LIAR);
    rival
        .does(&format!("comity publish RIVAL-1.json --node {liar}"))
        .exits(0);
    world.agrees();
    world.asks(2, "comity check RIVAL-1 --in KZ").exits(0);
    let body = body_of(world, ASKER, "RIVAL-1");
    let order = takedown(world, &body);
    world.members[LIAR].proclaims("takedown.ndjson", &[order]);
    world.agrees();
    for at in 1..5 {
        world.asks(at, "comity check RIVAL-1 --in KZ").exits(0);
    }
}
