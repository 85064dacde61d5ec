//! With which keys a party may have signed, on whatever day: under them its records are looked up,
//! so that what strangers sign in its name crowds nothing out. Whether a signature counts is
//! decided with the question, never here.

use std::collections::{BTreeMap, BTreeSet};

use comity_model::date::Instant;
use comity_model::record::Subject;

use crate::evidence::EvidenceRecord;
use crate::policy::Policy;
use crate::trust_graph::TrustGraph;

/// Most keys of one party under which is looked: more than a body has in a lifetime.
pub const MAX_KEYS: usize = 64;

/// How deep a chain of registrations is (format.md 2.2): authority, accreditation body, body.
const MAX_DEPTH: u32 = 2;

/// The keys of a party.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartyKeys {
    /// Multikeys.
    pub keys: BTreeSet<String>,
    /// There are more than [`MAX_KEYS`].
    pub cut: bool,
}

/// Keys of one party after the other, each worked out once.
pub struct Signers<'a> {
    policy: &'a Policy,
    trust: &'a TrustGraph,
    known: BTreeMap<(String, String), BTreeSet<String>>,
    /// By DID.
    found: BTreeMap<String, PartyKeys>,
}

impl<'a> Signers<'a> {
    /// By the registrations in `trust`, under a policy that is resolved over it.
    pub fn new(policy: &'a Policy, trust: &'a TrustGraph) -> Self {
        Self {
            policy,
            trust,
            known: BTreeMap::new(),
            found: BTreeMap::new(),
        }
    }

    /// Every key under which the party of that DID may have signed, under any authority that the
    /// policy believes: those of the authority itself, and those of registrations that are
    /// themselves signed with a key of their parent.
    pub fn of(&mut self, did: &str) -> PartyKeys {
        if let Some(found) = self.found.get(did) {
            return found.clone();
        }
        let policy = self.policy;
        let mut keys = BTreeSet::new();
        for entry in &policy.file().authority {
            keys.extend(self.of_party(&entry.did, did, 0));
        }
        let found = limited(keys);
        self.found.insert(did.to_owned(), found.clone());
        found
    }

    /// Every key under which an importer that the policy names may have signed.
    pub fn of_importers(&mut self) -> PartyKeys {
        let policy = self.policy;
        let mut keys = BTreeSet::new();
        for entry in &policy.file().importers {
            let authority = entry.authority.as_ref().unwrap_or(&entry.signer);
            keys.extend(self.of_party(authority, &entry.signer, 0));
        }
        limited(keys)
    }

    fn of_party(&mut self, authority: &str, did: &str, depth: u32) -> BTreeSet<String> {
        let name = (authority.to_owned(), did.to_owned());
        if let Some(known) = self.known.get(&name) {
            return known.clone();
        }
        let keys = if did == authority {
            self.of_authority(authority)
        } else if depth < MAX_DEPTH && self.policy.authority(did).is_none() {
            self.registered(authority, did, depth)
        } else {
            return BTreeSet::new();
        };
        self.known.insert(name, keys.clone());
        keys
    }

    fn of_authority(&self, did: &str) -> BTreeSet<String> {
        let Some(entry) = self.policy.authority(did) else {
            return BTreeSet::new();
        };
        let pinned = entry.keys.iter().map(|key| key.key.clone());
        let versions = self.policy.federal_member(entry).map(|m| &m.versions);
        let stated = versions.into_iter().flatten().flat_map(|version| {
            let keys = version.keys.authority_keys.iter();
            keys.map(|key| key.key.clone())
        });
        pinned.chain(stated).collect()
    }

    fn registered(&mut self, authority: &str, did: &str, depth: u32) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for evidence in self.trust.registrations(authority, did) {
            let Ok(record) = &evidence.record else {
                continue;
            };
            let Subject::Registration(registration) = &record.subject else {
                continue;
            };
            let parent = &record.issuer.id;
            let of_parent = self.of_party(authority, parent, depth + 1);
            if evidence.hypothetical || own_keys(evidence).any(|key| of_parent.contains(key)) {
                keys.extend(registration.keys.iter().map(|key| key.key.clone()));
            }
        }
        keys
    }
}

/// The keys with which the issuer of a record signed it.
pub fn own_keys(evidence: &EvidenceRecord) -> impl Iterator<Item = &str> {
    let issuer = evidence
        .record
        .as_ref()
        .ok()
        .map(|record| &record.issuer.id);
    let signatures = evidence.signatures.iter().flatten();
    signatures
        .filter(move |signature| Some(&signature.did) == issuer)
        .map(|signature| signature.key.as_str())
}

/// As of `known_at`, under a policy as it is written.
pub fn keys_of(did: &str, trust: &TrustGraph, policy: &Policy, known_at: Instant) -> PartyKeys {
    let resolved = policy.resolve(trust, known_at);
    Signers::new(&resolved, trust).of(did)
}

fn limited(mut keys: BTreeSet<String>) -> PartyKeys {
    let beyond = keys.iter().nth(MAX_KEYS).cloned();
    if let Some(beyond) = &beyond {
        keys.split_off(beyond);
    }
    PartyKeys {
        keys,
        cut: beyond.is_some(),
    }
}
