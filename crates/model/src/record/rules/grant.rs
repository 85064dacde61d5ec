//! Rules of `CompetenceGrant`.

use std::collections::HashSet;

use crate::fault::Faults;
use crate::grant::{CompetenceGrant, ScopeItem};
use crate::record::Record;

use super::parts::{
    check_chapter_name, check_count, check_distinct, check_economies, check_lang_string,
    check_level, check_optional_date, check_party, check_period, check_selector,
};

pub(super) fn check(faults: &mut Faults, record: &Record, subject: &CompetenceGrant) {
    let imported = record.comity.imported_from.is_some();
    faults.member("grantor", |faults| {
        check_party(faults, &subject.grantor);
        if !imported {
            check_is_issuer(faults, record, subject);
        }
    });
    faults.member("grantee", |faults| check_party(faults, &subject.grantee));
    check_economies(faults, "economies", &subject.economies, 1);
    check_distinct(faults, "criteria", &subject.criteria);
    check_count(
        faults,
        "activities",
        &subject.activities,
        usize::from(!imported),
    );
    check_distinct(faults, "activities", &subject.activities);
    check_period(faults, "period", &subject.period);
    faults.require(
        imported || !subject.period_inferred,
        "periodInferred",
        "periodInferred",
        "expected only in an imported record: a grantor knows the days of its own grant",
    );
    check_optional_date(faults, "initialOn", subject.initial_on.as_ref());
    if let Some(initial) = &subject.initial_on
        && initial.earliest() > subject.period.from.latest()
    {
        faults.note_at(
            "initialOn",
            "order",
            format!("expected {} or earlier", subject.period.from),
        );
    }
    check_scope(faults, "scope", &subject.scope);
    check_distinct(faults, "underChapters", &subject.under_chapters);
    faults.each(
        "underChapters",
        &subject.under_chapters,
        |faults, _, name| {
            check_chapter_name(faults, name);
        },
    );
}

/// The grantor is the signer (records.md 2.2, K4).
fn check_is_issuer(faults: &mut Faults, record: &Record, subject: &CompetenceGrant) {
    faults.require(
        subject.grantor.id.as_ref() == Some(&record.issuer.id),
        "id",
        "grantor",
        "expected the issuer's DID: a grant is signed by its grantor",
    );
    let under = subject.grantor.registered_by.as_ref();
    faults.require(
        under.is_none_or(|under| *under == record.comity.authority),
        "registeredBy",
        "grantor",
        "expected the authority of this record: the grantor is its signer",
    );
}

/// The items of a scope: of a grant, or as they result from an event.
pub(super) fn check_scope(faults: &mut Faults, name: &str, items: &[ScopeItem]) {
    let mut seen = HashSet::new();
    faults.each(name, items, |faults, index, item| {
        if let Some(own) = items.get(index)
            && !seen.insert(own.id.as_str())
        {
            faults.note_at("id", "duplicate", "expected each only once");
        }
        check_scope_item(faults, item);
    });
}

fn check_scope_item(faults: &mut Faults, item: &ScopeItem) {
    check_lang_string(faults, "description", &item.description);
    check_distinct(faults, "activities", &item.activities);
    check_distinct(faults, "standards", &item.standards);
    faults.each("products", &item.products, |faults, _, selector| {
        check_selector(faults, selector);
    });
    check_distinct(faults, "sectors", &item.sectors);
    if let Some(level) = &item.max_level {
        faults.member("maxLevel", |faults| check_level(faults, level));
    }
    if let Some(period) = &item.period {
        check_period(faults, "period", period);
    }
    let structured = !item.standards.is_empty() || !item.products.is_empty();
    if item.description.is_empty() && item.sectors.is_empty() && !structured {
        faults.note(
            "scopeItem",
            "expected a description, standards, products or sectors: this item says nothing",
        );
    }
    faults.require(
        structured || !item.exhaustive,
        "exhaustive",
        "scopeItem",
        "expected only beside a list of standards or products that it declares complete",
    );
}
