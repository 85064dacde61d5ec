//! Records that are signed rightly and that no answer here ever rests on: whoever publishes one is
//! told so when it is logged.

use comity_model::date::Instant;
use comity_model::record::Subject;

use crate::absence::promises_for;
use crate::evidence::{Evidence, EvidenceRecord};
use crate::policy::Policy;

/// Why a record that may be logged does not count here, as the policy and what is held stand. It is
/// no refusal: another policy may name other authorities.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCounting {
    /// A rule in the name of an economy whose authority did not sign it.
    #[error("only the authority of {0} makes import rules for {0}, and {1} is not it here")]
    ForeignRule(String, String),
    /// A promise for somebody else's body.
    #[error(
        "{1} promises nothing for {0}: only the issuer itself or the authority that registers it does"
    )]
    ForeignPromise(String, String),
}

/// Why nothing in `record` counts here, or not for everybody that it names; `None` where nothing is
/// known against it.
pub fn not_counting(
    record: &EvidenceRecord,
    evidence: &Evidence<'_>,
    policy: &Policy,
    at: Instant,
) -> Option<NotCounting> {
    let read = record.record.as_ref().ok()?;
    let signer = &read.issuer.id;
    match &read.subject {
        Subject::ImportRule(rule) if read.comity.imported_from.is_none() => {
            let policy = &*policy.resolve(evidence.trust, at);
            let own =
                *signer == read.comity.authority && policy.is_authority_of(signer, &rule.economy);
            (!own).then(|| NotCounting::ForeignRule(rule.economy.clone(), signer.clone()))
        }
        Subject::CoverageStatement(statement) => {
            let mut issuers = statement.issuers.iter();
            let foreign = issuers.find(|issuer| !promises_for(read, issuer))?;
            let foreign = foreign.id.clone();
            Some(NotCounting::ForeignPromise(foreign, signer.clone()))
        }
        _ => None,
    }
}
