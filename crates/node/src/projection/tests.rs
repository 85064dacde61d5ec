use comity_model::record::{Attribution, ImportedFrom, Kind};
use comity_model::reference::RecordReference;
use comity_model::samples::draft;

use super::*;

const ISSUER: &str = "did:web:lab.example";
const ID: &str = "urn:uuid:01935fa0-0000-7000-8000-000000000001";

fn attestation(signer: &str) -> Record {
    let today = "2026-11-23".parse().unwrap();
    let mut record = draft(Kind::Attestation, signer, ID, today);
    if let Subject::Attestation(attestation) = &mut record.subject {
        attestation.comity.certificate_number = "C 1".to_owned();
    }
    record
}

#[test]
fn only_the_signer_of_a_record_is_found_as_its_reviser() {
    let claims = |signer: &str| {
        let mut record = attestation(signer);
        record.comity.authority = "did:web:nqi.example".to_owned();
        record.comity.replaces = Some(RecordReference {
            authority: "did:web:nqi.example".to_owned(),
            issuer: ISSUER.to_owned(),
            id: ID.to_owned(),
            digest_multibase: String::new(),
        });
        references(&record, &[]).contains(&replaces_key("did:web:nqi.example", ISSUER, ID))
    };
    assert!(claims(ISSUER));
    assert!(!claims("did:web:stranger.example"));
}

#[test]
fn a_number_is_kept_with_whose_it_is() {
    let kept = |record: &Record, scheme: &str| {
        let value = number_of(&normalise("C 1"), ISSUER);
        let scheme = scheme.to_owned();
        identifiers(record, &[]).contains(&Identifier { scheme, value })
    };
    assert!(kept(&attestation(ISSUER), NUMBER_OF_ISSUER));
    let mut imported = attestation("did:web:importer.example");
    assert!(!kept(&imported, NUMBER_OF_ISSUER));
    imported.comity.imported_from = Some(ImportedFrom {
        system: "register".to_owned(),
        source_id: "1".to_owned(),
        fetched_on: "2026-11-23".parse().unwrap(),
        attributed_to: Attribution {
            id: ISSUER.to_owned(),
            name: "Laboratory".to_owned(),
            economies: vec!["SE".to_owned()],
        },
        source_signed: false,
    });
    assert!(!kept(&imported, NUMBER_OF_ISSUER));
    assert!(kept(&imported, NUMBER_ATTRIBUTED));
}
