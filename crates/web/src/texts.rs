//! The words of the pages, from the Fluent files of `locales/`.

use std::sync::LazyLock;

use comity_recognition::wording::{Argument, Catalogue, Direction, Language};

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
            include_str!(concat!("../locales/", $language, "/impact.ftl")),
            include_str!(concat!("../locales/", $language, "/list.ftl")),
            include_str!(concat!("../locales/", $language, "/record.ftl")),
            include_str!(concat!("../locales/", $language, "/says.ftl")),
            include_str!(concat!("../locales/", $language, "/search.ftl")),
            include_str!(concat!("../locales/", $language, "/verify.ftl")),
        ]
    };
}

/// How many files a language has.
const FILES: usize = 10;

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

/// Languages that are written from right to left, of those that records come in.
const LEFTWARD: [&str; 7] = ["ar", "dv", "fa", "he", "ps", "ur", "yi"];

/// Whether `c` is of a script that is written from right to left (Unicode, UAX #9, R and AL).
fn runs_leftwards(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
            | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
    )
}

/// Whether a text of a language runs from right to left, whatever it begins with.
pub(crate) fn is_leftward(lang: &str, text: &str) -> bool {
    let language = lang.split('-').next().unwrap_or_default();
    LEFTWARD.contains(&language) && text.contains(runs_leftwards)
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
    /// A text that runs from right to left is isolated in a sentence that does not; the other way
    /// round the catalogue does it.
    pub(crate) fn put(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        if self.0.language().direction() == Direction::RightToLeft {
            return self.0.text(key, arguments).into_owned();
        }
        let isolated = |argument: &Argument<'_>| match argument {
            Argument::Text(value) if value.contains(runs_leftwards) => {
                text(format!("\u{2068}{value}\u{2069}"))
            }
            Argument::Text(value) => text(value.to_string()),
            Argument::Number(value) => Argument::Number(*value),
        };
        let arguments: Vec<_> = arguments
            .iter()
            .map(|(name, argument)| (*name, isolated(argument)))
            .collect();
        self.0.text(key, &arguments).into_owned()
    }
}
