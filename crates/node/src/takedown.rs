//! Takedowns: the body of a record goes, by the word of the authority of the log or of the record
//! itself (format.md 3.5). The tree, the digest and the names stay.

use std::sync::Arc;

use comity_model::date::{Day, Instant};
use comity_model::record::Subject;
use comity_model::takedown::{TAKEN_DOWN_KINDS, Takedown};
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::question::Selector;
use comity_recognition::trust_graph::TrustGraph;
use comity_signature::digest::from_multibase;
use comity_store::{NewRecord, RecordRow, Withheld};
use comity_tlog::Hash;

use crate::error::Error;
use crate::look_up::places;
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
    /// The day on which the Takedown was logged; where that is not known, on which this node first
    /// followed it.
    pub on: Day,
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
        let mut acts = Vec::new();
        for act in store.withheld(digest).await? {
            acts.push(self.shared.taken_down_by(act).await?);
        }
        Ok(acts)
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
    async fn taken_down_by(&self, act: Withheld) -> Result<TakenDown, Error> {
        let order = self.store.record(&act.takedown).await?;
        let order = self.examined(order.as_slice()).await?;
        let logged = order.iter().flat_map(|order| places(order));
        let logged = logged.filter_map(|place| place.at).min();
        let on = logged.or_else(|| Instant::from_seconds(act.since));
        Ok(TakenDown {
            digest: act.digest,
            takedown: act.takedown,
            by: act.signed_by,
            ground: act.ground,
            on: on.unwrap_or_else(|| self.clock.now()).day(),
        })
    }

    /// Follows every takedown among records that were committed, and those that came before the
    /// body of one of these records.
    pub(crate) async fn follow_takedowns(
        &self,
        records: &[Arc<EvidenceRecord>],
    ) -> Result<(), Error> {
        let held = self.held.snapshot();
        let came = records.iter();
        let earlier = came.flat_map(|record| takedowns_of(record, &held.trust));
        for record in records.iter().chain(earlier) {
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
        let held = held.filter(RecordRow::was_held);
        if (held.as_ref()).is_some_and(|row| !names(takedown, row, &document)) {
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
        if held.is_some() && signer == takedown.authority {
            return self.withhold(&act(""), true, None).await;
        }
        // Whose record it is, the takedown alone does not prove. Until its bytes have come, it
        // counts in the logs of its signer only.
        let places = self.store.positions(&digest).await?;
        for (origin, _) in self.store.positions(&record.record_digest).await? {
            if self.runs(signer, &origin) {
                let only = places.iter().all(|(other, _)| *other == origin);
                let here = places.iter().find(|(other, _)| *other == origin);
                let absent = match here {
                    Some((_, at)) if held.is_none() => {
                        self.absent(takedown, (digest, document), &origin, *at)
                            .await?
                    }
                    _ => None,
                };
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

    /// Whether the own log takes a document no more: it was taken down from it, or its own
    /// authority took it down before it came.
    pub(crate) fn is_taken_down(&self, record: &EvidenceRecord) -> bool {
        let documents = self.taken_down.read();
        let documents = documents.unwrap_or_else(std::sync::PoisonError::into_inner);
        if documents.contains(&record.document_digest) {
            return true;
        }
        drop(documents);
        let held = self.held.snapshot();
        takedowns_of(record, &held.trust).any(|order| {
            let read = order.record.as_ref();
            read.is_ok_and(|read| {
                matches!(&read.subject, Subject::Takedown(takedown)
                    if read.issuer.id == read.comity.authority
                        && read.issuer.id == takedown.authority)
            }) && self.is_by_authority(order)
        })
    }

    /// Whether an authority is that of the economy that runs a log.
    fn runs(&self, did: &str, origin: &str) -> bool {
        let held = self.held.snapshot();
        let policy = self.policy.resolve(&held.trust, self.now_known());
        let log = policy.logs().iter().find(|log| log.origin == origin);
        match log.and_then(|log| log.operator.as_ref()) {
            Some(economy) => policy.is_authority_of(did, economy),
            None => did == format!("did:web:{}", origin.split('/').next().unwrap_or_default()),
        }
    }

    /// Whether the signature of a takedown counts, as far as it is known here.
    fn is_by_authority(&self, record: &EvidenceRecord) -> bool {
        let held = self.held.snapshot();
        self.may_sign(record, &held.trust, self.now_known()).is_ok()
    }

    /// The names of a record whose body never came, where the entry at that place logs it.
    async fn absent(
        &self,
        takedown: &Takedown,
        (digest, document_digest): (Hash, Hash),
        origin: &str,
        position: u64,
    ) -> Result<Option<(String, NewRecord)>, Error> {
        let entries = self.store.entries(origin, position, 1).await?;
        let logged = entries
            .first()
            .and_then(|entry| Logged::read(position, entry));
        if logged.is_none_or(|logged| logged.kind != takedown.kind) {
            return Ok(None);
        }
        let record = NewRecord {
            position,
            digest,
            document_digest,
            kind: takedown.kind.clone(),
            authority: takedown.authority.clone(),
            issuer: takedown.issuer.clone(),
            id: takedown.id.clone(),
            body: Vec::new(),
            received_at: 0,
            valid_from: None,
            valid_until: None,
            identifiers: Vec::new(),
            subjects: Vec::new(),
            references: Vec::new(),
        };
        Ok(Some((origin.to_owned(), record)))
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

/// The takedowns held that name a record as it names itself.
fn takedowns_of<'t>(
    record: &EvidenceRecord,
    trust: &'t TrustGraph,
) -> impl Iterator<Item = &'t Arc<EvidenceRecord>> + use<'t> {
    let document = record.document_digest;
    let identity = record.identity();
    let orders = identity.map(|identity| trust.takedowns(&identity));
    orders.into_iter().flatten().filter(move |order| {
        let read = order.record.as_ref();
        read.is_ok_and(|read| {
            matches!(&read.subject, Subject::Takedown(takedown)
                if from_multibase(&takedown.document_digest) == Some(document))
        })
    })
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
