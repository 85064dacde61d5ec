//! `evidenceChain`: reports that existed before, later, never, or not any more.

use comity_model::attestation::{BasedOn, EvidenceRole};
use comity_model::date::LegalDate;
use comity_model::party::NamedParty;
use comity_model::status::{Action, Capacity};
use expect_test::expect;

use super::world::{Body, Shared, authority, date, reference};
use super::{Trade, check, describe, relies_on};

/// A report by laboratory and number.
pub(super) fn report(laboratory: &Body, number: &str) -> BasedOn {
    BasedOn {
        role: EvidenceRole::TestReport,
        record: None,
        issuer: Some(laboratory.party()),
        number: Some(number.to_owned()),
        issued_on: None,
    }
}

/// A record that it rests on.
pub(super) fn component(record: &Shared) -> BasedOn {
    BasedOn {
        role: EvidenceRole::ComponentCertificate,
        record: Some(reference(record)),
        issuer: None,
        number: None,
        issued_on: None,
    }
}

impl Trade {
    /// A certificate that rests on `items`.
    pub(super) fn resting_on(&mut self, items: Vec<BasedOn>) -> Shared {
        let grants = relies_on(&self.grant);
        self.world.attest(&self.lab, |details| {
            details.grants = grants;
            details.based_on = items;
        })
    }
}

const RECOGNISED: &str = "Recognised, Certificates, DestinationSigned: arrangement\n";

#[test]
fn a_report_committed_to_before_the_certificate() {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    let commitment = trade.world.commit(&tester, &["R-6", "R-7"]);
    trade.world.on("2019-03-02");
    // The number is compared as numbers are, not as it is spelled.
    let certificate = trade.resting_on(vec![report(&tester, "r 7")]);
    let verdict = trade.world.answer(&trade.world.ask(&certificate, "JP"));
    assert_eq!(describe(&verdict), RECOGNISED);
    let step = verdict
        .step(crate::verdict::StepName::EvidenceChain)
        .unwrap();
    assert_eq!(step.code.as_str(), "evidenceChain.existedBefore");
    assert_eq!(step.evidence, [commitment.record_digest]);
}

#[test]
fn in_one_second_the_order_of_the_log_decides() {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    trade.world.commit(&tester, &["R-7"]);
    let after = trade.resting_on(vec![report(&tester, "R-7")]);
    let before = trade.resting_on(vec![report(&tester, "R-8")]);
    trade.world.commit(&tester, &["R-8"]);
    let answer = |certificate| describe(&trade.world.answer(&trade.world.ask(certificate, "JP")));
    assert_eq!(answer(&after), RECOGNISED);
    assert_eq!(
        answer(&before),
        "CannotTell, Certificates, DestinationSigned: evidenceChain\n\
         Unknown evidenceChain.committedLater\n"
    );
}

#[test]
fn a_report_committed_to_after_the_certificate() {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    let certificate = trade.resting_on(vec![report(&tester, "R-7")]);
    trade.world.on("2019-03-05");
    trade.world.commit(&tester, &["R-7"]);
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: evidenceChain
            Unknown evidenceChain.committedLater
        "#]],
    );
}

#[test]
fn a_report_that_its_laboratory_never_committed_to() {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    let silent = trade.resting_on(vec![report(&tester, "R-7")]);
    // A laboratory that commits to nothing hides nothing.
    check(
        &trade.world,
        &trade.world.ask(&silent, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
            Warn evidenceChain.laboratoryCommitsNothing
        "#]],
    );
    trade.world.commit(&tester, &["R-1"]);
    trade.world.on("2019-03-05");
    let certificate = trade.resting_on(vec![report(&tester, "R-7")]);
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: evidenceChain
            Unknown evidenceChain.notCommitted
        "#]],
    );
    // What was certified before it began to commit is not held against it.
    check(
        &trade.world,
        &trade.world.ask(&silent, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
            Warn evidenceChain.laboratoryCommitsNothing
        "#]],
    );
}

#[test]
fn a_report_that_is_promised_to_be_here_and_is_not() {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    trade.world.promise(&tester, &tester, "2019-03-01", |_| {});
    let dated = |issued: &str| {
        let mut report = report(&tester, "R-7");
        report.issued_on = Some(date(issued));
        report
    };
    let certificate = trade.resting_on(vec![dated("2019-03-01")]);
    // Within the day that is promised it may still come.
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
            Warn evidenceChain.laboratoryCommitsNothing
        "#]],
    );
    trade.world.on("2019-03-03");
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: evidenceChain
            Fail evidenceChain.provedAbsent
        "#]],
    );
    // Of reports from before the promise nothing is said, nor of those that may be.
    for report in [
        dated("2019-02-28"),
        dated("2019-02-28..2019-03-01"),
        report(&tester, "R-7"),
    ] {
        let certificate = trade.resting_on(vec![report]);
        check(
            &trade.world,
            &trade.world.ask(&certificate, "JP"),
            &expect![[r#"
                Recognised, Certificates, DestinationSigned: arrangement
                Warn evidenceChain.laboratoryCommitsNothing
            "#]],
        );
    }
}

#[test]
fn a_report_that_its_laboratory_disowns() {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    trade.world.commit(&tester, &["R-7"]);
    trade.world.on("2019-03-02");
    let certificate = trade.resting_on(vec![report(&tester, "R-7")]);
    trade
        .world
        .event(&tester, &certificate, Action::Disown, |event| {
            event.capacity = Capacity::Laboratory;
        });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: evidenceChain
            Unknown evidenceChain.disowned
        "#]],
    );
}

