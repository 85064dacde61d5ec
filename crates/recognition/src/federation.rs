//! Who is in a federation, and by which keys (format.md 2.11).
//!
//! A policy pins one version of the list by its document digest. From there [`FederationView::walk`]
//! goes back along `previous` and on through every version that enough keyholders of the version
//! before and of its own signed; then, for each member, through the versions of its online keys
//! that enough of its offline roots signed. What does not follow is left out and said in words.
//!
//! Nothing here asks when a record was logged: the list and the mirror keys are what dates logs.
//! Whether an authority's key counts for a record is decided with logged times, in `standing`.

mod admission;
mod documents;
mod keys;
mod lists;

use std::collections::HashMap;
use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::federation::{FederationList, FederationMember, MemberKeys, Terms};
use comity_model::registration::is_multikey;
use comity_signature::key::VerifyingKey;

use crate::evidence::{Digest, EvidenceRecord};
use crate::trust_graph::TrustGraph;

/// Of a version that enough keys signed and that is no good all the same.
const BROKEN: &str = "it breaks a rule of its kind";

/// Most problems that a view repeats.
pub const MAX_PROBLEMS: usize = 100;

/// Members, keys and cosigners as a pinned list and what follows from it say at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FederationView {
    /// Document digest of the pinned version, as `u...` multibase.
    pub pinned: String,
    /// The instant: what takes effect later is left out.
    pub at: Instant,
    /// The versions that count, oldest first; none where the pinned one is not held.
    pub lists: Vec<ListVersion>,
    /// Everybody who was ever a member, in the order of the newest list, then by DID.
    pub members: Vec<Member>,
    /// What is wrong, in words.
    pub problems: Vec<String>,
    /// Document digests of two lists that both follow the last version that counts.
    pub fork: Option<(String, String)>,
}

/// A version of the list that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListVersion {
    /// Document digest.
    pub document_digest: Digest,
    /// The same, as records spell it.
    pub document_multibase: String,
    /// What it says; in effect from `effective_from` on.
    pub list: FederationList,
    /// The instant at which the next version takes its place, itself excluded.
    pub until: Option<Instant>,
}

/// An economy that is or was in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// ISO 3166-1 alpha-2 code, as the newest version with it says.
    pub economy: String,
    /// DID of its authority.
    pub authority: String,
    /// Base URL of its node.
    pub url: Option<String>,
    /// Origin of another member's log in which it publishes.
    pub log_at: Option<String>,
    /// When it is a member.
    pub periods: Vec<Span>,
    /// The versions of its online keys that count, oldest first.
    pub versions: Vec<KeysVersion>,
    /// Keys of its logs; each key's name is the origin.
    pub log_keys: Vec<KeyPeriod>,
    /// Keys with which it co-signs.
    pub mirror_keys: Vec<KeyPeriod>,
    /// Keys of its witness endpoint.
    pub witness_keys: Vec<KeyPeriod>,
    /// Keys that sign its status statements, as multikeys.
    pub status_keys: Vec<KeyPeriod>,
    /// Keys of its authority by their periods, as multikeys. Which one counts for a record follows
    /// from what was logged before it, and is decided in `standing`.
    pub authority_keys: Vec<KeyPeriod>,
}

/// A version of a member's online keys that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeysVersion {
    /// Document digest.
    pub document_digest: Digest,
    /// The same, as records spell it.
    pub document_multibase: String,
    /// What it says.
    pub keys: MemberKeys,
    /// The root keys of which enough had to sign it.
    pub roots: Vec<String>,
    /// The instant from which a list names other roots, so that it holds no longer.
    pub roots_end: Option<Instant>,
}

/// A key and the instants between which it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPeriod {
    /// Multikey or vkey.
    pub key: String,
    /// From this instant.
    pub from: Instant,
    /// Until this instant, itself included; open if none.
    pub until: Option<Instant>,
}

/// From an instant to another, the last excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// From this instant.
    pub from: Instant,
    /// Before this instant; open if none.
    pub before: Option<Instant>,
}

impl Span {
    /// Whether `at` lies in it.
    pub fn contains(&self, at: Instant) -> bool {
        self.from <= at && self.before.is_none_or(|before| at < before)
    }
}

impl KeyPeriod {
    /// Whether the key counts at `at`.
    pub fn contains(&self, at: Instant) -> bool {
        self.from <= at && self.until.is_none_or(|until| at <= until)
    }

    /// The public key of a vkey.
    pub fn vkey(&self) -> Option<comity_tlog::note::Vkey> {
        comity_tlog::note::Vkey::parse(&self.key).ok()
    }
}

impl FederationView {
    /// Walks from the list of that document digest (`u...`) through everything that `trust` holds
    /// and that has taken effect by `at`.
    pub fn walk(pinned: &str, trust: &TrustGraph, at: Instant) -> Self {
        let mut view = Self {
            pinned: pinned.to_owned(),
            at,
            lists: Vec::new(),
            members: Vec::new(),
            problems: Vec::new(),
            fork: None,
        };
        lists::walk(&mut view, trust);
        keys::walk(&mut view, trust);
        view
    }

    /// Notes what is wrong, up to [`MAX_PROBLEMS`]: strangers can log as many lists as they like.
    fn wrong(&mut self, what: String) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(what);
        }
    }

    /// The newest version that counts.
    pub fn newest(&self) -> Option<&ListVersion> {
        self.lists.last()
    }

    /// The version in effect at `at`.
    pub fn list_at(&self, at: Instant) -> Option<&ListVersion> {
        self.lists
            .iter()
            .rfind(|version| version.list.effective_from <= at)
    }

    /// After this instant nothing new is accepted, and answers that rest on it warn.
    pub fn valid_until(&self) -> Option<Instant> {
        self.newest().map(|version| version.list.valid_until)
    }

    /// The members now.
    pub fn current(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(|member| member.is_in(self.at))
    }

    /// The member whose authority has that DID, present or past.
    pub fn member(&self, authority: &str) -> Option<&Member> {
        self.members
            .iter()
            .find(|member| member.authority == authority)
    }

    /// The member that is or was `economy`; the present one first.
    pub fn economy(&self, economy: &str) -> Option<&Member> {
        let of = |member: &&Member| member.economy == economy;
        self.current()
            .find(of)
            .or_else(|| self.members.iter().find(of))
    }
}

