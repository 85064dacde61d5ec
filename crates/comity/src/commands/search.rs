//! `comity search`: records by words, numbers, standards, codes.

use anyhow::Result;
use clap::Args;
use comity_model::date::Day;
use comity_node::remote::Remote;
use comity_recognition::wording::Language;
use serde_json::Value;

use crate::asking::{self, items};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::frame;
use crate::output::{self, Column, Format};
use crate::words;

mod counting;

/// How records are listed; columns by the names that their headings have in the frame.
pub(crate) const RECORD_COLUMNS: [(&str, Column); 8] = [
    ("kind", ("Kind", "/kind")),
    ("number", ("Number", "/certificateNumber")),
    ("name", ("Name", "/name")),
    ("holder", ("Holder", "/holder")),
    ("issuer", ("Issuer", "/importedFrom/attributedTo /issuer")),
    ("state", ("State", "/state")),
    ("validUntil", ("Until", "/validUntil")),
    ("record", ("Record", "/id")),
];
const FACET_COLUMNS: [(&str, Column); 3] = [
    ("facet", ("Facet", "/facet")),
    ("value", ("Value", "/value")),
    ("count", ("Count", "/count")),
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
        // Only a table is read in a language.
        let language = match context.format {
            Format::Table => context.language,
            _ => Language::En,
        };
        let rows = facet_rows(&answer, language);
        frame::rows(context, &answer, &rows, &FACET_COLUMNS)?;
    } else {
        frame::rows(context, &answer, &found, &RECORD_COLUMNS)?;
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
            Format::Ndjson => frame::rows(context, &Value::Null, &page, &RECORD_COLUMNS),
            Format::Csv if first => frame::rows(context, &Value::Null, &page, &RECORD_COLUMNS),
            Format::Csv => output::more_csv(&page, &RECORD_COLUMNS.map(|(_, column)| column)),
            Format::Table | Format::Json => {
                kept.extend(page);
                Ok(())
            }
        }
    })
    .await?;
    if matches!(format, Format::Table | Format::Json) {
        let whole = serde_json::json!({"items": kept});
        frame::rows(context, &whole, &kept, &RECORD_COLUMNS)?;
    }
    context.tell("found-count", &[("shown", &count.to_string())]);
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

/// Facet counts as rows, in a language.
fn facet_rows(answer: &Value, language: Language) -> Vec<Value> {
    let facets = answer.get("facets").and_then(Value::as_object);
    let mut rows = Vec::new();
    for (facet, values) in facets.into_iter().flatten() {
        for value in values.as_array().into_iter().flatten() {
            let mut row = value.clone();
            let list = if facet == "status" { "/state" } else { "/kind" };
            if matches!(facet.as_str(), "status" | "kind")
                && let Some(word) = value.get("value").and_then(Value::as_str)
            {
                row["value"] = Value::String(frame::word_at(language, list, word));
            }
            row["facet"] = Value::String(frame::one_of(language, "facet", facet));
            rows.push(row);
        }
    }
    rows
}

fn say_total(answer: &Value, shown: usize, context: &Context) {
    let (name, arguments) = total(answer, shown);
    let arguments = arguments.iter().map(|(name, said)| (*name, said.as_str()));
    context.tell(name, &arguments.collect::<Vec<_>>());
}

/// Which line of the frame says how much was found, and what is filled in.
fn total(answer: &Value, shown: usize) -> (&'static str, Vec<(&'static str, String)>) {
    let total = answer.pointer("/total/value").and_then(Value::as_u64);
    let more = answer.pointer("/total/relation").and_then(Value::as_str) == Some("gte");
    let shown = shown as u64;
    let total = total.unwrap_or(shown);
    let meant = answer.get("didYouMean").filter(|meant| !meant.is_null());
    let alike = alike(answer);
    let counts = vec![("shown", shown.to_string()), ("total", total.to_string())];
    match (shown, meant) {
        (0, Some(meant)) => ("found-meant", vec![("meant", output::text_of(meant))]),
        (0, None) if !alike.is_empty() => ("found-alike", vec![("numbers", alike.join(", "))]),
        (0, None) => ("found-nothing", Vec::new()),
        _ if shown < total && more => ("found-of-more", counts),
        _ if shown < total => ("found-of", counts),
        _ => ("found-count", counts),
    }
}

/// Numbers like the one asked for, where that is not found.
fn alike(answer: &Value) -> Vec<String> {
    let numbers = answer.get("similarNumbers").and_then(Value::as_array);
    numbers.into_iter().flatten().map(output::text_of).collect()
}

#[cfg(test)]
mod tests;
