//! What is wrong with a node, what will be wrong within ninety days, and what to do about it.
//!
//! Facts are gathered from the running node (`Node::findings`) and from its folder
//! ([`folder::look`]); what they mean is decided by [`examine`], which reads nothing but its
//! arguments. The program shows the findings on one screen, `/health` carries them for machines.

pub mod folder;
mod gather;
#[cfg(test)]
mod tests;

use comity_model::date::Instant;
use serde::Serialize;

/// How long before its end something is announced, in days.
pub const ANNOUNCED_DAYS: i64 = 90;
/// Least free space beside the database that needs no word, in bytes.
pub const MIN_FREE_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// How far a checkpoint of a peer may be ahead of the own clock, in seconds.
pub const MAX_CLOCK_SECONDS: i64 = 300;
/// Age of the own newest checkpoint beyond which nobody tends the log: an unchanged head is signed
/// again at least hourly (format.md 3.8).
pub const MAX_HEAD_AGE_SECONDS: i64 = 7_200;
/// Age beyond which a peer's log counts as not heard of, in seconds.
pub const MAX_PEER_AGE_SECONDS: i64 = 6 * 3_600;
/// Seconds that mirrors have to co-sign a new checkpoint before its quorum is missed.
pub const MAX_QUORUM_SECONDS: i64 = 60;
/// Entries by which search may lag behind the log.
pub const MAX_INDEX_LAG_ENTRIES: u64 = 50_000;
/// Most registrations and grants that are named one by one.
pub const MAX_NAMED: usize = 20;

const DAY_SECONDS: i64 = 86_400;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Something does not work.
    Problem,
    /// Something will not work for long, or is not as it should be.
    Warning,
}

/// One thing to do something about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Stable name, such as `federation.expires`.
    pub code: &'static str,
    /// What is the matter, in a sentence.
    pub detail: String,
    /// What to type, or to do, about it.
    pub command: String,
    /// When it ends, or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

impl Finding {
    /// Something that does not work.
    pub fn problem(
        code: &'static str,
        detail: impl Into<String>,
        command: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Problem,
            code,
            detail: detail.into(),
            command: command.into(),
            until: None,
        }
    }

    /// Something that is not as it should be.
    pub fn warning(
        code: &'static str,
        detail: impl Into<String>,
        command: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::problem(code, detail, command)
        }
    }

    fn until(self, until: Instant) -> Self {
        Self {
            until: Some(until),
            ..self
        }
    }
}

/// What a running node knows about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The present moment, by the own clock.
    pub now: Instant,
    /// Why the node takes no records, if so.
    pub read_only: Option<String>,
    /// When the newest own checkpoint was signed.
    pub head_signed_at: Instant,
    /// Entries of the own log.
    pub size: u64,
    /// Entries of it that search can find.
    pub indexed: u64,
    /// Entries at the end of the own log that no anchor covers, and since when the first waits.
    pub unanchored: Option<(u64, Instant)>,
    /// The federation list believed in.
    pub federation: Option<FederationFacts>,
    /// Keys that the node works with and that its economy's key list does not name: what they are,
    /// and the key.
    pub unlisted: Vec<(&'static str, String)>,
    /// Keys, registrations and grants that end.
    pub endings: Vec<Ending>,
    /// The logs held here.
    pub logs: Vec<LogFacts>,
}

/// The federation list in effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FederationFacts {
    /// Its version; `None` where the policy pins a list that is not held.
    pub version: Option<u64>,
    /// Until when it holds.
    pub valid_until: Instant,
    /// Days after that for which verdicts only warn.
    pub grace_days: u64,
    /// What of it, or of the members' keys, could not be followed, each in a sentence.
    pub problems: Vec<String>,
}

/// Something with an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// What it is.
    pub sort: EndingSort,
    /// Its name.
    pub what: String,
    /// Its last moment.
    pub until: Instant,
}

/// What ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EndingSort {
    /// A key of the own economy's key list, or of the policy.
    OwnKey,
    /// A cosigner set of the policy.
    Cosigners,
    /// The registration of an own body.
    Registration,
    /// A key of an own body.
    BodyKey,
    /// A grant of an own body.
    Grant,
}

impl EndingSort {
    fn code(self) -> &'static str {
        match self {
            Self::OwnKey => "key.expires",
            Self::Cosigners => "cosigners.expire",
            Self::Registration => "registration.expires",
            Self::BodyKey => "bodyKey.expires",
            Self::Grant => "grant.expires",
        }
    }

    fn command(self) -> &'static str {
        match self {
            Self::OwnKey => "comity ceremony new member-keys --help",
            Self::Cosigners => "add a [[cosigners]] set to policy.toml (docs/policy.md)",
            Self::Registration | Self::BodyKey => "comity register approve --help",
            Self::Grant => "comity record new competence-grant --help",
        }
    }
}

