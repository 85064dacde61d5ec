//! Conditions for the parts of a query, as far as the index knows their terms.

use tantivy::Searcher;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as Condition, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

use super::{Part, Plan, run_of_ideographs};
use crate::code;
use crate::dictionary::{begins_any, corrections, expansions, knows};
use crate::error::Error;
use crate::filters::Clause;
use crate::names::{sounds_elsewhere, without_legal_end};
use crate::query::{Adopted, Matching};
use crate::schema::{Fields, whole};
use crate::text::{Stems, accented, fold, latin, pairs};

/// Shortest word that is read as the beginning of others when it is unknown itself.
const MIN_PREFIX_CHARS: usize = 3;
/// The same in scripts that are cut by dictionary, where the beginning of a compound is a word.
const MIN_DICTIONARY_PREFIX_CHARS: usize = 2;
/// Shortest word in which a typing error is looked for; in shorter ones a letter makes another.
const MIN_CORRECTED_CHARS: usize = 5;
/// Words beside which a figure is part of a sentence, and may be left out like a word.
const MIN_SENTENCE_WORDS: usize = 4;
/// Most digits of a figure that is more often of a name than a number.
const MAX_SMALL_FIGURE_DIGITS: usize = 2;
/// Digits from which on a code of the HS is known by itself.
const MIN_HS_DIGITS: usize = 6;
/// Shortest key that is read as the beginning of a number.
const MIN_CODE_PREFIX_CHARS: usize = 5;

/// Longest run of ideographs that may be one word in Latin letters.
const MAX_SPELT_CHARS: usize = 6;

/// How much a match is worth, by where it is.
const TITLE: f32 = 3.0;
const PARTY: f32 = 2.5;
const BODY: f32 = 1.0;
const STEM: f32 = 0.8;
const ACCENTED: f32 = 2.0;
const EXPANDED: f32 = 0.5;
const GRAM: f32 = 0.5;
const PAIR: f32 = 1.0;
const IDEOGRAPH: f32 = 0.2;
const CORRECTED: f32 = 0.4;
const LATIN: f32 = 0.3;
const SOUND: f32 = 0.6;
const NUMBER: f32 = 24.0;
const STANDARD: f32 = 10.0;
const ADOPTED: f32 = 7.0;
const HS: f32 = 8.0;
const HS_DERIVED: f32 = 2.0;
const NUMBER_PART: f32 = 6.0;
const FAMILY: f32 = 4.0;
const NUMBER_PREFIX: f32 = 3.0;
const MENTION: f32 = 3.0;

/// A term and what finding it is worth.
type Scored = (Term, f32);

/// The condition of a part, if it can be met, and the word it was replaced by.
type Read = (Option<Box<dyn Condition>>, Option<String>);

/// Looks terms up in one state of the index.
pub(crate) struct Lookup<'a> {
    pub(crate) searcher: &'a Searcher,
    pub(crate) fields: &'a Fields,
    pub(crate) stems: &'a mut Stems,
    /// The text is in Vietnamese.
    pub(crate) vietnamese: bool,
    /// Standards that others stand for as well.
    pub(crate) adopted: &'a [Adopted],
}

/// A condition and, where words were replaced, the text as it was read.
pub(crate) type Found = (Vec<Clause>, Option<String>);

