//! Which lists, keys and takedowns a node takes into its log.

use comity_model::federation::Roots;
use comity_model::record::{Record, Subject};

use super::{Federal, authority, multikey, roots, signed};
use crate::evidence::{Evidence, EvidenceRecord};
use crate::standing_now::{RecordState, may_sign, state};
use crate::tests::world::noon;

/// Whether a record may be logged now: what stands in the way, in words.
fn admit(federal: &Federal, record: &EvidenceRecord) -> Result<(), String> {
    let trust = federal.trust();
    let heads: Vec<_> = super::ECONOMIES.map(|economy| federal.head(economy)).into();
    let evidence = Evidence {
        candidates: Vec::new(),
        revisions: Vec::new(),
        events: Vec::new(),
        trust: &trust,
        heads: &heads,
        taken_down: Vec::new(),
        held_of_issuer: None,
        reports: Vec::new(),
        issued: Vec::new(),
        unread: crate::evidence::Unread::default(),
        no_statement: None,
    };
    let now = federal.world.now;
    may_sign(record, &evidence, &federal.policy(), now).map_err(|why| why.to_string())
}

fn refused(federal: &Federal, record: &EvidenceRecord, because: &str) {
    let why = admit(federal, record).unwrap_err();
    assert!(why.contains(because), "{why}");
}

fn holders(numbers: &[&str]) -> Vec<(String, String)> {
    let holder = |n: &&str| (format!("did:web:holder-{n}.example"), format!("holder {n}"));
    numbers.iter().map(holder).collect()
}

fn list(federal: &mut Federal) -> Record {
    let next = federal.next_list();
    let mut record = federal
        .world
        .draft(&authority("SE"), Subject::FederationList(Box::new(next)));
    record.issuer.id = "did:web:holder-1.example".to_owned();
    record.comity.authority = "did:web:holder-1.example".to_owned();
    record.valid_until = Some(noon("2019-01-01"));
    record.comity.publication_basis = None;
    record
}

#[test]
fn a_list_with_the_proofs_that_are_due_and_no_other() {
    let mut federal = Federal::new();
    federal.world.on("2018-03-01");
    let record = list(&mut federal);
    let by = |numbers: &[&str]| signed(&record, &holders(numbers), Vec::new(), None);
    assert_eq!(admit(&federal, &by(&["1", "2"])), Ok(()));
    assert_eq!(admit(&federal, &by(&["1", "2", "3"])), Ok(()));
    refused(
        &federal,
        &by(&["1"]),
        "1 of 3 keyholders of the version before signed it, 2 must",
    );
    refused(&federal, &by(&["1", "2", "4"]), "holder-4.example");
    // What another copy lacks is not made up for by one that is held.
    let held = by(&["1", "2"]);
    federal.place("SE", &held);
    refused(&federal, &by(&["3"]), "1 of 3 keyholders");
    // Without a pinned list there is nothing to follow from.
    let mut alone = Federal::new();
    alone.pinned = "uEiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned();
    refused(&alone, &by(&["1", "2"]), "is not held");
}

#[test]
fn keys_with_the_proofs_that_are_due_and_no_other() {
    let mut federal = Federal::new();
    federal.world.on("2018-03-01");
    let mut next = federal.next_keys("SE");
    next.roots = Some(Roots {
        keys: vec![multikey("SE new root")],
        threshold: 1,
    });
    let mut record = federal
        .world
        .draft(&authority("SE"), Subject::MemberKeys(Box::new(next)));
    record.comity.publication_basis = None;
    let by = |names: &[&str]| {
        let signers: Vec<_> = names
            .iter()
            .map(|name| ("did:web:se.example".to_owned(), (*name).to_owned()))
            .collect();
        signed(&record, &signers, Vec::new(), None)
    };
    let old = roots("SE");
    assert_eq!(
        admit(&federal, &by(&[&old[0], &old[1], "SE new root"])),
        Ok(())
    );
    refused(
        &federal,
        &by(&[&old[0], &old[1]]),
        "0 of the new roots signed it",
    );
    refused(
        &federal,
        &by(&[&old[0], "SE new root"]),
        "1 of the roots signed it, 2 must",
    );
    let spare = by(&[&old[0], &old[1], "SE new root", "SE authority"]);
    refused(&federal, &spare, "is not named as a signer of it");
    // After the list has expired nothing new is accepted, and a new list is.
    federal.world.on("2019-02-01");
    refused(
        &federal,
        &by(&[&old[0], &old[1], "SE new root"]),
        "expired at 2019-01-01T12:00:00Z",
    );
    let mut renewed = federal.next_list();
    renewed.valid_until = noon("2020-01-01");
    federal.publish_list(&renewed, &["1", "2"]);
    assert_eq!(
        admit(&federal, &by(&[&old[0], &old[1], "SE new root"])),
        Ok(())
    );
}

#[test]
fn a_takedown_by_the_records_authority_or_that_of_a_log() {
    let mut federal = Federal::new();
    federal.world.on("2018-03-01");
    let certificate = federal.certify("SE", "SE authority");
    let identity = certificate.identity().unwrap();
    let says = comity_model::takedown::Takedown {
        authority: identity.authority,
        issuer: identity.issuer,
        id: identity.id,
        kind: "Attestation".to_owned(),
        record_digest: comity_signature::digest::to_multibase(certificate.record_digest),
        document_digest: certificate.document_multibase.clone(),
        legal_basis: "Court of Example, 18/42".to_owned(),
    };
    let mut by = |economy: &str, key: &str| {
        let issuer = authority(economy);
        let subject = Subject::Takedown(Box::new(says.clone()));
        let mut record = federal.world.draft(&issuer, subject);
        record.comity.publication_basis = None;
        signed(&record, &[(issuer.did, key.to_owned())], Vec::new(), None)
    };
    let own = by("SE", "SE authority");
    let of_a_log = by("JP", "JP authority");
    let stolen = by("SE", "thief");
    let stranger = by("XX", "XX authority");
    assert_eq!(admit(&federal, &own), Ok(()));
    assert_eq!(admit(&federal, &of_a_log), Ok(()));
    refused(&federal, &stolen, "registration.keyNotAuthoritys");
    refused(
        &federal,
        &stranger,
        "only the authority of this log or did:web:se.example",
    );
}

#[test]
fn the_state_of_lists_and_keys() {
    let mut federal = Federal::new();
    let first = federal.world.records[0].clone();
    federal.world.on("2018-03-01");
    let next = federal.next_list();
    let second = federal.publish_list(&next, &["1", "2"]);
    let unsigned = list(&mut federal);
    let unsigned = signed(&unsigned, &holders(&["1"]), Vec::new(), None);
    let trust = federal.trust();
    let evidence = Evidence {
        candidates: Vec::new(),
        revisions: Vec::new(),
        events: Vec::new(),
        trust: &trust,
        heads: &[],
        taken_down: Vec::new(),
        held_of_issuer: None,
        reports: Vec::new(),
        issued: Vec::new(),
        unread: crate::evidence::Unread::default(),
        no_statement: None,
    };
    let policy = federal.policy();
    let on = |record: &EvidenceRecord, day: &str| {
        state(record, &evidence, &policy, noon(day).day(), noon(day))
    };
    assert_eq!(on(&first, "2018-02-01"), RecordState::Active);
    assert_eq!(on(&first, "2018-04-01"), RecordState::Superseded);
    assert_eq!(on(&second, "2018-04-01"), RecordState::Active);
    assert_eq!(on(&second, "2018-02-01"), RecordState::Pending);
    assert_eq!(on(&unsigned, "2018-04-01"), RecordState::Unknown);
}
