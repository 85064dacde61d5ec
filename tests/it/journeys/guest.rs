//! A guest economy: its own roots, keys and records, in the log of another member; then a log of its
//! own.

use serde_json::{Value, json};

use super::{certificate, listens, wait_until_indexed};
use crate::program::{Person, Serving, free_port, http, wait_until};

const KG: &str = "economy=KG,authority=did:web:nqi.example.kg,root=kg.root.json";

/// A host, a guest in its log, and a laboratory of the guest economy.
struct Hosted {
    host: Person,
    guest: Person,
    lab: Person,
    serving: Serving,
}

impl Hosted {
    fn new() -> Self {
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
             --member {KG},log-at=nqi.example.se/log/2026 > draft.json && \
             comity ceremony sign draft.json --key se.root.pem --yes > list.json"
        ))
        .exits(0);
        host.sends("list.json", &guest);
        states_keys(&host, "se", "");
        states_keys(&guest, "kg", "--guest");
        guest.sends("kg.signed.json", &host);
        host.does("comity node federate se list.json se.signed.json kg.signed.json --yes")
            .exits(0);
        let serving = Serving::begin(&host, "comity node serve se", port);
        host.does(&format!(
            "comity publish --node {url} list.json se.signed.json kg.signed.json"
        ))
        .exits(0);
        Self {
            host,
            guest: guest.asks(&url),
            lab: lab.asks(&url),
            serving,
        }
    }

    /// A body of the guest economy asks its own authority, which signs and publishes at its host.
    fn registers_laboratory(&self) {
        self.lab
            .does("comity keys generate --did did:web:lab.example --out lab.pem")
            .exits(0);
        self.lab
            .does(
                "comity register request --key lab.pem --name 'Example Laboratory' --economy KG \
                 --role laboratory --kind attestation --contact-office Office \
                 --authority did:web:nqi.example.kg > lab.request.json",
            )
            .exits(0);
        self.lab.sends("lab.request.json", &self.guest);
        let at = &self.serving.url;
        let approve = format!("comity register approve --node kg lab.request.json --yes --at {at}");
        self.guest.does(&approve).exits(0);
    }

    /// The laboratory publishes a certificate at that node.
    fn publishes(&self, number: &str, node: &str) {
        self.lab
            .does(
                "comity record new attestation --issuer did:web:lab.example \
                 --authority did:web:nqi.example.kg > draft.json",
            )
            .exits(0);
        self.lab.edits("draft.json", &certificate(number));
        self.lab
            .does(&format!(
                "comity sign draft.json --key lab.pem > signed.json && \
                 comity publish --node {node} signed.json"
            ))
            .exits(0);
        wait_until_indexed(node);
    }
}

/// A root key of an authority, and what others are shown of it.
fn roots(person: &Person, name: &str) {
    person
        .does(&format!(
            "comity keys generate --did did:web:nqi.example.{name} --out {name}.root.pem && \
             comity keys show {name}.root.pem -o json > {name}.root.json"
        ))
        .exits(0);
}

/// The keys of a folder, signed by its root under the list, with the terms of its data.
fn states_keys(person: &Person, name: &str, options: &str) {
    person
        .does(&format!(
            "comity node keys {name} {options} -o json > {name}.keys.json && \
             comity ceremony new member-keys --from {name}.keys.json --licence CC-BY-4.0 \
             --attribution 'Authority of {name}' --correction-office Register > draft.json && \
             comity ceremony sign draft.json --list list.json --key {name}.root.pem --yes > {name}.signed.json"
        ))
        .exits(0);
}

