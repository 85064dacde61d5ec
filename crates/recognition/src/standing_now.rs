//! What a node asks of one record outside any question: may its signers sign it now, and in
//! which state is it on a day?

pub mod account;
pub mod counting;
mod federal;
mod later;
mod until;

use comity_model::date::{Day, Instant, Truth};
use comity_model::record::{Record, Subject};
use comity_model::status::{Capacity, StatusEvent};

use crate::code::{Code, StepName};
use crate::decide::judge;
use crate::evidence::{Evidence, EvidenceRecord};
use crate::known::Known;
use crate::policy::Policy;
use crate::question::{ProductFacts, Question, Selector};
use crate::status::{Condition, Entitled, State};
use crate::verdict::Facts;
use crate::wording;

pub(crate) use later::later;
pub use until::unchanged_until;

/// The state of a record in one word, as lists and search show it (interface.md, status words).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum RecordState {
    Active,
    Pending,
    PartiallySuspended,
    Suspended,
    Superseded,
    /// Another body has taken it over, and the grace has ended.
    Transferred,
    Withdrawn,
    Annulled,
    Expired,
    /// What is known does not decide it.
    Unknown,
}

impl RecordState {
    /// Every state.
    pub const ALL: [Self; 10] = [
        Self::Active,
        Self::Pending,
        Self::PartiallySuspended,
        Self::Suspended,
        Self::Superseded,
        Self::Transferred,
        Self::Withdrawn,
        Self::Annulled,
        Self::Expired,
        Self::Unknown,
    ];

    /// The word, in camel case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::PartiallySuspended => "partiallySuspended",
            Self::Suspended => "suspended",
            Self::Superseded => "superseded",
            Self::Transferred => "transferred",
            Self::Withdrawn => "withdrawn",
            Self::Annulled => "annulled",
            Self::Expired => "expired",
            Self::Unknown => "unknown",
        }
    }
}

impl serde::Serialize for RecordState {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// Why a record may not be signed as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEntitled {
    /// A signature that is needed does not count.
    #[error("the signature of {did} does not count here ({}): {}", code.as_str(), ask(*code))]
    By {
        /// Whose.
        did: String,
        /// Why.
        code: Code,
    },
    /// A federation list or a key list that does not follow from the list that the policy pins.
    #[error("{0}")]
    Federation(String),
    /// A takedown by somebody who may not take that record down here.
    #[error("only the authority of this log or {0} takes this record down")]
    Takedown(String),
    /// A destination's act by somebody who is not the authority of that economy.
    #[error("only the authority of {0} refuses and restores recognition there, and {1} is not it")]
    Destination(String, String),
    /// The issuer's name is none of those it is registered under.
    #[error("{0:?} is not one of the names the issuer is registered under; use one of them")]
    Name(String),
}

fn ask(code: Code) -> String {
    let (language, style) = (wording::Language::En, wording::Style::Codes);
    wording::ask(code, &Facts::new(), language, style)
}

/// Whether every party that must sign `record` did and may, as of `at`, under a name that its
/// registration lists (format.md 2.2). The record need not be logged yet.
///
/// # Errors
/// What is missing.
pub fn may_sign(
    record: &EvidenceRecord,
    evidence: &Evidence<'_>,
    policy: &Policy,
    at: Instant,
) -> Result<(), NotEntitled> {
    let question = question(record, at.day(), at);
    let Ok(read) = &record.record else {
        return Ok(());
    };
    if let Some(follows) = federal::admits(record, read, evidence.trust, policy, at) {
        return follows.map_err(NotEntitled::Federation);
    }
    let policy = &*policy.resolve(evidence.trust, at);
    let known = Known::new(&question, evidence, policy);
    if let Subject::Takedown(takedown) = &read.subject {
        federal::takes_down(&known, read, takedown)?;
    }
    if let Subject::StatusEvent(event) = &read.subject {
        acts_in_its_own(event, read, policy)?;
    }
    let mut signers = vec![(read.comity.authority.as_str(), read.issuer.id.as_str())];
    if let Subject::Arrangement(arrangement) = &read.subject {
        let named = arrangement.signers.iter();
        signers.extend(named.map(|party| (party.registered_by.as_str(), party.id.as_str())));
    }
    for (authority, did) in signers {
        let standing = known.standing_of(authority, did, record, read, at);
        let standing = standing.map_err(|trouble| NotEntitled::By {
            did: did.to_owned(),
            code: trouble.code,
        })?;
        if let Some((_, registration)) = standing.registration
            && did == read.issuer.id
            && !registration
                .names
                .0
                .iter()
                .any(|name| name.value == read.issuer.name)
        {
            return Err(NotEntitled::Name(read.issuer.name.clone()));
        }
    }
    Ok(())
}

