//! Whose notices are heard, who may answer them, and what was answered by which day.

use comity_model::notice::{ConfirmationAnswer, Notice, NoticeSort, NoticeSubject, PrintedNumber};
use comity_model::party::NamedParty;
use comity_model::record::{Kind, Record, Subject};
use comity_model::status::{Action, Capacity};
use comity_model::text::LangString;

use super::world::{Body, Shared, World, authority, day, noon, reference};
use crate::evidence::{Evidence, EvidenceRecord};
use crate::notice::{Heard, RequestState, heard, may_answer, request_state};
use crate::standing_now::RecordState;
use crate::trust_graph::TrustGraph;

fn notice(sort: NoticeSort, about: NoticeSubject) -> Notice {
    Notice {
        sort,
        about: vec![about],
        text: LangString::of("en", "Test"),
        addressee: None,
        answer_by: None,
        in_reply_to: None,
        answer: None,
        terms: None,
        legal_basis: None,
    }
}

fn about_number(issuer: NamedParty) -> NoticeSubject {
    NoticeSubject {
        record: None,
        number: Some(PrintedNumber {
            number: "LAB-999".to_owned(),
            issuer: Some(issuer),
        }),
        party: None,
    }
}

fn about_record(record: &Shared) -> NoticeSubject {
    NoticeSubject {
        record: Some(reference(record)),
        number: None,
        party: None,
    }
}

fn publish(world: &mut World, by: &Body, notice: Notice) -> Shared {
    let record = world.draft(by, Subject::Notice(Box::new(notice)));
    world.publish(&[by], &record)
}

fn warning(world: &mut World, by: &Body, issuer: &Body) -> Shared {
    let about = about_number(issuer.party());
    publish(world, by, notice(NoticeSort::ForgedCertificate, about))
}

fn heard_on(world: &World, record: &Shared, on: &str) -> Option<Heard> {
    let trust = TrustGraph::build(world.records.iter().cloned());
    let events = world.records.iter().filter(|held| {
        let read = held.record.as_ref();
        read.is_ok_and(|read| read.kind() == Kind::StatusEvent)
    });
    let evidence = Evidence {
        candidates: Vec::new(),
        revisions: Vec::new(),
        events: events.cloned().collect(),
        trust: &trust,
        heads: &[],
        taken_down: Vec::new(),
        held_of_issuer: None,
        reports: Vec::new(),
        issued: Vec::new(),
        unread: crate::evidence::Unread::default(),
        no_statement: None,
    };
    heard(
        record,
        &evidence,
        &world.policy(),
        day(on),
        noon("2019-12-01"),
    )
}

#[test]
fn a_request_is_open_answered_or_not_answered_by_the_day() {
    use RequestState::{Answered, NoAnswerByTheDay, Open};
    for (answered_on, on, expected) in [
        (None, "2026-07-30", Open),
        (None, "2026-07-31", Open),
        (None, "2026-08-01", NoAnswerByTheDay),
        (Some("2026-07-31"), "2026-07-30", Open),
        (Some("2026-07-31"), "2026-07-31", Answered),
        (Some("2026-07-31"), "2026-08-01", Answered),
        (Some("2026-08-05"), "2026-07-31", Open),
        (Some("2026-08-05"), "2026-08-01", NoAnswerByTheDay),
        (Some("2026-08-05"), "2026-08-04", NoAnswerByTheDay),
        (Some("2026-08-05"), "2026-08-05", Answered),
    ] {
        let state = request_state(day("2026-07-31"), answered_on.map(day), day(on));
        assert_eq!(
            state, expected,
            "answered on {answered_on:?}, asked on {on}"
        );
    }
}

#[test]
fn authorities_and_bodies_registered_for_notices_are_heard() {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    world.on("2018-07-01");
    let by_authority = warning(&mut world, &authority("JP"), &lab);
    let by_body = warning(&mut world, &lab, &lab);
    let said = heard_on(&world, &by_authority, "2019-01-01").unwrap();
    assert!(said.is_authority && said.stands());
    assert_eq!(said.economy.as_deref(), Some("JP"));
    assert_eq!(said.known, noon("2018-07-01"));
    let said = heard_on(&world, &by_body, "2019-01-01").unwrap();
    assert!(!said.is_authority && said.stands());
    assert_eq!((said.name, said.economy.as_deref()), (lab.did, Some("SE")));
}

#[test]
fn nobody_else_is_heard() {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let rival = Body {
        did: "did:web:rival.example".to_owned(),
        ..authority("SE").with_key("rival")
    };
    // Registered, and not for notices.
    let mute = Body {
        did: "did:web:mute.example".to_owned(),
        ..authority("SE").with_key("mute")
    };
    let mut registration = world.registration(&mute, 1);
    registration.mandate.kinds = vec![Kind::Attestation];
    let se = authority("SE");
    let record = world.draft(&se, Subject::Registration(Box::new(registration)));
    world.publish(&[&se], &record);
    world.on("2018-07-01");
    // The name of an authority with the key of somebody else.
    let impostor = authority("SE").with_key("rival");
    for signer in [
        &rival,
        &mute,
        &impostor,
        &authority("FR"),
        &authority("INT"),
    ] {
        let said = warning(&mut world, signer, &lab);
        assert_eq!(
            heard_on(&world, &said, "2019-01-01"),
            None,
            "{}",
            signer.did
        );
    }
}

