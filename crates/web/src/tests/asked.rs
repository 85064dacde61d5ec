//! What an address asks is answered whole, or the page says that it cannot be read.

use comity_model::text::is_bidi_control;

use crate::asked::{MAX_PAIRS, MAX_QUERY_STRING_BYTES, MAX_VALUE_CHARS};
use crate::testing::{Reply, filled};
use crate::verdict::MAX_CODES;

/// The certificate of the node under test.
const CERTIFICATE: &str = "01935fa0-0000-7000-8000-000000000003";

/// A query that asks in Sweden and has exactly that many bytes, the rest of a name that no page
/// reads.
fn query_of(bytes: usize) -> String {
    let mut query = "in=SE".to_owned();
    while query.len() < bytes {
        let room = (bytes - query.len()).saturating_sub("&x=".len());
        query.push_str("&x=");
        query.push_str(&"a".repeat(room.min(1_000)));
    }
    query
}

/// The part of an address that begins so, as a browser reads it from a page.
fn address(page: &str, begins: &str) -> String {
    let from = page.find(begins).and_then(|at| page.get(at..));
    let address = from.and_then(|from| from.split('"').next());
    address.unwrap_or_default().replace("&#38;", "&")
}

#[track_caller]
fn is_refused(reply: &Reply, status: u16, said: &str) {
    assert_eq!(reply.status, status, "{}", reply.text);
    assert!(reply.text.contains(said), "{said}: {}", reply.text);
    assert!(!reply.text.contains("id=\"verdict\""), "{}", reply.text);
}

#[tokio::test]
async fn an_address_that_asks_too_much_is_not_answered_without_its_question() {
    let tested = filled().await;
    let most = query_of(MAX_QUERY_STRING_BYTES);
    assert_eq!(most.len(), MAX_QUERY_STRING_BYTES);
    let page = format!("/en/records/{CERTIFICATE}");
    let whole = tested.get(&format!("{page}?{most}")).await;
    assert_eq!(whole.status, 200, "{}", whole.text);
    assert!(whole.text.contains("id=\"verdict\""), "{}", whole.text);

    let many = format!("in=SE{}", "&x=".repeat(MAX_PAIRS));
    let long = format!("in=SE&x={}", "a".repeat(MAX_VALUE_CHARS + 1));
    for query in [format!("{most}a"), many, long] {
        for page in [&*page, "/en/search", "/en/hs/8516", "/en/go"] {
            let reply = tested.get(&format!("{page}?{query}")).await;
            is_refused(&reply, 414, "up to 8 kB in 60 values");
        }
        let code = format!("/qr/{CERTIFICATE}.svg?{query}");
        assert_eq!(tested.get(&code).await.status, 414);
    }
    let french = tested
        .get(&format!("/fr/records/{CERTIFICATE}?{most}a"))
        .await;
    is_refused(&french, 414, "<html lang=\"fr\"");
    tested.node.close().await;
}

#[tokio::test]
async fn a_place_that_cannot_be_read_is_said_and_not_left_out() {
    let tested = filled().await;
    let record = format!("records/{CERTIFICATE}");
    for page in [
        &*record,
        "search",
        "search?only=counting",
        "hs/8516",
        "arrangements",
        "list",
    ] {
        let sign = if page.contains('?') { '&' } else { '?' };
        for (place, said) in [
            ("in=Japan", "“Japan” cannot be read as Used in"),
            ("in=jp", "“jp” cannot be read"),
            ("in=SE&in=JP", "“SE, JP” cannot be read"),
        ] {
            let reply = tested.get(&format!("/en/{page}{sign}{place}")).await;
            is_refused(&reply, 400, said);
        }
        let twice = tested.get(&format!("/en/{page}{sign}in=SE&in=SE")).await;
        assert_eq!(twice.status, 200, "{page}");
    }
    for query in ["in=Japan", "hs=85x", "on=never", "d=0"] {
        let code = format!("/qr/{CERTIFICATE}.svg?{query}");
        assert_eq!(tested.get(&code).await.status, 400, "{query}");
    }
    tested.node.close().await;
}

#[tokio::test]
async fn letters_in_a_code_are_said_and_not_thrown_away() {
    let tested = filled().await;
    let page = format!("/en/records/{CERTIFICATE}?in=SE");
    for (query, value) in [
        ("hs=85AB16.60", "85AB16.60"),
        ("hs=8516&hs=x", "x"),
        ("hs=8516&hsEdition=new", "new"),
        ("code=HS:85x", "HS:85x"),
        ("code=8516", "8516"),
    ] {
        let reply = tested.get(&format!("{page}&{query}")).await;
        let said = format!("“{value}” cannot be read as HS code");
        is_refused(&reply, 400, &said);
    }
    let both = tested.get("/en/arrangements?hs=8516&hs=8544").await;
    is_refused(&both, 400, "“8516, 8544” cannot be read");
    tested.node.close().await;
}

