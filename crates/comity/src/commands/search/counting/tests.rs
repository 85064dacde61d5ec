use serde_json::{Value, json};

use super::{exit_of, join, next, words};
use crate::exit::Exit;
use comity_recognition::wording::Language;

fn page(numbers: &[&str], next: Option<&str>) -> Value {
    let items: Vec<Value> = numbers
        .iter()
        .map(|number| json!({"verdict": "recognised", "record": {"certificateNumber": number}}))
        .collect();
    json!({
        "summary": "", "rules": 0, "next": next,
        "noRule": "No rule is held. Ask its authority.",
        "ask": {"authority": "did:web:kz.example"},
        "groups": {"recognised": items, "recognisedWithConditions": [], "resultsOnly": []},
        "judged": {"count": 5, "cannotTell": 1, "notRecognised": 2, "limitReached": false},
        "candidates": {"value": 9, "relation": "eq"},
    })
}

#[test]
fn further_pages_are_added_group_by_group() {
    let mut answer = page(&["A-1"], Some("x"));
    join(&mut answer, &page(&["A-2"], None));
    assert_eq!(answer["groups"]["recognised"].as_array().unwrap().len(), 2);
    assert_eq!(answer["judged"]["count"], 10);
    assert_eq!(answer["judged"]["cannotTell"], 2);
    assert_eq!(
        answer["candidates"]["value"], 9,
        "the candidates stay as many"
    );
    assert_eq!(next(&answer, None), None);
}

#[test]
fn a_cursor_that_comes_again_is_not_followed() {
    let answer = page(&[], Some("x"));
    assert_eq!(next(&answer, None).as_deref(), Some("x"));
    assert_eq!(next(&answer, Some("x")), None);
}

#[test]
fn that_no_rule_is_held_and_whom_to_ask_comes_first() {
    let said = words(&page(&["A-1"], None), Language::En);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "No rule is held. Ask its authority.",
            "ask: did:web:kz.example",
            "",
            "recognised"
        ]
    );
    assert!(said.contains("A-1"), "{said}");
    assert!(said.ends_with(
        "5 judged of 9 that may count. Of 1 of those judged it cannot be told whether they count."
    ));
}

#[test]
fn what_is_not_judged_yet_is_no_no() {
    assert_eq!(exit_of(&page(&["A-1"], None)), Exit::Done);
    assert_eq!(exit_of(&page(&[], Some("x"))), Exit::CannotTell);
    let mut none = page(&[], None);
    assert_eq!(exit_of(&none), Exit::CannotTell, "of one it cannot be told");
    none["judged"]["cannotTell"] = 0.into();
    assert_eq!(exit_of(&none), Exit::No);
}
