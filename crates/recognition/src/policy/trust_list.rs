//! Whose evidence a policy believes, as a list that somebody else can verify with.

use std::collections::BTreeSet;

use comity_model::date::Instant;
use comity_tlog::note::{KeyType, Vkey};

use super::{DatedBy, Policy};
use crate::federation::KeyPeriod;

/// The keys that a policy pins, its federation filled in where it was resolved: enough to tell
/// that a record is genuine and was published. What a policy says of arrangements and imports is
/// not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustList {
    /// Heads of registration chains, in the order of the policy.
    pub authorities: Vec<TrustedAuthority>,
    /// Logs whose entries count.
    pub logs: Vec<TrustedLog>,
    /// Vkeys by which the lines of cosigners are verified, sorted.
    pub cosigners: Vec<String>,
    /// Who dates logs, from when to when.
    pub cosigner_sets: Vec<TrustedCosigners>,
    /// Multikeys that may sign status statements.
    pub status_signers: Vec<TrustedKey>,
}

/// A key and the instants between which it counts, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedKey {
    /// Multikey or vkey.
    pub key: String,
    /// From this instant, if there is a beginning.
    pub from: Option<Instant>,
    /// Until this instant, if there is an end.
    pub until: Option<Instant>,
}

/// An authority by the keys that the policy names, or else by those of its federation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedAuthority {
    /// DID.
    pub did: String,
    /// ISO 3166-1 alpha-2 code; none of an international secretariat.
    pub economy: Option<String>,
    /// Its keys as multikeys.
    pub keys: Vec<TrustedKey>,
}

/// A log by all keys that it had and will have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedLog {
    /// Origin.
    pub origin: String,
    /// Vkeys; the one that the policy pins is the first.
    pub vkeys: Vec<TrustedKey>,
    /// Economies whose log it is.
    pub economies: Vec<String>,
    /// Who dates its entries.
    pub dated_by: DatedBy,
}

/// A cosigner set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedCosigners {
    /// From this instant.
    pub from: Instant,
    /// Until this instant, itself included; open if none.
    pub until: Option<Instant>,
    /// Public keys in hex, each with its economy. One whose key is not known counts in their number
    /// too, under a key that nobody has.
    pub members: Vec<(String, String)>,
    /// Raises the number of lines needed.
    pub threshold: Option<usize>,
}

impl Policy {
    /// Whose evidence it believes, by which keys.
    pub fn trust_list(&self) -> TrustList {
        let sets = self.cosigners.iter();
        TrustList {
            authorities: self.trusted_authorities(),
            logs: self.trusted_logs(),
            cosigners: self.cosigner_vkeys().iter().map(Vkey::to_string).collect(),
            cosigner_sets: sets
                .map(|set| TrustedCosigners {
                    from: set.from,
                    until: set.until,
                    members: (set.members.iter())
                        .map(|(key, economy)| (hex::encode(key), economy.clone()))
                        .collect(),
                    threshold: set.threshold,
                })
                .collect(),
            status_signers: self.trusted_status_signers(),
        }
    }

    /// Every key by which a line of a cosigner is verified: of the policy's sets, of the lists of
    /// its federation and of its members, sorted.
    pub(crate) fn cosigner_vkeys(&self) -> Vec<Vkey> {
        let sets = self.file.cosigners.iter();
        let members = sets.flat_map(|set| &set.members);
        let mut vkeys: Vec<Vkey> = members
            .filter_map(|member| Vkey::parse(&member.vkey).ok())
            .collect();
        if let Some(view) = self.federation() {
            let lists = view.lists.iter();
            let named = lists.flat_map(|list| &list.list.cosigners.members);
            let named = named.filter_map(|cosigner| cosigner.vkey.as_deref());
            vkeys.extend(named.filter_map(|vkey| Vkey::parse(vkey).ok()));
            let mirrors = view.members.iter().flat_map(|member| &member.mirror_keys);
            vkeys.extend(mirrors.filter_map(KeyPeriod::vkey));
        }
        vkeys.sort_by_cached_key(ToString::to_string);
        vkeys.dedup();
        vkeys
    }

    fn trusted_authorities(&self) -> Vec<TrustedAuthority> {
        let entries = self.file.authority.iter();
        let authorities = entries.map(|entry| {
            let own = entry.keys.iter().map(|key| TrustedKey {
                key: key.key.clone(),
                from: key.from,
                until: key.until,
            });
            let member = self.federal_member(entry).into_iter();
            let of_member = member.flat_map(|member| &member.authority_keys);
            TrustedAuthority {
                did: entry.did.clone(),
                economy: entry.economy.clone(),
                keys: own.chain(of_member.map(dated)).collect(),
            }
        });
        authorities.collect()
    }

    fn trusted_logs(&self) -> Vec<TrustedLog> {
        let logs = self.logs.iter().map(|log| {
            let vkey = |key| Some(Vkey::new(&log.origin, KeyType::Log, key).ok()?.to_string());
            let pinned = vkey(&log.key).map(|key| TrustedKey {
                key,
                from: None,
                until: None,
            });
            let further = log.further_keys.iter().filter(|held| held.key != log.key);
            let further = further.filter_map(|held| {
                Some(TrustedKey {
                    key: vkey(&held.key)?,
                    from: Some(held.from),
                    until: held.until,
                })
            });
            TrustedLog {
                origin: log.origin.clone(),
                vkeys: pinned.into_iter().chain(further).collect(),
                economies: log.economies.clone(),
                dated_by: log.dated_by,
            }
        });
        logs.collect()
    }

    fn trusted_status_signers(&self) -> Vec<TrustedKey> {
        let named: BTreeSet<&String> = self.file.status_signers.iter().collect();
        let own = named.into_iter().map(|key| TrustedKey {
            key: key.clone(),
            from: None,
            until: None,
        });
        let members = self.federation().into_iter().flat_map(|view| &view.members);
        let of_members = members.flat_map(|member| &member.status_keys);
        own.chain(of_members.map(dated)).collect()
    }
}

fn dated(key: &KeyPeriod) -> TrustedKey {
    TrustedKey {
        key: key.key.clone(),
        from: Some(key.from),
        until: key.until,
    }
}
