//! Words of other scripts on a Latin keyboard.

use any_ascii::any_ascii;

use super::fold::MAX_TERM_CHARS;

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

/// A prepared word with its accents, under a mark that no stem has, for Vietnamese: there they tell
/// words apart that folding makes one.
pub(crate) fn accented(prepared: &str) -> String {
    let kept: String = prepared.chars().take(MAX_TERM_CHARS).collect();
    format!("={kept}")
}

/// Pairs of neighbouring Vietnamese syllables: most words are two of them, written apart.
pub(crate) fn pairs<'a>(syllables: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut pairs = Vec::new();
    let mut before: Option<&str> = None;
    for syllable in syllables {
        pairs.extend(before.map(|before| accented(&format!("{before} {syllable}"))));
        before = Some(syllable);
    }
    pairs
}

/// Whether a text has letters that only Vietnamese writes.
pub(crate) fn is_vietnamese(text: &str) -> bool {
    text.contains(|letter| matches!(letter, '\u{1EA0}'..='\u{1EF9}' | 'ơ' | 'ư' | 'Ơ' | 'Ư'))
}
