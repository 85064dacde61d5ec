//! What to sign: the difference between a list and what is known of it.

use std::collections::{BTreeMap, BTreeSet};

use comity_model::date::{Day, LegalDate};
use comity_model::record::Record;
use comity_model::reference::RecordReference;
use comity_model::status::{
    Action, MAX_SUBJECTS, ReasonCode, SourceDocument, SourceStatement, StatedState,
};

use super::read::TrustedList;
use super::services::{self, AGAIN, Row};
use super::{ListError, system_of};
use crate::import::event::{Chains, Change};
use crate::import::identity::{imported_id, subject_digest};
use crate::import::known::{Known, KnownRow};
use crate::import::{Counts, Plan, Source, Standing};

/// What to sign of a list, and what a person should look at.
#[derive(Clone, Debug, Default)]
pub struct ListPlan {
    /// Records and events, and how many services there are.
    pub plan: Plan,
    /// Services of whose past the list now says something else than an earlier one. What it says
    /// is written; events that were published for the past stay as they are.
    pub rewritten: Vec<String>,
    /// Missing services were not marked, because services of this list could not be read.
    pub unmarked: bool,
}

/// Compares the services of a list with what is known. `digest` gives the document digest of a
/// record without a proof, as multibase.
///
/// # Errors
/// [`ListError::Older`] than what is known.
pub fn plan(
    list: &TrustedList,
    source: &Source,
    known: &Known,
    digest: &dyn Fn(&Record) -> String,
) -> Result<ListPlan, ListError> {
    check_is_newest(list, known)?;
    let system = system_of(list);
    let rows = services::rows(list, source, &system, known);
    let mut planning = Planning {
        list,
        known,
        chains: Chains {
            source,
            system: &system,
            known,
            digest,
            made: BTreeMap::new(),
        },
        unchanged: Vec::new(),
        made: ListPlan::default(),
    };
    planning.made.plan.counts = Counts {
        rows: rows.len() + list.faults.len(),
        records: rows.len(),
        refused: list.faults.len(),
        ..Counts::default()
    };
    for row in &rows {
        planning.add(row);
    }
    planning.add_seen();
    planning.add_missing(&rows);
    let mut made = planning.made;
    if !known.rows().is_empty() {
        made.plan.ended_share = share(made.plan.ended, known.rows().len());
    }
    Ok(made)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of services are far below 2^52"
)]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// An older list would undo what a newer one says.
fn check_is_newest(list: &TrustedList, known: &Known) -> Result<(), ListError> {
    let documents = known
        .rows()
        .values()
        .filter_map(|row| row.document.as_ref());
    let newest = documents.max_by_key(|document| (document.issued_at, document.series_number));
    match newest {
        Some(newest) if newest.issued_at > list.document.issued_at => Err(ListError::Older {
            issued_at: list.document.issued_at,
            known: newest.issued_at,
        }),
        _ => Ok(()),
    }
}

struct Planning<'a> {
    list: &'a TrustedList,
    known: &'a Known,
    chains: Chains<'a>,
    /// Grants of which the list says what an earlier one said.
    unchanged: Vec<RecordReference>,
    made: ListPlan,
}

