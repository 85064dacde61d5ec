//! `GET` and `POST /v1/recognition`: does this record count there, on that day, and why?

pub(crate) mod plain;
pub(crate) mod product;
mod shown;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use comity_model::attestation::Quantity;
use comity_model::date::{Day, Instant};
use comity_model::product::ProductCode;
use comity_model::record::Record;
use comity_model::standard::StandardReference;
use comity_node::recognise::{Ask, selector};
use comity_recognition::question::{ProductFacts, Selector};
use comity_recognition::wording::Language;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::answer::{Answer, answer};
use crate::body::{self, MAX_QUESTION_BYTES, Media};
use crate::notices;
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument, ProblemKind};
use crate::respond::{self, Keep};
use crate::routes::offline;
use crate::routes::recognition::plain::Form;
use crate::routes::recognition::product::ProductParameters;
use crate::routes::record::weak_tag;

/// Most product codes in one question.
pub const MAX_CODES: usize = 20;
/// Longest text of one member of a question, in characters.
pub const MAX_TEXT_CHARS: usize = 2_000;

/// The question in an address.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "documents what `from_parameters` reads")]
pub(crate) struct QuestionParameters {
    /// The record: UUID, `urn:uuid:`, record digest, printed link or address in another register
    /// (never fetched), or number.
    #[param(min_length = 1, max_length = 2000)]
    record: String,
    /// DID of the signer, identifier of the body that a register attributes it to, or exactly the
    /// name that it has in a record of this number.
    #[param(max_length = 2000)]
    issuer: Option<String>,
    /// The destination (ISO 3166-1 alpha-2).
    #[param(pattern = "^[A-Z]{2}$")]
    r#in: String,
    /// The legal day; today (UTC) if absent.
    #[param(format = Date)]
    on: Option<String>,
    /// As known at this instant; now if absent.
    #[param(format = DateTime)]
    known_at: Option<String>,
    /// The asker's own file number, echoed.
    #[param(max_length = 2000)]
    file: Option<String>,
    /// `text` for a few lines of plain text, as `Accept: text/plain` asks for; `json` otherwise.
    #[param(pattern = "^(json|text)$")]
    format: Option<String>,
}

/// The question in a body.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = QuestionBody)]
pub struct QuestionBody {
    /// The record: UUID, `urn:uuid:`, record digest, printed link or address in another register
    /// (never fetched), or number. May be left out with `document`.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 2000)]
    pub record: Option<String>,
    /// DID of the signer, identifier of the body that a register attributes it to, or exactly the
    /// name that it has in a record of this number.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub issuer: Option<String>,
    /// A signed record that is shown, judged and not kept.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub document: Option<Box<RawValue>>,
    /// The destination (ISO 3166-1 alpha-2).
    #[serde(rename = "in")]
    #[schema(pattern = "^[A-Z]{2}$")]
    pub in_economy: String,
    /// The legal day; today (UTC) if absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub on: Option<Day>,
    /// As known at this instant; now if absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub known_at: Option<Instant>,
    /// What is known of the product.
    #[serde(default)]
    pub product: ProductBody,
    /// The asker's own file number, echoed.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub file_number: Option<String>,
    /// Use each log up to this size only, to repeat an earlier verdict: origin and size.
    #[serde(default)]
    pub up_to: BTreeMap<String, u64>,
    /// Unsigned drafts laid over the evidence ("what if"); nothing is kept.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub assume: Vec<Value>,
}

/// What is known of the product; what is left out is not asked about.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = Product)]
pub struct ProductBody {
    /// Classification codes: `{"scheme": "HS", "edition": "2022", "code": "854449"}`.
    #[schema(value_type = Vec<Object>, max_items = 20)]
    pub codes: Vec<ProductCode>,
    /// Model number; several with commas or semicolons of any script between them.
    pub model: Option<String>,
    /// GTIN.
    pub gtin: Option<String>,
    /// Serial number of a single item.
    pub serial: Option<String>,
    /// Lot or batch of a consignment.
    pub lot: Option<String>,
    /// How much of it: `{"value": "40", "unit": "kg"}`.
    #[schema(value_type = Option<Object>)]
    pub quantity: Option<Quantity>,
    /// Name of the holder.
    pub holder: Option<String>,
    /// Name of the manufacturer.
    pub manufacturer: Option<String>,
    /// Name of the factory.
    pub factory: Option<String>,
    /// Day of issue as the paper prints it.
    #[schema(value_type = Option<String>, format = Date)]
    pub issued_on: Option<Day>,
    /// A standard that the record must state fulfilment of.
    #[schema(value_type = Option<String>)]
    pub standard: Option<StandardReference>,
    /// Number of the certificate as the paper prints it.
    pub number: Option<String>,
    /// Last day of validity as the paper prints it.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_until: Option<Day>,
    /// Scope in words as the paper prints it.
    pub scope: Option<String>,
}

