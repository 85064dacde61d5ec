//! Query parameters: each is asked for by name, and what nobody asked for is refused.

use std::convert::Infallible;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;

use crate::problem::{Problem, ProblemKind};

#[cfg(test)]
mod tests;

/// Longest query string in bytes; several thousand filter values do not belong in an address.
pub const MAX_QUERY_STRING_BYTES: usize = 16 * 1024;
/// Longest value of one parameter in characters.
pub const MAX_VALUE_CHARS: usize = 2_000;

/// The query string as sent.
#[derive(Clone, Debug)]
pub(crate) struct Parameters {
    pairs: Result<Vec<(String, String)>, ProblemKind>,
    known: Vec<&'static str>,
}

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let long = parts.uri.query().map_or(0, str::len) > MAX_QUERY_STRING_BYTES;
        let pairs = match Query::<Vec<(String, String)>>::try_from_uri(&parts.uri) {
            _ if long => Err(ProblemKind::AddressTooLong),
            Ok(Query(pairs)) => Ok(pairs),
            Err(_) => Err(ProblemKind::MalformedRequest),
        };
        Ok(Self {
            pairs,
            known: Vec::new(),
        })
    }
}

impl Parameters {
    /// Every value of a parameter that may be repeated.
    ///
    /// # Errors
    /// More than `most` values, or one that is too long or holds control characters.
    pub(crate) fn many(&mut self, name: &'static str, most: usize) -> Result<Vec<String>, Problem> {
        self.known.push(name);
        let pairs = self.pairs.as_mut().map_err(|kind| {
            Problem::new(
                *kind,
                "The query string cannot be read; see the limits of this path.",
            )
        })?;
        let mut values = Vec::new();
        pairs.retain_mut(|(key, value)| {
            let wanted = key == name;
            if wanted {
                values.push(std::mem::take(value));
            }
            !wanted
        });
        if values.len() > most {
            let detail = match most {
                1 => "it may be given only once".to_owned(),
                most => format!("it may be given at most {most} times"),
            };
            return Err(Problem::parameter(name, "repeated", detail));
        }
        for value in &values {
            if value.chars().count() > MAX_VALUE_CHARS {
                let detail = format!("expected at most {MAX_VALUE_CHARS} characters");
                return Err(Problem::parameter(name, "tooLong", detail));
            }
            if value.chars().any(char::is_control) {
                let detail = "control characters cannot stand in it";
                return Err(Problem::parameter(name, "invalid", detail));
            }
        }
        Ok(values)
    }

    /// The value of a parameter that may be given once; an empty value counts as absent.
    ///
    /// # Errors
    /// As [`Parameters::many`].
    pub(crate) fn one(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        let value = self.many(name, 1)?.pop();
        Ok(value.filter(|value| !value.is_empty()))
    }

    /// The value of a parameter that must be given.
    ///
    /// # Errors
    /// As [`Parameters::one`], and if it is absent; `what` says what is expected.
    pub(crate) fn required(&mut self, name: &'static str, what: &str) -> Result<String, Problem> {
        self.one(name)?
            .ok_or_else(|| Problem::parameter(name, "missing", format!("expected {what}")))
    }

    /// A value of a type that is read from text.
    ///
    /// # Errors
    /// As [`Parameters::one`], and the reader's own.
    pub(crate) fn read<T: FromStr<Err: Display>>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Problem> {
        let value = self.one(name)?;
        value
            .map(|value| value.parse())
            .transpose()
            .map_err(|why: T::Err| Problem::parameter(name, "invalid", why.to_string()))
    }

    /// An integer within limits.
    ///
    /// # Errors
    /// As [`Parameters::one`], and outside the limits.
    pub(crate) fn integer(
        &mut self,
        name: &'static str,
        limits: RangeInclusive<u64>,
    ) -> Result<Option<u64>, Problem> {
        let Some(value) = self.one(name)? else {
            return Ok(None);
        };
        let digits = value.bytes().all(|byte| byte.is_ascii_digit());
        let number = value
            .parse()
            .ok()
            .filter(|number| digits && limits.contains(number));
        number.map(Some).ok_or_else(|| {
            let (least, most) = (limits.start(), limits.end());
            let detail = format!("expected an integer from {least} to {most}");
            Problem::parameter(name, "invalid", detail)
        })
    }

    /// One of a few words.
    ///
    /// # Errors
    /// As [`Parameters::one`], and for any other word.
    pub(crate) fn word<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&str, T)],
    ) -> Result<Option<T>, Problem> {
        let value = self.one(name)?;
        value.map(|value| among(name, &value, words)).transpose()
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// Parameters that nobody asked for, with the nearest known name.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        let pairs = self.pairs.map_err(|kind| {
            Problem::new(
                kind,
                "The query string cannot be read; see the limits of this path.",
            )
        })?;
        let Some((name, _)) = pairs.first() else {
            return Ok(());
        };
        let shown: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
        let detail = match nearest(&shown, &self.known) {
            _ if self.known.is_empty() => "this path takes no parameters".to_owned(),
            Some(known) => format!("this path knows no such parameter; did you mean `{known}`?"),
            None => format!("this path knows {}", self.known.join(", ")),
        };
        Err(Problem::parameter(&shown, "unknown", detail))
    }
}

/// The meaning of a word, one of a few.
///
/// # Errors
/// Any other word.
pub(crate) fn among<T: Copy>(name: &str, value: &str, words: &[(&str, T)]) -> Result<T, Problem> {
    let found = words.iter().find(|(word, _)| *word == value);
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        Problem::parameter(
            name,
            "invalid",
            format!("expected one of {}", known.join(", ")),
        )
    })
}

/// The known name that differs in at most a third of its letters, and least.
fn nearest<'a>(typed: &str, known: &[&'a str]) -> Option<&'a str> {
    let typed = typed.to_ascii_lowercase();
    let distances = known
        .iter()
        .map(|name| (distance(&typed, &name.to_ascii_lowercase()), *name));
    let (edits, name) = distances.min_by_key(|(edits, _)| *edits)?;
    (edits <= name.len().div_ceil(3)).then_some(name)
}

/// Letters to insert, delete or replace (Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, from) in left.chars().enumerate() {
        let mut diagonal = line;
        let mut before = line + 1;
        let mut next = vec![before];
        for (to, above) in right.iter().zip(row.iter().skip(1)) {
            let replaced = diagonal + usize::from(from != *to);
            before = replaced.min(before + 1).min(above + 1);
            diagonal = *above;
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
