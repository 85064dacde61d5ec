//! `comity log compare`: what proves that a log lied, what does not, and nodes that agree.

use comity_tlog::checkpoint::{Checkpoint, served};
use comity_tlog::fork::ForkEvidence;
use comity_tlog::note::{NoteSigner, SignedNote};

use crate::program::Person;
use crate::program::federation::Federation;

const ORIGIN: &str = "nqi.example.se/log/2026";

fn log() -> NoteSigner {
    NoteSigner::log(ORIGIN, &[1; 32]).unwrap()
}

fn note(root: u8) -> SignedNote {
    let checkpoint = Checkpoint {
        origin: ORIGIN.to_owned(),
        size: 7,
        root: [root; 32],
    };
    served(&checkpoint, log().sign(&checkpoint).unwrap(), []).unwrap()
}

fn evidence(one: u8, other: u8) -> String {
    ForkEvidence::same_size(log().vkey().clone(), note(one), note(other)).encode()
}

#[test]
fn evidence_convinces_who_never_saw_the_network() {
    let person = Person::new();
    person.writes("fork.json", evidence(1, 2));
    let said = person
        .does("comity log compare fork.json -o table")
        .exits(1);
    said.says("PROVED: the log nqi.example.se/log/2026 lied")
        .says("two roots for 7 entries");
    let vkey = log().vkey().to_string();
    let line = format!("comity log compare fork.json --vkey {vkey} -o json");
    let proved = person.does(&line).exits(1).json();
    assert_eq!(
        (&proved["finding"], &proved["kind"]),
        (&"fork".into(), &"sameSize".into())
    );
}

#[test]
fn what_proves_nothing_says_why() {
    let person = Person::new();
    person.writes("one.json", evidence(1, 1));
    person
        .does("comity log compare one.json")
        .exits(4)
        .warns("proves nothing");
    person.writes("changed.json", evidence(1, 2).replace("\\n7\\n", "\\n8\\n"));
    person
        .does("comity log compare changed.json")
        .exits(4)
        .warns("not valid");
    person.writes("fork.json", evidence(1, 2));
    let other = NoteSigner::log(ORIGIN, &[2; 32]).unwrap();
    let line = format!("comity log compare fork.json --vkey {}", other.vkey());
    person.does(&line).exits(4).warns("not the one given");
    person.writes("text.json", "{}");
    person.does("comity log compare text.json").exits(4);
    person.does("comity log compare nothing.json").exits(4);
    person
        .does("comity log compare https://nqi.example.se")
        .exits(2);
}

#[test]
fn nodes_that_agree_show_one_history_and_a_receipt_has_its_quorum() {
    let world = Federation::of(2);
    world.registers_laboratory(0);
    world.publishes(0, "LAB-1");
    world.agrees();
    let (here, there) = (world.url(0), world.url(1));
    let line = format!("comity log compare {here} {there} -o json");
    let compared = world.traveller.does(&line).exits(0).json();
    let items = compared["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{compared:#}");
    assert!(items.iter().all(|item| item["finding"] == "consistent"));
    // Of a log whose key is given the nodes are not asked for it; of the other they are.
    let vkey = world.members[0].log_vkey();
    let said = world
        .traveller
        .does(&format!("{line} --vkey {vkey}"))
        .exits(0);
    let other = world.members[1].log_vkey();
    said.warns(&format!(
        "By the key that the nodes themselves name: {}.",
        other.name()
    ));
    let stranger = NoteSigner::log("nqi.example.xx/log/2026", &[1; 32]).unwrap();
    let said = world
        .traveller
        .does(&format!("{line} --vkey {}", stranger.vkey()));
    said.exits(2).warns("which is not compared");
    let said = world.asks(
        0,
        "comity receipt LAB-1 --wait 30 --to lab.tlog-proof -o json",
    );
    let receipt = said.exits(0).json();
    assert_eq!(
        (&receipt["needed"], &receipt["quorum"]),
        (&1.into(), &true.into())
    );
    let file = world.traveller.reads("lab.tlog-proof");
    assert_eq!(file, receipt["proof"].as_str().unwrap().as_bytes());
}
