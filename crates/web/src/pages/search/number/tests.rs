use comity_model::notice::{NoticeSort, NoticeSubject, PrintedNumber};
use comity_model::party::{NamedParty, PartyReference};
use comity_model::record::{Kind, Record, Subject};
use comity_model::reference::RecordReference;
use comity_model::takedown::Takedown;
use comity_model::text::LangString;
use comity_node::look_up::Found;
use comity_recognition::question::Selector;
use comity_recognition::wording::Language;
use comity_signature::digest::to_multibase;

use crate::testing::{AUTHORITY, Tested, filled, record};

const RED: &str = "<div class=\"banner red\" role=\"alert\">";

fn id(number: u32) -> String {
    format!("01935fa0-0000-7000-8000-0000{number:08x}")
}

async fn held(tested: &Tested, number: u32) -> Found {
    let selector = Selector::Id(format!("urn:uuid:{}", id(number)));
    tested.node.look_up(&selector).await.unwrap().remove(0)
}

/// A warning by the authority that papers with this number of its own are forged.
fn forged(number: u32, printed: &str) -> Record {
    let mut record = record(Kind::Notice, number);
    if let Subject::Notice(notice) = &mut record.subject {
        notice.sort = NoticeSort::ForgedCertificate;
        notice.about = vec![NoticeSubject {
            record: None,
            number: Some(PrintedNumber {
                number: printed.to_owned(),
                issuer: Some(NamedParty::registered(AUTHORITY, AUTHORITY, "Authority")),
            }),
            party: None,
        }];
        notice.text = LangString::of("en", "Forged <b>papers</b>");
        notice.addressee = None;
        notice.answer_by = None;
        notice.in_reply_to = None;
        notice.answer = None;
    }
    record
}

#[tokio::test]
async fn a_number_that_was_taken_down_is_told_with_the_day_the_ground_and_whom_to_ask() {
    let tested = filled().await;
    let page = |path: &'static str| {
        let tested = &tested;
        async move { tested.get(path).await.text }
    };
    let before = page("/en/search?number=SE-0003").await;
    assert!(!before.contains("taken down on"), "{before}");
    let certificate = held(&tested, 3).await.row;
    let mut takedown = record(Kind::Takedown, 22);
    takedown.subject = Subject::Takedown(Box::new(Takedown {
        authority: AUTHORITY.to_owned(),
        issuer: AUTHORITY.to_owned(),
        id: certificate.id,
        kind: Kind::Attestation.name().to_owned(),
        record_digest: to_multibase(certificate.digest),
        document_digest: to_multibase(certificate.document_digest),
        legal_basis: "Order <b>7</b>".to_owned(),
    }));
    tested.publish(&[takedown]).await;
    for path in [
        "/en/search?number=SE-0003",
        "/en/search?number=se%200003",
        "/en/search?q=SE-0003",
    ] {
        let page = page(path).await;
        for told in [
            "A record with this number was published, and taken down on 23 November 2026.",
            "Order &#60;b&#62;7&#60;/b&#62;",
            "<a href=\"/en/parties/did%3Aweb%3Anqi.example.se\">",
        ] {
            assert!(page.contains(told), "{path} lacks {told}: {page}");
        }
        assert!(!page.contains("Nothing was found"), "{path}: {page}");
        assert!(!page.contains("role=\"alert\""), "{path}: {page}");
    }
    // Its own page, and that of who is hit by it.
    let gone = tested.get(&format!("/en/records/{}", id(3))).await;
    assert_eq!(gone.status, 410, "{}", gone.text);
    let hit = tested.get(&format!("/en/impact?of={}", id(3))).await;
    let order = format!(
        "<a class=\"small\" href=\"/en/records/{}\">The order</a>",
        hex::encode(held(&tested, 22).await.row.digest)
    );
    for page in [&gone.text, &hit.text] {
        for told in [
            "This record was published, and taken down on 23 November 2026.",
            "Order &#60;b&#62;7&#60;/b&#62;",
            "<a href=\"/en/parties/did%3Aweb%3Anqi.example.se\">",
            &order,
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
    }
    assert!(gone.text.contains("neither that the paper is genuine"));
    assert!(
        hit.text
            .contains("what rests on it cannot be told from here")
    );
    assert!(!hit.text.contains("Nothing is known here under this name"));
    for path in ["/en/search?number=SE-0004", "/en/search?q=kettle"] {
        let page = page(path).await;
        assert!(page.contains("Nothing was found"), "{path}: {page}");
        assert!(!page.contains("taken down on"), "{path}: {page}");
    }
    for language in Language::ALL {
        let path = format!("/{}/search?number=SE-0003", language.tag());
        let page = tested.get(&path).await.text;
        assert!(page.contains("&#60;b&#62;7"), "{path}: {page}");
    }
    tested.node.close().await;
}

