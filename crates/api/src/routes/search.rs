//! `GET /v1/records`: search, or exact look-up of a number.

pub(crate) mod spreadsheet;
mod taken_down;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use comity_model::record::Kind;
use comity_node::look_up::Found;
use comity_node::search::{Condition, MAX_RESULTS, MAX_VALUES, Property, SearchRequest, SortOrder};
use comity_recognition::question::Selector;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::notices::{self, Notices};
use crate::parameters::{Parameters, among};
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep, encoded};
use crate::routes::counting::{self, CountingResults};
use crate::routes::record::weak_tag;
use crate::view::{self, RecordSummary};

use taken_down::{TakenDownView, taken_down};

/// Results on a page if `limit` is absent.
pub const DEFAULT_RESULTS: usize = 20;
/// States by which records are filtered.
pub(crate) const STATES: [&str; 9] = [
    "active",
    "suspended",
    "partiallySuspended",
    "withdrawn",
    "annulled",
    "superseded",
    "transferred",
    "expired",
    "pending",
];

/// Which records. Repeated values of one name are joined by *or*, names by *and*; a leading `-`
/// on a value excludes it.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "documents what `narrowed` reads")]
pub(crate) struct SearchParameters {
    /// Words, numbers, standards and codes as a person types them, in any script.
    #[param(max_length = 500)]
    q: Option<String>,
    /// Kind of record, such as `Attestation`.
    #[param(max_items = 100)]
    r#type: Option<Vec<String>>,
    /// State, such as `active` or `withdrawn`.
    #[param(max_items = 100)]
    status: Option<Vec<String>>,
    /// DID of the signer.
    #[param(max_items = 100)]
    issuer: Option<Vec<String>>,
    /// Identifier of the holder.
    #[param(max_items = 100)]
    holder: Option<Vec<String>>,
    /// DID of the grantor.
    #[param(max_items = 100)]
    grantor: Option<Vec<String>>,
    /// ISO 3166-1 alpha-2 code of an economy that the record names.
    #[param(max_items = 100)]
    economy: Option<Vec<String>>,
    /// ISO 3166-1 alpha-2 code of an economy for which the issuer acts.
    #[param(max_items = 100)]
    issuer_economy: Option<Vec<String>>,
    /// Standard, with or without edition.
    #[param(max_items = 100)]
    standard: Option<Vec<String>>,
    /// Scheme.
    #[param(max_items = 100)]
    scheme: Option<Vec<String>>,
    /// HS code of 2, 4, 6, 8 or 10 digits; finds what lies under it. With `recognisedIn` (of a search of
    /// records) the product that is to go there, given once; finds what covers it.
    #[param(max_items = 100)]
    hs: Option<Vec<String>>,
    /// Year of issue.
    #[param(max_items = 100)]
    year: Option<Vec<String>>,
    /// Issued on this day or later.
    #[param(format = Date)]
    issued_from: Option<String>,
    /// Issued on this day or earlier.
    #[param(format = Date)]
    issued_to: Option<String>,
    /// Last legal day earlier than this day.
    #[param(format = Date)]
    expires_before: Option<String>,
    /// Valid on this day by its dates. With `recognisedIn` (of a search of records) the legal day;
    /// today (UTC) if absent.
    #[param(format = Date)]
    on: Option<String>,
}

/// In which order, and which page.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "documents what `ordered` reads")]
pub(crate) struct SearchPaging {
    /// `relevance` (default), `newest` by the day of issue, `expiring`, or `logged`: what was logged
    /// last comes first.
    #[param(max_length = 20)]
    sort: Option<String>,
    /// Results on the page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u64>,
    /// `next` of the page before; the other parameters must be the same.
    #[param(max_length = 2000)]
    cursor: Option<String>,
}

/// What else a search of records is asked.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "documents what `records` reads")]
pub(crate) struct SearchExtras {
    /// Exact look-up of a printed number, normalised; takes no other parameter but `issuer`.
    #[param(max_length = 800)]
    number: Option<String>,
    /// What to count: `kind`, `status`, `issuer`, `holder`, `grantor`, `economy`,
    /// `issuerEconomy`, `standard`, `scheme`, `hs`, `year`.
    #[param(max_items = 11)]
    facet: Option<Vec<String>>,
    /// A destination (ISO 3166-1 alpha-2): what counts there is answered, in groups. Takes no
    /// `facet`.
    #[param(pattern = "^[A-Z]{2}$")]
    recognised_in: Option<String>,
}

/// A page of results.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchResults {
    /// The results. A result whose state no longer fits the filter is left out, so that a page
    /// may hold fewer than `limit`.
    pub items: Vec<RecordSummary>,
    /// Where to go on; null on the last page.
    pub next: Option<String>,
    /// How many there are.
    pub total: Total,
    /// Counts for each facet asked for. The count of a facet ignores the filter of its own name.
    pub facets: BTreeMap<&'static str, Vec<FacetCount>>,
    /// What was searched instead, where a word was read as another. Never a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<String>,
    /// Where nothing was found and what was typed may be a number: numbers that look like it or
    /// differ in one digit, as printed, at most 5. They are offered and were not searched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub similar_numbers: Vec<String>,
    /// Where a number was typed: the records with it that were taken down. They are not among the
    /// results.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub taken_down: Vec<TakenDownView>,
    /// Of an exact look-up: the notices that touch the number, whether or not a record has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notices: Option<Notices>,
}

