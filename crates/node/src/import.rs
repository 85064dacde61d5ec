//! A register's spreadsheet to drafts of records: rows in, records and status events out.
//!
//! Three steps, none of which touches network, clock or key: [`Map::parse`] reads the mapping
//! file (documented in `docs/import/README.md`), [`read`] makes one record of each row or group
//! of rows (format.md 2.9), [`plan`] compares them with what is [`Known`] and says what to sign:
//! new records, revisions, status events. Signing and publishing is the caller's part.
//!
//! Wrong rows are left out and reported with line and column; nothing is guessed. Public texts
//! of arrangements are read by [`transcription::read`].

mod attestation;
pub mod dates;
mod event;
mod fields;
mod grant;
mod identity;
mod known;
mod levels;
mod map;
mod plan;
mod propose;
mod read;
pub(crate) mod table;
mod text;
pub mod transcription;
pub mod trusted_list;
mod value;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;

use comity_model::date::{Day, LegalDate};
use comity_model::record::Record;
use comity_model::status::ReasonCode;
use serde::Serialize;

pub use identity::{imported_id, subject_digest};
pub use known::{Known, KnownRow};
pub use map::{MAX_MAP_BYTES, Map, MapError, Standing};
pub use plan::{Conflict, EventCount, Plan, PlanError, Summary, plan};
pub use propose::{MAX_SAMPLE_ROWS, propose};
pub use read::read;
pub use table::{MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROWS, MAX_TABLE_BYTES};

/// The name under which [`read`] asks for the main table: side tables have the names that the
/// map gives them, the main one has none.
pub const MAIN_TABLE: &str = "";

/// Who imports, and when the register was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// DID of the importing signer.
    pub signer: String,
    /// One of its registered names.
    pub signer_name: String,
    /// DID of the head authority of its registration chain.
    pub authority: String,
    /// The day the register was fetched.
    pub fetched_on: Day,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub struct ImportedFile {
    /// The register.
    pub system: String,
    /// Who imports it, and when it was fetched.
    pub source: Source,
    /// One for each record, in the order of the file.
    pub rows: Vec<ImportedRow>,
    /// What is wrong with the rows that are left out.
    pub faults: Vec<RowFault>,
    /// Source ids of rows that are there but were refused: they have not vanished.
    pub refused_ids: BTreeSet<String>,
    /// Source ids of rows whose status word says that they are not to be published.
    pub left_out: BTreeSet<String>,
    /// How many there are of each.
    pub counts: Counts,
}

/// How many rows went where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Rows of the main table.
    pub rows: usize,
    /// Records made of them.
    pub records: usize,
    /// Rows left out because something is wrong with them.
    pub refused: usize,
    /// Rows that repeat another one to the letter, or belong to a group.
    pub merged: usize,
    /// Rows not to be published by their status word.
    pub left_out: usize,
}

/// One record made of a row, or of several.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedRow {
    /// The row's identifier in the register.
    pub source_id: String,
    /// The line of the file it begins on; the first where several rows made it.
    pub line: u64,
    /// The record, without a signature.
    pub record: Record,
    /// What the register says of it, where its map reads a status.
    pub state: Option<RowState>,
    /// The last day on which the register shows it alive; the day of issue if it shows none.
    pub alive_on: Day,
    /// The end of its validity is bounded by the day of the fetch only.
    pub end_observed: bool,
    /// Its day of issue is bounded by the day of the fetch only.
    pub issue_observed: bool,
    /// Days on which the register says it was updated.
    pub amended_on: BTreeSet<Day>,
}

/// What a register says of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowState {
    /// In our terms.
    pub standing: Standing,
    /// Why, where the map says.
    pub reason: Option<ReasonCode>,
    /// The register's own word.
    pub word: String,
    /// Since when, where the register says.
    pub since: Option<LegalDate>,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowFault {
    /// Line of the main file, from 1.
    pub line: u64,
    /// The column or columns to look at.
    pub column: String,
    /// What is wrong and what is expected.
    pub message: String,
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}", self.line, self.column, self.message)
    }
}

/// Why a whole file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum ImportError {
    #[error("{table} is no table: {reason}")]
    Table { table: String, reason: String },
    #[error("{table} has more than {most} {limit}")]
    Limit {
        table: String,
        limit: &'static str,
        most: usize,
    },
    #[error(
        "{key} names the column `{column}`, which {table} does not have{}",
        .nearest.as_ref().map_or(String::new(), |header| format!("; the nearest is `{header}`"))
    )]
    MissingColumn {
        table: String,
        key: String,
        column: String,
        nearest: Option<String>,
    },
    #[error("several columns of {table} read like `{column}`; name one exactly as it is written")]
    AmbiguousColumn { table: String, column: String },
}
