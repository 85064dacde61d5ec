//! `evidenceChain`: did every report that the attestation rests on exist before it?
//!
//! A report exists for the verdict from the moment at which its laboratory logged it, or a
//! commitment to it. That it is not among a laboratory's commitments says nothing by itself: it
//! may commit to none. Only its own promise of completeness makes the absence a no.

use comity_model::attestation::{BasedOn, EvidenceRole};
use comity_model::date::{Instant, LegalDate};
use comity_model::number::normalise;
use comity_model::party::PartyReference;
use comity_model::record::{Kind, Subject as Says};
use comity_model::reference::RecordReference;

use crate::absence::{self, Promise};
use crate::code::{Code, Outcome, StepName};
use crate::competence::severity;
use crate::evidence::EvidenceRecord;
use crate::finding::Finding;
use crate::known::Known;
use crate::status::{Condition, Entitled};
use crate::subject::Subject;
use crate::verdict::Who;

/// Judges what the attestation rests on: the worst of its items decides.
pub(crate) fn evidence_chain<'a>(
    known: &Known<'a>,
    subject: &Subject<'a>,
    entitled: &Entitled<'a>,
) -> Finding<'a> {
    let items = &subject.attestation.comity.based_on;
    if items.is_empty() {
        // Nobody can disown a report that is not cited.
        return crate::steps::not_asked(StepName::EvidenceChain);
    }
    let state = known.state(&subject.revisions, entitled, known.question.on);
    if !state.disowned.is_empty() {
        return finding(Outcome::Unknown, Code::EvidenceChainDisowned)
            .cite_all(state.disowned)
            .ask(Who::Laboratory, None, None);
    }
    let judged = items.iter().map(|item| of_item(known, subject, item));
    // Of equals the first listed decides.
    let worst = judged.reduce(|worst, next| {
        if severity(&next) > severity(&worst) {
            next
        } else {
            worst
        }
    });
    worst.unwrap_or_else(|| crate::steps::not_asked(StepName::EvidenceChain))
}

/// What is not among what was looked through may be beyond it.
fn too_many<'a>() -> Finding<'a> {
    finding(Outcome::Unknown, Code::EvidenceChainTooMany)
}

fn finding<'a>(outcome: Outcome, code: Code) -> Finding<'a> {
    Finding::new(StepName::EvidenceChain, outcome, code)
}

fn of_item<'a>(known: &Known<'a>, subject: &Subject<'a>, item: &'a BasedOn) -> Finding<'a> {
    let laboratory = laboratory(item);
    let held = item.record.as_ref().map(|meant| documents(known, meant));
    let held = held.filter(|documents| !documents.is_empty());
    let mut found = match (&item.record, held, &laboratory, &item.number) {
        (Some(meant), Some(held), ..) => published(known, subject, item, meant, &held),
        // A record that is not held is no excuse where its number says more.
        (_, _, Some(laboratory), Some(number)) => {
            committed(known, subject, item, laboratory, number)
        }
        (Some(_), ..) if known.evidence.unread.reports => too_many(),
        (Some(_), ..) => finding(Outcome::Warn, Code::EvidenceChainReportNotHeld),
        (None, ..) => finding(Outcome::Warn, Code::EvidenceChainNotTraceable),
    };
    if let Some(number) = &item.number {
        found.fact("number", &comity_model::text::projected(number));
    }
    if let Some(issuer) = &item.issuer {
        found.fact("laboratory", &comity_model::text::projected(&issuer.name));
    }
    found.ask(
        Who::Laboratory,
        laboratory.as_ref().map(|by| by.registered_by.as_str()),
        laboratory.as_ref().map(|by| by.id.as_str()),
    )
}

fn laboratory(item: &BasedOn) -> Option<PartyReference> {
    match &item.record {
        Some(record) => Some(PartyReference {
            id: record.issuer.clone(),
            registered_by: record.authority.clone(),
        }),
        None => item.issuer.as_ref()?.reference(),
    }
}

/// Every document held of the record that is meant.
fn documents<'a>(known: &Known<'a>, meant: &RecordReference) -> Vec<&'a EvidenceRecord> {
    let identity = meant.identity();
    let reports = known.evidence.reports.iter();
    reports
        .map(|report| &**report)
        .filter(|report| report.identity().as_ref() == Some(&identity))
        .collect()
}

/// A report or certificate that is published itself.
fn published<'a>(
    known: &Known<'a>,
    subject: &Subject<'a>,
    item: &BasedOn,
    reference: &RecordReference,
    held: &[&'a EvidenceRecord],
) -> Finding<'a> {
    // Whoever signs another document in its name makes nothing unclear.
    let best = held.iter().min_by_key(|report| {
        let meant = report.document_multibase == reference.digest_multibase;
        (
            !meant,
            counts(known, report).is_none(),
            report.record_digest,
        )
    });
    let Some(&report) = best else {
        return finding(Outcome::Warn, Code::EvidenceChainReportNotHeld);
    };
    if report.document_multibase != reference.digest_multibase {
        return finding(Outcome::Unknown, Code::EvidenceChainOtherDocument).cite(report);
    }
    let Some(since) = counts(known, report) else {
        return finding(Outcome::Unknown, Code::EvidenceChainReportNotCounted).cite(report);
    };
    if item.role == EvidenceRole::ComponentCertificate && has_ended(known, report) {
        return finding(Outcome::Warn, Code::EvidenceChainComponentEnded).cite(report);
    }
    ordered(known, subject, since, report)
}

