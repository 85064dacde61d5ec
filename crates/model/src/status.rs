//! `StatusEvent`: what happened to a record after it was signed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::{Day, Instant, LegalDate};
use crate::grant::ScopeItem;
use crate::party::PartyReference;
use crate::reference::{Identity, RecordReference};
use crate::text::LangString;

/// Most subjects of one event.
pub const MAX_SUBJECTS: usize = 1_000;
/// Most statements of one row's history in one event; the longest history known has seven.
pub const MAX_STATEMENTS: usize = 1_000;

/// The subject of a `StatusEvent` record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusEvent {
    /// What happens.
    pub action: Action,
    /// In which capacity the signer acts.
    pub capacity: Capacity,
    /// To which records.
    pub subjects: Vec<EventSubject>,
    /// From which legal day.
    pub effective_from: LegalDate,
    /// Until which legal day, for suspensions that end by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_until: Option<LegalDate>,
    /// Economies where it holds; everywhere if empty. A destination names exactly its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub territory: Vec<String>,
    /// Ids of scope items it touches; the whole record if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scope_items: Vec<String>,
    /// The scope that results from `reduceScope` and `extendScope` of a grant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resulting_scope: Option<Vec<ScopeItem>>,
    /// Why, from the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<ReasonCode>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "LangString::is_empty")]
    pub reason: LangString,
    /// The law or rule it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    /// The day it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<Day>,
    /// What takes its place, with `supersede`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<RecordReference>,
    /// The body that takes it over, with `transfer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transferred_to: Option<PartyReference>,
    /// The last legal day on which it still counts, with `transfer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_until: Option<Day>,
    /// How the list of subjects came about, where it was chosen by a query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<String>,
    /// The fetch that saw it, with `observed` and in imported events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observation>,
}

/// One record an event acts on, and the event's place in its signer's chain for that record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventSubject {
    /// DID of the head authority of the record's signer.
    pub authority: String,
    /// DID of the record's signer.
    pub issuer: String,
    /// The record's `urn:uuid:` identifier.
    pub id: String,
    /// Document digest of the record.
    pub digest_multibase: String,
    /// 1, 2, ... for this (record, event signer).
    pub sequence: u64,
    /// Document digest of the event before, from sequence 2 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_event: Option<String>,
}

impl EventSubject {
    /// The identity acted on.
    pub fn identity(&self) -> Identity {
        Identity {
            authority: self.authority.clone(),
            issuer: self.issuer.clone(),
            id: self.id.clone(),
        }
    }
}

/// A fetch of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Observation {
    /// The register.
    pub system: String,
    /// The day it was fetched.
    pub fetched_on: Day,
    /// The register's own word for the state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_status: Option<String>,
    /// What was read, where the register is a document with a date or a number of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<SourceDocument>,
    /// All that the document says of the row's status over time, the newest first, to the second.
    /// It takes the place of what an earlier document said, and decides no verdict (format.md 2.9).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<SourceStatement>,
}

/// A document that a register is published as, such as a trusted list of ETSI TS 119 612.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SourceDocument {
    /// Who issued it, in its own words.
    pub operator: String,
    /// Its number in the series.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series_number: Option<u64>,
    /// When it was issued.
    pub issued_at: Instant,
    /// By when the next was promised; none is if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_update: Option<Instant>,
    /// SHA-256 of its octets.
    pub digest_multibase: String,
    /// SHA-256 of the certificate that its own signature names (DER).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer_certificate: Option<String>,
    /// What the importer found of its signature.
    pub signature: SourceSignature,
}

/// What an importer found of the signature of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum SourceSignature {
    /// It has none.
    Absent,
    /// It has one, and whether it holds was not found out.
    NotVerified,
    /// It holds under the certificate that it names. Whose that certificate is was not found out.
    Holds,
}

/// What a document says of a row from one second on, until the next statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SourceStatement {
    /// From which second on.
    pub since: Instant,
    /// The register's own word, such as the URI of a status.
    pub source_status: String,
    /// What the importer takes it to mean.
    pub state: StatedState,
}

/// What a register's word for a state means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum StatedState {
    /// In force.
    Active,
    /// Not in force. A register may say later that it is again.
    Withdrawn,
    /// The importer knows no meaning of the word.
    Unknown,
}

