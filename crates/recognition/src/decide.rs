//! From a question to a verdict: the steps in order, and what they come to together.

use std::collections::BTreeSet;

use comity_model::attestation::Attestation;
use comity_model::date::Day;
use comity_model::party::NamedParty;
use comity_model::record::Subject as Says;
use comity_model::reference::Identity;

use crate::absence;
use crate::arrangement::{self, Judged, Sides};
use crate::code::{Code, Outcome, StepName};
use crate::competence::{self, Competence};
use crate::evidence::{Digest, Evidence, EvidenceRecord, NoStatement};
use crate::finding::{Finding, earliest};
use crate::import_rule;
use crate::known::Known;
use crate::paper;
use crate::policy::Policy;
use crate::question::{Question, Selector};
use crate::standing_now::later;
use crate::status::Entitled;
use crate::steps;
use crate::subject::{Candidates, Chosen, Subject};
use crate::verdict::{
    Basis, Extent, HeadUsed, Judged as JudgedRecord, Path, Step, Verdict, VerdictResult, Who,
};

mod next;

use next::{names, next};

/// Most candidates that an ambiguous look-up lists.
pub const MAX_CANDIDATES: usize = 100;

/// Most conditions that a verdict repeats.
pub const MAX_CONDITIONS: usize = 100;

/// Answers a question from evidence under a policy. Never fails: what cannot be told is part of
/// the answer. The order in which evidence is given makes no difference.
pub fn decide(question: &Question, evidence: &Evidence<'_>, policy: &Policy) -> Verdict {
    let mut verdict = judge(question, evidence, policy);
    verdict.later = later(question, evidence, policy, &verdict);
    verdict
}

/// The same without what came later.
pub(crate) fn judge(question: &Question, evidence: &Evidence<'_>, policy: &Policy) -> Verdict {
    let policy = &*policy.resolve(evidence.trust, question.known_at);
    let known = Known::new(question, evidence, policy);
    let candidates = Candidates::read(&known);
    match candidates.choose(&question.record) {
        Chosen::One(subject) => match known.taken_down(&subject) {
            Some(taken_down) => stopped(&known, &taken_down, Some(subject.evidence)),
            None => of_subject(&known, &subject),
        },
        Chosen::Unreadable(record) => unreadable(&known, record),
        Chosen::Several(several) => ambiguous(&known, several),
        Chosen::None => not_held(&known),
    }
}

/// Leaves out the steps that have nothing to say and are listed only if asked. That may end: a rule
/// that is not in force yet will say something from its first day on.
fn leave_out_unlisted(findings: &mut Vec<Finding<'_>>) {
    let unlisted = findings.iter().filter(|finding| !is_listed(finding));
    let until = unlisted.fold(None, |held, finding| earliest(held, finding.until));
    findings.retain(is_listed);
    if let Some(first) = findings.first_mut() {
        first.until = earliest(first.until, until);
    }
}

/// Whether a verdict lists a finding.
fn is_listed(finding: &Finding<'_>) -> bool {
    finding.outcome != Outcome::NotApplicable || !finding.step.is_listed_if_asked()
}

