//! `competence`: does the grant that the attestation relies on cover it, on the day of issue, and
//! has it not fallen since?
//!
//! A grant *falls* by an act of its grantor or authority: suspended, withdrawn, annulled or
//! reduced. That it ran out later in the ordinary way does not touch what was issued under it.
//! Scopes are read honestly: see [`scope`].

pub(crate) mod scope;

use std::cmp::Reverse;

use comity_model::date::{Day, LegalDate, Period, Truth};
use comity_model::grant::{CompetenceGrant, ScopeItem};
use comity_model::number::fold_model;
use comity_model::record::{Record, Subject as Says};
use comity_model::reference::Reference;
use comity_model::text::LangString;

use crate::code::{Code, Outcome, StepName};
use crate::evidence::EvidenceRecord;
use crate::finding::{Finding, before};
use crate::known::Known;
use crate::standing::Standing;
use crate::status::{Condition, State};
use crate::subject::Subject;
use crate::verdict::{Name, Who};

/// A grant that is relied on, is known, and whose signature counts.
#[derive(Clone)]
pub(crate) struct Reliance<'a> {
    pub(crate) evidence: &'a EvidenceRecord,
    pub(crate) record: &'a Record,
    pub(crate) grant: &'a CompetenceGrant,
    pub(crate) standing: Standing<'a>,
    /// It was granted to the issuer itself, not to a laboratory behind it.
    pub(crate) to_issuer: bool,
    items: &'a [String],
    pub(crate) outcome: Outcome,
}

/// The competence step and what later steps read of it.
pub(crate) struct Competence<'a> {
    pub(crate) finding: Finding<'a>,
    pub(crate) grants: Vec<Reliance<'a>>,
    /// A grant that is relied on could not be had.
    pub(crate) missing: bool,
}

impl<'a> Competence<'a> {
    /// The economies the issuer acts for: those of the grants relied on, else those of its
    /// registration; of an imported record those its register attributes it to.
    pub(crate) fn economies(&self, subject: &Subject<'a>) -> Vec<&'a str> {
        if let Some(imported) = subject.imported {
            return imported
                .attributed_to
                .economies
                .iter()
                .map(String::as_str)
                .collect();
        }
        let own = self.grants.iter().filter(|grant| grant.to_issuer);
        let counted: Vec<&Reliance<'a>> = own.filter(|g| g.outcome != Outcome::Fail).collect();
        let mut economies: Vec<&'a str> = (counted.iter())
            .flat_map(|reliance| reliance.economies())
            .collect();
        if economies.is_empty() {
            economies = subject
                .standing
                .as_ref()
                .map(Standing::economies)
                .unwrap_or_default();
        }
        economies.sort_unstable();
        economies.dedup();
        economies
    }
}

impl<'a> Reliance<'a> {
    /// The economies it counts for; of a native grant only those its grantor can act for.
    pub(crate) fn economies(&self) -> Vec<&'a str> {
        let of_grantor = self.standing.economies();
        let said = self.grant.economies.iter().map(String::as_str);
        said.filter(|economy| self.is_imported() || of_grantor.contains(economy))
            .collect()
    }

    pub(crate) fn is_imported(&self) -> bool {
        self.record.comity.imported_from.is_some()
    }

    /// Whether it can make its holder eligible under a chapter: it was given to the issuer itself
    /// and stands. `Unknown` where that cannot be told.
    pub(crate) fn makes_eligible(&self) -> Truth {
        match self.outcome {
            _ if !self.to_issuer => Truth::No,
            Outcome::Fail => Truth::No,
            Outcome::Unknown => Truth::Unknown,
            _ => Truth::Yes,
        }
    }

    /// Authority and DID of the grantor.
    pub(crate) fn grantor(&self) -> (&'a str, &'a str) {
        (&self.record.comity.authority, &self.record.issuer.id)
    }
}

