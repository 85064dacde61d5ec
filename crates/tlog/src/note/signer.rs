//! Keys that sign checkpoints.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey};

use super::vkey::cosigned_message;
use super::{KeyType, MAX_TIME_UNIX, NoteSignature, Vkey};
use crate::Error;
use crate::checkpoint::Checkpoint;

/// The secret key of a log or of a cosigner.
///
/// It signs checkpoints only, and only such as it can read back: a text that
/// somebody else has built is never signed.
pub struct NoteSigner {
    vkey: Vkey,
    key: SigningKey,
}

impl NoteSigner {
    /// The key of the log whose origin is `origin`.
    ///
    /// # Errors
    /// As [`Vkey::new`].
    pub fn log(origin: &str, seed: &[u8; 32]) -> Result<Self, Error> {
        Self::new(origin, KeyType::Log, seed)
    }

    /// The key of a cosigner.
    ///
    /// # Errors
    /// As [`Vkey::new`].
    pub fn cosigner(name: &str, seed: &[u8; 32]) -> Result<Self, Error> {
        Self::new(name, KeyType::Cosigner, seed)
    }

    /// The key that verifies what this one signs.
    pub fn vkey(&self) -> &Vkey {
        &self.vkey
    }

    /// Signs a checkpoint of the own log (type 0x01).
    ///
    /// # Errors
    /// [`Error::KeyRefused`] for a cosigner's key or another log's checkpoint,
    /// and those of [`Checkpoint::parse`] when the checkpoint is not sound.
    pub fn sign(&self, checkpoint: &Checkpoint) -> Result<NoteSignature, Error> {
        self.check_type(KeyType::Log)?;
        if checkpoint.origin != self.vkey.name() {
            return Err(self.refused("a log signs checkpoints of its own origin only"));
        }
        let text = sound_text(checkpoint)?;
        Ok(self.line(self.key.sign(text.as_bytes()).to_bytes().to_vec()))
    }

    /// Co-signs a checkpoint as seen at `time_unix`, in UTC seconds (type
    /// 0x04). The caller has compared it with all it has co-signed before.
    ///
    /// # Errors
    /// [`Error::KeyRefused`] for a log's key, [`Error::OutOfRange`] for a
    /// time beyond [`MAX_TIME_UNIX`], and those of [`Checkpoint::parse`] when
    /// the checkpoint is not sound.
    pub fn cosign(&self, checkpoint: &Checkpoint, time_unix: u64) -> Result<NoteSignature, Error> {
        self.check_type(KeyType::Cosigner)?;
        if time_unix > MAX_TIME_UNIX {
            return Err(Error::OutOfRange {
                what: "time",
                value: time_unix,
                bound: MAX_TIME_UNIX,
            });
        }
        let message = cosigned_message(&sound_text(checkpoint)?, time_unix);
        let signature = self.key.sign(message.as_bytes()).to_bytes();
        Ok(self.line([time_unix.to_be_bytes().as_slice(), &signature].concat()))
    }

    fn new(name: &str, key_type: KeyType, seed: &[u8; 32]) -> Result<Self, Error> {
        let key = SigningKey::from_bytes(seed);
        let vkey = Vkey::new(name, key_type, key.verifying_key().as_bytes())?;
        Ok(Self { vkey, key })
    }

    fn check_type(&self, needed: KeyType) -> Result<(), Error> {
        match (self.vkey.key_type() == needed, needed) {
            (true, _) => Ok(()),
            (false, KeyType::Log) => Err(self.refused("a cosigner's key cannot sign as a log")),
            (false, KeyType::Cosigner) => Err(self.refused("a log's key cannot co-sign")),
        }
    }

    fn refused(&self, why: &'static str) -> Error {
        Error::KeyRefused {
            name: self.vkey.name().to_owned(),
            why,
        }
    }

    fn line(&self, blob: Vec<u8>) -> NoteSignature {
        NoteSignature {
            name: self.vkey.name().to_owned(),
            key_id: self.vkey.key_id(),
            blob,
        }
    }
}

/// Shows the public half only.
impl fmt::Debug for NoteSigner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "NoteSigner({})", self.vkey)
    }
}

/// The text of a checkpoint, if it reads back as that checkpoint.
fn sound_text(checkpoint: &Checkpoint) -> Result<String, Error> {
    let text = checkpoint.text();
    if Checkpoint::parse(&text)? != *checkpoint {
        return Err(Error::malformed(
            "checkpoint",
            "it does not read back as itself",
        ));
    }
    Ok(text)
}
