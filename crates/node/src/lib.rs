//! What does one economy run? A node: it checks, logs, keeps, indexes and judges records.
//!
//! In scope: the order of steps, time, peers, files of a node's folder, import of registers,
//! requests to other nodes. Out of scope: what a record says (`comity-model`), signatures
//! (`comity-signature`), trees (`comity-tlog`), verdicts (`comity-recognition`), SQL
//! (`comity-store`), ranking (`comity-search`), URLs and status codes (`comity-api`).
//!
//! The design decision: one writer per log behind a queue ([`publish::writer::Publisher`]), many readers
//! over an immutable snapshot ([`evidence::Held`]) and the store. Reading never waits for writing.

#![expect(
    clippy::disallowed_methods,
    reason = "a node reads files, the clock and random bytes so that the crates below need not"
)]

pub mod acts;
pub mod admission;
mod adopted;
mod anchors;
pub mod audit;
pub mod beside;
pub mod browse;
pub mod bundle;
pub mod clock;
mod collect;
pub mod config;
pub mod counting;
pub mod csv;
pub mod dating;
pub mod doctor;
pub mod edit;
pub mod equivocation;
pub mod error;
pub mod evidence;
pub mod federation;
pub mod goods;
mod guard;
pub mod impact;
pub mod import;
pub mod index;
pub mod list;
pub mod log;
pub mod logs;
pub mod look_up;
pub mod matrix;
pub mod mirror;
pub mod named;
pub mod notices;
pub mod participants;
pub mod peers;
pub mod photo;
pub mod projection;
pub mod proofs;
pub mod publish;
pub mod receipts;
pub mod recognise;
mod recover;
pub mod registers;
pub mod remote;
pub mod requirements;
mod reread;
mod rounds;
pub mod search;
pub mod sequencer;
mod standing;
mod start;
pub mod statistics;
pub mod status_at;
pub mod takedown;
pub mod witness;

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, RwLock};

use comity_model::date::Instant;
use comity_recognition::Policy;
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::policy::TrustList;
use comity_search::Index;
use comity_signature::data_integrity::AdmittedKeys;
use comity_signature::key::SigningKey;
use comity_store::{Head, Store};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::config::{Config, Keys};
use crate::dating::Checkpoints;
use crate::error::{Error, Refusal};
use crate::evidence::Held;
use crate::mirror::Mirrors;
use crate::peers::{PeerFile, Peers};
use crate::publish::Outcome;
use crate::publish::writer::Publisher;
use crate::remote::{Connect, Connecting};
use crate::rounds::Rounds;
use crate::sequencer::Committed;
use crate::witness::Witnessing;

/// Most examined attestations kept ready, by digest; each is a few kilobytes.
const MAX_EXAMINED: u64 = 10_000;

/// A running node. Cheap to clone; ends when [`Node::close`] is called or the last clone goes.
#[derive(Clone, Debug)]
pub struct Node {
    shared: Arc<Shared>,
}

/// Where a node keeps things.
#[derive(Debug)]
pub enum Place {
    /// A folder made by [`config::init`].
    Folder(PathBuf),
    /// Memory only, gone at the end: demonstrations and tests.
    Memory,
}

/// What all parts of a node share.
#[derive(Debug)]
pub(crate) struct Shared {
    config: Config,
    /// The folder it was opened from; none of a node in memory.
    folder: Option<PathBuf>,
    policy: Policy,
    clock: Clock,
    store: Store,
    index: Index,
    held: Held,
    checkpoints: Checkpoints,
    admitted_keys: Arc<Mutex<AdmittedKeys>>,
    /// Signs statements of what was known when.
    status_key: SigningKey,
    examined: moka::sync::Cache<[u8; 32], Arc<EvidenceRecord>>,
    heads: watch::Receiver<Head>,
    indexed: watch::Receiver<u64>,
    publisher: OnceLock<Publisher>,
    /// Why the writer stopped for good.
    read_only: OnceLock<String>,
    /// Why the writer does not write yet.
    waiting: RwLock<Option<String>>,
    witnessing: Witnessing,
    rounds: Rounds,
    /// The way to other nodes.
    connect: Connecting,
    /// Whose logs are followed.
    peers: PeerFile,
    mirrors: Mirrors,
    /// Counts under way, and answers kept ready.
    counting: statistics::Counting,
    /// The key of the own log.
    log_key: comity_tlog::note::Vkey,
    /// Where documents of the federation are given by hand.
    by_hand: Option<PathBuf>,
    /// When peers were last asked for documents of the federation, and which were held then.
    learnt: Mutex<federation::Learnt>,
    /// Documents that the own log takes no more.
    taken_down: RwLock<HashSet<[u8; 32]>>,
    /// Counts what others bring, for the search index and for those who keep answers.
    mirrored: watch::Sender<u64>,
    /// Held while something is written to the index, on a thread that nobody can stop.
    indexing: Arc<tokio::sync::Mutex<()>>,
    closing: Mutex<Option<Closing>>,
}

