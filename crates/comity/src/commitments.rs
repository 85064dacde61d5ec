//! Commitments: reports whose contents stay with their laboratory, published as salted digests in
//! batches, and the openings by which a holder shows one of them.
//!
//! The design decision: the openings file is the state. Salts and the signed record of a batch are
//! on the disk before the record is sent, so that whenever a run ends, nothing is published whose
//! salt is lost, and the next run sends the same bytes again, which a node logs only once.

pub(crate) mod list;
pub(crate) mod opening_file;
pub(crate) mod openings;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use anyhow::Result;
use comity_model::commitment::{Commitment, CommittedReport, MAX_COMMITTED_REPORTS};
use comity_model::date::{Day, Instant};
use comity_model::number::{MAX_NUMBER_CHARS, normalise};
use comity_model::record::{Envelope, Issuer, MAX_BODY_BYTES, MODEL_VERSION, Record, Subject};
use comity_model::text::projected;
use comity_node::config::{new_record_id, new_seed};
use comity_node::remote::Remote;
use comity_signature::commitment::committed;
use comity_signature::digest::to_hex;
use serde_json::{Value, json};

use self::openings::{Known, Opening, Openings, Standing};
use crate::asking::Signer;
use crate::commands::publish::send;
use crate::context::Context;
use crate::input::Document;
use crate::key::NamedKey;
use crate::registration::signed;

/// Room for what a commitment has beside its reports: names, identifiers, the proof.
const ENVELOPE_BYTES: usize = 8 * 1024;
/// What a report takes in a commitment beside its number: its digest, its day, the names of both.
const REPORT_BYTES: usize = 100;

/// A report to commit to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    /// Number as printed.
    pub(crate) number: String,
    /// The day it was issued.
    pub(crate) issued_on: Day,
    /// SHA-256 of its content.
    pub(crate) content_digest: [u8; 32],
}

/// What became of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Number as printed.
    pub(crate) number: String,
    /// What became of it.
    pub(crate) outcome: Outcome,
    /// Id of the commitment that it stands in.
    pub(crate) commitment: Option<String>,
    /// Where that was logged, as the node acknowledged it.
    pub(crate) log: Value,
    /// Why not, where not.
    pub(crate) why: String,
}

/// What became of a report, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is committed to, by this run.
    Committed,
    /// It was committed to before, with the same content.
    AlreadyCommitted,
    /// The number is committed to with another content, or stands twice.
    Differs,
    /// The node refused.
    Refused,
    /// It is no report: a file that cannot be read, a number that is none.
    Wrong,
}

impl Outcome {
    /// The word, in camel case.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Committed => "committed",
            Self::AlreadyCommitted => "alreadyCommitted",
            Self::Differs => "differs",
            Self::Refused => "refused",
            Self::Wrong => "wrong",
        }
    }
}

impl Answer {
    /// That a report is none.
    pub(crate) fn wrong(number: &str, why: String) -> Self {
        Self::without(number, Outcome::Wrong, why)
    }

    fn without(number: &str, outcome: Outcome, why: String) -> Self {
        Self {
            number: number.to_owned(),
            outcome,
            commitment: None,
            log: Value::Null,
            why,
        }
    }

    /// As JSON.
    pub(crate) fn shown(&self) -> Value {
        let mut shown = json!({"number": self.number, "outcome": self.outcome.word()});
        if let Some(commitment) = &self.commitment {
            shown["commitment"] = json!(commitment);
        }
        if !self.log.is_null() {
            shown["log"] = self.log.clone();
        }
        if !self.why.is_empty() {
            shown["why"] = json!(self.why);
        }
        shown
    }
}

/// Why a number cannot be committed to; nothing where it can.
pub(crate) fn fault_of_number(number: &str) -> Option<String> {
    let long = number.chars().count() > MAX_NUMBER_CHARS;
    (normalise(number).is_empty() || long || projected(number) != number).then(|| {
        format!(
            "a report number has 1 to {MAX_NUMBER_CHARS} letters and digits on one line, without \
             control characters"
        )
    })
}