/// A log as it stands here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFacts {
    /// Origin.
    pub origin: String,
    /// Whether it is the own one.
    pub own: bool,
    /// Age of the newest checkpoint, in seconds; negative: it lies in the future. `None`: there is
    /// none yet.
    pub age_seconds: Option<i64>,
    /// When it was last asked, if it was.
    pub checked_at: Option<Instant>,
    /// Entries that the origin has and this node has not.
    pub lag: u64,
    /// Whether enough cosigners signed the newest checkpoint; `None` where none are needed.
    pub quorum: Option<bool>,
    /// How many others signed, and how many are needed; `None`: nobody is named who could date it.
    pub lines: (usize, Option<u64>),
    /// What is wrong with it: a word, and a sentence.
    pub alarms: Vec<(String, String)>,
}

/// Everything that the facts of a running node give to say, the worst first.
pub fn examine(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    of_own_log(facts, &mut found);
    of_federation(facts, &mut found);
    for log in &facts.logs {
        of_log(log, &mut found);
    }
    of_endings(facts, &mut found);
    found.sort_by_key(|finding| finding.severity);
    found
}

fn of_own_log(facts: &Facts, found: &mut Vec<Finding>) {
    if let Some(why) = &facts.read_only {
        let detail = format!("The node takes no records: {why}");
        found.push(Finding::problem(
            "log.readOnly",
            detail,
            "look at its diagnostics, then start it again: comity node serve DIR",
        ));
    }
    let age = facts.now.seconds() - facts.head_signed_at.seconds();
    if age > MAX_HEAD_AGE_SECONDS {
        let detail = format!(
            "The newest own checkpoint is {}: nobody tends the log.",
            ago(age)
        );
        found.push(Finding::problem(
            "log.untended",
            detail,
            "comity node serve DIR",
        ));
    }
    if age < -MAX_CLOCK_SECONDS {
        let detail = format!(
            "The own clock is {} behind the own newest checkpoint.",
            span(-age)
        );
        found.push(Finding::problem(
            "clock.behind",
            detail,
            "set the machine's clock (NTP)",
        ));
    }
    let lag = facts.size.saturating_sub(facts.indexed);
    if lag > MAX_INDEX_LAG_ENTRIES {
        let detail = format!("Search lags {lag} entries behind the log.");
        found.push(Finding::problem(
            "index.lags",
            detail,
            "wait; if it does not shrink: comity node reindex DIR",
        ));
    }
    if let Some((entries, since)) = facts.unanchored {
        let waiting = facts.now.seconds() - since.seconds();
        if waiting > MAX_HEAD_AGE_SECONDS {
            let detail = format!(
                "{entries} entries have waited {} for an anchor.",
                span(waiting)
            );
            found.push(Finding::warning(
                "log.unanchored",
                detail,
                "comity node serve DIR",
            ));
        }
    }
}

fn of_federation(facts: &Facts, found: &mut Vec<Finding>) {
    let Some(federation) = &facts.federation else {
        return;
    };
    let Some(version) = federation.version else {
        let detail = "The policy pins a federation list that is not held, or not signed by enough.";
        found.push(Finding::problem(
            "federation.notHeld",
            detail,
            "comity node federate DIR LIST.json",
        ));
        return;
    };
    for problem in &federation.problems {
        let command = "comity ceremony show FILE --previous FILE, with those who signed it";
        found.push(Finding::warning("federation.problem", problem, command));
    }
    for (what, key) in &facts.unlisted {
        let detail = format!(
            "The node's {what} key is not in its economy's key list, so nobody counts it: {key}"
        );
        let command =
            "comity node keys DIR -o json > keys.json, then comity ceremony new member-keys";
        found.push(Finding::problem("key.notListed", detail, command));
    }
    let until = federation.valid_until;
    let left = until.seconds() - facts.now.seconds();
    let renew = "comity ceremony new federation-list --previous LIST.json (with the keyholders)";
    if left >= ANNOUNCED_DAYS * DAY_SECONDS {
        return;
    }
    let days = i64::try_from(federation.grace_days).unwrap_or(i64::MAX);
    let grace = days.saturating_mul(DAY_SECONDS);
    let finding = if left >= 0 {
        let detail = format!(
            "Federation list version {version} expires in {}, at {until}.",
            span(left)
        );
        Finding::warning("federation.expires", detail, renew)
    } else if -left <= grace {
        let detail = format!(
            "Federation list version {version} expired {}; verdicts warn, and cannot tell in {}.",
            ago(-left),
            span(grace + left)
        );
        Finding::problem("federation.expired", detail, renew)
    } else {
        let detail = format!(
            "Federation list version {version} expired {}: verdicts that rest on it cannot tell.",
            ago(-left)
        );
        Finding::problem("federation.expired", detail, renew)
    };
    found.push(finding.until(until));
}

