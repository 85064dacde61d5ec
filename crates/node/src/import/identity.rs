//! Ids of imported records: the same row of the same register gives the same id everywhere.

use comity_model::record::Record;
use comity_signature::canonical::to_canonical;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// What the hash of an imported id begins with (format.md 2.9).
const DOMAIN: &[u8] = b"comity.import/v1\n";

/// Hex SHA-256 of the canonical subject of a record.
pub fn subject_digest(record: &Record) -> String {
    let document = record.to_value();
    let subject = document.get("credentialSubject").unwrap_or(&Value::Null);
    hex::encode(Sha256::digest(canonical(subject)))
}

/// The id of an imported record (format.md 2.9): UUID version 8 of the first 16 bytes of SHA-256
/// over `comity.import/v1\n` and the canonical `[signer, system, sourceId, subject digest]`.
///
/// A row that goes back to an earlier content would get the id of the earlier record, with
/// another `replaces`: one identity with two documents. There `replaced`, the document digest of
/// the revision it takes the place of, stands fifth in the list.
pub fn imported_id(
    signer: &str,
    system: &str,
    source_id: &str,
    subject_digest: &str,
    replaced: Option<&str>,
) -> String {
    let mut list = vec![signer, system, source_id, subject_digest];
    list.extend(replaced);
    id_of(&json!(list))
}

/// The id of an event that an import makes: of what it says, so that a repeated plan is the same.
pub(crate) fn event_id(signer: &str, system: &str, event: &impl serde::Serialize) -> String {
    let digest = hex::encode(Sha256::digest(canonical(event)));
    id_of(&json!([signer, system, "", digest]))
}

fn id_of(list: &Value) -> String {
    let mut hash = Sha256::new();
    hash.update(DOMAIN);
    hash.update(canonical(list));
    let digest = hash.finalize();
    let mut bytes = [0; 16];
    bytes
        .iter_mut()
        .zip(digest)
        .for_each(|(byte, from)| *byte = from);
    Uuid::new_v8(bytes).urn().to_string()
}

/// Canonical bytes of a value of ours; empty where it cannot be written, which no record can be.
fn canonical(value: &impl serde::Serialize) -> Vec<u8> {
    to_canonical(value).unwrap_or_default()
}
