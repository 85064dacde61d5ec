//! `importRule`: what the destination asks, what is missing, what it accepts and refuses alone.

use comity_model::attestation::AttestationKind;
use comity_model::grant::GrantType;
use comity_model::import_rule::{
    AttestationFilter, DeviationReference, RequirementSort, RuleEffect,
};
use comity_model::product::ProductCode;
use comity_model::status::Action;
use expect_test::expect;

use super::world::{Shared, World, authority, certificate, date, day, period, requirement};
use super::{Trade, check, describe};
use crate::verdict::StepName;

const RECOGNISED: &str = "Recognised, Certificates, DestinationSigned: arrangement\n";
const STILL_ASKED: &str = "RecognisedWithConditions, Certificates, DestinationSigned: arrangement\n\
                           Warn importRule.stillAsked\n";

fn answer(trade: &Trade, certificate: &Shared) -> String {
    describe(&trade.world.answer(&trade.world.ask(certificate, "JP")))
}

/// A product certificate to IEC 60335-1.
pub(super) fn safety() -> AttestationFilter {
    AttestationFilter {
        kinds: vec![AttestationKind::ProductCertificate],
        standards: vec!["IEC 60335-1".parse().unwrap()],
        ..AttestationFilter::default()
    }
}

#[test]
fn where_no_rule_is_held_the_step_is_not_listed() {
    let mut trade = Trade::new();
    let held = trade.certificate();
    // A rule of another economy is not the destination's.
    trade.world.rule("KZ", RuleEffect::Required, |rule| {
        rule.requirements = vec![requirement("mark", RequirementSort::Marking)];
    });
    let verdict = trade.world.answer(&trade.world.ask(&held, "JP"));
    assert_eq!(describe(&verdict), RECOGNISED);
    assert!(verdict.step(StepName::ImportRule).is_none());
}

#[test]
fn nothing_required_is_a_rule() {
    let mut trade = Trade::new();
    let held = trade.certificate();
    trade.world.rule("JP", RuleEffect::NothingRequired, |_| {});
    let verdict = trade.world.answer(&trade.world.ask(&held, "JP"));
    assert_eq!(describe(&verdict), RECOGNISED);
    let step = verdict.step(StepName::ImportRule).unwrap();
    assert_eq!(step.code.as_str(), "importRule.nothingRequired");
}

#[test]
fn the_gap_list_names_what_is_missing_each_with_its_rule() {
    let mut trade = Trade::new();
    let held = trade.certificate();
    let rule = trade.world.rule("JP", RuleEffect::Required, |rule| {
        rule.requirements = vec![
            certificate(safety()),
            requirement("mark", RequirementSort::Marking),
            requirement("representative", RequirementSort::LocalRepresentative),
        ];
    });
    assert_eq!(answer(&trade, &held), STILL_ASKED);
    let verdict = trade.world.answer(&trade.world.ask(&held, "JP"));
    let gaps: Vec<_> = (verdict.gaps.iter())
        .map(|gap| (gap.requirement.as_str(), gap.rule, gap.legal_basis.as_str()))
        .collect();
    let digest = rule.record_digest;
    assert_eq!(
        gaps,
        [
            ("mark", digest, "Act 1"),
            ("representative", digest, "Act 1")
        ]
    );
    let words: Vec<&str> = verdict.conditions.iter().map(|(_, text)| &**text).collect();
    assert_eq!(words, ["mark", "representative"]);
}

#[test]
fn the_rules_that_are_cited_are_those_with_an_open_requirement() {
    let mut trade = Trade::new();
    let held = trade.certificate();
    let mut rule = |title: &str, asked| {
        trade.world.rule("JP", RuleEffect::Required, |rule| {
            rule.title = super::world::en(title);
            rule.requirements = vec![asked];
        })
    };
    rule("Safety", certificate(safety()));
    let marks = rule("Marks", requirement("mark", RequirementSort::Marking));
    rule("Safety again", certificate(safety()));
    let importers = requirement("register", RequirementSort::Registration);
    let importers = rule("Importers", importers);
    let verdict = trade.world.answer(&trade.world.ask(&held, "JP"));
    let step = verdict.step(StepName::ImportRule).unwrap();
    assert_eq!(step.code.as_str(), "importRule.stillAsked");
    let mut named = [(&marks, "Marks"), (&importers, "Importers")];
    named.sort_by_key(|(rule, _)| rule.record_digest);
    assert_eq!(step.evidence, named.map(|(rule, _)| rule.record_digest));
    assert_eq!(
        step.facts["title"],
        named.map(|(_, title)| title).join("; ")
    );
}

