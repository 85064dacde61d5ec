//! What a description of goods says, token by token, and which of it names the goods.

use std::convert::Infallible;

use super::MAX_DESCRIPTION_CHARS;
use super::pieces::{Piece, STEM_MARK, pieces, spellings};
use super::simplified::simplified;
use super::table::Table;
use crate::text::{Stems, clean, fold, grams, is_ideographic, prepare, words};

/// Weight of words behind the first comma, bracket or preposition: they tell what it is made of,
/// what is in it, or what it is for.
const ASIDE: f32 = 0.55;
/// Weight of the word in its own part that is farthest from the head of the phrase.
const FARTHEST: f32 = 0.65;
/// Weight of an ideograph alone.
const SINGLE: f32 = 0.5;
/// Weight of a word that is read as another, one letter away.
const CORRECTED: f32 = 0.6;
/// Shortest word in which a typing error is looked for.
const MIN_CORRECTED_CHARS: usize = 5;
/// Most words in which one is looked for.
const MAX_CORRECTED_WORDS: usize = 3;
/// Most words looked at.
const MAX_WORDS: usize = 60;

/// A description, read.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) words: Vec<Word>,
    /// How many of the words stand for themselves: a phrase of so many tokens is the whole of it.
    pub(super) telling: usize,
}

/// One word, or pair of ideographs.
#[derive(Debug)]
pub(super) struct Word {
    /// The spellings under which it may be known.
    pub(super) keys: Vec<String>,
    /// How likely it names the goods, 0 to 1.
    pub(super) weight: f32,
    /// An ideograph of a run that is read in pairs.
    pub(super) is_part: bool,
}

impl Typed {
    /// Reads a description; `known` is what the thesaurus knows.
    pub(super) fn read(description: &str, stems: &mut Stems, known: &Table) -> Self {
        let prepared = prepare(&clean(description, MAX_DESCRIPTION_CHARS));
        let prepared = simplified(&prepared);
        let mut typed = Self::default();
        let mut corrections = 0;
        for (place, part) in parts(&prepared).enumerate() {
            let mut row = Vec::new();
            let Ok(pieces) = pieces(part, |run| Ok::<_, Infallible>(words(run)));
            for piece in pieces {
                match piece {
                    Piece::Ideographs(run) => {
                        typed.telling += run.chars().count().saturating_sub(1).max(1);
                        let in_pairs = run.chars().nth(1).is_some();
                        row.extend(grams(run).into_iter().map(|gram| Word {
                            is_part: in_pairs && gram.chars().nth(1).is_none(),
                            keys: vec![gram],
                            weight: 1.0,
                        }));
                        row.extend(run.chars().map(|one| Word {
                            keys: vec![one.to_string()],
                            weight: SINGLE,
                            is_part: in_pairs,
                        }));
                    }
                    Piece::Word(word) => {
                        let mut keys = spellings(&word, None, stems);
                        let mut weight = 1.0;
                        let long = word.chars().count() >= MIN_CORRECTED_CHARS;
                        let lettered = word.chars().all(char::is_alphabetic);
                        let unknown = !keys.iter().any(|key| known.knows(key));
                        if unknown && long && lettered && corrections < MAX_CORRECTED_WORDS {
                            corrections += 1;
                            weight = CORRECTED;
                            let letters: Vec<char> = fold(&word).chars().collect();
                            keys = near(&letters, known);
                        }
                        typed.telling += 1;
                        row.push(Word {
                            keys,
                            weight,
                            is_part: false,
                        });
                    }
                }
            }
            joined(&mut row);
            typed.add(row, place);
        }
        typed.words.truncate(MAX_WORDS);
        typed
    }

