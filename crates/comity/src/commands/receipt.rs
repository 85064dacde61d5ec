//! `comity receipt`: the proof that a record was published, under a quorum of cosigners.

#[cfg(test)]
mod tests;

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use comity_model::reference::is_record_id;
use comity_model::text::projected;
use comity_node::receipts::MAX_WAIT_SECONDS;
use serde_json::{Value, json};

use super::search::RECORD_COLUMNS;
use super::show::{Found, find_in};
use crate::asking::{self, record_path, text};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::frame;
use crate::output::{self, add};

/// Which record, and how long to wait.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity receipt --node https://nqi.example.se SP-2024-117 --wait 60\n  \
    comity receipt --node https://nqi.example.se SP-2024-117 -o json\n\n\
    Writes a C2SP tlog-proof once enough cosigners have signed, and says until then who is missing. Exit code 3 \
    without a quorum, 1 if the node does not hold the record.")]
pub(crate) struct Options {
    /// Id, record digest, certificate number, or the link printed on paper
    record: String,
    /// Seconds to wait for a quorum
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    wait: u64,
    /// File to write, or to replace [default: ID.tlog-proof, if it is not there yet]
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let remote = context.remote()?;
    let view = match find_in(&remote, &options.record, context.language).await? {
        Found::One(view) => *view,
        Found::Several(candidates) => {
            let whole = json!({"candidates": candidates});
            frame::rows(context, &whole, &candidates, &RECORD_COLUMNS)?;
            context.tell("several-fit", &[]);
            return Ok(Exit::CannotTell);
        }
    };
    let path = record_path(text(&view, "/recordDigest"), "/receipt");
    let mut left = options.wait;
    let mut receipt = loop {
        let wait = left.min(MAX_WAIT_SECONDS);
        let receipt = asking::get(&remote, &path, &[("wait", &wait.to_string())]).await?;
        left -= wait;
        if has_quorum(&receipt) || left == 0 {
            break receipt;
        }
    };
    if !has_quorum(&receipt) {
        output::value(context.format, &receipt, || words(&receipt))?;
        return Ok(Exit::CannotTell);
    }
    let file = match options.to {
        Some(file) => {
            std::fs::write(&file, text(&receipt, "/proof"))
                .map_err(|error| unwritable(&file, &error))?;
            file
        }
        None => keep(Path::new(""), text(&view, "/id"), text(&receipt, "/proof"))?,
    };
    receipt["file"] = file.display().to_string().into();
    output::value(context.format, &receipt, || words(&receipt))?;
    Ok(Exit::Done)
}

/// Keeps a receipt in a folder under the id of its record. The node says the id, so nothing that
/// is there already is replaced.
fn keep(folder: &Path, id: &str, receipt: &str) -> Result<PathBuf> {
    if !is_record_id(id) {
        let what = format!(
            "the node names the record {}, which is no id",
            projected(id)
        );
        return Err(Failure::unreadable(what)
            .help("name the file with --to")
            .into());
    }
    let uuid = id.trim_start_matches("urn:uuid:");
    let file = folder.join(format!("{uuid}.tlog-proof"));
    let created = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&file);
    match created {
        Ok(mut created) => created
            .write_all(receipt.as_bytes())
            .map_err(|error| unwritable(&file, &error))?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let held = std::fs::read(&file).map_err(|error| unwritable(&file, &error))?;
            if held != receipt.as_bytes() {
                let what = format!(
                    "{} is there already and holds something else",
                    file.display()
                );
                return Err(Failure::usage(what)
                    .help("name a file with --to; one that is named is replaced")
                    .into());
            }
        }
        Err(error) => return Err(unwritable(&file, &error).into()),
    }
    Ok(file)
}

fn unwritable(file: &Path, error: &std::io::Error) -> Failure {
    Failure::unreadable(format!("{} cannot be written: {error}", file.display()))
        .help("name another file with --to")
}

fn has_quorum(receipt: &Value) -> bool {
    receipt.get("quorum").and_then(Value::as_bool) == Some(true)
}

fn words(receipt: &Value) -> String {
    let number = |name: &str| receipt.get(name).and_then(Value::as_u64).unwrap_or(0);
    let listed = |name: &str| {
        let list = receipt.get(name).and_then(Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let have = listed("have");
    let mut words = format!(
        "{}: entry {} under the checkpoint of {} entries\n",
        text(receipt, "/origin"),
        number("index"),
        number("size")
    );
    if number("needed") == 0 {
        words.push_str("  Nobody co-signs this log: it dates itself.\n");
    } else {
        add(
            &mut words,
            format_args!("  {} of {} lines needed\n", have.len(), number("needed")),
        );
    }
    for line in &have {
        let (name, economy) = (text(line, "/name"), text(line, "/economy"));
        let time = text(line, "/time");
        add(
            &mut words,
            format_args!("  signed   {time}  {economy}  {name}\n"),
        );
    }
    for line in listed("missing") {
        let (name, economy) = (text(&line, "/name"), text(&line, "/economy"));
        add(&mut words, format_args!("  missing  {economy}  {name}\n"));
    }
    let file = text(receipt, "/file");
    words.push_str(if file.is_empty() {
        "There is no receipt yet: ask again with --wait SECONDS."
    } else {
        "The receipt is in "
    });
    words.push_str(file);
    words
}
