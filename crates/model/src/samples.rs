//! Records of every kind, complete and in five languages and scripts at least: for tests, documents and
//! as the starting point of a publisher's own.
//!
//! All bodies are made up, on hosts under `.example`. Ids are fixed. References between samples
//! carry digests of the right form that are digests of nothing.

use crate::date::Day;
use crate::record::{Kind, Record};

mod arrangements;
mod attestations;
mod commitments;
mod drafts;
mod events;
mod federation;
mod grants;
mod import_rules;
mod languages;
mod notices;
mod registrations;
mod reports;
mod standards;
#[cfg(test)]
mod tests;
mod world;

/// The samples of one kind. Each passes [`Record::check`].
///
/// ```
/// use comity_model::record::Kind;
/// use comity_model::samples::samples;
///
/// assert!(samples(Kind::StatusEvent).iter().all(|record| record.validate().is_empty()));
/// ```
pub fn samples(kind: Kind) -> Vec<Record> {
    let mut all = first_samples(kind);
    // Behind those that were there before: tests and examples count from the beginning.
    all.extend(match kind {
        Kind::Arrangement => languages::arrangements(),
        Kind::Participation => languages::participations(),
        Kind::StatusEvent => languages::events(),
        Kind::Registration => languages::registrations(),
        Kind::KeyRevocation => languages::revocations(),
        Kind::FederationList => languages::lists(),
        Kind::MemberKeys => languages::member_keys(),
        Kind::Takedown => languages::takedowns(),
        Kind::Attestation
        | Kind::CompetenceGrant
        | Kind::Standard
        | Kind::ImportRule
        | Kind::Commitment
        | Kind::Notice
        | Kind::CoverageStatement => Vec::new(),
    });
    all
}

fn first_samples(kind: Kind) -> Vec<Record> {
    match kind {
        Kind::Attestation => {
            let mut all = attestations::all();
            all.extend(reports::all());
            all
        }
        Kind::CompetenceGrant => grants::all(),
        Kind::Arrangement => arrangements::arrangements(),
        Kind::Participation => arrangements::participations(),
        Kind::StatusEvent => events::all(),
        Kind::Registration => registrations::registrations(),
        Kind::KeyRevocation => registrations::revocations(),
        Kind::FederationList => federation::lists(),
        Kind::MemberKeys => federation::member_keys(),
        Kind::Standard => standards::all(),
        Kind::ImportRule => import_rules::all(),
        Kind::Commitment => commitments::commitments(),
        Kind::Notice => notices::all(),
        Kind::Takedown => federation::takedowns(),
        Kind::CoverageStatement => commitments::coverage_statements(),
    }
}

/// A complete record of that kind by `issuer_did` to edit: valid as it stands if `issuer_did` is
/// a DID and `id` a record id, and every value to be edited is plainly a placeholder
/// ([`is_placeholder`]). Dates begin at `today`.
pub fn draft(kind: Kind, issuer_did: &str, id: &str, today: Day) -> Record {
    drafts::draft(kind, issuer_did, id, today)
}

/// Whether a text of a record still stands for one that somebody has to put there: the placeholders of
/// [`draft`] and of other people's templates, and hosts that nobody can have (RFC 2606).
pub fn is_placeholder(text: &str) -> bool {
    drafts::is_placeholder(text)
}
