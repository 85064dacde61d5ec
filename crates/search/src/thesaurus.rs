//! From everyday words for goods, in five languages, to codes of the HS 2022.
//!
//! The words stand in `crates/search/thesaurus`, one file a chapter, written and reviewed by
//! people: a code, and for each language a plain name and the words that traders use. `build.rs`
//! compiles them, so that nothing is read before the first look-up. What is found here is
//! *probable*: it proposes a code, and is never shown as declared by anybody.

mod begun;
mod chapters;
#[cfg(test)]
mod compile;
mod layout;
mod pieces;
#[cfg(test)]
mod read;
mod simplified;
mod table;
mod typed;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, Mutex, PoisonError};

pub(crate) use layout::LANGUAGES;
use pieces::STEM_MARK;
use table::{Phrase, Table};
use typed::Typed;

use crate::text::Stems;

#[cfg(test)]
mod tests;

/// Edition of the codes (WCO, Harmonized System, in force from 2022-01-01).
pub const HS_EDITION: &str = "2022";
/// Digits of a chapter.
const CHAPTER_DIGITS: usize = 2;
/// Longest description of goods in characters; the rest is not looked at.
pub const MAX_DESCRIPTION_CHARS: usize = 300;
/// Worth of a word that only its stem is known by: to the French stemmer a cooker is a cookie.
const STEMMED: f32 = 0.85;
/// Most codes of one answer.
pub const MAX_CANDIDATES: usize = 50;

/// Most codes of one heading in an answer, so that one heading cannot fill it.
const MAX_OF_HEADING: usize = 3;
/// Most words told for one code.
const MAX_WORDS: usize = 3;
/// What a second, third, ... phrase of the same code adds to the best one.
const FURTHER: [f32; 3] = [0.3, 0.15, 0.05];
/// What the words of a heading add to its subheadings.
const OF_HEADING: f32 = 0.3;
/// Most phrases that one word begins: a word of more says little alone.
const MAX_BEGUN: usize = 1_000;
/// Worth of a word that is only in the plain name.
const NAME: f32 = 0.9;
/// Worth of a phrase that is the whole description.
const WHOLE: f32 = 1.4;
/// Worth of a phrase whose words stand side by side.
const TOGETHER: f32 = 1.15;
/// Worth of a language that shares its script with the one that is preferred.
const OTHER_LANGUAGE: f32 = 0.75;

/// A code that fits a description.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Four digits of a heading, or six of a subheading, without a dot.
    pub code: String,
    /// How well it fits; of use to compare within one answer.
    pub score: f32,
    /// The words that decided, as they stand in the thesaurus, the best first.
    pub words: Vec<String>,
    /// The best of them stands in the description with every part of it.
    pub complete: bool,
    /// The best of them is the whole description.
    pub whole: bool,
    /// Language of the best of them, as a primary tag of BCP 47.
    pub language: &'static str,
}

/// How much of a phrase and of a description meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// A part of the phrase is in the description.
    Part,
    /// All of the phrase is.
    Complete,
    /// And the description has nothing else.
    Whole,
}

/// A phrase that a description has a part of.
struct Met {
    score: f32,
    words: &'static str,
    fit: Fit,
    /// Index into [`LANGUAGES`].
    language: usize,
}

/// The words of every chapter.
#[derive(Debug)]
pub struct Thesaurus {
    table: Table,
    /// How many headings there are.
    headings: f32,
    /// Stems of what was typed.
    stems: Mutex<Stems>,
}

/// The thesaurus of the program.
pub fn thesaurus() -> &'static Thesaurus {
    static OPENED: LazyLock<Thesaurus> = LazyLock::new(|| {
        let table = Table::of_program();
        let headings = table.codes().filter(|code| code.len() == 4).count();
        #[expect(clippy::cast_precision_loss, reason = "a count of headings is small")]
        let headings = headings as f32;
        Thesaurus {
            table,
            headings,
            stems: Mutex::default(),
        }
    });
    &OPENED
}

