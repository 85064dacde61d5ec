//! What a party is called and by what its office is reached, as records say that count as its own
//! word or its parent's. What a stranger signs in its name leads nobody to his own telephone.
//!
//! It decides nothing: a verdict says whom to ask, and a page says whose name a DID is.

use std::cmp::Reverse;

use comity_model::party::Contact;
use comity_model::record::Subject;
use comity_model::registration::Registration;
use comity_model::text::{LangString, Text};

use crate::evidence::EvidenceRecord;
use crate::policy::Policy;
use crate::signers::{Signers, own_keys};
use crate::trust_graph::TrustGraph;

/// A party's names and its office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Office {
    /// What it is called.
    pub names: LangString,
    /// By what it is reached.
    pub contact: Option<Contact>,
}

/// Offices of one party after the other.
pub struct Offices<'a> {
    policy: &'a Policy,
    trust: &'a TrustGraph,
    signers: Signers<'a>,
}

impl<'a> Offices<'a> {
    /// By what `trust` holds, under a policy that is resolved over it.
    pub fn new(policy: &'a Policy, trust: &'a TrustGraph) -> Self {
        Self {
            policy,
            trust,
            signers: Signers::new(policy, trust),
        }
    }

    /// That of the party `did` whose registration chain ends in `authority`: by its newest
    /// registration that its parent signed, or by what an authority itself signed.
    pub fn of(&mut self, authority: &str, did: &str) -> Option<Office> {
        // No other authority names one.
        if did == authority || self.policy.authority(did).is_some() {
            return of_authority(self.policy, self.trust, did);
        }
        let mut held = self.trust.registrations(authority, did);
        held.sort_by_key(|evidence| Reverse(registration(evidence).map(|(_, one)| one.version)));
        held.into_iter().find_map(|evidence| {
            let (parent, registration) = registration(evidence)?;
            let keys = self.signers.of(parent).keys;
            let signed = own_keys(evidence).any(|key| keys.contains(key));
            signed.then(|| Office {
                names: registration.names.clone(),
                contact: registration.contact.clone(),
            })
        })
    }
}

fn registration(evidence: &EvidenceRecord) -> Option<(&str, &Registration)> {
    let record = evidence.record.as_ref().ok()?;
    match &record.subject {
        Subject::Registration(registration) => Some((&record.issuer.id, registration)),
        _ => None,
    }
}

/// That of an authority that the policy believes: the office of its terms, else the one that
/// answers for its newest import rule, else its node. An authority has no registration, so that its
/// names are those under which it signed.
pub(crate) fn of_authority(policy: &Policy, trust: &TrustGraph, did: &str) -> Option<Office> {
    let entry = policy.authority(did)?;
    let member = policy.federal_member(entry);
    let keys: Vec<&str> = match member {
        Some(member) => member.authority_keys.iter().map(|key| &*key.key).collect(),
        None => entry.keys.iter().map(|key| &*key.key).collect(),
    };
    let mut said = trust.words_of(did, &keys);
    said.sort_by_key(|evidence| Reverse((begun(evidence), evidence.record_digest)));
    let mut names = LangString::default();
    for record in said.iter().filter_map(|held| held.record.as_ref().ok()) {
        let (lang, name) = (&record.comity.language, &record.issuer.name);
        if !names.0.iter().any(|known| known.lang == *lang) {
            names.0.push(Text {
                lang: lang.clone(),
                value: name.clone(),
            });
        }
    }
    let terms = member.into_iter().flat_map(|member| &member.versions);
    let mut terms = terms.filter_map(|version| version.keys.terms.as_ref());
    let of_terms = terms.next_back().map(|terms| terms.correction.clone());
    let of_rule = || {
        said.iter()
            .find_map(|evidence| answering(evidence))
            .cloned()
    };
    let of_node = || {
        Some(Contact {
            office: names.0.first()?.value.clone(),
            url: Some(member?.url.clone()?),
            ..Contact::default()
        })
    };
    Some(Office {
        contact: of_terms.or_else(of_rule).or_else(of_node),
        names,
    })
}

fn begun(evidence: &EvidenceRecord) -> Option<comity_model::date::Instant> {
    let record = evidence.record.as_ref().ok();
    record.map(|record| record.valid_from)
}

/// The office that answers questions about an import rule.
pub(crate) fn answering(evidence: &EvidenceRecord) -> Option<&Contact> {
    match &evidence.record.as_ref().ok()?.subject {
        Subject::ImportRule(rule) => rule.contact.as_ref(),
        _ => None,
    }
}
