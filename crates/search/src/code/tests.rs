use super::{
    family, hs_digits, hs_prefixes, key, mentions, number_keys, number_parts, without_edition,
};

#[test]
fn numbers_are_compared_by_letters_and_digits() {
    assert_eq!(key(" bsi-dsz–cc/0322_2005."), "BSIDSZCC03222005");
    assert_eq!(key("ＣＮ１２"), "CN12");
    assert_eq!(key("DÉMO-TN-5"), "DEMOTN5");
    assert_eq!(key("РОСС.Й7"), "РОССЙ7");
    assert_eq!(key("росс ru.а001"), "РОССRUА001");
    assert_eq!(key("№ ٠١٢-۷"), "0127");
    assert!(number_keys("--").is_empty());
}

#[test]
fn a_gtin_is_found_at_any_length() {
    assert!(number_keys("4006381333931").contains(&"04006381333931".to_owned()));
    assert_eq!(number_keys("04006381333931"), ["04006381333931"]);
    assert_eq!(
        number_keys("400638133393"),
        ["400638133393", "00400638133393"]
    );
    assert_eq!(number_keys("12345"), ["12345"]);
}

#[test]
fn parts_are_runs_of_groups() {
    let parts = number_parts("BSI-DSZ-CC-0322-2005");
    for part in ["03222005", "CC0322", "2005", "0322", "BSIDSZCC"] {
        assert!(parts.contains(&part.to_owned()), "{part} of {parts:?}");
    }
    for none in ["BSI", "DSZCC", "BSIDSZCC03222005"] {
        assert!(!parts.contains(&none.to_owned()), "{none}");
    }
    assert!(number_parts(&"1234-".repeat(50)).len() <= super::MAX_PARTS);
}

#[test]
fn editions_and_parts_of_standards() {
    assert_eq!(without_edition("ISO 9001:2015"), "ISO 9001");
    assert_eq!(without_edition("IEC 60335-1:2020+A1"), "IEC 60335-1");
    assert_eq!(without_edition("GB/T 19001-2016"), "GB/T 19001");
    assert_eq!(without_edition("ГОСТ Р ИСО 9001-2015"), "ГОСТ Р ИСО 9001");
    assert_eq!(without_edition("IEC 60335-1"), "IEC 60335-1");
    assert_eq!(without_edition("IEC 62368-3000"), "IEC 62368-3000");
    assert_eq!(family("IEC 60335-2-40:2018"), Some("IEC 60335"));
    assert_eq!(family("ISO 9001:2015"), None);
}

#[test]
fn hs_codes_become_prefixes() {
    assert_eq!(hs_digits("8544.49"), "854449");
    assert_eq!(hs_prefixes("854449"), ["85", "8544", "854449"]);
    assert_eq!(hs_prefixes("854"), ["85", "854"]);
    assert!(hs_prefixes("").is_empty());
}

#[test]
fn texts_mention_numbers_of_several_groups() {
    assert_eq!(mentions("Chip M7892 B11 with software"), ["M7892B11"]);
    assert_eq!(
        mentions("(SLE66/m1534-a13), issued"),
        ["SLE66", "SLE66M1534", "M1534", "M1534A13", "SLE66M1534A13"]
    );
    assert!(mentions("version 7 of 2019").is_empty(), "apart");
    assert!(mentions("low-voltage cable").is_empty());
}
