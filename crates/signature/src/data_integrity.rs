//! `eddsa-jcs-2022` proofs: W3C Data Integrity `EdDSA` Cryptosuites 1.0,
//! section 3.3, with the profile of trust rule 1.1 and format v1, 1.5.
//!
//! A proof signs the hash of itself without `proofValue`, followed by the
//! hash of the document without `proof`. Both are spliced out of the received
//! bytes; nothing is written out anew to verify.
//!
//! What a valid proof does *not* say: that the signer was entitled to sign,
//! or that the key was the signer's at that time. [`verify`] answers who
//! signed; recognition asks the rest of the log.

mod invalid;
mod proof;
mod sign;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use invalid::Invalid;
pub use sign::{Error, sign, sign_with};

use crate::canonical::{CanonicalDocument, items};
use crate::did;
use crate::digest;
use crate::key::VerifyingKey;

use proof::Proof;

/// The most proofs of one document, of whatever suite. Format v1, 1.11: as
/// many as an arrangement may have signers.
pub const MAX_PROOFS: usize = 15;

/// The most keys an [`AdmittedKeys`] remembers. At 300 bytes each this is a
/// megabyte, and more keys than one economy's bodies sign with in a day.
pub const MAX_ADMITTED_KEYS: usize = 4096;

/// Who made one valid proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The controller named in the verification method. Published records
    /// name a `did:web` ([`published_form`]); documents shown to us from
    /// elsewhere may name another.
    pub did: String,
    /// The key, which is the fragment of the verification method.
    pub key: VerifyingKey,
    /// The instant the signer claims to have signed at.
    pub created: Option<String>,
}

/// A document whose proofs were all verified; only [`verify`] makes one.
///
/// Being non-exhaustive it cannot be written down outside this crate, so a
/// function that asks for `&Verified` cannot be reached past the check.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Who signed, in the order of the proofs, each verification method once.
    pub signers: Vec<Signer>,
    /// SHA-256 of the received bytes.
    pub record_digest: [u8; 32],
    /// SHA-256 of the bytes without `proof`.
    pub document_digest: [u8; 32],
}

/// Verifies every `eddsa-jcs-2022` proof of a document.
///
/// Each must be well formed and valid, and there must be at least one. Proofs
/// of other suites are ignored and never counted; all together are at most
/// [`MAX_PROOFS`]. `proof` may be an object or an array; whether its form is
/// the published one is for [`published_form`].
///
/// # Errors
/// The first reason why the document is not signed as it claims.
pub fn verify(document: &CanonicalDocument<'_>) -> Result<Verified, Invalid> {
    verify_all(document, VerifyingKey::from_multikey)
}

/// Verifies as [`verify`] does, remembering the keys it admits.
///
/// To admit a key costs about as much as to verify a signature, and the
/// records of one body mostly carry one key; use this for many records.
///
/// # Errors
/// As [`verify`].
pub fn verify_with(
    document: &CanonicalDocument<'_>,
    keys: &mut AdmittedKeys,
) -> Result<Verified, Invalid> {
    verify_all(document, |multikey| keys.admit(multikey))
}

/// Keys that were found admissible, by their multikey.
///
/// It holds at most [`MAX_ADMITTED_KEYS`] and then begins anew, so a stranger
/// with many keys costs time but no memory.
#[derive(Clone, Debug, Default)]
pub struct AdmittedKeys(HashMap<String, VerifyingKey>);

impl AdmittedKeys {
    /// An empty memory.
    pub fn new() -> Self {
        Self::default()
    }

    /// Admits a key, or remembers that it was admitted.
    ///
    /// # Errors
    /// As [`VerifyingKey::from_multikey`]; refused keys are not remembered.
    pub fn admit(&mut self, multikey: &str) -> Result<VerifyingKey, crate::key::Error> {
        if let Some(key) = self.0.get(multikey) {
            return Ok(*key);
        }
        let key = VerifyingKey::from_multikey(multikey)?;
        if self.0.len() >= MAX_ADMITTED_KEYS {
            self.0.clear();
        }
        self.0.insert(multikey.to_owned(), key);
        Ok(key)
    }
}

