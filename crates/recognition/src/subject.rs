//! Which record is judged: one of the candidates, none, or several that cannot be told apart.
//!
//! Only records whose signature counts take part where one does (format.md 1.4), so nobody can
//! make a number ambiguous by signing it too.

use std::collections::BTreeMap;

use comity_model::attestation::Attestation;
use comity_model::date::{Instant, LegalDate};
use comity_model::number;
use comity_model::record::{ImportedFrom, Record, Subject as Says};
use comity_model::reference::Identity;

use crate::evidence::EvidenceRecord;
use crate::known::{Known, Logged};
use crate::question::Selector;
use crate::standing::{Standing, Trouble};

/// Most revisions that are followed back: one a month for eight years.
const MAX_REVISIONS: usize = 100;

/// What is judged.
pub(crate) enum Chosen<'a> {
    One(Box<Subject<'a>>),
    /// Held, but not readable as an attestation.
    Unreadable(&'a EvidenceRecord),
    Several(Vec<(Identity, &'a EvidenceRecord)>),
    None,
}

/// The record that is judged.
pub(crate) struct Subject<'a> {
    pub(crate) evidence: &'a EvidenceRecord,
    pub(crate) record: &'a Record,
    pub(crate) attestation: &'a Attestation,
    pub(crate) imported: Option<&'a ImportedFrom>,
    pub(crate) logged: Logged<'a>,
    pub(crate) standing: Result<Standing<'a>, Trouble<'a>>,
    /// Another document under the same identity.
    pub(crate) twin: Option<&'a EvidenceRecord>,
    /// Identities of earlier revisions and of this one, the oldest first.
    pub(crate) revisions: Vec<Identity>,
    /// The revision that takes its place, and from which day.
    pub(crate) newer: Option<(&'a EvidenceRecord, LegalDate)>,
    /// Imported records that this one, the issuer's own, takes the place of.
    pub(crate) replaced_imports: Vec<&'a Candidate<'a>>,
}

/// A candidate that can be read as an attestation.
pub(crate) struct Candidate<'a> {
    pub(crate) evidence: &'a EvidenceRecord,
    pub(crate) record: &'a Record,
    attestation: &'a Attestation,
    logged: Logged<'a>,
    standing: Result<Standing<'a>, Trouble<'a>>,
}

impl<'a> Candidate<'a> {
    fn of(known: &Known<'a>, evidence: &'a EvidenceRecord) -> Option<Self> {
        let record = evidence.record.as_ref().ok()?;
        let Says::Attestation(attestation) = &record.subject else {
            return None;
        };
        let logged = known.logged(evidence);
        let at = known.given_at(evidence).unwrap_or(known.at());
        Some(Self {
            evidence,
            record,
            attestation,
            logged,
            standing: known.standing(evidence, record, at),
        })
    }

    fn counts(&self) -> bool {
        self.standing.is_ok() && matches!(self.logged, Logged::At(_) | Logged::Hypothetical)
    }

    fn given_at(&self) -> Option<Instant> {
        match self.logged {
            Logged::At(entry) => Some(entry.time),
            _ => None,
        }
    }

    fn effective(&self) -> LegalDate {
        let dates = &self.attestation.comity.legal_dates;
        dates.valid_from.unwrap_or(dates.issued_on)
    }

    /// Whether both are rows of one source record, by one importer.
    fn same_row(&self, other: &Self) -> bool {
        let row = |c: &Self| {
            let imported = c.record.comity.imported_from.as_ref()?;
            Some((imported.system.clone(), imported.source_id.clone()))
        };
        self.same_signer(other) && row(self).is_some() && row(self) == row(other)
    }

    fn same_signer(&self, other: &Self) -> bool {
        self.record.issuer.id == other.record.issuer.id
            && self.record.comity.authority == other.record.comity.authority
    }

    /// Whether this is a later revision of `older`, by the same signer.
    fn revises(&self, older: &Self) -> bool {
        if !self.same_signer(older) {
            return false;
        }
        let replaces = self.record.comity.replaces.as_ref();
        if replaces.is_some_and(|replaced| replaced.id == older.record.id) {
            return true;
        }
        let fetched = |c: &Self| {
            c.record
                .comity
                .imported_from
                .as_ref()
                .map(|from| from.fetched_on)
        };
        self.same_row(older) && fetched(self) > fetched(older)
    }

    /// Whether this is the issuer's own record of what `import` was imported as (format.md 2.9).
    fn is_own_record_of(&self, import: &Self) -> bool {
        let (Some(from), Ok(standing)) = (&import.record.comity.imported_from, &self.standing)
        else {
            return false;
        };
        let Some((_, registration)) = standing.registration else {
            return false;
        };
        let economy = standing.head.economy.as_ref();
        let of_economy =
            economy.is_some_and(|economy| from.attributed_to.economies.contains(economy));
        let same = registration
            .same_as
            .iter()
            .any(|same| same.system == from.system && same.source_id == from.attributed_to.id);
        let number = |c: &Self| number::normalise(&c.attestation.comity.certificate_number);
        let native = self.record.comity.imported_from.is_none();
        native && of_economy && same && number(self) == number(import)
    }
}

/// Candidates and revisions, read; kept by the caller because subjects borrow from it.
pub(crate) struct Candidates<'a> {
    asked: Vec<Candidate<'a>>,
    revisions: Vec<Candidate<'a>>,
    unreadable: Option<&'a EvidenceRecord>,
}

impl<'a> Candidates<'a> {
    pub(crate) fn read(known: &Known<'a>) -> Self {
        let evidence = known.evidence;
        let mut given: Vec<&'a EvidenceRecord> = evidence.candidates.iter().map(|c| &**c).collect();
        given.sort_by_key(|record| record.record_digest);
        given.dedup_by_key(|record| record.record_digest);
        let asked: Vec<_> = given
            .iter()
            .filter_map(|c| Candidate::of(known, c))
            .collect();
        let is_asked = |digest| given.iter().any(|record| record.record_digest == digest);
        let mut revisions: Vec<Candidate<'a>> = (evidence.revisions.iter())
            .filter(|revision| !is_asked(revision.record_digest))
            .filter_map(|revision| Candidate::of(known, revision))
            .filter(Candidate::counts)
            .collect();
        revisions.sort_by_key(|revision| revision.evidence.record_digest);
        revisions.dedup_by_key(|revision| revision.evidence.record_digest);
        Self {
            asked,
            revisions,
            unreadable: given.into_iter().find(|record| !is_attestation(record)),
        }
    }

    /// Chooses what is judged.
    pub(crate) fn choose(&'a self, selector: &Selector) -> Chosen<'a> {
        if let Selector::RecordDigest(digest) = selector {
            let exact = |record: &EvidenceRecord| hex::encode(record.record_digest) == *digest;
            if let Some(exact) = self
                .asked
                .iter()
                .find(|candidate| exact(candidate.evidence))
            {
                return Chosen::One(Box::new(self.subject(exact)));
            }
        }
        if self.asked.is_empty() {
            return self.unreadable.map_or(Chosen::None, Chosen::Unreadable);
        }
        let mut fitting: Vec<&Candidate<'a>> = self.asked.iter().filter(|c| c.counts()).collect();
        if fitting.is_empty() {
            fitting = self.asked.iter().collect();
        }
        if matches!(selector, Selector::Number { .. } | Selector::Id(_)) {
            let held = fitting.clone();
            fitting.retain(|candidate| {
                !held
                    .iter()
                    .any(|other| other.revises(candidate) || other.is_own_record_of(candidate))
            });
        }
        let mut by_identity: BTreeMap<Identity, &Candidate<'a>> = BTreeMap::new();
        fitting.sort_by_key(|c| {
            (
                c.given_at().is_none(),
                c.given_at(),
                c.evidence.record_digest,
            )
        });
        for candidate in fitting {
            by_identity
                .entry(candidate.record.identity())
                .or_insert(candidate);
        }
        let mut identities = by_identity.into_iter();
        match (identities.next(), identities.next()) {
            (Some((_, only)), None) => Chosen::One(Box::new(self.subject(only))),
            (Some(first), Some(second)) => {
                let all = [first, second].into_iter().chain(identities);
                Chosen::Several(all.map(|(identity, c)| (identity, c.evidence)).collect())
            }
            (None, _) => Chosen::None,
        }
    }

    fn all(&'a self) -> impl Iterator<Item = &'a Candidate<'a>> {
        self.asked
            .iter()
            .filter(|c| c.counts())
            .chain(&self.revisions)
    }

    fn subject(&'a self, chosen: &'a Candidate<'a>) -> Subject<'a> {
        let identity = chosen.record.identity();
        let twin = self.all().find(|other| {
            other.evidence.document_digest != chosen.evidence.document_digest
                && other.record.identity() == identity
        });
        let newer = (self.all())
            .filter(|other| other.revises(chosen) && other.record.id != chosen.record.id)
            .map(|other| (other.evidence, other.effective()))
            .min_by_key(|(evidence, from)| (from.earliest(), evidence.record_digest));
        let replaced_imports = (self.all()).filter(|other| chosen.is_own_record_of(other));
        Subject {
            evidence: chosen.evidence,
            record: chosen.record,
            attestation: chosen.attestation,
            imported: chosen.record.comity.imported_from.as_ref(),
            logged: chosen.logged,
            standing: chosen.standing.clone(),
            twin: twin.map(|other| other.evidence),
            revisions: self.revisions_of(chosen),
            newer,
            replaced_imports: replaced_imports.collect(),
        }
    }

    /// The identities of earlier revisions and of `chosen`, the oldest first.
    fn revisions_of(&'a self, chosen: &'a Candidate<'a>) -> Vec<Identity> {
        let mut chain = vec![chosen];
        let mut identities = vec![chosen.record.identity()];
        while let Some(last) = chain.last().copied() {
            if identities.len() >= MAX_REVISIONS {
                break;
            }
            let older = (self.all())
                .filter(|older| last.revises(older))
                .filter(|older| !identities.contains(&older.record.identity()))
                .min_by_key(|older| older.evidence.record_digest);
            if let Some(older) = older {
                identities.push(older.record.identity());
                chain.push(older);
                continue;
            }
            // What it replaces need not be held for events on it to count.
            if let Some(replaced) = &last.record.comity.replaces
                && replaced.issuer == last.record.issuer.id
                && !identities.contains(&replaced.identity())
            {
                identities.push(replaced.identity());
            }
            break;
        }
        identities.reverse();
        identities
    }
}

fn is_attestation(record: &EvidenceRecord) -> bool {
    (record.record.as_ref()).is_ok_and(|read| matches!(read.subject, Says::Attestation(_)))
}

impl<'a> Subject<'a> {
    /// The instant at which its signature is judged.
    pub(crate) fn known_time(&self, known: &Known<'a>) -> Instant {
        match self.logged {
            Logged::At(entry) => entry.time,
            _ => known.at(),
        }
    }

    /// Whether economies of the issuer's side may lack a log without hiding an absence.
    pub(crate) fn is_imported(&self) -> bool {
        self.imported.is_some()
    }
}
