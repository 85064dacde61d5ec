//! The records of the vectors: a small story of two made-up economies.
//!
//! The authority of Norda registers an accreditation body, which registers and accredits an
//! electrical laboratory. The authorities of Norda and Suda sign an arrangement, Suda says who is
//! in. The laboratory certifies a kettle, suspends the certificate and reinstates it; one of its
//! two keys is stolen and revoked. One certificate of an old register of Suda is imported. Beside
//! it, in no log of the vectors, the federation of both, and what they and the laboratory say in the
//! kinds that came later.

mod certificates;
mod federation;
mod further;
mod parties;

use comity_model::record::Kind;
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity;
use comity_signature::digest;
use comity_signature::key::SigningKey;
use serde_json::{Value, json};

pub(crate) use certificates::{imported_id, imported_row};
pub(crate) use federation::{FEDERATION_KEYS, federation};
pub(crate) use further::{REPORT, committed, further, salt};

/// The authority of Norda (XN).
pub(crate) const NORDA: &str = "did:web:nqi.norda.example";
/// The authority of Suda (XS).
pub(crate) const SUDA: &str = "did:web:authority.suda.example";
/// The accreditation body, registered by Norda.
pub(crate) const BODY: &str = "did:web:accreditation.norda.example";
/// The laboratory, registered by the accreditation body.
pub(crate) const LABORATORY: &str = "did:web:lab.norda.example:electrical";
/// The arrangement's name under Norda's authority.
const ARRANGEMENT: &str = "did:web:nqi.norda.example#norda-suda-2026";

const NORDA_NAME: &str = "Norda Quality Infrastructure Authority";
const SUDA_NAME: &str = "Ведомство по стандартам Суды";
const BODY_NAME: &str = "Norda Accreditation";
const LABORATORY_NAME: &str = "Norda Electrical Laboratory";

/// One signed record of the story.
pub(crate) struct Signed {
    /// File name in the folder of the vectors.
    pub(crate) file: &'static str,
    /// Its kind.
    pub(crate) kind: Kind,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Signed {
    /// SHA-256 of the stored bytes.
    pub(crate) fn record_digest(&self) -> [u8; 32] {
        digest::record_digest(&self.bytes)
    }

    /// SHA-256 of the document without `proof`.
    pub(crate) fn document_digest(&self) -> [u8; 32] {
        let document = canonical::check(&self.bytes, &Limits::default()).unwrap();
        digest::document_digest(&document)
    }

    /// The reference by which another record names this one.
    fn reference(&self) -> Value {
        let value: Value = serde_json::from_slice(&self.bytes).unwrap();
        json!({
            "authority": value["comity"]["authority"],
            "digestMultibase": digest::to_multibase(self.document_digest()),
            "id": value["id"],
            "issuer": value["issuer"]["id"],
        })
    }
}

/// The seed of a test key: public, and so never to be used in earnest.
pub(crate) fn seed(label: &str) -> [u8; 32] {
    digest::sha256(
        format!("comity test vector key, never to be used in earnest: {label}").as_bytes(),
    )
}

/// A key of the story by its label.
pub(crate) fn key(label: &str) -> SigningKey {
    SigningKey::from_seed(&seed(label))
}

/// The key of a label as records spell it.
pub(crate) fn multikey(label: &str) -> String {
    key(label).verifying_key().to_multikey()
}

/// Labels of the record keys with the DID each belongs to.
pub(crate) const RECORD_KEYS: [(&str, &str); 5] = [
    ("norda authority", NORDA),
    ("suda authority", SUDA),
    ("norda accreditation body", BODY),
    ("norda laboratory 1", LABORATORY),
    ("norda laboratory 2", LABORATORY),
];

/// A `urn:uuid:` of version 7 with a fixed time and a running number.
fn record_id(number: u8) -> String {
    format!("urn:uuid:019bb2c3-4d00-7000-8000-0000000000{number:02x}")
}

/// Canonical bytes of an unsigned document.
pub(crate) fn canonical_bytes(document: &Value) -> Vec<u8> {
    canonical::to_canonical(document).unwrap()
}

/// Signs a document with several keys, each given as (DID, label).
pub(crate) fn sign(document: &Value, signers: &[(&str, &str)], created: Option<&str>) -> Vec<u8> {
    let unsigned = canonical_bytes(document);
    signers.iter().fold(unsigned, |bytes, (did, label)| {
        data_integrity::sign(&bytes, did, &key(label), created, &Limits::default()).unwrap()
    })
}

/// What the envelope of one record says.
struct Envelope<'a> {
    kind: Kind,
    number: u8,
    issuer: (&'a str, &'a str),
    authority: &'a str,
    language: &'a str,
    name: &'a str,
    valid_from: &'a str,
    valid_until: Option<&'a str>,
}

impl Envelope<'_> {
    fn document(&self, subject: &Value) -> Value {
        let mut document = json!({
            "@context": self.kind.context(),
            "comity": {"authority": self.authority, "language": self.language, "modelVersion": 1},
            "credentialSubject": subject,
            "id": record_id(self.number),
            "issuer": {"id": self.issuer.0, "name": self.issuer.1},
            "name": self.name,
            "type": self.kind.types(),
            "validFrom": self.valid_from,
        });
        if let Some(until) = self.valid_until {
            document["validUntil"] = json!(until);
        }
        document
    }
}

/// All records, in the order in which they were published.
pub(crate) fn records() -> Vec<Signed> {
    let grant = parties::grant();
    let attestation = certificates::attestation(&grant);
    let suspension = certificates::suspension(&attestation);
    let reinstatement = certificates::reinstatement(&attestation, &suspension);
    vec![
        parties::registration_of_the_body(),
        parties::registration_of_the_laboratory(),
        grant,
        parties::arrangement(),
        parties::participation_of_norda(),
        parties::participation_of_suda(),
        attestation,
        certificates::imported(),
        suspension,
        reinstatement,
        parties::revocation(),
    ]
}

fn signed(
    file: &'static str,
    kind: Kind,
    document: &Value,
    label: &str,
    did: &str,
    created: &str,
) -> Signed {
    Signed {
        file,
        kind,
        bytes: sign(document, &[(did, label)], Some(created)),
    }
}
