//! SHA-256 digests of records, and their spellings.
//!
//! Format v1, 1.4 and 1.9: the *record digest* is over the stored bytes, the
//! *document digest* over the same without `proof`. Inside records a digest
//! is a `digestMultibase` (`u` and base64url), in URLs, logs and output it is
//! lower-case hex, and between people it is [`words`].

#[cfg(test)]
mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::canonical::CanonicalDocument;

/// The multihash head of a SHA-256 digest: function 0x12, length 32.
const MULTIHASH_HEAD: [u8; 2] = [0x12, 0x20];

/// SHA-256 (FIPS 180-4) of `bytes`.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 of two slices as if they were one, without copying them.
pub(crate) fn sha256_parts(parts: [&[u8]; 2]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The record digest: SHA-256 of the stored bytes. Format v1, 1.4.
///
/// Entries, receipts, `/record/` and takedowns name a record by it.
pub fn record_digest(bytes: &[u8]) -> [u8; 32] {
    sha256(bytes)
}

/// The document digest: SHA-256 of the document without `proof`. Format v1,
/// 1.4. References inside records name a document by it.
pub fn document_digest(document: &CanonicalDocument<'_>) -> [u8; 32] {
    sha256_parts(document.parts_without_proof())
}

/// Spells a digest as `digestMultibase`: `u` and base64url without padding of
/// the multihash (W3C Controlled Identifiers 1.0, sections 2.4 and 2.5).
pub fn to_multibase(digest: [u8; 32]) -> String {
    let multihash = [MULTIHASH_HEAD.as_slice(), &digest].concat();
    format!("u{}", URL_SAFE_NO_PAD.encode(multihash))
}

/// Reads what [`to_multibase`] writes; `None` for anything else, also for
/// another spelling of the same digest.
pub fn from_multibase(text: &str) -> Option<[u8; 32]> {
    let multihash = URL_SAFE_NO_PAD.decode(text.strip_prefix('u')?).ok()?;
    multihash
        .strip_prefix(&MULTIHASH_HEAD)
        .and_then(|digest| digest.try_into().ok())
}

/// Spells a digest as 64 lower-case hex digits.
pub fn to_hex(digest: &[u8; 32]) -> String {
    hex::encode(digest)
}

/// Reads 64 lower-case hex digits; `None` for anything else, also upper case.
pub fn from_hex(text: &str) -> Option<[u8; 32]> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let mut digest = [0; 32];
    hex::decode_to_slice(text, &mut digest).ok()?;
    Some(digest)
}

/// Spells a digest as sixteen words that can be said over the telephone.
///
/// Each word stands for two bytes, first byte first, as a *proquint* (Daniel
/// S. Wilkerson, "A Proposal for Proquints"): five letters, consonant and
/// vowel in turn, four bits for a consonant and two for a vowel, highest bits
/// first. Consonants are `bdfghjklmnprstvz`, vowels `aiou`. No word list is
/// needed, and every language can say them. All 256 bits are in the words, so
/// two digests sound alike only if they are alike.
///
/// ```
/// use comity_signature::digest::words;
///
/// assert!(words(&[0; 32]).starts_with("babab babab "));
/// ```
pub fn words(digest: &[u8; 32]) -> String {
    let (pairs, _) = digest.as_chunks::<2>();
    let words: Vec<String> = pairs.iter().map(|pair| word(*pair)).collect();
    words.join(" ")
}

/// One word for two bytes.
fn word(pair: [u8; 2]) -> String {
    const CONSONANTS: [char; 16] = [
        'b', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z',
    ];
    const VOWELS: [char; 4] = ['a', 'i', 'o', 'u'];
    let bits = usize::from(u16::from_be_bytes(pair));
    // The masks keep every index inside its table.
    let consonant = |shift: usize| CONSONANTS[(bits >> shift) & 0xF];
    let vowel = |shift: usize| VOWELS[(bits >> shift) & 0x3];
    let letters = [
        consonant(12),
        vowel(10),
        consonant(6),
        vowel(4),
        consonant(0),
    ];
    letters.iter().collect()
}