/// How a node joins others.
pub struct Joining {
    /// The way to another node from its URL.
    pub connect: Connect,
    /// Whose logs are followed, where the node has no folder with a `peers.toml`.
    pub peers: Peers,
    /// Federation lists and member keys given by hand.
    pub federation: Vec<Vec<u8>>,
    /// Signs without asking the mirrors whether something was forgotten: an operator says so.
    pub assume_latest: bool,
}

impl Default for Joining {
    fn default() -> Self {
        Self {
            connect: remote::over_http(),
            peers: Peers::default(),
            federation: Vec::new(),
            assume_latest: false,
        }
    }
}

impl std::fmt::Debug for Joining {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Joining")
            .field("peers", &self.peers)
            .finish_non_exhaustive()
    }
}

/// What is undone at the end, in order.
#[derive(Debug)]
struct Closing {
    /// Ends the mirrors' loop.
    stop: Arc<tokio::sync::Notify>,
    mirrors: Option<JoinHandle<()>>,
    collector: Option<JoinHandle<()>>,
    writer: JoinHandle<()>,
    follower: JoinHandle<()>,
    guard: Option<JoinHandle<()>>,
    /// Held so that no second process opens this folder.
    _lock: Option<File>,
}

impl Node {
    /// Opens the node of a folder: keys, policy, database, index; and takes the log's lease.
    ///
    /// # Errors
    /// [`Error::Busy`] if another process serves the folder or writes to its log;
    /// [`Error::Setup`] naming the file that is wrong.
    pub async fn open(dir: &Path, clock: Clock) -> Result<Self, Error> {
        Self::open_with(dir, clock, remote::over_http()).await
    }

    /// Opens the node of a folder that reaches other nodes by `connect`.
    ///
    /// # Errors
    /// As [`Node::open`].
    pub async fn open_with(dir: &Path, clock: Clock, connect: Connect) -> Result<Self, Error> {
        let joining = Joining {
            connect,
            ..Joining::default()
        };
        Self::open_joining(dir, clock, joining).await
    }

    /// Opens the node of a folder among others; its peers and what it is given by hand stand in
    /// the folder.
    ///
    /// # Errors
    /// As [`Node::open`].
    pub async fn open_joining(dir: &Path, clock: Clock, joining: Joining) -> Result<Self, Error> {
        let config = Config::load(dir)?;
        let keys = Keys::load(dir, &config)?;
        let policy = config::load_policy(dir)?;
        let place = Place::Folder(dir.to_owned());
        Self::start_with(place, config, keys, policy, clock, joining).await
    }

    /// Starts a node from its parts.
    ///
    /// # Errors
    /// As [`Node::open`].
    pub async fn start(
        place: Place,
        config: Config,
        keys: Keys,
        policy: Policy,
        clock: Clock,
    ) -> Result<Self, Error> {
        Self::start_with(place, config, keys, policy, clock, Joining::default()).await
    }

    /// Starts a node from its parts, among others.
    ///
    /// # Errors
    /// As [`Node::open`].
    pub async fn start_with(
        place: Place,
        config: Config,
        keys: Keys,
        policy: Policy,
        clock: Clock,
        joining: Joining,
    ) -> Result<Self, Error> {
        // What a start holds at once is large; its callers need not hold it too.
        Box::pin(start::node(place, config, keys, policy, clock, joining)).await
    }

    /// What this node is.
    pub fn config(&self) -> &Config {
        &self.shared.config
    }

    /// The folder it was opened from; `None` of a node in memory.
    pub fn folder(&self) -> Option<&Path> {
        self.shared.folder.as_deref()
    }

    /// Whose evidence it believes.
    pub fn policy(&self) -> &Policy {
        &self.shared.policy
    }

    /// Whose keys that policy believes at this moment, its federation filled in, and the moment.
    pub fn trust_list(&self) -> (Instant, TrustList) {
        let (now, held) = (self.shared.now_known(), self.shared.held.snapshot());
        (
            now,
            self.shared.policy.resolve(&held.trust, now).trust_list(),
        )
    }

