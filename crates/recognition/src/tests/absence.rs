//! Numbers that no record has: unknown, outside of a promise, proved absent, and promises broken.

use comity_model::date::Day;
use comity_model::status::Action;
use expect_test::expect;

use super::world::{Body, World, authority, day, noon};
use super::{Trade, check};
use crate::question::{Question, Selector};

/// An invented number of `issuer`, on a paper that prints that day of issue.
fn invented(world: &World, issuer: &Body, issued_on: Option<&str>) -> Question {
    let mut question = Question {
        record: Selector::Number {
            number: "C-999".to_owned(),
            issuer: Some(issuer.did.clone()),
        },
        in_economy: "JP".to_owned(),
        on: world.now.day(),
        known_at: world.now,
        product: crate::question::ProductFacts::default(),
        file_number: None,
    };
    question.product.issued_on = issued_on.map(day);
    question
}

#[test]
fn without_a_promise_nothing_is_said() {
    let trade = Trade::new();
    check(
        &trade.world,
        &invented(&trade.world, &trade.lab, Some("2019-02-01")),
        &expect![[r#"
            CannotTell, None: identity
            Unknown record.notHeld
        "#]],
    );
}

#[test]
fn what_is_promised_to_be_here_and_is_not_was_not_issued() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let statement = trade.world.promise(&lab, &lab, "2019-03-01", |_| {});
    trade.certificate();
    trade.world.on("2019-03-20");
    check(
        &trade.world,
        &invented(&trade.world, &lab, Some("2019-03-10")),
        &expect![[r#"
            NotRecognised, None: identity
            Fail record.provedAbsent
        "#]],
    );
    let verdict = trade
        .world
        .answer(&invented(&trade.world, &lab, Some("2019-03-10")));
    let step = verdict.step(crate::verdict::StepName::Identity).unwrap();
    assert_eq!(step.evidence, [statement.record_digest]);
    assert_eq!(step.facts["since"], "2019-03-01");
    // At noon of the 20th the end of the 18th is more than a day ago, that of the 19th is not.
    assert_eq!(step.facts["completeUntil"], "2019-03-18");
    let origins: Vec<&str> = verdict.heads.iter().map(|head| &*head.origin).collect();
    assert_eq!(origins, ["se.example/log/2018"]);
}

#[test]
fn the_day_on_the_paper_decides_whether_the_promise_speaks() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    trade.world.promise(&lab, &lab, "2019-03-01", |statement| {
        statement.period.until = Some(day("2019-03-16").into());
    });
    trade.world.on("2019-03-20");
    let code = |issued_on: Option<&str>| {
        let verdict = trade.world.answer(&invented(&trade.world, &lab, issued_on));
        verdict.steps[1].code.as_str()
    };
    assert_eq!(code(None), "record.issueDayNeeded");
    assert_eq!(code(Some("2019-02-28")), "record.outsidePromise");
    assert_eq!(code(Some("2019-03-01")), "record.provedAbsent");
    assert_eq!(code(Some("2019-03-16")), "record.provedAbsent");
    assert_eq!(code(Some("2019-03-17")), "record.outsidePromise");
    assert_eq!(code(Some("2019-03-19")), "record.outsidePromise");
}

#[test]
fn a_paper_dated_after_the_day_asked_about_is_not_proved_absent() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    trade.world.promise(&lab, &lab, "2019-03-01", |_| {});
    trade.world.on("2019-03-20");
    let mut question = invented(&trade.world, &lab, Some("2019-03-10"));
    question.on = day("2019-03-09");
    check(
        &trade.world,
        &question,
        &expect![[r#"
            CannotTell, None: identity
            Unknown record.outsidePromise
        "#]],
    );
}

#[test]
fn a_promise_that_was_broken_proves_nothing() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    trade.world.promise(&lab, &lab, "2019-03-01", |_| {});
    // Issued on the 4th, published on the 7th: promised by the end of the 5th.
    trade.world.on("2019-03-07");
    trade.world.attest(&lab, |details| {
        details.legal_dates.issued_on = day("2019-03-04").into();
    });
    trade.world.on("2019-03-20");
    check(
        &trade.world,
        &invented(&trade.world, &lab, Some("2019-03-10")),
        &expect![[r#"
            CannotTell, None: identity
            Unknown record.promiseBroken
        "#]],
    );
}

#[test]
fn publishing_on_the_last_second_and_filling_up_the_past_break_nothing() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    // The past since January is promised in March, and filled up within a day.
    trade.world.promise(&lab, &lab, "2019-01-01", |_| {});
    trade.world.now = trade.world.now.plus_seconds(86_400);
    trade.world.attest(&lab, |details| {
        details.legal_dates.issued_on = day("2019-01-07").into();
    });
    trade.world.on("2019-03-10");
    trade.world.now = day("2019-03-05").last_second().plus_seconds(86_400);
    trade.world.attest(&lab, |details| {
        details.legal_dates.issued_on = day("2019-03-05").into();
    });
    trade.world.on("2019-03-20");
    check(
        &trade.world,
        &invented(&trade.world, &lab, Some("2019-03-10")),
        &expect![[r#"
            NotRecognised, None: identity
            Fail record.provedAbsent
        "#]],
    );
}

#[test]
fn nobody_promises_for_anothers_body() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let rival = trade.world.body("SE", "rival");
    trade.world.promise(&rival, &lab, "2019-03-01", |_| {});
    let thief = lab.with_key("thief");
    trade.world.promise(&thief, &lab, "2019-03-01", |_| {});
    trade.world.on("2019-03-20");
    check(
        &trade.world,
        &invented(&trade.world, &lab, Some("2019-03-10")),
        &expect![[r#"
            CannotTell, None: identity
            Unknown record.notHeld
        "#]],
    );
    // Its authority may.
    trade.world.on("2019-03-01");
    trade
        .world
        .promise(&authority("SE"), &lab, "2019-03-01", |_| {});
    trade.world.on("2019-03-20");
    check(
        &trade.world,
        &invented(&trade.world, &lab, Some("2019-03-10")),
        &expect![[r#"
            NotRecognised, None: identity
            Fail record.provedAbsent
        "#]],
    );
}

#[test]
fn a_promise_counts_while_it_stands_and_is_known() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    trade.world.on("2019-03-05");
    let statement = trade.world.promise(&lab, &lab, "2019-03-01", |_| {});
    trade.world.on("2019-03-20");
    let mut before = invented(&trade.world, &lab, Some("2019-03-02"));
    before.known_at = noon("2019-03-04");
    check(
        &trade.world,
        &before,
        &expect![[r#"
            CannotTell, None: identity
            Unknown record.notHeld
        "#]],
    );
    trade
        .world
        .event(&lab, &statement, Action::Withdraw, |_| {});
    check(
        &trade.world,
        &invented(&trade.world, &lab, Some("2019-03-10")),
        &expect![[r#"
            CannotTell, None: identity
            Unknown record.notHeld
        "#]],
    );
}

#[test]
fn logs_that_are_not_fresh_show_no_absence() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    trade.world.promise(&lab, &lab, "2019-03-01", |_| {});
    trade.world.on("2019-03-20");
    trade.world.stale("SE", "2019-03-15");
    check(
        &trade.world,
        &invented(&trade.world, &lab, Some("2019-03-10")),
        &expect![[r#"
            CannotTell, None: identity
            Unknown record.promiseStale
        "#]],
    );
}

#[test]
fn the_paper_prints_another_day_than_the_record() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let mut question = trade.world.ask(&certificate, "JP");
    let issued: Day = trade.world.now.day();
    question.product.issued_on = Some(issued);
    check(
        &trade.world,
        &question,
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
    question.product.issued_on = Some(issued.plus_days(-1));
    check(
        &trade.world,
        &question,
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: product
            Unknown product.issueDayDiffers
        "#]],
    );
}

#[test]
fn a_promise_about_the_past_has_its_time_to_be_kept() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    trade.world.on("2019-03-19");
    trade.world.promise(&lab, &lab, "2019-01-01", |_| {});
    let code = |world: &World| {
        let question = invented(world, &lab, Some("2019-02-01"));
        world.answer(&question).steps[1].code.as_str()
    };
    assert_eq!(code(&trade.world), "record.promiseNotDue");
    trade.world.on("2019-03-20");
    assert_eq!(code(&trade.world), "record.provedAbsent");
}

#[test]
fn the_days_for_which_all_is_here_are_those_for_which_it_is_proved() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    trade.world.on("2019-03-19");
    trade.world.promise(&lab, &lab, "2019-01-01", |statement| {
        statement.period.until = Some(day("2019-03-17").into());
    });
    // A day after it was promised nothing is due yet, of whatever day.
    let question = invented(&trade.world, &lab, Some("2019-02-01"));
    let verdict = trade.world.answer(&question);
    let facts = &verdict.steps[1].facts;
    assert_eq!(facts["dueAt"], "2019-03-20T12:00:00Z");
    assert!(!facts.contains_key("completeUntil"));
    // Then everything is, and up to the end of the promise only.
    trade.world.on("2019-03-20");
    let said = |printed: &str| {
        let question = invented(&trade.world, &lab, Some(printed));
        let verdict = trade.world.answer(&question);
        let step = verdict.steps[1].clone();
        assert_eq!(step.facts["completeUntil"], "2019-03-17");
        step.code.as_str()
    };
    assert_eq!(said("2019-01-01"), "record.provedAbsent");
    assert_eq!(said("2019-03-17"), "record.provedAbsent");
    assert_eq!(said("2019-03-18"), "record.outsidePromise");
    // A promise from a day that is not over yet is not due either.
    let later = trade.world.body("SE", "later");
    trade.world.promise(&later, &later, "2019-03-20", |_| {});
    trade.world.now = trade.world.now.plus_seconds(86_400);
    let verdict = (trade.world).answer(&invented(&trade.world, &later, Some("2019-03-20")));
    assert_eq!(verdict.steps[1].facts["dueAt"], "2019-03-21T23:59:59Z");
}

#[test]
fn others_break_no_promise_and_a_correction_keeps_it() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    trade.world.promise(&lab, &lab, "2019-03-01", |_| {});
    let first = trade.certificate();
    trade.world.on("2019-03-15");
    // In the laboratory's name, with a key that nobody registered.
    trade.world.attest(&lab.with_key("thief"), |details| {
        details.legal_dates.issued_on = day("2019-03-02").into();
    });
    let mut corrected = first.record.clone().unwrap();
    corrected.id = "urn:uuid:018f0000-0000-7000-8000-0000000000ab".to_owned();
    corrected.comity.replaces = Some(super::world::reference(&first));
    trade.world.publish(&[&lab], &corrected);
    trade.world.on("2019-03-20");
    check(
        &trade.world,
        &invented(&trade.world, &lab, Some("2019-03-10")),
        &expect![[r#"
            NotRecognised, None: identity
            Fail record.provedAbsent
        "#]],
    );
}

/// Publishes what replaces `reference`, late, and says what becomes of an invented number.
fn after_late_revision(
    trade: &mut Trade,
    reference: &comity_model::reference::RecordReference,
    change: impl FnOnce(&mut comity_model::attestation::AttestationDetails),
) -> &'static str {
    let lab = trade.lab.clone();
    let mut attestation = trade.world.attest_draft(&lab, |details| {
        details.legal_dates.issued_on = day("2019-03-04").into();
        change(details);
    });
    attestation.comity.replaces = Some(reference.clone());
    trade.world.publish(&[&lab], &attestation);
    trade.world.on("2019-03-20");
    let question = invented(&trade.world, &lab, Some("2019-03-10"));
    trade.world.answer(&question).steps[1].code.as_str()
}

#[test]
fn a_late_record_is_not_excused_by_what_it_says_it_replaces() {
    let published = |number: &'static str, on: &str| {
        let mut trade = Trade::new();
        let lab = trade.lab.clone();
        trade.world.promise(&lab, &lab, "2019-03-01", |_| {});
        trade.world.on(on);
        let held = trade.world.attest(&lab, |details| {
            details.certificate_number = number.to_owned();
            details.legal_dates.issued_on = day("2019-03-04").into();
        });
        trade.world.on("2019-03-15");
        (trade, super::world::reference(&held))
    };
    let late = |trade: &mut Trade, reference: &_| {
        after_late_revision(trade, reference, |details| {
            details.certificate_number = "C-7".to_owned();
        })
    };
    // In time, and of the same number.
    let (mut trade, reference) = published("C-7", "2019-03-05");
    assert_eq!(late(&mut trade, &reference), "record.provedAbsent");
    // Nobody holds it.
    let (mut trade, mut made_up) = published("C-8", "2019-03-05");
    made_up.id = "urn:uuid:018f0000-0000-7000-8000-0000000000ee".to_owned();
    assert_eq!(late(&mut trade, &made_up), "record.promiseBroken");
    // Of another number, which would have been proved absent.
    let (mut trade, reference) = published("C-8", "2019-03-05");
    assert_eq!(late(&mut trade, &reference), "record.promiseBroken");
    // Late itself.
    let (mut trade, reference) = published("C-7", "2019-03-10");
    assert_eq!(late(&mut trade, &reference), "record.promiseBroken");
}

#[test]
fn who_broke_a_promise_proves_nothing_and_somebody_else_may() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let broken = trade.world.promise(&lab, &lab, "2019-03-01", |_| {});
    trade.world.on("2019-03-07");
    let late = trade.world.attest(&lab, |details| {
        details.legal_dates.issued_on = day("2019-03-04").into();
    });
    // A narrower promise of the same publisher mends nothing.
    trade.world.promise(&lab, &lab, "2019-03-07", |_| {});
    let asked = |trade: &mut Trade| {
        trade.world.on("2019-03-20");
        let question = invented(&trade.world, &lab, Some("2019-03-10"));
        trade.world.answer(&question).steps[1].clone()
    };
    let step = asked(&mut trade);
    assert_eq!(step.code.as_str(), "record.promiseBroken");
    let mut shown = [broken.record_digest, late.record_digest];
    shown.sort_unstable();
    assert_eq!(step.evidence, shown);
    // Its authority promises from a later day, and keeps it: the broken one is shown beside it.
    trade.world.on("2019-03-07");
    let kept = (trade.world).promise(&authority("SE"), &lab, "2019-03-07", |_| {});
    let step = asked(&mut trade);
    assert_eq!(step.code.as_str(), "record.provedAbsent");
    let mut shown = [kept, broken, late].map(|record| record.record_digest);
    shown.sort_unstable();
    assert_eq!(step.evidence, shown);
}
