//! Where is it kept? Log entries, tiles, signed heads, record bodies and the keys
//! under which they are looked up, in SQLite (the default) or PostgreSQL.
//!
//! The one key decision: **one SQL text for both engines** and one set of
//! migrations, in the subset that both share (and that Citus can spread over
//! machines). So there is one [`Store`] with two engines inside, no storage trait
//! and no second schema that could drift.
//!
//! Bodies come back byte for byte. A batch of entries, tiles and records is
//! committed with the new head of its log in one transaction
//! ([`Store::append`]); whoever is killed in the middle leaves nothing behind.
//!
//! Out of scope: what a record says (`comity-model`), how roots, tiles and
//! checkpoints are computed and signed (`comity-tlog`), when to append and what to
//! ask (`comity-node`), free-text search (`comity-search`). The store reads no
//! clock: every time is an argument, in whole UTC seconds.

mod among;
mod append;
mod batch;
mod body;
mod cosigned;
mod engine;
mod error;
mod log;
mod mirror;
mod record;
mod row;
mod sql;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod tree;
mod withheld;

pub use batch::{
    Batch, Identifier, MAX_BODY_BYTES, MAX_ENTRY_BYTES, MAX_NAME_BYTES, MAX_TILE_HASHES,
    MAX_VALUE_BYTES, NewEntry, NewRecord, NewTile, SubjectKey,
};
pub use cosigned::{CosignatureRow, Cosigned, ForkRow};
pub use error::Error;
pub use mirror::{Followed, FollowedState, InvalidRecord, MissingBody, MissingReason, Mode};
pub use row::{Head, KeptHead, KindCount, Place, RecordRow};
pub use withheld::{FederationRow, Withheld};

use engine::Engine;

/// A SHA-256 value: a record digest, a leaf or a Merkle root.
pub type Hash = [u8; 32];

/// Where one node keeps its logs and records.
///
/// Cheap to clone; clones share their connections. Readers never wait for the
/// writer. Its files or tables are meant for one version of the program at a time.
#[derive(Debug, Clone)]
pub struct Store {
    engine: Engine,
}

impl Store {
    /// Opens the database at `url` and brings its tables up to date.
    ///
    /// `sqlite:///absolute/file.sqlite` (made when missing), `sqlite::memory:` (one
    /// connection, gone when the last clone is) or `postgres://user@host/database`.
    /// A PostgreSQL database must be in UTF-8 and sort by bytes (the C collation), so
    /// that both engines order text alike, and must commit synchronously.
    ///
    /// # Errors
    /// [`Error::Setup`] says what is wrong with the URL or the database and how to put
    /// it right; [`Error::Unwritable`] and [`Error::Unavailable`] as everywhere.
    pub async fn open(url: &str) -> Result<Self, Error> {
        let engine = Engine::open(url).await?;
        Ok(Self { engine })
    }

    /// Closes all connections once their work is done.
    pub async fn close(&self) {
        self.engine.close().await;
    }

    /// Every SQL statement that the store can send, by name. For statements of many
    /// rows each size is listed.
    pub fn sql_statements() -> Vec<(&'static str, String)> {
        sql::all()
    }
}

#[cfg(test)]
mod tests;
