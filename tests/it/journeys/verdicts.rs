//! Questions and their exit codes, the same answer again, and what events change.

use serde_json::json;

use super::World;
use crate::program::database::Database;

#[test]
fn a_verdict_is_an_exit_code_and_can_be_repeated() {
    for mut world in World::each() {
        world.publishes("LAB-1", &[]);
        let lab = &world.lab;
        let ask = "comity check LAB-1 --in SE --hs 8516.79 --file A-17 -o json > verdict.json";
        lab.does(ask).exits(0);
        let then = lab.reads_json("verdict.json");
        assert_eq!(
            (&then["verdict"], &then["question"]["fileNumber"]),
            (&json!("recognised"), &json!("A-17"))
        );
        // Of another product it does not speak; of another economy this node knows nothing.
        lab.does("comity check LAB-1 --in SE --hs 8544.49").exits(1);
        lab.does("comity check LAB-1 --in JP").exits(3);
        let said = lab.does("comity check LAB-404 --in SE").exits(3);
        assert_eq!(said.json()["verdict"], "cannotTell");
        // Of many answers the worst counts.
        let said = lab
            .does("printf 'LAB-1\\nLAB-404\\n' | comity check - --in SE")
            .exits(3);
        assert_eq!(said.lines().len(), 2);
        lab.does("printf 'LAB-1\\nLAB-404\\n' | comity check - --in SE --hs 8544.49")
            .exits(1);
        lab.does("comity check LAB-1.json --in SE").exits(0);

        lab.does("comity check --repeat verdict.json").exits(0);
        for number in 2..5 {
            world.publishes(&format!("LAB-{number}"), &[]);
        }
        let lab = &world.lab;
        let same = lab
            .does("comity check --repeat verdict.json")
            .exits(0)
            .json();
        assert_eq!(same["verdictDigestNow"], then["verdictDigest"]);
        lab.does("comity check --repeat verdict.json --against-now")
            .exits(0);
        lab.does("comity status suspend LAB-1 --key lab.pem --reason nonPayment")
            .exits(0);
        world.restart();
        let lab = &world.lab;
        lab.does("comity check LAB-1 --in SE").exits(1);
        let same = lab
            .does("comity check --repeat verdict.json")
            .exits(0)
            .json();
        assert_eq!(same["verdictDigestNow"], then["verdictDigest"]);
        let said = lab
            .does("comity check --repeat verdict.json --against-now -o table")
            .exits(1);
        said.says("step status: status.active then, status.suspended now");

        let mut changed = then.clone();
        changed["verdict"] = json!("notRecognised");
        lab.writes("changed.json", changed.to_string());
        let said = lab.does("comity check --repeat changed.json").exits(1);
        said.warns("was changed");
        lab.does("comity check --repeat lab.pem").exits(4);
    }
}

#[test]
fn a_draft_is_judged_without_being_stored() {
    let world = World::new(Database::Sqlite);
    world.drafts("LAB-7", "draft.json", &[]);
    let said = world
        .lab
        .does("comity check --assume draft.json --in SE -o table");
    let said = said.exits(0).says("HYPOTHETICAL");
    let unmarked = said
        .text()
        .lines()
        .filter(|line| !line.contains("HYPOTHETICAL"))
        .count();
    assert_eq!(unmarked, 0, "{}", said.in_full());
    world.lab.does("comity show LAB-7").exits(1);
}

#[test]
fn events_change_one_record_or_a_list_that_was_looked_at() {
    for world in World::each() {
        for number in 1..=4 {
            let standard = if number < 4 {
                "IEC 60335-2-15:2012"
            } else {
                "IEC 60335-2-9:2019"
            };
            world.publishes(
                &format!("LAB-{number}"),
                &[("/credentialSubject/comity/standards", json!([standard]))],
            );
        }
        world.indexed();
        let lab = &world.lab;
        let state =
            |number: &str| lab.does(&format!("comity show {number}")).json()["state"].clone();
        lab.does("comity status suspend LAB-1 --key lab.pem")
            .exits(2)
            .warns("--reason");
        lab.does("comity status suspend LAB-1 --key lab.pem --reason nonPayment")
            .exits(0);
        assert_eq!(state("LAB-1"), "suspended");
        lab.does("comity status reinstate LAB-1 --key lab.pem")
            .exits(0);
        assert_eq!(state("LAB-1"), "active");

        let select = "--select 'standard=IEC 60335-2-15' --key lab.pem --reason standardSuperseded";
        let said = lab
            .does(&format!("comity status withdraw {select} --dry-run"))
            .exits(0);
        said.warns("LAB-1")
            .warns("LAB-3")
            .warns("Nothing was signed");
        // Nobody is there to be asked whether the list is right.
        lab.does(&format!("comity status withdraw {select}"))
            .exits(2)
            .warns("--yes");
        let said = lab
            .does(&format!("comity status withdraw {select} --yes -o json"))
            .exits(0);
        assert_eq!(said.json()["items"][0]["subjects"], 3);
        for number in ["LAB-1", "LAB-2", "LAB-3"] {
            assert_eq!(state(number), "withdrawn", "{number}");
        }
        assert_eq!(state("LAB-4"), "active");
        let history = lab
            .does("comity show LAB-1 --history -o json")
            .exits(0)
            .json();
        let actions: Vec<_> = history["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["event"]["action"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(actions, ["suspend", "reinstate", "withdraw"], "{history}");
        // What is published afterwards does not fall under it.
        world.publishes("LAB-5", &[]);
        world.indexed();
        lab.does("comity check LAB-5 --in SE").exits(0);
        lab.does("comity check LAB-2 --in SE").exits(1);
        let said = lab
            .does("comity search kettle --status withdrawn --all")
            .exits(0);
        assert_eq!(said.lines().len(), 3);
        // A withdrawal is final: whoever says otherwise is logged, and it changes nothing.
        lab.does("comity status reinstate LAB-1 --key lab.pem")
            .exits(0);
        assert_eq!(state("LAB-1"), "withdrawn");
        lab.does("comity check LAB-1 --in SE").exits(1);
    }
}
