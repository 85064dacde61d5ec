//! The inside of JSON strings: escapes, order, and what text may hold.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::refusal::RefusalCode;

/// The inside of a string token as it stands in the bytes, without quotes.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawText<'a> {
    pub(super) raw: &'a str,
    /// True when all of it is ASCII without escapes, so that the order of
    /// bytes is the order of UTF-16 code units.
    pub(super) plain: bool,
}

impl<'a> RawText<'a> {
    /// The order RFC 8785, section 3.2.3, asks of member names: by UTF-16
    /// code units, which differs from bytes where a character beyond U+FFFF
    /// meets one from U+E000 to U+FFFF.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        if self.plain && other.plain {
            return self.raw.cmp(other.raw);
        }
        utf16_order(&self.unescaped(), &other.unescaped())
    }

    /// The text itself. Only the escapes that canonical text may hold are
    /// known, because only checked text comes here.
    pub(super) fn unescaped(&self) -> Cow<'a, str> {
        if !self.raw.contains('\\') {
            return Cow::Borrowed(self.raw);
        }
        let mut text = String::with_capacity(self.raw.len());
        let mut characters = self.raw.chars();
        while let Some(character) = characters.next() {
            if character != '\\' {
                text.push(character);
                continue;
            }
            match characters.next() {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some(other) => text.push(other),
                None => {}
            }
        }
        Cow::Owned(text)
    }
}

/// Compares two texts by UTF-16 code units.
pub(super) fn utf16_order(one: &str, other: &str) -> Ordering {
    one.encode_utf16().cmp(other.encode_utf16())
}

/// Says what keeps a code point out of text, if anything. Format v1, 1.8.
pub(super) fn objection(code_point: u32) -> Option<RefusalCode> {
    match code_point {
        0x09 | 0x0A => None,
        0..=0x1F => Some(RefusalCode::ControlCharacter),
        0xD800..=0xDFFF => Some(RefusalCode::LoneSurrogate),
        0xFDD0..=0xFDEF => Some(RefusalCode::Noncharacter),
        _ if code_point & 0xFFFE == 0xFFFE => Some(RefusalCode::Noncharacter),
        _ => None,
    }
}

/// Reads `\u` and its four digits, and the low half that follows a high one.
///
/// `after_u` begins behind the `u`. Answers the code point and the length of
/// all digits read (4, or 10 for a pair).
pub(super) fn unicode_escape(after_u: &[u8]) -> Result<(u32, usize), RefusalCode> {
    let first = four_digits(after_u).ok_or(RefusalCode::InvalidEscape)?;
    if !(0xD800..=0xDFFF).contains(&first) {
        return Ok((first, 4));
    }
    let low = match after_u.get(4..) {
        Some([b'\\', b'u', rest @ ..]) => four_digits(rest),
        _ => None,
    };
    match low {
        Some(low) if first < 0xDC00 && (0xDC00..=0xDFFF).contains(&low) => {
            Ok((0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00), 10))
        }
        _ => Err(RefusalCode::LoneSurrogate),
    }
}

fn four_digits(bytes: &[u8]) -> Option<u32> {
    bytes.get(..4)?.iter().try_fold(0_u32, |number, byte| {
        let digit = char::from(*byte).to_digit(16)?;
        Some(number * 16 + digit)
    })
}

/// Writes a text as a JSON string with the shortest escapes, quotes included.
pub(super) fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            other => out.push(other),
        }
    }
    out.push('"');
}