/// Who commits, how, and where to.
#[derive(Debug)]
pub(crate) struct Committing<'a> {
    /// Signs.
    pub(crate) key: &'a NamedKey,
    /// The laboratory as it is registered.
    pub(crate) signer: &'a Signer,
    /// Title of each commitment.
    pub(crate) title: &'a str,
    /// Its language.
    pub(crate) language: &'a str,
    /// Most reports of one commitment.
    pub(crate) batch: usize,
}

impl Committing<'_> {
    /// Commits to `reports`, each with an answer. Batches that an earlier run signed and of which
    /// no answer is known are sent first.
    ///
    /// # Errors
    /// Where the openings are another laboratory's; where the node cannot be reached or the disk cannot be written: what was answered until
    /// then counts, and the same run again goes on from there.
    pub(crate) async fn commit(
        &self,
        remote: &Remote,
        openings: &mut Openings,
        reports: Vec<Report>,
        context: &Context,
        answered: &mut dyn FnMut(Answer) -> Result<()>,
    ) -> Result<()> {
        openings.check_laboratory(&self.signer.did)?;
        for batch in openings.pending() {
            publish(remote, openings, batch).await?;
        }
        // In some time zone tomorrow has begun.
        let latest = context.now().day().plus_days(1);
        let mut waiting: Vec<Report> = Vec::new();
        let mut seen: HashMap<String, [u8; 32]> = HashMap::new();
        let mut bytes = 0;
        for report in reports {
            if let Some(answer) = already(openings, &report) {
                answered(answer)?;
                continue;
            }
            if report.issued_on > latest {
                let why = format!("its day of issue, {}, is still to come", report.issued_on);
                answered(Answer::wrong(&report.number, why))?;
                continue;
            }
            let normalised = normalise(&report.number);
            if let Some(&first) = seen.get(&normalised) {
                answered(twice(first, &report))?;
                continue;
            }
            let size = bytes_of(&report.number);
            if waiting.len() >= self.batch || bytes + size > MAX_BODY_BYTES - ENVELOPE_BYTES {
                let full = std::mem::take(&mut waiting);
                self.commit_batch(remote, openings, full, context.now(), answered)
                    .await?;
                bytes = 0;
            }
            bytes += size;
            seen.insert(normalised, report.content_digest);
            waiting.push(report);
        }
        self.commit_batch(remote, openings, waiting, context.now(), answered)
            .await
    }

    async fn commit_batch(
        &self,
        remote: &Remote,
        openings: &mut Openings,
        reports: Vec<Report>,
        now: Instant,
        answered: &mut dyn FnMut(Answer) -> Result<()>,
    ) -> Result<()> {
        if reports.is_empty() {
            return Ok(());
        }
        let (opened, record) = self.sign(&reports, now)?;
        let batch = openings.write(opened, record)?;
        publish(remote, openings, batch).await?;
        for report in &reports {
            answered(answer_of(
                openings,
                batch,
                &report.number,
                Outcome::Committed,
            ))?;
        }
        Ok(())
    }

    /// A commitment to these reports, with a new salt for each.
    fn sign(&self, reports: &[Report], now: Instant) -> Result<(Vec<Opening>, Vec<u8>)> {
        let id = new_record_id(now)?;
        let mut opened = Vec::with_capacity(reports.len());
        let mut listed = Vec::with_capacity(reports.len());
        for report in reports {
            let salt = new_seed()?;
            listed.push(CommittedReport {
                number: report.number.clone(),
                issued_on: report.issued_on,
                digest: committed(&salt, &report.content_digest),
            });
            opened.push(Opening {
                number: report.number.clone(),
                issued_on: report.issued_on,
                content_digest: to_hex(&report.content_digest),
                salt: to_hex(&salt),
                commitment: id.clone(),
                laboratory: self.signer.did.clone(),
                authority: self.signer.authority.clone(),
            });
        }
        let record = Record {
            id,
            issuer: Issuer {
                id: self.signer.did.clone(),
                name: self.signer.name.clone(),
            },
            name: self.title.to_owned(),
            valid_from: now,
            valid_until: None,
            comity: Envelope {
                authority: self.signer.authority.clone(),
                language: self.language.to_owned(),
                model_version: MODEL_VERSION,
                replaces: None,
                imported_from: None,
                publication_basis: None,
            },
            subject: Subject::Commitment(Box::new(Commitment { reports: listed })),
        };
        let bytes = signed(&record, &self.key.did, &self.key.key)?;
        Ok((opened, bytes))
    }
}

