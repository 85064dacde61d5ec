//! `Attestation`: a statement of conformity or a result, by a conformity assessment body.
//!
//! The subject is a UNTP Digital Conformity Credential 0.7.0 `ConformityAttestation`; what UNTP
//! has no member for stands in its `comity` member.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::LegalDate;
use crate::grant::Activity;
use crate::import_rule::DeviationReference;
use crate::level::Level;
use crate::party::NamedParty;
use crate::product::ProductCode;
use crate::reference::{RecordReference, Reference};
use crate::standard::StandardReference;
use crate::text::LangString;

/// The subject of an `Attestation` record: the members of UNTP that are read, and ours.
/// Further UNTP members are kept in the signed bytes and ignored here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attestation {
    /// Always `["ConformityAttestation"]` (UNTP 0.7.0).
    #[serde(rename = "type")]
    pub untp_type: Vec<String>,
    /// The body's own URI of this certificate.
    pub id: String,
    /// Title as printed.
    pub name: String,
    /// What it is about, in the record's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Independence of the assessor, as claimed (UNTP code list); shown, never decides.
    pub assessor_level: String,
    /// Assurance over the assessor, as claimed (UNTP code list); shown, never decides.
    pub assessment_level: String,
    /// UNTP's kind of attestation.
    pub attestation_type: String,
    /// The holder.
    pub issued_to_party: UntpParty,
    /// The scheme it was made under.
    pub reference_scheme: UntpNamed,
    /// What UNTP has no member for.
    pub comity: AttestationDetails,
}

/// A UNTP `Party`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UntpParty {
    /// `["Party"]`.
    #[serde(rename = "type", default, skip_serializing_if = "Vec::is_empty")]
    pub untp_type: Vec<String>,
    /// URI of the party.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Identifier in a business register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered_id: Option<String>,
}

/// A UNTP object of which only the name and the URI are read, such as `ConformityScheme`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UntpNamed {
    /// Its UNTP type.
    #[serde(rename = "type", default, skip_serializing_if = "Vec::is_empty")]
    pub untp_type: Vec<String>,
    /// URI.
    pub id: String,
    /// Name.
    pub name: String,
}

/// Our part of an attestation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttestationDetails {
    /// Kind of attestation, finer than UNTP's.
    pub comity_kind: AttestationKind,
    /// Number as printed; not unique by itself.
    pub certificate_number: String,
    /// Revision as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_number: Option<String>,
    /// The legal days.
    pub legal_dates: LegalDates,
    /// Whether a result (report) also states conformity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement_of_conformity: Option<bool>,
    /// Whether the law asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regime: Option<Regime>,
    /// Short code of the scheme, as arrangements name it: `CC`, `FIPS140`, `IECEE-CB`...
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// Names of the holder in further languages and scripts.
    #[serde(default, skip_serializing_if = "LangString::is_empty")]
    pub holder_names: LangString,
    /// Who makes the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manufacturer: Option<NamedParty>,
    /// Where it is made; if any is listed, goods from elsewhere are not covered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub factories: Vec<NamedParty>,
    /// The grants it relies on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<GrantReliance>,
    /// Standards whose fulfilment it states.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<StandardReference>,
    /// Regulations whose fulfilment it states, as cited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regulations: Vec<String>,
    /// Profiles (protection profiles, product profiles) it states exact conformance with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<String>,
    /// Scope in words.
    #[serde(default, skip_serializing_if = "LangString::is_empty")]
    pub scope_statement: LangString,
    /// What was assessed.
    pub objects: Vec<ConformityObject>,
    /// Reports and certificates it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub based_on: Vec<BasedOn>,
    /// National deviations whose fulfilment it states besides the standards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deviations_covered: Vec<DeviationReference>,
    /// Level reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Arrangements its holder or issuer claims it falls under; compared, never believed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claimed_arrangements: Vec<String>,
    /// Conditions of use, limits and caveats.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions_of_use: Vec<LangString>,
    /// The source's own word for its status, kept beside ours in an imported record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_status: Option<String>,
}

/// The days that count in law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LegalDates {
    /// The day it was issued.
    pub issued_on: LegalDate,
    /// First day of validity; the day of issue if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<LegalDate>,
    /// Last day of validity; open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<LegalDate>,
    /// The day the first revision was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_issued_on: Option<LegalDate>,
    /// The day the procedure that led to it began; transition rules may turn on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure_began_on: Option<LegalDate>,
}

/// A grant the attestation relies on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GrantReliance {
    /// The grant.
    pub grant: Reference,
    /// Ids of the scope items relied on; all of the grant's if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scope_items: Vec<String>,
}

