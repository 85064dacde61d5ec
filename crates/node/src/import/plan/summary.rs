//! A plan in figures.

use std::collections::BTreeMap;
use std::fmt;

use comity_model::record::Subject;
use serde::Serialize;

use super::{Conflict, Plan};
use crate::import::Counts;
use crate::import::event::word_of;

/// The plan in figures, for `--dry-run`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// What the reading of the file counted.
    pub counts: Counts,
    /// New records.
    pub new: usize,
    /// Revisions.
    pub revisions: usize,
    /// Events, and the records they touch, by action.
    pub events: BTreeMap<String, EventCount>,
    /// Rows that say the same as before.
    pub unchanged: usize,
    /// Source ids no longer there.
    pub vanished: Vec<String>,
    /// Changes that no event can express.
    pub conflicts: Vec<Conflict>,
    /// Known rows that this plan ends.
    pub ended: usize,
    /// That as a share, 0 to 1.
    pub ended_share: f64,
}

/// Events of one action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EventCount {
    /// Events.
    pub events: usize,
    /// Records they touch.
    pub records: usize,
}

impl Plan {
    /// Whether there is nothing to sign.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.revisions.is_empty() && self.events.is_empty()
    }

    /// The plan in figures.
    pub fn summary(&self) -> Summary {
        let mut events: BTreeMap<String, EventCount> = BTreeMap::new();
        for record in &self.events {
            if let Subject::StatusEvent(event) = &record.subject {
                let count = events.entry(word_of(event.action)).or_default();
                count.events += 1;
                count.records += event.subjects.len();
            }
        }
        Summary {
            counts: self.counts,
            new: self.new.len(),
            revisions: self.revisions.len(),
            events,
            unchanged: self.unchanged,
            vanished: self.vanished.clone(),
            conflicts: self.conflicts.clone(),
            ended: self.ended,
            ended_share: self.ended_share,
        }
    }
}

/// Most vanished rows and conflicts that a printed summary names; all stand in its JSON.
const MAX_NAMED: usize = 20;

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts {
            rows,
            records,
            refused,
            merged,
            left_out,
        } = self.counts;
        writeln!(
            f,
            "{rows} rows: {records} records, {merged} merged, {left_out} left out, {refused} refused"
        )?;
        writeln!(
            f,
            "{} new, {} revised, {} unchanged, {} vanished",
            self.new,
            self.revisions,
            self.unchanged,
            self.vanished.len()
        )?;
        for (action, count) in &self.events {
            writeln!(
                f,
                "{action}: {} records in {} events",
                count.records, count.events
            )?;
        }
        for source_id in self.vanished.iter().take(MAX_NAMED) {
            writeln!(f, "vanished: {source_id}")?;
        }
        for conflict in self.conflicts.iter().take(MAX_NAMED) {
            writeln!(
                f,
                "line {}: {} is {:?} here, but {:?} in the file: a person has to settle this",
                conflict.line, conflict.source_id, conflict.known, conflict.said
            )?;
        }
        write!(f, "{:.1} % of the known rows end", self.ended_share * 100.0)
    }
}