#[tokio::test]
async fn a_warning_in_force_stands_in_red_above_the_results_and_the_record() {
    let tested = filled().await;
    let record = format!("/en/records/{}", id(3));
    assert!(!tested.get(&record).await.text.contains(RED));
    let warning = forged(30, "SE 0003");
    tested.publish(std::slice::from_ref(&warning)).await;
    let paths = ["/en/search?number=SE-0003", "/en/search?q=SE-0003", &record];
    for path in paths {
        let page = tested.get(path).await.text;
        let shown = page.split(RED).nth(1);
        let shown = shown.unwrap_or_else(|| panic!("{path} does not warn: {page}"));
        let shown = shown.split("</div>").next().unwrap();
        for told in [
            "<svg class=\"icon\"",
            "A warning about this number is in force",
            "Forged certificate: ",
            "Forged &#60;b&#62;papers&#60;/b&#62;",
        ] {
            assert!(shown.contains(told), "{path} lacks {told}: {shown}");
        }
        let results = page.find("<ol class=\"hits\">").unwrap_or(usize::MAX);
        assert!(page.find(RED).unwrap() < results, "{path}: {page}");
    }
    for path in ["/en/search?number=SE-0009", "/en/search?q=certificate"] {
        let page = tested.get(path).await.text;
        assert!(!page.contains(RED), "{path}: {page}");
    }
    // No record has the number of this one, and it is warned of nevertheless.
    tested.publish(&[forged(31, "SE-0099")]).await;
    let page = tested.get("/en/search?number=SE-0099").await.text;
    assert!(
        page.contains(RED) && page.contains("Nothing was found"),
        "{page}"
    );
    // Suspended by its own signer it is in force no more.
    let mut event = crate::testing::record(Kind::StatusEvent, 32);
    let notice = held(&tested, 30).await.row;
    if let Subject::StatusEvent(event) = &mut event.subject {
        let about = event.subjects.first_mut().unwrap();
        about.authority = AUTHORITY.to_owned();
        about.issuer = AUTHORITY.to_owned();
        about.id.clone_from(&warning.id);
        about.digest_multibase = to_multibase(notice.document_digest);
        about.sequence = 1;
        about.previous_event = None;
    }
    tested.publish(&[event]).await;
    for path in paths {
        let page = tested.get(path).await.text;
        assert!(!page.contains(RED), "{path}: {page}");
    }
    tested.node.close().await;
}

#[tokio::test]
async fn a_number_with_a_moved_separator_leads_to_the_record_as_that_of_the_paper() {
    let tested = filled().await;
    let to = |path: &'static str| {
        let tested = &tested;
        async move {
            let reply = tested.get(path).await;
            reply.headers["location"].to_str().unwrap().to_owned()
        }
    };
    let moved = to("/en/go?q=SE0-003&in=SE").await;
    assert!(
        moved.contains("/records/") && moved.contains("number=SE0-003"),
        "{moved}"
    );
    let page = tested.get(&moved).await.text;
    assert!(page.contains("divided at other places"), "{page}");
    for same in ["/en/go?q=SE-0003&in=SE", "/en/go?q=se0003&in=SE"] {
        assert!(!to(same).await.contains("number="), "{same}");
    }
    let results = tested.get("/en/search?number=SE0-003&in=SE").await.text;
    assert!(results.contains("number=SE0-003\""), "{results}");
    tested.node.close().await;
}

