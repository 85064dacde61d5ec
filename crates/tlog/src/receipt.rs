//! Receipts (C2SP `tlog-proof`): the proof, for offline use, that an entry
//! stands in a log.

use std::fmt::Write as _;

use crate::checkpoint::{self, Checkpoint, Cosignature};
use crate::note::{MAX_NOTE_BYTES, SignedNote, Vkey};
use crate::tree::{MAX_PROOF_HASHES, leaf_hash, verify_inclusion};
use crate::{Error, Hash, text};

/// Most bytes of a receipt: 64 lines of at most 45 bytes, the first line, the
/// empty one, and the largest note.
pub const MAX_RECEIPT_BYTES: usize = (MAX_PROOF_HASHES + 2) * 45 + MAX_NOTE_BYTES;

const HEADER: &str = "c2sp.org/tlog-proof@v1\n";

/// A receipt, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The log index of the entry.
    pub index: u64,
    /// The siblings from the leaf to the root.
    pub hashes: Vec<Hash>,
    /// The checkpoint with its signature lines.
    pub note: SignedNote,
}

/// An entry whose place in a log has been verified. Only [`Receipt::verify`]
/// makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Included {
    index: u64,
    origin: String,
    size: u64,
    root: Hash,
    cosignatures: Vec<Cosignature>,
}

impl Receipt {
    /// The text of a `.tlog-proof` file.
    pub fn encode(&self) -> String {
        let mut receipt = format!("{HEADER}index {}\n", self.index);
        for hash in &self.hashes {
            receipt.push_str(&text::to_base64(hash));
            receipt.push('\n');
        }
        // Writing into a string cannot fail.
        let _ = write!(receipt, "\n{}", self.note);
        receipt
    }

    /// Reads a `.tlog-proof` file. An `extra` line is refused: it would be
    /// unsigned text that readers might believe.
    ///
    /// # Errors
    /// [`Error::Malformed`]; [`Error::TooLarge`] beyond
    /// [`MAX_RECEIPT_BYTES`] or [`MAX_PROOF_HASHES`]; those of
    /// [`SignedNote::parse`] and [`Checkpoint::parse`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let refused = |why| Error::malformed("receipt", why);
        if bytes.len() > MAX_RECEIPT_BYTES {
            let limit = MAX_RECEIPT_BYTES as u64;
            return Err(Error::TooLarge {
                what: "bytes of a receipt",
                limit,
            });
        }
        let receipt = std::str::from_utf8(bytes).map_err(|_| refused("it is not UTF-8"))?;
        let (proof, note) = receipt
            .strip_prefix(HEADER)
            .ok_or(refused("the first line is not c2sp.org/tlog-proof@v1"))?
            .split_once("\n\n")
            .ok_or(refused("it has no empty line"))?;
        let mut lines = proof.split('\n');
        let index = lines
            .next()
            .and_then(|line| text::decimal(line.strip_prefix("index ")?))
            .ok_or(refused("the second line is not an index"))?;
        let lines: Vec<_> = lines.collect();
        if lines.len() > MAX_PROOF_HASHES {
            let limit = MAX_PROOF_HASHES as u64;
            return Err(Error::TooLarge {
                what: "hashes of a receipt",
                limit,
            });
        }
        let hashes = lines
            .into_iter()
            .map(text::base64_hash)
            .collect::<Option<_>>();
        let hashes = hashes.ok_or(refused("a line of the proof is not a hash in base64"))?;
        let note = SignedNote::parse(note.as_bytes())?;
        Checkpoint::parse(&note.text)?;
        Ok(Self {
            index,
            hashes,
            note,
        })
    }

    /// Verifies that `entry` stands in the log with the key `log`, and which
    /// of `cosigners` have co-signed that. Whether they are enough is the
    /// caller's question (see [`crate::time`]).
    ///
    /// # Errors
    /// Those of [`checkpoint::open`] and [`verify_inclusion`].
    pub fn verify(&self, entry: &[u8], log: &Vkey, cosigners: &[Vkey]) -> Result<Included, Error> {
        let opened = checkpoint::open(&self.note, log)?;
        let (size, root) = (opened.size(), *opened.root());
        verify_inclusion(&leaf_hash(entry), self.index, size, &self.hashes, &root)?;
        Ok(Included {
            index: self.index,
            origin: opened.origin().to_owned(),
            size,
            root,
            cosignatures: checkpoint::cosignatures(&self.note, cosigners),
        })
    }
}

impl Included {
    /// The log index of the entry.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The name of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The size of the tree that includes the entry.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of that tree.
    pub fn root(&self) -> &Hash {
        &self.root
    }

    /// The valid cosignatures of the keys asked for, one for each.
    pub fn cosignatures(&self) -> &[Cosignature] {
        &self.cosignatures
    }
}

#[cfg(test)]
mod tests;
