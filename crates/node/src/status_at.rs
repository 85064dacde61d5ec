//! What was the status of a record at one second, and in whose words?
//!
//! Where a register is a document that says its statements to the second (format.md 2.9), its
//! newest statements answer, and nothing is computed. Of everything else only days are known.

use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::record::{ImportedFrom, Subject};
use comity_model::status::{Observation, SourceDocument, SourceStatement, StatusEvent};
use comity_recognition::evidence::{Evidence, EvidenceRecord};
use comity_recognition::standing_now;
use comity_signature::digest::from_multibase;
use comity_store::RecordRow;

use crate::error::Error;
use crate::import::trusted_list::service_of;
use crate::look_up::{Found, HistoryEvent, places};
use crate::recognise::{MAX_REVISIONS, identity_of};
use crate::{Node, Shared, projection};

/// Most grants that followed one another for one service.
pub const MAX_FOLLOWING: usize = 64;

/// The status of a record at one second.
#[derive(Clone, Debug)]
pub struct StatusAt {
    /// Its state in our words: `active`, `withdrawn`, `unknown`, or any other state of a day.
    pub state: String,
    /// What that rests on.
    pub basis: Basis,
    /// What the document says of the second that was asked about.
    pub statement: Option<SourceStatement>,
    /// When the next statement begins.
    pub until: Option<Instant>,
    /// The event that has the document's statements.
    pub stated: Option<Stated>,
    /// The newest document read for it, where that is another one. It says the same, or has the
    /// service no longer.
    pub newest: Option<SourceDocument>,
    /// The newest document has it no longer.
    pub is_missing: bool,
    /// Every record of the service.
    pub records: Vec<Found>,
}

/// What a state rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A document says so, to the second.
    Statement,
    /// A document says all it knows, and that begins later.
    BeforeFirstStatement,
    /// Records that know days only: the state of the day in UTC.
    Day,
}

impl Basis {
    /// Its name in answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::BeforeFirstStatement => "beforeFirstStatement",
            Self::Day => "day",
        }
    }
}

/// An event with the statements of a document.
#[derive(Clone, Debug)]
pub struct Stated {
    /// The event.
    pub event: HistoryEvent,
    /// What it saw.
    pub observed: Observation,
    /// The document of the statements.
    pub document: SourceDocument,
}

impl Node {
    /// The status of a record at one second.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn status_at(&self, found: &Found, at: Instant) -> Result<StatusAt, Error> {
        let node = &self.shared;
        let mut records = Vec::new();
        for row in node.records_of_service(found).await? {
            records.extend(node.found(row).await?);
        }
        let mut events = Vec::new();
        for record in &records {
            events.extend(node.observations(record).await?);
        }
        let stated = newest(&events, |observed| !observed.statements.is_empty());
        let Some(stated) = stated.and_then(|(event, observed)| Stated::of(event, observed)) else {
            return Ok(StatusAt {
                state: node.state_on(&found.evidence, at.day()).await?.to_owned(),
                basis: Basis::Day,
                statement: None,
                until: None,
                stated: None,
                newest: None,
                is_missing: false,
                records,
            });
        };
        let last = newest(&events, |observed| observed.document.is_some());
        let is_missing = last.is_some_and(|(event, observed)| is_missing(event, observed));
        let last = last.and_then(|(_, observed)| observed.document.clone());
        let place = stated.observed.stated_at(at);
        let statements = &stated.observed.statements;
        let later = place.unwrap_or(statements.len()).checked_sub(1);
        let until = later.and_then(|later| statements.get(later));
        let statement = place.and_then(|place| statements.get(place)).cloned();
        Ok(StatusAt {
            state: statement
                .as_ref()
                .map_or("unknown", |said| said.state.word())
                .to_owned(),
            basis: match statement {
                Some(_) => Basis::Statement,
                None => Basis::BeforeFirstStatement,
            },
            until: until.map(|statement| statement.since),
            statement,
            newest: last.filter(|last| *last != stated.document),
            stated: Some(stated),
            is_missing,
            records,
        })
    }
}

