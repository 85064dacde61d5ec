use comity_model::attestation::{BasedOn, GrantReliance, LegalDates};
use comity_model::party::NamedParty;
use comity_model::record::{Attribution, ImportedFrom};
use comity_model::reference::{RecordReference, Reference};
use comity_model::samples::draft;

use super::*;
use crate::import::{imported_id, subject_digest};
use crate::tests::{AUTHORITY, SEED, grant, node, signed, today, uuid};

const LABORATORY: &str = "did:web:lab.example";
const OTHER: &str = "did:web:other.example";

/// A certificate of the node's own authority, with that evidence.
fn certificate(number: u8, based_on: Vec<BasedOn>) -> Record {
    let mut record = draft(Kind::Attestation, AUTHORITY, &uuid(number), today());
    record.comity.authority = AUTHORITY.to_owned();
    if let Subject::Attestation(attestation) = &mut record.subject {
        let details = &mut attestation.comity;
        details.certificate_number = format!("C-{number}");
        details.legal_dates = LegalDates {
            valid_from: None,
            ..details.legal_dates
        };
        details.grants = Vec::new();
        details.based_on = based_on;
    }
    record
}

fn report(issuer: Option<&str>, number: &str) -> BasedOn {
    let party = NamedParty {
        id: issuer.map(str::to_owned),
        registered_by: issuer.map(|_| AUTHORITY.to_owned()),
        ..NamedParty::named("A laboratory")
    };
    BasedOn {
        role: EvidenceRole::TestReport,
        record: None,
        issuer: Some(party),
        number: Some(number.to_owned()),
        issued_on: None,
    }
}

fn component(of: u8) -> BasedOn {
    BasedOn {
        role: EvidenceRole::ComponentCertificate,
        ..report(Some(AUTHORITY), &format!("C-{of}"))
    }
}

/// A certificate that relies on the grant 9 of a party.
fn relying(number: u8, issuer: &str) -> Record {
    let mut record = certificate(number, Vec::new());
    if let Subject::Attestation(attestation) = &mut record.subject {
        attestation.comity.grants = vec![GrantReliance {
            grant: Reference::Record(RecordReference {
                authority: AUTHORITY.to_owned(),
                issuer: issuer.to_owned(),
                id: uuid(9),
                digest_multibase: comity_signature::digest::to_multibase([7; 32]),
            }),
            scope_items: Vec::new(),
        }];
    }
    record
}

/// The same as a row of a register, which attributes it to that body.
fn row(of: &str, source_id: &str, mut record: Record) -> Record {
    record.comity.imported_from = Some(ImportedFrom {
        system: "register".to_owned(),
        source_id: source_id.to_owned(),
        fetched_on: today(),
        attributed_to: Attribution {
            id: of.to_owned(),
            name: "Body".to_owned(),
            economies: vec!["SE".to_owned()],
        },
        source_signed: false,
    });
    let digest = subject_digest(&record);
    record.id = imported_id(AUTHORITY, "register", source_id, &digest, None);
    record
}

async fn holding(records: &[Record]) -> Node {
    let node = node().await;
    let bodies = records.iter().map(|one| signed(one, AUTHORITY, &SEED));
    for outcome in node.publish(bodies.collect()).await.unwrap() {
        outcome.unwrap();
    }
    node.indexed().await;
    node
}

/// Each record as `number depth relation`, with `?` where only the number agrees.
fn told(impact: &Impact) -> Vec<String> {
    let told = impact.resting.iter().map(|one| {
        let number = match &one.record.evidence.record.as_ref().unwrap().subject {
            Subject::Attestation(attestation) => &attestation.comity.certificate_number,
            _ => "grant",
        };
        let mark = if one.by_number_alone { "?" } else { "" };
        format!("{number}{mark} {} {:?}", one.depth, one.relation)
    });
    let mut told: Vec<String> = told.collect();
    told.sort();
    told
}

async fn asked(node: &Node, number: &str, issuer: Option<&str>) -> Vec<String> {
    let ground = Ground::Record(selector(number, issuer));
    told(&node.impact(&ground, MAX_RESTING).await.unwrap())
}

