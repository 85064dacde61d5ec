//! Where words begin and end in scripts that write spaces between them.

/// A letter or digit of a script that is written with spaces between words, or ASCII: a text of
/// nothing else is cut the same without a dictionary, several times as fast.
pub(super) fn is_plain(character: char) -> bool {
    character.is_ascii()
        || matches!(character,
            '\u{00C0}'..='\u{024F}' | '\u{0370}'..='\u{0481}' | '\u{048A}'..='\u{052F}'
            | '\u{0620}'..='\u{064A}' | '\u{0671}'..='\u{06D3}')
            && character.is_alphanumeric()
}

/// Cuts at ASCII punctuation, except a point or comma between digits. In ASCII text these are the
/// words, without UAX #29's tables and several times as fast; elsewhere it cuts what those tables
/// join (`example.com`, `a_b`), so that a word is found whatever script stands beside it.
pub(super) fn plain_words(text: &str, words: &mut Vec<String>) {
    let at = |index: usize| text.as_bytes().get(index).copied().unwrap_or(b' ');
    let mut start = 0;
    for (index, byte) in text.bytes().enumerate() {
        let before = index.checked_sub(1).map_or(b' ', at);
        let joins = matches!(byte, b'.' | b',')
            && before.is_ascii_digit()
            && at(index + 1).is_ascii_digit();
        if byte.is_ascii_alphanumeric() || !byte.is_ascii() || joins {
            continue;
        }
        words.extend(
            text.get(start..index)
                .filter(|word| !word.is_empty())
                .map(str::to_owned),
        );
        start = index + 1;
    }
    words.extend(
        text.get(start..)
            .filter(|word| !word.is_empty())
            .map(str::to_owned),
    );
}

/// Splits at apostrophes and drops what is left of an elided word (`d'`, `l'`, `qu'`) and a
/// possessive `'s`. Answers nothing if the text has none.
pub(super) fn split_elisions(prepared: &str) -> Option<String> {
    if !prepared.contains(is_apostrophe) {
        return None;
    }
    let mut split = String::with_capacity(prepared.len());
    let mut word_start = 0;
    let mut characters = prepared.chars().peekable();
    while let Some(character) = characters.next() {
        if is_apostrophe(character) {
            let before = split.get(word_start..).unwrap_or_default();
            if before.chars().count() == 1 || before == "qu" {
                split.truncate(word_start);
            }
            split.push(' ');
            word_start = split.len();
            let mut rest = characters.clone();
            if rest.next() == Some('s') && !rest.next().is_some_and(char::is_alphanumeric) {
                characters.next();
            }
        } else {
            split.push(character);
            if !character.is_alphanumeric() {
                word_start = split.len();
            }
        }
    }
    Some(split)
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | 'ʼ' | '＇')
}
