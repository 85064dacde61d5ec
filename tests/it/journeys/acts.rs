//! A destination refuses and restores, one record and whole lists; a body hands its records over.

use serde_json::json;

use super::World;
use crate::program::database::Database;

const WHY: &str = "--reason safetyRisk --text 'May overheat' --legal-basis 'Act 7, article 9'";

fn key() -> &'static str {
    "--key se/keys/authority.pem"
}

#[test]
fn a_refusal_says_why_and_is_lifted() {
    for world in World::each() {
        world.publishes("LAB-1", &[]);
        let (authority, lab) = (&world.authority, &world.lab);
        let refuse = format!("comity status refuse LAB-1 {}", key());
        authority
            .does(&format!(
                "{refuse} --reason safetyRisk --legal-basis 'Act 7'"
            ))
            .exits(2)
            .warns("--text");
        authority
            .does(&format!(
                "{refuse} --reason safetyRisk --text 'May overheat'"
            ))
            .exits(2)
            .warns("--legal-basis");
        // Nobody refuses for others.
        authority
            .does(&format!("{refuse} {WHY} --territory JP"))
            .exits(5)
            .warns("only the authority of JP");
        let by_lab = format!("comity status refuse LAB-1 --key lab.pem {WHY}");
        lab.does(&by_lab).exits(2).warns("--territory");
        lab.does(&format!("{by_lab} --territory SE"))
            .exits(5)
            .warns("only the authority of SE");
        lab.does("comity check LAB-1 --in SE").exits(0);

        authority.does(&format!("{refuse} {WHY}")).exits(0);
        lab.does("comity check LAB-1 --in SE -o table")
            .exits(1)
            .says("May overheat")
            .says("Act 7, article 9");
        let verdict = lab
            .does("comity check LAB-1 --in SE -o json")
            .exits(1)
            .json();
        let steps = verdict["steps"].as_array().unwrap();
        let step = steps.iter().find(|step| step["step"] == "territory");
        let step = step.unwrap();
        assert_eq!(step["code"], "territory.refused");
        assert_eq!(step["facts"]["reasonCode"], "safetyRisk");
        assert_eq!(step["next"]["did"], "did:web:nqi.example.se");
        // Once is enough.
        authority
            .does(&format!("{refuse} {WHY}"))
            .exits(0)
            .warns("already refused")
            .warns("There is nothing to do");

        let restore = format!("comity status restore LAB-1 {}", key());
        authority.does(&restore).exits(2).warns("--text");
        authority
            .does(&format!("{restore} --text 'The thermostat was changed'"))
            .exits(0);
        lab.does("comity check LAB-1 --in SE").exits(0);
        let history = lab
            .does("comity show LAB-1 --history -o json")
            .exits(0)
            .json();
        let events = history["items"].as_array().unwrap();
        let actions: Vec<_> = events.iter().map(|item| &item["event"]["action"]).collect();
        assert_eq!(actions, ["refuseRecognition", "restoreRecognition"]);
        assert_eq!(events[0]["event"]["legalBasis"], "Act 7, article 9");
    }
}

/// Four certificates of the laboratory, the fourth to another standard.
fn with_four() -> World {
    let world = World::new(Database::Sqlite);
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
    world
}

/// Which of the certificates count, by their exit codes.
fn counts(world: &World, codes: &[i32]) {
    for (at, code) in codes.iter().enumerate() {
        let line = format!("comity check LAB-{} --in SE", at + 1);
        world.lab.does(&line).exits(*code);
    }
}

#[test]
fn a_list_is_refused_and_each_name_is_answered() {
    let world = with_four();
    let authority = &world.authority;
    authority.writes("list.csv", "number,why\nLAB-1,a\nLAB-404,b\nLAB-2,c\n");
    let refuse = format!("comity status refuse {} {WHY}", key());
    // One of them is not there: nothing happens to any, unless that is agreed to.
    authority
        .does(&format!("{refuse} --ids list.csv --yes"))
        .exits(1)
        .warns("LAB-404")
        .warns("nothing was signed");
    authority
        .does(&format!("{refuse} --ids list.csv --leave-out --dry-run"))
        .exits(0)
        .warns("LAB-404")
        .warns("Nothing was signed");
    authority
        .does(&format!("{refuse} --ids list.csv --leave-out"))
        .exits(2)
        .warns("--yes");
    counts(&world, &[0, 0, 0, 0]);
    let said = authority
        .does(&format!(
            "{refuse} --ids list.csv --leave-out --yes -o json"
        ))
        .exits(0)
        .json();
    assert_eq!(said["items"][0]["subjects"], 2);
    assert_eq!(said["leftOut"][0]["named"], "LAB-404");
    counts(&world, &[1, 1, 0, 0]);
}

