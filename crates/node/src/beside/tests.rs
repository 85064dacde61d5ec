use comity_model::notice::{Notice, NoticeSubject, PrintedNumber};
use comity_model::record::{Kind, Record, Subject};
use comity_model::samples::draft;
use comity_model::text::LangString;

use super::*;
use crate::recognise::Ask;
use crate::tests::{AUTHORITY, SEED, node, signed, today, uuid};

fn forged(id: u8, printed: &str) -> Record {
    let mut record = draft(Kind::Notice, AUTHORITY, &uuid(id), today());
    record.comity.authority = AUTHORITY.to_owned();
    record.subject = Subject::Notice(Box::new(Notice {
        sort: NoticeSort::ForgedCertificate,
        about: vec![NoticeSubject {
            record: None,
            number: Some(PrintedNumber {
                number: printed.to_owned(),
                issuer: None,
            }),
            party: None,
        }],
        text: LangString::of("en", "Test"),
        addressee: None,
        answer_by: None,
        in_reply_to: None,
        answer: None,
        terms: None,
        legal_basis: None,
    }));
    record
}

fn certificate(id: u8, number: &str) -> Record {
    let mut record = draft(Kind::Attestation, AUTHORITY, &uuid(id), today());
    record.comity.authority = AUTHORITY.to_owned();
    if let Subject::Attestation(attestation) = &mut record.subject {
        number.clone_into(&mut attestation.comity.certificate_number);
        attestation.comity.grants.clear();
    }
    record
}

async fn publish(node: &Node, records: &[Record]) {
    let bodies = records.iter().map(|one| signed(one, AUTHORITY, &SEED));
    for outcome in node.publish(bodies.collect()).await.unwrap() {
        outcome.unwrap();
    }
    node.indexed().await;
}

fn ask(number: &str) -> Ask {
    let number = Selector::Number {
        number: number.to_owned(),
        issuer: None,
    };
    Ask::new(number, "SE")
}

async fn told(node: &Node, number: &str) -> Beside {
    let ask = ask(number);
    let record = ask.record.clone();
    let answer = node.recognise(ask).await.unwrap();
    node.beside(&record, &answer.verdict).await.unwrap()
}

#[tokio::test]
async fn warnings_and_look_alikes_are_told_beside_an_answer() {
    let node = node().await;
    publish(
        &node,
        &[certificate(1, "SC-2026-1"), forged(2, "SC-2026-9")],
    )
    .await;
    assert_eq!(told(&node, "SC-2026-1").await, Beside::default());
    assert_eq!(told(&node, "SC-2026-5").await, Beside::default());
    let warned = Some(NoticeSort::ForgedCertificate);
    assert_eq!(told(&node, "sc 2026 9").await.warning, warned);
    for (typed, number, warned) in [
        ("S\u{421}-2026-9", "SC-2026-9", true),
        ("S\u{421}-2026-1", "SC-2026-1", false),
    ] {
        let beside = told(&node, typed).await;
        let expected = LooksLike {
            number: number.to_owned(),
            alphabets: BTreeSet::from([Alphabet::Cyrillic]),
            warned,
        };
        assert_eq!((beside.warning, beside.looks_like), (None, vec![expected]));
    }
    node.close().await;
}

/// The number typed is compared only where it is divided at other places than the record's.
#[tokio::test]
async fn a_number_typed_that_is_not_quite_the_records_is_that_of_the_paper() {
    let node = node().await;
    publish(&node, &[certificate(1, "SE-2026-0021")]).await;
    let plain = node.recognise(ask("SE-2026-0021")).await.unwrap().verdict;
    for same in ["se 2026/0021", "SE20260021"] {
        let verdict = node.recognise(ask(same)).await.unwrap().verdict;
        assert_eq!(verdict.question.product.number, None, "{same}");
        assert_eq!(verdict.reference(), plain.reference(), "{same}");
    }
    let moved = node.recognise(ask("SE-20260-021")).await.unwrap().verdict;
    assert_eq!(
        moved.question.product.number.as_deref(),
        Some("SE-20260-021")
    );
    let why = moved.paper.first().and_then(|line| line.why);
    let divided = comity_recognition::code::Code::ProductNumberDivided;
    assert_eq!(why, Some(divided));
    assert_ne!(moved.reference(), plain.reference());
    // What is said of the paper goes before.
    let mut said = ask("SE-20260-021");
    said.product.number = Some("SE-2026-0021".to_owned());
    let said = node.recognise(said).await.unwrap().verdict;
    assert_eq!(
        said.question.product.number.as_deref(),
        Some("SE-2026-0021")
    );
    node.close().await;
}
