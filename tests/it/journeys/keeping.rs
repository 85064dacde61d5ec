//! Running a node: audits that find a changed byte, a new index, revoked keys, refusals.

use serde_json::Value;

use super::World;
use crate::program::database::Database;
use crate::program::proxy::Proxy;

#[test]
fn an_audit_from_outside_finds_a_changed_byte() {
    for world in World::each() {
        for number in 1..=3 {
            world.publishes(&format!("LAB-{number}"), &[]);
        }
        let lab = &world.lab;
        let said = lab
            .does(&format!("comity log verify {}", world.url()))
            .exits(0)
            .json();
        assert_eq!(
            (&said["records"], &said["bodiesVerified"]),
            (&4.into(), &4.into())
        );
        let vkey = said["vkey"].as_str().unwrap().to_owned();
        let url = world.url();
        lab.does(&format!("comity log verify {url} --vkey {vkey}"))
            .exits(0);
        let foreign = vkey.replace("nqi.example.se", "nqi.example.fi");
        lab.does(&format!("comity log verify {url} --vkey {foreign}"))
            .exits(2);

        let honest = Proxy::before(&url, "");
        lab.does(&format!("comity log verify {}", honest.url))
            .exits(0);
        for path in ["/tile/0/", "/tile/entries/", "/records/0", "/checkpoint"] {
            let lying = Proxy::before(&url, path);
            let said = lab.does(&format!("comity log verify {} --vkey {vkey}", lying.url));
            assert!(!lying.flipped().is_empty(), "{path} was not asked for");
            let said = said.exits(1);
            let shown = format!("{}{}", said.text(), said.err);
            assert!(!shown.is_empty(), "{path}");
        }
    }
}

#[test]
fn the_index_can_be_made_anew() {
    for mut world in World::each() {
        for number in 1..=3 {
            world.publishes(&format!("LAB-{number}"), &[]);
        }
        world
            .lab
            .does("comity status suspend LAB-2 --key lab.pem --reason nonPayment")
            .exits(0);
        world.indexed();
        let found = |world: &World| {
            let line = "comity search kettle --status active --all";
            let mut numbers: Vec<Value> = world.lab.does(line).exits(0).lines();
            numbers.sort_by_key(|item| item["certificateNumber"].to_string());
            numbers
        };
        let before = found(&world);
        assert_eq!(before.len(), 2);
        let said = world.authority.does("comity node reindex se").exits(4);
        said.warns("another process serves se");
        world.serving.take().unwrap().stop();
        world
            .authority
            .does("comity node reindex se")
            .exits(0)
            .warns("5 log entries");
        world.serve();
        world.indexed();
        assert_eq!(found(&world), before);

        // A start without the folder makes it too.
        world.serving.take().unwrap().stop();
        world.authority.does("rm -r se/index").exits(0);
        world.serve();
        world.indexed();
        assert_eq!(found(&world), before);
    }
}

#[test]
fn a_revoked_key_publishes_no_more() {
    for mut world in World::each() {
        world.publishes("LAB-1", &[]);
        world.drafts("LAB-2", "draft.json", &[]);
        world
            .lab
            .does("comity sign draft.json --key lab.pem > signed.json")
            .exits(0);
        let revoke = "comity register revoke --node se lab.request.json --reason keyCompromise";
        world
            .authority
            .does(revoke)
            .exits(2)
            .warns("cannot be called back");
        world
            .lab
            .does("comity publish --dry-run signed.json")
            .exits(0);
        world.authority.does(&format!("{revoke} --yes")).exits(0);
        let said = world.lab.does("comity publish signed.json").exits(5);
        said.warns("signed.json:1: refused");
        world
            .lab
            .does("comity publish --dry-run signed.json")
            .exits(5);
        world
            .lab
            .does("comity status suspend LAB-1 --key lab.pem --reason nonPayment")
            .exits(5);
        world.restart();
        world.lab.does("comity publish signed.json").exits(5);
        // With a new key the body goes on, once the authority has compared it.
        world.lab.does("mv lab.pem old.pem").exits(0);
        world.indexed();
        world
            .lab
            .does("comity keys generate --did did:web:lab.example --out lab.pem")
            .exits(0);
        world
            .lab
            .does(
                "comity register request --key lab.pem --name 'Example Laboratory' --economy SE \
                 --role laboratory --kind attestation --contact-office 'Quality office' \
                 --authority did:web:nqi.example.se > new.request.json",
            )
            .exits(0);
        world.lab.sends("new.request.json", &world.authority);
        // A key that is registered is not taken away in passing.
        let approve = "comity register approve --node se new.request.json --yes";
        world
            .authority
            .does(approve)
            .exits(5)
            .warns("--replace-keys");
        world
            .authority
            .does(&format!("{approve} --replace-keys"))
            .exits(0);
        world.publishes("LAB-3", &[]);
        world.lab.does("comity check LAB-3 --in SE").exits(0);
    }
}

#[test]
fn a_request_is_refused_or_meant_for_another() {
    let world = World::new(Database::Sqlite);
    let lab = &world.lab;
    let request = |options: &str| {
        lab.does(&format!(
            "comity register request --key lab.pem --name 'Example Laboratory' --economy SE --role laboratory \
             --kind attestation --contact-office 'Office' {options} > request.json"
        ))
        .exits(0);
        lab.sends("request.json", &world.authority);
    };
    request("");
    let said = world
        .authority
        .does("comity register refuse --node se request.json --reason 'not accredited yet'");
    said.exits(0).says("not accredited yet");
    let note = world.authority.reads_json("request.json.refusal.json");
    assert_eq!(note["id"], "did:web:lab.example");
    request("--authority did:web:nqi.example.fi");
    let approve = "comity register approve --node se request.json --yes";
    world
        .authority
        .does(approve)
        .exits(1)
        .warns("did:web:nqi.example.fi");
    // One letter of the request changed on its way.
    request("");
    world
        .authority
        .does("sed -i s/Office/Orfice/ request.json")
        .exits(0);
    world
        .authority
        .does(approve)
        .exits(1)
        .warns("cannot be used");
    world
        .authority
        .does("comity register approve --node http://127.0.0.1:1 request.json --yes")
        .exits(2);
}
