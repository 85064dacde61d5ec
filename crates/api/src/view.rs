//! Records as answers: summaries, whole records, where they were logged.

use comity_model::date::{Instant, LegalDate};
use comity_model::record::{Record, Subject};
use comity_model::text::projected;
use comity_node::look_up::{Found, LoggedAt};
use comity_node::recognise::promised::Promised;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::notices::{NoticeCount, Notices};

/// A record in a list.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordSummary {
    /// `urn:uuid:` identifier.
    #[schema(example = "urn:uuid:01935b7c-2a55-7d2e-9d4e-6f1c6a3b2c10")]
    pub id: String,
    /// Kind of record.
    #[schema(example = "Attestation")]
    pub kind: String,
    /// Title, stripped of control characters.
    pub name: String,
    /// SHA-256 of the exact bytes, in hex.
    pub record_digest: String,
    /// SHA-256 of the canonical document without proof, in hex.
    pub document_digest: String,
    /// DID of the authority that answers for the signer.
    pub authority: String,
    /// The signer.
    pub issuer: Named,
    /// Who holds the certificate, the grant or the registration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<Named>,
    /// Number as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_number: Option<String>,
    /// ISO 3166-1 alpha-2 codes of the economies it counts for or names.
    pub economies: Vec<String>,
    /// Standards it names.
    pub standards: Vec<String>,
    /// The legal day of issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<LegalDay>)]
    pub issued_on: Option<LegalDate>,
    /// First legal day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<LegalDay>)]
    pub valid_from: Option<LegalDate>,
    /// Last legal day; open if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<LegalDay>)]
    pub valid_until: Option<LegalDate>,
    /// State today, in one word.
    #[schema(example = "active")]
    pub state: String,
    /// Where an imported record comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imported_from: Option<Imported>,
    /// Set for made-up worlds: nothing here is real.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
    /// Where it was logged.
    pub log: Vec<LogPlace>,
    /// How many notices touch it, in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noticed: Option<NoticeCount>,
    /// Where to read on.
    pub links: Links,
}

/// A party by name.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Named {
    /// DID or other identifier, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Name.
    pub name: String,
}

/// A legal date: one day, or an interval where the source tells no more.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes the JSON of a model type")]
pub(crate) enum LegalDay {
    /// `YYYY-MM-DD`.
    Day(String),
    /// Some day of this interval, both ends included.
    Between(DayInterval),
}

/// An interval of days, both ends included.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DayInterval {
    /// No earlier than this day.
    not_before: String,
    /// No later than this day.
    not_after: String,
}

/// The register an imported record comes from.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// The register.
    pub system: String,
    /// The row's identifier there.
    pub source_id: String,
    /// The day it was fetched.
    pub fetched_on: String,
}

/// A place in a log.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogPlace {
    /// Origin of the log.
    pub origin: String,
    /// Log index.
    pub index: u64,
    /// When, by the smallest kept checkpoint that covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub logged_at: Option<Instant>,
}

/// Where to read on about a record.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Links {
    /// The record with its state.
    pub record: String,
    /// Its exact signed bytes.
    pub document: String,
    /// Its receipt.
    pub proof: String,
}

/// Whose key signed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Signer {
    /// DID.
    pub did: String,
    /// The key, as multikey.
    pub key: String,
}

/// A record, whole, with its state.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordView {
    /// What a list says of it.
    #[serde(flatten)]
    pub summary: RecordSummary,
    /// The record as it was signed.
    #[schema(value_type = Object)]
    pub document: Option<Box<RawValue>>,
    /// Whose signatures hold.
    pub signers: Vec<Signer>,
    /// When the state was read.
    #[schema(value_type = String, format = DateTime)]
    pub state_as_of: Instant,
    /// What became of its promise, of a coverage statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise: Option<PromiseView>,
    /// The notices that touch it, its number, its signer or its holder. They decide nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notices: Option<Notices>,
}

