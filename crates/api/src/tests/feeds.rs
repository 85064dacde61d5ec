//! Feeds of a search and of changes of status, and a search as a spreadsheet.

use comity_model::record::Subject;
use comity_node::csv::CSV;
use comity_signature::canonical::to_canonical;
use comity_signature::digest;
use serde_json::json;

use crate::routes::feeds::MAX_ENTRIES;
use crate::testing::{Tested, attestation, digest_of, filled, signed, suspension, uuid};

/// A number that a spreadsheet would run, a name with mark-up.
fn hostile(number: u32) -> Vec<u8> {
    let mut record = attestation(number);
    record.name = "Kettle <b>, \"red\"".to_owned();
    if let comity_model::record::Subject::Attestation(attestation) = &mut record.subject {
        attestation.comity.certificate_number = "=1+1".to_owned();
    }
    signed(&record)
}

async fn publish(tested: &Tested, body: Vec<u8>) {
    let path = "/v1/records";
    tested.post(path, "application/vc", body).await.json(201);
    tested.node.indexed().await;
}

#[tokio::test]
async fn a_search_is_followed_by_what_was_logged_last() {
    let tested = filled().await;
    let before = tested.get("/feeds/records.json?type=Attestation").await;
    assert_eq!(
        before.header("content-type"),
        "application/feed+json; charset=utf-8"
    );
    let before = before.json(200);
    assert_eq!(before["items"].as_array().unwrap().len(), 1);
    let body = hostile(7);
    publish(&tested, body.clone()).await;
    let after = tested
        .get("/feeds/records.json?type=Attestation")
        .await
        .json(200);
    assert_eq!(after["items"].as_array().unwrap().len(), 2);
    let id = format!("https://nqi.example.se/v1/records/{}", digest_of(&body));
    let item = after["items"].as_array().unwrap().iter();
    let item = item.clone().find(|item| item["id"] == json!(id)).unwrap();
    assert_eq!(item["title"], "Kettle <b>, \"red\"");
    assert_eq!(item["date_published"], "2026-11-23T08:00:00Z");
    assert_eq!(item["tags"], json!(["Attestation", "active"]));

    let atom = tested.get("/feeds/records.atom?q=kettle&lang=fr").await;
    assert_eq!(
        atom.header("content-type"),
        "application/atom+xml; charset=utf-8"
    );
    let text = atom.text();
    assert_eq!(text.matches("<entry>").count(), 1, "{text}");
    assert!(
        text.contains("Kettle &lt;b&gt;, &quot;red&quot;</title>"),
        "{text}"
    );
    let etag = atom.header("etag");
    let path = "/feeds/records.atom?q=kettle&lang=fr";
    let again = tested.get_with(path, &[("if-none-match", &etag)]).await;
    assert_eq!(again.status, 304);
}

#[tokio::test]
async fn an_event_is_in_the_feed_of_its_record_and_dates_the_record_anew() {
    let tested = filled().await;
    let of = format!("/feeds/status.json?record={}", uuid(2));
    let none = tested.get(&of).await.json(200);
    assert_eq!(none["items"], json!([]));
    publish(&tested, signed(&suspension(9, &attestation(2)))).await;
    for path in [
        of.as_str(),
        "/feeds/status.json",
        "/feeds/status.json?lang=fr",
    ] {
        let feed = tested.get(path).await.json(200);
        let items = feed["items"].as_array().unwrap();
        assert_eq!(items.len(), 1, "{path}: {feed}");
        let content = items[0]["content_text"].as_str().unwrap();
        let link = format!("https://nqi.example.se/r/{}", uuid(2));
        assert!(content.contains(&link), "{content}");
        let title = items[0]["title"].as_str().unwrap();
        let word = if path.contains("fr") {
            "suspendu: "
        } else {
            "suspended: "
        };
        assert!(title.starts_with(word), "{title}");
    }
    let other = format!("/feeds/status.atom?record={}", uuid(1));
    let other = tested.get(&other).await;
    assert_eq!(other.status, 200);
    assert_eq!(other.text().matches("<entry>").count(), 0);
}

