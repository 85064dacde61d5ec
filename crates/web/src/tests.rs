//! Every page, in every language, over a node whose records mean harm.

mod asked;
mod impact;
mod shown;

use axum::body::Body;
use axum::http::Request;
use comity_model::record::{Kind, Record, Subject};
use comity_model::status::{Action, Capacity};
use comity_model::takedown::Takedown;
use comity_node::look_up::Found;
use comity_recognition::question::Selector;
use comity_recognition::wording::Language;
use comity_signature::digest::to_multibase;
use tower::ServiceExt as _;

use crate::testing::{AUTHORITY, HOSTILE, LABORATORY, Reply, Tested, empty, filled, record};
use crate::texts::texts;
use crate::{Options, router};

/// Longest page that a hostile address may bring about, in bytes.
const MAX_HOSTILE_BYTES: usize = 200_000;

/// Every page that stands for itself, after the language.
fn pages() -> Vec<String> {
    let pages = [
        "",
        "help",
        "guide",
        "search",
        "search?q=certificate",
        "search?in=SE&only=counting",
        "search?in=KZ&only=counting&hs=8516.60&q=certificate",
        "search?only=counting",
        "economies",
        "economies/SE",
        "economies/JP",
        "arrangements",
        "arrangements?on=2026-12-01&scope=CB&hs=8516.60",
        "hs/85",
        "hs/8516.60",
        "hs/8516.60?in=SE&on=2026-12-01",
        "hs/8544?in=JP",
        "standards/EDIT%201234",
        "standards/ISO/IEC%2017025",
        "log",
        "log?index=0",
        "impact",
        "impact?of=SE-0003",
        "impact?of=SE-9999&issuer=did:web:lab.example.se",
        "impact?standard=EDIT%201234",
        "impact?party=85",
        "log?index=18446744073709551615",
    ];
    let parties = [AUTHORITY, LABORATORY].map(|did| format!("parties/{did}"));
    let pages = pages.map(str::to_owned).into_iter();
    pages.chain(parties).collect()
}

/// What no page may have: a script or a style within it, a handler, a text that was not found.
#[track_caller]
fn is_sound(page: &Reply, path: &str) {
    let scripts = page.text.matches("<script").count();
    let own = page.text.matches("<script type=\"module\" src=\"/assets/");
    assert_eq!(own.count(), scripts, "{path} has a script written into it");
    for part in ["<style", " style=\"", "onclick=\"", "javascript:", "{ $"] {
        assert!(!page.text.contains(part), "{path} has {part}");
    }
    assert!(!page.text.contains('\0'), "{path} has a NUL");
    let policy = page.headers.get("content-security-policy");
    let policy = policy.map(|policy| policy.to_str().unwrap().to_owned());
    let policy = policy.unwrap_or_default();
    assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
    assert!(!policy.contains("unsafe"), "{path}: {policy}");
}

#[tokio::test]
async fn every_page_answers_in_every_language() {
    let tested = filled().await;
    for language in Language::ALL {
        let tag = language.tag();
        for page in pages() {
            let path = format!("/{tag}/{page}");
            let reply = tested.get(&path).await;
            assert_eq!(reply.status, 200, "{path}: {}", reply.text);
            is_sound(&reply, &path);
            let opening = format!(
                "<html lang=\"{tag}\" dir=\"{}\">",
                language.direction().attribute()
            );
            assert!(reply.text.contains(&opening), "{path}");
            assert!(!reply.text.contains("<title> "), "{path} has no title");
            for key in texts(language).keys() {
                assert!(!reply.text.contains(&format!(">{key}<")), "{path}: {key}");
            }
        }
    }
    tested.node.close().await;
}

