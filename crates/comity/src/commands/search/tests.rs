use serde_json::json;

use super::*;

fn said(language: Language, answer: &Value, shown: usize) -> String {
    let (name, arguments) = total(answer, shown);
    let arguments = arguments.iter().map(|(name, said)| (*name, said.as_str()));
    frame::said(language, name, &arguments.collect::<Vec<_>>())
}

#[test]
fn how_much_was_found_is_told_in_each_language() {
    let many = json!({"total": {"value": 34, "relation": "eq"}});
    let more = json!({"total": {"value": 34, "relation": "gte"}});
    let one = json!({"total": {"value": 1, "relation": "eq"}});
    let none = json!({"total": {"value": 0}, "didYouMean": null, "similarNumbers": ["A-1", "A-2"]});
    for (answer, shown, told) in [
        (&many, 20, "20 of 34 records; --all shows every one"),
        (
            &more,
            20,
            "20 of at least 34 records; --all shows every one",
        ),
        (&one, 1, "1 records"),
        (
            &none,
            0,
            "Nothing is found. Numbers that look like it, or differ in one digit: A-1, A-2",
        ),
    ] {
        assert_eq!(said(Language::En, answer, shown), told);
        for language in [Language::ZhHans, Language::Ru, Language::Ar, Language::Fr] {
            let other = said(language, answer, shown);
            assert!(!other.is_empty() && !other.contains("record"), "{other}");
        }
    }
    let meant = json!({"didYouMean": "kettle"});
    assert_eq!(
        said(Language::ZhHans, &meant, 0),
        "未找到。您是否想找 kettle？"
    );
}

#[test]
fn facets_are_words_in_tables_alone() {
    let answer = json!({"facets": {
        "status": [{"value": "active", "count": 3}],
        "issuer": [{"value": "active", "count": 1}],
    }});
    let russian = facet_rows(&answer, Language::Ru);
    let of = |facet: &str| {
        let row = russian.iter().find(|row| row["facet"] == facet);
        row.map(|row| row["value"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(of("состояние").as_deref(), Some("действует"));
    // The name of an issuer is no word.
    assert_eq!(of("кем выдано").as_deref(), Some("active"));
    let english = facet_rows(&answer, Language::En);
    assert!(
        english
            .iter()
            .any(|row| row["facet"] == "status" && row["value"] == "active")
    );
}
