//! The writer: takes calls from the queue, several into one commit, and answers each.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use comity_model::fault::Fault;
use comity_model::reference::Identity;
use comity_recognition::evidence::EvidenceRecord;
use comity_store::{Head, NewRecord};
use comity_tlog::Hash;
use tokio::sync::{mpsc, oneshot, watch};

use super::interrupted;
use crate::Shared;
use crate::anchors::Due;
use crate::error::{Error, Refusal, RefusalReason};
use crate::recognise::identity_of;
use crate::recover::Confirmed;
use crate::sequencer::{Committed, MAX_BATCH_RECORDS, Placed, Sequencer};

/// Bytes of bodies after which no further call joins a commit: as much as one transaction should
/// hold of the disk and of memory at once.
pub const MAX_GATHERED_BYTES: usize = 16 * 1024 * 1024;
/// Calls that may wait for the writer before new ones wait to be let in.
const MAX_WAITING_CALLS: usize = 64;

/// Pause between two questions to mirrors that have not answered at the start.
const ASK_PAUSE: std::time::Duration = std::time::Duration::from_secs(2);
/// How long calls wait at the start for the mirrors' answers before they are refused.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(8);

/// How the writer begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Writing {
    /// What the folder says was signed, where the database holds less.
    pub(crate) noted: Option<(u64, Hash)>,
    /// Whether it asks the mirrors by itself, or only when it is told to tend the log.
    pub(crate) asks: bool,
}

struct Call {
    rows: Vec<NewRecord>,
    evidence: Vec<EvidenceRecord>,
    answer: oneshot::Sender<Result<Places, Error>>,
}

/// What became of the records of a call, in the order given.
pub(crate) struct Places {
    pub(crate) head: Head,
    pub(crate) placed: Vec<Result<Placed, Refusal>>,
}

/// The way into the log.
#[derive(Debug)]
pub struct Publisher {
    calls: Mutex<Option<mpsc::Sender<Call>>>,
    /// Those who want the log tended now.
    tends: mpsc::Sender<oneshot::Sender<()>>,
}

