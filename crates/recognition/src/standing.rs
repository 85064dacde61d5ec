//! Who may sign: a body is the pair (authority, DID), and a signature counts only under a
//! registration whose chain ends in exactly that authority (format.md 2.1 to 2.3).

use comity_model::date::{Instant, Truth};
use comity_model::record::{Kind, Record, Subject};
use comity_model::registration::Registration;
use comity_model::revocation::RevocationReason;

use crate::code::{Code, Outcome};
use crate::evidence::{EvidenceRecord, Signature};
use crate::known::{Known, Logged};
use crate::policy::AuthorityEntry;
use crate::status::{Broken, Condition};

/// Why a signer may sign.
#[derive(Clone, Debug)]
pub(crate) struct Standing<'a> {
    /// The authority that heads the chain, as pinned.
    pub(crate) head: &'a AuthorityEntry,
    /// The registration; none for the authority itself.
    pub(crate) registration: Option<(&'a EvidenceRecord, &'a Registration)>,
    /// DIDs from the parent up to the authority; the authority alone for itself.
    pub(crate) chain: Vec<&'a str>,
    /// The registrations of the chain, the signer's own first.
    pub(crate) registrations: Vec<&'a EvidenceRecord>,
    /// The registration starts over 30 days before it was logged.
    pub(crate) logged_later: bool,
}

/// Why a signature does not count.
#[derive(Clone, Debug)]
pub(crate) struct Trouble<'a> {
    pub(crate) outcome: Outcome,
    pub(crate) code: Code,
    pub(crate) evidence: Vec<&'a EvidenceRecord>,
}

/// How many days before its logging evidence may start without a warning (format.md 2.10).
pub(crate) const LATE_DAYS: i64 = 30;

/// Whose signature is asked about, and on what.
#[derive(Clone, Copy)]
struct Asked<'a> {
    authority: &'a str,
    did: &'a str,
    /// When the record that carries it was known.
    at: Instant,
    record: &'a EvidenceRecord,
    kind: Kind,
}

/// A registration whose own signature counts.
struct Registered<'a> {
    logged: Instant,
    evidence: &'a EvidenceRecord,
    /// DID of the parent.
    by: &'a str,
    registration: &'a Registration,
    parent: Standing<'a>,
}

impl<'a> Standing<'a> {
    /// The economies this signer can act for: those of its registration that its authority heads.
    pub(crate) fn economies(&self) -> Vec<&'a str> {
        match self.registration {
            Some((_, registration)) => self.heads(registration),
            None => self.head.economy.as_deref().into_iter().collect(),
        }
    }

    /// The economies of a registration in this chain that its authority heads.
    pub(crate) fn heads(&self, registration: &Registration) -> Vec<&'a str> {
        let of_head = self.head.economy.as_deref().into_iter();
        of_head
            .filter(|head| registration.economies.iter().any(|named| named == head))
            .collect()
    }
}

impl<'a> Known<'a> {
    /// Whether the issuer of `record` may sign it, judged at `at`, the record's known time.
    pub(crate) fn standing(
        &self,
        evidence: &'a EvidenceRecord,
        record: &'a Record,
        at: Instant,
    ) -> Result<Standing<'a>, Trouble<'a>> {
        self.standing_of(
            &record.comity.authority,
            &record.issuer.id,
            evidence,
            record,
            at,
        )
    }

    /// Whether the party (authority, did) signed `record` and may.
    pub(crate) fn standing_of(
        &self,
        authority: &'a str,
        did: &'a str,
        evidence: &'a EvidenceRecord,
        record: &'a Record,
        at: Instant,
    ) -> Result<Standing<'a>, Trouble<'a>> {
        let asked = Asked {
            authority,
            did,
            at,
            record: evidence,
            kind: record.kind(),
        };
        let standing = self.body(&asked, 0)?;
        if let Some((registration, body)) = standing.registration {
            let mandate = &body.mandate;
            // Whoever may issue may take back: an event counts by its own rules (format.md 2.7).
            let kind = asked.kind == Kind::StatusEvent || mandate.kinds.contains(&asked.kind);
            let attestation = match &record.subject {
                Subject::Attestation(attestation) => {
                    let kinds = &mandate.attestation_kinds;
                    kinds.is_empty() || kinds.contains(&attestation.comity.comity_kind)
                }
                _ => true,
            };
            if !(kind && attestation) {
                return Err(fail(Code::RegistrationOutsideMandate).on(registration));
            }
        } else if standing.head.economy.is_none() && !secretariat_signs(asked.kind) {
            return Err(fail(Code::RegistrationOutsideMandate));
        }
        Ok(standing)
    }

