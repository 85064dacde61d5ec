//! Certificate numbers, standards and HS codes, which word analysis would break apart.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::document::MAX_CODE_CHARS;
use crate::text::{clean, compatible};

/// Shortest code fragment under which a number is found by part; shorter ones match too much.
const MIN_PART_CHARS: usize = 4;
/// Most fragments kept of one number; nine groups give 44.
const MAX_PARTS: usize = 44;
/// Most groups of one number that are looked at for fragments.
const MAX_GROUPS: usize = 9;

/// A code as people compare it: NFKC, upper case, letters and digits only, Latin ones without
/// accents. Wider than the stored normal form of `format.md` 1.14 (which keeps other punctuation), as
/// search may find too much.
pub(crate) fn key(printed: &str) -> String {
    let key: String = compatible(&clean(printed, MAX_CODE_CHARS))
        .flat_map(char::to_uppercase)
        .filter(|character| character.is_alphanumeric())
        .collect();
    if key.is_ascii() {
        return key;
    }
    let mut latin = false;
    let plain = key.nfd().filter(|character| {
        let accent = is_combining_mark(*character);
        latin = character.is_ascii() || (latin && accent);
        !(latin && accent)
    });
    plain.nfc().collect()
}

/// Keys under which a number is found whole: its key, and for a GTIN of any length the one padded
/// to 14 digits (GS1 General Specifications 3.1).
pub(crate) fn number_keys(printed: &str) -> Vec<String> {
    let key = key(printed);
    if key.is_empty() {
        return Vec::new();
    }
    let is_gtin = matches!(key.len(), 8 | 12 | 13) && key.bytes().all(|byte| byte.is_ascii_digit());
    let padded = is_gtin.then(|| format!("{key:0>14}"));
    std::iter::once(key).chain(padded).collect()
}

/// Keys of every run of neighbouring groups of a number, so that `0322-2005` finds
/// `BSI-DSZ-CC-0322-2005`. Only runs with a digit, or that begin the number.
pub(crate) fn number_parts(printed: &str) -> Vec<String> {
    let cleaned: String = compatible(&clean(printed, MAX_CODE_CHARS))
        .flat_map(char::to_uppercase)
        .collect();
    let groups: Vec<&str> = cleaned
        .split(|character: char| !character.is_alphanumeric())
        .filter(|group| !group.is_empty())
        .take(MAX_GROUPS)
        .collect();
    let mut parts = Vec::new();
    for start in 0..groups.len() {
        let mut part = String::new();
        for (offset, group) in groups.iter().skip(start).enumerate() {
            part.push_str(group);
            let whole = start == 0 && offset + 1 == groups.len();
            let telling = start == 0 || part.chars().any(|character| character.is_ascii_digit());
            if !whole && telling && part.chars().count() >= MIN_PART_CHARS {
                parts.push(part.clone());
            }
        }
    }
    parts.truncate(MAX_PARTS);
    parts
}

/// Keys of what in a text may be a number or model of several groups, and of neighbouring groups of
/// it: `M7892-B11`, and also `M7892 B11`.
pub(crate) fn mentions(text: &str) -> Vec<String> {
    let telling = |piece: &str| piece.contains(|character: char| character.is_ascii_digit());
    let mut found = Vec::new();
    let mut before: Option<&str> = None;
    for piece in text.split_whitespace() {
        let piece = piece.trim_matches(|character: char| !character.is_alphanumeric());
        if !telling(piece) {
            before = None;
            continue;
        }
        if piece.contains(|character: char| !character.is_alphanumeric()) {
            found.extend(number_parts(piece));
            found.push(key(piece));
        }
        if let Some(before) = before {
            found.push(key(&format!("{before} {piece}")));
        }
        before = Some(piece);
    }
    found
}

/// A standard without its edition: `ISO 9001:2015` and `GB/T 19001-2016` lose their years. A year
/// of two digits could be a part and stays.
pub(crate) fn without_edition(standard: &str) -> &str {
    let is_year = |text: &str| {
        text.len() >= 4
            && text.bytes().take(4).all(|byte| byte.is_ascii_digit())
            && !text.as_bytes().get(4).is_some_and(u8::is_ascii_digit)
    };
    if let Some((bare, edition)) = standard.rsplit_once(':')
        && is_year(edition.trim_start())
    {
        return bare.trim_end();
    }
    if let Some((bare, edition)) = standard.rsplit_once(['-', '–', '—'])
        && edition.len() == 4
        && is_year(edition)
        && (edition.starts_with("19") || edition.starts_with("20"))
    {
        return bare.trim_end();
    }
    standard
}

/// The standard of which this is a part: `IEC 60335-2-40` belongs to `IEC 60335`.
pub(crate) fn family(standard: &str) -> Option<&str> {
    let bare = without_edition(standard);
    let digit = bare.find(|character: char| character.is_ascii_digit())?;
    let dash = bare.get(digit..)?.find(['-', '–', '—'])?;
    bare.get(..digit + dash)
}

/// Digits of an HS code, whatever stands between them.
pub(crate) fn hs_digits(code: &str) -> String {
    compatible(&clean(code, MAX_CODE_CHARS))
        .filter(char::is_ascii_digit)
        .take(12)
        .collect()
}

/// Chapter, heading, subheading and national lines above a code, itself included: one term each,
/// because a prefix as a term is faster than a range (`performance.md`).
pub(crate) fn hs_prefixes(digits: &str) -> Vec<&str> {
    let mut prefixes: Vec<&str> = [2, 4, 6, 8, 10]
        .into_iter()
        .filter_map(|length| digits.get(..length))
        .collect();
    if !digits.is_empty() && !prefixes.contains(&digits) {
        prefixes.push(digits);
    }
    prefixes
}

#[cfg(test)]
mod tests;
