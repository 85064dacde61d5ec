//! Evidence that a log showed two histories: one file that convinces whoever
//! has it, with no other source than the key of the log (`docs/format.md`
//! 3.13).

use serde::{Deserialize, Serialize};

use crate::checkpoint::{self, VerifiedCheckpoint, is_fork};
use crate::entry::Entry;
use crate::note::{SignedNote, Vkey};
use crate::tree::{
    MAX_PROOF_HASHES, leaf_hash, prove_consistency, prove_inclusion, root_at, verify_inclusion,
};
use crate::{Error, Hash, text};

/// Most bytes of an evidence file: two of the largest notes, written as JSON
/// strings, two proofs, and some room.
pub const MAX_EVIDENCE_BYTES: usize = 300 * 1024;

/// The first member of an evidence file.
const FORMAT: &str = "comity.fork/v1";

/// Two notes of one log that cannot both be true, with what it takes to see
/// it. Nothing of it is believed before [`ForkEvidence::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForkEvidence {
    /// The key of the log.
    pub vkey: Vkey,
    /// A note of the log; of two sizes the smaller.
    pub one: SignedNote,
    /// Another note of the log.
    pub other: SignedNote,
    /// For notes of two sizes: what the larger one says about the smaller size.
    pub older: Option<Older>,
    /// For a log that went on after its end.
    pub closed: Option<Closed>,
}

/// The history of the larger checkpoint at the size of the smaller one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Older {
    /// The root that it had then.
    pub root: Hash,
    /// The consistency proof from that root to the larger checkpoint.
    pub proof: Vec<Hash>,
}

/// The closing entry of a log, included in the note `one`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// Its log index.
    pub index: u64,
    /// The entry.
    pub entry: Vec<u8>,
    /// The siblings from the leaf to the root of `one`.
    pub proof: Vec<Hash>,
}

/// How a log lied. Only [`ForkEvidence::verify`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fork {
    /// Two roots for one size.
    SameSize {
        /// The size.
        size: u64,
    },
    /// A larger history that contradicts a smaller one.
    Grown {
        /// The size of the smaller one.
        smaller: u64,
        /// The size of the larger one.
        larger: u64,
    },
    /// It signed a checkpoint beyond the entry that closed it.
    AfterClosing {
        /// The log index of the closing entry.
        index: u64,
        /// The size that was signed all the same.
        size: u64,
    },
}

impl std::fmt::Display for Fork {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::SameSize { size } => write!(formatter, "two roots for {size} entries"),
            Self::Grown { smaller, larger } => write!(
                formatter,
                "the history of {larger} entries contradicts the one of {smaller}"
            ),
            Self::AfterClosing { index, size } => write!(
                formatter,
                "it was closed by entry {index} and signed {size} entries all the same"
            ),
        }
    }
}

impl ForkEvidence {
    /// Two notes of one size with two roots.
    pub fn same_size(vkey: Vkey, one: SignedNote, other: SignedNote) -> Self {
        Self {
            vkey,
            one,
            other,
            older: None,
            closed: None,
        }
    }

    /// A larger note that contradicts a smaller one. `read` gives the hashes
    /// of the tree of the larger note, as for
    /// [`crate::tree::prove_inclusion`].
    ///
    /// # Errors
    /// Those of [`prove_consistency`] and of `read`. Whether it proves
    /// anything says [`ForkEvidence::verify`].
    pub fn grown<E: From<Error>>(
        vkey: Vkey,
        (one, smaller): (SignedNote, u64),
        (other, larger): (SignedNote, u64),
        mut read: impl FnMut(u8, u64) -> Result<Hash, E>,
    ) -> Result<Self, E> {
        let root = root_at(smaller, &mut read)?;
        let proof = prove_consistency(smaller, larger, &mut read)?;
        Ok(Self {
            older: Some(Older { root, proof }),
            ..Self::same_size(vkey, one, other)
        })
    }

    /// A note beyond the entry at `index` that closed the log. `read` gives
    /// the hashes of the tree of `one`, which has `size` entries.
    ///
    /// # Errors
    /// Those of [`prove_inclusion`] and of `read`.
    pub fn after_closing<E: From<Error>>(
        vkey: Vkey,
        (one, size): (SignedNote, u64),
        other: SignedNote,
        (index, entry): (u64, Vec<u8>),
        read: impl FnMut(u8, u64) -> Result<Hash, E>,
    ) -> Result<Self, E> {
        let proof = prove_inclusion(index, size, read)?.hashes;
        Ok(Self {
            closed: Some(Closed {
                index,
                entry,
                proof,
            }),
            ..Self::same_size(vkey, one, other)
        })
    }