impl Stated {
    fn of(event: &HistoryEvent, observed: &Observation) -> Option<Self> {
        Some(Self {
            event: event.clone(),
            observed: observed.clone(),
            document: observed.document.clone()?,
        })
    }
}

/// A digest as records spell it, in hex as everything else does (format.md 1.9).
pub fn in_hex(multibase: &str) -> Option<String> {
    from_multibase(multibase).map(hex::encode)
}

/// The event of the newest document among those that fit; of one document, the one logged last.
fn newest(
    events: &[HistoryEvent],
    fits: impl Fn(&Observation) -> bool,
) -> Option<(&HistoryEvent, &Observation)> {
    events
        .iter()
        .filter_map(|event| Some((event, status_event(&event.evidence)?.observed.as_ref()?)))
        .filter(|(_, observed)| fits(observed))
        .max_by_key(|(event, observed)| {
            let document = observed.document.as_ref();
            let issued = document.map(|document| (document.issued_at, document.series_number));
            (issued, event.row.position)
        })
}

/// An import says so by a suspension without a word of the register (format.md 2.9).
fn is_missing(event: &HistoryEvent, observed: &Observation) -> bool {
    let event = status_event(&event.evidence);
    observed.source_status.is_none() && event.is_some_and(|event| event.action.takes_away())
}

fn status_event(evidence: &EvidenceRecord) -> Option<&StatusEvent> {
    match &evidence.record.as_ref().ok()?.subject {
        Subject::StatusEvent(event) => Some(event),
        _ => None,
    }
}

impl Shared {
    /// The record, and for an imported one all records of its row by the same signer: revisions,
    /// and what followed one that was withdrawn.
    async fn records_of_service(&self, found: &Found) -> Result<Vec<RecordRow>, Error> {
        let mut rows = vec![found.row.clone()];
        let record = found.evidence.record.as_ref().ok();
        let Some(from) = record.and_then(|record| record.comity.imported_from.as_ref()) else {
            return Ok(rows);
        };
        for source_id in source_ids(from) {
            let key = projection::source_key(&found.row.issuer, &from.system, &source_id);
            let digests = self.store.by_reference(&key, MAX_REVISIONS).await?;
            let mut more = self.store.records(&digests).await?;
            more.retain(|row| {
                let own = (&row.issuer, &row.authority);
                own == (&found.row.issuer, &found.row.authority) && row.kind == found.row.kind
            });
            let is_end = more.is_empty();
            for row in more {
                if rows.iter().all(|held| held.digest != row.digest) {
                    rows.push(row);
                }
            }
            if is_end {
                break;
            }
        }
        Ok(rows)
    }

    /// Events with an observation that the signer of the record has made on it, and that count.
    async fn observations(&self, found: &Found) -> Result<Vec<HistoryEvent>, Error> {
        let rows = self.events_of(&identity_of(&found.row)).await?;
        let examined = self.examined(&rows).await?;
        let held = self.held.snapshot();
        let heads = self.newest_heads();
        let evidence = Evidence {
            events: examined.clone(),
            ..crate::standing::evidence(Vec::new(), &held.trust, &heads)
        };
        let counted =
            standing_now::own_events(&found.evidence, &evidence, &self.policy, self.now_known());
        let event = |(row, evidence): (RecordRow, Arc<EvidenceRecord>)| HistoryEvent {
            places: places(&evidence),
            row,
            evidence,
        };
        Ok(rows
            .into_iter()
            .zip(examined)
            .filter(|(row, _)| counted.contains(&row.digest))
            .map(event)
            .collect())
    }
}

/// Under which a service's records may stand: its own identifier, then those of later grants.
fn source_ids(from: &ImportedFrom) -> impl Iterator<Item = String> {
    let service = service_of(&from.source_id).to_owned();
    let later = service.clone();
    let later = (2..=MAX_FOLLOWING).map(move |number| format!("{later}#{number}"));
    std::iter::once(service).chain(later)
}
