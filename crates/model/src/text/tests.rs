use super::{
    LangString, MAX_PROJECTED_CHARS, is_language_tag, is_refused, projected, several, visible,
};

#[test]
fn a_text_is_found_in_the_language_asked_for_or_a_near_one() {
    let text = LangString::of("fr", "bouilloire")
        .and("zh-Hans", "电热水壶")
        .and("en", "kettle");
    for (asked, found) in [
        ("en", "kettle"),
        ("EN", "kettle"),
        ("en-GB", "kettle"),
        ("zh", "电热水壶"),
        ("zh-Hant", "电热水壶"),
        // Nothing in Russian: English before the signer's first.
        ("ru", "kettle"),
    ] {
        assert_eq!(text.in_language(asked), Some(found), "{asked}");
    }
    let text = LangString::of("fr", "bouilloire").and("zh-Hans", "电热水壶");
    assert_eq!(text.in_language("ru"), Some("bouilloire"));
    assert_eq!(LangString::default().in_language("en"), None);
    assert!(LangString::default().is_empty());
}

#[test]
fn language_tags_have_the_shape_of_bcp_47() {
    for tag in ["en", "zh-Hans", "ru", "sr-Latn-RS", "haw", "de-1996", "ar"] {
        assert!(is_language_tag(tag), "{tag}");
    }
    for tag in [
        "",
        "e",
        "en_US",
        "en-",
        "-en",
        "en--US",
        "english language",
        "zh-Hansimplified",
        "ру",
    ] {
        assert!(!is_language_tag(tag), "{tag}");
    }
}

#[test]
fn what_is_projected_is_cut_and_stripped() {
    assert_eq!(projected("a\n\tb\u{7}c\u{202E}d\u{2066}e"), "a  bcde");
    let long = "名".repeat(MAX_PROJECTED_CHARS + 1);
    assert_eq!(projected(&long).chars().count(), MAX_PROJECTED_CHARS);
}

#[test]
fn control_characters_and_noncharacters_are_refused() {
    for c in [
        '\0',
        '\u{1f}',
        '\r',
        '\u{FDD0}',
        '\u{FDEF}',
        '\u{FFFE}',
        '\u{FFFF}',
        '\u{1FFFE}',
        '\u{10FFFF}',
    ] {
        assert!(is_refused(c), "{c:?}");
    }
    for c in [
        '\n',
        '\t',
        ' ',
        'a',
        '\u{FDF0}',
        '\u{FFFD}',
        '\u{1F600}',
        '\u{202E}',
    ] {
        assert!(!is_refused(c), "{c:?}");
    }
}

#[test]
fn several_values_stand_in_one_text_with_the_separators_of_any_script() {
    let of = |text: &'static str| several(text).collect::<Vec<_>>();
    assert_eq!(
        of("a, b;c，d；e、f،g؛h\ni"),
        ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
    );
    assert_eq!(of(" X-1,"), ["X-1"]);
    assert_eq!(of("A/B 1.5"), ["A/B 1.5"]);
    assert!(of(" ,; ").is_empty());
}

#[test]
fn what_is_hidden_in_a_text_is_no_letter_and_no_space() {
    for hidden in [
        '\u{0}',
        '\u{7F}',
        '\u{AD}',
        '\u{61C}',
        '\u{200B}',
        '\u{200C}',
        '\u{200D}',
        '\u{200E}',
        '\u{202E}',
        '\u{2066}',
        '\u{FE0F}',
        '\u{FEFF}',
        '\u{E0041}',
    ] {
        assert_eq!(visible(&format!("a{hidden}b")), "ab", "{hidden:?}");
    }
    for seen in ["a b\tc\nd", "é e\u{301}", "نامه", "電 熱", "🫖", "a\u{A0}b"] {
        assert_eq!(visible(seen), seen);
    }
}