#[tokio::test]
async fn a_report_that_was_never_published_hits_what_names_it() {
    let node = holding(&[
        certificate(1, vec![report(Some(LABORATORY), "TR 7/2026")]),
        certificate(2, vec![report(Some(OTHER), "TR-7-2026")]),
        certificate(3, vec![report(None, "tr72026")]),
        certificate(4, vec![report(Some(LABORATORY), "TR-8-2026")]),
    ])
    .await;
    let of_laboratory = asked(&node, "TR-7/2026", Some(LABORATORY)).await;
    assert_eq!(of_laboratory, ["C-1 1 TestReport", "C-3? 1 TestReport"]);
    // Whose it is was not asked: each says so.
    let anybodys = asked(&node, "TR-7/2026", None).await;
    let all = [
        "C-1? 1 TestReport",
        "C-2? 1 TestReport",
        "C-3? 1 TestReport",
    ];
    assert_eq!(anybodys, all);
    assert!(asked(&node, "TR-7/2027", Some(LABORATORY)).await.is_empty());
}

#[tokio::test]
async fn a_component_hits_over_several_certificates_each_once() {
    let by_reference = BasedOn {
        record: Some(RecordReference {
            authority: AUTHORITY.to_owned(),
            issuer: AUTHORITY.to_owned(),
            id: uuid(2),
            digest_multibase: comity_signature::digest::to_multibase([7; 32]),
        }),
        number: None,
        issuer: None,
        ..component(2)
    };
    let node = holding(&[
        certificate(1, Vec::new()),
        certificate(2, vec![component(1)]),
        certificate(3, vec![by_reference]),
        // Of the component and of what rests on it; and in a ring.
        certificate(4, vec![component(3), component(1), component(5)]),
        certificate(5, vec![component(4)]),
        certificate(6, vec![component(7)]),
    ])
    .await;
    let expected = [
        "C-2 1 ComponentCertificate",
        "C-3 2 ComponentCertificate",
        "C-4 1 ComponentCertificate",
        "C-5 2 ComponentCertificate",
    ];
    assert_eq!(asked(&node, &uuid(1), None).await, expected);
    let ground = Ground::Record(selector(&uuid(1), None));
    let found = node.impact(&ground, MAX_RESTING).await.unwrap();
    assert_eq!(found.grounds.len(), 1);
    assert!(!found.cut);
    for one in &found.resting {
        let through = one.through.map(|place| found.resting[place].depth);
        assert_eq!(through, (one.depth > 1).then(|| one.depth - 1));
    }
    let few = node.impact(&ground, 2).await.unwrap();
    assert_eq!((few.resting.len(), few.cut), (2, true));
}

#[tokio::test]
async fn a_party_hits_what_it_issued_and_what_rests_on_its_word() {
    let node = holding(&[
        grant(9),
        relying(2, AUTHORITY),
        // On another's grant of the same id.
        relying(3, OTHER),
        certificate(1, vec![report(Some(LABORATORY), "TR-7")]),
    ])
    .await;
    let of = |party: &str| Ground::Party(party.to_owned());
    let found = node.impact(&of(LABORATORY), MAX_RESTING).await.unwrap();
    assert_eq!(told(&found), ["C-1 1 TestReport"]);
    let found = node.impact(&of(AUTHORITY), MAX_RESTING).await.unwrap();
    let all = [
        "C-1 1 IssuedBy",
        "C-2 1 IssuedBy",
        "C-3 1 IssuedBy",
        "grant 1 IssuedBy",
    ];
    assert_eq!(told(&found), all);
    assert_eq!(asked(&node, &uuid(9), None).await, ["C-2 1 Grant"]);
    let found = node.impact(&of(OTHER), MAX_RESTING).await.unwrap();
    assert!(found.resting.is_empty());
}