impl Thesaurus {
    /// The plain name of a heading or subheading in a language, where it has one of its own.
    pub fn name(&self, code: &str, language: &str) -> Option<&'static str> {
        let primary = language.split('-').next().unwrap_or_default();
        let index = LANGUAGES.iter().position(|one| *one == primary)?;
        if code.len() == CHAPTER_DIGITS {
            return chapters::name(code, index);
        }
        let entry = self.table.entry(code)?;
        Some(self.table.name(entry, index))
    }

    /// Every code there is, four or six digits.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.table.codes()
    }

    /// Whether a folded word is one of the thesaurus.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.table.knows(word)
    }

    /// The codes that fit a description of goods, the best first. `language` is the one preferred
    /// among those that share a script; the script itself decides otherwise.
    pub fn candidates(
        &self,
        description: &str,
        language: Option<&str>,
        limit: usize,
    ) -> Vec<Candidate> {
        let typed = {
            let mut stems = self.stems.lock().unwrap_or_else(PoisonError::into_inner);
            Typed::read(description, &mut stems, &self.table)
        };
        let preferred = language.and_then(|tag| {
            let primary = tag.split('-').next()?;
            LANGUAGES.iter().position(|one| *one == primary)
        });
        let scores = self.phrase_scores(&typed, preferred);
        let mut by_entry: BTreeMap<u32, Vec<Met>> = BTreeMap::new();
        for (phrase, score, fit) in scores {
            let found = by_entry.entry(phrase.entry).or_default();
            let met = Met {
                score,
                words: self.table.written(&phrase),
                fit,
                language: phrase.language,
            };
            match found.iter_mut().find(|same| same.words == met.words) {
                Some(same) if same.score < score => *same = met,
                Some(_) => {}
                None => found.push(met),
            }
        }
        let own: HashMap<u32, f32> = by_entry
            .iter_mut()
            .map(|(entry, phrases)| {
                phrases.sort_by(|one, other| {
                    let scores = other.score.total_cmp(&one.score);
                    scores.then_with(|| one.words.cmp(other.words))
                });
                let worth = std::iter::once(1.0).chain(FURTHER);
                let scores = phrases.iter().zip(worth);
                (*entry, scores.map(|(met, worth)| met.score * worth).sum())
            })
            .collect();
        let mut found: Vec<Candidate> = by_entry
            .iter()
            .filter_map(|(entry, phrases)| {
                let code = self.table.code(usize::try_from(*entry).ok()?);
                let heading = code.get(..4).filter(|heading| *heading != code);
                let heading = heading.and_then(|heading| self.table.entry(heading));
                let heading = heading.and_then(|heading| u32::try_from(heading).ok());
                let of_heading = heading.and_then(|heading| own.get(&heading));
                let best = phrases.first()?;
                let words = phrases.iter().take(MAX_WORDS);
                Some(Candidate {
                    code: code.to_owned(),
                    score: own.get(entry)? + OF_HEADING * of_heading.unwrap_or(&0.0),
                    words: words.map(|met| met.words.to_owned()).collect(),
                    complete: best.fit >= Fit::Complete,
                    whole: best.fit == Fit::Whole,
                    language: LANGUAGES.get(best.language).copied().unwrap_or_default(),
                })
            })
            .collect();
        order(&mut found);
        found.truncate(limit.min(MAX_CANDIDATES));
        found
    }

    /// What each phrase that shares a token with the description is worth, and whether all of it is
    /// there.
    fn phrase_scores(&self, typed: &Typed, preferred: Option<usize>) -> Vec<(Phrase, f32, Fit)> {
        // For each phrase the best weight at each of its places, and where that stands. The rarest
        // words first: common ones complete what others have begun, and begin nothing themselves.
        let mut met: HashMap<u32, Vec<Place>> = HashMap::new();
        let mut keys: Vec<(&[[u8; 4]], f32, usize)> = Vec::new();
        for (position, word) in typed.words.iter().enumerate() {
            let known = word.keys.iter().filter_map(|key| {
                let worth = if key.starts_with(STEM_MARK) {
                    STEMMED
                } else {
                    1.0
                };
                Some((self.table.places(key)?, word.weight * worth, position))
            });
            keys.extend(known);
        }
        keys.sort_by_key(|(places, ..)| places.len());
        for (places, weight, position) in keys {
            let begins = met.is_empty() || places.len() <= MAX_BEGUN;
            for bytes in places {
                let (phrase, place) = Table::place(*bytes);
                let found = if begins {
                    let none = || vec![Place::default(); self.table.tokens(phrase)];
                    Some(met.entry(phrase).or_insert_with(none))
                } else {
                    met.get_mut(&phrase)
                };
                let place = found.and_then(|found| found.get_mut(place));
                if let Some(place) = place {
                    place.note(weight, position);
                }
            }
        }
        let scored = met.into_iter().map(|(index, places)| {
            let phrase = self.table.phrase(index);
            let places = apart(&places);
            let fit = fit(&places, typed);
            let score = self.score(&phrase, &places, fit, preferred);
            (phrase, score, fit)
        });
        scored.collect()
    }

    fn score(
        &self,
        phrase: &Phrase,
        places: &[Option<(f32, usize)>],
        fit: Fit,
        preferred: Option<usize>,
    ) -> f32 {
        // A token of few headings tells more.
        let worth = self.table.headings(phrase.index);
        let worth = worth.map(|count| (1.0 + self.headings / f32::from(count)).ln());
        let total: f32 = worth.clone().sum();
        let found = || worth.clone().zip(places);
        let matched: f32 = found()
            .filter_map(|(worth, place)| place.map(|_| worth))
            .sum();
        let weighted: f32 = found()
            .filter_map(|(worth, place)| place.map(|(weight, _)| worth * weight))
            .sum();
        if total <= 0.0 {
            return 0.0;
        }
        let covered = matched / total;
        let mut score = covered * covered * weighted;
        let positions = || places.iter().flatten().map(|(_, at)| *at);
        let (first, last) = (positions().min(), positions().max());
        if let (true, Some(first), Some(last)) = (fit >= Fit::Complete, first, last)
            && places.len() > 1
            && last - first < places.len()
        {
            score *= TOGETHER;
        }
        if fit == Fit::Whole {
            score *= WHOLE;
        }
        if phrase.is_name {
            score *= NAME;
        }
        let language = phrase.language;
        let latin = |index: usize| matches!(LANGUAGES.get(index), Some(&("en" | "fr")));
        if preferred.is_some_and(|one| one != language && latin(one) && latin(language)) {
            score *= OTHER_LANGUAGE;
        }
        score
    }
}

