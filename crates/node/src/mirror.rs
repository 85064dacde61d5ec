//! Mirrors: other economies' logs, pulled, recomputed, verified and co-signed here.
//!
//! A cosignature says that every entry and every body up to a size is held and committed, and
//! that the log only grew. It says nothing about the records: one that is not valid is held,
//! co-signed and marked.

mod cosign;
pub(crate) mod fetch;
mod follow;
mod gossip;
pub(crate) mod page;
pub(crate) mod pull;
mod retry;
mod serve;
mod take_up;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use comity_model::date::Instant;
use comity_recognition::Policy;
use comity_recognition::evidence::LogHead;
use comity_recognition::federation::Member;
use comity_store::{Followed, Mode};
use comity_tlog::note::{NoteSigner, Vkey};
use futures::StreamExt as _;
use tokio::time::Instant as Moment;

pub(crate) use follow::follow;
pub(crate) use page::Logged;
pub use pull::ALWAYS_KEPT;

use crate::error::Error;
use crate::{Node, Shared};

/// Logs read at once.
const LOGS_AT_ONCE: usize = 8;
/// Longest pause after failures of one log.
const MAX_BACK_OFF: Duration = Duration::from_mins(10);

/// What a node needs to follow others.
#[derive(Debug)]
pub(crate) struct Mirrors {
    pub(crate) key: NoteSigner,
    looked: Mutex<BTreeMap<String, Looked>>,
    /// The newest heads of mirrored logs, for judging what is about to be logged.
    newest: RwLock<BTreeMap<String, Vec<LogHead>>>,
    /// Logs that are closed: their last size, and the key of their successor.
    closed: Mutex<BTreeMap<String, (u64, String)>>,
    /// Bodies that were asked for on demand.
    on_demand: retry::OnDemand,
}

/// A log to be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) origin: String,
    pub(crate) vkey: String,
    pub(crate) url: String,
    pub(crate) mode: Mode,
    pub(crate) kinds: Vec<String>,
    pub(crate) daily_entries: u64,
    pub(crate) daily_bytes: u64,
}

impl Wanted {
    /// Whether a follower keeps bodies of this kind.
    pub(crate) fn keeps(&self, kind: &str) -> bool {
        ALWAYS_KEPT.contains(&kind) || self.kinds.iter().any(|kept| kept == kind)
    }
}

/// What can be wrong with a followed log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// Its node does not answer, or not with a checkpoint.
    Unreachable,
    /// Its checkpoint is not signed by its key.
    BadSignature,
    /// It shows fewer entries than it once did.
    SizeFell,
    /// What it gives does not lead to its signed root.
    Inconsistent,
    /// It showed two histories.
    Forked,
    /// Bodies are not to be had.
    MissingBodies,
    /// A body is of another kind than its entry says.
    Misfiled,
    /// It grew by more than a day's quota.
    Quota,
    /// Its checkpoint has not been signed anew for hours.
    Stale,
    /// This node failed.
    Internal,
}

impl Alarm {
    /// The word by which the interface calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::BadSignature => "badSignature",
            Self::SizeFell => "sizeFell",
            Self::Inconsistent => "inconsistent",
            Self::Forked => "forked",
            Self::MissingBodies => "missingBodies",
            Self::Misfiled => "misfiled",
            Self::Quota => "quota",
            Self::Stale => "stale",
            Self::Internal => "internal",
        }
    }
}

/// Why a look at a log did not end well.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) alarm: Alarm,
    pub(crate) detail: String,
}

impl Trouble {
    pub(crate) fn new(alarm: Alarm, detail: String) -> Self {
        Self { alarm, detail }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        let alarm = match &error {
            Error::Remote(_) => Alarm::Unreachable,
            Error::Log(_) => Alarm::Inconsistent,
            _ => Alarm::Internal,
        };
        Self::new(alarm, error.to_string())
    }
}

impl From<comity_store::Error> for Trouble {
    fn from(error: comity_store::Error) -> Self {
        Self::from(Error::from(error))
    }
}

