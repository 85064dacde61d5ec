//! Addresses of other registers: what is read from a link that names a certificate elsewhere.
//!
//! The table is `registers.toml`, which says of each row where its addresses were seen. Nothing is
//! fetched: an address is a way to write a number, and proves nothing.

use std::sync::OnceLock;

use comity_model::text::{is_refused, projected};
use reqwest::Url;
use serde::Deserialize;

#[cfg(test)]
mod tests;

/// Longest address that is read, in bytes; what is longer holds more than a number.
pub const MAX_ADDRESS_BYTES: usize = 2_000;
/// Longest number that is taken from one, in characters.
pub const MAX_READ_CHARS: usize = 200;

/// A register whose addresses are read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Its name, as it calls itself.
    pub name: String,
    /// Identifier to which an import attributes its rows; absent where it has many issuers.
    #[serde(default)]
    pub issuer: Option<String>,
    /// Host names, in full.
    pub hosts: Vec<String>,
    /// Patterns of paths: `*` stands for one part, `{number}` for the number.
    pub paths: Vec<String>,
    /// The query parameter that holds the number, where the path does not.
    #[serde(default)]
    pub query: Option<String>,
    /// The number consists of digits only.
    #[serde(default)]
    pub digits: bool,
    /// Where such addresses were seen.
    pub source: String,
    /// On that day.
    pub checked: comity_model::date::Day,
    /// Addresses, each with the number that is read from it.
    pub example: Vec<(String, String)>,
}

/// What an address says.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Whose address it is.
    pub register: &'static Register,
    /// The number, as printed.
    pub number: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    register: Vec<Register>,
}

/// The registers whose addresses are read.
pub fn registers() -> &'static [Register] {
    static READ: OnceLock<Vec<Register>> = OnceLock::new();
    READ.get_or_init(|| {
        toml::from_str::<Table>(include_str!("../registers.toml"))
            .map(|table| table.register)
            // A test holds that the table can be read.
            .unwrap_or_default()
    })
}

/// Reads the address of a certificate in another register; `None` for everything else.
///
/// The host must be one of the table's, letter by letter: a host that only looks like it, one with
/// a user name before it or with a port of its own is another's.
pub fn read(text: &str) -> Option<Reading> {
    let text = text.trim();
    if text.len() > MAX_ADDRESS_BYTES || text.contains(|c: char| c.is_control() || c == '\\') {
        return None;
    }
    let url = match Url::parse(text) {
        Ok(url) if url.has_host() => url,
        // Typed without its scheme.
        _ => Url::parse(&format!("https://{text}")).ok()?,
    };
    let plain = matches!(url.scheme(), "https" | "http")
        && url.username().is_empty()
        && url.password().is_none()
        && url.port().is_none();
    let host = url.host_str().filter(|_| plain)?;
    let mut of_host = registers()
        .iter()
        .filter(|register| register.hosts.iter().any(|known| known == host));
    of_host.find_map(|register| {
        let number = register.number_in(&url)?;
        Some(Reading { register, number })
    })
}

/// The GTIN in a GS1 Digital Link, of whatever host (GS1 Digital Link: URI Syntax 1.4, section 4):
/// 14 digits behind `/01/`, with their check digit; those of 13 digits without the leading zero. It
/// names a product and no certificate.
pub fn gtin(text: &str) -> Option<String> {
    let text = text.trim();
    let url = Url::parse(text).ok().filter(|url| {
        matches!(url.scheme(), "https" | "http") && text.len() <= MAX_ADDRESS_BYTES
    })?;
    let parts: Vec<&str> = url.path_segments()?.collect();
    let digits = parts.windows(2).find_map(|pair| match pair {
        ["01", digits] => Some(*digits),
        _ => None,
    })?;
    let formed = digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit());
    // GS1 General Specifications, 7.9.1: weights 3 and 1 from the left, the sum a multiple of ten.
    let weighted = digits.bytes().zip([3_u32, 1].into_iter().cycle());
    let sum: u32 = weighted
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
        .sum();
    let valid = formed && sum.is_multiple_of(10);
    valid.then(|| digits.strip_prefix('0').unwrap_or(digits).to_owned())
}

impl Register {
    fn number_in(&self, url: &Url) -> Option<String> {
        let mut in_path = (self.paths.iter()).find_map(|pattern| number_in_path(pattern, url))?;
        if let Some(name) = &self.query {
            let mut pairs = url.query_pairs();
            let (_, value) = pairs.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
            in_path = value.into_owned();
        }
        let number = in_path.trim();
        let legible = number.chars().count() <= MAX_READ_CHARS
            && !number.contains(is_refused)
            && projected(&in_path) == in_path
            && number.contains(|c: char| c.is_alphanumeric());
        let formed = !self.digits || number.bytes().all(|byte| byte.is_ascii_digit());
        (legible && formed).then(|| number.to_owned())
    }
}

/// What stands in the place of `{number}`, if the path is of that pattern; nothing where the
/// pattern has no such place.
fn number_in_path(pattern: &str, url: &Url) -> Option<String> {
    let mut parts = url.path_segments()?;
    let mut number = String::new();
    for wanted in pattern.split('/').skip(1) {
        let part = decoded(parts.next()?)?;
        match wanted.split_once("{number}") {
            Some((before, after)) => {
                let end = part.len().checked_sub(after.len())?;
                let (start, tail) = (part.get(..before.len())?, part.get(end..)?);
                if !(start.eq_ignore_ascii_case(before) && tail.eq_ignore_ascii_case(after)) {
                    return None;
                }
                part.get(before.len()..end)?.clone_into(&mut number);
            }
            None if wanted == "*" && !part.is_empty() => {}
            None if part.eq_ignore_ascii_case(wanted) => {}
            None => return None,
        }
    }
    // An address may end in a slash.
    let rest = parts.next();
    let ends = rest.is_none() || (rest == Some("") && parts.next().is_none());
    ends.then_some(number)
}

/// A part of a path without its percent-encoding (RFC 3986, 2.1); `None` if it is no UTF-8.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let (digits, after) = rest.split_at_checked(2)?;
        bytes.extend(hex::decode(digits).ok()?);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}
