//! What others are told of the logs kept here: how far, how old, under whose lines, what is wrong.

use comity_model::date::Instant;
use comity_store::{Followed, FollowedState, Head, Mode};
use comity_tlog::origin::log_id;
use serde::Serialize;

use crate::error::Error;
use crate::mirror::Alarm;
use crate::{Node, Shared};

/// A log kept here, as others are told of it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogStanding {
    /// Origin.
    pub origin: String,
    /// Its verification key.
    pub vkey: String,
    /// Number of entries held.
    pub size: u64,
    /// Root, in hex.
    pub root: String,
    /// When the newest checkpoint was signed.
    pub signed_at: Instant,
    /// Entries that can be found by search already.
    pub indexed: u64,
    /// The economy whose log it is, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economy: Option<String>,
    /// `own`, `mirror` or `follower`.
    pub mode: &'static str,
    /// When its node was last asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<Instant>,
    /// Seconds since its newest checkpoint was signed.
    pub age_seconds: u64,
    /// Entries that its node has and this one has not.
    pub lag: u64,
    /// Lines under its newest checkpoint.
    pub cosignatures: Vec<CosignatureStanding>,
    /// Lines of others that date it; 0 where it dates itself. Absent where no number of lines
    /// would: no cosigners are named who could.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<u64>,
    /// Whether the newest checkpoint has as many as are needed.
    pub quorum: bool,
    /// Another log has taken its place.
    pub closed: bool,
    /// What is wrong.
    pub alarms: Vec<AlarmStanding>,
    /// Under which terms the economy's data may be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<serde_json::Value>,
}

/// A line under a checkpoint.
#[derive(Clone, Debug, Serialize)]
pub struct CosignatureStanding {
    /// Name of the cosigner's key.
    pub name: String,
    /// Its economy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub economy: Option<String>,
    /// When it says that it saw the checkpoint.
    pub time: Instant,
}

/// Something that is wrong with a log.
#[derive(Clone, Debug, Serialize)]
pub struct AlarmStanding {
    /// What.
    pub kind: String,
    /// Since when.
    pub since: Instant,
    /// In a sentence.
    pub detail: String,
}

impl Node {
    /// The logs kept here, the own one and those that are followed.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn logs(&self) -> Result<Vec<LogStanding>, Error> {
        let node = &self.shared;
        let followed = node.store.all_followed().await?;
        let mut logs = Vec::new();
        for head in node.store.logs().await? {
            let log = followed.iter().find(|log| log.origin == head.origin);
            logs.push(node.standing_of(head, log).await?);
        }
        for log in &followed {
            if !logs.iter().any(|held| held.origin == log.origin) {
                let head = Head {
                    origin: log.origin.clone(),
                    size: 0,
                    root: comity_tlog::tree::EMPTY_ROOT,
                    note: Vec::new(),
                    updated_at: 0,
                };
                logs.push(node.standing_of(head, Some(log)).await?);
            }
        }
        Ok(logs)
    }
}

impl Shared {
    async fn standing_of(&self, head: Head, log: Option<&Followed>) -> Result<LogStanding, Error> {
        let origin = &head.origin;
        let own = *origin == self.config.origin();
        let now = self.clock.now();
        let kept = self
            .store
            .notes_down(origin, i64::MAX, u64::MAX, 16)
            .await?;
        let newest = kept.first().map_or(0, |kept| kept.size);
        let kept: Vec<_> = kept
            .into_iter()
            .filter(|kept| kept.size == newest)
            .collect();
        let signed_at = kept.first().map_or(0, |kept| kept.signed_at);
        let read = self.checkpoints.merged(origin, &kept).await?;
        let lines = read.map(|read| read.lines).unwrap_or_default();
        let looked = self.mirrors.looked(origin);
        let checked = looked.checked_at.max(log.map_or(0, |log| log.checked_at));
        let quorum = self.checkpoints.quorum(origin);
        let time = |seconds: i64| Instant::from_seconds(seconds).unwrap_or(Instant::EPOCH);
        Ok(LogStanding {
            indexed: self.indexed_of(origin)?,
            root: hex::encode(head.root),
            signed_at: time(signed_at),
            age_seconds: u64::try_from(now.seconds() - signed_at).unwrap_or(0),
            vkey: self.store.vkey(origin).await?.unwrap_or_default(),
            economy: self.economy_of(origin),
            mode: match log {
                None if own => "own",
                None => "kept",
                Some(log) if log.mode == Mode::Mirror => "mirror",
                Some(_) => "follower",
            },
            checked_at: (checked > 0).then(|| time(checked)),
            lag: looked.remote_size.saturating_sub(head.size),
            quorum: self.checkpoints.dates(origin, &lines),
            needed: quorum
                .as_ref()
                .map_or(Some(0), |quorum| quorum.needed.map(|needed| needed as u64)),
            cosignatures: self.checkpoints.named(&lines),
            closed: self.mirrors.closed(origin).is_some(),
            alarms: log.map(alarms).unwrap_or_default(),
            terms: self.terms_of(origin),
            size: head.size,
            origin: head.origin,
        })
    }

    /// Under which terms the data of a member of the federation may be used.
    fn terms_of(&self, origin: &str) -> Option<serde_json::Value> {
        let held = self.held.snapshot();
        let policy = self.policy.resolve(&held.trust, self.now_known());
        let mut members = policy.federation()?.members.iter();
        let member = members.find(|member| member.origins().contains(&origin))?;
        serde_json::to_value(member.terms()?).ok()
    }

    /// The economy whose log it is, as the policy says.
    fn economy_of(&self, origin: &str) -> Option<String> {
        let held = self.held.snapshot();
        let policy = self.policy.resolve(&held.trust, self.now_known());
        let log = policy.logs().iter().find(|log| log.origin == origin)?;
        log.economies.first().cloned()
    }

    /// The log kept here whose origin has this SHA-256, in hex.
    pub(crate) async fn mirrored(&self, id: &str) -> Result<Option<Head>, Error> {
        let logs = self.store.logs().await?;
        Ok(logs.into_iter().find(|head| log_id(&head.origin) == id))
    }
}

fn alarms(log: &Followed) -> Vec<AlarmStanding> {
    let mut alarms = Vec::new();
    let since = Instant::from_seconds(log.problem_since).unwrap_or(Instant::EPOCH);
    if !log.problem.is_empty() {
        alarms.push(AlarmStanding {
            kind: log.problem.clone(),
            since,
            detail: log.detail.clone(),
        });
    }
    if log.state == FollowedState::Frozen && log.problem != Alarm::Forked.word() {
        alarms.push(AlarmStanding {
            kind: Alarm::Forked.word().to_owned(),
            since,
            detail: "it showed two histories".to_owned(),
        });
    }
    alarms
}