#[tokio::test]
async fn a_standard_hits_what_states_it() {
    let node = holding(&[
        certificate(1, Vec::new()),
        certificate(2, vec![component(1)]),
    ])
    .await;
    let held = node.impact(&Ground::Party(AUTHORITY.to_owned()), 1).await;
    let held = held.unwrap().resting.remove(0).record;
    let record = held.evidence.record.as_ref().unwrap();
    let Subject::Attestation(attestation) = &record.subject else {
        panic!("{record:?}")
    };
    let standard = attestation.comity.standards[0].to_string();
    let found = node.impact(&Ground::Standard(standard), MAX_RESTING).await;
    let both = ["C-1 1 Standard", "C-2 1 Standard"];
    assert_eq!(told(&found.unwrap()), both);
    let other = Ground::Standard("ISO 1".to_owned());
    let found = node.impact(&other, MAX_RESTING).await.unwrap();
    assert!(found.resting.is_empty());
}

#[tokio::test]
async fn a_party_of_a_register_hits_the_rows_that_it_attributes_to_it() {
    let body = "https://register.example/bodies/7";
    let node = holding(&[
        row(body, "1", certificate(1, Vec::new())),
        row(
            "https://register.example/bodies/8",
            "2",
            certificate(2, Vec::new()),
        ),
        row(body, "9", grant(9)),
        certificate(4, vec![component(1)]),
    ])
    .await;
    let of = |party: &str| Ground::Party(party.to_owned());
    let found = node.impact(&of(body), MAX_RESTING).await.unwrap();
    // What rests on the row names its importer as the issuer, which is sure as well.
    let all = [
        "C-1 1 IssuedBy",
        "C-4 2 ComponentCertificate",
        "grant 1 IssuedBy",
    ];
    assert_eq!(told(&found), all);
    assert!(found.resting.iter().all(|one| one.record.body.is_empty()));
    let found = node.impact(&of("bodies/7"), MAX_RESTING).await.unwrap();
    assert!(found.resting.is_empty());
}

#[tokio::test]
async fn a_number_that_tells_nothing_apart_hits_nothing() {
    let long = "9".repeat(MAX_NUMBER_CHARS);
    let node = holding(&[
        certificate(1, vec![report(Some(LABORATORY), "---")]),
        certificate(2, vec![report(Some(LABORATORY), &format!("{long}1"))]),
        certificate(3, vec![report(Some(LABORATORY), &long)]),
    ])
    .await;
    let asked_long = asked(&node, &long, Some(LABORATORY)).await;
    assert_eq!(asked_long, ["C-3 1 TestReport"]);
    for number in ["/", &format!("{long}2")] {
        let ground = Ground::Record(selector(number, Some(LABORATORY)));
        let refused = node.impact(&ground, MAX_RESTING).await.unwrap_err();
        let Error::Question { parameter, .. } = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(parameter, "of");
    }
}

#[tokio::test]
async fn whoever_is_surely_hit_is_told_so_in_whatever_order_it_is_found() {
    let unsaid = |of: u8| BasedOn {
        issuer: Some(NamedParty::named("Somebody")),
        ..component(of)
    };
    let node = holding(&[
        certificate(1, vec![report(Some(LABORATORY), "TR-7")]),
        certificate(2, vec![report(Some(LABORATORY), "TR-7")]),
        // Whichever of the two is looked up first is surely that of one of these and not of the other.
        certificate(3, vec![unsaid(1), component(2)]),
        certificate(4, vec![component(1), unsaid(2)]),
        certificate(5, vec![unsaid(1), unsaid(2)]),
    ])
    .await;
    let ground = Ground::Record(selector("TR-7", Some(LABORATORY)));
    let found = node.impact(&ground, MAX_RESTING).await.unwrap();
    let all = [
        "C-1 1 TestReport",
        "C-2 1 TestReport",
        "C-3 2 ComponentCertificate",
        "C-4 2 ComponentCertificate",
        "C-5? 2 ComponentCertificate",
    ];
    assert_eq!(told(&found), all);
    // Each over the one of which it is sure.
    let number = |one: &Resting| match &one.record.evidence.record.as_ref().unwrap().subject {
        Subject::Attestation(attestation) => attestation.comity.certificate_number.clone(),
        _ => String::new(),
    };
    for (of, over) in [("C-3", "C-2"), ("C-4", "C-1")] {
        let one = found.resting.iter().find(|one| number(one) == of).unwrap();
        assert_eq!(number(&found.resting[one.through.unwrap()]), over, "{of}");
    }
}