impl Lookup<'_> {
    /// Whether a key is a number, part of one, or a standard.
    pub(crate) fn is_code(&self, key: &str) -> Result<bool, Error> {
        let fields = [
            self.fields.number,
            self.fields.number_part,
            self.fields.standard,
            self.fields.standard_family,
        ];
        for field in fields {
            if knows(self.searcher, field, key)? {
                return Ok(true);
            }
        }
        let digits = key.bytes().all(|byte| byte.is_ascii_digit());
        if digits && key.len() >= MIN_HS_DIGITS && knows(self.searcher, self.fields.hs, key)? {
            return Ok(true);
        }
        let begins = key.len() >= MIN_CODE_PREFIX_CHARS && !key.contains(char::is_numeric);
        Ok(begins && begins_any(self.searcher, self.fields.number, key)?)
    }

    /// Clauses for a plan at a strictness, or nothing where no document can satisfy them.
    pub(crate) fn clauses(
        &mut self,
        plan: &Plan,
        matching: Matching,
    ) -> Result<Option<Found>, Error> {
        let says_little = |part: &Part| part.is_stop_word() || part.is_legal_form();
        let telling = plan.parts.iter().any(|part| !says_little(part));
        let words: usize = plan.parts.iter().map(Part::telling_words).sum();
        let sentence = words >= MIN_SENTENCE_WORDS;
        let mut clauses = Vec::new();
        let mut corrected = false;
        let mut shown = Vec::new();
        let mut any = false;
        for part in &plan.parts {
            let (condition, replaced) = self.part(part, matching, words > 0)?;
            corrected |= replaced.is_some();
            shown.push(replaced.unwrap_or_else(|| part.shown().to_owned()));
            let optional = telling && says_little(part);
            let needed = part.is_code() && !(sentence && part.is_figure());
            let needed = needed || (matching != Matching::Some && !optional);
            match condition {
                Some(condition) => {
                    any |= !optional;
                    let occur = if needed { Occur::Must } else { Occur::Should };
                    clauses.push((occur, condition));
                }
                None if needed => return Ok(None),
                None => {}
            }
        }
        if !any || (matching == Matching::Corrected && !corrected) {
            return Ok(None);
        }
        if self.vietnamese {
            clauses.extend(self.neighbours(&plan.parts)?);
        }
        Ok(Some((clauses, corrected.then(|| shown.join(" ")))))
    }

    /// Words beside each other, which are one word in Vietnamese.
    fn neighbours(&self, parts: &[Part]) -> Result<Option<Clause>, Error> {
        let mut terms = Vec::new();
        for pair in pairs(parts.iter().map(Part::shown)) {
            self.known(&mut terms, self.fields.gram, &pair, PAIR)?;
        }
        Ok(any_of(terms).map(|pairs| (Occur::Should, pairs)))
    }

    /// `beside` says that words stand beside it.
    fn part(&mut self, part: &Part, matching: Matching, beside: bool) -> Result<Read, Error> {
        let correct = matching != Matching::Every;
        match part {
            Part::Word(word) => {
                let mut terms = self.word(word)?;
                if terms.is_empty() {
                    terms = self.word_beginnings(word)?;
                }
                if terms.is_empty() && correct {
                    let (terms, best) = self.word_corrections(word)?;
                    return Ok((any_of(terms), best));
                }
                Ok((any_of(terms), None))
            }
            Part::Run { text, words, grams } if matching == Matching::Some => {
                Ok((self.pieces(text, words, grams)?, None))
            }
            Part::Run { text, words, grams } => {
                let mut ways = Vec::from_iter(self.run(words, grams)?);
                let named = without_legal_end(text);
                if named.len() < text.len() {
                    ways.extend(self.named(named)?);
                }
                ways.extend(self.spelt(named)?);
                Ok((either(ways), None))
            }
            Part::Code { typed, key, text } => {
                // Beside words a small figure is of a name: `YubiKey 5`.
                let small = beside && key.len() <= MAX_SMALL_FIGURE_DIGITS;
                let number = if small { TITLE } else { NUMBER };
                Ok((self.code(typed, key, text, number)?, None))
            }
        }
    }

    fn known(
        &self,
        terms: &mut Vec<Scored>,
        field: Field,
        text: &str,
        worth: f32,
    ) -> Result<(), Error> {
        if !text.is_empty() && knows(self.searcher, field, text)? {
            terms.push((Term::from_field_text(field, text), worth));
        }
        Ok(())
    }

    /// Fields of folded words, with their worth.
    fn word_fields(&self) -> [(Field, f32); 3] {
        [
            (self.fields.title, TITLE),
            (self.fields.party, PARTY),
            (self.fields.body, BODY),
        ]
    }

    fn word(&mut self, word: &str) -> Result<Vec<Scored>, Error> {
        let exact = fold(word);
        let mut terms = Vec::new();
        for (field, worth) in self.word_fields() {
            self.known(&mut terms, field, &exact, worth)?;
        }
        if self.vietnamese {
            self.known(&mut terms, self.fields.stem, &accented(word), ACCENTED)?;
        } else {
            for stem in self.stems.of_query(word) {
                self.known(&mut terms, self.fields.stem, &stem, STEM)?;
            }
        }
        let written = !terms.is_empty();
        if exact.is_ascii() {
            self.known(&mut terms, self.fields.latin, &exact, LATIN)?;
            self.known(&mut terms, self.fields.sound, &exact, SOUND)?;
        }
        if let Some(latin) = latin(word) {
            self.known(&mut terms, self.fields.latin, &latin, LATIN)?;
            for (field, worth) in self.word_fields() {
                self.known(&mut terms, field, &latin, worth * LATIN)?;
            }
        }
        if !written {
            self.names_that_sound(&mut terms, word)?;
        }
        Ok(terms)
    }

    /// Names in other scripts that sound like a word or its stem.
    fn names_that_sound(&mut self, terms: &mut Vec<Scored>, word: &str) -> Result<(), Error> {
        let mut sounds = sounds_elsewhere(word);
        if !word.is_ascii() {
            for stem in self.stems.of_query(word) {
                sounds.extend(sounds_elsewhere(&stem));
            }
        }
        sounds.sort_unstable();
        sounds.dedup();
        for sound in sounds {
            self.known(terms, self.fields.sound, &sound, SOUND)?;
        }
        Ok(())
    }

    fn word_beginnings(&self, word: &str) -> Result<Vec<Scored>, Error> {
        let exact = fold(word);
        let mut terms = Vec::new();
        let least = if exact.contains(is_cut_by_dictionary) {
            MIN_DICTIONARY_PREFIX_CHARS
        } else {
            MIN_PREFIX_CHARS
        };
        if exact.chars().count() < least || exact.chars().any(char::is_numeric) {
            return Ok(terms);
        }
        for (field, worth) in self.word_fields() {
            for term in expansions(self.searcher, field, &exact)? {
                terms.push((Term::from_field_text(field, &term), worth * EXPANDED));
            }
        }
        Ok(terms)
    }

    /// Terms one letter away, and the best of them as a word to show.
    fn word_corrections(&mut self, word: &str) -> Result<(Vec<Scored>, Option<String>), Error> {
        let exact = fold(word);
        let mut terms = Vec::new();
        if exact.chars().count() < MIN_CORRECTED_CHARS || exact.chars().any(char::is_numeric) {
            return Ok((terms, None));
        }
        let mut best: Option<(String, u64)> = None;
        let mut consider = |term: &str, count: u64| {
            if best.as_ref().is_none_or(|(_, most)| count > *most) {
                best = Some((term.to_owned(), count));
            }
        };
        for (field, worth) in self.word_fields() {
            for (term, count) in corrections(self.searcher, field, &exact)? {
                consider(&term, count);
                terms.push((Term::from_field_text(field, &term), worth * CORRECTED));
            }
        }
        let mut stems = self.stems.of_query(word);
        stems.retain(|stem| stem.chars().count() >= MIN_CORRECTED_CHARS);
        let mut stem_shown = None;
        for stem in stems {
            for (term, _) in corrections(self.searcher, self.fields.stem, &stem)? {
                if stem_shown.is_none() {
                    stem_shown = self.shown_for_stem(&term)?;
                }
                terms.push((
                    Term::from_field_text(self.fields.stem, &term),
                    STEM * CORRECTED,
                ));
            }
        }
        Ok((terms, best.map(|(term, _)| term).or(stem_shown)))
    }

    /// A word of the index that begins with a stem: stems are no words to show.
    fn shown_for_stem(&self, stem: &str) -> Result<Option<String>, Error> {
        for (field, _) in self.word_fields() {
            let words = expansions(self.searcher, field, stem)?;
            if let Some(shortest) = words.into_iter().min_by_key(|word| word.chars().count()) {
                return Ok(Some(shortest));
            }
        }
        Ok(None)
    }

    /// Whatever stands in a run of ideographs, which may be a whole sentence.
    fn pieces(
        &mut self,
        text: &str,
        words: &[String],
        grams: &[String],
    ) -> Result<Option<Box<dyn Condition>>, Error> {
        let mut terms = Vec::new();
        for word in words {
            terms.extend(self.word(word)?);
        }
        for gram in grams {
            self.known(&mut terms, self.fields.gram, gram, GRAM)?;
        }
        for ideograph in text.chars() {
            let ideograph = ideograph.to_string();
            self.known(&mut terms, self.fields.gram, &ideograph, IDEOGRAPH)?;
        }
        Ok(any_of(terms))
    }

    /// A run of ideographs that is a name without its legal form.
    fn named(&mut self, name: &str) -> Result<Option<Box<dyn Condition>>, Error> {
        match run_of_ideographs(name) {
            Part::Run { words, grams, .. } => self.run(&words, &grams),
            Part::Word(_) | Part::Code { .. } => Ok(None),
        }
    }

    /// A run of ideographs as the name of a party that is written in Latin letters.
    fn spelt(&self, name: &str) -> Result<Option<Box<dyn Condition>>, Error> {
        let mut terms = Vec::new();
        if name.chars().count() <= MAX_SPELT_CHARS
            && let Some(spelt) = latin(name)
        {
            self.known(&mut terms, self.fields.party, &spelt, PARTY * LATIN)?;
        }
        Ok(any_of(terms))
    }

    fn run(
        &mut self,
        words: &[String],
        grams: &[String],
    ) -> Result<Option<Box<dyn Condition>>, Error> {
        let mut ways: Vec<Box<dyn Condition>> = Vec::new();
        let mut all = Vec::new();
        for word in words {
            all.push(any_of(self.word(word)?));
        }
        ways.extend(all_of(all));
        if let [single] = grams {
            let mut terms = Vec::new();
            for gram in expansions(self.searcher, self.fields.gram, single)? {
                terms.push((Term::from_field_text(self.fields.gram, &gram), GRAM));
            }
            ways.extend(any_of(terms));
        } else {
            let mut all = Vec::new();
            for gram in grams {
                let mut terms = Vec::new();
                self.known(&mut terms, self.fields.gram, gram, GRAM)?;
                all.push(any_of(terms));
            }
            ways.extend(all_of(all));
        }
        Ok(either(ways))
    }

    /// Texts that have the groups of a code, anywhere where one of them has a digit. Of several, what
    /// is before the first digit may stand anywhere, the others side by side: apart they are of another
    /// number.
    fn mentioned(&mut self, groups: &[Part]) -> Result<Option<Box<dyn Condition>>, Error> {
        let numeric = |part: &Part| part.shown().contains(char::is_numeric);
        let several = groups.iter().filter(|part| numeric(part)).count() > 1;
        let first = groups.iter().position(numeric).filter(|_| several);
        let first = first.unwrap_or(groups.len());
        let (before, numbered) = groups.split_at_checked(first).unwrap_or((groups, &[]));
        let mut all = Vec::new();
        for part in before {
            all.push(match part {
                Part::Word(word) => any_of(self.word(word)?),
                Part::Run { words, grams, .. } => self.run(words, grams)?,
                Part::Code { .. } => None,
            });
        }
        if several {
            let mut terms = Vec::new();
            self.known(&mut terms, self.fields.mention, &joined(numbered), MENTION)?;
            all.push(any_of(terms));
        }
        Ok(all_of(all))
    }

    fn code(
        &mut self,
        typed: &str,
        key: &str,
        text: &[Part],
        worth: f32,
    ) -> Result<Option<Box<dyn Condition>>, Error> {
        let fields = *self.fields;
        let mut terms = Vec::new();
        for number in code::number_keys(typed) {
            self.known(&mut terms, fields.number, &number, worth)?;
        }
        self.known(&mut terms, fields.number_part, key, NUMBER_PART)?;
        self.known(&mut terms, fields.standard, key, STANDARD)?;
        self.known(&mut terms, fields.standard_family, key, FAMILY)?;
        for other in self.adopted.iter().filter(|of| code::key(&of.typed) == key) {
            for other in &other.others {
                self.known(&mut terms, fields.standard, &code::key(other), ADOPTED)?;
            }
        }
        for field in [fields.id, fields.issuer, fields.holder, fields.grantor] {
            self.known(&mut terms, field, &whole(typed), NUMBER)?;
        }
        if key.bytes().all(|byte| byte.is_ascii_digit()) && key.len() >= 4 {
            self.known(&mut terms, fields.hs, key, HS)?;
            self.known(&mut terms, fields.hs_derived, key, HS_DERIVED)?;
        }
        if key.chars().count() >= MIN_CODE_PREFIX_CHARS {
            // Who types on wants the numbers that begin so; a whole number is nobody's beginning.
            let begun: &[Field] = match terms.as_slice() {
                [] => &[fields.number, fields.number_part, fields.standard],
                [(only, _)] if only.field() == fields.number_part => &[fields.number],
                _ => &[],
            };
            for field in begun {
                for term in expansions(self.searcher, *field, key)? {
                    terms.push((Term::from_field_text(*field, &term), NUMBER_PREFIX));
                }
            }
        }
        let mut ways: Vec<Box<dyn Condition>> = any_of(terms).into_iter().collect();
        ways.extend(self.mentioned(text)?);
        Ok(either(ways))
    }
}

