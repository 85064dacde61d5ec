//! `comity matrix`: who recognises whom on a day, by the arrangements that a node holds.

use anyhow::Result;
use clap::Args;
use comity_model::date::Day;
use serde_json::{Value, json};

use crate::asking;
use crate::context::Context;
use crate::exit::Exit;
use crate::output::{self, Column};

/// How chapters are listed.
const COLUMNS: [Column; 5] = [
    ("Issued in", "/from"),
    ("Recognised in", "/to"),
    ("Reach", "/reach"),
    ("Level", "/level"),
    ("Chapter", "/chapter"),
];

/// Which day, and for what.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity matrix --node https://nqi.example.se\n  \
    comity matrix --node https://nqi.example.se --scope CC --on 2026-01-01 -o csv\n\n\
    One row for each chapter by which certificates of one economy count in another: full, withConditions, toLevel, \
    resultsOnly or unclear. Exit code 3 if nothing that is held says that anything counts.")]
pub(crate) struct Options {
    /// Certificates under this scheme, by short code, such as CC
    #[arg(long, value_name = "SCHEME")]
    scope: Option<String>,
    /// Certificates of this product, by HS code
    #[arg(long, value_name = "CODE")]
    hs: Option<String>,
    /// The legal day [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let remote = context.remote()?;
    let on = options.on.map(|day| day.to_string());
    let asked = [
        ("on", on.as_deref()),
        ("scope", options.scope.as_deref()),
        ("hs", options.hs.as_deref()),
    ];
    let asked = asked.into_iter();
    let query: Vec<_> = asked
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();
    let answer = asking::get(&remote, "/v1/recognition-matrix", &query).await?;
    let rows = rows(&answer);
    output::rows(context.format, &answer, &rows, &COLUMNS)?;
    if rows.is_empty() {
        context.say("Nothing held says that certificates of one economy count in another.");
        return Ok(Exit::CannotTell);
    }
    Ok(Exit::Done)
}

/// A row for each chapter of each cell.
fn rows(answer: &Value) -> Vec<Value> {
    let list = |value: &Value, pointer: &str| {
        let list = value.pointer(pointer).and_then(Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let cells = list(answer, "/cells").into_iter();
    let rows = cells.flat_map(|cell| {
        let (from, to) = (cell["from"].clone(), cell["to"].clone());
        list(&cell, "/chapters").into_iter().map(move |chapter| {
            json!({
                "from": from, "to": to,
                "reach": chapter["reach"], "level": chapter["level"],
                "chapter": chapter["chapter"],
            })
        })
    });
    rows.collect()
}
