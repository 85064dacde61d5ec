use super::{Typed, national, read};

#[test]
fn national_codes_are_told_from_other_numbers() {
    for text in ["8516601010", "8516 60 10 10", "85166010"] {
        assert!(national(text).is_some_and(|code| code.starts_with("851660")));
    }
    // Too few digits, no subheading with a name, letters.
    for text in ["851660", "8516601", "0000001010", "LAB8516601010"] {
        assert_eq!(national(text), None, "{text}");
    }
}

#[test]
fn names_of_records_are_read_from_identifiers_digests_and_printed_links() {
    let uuid = "01935b7c-2a55-7d2e-9d4e-6f1c6a3b2c10";
    let digest = "a".repeat(64);
    for text in [
        uuid.to_owned(),
        format!("urn:uuid:{uuid}"),
        format!("https://nqi.example.se/r/{uuid}?d=0123456789abcdef01234567"),
        format!("  {uuid}\n"),
    ] {
        assert_eq!(read(&text), Typed::Record(uuid.to_owned()), "{text}");
    }
    assert_eq!(read(&digest), Typed::Record(digest.clone()));
}

#[test]
fn product_codes_are_read_as_people_write_them() {
    for (text, code) in [
        ("8516.60", "851660"),
        ("HS 8516.60", "851660"),
        ("hs:851660", "851660"),
        ("HS 8516", "8516"),
        ("HS 85", "85"),
        ("8544.49.20", "85444920"),
    ] {
        assert_eq!(read(text), Typed::Product(code.to_owned()), "{text}");
    }
}

#[test]
fn digits_that_may_be_a_code_may_be_a_number_too() {
    for (text, digits) in [
        ("851660", "851660"),
        ("8516", "8516"),
        ("8516601010", "8516601010"),
        ("8516 60 10 10", "8516601010"),
    ] {
        assert_eq!(read(text), Typed::Digits(digits.to_owned()), "{text}");
    }
}

#[test]
fn everything_else_is_a_number_if_it_has_a_digit_and_words_if_not() {
    for text in [
        "LAB-2026-001",
        "12345678901",
        "IEC 60335-1:2020",
        "GB/T 19001-2016",
    ] {
        assert_eq!(read(text), Typed::Number(text.to_owned()), "{text}");
    }
    for text in [
        "rice cooker",
        "电饭煲",
        "рисоварка",
        "cuiseur à riz pour 4 personnes",
        "",
    ] {
        assert_eq!(read(text), Typed::Words(text.to_owned()), "{text}");
    }
}

#[test]
fn a_link_with_a_gtin_is_searched_by_it() {
    let link = "https://id.gs1.org/01/09506000134352/21/1234";
    assert_eq!(read(link), Typed::Words("9506000134352".to_owned()));
}
