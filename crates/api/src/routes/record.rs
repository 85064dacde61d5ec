//! `GET /v1/records/{id}`: one record with its state.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use comity_node::look_up::Found;
use comity_node::recognise::selector;
use comity_recognition::question::Selector;

use crate::App;
use crate::notices;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::view::{self, Candidates, RecordView};

/// A record that could be singled out, or the answer that it could not.
pub(crate) type One = Result<Found, Box<Response>>;

/// Read a record with its state now.
///
/// `id` is a UUID, a `urn:uuid:` or a record digest in hex. A withdrawn record is answered like
/// any other and says so in `state`. Where several records stand under one UUID, of several
/// signers or with several contents, all of them are listed with status 300.
#[utoipa::path(
    get, path = "/v1/records/{id}", tag = "records", operation_id = "getRecord",
    params(("id" = String, Path, description = "UUID, `urn:uuid:` or record digest in hex", pattern = "^((urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$")),
    responses(
        (status = 200, description = "The record", body = RecordView),
        (status = 300, description = "Several records stand under this name", body = Candidates),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "Not a name of a record", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not held", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn record(
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
    let view = with_notices(&app, found).await?;
    Ok(respond::kept(
        respond::json(StatusCode::OK, &view),
        &etag,
        Keep::ForAMinute,
    ))
}

/// The view of a record with the notices that touch it, and what became of its promise.
///
/// # Errors
/// What the node could not do.
pub(crate) async fn with_notices(app: &App, found: Found) -> Result<RecordView, Problem> {
    let notices = notices::of_record(app, &found).await?;
    let promise = app.node.promised(&found).await?.map(Into::into);
    let view = view::view(found, app.node.config().demo, app.node.clock().now());
    Ok(RecordView {
        promise,
        notices,
        ..view
    })
}

/// Every record under a name.
///
/// # Errors
/// A name that is no name of a record.
pub(crate) async fn find(app: &App, id: &str) -> Result<Vec<Found>, Problem> {
    let selector = match selector(id, None) {
        Selector::Number { .. } => {
            return Err(Problem::parameter(
                "id",
                "invalid",
                "expected a UUID, urn:uuid: or a record digest of 64 hexadecimal digits; look \
                 numbers up with /v1/records?number=",
            ));
        }
        selector => selector,
    };
    let found = app.node.look_up(&selector).await?;
    if found.is_empty() {
        let acts = app.node.taken_down_of(&selector).await?;
        if let Some(problem) = Problem::taken_down(&acts) {
            return Err(problem);
        }
    }
    Ok(found)
}

/// The one record among those found.
///
/// # Errors
/// The answer 404 for none, 300 with a list for several.
pub(crate) fn single(app: &App, mut found: Vec<Found>, id: &str) -> One {
    if found.len() > 1 {
        return Err(Box::new(several(app, &found)));
    }
    found.pop().ok_or_else(|| {
        let detail = format!(
            "This node holds no record {}.",
            comity_model::text::projected(id)
        );
        Box::new(Problem::not_found(detail).into_response())
    })
}

/// The answer that several records fit.
pub(crate) fn several(app: &App, found: &[Found]) -> Response {
    let demo = app.node.config().demo;
    let candidates = found
        .iter()
        .map(|found| view::summary(found, demo))
        .collect();
    respond::json(StatusCode::MULTIPLE_CHOICES, &Candidates { candidates })
}

/// Most letters of what a tag is about: the start of a digest, and a language.
const MAX_TAG_SUBJECT: usize = 24;

/// The tag of an answer that follows the logs and the calendar: of what it is about, the size of
/// the log, how far search is, what others have brought, and the hour.
pub(crate) fn weak_tag(app: &App, subject: &str) -> String {
    let about: String = subject.chars().take(MAX_TAG_SUBJECT).collect();
    let size = app.node.head().size;
    let indexed = app.node.indexed_size();
    let brought = app.node.brought_count();
    let hour = app.node.clock().now().seconds().div_euclid(3_600);
    format!("W/\"{about}-{size}-{indexed}-{brought}-{hour}\"")
}
