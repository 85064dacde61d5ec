//! Whether a record is a version that counts, with the proofs that are due and none to spare.

use comity_model::date::Instant;
use comity_model::federation::{FederationList, MemberKeys};
use comity_model::record::{Record, Subject};

use super::{FederationView, signed_by};
use crate::evidence::EvidenceRecord;

impl FederationView {
    /// Whether a version of the list, or of a member's keys, may be logged at `at`. The view was
    /// walked with the record in it.
    pub(crate) fn admits(
        &self,
        record: &EvidenceRecord,
        read: &Record,
        at: Instant,
    ) -> Result<(), String> {
        match &read.subject {
            Subject::FederationList(list) => self.admits_list(record, list),
            Subject::MemberKeys(keys) => self.admits_keys(record, &read.comity.authority, keys, at),
            _ => Ok(()),
        }
    }

    fn admits_list(&self, record: &EvidenceRecord, list: &FederationList) -> Result<(), String> {
        let is_it =
            |version: &super::ListVersion| version.document_digest == record.document_digest;
        let Some(place) = self.lists.iter().position(is_it) else {
            return Err(self.why("this list does not follow from the one that the policy pins"));
        };
        let before = place.checked_sub(1).and_then(|at| self.lists.get(at));
        let mut named = Vec::new();
        for version in before.map(|before| &before.list).into_iter().chain([list]) {
            let keys = version.keyholders.iter();
            let keys: Vec<_> = keys
                .map(|held| (Some(held.did.as_str()), held.key.as_str()))
                .collect();
            let signed = signed_by(&[record], keys.iter().copied());
            if signed < version.threshold {
                return Err(format!(
                    "{signed} keyholders of version {} signed it, {} must",
                    version.version, version.threshold
                ));
            }
            named.extend(keys);
        }
        none_to_spare(record, &named)
    }

    fn admits_keys(
        &self,
        record: &EvidenceRecord,
        authority: &str,
        keys: &MemberKeys,
        at: Instant,
    ) -> Result<(), String> {
        if let Some(valid_until) = self.valid_until().filter(|until| *until < at) {
            return Err(format!(
                "the federation list expired at {valid_until}: nothing new is accepted before \
                 the keyholders publish another"
            ));
        }
        let versions = self
            .member(authority)
            .into_iter()
            .flat_map(|member| &member.versions);
        let mut versions = versions.filter(|held| held.document_digest == record.document_digest);
        let Some(version) = versions.next() else {
            return Err(self.why("these keys do not follow from what the federation says"));
        };
        let new = keys.roots.iter().flat_map(|roots| &roots.keys);
        let named: Vec<_> = version
            .roots
            .iter()
            .chain(new)
            .map(|key| (Some(authority), key.as_str()))
            .collect();
        none_to_spare(record, &named)
    }

    fn why(&self, what: &str) -> String {
        if self.problems.is_empty() {
            what.to_owned()
        } else {
            format!("{what}: {}", self.problems.join("; "))
        }
    }
}

fn none_to_spare(record: &EvidenceRecord, named: &[(Option<&str>, &str)]) -> Result<(), String> {
    let spare =
        record.signatures.iter().flatten().find(|signature| {
            !named.contains(&(Some(signature.did.as_str()), signature.key.as_str()))
        });
    spare.map_or(Ok(()), |spare| {
        Err(format!(
            "{}#{} is not named as a signer of it; leave its proof out",
            spare.did, spare.key
        ))
    })
}
