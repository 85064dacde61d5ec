//! Five nodes of five economies: quorum within seconds, and verdicts without the origin.

use std::time::Instant;

use serde_json::Value;

use crate::program::federation::Federation;

/// How a step of a verdict ended.
fn step<'a>(verdict: &'a Value, name: &str) -> (&'a str, &'a str) {
    let steps = verdict["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["step"] == name);
    let step = step.unwrap_or_else(|| panic!("no step {name} in {verdict:#}"));
    (
        step["outcome"].as_str().unwrap(),
        step["code"].as_str().unwrap(),
    )
}

#[test]
fn a_certificate_is_judged_abroad_while_its_origin_is_switched_off() {
    let mut world = Federation::of(5);
    world.registers_laboratory(0);
    for destination in 1..5 {
        world.recognises(destination, 0);
    }
    world.agrees();

    let begun = Instant::now();
    let taken = world.publishes(0, "LAB-1");
    assert_eq!(taken["outcome"], "logged");
    world.agrees();
    eprintln!(
        "quorum everywhere {:?} after the publishing",
        begun.elapsed()
    );

    world.is_indexed();
    world.switches_off(0);
    let signed = world.members[0].laboratory.reads("LAB-1.json");
    for at in 1..5 {
        let found = world.asks(at, "comity search kettle").exits(0).lines();
        assert_eq!(found[0]["certificateNumber"], "LAB-1");
        let shown = world.asks(at, "comity show LAB-1 --raw").exits(0);
        assert_eq!(shown.out, signed.trim_ascii_end());
        // Each answers for every economy: its own, and where others decide.
        for destination in 1..5 {
            let economy = world.members[destination].economy;
            let check = format!("comity check LAB-1 --in {economy} -o json");
            let verdict = world.asks(at, &check).exits(0).json();
            assert_eq!(verdict["verdict"], "recognised", "{verdict:#}");
            assert_eq!(step(&verdict, "arrangement").0, "pass", "{verdict:#}");
            assert_eq!(step(&verdict, "log"), ("pass", "log.dated"), "{verdict:#}");
        }
        let home = world.asks(at, "comity check LAB-1 --in SE -o json");
        let home = home.exits(0).json();
        assert_eq!(step(&home, "arrangement").1, "arrangement.domestic");
        // It says of the silent log what it knows, and how old that is.
        let mut log = Value::Null;
        world.comes_to("the head it has of the silent log is under quorum", || {
            log = world.log(at, 0).unwrap();
            log["quorum"] == true
        });
        assert_eq!(log["mode"], "mirror", "{log:#}");
    }
}

#[test]
fn a_withdrawal_at_home_is_known_abroad() {
    let mut world = Federation::of(3);
    world.registers_laboratory(0);
    world.recognises(1, 0);
    world.publishes(0, "LAB-1");
    world.agrees();
    let check = "comity check LAB-1 --in JP";
    world.asks(1, check).exits(0);
    let url = world.url(0);
    world.members[0]
        .laboratory
        .does(&format!(
            "comity status withdraw LAB-1 --key lab.pem --reason voluntary --yes --node {url}"
        ))
        .exits(0);
    world.agrees();
    world.switches_off(0);
    for at in 1..3 {
        let verdict = world.asks(at, &format!("{check} -o json")).exits(1).json();
        assert_eq!(step(&verdict, "status").0, "fail", "{verdict:#}");
    }
}

/// The log goes on while a mirror is away, and the mirror catches up when it returns.
#[test]
fn a_mirror_that_was_away_catches_up() {
    let mut world = Federation::of(5);
    world.registers_laboratory(0);
    world.agrees();
    world.switches_off(4);
    for number in 1..=3 {
        world.publishes(0, &format!("LAB-{number}"));
    }
    // Three of four mirrors are a quorum.
    world.agrees();
    world.switches_off(3);
    world.publishes(0, "LAB-4");
    let size = world.size(0);
    // Two are none: the log goes on all the same, and its record has no logged time yet.
    world.comes_to("two mirrors hold it", || {
        [1, 2].iter().all(|&at| {
            let log = world.log(at, 0);
            log.is_some_and(|log| log["size"].as_u64() >= Some(size))
        })
    });
    assert!(!world.holds(1, 0, size), "{:#?}", world.log(1, 0));
    world.switches_on(&[3, 4]);
    // Head by head it is under quorum again and again: what is asked once may be between two.
    world.comes_to("the mirror has caught up", || world.holds(4, 0, size));
    world.agrees();
}
