//! The words of the pages, from the Fluent files of `locales/`.

use std::sync::LazyLock;

use comity_recognition::wording::{Argument, Catalogue, Language};

#[cfg(test)]
mod tests;

/// The files of a language.
macro_rules! files {
    ($language:literal) => {
        [
            include_str!(concat!("../locales/", $language, "/browse.ftl")),
            include_str!(concat!("../locales/", $language, "/frame.ftl")),
            include_str!(concat!("../locales/", $language, "/guide.ftl")),
            include_str!(concat!("../locales/", $language, "/home.ftl")),
            include_str!(concat!("../locales/", $language, "/list.ftl")),
            include_str!(concat!("../locales/", $language, "/record.ftl")),
            include_str!(concat!("../locales/", $language, "/says.ftl")),
            include_str!(concat!("../locales/", $language, "/search.ftl")),
            include_str!(concat!("../locales/", $language, "/verify.ftl")),
        ]
    };
}

/// How many files a language has.
const FILES: usize = 9;

/// The words of one language.
pub(crate) struct Texts(Catalogue);

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Texts").field(&self.0.language()).finish()
    }
}

static TEXTS: LazyLock<[Texts; 5]> = LazyLock::new(|| {
    Language::ALL.map(|language| Texts(Catalogue::read(language, &sources(language))))
});

/// The words of `language`.
pub(crate) fn texts(language: Language) -> &'static Texts {
    let at = Language::ALL.iter().position(|one| *one == language);
    &TEXTS[at.unwrap_or_default()]
}

/// The texts of the Fluent files of a language.
fn sources(language: Language) -> [&'static str; FILES] {
    match language {
        Language::En => files!("en"),
        Language::ZhHans => files!("zh-Hans"),
        Language::Ru => files!("ru"),
        Language::Ar => files!("ar"),
        Language::Fr => files!("fr"),
    }
}

/// An argument that is a text.
pub(crate) fn text(value: impl Into<String>) -> Argument<'static> {
    Argument::Text(value.into().into())
}

/// An argument that is a number.
pub(crate) fn number(value: u64) -> Argument<'static> {
    Argument::Number(i64::try_from(value).unwrap_or(i64::MAX))
}

impl Texts {
    /// Every key.
    #[cfg(test)]
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.names()
    }

    /// A text without arguments.
    pub(crate) fn say(&self, key: &str) -> String {
        self.put(key, &[])
    }

    /// A text with its arguments.
    pub(crate) fn put(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        self.0.text(key, arguments).into_owned()
    }
}
