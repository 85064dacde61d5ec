//! The status statement: *in these logs up to these sizes nothing else bears on this question.*
//!
//! An unlogged document, signed by a key that the reader's policy believes for statements
//! (format.md 4.7).

use comity_model::date::{Day, Instant};
use comity_model::reference::Identity;
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity::{self, Verified};
use comity_signature::digest;
use comity_signature::key::SigningKey;
use serde::{Deserialize, Serialize};

use super::line::exact;
use super::write::NotMade;
use crate::evidence::{Digest, NoStatement};
use crate::question::{Question, Selector};

const TYPES: [&str; 2] = ["VerifiableCredential", "ComityStatusStatement"];
const CONTEXT: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://w3id.org/comity/v1",
];

/// What a status statement says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Statement {
    /// When it was so.
    pub known_at: Instant,
    /// The logs and how far they were looked through, sorted.
    pub logs: Vec<HeadStated>,
    /// Which question.
    pub question: QuestionStated,
    /// Record digests of everything that bears on it, as `u...`, sorted.
    pub record_digests: Vec<String>,
}

/// The head of a log, as a statement names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadStated {
    /// Origin.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root hash, in hex.
    pub root: String,
}

/// The question of a statement: any product, and for a day up to `knownAt` any day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionStated {
    /// DID of the head authority of the signer's registration chain.
    pub authority: String,
    /// DID of the signer.
    pub issuer: String,
    /// `urn:uuid:` identifier of the record.
    pub id: String,
    /// The destination.
    #[serde(rename = "in")]
    pub in_economy: String,
    /// The legal day.
    pub on: Day,
}

/// The document, without its proof.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Document {
    #[serde(rename = "@context")]
    context: Vec<String>,
    credential_subject: Statement,
    id: String,
    issuer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proof: Option<serde_json::Value>,
    #[serde(rename = "type")]
    types: Vec<String>,
}

/// A statement whose signature holds; whether its key counts is not said yet.
pub(super) struct Signed {
    pub(super) statement: Statement,
    pub(super) id: String,
    pub(super) issuer: String,
    pub(super) verified: Verified,
}

impl Statement {
    /// What is stated of `question`, over these records and heads. `None` unless the question
    /// names one record in full.
    pub(super) fn of(
        question: &Question,
        records: &[Digest],
        mut logs: Vec<HeadStated>,
    ) -> Option<Self> {
        let Selector::Identity(identity) = &question.record else {
            return None;
        };
        let Identity {
            authority,
            issuer,
            id,
        } = identity.clone();
        logs.sort_unstable();
        logs.dedup();
        let mut record_digests: Vec<String> =
            records.iter().copied().map(digest::to_multibase).collect();
        record_digests.sort_unstable();
        Some(Self {
            known_at: question.known_at,
            logs,
            question: QuestionStated {
                authority,
                issuer,
                id,
                in_economy: question.in_economy.clone(),
                on: question.on,
            },
            record_digests,
        })
    }

    /// The signed document.
    pub(super) fn sign(
        self,
        id: String,
        issuer: &str,
        key: &SigningKey,
    ) -> Result<Vec<u8>, NotMade> {
        let document = Document {
            context: CONTEXT.map(str::to_owned).to_vec(),
            credential_subject: self,
            id,
            issuer: issuer.to_owned(),
            proof: None,
            types: TYPES.map(str::to_owned).to_vec(),
        };
        let bytes = canonical::to_canonical(&document).map_err(NotMade::of)?;
        data_integrity::sign(&bytes, issuer, key, None, &Limits::default()).map_err(NotMade::of)
    }

    /// Why it does not answer for what is not among `records` and `heads`; `None` if it does.
    pub(super) fn misfit(
        &self,
        question: &Question,
        records: &[Digest],
        heads: &[HeadStated],
    ) -> Option<NoStatement> {
        let stated = &self.question;
        let named = matches!(&question.record, Selector::Identity(identity)
            if (&identity.authority, &identity.issuer, &identity.id)
                == (&stated.authority, &stated.issuer, &stated.id));
        let here: Vec<String> = records.iter().copied().map(digest::to_multibase).collect();
        let listed = |digest: &String| self.record_digests.binary_search(digest).is_ok();
        if !named {
            Some(NoStatement::OtherRecord)
        } else if question.in_economy != stated.in_economy {
            Some(NoStatement::OtherDestination)
        } else if question.on != stated.on && question.on > self.known_at.day() {
            Some(NoStatement::OtherDay)
        } else if question.known_at != self.known_at {
            Some(NoStatement::OtherMoment)
        } else if !here.iter().all(listed) {
            Some(NoStatement::RecordNotListed)
        } else if here.len() != self.record_digests.len() {
            Some(NoStatement::RecordMissing)
        } else if heads != self.logs {
            Some(NoStatement::OtherHeads)
        } else {
            None
        }
    }
}

impl Signed {
    /// Reads a statement and verifies its signature.
    pub(super) fn read(line: &[u8]) -> Result<Self, String> {
        let canonical =
            canonical::check(line, &Limits::default()).map_err(|error| error.to_string())?;
        let document: Document = exact(line)?;
        if document.types != TYPES {
            return Err(format!("its `type` is not {TYPES:?}"));
        }
        if document.context != CONTEXT {
            return Err(format!("its `@context` is not {CONTEXT:?}"));
        }
        data_integrity::published_form(&canonical).map_err(|error| error.to_string())?;
        let verified = data_integrity::verify(&canonical).map_err(|error| error.to_string())?;
        let [signer] = verified.signers.as_slice() else {
            return Err("it has more than one signature".to_owned());
        };
        if signer.did != document.issuer {
            return Err("its issuer did not sign it".to_owned());
        }
        let statement = document.credential_subject;
        if !is_sorted(&statement.record_digests) || !is_sorted(&statement.logs) {
            return Err("its lists are not sorted, or name something twice".to_owned());
        }
        if (statement.record_digests.iter()).any(|text| digest::from_multibase(text).is_none()) {
            return Err("its `recordDigests` are no digests".to_owned());
        }
        Ok(Self {
            statement,
            id: document.id,
            issuer: document.issuer,
            verified,
        })
    }

    /// The key that signed, as multikey.
    pub(super) fn key(&self) -> Option<String> {
        let signer = self.verified.signers.first()?;
        Some(signer.key.to_multikey())
    }
}

fn is_sorted<T: Ord>(list: &[T]) -> bool {
    list.is_sorted_by(|one, other| one < other)
}
