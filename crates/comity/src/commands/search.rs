//! `comity search`: records by words, numbers, standards, codes.

use anyhow::Result;
use clap::Args;
use comity_model::date::Day;
use comity_node::remote::Remote;
use serde_json::Value;

use crate::asking::{self, items};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::output::{self, Column, Format};
use crate::words;

mod counting;

/// How records are listed.
pub(crate) const RECORD_COLUMNS: [Column; 8] = [
    ("Kind", "/kind"),
    ("Number", "/certificateNumber"),
    ("Name", "/name"),
    ("Holder", "/holder"),
    ("Issuer", "/importedFrom/attributedTo /issuer"),
    ("State", "/state"),
    ("Until", "/validUntil"),
    ("Record", "/id"),
];
const FACET_COLUMNS: [Column; 3] = [
    ("Facet", "/facet"),
    ("Value", "/value"),
    ("Count", "/count"),
];
/// Facets that `--facets` counts.
const FACETS: [&str; 7] = [
    "kind",
    "issuerEconomy",
    "issuer",
    "standard",
    "hs",
    "year",
    "status",
];
/// Hits of one page.
const PAGE: &str = "100";

/// What to look for.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity search --node https://nqi.example.se \"water meters\" --status active\n  \
    comity search --node https://nqi.example.se --hs 8544 --economy SE --facets\n  \
    comity search --node https://nqi.example.se cable --all -o csv > cables.csv\n  \
    comity search --node https://nqi.example.se cable --recognised-in KZ --hs 8544.49\n\n\
    The same filter given twice means either; a value that begins with - means not.\n\
    With --recognised-in each hit is judged before it is shown, --on is the legal day, and --hs the product that is to go \
    there. Exit code 1 if nothing is found, 3 if nothing was found to count and not all could be told.")]
pub(crate) struct Options {
    /// Words, a number, a standard, an HS code, in any script
    #[arg(default_value = "")]
    query: String,
    #[command(flatten)]
    filters: Filters,
    /// Hits to show
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=100))]
    limit: u16,
    /// Every hit, page after page
    #[arg(long)]
    all: bool,
    /// Count hits by kind, economy of the issuer, issuer, standard, HS chapter, year and status
    #[arg(long)]
    facets: bool,
    /// Only what counts in that economy, in groups: recognised, with conditions, results only
    #[arg(long, value_name = "ECONOMY", conflicts_with = "facets")]
    recognised_in: Option<String>,
}

/// Filters of a search.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Filters {
    /// Kind of record, such as attestation
    #[arg(long = "type", value_name = "KIND", allow_hyphen_values = true)]
    kinds: Vec<String>,
    /// active, suspended, withdrawn, expired, ...
    #[arg(long, allow_hyphen_values = true)]
    status: Vec<String>,
    /// Economy, such as SE
    #[arg(long, allow_hyphen_values = true)]
    economy: Vec<String>,
    /// DID of the issuer
    #[arg(long, allow_hyphen_values = true)]
    issuer: Vec<String>,
    /// Standard, such as "IEC 60335-1"
    #[arg(long, allow_hyphen_values = true)]
    standard: Vec<String>,
    /// HS code or the beginning of one
    #[arg(long, allow_hyphen_values = true)]
    hs: Vec<String>,
    /// Scheme, such as CC
    #[arg(long, allow_hyphen_values = true)]
    scheme: Vec<String>,
    /// In validity on that day
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
}

impl Filters {
    /// As query parameters.
    pub(crate) fn parameters(&self) -> Result<Vec<(&'static str, String)>> {
        let mut parameters = Vec::new();
        for kind in &self.kinds {
            parameters.push(("type", kind_name(kind)?));
        }
        let lists = [
            ("status", &self.status),
            ("economy", &self.economy),
            ("issuer", &self.issuer),
            ("standard", &self.standard),
            ("hs", &self.hs),
            ("scheme", &self.scheme),
        ];
        for (name, values) in lists {
            parameters.extend(values.iter().map(|value| (name, value.clone())));
        }
        parameters.extend(self.on.map(|day| ("on", day.to_string())));
        Ok(parameters)
    }
}