    /// Its clock.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Checks and logs records, each with its own answer, in the order given.
    ///
    /// # Errors
    /// [`Error::ReadOnly`] or [`Error::Store`] if nothing more can be taken; records that were
    /// not answered may be sent again: the same bytes are logged once.
    pub async fn publish(&self, bodies: Vec<Vec<u8>>) -> Result<Vec<Outcome>, Error> {
        self.shared.publish(bodies).await
    }

    /// What publishing this record would answer, without logging it.
    ///
    /// # Errors
    /// The refusal.
    pub async fn validate(&self, body: Vec<u8>) -> Result<admission::Prepared, Refusal> {
        self.shared.validate(body).await
    }

    /// Why a record that was validated would not count here, though it would be logged.
    pub fn would_not_count(&self, prepared: &admission::Prepared) -> Option<String> {
        self.shared.would_not_count(prepared)
    }

    /// Does now what the writer does every few seconds: renews the lease, anchors what is due, and
    /// signs an old head again.
    ///
    /// # Errors
    /// [`Error::ReadOnly`] while the node is still starting.
    pub async fn tend_once(&self) -> Result<(), Error> {
        self.shared.publisher()?.tend().await;
        Ok(())
    }

    /// Waits until everything logged so far can be found by search.
    pub async fn indexed(&self) {
        let size = self.shared.heads.borrow().size;
        let mut indexed = self.shared.indexed.clone();
        // The follower is gone only when the node closes.
        let _ = indexed.wait_for(|done| *done >= size).await;
    }

    /// Gives the lease back and closes the database. Later calls fail.
    pub async fn close(&self) {
        let closing = self
            .shared
            .closing
            .lock()
            .ok()
            .and_then(|mut place| place.take());
        if let Some(closing) = closing {
            // Each look under way ends at its next commit; an abort is no failure here.
            closing.stop.notify_one();
            if let Some(mirrors) = closing.mirrors {
                let _ = mirrors.await;
            }
            if let Some(collector) = closing.collector {
                collector.abort();
                let _ = collector.await;
            }
            if let Some(publisher) = self.shared.publisher.get() {
                publisher.stop();
            }
            let _ = closing.writer.await;
            // Its lock on the index goes with it; an abort is no failure here.
            closing.follower.abort();
            let _ = closing.follower.await;
            let _idle = self.shared.indexing.lock().await;
            // The last head is noted before its sender is gone with the writer.
            if let Some(guard) = closing.guard {
                let _ = guard.await;
            }
            self.shared.store.close().await;
        }
    }
}

impl Shared {
    pub(crate) fn publisher(&self) -> Result<&Publisher, Error> {
        self.publisher
            .get()
            .ok_or_else(|| Error::ReadOnly("it is still starting".to_owned()))
    }

    /// Says why the writer does not write yet, or that it does.
    pub(crate) fn wait_for(&self, reason: Option<&str>) {
        let mut waiting = self
            .waiting
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *waiting = reason.map(str::to_owned);
    }

    /// Whether the writer does not write yet, because the mirrors have not answered.
    pub(crate) fn is_waiting(&self) -> bool {
        let waiting = self.waiting.read();
        waiting
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .is_some()
    }

    /// Takes no records any more, for this reason; the first one given stays.
    pub(crate) fn halt(&self, reason: &str) {
        if self.read_only.set(reason.to_owned()).is_ok() {
            tracing::error!(log.origin = self.config.origin(), "writing stops: {reason}");
        }
    }

    /// Takes up what was committed, before it is acknowledged. `missed` says that a commit
    /// before it stands of which nothing was taken up.
    ///
    /// # Errors
    /// [`Error::Store`]; then what is held is no longer all that is logged.
    pub(crate) async fn note_committed(
        &self,
        evidence: Vec<EvidenceRecord>,
        committed: &Committed,
        missed: bool,
    ) -> Result<(), Error> {
        let mut added = Vec::with_capacity(evidence.len());
        for (record, placed) in evidence.into_iter().zip(&committed.placed) {
            if placed.already {
                continue;
            }
            let location = self.checkpoints.under(&committed.head, placed.position);
            added.push(admission::placed(record, location));
        }
        let (store, checkpoints) = (&self.store, &self.checkpoints);
        let size = committed.head.size;
        if missed {
            self.held.load(store, checkpoints, size).await?;
        } else {
            self.held
                .add(store, checkpoints, &added, Some(size))
                .await?;
        }
        self.follow_takedowns(&added).await?;
        self.count_lines(false).await?;
        for record in added {
            self.examined.insert(record.record_digest, record);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
