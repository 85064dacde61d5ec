//! `KeyRevocation`: a key ends before its time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Instant;

/// The subject of a `KeyRevocation` record, signed by the party's parent. For compromise and
/// emergencies; ordinary rotation is a new version of the `Registration` (format.md 2.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyRevocation {
    /// DID of the party whose key ends.
    pub id: String,
    /// The key, as multikey.
    pub key: String,
    /// Why it ends.
    pub reason: RevocationReason,
    /// The key signs nothing that counts from this instant on. Before the revocation's own
    /// logged time it is honoured for compromise only, else clamped.
    pub effective_from: Instant,
}

/// Why a key ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RevocationReason {
    /// Another key took its place.
    Superseded,
    /// The body ceased.
    Ceased,
    /// Somebody else may hold it.
    KeyCompromise,
}
