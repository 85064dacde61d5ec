//! One record as the index sees it.

use serde::{Deserialize, Serialize};

/// Longest single text that is analysed; the rest is cut. Long scopes of accreditation are some
/// ten thousand characters.
pub const MAX_TEXT_CHARS: usize = 20_000;
/// Characters of all texts of one document that are analysed, so that a body of the largest size
/// cannot hold up the follower.
pub const MAX_DOCUMENT_CHARS: usize = 200_000;
/// Longest number, standard, DID or other code that is indexed; the rest is cut.
pub const MAX_CODE_CHARS: usize = 256;
/// Most texts, numbers, standards, product codes or economies of one document; more are left out.
pub const MAX_LIST_ENTRIES: usize = 2_000;

/// What a record says, flattened for search by the node.
///
/// Every value is taken as it comes: what is too long is cut, controls and bidirectional marks are
/// stripped (`format.md` 1.8), and nothing in a document can make indexing fail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Record digest: the key. A document with the same digest replaces the one before.
    pub digest: [u8; 32],
    /// The record's id, a URN or URL.
    pub id: String,
    /// Kind as in the format: `Attestation`, `CompetenceGrant`, ...
    pub kind: String,
    /// Origin of the log in which the record stands.
    pub origin: String,
    /// Position in that log.
    pub position: u64,
    /// Names, products, scope; in any script.
    pub texts: Vec<Text>,
    /// Names of holder, issuer and makers.
    pub parties: Vec<Text>,
    /// Certificate, model and article numbers as printed.
    pub numbers: Vec<String>,
    /// Standards as `ISO 9001:2015` or `ISO 9001`; the form without edition is added here.
    pub standards: Vec<String>,
    /// Names of goods for which no code of the HS is declared: probable ones are derived.
    pub goods: Vec<Text>,
    /// HS codes, with or without dots.
    pub hs: Vec<String>,
    /// Codes of economies concerned.
    pub economies: Vec<String>,
    /// Codes of the economies for which the issuer acts.
    pub issuer_economies: Vec<String>,
    /// DID of the issuer.
    pub issuer: Option<String>,
    /// Name of the issuer, as registered.
    pub issuer_name: Option<String>,
    /// DID or other identifier of the holder.
    pub holder: Option<String>,
    /// DID of the body that granted the issuer's competence, or this grant.
    pub grantor: Option<String>,
    /// Scheme of conformity assessment.
    pub scheme: Option<String>,
    /// Kind of attestation: `productCertificate`, `testReport`, ...
    pub attestation: Option<String>,
    /// Who says for which economies the issuer acts, as [`crate::Way::sides`] names them.
    pub sides: Vec<String>,
    /// Every name of the scheme, as [`crate::Way::schemes`] are written.
    pub schemes: Vec<String>,
    /// Standards without their editions, as [`crate::Way::designations`] are written.
    pub designations: Vec<String>,
    /// Projected status; a filter and a count, never an answer (`format.md` section 5).
    pub status: String,
    /// Last day on which `status` is known to hold, in days since 1970-01-01; without it no day is
    /// known on which it changes.
    pub status_until: Option<i32>,
    /// First legal day, in days since 1970-01-01; without it the record is valid from ever.
    pub valid_from: Option<i32>,
    /// Last legal day, in days since 1970-01-01; without it the record does not end.
    pub valid_until: Option<i32>,
    /// Day of issue, in days since 1970-01-01.
    pub issued_on: Option<i32>,
    /// When it was first logged, in seconds since 1970-01-01T00:00:00Z.
    pub logged_at: Option<i64>,
    /// Year under which the record is counted.
    pub year: Option<i32>,
}

/// A projected status, and until when it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// As [`Document::status`].
    pub word: String,
    /// As [`Document::status_until`].
    pub until: Option<i32>,
}

/// A text and the language it is tagged with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// BCP 47 tag; only the primary language is looked at. Without it the script decides.
    pub language: Option<String>,
    /// The text itself.
    pub value: String,
    /// How much a word found here counts.
    pub weight: Weight,
}

/// How much a word found in a text counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Weight {
    /// A name or title.
    Title,
    /// Anything longer.
    #[default]
    Body,
}
