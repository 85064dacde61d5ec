//! Every limit: at it, and one beyond.

use super::super::{
    Limits, MAX_ARRAY, MAX_BODY_BYTES, MAX_DEPTH, MAX_STRING_BYTES, MAX_TEXT_BYTES, Refusal,
    RefusalCode, canonicalise, check,
};

/// Asks both ways of making canonical bytes, which must agree.
fn both(text: &str, limits: &Limits) -> Result<(), Refusal> {
    let checked = check(text.as_bytes(), limits).map(drop);
    let made = canonicalise(text.as_bytes(), limits);
    let codes = |answer: Option<&Refusal>| answer.map(|refusal| refusal.code);
    assert_eq!(codes(checked.as_ref().err()), codes(made.as_ref().err()));
    if let Ok(bytes) = made {
        assert_eq!(bytes, text.as_bytes());
    }
    checked
}

fn code(answer: Result<(), Refusal>) -> Option<RefusalCode> {
    answer.err().map(|refusal| refusal.code)
}

#[test]
fn length() {
    let of_length = |length: usize| {
        // Ten strings stay below the limit of one.
        let part = format!(r#""{}","#, "x".repeat(MAX_STRING_BYTES - 100));
        let mut text = format!(r#"{{"a":[{}"#, part.repeat(16));
        text.push('"');
        let rest = length - text.len() - 3;
        text + &"x".repeat(rest) + "\"]}"
    };
    let limits = Limits::default();
    assert_eq!(code(both(&of_length(MAX_BODY_BYTES), &limits)), None);
    let beyond = of_length(MAX_BODY_BYTES + 1);
    assert_eq!(
        code(both(&beyond, &limits)),
        Some(RefusalCode::DocumentTooLong)
    );

    let small = Limits { bytes: 7, ..limits };
    assert_eq!(code(both(r#"{"a":1}"#, &small)), None);
    assert_eq!(
        code(both(r#"{"a":12}"#, &small)),
        Some(RefusalCode::DocumentTooLong)
    );
}

#[test]
fn no_caller_widens_what_the_format_allows() {
    let wide = Limits {
        bytes: usize::MAX,
        depth: usize::MAX,
        array: usize::MAX,
        string_bytes: usize::MAX,
    };
    let deep = nested(MAX_DEPTH + 1);
    assert_eq!(code(both(&deep, &wide)), Some(RefusalCode::TooDeep));
}

#[test]
fn depth() {
    let limits = Limits::default();
    assert_eq!(code(both(&nested(MAX_DEPTH), &limits)), None);
    let refusal = both(&nested(MAX_DEPTH + 1), &limits).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::TooDeep);
    assert_eq!(refusal.pointer, format!("/a{}", "/0".repeat(MAX_DEPTH - 1)));
    // Nobody's stack is at the sender's mercy.
    let abyss = format!(r#"{{"a":{}"#, "[".repeat(500_000));
    assert_eq!(code(both(&abyss, &limits)), Some(RefusalCode::TooDeep));
}

/// A document of so many levels, the root counted as one.
fn nested(levels: usize) -> String {
    let inner = levels - 1;
    format!(r#"{{"a":{}{}}}"#, "[".repeat(inner), "]".repeat(inner))
}

#[test]
fn array() {
    let of_length = |length: usize| format!(r#"{{"a":[{}]}}"#, vec!["0"; length].join(","));
    let limits = Limits::default();
    assert_eq!(code(both(&of_length(MAX_ARRAY), &limits)), None);
    let refusal = both(&of_length(MAX_ARRAY + 1), &limits).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::ArrayTooLong);
    assert_eq!(refusal.pointer, "/a");
}

#[test]
fn string() {
    let limits = Limits::default();
    for unit in ["x", "é", "认", "😂"] {
        let count = MAX_STRING_BYTES / unit.len();
        let pad = "x".repeat(MAX_STRING_BYTES - count * unit.len());
        let at_limit = unit.repeat(count) + &pad;
        assert_eq!(
            code(both(&format!(r#"{{"a":"{at_limit}"}}"#), &limits)),
            None
        );
        let value = format!(r#"{{"a":"{at_limit}x"}}"#);
        assert_eq!(
            code(both(&value, &limits)),
            Some(RefusalCode::StringTooLong)
        );
        let name = format!(r#"{{"{at_limit}x":1}}"#);
        assert_eq!(code(both(&name, &limits)), Some(RefusalCode::StringTooLong));
    }
    // The limit is for what the escapes mean.
    let escaped = format!(r#"{{"a":"{}"}}"#, r"\n".repeat(MAX_STRING_BYTES));
    assert_eq!(code(both(&escaped, &limits)), None);
    let beyond = format!(r#"{{"a":"{}"}}"#, r"\n".repeat(MAX_STRING_BYTES + 1));
    assert_eq!(
        code(both(&beyond, &limits)),
        Some(RefusalCode::StringTooLong)
    );
}

#[test]
fn length_of_a_draft() {
    let limits = Limits::default();
    let draft = |length: usize| format!("{{}}{}", " ".repeat(length - 2));
    assert!(canonicalise(draft(MAX_TEXT_BYTES).as_bytes(), &limits).is_ok());
    let refusal = canonicalise(draft(MAX_TEXT_BYTES + 1).as_bytes(), &limits).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::DocumentTooLong);
}
