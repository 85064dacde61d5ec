//! What of a record counts are broken down by.

use std::collections::BTreeSet;

use comity_model::date::{Day, LegalDate};
use comity_model::grant::CompetenceGrant;
use comity_model::product::CodeSelector;
use comity_model::record::{Record, Subject};
use serde::Serialize;

use super::Source;

/// The properties of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) source: Source,
    pub(super) economies: BTreeSet<String>,
    pub(super) kinds: BTreeSet<String>,
    pub(super) chapters: BTreeSet<String>,
    pub(super) standards: BTreeSet<String>,
    /// The day by which it is counted.
    pub(super) dated: LegalDate,
}

impl Facts {
    /// Those of an attestation, a grant or a body, which counts for `economies` since `dated`.
    pub(super) fn of(record: &Record, economies: &[String], dated: LegalDate) -> Self {
        let mut facts = Self {
            source: match record.comity.imported_from {
                Some(_) => Source::Imported,
                None => Source::Native,
            },
            economies: economies.iter().cloned().collect(),
            kinds: BTreeSet::new(),
            chapters: BTreeSet::new(),
            standards: BTreeSet::new(),
            dated,
        };
        match &record.subject {
            Subject::Attestation(attestation) => {
                let details = &attestation.comity;
                facts.kinds.extend(word(&details.comity_kind));
                let standards = details.standards.iter();
                facts.standards.extend(standards.map(ToString::to_string));
                let objects = details.objects.iter();
                let codes = objects.flat_map(|object| &object.product_codes);
                let harmonised = codes.filter(|code| code.is_harmonised());
                let chapters = harmonised.filter_map(|code| chapter(&code.code));
                facts.chapters.extend(chapters);
            }
            Subject::CompetenceGrant(grant) => {
                facts.kinds.extend(word(&grant.grant_type));
                facts.standards = standards_of(grant);
                facts.chapters = chapters_of(grant);
            }
            Subject::Registration(registration) => {
                facts
                    .kinds
                    .extend(registration.roles.iter().filter_map(word));
            }
            _ => {}
        }
        facts
    }
}

/// The month in which a day lies; none of a date that is not known to the month.
pub(super) fn month(date: &LegalDate) -> Option<String> {
    let month = |day: Day| day.to_string().get(..7).map(str::to_owned);
    month(date.latest()).filter(|latest| month(date.earliest()).as_ref() == Some(latest))
}

/// The standards for which a grant is given and those by which it was judged.
pub(super) fn standards_of(grant: &CompetenceGrant) -> BTreeSet<String> {
    let scope = grant.scope.iter().flat_map(|item| &item.standards);
    let all = grant.criteria.iter().chain(scope);
    all.map(ToString::to_string).collect()
}

/// The chapters that its scope names.
pub(super) fn chapters_of(grant: &CompetenceGrant) -> BTreeSet<String> {
    let selectors = grant.scope.iter().flat_map(|item| &item.products);
    let harmonised = selectors.filter(|selector| is_harmonised(selector));
    let prefixes = harmonised.flat_map(|selector| &selector.include);
    prefixes.filter_map(|prefix| chapter(prefix)).collect()
}

fn is_harmonised(selector: &CodeSelector) -> bool {
    let code = comity_model::product::ProductCode {
        scheme: selector.scheme.clone(),
        edition: None,
        code: String::new(),
    };
    code.is_harmonised()
}

/// The first two digits of a code.
fn chapter(code: &str) -> Option<String> {
    let digits: String = code.chars().filter(char::is_ascii_digit).take(2).collect();
    Some(digits).filter(|digits| digits.len() == 2)
}

/// A word of a closed list, as records spell it.
fn word(word: &impl Serialize) -> Option<String> {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(word)) => Some(word),
        _ => None,
    }
}
