//! `standard`: editions, their coexistence, national adoptions and their deviations.

use comity_model::attestation::AttestationDetails;
use comity_model::import_rule::DeviationReference;
use comity_model::standard::{Correspondence, DeviationSort};
use expect_test::expect;

use super::world::{Shared, adopts, authority, date, period, replaces};
use super::{Trade, check, describe};
use crate::verdict::StepName;

/// The arrangement names these standards.
fn naming(standards: &[&str]) -> Trade {
    let standards: Vec<_> = standards.iter().map(|text| text.parse().unwrap()).collect();
    Trade::with(|chapter| chapter.coverage.standards = standards)
}

impl Trade {
    /// A certificate that states one standard.
    fn stating(&mut self, standard: &str, change: impl FnOnce(&mut AttestationDetails)) -> Shared {
        let standard = standard.parse().unwrap();
        let lab = self.lab.clone();
        self.world.attest(&lab, |details| {
            details.standards = vec![standard];
            change(details);
        })
    }

    fn answer_in_jp(&self, certificate: &Shared) -> String {
        describe(&self.world.answer(&self.world.ask(certificate, "JP")))
    }
}

const NOT_COVERED: &str = "NotRecognised, None: arrangement\nFail arrangement.none\n";
const RECOGNISED: &str = "Recognised, Certificates, DestinationSigned: arrangement\n";

#[test]
fn nothing_is_adopted_that_nobody_declares() {
    let mut trade = naming(&["IEC 62368-1:2018"]);
    let certificate = trade.stating("GB 4943.1-2022", |_| {});
    assert_eq!(trade.answer_in_jp(&certificate), NOT_COVERED);
    // What a third economy says of it is nobody's word here.
    trade
        .world
        .standard(&authority("KZ"), "GB 4943.1-2022", |edition| {
            edition.adopts = adopts("IEC 62368-1:2018", Correspondence::Identical, &[]);
        });
    assert_eq!(trade.answer_in_jp(&certificate), NOT_COVERED);
}

#[test]
fn an_identical_adoption_by_the_word_of_each_side() {
    let unclear = "CannotTell, Certificates, DestinationSigned: standard\n\
                   Unknown standard.declaredByIssuersSide\n";
    for (who, expected) in [("JP", RECOGNISED), ("INT", RECOGNISED), ("SE", unclear)] {
        let mut trade = naming(&["IEC 62368-1:2018"]);
        let certificate = trade.stating("GB 4943.1-2022", |_| {});
        let edition = trade
            .world
            .standard(&authority(who), "GB 4943.1-2022", |edition| {
                edition.adopts = adopts("IEC 62368-1:2018", Correspondence::Identical, &[]);
            });
        let verdict = trade.world.answer(&trade.world.ask(&certificate, "JP"));
        assert_eq!(describe(&verdict), expected, "{who}");
        let step = verdict.step(StepName::Standard).unwrap();
        assert_eq!(step.evidence, [edition.record_digest]);
    }
}

#[test]
fn a_modified_adoption_with_a_deviation_that_matters() {
    let mut trade = naming(&["IEC 62368-1:2018"]);
    let certificate = trade.stating("GB 4943.1-2022", |_| {});
    trade
        .world
        .standard(&authority("JP"), "GB 4943.1-2022", |edition| {
            let deviations = [
                ("5.4.2", DeviationSort::More),
                ("4.1.15", DeviationSort::Other),
            ];
            edition.adopts = adopts("IEC 62368-1:2018", Correspondence::Modified, &deviations);
        });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            RecognisedWithConditions, Certificates, DestinationSigned: arrangement
            Warn standard.deviates
        "#]],
    );
    let verdict = trade.world.answer(&trade.world.ask(&certificate, "JP"));
    // Who fulfils more fulfils what was adopted: only the other clause is open.
    let said = "IEC 62368-1:2018, 4.1.15: A national difference";
    assert_eq!(verdict.conditions, [("en".to_owned(), said.to_owned())]);
    let covering = trade.stating("GB 4943.1-2022", |details| {
        details.deviations_covered = vec![DeviationReference {
            economy: "JP".to_owned(),
            standard: "IEC 62368-1:2018".parse().unwrap(),
            clause: "4.1.15".to_owned(),
        }];
    });
    assert_eq!(trade.answer_in_jp(&covering), RECOGNISED);
}

#[test]
fn from_the_standard_adopted_to_the_adoption_more_is_what_matters() {
    let mut trade = naming(&["GB 4943.1-2022"]);
    let certificate = trade.stating("IEC 62368-1:2018", |_| {});
    trade
        .world
        .standard(&authority("JP"), "GB 4943.1-2022", |edition| {
            let deviations = [("5.4.2", DeviationSort::More), ("6.1", DeviationSort::Less)];
            edition.adopts = adopts("IEC 62368-1:2018", Correspondence::Modified, &deviations);
        });
    let verdict = trade.world.answer(&trade.world.ask(&certificate, "JP"));
    let said = "GB 4943.1-2022, 5.4.2: A national difference";
    assert_eq!(verdict.conditions, [("en".to_owned(), said.to_owned())]);
}