/// Ask whether a record counts in an economy, on a day.
///
/// The answer is always 200: "not recognised" and "cannot tell" are answers. Every check is listed
/// with its outcome, a code of the closed list, a sentence and the records it rests on.
///
/// As plain text (`Accept: text/plain`, or `format=text`) the answer has fewer than 700 bytes:
/// result, record, reason, whom to ask, as known when, and the reference.
#[utoipa::path(
    get, path = "/v1/recognition", tag = "recognition", operation_id = "recognise",
    params(
        QuestionParameters,
        ProductParameters,
        ("Accept-Language" = Option<String>, Header, description = "Languages of the sentences, with weights; English where none of them is there"),
    ),
    responses(
        (status = 200, description = "The verdict", content((Answer = "application/json"), (String = "text/plain"))),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn ask(
    State(app): State<Arc<App>>,
    mut parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let form = Form::of(&mut parameters, &headers)?;
    let ask = from_parameters(parameters)?;
    let policy: String = hex::encode(app.node.policy().digest())
        .chars()
        .take(16)
        .collect();
    let language = respond::language(&headers);
    let etag = weak_tag(&app, &format!("{policy}-{language}{}", form.mark()));
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(plain::varied(respond::worded(response, language)));
    }
    let response = match form {
        Form::Json => {
            let answered = answered(&app, ask, language).await?;
            respond::json(StatusCode::OK, &answered)
        }
        Form::Text => plain::text(&app, ask, language).await?,
    };
    let response = respond::kept(response, &etag, Keep::ForAMinute);
    Ok(plain::varied(respond::worded(response, language)))
}

