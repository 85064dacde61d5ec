//! The documents that a walk rests on: what to give to others, and what to leave out.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use comity_model::record::Subject;

use super::FederationView;
use crate::evidence::{Digest, EvidenceRecord};
use crate::trust_graph::TrustGraph;

/// Most records of one version of a list or of a member's keys: parts of it signed apart, and
/// rivals. Whoever can log anything could log any number of them.
const MAX_OF_A_VERSION: usize = 8;

impl FederationView {
    /// The records that bear on this walk: every version that counts, with its proofs, and what
    /// claims to come next. At most eight of one version, those that count and that most of the
    /// named keys have signed before others.
    pub fn documents(&self, trust: &TrustGraph) -> Vec<Arc<EvidenceRecord>> {
        let keys = self.members.iter().flat_map(|member| &member.versions);
        let roots = keys.clone().flat_map(|version| &version.roots);
        let holders = self.lists.iter().flat_map(|list| &list.list.keyholders);
        let named: HashSet<&String> = roots.chain(holders.map(|holder| &holder.key)).collect();
        let lists = self.lists.iter().map(|list| list.document_digest);
        let counted: HashSet<Digest> = lists
            .chain(keys.map(|version| version.document_digest))
            .collect();

        let mut by_version: BTreeMap<(&str, u64), Vec<_>> = BTreeMap::new();
        for record in trust.federal_records() {
            let Some(version) = self.version_of(record) else {
                continue;
            };
            let signatures = record.signatures.iter().flatten();
            let by_named = signatures
                .clone()
                .filter(|signature| named.contains(&signature.key));
            let by_named = by_named.count();
            let spare = signatures.count() - by_named;
            let rank = (
                !counted.contains(&record.document_digest),
                std::cmp::Reverse(by_named),
                spare,
                record.record_digest,
            );
            by_version.entry(version).or_default().push((rank, record));
        }
        let chosen = by_version.into_values().flat_map(|mut of_version| {
            of_version.sort_by_key(|(rank, _)| *rank);
            of_version.truncate(MAX_OF_A_VERSION);
            of_version.into_iter().map(|(_, record)| Arc::clone(record))
        });
        chosen.collect()
    }

    /// Whose version a record is, and which; none of those beyond the next one, or of strangers.
    fn version_of<'r>(&self, record: &'r EvidenceRecord) -> Option<(&'r str, u64)> {
        let read = record.record.as_ref().ok()?;
        let (of, version, newest) = match &read.subject {
            Subject::FederationList(stated) => {
                // Before the pinned one is found, any of them may be it.
                let newest = self.lists.last().map(|held| held.list.version);
                ("", stated.version, newest)
            }
            Subject::MemberKeys(stated) => {
                let authority = read.comity.authority.as_str();
                let held = self.member(authority)?.versions.last();
                let newest = held.map_or(0, |held| held.keys.version);
                (authority, stated.version, Some(newest))
            }
            _ => return None,
        };
        newest
            .is_none_or(|newest| version <= newest.saturating_add(1))
            .then_some((of, version))
    }
}
