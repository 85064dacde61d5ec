//! `standard`: is the standard stated the one that is meant, in an edition that still counts?
//!
//! Editions, coexistence and national adoptions are as `Standard` records declare them. The word
//! of the destination, or of a body without an economy, decides; on that of the issuer's own side
//! nothing is recognised, and the verdict says whom to ask. Adoptions are followed up to the standard adopted and down again, not
//! further (ISO/IEC Guide 21-1).

use comity_model::attestation::AttestationDetails;
use comity_model::date::{Day, LegalDate, Truth};
use comity_model::number::fold_model;
use comity_model::record::Subject as Says;
use comity_model::standard::{
    Adoption, Correspondence, Covers, Deviation, DeviationSort, Standard, StandardReference,
};
use comity_model::text::projected;

use crate::arrangement::Sides;
use crate::code::{Code, Outcome, StepName};
use crate::competence::severity;
use crate::evidence::EvidenceRecord;
use crate::finding::{Finding, earliest};
use crate::status::Condition;
use crate::verdict::Who;

/// On whose word an edition is known, the one that decides first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    Destination,
    International,
    IssuersSide,
}

/// A `Standard` record that counts.
struct Edition<'a> {
    evidence: &'a EvidenceRecord,
    standard: &'a Standard,
    word: Word,
    declared_by: &'a str,
}

/// What the editions held say of a pair of standards.
pub(crate) struct Related<'a> {
    pub(crate) finding: Finding<'a>,
    /// Deviations still to be covered, as conditions: language and text.
    pub(crate) conditions: Vec<(String, String)>,
    word: Word,
}

/// Whether an attestation that states these standards is one to the standards `listed`, of which
/// one suffices.
pub(crate) fn fulfils(
    sides: &Sides<'_, '_>,
    listed: &[StandardReference],
    details: &AttestationDetails,
) -> Truth {
    if listed.is_empty() {
        return Truth::Yes;
    }
    if details.standards.is_empty() {
        return Truth::Unknown;
    }
    let pairs = pairs(listed, &details.standards);
    pairs.fold(Truth::No, |best, (listed, stated)| {
        best.or(match listed.covers(stated) {
            Covers::Yes => Truth::Yes,
            Covers::EditionUnsaid => Truth::Unknown,
            Covers::OtherEdition | Covers::No => related(sides, listed, stated).is_some().into(),
        })
    })
}

/// Whether an attestation answers a rule that asks for a standard, and what says so.
#[derive(Default)]
pub(crate) struct Answer<'a> {
    pub(crate) holds: bool,
    /// `Standard` records by whose word it does or does not.
    pub(crate) by: Vec<&'a EvidenceRecord>,
    /// The last legal day on which it stays so.
    pub(crate) until: Option<Day>,
}

/// Whether an attestation answers a rule that asks for one of these standards: it states one, in an
/// edition that still counts, or one that by the destination's or an international word is the same.
/// Nobody answers a destination's rule by his own word.
pub(crate) fn answers<'a>(
    sides: &Sides<'_, 'a>,
    listed: &[StandardReference],
    details: &AttestationDetails,
) -> Answer<'a> {
    let of = |related: Related<'a>| Answer {
        holds: related.finding.outcome == Outcome::Pass,
        by: related.finding.evidence,
        until: related.finding.until,
    };
    let yes = || Answer {
        holds: true,
        ..Answer::default()
    };
    if listed.is_empty() {
        return yes();
    }
    let judged = pairs(listed, &details.standards).filter_map(|(listed, stated)| {
        match listed.covers(stated) {
            Covers::Yes if listed.edition().is_some() => Some(yes()),
            Covers::Yes => Some(superseded(sides, stated).map_or_else(yes, of)),
            Covers::EditionUnsaid => None,
            Covers::OtherEdition | Covers::No => related(sides, listed, stated).map(of),
        }
    });
    // The pair that answers for the longest time, else all that says why none does.
    let mut best = Answer::default();
    for one in judged {
        let longer = one
            .until
            .is_none_or(|last| best.until.is_some_and(|held| held < last));
        match (one.holds, best.holds) {
            (true, false) => best = one,
            (true, true) if longer => best = one,
            (false, false) => {
                best.until = earliest(best.until, one.until);
                best.by.extend(one.by);
            }
            _ => {}
        }
    }
    best
}

/// The step for a list of standards that is asked for: what makes the best pair fit.
pub(crate) fn standard<'a>(sides: &Sides<'_, 'a>, listed: &[StandardReference]) -> Related<'a> {
    let stated = &sides.subject.attestation.comity.standards;
    let not_asked = || Related {
        finding: crate::steps::not_asked(StepName::Standard),
        conditions: Vec::new(),
        word: Word::Destination,
    };
    let judged = pairs(listed, stated).filter_map(|(listed, stated)| match listed.covers(stated) {
        Covers::Yes if listed.edition().is_some() => Some(not_asked()),
        // The edition is left open: it must still be one that counts.
        Covers::Yes => Some(superseded(sides, stated).unwrap_or_else(not_asked)),
        Covers::EditionUnsaid => None,
        Covers::OtherEdition | Covers::No => related(sides, listed, stated),
    });
    judged
        .min_by_key(|related| severity(&related.finding))
        .unwrap_or_else(not_asked)
}

