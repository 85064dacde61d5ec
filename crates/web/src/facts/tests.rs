use comity_model::date::Period;
use comity_model::record::{Kind, Record, Subject};
use comity_model::samples::samples;
use comity_recognition::wording::Language;

use super::{Fact, Part, paper, says};
use crate::testing::{AUTHORITY, empty, filled};

fn row<'a>(parts: &'a [Part], label: &str) -> &'a Fact {
    let mut rows = parts.iter().flat_map(|part| &part.rows);
    let found = rows.find(|row| row.label == label);
    found.unwrap_or_else(|| panic!("no {label} in {parts:#?}"))
}

/// What a row says, its values one after the other.
fn said(parts: &[Part], label: &str) -> String {
    let values = row(parts, label).values.iter();
    let texts: Vec<_> = values.map(|value| value.text.as_str()).collect();
    texts.join(" | ")
}

fn text_of(parts: &[Part]) -> String {
    format!("{parts:?}")
}

#[tokio::test]
async fn a_record_of_every_kind_says_something_in_every_language() {
    let tested = empty().await;
    for language in Language::ALL {
        let site = tested.site(language);
        for record in Kind::ALL.into_iter().flat_map(samples) {
            let kind = record.kind();
            let says = says(&site, &record)
                .await
                .unwrap_or_else(|_| panic!("{kind}"));
            assert!(!says.parts.is_empty(), "{kind} says nothing");
            for fact in says.parts.iter().flat_map(|part| &part.rows) {
                assert!(!fact.label.is_empty(), "{kind} {language}: {fact:?}");
                let unnamed = fact.label.starts_with("says-");
                assert!(!unnamed, "{kind} {language}: {}", fact.label);
                assert!(fact.values.iter().all(|value| !value.text.is_empty()));
            }
            // Words of closed lists are said in the language, never as records write them.
            let text = text_of(&says.parts);
            for word in ["shallAccept", "productCertificate", "nothingRequired"] {
                assert!(!text.contains(word), "{kind} {language}: {text}");
            }
        }
    }
    tested.node.close().await;
}

fn sample(kind: Kind, wanted: impl Fn(&Record) -> bool) -> Record {
    let mut samples = samples(kind).into_iter();
    samples.find(wanted).unwrap()
}

#[tokio::test]
async fn a_rule_says_products_by_name_what_it_asks_and_since_when() {
    let tested = empty().await;
    let mut record = sample(Kind::ImportRule, |record| match &record.subject {
        Subject::ImportRule(rule) => !rule.requirements.is_empty(),
        _ => false,
    });
    let Subject::ImportRule(rule) = &mut record.subject else {
        panic!("a rule");
    };
    rule.economy = "KZ".to_owned();
    rule.products.truncate(1);
    rule.products[0].scheme = "HS".to_owned();
    rule.products[0].include = vec!["851660".to_owned()];
    rule.period = Period::new(
        "2026-01-02".parse::<comity_model::date::Day>().unwrap(),
        None,
    );
    let (count, law) = (rule.requirements.len(), rule.legal_basis.clone());
    for (language, destination, since) in [
        (
            Language::En,
            "Kazakhstan",
            "from 2 January 2026, without an end date",
        ),
        (
            Language::Ru,
            "Казахстан",
            "с 2 января 2026 г., без даты окончания",
        ),
    ] {
        let site = tested.site(language);
        let says = says(&site, &record)
            .await
            .unwrap_or_else(|_| panic!("says"));
        let texts = site.texts;
        let parts = &says.parts;
        assert_eq!(said(parts, &texts.say("says-destination")), destination);
        assert_eq!(said(parts, &texts.say("standard-in-force")), since);
        assert_eq!(said(parts, &texts.say("product-law")), law);
        let codes = row(parts, &texts.say("fact-codes"));
        assert!(codes.values[0].text.contains("8516.60"), "{codes:?}");
        let name = comity_node::goods::name("851660", language.tag());
        assert_eq!(codes.values[0].beside.as_deref(), name, "{codes:?}");
        let asked = texts.say("says-requirement");
        let asked = parts.iter().filter(|part| part.label == asked);
        assert_eq!(asked.count(), count);
    }
    tested.node.close().await;
}

