//! Which terms the index knows.

use std::collections::BTreeMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, Term};
use tantivy::{Searcher, TantivyError};

/// Most terms that a prefix stands for, a segment; the first in order of their bytes.
const MAX_EXPANSIONS: usize = 128;
/// Most terms one letter away that are tried, the most frequent first.
const MAX_CORRECTIONS: usize = 8;

/// Whether any document has, or lately had, the term.
pub(crate) fn knows(searcher: &Searcher, field: Field, term: &str) -> Result<bool, TantivyError> {
    let term = Term::from_field_text(field, term);
    for segment in searcher.segment_readers() {
        if segment
            .inverted_index(field)?
            .get_term_info(&term)?
            .is_some()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Terms that begin with `prefix`, with the number of documents of each.
pub(crate) fn beginning_with(
    searcher: &Searcher,
    field: Field,
    prefix: &str,
    most: usize,
) -> Result<BTreeMap<String, u64>, TantivyError> {
    let mut found = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().range().ge(prefix).into_stream()?;
        let mut seen = 0;
        while seen < most && stream.advance() {
            let Ok(term) = std::str::from_utf8(stream.key()) else {
                continue;
            };
            if !term.starts_with(prefix) {
                break;
            }
            *found.entry(term.to_owned()).or_default() += u64::from(stream.value().doc_freq);
            seen += 1;
        }
    }
    Ok(found)
}

/// Whether any term begins with `prefix`.
pub(crate) fn begins_any(
    searcher: &Searcher,
    field: Field,
    prefix: &str,
) -> Result<bool, TantivyError> {
    Ok(!beginning_with(searcher, field, prefix, 1)?.is_empty())
}

/// A bounded number of terms that begin with `prefix`.
pub(crate) fn expansions(
    searcher: &Searcher,
    field: Field,
    prefix: &str,
) -> Result<Vec<String>, TantivyError> {
    let found = beginning_with(searcher, field, prefix, MAX_EXPANSIONS)?;
    Ok(found.into_keys().collect())
}

/// Terms without digits at most one inserted, lost, changed or swapped letter away, most frequent
/// first.
pub(crate) fn corrections(
    searcher: &Searcher,
    field: Field,
    word: &str,
) -> Result<Vec<(String, u64)>, TantivyError> {
    let typo = FuzzyTermQuery::new(Term::from_field_text(field, word), 1, true);
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().search(typo.automaton()?).into_stream()?;
        while stream.advance() {
            let Ok(term) = std::str::from_utf8(stream.key()) else {
                continue;
            };
            if !term.chars().any(char::is_numeric) {
                *found.entry(term.to_owned()).or_default() += u64::from(stream.value().doc_freq);
            }
        }
    }
    let mut found: Vec<(String, u64)> = found.into_iter().collect();
    found.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    found.truncate(MAX_CORRECTIONS);
    Ok(found)
}
