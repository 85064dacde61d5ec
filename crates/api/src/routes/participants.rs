//! `GET /v1/participants`: who is competent for what, where, on a day.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use comity_model::grant::{CompetenceGrant, ScopeItem};
use comity_model::party::{NamedParty, is_economy};
use comity_model::product::ProductCode;
use comity_model::record::Subject;
use comity_model::text::{LangString, projected};
use comity_node::participants::{Participant, ScopeQuery};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::record::weak_tag;
use crate::view::{self, Links, LogPlace, Named, RecordSummary};

/// What is asked; what is left open restricts nothing.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "documents what `query` reads")]
pub(crate) struct ScopeParameters {
    /// Competent for this standard.
    #[param(max_length = 200)]
    standard: Option<String>,
    /// Competent for this product: HS code of 2 to 14 digits.
    #[param(pattern = "^[0-9]{2}([. -]?[0-9]){0,12}$")]
    hs: Option<String>,
    /// Edition of the HS, such as `2022`.
    #[param(minimum = 1988, maximum = 2100)]
    hs_edition: Option<u64>,
    /// In this economy (ISO 3166-1 alpha-2).
    #[param(pattern = "^[A-Z]{2}$")]
    economy: Option<String>,
    /// On this day; today (UTC) if absent.
    #[param(format = Date)]
    on: Option<String>,
}

/// Who is competent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Participants {
    /// Those whose scope says so first, then those whose words have to be read.
    pub items: Vec<ParticipantItem>,
}

/// One grant that answers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ParticipantItem {
    /// The grant.
    pub grant: RecordSummary,
    /// Who is competent.
    pub grantee: Named,
    /// Who says so.
    pub grantor: Named,
    /// Number as printed.
    pub number: String,
    /// `covered` if a structured item says so; `needsReading` if a person has to read the words.
    pub fit: &'static str,
    /// The scope items that answer.
    pub items: Vec<ScopeWords>,
    /// State of the grant on that day.
    pub state: String,
}

/// A scope item with its words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ScopeWords {
    /// Id within the grant.
    pub id: String,
    /// What it covers, in the grantor's words: language tag and text.
    #[schema(value_type = Vec<Object>)]
    pub description: LangString,
    /// Standards it names.
    pub standards: Vec<String>,
}

/// Find who is competent for a standard or a product, in an economy, on a day.
///
/// At most 500 are answered.
#[utoipa::path(
    get, path = "/v1/participants", tag = "recognition", operation_id = "getParticipants",
    params(ScopeParameters),
    responses(
        (status = 200, description = "Who is competent", body = Participants),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn participants(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = query(parameters)?;
    let etag = weak_tag(&app, "");
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let demo = app.node.config().demo;
    let found = app.node.participants(&query).await?;
    let items = found
        .into_iter()
        .filter_map(|found| item(found, demo))
        .collect();
    let response = respond::json(StatusCode::OK, &Participants { items });
    Ok(respond::kept(response, &etag, Keep::ForAMinute))
}

fn query(mut parameters: Parameters) -> Result<ScopeQuery, Problem> {
    let standard = parameters.read("standard")?;
    let edition = edition(&mut parameters)?;
    let hs = parameters.one("hs")?;
    let product = hs
        .map(|code| hs_code("hs", &code, edition.as_deref()))
        .transpose()?;
    let economy = parameters.one("economy")?;
    if economy
        .as_deref()
        .is_some_and(|economy| !is_economy(economy))
    {
        let detail = "expected an ISO 3166-1 alpha-2 code such as JP";
        return Err(Problem::parameter("economy", "invalid", detail));
    }
    let on = parameters.read("on")?;
    parameters.finish()?;
    Ok(ScopeQuery {
        standard,
        product,
        economy,
        on,
    })
}

/// `hsEdition`: a year.
///
/// # Errors
/// Anything else.
pub(crate) fn edition(parameters: &mut Parameters) -> Result<Option<String>, Problem> {
    let edition = parameters.integer("hsEdition", 1988..=2100)?;
    Ok(edition.map(|year| year.to_string()))
}

/// A code of the Harmonized System.
///
/// # Errors
/// Anything else.
pub(crate) fn hs_code(
    name: &str,
    code: &str,
    edition: Option<&str>,
) -> Result<ProductCode, Problem> {
    ProductCode::hs(code, edition).ok_or_else(|| {
        Problem::parameter(
            name,
            "invalid",
            "expected an HS code of 2 to 14 digits, such as 8544.49",
        )
    })
}

fn item(found: Participant, demo: bool) -> Option<ParticipantItem> {
    let record = found.grant.record.as_ref().ok()?;
    let Subject::CompetenceGrant(grant) = &record.subject else {
        return None;
    };
    let mut summary = view::described(record);
    summary.id.clone_from(&record.id);
    record.kind().name().clone_into(&mut summary.kind);
    summary.authority.clone_from(&record.comity.authority);
    summary.record_digest = hex::encode(found.grant.record_digest);
    summary.document_digest = hex::encode(found.grant.document_digest);
    summary.state.clone_from(&found.state);
    summary.demo = demo;
    summary.links = Links::of(&record.id, &found.grant.record_digest);
    summary.log = (found.grant.locations.iter())
        .map(|place| LogPlace {
            origin: place.origin.to_string(),
            index: place.index,
            logged_at: None,
        })
        .collect();
    Some(ParticipantItem {
        grantee: named(&grant.grantee),
        grantor: named(&grant.grantor),
        number: projected(&grant.number),
        fit: match found.fit {
            comity_node::participants::Fit::Covered => "covered",
            comity_node::participants::Fit::NeedsReading => "needsReading",
        },
        items: words(grant, &found.items),
        state: found.state,
        grant: summary,
    })
}

fn named(party: &NamedParty) -> Named {
    Named {
        id: party.id.clone(),
        name: projected(&party.name),
    }
}

fn words(grant: &CompetenceGrant, ids: &[String]) -> Vec<ScopeWords> {
    let chosen = grant.scope.iter().filter(|item| ids.contains(&item.id));
    let words = |item: &ScopeItem| ScopeWords {
        id: item.id.clone(),
        description: item.description.clone(),
        standards: item.standards.iter().map(ToString::to_string).collect(),
    };
    chosen.map(words).collect()
}