#[test]
fn a_past_edition_answers_no_rule_that_leaves_the_edition_open() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let newer = trade
        .world
        .standard(&authority("JP"), "IEC 60335-1:2020", |edition| {
            edition.replaces = super::world::replaces("IEC 60335-1:2010", Some("2019-08-31"));
        });
    let old = trade.world.attest(&lab, |details| {
        details.standards = vec!["IEC 60335-1:2010".parse().unwrap()];
    });
    trade.world.rule("JP", RuleEffect::Required, |rule| {
        rule.requirements = vec![certificate(safety())];
    });
    let mut question = trade.world.ask(&old, "JP");
    let mut asked = |on: &str| {
        question.on = day(on);
        let verdict = trade.world.answer(&question);
        let step = verdict.step(StepName::ImportRule).unwrap().clone();
        assert!(step.evidence.contains(&newer.record_digest), "{on}");
        (step.code.as_str(), verdict.valid_until)
    };
    let last = Some(day("2019-08-31"));
    assert_eq!(asked("2019-08-31"), ("importRule.answered", last));
    assert_eq!(asked("2019-09-01").0, "importRule.stillAsked");
}

#[test]
fn a_certificate_alone_may_be_all_that_is_asked() {
    let mut trade = Trade::new();
    let held = trade.certificate();
    trade.world.rule("JP", RuleEffect::Required, |rule| {
        rule.requirements = vec![certificate(safety())];
    });
    let verdict = trade.world.answer(&trade.world.ask(&held, "JP"));
    assert_eq!(describe(&verdict), RECOGNISED);
    let step = verdict.step(StepName::ImportRule).unwrap();
    assert_eq!(step.code.as_str(), "importRule.answered");
}

#[test]
fn each_predicate_of_a_filter_must_hold() {
    type Change = fn(&mut AttestationFilter);
    let filters: [(&str, Change, bool); 11] = [
        (
            "kind",
            |f| f.kinds = vec![AttestationKind::TestReport],
            false,
        ),
        (
            "edition",
            |f| f.standards = vec!["IEC 60335-1:2010".parse().unwrap()],
            false,
        ),
        (
            "standard",
            |f| f.standards = vec!["IEC 60335-1:2020".parse().unwrap()],
            true,
        ),
        (
            "regulation",
            |f| f.regulations = vec!["R 1".to_owned()],
            false,
        ),
        ("scheme", |f| f.schemes = vec!["cc".to_owned()], true),
        ("other scheme", |f| f.schemes = vec!["X".to_owned()], false),
        (
            "economy",
            |f| f.issuer_economies = vec!["SE".to_owned()],
            true,
        ),
        (
            "other economy",
            |f| f.issuer_economies = vec!["KZ".to_owned()],
            false,
        ),
        (
            "grant",
            |f| f.grant_types = vec![GrantType::Accreditation],
            true,
        ),
        (
            "other grant",
            |f| f.grant_types = vec![GrantType::Designation],
            false,
        ),
        (
            "issued",
            |f| f.issued_from = Some(date("2019-03-02")),
            false,
        ),
    ];
    for (name, change, answered) in filters {
        let mut trade = Trade::new();
        let held = trade.certificate();
        let mut filter = safety();
        filter.standards.clear();
        change(&mut filter);
        trade.world.rule("JP", RuleEffect::Required, |rule| {
            rule.requirements = vec![certificate(filter)];
        });
        let expected = if answered { RECOGNISED } else { STILL_ASKED };
        assert_eq!(answer(&trade, &held), expected, "{name}");
    }
}

#[test]
fn a_party_is_meant_under_its_own_authority_only() {
    let mut trade = Trade::new();
    let held = trade.certificate();
    let mut other = trade.lab.reference();
    other.registered_by = authority("KZ").did;
    for (issuer, expected) in [(other, STILL_ASKED), (trade.lab.reference(), RECOGNISED)] {
        let mut asking = Trade {
            world: World::new(),
            ..Trade::new()
        };
        std::mem::swap(&mut asking.world, &mut trade.world);
        let rule = asking.world.rule("JP", RuleEffect::Required, |rule| {
            rule.requirements = vec![certificate(AttestationFilter {
                issuers: vec![issuer],
                ..AttestationFilter::default()
            })];
        });
        assert_eq!(answer(&asking, &held), expected);
        asking
            .world
            .event(&authority("JP"), &rule, Action::Withdraw, |_| {});
        std::mem::swap(&mut asking.world, &mut trade.world);
    }
}

#[test]
fn a_national_deviation_by_clause() {
    let mut trade = Trade::new();
    let deviation = DeviationReference {
        economy: "JP".to_owned(),
        standard: "IEC 60335-1".parse().unwrap(),
        clause: "7.12".to_owned(),
    };
    trade.world.rule("JP", RuleEffect::Required, |rule| {
        let mut asked = requirement("voltage", RequirementSort::Deviation);
        asked.deviation = Some(deviation.clone());
        rule.requirements = vec![asked];
    });
    let plain = trade.certificate();
    assert_eq!(answer(&trade, &plain), STILL_ASKED);
    let grants = super::relies_on(&trade.grant);
    let lab = trade.lab.clone();
    let covering = trade.world.attest(&lab, |details| {
        details.grants = grants;
        details.deviations_covered = vec![DeviationReference {
            standard: "IEC 60335-1:2020".parse().unwrap(),
            ..deviation
        }];
    });
    assert_eq!(answer(&trade, &covering), RECOGNISED);
}

