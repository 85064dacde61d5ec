//! A node in memory, from publishing to a verdict.

use comity_model::date::{Day, Instant};
use comity_model::record::{Kind, Record, Subject};
use comity_model::samples::draft;
use comity_recognition::question::Selector;
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::key::SigningKey;
use comity_tlog::entry::Entry;

use crate::config::{Config, Keys, own_policy};
use crate::error::RefusalReason;
use crate::{Clock, Node, Place};

pub(crate) const AUTHORITY: &str = "did:web:nqi.example.se";
pub(crate) const SEED: [u8; 32] = [7; 32];

pub(crate) fn now() -> Instant {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

pub(crate) fn today() -> Day {
    now().day()
}

pub(crate) async fn node() -> Node {
    let config = Config::new("SE", "nqi.example.se", "Authority", now()).unwrap();
    let keys = Keys::from_seeds(&config, &SEED, &[8; 32]).unwrap();
    let policy = comity_recognition::Policy::parse(&own_policy(&config, &keys)).unwrap();
    let clock = Clock::simulated(now());
    Node::start(Place::Memory, config, keys, policy, clock)
        .await
        .unwrap()
}

pub(crate) fn uuid(number: u8) -> String {
    format!("urn:uuid:01935fa0-0000-7000-8000-0000000000{number:02x}")
}

pub(crate) fn signed(record: &Record, did: &str, seed: &[u8; 32]) -> Vec<u8> {
    signed_value(&record.to_value(), did, seed)
}

/// The same of a document that need not be a record of this version.
pub(crate) fn signed_value(document: &serde_json::Value, did: &str, seed: &[u8; 32]) -> Vec<u8> {
    let document = to_canonical(document).unwrap();
    sign(
        &document,
        did,
        &SigningKey::from_seed(seed),
        None,
        &Limits::default(),
    )
    .unwrap()
}

pub(crate) fn grant(number: u8) -> Record {
    let mut record = draft(Kind::CompetenceGrant, AUTHORITY, &uuid(number), today());
    record.comity.authority = AUTHORITY.to_owned();
    if let Subject::CompetenceGrant(grant) = &mut record.subject {
        grant.grantor.registered_by = Some(AUTHORITY.to_owned());
    }
    record
}

#[tokio::test]
async fn what_is_published_is_found_and_proved() {
    let node = node().await;
    let body = signed(&grant(1), AUTHORITY, &SEED);
    let outcomes = node.publish(vec![body.clone()]).await.unwrap();
    let taken = outcomes.into_iter().next().unwrap().unwrap();
    assert_eq!((taken.index, taken.size, taken.already), (0, 1, false));

    let again = node.publish(vec![body.clone()]).await.unwrap();
    assert!(again.into_iter().next().unwrap().unwrap().already);

    let found = node.look_up(&Selector::Id(uuid(1))).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found.first().unwrap().body, body);

    let receipt = node.receipt(&taken.record_digest).await.unwrap().unwrap();
    let entry = Entry::record("CompetenceGrant", taken.record_digest, body.len() as u64).unwrap();
    let vkey = comity_tlog::note::Vkey::parse(node.logs().await.unwrap()[0].vkey.as_str()).unwrap();
    let included = receipt
        .verify(&entry.encode(), &vkey, &[vkey.as_cosigner()])
        .unwrap();
    assert_eq!(included.cosignatures().len(), 1);
    node.close().await;
}

#[tokio::test]
async fn twins_in_one_call_get_one_place() {
    let node = node().await;
    let (one, other) = (
        signed(&grant(1), AUTHORITY, &SEED),
        signed(&grant(2), AUTHORITY, &SEED),
    );
    let outcomes = node.publish(vec![one.clone(), other, one]).await.unwrap();
    let places: Vec<_> = outcomes
        .into_iter()
        .map(|outcome| outcome.map(|taken| (taken.index, taken.already)).unwrap())
        .collect();
    assert_eq!(places, [(0, false), (1, false), (0, true)]);
}

#[tokio::test]
async fn each_record_of_a_call_gets_its_own_answer() {
    let node = node().await;
    let good = signed(&grant(1), AUTHORITY, &SEED);
    let stranger = signed(&grant(2), AUTHORITY, &[9; 32]);
    let mut pretty = good.clone();
    pretty.push(b'\n');
    let outcomes = node.publish(vec![pretty, good, stranger]).await.unwrap();
    let reasons: Vec<_> = outcomes
        .iter()
        .map(|outcome| outcome.as_ref().err().map(|refusal| refusal.reason))
        .collect();
    assert_eq!(
        reasons,
        [
            Some(RefusalReason::Form),
            None,
            Some(RefusalReason::Registration)
        ]
    );
}

#[tokio::test]
async fn of_two_documents_at_once_one_is_refused() {
    let node = node().await;
    let first = grant(1);
    let mut second = first.clone();
    second.name = "Another title".to_owned();
    let [first, second] = [first, second].map(|record| signed(&record, AUTHORITY, &SEED));
    let (one, other) = tokio::join!(node.publish(vec![first]), node.publish(vec![second]));
    let mut refused: Vec<_> = [one, other]
        .into_iter()
        .flat_map(Result::unwrap)
        .map(|outcome| outcome.err().map(|refusal| refusal.reason))
        .collect();
    refused.sort_by_key(Option::is_some);
    assert_eq!(refused, [None, Some(RefusalReason::Conflict)]);
    assert_eq!(node.head().size, 1);
}

