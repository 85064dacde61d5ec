//! `GET /schemas/{name}`: JSON Schemas of the kinds, and the JSON-LD context.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::Response;
use comity_model::schema::{CONTEXT_FILE, context, schemas};

use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};

/// Read a JSON Schema, or the JSON-LD context of version 1.
#[utoipa::path(
    get, path = "/schemas/{name}", tag = "node", operation_id = "getSchema",
    params(("name" = String, Path, description = "File name", example = "attestation.json", max_length = 100)),
    responses(
        (status = 200, description = "The schema", body = Object, content_type = "application/schema+json"),
        (status = 404, description = "No such schema", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn schema(
    Path(name): Path<String>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let (kind, schema) = if name == CONTEXT_FILE {
        ("application/ld+json", Some(context()))
    } else {
        let found = schemas().into_iter().find(|(file, _)| *file == name);
        ("application/schema+json", found.map(|(_, schema)| schema))
    };
    let schema = schema.ok_or_else(|| {
        let known: Vec<_> = schemas().into_iter().map(|(file, _)| file).collect();
        Problem::not_found(format!("Known are {}, {CONTEXT_FILE}.", known.join(", ")))
    })?;
    let mut response = respond::json(StatusCode::OK, &schema);
    let kind = header::HeaderValue::from_static(kind);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    let etag = format!("W/\"{}-{name}\"", env!("CARGO_PKG_VERSION"));
    Ok(respond::kept(response, &etag, Keep::ForADay))
}
