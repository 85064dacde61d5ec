//! From received bytes to an acknowledgement: checks in parallel, one writer, group commit.
//!
//! What is acknowledged is on the disk, in the log, and counts in the next verdict.

pub mod writer;

use std::sync::{Arc, Mutex, PoisonError};

use comity_model::date::Instant;
use comity_model::fault::Fault;
use comity_model::record::Kind;
use comity_recognition::trust_graph::TrustGraph;
use comity_signature::data_integrity::AdmittedKeys;
use comity_store::Head;

use crate::Shared;
use crate::admission::{self, Prepared};
use crate::error::{Error, Refusal, RefusalReason};
use crate::sequencer::Placed;

/// Most records of one call; longer streams are cut by the caller.
pub const MAX_CALL_RECORDS: usize = 1_000;
/// Records that one thread checks in one go.
const CHECK_CHUNK: usize = 128;
/// The node's answer to a record it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// `urn:uuid:` identifier.
    pub id: String,
    /// Its kind.
    pub kind: Kind,
    /// SHA-256 of its bytes.
    pub record_digest: [u8; 32],
    /// SHA-256 of the canonical document without `proof`.
    pub document_digest: [u8; 32],
    /// The log.
    pub origin: String,
    /// Log index.
    pub index: u64,
    /// Size of the tree under the checkpoint that covers it.
    pub size: u64,
    /// It had been logged before: the old place is answered.
    pub already: bool,
    /// Why no answer here rests on it, where that is known already.
    pub will_not_count: Option<String>,
}

/// One record's outcome.
pub type Outcome = Result<Acknowledgement, Refusal>;

impl Shared {
    /// Checks and logs records; each gets its own answer, in the order given. Registrations
    /// take effect for the records after them.
    ///
    /// # Errors
    /// Only where no answer can be given to any: the node is read-only or its database fails.
    /// Then none of the records is known to be logged. Where that happens later, those records
    /// that have no answer are refused as interrupted.
    pub(crate) async fn publish(
        self: &Arc<Self>,
        bodies: Vec<Vec<u8>>,
    ) -> Result<Vec<Outcome>, Error> {
        let now = self.clock.now();
        let mut checked = self.check_all(bodies, now).await;
        let mut outcomes = Vec::with_capacity(checked.len());
        while !checked.is_empty() {
            let run = first_run(&checked);
            let rest = checked.split_off(run);
            // What the run before logged is known to this one.
            let now = self.now_known();
            if !outcomes.is_empty() {
                for prepared in checked.iter_mut().flatten() {
                    prepared.received_at(now);
                }
            }
            match self.log_run(checked, now).await {
                Ok(answered) => outcomes.extend(answered),
                Err(error) if outcomes.is_empty() => return Err(error),
                Err(error) => {
                    // What was answered stands; the rest is to be sent again.
                    tracing::error!(%error, "a call was answered in part");
                    outcomes.extend((0..run + rest.len()).map(|_| Err(interrupted())));
                    break;
                }
            }
            checked = rest;
        }
        Ok(outcomes)
    }

    /// What [`Shared::publish`] would answer, without logging anything.
    pub(crate) async fn validate(self: &Arc<Self>, body: Vec<u8>) -> Result<Prepared, Refusal> {
        let now = self.now_known();
        let mut checked = self.check_all(vec![body], now).await;
        let prepared = checked.pop().unwrap_or_else(|| Err(interrupted()))?;
        let held = self.held.snapshot();
        self.admit(&prepared, &held.trust, now)?;
        Ok(prepared)
    }

    /// Why a record that would be taken would not count here.
    pub(crate) fn would_not_count(&self, prepared: &Prepared) -> Option<String> {
        let held = self.held.snapshot();
        self.not_counting(&prepared.evidence, &held.trust, self.now_known())
    }

    /// Checks that every signature of a prepared record counts.
    fn admit(&self, prepared: &Prepared, trust: &TrustGraph, now: Instant) -> Result<(), Refusal> {
        if self.is_taken_down(&prepared.evidence) {
            let why = "this document was taken down from this log, which never takes it again";
            let fault = Fault::new("", "takenDown", why);
            return Err(Refusal::one(RefusalReason::Conflict, fault));
        }
        self.may_sign(&prepared.evidence, trust, now)
            .map_err(|why| {
                let fault = Fault::new("/issuer", "notEntitled", why.to_string());
                Refusal::one(RefusalReason::Registration, fault)
            })
    }

