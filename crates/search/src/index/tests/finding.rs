//! What finds what.

use super::{ask, document, filled, found, numbers, query, text, titled};
use crate::document::{Document, MAX_TEXT_CHARS, Text, Weight};
use crate::query::Matching;

#[test]
fn inflected_words_are_found_in_five_languages_and_more() {
    let index = titled(&[
        ("ru", "Сертификат соответствия на кабели силовые"),
        ("ar", "شهادة مطابقة الكابلات"),
        ("fr", "Certificat d'étalonnage des balances"),
        ("zh", "电线电缆认证证书"),
        ("th", "ใบรับรองมาตรฐานสายไฟฟ้า"),
        ("en", "Certificate of conformity for power cables"),
        ("", "Сертификаты об утверждении типа"),
    ]);
    for (asked, expected) in [
        ("сертификатов", vec![0, 6]),
        ("Кабель", vec![0]),
        ("شهادة", vec![1]),
        ("الشهادة", vec![1]),
        ("شهادات", vec![1]),
        ("étalonnage", vec![2]),
        ("ETALONNAGES", vec![2]),
        ("l’étalonnage", vec![2]),
        ("电线", vec![3]),
        ("线电", vec![3]),
        ("缆", vec![3]),
        ("认证证书", vec![3]),
        ("ใบรับรอง", vec![4]),
        ("สายไฟ", vec![4]),
        ("conformity certificates", vec![5]),
        ("cable", vec![5]),
        ("conformity with cables", vec![5]),
        ("dianxian", vec![3]),
        ("sertifikat", vec![0]),
    ] {
        let page = ask(&index, asked);
        assert_eq!(super::numbers(&page), expected, "{asked}");
        assert_eq!(page.matching, Matching::Every, "{asked}");
        assert_eq!(page.did_you_mean, None, "{asked}");
    }
}

#[test]
fn a_typing_error_is_corrected_in_words_only() {
    let index = titled(&[
        ("ru", "сертификат"),
        ("en", "cable laboratory"),
        ("en", "model12345 type"),
    ]);
    let page = ask(&index, "сертефикат");
    assert_eq!(super::numbers(&page), [0]);
    assert_eq!(page.matching, Matching::Corrected);
    assert_eq!(page.did_you_mean.as_deref(), Some("сертификат"));
    let page = ask(&index, "cable labaratory");
    assert_eq!(super::numbers(&page), [1]);
    assert_eq!(page.did_you_mean.as_deref(), Some("cable laboratory"));
    assert!(found(&index, "cbale").contains(&1));
    assert!(found(&index, "tipe").is_empty(), "four letters");
    assert!(found(&index, "model12346").is_empty());
}

#[test]
fn some_words_are_better_than_none_and_say_so() {
    let index = titled(&[("en", "power cable"), ("en", "gas valve")]);
    let page = ask(&index, "cable valve");
    assert_eq!(super::numbers(&page), [0, 1]);
    assert_eq!(page.matching, Matching::Some);
    assert!(
        found(&index, "cable 2027").is_empty(),
        "codes are never left out"
    );
    assert!(found(&index, "locomotive").is_empty());
    assert!(found(&index, "of the").is_empty());
}

fn numbered() -> super::Index {
    let with = |number: u32, printed: &str| Document {
        numbers: vec![printed.to_owned()],
        texts: vec![text("en", "BSI DSZ CC smart card")],
        ..document(number)
    };
    filled(&[
        with(0, "BSI-DSZ-CC-0322-2005"),
        with(1, "BSI-DSZ-CC-0323-2005"),
        with(2, "РОСС RU.АЯ46.Н00123"),
        with(3, "4006381333931"),
        with(4, "2021 0109 0145 6789"),
    ])
}

#[test]
fn numbers_are_found_as_printed_normalised_and_by_part() {
    let index = numbered();
    for (asked, expected) in [
        ("BSI-DSZ-CC-0322-2005", vec![0]),
        ("bsidszcc03222005", vec![0]),
        ("bsi dsz cc 0322 2005", vec![0]),
        ("0322-2005", vec![0]),
        ("0322", vec![0]),
        ("BSI-DSZ-CC-032", vec![0, 1]),
        ("росс ru ая46 н00123", vec![2]),
        ("Н00123", vec![2]),
        ("4006381333931", vec![3]),
        ("04006381333931", vec![3]),
        ("20210109", vec![4]),
        ("2021-0109-0145-6789", vec![4]),
        ("smart card 0323-2005", vec![1]),
    ] {
        assert_eq!(found(&index, asked), expected, "{asked}");
    }
}

#[test]
fn a_number_with_one_digit_off_finds_nothing() {
    let index = numbered();
    for asked in [
        "BSI-DSZ-CC-0322-2006",
        "bsidszcc03222006",
        "0321-2005",
        "BSI-DSZ-CC-0332-2005",
        "4006381333932",
        "2021 0109 0145 6788",
        "Н00124",
    ] {
        assert!(found(&index, asked).is_empty(), "{asked}");
    }
}