impl<'a> Planning<'a> {
    fn document(&self) -> &'a SourceDocument {
        &self.list.document
    }

    fn add(&mut self, row: &Row) {
        let Some((source_id, held)) = newest(self.known, &row.service_id) else {
            self.begin(row, row.record.clone(), &row.statements);
            return;
        };
        let is_back = row
            .statements
            .first()
            .is_some_and(|now| now.state != StatedState::Withdrawn);
        if held.standing == Standing::Withdrawn && is_back {
            self.begin_again(row, source_id, held);
        } else {
            self.go_on(row, source_id, held);
        }
    }

    /// The first grant of a service, or the one that follows a withdrawn one.
    fn begin(&mut self, row: &Row, record: Record, statements: &[SourceStatement]) {
        let reference = self.reference(&record);
        self.made.plan.new.push(record);
        let fold = Fold {
            document: self.document(),
            standing: Standing::Active,
            changes: Vec::new(),
        };
        let changes = fold.over(statements).changes;
        self.write(&reference, &changes, &row.statements);
    }

    /// A grant that was withdrawn does not come back: what the list grants after it is another.
    fn begin_again(&mut self, row: &Row, source_id: &str, held: &KnownRow) {
        let fresh = fresh(&row.statements, held);
        let start = fresh
            .iter()
            .rposition(|statement| statement.state != StatedState::Withdrawn);
        // Back without a statement of its own: the past was rewritten.
        let statements = if let Some(start) = start {
            fresh.get(..=start).unwrap_or_default()
        } else {
            self.made.rewritten.push(source_id.to_owned());
            row.statements.get(..1).unwrap_or_default()
        };
        let number = source_id
            .rsplit_once(AGAIN)
            .and_then(|(_, number)| number.parse::<u32>().ok());
        let next = number.map_or(2, |number| number.saturating_add(1));
        let mut record = row.record.clone();
        let source_id = format!("{}{AGAIN}{next}", row.service_id);
        services::settle(&mut record, &source_id, services::begin(statements));
        self.begin(row, record, statements);
    }

    fn go_on(&mut self, row: &Row, source_id: &str, held: &KnownRow) {
        let (reference, is_revised) = match self.revision(row, source_id, held) {
            None => (held.reference.clone(), false),
            Some(record) => {
                let reference = self.reference(&record);
                self.made.plan.revisions.push(record);
                (reference, true)
            }
        };
        let stated = held.stated.as_ref();
        let stated = stated.map_or(&[][..], |stated| stated.statements.as_slice());
        if stated == row.statements && !held.is_missing {
            if self.is_news(held) {
                self.unchanged.push(reference);
            }
            self.made.plan.unchanged += usize::from(!is_revised);
            return;
        }
        if !row.statements.ends_with(stated) {
            self.made.rewritten.push(source_id.to_owned());
        }
        let mut fold = Fold {
            document: self.document(),
            standing: held.standing,
            changes: Vec::new(),
        };
        if held.is_missing {
            fold.return_on(self.document().issued_at.day(), row);
        }
        let fold = fold.over(fresh(&row.statements, held)).settled(row);
        let ends = |change: &Change| change.action.takes_away();
        self.made.plan.ended += usize::from(fold.changes.iter().any(ends));
        self.write(&reference, &fold.changes, &row.statements);
    }

    fn reference(&self, record: &Record) -> RecordReference {
        RecordReference {
            authority: record.comity.authority.clone(),
            issuer: record.issuer.id.clone(),
            id: record.id.clone(),
            digest_multibase: (self.chains.digest)(record),
        }
    }

    /// Whether the document was not read for this row before.
    fn is_news(&self, held: &KnownRow) -> bool {
        let digest = &self.document().digest_multibase;
        held.document
            .as_ref()
            .is_none_or(|document| document.digest_multibase != *digest)
    }

    /// The record that replaces the known one; `None` where the list says the same.
    fn revision(&self, row: &Row, source_id: &str, held: &KnownRow) -> Option<Record> {
        let mut record = row.record.clone();
        let begin = match held.issued_on {
            Some(begin) if source_id.contains(AGAIN) => begin.earliest(),
            _ => services::begin(&row.statements),
        };
        services::settle(&mut record, source_id, begin);
        let digest = subject_digest(&record);
        if digest == held.subject_digest {
            return None;
        }
        record.comity.replaces = Some(held.reference.clone());
        if self.known.holds(&record.id)
            && let Some(imported) = &record.comity.imported_from
        {
            let replaced = Some(held.reference.digest_multibase.as_str());
            record.id = imported_id(
                &record.issuer.id,
                &imported.system,
                source_id,
                &digest,
                replaced,
            );
        }
        Some(record)
    }

    /// The events of the changes, and behind them what the list says as a whole.
    fn write(
        &mut self,
        reference: &RecordReference,
        changes: &[Change],
        statements: &[SourceStatement],
    ) {
        let stated = Change {
            document: Some(self.document().clone()),
            statements: statements.to_vec(),
            ..Change::new(Action::Observed, self.chains.source.fetched_on)
        };
        for change in changes.iter().chain([&stated]) {
            let event = self.chains.event(change, std::slice::from_ref(reference));
            self.made.plan.events.push(event);
        }
    }

    /// One event for each thousand grants of which a newer list says nothing new.
    fn add_seen(&mut self) {
        let change = Change {
            document: Some(self.document().clone()),
            ..Change::new(Action::Observed, self.chains.source.fetched_on)
        };
        for references in std::mem::take(&mut self.unchanged).chunks(MAX_SUBJECTS) {
            let event = self.chains.event(&change, references);
            self.made.plan.events.push(event);
        }
    }

    /// Services that the list has no longer, although none is ever taken out of one (TS 119 612,
    /// clause 5.5.4): nobody knows what has become of them since the list before.
    fn add_missing(&mut self, rows: &[Row]) {
        let there: BTreeSet<&str> = rows.iter().map(|row| row.service_id.as_str()).collect();
        let is_read = self.list.faults.is_empty();
        let known: BTreeSet<&str> = self.known.rows().keys().map(|id| service_of(id)).collect();
        for service_id in known.difference(&there) {
            let Some((source_id, held)) = newest(self.known, service_id) else {
                continue;
            };
            self.made.plan.vanished.push(source_id.to_owned());
            if !is_read {
                self.made.unmarked = true;
                continue;
            }
            if held.is_missing || held.standing == Standing::Withdrawn {
                continue;
            }
            let last = held.document.as_ref();
            let last = last.map_or(held.last_seen_on, |document| document.issued_at.day());
            let now = self.document().issued_at.day();
            let change = Change {
                reason: Some(ReasonCode::UnknownCause),
                document: Some(self.document().clone()),
                ..Change::new(Action::Suspend, LegalDate::between(last.min(now), now))
            };
            let event = self
                .chains
                .event(&change, std::slice::from_ref(&held.reference));
            self.made.plan.events.push(event);
            self.made.plan.ended += 1;
        }
    }
}

