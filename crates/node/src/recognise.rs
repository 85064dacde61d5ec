//! The question: gathers the evidence that bears on it and has it decided.

mod behind;
mod by_key;
mod issuer;
mod prepared;
pub mod promised;
mod revisions;
mod whole;

use std::collections::BTreeMap;
use std::sync::Arc;

use comity_model::date::{Day, Instant};
use comity_model::party::is_economy;
use comity_model::record::{Kind, Record, Subject};
use comity_model::reference::Identity;
use comity_model::text::projected;
use comity_recognition::Verdict;
use comity_recognition::evidence::{EvidenceRecord, HeldSummary, LogHead, TakenDown, Unread};
use comity_recognition::paper::{self, Mark};
use comity_recognition::question::{ProductFacts, Selector};
use comity_recognition::signers::Signers;
use comity_recognition::trust_graph::TrustGraph;
use comity_signature::data_integrity::AdmittedKeys;
use comity_signature::digest::{from_hex, sha256};
use comity_store::{Head, RecordRow};

use crate::error::Error;
use crate::evidence::examine;
use crate::projection;
use crate::registers;
use crate::{Node, Shared};
use by_key::Rows;
pub(crate) use prepared::Prepared;

/// Most records looked at for one number; one that fits more is answered as ambiguous, or else
/// not without its issuer.
pub const MAX_CANDIDATES: usize = 64;
/// Most other revisions followed from them.
pub const MAX_REVISIONS: usize = 64;
/// Most attestations of an issuer looked through for the answer that a number is not held.
pub const MAX_COUNTED: usize = 1_000;
/// Most drafts laid over the evidence of one question.
pub const MAX_ASSUMED: usize = 100;

/// A question as it comes from outside: what is left open is resolved here.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Which record.
    pub record: Selector,
    /// The destination.
    pub in_economy: String,
    /// The legal day; today (UTC) if absent.
    pub on: Option<Day>,
    /// As known at; now if absent.
    pub known_at: Option<Instant>,
    /// What is known of the product.
    pub product: ProductFacts,
    /// The asker's own file number, echoed.
    pub file_number: Option<String>,
    /// Use each log up to this size only, to repeat an earlier verdict exactly.
    pub up_to: BTreeMap<String, u64>,
    /// Unsigned drafts laid over the evidence ("what if").
    pub assume: Vec<Vec<u8>>,
    /// A record shown with the question, judged without being kept.
    pub shown: Option<Vec<u8>>,
}

impl Ask {
    /// Does `record` count in `in_economy`, today, as known now?
    pub fn new(record: Selector, in_economy: &str) -> Self {
        Self {
            record,
            in_economy: in_economy.to_owned(),
            on: None,
            known_at: None,
            product: ProductFacts::default(),
            file_number: None,
            up_to: BTreeMap::new(),
            assume: Vec::new(),
            shown: None,
        }
    }
}

/// A verdict and who computed it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// SHA-256 of its canonical bytes.
    pub digest: [u8; 32],
    /// DID of the authority whose node computed it.
    pub computed_by: String,
    /// The node's sentence on what a verdict is.
    pub legal_notice: String,
    /// Made-up world: nothing here is real.
    pub demo: bool,
}

/// Reads what a person calls a record: a `urn:uuid:`, a bare UUID, a record digest in hex, the
/// link printed on paper, the address of a certificate in another register, or else a certificate
/// number.
pub fn selector(text: &str, issuer: Option<&str>) -> Selector {
    let text = text.trim();
    let last = text.split(['?', '#']).next().unwrap_or(text);
    let name = match last.split_once("/r/") {
        Some((host, uuid)) if host.starts_with("http") => uuid,
        _ => text.strip_prefix("urn:uuid:").unwrap_or(text),
    };
    let id = format!("urn:uuid:{}", name.to_ascii_lowercase());
    if comity_model::reference::is_record_id(&id) {
        return Selector::Id(id);
    }
    if from_hex(text).is_some() {
        return Selector::RecordDigest(text.to_owned());
    }
    if let Some(read) = registers::read(text) {
        return Selector::Number {
            number: read.number,
            issuer: issuer
                .map(str::to_owned)
                .or_else(|| read.register.issuer.clone()),
        };
    }
    Selector::Number {
        number: text.to_owned(),
        issuer: issuer.map(str::to_owned),
    }
}