/// A kind by its full name, with the minus sign of an exclusion kept.
pub(crate) fn kind_name(said: &str) -> Result<String> {
    let (minus, name) = match said.strip_prefix('-') {
        Some(name) => ("-", name),
        None => ("", said),
    };
    let kind = words::kind(name).map_err(|why| Failure::usage(format!("--type {said}: {why}")))?;
    Ok(format!("{minus}{}", kind.name()))
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let remote = context.remote()?;
    let mut parameters = options.filters.parameters()?;
    if !options.query.is_empty() {
        parameters.push(("q", options.query.clone()));
    }
    if let Some(economy) = &options.recognised_in {
        parameters.push(("recognisedIn", economy.clone()));
        parameters.push(("limit", options.limit.to_string()));
        return counting::run(&remote, &borrowed(&parameters), options.all, context).await;
    }
    if parameters.is_empty() && !options.all && !options.facets {
        return Err(Failure::usage("nothing was asked for")
            .help("give words or a filter, or --all for everything")
            .into());
    }
    if options.all {
        return all(&remote, &parameters, context).await;
    }
    let limit = options.limit.to_string();
    parameters.push(("limit", limit));
    if options.facets {
        parameters.extend(FACETS.map(|facet| ("facet", facet.to_owned())));
    }
    let answer = asking::get(&remote, "/v1/records", &borrowed(&parameters)).await?;
    let found = items(&answer);
    if options.facets && matches!(context.format, Format::Table | Format::Csv) {
        output::rows(
            context.format,
            &answer,
            &facet_rows(&answer),
            &FACET_COLUMNS,
        )?;
    } else {
        output::rows(context.format, &answer, &found, &RECORD_COLUMNS)?;
    }
    say_total(&answer, found.len(), context);
    Ok(if found.is_empty() {
        Exit::No
    } else {
        Exit::Done
    })
}

fn borrowed<'a>(parameters: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    parameters
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

/// Every hit, shown page by page so that nothing is held.
async fn all(
    remote: &Remote,
    parameters: &[(&'static str, String)],
    context: &Context,
) -> Result<Exit> {
    let mut query = borrowed(parameters);
    query.push(("limit", PAGE));
    let format = context.format;
    let mut count = 0_usize;
    let mut kept = Vec::new();
    asking::all_pages(remote, "/v1/records", &query, &mut |page| {
        let first = count == 0;
        count += page.len();
        match format {
            Format::Ndjson => output::rows(format, &Value::Null, &page, &RECORD_COLUMNS),
            Format::Csv if first => output::rows(format, &Value::Null, &page, &RECORD_COLUMNS),
            Format::Csv => output::more_csv(&page, &RECORD_COLUMNS),
            Format::Table | Format::Json => {
                kept.extend(page);
                Ok(())
            }
        }
    })
    .await?;
    if matches!(format, Format::Table | Format::Json) {
        let whole = serde_json::json!({"items": kept});
        output::rows(format, &whole, &kept, &RECORD_COLUMNS)?;
    }
    context.say(&format!("{count} records"));
    Ok(if count == 0 { Exit::No } else { Exit::Done })
}

/// Every hit of a selection, for commands that act on it: nothing logged before is overlooked.
pub(crate) async fn select(
    remote: &Remote,
    parameters: &[(&'static str, String)],
) -> Result<Vec<Value>> {
    asking::indexed(remote).await?;
    let mut query = borrowed(parameters);
    query.push(("limit", PAGE));
    let mut found = Vec::new();
    asking::all_pages(remote, "/v1/records", &query, &mut |page| {
        found.extend(page);
        Ok(())
    })
    .await?;
    Ok(found)
}

/// Facet counts as rows.
fn facet_rows(answer: &Value) -> Vec<Value> {
    let facets = answer.get("facets").and_then(Value::as_object);
    let mut rows = Vec::new();
    for (facet, values) in facets.into_iter().flatten() {
        for value in values.as_array().into_iter().flatten() {
            let mut row = value.clone();
            row["facet"] = Value::String(facet.clone());
            rows.push(row);
        }
    }
    rows
}

fn say_total(answer: &Value, shown: usize, context: &Context) {
    let total = answer.pointer("/total/value").and_then(Value::as_u64);
    let more = answer.pointer("/total/relation").and_then(Value::as_str) == Some("gte");
    let total = total.unwrap_or(shown as u64);
    let at_least = if more { "at least " } else { "" };
    context.say(&match shown as u64 {
        0 if answer
            .get("didYouMean")
            .is_some_and(|meant| !meant.is_null()) =>
        {
            let meant = answer
                .get("didYouMean")
                .map(output::text_of)
                .unwrap_or_default();
            format!("Nothing is found. Did you mean {meant}?")
        }
        0 if !alike(answer).is_empty() => {
            let numbers = alike(answer).join(", ");
            format!(
                "Nothing is found. Numbers that look like it, or differ in one digit: {numbers}"
            )
        }
        0 => "Nothing is found. Leave a filter out, or use fewer words.".to_owned(),
        shown if shown < total => {
            format!("{shown} of {at_least}{total} records; --all shows every one")
        }
        shown => format!("{shown} records"),
    });
}

/// Numbers like the one asked for, where that is not found.
fn alike(answer: &Value) -> Vec<String> {
    let numbers = answer.get("similarNumbers").and_then(Value::as_array);
    numbers.into_iter().flatten().map(output::text_of).collect()
}
