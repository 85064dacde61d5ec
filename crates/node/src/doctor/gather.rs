//! The facts of a running node: its head, its logs, and what of its own economy ends.

use comity_model::date::Instant;
use comity_model::grant::CompetenceGrant;
use comity_model::record::Subject;
use comity_model::registration::Registration;
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::federation::KeyPeriod;
use std::collections::HashMap;
use std::sync::Arc;

use crate::Node;
use crate::config;
use crate::error::Error;
use crate::logs::LogStanding;

use super::{
    ANNOUNCED_DAYS, DAY_SECONDS, Ending, EndingSort, Facts, FederationFacts, Finding, LogFacts,
    examine,
};

/// Most entries at the end of the log that are looked at for an anchor.
const MAX_UNANCHORED_LOOK: u64 = 1_024;
/// What the entry of an anchor begins with (format.md 3.2).
const ANCHOR_HEAD: &[u8] = b"comity.entry/v1\nanchor\n";

impl Node {
    /// What is wrong with this node and what ends within ninety days, the worst first. Files with
    /// secrets are not looked at: that is for who stands before the machine ([`super::folder`]).
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn findings(&self) -> Result<Vec<Finding>, Error> {
        let mut found = examine(&self.facts().await?);
        if let Some(dir) = self.folder() {
            found.extend(super::folder::of_room(dir, self.config()));
            // What the process reads next must be readable; what it holds now, it goes on with.
            if let Err(error) = config::load_policy(dir) {
                let command = "edit policy.toml (docs/policy.md says every key)";
                found.push(Finding::problem(
                    "policy.unreadable",
                    error.to_string(),
                    command,
                ));
            }
        }
        found.sort_by_key(|finding| finding.severity);
        Ok(found)
    }

    async fn facts(&self) -> Result<Facts, Error> {
        let now = self.clock().now();
        let head = self.head();
        Ok(Facts {
            now,
            read_only: self.read_only(),
            head_signed_at: crate::sequencer::head_time(&head),
            size: head.size,
            indexed: self.indexed_size(),
            unanchored: self.unanchored(head.size).await?,
            federation: self.federation_facts(now),
            unlisted: self.unlisted(now).await?,
            endings: self.endings(now).await?,
            logs: self.log_facts(now).await?,
        })
    }

    /// How many entries at the end of the own log no anchor covers, and since when.
    async fn unanchored(&self, size: u64) -> Result<Option<(u64, Instant)>, Error> {
        let origin = self.config().origin();
        let store = &self.shared.store;
        let first = size.saturating_sub(MAX_UNANCHORED_LOOK);
        let count = usize::try_from(size - first).unwrap_or(usize::MAX);
        let entries = store.entries(&origin, first, count).await?;
        let after = entries
            .iter()
            .rposition(|entry| entry.starts_with(ANCHOR_HEAD));
        let position = after.map_or(first, |at| first + at as u64 + 1);
        if position >= size {
            return Ok(None);
        }
        let (records, _) = store.records_from(&origin, position, 1).await?;
        let since = records.first().map(|(record, _)| record.received_at);
        let since = since.and_then(Instant::from_seconds);
        Ok(since.map(|since| (size - position, since)))
    }

    /// What of the own economy has an end: keys of the policy, bodies, their keys and grants.
    async fn endings(&self, now: Instant) -> Result<Vec<Ending>, Error> {
        let mut endings = Vec::new();
        self.endings_of_policy(&mut endings);
        self.endings_of_keys(&mut endings);
        let horizon = now.plus_seconds(ANNOUNCED_DAYS * DAY_SECONDS);
        let authority = self.config().authority();
        let held = self.shared.held.snapshot();
        let mut newest: HashMap<(&str, &str), &Registration> = HashMap::new();
        for evidence in held.trust.records() {
            let Ok(record) = &evidence.record else {
                continue;
            };
            if record.comity.authority != authority {
                continue;
            }
            match &record.subject {
                Subject::Registration(body) => {
                    let place = newest.entry((&record.issuer.id, &body.id)).or_insert(body);
                    if place.version < body.version {
                        *place = body;
                    }
                }
                Subject::CompetenceGrant(grant) => {
                    if let Some(ending) = self.of_grant(evidence, grant, horizon).await? {
                        endings.push(ending);
                    }
                }
                _ => {}
            }
        }
        for ((_, did), body) in newest {
            endings.extend(of_registration(did, body));
        }
        Ok(endings)
    }

    /// A grant that ends before `horizon` and is in force until then.
    async fn of_grant(
        &self,
        evidence: &Arc<EvidenceRecord>,
        grant: &CompetenceGrant,
        horizon: Instant,
    ) -> Result<Option<Ending>, Error> {
        let Some(until) = grant.period.until else {
            return Ok(None);
        };
        let until = until.latest().last_second();
        if until >= horizon || self.shared.state_of(evidence).await? != "active" {
            return Ok(None);
        }
        let holder = grant.grantee.id.as_deref().unwrap_or(&grant.grantee.name);
        Ok(Some(Ending {
            sort: EndingSort::Grant,
            what: format!("The grant to {holder}"),
            until,
        }))
    }

    fn endings_of_policy(&self, endings: &mut Vec<Ending>) {
        let file = self.policy().file();
        for entry in &file.authority {
            let ends = entry.keys.iter().map(|key| key.until);
            if let Some(until) = last_end(ends) {
                endings.push(Ending {
                    sort: EndingSort::OwnKey,
                    what: format!("The last key of {} in policy.toml", entry.did),
                    until,
                });
            }
        }
        if let Some(until) = last_end(file.cosigners.iter().map(|set| set.until)) {
            endings.push(Ending {
                sort: EndingSort::Cosigners,
                what: "The last cosigner set of policy.toml".to_owned(),
                until,
            });
        }
    }
}

