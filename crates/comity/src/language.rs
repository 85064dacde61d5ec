//! The language that people are told verdicts in.

#[cfg(test)]
mod tests;

use std::env;

use comity_recognition::wording::Language;

use crate::output::Format;

/// The language where none is asked for: in tables, which people read, that of the system's locale
/// if there is one of it; English else. What programs read never depends on a locale.
pub(crate) fn of_system(format: Format) -> Language {
    let set = |name: &str| env::var(name).ok();
    match format {
        Format::Table => of_locale(["LC_ALL", "LC_MESSAGES", "LANG"].map(set)),
        Format::Json | Format::Ndjson | Format::Csv => Language::En,
    }
}

/// The language of a locale, given as its variables in the order in which they count (POSIX, 8.2):
/// the first that is set decides.
fn of_locale(variables: [Option<String>; 3]) -> Language {
    let set = variables.into_iter().flatten();
    let locale = set.into_iter().find(|value| !value.is_empty());
    let locale = locale.unwrap_or_default();
    let tag = locale.split(['.', '@']).next().unwrap_or_default();
    Language::of_tag(tag).unwrap_or_default()
}
