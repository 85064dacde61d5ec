//! What the typed text may mean, and the conditions that find it.

use crate::code;
use crate::error::Error;
use crate::names::is_legal_form;
use crate::query::{MAX_QUERY_CHARS, MAX_QUERY_WORDS};
use crate::text::{
    clean, compatible, fold, grams, is_ideographic, is_stop_word, prepare, runs, words,
};

mod condition;
mod goods;

pub(crate) use condition::Lookup;
pub use goods::derived;

/// Most neighbouring pieces that may be one code: `21.0.03.0.00.00/TSE-CCCS-85` typed with spaces has
/// nine.
const MAX_CODE_PIECES: usize = 9;

/// Most digits of a year or a count.
const MAX_FIGURE_DIGITS: usize = 4;

/// The parts of a query text, each of which a hit should have.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) parts: Vec<Part>,
}

/// A word or code of the query text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// A word, prepared.
    Word(String),
    /// A run of ideographs: dictionary words of it, and pairs.
    Run {
        text: String,
        words: Vec<String>,
        grams: Vec<String>,
    },
    /// Something with a digit in it: never corrected, never left out.
    Code {
        typed: String,
        key: String,
        text: Vec<Part>,
    },
}

impl Part {
    /// As it is shown in a corrected query.
    pub(crate) fn shown(&self) -> &str {
        match self {
            Part::Word(text) | Part::Run { text, .. } => text,
            Part::Code { typed, .. } => typed,
        }
    }

    pub(crate) fn is_code(&self) -> bool {
        matches!(self, Part::Code { .. })
    }

    /// A year or a count, which is no name of anything by itself.
    pub(crate) fn is_figure(&self) -> bool {
        matches!(self, Part::Code { key, .. } if key.len() <= MAX_FIGURE_DIGITS && key.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// How many words of it say something alone.
    pub(crate) fn telling_words(&self) -> usize {
        match self {
            Part::Word(_) => usize::from(!self.is_stop_word()),
            Part::Run { words, .. } => words.len(),
            Part::Code { .. } => 0,
        }
    }

    pub(crate) fn is_stop_word(&self) -> bool {
        matches!(self, Part::Word(word) if is_stop_word(&fold(word)))
    }

    /// A word that a name may also be written without.
    pub(crate) fn is_legal_form(&self) -> bool {
        matches!(self, Part::Word(word) if is_legal_form(&fold(word)))
    }

    fn size(&self) -> usize {
        match self {
            Part::Word(_) => 1,
            Part::Run { grams, .. } => grams.len(),
            Part::Code { text, .. } => 1 + text.iter().map(Part::size).sum::<usize>(),
        }
    }
}

impl Plan {
    /// Reads a query text. `is_code` says whether a key is a number or standard of the index, or the
    /// beginning of one where there is no digit in it: that alone joins pieces into one code, so
    /// `ISO 9001` is read as one where it exists, and makes one of `BSI-DSZ`.
    ///
    /// # Errors
    /// [`Error::Limit`] beyond [`MAX_QUERY_CHARS`] or [`MAX_QUERY_WORDS`].
    pub(crate) fn read(
        text: &str,
        mut is_code: impl FnMut(&str) -> Result<bool, Error>,
    ) -> Result<Plan, Error> {
        if text.chars().count() > MAX_QUERY_CHARS {
            return Err(Error::Limit {
                parameter: "q",
                max: MAX_QUERY_CHARS,
            });
        }
        let cleaned: String = compatible(&clean(text, MAX_QUERY_CHARS)).collect();
        let pieces: Vec<&str> = cleaned.split_whitespace().collect();
        let mut parts = Vec::new();
        let mut rest = pieces.as_slice();
        while let Some((first, others)) = rest.split_first() {
            let joined = longest_code(rest, &mut is_code)?;
            if let Some((length, typed)) = joined {
                parts.extend(coded(&typed));
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            let mixed = first.contains(is_digit) && first.contains(is_ideographic);
            if mixed && !is_code(&code::key(first))? {
                parts.extend(divided(first));
            } else if first.contains(is_digit) || (is_grouped(first) && is_code(&code::key(first))?)
            {
                parts.extend(coded(first));
            } else {
                parts.extend(read_words(first));
            }
            rest = others;
        }
        if parts.iter().map(Part::size).sum::<usize>() > MAX_QUERY_WORDS {
            return Err(Error::Limit {
                parameter: "q",
                max: MAX_QUERY_WORDS,
            });
        }
        Ok(Plan { parts })
    }
}

/// Whether a text has anything to search by: a word, a number, an ideograph. A text without, such
/// as one of punctuation alone, restricts nothing.
pub fn is_searchable(text: &str) -> bool {
    // What is beyond a limit is told as that.
    Plan::read(text, |_| Ok(false)).map_or(true, |plan| !plan.parts.is_empty())
}

/// The longest run of pieces that together are a known code, as length and text.
fn longest_code(
    pieces: &[&str],
    is_code: &mut impl FnMut(&str) -> Result<bool, Error>,
) -> Result<Option<(usize, String)>, Error> {
    for length in (2..=pieces.len().min(MAX_CODE_PIECES)).rev() {
        let typed = pieces.get(..length).unwrap_or_default().join(" ");
        let key = code::key(&typed);
        if typed.contains(is_digit) && key.chars().count() >= 4 && is_code(&key)? {
            return Ok(Some((length, typed)));
        }
    }
    Ok(None)
}

fn coded(typed: &str) -> Option<Part> {
    let key = code::key(typed);
    (!key.is_empty()).then(|| Part::Code {
        typed: typed.to_owned(),
        key,
        text: read_words(typed),
    })
}

/// A piece of a text without spaces: what stands between ideographs may be a number.
fn divided(piece: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for (run, ideographic) in runs(piece) {
        if ideographic {
            parts.push(run_of_ideographs(&prepare(run)));
        } else if run.contains(is_digit) {
            parts.extend(coded(run));
        } else {
            parts.extend(read_words(run));
        }
    }
    parts
}

/// Words and runs of ideographs of a piece.
fn read_words(piece: &str) -> Vec<Part> {
    let prepared = prepare(piece);
    let mut parts = Vec::new();
    for (run, ideographic) in runs(&prepared) {
        if ideographic {
            parts.push(run_of_ideographs(run));
        } else {
            parts.extend(words(run).into_iter().map(Part::Word));
        }
    }
    parts
}

fn run_of_ideographs(run: &str) -> Part {
    let mut grams = grams(run);
    if grams.len() > 1 {
        // The last ideograph alone would only match at the end of a run.
        grams.pop();
    }
    Part::Run {
        text: run.to_owned(),
        words: words(run),
        grams,
    }
}

/// Several groups of letters, as only numbers have them.
fn is_grouped(piece: &str) -> bool {
    let trimmed = piece.trim_end_matches(is_joint);
    trimmed.contains(is_joint) && !piece.contains(is_ideographic)
}

fn is_joint(character: char) -> bool {
    matches!(character, '-' | '/' | '_' | '.')
}

fn is_digit(character: char) -> bool {
    character.is_numeric() && !is_ideographic(character)
}

#[cfg(test)]
mod tests;
