//! `GET` and `POST /v1/records/{id}/status-events`, `GET /v1/records/{id}/history`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use comity_model::record::{Record, Subject};
use comity_model::reference::{Identity, RecordReference};
use comity_model::status::StatusEvent;
use comity_node::look_up::{Found, HistoryEvent};
use comity_recognition::question::Selector;
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::body;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument, ProblemKind};
use crate::respond::{self, Keep};
use crate::routes::publish::{self, Acknowledgement};
use crate::routes::record::{find, single, weak_tag};
use crate::view::{self, LegalDay, LogPlace, RecordSummary, Signer};

/// Most earlier revisions followed from one record.
pub const MAX_REVISIONS: usize = 64;

/// The events on a record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatusEvents {
    /// Each event, in the order of the log.
    pub items: Vec<EventItem>,
}

/// The events on a record, and the revisions before it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct History {
    /// Each event, in the order of the log.
    pub items: Vec<EventItem>,
    /// The records it takes the place of, the nearest first.
    pub revisions: Vec<RecordSummary>,
}

/// One event in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventItem {
    /// The event.
    pub event: Event,
}

/// A status event as far as it is about one record.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// `urn:uuid:` identifier of the event.
    pub id: String,
    /// Always `StatusEvent`.
    pub kind: String,
    /// Title.
    pub name: String,
    /// SHA-256 of its exact bytes, in hex.
    pub record_digest: String,
    /// SHA-256 of its canonical document without proof, in hex.
    pub document_digest: String,
    /// What happened; `unread` where a later version of the format has a name for it.
    #[schema(value_type = String, example = "suspend")]
    pub action: comity_model::status::Action,
    /// In which capacity the signer acted.
    #[schema(value_type = String, example = "issuer")]
    pub capacity: comity_model::status::Capacity,
    /// From which legal day.
    #[schema(value_type = LegalDay)]
    pub effective_from: comity_model::date::LegalDate,
    /// Until which legal day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<LegalDay>)]
    pub effective_until: Option<comity_model::date::LegalDate>,
    /// Economies where it holds; everywhere if empty.
    pub territory: Vec<String>,
    /// Scope items it touches; the whole record if empty.
    pub scope_items: Vec<String>,
    /// Why, from the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub reason_code: Option<comity_model::status::ReasonCode>,
    /// Why, in words: each a language tag and a text.
    #[schema(value_type = Vec<Object>)]
    pub reason: comity_model::text::LangString,
    /// The law or rule it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    /// The body that takes the record over: its DID and that of the authority that registered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub transferred_to: Option<comity_model::party::PartyReference>,
    /// The last legal day on which a record that is handed over still counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "2026-08-31")]
    pub grace_until: Option<comity_model::date::Day>,
    /// Who signed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signer: Option<Signer>,
    /// Its place in the signer's chain of events on this record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
    /// Record digest of the event on this record that lifts it, in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifted_by: Option<String>,
    /// Record digests of the events on this record that it lifts, in hex.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lifts: Vec<String>,
    /// Where it was logged.
    pub log: Vec<LogPlace>,
    /// Where to read on.
    pub links: view::Links,
}

/// List the status events on a record.
///
/// Every event held is listed, also those of signers whose word does not count for this record; a
/// verdict says which counted.
#[utoipa::path(
    get, path = "/v1/records/{id}/status-events", tag = "records", operation_id = "getStatusEvents",
    params(("id" = String, Path, description = "UUID, `urn:uuid:` or record digest in hex", pattern = "^((urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$")),
    responses(
        (status = 200, description = "The events", body = StatusEvents),
        (status = 300, description = "Several records stand under this name", body = view::Candidates),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "Not a name of a record", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not held", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn status_events(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let found = match single(&app, find(&app, &id).await?, &id) {
        Ok(found) => found,
        Err(response) => return Ok(*response),
    };
    let etag = weak_tag(&app, &hex::encode(found.row.digest));
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let items = items(&app, &found).await?;
    let response = respond::json(StatusCode::OK, &StatusEvents { items });
    Ok(respond::kept(response, &etag, Keep::ForAMinute))
}

/// List the status events on a record and the revisions before it.
#[utoipa::path(
    get, path = "/v1/records/{id}/history", tag = "records", operation_id = "getHistory",
    params(("id" = String, Path, description = "UUID, `urn:uuid:` or record digest in hex", pattern = "^((urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$")),
    responses(
        (status = 200, description = "Events and revisions", body = History),
        (status = 300, description = "Several records stand under this name", body = view::Candidates),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "Not a name of a record", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not held", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn history(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let found = match single(&app, find(&app, &id).await?, &id) {
        Ok(found) => found,
        Err(response) => return Ok(*response),
    };
    let etag = weak_tag(&app, &hex::encode(found.row.digest));
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let items = items(&app, &found).await?;
    let revisions = revisions(&app, &found).await?;
    let response = respond::json(StatusCode::OK, &History { items, revisions });
    Ok(respond::kept(response, &etag, Keep::ForAMinute))
}

