//! What a node holds ready to judge by: registrations, revocations, grants, arrangements,
//! participations and the events on them, as an immutable snapshot that each commit replaces.

use std::collections::HashSet;
use std::sync::{Arc, RwLock};

use comity_model::date::Instant;
use comity_model::record::{Kind, Subject};
use comity_recognition::evidence::{CheckpointEvidence, EvidenceRecord, Location, LogHead};
use comity_recognition::trust_graph::{TrustGraph, is_shared};
use comity_signature::data_integrity::AdmittedKeys;
use comity_store::{RecordRow, Store};

use crate::dating::Checkpoints;
use crate::error::Error;

/// Records read from the store in one go while the snapshot is built.
const LOAD_PAGE: usize = 512;

/// The kinds that are held in memory; attestations, commitments, notices and the events on them
/// are read by key.
pub const HELD_KINDS: [Kind; 12] = [
    Kind::Registration,
    Kind::KeyRevocation,
    Kind::CompetenceGrant,
    Kind::Arrangement,
    Kind::Participation,
    Kind::StatusEvent,
    Kind::FederationList,
    Kind::MemberKeys,
    Kind::Standard,
    Kind::ImportRule,
    Kind::Takedown,
    Kind::CoverageStatement,
];

/// The current snapshot. Readers take a reference and keep it for one question.
#[derive(Debug, Default)]
pub struct Held {
    current: RwLock<Arc<Snapshot>>,
    /// The own writer and the mirrors extend the snapshot one after the other.
    writing: tokio::sync::Mutex<()>,
}

/// One state of the held evidence.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// The records, indexed.
    pub trust: TrustGraph,
    /// Size of the own log under which it was taken.
    pub(crate) size: u64,
    /// Their ids: events on others are not held.
    ids: Ids,
}

/// A growing set of ids in layers of falling size, so that a snapshot shares those of the one
/// before it.
#[derive(Clone, Debug, Default)]
struct Ids(Vec<Arc<HashSet<String>>>);

impl Ids {
    fn contains(&self, id: &str) -> bool {
        self.0.iter().any(|layer| layer.contains(id))
    }

    fn extend(&mut self, mut added: HashSet<String>) {
        while let Some(last) = self.0.pop_if(|last| last.len() < 2 * added.len()) {
            added.extend(last.iter().cloned());
        }
        if !added.is_empty() {
            self.0.push(Arc::new(added));
        }
    }
}

impl Held {
    /// The current snapshot.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        // A writer that panicked leaves the snapshot before it in place.
        let current = self
            .current
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(&current)
    }

    /// Adds the records of one commit, and the events that were logged before what they act on;
    /// what is not held in memory is left out. `size` is that of the own log after its commit;
    /// `None` of a mirrored one.
    ///
    /// # Errors
    /// [`Error::Store`]; then nothing was added.
    pub async fn add(
        &self,
        store: &Store,
        checkpoints: &Checkpoints,
        records: &[Arc<EvidenceRecord>],
        size: Option<u64>,
    ) -> Result<(), Error> {
        let _one_at_a_time = self.writing.lock().await;
        let before = self.snapshot();
        let new: HashSet<String> = records.iter().filter_map(|record| own_id(record)).collect();
        let earlier = if new.is_empty() {
            Vec::new()
        } else {
            let ids: Vec<_> = new.iter().map(String::as_str).collect();
            let mut rows = store.events_of_ids(&ids).await?;
            let given: HashSet<_> = records.iter().map(|record| record.record_digest).collect();
            rows.retain(|row| !given.contains(&row.digest));
            examine(store, checkpoints, &rows, &mut AdmittedKeys::new()).await?
        };
        let mut ids = before.ids.clone();
        ids.extend(new);
        let given = records.iter().filter(|record| holds(record, &ids));
        let kept: Vec<_> = given.map(Arc::clone).chain(earlier).collect();
        if kept.is_empty() {
            return Ok(());
        }
        self.set(Snapshot {
            trust: before.trust.with(kept),
            size: size.unwrap_or(before.size),
            ids,
        });
        Ok(())
    }

    /// Reads anew the places of held records below `size` in a log whose time is not settled.
    ///
    /// # Errors
    /// [`Error::Store`]; then nothing was changed.
    pub async fn date_again(
        &self,
        checkpoints: &Checkpoints,
        origin: &str,
        size: u64,
    ) -> Result<(), Error> {
        let _one_at_a_time = self.writing.lock().await;
        let before = self.snapshot();
        let mut undated: Vec<(u64, &Arc<EvidenceRecord>)> = Vec::new();
        for record in before.trust.records() {
            let mut places = record.locations.iter();
            let place = places.find(|place| {
                &*place.origin == origin && place.index < size && !checkpoints.settled(place)
            });
            undated.extend(place.map(|place| (place.index, record)));
        }
        undated.sort_unstable_by_key(|(index, _)| *index);
        let mut dated = Vec::new();
        let mut found: Option<Location> = None;
        for (index, record) in undated {
            // No kept head lies between an entry and the smallest that covers it: what lies
            // between them is covered by the same.
            let covers = |found: &Location| {
                let smallest = found.checkpoints.first();
                smallest.is_some_and(|checkpoint| index < checkpoint.size)
            };
            let location = match found.take().filter(covers) {
                Some(found) => Location { index, ..found },
                None => checkpoints.locate(origin, index).await?,
            };
            let known = record.locations.iter();
            let known = known.clone().find(|place| &*place.origin == origin);
            if known.is_some_and(|known| *known != location) {
                let mut again = EvidenceRecord::clone(record);
                for place in &mut again.locations {
                    if &*place.origin == origin {
                        place.clone_from(&location);
                    }
                }
                dated.push(Arc::new(again));
            }
            found = Some(location);
        }
        if !dated.is_empty() {
            self.set(Snapshot {
                trust: before.trust.with(dated),
                size: before.size,
                ids: before.ids.clone(),
            });
        }
        Ok(())
    }

    fn set(&self, next: Snapshot) {
        *self
            .current
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(next);
    }

    /// Replaces everything by what the store holds, while the own log is `size` long.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn load(
        &self,
        store: &Store,
        checkpoints: &Checkpoints,
        size: u64,
    ) -> Result<(), Error> {
        let _one_at_a_time = self.writing.lock().await;
        let mut keys = AdmittedKeys::new();
        let mut records = Vec::new();
        let mut snapshot = Snapshot {
            size,
            ..Snapshot::default()
        };
        for kind in HELD_KINDS {
            let mut after: Option<(String, u64)> = None;
            loop {
                let place = after
                    .as_ref()
                    .map(|(origin, position)| (origin.as_str(), *position));
                let rows = store.records_by_kind(kind.name(), place, LOAD_PAGE).await?;
                let Some(last) = rows.last() else { break };
                after = Some((last.origin.clone(), last.position));
                let page = examine(store, checkpoints, &rows, &mut keys).await?;
                let new = page.iter().filter_map(|record| own_id(record));
                snapshot.ids.extend(new.collect());
                records.extend(
                    page.into_iter()
                        .filter(|record| holds(record, &snapshot.ids)),
                );
            }
        }
        let known: HashSet<_> = records.iter().map(|record| record.record_digest).collect();
        let beside = crate::federation::beside_logs(store).await?;
        records.extend(
            beside
                .into_iter()
                .filter(|record| !known.contains(&record.record_digest)),
        );
        snapshot.trust = TrustGraph::build(records);
        self.set(snapshot);
        Ok(())
    }
}