impl Member {
    /// Whether it is a member at `at`.
    pub fn is_in(&self, at: Instant) -> bool {
        self.periods.iter().any(|period| period.contains(at))
    }

    /// The newest version of its online keys.
    pub fn newest(&self) -> Option<&KeysVersion> {
        self.versions.last()
    }

    /// Under which terms its data may be used.
    pub fn terms(&self) -> Option<&Terms> {
        self.newest()?.keys.terms.as_ref()
    }

    /// The keys of its log `origin`, oldest first.
    pub fn keys_of_log<'a>(&'a self, origin: &'a str) -> impl Iterator<Item = &'a KeyPeriod> {
        let of = move |key: &&KeyPeriod| origin_of(&key.key) == Some(origin);
        self.log_keys.iter().filter(of)
    }

    /// The origins of its logs, in the order in which they were named.
    pub fn origins(&self) -> Vec<&str> {
        let mut origins: Vec<&str> = Vec::new();
        for origin in self.log_keys.iter().filter_map(|key| origin_of(&key.key)) {
            if !origins.contains(&origin) {
                origins.push(origin);
            }
        }
        origins
    }

    /// The key with which it co-signs at `at`.
    pub fn mirror_key(&self, at: Instant) -> Option<&KeyPeriod> {
        newest_at(&self.mirror_keys, at)
    }

    /// The key of its witness endpoint at `at`.
    pub fn witness_key(&self, at: Instant) -> Option<&KeyPeriod> {
        newest_at(&self.witness_keys, at)
    }
}

fn newest_at(keys: &[KeyPeriod], at: Instant) -> Option<&KeyPeriod> {
    (keys.iter())
        .filter(|key| key.contains(at))
        .max_by_key(|key| key.from)
}

/// The name of a vkey, which of a log is its origin.
pub(crate) fn origin_of(vkey: &str) -> Option<&str> {
    vkey.split_once('+').map(|(name, _)| name)
}

/// How many of `keys` signed a document with one of `copies`; each key counts once.
fn signed_by<'k>(
    copies: &[&EvidenceRecord],
    keys: impl IntoIterator<Item = (Option<&'k str>, &'k str)>,
) -> u64 {
    let mut counted: Vec<&str> = Vec::new();
    for (did, key) in keys {
        let signed = copies
            .iter()
            .flat_map(|copy| copy.signatures.iter().flatten())
            .any(|signature| signature.key == key && did.is_none_or(|did| did == signature.did));
        if signed && !counted.contains(&key) {
            counted.push(key);
        }
    }
    counted.len() as u64
}

/// The public keys of everything a member's key list names, to compare multikeys with vkeys.
fn public_keys(keys: &MemberKeys) -> Vec<[u8; 32]> {
    let vkeys = [&keys.log_keys, &keys.mirror_keys, &keys.witness_keys];
    let of_vkeys = vkeys.into_iter().flatten().filter_map(|key| {
        let vkey = comity_tlog::note::Vkey::parse(&key.vkey).ok()?;
        Some(*vkey.public_key())
    });
    let status = keys.status_keys.iter().map(|key| key.key.as_str());
    let authority = keys.authority_keys.iter().map(|key| key.key.as_str());
    let multikeys = status.chain(authority).filter(|key| is_multikey(key));
    let of_multikeys = multikeys.filter_map(|key| {
        let key = VerifyingKey::from_multikey(key).ok()?;
        Some(*key.as_bytes())
    });
    of_vkeys.chain(of_multikeys).collect()
}

/// A document with every copy that is held of it: copies differ in their proofs only.
struct Held<'a, T> {
    copies: Vec<&'a EvidenceRecord>,
    says: &'a T,
}

impl<T> Held<'_, T> {
    fn first(&self) -> Option<&EvidenceRecord> {
        self.copies.first().copied()
    }

    fn multibase(&self) -> &str {
        self.first()
            .map_or("", |copy| copy.document_multibase.as_str())
    }

    /// Whether it keeps the rules of its kind. Asked last: what nobody signed costs no more.
    fn is_valid(&self) -> bool {
        self.first().is_some_and(|copy| {
            let read = copy.record.as_ref();
            read.is_ok_and(|read| read.validate().is_empty())
        })
    }
}

/// Groups records by document, in the order of the first copy of each.
fn documents<'a, T>(
    records: Vec<&'a Arc<EvidenceRecord>>,
    of: impl Fn(&'a EvidenceRecord) -> Option<&'a T>,
) -> Vec<Held<'a, T>> {
    let mut found: Vec<Held<'a, T>> = Vec::new();
    let mut places: HashMap<Digest, usize> = HashMap::new();
    for record in records {
        let Some(says) = of(record) else { continue };
        let place = *places.entry(record.document_digest).or_insert(found.len());
        match found.get_mut(place) {
            Some(held) => held.copies.push(record),
            None => found.push(Held {
                copies: vec![record],
                says,
            }),
        }
    }
    found
}

/// The entry of `authority` in a version.
fn entry<'a>(version: &'a ListVersion, authority: &str) -> Option<&'a FederationMember> {
    let mut members = version.list.members.iter();
    members.find(|member| member.authority == authority)
}