#[tokio::test]
async fn spare_proofs_are_refused() {
    let node = node().await;
    let body = signed(&grant(1), AUTHORITY, &SEED);
    let add = |did: &str, seed: [u8; 32]| {
        let key = SigningKey::from_seed(&seed);
        sign(&body, did, &key, None, &Limits::default()).unwrap()
    };
    let spare = vec![
        add("did:web:stranger.example", [9; 32]),
        add(AUTHORITY, [9; 32]),
        body.clone(),
    ];
    let outcomes = node.publish(spare).await.unwrap();
    let faults: Vec<_> = outcomes
        .iter()
        .map(|outcome| {
            outcome
                .as_ref()
                .err()
                .map(|refusal| (refusal.reason, &*refusal.faults[0].pointer))
        })
        .collect();
    let spare = Some((RefusalReason::Signature, "/proof"));
    assert_eq!(faults, [spare, spare, None]);
}

#[tokio::test]
async fn an_event_logged_before_its_subject_counts_at_once() {
    let node = node().await;
    let grant = signed(&grant(1), AUTHORITY, &SEED);
    let mut event = draft(Kind::StatusEvent, AUTHORITY, &uuid(2), today());
    event.comity.authority = AUTHORITY.to_owned();
    let identity = Record::read(&grant).unwrap().identity();
    if let Subject::StatusEvent(event) = &mut event.subject {
        let subject = &mut event.subjects[0];
        subject.authority.clone_from(&identity.authority);
        subject.issuer.clone_from(&identity.issuer);
        subject.id.clone_from(&identity.id);
    }
    let event = signed(&event, AUTHORITY, &SEED);
    let held = || {
        let snapshot = node.shared.held.snapshot();
        snapshot.trust.events(&identity).len()
    };
    node.publish(vec![event]).await.unwrap().remove(0).unwrap();
    assert_eq!(held(), 0, "its subject is not held");
    node.publish(vec![grant]).await.unwrap().remove(0).unwrap();
    assert_eq!(held(), 1);
    let (store, checkpoints) = (&node.shared.store, &node.shared.checkpoints);
    node.shared.held.load(store, checkpoints, 2).await.unwrap();
    assert_eq!(held(), 1, "as after a restart");
}

#[tokio::test]
async fn what_is_behind_a_registration_is_received_no_earlier_than_it_is_logged() {
    let node = node().await;
    // The log is dated ten seconds further than the clock says when the call comes in, as if the
    // clock went on between its receipt and its commit.
    let later = now().plus_seconds(10);
    node.clock().set(later);
    let first = node
        .publish(vec![signed(&grant(1), AUTHORITY, &SEED)])
        .await;
    first.unwrap().remove(0).unwrap();
    node.clock().set(now());

    let body = "did:web:lab.example";
    let mut registration = draft(Kind::Registration, AUTHORITY, &uuid(2), today());
    if let Subject::Registration(registration) = &mut registration.subject {
        body.clone_into(&mut registration.id);
        let key = SigningKey::from_seed(&[9; 32]).verifying_key();
        registration.keys[0].key = key.to_multikey();
        registration.keys[0].from = None;
        registration.names = comity_model::text::LangString::of("en", &registration_name());
    }
    let mut event = draft(Kind::StatusEvent, body, &uuid(3), today());
    AUTHORITY.clone_into(&mut event.comity.authority);
    event.issuer.name = registration_name();
    if let Subject::StatusEvent(event) = &mut event.subject {
        AUTHORITY.clone_into(&mut event.subjects[0].authority);
    }
    let call = vec![
        signed(&registration, AUTHORITY, &SEED),
        signed(&event, body, &[9; 32]),
    ];
    let taken = node.publish(call).await.unwrap().remove(1).unwrap();
    let row = node.shared.store.record(&taken.record_digest).await;
    assert_eq!(row.unwrap().unwrap().received_at, later.seconds());
}

fn registration_name() -> String {
    "Laboratory".to_owned()
}

#[tokio::test]
async fn a_second_document_under_one_id_is_refused() {
    let node = node().await;
    let first = grant(1);
    let mut second = first.clone();
    second.name = "Another title".to_owned();
    let (first, second) = (
        signed(&first, AUTHORITY, &SEED),
        signed(&second, AUTHORITY, &SEED),
    );
    let together = node
        .publish(vec![first.clone(), second.clone()])
        .await
        .unwrap();
    let later = node.publish(vec![second, first]).await.unwrap();
    let reasons: Vec<_> = together
        .iter()
        .chain(&later)
        .map(|outcome| outcome.as_ref().err().map(|refusal| refusal.reason))
        .collect();
    let conflict = Some(RefusalReason::Conflict);
    assert_eq!(reasons, [None, conflict, conflict, None]);
}

#[tokio::test]
async fn a_database_that_forgot_is_not_signed_on() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::new("SE", "nqi.example.se", "Authority", now()).unwrap();
    crate::config::init(folder.path(), &config).unwrap();
    let clock = Clock::simulated(now());
    let node = Node::open(folder.path(), clock.clone()).await.unwrap();
    let key = crate::config::read_key(&folder.path().join("keys/authority.pem")).unwrap();
    let document = to_canonical(&grant(1).to_value()).unwrap();
    let body = sign(&document, AUTHORITY, &key, None, &Limits::default()).unwrap();
    node.publish(vec![body]).await.unwrap().remove(0).unwrap();
    node.close().await;
    drop(node);
    for name in ["node.sqlite", "node.sqlite-wal", "node.sqlite-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    let refused = Node::open(folder.path(), clock).await.unwrap_err();
    assert!(refused.to_string().contains("second history"), "{refused}");
}
