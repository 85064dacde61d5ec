//! Warnings and requests: seen by whoever checks the number, and never in the verdict.

use serde_json::{Value, json};

use super::World;
use crate::program::database::Database;
use crate::program::federation::Federation;

const FORGED: &str = "comity notice new --sort forged-certificate --number LAB-999";

#[test]
fn a_forged_number_is_warned_of_and_the_verdict_stays_what_it_was() {
    let world = World::new(Database::Sqlite);
    world.publishes("LAB-1", &[]);
    let lab = &world.lab;
    let check = "comity check LAB-999 --issuer did:web:lab.example --in SE";
    lab.does(&format!("{check} -o json > before.json")).exits(3);
    lab.does("comity check LAB-1 --in SE -o json > held.json")
        .exits(0);

    let text = "--text 'en=The laboratory never issued it' --text 'sv=Aldrig utfärdat'";
    let new = format!("{FORGED} --issuer did:web:lab.example {text} --key se/keys/authority.pem");
    let authority = &world.authority;
    let draft = authority.does(&format!("{new} --dry-run")).exits(0).json();
    assert_eq!(draft["comity"]["publicationBasis"], "ownStatement");
    lab.does("comity notice list")
        .exits(0)
        .warns("no such notice");
    let published = authority.does(&new).exits(0).json();
    let id = published["id"].as_str().unwrap();

    // It is seen, apart from the verdict.
    let said = lab.does(&format!("{check} -o table")).exits(3);
    let read = said.text();
    let (verdict, notices) = read
        .split_once("Notices (do not decide the verdict)")
        .unwrap_or_else(|| panic!("{}", said.in_full()));
    assert!(verdict.contains("CANNOT TELL"), "{verdict}");
    assert!(
        notices.contains("FORGED CERTIFICATE by National authority of SE"),
        "{notices}"
    );
    assert!(
        notices.contains("The laboratory never issued it"),
        "{notices}"
    );
    lab.does("comity show LAB-999")
        .exits(1)
        .warns("notice list");
    let listed = lab.does("comity notice list --number lab999").exits(0);
    assert_eq!(listed.lines()[0]["id"], id);

    // Byte for byte the verdict is what it was without it.
    for (file, name) in [("before.json", "LAB-999"), ("held.json", "LAB-1")] {
        let then = lab.reads_json(file);
        let same = lab.does(&format!("comity check --repeat {file}")).exits(0);
        assert_eq!(
            same.json()["verdictDigestNow"],
            then["verdictDigest"],
            "{name}"
        );
    }

    // The laboratory is not registered for notices; its authority responds in its place.
    let respond = format!("comity notice respond {id} --text 'en=We saw the paper'");
    lab.does(&format!("{respond} --key lab.pem"))
        .exits(5)
        .warns("kind notice");
    authority
        .does(&format!("{respond} --key se/keys/authority.pem"))
        .exits(0);
    let reply = format!("comity notice reply {id} --answer confirmed --text 'en=Yes'");
    authority
        .does(&format!("{reply} --key se/keys/authority.pem"))
        .exits(2)
        .warns("no request");
    let listed = lab.does("comity notice list").exits(0).lines();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["answers"][0]["sort"], "response");

    // Its signer takes it back; it is shown as that.
    authority
        .does(&format!(
            "comity status withdraw {id} --key se/keys/authority.pem --reason clericalError"
        ))
        .exits(0);
    let said = lab.does(&format!("{check} -o table")).exits(3);
    said.says("FORGED CERTIFICATE (withdrawn)");
}

#[test]
fn a_warning_and_an_answer_of_one_economy_are_read_in_another() {
    let world = Federation::of(3);
    world.registers_laboratory(0);
    world.publishes(0, "LAB-1");
    world.agrees();
    let jp = &world.members[1];
    let asked = world.members[0].authority();
    let today = comity_node::clock::Clock::System.now().day();
    let key = format!("--key node/keys/authority.pem --node {}", jp.url());
    let lines = [
        format!("{FORGED} --issuer 'National authority of SE' --text 'en=Forged' {key}"),
        format!(
            "comity notice request --about LAB-1 --to {asked} --to-authority {asked} \
             --answer-by {today} --text 'en=Yours?' --terms 'Authorities only' {key}"
        ),
    ];
    for line in lines {
        jp.operator.does(&line).exits(0);
    }
    world.agrees();
    let notices = |line: &str| -> Value {
        let said = world.asks(2, &format!("{line} -o json"));
        said.json()["notices"]["items"].clone()
    };
    world.comes_to("the warning is read in the third economy", || {
        notices("comity check LAB-999 --in KZ")[0]["sort"] == "forgedCertificate"
    });
    let request = notices("comity check LAB-1 --in KZ");
    let facts = (&request[0]["request"], &request[0]["by"]["economy"]);
    assert_eq!(facts, (&json!("open"), &json!("JP")));
    // A week on, nobody has answered by the day.
    let later = today.plus_days(7);
    let listed = world.asks(2, &format!("comity notice list --on {later} -o ndjson"));
    let mut states = listed
        .lines()
        .into_iter()
        .map(|item| item["request"].clone());
    assert!(states.any(|state| state == "noAnswerByTheDay"));
    let id = request[0]["id"].as_str().unwrap();
    let se = &world.members[0];
    se.operator
        .does(&format!(
            "comity notice reply {id} --answer confirmed --text 'en=Ours' \
             --key node/keys/authority.pem --node {}",
            se.url()
        ))
        .exits(0);
    world.agrees();
    world.comes_to("the answer is read in the third economy", || {
        notices("comity check LAB-1 --in KZ")[0]["request"] == "answered"
    });
}
