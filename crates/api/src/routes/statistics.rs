//! `GET /v1/statistics`: certificates, bodies, grants and suspensions, counted as of a day.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use comity_model::date::{Day, Instant};
use comity_model::text::projected;
use comity_node::csv::{self, CSV};
use comity_node::statistics::{
    Counted, Dimension, Group, LeftOut, MAX_COUNTS, MAX_ECONOMIES, Population, Source, Statistics,
    StatisticsQuery,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::parameters::{Parameters, among};
use crate::problem::{Problem, ProblemDocument, ProblemKind};
use crate::respond::{self, JSON, Keep};

/// How long an answer is waited for; what is not counted by then is counted on.
pub const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// What every answer says of its groups.
const NOTES: [&str; 4] = [
    "A record with several economies, kinds, chapters or standards is counted in the group of each and once in \
     the total, so that groups do not add up to totals; `null` is the group of records that have none.",
    "A date that is known roughly counts by its last possible day, and in no month if it may lie in two.",
    "Native records are signed by whoever issued them; imported ones are rows of a register, signed by its importer.",
    "As known now: what is said later of an earlier day changes the counts of that day.",
];

/// What is asked.
#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "documents what `query` reads")]
pub(crate) struct StatisticsParameters {
    /// What is counted: `certificates`, `bodies`, `grants` or `suspensions`.
    #[param(pattern = "^(certificates|bodies|grants|suspensions)$")]
    of: String,
    /// By what, at most three of `economy`, `kind`, `chapter`, `standard`, `month`, divided by
    /// commas; totals only if absent.
    #[param(max_length = 60, example = "economy,month")]
    by: Option<String>,
    /// Of this economy only (ISO 3166-1 alpha-2); may be repeated.
    #[param(max_items = 100)]
    r#in: Option<Vec<String>>,
    /// Issued, begun or in effect from this day on.
    #[param(format = Date)]
    from: Option<String>,
    /// Issued, begun or in effect up to this day.
    #[param(format = Date)]
    until: Option<String>,
    /// As of this day; today (UTC) if absent.
    #[param(format = Date)]
    on: Option<String>,
    /// `json` (default) or `csv`; without it the header `Accept` decides.
    #[param(pattern = "^(json|csv)$")]
    format: Option<String>,
}

/// Counts as of a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatisticsAnswer {
    /// What was counted.
    pub of: &'static str,
    /// By what, in this order.
    pub by: Vec<&'static str>,
    /// As of this day.
    #[schema(value_type = String, format = Date)]
    pub on: Day,
    /// As known at this instant.
    #[schema(value_type = String, format = DateTime)]
    pub known_at: Instant,
    /// Of these economies only; of all if empty.
    pub economies: Vec<String>,
    /// Dated on this day or later.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Dated on this day or earlier.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// What one count means.
    pub meaning: &'static str,
    /// What else must be known to read the numbers.
    pub notes: Vec<&'static str>,
    /// The names of the counts, in order. `total` is the sum of the others.
    pub counts: Vec<&'static str>,
    /// One item for each group and source in which anything was counted.
    pub items: Vec<StatisticsItem>,
    /// Each record once, whatever groups it is in.
    pub totals: StatisticsTotals,
    /// What was not counted.
    pub left_out: LeftOutCounts,
    /// The logs it was counted from, and how far.
    pub logs: Vec<CountedLog>,
    /// Made-up world: nothing here is real.
    pub demo: bool,
}

/// The counts of one group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatisticsItem {
    /// A value for each name in `by`; null where records have none.
    pub group: BTreeMap<&'static str, Option<String>>,
    /// `native` or `imported`.
    pub source: &'static str,
    /// A number for each name in `counts`.
    pub counts: BTreeMap<&'static str, u64>,
}

/// Counts over all groups.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatisticsTotals {
    /// Of records signed by whoever issued them.
    pub native: BTreeMap<&'static str, u64>,
    /// Of rows of registers.
    pub imported: BTreeMap<&'static str, u64>,
    /// Of both.
    pub all: BTreeMap<&'static str, u64>,
}

