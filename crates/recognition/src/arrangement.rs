//! `arrangement`: exactly one chapter joins the issuer's side and the destination.
//!
//! Each chapter that covers the attestation is tried by itself, as its own path, and the best is
//! taken (format.md 4.4). Which day counts for what:
//!
//! * the issuer's side must be in on the *day of issue*; so must a directed pair hold;
//! * the destination must be in on the *legal day*;
//! * a chapter must be in force on the *legal day*; once it has ended, what was issued before
//!   lives on by its after-end rule, and both sides are asked about no later than its last day.

mod conditions;
pub(crate) mod coverage;
mod direction;
mod eligibility;
pub mod matrix;
mod participation;
mod path;
mod versions;
pub mod ways;

use comity_model::arrangement::{Chapter, Degree};
use comity_model::date::Truth;
use comity_model::import_rule::ImportRule;
use comity_model::participation::ArrangementName;
use comity_model::record::Subject as Says;

use crate::code::{Code, Outcome, StepName};
use crate::competence::{Competence, severity};
use crate::editions;
use crate::evidence::EvidenceRecord;
use crate::finding::Finding;
use crate::import_rule::Rules;
use crate::known::Known;
use crate::policy::Preference;
use crate::subject::Subject;
use crate::verdict::{Basis, Extent, VerdictResult, Who};
use versions::{Held, Version};

/// One way to be recognised, judged.
pub(crate) struct Judged<'a> {
    /// The chapter; none for a domestic record, or where there is no chapter.
    pub(crate) chapter: Option<(&'a ArrangementName, String, u64)>,
    pub(crate) arrangement: Finding<'a>,
    pub(crate) territory: Finding<'a>,
    pub(crate) accreditor: Finding<'a>,
    /// How the standard stated fits the one named.
    pub(crate) standard: Finding<'a>,
    pub(crate) degree: Option<Degree>,
    pub(crate) extent: Extent,
    pub(crate) basis: Basis,
    pub(crate) conditions: Vec<(String, String)>,
    /// The policy made less of it than the destination does.
    pub(crate) policy_note: Option<Code>,
    pub(crate) result: VerdictResult,
}

/// What the paths are judged on.
pub(crate) struct Sides<'k, 'a> {
    pub(crate) known: &'k Known<'a>,
    pub(crate) subject: &'k Subject<'a>,
    pub(crate) competence: &'k Competence<'a>,
    /// Economies the issuer acts for.
    pub(crate) economies: &'k [&'a str],
    /// What every path shares: the worst of the steps before, `None` if they pass.
    pub(crate) shared: &'k [Outcome],
}

/// Every path, the best first; never empty. What the destination's own rules say counts on each.
pub(crate) fn paths<'a>(sides: &Sides<'_, 'a>, rules: &Rules<'a>) -> Vec<Judged<'a>> {
    let here = sides.known.question.in_economy.as_str();
    let mut paths = Vec::new();
    let mut speaks = false;
    if sides.economies.contains(&here) {
        paths.push(domestic(sides));
    } else {
        for name in sides.known.evidence.trust.arrangement_names() {
            if !concerns(sides, name) {
                continue;
            }
            let Some(held) = versions::held(sides.known, name) else {
                continue;
            };
            speaks |= held.transcribed && speaks_of(&held, sides.subject);
            paths.extend(of_arrangement(sides, &held));
        }
        for &(evidence, rule) in &rules.accepted {
            paths.push(by_rule(sides, evidence, rule));
        }
        if paths.is_empty() {
            paths.push(nothing(sides, speaks));
        }
    }
    let gaps = rules.gaps.iter().flat_map(|gap| &gap.text.0);
    let gaps: Vec<(String, String)> = gaps
        .map(|text| {
            (
                text.lang.clone(),
                comity_model::text::projected(&text.value),
            )
        })
        .collect();
    for path in &mut paths {
        path.conditions.extend(gaps.iter().cloned());
        path.result = result_of(sides.shared, path, rules.finding.outcome);
    }
    paths.sort_by(|one, other| rank(one).cmp(&rank(other)));
    paths
}

/// Whether any text under that name might cover the record or speaks of it: the others are not
/// looked into, and need not be held to answer.
fn concerns(sides: &Sides<'_, '_>, name: &ArrangementName) -> bool {
    let texts = sides.known.evidence.trust.glance_at(name).into_iter();
    let mut chapters = texts.flat_map(|text| match text.record.as_ref().map(|r| &r.subject) {
        Ok(Says::Arrangement(arrangement)) => arrangement.chapters.as_slice(),
        _ => &[],
    });
    chapters.any(|chapter| {
        coverage::covers(sides, &chapter.coverage) != Truth::No
            || coverage::speaks_of(&chapter.coverage, sides.subject)
    })
}

