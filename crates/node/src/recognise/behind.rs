//! What stands behind the records asked about: reports and commitments of the laboratories that
//! they name, and what breaks a promise that all of an issuer is here.

use std::collections::BTreeSet;
use std::sync::Arc;

use comity_model::attestation::BasedOn;
use comity_model::number::normalise;
use comity_model::record::{Kind, Subject};
use comity_model::reference::Identity;
use comity_recognition::evidence::{EvidenceRecord, HeldSummary, TakenDown};
use comity_recognition::trust_graph::TrustGraph;
use comity_store::RecordRow;

use super::{MAX_CANDIDATES, MAX_COUNTED, identity_of};
use crate::Shared;
use crate::error::Error;
use crate::projection;

/// Most reports of one attestation that are looked for.
const MAX_REPORTS: usize = 200;
/// Most records of an issuer examined for having been published late: one suffices to break a
/// promise, and the latest are looked at first.
const MAX_LATE: usize = 16;

/// The reports that candidates rest on, and the events on them.
#[derive(Debug, Default)]
pub(super) struct Reports {
    pub(super) records: Vec<Arc<EvidenceRecord>>,
    pub(super) events: Vec<Arc<EvidenceRecord>>,
}

impl Shared {
    /// Reports that the candidates name: published ones with the events on them, commitments to
    /// their numbers, and the first commitment of each laboratory.
    pub(super) async fn reports_behind(
        &self,
        candidates: &[Arc<EvidenceRecord>],
    ) -> Result<Reports, Error> {
        let mut identities: BTreeSet<Identity> = BTreeSet::new();
        let mut numbers: BTreeSet<(String, String)> = BTreeSet::new();
        for item in candidates.iter().flat_map(|record| based_on(record)) {
            if identities.len() + numbers.len() >= MAX_REPORTS {
                break;
            }
            match (&item.record, &item.issuer, &item.number) {
                (Some(record), _, _) => {
                    identities.insert(record.identity());
                }
                (None, Some(issuer), Some(number)) => {
                    let laboratory = issuer.id.clone();
                    numbers.extend(laboratory.map(|did| (did, normalise(number))));
                }
                _ => {}
            }
        }
        let mut rows: Vec<RecordRow> = Vec::new();
        for identity in &identities {
            rows.extend(self.documents_of(identity).await?);
        }
        let laboratories: BTreeSet<&str> = numbers.iter().map(|(did, _)| did.as_str()).collect();
        for laboratory in laboratories {
            let key = projection::commitments_key(laboratory);
            let found = self.store.by_reference(&key, MAX_CANDIDATES).await?;
            let mut commitments = self.store.records(&found).await?;
            commitments.sort_by_key(|row| (row.received_at, row.digest));
            rows.extend(commitments.into_iter().take(1));
        }
        for (laboratory, number) in &numbers {
            let value = projection::number_of(number, laboratory);
            for scheme in [projection::COMMITTED, projection::NUMBER_OF_ISSUER] {
                let found = self.store.by_identifier(scheme, &value, MAX_CANDIDATES);
                rows.extend(self.store.records(&found.await?).await?);
            }
        }
        rows.sort_by_key(|row| row.digest);
        rows.dedup_by_key(|row| row.digest);
        let mut events = Vec::new();
        for row in &rows {
            events.extend(self.events_of(&identity_of(row)).await?);
        }
        events.sort_by_key(|row| row.digest);
        events.dedup_by_key(|row| row.digest);
        Ok(Reports {
            records: self.examined(&rows).await?,
            events: self.examined(&events).await?,
        })
    }

    /// The records of `rows` that were taken down, with the orders that say so.
    pub(super) async fn withheld_among(
        &self,
        rows: &[RecordRow],
        held: &[Arc<EvidenceRecord>],
    ) -> Result<Vec<TakenDown>, Error> {
        let mut taken = Vec::new();
        for row in rows {
            if held.iter().any(|record| record.record_digest == row.digest) {
                continue;
            }
            for act in self.store.withheld(&row.digest).await? {
                let order = self.store.record(&act.takedown).await?;
                let order: Vec<_> = order.into_iter().collect();
                for takedown in self.examined(&order).await? {
                    taken.push(TakenDown {
                        identity: identity_of(row),
                        record_digest: row.digest,
                        takedown,
                    });
                }
            }
        }
        Ok(taken)
    }

    /// What is held of an issuer, for the answer that a number is not.
    pub(super) async fn held_of(&self, issuer: &str) -> Result<HeldSummary, Error> {
        let key = projection::issuer_key(issuer);
        let found = self.store.by_reference(&key, MAX_COUNTED).await?;
        Ok(HeldSummary {
            issuer: issuer.to_owned(),
            attestations: found.len() as u64,
            // Would take reading every one of them for a question that anybody may ask.
            newest_issued_on: None,
            nearest_numbers: Vec::new(),
        })
    }

    /// Records of `issuer` that reached this node later after their first day than its shortest
    /// promise allows; whether they were logged late is for the verdict to say.
    pub(super) async fn late_of(
        &self,
        issuer: &str,
        trust: &TrustGraph,
    ) -> Result<Vec<Arc<EvidenceRecord>>, Error> {
        let statements = trust.coverage(issuer).into_iter();
        let within =
            statements.filter_map(|statement| match &statement.record.as_ref().ok()?.subject {
                Subject::CoverageStatement(statement) => i64::try_from(statement.within_hours).ok(),
                _ => None,
            });
        let Some(hours) = within.min() else {
            return Ok(Vec::new());
        };
        let key = projection::issuer_key(issuer);
        let found = self.store.by_reference(&key, MAX_COUNTED).await?;
        let mut rows = self.store.records(&found).await?;
        let delay = |row: &RecordRow| row.received_at - row.valid_from.unwrap_or(row.received_at);
        rows.retain(|row| {
            row.kind == Kind::Attestation.name() && delay(row) > hours.saturating_mul(3_600)
        });
        rows.sort_by_key(|row| (std::cmp::Reverse(delay(row)), row.digest));
        rows.truncate(MAX_LATE);
        self.examined(&rows).await
    }
}

fn based_on(record: &EvidenceRecord) -> &[BasedOn] {
    match record.record.as_ref().map(|record| &record.subject) {
        Ok(Subject::Attestation(attestation)) => &attestation.comity.based_on,
        _ => &[],
    }
}