#[test]
fn standards_are_found_with_and_without_edition() {
    let with = |number: u32, standard: &str| Document {
        standards: vec![standard.to_owned()],
        ..document(number)
    };
    let index = filled(&[
        with(0, "ISO 9001:2015"),
        with(1, "ISO 9001:2008"),
        with(2, "GB/T 19001-2016"),
        with(3, "ГОСТ Р ИСО 9001-2015"),
        with(4, "IEC 60335-2-40:2018"),
    ]);
    for (asked, expected) in [
        ("ISO 9001", vec![0, 1, 3]),
        ("iso9001", vec![0, 1]),
        ("ISO 9001:2015", vec![0, 3]),
        ("GB/T 19001-2016", vec![2]),
        ("gbt19001", vec![2]),
        ("гост р исо 9001", vec![3]),
        ("ГОСТ Р ИСО 9001-2015", vec![3]),
        ("IEC 60335", vec![4]),
        ("IEC 60335-2-40", vec![4]),
    ] {
        assert_eq!(found(&index, asked), expected, "{asked}");
    }
    let best = ask(&index, "ISO 9001");
    assert_eq!(
        best.hits[2].id, "urn:example:3",
        "an adoption in other letters comes last"
    );
    let mut filtered = query("");
    filtered.filters.standard.any_of = vec!["iso 9001".to_owned()];
    assert_eq!(super::numbers(&index.search(&filtered).unwrap()), [0, 1]);
    filtered.filters.standard.none_of = vec!["ISO9001:2008".to_owned()];
    assert_eq!(super::numbers(&index.search(&filtered).unwrap()), [0]);
}

#[test]
fn product_codes_are_found_by_prefix_and_by_cover() {
    let with = |number: u32, hs: &str| Document {
        hs: vec![hs.to_owned()],
        ..document(number)
    };
    let index = filled(&[with(0, "8544.49"), with(1, "8544"), with(2, "8504.40.95")]);
    let under = |code: &str| {
        let mut asked = query("");
        asked.filters.hs.any_of = vec![code.to_owned()];
        super::numbers(&index.search(&asked).unwrap())
    };
    assert_eq!(under("85"), [0, 1, 2]);
    assert_eq!(under("8544"), [0, 1]);
    assert_eq!(under("854449"), [0]);
    assert_eq!(under("8544.49"), [0]);
    assert_eq!(under("8504.40"), [2]);
    assert!(under("8545").is_empty());
    let mut covering = query("");
    covering.filters.hs_covering.any_of = vec!["8544.49.91".to_owned()];
    assert_eq!(super::numbers(&index.search(&covering).unwrap()), [0, 1]);
    assert_eq!(found(&index, "8544.49"), [0]);
    assert_eq!(found(&index, "8544"), [0, 1]);
}

#[test]
fn titles_and_parties_come_before_other_texts() {
    let title = Text {
        weight: Weight::Title,
        ..text("en", "cable")
    };
    let index = filled(&[
        Document {
            texts: vec![text("en", "cable")],
            ..document(0)
        },
        Document {
            texts: vec![title],
            ..document(1)
        },
    ]);
    let page = ask(&index, "cable");
    assert_eq!(page.hits[0].id, "urn:example:1");
    assert!(page.hits[0].score > page.hits[1].score);
}

#[test]
fn hostile_documents_are_indexed_and_found() {
    let huge = format!("{} beyond", "word ".repeat(MAX_TEXT_CHARS / 5));
    let index = filled(&[
        Document {
            texts: vec![text("en", &huge)],
            ..document(0)
        },
        Document {
            texts: vec![text(
                "en",
                "pay\u{202E}load\u{200B}ed \u{1f}\u{0}cable\u{7}",
            )],
            numbers: vec!["\u{202E}".to_owned(), "A".repeat(100_000), String::new()],
            standards: vec![":".to_owned(), "-".to_owned(), "1-".repeat(5_000)],
            hs: vec!["x".to_owned(), "9".repeat(1_000)],
            economies: vec![String::new(); 10_000],
            ..document(1)
        },
        Document {
            texts: vec![text("ар-\u{0}", &"\u{0301}".repeat(5_000))],
            issuer: Some("z".repeat(1 << 20)),
            ..document(2)
        },
    ]);
    assert_eq!(index.count(), 3);
    assert_eq!(found(&index, "word"), [0]);
    assert!(found(&index, "beyond").is_empty(), "cut at the limit");
    assert_eq!(found(&index, "payloaded"), [1]);
    assert_eq!(found(&index, "pay\u{2066}loaded\u{0}cable"), [1]);
}

#[test]
fn there_is_no_query_syntax() {
    let index = titled(&[("en", "power cable"), ("en", "gas valve")]);
    for asked in [
        "power AND cable",
        "\"power cable\"",
        "title:cable",
        "cable^9 ~1",
        "(cable",
        "cab* [a TO z]",
        "-cable",
        "+++",
        "{\"a\":1}",
        "\\",
        "' OR 1=1 --",
        "%00",
        "*",
        "\u{0}",
        "\u{1f}",
    ] {
        index.search(&query(asked)).unwrap();
    }
    assert_eq!(found(&index, "+power +cable"), [0]);
    assert_eq!(found(&index, "\"power\" (cable)"), [0]);
    assert_eq!(found(&index, "-cable"), [0]);
}

