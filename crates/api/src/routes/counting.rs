//! `GET /v1/records?recognisedIn=`: search for what counts in a destination, in groups.

use comity_model::date::{Day, Instant};
use comity_node::counting::{CountingPage, CountingQuery};
use comity_node::requirements::Answering;
use comity_node::search::{Condition, Property, SearchRequest};
use comity_recognition::code::StepName;
use comity_recognition::verdict::VerdictResult;
use comity_recognition::wording::{self, Language, Style};
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::answer::{CodeWord, LanguageTag, StepWord, VerdictWord};
use crate::problem::Problem;
use crate::routes::participants::hs_code;
use crate::routes::requirements::WhomToAsk;
use crate::routes::search::{Total, summaries};
use crate::routes::stream::permit;
use crate::view::RecordSummary;

/// What of a search counts in a destination, each group by itself: how many count in all is said
/// nowhere, because not all are judged.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CountingResults {
    /// Where no rule of the destination is in force for the product, that first; then how many were
    /// judged.
    pub summary: String,
    /// The first of these sentences by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_rule: Option<String>,
    /// Language of the sentences, of those that `Accept-Language` names (BCP 47).
    #[schema(value_type = LanguageTag)]
    pub language: &'static str,
    /// The destination.
    pub recognised_in: String,
    /// The product's code, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hs: Option<String>,
    /// The legal day.
    #[schema(value_type = String, format = Date)]
    pub on: Day,
    /// As known at.
    #[schema(value_type = String, format = DateTime)]
    pub known_at: Instant,
    /// Rules of the destination in force for the product.
    pub rules: usize,
    /// Rules of the destination held, about whatever product.
    pub rules_held: usize,
    /// Everything that the destination has published is held: a rule that is not here is not there.
    pub complete: bool,
    /// Whom to ask.
    pub ask: WhomToAsk,
    /// What counts there of those judged.
    pub groups: Groups,
    /// How many candidates were judged for this page.
    pub judged: Judged,
    /// How many records may count there by what an index can tell: candidates, judged or not.
    pub candidates: Total,
    /// Where to go on judging; null where no candidate is left.
    pub next: Option<String>,
    /// What was searched instead, where a word was read as another. Never a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<String>,
}

/// What counts, by how; each group in the order of the search.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Groups {
    /// Counts in full, or up to a level.
    pub recognised: Vec<CountingItem>,
    /// Counts, and something named is left to do.
    pub recognised_with_conditions: Vec<CountingItem>,
    /// The results count; the decision is taken anew.
    pub results_only: Vec<CountingItem>,
}

/// How many candidates were judged.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    /// Judged for this page.
    pub count: usize,
    /// Of them, those of which it cannot be told whether they count; they are not shown.
    pub cannot_tell: usize,
    /// Of them, those that do not count.
    pub not_recognised: usize,
    /// Judging ended at its limit of 200, before the page was full.
    pub limit_reached: bool,
}

/// A record that counts.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CountingItem {
    /// The record.
    pub record: RecordSummary,
    /// What its verdict is.
    #[schema(value_type = VerdictWord)]
    pub verdict: VerdictResult,
    /// The verdict in one sentence.
    pub summary: String,
    /// The check that decided.
    #[schema(value_type = StepWord)]
    pub decisive_step: StepName,
    /// Why, from the closed list.
    #[schema(value_type = CodeWord)]
    pub code: &'static str,
    /// Twenty letters that name the verdict.
    pub reference: String,
}

/// Reads which search for what counts is asked for.
///
/// # Errors
/// Counts of facets, and more than one product.
pub(crate) fn query(
    mut request: SearchRequest,
    in_economy: String,
) -> Result<CountingQuery, Problem> {
    if !request.facets.is_empty() {
        let detail = "what counts in a destination is judged one by one, so nothing is counted; leave facet or recognisedIn out";
        return Err(Problem::parameter("facet", "invalid", detail));
    }
    let is_product =
        |condition: &Condition| condition.property == Property::Hs && !condition.unwanted;
    let conditions = std::mem::take(&mut request.conditions);
    let (products, others): (Vec<_>, Vec<_>) = conditions.into_iter().partition(is_product);
    request.conditions = others;
    let mut products = products.into_iter();
    let code = products
        .next()
        .map(|product| hs_code("hs", &product.value, None));
    if products.next().is_some() {
        let detail = "with recognisedIn it is the product, and may be given only once";
        return Err(Problem::parameter("hs", "repeated", detail));
    }
    Ok(CountingQuery {
        on: request.on.take(),
        code: code.transpose()?,
        request,
        in_economy,
    })
}

/// Runs the search.
///
/// # Errors
/// As a search; an economy that is none; too many such questions at once.
pub(crate) async fn answer(
    app: &App,
    query: CountingQuery,
    language: Language,
) -> Result<CountingResults, Problem> {
    // As many verdicts as a batch of questions may stand behind one answer.
    let _permit = permit(&app.batches)?;
    let (economy, code) = (query.in_economy.clone(), query.code.clone());
    let page = app.node.counting(query).await.map_err(Problem::from)?;
    let code = code.map(|code| code.code);
    let no_rule = wording::no_rule(
        (&economy, code.as_deref()),
        page.on,
        &page.in_force,
        language,
        Style::Codes,
    );
    let judged = wording::judged(page.judged, page.candidates, page.cannot_tell, language);
    let sentences: Vec<&str> = no_rule
        .iter()
        .map(String::as_str)
        .chain([&*judged])
        .collect();
    let rules = &page.in_force.rules;
    Ok(CountingResults {
        summary: sentences.join(wording::between_sentences(language)),
        no_rule,
        language: language.tag(),
        recognised_in: economy,
        hs: code,
        on: page.on,
        known_at: page.known_at,
        rules: rules.len(),
        rules_held: page.in_force.held,
        complete: page.in_force.complete,
        ask: WhomToAsk::new(&page.ask, language),
        groups: groups(app, &page, language).await?,
        judged: Judged {
            count: page.judged,
            cannot_tell: page.cannot_tell,
            not_recognised: page.judged - page.cannot_tell - page.items.len(),
            limit_reached: page.cut,
        },
        candidates: Total {
            value: page.candidates,
            relation: if page.exact { "eq" } else { "gte" },
        },
        next: page.next,
        did_you_mean: page.did_you_mean,
    })
}

async fn groups(app: &App, page: &CountingPage, language: Language) -> Result<Groups, Problem> {
    let demo = app.node.config().demo;
    let mut groups = Groups::default();
    for item in &page.items {
        let records = std::slice::from_ref(&item.record);
        let of = match item.verdict.result {
            VerdictResult::Recognised => &mut groups.recognised,
            VerdictResult::RecognisedWithConditions => &mut groups.recognised_with_conditions,
            VerdictResult::ResultsOnly => &mut groups.results_only,
            VerdictResult::CannotTell | VerdictResult::NotRecognised => continue,
        };
        let records = summaries(app, records, demo).await?;
        of.extend(
            records
                .into_iter()
                .map(|record| counted(item, record, language)),
        );
    }
    Ok(groups)
}

fn counted(item: &Answering, record: RecordSummary, language: Language) -> CountingItem {
    let verdict = &item.verdict;
    let decisive = verdict.step(verdict.decisive_step);
    CountingItem {
        record,
        verdict: verdict.result,
        summary: wording::summary(verdict, language, Style::Codes),
        decisive_step: verdict.decisive_step,
        code: decisive.map_or("", |step| step.code.as_str()),
        reference: verdict.reference(),
    }
}
