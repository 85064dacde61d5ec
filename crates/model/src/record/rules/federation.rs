//! Rules of `FederationList`, `MemberKeys` and `Takedown` (format.md 2.11 and 3.5).
//!
//! Whether the proofs reach a threshold, and one version follows from another, is judged by
//! `comity-recognition`.

use std::collections::HashSet;
use std::hash::Hash;

use crate::date::Instant;
use crate::fault::Faults;
use crate::federation::{
    AuthorityKey, Cosigners, DatedVkey, FederationList, FederationMember, MAX_COSIGNERS,
    MAX_KEYS_OF_A_SORT, MAX_MEMBERS, MAX_SIGNERS, MemberKeys, Terms, VkeySort, is_node_url,
    is_origin, read_vkey,
};
use crate::record::Record;
use crate::registration::is_multikey;
use crate::takedown::{TAKEN_DOWN_KINDS, Takedown};

use super::parts::{check_did, check_digest, check_distinct, check_economy, check_record_id};
use super::registration::MULTIKEY_EXPECTED;

pub(super) fn check_list(faults: &mut Faults, record: &Record, list: &FederationList) {
    check_version(faults, list.version, list.previous.as_deref());
    faults.require(
        list.effective_from < list.valid_until,
        "validUntil",
        "order",
        "expected an instant after effectiveFrom",
    );
    let first = list.keyholders.iter().map(|holder| &holder.did).min();
    check_signer(
        faults,
        record,
        first,
        "the keyholder whose DID is first in byte order",
    );
    check_length(faults, "keyholders", list.keyholders.len(), 1, MAX_SIGNERS);
    check_each_once(faults, "keyholders", "did", &list.keyholders, |holder| {
        &holder.did
    });
    check_each_once(faults, "keyholders", "key", &list.keyholders, |holder| {
        &holder.key
    });
    faults.each("keyholders", &list.keyholders, |faults, _, holder| {
        check_did(faults, "did", &holder.did);
        check_multikey(faults, "key", &holder.key);
    });
    check_threshold(faults, "threshold", list.threshold, list.keyholders.len());
    check_length(faults, "members", list.members.len(), 0, MAX_MEMBERS);
    check_each_once(faults, "members", "economy", &list.members, |member| {
        &member.economy
    });
    check_each_once(faults, "members", "authority", &list.members, |member| {
        &member.authority
    });
    faults.each("members", &list.members, |faults, _, member| {
        check_member(faults, member);
    });
    faults.member("cosigners", |faults| {
        check_cosigners(faults, &list.cosigners, &list.members);
    });
}

fn check_member(faults: &mut Faults, member: &FederationMember) {
    check_economy(faults, "economy", &member.economy);
    check_did(faults, "authority", &member.authority);
    check_roots(faults, "rootKeys", &member.root_keys);
    check_threshold(
        faults,
        "rootThreshold",
        member.root_threshold,
        member.root_keys.len(),
    );
    if let Some(url) = &member.url {
        faults.require(
            is_node_url(url),
            "url",
            "url",
            "expected the base URL of a node, such as https://nqi.example",
        );
    }
    if let Some(origin) = &member.log_at {
        faults.require(
            is_origin(origin),
            "logAt",
            "origin",
            "expected the origin of a log, such as nqi.example/log/2026",
        );
    }
}

fn check_cosigners(faults: &mut Faults, cosigners: &Cosigners, members: &[FederationMember]) {
    let count = cosigners.members.len();
    check_length(faults, "members", count, 0, MAX_COSIGNERS);
    check_distinct(faults, "members", &cosigners.members);
    if let Some(threshold) = cosigners.threshold {
        check_threshold(faults, "threshold", threshold, count);
    }
    faults.each("members", &cosigners.members, |faults, _, cosigner| {
        check_economy(faults, "economy", &cosigner.economy);
        match &cosigner.vkey {
            Some(vkey) => check_vkey(faults, vkey, VkeySort::Cosigner),
            None => faults.require(
                members
                    .iter()
                    .any(|member| member.economy == cosigner.economy),
                "vkey",
                "vkey",
                "required of a cosigner that is no member: nobody else says its key",
            ),
        }
    });
}