/// Judges the grants that the attestation relies on.
pub(crate) fn competence<'a>(known: &Known<'a>, subject: &Subject<'a>) -> Competence<'a> {
    let mut own: Option<Finding<'a>> = None;
    let mut others: Option<Finding<'a>> = None;
    let mut grants = Vec::new();
    let mut missing = false;
    for relied in &subject.attestation.comity.grants {
        let (finding, to_issuer) = match resolve(known, &relied.grant, &relied.scope_items) {
            Ok(mut reliance) => {
                let finding = judge(known, subject, &mut reliance);
                let to_issuer = reliance.to_issuer;
                grants.push(reliance);
                (finding, to_issuer)
            }
            Err(finding) => {
                missing = true;
                (*finding, false)
            }
        };
        // Of the issuer's own grants the best counts; of others' none may fail.
        let held = if to_issuer { &mut own } else { &mut others };
        let better = held.as_ref().is_none_or(|held| {
            let (new, old) = (severity(&finding), severity(held));
            if to_issuer { new < old } else { new > old }
        });
        if better {
            *held = Some(finding);
        }
    }
    let finding = match (own, others) {
        (Some(own), Some(other)) if severity(&other) > severity(&own) => other,
        (Some(finding), _) | (None, Some(finding)) => finding,
        (None, None) => {
            let code = Code::CompetenceNoGrantReliedOn;
            Finding::new(StepName::Competence, Outcome::NotApplicable, code)
        }
    };
    let evidence: Vec<_> = grants.iter().map(|grant| grant.evidence).collect();
    let mut economies: Vec<&str> = Vec::new();
    for grant in &grants {
        if grant.is_imported() {
            economies.extend(grant.grant.economies.iter().map(String::as_str));
        } else {
            economies.extend(grant.standing.head.economy.as_deref());
        }
    }
    let lenient =
        subject.is_imported() || (!grants.is_empty() && grants.iter().all(Reliance::is_imported));
    let finding = known.absent(finding, &evidence, &economies, lenient);
    Competence {
        finding,
        grants,
        missing,
    }
}

pub(crate) fn severity(finding: &Finding<'_>) -> u8 {
    match finding.outcome {
        Outcome::NotApplicable => 0,
        Outcome::Pass => 1,
        Outcome::Warn => 2,
        Outcome::Unknown => 3,
        Outcome::Fail => 4,
    }
}

fn resolve<'a>(
    known: &Known<'a>,
    reference: &'a Reference,
    items: &'a [String],
) -> Result<Reliance<'a>, Box<Finding<'a>>> {
    let finding = |code| {
        let (authority, signer, id) = match reference {
            Reference::Record(record) => (Some(&*record.authority), &record.issuer, &record.id),
            Reference::Source(source) => (None, &source.signer, &source.source_id),
        };
        let who = match reference {
            Reference::Record(_) => Who::Grantor,
            Reference::Source(_) => Who::Importer,
        };
        Finding::new(StepName::Competence, Outcome::Unknown, code)
            .with("grant", id)
            .ask(who, authority, Some(signer))
    };
    let mut counted: Vec<Reliance<'a>> = Vec::new();
    let mut trouble = finding(Code::CompetenceGrantNotHeld);
    for evidence in known.evidence.trust.grants(reference) {
        match reliance(known, evidence, items) {
            Some(Ok(reliance)) => counted.push(reliance),
            // What somebody else signed in the grantor's name is not the grant.
            None
            | Some(Err(
                Code::RegistrationNotSignedByIssuer
                | Code::RegistrationKeyNotRegistered
                | Code::RegistrationKeyNotAuthoritys,
            )) => {}
            Some(Err(Code::LogNotLogged)) => {
                trouble = finding(Code::CompetenceGrantNotYetLogged).cite(evidence);
                call_by_number(&mut trouble, reference, evidence);
            }
            Some(Err(reason)) => {
                trouble = finding(Code::CompetenceGrantNotCounted)
                    .with("reason", reason.as_str())
                    .cite(evidence);
                call_by_number(&mut trouble, reference, evidence);
            }
        }
    }
    if let Reference::Record(wanted) = reference {
        let other = (counted.iter())
            .find(|held| held.evidence.document_multibase != wanted.digest_multibase);
        if let Some(other) = other {
            let found = finding(Code::CompetenceOtherDocument).cite(other.evidence);
            return Err(Box::new(found));
        }
    }
    // Of an imported row the newest revision known: the last fetched that none replaces.
    counted.sort_by_key(|held| {
        let imported = held.record.comity.imported_from.as_ref();
        let fetched = imported.map(|from| from.fetched_on);
        let replaced = counted_replaces(known, held);
        (Reverse(replaced), fetched, held.evidence.record_digest)
    });
    counted.pop().ok_or_else(|| Box::new(trouble))
}

