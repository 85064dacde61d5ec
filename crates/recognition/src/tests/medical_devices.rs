//! A chapter that lapsed, worked out by hand: medical devices between the European Union and
//! Switzerland.
//!
//! Chapter 4 of the agreement on mutual recognition in relation to conformity assessment (OJ L
//! 114, 30.4.2002, p. 369) was not brought up to date with Regulation (EU) 2017/745, which applies
//! from 26 May 2021: the chapter was applied for the last time on 25 May 2021. On the side of the
//! Union certificates by bodies in Switzerland, also those issued before, are not recognised since
//! (notice of the Commission to stakeholders, 26 May 2021). Switzerland recognises certificates by
//! bodies of the Union by its own law, the ordinance on medical devices (SR 812.213), from the same
//! day on. One member, DE, stands for the Union here.

use comity_model::arrangement::{
    AfterEnd, DirectedPair, DirectionMode, ExistingAttestations, LegalNature,
};
use comity_model::record::Subject;
use expect_test::{Expect, expect};

use super::describe;
use super::world::{Body, Shared, World, authority, day, noon, period};
use crate::question::Question;
use crate::verdict::{StepName, Verdict};

/// The day on which the chapter was applied for the last time.
const LAST_DAY: &str = "2021-05-25";
/// The day of application of the regulation.
const DAY_AFTER: &str = "2021-05-26";

struct Devices {
    world: World,
    swiss: Body,
    german: Body,
}

impl Devices {
    fn new() -> Self {
        let mut world = World::new();
        world.economies.extend(["DE", "CH"]);
        let (de, ch) = (authority("DE"), authority("CH"));
        let swiss = world.body("CH", "swiss-body");
        let german = world.body("DE", "german-body");
        let mut chapter = World::chapter("medical-devices");
        chapter.period = period("2018-01-01", Some(LAST_DAY));
        chapter.after_end = Some(AfterEnd {
            existing_attestations: ExistingAttestations::CeaseImmediately,
            date: None,
            procedures_under_way_until: None,
        });
        let agreement = world.arrangement("mra", &[&de, &ch], vec![chapter]);
        for (economy, signer) in [("DE", &de), ("CH", &de), ("DE", &ch), ("CH", &ch)] {
            world.join(&agreement, economy, signer, |_| {});
        }
        world.on(LAST_DAY);
        let mut chapter = World::chapter("certificates-of-the-union");
        chapter.period = period(DAY_AFTER, None);
        chapter.direction.mode = DirectionMode::OneWay;
        chapter.direction.pairs = vec![DirectedPair {
            from: vec!["DE".to_owned()],
            to: vec!["CH".to_owned()],
            period: None,
        }];
        let mut measure = World::arrangement_of("meddo", &[&ch], vec![chapter]);
        measure.legal_nature = LegalNature::UnilateralMeasure;
        let record = world.draft(&ch, Subject::Arrangement(Box::new(measure)));
        world.publish(&[&ch], &record);
        Self {
            world,
            swiss,
            german,
        }
    }

    fn issued(&mut self, by: &Body, on: &str) -> Shared {
        self.world.on(on);
        self.world.attest(by, |_| {})
    }

    /// As known a week after the chapter has lapsed.
    fn asked(&self, record: &Shared, economy: &str, on: &str) -> Verdict {
        let question = Question {
            on: day(on),
            known_at: noon("2021-06-02"),
            ..self.world.ask(record, economy)
        };
        self.world.answer(&question)
    }
}

fn recognised() -> Expect {
    expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]]
}

#[test]
fn a_swiss_certificate_issued_before_counts_in_the_union_until_the_last_day() {
    let mut devices = Devices::new();
    let swiss = devices.swiss.clone();
    let before = devices.issued(&swiss, "2020-03-02");
    recognised().assert_eq(&describe(&devices.asked(&before, "DE", LAST_DAY)));
    expect![[r#"
        NotRecognised, Certificates, DestinationSigned: arrangement
        Fail arrangement.ended
    "#]]
    .assert_eq(&describe(&devices.asked(&before, "DE", DAY_AFTER)));
    // The verdict of the last day says itself that it is.
    let verdict = devices.asked(&before, "DE", LAST_DAY);
    assert_eq!(verdict.valid_until, Some(day(LAST_DAY)));
}

#[test]
fn a_swiss_certificate_issued_after_does_not_count_in_the_union() {
    let mut devices = Devices::new();
    let swiss = devices.swiss.clone();
    let after = devices.issued(&swiss, DAY_AFTER);
    let on_last_day = devices.asked(&after, "DE", LAST_DAY);
    let dates = on_last_day.step(StepName::Dates).unwrap();
    assert_eq!(dates.code.as_str(), "dates.notYetValid");
    expect![[r#"
        NotRecognised, Certificates, DestinationSigned: arrangement
        Fail arrangement.issuedAfterEnd
    "#]]
    .assert_eq(&describe(&devices.asked(&after, "DE", DAY_AFTER)));
    // At home it is as good as before.
    expect![[r#"
        Recognised, Rules, DestinationSigned: arrangement
    "#]]
    .assert_eq(&describe(&devices.asked(&after, "CH", DAY_AFTER)));
}

#[test]
fn a_certificate_of_the_union_counts_in_switzerland_before_and_after() {
    let mut devices = Devices::new();
    let german = devices.german.clone();
    let before = devices.issued(&german, "2020-03-02");
    let after = devices.issued(&german, DAY_AFTER);
    let chapter = |verdict: &Verdict| {
        let step = verdict.step(StepName::Arrangement).unwrap();
        step.facts["chapter"].clone()
    };
    let on_last_day = devices.asked(&before, "CH", LAST_DAY);
    recognised().assert_eq(&describe(&on_last_day));
    assert_eq!(
        chapter(&on_last_day),
        "did:web:de.example#mra/medical-devices"
    );
    for certificate in [&before, &after] {
        let verdict = devices.asked(certificate, "CH", DAY_AFTER);
        recognised().assert_eq(&describe(&verdict));
        assert_eq!(
            chapter(&verdict),
            "did:web:ch.example#meddo/certificates-of-the-union"
        );
    }
    let too_early = devices.asked(&after, "CH", LAST_DAY);
    let dates = too_early.step(StepName::Dates).unwrap();
    assert_eq!(dates.code.as_str(), "dates.notYetValid");
}

#[test]
fn the_measure_of_one_side_gives_nothing_to_the_other() {
    let mut devices = Devices::new();
    let swiss = devices.swiss.clone();
    let before = devices.issued(&swiss, "2020-03-02");
    let verdict = devices.asked(&before, "DE", DAY_AFTER);
    let tried: Vec<&str> = verdict.paths.iter().map(|path| &*path.chapter).collect();
    assert_eq!(tried, ["did:web:de.example#mra/medical-devices"]);
}
