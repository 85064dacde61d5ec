//! The one writer of the open log: takes batches of accepted records, appends them to the Merkle
//! tree and commits entries, tiles, bodies and the signed head in one transaction.
//!
//! A signature leaves the process only after its commit (format.md 3.7). A head that another
//! process has moved is fatal for writing: the sequencer stops and says so; reading goes on.

mod edge;
pub(crate) mod recovering;

use std::collections::HashMap;

use comity_model::date::Instant;
use comity_store::{Batch, Head, NewEntry, NewRecord, NewTile, Store};
use comity_tlog::checkpoint::{Checkpoint, MAX_SERVED_SIGNATURES, served};
use comity_tlog::entry::Entry;
use comity_tlog::note::{NoteSignature, NoteSigner};
use comity_tlog::tile::TileWriter;
use comity_tlog::tree::leaf_hash;

use crate::anchors::Due;
use crate::clock::Clock;
use crate::error::Error;

pub(crate) use edge::load_tree;
use edge::unanchored;

/// Most records committed in one transaction.
pub const MAX_BATCH_RECORDS: usize = 4_096;
/// Seconds for which the lease on the log is taken; renewed long before it ends.
pub const LEASE_SECONDS: i64 = 60;
/// Seconds after which an unchanged head is signed again, so that its age says the node lives.
pub const RESIGN_SECONDS: i64 = 3_000;
/// Seconds within which own entries are followed by an anchor of the own head (format.md 3.6).
pub const ANCHOR_SECONDS: i64 = 3_000;

/// Times that the head is read after a failed commit before the caller is told of the failure.
const MAX_HEAD_READS: u32 = 6;
/// Pause after the first of them; each is twice as long as the one before, 3 seconds in all.
const FIRST_HEAD_DELAY: std::time::Duration = std::time::Duration::from_millis(50);

/// Where a record stands in the own log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Log index.
    pub position: u64,
    /// Whether it had been logged before.
    pub already: bool,
}

/// What a commit made: the new head and where each record went, in the order given.
#[derive(Clone, Debug)]
pub struct Committed {
    /// The head that covers the records.
    pub head: Head,
    /// Places, one for each record given.
    pub placed: Vec<Placed>,
}

/// How a record of a batch stands to the log.
#[derive(Clone, Copy, Debug)]
enum Standing {
    New,
    Logged(u64),
    /// The same bytes stand earlier in this batch, at that index.
    TwinOf(usize),
}

/// The writing side of one log.
#[derive(Debug)]
pub struct Sequencer {
    store: Store,
    clock: Clock,
    origin: String,
    holder: String,
    log: NoteSigner,
    cosigner: NoteSigner,
    tree: TileWriter,
    head: Head,
    lease_until: i64,
    last_time: i64,
    /// When the first entry after the last anchor was committed.
    unanchored_since: Option<i64>,
    /// The head of a commit of which it is not known whether it stands.
    unsettled: Option<Head>,
    /// A commit stands whose caller was told that it failed.
    missed: bool,
    halted: Option<String>,
    /// Why nothing is signed yet.
    held: Option<String>,
}

