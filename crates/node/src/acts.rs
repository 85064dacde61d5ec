//! What else happened to the records that a status event acts on, and which act lifts which.
//!
//! A refusal or a suspension is never changed: another act of the same signer lifts it. Whoever
//! reads the one has to be led to the other. Only acts that their issuers signed with a key that is
//! registered for them are listed, so that nobody lifts anything in another's name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use comity_model::date::Day;
use comity_model::record::Record;
use comity_model::reference::Identity;
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::signers::{Signers, own_keys};
use comity_store::RecordRow;

use crate::Node;
use crate::error::Error;
use crate::look_up::{HistoryEvent, places};
use crate::recognise::identity_of;

mod liftings;
#[cfg(test)]
mod tests;

use liftings::{Acts, acts_on, counts_from, status_event};

/// Most records of one event whose other events are looked for.
pub const MAX_RECORDS: usize = 50;
/// Most other events that are read for one; those of its own signer come first.
pub const MAX_READ: usize = 100;
/// Most events that are looked through for those, of all the records together: of each record its
/// share, the newest first.
pub const MAX_LOOKED_THROUGH: usize = 2_000;

/// The other events on the records that one acts on.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// The events, each once, in the order of the days on which they take effect.
    pub acts: Vec<ActBeside>,
    /// On how many records they were looked for.
    pub records: usize,
    /// The event asked about changes nothing itself.
    pub ignored: bool,
    /// There are more records or events than were looked at.
    pub cut: bool,
}

/// Another event on some of the same records.
#[derive(Clone, Debug)]
pub struct ActBeside {
    /// The event.
    pub event: HistoryEvent,
    /// On how many of the records it acts.
    pub records: usize,
    /// The day from which it counts: one that gives back, not before it was logged.
    pub from: Day,
    /// What it is to the event asked about.
    pub lifting: Lifting,
    /// It changes nothing: whoever signed it may not act so on any of the records (format.md 2.7).
    pub ignored: bool,
}

/// What one act is to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lifting {
    /// Neither lifts the other.
    #[default]
    Neither,
    /// It lifts the one asked about, of so many records.
    Lifts(usize),
    /// It is lifted by the one asked about, of so many records.
    IsLifted(usize),
}

/// The events on the records that one acts on, before they are read.
#[derive(Default)]
struct RowsBeside {
    rows: Vec<RecordRow>,
    /// The records whose events are all among them.
    whole: Vec<Identity>,
    cut: bool,
}

