use super::*;

fn exact(text: &str) -> String {
    let document: Box<RawValue> = serde_json::from_str(text).unwrap();
    String::from_utf8(exact_bytes(&document)).unwrap()
}

#[test]
fn what_is_canonical_stays_as_it_is() {
    for text in [
        r#"{"a":1e+21,"b":1e-7,"c":-0.5}"#,
        r#"{"a":"\u0001\n\\\"","b":"\u007f é / \" x","c":[]}"#
            .replace("\\u007f", "\u{7f}")
            .as_str(),
        r#"{"é":"a b","\\":" "}"#,
    ] {
        assert_eq!(exact(text), text);
    }
}

#[test]
fn white_space_and_escapes_are_taken_back() {
    let written = "{ \"a\" : [ 1e+21,\n\t\"caf\\u00e9 \\/ \\u000A\" ],\r\n \"b\\\"\": {} }";
    assert_eq!(exact(written), r#"{"a":[1e+21,"café / \n"],"b\"":{}}"#);
    // Half a surrogate pair is no character; whoever judges the record says so.
    assert_eq!(exact(r#"{ "a": "\ud800" }"#), r#"{"a":"\ud800"}"#);
}