/// How many records were not counted, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeftOutCounts {
    /// They were taken down.
    pub taken_down: u64,
    /// They are held and not valid.
    pub invalid: u64,
    /// Their log, their signer or their importer is none that this node's policy believes.
    pub not_believed: u64,
}

/// A log that was counted from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CountedLog {
    /// Origin.
    pub origin: String,
    /// Entries that were taken into account.
    pub size: u64,
}

/// A count that is not finished.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StillCounting {
    /// Always true.
    pub counting: bool,
    /// Records read so far.
    pub records: u64,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Json,
    Csv,
}

/// Count certificates, bodies, grants or suspensions as of a day.
///
/// `inForce` counts what is valid on the day, also where some items of a scope are suspended;
/// `suspended`, `superseded`, `withdrawn` and `annulled` what was said of it by somebody entitled
/// to, with effect on or before the day (an annulment always); `expired` and `pending` what its
/// dates say; `unknown` where what is known does not decide it. Of suspensions `inForce` counts
/// those by which a record is suspended on the day, `over` those that were lifted, have run out
/// or were overtaken.
///
/// Only records of logs held at this node are counted; a number that is not zero is no promise
/// that there are no others. At most 10,000 groups are answered. A count that takes longer than
/// ten seconds is answered with 202 and goes on: ask the same again.
///
/// As CSV each line begins with the day; the last three are the totals, with the word `total` in
/// place of each group.
#[utoipa::path(
    get, path = "/v1/statistics", tag = "records", operation_id = "getStatistics",
    params(StatisticsParameters),
    responses(
        (status = 200, description = "The counts", content(
            (StatisticsAnswer = "application/json"),
            (String = "text/csv"),
        )),
        (status = 202, description = "Still being counted; `Retry-After` says when to ask again", body = StillCounting),
        (status = 304, description = "Unchanged"),
        (status = 400, description = "A parameter cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "Too many counts are under way", body = ProblemDocument, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn statistics(
    State(app): State<Arc<App>>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (query, form) = query(parameters)?;
    let form = form.unwrap_or_else(|| wanted(&headers));
    let patience = LONGEST_WAIT.min(app.options.request_timeout / 2);
    let counted = match app.node.statistics(query, patience).await? {
        Counted::Done(counted) => counted,
        Counted::Going { records } => return Ok(still_counting(records)),
        Counted::Full => {
            let detail =
                format!("{MAX_COUNTS} other counts are under way; ask again when they have ended.");
            return Err(Problem::new(ProblemKind::Overloaded, detail));
        }
    };
    let answer = answer(&counted, app.node.config().demo);
    let mut response = match form {
        Form::Json => {
            let bytes = serde_json::to_vec(&answer).unwrap_or_default();
            respond::content(&headers, JSON, bytes, Keep::ForAMinute)
        }
        Form::Csv => {
            let bytes = as_csv(&answer).into_bytes();
            let mut response = respond::content(&headers, CSV, bytes, Keep::ForAMinute);
            let name = format!("inline; filename=\"{}-{}.csv\"", answer.of, answer.on);
            if let Ok(name) = HeaderValue::from_str(&name) {
                response
                    .headers_mut()
                    .insert(header::CONTENT_DISPOSITION, name);
            }
            response
        }
    };
    response
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static("accept"));
    Ok(response)
}

fn still_counting(records: u64) -> Response {
    let going = StillCounting {
        counting: true,
        records,
    };
    let mut response = respond::json(StatusCode::ACCEPTED, &going);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    response
}

fn query(mut parameters: Parameters) -> Result<(StatisticsQuery, Option<Form>), Problem> {
    let populations = Population::ALL.map(|of| (of.name(), of));
    let known = Population::ALL.map(Population::name).join(", ");
    let of = parameters.required("of", &format!("one of {known}"))?;
    let of = among("of", &of, &populations)?;
    let dimensions = Dimension::ALL.map(|by| (by.name(), by));
    let by = parameters.one("by")?.unwrap_or_default();
    let by = by.split(',').filter(|name| !name.is_empty());
    let by: Result<Vec<_>, _> = by
        .map(|name| among("by", name.trim(), &dimensions))
        .collect();
    let query = StatisticsQuery {
        by: by?,
        economies: parameters.many("in", MAX_ECONOMIES)?,
        from: parameters.read("from")?,
        until: parameters.read("until")?,
        on: parameters.read("on")?,
        ..StatisticsQuery::new(of)
    };
    let forms = [("json", Form::Json), ("csv", Form::Csv)];
    let form = parameters.word("format", &forms)?;
    parameters.finish()?;
    Ok((query, form))
}

