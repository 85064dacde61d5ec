#![expect(clippy::disallowed_methods, reason = "tests read vectors")]

use std::collections::BTreeMap;

use proptest::prelude::{any, proptest};

use super::{Divided, MAX_NUMBER_CHARS, fold_model, model_covers, normalise, whole};

#[test]
fn spellings_of_one_number_compare_equal() {
    for (a, b) in [
        ("BSI-DSZ-CC-0322-2005", "bsi dsz cc 0322/2005"),
        ("ANSSI-CC-2006/08", "ANSSI_CC_2006.08"),
        ("KZ.О.01.0552", "kz о 01 0552"),
        ("№ 12–34", "no1234"),
        ("ＡＢ－１２", "AB12"),
        ("AB\u{200B}12\u{AD}", "AB12"),
        ("straße 1", "STRASSE1"),
    ] {
        assert_eq!(normalise(a), normalise(b), "{a} {b}");
    }
    for (a, b) in [
        ("AB12", "AB13"),
        ("A(1)", "A1"),
        ("А12", "A12"),
        ("1", "01"),
    ] {
        assert_ne!(normalise(a), normalise(b), "{a} {b}");
    }
}

#[test]
fn a_number_is_divided_by_what_stands_between_its_parts() {
    let number = |text: &str| Divided::new(text).unwrap();
    for (a, b, letters, spelled) in [
        ("1/23", "12/3", true, false),
        ("1/23", "1-23", true, true),
        ("1/23", "1 – 23", true, true),
        ("1/23", "123", true, true),
        ("1/23", "1-2/3", true, false),
        ("DX-18/440", "dx 18_440.", true, true),
        ("DX-18-440", "DX18-440", true, false),
        ("A\u{200B}1-2", "A1-2", true, true),
        ("A\u{AD}1-2", "A-12", true, false),
        ("A1", "A2", false, false),
    ] {
        let (a, b) = (number(a), number(b));
        assert_eq!(a.has_letters_of(&b), letters, "{a:?} {b:?}");
        assert_eq!(a.is_spelled_as(&b), spelled, "{a:?} {b:?}");
        assert_eq!(b.is_spelled_as(&a), spelled, "{a:?} {b:?}");
    }
    // However long: nothing is cut.
    let long = "9".repeat(300);
    assert!(!number(&long).has_letters_of(&number(&format!("{long}9"))));
    for nothing in ["", " ", "---", "\u{200B}/"] {
        assert_eq!(Divided::new(nothing), None, "{nothing:?}");
    }
}

#[test]
fn numbers_are_cut_at_the_limit() {
    assert_eq!(
        normalise(&"9".repeat(MAX_NUMBER_CHARS)).len(),
        MAX_NUMBER_CHARS
    );
    assert_eq!(
        normalise(&"9".repeat(MAX_NUMBER_CHARS + 1)).len(),
        MAX_NUMBER_CHARS
    );
}

#[test]
fn what_is_empty_or_would_be_cut_is_no_whole_number() {
    assert_eq!(whole(" tr-7 "), Some("TR7".to_owned()));
    for nothing in ["", " ", "---", "/ . _"] {
        assert_eq!(whole(nothing), None, "{nothing:?}");
    }
    let longest = "9".repeat(MAX_NUMBER_CHARS);
    assert_eq!(whole(&longest), Some(longest.clone()));
    // Separators do not count: what is compared has the limit.
    assert_eq!(whole(&format!("--{longest}--")), Some(longest.clone()));
    assert_eq!(whole(&format!("{longest}9")), None);
    // One character that is three when compared.
    assert_eq!(whole(&"\u{FB03}".repeat(MAX_NUMBER_CHARS / 2)), None);
}

#[test]
fn the_number_formats_of_real_schemes_stay_apart() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/cc-seccerts-2023/cert_id_examples.csv"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: the certificate numbers are not beside this repository");
        return;
    };
    let mut seen = BTreeMap::new();
    for line in text.lines().skip(1) {
        let number = line.split_once(',').map_or(line, |(_, number)| number);
        let normal = normalise(number.trim_matches('"'));
        assert!(!normal.is_empty(), "{number}");
        if let Some(other) = seen.insert(normal, number) {
            panic!("{other} and {number} compare equal");
        }
    }
    assert_eq!(seen.len(), 68);
}

#[test]
fn models_match_exactly_or_by_one_trailing_star() {
    for (listed, asked, covers) in [
        ("BE-1700", "be-1700", true),
        ("BE-1700", "BE-1700 ", true),
        ("BE-1700", "BE1700", false),
        ("BE-1700", "BE-17", false),
        ("BE-17*", "BE-1750", true),
        ("BE-17*", "BE-17", true),
        ("BE-17*", "BE-16", false),
        ("ＢＥ-17*", "be-17x", true),
        ("B*7", "BE7", false),
    ] {
        assert_eq!(model_covers(listed, asked), covers, "{listed} {asked}");
    }
    assert_eq!(fold_model(" Ⅳ-A "), "iv-a");
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing(number in any::<String>()) {
        let once = normalise(&number);
        assert_eq!(normalise(&once), once);
    }

    #[test]
    fn a_model_covers_itself(model in "[^*]{1,20}") {
        assert!(model_covers(&model, &model));
    }
}
