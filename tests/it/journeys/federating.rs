//! Two authorities federate by the README's own command lines, and operators look after their nodes.

use serde_json::{Value, json};

use super::listens;
use super::readme::command_lines_of;
use crate::program::{Person, Said, Serving, free_port, http, wait_until};

/// An authority with a root key and a node's folder.
struct Authority {
    person: Person,
    economy: &'static str,
    name: &'static str,
    port: u16,
}

impl Authority {
    fn new(economy: &'static str, name: &'static str) -> Self {
        let person = Person::new();
        let port = free_port();
        person
            .does(&format!(
                "comity node init {name} --economy {economy} --host nqi.example.{name}"
            ))
            .exits(0);
        listens(&person, name, port);
        Self {
            person,
            economy,
            name,
            port,
        }
    }

    /// A command line of the README, as this authority types it.
    fn does(&self, line: &str) -> Said {
        self.person.does(&self.own(line))
    }

    /// The line with the names of this authority in the place of those of SE.
    fn own(&self, line: &str) -> String {
        let own = line.replace("se.", &format!("{}.", self.name));
        let own = format!("{own} ").replace(" se ", &format!(" {} ", self.name));
        own.trim_end()
            .replace("example.se", &format!("example.{}", self.name))
    }

    fn serves(&self) -> Serving {
        let line = format!("comity node serve {}", self.name);
        Serving::begin(&self.person, &line, self.port)
    }
}

/// Everything up to two folders that believe the same list.
fn federated() -> [Authority; 2] {
    follow_readme().0
}

/// The README up to where its nodes are served, and the lines from there on.
fn follow_readme() -> ([Authority; 2], Vec<String>) {
    let both = [Authority::new("SE", "se"), Authority::new("FI", "fi")];
    let [se, fi] = &both;
    let lines = command_lines_of(&["## Federate"]);
    assert!(lines.len() >= 10, "the README shows {lines:?} only");
    let served = lines
        .iter()
        .position(|line| line.starts_with("comity node serve"));
    let (lines, rest) = lines.split_at(served.unwrap());
    for shown in lines {
        let line = shown
            .replace("8080", &se.port.to_string())
            .replace("8081", &fi.port.to_string());
        if line.starts_with("comity keys") {
            for one in &both {
                one.does(&line).exits(0);
            }
            if line.contains("show") {
                fi.person.sends("fi.root.json", &se.person);
            }
        } else if line.starts_with("comity ceremony sign list.json") {
            se.person.sends("list.json", &fi.person);
            // Nobody is there who could compare the words.
            se.person.does(&line).exits(2).warns("--yes");
            for one in &both {
                one.does(&format!("{line} --yes"))
                    .exits(0)
                    .warns("Read aloud");
            }
            fi.person.sends("list.fi.json", &se.person);
        } else if line.starts_with("comity ceremony merge") {
            let alone = "comity ceremony merge list.se.json";
            let said = se.person.does(alone).exits(1);
            said.warns("1 more must sign")
                .warns("did:web:nqi.example.fi");
            se.person.does(&line).exits(0);
            se.person.sends("list.signed.json", &fi.person);
        } else if line.starts_with("comity ceremony new federation-list")
            || line.starts_with("comity ceremony show")
        {
            se.person.does(&line).exits(0);
        } else {
            let asks = line.contains("sign ") || line.contains("federate");
            let line = if asks { format!("{line} --yes") } else { line };
            for one in &both {
                one.does(&line).exits(0);
            }
        }
    }
    let rest = rest.to_vec();
    (both, rest)
}

#[test]
fn two_authorities_federate_by_the_readme() {
    let both = federated();
    let shown = both[0].person.does("comity ceremony show list.signed.json");
    let shown = shown.exits(0).json();
    assert_eq!(shown["complete"], true);
    for one in &both {
        let folder = one.name;
        let policy = String::from_utf8(one.person.reads(&format!("{folder}/policy.toml"))).unwrap();
        assert!(policy.starts_with("# Whose evidence this node believes."));
        let digest = shown["digestMultibase"].as_str().unwrap();
        assert!(
            policy.contains(&format!("list_digest = \"{digest}\"")),
            "{policy}"
        );
        let kept = one
            .person
            .reads(&format!("{folder}/federation/list-1.json"));
        assert_eq!(kept, one.person.reads("list.signed.json").trim_ascii());
        let economy = one.economy.to_lowercase();
        one.person
            .does(&format!("ls {folder}/federation/keys-{economy}-1-*.json"))
            .exits(0);
        // The same again changes nothing.
        let again = format!("comity node federate {folder} list.signed.json --yes");
        one.person.does(&again).exits(0);
        let after = String::from_utf8(one.person.reads(&format!("{folder}/policy.toml"))).unwrap();
        assert_eq!(after, policy);
    }
}

