//! `comity statistics`: certificates, bodies, grants and suspensions, counted as of a day.

use std::time::Duration;

use anyhow::Result;
use clap::{Args, ValueEnum};
use comity_model::date::Day;
use comity_node::remote::{Answer, Remote};
use serde_json::{Value, json};

use crate::asking::{self, items, text};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::output::{self, Column, Format};

const PATH: &str = "/v1/statistics";
/// How often, and after what time, a count that goes on is asked about again: for an hour, each
/// time the node waits some seconds itself.
const MAX_LOOKS: usize = 360;
const LOOK_AGAIN: Duration = Duration::from_millis(500);

const GROUPS: [Column; 5] = [
    ("Economy", "/group/economy"),
    ("Kind", "/group/kind"),
    ("Chapter", "/group/chapter"),
    ("Standard", "/group/standard"),
    ("Month", "/group/month"),
];
const COUNTS: [Column; 10] = [
    ("Total", "/counts/total"),
    ("In force", "/counts/inForce"),
    ("Over", "/counts/over"),
    ("Suspended", "/counts/suspended"),
    ("Superseded", "/counts/superseded"),
    ("Withdrawn", "/counts/withdrawn"),
    ("Annulled", "/counts/annulled"),
    ("Expired", "/counts/expired"),
    ("Pending", "/counts/pending"),
    ("Unknown", "/counts/unknown"),
];

/// What to count.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity statistics certificates --node https://nqi.example.se --by economy,month\n  \
    comity statistics certificates --by chapter,kind --in SE --in FI --on 2025-12-31\n  \
    comity statistics suspensions --by month --from 2026-01-01 --until 2026-12-31\n  \
    comity statistics bodies --by economy,kind -o csv > bodies.csv\n\n\
    The months and days are those of issue of certificates, of the beginning of grants and\n\
    registrations, and of the effect of suspensions. State is that of the day given with --on,\n\
    as known now. A record with two chapters is counted in both and once in the total.\n\
    The node counts what it holds itself and says from which logs. -o json has every number\n\
    with what it means, -o csv is for spreadsheets; columns of nothing but zeros are left out\n\
    of the table only.")]
pub(crate) struct Options {
    /// What is counted
    #[arg(value_enum)]
    of: Of,
    /// By what, at most three, divided by commas: economy, kind, chapter, standard, month
    #[arg(long, value_name = "NAMES", default_value = "")]
    by: String,
    /// Of this economy only, such as SE; may be repeated
    #[arg(long = "in", value_name = "ECONOMY")]
    economies: Vec<String>,
    /// Issued, begun or in effect from that day on
    #[arg(long, value_name = "DATE")]
    from: Option<Day>,
    /// Issued, begun or in effect up to that day
    #[arg(long, value_name = "DATE")]
    until: Option<Day>,
    /// As of that day [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
}

/// What can be counted.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// Certificates, reports and other attestations, by their state
    Certificates,
    /// Registered bodies, by their state
    Bodies,
    /// Accreditations, designations and other grants, by their state
    Grants,
    /// What has suspended certificates and grants
    Suspensions,
}

impl Of {
    fn name(self) -> &'static str {
        match self {
            Self::Certificates => "certificates",
            Self::Bodies => "bodies",
            Self::Grants => "grants",
            Self::Suspensions => "suspensions",
        }
    }
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let remote = context.remote()?;
    let mut query = vec![("of", options.of.name().to_owned())];
    if !options.by.is_empty() {
        query.push(("by", options.by.clone()));
    }
    query.extend(
        options
            .economies
            .iter()
            .map(|economy| ("in", economy.clone())),
    );
    let days = [
        ("from", options.from),
        ("until", options.until),
        ("on", options.on),
    ];
    for (name, day) in days {
        query.extend(day.map(|day| (name, day.to_string())));
    }
    if context.format == Format::Csv {
        let mut as_csv = query.clone();
        as_csv.push(("format", "csv".to_owned()));
        let answer = counted(&remote, &as_csv, context).await?;
        output::bytes(&answer.body)?;
        return Ok(Exit::Done);
    }
    let answer = counted(&remote, &query, context).await?;
    let answer: Value = answer.json()?;
    let rows = rows(&answer);
    let columns = columns(&answer);
    output::rows(context.format, &answer, &rows, &columns)?;
    context.say(&said(&answer));
    Ok(Exit::Done)
}

