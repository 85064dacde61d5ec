//! Rules of `Standard` (format.md 2.13).

use std::collections::HashSet;

use crate::fault::Faults;
use crate::standard::{Adoption, Correspondence, MAX_RELATED, Standard, StandardReference};

use super::parts::{
    check_clause, check_distinct, check_each_edition_once, check_economies, check_edition_said,
    check_lang_string_given, check_optional_date, check_order, check_period,
};

pub(super) fn check(faults: &mut Faults, subject: &Standard) {
    let own = &subject.standard;
    check_edition_said(faults, "standard", own);
    check_lang_string_given(faults, "title", &subject.title);
    check_economies(faults, "economies", &subject.economies, 0);
    check_period(faults, "period", &subject.period);
    for (name, count) in [
        ("replaces", subject.replaces.len()),
        ("amends", subject.amends.len()),
        ("adopts", subject.adopts.len()),
    ] {
        if count > MAX_RELATED {
            faults.note_at(name, "count", format!("expected at most {MAX_RELATED}"));
        }
    }
    let replaced = subject.replaces.iter().map(|replaced| &replaced.standard);
    check_each_edition_once(faults, "replaces", replaced);
    faults.each("replaces", &subject.replaces, |faults, _, replaced| {
        check_other(faults, "standard", own, &replaced.standard);
        check_optional_date(faults, "coexistsUntil", replaced.coexists_until.as_ref());
        check_order(
            faults,
            "coexistsUntil",
            &subject.period.from,
            replaced.coexists_until.as_ref(),
        );
    });
    check_each_edition_once(faults, "amends", subject.amends.iter());
    faults.member("amends", |faults| {
        for (index, amended) in subject.amends.iter().enumerate() {
            check_other(faults, &index.to_string(), own, amended);
        }
    });
    let adopted = subject.adopts.iter().map(|adoption| &adoption.standard);
    check_each_edition_once(faults, "adopts", adopted);
    faults.each("adopts", &subject.adopts, |faults, _, adoption| {
        check_other(faults, "standard", own, &adoption.standard);
        check_adoption(faults, adoption);
    });
    check_distinct(faults, "ics", &subject.ics);
    faults.each("ics", &subject.ics, |faults, _, code| {
        if !is_ics(code) {
            faults.note(
                "ics",
                "expected a field, group or sub-group such as 35, 35.020 or 33.160.01",
            );
        }
    });
}

/// Another standard than its own, in a certain edition. The sign between number and year is each
/// publisher's own and makes no other edition.
fn check_other(
    faults: &mut Faults,
    name: &str,
    own: &StandardReference,
    other: &StandardReference,
) {
    let itself = own.designation() == other.designation() && own.edition() == other.edition();
    faults.require(
        !itself,
        name,
        "itself",
        "expected another standard or another edition than this one",
    );
    check_edition_said(faults, name, other);
}

/// ISO/IEC Guide 21-1: an identical adoption has no technical deviations, and those of a modified
/// one are identified.
fn check_adoption(faults: &mut Faults, adoption: &Adoption) {
    if adoption.correspondence == Correspondence::Identical && !adoption.deviations.is_empty() {
        faults.note_at(
            "deviations",
            "correspondence",
            "expected none: an identical adoption does not deviate",
        );
    }
    let mut seen = HashSet::new();
    faults.each(
        "deviations",
        &adoption.deviations,
        |faults, at, deviation| {
            check_clause(faults, &deviation.clause);
            if let Some(deviation) = adoption.deviations.get(at)
                && !seen.insert(deviation.clause.as_str())
            {
                faults.note_at(
                "clause",
                "duplicate",
                "expected each only once; where a clause asks for more and for less, it is other",
            );
            }
            check_lang_string_given(faults, "text", &deviation.text);
        },
    );
}

/// Two digits, then three, then two: `33.160.01`.
fn is_ics(code: &str) -> bool {
    let mut parts = code.split('.');
    let digits = |part: &str, count: usize| {
        part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let field = parts.next().is_some_and(|field| digits(field, 2));
    let group = parts.next().is_none_or(|group| digits(group, 3));
    let sub_group = parts.next().is_none_or(|sub_group| digits(sub_group, 2));
    field && group && sub_group && parts.next().is_none()
}
