//! The envelope every record shares, and reading a record from its canonical bytes.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::arrangement::Arrangement;
use crate::attestation::Attestation;
use crate::commitment::Commitment;
use crate::coverage::CoverageStatement;
use crate::date::{Day, Instant};
use crate::fault::Fault;
use crate::federation::{FederationList, MemberKeys};
use crate::grant::CompetenceGrant;
use crate::import_rule::ImportRule;
use crate::notice::Notice;
use crate::participation::Participation;
use crate::reference::{Identity, RecordReference};
use crate::registration::Registration;
use crate::revocation::KeyRevocation;
use crate::standard::Standard;
use crate::status::StatusEvent;
use crate::takedown::Takedown;

mod read;
mod rules;
#[cfg(test)]
mod tests;

/// First `@context` entry of every record.
pub const CONTEXT_W3C: &str = "https://www.w3.org/ns/credentials/v2";
/// Second `@context` entry of an attestation.
pub const CONTEXT_UNTP: &str = "https://vocabulary.uncefact.org/untp/0.7.0/context/";
/// Last `@context` entry of every record.
pub const CONTEXT_COMITY: &str = "https://w3id.org/comity/v1";
/// The version of this model; grows by addition only.
pub const MODEL_VERSION: u32 = 1;
/// Largest body a publisher may log, in bytes.
pub const MAX_BODY_BYTES: usize = 256 * 1024;
/// Largest body of a `CompetenceGrant` or a `StatusEvent`, in bytes; also the most any reader holds.
pub const MAX_LARGE_BODY_BYTES: usize = 1024 * 1024;

/// Generic members of the W3C envelope that are kept and not read, and room for others.
pub(crate) const OPEN_ENVELOPE: [&str; 5] = [
    "credentialSchema",
    "credentialStatus",
    "description",
    "extension",
    "relatedResource",
];
/// UNTP members of an issuer that are kept and not read.
pub(crate) const OPEN_ISSUER: [&str; 2] = ["issuerAlsoKnownAs", "type"];
/// UNTP members of an attestation that are kept and not read.
pub(crate) const OPEN_UNTP: [&str; 7] = [
    "auditableEvidence",
    "authorisation",
    "conformityAssessment",
    "conformityCertificate",
    "profileScore",
    "referenceProfile",
    "trustmark",
];
/// The kinds of records.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub enum Kind {
    /// A statement of conformity or a result.
    Attestation,
    /// Who is competent for what.
    CompetenceGrant,
    /// What is recognised between whom.
    Arrangement,
    /// Who is in an arrangement.
    Participation,
    /// What happened to a record.
    StatusEvent,
    /// A party, its keys, what it may issue.
    Registration,
    /// A key ends.
    KeyRevocation,
    /// Who is in a federation.
    FederationList,
    /// An economy's online keys.
    MemberKeys,
    /// An edition of a standard or a regulation.
    Standard,
    /// What a destination asks for a product.
    ImportRule,
    /// Reports existed, their contents private.
    Commitment,
    /// A warning, a request for confirmation, a reply.
    Notice,
    /// A body is withheld.
    Takedown,
    /// Everything of a kind is here.
    CoverageStatement,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 15] = [
        Self::Attestation,
        Self::CompetenceGrant,
        Self::Arrangement,
        Self::Participation,
        Self::StatusEvent,
        Self::Registration,
        Self::KeyRevocation,
        Self::FederationList,
        Self::MemberKeys,
        Self::Standard,
        Self::ImportRule,
        Self::Commitment,
        Self::Notice,
        Self::Takedown,
        Self::CoverageStatement,
    ];

    /// The kind's name, as log entries say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Attestation => "Attestation",
            Self::CompetenceGrant => "CompetenceGrant",
            Self::Arrangement => "Arrangement",
            Self::Participation => "Participation",
            Self::StatusEvent => "StatusEvent",
            Self::Registration => "Registration",
            Self::KeyRevocation => "KeyRevocation",
            Self::FederationList => "FederationList",
            Self::MemberKeys => "MemberKeys",
            Self::Standard => "Standard",
            Self::ImportRule => "ImportRule",
            Self::Commitment => "Commitment",
            Self::Notice => "Notice",
            Self::Takedown => "Takedown",
            Self::CoverageStatement => "CoverageStatement",
        }
    }

    /// The kind's name in commands and file names: `competence-grant`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Attestation => "attestation",
            Self::CompetenceGrant => "competence-grant",
            Self::Arrangement => "arrangement",
            Self::Participation => "participation",
            Self::StatusEvent => "status-event",
            Self::Registration => "registration",
            Self::KeyRevocation => "key-revocation",
            Self::FederationList => "federation-list",
            Self::MemberKeys => "member-keys",
            Self::Standard => "standard",
            Self::ImportRule => "import-rule",
            Self::Commitment => "commitment",
            Self::Notice => "notice",
            Self::Takedown => "takedown",
            Self::CoverageStatement => "coverage-statement",
        }
    }

    /// The exact `type` array of the kind (format.md 1.1).
    pub fn types(self) -> &'static [&'static str] {
        match self {
            Self::Attestation => &[
                "VerifiableCredential",
                "DigitalConformityCredential",
                "ComityAttestation",
            ],
            Self::CompetenceGrant => &["VerifiableCredential", "ComityCompetenceGrant"],
            Self::Arrangement => &["VerifiableCredential", "ComityArrangement"],
            Self::Participation => &["VerifiableCredential", "ComityParticipation"],
            Self::StatusEvent => &["VerifiableCredential", "ComityStatusEvent"],
            Self::Registration => &["VerifiableCredential", "ComityRegistration"],
            Self::KeyRevocation => &["VerifiableCredential", "ComityKeyRevocation"],
            Self::FederationList => &["VerifiableCredential", "ComityFederationList"],
            Self::MemberKeys => &["VerifiableCredential", "ComityMemberKeys"],
            Self::Standard => &["VerifiableCredential", "ComityStandard"],
            Self::ImportRule => &["VerifiableCredential", "ComityImportRule"],
            Self::Commitment => &["VerifiableCredential", "ComityCommitment"],
            Self::Notice => &["VerifiableCredential", "ComityNotice"],
            Self::Takedown => &["VerifiableCredential", "ComityTakedown"],
            Self::CoverageStatement => &["VerifiableCredential", "ComityCoverageStatement"],
        }
    }

    /// The exact `@context` of the kind (format.md 1.2).
    pub fn context(self) -> &'static [&'static str] {
        match self {
            Self::Attestation => &[CONTEXT_W3C, CONTEXT_UNTP, CONTEXT_COMITY],
            _ => &[CONTEXT_W3C, CONTEXT_COMITY],
        }
    }

    /// Largest body of the kind that a publisher may log, in bytes.
    pub fn max_body_bytes(self) -> usize {
        match self {
            Self::CompetenceGrant | Self::StatusEvent => MAX_LARGE_BODY_BYTES,
            _ => MAX_BODY_BYTES,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or(())
    }
}

