//! Whose name a DID is: by records that count, and by no likeness.

use std::sync::Arc;

use comity_model::record::{Kind, Record, Subject};
use comity_model::samples::draft;
use comity_recognition::Policy;
use comity_recognition::trust_graph::TrustGraph;

use super::*;
use crate::config::{Config, Keys, own_policy};
use crate::tests::{AUTHORITY, SEED, node, now, signed, today, uuid};

const STRANGER: &str = "did:web:nqi.example.se.stranger.example";
const BODY: &str = "did:web:body.example.se";

/// A registration of `did` by `by`, under the authority `head`.
fn registration(number: u8, did: &str, name: &str, (by, head): (&str, &str)) -> Record {
    let mut record = draft(Kind::Registration, by, &uuid(number), today());
    head.clone_into(&mut record.comity.authority);
    if let Subject::Registration(registration) = &mut record.subject {
        did.clone_into(&mut registration.id);
        registration.names = LangString::of("en", name);
    }
    record
}

#[tokio::test]
async fn a_name_is_of_the_whole_identifier() {
    let node = node().await;
    let signs = registration(1, BODY, "Body", (AUTHORITY, AUTHORITY));
    let body = signed(&signs, AUTHORITY, &SEED);
    for outcome in node.publish(vec![body]).await.unwrap() {
        outcome.unwrap();
    }
    let alike = format!("{BODY}.example");
    let dids = [AUTHORITY, BODY, STRANGER, &alike].map(str::to_owned);
    let names = node.names_of(&dids.into());
    let held: Vec<&str> = names.keys().map(String::as_str).collect();
    assert_eq!(held, [BODY, AUTHORITY], "{names:?}");
    assert_eq!(names[BODY].in_language("fr"), Some("Body"));
    node.close().await;
}

#[test]
fn a_stranger_names_nobody() {
    let config = Config::new("SE", "nqi.example.se", "Authority", now()).unwrap();
    let keys = Keys::from_seeds(&config, &SEED, &[8; 32]).unwrap();
    let policy = Policy::parse(&own_policy(&config, &keys)).unwrap();
    let stranger = [9; 32];
    let held = [
        // In the authority's name, and with a key that is not its own.
        signed(
            &registration(1, BODY, "False", (AUTHORITY, AUTHORITY)),
            AUTHORITY,
            &stranger,
        ),
        // In the stranger's own name, of the authority and of itself.
        signed(
            &registration(2, AUTHORITY, "False", (STRANGER, STRANGER)),
            STRANGER,
            &stranger,
        ),
        signed(
            &registration(3, STRANGER, "Authority", (STRANGER, STRANGER)),
            STRANGER,
            &stranger,
        ),
    ];
    let held = held.map(|body| Arc::new(EvidenceRecord::examine(&body, Vec::new(), Some(now()))));
    let trust = TrustGraph::build(held);
    assert_eq!(trust.len(), 3, "all of it is held");
    let mut offices = Offices::new(&policy, &trust);
    assert_eq!(offices.of(AUTHORITY, BODY), None);
    assert_eq!(offices.of(STRANGER, STRANGER), None);
    // An authority is named by itself alone, whoever registers its DID.
    let office = offices.of(STRANGER, AUTHORITY);
    assert!(office.is_none_or(|office| office.names.is_empty()));
}
