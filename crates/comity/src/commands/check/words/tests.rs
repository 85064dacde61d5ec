use super::*;

fn answer() -> Value {
    json!({
        "verdict": "cannotTell",
        "summary": "Cannot tell.",
        "question": {"in": "JP", "on": "2024-05-01"},
        "decisiveStep": 2,
        "steps": [
            {"n": 1, "step": "integrity", "outcome": "pass", "code": "integrity.ok", "because": "It is genuine."},
            {"n": 2, "step": "status", "outcome": "unknown", "code": "status.gap", "because": "An event is missing.",
             "evidence": [{"digest": "aa", "href": "/record/aa"}],
             "next": {"who": "issuer", "name": "Lab", "ask": "Which event is missing?"}},
        ],
        "reference": "abc",
        "computedBy": "did:web:nqi.example",
    })
}

#[test]
fn the_deciding_step_is_told_and_who_can_settle_it() {
    let told = words(&answer(), false, Language::En);
    assert!(
        told.starts_with("? CANNOT TELL in JP on 2024-05-01\n"),
        "{told}"
    );
    assert!(told.contains("An event is missing."), "{told}");
    assert!(told.contains("ask Lab: Which event is missing?"), "{told}");
    assert!(!told.contains("It is genuine."), "{told}");
}

#[test]
fn what_came_later_and_why_a_value_has_to_be_read_is_told() {
    let answer = super::super::with(
        &answer(),
        "laterInWords",
        json!("Since that day: withdrawn."),
    );
    let paper = json!([{
        "field": "number", "paper": ["12/3"], "record": ["1/23"], "more": 0, "mark": "reading",
        "why": "product.numberDivided",
    }]);
    let told = words(
        &super::super::with(&answer, "paper", paper),
        false,
        Language::En,
    );
    assert!(told.contains("\nSince that day: withdrawn.\n"), "{told}");
    assert!(told.contains("is divided at other places"), "{told}");
}

#[test]
fn explaining_tells_every_step_with_its_evidence() {
    let told = words(&answer(), true, Language::En);
    assert!(told.contains("It is genuine."), "{told}");
    assert!(told.contains("evidence aa"), "{told}");
    assert!(told.contains("← decides"), "{told}");
}

#[test]
fn every_line_of_a_what_if_says_so() {
    let answer = super::super::with(&answer(), "hypothetical", json!(true));
    let told = words(&answer, true, Language::En);
    assert!(told.lines().count() > 5);
    assert!(
        told.lines().all(|line| line.starts_with("HYPOTHETICAL ")),
        "{told}"
    );
    assert_eq!(
        marked(&answer, Language::En).pointer("/verdict"),
        Some(&json!("HYPOTHETICAL cannotTell"))
    );
    assert_eq!(
        marked(&answer, Language::Fr).pointer("/verdict"),
        Some(&json!("HYPOTHÈSE impossible de trancher"))
    );
}

#[test]
fn a_verdict_is_told_in_the_language_asked_for() {
    let told = words(&answer(), true, Language::Fr);
    assert!(
        told.starts_with("? IMPOSSIBLE À DIRE\u{a0}: JP, au 2024-05-01\n"),
        "{told}"
    );
    let told = words(&answer(), true, Language::ZhHans);
    assert!(
        told.contains("向 Lab 询问：Which event is missing?"),
        "{told}"
    );
    assert!(
        told.contains("参考号 abc，由 did:web:nqi.example 计算"),
        "{told}"
    );
    // Of steps the code alone stays as programs know it.
    let told = words(&answer(), true, Language::Ru);
    assert!(told.contains("? состояние    An event"), "{told}");
    assert!(told.contains("status.gap (нельзя сказать)"), "{told}");
    let english = words(&answer(), true, Language::En);
    assert!(english.contains("status.gap (unknown)"), "{english}");
    assert!(english.contains("? status       An event"), "{english}");
    let legal = super::super::with(&answer(), "legalNotice", json!(LEGAL_NOTICE));
    assert!(words(&legal, false, Language::Fr).contains("décision juridique"));
}

#[test]
fn what_the_paper_says_stands_beside_what_the_record_says() {
    let paper = json!([
        {"field": "model", "paper": ["X-2\u{1b}[31m"], "record": ["X-1", "X-3"], "more": 4, "mark": "differs"},
        {"field": "serial", "paper": ["S-1"], "record": [], "more": 0, "mark": "notSaid"},
    ]);
    let told = words(
        &super::super::with(&answer(), "paper", paper),
        false,
        Language::En,
    );
    let model = "  ✖ model on the paper: X-2[31m; in the record: X-1, X-3 (+ 4). Not the same";
    assert!(told.lines().any(|line| line == model), "{told}");
    let serial = "  · serial number on the paper: S-1. The record does not say";
    assert!(told.lines().any(|line| line == serial), "{told}");
}
