//! From received bytes to an acknowledgement: checks in parallel, one writer, group commit.
//!
//! What is acknowledged is on the disk, in the log, and counts in the next verdict.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use comity_model::date::Instant;
use comity_model::fault::Fault;
use comity_model::record::Kind;
use comity_model::reference::Identity;
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::trust_graph::TrustGraph;
use comity_signature::data_integrity::AdmittedKeys;
use comity_store::{Head, NewRecord};
use tokio::sync::{mpsc, oneshot, watch};

use crate::Shared;
use crate::admission::{self, Prepared};
use crate::error::{Error, Refusal, RefusalReason};
use crate::recognise::identity_of;
use crate::sequencer::{Committed, MAX_BATCH_RECORDS, Placed, Sequencer};

/// Most records of one call; longer streams are cut by the caller.
pub const MAX_CALL_RECORDS: usize = 1_000;
/// Records that one thread checks in one go.
const CHECK_CHUNK: usize = 128;
/// Calls that may wait for the writer before new ones wait to be let in.
const MAX_WAITING_CALLS: usize = 64;

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
}

/// One record's outcome.
pub type Outcome = Result<Acknowledgement, Refusal>;

struct Call {
    rows: Vec<NewRecord>,
    evidence: Vec<EvidenceRecord>,
    answer: oneshot::Sender<Result<Committed, Error>>,
}

/// The way into the log.
#[derive(Debug)]
pub struct Publisher {
    calls: Mutex<Option<mpsc::Sender<Call>>>,
}

impl Shared {
    /// Checks and logs records; each gets its own answer, in the order given. Registrations
    /// take effect for the records after them.
    ///
    /// # Errors
    /// Only where no answer can be given to any: the node is read-only or its database fails.
    /// Then none of the records that were not answered is known to be logged.
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
            outcomes.extend(self.log_run(checked, self.now_known()).await?);
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

