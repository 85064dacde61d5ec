//! The lines of a bundle, each in exactly one spelling: what is read is written anew and compared.

use std::borrow::Cow;

use comity_model::date::Instant;
use comity_signature::canonical;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{AFTER_DIGEST, BEFORE_DIGEST, FORMAT, MAX_RECEIPTS, Refused};
use crate::question::Question;

/// The first line, without its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Header {
    /// [`FORMAT`].
    pub(super) format: String,
    /// DID of the authority whose node made the bundle: to know whom to ask, believed by nobody.
    pub(super) made_by: String,
    /// Digest of the policy under which its maker chose, in hex: to explain another answer.
    pub(super) policy_digest: String,
    /// The question, resolved.
    pub(super) question: Question,
}

/// A line with the head of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadLine {
    /// Of a closed log: the receipt of its closing entry, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
    /// Of a log that shows two histories: the evidence, as its file (`comity.fork/v1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fork: Option<String>,
    /// The note.
    pub head: String,
    /// Of a closed log: the verification key of its successor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
}

/// A line with a checkpoint that is no head: smaller ones matter for the time of others
/// (format.md 3.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckpointLine {
    /// The note.
    pub(super) checkpoint: String,
}

/// A line with a record, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordLine {
    /// The bytes that were signed.
    pub body: Vec<u8>,
    /// Receipts as text: for each place one for each checkpoint that dates it.
    pub receipts: Vec<String>,
    /// When the maker held it, where that was before it was logged; of evidence that takes away.
    pub received_at: Option<Instant>,
}

/// The same as it stands in a file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct WrittenRecord<'a> {
    #[serde(borrow)]
    body: &'a RawValue,
    receipts: Vec<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    received_at: Option<Instant>,
}

impl Header {
    /// What follows the digest in the header line, with the line's end.
    pub(super) fn after_digest(&self) -> Result<Vec<u8>, canonical::Error> {
        let mut line = canonical::to_canonical(self)?;
        // Its brace stands before the digest.
        line.remove(0);
        line.push(b'\n');
        Ok(line)
    }

    /// Splits a first line into its digest as written and the rest, and reads the rest.
    pub(super) fn read(line: &[u8]) -> Result<(&str, Self), Refused> {
        let refused = |reason: &str| Refused::new(1, "header", reason);
        let rest = line
            .strip_prefix(BEFORE_DIGEST.as_bytes())
            .ok_or_else(|| refused("this is no bundle: it does not begin with a digest"))?;
        let (digest, rest) = rest
            .split_at_checked(64)
            .ok_or_else(|| refused("the digest is cut off"))?;
        let digest = std::str::from_utf8(digest)
            .ok()
            .filter(|digest| comity_signature::digest::from_hex(digest).is_some())
            .ok_or_else(|| refused("the digest is not 64 lower-case hexadecimal digits"))?;
        let rest = rest
            .strip_prefix(AFTER_DIGEST.as_bytes())
            .ok_or_else(|| refused("no comma follows the digest"))?;
        let mut object = Vec::with_capacity(rest.len() + 1);
        object.push(b'{');
        object.extend_from_slice(rest);
        let header: Self = exact(&object).map_err(|reason| Refused::new(1, "header", reason))?;
        if header.format != FORMAT {
            let reason = format!(
                "the format is {}; this version reads {FORMAT}",
                comity_model::text::projected(&header.format)
            );
            return Err(Refused::new(1, "header", reason));
        }
        if comity_signature::digest::from_hex(&header.policy_digest).is_none() {
            return Err(refused(
                "`policyDigest` is not 64 lower-case hexadecimal digits",
            ));
        }
        if let Err(reason) = comity_signature::did::check(&header.made_by) {
            return Err(Refused::new(1, "header", format!("`madeBy`: {reason}")));
        }
        Ok((digest, header))
    }
}

impl RecordLine {
    /// The line, without its end.
    pub(super) fn write(&self) -> Result<Vec<u8>, serde_json::Error> {
        let body: &RawValue = serde_json::from_slice(&self.body)?;
        serde_json::to_vec(&WrittenRecord {
            body,
            receipts: self.receipts.iter().map(Cow::from).collect(),
            received_at: self.received_at,
        })
    }

    /// Reads a line.
    pub(super) fn read(line: &[u8], number: usize) -> Result<Self, Refused> {
        let refused = |reason: String| Refused::new(number, "record", reason);
        let written: WrittenRecord<'_> =
            serde_json::from_slice(line).map_err(|error| refused(said(&error)))?;
        let again = serde_json::to_vec(&written).map_err(|error| refused(said(&error)))?;
        if again != line {
            return Err(refused(NOT_CANONICAL.to_owned()));
        }
        if written.receipts.len() > MAX_RECEIPTS {
            return Err(refused(format!("it has more than {MAX_RECEIPTS} receipts")));
        }
        Ok(Self {
            body: written.body.get().as_bytes().to_vec(),
            receipts: (written.receipts.into_iter())
                .map(Cow::into_owned)
                .collect(),
            received_at: written.received_at,
        })
    }
}

const NOT_CANONICAL: &str = "the line is not in its canonical form";

/// Reads a canonical line; what is written anew must be the bytes that were read.
pub(super) fn exact<'a, T: Serialize + Deserialize<'a>>(line: &'a [u8]) -> Result<T, String> {
    let value: T = serde_json::from_slice(line).map_err(|error| said(&error))?;
    let again = canonical::to_canonical(&value).map_err(|error| error.to_string())?;
    if again != line {
        return Err(NOT_CANONICAL.to_owned());
    }
    Ok(value)
}

/// What a JSON reader says, without its place: a line of a bundle is one line to it.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or(&text);
    format!(
        "the line cannot be read at byte {}: {}",
        error.column(),
        comity_model::text::projected(what)
    )
}