#[test]
fn a_commitment_by_somebody_else_is_none() {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    let rival = trade.world.body("SE", "rival");
    trade.world.commit(&tester, &["R-1"]);
    trade.world.commit(&rival, &["R-7"]);
    // Registered elsewhere under the same DID, it is another body.
    let mut namesake = tester.with_key("namesake");
    namesake.authority = authority("KZ").did;
    namesake.economy = "KZ".to_owned();
    trade.world.register(&authority("KZ"), &namesake, 1);
    trade.world.commit(&namesake, &["R-7"]);
    // With a key that nobody registered.
    trade.world.commit(&tester.with_key("thief"), &["R-7"]);
    trade.world.on("2019-03-02");
    let certificate = trade.resting_on(vec![report(&tester, "R-7")]);
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: evidenceChain
            Unknown evidenceChain.notCommitted
        "#]],
    );
}

#[test]
fn an_annulled_commitment_proves_nothing() {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    let commitment = trade.world.commit(&tester, &["R-7"]);
    trade.world.on("2019-03-02");
    let certificate = trade.resting_on(vec![report(&tester, "R-7")]);
    trade
        .world
        .event(&tester, &commitment, Action::Annul, |_| {});
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
            Warn evidenceChain.laboratoryCommitsNothing
        "#]],
    );
}

#[test]
fn what_is_named_without_did_or_not_held_only_warns() {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    let mut unnamed = report(&tester, "R-7");
    unnamed.issuer = Some(NamedParty::named("A laboratory somewhere"));
    let certificate = trade.resting_on(vec![unnamed]);
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
            Warn evidenceChain.notTraceable
        "#]],
    );
    let part = trade.certificate();
    let whole = trade.resting_on(vec![component(&part)]);
    let question = trade.world.ask(&whole, "JP");
    let without = trade.world.records.iter();
    let without: Vec<Shared> = without
        .filter(|record| record.record_digest != part.record_digest)
        .cloned()
        .collect();
    assert_eq!(
        describe(&trade.world.answer_on(&question, &without)),
        format!("{RECOGNISED}Warn evidenceChain.reportNotHeld\n")
    );
}

#[test]
fn components() {
    let mut trade = Trade::new();
    let part = trade.certificate();
    let whole = trade.resting_on(vec![component(&part)]);
    let question = trade.world.ask(&whole, "JP");
    assert_eq!(describe(&trade.world.answer(&question)), RECOGNISED);
    // Another document than the one meant.
    let mut other = component(&part);
    if let Some(record) = &mut other.record {
        record.digest_multibase = comity_signature::digest::to_multibase([9; 32]);
    }
    let mistaken = trade.resting_on(vec![other]);
    check(
        &trade.world,
        &trade.world.ask(&mistaken, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: evidenceChain
            Unknown evidenceChain.otherDocument
        "#]],
    );
    // Signed with a key that nobody registered.
    let lab = trade.lab.clone();
    let forged = trade.world.attest(&lab.with_key("thief"), |_| {});
    let on_forged = trade.resting_on(vec![component(&forged)]);
    check(
        &trade.world,
        &trade.world.ask(&on_forged, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: evidenceChain
            Unknown evidenceChain.reportNotCounted
        "#]],
    );
    trade.world.on("2019-04-01");
    trade.world.event(&lab, &part, Action::Withdraw, |_| {});
    check(
        &trade.world,
        &trade.world.ask(&whole, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
            Warn evidenceChain.componentEnded
        "#]],
    );
}

#[test]
fn the_worst_of_several_reports_decides() {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    trade.world.commit(&tester, &["R-7"]);
    trade.world.on("2019-03-02");
    let mut late = report(&tester, "R-8");
    late.issued_on = Some(LegalDate::Day(trade.world.now.day()));
    let items = vec![report(&tester, "R-7"), late];
    let certificate = trade.resting_on(items);
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: evidenceChain
            Unknown evidenceChain.notCommitted
        "#]],
    );
}

#[test]
fn a_record_that_is_not_held_is_no_excuse_where_a_number_is_named() {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    trade.world.commit(&tester, &["R-1"]);
    trade.world.on("2019-03-05");
    let part = trade.certificate();
    let mut invented = component(&part);
    if let Some(record) = &mut invented.record {
        record.issuer.clone_from(&tester.did);
    }
    invented.issuer = Some(tester.party());
    invented.number = Some("R-7".to_owned());
    let certificate = trade.resting_on(vec![invented]);
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: evidenceChain
            Unknown evidenceChain.notCommitted
        "#]],
    );
}