#[tokio::test]
async fn more_records_of_a_number_than_are_looked_at_may_hide_what_rests_on_them() {
    let one_more = u8::try_from(MAX_CANDIDATES).unwrap() + 1;
    let of_one_number = |count: u8| {
        (1..=count).map(|id| {
            let mut record = certificate(id, Vec::new());
            if let Subject::Attestation(attestation) = &mut record.subject {
                attestation.comity.certificate_number = "C-0".to_owned();
            }
            record
        })
    };
    for (count, cut) in [(one_more - 1, false), (one_more, true)] {
        let mut records: Vec<Record> = of_one_number(count).collect();
        records.push(certificate(200, vec![component(0)]));
        let node = holding(&records).await;
        let ground = Ground::Record(selector("C-0", None));
        let found = node.impact(&ground, MAX_RESTING).await.unwrap();
        assert_eq!(found.cut, cut, "{count}");
        // What is told is told all the same.
        assert!(told(&found).contains(&"C-200? 1 ComponentCertificate".to_owned()));
    }
}

#[tokio::test]
async fn a_grant_is_found_by_its_number_and_by_who_gave_it() {
    let mut granted = grant(9);
    if let Subject::CompetenceGrant(grant) = &mut granted.subject {
        grant.number = "ACC 0123/2026".to_owned();
    }
    let node = holding(&[
        granted,
        relying(2, AUTHORITY),
        certificate(3, vec![report(Some(LABORATORY), "acc-0123-2026")]),
    ])
    .await;
    // Whatever has the number: the grant, and a report of the same number that is nobody's in particular.
    let anybodys = ["C-2 1 Grant", "C-3? 1 TestReport"];
    assert_eq!(asked(&node, "acc01232026", None).await, anybodys);
    let of_grantor = asked(&node, "ACC 0123/2026", Some(AUTHORITY)).await;
    assert_eq!(of_grantor, ["C-2 1 Grant"]);
    // Of a laboratory only its own report.
    let of_laboratory = asked(&node, "ACC 0123/2026", Some(LABORATORY)).await;
    assert_eq!(of_laboratory, ["C-3 1 TestReport"]);
    assert!(asked(&node, "ACC 0124/2026", None).await.is_empty());
}

#[tokio::test]
async fn what_nobody_knows_is_told_apart_from_what_nothing_rests_on() {
    let mut of_laboratory = grant(8);
    if let Subject::CompetenceGrant(grant) = &mut of_laboratory.subject {
        grant.grantee.id = Some(LABORATORY.to_owned());
        grant.grantee.registered_by = Some(AUTHORITY.to_owned());
        grant.number = "ACC-8".to_owned();
    }
    let node = holding(&[of_laboratory, certificate(1, Vec::new())]).await;
    let by_number = |number: &str, issuer| Ground::Record(selector(number, issuer));
    for (ground, known) in [
        (Ground::Party(LABORATORY.to_owned()), true),
        (Ground::Party(AUTHORITY.to_owned()), true),
        (Ground::Party(OTHER.to_owned()), false),
        (by_number("C-1", None), true),
        (by_number("C-1", Some(AUTHORITY)), true),
        (by_number("C-1", Some(OTHER)), false),
        (by_number("ACC-8", None), true),
        (by_number("C-2", None), false),
        (by_number(&uuid(1), None), true),
        (by_number(&uuid(2), None), false),
        (Ground::Standard("ISO 1".to_owned()), false),
    ] {
        let found = node.impact(&ground, MAX_RESTING).await.unwrap();
        assert_eq!(found.known, known, "{ground:?}");
    }
}