fn rank<'p>(path: &'p Judged<'_>) -> impl Ord + use<'p> {
    (
        path.result,
        std::cmp::Reverse(path.degree),
        std::cmp::Reverse(height(&path.extent)),
        path.basis,
        path.chapter
            .as_ref()
            .map(|(name, chapter, _)| (chapter.as_str(), name.authority.as_str())),
    )
}

/// How far an extent goes: full before capped, and of two caps the higher.
fn height(extent: &Extent) -> u32 {
    match extent {
        Extent::Full => u32::MAX,
        Extent::CappedAt(level) => {
            let digits = level.rsplit(|c: char| !c.is_ascii_digit()).next();
            digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
        }
    }
}

/// From steps to a result (format.md 4.4).
fn result_of(shared: &[Outcome], path: &Judged<'_>, rules: Outcome) -> VerdictResult {
    let of_path = [
        &path.arrangement,
        &path.territory,
        &path.accreditor,
        &path.standard,
    ];
    let mut outcomes = shared
        .iter()
        .copied()
        .chain(of_path.map(|finding| finding.outcome))
        .chain([rules]);
    let mut unknown = false;
    if outcomes.any(|outcome| {
        unknown |= outcome == Outcome::Unknown;
        outcome == Outcome::Fail
    }) {
        return VerdictResult::NotRecognised;
    }
    if unknown {
        return VerdictResult::CannotTell;
    }
    match path.degree {
        Some(Degree::Competence | Degree::Results) => VerdictResult::ResultsOnly,
        _ if !path.conditions.is_empty() => VerdictResult::RecognisedWithConditions,
        _ => VerdictResult::Recognised,
    }
}

/// The issuer acts for the destination itself: no chapter is needed.
fn domestic<'a>(sides: &Sides<'_, 'a>) -> Judged<'a> {
    let imported = sides.subject.is_imported();
    let finding = Finding::new(
        StepName::Arrangement,
        Outcome::Pass,
        Code::ArrangementDomestic,
    )
    .with("economy", &sides.known.question.in_economy);
    Judged {
        chapter: None,
        arrangement: finding,
        territory: crate::steps::territory::territory(sides.known, sides.subject, imported),
        accreditor: crate::steps::not_asked(StepName::Accreditor),
        standard: crate::steps::not_asked(StepName::Standard),
        degree: Some(Degree::Rules),
        extent: Extent::Full,
        basis: if imported {
            Basis::Transcribed
        } else {
            Basis::DestinationSigned
        },
        conditions: Vec::new(),
        policy_note: None,
        result: VerdictResult::Recognised,
    }
}

/// The destination accepts it by its own rule, without an arrangement and without reciprocity.
fn by_rule<'a>(
    sides: &Sides<'_, 'a>,
    evidence: &'a EvidenceRecord,
    rule: &'a ImportRule,
) -> Judged<'a> {
    let known = sides.known;
    let here = known.question.in_economy.as_str();
    let finding = Finding::new(
        StepName::Arrangement,
        Outcome::Pass,
        Code::ArrangementAcceptedByRule,
    )
    .cite(evidence)
    .with("economy", here)
    .saying("title", [&rule.title]);
    let standards = rule
        .attestations
        .iter()
        .flat_map(|filter| &filter.standards);
    let standards: Vec<_> = standards.cloned().collect();
    let related = editions::standard(sides, &standards);
    Judged {
        chapter: None,
        arrangement: known.absent(finding, &[evidence], &[here], false),
        territory: crate::steps::territory::territory(known, sides.subject, false),
        accreditor: crate::steps::not_asked(StepName::Accreditor),
        standard: related.finding,
        degree: Some(Degree::Certificates),
        extent: Extent::Full,
        basis: Basis::DestinationSigned,
        conditions: related.conditions,
        policy_note: None,
        result: VerdictResult::CannotTell,
    }
}

/// No chapter covers it. That is a no only in a closed world: where the destination's own logs
/// are pinned and fresh, or a transcription that the policy names speaks of the scheme.
fn nothing<'a>(sides: &Sides<'_, 'a>, speaks: bool) -> Judged<'a> {
    let known = sides.known;
    let here = known.question.in_economy.as_str();
    // Who does not know the signer does not know for whom it acts.
    let closed = sides.subject.standing.is_ok() && (speaks || is_closed(known));
    let (outcome, code) = if closed {
        (Outcome::Fail, Code::ArrangementNone)
    } else {
        (Outcome::Unknown, Code::ArrangementNotHeld)
    };
    let authority = authority_of(known, here);
    let finding = Finding::new(StepName::Arrangement, outcome, code)
        .with("economy", here)
        .with("issuedIn", sides.economies.join(", "))
        .ask(Who::Destination, authority, authority);
    Judged {
        chapter: None,
        arrangement: known.absent(finding, &[], &[here], speaks),
        territory: crate::steps::territory::territory(
            known,
            sides.subject,
            speaks || sides.subject.is_imported(),
        ),
        accreditor: crate::steps::not_asked(StepName::Accreditor),
        standard: crate::steps::not_asked(StepName::Standard),
        degree: None,
        extent: Extent::Full,
        basis: if speaks {
            Basis::Transcribed
        } else {
            Basis::None
        },
        conditions: Vec::new(),
        policy_note: None,
        result: VerdictResult::CannotTell,
    }
}

