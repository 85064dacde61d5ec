//! Verdicts that hold offline: one file with everything that a verdict rests on, made by a node
//! and judged by anybody under his own policy (format.md 4.7).
//!
//! [`encode`] writes a bundle, [`read`] verifies one and answers an [`Opened`]: the question and
//! the evidence from which [`crate::decide`] gives the verdict that the maker gave, byte for
//! byte. [`needed`] chooses what goes in.
//!
//! Three things are kept apart. The *digest* in the header finds damage: a byte that was changed
//! anywhere refuses the file. *Signatures and proofs* say what is true: records by their keys,
//! receipts by logs and cosigners of the reader's policy; no key comes from the bundle. The
//! *status statement* says what is not there; where none covers the question, no step that states
//! an absence passes, and the bundle still proves what is in it.

mod history;
mod line;
mod need;
mod places;
mod read;
mod statement;
mod write;

use comity_signature::digest;

pub use line::{HeadLine, RecordLine};
pub use need::{Needed, needed};
pub use read::{Opened, read};
pub use statement::{HeadStated, QuestionStated, Statement};
pub use write::{Contents, NotMade, encode};

use crate::evidence::Digest;

/// Name and version of the format, as the header carries it.
pub const FORMAT: &str = "comity.bundle/v1";
/// Media type of a bundle.
pub const MEDIA_TYPE: &str = "application/x-ndjson";
/// Largest bundle in bytes: the records of a certificate under a dozen arrangements of sixty
/// members each take a quarter.
pub const MAX_BUNDLE_BYTES: usize = 16 * 1024 * 1024;
/// Most records in a bundle.
pub const MAX_RECORDS: usize = 4_000;
/// Most receipts of one record: a log or two, with the heads that date it.
pub const MAX_RECEIPTS: usize = 32;
/// Most heads, and most further checkpoints, in a bundle: two hundred members with a log each.
pub const MAX_NOTES: usize = 1_000;

/// What stands before the digest in a header.
const BEFORE_DIGEST: &str = "{\"digest\":\"";
/// What stands behind it.
const AFTER_DIGEST: &str = "\",";

/// Why a bundle is refused: which line, what stands there, what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, {what}: {reason}")]
pub struct Refused {
    /// The line, from 1.
    pub line: usize,
    /// What stands there: `header`, `head`, `checkpoint`, `record`, `statement`.
    pub what: &'static str,
    /// What is wrong.
    pub reason: String,
}

impl Refused {
    fn new(line: usize, what: &'static str, reason: impl std::fmt::Display) -> Self {
        Self {
            line,
            what,
            reason: reason.to_string(),
        }
    }
}

/// SHA-256 of a bundle without its digest: the header begins with the digest, and what is hashed
/// is the file without that member and its comma.
fn digest_without(after: &[u8]) -> Digest {
    let mut hashed = Vec::with_capacity(after.len() + 1);
    hashed.push(b'{');
    hashed.extend_from_slice(after);
    digest::sha256(&hashed)
}

/// The id of the status statement of a bundle whose lines before it are `{` and `after`, without
/// the digest: a UUID of version 8 of the first half of their hash, as imported records have.
fn statement_id(after: &[u8]) -> String {
    let mut hashed = Vec::with_capacity(after.len() + FORMAT.len() + 2);
    hashed.extend_from_slice(FORMAT.as_bytes());
    hashed.extend_from_slice(b"\n{");
    hashed.extend_from_slice(after);
    let mut hex = hex::encode(digest::sha256(&hashed));
    hex.truncate(32);
    let mut letters: Vec<char> = hex.chars().collect();
    if let Some(version) = letters.get_mut(12) {
        *version = '8';
    }
    if let Some(variant) = letters.get_mut(16) {
        let value = variant.to_digit(16).unwrap_or(0);
        *variant = char::from_digit(8 | (value & 3), 16).unwrap_or('8');
    }
    let text: String = letters.into_iter().collect();
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32)
    )
}
