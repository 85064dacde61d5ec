//! Signed notes (C2SP `signed-note`): a text and lines of signatures under
//! it, by logs (type 0x01) and by cosigners (type 0x04, `tlog-cosignature`).

mod signer;
mod vkey;

pub use signer::NoteSigner;
pub use vkey::{KeyType, MAX_KEY_NAME_BYTES, Vkey};

use std::fmt;

use crate::entry::{ANCHOR_OVERHEAD_BYTES, MAX_ENTRY_BYTES};
use crate::{Error, text};

/// Most bytes of a note: what still fits into an entry that anchors it.
pub const MAX_NOTE_BYTES: usize = MAX_ENTRY_BYTES - ANCHOR_OVERHEAD_BYTES;

/// Most signature lines that are read. Notes of other logs may carry more
/// than ours do; Go's `note` package stops at the same number.
pub const MAX_SIGNATURES: usize = 100;

/// The latest time that a cosignature may state: the last whole second before
/// the year 10000 in every time zone. Later ones no calendar here can write.
pub const MAX_TIME_UNIX: u64 = 253_402_207_200;

/// An em dash and a space.
const LINE_START: &str = "\u{2014} ";

/// One signature line, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NoteSignature {
    /// The name of the key, as the line claims.
    pub name: String,
    /// The first bytes of a hash that leads to the key; they prove nothing.
    pub key_id: [u8; 4],
    /// What stands behind the key id: for a log 64 bytes, for a cosigner a
    /// time of 8 bytes and 64 bytes.
    pub blob: Vec<u8>,
}

impl NoteSignature {
    /// Reads a line without its newline.
    ///
    /// # Errors
    /// [`Error::Malformed`].
    pub fn parse(line: &str) -> Result<Self, Error> {
        let refused = |why| Error::malformed("signature line", why);
        let (name, base64) = line
            .strip_prefix(LINE_START)
            .ok_or(refused("it does not begin with an em dash and a space"))?
            .split_once(' ')
            .ok_or(refused("it has no signature"))?;
        if !vkey::is_key_name(name) {
            return Err(refused("the key name is empty, or has a space or a plus"));
        }
        let bytes = text::base64(base64).ok_or(refused("the signature is not base64"))?;
        let (key_id, blob) = bytes
            .split_first_chunk::<4>()
            .filter(|(_, blob)| !blob.is_empty())
            .ok_or(refused("the signature is too short"))?;
        Ok(Self {
            name: name.to_owned(),
            key_id: *key_id,
            blob: blob.to_vec(),
        })
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.key_id.as_slice(), &self.blob].concat();
        write!(
            formatter,
            "{LINE_START}{} {}",
            self.name,
            text::to_base64(&bytes)
        )
    }
}

/// A text with signature lines, none of them verified yet.
///
/// `Display` writes the note; for a parsed one these are the bytes read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote {
    /// The text with its final newline. Ignore it until a line is verified.
    pub text: String,
    /// The lines in the order of the note, one at least.
    pub signatures: Vec<NoteSignature>,
}

impl SignedNote {
    /// Reads a note.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond [`MAX_NOTE_BYTES`] or [`MAX_SIGNATURES`],
    /// [`Error::Malformed`] for anything else that is not a note, one
    /// malformed line included.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let refused = |why| Error::malformed("note", why);
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(Error::TooLarge {
                what: "bytes of a note",
                limit: MAX_NOTE_BYTES as u64,
            });
        }
        let note = std::str::from_utf8(bytes).map_err(|_| refused("it is not UTF-8"))?;
        if note.bytes().any(|byte| byte < b' ' && byte != b'\n') {
            return Err(refused("it has a control character"));
        }
        // The text may have empty lines; the last one ends it.
        let (text, lines) = note
            .rsplit_once("\n\n")
            .ok_or(refused("it has no empty line"))?;
        let lines = lines
            .strip_suffix('\n')
            .ok_or(refused("it has no signature line that ends in a newline"))?;
        if lines.split('\n').count() > MAX_SIGNATURES {
            return Err(Error::TooLarge {
                what: "signatures of a note",
                limit: MAX_SIGNATURES as u64,
            });
        }
        let signatures = lines.split('\n').map(NoteSignature::parse);
        Ok(Self {
            text: format!("{text}\n"),
            signatures: signatures.collect::<Result<_, _>>()?,
        })
    }

    /// Sorts the lines by what the keys in `vkeys` say about them.
    ///
    /// One key has one vote: of several valid lines under one public key (and
    /// type) only the first counts, whatever names it stands under, because a
    /// cosignature does not bind the name.
    pub fn verify<'note>(&'note self, vkeys: &[Vkey]) -> Verification<'note> {
        let mut verification = Verification::default();
        for line in &self.signatures {
            let mut known = vkeys
                .iter()
                .filter(|vkey| vkey.is_named_by(line))
                .peekable();
            if known.peek().is_none() {
                verification.unknown.push(line);
                continue;
            }
            let Some(verified) = known.find_map(|vkey| vkey.verify_line(&self.text, line)) else {
                verification.refused.push(line);
                continue;
            };
            let voted = verification.verified.iter().any(|earlier| {
                let (one, other) = (&earlier.vkey, &verified.vkey);
                one.public_key() == other.public_key() && one.key_type() == other.key_type()
            });
            if !voted {
                verification.verified.push(verified);
            }
        }
        verification
    }
}

impl fmt::Display for SignedNote {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}", self.text)?;
        self.signatures
            .iter()
            .try_for_each(|line| writeln!(formatter, "{line}"))
    }
}

/// What [`SignedNote::verify`] found.
#[derive(Debug, Default)]
pub struct Verification<'note> {
    /// Valid lines of known keys, one for each key.
    pub verified: Vec<VerifiedSignature>,
    /// Lines with the name and id of a known key that do not verify.
    pub refused: Vec<&'note NoteSignature>,
    /// Lines of keys that were not given; they say nothing.
    pub unknown: Vec<&'note NoteSignature>,
}

/// A signature line that has been verified. Only [`SignedNote::verify`] makes
/// one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedSignature {
    vkey: Vkey,
    time_unix: Option<u64>,
}

impl VerifiedSignature {
    /// The key that signed.
    pub fn vkey(&self) -> &Vkey {
        &self.vkey
    }

    /// The time that a cosigner states, in UTC seconds; `None` for a log.
    pub fn time_unix(&self) -> Option<u64> {
        self.time_unix
    }
}

#[cfg(test)]
mod tests;
