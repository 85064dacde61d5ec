//! The checks of a record before it is logged, from the cheapest to the dearest: size and depth,
//! canonical bytes, members and field rules, signature, the signer's registration and mandate.

use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::fault::Fault;
use comity_model::record::{Kind, Record, Subject};
use comity_recognition::evidence::{EvidenceRecord, Signature, Unsigned};
use comity_recognition::signers::own_keys;
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity::{AdmittedKeys, published_form};
use comity_signature::digest::sha256;
use comity_store::NewRecord;

use crate::error::{Refusal, RefusalReason};
use crate::import::imported_id;
use crate::projection;

/// A record that passed every check that needs nothing but its bytes.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The typed view.
    pub record: Record,
    /// What was examined: digests, signatures. It has no place in a log yet.
    pub evidence: EvidenceRecord,
    /// What the store keeps.
    pub row: NewRecord,
}

impl Prepared {
    /// Says that it counts as received at `now` only: what stood before it in its call, and says
    /// whose signatures count, was logged then. What takes away is known from its receipt, and
    /// would be known before its own signer was.
    pub(crate) fn received_at(&mut self, now: Instant) {
        self.evidence.received_at = Some(now);
        self.row.received_at = now.seconds();
    }
}

/// Checks form, rules and signatures of `bytes`, received at `now`.
///
/// # Errors
/// The refusal of the first check that fails, with every fault that check found.
pub fn prepare(bytes: Vec<u8>, now: Instant, keys: &mut AdmittedKeys) -> Result<Prepared, Refusal> {
    let document = canonical::check(&bytes, &Limits::default()).map_err(|refusal| {
        Refusal::one(
            RefusalReason::Form,
            Fault::new(refusal.pointer.clone(), "notCanonical", refusal.to_string()),
        )
    })?;
    let record = Record::check(&bytes).map_err(|faults| Refusal {
        reason: RefusalReason::Rules,
        faults,
    })?;
    check_imported_id(&record, &bytes)?;
    let unsigned = |why: String| {
        Refusal::one(
            RefusalReason::Signature,
            Fault::new("/proof", "signature", why),
        )
    };
    published_form(&document).map_err(|invalid| unsigned(invalid.to_string()))?;
    let evidence = EvidenceRecord::examine_with(&bytes, Vec::new(), Some(now), keys);
    match &evidence.signatures {
        Ok(signatures) => check_signers(&record, signatures)?,
        Err(Unsigned::NotCanonical(refusal)) => return Err(unsigned(refusal.to_string())),
        Err(Unsigned::Invalid(invalid)) => return Err(unsigned(invalid.to_string())),
        Err(Unsigned::Draft) => return Err(unsigned("the record is not signed".to_owned())),
    }
    let row = new_record(&record, &evidence, bytes, now);
    Ok(Prepared {
        record,
        evidence,
        row,
    })
}

/// Only those sign whom the kind's rule names, each once, but an authority's roots, which are
/// several keys of one DID (format.md 1.5): a spare proof would make another record of the same
/// document, and anybody could add one.
fn check_signers(record: &Record, signatures: &[Signature]) -> Result<(), Refusal> {
    // Whose keys these are to be follows from the list that the policy pins (`may_sign`).
    if matches!(record.kind(), Kind::FederationList) {
        return Ok(());
    }
    let one_key_each = record.kind() != Kind::MemberKeys;
    let mut named = vec![record.issuer.id.as_str()];
    if let Subject::Arrangement(arrangement) = &record.subject {
        named.extend(arrangement.signers.iter().map(|party| party.id.as_str()));
    }
    let mut seen = Vec::with_capacity(signatures.len());
    for Signature { did, .. } in signatures {
        let why = if !named.contains(&did.as_str()) {
            format!("{did} is not named as a signer of this record; leave its proof out")
        } else if one_key_each && seen.contains(&did) {
            format!("{did} signed with more than one key; leave one proof of it")
        } else {
            seen.push(did);
            continue;
        };
        let fault = Fault::new("/proof", "spareProof", why);
        return Err(Refusal::one(RefusalReason::Signature, fault));
    }
    Ok(())
}

/// The id of an imported record is made of what it says, so that a row is imported once
/// (format.md 2.9).
fn check_imported_id(record: &Record, bytes: &[u8]) -> Result<(), Refusal> {
    let Some(from) = &record.comity.imported_from else {
        return Ok(());
    };
    let digest = hex::encode(subject_digest(bytes));
    let replaced = record.comity.replaces.as_ref();
    let replaced = replaced.map(|replaced| replaced.digest_multibase.as_str());
    let signer = &record.issuer.id;
    let expected = [None, replaced]
        .map(|replaced| imported_id(signer, &from.system, &from.source_id, &digest, replaced));
    if expected.contains(&record.id) {
        return Ok(());
    }
    let [expected, _] = expected;
    let why = format!("the id of this imported record must be {expected}, made of what it says");
    Err(Refusal::one(
        RefusalReason::Rules,
        Fault::new("/id", "importedId", why),
    ))
}

/// SHA-256 of the `credentialSubject` of a canonical document.
fn subject_digest(body: &[u8]) -> [u8; 32] {
    #[derive(serde::Deserialize)]
    struct Outer<'a> {
        #[serde(rename = "credentialSubject", borrow)]
        subject: &'a serde_json::value::RawValue,
    }
    let outer: Result<Outer<'_>, _> = serde_json::from_slice(body);
    outer.map_or([0; 32], |outer| sha256(outer.subject.get().as_bytes()))
}

fn new_record(
    record: &Record,
    evidence: &EvidenceRecord,
    body: Vec<u8>,
    now: Instant,
) -> NewRecord {
    let (valid_from, valid_until) = projection::validity(record);
    let keys: Vec<_> = own_keys(evidence).collect();
    NewRecord {
        position: 0,
        digest: evidence.record_digest,
        document_digest: evidence.document_digest,
        kind: record.kind().name().to_owned(),
        authority: record.comity.authority.clone(),
        issuer: record.issuer.id.clone(),
        id: record.id.clone(),
        body,
        received_at: now.seconds(),
        valid_from,
        valid_until,
        identifiers: projection::identifiers(record, &keys),
        subjects: projection::subjects(record),
        references: projection::references(record, &keys),
    }
}

/// Whether records of this kind change whose signatures count, so that those after them in a
/// stream must be checked after they are logged.
pub fn changes_trust(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Registration
            | Kind::KeyRevocation
            | Kind::FederationList
            | Kind::MemberKeys
            | Kind::Takedown
    )
}

/// The examined record in its place.
pub fn placed(
    evidence: EvidenceRecord,
    location: comity_recognition::evidence::Location,
) -> Arc<EvidenceRecord> {
    Arc::new(EvidenceRecord {
        locations: vec![location],
        ..evidence
    })
}
