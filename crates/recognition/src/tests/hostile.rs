//! What stops those who would be believed without a right to it: every hostile case of
//! format.md, section 2, by name.

use comity_model::date::LegalDate;
use comity_model::record::Subject;
use comity_model::reference::Reference;
use comity_model::registration::SameAs;
use comity_model::revocation::RevocationReason;
use comity_model::status::{Action, Capacity};
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;
use expect_test::expect;

use super::world::{World, authority, reference};
use super::{Trade, check, relies_on};

#[test]
fn a_foreign_authority_registers_somebodys_body() {
    let mut trade = Trade::new();
    // KZ registers the laboratory's DID with a key of its own and signs as the laboratory.
    let mut impostor = trade.lab.with_key("impostor");
    impostor.authority = authority("KZ").did;
    trade.world.register(&authority("KZ"), &impostor, 1);
    let pretends = trade.lab.with_key("impostor");
    let forged = trade.world.attest(&pretends, |_| {});
    check(
        &trade.world,
        &trade.world.ask(&forged, "JP"),
        &expect![[r#"
            NotRecognised, None: registration
            Fail registration.keyNotRegistered
            Unknown arrangement.notHeld
        "#]],
    );
    // Under its own name the body is another one, and KZ cannot act for SE.
    let own = trade.world.attest(&impostor, |_| {});
    check(
        &trade.world,
        &trade.world.ask(&own, "JP"),
        &expect![[r#"
            NotRecognised, None: arrangement
            Fail arrangement.none
        "#]],
    );
    // The genuine one is untouched.
    let genuine = trade.certificate();
    check(
        &trade.world,
        &trade.world.ask(&genuine, "JP"),
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
}

#[test]
fn a_self_signed_participation() {
    let mut trade = Trade::new();
    let body = trade.world.body("KZ", "kz-body");
    trade
        .world
        .join(&trade.arrangement, "KZ", &authority("KZ"), |_| {});
    let certificate = trade.world.attest(&body, |_| {});
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.issuerSideNotIn
        "#]],
    );
    // As a destination KZ may say what it accepts.
    let of_se = trade.certificate();
    check(
        &trade.world,
        &trade.world.ask(&of_se, "KZ"),
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
        Warn arrangement.loggedLater
    "#]],
    );
}

#[test]
fn a_self_signed_participation_may_restrict_its_signer() {
    let mut trade = Trade::new();
    trade.world.join(
        &trade.arrangement,
        "SE",
        &authority("SE"),
        |participation| {
            participation.period = super::world::period("2018-05-15", Some("2018-12-31"));
        },
    );
    let certificate = trade.certificate();
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.issuerSideNotIn
        "#]],
    );
}

#[test]
fn an_event_by_one_not_entitled() {
    let mut trade = Trade::new();
    let rival = trade.world.body("SE", "rival");
    let certificate = trade.certificate();
    trade
        .world
        .event(&rival, &certificate, Action::Withdraw, |_| {});
    trade
        .world
        .event(&authority("KZ"), &certificate, Action::Annul, |event| {
            event.capacity = Capacity::Authority;
        });
    let question = trade.world.ask(&certificate, "JP");
    check(
        &trade.world,
        &question,
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    assert_eq!(trade.world.answer(&question).ignored.len(), 2);
}

#[test]
fn a_suspended_certificate_rewrapped_in_three_ways_stays_suspended() {
    let mut trade = Trade::new();
    let grants = relies_on(&trade.grant);
    let record = trade
        .world
        .attest_draft(&trade.lab.clone(), |details| details.grants = grants);
    let lab = trade.lab.clone();
    let certificate = trade.world.publish(&[&lab], &record);
    trade
        .world
        .event(&lab, &certificate, Action::Suspend, |_| {});
    let bytes = to_canonical(&record.to_value()).unwrap();
    let created = Some("2019-03-01T10:00:00Z");
    let limits = Limits::default();
    let dated = sign(&bytes, &lab.did, &lab.key, created, &limits).unwrap();
    let rival = lab.with_key("another");
    let doubled = sign(&dated, &rival.did, &rival.key, None, &limits).unwrap();
    let mut value: serde_json::Value = serde_json::from_slice(&dated).unwrap();
    value["proof"] = serde_json::json!([value["proof"]]);
    let in_array = to_canonical(&value).unwrap();
    for bytes in [dated, doubled, in_array] {
        let rewrapped = trade.world.log(&bytes, "SE");
        assert_ne!(rewrapped.record_digest, certificate.record_digest);
        assert_eq!(rewrapped.document_digest, certificate.document_digest);
        let mut question = trade.world.ask(&rewrapped, "JP");
        let exactly = hex::encode(rewrapped.record_digest);
        question.record = crate::question::Selector::RecordDigest(exactly);
        let answer = super::describe(&trade.world.answer(&question));
        assert!(answer.contains("Fail status.suspended"), "{answer}");
    }
}

#[test]
fn a_squatted_arrangement_name() {
    let mut world = World::new();
    let body = world.body("KZ", "kz-body");
    // KZ publishes an arrangement under the secretariat's name, registers the secretariat's DID
    // for itself, and lets everybody in.
    let mut squatter = authority("INT").with_key("squatter");
    squatter.authority = authority("KZ").did;
    squatter.economy = "KZ".to_owned();
    world.register(&authority("KZ"), &squatter, 1);
    let mut text = World::arrangement_of("mra", &[&squatter], vec![World::chapter("all")]);
    text.secretariat = Some(squatter.reference());
    let draft = world.draft(&squatter, Subject::Arrangement(Box::new(text)));
    let published = world.publish(&[&squatter], &draft);
    world.join(&published, "KZ", &squatter, |_| {});
    world.join(&published, "JP", &squatter, |_| {});
    // The genuine one of that id stands under the secretariat itself; JP is in that one.
    let int = authority("INT");
    let genuine = world.arrangement("mra", &[&int], vec![World::chapter("appliances")]);
    world.join(&genuine, "JP", &authority("JP"), |_| {});
    world.on("2019-03-01");
    let certificate = world.attest(&body, |_| {});
    check(
        &world,
        &world.ask(&certificate, "JP"),
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: arrangement
        Fail arrangement.issuerSideNotIn
    "#]],
    );
}

#[test]
fn a_grant_for_a_body_of_one_authority_says_nothing_of_another() {
    let mut trade = Trade::new();
    let mut twin = trade.lab.with_key("twin");
    twin.authority = authority("KZ").did;
    twin.economy = "KZ".to_owned();
    trade.world.register(&authority("KZ"), &twin, 1);
    trade
        .world
        .join(&trade.arrangement, "KZ", &authority("INT"), |_| {});
    let grants = relies_on(&trade.grant);
    let certificate = trade.world.attest(&twin, |details| details.grants = grants);
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: competence
            Fail competence.otherParty
            Warn arrangement.loggedLater
        "#]],
    );
}

#[test]
fn a_registration_by_another_parent() {
    let mut trade = Trade::new();
    let mut accreditor = trade.world.body("SE", "accreditor");
    accreditor.economy = "SE".to_owned();
    let mut registration = trade.world.registration(&accreditor, 2);
    registration.mandate.may_register = true;
    let authority = authority("SE");
    let record = trade
        .world
        .draft(&authority, Subject::Registration(Box::new(registration)));
    trade.world.publish(&[&authority], &record);
    // The accreditation body may register bodies, and the laboratory is not its own.
    let stolen = trade.lab.with_key("stolen");
    trade.world.register(&accreditor, &stolen, 1);
    let forged = trade.world.attest(&stolen, |_| {});
    check(
        &trade.world,
        &trade.world.ask(&forged, "JP"),
        &expect![[r#"
            NotRecognised, None: registration
            Fail registration.otherParent
            Unknown arrangement.notHeld
        "#]],
    );
    // A body that it registered first is its own.
    let mut third = stolen.with_key("third");
    third.did = "did:web:third.example".to_owned();
    trade.world.register(&accreditor, &third, 1);
    let certificate = trade.world.attest(&third, |_| {});
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
}

#[test]
fn a_key_revoked_before_and_after() {
    let mut trade = Trade::new();
    let before = trade.certificate();
    trade.world.on("2019-04-01");
    let lab = trade.lab.clone();
    // Ended in the ordinary way, said to be so from earlier on: clamped to its own logged time.
    trade.world.revoke(
        &authority("SE"),
        &lab,
        RevocationReason::Ceased,
        "2019-01-01",
    );
    trade.world.on("2019-05-01");
    let after = trade.certificate();
    check(
        &trade.world,
        &trade.world.ask(&before, "JP"),
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    check(
        &trade.world,
        &trade.world.ask(&after, "JP"),
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: registration
        Fail registration.keyRevoked
    "#]],
    );
    // Compromised since a day before the first: that one falls too, as known from then on.
    let asked_before = trade.world.ask(&before, "JP");
    trade.world.on("2019-06-01");
    trade.world.revoke(
        &authority("SE"),
        &lab,
        RevocationReason::KeyCompromise,
        "2019-02-01",
    );
    check(
        &trade.world,
        &trade.world.ask(&before, "JP"),
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: registration
        Fail registration.keyRevoked
    "#]],
    );
    check(
        &trade.world,
        &asked_before,
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
}

#[test]
fn a_revision_signed_by_fewer_may_only_restrict() {
    let mut world = World::new();
    let (lab, jp) = (world.body("SE", "lab"), authority("JP"));
    let se = authority("SE");
    let first = world.arrangement("mra", &[&jp, &se], vec![World::chapter("appliances")]);
    world.on("2019-03-01");
    let certificate = world.attest(&lab, |_| {});
    check(
        &world,
        &world.ask(&certificate, "JP"),
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    // SE alone raises the degree: nothing comes of it.
    let revise = |world: &mut World, change: &dyn Fn(&mut comity_model::arrangement::Chapter)| {
        let mut chapter = World::chapter("appliances");
        change(&mut chapter);
        let mut revision = World::arrangement_of("mra", &[&jp, &se], vec![chapter]);
        revision.version = 2;
        let mut record = world.draft(&se, Subject::Arrangement(Box::new(revision)));
        record.comity.authority.clone_from(&jp.did);
        record.comity.replaces = Some(reference(&first));
        world.publish(&[&se], &record)
    };
    revise(&mut world, &|chapter| {
        chapter.degree = comity_model::arrangement::Degree::Rules;
    });
    check(
        &world,
        &world.ask(&certificate, "JP"),
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    // SE alone ends it: that binds SE, which signed.
    world.records.pop();
    revise(&mut world, &|chapter| {
        chapter.period = super::world::period("2018-01-01", Some("2018-12-31"));
    });
    check(
        &world,
        &world.ask(&certificate, "JP"),
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: arrangement
        Fail arrangement.issuedAfterEnd
    "#]],
    );
}

#[test]
fn two_documents_under_one_identity() {
    let mut trade = Trade::new();
    let lab = trade.lab.clone();
    let mut record = trade.world.attest_draft(&lab, |_| {});
    let one = trade.world.publish(&[&lab], &record);
    record.name = "Another".to_owned();
    trade.world.publish(&[&lab], &record);
    check(
        &trade.world,
        &trade.world.ask(&one, "JP"),
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: identity
        Fail identity.twoDocuments
    "#]],
    );
}

#[test]
fn a_gap_and_a_fork_in_a_chain_of_events() {
    let mut trade = Trade::new();
    let (lab, certificate) = (trade.lab.clone(), trade.certificate());
    let first = trade.world.event(&lab, &certificate, Action::Amend, |_| {});
    let third = trade
        .world
        .event(&lab, &certificate, Action::Amend, |event| {
            event.subjects[0].sequence = 3;
            event.subjects[0].previous_event = Some(first.document_multibase.clone());
        });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: status
            Unknown status.sequenceGap
        "#]],
    );
    trade
        .world
        .records
        .retain(|record| record.record_digest != third.record_digest);
    trade
        .world
        .event(&lab, &certificate, Action::Suspend, |_| {});
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: status
            Unknown status.sequenceFork
        "#]],
    );
}

#[test]
fn a_reinstatement_of_anothers_suspension() {
    let mut trade = Trade::new();
    let (lab, certificate) = (trade.lab.clone(), trade.certificate());
    trade
        .world
        .event(&authority("SE"), &certificate, Action::Suspend, |event| {
            event.capacity = Capacity::Authority;
        });
    trade
        .world
        .event(&lab, &certificate, Action::Reinstate, |_| {});
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
fn a_court_without_a_legal_basis() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let annul = |world: &mut World, basis: Option<&str>| {
        world.event(&authority("SE"), &certificate, Action::Annul, |event| {
            event.capacity = Capacity::Court;
            event.legal_basis = basis.map(str::to_owned);
        });
    };
    annul(&mut trade.world, None);
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
    trade.world.records.pop();
    annul(&mut trade.world, Some("Act 12, section 3"));
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: status
            Fail status.annulled
        "#]],
    );
}

#[test]
fn a_laboratory_disowns_a_report() {
    let mut trade = Trade::new();
    let tester = trade.world.body("SE", "tester");
    let stranger = trade.world.body("SE", "stranger");
    let grants = relies_on(&trade.grant);
    let lab = trade.lab.clone();
    let certificate = trade.world.attest(&lab, |details| {
        details.grants = grants;
        details.based_on = vec![comity_model::attestation::BasedOn {
            role: comity_model::attestation::EvidenceRole::TestReport,
            record: None,
            issuer: Some(tester.party()),
            number: Some("R-7".to_owned()),
            issued_on: None,
        }];
    });
    let disown = |world: &mut World, by| {
        world.event(by, &certificate, Action::Disown, |event| {
            event.capacity = Capacity::Laboratory;
        });
    };
    disown(&mut trade.world, &stranger);
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
            Warn evidenceChain.laboratoryCommitsNothing
        "#]],
    );
    disown(&mut trade.world, &tester);
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
fn a_destination_refuses_for_anothers_territory() {
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    let refuse = |world: &mut World, by: &str, territory: &str| {
        world.event(
            &authority(by),
            &certificate,
            Action::RefuseRecognition,
            |event| {
                event.capacity = Capacity::DestinationAuthority;
                event.territory = vec![territory.to_owned()];
            },
        );
    };
    refuse(&mut trade.world, "KZ", "JP");
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
    refuse(&mut trade.world, "JP", "JP");
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: territory
            Fail territory.refused
        "#]],
    );
    check(
        &trade.world,
        &trade.world.ask(&certificate, "SE"),
        &expect![[r#"
            Recognised, Rules, DestinationSigned: arrangement
        "#]],
    );
}

#[test]
fn a_backdated_native_reinstatement() {
    let mut trade = Trade::new();
    let (lab, certificate) = (trade.lab.clone(), trade.certificate());
    let suspended = trade
        .world
        .event(&lab, &certificate, Action::Suspend, |_| {});
    trade.world.on("2019-06-01");
    trade
        .world
        .event(&lab, &certificate, Action::Reinstate, |event| {
            event.effective_from = LegalDate::Day(super::world::day("2019-03-02"));
            event.subjects[0].sequence = 2;
            event.subjects[0].previous_event = Some(suspended.document_multibase.clone());
        });
    let mut question = trade.world.ask(&certificate, "JP");
    check(
        &trade.world,
        &question,
        &expect![[r#"
        Recognised, Certificates, DestinationSigned: arrangement
    "#]],
    );
    question.on = super::world::day("2019-04-01");
    check(
        &trade.world,
        &question,
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: status
        Fail status.suspended
    "#]],
    );
}

#[test]
fn an_imported_record_without_its_importer_in_the_policy() {
    let mut trade = Trade::new();
    let certificate = trade.world.import(&["SE"], "1", |_| {});
    check(
        &trade.world,
        &trade.world.ask(&certificate, "SE"),
        &expect![[r#"
            CannotTell, Rules, Transcribed: registration
            Unknown registration.importerNotNamed
        "#]],
    );
    trade.world.policy =
        "[[importers]]\nsigner = \"did:web:se.example\"\nsystem = \"register\"\n".to_owned();
    check(
        &trade.world,
        &trade.world.ask(&certificate, "SE"),
        &expect![[r#"
            Recognised, Rules, Transcribed: arrangement
            Warn registration.attributedByRegistry
        "#]],
    );
    trade.world.policy_head = "accept_imported = false\n".to_owned();
    check(
        &trade.world,
        &trade.world.ask(&certificate, "SE"),
        &expect![[r#"
            CannotTell, Rules, Transcribed: registration
            Unknown registration.importedNotAccepted
        "#]],
    );
}

#[test]
fn a_policy_that_would_turn_a_no_into_a_yes() {
    let mut trade =
        Trade::with(|chapter| chapter.phase = comity_model::arrangement::Phase::Suspended);
    let certificate = trade.certificate();
    let rule = |rule: &str| {
        format!(
            "[[arrangement]]\nauthority = \"did:web:int.example\"\n\
             name = \"did:web:int.example#mra\"\nrule = \"{rule}\"\n"
        )
    };
    trade.world.policy = rule("accept");
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.notOperational
        "#]],
    );
    // Less it may make of it, and names itself.
    let mut trade = Trade::new();
    let certificate = trade.certificate();
    trade.world.policy = rule("exclude");
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.excludedByPolicy
        "#]],
    );
    trade.world.policy = rule("accept").replace("#mra", "#other");
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            CannotTell, Certificates, DestinationSigned: arrangement
            Unknown arrangement.notAcceptedByPolicy
        "#]],
    );
    trade.world.policy = rule("accept");
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            Recognised, Certificates, DestinationSigned: arrangement
        "#]],
    );
}

#[test]
fn an_own_record_takes_the_place_of_an_import_only_where_its_authority_says_so() {
    let mut trade = Trade::new();
    trade.world.policy =
        "[[importers]]\nsigner = \"did:web:se.example\"\nsystem = \"register\"\n".to_owned();
    let se = authority("SE");
    let import = trade.world.import(&["SE"], "1", |_| {});
    trade.world.event(&se, &import, Action::Withdraw, |_| {});
    let own = trade.certificate();
    let mut question = trade.world.ask(&own, "JP");
    question.record = crate::question::Selector::Number {
        number: "C-100".to_owned(),
        issuer: None,
    };
    check(
        &trade.world,
        &question,
        &expect![[r#"
        CannotTell, None: identity
        Unknown record.ambiguous
    "#]],
    );
    let lab = trade.lab.clone();
    let mut registration = trade.world.registration(&lab, 2);
    registration.same_as = vec![SameAs {
        system: "register".to_owned(),
        source_id: "https://scheme.example".to_owned(),
    }];
    // Logged before the certificate, as a new version of the registration.
    trade.world.on("2019-02-01");
    let record = trade
        .world
        .draft(&se, Subject::Registration(Box::new(registration)));
    trade.world.publish(&[&se], &record);
    trade.world.on("2019-03-01");
    check(
        &trade.world,
        &question,
        &expect![[r#"
        NotRecognised, Certificates, DestinationSigned: status
        Fail status.withdrawn
    "#]],
    );
    assert!(matches!(
        relies_on(&trade.grant)[0].grant,
        Reference::Record(_)
    ));
}