#[tokio::test]
async fn an_empty_node_has_every_page_that_needs_no_record() {
    let tested = empty().await;
    for page in [
        "economies",
        "economies/SE",
        "arrangements",
        "log",
        "guide",
        "hs/8516?in=SE",
    ] {
        let path = format!("/en/{page}");
        let reply = tested.get(&path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        is_sound(&reply, &path);
    }
    for page in ["economies/XX", "parties/did:web:nobody.example", "hs/1"] {
        let reply = tested.get(&format!("/en/{page}")).await;
        assert_eq!(reply.status, 404, "{page}: {}", reply.text);
    }
    tested.node.close().await;
}

#[tokio::test]
async fn what_records_say_is_on_the_pages_and_escaped() {
    let tested = filled().await;
    let escaped = |reply: &Reply| reply.text.contains("&#60;script&#62;alert(1)");
    for page in [
        "economies/SE",
        "arrangements",
        "parties/did:web:lab.example.se",
        "hs/8516?in=SE",
        "standards/EDIT%201234",
        "log",
    ] {
        let reply = tested.get(&format!("/en/{page}")).await;
        assert!(
            escaped(&reply),
            "{page} does not show {HOSTILE}: {}",
            reply.text
        );
        is_sound(&reply, page);
    }
    let matrix = tested.get("/en/arrangements").await.text;
    assert!(matrix.contains("<td class=\"cell green\">"), "{matrix}");
    let rule = tested.get("/en/hs/8516?in=SE").await.text;
    let twin = "/v1/requirements?in=SE&#38;hs=8516&#38;on=2026-11-23";
    assert!(rule.contains(twin), "{rule}");
    let none = tested.get("/en/hs/8516?in=JP").await.text;
    let lead = none.find("<p class=\"lead\">").unwrap();
    assert!(lead < none.find("<form class=\"ask noprint\"").unwrap());
    let home = tested.get("/en/go?q=8516.60&in=SE").await;
    assert_eq!(home.headers["location"], "/en/hs/851660?in=SE");
    tested.node.close().await;
}

#[tokio::test]
async fn hostile_addresses_are_answered_briefly_and_escaped() {
    let tested = filled().await;
    let long = "A".repeat(6_000);
    let markup = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let bidi = "%E2%80%AE%E2%81%A6abc";
    for folder in ["economies", "parties", "hs", "standards", "records"] {
        for hostile in [long.as_str(), markup, bidi, "%00", "..%2F..%2Fetc"] {
            let path = format!("/en/{folder}/{hostile}");
            let reply = tested.get(&path).await;
            assert!(reply.status.as_u16() < 500, "{path}: {}", reply.status);
            is_sound(&reply, &path);
            assert!(reply.text.len() < MAX_HOSTILE_BYTES, "{path}");
            assert!(!reply.text.contains('\u{202E}'), "{path} turns the text");
        }
    }
    for query in [
        "arrangements?on=",
        "arrangements?scope=",
        "arrangements?hs=",
        "hs/8516?in=",
        "hs/8516?in=SE&on=",
        "log?index=",
        "standards/ISO%209001?on=",
        "search?q=",
    ] {
        for hostile in [long.as_str(), markup, bidi, "%00x", "-1"] {
            let path = format!("/en/{query}{hostile}");
            let reply = tested.get(&path).await;
            assert!(reply.status.as_u16() < 500, "{path}: {}", reply.status);
            is_sound(&reply, &path);
            assert!(reply.text.len() < MAX_HOSTILE_BYTES, "{path}");
        }
    }
    tested.node.close().await;
}

#[tokio::test]
async fn only_what_counts_is_shown_in_groups_and_first_whom_to_ask() {
    let tested = filled().await;
    let plain = tested.get("/en/search?in=SE").await.text;
    assert!(
        plain.contains("name=\"only\" type=\"checkbox\" value=\"counting\">"),
        "{plain}"
    );

    let page = tested
        .get("/en/search?in=SE&only=counting&on=2026-12-01")
        .await
        .text;
    assert!(page.contains("value=\"counting\" checked>"), "{page}");
    assert!(
        page.contains("<h1>Sweden: what counts there</h1>"),
        "{page}"
    );
    // One certificate of SE itself; the rule of SE asks for more of what it is about.
    let groups = ["<h2>Recognised</h2>", "<h2>Recognised with conditions</h2>"];
    let shown = groups.iter().filter(|group| page.contains(*group)).count();
    assert_eq!(shown, 1, "{page}");
    assert!(page.contains("1 judged of 1 that may count."), "{page}");
    // The chip takes the choice away and nothing else.
    assert!(page.contains("Only what counts: Sweden"), "{page}");
    assert!(
        page.contains("href=\"/en/search?in=SE&#38;on=2026-12-01\""),
        "{page}"
    );
    let twin = "/v1/records?on=2026-12-01&#38;recognisedIn=SE";
    assert!(page.contains(twin), "{page}");

    let none = tested
        .get("/en/search?in=KZ&only=counting&hs=8516.60")
        .await
        .text;
    let lead = "<p class=\"lead\">No rule of Kazakhstan for 8516.60 (";
    let first = none.find(lead).unwrap();
    assert!(none.find("No authority").is_none_or(|ask| first < ask));
    assert!(
        first
            < none
                .find("Nothing of what was judged counts there.")
                .unwrap()
    );

    let where_to = tested.get("/en/search?only=counting").await.text;
    assert!(
        where_to.contains("Choose where it is to count"),
        "{where_to}"
    );
    for wrong in ["on=yesterday", "hs=x", "hs=8516&hs=8544"] {
        let path = format!("/en/search?in=SE&only=counting&{wrong}");
        let reply = tested.get(&path).await;
        assert_eq!(reply.status, 400, "{path}");
        is_sound(&reply, &path);
    }
    tested.node.close().await;
}

#[tokio::test]
async fn a_page_says_how_long_it_took_only_where_that_is_asked_for() {
    let node = empty().await.node;
    for timing in [false, true] {
        let options = Options {
            timing,
            ..Options::default()
        };
        let request = Request::get("/en/help").body(Body::empty()).unwrap();
        let response = router(node.clone(), options).oneshot(request).await;
        let response = response.unwrap();
        let said = response.headers().get("server-timing");
        assert_eq!(said.is_some(), timing);
        if let Some(said) = said {
            let said = said.to_str().unwrap();
            let (store, page) = said.split_once(", ").unwrap();
            let millis = |text: &str, name: &str| -> f64 {
                text.strip_prefix(name).unwrap().parse().unwrap()
            };
            assert!(millis(store, "store;dur=") >= 0.0);
            assert!(millis(page, "page;dur=") > 0.0, "{said}");
        }
    }
}

#[tokio::test]
async fn what_of_a_search_cannot_be_read_is_said_beside_the_results() {
    let tested = filled().await;
    let all = tested.get("/en/search").await.text;
    let count = |page: &str| {
        let heading = page.split("<h1>").nth(1).unwrap_or_default();
        heading.split("</h1>").next().unwrap_or_default().to_owned()
    };
    for (wrong, said) in [
        ("sort=xyz", "Order: “xyz” cannot be read and was left out."),
        (
            "year=abc",
            "Year of issue: “abc” cannot be read and was left out.",
        ),
        (
            "hs=abc",
            "An HS code to search by has 2, 4, 6, 8 or 10 digits.",
        ),
        ("hs=851", "“851” cannot be read and was left out."),
        ("hs=85166", "“85166” cannot be read and was left out."),
        (
            "status=gone",
            "Status: “gone” cannot be read and was left out.",
        ),
        ("type=Certificate", "Kind of record: “Certificate”"),
        ("issuerEconomy=Japan", "Economy of the issuer: “Japan”"),
    ] {
        let reply = tested.get(&format!("/en/search?{wrong}")).await;
        assert_eq!(reply.status, 200, "{wrong}");
        assert!(reply.text.contains(said), "{wrong}: {}", reply.text);
        assert_eq!(count(&reply.text), count(&all), "{wrong}");
    }
    for right in ["sort=newest", "hs=8516", "year=2026", "status=active"] {
        let page = tested.get(&format!("/en/search?{right}")).await.text;
        assert!(!page.contains("was left out"), "{right}: {page}");
    }
    tested.node.close().await;
}

#[tokio::test]
async fn of_a_national_code_the_first_six_digits_are_taken_and_the_page_says_so() {
    let tested = filled().await;
    for typed in ["8516601010", "8516.60.10.10", "85166010"] {
        let reply = tested.get(&format!("/en/go?q={typed}&in=SE")).await;
        let to = reply.headers.get("location").unwrap().to_str().unwrap();
        assert!(to.starts_with("/en/hs/851660?typed=85166010"), "{to}");
        assert!(to.ends_with("in=SE"), "{to}");
        let page = tested.get(to).await.text;
        assert!(page.contains("is a national tariff code."), "{page}");
    }
    let page = tested.get("/fr/hs/85").await.text;
    assert!(
        page.contains("Appareils électriques et électroniques"),
        "{page}"
    );
    tested.node.close().await;
}

#[tokio::test]
async fn lists_of_economies_stand_in_the_order_of_their_language() {
    let tested = empty().await;
    for (language, order) in [
        ("en", ["Åland Islands", "Albania", "Zimbabwe"]),
        ("fr", ["Égypte", "Espagne", "Zambie"]),
        ("ru", ["Австралия", "Ямайка", "Япония"]),
        ("zh-Hans", ["阿尔巴尼亚", "中国", "中国台湾"]),
        ("ar", ["آيسلندا", "ألمانيا", "هولندا"]),
    ] {
        let page = tested.get(&format!("/{language}/search")).await.text;
        let places = order.map(|name| page.find(&format!(">{name}</option>")));
        assert!(places.iter().all(Option::is_some), "{language}: {places:?}");
        assert!(places.is_sorted(), "{language}: {places:?}");
    }
    tested.node.close().await;
}

/// The id of the record of that number of the node under test.
fn id(number: u32) -> String {
    format!("01935fa0-0000-7000-8000-0000{number:08x}")
}

async fn held(tested: &Tested, number: u32) -> Found {
    let selector = Selector::Id(format!("urn:uuid:{}", id(number)));
    let found = tested.node.look_up(&selector).await.unwrap();
    found.into_iter().next().unwrap()
}

/// What the authority of SE does to the certificate of the node under test, in its own territory.
fn act_of_destination(number: u32, action: Action, after: Option<String>) -> Record {
    let mut record = record(Kind::StatusEvent, number);
    if let Subject::StatusEvent(event) = &mut record.subject {
        event.action = action;
        event.capacity = Capacity::DestinationAuthority;
        event.territory = vec!["SE".to_owned()];
        event.legal_basis = Some("Act".to_owned());
        let subject = &mut event.subjects[0];
        AUTHORITY.clone_into(&mut subject.authority);
        AUTHORITY.clone_into(&mut subject.issuer);
        subject.id = format!("urn:uuid:{}", id(3));
        subject.sequence = if after.is_some() { 2 } else { 1 };
        subject.previous_event = after;
    }
    record
}

#[tokio::test]
async fn a_lifted_refusal_says_so_and_what_lifts_it_says_what() {
    let tested = filled().await;
    let refusal = act_of_destination(20, Action::RefuseRecognition, None);
    tested.publish(&[refusal]).await;
    let before = tested.get(&format!("/en/records/{}", id(20))).await.text;
    let nothing = "Nothing else has been published on them.";
    assert!(before.contains(nothing), "{before}");
    assert!(!before.contains("Lifted from"), "{before}");

    let refused = held(&tested, 20).await.row;
    let after = Some(to_multibase(refused.document_digest));
    let restoral = act_of_destination(21, Action::RestoreRecognition, after);
    tested.publish(&[restoral]).await;
    let restored = hex::encode(held(&tested, 21).await.row.digest);

    let page = tested.get(&format!("/en/records/{}", id(20))).await;
    is_sound(&page, "the refusal");
    let lifted = format!(
        "<a href=\"/en/records/{restored}\">Lifted from 23 November 2026: recognition restored</a>"
    );
    assert!(page.text.contains(&lifted), "{}", page.text);
    assert!(page.text.contains("<span class=\"tag grey\">lifted</span>"));
    // Of an event nothing else is a state.
    assert!(!page.text.contains(" active</span>"), "{}", page.text);
    assert_eq!(page.text.matches("<li><strong>").count(), 1, "once");

    let page = tested.get(&format!("/en/records/{}", id(21))).await;
    is_sound(&page, "the restoral");
    let lifts = format!(
        "<a href=\"/en/records/{}\">Lifts an earlier act: recognition refused, 23 November 2026</a>",
        hex::encode(refused.digest)
    );
    assert!(page.text.contains(&lifts), "{}", page.text);
    // The history of the record names both ways too.
    let page = tested.get(&format!("/en/records/{}", id(3))).await;
    let (lifted, lifts) = (lifted.replace("<a ", ""), lifts.replace("<a ", ""));
    assert!(page.text.contains(&lifted), "{}", page.text);
    assert!(page.text.contains(&lifts), "{}", page.text);
    for language in Language::ALL {
        let path = format!("/{}/records/{}", language.tag(), id(20));
        let page = tested.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text.contains(&restored), "{path}");
    }
    tested.node.close().await;
}