/// A grant is given by a party that has a registration, an arrangement has a title: names stand in
/// the place of identifiers, and lead there.
#[tokio::test]
async fn what_is_held_is_named_and_linked() {
    let tested = filled().await;
    let participation = tested.get("/en/records/01935fa0-0000-7000-8000-000000000007");
    let page = participation.await.text;
    assert!(page.contains("<h2 id=\"says\">What it says</h2>"), "{page}");
    assert!(page.contains("<dt>Participant</dt>"), "{page}");
    assert!(page.contains(">Sweden</bdi></a>"), "{page}");
    let rule = tested.get("/en/records/01935fa0-0000-7000-8000-000000000005");
    let rule = rule.await.text;
    assert!(rule.contains("href=\"/en/hs/8516\""), "{rule}");
    assert!(!rule.contains("<script>alert"), "{rule}");
    // The authority by the name it signs with, and not by its DID alone.
    let site = tested.site(Language::En);
    let named = samples(Kind::Registration);
    let name = tested.node.offices(&[comity_model::party::PartyReference {
        id: AUTHORITY.to_owned(),
        registered_by: AUTHORITY.to_owned(),
    }]);
    assert_eq!(name.len(), 1, "{name:?}");
    assert!(paper(&site, &named[0], &[], &[]).is_empty());
    tested.node.close().await;
}

/// What a reader would read twice stands once; codes of languages and chapters have names.
#[tokio::test]
async fn nothing_is_said_twice_and_codes_have_names() {
    let tested = filled().await;
    let site = tested.site(Language::Fr);
    let texts = site.texts;
    let parts = |record: Record| {
        let site = &site;
        async move {
            says(site, &record)
                .await
                .unwrap_or_else(|_| panic!("says"))
                .parts
        }
    };
    let event = parts(sample(Kind::StatusEvent, |_| true)).await;
    let from = row(&event, &texts.say("says-effective-from"));
    assert_eq!(from.values[0].beside, None, "{from:?}");
    let mut rule = sample(Kind::ImportRule, |record| match &record.subject {
        Subject::ImportRule(rule) => !rule.requirements.is_empty(),
        _ => false,
    });
    if let Subject::ImportRule(rule) = &mut rule.subject {
        rule.requirements.truncate(1);
        rule.requirements[0].languages = vec!["kk".to_owned(), "ru".to_owned()];
    }
    let rule = parts(rule).await;
    assert_eq!(said(&rule, &texts.say("says-languages")), "kazakh | russe");
    let joins = sample(Kind::Participation, |record| match &record.subject {
        Subject::Participation(participation) => participation.chapters.is_empty(),
        _ => false,
    });
    let joins = parts(joins).await;
    assert_eq!(said(&joins, &texts.say("says-chapters")), "tous");
    // A title that begins with the number is said after it without that.
    for (title, beside) in [
        ("DEMO-CN-CB-1: kettles", Some("kettles")),
        ("DEMO-CN-CB-1", None),
        ("DEMO-CN-CB-12", Some("DEMO-CN-CB-12")),
        ("Kettles", Some("Kettles")),
    ] {
        let value = super::pointers::titled("DEMO-CN-CB-1", title);
        assert_eq!(value.beside.as_deref(), beside);
    }
    tested.node.close().await;
}

#[tokio::test]
async fn the_printed_code_leads_to_the_question_that_was_asked() {
    let tested = filled().await;
    let record = "/en/records/01935fa0-0000-7000-8000-000000000003";
    let asked_there = format!("{record}?in=SE&hs=8516.60&on=2026-12-01");
    let page = tested.get(&asked_there).await.text;
    let asked = "&#38;in=SE&#38;hs=851660&#38;on=2026-12-01";
    let printed = page.split("<figcaption>").nth(1).unwrap();
    let printed = printed.split("</figcaption>").next().unwrap();
    assert!(printed.contains(asked), "{printed}");
    assert!(printed.contains("/r/01935fa0-"), "{printed}");
    // The moment in words, and for programs as they compare it.
    assert!(
        page.contains("<time datetime=\"2026-11-23T08:00:00Z\">23 November 2026, 08:00 UTC</time>")
    );
    let plain = tested.get(record).await.text;
    let printed = plain.split("<figcaption>").nth(1).unwrap();
    let printed = printed.split("</figcaption>").next().unwrap();
    assert!(!printed.contains("in=SE"), "{printed}");
    let code = "/qr/01935fa0-0000-7000-8000-000000000003.svg?in=SE&hs=8516&on=2026-12-01";
    assert_eq!(tested.get(code).await.status, 200);
    tested.node.close().await;
}
