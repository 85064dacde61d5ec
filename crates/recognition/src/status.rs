//! What happened to a record after it was signed, by those entitled to say so (format.md 2.7
//! and 2.8), as known at `known_at`, in force on a legal day.
//!
//! A date that the source tells only roughly makes two histories: one in which everything that
//! may have happened by the day has, one in which nothing has. Where they agree the state is
//! certain; where they differ it is `observedOnly`.

mod fold;

use comity_model::date::{Day, LegalDate};
use comity_model::grant::ScopeItem;
use comity_model::record::{Record, Subject};
use comity_model::reference::Identity;
use comity_model::status::{Action, Capacity, StatusEvent};

use crate::evidence::EvidenceRecord;
use crate::known::Known;

pub(crate) use fold::{Condition, next_change_by};

/// Who may act on a record, besides its destination.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entitled<'a> {
    /// Authority and DID of the record's signer.
    pub(crate) issuer: (&'a str, &'a str),
    /// DIDs of the signer's registration chain.
    pub(crate) chain: Vec<&'a str>,
    /// Authority and DID of grantors of grants it relies on.
    pub(crate) grantors: Vec<(&'a str, &'a str)>,
    /// Authority and DID of laboratories whose reports it rests on.
    pub(crate) laboratories: Vec<(&'a str, &'a str)>,
}

/// One event that is known and whose signature counts.
#[derive(Clone, Debug)]
pub(crate) struct Act<'a> {
    pub(crate) evidence: &'a EvidenceRecord,
    pub(crate) event: &'a StatusEvent,
    /// Place of the record acted on among its revisions, the oldest first.
    revision: usize,
    sequence: u64,
    previous: Option<&'a str>,
    pub(crate) authority: &'a str,
    pub(crate) signer: &'a str,
    /// The day it takes effect; a native reinstatement no earlier than its logged day.
    pub(crate) effective: LegalDate,
}

/// What is wrong with a signer's chain of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    Gap,
    Fork,
    /// One of them does what this version cannot read.
    Unread,
}

/// The state of a record on a legal day.
#[derive(Clone, Debug)]
pub(crate) struct State<'a> {
    /// The worst over all entitled signers, if everything that may have happened has.
    pub(crate) condition: Condition,
    /// Both histories agree.
    pub(crate) certain: bool,
    pub(crate) broken: Option<Broken>,
    /// The events that count, in the order of digests.
    pub(crate) evidence: Vec<&'a EvidenceRecord>,
    /// The event that brought the condition about.
    pub(crate) decisive: Option<Act<'a>>,
    pub(crate) disowned: Vec<&'a EvidenceRecord>,
    /// Events by those not entitled.
    pub(crate) ignored: Vec<&'a EvidenceRecord>,
    /// Scope items that are suspended or have ended.
    pub(crate) items_out: Vec<&'a str>,
    /// The scope that reductions and extensions left, of a grant.
    pub(crate) scope: Option<&'a [ScopeItem]>,
    /// The newest fetch that saw the record.
    pub(crate) observed: Option<Day>,
    /// The last day before the next known change.
    pub(crate) until: Option<Day>,
}

