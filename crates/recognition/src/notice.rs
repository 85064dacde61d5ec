//! Notices as they are shown: whose word one is, who may answer it, and whether a request for
//! confirmation was answered by a day. No verdict reads them.
//!
//! Whose signature counts is asked of the same registrations as with every other record: a notice
//! by anybody else is nobody's word, however true it may be.

use std::collections::BTreeSet;

use comity_model::date::{Day, Instant};
use comity_model::notice::{Notice, NoticeSort};
use comity_model::record::{Record, Subject};

use crate::evidence::{Evidence, EvidenceRecord};
use crate::known::Known;
use crate::policy::Policy;
use crate::standing_now::{self, RecordState};

/// A notice whose signer may give it, under the policy it was judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The name under which the signer is registered; its own of an authority.
    pub name: String,
    /// The economy of the authority at the head of its chain.
    pub economy: Option<String>,
    /// It is that authority itself.
    pub is_authority: bool,
    /// Since when it is known: when it was logged, or received here if that was earlier.
    pub known: Instant,
    /// What became of it, by its signer and the signer's chain.
    pub state: RecordState,
}

/// Where a request for confirmation stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestState {
    /// Nobody has answered, and there is time left.
    Open,
    /// The addressee has answered.
    Answered,
    /// The last day for an answer has passed without one.
    NoAnswerByTheDay,
}

impl Heard {
    /// Whether it still stands: nobody who may has suspended it or taken it back.
    pub fn stands(&self) -> bool {
        self.state == RecordState::Active
    }
}

impl RequestState {
    /// The word, in camel case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::NoAnswerByTheDay => "noAnswerByTheDay",
        }
    }
}

/// Whose word a notice is and what became of it on `on`, as known at `known_at`; `None` where its
/// signer was not registered for notices under `policy` when it became known. `evidence` carries
/// the events on it.
///
/// A notice gives nobody anything, so that it is heard as evidence that takes away is: from the
/// moment it was received (format.md 2.10).
pub fn heard(
    notice: &EvidenceRecord,
    evidence: &Evidence<'_>,
    policy: &Policy,
    on: Day,
    known_at: Instant,
) -> Option<Heard> {
    let read = notice.record.as_ref().ok()?;
    let Subject::Notice(_) = &read.subject else {
        return None;
    };
    let question = standing_now::question(notice, on, known_at);
    let policy = &*policy.resolve(evidence.trust, known_at);
    let known = Known::new(&question, evidence, policy);
    let since = known.taken_at(notice)?;
    let standing = known.standing(notice, read, since).ok()?;
    let name = match standing.registration {
        None => read.issuer.name.clone(),
        Some((_, registration)) => {
            let mut names = registration.names.0.iter();
            let own = names.any(|name| name.value == read.issuer.name);
            let registered = registration.names.in_language(&read.comity.language);
            match registered {
                Some(name) if !own => name.to_owned(),
                _ => read.issuer.name.clone(),
            }
        }
    };
    Some(Heard {
        name,
        economy: standing.head.economy.clone(),
        is_authority: standing.registration.is_none(),
        known: since,
        state: standing_now::by_chain(&known, notice, read, &standing.chain, on),
    })
}

/// Whether `answer` is an answer to `notice` by one who may give it: the addressee of a request,
/// or a party that the notice is about (the signer of the record, who is said to have given the
/// number, the party named), or the authority of either. `holders` are the holders of the records
/// that the notice is about: they may respond too.
///
/// That the answer's signature counts is asked with [`heard`].
pub fn may_answer(answer: &Record, notice: &EvidenceRecord, holders: &[String]) -> bool {
    let (Ok(asked), Subject::Notice(said)) = (&notice.record, &answer.subject) else {
        return false;
    };
    let Subject::Notice(of) = &asked.subject else {
        return false;
    };
    let named = said.in_reply_to.as_ref().is_some_and(|named| {
        named.identity() == asked.identity() && named.digest_multibase == notice.document_multibase
    });
    if !named {
        return false;
    }
    let signer = (answer.comity.authority.as_str(), answer.issuer.id.as_str());
    match said.sort {
        NoticeSort::ConfirmationReply => of.addressee.as_ref().is_some_and(|addressee| {
            is_or_answers_for(signer, (&addressee.registered_by, &addressee.id))
        }),
        NoticeSort::Response => {
            holders.iter().any(|holder| holder == signer.1)
                || concerned(of).any(|party| is_or_answers_for(signer, party))
        }
        _ => false,
    }
}

/// The DIDs of all who [`may_answer`]: their answers are looked up under their keys.
pub fn answerers<'a>(notice: &'a EvidenceRecord, holders: &'a [String]) -> BTreeSet<&'a str> {
    let mut dids: BTreeSet<&str> = holders.iter().map(String::as_str).collect();
    if let Ok(record) = &notice.record
        && let Subject::Notice(of) = &record.subject
    {
        let addressee = of.addressee.as_ref();
        let addressee = addressee.map(|to| (to.registered_by.as_str(), to.id.as_str()));
        for (authority, did) in concerned(of).chain(addressee) {
            dids.extend([authority, did]);
        }
    }
    dids
}

/// The last day for an answer to a request that names `answer_by`, dates itself from the day
/// `asked`, and was logged on the day `known`: there is as much time from the log on as the request
/// says that it leaves (format.md 2.16).
pub fn last_day(answer_by: Day, asked: Day, known: Day) -> Day {
    let late = crate::policy::days_between(asked, known).max(0);
    answer_by.plus_days(i32::try_from(late).unwrap_or(i32::MAX))
}

/// Where a request stands on `on` that is to be answered by `answer_by` and was first answered on
/// `answered_on`. An answer that came late is an answer from its day on.
pub fn request_state(answer_by: Day, answered_on: Option<Day>, on: Day) -> RequestState {
    if answered_on.is_some_and(|day| day <= on) {
        RequestState::Answered
    } else if on > answer_by {
        RequestState::NoAnswerByTheDay
    } else {
        RequestState::Open
    }
}

/// The parties that a notice is about, as (authority, DID).
fn concerned(notice: &Notice) -> impl Iterator<Item = (&str, &str)> {
    notice.about.iter().filter_map(|about| {
        if let Some(record) = &about.record {
            return Some((record.authority.as_str(), record.issuer.as_str()));
        }
        let issuer = about.number.as_ref().and_then(|n| n.issuer.as_ref());
        let party = about.party.as_ref().or(issuer)?;
        Some((party.registered_by.as_deref()?, party.id.as_deref()?))
    })
}

/// Whether the signer is the party, or the authority that answers for it.
fn is_or_answers_for(signer: (&str, &str), party: (&str, &str)) -> bool {
    signer == party || signer == (party.0, party.0)
}