/// The answer, however long it is counted.
async fn counted(
    remote: &Remote,
    query: &[(&'static str, String)],
    context: &Context,
) -> Result<Answer> {
    let query: Vec<_> = (query.iter())
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    for _ in 0..MAX_LOOKS {
        let answer = remote.get_with(PATH, &query).await?;
        if !answer.is_success() {
            return Err(asking::problem(remote, PATH, &answer).into());
        }
        if answer.status != 202 {
            return Ok(answer);
        }
        let going: Value = answer.json()?;
        let records = going.get("records").map(output::text_of);
        let records = records.unwrap_or_default();
        context.say(&format!("{records} records are read; the node counts on"));
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    let what = format!("{} still counts", remote.base());
    Err(Failure::unreadable(what)
        .help("narrow the question with --in, --from and --until, or run the same again later")
        .into())
}

/// The groups, then the totals; a value that records do not have is called so.
fn rows(answer: &Value) -> Vec<Value> {
    let mut rows = items(answer);
    for row in &mut rows {
        let groups = row.get_mut("group").and_then(Value::as_object_mut);
        for value in groups.into_iter().flat_map(serde_json::Map::values_mut) {
            if value.is_null() {
                *value = json!("(none)");
            }
        }
    }
    let by = answer.get("by").and_then(Value::as_array);
    let by: Vec<&str> = by.into_iter().flatten().filter_map(Value::as_str).collect();
    for source in ["native", "imported", "all"] {
        let group: serde_json::Map<_, _> = (by.iter())
            .map(|name| ((*name).to_owned(), json!("total")))
            .collect();
        let counts = answer.pointer(&format!("/totals/{source}"));
        rows.push(json!({"group": group, "source": source, "counts": counts}));
    }
    rows
}

/// The groups in the order asked for, the source, and the counts that count anything.
fn columns(answer: &Value) -> Vec<Column> {
    let by = answer.get("by").and_then(Value::as_array);
    let by = by.into_iter().flatten().filter_map(Value::as_str);
    let group = |name: &str| {
        let pointer = format!("/group/{name}");
        GROUPS.into_iter().find(|column| column.1 == pointer)
    };
    let mut columns: Vec<Column> = by.filter_map(group).collect();
    columns.push(("Source", "/source"));
    columns.extend(COUNTS.into_iter().filter(|(_, pointer)| {
        let of_all = pointer.replacen("/counts", "/totals/all", 1);
        let counted = answer.pointer(&of_all).and_then(Value::as_u64);
        pointer.ends_with("/total") || counted.unwrap_or(0) > 0
    }));
    columns
}

/// What the numbers are, in words.
fn said(answer: &Value) -> String {
    let mut words = format!(
        "As of {}, as known at {}, counted from",
        text(answer, "/on"),
        text(answer, "/knownAt")
    );
    let logs = answer.get("logs").and_then(Value::as_array);
    for log in logs.into_iter().flatten() {
        let size = log.get("size").map(output::text_of).unwrap_or_default();
        let origin = text(log, "/origin");
        output::add(&mut words, format_args!("\n  {origin} ({size} entries)"));
    }
    let left_out = |name: &str| {
        let count = answer.pointer(&format!("/leftOut/{name}"));
        count.and_then(Value::as_u64).unwrap_or(0)
    };
    output::add(
        &mut words,
        format_args!(
            "\nLeft out: {} taken down, {} not valid, {} that this node's policy does not believe.\n{}",
            left_out("takenDown"),
            left_out("invalid"),
            left_out("notBelieved"),
            text(answer, "/meaning")
        ),
    );
    let notes = answer.get("notes").and_then(Value::as_array);
    for note in notes.into_iter().flatten() {
        output::add(&mut words, format_args!("\n{}", output::text_of(note)));
    }
    words
}
