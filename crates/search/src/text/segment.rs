//! Where words begin and end.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

/// Words of a prepared text, in order, in their prepared form. Han, Kana and Thai are cut by
/// dictionary, other scripts by UAX #29; French elisions and English possessives are split off.
pub(crate) fn words(prepared: &str) -> Vec<String> {
    let split = split_elisions(prepared);
    let text = split.as_deref().unwrap_or(prepared);
    let mut words = Vec::new();
    if text.is_ascii() {
        plain_words(text, &mut words);
        return words;
    }
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut start = 0;
    let mut breaks = segmenter.segment_str(text);
    while let Some(end) = breaks.next() {
        if breaks.is_word_like()
            && let Some(word) = text.get(start..end)
        {
            plain_words(word, &mut words);
        }
        start = end;
    }
    words
}

/// Cuts at ASCII punctuation, except a point or comma between digits. In ASCII text these are the
/// words, without UAX #29's tables and several times as fast; elsewhere it cuts what those tables
/// join (`example.com`, `a_b`), so that a word is found whatever script stands beside it.
fn plain_words(text: &str, words: &mut Vec<String>) {
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
fn split_elisions(prepared: &str) -> Option<String> {
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

/// Whether a character is written without spaces between words and is indexed in pairs as well:
/// Han, Kana and Hangul.
pub(crate) fn is_ideographic(character: char) -> bool {
    matches!(
        character,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{323AF}'
    )
}

/// Pairs of neighbouring ideographs, and the last one of each run alone, so that every single
/// ideograph begins a gram. Dictionary words depend on their neighbours; pairs do not, so 电线 is
/// found inside 电线电缆 however that was cut.
pub(crate) fn grams(prepared: &str) -> Vec<String> {
    let mut grams = Vec::new();
    let mut previous: Option<char> = None;
    for character in prepared.chars() {
        if !is_ideographic(character) {
            grams.extend(previous.take().map(String::from));
            continue;
        }
        if let Some(first) = previous {
            grams.push(String::from_iter([first, character]));
        }
        previous = Some(character);
    }
    grams.extend(previous.map(String::from));
    grams
}