    fn body(&self, asked: &Asked<'a>, depth: u32) -> Result<Standing<'a>, Trouble<'a>> {
        let Some(head) = self.policy.authority(asked.authority) else {
            return Err(unknown(Code::RegistrationAuthorityNotPinned));
        };
        let signed: Vec<&'a Signature> = (asked.record.signatures.iter().flatten())
            .filter(|signature| signature.did == asked.did)
            .collect();
        if signed.is_empty() && !asked.record.hypothetical {
            return Err(fail(Code::RegistrationNotSignedByIssuer));
        }
        if asked.did == asked.authority {
            self.authority_signed(asked, head, &signed)?;
            return Ok(Standing {
                head,
                registration: None,
                chain: vec![&head.did],
                registrations: Vec::new(),
                logged_later: false,
            });
        }
        // Nobody can register an authority that the policy pins: it would get a second set of keys.
        if depth > 1 || self.policy.authority(asked.did).is_some() {
            return Err(fail(Code::RegistrationParentNotEntitled));
        }
        let (evidence, registration, parent) = self.registration_of(asked, depth)?;
        let logged_later = self.starts_late(evidence, registration.period.from.latest());
        match registration.period.contains(asked.at.day()) {
            Truth::Yes => {}
            Truth::No => return Err(fail(Code::RegistrationNotInForce).on(evidence)),
            Truth::Unknown => return Err(unknown(Code::RegistrationInForceUnclear).on(evidence)),
        }
        self.event_on_registration(evidence, &parent, asked)?;
        self.key_valid(asked, &signed, evidence, registration, &parent)?;
        let by = evidence
            .record
            .as_ref()
            .map_or(asked.authority, |record| &record.issuer.id);
        let mut chain = vec![by];
        chain.extend(parent.chain.iter().copied().filter(|did| *did != by));
        let mut registrations = vec![evidence];
        registrations.extend(parent.registrations);
        Ok(Standing {
            head,
            registration: Some((evidence, registration)),
            chain,
            registrations,
            logged_later,
        })
    }

    /// Whether a key of the authority signed: one that the policy pins, or one of the member that
    /// its federation names.
    fn authority_signed(
        &self,
        asked: &Asked<'a>,
        head: &'a AuthorityEntry,
        signed: &[&'a Signature],
    ) -> Result<(), Trouble<'a>> {
        if asked.record.hypothetical {
            return Ok(());
        }
        let Some(member) = self.policy.federal_member(head) else {
            let pinned = signed.iter().any(|s| head.has_key(&s.key, asked.at));
            return if pinned {
                Ok(())
            } else {
                Err(fail(Code::RegistrationKeyNotAuthoritys))
            };
        };
        let mut trouble = fail(Code::RegistrationKeyNotAuthoritys);
        for signature in signed {
            match self.member_key(member, &signature.key, asked.at, asked.record) {
                Ok(()) => return Ok(()),
                Err(found) => trouble = found,
            }
        }
        Err(trouble)
    }