    /// Checks that every signature of a prepared record counts.
    fn admit(&self, prepared: &Prepared, trust: &TrustGraph, now: Instant) -> Result<(), Refusal> {
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

    /// The documents held under the identities of a run, by document digest.
    async fn documents_under(
        &self,
        run: &[Result<Prepared, Refusal>],
    ) -> Result<HashMap<Identity, [u8; 32]>, Error> {
        let ids = run
            .iter()
            .flatten()
            .map(|prepared| prepared.record.id.as_str());
        let rows = self.store.records_by_ids(&ids.collect::<Vec<_>>()).await?;
        let documents = rows
            .iter()
            .map(|row| (identity_of(row), row.document_digest));
        Ok(documents.collect())
    }

    async fn log_run(
        &self,
        run: Vec<Result<Prepared, Refusal>>,
        now: Instant,
    ) -> Result<Vec<Outcome>, Error> {
        let snapshot = self.held.snapshot();
        let mut documents = self.documents_under(&run).await?;
        let mut answers = Vec::with_capacity(run.len());
        let mut rows = Vec::new();
        let mut evidence = Vec::new();
        for checked in run {
            let admitted = checked.and_then(|prepared| {
                self.admit(&prepared, &snapshot.trust, now)?;
                let held = documents.entry(prepared.record.identity());
                let held = held.or_insert(prepared.evidence.document_digest);
                if *held == prepared.evidence.document_digest {
                    Ok(prepared)
                } else {
                    Err(conflict(held))
                }
            });
            answers.push(admitted.map(|prepared| {
                let waiting = Waiting::of(&prepared);
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
            let place = places.next().ok_or_else(interrupted)?;
            Ok(waiting.placed(head, place))
        });
        Ok(outcomes.collect())
    }
}

/// The refusal of a second document under one identity: it would make both worthless
/// (format.md 1.4).
fn conflict(held: &[u8; 32]) -> Refusal {
    let why = format!(
        "another document stands under this id, with the document digest {}; give the correction \
         an id of its own and let it say `replaces`",
        hex::encode(held)
    );
    Refusal::one(RefusalReason::Conflict, Fault::new("/id", "conflict", why))
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
}

impl Waiting {
    fn of(prepared: &Prepared) -> Self {
        Self {
            id: prepared.record.id.clone(),
            kind: prepared.record.kind(),
            record_digest: prepared.evidence.record_digest,
            document_digest: prepared.evidence.document_digest,
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
        }
    }
}

impl Publisher {
    /// Starts the writer; `shared` is told of every commit before it is answered. The writer
    /// ends when the publisher is dropped, and gives the lease back.
    pub(crate) fn start(
        mut sequencer: Sequencer,
        shared: std::sync::Weak<Shared>,
        heads: watch::Sender<Head>,
    ) -> (Self, tokio::task::JoinHandle<()>) {
        let (calls, mut waiting) = mpsc::channel::<Call>(MAX_WAITING_CALLS);
        let task = tokio::spawn(async move {
            let mut tend = tokio::time::interval(std::time::Duration::from_secs(15));
            loop {
                tokio::select! {
                    call = waiting.recv() => {
                        let Some(call) = call else { break };
                        let calls = gather(call, &mut waiting);
                        commit_calls(&mut sequencer, calls, &shared, &heads).await;
                    }
                    _ = tend.tick() => match sequencer.tend().await {
                        Ok(true) => { heads.send_replace(sequencer.head().clone()); }
                        Ok(false) => {}
                        Err(error) => tracing::error!(%error, "the log was not tended"),
                    },
                }
            }
            sequencer.close().await;
        });
        let calls = Mutex::new(Some(calls));
        (Self { calls }, task)
    }

    /// Lets the writer end once it has answered those who wait.
    pub fn stop(&self) {
        self.calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }

    async fn commit(
        &self,
        rows: Vec<NewRecord>,
        evidence: Vec<EvidenceRecord>,
    ) -> Result<Committed, Error> {
        let stopped = || Error::ReadOnly("its writer has stopped".to_owned());
        let (answer, answered) = oneshot::channel();
        let call = Call {
            rows,
            evidence,
            answer,
        };
        let calls = self
            .calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        calls
            .ok_or_else(stopped)?
            .send(call)
            .await
            .map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())?
    }
}

/// Takes what else is waiting, up to a full batch, into the same commit.
fn gather(first: Call, waiting: &mut mpsc::Receiver<Call>) -> Vec<Call> {
    let mut records = first.rows.len();
    let mut calls = vec![first];
    while records < MAX_BATCH_RECORDS {
        let Ok(call) = waiting.try_recv() else { break };
        records += call.rows.len();
        calls.push(call);
    }
    calls
}

async fn commit_calls(
    sequencer: &mut Sequencer,
    calls: Vec<Call>,
    shared: &std::sync::Weak<Shared>,
    heads: &watch::Sender<Head>,
) {
    let mut rows = Vec::new();
    let mut evidence = Vec::new();
    let mut waiting = Vec::with_capacity(calls.len());
    for call in calls {
        waiting.push((call.rows.len(), call.answer));
        rows.extend(call.rows);
        evidence.extend(call.evidence);
    }
    let result = sequencer.append(rows).await;
    match result {
        Ok(committed) => {
            if let Some(shared) = shared.upgrade() {
                shared.note_committed(evidence, &committed);
            }
            heads.send_replace(committed.head.clone());
            let mut placed = committed.placed.into_iter();
            for (count, answer) in waiting {
                // A caller that no longer listens has its records logged all the same.
                let _ = answer.send(Ok(Committed {
                    head: committed.head.clone(),
                    placed: placed.by_ref().take(count).collect(),
                }));
            }
        }
        Err(error) => {
            tracing::error!(%error, "a batch was not committed");
            if let (Some(reason), Some(shared)) = (sequencer.halted(), shared.upgrade()) {
                let _ = shared.read_only.set(reason.to_owned());
            }
            let reason = error.to_string();
            let mut first = Some(error);
            for (_, answer) in waiting {
                let error = first
                    .take()
                    .unwrap_or_else(|| Error::ReadOnly(reason.clone()));
                let _ = answer.send(Err(error));
            }
        }
    }
}
