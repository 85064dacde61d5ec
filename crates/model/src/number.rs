//! Printed numbers: certificate, report and model numbers, as found and as compared.
//!
//! A number is never a key by itself: (issuer, number, revision) is. Look-ups compare the exact
//! and the normalised form; a number is never matched by similarity (format.md 1.14).

use unicode_normalization::UnicodeNormalization as _;

#[cfg(test)]
mod tests;

/// Longest normalised number in characters; longer ones are cut before they are indexed.
pub const MAX_NUMBER_CHARS: usize = 200;

/// A printed number as it is compared: NFKC, upper case, without spaces and `- – / . _`.
///
/// ```
/// assert_eq!(comity_model::number::normalise("bsi-dsz-cc 0322/2005"), "BSIDSZCC03222005");
/// ```
pub fn normalise(number: &str) -> String {
    number
        .nfkc()
        .flat_map(char::to_uppercase)
        .filter(|c| !c.is_whitespace() && !c.is_control() && !is_separator(*c))
        // What stood apart may compose now: the form is the same when it is normalised again.
        .nfkc()
        .take(MAX_NUMBER_CHARS)
        .collect()
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        '-' | '/' | '.' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
    )
}

/// A model number as it is compared: NFKC, case folded, surrounding space dropped.
pub fn fold_model(model: &str) -> String {
    model
        .nfkc()
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Whether the model number `listed` in a record covers the model `asked`: exactly, or by one
/// trailing `*` (format.md 1.14). Both are compared after [`fold_model`].
pub fn model_covers(listed: &str, asked: &str) -> bool {
    let (listed, asked) = (fold_model(listed), fold_model(asked));
    match listed.strip_suffix('*') {
        Some(prefix) => asked.starts_with(prefix),
        None => listed == asked,
    }
}
