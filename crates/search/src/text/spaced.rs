//! Words without a dictionary, for what is compiled before the program is.

use super::plain::{is_plain, plain_words, split_elisions};

/// Words of a prepared text without a dictionary, the same as with one, or the character that needs one.
/// Marks that belong to no word are spaces.
pub(crate) fn spaced_words(prepared: &str) -> Result<Vec<String>, char> {
    let split = split_elisions(prepared);
    let text = split.as_deref().unwrap_or(prepared);
    let mut spaced = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            plain if is_plain(plain) => spaced.push(plain),
            mark if is_mark(mark) => spaced.push(' '),
            other => return Err(other),
        }
    }
    let mut words = Vec::new();
    plain_words(&spaced, &mut words);
    Ok(words)
}

/// Punctuation and signs that stand beside words and never within one.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{00A0}'..='\u{00A9}' | '\u{00AB}' | '\u{00AE}'..='\u{00B1}' | '\u{00BB}' | '×' | '÷'
            | '–' | '—' | '“' | '”' | '„' | '…' | '‰' | '€' | '٪' | '،' | '؛' | '؟'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
    )
}
