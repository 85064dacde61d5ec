//! PROVISIONAL until recognition has decide; replaced before landing.
use comity_model::date::{Day, Instant};
use comity_recognition::evidence::{Evidence, EvidenceRecord};
use comity_recognition::trust_graph::TrustGraph;
use comity_recognition::verdict::{Basis, Extent, StepName, VerdictResult};
use comity_recognition::{Policy, Question, Verdict};
use std::sync::Arc;

pub(crate) fn may_sign(
    _e: &EvidenceRecord,
    _t: &TrustGraph,
    _p: &Policy,
    _at: Instant,
) -> Result<(), String> {
    Ok(())
}

pub(crate) fn state(
    _e: &Arc<EvidenceRecord>,
    _ev: &[Arc<EvidenceRecord>],
    _t: &TrustGraph,
    _p: &Policy,
    _on: Day,
    _k: Instant,
) -> String {
    "active".to_owned()
}

pub(crate) fn decide(q: &Question, _e: &Evidence<'_>, p: &Policy) -> Verdict {
    Verdict {
        question: q.clone(),
        policy_digest: *p.digest(),
        result: VerdictResult::CannotTell,
        extent: Extent::Full,
        degree: None,
        basis: Basis::None,
        steps: vec![],
        decisive_step: StepName::Integrity,
        valid_until: None,
        heads: vec![],
        judged: None,
        paths: vec![],
        conditions: vec![],
        policy_notes: vec![],
        candidates: vec![],
        held_of_issuer: None,
        hypothetical: false,
    }
}
