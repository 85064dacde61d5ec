//! A verdict from a file: nothing but the bundle and a pinned policy, and no network.

use crate::program::Person;
use crate::program::federation::Federation;

/// Begins a command without any network, where this system lets us.
fn without_network() -> &'static str {
    let tried = std::process::Command::new("unshare")
        .args(["-n", "true"])
        .status();
    if tried.is_ok_and(|status| status.success()) {
        "unshare -n "
    } else {
        eprintln!("skipped: taking the network away, because this system does not allow it");
        ""
    }
}

#[test]
fn a_border_post_without_a_network_gives_the_verdict_of_the_node() {
    let mut world = Federation::of(3);
    world.registers_laboratory(0);
    world.recognises(1, 0);
    world.publishes(0, "LAB-1");
    world.agrees();
    // What comes later under an earlier time would belong to the same question.
    world.is_quiet();
    let bundled = "comity bundle LAB-1 --in JP > x.comity.ndjson";
    let url = world.url(1);
    world
        .traveller
        .does(&format!("COMITY_NODE={url} {bundled}"))
        .exits(0);
    for at in 0..3 {
        world.switches_off(at);
    }

    let post = Person::new();
    world.traveller.sends("x.comity.ndjson", &post);
    let policy = world.members[1].operator.reads("node/policy.toml");
    post.writes("policy.toml", policy);
    let check = format!(
        "{}comity check x.comity.ndjson --offline --policy policy.toml -o json > verdict.json",
        without_network()
    );
    post.does(&check).exits(0);
    let verdict = post.reads_json("verdict.json");
    assert_eq!(verdict["verdict"], "recognised", "{verdict:#}");
    // The node says the same of what was known then, byte for byte.
    world.switches_on(&[1, 2, 0]);
    let repeat = format!("comity check --repeat verdict.json --node {url}");
    let again = post.does(&repeat).exits(0).json();
    assert_eq!(again["same"], true, "{again:#}");

    // One byte changed: refused, and never the same answer.
    post.does("sed 's/Electric kettle/Electric Kettle/' x.comity.ndjson > changed.comity.ndjson")
        .exits(0);
    let said =
        post.does("comity check changed.comity.ndjson --offline --policy policy.toml -o json");
    let said = said.exits(4);
    assert!(
        !said.text().contains("\"recognised\""),
        "{}",
        said.in_full()
    );
    // Somebody who pinned another federation believes nothing in it.
    let other = Federation::drafts(1);
    let policy = other.members[0].operator.reads("node/policy.toml");
    post.writes("other.toml", policy);
    let said = post.does("comity check x.comity.ndjson --offline --policy other.toml -o json");
    said.exits(4).warns("the note is not signed by");
}
