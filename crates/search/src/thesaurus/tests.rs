//! The words are complete, well-formed, and lead where they should.

use std::collections::BTreeSet;

use super::compile::compile;
use super::table::Table;
use super::{LANGUAGES, thesaurus};
use crate::plan::derived;
use crate::text::{is_ideographic, prepare, spaced_words, words};

/// Goods of the generated world: a code, a family, a standard, then the names in five languages.
const GOODS: &str = include_str!("../../../comity/src/generate/tables/goods.tsv");

/// Headings of each chapter of the HS 2022, as counted in the nomenclature.
const HEADINGS: usize = 1_229;

fn first(description: &str, language: &str) -> Vec<String> {
    let found = thesaurus().candidates(description, Some(language), 10);
    found.into_iter().map(|one| one.code).collect()
}

#[test]
fn every_heading_has_words() {
    let codes: Vec<_> = thesaurus().codes().collect();
    assert!(codes.is_sorted());
    let headings = codes.iter().filter(|code| code.len() == 4);
    assert_eq!(headings.count(), HEADINGS);
    for code in codes {
        for language in LANGUAGES {
            let name = thesaurus().name(code, language).unwrap_or_default();
            assert!(!name.is_empty(), "{code} {language}");
        }
    }
    assert_eq!(
        thesaurus().name("8516", "fr-CA"),
        thesaurus().name("8516", "fr")
    );
    assert_eq!(thesaurus().name("8515999", "en"), None);
    assert_eq!(thesaurus().name("8516", "de"), None);
}

#[test]
fn what_is_compiled_is_cut_as_what_is_typed() {
    let table = Table::of_program();
    assert!(table.texts() > 100_000);
    for index in 0..table.texts() {
        let prepared = prepare(table.text(index));
        for run in prepared.split(is_ideographic) {
            assert_eq!(spaced_words(run), Ok(words(run)), "{prepared}");
        }
    }
}

#[test]
fn a_file_that_cannot_be_read_says_where() {
    let lines = |zh: &str| format!("en a | b\n{zh}\nru а | б\nar ا | ب\nfr à | ç");
    let compiled = |text: &str| compile(&[("85", text)]).map(|_| ());
    assert_eq!(
        compiled(&format!("# 85\n8516\n{}", lines("zh 甲 | 乙"))),
        Ok(())
    );
    for (text, fault) in [
        (
            format!("851\n{}", lines("zh 甲 | 乙")),
            "chapter 85: 851: expected a code such as 8516 or 8516.60",
        ),
        (
            format!("8416\n{}", lines("zh 甲 | 乙")),
            "8416 stands in chapter 85",
        ),
        (
            format!("8516\n{}", lines("zh 甲")),
            "chapter 85: 8516: expected `zh plain name | word, word`, found `zh 甲`",
        ),
        (
            format!("8516\n{}", lines("zh 甲 | 乙, 乙")),
            "8516 zh `乙`: stands twice or is empty",
        ),
        (
            format!("8516\n{}", lines("zh 甲 | ไฟ")),
            "8516 zh `ไฟ`: `ไ` needs a dictionary of words",
        ),
        (
            format!("8516\n{0}\n8515\n{0}", lines("zh 甲 | 乙")),
            "8515 stands after 8516",
        ),
        (
            "8516\nen a | b".to_owned(),
            "chapter 85: 8516: expected one line for each of [\"en\", \"zh\", \"ru\", \"ar\", \"fr\"]",
        ),
    ] {
        assert_eq!(compiled(&text), Err(fault.to_owned()));
    }
}

#[test]
fn the_same_thing_in_five_languages_leads_to_one_heading() {
    for (code, words) in [
        (
            "851660",
            [
                "rice cooker",
                "电饭煲",
                "рисоварка",
                "طباخة أرز",
                "cuiseur à riz",
            ],
        ),
        (
            "851631",
            [
                "hair dryer",
                "电吹风",
                "фен для волос",
                "مجفف شعر",
                "sèche-cheveux",
            ],
        ),
        (
            "870380",
            [
                "electric car",
                "电动汽车",
                "электромобиль",
                "سيارة كهربائية",
                "voiture électrique",
            ],
        ),
        (
            "300490",
            [
                "medicine tablets",
                "药片",
                "таблетки",
                "أقراص دواء",
                "comprimés",
            ],
        ),
        (
            "640399",
            [
                "leather shoes",
                "皮鞋",
                "кожаная обувь",
                "أحذية جلدية",
                "chaussures en cuir",
            ],
        ),
    ] {
        for (language, word) in LANGUAGES.iter().zip(words) {
            let found = first(word, language);
            let heading = &code[..4];
            assert!(
                found.iter().take(3).any(|one| one.starts_with(heading)),
                "{word}: {found:?}, expected {code}"
            );
        }
    }
}