impl<'a> Known<'a> {
    /// The events on these identities (revisions of one record, the oldest first) that are known
    /// and whose signatures count, by whomever.
    pub(crate) fn acts(&self, revisions: &[Identity]) -> Vec<Act<'a>> {
        self.acts_by(revisions, &|_, _| true)
    }

    /// Record digests of those that the signer of the record has made as its issuer.
    pub(crate) fn events_by_signer(&self, identity: &Identity) -> Vec<crate::evidence::Digest> {
        let signer = |by: &str, did: &str| by == identity.authority && did == identity.issuer;
        let acts = self.acts_by(std::slice::from_ref(identity), &signer);
        let own = acts
            .iter()
            .filter(|act| act.event.capacity == Capacity::Issuer);
        own.map(|act| act.evidence.record_digest).collect()
    }

    /// Those of them whose signer, as (authority, DID), is among `signers`. What others sign is
    /// not even looked at, so that no event can make its own signer's standing depend on itself.
    fn acts_by(
        &self,
        revisions: &[Identity],
        signers: &dyn Fn(&str, &str) -> bool,
    ) -> Vec<Act<'a>> {
        let mut acts: Vec<Act<'a>> = Vec::new();
        for (revision, identity) in revisions.iter().enumerate() {
            let held = self.evidence.trust.events(identity);
            for evidence in held.into_iter().chain(&self.evidence.events) {
                let by = evidence
                    .record
                    .as_ref()
                    .map(|record| signers(&record.comity.authority, &record.issuer.id));
                if by != Ok(true) {
                    continue;
                }
                if let Some(act) = self.act(evidence, revision, identity) {
                    acts.push(act);
                }
            }
        }
        acts.sort_by_key(|act| {
            (
                act.revision,
                act.evidence.document_digest,
                act.evidence.record_digest,
            )
        });
        acts.dedup_by_key(|act| (act.revision, act.evidence.document_digest));
        acts
    }

    fn act(
        &self,
        evidence: &'a EvidenceRecord,
        revision: usize,
        identity: &Identity,
    ) -> Option<Act<'a>> {
        let record = evidence.record.as_ref().ok()?;
        let Subject::StatusEvent(event) = &record.subject else {
            return None;
        };
        let subject = event.subjects.iter().find(|subject| {
            subject.id == identity.id
                && subject.issuer == identity.issuer
                && subject.authority == identity.authority
        })?;
        let known = if event.action.takes_away() {
            self.taken_at(evidence)
        } else {
            self.given_at(evidence)
        }?;
        self.standing(evidence, record, known).ok()?;
        let native = event.observed.is_none() && record.comity.imported_from.is_none();
        let gives = matches!(
            event.action,
            Action::Reinstate | Action::RestoreRecognition | Action::ExtendScope
        );
        let effective = if native && gives {
            let logged = known.day();
            let late = |day: Day| day.max(logged);
            LegalDate::between(
                late(event.effective_from.earliest()),
                late(event.effective_from.latest()),
            )
        } else {
            event.effective_from
        };
        Some(Act {
            evidence,
            event,
            revision,
            sequence: subject.sequence,
            previous: subject.previous_event.as_deref(),
            authority: &record.comity.authority,
            signer: &record.issuer.id,
            effective,
        })
    }

    /// The state on `on` of the record with these revisions.
    pub(crate) fn state(
        &self,
        revisions: &[Identity],
        entitled: &Entitled<'_>,
        on: Day,
    ) -> State<'a> {
        let newest = revisions.len().saturating_sub(1);
        fold::state(self.acts(revisions), newest, entitled, on)
    }

    /// The state of a record that only its signer and the signer's chain act on.
    pub(crate) fn state_by_chain(
        &self,
        record: &'a EvidenceRecord,
        chain: &[&'a str],
        on: Day,
    ) -> State<'a> {
        let Ok(read) = &record.record else {
            return fold::state(Vec::new(), 0, &Entitled::default(), on);
        };
        let entitled = Entitled::by_chain(read, chain);
        let authority = read.comity.authority.as_str();
        let signers = |by: &str, did: &str| {
            by == authority && (did == read.issuer.id || chain.contains(&did))
        };
        fold::state(self.acts_by(&[read.identity()], &signers), 0, &entitled, on)
    }
}

impl<'a> Entitled<'a> {
    /// A record's signer and the signer's chain, and nobody else.
    pub(crate) fn by_chain(read: &'a Record, chain: &[&'a str]) -> Self {
        Self {
            issuer: (&read.comity.authority, &read.issuer.id),
            chain: chain.to_vec(),
            ..Self::default()
        }
    }
}

impl Act<'_> {
    /// Its place in its signer's chain.
    pub(crate) fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Whether the signer may act so, in the capacity it states (format.md 2.7).
    fn is_entitled(&self, entitled: &Entitled<'_>) -> bool {
        let signer = (self.authority, self.signer);
        let action = self.event.action;
        match self.event.capacity {
            _ if matches!(
                action,
                Action::RefuseRecognition | Action::RestoreRecognition
            ) =>
            {
                false
            }
            Capacity::Issuer => signer == entitled.issuer && action != Action::Disown,
            // Whoever takes the work of a body over is named by the body, or by its authority.
            Capacity::Grantor | Capacity::Court if action == Action::Transfer => false,
            Capacity::Grantor => {
                let under_it =
                    matches!(action, Action::Suspend | Action::Annul | Action::Reinstate);
                signer == entitled.issuer || (under_it && entitled.grantors.contains(&signer))
            }
            Capacity::Authority => {
                self.authority == entitled.issuer.0
                    && entitled.chain.contains(&self.signer)
                    && action != Action::Disown
            }
            Capacity::Court => {
                self.signer == entitled.issuer.0
                    && self.authority == entitled.issuer.0
                    && self.event.legal_basis.is_some()
            }
            Capacity::Laboratory => {
                action == Action::Disown && entitled.laboratories.contains(&signer)
            }
            Capacity::DestinationAuthority => false,
        }
    }
}

/// Whether the chains of sequence numbers are whole: for each revision and signer 1, 2, ... and
/// each event naming the one before (format.md 2.8).
pub(crate) fn broken(acts: &[Act<'_>]) -> Option<Broken> {
    let mut ordered: Vec<&Act<'_>> = acts.iter().collect();
    ordered.sort_by_key(|act| (act.revision, act.authority, act.signer, act.sequence));
    let chain = |one: &&Act<'_>, other: &&Act<'_>| {
        (one.revision, one.authority, one.signer) == (other.revision, other.authority, other.signer)
    };
    let mut found = None;
    for of_signer in ordered.chunk_by(chain) {
        let mut previous: Option<&Act<'_>> = None;
        for act in of_signer {
            let expected = previous.map_or(1, |before| before.sequence + 1);
            if act.sequence < expected {
                return Some(Broken::Fork);
            }
            let named = previous.map(|before| before.evidence.document_multibase.as_str());
            if act.sequence > expected {
                found = Some(Broken::Gap);
            } else if act.previous != named {
                return Some(Broken::Fork);
            }
            previous = Some(act);
        }
    }
    found
}
