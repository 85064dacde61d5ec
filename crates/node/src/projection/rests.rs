//! Names under which a record is found from what it rests on, whoever signed it: this finds what
//! may be hit and decides nothing.

use comity_model::number::whole;
use comity_model::record::{Record, Subject};
use comity_model::reference::Identity;

use super::MAX_IDENTIFIERS;

/// Every name of a record: whose it is, and what its evidence is; of the evidence beyond
/// [`MAX_IDENTIFIERS`] pieces none is kept, and nobody who looks for it is told of the record.
pub(super) fn keys(record: &Record) -> Vec<String> {
    let evidence = match &record.subject {
        Subject::Attestation(attestation) => attestation.comity.based_on.as_slice(),
        Subject::CompetenceGrant(_) => &[],
        _ => return Vec::new(),
    };
    let mut keys = vec![by(&record.issuer.id)];
    if let Some(from) = &record.comity.imported_from {
        keys.push(by(&from.attributed_to.id));
    }
    for item in evidence.iter().take(MAX_IDENTIFIERS) {
        let named = item.issuer.as_ref().and_then(|issuer| issuer.id.as_ref());
        let issuer = item.record.as_ref().map(|record| &record.issuer);
        keys.extend(item.record.iter().map(|record| on(&record.identity())));
        keys.extend(issuer.or(named).map(|issuer| on_issued_by(issuer)));
        keys.extend(item.number.as_deref().and_then(on_number));
    }
    keys
}

/// The name of attestations and grants that a party signed, or that a register attributes to it.
pub fn by(party: &str) -> String {
    format!("by {party}")
}

/// The name of attestations that rest on a published record.
pub fn on(record: &Identity) -> String {
    format!(
        "rests on {} {} {}",
        record.authority, record.issuer, record.id
    )
}

/// The name of attestations that rest on something of this number as printed, whoever gave it. One
/// of which nothing is left, or that would be cut, has none: it would be the name of many.
pub fn on_number(number: &str) -> Option<String> {
    Some(format!("rests on number {}", whole(number)?))
}

/// The name of attestations that rest on something that a party issued.
pub fn on_issued_by(party: &str) -> String {
    format!("rests on issued by {party}")
}
