//! The steps that look at the record alone: what was signed, by whom, when it was logged, and
//! whether its days and the product fit.

pub(crate) mod evidence_chain;
pub(crate) mod product;
pub(crate) mod status;
pub(crate) mod territory;

use comity_model::date::{LegalDate, Truth};
use comity_model::record::ReadError;

use crate::code::{Code, Outcome, StepName};
use crate::evidence::{EvidenceRecord, Unsigned};
use crate::federation::FederationView;
use crate::finding::{Finding, before, through};
use crate::known::{Known, Logged};
use crate::policy::{AuthorityEntry, days_between};
use crate::standing::LATE_DAYS;
use crate::subject::Subject;
use crate::verdict::Who;
use comity_tlog::time::Caution;

/// `integrity`: are these bytes a record, and are they signed?
pub(crate) fn integrity(evidence: &EvidenceRecord) -> Finding<'_> {
    let finding = |outcome, code| {
        Finding::new(StepName::Integrity, outcome, code)
            .cite(evidence)
            .ask(Who::Issuer, None, None)
    };
    if evidence.hypothetical {
        return finding(Outcome::Warn, Code::IntegrityHypothetical).ask(Who::Asker, None, None);
    }
    match &evidence.signatures {
        Err(Unsigned::NotCanonical(refusal)) => {
            return finding(Outcome::Fail, Code::IntegrityNotCanonical).with("reason", refusal);
        }
        Err(Unsigned::Draft) => return finding(Outcome::Fail, Code::IntegrityNotSigned),
        Err(Unsigned::Invalid(invalid)) => {
            let code = match invalid.code() {
                "noProof" | "noCountedProof" => Code::IntegrityNotSigned,
                _ => Code::IntegritySignatureInvalid,
            };
            return finding(Outcome::Fail, code).with("reason", invalid);
        }
        Ok(_) => {}
    }
    match &evidence.record {
        Err(error @ ReadError::UnknownKind(_)) => {
            finding(Outcome::Unknown, Code::IntegrityUnknownKind).with("reason", error)
        }
        Err(error) => finding(Outcome::Fail, Code::IntegrityUnreadable).with("reason", error),
        Ok(_) => {
            Finding::new(StepName::Integrity, Outcome::Pass, Code::IntegrityVerified).cite(evidence)
        }
    }
}

/// `identity`: is this the only document of its name?
pub(crate) fn identity<'a>(subject: &Subject<'a>) -> Finding<'a> {
    let record = subject.record;
    match subject.twin {
        None => Finding::new(StepName::Identity, Outcome::Pass, Code::IdentityOne)
            .cite(subject.evidence),
        Some(twin) => Finding::new(
            StepName::Identity,
            Outcome::Fail,
            Code::IdentityTwoDocuments,
        )
        .cite(subject.evidence)
        .cite(twin)
        .with("one", &subject.evidence.document_multibase)
        .with("other", &twin.document_multibase)
        .ask(
            Who::Issuer,
            Some(&record.comity.authority),
            Some(&record.issuer.id),
        ),
    }
}

/// `registration`: may the signer sign this, with this key, at that time?
pub(crate) fn registration<'a>(known: &Known<'a>, subject: &Subject<'a>) -> Finding<'a> {
    let record = subject.record;
    let (authority, issuer) = (&record.comity.authority, &record.issuer.id);
    let finding = |outcome, code| {
        let mut found = Finding::new(StepName::Registration, outcome, code);
        found.party("issuer", Some(authority), issuer);
        found.party("authority", Some(authority), authority);
        found
    };
    let standing = match &subject.standing {
        Ok(standing) => standing,
        Err(trouble) => {
            let found = finding(trouble.outcome, trouble.code).cite_all(trouble.evidence.clone());
            let who = match trouble.code {
                Code::RegistrationAuthorityNotPinned => Who::PolicyKeeper,
                _ => Who::Authority,
            };
            return found.ask(who, Some(authority), Some(authority));
        }
    };
    let mut found = match standing.registration {
        None => finding(Outcome::Pass, Code::RegistrationAuthority),
        Some((_, body)) => finding(Outcome::Pass, Code::RegistrationValid)
            .cite_all(standing.registrations.iter().copied())
            .until(
                body.period
                    .until
                    .and_then(|until| through(&until, known.question.on)),
            ),
    };
    let own = known.policy.authority(issuer).is_some();
    if let Some((_, body)) = standing.registration.filter(|_| !own) {
        found.named("issuer", issuer, &body.names);
    }
    if standing.logged_later {
        found.become_(Outcome::Warn, Code::RegistrationLoggedLater);
        found = found.ask(Who::Authority, Some(authority), Some(authority));
    }
    if let Some(imported) = subject.imported {
        found.fact("attributedTo", &imported.attributed_to.name);
        found.fact("system", &imported.system);
        found = found.ask(Who::Importer, Some(authority), Some(issuer));
        if !known.policy.file().accept_imported {
            found.become_(Outcome::Unknown, Code::RegistrationImportedNotAccepted);
        } else if !known
            .policy
            .names_importer(authority, issuer, &imported.system)
        {
            found.become_(Outcome::Unknown, Code::RegistrationImporterNotNamed);
        } else {
            found.become_(Outcome::Warn, Code::RegistrationAttributedByRegistry);
        }
    }
    expired(known, standing.head, &mut found);
    let economy: Vec<&str> = standing.head.economy.as_deref().into_iter().collect();
    known.absent(found, &[subject.evidence], &economy, subject.is_imported())
}

