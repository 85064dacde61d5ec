//! What to sign: the difference between a file and what is known of its register.

mod summary;
mod transition;

use std::collections::{BTreeMap, BTreeSet};

use comity_model::date::{Day, LegalDate};
use comity_model::record::{Record, Subject};
use comity_model::reference::RecordReference;
use comity_model::status::{Action, MAX_SUBJECTS, ReasonCode};
use serde::Serialize;

use super::event::{Chains, Change};
use super::identity::{imported_id, subject_digest};
use super::known::{Known, KnownRow};
use super::map::{Map, Vanished};
use super::read::{end_of, set_end, settle};
use super::{Counts, ImportedFile, ImportedRow, Standing};

pub use summary::{EventCount, Summary};
use transition::{Transition, transition};

/// What to sign and publish, in this order: `new`, `revisions`, `events`.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Records of rows not known before.
    pub new: Vec<Record>,
    /// Records that replace a known one, because the facts of the row changed.
    pub revisions: Vec<Record>,
    /// What happened to rows: amendments, changes of state, and that unchanged rows were seen.
    pub events: Vec<Record>,
    /// How many known rows say the same as before.
    pub unchanged: usize,
    /// Source ids of known rows that the file no longer has.
    pub vanished: Vec<String>,
    /// Known rows whose new state cannot follow from the old one; nothing is made of it.
    pub conflicts: Vec<Conflict>,
    /// How many known rows this plan ends.
    pub ended: usize,
    /// That as a share of all known rows, 0 to 1; 0 where none is known.
    pub ended_share: f64,
    /// What the reading of the file counted.
    pub counts: Counts,
}

/// A change of state that no event can express: what was withdrawn does not come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// The row.
    pub source_id: String,
    /// Its line in the file.
    pub line: u64,
    /// What stands.
    pub known: Standing,
    /// What the file says.
    pub said: Standing,
}

/// Why no plan can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A newer fetch of the register is known already.
    #[error(
        "the file was fetched on {file}, but what is known was fetched on {known}; an older file \
         would undo newer facts"
    )]
    OlderThanKnown {
        /// Day of the file.
        file: Day,
        /// Day of what is known.
        known: Day,
    },
}

/// Compares a file with what is known. `document_digest` gives the document digest of a record
/// without a proof, as multibase: the same before and after signing.
///
/// # Errors
/// [`PlanError::OlderThanKnown`].
pub fn plan(
    file: &ImportedFile,
    known: &Known,
    map: &Map,
    document_digest: &dyn Fn(&Record) -> String,
) -> Result<Plan, PlanError> {
    let fetched_on = file.source.fetched_on;
    if let Some(newer) = known.fetched_on().filter(|newer| *newer > fetched_on) {
        return Err(PlanError::OlderThanKnown {
            file: fetched_on,
            known: newer,
        });
    }
    let mut planning = Planning {
        file,
        known,
        chains: Chains {
            source: &file.source,
            system: &file.system,
            known,
            digest: document_digest,
            made: BTreeMap::new(),
        },
        amendments: Vec::new(),
        changes: Vec::new(),
        places: BTreeMap::new(),
        seen: Vec::new(),
        plan: Plan {
            counts: file.counts,
            ..Plan::default()
        },
    };
    for row in &file.rows {
        planning.add(row);
    }
    planning.add_vanished(map.vanished);
    planning.write_events();
    let mut plan = planning.plan;
    if !known.rows().is_empty() {
        plan.ended_share = share(plan.ended, known.rows().len());
    }
    Ok(plan)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of rows are far below 2^52"
)]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

struct Planning<'a> {
    file: &'a ImportedFile,
    known: &'a Known,
    chains: Chains<'a>,
    amendments: Vec<(Day, RecordReference)>,
    changes: Vec<(Change, Vec<RecordReference>)>,
    /// Place of each change in `changes`, by its text.
    places: BTreeMap<String, usize>,
    seen: Vec<RecordReference>,
    plan: Plan,
}

