//! Both formats say the same, and what strangers write stays text.

use comity_model::date::Instant;
use serde_json::json;

use super::{Entry, Feed, Format, escaped};

#[test]
fn what_strangers_write_stays_text() {
    let said = "<b a=\"1\">&'\u{0}\u{1b}\r\n\u{ffff}я</b>";
    let expected = "&lt;b a=&quot;1&quot;&gt;&amp;&apos;\nя&lt;/b&gt;";
    assert_eq!(escaped(said), expected);
}

fn feed() -> Feed {
    Feed {
        title: "A & B".to_owned(),
        base: "https://nqi.example.se".to_owned(),
        path: "/feeds/records.atom?q=a%26b&type=Attestation".to_owned(),
        more: None,
        entries: vec![Entry {
            id: "https://nqi.example.se/v1/records/00".to_owned(),
            link: (
                "https://nqi.example.se/ar/records/00".to_owned(),
                "text/html",
            ),
            title: "كابل".to_owned(),
            published: Some(Instant::from_rfc3339("2026-11-23T08:00:00Z").unwrap()),
            updated: Some(Instant::from_rfc3339("2026-11-24T08:00:00Z").unwrap()),
            author: "Lab <1>".to_owned(),
            language: Some("ar".to_owned()),
            categories: vec!["Attestation".to_owned()],
            rights: None,
            content: "line\nline".to_owned(),
        }],
    }
}

#[test]
fn an_atom_feed_is_well_formed_and_dated_by_its_newest_entry() {
    let text = String::from_utf8(feed().write(Format::Atom)).unwrap();
    for expected in [
        "<id>https://nqi.example.se/feeds/records.atom?q=a%26b&amp;type=Attestation</id>",
        "<title>A &amp; B</title>\n<updated>2026-11-24T08:00:00Z</updated>",
        "<title xml:lang=\"ar\">كابل</title>",
        "<author><name>Lab &lt;1&gt;</name></author>",
        "<link rel=\"alternate\" type=\"text/html\" href=\"https://nqi.example.se/ar/records/00\"/>",
        "<category term=\"Attestation\"/>",
    ] {
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
}

#[test]
fn a_json_feed_says_the_same() {
    let feed: serde_json::Value = serde_json::from_slice(&feed().write(Format::Json)).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    let item = json!({
        "id": "https://nqi.example.se/v1/records/00",
        "url": "https://nqi.example.se/ar/records/00",
        "title": "كابل",
        "content_text": "line\nline",
        "date_published": "2026-11-23T08:00:00Z",
        "date_modified": "2026-11-24T08:00:00Z",
        "authors": [{"name": "Lab <1>"}],
        "tags": ["Attestation"],
        "language": "ar",
    });
    assert_eq!(feed["items"], json!([item]));
}

#[test]
fn a_feed_that_leaves_something_out_says_so() {
    let cut = Feed {
        more: Some("The last 50. More are held: /v1/records?a&b".to_owned()),
        ..feed()
    };
    let text = String::from_utf8(cut.write(Format::Atom)).unwrap();
    let subtitle = "<subtitle>The last 50. More are held: /v1/records?a&amp;b</subtitle>\n<entry>";
    assert!(text.contains(subtitle), "{text}");
    let json: serde_json::Value = serde_json::from_slice(&cut.write(Format::Json)).unwrap();
    assert_eq!(
        json["description"],
        "The last 50. More are held: /v1/records?a&b"
    );
    let whole = String::from_utf8(feed().write(Format::Atom)).unwrap();
    assert!(!whole.contains("subtitle"), "{whole}");
}

#[test]
fn an_empty_feed_has_a_time_as_atom_requires() {
    let empty = Feed {
        entries: Vec::new(),
        ..feed()
    };
    let text = String::from_utf8(empty.write(Format::Atom)).unwrap();
    assert!(
        text.contains("<updated>1970-01-01T00:00:00Z</updated>"),
        "{text}"
    );
}
