use super::*;

const TEXT: &str = "{\n  \"a/b\": [1, {\"c\": \"\u{e9}\"}],\n  \"name\": \"\"\n}\n";

fn slice_at(pointer: &str) -> &'static str {
    let at = locate(TEXT.as_bytes(), pointer).unwrap();
    TEXT.get(at..).unwrap()
}

#[test]
fn a_pointer_is_found() {
    assert!(slice_at("/name").starts_with("\"\""));
    assert!(slice_at("/a~1b/1/c").starts_with("\"é\""));
    assert!(slice_at("").starts_with('{'));
}

#[test]
fn what_is_missing_is_shown_where_it_should_be() {
    assert!(slice_at("/a~1b/1/d").starts_with("{\"c\""));
    assert!(slice_at("/a~1b/7").starts_with("[1"));
    assert!(slice_at("/name/x").starts_with("\"\""));
}

#[test]
fn the_line_is_shown_with_a_caret_under_the_place() {
    let at = locate(TEXT.as_bytes(), "/name").unwrap();
    let shown = show("draft.json", TEXT.as_bytes(), at);
    assert_eq!(
        shown,
        "  --> draft.json:3:11\n   |\n 3 |   \"name\": \"\"\n   |           ^"
    );
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let text = format!("{{\"a\":\"{}\",\"b\":1}}", "x".repeat(500));
    let at = locate(text.as_bytes(), "/b").unwrap();
    let shown = show("-", text.as_bytes(), at);
    assert!(
        shown.lines().all(|line| line.chars().count() < 120),
        "{shown}"
    );
    let lines: Vec<&str> = shown.lines().collect();
    let caret = lines
        .get(3)
        .unwrap()
        .chars()
        .position(|c| c == '^')
        .unwrap();
    assert_eq!(lines.get(2).unwrap().chars().nth(caret), Some('1'));
}

#[test]
fn an_offset_beyond_the_end_is_shown_at_the_end() {
    assert!(show("-", b"{", 99).ends_with("{\n   |  ^"));
    assert_eq!(locate(b"  ", "/a"), None);
}
