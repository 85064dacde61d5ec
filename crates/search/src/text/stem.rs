//! Inflected forms of one word.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use frostem::{Algorithm, Stemmer};

use super::fold::{MAX_TERM_CHARS, fold};

/// Languages tried on a Latin word of unknown language in a document. English and French are the
/// languages most registers publish in; more would only add noise.
const LATIN_DOCUMENT: [Algorithm; 2] = [Algorithm::English, Algorithm::French];
/// Languages tried on a Latin word of a query, which carries no tag: those a document may be
/// tagged with.
const LATIN_QUERY: [Algorithm; 8] = [
    Algorithm::English,
    Algorithm::French,
    Algorithm::German,
    Algorithm::Spanish,
    Algorithm::Portuguese,
    Algorithm::Italian,
    Algorithm::Dutch,
    Algorithm::Turkish,
];

/// Words remembered with their stem, a language: registers repeat few words often. Beyond it all
/// are forgotten, so that a stranger's made-up words cost a few megabytes at most.
const MAX_KNOWN_STEMS: usize = 20_000;

/// Stems, and those of the words that were seen, a language.
#[derive(Default)]
pub(crate) struct Stems {
    known: BTreeMap<&'static str, HashMap<String, String>>,
}

impl fmt::Debug for Stems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Stems")
    }
}

impl Stems {
    /// Folded stems of a prepared word of a document: by its language tag where the tag and the
    /// script agree, else by script. Words with digits have none.
    pub(crate) fn of_document(&mut self, word: &str, tag: Option<&str>) -> Vec<String> {
        let script = Script::of(word);
        match tag.and_then(tagged).filter(|(_, of)| *of == script) {
            Some((language, _)) => self.stems(word, script, &[language]),
            None => self.stems(word, script, by_script(script, &LATIN_DOCUMENT)),
        }
    }

    /// Folded stems of a prepared word of a query, in every language it may be.
    pub(crate) fn of_query(&mut self, word: &str) -> Vec<String> {
        let script = Script::of(word);
        self.stems(word, script, by_script(script, &LATIN_QUERY))
    }

    fn stems(&mut self, word: &str, script: Script, languages: &[Algorithm]) -> Vec<String> {
        if word.chars().any(char::is_numeric) {
            return Vec::new();
        }
        let mut stems = Vec::with_capacity(languages.len() + 1);
        for language in languages {
            stems.push(self.stem(word, *language));
        }
        if script == Script::Arabic {
            stems.push(light_arabic(&fold(word)));
        }
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// The folded stem in one language.
    fn stem(&mut self, word: &str, language: Algorithm) -> String {
        let known = self.known.entry(language.name()).or_default();
        if let Some(stem) = known.get(word) {
            return stem.clone();
        }
        let stem = fold(&Stemmer::new(language).stem(word));
        if word.chars().count() <= MAX_TERM_CHARS {
            if known.len() >= MAX_KNOWN_STEMS {
                known.clear();
            }
            known.insert(word.to_owned(), stem.clone());
        }
        stem
    }
}

/// Scripts that differ in how their words are stemmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Greek,
    Tamil,
    Devanagari,
    Other,
}

impl Script {
    fn of(word: &str) -> Script {
        match word.chars().find(|character| character.is_alphabetic()) {
            Some('a'..='z' | '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}') => Script::Latin,
            Some('\u{0400}'..='\u{052F}') => Script::Cyrillic,
            Some('\u{0600}'..='\u{06FF}') => Script::Arabic,
            Some('\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}') => Script::Greek,
            Some('\u{0B80}'..='\u{0BFF}') => Script::Tamil,
            Some('\u{0900}'..='\u{097F}') => Script::Devanagari,
            _ => Script::Other,
        }
    }
}

fn by_script(script: Script, latin: &'static [Algorithm]) -> &'static [Algorithm] {
    match script {
        Script::Latin => latin,
        Script::Cyrillic => &[Algorithm::Russian],
        Script::Arabic => &[Algorithm::Arabic],
        Script::Greek => &[Algorithm::Greek],
        Script::Tamil => &[Algorithm::Tamil],
        Script::Devanagari => &[Algorithm::Hindi],
        Script::Other => &[],
    }
}

/// Stemmer and script of a BCP 47 tag.
fn tagged(tag: &str) -> Option<(Algorithm, Script)> {
    let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    Some(match primary.as_str() {
        "ar" => (Algorithm::Arabic, Script::Arabic),
        "da" => (Algorithm::Danish, Script::Latin),
        "nl" => (Algorithm::Dutch, Script::Latin),
        "en" => (Algorithm::English, Script::Latin),
        "fi" => (Algorithm::Finnish, Script::Latin),
        "fr" => (Algorithm::French, Script::Latin),
        "de" => (Algorithm::German, Script::Latin),
        "el" => (Algorithm::Greek, Script::Greek),
        "hi" => (Algorithm::Hindi, Script::Devanagari),
        "hu" => (Algorithm::Hungarian, Script::Latin),
        "it" => (Algorithm::Italian, Script::Latin),
        "nb" | "nn" | "no" => (Algorithm::Norwegian, Script::Latin),
        "pt" => (Algorithm::Portuguese, Script::Latin),
        "ro" => (Algorithm::Romanian, Script::Latin),
        "ru" => (Algorithm::Russian, Script::Cyrillic),
        "es" => (Algorithm::Spanish, Script::Latin),
        "sv" => (Algorithm::Swedish, Script::Latin),
        "ta" => (Algorithm::Tamil, Script::Tamil),
        "tr" => (Algorithm::Turkish, Script::Latin),
        _ => return None,
    })
}

/// Light stemming of a folded Arabic word: one definite article or conjunction and one suffix. It
/// stands beside Snowball's stem, which takes a singular and its plural in -at for two words.
fn light_arabic(folded: &str) -> String {
    let mut stem = folded;
    for prefix in ["وال", "بال", "كال", "فال", "ال", "لل", "و"] {
        if let Some(rest) = stem
            .strip_prefix(prefix)
            .filter(|rest| rest.chars().count() >= 3)
        {
            stem = rest;
            break;
        }
    }
    for suffix in ["يه", "ات", "ون", "ين", "ان", "ها", "ه", "ي"] {
        if let Some(rest) = stem
            .strip_suffix(suffix)
            .filter(|rest| rest.chars().count() >= 3)
        {
            stem = rest;
            break;
        }
    }
    stem.to_owned()
}

/// Words that say nothing alone, in the languages of the pages. A query does not insist on them.
pub(crate) fn is_stop_word(folded: &str) -> bool {
    const WORDS: [&str; 74] = [
        "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or",
        "the", "to", "with", "au", "aux", "avec", "ce", "d", "dans", "de", "des", "du", "en", "et",
        "l", "la", "le", "les", "ou", "par", "pour", "sur", "un", "une", "das", "der", "die",
        "fur", "im", "mit", "und", "von", "zu", "del", "el", "los", "las", "para", "por", "y", "в",
        "во", "для", "и", "из", "к", "на", "о", "от", "по", "с", "علي", "عن", "في", "من", "الي",
        "و", "的", "和", "与",
    ];
    WORDS.contains(&folded)
}
