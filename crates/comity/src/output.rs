//! Data to stdout: as a table for people, as JSON, NDJSON or CSV for programs.

#[cfg(test)]
mod tests;

use std::fmt;
use std::io::{IsTerminal as _, Write as _};

use anyhow::Result;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{ContentArrangement, Table};
use comity_model::text::projected;
use comity_node::csv;
use serde_json::Value;

use crate::exit::Failure;

/// The form of data on stdout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people
    Table,
    /// One JSON document, as the node's interface has it
    Json,
    /// One JSON object a line
    Ndjson,
    /// Comma-separated values with a header
    Csv,
}

impl Format {
    /// What is used where nothing is asked for: a table on a terminal, NDJSON in a pipe.
    pub(crate) fn of_stdout() -> Self {
        if std::io::stdout().is_terminal() {
            Self::Table
        } else {
            Self::Ndjson
        }
    }
}

/// Adds to words that are being put together.
pub(crate) fn add(words: &mut String, more: fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = fmt::Write::write_fmt(words, more);
}

/// A column of a table: its heading, and the JSON pointer of its value in a row. Several
/// pointers, divided by spaces, are tried in order.
pub(crate) type Column = (&'static str, &'static str);

/// Prints one line of text as it is.
pub(crate) fn line(text: &str) -> Result<()> {
    let mut stdout = anstream::stdout().lock();
    writeln!(stdout, "{text}")?;
    Ok(())
}

/// Prints bytes as they are, without a colour filter.
pub(crate) fn bytes(bytes: &[u8]) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()?;
    Ok(())
}

/// Prints one value; `words` are what a person reads.
pub(crate) fn value(format: Format, value: &Value, words: impl FnOnce() -> String) -> Result<()> {
    match format {
        Format::Table => line(words().trim_end()),
        Format::Json => line(&serde_json::to_string_pretty(value)?),
        Format::Ndjson => line(&serde_json::to_string(value)?),
        Format::Csv => Err(
            Failure::usage("this answer is no table, so it has no CSV form")
                .help("ask for -o json")
                .into(),
        ),
    }
}

/// Prints rows; `whole` is what `-o json` shows.
pub(crate) fn rows(
    format: Format,
    whole: &Value,
    rows: &[Value],
    columns: &[Column],
) -> Result<()> {
    match format {
        // An empty table says nothing that the words on stderr do not say.
        Format::Table if rows.is_empty() => Ok(()),
        Format::Table => line(&table(rows, columns)),
        Format::Json => line(&serde_json::to_string_pretty(whole)?),
        Format::Ndjson => rows
            .iter()
            .try_for_each(|row| line(&serde_json::to_string(row)?)),
        Format::Csv => {
            line(&csv::line(
                columns.iter().map(|(heading, _)| (*heading).to_owned()),
            ))?;
            more_csv(rows, columns)
        }
    }
}

/// Prints further rows of a CSV table whose header is out already.
pub(crate) fn more_csv(rows: &[Value], columns: &[Column]) -> Result<()> {
    rows.iter().try_for_each(|row| {
        let cells = columns.iter().map(|(_, pointers)| cell(row, pointers));
        line(&csv::line(cells))
    })
}

/// A table for a person, as wide as the terminal.
pub(crate) fn table(rows: &[Value], columns: &[Column]) -> String {
    table_within(rows, columns, terminal_width())
}

/// A table of that width; as wide as it comes where none is known.
fn table_within(rows: &[Value], columns: &[Column], width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(width);
    }
    table.set_header(columns.iter().map(|(heading, _)| *heading));
    for row in rows {
        let cells = columns
            .iter()
            .map(|(_, pointers)| projected(&cell(row, pointers)));
        table.add_row(cells);
    }
    table.trim_fmt()
}

fn terminal_width() -> Option<u16> {
    Table::new().width().filter(|width| *width >= 40)
}

/// The text of a cell: lists joined, nothing for nothing.
fn cell(row: &Value, pointers: &str) -> String {
    let found = pointers
        .split(' ')
        .filter_map(|pointer| row.pointer(pointer))
        .find(|value| !value.is_null());
    found.map(text_of).unwrap_or_default()
}

/// A JSON value as a person reads it.
pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().map(text_of).collect();
            texts.join(", ")
        }
        Value::Object(members) => match (members.get("name"), members.get("notAfter")) {
            (Some(name), _) => text_of(name),
            (None, None) if members.contains_key("value") => {
                members.get("value").map(text_of).unwrap_or_default()
            }
            // A rough legal date.
            (None, Some(after)) => {
                let before = members.get("notBefore").map(text_of).unwrap_or_default();
                format!("{before} to {}", text_of(after))
            }
            _ => value.to_string(),
        },
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