/// A record: the envelope and its subject. A view; the signed bytes are kept beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// `urn:uuid:` identifier; never reused, independent of any host.
    pub id: String,
    /// The signer.
    pub issuer: Issuer,
    /// Title.
    pub name: String,
    /// First second UTC of the legal validity; ignored by the verdict.
    pub valid_from: Instant,
    /// Last second UTC of the legal validity.
    pub valid_until: Option<Instant>,
    /// Our part of the envelope.
    pub comity: Envelope,
    /// What it says.
    pub subject: Subject,
}

/// What a record says, by kind.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each variant is the kind of its name")]
pub enum Subject {
    Attestation(Box<Attestation>),
    CompetenceGrant(Box<CompetenceGrant>),
    Arrangement(Box<Arrangement>),
    Participation(Box<Participation>),
    StatusEvent(Box<StatusEvent>),
    Registration(Box<Registration>),
    KeyRevocation(Box<KeyRevocation>),
    FederationList(Box<FederationList>),
    MemberKeys(Box<MemberKeys>),
    Standard(Box<Standard>),
    ImportRule(Box<ImportRule>),
    Commitment(Box<Commitment>),
    Notice(Box<Notice>),
    Takedown(Box<Takedown>),
    CoverageStatement(Box<CoverageStatement>),
}

impl Subject {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Attestation(_) => Kind::Attestation,
            Self::CompetenceGrant(_) => Kind::CompetenceGrant,
            Self::Arrangement(_) => Kind::Arrangement,
            Self::Participation(_) => Kind::Participation,
            Self::StatusEvent(_) => Kind::StatusEvent,
            Self::Registration(_) => Kind::Registration,
            Self::KeyRevocation(_) => Kind::KeyRevocation,
            Self::FederationList(_) => Kind::FederationList,
            Self::MemberKeys(_) => Kind::MemberKeys,
            Self::Standard(_) => Kind::Standard,
            Self::ImportRule(_) => Kind::ImportRule,
            Self::Commitment(_) => Kind::Commitment,
            Self::Notice(_) => Kind::Notice,
            Self::Takedown(_) => Kind::Takedown,
            Self::CoverageStatement(_) => Kind::CoverageStatement,
        }
    }
}

/// The signer of a record, as the record names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Issuer {
    /// DID.
    pub id: String,
    /// One of the names of its registration.
    pub name: String,
}

/// Our part of the envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// DID of the head authority of the signer's registration chain.
    pub authority: String,
    /// Language of texts without their own, as a BCP 47 tag.
    pub language: String,
    /// Version of the model it was written to.
    pub model_version: u32,
    /// The earlier record of the same issuer that it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<RecordReference>,
    /// Where an imported record comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported_from: Option<ImportedFrom>,
    /// On what ground it may be published abroad; required of attestations and notices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication_basis: Option<PublicationBasis>,
}

