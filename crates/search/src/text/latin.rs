//! Words of other scripts on a Latin keyboard.

use any_ascii::any_ascii;

use super::fold::{MAX_TERM_CHARS, fold};

/// A prepared word in Latin letters, for readers with another keyboard; nothing where it is Latin
/// already or where transliteration is useless (Arabic writes no vowels).
pub(crate) fn latin(prepared: &str) -> Option<String> {
    let foreign = prepared
        .chars()
        .any(|character| !character.is_ascii() && !matches!(character, '\u{0080}'..='\u{024F}'));
    let arabic = prepared
        .chars()
        .any(|character| matches!(character, '\u{0600}'..='\u{06FF}'));
    if !foreign || arabic {
        return None;
    }
    let written: String = any_ascii(prepared)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(MAX_TERM_CHARS)
        .collect();
    (written.len() >= 2).then(|| written.to_ascii_lowercase())
}

/// A prepared word with its accents, under a mark that no stem has; nothing where folding loses none.
/// Where accents tell words apart, as in Vietnamese, who writes them means them.
pub(crate) fn accented(prepared: &str) -> Option<String> {
    let kept: String = prepared.chars().take(MAX_TERM_CHARS).collect();
    (!prepared.is_ascii() && fold(prepared) != kept).then(|| format!("={kept}"))
}