/// How many results there are.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Total {
    /// The number.
    pub value: u64,
    /// `eq` if it is exact, `gte` if there may be more.
    pub relation: &'static str,
}

/// One value of a facet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// How many records have it.
    pub count: u64,
}

/// What a search finds.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum SearchAnswer {
    /// Without `recognisedIn`.
    Records(Box<SearchResults>),
    /// With it.
    Counting(Box<CountingResults>),
}

/// Search records, or look a number up exactly.
///
/// With `recognisedIn` each hit is judged before it is shown, at most 200 for one page, and the
/// answer stands in groups: what is recognised, what is with conditions, and of what the results
/// alone count.
#[utoipa::path(
    get, path = "/v1/records", tag = "records", operation_id = "searchRecords",
    params(
        SearchParameters,
        SearchPaging,
        SearchExtras,
        ("Accept-Language" = Option<String>, Header, description = "With `recognisedIn`: languages of the sentences, with weights; English where none of them is there"),
    ),
    responses(
        (status = 200, description = "A page of results", body = SearchAnswer,
            headers(("Link" = String, description = "`rel=\"next\"` where there is a next page"))),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The index does not answer, or too many batches and such questions at once", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn records(
    State(app): State<Arc<App>>,
    mut parameters: Parameters,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let etag = weak_tag(&app, "");
    let results = if let Some(number) = parameters.one("number")? {
        let issuer = parameters.one("issuer")?;
        parameters.finish()?;
        by_number(&app, number, issuer).await?
    } else if let Some(economy) = parameters.one("recognisedIn")? {
        return counting(&app, parameters, economy, (&uri, &headers)).await;
    } else {
        let request = request(parameters)?;
        if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
            return Ok(response);
        }
        page(&app, request).await?
    };
    let link = results.next.as_ref();
    let link = link.and_then(|next| next_link(&uri, next));
    let mut response = respond::json(StatusCode::OK, &SearchAnswer::Records(Box::new(results)));
    if let Some(link) = link {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(respond::kept(response, &etag, Keep::ForAMinute))
}

/// What counts in a destination.
async fn counting(
    app: &App,
    parameters: Parameters,
    economy: String,
    (uri, headers): (&Uri, &HeaderMap),
) -> Result<Response, Problem> {
    let query = counting::query(request(parameters)?, economy)?;
    let language = respond::language(headers);
    let etag = weak_tag(app, language.tag());
    if let Some(response) = respond::unchanged(headers, &etag, Keep::ForAMinute) {
        return Ok(respond::worded(response, language));
    }
    let results = counting::answer(app, query, language).await?;
    let link = results.next.as_ref().and_then(|next| next_link(uri, next));
    let results = SearchAnswer::Counting(Box::new(results));
    let mut response = respond::json(StatusCode::OK, &results);
    if let Some(link) = link {
        response.headers_mut().insert(header::LINK, link);
    }
    let response = respond::kept(response, &etag, Keep::ForAMinute);
    Ok(respond::worded(response, language))
}

/// Reads the parameters of a search.
///
/// # Errors
/// Any that cannot be used, by name.
fn request(mut parameters: Parameters) -> Result<SearchRequest, Problem> {
    let (mut request, limit) = ordered(&mut parameters, MAX_RESULTS, DEFAULT_RESULTS)?;
    request.limit = limit;
    let facets: Vec<_> = Property::ALL
        .into_iter()
        .map(|facet| (facet.name(), facet))
        .collect();
    for value in parameters.many("facet", Property::ALL.len())? {
        request.facets.push(among("facet", &value, &facets)?);
    }
    parameters.finish()?;
    Ok(request)
}

/// Which records, in which order, from where on, and how many.
///
/// # Errors
/// Any parameter that cannot be used, by name.
fn ordered(
    parameters: &mut Parameters,
    most: usize,
    default: usize,
) -> Result<(SearchRequest, usize), Problem> {
    let mut request = narrowed(parameters)?;
    request.cursor = parameters.one("cursor")?;
    let orders = [
        ("relevance", SortOrder::Relevance),
        ("newest", SortOrder::Newest),
        ("expiring", SortOrder::Expiring),
        ("logged", SortOrder::Logged),
    ];
    request.sort = parameters.word("sort", &orders)?.unwrap_or_default();
    let limit = limit(parameters, most, default)?;
    Ok((request, limit))
}