impl Sequencer {
    /// Takes the lease of the log and loads its edge, creating the log if it is new.
    ///
    /// # Errors
    /// [`Error::Busy`] if another process holds the lease, [`Error::Setup`] if the stored tiles
    /// do not give the stored root.
    pub async fn open(
        store: Store,
        clock: Clock,
        origin: &str,
        holder: &str,
        log: NoteSigner,
        cosigner: NoteSigner,
    ) -> Result<Self, Error> {
        let now = clock.now().seconds();
        if store.head(origin).await?.is_none() {
            let note = sign(
                &log,
                &cosigner,
                origin,
                0,
                comity_tlog::tree::EMPTY_ROOT,
                now,
                &[],
            )?;
            let vkey = log.vkey().to_string();
            store
                .create_log(origin, &vkey, &note, &comity_tlog::tree::EMPTY_ROOT)
                .await?;
        }
        let known = store.vkey(origin).await?;
        if known.as_deref() != Some(log.vkey().to_string().as_str()) {
            return Err(Error::Setup(format!(
                "the database holds {origin} under another log key ({}); put that key back",
                known.unwrap_or_default()
            )));
        }
        let head = store.head(origin).await?.ok_or_else(|| {
            Error::Setup(format!("the log {origin} vanished while it was opened"))
        })?;
        let tree = load_tree(&store, origin, &head).await?;
        let unanchored_since = unanchored(&store, origin, &head).await?;
        let mut sequencer = Self {
            store,
            clock,
            origin: origin.to_owned(),
            holder: holder.to_owned(),
            log,
            cosigner,
            tree,
            last_time: head.updated_at,
            head,
            lease_until: 0,
            unanchored_since,
            unsettled: None,
            missed: false,
            halted: None,
            held: None,
        };
        sequencer.hold_lease(now).await?;
        if sequencer.head.updated_at == 0 {
            // A new log has no dated head yet, and would count as untended.
            sequencer.commit(Vec::new(), Vec::new(), now).await?;
        }
        Ok(sequencer)
    }

    /// The newest committed head.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Why nothing is taken at present, if so.
    pub fn halted(&self) -> Option<&str> {
        self.halted.as_deref()
    }

    /// Takes nothing more, for this reason.
    pub(crate) fn halt(&mut self, reason: &str) {
        self.halted.get_or_insert_with(|| reason.to_owned());
    }

    /// Whether a commit was found to stand, since the last time this was asked, of which nobody
    /// was told.
    pub(crate) fn take_missed(&mut self) -> bool {
        std::mem::take(&mut self.missed)
    }

    /// Commits records, each at most once; those already logged answer their old place.
    ///
    /// # Errors
    /// [`Error::ReadOnly`] after a lost race for the head; [`Error::Store`]: then nothing of the
    /// batch was written, or its answer was lost and the next look at the head finds it.
    pub async fn append(&mut self, records: Vec<NewRecord>) -> Result<Committed, Error> {
        self.check_open()?;
        self.settle().await?;
        let now = self.time();
        self.hold_lease(now).await?;
        let standing = self.standing(&records).await?;
        let mut placed = Vec::with_capacity(records.len());
        let mut entries = Vec::new();
        let mut kept = Vec::new();
        for (mut record, standing) in records.into_iter().zip(standing) {
            let (position, already) = match standing {
                Standing::Logged(position) => (position, true),
                Standing::TwinOf(first) => (
                    placed.get(first).map_or(0, |first: &Placed| first.position),
                    true,
                ),
                Standing::New => {
                    let position = self.head.size + entries.len() as u64;
                    let length = record.body.len() as u64;
                    let entry = Entry::record(&record.kind, record.digest, length)?;
                    entries.push(new_entry(position, entry.encode()));
                    record.position = position;
                    kept.push(record);
                    (position, false)
                }
            };
            placed.push(Placed { position, already });
        }
        if !entries.is_empty() {
            self.commit(entries, kept, now).await?;
            self.unanchored_since.get_or_insert(now);
        }
        Ok(Committed {
            head: self.head.clone(),
            placed,
        })
    }

    /// Whether the own head is due to be anchored.
    pub(crate) fn anchor_due(&self) -> bool {
        let now = self.time();
        self.unanchored_since
            .is_some_and(|since| now - since >= ANCHOR_SECONDS)
    }

    /// Whether an unchanged head is due to be signed again.
    pub(crate) fn resign_due(&self) -> bool {
        self.time() - self.head.updated_at >= RESIGN_SECONDS
    }

