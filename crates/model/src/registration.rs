//! `Registration`: a party, its keys, and what it may issue, said by its parent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::attestation::AttestationKind;
use crate::date::{Instant, Period};
use crate::party::{Contact, Identifier};
use crate::record::Kind;
use crate::text::LangString;

/// Most keys of one registration: more would only slow every verification down.
pub const MAX_KEYS: usize = 32;

/// The subject of a `Registration` record. Its issuer is the parent: the authority, or an
/// accreditation body that the authority registered with `mandate.mayRegister`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
    /// DID of the registered party.
    pub id: String,
    /// 1, 2, ... for this (parent, party); only the highest known counts (format.md 2.3).
    pub version: u64,
    /// Every name it may publish under.
    pub names: LangString,
    /// ISO 3166-1 alpha-2 codes of the economies it is a body of.
    pub economies: Vec<String>,
    /// What it does.
    pub roles: Vec<Role>,
    /// Identifiers in other registers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// All keys valid from this version on.
    pub keys: Vec<RegisteredKey>,
    /// What it may issue.
    pub mandate: Mandate,
    /// The office to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// When the registration holds.
    pub period: Period,
    /// Rows of other registers that are this party, asserted by the signer (format.md 2.9).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<SameAs>,
}

/// A key and the instants between which it may sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RegisteredKey {
    /// Ed25519 public key as multikey (`z6Mk...`).
    pub key: String,
    /// May sign from this instant; from the registration's logged time if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Instant>,
    /// May sign until this instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// What a registered party may issue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Mandate {
    /// Record kinds.
    pub kinds: Vec<Kind>,
    /// Kinds of attestation; all if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attestation_kinds: Vec<AttestationKind>,
    /// Whether it may register bodies below it (accreditation bodies).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_register: bool,
}

/// A row of another register that is the same party.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SameAs {
    /// The other register.
    pub system: String,
    /// The party's identifier there.
    pub source_id: String,
}

/// What a party does, in the words of ISO/IEC 17000.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the standard's own terms")]
pub enum Role {
    AccreditationBody,
    CertificationBody,
    Laboratory,
    InspectionBody,
    MetrologyInstitute,
    DesignatingAuthority,
    Regulator,
    MarketSurveillance,
    Customs,
    SchemeOwner,
    Secretariat,
    ValidationVerificationBody,
    ProficiencyTestingProvider,
    ReferenceMaterialProducer,
    Biobank,
}

/// Whether `text` has the shape of an Ed25519 multikey: `z6Mk` and 44 base58 letters. Whether it
/// is a point of the curve is for `comity-signature` to say.
pub fn is_multikey(text: &str) -> bool {
    text.len() == 48
        && text.starts_with("z6Mk")
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l'))
}
