//! The OpenAPI document, generated from the handlers and kept golden in `schemas/openapi.json`.

use comity_recognition::code::{Code, StepName};
use comity_recognition::wording::Language;
use serde_json::json;
use utoipa::openapi::schema::{Object, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi};

use crate::answer::{CodeWord, LanguageTag, StepWord};
use crate::problem::ProblemKind;
use crate::routes::{
    arrangements, batch, docs, document, events, feeds, health, hs, impact, log, logs, matrix,
    mirror, node, notices, offline, participants, permalink, problems, publish, recognition,
    record, requirements, schemas, search, statistics, status, stream, suggest, trust, validate,
    witness,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Comity",
        description = "Records of conformity assessment, signed by whoever answers for them and logged for everyone to check; \
                       and verdicts on whether one counts in another economy, with every step that led there.\n\n\
                       Reading needs no key. Publishing needs the signature of a registered party. \
                       Errors are problem documents (RFC 9457); each type has a page under `/problems/`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    tags(
        (name = "records", description = "Publish, find and read records"),
        (name = "recognition", description = "Ask whether a record counts, and who is competent"),
        (name = "log", description = "Check the log from outside"),
        (name = "node", description = "The node itself"),
    ),
    paths(
        search::records, search::spreadsheet::csv, publish::publish, validate::validate, record::record,
        document::document, document::proof, document::receipt, events::status_events, events::publish_event,
        events::history, status::status_at, suggest::suggest, hs::codes, hs::code, permalink::permalink,
        recognition::ask, recognition::ask_with_body, batch::batch, offline::bundle,
        participants::participants, requirements::requirements, impact::impact, impact::spreadsheet::csv, arrangements::arrangements,
        matrix::recognition_matrix,
        notices::list, notices::feed,
        feeds::records_atom, feeds::records_json, feeds::status_atom, feeds::status_json, statistics::statistics,
        logs::logs, logs::log, log::checkpoint, log::tile, log::bodies, log::body,
        witness::add_checkpoint, witness::checkpoint, witness::evidence,
        mirror::checkpoint, mirror::tile, mirror::bodies, mirror::federation,
        node::node, trust::trust, schemas::schema, problems::problem, docs::openapi_document,
        health::report, health::live, health::ready,
    ),
    components(schemas(StepWord, CodeWord, LanguageTag, stream::StreamLine)),
    modifiers(&ClosedLists),
)]
struct Described;

/// The OpenAPI document of this program: every path, every limit, the steps of a verdict it knows
/// and the closed lists of codes and problem types.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Described::openapi()
}

/// Fills in the lists that the code holds.
struct ClosedLists;

impl Modify for ClosedLists {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        for item in openapi.paths.paths.values_mut() {
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                let responses = &mut operation.responses.responses;
                responses.insert("default".to_owned(), RefOr::T(any_problem()));
            }
        }
        let Some(components) = openapi.components.as_mut() else {
            return;
        };
        let steps = StepName::ALL.map(StepName::name);
        let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        let problems: Vec<_> = (ProblemKind::ALL.iter())
            .map(|kind| format!("/problems/{}", kind.slug()))
            .collect();
        let mut put = |name: &str, schema: Object| {
            components
                .schemas
                .insert(name.to_owned(), RefOr::T(Schema::Object(schema)));
        };
        put(
            "StepWord",
            words(
                &steps,
                "The checks that this program knows, in the order of a verdict.",
            ),
        );
        put(
            "CodeWord",
            words(
                &codes,
                "Why a check has its outcome: the closed list of codes.",
            ),
        );
        let languages = Language::ALL.map(Language::tag);
        put(
            "LanguageTag",
            words(
                &languages,
                "The languages that sentences are worded in; English where `Accept-Language` \
                 names none of them.",
            ),
        );
        put(
            "ProblemType",
            words(&problems, "The closed list of problem types."),
        );
    }
}

/// What every path may answer: too many requests, an address too long, a failure inside.
fn any_problem() -> Response {
    let schema = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new()
        .description("Any other problem")
        .content("application/problem+json", content)
        .build()
}

fn words<T: AsRef<str>>(words: &[T], description: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .description(Some(description))
        .enum_values(Some(words.iter().map(|word| json!(word.as_ref()))))
        .build()
}