impl Node {
    /// The other events on the records that `record`, a status event, acts on; nothing of a record
    /// of another kind.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn acts_beside(&self, record: &EvidenceRecord) -> Result<Beside, Error> {
        let Some((own, event)) = status_event(record) else {
            return Ok(Beside::default());
        };
        let identities: Vec<Identity> = event
            .subjects
            .iter()
            .take(MAX_RECORDS)
            .map(comity_model::status::EventSubject::identity)
            .collect();
        let RowsBeside { rows, whole, cut } = self.rows_beside(&identities, record, own).await?;
        let mut events = Vec::new();
        for row in rows {
            for evidence in self.shared.examined(std::slice::from_ref(&row)).await? {
                events.push(HistoryEvent {
                    places: places(&evidence),
                    row: row.clone(),
                    evidence,
                });
            }
        }
        self.keep_signed(&mut events);
        let own = self.voices([record]).iter().any(|voice| voice.own);
        let liftings = if own {
            let mut acts = Acts::new(events.iter().map(|event| &*event.evidence));
            acts.add(record);
            acts.beside(record, &identities)
        } else {
            BTreeMap::new()
        };
        let ignored = self.ignored_on(&whole).await?;
        let is_ignored = |digest: &[u8; 32], acts: usize| ignored.get(digest) == Some(&acts);
        let beside = |event: HistoryEvent| {
            let (_, other) = status_event(&event.evidence)?;
            let of = |identity: &&Identity| acts_on(other, identity).is_some();
            let records = identities.iter().filter(of).count();
            Some(ActBeside {
                records,
                ignored: is_ignored(&event.row.digest, records),
                from: counts_from(&event.evidence)?,
                lifting: (liftings.get(&event.row.digest).copied()).unwrap_or_default(),
                event,
            })
        };
        let mut acts: Vec<_> = events.into_iter().filter_map(beside).collect();
        acts.sort_by_key(|act| (act.from, act.event.row.digest));
        Ok(Beside {
            acts,
            records: identities.len(),
            ignored: is_ignored(&record.record_digest, identities.len()),
            cut: cut || event.subjects.len() > identities.len(),
        })
    }

    /// Record digests of the events on a record that change nothing, because whoever signed them may
    /// not act on it so (format.md 2.7).
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn ignored_events(
        &self,
        record: &Arc<EvidenceRecord>,
    ) -> Result<Vec<[u8; 32]>, Error> {
        self.shared.ignored_events(record).await
    }

    /// Of how many of the records each event is one that changes nothing.
    async fn ignored_on(
        &self,
        identities: &[Identity],
    ) -> Result<BTreeMap<[u8; 32], usize>, Error> {
        let mut ignored: BTreeMap<[u8; 32], usize> = BTreeMap::new();
        for identity in identities {
            let rows = self.shared.documents_of(identity).await?;
            let held = self.shared.examined(&rows).await?;
            if let Some(record) = held.first() {
                for event in self.shared.ignored_events(record).await? {
                    *ignored.entry(event).or_default() += 1;
                }
            }
        }
        Ok(ignored)
    }

    /// Each event once, those that name the signer of `own` first.
    async fn rows_beside(
        &self,
        identities: &[Identity],
        record: &EvidenceRecord,
        own: &Record,
    ) -> Result<RowsBeside, Error> {
        let mut seen = BTreeSet::from([record.record_digest]);
        let (mut own_rows, mut others) = (Vec::new(), Vec::new());
        let mut found = RowsBeside::default();
        let share = MAX_LOOKED_THROUGH / identities.len().max(1);
        for identity in identities {
            let Identity {
                authority,
                issuer,
                id,
            } = identity;
            let store = &self.shared.store;
            let newest = store.newest_events_of(authority, issuer, id, share + 1);
            let mut rows = newest.await?;
            if rows.len() > share {
                rows.truncate(share);
                found.cut = true;
            } else {
                found.whole.push(identity.clone());
            }
            for row in rows {
                if !seen.insert(row.digest) {
                    continue;
                }
                let same = row.issuer == own.issuer.id && row.authority == own.comity.authority;
                let rows = if same { &mut own_rows } else { &mut others };
                if rows.len() < MAX_READ {
                    rows.push(row);
                } else {
                    found.cut = true;
                }
            }
        }
        found.rows = own_rows;
        found.rows.append(&mut others);
        found.cut |= found.rows.len() > MAX_READ;
        found.rows.truncate(MAX_READ);
        Ok(found)
    }

    /// Which of the events on a record lifts which: the record digest of each that is lifted, and of
    /// what lifts it.
    pub fn lifted(&self, row: &RecordRow, events: &[HistoryEvent]) -> Vec<([u8; 32], [u8; 32])> {
        let mut signed = events.to_vec();
        self.keep_signed(&mut signed);
        let acts = Acts::new(signed.iter().map(|event| &*event.evidence));
        acts.lifted(&identity_of(row))
    }

    /// Leaves those that their issuers signed with a key that is registered for them.
    fn keep_signed(&self, events: &mut Vec<HistoryEvent>) {
        let node = &self.shared;
        let held = node.held.snapshot();
        let policy = node.policy.resolve(&held.trust, node.now_known());
        let mut signers = Signers::new(&policy, &held.trust);
        events.retain(|event| {
            let keys = signers.of(&event.row.issuer).keys;
            own_keys(&event.evidence).any(|key| keys.contains(key))
        });
    }
}