/// What became of the promise of a coverage statement (format.md 2.15).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PromiseView {
    /// A record came later than promised.
    pub broken: bool,
    /// One such record of each issuer; of the first 10 issuers.
    pub late: Vec<LateView>,
    /// Not everything of every issuer was looked through: more may have come late.
    pub cut: bool,
}

/// A record that came later than promised.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LateView {
    /// `urn:uuid:` identifier.
    pub id: String,
    /// DID of its issuer.
    pub issuer: String,
    /// SHA-256 of the exact bytes, in hex.
    pub record_digest: String,
    /// When it was due.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Instant,
    /// When it was logged.
    #[schema(value_type = String, format = DateTime)]
    pub logged_at: Instant,
}

impl From<Promised> for PromiseView {
    fn from(promised: Promised) -> Self {
        let late = promised.late.into_iter().map(|late| LateView {
            id: late.identity.id,
            issuer: late.identity.issuer,
            record_digest: hex::encode(late.record_digest),
            due_at: late.due_at,
            logged_at: late.logged_at,
        });
        let late: Vec<_> = late.collect();
        Self {
            broken: !late.is_empty(),
            late,
            cut: promised.cut,
        }
    }
}

/// Several records stand under one name (format.md 4.6).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Candidates {
    /// Each of them; follow `links.document` or ask by `recordDigest`.
    pub candidates: Vec<RecordSummary>,
}

impl Links {
    /// The links of a record.
    pub fn of(id: &str, record_digest: &[u8; 32]) -> Self {
        let uuid = id.strip_prefix("urn:uuid:").unwrap_or(id);
        let digest = hex::encode(record_digest);
        Self {
            record: format!("/v1/records/{uuid}"),
            document: format!("/v1/records/{uuid}/document?digest={digest}"),
            proof: format!("/v1/records/{uuid}/proof"),
        }
    }
}

/// Places in logs, as answers list them.
pub(crate) fn places(places: &[LoggedAt]) -> Vec<LogPlace> {
    let place = |place: &LoggedAt| LogPlace {
        origin: place.origin.clone(),
        index: place.index,
        logged_at: place.at,
    };
    places.iter().map(place).collect()
}

/// The summary of a found record.
pub(crate) fn summary(found: &Found, demo: bool) -> RecordSummary {
    let record = found.evidence.record.as_ref().ok();
    let mut summary = record.map(described).unwrap_or_default();
    summary.id.clone_from(&found.row.id);
    summary.kind.clone_from(&found.row.kind);
    summary.authority.clone_from(&found.row.authority);
    summary.issuer.id = Some(found.row.issuer.clone());
    summary.record_digest = hex::encode(found.row.digest);
    summary.document_digest = hex::encode(found.row.document_digest);
    summary.state.clone_from(&found.state);
    summary.demo = demo;
    summary.log = places(&found.places);
    summary.links = Links::of(&found.row.id, &found.row.digest);
    summary
}

/// The view of a found record.
pub(crate) fn view(found: Found, demo: bool, now: Instant) -> RecordView {
    let summary = summary(&found, demo);
    let signatures = found.evidence.signatures.as_deref().unwrap_or_default();
    let signers = signatures.iter().map(|signature| Signer {
        did: signature.did.clone(),
        key: signature.key.clone(),
    });
    RecordView {
        signers: signers.collect(),
        // A body that is no JSON text (a token) is to be had from `links.document`.
        document: String::from_utf8(found.body)
            .ok()
            .and_then(|text| RawValue::from_string(text).ok()),
        summary,
        state_as_of: now,
        promise: None,
        notices: None,
    }
}

/// What a record says of itself, as far as lists show it.
pub(crate) fn described(record: &Record) -> RecordSummary {
    let mut summary = RecordSummary {
        name: projected(&record.name),
        issuer: Named {
            id: Some(record.issuer.id.clone()),
            name: projected(&record.issuer.name),
        },
        valid_from: Some(record.valid_from.day().into()),
        valid_until: record.valid_until.map(|until| until.day().into()),
        ..RecordSummary::default()
    };
    if let Some(from) = &record.comity.imported_from {
        summary.economies.clone_from(&from.attributed_to.economies);
        summary.imported_from = Some(Imported {
            system: from.system.clone(),
            source_id: from.source_id.clone(),
            fetched_on: from.fetched_on.to_string(),
        });
    }
    describe_subject(&mut summary, &record.subject);
    summary
}

