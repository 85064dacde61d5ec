//! When entries were logged: the kept checkpoints that cover them, with the lines that count.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, RwLock};

use comity_model::date::Instant;
use comity_recognition::Policy;
use comity_recognition::evidence::{CheckpointEvidence, CosignatureTime, Location, LogHead};
use comity_recognition::federation::{FederationView, KeyPeriod};
use comity_recognition::policy::{DatedBy, PolicyFile};
use comity_store::{Head, KeptHead, Store};
use comity_tlog::checkpoint::{Checkpoint, cosignatures};
use comity_tlog::note::{NoteSignature, SignedNote, Vkey};
use comity_tlog::time::lines_needed;

use crate::error::Error;
use crate::logs::CosignatureStanding;

/// Most checkpoints kept ready; each is a few hundred bytes.
const MAX_CACHED_CHECKPOINTS: u64 = 20_000;
/// Kept heads looked at for the one whose quorum dates an entry.
const HEADS_READ: usize = 48;
/// Lines that the origin collected, looked at for one head.
const LINES_READ: usize = 256;

/// Finds and verifies the checkpoints that date a record. Those of one size are shared.
#[derive(Debug)]
pub struct Checkpoints {
    store: Store,
    cache: moka::sync::Cache<(Arc<str>, u64, u64), Arc<[CheckpointEvidence]>>,
    counted: RwLock<Counted>,
}

/// Whose lines count, and how many date a log.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Keys whose lines are read, log keys as cosigners among them.
    pub keys: Vec<Vkey>,
    /// Logs that are dated by a quorum.
    pub quorums: HashMap<String, Quorum>,
    /// Changes whenever lines of a log come in.
    rounds: HashMap<String, u64>,
}

/// Who dates a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quorum {
    /// The cosigners outside the log's economies, each with its own.
    pub members: Vec<(Vkey, String)>,
    /// How many more there are whose keys are not known.
    pub keyless: usize,
    /// How many lines are needed; `None`: the set cannot date.
    pub needed: Option<usize>,
}

impl Counted {
    /// What a policy says at one moment, with its federation filled in if it pins one. `own` is
    /// the key of the own log.
    pub fn of(policy: &Policy, own: &Vkey, at: Instant) -> Self {
        let file = policy.file();
        let mut keys = vec![own.as_cosigner()];
        let all = file.cosigners.iter().flat_map(|set| &set.members);
        keys.extend(all.filter_map(|member| Vkey::parse(&member.vkey).ok()));
        let pinned = (file.log.iter()).filter_map(|log| Vkey::parse(&log.vkey).ok());
        keys.extend(pinned.map(|vkey| vkey.as_cosigner()));
        for member in policy.federation().iter().flat_map(|view| &view.members) {
            keys.extend(member.mirror_keys.iter().filter_map(KeyPeriod::vkey));
            let logs = member.log_keys.iter().filter_map(KeyPeriod::vkey);
            keys.extend(logs.map(|vkey| vkey.as_cosigner()));
        }
        let members = cosigners(policy, at);
        keys.extend(members.known.iter().map(|(vkey, _)| vkey.clone()));
        keys.sort_by_key(ToString::to_string);
        keys.dedup();
        let dated = policy.logs().iter();
        let quorums = dated
            .filter(|log| log.dated_by == DatedBy::Quorum)
            .map(|log| (log.origin.clone(), members.quorum(&log.economies)))
            .collect();
        Self {
            keys,
            quorums,
            rounds: HashMap::new(),
        }
    }

    /// Whether the same lines count by both.
    fn same(&self, other: &Self) -> bool {
        self.keys == other.keys && self.quorums == other.quorums
    }
}

/// Cosigners with their economies, and what raises the number needed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Members {
    known: Vec<(Vkey, String)>,
    /// Economies of members whose key is not known: they count all the same.
    keyless: Vec<String>,
    threshold: Option<usize>,
}

impl Members {
    /// The quorum of a log of those economies.
    pub(crate) fn quorum(&self, economies: &[String]) -> Quorum {
        let outside = |(_, economy): &&(Vkey, String)| !economies.contains(economy);
        let members: Vec<_> = self.known.iter().filter(outside).cloned().collect();
        let keyless = self.keyless.iter();
        let keyless = keyless
            .filter(|economy| !economies.contains(economy))
            .count();
        Quorum {
            needed: lines_needed(members.len() + keyless, self.threshold),
            keyless,
            members,
        }
    }
}

