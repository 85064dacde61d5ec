//! The openings file: NDJSON of mode 0600, what was committed to, with the salts.
//!
//! ```text
//! {"number":"TR-1","issuedOn":"...","contentDigest":"<hex>","salt":"<hex>","commitment":"urn:uuid:...",...}
//! {"commitment":"urn:uuid:...","record":{...}}        closes a batch: all of it is on the disk
//! {"commitment":"urn:uuid:...","logged":{...}}        what the node acknowledged
//! {"commitment":"urn:uuid:...","refused":"..."}       these reports are free again
//! ```
//!
//! Lines are only ever added. Openings without the line that closes their batch were cut off by a
//! crash before anything was sent; they count for nothing.

mod lines;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom, Write as _};

use anyhow::Result;
use comity_model::commitment::Commitment;
use comity_model::date::Day;
use comity_model::number::normalise;
use comity_signature::digest::from_hex;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use self::lines::{Line, each_line};
use crate::exit::Failure;
use crate::input::unreadable;
use crate::output::add;

/// What opens one report: whoever has it and the content can show that the content is the one
/// committed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Opening {
    /// Number as printed.
    pub(crate) number: String,
    /// The day the report was issued.
    pub(crate) issued_on: Day,
    /// SHA-256 of the content, in hex.
    pub(crate) content_digest: String,
    /// 32 random bytes, in hex: secret, and lost for ever if this file is.
    pub(crate) salt: String,
    /// Id of the commitment.
    pub(crate) commitment: String,
    /// DID of the laboratory.
    pub(crate) laboratory: String,
    /// DID of its authority.
    pub(crate) authority: String,
}

/// What came of a batch.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Standing {
    /// Nothing is known: it is to be sent, perhaps again.
    Pending,
    /// The node's acknowledgement.
    Logged(Value),
    /// Why the node refused.
    Refused(String),
}

/// A report that was committed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// SHA-256 of its content.
    pub(crate) content_digest: [u8; 32],
    /// Its batch.
    pub(crate) batch: usize,
    /// Where its line begins.
    offset: u64,
}

#[derive(Debug)]
struct Batch {
    id: String,
    /// The signed bytes, until it is known what came of them.
    record: Vec<u8>,
    standing: Standing,
}

/// The file, held by this process alone while it is open.
#[derive(Debug)]
pub(crate) struct Openings {
    path: String,
    /// `None` where nothing is to be written.
    file: Option<File>,
    batches: Vec<Batch>,
    numbers: HashMap<String, Known>,
    /// Reports that were committed to and whose lines cannot be read any more, by number: the
    /// first unreadable line that may be theirs.
    lost: HashMap<String, u64>,
    /// DID of the laboratory whose openings these are.
    laboratory: Option<String>,
    /// The last line was cut off by a crash: the next one begins anew.
    torn: bool,
}

/// What of a commitment says which reports it is about.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Committed {
    credential_subject: Commitment,
}

