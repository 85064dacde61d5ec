//! Situations of the steps `evidenceChain`, `standard`, `importRule`, and of absence.

use comity_model::attestation::AttestationDetails;
use comity_model::import_rule::{
    AttestationFilter, DeviationReference, ImportRule, RequirementSort, RuleEffect,
};
use comity_model::party::NamedParty;
use comity_model::product::ProductCode;
use comity_model::standard::{Correspondence, DeviationSort};
use comity_model::status::{Action, Capacity};

use super::super::reports::{component, report};
use super::super::rules::safety;
use super::super::world::{
    World, adopts, authority, certificate, date, day, period, replaces, requirement,
};
use super::super::{Shared, Trade};
use super::{Situation, named, number};

fn hs(code: &str) -> Vec<ProductCode> {
    ProductCode::hs(code, None).into_iter().collect()
}

#[expect(clippy::too_many_lines, reason = "one situation, thing by thing")]
pub(super) fn reports() -> Situation {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    let prompt = trade.world.body("SE", "prompt");
    let silent = trade.world.body("SE", "silent");
    trade.world.commit(&tester, &["R-6", "R-7"]);
    trade.world.commit(&prompt, &["P-1"]);
    trade.world.promise(&prompt, &prompt, "2019-03-01", |_| {});
    trade.world.on("2019-03-02");
    let lab = trade.lab.clone();
    let part = trade.certificate();
    let forged = trade.world.attest(&lab.with_key("thief"), |_| {});
    let gone = trade.certificate();
    let mut unnamed = report(&tester, "R-7");
    unnamed.issuer = Some(NamedParty::named("A laboratory somewhere"));
    let mut dated = report(&prompt, "P-9");
    dated.issued_on = Some(date("2019-03-02"));
    let mut other = component(&part);
    if let Some(record) = &mut other.record {
        record.digest_multibase = comity_signature::digest::to_multibase([9; 32]);
    }
    let on_r7 = trade.resting_on(vec![report(&tester, "r 7")]);
    let disowned = trade.resting_on(vec![report(&tester, "R-7")]);
    let records = vec![
        ("on R-7", named(&on_r7)),
        ("disowned", named(&disowned)),
        (
            "on R-8",
            named(&trade.resting_on(vec![report(&tester, "R-8")])),
        ),
        (
            "on R-9",
            named(&trade.resting_on(vec![report(&tester, "R-9")])),
        ),
        (
            "on R-7 and R-9",
            named(&trade.resting_on(vec![report(&tester, "R-7"), report(&tester, "R-9")])),
        ),
        ("on P-9", named(&trade.resting_on(vec![dated]))),
        (
            "on P-9 of some day",
            named(&trade.resting_on(vec![report(&prompt, "P-9")])),
        ),
        (
            "on S-1",
            named(&trade.resting_on(vec![report(&silent, "S-1")])),
        ),
        ("on a name", named(&trade.resting_on(vec![unnamed]))),
        (
            "on a part",
            named(&trade.resting_on(vec![component(&part)])),
        ),
        (
            "on a part gone",
            named(&trade.resting_on(vec![component(&gone)])),
        ),
        ("on another part", named(&trade.resting_on(vec![other]))),
        (
            "on a forged part",
            named(&trade.resting_on(vec![component(&forged)])),
        ),
        ("on nothing", named(&trade.certificate())),
    ];
    trade.world.on("2019-03-05");
    trade.world.commit(&tester, &["R-8"]);
    trade.world.on("2019-04-01");
    trade
        .world
        .event(&tester, &disowned, Action::Disown, |event| {
            event.capacity = Capacity::Laboratory;
        });
    trade.world.event(&lab, &part, Action::Withdraw, |_| {});
    let gone = gone.record_digest;
    trade
        .world
        .records
        .retain(|record| record.record_digest != gone);
    Situation::new(trade.world, records)
}

/// A certificate of the laboratory that states one standard.
fn stating(
    trade: &mut Trade,
    standard: &str,
    change: impl FnOnce(&mut AttestationDetails),
) -> Shared {
    let standard = standard.parse().unwrap();
    let lab = trade.lab.clone();
    trade.world.attest(&lab, |details| {
        details.standards = vec![standard];
        change(details);
    })
}

