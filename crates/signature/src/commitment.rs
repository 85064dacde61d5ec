//! Salted digests of contents that stay private. Format v1, 1.18.
//!
//! A laboratory publishes the digest and keeps the salt; who is shown the content and the salt
//! recomputes the digest, and nobody else learns anything from it.
//!
//! Why a salt: report numbers count upwards, and much of a report is a form whose answers are few
//! (*passed*, a date, a model). From an unsalted digest a stranger could find the content by
//! trying, or check a guess at it. 32 random bytes, new for every report, make each guess as
//! improbable as a guess at a key. The digest inside is over the content alone, so that who holds
//! large files hashes each once, wherever it lies, and no two contents open one digest.

#[cfg(test)]
mod tests;

use crate::digest::{sha256, to_multibase};

/// Bytes of a salt: as many as of the digest, and of a key.
pub const SALT_BYTES: usize = 32;

/// What is hashed first, so that no digest of another purpose is taken for a commitment.
const DOMAIN: &[u8; 21] = b"comity.commitment/v1\n";

/// The digest by which a content is committed to: SHA-256 of `comity.commitment/v1`, a newline,
/// the salt and SHA-256 of the content, as `digestMultibase`. Format v1, 1.18.
///
/// The salt comes from the caller; it must be unpredictable and used for one content only.
///
/// ```
/// use comity_signature::commitment::committed;
/// use comity_signature::digest::sha256;
///
/// assert_eq!(
///     committed(&[0; 32], &sha256(b"")),
///     "uEiCwDR5YaS_O2RrlSZUmfZzwQ6V0NQhdpfJ9JjiLykXm8g"
/// );
/// ```
pub fn committed(salt: &[u8; SALT_BYTES], content_digest: &[u8; 32]) -> String {
    to_multibase(sha256(&[DOMAIN, salt.as_slice(), content_digest].concat()))
}
