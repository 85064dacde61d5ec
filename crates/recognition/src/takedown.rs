//! Records whose bodies are withheld on a legal ground (format.md 3.5).
//!
//! A takedown by the authority of a log voids the entry there, at every `known_at`; one by the
//! record's own authority ends the document everywhere, even if its body turns up.

use comity_model::date::Instant;
use comity_model::record::{Record, Subject};
use comity_model::takedown::{TAKEN_DOWN_KINDS, Takedown};

use crate::code::{Code, Outcome, StepName};
use crate::evidence::EvidenceRecord;
use crate::finding::Finding;
use crate::known::{Known, LogState};
use crate::subject::Subject as Judged;
use crate::verdict::Who;

/// A takedown whose signature counts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken<'a> {
    pub(crate) evidence: &'a EvidenceRecord,
    pub(crate) record: &'a Record,
    says: &'a Takedown,
}

impl<'a> Known<'a> {
    /// Takedowns of `record` whose signature counts and that name its kind rightly.
    pub(crate) fn takedowns(&self, record: &'a EvidenceRecord) -> Vec<Taken<'a>> {
        let Ok(read) = &record.record else {
            return Vec::new();
        };
        let kind = read.kind().name();
        if !TAKEN_DOWN_KINDS.contains(&kind) {
            return Vec::new();
        }
        let identity = read.identity();
        let held = self
            .evidence
            .trust
            .takedowns(&identity)
            .into_iter()
            .map(|held| &**held);
        let given = (self.evidence.taken_down.iter())
            .filter(|down| down.identity == identity)
            .map(|down| &*down.takedown);
        held.chain(given)
            .filter_map(|takedown| self.counted_takedown(takedown))
            .filter(|taken| taken.says.kind == kind)
            .collect()
    }

    /// The takedown that `evidence` is, if its signer is an authority and its signature counts.
    fn counted_takedown(&self, evidence: &'a EvidenceRecord) -> Option<Taken<'a>> {
        let record = evidence.record.as_ref().ok()?;
        let Subject::Takedown(says) = &record.subject else {
            return None;
        };
        // What it does it does at every `known_at`; its own signature is judged when it was known.
        let at = self.ever_known(evidence)?;
        let by_authority = record.issuer.id == record.comity.authority;
        let allowed = TAKEN_DOWN_KINDS.contains(&says.kind.as_str());
        let counts = by_authority && allowed && self.standing(evidence, record, at).is_ok();
        counts.then_some(Taken {
            evidence,
            record,
            says,
        })
    }

    /// When a record was first known, whatever `known_at` is asked.
    fn ever_known(&self, evidence: &'a EvidenceRecord) -> Option<Instant> {
        let logged = self.ever_logged(evidence);
        match (logged, evidence.received_at) {
            (Some(logged), Some(received)) => Some(logged.min(received)),
            (logged, received) => logged.or(received),
        }
    }

    /// The takedown that voids the entry of `record` in `log`: the log's authority signed it, for
    /// these very bytes.
    pub(crate) fn voided(
        &self,
        takedowns: &[Taken<'a>],
        record: &EvidenceRecord,
        log: &LogState<'_>,
    ) -> Option<&'a EvidenceRecord> {
        let digest = comity_signature::digest::to_multibase(record.record_digest);
        let of_log = |did: &str| {
            (log.operator).is_some_and(|economy| self.policy.is_authority_of(did, economy))
        };
        let found = takedowns.iter().find(|taken| {
            taken.says.record_digest == digest
                && taken.says.document_digest == record.document_multibase
                && of_log(&taken.record.issuer.id)
        });
        found.map(|taken| taken.evidence)
    }

    /// What ends the document of `subject`, or voids its every place.
    pub(crate) fn taken_down(&self, subject: &Judged<'a>) -> Option<Finding<'a>> {
        let takedowns = self.takedowns(subject.evidence);
        let own = takedowns.iter().find(|taken| {
            taken.record.issuer.id == subject.record.comity.authority
                && taken.says.document_digest == subject.evidence.document_multibase
        });
        let by = match (own, subject.logged) {
            (Some(own), _) => own.evidence,
            (None, crate::known::Logged::TakenDown(by)) => by,
            _ => return None,
        };
        let taken = takedowns
            .iter()
            .find(|taken| std::ptr::eq(taken.evidence, by))?;
        Some(finding(taken).cite(subject.evidence))
    }

    /// Of a record that is not held: that it was taken down, if a takedown says so.
    pub(crate) fn withheld(&self) -> Option<Finding<'a>> {
        let mut taken: Vec<Taken<'a>> = (self.evidence.taken_down.iter())
            .filter_map(|down| {
                let taken = self.counted_takedown(&down.takedown)?;
                let digest = comity_signature::digest::to_multibase(down.record_digest);
                (taken.says.record_digest == digest && taken.says.identity() == down.identity)
                    .then_some(taken)
            })
            .collect();
        taken.sort_by_key(|taken| taken.evidence.record_digest);
        taken.first().map(finding)
    }
}

fn finding<'a>(taken: &Taken<'a>) -> Finding<'a> {
    let by = &taken.record.issuer;
    let mut found = Finding::new(StepName::Identity, Outcome::Unknown, Code::RecordTakenDown)
        .cite(taken.evidence)
        .with("legalBasis", &taken.says.legal_basis)
        .ask(Who::Authority, Some(&by.id), Some(&by.id));
    found.party("by", Some(&by.id), &by.id);
    found
}
