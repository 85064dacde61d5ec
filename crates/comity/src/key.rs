//! Who signs: a key in a file, or one that never leaves its token.
//!
//! Everything that signs takes a [`Key`]; where the secret lies is decided once, by what stands
//! behind `--key`.

mod token;
mod uri;

use std::path::Path;

use anyhow::Result;
use comity_node::config;
use comity_signature::canonical::Limits;
use comity_signature::data_integrity;
use comity_signature::key::{SigningKey, VerifyingKey};

pub(crate) use self::token::Token;
use crate::exit::Failure;

/// A key that can sign.
#[derive(Debug)]
pub(crate) enum Key {
    /// Read from a file.
    File(SigningKey),
    /// Held by a PKCS#11 token.
    Token(Token),
}

impl Key {
    /// Its public half.
    pub(crate) fn verifying_key(&self) -> VerifyingKey {
        match self {
            Self::File(key) => key.verifying_key(),
            Self::Token(token) => token.verifying_key(),
        }
    }

    /// The canonical document with a proof by `did` under this key (format.md 1.16).
    pub(crate) fn sign(
        &self,
        document: &[u8],
        did: &str,
        created: Option<&str>,
        limits: &Limits,
    ) -> Result<Vec<u8>> {
        match self {
            Self::File(key) => Ok(data_integrity::sign(document, did, key, created, limits)?),
            Self::Token(token) => {
                let public = token.verifying_key();
                data_integrity::sign_with(document, did, &public, created, limits, |message| {
                    token.sign(message)
                })
            }
        }
    }
}

impl From<SigningKey> for Key {
    fn from(key: SigningKey) -> Self {
        Self::File(key)
    }
}

/// A key and the DID it signs for.
#[derive(Debug)]
pub(crate) struct NamedKey {
    /// Whose key it is.
    pub(crate) did: String,
    /// The key.
    pub(crate) key: Key,
}

/// The key that `--key` names: a PEM file, which must say whose key it is, or a `pkcs11:` URI.
pub(crate) fn read_key(named: &str) -> Result<NamedKey> {
    if named.starts_with(uri::SCHEME) {
        let uri = uri::Uri::parse(named)?;
        let did = uri.did.clone();
        let key = Key::Token(Token::open(&uri)?);
        return Ok(NamedKey { did, key });
    }
    let (did, key) = config::read_key_and_did(Path::new(named))?;
    let Some(did) = did else {
        return Err(
            Failure::unreadable(format!("{named} does not say whose key it is"))
                .help("write a line `comity-did: did:web:...` before -----BEGIN PRIVATE KEY-----")
                .into(),
        );
    };
    let key = key.into();
    Ok(NamedKey { did, key })
}
