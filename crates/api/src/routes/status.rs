//! `GET /v1/records/{id}/status`: what was the status at one second, and in whose words?

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use comity_model::date::Instant;
use comity_model::status::SourceDocument;
use comity_model::text::projected;
use comity_node::status_at::{Stated, StatusAt, in_hex};
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::record::{find, single, weak_tag};
use crate::view::{self, Candidates, LogPlace, RecordSummary, Signer};

/// The status of a record at one second.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusAnswer {
    /// The second asked about.
    #[schema(value_type = String, example = "2016-06-30T22:00:00Z")]
    pub at: Instant,
    /// The state in our words; `unknown` before the first statement.
    #[schema(example = "active")]
    pub state: String,
    /// `statement`: a document says so, to the second. `beforeFirstStatement`: what the document
    /// says begins later. `day`: records that know days only, and the state of the day in UTC.
    #[schema(example = "statement")]
    pub basis: String,
    /// The source's own word.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted")]
    pub source_status: Option<String>,
    /// From which second on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "2016-06-30T22:00:00Z")]
    pub since: Option<Instant>,
    /// The second at which the next statement begins; none if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "2019-07-15T22:00:00Z")]
    pub until: Option<Instant>,
    /// In whose words: the document, and the event that has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<StatusSource>,
    /// The newest document read for it, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest_document: Option<DocumentView>,
    /// The newest document has the service no longer.
    pub is_missing: bool,
    /// For how many days the newest document has been without the successor that it promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue_days: Option<i32>,
    /// Every record of the same service.
    pub records: Vec<RecordSummary>,
}

/// In whose words a status is.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusSource {
    /// The register, by the name policies use.
    #[schema(example = "trusted-list-li")]
    pub system: String,
    /// The day up to which the document counts as seen.
    #[schema(value_type = String, example = "2020-02-26")]
    pub seen_on: comity_model::date::Day,
    /// The document.
    pub document: DocumentView,
    /// `urn:uuid:` identifier of the event that has the statements.
    pub event: String,
    /// SHA-256 of the event's exact bytes, in hex.
    pub event_digest: String,
    /// Who signed the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signer: Option<Signer>,
    /// Where the event was logged.
    pub log: Vec<LogPlace>,
}

/// A document that a register is published as.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentView {
    /// Who issued it, in its own words.
    pub operator: String,
    /// Its number in the series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series_number: Option<u64>,
    /// When it was issued.
    #[schema(value_type = String)]
    pub issued_at: Instant,
    /// By when the next was promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub next_update: Option<Instant>,
    /// SHA-256 of its octets, in hex.
    pub sha256: String,
    /// SHA-256 of the certificate that its own signature names, in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signer_certificate: Option<String>,
    /// What the importer found of its signature: `absent`, `notVerified` or `holds`.
    #[schema(value_type = String, example = "notVerified")]
    pub signature: comity_model::status::SourceSignature,
}

/// Read the status of a record at one second.
///
/// For services of imported trusted lists the newest list answers, in its own words and to the
/// second. Of any other record days are known, and the state of the day in UTC is answered.
#[utoipa::path(
    get, path = "/v1/records/{id}/status", tag = "records", operation_id = "getStatusAt",
    params(
        ("id" = String, Path, description = "UUID, `urn:uuid:` or record digest in hex", pattern = "^((urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$"),
        ("at" = String, Query, description = "The second, with `Z` or an offset (a `+` is written `%2B`); a day alone is no moment", example = "2016-06-30T22:00:00Z"),
    ),
    responses(
        (status = 200, description = "The status", body = StatusAnswer),
        (status = 300, description = "Several records stand under this name", body = Candidates),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "Not a name of a record, or not a moment", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not held", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn status_at(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let at = parameters.required("at", "a moment such as 2016-06-30T22:00:00Z")?;
    parameters.finish()?;
    let at = Instant::from_rfc3339(&at)
        .map_err(|why| Problem::parameter("at", "invalid", why.to_string()))?;
    let found = match single(&app, find(&app, &id).await?, &id) {
        Ok(found) => found,
        Err(response) => return Ok(*response),
    };
    let etag = weak_tag(&app, &hex::encode(found.row.digest));
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let status = app.node.status_at(&found, at).await?;
    let response = respond::json(StatusCode::OK, &answer(&app, at, status));
    Ok(respond::kept(response, &etag, Keep::ForAMinute))
}

fn answer(app: &App, at: Instant, status: StatusAt) -> StatusAnswer {
    let demo = app.node.config().demo;
    let newest = status.newest.as_ref();
    let newest = newest.or(status.stated.as_ref().map(|stated| &stated.document));
    let today = app.node.clock().now().day().days_since_epoch();
    let overdue = newest.and_then(|document| document.next_update);
    let overdue = overdue.map(|promised| today - promised.day().days_since_epoch());
    let statement = status.statement.as_ref();
    StatusAnswer {
        at,
        state: status.state,
        basis: status.basis.word().to_owned(),
        source_status: statement.map(|statement| projected(&statement.source_status)),
        since: statement.map(|statement| statement.since),
        until: status.until,
        newest_document: status.newest.as_ref().map(document),
        is_missing: status.is_missing,
        overdue_days: overdue.filter(|days| *days > 0),
        source: status.stated.as_ref().map(source),
        records: (status.records.iter())
            .map(|found| view::summary(found, demo))
            .collect(),
    }
}

fn source(stated: &Stated) -> StatusSource {
    let evidence = &stated.event.evidence;
    let signatures = evidence.signatures.as_deref().unwrap_or_default();
    StatusSource {
        system: projected(&stated.observed.system),
        seen_on: stated.observed.fetched_on,
        document: document(&stated.document),
        event: stated.event.row.id.clone(),
        event_digest: hex::encode(stated.event.row.digest),
        signer: signatures.first().map(|signature| Signer {
            did: signature.did.clone(),
            key: signature.key.clone(),
        }),
        log: view::places(&stated.event.places),
    }
}

fn document(document: &SourceDocument) -> DocumentView {
    DocumentView {
        operator: projected(&document.operator),
        series_number: document.series_number,
        issued_at: document.issued_at,
        next_update: document.next_update,
        sha256: in_hex(&document.digest_multibase).unwrap_or_default(),
        signer_certificate: document.signer_certificate.as_deref().and_then(in_hex),
        signature: document.signature,
    }
}
