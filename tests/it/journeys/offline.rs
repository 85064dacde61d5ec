//! Verdicts taken along: made by a node, judged in another process without any network.

use std::process::{Command, Stdio};

use serde_json::json;

use super::World;
use crate::program::database::Database;

/// Whether a process can be cut off from every network here.
fn can_be_cut_off() -> bool {
    let tried = Command::new("unshare")
        .args(["--user", "--map-root-user", "--net", "true"])
        .stdin(Stdio::null())
        .output();
    tried.is_ok_and(|output| output.status.success())
}

#[test]
fn a_bundle_gives_the_same_verdict_without_a_network() {
    let world = World::new(Database::Sqlite);
    world.publishes("LAB-1", &[]);
    let lab = &world.lab;
    lab.does("comity bundle LAB-1 --in SE > one.comity.ndjson")
        .exits(0);
    lab.does("comity bundle LAB-404 --in SE").exits(1);
    lab.does("comity bundle LAB-1").exits(2);
    lab.writes("policy.toml", world.authority.reads("se/policy.toml"));
    let policy = "--offline --policy policy.toml";

    // The verdict in the bundle is the one that the node gives, by its digest.
    let by_node = lab
        .does("comity check one.comity.ndjson -o json")
        .exits(0)
        .json();
    let here = lab
        .does(&format!("comity check one.comity.ndjson {policy} -o json"))
        .exits(0)
        .json();
    assert_eq!(here["verdictDigest"], by_node["verdictDigest"]);
    assert!(here["ageSeconds"].as_i64().unwrap() >= 0);
    let cut_off = if can_be_cut_off() {
        "unshare --user --map-root-user --net "
    } else {
        ""
    };
    let alone = lab
        .does(&format!(
            "env -u COMITY_NODE {cut_off}comity check one.comity.ndjson {policy} -o json"
        ))
        .exits(0)
        .json();
    assert_eq!(alone["verdictDigest"], here["verdictDigest"]);
    lab.does(&format!(
        "comity check one.comity.ndjson {policy} -o table --explain"
    ))
    .exits(0)
    .says("from a bundle: what was known at");

    // Another product, and another day that was known; not another destination.
    lab.does(&format!(
        "comity check one.comity.ndjson {policy} --hs 8544.49"
    ))
    .exits(1);
    lab.does(&format!("comity check one.comity.ndjson {policy} --in JP"))
        .exits(2);
    lab.does("comity check one.comity.ndjson --offline")
        .exits(2);

    // Under a policy that believes nobody it cannot be told.
    lab.writes("nobody.toml", "");
    lab.does("comity check one.comity.ndjson --offline --policy nobody.toml")
        .exits(3);
}

#[test]
fn a_bundle_that_was_changed_is_refused() {
    let world = World::new(Database::Sqlite);
    world.publishes("LAB-1", &[]);
    let lab = &world.lab;
    lab.does("comity bundle LAB-1 --in SE > one.comity.ndjson")
        .exits(0);
    let inspected = lab
        .does("comity bundle inspect one.comity.ndjson -o json")
        .exits(0)
        .json();
    assert_eq!(inspected["question"]["in"], json!("SE"));
    let records = inspected["records"].as_array().unwrap();
    assert!(records.iter().all(|record| record["signature"] == "holds"));
    lab.does("comity bundle inspect one.comity.ndjson -o table")
        .exits(0)
        .says("status statement by key");
    lab.does("sed 's/LAB-1/LAB-2/' one.comity.ndjson > two.comity.ndjson");
    lab.does("comity bundle inspect two.comity.ndjson")
        .exits(1)
        .warns("is refused: line");
    lab.writes("policy.toml", world.authority.reads("se/policy.toml"));
    lab.does("comity check two.comity.ndjson --offline --policy policy.toml")
        .exits(4)
        .warns("is refused: line");
    lab.does("comity check two.comity.ndjson").exits(5);
    lab.does("comity bundle inspect absent.comity.ndjson")
        .exits(4);
}