/// A verdict for a past day says on its panel what became of the record since, and a warning sign
/// with it.
#[tokio::test]
async fn a_past_day_tells_what_came_later() {
    let tested = filled().await;
    let path =
        |language: Language| format!("/{}/records/{}?in=SE&on=2026-11-22", language.tag(), id(3));
    let before = tested.get(&path(Language::En)).await.text;
    assert!(!before.contains("Since that day"), "{before}");
    let mut withdrawal = record(Kind::StatusEvent, 20);
    if let Subject::StatusEvent(event) = &mut withdrawal.subject {
        event.action = Action::Withdraw;
        event.capacity = Capacity::Issuer;
        event.effective_from = "2026-11-23"
            .parse::<comity_model::date::Day>()
            .unwrap()
            .into();
        let subject = &mut event.subjects[0];
        AUTHORITY.clone_into(&mut subject.authority);
        AUTHORITY.clone_into(&mut subject.issuer);
        subject.id = format!("urn:uuid:{}", id(3));
        subject.sequence = 1;
        subject.previous_event = None;
    }
    tested.publish(&[withdrawal]).await;
    for (language, said) in [
        (
            Language::En,
            "Since that day: withdrawn (as of 23 November 2026).",
        ),
        (Language::ZhHans, "该日之后：已撤销（自2026年11月23日起）。"),
        (
            Language::Ru,
            "После этого дня: отменено (с 23 ноября 2026 г.).",
        ),
        (
            Language::Fr,
            "Depuis ce jour\u{a0}: retiré (à compter du 23 novembre 2026).",
        ),
    ] {
        let page = tested.get(&path(language)).await;
        is_sound(&page, "a past day");
        let panel = page.text.split("class=\"verdict ").nth(1).unwrap();
        let panel = panel.split("</section>").next().unwrap();
        assert!(
            panel.contains(&format!("</svg> <strong>{said}</strong>")),
            "{panel}"
        );
    }
    let day = "On that day it was in force; nothing to the contrary is known of that day.";
    let record = tested.get(&path(Language::En)).await.text;
    assert!(record.contains(day) && !record.contains("It is in force"));
    let found = "/en/search?number=SE-0003&in=SE&on=";
    let past = tested.get(&format!("{found}2026-11-22")).await.text;
    let since = "<strong>Since that day: withdrawn (as of 23 November 2026).</strong>";
    assert!(past.contains(since), "{past}");
    let now = tested.get(&format!("{found}2026-11-23")).await.text;
    assert!(!now.contains("Since that day"), "{now}");
    let today = path(Language::En).replace("2026-11-22", "2026-11-23");
    let today = tested.get(&today).await.text;
    assert!(!today.contains("Since that day"), "{today}");
    tested.node.close().await;
}

