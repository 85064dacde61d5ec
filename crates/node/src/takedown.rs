//! Takedowns: the body of a record goes, by the word of the authority of the log or of the record
//! itself (format.md 3.5). The tree, the digest and the names stay.

use std::sync::Arc;

use comity_model::record::Subject;
use comity_model::takedown::{TAKEN_DOWN_KINDS, Takedown};
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::question::Selector;
use comity_signature::digest::from_multibase;
use comity_store::{NewRecord, RecordRow, Withheld};
use comity_tlog::Hash;

use crate::error::Error;
use crate::mirror::Logged;
use crate::{Node, Shared};

/// Why a body is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenDown {
    /// Record digest of what is withheld.
    pub digest: [u8; 32],
    /// Record digest of the Takedown.
    pub takedown: [u8; 32],
    /// DID of the authority that signed it.
    pub by: String,
    /// Its legal basis.
    pub ground: String,
}

impl From<Withheld> for TakenDown {
    fn from(act: Withheld) -> Self {
        Self {
            digest: act.digest,
            takedown: act.takedown,
            by: act.signed_by,
            ground: act.ground,
        }
    }
}

impl Node {
    /// By whom and on what ground the body of a record is withheld; empty where it is not.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn taken_down(&self, digest: &[u8; 32]) -> Result<Vec<TakenDown>, Error> {
        let store = &self.shared.store;
        if store.body(digest).await?.is_some() {
            return Ok(Vec::new());
        }
        let acts = store.withheld(digest).await?;
        Ok(acts.into_iter().map(TakenDown::from).collect())
    }

    /// The same of every record that fits a selector.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn taken_down_of(&self, selector: &Selector) -> Result<Vec<TakenDown>, Error> {
        let mut acts = Vec::new();
        for row in self.shared.rows_of(selector).await? {
            acts.extend(self.taken_down(&row.digest).await?);
        }
        Ok(acts)
    }
}

impl Shared {
    /// Follows every takedown among records that were committed.
    pub(crate) async fn follow_takedowns(
        &self,
        records: &[Arc<EvidenceRecord>],
    ) -> Result<(), Error> {
        for record in records {
            if let Ok(read) = &record.record
                && let Subject::Takedown(takedown) = &read.subject
                && read.issuer.id == read.comity.authority
            {
                self.follow_takedown(record, takedown, &read.issuer.id)
                    .await?;
            }
        }
        Ok(())
    }

    /// Follows every takedown held, as after a start: what was followed already stays so.
    pub(crate) async fn follow_takedowns_held(&self) -> Result<(), Error> {
        let held = self.held.snapshot();
        let takedowns = held.trust.records().filter(|record| {
            let read = record.record.as_ref();
            read.is_ok_and(|read| matches!(read.subject, Subject::Takedown(_)))
        });
        let takedowns: Vec<_> = takedowns.cloned().collect();
        self.follow_takedowns(&takedowns).await
    }

    /// Follows the takedowns held that were not followed when they came: what entitles their signer
    /// may have been dated since.
    pub(crate) async fn follow_takedowns_dated(&self) -> Result<(), Error> {
        let held = self.held.snapshot();
        for record in held.trust.records() {
            let Ok(read) = &record.record else { continue };
            let Subject::Takedown(takedown) = &read.subject else {
                continue;
            };
            let Some(digest) = from_multibase(&takedown.record_digest) else {
                continue;
            };
            let acts = self.store.withheld(&digest).await?;
            if acts.iter().all(|act| act.takedown != record.record_digest) {
                self.follow_takedowns(std::slice::from_ref(record)).await?;
            }
        }
        Ok(())
    }

    async fn follow_takedown(
        &self,
        record: &Arc<EvidenceRecord>,
        takedown: &Takedown,
        signer: &str,
    ) -> Result<(), Error> {
        let digests = [&takedown.record_digest, &takedown.document_digest];
        let [Some(digest), Some(document)] = digests.map(|text| from_multibase(text)) else {
            return Ok(());
        };
        if !TAKEN_DOWN_KINDS.contains(&takedown.kind.as_str()) || !self.is_by_authority(record) {
            return Ok(());
        }
        let held = self.store.record(&digest).await?;
        if held.is_some_and(|row| !names(takedown, &row, &document)) {
            // It names another document than the one of these bytes: no effect.
            return Ok(());
        }
        let now = self.clock.now().seconds();
        let act = |origin: &str| Withheld {
            digest,
            takedown: record.record_digest,
            origin: origin.to_owned(),
            document_digest: document,
            signed_by: signer.to_owned(),
            ground: takedown.legal_basis.clone(),
            since: now,
        };
        let places = self.store.positions(&digest).await?;
        if signer == takedown.authority {
            let absent = self.absent(takedown, &digest, &document, &places).await?;
            self.withhold(&act(""), true, absent).await?;
            return Ok(());
        }
        for (origin, _) in self.store.positions(&record.record_digest).await? {
            if self.runs(signer, &origin) {
                let only = places.iter().all(|(other, _)| *other == origin);
                let absent = self.absent(takedown, &digest, &document, &places).await?;
                self.withhold(&act(&origin), only, absent).await?;
            }
        }
        Ok(())
    }

