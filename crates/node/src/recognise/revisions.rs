//! Other revisions of a record, and the events on all of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use comity_model::record::Record;
use comity_model::reference::Identity;
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::signers::{Signers, own_keys};

use super::{Gathered, MAX_REVISIONS, Rows, identity_of};
use crate::Shared;
use crate::error::Error;

impl Shared {
    /// The candidates with their other revisions and every event on any of them. Those signed
    /// with a key of their issuer come first, so that a document in its name uses up nothing.
    pub(super) async fn revisions_of(
        &self,
        candidates: Vec<Arc<EvidenceRecord>>,
        signers: &mut Signers<'_>,
    ) -> Result<Gathered, Error> {
        let mut gathered = Gathered::default();
        let mut identities: BTreeSet<Identity> = candidates
            .iter()
            .filter_map(|record| record.identity())
            .collect();
        let mut waiting: Vec<_> = candidates.clone();
        waiting.sort_by_cached_key(|record| (is_own(record, signers), record.record_digest));
        let all_strange = waiting.last().is_some_and(|last| !is_own(last, signers));
        while let Some(evidence) = waiting.pop() {
            let Ok(record) = &evidence.record else {
                continue;
            };
            let counts = all_strange || is_own(&evidence, signers);
            let found = self.revision_rows(record, signers).await?;
            gathered.unread.revisions |= counts && found.cut;
            for row in found.rows {
                if identities.contains(&identity_of(&row)) {
                    continue;
                }
                if gathered.revisions.len() >= MAX_REVISIONS {
                    gathered.unread.revisions |= counts;
                    break;
                }
                identities.insert(identity_of(&row));
                let documents = self.documents_of(&identity_of(&row)).await?;
                for revision in self.examined(&documents).await? {
                    waiting.push(Arc::clone(&revision));
                    gathered.revisions.push(revision);
                }
            }
        }
        let mut events = Vec::new();
        for identity in &identities {
            events.extend(self.events_of(identity).await?);
        }
        events.sort_by_key(|row| row.digest);
        events.dedup_by_key(|row| row.digest);
        gathered.events = self.examined(&events).await?;
        gathered.candidates = candidates;
        Ok(gathered)
    }

    /// What a record replaces, what replaces it, and for an imported one its row's other records.
    async fn revision_rows(
        &self,
        record: &Record,
        signers: &mut Signers<'_>,
    ) -> Result<Rows, Error> {
        let issuer = &record.issuer.id;
        let mut found = self.later_rows(record, &signers.of(issuer)).await?;
        if let Some(replaced) = &record.comity.replaces {
            let mut earlier = self.documents_of(&replaced.identity()).await?;
            let kind = record.kind().name();
            earlier.retain(|row| row.issuer == *issuer && row.kind == kind);
            found.rows.splice(0..0, earlier);
        }
        Ok(found)
    }
}

/// Whether a record is signed with a key that its issuer may have.
pub(super) fn is_own(evidence: &EvidenceRecord, signers: &mut Signers<'_>) -> bool {
    let Ok(record) = &evidence.record else {
        return false;
    };
    let keys = signers.of(&record.issuer.id).keys;
    own_keys(evidence).any(|key| keys.contains(key))
}
