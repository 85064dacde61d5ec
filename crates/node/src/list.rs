//! Lists of certificates: read from a spreadsheet, and the answers written beside what was asked.
//!
//! The same for the command line and for pages: what a column is called, what a row asks, and what
//! the answer file looks like. Asking is the caller's: [`Asked`] is a question, [`RowAnswer`] its
//! answer in a row.
//!
//! The design decision: the cells of a list are kept as they were given, byte for byte of their
//! text, and every answer stands in columns of its own whose names begin with `comity_`; so an
//! answer file is a list again, and can be checked anew and compared.

mod answer;
mod ask;
mod columns;
mod everyday;
mod read;
#[cfg(test)]
mod tests;

pub use answer::{ANSWER_COLUMNS, Change, Changes, RowAnswer, result_word, sentences};
pub use ask::{Asked, Defaults, RowFault, economy};
pub use columns::Column;
pub use read::{List, ListError, Row};

/// How much of a list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes.
    pub bytes: usize,
    /// Most rows that ask something.
    pub rows: usize,
}

impl Limits {
    /// Of a list sent to a page: a thousand rows are answered while a person waits.
    pub const UPLOAD: Self = Self {
        bytes: 1024 * 1024,
        rows: 1_000,
    };
    /// Of a file on one's own machine: as many as one batch of the interface takes, and more than
    /// a person reads.
    pub const FILE: Self = Self {
        bytes: 64 * 1024 * 1024,
        rows: 100_000,
    };
}

/// Most columns of a list; a file of another kind read as CSV shows itself here.
pub const MAX_LIST_COLUMNS: usize = 200;
/// Longest cell that is asked about, in characters (as `MAX_TEXT_CHARS` of a question).
pub const MAX_ASKED_CHARS: usize = 2_000;