/// Ask with a body: with a record shown, with drafts assumed, or to repeat an earlier verdict; or
/// have a bundle judged.
///
/// A bundle (`application/x-ndjson`) is judged from itself alone, under this node's policy: what
/// this node holds besides plays no part. The answer says how old what it knows is.
#[utoipa::path(
    post, path = "/v1/recognition", tag = "recognition", operation_id = "recogniseWithBody",
    params(
        ("Accept-Language" = Option<String>, Header, description = "Languages of the sentences, with weights; English where none of them is there"),
    ),
    request_body(
        content((QuestionBody = "application/json"), (String = "application/x-ndjson")),
        description = "The question, at most 4 MiB; or a bundle, at most 16 MiB",
    ),
    responses(
        (status = 200, description = "The verdict", body = Answer),
        (status = 400, description = "The question cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, description = "Larger than its limit", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, description = "Neither JSON nor a bundle", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "The bundle is refused", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "Too many bundles at once", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn ask_with_body(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let language = respond::language(&headers);
    let (limit, lines) = match body::media(&headers)? {
        Media::One => (MAX_QUESTION_BYTES, false),
        Media::Lines => (offline::MAX_BYTES, true),
    };
    let bytes = body::whole(body, limit).await?;
    let answered = if offline::is_bundle(&bytes) {
        offline::judged(&app, bytes, language).await?
    } else if lines {
        let detail = "These lines are no bundle: its header begins with its digest. Many questions \
                      go to /v1/recognition/batch.";
        return Err(Problem::new(ProblemKind::MalformedRequest, detail));
    } else {
        answer_bytes(&app, &bytes, language).await?
    };
    let response = respond::json(StatusCode::OK, &answered);
    Ok(respond::worded(response, language))
}

/// Answers a question as it stands in a body or in a line.
///
/// # Errors
/// A question that cannot be read; what the node could not do.
pub(crate) async fn answer_bytes(
    app: &App,
    bytes: &[u8],
    language: Language,
) -> Result<Answer, Problem> {
    let question: QuestionBody = serde_json::from_slice(bytes).map_err(|error| {
        let detail = format!("The question cannot be read: {error}.");
        Problem::new(ProblemKind::MalformedRequest, detail)
    })?;
    answered(app, from_body(question)?, language).await
}

/// The answer to a question, with the notices that touch what it is about beside the verdict: the
/// record that was judged, or else the number, of which no record needs to be held.
async fn answered(app: &App, ask: Ask, language: Language) -> Result<Answer, Problem> {
    let asked = ask.record.clone();
    let shown = ask.shown.as_ref();
    let shown = shown.and_then(|shown| Record::read(shown).ok());
    let answered = app.node.recognise(ask).await?;
    let judged = answered.verdict.judged.as_ref();
    let judged = judged.map(|judged| Selector::RecordDigest(hex::encode(judged.record_digest)));
    let mut found = match judged {
        Some(judged) => app.node.look_up(&judged).await?,
        None => Vec::new(),
    };
    let notices = match (found.pop(), shown, &asked) {
        (Some(found), _, _) => notices::of_record(app, &found).await?,
        (None, Some(shown), _) => notices::of_shown(app, &shown).await?,
        (None, None, Selector::Number { number, issuer }) => {
            notices::of_number(app, number, issuer.as_deref()).await?
        }
        (None, None, _) => None,
    };
    let looks_like = match (&answered.verdict.judged, &asked) {
        (None, Selector::Number { number, .. }) => app.node.looks_like(number).await?,
        _ => Vec::new(),
    };
    Ok(Answer {
        notices,
        looks_like: looks_like.into_iter().map(Into::into).collect(),
        ..answer(answered, language)
    })
}

fn from_parameters(mut parameters: Parameters) -> Result<Ask, Problem> {
    let what = "an id, a record digest, a printed link or a number";
    let record = parameters.required("record", what)?;
    let issuer = parameters.one("issuer")?;
    let destination =
        parameters.required("in", "an economy as ISO 3166-1 alpha-2 code, such as JP")?;
    let product = product::asked(&mut parameters)?;
    let mut ask = Ask::new(selector(&record, issuer.as_deref()), &destination);
    ask.on = parameters.read("on")?;
    ask.known_at = parameters.read("knownAt")?;
    ask.file_number = parameters.one("file")?;
    ask.product = product;
    parameters.finish()?;
    Ok(ask)
}

fn from_body(question: QuestionBody) -> Result<Ask, Problem> {
    check_texts(&question)?;
    let shown = question.document.as_deref().map(shown::exact_bytes);
    let record = match (&question.record, &shown) {
        (Some(record), _) => selector(record, question.issuer.as_deref()),
        (None, Some(_)) => selector_of(question.document.as_deref())?,
        (None, None) => {
            let detail = "expected the name of a record, or a document";
            return Err(Problem::parameter("record", "missing", detail));
        }
    };
    let drafts = question.assume.iter().map(serde_json::to_vec);
    let product = question.product;
    Ok(Ask {
        record,
        in_economy: question.in_economy,
        on: question.on,
        known_at: question.known_at,
        product: ProductFacts {
            codes: product.codes,
            model: product.model,
            gtin: product.gtin,
            serial: product.serial,
            lot: product.lot,
            quantity: product.quantity,
            holder: product.holder,
            manufacturer: product.manufacturer,
            factory: product.factory,
            issued_on: product.issued_on,
            standard: product.standard,
            number: product.number,
            valid_until: product.valid_until,
            scope: product.scope,
        },
        file_number: question.file_number,
        up_to: question.up_to,
        assume: drafts
            .collect::<Result<_, _>>()
            .map_err(|_| unreadable("assume"))?,
        shown,
    })
}

/// Texts within their limit and without control characters.
fn check_texts(question: &QuestionBody) -> Result<(), Problem> {
    let product = &question.product;
    let texts = [
        ("record", &question.record),
        ("issuer", &question.issuer),
        ("fileNumber", &question.file_number),
        ("product.model", &product.model),
        ("product.gtin", &product.gtin),
        ("product.serial", &product.serial),
        ("product.lot", &product.lot),
        ("product.holder", &product.holder),
        ("product.manufacturer", &product.manufacturer),
        ("product.factory", &product.factory),
        ("product.number", &product.number),
        ("product.scope", &product.scope),
    ];
    for (name, text) in texts {
        let Some(text) = text else { continue };
        if text.chars().count() > MAX_TEXT_CHARS || text.chars().any(char::is_control) {
            let detail = format!("expected at most {MAX_TEXT_CHARS} characters, none of control");
            return Err(Problem::parameter(name, "invalid", detail));
        }
    }
    if product.codes.len() > MAX_CODES {
        let detail = format!("at most {MAX_CODES} codes");
        return Err(Problem::parameter("product.codes", "tooMany", detail));
    }
    Ok(())
}

/// The id that a shown record gives itself.
fn selector_of(document: Option<&RawValue>) -> Result<Selector, Problem> {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    let named = document.and_then(|document| serde_json::from_str::<Named>(document.get()).ok());
    match named.map(|named| selector(&named.id, None)) {
        Some(Selector::Id(id)) => Ok(Selector::Id(id)),
        _ => Err(Problem::parameter(
            "document",
            "invalid",
            "expected a record with an id `urn:uuid:...`",
        )),
    }
}

fn unreadable(name: &str) -> Problem {
    Problem::parameter(name, "invalid", "expected a JSON object")
}
