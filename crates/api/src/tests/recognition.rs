//! Questions and verdicts.

use comity_recognition::code::StepName;
use serde_json::{Value, json};

use crate::body::MAX_QUESTION_BYTES;
use crate::testing::{attestation, digest_of, filled, now, signed, suspension, uuid};

const JSON: &str = "application/json";

#[tokio::test]
async fn a_verdict_lists_every_step() {
    let tested = filled().await;
    let path = format!(
        "/v1/recognition?record={}&in=SE&on=2026-11-23&file=F-1",
        uuid(2)
    );
    let answer = tested.get(&path).await.json(200);
    assert_eq!(answer["question"]["in"], "SE");
    assert_eq!(answer["question"]["fileNumber"], "F-1");
    let steps = answer["steps"].as_array().unwrap();
    let names: Vec<_> = steps
        .iter()
        .map(|step| step["step"].as_str().unwrap())
        .collect();
    let always = StepName::ALL
        .into_iter()
        .filter(|step| !step.is_listed_if_asked());
    let always: Vec<_> = always.map(StepName::name).collect();
    assert_eq!(names, always);
    for (step, n) in steps.iter().zip(1..) {
        assert_eq!(step["n"], n);
        assert!(step["question"].as_str().unwrap().ends_with('?'), "{step}");
        assert!(!step["because"].as_str().unwrap().is_empty(), "{step}");
        let name = step["step"].as_str().unwrap();
        let code = step["code"].as_str().unwrap();
        assert!(
            code.starts_with(name) || code.starts_with("record."),
            "{step}"
        );
    }
    let digest = digest_of(&signed(&attestation(2)));
    assert_eq!(steps[0]["evidence"][0]["digest"], digest);
    let href = steps[0]["evidence"][0]["href"].as_str().unwrap();
    assert_eq!(tested.get(href).await.json(200)["recordDigest"], digest);
    let decisive = answer["decisiveStep"].as_u64().unwrap();
    assert!((1..=12).contains(&decisive));
    for member in [
        "summary",
        "computedBy",
        "reference",
        "verdictDigest",
        "policyDigest",
        "legalNotice",
    ] {
        assert!(
            answer[member].as_str().is_some_and(|text| !text.is_empty()),
            "{member}"
        );
    }
    assert_eq!(answer["heads"][0]["size"], 2);
    assert_eq!(answer["verdict"], "recognised", "{answer}");
}

#[tokio::test]
async fn no_and_cannot_tell_are_answers() {
    let tested = filled().await;
    let answer = tested
        .get("/v1/recognition?record=NOT-HELD&in=JP")
        .await
        .json(200);
    assert_eq!(answer["verdict"], "cannotTell");
    assert_eq!(answer["question"]["on"], "2026-11-23");
    let event = signed(&suspension(3, &attestation(2)));
    tested
        .post("/v1/records", "application/vc", event)
        .await
        .json(201);
    let answer = tested
        .get("/v1/recognition?record=SE-0002&in=SE")
        .await
        .json(200);
    assert_eq!(answer["verdict"], "notRecognised", "{answer}");
    let n = usize::try_from(answer["decisiveStep"].as_u64().unwrap()).unwrap();
    assert_eq!(answer["steps"][n - 1]["step"], "status");
}

#[tokio::test]
async fn why_is_told_once_with_what_differs() {
    let tested = filled().await;
    let path = "/v1/recognition?record=SE-0002&in=SE";
    let plain = tested.get(path).await.json(200);
    let decisive = |answer: &Value| {
        let n = usize::try_from(answer["decisiveStep"].as_u64().unwrap()).unwrap();
        answer["steps"][n - 1].clone()
    };
    assert_eq!(plain["because"], decisive(&plain)["because"]);
    // Another step decides, and what of the paper differs is told all the same.
    let event = signed(&suspension(3, &attestation(2)));
    tested
        .post("/v1/records", "application/vc", event)
        .await
        .json(201);
    let differing = tested
        .get(&format!("{path}&number=SE-9999"))
        .await
        .json(200);
    let step = decisive(&differing);
    assert_eq!(step["step"], "status", "{differing}");
    let said = format!(
        "{} The paper and the record differ in: number.",
        step["because"].as_str().unwrap()
    );
    assert_eq!(differing["because"], said);
}