fn verify_all(
    document: &CanonicalDocument<'_>,
    mut admit: impl FnMut(&str) -> Result<VerifyingKey, crate::key::Error>,
) -> Result<Verified, Invalid> {
    let document_digest = digest::document_digest(document);
    let mut seen: Vec<&str> = Vec::new();
    let mut signers: Vec<Signer> = Vec::new();
    for (index, bytes) in proof_values(document)?.into_iter().enumerate() {
        let Some(proof) = Proof::read(bytes, index)? else {
            continue;
        };
        if proof.context != document.context() {
            return Err(Invalid::ContextDiffers { proof: index });
        }
        let (did, multikey) = did::split_verification_method(proof.method)
            .filter(|(did, _)| did.len() <= did::MAX_DID_BYTES)
            .ok_or(Invalid::MethodMalformed { proof: index })?;
        let key = admit(multikey).map_err(|reason| Invalid::KeyNotAdmissible {
            proof: index,
            reason,
        })?;
        let message = hash_data(&proof.digest, &document_digest);
        if !key.verify(&message, &proof.signature) {
            return Err(Invalid::SignatureWrong { proof: index });
        }
        if !seen.contains(&proof.method) {
            seen.push(proof.method);
            signers.push(Signer {
                did: did.to_owned(),
                key,
                created: proof.created.map(str::to_owned),
            });
        }
    }
    if signers.is_empty() {
        return Err(Invalid::NoCountedProof);
    }
    Ok(Verified {
        signers,
        record_digest: digest::record_digest(document.bytes()),
        document_digest,
    })
}

/// Says whether the proofs stand in the one form that is published and
/// logged. Format v1, 1.5.
///
/// One proof is an object; several are an array of two or more, sorted by
/// `verificationMethod`, one for each; all are `eddsa-jcs-2022`, and each
/// names a `did:web` that records may use. Without this rule a stranger could
/// make a second record of a signed document by re-wrapping its proofs. Which
/// signers the kind asks for is not decided here, and neither is whether the
/// proofs are valid: see [`verify`].
///
/// # Errors
/// The first part of the form that is broken.
pub fn published_form(document: &CanonicalDocument<'_>) -> Result<(), Invalid> {
    let values = proof_values(document)?;
    let in_array = document
        .proof()
        .is_some_and(|proof| proof.starts_with(b"["));
    if in_array && values.len() < 2 {
        return Err(Invalid::ProofAloneInArray);
    }
    let mut previous: Option<&str> = None;
    for (index, bytes) in values.into_iter().enumerate() {
        let proof = Proof::read(bytes, index)?.ok_or(Invalid::SuiteUnknown { proof: index })?;
        let (did, _) = did::split_verification_method(proof.method)
            .ok_or(Invalid::MethodMalformed { proof: index })?;
        did::check(did).map_err(|reason| Invalid::DidMalformed {
            proof: index,
            reason,
        })?;
        if previous.is_some_and(|earlier| earlier >= proof.method) {
            return Err(Invalid::ProofsOutOfOrder { proof: index });
        }
        previous = Some(proof.method);
    }
    Ok(())
}

/// Says whether every one of `dids` made a valid proof.
///
/// A proof set does not bind its members: who must have signed is said by the
/// document's body, so the caller reads it there and asks here.
///
/// # Errors
/// The first DID that is missing among the signers.
pub fn covers(verified: &Verified, dids: &[&str]) -> Result<(), String> {
    let signed = |did: &str| verified.signers.iter().any(|signer| signer.did == did);
    match dids.iter().find(|did| !signed(did)) {
        Some(missing) => Err((*missing).to_owned()),
        None => Ok(()),
    }
}

/// The proofs of a document as slices of its bytes, at most [`MAX_PROOFS`].
fn proof_values<'a>(document: &CanonicalDocument<'a>) -> Result<Vec<&'a [u8]>, Invalid> {
    let proof = document.proof().ok_or(Invalid::NoProof)?;
    if !proof.starts_with(b"[") {
        return Ok(vec![proof]);
    }
    let values: Vec<_> = items(proof).take(MAX_PROOFS + 1).collect();
    match values.len() {
        0 => Err(Invalid::NoProof),
        length if length > MAX_PROOFS => Err(Invalid::TooManyProofs),
        _ => Ok(values),
    }
}

/// The 64 bytes that are signed: hash of the proof first, then of the
/// document (vc-di-eddsa, section 3.3.4).
fn hash_data(proof_digest: &[u8; 32], document_digest: &[u8; 32]) -> [u8; 64] {
    let mut data = [0; 64];
    let (first, second) = data.split_at_mut(32);
    first.copy_from_slice(proof_digest);
    second.copy_from_slice(document_digest);
    data
}
