use super::{Part, Plan, is_searchable};
use crate::error::Error;
use crate::query::{MAX_QUERY_CHARS, MAX_QUERY_WORDS};

fn read(text: &str, codes: &[&str]) -> Vec<String> {
    let plan = Plan::read(text, |key| Ok(codes.contains(&key))).unwrap();
    let show = |part: &Part| match part {
        Part::Word(word) => format!("word {word}"),
        Part::Run { words, grams, .. } => {
            format!("run {} ({})", words.join("|"), grams.join("|"))
        }
        Part::Code { key, .. } => format!("code {key}"),
    };
    plan.parts.iter().map(show).collect()
}

#[test]
fn known_codes_are_joined() {
    let codes = ["ISO9001", "GBT190012016"];
    assert_eq!(
        read("cable ISO 9001", &codes),
        ["word cable", "code ISO9001"]
    );
    assert_eq!(read("GB / T 19001-2016", &codes), ["code GBT190012016"]);
    assert_eq!(read("ISO 9002", &codes), ["word iso", "code 9002"]);
}

#[test]
fn pieces_with_a_digit_are_codes() {
    assert_eq!(read("8544.49", &[]), ["code 854449"]);
    assert_eq!(read("EAL4+", &[]), ["code EAL4"]);
    assert_eq!(
        read("низковольтный кабель", &[]),
        ["word низковольтный", "word кабель"]
    );
}

#[test]
fn ideographs_are_runs() {
    assert_eq!(read("电线电缆", &[]), ["run 电线|电缆 (电线|线电|电缆)"]);
    assert_eq!(read("线", &[]), ["run 线 (线)"]);
}

#[test]
fn the_text_has_limits() {
    let read = |text: &str| Plan::read(text, |_| Ok(false));
    assert!(read(&"a".repeat(MAX_QUERY_CHARS)).is_ok());
    let refused = read(&"a".repeat(MAX_QUERY_CHARS + 1));
    assert!(matches!(
        refused,
        Err(Error::Limit {
            max: MAX_QUERY_CHARS,
            ..
        })
    ));
    assert!(read(&"ab ".repeat(MAX_QUERY_WORDS)).is_ok());
    let refused = read(&"ab ".repeat(MAX_QUERY_WORDS + 1));
    assert!(matches!(
        refused,
        Err(Error::Limit {
            max: MAX_QUERY_WORDS,
            ..
        })
    ));
}

#[test]
fn punctuation_is_nothing_to_search_by() {
    for text in ["", "  ", "???", "—", "…!", "\u{200B}", "()/-"] {
        assert!(!is_searchable(text), "{text:?}");
    }
    // Even words that are left out where others tell more, and what is beyond a limit.
    let long = "a".repeat(MAX_QUERY_CHARS + 1);
    for text in ["the", "8", "饭", "№ 5", "ж?", &long] {
        assert!(is_searchable(text), "{text:?}");
    }
}
