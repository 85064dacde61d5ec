//! Dates as registers write them, read by formats that the map names. Nothing is guessed: a text
//! that two formats read as two different days is refused.

use std::fmt;
use std::str::FromStr;

use comity_model::date::{Day, LegalDate};

/// English names of the months, as `%b` (first three letters) and `%B` read them.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date format: `%Y` `%y` `%m` `%d` `%b` `%B`, `%*` for a rest that is ignored, and text that
/// must stand there. Without `%d` the date is known to the month, without `%m` to the year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    text: String,
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    Rest,
    Literal(char),
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            parts.push(match c {
                '%' => match chars.next() {
                    Some('Y') => Part::Year,
                    Some('y') => Part::ShortYear,
                    Some('m') => Part::Month,
                    Some('b' | 'B') => Part::MonthName,
                    Some('d') => Part::Day,
                    Some('*') => Part::Rest,
                    Some('%') => Part::Literal('%'),
                    _ => {
                        return Err(format!(
                            "`{text}` is no date format: after % comes one of Y y m d b B * %"
                        ));
                    }
                },
                c => Part::Literal(c),
            });
        }
        let has = |wanted: &[Part]| parts.iter().any(|part| wanted.contains(part));
        let year = has(&[Part::Year, Part::ShortYear]);
        let month = has(&[Part::Month, Part::MonthName]);
        if !year || (has(&[Part::Day]) && !month) {
            return Err(format!(
                "`{text}` is no date format: it needs a year, and a month where it has a day"
            ));
        }
        let text = text.to_owned();
        Ok(Self { text, parts })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Format {
    /// The date that `text` is in this format: a day, or an interval where no day is said.
    pub fn read(&self, text: &str) -> Option<LegalDate> {
        let (mut year, mut month, mut day) = (None, None, None);
        let mut rest = text;
        for part in &self.parts {
            match part {
                Part::Year => year = Some(digits(&mut rest, 4, 4)?),
                Part::ShortYear => {
                    let short = digits(&mut rest, 2, 2)?;
                    year = Some(if short < 70 {
                        2000 + short
                    } else {
                        1900 + short
                    });
                }
                Part::Month => month = Some(digits(&mut rest, 1, 2)?),
                Part::MonthName => month = Some(month_name(&mut rest)?),
                Part::Day => day = Some(digits(&mut rest, 1, 2)?),
                Part::Rest => rest = "",
                Part::Literal(c) => rest = rest.strip_prefix(*c)?,
            }
        }
        if !rest.is_empty() {
            return None;
        }
        let year = year?;
        match (month, day) {
            (Some(month), Some(day)) => date(year, month, day).map(LegalDate::Day),
            (Some(month), None) => {
                let first = date(year, month, 1)?;
                let next = if month == 12 {
                    date(year + 1, 1, 1)
                } else {
                    date(year, month + 1, 1)
                };
                Some(LegalDate::between(first, next?.plus_days(-1)))
            }
            _ => Some(LegalDate::between(date(year, 1, 1)?, date(year, 12, 31)?)),
        }
    }
}

/// The one date that `text` is by `formats`.
///
/// # Errors
/// A sentence: no format reads it, or two formats read it as different days.
pub fn read(text: &str, formats: &[Format]) -> Result<LegalDate, String> {
    let mut found: Option<(LegalDate, &Format)> = None;
    for format in formats {
        let Some(date) = format.read(text) else {
            continue;
        };
        match found {
            Some((other, by)) if other != date => {
                return Err(format!(
                    "`{text}` is ambiguous: {other} by {by}, {date} by {format}; \
                     keep one of the two formats for this column"
                ));
            }
            _ => found = Some((date, format)),
        }
    }
    found.map(|(date, _)| date).ok_or_else(|| {
        let known: Vec<&str> = formats.iter().map(|format| format.text.as_str()).collect();
        format!(
            "`{text}` is no date in any of the formats {}",
            known.join(", ")
        )
    })
}

fn date(year: i16, month: i16, day: i16) -> Option<Day> {
    Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

fn digits(rest: &mut &str, least: usize, most: usize) -> Option<i16> {
    let count = rest
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    let (number, after) = rest.split_at_checked(count).filter(|_| count >= least)?;
    *rest = after;
    number.parse().ok()
}

fn month_name(rest: &mut &str) -> Option<i16> {
    let count = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, after) = rest.split_at_checked(count)?;
    let word = word.to_ascii_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| *month == word || (word.len() == 3 && month.starts_with(&word)))?;
    *rest = after.strip_prefix('.').unwrap_or(after);
    i16::try_from(at + 1).ok()
}
