use super::{is_legal_form, sounds, sounds_elsewhere, syllables, without_legal_end};
use crate::text::prepare;

fn sound_alike(written: &str, asked: &str) -> bool {
    let terms = sounds(&prepare(written));
    let asked = sounds_elsewhere(&prepare(asked));
    asked.iter().any(|term| terms.contains(term))
}

#[test]
fn names_are_known_in_other_scripts() {
    for (one, other) in [
        ("Siemens", "Сименс"),
        ("Renesas", "Ренесас"),
        ("Axalto", "Аксальто"),
        ("Textile", "Текстиль"),
        ("Silicon", "Силикон"),
        ("Kaspersky", "Касперский"),
        ("Kaspersky", "كاسبرسكي"),
        ("Касперский", "كاسبرسكي"),
        ("Samsung", "Самсунг"),
        ("Samsung", "سامسونج"),
        ("Bosch", "بوش"),
        ("Hitachi", "Хитачи"),
        ("sertifikatsiya", "сертификация"),
        ("takyif", "التكييف"),
        ("Tumur", "التمور"),
        ("Toshiba", "توشيبا"),
        ("Philips", "Филипс"),
        ("Philips", "فيليبس"),
    ] {
        // Two consonants are too few, and Egypt says its jim as a g.
        let expected = !matches!((one, other), ("Bosch" | "Samsung", "بوش" | "سامسونج"));
        assert_eq!(sound_alike(one, other), expected, "{one} {other}");
        assert_eq!(sound_alike(other, one), expected, "{other} {one}");
    }
    assert!(!sound_alike("Siemens", "Самсунг"));
    assert!(!sound_alike("Siemens", "Simmons"), "one script");
    assert!(!sound_alike("Siemens", "西门子"));
}

#[test]
fn ideographs_are_read_in_syllables() {
    let read = syllables("演示小家电有限公司");
    for typed in ["yanshi", "xiaojiadian", "youxian", "gongsi"] {
        assert!(read.contains(typed), "{typed}: {read:?}");
    }
    assert!(syllables("demo").is_empty());
}

#[test]
fn legal_forms_are_no_names() {
    for form in ["ltd", "ооо", "شركه", "gmbh"] {
        assert!(is_legal_form(form), "{form}");
    }
    assert!(!is_legal_form("nasos"));
    assert!(sounds("limited").is_empty());
    assert_eq!(without_legal_end("海尔集团有限公司"), "海尔集团");
    assert_eq!(without_legal_end("华为技术股份有限公司"), "华为技术");
    assert_eq!(without_legal_end("有限公司"), "有限公司");
}
