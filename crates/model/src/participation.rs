//! `Participation`: who is in an arrangement, in which role and chapter, since when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Period;
use crate::party::PartyReference;
use crate::text::LangString;

/// The subject of a `Participation` record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Participation {
    /// The arrangement: its id and the authority its record is published under.
    pub arrangement: ArrangementName,
    /// Who is in.
    pub participant: Participant,
    /// In which roles.
    pub roles: Vec<ParticipationRole>,
    /// In which chapters (ids); in all if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chapters: Vec<String>,
    /// When.
    pub period: Period,
    /// What the participant declares as a destination.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declaration: Option<Declaration>,
    /// What it asks besides, as a destination, each in words; makes the result conditional.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub additional_requirements: Vec<LangString>,
    /// Version of the arrangement it joined or accepted; the newest if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrangement_version: Option<u64>,
    /// On whose word.
    pub asserted_by: AssertedBy,
    /// Where it was read, in a transcription.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcription: Option<crate::arrangement::Transcription>,
}

/// The name of an arrangement: the pair (authority, id).
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct ArrangementName {
    /// DID of the authority under which its record is published.
    pub authority: String,
    /// `<DID>#<slug>`.
    pub id: String,
}

/// Who is in an arrangement.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Participant {
    /// An economy, by ISO 3166-1 alpha-2 code.
    Economy(String),
    /// A body, such as an accreditation body in an MLA.
    Party(PartyReference),
}

/// Role in an arrangement.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the arrangements' own terms")]
pub enum ParticipationRole {
    Signatory,
    Authorising,
    Consuming,
    IssuingAuthority,
    Utilizer,
    Associate,
    DesignatingAuthority,
    Member,
}

/// What a destination declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Declaration {
    Accept,
    AcceptWithConditions,
    NotAccept,
}

/// On whose word a participation rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum AssertedBy {
    /// The arrangement's secretariat.
    Secretariat,
    /// The participant itself.
    Participant,
    /// The authority of another party.
    Peer,
    /// One who transcribed a public text.
    Transcriber,
}
