//! A guest economy: its own roots, keys and records, in the log of another member.

use serde_json::json;

use super::{certificate, listens, wait_until_indexed};
use crate::program::{Person, Serving, free_port};

/// A root key of an authority, and what others are shown of it.
fn roots(person: &Person, name: &str) {
    person
        .does(&format!(
            "comity keys generate --did did:web:nqi.example.{name} --out {name}.root.pem && \
             comity keys show {name}.root.pem -o json > {name}.root.json"
        ))
        .exits(0);
}

/// The keys of a folder, signed by its root under the list.
fn states_keys(person: &Person, name: &str, options: &str, more: &str) {
    person
        .does(&format!(
            "comity node keys {name} {options} -o json > {name}.keys.json && \
             comity ceremony new member-keys --from {name}.keys.json {more} > draft.json && \
             comity ceremony sign draft.json --list list.json --key {name}.root.pem --yes > {name}.signed.json"
        ))
        .exits(0);
}

#[test]
fn a_guest_publishes_in_the_log_of_a_member() {
    let (host, guest, lab) = (Person::new(), Person::new(), Person::new());
    let port = free_port();
    let url = format!("http://127.0.0.1:{port}");
    host.does("comity node init se --economy SE --host nqi.example.se --log 2026")
        .exits(0);
    listens(&host, "se", port);
    guest
        .does("comity node init kg --economy KG --host nqi.example.kg --name 'Authority of KG'")
        .exits(0);
    roots(&host, "se");
    roots(&guest, "kg");
    guest.sends("kg.root.json", &host);
    host.does(&format!(
        "comity ceremony new federation-list --threshold 1 --keyholder se.root.json \
         --member economy=SE,authority=did:web:nqi.example.se,root=se.root.json,url={url} \
         --member economy=KG,authority=did:web:nqi.example.kg,root=kg.root.json,log-at=nqi.example.se/log/2026 \
         > draft.json && comity ceremony sign draft.json --key se.root.pem --yes > list.json"
    ))
    .exits(0);
    host.sends("list.json", &guest);
    states_keys(&host, "se", "", "");
    states_keys(
        &guest,
        "kg",
        "--guest",
        "--licence CC-BY-4.0 --attribution 'Authority of KG' --correction-office 'Register of KG'",
    );
    guest.sends("kg.signed.json", &host);
    host.does("comity node federate se list.json se.signed.json kg.signed.json --yes")
        .exits(0);
    let serving = Serving::begin(&host, "comity node serve se", port);
    let (guest, lab) = (guest.asks(&url), lab.asks(&url));
    host.does(&format!(
        "comity publish --node {url} list.json se.signed.json kg.signed.json"
    ))
    .exits(0);

    // A body of the guest economy asks its own authority, which signs and publishes at its host.
    lab.does("comity keys generate --did did:web:lab.example --out lab.pem")
        .exits(0);
    lab.does(
        "comity register request --key lab.pem --name 'Example Laboratory' --economy KG --role laboratory \
         --kind attestation --contact-office Office --authority did:web:nqi.example.kg > lab.request.json",
    )
    .exits(0);
    lab.sends("lab.request.json", &guest);
    guest
        .does(&format!(
            "comity register approve --node kg lab.request.json --yes --at {url}"
        ))
        .exits(0);
    // The host cannot do it for the guest.
    lab.sends("lab.request.json", &host);
    host.does("comity register approve --node se lab.request.json --yes")
        .exits(1)
        .warns("did:web:nqi.example.kg");

    lab.does(
        "comity record new attestation --issuer did:web:lab.example --authority did:web:nqi.example.kg > draft.json",
    )
    .exits(0);
    lab.edits("draft.json", &certificate("KG-1"));
    lab.does("comity sign draft.json --key lab.pem > signed.json && comity publish signed.json")
        .exits(0);
    wait_until_indexed(&url);
    let verdict = lab
        .does("comity check KG-1 --in KG -o json")
        .exits(0)
        .json();
    assert_eq!(verdict["verdict"], "recognised", "{verdict:#}");
    let shown = lab.does("comity show KG-1 -o json").exits(0).json();
    assert_eq!(shown["authority"], json!("did:web:nqi.example.kg"));
    serving.stop();
}
