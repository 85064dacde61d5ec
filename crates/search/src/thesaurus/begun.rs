//! Names of goods that somebody has begun to type.

use std::collections::BTreeSet;
use std::convert::Infallible;

use super::pieces::{Piece, pieces};
use super::simplified::simplified;
use super::table::Table;
use super::{MAX_DESCRIPTION_CHARS, Thesaurus};
use crate::text::{clean, fold, prepare, words};

/// Most phrases that are compared with what is typed; bounds the cost of a letter or two.
const MAX_COMPARED: usize = 3_000;

impl Thesaurus {
    /// Names and words for goods that begin with what is typed, each with its code.
    pub(crate) fn beginning_with(&self, typed: &str) -> BTreeSet<(&'static str, &'static str)> {
        let prepared = prepare(&clean(typed, MAX_DESCRIPTION_CHARS));
        let prepared = simplified(prepared.trim_start());
        let start = fold(&prepared);
        let mut found = BTreeSet::new();
        let Ok(pieces) = pieces(&prepared, |run| Ok::<_, Infallible>(words(run)));
        let known: Vec<&str> = match pieces.as_slice() {
            [] => return found,
            [Piece::Word(word)] => self.table.beginning_with(&fold(word)).collect(),
            [Piece::Ideographs(run), ..] => {
                let pair: String = run.chars().take(2).collect();
                self.table.beginning_with(&pair).collect()
            }
            [Piece::Word(word), ..] => {
                let word = fold(word);
                let mut same = self.table.beginning_with(&word);
                same.next().filter(|key| *key == word).into_iter().collect()
            }
        };
        let places = known.iter().filter_map(|key| self.table.places(key));
        for bytes in places.flatten().take(MAX_COMPARED) {
            let (index, place) = Table::place(*bytes);
            if place > 0 {
                continue;
            }
            let phrase = self.table.phrase(index);
            let text = self.table.written(&phrase);
            if fold(&prepare(text)).starts_with(&start)
                && let Ok(entry) = usize::try_from(phrase.entry)
            {
                found.insert((text, self.table.code(entry)));
            }
        }
        found
    }
}
