//! What comes back from the tables.

use crate::engine::Row;
use crate::{Error, Hash, body};

/// The newest head of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The log.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Merkle root of those entries.
    pub root: Hash,
    /// The signed checkpoint that says so.
    pub note: Vec<u8>,
    /// When it was written, in UTC seconds.
    pub updated_at: i64,
}

/// One of the heads ever signed for a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptHead {
    /// Number of entries it covers.
    pub size: u64,
    /// When it was written, in UTC seconds.
    pub signed_at: i64,
    /// The signed checkpoint.
    pub note: Vec<u8>,
}

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Record digest.
    pub digest: Hash,
    /// The log.
    pub origin: String,
    /// Log index there.
    pub position: u64,
}

/// How many records of a kind are held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindCount {
    /// The kind.
    pub kind: String,
    /// How many.
    pub count: u64,
}

/// A record without its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    /// Record digest.
    pub digest: Hash,
    /// Digest of the canonical document without proof.
    pub document_digest: Hash,
    /// `Attestation`, `StatusEvent`, ...
    pub kind: String,
    /// DID of the authority that answers for the issuer.
    pub authority: String,
    /// DID of the signer.
    pub issuer: String,
    /// `urn:uuid:...`
    pub id: String,
    /// The log in which this node first held it, except where a look-up goes by log:
    /// then that log.
    pub origin: String,
    /// Its place there.
    pub position: u64,
    /// When this node first received it, in UTC seconds; 0: its body never came, and its names are
    /// what the order says that took it down.
    pub received_at: i64,
    /// First second of its legal dates.
    pub valid_from: Option<i64>,
    /// Last second of its legal dates.
    pub valid_until: Option<i64>,
}

impl Head {
    pub(crate) fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            origin: row.text("log", "origin")?,
            size: row.unsigned("log", "size")?,
            root: row.hash("log", "root")?,
            note: row.bytes("log", "note")?,
            updated_at: row.integer("log", "updated_at")?,
        })
    }
}

impl KeptHead {
    pub(crate) fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            size: row.unsigned("log_head", "size")?,
            signed_at: row.integer("log_head", "signed_at")?,
            note: row.bytes("log_head", "note")?,
        })
    }
}

impl Place {
    pub(crate) fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            digest: row.hash("entry", "digest")?,
            origin: row.text("entry", "origin")?,
            position: row.unsigned("entry", "position")?,
        })
    }
}

impl KindCount {
    pub(crate) fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            kind: row.text("record", "kind")?,
            count: row.unsigned("record", "records")?,
        })
    }
}

impl RecordRow {
    /// Whether its names were read from its own bytes.
    pub fn was_held(&self) -> bool {
        self.received_at != 0
    }

    pub(crate) fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            digest: row.hash("record", "digest")?,
            document_digest: row.hash("record", "document_digest")?,
            kind: row.text("record", "kind")?,
            authority: row.text("record", "authority")?,
            issuer: row.text("record", "issuer")?,
            id: row.text("record", "id")?,
            origin: row.text("record", "origin")?,
            position: row.unsigned("record", "position")?,
            received_at: row.integer("record", "received_at")?,
            valid_from: row.optional("record", "valid_from")?,
            valid_until: row.optional("record", "valid_until")?,
        })
    }
}

/// The body of a row that selects its three columns; `None`: taken down, or never
/// held.
pub(crate) fn body(row: &Row) -> Result<Option<Vec<u8>>, Error> {
    let Some(bytes) = row.optional("record", "body")? else {
        return Ok(None);
    };
    let encoding = row.integer("record", "body_encoding")?;
    let length = row.unsigned("record", "body_length")?;
    body::decoded(encoding, length, bytes, || row.describe()).map(Some)
}
