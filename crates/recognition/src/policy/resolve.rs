//! A policy with what its pinned federation list says filled in, as of one instant.
//!
//! What the policy itself says stands: an authority of the same DID or economy, a log of the same
//! origin, and cosigners of its own replace what the federation says. The digest stays that of
//! the policy as written.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use comity_model::date::Instant;
use comity_model::record::Subject;
use comity_tlog::note::Vkey;

use super::{AuthorityEntry, DatedBy, FurtherKey, PinnedCosigners, PinnedLog, Policy};
use crate::evidence::Digest;
use crate::federation::{FederationView, ListVersion, Member};
use crate::trust_graph::TrustGraph;

/// How many resolved policies are kept ready: questions about today, and a few about the past.
const KEPT: usize = 8;

/// A policy as written, or with its federation filled in.
#[derive(Clone, Debug)]
pub enum Resolved<'a> {
    /// It pins no federation.
    AsWritten(&'a Policy),
    /// With what the federation says.
    Federated(Arc<Policy>),
}

impl Deref for Resolved<'_> {
    type Target = Policy;

    fn deref(&self) -> &Policy {
        match self {
            Self::AsWritten(policy) => policy,
            Self::Federated(policy) => policy,
        }
    }
}

/// Resolved policies, so that they are made once for each state of the federation's records.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept(Arc<Mutex<Vec<Entry>>>);

#[derive(Debug)]
struct Entry {
    /// Of the records it was made from.
    of: Digest,
    from: Option<Instant>,
    before: Option<Instant>,
    policy: Arc<Policy>,
}

impl Policy {
    /// This policy as of `known_at`, with the members, logs and cosigners that follow from its
    /// pinned federation list by what `trust` holds. Cheap to call again.
    pub fn resolve(&self, trust: &TrustGraph, known_at: Instant) -> Resolved<'_> {
        let pinned = match &self.file.federation {
            Some(pinned) if self.federation.is_none() => &pinned.list_digest,
            _ => return Resolved::AsWritten(self),
        };
        let of = *trust.federal_digest();
        let mut kept = self.kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |entry: &&Entry| {
            entry.of == of
                && entry.from.is_none_or(|from| from <= known_at)
                && entry.before.is_none_or(|before| known_at < before)
        };
        if let Some(entry) = kept.iter().find(fits) {
            return Resolved::Federated(Arc::clone(&entry.policy));
        }
        let policy = Arc::new(self.federated(pinned, trust, known_at));
        let (from, before) = between_changes(trust, known_at);
        kept.retain(|entry| entry.of == of);
        kept.truncate(KEPT - 1);
        kept.insert(
            0,
            Entry {
                of,
                from,
                before,
                policy: Arc::clone(&policy),
            },
        );
        Resolved::Federated(policy)
    }

    fn federated(&self, pinned: &str, trust: &TrustGraph, at: Instant) -> Self {
        let view = FederationView::walk(pinned, trust, at);
        let mut resolved = Self {
            federation: None,
            kept: Kept::default(),
            ..self.clone()
        };
        for member in &view.members {
            let replaced = self.file.authority.iter().any(|entry| {
                entry.did == member.authority || entry.economy.as_ref() == Some(&member.economy)
            });
            if !replaced {
                resolved.file.authority.push(AuthorityEntry {
                    did: member.authority.clone(),
                    economy: Some(member.economy.clone()),
                    keys: Vec::new(),
                });
            }
            resolved.add_logs(member);
        }
        for list in &view.lists {
            resolved.add_guests(list);
        }
        if self.file.cosigners.is_empty() {
            resolved.cosigners = cosigner_sets(&view);
        }
        resolved.federation = Some(Arc::new(view));
        resolved
    }

    /// The logs of a member, dated by quorum; a log that the policy names itself stays as it is,
    /// and knows the keys it had and will have.
    fn add_logs(&mut self, member: &Member) {
        for origin in member.origins() {
            let keys: Vec<FurtherKey> = (member.keys_of_log(origin))
                .filter_map(|key| {
                    Some(FurtherKey {
                        key: *key.vkey()?.public_key(),
                        from: key.from,
                        until: key.until,
                    })
                })
                .collect();
            let Some(newest) = keys.iter().max_by_key(|key| key.from) else {
                continue;
            };
            if let Some(log) = self.logs.iter_mut().find(|log| log.origin == origin) {
                log.further_keys = keys;
                if log.operator.is_none() {
                    log.operator = Some(member.economy.clone());
                    log.economies.retain(|economy| *economy != member.economy);
                    log.economies.insert(0, member.economy.clone());
                }
                continue;
            }
            self.logs.push(PinnedLog {
                origin: origin.to_owned(),
                key: newest.key,
                operator: Some(member.economy.clone()),
                economies: vec![member.economy.clone()],
                dated_by: DatedBy::Quorum,
                further_keys: keys,
            });
        }
    }

    /// Guests publish in the log that the list names for them.
    fn add_guests(&mut self, version: &ListVersion) {
        for member in &version.list.members {
            let Some(origin) = &member.log_at else {
                continue;
            };
            if let Some(log) = self.logs.iter_mut().find(|log| log.origin == *origin)
                && !log.economies.contains(&member.economy)
            {
                log.economies.push(member.economy.clone());
            }
        }
    }

    /// What the pinned federation says; only of a resolved policy.
    pub fn federation(&self) -> Option<&FederationView> {
        self.federation.as_deref()
    }

    /// The member whose keys are its authority's, unless the policy pins that authority itself.
    pub(crate) fn federal_member(&self, entry: &AuthorityEntry) -> Option<&Member> {
        let view = self.federation.as_deref()?;
        (entry.keys.is_empty()).then(|| view.member(&entry.did))?
    }

    /// Whether `key` (a multikey) may sign status statements at `at`: named by the policy, or a
    /// status key of a member then.
    pub fn is_status_signer(&self, key: &str, at: Instant) -> bool {
        let of_member = |member: &Member| {
            let mut keys = member.status_keys.iter();
            member.is_in(at) && keys.any(|held| held.key == key && held.contains(at))
        };
        self.file.status_signers.iter().any(|named| named == key)
            || self
                .federation()
                .is_some_and(|view| view.members.iter().any(of_member))
    }
}

