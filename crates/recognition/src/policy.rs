//! The verifier's `policy.toml`: the only root of trust (format.md 2.1).
//!
//! It says whose evidence is believed: which authorities by which keys, which logs and who dates
//! them, which transcriptions and imports. It never says what a destination recognises.

mod file;
mod resolve;
#[cfg(test)]
mod tests;
mod trust_list;

use std::sync::Arc;

use comity_model::date::{Day, Instant};
use comity_tlog::note::Vkey;
use comity_tlog::time::MAX_MEMBERS;

pub use resolve::Resolved;
pub use trust_list::{TrustList, TrustedAuthority, TrustedCosigners, TrustedKey, TrustedLog};

pub use file::{
    ArrangementRule, AuthorityEntry, CosignerMember, CosignerSet, DatedBy, Federation, Importer,
    KeyEntry, LogEntry, PolicyFile, Preference,
};

use crate::evidence::Digest;
use crate::federation::FederationView;

/// Longest policy in bytes: two hundred authorities with their keys and logs need a tenth.
pub const MAX_POLICY_BYTES: usize = 1 << 20;

/// A policy that was read and checked.
#[derive(Clone, Debug)]
pub struct Policy {
    file: PolicyFile,
    digest: Digest,
    logs: Vec<PinnedLog>,
    cosigners: Vec<PinnedCosigners>,
    federation: Option<Arc<FederationView>>,
    kept: resolve::Kept,
}

/// A log that the policy pins, its key read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinnedLog {
    /// Origin.
    pub origin: String,
    /// Public key of the log; also of its own cosigner line.
    pub key: [u8; 32],
    /// The economy whose authority runs it, as far as the policy tells.
    pub operator: Option<String>,
    /// Economies whose log it is, as far as the policy tells: its own and its guests.
    pub economies: Vec<String>,
    /// Who dates its entries.
    pub dated_by: DatedBy,
    /// Every key of the log that a federation names, each with its time.
    pub further_keys: Vec<FurtherKey>,
}

/// A key that a log has for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FurtherKey {
    /// Public key.
    pub key: [u8; 32],
    /// From this instant.
    pub from: Instant,
    /// Until this instant, itself included; open if none.
    pub until: Option<Instant>,
}

/// A cosigner set, its keys read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PinnedCosigners {
    pub(crate) from: Instant,
    pub(crate) until: Option<Instant>,
    pub(crate) members: Vec<([u8; 32], String)>,
    pub(crate) threshold: Option<usize>,
}

/// What is wrong in a policy, with the key it stands under.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {reason}")]
pub struct PolicyFault {
    /// The key, such as `log[0].vkey`; empty for the whole text.
    pub key: String,
    /// What is wrong and what to write instead.
    pub reason: String,
}

impl PolicyFault {
    fn new(key: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            reason: reason.into(),
        }
    }
}

impl Policy {
    /// Reads `policy.toml`.
    ///
    /// # Errors
    /// Every fault found, each naming its key; a syntax fault alone.
    pub fn parse(text: &str) -> Result<Self, Vec<PolicyFault>> {
        if text.len() > MAX_POLICY_BYTES {
            let reason = format!("a policy has at most {MAX_POLICY_BYTES} bytes");
            return Err(vec![PolicyFault::new("", reason)]);
        }
        let file: PolicyFile = toml::from_str(text)
            .map_err(|error| vec![PolicyFault::new("", error.to_string().trim().to_owned())])?;
        Self::new(file)
    }

    /// Checks a policy made in memory.
    ///
    /// # Errors
    /// Every fault found, each naming its key.
    pub fn new(file: PolicyFile) -> Result<Self, Vec<PolicyFault>> {
        let mut faults = Vec::new();
        check_authorities(&file, &mut faults);
        check_numbers(&file, &mut faults);
        let logs = read_logs(&file, &mut faults);
        let cosigners = read_cosigners(&file, &mut faults);
        let canonical = comity_signature::canonical::to_canonical(&file);
        let canonical = match canonical {
            Ok(canonical) if faults.is_empty() => canonical,
            Ok(_) => return Err(faults),
            Err(error) => return Err(vec![PolicyFault::new("", error.to_string())]),
        };
        Ok(Self {
            digest: comity_signature::digest::sha256(&canonical),
            file,
            logs,
            cosigners,
            federation: None,
            kept: resolve::Kept::default(),
        })
    }

