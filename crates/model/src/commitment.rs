//! `Commitment`: reports with these numbers and contents existed on this day; the contents stay
//! with the laboratory.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Day;

/// Most reports of one commitment; a body of that many stays within the limit of bodies.
pub const MAX_COMMITTED_REPORTS: usize = 2_000;

/// The subject of a `Commitment` record, signed by the laboratory whose reports they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Commitment {
    /// The reports, each number once.
    pub reports: Vec<CommittedReport>,
}

/// A report as it is committed to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommittedReport {
    /// Number as printed.
    pub number: String,
    /// The day it was issued.
    pub issued_on: Day,
    /// Salted digest of its content (format.md 1.18): without the salt nothing can be learned of
    /// the content from it, nor a guess be checked.
    pub digest: String,
}