/// The instants between which the records of `trust` give the same view as at `at`.
fn between_changes(trust: &TrustGraph, at: Instant) -> (Option<Instant>, Option<Instant>) {
    let changes =
        trust
            .federal_records()
            .filter_map(|record| match &record.record.as_ref().ok()?.subject {
                Subject::FederationList(list) => Some(list.effective_from),
                Subject::MemberKeys(keys) => Some(keys.effective_from),
                _ => None,
            });
    let (by_then, later): (Vec<_>, Vec<_>) = changes.partition(|change| *change <= at);
    (by_then.into_iter().max(), later.into_iter().min())
}

/// The cosigners of each version, cut where a version or a mirror key begins or ends.
fn cosigner_sets(view: &FederationView) -> Vec<PinnedCosigners> {
    let mut sets = Vec::new();
    for version in &view.lists {
        let named = &version.list.cosigners;
        if named.members.is_empty() {
            continue;
        }
        let starts = starts(view, version);
        for (at, from) in starts.iter().enumerate() {
            let next = starts.get(at + 1).copied().or(version.until);
            let member = |cosigner: &comity_model::federation::Cosigner| {
                let key = cosigner_key(view, version, cosigner, *from);
                (key, cosigner.economy.clone())
            };
            sets.push(PinnedCosigners {
                from: *from,
                until: next.map(|next| next.plus_seconds(-1)),
                members: named.members.iter().map(member).collect(),
                threshold: named.threshold.and_then(|k| usize::try_from(k).ok()),
            });
        }
    }
    sets
}

/// The instants within `version` from which its cosigners have other keys, in order.
fn starts(view: &FederationView, version: &ListVersion) -> Vec<Instant> {
    let begin = version.list.effective_from;
    let within = |at: &Instant| begin < *at && version.until.is_none_or(|until| *at < until);
    let own = version
        .list
        .cosigners
        .members
        .iter()
        .filter(|cosigner| cosigner.vkey.is_none());
    let keys = own
        .filter_map(|cosigner| member_of(view, version, &cosigner.economy))
        .flat_map(|member| &member.mirror_keys);
    let changes = keys.flat_map(|key| {
        let end = key.until.map(|until| until.plus_seconds(1));
        std::iter::once(key.from).chain(end)
    });
    let starts: BTreeSet<Instant> = changes.filter(within).chain([begin]).collect();
    starts.into_iter().collect()
}

fn member_of<'v>(
    view: &'v FederationView,
    version: &ListVersion,
    economy: &str,
) -> Option<&'v Member> {
    let entry = version
        .list
        .members
        .iter()
        .find(|member| member.economy == economy)?;
    view.member(&entry.authority)
}

/// The key with which a cosigner dates from `at` on. One without a key counts among those of whom
/// a quorum is needed: nobody lowers the quorum by withholding a member's keys.
fn cosigner_key(
    view: &FederationView,
    version: &ListVersion,
    cosigner: &comity_model::federation::Cosigner,
    at: Instant,
) -> [u8; 32] {
    let key = match &cosigner.vkey {
        Some(vkey) => Vkey::parse(vkey).ok(),
        None => member_of(view, version, &cosigner.economy)
            .and_then(|member| member.mirror_key(at)?.vkey()),
    };
    let nobody = || {
        let name = format!("comity: no mirror key of {}", cosigner.economy);
        comity_signature::digest::sha256(name.as_bytes())
    };
    key.map_or_else(nobody, |vkey| *vkey.public_key())
}