    /// The policy of a node that believes its own authority and its own log alone, dated by
    /// itself, and its own imports from `systems`.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn for_own_node(
        authority: &str,
        economy: &str,
        keys: &[String],
        origin: &str,
        vkey: &str,
        systems: &[String],
    ) -> Result<Self, Vec<PolicyFault>> {
        let keys = keys.iter().map(|key| KeyEntry {
            key: key.clone(),
            from: None,
            until: None,
        });
        Self::new(PolicyFile {
            authority: vec![AuthorityEntry {
                did: authority.to_owned(),
                economy: Some(economy.to_owned()),
                keys: keys.collect(),
            }],
            log: vec![LogEntry {
                origin: origin.to_owned(),
                vkey: vkey.to_owned(),
                dated_by: DatedBy::SelfDated,
                economy: Some(economy.to_owned()),
                economies: Vec::new(),
            }],
            importers: (systems.iter())
                .map(|system| Importer {
                    signer: authority.to_owned(),
                    authority: None,
                    system: system.clone(),
                })
                .collect(),
            ..PolicyFile::default()
        })
    }

    /// What it says, defaults filled in.
    pub fn file(&self) -> &PolicyFile {
        &self.file
    }

    /// SHA-256 of the canonical JSON of the policy with defaults filled in.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The logs it pins.
    pub fn logs(&self) -> &[PinnedLog] {
        &self.logs
    }

    pub(crate) fn cosigners(&self) -> &[PinnedCosigners] {
        &self.cosigners
    }

    /// The entry of an authority.
    pub fn authority(&self, did: &str) -> Option<&AuthorityEntry> {
        self.file.authority.iter().find(|entry| entry.did == did)
    }

    /// The entry of the authority of an economy; of several the first by DID.
    pub fn authority_of(&self, economy: &str) -> Option<&AuthorityEntry> {
        let of_economy = |entry: &&AuthorityEntry| entry.economy.as_deref() == Some(economy);
        let entries = self.file.authority.iter().filter(of_economy);
        entries.min_by(|one, other| one.did.cmp(&other.did))
    }

    /// Whether `did` is an authority of `economy`.
    pub fn is_authority_of(&self, did: &str, economy: &str) -> bool {
        self.authority(did)
            .is_some_and(|entry| entry.economy.as_deref() == Some(economy))
    }

    /// Whether it has an authority or a log of `economy`.
    pub fn pins_economy(&self, economy: &str) -> bool {
        (self.file.authority.iter()).any(|entry| entry.economy.as_deref() == Some(economy))
    }

    /// Whether imports and transcriptions of `system` by the party (authority, signer) count. The
    /// same DID under another authority is another party (format.md 2.2).
    pub fn names_importer(&self, authority: &str, signer: &str, system: &str) -> bool {
        self.file.importers.iter().any(|entry| {
            entry.signer == signer
                && entry.system == system
                && entry.authority.as_ref().unwrap_or(&entry.signer) == authority
        })
    }
}

impl AuthorityEntry {
    /// Whether `key` is one of its keys at `at`.
    pub fn has_key(&self, key: &str, at: Instant) -> bool {
        self.keys.iter().any(|entry| {
            entry.key == key
                && entry.from.is_none_or(|from| from <= at)
                && entry.until.is_none_or(|until| at <= until)
        })
    }
}

fn check_authorities(file: &PolicyFile, faults: &mut Vec<PolicyFault>) {
    for (at, entry) in file.authority.iter().enumerate() {
        if let Err(reason) = comity_signature::did::check(&entry.did) {
            faults.push(PolicyFault::new(format!("authority[{at}].did"), reason));
        }
        if let Some(economy) = &entry.economy {
            check_economy(economy, &format!("authority[{at}].economy"), faults);
        }
        let twice = file.authority.iter().take(at).any(|e| e.did == entry.did);
        if twice {
            let reason = "this DID has an entry already; put all its keys there";
            faults.push(PolicyFault::new(format!("authority[{at}].did"), reason));
        }
        for (place, key) in entry.keys.iter().enumerate() {
            let name = format!("authority[{at}].keys[{place}].key");
            if let Err(error) = comity_signature::key::VerifyingKey::from_multikey(&key.key) {
                faults.push(PolicyFault::new(&name, error.to_string()));
            }
            if let (Some(from), Some(until)) = (key.from, key.until)
                && until < from
            {
                faults.push(PolicyFault::new(name, "its `until` is before its `from`"));
            }
        }
        if entry.keys.is_empty() {
            let reason = "name at least one key; an authority without a key signs nothing";
            faults.push(PolicyFault::new(format!("authority[{at}].keys"), reason));
        }
    }
}

fn check_economy(economy: &str, key: &str, faults: &mut Vec<PolicyFault>) {
    if !comity_model::party::is_economy(economy) {
        let reason = "expected an ISO 3166-1 alpha-2 code, such as SE";
        faults.push(PolicyFault::new(key, reason));
    }
}

