//! Verification keys in the spelling of C2SP `signed-note`.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};

use super::{MAX_TIME_UNIX, NoteSignature, VerifiedSignature};
use crate::{Error, text};

/// Most bytes of the name of a key: `tlog-cosignature` gives names one length
/// byte in its post-quantum form.
pub const MAX_KEY_NAME_BYTES: usize = 255;

/// What a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyType {
    /// 0x01: a log signs the text of its checkpoints.
    Log,
    /// 0x04: a cosigner signs a time and the text.
    Cosigner,
}

impl KeyType {
    /// The signature type byte of `signed-note`.
    pub fn byte(self) -> u8 {
        match self {
            Self::Log => 0x01,
            Self::Cosigner => 0x04,
        }
    }
}

/// A verification key: name, key id, type and public key.
///
/// The public key is admissible: canonical, not of small order and free of
/// torsion, so that no two verifiers can differ about its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vkey {
    name: String,
    key_id: [u8; 4],
    key_type: KeyType,
    key: VerifyingKey,
}

impl Vkey {
    /// The key of that name and type.
    ///
    /// # Errors
    /// [`Error::KeyRefused`] for a key that is not admissible,
    /// [`Error::Malformed`] or [`Error::TooLarge`] for the name.
    pub fn new(name: &str, key_type: KeyType, public_key: &[u8; 32]) -> Result<Self, Error> {
        if name.len() > MAX_KEY_NAME_BYTES {
            let limit = MAX_KEY_NAME_BYTES as u64;
            return Err(Error::TooLarge {
                what: "bytes of a key name",
                limit,
            });
        }
        if !is_key_name(name) || name.contains(char::is_control) {
            return Err(Error::malformed(
                "key name",
                "it is empty, or has a space or a plus",
            ));
        }
        let key = admissible(public_key).ok_or_else(|| Error::KeyRefused {
            name: name.to_owned(),
            why: "it is not an admissible Ed25519 key",
        })?;
        let key_id = key_id(name, key_type, public_key);
        Ok(Self {
            name: name.to_owned(),
            key_id,
            key_type,
            key,
        })
    }

    /// Reads `<name>+<8 hex of the key id>+<base64 of type and public key>`.
    ///
    /// # Errors
    /// As [`Vkey::new`]; [`Error::KeyRefused`] also for other types of keys
    /// and for a key id that is not the one of name and key.
    pub fn parse(vkey: &str) -> Result<Self, Error> {
        let refused = |why| Error::malformed("vkey", why);
        let mut parts = vkey.splitn(3, '+');
        let (Some(name), Some(key_id), Some(key)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(refused("it is not name+id+key"));
        };
        let key_id: [u8; 4] =
            text::lower_hex(key_id).ok_or(refused("the key id is not 8 lower-case hex digits"))?;
        let bytes = text::base64(key).ok_or(refused("the key is not base64"))?;
        let (byte, public_key) = bytes.split_first().ok_or(refused("the key is empty"))?;
        let key_type = [KeyType::Log, KeyType::Cosigner]
            .into_iter()
            .find(|key_type| key_type.byte() == *byte)
            .ok_or_else(|| Error::KeyRefused {
                name: name.to_owned(),
                why: "its type is neither 0x01 nor 0x04",
            })?;
        let public_key = public_key
            .try_into()
            .map_err(|_| refused("the key is not 32 bytes"))?;
        let vkey = Self::new(name, key_type, public_key)?;
        if vkey.key_id != key_id {
            return Err(Error::KeyRefused {
                name: vkey.name,
                why: "its key id is another key's",
            });
        }
        Ok(vkey)
    }

    /// The name: of a log, its origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of SHA-256(name, newline, type, public key).
    pub fn key_id(&self) -> [u8; 4] {
        self.key_id
    }

    /// What it signs.
    pub fn key_type(&self) -> KeyType {
        self.key_type
    }

    /// The Ed25519 public key.
    pub fn public_key(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// The same name and public key as a cosigner: the line by which a log
    /// dates its own entries (`dated_by = "self"`, `docs/format.md` 3.6).
    #[must_use]
    pub fn as_cosigner(&self) -> Self {
        let key_type = KeyType::Cosigner;
        let key_id = key_id(&self.name, key_type, self.public_key());
        Self {
            key_id,
            key_type,
            ..self.clone()
        }
    }

    /// Whether a line claims to be by this key.
    pub(super) fn is_named_by(&self, line: &NoteSignature) -> bool {
        line.key_id == self.key_id && line.name == self.name
    }

    /// Verifies a line over `text`, strictly (RFC 8032 with the stricter rule
    /// of `verify_strict`).
    pub(super) fn verify_line(
        &self,
        text: &str,
        line: &NoteSignature,
    ) -> Option<VerifiedSignature> {
        let (time_unix, signature) = match self.key_type {
            KeyType::Log => (None, line.blob.as_slice()),
            KeyType::Cosigner => {
                let (time, signature) = line.blob.split_first_chunk::<8>()?;
                (Some(u64::from_be_bytes(*time)), signature)
            }
        };
        if time_unix.is_some_and(|time_unix| time_unix > MAX_TIME_UNIX) {
            return None;
        }
        let message = time_unix.map(|time_unix| cosigned_message(text, time_unix));
        let message = message.as_deref().unwrap_or(text);
        let signature = Signature::from_bytes(signature.try_into().ok()?);
        self.key
            .verify_strict(message.as_bytes(), &signature)
            .ok()?;
        Some(VerifiedSignature {
            vkey: self.clone(),
            time_unix,
        })
    }
}

impl fmt::Display for Vkey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[self.key_type.byte()], self.public_key().as_slice()].concat();
        let (id, key) = (hex::encode(self.key_id), text::to_base64(&key));
        write!(formatter, "{}+{id}+{key}", self.name)
    }
}

impl FromStr for Vkey {
    type Err = Error;

    fn from_str(vkey: &str) -> Result<Self, Error> {
        Self::parse(vkey)
    }
}

/// Whether `signed-note` allows the name: not empty, no space, no plus.
pub(super) fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|symbol: char| symbol == '+' || symbol.is_whitespace())
}

/// What a cosigner signs (`tlog-cosignature`, Ed25519 signed message).
pub(super) fn cosigned_message(text: &str, time_unix: u64) -> String {
    format!("cosignature/v1\ntime {time_unix}\n{text}")
}

fn key_id(name: &str, key_type: KeyType, public_key: &[u8; 32]) -> [u8; 4] {
    let hash = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', key_type.byte()])
        .chain_update(public_key)
        .finalize();
    let [first, second, third, fourth, ..] = crate::Hash::from(hash);
    [first, second, third, fourth]
}

fn admissible(public_key: &[u8; 32]) -> Option<VerifyingKey> {
    let key = VerifyingKey::from_bytes(public_key).ok()?;
    let point = key.to_edwards();
    let canonical = point.compress().as_bytes() == public_key;
    (canonical && !point.is_small_order() && point.is_torsion_free()).then_some(key)
}