/// Where the answer rests on a federation whose list has expired, it warns with the age of the
/// list, and after the policy's grace it cannot be told (format.md 3.9): nobody is cut off over
/// night, and nobody goes on for ever. A domestic question under a pinned authority does not rest
/// on the federation.
fn expired(known: &Known<'_>, head: &AuthorityEntry, found: &mut Finding<'_>) {
    let policy = known.policy;
    let of_federation = policy.federal_member(head).is_some();
    let domestic = head.economy.as_ref() == Some(&known.question.in_economy);
    let Some(valid_until) = policy.federation().and_then(FederationView::valid_until) else {
        return;
    };
    if (domestic && !of_federation) || known.at() <= valid_until {
        return;
    }
    if !matches!(found.outcome, Outcome::Pass | Outcome::Warn) {
        return;
    }
    let age = days_between(valid_until.day(), known.at().day());
    let grace = policy
        .file()
        .federation
        .as_ref()
        .map_or(0, |pinned| pinned.grace_days);
    let over = u64::try_from(age).is_ok_and(|age| age > grace);
    let outcome = if over {
        Outcome::Unknown
    } else {
        Outcome::Warn
    };
    found.become_(outcome, Code::RegistrationFederationExpired);
    found.fact("expiredAt", &valid_until.to_string());
    found.fact("expiredDays", &age.to_string());
    found.fact("graceDays", &grace.to_string());
}

/// `log`: was it published, and when?
pub(crate) fn log<'a>(subject: &Subject<'a>) -> Finding<'a> {
    let finding = |outcome, code| {
        Finding::new(StepName::Log, outcome, code)
            .cite(subject.evidence)
            .ask(Who::LogOperator, None, None)
    };
    match subject.logged {
        Logged::At(entry) => {
            let found = match entry.caution {
                None => finding(Outcome::Pass, Code::LogDated),
                Some(Caution::SelfDated) => finding(Outcome::Warn, Code::LogSelfDated),
                Some(Caution::FewMirrors) => finding(Outcome::Warn, Code::LogFewMirrors),
            };
            found
                .with("log", entry.origin)
                .with("index", entry.index)
                .with("loggedAt", entry.time)
                .ask(Who::LogOperator, None, Some(entry.origin))
        }
        Logged::Hypothetical => finding(Outcome::Warn, Code::LogHypothetical),
        Logged::Nowhere => finding(Outcome::Unknown, Code::LogNotLogged).ask(
            Who::Issuer,
            Some(&subject.record.comity.authority),
            Some(&subject.record.issuer.id),
        ),
        Logged::NotPinned(origin) => finding(Outcome::Unknown, Code::LogNotPinned)
            .with("log", origin)
            .ask(Who::PolicyKeeper, None, None),
        Logged::Forked(origin) => finding(Outcome::Unknown, Code::LogForked)
            .with("log", origin)
            .ask(Who::LogOperator, None, Some(origin)),
        Logged::TakenDown(by) => finding(Outcome::Unknown, Code::RecordTakenDown).cite(by),
        Logged::NotDated(origin) => finding(Outcome::Unknown, Code::LogNotDated)
            .with("log", origin)
            .ask(Who::LogOperator, None, Some(origin)),
        Logged::Later(time) => {
            finding(Outcome::Unknown, Code::LogNotYetLogged).with("loggedAt", time)
        }
    }
}

