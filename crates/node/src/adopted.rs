//! Standards that a search text names, and those that are adoptions of them or that they adopt, as
//! the `Standard` records held declare it (ISO/IEC Guide 21-1). Only those count that their issuers
//! signed with a key that is registered for them.

use std::collections::BTreeSet;

use comity_model::record::Subject;
use comity_model::standard::{Correspondence, Standard, StandardReference};
use comity_recognition::Policy;
use comity_recognition::signers::{Signers, own_keys};
use comity_recognition::trust_graph::TrustGraph;
use comity_search::Adopted;

#[cfg(test)]
mod tests;

/// Most pieces between spaces of one standard: `GOST R ISO 9001`.
const MAX_PIECES: usize = 4;
/// Most pieces of a text that are looked at.
const MAX_READ: usize = 40;
/// Most standards of a text that others are told for.
const MAX_STANDARDS: usize = 16;
/// Most standards told for one.
const MAX_OTHERS: usize = 64;

/// Each standard in a text, once, with the others that it stands for. The policy is one that is
/// resolved over `trust`.
pub(crate) fn adopted(text: &str, policy: &Policy, trust: &TrustGraph) -> Vec<Adopted> {
    let pieces: Vec<&str> = text.split_whitespace().take(MAX_READ).collect();
    let mut editions = Editions {
        trust,
        signers: Signers::new(policy, trust),
    };
    let mut met: BTreeSet<StandardReference> = BTreeSet::new();
    let mut found = Vec::new();
    for start in 0..pieces.len() {
        for length in 1..=MAX_PIECES.min(pieces.len() - start) {
            let typed = pieces.get(start..start + length).unwrap_or_default();
            let typed = typed.join(" ");
            let Ok(named) = typed.parse::<StandardReference>() else {
                continue;
            };
            if !met.insert(named.clone()) {
                continue;
            }
            let others = editions.others(&named);
            if !others.is_empty() {
                found.push(Adopted { typed, others });
            }
            if found.len() == MAX_STANDARDS {
                return found;
            }
        }
    }
    found
}

/// The editions of standards that count.
struct Editions<'a> {
    trust: &'a TrustGraph,
    signers: Signers<'a>,
}

impl<'a> Editions<'a> {
    /// What adopts a standard, what it adopts, and what else adopts that.
    fn others(&mut self, named: &StandardReference) -> Vec<String> {
        let mut found = self.adopting(named);
        for edition in self.about(named) {
            let own = &edition.standard;
            if own.designation() != named.designation() || !fits(named, own) {
                continue;
            }
            for adoption in &edition.adopts {
                if adoption.correspondence != Correspondence::NotEquivalent {
                    found.insert(adoption.standard.clone());
                    found.extend(self.adopting(&adoption.standard));
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

    fn adopting(&mut self, adopted: &StandardReference) -> BTreeSet<StandardReference> {
        let adopts = |edition: &&Standard| {
            edition.adopts.iter().any(|adoption| {
                let of = &adoption.standard;
                of.designation() == adopted.designation()
                    && fits(adopted, of)
                    && adoption.correspondence != Correspondence::NotEquivalent
            })
        };
        let found = self.about(adopted).into_iter().filter(adopts);
        found.map(|edition| edition.standard.clone()).collect()
    }

    /// Those that have something to do with a standard.
    fn about(&mut self, of: &StandardReference) -> Vec<&'a Standard> {
        let held = self.trust.standards(of.designation()).into_iter();
        let counted = held.filter_map(|evidence| {
            let record = evidence.record.as_ref().ok()?;
            let Subject::Standard(edition) = &record.subject else {
                return None;
            };
            let keys = self.signers.of(&record.issuer.id).keys;
            let signed = own_keys(evidence).any(|key| keys.contains(key));
            signed.then_some(&**edition)
        });
        counted.collect()
    }
}

/// Whether two references to one standard may be to one edition.
fn fits(one: &StandardReference, other: &StandardReference) -> bool {
    one.edition().is_none() || other.edition().is_none() || one.edition() == other.edition()
}
