//! Was it published, unchanged? Entries, Merkle trees, tiles, checkpoints,
//! cosignatures, receipts, the witness rule and fork evidence of a Comity log.
//!
//! The formats are C2SP `tlog-tiles`, `tlog-checkpoint`, `signed-note`,
//! `tlog-cosignature` and `tlog-proof` over RFC 6962 hashes; only the entry
//! line ([`entry`]) and the rules of logged time ([`time`]) are our own
//! (`docs/format.md`, section 3).
//!
//! *In scope:* bytes in, bytes out. *Out of scope:* storing tiles
//! (`comity-store`), fetching them and reading a clock (`comity-node`), and
//! whether a published record counts (`comity-recognition`). The crate reads
//! no clock, file, network, environment or random source.
//!
//! The one design decision: what has not been verified cannot be mistaken for
//! what has. A [`checkpoint::VerifiedCheckpoint`] is made only by
//! [`checkpoint::open`], a [`receipt::Included`] only by
//! [`receipt::Receipt::verify`].

pub mod bundle;
pub mod checkpoint;
pub mod entry;
mod error;
pub mod fork;
pub mod note;
pub mod origin;
pub mod receipt;
mod text;
pub mod tile;
pub mod time;
pub mod tree;
pub mod witness;

#[cfg(test)]
mod vectors;

pub use error::Error;

/// A SHA-256 hash: of an entry, of a subtree, of a record.
pub type Hash = [u8; 32];