/// The cosigners at one moment: those that the policy names, or else those of its federation.
pub(crate) fn cosigners(policy: &Policy, at: Instant) -> Members {
    let file = policy.file();
    if !file.cosigners.is_empty() {
        return of_file(file, at);
    }
    let view = policy.federation();
    view.map(|view| of_federation(view, at)).unwrap_or_default()
}

/// The cosigners that a policy itself names.
fn of_file(file: &PolicyFile, at: Instant) -> Members {
    let set = (file.cosigners.iter())
        .rfind(|set| set.from <= at && set.until.is_none_or(|until| at <= until));
    let Some(set) = set else {
        return Members::default();
    };
    let members = set.members.iter().filter_map(|member| {
        let vkey = Vkey::parse(&member.vkey).ok()?;
        Some((vkey, member.economy.clone()))
    });
    Members {
        known: members.collect(),
        keyless: Vec::new(),
        threshold: set.threshold,
    }
}

/// The cosigners that the federation's list names, with the keys that its members say.
fn of_federation(view: &FederationView, at: Instant) -> Members {
    let Some(version) = view.list_at(at) else {
        return Members::default();
    };
    let cosigners = &version.list.cosigners;
    let mut members = Members {
        threshold: cosigners
            .threshold
            .and_then(|lines| usize::try_from(lines).ok()),
        ..Members::default()
    };
    for cosigner in &cosigners.members {
        let member = || view.economy(&cosigner.economy)?.mirror_key(at)?.vkey();
        let economy = cosigner.economy.clone();
        match cosigner
            .vkey
            .as_deref()
            .map_or_else(member, |vkey| Vkey::parse(vkey).ok())
        {
            Some(vkey) => members.known.push((vkey, economy)),
            None => members.keyless.push(economy),
        }
    }
    members
}

impl Checkpoints {
    /// Reads checkpoints from `store`.
    pub fn new(store: Store, counted: Counted) -> Self {
        Self {
            store,
            cache: moka::sync::Cache::new(MAX_CACHED_CHECKPOINTS),
            counted: RwLock::new(counted),
        }
    }

