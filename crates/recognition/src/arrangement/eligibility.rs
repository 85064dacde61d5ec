//! Who may issue under a chapter: what it asks of the grant, and of the grantor.

use comity_model::arrangement::{Chapter, IssuerEligibility};
use comity_model::date::{LegalDate, Truth};
use comity_model::participation::ArrangementName;
use comity_model::party::PartyReference;
use comity_model::standard::Covers;

use super::participation::{Whose, members, producer};
use super::versions::held;
use crate::code::{Code, Outcome, StepName};
use crate::competence::{Competence, Reliance};
use crate::finding::Finding;
use crate::known::Known;
use crate::policy::Preference;
use crate::subject::Subject;
use crate::verdict::Who;

/// Whether a grant relied on is of the kind the chapter asks for.
pub(super) fn grant(
    chapter: &Chapter,
    full_name: &str,
    competence: &Competence<'_>,
    imported: bool,
) -> Option<(Outcome, Code)> {
    let asked = &chapter.issuer_eligibility;
    let nothing = asked.grant_types.is_empty()
        && asked.activities.is_empty()
        && asked.criteria.is_empty()
        && !asked.designated_under_chapter;
    if nothing {
        return None;
    }
    let best = (competence.grants.iter())
        .map(|reliance| fits(asked, full_name, reliance))
        .fold(Truth::No, Truth::or);
    match best {
        Truth::Yes => None,
        Truth::Unknown => Some((Outcome::Unknown, Code::ArrangementGrantUnclear)),
        // An imported record may lack what its source lacks (format.md 1.3).
        Truth::No
            if competence.missing
                || (imported && !competence.grants.iter().any(|grant| grant.to_issuer)) =>
        {
            Some((Outcome::Unknown, Code::ArrangementGrantUnclear))
        }
        Truth::No if asked.designated_under_chapter => {
            Some((Outcome::Fail, Code::ArrangementNotDesignated))
        }
        Truth::No => Some((Outcome::Fail, Code::ArrangementGrantTypeMissing)),
    }
}

/// Whether one grant is all that the chapter asks for. Grants to others, and those that have
/// fallen, are nothing to the issuer.
fn fits(asked: &IssuerEligibility, full_name: &str, reliance: &Reliance<'_>) -> Truth {
    let grant = reliance.grant;
    let of_type = asked.grant_types.is_empty() || asked.grant_types.contains(&grant.grant_type);
    let active = asked.activities.is_empty()
        || asked
            .activities
            .iter()
            .any(|activity| grant.activities.contains(activity));
    let designated = !asked.designated_under_chapter
        || grant
            .under_chapters
            .iter()
            .any(|chapter| chapter == full_name);
    let criteria = if asked.criteria.is_empty() {
        Truth::Yes
    } else {
        asked.criteria.iter().fold(Truth::No, |best, wanted| {
            grant.criteria.iter().fold(best, |best, held| {
                best.or(match wanted.covers(held) {
                    Covers::Yes => Truth::Yes,
                    Covers::EditionUnsaid => Truth::Unknown,
                    Covers::OtherEdition | Covers::No => Truth::No,
                })
            })
        })
    };
    reliance
        .makes_eligible()
        .and(Truth::from(of_type && active && designated))
        .and(criteria)
}

fn without_grant(competence: &Competence<'_>) -> Outcome {
    if competence.missing {
        Outcome::Unknown
    } else {
        Outcome::Fail
    }
}