/// `dates`: is it valid on the day asked about?
pub(crate) fn dates<'a>(known: &Known<'a>, subject: &Subject<'a>) -> Finding<'a> {
    let on = known.question.on;
    let dates = &subject.attestation.comity.legal_dates;
    let from = dates.valid_from.unwrap_or(dates.issued_on);
    let until = dates.valid_until;
    let record = subject.record;
    let started = from.reached_on(on).and(dates.issued_on.reached_on(on));
    let ended = until.map_or(Truth::No, |until: LegalDate| until.passed_on(on));
    let mut found = Finding::new(StepName::Dates, Outcome::Pass, Code::DatesInForce)
        .cite(subject.evidence)
        .with("issuedOn", dates.issued_on)
        .with("validFrom", from)
        .ask(
            Who::Issuer,
            Some(&record.comity.authority),
            Some(&record.issuer.id),
        )
        .until(before(&from, on))
        .until(until.and_then(|until| through(&until, on)));
    if let Some(until) = until {
        found.fact("validUntil", &until.to_string());
    }
    let issued = dates.issued_on.latest();
    let logged = subject.known_time(known).day();
    let unproven = days_between(issued, logged) > LATE_DAYS;
    let (outcome, code) = match (started, ended) {
        (Truth::No, _) => (Outcome::Fail, Code::DatesNotYetValid),
        (_, Truth::Yes) => (Outcome::Fail, Code::DatesExpired),
        (Truth::Unknown, _) | (_, Truth::Unknown) => (Outcome::Unknown, Code::DatesObservedOnly),
        _ if unproven && known.policy.file().require_proven_issue_date => {
            (Outcome::Unknown, Code::DatesIssueNotProven)
        }
        _ if unproven && !subject.is_imported() => (Outcome::Warn, Code::DatesIssueNotProven),
        _ => (Outcome::Pass, Code::DatesInForce),
    };
    found.fact("loggedOn", &logged.to_string());
    found.become_(outcome, code);
    found
}

/// `claims`: what it claims of arrangements against what was found. Only warns.
pub(crate) fn claims<'a>(subject: &Subject<'a>, found_in: &[String]) -> Finding<'a> {
    let claimed = &subject.attestation.comity.claimed_arrangements;
    let (outcome, code) = if claimed.is_empty() {
        (Outcome::NotApplicable, Code::ClaimsNone)
    } else if claimed
        .iter()
        .all(|claim| found_in.iter().any(|found| named_by(claim, found)))
    {
        (Outcome::Pass, Code::ClaimsConfirmed)
    } else {
        (Outcome::Warn, Code::ClaimsDiffer)
    };
    let finding = Finding::new(StepName::Claims, outcome, code);
    if claimed.is_empty() {
        return finding;
    }
    let record = subject.record;
    finding
        .cite(subject.evidence)
        .with("claimed", claimed.join(", "))
        .with("found", found_in.join(", "))
        .ask(
            Who::Issuer,
            Some(&record.comity.authority),
            Some(&record.issuer.id),
        )
}

/// Whether a claim names a chapter `<DID>#<slug>/<chapter>`: in full, by the arrangement, or by
/// its slug alone.
fn named_by(claim: &str, chapter: &str) -> bool {
    let arrangement = chapter
        .rsplit_once('/')
        .map_or(chapter, |(arrangement, _)| arrangement);
    let slug = arrangement
        .rsplit_once('#')
        .map_or(arrangement, |(_, slug)| slug);
    [chapter, arrangement, slug]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(claim))
}

/// The finding of a step that nothing was asked of, or that an earlier one made pointless.
pub(crate) fn not_asked<'a>(step: StepName) -> Finding<'a> {
    let code = match step {
        StepName::Integrity => Code::IntegrityNotAsked,
        StepName::Identity => Code::IdentityNotAsked,
        StepName::Registration => Code::RegistrationNotAsked,
        StepName::Log => Code::LogNotAsked,
        StepName::Status => Code::StatusNotAsked,
        StepName::Territory => Code::TerritoryNotAsked,
        StepName::Dates => Code::DatesNotAsked,
        StepName::Product => Code::ProductNotAsked,
        StepName::Competence => Code::CompetenceNotAsked,
        StepName::Accreditor => Code::AccreditorNotAsked,
        StepName::EvidenceChain => Code::EvidenceChainNotAsked,
        StepName::Arrangement => Code::ArrangementNotAsked,
        StepName::Standard => Code::StandardNotAsked,
        StepName::ImportRule => Code::ImportRuleNotAsked,
        StepName::Claims => Code::ClaimsNotAsked,
    };
    Finding::new(step, Outcome::NotApplicable, code)
}
