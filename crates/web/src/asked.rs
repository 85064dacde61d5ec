//! What the reader asked, from the address: a page takes what it knows and lets the rest be.

use std::convert::Infallible;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// Longest query string that is read, in bytes: a page repeats it in many of its links.
pub(crate) const MAX_QUERY_STRING_BYTES: usize = 4 * 1024;
/// The same where what was typed or read from a code is sent on and nothing is repeated.
const MAX_TYPED_BYTES: usize = 16 * 1024;
/// Most names and values that are read; more are left out.
const MAX_PAIRS: usize = 60;
/// Longest value of one parameter in characters; more is cut.
pub(crate) const MAX_VALUE_CHARS: usize = 2_000;
/// Most values of one parameter; more are left out.
pub(crate) const MAX_VALUES: usize = 50;

/// The query string as names and values, without control characters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pairs: Vec<(String, String)>,
    /// The path after the language, with its query string: the same page in another language.
    pub(crate) here: String,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let most = if parts.uri.path() == "/go" {
            MAX_TYPED_BYTES
        } else {
            MAX_QUERY_STRING_BYTES
        };
        let query = if query.len() > most { "" } else { query };
        let path = parts.uri.path().trim_start_matches('/');
        let mut here = path.to_owned();
        if !query.is_empty() {
            here.push('?');
            here.push_str(query);
        }
        let pairs = form_urlencoded::parse(query.as_bytes());
        Ok(Self {
            pairs: pairs
                .take(MAX_PAIRS)
                .map(|(name, value)| (name.into_owned(), clean(&value)))
                .collect(),
            here,
        })
    }
}

fn clean(value: &str) -> String {
    let plain = value.chars().filter(|c| !c.is_control()).map(western);
    let text: String = plain.take(MAX_VALUE_CHARS).collect();
    text.trim().to_owned()
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
    /// The value of a parameter; an empty one counts as absent.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.many(name).next()
    }

    /// The values of a parameter that may be repeated.
    pub(crate) fn many(&self, name: &str) -> impl Iterator<Item = &str> {
        let pairs = self.pairs.iter();
        pairs
            .filter(move |(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
            .take(MAX_VALUES)
    }

    /// A value of a type that is read from text: `Err` holds what cannot be read.
    pub(crate) fn read<T: FromStr>(&self, name: &str) -> Result<Option<T>, String> {
        let value = self.one(name);
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
