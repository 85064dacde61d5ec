//! What of an attestation decides whether a way admits it.

use std::collections::BTreeSet;

use comity_model::attestation::AttestationKind;
use comity_model::date::Day;
use comity_model::record::{Record, Subject as Says};
use comity_model::reference::Reference;

use super::{Side, digits};

/// What an index holds of an attestation so that [`super::Ways`] can be asked for. All of it is
/// read off the attestation's own signed bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traits {
    /// Kind of attestation.
    pub kind: AttestationKind,
    /// Who says for which economies its issuer acts.
    pub sides: BTreeSet<Side>,
    /// DID of the signer.
    pub issuer: String,
    /// What its scheme is called, in small letters: short code, UNTP's URI and name.
    pub schemes: BTreeSet<String>,
    /// Designations of the standards it states.
    pub standards: BTreeSet<String>,
    /// Digits of its codes of the HS and of what extends it.
    pub codes: BTreeSet<String>,
    /// The latest day on which it can have been issued.
    pub issued_on: Day,
    /// The earliest day on which its validity can begin.
    pub valid_from: Day,
    /// The latest day on which it can end.
    pub valid_until: Option<Day>,
}

impl Traits {
    /// The traits of a record; `None` unless it is an attestation.
    pub fn of(record: &Record) -> Option<Self> {
        let Says::Attestation(attestation) = &record.subject else {
            return None;
        };
        let details = &attestation.comity;
        let dates = &details.legal_dates;
        // An interval in no order is no reason to leave anything out.
        let from = dates.valid_from.unwrap_or(dates.issued_on);
        let until = dates.valid_until;
        let scheme = &attestation.reference_scheme;
        let schemes = [&*scheme.id, &*scheme.name];
        let schemes = details.scheme.as_deref().into_iter().chain(schemes);
        let objects = details.objects.iter();
        let codes = objects.flat_map(|object| &object.product_codes);
        let codes = codes.filter(|code| code.is_harmonised());
        let standards = details.standards.iter();
        Some(Self {
            kind: details.comity_kind,
            sides: sides(record, details.grants.iter().map(|relied| &relied.grant)),
            issuer: record.issuer.id.clone(),
            schemes: schemes.map(str::to_ascii_lowercase).collect(),
            standards: standards.map(|one| one.designation().to_owned()).collect(),
            codes: codes.map(|code| digits(&code.code)).collect(),
            issued_on: dates.issued_on.latest(),
            valid_from: from.earliest().min(from.latest()),
            valid_until: until.map(|until| until.latest().max(until.earliest())),
        })
    }
}

/// An imported row acts for those to whom it is attributed, whatever it relies on; others for
/// whom their grants and their registration name.
fn sides<'r>(record: &Record, grants: impl Iterator<Item = &'r Reference>) -> BTreeSet<Side> {
    if let Some(imported) = &record.comity.imported_from {
        let economies = imported.attributed_to.economies.iter();
        return economies.cloned().map(Side::Attributed).collect();
    }
    let of_grant = |grant: &Reference| match grant {
        Reference::Record(of) => Side::GrantUnder(of.authority.clone()),
        Reference::Source(of) => Side::GrantImportedBy(of.signer.clone()),
    };
    let own = Side::Authority(record.comity.authority.clone());
    grants.map(of_grant).chain([own]).collect()
}