/// Where an imported record comes from (format.md 2.9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportedFrom {
    /// The register, by the name policies use.
    pub system: String,
    /// The row's identifier there.
    pub source_id: String,
    /// The day the register was fetched.
    pub fetched_on: Day,
    /// Whom the register attributes the record to.
    pub attributed_to: Attribution,
    /// Whether the source was signed; always false for now.
    pub source_signed: bool,
}

/// Whom a register attributes a record to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// URI or identifier in the register; not a DID of ours.
    pub id: String,
    /// Name.
    pub name: String,
    /// ISO 3166-1 alpha-2 codes of the economies it acts for; several for a joint programme.
    pub economies: Vec<String>,
}

/// On what ground a record may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum PublicationBasis {
    Law,
    SchemeRule,
    ClientConsent,
    OwnStatement,
}

/// A whole document as it stands in JSON, for reading and drafting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Document<S> {
    /// The kind's pinned context.
    #[serde(rename = "@context")]
    pub context: Vec<String>,
    /// Our part of the envelope.
    pub comity: Envelope,
    /// What it says.
    pub credential_subject: S,
    /// `urn:uuid:` identifier.
    pub id: String,
    /// The signer.
    pub issuer: Issuer,
    /// Title.
    pub name: String,
    /// The kind's types.
    #[serde(rename = "type")]
    pub types: Vec<String>,
    /// First second UTC of the legal validity.
    pub valid_from: Instant,
    /// Last second UTC of the legal validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Instant>,
    /// Data-integrity proof or proof set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<serde_json::Value>,
}

/// Why bytes could not be read as a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// A record of a kind this version does not know: to be held, not understood.
    UnknownKind(Vec<String>),
    /// A record of a known kind with a member missing or of the wrong form.
    Malformed(Fault),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKind(types) => {
                write!(f, "no known record kind has the type {types:?}")
            }
            Self::Malformed(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for ReadError {}

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(rename = "type", borrow)]
    types: Vec<std::borrow::Cow<'a, str>>,
}

/// The kind a document says it is, from its `type` alone.
///
/// # Errors
/// [`ReadError::UnknownKind`] for types of no known kind, `Malformed` where there is no `type`.
pub fn kind_of(bytes: &[u8]) -> Result<Kind, ReadError> {
    let head: Head<'_> = serde_json::from_slice(bytes).map_err(|error| {
        ReadError::Malformed(Fault::new(
            "/type",
            "type",
            format!("expected a JSON object with an array of types: {error}"),
        ))
    })?;
    Kind::ALL
        .into_iter()
        .find(|kind| kind.types().iter().eq(head.types.iter()))
        .ok_or_else(|| {
            ReadError::UnknownKind(
                head.types
                    .into_iter()
                    .map(std::borrow::Cow::into_owned)
                    .collect(),
            )
        })
}

impl Record {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.subject.kind()
    }

    /// Its identity: (authority, issuer, id).
    pub fn identity(&self) -> Identity {
        Identity {
            authority: self.comity.authority.clone(),
            issuer: self.issuer.id.clone(),
            id: self.id.clone(),
        }
    }

    /// Every fault against the field rules, each with its JSON pointer; empty if there is none.
    pub fn validate(&self) -> Vec<Fault> {
        rules::validate(self, &self.to_value())
    }

    /// The document without a proof, as a JSON value, for drafting and signing.
    pub fn to_value(&self) -> serde_json::Value {
        match &self.subject {
            Subject::Attestation(subject) => self.document_value(subject),
            Subject::CompetenceGrant(subject) => self.document_value(subject),
            Subject::Arrangement(subject) => self.document_value(subject),
            Subject::Participation(subject) => self.document_value(subject),
            Subject::StatusEvent(subject) => self.document_value(subject),
            Subject::Registration(subject) => self.document_value(subject),
            Subject::KeyRevocation(subject) => self.document_value(subject),
            Subject::FederationList(subject) => self.document_value(subject),
            Subject::MemberKeys(subject) => self.document_value(subject),
            Subject::Standard(subject) => self.document_value(subject),
            Subject::ImportRule(subject) => self.document_value(subject),
            Subject::Commitment(subject) => self.document_value(subject),
            Subject::Notice(subject) => self.document_value(subject),
            Subject::Takedown(subject) => self.document_value(subject),
            Subject::CoverageStatement(subject) => self.document_value(subject),
        }
    }

    fn document_value<S: Serialize>(&self, subject: &S) -> serde_json::Value {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        let document = Document {
            context: owned(self.kind().context()),
            comity: self.comity.clone(),
            credential_subject: subject,
            id: self.id.clone(),
            issuer: self.issuer.clone(),
            name: self.name.clone(),
            types: owned(self.kind().types()),
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            proof: None,
        };
        serde_json::to_value(document)
            .expect("record types serialise to JSON: every map key is a string")
    }
}