/// The registration of a body, and the last of its keys.
fn of_registration(did: &str, body: &Registration) -> Vec<Ending> {
    let mut endings = Vec::new();
    if let Some(until) = body.period.until {
        endings.push(Ending {
            sort: EndingSort::Registration,
            what: format!("The registration of {did}"),
            until: until.latest().last_second(),
        });
    }
    if let Some(until) = last_end(body.keys.iter().map(|key| key.until)) {
        endings.push(Ending {
            sort: EndingSort::BodyKey,
            what: format!("The last key of {did}"),
            until,
        });
    }
    endings
}

/// When the last of several ends; `None` if one goes on, or there is none.
fn last_end(ends: impl Iterator<Item = Option<Instant>>) -> Option<Instant> {
    let ends: Option<Vec<Instant>> = ends.collect();
    ends?.into_iter().max()
}

impl Node {
    /// The keys of the own economy's newest key list, the last of each sort.
    fn endings_of_keys(&self, endings: &mut Vec<Ending>) {
        let held = self.shared.held.snapshot();
        let lists = held.trust.member_keys(&self.config().authority());
        let subjects = lists.iter().filter_map(|evidence| {
            let record = evidence.record.as_ref().ok()?;
            match &record.subject {
                Subject::MemberKeys(keys) => Some(keys),
                _ => None,
            }
        });
        let Some(keys) = subjects.max_by_key(|keys| keys.version) else {
            return;
        };
        let sorts = [
            ("log", last_end(keys.log_keys.iter().map(|key| key.until))),
            (
                "mirror",
                last_end(keys.mirror_keys.iter().map(|key| key.until)),
            ),
            (
                "witness",
                last_end(keys.witness_keys.iter().map(|key| key.until)),
            ),
            (
                "status",
                last_end(keys.status_keys.iter().map(|key| key.until)),
            ),
            (
                "authority",
                last_end(keys.authority_keys.iter().map(|key| key.until)),
            ),
        ];
        for (sort, until) in sorts {
            endings.extend(until.map(|until| Ending {
                sort: EndingSort::OwnKey,
                what: format!("The last {sort} key of {}", keys.economy),
                until,
            }));
        }
    }

    /// How the federation list stands that the policy pins, and what could not be followed.
    fn federation_facts(&self, now: Instant) -> Option<FederationFacts> {
        let held = self.shared.held.snapshot();
        let resolved = self.policy().resolve(&held.trust, now);
        let view = resolved.federation()?;
        let fork = view.fork.iter().map(|(one, other)| {
            format!("Two lists follow the same one, and both are signed: {one} and {other}.")
        });
        Some(FederationFacts {
            version: view.newest().map(|version| version.list.version),
            valid_until: view.valid_until().unwrap_or(Instant::EPOCH),
            grace_days: (self.policy().file().federation.as_ref())
                .map_or(0, |federation| federation.grace_days),
            problems: view.problems.iter().cloned().chain(fork).collect(),
        })
    }

    /// The keys of log and mirror that the own economy's key list does not name, if it names any.
    async fn unlisted(&self, now: Instant) -> Result<Vec<(&'static str, String)>, Error> {
        let origin = self.config().origin();
        let log = self.shared.store.vkey(&origin).await?.unwrap_or_default();
        let mirror = self.shared.mirrors.key.vkey().to_string();
        let held = self.shared.held.snapshot();
        let resolved = self.policy().resolve(&held.trust, now);
        let authority = self.config().authority();
        let member = resolved
            .federation()
            .and_then(|view| view.member(&authority));
        let Some(member) = member.filter(|member| member.is_in(now)) else {
            return Ok(Vec::new());
        };
        let lists = |keys: &[KeyPeriod], key: &str| {
            keys.is_empty()
                || keys
                    .iter()
                    .any(|held| held.key == key && held.contains(now))
        };
        let mut unlisted = Vec::new();
        if !lists(&member.log_keys, &log) {
            unlisted.push(("log", log));
        }
        if !lists(&member.mirror_keys, &mirror) {
            unlisted.push(("mirror", mirror));
        }
        Ok(unlisted)
    }

    async fn log_facts(&self, now: Instant) -> Result<Vec<LogFacts>, Error> {
        let logs = self.logs().await?.into_iter();
        // What was followed once and is closed or no longer followed owes nothing any more.
        let tended = logs.filter(|log| log.mode != "kept" && !log.closed);
        Ok(tended.map(|log| log_facts(log, now)).collect())
    }
}

fn log_facts(log: LogStanding, now: Instant) -> LogFacts {
    // The log's own line dates nothing where others are needed.
    let lines = log.cosignatures.iter();
    let others = lines.filter(|line| line.name != log.origin).count();
    LogFacts {
        own: log.mode == "own",
        age_seconds: (log.signed_at > Instant::EPOCH)
            .then(|| now.seconds() - log.signed_at.seconds()),
        checked_at: log.checked_at,
        lag: log.lag,
        quorum: (log.needed != Some(0)).then_some(log.quorum),
        lines: (others, log.needed),
        alarms: (log.alarms.into_iter())
            .map(|alarm| (alarm.kind, alarm.detail))
            .collect(),
        origin: log.origin,
    }
}