    /// Whether the log lied, and how. Both notes must be signed by the key
    /// in the file; that it is the key of the log is for the reader to know.
    ///
    /// # Errors
    /// [`Error::ProofRefused`] when both notes can be true, and those of
    /// [`checkpoint::open`].
    pub fn verify(&self) -> Result<Fork, Error> {
        let one = checkpoint::open(&self.one, &self.vkey)?;
        let other = checkpoint::open(&self.other, &self.vkey)?;
        if let Some(closed) = &self.closed {
            return closed.verify(&one, &other);
        }
        let older = self.older.as_ref();
        let older = older.map(|older| (&older.root, older.proof.as_slice()));
        if one.size() > other.size() || !is_fork(&one, &other, older) {
            return Err(refused("both notes can be true"));
        }
        let (smaller, larger) = (one.size(), other.size());
        Ok(if smaller == larger {
            Fork::SameSize { size: smaller }
        } else {
            Fork::Grown { smaller, larger }
        })
    }

    /// The file.
    pub fn encode(&self) -> String {
        let hashes = |hashes: &[Hash]| hashes.iter().map(|hash| text::to_base64(hash)).collect();
        let file = File {
            format: FORMAT.to_owned(),
            origin: self.vkey.name().to_owned(),
            vkey: self.vkey.to_string(),
            one: self.one.to_string(),
            other: self.other.to_string(),
            older: self.older.as_ref().map(|older| OlderFile {
                root: text::to_base64(&older.root),
                proof: hashes(&older.proof),
            }),
            closed: self.closed.as_ref().map(|closed| ClosedFile {
                index: closed.index,
                entry: String::from_utf8_lossy(&closed.entry).into_owned(),
                proof: hashes(&closed.proof),
            }),
        };
        // Strings and numbers only: writing them cannot fail.
        let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond [`MAX_EVIDENCE_BYTES`] or
    /// [`MAX_PROOF_HASHES`], [`Error::Malformed`] for anything else that
    /// [`ForkEvidence::encode`] does not write but for white space, and those
    /// of [`SignedNote::parse`] and [`Vkey::parse`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > MAX_EVIDENCE_BYTES {
            return Err(Error::TooLarge {
                what: "bytes of fork evidence",
                limit: MAX_EVIDENCE_BYTES as u64,
            });
        }
        let file: File = serde_json::from_slice(bytes)
            .map_err(|_| malformed("it is not JSON with the members of fork evidence"))?;
        if file.format != FORMAT {
            return Err(malformed("its format is not comity.fork/v1"));
        }
        let vkey = Vkey::parse(&file.vkey)?;
        if vkey.name() != file.origin {
            return Err(malformed("the key is another log's"));
        }
        let older = file.older.map(|older| {
            Ok::<_, Error>(Older {
                root: hash(&older.root)?,
                proof: proof(&older.proof)?,
            })
        });
        let closed = file.closed.map(|closed| {
            Ok::<_, Error>(Closed {
                index: closed.index,
                entry: closed.entry.into_bytes(),
                proof: proof(&closed.proof)?,
            })
        });
        Ok(Self {
            vkey,
            one: SignedNote::parse(file.one.as_bytes())?,
            other: SignedNote::parse(file.other.as_bytes())?,
            older: older.transpose()?,
            closed: closed.transpose()?,
        })
    }
}

impl Closed {
    fn verify(&self, one: &VerifiedCheckpoint, other: &VerifiedCheckpoint) -> Result<Fork, Error> {
        if !matches!(Entry::parse(&self.entry)?, Entry::Closed { .. }) {
            return Err(refused("the entry does not close a log"));
        }
        let leaf = leaf_hash(&self.entry);
        verify_inclusion(&leaf, self.index, one.size(), &self.proof, one.root())?;
        let (index, size) = (self.index, other.size());
        if size <= index + 1 {
            return Err(refused(
                "the other note does not go beyond the closing entry",
            ));
        }
        Ok(Fork::AfterClosing { index, size })
    }
}

fn malformed(why: &'static str) -> Error {
    Error::malformed("fork evidence", why)
}

fn refused(why: &'static str) -> Error {
    Error::ProofRefused {
        what: "fork evidence",
        why,
    }
}

fn hash(base64: &str) -> Result<Hash, Error> {
    text::base64_hash(base64).ok_or(malformed("a hash is not 32 bytes in base64"))
}

fn proof(hashes: &[String]) -> Result<Vec<Hash>, Error> {
    if hashes.len() > MAX_PROOF_HASHES {
        return Err(Error::TooLarge {
            what: "hashes of a proof",
            limit: MAX_PROOF_HASHES as u64,
        });
    }
    hashes.iter().map(|base64| hash(base64)).collect()
}

/// The file as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    origin: String,
    vkey: String,
    one: String,
    other: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    older: Option<OlderFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed: Option<ClosedFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OlderFile {
    root: String,
    proof: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosedFile {
    index: u64,
    entry: String,
    proof: Vec<String>,
}

#[cfg(test)]
mod tests;