    /// Keeps the log alive: renews the lease, anchors the heads given (`due`), signs an old head
    /// again, with `lines` of others under it. Answers whether a new head was committed.
    ///
    /// # Errors
    /// As [`Sequencer::append`].
    pub(crate) async fn tend(&mut self, due: &Due, lines: &[NoteSignature]) -> Result<bool, Error> {
        self.check_open()?;
        self.settle().await?;
        let now = self.time();
        self.hold_lease(now).await?;
        let mut entries = Vec::new();
        for note in due.own.iter().chain(&due.foreign) {
            let position = self.head.size + entries.len() as u64;
            entries.push(new_entry(position, Entry::anchor(note)?.encode()));
        }
        if !entries.is_empty() {
            self.commit(entries, Vec::new(), now).await?;
            if due.own.is_some() {
                self.unanchored_since = None;
            }
            return Ok(true);
        }
        if self.resign_due() {
            self.commit_with(Vec::new(), Vec::new(), now, lines).await?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Gives the lease back, so that another process may write at once.
    pub async fn close(&mut self) {
        if let Err(error) = self.store.release_lease(&self.origin, &self.holder).await {
            tracing::warn!(log.origin = self.origin, %error, "the lease was not given back");
        }
    }

    fn check_open(&self) -> Result<(), Error> {
        match self.halted.as_ref().or(self.held.as_ref()) {
            Some(reason) => Err(Error::ReadOnly(reason.clone())),
            None => Ok(()),
        }
    }

    /// The present second, never before the last one signed.
    fn time(&self) -> i64 {
        self.clock.now().seconds().max(self.last_time)
    }

    async fn hold_lease(&mut self, now: i64) -> Result<(), Error> {
        if now + LEASE_SECONDS / 2 < self.lease_until {
            return Ok(());
        }
        let until = now + LEASE_SECONDS;
        let taken = self
            .store
            .acquire_lease(&self.origin, &self.holder, now, until);
        match taken.await {
            Ok(()) => {
                self.lease_until = until;
                Ok(())
            }
            Err(comity_store::Error::LeaseHeld { .. }) => Err(Error::Busy(format!(
                "another process writes to {}; stop it first, or wait until its lease ends",
                self.origin
            ))),
            Err(error) => Err(error.into()),
        }
    }

    /// Which records are new, and where the others stand.
    async fn standing(&self, records: &[NewRecord]) -> Result<Vec<Standing>, Error> {
        let digests: Vec<_> = records.iter().map(|record| record.digest).collect();
        let logged = self.store.is_logged(&[&self.origin], &digests).await?;
        let logged: HashMap<_, _> = logged
            .into_iter()
            .map(|place| (place.digest, place.position))
            .collect();
        let mut first = HashMap::new();
        let standing = digests.iter().enumerate().map(|(index, digest)| {
            if let Some(&position) = logged.get(digest) {
                return Standing::Logged(position);
            }
            match first.entry(*digest) {
                std::collections::hash_map::Entry::Occupied(earlier) => {
                    Standing::TwinOf(*earlier.get())
                }
                std::collections::hash_map::Entry::Vacant(place) => {
                    place.insert(index);
                    Standing::New
                }
            }
        });
        Ok(standing.collect())
    }

    async fn commit(
        &mut self,
        entries: Vec<NewEntry>,
        records: Vec<NewRecord>,
        now: i64,
    ) -> Result<(), Error> {
        self.commit_with(entries, records, now, &[]).await
    }

    /// Commits, with lines of others under the new head; they must be over the same checkpoint.
    async fn commit_with(
        &mut self,
        entries: Vec<NewEntry>,
        records: Vec<NewRecord>,
        now: i64,
        lines: &[NoteSignature],
    ) -> Result<(), Error> {
        let mut tree = self.tree.clone();
        let leaves: Vec<_> = entries.iter().map(|entry| entry.leaf).collect();
        let tiles = tree.append(&leaves)?;
        let note = sign(
            &self.log,
            &self.cosigner,
            &self.origin,
            tree.size(),
            tree.root(),
            now,
            lines,
        )?;
        let after = Head {
            origin: self.origin.clone(),
            size: tree.size(),
            root: tree.root(),
            note,
            updated_at: now,
        };
        let batch = Batch {
            origin: self.origin.clone(),
            holder: Some(self.holder.clone()),
            before: (self.head.size, self.head.root),
            after: after.clone(),
            entries,
            tiles: tiles
                .iter()
                .map(|tile| NewTile {
                    level: tile.id.level,
                    index: tile.id.index,
                    hashes: tile.to_bytes(),
                })
                .collect(),
            records,
            missing: Vec::new(),
            invalid: Vec::new(),
        };
        match self.store.append(&batch).await {
            Ok(()) => {
                self.tree = tree;
                self.head = after;
                self.last_time = now;
                Ok(())
            }
            Err(error) => self.after_failure(error, &after).await,
        }
    }

    /// After a failed commit the stored head decides. Where it cannot be read for a while the
    /// next call asks again before it does anything.
    async fn after_failure(
        &mut self,
        error: comity_store::Error,
        after: &Head,
    ) -> Result<(), Error> {
        let mut delay = FIRST_HEAD_DELAY;
        for _ in 0..MAX_HEAD_READS {
            if let Ok(stored) = self.store.head(&self.origin).await {
                let stands = self.judge(stored, after).await?;
                return if stands { Ok(()) } else { Err(error.into()) };
            }
            tokio::time::sleep(delay).await;
            delay *= 2;
        }
        self.unsettled = Some(after.clone());
        Err(error.into())
    }

    /// Learns what became of a commit whose answer was lost.
    async fn settle(&mut self) -> Result<(), Error> {
        if let Some(after) = self.unsettled.clone() {
            let stored = self.store.head(&self.origin).await?;
            if self.judge(stored, &after).await? {
                self.missed = true;
                self.unanchored_since.get_or_insert(after.updated_at);
            }
            self.unsettled = None;
        }
        Ok(())
    }

    /// Whether a stored head is that of the last commit (its answer was lost) or still the one
    /// before it (nothing happened). If it is somebody else's this process never signs again.
    async fn judge(&mut self, stored: Option<Head>, after: &Head) -> Result<bool, Error> {
        let same = |one: &Head, other: &Head| {
            (one.size, one.root, one.updated_at) == (other.size, other.root, other.updated_at)
        };
        match stored {
            Some(stored) if same(&stored, after) => {
                self.unsettled = Some(stored.clone());
                self.tree = load_tree(&self.store, &self.origin, &stored).await?;
                self.unsettled = None;
                self.last_time = stored.updated_at;
                self.head = stored;
                Ok(true)
            }
            Some(stored) if same(&stored, &self.head) => Ok(false),
            _ => {
                let reason = format!("another process has moved the head of {}", self.origin);
                tracing::error!(log.origin = self.origin, "writing stops: {reason}");
                self.halted = Some(reason.clone());
                Err(Error::ReadOnly(reason))
            }
        }
    }
}

fn new_entry(position: u64, entry: Vec<u8>) -> NewEntry {
    NewEntry {
        position,
        leaf: leaf_hash(&entry),
        entry,
        digest: None,
    }
}

fn sign(
    log: &NoteSigner,
    cosigner: &NoteSigner,
    origin: &str,
    size: u64,
    root: comity_tlog::Hash,
    now: i64,
    lines: &[NoteSignature],
) -> Result<Vec<u8>, Error> {
    let checkpoint = Checkpoint {
        origin: origin.to_owned(),
        size,
        root,
    };
    let time = u64::try_from(now).unwrap_or(0);
    let cosignature = cosigner.cosign(&checkpoint, time)?;
    let others = lines.iter().take(MAX_SERVED_SIGNATURES - 2).cloned();
    let lines = std::iter::once(cosignature).chain(others);
    let note = served(&checkpoint, log.sign(&checkpoint)?, lines)?;
    Ok(note.to_string().into_bytes())
}

/// The moment a head was dated, as the own cosigner signed it.
pub(crate) fn head_time(head: &Head) -> Instant {
    Instant::from_seconds(head.updated_at).unwrap_or(Instant::EPOCH)
}

#[cfg(test)]
mod tests;
