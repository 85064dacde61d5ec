//! Reading scopes honestly: an item covers what its structured members name; what it leaves to
//! words, to flexibility or to silence has to be read by a person; and only an item that says it
//! is exhaustive can exclude.

use comity_model::attestation::AttestationDetails;
use comity_model::grant::{Flexibility, ScopeItem};
use comity_model::product::{ProductCode, Selection};
use comity_model::standard::{Covers, StandardReference};
use comity_model::text::LangString;

use crate::code::{Code, Outcome};
use crate::subject::Subject;

use super::{Reliance, contains};
use comity_model::date::Truth;

/// Most scope items whose words a step repeats.
const MAX_WORDS: usize = 3;

/// How an item stands to an attestation, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Covered,
    NeedsReading,
    Excluded,
}

/// Whether `scope` covers the attestation. Words that have to be read are added to `words`.
pub(super) fn covers<'a>(
    subject: &Subject<'a>,
    reliance: &Reliance<'a>,
    scope: &[&'a ScopeItem],
    to_issuer: bool,
    words: &mut Vec<&'a LangString>,
) -> (Outcome, Code) {
    let grant = reliance.grant;
    let details = &subject.attestation.comity;
    let activities = details.comity_kind.activities();
    let granted = activities.is_empty() || activities.iter().any(|a| grant.activities.contains(a));
    if to_issuer && !granted {
        return (Outcome::Fail, Code::CompetenceActivityNotGranted);
    }
    if grant.scope.is_empty() && reliance.is_imported() {
        // The register lists no scope: the grant is for its activities as a whole.
        return (Outcome::Pass, Code::CompetenceCovers);
    }
    let relied: Vec<&ScopeItem> = (scope.iter().copied())
        .filter(|item| reliance.items.is_empty() || reliance.items.contains(&item.id))
        .collect();
    if relied.is_empty() && !reliance.items.is_empty() {
        // Items that the scope has lost exclude; items it never had say nothing.
        let lost = grant
            .scope
            .iter()
            .any(|item| reliance.items.contains(&item.id));
        return if lost {
            (Outcome::Fail, Code::CompetenceOutsideScope)
        } else {
            (Outcome::Unknown, Code::CompetenceScopeNeedsReading)
        };
    }
    let issued = details.legal_dates.issued_on;
    let mut standards: Vec<Option<&StandardReference>> =
        details.standards.iter().map(Some).collect();
    if standards.is_empty() {
        standards.push(None);
    }
    let mut worst = Fit::Covered;
    for standard in standards {
        let best = (relied.iter())
            .map(|item| {
                let in_force = item
                    .period
                    .as_ref()
                    .map_or(Truth::Yes, |p| contains(p, &issued));
                let own = &item.activities;
                let activity = own.is_empty()
                    || activities.is_empty()
                    || !to_issuer
                    || activities.iter().any(|activity| own.contains(activity));
                match (in_force, activity) {
                    (Truth::No, _) | (_, false) => Fit::Excluded,
                    (Truth::Unknown, _) => Fit::NeedsReading,
                    _ => item_fit(item, details, standard, grant.flexibility),
                }
            })
            .min();
        worst = worst.max(best.unwrap_or(Fit::NeedsReading));
    }
    if worst == Fit::NeedsReading && words.is_empty() {
        let texts = relied.iter().map(|item| &item.description);
        let texts = texts.filter(|text| !text.is_empty());
        words.extend(texts.take(MAX_WORDS));
    }
    match worst {
        Fit::Covered => (Outcome::Pass, Code::CompetenceCovers),
        Fit::NeedsReading => (Outcome::Unknown, Code::CompetenceScopeNeedsReading),
        Fit::Excluded => (Outcome::Fail, Code::CompetenceOutsideScope),
    }
}

fn item_fit(
    item: &ScopeItem,
    details: &AttestationDetails,
    standard: Option<&StandardReference>,
    flexibility: Flexibility,
) -> Fit {
    let codes: Vec<&ProductCode> = details
        .objects
        .iter()
        .flat_map(|o| &o.product_codes)
        .collect();
    if item.standards.is_empty() && item.products.is_empty() {
        return Fit::NeedsReading;
    }
    let standards = standard.map_or(Fit::Covered, |standard| standard_fit(item, standard));
    let products = codes.iter().map(|code| product_fit(item, code)).max();
    let level = match (&item.max_level, &details.level) {
        (None, _) => Fit::Covered,
        (Some(_), None) => Fit::NeedsReading,
        (Some(most), Some(level)) if most.scale != level.scale => Fit::NeedsReading,
        (Some(most), Some(level)) if level.rank <= most.rank => Fit::Covered,
        _ => Fit::Excluded,
    };
    let nothing_to_compare = standard.is_none() && codes.is_empty();
    let fit = standards.max(products.unwrap_or(Fit::Covered)).max(level);
    match fit {
        Fit::Covered if nothing_to_compare => Fit::NeedsReading,
        Fit::Excluded if !item.exhaustive || flexibility != Flexibility::Fixed => Fit::NeedsReading,
        fit => fit,
    }
}

fn standard_fit(item: &ScopeItem, standard: &StandardReference) -> Fit {
    if item.standards.is_empty() {
        return Fit::NeedsReading;
    }
    let fits = item
        .standards
        .iter()
        .map(|listed| match listed.covers(standard) {
            Covers::Yes => Fit::Covered,
            Covers::OtherEdition | Covers::EditionUnsaid => Fit::NeedsReading,
            Covers::No => Fit::Excluded,
        });
    fits.min().unwrap_or(Fit::NeedsReading)
}

fn product_fit(item: &ScopeItem, code: &ProductCode) -> Fit {
    if item.products.is_empty() {
        return Fit::NeedsReading;
    }
    let fits = item
        .products
        .iter()
        .map(|selector| match selector.select(code) {
            Selection::Chosen => Fit::Covered,
            Selection::NotComparable => Fit::NeedsReading,
            Selection::NotChosen => Fit::Excluded,
        });
    fits.min().unwrap_or(Fit::NeedsReading)
}