#[test]
fn a_notice_that_was_taken_back_says_so() {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let rival = world.body("SE", "rival");
    let jp = authority("JP");
    world.on("2018-07-01");
    let said = warning(&mut world, &jp, &lab);
    world.on("2018-08-01");
    world.event(&rival, &said, Action::Withdraw, |_| {});
    world.event(&authority("SE"), &said, Action::Annul, |event| {
        event.capacity = Capacity::Authority;
    });
    let state = |world: &World, on: &str| heard_on(world, &said, on).unwrap().state;
    assert_eq!(state(&world, "2018-09-01"), RecordState::Active);
    world.on("2018-10-01");
    world.event(&jp, &said, Action::Withdraw, |_| {});
    assert_eq!(state(&world, "2018-09-30"), RecordState::Active);
    assert_eq!(state(&world, "2018-10-01"), RecordState::Withdrawn);
    assert!(!heard_on(&world, &said, "2018-10-01").unwrap().stands());
}

fn reply_to(world: &mut World, by: &Body, to: &EvidenceRecord, sort: NoticeSort) -> Record {
    let asked = to.record.as_ref().unwrap();
    let Subject::Notice(asked) = &asked.subject else {
        panic!("no notice");
    };
    let about = asked.about.first().unwrap().clone();
    let mut reply = notice(sort, about);
    reply.in_reply_to = Some(reference(&to.clone().into()));
    let replies = sort == NoticeSort::ConfirmationReply;
    reply.answer = replies.then_some(ConfirmationAnswer::Confirmed);
    world.draft(by, Subject::Notice(Box::new(reply)))
}

/// Whose answers of that sort count, among those that are registered somewhere.
fn who_may_answer(world: &mut World, to: &Shared, sort: NoticeSort) -> Vec<String> {
    let names = ["lab", "rival", "holder"];
    let bodies = names.map(|name| Body {
        did: format!("did:web:{name}.example"),
        ..authority("SE").with_key(name)
    });
    let authorities = ["SE", "JP", "KZ"].map(authority);
    let holders = ["did:web:holder.example".to_owned()];
    let mut may = Vec::new();
    for signer in bodies.iter().chain(&authorities) {
        let answer = reply_to(world, signer, to, sort);
        if may_answer(&answer, to, &holders) {
            may.push(signer.did.clone());
        }
    }
    may
}

#[test]
fn those_named_their_authority_and_the_holder_respond() {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let se = authority("SE").did;
    let holder = "did:web:holder.example".to_owned();
    let expected = [lab.did.clone(), holder, se];
    let certificate = world.attest(&lab, |_| {});
    let party = NoticeSubject {
        record: None,
        number: None,
        party: Some(lab.party()),
    };
    for about in [about_number(lab.party()), about_record(&certificate), party] {
        let said = publish(
            &mut world,
            &authority("JP"),
            notice(NoticeSort::Misuse, about),
        );
        let may = who_may_answer(&mut world, &said, NoticeSort::Response);
        assert_eq!(may, expected);
        let may = who_may_answer(&mut world, &said, NoticeSort::ConfirmationReply);
        assert_eq!(may, Vec::<String>::new(), "nobody was asked");
    }
}

#[test]
fn who_is_asked_or_its_authority_replies() {
    let mut world = World::new();
    let lab = world.body("SE", "lab");
    let mut request = notice(NoticeSort::ConfirmationRequest, about_number(lab.party()));
    request.addressee = Some(authority("KZ").reference());
    request.answer_by = Some(day("2018-12-31"));
    let asked = publish(&mut world, &authority("JP"), request.clone());
    let sort = NoticeSort::ConfirmationReply;
    let may = who_may_answer(&mut world, &asked, sort);
    assert_eq!(may, [authority("KZ").did]);
    request.addressee = Some(lab.reference());
    let other = publish(&mut world, &authority("JP"), request);
    let may = who_may_answer(&mut world, &other, sort);
    assert_eq!(may, [lab.did, authority("SE").did]);

    // An answer to one request is none to another, nor to another document of the same name.
    let answer = reply_to(&mut world, &authority("KZ"), &asked, sort);
    assert!(may_answer(&answer, &asked, &[]));
    assert!(!may_answer(&answer, &other, &[]));
    let mut twin = EvidenceRecord::clone(&asked);
    twin.document_multibase = other.document_multibase.clone();
    assert!(!may_answer(&answer, &twin, &[]));
}
