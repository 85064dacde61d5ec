//! The frame around verdicts: headings, labels, results in capitals, in every language.
//!
//! What verdicts say themselves is worded in `comity-recognition`.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::OnceLock;

use comity_model::text::projected;
use comity_recognition::wording::{Argument, Catalogue, Language};

use crate::output::{Column, Format};

/// The Fluent file of a language.
const fn source(language: Language) -> &'static str {
    match language {
        Language::En => include_str!("../locales/en.ftl"),
        Language::ZhHans => include_str!("../locales/zh-Hans.ftl"),
        Language::Ru => include_str!("../locales/ru.ftl"),
        Language::Ar => include_str!("../locales/ar.ftl"),
        Language::Fr => include_str!("../locales/fr.ftl"),
    }
}

fn catalogue(language: Language) -> &'static Catalogue {
    static READ: [OnceLock<Catalogue>; Language::ALL.len()] =
        [const { OnceLock::new() }; Language::ALL.len()];
    READ[language as usize].get_or_init(|| Catalogue::read(language, &[source(language)]))
}

/// A line of the frame, filled in. What is filled in comes from outside: it is shown without
/// control characters.
pub(crate) fn said(language: Language, name: &str, arguments: &[(&str, &str)]) -> String {
    let arguments = arguments.iter();
    let arguments: Vec<_> = arguments
        .map(|(name, text)| (*name, Argument::Text(Cow::Owned(projected(text)))))
        .collect();
    catalogue(language).text(name, &arguments).into_owned()
}

/// The heading of a verdict, which is given with its sign and colour.
pub(crate) fn headline(
    language: Language,
    result: &str,
    level: Option<&str>,
    economy: &str,
    day: &str,
) -> String {
    let text = |text: &str| Argument::Text(Cow::Owned(projected(text)));
    let name = match level {
        Some(_) => "headline.capped",
        None => "headline",
    };
    let arguments = [
        ("result", Argument::Text(Cow::Borrowed(result))),
        ("level", text(level.unwrap_or_default())),
        ("economy", text(economy)),
        ("day", text(day)),
    ];
    catalogue(language).text(name, &arguments).into_owned()
}

/// Columns with the headings of that language in tables, which people read; the headings of CSV
/// never change.
pub(crate) fn columns(
    language: Language,
    format: Format,
    columns: &[(&str, Column)],
) -> Vec<Column> {
    let columns = columns.iter().map(|(name, (heading, pointers))| {
        let own = catalogue(language).text(&format!("column-{name}"), &[]);
        match (format, own) {
            (Format::Table, Cow::Borrowed(own)) if !own.is_empty() => (own, *pointers),
            _ => (*heading, *pointers),
        }
    });
    columns.collect()
}

/// A length of time in whole units: the largest of which there are two or more.
pub(crate) fn age(language: Language, seconds: i64) -> String {
    let units = [
        (86_400, "age-days"),
        (3_600, "age-hours"),
        (60, "age-minutes"),
    ];
    let unit = units.into_iter().find(|(length, _)| seconds >= 2 * length);
    let (length, name) = unit.unwrap_or((1, "age-seconds"));
    let number = [("n", Argument::Number(seconds / length))];
    catalogue(language).text(name, &number).into_owned()
}
