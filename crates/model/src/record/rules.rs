//! The field rules of each kind: every fault, each with its JSON pointer and what is expected.
//!
//! Form of single members here; whether a signer may say what it says is judged by
//! `comity-recognition`, and signatures by `comity-signature`.

use serde_json::Value;

use crate::date::Instant;
use crate::fault::{Fault, Faults};
use crate::party::is_did;
use crate::reference::is_record_id;
use crate::text::{MAX_TEXT_BYTES, is_language_tag, is_refused};

use super::{ImportedFrom, Kind, MODEL_VERSION, PublicationBasis, Record, Subject};

mod arrangement;
mod attestation;
mod commitment;
mod coverage;
mod federation;
mod grant;
mod import_rule;
mod notice;
mod participation;
mod parts;
mod registration;
mod standard;
mod status;

use parts::{check_did, check_economies, check_name, check_record_reference};

/// Every fault of `record`, whose document is `view`, against the field rules.
pub(super) fn validate(record: &Record, view: &Value) -> Vec<Fault> {
    let mut faults = Faults::new();
    walk_texts(&mut faults, view);
    faults.require(
        is_record_id(&record.id),
        "id",
        "recordId",
        "expected urn:uuid: and a UUID in lower case",
    );
    faults.member("issuer", |faults| {
        check_did(faults, "id", &record.issuer.id);
        check_name(faults, "name", &record.issuer.name);
    });
    check_name(&mut faults, "name", &record.name);
    faults.member("comity", |faults| check_envelope(faults, record));
    check_envelope_dates(&mut faults, record);
    faults.member("credentialSubject", |faults| match &record.subject {
        Subject::Attestation(subject) => attestation::check(faults, record, subject),
        Subject::CompetenceGrant(subject) => grant::check(faults, record, subject),
        Subject::Arrangement(subject) => arrangement::check(faults, record, subject),
        Subject::Participation(subject) => participation::check(faults, record, subject),
        Subject::StatusEvent(subject) => status::check(faults, record, subject),
        Subject::Registration(subject) => registration::check(faults, record, subject),
        Subject::KeyRevocation(subject) => registration::check_revocation(faults, record, subject),
        Subject::FederationList(subject) => federation::check_list(faults, record, subject),
        Subject::MemberKeys(subject) => federation::check_member_keys(faults, record, subject),
        Subject::Standard(subject) => standard::check(faults, subject),
        Subject::ImportRule(subject) => import_rule::check(faults, record, subject),
        Subject::Commitment(subject) => commitment::check(faults, subject),
        Subject::Notice(subject) => notice::check(faults, record, subject),
        Subject::Takedown(subject) => federation::check_takedown(faults, record, subject),
        Subject::CoverageStatement(subject) => coverage::check(faults, record, subject),
    });
    faults.into_vec()
}