/// Whether all of a log is here, under lines of others; the own one dates itself in the policy that
/// `init` wrote.
fn is_dated(log: &Value) -> bool {
    let by = log["cosignedBy"].as_array().unwrap();
    assert!(by.iter().all(|economy| *economy != ""), "{by:?}");
    log["lag"] == 0 && (log["needed"] == 0 || log["quorum"] == true)
}

#[test]
fn nodes_that_federated_co_sign_each_other() {
    let (both, rest) = follow_readme();
    let mut serving = Vec::new();
    for line in rest {
        for one in &both {
            let line = line.replace("8080", &one.port.to_string());
            if line.starts_with("comity node serve") {
                // Each asks the other before it signs, so both must be there first.
                let line = format!("comity node serve {}", one.name);
                serving.push(Serving::launch(&one.person, &line, one.port));
                continue;
            }
            for node in &mut serving {
                node.is_ready();
            }
            if line.starts_with("comity peer status") {
                let line = one.own(&line);
                // Each log is co-signed within seconds of what was published.
                wait_until(&format!("`{line}` shows quorums"), || {
                    let said = one.person.does(&line);
                    let logs = said.lines();
                    said.is_done() && logs.len() == 2 && logs.iter().all(is_dated)
                });
            } else {
                one.does(&line).exits(0);
            }
        }
    }
    for one in &both {
        one.does("comity peer sync se").exits(0);
        let found = one.does("comity node doctor se").lines();
        let codes: Vec<&Value> = found.iter().map(|one| &one["code"]).collect();
        assert!(codes.iter().all(|code| *code == "disk.full"), "{found:#?}");
    }
    for node in serving {
        node.stop();
    }
}

#[test]
fn another_list_is_pinned_only_when_told_to() {
    let [se, _] = federated();
    let draft =
        "comity ceremony new federation-list --threshold 1 --keyholder se.root.json > other.json";
    se.person.does(draft).exits(0);
    let unsigned = "comity node federate se other.json --yes";
    se.person
        .does(unsigned)
        .exits(1)
        .warns("not signed by enough");
    se.person
        .does("comity ceremony sign other.json --key se.root.pem --yes > other.signed.json")
        .exits(0);
    let other = "comity node federate se other.signed.json --yes";
    se.person.does(other).exits(5).warns("--repin");
    se.person.does(&format!("{other} --repin")).exits(0);
    // The key of the node is no root, and signs no list.
    se.person
        .does("comity ceremony sign other.json --key se/keys/authority.pem --yes")
        .exits(1)
        .warns("not among those who sign it");
}

#[test]
fn the_next_version_carries_everything_over() {
    let [se, fi] = federated();
    let next = "comity ceremony new federation-list --previous list.signed.json \
                --remove-member did:web:nqi.example.fi --valid-until 2030-01-01 > next.json";
    se.person.does(next).exits(0);
    let drafted = se.person.reads_json("next.json");
    let list = &drafted["credentialSubject"];
    assert_eq!(list["version"], 2);
    assert_eq!(list["validUntil"], "2030-01-01T23:59:59Z");
    assert_eq!(list["keyholders"].as_array().unwrap().len(), 2);
    let economies = |list: &Value| -> Vec<Value> {
        let members = list["members"].as_array().unwrap();
        members
            .iter()
            .map(|member| member["economy"].clone())
            .collect()
    };
    assert_eq!(economies(list), [json!("SE")]);
    assert_eq!(economies(&list["cosigners"]), [json!("SE")]);
    // Who signs it stands in the version before.
    let sign = "comity ceremony sign next.json --key se.root.pem --yes";
    se.person.does(sign).exits(2).warns("--previous");
    se.person
        .does(&format!(
            "{sign} --previous list.signed.json > next.se.json"
        ))
        .exits(0);
    se.person.sends("next.json", &fi.person);
    fi.person
        .does("comity ceremony sign next.json --key fi.root.pem --yes --previous list.signed.json > next.fi.json")
        .exits(0);
    fi.person.sends("next.fi.json", &se.person);
    se.person
        .does("comity ceremony merge next.fi.json next.se.json --previous list.signed.json > next.signed.json")
        .exits(0);
    // The pinned list stays pinned; the new one is walked to from it.
    let before = se.person.reads("se/policy.toml");
    se.person
        .does("comity node federate se list.signed.json next.signed.json --yes")
        .exits(0);
    assert_eq!(se.person.reads("se/policy.toml"), before);
    se.person.reads("se/federation/list-2.json");

    // Keys are rotated by the roots alone: the new ones begin where the old ones end, which is
    // after the second in which those began.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let rotate = "rm se/keys/mirror.seed && comity node keys se -o json > new.json && \
         comity ceremony new member-keys --previous se.signed.json --from new.json > second.json";
    se.person.does(rotate).exits(0);
    let second = se.person.reads_json("second.json");
    let keys = &second["credentialSubject"];
    assert_eq!(keys["version"], 2);
    let mirrors = keys["mirrorKeys"].as_array().unwrap();
    assert_eq!(mirrors.len(), 2);
    assert!(mirrors[0]["until"].is_string() && mirrors[1]["until"].is_null());
    assert_eq!(keys["logKeys"].as_array().unwrap().len(), 1);
}