    /// Adds the words of a part, weighted by how near they stand to its head.
    fn add(&mut self, row: Vec<Word>, place: usize) {
        let last = row.len().saturating_sub(1).max(1);
        let head_is_last = row.iter().flat_map(|word| &word.keys).any(|key| {
            key.chars()
                .any(|c| c.is_ascii_alphabetic() || is_ideographic(c))
        });
        for (index, word) in row.into_iter().enumerate() {
            let away = if head_is_last {
                last - index.min(last)
            } else {
                index
            };
            #[expect(clippy::cast_precision_loss, reason = "a description has few words")]
            let near = 1.0 - (1.0 - FARTHEST) * away as f32 / last as f32;
            let aside = if place == 0 { 1.0 } else { ASIDE };
            self.words.push(Word {
                weight: word.weight * near * aside,
                ..word
            });
        }
    }
}

/// Lets two neighbouring words also be read as one: `hair dryer` is found under `hairdryer`.
fn joined(row: &mut [Word]) {
    let longest = |word: &Word| {
        let own = word.keys.iter().filter(|key| !key.starts_with(STEM_MARK));
        own.max_by_key(|key| key.chars().count()).cloned()
    };
    for index in (1..row.len()).rev() {
        let before = row.get(index - 1).and_then(longest);
        let Some(word) = row.get_mut(index) else {
            continue;
        };
        if let (Some(before), Some(own)) = (before, longest(word)) {
            word.keys.push(format!("{before}{own}"));
        }
    }
}

/// The parts of a description: what stands before a comma, a bracket or a preposition names the
/// goods, the rest says more about them.
fn parts(prepared: &str) -> impl Iterator<Item = &str> {
    let at_marks = prepared.split(|c: char| {
        matches!(
            c,
            ',' | ';'
                | ':'
                | '('
                | ')'
                | '['
                | ']'
                | '|'
                | '/'
                | '，'
                | '、'
                | '；'
                | '（'
                | '）'
                | '،'
                | '؛'
        )
    });
    at_marks
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .flat_map(at_prepositions)
        .filter(|part| !part.trim().is_empty())
}

/// Cuts behind the name of the goods in languages that say with a word what it is for. The word stays:
/// it may be of a name, as in `sans fil`.
fn at_prepositions(part: &str) -> Vec<&str> {
    const WORDS: [&str; 13] = [
        " for ",
        " with ",
        " without ",
        " from ",
        " made of ",
        " pour ",
        " avec ",
        " sans ",
        " для ",
        " с ",
        " из ",
        " مع ",
        " من ",
    ];
    let first = WORDS.iter().filter_map(|word| part.find(word));
    match first.filter(|at| *at > 0).min() {
        Some(at) => {
            let (before, after) = part.split_at(at);
            let mut parts = vec![before];
            parts.extend(at_prepositions(after.trim_start()));
            parts
        }
        None => vec![part],
    }
}

/// Known tokens one letter away from a word, of those that begin with the same letter.
fn near(word: &[char], known: &Table) -> Vec<String> {
    let first: String = word.iter().take(1).collect();
    if first.is_empty() {
        return Vec::new();
    }
    let same = known.beginning_with(&first);
    let near = same.filter(|key| one_edit_apart(word, key));
    near.map(str::to_owned).collect()
}

/// Whether a known token is one letter inserted, lost, changed or swapped away from a word.
fn one_edit_apart(word: &[char], key: &str) -> bool {
    // A letter takes at most four bytes; most tokens are told apart by that alone.
    if key.len() + 4 < word.len() || key.len() > 4 * (word.len() + 1) {
        return false;
    }
    let start = word.iter().zip(key.chars()).take_while(|(x, y)| **x == *y);
    let start = start.count();
    let rest: Vec<char> = key.chars().skip(start).take(word.len() + 2).collect();
    let own = word.get(start..).unwrap_or_default();
    if own.len().abs_diff(rest.len()) > 1 || start + rest.len() < MIN_CORRECTED_CHARS - 1 {
        return false;
    }
    let end = own.iter().rev().zip(rest.iter().rev());
    let end = end.take_while(|(x, y)| x == y).count();
    match (own.len() - end, rest.len() - end) {
        (0 | 1, 0 | 1) => true,
        (2, 2) => matches!((own, &*rest), ([x, y, ..], [z, w, ..]) if x == w && y == z),
        _ => false,
    }
}
