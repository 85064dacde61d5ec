//! Acts on single records, on each side of the days they take effect and as known before and
//! after they were published: refusals by a destination, transfers, annulments from the start.

use comity_model::party::PartyReference;
use comity_model::record::Subject;
use comity_model::status::{Action, Capacity, EventSubject, ReasonCode, StatusEvent};
use comity_model::text::LangString;
use expect_test::{Expect, expect};
use serde_json::json;

use super::world::{Body, Shared, World, authority, date, day, noon, reference, relies_on};
use super::{Trade, describe};
use crate::question::Question;
use crate::standing_now::{RecordState, state};
use crate::trust_graph::TrustGraph;
use crate::verdict::{StepName, Verdict, Who};
use crate::wording::{self, Language, Style};

/// What is answered in `economy` for the legal day `on`, as known at noon of `known_at`.
fn asked(world: &World, record: &Shared, economy: &str, (on, known_at): (&str, &str)) -> Verdict {
    let question = Question {
        on: day(on),
        known_at: noon(known_at),
        ..world.ask(record, economy)
    };
    world.answer(&question)
}

fn check(trade: &Trade, record: &Shared, when: (&str, &str), expected: &Expect) {
    expected.assert_eq(&describe(&asked(&trade.world, record, "JP", when)));
}

/// The chain of its signer goes on from `before`.
fn after(event: &mut StatusEvent, before: &Shared) {
    let sequence = match &before.record.as_ref().unwrap().subject {
        Subject::StatusEvent(before) => before.subjects[0].sequence,
        _ => panic!("an event was given"),
    };
    event.subjects[0].sequence = sequence + 1;
    event.subjects[0].previous_event = Some(before.document_multibase.clone());
}

fn refuse(world: &mut World, signer: &Body, subject: &Shared, territory: &str) -> Shared {
    world.event(signer, subject, Action::RefuseRecognition, |event| {
        event.capacity = Capacity::DestinationAuthority;
        event.territory = vec![territory.to_owned()];
        event.reason_code = Some(ReasonCode::SafetyRisk);
        event.reason = LangString::of("en", "May overheat");
        event.legal_basis = Some("Product Safety Act, article 9".to_owned());
    })
}

fn recognised() -> Expect {
    expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]]
}

