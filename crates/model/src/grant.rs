//! `CompetenceGrant`: accreditation, designation, notification and their like: who is competent
//! for what, where, since when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::{LegalDate, Period};
use crate::level::Level;
use crate::party::NamedParty;
use crate::product::CodeSelector;
use crate::standard::StandardReference;
use crate::text::LangString;

/// The subject of a `CompetenceGrant` record. Its issuer is the grantor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CompetenceGrant {
    /// What kind of grant.
    pub grant_type: GrantType,
    /// Who grants.
    pub grantor: NamedParty,
    /// Who is competent.
    pub grantee: NamedParty,
    /// ISO 3166-1 alpha-2 codes of the economies it counts for: the economy that decides is
    /// this, never the issuer's address.
    pub economies: Vec<String>,
    /// Number as printed.
    pub number: String,
    /// What competence was assessed against, such as ISO/IEC 17025:2017.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<StandardReference>,
    /// Activities granted.
    pub activities: Vec<Activity>,
    /// When it holds.
    pub period: Period,
    /// The dates were inferred from what the source shows, not stated by it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub period_inferred: bool,
    /// First grant of the chain of renewals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initial_on: Option<LegalDate>,
    /// Whether the scope is closed.
    #[serde(default)]
    pub flexibility: Flexibility,
    /// What it covers. Each item has its own period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scope: Vec<ScopeItem>,
    /// Arrangement chapters it was made under, as `<arrangement>/<chapter>`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub under_chapters: Vec<String>,
}

/// Kind of grant.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the field's own terms")]
pub enum GrantType {
    Accreditation,
    Designation,
    Notification,
    Cmc,
    PeerAssessment,
    SchemeMembership,
    Approval,
}

/// Conformity assessment activity (GAC MRA scopes and ours).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the field's own terms")]
pub enum Activity {
    Testing,
    Calibration,
    MedicalTesting,
    Inspection,
    MsCertification,
    ProductCertification,
    PersonCertification,
    Validation,
    Verification,
    PtProvision,
    RmProduction,
    Biobanking,
    TypeApproval,
    Permit,
}

/// Whether the body may extend its scope by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Flexibility {
    /// Only what is listed.
    #[default]
    Fixed,
    /// Methods may vary within the listed kind.
    FlexibleMethod,
    /// Products may vary within the listed kind.
    FlexibleProduct,
}

/// One item of a scope. A member left out says nothing: it neither includes nor excludes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScopeItem {
    /// Id within the grant.
    pub id: String,
    /// What it covers, in words.
    #[serde(default, skip_serializing_if = "LangString::is_empty")]
    pub description: LangString,
    /// Activities; those of the grant if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// Standards it covers; an edition left out covers every edition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<StandardReference>,
    /// Products it covers, by code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<CodeSelector>,
    /// Industry sectors, in the accreditation body's own code (IAF, NACE).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<String>,
    /// Highest level it covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_level: Option<Level>,
    /// The list is complete: a product or standard it does not name is excluded. Without this
    /// an item excludes nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exhaustive: bool,
    /// When it holds; the grant's period if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}
