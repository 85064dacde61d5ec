//! `Takedown`: the body of a record is withheld on a legal ground (format.md 3.5).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::reference::Identity;

/// The kinds of records that can be taken down: others decide about others' rights.
pub const TAKEN_DOWN_KINDS: [&str; 3] = ["Attestation", "Commitment", "Notice"];

/// The subject of a `Takedown` record, signed by an authority itself. Of the log's authority it
/// voids that entry, of the record's own it ends the document everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Takedown {
    /// `comity.authority` of the record.
    pub authority: String,
    /// DID of its signer.
    pub issuer: String,
    /// Its `urn:uuid:`.
    pub id: String,
    /// Its kind: `Attestation`, `Commitment` or `Notice`.
    pub kind: String,
    /// Its record digest, as `u...` multibase.
    pub record_digest: String,
    /// Its document digest, as `u...` multibase.
    pub document_digest: String,
    /// The law or order it rests on.
    pub legal_basis: String,
}

impl Takedown {
    /// The record that is taken down.
    pub fn identity(&self) -> Identity {
        Identity {
            authority: self.authority.clone(),
            issuer: self.issuer.clone(),
            id: self.id.clone(),
        }
    }
}
