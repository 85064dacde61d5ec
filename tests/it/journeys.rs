//! What people do with the program: real processes, an authority and a laboratory in folders of
//! their own, on SQLite and, where there is a server, on PostgreSQL.

mod acts;
mod commit;
mod competence;
mod counting;
mod demo;
mod ends;
mod federating;
mod generated;
mod guest;
mod guide;
mod keeping;
mod lists;
mod notices;
mod offline;
mod publishing;
mod readme;
mod roots;
mod statistics;
mod token;
mod trusted_lists;
mod verdicts;
mod writers;

use serde_json::{Value, json};

use crate::program::database::Database;
use crate::program::{Person, Serving, free_port, http, wait_until};

/// An authority with a running node, and a registered laboratory.
struct World {
    authority: Person,
    lab: Person,
    port: u16,
    serving: Option<Serving>,
    /// Gone after the node.
    database: Database,
}

impl World {
    fn new(database: Database) -> Self {
        let port = free_port();
        let url = format!("http://127.0.0.1:{port}");
        let authority = Person::new();
        authority
            .does(&format!(
                "comity node init se --economy SE --host nqi.example.se --name 'National authority of SE'{}",
                database.option()
            ))
            .exits(0);
        listens(&authority, "se", port);
        let serving = Serving::begin(&authority, "comity node serve se", port);
        let world = Self {
            authority: authority.asks(&url),
            lab: Person::new().asks(&url),
            port,
            serving: Some(serving),
            database,
        };
        world.registers(
            &world.lab,
            "lab",
            "--name 'Example Laboratory' --role laboratory --kind attestation --kind status-event",
        );
        world
    }

    /// One world on each database that is there.
    fn each() -> impl Iterator<Item = Self> {
        Database::each().into_iter().map(Self::new)
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A body makes a key and is registered by the authority.
    fn registers(&self, body: &Person, name: &str, options: &str) {
        body.does(&format!(
            "comity keys generate --did did:web:{name}.example --out {name}.pem"
        ))
        .exits(0);
        let request = format!("{name}.request.json");
        body.does(&format!(
            "comity register request --key {name}.pem {options} --economy SE \
             --contact-office 'Certificate office' --authority did:web:nqi.example.se > {request}"
        ))
        .exits(0);
        body.sends(&request, &self.authority);
        self.authority
            .does(&format!(
                "comity register approve --node se {request} --yes --may-register"
            ))
            .exits(0);
    }

    /// Stops the node as an operator does and starts it again.
    fn restart(&mut self) {
        self.serving.take().unwrap().stop();
        self.serve();
    }

    fn serve(&mut self) {
        let serving = Serving::begin(&self.authority, "comity node serve se", self.port);
        self.serving = Some(serving);
    }

    /// Waits until search finds everything that is logged.
    fn indexed(&self) {
        wait_until_indexed(&self.url());
    }

    /// The laboratory drafts a certificate in `file`.
    fn drafts(&self, number: &str, file: &str, changes: &[(&str, Value)]) {
        self.lab
            .does(&format!(
                "comity record new attestation --issuer did:web:lab.example \
                 --authority did:web:nqi.example.se > {file}"
            ))
            .exits(0);
        self.lab.edits(file, &certificate(number));
        self.lab.edits(file, changes);
    }

    /// The laboratory signs a certificate and publishes it; the acknowledgement.
    fn publishes(&self, number: &str, changes: &[(&str, Value)]) -> Value {
        self.drafts(number, &format!("{number}.draft.json"), changes);
        self.lab
            .does(&format!(
                "comity sign {number}.draft.json --key lab.pem > {number}.json"
            ))
            .exits(0);
        let said = self.lab.does(&format!("comity publish {number}.json"));
        said.exits(0).json()
    }
}

/// Lets a node listen at a port of this test, where its authority looks for it too.
fn listens(person: &Person, folder: &str, port: u16) {
    let file = format!("{folder}/config.toml");
    let text = String::from_utf8(person.reads(&file)).unwrap();
    let changed = text.replace("127.0.0.1:8080", &format!("127.0.0.1:{port}"));
    assert_ne!(text, changed, "{file} names no address to listen on");
    person.writes(&file, changed);
}

fn wait_until_indexed(url: &str) {
    wait_until("search has caught up", || {
        let health = http::json(&format!("{url}/health/live"));
        health["indexed"] == health["logSize"]
    });
}

/// What the laboratory fills in: a test of an electric kettle, valid for years.
pub(crate) fn certificate(number: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("/issuer/name", json!("Example Laboratory")),
        ("/name", json!(format!("Electric kettle, {number}"))),
        (
            "/credentialSubject/id",
            json!(format!("https://lab.example/{number}")),
        ),
        (
            "/credentialSubject/name",
            json!("Certificate of an electric kettle"),
        ),
        (
            "/credentialSubject/issuedToParty",
            json!({"type": ["Party"], "id": "https://kettles.example/id", "name": "Kettles of Example"}),
        ),
        (
            "/credentialSubject/referenceScheme",
            json!({"type": ["ConformityScheme"], "id": "https://lab.example/scheme", "name": "Household appliances"}),
        ),
        ("/credentialSubject/comity/certificateNumber", json!(number)),
        (
            "/credentialSubject/comity/standards",
            json!(["IEC 60335-2-15:2012"]),
        ),
        ("/credentialSubject/comity/grants", Value::Null),
        ("/credentialSubject/comity/factories", Value::Null),
        ("/credentialSubject/comity/manufacturer", Value::Null),
        (
            "/credentialSubject/comity/objects",
            json!([{
                "objectType": "product",
                "names": [
                    {"lang": "en", "value": "Electric kettle"},
                    {"lang": "zh-Hans", "value": "电热水壶"},
                ],
                "brand": "Boil",
                "modelNumbers": ["K-100"],
                "productCodes": [{"scheme": "HS", "code": "851679", "edition": "2022"}],
            }]),
        ),
    ]
}
