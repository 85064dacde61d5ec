//! Conditions as engine queries.

use std::ops::Bound;

use tantivy::query::{
    BooleanQuery, ConstScoreQuery, Occur, Query as Condition, RangeQuery, TermSetQuery,
};
use tantivy::schema::{Field, Term};

use crate::code;
use crate::error::Error;
use crate::query::{Facet, Filter, Filters, MAX_FILTER_VALUES};
use crate::schema::{Fields, NO_END, NO_START, whole};

/// A clause of a boolean query.
pub(crate) type Clause = (Occur, Box<dyn Condition>);

/// Terms that a value stands for.
type Terms<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// Refuses filters with more values than [`MAX_FILTER_VALUES`].
pub(crate) fn check(filters: &Filters) -> Result<(), Error> {
    let named = [
        ("type", &filters.kind),
        ("status", &filters.status),
        ("issuer", &filters.issuer),
        ("holder", &filters.holder),
        ("accreditor", &filters.grantor),
        ("economy", &filters.economy),
        ("issuerEconomy", &filters.issuer_economy),
        ("standard", &filters.standard),
        ("scheme", &filters.scheme),
        ("attestation", &filters.attestation),
        ("hs", &filters.hs),
        ("hs", &filters.hs_covering),
        ("year", &filters.year),
    ];
    for (parameter, filter) in named {
        if filter.any_of.len() + filter.none_of.len() > MAX_FILTER_VALUES {
            return Err(Error::Limit {
                parameter,
                max: MAX_FILTER_VALUES,
            });
        }
    }
    Ok(())
}

/// Clauses of all filters, leaving out the one of `except`; none of them adds to the score.
pub(crate) fn clauses(fields: &Fields, filters: &Filters, except: Option<Facet>) -> Vec<Clause> {
    let exact = |value: &str| vec![whole(value)];
    let economy = |value: &str| vec![whole(value).to_uppercase()];
    let standard = |value: &str| vec![code::key(value)];
    let under = |value: &str| vec![code::hs_digits(value)];
    let above = |value: &str| {
        let digits = code::hs_digits(value);
        let lengths = 2..=digits.len();
        lengths
            .filter_map(|length| digits.get(..length).map(str::to_owned))
            .collect()
    };
    let named: [(Option<Facet>, Field, &Filter, Terms<'_>); 13] = [
        (Some(Facet::Kind), fields.kind, &filters.kind, &exact),
        (Some(Facet::Status), fields.status, &filters.status, &exact),
        (Some(Facet::Issuer), fields.issuer, &filters.issuer, &exact),
        (Some(Facet::Holder), fields.holder, &filters.holder, &exact),
        (
            Some(Facet::Grantor),
            fields.grantor,
            &filters.grantor,
            &exact,
        ),
        (
            Some(Facet::Economy),
            fields.economy,
            &filters.economy,
            &economy,
        ),
        (
            Some(Facet::IssuerEconomy),
            fields.issuer_economy,
            &filters.issuer_economy,
            &economy,
        ),
        (
            Some(Facet::Standard),
            fields.standard,
            &filters.standard,
            &standard,
        ),
        (Some(Facet::Scheme), fields.scheme, &filters.scheme, &exact),
        (Some(Facet::HsChapter), fields.hs, &filters.hs, &under),
        (
            Some(Facet::HsChapter),
            fields.hs_whole,
            &filters.hs_covering,
            &above,
        ),
        (Some(Facet::Year), fields.year, &filters.year, &exact),
        // Nobody counts by it.
        (None, fields.attestation, &filters.attestation, &exact),
    ];
    let mut clauses = Vec::new();
    for (facet, field, filter, terms) in named {
        if facet.is_some() && except == facet {
            continue;
        }
        for (occur, values) in [
            (Occur::Must, &filter.any_of),
            (Occur::MustNot, &filter.none_of),
        ] {
            if !values.is_empty() {
                let terms = values.iter().flat_map(|value| terms(value));
                let terms = terms.map(|term| Term::from_field_text(field, &term));
                clauses.push((occur, unscored(TermSetQuery::new(terms))));
            }
        }
    }
    clauses.extend(dates(fields, filters));
    clauses
}

/// Whether the filter of a facet's own name is set.
pub(crate) fn is_set(filters: &Filters, facet: Facet) -> bool {
    let set = |filter: &Filter| !filter.any_of.is_empty() || !filter.none_of.is_empty();
    match facet {
        Facet::Kind => set(&filters.kind),
        Facet::Status => set(&filters.status),
        Facet::Issuer => set(&filters.issuer),
        Facet::Holder => set(&filters.holder),
        Facet::Grantor => set(&filters.grantor),
        Facet::Economy => set(&filters.economy),
        Facet::IssuerEconomy => set(&filters.issuer_economy),
        Facet::Standard => set(&filters.standard),
        Facet::Scheme => set(&filters.scheme),
        Facet::HsChapter => set(&filters.hs) || set(&filters.hs_covering),
        Facet::Year => set(&filters.year),
    }
}

fn dates(fields: &Fields, filters: &Filters) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut within = |field: Field, from: i64, to: i64| {
        let day = |day: i64| Bound::Included(Term::from_field_i64(field, day));
        clauses.push((Occur::Must, unscored(RangeQuery::new(day(from), day(to)))));
    };
    if filters.issued_from.is_some() || filters.issued_to.is_some() {
        // Without a day of issue there is no answer, so both ends lie inside the real days.
        let from = filters.issued_from.map_or(NO_START + 1, i64::from);
        let to = filters.issued_to.map_or(NO_END - 1, i64::from);
        within(fields.issued_on, from, to);
    }
    if let Some(day) = filters.expires_before {
        within(fields.valid_until, NO_START, i64::from(day) - 1);
    }
    if let Some(day) = filters.status_before {
        within(fields.status_until, NO_START, i64::from(day) - 1);
    }
    if let Some(day) = filters.on.map(i64::from) {
        within(fields.valid_from, NO_START, day);
        within(fields.valid_until, day, NO_END);
    }
    clauses
}

pub(crate) fn unscored(query: impl Condition) -> Box<dyn Condition> {
    Box::new(ConstScoreQuery::new(Box::new(query), 0.0))
}

/// Joins clauses; only unwanted ones mean everything else, none at all means everything.
pub(crate) fn join(mut clauses: Vec<Clause>) -> Box<dyn Condition> {
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, unscored(tantivy::query::AllQuery)));
    }
    Box::new(BooleanQuery::new(clauses))
}