/// A destination speaks for exactly its own territory (format.md 2.7).
fn acts_in_its_own(
    event: &StatusEvent,
    record: &Record,
    policy: &Policy,
) -> Result<(), NotEntitled> {
    if event.capacity != Capacity::DestinationAuthority {
        return Ok(());
    }
    let signer = &record.issuer.id;
    for economy in &event.territory {
        if *signer != record.comity.authority || !policy.is_authority_of(signer, economy) {
            return Err(NotEntitled::Destination(economy.clone(), signer.clone()));
        }
    }
    Ok(())
}

/// The state of `record` on `on`, as known at `known_at`. `evidence` carries its events and other
/// revisions, and for an attestation the record itself as the one candidate.
pub fn state(
    record: &EvidenceRecord,
    evidence: &Evidence<'_>,
    policy: &Policy,
    on: Day,
    known_at: Instant,
) -> RecordState {
    let question = question(record, on, known_at);
    let Ok(read) = &record.record else {
        return RecordState::Unknown;
    };
    if matches!(read.subject, Subject::Attestation(_)) {
        return of_attestation(&question, evidence, policy);
    }
    if let Some(state) = federal::state(record, read, evidence.trust, policy, known_at) {
        return state;
    }
    let policy = &*policy.resolve(evidence.trust, known_at);
    let known = Known::new(&question, evidence, policy);
    let Ok(standing) = known.standing(record, read, known_at) else {
        return RecordState::Unknown;
    };
    by_chain(&known, record, read, &standing.chain, on)
}

/// Record digests of the events that the signer of `record` itself has made on it, as known at
/// `known_at` and as far as their signatures count. `evidence` carries the events.
pub fn own_events(
    record: &EvidenceRecord,
    evidence: &Evidence<'_>,
    policy: &Policy,
    known_at: Instant,
) -> Vec<crate::evidence::Digest> {
    let Ok(read) = &record.record else {
        return Vec::new();
    };
    let question = question(record, known_at.day(), known_at);
    let policy = &*policy.resolve(evidence.trust, known_at);
    let known = Known::new(&question, evidence, policy);
    known.events_by_signer(&read.identity())
}

/// Record digests of the events on `record` that change nothing, because whoever signed them may not
/// act on it so (format.md 2.7), as known at `known_at`. `evidence` is as for [`state`].
pub fn ignored_events(
    record: &EvidenceRecord,
    evidence: &Evidence<'_>,
    policy: &Policy,
    known_at: Instant,
) -> Vec<crate::evidence::Digest> {
    let question = question(record, known_at.day(), known_at);
    let Ok(read) = &record.record else {
        return Vec::new();
    };
    if matches!(read.subject, Subject::Attestation(_)) {
        return judge(&question, evidence, policy).ignored;
    }
    let policy = &*policy.resolve(evidence.trust, known_at);
    let known = Known::new(&question, evidence, policy);
    let Ok(standing) = known.standing(record, read, known_at) else {
        return Vec::new();
    };
    let entitled = Entitled::by_chain(read, &standing.chain);
    let state = known.state(&[read.identity()], &entitled, known_at.day());
    let mut ignored: Vec<_> = state.ignored.iter().map(|one| one.record_digest).collect();
    ignored.sort_unstable();
    ignored
}

