//! Key files: PKCS#8 PEM with an explanatory line. Format v1, section 6.

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, KeypairBytes};

use super::Error;
use crate::did;

/// The longest key file that is read: 16 KiB, where a key needs 200 bytes and
/// the rest is for explanatory text.
pub const MAX_PEM_BYTES: usize = 16 * 1024;

const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";
const DID_LABEL: &str = "comity-did:";

/// Writes the seed alone (RFC 8410, section 7, version 1): older OpenSSL does
/// not read files that carry the public key as well.
pub(super) fn write(key: &SigningKey, did: &str) -> String {
    let bytes = KeypairBytes {
        secret_key: key.to_bytes(),
        public_key: None,
    };
    let pem = bytes
        .to_pkcs8_pem(LineEnding::LF)
        .expect("a seed of 32 bytes always fits into PKCS#8");
    match did::check(did) {
        Ok(()) => format!("{DID_LABEL} {did}\n{}", pem.as_str()),
        Err(_) => pem.as_str().to_owned(),
    }
}

/// Reads the one key of a file, and the DID of the line before it.
///
/// RFC 7468, section 2, lets explanatory text stand around the key, so all
/// other lines are skipped.
pub(super) fn read(text: &str) -> Result<(Option<String>, SigningKey), Error> {
    if text.len() > MAX_PEM_BYTES {
        return Err(Error::Pem);
    }
    let (explanation, rest) = text.split_once(BEGIN).ok_or(Error::Pem)?;
    let (body, after) = rest.split_once(END).ok_or(Error::Pem)?;
    if body.contains(BEGIN) || after.contains(BEGIN) {
        return Err(Error::Pem);
    }
    let mut dids = explanation
        .lines()
        .filter_map(|line| line.strip_prefix(DID_LABEL));
    let did = dids.next().map(str::trim);
    if dids.next().is_some() {
        return Err(Error::PemDid("there are two such lines; keep one"));
    }
    if let Some(did) = did {
        did::check(did).map_err(Error::PemDid)?;
    }
    let start = explanation.len();
    let end = text.len() - after.len();
    let pem = text.get(start..end).ok_or(Error::Pem)?;
    let key = SigningKey::from_pkcs8_pem(pem).map_err(|_| Error::Pem)?;
    Ok((did.map(str::to_owned), key))
}
