//! What can go wrong in a node, by what the caller can do about it.

use comity_model::fault::Fault;
use serde::Serialize;

/// Why a node could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed or is not to be had.
    #[error(transparent)]
    Store(#[from] comity_store::Error),
    /// The search index failed.
    #[error("the search index: {0}")]
    Search(#[from] comity_search::Error),
    /// Log hashes, keys or notes that do not fit.
    #[error("the log: {0}")]
    Log(#[from] comity_tlog::Error),
    /// A file that cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A configuration, key or policy file that says something impossible; the text says where.
    #[error("{0}")]
    Setup(String),
    /// Another process writes to this log.
    #[error("{0}")]
    Busy(String),
    /// The node takes no more records until somebody looks at it; reading goes on.
    #[error("this node takes no records at present: {0}")]
    ReadOnly(String),
    /// The question itself cannot be read.
    #[error("{detail}")]
    Question {
        /// The parameter.
        parameter: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// Another node or service could not be reached, or answered something unusable.
    #[error("{0}")]
    Remote(String),
}

impl Error {
    pub(crate) fn file(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::File {
            path: path.display().to_string(),
            source,
        }
    }
}

/// Why a record was not taken. Nothing of it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Which check refused it.
    pub reason: RefusalReason,
    /// Every fault found by that check.
    pub faults: Vec<Fault>,
}

/// The check that refused a record, from the cheapest to the dearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum RefusalReason {
    /// Too large, too deep, or not JSON in canonical form.
    Form,
    /// Members or field rules.
    Rules,
    /// No valid signature, or proofs not in the published form.
    Signature,
    /// The signer is not registered, or not for this.
    Registration,
    /// Another document stands under the same identity.
    Conflict,
}

impl Refusal {
    /// A refusal with one fault.
    pub fn one(reason: RefusalReason, fault: Fault) -> Self {
        Self {
            reason,
            faults: vec![fault],
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}