fn refused() -> Expect {
    expect![[r#"
        NotRecognised, Certificates, DestinationSigned: territory
        Fail territory.refused
    "#]]
}

/// Refused from 2019-05-10 on, published on 2019-05-01; restored from 2019-08-05 on, published on
/// 2019-08-01.
fn refused_and_restored() -> (Trade, Shared) {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let jp = authority("JP");
    trade.world.on("2019-05-01");
    let refusal = trade
        .world
        .event(&jp, &certificate, Action::RefuseRecognition, |event| {
            event.capacity = Capacity::DestinationAuthority;
            event.territory = vec!["JP".to_owned()];
            event.effective_from = date("2019-05-10");
            event.reason_code = Some(ReasonCode::SafetyRisk);
            event.reason = LangString::of("ja", "過熱のおそれ").and("en", "May overheat");
            event.legal_basis = Some("Product Safety Act, article 9".to_owned());
        });
    trade.world.on("2019-08-01");
    trade
        .world
        .event(&jp, &certificate, Action::RestoreRecognition, |event| {
            event.capacity = Capacity::DestinationAuthority;
            event.territory = vec!["JP".to_owned()];
            event.effective_from = date("2019-08-05");
            after(event, &refusal);
        });
    (trade, certificate)
}

#[test]
fn a_refusal_and_its_restoration_on_each_side_of_each_day() {
    let (trade, certificate) = refused_and_restored();
    for (on, expected) in [
        ("2019-05-09", recognised()),
        ("2019-05-10", refused()),
        ("2019-08-04", refused()),
        ("2019-08-05", recognised()),
    ] {
        check(&trade, &certificate, (on, "2019-09-01"), &expected);
    }
}

#[test]
fn a_refusal_and_its_restoration_as_known_before_and_after() {
    let (trade, certificate) = refused_and_restored();
    for (when, expected) in [
        (("2019-05-10", "2019-04-30"), recognised()),
        (("2019-05-10", "2019-05-01"), refused()),
        (("2019-08-05", "2019-07-31"), refused()),
        (("2019-08-05", "2019-08-01"), recognised()),
    ] {
        check(&trade, &certificate, when, &expected);
    }
}

#[test]
fn a_refusal_says_why_on_what_ground_since_when_and_whom_to_ask() {
    let (trade, certificate) = refused_and_restored();
    let when = ("2019-06-01", "2019-09-01");
    let verdict = asked(&trade.world, &certificate, "JP", when);
    let step = verdict.step(StepName::Territory).unwrap();
    expect!["The authority of JP refuses it in its territory since 2019-05-10, because: May overheat. Legal basis: Product Safety Act, article 9."]
        .assert_eq(&wording::sentence(step, Language::En, Style::Codes));
    assert_eq!(step.facts["reasonCode"], "safetyRisk");
    let next = step.next.as_ref().unwrap();
    assert_eq!(next.who, Who::Destination);
    assert_eq!(next.did.as_deref(), Some("did:web:jp.example"));
    // It stands until the day before the restoration takes effect.
    assert_eq!(verdict.valid_until, Some(day("2019-08-04")));
    // At home nobody refused it.
    let at_home = asked(&trade.world, &certificate, "SE", when);
    expect![[r#"
        Recognised, Rules, DestinationSigned: arrangement
    "#]]
    .assert_eq(&describe(&at_home));
}

#[test]
fn a_refusal_that_ends_by_itself() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    trade.world.on("2019-05-01");
    let jp = authority("JP");
    trade
        .world
        .event(&jp, &certificate, Action::RefuseRecognition, |event| {
            event.capacity = Capacity::DestinationAuthority;
            event.territory = vec!["JP".to_owned()];
            event.effective_until = Some(date("2019-05-31"));
        });
    check(
        &trade,
        &certificate,
        ("2019-05-31", "2019-07-01"),
        &refused(),
    );
    check(
        &trade,
        &certificate,
        ("2019-06-01", "2019-07-01"),
        &recognised(),
    );
    let verdict = asked(
        &trade.world,
        &certificate,
        "JP",
        ("2019-05-31", "2019-07-01"),
    );
    assert_eq!(verdict.valid_until, Some(day("2019-05-31")));
}

#[test]
fn a_refusal_by_somebody_else_or_for_elsewhere_is_shown_and_does_not_count() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    trade.world.on("2019-05-01");
    let (jp, kz, lab) = (authority("JP"), authority("KZ"), trade.lab.clone());
    let by_another = refuse(&mut trade.world, &kz, &certificate, "JP");
    let by_the_issuer = refuse(&mut trade.world, &lab, &certificate, "JP");
    let for_elsewhere = refuse(&mut trade.world, &jp, &certificate, "KZ");
    let at_home = refuse(&mut trade.world, &kz, &certificate, "KZ");
    let when = ("2019-06-01", "2019-06-01");
    check(&trade, &certificate, when, &recognised());
    let verdict = asked(&trade.world, &certificate, "JP", when);
    let mut ignored = [by_another, by_the_issuer, for_elsewhere].map(|event| event.record_digest);
    ignored.sort_unstable();
    assert_eq!(verdict.ignored, ignored);
    assert!(!verdict.ignored.contains(&at_home.record_digest));
}

#[test]
fn one_act_refuses_two_records_and_no_third() {
    let mut trade = Trade::new();
    let [one, other, third] = [1, 2, 3].map(|_| trade.certificate());
    trade.world.on("2019-05-01");
    let jp = authority("JP");
    let of = reference(&other);
    trade
        .world
        .event(&jp, &one, Action::RefuseRecognition, |event| {
            event.capacity = Capacity::DestinationAuthority;
            event.territory = vec!["JP".to_owned()];
            event.selection = Some("standard=IEC 60335-1".to_owned());
            event.subjects.push(EventSubject {
                authority: of.authority,
                issuer: of.issuer,
                id: of.id,
                digest_multibase: of.digest_multibase,
                sequence: 1,
                previous_event: None,
            });
        });
    // What is published afterwards does not fall under it, whatever the selection says.
    trade.world.on("2019-05-02");
    let later = trade.certificate();
    let when = ("2019-06-01", "2019-06-01");
    for (record, expected) in [
        (&one, refused()),
        (&other, refused()),
        (&third, recognised()),
        (&later, recognised()),
    ] {
        check(&trade, record, when, &expected);
    }
}

fn to(body: &Body) -> PartyReference {
    body.reference()
}

/// A certificate that its laboratory hands over to another, published on 2019-06-01: from
/// 2019-07-01, with grace until 2019-09-30.
fn handed_over(signer: impl FnOnce(&Trade) -> (Body, Capacity)) -> (Trade, Shared, Body, Shared) {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let successor = trade.world.body("SE", "successor");
    trade.world.on("2019-06-01");
    let (signer, capacity) = signer(&trade);
    let event = trade
        .world
        .event(&signer, &certificate, Action::Transfer, |event| {
            event.capacity = capacity;
            event.effective_from = date("2019-07-01");
            event.transferred_to = Some(to(&successor));
            event.grace_until = Some(day("2019-09-30"));
        });
    (trade, certificate, successor, event)
}

fn by_issuer(trade: &Trade) -> (Body, Capacity) {
    (trade.lab.clone(), Capacity::Issuer)
}

fn within_grace() -> Expect {
    expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
        Warn status.transferred
    "#]]
}

fn after_grace() -> Expect {
    expect![[r#"
        NotRecognised, Certificates, DestinationSigned: status
        Fail status.transferEnded
    "#]]
}

#[test]
fn a_transfer_before_within_and_after_its_grace() {
    let (trade, certificate, ..) = handed_over(by_issuer);
    for (when, expected) in [
        (("2019-06-30", "2019-10-15"), recognised()),
        (("2019-07-01", "2019-10-15"), within_grace()),
        (("2019-09-30", "2019-10-15"), within_grace()),
        (("2019-10-01", "2019-10-15"), after_grace()),
        (("2019-10-01", "2019-05-31"), recognised()),
        (("2019-10-01", "2019-06-01"), after_grace()),
    ] {
        check(&trade, &certificate, when, &expected);
    }
}

#[test]
fn a_transfer_names_whom_to_ask_and_until_when() {
    let (trade, certificate, successor, _) = handed_over(by_issuer);
    let within = asked(
        &trade.world,
        &certificate,
        "JP",
        ("2019-08-01", "2019-08-01"),
    );
    let step = within.step(StepName::Status).unwrap();
    expect!["did:web:lab.example has handed it over to did:web:successor.example; it counts until 2019-09-30."]
        .assert_eq(&wording::sentence(step, Language::En, Style::Codes));
    assert_eq!(within.valid_until, Some(day("2019-09-30")));
    let ended = asked(
        &trade.world,
        &certificate,
        "JP",
        ("2019-10-01", "2019-10-01"),
    );
    let step = ended.step(StepName::Status).unwrap();
    expect!["did:web:lab.example has handed it over to did:web:successor.example; it counted until 2019-09-30."]
        .assert_eq(&wording::sentence(step, Language::En, Style::Codes));
    for verdict in [&within, &ended] {
        let step = verdict.step(StepName::Status).unwrap();
        let next = step.next.as_ref().unwrap();
        assert_eq!(next.who, Who::Successor);
        assert_eq!(next.did.as_deref(), Some(&*successor.did));
        assert_eq!(next.name.as_deref(), Some(&*successor.did));
    }
}

#[test]
fn the_record_of_the_successor_is_judged_by_itself() {
    let (mut trade, old, successor, _) = handed_over(by_issuer);
    trade.world.on("2019-09-01");
    let number = |details: &mut comity_model::attestation::AttestationDetails| {
        details.certificate_number = "C-200".to_owned();
    };
    // Announced and nothing more, the successor has no competence of its own.
    trade.world.on("2019-10-15");
    let grant = trade.world.grant(&authority("KZ"), &trade.lab, |_| {});
    let without = trade.world.attest(&successor, |details| {
        number(details);
        details.grants = relies_on(&grant);
    });
    let when = ("2019-11-01", "2019-11-01");
    check(
        &trade,
        &without,
        when,
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: competence
            Fail competence.otherParty
        "#]],
    );
    let grant = trade.world.grant(&authority("SE"), &successor, |_| {});
    let with = trade.world.attest(&successor, |details| {
        number(details);
        details.grants = relies_on(&grant);
    });
    check(&trade, &with, when, &recognised());
    check(&trade, &old, when, &after_grace());
}

#[test]
fn another_announcement_does_not_bring_it_back() {
    let (mut trade, certificate, successor, first) = handed_over(by_issuer);
    trade.world.on("2019-10-10");
    let lab = trade.lab.clone();
    let announce = |world: &mut World, before: &Shared, until: &str| {
        world.event(&lab, &certificate, Action::Transfer, |event| {
            event.transferred_to = Some(to(&successor));
            event.grace_until = Some(day(until));
            after(event, before);
        })
    };
    let longer = announce(&mut trade.world, &first, "2020-12-31");
    check(
        &trade,
        &certificate,
        ("2019-10-15", "2019-10-15"),
        &after_grace(),
    );
    let reinstated = trade
        .world
        .event(&lab, &certificate, Action::Reinstate, |event| {
            after(event, &longer);
        });
    check(
        &trade,
        &certificate,
        ("2019-10-15", "2019-10-15"),
        &after_grace(),
    );
    announce(&mut trade.world, &reinstated, "2019-10-10");
    check(
        &trade,
        &certificate,
        ("2019-09-01", "2019-10-15"),
        &within_grace(),
    );
}

#[test]
fn a_shorter_grace_counts() {
    let (mut trade, certificate, successor, first) = handed_over(by_issuer);
    trade.world.on("2019-07-15");
    let lab = trade.lab.clone();
    trade
        .world
        .event(&lab, &certificate, Action::Transfer, |event| {
            event.transferred_to = Some(to(&successor));
            event.grace_until = Some(day("2019-07-31"));
            after(event, &first);
        });
    check(
        &trade,
        &certificate,
        ("2019-07-31", "2019-10-01"),
        &within_grace(),
    );
    check(
        &trade,
        &certificate,
        ("2019-08-01", "2019-10-01"),
        &after_grace(),
    );
}

#[test]
fn who_may_announce_a_transfer() {
    let when = ("2019-10-01", "2019-10-01");
    let (trade, certificate, ..) = handed_over(|_| (authority("SE"), Capacity::Authority));
    check(&trade, &certificate, when, &after_grace());
    for (signer, capacity) in [
        (authority("JP"), Capacity::Authority),
        (authority("SE"), Capacity::Grantor),
        (authority("SE"), Capacity::Issuer),
    ] {
        let (trade, certificate, _, event) = handed_over(|_| (signer, capacity));
        check(&trade, &certificate, when, &recognised());
        let verdict = asked(&trade.world, &certificate, "JP", when);
        assert_eq!(verdict.ignored, [event.record_digest]);
    }
}

#[test]
fn what_is_worse_than_a_transfer_within_its_grace_is_what_counts() {
    let (mut trade, certificate, _, first) = handed_over(by_issuer);
    trade.world.on("2019-08-01");
    let lab = trade.lab.clone();
    trade
        .world
        .event(&lab, &certificate, Action::Suspend, |event| {
            after(event, &first);
        });
    check(
        &trade,
        &certificate,
        ("2019-08-01", "2019-10-01"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: status
            Fail status.suspended
        "#]],
    );
    check(
        &trade,
        &certificate,
        ("2019-10-01", "2019-10-01"),
        &after_grace(),
    );
}

#[test]
fn the_state_of_what_was_handed_over_in_one_word() {
    let (trade, certificate, ..) = handed_over(by_issuer);
    let trust = TrustGraph::build(trade.world.records.iter().cloned());
    let word = |on: &str| {
        let evidence = crate::Evidence {
            candidates: vec![certificate.clone()],
            revisions: Vec::new(),
            events: trade.world.records.clone(),
            trust: &trust,
            heads: &[],
            taken_down: Vec::new(),
            held_of_issuer: None,
            reports: Vec::new(),
            issued: Vec::new(),
            unread: crate::evidence::Unread::default(),
            no_statement: None,
        };
        let policy = trade.world.policy();
        state(
            &certificate,
            &evidence,
            &policy,
            day(on),
            noon("2019-10-15"),
        )
    };
    assert_eq!(word("2019-09-30"), RecordState::Active);
    assert_eq!(word("2019-10-01"), RecordState::Transferred);
}

#[test]
fn an_annulment_from_the_start_as_known_before_and_after() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    trade.world.on("2020-02-01");
    let lab = trade.lab.clone();
    trade
        .world
        .event(&lab, &certificate, Action::Annul, |event| {
            event.reason_code = Some(ReasonCode::FictitiousReport);
        });
    let annulled = || {
        expect![[r#"
            NotRecognised, Certificates, DestinationSigned: status
            Fail status.annulled
        "#]]
    };
    for (when, expected) in [
        (("2019-06-01", "2019-06-01"), recognised()),
        (("2019-06-01", "2020-01-31"), recognised()),
        (("2019-06-01", "2020-02-01"), annulled()),
        (("2019-03-01", "2020-02-01"), annulled()),
        (("2020-02-01", "2020-02-01"), annulled()),
    ] {
        check(&trade, &certificate, when, &expected);
    }
}

/// An event by `signer` with an action that this version does not know.
pub(super) fn unread(
    world: &mut World,
    signer: &Body,
    subject: &Shared,
    capacity: Capacity,
) -> Shared {
    let of = reference(subject);
    let event = StatusEvent {
        action: Action::Amend,
        capacity,
        subjects: vec![EventSubject {
            authority: of.authority,
            issuer: of.issuer,
            id: of.id,
            digest_multibase: of.digest_multibase,
            sequence: 1,
            previous_event: None,
        }],
        effective_from: world.now.day().into(),
        effective_until: None,
        territory: match capacity {
            Capacity::DestinationAuthority => vec!["JP".to_owned()],
            _ => Vec::new(),
        },
        scope_items: Vec::new(),
        resulting_scope: None,
        reason_code: None,
        reason: LangString::default(),
        legal_basis: None,
        decided_on: None,
        successor: None,
        transferred_to: None,
        grace_until: None,
        selection: None,
        observed: None,
    };
    let record = world.draft(signer, Subject::StatusEvent(Box::new(event)));
    let mut value = record.to_value();
    value["credentialSubject"]["action"] = json!("placeInEscrow");
    let bytes = comity_signature::canonical::to_canonical(&value).unwrap();
    let limits = comity_signature::canonical::Limits::default();
    let body =
        comity_signature::data_integrity::sign(&bytes, &signer.did, &signer.key, None, &limits);
    world.log(&body.unwrap(), &signer.economy)
}

#[test]
fn an_action_of_a_later_format_is_unknown_and_not_overlooked() {
    let when = ("2019-06-01", "2019-06-01");
    let asked_after = |signer: fn(&Trade) -> Body, capacity| {
        let mut trade = Trade::new();
        let certificate = trade.certificate();
        let signer = signer(&trade);
        trade.world.on("2019-05-01");
        let event = unread(&mut trade.world, &signer, &certificate, capacity);
        (asked(&trade.world, &certificate, "JP", when), event)
    };
    let lab: fn(&Trade) -> Body = |trade| trade.lab.clone();
    let (by_issuer, _) = asked_after(lab, Capacity::Issuer);
    expect![[r#"
        CannotTell, Certificates, DestinationSigned: status
        Unknown status.unreadAction
    "#]]
    .assert_eq(&describe(&by_issuer));
    let (by_destination, _) = asked_after(|_| authority("JP"), Capacity::DestinationAuthority);
    expect![[r#"
        CannotTell, Certificates, DestinationSigned: territory
        Unknown territory.unreadAction
    "#]]
    .assert_eq(&describe(&by_destination));
    // A stranger makes nothing unclear by it.
    for capacity in [Capacity::Issuer, Capacity::DestinationAuthority] {
        let (by_stranger, event) = asked_after(|_| authority("KZ"), capacity);
        recognised().assert_eq(&describe(&by_stranger));
        assert_eq!(by_stranger.ignored, [event.record_digest]);
    }
}

#[test]
fn an_unread_act_on_a_registration_leaves_its_body_unclear() {
    let mut trade = Trade::new();
    let registers = |shared: &&Shared| {
        matches!(
            shared.record.as_ref().map(|record| &record.subject),
            Ok(Subject::Registration(registration)) if registration.id == trade.lab.did
        )
    };
    let of_lab = Shared::clone(trade.world.records.iter().find(registers).unwrap());
    let before = trade.certificate();
    let when = ("2019-06-01", "2019-06-01");
    check(&trade, &before, when, &recognised());
    trade.world.on("2019-05-01");
    let se = authority("SE");
    unread(&mut trade.world, &se, &of_lab, Capacity::Authority);
    trade.world.on("2019-05-02");
    let after = trade.certificate();
    // It may be void from the start, so that what was signed before is unclear too.
    for certificate in [&before, &after] {
        check(
            &trade,
            certificate,
            when,
            &expect![[r#"
                CannotTell, Certificates, DestinationSigned: registration
                Unknown registration.inForceUnclear
            "#]],
        );
    }
}

#[test]
fn a_grant_that_is_handed_over_carries_nothing_after_its_grace() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let se = authority("SE");
    let grant = trade.grant.clone();
    trade.world.on("2019-06-01");
    trade.world.event(&se, &grant, Action::Transfer, |event| {
        event.transferred_to = Some(to(&authority("KZ")));
        event.grace_until = Some(day("2019-09-30"));
    });
    check(
        &trade,
        &certificate,
        ("2019-09-30", "2019-11-01"),
        &recognised(),
    );
    check(
        &trade,
        &certificate,
        ("2019-10-01", "2019-11-01"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: competence
            Fail competence.ended
        "#]],
    );
}
