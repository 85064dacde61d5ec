//! From words for goods to the codes under which records of them stand, whatever their language.

use tantivy::query::{ConstScoreQuery, DisjunctionMaxQuery, Occur, Query as Condition, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

use super::condition::{Found, Lookup};
use super::{Part, Plan};
use crate::dictionary::knows;
use crate::error::Error;
use crate::filters::{self, Clause};
use crate::query::Matching;
use crate::text::{fold, is_stop_word};
use crate::thesaurus::{Candidate, thesaurus};

/// Most codes a query is led to.
const MAX_CODES: usize = 4;
/// Least score of a further code, as a share of the best one's.
const LEAST_SHARE: f32 = 0.6;
/// Most words of a query that is read as goods: longer ones are sentences.
const MAX_WORDS: usize = 12;
/// Most codes derived for a record that declares none.
const MAX_DERIVED: usize = 2;
/// The same share, for a record.
const LEAST_DERIVED_SHARE: f32 = 0.8;

/// What each code is worth, the most probable first. What has the words themselves and another code,
/// or none, comes between the first and the others: a book of recipes is no cooker.
const CODES: [f32; MAX_CODES] = [0.8, 0.4, 0.3, 0.2];
const WORDS: f32 = 0.55;
/// Share of a derived code in the worth of a declared one.
const DERIVED: f32 = 0.95;
/// What is added where the words stand, or where no title is in their language: the same records
/// come first in whatever language one asks, and an oven after a cooker that has the same code.
const NOT_OTHERWISE: f32 = 0.2;

/// What the first code of goods within a sentence is worth beside its words, over its share: as much
/// as a rare word in a title.
const WITHIN: f32 = 12.0;

/// Conditions for codes, and the language of the words that lead to them.
type UnderCodes = (Vec<Box<dyn Condition>>, &'static str);

impl Lookup<'_> {
    /// Clauses for a text that names goods and nothing else, beside numbers, standards and parties:
    /// its words, or a code that they lead to. Nothing where it is no such text, or where no record
    /// stands under such a code.
    pub(crate) fn goods(&mut self, text: &str, plan: &Plan) -> Result<Option<Found>, Error> {
        let (mut named, mut besides) = (Vec::new(), Vec::new());
        for part in &plan.parts {
            if part.is_code() || self.is_party(part)? {
                besides.push(part.clone());
            } else {
                named.push(part.clone());
            }
        }
        let phrase = if besides.is_empty() {
            text.to_owned()
        } else {
            let shown: Vec<&str> = named.iter().map(Part::shown).collect();
            shown.join(" ")
        };
        let Some((codes, language)) = self.under_codes(&phrase)? else {
            return Ok(None);
        };
        let words = self.clauses(&Plan { parts: named }, Matching::Every)?;
        let words = words.map(|(words, _)| filters::join(words));
        let untitled = term(self.fields.untitled, language);
        let (mut either, mut otherwise) = (codes, vec![worth(untitled, NOT_OTHERWISE)]);
        if let Some(words) = words {
            otherwise.push(worth(words.box_clone(), NOT_OTHERWISE));
            either.push(worth(words, WORDS));
        }
        let mut clauses: Vec<Clause> = vec![
            (Occur::Must, Box::new(DisjunctionMaxQuery::new(either))),
            (Occur::Should, Box::new(DisjunctionMaxQuery::new(otherwise))),
        ];
        if !besides.is_empty() {
            let Some((besides, _)) = self.clauses(&Plan { parts: besides }, Matching::Every)?
            else {
                return Ok(None);
            };
            clauses.extend(besides);
        }
        Ok(Some((clauses, None)))
    }

    /// Records under each code that a phrase leads to, if goods are the whole of it, and the
    /// language of the phrase.
    fn under_codes(&self, phrase: &str) -> Result<Option<UnderCodes>, Error> {
        if phrase.split_whitespace().count() > MAX_WORDS {
            return Ok(None);
        }
        let whole = |candidate: &Candidate| candidate.whole;
        let found = probable(phrase, None, MAX_CODES, LEAST_SHARE, whole);
        let Some(language) = found.first().map(|best| best.language) else {
            return Ok(None);
        };
        let mut codes = Vec::new();
        for (candidate, most) in found.iter().zip(CODES) {
            for (field, share) in [(self.fields.hs, 1.0), (self.fields.hs_derived, DERIVED)] {
                if knows(self.searcher, field, &candidate.code)? {
                    codes.push(worth(term(field, &candidate.code), most * share));
                }
            }
        }
        Ok((!codes.is_empty()).then_some((codes, language)))
    }

    /// Records under the codes of goods that a sentence names, each of which may stand in the place
    /// of its words.
    pub(crate) fn goods_within(&self, text: &str) -> Result<Vec<Clause>, Error> {
        let complete = |candidate: &Candidate| candidate.complete;
        let found = probable(text, None, MAX_CODES, LEAST_SHARE, complete);
        let mut clauses: Vec<Clause> = Vec::new();
        for (candidate, most) in found.iter().zip(CODES) {
            for (field, share) in [(self.fields.hs, 1.0), (self.fields.hs_derived, DERIVED)] {
                if knows(self.searcher, field, &candidate.code)? {
                    let code = term(field, &candidate.code);
                    clauses.push((Occur::Should, worth(code, WITHIN * most * share)));
                }
            }
        }
        Ok(clauses)
    }

    /// Whether a word stands in names of parties and is none of the thesaurus.
    fn is_party(&self, part: &Part) -> Result<bool, Error> {
        let Part::Word(word) = part else {
            return Ok(false);
        };
        let word = fold(word);
        if is_stop_word(&word) {
            return Ok(false);
        }
        Ok(!thesaurus().knows(&word) && knows(self.searcher, self.fields.party, &word)?)
    }
}

fn term(field: Field, text: &str) -> Box<dyn Condition> {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn worth(condition: Box<dyn Condition>, score: f32) -> Box<dyn Condition> {
    Box::new(ConstScoreQuery::new(condition, score))
}

/// Codes that the name of goods leads to with some certainty, the best first.
pub fn derived(name: &str, language: Option<&str>) -> Vec<Candidate> {
    let complete = |candidate: &Candidate| candidate.complete;
    probable(name, language, MAX_DERIVED, LEAST_DERIVED_SHARE, complete)
}

/// The first codes of a text that fit and score at least a share of the best.
fn probable(
    text: &str,
    language: Option<&str>,
    most: usize,
    share: f32,
    fits: impl Fn(&Candidate) -> bool,
) -> Vec<Candidate> {
    let mut found = thesaurus().candidates(text, language, most);
    let best = found.first().map_or(0.0, |best| best.score);
    found.retain(|candidate| fits(candidate) && candidate.score >= best * share);
    // A heading holds all of its subheadings: beside one of them it would say less.
    let narrower = found.iter().filter(|one| one.code.len() > 4);
    let narrower: Vec<_> = narrower.map(|one| one.code.clone()).collect();
    found.retain(|candidate| {
        candidate.code.len() > 4
            || !narrower
                .iter()
                .any(|code| code.starts_with(&candidate.code))
    });
    found
}
