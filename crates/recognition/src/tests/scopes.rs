//! What a grant covers, read honestly.

use comity_model::grant::{Activity, CompetenceGrant, Flexibility};
use comity_model::status::{Action, Capacity};
use comity_model::text::LangString;
use expect_test::{Expect, expect};

use super::world::{World, authority, date, period};
use super::{Trade, check, relies_on};

/// A certificate for IEC 60335-1:2020 and HS 8516.72 under a grant changed so.
fn grant(change: impl FnOnce(&mut CompetenceGrant), expected: &Expect) {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let grant = world.grant(&authority("SE"), &lab, change);
    world.on("2019-03-01");
    let grants = relies_on(&grant);
    let certificate = world.attest(&lab, |details| details.grants = grants);
    check(&world, &world.ask(&certificate, "SE"), expected);
}

#[test]
fn a_scope_that_names_it() {
    grant(
        |_| {},
        &expect![[r#"
        Recognised, Rules, DestinationSigned: arrangement
    "#]],
    );
}

#[test]
fn an_exhaustive_scope_excludes() {
    grant(
        |g| g.scope[0].products[0].include = vec!["8517".to_owned()],
        &expect![[r#"
            NotRecognised, Rules, DestinationSigned: competence
            Fail competence.outsideScope
        "#]],
    );
    grant(
        |g| g.scope[0].standards = vec!["IEC 60950-1".parse().unwrap()],
        &expect![[r#"
            NotRecognised, Rules, DestinationSigned: competence
            Fail competence.outsideScope
        "#]],
    );
}

#[test]
fn a_scope_that_is_not_exhaustive_has_to_be_read() {
    grant(
        |g| {
            g.scope[0].exhaustive = false;
            g.scope[0].standards = vec!["IEC 60950-1".parse().unwrap()];
        },
        &expect![[r#"
            CannotTell, Rules, DestinationSigned: competence
            Unknown competence.scopeNeedsReading
        "#]],
    );
}

#[test]
fn free_text_never_fails() {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let grant = world.grant(&authority("SE"), &lab, |grant| {
        let item = &mut grant.scope[0];
        item.description = LangString::of("en", "Electrical safety of small kitchen machines");
        item.standards.clear();
        item.products.clear();
        item.exhaustive = true;
    });
    world.on("2019-03-01");
    let grants = relies_on(&grant);
    let certificate = world.attest(&lab, |details| details.grants = grants);
    let question = world.ask(&certificate, "SE");
    check(
        &world,
        &question,
        &expect![[r#"
        CannotTell, Rules, DestinationSigned: competence
        Unknown competence.scopeNeedsReading
    "#]],
    );
    let verdict = world.answer(&question);
    let step = verdict.step(crate::verdict::StepName::Competence).unwrap();
    let sentence = crate::wording::sentence(
        step,
        crate::wording::Language::En,
        crate::wording::Style::Codes,
    );
    expect!["Whether the scope of the grant A-1 covers it has to be read: Electrical safety of small kitchen machines."].assert_eq(&sentence);
    assert_eq!(
        step.next.as_ref().unwrap().did.as_deref(),
        Some("did:web:se.example")
    );
}

#[test]
fn silence_and_flexibility_have_to_be_read() {
    grant(
        |g| g.scope[0].products.clear(),
        &expect![[r#"
        CannotTell, Rules, DestinationSigned: competence
        Unknown competence.scopeNeedsReading
    "#]],
    );
    grant(
        |g| g.scope.clear(),
        &expect![[r#"
        CannotTell, Rules, DestinationSigned: competence
        Unknown competence.scopeNeedsReading
    "#]],
    );
    grant(
        |g| {
            g.flexibility = Flexibility::FlexibleProduct;
            g.scope[0].products[0].include = vec!["8517".to_owned()];
        },
        &expect![[r#"
            CannotTell, Rules, DestinationSigned: competence
            Unknown competence.scopeNeedsReading
        "#]],
    );
    grant(
        |g| g.scope[0].standards = vec!["IEC 60335-1:2010".parse().unwrap()],
        &expect![[r#"
            CannotTell, Rules, DestinationSigned: competence
            Unknown competence.scopeNeedsReading
        "#]],
    );
}

#[test]
fn activities_and_days() {
    grant(
        |g| g.activities = vec![Activity::Testing],
        &expect![[r#"
        NotRecognised, Rules, DestinationSigned: competence
        Fail competence.activityNotGranted
    "#]],
    );
    grant(
        |g| g.period = period("2018-06-01", Some("2019-02-28")),
        &expect![[r#"
            NotRecognised, Rules, DestinationSigned: competence
            Fail competence.notInForce
        "#]],
    );
    grant(
        |g| g.period = period("2019-01-01..2019-06-01", None),
        &expect![[r#"
            CannotTell, Rules, DestinationSigned: competence
            Unknown competence.observedOnly
        "#]],
    );
    grant(
        |g| g.scope[0].period = Some(period("2019-03-02", None)),
        &expect![[r#"
            NotRecognised, Rules, DestinationSigned: competence
            Fail competence.outsideScope
        "#]],
    );
    grant(
        |g| g.period = period("2018-01-01", None),
        &expect![[r#"
        Recognised, Rules, DestinationSigned: arrangement
        Warn competence.loggedLater
    "#]],
    );
    grant(
        |g| g.period_inferred = true,
        &expect![[r#"
        Recognised, Rules, DestinationSigned: arrangement
        Warn competence.inferredPeriod
    "#]],
    );
}

#[test]
fn a_grant_that_falls_afterwards() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let se = authority("SE");
    trade.world.on("2019-06-01");
    let grant = trade.grant.clone();
    trade.world.event(&se, &grant, Action::Suspend, |event| {
        event.effective_until = Some(date("2019-06-30"));
    });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: competence
            Fail competence.suspended
        "#]],
    );
    trade.world.on("2019-07-01");
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
    // Its grantor may suspend the certificate itself, and may not withdraw it.
    trade
        .world
        .event(&se, &certificate, Action::Withdraw, |event| {
            event.capacity = Capacity::Grantor;
        });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
    trade.world.records.pop();
    trade
        .world
        .event(&se, &certificate, Action::Suspend, |event| {
            event.capacity = Capacity::Grantor;
        });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: status
            Fail status.suspended
        "#]],
    );
}

#[test]
fn a_scope_reduced_later() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    trade.world.on("2019-06-01");
    let grant = trade.grant.clone();
    let comity_model::record::Subject::CompetenceGrant(says) =
        &grant.record.as_ref().unwrap().subject
    else {
        panic!("a grant was given");
    };
    let mut scope = says.scope.clone();
    scope[0].products[0].include = vec!["8415".to_owned()];
    trade
        .world
        .event(&authority("SE"), &grant, Action::ReduceScope, |event| {
            event.resulting_scope = Some(scope);
        });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: competence
            Fail competence.outsideScope
        "#]],
    );
}

#[test]
fn a_grant_that_is_not_held_or_is_another_document() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let grant = trade.grant.record_digest;
    trade
        .world
        .records
        .retain(|record| record.record_digest != grant);
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: competence
            Unknown competence.grantNotHeld
        "#]],
    );
    let mut record = trade.grant.record.clone().unwrap();
    record.name = "Another".to_owned();
    trade.world.on("2018-06-02");
    trade.world.publish(&[&authority("SE")], &record);
    trade.world.on("2019-03-01");
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: competence
            Unknown competence.otherDocument
        "#]],
    );
}