    /// The registration that counts at `asked.at`: of the one parent, the highest version logged
    /// by then.
    fn registration_of(
        &self,
        asked: &Asked<'a>,
        depth: u32,
    ) -> Result<(&'a EvidenceRecord, &'a Registration, Standing<'a>), Trouble<'a>> {
        let mut counted = Vec::new();
        let mut trouble = unknown(Code::RegistrationNotHeld);
        for evidence in self
            .evidence
            .trust
            .registrations(asked.authority, asked.did)
        {
            let (Ok(record), Some(logged)) = (&evidence.record, self.given_at(evidence)) else {
                continue;
            };
            let Subject::Registration(registration) = &record.subject else {
                continue;
            };
            let of_parent = Asked {
                authority: asked.authority,
                did: &record.issuer.id,
                at: logged,
                record: evidence,
                kind: Kind::Registration,
            };
            // Signed in the parent's name by somebody else: as if it were not there.
            let Ok(parent) = self.body(&of_parent, depth + 1) else {
                continue;
            };
            let entitled = (parent.registration).is_none_or(|(_, body)| {
                body.mandate.may_register && body.mandate.kinds.contains(&Kind::Registration)
            });
            if entitled {
                counted.push(Registered {
                    logged,
                    evidence,
                    by: &record.issuer.id,
                    registration,
                    parent,
                });
            } else {
                trouble = unknown(Code::RegistrationParentNotEntitled).on(evidence);
            }
        }
        if counted.is_empty() {
            return Err(trouble);
        }
        counted.sort_by_key(|held| (held.logged, held.evidence.record_digest));
        choose(asked, &counted)
    }

    /// Whether the registration itself was suspended or ended by an event of its own chain.
    fn event_on_registration(
        &self,
        registration: &'a EvidenceRecord,
        parent: &Standing<'a>,
        asked: &Asked<'a>,
    ) -> Result<(), Trouble<'a>> {
        let Some(identity) = registration.identity() else {
            return Ok(());
        };
        if self.evidence.trust.events(&identity).is_empty() {
            return Ok(());
        }
        let state = self.state_by_chain(registration, &parent.chain, asked.at.day());
        let mut trouble = match state.condition {
            Condition::Active | Condition::Transferred | Condition::Superseded
                if state.broken == Some(Broken::Unread) =>
            {
                unknown(Code::RegistrationInForceUnclear)
            }
            Condition::Active | Condition::Transferred | Condition::Superseded => return Ok(()),
            _ => fail(Code::RegistrationNotInForce),
        };
        trouble.evidence.push(registration);
        trouble.evidence.extend(state.evidence);
        Err(trouble)
    }

    fn key_valid(
        &self,
        asked: &Asked<'a>,
        signed: &[&'a Signature],
        evidence: &'a EvidenceRecord,
        registration: &'a Registration,
        parent: &Standing<'a>,
    ) -> Result<(), Trouble<'a>> {
        if asked.record.hypothetical {
            return Ok(());
        }
        let mut trouble = fail(Code::RegistrationKeyNotRegistered).on(evidence);
        for signature in signed {
            let registered = registration.keys.iter().any(|key| {
                key.key == signature.key
                    && key.from.is_none_or(|from| from <= asked.at)
                    && key.until.is_none_or(|until| asked.at <= until)
            });
            if !registered {
                continue;
            }
            match self.revoked(asked, &signature.key, parent) {
                None => return Ok(()),
                Some(revoked) => trouble = revoked.on(evidence),
            }
        }
        Err(trouble)
    }

    /// Why a revocation of `key` reaches the record, if one does.
    fn revoked(&self, asked: &Asked<'a>, key: &str, parent: &Standing<'a>) -> Option<Trouble<'a>> {
        for evidence in self.evidence.trust.revocations(asked.authority, asked.did) {
            let (Ok(record), Some(known)) = (&evidence.record, self.taken_at(evidence)) else {
                continue;
            };
            let Subject::KeyRevocation(revocation) = &record.subject else {
                continue;
            };
            let by = record.issuer.id.as_str();
            let entitled = by == asked.authority
                || parent.chain.contains(&by)
                || (parent.registration).is_some_and(|(_, body)| body.id == by);
            let of_signer = Asked {
                authority: asked.authority,
                did: &record.issuer.id,
                at: known,
                record: evidence,
                kind: Kind::KeyRevocation,
            };
            if revocation.key != key || !entitled || self.body(&of_signer, 1).is_err() {
                continue;
            }
            let clamped = revocation.reason != RevocationReason::KeyCompromise
                && revocation.effective_from < known;
            let effective = if clamped {
                known
            } else {
                revocation.effective_from
            };
            if asked.at < effective {
                continue;
            }
            if !clamped {
                return Some(fail(Code::RegistrationKeyRevoked).on(evidence));
            }
            // Entries of one log are ordered by index; across logs the order cannot be told.
            let subject = self.logged(asked.record);
            let (Logged::At(subject), Logged::At(revoked)) = (subject, self.logged(evidence))
            else {
                return Some(fail(Code::RegistrationKeyRevoked).on(evidence));
            };
            if subject.origin != revoked.origin {
                return Some(unknown(Code::RegistrationRevocationUnordered).on(evidence));
            }
            if subject.index >= revoked.index {
                return Some(fail(Code::RegistrationKeyRevoked).on(evidence));
            }
        }
        None
    }

    /// The registration by which people reach a party: the highest version that counts.
    pub(crate) fn registered(&self, authority: &str, did: &str) -> Option<&'a Registration> {
        let held = self
            .evidence
            .trust
            .registrations(authority, did)
            .into_iter();
        let counted = held.filter_map(|evidence| {
            let record = evidence.record.as_ref().ok()?;
            let Subject::Registration(registration) = &record.subject else {
                return None;
            };
            self.standing(evidence, record, self.given_at(evidence)?)
                .ok()?;
            Some(&**registration)
        });
        counted.max_by_key(|registration| registration.version)
    }

    /// Whether native evidence starts over 30 days before its logged day (format.md 2.10).
    pub(crate) fn starts_late(
        &self,
        evidence: &'a EvidenceRecord,
        from: comity_model::date::Day,
    ) -> bool {
        let native = (evidence.record.as_ref()).is_ok_and(|r| r.comity.imported_from.is_none());
        native
            && self
                .given_at(evidence)
                .is_some_and(|logged| crate::policy::days_between(from, logged.day()) > LATE_DAYS)
    }
}

