use super::{Language, ask, en, fill, words};
use crate::code::{Code, StepName};
use crate::verdict::Facts;

#[test]
fn every_code_has_words_once_and_in_order() {
    let worded: Vec<Code> = en::WORDS.iter().map(|words| words.code).collect();
    assert_eq!(worded, Code::ALL);
}

#[test]
fn every_code_begins_with_its_step() {
    let steps: Vec<&str> = StepName::ALL.iter().map(|step| step.name()).collect();
    for code in Code::ALL {
        let (step, reason) = code.as_str().split_once('.').unwrap();
        assert!(
            steps.contains(&step) || step == "record",
            "{}",
            code.as_str()
        );
        assert!(reason.bytes().all(|byte| byte.is_ascii_alphabetic()));
    }
}

#[test]
fn facts_fill_sentences() {
    let facts = Facts::from([("by", "did:web:a.example".to_owned())]);
    assert_eq!(
        fill("{by} on {day}.", &facts),
        "did:web:a.example on not said."
    );
    assert_eq!(fill("open {by", &facts), "open {by");
}

#[test]
fn whatever_is_not_settled_says_what_to_ask() {
    for code in Code::ALL {
        let words = words(*code, Language::En).unwrap();
        assert!(words.sentence.ends_with('.'), "{}", code.as_str());
        assert!(ask(*code, Language::En).is_empty() || words.ask.ends_with('.'));
    }
}
