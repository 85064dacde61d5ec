//! Evidence that must not count although somebody registered signed it.

use comity_model::grant::GrantType;
use comity_model::party::NamedParty;
use comity_model::record::Subject;
use comity_model::reference::Reference;
use comity_model::status::{Action, Capacity};
use expect_test::expect;

use super::world::{Body, Shared, World, authority, reference, relies_on};
use super::{Trade, check};

/// A body of SE that nobody has registered yet.
fn body(name: &str) -> Body {
    let did = format!("did:web:{name}.example");
    Body {
        did,
        ..authority("SE").with_key(name)
    }
}

/// The registration of `body` that is held.
fn registration_of(world: &World, body: &Body) -> Shared {
    let registers = |shared: &&Shared| {
        matches!(
            shared.record.as_ref().map(|record| &record.subject),
            Ok(Subject::Registration(registration)) if registration.id == body.did
        )
    };
    Shared::clone(world.records.iter().find(registers).unwrap())
}

#[test]
fn an_event_on_ones_own_registration() {
    let mut trade = Trade::new();
    let (lab, rival) = (trade.lab.clone(), trade.world.body("SE", "rival"));
    let of_lab = registration_of(&trade.world, &lab);
    let of_rival = registration_of(&trade.world, &rival);
    // Each on its own, and each on the other's.
    for (signer, subject) in [(&lab, &of_lab), (&lab, &of_rival), (&rival, &of_lab)] {
        trade
            .world
            .event(signer, subject, Action::Suspend, |event| {
                event.capacity = Capacity::Authority;
            });
    }
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
fn a_withdrawn_parent_registers_nobody() {
    let mut world = World::new();
    let se = authority("SE");
    let parent = body("ab");
    let mut registration = world.registration(&parent, 1);
    registration.mandate.may_register = true;
    let record = world.draft(&se, Subject::Registration(Box::new(registration)));
    let of_parent = world.publish(&[&se], &record);
    world.on("2018-06-01");
    world.event(&se, &of_parent, Action::Withdraw, |event| {
        event.capacity = Capacity::Authority;
    });
    world.on("2018-07-01");
    let lab = body("late-lab");
    world.register(&parent, &lab, 1);
    world.on("2019-03-01");
    let certificate = world.attest(&lab, |_| {});
    check(
        &world,
        &world.ask(&certificate, "SE"),
        &expect![[r#"
        CannotTell, None: registration
        Unknown registration.notHeld
        Unknown arrangement.notHeld
    "#]],
    );
}

/// A chapter under which only designated bodies count.
fn designated() -> Trade {
    Trade::with(|chapter| {
        chapter.issuer_eligibility.grant_types = vec![GrantType::Designation];
    })
}

#[test]
fn somebody_elses_designation() {
    let mut trade = designated();
    let designee = trade.world.body("SE", "designee");
    let designation = trade.world.grant(&authority("SE"), &designee, |grant| {
        grant.grant_type = GrantType::Designation;
    });
    let (lab, own) = (trade.lab.clone(), trade.grant.clone());
    let certificate = trade.world.attest(&lab, |details| {
        details.grants = relies_on(&own);
        details.grants.extend(relies_on(&designation));
        details.based_on = vec![comity_model::attestation::BasedOn {
            role: comity_model::attestation::EvidenceRole::TestReport,
            record: None,
            issuer: Some(NamedParty::registered(
                &designee.did,
                &designee.authority,
                "Designee",
            )),
            number: Some("R-1".to_owned()),
            issued_on: None,
        }];
    });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Warn evidenceChain.laboratoryCommitsNothing
            Fail arrangement.grantTypeMissing
        "#]],
    );
}

#[test]
fn a_designation_that_was_withdrawn_beside_an_accreditation_that_stands() {
    let mut trade = designated();
    let se = authority("SE");
    let lab = trade.lab.clone();
    let designation = trade.world.grant(&se, &lab, |grant| {
        grant.grant_type = GrantType::Designation;
    });
    trade
        .world
        .event(&se, &designation, Action::Withdraw, |_| {});
    let own = trade.grant.clone();
    let certificate = trade.world.attest(&lab, |details| {
        details.grants = relies_on(&own);
        details.grants.extend(relies_on(&designation));
    });
    check(
        &trade.world,
        &trade.world.ask(&certificate, "JP"),
        &expect![[r#"
            NotRecognised, Certificates, DestinationSigned: arrangement
            Fail arrangement.grantTypeMissing
        "#]],
    );
}

#[test]
fn a_suspended_item_beside_one_that_stands() {
    let mut trade = Trade::new();
    let se = authority("SE");
    let lab = trade.lab.clone();
    let grant = trade.world.grant(&se, &lab, |grant| {
        let mut other = grant.scope[0].clone();
        other.id = "other".to_owned();
        other.standards = vec!["IEC 61010-1:2010".parse().unwrap()];
        grant.scope.push(other);
    });
    let item = {
        let Ok(comity_model::record::Record {
            subject: Subject::CompetenceGrant(grant),
            ..
        }) = &grant.record
        else {
            unreachable!("it is a grant");
        };
        grant.scope[0].id.clone()
    };
    trade.world.event(&se, &grant, Action::Suspend, |event| {
        event.scope_items = vec![item.clone()];
    });
    let certificate = trade.world.attest(&lab, |details| {
        details.grants = vec![comity_model::attestation::GrantReliance {
            grant: Reference::Record(reference(&grant)),
            scope_items: vec![item.clone(), "other".to_owned()],
        }];
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
