//! Trusted lists as they were published, imported by an authority, and the status of every service
//! asked for at the second before, at and after each change.
//!
//! What is expected is read by a small reader of its own: the CSV files beside the lists, and the
//! lists themselves as text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use comity_model::date::Instant;
use comity_signature::digest::{sha256, to_hex};
use serde_json::Value;

use super::World;
use crate::program::database::Database;
use crate::program::http;

const LISTS: [&str; 9] = ["CY", "DK", "FI", "IE", "IS", "LI", "LU", "MT", "SE"];
const CONTEXT: [&str; 3] = ["EU", "mra-lotl", "mra-zz-tl"];
/// Last segments of URIs that mean that a service is not in force.
const ENDS: [&str; 7] = [
    "withdrawn",
    "deprecatedatnationallevel",
    "supervisionceased",
    "supervisionrevoked",
    "accreditationceased",
    "accreditationrevoked",
    "deprecatedbynationallaw",
];

/// The folder of the lists and a program that unpacks them, or why not.
fn folder() -> Option<PathBuf> {
    let Some(folder) = crate::shared("data/eu-trusted-lists") else {
        eprintln!("skipped: no trusted lists beside the repository");
        return None;
    };
    if Command::new("xz").arg("--version").output().is_err() {
        eprintln!("skipped: no xz to unpack the trusted lists with");
        return None;
    }
    Some(folder)
}

fn unpacked(tool: &str, path: &Path) -> String {
    let output = Command::new(tool).arg("-dc").arg(path).output().unwrap();
    assert!(output.status.success(), "{}", path.display());
    String::from_utf8(output.stdout).unwrap()
}

/// Rows of a CSV file by column.
fn table(folder: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let text = unpacked("gzip", &folder.join(name));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// What is expected of a service.
struct Service {
    id: String,
    /// Status word and second, the newest first; of one second the newer one first.
    statements: Vec<(String, Instant)>,
}

impl Service {
    fn at(&self, at: Instant) -> Option<&str> {
        let begun = self.statements.iter().find(|(_, since)| *since <= at);
        begun.map(|(word, _)| word.as_str())
    }
}

/// The services of the CSV files, each with the record that it became.
fn services(folder: &Path, imported: &[(Value, Value)]) -> Vec<Service> {
    let history = table(folder, "service_history.csv.gz");
    let statement = |row: &BTreeMap<String, String>| {
        (row["status"].clone(), row["status_since"].parse().unwrap())
    };
    let services = table(folder, "services.csv.gz");
    let certificates = certificates(folder);
    let services = services.iter().map(|row| {
        let mut statements = vec![statement(row)];
        let earlier = history
            .iter()
            .filter(|one| one["service_id"] == row["service_id"]);
        statements.extend(earlier.map(statement));
        Service {
            id: record_of(row, &certificates, imported),
            statements,
        }
    });
    services.collect()
}

/// SHA-256 of each certificate (DER, hex), by what the CSV files have of it: sixteen digits of the
/// SHA-256 of its base64.
fn certificates(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for name in LISTS {
        let text = unpacked("xz", &folder.join(format!("{name}.xml.xz")));
        for certificate in elements(&text, "X509Certificate") {
            let base64: String = certificate.split_whitespace().collect();
            let octets = STANDARD.decode(&base64).unwrap();
            let hex = |bytes: &[u8]| to_hex(&sha256(bytes));
            found.insert(hex(base64.as_bytes())[..16].to_owned(), hex(&octets));
        }
    }
    found
}

/// The id of the one record of a row: by country, name, type and certificate.
fn record_of(
    row: &BTreeMap<String, String>,
    certificates: &BTreeMap<String, String>,
    imported: &[(Value, Value)],
) -> String {
    let certificate = &certificates[&row["cert_sha256_16"]];
    let fits = |(service, document): &&(Value, Value)| {
        let source = service["sourceId"].as_str().unwrap();
        // The column cuts some types off.
        let sort = row["service_type"].as_str();
        let sort_fits = sort == "Q" || source.contains(&format!("/{sort}/"));
        let name = service["name"].as_str().unwrap();
        let identifiers = document["credentialSubject"]["grantee"]["identifiers"].as_array();
        let certificate_fits = identifiers
            .into_iter()
            .flatten()
            .any(|one| one["scheme"] == "x509-sha256" && one["value"] == certificate.as_str());
        source.starts_with(&format!("{}/", row["country"]))
            && sort_fits
            && name == format!("{}: {}", row["tsp_name_en"], row["service_name_en"])
            && certificate_fits
    };
    let found: Vec<&(Value, Value)> = imported.iter().filter(fits).collect();
    let [(service, _)] = found.as_slice() else {
        panic!("{}: {} records", row["service_id"], found.len())
    };
    service["id"].as_str().unwrap().to_owned()
}

/// Every service that the text of a list has, by the name of provider and service: its statements.
fn in_text(list: &str) -> Vec<(String, Vec<(String, Instant)>)> {
    let mut found = Vec::new();
    for provider in elements(list, "TrustServiceProvider") {
        let operator = english(elements(provider, "TSPName").first().unwrap());
        for service in elements(provider, "TSPService") {
            let now = elements(service, "ServiceInformation");
            let history = elements(service, "ServiceHistoryInstance");
            let name = english(
                elements(now.first().unwrap(), "ServiceName")
                    .first()
                    .unwrap(),
            );
            let statements = now.iter().chain(&history).map(|one| {
                let status = elements(one, "ServiceStatus").first().unwrap().trim();
                let since = elements(one, "StatusStartingTime").first().unwrap().trim();
                (status.to_owned(), since.parse().unwrap())
            });
            let mut statements: Vec<(String, Instant)> = statements.collect();
            statements.sort_by_key(|(_, since)| std::cmp::Reverse(*since));
            found.push((format!("{operator}: {name}"), statements));
        }
    }
    found
}

/// The contents of each element of that name, outermost ones only.
fn elements<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(&open) {
        rest = &rest[at + open.len()..];
        if !rest.starts_with(['>', ' ']) {
            continue;
        }
        let begin = rest.find('>').unwrap() + 1;
        let end = rest.find(&close).unwrap();
        found.push(&rest[begin..end]);
        rest = &rest[end + close.len()..];
    }
    found
}

