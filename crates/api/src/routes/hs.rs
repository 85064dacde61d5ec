//! `GET /v1/hs`, `GET /v1/hs/{code}`: from words for goods to codes of the HS, and the tree of them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use comity_model::product::ProductCode;
use comity_node::goods::{self, Goods, MAX_CANDIDATES, MAX_DESCRIPTION_CHARS, Place};
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::record::weak_tag;
use crate::routes::search::limit;

/// Codes if `limit` is absent.
pub const DEFAULT_CODES: usize = 10;

/// Codes that fit a description of goods.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HsCodes {
    /// Edition of the Harmonized System in which the codes are.
    #[schema(example = "2022")]
    pub edition: &'static str,
    /// The best first.
    pub items: Vec<HsCode>,
}

/// One code that fits.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HsCode {
    /// Six digits of a subheading, or four of a heading where no subheading fits better.
    #[schema(example = "851660")]
    pub code: String,
    /// A plain name in the language asked for; not the text of the nomenclature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'static str>,
    /// The words that decided, the best first; none where only records did.
    pub words: Vec<String>,
    /// To compare within one answer; the best word alone is 1.
    pub score: f32,
    /// How many of the first 50 records found by the same words declare it.
    pub declared: usize,
}

/// A place in the tree of codes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HsPlace {
    /// Edition of the Harmonized System.
    #[schema(example = "2022")]
    pub edition: &'static str,
    /// The digits asked for.
    pub code: String,
    /// Chapter, heading, subheading above it, itself included.
    pub path: Vec<HsStep>,
    /// What lies directly under it and has a plain name of its own.
    pub under: Vec<HsStep>,
}

/// A code with its plain name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HsStep {
    /// Digits.
    pub code: String,
    /// A plain name in the language asked for; not the text of the nomenclature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'static str>,
}

/// Find codes of the HS by words for goods.
///
/// Everyday words in English, Chinese, Russian, Arabic and French, a title of a shop or of an
/// invoice. What is answered is probable and no ruling of a customs authority.
#[utoipa::path(
    get, path = "/v1/hs", tag = "records", operation_id = "findHsCodes",
    params(
        ("q" = String, Query, description = "Words for the goods", max_length = 300),
        ("limit" = Option<u64>, Query, description = "Codes at most", minimum = 1, maximum = 50),
        ("Accept-Language" = Option<String>, Header, description = "Language of the names, and of words that could be of several; English where none of them is there"),
    ),
    responses(
        (status = 200, description = "Codes", body = HsCodes),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The index does not answer", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn codes(
    State(app): State<Arc<App>>,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let words = parameters.required("q", "words for the goods")?;
    if words.chars().count() > MAX_DESCRIPTION_CHARS {
        let detail = format!("expected at most {MAX_DESCRIPTION_CHARS} characters");
        return Err(Problem::parameter("q", "tooLong", detail));
    }
    let limit = limit(&mut parameters, MAX_CANDIDATES, DEFAULT_CODES)?;
    parameters.finish()?;
    let language = respond::language(&headers);
    let etag = weak_tag(&app, language.tag());
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(response);
    }
    let items = app.node.goods(&words, language.tag(), limit).await?;
    let code = |goods: Goods| HsCode {
        code: goods.code,
        name: goods.name,
        words: goods.words,
        score: goods.score,
        declared: goods.declared,
    };
    let answer = HsCodes {
        edition: goods::edition(),
        items: items.into_iter().map(code).collect(),
    };
    let response = respond::json(StatusCode::OK, &answer);
    let kept = respond::kept(response, &etag, Keep::ForAMinute);
    Ok(respond::worded(kept, language))
}

/// Read where a code of the HS stands.
#[utoipa::path(
    get, path = "/v1/hs/{code}", tag = "records", operation_id = "getHsCode",
    params(
        ("code" = String, Path, description = "Digits, with or without dots", pattern = "^[0-9][0-9. -]{1,20}$"),
        ("Accept-Language" = Option<String>, Header, description = "Language of the names; English where none of them is there"),
    ),
    responses(
        (status = 200, description = "Its place", body = HsPlace),
        (status = 400, description = "Not a code", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn code(
    Path(code): Path<String>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let Some(product) = ProductCode::hs(&code, None) else {
        let detail = "expected an HS code of 2 digits or more";
        return Err(Problem::parameter("code", "invalid", detail));
    };
    let language = respond::language(&headers);
    let digits = product.code;
    let step = |place: Place| HsStep {
        code: place.code,
        name: place.name,
    };
    let above = [2, 4, 6]
        .into_iter()
        .filter_map(|length| digits.get(..length));
    let answer = HsPlace {
        edition: goods::edition(),
        path: above
            .map(|code| HsStep {
                name: goods::name(code, language.tag()),
                code: code.to_owned(),
            })
            .collect(),
        under: goods::under(&digits, language.tag())
            .into_iter()
            .map(step)
            .collect(),
        code: digits,
    };
    Ok(respond::worded(
        respond::json(StatusCode::OK, &answer),
        language,
    ))
}
