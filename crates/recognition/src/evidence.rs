//! Everything a verdict rests on: records with their signatures examined once, where they were
//! logged, the heads of logs, and what else is held.
//!
//! Signatures, inclusion proofs and cosignatures are verified when evidence is gathered, never in
//! [`crate::decide`]: deciding compares facts only. Whoever fills in a [`Location`] or a
//! [`LogHead`] has verified the proofs behind it.

use std::collections::BTreeSet;
use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::record::{Kind, ReadError, Record};
use comity_model::reference::Identity;
use comity_signature::canonical::{self, Limits, Refusal};
use comity_signature::data_integrity::{self, AdmittedKeys, Invalid, Verified};
use comity_signature::digest;

use crate::trust_graph::TrustGraph;

/// SHA-256.
pub type Digest = [u8; 32];

/// A record as evidence: examined once, then shared.
#[derive(Clone, Debug)]
pub struct EvidenceRecord {
    /// SHA-256 of the stored bytes.
    pub record_digest: Digest,
    /// SHA-256 of the canonical document without `proof`; of all bytes where they are not canonical.
    pub document_digest: Digest,
    /// The document digest as records spell it.
    pub document_multibase: String,
    /// The typed view, or why there is none.
    pub record: Result<Record, ReadError>,
    /// Who signed, or why nobody did.
    pub signatures: Result<Vec<Signature>, Unsigned>,
    /// Where it was logged.
    pub locations: Vec<Location>,
    /// When this node first held it.
    pub received_at: Option<Instant>,
    /// An unsigned draft laid over the evidence ("what if"): taken as if its issuer had signed it
    /// and it had been logged at the question's `known_at`.
    pub hypothetical: bool,
}

/// A valid signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// DID that the verification method names.
    pub did: String,
    /// The key as multikey.
    pub key: String,
}

/// Why a record counts as unsigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsigned {
    /// The bytes are not in the canonical form that is signed.
    NotCanonical(Refusal),
    /// The form is right and a proof is missing or does not hold.
    Invalid(Invalid),
    /// A draft without a proof, laid over the evidence.
    Draft,
}

/// Where a record was logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Origin of the log.
    pub origin: Arc<str>,
    /// Index of the entry.
    pub index: u64,
    /// Checkpoints of this log held as evidence: those that cover the entry, and smaller ones
    /// where their cosignature times matter (format.md 3.6). Records of one batch share them.
    pub checkpoints: Arc<[CheckpointEvidence]>,
}

/// A checkpoint with its verified cosignatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointEvidence {
    /// Number of entries.
    pub size: u64,
    /// Root hash.
    pub root: Digest,
    /// Times at which cosigners signed it; the log's own cosigner line among them.
    pub lines: Vec<CosignatureTime>,
}

/// A verified cosignature line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CosignatureTime {
    /// Public key of the cosigner.
    pub cosigner: [u8; 32],
    /// The time it states.
    pub time: Instant,
}

/// The head of a log as held, with the newest verified cosignature lines on it.
///
/// A caller that answers for an earlier `known_at` gives the heads it held then; several heads of
/// one origin may be given, and the newest that was dated by then is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogHead {
    /// Origin of the log.
    pub origin: String,
    /// Number of entries; everything below is in the evidence where it bears on the question.
    pub size: u64,
    /// Root hash.
    pub root: Digest,
    /// Each cosigner's newest line.
    pub lines: Vec<CosignatureTime>,
    /// The log's last entry closes it.
    pub closed: bool,
    /// The verification key of the log that follows, from that entry.
    pub successor: Option<String>,
    /// There is evidence that the log shows two histories: nothing that rests on it can be told.
    pub forked: bool,
    /// Kinds of which not every body below the head is held: that there is no such record is never
    /// concluded from this log.
    pub lacks: Vec<Kind>,
}

/// What is held of an issuer, for the answer that a record is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HeldSummary {
    /// DID or name asked for.
    pub issuer: String,
    /// How many attestations of it are held.
    pub attestations: u64,
    /// Day of issue of the newest of them.
    pub newest_issued_on: Option<String>,
    /// Numbers nearest to the one asked for: to look at, never matched.
    pub nearest_numbers: Vec<String>,
}

/// A record that is known by its entry and whose body is withheld.
#[derive(Clone, Debug)]
pub struct TakenDown {
    /// Its identity.
    pub identity: Identity,
    /// SHA-256 of the bytes that are withheld.
    pub record_digest: Digest,
    /// The `Takedown` record; that its signature counts is decided with the question.
    pub takedown: Arc<EvidenceRecord>,
}

/// Look-ups that ended at their limit. What lies beyond may bear on the question: no step rests on
/// its absence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// Further revisions of the candidates.
    pub revisions: bool,
    /// Further reports that the candidates name.
    pub reports: bool,
    /// DIDs of parties of whose records not all were looked through.
    pub parties: BTreeSet<String>,
}

