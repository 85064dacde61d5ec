//! What one record is for whoever counts records: does it count at all, for which economies,
//! since when, in which state on a day, and what has suspended it.
//!
//! Nothing is decided here anew: signers, folded events, dates and economies are those that a
//! verdict rests on.

use comity_model::date::{Day, Instant, LegalDate, Truth};
use comity_model::grant::CompetenceGrant;
use comity_model::record::{Record, Subject};
use comity_model::registration::Registration;
use comity_model::status::Action;

use super::{RecordState, by_codes, folded, question};
use crate::code::Outcome;
use crate::competence;
use crate::decide;
use crate::evidence::{Digest, Evidence, EvidenceRecord};
use crate::known::{Known, Logged};
use crate::policy::Policy;
use crate::standing::Standing;
use crate::status::{Condition, State};
use crate::steps;
use crate::subject::{Candidates, Chosen};

/// A record that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// When it was issued: the day of issue of an attestation, the first day of a grant, the
    /// first day on which a body was registered.
    pub since: LegalDate,
    /// Its state on the day.
    pub state: RecordState,
    /// The economies it counts for, sorted: those of the grant relied on where there is one, else
    /// those of the signer's registration; of an imported record those its register says.
    pub economies: Vec<String>,
    /// What has suspended it up to the day, by those entitled to, in the order of digests.
    pub suspensions: Vec<Suspension>,
}

/// One event that has suspended a record, in whole or in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// Record digest of the event.
    pub event: Digest,
    /// From which day.
    pub from: LegalDate,
    /// Whether it is by this event that the record is suspended on the day; `Unknown` where what
    /// is known does not decide the record's state.
    pub in_force: Truth,
}

/// Why a record does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotCounted {
    /// Its bytes, its signature or its members are not valid.
    Invalid,
    /// It was taken down.
    TakenDown,
    /// It is not logged as the policy asks, or its signer is none that the policy believes.
    NotBelieved,
    /// A registration beside the version that is the body's on that day.
    OtherVersion,
}

/// What `record`, an attestation, a grant or a registration, is on `on` as known at `known_at`.
/// `evidence` is as for [`super::state`].
///
/// # Errors
/// Why it does not count.
pub fn account(
    record: &EvidenceRecord,
    evidence: &Evidence<'_>,
    policy: &Policy,
    on: Day,
    known_at: Instant,
) -> Result<Account, NotCounted> {
    let integrity = steps::integrity(record);
    if matches!(integrity.outcome, Outcome::Fail | Outcome::Unknown) {
        return Err(NotCounted::Invalid);
    }
    let Ok(read) = &record.record else {
        return Err(NotCounted::Invalid);
    };
    let question = question(record, on, known_at);
    let policy = &*policy.resolve(evidence.trust, known_at);
    let known = Known::new(&question, evidence, policy);
    if matches!(known.logged(record), Logged::TakenDown(_)) {
        return Err(NotCounted::TakenDown);
    }
    if let Some(from) = &read.comity.imported_from {
        let (authority, signer) = (&read.comity.authority, &read.issuer.id);
        let named = policy.names_importer(authority, signer, &from.system);
        if !(policy.file().accept_imported && named) {
            return Err(NotCounted::NotBelieved);
        }
    }
    match &read.subject {
        Subject::Attestation(_) => of_attestation(&known),
        Subject::CompetenceGrant(grant) => of_grant(&known, record, read, grant),
        Subject::Registration(registration) => of_body(&known, record, read, registration),
        _ => Err(NotCounted::NotBelieved),
    }
}

fn of_attestation(known: &Known<'_>) -> Result<Account, NotCounted> {
    let candidates = Candidates::read(known);
    let Chosen::One(subject) = candidates.choose(&known.question.record) else {
        return Err(NotCounted::NotBelieved);
    };
    if known.taken_down(&subject).is_some() {
        return Err(NotCounted::TakenDown);
    }
    let logged = matches!(subject.logged, Logged::At(_) | Logged::Hypothetical);
    if subject.standing.is_err() || !logged {
        return Err(NotCounted::NotBelieved);
    }
    let competence = competence::competence(known, &subject);
    let economies = competence.economies(&subject);
    let entitled = decide::entitled(&subject, &competence);
    let of_issuer = decide::economies_of_issuer(&subject, &economies);
    let status = steps::status::status(known, &subject, &entitled, &of_issuer);
    let dates = steps::dates(known, &subject);
    let on = known.question.on;
    let state = known.state(&subject.revisions, &entitled, on);
    Ok(Account {
        since: subject.attestation.comity.legal_dates.issued_on,
        state: by_codes(Some(status.code), Some(dates.code)),
        economies: owned(&economies),
        suspensions: suspensions(&state, subject.record, on),
    })
}

