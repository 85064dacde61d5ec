//! The entry of a log: a short line that names a record, anchors a
//! checkpoint or closes the log (`docs/format.md` 3.2).

use crate::checkpoint::{Checkpoint, MAX_SERVED_SIGNATURES};
use crate::note::{KeyType, SignedNote, Vkey};
use crate::{Error, Hash, text};

/// Most bytes of one entry: `tlog-tiles` gives its length two bytes.
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// Most letters of the kind of a record.
pub const MAX_KIND_BYTES: usize = 32;

/// The line that every entry known to this version begins with.
const HEADER: &str = "comity.entry/v1\n";
const ANCHOR: &str = "anchor\n";

/// Bytes in front of the note of an anchor.
pub(crate) const ANCHOR_OVERHEAD_BYTES: usize = HEADER.len() + ANCHOR.len();

/// One entry of a log.
///
/// [`Entry::parse`] yields only well-formed entries. One that is put together
/// by hand with a wrong kind or note encodes to bytes that no parser accepts;
/// [`Entry::record`], [`Entry::anchor`] and [`Entry::closed`] check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A record was published.
    Record {
        /// The kind, such as `Attestation`: `[A-Z][A-Za-z]{0,31}`. It is a
        /// claim of the log until it has been compared with the body.
        kind: String,
        /// SHA-256 of the stored bytes.
        digest: Hash,
        /// Length of the stored bytes.
        length: u64,
    },
    /// A signed checkpoint of this log or of a mirrored one, kept for good.
    Anchor {
        /// The note byte for byte.
        note: Vec<u8>,
    },
    /// Always the last entry of a log; names the key of the next one.
    Closed {
        /// The verification key of the successor.
        successor: Vkey,
    },
}

impl Entry {
    /// The entry for a record.
    ///
    /// # Errors
    /// [`Error::Malformed`] for a kind that is not `[A-Z][A-Za-z]{0,31}`.
    pub fn record(kind: &str, digest: Hash, length: u64) -> Result<Self, Error> {
        if !is_kind(kind) {
            return Err(Error::malformed(
                "entry",
                "the kind is not [A-Z][A-Za-z]{0,31}",
            ));
        }
        let kind = kind.to_owned();
        Ok(Self::Record {
            kind,
            digest,
            length,
        })
    }

    /// The entry that keeps a checkpoint of this log or of a mirrored one.
    ///
    /// # Errors
    /// [`Error::Malformed`] when the note is not one of a checkpoint,
    /// [`Error::TooLarge`] for more lines than a served checkpoint may have.
    pub fn anchor(note: &SignedNote) -> Result<Self, Error> {
        let note = note.to_string().into_bytes();
        check_anchor(&note)?;
        Ok(Self::Anchor { note })
    }

    /// The entry that ends a log in favour of `successor`.
    ///
    /// # Errors
    /// [`Error::KeyRefused`] unless the key is one of a log.
    pub fn closed(successor: Vkey) -> Result<Self, Error> {
        if successor.key_type() != KeyType::Log {
            return Err(Error::KeyRefused {
                name: successor.name().to_owned(),
                why: "only a log key can succeed a log",
            });
        }
        Ok(Self::Closed { successor })
    }

    /// The bytes that stand in the log.
    ///
    /// ```
    /// use comity_tlog::entry::Entry;
    /// let entry = Entry::record("Attestation", [0; 32], 2041)?;
    /// assert!(entry.encode().starts_with(b"comity.entry/v1\nrecord Attestation 0000"));
    /// assert_eq!(Entry::parse(&entry.encode()), Ok(entry));
    /// # Ok::<(), comity_tlog::Error>(())
    /// ```
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Record {
                kind,
                digest,
                length,
            } => {
                let digest = hex::encode(digest);
                format!("{HEADER}record {kind} {digest} {length}\n").into_bytes()
            }
            Self::Anchor { note } => [HEADER.as_bytes(), ANCHOR.as_bytes(), note].concat(),
            Self::Closed { successor } => format!("{HEADER}closed {successor}\n").into_bytes(),
        }
    }

    /// Reads an entry; only bytes that [`Entry::encode`] gives are accepted.
    ///
    /// # Errors
    /// [`Error::UnknownEntry`] when the first lines are of no known form;
    /// [`Error::Malformed`] when they are, but what follows is not. Both are
    /// held without a body. [`Error::TooLarge`] cannot stand in a bundle.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > MAX_ENTRY_BYTES {
            return Err(Error::TooLarge {
                what: "bytes of an entry",
                limit: MAX_ENTRY_BYTES as u64,
            });
        }
        let body = bytes
            .strip_prefix(HEADER.as_bytes())
            .ok_or(Error::UnknownEntry)?;
        if let Some(note) = body.strip_prefix(ANCHOR.as_bytes()) {
            check_anchor(note)?;
            let note = note.to_vec();
            return Ok(Self::Anchor { note });
        }
        let (is_record, rest) = match body.strip_prefix(b"record ") {
            Some(rest) => (true, rest),
            None => (
                false,
                body.strip_prefix(b"closed ").ok_or(Error::UnknownEntry)?,
            ),
        };
        let line = std::str::from_utf8(rest)
            .ok()
            .and_then(|rest| rest.strip_suffix('\n'))
            .ok_or(Error::malformed("entry", "it does not end in a newline"))?;
        if is_record {
            parse_record(line)
        } else {
            Self::closed(Vkey::parse(line)?)
        }
    }
}

fn parse_record(line: &str) -> Result<Entry, Error> {
    let mut fields = line.split(' ');
    let (Some(kind), Some(digest), Some(length), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(Error::malformed("entry", "a record line has three fields"));
    };
    let digest = text::lower_hex(digest).ok_or(Error::malformed(
        "entry",
        "the digest is not 64 lower-case hex digits",
    ))?;
    let length = text::decimal(length).ok_or(Error::malformed(
        "entry",
        "the length is not a plain decimal",
    ))?;
    Entry::record(kind, digest, length)
}

fn check_anchor(note: &[u8]) -> Result<(), Error> {
    let note = SignedNote::parse(note)?;
    if note.signatures.len() > MAX_SERVED_SIGNATURES {
        return Err(Error::TooLarge {
            what: "signatures of an anchor",
            limit: MAX_SERVED_SIGNATURES as u64,
        });
    }
    Checkpoint::parse(&note.text).map(|_| ())
}

fn is_kind(kind: &str) -> bool {
    kind.len() <= MAX_KIND_BYTES
        && kind.starts_with(|first: char| first.is_ascii_uppercase())
        && kind.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests;