/// The service whose grant a source id names.
pub fn service_of(source_id: &str) -> &str {
    source_id
        .split_once(AGAIN)
        .map_or(source_id, |(service, _)| service)
}

/// The last grant known of a service, with its source id.
fn newest<'k>(known: &'k Known, service_id: &str) -> Option<(&'k str, &'k KnownRow)> {
    let again = format!("{service_id}{AGAIN}");
    let number = |id: &str| {
        id.strip_prefix(&again)
            .map_or(Some(1), |number| number.parse::<u32>().ok())
    };
    let first = known.rows().get_key_value(service_id);
    let later = known
        .rows()
        .range(again.clone()..)
        .take_while(|(id, _)| id.starts_with(&again));
    first
        .into_iter()
        .chain(later)
        .max_by_key(|(id, _)| number(id))
        .map(|(id, row)| (id.as_str(), row))
}

/// The statements that began after all that were known.
fn fresh<'s>(statements: &'s [SourceStatement], held: &KnownRow) -> &'s [SourceStatement] {
    let stated = held.stated.as_ref();
    let stated = stated.map_or(&[][..], |stated| stated.statements.as_slice());
    if let Some(fresh) = statements.strip_suffix(stated) {
        return fresh;
    }
    let last = stated.first().map(|statement| statement.since);
    let count = statements
        .iter()
        .take_while(|statement| last.is_none_or(|last| statement.since > last))
        .count();
    statements.get(..count).unwrap_or_default()
}

/// Statements to events of whole days. The day of a second is its day in UTC (format.md 2.9).
struct Fold<'a> {
    document: &'a SourceDocument,
    standing: Standing,
    changes: Vec<Change>,
}

impl Fold<'_> {
    /// Takes up statements, which stand the newest first. An end is `suspend` where the list says
    /// later that it was none, and `withdraw` where it stands.
    fn over(mut self, statements: &[SourceStatement]) -> Self {
        for (place, statement) in statements.iter().enumerate().rev() {
            let newer = statements.get(..place).unwrap_or_default();
            let is_last = newer
                .iter()
                .all(|statement| statement.state == StatedState::Withdrawn);
            let day = statement.since.day();
            match (self.standing, statement.state) {
                (Standing::Active | Standing::Suspended, StatedState::Withdrawn) if is_last => {
                    self.change(Action::Withdraw, day.into(), statement);
                }
                (Standing::Active, StatedState::Withdrawn) => {
                    self.change(Action::Suspend, day.into(), statement);
                }
                // What the word means is not known, so that the state is not.
                (Standing::Active, StatedState::Unknown) => {
                    let until = newer.last().map_or(last_day(), |next| next.since.day());
                    self.change(Action::Suspend, LegalDate::between(day, until), statement);
                }
                (Standing::Suspended, StatedState::Active) => {
                    self.change(Action::Reinstate, day.into(), statement);
                }
                _ => {}
            }
        }
        self
    }

    /// A service that was missing is there again, as its newest statement says.
    fn return_on(&mut self, day: Day, row: &Row) {
        if self.standing == Standing::Suspended
            && let Some(now) = row.statements.first()
        {
            self.change(Action::Reinstate, day.into(), now);
        }
    }

    /// Where the past was rewritten, the newest statement still holds.
    fn settled(mut self, row: &Row) -> Self {
        let Some(now) = row.statements.first() else {
            return self;
        };
        let day = now.since.day();
        match (self.standing, now.state) {
            (Standing::Suspended, StatedState::Active) => {
                self.change(Action::Reinstate, day.into(), now);
            }
            (Standing::Active | Standing::Suspended, StatedState::Withdrawn) => {
                self.change(Action::Withdraw, day.into(), now);
            }
            (Standing::Active, StatedState::Unknown) => {
                self.change(Action::Suspend, LegalDate::between(day, last_day()), now);
            }
            _ => {}
        }
        self
    }

    fn change(&mut self, action: Action, day: LegalDate, statement: &SourceStatement) {
        self.standing = match action {
            Action::Suspend => Standing::Suspended,
            Action::Withdraw => Standing::Withdrawn,
            _ => Standing::Active,
        };
        self.changes.push(Change {
            word: Some(statement.source_status.clone()),
            document: Some(self.document.clone()),
            ..Change::new(action, day)
        });
    }
}

/// The last day there is: until then a state may begin of which nobody knows what it is.
fn last_day() -> Day {
    Day::new(9999, 12, 31).unwrap_or(comity_model::date::Instant::EPOCH.day())
}