/// `accreditor`: is the grantor itself in the chapter of an accreditation arrangement that this
/// chapter names? The grantor must have been in on the day of issue.
pub(super) fn accreditor<'a>(
    known: &Known<'a>,
    subject: &Subject<'a>,
    chapter: &'a Chapter,
    of: &ArrangementName,
    competence: &Competence<'a>,
) -> Finding<'a> {
    let Some(wanted) = &chapter.issuer_eligibility.grantor_in else {
        return crate::steps::not_asked(StepName::Accreditor);
    };
    let finding = |outcome, code| {
        Finding::new(StepName::Accreditor, outcome, code)
            .with("chapter", wanted)
            .ask(
                Who::Secretariat,
                None,
                wanted.split_once('#').map(|(did, _)| did),
            )
    };
    if competence.grants.is_empty() {
        return finding(without_grant(competence), Code::AccreditorNoGrant);
    }
    let not_held = finding(Outcome::Unknown, Code::AccreditorChapterNotHeld);
    let Some((id, chapter_id)) = wanted.rsplit_once('/') else {
        return not_held;
    };
    let Some(name) = resolve(known, id, of) else {
        return not_held;
    };
    let Some(held) = held(known, name) else {
        return not_held;
    };
    let Some(version) = held.proper.last() else {
        return not_held;
    };
    let Some(in_chapter) = version
        .arrangement
        .chapters
        .iter()
        .find(|c| c.id == chapter_id)
    else {
        return not_held.cite(version.evidence);
    };
    let issued = subject.attestation.comity.legal_dates.issued_on;
    let in_force = crate::competence::contains(&in_chapter.period, &issued);
    let members = members(known, name);
    let mut best = finding(Outcome::Fail, Code::AccreditorNotParticipant).cite(version.evidence);
    let mut economies = Vec::new();
    let full_name = format!("{}/{}", of.id, chapter.id);
    let asked = &chapter.issuer_eligibility;
    for reliance in &competence.grants {
        // The grant that is accepted is the one whose grantor has to be in.
        let fits = fits(asked, &full_name, reliance);
        if fits == Truth::No {
            continue;
        }
        let (is_in, evidence, economy) =
            standing_of(known, &members, version, chapter_id, reliance, &issued);
        economies.extend(economy);
        let (outcome, code) = match is_in.map(|is_in| is_in.and(in_force).and(fits)) {
            Some(Truth::Yes) => (Outcome::Pass, Code::AccreditorInStanding),
            Some(Truth::No) | None => (Outcome::Fail, Code::AccreditorNotParticipant),
            Some(Truth::Unknown) => (Outcome::Unknown, Code::AccreditorParticipationUnclear),
        };
        let found = finding(outcome, code)
            .with("grantor", &reliance.grant.grantor.name)
            .cite(version.evidence)
            .cite(reliance.evidence)
            .cite_all(evidence);
        if crate::competence::severity(&found) <= crate::competence::severity(&best) {
            best = found;
        }
    }
    let lenient = held.transcribed || subject.is_imported();
    economies.extend(version.signer_economies(known));
    known.absent(best, &[version.evidence], &economies, lenient)
}

type Standing<'a> = (
    Option<Truth>,
    Vec<&'a crate::evidence::EvidenceRecord>,
    Option<&'a str>,
);

fn standing_of<'a>(
    known: &Known<'a>,
    members: &[super::participation::Member<'a>],
    version: &super::versions::Version<'a>,
    chapter: &str,
    reliance: &Reliance<'a>,
    issued: &LegalDate,
) -> Standing<'a> {
    let imported = reliance.is_imported();
    let (authority, did) = reliance.grantor();
    // Of an imported grant the grantor is whom the register names, never the importer.
    let party = if imported {
        reliance.grant.grantor.reference()
    } else {
        Some(PartyReference {
            id: did.to_owned(),
            registered_by: authority.to_owned(),
        })
    };
    let economy = if imported {
        None
    } else {
        reliance.standing.head.economy.as_deref()
    };
    let Some(party) = party else {
        return (Some(Truth::Unknown), Vec::new(), economy);
    };
    let side = producer(
        known,
        members,
        version,
        chapter,
        &Whose::Party(party),
        issued,
    );
    (side.is_in, side.evidence, economy)
}

/// The arrangement that an id means where no authority stands beside it: one published under the
/// same authority as the chapter that names it, under the id's own DID, or accepted by name in
/// the policy. Anybody else who publishes the same id is not heard.
fn resolve<'a>(known: &Known<'a>, id: &str, of: &ArrangementName) -> Option<&'a ArrangementName> {
    let own = id.split_once('#').map_or(id, |(did, _)| did);
    let accepted = |name: &ArrangementName| {
        known.policy.file().arrangement.iter().any(|rule| {
            rule.rule == Preference::Accept
                && (&rule.authority, &rule.name) == (&name.authority, &name.id)
        })
    };
    let names = known.evidence.trust.arrangement_names();
    let mut fitting: Vec<&ArrangementName> =
        names.into_iter().filter(|name| name.id == id).collect();
    fitting.sort_by_key(|name| (name.authority != own, name.authority != of.authority, *name));
    let trusted = |name: &&ArrangementName| {
        name.authority == own || name.authority == of.authority || accepted(name)
    };
    fitting.into_iter().find(trusted)
}
