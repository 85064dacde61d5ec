//! Adding a proof to a canonical document.

use crate::canonical::{CanonicalDocument, Limits, Refusal, check, members};
use crate::did;
use crate::digest;
use crate::key::{SigningKey, VerifyingKey};

use super::proof::{PURPOSE, Proof, SUITE, TYPE, is_instant};
use super::{Invalid, hash_data, proof_values, verify};

/// Signs a canonical document and answers it with the proof in its place.
///
/// The document may carry proofs already: those of other verification methods
/// stay, one of the same is replaced. The result is in published form (format
/// v1, 1.5): one proof is an object, several are a sorted array. `created` is
/// a claim in whole seconds of UTC, `YYYY-MM-DDThh:mm:ssZ`, or absent.
///
/// Nothing is signed that [`verify`] would then refuse: the result is checked
/// before it is answered.
///
/// # Errors
/// [`Error`] when the document is not canonical, the name or time is
/// malformed, or a proof already there does not hold.
pub fn sign(
    document: &[u8],
    signer_did: &str,
    key: &SigningKey,
    created: Option<&str>,
    limits: &Limits,
) -> Result<Vec<u8>, Error> {
    did::check(signer_did).map_err(Error::Did)?;
    sign_as(document, signer_did, key, created, limits)
}

/// Signs as [`sign`] does with a key that is held elsewhere, such as in a token.
///
/// `make_signature` is given the 64 bytes to sign (pure Ed25519, RFC 8032) and answers the
/// signature of `key`. It is not trusted: what does not verify under `key` is not answered.
///
/// # Errors
/// As [`sign`], and what `make_signature` fails with.
pub fn sign_with<E: From<Error>>(
    document: &[u8],
    signer_did: &str,
    key: &VerifyingKey,
    created: Option<&str>,
    limits: &Limits,
    make_signature: impl FnOnce(&[u8; 64]) -> Result<[u8; 64], E>,
) -> Result<Vec<u8>, E> {
    did::check(signer_did).map_err(Error::Did)?;
    sign_as_with(document, signer_did, key, created, limits, make_signature)
}

/// Signs as any controller, also one that records may not use.
pub(super) fn sign_as(
    document: &[u8],
    controller: &str,
    key: &SigningKey,
    created: Option<&str>,
    limits: &Limits,
) -> Result<Vec<u8>, Error> {
    let public = key.verifying_key();
    sign_as_with(document, controller, &public, created, limits, |message| {
        Ok(key.sign(message))
    })
}

fn sign_as_with<E: From<Error>>(
    document: &[u8],
    controller: &str,
    key: &VerifyingKey,
    created: Option<&str>,
    limits: &Limits,
    make_signature: impl FnOnce(&[u8; 64]) -> Result<[u8; 64], E>,
) -> Result<Vec<u8>, E> {
    if created.is_some_and(|instant| !is_instant(instant)) {
        return Err(Error::Created.into());
    }
    let document = check(document, limits).map_err(Error::from)?;
    let method = format!("{controller}#{}", key.to_multikey());
    let mut proofs = other_proofs(&document, &method)?;
    let proof = make_proof(&document, &method, created, make_signature)?;
    proofs.push((method, proof));
    proofs.sort();
    let signed = with_proofs(&document, &proofs);
    let result = check(&signed, limits).map_err(Error::from)?;
    verify(&result).map_err(Error::from)?;
    Ok(signed)
}

/// Writes and signs one proof. Its members stand in canonical order, and none
/// of their values can hold a letter that would have to be escaped.
fn make_proof<E>(
    document: &CanonicalDocument<'_>,
    method: &str,
    created: Option<&str>,
    make_signature: impl FnOnce(&[u8; 64]) -> Result<[u8; 64], E>,
) -> Result<Vec<u8>, E> {
    let mut head = Vec::from(b"{");
    if let Some(context) = document.context() {
        head.extend_from_slice(b"\"@context\":");
        head.extend_from_slice(context);
        head.push(b',');
    }
    if let Some(instant) = created {
        head.extend_from_slice(format!(r#""created":"{instant}","#).as_bytes());
    }
    let suite = format!(r#""cryptosuite":"{SUITE}","proofPurpose":"{PURPOSE}""#);
    head.extend_from_slice(suite.as_bytes());
    let tail = format!(r#","type":"{TYPE}","verificationMethod":"{method}"}}"#);

    let proof_digest = digest::sha256_parts([&head, tail.as_bytes()]);
    let message = hash_data(&proof_digest, &digest::document_digest(document));
    let value = bs58::encode(make_signature(&message)?).into_string();
    head.extend_from_slice(format!(r#","proofValue":"z{value}""#).as_bytes());
    head.extend_from_slice(tail.as_bytes());
    Ok(head)
}

/// The proofs already there that stay, each with its verification method.
fn other_proofs(
    document: &CanonicalDocument<'_>,
    method: &str,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let values = match proof_values(document) {
        Err(Invalid::NoProof) => return Ok(Vec::new()),
        values => values?,
    };
    let mut kept = Vec::new();
    for (index, bytes) in values.into_iter().enumerate() {
        let proof = Proof::read(bytes, index)?.ok_or(Invalid::SuiteUnknown { proof: index })?;
        if proof.method != method {
            kept.push((proof.method.to_owned(), bytes.to_vec()));
        }
    }
    Ok(kept)
}

/// The document with these proofs, which are sorted, in place of its own.
fn with_proofs(document: &CanonicalDocument<'_>, proofs: &[(String, Vec<u8>)]) -> Vec<u8> {
    let bytes: Vec<&[u8]> = proofs.iter().map(|(_, proof)| proof.as_slice()).collect();
    let mut member = Vec::from(b"\"proof\":");
    match bytes.as_slice() {
        [alone] => member.extend_from_slice(alone),
        several => {
            member.push(b'[');
            member.extend_from_slice(&several.join(b",".as_slice()));
            member.push(b']');
        }
    }
    let mut signed = document.without_proof();
    // A name is greater than "proof" in UTF-16 exactly if its bytes are: they
    // differ from ASCII first, where the two orders agree.
    let following = members(&signed).find(|member| member.name > b"proof".as_slice());
    let (place, separated) = match following {
        Some(following) => (following.start, [member, vec![b',']].concat()),
        None if signed.len() > 2 => (signed.len() - 1, [vec![b','], member].concat()),
        None => (signed.len() - 1, member),
    };
    signed.splice(place..place, separated);
    signed
}

/// Why a document was not signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The document, or the result, is not canonical or beyond a limit.
    #[error("the document cannot be signed as it is: {0}")]
    Refused(#[from] Refusal),
    /// A proof already there does not hold; remove it and let its signer sign
    /// the document as it is now.
    #[error("a proof that the document carries does not hold: {0}")]
    Proof(#[from] Invalid),
    /// The signer's name is no DID that records may use.
    #[error("the signer's name cannot be used: {0}")]
    Did(&'static str),
    /// The time is not an instant in whole seconds of UTC.
    #[error("the time of signing is not of the form YYYY-MM-DDThh:mm:ssZ")]
    Created,
}
