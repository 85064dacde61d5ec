use proptest::prelude::proptest;

use super::{CodeSelector, MAX_CODE_DIGITS, ProductCode, Selection};

fn code(scheme: &str, edition: Option<&str>, code: &str) -> ProductCode {
    ProductCode {
        scheme: scheme.to_owned(),
        edition: edition.map(str::to_owned),
        code: code.to_owned(),
    }
}

fn selector(scheme: &str, include: &[&str], exclude: &[&str]) -> CodeSelector {
    let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    CodeSelector {
        scheme: scheme.to_owned(),
        edition: Some("2022".to_owned()),
        include: owned(include),
        exclude: owned(exclude),
    }
}

#[test]
fn printed_codes_lose_their_dots() {
    for (printed, kept) in [
        ("8516.79", Some("851679")),
        ("85", Some("85")),
        ("8516 79 70 00", Some("8516797000")),
        ("8", None),
        ("", None),
        ("85.16.7x", None),
        ("٨٥١٦", None),
    ] {
        let read = ProductCode::hs(printed, None).map(|code| code.code);
        assert_eq!(read.as_deref(), kept, "{printed}");
    }
    assert!(ProductCode::hs(&"1".repeat(MAX_CODE_DIGITS), None).is_some());
    assert!(ProductCode::hs(&"1".repeat(MAX_CODE_DIGITS + 1), None).is_none());
}

#[test]
fn selectors_choose_by_prefix_within_and_without() {
    let household = selector("HS", &["8516", "8509"], &["851610"]);
    let hs = |digits| code("HS", Some("2022"), digits);
    for (asked, selection) in [
        ("851679", Selection::Chosen),
        ("8516797000", Selection::Chosen),
        ("8509", Selection::Chosen),
        ("851610", Selection::NotChosen),
        ("85161080", Selection::NotChosen),
        ("850811", Selection::NotChosen),
        ("9001", Selection::NotChosen),
        // Part of the heading is left out, or only part of the chapter is meant.
        ("8516", Selection::NotComparable),
        ("85", Selection::NotComparable),
    ] {
        assert_eq!(household.select(&hs(asked)), selection, "{asked}");
    }
}

#[test]
fn editions_that_differ_are_for_people_to_compare() {
    let household = selector("HS", &["8516"], &[]);
    let select = |edition| household.select(&code("HS", edition, "851679"));
    assert_eq!(select(Some("2022")), Selection::Chosen);
    assert_eq!(select(None), Selection::Chosen);
    assert_eq!(select(Some("2017")), Selection::NotComparable);
    let any_edition = CodeSelector {
        edition: None,
        ..household
    };
    let old = code("HS", Some("2017"), "851679");
    assert_eq!(any_edition.select(&old), Selection::Chosen);
}

#[test]
fn national_extensions_compare_in_their_first_six_digits() {
    let tnved = |digits| code("TNVED", Some("2022"), digits);
    let hs = selector("HS", &["851679"], &[]);
    assert_eq!(hs.select(&tnved("8516797000")), Selection::Chosen);
    assert_eq!(hs.select(&tnved("8516602000")), Selection::NotChosen);
    let extended = selector("CN", &["85167970"], &[]);
    // The same six digits; what follows them means other goods elsewhere.
    assert_ne!(extended.select(&tnved("8516797000")), Selection::NotChosen);
    assert_eq!(
        extended.select(&code("CN", Some("2022"), "85167920")),
        Selection::NotChosen
    );
    assert_eq!(extended.select(&tnved("8509")), Selection::NotChosen);
    assert_eq!(
        hs.select(&code("CPC", None, "851679")),
        Selection::NotComparable
    );
    assert_eq!(
        hs.select(&code("UNSPSC", None, "851679")),
        Selection::NotComparable
    );
}

#[test]
fn a_narrower_extension_never_chooses_or_excludes_for_another_economy() {
    // Chosen in one extension beyond six digits: another extension's code of the same six digits
    // may or may not be meant.
    let narrow = selector("CN", &["85167970"], &[]);
    let asked = code("TNVED", Some("2022"), "8516797000");
    assert_eq!(narrow.select(&asked), Selection::NotComparable);
    // Excluded in one extension beyond six digits: likewise.
    let except = selector("CN", &["8516"], &["85167970"]);
    assert_eq!(except.select(&asked), Selection::NotComparable);
    let plain = code("HS", Some("2022"), "851679");
    assert_eq!(narrow.select(&plain), Selection::NotComparable);
    assert_eq!(except.select(&plain), Selection::NotComparable);
    let other = code("HS", Some("2022"), "851660");
    assert_eq!(except.select(&other), Selection::Chosen);
}

proptest! {
    #[test]
    fn selecting_never_panics(scheme in "HS|CN|ICS", text in "\\PC{0,9}", include in "\\PC{0,9}") {
        let chosen = selector(&scheme, &[&include], &[&text]);
        let _ = chosen.select(&code("TNVED", None, &text));
        let _ = ProductCode::hs(&text, None);
    }
}

#[test]
fn a_code_is_read_as_an_address_writes_it() {
    for (written, read) in [
        ("HS:8516", code("HS", None, "8516")),
        ("HS@2017:854449", code("HS", Some("2017"), "854449")),
        ("CN@2026:85167020", code("CN", Some("2026"), "85167020")),
        ("UNSPSC:52141500", code("UNSPSC", None, "52141500")),
        ("ICS:97.040.50", code("ICS", None, "97.040.50")),
        // Only the first colon divides.
        ("X:a:b", code("X", None, "a:b")),
    ] {
        assert_eq!(
            ProductCode::of_parameter(written),
            Some(read.clone()),
            "{written}"
        );
        assert_eq!(read.to_parameter(), written);
    }
    for wrong in [
        "", "8516", ":8516", "HS:", "HS:x", "HS@:8516", "CN@2026:", "@2026:1",
    ] {
        assert_eq!(ProductCode::of_parameter(wrong), None, "{wrong}");
    }
}
