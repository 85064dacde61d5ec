//! Who is hit: what rests on a laboratory or body, on a standard, on a record, or on a report known
//! by its number alone, directly or through certificates that rest on it.
//!
//! What a record says that it rests on is taken at its word, whoever signed it, because this warns
//! and decides nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use comity_model::attestation::{BasedOn, EvidenceRole};
use comity_model::number::{MAX_NUMBER_CHARS, whole};
use comity_model::record::{Kind, Record, Subject};
use comity_model::reference::{Identity, Reference, SourceReference};
use comity_recognition::question::Selector;
use comity_search::{Filter, Filters, Query, Sort};
use comity_store::RecordRow;
use comity_tlog::Hash;

use crate::error::Error;
use crate::look_up::Found;
use crate::projection::{self, rests};
use crate::recognise::identity_of;
use crate::{Node, Shared};

#[cfg(test)]
mod tests;

/// Most records of one answer.
pub const MAX_RESTING: usize = 10_000;

/// What something may rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A laboratory, certification body, accreditation body or authority, by its DID or by the
    /// identifier under which registers attribute rows to it.
    Party(String),
    /// A record; or what has a number, whether or not it was ever published.
    Record(Selector),
    /// A standard, with or without edition.
    Standard(String),
}

/// Everything that rests on something.
#[derive(Clone, Debug)]
pub struct Impact {
    /// The published records that were asked about themselves, without their bytes.
    pub grounds: Vec<Found>,
    /// What rests on it, the nearest first.
    pub resting: Vec<Resting>,
    /// There may be more.
    pub cut: bool,
}

/// A record that rests on something.
#[derive(Clone, Debug)]
pub struct Resting {
    /// The record, without its bytes.
    pub record: Found,
    /// 1 if it rests on what was asked about, 2 if on something that does, and so on.
    pub depth: usize,
    /// How.
    pub relation: Relation,
    /// Where it rests on another of these, the place of that one.
    pub through: Option<usize>,
    /// The number agrees, but it is not said, or not by the same identifier, whose it is.
    pub by_number_alone: bool,
}

/// How a record rests on something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Relation {
    /// The party issued it.
    IssuedBy,
    /// It states that the standard is fulfilled, or is competence for it.
    Standard,
    /// It relies on the grant.
    Grant,
    /// It rests on the test report.
    TestReport,
    /// It rests on the inspection.
    Inspection,
    /// It rests on the audit.
    Audit,
    /// It rests on the certificate of a component.
    ComponentCertificate,
}

impl From<EvidenceRole> for Relation {
    fn from(role: EvidenceRole) -> Self {
        match role {
            EvidenceRole::TestReport => Self::TestReport,
            EvidenceRole::Inspection => Self::Inspection,
            EvidenceRole::Audit => Self::Audit,
            EvidenceRole::ComponentCertificate => Self::ComponentCertificate,
        }
    }
}

impl Node {
    /// What rests on a ground, up to `most` records.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Search`], [`Error::Question`] for a standard beyond a limit and
    /// for a number that is none.
    pub async fn impact(&self, of: &Ground, most: usize) -> Result<Impact, Error> {
        let node = &self.shared;
        let mut walk = Walk::new(node, most.min(MAX_RESTING));
        match of {
            Ground::Party(party) => {
                walk.note(Named::by(party), None);
                walk.note(Named::issued_by(party), None);
            }
            Ground::Record(selector) => walk.begin(selector).await?,
            Ground::Standard(standard) => walk.stating(standard).await?,
        }
        walk.go().await?;
        Ok(Impact {
            grounds: walk.grounds,
            resting: walk.resting,
            cut: walk.cut,
        })
    }
}

