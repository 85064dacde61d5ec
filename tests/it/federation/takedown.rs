//! A body withheld by order of a court: at the origin, at every mirror, for newcomers.

use comity_signature::digest::{record_digest, to_hex, to_multibase};
use serde_json::{Value, json};

use crate::program::federation::{Federation, papers};
use crate::program::http;

/// The order of the authority to withhold a certificate.
fn takedown(world: &Federation, body: &[u8]) -> Value {
    let authority = &world.members[0];
    let record: Value = serde_json::from_slice(body).unwrap();
    let subject = json!({
        "authority": record["comity"]["authority"],
        "issuer": record["issuer"]["id"],
        "id": record["id"],
        "kind": "Attestation",
        "recordDigest": to_multibase(record_digest(body)),
        "documentDigest": papers::digest_of(body),
        "legalBasis": "Order 17/2026 of the court of the example",
    });
    let (did, name) = (authority.authority(), authority.name());
    let mut document = papers::document("Takedown", (&did, &name), &subject);
    document["validFrom"] = json!(papers::in_effect());
    document
}

#[test]
fn a_body_taken_down_is_gone_everywhere_and_the_logs_go_on() {
    let mut world = Federation::drafts(5);
    world.seals();
    // The fifth comes later.
    world.enters(&[0, 1, 2, 3]);
    world.registers_laboratory(0);
    world.recognises(1, 0);
    world.publishes(0, "LAB-1");
    let taken = world.publishes(0, "LAB-2");
    world.agrees();
    world.asks(1, "comity check LAB-2 --in JP").exits(0);

    let body = world.members[0].laboratory.reads("LAB-2.json");
    let body = body.trim_ascii_end();
    let order = takedown(&world, body);
    world.members[0].proclaims("takedown.ndjson", &[order]);
    world.publishes(0, "LAB-3");
    world.agrees();
    let document = format!("/record/{}", to_hex(&record_digest(body)));
    let status = |world: &Federation, at: usize| {
        let url = format!("{}{document}", world.url(at));
        http::get(&url).unwrap().status
    };
    for at in 0..4 {
        assert_eq!(status(&world, at), 410, "{}", world.members[at].economy);
    }

    // The newcomer catches up without the body, and co-signs.
    world.enters(&[4]);
    world.agrees();
    world.comes_to("the newcomer knows why it has no body", || {
        status(&world, 4) == 410
    });
    let path = format!("{}/checkpoint", world.path_at(4, 0));
    let note = String::from_utf8(world.shows_at(4, &path)).unwrap();
    assert!(note.contains("\n— nqi.br.example/mirror "), "{note}");

    for at in 0..5 {
        // The newcomer never read its number.
        let id = taken["id"].as_str().unwrap();
        let said = world.asks(at, &format!("comity check {id} --in JP -o json"));
        let verdict = said.exits(3).json();
        assert!(verdict.to_string().contains("takenDown"), "{verdict:#}");
        for line in ["comity check LAB-1 --in JP", "comity check LAB-3 --in JP"] {
            world.asks(at, line).exits(0);
        }
    }
    // The log never takes the same document again.
    let url = world.url(0);
    let lab = &world.members[0].laboratory;
    lab.does("rm LAB-2.json.receipt.ndjson").exits(0);
    lab.does(&format!("comity publish LAB-2.json --node {url}"))
        .exits(5);
}