#[test]
fn a_guest_publishes_in_the_log_of_a_member() {
    let world = Hosted::new();
    let url = world.serving.url.clone();
    world.registers_laboratory();
    // The host cannot do it for the guest.
    world.lab.sends("lab.request.json", &world.host);
    world
        .host
        .does("comity register approve --node se lab.request.json --yes")
        .exits(1)
        .warns("did:web:nqi.example.kg");
    world.publishes("KG-1", &url);
    let verdict = world.lab.does("comity check KG-1 --in KG -o json");
    let verdict = verdict.exits(0).json();
    assert_eq!(verdict["verdict"], "recognised", "{verdict:#}");
    let shown = world.lab.does("comity show KG-1 -o json").exits(0).json();
    assert_eq!(shown["authority"], json!("did:web:nqi.example.kg"));

    // Terms of both economies are said beside the keys, those of the log's owner beside the log.
    let logs = http::json(&format!("{url}/v1/logs"));
    assert_eq!(logs["items"][0]["terms"]["licence"], "CC-BY-4.0");
    let federation = http::get(&format!("{url}/v1/federation")).unwrap();
    let text = String::from_utf8(federation.body).unwrap();
    assert!(text.contains("Authority of kg"), "{text}");
}

#[test]
fn a_guest_opens_its_own_log() {
    let world = Hosted::new();
    let (host, guest) = (&world.host, &world.guest);
    let url = world.serving.url.clone();
    world.registers_laboratory();
    world.publishes("KG-1", &url);

    // The keyholders name its node, and its mirror as a cosigner; its roots state the keys of its log.
    let port = free_port();
    let own = format!("http://127.0.0.1:{port}");
    listens(guest, "kg", port);
    host.does(&format!(
        "comity ceremony new federation-list --previous list.json --member {KG},url={own} \
         --cosigner SE --cosigner KG > draft.json && \
         comity ceremony sign draft.json --previous list.json --key se.root.pem --yes > list-2.json"
    ))
    .exits(0);
    for paper in ["list-2.json", "se.signed.json"] {
        host.sends(paper, guest);
    }
    let list = "--previous kg.signed.json --list list-2.json";
    guest
        .does(&format!(
            "comity node keys kg -o json > kg.keys.json && \
             comity ceremony new member-keys --from kg.keys.json {list} > draft.json && \
             comity ceremony sign draft.json {list} --key kg.root.pem --yes > kg-2.json"
        ))
        .exits(0);
    guest
        .does("comity node federate kg list.json list-2.json se.signed.json kg.signed.json kg-2.json --yes")
        .exits(0);
    guest
        .does(&format!(
            "comity publish --node {url} list-2.json kg-2.json"
        ))
        .exits(0);
    // A mirror does not date the log in which its own economy publishes, and there is no third one:
    // the former guest takes its host's word for the time.
    let policy = String::from_utf8(guest.reads("kg/policy.toml")).unwrap();
    let keys = host.reads_json("se.keys.json");
    let vkey = &keys["logKeys"][0]["vkey"];
    guest.writes(
        "kg/policy.toml",
        format!(
            "{policy}\n[[log]]\norigin = \"nqi.example.se/log/2026\"\nvkey = {vkey}\n\
             economy = \"SE\"\neconomies = [\"KG\"]\ndated_by = \"self\"\n"
        ),
    );
    let serving = Serving::begin(guest, "comity node serve kg", port);

    // What stands in the host's log is judged by the guest's own node, from its own mirror.
    let recognised = |number: &str, node: &str| {
        let line = format!("comity check {number} --in KG --node {node} -o json");
        wait_until(&format!("{number} is recognised at {node}"), || {
            let said = world.lab.does(&line);
            let verdict: Value = serde_json::from_slice(&said.out).unwrap_or_default();
            verdict["verdict"] == "recognised"
        });
    };
    recognised("KG-1", &own);
    // From now on its bodies publish at home, and the former host holds that too.
    world.publishes("KG-2", &own);
    recognised("KG-2", &own);
    recognised("KG-2", &url);
    let logs = http::json(&format!("{own}/v1/logs"));
    let modes: Vec<&Value> = logs["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|log| &log["mode"])
        .collect();
    assert!(
        modes.contains(&&json!("own")) && modes.contains(&&json!("mirror")),
        "{logs:#}"
    );
    serving.stop();
}
