//! What stands on a page is said once, in the reader's language, and where it belongs.

use comity_model::date::LegalDate;
use comity_model::participation::AssertedBy;
use comity_model::product::ProductCode;
use comity_model::record::{Kind, Record, Subject};
use comity_model::reference::RecordReference;
use comity_model::text::LangString;
use comity_recognition::wording::Language;
use comity_signature::digest::to_multibase;

use super::held;
use crate::testing::{Tested, attestation, empty, filled, joins, record};
use crate::texts::texts;

/// A part of a page, from one mark to the next.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let rest = page.split_once(from).map_or("", |(_, rest)| rest);
    rest.split_once(to).map_or(rest, |(part, _)| part)
}

/// A certificate of a rice cooker with a Chinese name.
fn cooker(number: u32, codes: &[&str], name: &str) -> Record {
    let mut record = attestation(number);
    if let Subject::Attestation(attestation) = &mut record.subject {
        let details = &mut attestation.comity;
        details.holder_names = LangString::of("fr", "Cuiseurs de Lyon");
        let object = &mut details.objects[0];
        object.names = LangString::of("zh-Hans", name);
        let codes = codes.iter().map(|code| ProductCode::hs(code, None));
        object.product_codes = codes.map(Option::unwrap).collect();
    }
    record
}

#[tokio::test]
async fn a_result_says_its_verdict_once_and_its_goods_in_the_language_of_the_reader() {
    let tested = empty().await;
    tested
        .publish(&[cooker(3, &["851660"], "演示电饭煲")])
        .await;
    let page = tested.get("/fr/search?q=SE-0003&in=SE").await.text;
    let hit = between(&page, "<ol class=\"hits\">", "</ol>");
    let name = comity_node::goods::name("851660", "fr").unwrap();
    let goods = format!("<bdi dir=\"ltr\"><code>8516.60</code></bdi> {name}");
    assert!(hit.contains(&goods), "{hit}");
    assert!(
        hit.contains("<bdi lang=\"zh-Hans\">演示电饭煲</bdi>"),
        "{hit}"
    );
    assert!(
        hit.contains("<bdi lang=\"fr\">Cuiseurs de Lyon</bdi>"),
        "{hit}"
    );
    // Declared, and so not called probable.
    let derived = texts(Language::Fr).say("search-derived");
    assert!(!hit.contains(&derived), "{hit}");
    // The result stands in its badge; the sentence beside it says why.
    let badge = between(hit, "<p class=\"tag ", "</p>").to_lowercase();
    assert_eq!(badge.matches("reconnu").count(), 1, "{badge}");
    // Place and day are said once for all results.
    assert!(!badge.contains("2026"), "{badge}");
    let once = "Chaque réponse vaut pour\u{A0}: Suède, 23 novembre 2026.";
    assert_eq!(page.matches(once).count(), 1, "{page}");
    tested.node.close().await;
}

#[tokio::test]
async fn a_code_that_only_a_name_leads_to_is_marked_as_that() {
    let tested = empty().await;
    tested.publish(&[cooker(3, &[], "电饭煲")]).await;
    let page = tested.get("/en/search?q=SE-0003").await.text;
    let hit = between(&page, "<p class=\"goods noprint\">", "</p>");
    assert!(
        hit.starts_with("<span class=\"small\">Probable code"),
        "{page}"
    );
    tested.node.close().await;
}

/// What an address plants is shown only where it is what the box would have recognised.
#[tokio::test]
async fn an_address_cannot_plant_a_text_on_the_page_of_a_product() {
    let tested = empty().await;
    for planted in ["Call+this+number:+555", "8544490000", "85166", "%3Cb%3E"] {
        let path = format!("/en/hs/851660?typed={planted}");
        let page = tested.get(&path).await.text;
        let main = between(&page, "<main", "</main>");
        assert!(main.contains("8516.60"), "{path}");
        assert!(!main.contains("is a national tariff code"), "{path}");
        assert!(!main.contains("555"), "{path}");
    }
    let page = tested.get("/en/hs/851660?typed=8516.60-10").await.text;
    assert!(!page.contains("is a national tariff code"), "{page}");
    let page = tested.get("/en/hs/851660?typed=8516.60.10.10").await.text;
    let said = "8516.60.1010 is a national tariff code.";
    assert!(page.contains(said), "{page}");
    tested.node.close().await;
}

#[tokio::test]
async fn a_search_for_punctuation_finds_nothing_and_says_why() {
    let tested = filled().await;
    for typed in ["%3F%3F%3F", "%E2%80%94", "...", "%22%22"] {
        for only in ["", "&in=SE&only=counting"] {
            let path = format!("/en/search?q={typed}{only}");
            let page = tested.get(&path).await.text;
            assert!(
                page.contains("<h1>There is nothing to search for</h1>"),
                "{path}"
            );
            assert!(!page.contains("<h2><a"), "{path}");
            assert!(!page.contains("These results as"), "{path}");
        }
    }
    let all = tested.get("/en/search?q=").await.text;
    assert!(all.contains("<h2><a"), "{all}");
    tested.node.close().await;
}

