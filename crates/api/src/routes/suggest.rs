//! `GET /v1/suggest`: completion while somebody types.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use comity_node::search::MAX_COMPLETIONS;
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::record::weak_tag;
use crate::routes::search::limit;

/// Completions if `limit` is absent.
pub const DEFAULT_COMPLETIONS: usize = 10;
/// Longest beginning in characters; nobody types more before choosing.
pub const MAX_TYPED_CHARS: usize = 200;

/// Completions of what was typed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Suggestions {
    /// Numbers that begin so, then the rest, the most frequent first.
    pub items: Vec<Suggestion>,
}

/// One completion.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Suggestion {
    /// As it stands in the records; of goods, a word for them in the language of the beginning.
    pub text: String,
    /// `number`, `party`, `standard` or `goods`.
    pub kind: &'static str,
    /// About how many records name it, or of goods stand under their code.
    pub count: u64,
}

/// Complete the beginning of a number, a name, a standard or a word for goods.
#[utoipa::path(
    get, path = "/v1/suggest", tag = "records", operation_id = "suggest",
    params(
        ("q" = String, Query, description = "What has been typed", min_length = 1, max_length = 200),
        ("limit" = Option<u64>, Query, description = "Most completions", minimum = 1, maximum = 50),
    ),
    responses(
        (status = 200, description = "Completions", body = Suggestions),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn suggest(
    State(app): State<Arc<App>>,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let typed = parameters.required(
        "q",
        "the beginning of a number, a name, a standard or a word for goods",
    )?;
    if typed.chars().count() > MAX_TYPED_CHARS {
        let detail = format!("expected at most {MAX_TYPED_CHARS} characters");
        return Err(Problem::parameter("q", "tooLong", detail));
    }
    let limit = limit(&mut parameters, MAX_COMPLETIONS, DEFAULT_COMPLETIONS)?;
    parameters.finish()?;
    let items = app.node.complete(&typed, limit)?.into_iter();
    let suggestion = |completion: comity_node::search::Completion| Suggestion {
        text: completion.text,
        kind: completion.kind,
        count: completion.count,
    };
    let answer = Suggestions {
        items: items.map(suggestion).collect(),
    };
    let response = respond::json(StatusCode::OK, &answer);
    Ok(respond::kept(
        response,
        &weak_tag(&app, ""),
        Keep::ForAMinute,
    ))
}
