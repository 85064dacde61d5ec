//! What a node holds of a register that somebody imports: the newest revision of each row, its
//! state, and where the importer's chain of events on it stands.

use std::sync::Arc;

use comity_model::date::Day;
use comity_model::record::{Kind, Record, Subject};
use comity_recognition::evidence::EvidenceRecord;
use comity_signature::digest::sha256;
use comity_store::RecordRow;

use crate::error::Error;
use crate::recognise::identity_of;
use crate::{Node, Shared, projection};

/// Rows read for one page.
pub const PAGE_ROWS: usize = 1_000;

/// An imported row as it stands.
#[derive(Clone, Debug)]
pub struct ImportedRow {
    /// Kind of the record.
    pub kind: Kind,
    /// The row's identifier in its register.
    pub source_id: String,
    /// `urn:uuid:` identifier of the newest revision.
    pub id: String,
    /// Its authority.
    pub authority: String,
    /// Its signer.
    pub issuer: String,
    /// Document digest.
    pub document_digest: [u8; 32],
    /// SHA-256 of its canonical `credentialSubject`.
    pub subject_digest: [u8; 32],
    /// Its state today, in one word.
    pub state: String,
    /// Sequence and document digest of the signer's newest event on it.
    pub last_event: Option<(u64, [u8; 32])>,
    /// The newest day on which the register was seen to hold it.
    pub fetched_on: Day,
    /// Log index.
    pub index: u64,
}

impl Node {
    /// The rows of (signer, system) beyond `after`, and the digest to go on from, if there may
    /// be more. Revisions that another one replaces are left out.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn imported_rows(
        &self,
        signer: &str,
        system: &str,
        after: Option<[u8; 32]>,
    ) -> Result<(Vec<ImportedRow>, Option<[u8; 32]>), Error> {
        let node = &self.shared;
        let key = projection::system_key(signer, system);
        let digests = node
            .store
            .by_reference(&key, after.as_ref(), PAGE_ROWS)
            .await?;
        let next = (digests.len() == PAGE_ROWS)
            .then(|| digests.last().copied())
            .flatten();
        let mut found = Vec::with_capacity(digests.len());
        for row in node.store.records(&digests).await? {
            let examined = node.examined(std::slice::from_ref(&row)).await?;
            if let Some(evidence) = examined.first() {
                found.extend(node.imported_row(&row, evidence).await?);
            }
        }
        found.sort_by(|one, other| one.source_id.cmp(&other.source_id));
        Ok((found, next))
    }
}

impl Shared {
    async fn imported_row(
        &self,
        row: &RecordRow,
        evidence: &Arc<EvidenceRecord>,
    ) -> Result<Option<ImportedRow>, Error> {
        let Ok(record) = &evidence.record else {
            return Ok(None);
        };
        let Some(from) = &record.comity.imported_from else {
            return Ok(None);
        };
        if !self.replaced_by(record).await?.is_empty() {
            return Ok(None);
        }
        let mut fetched_on = from.fetched_on;
        let mut last_event = None;
        for event_row in self.events_of(&record.identity()).await? {
            if event_row.issuer != record.issuer.id {
                continue;
            }
            for event in self.examined(std::slice::from_ref(&event_row)).await? {
                let (sequence, seen_on) = own_event(&event, record);
                fetched_on = seen_on.map_or(fetched_on, |day| fetched_on.max(day));
                if last_event.is_none_or(|(last, _)| sequence > last) {
                    last_event = Some((sequence, event.document_digest));
                }
            }
        }
        let body = self.store.body(&row.digest).await?.unwrap_or_default();
        let identity = identity_of(row);
        Ok(Some(ImportedRow {
            kind: record.kind(),
            source_id: from.source_id.clone(),
            id: identity.id,
            authority: identity.authority,
            issuer: identity.issuer,
            document_digest: evidence.document_digest,
            subject_digest: subject_digest(&body),
            state: self.state_of(evidence).await?.to_owned(),
            last_event,
            fetched_on,
            index: row.position,
        }))
    }
}

/// The place of an event in its signer's chain on `record`, and the day of the fetch it reports.
fn own_event(event: &EvidenceRecord, record: &Record) -> (u64, Option<Day>) {
    let Ok(Record {
        subject: Subject::StatusEvent(event),
        ..
    }) = &event.record
    else {
        return (0, None);
    };
    let identity = record.identity();
    let mut subjects = event.subjects.iter();
    let subject = subjects.find(|subject| subject.identity() == identity);
    let seen_on = event.observed.as_ref().map(|observed| observed.fetched_on);
    (subject.map_or(0, |subject| subject.sequence), seen_on)
}

/// SHA-256 of the `credentialSubject` of a canonical document.
fn subject_digest(body: &[u8]) -> [u8; 32] {
    #[derive(serde::Deserialize)]
    struct Outer<'a> {
        #[serde(rename = "credentialSubject", borrow)]
        subject: &'a serde_json::value::RawValue,
    }
    let outer: Result<Outer<'_>, _> = serde_json::from_slice(body);
    outer.map_or([0; 32], |outer| sha256(outer.subject.get().as_bytes()))
}
