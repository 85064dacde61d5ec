use comity_recognition::wording::Language;

use serde_json::json;

use super::{age, catalogue, columns, headline, said, table};
use crate::output::Format;

#[test]
fn every_language_has_the_same_lines_with_the_same_facts() {
    let facts = |language: Language| -> Vec<(String, Vec<String>)> {
        let catalogue = catalogue(language);
        assert_eq!(catalogue.faults(), [""; 0], "{language}");
        let names = catalogue.names().map(str::to_owned);
        let facts = |name: &String| catalogue.variables(name).map(str::to_owned).collect();
        names.map(|name| (name.clone(), facts(&name))).collect()
    };
    for language in Language::ALL {
        assert_eq!(facts(language), facts(Language::En), "{language}");
    }
}

#[test]
fn a_heading_has_the_order_of_its_language() {
    let told = |language, level| headline(language, "X", level, "KZ", "2026-11-28");
    assert_eq!(told(Language::En, None), "X in KZ on 2026-11-28");
    assert_eq!(
        told(Language::En, Some("EAL2")),
        "X, up to EAL2 in KZ on 2026-11-28"
    );
    assert_eq!(told(Language::ZhHans, None), "X：KZ，2026-11-28");
    assert_eq!(told(Language::Ru, None), "X: KZ, на 2026-11-28");
}

#[test]
fn an_age_is_counted_as_its_language_counts() {
    assert_eq!(age(Language::En, 59), "59 seconds");
    assert_eq!(age(Language::En, 7_300), "2 hours");
    assert_eq!(age(Language::Ru, 21 * 86_400), "21 день");
    assert_eq!(age(Language::Ru, 3 * 86_400), "3 дня");
    assert_eq!(age(Language::Ar, 2 * 86_400), "يومين");
    assert_eq!(age(Language::Fr, 0), "0 seconde");
}

#[test]
fn what_records_say_cannot_steer_the_terminal() {
    let told = said(Language::En, "still-to-do", &[("text", "a\u{1b}[31mb")]);
    assert!(!told.contains('\u{1b}'), "{told:?}");
}

#[test]
fn headings_of_csv_stay() {
    let one = [("line", ("Line", "/line"))];
    assert_eq!(columns(Language::Ru, Format::Csv, &one)[0].0, "Line");
    assert_eq!(columns(Language::Ru, Format::Table, &one)[0].0, "Строка");
}

#[test]
fn a_table_says_the_words_of_closed_lists_in_its_language() {
    let named = [
        ("state", ("State", "/record/state")),
        ("record", ("Record", "/record/id")),
    ];
    let rows = [json!({"record": {"state": "suspended", "id": "suspended"}})];
    let french = table(Language::Fr, &rows, &named);
    assert!(
        french.contains("État") && french.contains("suspendu"),
        "{french}"
    );
    // An identifier is no word.
    assert!(french.contains("suspended"), "{french}");
    let newer = [json!({"record": {"state": "frozen"}})];
    assert!(table(Language::Fr, &newer, &named).contains("frozen"));
}