    /// Form, rules and signatures of many records, on every core.
    async fn check_all(
        &self,
        bodies: Vec<Vec<u8>>,
        now: Instant,
    ) -> Vec<Result<Prepared, Refusal>> {
        let mut bodies = bodies.into_iter().peekable();
        let mut tasks = Vec::new();
        while bodies.peek().is_some() {
            let chunk: Vec<_> = bodies.by_ref().take(CHECK_CHUNK).collect();
            let keys = Arc::clone(&self.admitted_keys);
            let count = chunk.len();
            let task = tokio::task::spawn_blocking(move || check_chunk(chunk, now, &keys));
            tasks.push((count, task));
        }
        let mut checked = Vec::new();
        for (count, task) in tasks {
            match task.await {
                Ok(chunk) => checked.extend(chunk),
                Err(error) => {
                    tracing::error!(%error, "a check of records stopped");
                    checked.extend((0..count).map(|_| Err(interrupted())));
                }
            }
        }
        checked
    }

    async fn log_run(
        &self,
        run: Vec<Result<Prepared, Refusal>>,
        now: Instant,
    ) -> Result<Vec<Outcome>, Error> {
        let snapshot = self.held.snapshot();
        let mut answers = Vec::with_capacity(run.len());
        let mut rows = Vec::new();
        let mut evidence = Vec::new();
        for checked in run {
            let admitted = checked.and_then(|prepared| {
                self.admit(&prepared, &snapshot.trust, now)?;
                Ok(prepared)
            });
            answers.push(admitted.map(|prepared| {
                let mut waiting = Waiting::of(&prepared);
                waiting.will_not_count =
                    self.not_counting(&prepared.evidence, &snapshot.trust, now);
                rows.push(prepared.row);
                evidence.push(prepared.evidence);
                waiting
            }));
        }
        if rows.is_empty() {
            return Ok(answers
                .into_iter()
                .map(|answer| Err(no_place(answer)))
                .collect());
        }
        let committed = self.publisher()?.commit(rows, evidence).await?;
        let mut places = committed.placed.into_iter();
        let head = &committed.head;
        let outcomes = answers.into_iter().map(|answer| {
            let waiting = answer?;
            let place = places.next().unwrap_or_else(|| Err(interrupted()))?;
            Ok(waiting.placed(head, place))
        });
        Ok(outcomes.collect())
    }
}

/// The refusal of an answer in a run of which nothing was logged.
fn no_place(answer: Result<Waiting, Refusal>) -> Refusal {
    answer.err().unwrap_or_else(interrupted)
}

fn interrupted() -> Refusal {
    let why = "the check was interrupted inside the node; send the record again";
    Refusal::one(RefusalReason::Form, Fault::new("", "interrupted", why))
}

/// How many records from the first on can be logged together: those before a change of whose
/// signatures count are logged before it, and those after it are judged after it.
fn first_run(checked: &[Result<Prepared, Refusal>]) -> usize {
    let changes = |checked: &Result<Prepared, Refusal>| {
        checked
            .as_ref()
            .is_ok_and(|prepared| admission::changes_trust(prepared.record.kind()))
    };
    let Some(first) = checked.first() else {
        return 0;
    };
    let kind = changes(first);
    let same = checked.iter().position(|checked| changes(checked) != kind);
    same.unwrap_or(checked.len())
}

fn check_chunk(
    bodies: Vec<Vec<u8>>,
    now: Instant,
    keys: &Mutex<AdmittedKeys>,
) -> Vec<Result<Prepared, Refusal>> {
    // Keys are remembered between calls; a thread takes the memory along while it works and
    // leaves an empty one, so that no thread waits for another.
    let take = || std::mem::take(&mut *keys.lock().unwrap_or_else(PoisonError::into_inner));
    let mut mine = take();
    let checked = bodies
        .into_iter()
        .map(|body| admission::prepare(body, now, &mut mine))
        .collect();
    *keys.lock().unwrap_or_else(PoisonError::into_inner) = mine;
    checked
}

/// An accepted record that waits for its place.
struct Waiting {
    id: String,
    kind: Kind,
    record_digest: [u8; 32],
    document_digest: [u8; 32],
    will_not_count: Option<String>,
}

impl Waiting {
    fn of(prepared: &Prepared) -> Self {
        Self {
            id: prepared.record.id.clone(),
            kind: prepared.record.kind(),
            record_digest: prepared.evidence.record_digest,
            document_digest: prepared.evidence.document_digest,
            will_not_count: None,
        }
    }

    fn placed(self, head: &Head, placed: Placed) -> Acknowledgement {
        Acknowledgement {
            id: self.id,
            kind: self.kind,
            record_digest: self.record_digest,
            document_digest: self.document_digest,
            origin: head.origin.clone(),
            index: placed.position,
            size: head.size,
            already: placed.already,
            will_not_count: self.will_not_count,
        }
    }
}
