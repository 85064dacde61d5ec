//! The OpenAPI document: golden, and of the same paths as the router.

#![expect(
    clippy::disallowed_methods,
    reason = "the golden file is read and rewritten here"
)]

use std::collections::BTreeSet;
use std::path::Path;

use comity_recognition::code::{Code, StepName};
use serde_json::Value;

use crate::openapi;
use crate::routes::table;
use crate::testing::empty;

/// Paths that are for browsers or for the operator, not for programs.
const UNDOCUMENTED: [&str; 2] = ["/docs", "/docs/{file}"];

#[test]
fn the_document_is_the_golden_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/openapi.json");
    let mut text = serde_json::to_string_pretty(&openapi()).unwrap();
    text.push('\n');
    if std::env::var("UPDATE_EXPECT").is_ok_and(|value| value == "1") {
        std::fs::write(&path, &text).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    let same = golden == text;
    assert!(
        same,
        "schemas/openapi.json differs; run the tests with UPDATE_EXPECT=1 and read the diff"
    );
}

#[test]
fn every_route_is_documented_and_every_documented_path_routed() {
    let document = serde_json::to_value(openapi()).unwrap();
    let mut documented = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            documented.insert(format!("{method} {path}"));
        }
    }
    let mut routed = BTreeSet::new();
    for (path, _, methods) in table() {
        let path = path.replace("{*", "{");
        if !UNDOCUMENTED.contains(&path.as_str()) {
            routed.extend(methods.iter().map(|method| format!("{method} {path}")));
        }
    }
    assert_eq!(documented, routed);
}

#[test]
fn steps_codes_and_references_are_complete() {
    let document = serde_json::to_value(openapi()).unwrap();
    let list = |name: &str| {
        let words = document["components"]["schemas"][name]["enum"]
            .as_array()
            .unwrap();
        words
            .iter()
            .map(|word| word.as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(list("StepWord"), StepName::ALL.map(StepName::name));
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(list("CodeWord"), codes);
    let mut references = BTreeSet::new();
    collect_references(&document, &mut references);
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(
            document.pointer(pointer).is_some(),
            "{reference} leads nowhere"
        );
    }
}

fn collect_references(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                into.insert(reference.to_owned());
            }
            members
                .values()
                .for_each(|member| collect_references(member, into));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_references(item, into)),
        _ => {}
    }
}

#[tokio::test]
async fn documented_parameters_are_those_that_are_read() {
    let tested = empty().await;
    let document = serde_json::to_value(openapi()).unwrap();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let Some(operation) = operations.get("get").filter(|_| !path.contains('{')) else {
            continue;
        };
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        for parameter in parameters.filter(|parameter| parameter["in"] == "query") {
            let name = parameter["name"].as_str().unwrap();
            let reply = tested.get(&format!("{path}?{name}=%01")).await;
            // The value is refused, or another parameter is missing; the name is known.
            let problem = reply.problem("invalid-parameter");
            assert_ne!(problem["errors"][0]["code"], "unknown", "{path} {name}");
        }
    }
}

#[tokio::test]
async fn the_page_is_served_without_other_hosts() {
    let tested = empty().await;
    assert_eq!(tested.get("/docs").await.status, 308);
    let page = tested.get("/docs/index.html").await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'self'")
    );
    assert!(!page.text().contains("https://"), "{}", page.text());
    let start = tested.get("/docs/swagger-initializer.js").await;
    assert!(start.text().contains("/v1/openapi.json"));
    tested.get("/docs/nothing.js").await.problem("not-found");
    let served = tested.get("/v1/openapi.json").await.json(200);
    assert_eq!(served, serde_json::to_value(openapi()).unwrap());
}