impl Unread {
    /// Whether everything was looked through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What one question is decided on.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// Every document of every identity that fits the selector.
    pub candidates: Vec<Arc<EvidenceRecord>>,
    /// Other revisions of the candidates: what they `replaces`, what replaces them, and for
    /// imported ones the other records of the same source row.
    pub revisions: Vec<Arc<EvidenceRecord>>,
    /// Status events on the candidates, on those revisions and on reports, by whomever signed.
    pub events: Vec<Arc<EvidenceRecord>>,
    /// What a candidate rests on, as far as it is held: the records that it names, and attestations
    /// and commitments of the laboratories that it names, under the numbers that it names.
    pub reports: Vec<Arc<EvidenceRecord>>,
    /// Further records of those whose promise of completeness is asked about, and the other
    /// commitments of those laboratories: whether one came too late, and since when a laboratory
    /// commits at all.
    pub issued: Vec<Arc<EvidenceRecord>>,
    /// What was not looked through to its end.
    pub unread: Unread,
    /// Registrations, revocations, grants, arrangements, participations, standards, import rules,
    /// coverage statements, and events on them.
    pub trust: &'a TrustGraph,
    /// Heads of the logs held.
    pub heads: &'a [LogHead],
    /// Records that fit the selector and whose bodies are withheld.
    pub taken_down: Vec<TakenDown>,
    /// What is held of the issuer, where the selector names one.
    pub held_of_issuer: Option<HeldSummary>,
    /// Why nobody answers for what is *not* here, of evidence out of a bundle (format.md 4.7):
    /// then no step that states an absence passes. `None` where the logs themselves are held, or
    /// a status statement stands for them.
    pub no_statement: Option<NoStatement>,
}

/// Why no status statement covers a question (format.md 4.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoStatement {
    /// The bundle has none.
    Missing,
    /// Its key is not one that the policy believes for statements.
    SignerNotListed,
    /// It is about another record.
    OtherRecord,
    /// It is about another destination.
    OtherDestination,
    /// It is about another legal day, and this one is after it was made.
    OtherDay,
    /// It was made at another moment than the question is asked for.
    OtherMoment,
    /// A record that it lists is not in the bundle.
    RecordMissing,
    /// The bundle has a record that it does not list.
    RecordNotListed,
    /// It names other log heads than the bundle has.
    OtherHeads,
    /// It was made for a bundle with other contents.
    OtherContents,
}

impl NoStatement {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::Missing,
        Self::SignerNotListed,
        Self::OtherRecord,
        Self::OtherDestination,
        Self::OtherDay,
        Self::OtherMoment,
        Self::RecordMissing,
        Self::RecordNotListed,
        Self::OtherHeads,
        Self::OtherContents,
    ];

    /// Its name, in camel case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::SignerNotListed => "signerNotListed",
            Self::OtherRecord => "otherRecord",
            Self::OtherDestination => "otherDestination",
            Self::OtherDay => "otherDay",
            Self::OtherMoment => "otherMoment",
            Self::RecordMissing => "recordMissing",
            Self::RecordNotListed => "recordNotListed",
            Self::OtherHeads => "otherHeads",
            Self::OtherContents => "otherContents",
        }
    }

    /// What is wrong, as the end of a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Missing => "the bundle has no status statement",
            Self::SignerNotListed => "the policy does not list the key of its status statement",
            Self::OtherRecord => "its status statement is about another record",
            Self::OtherDestination => "its status statement is about another destination",
            Self::OtherDay => {
                "its status statement was made before this legal day, for another one"
            }
            Self::OtherMoment => "its status statement was made at another moment",
            Self::RecordMissing => "a record that its status statement lists is not in the bundle",
            Self::RecordNotListed => {
                "the bundle has a record that its status statement does not list"
            }
            Self::OtherHeads => "its status statement names other log heads",
            Self::OtherContents => "its status statement was made for other contents",
        }
    }
}

impl EvidenceRecord {
    /// Examines received bytes: canonical form, digests, every signature, the typed view. What
    /// fails is kept as data; a later [`crate::decide`] explains it.
    pub fn examine(bytes: &[u8], locations: Vec<Location>, received_at: Option<Instant>) -> Self {
        Self::examine_with(bytes, locations, received_at, &mut AdmittedKeys::new())
    }

    /// Examines as [`Self::examine`] does, remembering admitted keys between records.
    pub fn examine_with(
        bytes: &[u8],
        locations: Vec<Location>,
        received_at: Option<Instant>,
        keys: &mut AdmittedKeys,
    ) -> Self {
        let record_digest = digest::record_digest(bytes);
        let (document_digest, signatures) = match canonical::check(bytes, &Limits::default()) {
            Ok(document) => (
                digest::document_digest(&document),
                data_integrity::verify_with(&document, keys)
                    .map(signatures)
                    .map_err(Unsigned::Invalid),
            ),
            Err(refusal) => (record_digest, Err(Unsigned::NotCanonical(refusal))),
        };
        Self {
            record_digest,
            document_digest,
            document_multibase: digest::to_multibase(document_digest),
            record: Record::read(bytes),
            signatures,
            locations,
            received_at,
            hypothetical: false,
        }
    }

    /// An unsigned draft laid over the evidence. Its digests are those of the bytes given.
    pub fn draft(bytes: &[u8]) -> Self {
        let mut examined = Self::examine(bytes, Vec::new(), None);
        if examined.signatures.is_err() {
            examined.signatures = Err(Unsigned::Draft);
        }
        examined.hypothetical = true;
        examined
    }

    /// Its identity, where it can be read.
    pub fn identity(&self) -> Option<Identity> {
        self.record.as_ref().ok().map(Record::identity)
    }
}

fn signatures(verified: Verified) -> Vec<Signature> {
    let signers = verified.signers.into_iter();
    signers
        .map(|signer| Signature {
            did: signer.did,
            key: signer.key.to_multikey(),
        })
        .collect()
}
