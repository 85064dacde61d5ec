//! `GET /v1/requirements`: what a destination asks for a product, what already answers it there,
//! and what is missing.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use comity_model::date::{Day, Instant};
use comity_model::import_rule::{ImportRule, RequirementSort, RuleEffect};
use comity_model::party::Contact;
use comity_model::text::{LangString, projected};
use comity_node::named;
use comity_node::requirements::{Answering, Requirements as Found, RequirementsQuery};
use comity_recognition::import_rule::RuleInForce;
use comity_recognition::verdict::VerdictResult;
use comity_recognition::wording::{self, Language, RequirementsFound, Style};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::answer::{LanguageTag, VerdictWord};
use crate::parameters::Parameters;
use crate::problem::{Problem, ProblemDocument};
use crate::respond::{self, Keep};
use crate::routes::participants::{edition, hs_code};
use crate::routes::record::weak_tag;
use crate::routes::stream::permit;
use crate::view::{self, RecordSummary};

/// Where the product is to go.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "documents what `query` reads")]
pub(crate) struct RequirementsParameters {
    /// The destination (ISO 3166-1 alpha-2).
    #[param(pattern = "^[A-Z]{2}$")]
    r#in: String,
    /// The product: HS code of 2 to 14 digits.
    #[param(pattern = "^[0-9]{2}([. -]?[0-9]){0,12}$")]
    hs: String,
    /// Edition of the HS, such as `2022`.
    #[param(minimum = 1988, maximum = 2100)]
    hs_edition: Option<u64>,
    /// The legal day; today (UTC) if absent.
    #[param(format = Date)]
    on: Option<String>,
}

/// What is asked, what answers it, what is missing.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Requirements {
    /// In one sentence.
    pub summary: String,
    /// Language of the sentence, of those that `Accept-Language` names (BCP 47).
    #[schema(value_type = LanguageTag)]
    pub language: &'static str,
    /// The destination.
    #[serde(rename = "in")]
    pub in_economy: String,
    /// The product's code.
    pub hs: String,
    /// The legal day.
    #[schema(value_type = String, format = Date)]
    pub on: Day,
    /// As known at.
    #[schema(value_type = String, format = DateTime)]
    pub known_at: Instant,
    /// Rules of the destination in force for the product.
    pub rules: Vec<Rule>,
    /// Rules of the destination held, about whatever product.
    pub rules_held: usize,
    /// Everything that the destination has published is held: a rule that is not here is not there.
    pub complete: bool,
    /// Published attestations that count there for the product, those first that leave least to do.
    pub answers: Vec<AnswerItem>,
    /// How many attestations that name the heading were judged: those that fit the rules best, the
    /// newest first.
    pub judged: usize,
    /// How many there are.
    pub found: u64,
    /// What no attestation that is there answers; empty where not all of them were judged.
    pub missing: Vec<Missing>,
    /// Where not all were judged: what none of those judged answers. Others may.
    pub not_among_judged: Vec<Missing>,
    /// Whom to ask.
    pub ask: WhomToAsk,
}

/// A rule in force.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// Record digest, in hex.
    pub record_digest: String,
    /// `urn:uuid:` id.
    pub id: String,
    /// Title, in the destination's languages.
    #[schema(value_type = Vec<Object>)]
    pub title: LangString,
    /// `required`, `nothingRequired`, `accepted` or `refused`.
    #[schema(value_type = String)]
    pub effect: RuleEffect,
    /// The law it rests on.
    pub legal_basis: String,
    /// It has to be read whether it is about the product on that day.
    pub needs_reading: bool,
    /// What is asked.
    pub requirements: Vec<RequirementItem>,
    /// The attestations accepted or refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub attestations: Option<Value>,
}

/// One thing that is asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequirementItem {
    /// Id within the rule.
    pub id: String,
    /// What sort of thing.
    #[schema(value_type = String)]
    pub sort: RequirementSort,
    /// In the destination's words.
    #[schema(value_type = Vec<Object>)]
    pub text: LangString,
    /// Which attestations answer it, where one can.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub attestation: Option<Value>,
    /// The national deviation, by clause.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub deviation: Option<Value>,
    /// Languages, of which one suffices.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
}

/// An attestation that counts there.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnswerItem {
    /// The attestation.
    pub record: RecordSummary,
    /// What it comes to.
    #[schema(value_type = VerdictWord)]
    pub verdict: VerdictResult,
    /// What it leaves open: rule and requirement.
    #[schema(value_type = Vec<Object>)]
    pub gaps: Value,
}

/// A requirement that nothing found answers.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Missing {
    /// Record digest of the rule, in hex.
    pub rule: String,
    /// Id within the rule.
    pub requirement: String,
}

/// Whom to ask.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WhomToAsk {
    /// DID of the destination's authority, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// Its name, in the language of the sentences where records held say it in that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Offices that the rules name; the authority's own where they name none.
    #[schema(value_type = Vec<Object>)]
    pub contacts: Vec<Contact>,
}

