//! `comity record`: drafts, and what the world would read of them.

use anyhow::Result;
use clap::Subcommand;
use comity_model::party::NamedParty;
use comity_model::record::{Kind, Record, Subject};
use comity_model::samples;
use comity_node::config::new_record_id;
use comity_signature::canonical::{self, Limits};
use serde_json::{Value, json};

use crate::context::Context;
use crate::excerpt;
use crate::exit::{Exit, Failure};
use crate::input::{Document, all_documents, check_did};
use crate::lint::{MAX_SHOWN_TEXTS, NO_CALLING_BACK, reading};
use crate::output::{self, Format, add};
use crate::words;

/// What to do with drafts.
#[derive(Debug, Subcommand)]
pub(crate) enum Options {
    /// Write a complete draft of a record, to be edited
    #[command(
        after_help = "Example:\n  comity record new attestation --issuer did:web:lab.example > draft.json\n\n\
        The draft is valid as it stands; every value to put your own for begins with EDIT or edit-, or \
        is a ZZ, zeros or a key that says so. `comity record lint draft.json` names those that are left."
    )]
    New {
        /// attestation, competence-grant, arrangement, participation, status-event, registration,
        /// key-revocation, standard, import-rule, commitment, notice, coverage-statement,
        /// federation-list, member-keys or takedown
        #[arg(value_parser = words::kind)]
        kind: Kind,
        /// DID of who will sign it
        #[arg(long, value_parser = check_did)]
        issuer: String,
        /// DID of the authority that registered the issuer
        #[arg(long, value_parser = check_did)]
        authority: Option<String>,
        /// Name of the issuer, as it is registered
        #[arg(long)]
        name: Option<String>,
    },
    /// Say in plain words what the world will read, and what is wrong or unwise
    #[command(after_help = "Example:\n  comity record lint draft.json\n\n\
        Exit code 1 if a rule is broken; warnings alone change nothing.")]
    Lint {
        /// Drafts or signed records, one document or NDJSON; - is stdin
        #[arg(required = true)]
        files: Vec<String>,
    },
}

pub(crate) fn run(options: Options, context: &Context) -> Result<Exit> {
    match options {
        Options::New {
            kind,
            issuer,
            authority,
            name,
        } => new(kind, &issuer, authority, name, context),
        Options::Lint { files } => lint(&files, context),
    }
}

fn new(
    kind: Kind,
    issuer: &str,
    authority: Option<String>,
    name: Option<String>,
    context: &Context,
) -> Result<Exit> {
    let now = context.now();
    let mut record = samples::draft(kind, issuer, &new_record_id(now)?, now.day());
    if let Some(authority) = authority {
        record.comity.authority = authority;
    }
    if let Some(name) = name {
        record.issuer.name = name;
    }
    if let Subject::CompetenceGrant(grant) = &mut record.subject {
        // The grantor is the signer.
        let authority = &record.comity.authority;
        grant.grantor = NamedParty::registered(issuer, authority, &record.issuer.name);
    }
    if let Subject::CoverageStatement(statement) = &mut record.subject {
        // Whoever is promised for is of the same authority.
        for issuer in &mut statement.issuers {
            issuer.registered_by.clone_from(&record.comity.authority);
        }
    }
    // A draft is a file to edit, whatever the form of other data.
    output::line(&serde_json::to_string_pretty(&record.to_value())?)?;
    context.say(&format!(
        "A draft of {}. Put your own for everything that begins with EDIT, then: comity record lint",
        kind.slug().replace('-', " ")
    ));
    Ok(Exit::Done)
}

fn lint(files: &[String], context: &Context) -> Result<Exit> {
    let mut exit = Exit::Done;
    for (name, document) in all_documents(files)? {
        exit = exit.worst(lint_one(&name, &document, context)?);
    }
    Ok(exit)
}

fn lint_one(name: &str, document: &Document, context: &Context) -> Result<Exit> {
    let place = if document.line > 1 {
        format!("{name}:{}", document.line)
    } else {
        name.to_owned()
    };
    let (record, value) = match read_draft(name, &document.bytes) {
        Ok(read) => read,
        Err(failure) => {
            context.warn(&failure.to_string());
            if context.format != Format::Table {
                let said =
                    json!({"file": place, "acceptable": false, "fault": failure.to_string()});
                output::line(&said.to_string())?;
            }
            return Ok(Exit::No);
        }
    };
    let reading = reading(&record, &value);
    let warnings: Vec<Value> = reading
        .warnings
        .iter()
        .map(|warning| json!({"pointer": warning.pointer, "detail": warning.words}))
        .collect();
    let shown = json!({
        "file": place,
        "acceptable": true,
        "kind": record.kind().name(),
        "id": record.id,
        "reads": reading.texts,
        "warnings": warnings,
        "irrevocable": NO_CALLING_BACK,
    });
    output::value(context.format, &shown, || {
        let mut words = format!("{place}: {}\n\nThe world will read:\n", reading.headline);
        let most = if context.verbose > 0 {
            usize::MAX
        } else {
            MAX_SHOWN_TEXTS
        };
        for text in reading.texts.iter().take(most) {
            add(&mut words, format_args!("  {text}\n"));
        }
        if reading.texts.len() > most {
            add(
                &mut words,
                format_args!(
                    "  and {} more texts; -v lists all\n",
                    reading.texts.len() - most
                ),
            );
        }
        if !reading.warnings.is_empty() {
            words.push_str("\nLook at these first:\n");
        }
        for warning in &reading.warnings {
            add(
                &mut words,
                format_args!("  {}\n    {}\n", warning.pointer, warning.words),
            );
        }
        add(&mut words, format_args!("\n{NO_CALLING_BACK}\n"));
        words
    })?;
    Ok(Exit::Done)
}

/// Reads a draft or a signed record against every rule; the error shows where it is broken.
pub(crate) fn read_draft(name: &str, bytes: &[u8]) -> Result<(Record, Value), Failure> {
    let canonical = canonical::canonicalise(bytes, &Limits::default()).map_err(|refusal| {
        let shown = excerpt::show(name, bytes, refusal.offset);
        Failure::no(format!("{name}: {refusal}\n{shown}"))
    })?;
    let record = Record::check(&canonical).map_err(|faults| {
        let mut words = format!("{name} breaks {} of the rules of records", faults.len());
        for fault in &faults {
            add(
                &mut words,
                format_args!("\n{}", without_position(&fault.to_string())),
            );
            if let Some(at) = excerpt::locate(bytes, &fault.pointer) {
                add(
                    &mut words,
                    format_args!("\n{}", excerpt::show(name, bytes, at)),
                );
            }
        }
        Failure::no(words)
    })?;
    let value = serde_json::from_slice(&canonical)
        .map_err(|error| Failure::no(format!("{name}: {error}")))?;
    Ok((record, value))
}

/// A message without the line and column of the canonical text, which nobody sees.
fn without_position(message: &str) -> String {
    match message.split_once(" at line ") {
        Some((said, rest)) => {
            let digits = |c: char| c.is_ascii_digit();
            let rest = rest.trim_start_matches(digits);
            let rest = rest.strip_prefix(" column ").unwrap_or(rest);
            format!("{said}{}", rest.trim_start_matches(digits))
        }
        None => message.to_owned(),
    }
}
