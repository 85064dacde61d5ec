//! What the reader asked, from the address: a page takes what it knows and lets the rest be.

use std::str::FromStr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use comity_model::party::is_economy;
use comity_model::text::is_bidi_control;

use crate::site::{App, Site};
use crate::trouble::Trouble;

/// Longest query string that is read, in bytes: a page repeats it in many of its links. What is
/// longer is refused as a whole, for a part of a question is another question.
pub(crate) const MAX_QUERY_STRING_BYTES: usize = 8 * 1024;
/// Most names and values that are read.
pub(crate) const MAX_PAIRS: usize = 60;
/// Longest value of one parameter in characters.
pub(crate) const MAX_VALUE_CHARS: usize = 2_000;

/// The query string as names and values, without control characters and direction marks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pairs: Vec<(String, String)>,
    /// The path after the language, with its query string: the same page in another language.
    pub(crate) here: String,
}

/// More is asked in an address than is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMuch;

impl FromRequestParts<Site> for Asked {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Trouble> {
        Self::of(&parts.uri).map_err(|TooMuch| site.too_much())
    }
}

impl FromRequestParts<Arc<App>> for Asked {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, StatusCode> {
        Self::of(&parts.uri).map_err(|TooMuch| StatusCode::URI_TOO_LONG)
    }
}

/// As records are projected (format.md 1.8): what was typed turns no page, and is asked as it is
/// shown.
fn clean(value: &str) -> String {
    let said = |c: &char| !c.is_control() && !is_bidi_control(*c);
    let text: String = value.chars().filter(said).map(western).collect();
    text.trim().to_owned()
}

/// Whether a text that is asked by an address is read there as it stands.
pub(crate) fn is_kept(value: &str) -> bool {
    clean(value) == value && value.chars().count() <= MAX_VALUE_CHARS
}

/// Digits of Arabic keyboards as codes, numbers and days are printed.
fn western(c: char) -> char {
    let digit = |zero: char| {
        let value = u32::from(c).checked_sub(u32::from(zero));
        value.and_then(|value| char::from_digit(value, 10))
    };
    match c {
        '\u{0660}'..='\u{0669}' => digit('\u{0660}').unwrap_or(c),
        '\u{06F0}'..='\u{06F9}' => digit('\u{06F0}').unwrap_or(c),
        '\u{066B}' => '.',
        c => c,
    }
}

impl Asked {
    /// What an address asks.
    ///
    /// # Errors
    /// [`TooMuch`]: nothing of it is left out.
    fn of(uri: &Uri) -> Result<Self, TooMuch> {
        let query = uri.query().unwrap_or_default();
        if query.len() > MAX_QUERY_STRING_BYTES {
            return Err(TooMuch);
        }
        let mut here = uri.path().trim_start_matches('/').to_owned();
        if !query.is_empty() {
            here.push('?');
            here.push_str(query);
        }
        let pairs = form_urlencoded::parse(query.as_bytes());
        let pairs: Vec<_> = pairs
            .take(MAX_PAIRS + 1)
            .map(|(name, value)| (name.into_owned(), clean(&value)))
            .collect();
        let long = |(_, value): &(String, String)| value.chars().count() > MAX_VALUE_CHARS;
        if pairs.len() > MAX_PAIRS || pairs.iter().any(long) {
            return Err(TooMuch);
        }
        Ok(Self { pairs, here })
    }

    /// Where it is to count; `Err` holds what is no one economy.
    pub(crate) fn place(&self) -> Result<Option<&str>, String> {
        match self.only("in")? {
            Some(place) if !is_economy(place) => Err(place.to_owned()),
            place => Ok(place),
        }
    }

    /// The one value of a parameter; an empty one counts as absent. `Err` holds several that differ:
    /// to answer the first of them would be to answer another question.
    pub(crate) fn only(&self, name: &str) -> Result<Option<&str>, String> {
        let first = self.one(name);
        if self.many(name).all(|other| Some(other) == first) {
            return Ok(first);
        }
        Err(self.many(name).collect::<Vec<_>>().join(", "))
    }

    /// The first value of a parameter; an empty one counts as absent.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.many(name).next()
    }

    /// The values of a parameter that may be repeated.
    pub(crate) fn many(&self, name: &str) -> impl Iterator<Item = &str> {
        let pairs = self.pairs.iter();
        pairs
            .filter(move |(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The one value of a type that is read from text: `Err` holds what cannot be read.
    pub(crate) fn read<T: FromStr>(&self, name: &str) -> Result<Option<T>, String> {
        let value = self.only(name)?;
        value
            .map(|value| value.parse().map_err(|_| value.to_owned()))
            .transpose()
    }

    /// Names and values as they were given, without those of these names.
    pub(crate) fn without<'a>(
        &'a self,
        names: &'a [&str],
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let pairs = self.pairs.iter();
        pairs
            .filter(|(name, value)| !names.contains(&name.as_str()) && !value.is_empty())
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A query string from names and values.
pub(crate) fn query_string<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    query.finish()
}
