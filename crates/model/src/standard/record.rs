//! `Standard`: an edition of a standard or a regulation, what it takes the place of, and what it
//! adopts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::{LegalDate, Period};
use crate::text::LangString;

use super::StandardReference;

/// Most editions, amendments or adoptions that one record names.
pub const MAX_RELATED: usize = 100;

/// Longest number of a clause in characters; the longest known name a clause, a table and a note.
pub const MAX_CLAUSE_CHARS: usize = 100;

/// The subject of a `Standard` record, signed by a standards body, an authority or a secretariat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Standard {
    /// Publisher, number and edition.
    pub standard: StandardReference,
    /// What it is.
    pub sort: StandardSort,
    /// Title.
    pub title: LangString,
    /// Economies where it is in force or published, as ISO 3166-1 alpha-2 codes; none for an
    /// international one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub economies: Vec<String>,
    /// When it is in force: until it was withdrawn, if it was.
    pub period: Period,
    /// The editions it takes the place of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<ReplacedEdition>,
    /// What it amends, where it is an amendment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amends: Vec<StandardReference>,
    /// What it adopts (ISO/IEC Guide 21-1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adopts: Vec<Adoption>,
    /// Codes of the International Classification for Standards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ics: Vec<String>,
}

/// What a `Standard` record describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the field's own terms")]
pub enum StandardSort {
    Standard,
    TechnicalRegulation,
    Method,
    Scheme,
}

/// An earlier edition, and how long it still counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplacedEdition {
    /// The earlier edition.
    pub standard: StandardReference,
    /// The last day on which it still counts beside this one; the day before this one begins if
    /// absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coexists_until: Option<LegalDate>,
}

/// A standard adopted nationally or regionally.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Adoption {
    /// What is adopted, with its edition.
    pub standard: StandardReference,
    /// How closely.
    pub correspondence: Correspondence,
    /// Where it differs, with `MOD`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deviations: Vec<Deviation>,
}

/// Degree of correspondence (ISO/IEC Guide 21-1, clause 4).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub enum Correspondence {
    /// Identical.
    #[serde(rename = "IDT")]
    Identical,
    /// Modified: the technical deviations are identified and explained.
    #[serde(rename = "MOD")]
    Modified,
    /// Not equivalent.
    #[serde(rename = "NEQ")]
    NotEquivalent,
}

/// A technical deviation from the standard adopted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Deviation {
    /// The clause, as the adopted standard numbers it.
    pub clause: String,
    /// Whether more, less or something else is asked.
    pub sort: DeviationSort,
    /// In words.
    pub text: LangString,
}

/// What a deviation does (ISO/IEC Guide 21-1, 4.3): whoever fulfils the one text need not fulfil
/// the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DeviationSort {
    /// The adoption asks for more: who fulfils it fulfils the standard adopted.
    More,
    /// The adoption asks for less: who fulfils the standard adopted fulfils it.
    Less,
    /// The adoption asks for something else.
    Other,
}