/// Sends a batch that is on the disk, and writes down what came of it.
async fn publish(remote: &Remote, openings: &mut Openings, batch: usize) -> Result<()> {
    let bytes = openings.record(batch).to_vec();
    let answers = send(remote, vec![Document { line: 1, bytes }]).await?;
    answers.stopped?;
    for sent in answers.sent {
        if sent.is_acknowledged() {
            let mut place = sent.answer;
            place["node"] = json!(remote.base());
            place["recordDigest"] = json!(sent.record_digest);
            openings.logged(batch, place)?;
        } else if is_interrupted(&sent.answer) {
            // Nothing is known of it: the same bytes are sent again by the next run.
            let what = format!("the node did not finish: {}", sent.refusal());
            return Err(crate::exit::Failure::refused(what)
                .help("run the same command again")
                .into());
        } else {
            openings.refused(batch, &sent.refusal())?;
        }
    }
    Ok(())
}

/// Whether a refusal only says that the node did not come to an answer.
fn is_interrupted(answer: &Value) -> bool {
    let errors = answer.pointer("/problem/errors").and_then(Value::as_array);
    let codes = errors.into_iter().flatten();
    codes
        .filter_map(|error| error.get("code"))
        .any(|code| code == "interrupted")
}

/// What is known of a report before it is committed to.
pub(crate) fn already(openings: &Openings, report: &Report) -> Option<Answer> {
    if let Some(why) = openings.lost(&report.number) {
        return Some(Answer::wrong(&report.number, why));
    }
    let Known {
        content_digest,
        batch,
        ..
    } = openings.known(&report.number)?;
    if content_digest == report.content_digest {
        let outcome = Outcome::AlreadyCommitted;
        return Some(answer_of(openings, batch, &report.number, outcome));
    }
    let mut answer = answer_of(openings, batch, &report.number, Outcome::Differs);
    if answer.outcome == Outcome::Differs {
        "this number is committed to already, with another content; a corrected report has a number of its own"
            .clone_into(&mut answer.why);
    }
    Some(answer)
}

/// The answer for a report of a batch: what is meant, unless the node refused the batch.
fn answer_of(openings: &Openings, batch: usize, number: &str, meant: Outcome) -> Answer {
    let mut answer = Answer::without(number, meant, String::new());
    answer.commitment = Some(openings.id(batch).to_owned());
    match openings.standing(batch) {
        Standing::Pending => {}
        Standing::Logged(place) => {
            answer.log = place.get("log").cloned().unwrap_or(Value::Null);
        }
        Standing::Refused(why) => {
            answer.outcome = Outcome::Refused;
            answer.commitment = None;
            answer.why.clone_from(why);
        }
    }
    answer
}

/// The answer for a report whose number stands earlier in the same run.
fn twice(first: [u8; 32], second: &Report) -> Answer {
    let (outcome, why) = if first == second.content_digest {
        (Outcome::AlreadyCommitted, "given twice")
    } else {
        (Outcome::Differs, "given twice, with different contents")
    };
    Answer::without(&second.number, outcome, why.to_owned())
}

/// Most bytes that a report takes in a commitment.
fn bytes_of(number: &str) -> usize {
    REPORT_BYTES + serde_json::to_string(number).map_or(number.len(), |text| text.len())
}

/// Reads how many reports go into one commitment.
pub(crate) fn batch_size(text: &str) -> Result<usize, String> {
    let size = text.parse::<usize>().ok();
    size.filter(|size| (1..=MAX_COMMITTED_REPORTS).contains(size))
        .ok_or_else(|| format!("expected 1 to {MAX_COMMITTED_REPORTS}"))
}