fn check_numbers(file: &PolicyFile, faults: &mut Vec<PolicyFault>) {
    if file.max_age_hours == 0 || file.max_age_hours > file::MAX_AGE_HOURS {
        let reason = format!("expected 1 to {} hours", file::MAX_AGE_HOURS);
        faults.push(PolicyFault::new("max_age_hours", reason));
    }
    if file.imported_max_age_days > file::MAX_IMPORTED_AGE_DAYS {
        let reason = format!("expected at most {} days", file::MAX_IMPORTED_AGE_DAYS);
        faults.push(PolicyFault::new("imported_max_age_days", reason));
    }
    if let Some(federation) = &file.federation {
        if !comity_model::reference::is_digest_multibase(&federation.list_digest) {
            let reason = "expected the document digest of a federation list as `u...` multibase";
            faults.push(PolicyFault::new("federation.list_digest", reason));
        }
        if federation.grace_days > file::MAX_GRACE_DAYS {
            let reason = format!("expected at most {} days", file::MAX_GRACE_DAYS);
            faults.push(PolicyFault::new("federation.grace_days", reason));
        }
    }
    for (at, rule) in file.arrangement.iter().enumerate() {
        let digest = rule.digest.as_deref();
        if digest.is_some_and(|digest| !comity_model::reference::is_digest_multibase(digest)) {
            let reason = "expected a document digest as `u...` multibase";
            faults.push(PolicyFault::new(
                format!("arrangement[{at}].digest"),
                reason,
            ));
        }
    }
}

/// The host in a `did:web` or an origin: what comes before the first `:` or `/`.
fn host(name: &str) -> &str {
    let name = name.strip_prefix("did:web:").unwrap_or(name);
    name.split([':', '/']).next().unwrap_or(name)
}

fn read_logs(file: &PolicyFile, faults: &mut Vec<PolicyFault>) -> Vec<PinnedLog> {
    let mut logs: Vec<PinnedLog> = Vec::new();
    for (at, entry) in file.log.iter().enumerate() {
        if let Err(error) = comity_tlog::origin::split(&entry.origin) {
            faults.push(PolicyFault::new(
                format!("log[{at}].origin"),
                error.to_string(),
            ));
        }
        if logs.iter().any(|log| log.origin == entry.origin) {
            let reason = "this origin has an entry already";
            faults.push(PolicyFault::new(format!("log[{at}].origin"), reason));
        }
        if let Some(economy) = &entry.economy {
            check_economy(economy, &format!("log[{at}].economy"), faults);
        }
        for (place, economy) in entry.economies.iter().enumerate() {
            check_economy(economy, &format!("log[{at}].economies[{place}]"), faults);
        }
        match Vkey::parse(&entry.vkey) {
            Ok(vkey) if vkey.name() == entry.origin => {
                let of_host = (file.authority.iter())
                    .find(|authority| host(&authority.did) == host(&entry.origin))
                    .and_then(|authority| authority.economy.clone());
                let own = entry.economy.clone().or(of_host);
                let mut economies: Vec<String> = own.iter().cloned().collect();
                economies.extend(entry.economies.iter().cloned());
                logs.push(PinnedLog {
                    origin: entry.origin.clone(),
                    key: *vkey.public_key(),
                    operator: own,
                    economies,
                    dated_by: entry.dated_by,
                    further_keys: Vec::new(),
                });
            }
            Ok(_) => {
                let reason = "the name in the key is not the origin";
                faults.push(PolicyFault::new(format!("log[{at}].vkey"), reason));
            }
            Err(error) => {
                faults.push(PolicyFault::new(
                    format!("log[{at}].vkey"),
                    error.to_string(),
                ));
            }
        }
    }
    logs
}

fn read_cosigners(file: &PolicyFile, faults: &mut Vec<PolicyFault>) -> Vec<PinnedCosigners> {
    let mut sets = Vec::new();
    for (at, set) in file.cosigners.iter().enumerate() {
        if set.members.len() > MAX_MEMBERS + 1 {
            let reason = format!("at most {MAX_MEMBERS} members outside of a log's economy count");
            faults.push(PolicyFault::new(format!("cosigners[{at}].members"), reason));
        }
        let mut members = Vec::new();
        for (place, member) in set.members.iter().enumerate() {
            let key = format!("cosigners[{at}].members[{place}]");
            check_economy(&member.economy, &format!("{key}.economy"), faults);
            match Vkey::parse(&member.vkey) {
                Ok(vkey) if members.iter().any(|(held, _)| held == vkey.public_key()) => {
                    let reason = "the key of another member: one key has one vote";
                    faults.push(PolicyFault::new(key + ".vkey", reason));
                }
                Ok(vkey) => members.push((*vkey.public_key(), member.economy.clone())),
                Err(error) => faults.push(PolicyFault::new(key + ".vkey", error.to_string())),
            }
        }
        sets.push(PinnedCosigners {
            from: set.from,
            until: set.until,
            members,
            threshold: set.threshold,
        });
    }
    sets
}

/// A legal day's distance from another, in days.
pub(crate) fn days_between(earlier: Day, later: Day) -> i64 {
    i64::from(later.days_since_epoch()) - i64::from(earlier.days_since_epoch())
}
