//! Looking a record up by id, digest or number, with its state now and its history.

use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::record::{Kind, Record};
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::question::Selector;
use comity_recognition::signers::keys_of;
use comity_store::RecordRow;

use crate::error::Error;
use crate::recognise::{MAX_REVISIONS, identity_of};
use crate::{Node, Shared};

/// A record with what is known of it.
#[derive(Clone, Debug)]
pub struct Found {
    /// Where it stands and under which names.
    pub row: RecordRow,
    /// The examined record.
    pub evidence: Arc<EvidenceRecord>,
    /// The exact signed bytes.
    pub body: Vec<u8>,
    /// Its state today, in one word.
    pub state: String,
    /// Every log and index it stands at, with the time that log gives it.
    pub places: Vec<LoggedAt>,
}

/// A place in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedAt {
    /// Origin.
    pub origin: String,
    /// Log index.
    pub index: u64,
    /// When, by the smallest kept checkpoint that covers it.
    pub at: Option<Instant>,
}

/// One event in the history of a record.
#[derive(Clone, Debug)]
pub struct HistoryEvent {
    /// The event's row.
    pub row: RecordRow,
    /// The event.
    pub evidence: Arc<EvidenceRecord>,
    /// Where it was logged.
    pub places: Vec<LoggedAt>,
}

impl Node {
    /// Every record that fits: for an id or a number there may be several, of several signers.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn look_up(&self, selector: &Selector) -> Result<Vec<Found>, Error> {
        let node = &self.shared;
        self.fetch_if_followed(selector).await?;
        let mut rows = node.rows_of(selector).await?;
        if let Selector::RecordDigest(hex) = selector {
            rows.retain(|row| hex::encode(row.digest) == *hex);
        }
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            found.extend(node.found(row).await?);
        }
        Ok(found)
    }

    /// The exact bytes of a record.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn body(&self, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.shared.store.body(digest).await?)
    }

    /// The status events on a record and its place among its revisions, oldest first.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn history(&self, row: &RecordRow) -> Result<Vec<HistoryEvent>, Error> {
        let node = &self.shared;
        let mut events = Vec::new();
        for row in node.events_of(&identity_of(row)).await? {
            for evidence in node.examined(std::slice::from_ref(&row)).await? {
                events.push(HistoryEvent {
                    places: places(&evidence),
                    row: row.clone(),
                    evidence,
                });
            }
        }
        events.sort_by_key(|event| (event.row.origin.clone(), event.row.position));
        Ok(events)
    }

    /// Up to `most` of them, the last received first, and whether there are more.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn newest_events(
        &self,
        row: &RecordRow,
        most: usize,
    ) -> Result<(Vec<HistoryEvent>, bool), Error> {
        let node = &self.shared;
        let (authority, issuer, id) = (&row.authority, &row.issuer, &row.id);
        let one_more = most.saturating_add(1);
        let newest = node.store.newest_events_of(authority, issuer, id, one_more);
        let mut rows = newest.await?;
        let more = rows.len() > most;
        rows.truncate(most);
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            for evidence in node.examined(std::slice::from_ref(&row)).await? {
                events.push(HistoryEvent {
                    places: places(&evidence),
                    row: row.clone(),
                    evidence,
                });
            }
        }
        Ok((events, more))
    }

    /// How many records of each kind are held.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn counts(&self) -> Result<Vec<(String, u64)>, Error> {
        let counts = self.shared.store.counts().await?;
        Ok(counts
            .into_iter()
            .map(|count| (count.kind, count.count))
            .collect())
    }
}

impl Shared {
    pub(crate) async fn found(&self, row: RecordRow) -> Result<Option<Found>, Error> {
        let examined = self.examined(std::slice::from_ref(&row)).await?;
        let (Some(evidence), Some(body)) = (
            examined.into_iter().next(),
            self.store.body(&row.digest).await?,
        ) else {
            return Ok(None);
        };
        Ok(Some(Found {
            state: self.state_of(&evidence).await?.to_owned(),
            places: places(&evidence),
            evidence,
            row,
            body,
        }))
    }

    /// Whether the signer has published a revision in its place.
    pub(crate) async fn is_replaced(&self, evidence: &EvidenceRecord) -> Result<bool, Error> {
        match &evidence.record {
            Ok(record) => Ok(!self.replaced_by(record).await?.is_empty()),
            Err(_) => Ok(false),
        }
    }

    /// Revisions that replace a record, by the same signer.
    pub(crate) async fn replaced_by(&self, record: &Record) -> Result<Vec<RecordRow>, Error> {
        if !matches!(record.kind(), Kind::Attestation | Kind::CompetenceGrant) {
            return Ok(Vec::new());
        }
        let (authority, issuer) = (&record.comity.authority, &record.issuer.id);
        let name = crate::projection::replaces_key(authority, issuer, &record.id);
        let trust = &self.held.snapshot().trust;
        let keys = keys_of(issuer, trust, &self.policy, self.now_known());
        let mut rows = self.pointing(&name, &keys, MAX_REVISIONS).await?.rows;
        rows.retain(|row| row.issuer == *issuer && row.authority == *authority);
        Ok(rows)
    }
}

pub(crate) fn places(evidence: &EvidenceRecord) -> Vec<LoggedAt> {
    let places = evidence.locations.iter();
    places
        .map(|place| LoggedAt {
            origin: place.origin.to_string(),
            index: place.index,
            at: place
                .checkpoints
                .iter()
                .flat_map(|checkpoint| checkpoint.lines.iter().map(|line| line.time))
                .min(),
        })
        .collect()
}
