//! What goes into a bundle: everything that the verdict looked at.
//!
//! The choice does not turn on the product asked about, so that a statement holds for any. Where
//! the reader's policy believes others than the maker's, it may look for records that were not
//! chosen: a bundle says what its maker found to bear on the question (format.md 4.7).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::import_rule::RuleEffect;
use comity_model::record::{Record, Subject};

use crate::absence;
use crate::decide::decide;
use crate::evidence::{Digest, Evidence, EvidenceRecord};
use crate::known::Known;
use crate::policy::Policy;
use crate::question::{ProductFacts, Question};
use crate::trust_graph::designations;
use crate::verdict::Verdict;

/// Most designations of standards that are followed for products that are not asked about.
const MAX_DESIGNATIONS: usize = 256;

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
    read_editions(question, &watching, policy);

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
    // Of everything else that a laboratory or an issuer has published, what an answer cites, and
    // what breaks a promise, without which it would hold.
    let cited: BTreeSet<Digest> = [&verdict, &plain]
        .into_iter()
        .flat_map(|verdict| &verdict.steps)
        .flat_map(|step| step.evidence.iter().copied())
        .collect();
    let late = absence::late(&known);
    let issued = evidence.issued.iter();
    for record in
        issued.filter(|one| cited.contains(&one.record_digest) || late.contains(&one.record_digest))
    {
        chosen.insert(record.record_digest, Arc::clone(record));
    }
    choose_replaced(&mut chosen, evidence);
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

/// Chooses what a chosen revision takes the place of, and so on: without it a revision would look
/// like a first record that came late, and break a promise.
fn choose_replaced(chosen: &mut BTreeMap<Digest, Arc<EvidenceRecord>>, evidence: &Evidence<'_>) {
    let mut waiting: Vec<Arc<EvidenceRecord>> = chosen.values().map(Arc::clone).collect();
    while let Some(revision) = waiting.pop() {
        let replaced = revision.record.as_ref().ok();
        let Some(replaced) = replaced.and_then(|record| record.comity.replaces.as_ref()) else {
            continue;
        };
        let mut held = evidence.issued.iter().chain(&evidence.reports);
        let found = held.find(|held| held.document_multibase == replaced.digest_multibase);
        if let Some(found) = found
            && chosen
                .insert(found.record_digest, Arc::clone(found))
                .is_none()
        {
            waiting.push(Arc::clone(found));
        }
    }
}

/// Looks up the editions that the destination's rules name, whatever the product and the day, and
/// those that these name: another product may be asked about, and the answer rest on them.
fn read_editions(question: &Question, evidence: &Evidence<'_>, policy: &Policy) {
    let policy = &*policy.resolve(evidence.trust, question.known_at);
    let known = Known::new(question, evidence, policy);
    let mut wanted: Vec<String> = Vec::new();
    for evidence in known.evidence.trust.import_rules(&question.in_economy) {
        if let Ok(record) = &evidence.record
            && let Subject::ImportRule(rule) = &record.subject
        {
            let asked = rule.requirements.iter();
            let asked = asked.filter_map(|asked| asked.attestation.as_ref());
            let filters = asked.chain(&rule.attestations);
            let named = filters.flat_map(|filter| &filter.standards);
            wanted.extend(named.map(|named| named.designation().to_owned()));
        }
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some(designation) = wanted.pop() {
        if seen.len() >= MAX_DESIGNATIONS || !seen.insert(designation.clone()) {
            continue;
        }
        for evidence in known.evidence.trust.standards(&designation) {
            let Ok(record) = &evidence.record else {
                continue;
            };
            let Subject::Standard(edition) = &record.subject else {
                continue;
            };
            // Who signed it, and what became of it, is looked up with it.
            let since = known.given_at(evidence).unwrap_or(known.at());
            if let Ok(standing) = known.standing(evidence, record, since) {
                known.state_by_chain(evidence, &standing.chain, question.on);
            }
            wanted.extend(designations(edition));
        }
    }
}

/// When evidence that takes away was held, if that was before it was logged.
fn receipt(known: &Known<'_>, record: &EvidenceRecord) -> Option<Instant> {
    let takes_away = match record.record.as_ref().map(|read| &read.subject) {
        Ok(Subject::StatusEvent(event)) => event.action.takes_away(),
        Ok(Subject::KeyRevocation(_)) => true,
        Ok(Subject::ImportRule(rule)) => rule.effect == RuleEffect::Refused,
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
