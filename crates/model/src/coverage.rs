//! `CoverageStatement`: a publisher's promise that everything of a kind is here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::{Day, Period};
use crate::party::PartyReference;
use crate::record::Kind;

/// Most issuers of one statement.
pub const MAX_COVERED_ISSUERS: usize = 1_000;

/// Longest time within which records are promised to be published, in hours: a year.
pub const MAX_WITHIN_HOURS: u64 = 8_784;

/// The subject of a `CoverageStatement` record: what of these kinds these issuers have issued since
/// a day is published within so many hours. Signed by the issuer itself or by its head authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CoverageStatement {
    /// Kinds of record.
    pub kinds: Vec<Kind>,
    /// Whose records.
    pub issuers: Vec<PartyReference>,
    /// The day of issue from which on nothing is missing.
    pub since: Day,
    /// Hours from the end of the day of issue within which a record is published.
    pub within_hours: u64,
    /// The days of issue for which the promise is given.
    pub period: Period,
}
