//! What happened to a record, and of a status event what else happened to the records it acts on.

use comity_model::record::Subject;
use comity_model::status::StatusEvent;
use comity_node::acts::{ActBeside, Beside, Lifting};
use comity_node::look_up::{Found, HistoryEvent};
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::wording;

use crate::pages::search::period;
use crate::rows::{Said, said_by};
use crate::site::Site;
use crate::texts::{number, text};
use crate::trouble::Trouble;

/// One event of a history.
pub(super) struct HistoryRow {
    pub(super) day: String,
    pub(super) what: String,
    pub(super) said: Said,
    pub(super) reason: String,
    pub(super) lang: String,
    pub(super) href: String,
    /// What it is to the event of the page, where it is anything.
    pub(super) relation: Option<String>,
    /// What lifts it, and what it lifts, with the addresses of those.
    pub(super) liftings: Vec<(String, String)>,
    /// It changes nothing: whoever signed it may not act so.
    pub(super) ignored: bool,
}

/// What else happened to the records of a status event.
pub(super) struct OtherActs {
    pub(super) rows: Vec<HistoryRow>,
    /// What lifts the event, or what it lifts, with the address of that.
    pub(super) liftings: Vec<(String, String)>,
    /// It is lifted for every record it acts on.
    pub(super) lifted: bool,
    /// It changes nothing: whoever signed it may not act so.
    pub(super) ignored: bool,
    /// There are more than were read.
    pub(super) cut: bool,
}

/// The events on a record.
pub(super) async fn history(site: &Site, found: &Found) -> Result<Vec<HistoryRow>, Trouble> {
    let events = site.node().history(&found.row).await;
    let events = events.map_err(|error| site.failed(&error))?;
    let ignored = site.node().ignored_events(&found.evidence).await;
    let ignored = ignored.map_err(|error| site.failed(&error))?;
    let said = said_by(site, events.iter().map(|event| &*event.evidence));
    let lifted = site.node().lifted(&found.row, &events);
    let rows = events.iter().zip(said).filter_map(|(event, said)| {
        Some(HistoryRow {
            liftings: liftings(site, event, &events, &lifted),
            ignored: ignored.contains(&event.row.digest),
            ..row(site, event, said)?
        })
    });
    Ok(rows.collect())
}

/// What lifts an event of a history, and what it lifts.
fn liftings(
    site: &Site,
    event: &HistoryEvent,
    events: &[HistoryEvent],
    lifted: &[([u8; 32], [u8; 32])],
) -> Vec<(String, String)> {
    let own = event.row.digest;
    let said = lifted.iter().filter_map(|(one, by)| {
        let (key, other) = match (*one == own, *by == own) {
            (true, _) => ("acts-lifted", by),
            (_, true) => ("acts-lifts", one),
            _ => return None,
        };
        let other = events.iter().find(|event| event.row.digest == *other)?;
        let status = status_event(&other.evidence)?;
        let arguments = [
            ("day", text(site.day(status.effective_from.earliest()))),
            (
                "action",
                text(wording::action(status.action, site.language)),
            ),
        ];
        Some((site.texts.put(key, &arguments), href(site, other)))
    });
    said.collect()
}

/// The events beside a status event; nothing beside a record of another kind.
pub(super) async fn others(site: &Site, found: &Found) -> Result<Option<OtherActs>, Trouble> {
    if status_event(&found.evidence).is_none() {
        return Ok(None);
    }
    let beside = site.node().acts_beside(&found.evidence).await;
    let beside = beside.map_err(|error| site.failed(&error))?;
    let events = beside.acts.iter().map(|act| &*act.event.evidence);
    let said = said_by(site, events);
    let acts = beside.acts.iter().zip(said);
    let rows = acts.filter_map(|(act, said)| {
        Some(HistoryRow {
            relation: related(site, act, &beside),
            ignored: act.ignored,
            ..row(site, &act.event, said)?
        })
    });
    let lifted: usize = (beside.acts.iter())
        .map(|act| match act.lifting {
            Lifting::Lifts(records) => records,
            Lifting::IsLifted(_) | Lifting::Neither => 0,
        })
        .sum();
    Ok(Some(OtherActs {
        rows: rows.collect(),
        liftings: (beside.acts.iter())
            .filter_map(|act| lifting(site, act, &beside))
            .collect(),
        lifted: lifted > 0 && lifted == beside.records && !beside.cut,
        ignored: beside.ignored,
        cut: beside.cut,
    }))
}

fn row(site: &Site, event: &HistoryEvent, said: Said) -> Option<HistoryRow> {
    let status = status_event(&event.evidence)?;
    let from = &status.effective_from;
    let (lang, reason) = site.worded(&status.reason);
    Some(HistoryRow {
        day: match &status.effective_until {
            Some(until) => period(site, from, Some(until)),
            None => site.day(from.earliest()),
        },
        what: wording::action(status.action, site.language).to_owned(),
        said,
        reason,
        lang,
        href: href(site, event),
        relation: None,
        liftings: Vec::new(),
        ignored: false,
    })
}

/// On which of the records it acts, where not on all.
fn related(site: &Site, act: &ActBeside, beside: &Beside) -> Option<String> {
    (act.records < beside.records).then(|| of_some(site, act.records, beside.records))
}

fn of_some(site: &Site, count: usize, total: usize) -> String {
    let counts = [
        ("count", number(count as u64)),
        ("total", number(total as u64)),
    ];
    site.texts.put("acts-of", &counts)
}

/// That it lifts the event of the page, or is lifted by it, with where it is.
fn lifting(site: &Site, act: &ActBeside, beside: &Beside) -> Option<(String, String)> {
    let event = status_event(&act.event.evidence)?;
    let (key, records, day) = match act.lifting {
        Lifting::Lifts(records) => ("acts-lifted", records, act.from),
        Lifting::IsLifted(records) => ("acts-lifts", records, event.effective_from.earliest()),
        Lifting::Neither => return None,
    };
    let arguments = [
        ("day", text(site.day(day))),
        ("action", text(wording::action(event.action, site.language))),
    ];
    let mut said = site.texts.put(key, &arguments);
    if records < beside.records {
        said = format!("{said} · {}", of_some(site, records, beside.records));
    }
    Some((said, href(site, &act.event)))
}

fn href(site: &Site, event: &HistoryEvent) -> String {
    site.href(&format!("records/{}", hex::encode(event.row.digest)))
}

fn status_event(evidence: &EvidenceRecord) -> Option<&StatusEvent> {
    match &evidence.record.as_ref().ok()?.subject {
        Subject::StatusEvent(event) => Some(event),
        _ => None,
    }
}