/// The number typed, without what steers the direction of a text, where a record is found by it that
/// prints another: `1/23` is found by `12/3`. None where it is the same, or does not lead there.
pub fn other_number(typed: &str, record: &Record) -> Option<String> {
    let Subject::Attestation(attestation) = &record.subject else {
        return None;
    };
    let printed = &attestation.comity.certificate_number;
    let found = projection::looked_up_number(typed);
    if found.is_none() || found != projection::looked_up_number(printed) {
        return None;
    }
    let facts = ProductFacts {
        number: Some(projected(typed.trim())),
        ..ProductFacts::default()
    };
    let compared = paper::compare(&facts, attestation);
    let same = compared.iter().all(|line| line.mark == Mark::Same);
    facts.number.filter(|_| !same)
}

impl Node {
    /// Answers a question with a verdict. "No" and "cannot tell" are answers, not errors.
    ///
    /// # Errors
    /// [`Error::Question`] if the question cannot be read, [`Error::Store`].
    pub async fn recognise(&self, ask: Ask) -> Result<Answer, Error> {
        let node = &self.shared;
        check(&ask)?;
        self.fetch_if_followed(&ask.record).await?;
        let (prepared, verdict) = node.decided(ask).await?;
        if prepared.cut && verdict.candidates.is_empty() {
            return Err(too_many());
        }
        Ok(self.answered(verdict))
    }

    /// A verdict as this node answers it.
    pub(crate) fn answered(&self, verdict: Verdict) -> Answer {
        let node = &self.shared;
        Answer {
            digest: sha256(&verdict.canonical_bytes()),
            verdict,
            computed_by: node.config.authority(),
            legal_notice: node.config.legal_notice.clone(),
            demo: node.config.demo,
        }
    }
}

/// The sizes up to which each log is used: as asked, and never beyond the head taken.
fn sizes_under(head: &Head, up_to: &BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    let mut sizes = up_to.clone();
    let own = sizes.entry(head.origin.clone()).or_insert(head.size);
    *own = head.size.min(*own);
    sizes
}

/// The answer where one record would be picked without having looked at all.
fn too_many() -> Error {
    Error::Question {
        parameter: "issuer",
        detail: format!(
            "more than {MAX_CANDIDATES} records carry this number; ask by id, or say whose it is"
        ),
    }
}

fn check(ask: &Ask) -> Result<(), Error> {
    let wrong = |parameter, detail: &str| {
        Err(Error::Question {
            parameter,
            detail: detail.to_owned(),
        })
    };
    if !is_economy(&ask.in_economy) {
        return wrong(
            "in",
            "expected an economy as ISO 3166-1 alpha-2 code, such as JP",
        );
    }
    if ask.assume.len() > MAX_ASSUMED {
        return wrong("assume", "at most 100 drafts may be laid over the evidence");
    }
    if let Selector::Number { number, .. } = &ask.record
        && projection::looked_up_number(number).is_none()
    {
        return wrong("record", "expected an id, a digest or a certificate number");
    }
    Ok(())
}

/// The records that bear on one selector.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) candidates: Vec<Arc<EvidenceRecord>>,
    pub(crate) revisions: Vec<Arc<EvidenceRecord>>,
    pub(crate) events: Vec<Arc<EvidenceRecord>>,
    /// What the candidates rest on.
    pub(crate) reports: Vec<Arc<EvidenceRecord>>,
    /// Further records of those whose promises are asked about.
    issued: Vec<Arc<EvidenceRecord>>,
    /// What was not looked through to its end.
    pub(crate) unread: Unread,
    /// The candidates rest on reports of laboratories.
    names_laboratories: bool,
    /// Records that fit and whose bodies are withheld.
    taken_down: Vec<TakenDown>,
    held_of_issuer: Option<HeldSummary>,
    /// More records than are looked at carry the number asked for.
    cut: bool,
}

impl Gathered {
    fn keep_below(&mut self, sizes: &BTreeMap<String, u64>) {
        let all = [
            &mut self.candidates,
            &mut self.revisions,
            &mut self.events,
            &mut self.reports,
            &mut self.issued,
        ];
        for records in all {
            records.retain(|record| stands_below(record, sizes));
        }
    }

