//! Records of an outbox: drafts are signed, and what is signed is published.

use anyhow::Result;
use comity_signature::canonical::{self, Limits};
use comity_signature::digest::{sha256, to_hex};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::Outbox;
use super::folder::{CHANGED, Ready};
use crate::commands::publish::{Outcome, send};
use crate::commands::record::read_draft;
use crate::commands::sign::signers_of;
use crate::exit::{Exit, Failure};
use crate::input::{Document, read_whole};
use crate::lint;

/// Records of one request.
const MAX_REQUEST_RECORDS: usize = 500;
/// Largest draft that is read.
const MAX_DRAFT_BYTES: u64 = 4 * 1024 * 1024;

/// A record as it was signed, kept from before it is sent until its receipt is there.
#[derive(Deserialize)]
struct Kept<'a> {
    /// SHA-256 of the draft.
    file: String,
    #[serde(borrow)]
    record: &'a RawValue,
}

impl Outbox<'_> {
    /// Signs and publishes records.
    pub(super) async fn publish(&mut self, files: Vec<Ready>) -> Result<Exit> {
        let mut exit = Exit::Done;
        for files in files.chunks(MAX_REQUEST_RECORDS) {
            let mut names = Vec::new();
            let mut documents = Vec::new();
            for (Ready { name, .. }, line) in files.iter().zip(1..) {
                match self.signed(name) {
                    Ok((file, bytes)) => {
                        names.push((name, file));
                        documents.push(Document { line, bytes });
                    }
                    Err(error) => {
                        self.fail(name, &error.to_string())?;
                        exit = Exit::Refused;
                    }
                }
            }
            if documents.is_empty() {
                continue;
            }
            let answers = send(&self.remote, documents).await?;
            for (sent, (name, file)) in answers.sent.iter().zip(names) {
                if sent.outcome == Outcome::Refused {
                    // A corrected draft is another document: it is signed anew.
                    self.forget(name)?;
                    self.fail(name, &format!("the node refuses it: {}", sent.refusal()))?;
                    exit = Exit::Refused;
                    continue;
                }
                let mut receipt = sent.answer.clone();
                receipt["node"] = json!(self.remote.base());
                receipt["recordDigest"] = json!(sent.record_digest);
                receipt["file"] = json!(file);
                self.folder.finish(name, &receipt)?;
                self.forget(name)?;
                let more = json!({"id": receipt.get("id"), "log": receipt.get("log")});
                self.say(name, "published", &more)?;
                if self.folder.digest(name).is_ok_and(|now| now != file) {
                    self.fail(name, CHANGED)?;
                    exit = Exit::Refused;
                }
            }
            answers.stopped?;
        }
        Ok(exit)
    }

    /// The signed bytes of a record, which are on the disk, and the digest of its file.
    fn signed(&self, name: &str) -> Result<(String, Vec<u8>)> {
        let kept = self.folder.signed(name);
        if let Ok(text) = std::fs::read(&kept)
            && let Ok(kept) = serde_json::from_slice::<Kept<'_>>(&text)
        {
            // What an earlier run signed may have been sent: it and nothing else is.
            return Ok((kept.file, kept.record.get().as_bytes().to_vec()));
        }
        let bytes = read_whole(&self.folder.path(name).to_string_lossy(), MAX_DRAFT_BYTES)?;
        let file = to_hex(&sha256(&bytes));
        let record = self.sign(name, &bytes)?;
        let text = format!("{{\"file\":\"{file}\",\"record\":{record}}}\n");
        self.folder.keep_signed(name, &text)?;
        Ok((file, record.into_bytes()))
    }

    /// A draft with a proof. A record that carries one was looked at by whoever signed it.
    fn sign(&self, name: &str, bytes: &[u8]) -> Result<String> {
        let (record, value) = read_draft(name, bytes).map_err(|failure| {
            failure.help("to commit to a report in this form, name it in index.csv")
        })?;
        let canonical = canonical::canonicalise(bytes, &Limits::default())?;
        if value
            .get("proof")
            .is_some_and(|proof| *proof != Value::Null)
        {
            return Ok(String::from_utf8(canonical)?);
        }
        let allowed = signers_of(&record);
        if allowed != [self.key.did.as_str()] {
            let what = format!("it is to be signed by {}", allowed.join(" and "));
            return Err(
                Failure::usage(format!("{what}, and the key is of {}", self.key.did)).into(),
            );
        }
        let warnings = lint::reading(&record, &value).warnings;
        if !warnings.is_empty() {
            let listed = warnings
                .iter()
                .map(|warning| format!("\n  {}: {}", warning.pointer, warning.words));
            let what = format!(
                "nobody would look at it again, and there is reason to:{}\nCorrect it, or sign it yourself (comity sign) and put the signed record here",
                listed.collect::<String>()
            );
            return Err(Failure::refused(what).into());
        }
        let signed = self
            .key
            .key
            .sign(&canonical, &self.key.did, None, &Limits::default())?;
        Ok(String::from_utf8(signed)?)
    }

    /// Drops what was signed: it was answered.
    fn forget(&self, name: &str) -> Result<()> {
        match std::fs::remove_file(self.folder.signed(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}