#[tokio::test]
async fn an_address_and_a_body_ask_the_same() {
    let tested = filled().await;
    let link = format!("https://elsewhere.example/r/{}?d=1", uuid(2));
    let query = link.replace(':', "%3A").replace('?', "%3F");
    let by_address = tested
        .get(&format!(
            "/v1/recognition?record={query}&in=JP&hs=8544.49&hsEdition=2022&model=M1&knownAt={}",
            now()
        ))
        .await
        .json(200);
    let body = json!({
        "record": link, "in": "JP", "knownAt": now(),
        "product": {"codes": [{"scheme": "HS", "edition": "2022", "code": "854449"}], "model": "M1"},
    });
    let by_body = tested
        .post("/v1/recognition", JSON, body.to_string())
        .await
        .json(200);
    assert_eq!(by_address["verdictDigest"], by_body["verdictDigest"]);
    assert_eq!(by_address["question"], by_body["question"]);
}

#[tokio::test]
async fn a_shown_record_is_judged_and_not_kept() {
    let tested = filled().await;
    let shown = signed(&attestation(9));
    let shown: Value = serde_json::from_slice(&shown).unwrap();
    let body = serde_json::to_string_pretty(&json!({"document": shown, "in": "SE"})).unwrap();
    let answer = tested.post("/v1/recognition", JSON, body).await.json(200);
    assert_eq!(answer["steps"][0]["outcome"], "pass", "{answer}");
    assert_eq!(answer["steps"][3]["code"], "log.notLogged", "{answer}");
    tested
        .get(&format!("/v1/records/{}", uuid(9)))
        .await
        .problem("not-found");
}

#[tokio::test]
async fn an_assumed_draft_makes_it_hypothetical() {
    let tested = filled().await;
    let draft = suspension(3, &attestation(2)).to_value();
    let body = json!({"record": uuid(2), "in": "SE", "assume": [draft]});
    let answer = tested
        .post("/v1/recognition", JSON, body.to_string())
        .await
        .json(200);
    assert_eq!(answer["hypothetical"], true);
    let drafts = vec![json!({}); 101];
    let body = json!({"record": uuid(2), "in": "SE", "assume": drafts});
    let reply = tested.post("/v1/recognition", JSON, body.to_string()).await;
    assert_eq!(reply.wrong_parameter(), "assume");
}

#[tokio::test]
async fn questions_that_cannot_be_read_name_what_is_wrong() {
    let tested = filled().await;
    for (query, name) in [
        ("in=JP", "record"),
        ("record=x", "in"),
        ("record=x&in=Japan", "in"),
        ("record=%20-%20&in=JP", "record"),
        ("record=x&in=JP&on=1.1.2020", "on"),
        ("record=x&in=JP&knownAt=now", "knownAt"),
        ("record=x&in=JP&hs=x", "hs"),
        ("record=x&in=JP&hsEdition=1", "hsEdition"),
        ("record=x&in=JP&standard=", "none"),
        ("record=x&in=JP&moddel=1", "moddel"),
    ] {
        let reply = tested.get(&format!("/v1/recognition?{query}")).await;
        if name == "none" {
            assert_eq!(reply.status, 200);
        } else {
            assert_eq!(reply.wrong_parameter(), name, "{query}");
        }
    }
    let codes = |count: usize| vec!["hs=8544"; count].join("&");
    let path = |count| format!("/v1/recognition?record=x&in=JP&{}", codes(count));
    assert_eq!(tested.get(&path(20)).await.status, 200);
    assert_eq!(tested.get(&path(21)).await.wrong_parameter(), "hs");
    for body in [
        "",
        "[]",
        "{\"in\":\"JP\",\"colour\":1}",
        "{\"record\":\"x\"}",
    ] {
        tested
            .post("/v1/recognition", JSON, body)
            .await
            .problem("malformed-request");
    }
    let reply = tested
        .post("/v1/recognition", JSON, "{\"in\":\"JP\"}")
        .await;
    assert_eq!(reply.wrong_parameter(), "record");
    let reply = tested
        .post(
            "/v1/recognition",
            JSON,
            "{\"in\":\"JP\",\"record\":\"a\\u0000\"}",
        )
        .await;
    assert_eq!(reply.wrong_parameter(), "record");
    tested
        .post("/v1/recognition", "text/plain", "{}")
        .await
        .problem("unsupported-media-type");
    let long = " ".repeat(MAX_QUESTION_BYTES + 1);
    tested
        .post("/v1/recognition", JSON, long)
        .await
        .problem("too-large");
}

#[tokio::test]
async fn a_verdict_is_unchanged_until_the_log_grows() {
    let tested = filled().await;
    let path = format!("/v1/recognition?record={}&in=SE", uuid(2));
    let reply = tested.get(&path).await;
    assert_eq!(
        reply.header("cache-control"),
        "public, max-age=60, stale-while-revalidate=300"
    );
    let etag = reply.header("etag");
    let held = [("if-none-match", etag.as_str())];
    assert_eq!(tested.get_with(&path, &held).await.status, 304);
    let event = signed(&suspension(3, &attestation(2)));
    tested
        .post("/v1/records", "application/vc", event)
        .await
        .json(201);
    assert_eq!(tested.get_with(&path, &held).await.status, 200);
}

