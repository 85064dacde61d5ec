//! What records that point at others are shown with: names of parties, numbers of records.

use std::collections::{BTreeMap, BTreeSet};

use comity_model::date::Instant;
use comity_model::participation::ArrangementName;
use comity_model::party::{Contact, PartyReference};
use comity_model::record::{Record, Subject};
use comity_model::reference::Identity;
use comity_model::text::LangString;
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::import_rule::RuleInForce;
use comity_recognition::offices::{Office, Offices};
use comity_recognition::signers::{Signers, own_keys};

use crate::error::Error;
use crate::{Node, Shared};

/// Most parties and most records that are named for one page.
pub const MAX_NAMED: usize = 60;

/// A record that another points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointed {
    /// Number as printed, where its kind has one.
    pub number: Option<String>,
    /// Its title.
    pub name: String,
    /// Language of the title.
    pub lang: String,
}

/// Whose word a record is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// The DID that it names as its issuer.
    pub did: String,
    /// Its names, as records held say them that count; of a signature that is not its own none.
    pub names: LangString,
    /// It is signed with a key that is registered for its issuer.
    pub own: bool,
}

/// Who answers where a destination's rules do not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhomToAsk {
    /// DID of the destination's authority, where the policy or its federation names one.
    pub authority: Option<String>,
    /// Its names, as far as records held say them.
    pub names: LangString,
    /// The offices that the rules name, each once; the authority's own where they name none.
    pub contacts: Vec<Contact>,
}

/// An arrangement that a record names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrangementHeld {
    /// Record digest of its newest version.
    pub digest: [u8; 32],
    /// Its title.
    pub title: LangString,
    /// Titles of its chapters, by their ids.
    pub chapters: BTreeMap<String, LangString>,
}

impl Node {
    /// Names and offices of parties, as far as records held say them under the node's policy; of the
    /// first [`MAX_NAMED`].
    pub fn offices(&self, parties: &[PartyReference]) -> BTreeMap<PartyReference, Office> {
        let node = &self.shared;
        let held = node.held.snapshot();
        let policy = node.policy.resolve(&held.trust, node.now_known());
        let mut offices = Offices::new(&policy, &held.trust);
        let mut named = BTreeMap::new();
        for party in parties.iter().take(MAX_NAMED) {
            if !named.contains_key(party)
                && let Some(office) = offices.of(&party.registered_by, &party.id)
            {
                named.insert(party.clone(), office);
            }
        }
        named
    }

    /// What parties are called, whoever registers them, as records say that count: an authority by
    /// its own, a body by its newest registration that its parent signed, under the authorities that
    /// the policy believes, in their order. Those that nobody names so are left out; a DID stands for
    /// nobody but itself.
    pub fn names_of(&self, dids: &BTreeSet<String>) -> BTreeMap<String, LangString> {
        let node = &self.shared;
        let held = node.held.snapshot();
        let policy = node.policy.resolve(&held.trust, node.now_known());
        let mut offices = Offices::new(&policy, &held.trust);
        let mut names = BTreeMap::new();
        for did in dids {
            let mut authorities = policy.file().authority.iter();
            let office = match policy.authority(did) {
                Some(_) => offices.of(did, did),
                None => authorities.find_map(|entry| offices.of(&entry.did, did)),
            };
            let called = office.map(|office| office.names);
            let called = called.filter(|names| !names.is_empty());
            names.extend(called.map(|called| (did.clone(), called)));
        }
        names
    }