#[test]
fn a_rule_is_in_force_on_its_days_and_about_its_products() {
    let mut trade = Trade::new();
    let held = trade.certificate();
    trade.world.rule("JP", RuleEffect::Required, |rule| {
        rule.requirements = vec![requirement("mark", RequirementSort::Marking)];
        rule.period = period("2019-04-01", Some("2019-04-30"));
    });
    let mut question = trade.world.ask(&held, "JP");
    for (on, expected) in [
        ("2019-03-31", RECOGNISED),
        ("2019-04-01", STILL_ASKED),
        ("2019-04-30", STILL_ASKED),
        ("2019-05-01", RECOGNISED),
    ] {
        question.on = day(on);
        assert_eq!(describe(&trade.world.answer(&question)), expected, "{on}");
    }
    question.on = day("2019-03-31");
    let until = trade.world.answer(&question).valid_until;
    assert_eq!(until, Some(day("2019-03-31")));
    // A heading above those that the rule names is not clearly one of them.
    question.on = day("2019-04-01");
    question.product.codes = ProductCode::hs("85", None).into_iter().collect();
    let verdict = describe(&trade.world.answer(&question));
    assert!(
        verdict.contains("Warn importRule.needsReading"),
        "{verdict}"
    );
}

#[test]
fn without_a_code_no_rule_can_be_chosen() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let grants = super::relies_on(&trade.grant);
    let held = trade.world.attest(&lab, |details| {
        details.grants = grants;
        details.objects[0].product_codes.clear();
    });
    trade.world.rule("JP", RuleEffect::NothingRequired, |_| {});
    let verdict = trade.world.answer(&trade.world.ask(&held, "JP"));
    let step = verdict.step(StepName::ImportRule).unwrap();
    assert_eq!(step.code.as_str(), "importRule.productNotSaid");
}

#[test]
fn what_the_destination_refuses_by_rule() {
    let mut trade = Trade::new();
    let held = trade.certificate();
    trade.world.rule("JP", RuleEffect::Refused, |rule| {
        rule.attestations = Some(AttestationFilter {
            issuer_economies: vec!["SE".to_owned()],
            ..AttestationFilter::default()
        });
    });
    check(
        &trade.world,
        &trade.world.ask(&held, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: importRule
            Fail importRule.refused
        "#]],
    );
}

#[test]
fn what_the_destination_accepts_alone_needs_no_arrangement() {
    let mut trade = Trade::new();
    let lab = trade.world.body("KZ", "kz-lab");
    let held = trade.world.attest(&lab, |_| {});
    assert!(answer(&trade, &held).starts_with("NotRecognised"));
    let accepts = |trade: &mut Trade, signer: &str| {
        let signer = authority(signer);
        trade
            .world
            .rule_by(&signer, "JP", RuleEffect::Accepted, |rule| {
                rule.attestations = Some(AttestationFilter {
                    issuer_economies: vec!["KZ".to_owned()],
                    ..AttestationFilter::default()
                });
            });
    };
    // Nobody accepts in another's name.
    accepts(&mut trade, "KZ");
    assert!(answer(&trade, &held).starts_with("NotRecognised"));
    accepts(&mut trade, "JP");
    let verdict = trade.world.answer(&trade.world.ask(&held, "JP"));
    assert_eq!(describe(&verdict), RECOGNISED);
    let code = |name| verdict.step(name).unwrap().code.as_str();
    assert_eq!(code(StepName::Arrangement), "arrangement.acceptedByRule");
    assert_eq!(code(StepName::ImportRule), "importRule.accepted");
}

#[test]
fn a_newer_rule_takes_the_place_of_the_one_it_names() {
    let mut trade = Trade::new();
    let held = trade.certificate();
    let old = trade.world.rule("JP", RuleEffect::Required, |rule| {
        rule.requirements = vec![requirement("mark", RequirementSort::Marking)];
    });
    let mut newer = old.record.clone().unwrap();
    newer.id = "urn:uuid:018f0000-0000-7000-8000-0000000000aa".to_owned();
    newer.comity.replaces = Some(super::world::reference(&old));
    if let comity_model::record::Subject::ImportRule(rule) = &mut newer.subject {
        rule.effect = RuleEffect::NothingRequired;
        rule.requirements.clear();
        rule.period = period("2019-04-01", None);
    }
    trade.world.publish(&[&authority("JP")], &newer);
    let mut question = trade.world.ask(&held, "JP");
    question.on = day("2019-03-31");
    assert_eq!(describe(&trade.world.answer(&question)), STILL_ASKED);
    question.on = day("2019-04-01");
    assert_eq!(describe(&trade.world.answer(&question)), RECOGNISED);
}

#[test]
fn a_rule_known_only_roughly_is_not_guessed() {
    let mut trade = Trade::new();
    let held = trade.certificate();
    trade.world.rule("JP", RuleEffect::NothingRequired, |rule| {
        rule.period = comity_model::date::Period::new(date("2019-02-01..2019-04-01"), None);
    });
    check(
        &trade.world,
        &trade.world.ask(&held, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: importRule
            Unknown importRule.inForceUnclear
        "#]],
    );
}
