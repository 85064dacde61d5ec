//! From the files of the thesaurus to the bytes that the program carries. Runs when the program is
//! built, so that no process analyses the words again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::layout::{CODE_BYTES, LANGUAGES, PLACE_BITS, SECTIONS, Section};
use super::pieces::{Piece, pieces, spellings};
use super::read::{self, Entry};
use super::simplified::simplified;
use crate::text::{Stems, fold, grams, prepare, spaced_words};

/// Compiles the files, each with the number of its chapter, in order.
///
/// # Errors
/// What is wrong, and under which code.
pub(super) fn compile(chapters: &[(&str, &str)]) -> Result<Vec<u8>, String> {
    let mut compiled = Compiled::default();
    let mut before = "";
    let mut entries = Vec::new();
    for (chapter, text) in chapters {
        for entry in read::entries(text) {
            let entry = entry.map_err(|fault| format!("chapter {chapter}: {fault}"))?;
            if !entry.code.starts_with(chapter) {
                return Err(format!("{} stands in chapter {chapter}", entry.code));
            }
            entries.push(entry);
        }
    }
    for entry in &entries {
        if entry.code.as_str() <= before {
            return Err(format!("{} stands after {before}", entry.code));
        }
        before = &entry.code;
        compiled.add(entry)?;
    }
    compiled.bytes()
}

/// The sections, as they grow.
#[derive(Default)]
struct Compiled {
    stems: Stems,
    texts: Vec<u8>,
    text_starts: Vec<u32>,
    codes: Vec<u8>,
    names: Vec<u32>,
    phrases: Vec<Phrase>,
    /// How many headings each spelling stands under, and the last of them.
    headings: HashMap<String, (u32, String)>,
}

/// A phrase with the spellings of its tokens.
struct Phrase {
    text: u32,
    origin: u32,
    tokens: Vec<Vec<String>>,
}