fn of_subject<'a>(known: &Known<'a>, subject: &Subject<'a>) -> Verdict {
    let integrity = steps::integrity(subject.evidence);
    if matches!(integrity.outcome, Outcome::Fail | Outcome::Unknown) {
        return stopped(known, &integrity, Some(subject.evidence));
    }
    let competence = competence::competence(known, subject);
    let economies = competence.economies(subject);
    let entitled = entitled(subject, &competence);
    let of_issuer = economies_of_issuer(subject, &economies);
    let asked = &known.question.product;
    let compared = paper::compare(asked, subject.attestation);
    let before = [
        integrity,
        steps::identity(subject),
        steps::registration(known, subject),
        steps::log(subject),
        steps::status::status(known, subject, &entitled, &of_issuer),
        steps::dates(known, subject),
        steps::product::product(asked, &compared, subject),
        competence.finding.clone(),
        steps::evidence_chain::evidence_chain(known, subject, &entitled),
    ];
    let shared: Vec<Outcome> = before.iter().map(|finding| finding.outcome).collect();
    let sides = Sides {
        known,
        subject,
        competence: &competence,
        economies: &economies,
        shared: &shared,
    };
    let rules = import_rule::rules(&sides);
    let mut paths = arrangement::paths(&sides, &rules);
    let claims = steps::claims(subject, &covering(&paths));
    let tried: Vec<Path> = paths.iter().filter_map(tried).collect();
    let policy_notes = policy_notes(&paths);
    let best = paths.swap_remove(0);
    let mut findings = Vec::from(before);
    findings.extend([
        best.territory,
        best.accreditor,
        best.arrangement,
        best.standard,
        rules.finding,
        claims,
    ]);
    findings.sort_by_key(|finding| finding.step);
    leave_out_unlisted(&mut findings);
    if let Some(why) = known.evidence.no_statement {
        let result = without_statement(&mut findings, why);
        let mut verdict = assemble(known, &findings, result, Some(subject.evidence));
        verdict.paper = compared;
        return verdict;
    }
    let mut conditions = best.conditions;
    conditions.truncate(MAX_CONDITIONS);
    let mut verdict = assemble(known, &findings, best.result, Some(subject.evidence));
    if verdict.result <= VerdictResult::ResultsOnly {
        verdict.extent = best.extent;
    }
    verdict.paper = compared;
    verdict.degree = best.degree;
    verdict.basis = best.basis;
    verdict.paths = tried;
    verdict.conditions = conditions;
    verdict.gaps = rules.gaps;
    verdict.policy_notes.extend(policy_notes);
    verdict
}

