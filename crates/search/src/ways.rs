//! Ways as engine queries.

use std::ops::Bound;
use tantivy::query::{
    BooleanQuery, EmptyQuery, Occur, Query as Condition, RangeQuery, TermSetQuery,
};
use tantivy::schema::{Field, Term};

use crate::error::Error;
use crate::filters::{Clause, join, unscored};
use crate::query::{MAX_WAYS, Way, Ways};
use crate::schema::{ANY, Fields, NO_START, whole};

/// Digits that the Harmonized System shares with every extension of it, and under which a code is
/// found by a term of its own.
const SHARED_DIGITS: usize = 6;

/// Refuses more ways than [`MAX_WAYS`].
pub(crate) fn check(ways: &Ways) -> Result<(), Error> {
    if ways.any_of.len() > MAX_WAYS {
        return Err(Error::Limit {
            parameter: "ways",
            max: MAX_WAYS,
        });
    }
    Ok(())
}

/// Clauses that ways come to; none of them adds to the score.
pub(crate) fn clauses(fields: &Fields, ways: &Ways) -> Vec<Clause> {
    let mut clauses = Vec::new();
    if !ways.products.is_empty() {
        let covering = ways
            .products
            .iter()
            .flat_map(|asked| covering(fields, asked));
        let any = Term::from_field_text(fields.hs_whole, ANY);
        clauses.push(must(TermSetQuery::new(covering.chain([any]))));
    }
    let any_of = ways.any_of.iter().map(|way| join(clauses_of(fields, way)));
    let any_of: Vec<Box<dyn Condition>> = any_of.collect();
    clauses.push(if any_of.is_empty() {
        must(EmptyQuery)
    } else {
        must(BooleanQuery::union(any_of))
    });
    clauses
}

/// Terms of the codes that cover a product: every heading above it and, of six digits, whatever
/// begins with them.
fn covering(fields: &Fields, asked: &str) -> Vec<Term> {
    let above = (2..=asked.len().min(SHARED_DIGITS)).filter_map(|length| asked.get(..length));
    let mut terms: Vec<Term> = above
        .map(|digits| Term::from_field_text(fields.hs_whole, digits))
        .collect();
    if let Some(shared) = asked.get(..SHARED_DIGITS) {
        terms.push(Term::from_field_text(fields.hs, shared));
    }
    terms
}

fn clauses_of(fields: &Fields, way: &Way) -> Vec<Clause> {
    let mut clauses = Vec::new();
    if let Some(sides) = &way.sides {
        clauses.extend(one_of(fields.sides, sides, Some(fields.sides)));
    }
    let lists = [
        (fields.attestation, &way.attestation, None),
        (fields.issuer, &way.issuers, None),
        (fields.scheme_names, &way.schemes, Some(fields.scheme_names)),
        (
            fields.designation,
            &way.designations,
            Some(fields.designation),
        ),
        (fields.hs, &way.hs, Some(fields.hs_whole)),
    ];
    for (field, values, cut) in lists {
        if !values.is_empty() {
            clauses.extend(one_of(field, values, cut));
        }
    }
    if let Some(last) = way.issued_to {
        let day = |day: i64| Bound::Included(Term::from_field_i64(fields.issued_on, day));
        let issued = RangeQuery::new(day(NO_START), day(i64::from(last)));
        clauses.push(must(issued));
    }
    clauses
}

/// Documents that have one of the values, or more than are indexed; nothing where a value has no
/// term of its own.
fn one_of(field: Field, values: &[String], cut: Option<Field>) -> Option<Clause> {
    let terms: Vec<String> = values.iter().map(|value| whole(value)).collect();
    if terms.iter().any(String::is_empty) {
        return None;
    }
    let terms = terms.iter().map(|term| Term::from_field_text(field, term));
    let any = cut.map(|field| Term::from_field_text(field, ANY));
    Some(must(TermSetQuery::new(terms.chain(any))))
}

fn must(query: impl Condition) -> Clause {
    (Occur::Must, unscored(query))
}
