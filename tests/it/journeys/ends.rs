//! How commands end that cannot do what they were asked: codes and words for people and scripts.

use crate::program::{Person, free_port};

#[test]
fn wrong_usage_is_told_apart_from_a_node_that_is_down() {
    let somebody = Person::new();
    for line in [
        "comity",
        "comity sing draft.json",
        "comity check LAB-1 --in Sweden --node http://127.0.0.1:1",
        "comity check LAB-1 --node http://127.0.0.1:1",
        "comity check LAB-1 --in SE --on 2026-02-30 --node http://127.0.0.1:1",
        "comity check LAB-1 --in SE",
        "comity search kettle --node ftp://nqi.example.se",
        "comity search --node http://127.0.0.1:1",
        "comity keys generate --did lab.example --out lab.pem",
        "comity record new certificate --issuer did:web:lab.example",
        "comity node init se --economy Sweden --host nqi.example.se",
        "comity node init se --economy SE --host 'not a host'",
    ] {
        let said = somebody.does(line).exits(2);
        assert!(!said.err.is_empty(), "{line} says nothing");
    }
    let url = format!("http://127.0.0.1:{}", free_port());
    let somebody = somebody.asks(&url);
    somebody
        .does("comity keys generate --did did:web:lab.example --out lab.pem")
        .exits(0);
    somebody
        .does("comity record new attestation --issuer did:web:lab.example > draft.json")
        .exits(0);
    somebody
        .does("comity sign draft.json --key lab.pem > signed.json")
        .exits(0);
    for line in [
        "comity check LAB-1 --in SE",
        "comity search kettle",
        "comity show LAB-1",
        "comity publish signed.json",
        "comity status suspend LAB-1 --key lab.pem --reason nonPayment",
        "comity log verify",
        "comity check --repeat verdict.json",
        "comity verify signed.json nothing.json",
        "comity sign draft.json --key nothing.pem",
        "comity node serve nothing",
        "comity keys generate --did did:web:lab.example --out lab.pem",
    ] {
        let said = somebody.does(line).exits(4);
        assert!(said.err.starts_with("error: "), "{}", said.in_full());
    }
    // Nothing was reached, so nothing is kept as if it had been.
    somebody.does("ls signed.json.receipt.ndjson").exits(2);
}

#[test]
fn a_key_and_a_folder_are_never_overwritten() {
    let somebody = Person::new();
    somebody
        .does("comity keys generate --did did:web:lab.example --out lab.pem")
        .exits(0);
    let key = somebody.reads("lab.pem");
    somebody
        .does("comity keys generate --did did:web:lab.example --out lab.pem")
        .exits(4);
    assert_eq!(somebody.reads("lab.pem"), key);
    somebody.does("stat -c %a lab.pem").says("600");
    let init = "comity node init se --economy SE --host nqi.example.se";
    somebody.does(init).exits(0);
    let key = somebody.reads("se/keys/authority.pem");
    somebody.does(init).exits(4).warns("already holds a node");
    assert_eq!(somebody.reads("se/keys/authority.pem"), key);
    for file in ["se/keys/authority.pem", "se/keys/log.seed"] {
        somebody.does(&format!("stat -c %a {file}")).says("600");
    }
}

#[test]
fn help_and_a_closed_pipe_are_no_failure() {
    let somebody = Person::new();
    for line in [
        "comity help",
        "comity --version",
        "comity check --help",
        "comity completions bash | head -n 1",
    ] {
        let said = somebody.does(line).exits(0);
        assert!(!said.out.is_empty(), "{line}");
    }
}