/// A name under which records are looked up, and what has to be true of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    key: String,
    means: Means,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Means {
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
    fn by(party: &str) -> Self {
        Self {
            key: rests::by(party),
            means: Means::By(party.to_owned()),
        }
    }

    fn issued_by(party: &str) -> Self {
        Self {
            key: rests::on_issued_by(party),
            means: Means::IssuedBy(party.to_owned()),
        }
    }

    fn number(number: &str, of: BTreeSet<String>) -> Option<Self> {
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
    fn on(row: &RecordRow, record: &Record) -> Vec<Self> {
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
    fn relation(&self, record: &Record) -> Option<(Relation, bool)> {
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

/// From what was asked about to what rests on it, and on that.
struct Walk<'a> {
    node: &'a Arc<Shared>,
    most: usize,
    grounds: Vec<Found>,
    resting: Vec<Resting>,
    /// Records that were met, so that each is told once, where it is nearest; with their places,
    /// but for those that were asked about.
    met: BTreeMap<Hash, Option<usize>>,
    /// Names still to be looked up, with the place of the record they are of.
    next: Vec<(Named, Option<usize>)>,
    /// Those that were.
    asked: BTreeSet<Named>,
    cut: bool,
}

impl<'a> Walk<'a> {
    fn new(node: &'a Arc<Shared>, most: usize) -> Self {
        Self {
            node,
            most,
            grounds: Vec::new(),
            resting: Vec::new(),
            met: BTreeMap::new(),
            next: Vec::new(),
            asked: BTreeSet::new(),
            cut: false,
        }
    }

    fn note(&mut self, name: Named, through: Option<usize>) {
        if self.asked.insert(name.clone()) {
            self.next.push((name, through));
        }
    }

    /// Begins at the records that fit a selector, and at its number.
    async fn begin(&mut self, selector: &Selector) -> Result<(), Error> {
        let asked = match selector {
            Selector::Number { number, issuer } => {
                let number = whole(number).ok_or_else(no_number)?;
                // Without an issuer whatever has this number is asked about.
                Some((number, issuer.iter().cloned().collect()))
            }
            _ => None,
        };
        let mut numbers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let fitting = self.node.fitting_now(selector).await?;
        self.cut = fitting.cut;
        for row in fitting.rows {
            let Some(found) = self.without_bytes(row).await? else {
                continue;
            };
            self.met.insert(found.row.digest, None);
            if let Ok(record) = &found.evidence.record {
                for name in Named::on(&found.row, record) {
                    match name.means {
                        // Several records may have one number.
                        Means::Number(number, of) => numbers.entry(number).or_default().extend(of),
                        _ => self.note(name, None),
                    }
                }
            }
            self.grounds.push(found);
        }
        numbers.extend(asked);
        for (number, of) in numbers {
            if let Some(name) = Named::number(&number, of) {
                self.note(name, None);
            }
        }
        Ok(())
    }

    /// Begins at what names a standard.
    async fn stating(&mut self, standard: &str) -> Result<(), Error> {
        let any_of = |value: &str| Filter {
            any_of: vec![value.to_owned()],
            ..Filter::default()
        };
        let mut query = Query {
            filters: Filters {
                kind: Filter {
                    any_of: [Kind::Attestation, Kind::CompetenceGrant]
                        .map(|kind| kind.name().to_owned())
                        .to_vec(),
                    ..Filter::default()
                },
                standard: any_of(standard),
                ..Filters::default()
            },
            sort: Sort::Newest,
            limit: comity_search::MAX_PAGE_HITS,
            ..Query::default()
        };
        loop {
            let page = self.node.page(query.clone()).await?;
            let digests: Vec<Hash> = page.hits.iter().map(|hit| hit.digest).collect();
            for row in self.node.store.records(&digests).await? {
                self.add(row, 1, None, |_| Some((Relation::Standard, false)))
                    .await?;
                if self.is_full() {
                    return Ok(());
                }
            }
            match page.next {
                Some(next) => query.cursor = Some(next),
                None => return Ok(()),
            }
        }
    }

    /// Looks up every name, and the names of what was found, the nearest first.
    async fn go(&mut self) -> Result<(), Error> {
        let mut depth = 1 + self.resting.last().map_or(0, |last| last.depth);
        while !self.next.is_empty() && !self.is_full() {
            for (name, through) in std::mem::take(&mut self.next) {
                let room = self.most.saturating_sub(self.resting.len());
                let found = self.node.store.by_reference(&name.key, room + 1).await?;
                // Names that were met before take room here: what is cut may be none.
                self.cut |= found.len() > room;
                for row in self.node.store.records(&found).await? {
                    self.add(row, depth, through, |record| name.relation(record))
                        .await?;
                    if self.is_full() {
                        return Ok(());
                    }
                }
            }
            depth += 1;
        }
        Ok(())
    }

    /// There is no room, and may be more.
    fn is_full(&self) -> bool {
        self.cut && self.resting.len() >= self.most
    }

    async fn add(
        &mut self,
        row: RecordRow,
        depth: usize,
        through: Option<usize>,
        relation: impl Fn(&Record) -> Option<(Relation, bool)>,
    ) -> Result<(), Error> {
        if let Some(met) = self.met.get(&row.digest) {
            if let Some(place) = *met {
                self.make_sure(place, depth, through, relation);
            }
            return Ok(());
        }
        let examined = self.node.examined(std::slice::from_ref(&row)).await?;
        let Some(Ok(record)) = examined.first().map(|evidence| &evidence.record) else {
            return Ok(());
        };
        let Some((relation, by_number_alone)) = relation(record) else {
            return Ok(());
        };
        if self.resting.len() >= self.most {
            self.cut = true;
            return Ok(());
        }
        let names = Named::on(&row, record);
        let Some(found) = self.without_bytes(row).await? else {
            return Ok(());
        };
        let place = self.resting.len();
        self.met.insert(found.row.digest, Some(place));
        for name in names {
            self.note(name, Some(place));
        }
        self.resting.push(Resting {
            record: found,
            depth,
            relation,
            through,
            by_number_alone,
        });
        Ok(())
    }

    /// A record that was met by a number alone is told as another name of the same depth has it, if
    /// that one is sure.
    fn make_sure(
        &mut self,
        place: usize,
        depth: usize,
        through: Option<usize>,
        relation: impl Fn(&Record) -> Option<(Relation, bool)>,
    ) {
        if let Some(met) = self.resting.get_mut(place)
            && met.by_number_alone
            && met.depth == depth
            && let Ok(record) = &met.record.evidence.record
            && let Some((relation, false)) = relation(record)
        {
            met.relation = relation;
            met.through = through;
            met.by_number_alone = false;
        }
    }

    /// The bytes of thousands of records are not for the memory.
    async fn without_bytes(&self, row: RecordRow) -> Result<Option<Found>, Error> {
        let mut found = self.node.found(row).await?;
        if let Some(found) = &mut found {
            found.body = Vec::new();
        }
        Ok(found)
    }
}

fn no_number() -> Error {
    Error::Question {
        parameter: "of",
        detail: format!(
            "expected a number of 1 to {MAX_NUMBER_CHARS} characters beside separators"
        ),
    }
}