pub(super) fn check_member_keys(faults: &mut Faults, record: &Record, keys: &MemberKeys) {
    check_economy(faults, "economy", &keys.economy);
    check_version(faults, keys.version, keys.previous.as_deref());
    check_signer(
        faults,
        record,
        Some(&record.comity.authority),
        "comity.authority itself",
    );
    if let Some(roots) = &keys.roots {
        faults.member("roots", |faults| {
            check_roots(faults, "keys", &roots.keys);
            check_threshold(faults, "threshold", roots.threshold, roots.keys.len());
        });
    }
    check_vkeys(faults, "logKeys", &keys.log_keys, VkeySort::Log);
    check_vkeys(faults, "mirrorKeys", &keys.mirror_keys, VkeySort::Cosigner);
    check_vkeys(
        faults,
        "witnessKeys",
        &keys.witness_keys,
        VkeySort::Cosigner,
    );
    check_each_once(faults, "statusKeys", "key", &keys.status_keys, |key| {
        &key.key
    });
    check_length(
        faults,
        "statusKeys",
        keys.status_keys.len(),
        0,
        MAX_KEYS_OF_A_SORT,
    );
    faults.each("statusKeys", &keys.status_keys, |faults, _, key| {
        check_multikey(faults, "key", &key.key);
        check_instants(faults, key.from, key.until);
    });
    check_length(
        faults,
        "authorityKeys",
        keys.authority_keys.len(),
        1,
        MAX_KEYS_OF_A_SORT,
    );
    check_each_once(
        faults,
        "authorityKeys",
        "key",
        &keys.authority_keys,
        |key| &key.key,
    );
    faults.each("authorityKeys", &keys.authority_keys, |faults, _, key| {
        check_authority_key(faults, key);
    });
    check_apart(faults, keys);
    if let Some(terms) = &keys.terms {
        faults.member("terms", |faults| check_terms(faults, terms));
    }
}

fn check_authority_key(faults: &mut Faults, key: &AuthorityKey) {
    check_multikey(faults, "key", &key.key);
    check_instants(faults, key.from, key.until);
    faults.require(
        key.reason.is_none() || key.until.is_some(),
        "reason",
        "reason",
        "expected only beside until: a key without an end has no reason to end",
    );
}

fn check_terms(faults: &mut Faults, terms: &Terms) {
    super::check_name(faults, "licence", &terms.licence);
    super::check_name(faults, "attribution", &terms.attribution);
}

/// Keys of one sort: of the right form, once each, and under one name one at a time (of a log its
/// origin; a mirror and a witness have one name).
fn check_vkeys(faults: &mut Faults, name: &str, keys: &[DatedVkey], sort: VkeySort) {
    check_length(faults, name, keys.len(), 0, MAX_KEYS_OF_A_SORT);
    faults.each(name, keys, |faults, index, key| {
        check_vkey(faults, &key.vkey, sort);
        check_instants(faults, key.from, key.until);
        let Some((origin, own)) = read_vkey(&key.vkey, sort) else {
            return;
        };
        for earlier in keys.iter().take(index) {
            let Some((other, held)) = read_vkey(&earlier.vkey, sort) else {
                continue;
            };
            if own == held {
                faults.note_at("vkey", "duplicate", "expected each only once");
            }
            let one_series = sort == VkeySort::Cosigner || origin == other;
            let ended = |key: &DatedVkey, from: Instant| key.until.is_some_and(|end| end < from);
            if one_series && !ended(key, earlier.from) && !ended(earlier, key.from) {
                faults.note_at(
                    "from",
                    "overlap",
                    "expected one key at a time: the period of another ends before, or begins after",
                );
            }
        }
    });
}

/// A key is of one sort (format.md 2.3). Multikeys and vkeys are compared by `comity-recognition`.
fn check_apart(faults: &mut Faults, keys: &MemberKeys) {
    let mut of_others: HashSet<[u8; 32]> = HashSet::new();
    for (name, keys, sort) in [
        ("logKeys", &keys.log_keys, VkeySort::Log),
        ("mirrorKeys", &keys.mirror_keys, VkeySort::Cosigner),
        ("witnessKeys", &keys.witness_keys, VkeySort::Cosigner),
    ] {
        let read = |key: &DatedVkey| Some(read_vkey(&key.vkey, sort)?.1);
        faults.each(name, keys, |faults, _, key| {
            if read(key).is_some_and(|key| of_others.contains(&key)) {
                faults.note_at("vkey", "otherUse", USE_EXPECTED);
            }
        });
        of_others.extend(keys.iter().filter_map(read));
    }
    let mut of_others: HashSet<&str> = (keys.roots.iter().flat_map(|roots| &roots.keys))
        .map(String::as_str)
        .collect();
    faults.each("statusKeys", &keys.status_keys, |faults, _, key| {
        if of_others.contains(key.key.as_str()) {
            faults.note_at("key", "otherUse", USE_EXPECTED);
        }
    });
    of_others.extend(keys.status_keys.iter().map(|key| key.key.as_str()));
    faults.each("authorityKeys", &keys.authority_keys, |faults, _, key| {
        if of_others.contains(key.key.as_str()) {
            faults.note_at("key", "otherUse", USE_EXPECTED);
        }
    });
}