#[tokio::test]
async fn one_code_more_than_are_compared_is_told_and_not_left_out() {
    let tested = filled().await;
    let codes: Vec<String> = (0..=MAX_CODES).map(|at| format!("85{at:02}")).collect();
    let page = format!("/en/records/{CERTIFICATE}");
    let in_one = |codes: &[String]| format!("hs={}", codes.join("%3B"));
    let each = |codes: &[String]| {
        let each: Vec<_> = codes.iter().map(|code| format!("hs={code}")).collect();
        each.join("&")
    };
    for place in ["in=SE&", ""] {
        for query in [in_one(&codes), each(&codes)] {
            let reply = tested.get(&format!("{page}?{place}{query}")).await;
            is_refused(&reply, 400, "compares up to 20 product codes");
        }
        let most = codes.get(1..).unwrap();
        let reply = tested.get(&format!("{page}?{place}{}", in_one(most))).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        // The last of them is compared too.
        assert!(reply.text.contains("/en/hs/8520"), "{}", reply.text);
    }
    tested.node.close().await;
}

#[tokio::test]
async fn of_two_different_values_of_a_fact_none_is_answered() {
    let tested = filled().await;
    let page = format!("/en/records/{CERTIFICATE}?in=SE");
    for (fact, one, other, label) in [
        ("model", "A", "B", "Models"),
        ("number", "SE-0003", "SE-0004", "Number"),
        ("holder", "A", "B", "Holder"),
        ("gtin", "1", "2", "GTIN"),
        ("scope", "A", "B", "Scope"),
        ("on", "2026-11-23", "2026-11-24", "On the day"),
        ("issuedOn", "2026-11-23", "2026-11-24", "Issued on"),
        ("validUntil", "2026-11-23", "2026-11-24", "Valid until"),
        ("standard", "IEC 1", "IEC 2", "Standard and edition"),
        ("hsEdition", "2017", "2022", "HS code"),
    ] {
        let asked = |values: [&str; 2]| {
            let [one, other] = values.map(|value| value.replace(' ', "%20"));
            format!("{page}&{fact}={one}&{fact}={other}")
        };
        let reply = tested.get(&asked([one, other])).await;
        is_refused(&reply, 400, &format!("“{one}, {other}” cannot be read as"));
        assert!(reply.text.contains(label), "{label}: {}", reply.text);
        let twice = tested.get(&asked([one, one])).await;
        assert_eq!(twice.status, 200, "{fact}: {}", twice.text);
    }
    for address in [
        "search?number=A&number=B",
        "search?number=A&issuer=B&issuer=C",
        "search?validOn=2026-11-23&validOn=2026-11-24",
        "arrangements?scope=A&scope=B",
        "list?on=2026-11-23&on=2026-11-24",
    ] {
        let reply = tested.get(&format!("/en/{address}")).await;
        is_refused(&reply, 400, "cannot be read as");
    }
    let code = format!("/qr/{CERTIFICATE}.svg?on=2026-11-23&on=2026-11-24");
    assert_eq!(tested.get(&code).await.status, 400);
    tested.node.close().await;
}

#[tokio::test]
async fn the_matrix_asks_for_what_it_speaks_of() {
    let tested = filled().await;
    let asks = "Neither a scheme nor a product is chosen";
    for (query, open) in [("", true), ("?in=JP", true), ("?hs=8516", false)] {
        let page = tested.get(&format!("/en/arrangements{query}")).await.text;
        assert_eq!(page.contains(asks), open, "{query}: {page}");
    }
    // Of a destination only its column, and nothing of one that no arrangement names.
    let columns = |page: &str| page.matches("<abbr title=").count();
    let all = tested.get("/en/arrangements").await.text;
    assert!(columns(&all) > 1, "{all}");
    let one = tested.get("/en/arrangements?in=JP").await.text;
    assert_eq!(columns(&one), 1, "{one}");
    let none = tested.get("/en/arrangements?in=KZ").await.text;
    assert_eq!(columns(&none), 0, "{none}");
    tested.node.close().await;
}

#[tokio::test]
async fn the_file_beside_a_verdict_is_of_the_same_question() {
    let tested = filled().await;
    let asked = "in=SE&on=2026-12-01&hs=8544&hs=851660&hsEdition=2022&model=K-1\
                 &gtin=9506000134352&serial=S-1&lot=L-1&holder=H&manufacturer=M&factory=F\
                 &issuedOn=2026-11-01&standard=IEC+60335-1%3A2020";
    let path = format!("/en/records/{CERTIFICATE}?{asked}");
    let page = tested.get(&path).await.text;
    // The codes are a set: sorted they are the same.
    let sorted = asked.replace("hs=8544&hs=851660", "hs=851660&hs=8544");
    assert_eq!(address(&page, "/bundle?"), format!("/bundle?{sorted}"));
    let several =
        "in=SE&on=2026-12-01&code=CN%402026%3A85167020&code=HS%402017%3A8544&quantity=40+kg";
    let page = tested
        .get(&format!("/en/records/{CERTIFICATE}?{several}"))
        .await;
    assert_eq!(
        address(&page.text, "/bundle?"),
        format!("/bundle?{several}")
    );
    // Asked again by the form it is the same question.
    let kept = "<input type=\"hidden\" name=\"code\" value=\"HS@2017:8544\">";
    assert!(page.text.contains(kept), "{}", page.text);
    let plain = tested
        .get(&format!("/en/records/{CERTIFICATE}?in=SE"))
        .await;
    let bundle = address(&plain.text, "/bundle?");
    assert_eq!(bundle, "/bundle?in=SE&on=2026-11-23");
    tested.node.close().await;
}

