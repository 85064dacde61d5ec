//! The frame around verdicts: headings, labels, results in capitals, in every language.
//!
//! What verdicts say themselves is worded in `comity-recognition`.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::OnceLock;

use anyhow::Result;
use comity_model::text::projected;
use comity_recognition::wording::{self, Argument, Catalogue, Language};
use serde_json::Value;

use crate::context::Context;
use crate::output::{self, Column, Format};

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

/// Members of answers that hold a word of a closed list, and how messages of that list begin.
const LISTS: [(&str, &str); 8] = [
    ("state", "state"),
    ("kind", "kind"),
    ("relation", "relation"),
    ("action", "action"),
    ("capacity", "capacity"),
    ("reasonCode", "reason"),
    ("verdict", "result"),
    ("outcome", "outcome"),
];

/// Prints rows; `whole` is what `-o json` shows. In tables headings and words of closed lists stand in
/// the language of the run; what programs read never depends on it.
pub(crate) fn rows(
    context: &Context,
    whole: &Value,
    rows: &[Value],
    named: &[(&str, Column)],
) -> Result<()> {
    let columns = columns(context.language, context.format, named);
    if context.format != Format::Table {
        return output::rows(context.format, whole, rows, &columns);
    }
    let rows = worded(context.language, rows, &columns);
    output::rows(context.format, whole, &rows, &columns)
}

/// A table for a person, in a language.
pub(crate) fn table(language: Language, rows: &[Value], named: &[(&str, Column)]) -> String {
    let columns = columns(language, Format::Table, named);
    output::table(&worded(language, rows, &columns), &columns)
}

/// Rows with the words of closed lists in a language, where these columns show one.
fn worded(language: Language, rows: &[Value], columns: &[Column]) -> Vec<Value> {
    let pointers = columns.iter().flat_map(|(_, pointers)| pointers.split(' '));
    let pointers: Vec<&str> = pointers.collect();
    let rows = rows.iter().map(|row| {
        let mut row = row.clone();
        for pointer in &pointers {
            if let Some(value) = row.pointer_mut(pointer)
                && let Some(word) = value.as_str().map(|word| word_at(language, pointer, word))
            {
                *value = Value::String(word);
            }
        }
        row
    });
    rows.collect()
}

/// What an answer says at a JSON pointer, in a language if it is a word of a closed list. In English
/// the words stay those of the interface, which filters and other commands take.
pub(crate) fn word_at(language: Language, pointer: &str, word: &str) -> String {
    if language == Language::En {
        return word.to_owned();
    }
    let member = pointer.rsplit('/').next().unwrap_or_default();
    let list = LISTS.iter().find(|(name, _)| *name == member);
    let said = list.map(|(_, list)| {
        let name = format!("{list}-{word}");
        wording::catalogue(language).text(&name, &[]).into_owned()
    });
    let said = said.filter(|said| !said.is_empty());
    said.unwrap_or_else(|| word.to_owned())
}

/// A line of the frame about so many things.
pub(crate) fn counted(language: Language, name: &str, count: usize) -> String {
    let count = Argument::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let said = catalogue(language).text(name, &[("n", count)]);
    said.into_owned()
}

/// A line of the frame that begins with a word of an answer; the word as it is where no line is of it.
pub(crate) fn one_of(language: Language, list: &str, word: &str) -> String {
    let said = said(language, &format!("{list}-{word}"), &[]);
    if said.is_empty() {
        projected(word)
    } else {
        said
    }
}

/// A label with room after it, so that values stand below each other; a wide letter takes two places.
pub(crate) fn label(language: Language, name: &str) -> String {
    const ROOM: usize = 12;
    let label = said(language, &format!("label-{name}"), &[]);
    let wide = |c: char| if c >= '\u{2e80}' { 2 } else { 1 };
    let taken: usize = label.chars().map(wide).sum();
    format!("{label}{}", " ".repeat(ROOM.saturating_sub(taken)))
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
