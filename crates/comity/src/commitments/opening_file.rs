//! The file that a holder is given: what opens one report, and the commitment it stands in.

use anyhow::Result;
use comity_signature::canonical::{self, Limits};
use comity_signature::digest::{record_digest, to_hex};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::openings::{Found, Opening};
use crate::exit::Failure;
use crate::input::read_whole;

/// `type` of such a file.
const TYPE: &str = "ComityOpening";
/// Largest such file: the largest record, a receipt, and what stands around them.
const MAX_FILE_BYTES: u64 = 2 * 1024 * 1024;

/// What opens one report.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct OpeningFile {
    #[serde(rename = "type")]
    type_name: String,
    /// Number, salt, digest of the content, and whose they are.
    pub(crate) opening: Opening,
    /// SHA-256 of the commitment's bytes, in hex.
    pub(crate) record_digest: String,
    /// The commitment as it was signed; absent where a node is to be asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) record: Option<Box<RawValue>>,
    /// Its receipt: a C2SP tlog-proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) receipt: Option<String>,
}

impl OpeningFile {
    /// The file for a report, with the commitment itself in it.
    pub(crate) fn whole(found: &Found, receipt: Option<String>) -> Result<Self> {
        let record = String::from_utf8(found.record.clone())?;
        Ok(Self {
            record: Some(RawValue::from_string(record)?),
            receipt,
            ..Self::short(&found.opening, to_hex(&record_digest(&found.record)))
        })
    }

    /// The file without the commitment, which any node that holds it can be asked for.
    pub(crate) fn short(opening: &Opening, record_digest: String) -> Self {
        Self {
            type_name: TYPE.to_owned(),
            opening: opening.clone(),
            record_digest,
            record: None,
            receipt: None,
        }
    }

    /// Reads a file that somebody gives.
    pub(crate) fn read(name: &str) -> Result<Self> {
        let bytes = read_whole(name, MAX_FILE_BYTES)?;
        let wrong = |why: &str| {
            Failure::unreadable(format!("{name} is no opening: {why}"))
                .help("give the file that `comity reveal` or `comity outbox` wrote")
        };
        let file: Self =
            serde_json::from_slice(&bytes).map_err(|error| wrong(&error.to_string()))?;
        if file.type_name != TYPE {
            return Err(wrong(&format!("its type is not {TYPE}")).into());
        }
        Ok(file)
    }

    /// The canonical bytes of the commitment in the file. It may have been laid out anew on its
    /// way; the signature says whether it was changed.
    pub(crate) fn record_bytes(&self) -> Result<Option<Vec<u8>>, String> {
        let Some(record) = &self.record else {
            return Ok(None);
        };
        canonical::canonicalise(record.get().as_bytes(), &Limits::default())
            .map(Some)
            .map_err(|refusal| refusal.to_string())
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> Result<String> {
        Ok(format!("{}\n", serde_json::to_string(self)?))
    }
}
