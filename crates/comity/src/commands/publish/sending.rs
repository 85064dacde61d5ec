//! Sends records to a node as one request and reads an answer for each.

#[cfg(test)]
mod tests;

use anyhow::Result;
use comity_node::remote::Remote;
use comity_signature::digest::{record_digest, to_hex};
use serde_json::{Value, json};

use crate::asking::{self, describe};
use crate::exit::{Exit, Failure};
use crate::input::Document;

/// What a node answered to one record.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    /// Line of the file it stands on.
    pub(crate) line: u64,
    /// Digest of what was sent.
    pub(crate) record_digest: String,
    /// What became of it.
    pub(crate) outcome: Outcome,
    /// The node's answer.
    pub(crate) answer: Value,
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is in the log.
    Logged,
    /// It was in the log before.
    AlreadyLogged,
    /// The node does not take it.
    Refused,
}

impl Sent {
    /// Whether the node has it.
    pub(crate) fn is_acknowledged(&self) -> bool {
        self.outcome != Outcome::Refused
    }

    /// Why it was refused.
    pub(crate) fn refusal(&self) -> String {
        describe(self.answer.get("problem").unwrap_or(&Value::Null))
    }
}

/// The answers to one request, and why it stopped before the last record, where it did: what was
/// answered until then counts.
pub(crate) struct Answers {
    /// In the order of the records sent.
    pub(crate) sent: Vec<Sent>,
    /// Why there is no answer to the rest.
    pub(crate) stopped: Result<()>,
}

/// Sends `documents` and gives the answers in their order.
///
/// Records that are no single line (drafts, pretty JSON) are sent by themselves, so that the
/// node says what is wrong with them.
pub(crate) async fn send(remote: &Remote, documents: Vec<Document>) -> Result<Answers> {
    if let [document] = documents.as_slice() {
        return Ok(Answers {
            sent: vec![send_one(remote, document).await?],
            stopped: Ok(()),
        });
    }
    let mut body = Vec::new();
    for document in &documents {
        body.extend_from_slice(&document.bytes);
        body.push(b'\n');
    }
    let answer = remote
        .post("/v1/records", "application/x-ndjson", body)
        .await?;
    if !answer.is_success() {
        return Err(asking::problem(remote, "/v1/records", &answer).into());
    }
    Ok(read_answers(&documents, &answer.body))
}

async fn send_one(remote: &Remote, document: &Document) -> Result<Sent> {
    let answer = remote
        .post("/v1/records", "application/vc", document.bytes.clone())
        .await?;
    let said = answer.json().unwrap_or(Value::Null);
    if answer.is_success() {
        return Ok(sent(document, said));
    }
    let failure = asking::problem(remote, "/v1/records", &answer);
    if matches!(answer.status, 429 | 503)
        || asking::exit_of_status(answer.status) == Exit::Unreachable
    {
        return Err(failure.into());
    }
    let said = if said.is_object() {
        said
    } else {
        json!({"detail": failure.to_string()})
    };
    Ok(sent(
        document,
        json!({"outcome": "refused", "problem": said}),
    ))
}

/// One answer a line, in the order of the lines sent.
fn read_answers(documents: &[Document], body: &[u8]) -> Answers {
    let mut lines = body
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty());
    let mut answers = Answers {
        sent: Vec::with_capacity(documents.len()),
        stopped: Ok(()),
    };
    for (index, document) in documents.iter().enumerate() {
        let said: Option<Value> = lines
            .next()
            .and_then(|line| serde_json::from_slice(line).ok());
        let number = said
            .as_ref()
            .and_then(|said| said.get("line"))
            .and_then(Value::as_u64);
        let fits = number.is_none_or(|number| number == index as u64 + 1);
        answers.stopped = match said.filter(|_| fits) {
            Some(said) if said.get("outcome").and_then(Value::as_str) == Some("notTaken") => {
                let why = describe(said.get("problem").unwrap_or(&Value::Null));
                Err(stopped(document, &why))
            }
            Some(said) => {
                answers.sent.push(sent(document, said));
                continue;
            }
            None => Err(stopped(
                document,
                "the node's answer ends before the last record",
            )),
        };
        break;
    }
    answers
}

fn stopped(document: &Document, why: &str) -> anyhow::Error {
    Failure::refused(format!("stopped at line {}: {why}", document.line))
        .help("run the same command again later: a record that the node has is not logged twice")
        .into()
}

fn sent(document: &Document, answer: Value) -> Sent {
    let outcome = match answer.get("outcome").and_then(Value::as_str) {
        Some("logged") => Outcome::Logged,
        Some("alreadyLogged") => Outcome::AlreadyLogged,
        _ => Outcome::Refused,
    };
    Sent {
        line: document.line,
        record_digest: to_hex(&record_digest(&document.bytes)),
        outcome,
        answer,
    }
}