/// Publish a signed status event on a record.
///
/// As publishing to `/v1/records`, after a check that the event names this record.
#[utoipa::path(
    post, path = "/v1/records/{id}/status-events", tag = "records", operation_id = "publishStatusEvent",
    params(("id" = String, Path, description = "UUID, `urn:uuid:` or record digest in hex", pattern = "^((urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$")),
    request_body(description = "A signed StatusEvent", content((Object = "application/vc"), (Object = "application/json"))),
    responses(
        (status = 201, description = "Logged", body = Acknowledgement,
            headers(("Location" = String, description = "The event"))),
        (status = 200, description = "Logged before", body = Acknowledgement),
        (status = 300, description = "Several records stand under this name", body = view::Candidates),
        (status = 400, description = "Not canonical JSON", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "The signature does not count here", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "The record is not held", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "Another document stands under this identity", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, description = "Larger than 1 MiB", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, description = "Not a record's media type", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "Not an event on this record, or not acceptable", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "No records are taken at present", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn publish_event(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    parameters: Parameters,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    parameters.finish()?;
    body::only_one(&headers)?;
    let found = find(&app, &id).await?;
    if found.is_empty() {
        return Err(Problem::not_found(
            "This node holds no record under that name.",
        ));
    }
    let bytes = body::record(body).await?;
    let about = match Record::read(&bytes) {
        Ok(Record {
            subject: Subject::StatusEvent(event),
            ..
        }) => found
            .iter()
            .any(|found| place_in(&event, &identity(found)).is_some()),
        _ => false,
    };
    if !about {
        let detail = "Expected a status event whose subjects name the record of this path.";
        return Err(Problem::new(ProblemKind::OtherRecord, detail));
    }
    publish::one(&app, bytes).await
}

fn identity(found: &Found) -> Identity {
    Identity {
        authority: found.row.authority.clone(),
        issuer: found.row.issuer.clone(),
        id: found.row.id.clone(),
    }
}

fn place_in(event: &StatusEvent, identity: &Identity) -> Option<u64> {
    let subject = event
        .subjects
        .iter()
        .find(|subject| subject.identity() == *identity);
    subject.map(|subject| subject.sequence)
}

async fn items(app: &App, found: &Found) -> Result<Vec<EventItem>, Problem> {
    let identity = identity(found);
    let events = app.node.history(&found.row).await?;
    let lifted = app.node.lifted(&found.row, &events);
    Ok(events
        .iter()
        .filter_map(|event| item(event, &identity, &lifted))
        .collect())
}

fn item(
    held: &HistoryEvent,
    identity: &Identity,
    lifted: &[([u8; 32], [u8; 32])],
) -> Option<EventItem> {
    let record = held.evidence.record.as_ref().ok()?;
    let Subject::StatusEvent(event) = &record.subject else {
        return None;
    };
    let signatures = held.evidence.signatures.as_deref().unwrap_or_default();
    let own = held.row.digest;
    let lifted_by = lifted.iter().find(|(one, _)| *one == own);
    let lifts = lifted.iter().filter(|(_, by)| *by == own);
    let event = Event {
        lifted_by: lifted_by.map(|(_, by)| hex::encode(by)),
        lifts: lifts.map(|(one, _)| hex::encode(one)).collect(),
        id: record.id.clone(),
        kind: record.kind().name().to_owned(),
        name: comity_model::text::projected(&record.name),
        record_digest: hex::encode(held.row.digest),
        document_digest: hex::encode(held.row.document_digest),
        action: event.action,
        capacity: event.capacity,
        effective_from: event.effective_from,
        effective_until: event.effective_until,
        territory: event.territory.clone(),
        scope_items: event.scope_items.clone(),
        reason_code: event.reason_code,
        reason: event.reason.clone(),
        legal_basis: (event.legal_basis.as_deref()).map(comity_model::text::projected),
        transferred_to: event.transferred_to.clone(),
        grace_until: event.grace_until,
        signer: signatures.first().map(|signature| Signer {
            did: signature.did.clone(),
            key: signature.key.clone(),
        }),
        sequence: place_in(event, identity),
        log: view::places(&held.places),
        links: view::Links::of(&record.id, &held.row.digest),
    };
    Some(EventItem { event })
}

/// The records that this one takes the place of, the nearest first.
async fn revisions(app: &App, found: &Found) -> Result<Vec<RecordSummary>, Problem> {
    let demo = app.node.config().demo;
    let mut revisions: Vec<RecordSummary> = Vec::new();
    let mut replaced = replaces(found);
    while let Some(reference) = replaced.take() {
        let selector = Selector::Identity(reference.identity());
        let seen = revisions.iter().any(|revision| revision.id == reference.id);
        if seen || revisions.len() >= MAX_REVISIONS {
            break;
        }
        let Some(earlier) = app.node.look_up(&selector).await?.into_iter().next() else {
            break;
        };
        replaced = replaces(&earlier);
        revisions.push(view::summary(&earlier, demo));
    }
    Ok(revisions)
}

fn replaces(found: &Found) -> Option<RecordReference> {
    let record = found.evidence.record.as_ref().ok()?;
    record.comity.replaces.clone()
}
