//! Reading a record from its bytes: tolerantly as mirrors do, strictly as publishers must write.

use serde::de::DeserializeOwned;

use crate::fault::Fault;

use super::{
    Document, Kind, OPEN_ENVELOPE, OPEN_ISSUER, OPEN_UNTP, ReadError, Record, Subject, kind_of,
    rules,
};

/// Rule of members that no type knows.
pub(super) const UNKNOWN_MEMBER: &str = "unknownMember";
pub(super) const UNKNOWN_MEMBER_MESSAGE: &str =
    "no member of this name is defined here; remove it or correct its spelling";

/// UNTP objects of an attestation of which some members are read.
const OPEN_UNTP_OBJECTS: [&str; 2] = ["issuedToParty", "referenceScheme"];

impl Record {
    /// Reads a record, ignoring members it does not know (mirrors and verdicts do).
    ///
    /// # Errors
    /// [`ReadError::UnknownKind`], or the first member of the wrong form.
    pub fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        Self::read_noting(bytes, &mut |_| {})
    }

    /// Reads a record as a publisher must write it: every member known, every field rule kept.
    /// Signatures and registrations are checked elsewhere.
    ///
    /// # Errors
    /// Every fault found, each with its JSON pointer.
    pub fn check(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let read = Self::read_noting(bytes, &mut |pointer| {
            if !is_open_to_others(&pointer) {
                faults.push(Fault::new(pointer, UNKNOWN_MEMBER, UNKNOWN_MEMBER_MESSAGE));
            }
        });
        match read {
            Ok(record) => {
                let view = record.to_value();
                note_others(bytes, &view, &mut faults);
                faults.extend(rules::validate(&record, &view));
                if bytes.len() > record.kind().max_body_bytes() {
                    faults.push(Fault::new(
                        "",
                        "tooLarge",
                        format!("at most {} bytes", record.kind().max_body_bytes()),
                    ));
                }
                if faults.is_empty() {
                    Ok(record)
                } else {
                    Err(faults)
                }
            }
            Err(ReadError::Malformed(fault)) => {
                faults.push(fault);
                Err(faults)
            }
            Err(error @ ReadError::UnknownKind(_)) => {
                faults.push(Fault::new("/type", "unknownKind", error.to_string()));
                Err(faults)
            }
        }
    }

    fn read_noting(bytes: &[u8], unknown: &mut dyn FnMut(String)) -> Result<Self, ReadError> {
        match kind_of(bytes)? {
            Kind::Attestation => read_as(bytes, Subject::Attestation, unknown),
            Kind::CompetenceGrant => read_as(bytes, Subject::CompetenceGrant, unknown),
            Kind::Arrangement => read_as(bytes, Subject::Arrangement, unknown),
            Kind::Participation => read_as(bytes, Subject::Participation, unknown),
            Kind::StatusEvent => read_as(bytes, Subject::StatusEvent, unknown),
            Kind::Registration => read_as(bytes, Subject::Registration, unknown),
            Kind::KeyRevocation => read_as(bytes, Subject::KeyRevocation, unknown),
            Kind::FederationList => read_as(bytes, Subject::FederationList, unknown),
            Kind::MemberKeys => read_as(bytes, Subject::MemberKeys, unknown),
            Kind::Standard => read_as(bytes, Subject::Standard, unknown),
            Kind::ImportRule => read_as(bytes, Subject::ImportRule, unknown),
            Kind::Commitment => read_as(bytes, Subject::Commitment, unknown),
            Kind::Notice => read_as(bytes, Subject::Notice, unknown),
            Kind::Takedown => read_as(bytes, Subject::Takedown, unknown),
            Kind::CoverageStatement => read_as(bytes, Subject::CoverageStatement, unknown),
        }
    }
}

/// Completes `faults`, the unknown members noted while reading, with the other faults of what
/// stands in a document beside what was read from it.
fn note_others(bytes: &[u8], view: &serde_json::Value, faults: &mut Vec<Fault>) {
    let raw: serde_json::Value = match serde_json::from_slice(bytes) {
        Ok(raw) => raw,
        // Reading skips over members it does not know; their values may still be no JSON values,
        // such as a number beyond every double.
        Err(error) => {
            faults.push(Fault::new("", "malformed", error.to_string()));
            return;
        }
    };
    // Within the alternatives of an enum the place noted while reading lacks a member's name.
    faults.retain(|fault| raw.pointer(&fault.pointer).is_some());
    for fault in rules::check_others(&raw, view, is_open_to_others) {
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
}

/// Whether unknown members below `pointer` belong to others: the proof, UNTP's part of an
/// attestation, generic members of the W3C envelope, and `extension`.
fn is_open_to_others(pointer: &str) -> bool {
    let first = pointer.split('/').nth(1).unwrap_or_default();
    let second = pointer.split('/').nth(2).unwrap_or_default();
    let envelope = OPEN_ENVELOPE.contains(&first);
    let untp = first == "credentialSubject"
        && (OPEN_UNTP.contains(&second) || OPEN_UNTP_OBJECTS.contains(&second));
    let issuer = first == "issuer" && OPEN_ISSUER.contains(&second);
    envelope || untp || issuer
}

fn read_as<S: DeserializeOwned>(
    bytes: &[u8],
    wrap: fn(Box<S>) -> Subject,
    unknown: &mut dyn FnMut(String),
) -> Result<Record, ReadError> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    let mut note = |path: serde_ignored::Path<'_>| unknown(pointer_of(&path));
    let read: Result<Document<S>, _> = serde_ignored::deserialize(tracked, &mut note);
    let document = read.map_err(|error| {
        ReadError::Malformed(Fault::new(
            path_pointer(&track.path()),
            "malformed",
            error.to_string(),
        ))
    })?;
    let subject = wrap(Box::new(document.credential_subject));
    let pinned = subject.kind().context();
    if !pinned.iter().eq(document.context.iter()) {
        return Err(ReadError::Malformed(Fault::new(
            "/@context",
            "context",
            format!("expected exactly {pinned:?}"),
        )));
    }
    Ok(Record {
        id: document.id,
        issuer: document.issuer,
        name: document.name,
        valid_from: document.valid_from,
        valid_until: document.valid_until,
        comity: document.comity,
        subject,
    })
}

/// RFC 6901 pointer of a path.
fn pointer_of(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}/{index}", pointer_of(parent)),
        Path::Map { parent, key } => {
            let key = key.replace('~', "~0").replace('/', "~1");
            format!("{}/{key}", pointer_of(parent))
        }
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => pointer_of(parent),
    }
}

fn path_pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |pointer, segment| {
        let part = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => return pointer,
        };
        format!("{pointer}/{part}")
    })
}