    /// Lays drafts over the evidence; those that the graph holds are in it already.
    fn assume(&mut self, drafts: Drafts) {
        self.candidates.extend(drafts.attestations);
        self.reports.extend(drafts.commitments);
        let events = drafts.held.into_iter().filter(|draft| {
            let kind = draft.record.as_ref().map(Record::kind);
            kind == Ok(Kind::StatusEvent)
        });
        self.events.extend(events);
    }
}

/// Unsigned drafts, by where they are laid.
#[derive(Debug, Default)]
struct Drafts {
    attestations: Vec<Arc<EvidenceRecord>>,
    commitments: Vec<Arc<EvidenceRecord>>,
    /// What the graph holds, events among it.
    held: Vec<Arc<EvidenceRecord>>,
}

impl Drafts {
    fn read(drafts: &[Vec<u8>]) -> Self {
        let mut read = Self::default();
        for draft in drafts {
            let draft = Arc::new(EvidenceRecord::draft(draft));
            match draft.record.as_ref().map(Record::kind) {
                Ok(Kind::Attestation) => read.attestations.push(draft),
                Ok(Kind::Commitment) => read.commitments.push(draft),
                Ok(_) => read.held.push(draft),
                Err(_) => {}
            }
        }
        read
    }
}

fn stands_below(record: &EvidenceRecord, sizes: &BTreeMap<String, u64>) -> bool {
    record.locations.is_empty()
        || record.locations.iter().any(|place| {
            sizes
                .get(&*place.origin)
                .is_none_or(|&size| place.index < size)
        })
}

impl Shared {
    /// What bears on a selector and stands below the sizes of the logs.
    async fn gather(
        &self,
        selector: &Selector,
        shown: Option<&[u8]>,
        trust: &TrustGraph,
        (known_at, sizes): (Instant, &BTreeMap<String, u64>),
    ) -> Result<Gathered, Error> {
        let policy = self.policy.resolve(trust, known_at);
        let mut signers = Signers::new(&policy, trust);
        let mut candidates = Vec::new();
        let Rows { mut rows, cut } = self.fitting(selector, &mut signers).await?;
        if let Some(bytes) = shown {
            let shown = EvidenceRecord::examine(bytes, Vec::new(), Some(self.clock.now()));
            if let Some(identity) = shown.identity() {
                rows = self.documents_of(&identity).await?;
            }
            if !rows.iter().any(|row| row.digest == shown.record_digest) {
                candidates.push(Arc::new(shown));
            }
        }
        candidates.extend(self.examined(&rows).await?);
        let taken_down = self.withheld_among(&rows, &candidates).await?;
        let mut gathered = self.around(candidates, &mut signers).await?;
        gathered.taken_down = taken_down;
        gathered.cut = cut;
        gathered.keep_below(sizes);
        if gathered.candidates.is_empty()
            && let Selector::Number {
                issuer: Some(issuer),
                ..
            } = selector
        {
            let issued = self.issued_by(issuer, trust, &mut signers, sizes).await?;
            gathered.held_of_issuer = Some(issued.held);
            gathered.issued = issued.records;
            gathered.issued.retain(|record| stands_below(record, sizes));
            if issued.cut {
                gathered.unread.parties.insert(issuer.clone());
            }
        }
        Ok(gathered)
    }

    /// The candidates with their other revisions, every event on any of them, and what they rest
    /// on.
    pub(crate) async fn around(
        &self,
        candidates: Vec<Arc<EvidenceRecord>>,
        signers: &mut Signers<'_>,
    ) -> Result<Gathered, Error> {
        let mut gathered = self.revisions_of(candidates, signers).await?;
        self.add_reports(&mut gathered, signers).await?;
        Ok(gathered)
    }

    /// A record as it stands now, with its other revisions and the events on all of them.
    pub(crate) async fn as_it_stands(
        &self,
        record: &Arc<EvidenceRecord>,
    ) -> Result<Gathered, Error> {
        let snapshot = self.held.snapshot();
        let policy = self.policy.resolve(&snapshot.trust, self.now_known());
        let mut signers = Signers::new(&policy, &snapshot.trust);
        self.revisions_of(vec![Arc::clone(record)], &mut signers)
            .await
    }

    /// Every document of every identity that fits the selector, by what is held now.
    pub(crate) async fn rows_of(&self, selector: &Selector) -> Result<Vec<RecordRow>, Error> {
        Ok(self.fitting_now(selector).await?.rows)
    }