pub(super) fn standards() -> Situation {
    let mut trade = Trade::with(|chapter| {
        chapter.coverage.standards = vec![
            "IEC 62368-1:2018".parse().unwrap(),
            "IEC 60950-1".parse().unwrap(),
        ];
    });
    let world = &mut trade.world;
    let adoption = |world: &mut World, who: &str, text: &str, how, deviations: &[_]| {
        world.standard(&authority(who), text, |edition| {
            edition.adopts = adopts("IEC 62368-1:2018", how, deviations);
        });
    };
    let (idt, modified) = (Correspondence::Identical, Correspondence::Modified);
    let clauses = [
        ("5.4.2", DeviationSort::More),
        ("4.1.15", DeviationSort::Other),
    ];
    adoption(world, "JP", "GB 4943.1-2022", idt, &[]);
    adoption(world, "SE", "SS 62368-1:2019", idt, &[]);
    adoption(world, "KZ", "ST 62368-1:2019", idt, &[]);
    adoption(world, "JP", "JC 62368-1:2021", modified, &clauses);
    adoption(world, "INT", "KS 62368-1:2020", modified, &[]);
    let not = Correspondence::NotEquivalent;
    adoption(world, "INT", "TR 62368-1:2019", idt, &[]);
    adoption(world, "JP", "TR 62368-1:2019", not, &[]);
    world.standard(&authority("INT"), "IEC 62368-1:2018", |edition| {
        edition.replaces = replaces("IEC 62368-1:2014", Some("2020-12-20"));
        edition
            .replaces
            .extend(replaces("IEC 62368-1:2010", Some("2019-02-01..2019-09-01")));
    });
    world.standard(&authority("JP"), "IEC 60950-1:2013", |edition| {
        edition.period = period("2019-07-01", None);
        edition.replaces = replaces("IEC 60950-1:2005", None);
    });
    let covering = |details: &mut AttestationDetails| {
        details.deviations_covered = vec![DeviationReference {
            economy: "JP".to_owned(),
            standard: "IEC 62368-1:2018".parse().unwrap(),
            clause: "4.1.15".to_owned(),
        }];
    };
    let plain = |trade: &mut Trade, text: &str| named(&stating(trade, text, |_| {}));
    let records = vec![
        ("to GB", plain(&mut trade, "GB 4943.1-2022")),
        ("to SS", plain(&mut trade, "SS 62368-1:2019")),
        ("to ST", plain(&mut trade, "ST 62368-1:2019")),
        ("to JC", plain(&mut trade, "JC 62368-1:2021")),
        (
            "to JC with 4.1.15",
            named(&stating(&mut trade, "JC 62368-1:2021", covering)),
        ),
        ("to KS", plain(&mut trade, "KS 62368-1:2020")),
        ("to TR", plain(&mut trade, "TR 62368-1:2019")),
        ("to IEC of 2010", plain(&mut trade, "IEC 62368-1:2010")),
        ("to IEC of 2014", plain(&mut trade, "IEC 62368-1:2014")),
        ("to IEC of 2018", plain(&mut trade, "IEC 62368-1:2018")),
        ("to 60950 of 2005", plain(&mut trade, "IEC 60950-1:2005")),
    ];
    Situation::new(trade.world, records)
}

/// A rule of JP for one heading.
fn rule(
    world: &mut World,
    heading: &str,
    effect: RuleEffect,
    change: impl FnOnce(&mut ImportRule),
) -> Shared {
    world.rule("JP", effect, |rule| {
        rule.products[0].include = vec![heading.to_owned()];
        change(rule);
    })
}