#[tokio::test]
async fn what_is_still_asked_for_is_worded_in_the_language_of_the_page() {
    let tested = filled().await;
    let mut rule = record(Kind::ImportRule, 23);
    if let Subject::ImportRule(rule) = &mut rule.subject {
        rule.economy = "SE".to_owned();
        rule.products.clear();
        let filter = rule.requirements[0].attestation.as_mut().unwrap();
        filter.standards = vec!["CISPR 14-1".parse().unwrap()];
    }
    tested.publish(&[rule]).await;
    let page = |language: &str| {
        let path = format!("/{language}/records/{}?in=SE&on=2026-12-01", id(3));
        let tested = &tested;
        async move { tested.get(&path).await.text }
    };
    // A product certificate to a standard that the certificate does not state.
    let english = page("en").await;
    assert!(
        english.contains("something is asked for</span>"),
        "{english}"
    );
    let asked = "<strong>certificate or report: product certificate; \
                 to CISPR <bdi dir=\"ltr\" class=\"code\">14-1</bdi> (any edition)";
    assert!(english.contains(asked), "{english}");
    let signer = "The signer is the authority EDIT your name as registered \
                  (<bdi dir=\"ltr\" class=\"code did\">did:web:nqi.example.se</bdi>) itself";
    assert!(english.contains(signer), "{english}");
    let chinese = page("zh-Hans").await;
    assert!(
        chinese.contains("<strong>证书或报告：产品认证证书；"),
        "{chinese}"
    );
    let product = tested.get("/ru/hs/8516?in=SE").await.text;
    assert!(
        product.contains("<strong>сертификат или протокол: "),
        "{product}"
    );
    tested.node.close().await;
}

