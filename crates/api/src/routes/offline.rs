//! `GET /v1/records/{id}/bundle`, and bundles brought to `POST /v1/recognition`: verdicts that
//! hold without a network.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use comity_node::recognise::Ask;
use comity_recognition::bundle::{MAX_BUNDLE_BYTES, Refused};
use comity_recognition::question::Selector;
use comity_recognition::wording::Language;

use crate::App;
use crate::answer::{Answer, answer};
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument, ProblemKind};
use crate::respond::NDJSON;
use crate::routes::recognition::product::{self, ProductParameters};
use crate::routes::record::{find, single};

/// Largest bundle that is judged, in bytes.
pub const MAX_BYTES: usize = MAX_BUNDLE_BYTES;
/// How long a bundle waits for others that are being judged.
const LONGEST_WAIT: Duration = Duration::from_millis(500);

/// Take a verdict along: one file with everything that it rests on.
///
/// It is asked as `/v1/recognition` is, about one record by its name.
///
/// It is verified and judged again without any network, under a policy of one's own: `comity check
/// FILE --offline --policy FILE`. This node signs for it that in the logs it names nothing else
/// bears on this question, as far as was known at that moment.
#[utoipa::path(
    get, path = "/v1/records/{id}/bundle", tag = "recognition", operation_id = "getBundle",
    params(
        ("id" = String, Path, description = "UUID, `urn:uuid:` or record digest in hex", pattern = "^((urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$"),
        ("in" = String, Query, description = "The destination (ISO 3166-1 alpha-2)", pattern = "^[A-Z]{2}$"),
        ("on" = Option<String>, Query, format = Date, description = "The legal day; today (UTC) if absent"),
        ("knownAt" = Option<String>, Query, format = DateTime, description = "As known at this instant; now if absent"),
        ProductParameters,
    ),
    responses(
        (status = 200, description = "The bundle (`.comity.ndjson`, format v1, 4.7)", body = String, content_type = "application/x-ndjson"),
        (status = 300, description = "Several records stand under this name", body = crate::view::Candidates),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not held", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn bundle(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let destination =
        parameters.required("in", "an economy as ISO 3166-1 alpha-2 code, such as JP")?;
    let on = parameters.read("on")?;
    let known_at = parameters.read("knownAt")?;
    let product = product::asked(&mut parameters)?;
    parameters.finish()?;
    let found = match single(&app, find(&app, &id).await?, &id) {
        Ok(found) => found,
        Err(response) => return Ok(*response),
    };
    let mut ask = Ask::new(
        Selector::Identity(comity_model::reference::Identity {
            authority: found.row.authority.clone(),
            issuer: found.row.issuer.clone(),
            id: found.row.id.clone(),
        }),
        &destination,
    );
    ask.on = on;
    ask.known_at = known_at;
    ask.product = product;
    let made = app.node.make_bundle(ask).await?;
    let uuid = found.row.id.trim_start_matches("urn:uuid:");
    let name = format!("attachment; filename=\"{uuid}.comity.ndjson\"");
    let headers = [
        (header::CONTENT_TYPE, NDJSON.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        // What it states is of this moment: nobody is given it later as if it were new.
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, made.bytes).into_response())
}

/// Whether a body is a bundle: its header begins with its digest.
pub(crate) fn is_bundle(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{\"digest\":\"")
}

/// Answers a bundle from itself alone, under this node's policy.
///
/// # Errors
/// The line that is refused; that too many bundles are judged already.
pub(crate) async fn judged(
    app: &Arc<App>,
    bytes: Vec<u8>,
    language: Language,
) -> Result<Answer, Problem> {
    let node = app.node.clone();
    let free = Arc::clone(&app.bundles).acquire_owned();
    let Ok(Ok(permit)) = tokio::time::timeout(LONGEST_WAIT, free).await else {
        let detail = "The node judges as many bundles as it can; ask again in a moment.";
        return Err(Problem::new(ProblemKind::Overloaded, detail));
    };
    // Thousands of signatures may be in it: they are verified off the threads that answer, and
    // nothing stops them there. So the permit goes along, not with the request.
    let judged = tokio::task::spawn_blocking(move || {
        let judged = node.judge_bundle(&bytes);
        drop(permit);
        judged
    });
    let judged = judged
        .await
        .map_err(|_| Problem::new(ProblemKind::Internal, "The bundle could not be judged."))?;
    let judged = judged.map_err(|why| refused(&why))?;
    Ok(Answer {
        age_seconds: Some(judged.age_seconds),
        ..answer(judged.answer, language)
    })
}

fn refused(refused: &Refused) -> Problem {
    let detail = format!(
        "Line {}, {}: {}. Ask for the file again: nothing in it is believed.",
        refused.line, refused.what, refused.reason
    );
    Problem::new(ProblemKind::BundleRefused, detail)
}