#[tokio::test]
async fn a_feed_has_the_last_events_of_a_record_and_says_that_there_are_more() {
    let tested = filled().await;
    let subject = attestation(2);
    let mut previous = None;
    let most = u32::try_from(MAX_ENTRIES).unwrap();
    let (json, atom) = (
        format!("/feeds/status.json?record={}", uuid(2)),
        format!("/feeds/status.atom?record={}", uuid(2)),
    );
    for sequence in 1..=most + 1 {
        let mut event = suspension(100 + sequence, &subject);
        if let Subject::StatusEvent(event) = &mut event.subject {
            let about = event.subjects.first_mut().unwrap();
            about.sequence = u64::from(sequence);
            about.previous_event = previous.take();
        }
        let document = to_canonical(&event.to_value()).unwrap();
        previous = Some(digest::to_multibase(digest::sha256(&document)));
        let outcomes = tested.node.publish(vec![signed(&event)]).await.unwrap();
        outcomes.into_iter().next().unwrap().unwrap();
        if sequence == most {
            let all = tested.get(&json).await.json(200);
            assert_eq!(all["items"].as_array().unwrap().len(), MAX_ENTRIES);
            assert_eq!(all.get("description"), None);
        }
    }
    let cut = tested.get(&json).await.json(200);
    assert_eq!(cut["items"].as_array().unwrap().len(), MAX_ENTRIES);
    let history = format!("/v1/records/{}/history", digest_of(&signed(&subject)));
    let said = cut["description"].as_str().unwrap();
    assert!(said.ends_with(&history), "{said}");
    assert_eq!(tested.get(&history).await.status, 200);
    let text = tested.get(&atom).await.text();
    assert!(
        text.contains("<subtitle>The last 50 events. More are held"),
        "{text}"
    );
    // The first one is what was left out.
    let mut first = suspension(101, &subject);
    if let Subject::StatusEvent(event) = &mut first.subject {
        event.subjects.first_mut().unwrap().sequence = 1;
    }
    let first = digest_of(&signed(&first));
    assert!(!text.contains(&first), "{first}");
}

#[tokio::test]
async fn a_search_is_a_spreadsheet_that_runs_nothing() {
    let tested = filled().await;
    publish(&tested, hostile(7)).await;
    let file = tested.get("/v1/records.csv?q=kettle").await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), CSV);
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"records.csv\""
    );
    let text = file.text();
    let lines: Vec<_> = text.strip_prefix('\u{feff}').unwrap().lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(
        lines[0].starts_with("number,kind,name,state,holder,holderId,"),
        "{text}"
    );
    assert!(
        lines[1].starts_with("'=1+1,Attestation,\"Kettle <b>, \"\"red\"\"\",active,"),
        "{text}"
    );

    let two = tested.get("/v1/records.csv?limit=2&sort=logged").await;
    assert_eq!(two.text().lines().count(), 3);
    let link = two.header("link");
    let next = link.split(['<', '>']).nth(1).unwrap().to_owned();
    let rest = tested.get(&next).await;
    assert_eq!(rest.text().lines().count(), 2, "{}", rest.text());
}

#[tokio::test]
async fn what_cannot_be_asked_says_which_parameter() {
    let tested = filled().await;
    for (path, parameter) in [
        ("/feeds/records.atom?sort=newest", "sort"),
        ("/feeds/records.json?lang=de", "lang"),
        ("/feeds/records.atom?economy=Sweden", "economy"),
        ("/feeds/status.atom?record=SE-0002", "id"),
        ("/feeds/status.json?record=1&q=a", "q"),
        ("/feeds/status.json?hs=8516", "hs"),
        ("/feeds/status.atom?type=Attestation", "type"),
        ("/v1/records.csv?limit=1001", "limit"),
        ("/v1/records.csv?facet=kind", "facet"),
    ] {
        assert_eq!(
            tested.get(path).await.wrong_parameter(),
            parameter,
            "{path}"
        );
    }
}
