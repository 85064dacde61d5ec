//! `Arrangement`: what is recognised, to what degree, in which direction, up to which level,
//! from when to when. In chapters, each judged by itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::attestation::AttestationKind;
use crate::date::{Day, LegalDate, Period};
use crate::grant::{Activity, GrantType};
use crate::level::LevelRule;
use crate::participation::ParticipationRole;
use crate::party::{PartyReference, is_did, is_slug};
use crate::product::CodeSelector;
use crate::standard::StandardReference;
use crate::text::LangString;

/// Most signers of an arrangement.
pub const MAX_SIGNERS: usize = 15;

/// The subject of an `Arrangement` record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Arrangement {
    /// `<DID of the secretariat or first signer>#<slug>`; with the record's authority it names
    /// the arrangement (format.md 2.4).
    pub id: String,
    /// 1, 2, ...; a revision adds one and `replaces` the version before.
    pub version: u64,
    /// Title.
    pub title: LangString,
    /// How it is cited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
    /// What sort of arrangement.
    pub arrangement_type: ArrangementType,
    /// What it binds by.
    pub legal_nature: LegalNature,
    /// Who must sign it, all of them.
    pub signers: Vec<PartyReference>,
    /// Who may sign participations besides each party itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secretariat: Option<PartyReference>,
    /// ISO 3166-1 alpha-2 codes of the parties; information only: participations say who is in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// Its parts.
    pub chapters: Vec<Chapter>,
    /// Present where this is a transcription of a public text, not the parties' own act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcription: Option<Transcription>,
}

/// Where a transcribed text was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Transcription {
    /// Name under which a policy names the system it was transcribed from.
    pub system: String,
    /// The text read.
    pub source: String,
    /// The day it was read.
    pub read_on: Day,
    /// Its licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// What stands here but not in the source, and on whose knowledge.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_in_source: Vec<String>,
}

/// Sort of arrangement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are the field's own terms")]
pub enum ArrangementType {
    GovernmentMra,
    AccreditationMla,
    MetrologyMra,
    CertificationSystem,
    CertificateRecognition,
    HarmonisedRegime,
    Equivalence,
    Unilateral,
    BilateralAuthority,
}

/// What an arrangement binds by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum LegalNature {
    Treaty,
    Agreement,
    NonBindingArrangement,
    PrivateMultilateral,
    UnilateralMeasure,
}

/// One part of an arrangement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Chapter {
    /// Id within the arrangement, `[a-z0-9-]+`; its full name is `<arrangement id>/<id>`.
    pub id: String,
    /// Title.
    pub title: LangString,
    /// Whether it works.
    pub phase: Phase,
    /// What the importing side undertakes.
    pub degree: Degree,
    /// How firmly.
    pub obligation: Obligation,
    /// Whose results count where.
    pub direction: Direction,
    /// Whose requirements were applied.
    pub requirements_basis: RequirementsBasis,
    /// What it covers.
    pub coverage: Coverage,
    /// Levels it recognises; all if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<LevelRule>,
    /// Who may issue.
    #[serde(default)]
    pub issuer_eligibility: IssuerEligibility,
    /// What the destination's participation must say.
    #[serde(default)]
    pub acceptor: Acceptor,
    /// Still to be done by the importer, each in words; makes the result conditional.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<LangString>,
    /// When it is in force.
    pub period: Period,
    /// Attestations issued before this day are not covered; any day if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_from: Option<LegalDate>,
    /// What becomes of attestations issued under it once it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_end: Option<AfterEnd>,
}

/// Whether a chapter works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Phase {
    ConfidenceBuilding,
    Operational,
    Suspended,
    Lapsed,
    Repealed,
}

/// What the importing side undertakes, from the least to the most.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "camelCase")]
pub enum Degree {
    /// Treats the other side's accreditations as equal.
    Competence,
    /// Accepts reports, still issues its own approval.
    Results,
    /// Accepts the other side's certificate as its own.
    Certificates,
    /// Lists the other side's bodies, who work to the importer's rules.
    Bodies,
    /// What is lawful there is lawful here.
    Rules,
}

/// How firmly the importing side is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Obligation {
    ShallAccept,
    ShallAcceptOrJustify,
    ShallPromoteAcceptance,
    MayAccept,
}

/// Whose rules were applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum RequirementsBasis {
    Importer,
    Exporter,
    CommonStandard,
    Equivalent,
}

/// Whose results count where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Direction {
    /// The pattern.
    pub mode: DirectionMode,
    /// With `declaredPairs` and `oneWay`: the pairs that count. Otherwise none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<DirectedPair>,
    /// Pairs that do not count although the pattern would include them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<DirectedPair>,
}

/// Pattern of a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DirectionMode {
    /// Every participant recognises every other.
    Mutual,
    /// Participants in a producing role are recognised by all.
    ProducerToAll,
    /// Only the pairs listed.
    DeclaredPairs,
    /// Only the pairs listed, without reciprocity.
    OneWay,
}

/// Results of `from` count in `to`, within a period. An empty list means every participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DirectedPair {
    /// Economies that issue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// Economies that recognise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// When; as long as the chapter if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}

/// What a chapter covers. A list left empty restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// Kinds of attestation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attestation_kinds: Vec<AttestationKind>,
    /// Schemes, by short code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schemes: Vec<String>,
    /// Products, by code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<CodeSelector>,
    /// Product classes or technical domains, in the scheme's own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Standards; an edition left out covers every edition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<StandardReference>,
    /// Regulations, as cited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regulations: Vec<String>,
    /// Profiles with which exact conformance is asked; one trailing `*` allowed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<String>,
}

/// Who may issue under a chapter. A list left empty restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IssuerEligibility {
    /// Roles that the issuer's economy must have in the arrangement; one suffices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participant_roles: Vec<ParticipationRole>,
    /// Kinds of grant the attestation must rely on; one suffices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grant_types: Vec<GrantType>,
    /// Activities that grant must include; one suffices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// What the grant must have been assessed against; one suffices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<StandardReference>,
    /// The grantor must itself participate in this chapter, `<arrangement id>/<chapter id>` (an
    /// accreditation MLA).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grantor_in: Option<String>,
    /// The grant must have been made under this very chapter (designation).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub designated_under_chapter: bool,
}

/// What is asked of the destination's participation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Acceptor {
    /// Roles, of which the destination must have one; any if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<ParticipationRole>,
    /// Its participation must carry a declaration that it accepts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub declaration_required: bool,
}

/// What becomes of attestations issued under a chapter that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AfterEnd {
    /// The rule for those issued before its end.
    pub existing_attestations: ExistingAttestations,
    /// The last day, with `untilDate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<LegalDate>,
    /// Attestations issued after the end and up to this day are still covered if their procedure
    /// had begun before the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedures_under_way_until: Option<LegalDate>,
}

/// Rule for existing attestations after the end of a chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ExistingAttestations {
    /// They cease to count at once.
    CeaseImmediately,
    /// They count until they expire.
    UntilExpiry,
    /// They count until `date`.
    UntilDate,
}

/// The DID and the slug of an arrangement's id `<DID>#<slug>`; `None` if it has another form.
pub fn split_id(id: &str) -> Option<(&str, &str)> {
    let (did, slug) = id.split_once('#')?;
    (is_did(did) && is_slug(slug)).then_some((did, slug))
}

/// The arrangement id and the chapter id of a chapter's full name `<arrangement id>/<chapter>`.
pub fn split_chapter(name: &str) -> Option<(&str, &str)> {
    let (id, chapter) = name.rsplit_once('/')?;
    (split_id(id).is_some() && is_slug(chapter)).then_some((id, chapter))
}