/// What was seen of a log since the node started.
#[derive(Clone, Debug, Default)]
pub(crate) struct Looked {
    pub(crate) remote_size: u64,
    pub(crate) checked_at: i64,
    /// A day since 1970, and the entries and bytes taken on it.
    taken: (i64, u64, u64),
    /// Entries under its newest dated head.
    dated: u64,
    /// From where it is to be indexed again.
    index_from: Option<u64>,
    /// From where on what is held may not have been taken up.
    taken_up: Option<u64>,
    /// How often others were asked what they were shown of it.
    gossiped: usize,
    /// When the last look began.
    begun: Option<Moment>,
    failures: u32,
    not_before: Option<Moment>,
    busy: Arc<tokio::sync::Mutex<()>>,
}

impl Mirrors {
    pub(crate) fn new(key: NoteSigner) -> Self {
        Self {
            key,
            looked: Mutex::default(),
            newest: RwLock::default(),
            closed: Mutex::default(),
            on_demand: retry::OnDemand::default(),
        }
    }

    fn of<T>(&self, origin: &str, change: impl FnOnce(&mut Looked) -> T) -> T {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        change(looked.entry(origin.to_owned()).or_default())
    }

    /// What was seen of a log since the node started.
    pub(crate) fn looked(&self, origin: &str) -> Looked {
        self.of(origin, |looked| looked.clone())
    }

    /// How often others were asked what they were shown of a log, before this time.
    fn next_turn(&self, origin: &str) -> usize {
        self.of(origin, |looked| {
            looked.gossiped = looked.gossiped.wrapping_add(1);
            looked.gossiped - 1
        })
    }

    fn saw(&self, origin: &str, size: u64) {
        self.of(origin, |looked| looked.remote_size = size);
    }

    /// The last size of a closed log and the key of its successor.
    pub(crate) fn closed(&self, origin: &str) -> Option<(u64, String)> {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.get(origin).cloned()
    }

    pub(crate) fn close(&self, origin: &str, size: u64, successor: &str) {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.insert(origin.to_owned(), (size, successor.to_owned()));
    }

    /// How many entries of a log its newest dated head covers.
    pub(crate) fn dated(&self, origin: &str) -> u64 {
        self.of(origin, |looked| looked.dated)
    }

    pub(crate) fn set_dated(&self, origin: &str, size: u64) {
        self.of(origin, |looked| looked.dated = looked.dated.max(size));
    }

    /// From where a log is to be indexed again, if so; asked once.
    pub(crate) fn index_from(&self, origin: &str) -> Option<u64> {
        self.of(origin, |looked| looked.index_from.take())
    }

    /// Has a log indexed again from there: bodies came late.
    pub(crate) fn index_again(&self, origin: &str, position: u64) {
        self.of(origin, |looked| {
            let from = looked
                .index_from
                .map_or(position, |from| from.min(position));
            looked.index_from = Some(from);
        });
    }

    pub(crate) fn newest_heads(&self) -> Vec<LogHead> {
        let newest = self.newest.read().unwrap_or_else(PoisonError::into_inner);
        newest.values().flatten().cloned().collect()
    }

    pub(crate) fn set_newest(&self, origin: &str, heads: Vec<LogHead>) {
        let mut newest = self.newest.write().unwrap_or_else(PoisonError::into_inner);
        newest.insert(origin.to_owned(), heads);
    }

    fn all_closed(&self) -> BTreeMap<String, (u64, String)> {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.clone()
    }
}

impl Node {
    /// Looks once at every log that is followed, whatever came before. Answers which are in
    /// trouble, by origin, with the alarm and a sentence.
    ///
    /// # Errors
    /// [`Error::Store`] if it cannot be known which logs are followed.
    pub async fn mirror_once(&self) -> Result<BTreeMap<String, (Alarm, String)>, Error> {
        self.shared.learn_federation().await?;
        let wanted = self.shared.wanted();
        let others = nodes(&wanted);
        self.shared.hear_of_own_log(&others).await?;
        let looks = futures::stream::iter(wanted).map(|wanted| {
            let others = &others;
            async move {
                let trouble = self.shared.look(&wanted, others).await.err()?;
                Some((wanted.origin, (trouble.alarm, trouble.detail)))
            }
        });
        let troubles: Vec<_> = looks.buffer_unordered(LOGS_AT_ONCE).collect().await;
        Ok(troubles.into_iter().flatten().collect())
    }
}