#[test]
fn what_a_query_finds_is_refused_and_fixed_in_the_event() {
    let world = with_four();
    let authority = &world.authority;
    let refuse = format!("comity status refuse {} {WHY}", key());
    authority
        .does(&format!("{refuse} LAB-1 LAB-2 --yes"))
        .exits(0);
    // What is refused already is said and left out.
    let query = "issuer=did:web:lab.example kind=attestation standard=IEC 60335-2-15";
    let said = authority
        .does(&format!("{refuse} --where '{query}' --yes -o json"))
        .exits(0)
        .json();
    assert_eq!(said["items"][0]["subjects"], 1);
    let left_out = said["leftOut"].as_array().unwrap();
    let mut names: Vec<_> = (left_out.iter())
        .map(|item| item["named"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["LAB-1", "LAB-2"]);
    counts(&world, &[1, 1, 1, 0]);
    // The list is fixed in the event, the query stands beside it in words.
    let id = said["items"][0]["id"].as_str().unwrap();
    let event = authority.does(&format!("comity show {id} --raw")).exits(0);
    let subject = &event.json()["credentialSubject"];
    assert_eq!(subject["selection"], query);
    assert_eq!(subject["territory"], json!(["SE"]));
    assert_eq!(subject["subjects"].as_array().unwrap().len(), 1);
    world.publishes("LAB-5", &[]);
    world.indexed();
    counts(&world, &[1, 1, 1, 0, 0]);

    // All of them again, in one act; what was never refused is said.
    let said = authority
        .does(&format!(
            "comity status restore {} --text 'All were changed' --select q=kettle --yes -o json",
            key()
        ))
        .exits(0)
        .json();
    assert_eq!(said["items"][0]["subjects"], 3);
    assert_eq!(said["leftOut"].as_array().unwrap().len(), 2, "{said}");
    counts(&world, &[0, 0, 0, 0, 0]);
}

#[test]
fn a_body_hands_its_certificates_over() {
    let world = World::new(Database::Sqlite);
    let other = crate::program::Person::new().asks(&world.url());
    world.registers(
        &other,
        "other",
        "--name 'Other Laboratory' --role laboratory --kind attestation --kind status-event",
    );
    world.publishes("LAB-1", &[]);
    world.publishes("LAB-2", &[]);
    let lab = &world.lab;
    let transfer = "comity status transfer --key lab.pem --reason bodyCeased";
    lab.does(&format!(
        "{transfer} LAB-1 --to did:web:nobody.example --grace-until 2099-12-31"
    ))
    .exits(5)
    .warns("--to-authority");
    lab.does(&format!(
        "{transfer} LAB-1 --to did:web:lab.example --grace-until 2099-12-31"
    ))
    .exits(1)
    .warns("another body");
    lab.does(&format!(
        "{transfer} LAB-1 --to did:web:other.example --grace-until 2099-12-31"
    ))
    .exits(0);
    lab.does("comity check LAB-1 --in SE -o table --explain")
        .exits(0)
        .says("until 2099-12-31");
    assert_eq!(lab.does("comity show LAB-1").json()["state"], "active");
    // Of another, the grace has ended.
    lab.does(&format!(
        "{transfer} LAB-2 --to did:web:other.example --effective 2020-01-01 --grace-until 2020-03-31"
    ))
    .exits(0);
    lab.does("comity check LAB-2 --in SE -o table")
        .exits(1)
        .says("did:web:other.example");
    let verdict = lab
        .does("comity check LAB-2 --in SE -o json")
        .exits(1)
        .json();
    let steps = verdict["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["step"] == "status").unwrap();
    assert_eq!(step["code"], "status.transferEnded");
    assert_eq!(step["next"]["who"], "successor");
    assert_eq!(step["next"]["did"], "did:web:other.example");
    assert_eq!(step["next"]["name"], "Other Laboratory");
    assert_eq!(lab.does("comity show LAB-2").json()["state"], "transferred");
    world.indexed();
    let said = lab
        .does("comity search kettle --status transferred --all")
        .exits(0);
    assert_eq!(said.lines().len(), 1);
}
