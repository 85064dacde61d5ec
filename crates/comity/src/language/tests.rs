use comity_recognition::wording::Language;

use super::of_locale;

fn set(all: &str, messages: &str, lang: &str) -> Language {
    let set = |value: &str| (value != "-").then(|| value.to_owned());
    of_locale([set(all), set(messages), set(lang)])
}

#[test]
fn the_first_variable_that_is_set_decides() {
    assert_eq!(set("-", "-", "ru_KZ.UTF-8"), Language::Ru);
    assert_eq!(set("-", "fr_FR.UTF-8", "ru_RU.UTF-8"), Language::Fr);
    assert_eq!(set("C", "fr_FR.UTF-8", "ru_RU.UTF-8"), Language::En);
    assert_eq!(set("", "", "zh_CN"), Language::ZhHans);
    assert_eq!(set("-", "-", "ar_EG@calendar"), Language::Ar);
}

#[test]
fn a_locale_of_another_language_is_told_in_english() {
    assert_eq!(set("-", "-", "-"), Language::En);
    assert_eq!(set("-", "-", "de_DE.UTF-8"), Language::En);
    assert_eq!(set("-", "-", "POSIX"), Language::En);
    assert_eq!(set("-", "-", "zh_TW.UTF-8"), Language::En);
}