fn describe_subject(summary: &mut RecordSummary, subject: &Subject) {
    let named = |id: Option<String>, name: &str| Named {
        id,
        name: projected(name),
    };
    match subject {
        Subject::Attestation(attestation) => {
            let holder = &attestation.issued_to_party;
            let details = &attestation.comity;
            let dates = &details.legal_dates;
            summary.holder = Some(named(Some(holder.id.clone()), &holder.name));
            summary.certificate_number = Some(details.certificate_number.clone());
            summary.standards = details.standards.iter().map(ToString::to_string).collect();
            summary.issued_on = Some(dates.issued_on);
            summary.valid_from = Some(dates.valid_from.unwrap_or(dates.issued_on));
            summary.valid_until = dates.valid_until;
        }
        Subject::CompetenceGrant(grant) => {
            summary.holder = Some(named(grant.grantee.id.clone(), &grant.grantee.name));
            summary.certificate_number = Some(grant.number.clone());
            summary.economies.clone_from(&grant.economies);
            summary.standards = grant.criteria.iter().map(ToString::to_string).collect();
            summary.valid_from = Some(grant.period.from);
            summary.valid_until = grant.period.until;
        }
        Subject::Arrangement(arrangement) => {
            summary.certificate_number = Some(arrangement.id.clone());
            summary.economies.clone_from(&arrangement.parties);
        }
        Subject::Participation(participation) => {
            summary.certificate_number = Some(participation.arrangement.id.clone());
            if let comity_model::participation::Participant::Economy(code) =
                &participation.participant
            {
                summary.economies = vec![code.clone()];
            }
            summary.valid_from = Some(participation.period.from);
            summary.valid_until = participation.period.until;
        }
        Subject::StatusEvent(event) => {
            summary.economies.clone_from(&event.territory);
            summary.valid_from = Some(event.effective_from);
            summary.valid_until = event.effective_until;
        }
        Subject::Registration(registration) => {
            let name = registration.names.in_language("en").unwrap_or_default();
            summary.holder = Some(named(Some(registration.id.clone()), name));
            summary.economies.clone_from(&registration.economies);
            summary.valid_from = Some(registration.period.from);
            summary.valid_until = registration.period.until;
        }
        Subject::KeyRevocation(revocation) => {
            summary.holder = Some(named(Some(revocation.id.clone()), ""));
        }
        Subject::FederationList(list) => {
            let members = list.members.iter();
            summary.economies = members.map(|member| member.economy.clone()).collect();
        }
        Subject::MemberKeys(keys) => {
            summary.economies = vec![keys.economy.clone()];
        }
        Subject::Standard(_) | Subject::ImportRule(_) | Subject::CoverageStatement(_) => {
            describe_further(summary, subject);
        }
        Subject::Commitment(_) | Subject::Notice(_) | Subject::Takedown(_) => {}
    }
}

fn describe_further(summary: &mut RecordSummary, subject: &Subject) {
    match subject {
        Subject::Standard(edition) => {
            summary.certificate_number = Some(edition.standard.to_string());
            summary.economies.clone_from(&edition.economies);
            summary.standards = vec![edition.standard.to_string()];
            summary.valid_from = Some(edition.period.from);
            summary.valid_until = edition.period.until;
        }
        Subject::ImportRule(rule) => {
            summary.economies = vec![rule.economy.clone()];
            summary.valid_from = Some(rule.period.from);
            summary.valid_until = rule.period.until;
        }
        Subject::CoverageStatement(statement) => {
            summary.valid_from = Some(statement.period.from);
            summary.valid_until = statement.period.until;
        }
        _ => {}
    }
}
