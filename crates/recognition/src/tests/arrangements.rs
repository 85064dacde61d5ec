//! Chapters: direction, roles, dates, levels, what outlives them, and how the best path is found.

use comity_model::arrangement::{
    AfterEnd, Chapter, Degree, DirectedPair, DirectionMode, ExistingAttestations, Phase,
};
use comity_model::level::{AboveCap, Level, LevelMode, LevelRule};
use comity_model::participation::{Declaration, Participant, ParticipationRole};
use comity_model::text::LangString;
use expect_test::{Expect, expect};

use super::world::{World, authority, date, day, period};
use super::{Trade, check};
use crate::Question;

/// One certificate issued on 2019-03-01 under a chapter changed so, asked about in JP on `on`.
fn chapter(change: impl FnOnce(&mut Chapter), on: &str, expected: &Expect) {
    let mut trade = Trade::with(change);
    let certificate = trade.certificate();
    trade.world.on(on);
    check(&trade.world, &trade.world.ask(&certificate, "JP"), expected);
}

#[test]
fn a_chapter_that_works() {
    chapter(
        |_| {},
        "2019-03-01",
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
}

#[test]
fn a_chapter_in_another_phase() {
    chapter(
        |c| c.phase = Phase::ConfidenceBuilding,
        "2019-03-01",
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.notOperational
        "#]],
    );
    chapter(
        |c| c.phase = Phase::Lapsed,
        "2019-03-01",
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: arrangement
        Fail arrangement.notOperational
    "#]],
    );
}

#[test]
fn a_chapter_that_lapsed_and_says_what_becomes_of_what_it_covered() {
    let lapsed = |rule| {
        move |c: &mut Chapter| {
            c.phase = Phase::Lapsed;
            c.period = period("2018-01-01", Some("2019-12-31"));
            let mut after = World::until_expiry();
            after.existing_attestations = rule;
            after.date = Some(date("2020-06-30"));
            c.after_end = Some(after);
        }
    };
    chapter(
        lapsed(ExistingAttestations::UntilExpiry),
        "2021-01-01",
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
    chapter(
        lapsed(ExistingAttestations::CeaseImmediately),
        "2020-01-01",
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.ended
        "#]],
    );
    chapter(
        lapsed(ExistingAttestations::UntilDate),
        "2020-06-30",
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
    chapter(
        lapsed(ExistingAttestations::UntilDate),
        "2020-07-01",
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.ended
        "#]],
    );
}

#[test]
fn a_chapter_that_ended_without_saying_so() {
    let ended = |c: &mut Chapter| c.period = period("2018-01-01", Some("2019-12-31"));
    chapter(
        ended,
        "2020-01-01",
        &expect![[r#"
        CannotTell, Certificates, DestinationSigned: arrangement
        Unknown arrangement.afterEndUnstated
    "#]],
    );
}

#[test]
fn a_procedure_under_way_when_the_chapter_ended() {
    let ask = |began: Option<&str>, expected: &Expect| {
        let mut trade = Trade::with(|c| {
            c.period = period("2018-01-01", Some("2018-12-31"));
            let mut after = World::until_expiry();
            after.procedures_under_way_until = Some(date("2019-12-31"));
            c.after_end = Some(after);
        });
        let lab = trade.lab.clone();
        let certificate = trade.world.attest(&lab, |details| {
            details.legal_dates.procedure_began_on = began.map(date);
        });
        check(&trade.world, &trade.world.ask(&certificate, "JP"), expected);
    };
    ask(
        Some("2018-12-31"),
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    ask(
        Some("2019-01-01"),
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: arrangement
        Fail arrangement.procedureBeganLater
    "#]],
    );
    ask(
        None,
        &expect![[r#"
        CannotTell, Certificates, DestinationSigned: arrangement
        Unknown arrangement.transitionUnclear
    "#]],
    );
    ask(
        Some("2018-12-01..2019-01-15"),
        &expect![[r#"
        CannotTell, Certificates, DestinationSigned: arrangement
        Unknown arrangement.transitionUnclear
    "#]],
    );
}

#[test]
fn a_chapter_that_covers_only_what_is_issued_later() {
    chapter(
        |c| c.issued_from = Some(date("2019-03-02")),
        "2019-06-01",
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.issuedBefore
        "#]],
    );
}

#[test]
fn a_level_above_the_cap_is_recognised_up_to_it() {
    let ask = |above_cap, rank, expected: &Expect| {
        let mut trade = Trade::with(|c| {
            c.level = Some(LevelRule {
                scale: "EAL".to_owned(),
                mode: LevelMode::Cap,
                rank: 2,
                within: Vec::new(),
                above_cap,
            });
        });
        let lab = trade.lab.clone();
        let certificate = trade.world.attest(&lab, |details| {
            details.level = (rank > 0).then(|| Level::plain("EAL", rank));
        });
        check(&trade.world, &trade.world.ask(&certificate, "JP"), expected);
    };
    ask(
        AboveCap::AcceptedUpToCap,
        2,
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    ask(
        AboveCap::AcceptedUpToCap,
        4,
        &expect![[r#"
        Recognised, Certificates, DestinationSigned, up to EAL2: arrangement
    "#]],
    );
    ask(
        AboveCap::NotAccepted,
        4,
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: arrangement
        Fail arrangement.levelOutside
    "#]],
    );
    ask(
        AboveCap::AcceptedUpToCap,
        0,
        &expect![[r#"
        CannotTell, Certificates, DestinationSigned: arrangement
        Unknown arrangement.levelUnsaid
    "#]],
    );
}

#[test]
fn one_way_and_dated_pairs() {
    let one_way = |from: &str, to: &str, since: &str| {
        let pair = DirectedPair {
            from: vec![from.to_owned()],
            to: vec![to.to_owned()],
            period: Some(period(since, None)),
        };
        move |c: &mut Chapter| {
            c.direction.mode = DirectionMode::OneWay;
            c.direction.pairs = vec![pair];
        }
    };
    chapter(
        one_way("SE", "JP", "2019-01-01"),
        "2019-03-01",
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
    chapter(
        one_way("SE", "JP", "2019-03-02"),
        "2019-06-01",
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.direction
        "#]],
    );
    chapter(
        one_way("SE", "JP", "2019-02-01..2019-04-01"),
        "2019-06-01",
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: arrangement
            Unknown arrangement.directionUnclear
        "#]],
    );
    chapter(
        one_way("JP", "SE", "2019-01-01"),
        "2019-03-01",
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.direction
        "#]],
    );
}

#[test]
fn an_excepted_pair() {
    let except = |c: &mut Chapter| {
        c.direction.except = vec![DirectedPair {
            from: vec!["SE".to_owned()],
            to: vec!["JP".to_owned()],
            period: None,
        }];
    };
    chapter(
        except,
        "2019-03-01",
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: arrangement
        Fail arrangement.direction
    "#]],
    );
}

#[test]
fn a_role_that_does_not_produce() {
    let mut trade = Trade::with(|c| {
        c.direction.mode = DirectionMode::ProducerToAll;
        c.issuer_eligibility.participant_roles = vec![ParticipationRole::Authorising];
    });
    let certificate = trade.certificate();
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.issuerRole
        "#]],
    );
    let int = authority("INT");
    trade
        .world
        .join(&trade.arrangement, "SE", &int, |participation| {
            participation.roles = vec![ParticipationRole::Authorising];
        });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
            Warn arrangement.loggedLater
        "#]],
    );
}

#[test]
fn what_the_destination_declares() {
    let ask = |declaration, requirement: Option<&str>, expected: &Expect| {
        let mut world = World::new();
        let lab = world.body("SE", "lab");
        let int = authority("INT");
        let mut chapter = World::chapter("appliances");
        chapter.acceptor.declaration_required = true;
        let mra = world.arrangement("mra", &[&int], vec![chapter]);
        world.join(&mra, "SE", &int, |_| {});
        world.join(&mra, "JP", &authority("JP"), |participation| {
            participation.declaration = declaration;
            let words = requirement.map(|words| LangString::of("en", words));
            participation.additional_requirements = words.into_iter().collect();
        });
        world.on("2019-03-01");
        let certificate = world.attest(&lab, |_| {});
        check(&world, &world.ask(&certificate, "JP"), expected);
    };
    ask(
        Some(Declaration::Accept),
        None,
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    ask(
        Some(Declaration::AcceptWithConditions),
        Some("A label in Japanese."),
        &expect![[r#"
            RecognisedWithConditions, Certificates, DestinationSigned: arrangement
        "#]],
    );
    ask(
        Some(Declaration::NotAccept),
        None,
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: arrangement
        Fail arrangement.destinationDeclines
    "#]],
    );
    ask(
        None,
        None,
        &expect![[r#"
        CannotTell, Certificates, DestinationSigned: arrangement
        Unknown arrangement.declarationMissing
    "#]],
    );
}

#[test]
fn degrees_of_results_and_competence() {
    chapter(
        |c| c.degree = Degree::Results,
        "2019-03-01",
        &expect![[r#"
        ResultsOnly, Results, DestinationSigned: arrangement
    "#]],
    );
    chapter(
        |c| c.degree = Degree::Competence,
        "2019-03-01",
        &expect![[r#"
            ResultsOnly, Competence, DestinationSigned: arrangement
        "#]],
    );
}

#[test]
fn a_member_who_left_a_harmonised_region() {
    let mut world = World::new();
    let lab = world.body("KZ", "kz-lab");
    let int = authority("INT");
    let mut region = World::arrangement_of("region", &[&int], vec![World::chapter("market")]);
    region.arrangement_type = comity_model::arrangement::ArrangementType::HarmonisedRegime;
    let region = world.draft(
        &int,
        comity_model::record::Subject::Arrangement(Box::new(region)),
    );
    let region = world.publish(&[&int], &region);
    world.join(&region, "KZ", &int, |participation| {
        participation.period = period("2018-05-15", Some("2019-12-31"));
    });
    let mut chapter = World::chapter("with-the-region");
    chapter.direction.mode = DirectionMode::DeclaredPairs;
    chapter.direction.pairs = vec![DirectedPair {
        from: vec!["did:web:int.example#region".to_owned()],
        to: vec!["JP".to_owned()],
        period: None,
    }];
    let jp = authority("JP");
    world.arrangement("with-the-region", &[&jp], vec![chapter]);
    world.on("2019-03-01");
    let as_member = world.attest(&lab, |_| {});
    check(
        &world,
        &world.ask(&as_member, "JP"),
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    world.on("2020-03-01");
    let afterwards = world.attest(&lab, |_| {});
    check(
        &world,
        &world.ask(&afterwards, "JP"),
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: arrangement
        Fail arrangement.direction
    "#]],
    );
}

#[test]
fn a_grantor_outside_of_the_accreditation_arrangement() {
    let mut trade = Trade::with(|c| {
        c.issuer_eligibility.grantor_in = Some("did:web:int.example#mla/product".to_owned());
    });
    let certificate = trade.certificate();
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: accreditor
            Unknown accreditor.chapterNotHeld
        "#]],
    );
    trade.world.on("2018-06-05");
    let int = authority("INT");
    let mla = trade
        .world
        .arrangement("mla", &[&int], vec![World::chapter("product")]);
    trade.world.on("2019-03-01");
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: accreditor
            Fail accreditor.notParticipant
        "#]],
    );
    trade.world.join(&mla, "SE", &int, |participation| {
        participation.participant = Participant::Party(authority("SE").reference());
    });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
}

#[test]
fn a_body_designated_under_the_chapter() {
    let designated = |c: &mut Chapter| c.issuer_eligibility.designated_under_chapter = true;
    let mut trade = Trade::with(designated);
    let plain = trade.certificate();
    check(
        &trade.world,
        &trade.world.ask(&plain, "JP"),
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: arrangement
        Fail arrangement.notDesignated
    "#]],
    );
    let lab = trade.lab.clone();
    let grant = trade.world.grant(&authority("SE"), &lab, |grant| {
        grant.under_chapters = vec!["did:web:int.example#mra/appliances".to_owned()];
    });
    trade.grant = grant;
    let certificate = trade.certificate();
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
}

#[test]
fn the_best_of_several_paths() {
    let mut trade = Trade::with(|c| c.degree = Degree::Results);
    let jp = authority("JP");
    let mut suspended = World::chapter("suspended");
    suspended.phase = Phase::Suspended;
    let mut rules = World::chapter("rules");
    rules.degree = Degree::Bodies;
    rules.direction.mode = DirectionMode::OneWay;
    rules.direction.pairs = vec![DirectedPair {
        from: vec!["SE".to_owned()],
        to: vec!["JP".to_owned()],
        period: None,
    }];
    trade
        .world
        .arrangement("own", &[&jp], vec![suspended, rules]);
    let certificate = trade.certificate();
    let question = trade.world.ask(&certificate, "JP");
    check(
        &trade.world,
        &question,
        &expect![[r#"
        Recognised, Bodies, DestinationSigned: arrangement
    "#]],
    );
    let verdict = trade.world.answer(&question);
    let tried: Vec<_> = verdict
        .paths
        .iter()
        .map(|path| path.chapter.as_str())
        .collect();
    expect![[r#"
        [
            "did:web:jp.example#own/rules",
            "did:web:int.example#mra/appliances",
            "did:web:jp.example#own/suspended",
        ]
    "#]]
    .assert_debug_eq(&tried);
}

#[test]
fn what_nobody_says_and_what_is_not_held() {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    world.on("2019-03-01");
    let certificate = world.attest(&lab, |_| {});
    // JP is pinned and fresh: it recognises nothing of this.
    check(
        &world,
        &world.ask(&certificate, "JP"),
        &expect![[r#"
        NotRecognised, None: arrangement
        Fail arrangement.none
    "#]],
    );
    world.stale("JP", "2019-02-01");
    check(
        &world,
        &world.ask(&certificate, "JP"),
        &expect![[r#"
        CannotTell, None: territory
        Unknown territory.staleLog
        Unknown arrangement.notHeld
    "#]],
    );
    // Of an economy that the policy does not know nothing can be told.
    check(
        &world,
        &world.ask(&certificate, "BR"),
        &expect![[r#"
        CannotTell, None: territory
        Unknown territory.noLogPinned
        Unknown arrangement.notHeld
    "#]],
    );
}

#[test]
fn a_yes_needs_fresh_heads() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    trade.world.stale("SE", "2019-02-27");
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: registration
            Unknown registration.staleLog
            Unknown status.staleLog
            Unknown competence.staleLog
        "#]],
    );
    trade.world.heads.clear();
    trade.world.stale("SE", "2019-02-28");
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
}

#[test]
fn how_long_a_verdict_holds() {
    let mut trade = Trade::with(|c| {
        c.period = period("2018-01-01", Some("2020-12-31"));
        c.after_end = Some(World::until_expiry());
    });
    let lab = trade.lab.clone();
    let certificate = trade.world.attest(&lab, |details| {
        details.legal_dates.valid_until = Some(date("2022-03-01"));
    });
    let mut question = trade.world.ask(&certificate, "JP");
    assert_eq!(
        trade.world.answer(&question).valid_until,
        Some(day("2020-12-31"))
    );
    question.on = day("2021-01-01");
    check(
        &trade.world,
        &question,
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    assert_eq!(
        trade.world.answer(&question).valid_until,
        Some(day("2022-03-01"))
    );
}

/// The certificate of a member that has left since, under a chapter with that after-end rule.
pub(super) fn of_a_member_that_left(rule: Option<ExistingAttestations>) -> (World, Question) {
    let mut world = World::new();
    let lab = world.body("KZ", "kz-lab");
    let jp = authority("JP");
    let mut chapter = World::chapter("market");
    chapter.after_end = rule.map(|existing_attestations| AfterEnd {
        existing_attestations,
        date: None,
        procedures_under_way_until: None,
    });
    let open = world.arrangement("open", &[&jp], vec![chapter]);
    world.join(&open, "KZ", &jp, |participation| {
        participation.period = period("2018-05-15", Some("2019-12-31"));
    });
    world.on("2019-03-01");
    let certificate = world.attest(&lab, |_| {});
    world.on("2020-03-01");
    let question = world.ask(&certificate, "JP");
    (world, question)
}

#[test]
fn a_member_that_left_and_nobody_said_what_becomes_of_its_certificates() {
    let (world, question) = of_a_member_that_left(None);
    check(
        &world,
        &question,
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: arrangement
            Unknown arrangement.issuerSideLeft
        "#]],
    );
}

#[test]
fn a_member_that_left_and_its_certificates_cease() {
    let (world, question) = of_a_member_that_left(Some(ExistingAttestations::CeaseImmediately));
    check(
        &world,
        &question,
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.issuerSideLeft
        "#]],
    );
}

#[test]
fn a_member_that_left_and_its_certificates_live_on() {
    let (world, question) = of_a_member_that_left(Some(ExistingAttestations::UntilExpiry));
    check(
        &world,
        &question,
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
}