/// Where nobody answers for what is not in the evidence (format.md 4.7), each of the six steps that
/// state an absence is unknown, whatever it came to, and so is a report proved absent, and what
/// rules and editions come to: a later one, or an end of one, may have been left out.
fn without_statement(findings: &mut [Finding<'_>], why: NoStatement) -> VerdictResult {
    for finding in findings.iter_mut() {
        let code = match finding.step {
            StepName::Registration => Code::RegistrationNoStatement,
            StepName::Status => Code::StatusNoStatement,
            StepName::Territory => Code::TerritoryNoStatement,
            StepName::Competence => Code::CompetenceNoStatement,
            StepName::Accreditor => Code::AccreditorNoStatement,
            StepName::Arrangement => Code::ArrangementNoStatement,
            StepName::Standard => Code::StandardNoStatement,
            StepName::ImportRule => Code::ImportRuleNoStatement,
            StepName::EvidenceChain if finding.outcome == Outcome::Fail => {
                Code::EvidenceChainNoStatement
            }
            _ => continue,
        };
        if finding.outcome != Outcome::NotApplicable {
            finding.become_(Outcome::Unknown, code);
            finding.fact("statement", why.words());
            finding.until = None;
            *finding = finding.clone().ask(Who::Asker, None, None);
        }
    }
    let failed = findings.iter().any(|f| f.outcome == Outcome::Fail);
    if failed {
        VerdictResult::NotRecognised
    } else {
        VerdictResult::CannotTell
    }
}

/// What a claim is compared with: the chapters that cover the record, whatever else stands in the way.
fn covering(paths: &[Judged<'_>]) -> Vec<String> {
    (paths.iter())
        .filter(|path| matches!(path.arrangement.outcome, Outcome::Pass | Outcome::Warn))
        .filter_map(|path| path.chapter.as_ref().map(|(_, chapter, _)| chapter.clone()))
        .collect()
}

/// Economies whose logs could hold what happened to the record.
pub(crate) fn economies_of_issuer<'a>(
    subject: &Subject<'a>,
    economies: &[&'a str],
) -> Vec<&'a str> {
    let mut of_issuer = economies.to_vec();
    if let (Ok(standing), None) = (&subject.standing, subject.imported) {
        of_issuer.extend(standing.head.economy.as_deref());
    }
    of_issuer.sort_unstable();
    of_issuer.dedup();
    of_issuer
}

/// A no or a cannot-tell that the policy made must say so, whichever path decides.
fn policy_notes(paths: &[Judged<'_>]) -> BTreeSet<Code> {
    paths.iter().filter_map(|path| path.policy_note).collect()
}

fn tried(path: &Judged<'_>) -> Option<Path> {
    let (name, chapter, version) = path.chapter.as_ref()?;
    let findings = [
        &path.arrangement,
        &path.territory,
        &path.accreditor,
        &path.standard,
    ];
    let decisive = decisive(&findings);
    Some(Path {
        authority: name.authority.clone(),
        chapter: chapter.clone(),
        version: *version,
        result: path.result,
        extent: path.extent.clone(),
        degree: path.degree?,
        basis: path.basis,
        code: decisive.map_or(path.arrangement.code, |finding| finding.code),
    })
}

/// Who may act on the record besides its destination.
pub(crate) fn entitled<'a>(subject: &Subject<'a>, competence: &Competence<'a>) -> Entitled<'a> {
    let record = subject.record;
    let attestation: &'a Attestation = subject.attestation;
    let mut laboratories = Vec::new();
    for item in &attestation.comity.based_on {
        let named: Option<&'a NamedParty> = item.issuer.as_ref();
        if let Some((did, by)) =
            named.and_then(|p| Some((p.id.as_deref()?, p.registered_by.as_deref()?)))
        {
            laboratories.push((by, did));
        }
        if let Some(report) = &item.record {
            laboratories.push((report.authority.as_str(), report.issuer.as_str()));
        }
    }
    Entitled {
        issuer: (&record.comity.authority, &record.issuer.id),
        chain: match &subject.standing {
            Ok(standing) => standing.chain.clone(),
            Err(_) => vec![&record.comity.authority],
        },
        grantors: competence
            .grants
            .iter()
            .map(crate::competence::Reliance::grantor)
            .collect(),
        laboratories,
    }
}

fn unreadable<'a>(known: &Known<'a>, record: &'a EvidenceRecord) -> Verdict {
    let mut finding = steps::integrity(record);
    if finding.outcome == Outcome::Pass {
        let kind = match record.record.as_ref().map(|read| &read.subject) {
            Ok(Says::Attestation(_)) | Err(_) => "record",
            Ok(other) => other.kind().name(),
        };
        finding = Finding::new(
            StepName::Integrity,
            Outcome::Unknown,
            Code::IntegrityNotAnAttestation,
        )
        .cite(record)
        .with("kind", kind)
        .ask(Who::Asker, None, None);
    }
    stopped(known, &finding, Some(record))
}

fn not_held(known: &Known<'_>) -> Verdict {
    if let Some(taken_down) = known.withheld() {
        return stopped(known, &taken_down, None);
    }
    let mut finding = Finding::new(StepName::Identity, Outcome::Unknown, Code::RecordNotHeld).ask(
        Who::Issuer,
        None,
        None,
    );
    if let Selector::Number {
        issuer: Some(issuer),
        ..
    } = &known.question.record
        && let Some(absent) = absence::of_number(known, issuer)
    {
        finding = absent;
    }
    let held = known.evidence.held_of_issuer.clone();
    if let Some(held) = &held {
        finding.parties.retain(|(fact, ..)| *fact != "issuer");
        finding.party("issuer", None, &held.issuer);
        finding.fact("attestationsHeld", &held.attestations.to_string());
    }
    let mut verdict = stopped(known, &finding, None);
    verdict.held_of_issuer = held;
    verdict
}

fn ambiguous<'a>(known: &Known<'a>, several: Vec<(Identity, &'a EvidenceRecord)>) -> Verdict {
    let finding = Finding::new(StepName::Identity, Outcome::Unknown, Code::RecordAmbiguous)
        .with("count", several.len())
        .cite_all(
            several
                .iter()
                .take(MAX_CANDIDATES)
                .map(|(_, evidence)| *evidence),
        )
        .ask(Who::Asker, None, None);
    let mut verdict = stopped(known, &finding, None);
    let identities = several.into_iter().map(|(identity, _)| identity);
    verdict.candidates = identities.take(MAX_CANDIDATES).collect();
    verdict
}

/// A verdict that one early step decides: every other step is listed, and was not asked.
fn stopped<'a>(
    known: &Known<'a>,
    decided: &Finding<'a>,
    record: Option<&'a EvidenceRecord>,
) -> Verdict {
    let result = match decided.outcome {
        Outcome::Fail => VerdictResult::NotRecognised,
        _ => VerdictResult::CannotTell,
    };
    let findings: Vec<Finding<'a>> = (StepName::ALL.into_iter())
        .map(|step| {
            if step == decided.step {
                decided.clone()
            } else {
                steps::not_asked(step)
            }
        })
        .filter(is_listed)
        .collect();
    assemble(known, &findings, result, record)
}

/// The first `fail`, else the first `unknown`.
fn decisive<'f, 'a>(findings: &[&'f Finding<'a>]) -> Option<&'f Finding<'a>> {
    let first = |outcome| findings.iter().find(|finding| finding.outcome == outcome);
    first(Outcome::Fail)
        .or_else(|| first(Outcome::Unknown))
        .copied()
}