impl Shared {
    /// The logs to be followed: those of peers, of members of the federation, and what follows
    /// closed ones.
    pub(crate) fn wanted(&self) -> Vec<Wanted> {
        let mut wanted: Vec<Wanted> = Vec::new();
        let mirroring = &self.config.mirroring;
        for peer in self.peers.current().peers {
            let Some(vkey) = peer.vkey.clone().or_else(|| self.log_vkey(&peer.origin)) else {
                tracing::debug!(log.origin = peer.origin, "no key of this log is known");
                continue;
            };
            wanted.push(Wanted {
                vkey,
                url: peer.url,
                mode: peer.mode.into(),
                kinds: peer.kinds,
                daily_entries: peer.daily_entries.unwrap_or(mirroring.daily_entries),
                daily_bytes: peer.daily_bytes.unwrap_or(mirroring.daily_bytes),
                origin: peer.origin,
            });
        }
        let held = self.held.snapshot();
        let policy = self.policy.resolve(&held.trust, self.now_known());
        wanted.extend(self.of_members(&policy, &wanted));
        for (origin, (_, successor)) in self.mirrors.all_closed() {
            let Ok(vkey) = Vkey::parse(&successor) else {
                continue;
            };
            // A log says what follows it on its own host, and nothing of anybody else's.
            let host = |origin| {
                comity_tlog::origin::split(origin)
                    .ok()
                    .map(|(host, _)| host)
            };
            let named = policy.logs().iter().any(|log| log.origin == vkey.name());
            if named || host(vkey.name()) != host(&origin) {
                continue;
            }
            let followed = wanted.iter().any(|log| log.origin == vkey.name());
            let before = wanted.iter().find(|log| log.origin == origin);
            if let (false, Some(before)) = (followed, before) {
                wanted.push(Wanted {
                    origin: vkey.name().to_owned(),
                    vkey: successor,
                    ..before.clone()
                });
            }
        }
        let own = self.config.origin();
        wanted.retain(|log| log.origin != own);
        wanted
    }

    /// The logs of members of the federation that no peer entry names.
    fn of_members(&self, policy: &Policy, named: &[Wanted]) -> Vec<Wanted> {
        let mirroring = &self.config.mirroring;
        let own = self.config.authority();
        let mut wanted = Vec::new();
        for member in policy.federation().iter().flat_map(|view| view.current()) {
            let Some(url) = member.url.clone().filter(|_| member.authority != own) else {
                continue;
            };
            for origin in member.origins() {
                let Some(vkey) = newest_key(member, origin, self.clock.now()) else {
                    continue;
                };
                if named.iter().any(|log| log.origin == origin) {
                    continue;
                }
                wanted.push(Wanted {
                    origin: origin.to_owned(),
                    vkey,
                    url: url.clone(),
                    mode: Mode::Mirror,
                    kinds: Vec::new(),
                    daily_entries: mirroring.daily_entries,
                    daily_bytes: mirroring.daily_bytes,
                });
            }
        }
        wanted
    }

    /// The key of a log, as the policy pins it or the federation says.
    fn log_vkey(&self, origin: &str) -> Option<String> {
        let logs = &self.policy.file().log;
        if let Some(pinned) = logs.iter().find(|log| log.origin == origin) {
            return Some(pinned.vkey.clone());
        }
        let held = self.held.snapshot();
        let policy = self.policy.resolve(&held.trust, self.now_known());
        let now = self.clock.now();
        let mut members = policy.federation()?.members.iter();
        members.find_map(|member| newest_key(member, origin, now))
    }