/// Which records.
///
/// # Errors
/// Any parameter that cannot be used, by name.
pub(crate) fn narrowed(parameters: &mut Parameters) -> Result<SearchRequest, Problem> {
    let mut request = SearchRequest {
        text: parameters.one("q")?.unwrap_or_default(),
        issued_from: parameters.read("issuedFrom")?,
        issued_to: parameters.read("issuedTo")?,
        expires_before: parameters.read("expiresBefore")?,
        on: parameters.read("on")?,
        ..SearchRequest::default()
    };
    for property in Property::ALL {
        let name = if property == Property::Kind {
            "type"
        } else {
            property.name()
        };
        for value in parameters.many(name, MAX_VALUES)? {
            let (value, unwanted) = match value.strip_prefix('-') {
                Some(rest) => (rest.to_owned(), true),
                None => (value, false),
            };
            known_value(name, property, &value)?;
            request.conditions.push(Condition {
                property,
                value,
                unwanted,
            });
        }
    }
    Ok(request)
}

/// `limit` within 1 and `most`.
///
/// # Errors
/// Anything else.
pub(crate) fn limit(
    parameters: &mut Parameters,
    most: usize,
    default: usize,
) -> Result<usize, Problem> {
    let limit = parameters.integer("limit", 1..=most as u64)?;
    Ok(limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(default))
}

/// Refuses values that no record can have, so that a misspelt filter does not find nothing.
fn known_value(name: &str, property: Property, value: &str) -> Result<(), Problem> {
    let wrong = |detail: &str| Err(Problem::parameter(name, "invalid", detail));
    let digits = |value: &str| value.bytes().all(|byte| byte.is_ascii_digit());
    match property {
        _ if value.is_empty() => wrong("expected a value"),
        Property::Kind => {
            let kinds = Kind::ALL.map(|kind| (kind.name(), ()));
            among(name, value, &kinds)
        }
        Property::Status => {
            let states = STATES.map(|state| (state, ()));
            among(name, value, &states)
        }
        Property::Economy | Property::IssuerEconomy if !comity_model::party::is_economy(value) => {
            wrong("expected an ISO 3166-1 alpha-2 code such as JP")
        }
        Property::Hs if !comity_node::search::is_hs_prefix(value) => {
            wrong("expected an HS code of 2, 4, 6, 8 or 10 digits")
        }
        Property::Year if value.len() != 4 || !digits(value) => wrong("expected a year"),
        _ => Ok(()),
    }
}

/// Runs a search.
///
/// # Errors
/// A text or filter beyond its limit, the cursor of another search.
pub(crate) async fn page(app: &App, request: SearchRequest) -> Result<SearchResults, Problem> {
    let typed = request.text.clone();
    let page = app.node.find(request).await.map_err(Problem::from)?;
    let similar_numbers = if page.total == 0 {
        app.node.numbers_like(&typed).await?
    } else {
        Vec::new()
    };
    let taken_down = if page.total == 0 {
        taken_down(app, typed, None).await?
    } else {
        Vec::new()
    };
    let demo = app.node.config().demo;
    let counts = |counts: Vec<(String, u64)>| {
        let counts = counts.into_iter();
        counts
            .map(|(value, count)| FacetCount { value, count })
            .collect()
    };
    let facets = page.facets.into_iter();
    Ok(SearchResults {
        items: summaries(app, &page.hits, demo).await?,
        next: page.next,
        total: Total {
            value: page.total,
            relation: if page.exact { "eq" } else { "gte" },
        },
        facets: facets
            .map(|(facet, values)| (facet.name(), counts(values)))
            .collect(),
        did_you_mean: page.did_you_mean,
        similar_numbers,
        taken_down,
        notices: None,
    })
}

async fn by_number(
    app: &App,
    number: String,
    issuer: Option<String>,
) -> Result<SearchResults, Problem> {
    let notices = notices::of_number(app, &number, issuer.as_deref()).await?;
    let typed = number.clone();
    let taken_down = taken_down(app, typed.clone(), issuer.clone()).await?;
    let found = app
        .node
        .look_up(&Selector::Number { number, issuer })
        .await?;
    let similar_numbers = if found.is_empty() {
        app.node.numbers_like(&typed).await?
    } else {
        Vec::new()
    };
    let demo = app.node.config().demo;
    Ok(SearchResults {
        total: Total {
            value: found.len() as u64,
            relation: "eq",
        },
        items: summaries(app, &found, demo).await?,
        next: None,
        facets: BTreeMap::new(),
        did_you_mean: None,
        similar_numbers,
        taken_down,
        notices,
    })
}

/// The records in a list, each with how many notices touch it.
pub(crate) async fn summaries(
    app: &App,
    found: &[Found],
    demo: bool,
) -> Result<Vec<RecordSummary>, Problem> {
    let mut summaries = Vec::with_capacity(found.len());
    for found in found {
        let mut summary = view::summary(found, demo);
        summary.noticed = notices::count(app, found).await?;
        summaries.push(summary);
    }
    Ok(summaries)
}

/// The address of the next page (RFC 8288): the same question with another cursor.
pub(crate) fn next_link(uri: &Uri, next: &str) -> Option<HeaderValue> {
    let rest = uri.query().unwrap_or_default().split('&');
    let rest = rest.filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let mut pairs: Vec<String> = rest.map(str::to_owned).collect();
    pairs.push(format!("cursor={}", encoded(next)));
    let link = format!("<{}?{}>; rel=\"next\"", uri.path(), pairs.join("&"));
    HeaderValue::from_str(&link).ok()
}