fn assemble<'a>(
    known: &Known<'a>,
    findings: &[Finding<'a>],
    result: VerdictResult,
    record: Option<&'a EvidenceRecord>,
) -> Verdict {
    let references: Vec<&Finding<'a>> = findings.iter().collect();
    let decided = decisive(&references);
    let holds_until: Option<Day> = match decided {
        Some(finding) => finding.until,
        None => findings
            .iter()
            .fold(None, |held, finding| earliest(held, finding.until)),
    };
    let cited = || {
        findings
            .iter()
            .flat_map(|finding| finding.evidence.iter().copied())
    };
    let mut ignored: Vec<Digest> = (findings.iter())
        .flat_map(|finding| finding.ignored.iter().map(|record| record.record_digest))
        .collect();
    ignored.sort_unstable();
    ignored.dedup();
    Verdict {
        question: known.question.clone(),
        policy_digest: *known.policy.digest(),
        result,
        extent: Extent::Full,
        degree: None,
        basis: Basis::None,
        steps: findings
            .iter()
            .map(|finding| step(known, record, finding))
            .collect(),
        decisive_step: decided.map_or(StepName::Arrangement, |finding| finding.step),
        paper: Vec::new(),
        valid_until: holds_until,
        later: None,
        heads: heads(known, findings),
        judged: record.map(|record| JudgedRecord {
            identity: record.identity(),
            record_digest: record.record_digest,
            number: number(record),
        }),
        paths: Vec::new(),
        conditions: Vec::new(),
        gaps: Vec::new(),
        policy_notes: findings
            .iter()
            .map(|f| f.code)
            .filter(|code| is_policy_note(*code))
            .collect(),
        ignored,
        candidates: Vec::new(),
        held_of_issuer: None,
        hypothetical: known.evidence.trust.has_drafts()
            || known
                .evidence
                .events
                .iter()
                .any(|record| record.hypothetical)
            || cited().any(|record| record.hypothetical),
    }
}

/// Number of an attestation as printed.
fn number(evidence: &EvidenceRecord) -> Option<String> {
    match &evidence.record.as_ref().ok()?.subject {
        Says::Attestation(attestation) => {
            let number = &attestation.comity.certificate_number;
            Some(comity_model::text::projected(number))
        }
        _ => None,
    }
}

/// Codes by which the policy names itself as the reason.
fn is_policy_note(code: Code) -> bool {
    matches!(
        code,
        Code::RegistrationImportedNotAccepted
            | Code::RegistrationImporterNotNamed
            | Code::RegistrationAuthorityNotPinned
            | Code::LogNotPinned
    )
}

fn heads(known: &Known<'_>, findings: &[Finding<'_>]) -> Vec<HeadUsed> {
    let mut used = vec![false; known.logs.len()];
    for finding in findings {
        for (at, log) in known.logs.iter().enumerate() {
            let cited = finding.evidence.iter().flat_map(|record| &record.locations);
            let of_cited = cited
                .into_iter()
                .any(|location| &*location.origin == log.origin);
            if let Some(used) = used.get_mut(at) {
                *used |= of_cited || finding.logs.contains(&at);
            }
        }
    }
    let logs = known.logs.iter().zip(used).filter(|(_, used)| *used);
    let mut heads: Vec<HeadUsed> = logs
        .filter_map(|(log, _)| log.head)
        .map(|head| HeadUsed {
            origin: head.origin.clone(),
            size: head.size,
            root: head.root,
        })
        .collect();
    heads.sort_unstable();
    heads
}

fn step(known: &Known<'_>, record: Option<&EvidenceRecord>, finding: &Finding<'_>) -> Step {
    let mut evidence: Vec<Digest> = finding.evidence.iter().map(|r| r.record_digest).collect();
    evidence.sort_unstable();
    evidence.dedup();
    let settled = matches!(finding.outcome, Outcome::Pass | Outcome::NotApplicable);
    let next = (!settled).then(|| next(known, record, finding));

    Step {
        step: finding.step,
        outcome: finding.outcome,
        code: finding.code,
        evidence,
        facts: finding.facts.clone(),
        texts: finding.texts.clone(),
        names: names(known, finding),
        next,
        as_of: known.at(),
        past: known.question.on < known.at().day(),
    }
}