/// One object of conformity assessment (ISO/IEC 17000, 4.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConformityObject {
    /// What it is.
    pub object_type: ObjectType,
    /// Names, in the languages the issuer gave.
    pub names: LangString,
    /// Brand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// Model numbers: exact, or with one trailing `*`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub model_numbers: Vec<String>,
    /// GTINs of 8, 12, 13 or 14 digits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gtins: Vec<String>,
    /// Serial numbers of single items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub serial_numbers: Vec<String>,
    /// Lots or batches of a consignment; only these are covered if any is listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<String>,
    /// How much of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// Classification codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub product_codes: Vec<ProductCode>,
    /// Product classes or technical domains, in the scheme's own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// ISO 3166-1 alpha-2 code of origin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

impl ConformityObject {
    /// An object of that type with a name in one language and nothing else said.
    pub fn named(object_type: ObjectType, names: LangString) -> Self {
        Self {
            object_type,
            names,
            brand: None,
            model_numbers: Vec::new(),
            gtins: Vec::new(),
            serial_numbers: Vec::new(),
            lots: Vec::new(),
            quantity: None,
            product_codes: Vec::new(),
            categories: Vec::new(),
            origin: None,
        }
    }
}

/// A quantity with its unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// Decimal as text, `-?\d+(\.\d+)?`.
    pub value: String,
    /// UCUM code.
    pub unit: String,
}

impl Quantity {
    /// As a paper and an address write it: `40 kg`.
    pub fn to_parameter(&self) -> String {
        format!("{} {}", self.value, self.unit)
    }

    /// A quantity as an address writes it; `None` unless it is a decimal, a space and a unit.
    ///
    /// ```
    /// use comity_model::attestation::Quantity;
    /// assert_eq!(Quantity::of_parameter("0.5 t").unwrap().unit, "t");
    /// assert_eq!(Quantity::of_parameter("much"), None);
    /// ```
    pub fn of_parameter(text: &str) -> Option<Self> {
        let (value, unit) = text.split_once(' ')?;
        let is_unit = !unit.is_empty() && !unit.contains(' ');
        (is_unit && is_decimal(value)).then(|| Self {
            value: value.to_owned(),
            unit: unit.to_owned(),
        })
    }
}

/// `-?\d+(\.\d+)?` (format.md 1.7).
pub(crate) fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(text),
    }
}

/// A report or certificate that this one rests on: by reference, or by laboratory and number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BasedOn {
    /// What it is to this attestation.
    pub role: EvidenceRole,
    /// The record, where it is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordReference>,
    /// Its issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<NamedParty>,
    /// Its number as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The day it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<LegalDate>,
}

/// What a piece of evidence is to an attestation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum EvidenceRole {
    TestReport,
    Inspection,
    Audit,
    ComponentCertificate,
}

/// Whether the law asks for an attestation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Regime {
    Mandatory,
    Voluntary,
    Private,
}

/// What is assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the standard's own terms")]
pub enum ObjectType {
    Product,
    Process,
    Service,
    System,
    Person,
    Installation,
    Body,
    Consignment,
}

/// Kind of attestation.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the field's own terms")]
pub enum AttestationKind {
    ProductCertificate,
    TypeExamination,
    TypeApproval,
    MsCertificate,
    PersonCertificate,
    TestReport,
    InspectionReport,
    InspectionCertificate,
    CalibrationCertificate,
    RefMaterialCertificate,
    PtReport,
    VvStatement,
    Declaration,
    Permit,
    ConsignmentCertificate,
    ShipmentCertificate,
}

impl AttestationKind {
    /// The activities whose grant covers issuing it; one of them suffices.
    pub fn activities(self) -> &'static [Activity] {
        match self {
            Self::ProductCertificate | Self::TypeExamination => &[Activity::ProductCertification],
            Self::TypeApproval => &[Activity::TypeApproval, Activity::ProductCertification],
            Self::MsCertificate => &[Activity::MsCertification],
            Self::PersonCertificate => &[Activity::PersonCertification],
            Self::TestReport => &[Activity::Testing, Activity::MedicalTesting],
            Self::InspectionReport
            | Self::InspectionCertificate
            | Self::ConsignmentCertificate
            | Self::ShipmentCertificate => &[Activity::Inspection],
            Self::CalibrationCertificate => &[Activity::Calibration],
            Self::RefMaterialCertificate => &[Activity::RmProduction],
            Self::PtReport => &[Activity::PtProvision],
            Self::VvStatement => &[Activity::Validation, Activity::Verification],
            Self::Permit => &[Activity::Permit],
            Self::Declaration => &[],
        }
    }

    /// UNTP's `attestationType` for it.
    pub fn untp_type(self) -> &'static str {
        match self {
            Self::TestReport | Self::PtReport => "testing",
            Self::InspectionReport
            | Self::InspectionCertificate
            | Self::ConsignmentCertificate
            | Self::ShipmentCertificate => "inspection",
            Self::CalibrationCertificate | Self::RefMaterialCertificate => "calibration",
            Self::VvStatement => "verification",
            Self::Declaration => "declaration",
            Self::ProductCertificate
            | Self::Permit
            | Self::TypeApproval
            | Self::TypeExamination
            | Self::MsCertificate
            | Self::PersonCertificate => "certification",
        }
    }
}