#[tokio::test]
async fn a_sheet_says_what_its_code_asks() {
    let tested = filled().await;
    let page = format!("/en/records/{CERTIFICATE}");
    let asks = "The code asks about this record anew";
    let leads = "The code leads to this record and asks nothing";
    let five = "?in=SE&hs=8516&hs=8517&hs=8518&hs=8519&hs=8520";
    for (query, says, not, printed) in [
        ("", leads, asks, ""),
        (
            "?in=SE&hs=8516&model=K",
            asks,
            leads,
            "&in=SE&hs=8516&on=2026-11-23",
        ),
        // More codes than a printed code has room for: then it asks nothing at all.
        (five, leads, asks, ""),
        // Nor for an edition, or another classification.
        ("?in=SE&hs=8516&hsEdition=2017", leads, asks, ""),
        ("?in=SE&code=UNSPSC:52141500", leads, asks, ""),
    ] {
        let text = tested.get(&format!("{page}{query}")).await.text;
        assert!(text.contains(says), "{query}: {text}");
        assert!(!text.contains(not), "{query}: {text}");
        let code = address(&text, "/qr/");
        let (_, after) = code.split_once("?d=").unwrap();
        assert_eq!(&after[24..], printed, "{query}");
    }
    tested.node.close().await;
}

#[tokio::test]
async fn digits_are_looked_up_as_a_number_and_offered_as_a_code() {
    let tested = filled().await;
    for digits in ["851660", "8516", "8516601010"] {
        let nothing = tested.get(&format!("/en/go?q={digits}&in=SE")).await;
        let to = nothing.headers["location"].to_str().unwrap();
        assert!(to.starts_with("/en/hs/8516"), "{digits}: {to}");
    }
    for (number, digits, code) in [
        (21, "851660", "/en/hs/851660?in=SE"),
        (22, "8516601010", "/en/hs/851660?typed=8516601010&in=SE"),
    ] {
        tested.certificate(number, digits).await;
        let found = tested.get(&format!("/en/go?q={digits}&in=SE")).await;
        let to = found.headers["location"].to_str().unwrap();
        assert_eq!(to, format!("/en/search?number={digits}&in=SE"));
        let page = tested.get(to).await.text;
        assert!(page.contains("<h1>1 record for"), "{page}");
        assert!(page.contains("As an HS code, this is a product:"), "{page}");
        assert!(page.replace("&#38;", "&").contains(code), "{page}");
        // Written as a code it is a code.
        let dotted = tested.get("/en/go?q=8516.60").await;
        assert_eq!(dotted.headers["location"], "/en/hs/851660");
    }
    tested.node.close().await;
}

#[tokio::test]
async fn what_was_typed_turns_no_page() {
    let tested = filled().await;
    let marks = "%E2%80%AE%E2%81%A6%E2%80%8Fabc%D8%9C";
    for page in [
        "search?q=",
        "search?number=",
        "search?scheme=",
        "search?on=",
        "search?sort=",
        "arrangements?scope=",
        "search?in=",
        "hs/",
        "records/",
    ] {
        let text = tested.get(&format!("/en/{page}{marks}")).await.text;
        assert!(!text.contains(is_bidi_control), "{page}: {text}");
    }
    // A word from right to left stands by itself in a sentence from left to right.
    let page = tested
        .get("/en/search?q=%D9%83%D8%A7%D8%A8%D9%84")
        .await
        .text;
    let isolated = "\u{2068}كابل\u{2069}";
    for (from, to) in [("<h1>", "</h1>"), ("<title>", "</title>")] {
        let text = page.split(from).nth(1).unwrap().split(to).next().unwrap();
        assert!(text.contains(isolated), "{text}");
    }
    tested.node.close().await;
}

#[tokio::test]
async fn a_printed_link_to_another_document_is_no_record_of_that_name() {
    let tested = filled().await;
    let page = format!("/en/records/{CERTIFICATE}");
    let code = address(&tested.get(&page).await.text, "/qr/");
    let (_, digits) = code.split_once("?d=").unwrap();
    let printed = tested.get(&format!("{page}?d={digits}")).await;
    assert_eq!(printed.status, 200);
    let other = tested.get(&format!("{page}?d={}", "0".repeat(24))).await;
    is_refused(&other, 404, "This is not the document that was printed");
    tested.node.close().await;
}

#[tokio::test]
async fn a_node_that_cannot_read_says_so_and_not_that_there_is_nothing() {
    let tested = filled().await;
    tested.node.close().await;
    for page in [
        &*format!("records/{CERTIFICATE}"),
        "records/01935fa0-0000-7000-8000-0000000000ff",
        "go?q=851660",
        "search?number=SE-0003",
    ] {
        let reply = tested.get(&format!("/en/{page}")).await;
        is_refused(&reply, 503, "No answer just now");
    }
}
