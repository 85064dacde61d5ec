//! What is appended in one transaction, and its limits.

use std::borrow::Cow;

use crate::mirror::{InvalidRecord, MissingBody};
use crate::row::Head;
use crate::{Error, Hash};

/// The longest body, in bytes: a mirror holds any kind up to this (format, limits).
pub const MAX_BODY_BYTES: usize = 1 << 20;

/// The longest log entry, in bytes: a bundle gives its length in 16 bits (C2SP
/// tlog-tiles).
pub const MAX_ENTRY_BYTES: usize = 65_535;

/// The most hashes in one tile (C2SP tlog-tiles).
pub const MAX_TILE_HASHES: usize = 256;

/// The longest origin, DID, id, kind, scheme or holder, in bytes. A DID has at most
/// 200; three of them must fit in an index row of PostgreSQL (2,704 bytes).
pub const MAX_NAME_BYTES: usize = 512;

/// The longest identifier value or reference target kept, in bytes; longer ones are
/// cut here when written and when looked up. They come from strangers' records, must
/// fit in an index row, and must never stop a follower.
pub const MAX_VALUE_BYTES: usize = 1024;

/// Entries, tiles and records to be committed together with the head that covers
/// them.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The log.
    pub origin: String,
    /// Who writes. With a name, the lease of the log must be held under it; without,
    /// nobody may hold it.
    pub holder: Option<String>,
    /// Size and root on which the batch was built: the head must still be this one.
    pub before: (u64, Hash),
    /// The new head. With no entries: the same size and root, signed again. An empty note stands
    /// for a size between two checkpoints of a foreign log, and is not kept as a head.
    pub after: Head,
    /// The new entries, by position, without gaps from `before`.
    pub entries: Vec<NewEntry>,
    /// Every tile that is new or has grown.
    pub tiles: Vec<NewTile>,
    /// The records that the entries log. One that this node holds already (from
    /// another log) is given all the same: its entry must find its digest.
    pub records: Vec<NewRecord>,
    /// Records of a foreign log whose body is not to be had.
    pub missing: Vec<MissingBody>,
    /// Records held that no verdict may rest on.
    pub invalid: Vec<InvalidRecord>,
}

/// One log entry.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Log index, from 0.
    pub position: u64,
    /// The entry itself, at most [`MAX_ENTRY_BYTES`].
    pub entry: Vec<u8>,
    /// Its leaf hash.
    pub leaf: Hash,
    /// Digest of the record that it logs, where that stands in another batch or nowhere: a body
    /// that is missing, withheld or not wanted. Records of this batch need not be named.
    pub digest: Option<Hash>,
}

/// One tile, whole as it is now.
#[derive(Debug, Clone)]
pub struct NewTile {
    /// 0: leaves.
    pub level: u8,
    /// N of `/tile/<L>/<N>`.
    pub index: u64,
    /// 1 to [`MAX_TILE_HASHES`] hashes of 32 bytes, left to right.
    pub hashes: Vec<u8>,
}

/// One record with everything under which it is looked up.
#[derive(Debug, Clone)]
pub struct NewRecord {
    /// The entry of the same batch that logs it.
    pub position: u64,
    /// Record digest: SHA-256 of `body`.
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
    /// The bytes as received, at most [`MAX_BODY_BYTES`].
    pub body: Vec<u8>,
    /// When this node first received it.
    pub received_at: i64,
    /// First second of its legal dates.
    pub valid_from: Option<i64>,
    /// Last second of its legal dates.
    pub valid_until: Option<i64>,
    /// Numbers under which people look for it.
    pub identifiers: Vec<Identifier>,
    /// For a status event: whom it acts on.
    pub subjects: Vec<SubjectKey>,
    /// Names it points at, to be found by [`crate::Store::by_reference`].
    pub references: Vec<String>,
}

/// A number of some scheme, in the form in which it is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// What kind of number it is.
    pub scheme: String,
    /// Exact or normalised; cut at [`MAX_VALUE_BYTES`].
    pub value: String,
}

/// The identity that a status event acts on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectKey {
    /// Authority of the record acted on.
    pub authority: String,
    /// Its issuer.
    pub issuer: String,
    /// Its id.
    pub id: String,
    /// Place in the signer's chain of events on it, from 1.
    pub sequence: u64,
}

impl Batch {
    /// Checks what the database could not: that positions, sizes and digests belong
    /// together and every value keeps its limit.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let (size, root) = self.before;
        if self.after.origin != self.origin {
            return contradiction("the new head is of another log");
        }
        let grown = size.checked_add(self.entries.len() as u64);
        if grown != Some(self.after.size) {
            return contradiction("the new size is not the old one plus the entries");
        }
        if self.entries.is_empty() && self.after.root != root {
            return contradiction("another root without an entry");
        }
        for (expected, entry) in (size..=u64::MAX).zip(&self.entries) {
            if entry.position != expected {
                return contradiction("the entries do not follow each other");
            }
            within("a log entry", entry.entry.len(), MAX_ENTRY_BYTES)?;
        }
        for tile in &self.tiles {
            let hashes = tile.hashes.len() / 32;
            if tile.hashes.is_empty() || !tile.hashes.len().is_multiple_of(32) {
                return contradiction("a tile does not consist of hashes");
            }
            within("a tile", hashes * 32, MAX_TILE_HASHES * 32)?;
        }
        let mut last = None;
        for record in &self.records {
            if !(size..self.after.size).contains(&record.position) {
                return contradiction("a record is logged by no entry of the batch");
            }
            if last.is_some_and(|last| last >= record.position) {
                return contradiction("the records are not in the order of the entries");
            }
            last = Some(record.position);
            record.check()?;
        }
        Ok(())
    }
}

impl NewRecord {
    pub(crate) fn check(&self) -> Result<(), Error> {
        within("a body", self.body.len(), MAX_BODY_BYTES)?;
        name("a kind", &self.kind)?;
        name("an authority", &self.authority)?;
        name("an issuer", &self.issuer)?;
        name("an id", &self.id)
    }
}

/// Checks a name that is kept whole: its length, and that PostgreSQL can hold it.
pub(crate) fn name(what: &'static str, name: &str) -> Result<(), Error> {
    if name.contains('\0') {
        return contradiction("a name contains U+0000");
    }
    within(what, name.len(), MAX_NAME_BYTES)
}

/// A stranger's text as it is kept in an index: without U+0000, which PostgreSQL
/// cannot hold, and cut at `limit` bytes between two characters.
pub(crate) fn projected(text: &str, limit: usize) -> Cow<'_, str> {
    let text = if text.contains('\0') {
        Cow::Owned(text.replace('\0', ""))
    } else {
        Cow::Borrowed(text)
    };
    let end = text.floor_char_boundary(limit);
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(..end).unwrap_or(text)),
        Cow::Owned(mut text) => {
            text.truncate(end);
            Cow::Owned(text)
        }
    }
}

fn within(what: &'static str, length: usize, limit: usize) -> Result<(), Error> {
    if length > limit {
        return Err(Error::TooLong {
            what,
            length,
            limit,
        });
    }
    Ok(())
}

fn contradiction(reason: &str) -> Result<(), Error> {
    Err(Error::Contradiction {
        reason: reason.to_owned(),
    })
}

#[cfg(test)]
mod tests;
