//! Rules of `ImportRule` (format.md 2.12).

use std::collections::HashSet;

use crate::fault::Faults;
use crate::import_rule::{
    AttestationFilter, DeviationReference, ImportRule, MAX_REQUIREMENTS, Requirement,
    RequirementSort, RuleEffect,
};
use crate::party::is_slug;
use crate::record::Record;
use crate::text::is_language_tag;

use super::parts::{
    check_clause, check_distinct, check_economies, check_economy, check_edition_said,
    check_lang_string_given, check_optional_date, check_party_reference, check_period,
    check_selector,
};

pub(super) fn check(faults: &mut Faults, record: &Record, subject: &ImportRule) {
    check_word(faults, record, subject);
    check_economy(faults, "economy", &subject.economy);
    check_lang_string_given(faults, "title", &subject.title);
    faults.each("products", &subject.products, |faults, _, selector| {
        check_selector(faults, selector);
    });
    check_effect(faults, subject);
    check_period(faults, "period", &subject.period);
    check_requirements(faults, &subject.requirements);
    if let Some(filter) = &subject.attestations {
        faults.member("attestations", |faults| check_filter(faults, filter));
    }
}

/// On whose word: the destination's own authority's, or, imported, of somebody of that economy.
fn check_word(faults: &mut Faults, record: &Record, subject: &ImportRule) {
    match &record.comity.imported_from {
        None if record.issuer.id != record.comity.authority => faults.note(
            "signer",
            "expected the destination's own authority as issuer: it alone speaks for the economy",
        ),
        Some(imported) if !imported.attributed_to.economies.contains(&subject.economy) => faults
            .note_at(
                "economy",
                "attributedTo",
                "expected an economy of importedFrom.attributedTo: nobody makes rules for another",
            ),
        _ => {}
    }
}

/// Each effect has its own member, and no other.
fn check_effect(faults: &mut Faults, subject: &ImportRule) {
    let asks = subject.effect == RuleEffect::Required;
    if asks == subject.requirements.is_empty() {
        faults.note_at(
            "requirements",
            "effect",
            "expected at least one with required, and none otherwise",
        );
    }
    let chooses = matches!(subject.effect, RuleEffect::Accepted | RuleEffect::Refused);
    if chooses != subject.attestations.is_some() {
        faults.note_at(
            "attestations",
            "effect",
            "expected with accepted and refused, and only then",
        );
    }
}

fn check_requirements(faults: &mut Faults, requirements: &[Requirement]) {
    if requirements.len() > MAX_REQUIREMENTS {
        faults.note_at(
            "requirements",
            "count",
            format!("expected at most {MAX_REQUIREMENTS}"),
        );
    }
    let mut seen = HashSet::new();
    faults.each("requirements", requirements, |faults, at, requirement| {
        faults.require(
            is_slug(&requirement.id),
            "id",
            "requirementId",
            "expected a name of a-z, 0-9 and -",
        );
        if let Some(requirement) = requirements.get(at)
            && !seen.insert(&requirement.id)
        {
            faults.note_at("id", "duplicate", "expected each only once");
        }
        check_lang_string_given(faults, "text", &requirement.text);
        check_sort(faults, requirement);
    });
}

/// Each sort has the member that says more, and no other.
fn check_sort(faults: &mut Faults, requirement: &Requirement) {
    let sort = requirement.sort;
    for (name, due, given) in [
        (
            "attestation",
            sort == RequirementSort::Attestation,
            requirement.attestation.is_some(),
        ),
        (
            "deviation",
            sort == RequirementSort::Deviation,
            requirement.deviation.is_some(),
        ),
        (
            "languages",
            sort == RequirementSort::Language,
            !requirement.languages.is_empty(),
        ),
    ] {
        if due != given {
            faults.note_at(
                name,
                "requirementSort",
                "expected with the sort it belongs to, and only then",
            );
        }
    }
    if let Some(filter) = &requirement.attestation {
        faults.member("attestation", |faults| check_filter(faults, filter));
    }
    if let Some(deviation) = &requirement.deviation {
        faults.member("deviation", |faults| check_deviation(faults, deviation));
    }
    check_distinct(faults, "languages", &requirement.languages);
    faults.each("languages", &requirement.languages, |faults, _, tag| {
        if !is_language_tag(tag) {
            faults.note(
                "language",
                "expected a BCP 47 language tag such as en or zh-Hans",
            );
        }
    });
}

fn check_filter(faults: &mut Faults, filter: &AttestationFilter) {
    if *filter == AttestationFilter::default() {
        faults.note(
            "empty",
            "expected at least one predicate: an empty one would mean every attestation there is",
        );
    }
    check_distinct(faults, "kinds", &filter.kinds);
    check_distinct(faults, "standards", &filter.standards);
    check_distinct(faults, "regulations", &filter.regulations);
    check_distinct(faults, "schemes", &filter.schemes);
    check_distinct(faults, "issuers", &filter.issuers);
    faults.each("issuers", &filter.issuers, |faults, _, issuer| {
        check_party_reference(faults, issuer);
    });
    check_economies(faults, "issuerEconomies", &filter.issuer_economies, 0);
    check_distinct(faults, "grantTypes", &filter.grant_types);
    check_optional_date(faults, "issuedFrom", filter.issued_from.as_ref());
}

/// A clause in which an economy differs.
pub(super) fn check_deviation(faults: &mut Faults, deviation: &DeviationReference) {
    check_economy(faults, "economy", &deviation.economy);
    check_edition_said(faults, "standard", &deviation.standard);
    check_clause(faults, &deviation.clause);
}
