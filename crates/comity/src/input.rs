//! Files and stdin: drafts, records one at a time or as NDJSON streams.

#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};

use anyhow::Result;
use comity_signature::canonical::{MAX_BODY_BYTES, MAX_TEXT_BYTES};
use comity_signature::did;

use crate::exit::Failure;

/// The name of stdin.
pub(crate) const STDIN: &str = "-";

/// Longest line of a stream: the largest record, and room for the whitespace of a draft.
const MAX_LINE_BYTES: usize = 4 * MAX_BODY_BYTES;

/// A document and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// Line of the file it begins on, from 1.
    pub(crate) line: u64,
    /// Its bytes, without whitespace around them.
    pub(crate) bytes: Vec<u8>,
}

/// Documents of a file: one, or one a line. A stream is read line by line and never held whole.
pub(crate) struct Documents {
    name: String,
    reader: Box<dyn BufRead>,
    /// What was read to find out whether it is a stream.
    first: Option<Document>,
    line: u64,
}

impl Documents {
    /// Opens a file, or stdin for `-`.
    pub(crate) fn open(name: &str) -> Result<Self> {
        let reader: Box<dyn BufRead> = if name == STDIN {
            Box::new(BufReader::new(std::io::stdin()))
        } else {
            let file = File::open(name).map_err(|error| unreadable(name, &error))?;
            Box::new(BufReader::with_capacity(1 << 20, file))
        };
        Self::read(name, reader)
    }

    fn read(name: &str, reader: Box<dyn BufRead>) -> Result<Self> {
        let mut documents = Self {
            name: name.to_owned(),
            reader,
            first: None,
            line: 0,
        };
        let mut first = documents.next_line()?;
        if let Some(first) = &mut first
            && serde_json::from_slice::<serde::de::IgnoredAny>(&first.bytes).is_err()
        {
            // Not one document a line: the whole file is one, or it is broken and says so later.
            first.bytes.push(b'\n');
            let limit = u64::try_from(MAX_TEXT_BYTES).unwrap_or(u64::MAX);
            (&mut documents.reader)
                .take(limit)
                .read_to_end(&mut first.bytes)
                .map_err(|error| unreadable(name, &error))?;
            first.bytes.truncate(first.bytes.trim_ascii_end().len());
        }
        documents.first = first;
        Ok(documents)
    }

    /// The next line that is not blank.
    fn next_line(&mut self) -> Result<Option<Document>> {
        loop {
            let mut bytes = Vec::new();
            let limit = u64::try_from(MAX_LINE_BYTES).unwrap_or(u64::MAX);
            let read = (&mut self.reader)
                .take(limit)
                .read_until(b'\n', &mut bytes)
                .map_err(|error| unreadable(&self.name, &error))?;
            if read == 0 {
                return Ok(None);
            }
            self.line += 1;
            if read == MAX_LINE_BYTES && !bytes.ends_with(b"\n") {
                let what = format!(
                    "{}:{}: a line of more than {MAX_LINE_BYTES} bytes",
                    self.name, self.line
                );
                return Err(Failure::unreadable(what)
                    .help("no record is as long; give one record a line")
                    .into());
            }
            let trimmed = bytes.trim_ascii();
            if !trimmed.is_empty() {
                return Ok(Some(Document {
                    line: self.line,
                    bytes: trimmed.to_vec(),
                }));
            }
        }
    }
}

impl Iterator for Documents {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.first.take() {
            Some(first) => Some(Ok(first)),
            None => self.next_line().transpose(),
        }
    }
}

/// The documents of several files, in order, with the name of each.
pub(crate) fn all_documents(names: &[String]) -> Result<Vec<(String, Document)>> {
    let mut all = Vec::new();
    for name in names {
        for document in Documents::open(name)? {
            all.push((name.clone(), document?));
        }
    }
    Ok(all)
}

/// The one document of a file.
pub(crate) fn one_document(name: &str) -> Result<Document> {
    let mut documents = Documents::open(name)?;
    let first = documents.next().transpose()?;
    first.ok_or_else(|| Failure::unreadable(format!("{name} is empty")).into())
}

/// Checks a DID given on the command line.
pub(crate) fn check_did(text: &str) -> Result<String, String> {
    did::check(text).map_err(str::to_owned)?;
    Ok(text.to_owned())
}

/// Reads a whole file, or stdin for `-`, of at most `limit` bytes.
pub(crate) fn read_whole(name: &str, limit: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if name == STDIN {
        std::io::stdin()
            .lock()
            .take(limit + 1)
            .read_to_end(&mut bytes)
    } else {
        File::open(name).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| unreadable(name, &error))?;
    if bytes.len() as u64 > limit {
        return Err(Failure::unreadable(format!("{name} has more than {limit} bytes")).into());
    }
    Ok(bytes)
}

pub(crate) fn unreadable(name: &str, error: &std::io::Error) -> Failure {
    let what = format!("{name} cannot be read: {error}");
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            Failure::unreadable(what).help("look at the name, or give - for stdin")
        }
        _ => Failure::unreadable(what),
    }
}
