//! Notices of a node in memory: what touches what, who is heard, answers, pages.

use comity_model::notice::{ConfirmationAnswer, NoticeSubject, PrintedNumber};
use comity_model::party::NamedParty;
use comity_model::reference::{Identity, RecordReference};
use comity_model::samples::draft;
use comity_model::text::LangString;
use comity_recognition::question::Selector;
use comity_signature::digest::to_multibase;

use super::*;
use crate::tests::{AUTHORITY, SEED, node, now, signed, today, uuid};

const OTHER: &str = "did:web:other.example.se";

fn subject(sort: NoticeSort, about: NoticeSubject) -> Notice {
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

fn number(number: &str, issuer: Option<NamedParty>) -> NoticeSubject {
    let number = number.to_owned();
    NoticeSubject {
        record: None,
        number: Some(PrintedNumber { number, issuer }),
        party: None,
    }
}

fn party(did: &str) -> NamedParty {
    NamedParty::registered(did, AUTHORITY, "Body")
}

fn record(id: u8, notice: Notice) -> Record {
    let mut record = draft(Kind::Notice, AUTHORITY, &uuid(id), today());
    record.comity.authority = AUTHORITY.to_owned();
    record.subject = Subject::Notice(Box::new(notice));
    record
}

async fn publish(node: &Node, record: &Record) -> RecordReference {
    let body = signed(record, AUTHORITY, &SEED);
    for outcome in node.publish(vec![body]).await.unwrap() {
        outcome.unwrap();
    }
    let found = node
        .look_up(&Selector::Id(record.id.clone()))
        .await
        .unwrap();
    let found = found.first().unwrap();
    let Identity {
        authority,
        issuer,
        id,
    } = record.identity();
    RecordReference {
        authority,
        issuer,
        id,
        digest_multibase: to_multibase(found.row.document_digest),
    }
}

async fn touching(node: &Node, of: Touched) -> NoticePage {
    let query = NoticeQuery {
        of: Some(of),
        ..NoticeQuery::default()
    };
    node.notices(&query).await.unwrap()
}

fn ids(page: &NoticePage) -> Vec<String> {
    page.items.iter().map(|item| item.row.id.clone()).collect()
}

#[tokio::test]
async fn a_number_is_touched_whether_or_not_a_record_has_it() {
    let node = node().await;
    let forged = NoticeSort::ForgedCertificate;
    let own = subject(forged, number("LAB-9.99", Some(party(OTHER))));
    publish(&node, &record(1, own)).await;
    let by_name = Some(NamedParty::named("A laboratory"));
    let unsure = subject(NoticeSort::Misuse, number("lab 999", by_name));
    publish(&node, &record(2, unsure)).await;
    let number = |number: &str, issuer| Touched::number(number, issuer).unwrap();
    // The graver first, though the other is the newer.
    let both = [uuid(1), uuid(2)];
    assert_eq!(ids(&touching(&node, number("Lab/999", None)).await), both);
    assert_eq!(
        ids(&touching(&node, number("LAB999", Some(OTHER))).await),
        both
    );
    // The same number of another issuer is another number.
    let page = touching(&node, number("LAB999", Some(AUTHORITY))).await;
    assert_eq!(ids(&page), [uuid(2)]);
    assert_eq!(touching(&node, number("LAB-998", None)).await.total, 0);
    assert_eq!(Touched::number(" - ", None), None);
    let count = node.notice_count(number("LAB-999", None)).await.unwrap();
    let expected = NoticeCount {
        count: 2,
        most_serious: forged,
    };
    assert_eq!(count, Some(expected));
}

#[tokio::test]
async fn a_record_is_touched_by_its_name_its_number_its_signer_and_its_holder() {
    let node = node().await;
    let mut certificate = draft(Kind::Attestation, AUTHORITY, &uuid(1), today());
    certificate.comity.authority = AUTHORITY.to_owned();
    if let Subject::Attestation(attestation) = &mut certificate.subject {
        "SE-1".clone_into(&mut attestation.comity.certificate_number);
        OTHER.clone_into(&mut attestation.issued_to_party.id);
    }
    let cited = publish(&node, &certificate).await;
    let about_party = |did: &str| NoticeSubject {
        record: None,
        number: None,
        party: Some(party(did)),
    };
    let named = NoticeSubject {
        record: Some(cited),
        number: None,
        party: None,
    };
    let abouts = [
        named,
        number("SE 1", Some(party(AUTHORITY))),
        about_party(AUTHORITY),
        about_party(OTHER),
        about_party("did:web:third.example.se"),
        number("SE 1", Some(party(OTHER))),
    ];
    for (id, about) in (2..).zip(abouts) {
        publish(&node, &record(id, subject(NoticeSort::Misuse, about))).await;
    }
    let found = node.look_up(&Selector::Id(uuid(1))).await.unwrap();
    let page = touching(&node, Node::touched_of(found.first().unwrap())).await;
    let mut by: Vec<_> = (page.items.iter())
        .map(|item| (item.row.id.clone(), item.touches.clone()))
        .collect();
    by.sort();
    let expected = [
        (uuid(2), vec![Touch::Record]),
        (uuid(3), vec![Touch::Number]),
        (uuid(4), vec![Touch::Issuer]),
        (uuid(5), vec![Touch::Holder]),
    ];
    assert_eq!(by, expected);
}

#[tokio::test]
async fn a_request_is_told_as_of_a_day_with_its_reply_under_it() {
    let node = node().await;
    let mut request = subject(NoticeSort::ConfirmationRequest, number("X-1", None));
    let addressee = party(AUTHORITY).reference();
    request.addressee = addressee;
    request.answer_by = "2026-11-30".parse().ok();
    let asked = publish(&node, &record(1, request)).await;
    let state = async |on: &str| {
        let query = NoticeQuery {
            of: Touched::number("X-1", None),
            on: on.parse().ok(),
            ..NoticeQuery::default()
        };
        let page = node.notices(&query).await.unwrap();
        let item = page.items.into_iter().next().unwrap();
        let facts = item.request.unwrap();
        (facts.state, facts.late, item.answers.len())
    };
    assert_eq!(state("2026-11-30").await, (RequestState::Open, false, 0));
    let passed = (RequestState::NoAnswerByTheDay, false, 0);
    assert_eq!(state("2026-12-01").await, passed);
    let late: comity_model::date::Day = "2026-12-03".parse().unwrap();
    node.clock().set(late.first_second());
    let mut reply = subject(NoticeSort::ConfirmationReply, number("X-1", None));
    reply.in_reply_to = Some(asked.clone());
    reply.answer = Some(ConfirmationAnswer::NotConfirmed);
    publish(&node, &record(2, reply)).await;
    let passed = (RequestState::NoAnswerByTheDay, true, 1);
    assert_eq!(state("2026-12-02").await, passed);
    assert_eq!(state("2026-12-03").await, (RequestState::Answered, true, 1));
    // The answer is shown under what it answers, and with the notice itself.
    let page = touching(&node, Touched::number("X-1", None).unwrap()).await;
    assert_eq!(ids(&page), [uuid(1)]);
    let found = node.look_up(&Selector::Id(uuid(1))).await.unwrap();
    let page = touching(&node, Node::touched_of(found.first().unwrap())).await;
    let [item] = page.items.as_slice() else {
        panic!("{:?}", ids(&page));
    };
    assert_eq!(item.touches, [Touch::Itself]);
    assert_eq!(item.answers.len(), 1);
}

#[tokio::test]
async fn pages_go_on_where_the_last_one_ended() {
    let node = node().await;
    for id in 1..=5 {
        let at = now().plus_seconds(i64::from(id));
        node.clock().set(at);
        let notice = subject(NoticeSort::Misuse, number("X-1", None));
        publish(&node, &record(id, notice)).await;
    }
    let mut query = NoticeQuery {
        limit: 2,
        ..NoticeQuery::default()
    };
    let mut seen = Vec::new();
    loop {
        let page = node.notices(&query).await.unwrap();
        assert_eq!((page.total, page.cut, page.left_out), (5, false, 0));
        seen.push(ids(&page));
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => break,
        }
    }
    let newest_first = [
        vec![uuid(5), uuid(4)],
        vec![uuid(3), uuid(2)],
        vec![uuid(1)],
    ];
    assert_eq!(seen, newest_first);
    query.cursor = Some("00".repeat(32));
    let wrong = node.notices(&query).await;
    assert!(matches!(
        wrong,
        Err(Error::Question {
            parameter: "cursor",
            ..
        })
    ));
    query.cursor = None;
    query.by = Some(OTHER.to_owned());
    assert_eq!(node.notices(&query).await.unwrap().total, 0);
    query.by = Some(AUTHORITY.to_owned());
    query.since = Some(today().plus_days(1));
    assert_eq!(node.notices(&query).await.unwrap().total, 0);
    query.since = Some(today());
    assert_eq!(node.notices(&query).await.unwrap().total, 5);
}

#[tokio::test]
async fn a_request_dated_back_leaves_as_many_days_from_its_log_on() {
    let node = node().await;
    let mut asked = subject(NoticeSort::ConfirmationRequest, number("X-1", None));
    asked.addressee = party(AUTHORITY).reference();
    asked.answer_by = Some(today().plus_days(-20));
    let mut request = record(1, asked);
    // Ten days to answer, and all of them were over before anybody could read it.
    request.valid_from = today().plus_days(-30).first_second();
    publish(&node, &request).await;
    let state = async |day: Day| {
        let query = NoticeQuery {
            of: Touched::number("X-1", None),
            on: Some(day),
            ..NoticeQuery::default()
        };
        let page = node.notices(&query).await.unwrap();
        page.items.first().unwrap().request.unwrap().state
    };
    assert_eq!(state(today()).await, RequestState::Open);
    assert_eq!(state(today().plus_days(10)).await, RequestState::Open);
    let passed = RequestState::NoAnswerByTheDay;
    assert_eq!(state(today().plus_days(11)).await, passed);
}
