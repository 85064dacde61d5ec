//! References to standards, normalised so that two spellings of one standard compare equal.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use unicode_normalization::UnicodeNormalization as _;

use crate::date::serde_as_text;

mod record;
#[cfg(test)]
mod tests;

pub use record::{
    Adoption, Correspondence, Deviation, DeviationSort, MAX_CLAUSE_CHARS, MAX_RELATED,
    ReplacedEdition, Standard, StandardSort,
};

/// Longest standards reference in characters.
pub const MAX_STANDARD_CHARS: usize = 120;

/// A reference to a standard: publisher and number, and the edition where it is said.
///
/// Written `ISO 9001:2015`, `EN ISO/IEC 17025`, `GB/T 19001-2016`, `ГОСТ Р ИСО 9001-2015`:
/// publishers that set the year off with a hyphen keep it. The normal form is upper case with
/// single spaces; the hyphen and the colon are each publisher's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StandardReference {
    designation: String,
    edition: Option<u16>,
    separator: char,
}

impl StandardReference {
    /// Publisher and number without the edition: `ISO 9001`, `GB/T 19001`.
    pub fn designation(&self) -> &str {
        &self.designation
    }

    /// Year of the edition, if said.
    pub fn edition(&self) -> Option<u16> {
        self.edition
    }

    /// Whether this reference, as written in a scope or a chapter, covers `other`: the same
    /// designation, and the same edition unless this one leaves the edition open.
    pub fn covers(&self, other: &Self) -> Covers {
        if self.designation != other.designation {
            return Covers::No;
        }
        match (self.edition, other.edition) {
            (None, _) => Covers::Yes,
            (Some(mine), Some(theirs)) if mine == theirs => Covers::Yes,
            (Some(_), Some(_)) => Covers::OtherEdition,
            (Some(_), None) => Covers::EditionUnsaid,
        }
    }
}

/// Whether one standards reference covers another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covers {
    /// It does.
    Yes,
    /// Another standard.
    No,
    /// The same standard in another edition.
    OtherEdition,
    /// The same standard, but the other reference does not say its edition.
    EditionUnsaid,
}

/// Why a text is no standards reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardError;

impl fmt::Display for StandardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "expected a standard as publisher, number and optional edition, such as \
             ISO 9001:2015 or GB/T 19001-2016",
        )
    }
}

impl std::error::Error for StandardError {}

impl FromStr for StandardReference {
    type Err = StandardError;

    fn from_str(text: &str) -> Result<Self, StandardError> {
        let folded: String = text
            .nfkc()
            .flat_map(char::to_uppercase)
            .nfkc()
            .map(|c| match c {
                '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                c => c,
            })
            .collect();
        let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        let folded = folded
            .replace(" :", ":")
            .replace(": ", ":")
            .replace(" - ", "-")
            .replace(" /", "/")
            .replace("/ ", "/");
        let folded = apart(&folded);
        let has_letter = folded.chars().any(char::is_alphabetic);
        let has_digit = folded.chars().any(|c| c.is_ascii_digit());
        let control = folded.chars().any(char::is_control);
        if !has_letter || !has_digit || control || folded.chars().count() > MAX_STANDARD_CHARS {
            return Err(StandardError);
        }
        let (designation, edition, separator) = split_edition(&folded);
        Ok(Self {
            designation,
            edition,
            separator,
        })
    }
}

/// Puts the space between publisher and number: `ISO9001` is `ISO 9001`, `OIML R76` is
/// `OIML R 76`. A letter that names a series is set off alike, so that both spellings are one.
fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut before: Option<char> = None;
    let mut number_seen = false;
    for c in text.chars() {
        if c.is_ascii_digit() && !number_seen {
            if before.is_some_and(char::is_alphabetic) {
                out.push(' ');
            }
            number_seen = true;
        }
        out.push(c);
        before = Some(c);
    }
    out
}

/// Splits a trailing edition year, set off by a colon or a hyphen, from the designation.
fn split_edition(text: &str) -> (String, Option<u16>, char) {
    if let Some(at) = text.rfind([':', '-']) {
        let (designation, rest) = text.split_at(at);
        let separator = rest.chars().next().unwrap_or(':');
        let year = rest
            .get(1..)
            .filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|year| year.parse::<u16>().ok())
            .filter(|year| (1900..2100).contains(year));
        let numbered = designation.chars().any(|c| c.is_ascii_digit());
        if let (Some(year), true) = (year, numbered) {
            return (designation.trim_end().to_owned(), Some(year), separator);
        }
    }
    (text.to_owned(), None, ':')
}

impl fmt::Display for StandardReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.edition {
            Some(year) => write!(f, "{}{}{year}", self.designation, self.separator),
            None => f.write_str(&self.designation),
        }
    }
}

serde_as_text!(
    StandardReference,
    "StandardReference",
    r"^.*[0-9].*$",
    "A standard: publisher, number and optional edition, such as ISO 9001:2015 or GB/T 19001-2016."
);