/// The two best words for a place of a phrase: their weight, and where they stand.
#[derive(Clone, Copy, Debug, Default)]
struct Place([Option<(f32, usize)>; 2]);

impl Place {
    fn note(&mut self, weight: f32, position: usize) {
        let [first, second] = &mut self.0;
        let (low, other) = match (*first, *second) {
            (Some((known, at)), _) if at == position => {
                *first = Some((known.max(weight), at));
                return;
            }
            (Some((known, at)), other) if known < weight => {
                *first = Some((weight, position));
                (Some((known, at)), other.filter(|(_, at)| *at != position))
            }
            (None, other) => {
                *first = Some((weight, position));
                (None, other)
            }
            (_, other) => (Some((weight, position)), other),
        };
        let better = |(weight, _): &(f32, usize)| other.is_none_or(|(known, _)| known < *weight);
        *second = low.filter(better).or(other);
    }
}

/// For each place the best word that stands for no place before it: an olive is not its own oil.
fn apart(places: &[Place]) -> Vec<Option<(f32, usize)>> {
    let mut used = Vec::with_capacity(places.len());
    let mut found = Vec::with_capacity(places.len());
    for place in places {
        let free = place.0.iter().flatten().find(|(_, at)| !used.contains(at));
        used.extend(free.map(|(_, at)| *at));
        found.push(free.copied());
    }
    found
}

/// How much of a phrase is in a description; `places` are those of different words.
fn fit(places: &[Option<(f32, usize)>], typed: &Typed) -> Fit {
    let positions: Vec<usize> = places.iter().flatten().map(|(_, at)| *at).collect();
    if positions.len() < places.len() {
        return Fit::Part;
    }
    let word = |at: &usize| typed.words.get(*at).is_some_and(|word| !word.is_part);
    if positions.len() >= typed.telling && positions.iter().all(word) {
        return Fit::Whole;
    }
    Fit::Complete
}

/// The best first, a subheading before a heading of the same score, and no heading too often.
fn order(found: &mut Vec<Candidate>) {
    found.sort_by(|one, other| {
        let scores = other.score.total_cmp(&one.score);
        scores.then_with(|| {
            (Reverse(one.code.len()), &one.code).cmp(&(Reverse(other.code.len()), &other.code))
        })
    });
    let mut of_heading: HashMap<String, usize> = HashMap::new();
    found.retain(|candidate| {
        let heading = candidate.code.get(..4).unwrap_or_default().to_owned();
        let count = of_heading.entry(heading).or_default();
        *count += 1;
        *count <= MAX_OF_HEADING
    });
}
