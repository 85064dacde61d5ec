//! What goes into a bundle: everything that the verdict looked at.
//!
//! The choice does not turn on the product asked about, so that a statement holds for any. Where
//! the reader's policy believes others than the maker's, it may look for records that were not
//! chosen: a bundle says what its maker found to bear on the question (format.md 4.7).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::record::{Record, Subject};

use crate::decide::decide;
use crate::evidence::{Digest, Evidence, EvidenceRecord};
use crate::known::Known;
use crate::policy::Policy;
use crate::question::{ProductFacts, Question};
use crate::verdict::Verdict;

/// What a bundle of a question needs.
#[derive(Debug)]
pub struct Needed {
    /// The records, each with the moment of its receipt where that counts.
    pub records: Vec<(Arc<EvidenceRecord>, Option<Instant>)>,
    /// Origins of the logs whose heads it needs.
    pub origins: BTreeSet<String>,
    /// The verdict that the bundle must give again.
    pub verdict: Verdict,
}

/// Decides the question, and says what a bundle of it needs.
pub fn needed(question: &Question, evidence: &Evidence<'_>, policy: &Policy) -> Needed {
    let (watched, reads) = evidence.trust.watched();
    let watching = Evidence {
        trust: &watched,
        ..evidence.clone()
    };
    let verdict = decide(question, &watching, policy);
    let mut any_product = question.clone();
    any_product.product = ProductFacts::default();
    let plain = decide(&any_product, &watching, policy);

    let mut chosen: BTreeMap<Digest, Arc<EvidenceRecord>> = BTreeMap::new();
    let resolved = policy.resolve(evidence.trust, question.known_at);
    let known = Known::new(question, evidence, &resolved);
    let around = (evidence.revisions.iter())
        .chain(&evidence.events)
        .chain(&evidence.reports);
    let looked_at = reads.records();
    for record in around.chain(&looked_at) {
        // What was not known by then has no part in the answer, and would in a bundle: there
        // everything is taken for known when its statement was made. A takedown acts at once on
        // everything before it.
        let is_takedown = |read: &Record| matches!(read.subject, Subject::Takedown(_));
        if known.taken_at(record).is_some() || record.record.as_ref().is_ok_and(is_takedown) {
            chosen.insert(record.record_digest, Arc::clone(record));
        }
    }
    // Every key of a federation follows from its list, step by step.
    if let Some(view) = resolved.federation() {
        for record in view.documents(evidence.trust) {
            chosen.insert(record.record_digest, record);
        }
    }
    for record in &evidence.candidates {
        chosen.insert(record.record_digest, Arc::clone(record));
    }
    let heads = verdict.heads.iter().chain(&plain.heads);
    let mut origins: BTreeSet<String> = heads.map(|head| head.origin.clone()).collect();
    for location in chosen.values().flat_map(|record| &record.locations) {
        origins.insert(location.origin.as_ref().to_owned());
    }
    let records = chosen
        .values()
        .map(|record| (Arc::clone(record), receipt(&known, record)));
    Needed {
        records: records.collect(),
        origins,
        verdict,
    }
}

/// When evidence that takes away was held, if that was before it was logged.
fn receipt(known: &Known<'_>, record: &EvidenceRecord) -> Option<Instant> {
    let takes_away = match record.record.as_ref().map(|read| &read.subject) {
        Ok(Subject::StatusEvent(event)) => event.action.takes_away(),
        Ok(Subject::KeyRevocation(_)) => true,
        _ => false,
    };
    let received = record
        .received_at
        .filter(|at| takes_away && *at <= known.at())?;
    let logged = known.given_at(record);
    logged
        .is_none_or(|logged| received < logged)
        .then_some(received)
}