fn pairs<'p>(
    listed: &'p [StandardReference],
    stated: &'p [StandardReference],
) -> impl Iterator<Item = (&'p StandardReference, &'p StandardReference)> {
    listed
        .iter()
        .flat_map(move |listed| stated.iter().map(move |stated| (listed, stated)))
}

/// How `stated` relates to another standard or edition, `listed`; `None` if nothing held says.
fn related<'a>(
    sides: &Sides<'_, 'a>,
    listed: &StandardReference,
    stated: &StandardReference,
) -> Option<Related<'a>> {
    let editions = editions(sides, &[listed.designation(), stated.designation()]);
    let mut found = Vec::new();
    for edition in &editions {
        let this = &edition.standard.standard;
        if covers(listed, this) {
            found.extend(coexistence(sides, edition, stated));
        }
        for adoption in &edition.standard.adopts {
            if this == stated && covers(listed, &adoption.standard) {
                let ways = [(adoption, Way::Up)];
                found.push(corresponds(sides, &[edition], &ways, listed, stated));
            }
            if covers(listed, this) && adoption.standard == *stated {
                let ways = [(adoption, Way::Down)];
                found.push(corresponds(sides, &[edition], &ways, listed, stated));
            }
            if this == stated {
                found.extend(by_common_origin(sides, edition, adoption, listed, stated));
            }
        }
    }
    // The word that decides first, and of it the most cautious.
    found
        .into_iter()
        .min_by_key(|related| (related.word, std::cmp::Reverse(severity(&related.finding))))
}

/// Two adoptions of the same standard.
fn by_common_origin<'a>(
    sides: &Sides<'_, 'a>,
    edition: &Edition<'a>,
    adoption: &Adoption,
    listed: &StandardReference,
    stated: &StandardReference,
) -> Vec<Related<'a>> {
    let others = editions(sides, &[listed.designation()]);
    let mut found = Vec::new();
    for other in others
        .iter()
        .filter(|other| covers(listed, &other.standard.standard))
    {
        for down in &other.standard.adopts {
            if down.standard == adoption.standard {
                let ways = [(adoption, Way::Up), (down, Way::Down)];
                found.push(corresponds(sides, &[edition, other], &ways, listed, stated));
            }
        }
    }
    found
}

fn covers(listed: &StandardReference, other: &StandardReference) -> bool {
    listed.covers(other) == Covers::Yes
}

/// From an adoption to what it adopts, or back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Way {
    /// Whether who fulfils the text at the start need not fulfil the one at the end there.
    fn matters(self, deviation: &Deviation) -> bool {
        match (self, deviation.sort) {
            (Self::Up, DeviationSort::More) | (Self::Down, DeviationSort::Less) => false,
            (_, DeviationSort::More | DeviationSort::Less | DeviationSort::Other) => true,
        }
    }
}

fn corresponds<'a>(
    sides: &Sides<'_, 'a>,
    editions: &[&Edition<'a>],
    ways: &[(&Adoption, Way)],
    listed: &StandardReference,
    stated: &StandardReference,
) -> Related<'a> {
    let details = &sides.subject.attestation.comity;
    let worst = ways.iter().map(|(adoption, _)| adoption.correspondence);
    let worst = worst.max().unwrap_or(Correspondence::NotEquivalent);
    let unsaid = ways.iter().any(|(adoption, _)| {
        adoption.correspondence == Correspondence::Modified && adoption.deviations.is_empty()
    });
    let open: Vec<&Deviation> = (ways.iter())
        .flat_map(|(adoption, way)| {
            let deviations = adoption.deviations.iter();
            let mattering = deviations.filter(|deviation| way.matters(deviation));
            mattering.filter(|deviation| !is_covered(details, listed, adoption, deviation))
        })
        .collect();
    let word = editions.iter().map(|edition| edition.word).max();
    let word = word.unwrap_or(Word::IssuersSide);
    let (outcome, code) = match worst {
        Correspondence::NotEquivalent => (Outcome::Fail, Code::StandardNotEquivalent),
        Correspondence::Modified if unsaid => (Outcome::Unknown, Code::StandardDeviationsUnsaid),
        Correspondence::Modified if !open.is_empty() => (Outcome::Warn, Code::StandardDeviates),
        _ if word == Word::IssuersSide => (Outcome::Unknown, Code::StandardDeclaredByIssuersSide),
        Correspondence::Modified => (Outcome::Pass, Code::StandardDeviationsCovered),
        Correspondence::Identical => (Outcome::Pass, Code::StandardIdentical),
    };
    let clauses: Vec<&str> = open.iter().map(|deviation| &*deviation.clause).collect();
    let conditions = open.iter().flat_map(|deviation| {
        let texts = deviation.text.0.iter();
        texts.map(|text| {
            let words = format!("{listed}, {}: {}", deviation.clause, text.value);
            (text.lang.clone(), projected(&words))
        })
    });
    let mut finding = finding(outcome, code, listed, stated);
    finding.fact("clauses", &clauses.join(", "));
    Related {
        conditions: conditions.collect(),
        finding: declared(finding, editions),
        word,
    }
}

