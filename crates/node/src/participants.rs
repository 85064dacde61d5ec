//! Who is competent for what: accredited scopes, searched as they stand on a day.

use std::sync::Arc;

use comity_model::date::{Day, Period, Truth};
use comity_model::grant::{CompetenceGrant, ScopeItem};
use comity_model::product::{ProductCode, Selection};
use comity_model::record::Subject;
use comity_model::standard::{Covers, StandardReference};
use comity_recognition::evidence::EvidenceRecord;

use crate::Node;
use crate::error::Error;

/// Most participants in one answer.
pub const MAX_PARTICIPANTS: usize = 500;

/// Who is looked for. What is left open restricts nothing.
#[derive(Clone, Debug, Default)]
pub struct ScopeQuery {
    /// Competent for this standard.
    pub standard: Option<StandardReference>,
    /// Competent for this product.
    pub product: Option<ProductCode>,
    /// In this economy.
    pub economy: Option<String>,
    /// On this day; today if absent.
    pub on: Option<Day>,
}

/// A grant that answers, and how surely.
#[derive(Clone, Debug)]
pub struct Participant {
    /// The grant.
    pub grant: Arc<EvidenceRecord>,
    /// Whether its scope says so, or a person has to read the words.
    pub fit: Fit,
    /// Ids of the scope items that answer.
    pub items: Vec<String>,
    /// Its state on that day.
    pub state: String,
}

/// How surely a scope covers what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Fit {
    /// A structured item covers it.
    Covered,
    /// Free text, a flexible scope or a silent item: it has to be read.
    NeedsReading,
}

impl Node {
    /// Who is competent, on that day, as known now. Grants that are not active then are left out.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn participants(&self, query: &ScopeQuery) -> Result<Vec<Participant>, Error> {
        let node = &self.shared;
        let now = node.clock.now();
        let on = query.on.unwrap_or_else(|| now.day());
        let held = node.held.snapshot();
        let mut found = Vec::new();
        for evidence in held.trust.records() {
            let Ok(record) = &evidence.record else {
                continue;
            };
            let Subject::CompetenceGrant(grant) = &record.subject else {
                continue;
            };
            let in_economy = query
                .economy
                .as_ref()
                .is_none_or(|economy| grant.economies.contains(economy));
            let Some((fit, items)) = fit(grant, query, on).filter(|_| in_economy) else {
                continue;
            };
            let state = node.state_on(evidence, on).await?;
            if state == "active" || state == "partiallySuspended" {
                found.push(Participant {
                    grant: Arc::clone(evidence),
                    fit,
                    items,
                    state: state.to_owned(),
                });
            }
        }
        found.sort_by_key(|participant| (participant.fit, participant.grant.record_digest));
        found.truncate(MAX_PARTICIPANTS);
        Ok(found)
    }
}

/// How a grant answers, and by which items; `None` if it does not.
fn fit(grant: &CompetenceGrant, query: &ScopeQuery, on: Day) -> Option<(Fit, Vec<String>)> {
    if grant.period.contains(on) == Truth::No {
        return None;
    }
    let mut best: Option<(Fit, Vec<String>)> = None;
    for item in &grant.scope {
        let period: &Period = item.period.as_ref().unwrap_or(&grant.period);
        let within = period.contains(on);
        let covered = by_standard(item, query.standard.as_ref())
            .and(by_product(item, query.product.as_ref()));
        let fit = match covered.and(within) {
            Truth::Yes => Fit::Covered,
            Truth::Unknown => Fit::NeedsReading,
            Truth::No => continue,
        };
        match &mut best {
            Some((kept, items)) if *kept == fit => items.push(item.id.clone()),
            Some((kept, _)) if *kept < fit => {}
            _ => best = Some((fit, vec![item.id.clone()])),
        }
    }
    let open = query.standard.is_none() && query.product.is_none();
    best.or_else(|| open.then(|| (Fit::Covered, Vec::new())))
}

fn by_standard(item: &ScopeItem, asked: Option<&StandardReference>) -> Truth {
    let Some(asked) = asked else {
        return Truth::Yes;
    };
    if item.standards.is_empty() {
        return Truth::Unknown;
    }
    let covers = item
        .standards
        .iter()
        .map(|standard| match standard.covers(asked) {
            Covers::Yes => Truth::Yes,
            Covers::EditionUnsaid => Truth::Unknown,
            Covers::No | Covers::OtherEdition => Truth::No,
        });
    covers.fold(Truth::No, Truth::or)
}

fn by_product(item: &ScopeItem, asked: Option<&ProductCode>) -> Truth {
    let Some(asked) = asked else {
        return Truth::Yes;
    };
    if item.products.is_empty() {
        return Truth::Unknown;
    }
    let covers = item
        .products
        .iter()
        .map(|selector| match selector.select(asked) {
            Selection::Chosen => Truth::Yes,
            Selection::NotComparable => Truth::Unknown,
            Selection::NotChosen => Truth::No,
        });
    covers.fold(Truth::No, Truth::or)
}