#[tokio::test]
async fn a_limit_is_told_in_the_language_of_the_page() {
    let tested = filled().await;
    let long = "a".repeat(501);
    for (language, said) in [("en", "up to 500 characters"), ("fr", "au plus 500 caract")] {
        let reply = tested.get(&format!("/{language}/search?q={long}")).await;
        assert_eq!(reply.status, 400);
        assert!(reply.text.contains(said), "{}", reply.text);
        assert!(!reply.text.contains("beyond its limit"), "{}", reply.text);
        let path = format!("/{language}/search?q=a&cursor=nonsense");
        let reply = tested.get(&path).await;
        let texts = texts(Language::of_tag(language).unwrap());
        let said = texts.say("trouble-cursor-detail");
        assert_eq!(reply.status, 400);
        assert!(reply.text.contains(&said), "{}", reply.text);
    }
    tested.node.close().await;
}

/// The day until which an economy is in the arrangement of the node under test.
fn leaves(number: u32, economy: &str, until: &str) -> Record {
    let mut record = joins(number, economy, AssertedBy::Peer);
    if let Subject::Participation(participation) = &mut record.subject {
        participation.period.until = Some(LegalDate::Day(until.parse().unwrap()));
        record.valid_until = Some(format!("{until}T23:59:59Z").parse().unwrap());
    }
    record
}

#[tokio::test]
async fn whoever_has_left_an_arrangement_is_not_in_it_after_that_day() {
    let tested = filled().await;
    // What it said first, and the revision that takes its place.
    let first = joins(30, "FR", AssertedBy::Peer);
    tested.publish(std::slice::from_ref(&first)).await;
    let mut revised = leaves(31, "FR", "2026-11-30");
    let digest = held(&tested, 30).await.row.document_digest;
    revised.comity.replaces = Some(RecordReference {
        authority: first.comity.authority.clone(),
        issuer: first.issuer.id.clone(),
        id: first.id.clone(),
        digest_multibase: to_multibase(digest),
    });
    tested.publish(&[revised]).await;
    let members = |page: String| {
        let held = between(&page, "id=\"held\"", "</section>").to_owned();
        ["Sweden", "Japan", "France"].map(|name| held.contains(&format!(" · {name}")))
    };
    for (day, france) in [("2026-11-30", true), ("2026-12-01", false)] {
        let page = tested.get(&format!("/en/arrangements?on={day}")).await;
        assert_eq!(members(page.text), [true, true, france], "{day}");
        let page = tested.get(&format!("/en/economies/FR?on={day}")).await;
        let there = between(&page.text, "id=\"arrangements\"", "</section>");
        assert_eq!(there.contains("<h3>"), france, "{day}: {there}");
    }
    tested.node.close().await;
}

#[tokio::test]
async fn the_diagonal_of_the_matrix_is_explained() {
    let tested = filled().await;
    let page = tested.get("/en/arrangements").await.text;
    let own = "<td class=\"cell own\">=<span class=\"quiet\"> The same economy";
    assert_eq!(page.matches(own).count(), 2, "{page}");
    let legend = between(&page, "<dl class=\"facts legend\">", "</dl>");
    assert!(legend.contains("<dd>The same economy"), "{legend}");
    tested.node.close().await;
}

#[tokio::test]
async fn a_grant_is_called_by_its_holder_and_its_number_keeps_its_direction() {
    let tested = empty().await;
    let mut grant = record(Kind::CompetenceGrant, 2);
    if let Subject::CompetenceGrant(of) = &mut grant.subject {
        of.grantor.registered_by = Some(crate::testing::AUTHORITY.to_owned());
        of.economies = vec!["SE".to_owned()];
        of.number = "SE-IB-1".to_owned();
        of.grantee.name = "شركة التفتيش".to_owned();
        of.grantee.names = LangString::of("fr", "Inspection du Nord");
    }
    grant.comity.language = "ar".to_owned();
    grant.name = "SE-IB-1: شركة التفتيش".to_owned();
    tested.publish(&[grant]).await;
    let number = "<bdi dir=\"ltr\" class=\"code\">SE-IB-1</bdi>";
    let arabic = "<bdi lang=\"ar\" dir=\"rtl\">شركة التفتيش</bdi>";
    let log = tested.get("/ar/log?index=0").await.text;
    assert!(log.contains(&format!("{number}: {arabic}")), "{log}");
    let search = tested.get("/ar/search?type=CompetenceGrant").await.text;
    assert!(
        search.contains(&format!("\">{arabic}</a></h2>")),
        "{search}"
    );
    let french = tested.get("/fr/search?type=CompetenceGrant").await.text;
    let holder = "<bdi lang=\"fr\">Inspection du Nord</bdi></a></h2>";
    assert!(french.contains(holder), "{french}");
    tested.node.close().await;
}

#[tokio::test]
async fn a_page_that_answers_for_the_nodes_own_economy_says_so() {
    let tested: Tested = filled().await;
    let home = tested.get("/en/").await.text;
    assert!(
        home.contains("A number is answered for Sweden, the economy of this node"),
        "{home}"
    );
    tested.node.close().await;
}