/// The id of a record on which events are held in memory.
fn own_id(evidence: &EvidenceRecord) -> Option<String> {
    let record = evidence.record.as_ref().ok()?;
    match &record.subject {
        Subject::StatusEvent(_) => None,
        _ => is_shared(record).then(|| record.id.clone()),
    }
}

/// Whether a record is held in memory, where those with `ids` are.
fn holds(evidence: &EvidenceRecord, ids: &Ids) -> bool {
    let Ok(record) = &evidence.record else {
        return false;
    };
    match &record.subject {
        Subject::StatusEvent(event) => {
            let mut subjects = event.subjects.iter();
            subjects.any(|subject| ids.contains(&subject.id))
        }
        _ => is_shared(record),
    }
}

/// A head as recognition reads it.
pub(crate) fn log_head(origin: &str, checkpoint: CheckpointEvidence) -> LogHead {
    LogHead {
        origin: origin.to_owned(),
        size: checkpoint.size,
        root: checkpoint.root,
        lines: checkpoint.lines,
        closed: false,
        successor: None,
        forked: false,
        lacks: Vec::new(),
    }
}

/// Examines the records of `rows`: bodies, signatures, places. Bodies that are withheld are left
/// out.
///
/// # Errors
/// [`Error::Store`].
pub async fn examine(
    store: &Store,
    checkpoints: &Checkpoints,
    rows: &[RecordRow],
    keys: &mut AdmittedKeys,
) -> Result<Vec<Arc<EvidenceRecord>>, Error> {
    let digests: Vec<_> = rows.iter().map(|row| row.digest).collect();
    let bodies = store.bodies(&digests).await?;
    let mut examined = Vec::with_capacity(rows.len());
    for (row, body) in rows.iter().zip(bodies) {
        let Some(body) = body else { continue };
        if comity_signature::digest::record_digest(&body) != row.digest {
            // A fault of this node's disk is no fault of the record.
            return Err(Error::Setup(format!(
                "the stored bytes of {} are damaged; restore the database",
                hex::encode(row.digest)
            )));
        }
        let mut locations = Vec::new();
        for (origin, index) in store.positions(&row.digest).await? {
            locations.push(checkpoints.locate(&origin, index).await?);
        }
        let received = Instant::from_seconds(row.received_at);
        let record = EvidenceRecord::examine_with(&body, locations, received, keys);
        examined.push(Arc::new(record));
    }
    Ok(examined)
}