#[tokio::test]
async fn an_answer_stands_under_its_notice_and_a_list_marks_the_record() {
    let tested = filled().await;
    let lists = ["/en/search?number=SE-0003", "/en/search?q=SE-0003&in=SE"];
    for path in lists {
        let page = tested.get(path).await.text;
        assert!(!page.contains("Gravest"), "{path}: {page}");
    }
    let mut misuse = forged(30, "SE 0003");
    if let Subject::Notice(notice) = &mut misuse.subject {
        notice.sort = NoticeSort::Misuse;
        notice.text = LangString::of("en", "Used on other goods");
    }
    tested.publish(&[misuse]).await;
    let row = held(&tested, 30).await.row;
    let mut response = forged(31, "SE 0003");
    if let Subject::Notice(notice) = &mut response.subject {
        notice.sort = NoticeSort::Response;
        notice.text = LangString::of("en", "We have <i>stopped</i> it");
        notice.in_reply_to = Some(RecordReference {
            authority: row.authority.clone(),
            issuer: row.issuer.clone(),
            id: row.id.clone(),
            digest_multibase: to_multibase(row.document_digest),
        });
    }
    tested.publish(&[response]).await;
    let answer = "We have &#60;i&#62;stopped&#60;/i&#62; it";
    let own = format!("/en/records/{}", hex::encode(row.digest));
    for path in [format!("/en/records/{}", id(3)), own.clone()] {
        let page = tested.get(&path).await.text;
        assert!(page.contains(answer), "{path}: {page}");
    }
    // A notice is none about itself.
    let page = tested.get(&own).await.text;
    assert!(!page.contains("<h2 id=\"notices\">"), "{page}");
    assert!(page.contains("<h2 id=\"answers\">Answers</h2>"), "{page}");
    for path in lists {
        let page = tested.get(path).await.text;
        let mark = "Notices: 1. Gravest: Misuse of a mark, a name or a certificate.";
        assert!(page.contains(mark), "{path}: {page}");
    }
    tested.node.close().await;
}

#[tokio::test]
async fn a_look_alike_of_a_number_that_is_warned_of_is_warned_of_and_its_alphabet_named() {
    let tested = filled().await;
    tested.publish(&[forged(31, "SE-T099")]).await;
    tested.node.indexed().await;
    let page = tested.get("/en/search?q=SE-%D0%A2099").await.text;
    for told in [
        RED,
        "A warning is in force about a number that looks the same",
        "Some of the letters typed are Cyrillic.",
        "SE-T099",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    // One that differs in a digit is another number.
    let page = tested.get("/en/search?q=SE-T098").await.text;
    assert!(page.contains("SE-T099") && !page.contains(RED), "{page}");
    tested.node.close().await;
}

#[tokio::test]
async fn a_request_says_who_is_asked_by_when_and_that_nobody_has_answered() {
    let tested = filled().await;
    let mut request = forged(30, "SE 0003");
    if let Subject::Notice(notice) = &mut request.subject {
        notice.sort = NoticeSort::ConfirmationRequest;
        notice.addressee = Some(PartyReference {
            id: AUTHORITY.to_owned(),
            registered_by: AUTHORITY.to_owned(),
        });
        notice.answer_by = Some("2026-12-01".parse().unwrap());
    }
    tested.publish(&[request]).await;
    let request = hex::encode(held(&tested, 30).await.row.digest);
    for path in [
        format!("/en/records/{}", id(3)),
        format!("/en/records/{request}"),
    ] {
        let page = tested.get(&path).await.text;
        let said = page
            .split("Asked: ")
            .nth(1)
            .unwrap_or_else(|| panic!("{path}: {page}"));
        let said = said.split("</p>").next().unwrap();
        let rest = "Answer wanted by 1 December 2026. No answer yet; the last day has not passed.";
        assert!(said.ends_with(rest), "{path}: {said}");
    }
    tested.node.close().await;
}
