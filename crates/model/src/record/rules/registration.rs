//! Rules of `Registration` and `KeyRevocation` (format.md 2.2 and 2.3).

use std::collections::HashSet;

use crate::fault::Faults;
use crate::record::{Kind, Record};
use crate::registration::{MAX_KEYS, Mandate, RegisteredKey, Registration, is_multikey};
use crate::revocation::KeyRevocation;

use super::parts::{
    check_count, check_did, check_distinct, check_economies, check_lang_string_given, check_period,
};

pub(super) const MULTIKEY_EXPECTED: &str =
    "expected an Ed25519 multikey: z6Mk and 44 further letters";

pub(super) fn check(faults: &mut Faults, record: &Record, subject: &Registration) {
    check_registered(faults, record, &subject.id);
    faults.require(
        subject.version >= 1,
        "version",
        "version",
        "expected 1 for the first registration, then one more each",
    );
    check_lang_string_given(faults, "names", &subject.names);
    check_economies(faults, "economies", &subject.economies, 1);
    check_count(faults, "roles", &subject.roles, 1);
    check_distinct(faults, "roles", &subject.roles);
    check_distinct(faults, "identifiers", &subject.identifiers);
    check_keys(faults, &subject.keys);
    faults.member("mandate", |faults| check_mandate(faults, &subject.mandate));
    check_period(faults, "period", &subject.period);
    check_distinct(faults, "sameAs", &subject.same_as);
}

/// The registered party: not the parent itself, and not the authority, whose keys are pinned.
fn check_registered(faults: &mut Faults, record: &Record, id: &str) {
    check_did(faults, "id", id);
    faults.require(
        id != record.issuer.id,
        "id",
        "selfRegistered",
        "expected another party than the issuer: nobody vouches for its own keys",
    );
    faults.require(
        id == record.issuer.id || id != record.comity.authority,
        "id",
        "selfRegistered",
        "expected another party than the authority: its keys stand in the verifier's policy",
    );
}

fn check_keys(faults: &mut Faults, keys: &[RegisteredKey]) {
    if !(1..=MAX_KEYS).contains(&keys.len()) {
        faults.note_at("keys", "keys", format!("expected 1 to {MAX_KEYS} keys"));
    }
    let mut seen = HashSet::new();
    faults.each("keys", keys, |faults, index, key| {
        if let Some(own) = keys.get(index)
            && !seen.insert(own.key.as_str())
        {
            faults.note_at("key", "duplicate", "expected each only once");
        }
        check_multikey(faults, &key.key);
        if let (Some(from), Some(until)) = (key.from, key.until)
            && until < from
        {
            faults.note_at("until", "order", format!("expected {from} or later"));
        }
    });
}

fn check_multikey(faults: &mut Faults, key: &str) {
    faults.require(is_multikey(key), "key", "multikey", MULTIKEY_EXPECTED);
}

fn check_mandate(faults: &mut Faults, mandate: &Mandate) {
    check_count(faults, "kinds", &mandate.kinds, 1);
    check_distinct(faults, "kinds", &mandate.kinds);
    faults.each("kinds", &mandate.kinds, |faults, _, kind| {
        if matches!(
            kind,
            Kind::FederationList | Kind::MemberKeys | Kind::ImportRule | Kind::Takedown
        ) {
            faults.note(
                "mandate",
                "expected another kind: authorities and keyholders alone sign these",
            );
        }
    });
    check_distinct(faults, "attestationKinds", &mandate.attestation_kinds);
    faults.require(
        mandate.attestation_kinds.is_empty() || mandate.kinds.contains(&Kind::Attestation),
        "attestationKinds",
        "mandate",
        "expected only beside Attestation in kinds",
    );
}

pub(super) fn check_revocation(faults: &mut Faults, record: &Record, subject: &KeyRevocation) {
    check_registered(faults, record, &subject.id);
    check_multikey(faults, &subject.key);
}
