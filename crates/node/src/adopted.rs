//! Standards that a search text names, and those that are adoptions of them or that they adopt, as
//! the `Standard` records held declare it (ISO/IEC Guide 21-1).

use std::collections::BTreeSet;

use comity_model::record::Subject;
use comity_model::standard::{Correspondence, Standard, StandardReference};
use comity_recognition::trust_graph::TrustGraph;
use comity_search::Adopted;

#[cfg(test)]
mod tests;

/// Most pieces between spaces of one standard: `GOST R ISO 9001`.
const MAX_PIECES: usize = 4;
/// Most pieces of a text that are looked at.
const MAX_READ: usize = 40;
/// Most standards told for one.
const MAX_OTHERS: usize = 64;

/// Each standard in a text with the others that it stands for.
pub(crate) fn adopted(text: &str, trust: &TrustGraph) -> Vec<Adopted> {
    let pieces: Vec<&str> = text.split_whitespace().take(MAX_READ).collect();
    let mut found = Vec::new();
    for start in 0..pieces.len() {
        for length in 1..=MAX_PIECES.min(pieces.len() - start) {
            let typed = pieces.get(start..start + length).unwrap_or_default();
            let typed = typed.join(" ");
            let Ok(named) = typed.parse() else {
                continue;
            };
            let others = others(&named, trust);
            if !others.is_empty() {
                found.push(Adopted { typed, others });
            }
        }
    }
    found
}

/// What adopts a standard, what it adopts, and what else adopts that.
fn others(named: &StandardReference, trust: &TrustGraph) -> Vec<String> {
    let mut found = adopting(named, trust);
    for edition in editions(named, trust) {
        if edition.standard.designation() != named.designation() || !fits(named, &edition.standard)
        {
            continue;
        }
        for adoption in &edition.adopts {
            if adoption.correspondence != Correspondence::NotEquivalent {
                found.insert(adoption.standard.clone());
                found.extend(adopting(&adoption.standard, trust));
            }
        }
    }
    found.retain(|other| other.designation() != named.designation());
    // Who leaves the edition open means any.
    let written = found.iter().map(|other| match named.edition() {
        Some(_) => other.to_string(),
        None => other.designation().to_owned(),
    });
    let each_once: BTreeSet<String> = written.collect();
    each_once.into_iter().take(MAX_OTHERS).collect()
}

fn adopting(adopted: &StandardReference, trust: &TrustGraph) -> BTreeSet<StandardReference> {
    let adopts = |edition: &&Standard| {
        edition.adopts.iter().any(|adoption| {
            let of = &adoption.standard;
            of.designation() == adopted.designation()
                && fits(adopted, of)
                && adoption.correspondence != Correspondence::NotEquivalent
        })
    };
    let found = editions(adopted, trust).filter(adopts);
    found.map(|edition| edition.standard.clone()).collect()
}

/// Whether two references to one standard may be to one edition.
fn fits(one: &StandardReference, other: &StandardReference) -> bool {
    one.edition().is_none() || other.edition().is_none() || one.edition() == other.edition()
}

/// Editions that have something to do with a standard.
fn editions<'a>(
    of: &StandardReference,
    trust: &'a TrustGraph,
) -> impl Iterator<Item = &'a Standard> {
    let held = trust.standards(of.designation()).into_iter();
    held.filter_map(
        |held| match held.record.as_ref().map(|record| &record.subject) {
            Ok(Subject::Standard(edition)) => Some(&**edition),
            _ => None,
        },
    )
}
