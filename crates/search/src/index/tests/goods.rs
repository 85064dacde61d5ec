//! Words for goods find what stands under their codes, in whatever language.

use super::{document, filled, found, query, text};
use crate::document::{Document, Weight};
use crate::index::Index;

/// A certificate of goods by one name, with the code it declares or the name to derive one from.
fn certificate(number: u32, language: &str, name: &str, hs: Option<&str>) -> Document {
    let mut title = text(language, name);
    title.weight = Weight::Title;
    let declared: Vec<String> = hs.iter().map(|code| (*code).to_owned()).collect();
    Document {
        goods: if declared.is_empty() {
            vec![title.clone()]
        } else {
            Vec::new()
        },
        hs: declared,
        texts: vec![title],
        ..document(number)
    }
}

/// Rice cookers with a code, one without, an oven of the same code, a book, and a toy.
fn index() -> Index {
    let mut sold = certificate(0, "en", "rice cooker", Some("8516.60"));
    sold.parties = vec![text("en", "Haisheng Appliances")];
    sold.standards = vec!["IEC 60335-2-15".to_owned()];
    filled(&[
        sold,
        certificate(1, "zh", "电饭煲", Some("8516.60.90")),
        certificate(2, "ru", "рисоварка", None),
        certificate(3, "en", "oven", Some("8516.60")),
        certificate(4, "en", "a book of rice cooker recipes", Some("4901.99")),
        certificate(5, "en", "plush bear", Some("9503.00")),
    ])
}

fn in_order(index: &Index, words: &str) -> Vec<String> {
    let page = index.search(&query(words)).unwrap();
    page.hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn a_name_of_goods_finds_them_in_other_languages() {
    let index = index();
    for name in ["电饭煲", "рисоварка", "طباخة أرز", "cuiseur à riz"] {
        assert_eq!(found(&index, name), [0, 1, 2, 3], "{name}");
    }
    assert_eq!(found(&index, "rice cooker"), [0, 1, 2, 3, 4]);
    assert_eq!(found(&index, "игрушка"), [5]);
}

#[test]
fn what_has_the_code_stands_first_whatever_its_language() {
    let index = index();
    let order = |words: &str| {
        let ids = in_order(&index, words).into_iter();
        ids.map(|id| id.trim_start_matches("urn:example:").to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    // The cookers of whatever language, the one of a derived code after those that declare it;
    // an oven that says so in the language asked in; a book that has the words and another code.
    let english = order("rice cooker");
    assert!(
        ["0 1 2 3 4", "1 0 2 3 4"].contains(&english.as_str()),
        "{english}"
    );
    // In another language an oven of the code is not known to be no cooker.
    let chinese = order("电饭煲");
    assert!(chinese.ends_with(" 2"), "{chinese}");
    assert_eq!(order("plush bear"), "5");
}

#[test]
fn of_equals_the_one_in_force_and_then_the_newest_comes_first() {
    let dated = |number: u32, status: &str, day: i32| Document {
        status: status.to_owned(),
        issued_on: Some(day),
        ..certificate(number, "en", "oven", Some("8516.60"))
    };
    let index = filled(&[
        dated(0, "expired", 20_003),
        dated(1, "active", 20_000),
        dated(2, "active", 20_002),
        dated(3, "withdrawn", 20_001),
    ]);
    let expected = [2, 1, 0, 3].map(|number| format!("urn:example:{number}"));
    assert_eq!(in_order(&index, "oven"), expected);
    assert_eq!(in_order(&index, "духовка"), expected);
}

#[test]
fn a_derived_code_is_not_a_declared_one() {
    let index = index();
    let mut asked = query("");
    asked.filters.hs.any_of = vec!["8516.60".to_owned()];
    assert_eq!(super::numbers(&index.search(&asked).unwrap()), [0, 1, 3]);
}

#[test]
fn numbers_standards_and_parties_narrow_and_other_words_end_the_expansion() {
    let index = index();
    assert_eq!(found(&index, "电饭煲 IEC 60335-2-15"), [0]);
    assert_eq!(found(&index, "рисоварка Haisheng"), [0]);
    assert_eq!(found(&index, "rice cooker recipes"), [4]);
}

#[test]
fn words_alone_are_found_where_that_is_asked() {
    let index = index();
    let mut asked = query("rice cooker");
    asked.words_only = true;
    assert_eq!(super::numbers(&index.search(&asked).unwrap()), [0, 4]);
}
