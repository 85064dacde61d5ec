//! Facts as sentences show them.

use std::borrow::Cow;

use comity_model::date::{Day, Instant};
use comity_model::record::Kind;
use comity_model::text::{is_bidi_control, projected};

use super::catalogue::Argument;
use super::{Language, Style, catalogue, day, economy_in_text, kind, moment};
use crate::evidence::NoStatement;
use crate::verdict::Facts;

/// Facts that hold codes of economies, one or several with a comma between them. The test over the
/// made-up questions holds this list against everything that makes facts.
pub(crate) const ECONOMIES: [&str; 3] = ["economiesWithoutLog", "economy", "issuedIn"];

/// Facts that are numbers, and choose plural forms.
pub(super) const NUMBERS: [&str; 5] = [
    "ageDays",
    "count",
    "expiredDays",
    "graceDays",
    "withinHours",
];

/// The facts of a step as arguments of its sentence.
pub(super) fn arguments(
    facts: &Facts,
    language: Language,
    style: Style,
) -> Vec<(&str, Argument<'_>)> {
    let facts = facts.iter();
    facts
        .map(|(name, value)| (*name, argument(name, value, language, style)))
        .collect()
}

fn argument<'a>(name: &str, value: &'a str, language: Language, style: Style) -> Argument<'a> {
    if NUMBERS.contains(&name)
        && let Ok(number) = value.parse()
    {
        return Argument::Number(number);
    }
    let text = match style {
        Style::Names => in_names(name, value, language),
        Style::Codes => None,
    };
    let text = text.or_else(|| in_words(name, value, language, style));
    Argument::Text(text.map_or_else(|| shown(value), Cow::Owned))
}

/// Words of a record within a sentence, which must not turn it.
fn shown(value: &str) -> Cow<'_, str> {
    if value.contains(|c: char| c.is_control() || is_bidi_control(c)) {
        return Cow::Owned(projected(value));
    }
    Cow::Borrowed(value)
}

/// Economies, days, moments and kinds by their names.
fn in_names(name: &str, value: &str, language: Language) -> Option<String> {
    if ECONOMIES.contains(&name) {
        let names = value.split(", ");
        let names: Vec<_> = names.map(|code| economy_in_text(code, language)).collect();
        let between = catalogue(language).text("list-separator", &[]);
        return Some(names.join(&between));
    }
    if name == "kind" {
        let found = Kind::ALL.into_iter().find(|kind| kind.name() == value)?;
        return Some(kind(found, language).to_owned());
    }
    if let Ok(found) = value.parse::<Day>() {
        return Some(day(found, language));
    }
    let at: Instant = value.parse().ok()?;
    Some(moment(at, language))
}

/// What a fact holds in words that this program chose: periods known roughly, and why nobody
/// states an absence. The rest is in the words of records, and stays so.
fn in_words(name: &str, value: &str, language: Language, style: Style) -> Option<String> {
    if name == "statement" {
        let why = NoStatement::ALL
            .into_iter()
            .find(|why| why.words() == value)?;
        let name = format!("statement-{}", why.name());
        return Some(catalogue(language).text(&name, &[]).into_owned());
    }
    // As `LegalDate` is written.
    let (from, to) = value.strip_prefix("between ")?.split_once(" and ")?;
    let worded = |text: &str| {
        let found: Day = text.parse().ok()?;
        let text = match style {
            Style::Codes => found.to_string(),
            Style::Names => day(found, language),
        };
        Some(Argument::Text(Cow::Owned(text)))
    };
    let days = [("from", worded(from)?), ("to", worded(to)?)];
    Some(catalogue(language).text("between", &days).into_owned())
}
