//! Who is hit: what rests on a laboratory or body, on a standard, on a record, or on a report known
//! by its number alone, directly or through certificates that rest on it.
//!
//! What a record says that it rests on is taken at its word, whoever signed it, because this warns
//! and decides nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use comity_model::attestation::EvidenceRole;
use comity_model::number::{MAX_NUMBER_CHARS, whole};
use comity_model::record::{Kind, Record, Subject};
use comity_recognition::question::Selector;
use comity_search::{Filter, Filters, Query, Sort};
use comity_store::RecordRow;
use comity_tlog::Hash;

use crate::error::Error;
use crate::look_up::Found;
use crate::projection;
use crate::recognise::{MAX_CANDIDATES, selector};
use crate::{Node, Shared};

mod named;
#[cfg(test)]
mod tests;

use named::{Means, Named};

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

impl Ground {
    /// What somebody names: a party by its DID, or else a record or a number, with whose it is.
    pub fn named(of: &str, issuer: Option<&str>) -> Self {
        if of.starts_with("did:") {
            Self::Party(of.to_owned())
        } else {
            Self::Record(selector(of, issuer))
        }
    }
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
    /// Something is held under the name asked about. Where nothing is, that nothing rests on it says
    /// nothing.
    pub known: bool,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Relation {
    /// Its word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::IssuedBy => "issuedBy",
            Self::Standard => "standard",
            Self::Grant => "grant",
            Self::TestReport => "testReport",
            Self::Inspection => "inspection",
            Self::Audit => "audit",
            Self::ComponentCertificate => "componentCertificate",
        }
    }
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
        let found = !(walk.grounds.is_empty() && walk.resting.is_empty());
        Ok(Impact {
            known: found || self.knows(of).await?,
            grounds: walk.grounds,
            resting: walk.resting,
            cut: walk.cut,
        })
    }

    /// Whether anything is held under a name on which nothing rests.
    async fn knows(&self, ground: &Ground) -> Result<bool, Error> {
        match ground {
            Ground::Party(party) => {
                let node = &self.shared;
                let held = node.held.snapshot();
                let policy = node.policy.resolve(&held.trust, node.now_known());
                let of = self.party(party).await?;
                let lists = [of.registrations, of.grants_held, of.grants_given];
                Ok(policy.authority(party).is_some() || lists.iter().any(|list| list.total > 0))
            }
            Ground::Standard(standard) => {
                let filters = Filters {
                    standard: any_of([standard]),
                    ..Filters::default()
                };
                let query = Query {
                    filters,
                    limit: 1,
                    ..Query::default()
                };
                Ok(!self.shared.page(query).await?.hits.is_empty())
            }
            // A report that was committed to is held, and what it says is not.
            Ground::Record(Selector::Number {
                number,
                issuer: Some(issuer),
            }) => {
                let number = whole(number).ok_or_else(no_number)?;
                let number = projection::number_of(&number, issuer);
                let held = self.shared.store.by_identifier_any_scheme(&number, 1);
                Ok(!held.await?.is_empty())
            }
            Ground::Record(_) => Ok(false),
        }
    }
}

/// One of these values.
fn any_of<const N: usize>(values: [&str; N]) -> Filter {
    Filter {
        any_of: values.map(str::to_owned).to_vec(),
        ..Filter::default()
    }
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

    /// Begins at the records that fit a selector, at grants of its number, and at the number.
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
        let mut fitting = self.node.fitting_now(selector).await?;
        self.cut = fitting.cut;
        if let Some((number, of)) = &asked {
            fitting.rows.extend(self.grants(number, of).await?);
        }
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

    /// The grants of competence of a number, of one of those parties; of anybody if none is named.
    async fn grants(
        &mut self,
        number: &str,
        of: &BTreeSet<String>,
    ) -> Result<Vec<RecordRow>, Error> {
        let store = &self.node.store;
        let one_more = MAX_CANDIDATES + 1;
        let mut found = store.by_identifier("grant", number, one_more).await?;
        self.cut |= found.len() > MAX_CANDIDATES;
        found.truncate(MAX_CANDIDATES);
        let rows = store.records(&found).await?;
        let read = self.node.examined(&rows).await?;
        let grants = rows.into_iter().zip(read).filter(|(_, evidence)| {
            let record = evidence.record.as_ref();
            of.is_empty() || record.is_ok_and(|record| given_by(record, of))
        });
        Ok(grants.map(|(row, _)| row).collect())
    }

    /// Begins at what names a standard.
    async fn stating(&mut self, standard: &str) -> Result<(), Error> {
        let mut query = Query {
            filters: Filters {
                kind: any_of([Kind::Attestation, Kind::CompetenceGrant].map(Kind::name)),
                standard: any_of([standard]),
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

/// Whether a grant is one of those parties': by its signature, by its grantor, or as a register
/// attributes it.
fn given_by(record: &Record, parties: &BTreeSet<String>) -> bool {
    let Subject::CompetenceGrant(grant) = &record.subject else {
        return false;
    };
    let from = record.comity.imported_from.as_ref();
    let attributed = from.map(|from| &from.attributed_to.id);
    let mut names = [
        Some(&record.issuer.id),
        grant.grantor.id.as_ref(),
        attributed,
    ]
    .into_iter();
    names.any(|name| name.is_some_and(|name| parties.contains(name)))
}

fn no_number() -> Error {
    Error::Question {
        parameter: "of",
        detail: format!(
            "expected a number of 1 to {MAX_NUMBER_CHARS} characters beside separators"
        ),
    }
}
