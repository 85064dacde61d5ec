//! What a node already holds of one register by one signer.

use std::collections::{BTreeMap, BTreeSet};

use comity_model::date::{Day, LegalDate};
use comity_model::record::{Attribution, Record, Subject};
use comity_model::reference::RecordReference;
use comity_model::status::{Action, Observation, SourceDocument, StatusEvent};
use serde::{Deserialize, Serialize};

use super::Standing;
use super::identity::subject_digest;
use super::read::end_of;

/// What is known of one register as imported by one signer. Fed with every record and event of
/// that signer in the order of the log; others are ignored.
#[derive(Clone, Debug, Default)]
pub struct Known {
    signer: String,
    system: String,
    rows: BTreeMap<String, KnownRow>,
    /// Source id of every record, older revisions included, by record id.
    sources: BTreeMap<String, String>,
}

/// What is known of one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KnownRow {
    /// The newest revision.
    pub reference: RecordReference,
    /// Hex digest of its subject.
    pub subject_digest: String,
    /// Whom the register attributes it to.
    pub attributed_to: Attribution,
    /// The day of the newest fetch that showed it.
    pub last_seen_on: Day,
    /// What the events of the signer make of it: active, suspended, withdrawn or annulled.
    pub standing: Standing,
    /// Days of the amendments that are published.
    pub amended_on: BTreeSet<Day>,
    /// The end of its validity.
    pub end: Option<LegalDate>,
    /// Its day of issue, of an attestation.
    pub issued_on: Option<LegalDate>,
    /// The register's word for its state when the revision was made.
    pub source_status: Option<String>,
    /// The sequence of the signer's last event on the newest revision; 0 if there is none.
    pub sequence: u64,
    /// The document digest of that event, as multibase.
    pub last_event: Option<String>,
    /// Ids of the revisions before the newest one.
    pub earlier_ids: BTreeSet<String>,
    /// Name of the newest revision.
    #[serde(default)]
    pub name: String,
    /// The newest event with statements of a document about it.
    #[serde(default)]
    pub stated: Option<Observation>,
    /// The newest document that was read for it.
    #[serde(default)]
    pub document: Option<SourceDocument>,
    /// The newest document has it no longer.
    #[serde(default)]
    pub is_missing: bool,
}

/// The place of the last event in its chain (format.md 2.8).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Chain {
    pub(crate) sequence: u64,
    pub(crate) last: Option<String>,
}

impl Known {
    /// Nothing known yet of the register `system` as imported by `signer`.
    pub fn new(signer: &str, system: &str) -> Self {
        Self {
            signer: signer.to_owned(),
            system: system.to_owned(),
            ..Self::default()
        }
    }

    /// Adds a record, or an event, with its document digest as multibase. Order of the log.
    pub fn add(&mut self, record: &Record, document_digest: &str) {
        if record.issuer.id != self.signer {
            return;
        }
        if let Subject::StatusEvent(event) = &record.subject {
            self.add_event(event, document_digest);
        } else {
            self.add_record(record, document_digest);
        }
    }

    /// Adds what is known of a row, as another [`Known`] had it.
    pub fn insert(&mut self, source_id: &str, row: KnownRow) {
        let ids = row.earlier_ids.iter().chain([&row.reference.id]);
        self.sources
            .extend(ids.map(|id| (id.clone(), source_id.to_owned())));
        self.rows.insert(source_id.to_owned(), row);
    }

    /// The rows by source id.
    pub fn rows(&self) -> &BTreeMap<String, KnownRow> {
        &self.rows
    }

    /// The newest day of a fetch.
    pub fn fetched_on(&self) -> Option<Day> {
        self.rows.values().map(|row| row.last_seen_on).max()
    }

    pub(crate) fn holds(&self, id: &str) -> bool {
        self.sources.contains_key(id)
    }

