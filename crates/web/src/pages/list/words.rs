//! What is wrong with a list or a row, in words.

use comity_model::text::projected;
use comity_node::list::{ListError, RowFault};

use crate::site::Site;
use crate::texts::{number, text};

/// Longest text of a stranger that is repeated, in characters.
const MAX_REPEATED_CHARS: usize = 80;

fn figure(value: usize) -> comity_recognition::wording::Argument<'static> {
    number(u64::try_from(value).unwrap_or(u64::MAX))
}

fn repeated(value: &str) -> comity_recognition::wording::Argument<'static> {
    let shown: String = projected(value).chars().take(MAX_REPEATED_CHARS).collect();
    text(shown)
}

/// Why a list cannot be read.
pub(super) fn of_list(site: &Site, error: &ListError) -> String {
    let texts = site.texts;
    match error {
        ListError::Empty => texts.say("list-empty"),
        ListError::TooLarge { most } => {
            texts.put("list-too-large", &[("most", figure(most / (1024 * 1024)))])
        }
        ListError::TooManyRows { most } => {
            texts.put("list-too-many-rows", &[("most", figure(*most))])
        }
        ListError::TooManyColumns { most } => {
            texts.put("list-too-many-columns", &[("most", figure(*most))])
        }
        ListError::NotUtf8 { line } => texts.put("list-not-utf8", &[("line", number(*line))]),
        ListError::NoNumber { headings } => {
            let headings = repeated(&headings.join(", "));
            texts.put("list-no-column", &[("headings", headings)])
        }
        ListError::Twice { heading } => texts.put("list-twice", &[("heading", repeated(heading))]),
        ListError::OpenQuote { line } => texts.put("list-open-quote", &[("line", number(*line))]),
        ListError::Unreadable(_) => texts.say("list-unreadable"),
    }
}

/// Why a row asks nothing.
pub(super) fn of_row(site: &Site, fault: &RowFault) -> String {
    let texts = site.texts;
    match fault {
        RowFault::NoNumber => texts.say("list-no-number"),
        RowFault::NoPlace => texts.say("list-no-place"),
        RowFault::UnknownPlace(place) => of_place(site, place),
        RowFault::UnreadableDay(day) => of_day(site, day),
        RowFault::UnreadableCode(code) => {
            texts.put("list-unreadable-code", &[("code", repeated(code))])
        }
        RowFault::Illegible(_) => texts.say("list-illegible"),
        RowFault::TooManyCells { found, columns } => texts.put(
            "list-too-many-cells",
            &[("found", figure(*found)), ("columns", figure(*columns))],
        ),
    }
}

/// A place that cannot be read.
pub(super) fn of_place(site: &Site, place: &str) -> String {
    let place = [("place", repeated(place))];
    site.texts.put("list-unknown-place", &place)
}

/// A day that cannot be read.
pub(super) fn of_day(site: &Site, day: &str) -> String {
    site.texts
        .put("list-unreadable-day", &[("day", repeated(day))])
}
