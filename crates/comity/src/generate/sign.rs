//! From a subject to a signed record.

use anyhow::{Context as _, Result};
use comity_model::date::Day;
use comity_model::record::{
    Envelope, Issuer, Kind, MODEL_VERSION, PublicationBasis, Record, Subject,
};
use comity_model::reference::RecordReference;
use comity_model::status::EventSubject;
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity;
use comity_signature::digest::{sha256, to_multibase};
use comity_signature::key::SigningKey;

use super::cast::Body;
use super::chance::Chance;

/// The second of its day at which a record is said to be signed, after midnight UTC.
const SIGNED_AT: i64 = 9 * 3_600;

/// A signed record.
#[derive(Clone, Debug)]
pub(super) struct Signed {
    /// Its kind.
    pub(super) kind: Kind,
    /// The day it is signed.
    pub(super) on: Day,
    /// Place of its language in `LANGUAGES`.
    pub(super) language: usize,
    /// What refers to it.
    pub(super) reference: RecordReference,
    /// Its bytes.
    pub(super) body: Vec<u8>,
    /// What it adds to the counts, if it is an attestation.
    pub(super) paper: Option<Paper>,
}

/// What is counted of an attestation.
#[derive(Clone, Debug)]
pub(super) struct Paper {
    /// Its number.
    pub(super) number: String,
    /// Code of its issuer's economy.
    pub(super) economy: &'static str,
    /// Its state on the base day, in the word of lists and search.
    pub(super) state: &'static str,
}

/// A record to be signed.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// The issuer.
    pub(super) by: &'a Body,
    /// The day it is signed.
    pub(super) on: Day,
    /// Title.
    pub(super) name: String,
    /// The record that it takes the place of.
    pub(super) replaces: Option<RecordReference>,
    /// What it says.
    pub(super) subject: Subject,
}

/// Signs `draft` with the key of its issuer.
///
/// # Errors
/// If it cannot be signed.
pub(super) fn sign(chance: &mut Chance, draft: Draft<'_>) -> Result<Signed> {
    let by = draft.by;
    sign_by(chance, draft, &[(&by.did, &by.key)])
}

/// Signs `draft` with the keys given, each that of the DID beside it.
///
/// # Errors
/// As [`sign`].
pub(super) fn sign_by(
    chance: &mut Chance,
    draft: Draft<'_>,
    signers: &[(&str, &SigningKey)],
) -> Result<Signed> {
    let (language, kind, on) = (draft.by.language, draft.subject.kind(), draft.on);
    let created = on.first_second().plus_seconds(SIGNED_AT);
    let record = record(chance, draft);
    let unsigned = to_canonical(&record.to_value())?;
    // A document without a proof is its own document (format.md 2.1).
    let digest = to_multibase(sha256(&unsigned));
    let mut body = unsigned;
    for (did, key) in signers {
        let created = created.to_string();
        body = data_integrity::sign(&body, did, key, Some(&created), &Limits::default())
            .with_context(|| format!("signing {}", record.name))?;
    }
    Ok(Signed {
        kind,
        on,
        language,
        reference: RecordReference {
            authority: record.comity.authority,
            issuer: record.issuer.id,
            id: record.id,
            digest_multibase: digest,
        },
        body,
        paper: None,
    })
}

fn record(chance: &mut Chance, draft: Draft<'_>) -> Record {
    let Draft {
        by,
        on,
        name,
        replaces,
        subject,
    } = draft;
    let signed = on.first_second().plus_seconds(SIGNED_AT);
    let (valid_from, valid_until) = subject.envelope_dates().unwrap_or((signed, None));
    let publication_basis = match subject {
        Subject::Attestation(_) => Some(PublicationBasis::ClientConsent),
        Subject::Notice(_) => Some(PublicationBasis::OwnStatement),
        _ => None,
    };
    Record {
        id: id(chance, on),
        issuer: Issuer {
            id: by.did.clone(),
            name: by.name.clone(),
        },
        name,
        valid_from,
        valid_until,
        comity: Envelope {
            authority: by.authority.clone(),
            language: by.tag().to_owned(),
            model_version: MODEL_VERSION,
            replaces,
            imported_from: None,
            publication_basis,
        },
        subject,
    }
}

/// A record's id: version 7 of RFC 9562, of its day and of chance.
fn id(chance: &mut Chance, on: Day) -> String {
    let seconds = on.first_second().seconds() + SIGNED_AT;
    let millis = u64::try_from(seconds).unwrap_or_default() * 1_000 + chance.below(1_000);
    let mut random = [0; 10];
    let bits = [chance.bits().to_le_bytes(), chance.bits().to_le_bytes()].concat();
    for (to, from) in random.iter_mut().zip(bits) {
        *to = from;
    }
    let uuid = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
    format!("urn:uuid:{uuid}")
}

/// A record as subject of the event after `before` that its signer makes on it.
pub(super) fn subject_of(record: &RecordReference, before: Option<(u64, &str)>) -> EventSubject {
    EventSubject {
        authority: record.authority.clone(),
        issuer: record.issuer.clone(),
        id: record.id.clone(),
        digest_multibase: record.digest_multibase.clone(),
        sequence: before.map_or(1, |(sequence, _)| sequence + 1),
        previous_event: before.map(|(_, digest)| digest.to_owned()),
    }
}