    async fn withhold(
        &self,
        act: &Withheld,
        delete: bool,
        absent: Option<(String, NewRecord)>,
    ) -> Result<(), Error> {
        let absent = absent
            .as_ref()
            .map(|(origin, record)| (origin.as_str(), record.clone()));
        self.store.withhold(act, delete, absent).await?;
        self.examined.invalidate(&act.digest);
        if delete {
            // Visible with the next commit of the index, which the takedown itself brings.
            self.index.apply(&[], &[act.digest])?;
        }
        if act.applies_in(&self.config.origin()) {
            let mut documents = self
                .taken_down
                .write()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            documents.insert(act.document_digest);
        }
        tracing::info!(
            record = hex::encode(act.digest),
            by = act.signed_by,
            "a body was taken down"
        );
        Ok(())
    }

    /// Whether the own log takes a document no more.
    pub(crate) fn is_taken_down(&self, document: &Hash) -> bool {
        let documents = self.taken_down.read();
        documents
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .contains(document)
    }

    /// Whether an authority is that of the economy that runs a log.
    fn runs(&self, did: &str, origin: &str) -> bool {
        let held = self.held.snapshot();
        let policy = self.policy.resolve(&held.trust, self.now_known());
        let log = policy.logs().iter().find(|log| log.origin == origin);
        match log.and_then(|log| log.economies.first()) {
            Some(economy) => policy.is_authority_of(did, economy),
            None => did == format!("did:web:{}", origin.split('/').next().unwrap_or_default()),
        }
    }

    /// Whether the signature of a takedown counts, as far as it is known here.
    fn is_by_authority(&self, record: &EvidenceRecord) -> bool {
        let held = self.held.snapshot();
        self.may_sign(record, &held.trust, self.now_known()).is_ok()
    }

    /// The names of a record whose body never came, where an entry of a log held here logs it.
    async fn absent(
        &self,
        takedown: &Takedown,
        digest: &Hash,
        document: &Hash,
        places: &[(String, u64)],
    ) -> Result<Option<(String, NewRecord)>, Error> {
        let (Some((origin, position)), None) = (places.first(), self.store.record(digest).await?)
        else {
            return Ok(None);
        };
        let entries = self.store.entries(origin, *position, 1).await?;
        let logged = entries
            .first()
            .and_then(|entry| Logged::read(*position, entry));
        if logged.is_none_or(|logged| logged.kind != takedown.kind) {
            return Ok(None);
        }
        let record = NewRecord {
            position: *position,
            digest: *digest,
            document_digest: *document,
            kind: takedown.kind.clone(),
            authority: takedown.authority.clone(),
            issuer: takedown.issuer.clone(),
            id: takedown.id.clone(),
            body: Vec::new(),
            received_at: self.clock.now().seconds(),
            valid_from: None,
            valid_until: None,
            identifiers: Vec::new(),
            subjects: Vec::new(),
            references: Vec::new(),
        };
        Ok(Some((origin.clone(), record)))
    }

    /// Which of these records a log itself excuses: it holds the takedown that withholds them,
    /// below `size`.
    pub(crate) async fn excused(
        &self,
        origin: &str,
        size: u64,
        digests: &[Hash],
    ) -> Result<std::collections::HashSet<Hash>, Error> {
        let mut excused = std::collections::HashSet::new();
        for digest in self.store.withheld_in(origin, digests).await? {
            for act in self.store.withheld(&digest).await? {
                let places = self.store.positions(&act.takedown).await?;
                let here = |(of, at): &(String, u64)| of == origin && *at < size;
                if act.applies_in(origin) && places.iter().any(here) {
                    excused.insert(digest);
                }
            }
        }
        Ok(excused)
    }
}

/// Whether a takedown names the record of a row, its kind and its document included: whoever holds
/// a body ignores a takedown of something else.
fn names(takedown: &Takedown, row: &RecordRow, document: &Hash) -> bool {
    takedown.kind == row.kind
        && takedown.authority == row.authority
        && takedown.issuer == row.issuer
        && takedown.id == row.id
        && *document == row.document_digest
}