/// The first page counts what a search for all of it finds: what was taken down is not held.
#[tokio::test]
async fn the_first_page_counts_what_a_search_finds() {
    let tested = filled().await;
    let both = || async {
        let home = tested.get("/en/").await.text;
        let end = home.find(" certificates and reports are held here.");
        let counted = home[..end.unwrap()].rsplit('>').next().unwrap();
        let search = tested.get("/en/search?type=Attestation").await.text;
        let found = search.split("<h1>").nth(1).unwrap();
        let found = found.split(' ').next().unwrap();
        (counted.to_owned(), found.to_owned())
    };
    let mut second = record(Kind::Attestation, 23);
    if let Subject::Attestation(attestation) = &mut second.subject {
        attestation.comity.grants.clear();
    }
    let third = Record {
        id: format!("urn:uuid:{}", id(24)),
        ..second.clone()
    };
    tested.publish(&[second, third]).await;
    assert_eq!(both().await, ("3".to_owned(), "3".to_owned()));
    let certificate = held(&tested, 3).await.row;
    let mut takedown = record(Kind::Takedown, 22);
    takedown.subject = Subject::Takedown(Box::new(Takedown {
        authority: AUTHORITY.to_owned(),
        issuer: AUTHORITY.to_owned(),
        id: certificate.id,
        kind: Kind::Attestation.name().to_owned(),
        record_digest: to_multibase(certificate.digest),
        document_digest: to_multibase(certificate.document_digest),
        legal_basis: "Order".to_owned(),
    }));
    tested.publish(&[takedown]).await;
    assert_eq!(both().await, ("2".to_owned(), "2".to_owned()));
    tested.node.close().await;
}

#[test]
fn french_and_chinese_have_their_own_colons_between_a_label_and_what_it_is_of() {
    for (language, colon) in [
        (Language::En, ": "),
        (Language::Fr, "\u{A0}: "),
        (Language::ZhHans, "："),
    ] {
        assert_eq!(texts(language).say("colon"), colon);
    }
    // A full stop after a Russian day is that of the day.
    let cited = texts(Language::Ru).put(
        "record-citation",
        &[("day", crate::texts::text("28 ноября 2026 г."))],
    );
    assert!(cited.ends_with("2026 г."), "{cited}");
    for (language, now) in [(Language::En, "now"), (Language::Ru, "только что")] {
        let ago = |minutes| {
            let minutes = [("minutes", crate::texts::number(minutes))];
            texts(language).put("log-ago", &minutes)
        };
        assert_eq!(ago(0), now);
        assert!(ago(3).contains('3'));
    }
}