/// The state of a record that only its signer and the signer's chain act on.
pub(crate) fn by_chain<'a>(
    known: &Known<'a>,
    record: &'a EvidenceRecord,
    read: &Record,
    chain: &[&'a str],
    on: Day,
) -> RecordState {
    folded(&known.state_by_chain(record, chain, on), read, on)
}

/// The state of a record that its chain of events and its period decide.
fn folded(state: &State<'_>, read: &Record, on: Day) -> RecordState {
    match state.condition {
        _ if !state.certain || state.broken.is_some() => RecordState::Unknown,
        Condition::Annulled => RecordState::Annulled,
        Condition::Withdrawn => RecordState::Withdrawn,
        Condition::Superseded => RecordState::Superseded,
        Condition::Suspended => RecordState::Suspended,
        Condition::PartiallySuspended => RecordState::PartiallySuspended,
        Condition::TransferEnded => RecordState::Transferred,
        Condition::Reduced | Condition::Transferred | Condition::Active => by_period(read, on),
    }
}

fn of_attestation(question: &Question, evidence: &Evidence<'_>, policy: &Policy) -> RecordState {
    let verdict = judge(question, evidence, policy);
    let code = |name| verdict.step(name).map(|step| step.code);
    by_codes(code(StepName::Status), code(StepName::Dates))
}

/// The state of an attestation, from what its two steps came to.
fn by_codes(status: Option<Code>, dates: Option<Code>) -> RecordState {
    match status {
        Some(Code::StatusAnnulled) => return RecordState::Annulled,
        Some(Code::StatusWithdrawn) => return RecordState::Withdrawn,
        Some(Code::StatusSuperseded) => return RecordState::Superseded,
        Some(Code::StatusTransferEnded) => return RecordState::Transferred,
        Some(Code::StatusSuspended) => return RecordState::Suspended,
        Some(Code::StatusPartiallySuspended) => return RecordState::PartiallySuspended,
        None
        | Some(
            Code::StatusObservedOnly
            | Code::StatusSequenceGap
            | Code::StatusSequenceFork
            | Code::StatusUnreadAction
            | Code::StatusNotAsked,
        ) => return RecordState::Unknown,
        Some(_) => {}
    }
    match dates {
        Some(Code::DatesExpired) => RecordState::Expired,
        Some(Code::DatesNotYetValid) => RecordState::Pending,
        Some(Code::DatesObservedOnly) => RecordState::Unknown,
        _ => RecordState::Active,
    }
}

fn by_period(record: &Record, on: Day) -> RecordState {
    let period = match &record.subject {
        Subject::CompetenceGrant(grant) => grant.period,
        Subject::Participation(participation) => participation.period,
        Subject::Registration(registration) => registration.period,
        _ => return RecordState::Active,
    };
    let ended = period.until.map_or(Truth::No, |until| until.passed_on(on));
    match (period.from.reached_on(on), ended) {
        (Truth::No, _) => RecordState::Pending,
        (_, Truth::Yes) => RecordState::Expired,
        (Truth::Yes, Truth::No) => RecordState::Active,
        _ => RecordState::Unknown,
    }
}

/// The question whose status and date steps are read; its destination is nowhere.
pub(crate) fn question(record: &EvidenceRecord, on: Day, known_at: Instant) -> Question {
    let selector = match record.identity() {
        Some(identity) => Selector::Identity(identity),
        None => Selector::RecordDigest(hex::encode(record.record_digest)),
    };
    Question {
        record: selector,
        in_economy: "ZZ".to_owned(),
        on,
        known_at,
        product: ProductFacts::default(),
        file_number: None,
    }
}