impl Compiled {
    fn add(&mut self, entry: &Entry<'_>) -> Result<(), String> {
        let code = number(self.codes.len() / CODE_BYTES)?;
        let mut bytes = entry.code.clone().into_bytes();
        bytes.resize(CODE_BYTES, b' ');
        self.codes.extend(bytes);
        let heading = entry.code.get(..4).unwrap_or_default();
        for (index, (language, words)) in (0..).zip(LANGUAGES.iter().zip(&entry.words)) {
            let mut seen = BTreeSet::new();
            for (place, text) in words.phrases().enumerate() {
                let fault = |what: String| format!("{} {language} `{text}`: {what}", entry.code);
                if place > 0 && (text.is_empty() || !seen.insert(text.to_lowercase())) {
                    return Err(fault("stands twice or is empty".to_owned()));
                }
                let ways = tokens(text, language, &mut self.stems)
                    .map_err(|letter| fault(format!("`{letter}` needs a dictionary of words")))?;
                let at = self.text(text)?;
                if place == 0 {
                    self.names.push(at);
                }
                for tokens in ways {
                    self.count(heading, &tokens);
                    self.phrases.push(Phrase {
                        text: at,
                        origin: code << 4 | index << 1 | u32::from(place == 0),
                        tokens,
                    });
                }
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<u32, String> {
        let index = number(self.text_starts.len())?;
        self.text_starts.push(number(self.texts.len())?);
        self.texts.extend(text.as_bytes());
        Ok(index)
    }

    /// Counts a heading for each spelling. Headings come in order, so the last one counted tells.
    fn count(&mut self, heading: &str, tokens: &[Vec<String>]) {
        for key in tokens.iter().flatten() {
            let seen = self.headings.entry(key.clone()).or_default();
            if seen.1 != heading {
                *seen = (seen.0 + 1, heading.to_owned());
            }
        }
    }

    fn bytes(mut self) -> Result<Vec<u8>, String> {
        self.text_starts.push(number(self.texts.len())?);
        let mut places: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        let (mut starts, mut telling) = (Vec::new(), Vec::new());
        for (index, phrase) in (0..).zip(&self.phrases) {
            starts.push(number(telling.len())?);
            if phrase.tokens.len() >= 1 << PLACE_BITS || index >= 1 << (32 - PLACE_BITS) {
                return Err("there are too many phrases, or tokens of one".to_owned());
            }
            for (place, keys) in (0..).zip(&phrase.tokens) {
                let counts = keys.iter().filter_map(|key| self.headings.get(key));
                let fewest = counts.map(|(count, _)| *count).min().unwrap_or_default();
                telling.push(u16::try_from(fewest).map_err(|error| error.to_string())?);
                for key in keys {
                    let found = places.entry(key).or_default();
                    found.push(index << PLACE_BITS | place);
                }
            }
        }
        starts.push(number(telling.len())?);
        let (mut keys, mut ranges, mut flat) = (Vec::new(), Vec::new(), Vec::new());
        for (key, places) in places {
            let headings = self.headings.get(key).map_or(0, |(count, _)| *count);
            ranges.extend([number(keys.len())?, number(flat.len())?, headings]);
            keys.extend(key.as_bytes());
            flat.extend(places);
        }
        ranges.extend([number(keys.len())?, number(flat.len())?, 0]);
        let column = |of: fn(&Phrase) -> u32| little(self.phrases.iter().map(of));
        let sections: [(Section, Vec<u8>); SECTIONS] = [
            (Section::Texts, self.texts),
            (Section::TextStarts, little(self.text_starts)),
            (Section::Codes, self.codes),
            (Section::Names, little(self.names)),
            (Section::PhraseTexts, column(|phrase| phrase.text)),
            (Section::PhraseOrigins, column(|phrase| phrase.origin)),
            (Section::PhraseTokens, little(starts)),
            (
                Section::Tokens,
                telling.into_iter().flat_map(u16::to_le_bytes).collect(),
            ),
            (Section::Keys, keys),
            (Section::KeyRanges, little(ranges)),
            (Section::Places, little(flat)),
        ];
        let lengths: Result<Vec<u32>, String> = sections
            .iter()
            .map(|(_, bytes)| number(bytes.len()))
            .collect();
        let mut bytes = little(lengths?);
        for (place, (section, part)) in sections.into_iter().enumerate() {
            debug_assert_eq!(place, section as usize, "sections stand in their order");
            bytes.extend(part);
        }
        Ok(bytes)
    }
}

fn little(numbers: impl IntoIterator<Item = u32>) -> Vec<u8> {
    numbers.into_iter().flat_map(u32::to_le_bytes).collect()
}

fn number(length: usize) -> Result<u32, String> {
    u32::try_from(length).map_err(|_| "the thesaurus is larger than 4 GiB".to_owned())
}

/// The tokens of a phrase of the thesaurus: for each the spellings of it. A phrase of two words of
/// letters is answered a second time as one word: `power bank`, `powerbank`.
fn tokens(text: &str, language: &str, stems: &mut Stems) -> Result<Vec<Vec<Vec<String>>>, char> {
    let prepared = prepare(text);
    let prepared = simplified(&prepared);
    let mut tokens = Vec::new();
    let mut whole = Vec::new();
    for piece in pieces(&prepared, spaced_words)? {
        match piece {
            Piece::Ideographs(run) => {
                let mut found = grams(run);
                if found.len() > 1 {
                    found.pop();
                }
                tokens.extend(found.into_iter().map(|gram| vec![gram]));
            }
            Piece::Word(word) => {
                whole.push(fold(&word));
                tokens.push(spellings(&word, Some(language), stems));
            }
        }
    }
    let mut ways = Vec::new();
    if let ([first, second], 2) = (whole.as_slice(), tokens.len()) {
        let one = format!("{first}{second}");
        ways.push(vec![spellings(&one, Some(language), stems)]);
    }
    if !tokens.is_empty() {
        ways.push(tokens);
    }
    Ok(ways)
}
