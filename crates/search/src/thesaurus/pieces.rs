//! Words and runs of ideographs, of what is typed and of the thesaurus alike.

use crate::text::{Stems, fold, is_stop_word, runs};

/// A word, or a run of ideographs.
pub(super) enum Piece<'a> {
    Word(String),
    Ideographs(&'a str),
}

/// The pieces of a prepared text without words that say nothing; `words` cuts what is not written
/// in ideographs.
///
/// # Errors
/// What `words` finds wrong.
pub(super) fn pieces<F>(
    prepared: &str,
    words: impl Fn(&str) -> Result<Vec<String>, F>,
) -> Result<Vec<Piece<'_>>, F> {
    let mut found = Vec::new();
    for (run, ideographic) in runs(prepared) {
        if ideographic {
            found.push(Piece::Ideographs(run));
        } else {
            let telling = words(run)?.into_iter();
            let telling = telling.filter(|word| !is_stop_word(&fold(word)));
            found.extend(telling.map(Piece::Word));
        }
    }
    Ok(found)
}

/// Languages in Latin letters whose stems are kept apart: `cooked` and `cooker` are one word to the
/// French stemmer.
const LATIN: [&str; 2] = ["en", "fr"];
/// Begins a stem of one of those; no word begins with it.
pub(super) const STEM_MARK: char = '\u{1}';

/// Fewest letters of an Arabic word before which a preposition is cut off.
const MIN_ARABIC_LETTERS: usize = 4;

/// Spellings under which a word is known: its own, and its stems in the language of a phrase, or in
/// every one where that is not known.
pub(super) fn spellings(word: &str, language: Option<&str>, stems: &mut Stems) -> Vec<String> {
    let first = word.chars().find(|character| character.is_alphabetic());
    let mut keys = vec![fold(word)];
    if first.is_some_and(|letter| matches!(letter, 'a'..='z' | '\u{00C0}'..='\u{024F}')) {
        let own = LATIN.iter().filter(|latin| language == Some(**latin));
        let own: Vec<_> = own.collect();
        let languages = if own.is_empty() {
            LATIN.iter().collect()
        } else {
            own
        };
        for latin in languages {
            let found = stems.of_document(word, Some(latin)).into_iter();
            keys.extend(found.map(|stem| format!("{STEM_MARK}{latin} {stem}")));
        }
    } else {
        keys.extend(stems.of_document(word, language));
        let arabic = arabic_forms(keys.first().map_or("", String::as_str), language.is_none());
        keys.extend(arabic);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Singular of an Arabic plural in -yat, which the stems take for another word; and, of what is typed,
/// the word without a preposition that is written as its first letter.
fn arabic_forms(folded: &str, typed: bool) -> Vec<String> {
    let mut forms = Vec::new();
    let bare = folded.strip_prefix("ال").unwrap_or(folded);
    let bare = bare.strip_prefix("لل").unwrap_or(bare);
    forms.extend(bare.strip_suffix("يات").map(|one| format!("{one}يه")));
    if typed {
        let without = ["ل", "ب"]
            .iter()
            .find_map(|letter| bare.strip_prefix(letter));
        let long = without.filter(|rest| rest.chars().count() >= MIN_ARABIC_LETTERS);
        forms.extend(long.map(str::to_owned));
    }
    forms
}