    /// Whose word records are, in their order.
    pub fn voices<'e>(&self, records: impl IntoIterator<Item = &'e EvidenceRecord>) -> Vec<Voice> {
        let node = &self.shared;
        let held = node.held.snapshot();
        let policy = node.policy.resolve(&held.trust, node.now_known());
        let mut signers = Signers::new(&policy, &held.trust);
        let mut offices = Offices::new(&policy, &held.trust);
        let records = records.into_iter();
        let voices = records.map(|evidence| {
            let Ok(record) = &evidence.record else {
                return Voice::default();
            };
            let did = &record.issuer.id;
            let keys = signers.of(did).keys;
            let own = own_keys(evidence).any(|key| keys.contains(key));
            let office = offices.of(&record.comity.authority, did).filter(|_| own);
            Voice {
                did: did.clone(),
                names: office.map(|office| office.names).unwrap_or_default(),
                own,
            }
        });
        voices.collect()
    }

    /// The keys of a party that its parent has revoked, and from which instant on each signs nothing
    /// that counts.
    pub fn revoked_keys(&self, party: &PartyReference) -> BTreeMap<String, Instant> {
        let node = &self.shared;
        let held = node.held.snapshot();
        let policy = node.policy.resolve(&held.trust, node.now_known());
        let mut signers = Signers::new(&policy, &held.trust);
        let mut revoked = BTreeMap::new();
        for evidence in held.trust.revocations(&party.registered_by, &party.id) {
            let Ok(record) = &evidence.record else {
                continue;
            };
            let Subject::KeyRevocation(revocation) = &record.subject else {
                continue;
            };
            let keys = signers.of(&record.issuer.id).keys;
            if own_keys(evidence).any(|key| keys.contains(key)) {
                let from = revocation.effective_from;
                let earliest = revoked.entry(revocation.key.clone()).or_insert(from);
                *earliest = from.min(*earliest);
            }
        }
        revoked
    }

    /// The newest version held of arrangements that their issuer signed; of the first
    /// [`MAX_NAMED`].
    pub fn arrangements_named(
        &self,
        names: &[ArrangementName],
    ) -> BTreeMap<ArrangementName, ArrangementHeld> {
        let node = &self.shared;
        let held = node.held.snapshot();
        let policy = node.policy.resolve(&held.trust, node.now_known());
        let mut signers = Signers::new(&policy, &held.trust);
        let mut found = BTreeMap::new();
        for name in names.iter().take(MAX_NAMED) {
            let versions = held.trust.arrangements(name).into_iter();
            let signed = versions.filter_map(|evidence| {
                let (issuer, version, held) = arrangement(evidence)?;
                let keys = signers.of(issuer).keys;
                let signed = own_keys(evidence).any(|key| keys.contains(key));
                signed.then_some((version, held))
            });
            let newest = signed.max_by_key(|(version, held)| (*version, held.digest));
            found.extend(newest.map(|(_, held)| (name.clone(), held)));
        }
        found
    }

    /// Numbers and titles of records held; of the first [`MAX_NAMED`].
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn pointed_at(
        &self,
        identities: &[Identity],
    ) -> Result<BTreeMap<Identity, Pointed>, Error> {
        let node = &self.shared;
        let mut pointed = BTreeMap::new();
        for identity in identities.iter().take(MAX_NAMED) {
            if pointed.contains_key(identity) {
                continue;
            }
            let rows = node.documents_of(identity).await?;
            let first = rows.get(..1).unwrap_or_default();
            let examined = node.examined(first).await?;
            let record = examined.first().and_then(|one| one.record.as_ref().ok());
            pointed.extend(record.map(|record| (identity.clone(), Pointed::new(record))));
        }
        Ok(pointed)
    }
}

impl Shared {
    /// Whom to ask about what an economy requires, where these rules are in force.
    pub(crate) fn whom_to_ask(&self, economy: &str, rules: &[RuleInForce]) -> WhomToAsk {
        let held = self.held.snapshot();
        let policy = self.policy.resolve(&held.trust, self.now_known());
        let authority = policy.authority_of(economy).map(|entry| entry.did.clone());
        let mut contacts: Vec<_> = rules
            .iter()
            .filter_map(|rule| rule.rule.contact.clone())
            .collect();
        contacts.dedup();
        let mut offices = Offices::new(&policy, &held.trust);
        let office = authority.as_ref().and_then(|did| offices.of(did, did));
        let office = office.unwrap_or_default();
        if contacts.is_empty() {
            contacts.extend(office.contact);
        }
        WhomToAsk {
            authority,
            names: office.names,
            contacts,
        }
    }
}

/// Issuer, version, and what is shown of an arrangement.
fn arrangement(evidence: &EvidenceRecord) -> Option<(&str, u64, ArrangementHeld)> {
    let record = evidence.record.as_ref().ok()?;
    let Subject::Arrangement(arrangement) = &record.subject else {
        return None;
    };
    let chapters = arrangement.chapters.iter();
    let held = ArrangementHeld {
        digest: evidence.record_digest,
        title: arrangement.title.clone(),
        chapters: chapters
            .map(|chapter| (chapter.id.clone(), chapter.title.clone()))
            .collect(),
    };
    Some((&record.issuer.id, arrangement.version, held))
}

impl Pointed {
    /// What a record is called by.
    pub fn new(record: &Record) -> Self {
        Self {
            number: number(record),
            name: record.name.clone(),
            lang: record.comity.language.clone(),
        }
    }
}

fn number(record: &Record) -> Option<String> {
    match &record.subject {
        Subject::Attestation(attestation) => Some(attestation.comity.certificate_number.clone()),
        Subject::CompetenceGrant(grant) => Some(grant.number.clone()),
        Subject::Standard(edition) => Some(edition.standard.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