/// Of registrations that count, the earliest logged first, the one that holds at `asked.at`.
fn choose<'a>(
    asked: &Asked<'a>,
    counted: &[Registered<'a>],
) -> Result<(&'a EvidenceRecord, &'a Registration, Standing<'a>), Trouble<'a>> {
    let by_then: Vec<&Registered<'a>> = (counted.iter())
        .filter(|held| held.logged <= asked.at)
        .collect();
    let Some(first) = by_then.first() else {
        let mut trouble = fail(Code::RegistrationNotYetLogged);
        trouble
            .evidence
            .extend(counted.iter().map(|held| held.evidence));
        return Err(trouble);
    };
    // The first logged registration decides the parent, until the authority signs a change.
    let changed = by_then.iter().any(|held| held.by == asked.authority);
    let parent = if changed { asked.authority } else { first.by };
    let mut versions: Vec<_> = by_then
        .into_iter()
        .filter(|held| held.by == parent)
        .collect();
    versions.sort_by_key(|held| (held.registration.version, held.evidence.document_digest));
    versions.dedup_by_key(|held| held.evidence.document_digest);
    for (due, held) in (1_u64..).zip(&versions) {
        let version = held.registration.version;
        if version < due {
            return Err(unknown(Code::RegistrationVersionFork).on(held.evidence));
        }
        if version > due {
            return Err(unknown(Code::RegistrationVersionGap).on(held.evidence));
        }
    }
    let Some(chosen) = versions.last() else {
        return Err(unknown(Code::RegistrationNotHeld));
    };
    // A key that only another parent registered does not count.
    let signed_with = |registration: &Registration| {
        (asked.record.signatures.iter().flatten())
            .filter(|signature| signature.did == asked.did)
            .any(|signature| registration.keys.iter().any(|key| key.key == signature.key))
    };
    let elsewhere =
        (counted.iter()).find(|held| held.by != parent && signed_with(held.registration));
    match elsewhere {
        Some(other) if !signed_with(chosen.registration) && !asked.record.hypothetical => {
            let trouble = fail(Code::RegistrationOtherParent);
            Err(trouble.on(chosen.evidence).on(other.evidence))
        }
        _ => Ok((chosen.evidence, chosen.registration, chosen.parent.clone())),
    }
}

/// What an authority without an economy may sign (format.md 2.1).
fn secretariat_signs(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Registration
            | Kind::KeyRevocation
            | Kind::Arrangement
            | Kind::Participation
            | Kind::Standard
    )
}

pub(crate) fn fail<'a>(code: Code) -> Trouble<'a> {
    Trouble {
        outcome: Outcome::Fail,
        code,
        evidence: Vec::new(),
    }
}

pub(crate) fn unknown<'a>(code: Code) -> Trouble<'a> {
    Trouble {
        outcome: Outcome::Unknown,
        code,
        evidence: Vec::new(),
    }
}

impl<'a> Trouble<'a> {
    pub(crate) fn on(mut self, record: &'a EvidenceRecord) -> Self {
        self.evidence.push(record);
        self
    }
}