#[test]
fn a_title_is_led_by_what_it_names_not_by_what_it_is_made_of() {
    for (title, language, heading) in [
        ("Stainless steel vacuum flask 0.5 l", "en", "9617"),
        ("Case for mobile phone, silicone", "en", "3926"),
        ("不锈钢保温杯500ml", "zh", "9617"),
        ("Детская коляска складная, алюминий", "ru", "8715"),
        ("Chaise en bois pour enfant", "fr", "9401"),
        ("كابل كهربائي نحاس معزول", "ar", "8544"),
    ] {
        let found = first(title, language);
        assert!(
            found.iter().take(3).any(|one| one.starts_with(heading)),
            "{title}: {found:?}, expected {heading}"
        );
    }
}

#[test]
fn a_typing_error_and_a_joined_word_are_understood() {
    for (typed, heading) in [
        ("powerbank", "8507"),
        ("vacum cleaner", "8508"),
        ("hairdryer", "8516"),
        ("electric tooth brush", "8509"),
    ] {
        let found = first(typed, "en");
        assert!(
            found.iter().take(3).any(|one| one.starts_with(heading)),
            "{typed}: {found:?}"
        );
    }
    assert_eq!(first("xqzzv", "en"), Vec::<String>::new());
    assert_eq!(first("", "en"), Vec::<String>::new());
}

#[test]
fn one_heading_does_not_fill_the_answer() {
    let found = first("motor", "en");
    let of = |heading: &str| found.iter().filter(|one| one.starts_with(heading)).count();
    assert!((1..=3).contains(&of("8501")), "{found:?}");
    assert_eq!(found.len(), 10);
}

#[test]
fn every_chapter_has_a_name_in_every_language() {
    let codes = thesaurus().codes();
    // Chapter 99 is kept for national use and has no goods of its own.
    let chapters: BTreeSet<&str> = codes
        .map(|code| &code[..2])
        .filter(|&code| code != "99")
        .collect();
    assert_eq!(chapters.len(), 96);
    for chapter in chapters {
        for language in LANGUAGES {
            let name = thesaurus().name(chapter, language);
            assert!(
                name.is_some_and(|name| !name.is_empty()),
                "{chapter} {language}"
            );
        }
    }
    assert_eq!(
        thesaurus().name("85", "fr"),
        Some("Appareils électriques et électroniques")
    );
    assert_eq!(thesaurus().name("77", "en"), None);
}

#[test]
fn a_word_as_it_is_written_stands_before_one_of_the_same_stem() {
    let found = first("cooker", "en");
    assert_eq!(
        found.first().map(|code| &code[..4]),
        Some("7321"),
        "{found:?}"
    );
}

#[test]
fn the_goods_of_the_generated_world_have_one_first_code_in_five_languages() {
    let mut faults = Vec::new();
    for line in GOODS.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [declared, _, _, names @ ..] = columns.as_slice() else {
            panic!("not as the first line says: {line}");
        };
        assert_eq!(names.len(), LANGUAGES.len(), "{line}");
        let first = names.iter().map(|name| {
            let found = derived(name, None).into_iter().next();
            let whole = found.filter(|found| found.whole);
            whole.map_or_else(|| "none".to_owned(), |found| found.code)
        });
        let first: Vec<String> = first.collect();
        let one = first.iter().all(|code| Some(code) == first.first());
        if !one || !first.iter().all(|code| declared.starts_with(code)) {
            faults.push(format!("{declared} {}: {first:?}", names.join(", ")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn traditional_characters_are_read() {
    for (traditional, simple) in [
        ("空調", "空调"),
        ("電鍋", "电锅"),
        ("葡萄乾", "葡萄干"),
        ("嬰兒服裝", "婴儿服装"),
    ] {
        assert_eq!(first(traditional, "zh"), first(simple, "zh"));
    }
    assert_eq!(
        first("空調", "zh").first().map(String::as_str),
        Some("8415")
    );
}

#[test]
fn no_word_stands_for_two_of_a_phrase_and_no_ideograph_for_a_pair() {
    // The stem of the Arabic olive is oil; bees are one ideograph of honey.
    for (typed, heading) in [
        ("زيت تروس", "2710"),
        ("蜂蜜", "0409"),
        ("热泵", "8418"),
        ("routeur sans fil", "8517"),
        ("غلايات كهربائية", "8516"),
    ] {
        let found = derived(typed, None);
        let best = found.first().map(|best| (&best.code[..4], best.whole));
        assert_eq!(best, Some((heading, true)), "{typed}: {found:?}");
    }
}
