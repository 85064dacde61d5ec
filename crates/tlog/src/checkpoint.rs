//! Checkpoints (C2SP `tlog-checkpoint`): what a log says it contains.

use crate::note::{KeyType, NoteSignature, SignedNote, Vkey};
use crate::origin::MAX_ORIGIN_BYTES;
use crate::tree::{EMPTY_ROOT, check_size, verify_consistency};
use crate::{Error, Hash, text};

/// Most signature lines of a checkpoint that we serve or anchor: verifiers of
/// `signed-note` need not accept more.
pub const MAX_SERVED_SIGNATURES: usize = 16;

/// What a log says about itself, verified or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Checkpoint {
    /// The name of the log. Those of Comity logs have the form of
    /// [`crate::origin::split`]; here any name is read.
    pub origin: String,
    /// The number of entries.
    pub size: u64,
    /// The root hash over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed: three lines.
    pub fn text(&self) -> String {
        format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            text::to_base64(&self.root)
        )
    }

    /// Reads the text of a checkpoint. Extension lines are refused: nothing
    /// that we do not understand is co-signed.
    ///
    /// # Errors
    /// [`Error::Malformed`], [`Error::TooLarge`] for an origin beyond 255
    /// bytes, [`Error::OutOfRange`] for a size beyond 2^63 - 1.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let refused = |why| Error::malformed("checkpoint", why);
        let mut lines = text.split('\n');
        let (Some(origin), Some(size), Some(root), Some(""), None) = (
            lines.next(),
            lines.next(),
            lines.next(),
            lines.next(),
            lines.next(),
        ) else {
            return Err(refused("it has not exactly three lines"));
        };
        if origin.is_empty() || origin.contains(char::is_control) {
            return Err(refused("the origin is empty or has a control character"));
        }
        if origin.len() > MAX_ORIGIN_BYTES {
            let limit = MAX_ORIGIN_BYTES as u64;
            return Err(Error::TooLarge {
                what: "bytes of an origin",
                limit,
            });
        }
        // A text that begins like a cosignature could be taken for one.
        if origin == "cosignature/v1" {
            return Err(refused("the origin is the header of a cosignature"));
        }
        let size = text::decimal(size).ok_or(refused("the size is not a plain decimal"))?;
        check_size(size)?;
        let root = text::base64_hash(root).ok_or(refused("the root is not a hash in base64"))?;
        if size == 0 && root != EMPTY_ROOT {
            return Err(refused("the root of an empty log is another"));
        }
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
        })
    }
}

/// A checkpoint whose log has signed it. Only [`open`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedCheckpoint(Checkpoint);

impl VerifiedCheckpoint {
    /// What the log says.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.0
    }

    /// The name of the log.
    pub fn origin(&self) -> &str {
        &self.0.origin
    }

    /// The number of entries.
    pub fn size(&self) -> u64 {
        self.0.size
    }

    /// The root hash.
    pub fn root(&self) -> &Hash {
        &self.0.root
    }
}

/// A cosigner's valid line under a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cosignature {
    /// The name of the cosigner's key.
    pub name: String,
    /// The id of the cosigner's key.
    pub key_id: [u8; 4],
    /// When the cosigner says it saw the checkpoint, in UTC seconds.
    pub time_unix: u64,
}

/// Verifies that the log with the key `log` has signed the checkpoint in
/// `note`. The name of the key must be the origin.
///
/// # Errors
/// [`Error::KeyRefused`] when `log` is not a log's key, [`Error::NotSigned`]
/// without a line of it or with another origin, [`Error::BadSignature`] when
/// any line of it does not verify, and those of [`Checkpoint::parse`].
pub fn open(note: &SignedNote, log: &Vkey) -> Result<VerifiedCheckpoint, Error> {
    let name = log.name().to_owned();
    if log.key_type() != KeyType::Log {
        return Err(Error::KeyRefused {
            name,
            why: "it is not the key of a log",
        });
    }
    let verification = note.verify(std::slice::from_ref(log));
    if !verification.refused.is_empty() {
        return Err(Error::BadSignature { name });
    }
    if verification.verified.is_empty() {
        return Err(Error::NotSigned { name });
    }
    let checkpoint = Checkpoint::parse(&note.text)?;
    if checkpoint.origin != name {
        return Err(Error::NotSigned { name });
    }
    Ok(VerifiedCheckpoint(checkpoint))
}

/// The valid lines of the given cosigners, one for each public key, in the
/// order of the note. Keys of logs are passed over. A line that is not valid
/// is left out and spoils no other: whoever relays a note could add one.
pub fn cosignatures(note: &SignedNote, cosigners: &[Vkey]) -> Vec<Cosignature> {
    let verified = note.verify(cosigners).verified;
    let lines = verified.iter().filter_map(|line| {
        let time_unix = line.time_unix()?;
        let vkey = line.vkey();
        Some(Cosignature {
            name: vkey.name().to_owned(),
            key_id: vkey.key_id(),
            time_unix,
        })
    });
    lines.collect()
}

/// The note that a log serves: its own line, then those of cosigners.
///
/// # Errors
/// [`Error::TooLarge`] for more than [`MAX_SERVED_SIGNATURES`] lines in all.
pub fn served(
    checkpoint: &Checkpoint,
    log: NoteSignature,
    cosignatures: impl IntoIterator<Item = NoteSignature>,
) -> Result<SignedNote, Error> {
    let signatures: Vec<_> = std::iter::once(log).chain(cosignatures).collect();
    if signatures.len() > MAX_SERVED_SIGNATURES {
        return Err(Error::TooLarge {
            what: "signatures of a served checkpoint",
            limit: MAX_SERVED_SIGNATURES as u64,
        });
    }
    Ok(SignedNote {
        text: checkpoint.text(),
        signatures,
    })
}

/// Whether two checkpoints of one log prove a fork: two roots for one size,
/// or, with `older` (a root and a consistency proof from it at the smaller
/// size to the larger checkpoint), a history that the larger one has and the
/// smaller one contradicts.
pub fn is_fork(
    smaller: &VerifiedCheckpoint,
    larger: &VerifiedCheckpoint,
    older: Option<(&Hash, &[Hash])>,
) -> bool {
    let (smaller, larger) = (&smaller.0, &larger.0);
    if smaller.origin != larger.origin {
        return false;
    }
    if smaller.size == larger.size {
        return smaller.root != larger.root;
    }
    older.is_some_and(|(root, proof)| {
        let holds = verify_consistency(smaller.size, root, larger.size, &larger.root, proof);
        holds.is_ok() && *root != smaller.root
    })
}

#[cfg(test)]
mod tests;