/// A report that is known by its laboratory and number: committed to, or published under them.
fn committed<'a>(
    known: &Known<'a>,
    subject: &Subject<'a>,
    item: &BasedOn,
    laboratory: &PartyReference,
    number: &str,
) -> Finding<'a> {
    let number = normalise(number);
    let held = known.evidence.reports.iter().chain(&known.evidence.issued);
    let of_laboratory = held.filter(|report| {
        report.identity().is_some_and(|identity| {
            identity.issuer == laboratory.id && identity.authority == laboratory.registered_by
        })
    });
    let counted: Vec<(Instant, &'a EvidenceRecord)> = of_laboratory
        .filter_map(|report| Some((counts(known, report)?, &**report)))
        .collect();
    let names = counted.iter().filter(|(_, report)| names(report, &number));
    if let Some((since, report)) =
        names.min_by_key(|(since, report)| (*since, report.record_digest))
    {
        return ordered(known, subject, *since, report);
    }
    if known.evidence.unread.reports {
        return too_many();
    }
    // Without its own day the report may be from before any promise.
    let promised = item.issued_on.as_ref();
    if let Some(absent) = promised.and_then(|issued| proved_absent(known, laboratory, issued)) {
        return absent;
    }
    let before = |(since, report): &&(Instant, &'a EvidenceRecord)| {
        is_commitment(report) && is_earlier(known, subject, *since, report)
    };
    match counted
        .iter()
        .filter(before)
        .min_by_key(|(since, report)| (*since, report.record_digest))
    {
        // It commits to its reports, and this is not among them.
        Some((_, first)) => finding(Outcome::Unknown, Code::EvidenceChainNotCommitted).cite(first),
        None if known.evidence.unread.parties.contains(&laboratory.id) => too_many(),
        None => finding(Outcome::Warn, Code::EvidenceChainLaboratoryCommitsNothing),
    }
}

/// The laboratory promised that every report of that day is here, and it is not.
fn proved_absent<'a>(
    known: &Known<'a>,
    laboratory: &PartyReference,
    issued: &LegalDate,
) -> Option<Finding<'a>> {
    let promises = absence::promises(known, laboratory, Kind::Commitment);
    let (held, until) = promises.iter().find_map(|promise| match promise {
        Promise::Kept(kept) if kept.covers(issued.earliest()) && kept.covers(issued.latest()) => {
            Some((kept, kept.complete_until?))
        }
        _ => None,
    })?;
    Some(
        finding(Outcome::Fail, Code::EvidenceChainProvedAbsent)
            .cite(held.evidence)
            .with("completeUntil", until)
            .rests_on_all(&held.logs),
    )
}

/// Since when a report or a commitment counts, if its signature does and it stands.
fn counts<'a>(known: &Known<'a>, report: &'a EvidenceRecord) -> Option<Instant> {
    let since = known.given_at(report)?;
    let record = report.record.as_ref().ok()?;
    let standing = known.standing(report, record, since).ok()?;
    let state = known.state_by_chain(report, &standing.chain, known.question.on);
    (state.condition != Condition::Annulled).then_some(since)
}

fn has_ended<'a>(known: &Known<'a>, component: &'a EvidenceRecord) -> bool {
    let on = known.question.on;
    let Ok(record) = &component.record else {
        return false;
    };
    let Says::Attestation(attestation) = &record.subject else {
        return false;
    };
    let expired = attestation
        .comity
        .legal_dates
        .valid_until
        .is_some_and(|until| until.passed_on(on) == comity_model::date::Truth::Yes);
    let at = known.given_at(component).unwrap_or(known.at());
    let chain = known.standing(component, record, at);
    let chain = chain.map(|standing| standing.chain).unwrap_or_default();
    let state = known.state_by_chain(component, &chain, on);
    expired || state.condition >= Condition::Suspended
}

/// It was there before the attestation was logged, or it was not.
fn ordered<'a>(
    known: &Known<'a>,
    subject: &Subject<'a>,
    since: Instant,
    report: &'a EvidenceRecord,
) -> Finding<'a> {
    let certified = subject.known_time(known);
    let (outcome, code) = if is_earlier(known, subject, since, report) {
        (Outcome::Pass, Code::EvidenceChainExistedBefore)
    } else {
        (Outcome::Unknown, Code::EvidenceChainCommittedLater)
    };
    finding(outcome, code)
        .cite(report)
        .with("since", since)
        .with("certifiedAt", certified)
}

/// Within one second the log that holds both tells which came first.
fn is_earlier(
    known: &Known<'_>,
    subject: &Subject<'_>,
    since: Instant,
    report: &EvidenceRecord,
) -> bool {
    let certified = subject.known_time(known);
    since < certified || (since == certified && precedes(report, subject.evidence))
}

fn precedes(report: &EvidenceRecord, attestation: &EvidenceRecord) -> bool {
    let places = |record: &EvidenceRecord| {
        let places = record.locations.iter();
        places
            .map(|place| (place.origin.clone(), place.index))
            .collect::<Vec<_>>()
    };
    places(report).iter().any(|(origin, index)| {
        let mut others = places(attestation).into_iter();
        others.any(|(other, at)| other == *origin && *index < at)
    })
}

fn is_commitment(record: &EvidenceRecord) -> bool {
    let subject = record.record.as_ref().map(|read| &read.subject);
    matches!(subject, Ok(Says::Commitment(_)))
}

/// Whether it is, or commits to, the report of that normalised number.
fn names(record: &EvidenceRecord, number: &str) -> bool {
    match record.record.as_ref().map(|read| &read.subject) {
        Ok(Says::Commitment(commitment)) => {
            let mut reports = commitment.reports.iter();
            reports.any(|report| normalise(&report.number) == number)
        }
        Ok(Says::Attestation(attestation)) => {
            normalise(&attestation.comity.certificate_number) == number
        }
        _ => false,
    }
}
