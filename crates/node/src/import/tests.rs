#![expect(clippy::disallowed_methods, reason = "tests read maps and shared data")]

//! Rows in, drafts out: each feature on a few lines of CSV, and the real registers where the
//! shared data is at hand.

mod maps;
mod plans;
mod real;
mod rows;
mod words;

use std::path::PathBuf;

use comity_model::record::{Record, Subject};
use comity_model::status::StatusEvent;
use comity_signature::canonical::to_canonical;
use comity_signature::digest;

use super::{ImportError, ImportedFile, Known, Map, Plan, Source, plan, read};

pub(crate) fn day(text: &str) -> comity_model::date::Day {
    text.parse().expect("the test writes a day")
}

pub(crate) fn source(fetched_on: &str) -> Source {
    Source {
        signer: "did:web:import.example".to_owned(),
        signer_name: "Importing node".to_owned(),
        authority: "did:web:authority.example".to_owned(),
        fetched_on: day(fetched_on),
    }
}

/// A map with the usual head and the given rest.
pub(crate) fn map(rest: &str) -> Map {
    Map::parse(&map_text(rest)).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn map_text(rest: &str) -> String {
    let source = "system = \"test\"\nkind = \"attestation\"\npublication_basis = \"law\"\n\
                  dates = [\"%Y-%m-%d\"]\n";
    let rest = match rest.strip_prefix("[source]\n") {
        Some(rest) => format!("[source]\n{source}{rest}"),
        None => format!("[source]\n{source}{rest}"),
    };
    let attribution = "\n[attribution]\nid = \"B\"\nname = \"Body\"\neconomies = [\"SE\"]\n";
    if rest.contains("[attribution") {
        rest
    } else {
        rest + attribution
    }
}

/// The columns every attestation needs.
pub(crate) const BASE: &str = "[columns]\nkind = { value = \"productCertificate\" }\n\
    number = \"No\"\nholder = \"Holder\"\nissued_on = \"Issued\"\n";

pub(crate) fn read_text(map: &Map, csv: &str) -> Result<ImportedFile, ImportError> {
    read_on(map, csv, "2025-01-31")
}

pub(crate) fn read_on(map: &Map, csv: &str, fetched_on: &str) -> Result<ImportedFile, ImportError> {
    let bytes = csv.as_bytes().to_vec();
    read(map, &mut |_| Ok(bytes.clone()), &source(fetched_on))
}

pub(crate) fn digest_of(record: &Record) -> String {
    let bytes = to_canonical(&record.to_value()).expect("a record is JSON");
    digest::to_multibase(digest::record_digest(&bytes))
}

pub(crate) fn plan_of(file: &ImportedFile, known: &Known, map: &Map) -> Plan {
    plan(file, known, map, &digest_of).unwrap_or_else(|error| panic!("{error}"))
}

/// What is known once a plan has been published.
pub(crate) fn publish(known: &mut Known, plan: &Plan) {
    for record in plan.new.iter().chain(&plan.revisions).chain(&plan.events) {
        known.add(record, &digest_of(record));
    }
}

pub(crate) fn empty(map: &Map) -> Known {
    Known::new("did:web:import.example", map.system())
}

pub(crate) fn attestation(record: &Record) -> &comity_model::attestation::Attestation {
    match &record.subject {
        Subject::Attestation(subject) => subject,
        other => panic!("expected an attestation, found {:?}", other.kind()),
    }
}

pub(crate) fn event(record: &Record) -> &StatusEvent {
    match &record.subject {
        Subject::StatusEvent(event) => event,
        other => panic!("expected an event, found {:?}", other.kind()),
    }
}

/// The faults as printed, one a line.
pub(crate) fn faults(file: &ImportedFile) -> String {
    let lines: Vec<String> = file.faults.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

pub(crate) fn docs(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs/import")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) fn documented(name: &str) -> Map {
    Map::parse(&docs(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A file of the shared data; `None` with a word on stderr where it is not at hand.
pub(crate) fn shared(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            eprintln!("skipped: {}: {error}", path.display());
            None
        }
    }
}