    fn counted<T>(&self, read: impl FnOnce(&Counted) -> T) -> T {
        let counted = self.counted.read();
        read(&counted.unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Counts by other rules from now on. Answers whether they differ.
    pub fn count_by(&self, counted: Counted) -> bool {
        let mut held = self
            .counted
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if held.same(&counted) {
            return false;
        }
        *held = counted;
        drop(held);
        self.cache.invalidate_all();
        true
    }

    /// Forgets what was read of a log: lines have come in.
    pub fn read_again(&self, origin: &str) {
        let mut held = self
            .counted
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *held.rounds.entry(origin.to_owned()).or_default() += 1;
    }

    /// Who dates a log, if a quorum does.
    pub fn quorum(&self, origin: &str) -> Option<Quorum> {
        self.counted(|counted| counted.quorums.get(origin).cloned())
    }

    /// The place of the entry `index` of `origin`, with the smallest kept checkpoint over it, and
    /// the larger ones up to the first that dates it.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn locate(&self, origin: &str, index: u64) -> Result<Location, Error> {
        let origin: Arc<str> = origin.into();
        let checkpoints = match self.store.note_covering(&origin, index).await? {
            Some(kept) => self.of_sizes_from(&origin, kept.size).await?,
            None => Arc::from([]),
        };
        Ok(Location {
            origin,
            index,
            checkpoints,
        })
    }

    async fn of_sizes_from(
        &self,
        origin: &Arc<str>,
        size: u64,
    ) -> Result<Arc<[CheckpointEvidence]>, Error> {
        let key = self.key(origin, size);
        if let Some(cached) = self.cache.get(&key) {
            return Ok(cached);
        }
        let kept = self.store.notes(origin, size, HEADS_READ).await?;
        let mut found: Vec<CheckpointEvidence> = Vec::new();
        for heads in kept.chunk_by(|one, other| one.size == other.size) {
            found.extend(self.merged(origin, heads).await?);
            if self.is_dated(origin, &found) {
                break;
            }
        }
        if !self.is_dated(origin, &found) {
            let last = found.last().map_or(size, |last| last.size);
            let lines = self.store.cosignatures(origin, last, LINES_READ).await?;
            let sizes: BTreeSet<u64> = lines.iter().map(|line| line.size).collect();
            self.add_sizes(origin, sizes.range(last + 1..), &mut found)
                .await?;
        }
        let found: Arc<[CheckpointEvidence]> = found.into();
        self.cache.insert(key, Arc::clone(&found));
        Ok(found)
    }

    fn is_dated(&self, origin: &str, found: &[CheckpointEvidence]) -> bool {
        let last = found.last();
        last.is_some_and(|last| self.dates(origin, &last.lines))
    }

    /// Goes on with heads of those sizes, up to the first that is dated. A busy log signs many
    /// heads on which it collects nothing; the others are found by what it collected.
    async fn add_sizes(
        &self,
        origin: &str,
        sizes: impl IntoIterator<Item = &u64>,
        found: &mut Vec<CheckpointEvidence>,
    ) -> Result<(), Error> {
        for &size in sizes {
            let kept = self.store.notes(origin, size, HEADS_READ).await?;
            let of_size = kept.partition_point(|head| head.size == size);
            let heads = kept.get(..of_size).unwrap_or_default();
            found.extend(self.merged(origin, heads).await?);
            if self.is_dated(origin, found) {
                break;
            }
        }
        Ok(())
    }

    fn key(&self, origin: &Arc<str>, size: u64) -> (Arc<str>, u64, u64) {
        let round = self.counted(|counted| counted.rounds.get(&**origin).copied());
        (Arc::clone(origin), size, round.unwrap_or(0))
    }

    /// All lines of kept heads of one size, and those that the origin collected.
    pub(crate) async fn merged(
        &self,
        origin: &str,
        heads: &[KeptHead],
    ) -> Result<Option<CheckpointEvidence>, Error> {
        let mut merged: Option<CheckpointEvidence> = None;
        let Some(first) = heads.first() else {
            return Ok(None);
        };
        let collected = self
            .store
            .cosignatures(origin, first.size, LINES_READ)
            .await?;
        let collected: Vec<_> = (collected.iter())
            .filter(|line| line.size == first.size)
            .filter_map(|line| NoteSignature::parse(&line.line).ok())
            .collect();
        for (at, head) in heads.iter().enumerate() {
            let Ok(mut note) = SignedNote::parse(&head.note) else {
                continue;
            };
            let mut read: Vec<CheckpointEvidence> = Vec::new();
            read.extend(self.read_note(&note));
            if at == 0 {
                // Of each line by itself: one key may have signed at several times.
                for line in &collected {
                    note.signatures = vec![line.clone()];
                    read.extend(self.read_note(&note));
                }
            }
            for read in read {
                let into = merged.get_or_insert_with(|| CheckpointEvidence {
                    lines: Vec::new(),
                    ..read.clone()
                });
                for line in read.lines {
                    if into.root == read.root && !into.lines.contains(&line) {
                        into.lines.push(line);
                    }
                }
            }
        }
        Ok(merged)
    }

    /// Whether lines date a log: its own one, or a quorum.
    pub(crate) fn dates(&self, origin: &str, lines: &[CosignatureTime]) -> bool {
        self.counted(|counted| match counted.quorums.get(origin) {
            None => !lines.is_empty(),
            Some(quorum) => {
                let signed = quorum.members.iter().filter(|(member, _)| {
                    lines
                        .iter()
                        .any(|line| line.cosigner == *member.public_key())
                });
                quorum.needed.is_some_and(|needed| signed.count() >= needed)
            }
        })
    }

    /// Lines with the names of those who signed.
    pub(crate) fn named(&self, lines: &[CosignatureTime]) -> Vec<CosignatureStanding> {
        self.counted(|counted| {
            let named = lines.iter().map(|line| {
                let key = counted.keys.iter();
                let key = key.clone().find(|key| *key.public_key() == line.cosigner);
                let members = counted.quorums.values().flat_map(|quorum| &quorum.members);
                let mut members =
                    members.filter(|(member, _)| *member.public_key() == line.cosigner);
                CosignatureStanding {
                    name: key.map_or_else(String::new, |key| key.name().to_owned()),
                    economy: members.next().map(|(_, economy)| economy.clone()),
                    time: line.time,
                }
            });
            named.collect()
        })
    }

    /// Whether the time of an entry is settled by what is known of its place.
    pub(crate) fn settled(&self, place: &Location) -> bool {
        let mut checkpoints = place.checkpoints.iter();
        checkpoints.any(|checkpoint| self.dates(&place.origin, &checkpoint.lines))
    }

    /// The place of an entry that `head` has just covered.
    pub fn under(&self, head: &Head, index: u64) -> Location {
        let origin: Arc<str> = head.origin.as_str().into();
        let key = self.key(&origin, head.size);
        let checkpoints = self
            .cache
            .get_with(key, || self.read(&head.note).into_iter().collect());
        Location {
            origin,
            index,
            checkpoints,
        }
    }

    /// The checkpoint of a note with the cosignature lines that verify.
    pub fn read(&self, note: &[u8]) -> Option<CheckpointEvidence> {
        self.read_note(&SignedNote::parse(note).ok()?)
    }

    fn read_note(&self, note: &SignedNote) -> Option<CheckpointEvidence> {
        let checkpoint = Checkpoint::parse(&note.text).ok()?;
        let time = |unix| i64::try_from(unix).ok().and_then(Instant::from_seconds);
        let mut lines = Vec::new();
        self.counted(|counted| {
            for vkey in &counted.keys {
                for line in cosignatures(note, std::slice::from_ref(vkey)) {
                    if let Some(time) = time(line.time_unix) {
                        lines.push(CosignatureTime {
                            cosigner: *vkey.public_key(),
                            time,
                        });
                    }
                }
            }
        });
        Some(CheckpointEvidence {
            size: checkpoint.size,
            root: checkpoint.root,
            lines,
        })
    }

    /// The lines of a note that count and verify.
    pub(crate) fn valid_lines(&self, note: &SignedNote) -> Vec<NoteSignature> {
        self.counted(|counted| {
            let valid = |line: &&NoteSignature| {
                let alone = SignedNote {
                    text: note.text.clone(),
                    signatures: vec![(*line).clone()],
                };
                !cosignatures(&alone, &counted.keys).is_empty()
            };
            note.signatures.iter().filter(valid).cloned().collect()
        })
    }

    /// When a log last signed a checkpoint, by its own line.
    pub(crate) fn self_line(log: &Vkey, note: &SignedNote) -> Option<i64> {
        let lines = cosignatures(note, &[log.as_cosigner()]);
        let line = lines.first()?;
        i64::try_from(line.time_unix).ok()
    }

    /// The heads of a log by which its freshness at `at` is judged, of at most `most` entries: the
    /// newest kept by then down to the first that is dated, and the next one after.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub(crate) async fn heads(
        &self,
        origin: &str,
        at: i64,
        most: u64,
    ) -> Result<Vec<LogHead>, Error> {
        let mut found = Vec::new();
        let by_then = self.store.notes_down(origin, at, most, HEADS_READ).await?;
        for kept in by_then.chunk_by(|one, other| one.size == other.size) {
            found.extend(self.merged(origin, kept).await?);
            if self.is_dated(origin, &found) {
                break;
            }
        }
        if let (false, Some(last)) = (self.is_dated(origin, &found), found.last()) {
            let below = last.size.saturating_sub(1);
            let lines = self.store.cosignatures_down(origin, below, LINES_READ);
            let lines = lines.await?;
            let by_then = lines.iter().filter(|line| line.signed_at <= at);
            let sizes: BTreeSet<u64> = by_then.map(|line| line.size).collect();
            self.add_sizes(origin, sizes.iter().rev(), &mut found)
                .await?;
        }
        let mut heads: Vec<LogHead> = (found.into_iter())
            .map(|read| crate::evidence::log_head(origin, read))
            .collect();
        if let Some(after) = self.store.note_after(origin, at, most).await?
            && let Some(read) = self.merged(origin, &[after]).await?
        {
            heads.push(crate::evidence::log_head(origin, read));
        }
        Ok(heads)
    }
}