/// What groups of a code are together.
fn joined(groups: &[Part]) -> String {
    let shown: Vec<&str> = groups.iter().map(Part::shown).collect();
    code::key(&shown.join(" "))
}

/// Thai, Lao, Burmese and Khmer: no spaces between words, and no pairs are indexed either.
fn is_cut_by_dictionary(character: char) -> bool {
    matches!(character, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

fn any_of(terms: Vec<Scored>) -> Option<Box<dyn Condition>> {
    let conditions = terms.into_iter().map(|(term, worth)| {
        let found = TermQuery::new(term, IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(found), worth)) as Box<dyn Condition>
    });
    either(conditions.collect())
}

fn either(mut ways: Vec<Box<dyn Condition>>) -> Option<Box<dyn Condition>> {
    match ways.len() {
        0 => None,
        1 => ways.pop(),
        _ => Some(Box::new(BooleanQuery::union(ways))),
    }
}

fn all_of(needed: Vec<Option<Box<dyn Condition>>>) -> Option<Box<dyn Condition>> {
    let mut known: Vec<Box<dyn Condition>> = needed.into_iter().collect::<Option<_>>()?;
    match known.len() {
        0 => None,
        1 => known.pop(),
        _ => Some(Box::new(BooleanQuery::intersection(known))),
    }
}
