use proptest::prelude::{any, proptest};

use super::{Covers, MAX_STANDARD_CHARS, StandardReference};

fn standard(text: &str) -> StandardReference {
    text.parse().unwrap()
}

/// Every spelling reads to the same normal form, designation and edition.
fn same(table: &[(&[&str], &str, &str, Option<u16>)]) {
    for (spellings, normal, designation, edition) in table {
        for spelling in *spellings {
            let read = standard(spelling);
            assert_eq!(read.to_string(), *normal, "{spelling}");
            assert_eq!(read.designation(), *designation, "{spelling}");
            assert_eq!(read.edition(), *edition, "{spelling}");
            assert_eq!(standard(&read.to_string()), read, "{spelling}");
        }
    }
}

#[test]
fn spellings_of_one_standard_have_one_form() {
    same(&[
        (
            &[
                "ISO 9001:2015",
                "iso9001 : 2015",
                "Iso  9001 :2015",
                "ISO\u{a0}9001:2015",
                "ＩＳＯ ９００１：２０１５",
                "ISO9001:2015",
            ],
            "ISO 9001:2015",
            "ISO 9001",
            Some(2015),
        ),
        (
            &[
                "GB/T 19001-2016",
                "gb/t 19001\u{2013}2016",
                "GB / T 19001\u{2014}2016",
                "GB/T19001-2016",
                "ＧＢ/Ｔ 19001－2016",
                "GB/T 19001 - 2016",
            ],
            "GB/T 19001-2016",
            "GB/T 19001",
            Some(2016),
        ),
        (
            &[
                "ГОСТ Р ИСО 9001-2015",
                "гост р исо 9001\u{2011}2015",
                "ГОСТ  Р ИСО 9001–2015",
            ],
            "ГОСТ Р ИСО 9001-2015",
            "ГОСТ Р ИСО 9001",
            Some(2015),
        ),
    ]);
}

#[test]
fn standards_with_parts_letters_and_two_publishers() {
    same(&[
        (
            &["EN ISO/IEC 17025", "en iso / iec 17025"],
            "EN ISO/IEC 17025",
            "EN ISO/IEC 17025",
            None,
        ),
        (
            &["ISO/IEC 17025:2017", "iso/iec 17025: 2017"],
            "ISO/IEC 17025:2017",
            "ISO/IEC 17025",
            Some(2017),
        ),
        (
            &["IEC 60335-2-15:2012", "IEC 60335\u{2010}2\u{2010}15:2012"],
            "IEC 60335-2-15:2012",
            "IEC 60335-2-15",
            Some(2012),
        ),
        (&["EN 55032", "en55032"], "EN 55032", "EN 55032", None),
        (
            &["FIPS 140-2", "fips 140–2", "FIPS140-2"],
            "FIPS 140-2",
            "FIPS 140-2",
            None,
        ),
        (
            &["OIML R 76-1:2006", "OIML R76-1:2006", "oiml r 76-1 : 2006"],
            "OIML R 76-1:2006",
            "OIML R 76-1",
            Some(2006),
        ),
        (
            &["GB 4943.1-2022", "gb4943.1—2022"],
            "GB 4943.1-2022",
            "GB 4943.1",
            Some(2022),
        ),
        (&["ISO/IEC 15408"], "ISO/IEC 15408", "ISO/IEC 15408", None),
        (
            &["ISO/IEC 17021-1:2015"],
            "ISO/IEC 17021-1:2015",
            "ISO/IEC 17021-1",
            Some(2015),
        ),
    ]);
}

#[test]
fn standards_that_differ_stay_apart() {
    let texts = [
        "ISO 9001:2015",
        "ISO 9001:2008",
        "ISO 9001",
        "ISO 14001:2015",
        "EN ISO 9001:2015",
        "GB/T 19001-2016",
        "GB 19001-2016",
        "IEC 60335-1",
        "IEC 60335-2-15",
        "FIPS 140-2",
        "FIPS 140-3",
    ];
    for (at, one) in texts.iter().enumerate() {
        for other in texts.iter().skip(at + 1) {
            assert_ne!(standard(one), standard(other));
        }
    }
}

#[test]
fn an_open_edition_covers_every_edition_and_not_the_reverse() {
    for (mine, theirs, covers) in [
        ("ISO 9001", "ISO 9001:2015", Covers::Yes),
        ("ISO 9001:2015", "ISO 9001:2015", Covers::Yes),
        ("ISO 9001:2015", "ISO 9001:2008", Covers::OtherEdition),
        ("ISO 9001:2015", "ISO 9001", Covers::EditionUnsaid),
        ("ISO 9001", "ISO 14001", Covers::No),
        ("ISO 9001", "EN ISO 9001", Covers::No),
        ("EN 60335-1", "EN 60335-2", Covers::No),
    ] {
        assert_eq!(
            standard(mine).covers(&standard(theirs)),
            covers,
            "{mine} {theirs}"
        );
    }
}

#[test]
fn texts_that_name_no_standard_are_refused() {
    for text in [
        "",
        " ",
        "9001",
        "2015",
        "ISO",
        "quality",
        "٣",
        "ISO 9\u{0}001",
    ] {
        assert!(text.parse::<StandardReference>().is_err(), "{text:?}");
    }
    let long = |chars: usize| format!("ISO {}", "1".repeat(chars - 4));
    assert!(
        long(MAX_STANDARD_CHARS)
            .parse::<StandardReference>()
            .is_ok()
    );
    assert!(
        long(MAX_STANDARD_CHARS + 1)
            .parse::<StandardReference>()
            .is_err()
    );
}

proptest! {
    #[test]
    fn what_is_read_has_one_form(text in any::<String>()) {
        if let Ok(read) = text.parse::<StandardReference>() {
            assert_eq!(standard(&read.to_string()), read);
        }
    }

    #[test]
    fn what_looks_like_a_standard_has_one_form(text in "[A-Za-zßﬀǆГр /:.–-]{1,8}[0-9 :./–-]{1,16}") {
        if let Ok(read) = text.parse::<StandardReference>() {
            assert_eq!(standard(&read.to_string()), read);
        }
    }
}