impl Shared {
    /// The documents held under the identities of records, by document digest.
    async fn documents_under(
        &self,
        rows: &[NewRecord],
    ) -> Result<HashMap<Identity, [u8; 32]>, Error> {
        let ids: Vec<_> = rows.iter().map(|row| row.id.as_str()).collect();
        let held = self.store.records_by_ids(&ids).await?;
        let documents = held
            .iter()
            .map(|row| (identity_of(row), row.document_digest));
        Ok(documents.collect())
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

impl Publisher {
    /// Starts the writer; `shared` is told of every commit before it is answered. The writer
    /// ends when the publisher is dropped, and gives the lease back.
    pub(crate) fn start(
        mut sequencer: Sequencer,
        shared: std::sync::Weak<Shared>,
        heads: watch::Sender<Head>,
        begin: Writing,
    ) -> (Self, tokio::task::JoinHandle<()>) {
        let (calls, mut waiting) = mpsc::channel::<Call>(MAX_WAITING_CALLS);
        let (tends, mut tending) = mpsc::channel::<oneshot::Sender<()>>(MAX_WAITING_CALLS);
        let task = tokio::spawn(async move {
            let mut due = tokio::time::interval(std::time::Duration::from_secs(15));
            let mut ask = tokio::time::interval(ASK_PAUSE);
            let patient_until = tokio::time::Instant::now() + PATIENCE;
            loop {
                let held = sequencer.held().is_some();
                let patient = held && begin.asks && tokio::time::Instant::now() < patient_until;
                tokio::select! {
                    _ = ask.tick(), if held && begin.asks => {
                        ask_mirrors(&mut sequencer, &shared, &heads, begin.noted).await;
                    }
                    call = waiting.recv(), if !patient => {
                        let Some(call) = call else { break };
                        let calls = gather(call, &mut waiting);
                        commit_calls(&mut sequencer, calls, &shared, &heads).await;
                    }
                    _ = due.tick() => tend(&mut sequencer, &shared, &heads).await,
                    Some(done) = tending.recv() => {
                        if held {
                            ask_mirrors(&mut sequencer, &shared, &heads, begin.noted).await;
                        }
                        tend(&mut sequencer, &shared, &heads).await;
                        // Who asked may have gone.
                        let _ = done.send(());
                    }
                }
            }
            sequencer.close().await;
        });
        let calls = Mutex::new(Some(calls));
        (Self { calls, tends }, task)
    }

    /// Has the log tended now, and waits until it is.
    pub(crate) async fn tend(&self) {
        let (done, is_done) = oneshot::channel();
        if self.tends.send(done).await.is_ok() {
            // A writer that ended tends nothing any more.
            let _ = is_done.await;
        }
    }

    /// Lets the writer end once it has answered those who wait.
    pub fn stop(&self) {
        self.calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }

    pub(crate) async fn commit(
        &self,
        rows: Vec<NewRecord>,
        evidence: Vec<EvidenceRecord>,
    ) -> Result<Places, Error> {
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
    let bytes_of = |call: &Call| call.rows.iter().map(|row| row.body.len()).sum::<usize>();
    let (mut records, mut bytes) = (first.rows.len(), bytes_of(&first));
    let mut calls = vec![first];
    while records < MAX_BATCH_RECORDS && bytes < MAX_GATHERED_BYTES {
        let Ok(call) = waiting.try_recv() else { break };
        records += call.rows.len();
        bytes += bytes_of(&call);
        calls.push(call);
    }
    calls
}

/// Refuses what would stand beside another document under one identity. Asked where there is one
/// writer, so that of two at once one is refused. Answers for each record its refusal, if any.
async fn conflicts(
    shared: Option<&Shared>,
    rows: &[NewRecord],
) -> Result<Vec<Option<Refusal>>, Error> {
    let mut documents = match shared {
        Some(shared) => shared.documents_under(rows).await?,
        None => return Err(Error::ReadOnly("it is closing".to_owned())),
    };
    let refusals = rows.iter().map(|row| {
        let identity = Identity {
            authority: row.authority.clone(),
            issuer: row.issuer.clone(),
            id: row.id.clone(),
        };
        let held = documents.entry(identity).or_insert(row.document_digest);
        (*held != row.document_digest).then(|| conflict(held))
    });
    Ok(refusals.collect())
}

/// Logs what may be logged of many records and takes it up.
async fn commit_records(
    sequencer: &mut Sequencer,
    rows: Vec<NewRecord>,
    evidence: Vec<EvidenceRecord>,
    shared: &std::sync::Weak<Shared>,
    heads: &watch::Sender<Head>,
) -> Result<Places, Error> {
    let shared = shared.upgrade();
    check_writing(sequencer, shared.as_deref());
    let refusals = conflicts(shared.as_deref(), &rows).await?;
    let keep = |refusal: &Option<Refusal>| refusal.is_none();
    let rows = rows.into_iter().zip(&refusals);
    let rows = rows.filter_map(|(row, refusal)| keep(refusal).then_some(row));
    let committed = sequencer.append(rows.collect()).await?;
    if let Some(shared) = &shared {
        let evidence = evidence.into_iter().zip(&refusals);
        let evidence = evidence.filter_map(|(record, refusal)| keep(refusal).then_some(record));
        let missed = sequencer.take_missed();
        let taken = shared.note_committed(evidence.collect(), &committed, missed);
        if let Err(error) = taken.await {
            // What is logged must count: nothing more is taken until a start reads it all.
            sequencer.halt("what was logged could not be taken up; start the node again");
            return Err(error);
        }
    }
    heads.send_replace(committed.head.clone());
    let mut placed = committed.placed.into_iter();
    let answers = refusals.into_iter().map(|refusal| match refusal {
        Some(refusal) => Err(refusal),
        None => placed.next().ok_or_else(interrupted),
    });
    Ok(Places {
        head: committed.head,
        placed: answers.collect(),
    })
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
    match commit_records(sequencer, rows, evidence, shared, heads).await {
        Ok(places) => {
            let mut answers = places.placed.into_iter();
            for (count, answer) in waiting {
                // A caller that no longer listens has its records logged all the same.
                let _ = answer.send(Ok(Places {
                    head: places.head.clone(),
                    placed: answers.by_ref().take(count).collect(),
                }));
            }
        }
        Err(error) => {
            tracing::error!(%error, "a batch was not committed");
            tell_if_halted(sequencer, shared);
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

/// Asks the mirrors what they hold of the log, takes back what was forgotten, and signs again once
/// enough have answered.
async fn ask_mirrors(
    sequencer: &mut Sequencer,
    shared: &std::sync::Weak<Shared>,
    heads: &watch::Sender<Head>,
    noted: Option<(u64, Hash)>,
) {
    let Some(shared) = shared.upgrade() else {
        return;
    };
    let before = sequencer.head().size;
    match shared.confirm(sequencer, noted).await {
        Confirmed::Yes => {
            let head = sequencer.head().clone();
            if let Err(error) = shared.take_up_recovered(&head).await {
                tracing::error!(%error, "what was taken back could not be taken up");
                return;
            }
            if head.size > before {
                tracing::warn!(
                    log.origin = head.origin,
                    size = head.size,
                    "the log is whole again"
                );
            }
            sequencer.release();
            // In this order: whoever collects lines must not compare them with the old head.
            heads.send_replace(head);
            shared.wait_for(None);
        }
        Confirmed::Wait(why) => {
            if sequencer.held() != Some(&why) {
                tracing::warn!("nothing is signed: {why}");
            }
            sequencer.hold(&why);
            shared.wait_for(Some(&why));
        }
        Confirmed::Never(why) => {
            sequencer.halt(&why);
            shared.halt(&why);
        }
    }
}

/// Keeps the log alive; whatever that finds, readers are told.
async fn tend(
    sequencer: &mut Sequencer,
    shared: &std::sync::Weak<Shared>,
    heads: &watch::Sender<Head>,
) {
    if sequencer.held().is_some() {
        return;
    }
    check_writing(sequencer, shared.upgrade().as_deref());
    let tended = tend_log(sequencer, shared.upgrade().as_deref()).await;
    if let Err(error) = &tended {
        tracing::error!(%error, "the log was not tended");
    }
    let missed = sequencer.take_missed();
    if missed && let Some(shared) = shared.upgrade() {
        let none = Committed {
            head: sequencer.head().clone(),
            placed: Vec::new(),
        };
        if let Err(error) = shared.note_committed(Vec::new(), &none, true).await {
            tracing::error!(%error, "a commit was not taken up");
            sequencer.halt("what was logged could not be taken up; start the node again");
        }
    }
    tell_if_halted(sequencer, shared);
    if sequencer.halted().is_none() && (missed || matches!(tended, Ok(true))) {
        heads.send_replace(sequencer.head().clone());
    }
}

/// Anchors what is due, and signs an old head again.
async fn tend_log(sequencer: &mut Sequencer, shared: Option<&Shared>) -> Result<bool, Error> {
    let Some(shared) = shared else {
        return Ok(false);
    };
    let mut due = Due::default();
    let mut lines = Vec::new();
    if sequencer.halted().is_none() {
        if sequencer.anchor_due() {
            due.own = Some(shared.own_anchor(sequencer.head()).await?);
        }
        let now = shared.clock.now().seconds();
        due.foreign = shared.foreign_anchors(now).await?;
        if sequencer.resign_due() {
            lines = shared.newest_lines().await?;
        }
        let tended = sequencer.tend(&due, &lines).await?;
        for note in &due.foreign {
            shared.note_anchored(note, now).await?;
        }
        return Ok(tended);
    }
    sequencer.tend(&due, &lines).await
}

/// Stops writing where something else than writing found a reason for it.
fn check_writing(sequencer: &mut Sequencer, shared: Option<&Shared>) {
    if let Some(reason) = shared.and_then(|shared| shared.read_only.get()) {
        sequencer.halt(reason);
    }
}

/// Says to readers why nothing is taken any more, if so.
fn tell_if_halted(sequencer: &Sequencer, shared: &std::sync::Weak<Shared>) {
    if let (Some(reason), Some(shared)) = (sequencer.halted(), shared.upgrade()) {
        // The first reason stays.
        let _ = shared.read_only.set(reason.to_owned());
    }
}

#[cfg(test)]
mod tests;