fn english(names: &str) -> String {
    let marked = names.split("<Name ").find(|name| name.contains("\"en\""));
    let text = marked.unwrap().split('>').nth(1).unwrap();
    let text = text.split('<').next().unwrap().replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn asked(world: &World, id: &str, at: Instant) -> Value {
    http::json(&format!("{}/v1/records/{id}/status?at={at}", world.url()))
}

/// What differs for one service between its answers and what is expected.
fn differences(world: &World, service: &Service, faults: &mut Vec<String>) -> usize {
    let mut count = 0;
    for (_, since) in &service.statements {
        for offset in [-1, 0, 1] {
            let at = since.plus_seconds(offset);
            let answer = asked(world, &service.id, at);
            let uri = answer["sourceStatus"].as_str();
            let answered = uri.map(|uri| uri.rsplit('/').next().unwrap());
            let expected = service.at(at);
            let state = match expected {
                None => "unknown",
                Some(status) if ENDS.contains(&status) => "withdrawn",
                Some(_) => "active",
            };
            if answered != expected || answer["state"] != state {
                faults.push(format!(
                    "{} at {at}: {expected:?}, answered {answer}",
                    service.id
                ));
            }
            count += 1;
        }
    }
    count
}

#[test]
fn the_status_at_every_second_around_a_change() {
    let Some(folder) = folder() else { return };
    for database in Database::each() {
        let world = World::new(database);
        let files: Vec<String> = LISTS
            .iter()
            .chain(&CONTEXT)
            .map(|name| {
                let text = unpacked("xz", &folder.join(format!("{name}.xml.xz")));
                world.authority.writes(&format!("{name}.xml"), text);
                format!("{name}.xml")
            })
            .collect();
        let line = format!(
            "comity import trusted-list {} --key se/keys/authority.pem -o json",
            files.join(" ")
        );
        let said = world.authority.does(&line).exits(0);
        let said = said
            .warns("was not verified here")
            .warns("nobody stands by it since");
        let whole = said.json();
        assert_eq!(whole["published"]["refused"], serde_json::json!([]));
        let services: Vec<Value> = whole["lists"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|list| list["services"].as_array().unwrap().clone())
            .collect();
        // 47 of the nine, and one of the made-up third country.
        assert_eq!(services.len(), 48);
        at_every_change(&world, &folder, &services);
        again(&world, &line);
        in_words(&world);
    }
}

fn at_every_change(world: &World, folder: &Path, imported: &[Value]) {
    let documents: Vec<(Value, Value)> = imported
        .iter()
        .map(|service| {
            let id = service["id"].as_str().unwrap();
            let url = format!("{}/v1/records/{id}/document", world.url());
            (service.clone(), http::json(&url))
        })
        .collect();
    let mut faults = Vec::new();
    let services = services(folder, &documents);
    let statements: usize = services
        .iter()
        .map(|service| service.statements.len())
        .sum();
    assert_eq!((services.len(), statements), (47, 47 + 62));
    let questions: usize = services
        .iter()
        .map(|service| differences(world, service, &mut faults))
        .sum();
    assert_eq!(questions, 3 * (47 + 62));
    assert!(
        faults.is_empty(),
        "{} of {questions}:\n{}",
        faults.len(),
        faults.join("\n")
    );
    // The lists' own text: the same statements, whole URIs and all.
    let mut seen = 0;
    for name in LISTS {
        let text = unpacked("xz", &folder.join(format!("{name}.xml.xz")));
        let mut written = in_text(&text);
        for (service, _) in &documents {
            if !service["sourceId"]
                .as_str()
                .unwrap()
                .starts_with(&format!("{name}/"))
            {
                continue;
            }
            let own = stated(world, service["id"].as_str().unwrap());
            let place = written.iter().position(|(name, statements)| {
                service["name"] == name.as_str() && own == distinct(statements)
            });
            let place = place.unwrap_or_else(|| panic!("{service}: {own:?}"));
            written.remove(place);
            seen += 1;
        }
        assert!(written.is_empty(), "{name}: {written:?}");
    }
    assert_eq!(seen, 47);
}

/// A list repeats an instance for another certificate of the service.
fn distinct(statements: &[(String, Instant)]) -> Vec<(String, Instant)> {
    let mut found: Vec<(String, Instant)> = Vec::new();
    for statement in statements {
        if !found.contains(statement) {
            found.push(statement.clone());
        }
    }
    found
}

/// The statements in the event that answers for a record.
fn stated(world: &World, id: &str) -> Vec<(String, Instant)> {
    let now = asked(world, id, "2026-01-01T00:00:00Z".parse().unwrap());
    let event = now["source"]["event"].as_str().unwrap();
    let event = http::json(&format!("{}/v1/records/{event}/document", world.url()));
    let statements = event["credentialSubject"]["observed"]["statements"].as_array();
    let statements = statements.unwrap().iter().map(|statement| {
        let text = |name: &str| statement[name].as_str().unwrap().to_owned();
        (text("sourceStatus"), text("since").parse().unwrap())
    });
    statements.collect()
}

/// The same files once more add nothing.
fn again(world: &World, line: &str) {
    let whole = world.authority.does(line).exits(0).json();
    assert_eq!(whole["published"]["logged"], 0, "{whole}");
    for list in whole["lists"].as_array().unwrap() {
        assert_eq!((&list["new"], &list["revisions"]), (&0.into(), &0.into()));
        assert_eq!(list["events"], serde_json::json!({}), "{list}");
    }
}

/// Somebody who has nothing but an entry of a list asks at a terminal.
fn in_words(world: &World) {
    world.indexed();
    let at = |service: &str, at: &str| {
        world
            .lab
            .does(&format!("comity status at '{service}' {at} -o table"))
    };
    // lisign-qualified-01, by the key identifier as the list writes it.
    let said = at("SGy22fwuiO0=", "2016-07-01T00:00:00+02:00").exits(0);
    let said = said.says("lisign-qualified-01").says("Svcstatus/granted");
    let said = said
        .says("since 2016-06-30T22:00:00Z")
        .says("until 2019-07-15T22:00:00Z");
    said.says("trusted-list-li no. 30")
        .says("was not verified")
        .says("did:web:nqi.example.se");
    // The same in hex; a second before the second statement, and one before the first.
    at("486cb6d9fc2e88ed", "2016-06-30T21:59:59Z")
        .exits(0)
        .says("Svcstatus/accredited");
    at("486cb6d9fc2e88ed", "2008-08-25T21:59:59Z")
        .exits(3)
        .says("no status is known");
    // Two services of one certificate are both shown, by its whole digest or by their name.
    let said = at(
        "fef292b6ca091a0f9dd066786af80b71422767ec3a502a42e6b66c0149c37e92",
        "2019-07-18T00:00:00Z",
    );
    said.exits(0).says("TrustPro QCP-n").says("TrustPro QCP-l");
    let said = at("TrustPro QCP", "2019-07-18T00:00:00Z").exits(0);
    said.says("TrustPro QCP-n").says("TrustPro QCP-l");
    at("486cb6d9fc2e88ed", "2016-06-30")
        .exits(2)
        .warns("expected a moment");
}