    /// One look at one log, with what came of it noted. One of the nodes at `others` is asked what
    /// it was shown.
    pub(crate) async fn look(&self, wanted: &Wanted, others: &[String]) -> Result<(), Trouble> {
        let origin = &wanted.origin;
        let busy = self.mirrors.looked(origin).busy;
        let _one_at_a_time = busy.lock().await;
        self.mirrors
            .of(origin, |looked| looked.begun = Some(Moment::now()));
        let mut looked = self.pull(wanted).await;
        if !matches!(&looked, Err(trouble) if trouble.alarm == Alarm::Forked) {
            let heard = self.gossip(wanted, others).await;
            looked = heard.and(looked);
        }
        let now = self.clock.now().seconds();
        self.mirrors.of(origin, |seen| {
            seen.checked_at = now;
            seen.failures = if looked.is_ok() { 0 } else { seen.failures + 1 };
            let pause = Duration::from_secs(1 << seen.failures.min(10));
            let pause = looked.is_err().then_some(pause.min(MAX_BACK_OFF));
            seen.not_before = pause.map(|pause| Moment::now() + pause);
        });
        self.note_trouble(origin, looked.as_ref().err(), now)
            .await?;
        looked
    }

    /// Keeps what is wrong with a log, and since when; writes only where that has changed.
    async fn note_trouble(
        &self,
        origin: &str,
        trouble: Option<&Trouble>,
        now: i64,
    ) -> Result<(), Error> {
        let Some(mut log) = self.store.followed(origin).await? else {
            return Ok(());
        };
        let word = trouble.map_or("", |trouble| trouble.alarm.word());
        let detail = trouble.map_or("", |trouble| trouble.detail.as_str());
        if log.problem == word && log.detail == detail {
            return Ok(());
        }
        if log.problem != word {
            log.problem_since = now;
            if trouble.is_some() {
                tracing::warn!(log.origin = origin, alarm = word, "{detail}");
            } else {
                tracing::info!(log.origin = origin, "nothing is wrong any more");
            }
        }
        word.clone_into(&mut log.problem);
        detail.clone_into(&mut log.detail);
        Ok(self.store.put_followed(&log).await?)
    }

    /// Counts what was taken of a log today against its quota.
    fn check_quota(&self, wanted: &Wanted, log: &mut Followed) -> Result<(), Trouble> {
        let today = i64::from(self.clock.now().day().days_since_epoch());
        // Small growth is counted in memory only.
        let (day, entries, bytes) = self.mirrors.looked(&wanted.origin).taken;
        if day == today {
            let held = if log.quota_day == today {
                (log.quota_entries, log.quota_bytes)
            } else {
                (0, 0)
            };
            log.quota_day = today;
            (log.quota_entries, log.quota_bytes) = (entries.max(held.0), bytes.max(held.1));
        }
        let used = (log.quota_entries, log.quota_bytes);
        let spent = used.0 >= wanted.daily_entries || used.1 >= wanted.daily_bytes;
        if log.quota_day == today && spent {
            return Err(Trouble::new(
                Alarm::Quota,
                format!(
                    "{} entries and {} bytes were taken today, and the quota is {} and {}",
                    used.0, used.1, wanted.daily_entries, wanted.daily_bytes
                ),
            ));
        }
        Ok(())
    }

    fn count_quota(&self, log: &mut Followed, entries: u64, bytes: u64) {
        let today = i64::from(self.clock.now().day().days_since_epoch());
        if log.quota_day != today {
            (log.quota_day, log.quota_entries, log.quota_bytes) = (today, 0, 0);
        }
        log.quota_entries += entries;
        log.quota_bytes += bytes;
        let taken = (today, log.quota_entries, log.quota_bytes);
        self.mirrors.of(&log.origin, |looked| looked.taken = taken);
    }
}

/// The addresses of the nodes of these logs, which mirror each other's.
fn nodes(logs: &[Wanted]) -> Vec<String> {
    let urls: BTreeSet<_> = logs.iter().map(|log| log.url.clone()).collect();
    urls.into_iter().collect()
}

/// The key of a member's log now; of one whose keys have ended, the last.
fn newest_key(member: &Member, origin: &str, now: Instant) -> Option<String> {
    let keys: Vec<_> = member.keys_of_log(origin).collect();
    let current = keys.iter().rfind(|key| key.contains(now));
    Some(current.or(keys.last())?.key.clone())
}

#[cfg(test)]
mod tests;