/// Calls a grant that does not count by its number, where it is the very document that the issuer
/// relies on: another may say any number.
fn call_by_number(finding: &mut Finding<'_>, meant: &Reference, held: &EvidenceRecord) {
    let Reference::Record(meant) = meant else {
        return;
    };
    let record = held.record.as_ref().ok();
    if let Some(Says::CompetenceGrant(grant)) = record.map(|record| &record.subject)
        && held.document_multibase == meant.digest_multibase
    {
        let number = comity_model::text::projected(&grant.number);
        finding.names.insert("grant", Name::Record(number));
    }
}

/// Reads one document of a grant; `Err` says why it does not count.
pub(crate) fn reliance<'a>(
    known: &Known<'a>,
    evidence: &'a EvidenceRecord,
    items: &'a [String],
) -> Option<Result<Reliance<'a>, Code>> {
    let record = evidence.record.as_ref().ok()?;
    let Says::CompetenceGrant(grant) = &record.subject else {
        return None;
    };
    let Some(given) = known.given_at(evidence) else {
        return Some(Err(Code::LogNotLogged));
    };
    let imported = record.comity.imported_from.as_ref();
    if imported.is_some_and(|from| {
        !known
            .policy
            .names_importer(&record.comity.authority, &record.issuer.id, &from.system)
    }) {
        return Some(Err(Code::RegistrationImporterNotNamed));
    }
    Some(match known.standing(evidence, record, given) {
        Ok(standing) => Ok(Reliance {
            evidence,
            record,
            grant,
            standing,
            to_issuer: false,
            items,
            outcome: Outcome::Unknown,
        }),
        Err(trouble) => Err(trouble.code),
    })
}

fn counted_replaces(known: &Known<'_>, held: &Reliance<'_>) -> bool {
    let identity = held.record.identity();
    let newer = known.evidence.trust.replacing(&identity);
    newer.iter().any(|newer| {
        let same = newer
            .identity()
            .is_some_and(|new| new.issuer == identity.issuer && new != identity);
        same && known.given_at(newer).is_some()
    })
}

fn judge<'a>(known: &Known<'a>, subject: &Subject<'a>, reliance: &mut Reliance<'a>) -> Finding<'a> {
    let grant = reliance.grant;
    let (authority, grantor) = reliance.grantor();
    let issued = subject.attestation.comity.legal_dates.issued_on;
    let finding = |outcome, code| {
        Finding::new(StepName::Competence, outcome, code)
            .cite(reliance.evidence)
            .with("grant", comity_model::text::projected(&grant.number))
            .with(
                "grantor",
                comity_model::text::projected(&grant.grantor.name),
            )
            .with("issuedOn", issued)
            .ask(Who::Grantor, Some(authority), Some(grantor))
    };
    let party = party(subject, grant);
    let mut found = match party {
        Party::Issuer | Party::Behind => finding(Outcome::Pass, Code::CompetenceCovers),
        Party::Unclear => finding(Outcome::Unknown, Code::CompetenceOtherParty),
        Party::Other => finding(Outcome::Fail, Code::CompetenceOtherParty),
    };
    let to_issuer = party == Party::Issuer;
    let in_force = contains(&grant.period, &issued);
    let mut consider = |outcome: Outcome, code: Code| {
        let candidate = finding(outcome, code);
        if severity(&candidate) > severity(&found) {
            found.become_(outcome, code);
        }
    };
    match in_force {
        Truth::Yes => {}
        // Inferred dates cannot exclude.
        Truth::No if !grant.period_inferred => consider(Outcome::Fail, Code::CompetenceNotInForce),
        Truth::No | Truth::Unknown => consider(Outcome::Unknown, Code::CompetenceObservedOnly),
    }
    let on = known.question.on;
    let mut days: Vec<Day> = vec![issued.earliest(), issued.latest(), on.max(issued.latest())];
    days.dedup();
    let states: Vec<State<'a>> = (days.iter())
        .map(|day| known.state_by_chain(reliance.evidence, &reliance.standing.chain, *day))
        .collect();
    let mut words = Vec::new();
    for (state, day) in states.iter().zip(&days) {
        let at_issue = *day <= issued.latest();
        for (outcome, code) in in_state(subject, reliance, state, at_issue, to_issuer, &mut words) {
            consider(outcome, code);
        }
    }
    if known.starts_late(reliance.evidence, grant.period.from.latest()) {
        consider(Outcome::Warn, Code::CompetenceLoggedLater);
    }
    if grant.period_inferred {
        consider(Outcome::Warn, Code::CompetenceInferredPeriod);
    }
    let last = states.last().and_then(|state| state.until);
    let cited: Vec<_> = states
        .iter()
        .flat_map(|state| state.evidence.iter().copied())
        .collect();
    found = found
        .cite_all(cited)
        .until(last)
        .until(before(&grant.period.from, on));
    if found.code == Code::CompetenceScopeNeedsReading && !words.is_empty() {
        found.say("scope", words);
    }
    reliance.to_issuer = to_issuer;
    reliance.outcome = found.outcome;
    found
}

