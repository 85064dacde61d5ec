//! Inflected forms of one word.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer};

use super::fold::{MAX_TERM_CHARS, fold};

/// Languages tried on a Latin word of unknown language in a document. English and French are the
/// languages most registers publish in; more would only add noise.
const LATIN_DOCUMENT: [Language; 2] = [Language::English, Language::French];
/// Languages tried on a Latin word of a query, which carries no tag: those a document may be
/// tagged with.
const LATIN_QUERY: [Language; 7] = [
    Language::English,
    Language::French,
    Language::German,
    Language::Spanish,
    Language::Portuguese,
    Language::Italian,
    Language::Dutch,
];

/// Words remembered with their stem, a language: registers repeat few words often. Beyond it all
/// are forgotten, so that a stranger's made-up words cost a few megabytes at most.
const MAX_KNOWN_STEMS: usize = 20_000;

/// Stemmers, made once and kept: making one costs more than using it.
#[derive(Default)]
pub(crate) struct Stems {
    languages: BTreeMap<u8, Stemming>,
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

    fn stems(&mut self, word: &str, script: Script, languages: &[Language]) -> Vec<String> {
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
    fn stem(&mut self, word: &str, language: Language) -> String {
        let stemming = self
            .languages
            .entry(language as u8)
            .or_insert_with(|| Stemming {
                analyzer: TextAnalyzer::builder(RawTokenizer::default())
                    .filter(Stemmer::new(language))
                    .build(),
                known: HashMap::new(),
            });
        if let Some(stem) = stemming.known.get(word) {
            return stem.clone();
        }
        let mut stream = stemming.analyzer.token_stream(word);
        let stem = if stream.advance() {
            fold(&stream.token().text)
        } else {
            fold(word)
        };
        if word.chars().count() <= MAX_TERM_CHARS {
            if stemming.known.len() >= MAX_KNOWN_STEMS {
                stemming.known.clear();
            }
            stemming.known.insert(word.to_owned(), stem.clone());
        }
        stem
    }
}

/// One language's stemmer and the words it has seen.
struct Stemming {
    analyzer: TextAnalyzer,
    known: HashMap<String, String>,
}

/// Scripts that differ in how their words are stemmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Greek,
    Tamil,
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
            _ => Script::Other,
        }
    }
}

fn by_script(script: Script, latin: &'static [Language]) -> &'static [Language] {
    match script {
        Script::Latin => latin,
        Script::Cyrillic => &[Language::Russian],
        Script::Arabic => &[Language::Arabic],
        Script::Greek => &[Language::Greek],
        Script::Tamil => &[Language::Tamil],
        Script::Other => &[],
    }
}

/// Stemmer and script of a BCP 47 tag.
fn tagged(tag: &str) -> Option<(Language, Script)> {
    let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    Some(match primary.as_str() {
        "ar" => (Language::Arabic, Script::Arabic),
        "da" => (Language::Danish, Script::Latin),
        "nl" => (Language::Dutch, Script::Latin),
        "en" => (Language::English, Script::Latin),
        "fi" => (Language::Finnish, Script::Latin),
        "fr" => (Language::French, Script::Latin),
        "de" => (Language::German, Script::Latin),
        "el" => (Language::Greek, Script::Greek),
        "hu" => (Language::Hungarian, Script::Latin),
        "it" => (Language::Italian, Script::Latin),
        "nb" | "nn" | "no" => (Language::Norwegian, Script::Latin),
        "pt" => (Language::Portuguese, Script::Latin),
        "ro" => (Language::Romanian, Script::Latin),
        "ru" => (Language::Russian, Script::Cyrillic),
        "es" => (Language::Spanish, Script::Latin),
        "sv" => (Language::Swedish, Script::Latin),
        "ta" => (Language::Tamil, Script::Tamil),
        "tr" => (Language::Turkish, Script::Latin),
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
