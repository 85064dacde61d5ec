//! Printed numbers: certificate, report and model numbers, as found and as compared.
//!
//! A number is never a key by itself: (issuer, number, revision) is. Look-ups compare the exact
//! and the normalised form; a number is never matched by similarity (format.md 1.14).

use unicode_normalization::UnicodeNormalization as _;

use crate::text::is_hidden;

mod alike;
#[cfg(test)]
mod tests;

pub use alike::{Alphabet, look_alike};

/// Longest normalised number in characters; longer ones are cut before they are indexed.
pub const MAX_NUMBER_CHARS: usize = 200;

/// A printed number as it is compared: NFKC, upper case, without spaces and `- – / . _`.
///
/// ```
/// assert_eq!(comity_model::number::normalise("bsi-dsz-cc 0322/2005"), "BSIDSZCC03222005");
/// ```
pub fn normalise(number: &str) -> String {
    compared(number).take(MAX_NUMBER_CHARS).collect()
}

/// The same of a number that it tells apart from every other: `None` where nothing is left of it,
/// or where it would be cut.
///
/// ```
/// assert_eq!(comity_model::number::whole("TR-7"), Some("TR7".to_owned()));
/// assert_eq!(comity_model::number::whole("---"), None);
/// ```
pub fn whole(number: &str) -> Option<String> {
    let form: String = compared(number).take(MAX_NUMBER_CHARS + 1).collect();
    let chars = form.chars().count();
    (1..=MAX_NUMBER_CHARS).contains(&chars).then_some(form)
}

fn compared(number: &str) -> impl Iterator<Item = char> {
    number
        .nfkc()
        .flat_map(char::to_uppercase)
        .filter(|c| !c.is_whitespace() && !c.is_control() && !is_separator(*c))
        // What stood apart may compose now: the form is the same when it is normalised again.
        .nfkc()
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        '-' | '/' | '.' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
    )
}

/// A printed number with the places at which it is divided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divided {
    /// What is compared, however long and however divided.
    whole: String,
    parts: Vec<String>,
}

impl Divided {
    /// Of a number as it is printed; none where nothing of it is left.
    pub fn new(number: &str) -> Option<Self> {
        let unseen = |c: &char| !is_hidden(*c) || c.is_whitespace();
        let spelled = number.nfkc().flat_map(char::to_uppercase).filter(unseen);
        let spelled: String = spelled.nfkc().collect();
        let parts = spelled.split(|c: char| c.is_whitespace() || is_separator(c));
        let parts = parts.filter(|part| !part.is_empty()).map(str::to_owned);
        let parts: Vec<String> = parts.collect();
        let whole: String = compared(&spelled).collect();
        (!whole.is_empty()).then_some(Self { whole, parts })
    }

    /// Whether the letters and digits are the same, wherever they are divided.
    pub fn has_letters_of(&self, other: &Self) -> bool {
        self.whole == other.whole
    }

    /// Whether it is also divided at the same places, or one of the two nowhere. A separator may
    /// divide a number from a year: `1/23` is not `12/3`.
    ///
    /// ```
    /// use comity_model::number::Divided;
    ///
    /// let number = |text| Divided::new(text).unwrap();
    /// assert!(number("DX-18 440").is_spelled_as(&number("dx 18/440")));
    /// assert!(number("DX-18 440").is_spelled_as(&number("DX18440")));
    /// assert!(!number("1/23").is_spelled_as(&number("12/3")));
    /// ```
    pub fn is_spelled_as(&self, other: &Self) -> bool {
        let undivided = self.parts.len() == 1 || other.parts.len() == 1;
        self.has_letters_of(other) && (undivided || self.parts == other.parts)
    }
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
