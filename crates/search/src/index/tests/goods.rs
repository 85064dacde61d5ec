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
fn what_has_the_words_stands_before_what_has_the_code() {
    let index = index();
    let order = in_order(&index, "rice cooker");
    let [first, second, ..] = &*order else {
        panic!("{order:?}");
    };
    assert_eq!(first, "urn:example:0", "words and code");
    assert_eq!(second, "urn:example:4", "words alone");
    assert_eq!(order.last().unwrap(), "urn:example:2", "a derived code");
    assert_eq!(
        in_order(&index, "рисоварка").first().unwrap(),
        "urn:example:2"
    );
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
