//! Ed25519 keys under the registry's rule (RFC 8032, trust rule 2).
//!
//! A key is admissible only if every careful verifier on Earth would treat it
//! alike: its bytes are the canonical encoding of a point that is not of
//! small order and has no small-order component. A signature counts only
//! under `verify_strict`. So what is accepted here is accepted everywhere,
//! and the crafted keys on which libraries differ are refused.

mod pem;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use ed25519_dalek::Signer as _;

pub use pem::MAX_PEM_BYTES;

/// The multicodec head of an Ed25519 public key (0xed as a varint).
const MULTICODEC_HEAD: [u8; 2] = [0xED, 0x01];

/// The letters of an Ed25519 multikey: `z` and 47 of base58btc for 34 bytes.
/// A head of 0xed01 makes all of them equally long.
const MULTIKEY_LETTERS: usize = 48;

/// An admissible Ed25519 public key.
///
/// Invariant: canonical encoding, not of small order, torsion-free. Equality,
/// order and hash are of the 32 bytes.
#[derive(Clone, Copy)]
pub struct VerifyingKey(ed25519_dalek::VerifyingKey);

impl VerifyingKey {
    /// Admits 32 bytes as a key (RFC 8032, section 5.1.5, and the registry's
    /// rule).
    ///
    /// # Errors
    /// [`Error`] saying which part of the rule the bytes break.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, Error> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| Error::NotAPoint)?;
        let point = key.to_edwards();
        if point.compress().as_bytes() != bytes {
            return Err(Error::NotCanonical);
        }
        if point.is_small_order() {
            return Err(Error::SmallOrder);
        }
        if !point.is_torsion_free() {
            return Err(Error::Torsion);
        }
        Ok(Self(key))
    }

    /// Reads a multikey `z6Mk...` (W3C Controlled Identifiers 1.0, section
    /// 2.2.2: base58btc of 0xed 0x01 and the key).
    ///
    /// # Errors
    /// [`Error::Multikey`] for another text, else as [`Self::from_bytes`].
    pub fn from_multikey(text: &str) -> Result<Self, Error> {
        // Base58 costs the square of the length, so that is asked first.
        if text.len() != MULTIKEY_LETTERS {
            return Err(Error::Multikey);
        }
        let encoded = text.strip_prefix('z').ok_or(Error::Multikey)?;
        let mut decoded = [0; 34];
        match bs58::decode(encoded).onto(&mut decoded) {
            Ok(34) => {}
            _ => return Err(Error::Multikey),
        }
        let key = decoded
            .strip_prefix(&MULTICODEC_HEAD)
            .and_then(|key| key.try_into().ok())
            .ok_or(Error::Multikey)?;
        Self::from_bytes(key)
    }

    /// Writes the multikey `z6Mk...`.
    pub fn to_multikey(&self) -> String {
        let bytes = [MULTICODEC_HEAD.as_slice(), self.as_bytes()].concat();
        format!("z{}", bs58::encode(bytes).into_string())
    }

    /// The 32 bytes of the key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Says whether `signature` is this key's over `message`, strictly: S < L,
    /// R not of small order, and `[S]B - [k]A` encodes to R byte for byte.
    ///
    /// Never batched: nodes must not disagree about a crafted signature.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        self.0.verify_strict(message, &signature).is_ok()
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "VerifyingKey({})", self.to_multikey())
    }
}

impl PartialEq for VerifyingKey {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for VerifyingKey {}

impl PartialOrd for VerifyingKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for VerifyingKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl Hash for VerifyingKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

/// An Ed25519 secret key, overwritten when dropped and never shown.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key of a seed (RFC 8032, section 5.1.5). Where the 32 bytes come
    /// from is the caller's business; they must be unpredictable.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The public half. It is always admissible: a multiple of the base point
    /// by a clamped scalar has no small-order component.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifying_key())
    }

    /// Signs a message (pure Ed25519, RFC 8032, section 5.1.6).
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    /// Writes a PKCS#8 PEM file with a line `comity-did: <did>` before it.
    ///
    /// The result holds the secret: write it with mode 0600 and drop it. The
    /// line is left out when `did` is not one that records may use.
    pub fn to_pem(&self, did: &str) -> String {
        pem::write(&self.0, did)
    }

    /// Reads what [`Self::to_pem`] writes, or any PKCS#8 PEM of one Ed25519
    /// key; answers the DID of the explanatory line, if there is one.
    ///
    /// # Errors
    /// [`Error::Pem`] when the text, at most [`MAX_PEM_BYTES`], holds no such
    /// key or more than one; [`Error::PemDid`] when its line names no usable
    /// DID.
    pub fn from_pem(text: &str) -> Result<(Option<String>, Self), Error> {
        pem::read(text).map(|(did, key)| (did, Self(key)))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "SigningKey(secret of {})",
            self.verifying_key().to_multikey()
        )
    }
}

/// Why something is no key that the registry admits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The bytes decode to no point of the curve.
    #[error("the key is no point of the curve; ask its holder for it again")]
    NotAPoint,
    /// The bytes are a second encoding of a point.
    #[error("the key is not encoded canonically; have its holder generate a new one")]
    NotCanonical,
    /// The point has small order: one signature would fit many messages.
    #[error("the key has small order and would sign anything; refuse it")]
    SmallOrder,
    /// The point has a small-order component: verifiers would disagree.
    #[error("the key has a small-order component; have its holder generate a new one")]
    Torsion,
    /// The text is no Ed25519 multikey.
    #[error("not an Ed25519 multikey; it begins with z6Mk and has 48 letters")]
    Multikey,
    /// The text is no PKCS#8 PEM of one Ed25519 key.
    #[error("not a PKCS#8 PEM file of one Ed25519 key; give the file that holds it")]
    Pem,
    /// The explanatory line of a PEM file names no usable DID.
    #[error("the comity-did line of the key file is no usable DID: {0}")]
    PemDid(&'static str),
}