impl Openings {
    /// Opens the file for writing, or makes it, readable by its owner only.
    pub(crate) fn open(path: &str) -> Result<Self> {
        let mut options = OpenOptions::new();
        options.create(true).append(true).read(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let file = options
            .open(path)
            .map_err(|error| unwritable(path, &error))?;
        if file.try_lock().is_err() {
            return Err(
                Failure::unreadable(format!("{path} is in use by another run"))
                    .help("wait until that one has ended, then run this one again")
                    .into(),
            );
        }
        let mut openings = Self::read(path)?;
        openings.file = Some(file);
        Ok(openings)
    }

    /// What the file says, without holding it; nothing where there is none.
    pub(crate) fn read(path: &str) -> Result<Self> {
        let mut openings = Self {
            path: path.to_owned(),
            file: None,
            batches: Vec::new(),
            numbers: HashMap::new(),
            lost: HashMap::new(),
            laboratory: None,
            torn: false,
        };
        let mut unclosed: Vec<(u64, Opening)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut unreadable = None;
        let torn = each_line(path, |place, line| match line {
            Line::Unreadable => {
                unreadable.get_or_insert(place.line);
            }
            Line::Opening(opening) => unclosed.push((place.offset, opening)),
            Line::Batch { commitment, record } => {
                unclosed.retain(|(_, opening)| opening.commitment == commitment);
                places.insert(commitment.clone(), openings.batches.len());
                let bytes = record.get().as_bytes().to_vec();
                openings.take_up(commitment, bytes, &std::mem::take(&mut unclosed));
                if let Some(line) = unreadable.take() {
                    openings.miss(record, line);
                }
            }
            Line::Logged { commitment, logged } => {
                if let Some(&batch) = places.get(&commitment) {
                    openings.settle(batch, Standing::Logged(logged));
                }
            }
            Line::Refused {
                commitment,
                refused,
            } => {
                if let Some(&batch) = places.get(&commitment) {
                    openings.settle(batch, Standing::Refused(refused));
                }
            }
        })?;
        openings.torn = torn;
        Ok(openings)
    }

    /// Notes the reports of a commitment of which no opening is left, near an unreadable line. A
    /// line that a crash cut off belongs to no commitment.
    fn miss(&mut self, record: &RawValue, line: u64) {
        let Ok(committed) = serde_json::from_str::<Committed>(record.get()) else {
            return;
        };
        for report in committed.credential_subject.reports {
            let number = normalise(&report.number);
            if !self.numbers.contains_key(&number) {
                self.lost.insert(number, line);
            }
        }
    }

    /// Why the report with that number can neither be shown nor committed to, if so.
    pub(crate) fn lost(&self, number: &str) -> Option<String> {
        let line = self.lost.get(&normalise(number))?;
        Some(lost(&self.path, *line))
    }

    /// How many reports are lost that way.
    pub(crate) fn lost_count(&self) -> usize {
        self.lost.len()
    }

    /// Openings of one laboratory say nothing of the reports of another, and their salts are its
    /// own.
    pub(crate) fn check_laboratory(&self, did: &str) -> Result<()> {
        match &self.laboratory {
            Some(other) if other != did => {
                let what = format!("{} holds the openings of {other}, not of {did}", self.path);
                Err(Failure::usage(what)
                    .help("name a file of its own for each laboratory")
                    .into())
            }
            _ => Ok(()),
        }
    }

    fn take_up(&mut self, id: String, record: Vec<u8>, opened: &[(u64, Opening)]) -> usize {
        let batch = self.batches.len();
        for (offset, opening) in opened {
            self.laboratory
                .get_or_insert_with(|| opening.laboratory.clone());
            if let Some(content_digest) = from_hex(&opening.content_digest) {
                let known = Known {
                    content_digest,
                    batch,
                    offset: *offset,
                };
                self.numbers.insert(normalise(&opening.number), known);
            }
        }
        self.batches.push(Batch {
            id,
            record,
            standing: Standing::Pending,
        });
        batch
    }

    fn settle(&mut self, batch: usize, standing: Standing) {
        if matches!(standing, Standing::Refused(_)) {
            self.numbers.retain(|_, known| known.batch != batch);
            if self.numbers.is_empty() {
                // What nobody took is nobody's.
                self.laboratory = None;
            }
        }
        if let Some(held) = self.batches.get_mut(batch) {
            held.record = Vec::new();
            held.standing = standing;
        }
    }

    /// Batches of which nothing is known yet, oldest first.
    pub(crate) fn pending(&self) -> Vec<usize> {
        let pending = |batch: &usize| self.standing(*batch) == &Standing::Pending;
        (0..self.batches.len()).filter(pending).collect()
    }

    /// What is known of the report with that number, however it is spelled.
    pub(crate) fn known(&self, number: &str) -> Option<Known> {
        self.numbers.get(&normalise(number)).copied()
    }

    /// The id of a batch.
    pub(crate) fn id(&self, batch: usize) -> &str {
        self.batches.get(batch).map_or("", |batch| &batch.id)
    }

    /// The signed bytes of a pending batch.
    pub(crate) fn record(&self, batch: usize) -> &[u8] {
        self.batches.get(batch).map_or(&[], |batch| &batch.record)
    }

    /// What came of a batch.
    pub(crate) fn standing(&self, batch: usize) -> &Standing {
        let found = self.batches.get(batch);
        found.map_or(&Standing::Pending, |batch| &batch.standing)
    }

    /// Writes a batch to the disk, before it is sent to anybody; its place.
    pub(crate) fn write(&mut self, opened: Vec<Opening>, record: Vec<u8>) -> Result<usize> {
        let id = opened.first().map(|opening| opening.commitment.clone());
        let id = id.unwrap_or_default();
        let begin = self.end()?;
        let mut lines = String::new();
        let mut placed = Vec::with_capacity(opened.len());
        for opening in opened {
            let text = serde_json::to_string(&opening)?;
            placed.push((begin + lines.len() as u64, opening));
            lines.push_str(&text);
            lines.push('\n');
        }
        // The bytes as they were signed: they are one line of JSON.
        let text = std::str::from_utf8(&record)?;
        let closing = json!(id);
        add(
            &mut lines,
            format_args!("{{\"commitment\":{closing},\"record\":{text}}}\n"),
        );
        self.append(&lines)?;
        Ok(self.take_up(id, record, &placed))
    }

    /// Where the next line begins: the file is held by this process, so nobody else adds to it.
    fn end(&self) -> Result<u64> {
        let path = &self.path;
        let metadata = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        Ok(metadata.len() + u64::from(self.torn))
    }

    /// What opens the report with that number, and what came of its batch.
    pub(crate) fn opened(&self, number: &str) -> Result<Option<(Opening, &Standing)>> {
        let Some(known) = self.known(number) else {
            return Ok(None);
        };
        let path = &self.path;
        let mut line = Vec::new();
        let read = File::open(path).and_then(|mut file| {
            file.seek(SeekFrom::Start(known.offset))?;
            BufReader::new(file).read_until(b'\n', &mut line)
        });
        read.map_err(|error| unreadable(path, &error))?;
        match Line::read(&line) {
            Line::Opening(opening) => Ok(Some((opening, self.standing(known.batch)))),
            _ => Err(Failure::unreadable(format!("{path} was changed while it was in use")).into()),
        }
    }

    /// Writes down that the node has a batch.
    pub(crate) fn logged(&mut self, batch: usize, place: Value) -> Result<()> {
        let line = json!({"commitment": self.id(batch), "logged": place});
        self.append(&format!("{line}\n"))?;
        self.settle(batch, Standing::Logged(place));
        Ok(())
    }

    /// Writes down that the node refused a batch: its reports are free to be committed anew.
    pub(crate) fn refused(&mut self, batch: usize, why: &str) -> Result<()> {
        let line = json!({"commitment": self.id(batch), "refused": why});
        self.append(&format!("{line}\n"))?;
        self.settle(batch, Standing::Refused(why.to_owned()));
        Ok(())
    }

    fn append(&mut self, lines: &str) -> Result<()> {
        let path = &self.path;
        let Some(file) = &mut self.file else {
            return Err(Failure::unreadable(format!("{path} was opened for reading")).into());
        };
        let begin: &[u8] = if self.torn { b"\n" } else { b"" };
        // A line that cannot be written whole is a torn one for whoever writes next.
        self.torn = true;
        file.write_all(&[begin, lines.as_bytes()].concat())
            .and_then(|()| file.sync_all())
            .map_err(|error| unwritable(path, &error))?;
        self.torn = false;
        Ok(())
    }
}

/// A report as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// What opens it.
    pub(crate) opening: Opening,
    /// The signed commitment.
    pub(crate) record: Vec<u8>,
    /// What came of that.
    pub(crate) standing: Standing,
}

