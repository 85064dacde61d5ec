//! What a node acknowledged, kept beside the file that was sent.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

use super::Sent;
use crate::exit::Failure;
use crate::input::{STDIN, unreadable};

/// The receipts of one file: NDJSON, one line for each acknowledged record.
#[derive(Debug)]
pub(crate) struct Receipts {
    path: Option<String>,
    node: String,
    /// Record digests that this node acknowledged.
    acknowledged: BTreeSet<String>,
    /// The last line was cut off by a crash: the next one begins anew.
    torn: bool,
}

impl Receipts {
    /// The receipts of the file `name` from the node at `node`, beside it or in `folder`. Stdin
    /// has none without a folder.
    pub(crate) fn open(name: &str, folder: Option<&str>, node: &str) -> Result<Self> {
        let path = receipt_path(name, folder);
        let mut receipts = Self {
            path,
            node: node.to_owned(),
            acknowledged: BTreeSet::new(),
            torn: false,
        };
        let Some(path) = &receipts.path else {
            return Ok(receipts);
        };
        let file = match std::fs::File::open(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(receipts),
            opened => opened.map_err(|error| unreadable(path, &error))?,
        };
        let mut reader = BufReader::new(file);
        let mut line = Vec::new();
        while 0 < reader
            .read_until(b'\n', &mut line)
            .map_err(|error| unreadable(path, &error))?
        {
            receipts.torn = !line.ends_with(b"\n");
            receipts.acknowledged.extend(digest_in(&line, node));
            line.clear();
        }
        Ok(receipts)
    }

    /// Whether this node acknowledged the record with this digest.
    pub(crate) fn holds(&self, record_digest: &str) -> bool {
        self.acknowledged.contains(record_digest)
    }

    /// Where they are kept.
    pub(crate) fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// Writes down what was acknowledged, to the disk, before anything more is sent.
    pub(crate) fn keep(&mut self, sent: &[Sent]) -> Result<()> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let mut lines = String::new();
        if self.torn {
            lines.push('\n');
        }
        for sent in sent.iter().filter(|sent| sent.is_acknowledged()) {
            let mut line = sent.answer.clone();
            line["node"] = json!(self.node);
            line["recordDigest"] = json!(sent.record_digest);
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
        if lines.trim_ascii().is_empty() {
            return Ok(());
        }
        let cannot_keep = |error: std::io::Error| {
            Failure::unreadable(format!("the receipts cannot be written to {path}: {error}"))
                .help("the records are published; name a folder for receipts with --receipts DIR and run it again")
        };
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .map_err(cannot_keep)?;
        file.write_all(lines.as_bytes()).map_err(cannot_keep)?;
        file.sync_data().map_err(cannot_keep)?;
        self.torn = false;
        Ok(())
    }
}

fn receipt_path(name: &str, folder: Option<&str>) -> Option<String> {
    let stem = if name == STDIN { "stdin" } else { name };
    match folder {
        Some(folder) => {
            let file = Path::new(stem).file_name()?.to_string_lossy().into_owned();
            let path = Path::new(folder).join(format!("{file}.receipt.ndjson"));
            Some(path.to_string_lossy().into_owned())
        }
        None if name == STDIN => None,
        None => Some(format!("{name}.receipt.ndjson")),
    }
}

/// The record digest of a receipt of that node. A line that was cut off by a crash is no receipt.
fn digest_in(line: &[u8], node: &str) -> Option<String> {
    let receipt: Value = serde_json::from_slice(line).ok()?;
    let same = receipt.get("node").and_then(Value::as_str) == Some(node);
    let digest = receipt.get("recordDigest").and_then(Value::as_str)?;
    same.then(|| digest.to_owned())
}
