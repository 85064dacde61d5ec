//! How records point at each other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a record is, wherever it is kept: (authority, issuer, id) (format.md 1.4).
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Identity {
    /// DID of the head authority of the signer's registration chain.
    pub authority: String,
    /// DID of the signer.
    pub issuer: String,
    /// `urn:uuid:` identifier of the record.
    pub id: String,
}

/// A reference to one document of one identity.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub struct RecordReference {
    /// DID of the head authority of the signer's registration chain.
    pub authority: String,
    /// DID of the signer.
    pub issuer: String,
    /// `urn:uuid:` identifier of the record.
    pub id: String,
    /// Document digest: SHA-256 of the canonical document without `proof`, as `u...` multibase.
    pub digest_multibase: String,
}

impl RecordReference {
    /// The identity it points at.
    pub fn identity(&self) -> Identity {
        Identity {
            authority: self.authority.clone(),
            issuer: self.issuer.clone(),
            id: self.id.clone(),
        }
    }
}

/// A reference between imported records: the newest revision known of that row (format.md 2.9).
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub struct SourceReference {
    /// DID of the importing signer.
    pub signer: String,
    /// The register the row comes from.
    pub system: String,
    /// The row's identifier there.
    pub source_id: String,
}

/// A reference to a native or an imported record.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(untagged)]
pub enum Reference {
    /// One document of one identity.
    Record(RecordReference),
    /// The newest revision of an imported row.
    Source(SourceReference),
}

/// Whether `text` is `urn:uuid:` and a lower-case UUID.
pub fn is_record_id(text: &str) -> bool {
    text.strip_prefix("urn:uuid:").is_some_and(|uuid| {
        uuid.len() == 36
            && uuid.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
            })
    })
}

/// Whether `text` is a digest as records carry it: `u` and base64url of 0x12 0x20 and 32 bytes.
pub fn is_digest_multibase(text: &str) -> bool {
    use base64::Engine as _;
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    text.strip_prefix('u')
        .and_then(|digits| engine.decode(digits).ok())
        .is_some_and(|bytes| bytes.len() == 34 && bytes.starts_with(&[0x12, 0x20]))
}
