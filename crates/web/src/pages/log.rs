//! The logs kept here, what is wrong with them, and the records that stand in the own one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use comity_model::record::Kind;
use comity_node::logs::{AlarmStanding, LogStanding};
use comity_recognition::wording;
use sha2::{Digest as _, Sha256};

use crate::asked::Asked;
use crate::frame::{Frame, page};
use crate::icon::{Icon, Tone};
use crate::site::{Answer, Site};
use crate::texts::{number, text};
use crate::title::Title;

/// Records shown on a page.
const SHOWN: u64 = 20;

#[derive(Template)]
#[template(path = "log.html")]
struct LogPage {
    frame: Frame,
    /// The newest checkpoint of the own log, as it is signed.
    checkpoint: String,
    checkpoint_href: String,
    logs: Vec<LogRow>,
    alarmed: bool,
    entries: Vec<EntryRow>,
    /// Entries after them that are no records.
    passed: Option<String>,
    index: u64,
    last: u64,
    earlier: Option<u64>,
    later: Option<u64>,
}

/// A log, as pages show it.
pub(crate) struct LogRow {
    pub(crate) origin: String,
    /// The economy whose log it is: its code and name.
    pub(crate) economy: Option<(String, String)>,
    pub(crate) size: String,
    pub(crate) signed: String,
    pub(crate) age: String,
    pub(crate) lag: Option<String>,
    /// Names of those who signed the newest checkpoint besides.
    pub(crate) lines: Vec<String>,
    /// Tone, icon and word of how it is dated.
    pub(crate) quorum: (&'static str, String, String),
    pub(crate) closed: bool,
    pub(crate) alarms: Vec<AlarmRow>,
    pub(crate) checkpoint: String,
    pub(crate) twin: String,
}

/// Something that is wrong with a log.
pub(crate) struct AlarmRow {
    pub(crate) what: String,
    pub(crate) since: String,
    pub(crate) detail: String,
    /// Where both checkpoints of a log with two histories are.
    pub(crate) evidence: Option<String>,
}

struct EntryRow {
    index: u64,
    kind: String,
    title: Title,
    /// Entries before it that are no records.
    passed: Option<String>,
    href: String,
    proof: String,
}

impl LogRow {
    pub(crate) fn new(site: &Site, log: &LogStanding) -> Self {
        let texts = site.texts;
        let id = hex::encode(Sha256::digest(log.origin.as_bytes()));
        let (tone, icon, key) = match (log.needed, log.quorum) {
            (Some(0), _) => (Tone::Grey, Icon::Dash, "log-by-itself"),
            (_, true) => (Tone::Blue, Icon::Tick, "log-quorum"),
            (_, false) => (Tone::Amber, Icon::Warning, "log-no-quorum"),
        };
        let own = log.mode == "own";
        let name = log.origin.rsplit('/').next().unwrap_or_default();
        let minutes = log.age_seconds / 60;
        Self {
            economy: (log.economy.clone()).map(|code| (code.clone(), site.economy(&code))),
            size: site.number(log.size),
            signed: log.signed_at.to_string(),
            age: texts.put("log-ago", &[("minutes", number(minutes))]),
            lag: (log.lag > 0).then(|| texts.put("log-lag", &[("count", number(log.lag))])),
            lines: (log.cosignatures.iter())
                .map(|line| line.name.clone())
                .collect(),
            quorum: (tone.class(), icon.svg(), texts.say(key)),
            closed: log.closed,
            alarms: (log.alarms.iter())
                .map(|alarm| AlarmRow::new(site, alarm, &id))
                .collect(),
            checkpoint: if own {
                format!("/log/{name}/checkpoint")
            } else {
                format!("/mirror/{id}/checkpoint")
            },
            twin: format!("/v1/logs/{id}"),
            origin: log.origin.clone(),
        }
    }
}

impl AlarmRow {
    fn new(site: &Site, alarm: &AlarmStanding, id: &str) -> Self {
        let key = match alarm.kind.as_str() {
            "forked" => "log-alarm-forked",
            "unreachable" => "log-alarm-unreachable",
            "stale" => "log-alarm-stale",
            "missingBodies" => "log-alarm-missing",
            _ => "log-alarm-other",
        };
        let since = [("day", text(site.day(alarm.since.day())))];
        let forked = alarm.kind == "forked";
        Self {
            what: site.texts.say(key),
            since: site.texts.put("log-since", &since),
            detail: comity_model::text::projected(&alarm.detail),
            evidence: forked.then(|| format!("/v1/logs/{id}/evidence")),
        }
    }
}

/// That entries stand in the log that are no records, where there are any.
fn passed_over(site: &Site, count: u64) -> Option<String> {
    let counted = [("count", number(count))];
    (count > 0).then(|| site.texts.put("log-passed", &counted))
}

/// Shows the logs, and the records of the own one from an index on.
pub(crate) async fn log(State(site): State<Site>, asked: Asked) -> Answer {
    let head = site.node().head();
    let newest = head.size.saturating_sub(SHOWN);
    let index = asked.read::<u64>("index");
    let index = index.map_err(|value| site.cannot_read("index", &value))?;
    let index = index.unwrap_or(newest);
    let failed = |error| site.failed(&error);
    // An index is a place in the log; what no log can have finds nothing.
    let entries = if index < head.size {
        let limit = usize::try_from(SHOWN).unwrap_or(usize::MAX);
        site.node().entries(index, limit).await.map_err(failed)?
    } else {
        Vec::new()
    };
    let logs = site.node().logs().await.map_err(failed)?;
    let logs: Vec<_> = logs.iter().map(|log| LogRow::new(&site, log)).collect();
    let published = site.node().published().await.map_err(failed)?;
    let after = entries.last().map(|last| last.row.position + 1);
    let mut due = index;
    let entries = entries.into_iter().map(|entry| {
        let passed = entry.row.position.saturating_sub(due);
        due = entry.row.position + 1;
        let digest = hex::encode(entry.row.digest);
        let kinds = Kind::ALL.into_iter();
        let kind = kinds.into_iter().find(|kind| kind.name() == entry.row.kind);
        let title = entry.named.as_ref().map(Title::called);
        let title = title.filter(|title| !title.words.is_empty() || title.number.is_some());
        let withheld = || Title::plain((String::new(), digest.clone()));
        EntryRow {
            index: entry.row.position,
            kind: kind.map_or_else(
                || entry.row.kind.clone(),
                |kind| wording::kind(kind, site.language).to_owned(),
            ),
            title: title.unwrap_or_else(withheld),
            passed: passed_over(&site, passed),
            href: site.href(&format!("records/{digest}")),
            proof: format!("/v1/records/{digest}/proof"),
        }
    });
    let mut frame = Frame::new(&site, site.texts.say("log-title"), &asked.here);
    frame.twin = String::from("/v1/logs");
    let name = site.node().config().origin();
    let name = name.rsplit('/').next().unwrap_or_default();
    let entries: Vec<_> = entries.collect();
    let next = after.unwrap_or(index);
    let rest = head.size.saturating_sub(next);
    let is_last = (entries.len() as u64) < SHOWN;
    let log = LogPage {
        checkpoint: published.to_string(),
        checkpoint_href: format!("/log/{name}/checkpoint"),
        alarmed: logs.iter().any(|log| !log.alarms.is_empty()),
        logs,
        passed: passed_over(&site, rest).filter(|_| is_last),
        entries,
        index,
        last: head.size.saturating_sub(1),
        earlier: (index > 0).then(|| index.saturating_sub(SHOWN).min(newest)),
        later: (!is_last && rest > 0).then_some(next),
        frame,
    };
    Ok(page(StatusCode::OK, &log))
}