fn of_grant(
    known: &Known<'_>,
    record: &EvidenceRecord,
    read: &Record,
    grant: &CompetenceGrant,
) -> Result<Account, NotCounted> {
    let Some(Ok(reliance)) = competence::reliance(known, record, &[]) else {
        return Err(NotCounted::NotBelieved);
    };
    let on = known.question.on;
    let state = known.state_by_chain(record, &reliance.standing.chain, on);
    let word = match folded(&state, read, on) {
        RecordState::Active => match revised(known, read) {
            Truth::Yes => RecordState::Superseded,
            Truth::Unknown => RecordState::Unknown,
            Truth::No => RecordState::Active,
        },
        other => other,
    };
    Ok(Account {
        since: grant.period.from,
        state: word,
        economies: owned(&reliance.economies()),
        suspensions: suspensions(&state, read, on),
    })
}

/// Whether a revision by the same signer has taken the place of a grant, from its own first day.
fn revised(known: &Known<'_>, read: &Record) -> Truth {
    let on = known.question.on;
    let newer = known.evidence.trust.replacing(&read.identity());
    newer.into_iter().fold(Truth::No, |revised, newer| {
        let Some(Ok(reliance)) = competence::reliance(known, newer, &[]) else {
            return revised;
        };
        let same = reliance.grantor() == (&read.comity.authority, &read.issuer.id)
            && reliance.record.id != read.id;
        if same {
            revised.or(reliance.grant.period.from.reached_on(on))
        } else {
            revised
        }
    })
}

fn of_body(
    known: &Known<'_>,
    record: &EvidenceRecord,
    read: &Record,
    registration: &Registration,
) -> Result<Account, NotCounted> {
    let on = known.question.on;
    let Some(standing) = registers(known, record, read) else {
        return Err(NotCounted::NotBelieved);
    };
    let mut since = registration.period.from;
    let versions = known
        .evidence
        .trust
        .registrations(&read.comity.authority, &registration.id);
    for other in versions {
        let Ok(other_read) = &other.record else {
            continue;
        };
        let Subject::Registration(version) = &other_read.subject else {
            continue;
        };
        let begun = version.period.from.latest() <= on;
        if !begun || registers(known, other, other_read).is_none() {
            continue;
        }
        let rank = |version: u64, digest: Digest| (version, digest);
        if rank(version.version, other.record_digest)
            > rank(registration.version, record.record_digest)
        {
            return Err(NotCounted::OtherVersion);
        }
        if version.period.from.latest() < since.latest() {
            since = version.period.from;
        }
    }
    // A later version does not hide the one of the day; it is not counted before it begins.
    if registration.period.from.latest() > on && since != registration.period.from {
        return Err(NotCounted::OtherVersion);
    }
    let state = known.state_by_chain(record, &standing.chain, on);
    Ok(Account {
        since,
        state: folded(&state, read, on),
        economies: owned(&standing.heads(registration)),
        suspensions: suspensions(&state, read, on),
    })
}

/// The standing of whoever signed a registration, if it is logged and the signer may register.
fn registers<'a>(
    known: &Known<'a>,
    record: &'a EvidenceRecord,
    read: &'a Record,
) -> Option<Standing<'a>> {
    let standing = known.standing(record, read, known.given_at(record)?).ok()?;
    let may = standing
        .registration
        .is_none_or(|(_, body)| body.mandate.may_register);
    may.then_some(standing)
}

/// The counted events that name `read` itself and have suspended it by `on`.
fn suspensions(state: &State<'_>, read: &Record, on: Day) -> Vec<Suspension> {
    let certain = state.certain && state.broken.is_none();
    let suspended = matches!(
        state.condition,
        Condition::Suspended | Condition::PartiallySuspended
    );
    let decisive = (state.decisive.as_ref())
        .filter(|_| suspended)
        .map(|act| act.evidence.record_digest);
    let mut found: Vec<Suspension> = Vec::new();
    for evidence in &state.evidence {
        let Ok(Record {
            subject: Subject::StatusEvent(event),
            ..
        }) = &evidence.record
        else {
            continue;
        };
        let identity = read.identity();
        let named = event.subjects.iter().any(|at| at.identity() == identity);
        let begun = event.effective_from.reached_on(on) == Truth::Yes;
        if event.action != Action::Suspend || !named || !begun {
            continue;
        }
        let in_force = match decisive {
            _ if !certain => Truth::Unknown,
            Some(decisive) => (decisive == evidence.record_digest).into(),
            None => Truth::No,
        };
        let suspension = Suspension {
            event: evidence.record_digest,
            from: event.effective_from,
            in_force,
        };
        if !found.contains(&suspension) {
            found.push(suspension);
        }
    }
    found
}

fn owned(economies: &[&str]) -> Vec<String> {
    let mut owned: Vec<String> = economies
        .iter()
        .map(|economy| (*economy).to_owned())
        .collect();
    owned.sort_unstable();
    owned.dedup();
    owned
}