/// The report with that number, however it is spelled, in a batch that was not refused. The file
/// is read line by line.
pub(crate) fn find(path: &str, number: &str) -> Result<Option<Found>> {
    if let Err(error) = File::open(path) {
        return Err(unreadable(path, &error).into());
    }
    let wanted = normalise(number);
    let mut candidates: Vec<Opening> = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    each_line(path, |_, line| match line {
        Line::Unreadable => {}
        Line::Opening(opening) => {
            if normalise(&opening.number) == wanted {
                candidates.push(opening);
            }
        }
        Line::Batch { commitment, record } => {
            let opening = (candidates.iter()).find(|opening| opening.commitment == commitment);
            found.extend(opening.map(|opening| Found {
                opening: opening.clone(),
                record: record.get().as_bytes().to_vec(),
                standing: Standing::Pending,
            }));
        }
        Line::Logged { commitment, logged } => {
            let own = |found: &&mut Found| found.opening.commitment == commitment;
            if let Some(found) = found.iter_mut().find(own) {
                found.standing = Standing::Logged(logged);
            }
        }
        Line::Refused { commitment, .. } => {
            found.retain(|found| found.opening.commitment != commitment);
        }
    })?;
    Ok(found.pop())
}

/// That a report is lost with a line of the file.
fn lost(path: &str, line: u64) -> String {
    format!(
        "it was committed to, and its opening cannot be read any more: {path}, line {line}; put a \
         copy of the file in its place"
    )
}

/// Whether others than the owner may read the file, which is secret.
pub(crate) fn is_open_to_others(path: &str) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

fn unwritable(path: &str, error: &std::io::Error) -> Failure {
    Failure::unreadable(format!("{path} cannot be written: {error}"))
        .help("nothing was published that is not in it; make room or name another file")
}