    /// Where the chain of events on the record `id` stands; at its start for a new revision.
    pub(crate) fn chain(&self, id: &str) -> Chain {
        let row = self
            .sources
            .get(id)
            .and_then(|source_id| self.rows.get(source_id));
        let row = row.filter(|row| row.reference.id == id);
        row.map_or_else(Chain::default, |row| Chain {
            sequence: row.sequence,
            last: row.last_event.clone(),
        })
    }

    fn add_record(&mut self, record: &Record, document_digest: &str) {
        let imported = record.comity.imported_from.as_ref();
        let Some(imported) = imported.filter(|imported| imported.system == self.system) else {
            return;
        };
        let (issued_on, source_status) = match &record.subject {
            Subject::Attestation(subject) => (
                Some(subject.comity.legal_dates.issued_on),
                subject.comity.source_status.clone(),
            ),
            Subject::CompetenceGrant(subject) => (Some(subject.period.from), None),
            _ => (None, None),
        };
        let before = self.rows.get(&imported.source_id);
        if before.is_some_and(|row| row.reference.id == record.id) {
            return;
        }
        let mut earlier_ids = before
            .map(|row| row.earlier_ids.clone())
            .unwrap_or_default();
        earlier_ids.extend(before.map(|row| row.reference.id.clone()));
        let row = KnownRow {
            reference: RecordReference {
                authority: record.comity.authority.clone(),
                issuer: record.issuer.id.clone(),
                id: record.id.clone(),
                digest_multibase: document_digest.to_owned(),
            },
            subject_digest: subject_digest(record),
            attributed_to: imported.attributed_to.clone(),
            last_seen_on: before.map_or(imported.fetched_on, |row| {
                row.last_seen_on.max(imported.fetched_on)
            }),
            standing: before.map_or(Standing::Active, |row| row.standing),
            amended_on: before.map(|row| row.amended_on.clone()).unwrap_or_default(),
            end: end_of(record),
            issued_on,
            source_status,
            sequence: 0,
            last_event: None,
            earlier_ids,
            name: record.name.clone(),
            stated: before.and_then(|row| row.stated.clone()),
            document: before.and_then(|row| row.document.clone()),
            is_missing: before.is_some_and(|row| row.is_missing),
        };
        self.sources
            .insert(record.id.clone(), imported.source_id.clone());
        self.rows.insert(imported.source_id.clone(), row);
    }

    fn add_event(&mut self, event: &StatusEvent, document_digest: &str) {
        for subject in &event.subjects {
            let Some(source_id) = self.sources.get(&subject.id) else {
                continue;
            };
            let Some(row) = self.rows.get_mut(source_id) else {
                continue;
            };
            if subject.id == row.reference.id && subject.sequence > row.sequence {
                row.sequence = subject.sequence;
                row.last_event = Some(document_digest.to_owned());
            }
            let seen = event.observed.as_ref();
            if let Some(seen) = seen.filter(|seen| seen.system == self.system) {
                row.last_seen_on = row.last_seen_on.max(seen.fetched_on);
                row.read(event.action, seen);
            }
            match event.action {
                Action::Suspend => row.standing = Standing::Suspended,
                Action::Withdraw => row.standing = Standing::Withdrawn,
                Action::Annul => row.standing = Standing::Annulled,
                Action::Reinstate if row.standing == Standing::Suspended => {
                    row.standing = Standing::Active;
                }
                Action::Amend => {
                    row.amended_on.insert(event.effective_from.latest());
                }
                _ => {}
            }
        }
    }
}

impl KnownRow {
    /// Takes up what a document said, or that it no longer speaks of the row.
    fn read(&mut self, action: Action, seen: &Observation) {
        let Some(document) = &seen.document else {
            return;
        };
        let newer = |held: &SourceDocument| {
            (document.issued_at, document.series_number) >= (held.issued_at, held.series_number)
        };
        if self.document.as_ref().is_none_or(newer) {
            self.document = Some(document.clone());
        }
        if !seen.statements.is_empty() {
            self.stated = Some(seen.clone());
        }
        self.is_missing = action == Action::Suspend && seen.source_status.is_none();
    }
}
