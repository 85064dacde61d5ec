//! `ImportRule`: what a destination asks for a product, or accepts or refuses on its own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::attestation::AttestationKind;
use crate::date::{LegalDate, Period};
use crate::grant::GrantType;
use crate::party::{Contact, PartyReference};
use crate::product::CodeSelector;
use crate::standard::StandardReference;
use crate::text::LangString;

/// Most requirements of one rule.
pub const MAX_REQUIREMENTS: usize = 100;

/// The subject of an `ImportRule` record, signed by the destination's own authority.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportRule {
    /// The destination, as ISO 3166-1 alpha-2 code.
    pub economy: String,
    /// Title.
    pub title: LangString,
    /// The products it is about; all if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<CodeSelector>,
    /// What it does.
    pub effect: RuleEffect,
    /// What is asked, with `required`: all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Requirement>,
    /// The attestations accepted or refused, with `accepted` and `refused`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestations: Option<AttestationFilter>,
    /// The law it rests on.
    pub legal_basis: String,
    /// The office that answers questions about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// When it is in force.
    pub period: Period,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RuleEffect {
    /// Something is asked before the product may be placed on the market.
    Required,
    /// Nothing is asked.
    NothingRequired,
    /// Certain attestations are accepted, without reciprocity.
    Accepted,
    /// Certain attestations are refused.
    Refused,
}

/// One thing that is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Requirement {
    /// Id within the rule, `[a-z0-9-]+`.
    pub id: String,
    /// What sort of thing.
    pub sort: RequirementSort,
    /// In words.
    pub text: LangString,
    /// Which attestations answer it, with `attestation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<AttestationFilter>,
    /// The national deviation, with `deviation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<DeviationReference>,
    /// Languages asked for, as BCP 47 tags, with `language`; one suffices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
}

/// Sort of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RequirementSort {
    /// An attestation of conformity.
    Attestation,
    /// A clause of a standard in which the destination differs.
    Deviation,
    /// A mark on the product.
    Marking,
    /// Labels and instructions in a language.
    Language,
    /// A representative in the destination.
    LocalRepresentative,
    /// An entry in a register of the destination.
    Registration,
    /// Something else, in words.
    Other,
}

/// A clause of a standard in which an economy differs.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct DeviationReference {
    /// The economy that differs, as ISO 3166-1 alpha-2 code.
    pub economy: String,
    /// The standard.
    pub standard: StandardReference,
    /// The clause, as the standard numbers it.
    pub clause: String,
}

/// Which attestations are meant: closed predicates, all of which must hold. A list left empty
/// restricts nothing; of a list one suffices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttestationFilter {
    /// Kinds of attestation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<AttestationKind>,
    /// Standards stated; an edition left out means every edition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<StandardReference>,
    /// Regulations stated, as cited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regulations: Vec<String>,
    /// Schemes, by short code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schemes: Vec<String>,
    /// Who may issue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuers: Vec<PartyReference>,
    /// Economies for which the issuer acts, as ISO 3166-1 alpha-2 codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuer_economies: Vec<String>,
    /// Kinds of grant it must rely on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grant_types: Vec<GrantType>,
    /// The day from which on it must have been issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_from: Option<LegalDate>,
}
