//! What records are for whoever counts them: economies, states day by day, suspensions.

use comity_model::date::Truth;
use comity_model::reference::RecordReference;
use comity_model::status::{Action, Capacity};
use comity_model::takedown::Takedown;

use super::world::{Body, Shared, World, authority, date, day, period, reference, relies_on};
use crate::standing_now::RecordState;
use crate::standing_now::account::NotCounted;

/// Publishes the event that follows `before` in the signer's chain on `subject`.
fn next(
    world: &mut World,
    by: &Body,
    subject: &Shared,
    action: Action,
    before: &[&Shared],
    effective: &str,
) -> Shared {
    let previous = before.last().map(|event| event.document_multibase.clone());
    let sequence = before.len() as u64 + 1;
    world.event(by, subject, action, |event| {
        for of in &mut event.subjects {
            of.sequence = sequence;
            of.previous_event.clone_from(&previous);
        }
        event.effective_from = date(effective);
    })
}

fn states(world: &World, record: &Shared, days: &[&str]) -> Vec<RecordState> {
    let state = |on: &&str| world.account(record, on).unwrap().state;
    days.iter().map(state).collect()
}

/// The days from which suspensions have effect, and which one is in force.
fn suspended(world: &World, record: &Shared, on: &str) -> Vec<(String, Truth)> {
    let mut found: Vec<_> = (world.account(record, on).unwrap().suspensions.iter())
        .map(|suspension| (suspension.from.to_string(), suspension.in_force))
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

/// A certificate of the second half of 2018, valid from 2018-06-10: suspended on 2018-07-10,
/// reinstated on 2018-08-01, suspended again on 2018-09-05; withdrawn in vain by a stranger.
fn eventful() -> (World, Body, Shared, [Shared; 3]) {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let stranger = world.body("SE", "stranger");
    let record = world.attest(&lab, |details| {
        details.legal_dates.valid_from = Some(date("2018-06-10"));
        details.legal_dates.valid_until = Some(date("2018-12-31"));
    });
    world.on("2018-06-20");
    world.event(&stranger, &record, Action::Withdraw, |_| {});
    let act = |world: &mut World, action, before: &[&Shared], effective: &str| {
        next(world, &lab, &record, action, before, effective)
    };
    let first = act(&mut world, Action::Suspend, &[], "2018-07-10");
    world.on("2018-08-01");
    let second = act(&mut world, Action::Reinstate, &[&first], "2018-08-01");
    let before = [&first, &second];
    let third = act(&mut world, Action::Suspend, &before, "2018-09-05");
    world.on("2018-10-01");
    (world, lab, record, [first, second, third])
}

#[test]
fn a_certificate_has_on_each_day_the_state_of_that_day() {
    let (world, _, record, _) = eventful();
    for (on, state) in [
        ("2018-06-09", RecordState::Pending),
        ("2018-06-10", RecordState::Active),
        ("2018-07-09", RecordState::Active),
        ("2018-07-10", RecordState::Suspended),
        ("2018-07-31", RecordState::Suspended),
        ("2018-08-01", RecordState::Active),
        ("2018-09-04", RecordState::Active),
        ("2018-09-05", RecordState::Suspended),
        ("2018-12-31", RecordState::Suspended),
    ] {
        assert_eq!(states(&world, &record, &[on]), [state], "{on}");
    }
}

#[test]
fn of_several_suspensions_that_is_in_force_by_which_it_is_suspended() {
    let (mut world, lab, record, [first, second, third]) = eventful();
    let july = |in_force| ("2018-07-10".to_owned(), in_force);
    let september = |in_force| ("2018-09-05".to_owned(), in_force);
    let on = |world: &World, on: &str| suspended(world, &record, on);
    assert_eq!(on(&world, "2018-07-09"), []);
    assert_eq!(on(&world, "2018-07-10"), [july(Truth::Yes)]);
    assert_eq!(on(&world, "2018-08-15"), [july(Truth::No)]);
    let both = [july(Truth::No), september(Truth::Yes)];
    assert_eq!(on(&world, "2018-09-30"), both);
    // A withdrawal ends what was suspended.
    let before = [&first, &second, &third];
    let ended = Action::Withdraw;
    next(&mut world, &lab, &record, ended, &before, "2018-10-01");
    let state = world.account(&record, "2018-10-01").unwrap().state;
    assert_eq!(state, RecordState::Withdrawn);
    let both = [july(Truth::No), september(Truth::No)];
    assert_eq!(on(&world, "2018-10-01"), both);
}

#[test]
fn a_broken_chain_leaves_it_open_whether_a_suspension_is_in_force() {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let record = world.attest(&lab, |_| {});
    world.event(&lab, &record, Action::Suspend, |event| {
        event.subjects[0].sequence = 2;
    });
    assert_eq!(
        states(&world, &record, &["2018-06-01"]),
        [RecordState::Unknown]
    );
    let of = |truth| [("2018-06-01".to_owned(), truth)];
    assert_eq!(suspended(&world, &record, "2018-06-01"), of(Truth::Unknown));
}

#[test]
fn economies_are_those_of_the_grant_relied_on_else_of_the_registration() {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let of =
        |world: &World, record: &Shared| world.account(record, "2018-06-01").unwrap().economies;
    let alone = world.attest(&lab, |_| {});
    assert_eq!(of(&world, &alone), ["SE"]);
    let grant = world.grant(&authority("JP"), &lab, |_| {});
    let relying = world.attest(&lab, |details| details.grants = relies_on(&grant));
    assert_eq!(of(&world, &relying), ["JP"]);
    // A grantor acts for its own economy only.
    let grant = world.grant(&authority("JP"), &lab, |grant| {
        grant.economies = vec!["JP".to_owned(), "KZ".to_owned()];
    });
    assert_eq!(of(&world, &grant), ["JP"]);
    world.policy = format!(
        "\n[[importers]]\nsigner = \"{}\"\nsystem = \"register\"\n",
        authority("SE").did
    );
    let imported = world.import(&["KZ", "JP"], "row", |_| {});
    assert_eq!(of(&world, &imported), ["JP", "KZ"]);
    world.policy_head = "accept_imported = false\n".to_owned();
    let unbelieved = Err(NotCounted::NotBelieved);
    assert_eq!(world.account(&imported, "2018-06-01"), unbelieved);
}

#[test]
fn a_revision_takes_over_on_its_own_first_day() {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let first = world.attest(&lab, |_| {});
    world.on("2018-07-01");
    let mut record = world.attest_draft(&lab, |details| {
        details.legal_dates.valid_from = Some(date("2018-08-01"));
    });
    record.comity.replaces = Some(reference(&first));
    let second = world.publish(&[&lab], &record);
    let days = ["2018-07-31", "2018-08-01"];
    assert_eq!(
        states(&world, &first, &days),
        [RecordState::Active, RecordState::Superseded]
    );
    assert_eq!(
        states(&world, &second, &days),
        [RecordState::Pending, RecordState::Active]
    );
    // What suspends the first is one suspension, of the first.
    world.event(&lab, &first, Action::Suspend, |event| {
        event.effective_from = date("2018-07-02");
    });
    assert_eq!(suspended(&world, &first, "2018-07-10").len(), 1);
    assert_eq!(suspended(&world, &second, "2018-07-10").len(), 0);
}

#[test]
fn a_grant_is_replaced_by_its_signers_revision_only() {
    let mut world = World::new();
    let (grantor, lab) = (authority("SE"), world.body("SE", "lab"));
    let first = world.grant(&grantor, &lab, |grant| {
        grant.period = period("2018-06-01", Some("2018-12-31"));
    });
    world.on("2018-07-01");
    let revise = |world: &mut World, by: &Body, of: RecordReference| {
        let draft = world.grant(by, &lab, |_| {});
        let mut record = draft.record.clone().unwrap();
        world
            .records
            .retain(|held| held.record_digest != draft.record_digest);
        record.comity.replaces = Some(of);
        world.publish(&[by], &record)
    };
    revise(&mut world, &authority("JP"), reference(&first));
    assert_eq!(
        states(&world, &first, &["2018-07-01"]),
        [RecordState::Active]
    );
    revise(&mut world, &grantor, reference(&first));
    assert_eq!(
        states(
            &world,
            &first,
            &["2018-05-31", "2018-06-30", "2018-07-01", "2019-01-01"]
        ),
        [
            RecordState::Pending,
            RecordState::Active,
            RecordState::Superseded,
            RecordState::Expired
        ]
    );
}

#[test]
fn a_body_is_its_newest_registration_that_has_begun() {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let first = world.records.last().unwrap().clone();
    world.on("2018-07-01");
    let second = world.register(&authority("SE"), &lab, 2);
    let account = world.account(&first, "2018-06-30").unwrap();
    assert_eq!(account.state, RecordState::Active);
    assert_eq!(account.economies, ["SE"]);
    let other = Err(NotCounted::OtherVersion);
    assert_eq!(world.account(&second, "2018-06-30"), other);
    assert_eq!(world.account(&first, "2018-07-01"), other);
    let account = world.account(&second, "2018-07-01").unwrap();
    assert_eq!(account.since, day("2018-06-01").into());
    // Somebody who may not register registers nobody.
    let forged = world.register(&lab, &world_body("SE", "other"), 1);
    let unbelieved = Err(NotCounted::NotBelieved);
    assert_eq!(world.account(&forged, "2018-07-01"), unbelieved);
}

fn world_body(economy: &str, name: &str) -> Body {
    Body {
        did: format!("did:web:{name}.example"),
        ..authority(economy)
    }
}

#[test]
fn what_the_policy_does_not_believe_or_was_taken_down_does_not_count() {
    let mut world = World::new();
    let lab = world.body("JP", "lab");
    let record = world.attest(&lab, |_| {});
    assert!(world.account(&record, "2018-06-01").is_ok());
    let imported = world.import(&["KZ"], "row", |_| {});
    let unbelieved = Err(NotCounted::NotBelieved);
    assert_eq!(world.account(&imported, "2018-06-01"), unbelieved);
    world.unpinned = vec!["JP"];
    assert_eq!(world.account(&record, "2018-06-01"), unbelieved);
    world.unpinned.clear();
    let identity = record.identity().unwrap();
    let says = Takedown {
        authority: identity.authority,
        issuer: identity.issuer,
        id: identity.id,
        kind: "Attestation".to_owned(),
        record_digest: comity_signature::digest::to_multibase(record.record_digest),
        document_digest: record.document_multibase.clone(),
        legal_basis: "Court of Example, 18/42".to_owned(),
    };
    let by = authority("JP");
    let order = world.draft(&by, comity_model::record::Subject::Takedown(Box::new(says)));
    world.publish(&[&by], &order);
    let taken_down = Err(NotCounted::TakenDown);
    assert_eq!(world.account(&record, "2018-06-01"), taken_down);
}

#[test]
fn an_act_in_a_capacity_that_its_signer_lacks_does_not_suspend() {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let record = world.attest(&lab, |_| {});
    world.event(&authority("JP"), &record, Action::Suspend, |event| {
        event.capacity = Capacity::Authority;
    });
    assert_eq!(suspended(&world, &record, "2018-06-01"), []);
    world.event(&authority("SE"), &record, Action::Suspend, |event| {
        event.capacity = Capacity::Authority;
    });
    let found = suspended(&world, &record, "2018-06-01");
    assert_eq!(found, [("2018-06-01".to_owned(), Truth::Yes)]);
    assert_eq!(
        states(&world, &record, &["2018-06-01"]),
        [RecordState::Suspended]
    );
}
