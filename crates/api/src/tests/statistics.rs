//! Counts as of a day: their answer, its forms, and what is refused.

use serde_json::json;

use crate::testing::{Tested, attestation, filled, signed, suspension};

/// A grant and two certificates of 2026-11-23, one of them suspended from that day.
async fn counted() -> Tested {
    let tested = filled().await;
    let certificate = attestation(3);
    let bodies = vec![signed(&certificate), signed(&suspension(4, &certificate))];
    for outcome in tested.node.publish(bodies).await.unwrap() {
        outcome.unwrap();
    }
    tested
}

#[tokio::test]
async fn an_answer_says_what_it_counted_and_from_which_logs() {
    let tested = counted().await;
    let path = "/v1/statistics?of=certificates&by=month,kind&in=SE&on=2026-11-23";
    let answer = tested.get(path).await.json(200);
    assert_eq!(answer["of"], "certificates");
    assert_eq!(answer["by"], json!(["month", "kind"]));
    assert_eq!(answer["on"], "2026-11-23");
    assert_eq!(answer["economies"], json!(["SE"]));
    let size = json!([{"origin": tested.node.config().origin(), "size": 4}]);
    assert_eq!(answer["logs"], size);
    let none = json!({"takenDown": 0, "invalid": 0, "notBelieved": 0});
    assert_eq!(answer["leftOut"], none);
    let items = answer["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    let group = json!({"kind": "productCertificate", "month": "2026-11"});
    assert_eq!(items[0]["group"], group);
    assert_eq!(items[0]["source"], "native");
    assert_eq!(items[0]["counts"]["total"], 2);
    assert_eq!(items[0]["counts"]["inForce"], 1);
    assert_eq!(items[0]["counts"]["suspended"], 1);
    assert_eq!(items[0]["counts"]["expired"], 0);
    assert_eq!(answer["totals"]["native"], items[0]["counts"]);
    assert_eq!(answer["totals"]["all"], items[0]["counts"]);
    assert_eq!(answer["totals"]["imported"]["total"], 0);
    assert!(
        answer["meaning"]
            .as_str()
            .unwrap()
            .starts_with("One count is one certificate")
    );

    let answer = tested.get("/v1/statistics?of=suspensions").await.json(200);
    assert_eq!(answer["items"], json!([]));
    let counts = json!({"total": 1, "inForce": 1, "over": 0, "unknown": 0});
    assert_eq!(answer["totals"]["all"], counts);
    let before = "/v1/statistics?of=certificates&on=2026-11-22";
    let answer = tested.get(before).await.json(200);
    assert_eq!(answer["totals"]["all"]["total"], 0);
}

#[tokio::test]
async fn a_spreadsheet_asks_for_csv_by_name_or_by_header() {
    let tested = counted().await;
    let path = "/v1/statistics?of=certificates&by=month,standard";
    let by_header = tested.get_with(path, &[("accept", "text/csv")]).await;
    assert_eq!(by_header.status, 200);
    assert_eq!(by_header.header("content-type"), "text/csv; charset=utf-8");
    assert!(by_header.header("vary").contains("accept"));
    assert!(
        by_header
            .header("content-disposition")
            .contains("certificates-2026-11-23.csv")
    );
    let expected = "on,month,standard,source,total,inForce,suspended,superseded,withdrawn,annulled,\
                    expired,pending,unknown\r\n\
                    2026-11-23,2026-11,EDIT 1234:2000,native,2,1,1,0,0,0,0,0,0\r\n\
                    2026-11-23,total,total,native,2,1,1,0,0,0,0,0,0\r\n\
                    2026-11-23,total,total,imported,0,0,0,0,0,0,0,0,0\r\n\
                    2026-11-23,total,total,all,2,1,1,0,0,0,0,0,0\r\n";
    assert_eq!(by_header.text(), expected);
    let by_name = tested.get(&format!("{path}&format=csv")).await;
    assert_eq!(by_name.text(), expected);
    let accepts_both = [("accept", "text/csv")];
    let as_json = tested
        .get_with(&format!("{path}&format=json"), &accepts_both)
        .await;
    assert_eq!(as_json.json(200)["of"], "certificates");
}

#[tokio::test]
async fn an_answer_is_unchanged_until_the_log_grows() {
    let tested = counted().await;
    let path = "/v1/statistics?of=grants";
    let etag = tested.get(path).await.header("etag");
    let held = [("if-none-match", etag.as_str())];
    assert_eq!(tested.get_with(path, &held).await.status, 304);
    let more = signed(&attestation(7));
    tested
        .post("/v1/records", "application/vc", more)
        .await
        .json(201);
    assert_eq!(tested.get_with(path, &held).await.status, 200);
}

#[tokio::test]
async fn what_cannot_be_counted_is_refused_with_what_can() {
    let tested = counted().await;
    for (query, name) in [
        ("", "of"),
        ("of=labels", "of"),
        ("of=certificates&by=colour", "by"),
        ("of=certificates&by=kind,kind", "by"),
        ("of=certificates&by=economy,kind,chapter,month", "by"),
        ("of=certificates&in=Sweden", "in"),
        ("of=certificates&on=2026-13-01", "on"),
        ("of=certificates&from=2026-02-01&until=2026-01-31", "until"),
        ("of=certificates&format=xml", "format"),
        ("of=certificates&year=2026", "year"),
    ] {
        let reply = tested.get(&format!("/v1/statistics?{query}")).await;
        assert_eq!(reply.wrong_parameter(), name, "{query}");
    }
    let reply = tested.get("/v1/statistics?of=certificates&by=colour").await;
    let listed = "economy, kind, chapter, standard, month";
    assert!(reply.text().contains(listed), "{}", reply.text());
    let three = "/v1/statistics?of=certificates&by=economy,kind,chapter";
    assert_eq!(tested.get(three).await.status, 200);
    let economies = |count: usize| "&in=SE".repeat(count);
    let asked = |count| format!("/v1/statistics?of=certificates{}", economies(count));
    assert_eq!(tested.get(&asked(100)).await.status, 200);
    assert_eq!(tested.get(&asked(101)).await.wrong_parameter(), "in");
}