#[test]
fn peers_are_named_in_a_file_that_people_write_too() {
    let one = Authority::new("SE", "se");
    let vkey = |name: &str| {
        let other = Authority::new("FI", "fi");
        let keys = other.person.does("comity node keys fi").exits(0).json();
        keys[name][0]["vkey"].as_str().unwrap().to_owned()
    };
    let (log, witness) = (vkey("logKeys"), vkey("witnessKeys"));
    let origin = log.split('+').next().unwrap().to_owned();
    one.person
        .writes("se/peers.toml", "# Whom we follow, and why.\n");
    let add = format!(
        "comity peer add se https://nqi.example.fi --origin {origin} --vkey {log} --mode follower --kind attestation"
    );
    one.person.does(&add).exits(0);
    one.person.does(&add).exits(2).warns("twice");
    let own = one.person.does("comity node keys se").exits(0).json();
    let own = own["logKeys"][0]["vkey"].as_str().unwrap().to_owned();
    let itself = own.split('+').next().unwrap();
    one.person
        .does(&format!(
            "comity peer add se https://nqi.example.se --origin {itself} --vkey {own}"
        ))
        .exits(2)
        .warns("this very node");
    one.person
        .does(&format!(
            "comity peer add se https://w.example --witness {witness}"
        ))
        .exits(0);
    one.person
        .does("comity peer add se https://nqi.example.no --origin nqi.example.no/log/2026 --vkey wrong")
        .exits(2);
    let listed = one.person.does("comity peer list se").exits(0).lines();
    assert_eq!(listed.len(), 2);
    assert_eq!(
        (&listed[0]["mode"], &listed[0]["kinds"]),
        (&json!("follower"), &json!(["Attestation"]))
    );
    one.person
        .does("comity peer remove se https://nqi.example.no")
        .exits(1);
    one.person
        .does(&format!("comity peer remove se {origin}"))
        .exits(0);
    one.person
        .does("comity peer remove se https://w.example")
        .exits(0);
    let left = String::from_utf8(one.person.reads("se/peers.toml")).unwrap();
    assert_eq!(left.trim(), "# Whom we follow, and why.");
    one.person
        .does("comity peer status se")
        .exits(4)
        .warns("does not run");
}

#[test]
fn the_doctor_says_what_is_wrong_and_what_to_type() {
    let one = Authority::new("SE", "se");
    let codes = |line: &str, code: i32| -> Vec<String> {
        let found = one.person.does(line).exits(code).lines();
        let codes = found
            .iter()
            .map(|one| one["code"].as_str().unwrap().to_owned());
        codes.filter(|code| code != "disk.full").collect()
    };
    assert_eq!(codes("comity node doctor se", 1), ["node.stopped"]);
    let serving = one.serves();
    let line = format!("comity node doctor --node {}", serving.url);
    let health = http::json(&format!("{}/health", serving.url));
    let well = health["findings"] == json!([]);
    assert_eq!(codes(&line, i32::from(!well)), Vec::<String>::new());
    one.person.does("chmod 644 se/keys/log.seed").exits(0);
    assert_eq!(codes("comity node doctor se", 1), ["keys.readable"]);
    let said = one.person.does("comity node doctor se -o table").exits(1);
    said.says("chmod 600").says("PROBLEM");
    one.person.does("chmod 600 se/keys/log.seed").exits(0);
    one.person
        .does("echo 'max_age_hours = 0' > se/policy.toml")
        .exits(0);
    let found = codes("comity node doctor se", 1);
    assert!(found.contains(&"policy.unreadable".to_owned()), "{found:?}");
    serving.stop();
    one.person.does("comity node doctor nowhere").exits(4);
    one.person
        .does("comity node doctor --node http://127.0.0.1:1")
        .exits(4);
    wait_until("the port is free", || {
        std::net::TcpListener::bind(("127.0.0.1", one.port)).is_ok()
    });
}
