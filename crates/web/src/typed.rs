//! What somebody typed or pasted into the one box: a name of a record, a product code, or words.

use comity_model::product::ProductCode;
use comity_node::goods;
use comity_node::recognise::selector;
use comity_node::registers;
use comity_recognition::question::Selector;

#[cfg(test)]
mod tests;

/// What was recognised in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Typed {
    /// The name of one record: an identifier, a digest, or a link printed on paper.
    Record(String),
    /// A product code of the HS, digits only, written as only such a code is.
    Product(String),
    /// Digits that may be a product code of the HS and a number alike.
    Digits(String),
    /// Perhaps the number of a certificate: looked up first, then searched.
    Number(String),
    /// Words.
    Words(String),
}

/// Reads what was typed.
pub(crate) fn read(text: &str) -> Typed {
    let text = text.trim();
    if let Some(gtin) = registers::gtin(text) {
        return Typed::Words(gtin);
    }
    match selector(text, None) {
        Selector::Id(id) => {
            let uuid = id.strip_prefix("urn:uuid:").unwrap_or(&id);
            Typed::Record(uuid.to_owned())
        }
        Selector::RecordDigest(digest) => Typed::Record(digest),
        _ if text.is_empty() => Typed::Words(String::new()),
        _ => match (hs(text), digits(text)) {
            (_, Some(digits)) => Typed::Digits(digits),
            (Some(code), None) => Typed::Product(code),
            (None, None) => words_or_number(text),
        },
    }
}

/// Digits that a product code of the HS or a national tariff code is written with, and nothing
/// that says that they are one: a certificate may have the same number.
pub(crate) fn digits(text: &str) -> Option<String> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let code = if plain { hs(text) } else { None };
    let dotted = text.contains('.');
    code.or_else(|| national(text).filter(|_| !dotted))
}

/// An HS code as people write it: `8516.60`, `HS 851660`. Four, six or more digits
/// with a dot or after `HS`; plain digits of another length are a number like any other.
fn hs(text: &str) -> Option<String> {
    let upper = text.to_uppercase();
    let (said, rest) = match upper.strip_prefix("HS") {
        Some(rest) => (true, rest),
        None => (false, upper.as_str()),
    };
    let rest = rest.trim_start_matches([':', ' ', '-']);
    let plain = rest
        .chars()
        .all(|c| c.is_ascii_digit() || c == '.' || c == ' ');
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let dotted =
        rest.get(4..5) == Some(".") || rest.len() == 4 || (rest.len() == 6 && !rest.contains(' '));
    let shaped = plain && (said || dotted) && (2..=10).contains(&digits.len());
    (shaped && ProductCode::hs(&digits, None).is_some()).then_some(digits)
}

/// A national tariff code of eight or ten digits, with or without spaces and dots, whose first six
/// are a subheading with a plain name here: as digits only.
pub(crate) fn national(text: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_digit() || c == '.' || c == ' ';
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let shaped = text.chars().all(plain) && matches!(digits.len(), 8 | 10);
    let known = digits.get(..6).and_then(|six| goods::name(six, "en"));
    (shaped && known.is_some()).then_some(digits)
}

/// A number has a digit and no more than three words.
fn words_or_number(text: &str) -> Typed {
    let digit = text.chars().any(|c| c.is_ascii_digit());
    if digit && text.split_whitespace().count() <= 3 {
        Typed::Number(text.to_owned())
    } else {
        Typed::Words(text.to_owned())
    }
}