impl Planning<'_> {
    fn fetched_on(&self) -> Day {
        self.file.source.fetched_on
    }

    fn add(&mut self, row: &ImportedRow) {
        let Some(known) = self.known.rows().get(&row.source_id) else {
            let reference = self.reference(&row.record);
            self.plan.new.push(row.record.clone());
            self.amend(row, None, &reference);
            self.change_state(row, None, &reference);
            return;
        };
        let (reference, revised) = match self.revision(row, known) {
            None => (known.reference.clone(), false),
            Some(record) => {
                if self.ends(known.end, end_of(&record)) {
                    self.plan.ended += 1;
                }
                let reference = self.reference(&record);
                self.plan.revisions.push(record);
                (reference, true)
            }
        };
        let amended = self.amend(row, Some(known), &reference);
        let changed = self.change_state(row, Some(known), &reference);
        if !revised && !changed {
            if known.last_seen_on < self.fetched_on() {
                self.seen.push(reference);
            }
            if !amended {
                self.plan.unchanged += 1;
            }
        }
    }

    fn reference(&self, record: &Record) -> RecordReference {
        RecordReference {
            authority: record.comity.authority.clone(),
            issuer: record.issuer.id.clone(),
            id: record.id.clone(),
            digest_multibase: (self.chains.digest)(record),
        }
    }

    /// Whether an end in the future, or none, becomes one that has passed.
    fn ends(&self, before: Option<LegalDate>, after: Option<LegalDate>) -> bool {
        let passed =
            |end: Option<LegalDate>| end.is_some_and(|end| end.latest() <= self.fetched_on());
        passed(after) && !passed(before)
    }

    /// The record that replaces the known one; `None` where the row says the same. What was only
    /// observed keeps its earlier bound, and the register's word for the state is no fact of the
    /// record: its change is an event.
    fn revision(&self, row: &ImportedRow, known: &KnownRow) -> Option<Record> {
        let mut same = row.record.clone();
        let ended = known.end.filter(|end| end.latest() <= self.fetched_on());
        if row.end_observed
            && let Some(end) = ended
        {
            set_end(&mut same, Some(end));
        }
        if row.issue_observed
            && let Some(issued_on) = known.issued_on
        {
            set_begin(&mut same, issued_on);
        }
        let word = set_word(&mut same, known.source_status.clone());
        if subject_digest(&same) == known.subject_digest {
            return None;
        }
        set_word(&mut same, word);
        if row.end_observed && ended.is_none() {
            let seen = known.last_seen_on.max(row.alive_on).min(self.fetched_on());
            set_end(&mut same, Some(LegalDate::between(seen, self.fetched_on())));
        }
        same.comity.replaces = Some(known.reference.clone());
        settle(&mut same);
        if self.known.holds(&same.id)
            && let Some(imported) = &same.comity.imported_from
        {
            same.id = imported_id(
                &same.issuer.id,
                &imported.system,
                &imported.source_id,
                &subject_digest(&same),
                Some(&known.reference.digest_multibase),
            );
        }
        Some(same)
    }

    /// Notes the amendments not yet published; whether there are any.
    fn amend(
        &mut self,
        row: &ImportedRow,
        known: Option<&KnownRow>,
        reference: &RecordReference,
    ) -> bool {
        let mut any = false;
        for day in &row.amended_on {
            if !known.is_some_and(|known| known.amended_on.contains(day)) {
                self.amendments.push((*day, reference.clone()));
                any = true;
            }
        }
        any
    }

    /// Notes the event that leads from the known state to the row's; whether there is one.
    fn change_state(
        &mut self,
        row: &ImportedRow,
        known: Option<&KnownRow>,
        reference: &RecordReference,
    ) -> bool {
        let Some(state) = &row.state else {
            return false;
        };
        let before = known.map_or(Standing::Active, |known| known.standing);
        let action = match transition(before, state.standing) {
            Transition::Same => return false,
            Transition::By(action) => action,
            Transition::Impossible => {
                self.plan.conflicts.push(Conflict {
                    source_id: row.source_id.clone(),
                    line: row.line,
                    known: before,
                    said: state.standing,
                });
                return false;
            }
        };
        // Between the last sign of life and the fetch (format.md 2.9).
        let fetched_on = self.fetched_on();
        let seen = known.map_or(row.alive_on, |known| known.last_seen_on.max(row.alive_on));
        let observed = LegalDate::between(seen.min(fetched_on), fetched_on);
        let change = Change {
            reason: state.reason.filter(|_| action != Action::Reinstate),
            word: Some(state.word.clone()),
            ..Change::new(action, state.since.unwrap_or(observed))
        };
        if known.is_some() && action.takes_away() {
            self.plan.ended += 1;
        }
        self.change(change, reference.clone());
        true
    }

    fn change(&mut self, change: Change, reference: RecordReference) {
        let next = self.changes.len();
        let place = *self.places.entry(format!("{change:?}")).or_insert(next);
        match self.changes.get_mut(place) {
            Some((_, references)) => references.push(reference),
            None => self.changes.push((change, vec![reference])),
        }
    }

    fn add_vanished(&mut self, action: Vanished) {
        let there: BTreeSet<&str> = self
            .file
            .rows
            .iter()
            .map(|row| row.source_id.as_str())
            .chain(self.file.refused_ids.iter().map(String::as_str))
            .collect();
        let fetched_on = self.fetched_on();
        for (source_id, known) in self.known.rows() {
            if there.contains(source_id.as_str()) {
                continue;
            }
            self.plan.vanished.push(source_id.clone());
            let action = match (action, known.standing) {
                (Vanished::Suspend, Standing::Active) => Action::Suspend,
                (Vanished::Withdraw, Standing::Active | Standing::Suspended) => Action::Withdraw,
                _ => continue,
            };
            self.plan.ended += 1;
            let effective_from = LegalDate::between(known.last_seen_on, fetched_on);
            let change = Change {
                reason: Some(ReasonCode::UnknownCause),
                ..Change::new(action, effective_from)
            };
            self.change(change, known.reference.clone());
        }
    }

    fn write_events(&mut self) {
        let states = std::mem::take(&mut self.changes);
        self.places.clear();
        let mut amendments = std::mem::take(&mut self.amendments);
        amendments.sort_by_key(|(day, ..)| *day);
        for (day, reference) in amendments {
            self.change(Change::new(Action::Amend, day), reference);
        }
        // What happened on dated days comes first, then what this fetch found.
        self.changes.extend(states);
        for (change, references) in std::mem::take(&mut self.changes) {
            self.write(&change, &references);
        }
        let change = Change::new(Action::Observed, self.fetched_on());
        let seen = std::mem::take(&mut self.seen);
        self.write(&change, &seen);
    }

    /// One event for each thousand records (format.md 1.11), each linked to the one before it.
    fn write(&mut self, change: &Change, references: &[RecordReference]) {
        for chunk in references.chunks(MAX_SUBJECTS) {
            let event = self.chains.event(change, chunk);
            self.plan.events.push(event);
        }
    }
}

fn set_begin(record: &mut Record, begin: LegalDate) {
    match &mut record.subject {
        Subject::Attestation(subject) => subject.comity.legal_dates.issued_on = begin,
        Subject::CompetenceGrant(subject) => subject.period.from = begin,
        _ => {}
    }
}

/// Sets the register's word for the state; gives back the one that stood there.
fn set_word(record: &mut Record, word: Option<String>) -> Option<String> {
    match &mut record.subject {
        Subject::Attestation(subject) => std::mem::replace(&mut subject.comity.source_status, word),
        _ => None,
    }
}