/// What one state of a grant says of the attestation.
fn in_state<'a>(
    subject: &Subject<'a>,
    reliance: &Reliance<'a>,
    state: &State<'a>,
    at_issue: bool,
    to_issuer: bool,
    words: &mut Vec<&'a LangString>,
) -> Vec<(Outcome, Code)> {
    let mut said: Vec<_> = fallen(state, reliance.items).into_iter().collect();
    if at_issue && state.condition == Condition::Superseded {
        // Another grant had taken its place when the attestation was issued.
        said.push((Outcome::Unknown, Code::CompetenceStatusUnclear));
    }
    let scope = state.scope.unwrap_or(&reliance.grant.scope);
    let scope: Vec<&'a ScopeItem> = (scope.iter())
        .filter(|item| !state.items_out.contains(&item.id.as_str()))
        .collect();
    said.push(scope::covers(subject, reliance, &scope, to_issuer, words));
    said
}

/// Whether the grant has fallen in this state, in whole or for the items relied on.
fn fallen(state: &State<'_>, items: &[String]) -> Option<(Outcome, Code)> {
    let ended = matches!(
        state.condition,
        Condition::TransferEnded | Condition::Withdrawn | Condition::Annulled
    );
    if !state.certain {
        return Some((Outcome::Unknown, Code::CompetenceObservedOnly));
    }
    if ended {
        return Some((Outcome::Fail, Code::CompetenceEnded));
    }
    if state.broken.is_some() {
        return Some((Outcome::Unknown, Code::CompetenceStatusUnclear));
    }
    match state.condition {
        Condition::Suspended => Some((Outcome::Fail, Code::CompetenceSuspended)),
        Condition::PartiallySuspended | Condition::Reduced if !items.is_empty() => {
            let out = |item: &String| state.items_out.contains(&item.as_str());
            if items.iter().all(out) {
                Some((Outcome::Fail, Code::CompetenceSuspended))
            } else {
                None
            }
        }
        Condition::PartiallySuspended => Some((Outcome::Unknown, Code::CompetenceStatusUnclear)),
        // A reduction says what scope results; without that it has to be read.
        Condition::Reduced if state.scope.is_none() => {
            Some((Outcome::Unknown, Code::CompetenceStatusUnclear))
        }
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Party {
    /// The issuer itself.
    Issuer,
    /// A laboratory on whose work it rests.
    Behind,
    /// A name without a registration.
    Unclear,
    Other,
}

/// To whom the grant was given. A grant for (A, did) says nothing about (B, did).
fn party(subject: &Subject<'_>, grant: &CompetenceGrant) -> Party {
    let record = subject.record;
    if let Some(imported) = subject.imported {
        let same = fold_model(&grant.grantee.name) == fold_model(&imported.attributed_to.name);
        return if same { Party::Issuer } else { Party::Behind };
    }
    let Some(grantee) = grant.grantee.reference() else {
        return Party::Unclear;
    };
    if grantee.id == record.issuer.id && grantee.registered_by == record.comity.authority {
        return Party::Issuer;
    }
    let behind = subject.attestation.comity.based_on.iter().any(|item| {
        let named = item
            .issuer
            .as_ref()
            .and_then(comity_model::party::NamedParty::reference);
        let cited = item.record.as_ref();
        named.as_ref() == Some(&grantee)
            || cited.is_some_and(|r| r.issuer == grantee.id && r.authority == grantee.registered_by)
    });
    if behind { Party::Behind } else { Party::Other }
}

/// Whether a date, which may be known only roughly, lies in a period.
pub(crate) fn contains(period: &Period, date: &LegalDate) -> Truth {
    let (first, last) = (
        period.contains(date.earliest()),
        period.contains(date.latest()),
    );
    if first == last { first } else { Truth::Unknown }
}