const USE_EXPECTED: &str = "expected a key of its own: every key of a member has one use";

pub(super) fn check_takedown(faults: &mut Faults, record: &Record, takedown: &Takedown) {
    check_signer(
        faults,
        record,
        Some(&record.comity.authority),
        "comity.authority itself",
    );
    check_did(faults, "authority", &takedown.authority);
    check_did(faults, "issuer", &takedown.issuer);
    check_record_id(faults, &takedown.id);
    faults.require(
        TAKEN_DOWN_KINDS.contains(&takedown.kind.as_str()),
        "kind",
        "kind",
        "expected Attestation, Commitment or Notice: records of other kinds stay",
    );
    check_digest(faults, "recordDigest", &takedown.record_digest);
    check_digest(faults, "documentDigest", &takedown.document_digest);
}

/// Version 1 has no version before, every other one has.
fn check_version(faults: &mut Faults, version: u64, previous: Option<&str>) {
    faults.require(
        version >= 1,
        "version",
        "version",
        "expected 1 for the first version, then one more each",
    );
    match previous {
        Some(digest) => {
            check_digest(faults, "previous", digest);
            faults.require(
                version != 1,
                "previous",
                "previous",
                "expected none: nothing comes before version 1",
            );
        }
        None => faults.require(
            version <= 1,
            "previous",
            "previous",
            "required from version 2 on: the document digest of the version before",
        ),
    }
}

/// The record is signed in its own name: `issuer` and `comity.authority` are `due`.
fn check_signer(faults: &mut Faults, record: &Record, due: Option<&String>, who: &str) {
    if due.is_some_and(|due| *due != record.issuer.id || *due != record.comity.authority) {
        faults.note(
            "signer",
            format!("expected issuer.id and comity.authority to be {who}"),
        );
    }
}

fn check_length(faults: &mut Faults, name: &str, length: usize, least: usize, most: usize) {
    if !(least..=most).contains(&length) {
        faults.note_at(name, "count", format!("expected {least} to {most}"));
    }
}

fn check_threshold(faults: &mut Faults, name: &str, threshold: u64, of: usize) {
    if !(1..=of as u64).contains(&threshold) {
        faults.note_at(
            name,
            "threshold",
            format!("expected 1 to {of}, how many there are"),
        );
    }
}

/// Notes at `member` of every item that names what one before names.
fn check_each_once<T, V: Eq + Hash>(
    faults: &mut Faults,
    name: &str,
    member: &str,
    items: &[T],
    of: impl Fn(&T) -> &V,
) {
    let mut seen = HashSet::new();
    faults.each(name, items, |faults, index, _| {
        if let Some(item) = items.get(index)
            && !seen.insert(of(item))
        {
            faults.note_at(member, "duplicate", "expected each only once");
        }
    });
}

fn check_roots(faults: &mut Faults, name: &str, keys: &[String]) {
    check_length(faults, name, keys.len(), 1, MAX_SIGNERS);
    check_distinct(faults, name, keys);
    faults.each(name, keys, |faults, _, key| {
        if !is_multikey(key) {
            faults.note("multikey", MULTIKEY_EXPECTED);
        }
    });
}

fn check_multikey(faults: &mut Faults, name: &str, key: &str) {
    faults.require(is_multikey(key), name, "multikey", MULTIKEY_EXPECTED);
}

fn check_vkey(faults: &mut Faults, vkey: &str, sort: VkeySort) {
    let expected = match sort {
        VkeySort::Log => "expected <origin>+<8 hex digits>+<base64 of 0x01 and the key>",
        VkeySort::Cosigner => "expected <name>+<8 hex digits>+<base64 of 0x04 and the key>",
    };
    faults.require(read_vkey(vkey, sort).is_some(), "vkey", "vkey", expected);
}

fn check_instants(faults: &mut Faults, from: Instant, until: Option<Instant>) {
    if until.is_some_and(|until| until < from) {
        faults.note_at("until", "order", format!("expected {from} or later"));
    }
}
