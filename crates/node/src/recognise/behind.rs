//! What stands behind the records asked about: reports and commitments of the laboratories that
//! they name, and what breaks a promise that all of an issuer is here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use comity_model::attestation::BasedOn;
use comity_model::number::normalise;
use comity_model::record::{Kind, Subject};
use comity_model::reference::Identity;
use comity_recognition::evidence::{EvidenceRecord, HeldSummary, TakenDown};
use comity_recognition::signers::Signers;
use comity_recognition::trust_graph::TrustGraph;
use comity_store::RecordRow;

use super::revisions::is_own;
use super::{Gathered, MAX_CANDIDATES, MAX_COUNTED, identity_of};
use crate::Shared;
use crate::error::Error;
use crate::projection;

/// Most reports that are looked for; those that an issuer's own documents name come first.
const MAX_REPORTS: usize = 200;
/// Most commitments of one laboratory that are looked through.
pub(super) const MAX_COMMITMENTS: usize = 256;

/// Reports that are looked for: records by their names, numbers by laboratory.
#[derive(Debug, Default)]
struct Named {
    identities: BTreeSet<Identity>,
    numbers: BTreeSet<(String, String)>,
    /// A document that may count names more of them.
    cut: bool,
}

/// Records of an issuer that promises that all of its are here.
#[derive(Debug)]
pub(super) struct Issued {
    pub(super) held: HeldSummary,
    pub(super) records: Vec<Arc<EvidenceRecord>>,
    /// There may be more.
    pub(super) cut: bool,
}

impl Shared {
    /// Adds what the candidates rest on: published reports with the events on them, commitments
    /// to their numbers, and the other commitments of the laboratories.
    pub(super) async fn add_reports(
        &self,
        gathered: &mut Gathered,
        signers: &mut Signers<'_>,
    ) -> Result<(), Error> {
        let named = named(&gathered.candidates, signers);
        gathered.unread.reports = named.cut;
        gathered.names_laboratories = !named.numbers.is_empty();
        let mut rows: Vec<RecordRow> = Vec::new();
        for identity in &named.identities {
            rows.extend(self.documents_of(identity).await?);
        }
        let mut laboratories: BTreeMap<&str, bool> = BTreeMap::new();
        for (laboratory, number) in &named.numbers {
            let keys = signers.of(laboratory);
            let value = projection::number_of(number, laboratory);
            let mut any = false;
            for scheme in [projection::committed_with, projection::number_signed_with] {
                let found = self.numbered(scheme, &value, &keys, MAX_CANDIDATES).await?;
                gathered.unread.reports |= found.cut;
                any |= !found.rows.is_empty();
                rows.extend(found.rows);
            }
            let wanting = laboratories.entry(laboratory).or_default();
            *wanting |= !any;
        }
        rows.sort_by_key(|row| row.digest);
        rows.dedup_by_key(|row| row.digest);
        let mut events = Vec::new();
        for row in &rows {
            let of_row = self.events_of(&identity_of(row)).await?;
            // A commitment that was withdrawn may be none: then the others are asked.
            if let (false, Some(wanting)) =
                (of_row.is_empty(), laboratories.get_mut(row.issuer.as_str()))
            {
                *wanting = true;
            }
            events.extend(of_row);
        }
        let mut issued = Vec::new();
        let wanting = laboratories.into_iter().filter(|(_, wanting)| *wanting);
        for (laboratory, _) in wanting {
            let name = projection::commitments_key(laboratory);
            let keys = signers.of(laboratory);
            let found = self.pointing(&name, &keys, MAX_COMMITMENTS).await?;
            if found.cut || found.rows.len() > MAX_COMMITMENTS {
                gathered.unread.parties.insert(laboratory.to_owned());
            }
            issued.extend(found.rows.into_iter().take(MAX_COMMITMENTS));
        }
        for row in &issued {
            events.extend(self.events_of(&identity_of(row)).await?);
        }
        issued.retain(|row| {
            rows.binary_search_by_key(&row.digest, |row| row.digest)
                .is_err()
        });
        events.sort_by_key(|row| row.digest);
        events.dedup_by_key(|row| row.digest);
        gathered.reports = self.examined(&rows).await?;
        gathered.issued = self.examined(&issued).await?;
        gathered.events.extend(self.examined(&events).await?);
        Ok(())
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

    /// What is held of an issuer, for the answer that a number is not; where a statement promises
    /// that all of it is here, the records themselves: one that came too late breaks the promise.
    pub(super) async fn issued_by(
        &self,
        issuer: &str,
        trust: &TrustGraph,
        signers: &mut Signers<'_>,
        sizes: &BTreeMap<String, u64>,
    ) -> Result<Issued, Error> {
        let name = projection::issuer_key(issuer);
        let found = self
            .pointing(&name, &signers.of(issuer), MAX_COUNTED)
            .await?;
        let mut rows = found.rows;
        // What a log holds beyond the sizes asked for was not there.
        let below = |row: &&RecordRow| {
            sizes
                .get(&row.origin)
                .is_none_or(|size| row.position < *size)
        };
        let held = HeldSummary {
            issuer: issuer.to_owned(),
            attestations: rows.iter().filter(below).count() as u64,
            // Would take reading every one of them for a question that anybody may ask.
            newest_issued_on: None,
            nearest_numbers: Vec::new(),
        };
        let cut = found.cut || rows.len() > MAX_COUNTED;
        let promises = trust.coverage(issuer).into_iter().any(|statement| {
            let subject = statement.record.as_ref().map(|record| &record.subject);
            matches!(subject, Ok(Subject::CoverageStatement(statement))
                if statement.kinds.contains(&Kind::Attestation))
        });
        if !promises {
            rows.clear();
        }
        rows.truncate(MAX_COUNTED);
        Ok(Issued {
            held,
            records: self.examined(&rows).await?,
            cut,
        })
    }
}

/// The reports that the candidates name, up to [`MAX_REPORTS`].
fn named(candidates: &[Arc<EvidenceRecord>], signers: &mut Signers<'_>) -> Named {
    let mut own: Vec<_> = (candidates.iter())
        .map(|record| (!is_own(record, signers), record))
        .collect();
    own.sort_by_key(|(strange, record)| (*strange, record.record_digest));
    let all_strange = own.iter().all(|(strange, _)| *strange);
    let mut named = Named::default();
    for (strange, record) in own {
        for item in based_on(record) {
            if named.identities.len() + named.numbers.len() >= MAX_REPORTS {
                named.cut |= all_strange || !strange;
                break;
            }
            named.add(item);
        }
    }
    named
}

impl Named {
    fn add(&mut self, item: &BasedOn) {
        if let Some(record) = &item.record {
            self.identities.insert(record.identity());
        }
        let laboratory = match &item.record {
            Some(record) => Some(&record.issuer),
            None => item.issuer.as_ref().and_then(|issuer| issuer.id.as_ref()),
        };
        if let (Some(laboratory), Some(number)) = (laboratory, &item.number) {
            self.numbers.insert((laboratory.clone(), normalise(number)));
        }
    }
}

fn based_on(record: &EvidenceRecord) -> &[BasedOn] {
    match record.record.as_ref().map(|record| &record.subject) {
        Ok(Subject::Attestation(attestation)) => &attestation.comity.based_on,
        _ => &[],
    }
}