#[tokio::test]
async fn a_batch_answers_each_line_in_order() {
    let tested = filled().await;
    let mut lines = String::from("{\"record\":\"SE-0002\",\"in\":\"SE\"}\n\nnonsense\n");
    for _ in 0..20 {
        lines.push_str("{\"record\":\"SE-0002\",\"in\":\"SE\",\"on\":\"2026-11-23\"}\n");
    }
    lines.push_str("{\"record\":\"NOT-HELD\",\"in\":\"JP\"}");
    let reply = tested
        .post("/v1/recognition/batch", "application/x-ndjson", lines)
        .await;
    assert_eq!(reply.status, 200);
    let answers = reply.lines();
    let numbers: Vec<_> = answers
        .iter()
        .map(|line| line["line"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, [1].into_iter().chain(3..=24).collect::<Vec<_>>());
    assert_eq!(answers[0]["verdict"], "recognised");
    assert_eq!(answers[1]["problem"]["type"], "/problems/malformed-request");
    assert_eq!(answers[22]["verdict"], "cannotTell");
    tested
        .post("/v1/recognition/batch", JSON, "{}")
        .await
        .problem("unsupported-media-type");
}

#[tokio::test]
async fn a_verdict_is_a_few_lines_of_text_too() {
    let tested = filled().await;
    let path = format!("/v1/recognition?record={}&in=SE&on=2026-11-23", uuid(2));
    let answer = tested.get(&path).await.json(200);
    let reference = answer["reference"].as_str().unwrap();
    for (path, accept) in [
        (path.clone(), "text/plain"),
        (path.clone(), "text/plain;q=0.9, application/json;q=0.1"),
        (format!("{path}&format=text"), "application/json"),
        (format!("/r/{}?in=SE&on=2026-11-23", uuid(2)), "text/plain"),
    ] {
        let reply = tested.get_with(&path, &[("accept", accept)]).await;
        let text = reply.text();
        assert_eq!(reply.status, 200, "{path} {text}");
        assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(reply.header("content-language"), "en");
        assert!(
            text.starts_with("Recognised in SE on 2026-11-23."),
            "{text}"
        );
        assert!(text.contains("Record: SE-0002\n"), "{text}");
        assert!(text.len() < 700, "{text}");
        assert!(text.contains("As of: 2026-11-23T08:00:00Z"), "{text}");
        assert!(
            text.contains("Computed by: did:web:nqi.example.se"),
            "{text}"
        );
        if !path.starts_with("/r/") {
            assert!(text.contains(reference), "{text}");
        }
    }
    // The two forms do not share a tag.
    let tag = |accept: &'static str| {
        let path = path.clone();
        let tested = &tested;
        async move {
            tested
                .get_with(&path, &[("accept", accept)])
                .await
                .header("etag")
        }
    };
    assert_ne!(tag("text/plain").await, tag("application/json").await);
    let json = tested.get_with(&path, &[("accept", "*/*")]).await;
    assert_eq!(json.json(200)["verdict"], "recognised");
    let wrong = tested.get(&format!("{path}&format=xml")).await;
    assert_eq!(wrong.wrong_parameter(), "format");
    // A link alone names no destination.
    let link = format!("/r/{}", uuid(2));
    let missing = tested.get_with(&link, &[("accept", "text/plain")]).await;
    assert_eq!(missing.wrong_parameter(), "in");
    // What is not held is answered like any other.
    let path = "/v1/recognition?record=NOT-HELD&in=JP&format=text";
    let text = tested.get(path).await.text();
    assert!(
        text.contains("Record: NOT-HELD") && text.contains("Why: "),
        "{text}"
    );
}

#[tokio::test]
async fn an_issuer_is_known_by_its_name() {
    let tested = filled().await;
    let name = attestation(2)
        .issuer
        .name
        .to_uppercase()
        .replace(' ', "%20");
    let ask = |issuer: String| {
        let path = format!("/v1/recognition?record=se-0002&in=SE&issuer={issuer}");
        let tested = &tested;
        async move { tested.get(&path).await.json(200)["verdict"].clone() }
    };
    assert_eq!(ask(name).await, "recognised");
    assert_eq!(ask("Another%20Body".to_owned()).await, "cannotTell");
}
