//! Pointers to other lists (ETSI TS 119 612, clause 5.3.13), and the recognition agreements that
//! some of them carry.

use comity_model::date::Instant;
use comity_model::text::LangString;
use roxmltree::Node;

use super::words;
use super::xml::{below, child, children, fault, instant, text, text_of, texts};
use crate::import::RowFault;

/// A pointer to another list.
#[derive(Clone, Debug)]
pub(super) struct Pointer {
    pub(super) location: String,
    /// ISO 3166-1 alpha-2 code of the list's territory.
    pub(super) economy: String,
    pub(super) operator: LangString,
    /// URI of the type of list.
    pub(super) sort: String,
    pub(super) agreement: Option<Agreement>,
}

/// `MutualRecognitionAgreementInformation`: what of the other list counts here.
#[derive(Clone, Debug)]
pub(super) struct Agreement {
    /// Its attributes, in words.
    pub(super) terms: Vec<String>,
    pub(super) equivalences: Vec<Equivalence>,
}

/// `TrustServiceEquivalenceInformation`: one service in law and what stands for it in each list.
#[derive(Clone, Debug)]
pub(super) struct Equivalence {
    pub(super) name: String,
    pub(super) pointing_types: Vec<String>,
    pub(super) pointed_types: Vec<String>,
    /// Statuses of the pointed list that count, and that do not.
    pub(super) valid: Vec<String>,
    pub(super) invalid: Vec<String>,
    /// Since when it is enacted or repealed, the newest first.
    pub(super) changes: Vec<(Instant, Standing)>,
}

/// Whether an equivalence is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Enacted,
    Repealed,
}

impl Pointer {
    /// Whether it points to a list of lists.
    pub(super) fn is_to_lists(&self) -> bool {
        self.sort.to_ascii_lowercase().ends_with("listofthelists")
    }
}

/// Reads one `OtherTSLPointer`.
pub(super) fn read(node: Node<'_, '_>) -> Result<Pointer, RowFault> {
    let location = text_of(node, "TSLLocation")
        .ok_or_else(|| fault(node, "TSLLocation", "the pointer has none"))?;
    let territory = below(node, "SchemeTerritory")
        .next()
        .and_then(text)
        .ok_or_else(|| fault(node, "SchemeTerritory", "the pointer names none"))?;
    let economy = words::economy(&territory);
    if !comity_model::party::is_economy(&economy) {
        let message = format!("`{territory}` is no code of two letters");
        return Err(fault(node, "SchemeTerritory", message));
    }
    let agreement = below(node, "MutualRecognitionAgreementInformation").next();
    Ok(Pointer {
        location,
        economy,
        operator: texts(below(node, "SchemeOperatorName").next(), "Name"),
        sort: below(node, "TSLType")
            .next()
            .and_then(text)
            .unwrap_or_default(),
        agreement: agreement.map(read_agreement).transpose()?,
    })
}

fn read_agreement(node: Node<'_, '_>) -> Result<Agreement, RowFault> {
    let terms = node.attributes();
    let terms = terms
        .filter(|term| !term.value().trim().is_empty())
        .map(|term| format!("{} {}", term.name(), term.value().trim()));
    let equivalences = children(node, "TrustServiceEquivalenceInformation");
    Ok(Agreement {
        terms: terms.collect(),
        equivalences: equivalences
            .map(read_equivalence)
            .collect::<Result<_, _>>()?,
    })
}

fn read_equivalence(node: Node<'_, '_>) -> Result<Equivalence, RowFault> {
    let name = text_of(node, "TrustServiceLegalIdentifier").ok_or_else(|| {
        fault(
            node,
            "TrustServiceLegalIdentifier",
            "the equivalence has no name",
        )
    })?;
    let mut changes = vec![change(node)?];
    for instance in below(node, "TrustServiceEquivalenceHistoryInstance") {
        let change = change(instance)?;
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    changes.sort_by_key(|(since, _)| std::cmp::Reverse(*since));
    let statuses = |validity: &str| -> Vec<String> {
        let lists = below(node, validity).flat_map(|node| {
            children(node, "TrustServiceTSLStatusListPointedParty").collect::<Vec<_>>()
        });
        let statuses = lists.flat_map(|list| below(list, "ServiceStatus").collect::<Vec<_>>());
        statuses.filter_map(text).collect()
    };
    Ok(Equivalence {
        name,
        pointing_types: types(node, "TrustServiceTSLTypeListPointingParty"),
        pointed_types: types(node, "TrustServiceTSLTypeListPointedParty"),
        valid: statuses("TrustServiceTSLStatusValidEquivalence"),
        invalid: statuses("TrustServiceTSLStatusInvalidEquivalence"),
        changes,
    })
}

/// Types of service, each with the further information that narrows it.
fn types(node: Node<'_, '_>, list: &str) -> Vec<String> {
    let types = below(node, list)
        .flat_map(|list| children(list, "TrustServiceTSLType").collect::<Vec<_>>());
    types
        .filter_map(|sort| {
            let mut words = vec![text_of(sort, "ServiceTypeIdentifier")?];
            words.extend(below(sort, "URI").filter_map(text));
            Some(words.join(" "))
        })
        .collect()
}

fn change(node: Node<'_, '_>) -> Result<(Instant, Standing), RowFault> {
    const STATUS: &str = "TrustServiceEquivalenceStatus";
    const SINCE: &str = "TrustServiceEquivalenceStatusStartingTime";
    let word =
        text_of(node, STATUS).ok_or_else(|| fault(node, STATUS, "no status is said here"))?;
    let standing = match word.rsplit('/').next() {
        Some("enacted") => Standing::Enacted,
        Some("repealed") => Standing::Repealed,
        _ => {
            let message = format!("`{word}` is neither enacted nor repealed");
            return Err(fault(node, STATUS, message));
        }
    };
    let since =
        child(node, SINCE).ok_or_else(|| fault(node, SINCE, "since when is not said here"))?;
    let said = text(since).unwrap_or_default();
    let since = instant(&said).map_err(|message| fault(since, SINCE, message))?;
    Ok((since, standing))
}
