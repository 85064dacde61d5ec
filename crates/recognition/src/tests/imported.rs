//! Imported and transcribed evidence: what it is worth, and how long.

use comity_model::arrangement::DirectionMode;
use comity_model::date::LegalDate;
use comity_model::grant::CompetenceGrant;
use comity_model::record::{Attribution, ImportedFrom, Subject};
use comity_model::reference::{Reference, SourceReference};
use comity_model::status::{Action, Observation};
use comity_signature::canonical::to_canonical;
use expect_test::expect;

use super::check;
use super::world::{World, authority, date, day, period, reference};
use crate::evidence::EvidenceRecord;
use crate::question::Selector;

pub(super) const IMPORTERS: &str = "[[importers]]\nsigner = \"did:web:se.example\"\nsystem = \"register\"\n\
                         [[importers]]\nsigner = \"did:web:se.example\"\nsystem = \"texts\"\n";

pub(super) fn world() -> World {
    let mut world = World::new();
    world.policy = IMPORTERS.to_owned();
    world.unpinned = vec!["JP", "KZ", "INT"];
    world
}

#[test]
#[expect(clippy::too_many_lines, reason = "one text, asked about in many ways")]
fn a_transcribed_arrangement_over_imported_certificates() {
    let mut world = world();
    let mut chapter = World::chapter("cc");
    chapter.coverage.schemes = vec!["CC".to_owned()];
    chapter.direction.mode = DirectionMode::Mutual;
    let ccra = world.transcribe("ccra", vec![chapter]);
    let se = authority("SE");
    world.join(&ccra, "US", &se, |p| {
        p.period = period("2000-05-01..2000-05-31", None);
    });
    world.join(&ccra, "JP", &se, |p| {
        p.period = period("2003-11-01..2003-11-30", None);
    });
    world.on("2019-03-01");
    let certificate = world.import(&["US", "CA"], "1", |_| {});
    check(
        &world,
        &world.ask(&certificate, "JP"),
        &expect![[r#"
        Recognised, Certificates, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
        Warn arrangement.noLogPinned
    "#]],
    );
    // A joint programme counts for each of its economies.
    check(
        &world,
        &world.ask(&certificate, "CA"),
        &expect![[r#"
        Recognised, Rules, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
    "#]],
    );
    // The text speaks of the scheme, and BR is nowhere in it.
    check(
        &world,
        &world.ask(&certificate, "BR"),
        &expect![[r#"
        NotRecognised, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
        Fail arrangement.none
    "#]],
    );
    // Nor does a transcriber bind itself by what it transcribes.
    check(
        &world,
        &world.ask(&certificate, "SE"),
        &expect![[r#"
        NotRecognised, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Fail arrangement.none
    "#]],
    );
    // It says nothing of another scheme.
    let other = world.import(&["US"], "2", |details| {
        details.scheme = Some("X".to_owned());
    });
    check(
        &world,
        &world.ask(&other, "JP"),
        &expect![[r#"
        CannotTell, None: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
        Unknown arrangement.notHeld
    "#]],
    );
    // Partly known dates leave a part unknown.
    let issued = world.import(&["US"], "3", |d| {
        d.legal_dates.issued_on = date("2000-05-10");
    });
    check(
        &world,
        &world.ask(&issued, "JP"),
        &expect![[r#"
        CannotTell, Certificates, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
        Unknown arrangement.issuerSideUnclear
    "#]],
    );
    let mut question = world.ask(&certificate, "JP");
    question.on = day("2003-11-15");
    let early = world.import(&["US"], "4", |d| {
        d.legal_dates.issued_on = date("2001-01-01");
    });
    question.record = Selector::Identity(early.identity().unwrap());
    check(
        &world,
        &question,
        &expect![[r#"
        NotRecognised, Certificates, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
        Fail arrangement.notInForce
    "#]],
    );
    // A policy that does not name the transcriber does not hear it.
    world.policy = IMPORTERS.replace("texts", "other");
    check(
        &world,
        &world.ask(&certificate, "JP"),
        &expect![[r#"
        CannotTell, None: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
        Unknown arrangement.notHeld
    "#]],
    );
}

#[test]
fn the_age_of_what_was_seen() {
    let mut world = world();
    world.on("2019-03-01");
    let certificate = world.import(&["US"], "1", |_| {});
    let mut question = world.ask(&certificate, "US");
    question.on = day("2019-03-31");
    check(
        &world,
        &question,
        &expect![[r#"
        Recognised, Rules, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.observedEarlier
        Warn territory.noLogPinned
    "#]],
    );
    question.on = day("2019-04-01");
    check(
        &world,
        &question,
        &expect![[r#"
        CannotTell, Rules, Transcribed: status
        Warn registration.attributedByRegistry
        Unknown status.staleObservation
        Warn territory.noLogPinned
    "#]],
    );
    // Seen again, it is known for longer.
    world.on("2019-04-01");
    world.event(&authority("SE"), &certificate, Action::Observed, |event| {
        event.observed = Some(Observation::of("register", day("2019-04-01"), None));
    });
    let mut question = world.ask(&certificate, "US");
    check(
        &world,
        &question,
        &expect![[r#"
        Recognised, Rules, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
    "#]],
    );
    question.known_at = super::world::noon("2019-03-31");
    check(
        &world,
        &question,
        &expect![[r#"
        CannotTell, Rules, Transcribed: status
        Warn registration.attributedByRegistry
        Unknown status.staleObservation
        Warn territory.noLogPinned
    "#]],
    );
}

#[test]
fn a_state_without_a_date_in_the_source() {
    let mut world = world();
    world.on("2019-03-01");
    let certificate = world.import(&["US"], "1", |d| {
        d.legal_dates.issued_on = date("2018-01-10");
    });
    world.event(&authority("SE"), &certificate, Action::Withdraw, |event| {
        event.effective_from = LegalDate::between(day("2018-06-01"), day("2019-03-01"));
        event.observed = Some(Observation::of(
            "register",
            day("2019-03-01"),
            Some("Revoked".to_owned()),
        ));
    });
    let mut question = world.ask(&certificate, "US");
    check(
        &world,
        &question,
        &expect![[r#"
        NotRecognised, Rules, Transcribed: status
        Warn registration.attributedByRegistry
        Fail status.withdrawn
        Warn territory.noLogPinned
    "#]],
    );
    question.on = day("2018-08-01");
    check(
        &world,
        &question,
        &expect![[r#"
        CannotTell, Rules, Transcribed: status
        Warn registration.attributedByRegistry
        Unknown status.observedOnly
        Warn territory.noLogPinned
    "#]],
    );
    question.on = day("2018-05-31");
    check(
        &world,
        &question,
        &expect![[r#"
        Recognised, Rules, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
    "#]],
    );
}

#[test]
fn an_expiry_known_only_roughly() {
    let mut world = world();
    world.on("2019-03-01");
    let certificate = world.import(&["US"], "1", |details| {
        details.legal_dates.issued_on = date("2015-01-01");
        details.legal_dates.valid_until = Some(date("2018-01-01..2019-03-01"));
    });
    let mut question = world.ask(&certificate, "US");
    question.on = day("2018-06-01");
    check(
        &world,
        &question,
        &expect![[r#"
        CannotTell, Rules, Transcribed: dates
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
        Unknown dates.observedOnly
    "#]],
    );
    question.on = day("2017-12-31");
    check(
        &world,
        &question,
        &expect![[r#"
        Recognised, Rules, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
    "#]],
    );
}

#[test]
fn a_revision_supersedes_and_the_number_means_the_newest() {
    let mut world = world();
    world.on("2019-03-01");
    let first = world.import(&["US"], "1", |_| {});
    world.on("2019-04-01");
    let mut record = first.record.clone().unwrap();
    record.id = "urn:uuid:018f0000-0000-7000-8000-00000000ffff".to_owned();
    record.comity.replaces = Some(reference(&first));
    if let Some(imported) = &mut record.comity.imported_from {
        imported.fetched_on = day("2019-04-01");
    }
    let second = world.publish(&[&authority("SE")], &record);
    check(
        &world,
        &world.ask(&first, "US"),
        &expect![[r#"
        NotRecognised, Rules, Transcribed: status
        Warn registration.attributedByRegistry
        Fail status.superseded
        Warn territory.noLogPinned
    "#]],
    );
    check(
        &world,
        &world.ask(&second, "US"),
        &expect![[r#"
        Recognised, Rules, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
    "#]],
    );
    let mut question = world.ask(&first, "US");
    question.record = Selector::Number {
        number: "C-100".to_owned(),
        issuer: None,
    };
    check(
        &world,
        &question,
        &expect![[r#"
        Recognised, Rules, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
    "#]],
    );
    // As known before, the first was the newest.
    question.known_at = super::world::noon("2019-03-02");
    question.on = day("2019-03-01");
    check(
        &world,
        &question,
        &expect![[r#"
        Recognised, Rules, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
    "#]],
    );
    // An event on the first counts on what replaces it.
    world.event(&authority("SE"), &first, Action::Withdraw, |_| {});
    check(
        &world,
        &world.ask(&second, "US"),
        &expect![[r#"
        NotRecognised, Rules, Transcribed: status
        Warn registration.attributedByRegistry
        Fail status.withdrawn
        Warn territory.noLogPinned
    "#]],
    );
}

#[test]
fn an_imported_grant_with_inferred_days() {
    let mut world = world();
    let se = authority("SE");
    world.on("2018-07-01");
    let lab = super::Body {
        did: "did:web:nobody.example".to_owned(),
        ..se.clone()
    };
    let mut grant: Option<CompetenceGrant> = None;
    let template = world.grant(&se, &lab, |g| {
        g.period_inferred = true;
        g.scope.clear();
        g.grantee = comity_model::party::NamedParty::named("Test laboratory");
        g.economies = vec!["US".to_owned()];
        grant = Some(g.clone());
    });
    world.records.pop();
    let mut record = template.record.clone().unwrap();
    record.comity.imported_from = Some(ImportedFrom {
        system: "register".to_owned(),
        source_id: "lab-1".to_owned(),
        fetched_on: day("2018-07-01"),
        attributed_to: Attribution {
            id: "https://accreditor.example".to_owned(),
            name: "Accreditor".to_owned(),
            economies: vec!["US".to_owned()],
        },
        source_signed: false,
    });
    assert!(matches!(record.subject, Subject::CompetenceGrant(_)) && grant.is_some());
    world.publish(&[&se], &record);
    world.on("2019-03-01");
    let certificate = world.import(&["US"], "1", |details| {
        details.grants = vec![comity_model::attestation::GrantReliance {
            grant: Reference::Source(SourceReference {
                signer: se.did.clone(),
                system: "register".to_owned(),
                source_id: "lab-1".to_owned(),
            }),
            scope_items: Vec::new(),
        }];
    });
    check(
        &world,
        &world.ask(&certificate, "US"),
        &expect![[r#"
        Recognised, Rules, Transcribed: arrangement
        Warn registration.attributedByRegistry
        Warn status.noLogPinned
        Warn territory.noLogPinned
        Warn competence.inferredPeriod
    "#]],
    );
}

#[test]
fn a_draft_laid_over_the_evidence() {
    let mut trade = super::Trade::new();
    let lab = trade.lab.clone();
    let draft = trade.world.attest_draft(&lab, |_| {});
    let bytes = to_canonical(&draft.to_value()).unwrap();
    let shared = std::sync::Arc::new(EvidenceRecord::draft(&bytes));
    trade.world.records.push(shared.clone());
    let question = trade.world.ask(&shared, "JP");
    check(
        &trade.world,
        &question,
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
        Warn integrity.hypothetical
        Warn log.hypothetical
    "#]],
    );
    assert!(trade.world.answer(&question).hypothetical);
}
