//! The witness rule (C2SP `tlog-witness`): how a request to co-sign a
//! checkpoint is written, and what a witness answers to it.
//!
//! Reading the state, writing it and signing are the caller's, in that order
//! and in one transaction: a signature must not leave before the checkpoint
//! it is over has replaced the one that was seen here.

use std::fmt::Write as _;

use crate::checkpoint::{self, Checkpoint, VerifiedCheckpoint};
use crate::note::{KeyType, MAX_NOTE_BYTES, SignedNote, Vkey};
use crate::tree::{EMPTY_ROOT, MAX_PROOF_HASHES, verify_consistency};
use crate::{Error, Hash, text};

/// Most bytes of a request: the line of the old size, the hashes at 45 bytes
/// each, the empty line, and the largest note.
pub const MAX_REQUEST_BYTES: usize = 25 + MAX_PROOF_HASHES * 45 + 1 + MAX_NOTE_BYTES;

/// Media type of the size that a 409 answers with.
pub const SIZE_TYPE: &str = "text/x.tlog.size";

/// A request to co-sign a checkpoint, nothing of it verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the asker believes the witness has co-signed last.
    pub old_size: u64,
    /// The consistency proof from there to the checkpoint.
    pub proof: Vec<Hash>,
    /// The checkpoint with its signature lines.
    pub note: SignedNote,
}

impl AddCheckpoint {
    /// The body of the request.
    pub fn encode(&self) -> String {
        let mut request = format!("old {}\n", self.old_size);
        for hash in &self.proof {
            request.push_str(&text::to_base64(hash));
            request.push('\n');
        }
        // Writing into a string cannot fail.
        let _ = write!(request, "\n{}", self.note);
        request
    }

    /// Reads the body of a request. What is refused here is answered with 400.
    ///
    /// # Errors
    /// [`Error::TooLarge`] beyond [`MAX_REQUEST_BYTES`] or
    /// [`MAX_PROOF_HASHES`], [`Error::Malformed`], and those of
    /// [`SignedNote::parse`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let refused = |why| Error::malformed("witness request", why);
        if bytes.len() > MAX_REQUEST_BYTES {
            return Err(Error::TooLarge {
                what: "bytes of a witness request",
                limit: MAX_REQUEST_BYTES as u64,
            });
        }
        let request = std::str::from_utf8(bytes).map_err(|_| refused("it is not UTF-8"))?;
        let (head, note) = request
            .split_once("\n\n")
            .ok_or(refused("it has no empty line"))?;
        let mut lines = head.split('\n');
        let old_size = lines
            .next()
            .and_then(|line| text::decimal(line.strip_prefix("old ")?))
            .ok_or(refused("the first line is not `old` and a plain decimal"))?;
        let lines: Vec<_> = lines.collect();
        if lines.len() > MAX_PROOF_HASHES {
            return Err(Error::TooLarge {
                what: "hashes of a consistency proof",
                limit: MAX_PROOF_HASHES as u64,
            });
        }
        let proof = lines.into_iter().map(text::base64_hash);
        let proof: Option<Vec<_>> = proof.collect();
        let note = SignedNote::parse(note.as_bytes())?;
        // Extension lines of a checkpoint are not empty.
        if note.text.split_terminator('\n').any(str::is_empty) {
            return Err(refused("the text of the checkpoint has an empty line"));
        }
        Ok(Self {
            old_size,
            proof: proof.ok_or(refused("a line of the proof is not a hash in base64"))?,
            note,
        })
    }

    /// The origin that the checkpoint names; a claim until a line is verified.
    pub fn origin(&self) -> &str {
        self.note.text.split('\n').next().unwrap_or_default()
    }
}

/// The size in the body of a 409.
pub fn told_size(body: &str) -> Option<u64> {
    text::decimal(body.strip_suffix('\n')?)
}

/// What a witness has co-signed last of a log: size and root.
pub type Cosigned = (u64, Hash);

/// What a witness answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// 200 with a cosignature over this checkpoint, once it is kept.
    Cosign(VerifiedCheckpoint),
    /// 400: the request breaks a rule of form.
    BadRequest(String),
    /// 403: no valid signature of a key that is trusted for the log.
    Forbidden,
    /// 404: the log is not one that this witness knows.
    UnknownLog,
    /// 409: another size was co-signed last, this one.
    Conflict(u64),
    /// 422: the checkpoint does not follow from the one co-signed last. The
    /// log has signed it: the note may be half of a proof that it forked.
    Unprocessable(&'static str),
}

impl Answer {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::Cosign(_) => 200,
            Self::BadRequest(_) => 400,
            Self::Forbidden => 403,
            Self::UnknownLog => 404,
            Self::Conflict(_) => 409,
            Self::Unprocessable(_) => 422,
        }
    }
}

/// What to answer to `request`, if `cosigned` was the last checkpoint of that
/// log that this witness co-signed and `logs` are the keys of all logs that
/// it knows (`tlog-witness`, add-checkpoint).
pub fn answer(request: &AddCheckpoint, cosigned: Option<Cosigned>, logs: &[Vkey]) -> Answer {
    let origin = request.origin();
    let known = logs
        .iter()
        .filter(|vkey| vkey.key_type() == KeyType::Log && vkey.name() == origin);
    let known: Vec<Vkey> = known.cloned().collect();
    if known.is_empty() {
        return Answer::UnknownLog;
    }
    let lines = request.note.verify(&known);
    if lines.verified.is_empty() || !lines.refused.is_empty() {
        return Answer::Forbidden;
    }
    let (old_size, old_root) = cosigned.unwrap_or((0, EMPTY_ROOT));
    let checkpoint = match checkpoint_of(&request.note.text) {
        Ok(checkpoint) => checkpoint,
        Err(error) => return Answer::BadRequest(error.to_string()),
    };
    if request.old_size > checkpoint.size {
        let why = "the old size is larger than the checkpoint";
        return Answer::BadRequest(why.to_owned());
    }
    if request.old_size != old_size {
        return Answer::Conflict(old_size);
    }
    if checkpoint.size == 0 && checkpoint.root != EMPTY_ROOT {
        return Answer::Unprocessable("the root of an empty log is another");
    }
    let Checkpoint { size, root, .. } = checkpoint;
    if old_size == size && old_root != root {
        return Answer::Unprocessable("another root was co-signed for this size");
    }
    let follows = match old_size {
        0 => request.proof.is_empty(),
        _ => verify_consistency(old_size, &old_root, size, &root, &request.proof).is_ok(),
    };
    if !follows {
        return Answer::Unprocessable("the consistency proof does not hold");
    }
    // Signed by one of them at least; each that signed has signed this text.
    let opened = known
        .iter()
        .find_map(|vkey| checkpoint::open(&request.note, vkey).ok());
    opened.map_or(Answer::Forbidden, Answer::Cosign)
}

/// The checkpoint of a text. A wrong root of the empty tree is let through:
/// that is answered with another status.
fn checkpoint_of(text: &str) -> Result<Checkpoint, Error> {
    let mut lines = text.split('\n');
    let (origin, size, root) = (lines.next(), lines.next(), lines.next());
    if let (Some(origin), Some("0"), Some(root), Some(""), None) =
        (origin, size, root, lines.next(), lines.next())
        && let Some(root) = text::base64_hash(root)
    {
        return Ok(Checkpoint {
            origin: origin.to_owned(),
            size: 0,
            root,
        });
    }
    Checkpoint::parse(text)
}

#[cfg(test)]
mod tests;
