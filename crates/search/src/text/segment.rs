//! Where words begin and end.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use super::plain::{is_plain, plain_words, split_elisions};

/// Words of a prepared text, in order, in their prepared form. Han, Kana and Thai are cut by
/// dictionary, other scripts by UAX #29; French elisions and English possessives are split off.
pub(crate) fn words(prepared: &str) -> Vec<String> {
    let split = split_elisions(prepared);
    let text = split.as_deref().unwrap_or(prepared);
    let mut words = Vec::new();
    if text.chars().all(is_plain) {
        plain_words(text, &mut words);
        return words;
    }
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut start = 0;
    for end in segmenter.segment_str(text) {
        // The segmenter's own answer goes by the last character, which may be a vowel sign.
        let word = text.get(start..end).unwrap_or_default();
        if word.contains(char::is_alphanumeric) {
            plain_words(word, &mut words);
        }
        start = end;
    }
    words
}