/// Texts of ours: never empty (a member without a text is left out), no refused characters, no
/// longer than [`MAX_TEXT_BYTES`].
fn walk_texts(faults: &mut Faults, value: &Value) {
    match value {
        Value::String(text) => {
            check_text(faults, text);
            if text.trim().is_empty() {
                faults.note(
                    "emptyText",
                    "expected a text; leave the member out if there is none",
                );
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                faults.member(index, |faults| walk_texts(faults, item));
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                faults.member(name, |faults| walk_texts(faults, member));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn check_text(faults: &mut Faults, text: &str) {
    if text.chars().any(is_refused) {
        faults.note(
            "refusedCharacter",
            "expected a text without control characters (but newline and tab) and noncharacters",
        );
    }
    if text.len() > MAX_TEXT_BYTES {
        faults.note(
            "tooLong",
            format!("expected a text of at most {MAX_TEXT_BYTES} bytes"),
        );
    }
}

/// What stands in `raw` beside what was read from it (`view`): members that no type knows, also
/// where an alternative of two forms hid them; and the texts of members that belong to others.
pub(super) fn check_others(raw: &Value, view: &Value, is_open: fn(&str) -> bool) -> Vec<Fault> {
    let mut faults = Faults::new();
    if let (Value::Object(members), Value::Object(known)) = (raw, view) {
        for (name, member) in members.iter().filter(|(name, _)| *name != "proof") {
            faults.member(name, |faults| {
                walk_others(faults, member, known.get(name), is_open);
            });
        }
    }
    faults.into_vec()
}

fn walk_others(faults: &mut Faults, raw: &Value, view: Option<&Value>, is_open: fn(&str) -> bool) {
    let Some(view) = view else {
        if is_open(faults.path()) {
            walk_open(faults, raw);
        } else if !is_nothing(raw) {
            faults.note(
                super::read::UNKNOWN_MEMBER,
                super::read::UNKNOWN_MEMBER_MESSAGE,
            );
        }
        return;
    };
    match (raw, view) {
        (Value::Object(members), Value::Object(known)) => {
            for (name, member) in members {
                faults.member(name, |faults| {
                    walk_others(faults, member, known.get(name), is_open);
                });
            }
        }
        (Value::Array(items), Value::Array(known)) => {
            for (index, (item, known)) in items.iter().zip(known).enumerate() {
                faults.member(index, |faults| {
                    walk_others(faults, item, Some(known), is_open);
                });
            }
        }
        // A reader takes an object also as a list of its values, and a word also as the name of a
        // member: what is signed is written in one form.
        (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => {
            faults.note("malformed", "expected the form that the schema gives");
        }
        _ => {}
    }
}

/// Whether a member says no more than its absence would, such as an empty list written out.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Members of others: their texts, and no selective disclosure (format.md 1.13).
fn walk_open(faults: &mut Faults, value: &Value) {
    match value {
        Value::String(text) => check_text(faults, text),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                faults.member(index, |faults| walk_open(faults, item));
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                if name == "_sd" || name == "_sd_alg" {
                    faults.note_at(
                        name,
                        "selectiveDisclosure",
                        "salted disclosures are not accepted yet; publish what may be read by all",
                    );
                }
                faults.member(name, |faults| walk_open(faults, member));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn check_envelope(faults: &mut Faults, record: &Record) {
    let envelope = &record.comity;
    check_did(faults, "authority", &envelope.authority);
    faults.require(
        is_language_tag(&envelope.language),
        "language",
        "language",
        "expected a BCP 47 language tag such as en or zh-Hans",
    );
    if !(1..=MODEL_VERSION).contains(&envelope.model_version) {
        faults.note_at(
            "modelVersion",
            "modelVersion",
            format!("expected a version of the model from 1 to {MODEL_VERSION}"),
        );
    }
    if let Some(replaces) = &envelope.replaces {
        faults.member("replaces", |faults| {
            check_record_reference(faults, replaces);
            faults.require(
                replaces.id != record.id,
                "id",
                "replaces",
                "a record does not replace itself; give the new one an id of its own",
            );
            faults.require(
                record.kind() != Kind::Commitment,
                "id",
                "replaces",
                "a commitment stays; commit further reports beside it, and disown what was none",
            );
            // A revised arrangement may be issued by another of its signers.
            let same_issuer =
                replaces.authority == envelope.authority && replaces.issuer == record.issuer.id;
            faults.require(
                same_issuer || record.kind() == Kind::Arrangement,
                "issuer",
                "replaces",
                "expected a record of the same issuer under the same authority",
            );
        });
    }
    if let Some(imported) = &envelope.imported_from {
        faults.member("importedFrom", |faults| {
            check_imported(faults, record, imported);
        });
    }
    let basis: Option<PublicationBasis> = envelope.publication_basis;
    if matches!(record.kind(), Kind::Attestation | Kind::Notice) && basis.is_none() {
        faults.note_at(
            "publicationBasis",
            "publicationBasis",
            "required of attestations and notices: law, schemeRule, clientConsent or ownStatement",
        );
    }
}

/// Imported records (format.md 2.9).
fn check_imported(faults: &mut Faults, record: &Record, imported: &ImportedFrom) {
    if is_signers_own(record.kind()) {
        faults.note(
            "importedKind",
            "what says whose keys count, or what its own signer holds or promises, is signed by its \
             own signers, never imported",
        );
    }
    faults.require(
        !imported.source_signed,
        "sourceSigned",
        "sourceSigned",
        "expected false: signed sources are not read yet",
    );
    faults.member("attributedTo", |faults| {
        faults.require(
            !is_did(&imported.attributed_to.id),
            "id",
            "attributedTo",
            "expected the register's own identifier: a DID would look like a signer",
        );
        check_name(faults, "name", &imported.attributed_to.name);
        check_economies(faults, "economies", &imported.attributed_to.economies, 1);
    });
}

/// Kinds that say whose keys count, what their own signer holds or promises, and takedowns: only
/// their own signer can say so.
fn is_signers_own(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Registration
            | Kind::KeyRevocation
            | Kind::FederationList
            | Kind::MemberKeys
            | Kind::Commitment
            | Kind::Takedown
            | Kind::CoverageStatement
    )
}

/// Envelope dates are the first and last second UTC of the legal dates (format.md 1.6).
fn check_envelope_dates(faults: &mut Faults, record: &Record) {
    let (first, last) = record
        .subject
        .envelope_dates()
        .unwrap_or((record.valid_from, None));
    if record.valid_from != first {
        faults.note_at(
            "validFrom",
            "envelopeDates",
            format!("expected {first}, the first second of the first legal day"),
        );
    }
    if record.valid_until != last {
        let expected = last.map_or_else(
            || "expected no end: no legal day ends it".to_owned(),
            |last| format!("expected {last}, the last second of the last legal day"),
        );
        faults.note_at("validUntil", "envelopeDates", expected);
    }
}

impl Subject {
    /// What the envelope's `validFrom` and `validUntil` must be: the first and last second UTC of
    /// the legal days, of rough dates the earliest and the latest (format.md 1.6). `None` for
    /// kinds without a legal period of their own (arrangements, events, revocations, commitments,
    /// notices, takedowns): they may begin at any second and do not end. Lists of members and keys
    /// say instants.
    pub fn envelope_dates(&self) -> Option<(Instant, Option<Instant>)> {
        let (from, until) = match self {
            Self::Attestation(subject) => {
                let dates = &subject.comity.legal_dates;
                (
                    dates.valid_from.unwrap_or(dates.issued_on),
                    dates.valid_until,
                )
            }
            Self::CompetenceGrant(subject) => (subject.period.from, subject.period.until),
            Self::Participation(subject) => (subject.period.from, subject.period.until),
            Self::Registration(subject) => (subject.period.from, subject.period.until),
            Self::Standard(subject) => (subject.period.from, subject.period.until),
            Self::ImportRule(subject) => (subject.period.from, subject.period.until),
            Self::CoverageStatement(subject) => (subject.period.from, subject.period.until),
            Self::FederationList(list) => {
                return Some((list.effective_from, Some(list.valid_until)));
            }
            Self::MemberKeys(keys) => return Some((keys.effective_from, None)),
            Self::Arrangement(_)
            | Self::StatusEvent(_)
            | Self::KeyRevocation(_)
            | Self::Commitment(_)
            | Self::Notice(_)
            | Self::Takedown(_) => return None,
        };
        let last = until.map(|date| date.latest().last_second());
        Some((from.earliest().first_second(), last))
    }
}
