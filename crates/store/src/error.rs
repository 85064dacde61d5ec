//! What can go wrong, sorted by what the caller can do about it.

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No log of this origin is kept here: create it first.
    #[error("no log {origin} is kept here")]
    UnknownLog {
        /// The origin asked for.
        origin: String,
    },
    /// The head is no longer the one the batch was built on: another writer was
    /// faster. Nothing was written. Stop signing, read the head again.
    #[error("the head of the log has moved: another writer appended first")]
    HeadMoved,
    /// Another process holds the lease of this log. Nothing was written.
    #[error("the log is being written by {holder} until {until} (UTC seconds)")]
    LeaseHeld {
        /// Who holds it.
        holder: String,
        /// From which second it may be taken over.
        until: i64,
    },
    /// The lease named in the batch is held by nobody: it was released. Nothing was
    /// written; acquire it again.
    #[error("the lease of the log was released; acquire it again before writing")]
    LeaseLost,
    /// Something with the same key is there already, such as a record that is logged
    /// twice in one log. Nothing was written.
    #[error("already there: {constraint}")]
    Conflict {
        /// The key that would have been there twice, as the database names it.
        constraint: String,
    },
    /// The batch contradicts itself. Nothing was written; a fault of the caller.
    #[error("the batch contradicts itself: {reason}")]
    Contradiction {
        /// What does not fit together.
        reason: String,
    },
    /// A value is longer than its limit. Nothing was written.
    #[error("{what} has {length} bytes, more than {limit}")]
    TooLong {
        /// Which value.
        what: &'static str,
        /// Its length in bytes.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// The database holds something that this program did not write. Restore from a
    /// backup or a mirror.
    #[error("inconsistent data in {table}.{column}, row {row}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The first column of the row, readable.
        row: String,
    },
    /// The database can be read but not written: full or read-only. Nothing was
    /// written; make room or give permission, then start again.
    #[error("the database cannot be written (disk full, or read-only): {reason}")]
    Unwritable {
        /// In the words of the database.
        reason: String,
    },
    /// The database cannot be used as it is set up; the text says what to change.
    #[error("{0}")]
    Setup(String),
    /// The database does not answer or refused for another reason. After an append
    /// it is not known whether it was written: read the head again.
    #[error("the database is unavailable: {0}")]
    Unavailable(#[source] sqlx::Error),
}

impl Error {
    /// Whether the database asks to run the whole transaction again: SQLSTATE 40001
    /// (serialisation failure) and 40P01 (deadlock). SQLite has neither code.
    pub(crate) fn asks_for_retry(&self) -> bool {
        let Self::Unavailable(sqlx::Error::Database(error)) = self else {
            return false;
        };
        error
            .code()
            .is_some_and(|code| matches!(&*code, "40001" | "40P01"))
    }
}
