//! Status events as an import signs them, and their chains.

use std::collections::BTreeMap;

use comity_model::date::LegalDate;
use comity_model::record::{Envelope, Issuer, MODEL_VERSION, Record, Subject};
use comity_model::reference::RecordReference;
use comity_model::status::{
    Action, Capacity, EventSubject, Observation, ReasonCode, SourceDocument, SourceStatement,
    StatusEvent,
};
use comity_model::text::LangString;

use super::Source;
use super::identity::event_id;
use super::known::{Chain, Known};

/// What makes one event: rows with the same change share it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) action: Action,
    pub(super) effective_from: LegalDate,
    pub(super) reason: Option<ReasonCode>,
    /// The register's own word.
    pub(super) word: Option<String>,
    /// The document it was read in, where the register is one.
    pub(super) document: Option<SourceDocument>,
    /// All that the document says of one row.
    pub(super) statements: Vec<SourceStatement>,
}

impl Change {
    /// A change without a document.
    pub(super) fn new(action: Action, effective_from: impl Into<LegalDate>) -> Self {
        Self {
            action,
            effective_from: effective_from.into(),
            reason: None,
            word: None,
            document: None,
            statements: Vec::new(),
        }
    }
}

/// Events of one import, each linked to the one before it on the same record.
pub(super) struct Chains<'a> {
    pub(super) source: &'a Source,
    pub(super) system: &'a str,
    pub(super) known: &'a Known,
    pub(super) digest: &'a dyn Fn(&Record) -> String,
    /// Chains as they stand with the events made so far.
    pub(super) made: BTreeMap<String, Chain>,
}

impl Chains<'_> {
    /// The event of `change` on `references`.
    pub(super) fn event(&mut self, change: &Change, references: &[RecordReference]) -> Record {
        let subjects = references.iter().map(|reference| {
            let chain = self.chain(&reference.id);
            EventSubject {
                authority: reference.authority.clone(),
                issuer: reference.issuer.clone(),
                id: reference.id.clone(),
                digest_multibase: reference.digest_multibase.clone(),
                sequence: chain.sequence + 1,
                previous_event: chain.last,
            }
        });
        let event = self.record(change, subjects.collect());
        let digest = (self.digest)(&event);
        for reference in references {
            let sequence = self.chain(&reference.id).sequence + 1;
            let last = Some(digest.clone());
            self.made
                .insert(reference.id.clone(), Chain { sequence, last });
        }
        event
    }

    fn chain(&self, id: &str) -> Chain {
        let made = self.made.get(id).cloned();
        made.unwrap_or_else(|| self.known.chain(id))
    }

    fn record(&self, change: &Change, subjects: Vec<EventSubject>) -> Record {
        let source = self.source;
        let count = subjects.len();
        let event = StatusEvent {
            action: change.action,
            capacity: Capacity::Issuer,
            subjects,
            effective_from: change.effective_from,
            effective_until: None,
            territory: Vec::new(),
            scope_items: Vec::new(),
            resulting_scope: None,
            reason_code: change.reason,
            reason: LangString::default(),
            legal_basis: None,
            decided_on: None,
            successor: None,
            transferred_to: None,
            grace_until: None,
            selection: None,
            observed: Some(Observation {
                document: change.document.clone(),
                statements: change.statements.clone(),
                ..Observation::of(self.system, source.fetched_on, change.word.clone())
            }),
        };
        let action = word_of(change.action);
        Record {
            id: event_id(&source.signer, self.system, &event),
            issuer: Issuer {
                id: source.signer.clone(),
                name: source.signer_name.clone(),
            },
            name: format!("{}: {action}, {count} of the register", self.system),
            valid_from: change.effective_from.earliest().first_second(),
            valid_until: None,
            comity: Envelope {
                authority: source.authority.clone(),
                language: "en".to_owned(),
                model_version: MODEL_VERSION,
                replaces: None,
                imported_from: None,
                publication_basis: None,
            },
            subject: Subject::StatusEvent(Box::new(event)),
        }
    }
}

/// The word of an action in records.
pub(super) fn word_of(action: Action) -> String {
    let word = serde_json::to_value(action).unwrap_or_default();
    word.as_str().unwrap_or_default().to_owned()
}
