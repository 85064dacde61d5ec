//! Authority, accreditation body, laboratory: a grant whose scope is words is never a no.

use serde_json::{Value, json};

use super::World;
use crate::program::Person;
use crate::program::database::Database;

/// A scope as accreditation bodies write them: it names no standard and no code.
const WORDS: &str = "Electrical safety testing of household and similar appliances, flexible scope \
                     as described in the laboratory's list of methods";

/// An accreditation body that the authority registered, and a laboratory that *it* registered.
struct Chain {
    world: World,
    body: Person,
}

impl Chain {
    fn new(world: World) -> Self {
        let body = Person::new().asks(&world.url());
        world.registers(
            &body,
            "accreditation",
            "--name 'Accreditation body of SE' --role accreditation-body --kind registration \
             --kind competence-grant --kind status-event --may-register",
        );
        let chain = Self { world, body };
        chain.registers_laboratory();
        chain
    }

    /// The body publishes a draft under its own signature, after editing.
    fn publishes(&self, kind: &str, name: &str, changes: &[(&str, Value)]) {
        let body = &self.body;
        body.does(&format!(
            "comity record new {kind} --issuer did:web:accreditation.example \
             --authority did:web:nqi.example.se --name 'Accreditation body of SE' > {name}.draft.json"
        ))
        .exits(0);
        body.edits(&format!("{name}.draft.json"), changes);
        body.does(&format!(
            "comity sign {name}.draft.json --key accreditation.pem > {name}.json"
        ))
        .exits(0);
        body.does(&format!("comity publish {name}.json")).exits(0);
    }

    fn registers_laboratory(&self) {
        let body = &self.body;
        body.does("comity keys generate --did did:web:testing.example --out testing.pem")
            .exits(0);
        let key = body.does("comity keys show testing.pem").json()["key"].clone();
        self.publishes(
            "registration",
            "testing",
            &[
                ("/name", json!("Registration of a testing laboratory")),
                ("/credentialSubject/id", json!("did:web:testing.example")),
                (
                    "/credentialSubject/names",
                    json!([{"lang": "en", "value": "Testing of Example"}]),
                ),
                ("/credentialSubject/economies", json!(["SE"])),
                ("/credentialSubject/keys", json!([{"key": key}])),
                (
                    "/credentialSubject/mandate",
                    json!({"kinds": ["Attestation"]}),
                ),
                ("/credentialSubject/contact", Value::Null),
            ],
        );
    }

    /// Grants the laboratory a scope of one item.
    fn grants(&self, name: &str, item: Value) {
        let grantee = json!({
            "id": "did:web:testing.example",
            "registeredBy": "did:web:nqi.example.se",
            "name": "Testing of Example",
        });
        let mut item = item;
        item["id"] = json!("item");
        self.publishes(
            "competence-grant",
            name,
            &[
                ("/name", json!("Accreditation of a testing laboratory")),
                ("/credentialSubject/grantee", grantee),
                ("/credentialSubject/economies", json!(["SE"])),
                ("/credentialSubject/number", json!(name)),
                ("/credentialSubject/scope", json!([item])),
            ],
        );
    }

    /// The laboratory publishes a certificate that relies on that grant.
    fn certifies(&self, number: &str, grant: &str) {
        let view = self
            .body
            .does(&format!("comity show {grant}"))
            .exits(0)
            .json();
        let reliance = json!([{
            "grant": {
                "authority": "did:web:nqi.example.se",
                "issuer": "did:web:accreditation.example",
                "id": view["id"],
                "digestMultibase": multibase(view["documentDigest"].as_str().unwrap()),
            },
            "scopeItems": ["item"],
        }]);
        self.world.drafts(
            number,
            "testing.draft.json",
            &[
                (
                    "/issuer",
                    json!({"id": "did:web:testing.example", "name": "Testing of Example"}),
                ),
                ("/credentialSubject/attestationType", json!("testing")),
                ("/credentialSubject/comity/comityKind", json!("testReport")),
                (
                    "/credentialSubject/comity/statementOfConformity",
                    json!(true),
                ),
                ("/credentialSubject/comity/grants", reliance),
            ],
        );
        self.world.lab.sends("testing.draft.json", &self.body);
        self.body
            .does(&format!(
                "comity sign testing.draft.json --key testing.pem > {number}.json"
            ))
            .exits(0);
        self.body
            .does(&format!("comity publish {number}.json"))
            .exits(0);
    }
}

/// A SHA-256 digest in hex as records name it: multihash in multibase base64url.
fn multibase(hex_digest: &str) -> String {
    let mut digest = [0; 32];
    hex::decode_to_slice(hex_digest, &mut digest).unwrap();
    comity_signature::digest::to_multibase(digest)
}

/// The step of that name in an answer.
fn step<'a>(answer: &'a Value, name: &str) -> &'a Value {
    let steps = answer["steps"].as_array().unwrap();
    steps.iter().find(|step| step["step"] == name).unwrap()
}

#[test]
fn a_scope_in_words_cannot_be_told_and_is_shown() {
    for world in World::each() {
        let chain = Chain::new(world);
        let described = json!({"description": [{"lang": "en", "value": WORDS}]});
        chain.grants("A-17", described);
        chain.certifies("T-1", "A-17");
        let body = &chain.body;
        for facts in [
            "",
            "--hs 8516.79",
            "--standard 'IEC 60335-2-15:2012'",
            "--model K-100",
        ] {
            let said = body.does(&format!("comity check T-1 --in SE {facts} -o json"));
            let answer = said.json();
            let competence = step(&answer, "competence");
            assert_eq!(competence["outcome"], "unknown", "{facts}: {answer:#}");
            assert!(
                competence.to_string().contains(WORDS),
                "{facts}: {competence:#}"
            );
            assert_eq!(answer["verdict"], "cannotTell", "{facts}: {answer:#}");
            said.exits(3);
        }
        // To people it says the words, and whom to ask.
        let said = body
            .does("comity check T-1 --in SE --explain -o table")
            .exits(3);
        said.says("CANNOT TELL")
            .says("Electrical safety testing of household");
    }
}

/// Beside it: a scope that names the standard is a yes, and one that ends with it a no.
#[test]
fn a_scope_that_names_what_it_covers_is_told() {
    let chain = Chain::new(World::new(Database::Sqlite));
    let body = &chain.body;
    let kettles = json!([{"scheme": "HS", "include": ["8516"]}]);
    chain.grants(
        "A-18",
        json!({"standards": ["IEC 60335-2-15"], "products": kettles}),
    );
    chain.certifies("T-2", "A-18");
    body.does("comity check T-2 --in SE").exits(0);
    chain.grants(
        "A-19",
        json!({"standards": ["IEC 60598-1"], "exhaustive": true}),
    );
    chain.certifies("T-3", "A-19");
    let answer = body.does("comity check T-3 --in SE").exits(1).json();
    assert_eq!(step(&answer, "competence")["outcome"], "fail", "{answer:#}");
    // Without the word that the list is complete it excludes nothing.
    chain.grants("A-20", json!({"standards": ["IEC 60598-1"]}));
    chain.certifies("T-4", "A-20");
    body.does("comity check T-4 --in SE").exits(3);
}
