//! `/v1/requirements`: which attestations are judged, and what is said of those that are not.

use comity_model::attestation::AttestationKind;
use comity_model::date::{Day, Period};
use comity_model::import_rule::{
    AttestationFilter, ImportRule, Requirement, RequirementSort, RuleEffect,
};
use comity_model::product::{CodeSelector, ProductCode};
use comity_model::record::{Kind, Record, Subject};
use comity_model::text::LangString;
use comity_node::requirements::MAX_JUDGED;

use crate::testing::{Tested, attestation, empty, now, record, signed};

const PATH: &str = "/v1/requirements?in=SE&hs=8516.60";

/// A certificate for a rice cooker to one standard, issued so many days ago.
fn certificate(number: u32, kind: AttestationKind, standard: &str, days_ago: i32) -> Record {
    let mut record = attestation(number);
    if let Subject::Attestation(attestation) = &mut record.subject {
        let details = &mut attestation.comity;
        details.comity_kind = kind;
        attestation.attestation_type = kind.untp_type().to_owned();
        details.standards = vec![standard.parse().unwrap()];
        details.legal_dates.issued_on = now().day().plus_days(-days_ago).into();
        for object in &mut details.objects {
            object.product_codes = ProductCode::hs("8516.60", None).into_iter().collect();
        }
    }
    record
}

/// A rule of SE that asks for attestations of that kind to each of these standards.
pub(super) fn rule(number: u32, standards: &[&str]) -> Record {
    let requirements = standards.iter().map(|standard| Requirement {
        id: format!("to {standard}").to_lowercase().replace(' ', "-"),
        sort: RequirementSort::Attestation,
        text: LangString::of("en", standard),
        attestation: Some(AttestationFilter {
            kinds: vec![AttestationKind::ProductCertificate],
            standards: vec![standard.parse().unwrap()],
            ..AttestationFilter::default()
        }),
        deviation: None,
        languages: Vec::new(),
    });
    let mut record = record(Kind::ImportRule, number);
    record.subject = Subject::ImportRule(Box::new(ImportRule {
        economy: "SE".to_owned(),
        title: LangString::of("en", "Cookers"),
        products: vec![CodeSelector {
            scheme: "HS".to_owned(),
            edition: None,
            include: vec!["8516".to_owned()],
            exclude: Vec::new(),
        }],
        effect: RuleEffect::Required,
        requirements: requirements.collect(),
        attestations: None,
        legal_basis: "Act 1".to_owned(),
        contact: None,
        period: Period::new("2020-01-01".parse::<Day>().unwrap(), None),
    }));
    record
}

async fn publish(tested: &Tested, records: impl IntoIterator<Item = Record>) {
    let bodies = records.into_iter().map(|record| signed(&record)).collect();
    for outcome in tested.node.publish(bodies).await.unwrap() {
        outcome.unwrap();
    }
    tested.node.indexed().await;
}

#[tokio::test]
async fn what_the_rules_ask_for_is_judged_before_what_is_newer() {
    let tested = empty().await;
    let asked = ["IEC 60335-2-15", "CISPR 14-1"];
    publish(&tested, [rule(1, &asked)]).await;
    let kind = AttestationKind::ProductCertificate;
    let old = certificate(2, kind, "IEC 60335-2-15:2024", 300);
    publish(&tested, [old]).await;
    let few = tested.get(PATH).await.json(200);
    assert_eq!(few["missing"][0]["requirement"], "to-cispr-14-1");
    assert_eq!(few["notAmongJudged"].as_array().unwrap().len(), 0);
    assert!(
        !few["summary"].as_str().unwrap().contains("judged"),
        "{few}"
    );

    // More than are judged, newer, to other standards, and of another kind to that one.
    let count = u32::try_from(MAX_JUDGED).unwrap() + 1;
    let newer = (100..100 + count).map(|number| certificate(number, kind, "IEC 60704-1:2021", 1));
    publish(&tested, newer).await;
    let reports = (300..300 + count).map(|number| {
        certificate(
            number,
            AttestationKind::TestReport,
            "IEC 60335-2-15:2024",
            2,
        )
    });
    publish(&tested, reports).await;
    let many = tested.get(PATH).await.json(200);
    assert_eq!(many["judged"], MAX_JUDGED);
    assert_eq!(many["found"], 2 * count + 1);
    let answers = many["answers"].as_array().unwrap();
    let first = &answers.first().unwrap()["record"]["certificateNumber"];
    assert_eq!(first, "SE-0002", "leaves least to do");
    // What none of those judged answers is not called missing.
    assert_eq!(many["missing"].as_array().unwrap().len(), 0);
    let open = many["notAmongJudged"].as_array().unwrap();
    let open: Vec<_> = open.iter().map(|one| &one["requirement"]).collect();
    assert_eq!(open, ["to-cispr-14-1"]);
    let summary = many["summary"].as_str().unwrap();
    assert!(
        summary.contains("Of 103 found, 50 were judged"),
        "{summary}"
    );
}