#[test]
fn numbers_like_the_one_typed_are_offered_as_printed_and_never_searched() {
    let numbered = |number: u32, printed: &str| Document {
        numbers: vec![printed.to_owned()],
        ..document(number)
    };
    let index = filled(&[
        numbered(0, "LAB-2026-001"),
        numbered(1, "LAB-2027-001"),
        numbered(2, "РОСС RU.0001.11"),
        numbered(3, "CB/SE 4811"),
    ]);
    for (typed, offered) in [
        ("LAB-2O26-OO1", vec!["LAB-2026-001"]),
        ("lab 2026 0O1", vec!["LAB-2026-001"]),
        // One digit: both are as near.
        ("LAB-2028-001", vec!["LAB-2026-001", "LAB-2027-001"]),
        // Latin letters for Cyrillic ones, as far as they are printed alike.
        ("POCC RU.0001.11", vec!["РОСС RU.0001.11"]),
        ("СВ/SE 48I1", vec!["CB/SE 4811"]),
        // The number itself is known; two digits differ.
        ("LAB-2026-001", vec![]),
        ("LAB-2118-001", vec![]),
    ] {
        assert_eq!(index.numbers_like(typed).unwrap(), offered, "{typed}");
    }
    assert!(found(&index, "LAB-2O26-OO1").is_empty());
}

#[test]
fn the_economy_of_the_issuer_is_not_one_that_a_record_names() {
    let index = filled(&[Document {
        economies: vec!["JP".to_owned()],
        issuer_economies: vec!["SE".to_owned()],
        ..document(0)
    }]);
    let mut asked = query("");
    asked.facets = vec![crate::query::Facet::IssuerEconomy];
    asked.filters.issuer_economy.any_of = vec!["SE".to_owned()];
    let page = index.search(&asked).unwrap();
    assert_eq!(numbers(&page), [0]);
    let counts = &page.facets[&crate::query::Facet::IssuerEconomy];
    assert_eq!(counts, &[("SE".to_owned(), 1)]);
    asked.filters.issuer_economy.any_of = vec!["JP".to_owned()];
    assert!(numbers(&index.search(&asked).unwrap()).is_empty());
}

#[test]
fn numbers_that_begin_so_come_before_those_that_have_it_within() {
    let with = |number: u32, printed: &str| Document {
        numbers: vec![printed.to_owned()],
        texts: vec![text("en", "DEMO JP smart card")],
        ..document(number)
    };
    let index = filled(&[
        with(0, "XX-DEMO-JP-2025"),
        with(1, "DEMO-JP-2025-0011"),
        with(2, "DEMO-JP-2026-0002"),
        with(3, "DEMO-KZ-2026-0002"),
    ]);
    for begun in ["DEMO-JP", "demo-jp-", "DEMO-JP-20", "demo-j"] {
        let page = ask(&index, begun);
        let first: Vec<&str> = page
            .hits
            .iter()
            .take(2)
            .map(|hit| hit.id.as_str())
            .collect();
        let first = std::collections::BTreeSet::from_iter(first);
        assert_eq!(
            Vec::from_iter(first),
            ["urn:example:1", "urn:example:2"],
            "{begun}"
        );
    }
    assert_eq!(found(&index, "DEMO-JP-2025-0011"), [1], "a whole number");
    assert!(found(&index, "DEMO-JP-2025-0012").is_empty());
}

#[test]
fn names_are_found_in_other_scripts_and_without_their_legal_form() {
    let held = |number: u32, language: &str, name: &str| Document {
        parties: vec![text(language, name)],
        ..document(number)
    };
    let index = filled(&[
        held(0, "en", "Siemens AG"),
        held(1, "ru", "ООО «Касперский»"),
        held(2, "ar", "شركة التكييف"),
        held(3, "zh", "演示小家电有限公司"),
        held(4, "en", "Haier Co., Ltd."),
        held(5, "en", "Sumitomo Inc."),
    ]);
    for (asked, expected) in [
        ("Сименс", 0),
        ("ООО Сименс", 0),
        ("siemens gmbh", 0),
        ("Kaspersky", 1),
        ("كاسبرسكي", 1),
        ("sharikat al-takyif", 2),
        ("xiaojiadian", 3),
        ("yanshi xiaojiadian youxian gongsi", 3),
        ("演示小家电集团有限公司", 3),
        ("海尔有限公司", 4),
    ] {
        let page = ask(&index, asked);
        let first = page.hits.first().map(|hit| hit.id.as_str());
        assert_eq!(
            first,
            Some(format!("urn:example:{expected}").as_str()),
            "{asked}"
        );
    }
    assert_eq!(found(&index, "Сименс"), [0]);
}
