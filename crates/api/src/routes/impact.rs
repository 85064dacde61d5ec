//! `GET /v1/impact`: everything that rests on a party, a record, a report or a standard.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use comity_node::impact::{Ground, Impact as Found, MAX_RESTING, Resting};
use comity_recognition::wording::{self, Language};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::record::weak_tag;
use crate::routes::stream::permit;
use crate::view::{self, RecordSummary};

pub(crate) mod spreadsheet;

/// Records of an answer where no number is said.
const USUAL_LIMIT: usize = 1_000;

/// What is hit.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "documents what `ground` reads")]
pub(crate) struct ImpactParameters {
    /// A `did:web:` of a laboratory, body or authority; or a record by UUID, digest or number; or
    /// the number of a report or certificate that was never published.
    #[param(max_length = 2_000)]
    of: Option<String>,
    /// A party by whatever identifier, also the one under which a register attributes rows to it, in
    /// place of `of`.
    #[param(max_length = 2_000)]
    party: Option<String>,
    /// Who gave the number: DID, or the identifier under which a register attributes rows to it.
    #[param(max_length = 2_000)]
    issuer: Option<String>,
    /// A standard, with or without edition, in place of `of`.
    #[param(max_length = 200)]
    standard: Option<String>,
    /// Records at most; if absent 1,000, of a spreadsheet 10,000.
    #[param(minimum = 1, maximum = 10_000)]
    limit: Option<u64>,
}

/// What rests on it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Impact {
    /// The published records that were asked about themselves.
    pub grounds: Vec<RecordSummary>,
    /// What rests on it, the nearest first, each record once.
    pub items: Vec<RestingItem>,
    /// There may be more: the limit is reached, or more records have the number asked about than are
    /// looked at.
    pub cut: bool,
    /// Something is held under the name asked about. Where nothing is, an empty list clears nobody.
    pub known: bool,
    /// Where nothing is known, that in a sentence, in the language asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'static str>,
}

/// A record that rests on something.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RestingItem {
    /// 1 if it rests on what was asked about, 2 if on something that does, and so on.
    pub depth: usize,
    /// How: `issuedBy`, `standard`, `grant`, `testReport`, `inspection`, `audit` or
    /// `componentCertificate`.
    pub relation: &'static str,
    /// The record in between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<Through>,
    /// The number agrees, but it is not said, or not by the same identifier, whose it is.
    pub by_number_alone: bool,
    /// The record.
    pub record: RecordSummary,
}

/// A record that stands between.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Through {
    /// `urn:uuid:` identifier.
    pub id: String,
    /// SHA-256 of the exact bytes, in hex.
    pub record_digest: String,
    /// Number as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_number: Option<String>,
}

/// See who is hit: everything that rests on a laboratory or body, on a record, on a report that may
/// never have been published, or on a standard, directly or through certificates that rest on it.
///
/// What a record says that it rests on is taken at its word, whoever signed it: this warns, and
/// decides nothing. A name under which nothing is held is answered with `known` false, which is no
/// clearance.
#[utoipa::path(
    get, path = "/v1/impact", tag = "records", operation_id = "getImpact",
    params(ImpactParameters),
    responses(
        (status = 200, description = "What rests on it", body = Impact),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "Too many batches and such questions at once", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn impact(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (ground, limit) = ground(parameters)?;
    let language = respond::language(&headers);
    let etag = weak_tag(&app, language.tag());
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let _permit = permit(&app.batches)?;
    let found = app
        .node
        .impact(&ground, limit.unwrap_or(USUAL_LIMIT))
        .await?;
    let answer = answer(&found, app.node.config().demo, language);
    let response = respond::json(StatusCode::OK, &answer);
    let kept = respond::kept(response, &etag, Keep::ForAMinute);
    Ok(respond::worded(kept, language))
}

fn ground(mut parameters: Parameters) -> Result<(Ground, Option<usize>), Problem> {
    let of = parameters.one("of")?;
    let party = parameters.one("party")?;
    let issuer = parameters.one("issuer")?;
    let standard = parameters.one("standard")?;
    let limit = parameters.integer("limit", 1..=MAX_RESTING as u64)?;
    parameters.finish()?;
    let wrong = |name, detail: &str| Problem::parameter(name, "invalid", detail.to_owned());
    let ground = match (of, party, standard) {
        (Some(of), None, None) => Ground::named(&of, issuer.as_deref()),
        (None, Some(party), None) => Ground::Party(party),
        (None, None, Some(standard)) => Ground::Standard(standard),
        (None, None, None) => {
            let detail =
                "expected a DID, a record, a number, or `party` or `standard` in its place";
            return Err(Problem::parameter("of", "missing", detail.to_owned()));
        }
        (of, Some(_), _) => {
            let other = if of.is_some() { "`of`" } else { "`standard`" };
            return Err(wrong("party", &format!("give either this or {other}")));
        }
        (Some(_), None, Some(_)) => return Err(wrong("standard", "give either this or `of`")),
    };
    if issuer.is_some() && !matches!(ground, Ground::Record(_)) {
        return Err(wrong("issuer", "it belongs to a number"));
    }
    let limit = limit.and_then(|limit| usize::try_from(limit).ok());
    Ok((ground, limit))
}

fn answer(found: &Found, demo: bool, language: Language) -> Impact {
    let grounds = found.grounds.iter();
    let items = found.resting.iter().map(|resting| RestingItem {
        depth: resting.depth,
        relation: resting.relation.word(),
        through: resting
            .through
            .and_then(|place| through(found.resting.get(place)?)),
        by_number_alone: resting.by_number_alone,
        record: view::summary(&resting.record, demo),
    });
    Impact {
        items: items.collect(),
        grounds: grounds.map(|one| view::summary(one, demo)).collect(),
        cut: found.cut,
        known: found.known,
        note: (!found.known).then(|| wording::nothing_known(language)),
    }
}

fn through(resting: &Resting) -> Option<Through> {
    let record = resting.record.evidence.record.as_ref().ok()?;
    Some(Through {
        id: resting.record.row.id.clone(),
        record_digest: hex::encode(resting.record.row.digest),
        certificate_number: view::described(record).certificate_number,
    })
}