fn of_log(log: &LogFacts, found: &mut Vec<Finding>) {
    let origin = &log.origin;
    for (kind, detail) in &log.alarms {
        let forked = kind.contains("fork");
        let code = if forked { "log.forked" } else { "log.alarm" };
        let command = if forked {
            "comity log compare --help, and tell every other member: the evidence convinces anybody"
        } else {
            "comity peer status DIR"
        };
        found.push(Finding::problem(
            code,
            format!("{origin}: {kind}: {detail}"),
            command,
        ));
    }
    let age = match log.age_seconds {
        Some(age) => age,
        None if log.own => return,
        None => {
            let detail = format!("Nothing of {origin} is held yet.");
            found.push(Finding::warning(
                "peer.nothing",
                detail,
                "comity peer status DIR",
            ));
            return;
        }
    };
    if age < -MAX_CLOCK_SECONDS && !log.own {
        let detail = format!(
            "{origin} is dated {} ahead of the own clock: one of the two clocks is wrong.",
            span(-age)
        );
        found.push(Finding::problem(
            "clock.differs",
            detail,
            "set the machine's clock (NTP)",
        ));
    }
    if log.quorum == Some(false) && age > MAX_QUORUM_SECONDS {
        let (have, need) = log.lines;
        let detail = match need {
            Some(need) => format!("{origin} stands without quorum: {have} of {need} cosignatures."),
            None => format!("{origin} stands without quorum: nobody is named who could date it."),
        };
        let command = if log.own {
            "comity peer status DIR (which mirrors are silent), then ask their operators"
        } else {
            "comity peer status DIR"
        };
        found.push(Finding::warning("log.noQuorum", detail, command));
    }
    if !log.own && age > MAX_PEER_AGE_SECONDS {
        let detail = format!("The newest checkpoint held of {origin} is {}.", ago(age));
        found.push(Finding::warning(
            "peer.stale",
            detail,
            "comity peer sync DIR; then ask its operator",
        ));
    }
    if !log.own && log.lag > MAX_INDEX_LAG_ENTRIES {
        let detail = format!("{} entries of {origin} are not here yet.", log.lag);
        found.push(Finding::warning(
            "peer.lags",
            detail,
            "comity peer status DIR (the daily quota may be used up)",
        ));
    }
}

/// What ends within the announced time, each by name, the soonest first.
fn of_endings(facts: &Facts, found: &mut Vec<Finding>) {
    let horizon = facts.now.plus_seconds(ANNOUNCED_DAYS * DAY_SECONDS);
    // What ended long ago was let go; what ended lately may have been forgotten.
    let past = facts.now.plus_seconds(-ANNOUNCED_DAYS * DAY_SECONDS);
    let mut near: Vec<&Ending> = (facts.endings.iter())
        .filter(|ending| (past..horizon).contains(&ending.until))
        .collect();
    near.sort_by_key(|ending| (ending.sort, ending.until));
    for ending in near.iter().take(MAX_NAMED) {
        let left = ending.until.seconds() - facts.now.seconds();
        let when = if left < 0 {
            format!("ended {}", ago(-left))
        } else {
            format!("ends in {}", span(left))
        };
        let detail = format!("{} {when}, at {}.", ending.what, ending.until);
        let (code, command) = (ending.sort.code(), ending.sort.command());
        found.push(Finding::warning(code, detail, command).until(ending.until));
    }
    if near.len() > MAX_NAMED {
        let detail = format!(
            "{} more registrations, grants or keys end within {ANNOUNCED_DAYS} days.",
            near.len() - MAX_NAMED
        );
        found.push(Finding::warning(
            "endings.more",
            detail,
            "comity search --help (--type Registration)",
        ));
    }
}

fn ago(seconds: i64) -> String {
    format!("{} ago", span(seconds))
}

/// A length of time in its largest unit.
fn span(seconds: i64) -> String {
    let (number, unit) = match seconds.max(0) {
        days if days >= 2 * DAY_SECONDS => (days / DAY_SECONDS, "days"),
        hours if hours >= 7_200 => (hours / 3_600, "hours"),
        minutes if minutes >= 120 => (minutes / 60, "minutes"),
        seconds => (seconds, "seconds"),
    };
    format!("{number} {unit}")
}