/// Whether the attestation says that it covers the clause, of whichever text it names.
fn is_covered(
    details: &AttestationDetails,
    listed: &StandardReference,
    adoption: &Adoption,
    deviation: &Deviation,
) -> bool {
    details.deviations_covered.iter().any(|covered| {
        let of_text = covers(listed, &covered.standard) || covered.standard == adoption.standard;
        of_text && fold_model(&covered.clause) == fold_model(&deviation.clause)
    })
}

/// What a newer edition says of the one stated.
fn coexistence<'a>(
    sides: &Sides<'_, 'a>,
    newer: &Edition<'a>,
    stated: &StandardReference,
) -> Option<Related<'a>> {
    let on = sides.known.question.on;
    let mut replaced = newer.standard.replaces.iter();
    let replaced = replaced.find(|replaced| replaced.standard == *stated)?;
    let from = newer.standard.period.from;
    let over = match &replaced.coexists_until {
        Some(until) => until.passed_on(on),
        None => from.reached_on(on),
    };
    let last = replaced
        .coexists_until
        .unwrap_or_else(|| LegalDate::Day(from.latest().plus_days(-1)));
    let (outcome, code) = match over {
        Truth::No if newer.word == Word::IssuersSide => {
            (Outcome::Unknown, Code::StandardDeclaredByIssuersSide)
        }
        Truth::No => (Outcome::Pass, Code::StandardCoexists),
        Truth::Yes => (Outcome::Fail, Code::StandardPastCoexistence),
        Truth::Unknown => (Outcome::Unknown, Code::StandardCoexistenceUnclear),
    };
    let finding = finding(outcome, code, &newer.standard.standard, stated)
        .with("coexistsUntil", last)
        .until(crate::finding::through(&last, on));
    Some(Related {
        finding: declared(finding, &[newer]),
        conditions: Vec::new(),
        word: newer.word,
    })
}

/// Where any edition is accepted: what took the place of the one stated. The issuer's side does
/// not decide what counts at the destination.
fn superseded<'a>(sides: &Sides<'_, 'a>, stated: &StandardReference) -> Option<Related<'a>> {
    let editions = editions(sides, &[stated.designation()]);
    let newer = editions
        .iter()
        .filter(|edition| edition.word != Word::IssuersSide);
    let found = newer.filter_map(|edition| coexistence(sides, edition, stated));
    found.min_by_key(|related| (related.word, std::cmp::Reverse(severity(&related.finding))))
}

fn finding<'a>(
    outcome: Outcome,
    code: Code,
    listed: &StandardReference,
    stated: &StandardReference,
) -> Finding<'a> {
    Finding::new(StepName::Standard, outcome, code)
        .with("listed", listed)
        .with("stated", stated)
}

fn declared<'a>(mut finding: Finding<'a>, editions: &[&Edition<'a>]) -> Finding<'a> {
    for edition in editions {
        let record = edition.evidence.record.as_ref().ok();
        let authority = record.map(|record| record.comity.authority.as_str());
        finding.party("declaredBy", authority, edition.declared_by);
    }
    let first = editions.first();
    finding
        .cite_all(editions.iter().map(|edition| edition.evidence))
        .ask(
            Who::StandardsBody,
            None,
            first.map(|edition| edition.declared_by),
        )
}

/// The editions that name any of these designations and count, in the order of digests.
fn editions<'a>(sides: &Sides<'_, 'a>, designations: &[&str]) -> Vec<Edition<'a>> {
    let mut found: Vec<Edition<'a>> = Vec::new();
    for designation in designations {
        for evidence in sides.known.evidence.trust.standards(designation) {
            let held = found
                .iter()
                .any(|held| held.evidence.record_digest == evidence.record_digest);
            if !held {
                found.extend(edition(sides, evidence));
            }
        }
    }
    found
}

fn edition<'a>(sides: &Sides<'_, 'a>, evidence: &'a EvidenceRecord) -> Option<Edition<'a>> {
    let known = sides.known;
    let record = evidence.record.as_ref().ok()?;
    let Says::Standard(standard) = &record.subject else {
        return None;
    };
    let since = known.given_at(evidence)?;
    let standing = known.standing(evidence, record, since).ok()?;
    let state = known.state_by_chain(evidence, &standing.chain, known.question.on);
    if state.condition != Condition::Active {
        return None;
    }
    let here = known.question.in_economy.as_str();
    let word = match standing.head.economy.as_deref() {
        Some(economy) if economy == here => Word::Destination,
        Some(economy) if sides.economies.contains(&economy) => Word::IssuersSide,
        Some(_) => return None,
        None => Word::International,
    };
    Some(Edition {
        evidence,
        standard,
        word,
        declared_by: &record.issuer.id,
    })
}
