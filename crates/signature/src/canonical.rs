//! Canonical JSON: RFC 8785 (JCS) with the profile of format v1, section 1.
//!
//! [`check`] decides by one scan whether received bytes *are* canonical;
//! [`canonicalise`] makes canonical bytes out of ordinary JSON that somebody
//! wrote by hand; [`to_canonical`] writes a value of our own.
//!
//! Beyond RFC 8785 the profile refuses what two readers could understand
//! differently: integers beyond 2^53 - 1, control characters other than
//! newline and tab, lone surrogates and noncharacters.

mod members;
mod number;
mod parse;
mod refusal;
mod scan;
mod text;

#[cfg(test)]
mod tests;

use serde::Serialize;

pub(crate) use members::{Member, items, members, plain_string};
pub use parse::{MAX_TEXT_BYTES, canonicalise};
pub use refusal::{Refusal, RefusalCode};

/// The largest canonical document anyone may hold: 1 MiB. Format v1, 1.11.
///
/// A mirror and a verdict hold any kind up to this size; what a node
/// publishes is smaller for most kinds and is passed in [`Limits`].
pub const MAX_BODY_BYTES: usize = 1 << 20;

/// The deepest nesting of objects and arrays, the root being 1. Format v1,
/// 1.11: no record needs a quarter of it, and readers that recurse survive it.
pub const MAX_DEPTH: usize = 64;

/// The most elements of one array. Format v1, 1.11: the largest list of a
/// record, the codes of a grant's scope, has a few thousand.
pub const MAX_ARRAY: usize = 10_000;

/// The longest string or member name in UTF-8 bytes after unescaping: 64 KiB.
/// Format v1, 1.11.
pub const MAX_STRING_BYTES: usize = 64 * 1024;

/// What one call accepts; never more than the constants of this module.
///
/// A greater number is read as the constant, so no caller can open the door
/// wider than the format allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole document, at most [`MAX_BODY_BYTES`].
    pub bytes: usize,
    /// Nesting of objects and arrays, at most [`MAX_DEPTH`].
    pub depth: usize,
    /// Elements of one array, at most [`MAX_ARRAY`].
    pub array: usize,
    /// UTF-8 bytes of one unescaped string, at most [`MAX_STRING_BYTES`].
    pub string_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: MAX_BODY_BYTES,
            depth: MAX_DEPTH,
            array: MAX_ARRAY,
            string_bytes: MAX_STRING_BYTES,
        }
    }
}

impl Limits {
    /// The same limits, none beyond what the format allows anyone.
    fn capped(self) -> Self {
        Self {
            bytes: self.bytes.min(MAX_BODY_BYTES),
            depth: self.depth.min(MAX_DEPTH),
            array: self.array.min(MAX_ARRAY),
            string_bytes: self.string_bytes.min(MAX_STRING_BYTES),
        }
    }
}

/// Bytes that [`check`] found canonical, with the place of their proof.
///
/// Invariant: `bytes` is one canonical JSON object within the limits, and
/// `before` followed by `after` is the same object without its top-level
/// member `proof` (and without the comma that separated it).
#[derive(Clone, Copy, Debug)]
pub struct CanonicalDocument<'a> {
    bytes: &'a [u8],
    before: &'a [u8],
    after: &'a [u8],
    proof: Option<&'a [u8]>,
    context: Option<&'a [u8]>,
}

impl<'a> CanonicalDocument<'a> {
    /// The received bytes: what is stored, logged and served.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The value of the top-level member `proof`, an object or an array.
    pub fn proof(&self) -> Option<&'a [u8]> {
        self.proof
    }

    /// The value of the top-level member `@context`, byte for byte.
    pub fn context(&self) -> Option<&'a [u8]> {
        self.context
    }

    /// The document without its proof, as two slices of the received bytes.
    ///
    /// Hash them one after the other and nothing is copied; this is JCS of
    /// the unsecured document (vc-di-eddsa, section 3.3.3).
    pub fn parts_without_proof(&self) -> [&'a [u8]; 2] {
        [self.before, self.after]
    }

    /// The document without its proof, copied into one piece.
    pub fn without_proof(&self) -> Vec<u8> {
        self.parts_without_proof().concat()
    }
}

/// Says whether `bytes` are one canonical JSON object, by one scan.
///
/// Nothing is built and nothing is written out anew: the bytes stay as they
/// were received. Checked are strict JSON in UTF-8, RFC 8785 to the letter (no
/// whitespace, members in order of UTF-16 code units, no name twice, shortest
/// escapes, numbers as ECMAScript spells them) and the profile of format v1,
/// 1.7, 1.8 and 1.11.
///
/// # Errors
/// A [`Refusal`] naming the first offender and what to do about it.
///
/// ```
/// use comity_signature::canonical::{check, Limits};
///
/// let document = check(br#"{"id":"urn:x","proof":{}}"#, &Limits::default())?;
/// assert_eq!(document.without_proof(), br#"{"id":"urn:x"}"#);
/// assert!(check(br#"{"b":1,"a":2}"#, &Limits::default()).is_err());
/// # Ok::<(), comity_signature::canonical::Refusal>(())
/// ```
pub fn check<'a>(bytes: &'a [u8], limits: &Limits) -> Result<CanonicalDocument<'a>, Refusal> {
    scan::document(bytes, limits.capped()).map_err(Refusal::from)
}

/// Writes a value of our own as canonical JSON (RFC 8785).
///
/// The output is canonical; whether it is also within the profile and limits
/// of a record is for [`check`] to say. An integer beyond 2^53 - 1 is rounded
/// to a double as RFC 8785 has it, so a type that can hold one writes it as a
/// string.
///
/// # Errors
/// When the value cannot be written as JSON: a map whose keys are not
/// strings, a number that is not finite, or a failing `Serialize`.
pub fn to_canonical<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    serde_json_canonicalizer::to_vec(value).map_err(Error)
}

/// A value of our own that cannot be written as JSON.
#[derive(Debug, thiserror::Error)]
#[error("the value cannot be written as canonical JSON: {0}; change the type so that it can")]
pub struct Error(#[source] serde_json::Error);
