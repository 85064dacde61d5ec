use super::{Stems, beginnings, clean, fold, grams, latin, pairs, prepare, words};

fn cut(text: &str) -> String {
    words(&prepare(text)).join("|")
}

#[test]
fn words_are_found_in_every_script() {
    assert_eq!(cut("电线电缆认证证书"), "电线|电缆|认证|证书");
    assert_eq!(cut("ใบรับรองสายไฟ"), "ใบรับ|รอง|สาย|ไฟ");
    assert_eq!(
        cut("Сертификат соответствия №5"),
        "сертификат|соответствия|5"
    );
    assert_eq!(cut("شهادة المطابقة"), "شهادة|المطابقة");
    assert_eq!(
        cut("Low-voltage cable, 0.6/1 kV"),
        "low|voltage|cable|0.6|1|kv"
    );
    assert_eq!(cut("को चाय की केतली?"), "को|चाय|की|केतली");
    assert_eq!(cut("شَهَادَةٌ مُطَابِقَةٌ!"), "شَهَادَةٌ|مُطَابِقَةٌ");
    assert_eq!(cut("ที่ชาร์จ"), "ที่|ชาร์จ");
    assert_eq!(cut("example.com a_b"), "example|com|a|b");
    assert_eq!(cut("example.com a_b é"), "example|com|a|b|é");
}

#[test]
fn elisions_and_possessives_are_split_off() {
    assert_eq!(cut("Certificat d'étalonnage"), "certificat|étalonnage");
    assert_eq!(cut("l’organisme qu’il"), "organisme|il");
    assert_eq!(cut("manufacturer's mark"), "manufacturer|mark");
    assert_eq!(cut("'quoted'"), "quoted");
}

#[test]
fn folding_keeps_what_is_a_letter() {
    assert_eq!(fold("étalonnage"), "etalonnage");
    assert_eq!(fold("größe"), "grosse");
    assert_eq!(fold("й"), "й");
    assert_eq!(fold("приём"), "прием");
    assert_eq!(fold("شَهَادَة"), "شهاده");
    assert_eq!(fold("إدارة"), fold("ادارة"));
    assert_eq!(fold("شـهـادة"), "شهاده");
    assert_eq!(fold("ที่"), "ที่");
    assert_eq!(fold("한국"), "한국");
    for (one, other) in [
        ("हिन्दी", "हिंदी"),
        ("बड़ा", "बडा"),
        ("ऑफ़िस", "औफिस"),
        ("चाँद", "चांद"),
    ] {
        assert_eq!(fold(one), fold(other), "{one} is spelled {other} too");
    }
    assert_ne!(fold("केतली"), fold("कतली"));
    assert_eq!(fold(&"x".repeat(100)).len(), super::fold::MAX_TERM_CHARS);
}

#[test]
fn transliteration_serves_other_keyboards() {
    assert_eq!(latin("中国").as_deref(), Some("zhongguo"));
    assert_eq!(latin("москва").as_deref(), Some("moskva"));
    assert_eq!(latin("étalonnage"), None);
    assert_eq!(latin("شهادة"), None);
}

#[test]
fn inflected_words_share_a_stem() {
    let mut stems = Stems::default();
    let mut share = |document: &str, tag: Option<&str>, query: &str| {
        let of_document = stems.of_document(&prepare(document), tag);
        let of_query = stems.of_query(&prepare(query));
        of_query.iter().any(|stem| of_document.contains(stem))
    };
    assert!(share("сертификат", Some("ru"), "сертификатов"));
    assert!(share("сертификаты", None, "сертификат"));
    assert!(share("الشهادة", Some("ar"), "شهادة"));
    assert!(share("شهادات", None, "شهادة"));
    assert!(share("étalonnages", Some("fr"), "étalonnage"));
    assert!(share("cables", Some("en-GB"), "cable"));
    assert!(share("Prüfungen", Some("de"), "Prüfung"));
    assert!(
        share("сертификат", Some("en"), "сертификатов"),
        "a wrong tag"
    );
    assert!(!share("сертификат", Some("ru"), "лаборатория"));
}

#[test]
fn pairs_cross_word_boundaries_but_not_runs() {
    assert_eq!(grams("电线缆a证"), ["电线", "线缆", "缆", "证"]);
    assert!(grams("abc").is_empty());
}

#[test]
fn each_ideograph_stands_alone_once() {
    let mut alone: Vec<String> = grams("电线缆a证")
        .into_iter()
        .chain(beginnings("电线缆a证"))
        .collect();
    alone.retain(|gram| gram.chars().count() == 1);
    alone.sort();
    let mut each = ["电", "线", "缆", "证"];
    each.sort_unstable();
    assert_eq!(alone, each);
}

#[test]
fn neighbouring_syllables_are_a_word_in_vietnamese() {
    let pairs = |text: &str| pairs(words(&prepare(text)).iter().map(String::as_str));
    assert_eq!(pairs("Nồi cơm điện"), ["=nồi cơm", "=cơm điện"]);
    assert!(pairs("Nồi").is_empty());
}

#[test]
fn invisible_characters_are_dropped_and_controls_are_spaces() {
    assert_eq!(
        clean("a\u{202E}b\u{200B}c\u{FEFF}\u{E0041}d\0e\nf", 100),
        "abcd e f"
    );
    assert_eq!(clean("abcdef", 3), "abc");
}