/// Whether everything the destination signed is held: it is pinned and its logs are fresh.
pub(crate) fn is_closed(known: &Known<'_>) -> bool {
    let here = known.question.in_economy.as_str();
    known.policy.pins_economy(here) && known.is_fresh(here)
}

/// The DID of the authority of an economy, as the policy names it.
pub(crate) fn authority_of<'a>(known: &Known<'a>, economy: &str) -> Option<&'a str> {
    Some(known.policy.authority_of(economy)?.did.as_str())
}

fn speaks_of(held: &Held<'_>, subject: &Subject<'_>) -> bool {
    let chapters = held
        .proper
        .iter()
        .flat_map(|version| &version.arrangement.chapters);
    chapters
        .into_iter()
        .any(|chapter| coverage::speaks_of(&chapter.coverage, subject))
}

/// The paths that one arrangement offers.
fn of_arrangement<'a>(sides: &Sides<'_, 'a>, held: &Held<'a>) -> Vec<Judged<'a>> {
    let may_cover = |chapter: &&'a Chapter| coverage::covers(sides, &chapter.coverage) != Truth::No;
    let any = (held
        .proper
        .iter()
        .flat_map(|version| &version.arrangement.chapters))
    .any(|c| may_cover(&c));
    if !any {
        return Vec::new();
    }
    let members = participation::members(sides.known, held.name);
    let mut paths = Vec::new();
    let Some(binding) = path::binding(sides.known, held, &members) else {
        return paths;
    };
    for chapter in binding
        .version
        .arrangement
        .chapters
        .iter()
        .filter(may_cover)
    {
        let judged = path::judge(sides, held, &members, &binding, chapter);
        paths.extend(judged.map(|judged| by_policy(sides.known, held, &binding.version, judged)));
    }
    paths
}

/// What the policy makes of it: it may make less, and then names itself (records.md, 0).
fn by_policy<'a>(
    known: &Known<'a>,
    held: &Held<'a>,
    version: &Version<'a>,
    mut judged: Judged<'a>,
) -> Judged<'a> {
    let Some(note) = policy_note(known, held, version) else {
        return judged;
    };
    // Never a no into less than a no: the destination's own answer stays visible.
    let less = Finding::new(StepName::Arrangement, note.0, note.1);
    if severity(&less) > severity(&judged.arrangement) {
        judged.arrangement.become_(note.0, note.1);
        judged.arrangement = judged.arrangement.ask(Who::PolicyKeeper, None, None);
        judged.policy_note = Some(note.1);
    }
    judged
}

/// What the policy says against a version, if anything.
fn policy_note(
    known: &Known<'_>,
    held: &Held<'_>,
    version: &Version<'_>,
) -> Option<(Outcome, Code)> {
    let rules = &known.policy.file().arrangement;
    let of_name = |rule: &&crate::policy::ArrangementRule| {
        rule.authority == held.name.authority && rule.name == held.name.id
    };
    let this = version.evidence.document_multibase.as_str();
    let excluded = (rules.iter().filter(of_name))
        .filter(|rule| rule.rule == Preference::Exclude)
        .any(|rule| rule.digest.as_deref().is_none_or(|digest| digest == this));
    let versions = held.proper.iter().chain(&held.restricting);
    let digests: Vec<&str> = versions
        .map(|v| v.evidence.document_multibase.as_str())
        .collect();
    let listed = rules.iter().any(|rule| rule.rule == Preference::Accept);
    let accepted = (rules.iter().filter(of_name))
        .filter(|rule| rule.rule == Preference::Accept)
        .any(|rule| {
            // A digest of no version pins a participation.
            let digest = rule.digest.as_deref();
            digest.is_none_or(|digest| digest == this || !digests.contains(&digest))
        });
    if excluded {
        Some((Outcome::Fail, Code::ArrangementExcludedByPolicy))
    } else if listed && !accepted {
        Some((Outcome::Unknown, Code::ArrangementNotAcceptedByPolicy))
    } else {
        None
    }
}

/// The records of a version and of those that restrict it, as evidence.
fn cited<'a>(versions: &[&Version<'a>]) -> Vec<&'a EvidenceRecord> {
    versions.iter().map(|version| version.evidence).collect()
}
