use comity_node::named::Pointed;

use super::{Title, after};

fn called(number: Option<&str>, name: &str, lang: &str) -> Title {
    Title::called(&Pointed {
        number: number.map(str::to_owned),
        name: name.to_owned(),
        lang: lang.to_owned(),
    })
}

#[test]
fn a_number_before_a_title_stands_apart_from_it() {
    for (name, words) in [
        ("IB-1: شركة التفتيش", Some("شركة التفتيش")),
        ("IB-1：检验公司", Some("检验公司")),
        ("IB-1 – Inspection", Some("Inspection")),
        ("IB-1", Some("")),
        // Another number, and a title that does not begin with it.
        ("IB-12: Inspection", None),
        ("Inspection IB-1", None),
    ] {
        assert_eq!(after("IB-1", name), words, "{name}");
        let title = called(Some("IB-1"), name, "ar");
        assert_eq!(title.number.is_some(), words.is_some(), "{name}");
        assert_eq!(title.words, words.unwrap_or(name), "{name}");
    }
    assert_eq!(called(None, "Inspection", "en").number, None);
}

#[test]
fn words_run_as_their_language_does_whatever_they_begin_with() {
    assert!(called(None, "DEMO-1 شركة", "ar").is_leftward());
    assert!(called(None, "شركة", "ar-SA").is_leftward());
    // No letter of it runs so, or the language does not.
    assert!(!called(None, "DEMO company, Riyadh", "ar").is_leftward());
    assert!(!called(None, "DEMO شركة", "en").is_leftward());
}
