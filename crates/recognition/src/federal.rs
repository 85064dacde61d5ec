//! Whether a key is one of a member's authority: by the versions of its keys that were logged by
//! then (format.md 2.3 and 2.11).

use comity_model::date::Instant;
use comity_model::federation::AuthorityKey;
use comity_model::revocation::RevocationReason;

use crate::code::Code;
use crate::evidence::EvidenceRecord;
use crate::federation::{FederationView, KeysVersion, Member};
use crate::known::{Known, Logged};
use crate::standing::{Trouble, fail, unknown};

/// A version of a member's keys as it was logged.
#[derive(Clone, Copy)]
struct Stated<'a> {
    version: &'a KeysVersion,
    evidence: &'a EvidenceRecord,
    logged: Instant,
}

impl<'a> Stated<'a> {
    fn word_on(&self, key: &str) -> Option<&'a AuthorityKey> {
        self.version
            .keys
            .authority_keys
            .iter()
            .find(|held| held.key == key)
    }

    fn lists(&self, key: &str, at: Instant) -> bool {
        self.word_on(key)
            .is_some_and(|held| held.from <= at && held.until.is_none_or(|until| at <= until))
    }

    /// Whether it ends `key` by its own logged time: earlier ends are clamped to that.
    fn ends_when_logged(&self, key: &str) -> bool {
        let until = self.word_on(key).map(|held| held.until);
        until.is_none_or(|until| until.is_some_and(|until| until <= self.logged))
    }
}

impl<'a> Known<'a> {
    /// Whether `key` signs for `member` on `record`, which was known at `at`.
    pub(crate) fn member_key(
        &self,
        member: &'a Member,
        key: &str,
        at: Instant,
        record: &'a EvidenceRecord,
    ) -> Result<(), Trouble<'a>> {
        if !member.is_in(at) {
            return Err(fail(Code::RegistrationNotMember));
        }
        if let Some(by) = self.compromised(member, key, at) {
            return Err(fail(Code::RegistrationKeyRevoked).on(by));
        }
        let logged = self.logged_by(member, at);
        let before = self.before_entry(&logged, record);
        let counted = if before.is_empty() { &logged } else { &before };
        let Some(top) = counted.last() else {
            let mut trouble = unknown(Code::RegistrationMemberKeysNotLogged);
            trouble
                .evidence
                .extend(self.copies(member).map(|(_, copy)| copy));
            return Err(trouble);
        };
        if top.version.roots_end.is_some_and(|end| end <= at) {
            return Err(fail(Code::RegistrationKeyNotAuthoritys).on(top.evidence));
        }
        if top.lists(key, at) {
            return Ok(());
        }
        let code = match ender(counted, key, at) {
            Some(ender) if self.in_another_log(ender, record) => {
                return Err(unknown(Code::RegistrationRevocationUnordered).on(ender.evidence));
            }
            Some(_) => Code::RegistrationKeyRevoked,
            None => Code::RegistrationKeyNotAuthoritys,
        };
        Err(fail(code).on(top.evidence))
    }

    /// The version that ends `key` for compromise before `at`. What takes away counts from its
    /// receipt on, and from a federation that has expired too.
    fn compromised(
        &self,
        member: &'a Member,
        key: &str,
        at: Instant,
    ) -> Option<&'a EvidenceRecord> {
        let ends = |version: &KeysVersion| {
            version.keys.authority_keys.iter().any(|held| {
                held.key == key
                    && held.reason == Some(RevocationReason::KeyCompromise)
                    && held.until.is_some_and(|until| until < at)
            })
        };
        let mut copies = self.copies(member);
        copies
            .find(|(version, copy)| ends(version) && self.taken_at(copy).is_some())
            .map(|(_, copy)| copy)
    }

    /// The versions logged by `at`, oldest first. After the list has expired none is accepted.
    fn logged_by(&self, member: &'a Member, at: Instant) -> Vec<Stated<'a>> {
        let expiry = self
            .policy
            .federation()
            .and_then(FederationView::valid_until);
        let mut stated: Vec<Stated<'a>> = (self.copies(member))
            .filter_map(|(version, evidence)| {
                let logged = self.given_at(evidence)?;
                (logged <= at && expiry.is_none_or(|expiry| logged <= expiry)).then_some(Stated {
                    version,
                    evidence,
                    logged,
                })
            })
            .collect();
        stated.sort_by_key(|stated| (stated.version.keys.version, stated.logged));
        stated.dedup_by_key(|stated| stated.version.keys.version);
        stated
    }

    /// Of those, the ones that do not stand after `record` in its own log: entries of one log are
    /// ordered by index, never by time.
    fn before_entry(&self, stated: &[Stated<'a>], record: &'a EvidenceRecord) -> Vec<Stated<'a>> {
        let Logged::At(own) = self.logged(record) else {
            return stated.to_vec();
        };
        let after = |stated: &Stated<'a>| match self.logged(stated.evidence) {
            Logged::At(entry) => entry.origin == own.origin && entry.index > own.index,
            _ => false,
        };
        stated
            .iter()
            .filter(|stated| !after(stated))
            .copied()
            .collect()
    }

    fn in_another_log(&self, ender: Stated<'a>, record: &'a EvidenceRecord) -> bool {
        match (self.logged(ender.evidence), self.logged(record)) {
            (Logged::At(ender), Logged::At(own)) => ender.origin != own.origin,
            _ => false,
        }
    }

    /// The held copies of every version that counts.
    fn copies(
        &self,
        member: &'a Member,
    ) -> impl Iterator<Item = (&'a KeysVersion, &'a EvidenceRecord)> {
        let held = self.evidence.trust.member_keys(&member.authority);
        let versions = member.versions.iter();
        versions.flat_map(move |version| {
            let copies = held.clone().into_iter();
            let of = move |copy: &&'a std::sync::Arc<EvidenceRecord>| {
                copy.document_digest == version.document_digest
            };
            copies.filter(of).map(move |copy| (version, &**copy))
        })
    }
}

/// The version that ended a key which one before it lists, where that end is clamped to the
/// version's logged time.
fn ender<'a>(counted: &[Stated<'a>], key: &str, at: Instant) -> Option<Stated<'a>> {
    let lists = counted.iter().rposition(|stated| stated.lists(key, at))?;
    let ender = counted.get(lists + 1)?;
    ender.ends_when_logged(key).then_some(*ender)
}