/// The first media type of `Accept` that can be answered; JSON where none is named.
fn wanted(headers: &HeaderMap) -> Form {
    let accept = headers.get_all(header::ACCEPT).iter();
    let accept = accept.filter_map(|value| value.to_str().ok());
    for accepted in accept.flat_map(|value| value.split(',')) {
        match accepted.split(';').next().unwrap_or_default().trim() {
            "text/csv" => return Form::Csv,
            JSON | "*/*" => return Form::Json,
            _ => {}
        }
    }
    Form::Json
}

fn answer(counted: &Statistics, demo: bool) -> StatisticsAnswer {
    let query = &counted.query;
    let names = query.of.counts();
    let [native, imported] = &counted.totals;
    let all: Vec<u64> = native.iter().zip(imported).map(|(n, i)| n + i).collect();
    let LeftOut {
        taken_down,
        invalid,
        not_believed,
    } = counted.left_out;
    StatisticsAnswer {
        of: query.of.name(),
        by: query.by.iter().map(|by| by.name()).collect(),
        on: counted.on,
        known_at: counted.known_at,
        economies: query.economies.clone(),
        from: query.from,
        until: query.until,
        meaning: query.of.meaning(),
        notes: NOTES.to_vec(),
        counts: names.to_vec(),
        items: counted.rows.iter().map(|row| item(query, row)).collect(),
        totals: StatisticsTotals {
            native: named(names, native),
            imported: named(names, imported),
            all: named(names, &all),
        },
        left_out: LeftOutCounts {
            taken_down,
            invalid,
            not_believed,
        },
        logs: (counted.logs.iter())
            .map(|(origin, size)| CountedLog {
                origin: origin.clone(),
                size: *size,
            })
            .collect(),
        demo,
    }
}

fn item(query: &StatisticsQuery, row: &Group) -> StatisticsItem {
    let values = row
        .values
        .iter()
        .map(|value| value.as_deref().map(projected));
    StatisticsItem {
        group: (query.by.iter().map(|by| by.name())).zip(values).collect(),
        source: row.source.name(),
        counts: named(query.of.counts(), &row.counts),
    }
}

fn named(names: &[&'static str], counts: &[u64]) -> BTreeMap<&'static str, u64> {
    names.iter().copied().zip(counts.iter().copied()).collect()
}

/// A header, a line for each group and source, and three of totals.
fn as_csv(answer: &StatisticsAnswer) -> String {
    let names = &answer.counts;
    let heads = std::iter::once("on").chain(answer.by.iter().copied());
    let heads = heads.chain(["source"]).chain(names.iter().copied());
    let mut text = csv::line(heads.map(str::to_owned));
    let mut add = |groups: Vec<String>, source: &str, counts: &BTreeMap<&'static str, u64>| {
        let before = std::iter::once(answer.on.to_string()).chain(groups);
        let counts = names.iter().map(|name| counts.get(name).copied());
        let counts = counts.map(|count| count.unwrap_or(0).to_string());
        text.push_str("\r\n");
        text.push_str(&csv::line(before.chain([source.to_owned()]).chain(counts)));
    };
    for item in &answer.items {
        let values = answer.by.iter().map(|by| item.group.get(by).cloned());
        let values = values.map(|value| value.flatten().unwrap_or_default());
        add(values.collect(), item.source, &item.counts);
    }
    let totals = &answer.totals;
    let sources = [
        (Source::Native.name(), &totals.native),
        (Source::Imported.name(), &totals.imported),
        ("all", &totals.all),
    ];
    for (source, counts) in sources {
        let groups = answer.by.iter().map(|_| "total".to_owned());
        add(groups.collect(), source, counts);
    }
    text.push_str("\r\n");
    text
}
