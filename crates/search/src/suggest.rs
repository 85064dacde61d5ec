//! Completion while somebody types.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::schema::Term;
use tantivy::{Searcher, TantivyError};

use crate::code;
use crate::dictionary;
use crate::schema::{Fields, whole};
use crate::text::{clean, fold, prepare, words};
use crate::thesaurus::thesaurus;

/// Most completions of one request.
pub const MAX_SUGGESTIONS: usize = 50;
/// Most characters of a prefix that are looked at.
const MAX_PREFIX_CHARS: usize = 60;
/// Terms read for one completion, a segment; bounds the cost of a one-letter prefix.
const MAX_SCANNED: usize = 2_000;
/// Words of a name at which a completion may begin: `Acme Cable Works` is offered for `cab` too.
const MAX_ENTRIES: usize = 4;
/// Most names of goods among the completions: records come first.
const MAX_GOODS: usize = 4;
/// Shortest beginning of a number.
const MIN_NUMBER_CHARS: usize = 3;
/// Between what is typed, what kind it is, and what is shown.
const MARK: char = '\u{1}';

/// Something the reader may have begun to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// As it stands in the records, or in the thesaurus.
    pub text: String,
    /// What it names.
    pub kind: SuggestionKind,
    /// About how many records name it.
    pub count: u64,
}

/// What a suggestion names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SuggestionKind {
    /// A holder, issuer or maker.
    Party,
    /// A standard without edition.
    Standard,
    /// A certificate, model or article number.
    Number,
    /// Goods, by a word or plain name of the thesaurus.
    Goods,
}

/// Terms under which a document's names and standards are completed.
pub(crate) fn terms<'a>(
    names: impl Iterator<Item = &'a str>,
    standards: impl Iterator<Item = &'a str>,
) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for name in names {
        let shown = whole(name);
        let folded: Vec<String> = folded_words(&shown);
        for start in 0..folded.len().min(MAX_ENTRIES) {
            let typed: Vec<&str> = folded.iter().skip(start).map(String::as_str).collect();
            terms.insert(format!("{}{MARK}p{shown}", typed.join(" ")));
        }
    }
    for standard in standards {
        let shown = whole(standard);
        let key = code::key(&shown).to_lowercase();
        if let Some(digit) = key.find(|character: char| character.is_ascii_digit()) {
            let bare_number = key.get(digit..).unwrap_or_default();
            terms.insert(format!("{bare_number}{MARK}s{shown}"));
        }
        terms.insert(format!("{key}{MARK}s{shown}"));
    }
    terms
}

/// Completions of a prefix, most frequent first.
pub(crate) fn suggest(
    searcher: &Searcher,
    fields: &Fields,
    prefix: &str,
    limit: usize,
) -> Result<Vec<Suggestion>, TantivyError> {
    let cleaned = clean(prefix, MAX_PREFIX_CHARS);
    let typed = folded_words(&cleaned).join(" ");
    let key = code::key(&cleaned).to_lowercase();
    let mut found: BTreeMap<(SuggestionKind, String), u64> = BTreeMap::new();
    for (kind, mark, begun) in [
        (SuggestionKind::Party, 'p', typed),
        (SuggestionKind::Standard, 's', key),
    ] {
        if begun.is_empty() {
            continue;
        }
        for (term, count) in
            dictionary::beginning_with(searcher, fields.suggest, &begun, MAX_SCANNED)?
        {
            let shown = term
                .split_once(MARK)
                .and_then(|(_, rest)| rest.strip_prefix(mark));
            if let Some(shown) = shown {
                let known = found.entry((kind, shown.to_owned())).or_default();
                *known = count.max(*known);
            }
        }
    }
    let mut suggestions: Vec<Suggestion> = found
        .into_iter()
        .map(|((kind, text), count)| Suggestion { text, kind, count })
        .collect();
    suggestions.extend(goods(searcher, fields, &cleaned)?);
    order(&mut suggestions);
    suggestions.truncate(limit.min(MAX_SUGGESTIONS));
    Ok(suggestions)
}

/// The most frequent first.
fn order(suggestions: &mut [Suggestion]) {
    suggestions.sort_by(|left, right| {
        let counts = right.count.cmp(&left.count);
        counts.then_with(|| left.text.cmp(&right.text))
    });
}

/// Words for goods that begin with what is typed, as far as records stand under their code.
fn goods(
    searcher: &Searcher,
    fields: &Fields,
    typed: &str,
) -> Result<Vec<Suggestion>, TantivyError> {
    let mut found: BTreeMap<&str, u64> = BTreeMap::new();
    for (text, code) in thesaurus().beginning_with(typed) {
        let mut count = 0;
        for field in [fields.hs, fields.hs_derived] {
            count += searcher.doc_freq(&Term::from_field_text(field, code))?;
        }
        let most = found.entry(text).or_default();
        *most = count.max(*most);
    }
    let known = found.into_iter().filter(|(_, count)| *count > 0);
    let suggestion = |(text, count): (&str, u64)| Suggestion {
        text: text.to_owned(),
        kind: SuggestionKind::Goods,
        count,
    };
    let mut suggestions: Vec<Suggestion> = known.map(suggestion).collect();
    order(&mut suggestions);
    suggestions.truncate(MAX_GOODS);
    Ok(suggestions)
}

/// Keys of numbers that begin with what is typed, with how many documents have each; none where it
/// has neither a digit nor several groups, as only numbers have.
pub(crate) fn numbers(
    searcher: &Searcher,
    fields: &Fields,
    typed: &str,
    limit: usize,
) -> Result<BTreeMap<String, u64>, TantivyError> {
    let key = code::key(&clean(typed, MAX_PREFIX_CHARS));
    let grouped = typed.trim().contains(['-', '/', '_', '.']);
    let telling = grouped || key.contains(|character: char| character.is_ascii_digit());
    if !telling || key.chars().count() < MIN_NUMBER_CHARS {
        return Ok(BTreeMap::new());
    }
    let mut found = dictionary::beginning_with(searcher, fields.number, &key, limit)?;
    while found.len() > limit {
        found.pop_last();
    }
    Ok(found)
}

fn folded_words(text: &str) -> Vec<String> {
    let folded = words(&prepare(text)).into_iter().map(|word| fold(&word));
    folded.filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests;