    /// The same, and whether there may be more.
    pub(crate) async fn fitting_now(&self, selector: &Selector) -> Result<Rows, Error> {
        let snapshot = self.held.snapshot();
        let policy = self.policy.resolve(&snapshot.trust, self.now_known());
        let mut signers = Signers::new(&policy, &snapshot.trust);
        self.fitting(selector, &mut signers).await
    }

    /// The same with what signers are known.
    async fn fitting(&self, selector: &Selector, signers: &mut Signers<'_>) -> Result<Rows, Error> {
        let rows = match selector {
            Selector::Identity(identity) => self.documents_of(identity).await?,
            Selector::Id(id) => self.store.records_by_id(id).await?,
            Selector::RecordDigest(hex) => {
                let Some(digest) = from_hex(hex) else {
                    return Ok(Rows::default());
                };
                match self.store.record(&digest).await? {
                    // What cannot be read has no name: no two such records are documents of one.
                    Some(row) if row.id.is_empty() => vec![row],
                    Some(row) => self.documents_of(&identity_of(&row)).await?,
                    None => Vec::new(),
                }
            }
            Selector::Number { number, issuer } => {
                let Some(number) = projection::looked_up_number(number) else {
                    return Ok(Rows::default());
                };
                let Some(issuer) = issuer else {
                    return self.rows_of_number(&number, None).await;
                };
                let (keys, importers) = (signers.of(issuer), signers.of_importers());
                let of = Some((issuer.as_str(), &keys, &importers));
                return self.rows_of_number(&number, of).await;
            }
        };
        Ok(Rows { rows, cut: false })
    }

    /// Every document of one identity.
    pub(crate) async fn documents_of(&self, identity: &Identity) -> Result<Vec<RecordRow>, Error> {
        let mut rows = self.store.records_by_id(&identity.id).await?;
        rows.retain(|row| identity_of(row) == *identity);
        Ok(rows)
    }

    /// Status events on one identity.
    pub(crate) async fn events_of(&self, identity: &Identity) -> Result<Vec<RecordRow>, Error> {
        let Identity {
            authority,
            issuer,
            id,
        } = identity;
        Ok(self.store.events_of(authority, issuer, id).await?)
    }

    /// Examined records, from memory where they are at hand.
    pub(crate) async fn examined(
        &self,
        rows: &[RecordRow],
    ) -> Result<Vec<Arc<EvidenceRecord>>, Error> {
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(record) = self.examined.get(&row.digest) {
                found.push(record);
                continue;
            }
            let mut keys = AdmittedKeys::new();
            let one = std::slice::from_ref(row);
            for record in examine(&self.store, &self.checkpoints, one, &mut keys).await? {
                self.examined.insert(row.digest, Arc::clone(&record));
                found.push(record);
            }
        }
        Ok(found)
    }

    /// The heads of all logs held, as they stood at `known_at` and up to the sizes given; and
    /// beside each the next that was signed after: a log only grows, so that one too shows all
    /// that had been logged by then.
    async fn heads_at(
        &self,
        own: Head,
        known_at: Instant,
        up_to: &BTreeMap<String, u64>,
    ) -> Result<Vec<LogHead>, Error> {
        let at = known_at.seconds();
        let mut heads = Vec::new();
        for log in self.store.logs().await? {
            // Nothing beyond the head that was taken first.
            let newest = if log.origin == own.origin {
                own.size
            } else {
                u64::MAX
            };
            let most = up_to
                .get(&log.origin)
                .map_or(newest, |&limit| limit.min(newest));
            let mut found = self.heads_of(&log.origin, at, most).await?;
            // Asked after they were read: what lies below is in every snapshot from now on.
            if let Some(taken_up) = self.mirrors.taken_up(&log.origin)
                && found.iter().any(|head| head.size > taken_up)
            {
                found = self.heads_of(&log.origin, at, most.min(taken_up)).await?;
            }
            heads.extend(found);
        }
        Ok(heads)
    }
}

pub(crate) fn identity_of(row: &RecordRow) -> Identity {
    Identity {
        authority: row.authority.clone(),
        issuer: row.issuer.clone(),
        id: row.id.clone(),
    }
}

#[cfg(test)]
mod tests;
