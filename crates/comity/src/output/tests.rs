use serde_json::json;

use super::*;

const COLUMNS: [Column; 3] = [
    ("Number", "/certificateNumber /id"),
    ("Issuer", "/issuer"),
    ("Economies", "/economies"),
];

fn row() -> Value {
    json!({
        "id": "urn:uuid:1",
        "certificateNumber": "A-\u{202e}1",
        "issuer": {"id": "did:web:lab.example", "name": "Lab"},
        "economies": ["SE", "NO"],
    })
}

#[test]
fn cells_are_read_by_pointer_with_a_second_choice() {
    assert_eq!(cell(&row(), "/issuer"), "Lab");
    assert_eq!(cell(&row(), "/economies"), "SE, NO");
    assert_eq!(cell(&row(), "/missing /id"), "urn:uuid:1");
    assert_eq!(cell(&row(), "/missing"), "");
    let rough = json!({"notBefore": "2020-01-01", "notAfter": "2020-12-31"});
    assert_eq!(text_of(&rough), "2020-01-01 to 2020-12-31");
}

#[test]
fn a_table_shows_no_direction_marks() {
    let shown = table_within(&[row()], &COLUMNS, None);
    assert!(shown.contains("A-1"), "{shown}");
    assert!(shown.contains("SE, NO"), "{shown}");
}

#[test]
fn csv_is_quoted_and_starts_no_formula() {
    let line = |cells: &[&str]| csv::line(cells.iter().map(|&cell| cell.to_owned()));
    assert_eq!(
        line(&["a,b", "say \"x\"", "-5"]),
        "\"a,b\",\"say \"\"x\"\"\",-5"
    );
    assert_eq!(line(&["=1+1", "@cmd", "-x"]), "'=1+1,'@cmd,'-x");
}
