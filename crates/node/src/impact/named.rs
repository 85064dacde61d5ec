//! Names under which what rests on something is looked up, and what has to be true of it.

use std::collections::BTreeSet;

use comity_model::attestation::BasedOn;
use comity_model::number::whole;
use comity_model::record::{Record, Subject};
use comity_model::reference::{Identity, Reference, SourceReference};
use comity_store::RecordRow;

use super::Relation;
use crate::projection::{self, rests};
use crate::recognise::identity_of;

/// A name under which records are looked up, and what has to be true of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    pub(super) key: String,
    pub(super) means: Means,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Means {
    By(String),
    IssuedBy(String),
    Grant(Identity),
    /// An imported grant, in whichever revision.
    Row(SourceReference),
    Record(Identity),
    /// A number, and whose it may be; anybody's if that is not known.
    Number(String, BTreeSet<String>),
}

impl Named {
    pub(super) fn by(party: &str) -> Self {
        Self {
            key: rests::by(party),
            means: Means::By(party.to_owned()),
        }
    }

    pub(super) fn issued_by(party: &str) -> Self {
        Self {
            key: rests::on_issued_by(party),
            means: Means::IssuedBy(party.to_owned()),
        }
    }

    pub(super) fn number(number: &str, of: BTreeSet<String>) -> Option<Self> {
        Some(Self {
            key: rests::on_number(number)?,
            means: Means::Number(whole(number)?, of),
        })
    }

    fn grant(grant: Identity) -> Self {
        Self {
            key: projection::grant_key(&grant.id),
            means: Means::Grant(grant),
        }
    }

    fn row(row: SourceReference) -> Self {
        let source = projection::source_key(&row.signer, &row.system, &row.source_id);
        Self {
            key: projection::grant_key(&source),
            means: Means::Row(row),
        }
    }

    /// The names of what rests on a record.
    pub(super) fn on(row: &RecordRow, record: &Record) -> Vec<Self> {
        let mut names = Vec::new();
        let from = record.comity.imported_from.as_ref();
        match &record.subject {
            Subject::CompetenceGrant(_) => {
                names.push(Self::grant(identity_of(row)));
                names.extend(from.map(|from| {
                    Self::row(SourceReference {
                        signer: record.issuer.id.clone(),
                        system: from.system.clone(),
                        source_id: from.source_id.clone(),
                    })
                }));
            }
            Subject::Attestation(attestation) => {
                let identity = identity_of(row);
                names.push(Self {
                    key: rests::on(&identity),
                    means: Means::Record(identity),
                });
                let of = from.map(|from| from.attributed_to.id.clone());
                let of = of.into_iter().chain([record.issuer.id.clone()]);
                let number = &attestation.comity.certificate_number;
                names.extend(Self::number(number, of.collect()));
            }
            _ => {}
        }
        names
    }

    /// How a record that was found under the name rests on it, and whether only by a number.
    pub(super) fn relation(&self, record: &Record) -> Option<(Relation, bool)> {
        let details = match &record.subject {
            Subject::Attestation(attestation) => Some(&attestation.comity),
            _ => None,
        };
        let evidence = details.map_or(&[][..], |details| &details.based_on);
        let relies = |on: &dyn Fn(&Reference) -> bool| {
            let mut grants = details.iter().flat_map(|details| &details.grants);
            let any = grants.any(|reliance| on(&reliance.grant));
            any.then_some((Relation::Grant, false))
        };
        let first = |fits: &dyn Fn(&BasedOn) -> bool| {
            let item = evidence.iter().find(|item| fits(item));
            item.map(|item| (item.role.into(), false))
        };
        match &self.means {
            Means::By(party) => {
                let from = record.comity.imported_from.as_ref();
                let attributed = from.map(|from| &from.attributed_to.id);
                let by = record.issuer.id == *party || attributed == Some(party);
                by.then_some((Relation::IssuedBy, false))
            }
            Means::Grant(identity) => relies(
                &|grant| matches!(grant, Reference::Record(grant) if grant.identity() == *identity),
            ),
            Means::Row(row) => {
                relies(&|grant| matches!(grant, Reference::Source(grant) if grant == row))
            }
            Means::Record(identity) => first(&|item| {
                let named = item.record.as_ref();
                named.is_some_and(|record| record.identity() == *identity)
            }),
            Means::IssuedBy(party) => first(&|item| whose(item) == Some(party)),
            Means::Number(number, of) => {
                let mut items = evidence.iter().filter(|item| {
                    let given = item.number.as_deref().and_then(whole);
                    given.is_some_and(|given| given == *number)
                });
                // Another party's report may have the same number.
                let known = |item: &&BasedOn| whose(item).is_some_and(|did| of.contains(did));
                let unsaid = |item: &&BasedOn| of.is_empty() || whose(item).is_none();
                let item = items.clone().find(known);
                let surely = item.is_some();
                let item = item.or_else(|| items.find(unsaid))?;
                Some((item.role.into(), !surely))
            }
        }
    }
}

/// Whose a piece of evidence is, by identifier.
fn whose(item: &BasedOn) -> Option<&String> {
    let named = item.issuer.as_ref().and_then(|issuer| issuer.id.as_ref());
    let recorded = item.record.as_ref().map(|record| &record.issuer);
    recorded.or(named)
}