#[expect(clippy::too_many_lines, reason = "one situation, thing by thing")]
pub(super) fn rules() -> Situation {
    let mut trade = Trade::new();
    let kz_lab = trade.world.body("KZ", "kz-lab");
    let mark = || requirement("mark", RequirementSort::Marking);
    let from = |economy: &str| {
        Some(AttestationFilter {
            issuer_economies: vec![economy.to_owned()],
            ..AttestationFilter::default()
        })
    };
    let deviation = DeviationReference {
        economy: "JP".to_owned(),
        standard: "IEC 60335-1".parse().unwrap(),
        clause: "7.12".to_owned(),
    };
    let world = &mut trade.world;
    let required = RuleEffect::Required;
    rule(world, "8516", required, |rule| {
        rule.requirements = vec![certificate(safety())];
    });
    let marked = rule(world, "8517", required, |rule| {
        rule.requirements = vec![certificate(safety()), mark()];
    });
    rule(world, "8518", RuleEffect::NothingRequired, |_| {});
    rule(world, "8519", RuleEffect::Refused, |rule| {
        rule.attestations = from("SE");
    });
    rule(world, "8520", RuleEffect::Accepted, |rule| {
        rule.attestations = from("KZ");
    });
    rule(world, "8521", RuleEffect::NothingRequired, |rule| {
        rule.period = comity_model::date::Period::new(date("2019-02-01..2019-04-01"), None);
    });
    rule(world, "8522", required, |rule| {
        rule.requirements = vec![mark()];
        rule.period = period("2019-04-01", Some("2019-04-30"));
    });
    rule(world, "8523", required, |rule| {
        let mut asked = requirement("voltage", RequirementSort::Deviation);
        asked.deviation = Some(deviation.clone());
        rule.requirements = vec![asked];
    });
    rule(world, "8519", RuleEffect::NothingRequired, |_| {});
    let kz = authority("KZ");
    world.rule_by(&kz, "JP", RuleEffect::Accepted, |rule| {
        rule.products[0].include = vec!["8524".to_owned()];
        rule.attestations = from("KZ");
    });
    world.event(&authority("JP"), &marked, Action::Withdraw, |event| {
        event.effective_from = date("2019-06-01");
    });
    world.standard(&authority("JP"), "IEC 60335-1:2020", |edition| {
        edition.replaces = replaces("IEC 60335-1:2010", Some("2019-08-31"));
    });
    let lab = trade.lab.clone();
    let old = stating(&mut trade, "IEC 60335-1:2010", |details| {
        details.objects[0].product_codes = hs("8516.72");
    });
    let mut of = |by: &_, codes: Vec<ProductCode>, covered: Vec<DeviationReference>| {
        named(&trade.world.attest(by, |details| {
            details.objects[0].product_codes = codes;
            details.deviations_covered = covered;
        }))
    };
    let mixed = [hs("8516.72"), hs("9403.10")].concat();
    let records = vec![
        ("a toaster", of(&lab, hs("8516.72"), vec![])),
        ("an old toaster", named(&old)),
        ("a telephone", of(&lab, hs("8517.11"), vec![])),
        ("a loudspeaker", of(&lab, hs("8518.21"), vec![])),
        ("a record player", of(&lab, hs("8519.81"), vec![])),
        ("a recorder", of(&kz_lab, hs("8520.20"), vec![])),
        ("a recorder of SE", of(&lab, hs("8520.20"), vec![])),
        ("a telephone of KZ", of(&kz_lab, hs("8517.11"), vec![])),
        ("a card of KZ", of(&kz_lab, hs("8524.11"), vec![])),
        ("a video recorder", of(&lab, hs("8521.10"), vec![])),
        ("a part", of(&lab, hs("8522.10"), vec![])),
        ("a disk", of(&lab, hs("8523.29"), vec![])),
        (
            "a disk with 7.12",
            of(&lab, hs("8523.29"), vec![deviation.clone()]),
        ),
        ("a set", of(&lab, mixed, vec![])),
        ("a thing", of(&lab, vec![], vec![])),
        ("a desk", of(&lab, hs("9403.10"), vec![])),
    ];
    Situation::new(trade.world, records)
}

pub(super) fn promises() -> Situation {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let world = &mut trade.world;
    let broken = world.body("SE", "broken");
    let hasty = world.body("KZ", "hasty");
    let silent = world.body("SE", "silent");
    let rival = world.body("SE", "rival");
    world.on("2019-03-02");
    world.promise(&lab, &lab, "2019-03-01", |statement| {
        statement.period.until = Some(day("2019-03-16").into());
    });
    world.promise(&broken, &broken, "2019-03-01", |_| {});
    world.promise(&hasty, &hasty, "2019-03-01", |_| {});
    // Nobody promises for another's body.
    world.promise(&rival, &silent, "2019-03-01", |_| {});
    let issued = trade.certificate();
    trade.world.on("2019-03-07");
    trade.world.attest(&broken, |details| {
        details.legal_dates.issued_on = day("2019-03-04").into();
    });
    trade.world.stale("KZ", "2019-03-15");
    let records = vec![
        ("the certificate", named(&issued)),
        ("C-999 of lab", number("C-999", Some(&lab.did))),
        ("C-999 of broken", number("C-999", Some(&broken.did))),
        ("C-999 of hasty", number("C-999", Some(&hasty.did))),
        ("C-999 of silent", number("C-999", Some(&silent.did))),
    ];
    Situation::new(trade.world, records)
}