impl StatedState {
    /// Its name in records and answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Withdrawn => "withdrawn",
            Self::Unknown => "unknown",
        }
    }
}

impl Observation {
    /// A fetch of a register that is no document of its own, and says nothing of the past.
    pub fn of(system: &str, fetched_on: Day, source_status: Option<String>) -> Self {
        Self {
            system: system.to_owned(),
            fetched_on,
            source_status,
            document: None,
            statements: Vec::new(),
        }
    }

    /// What the document says of the row at `at`: the statement that had begun last. Of two that
    /// began in the same second it is the one that stands first, the newer one. `None` before the
    /// first.
    ///
    /// ```
    /// use comity_model::status::{Observation, SourceStatement, StatedState};
    ///
    /// let day = "2026-03-01".parse().unwrap();
    /// let mut seen = Observation::of("trusted-list-xs", day, None);
    /// seen.statements = vec![SourceStatement {
    ///     since: "2016-06-30T22:00:00Z".parse().unwrap(),
    ///     source_status: "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted".to_owned(),
    ///     state: StatedState::Active,
    /// }];
    /// assert_eq!(seen.stated_at("2016-06-30T21:59:59Z".parse().unwrap()), None);
    /// assert_eq!(seen.stated_at("2016-06-30T22:00:00Z".parse().unwrap()), Some(0));
    /// ```
    pub fn stated_at(&self, at: Instant) -> Option<usize> {
        self.statements
            .iter()
            .position(|statement| statement.since <= at)
    }
}

/// What happens to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// Temporarily without effect, in whole or for `scopeItems`.
    Suspend,
    /// A suspension of the same signer ends ("restoration", ISO/IEC 17000, 8.5).
    Reinstate,
    /// Part of the scope ends.
    ReduceScope,
    /// The scope grows.
    ExtendScope,
    /// Ends from then on.
    Withdraw,
    /// Void from the start.
    Annul,
    /// Clerical correction; the record stays as it is.
    Amend,
    /// Another record takes its place.
    Supersede,
    /// A laboratory does not stand by a report cited as its own.
    Disown,
    /// A destination does not recognise it in its territory.
    RefuseRecognition,
    /// A destination recognises it again.
    RestoreRecognition,
    /// Seen unchanged in a fetch; no state of its own.
    Observed,
    /// Another body takes it over; it counts until `graceUntil`, and not after that day.
    Transfer,
    /// An action of a later format: what it does is not known here, so that the state of its
    /// subjects is not known either. It is read and never written.
    #[serde(other)]
    #[schemars(skip)]
    Unread,
}

impl Action {
    /// Whether it takes away: such evidence is known from the earlier of its logged time and its
    /// receipt (format.md 2.10).
    pub fn takes_away(self) -> bool {
        match self {
            Self::Suspend
            | Self::ReduceScope
            | Self::Withdraw
            | Self::Annul
            | Self::Supersede
            | Self::Disown
            | Self::RefuseRecognition
            | Self::Transfer
            | Self::Unread => true,
            Self::Reinstate
            | Self::ExtendScope
            | Self::Amend
            | Self::RestoreRecognition
            | Self::Observed => false,
        }
    }
}

/// In which capacity a signer acts (format.md 2.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Capacity {
    /// The record's own signer.
    Issuer,
    /// The grantor of a grant the record relies on, or of the grant itself.
    Grantor,
    /// An authority in the signer's registration chain.
    Authority,
    /// The authority of a destination, for its own territory.
    DestinationAuthority,
    /// A court's decision, recorded and signed by the authority.
    Court,
    /// The laboratory named as issuer of a report the record rests on.
    Laboratory,
}

/// Why a status changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ReasonCode {
    SurveillanceNotPermitted,
    Nonconformity,
    NonPayment,
    Voluntary,
    BodyCeased,
    AccreditationLost,
    StandardSuperseded,
    FictitiousReport,
    SupportingReportNotConfirmed,
    MisuseOfMark,
    SafetyRisk,
    LegislationReplaced,
    ClericalError,
    CourtOrder,
    Sanction,
    KeyCompromise,
    Duplicate,
    UnknownCause,
}

impl ReasonCode {
    /// Its name in records.
    pub fn name(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }
}