/// See what a destination asks for a product, which published attestations answer it there, and
/// what is missing.
///
/// At most 50 attestations are judged, those that fit what the rules ask before others. Where there
/// are more nothing is `missing`, but `notAmongJudged`. Where no rule of the destination is held, nothing is said
/// of what it asks: `rulesHeld` is 0 and `ask` says whom to ask.
#[utoipa::path(
    get, path = "/v1/requirements", tag = "recognition", operation_id = "getRequirements",
    params(
        RequirementsParameters,
        ("Accept-Language" = Option<String>, Header, description = "Languages of the sentences, with weights; English where none of them is there"),
    ),
    responses(
        (status = 200, description = "What is asked", body = Requirements),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "Too many batches and such questions at once", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn requirements(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = query(parameters)?;
    let language = respond::language(&headers);
    let etag = weak_tag(&app, language.tag());
    if let Some(response) = respond::unchanged(&headers, &etag, Keep::ForAMinute) {
        return Ok(respond::worded(response, language));
    }
    // As many verdicts as a batch of questions may stand behind one answer.
    let _permit = permit(&app.batches)?;
    let found = app.node.requirements(&query).await?;
    let answered = answered(&query, &found, app.node.config().demo, language);
    let response = respond::json(StatusCode::OK, &answered);
    let response = respond::kept(response, &etag, Keep::ForAMinute);
    Ok(respond::worded(response, language))
}

fn query(mut parameters: Parameters) -> Result<RequirementsQuery, Problem> {
    let in_economy =
        parameters.required("in", "an economy as ISO 3166-1 alpha-2 code, such as KZ")?;
    let edition = edition(&mut parameters)?;
    let hs = parameters.required("hs", "an HS code such as 8516.60")?;
    let on = parameters.read("on")?;
    parameters.finish()?;
    Ok(RequirementsQuery {
        in_economy,
        code: hs_code("hs", &hs, edition.as_deref())?,
        on,
    })
}

fn answered(
    query: &RequirementsQuery,
    found: &Found,
    demo: bool,
    language: Language,
) -> Requirements {
    let missing = found.unanswered().into_iter().map(|(rule, id)| Missing {
        rule: hex::encode(rule),
        requirement: id.to_owned(),
    });
    let open: Vec<_> = missing.collect();
    let summary = summary(query, found, language);
    let (missing, not_among_judged) = if found.all_judged {
        (open, Vec::new())
    } else {
        (Vec::new(), open)
    };
    let rules = &found.in_force.rules;
    Requirements {
        summary,
        language: language.tag(),
        in_economy: query.in_economy.clone(),
        hs: query.code.code.clone(),
        on: found.on,
        known_at: found.known_at,
        rules: rules.iter().map(rule).collect(),
        rules_held: found.in_force.held,
        complete: found.in_force.complete,
        judged: found.judged,
        found: found.found,
        missing,
        not_among_judged,
        ask: WhomToAsk::new(&found.ask, language),
        answers: (found.answers.iter())
            .map(|answer| answer_item(answer, demo))
            .collect(),
    }
}

impl WhomToAsk {
    /// With the name in that language.
    pub(crate) fn new(ask: &named::WhomToAsk, language: Language) -> Self {
        let name = ask.names.in_language(language.tag());
        Self {
            authority: ask.authority.clone(),
            name: name.map(projected),
            contacts: ask.contacts.clone(),
        }
    }
}

fn rule(held: &RuleInForce) -> Rule {
    let ImportRule {
        title,
        effect,
        legal_basis,
        requirements,
        attestations,
        ..
    } = &held.rule;
    let requirements = requirements.iter().map(|requirement| RequirementItem {
        id: requirement.id.clone(),
        sort: requirement.sort,
        text: requirement.text.clone(),
        attestation: requirement.attestation.as_ref().map(|filter| json!(filter)),
        deviation: requirement.deviation.as_ref().map(|of| json!(of)),
        languages: requirement.languages.clone(),
    });
    Rule {
        record_digest: hex::encode(held.digest),
        id: held.id.clone(),
        title: title.clone(),
        effect: *effect,
        legal_basis: projected(legal_basis),
        needs_reading: held.needs_reading,
        requirements: requirements.collect(),
        attestations: attestations.as_ref().map(|filter| json!(filter)),
    }
}

fn answer_item(answer: &Answering, demo: bool) -> AnswerItem {
    AnswerItem {
        record: view::summary(&answer.record, demo),
        verdict: answer.verdict.result,
        gaps: json!(answer.verdict.gaps),
    }
}

/// What is asked in one sentence.
fn summary(query: &RequirementsQuery, found: &Found, language: Language) -> String {
    let found = RequirementsFound {
        economy: &query.in_economy,
        code: &query.code.code,
        on: found.on,
        rules: found.said(),
        counting: found.answers.len(),
        judged: (!found.all_judged).then_some((found.judged, found.found)),
    };
    wording::requirements(&found, language, Style::Codes)
}
