//! The checks of a record before it is logged, from the cheapest to the dearest: size and depth,
//! canonical bytes, members and field rules, signature, the signer's registration and mandate.

use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::fault::Fault;
use comity_model::record::{Kind, Record};
use comity_recognition::evidence::{EvidenceRecord, Unsigned};
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity::{AdmittedKeys, published_form};
use comity_store::NewRecord;

use crate::error::{Refusal, RefusalReason};
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
    let unsigned = |why: String| {
        Refusal::one(
            RefusalReason::Signature,
            Fault::new("/proof", "signature", why),
        )
    };
    published_form(&document).map_err(|invalid| unsigned(invalid.to_string()))?;
    let evidence = EvidenceRecord::examine_with(&bytes, Vec::new(), Some(now), keys);
    match &evidence.signatures {
        Ok(_) => {}
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

fn new_record(
    record: &Record,
    evidence: &EvidenceRecord,
    body: Vec<u8>,
    now: Instant,
) -> NewRecord {
    let (valid_from, valid_until) = projection::validity(record);
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
        identifiers: projection::identifiers(record),
        subjects: projection::subjects(record),
        references: projection::references(record),
    }
}

/// Whether records of this kind change whose signatures count, so that those after them in a
/// stream must be checked after they are logged.
pub fn changes_trust(kind: Kind) -> bool {
    matches!(kind, Kind::Registration | Kind::KeyRevocation)
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
