use comity_model::date::Period;
use comity_model::record::{Kind, Record};
use comity_model::samples::draft;
use comity_model::standard::{Adoption, StandardSort};
use comity_model::text::LangString;
use comity_recognition::evidence::EvidenceRecord;

use super::*;
use crate::search::SearchRequest;
use crate::tests::{AUTHORITY, SEED, node, now, signed, today, uuid};

/// An edition that adopts others, each so closely.
fn edition(number: u8, name: &str, adopts: &[(&str, Correspondence)]) -> Record {
    let mut record = draft(Kind::Standard, AUTHORITY, &uuid(number), today());
    record.comity.authority = AUTHORITY.to_owned();
    let adopts = adopts.iter().map(|(name, correspondence)| Adoption {
        standard: name.parse().unwrap(),
        correspondence: *correspondence,
        deviations: Vec::new(),
    });
    record.subject = Subject::Standard(Box::new(Standard {
        standard: name.parse().unwrap(),
        sort: StandardSort::Standard,
        title: LangString::of("en", name),
        economies: Vec::new(),
        period: Period::new(today(), None),
        replaces: Vec::new(),
        amends: Vec::new(),
        adopts: adopts.collect(),
        ics: Vec::new(),
    }));
    record
}

/// A certificate that states one standard.
fn stating(number: u8, name: &str) -> Record {
    let mut record = draft(Kind::Attestation, AUTHORITY, &uuid(number), today());
    record.comity.authority = AUTHORITY.to_owned();
    if let Subject::Attestation(attestation) = &mut record.subject {
        attestation.comity.grants = Vec::new();
        attestation.comity.standards = vec![name.parse().unwrap()];
    }
    record
}

#[tokio::test]
async fn a_standard_is_found_under_its_adoptions() {
    use Correspondence::{Identical, NotEquivalent};
    let node = node().await;
    let records = [
        edition(1, "GB/T 19001-2016", &[("ISO 9001:2015", Identical)]),
        edition(2, "ГОСТ Р ИСО 9001-2015", &[("ISO 9001:2015", Identical)]),
        edition(3, "GB/T 19001-2008", &[("ISO 9001:2008", Identical)]),
        edition(4, "XX 9001:2015", &[("ISO 9001:2015", NotEquivalent)]),
        stating(11, "ISO 9001:2015"),
        stating(12, "GB/T 19001-2016"),
        stating(13, "ГОСТ Р ИСО 9001-2015"),
        stating(14, "GB/T 19001-2008"),
        stating(15, "XX 9001:2015"),
        stating(16, "ISO 9002:1994"),
    ];
    let bodies = records.iter().map(|one| signed(one, AUTHORITY, &SEED));
    for outcome in node.publish(bodies.collect()).await.unwrap() {
        outcome.unwrap();
    }
    node.indexed().await;
    for (text, certificates) in [
        ("ISO 9001", &[11, 12, 13, 14][..]),
        ("iso 9001:2015", &[11, 12, 13]),
        ("GB/T 19001", &[11, 12, 13, 14]),
        ("GB/T 19001-2008", &[14]),
        ("ISO 9002", &[16]),
        ("XX 9001", &[15]),
    ] {
        let request = SearchRequest {
            text: text.to_owned(),
            limit: 100,
            ..SearchRequest::default()
        };
        let page = node.find(request).await.unwrap();
        let kind = Kind::Attestation.name();
        let hits = page.hits.iter().filter(|hit| hit.row.kind == kind);
        let mut found: Vec<String> = hits.map(|hit| hit.row.id.clone()).collect();
        found.sort();
        let expected: Vec<String> = certificates.iter().map(|number| uuid(*number)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

/// What a text stands for where these editions are held, each with the seed of its signature.
async fn told(text: &str, editions: &[(Record, [u8; 32])]) -> Vec<Adopted> {
    let held = editions.iter().map(|(record, seed)| {
        let bytes = signed(record, AUTHORITY, seed);
        EvidenceRecord::examine(&bytes, Vec::new(), Some(now())).into()
    });
    let trust = TrustGraph::build(held);
    adopted(text, &node().await.shared.policy, &trust)
}

#[tokio::test]
async fn what_a_stranger_signs_in_anothers_name_declares_nothing() {
    let adopting = |number: u8, name: &str| {
        edition(
            number,
            name,
            &[("ISO 9001:2015", Correspondence::Identical)],
        )
    };
    let editions = [
        (adopting(1, "GB/T 19001-2016"), SEED),
        (adopting(2, "XX 9001:2015"), [9; 32]),
    ];
    let found = told("ISO 9001", &editions).await;
    let [Adopted { typed, others }] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(
        (typed.as_str(), others.as_slice()),
        ("ISO 9001", &["GB/T 19001".to_owned()][..])
    );
    // What the stranger's record says it adopts is not followed either.
    assert!(told("XX 9001", &editions).await.is_empty());
}

#[tokio::test]
async fn a_standard_is_told_once_and_not_more_than_some_of_a_text() {
    let adopting = |number: u8| {
        let national = format!("XX {number}:2015");
        let of = format!("ISO {number}:2015");
        (
            edition(number, &national, &[(&of, Correspondence::Identical)]),
            SEED,
        )
    };
    let twenty: Vec<_> = (101..=120).map(adopting).collect();
    let same = "ISO 101 ".repeat(20);
    assert_eq!(told(&same, &twenty).await.len(), 1);
    let names: Vec<String> = (101..=120).map(|number| format!("ISO {number}")).collect();
    assert_eq!(told(&names.join(" "), &twenty).await.len(), MAX_STANDARDS);
}