#[test]
fn two_adoptions_of_one_standard_and_deviations_unsaid() {
    let mut trade = naming(&["EN 62368-1:2020"]);
    let certificate = trade.stating("GB 4943.1-2022", |_| {});
    let idt = adopts("IEC 62368-1:2018", Correspondence::Identical, &[]);
    trade
        .world
        .standard(&authority("JP"), "EN 62368-1:2020", |edition| {
            edition.adopts = idt;
        });
    assert_eq!(trade.answer_in_jp(&certificate), NOT_COVERED);
    trade
        .world
        .standard(&authority("INT"), "GB 4943.1-2022", |edition| {
            edition.adopts = adopts("IEC 62368-1:2018", Correspondence::Modified, &[]);
        });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: standard
            Unknown standard.deviationsUnsaid
        "#]],
    );
}

#[test]
fn not_equivalent_and_the_destinations_word_before_others() {
    let mut trade = naming(&["IEC 62368-1:2018"]);
    let certificate = trade.stating("GB 4943.1-2022", |_| {});
    trade
        .world
        .standard(&authority("INT"), "GB 4943.1-2022", |edition| {
            edition.adopts = adopts("IEC 62368-1:2018", Correspondence::Identical, &[]);
        });
    assert_eq!(trade.answer_in_jp(&certificate), RECOGNISED);
    trade
        .world
        .standard(&authority("JP"), "GB 4943.1-2022", |edition| {
            edition.adopts = adopts("IEC 62368-1:2018", Correspondence::NotEquivalent, &[]);
        });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: standard
            Fail standard.notEquivalent
        "#]],
    );
}

#[test]
fn an_earlier_edition_within_and_past_its_coexistence() {
    let mut trade = naming(&["IEC 62368-1:2018"]);
    let certificate = trade.stating("IEC 62368-1:2014", |_| {});
    assert_eq!(trade.answer_in_jp(&certificate), NOT_COVERED);
    trade
        .world
        .standard(&authority("INT"), "IEC 62368-1:2018", |edition| {
            edition.replaces = replaces("IEC 62368-1:2014", Some("2020-12-20"));
        });
    let on = |trade: &Trade, day: &str| {
        let mut question = trade.world.ask(&certificate, "JP");
        question.on = super::world::day(day);
        trade.world.answer(&question)
    };
    let last = on(&trade, "2020-12-20");
    assert_eq!(describe(&last), RECOGNISED);
    assert_eq!(last.valid_until, Some(super::world::day("2020-12-20")));
    assert_eq!(
        describe(&on(&trade, "2020-12-21")),
        "NotRecognised, Certificates, DestinationSigned: standard\n\
         Fail standard.pastCoexistence\n"
    );
}

#[test]
fn an_open_edition_must_still_count() {
    let mut trade = naming(&["IEC 62368-1"]);
    let certificate = trade.stating("IEC 62368-1:2014", |_| {});
    assert_eq!(trade.answer_in_jp(&certificate), RECOGNISED);
    // What the issuer's side says of it does not end it at the destination.
    for (who, expected) in [("SE", "Recognised"), ("JP", "NotRecognised")] {
        trade
            .world
            .standard(&authority(who), "IEC 62368-1:2018", |edition| {
                edition.replaces = replaces("IEC 62368-1:2014", Some("2018-12-20"));
            });
        assert!(
            trade.answer_in_jp(&certificate).starts_with(expected),
            "{who}"
        );
    }
}

#[test]
fn without_a_date_an_edition_ends_as_the_next_begins() {
    let mut trade = naming(&["IEC 62368-1"]);
    let certificate = trade.stating("IEC 62368-1:2014", |_| {});
    trade
        .world
        .standard(&authority("JP"), "IEC 62368-1:2018", |edition| {
            edition.period = period("2019-07-01", None);
            edition.replaces = replaces("IEC 62368-1:2014", None);
        });
    let on = |day: &str| {
        let mut question = trade.world.ask(&certificate, "JP");
        question.on = super::world::day(day);
        describe(&trade.world.answer(&question))
    };
    assert_eq!(on("2019-06-30"), RECOGNISED);
    assert!(on("2019-07-01").contains("standard.pastCoexistence"));
}

#[test]
fn an_end_known_only_roughly() {
    let mut trade = naming(&["IEC 62368-1"]);
    let certificate = trade.stating("IEC 62368-1:2014", |_| {});
    trade
        .world
        .standard(&authority("JP"), "IEC 62368-1:2018", |edition| {
            edition.replaces = replaces("IEC 62368-1:2014", None);
            edition.replaces[0].coexists_until = Some(date("2019-02-01..2019-04-01"));
        });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: standard
            Unknown standard.coexistenceUnclear
        "#]],
    );
}

#[test]
fn a_withdrawn_declaration_declares_nothing() {
    let mut trade = naming(&["IEC 62368-1:2018"]);
    let certificate = trade.stating("GB 4943.1-2022", |_| {});
    let edition = trade
        .world
        .standard(&authority("JP"), "GB 4943.1-2022", |edition| {
            edition.adopts = adopts("IEC 62368-1:2018", Correspondence::Identical, &[]);
        });
    assert_eq!(trade.answer_in_jp(&certificate), RECOGNISED);
    trade.world.event(
        &authority("JP"),
        &edition,
        comity_model::status::Action::Withdraw,
        |_| {},
    );
    assert_eq!(trade.answer_in_jp(&certificate), NOT_COVERED);
}
