//! `comity bundle`: takes a verdict along, with everything that it rests on; and looks into one.

use anyhow::Result;
use clap::{Args, Subcommand};
use comity_model::date::{Day, Instant};
use comity_recognition::Policy;
use comity_recognition::bundle::{MAX_BUNDLE_BYTES, Opened, read};
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::question::Selector;
use comity_recognition::wording::Language;
use serde_json::{Value, json};

use super::check::Product;
use super::search::RECORD_COLUMNS;
use super::show::{Found, find_in};
use crate::asking::{self, record_path, text};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::frame;
use crate::input::read_whole;
use crate::output::{self, Column, add};
use crate::words::economy;

const COLUMNS: [Column; 5] = [
    ("Kind", "/kind"),
    ("Name", "/name"),
    ("By", "/issuer"),
    ("Signature", "/signature"),
    ("Logged in", "/logs"),
];

/// What is taken along.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  \
    comity bundle --node https://nqi.example.se SP-2024-117 --in KZ > SP-2024-117.comity.ndjson\n  \
    comity check SP-2024-117.comity.ndjson --offline --policy mine.toml --explain\n  \
    comity bundle inspect SP-2024-117.comity.ndjson\n\n\
    The file holds the record, every record that the verdict rests on, the receipts of all of them, and\n\
    the node's signed statement that nothing else bears on this question in the logs it names. Whoever\n\
    has the file and a policy needs no network to judge it. A policy believes such statements by its\n\
    `status_signers`; without a fitting one the answer is that it cannot be told.\n\n\
    Exit code 1 if the node does not hold the record, 3 if several fit."
)]
pub(crate) struct Options {
    #[command(subcommand)]
    look: Option<Look>,
    /// Id, record digest, certificate number, or the link printed on paper
    #[arg(required = true)]
    record: Option<String>,
    /// The economy where it is to count
    #[arg(long = "in", value_name = "CODE", value_parser = economy, required = true)]
    destination: Option<String>,
    /// The legal day [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
    /// By what was known at that moment, such as 2026-01-01T00:00:00Z [default: now]
    #[arg(long, value_name = "INSTANT")]
    known_at: Option<Instant>,
    #[command(flatten)]
    product: Product,
}

#[derive(Debug, Subcommand)]
enum Look {
    /// Show what is in a bundle; nothing of it is believed yet
    #[command(after_help = "Examples:\n  \
        comity bundle inspect SP-2024-117.comity.ndjson\n  \
        comity bundle inspect SP-2024-117.comity.ndjson -o json\n\n\
        Form, digest and the signatures of its records are checked; who signed, and whether it was logged,\n\
        is judged with a policy: comity check FILE --offline --policy FILE.\n\n\
        Exit code 1 if the file was changed, with the line and what is wrong there.")]
    Inspect {
        /// The bundle, or - for stdin
        file: String,
    },
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    if let Some(Look::Inspect { file }) = &options.look {
        return inspect(file, context);
    }
    let (Some(record), Some(destination)) = (&options.record, &options.destination) else {
        return Err(Failure::usage("it is not said what to bundle, and for where").into());
    };
    let remote = context.remote()?;
    let view = match find_in(&remote, record, context.language).await? {
        Found::One(view) => view,
        Found::Several(candidates) => {
            let whole = json!({"candidates": candidates});
            frame::rows(context, &whole, &candidates, &RECORD_COLUMNS)?;
            context.tell("several-fit", &[]);
            return Ok(Exit::CannotTell);
        }
    };
    let on = options.on.map(|on| on.to_string());
    let known_at = options.known_at.map(|at| at.to_string());
    let mut query = vec![("in", destination.as_str())];
    query.extend(on.as_deref().map(|on| ("on", on)));
    query.extend(known_at.as_deref().map(|at| ("knownAt", at)));
    let product = options.product.facts()?.parameters();
    query.extend(product.iter().map(|(name, value)| (*name, value.as_str())));
    let path = record_path(text(&view, "/recordDigest"), "/bundle");
    let answer = remote.get_with(&path, &query).await?;
    if !answer.is_success() {
        return Err(asking::problem(&remote, &path, &answer).into());
    }
    output::bytes(&answer.body)?;
    Ok(Exit::Done)
}

/// Reads a bundle, or says why it is refused. To a question about a record a refused file is no
/// answer, and no "no"; so the caller says how the run then ends.
pub(super) fn open(name: &str, policy: &Policy, if_refused: Exit) -> Result<Opened> {
    let bytes = read_whole(name, MAX_BUNDLE_BYTES as u64)?;
    read(&bytes, policy).map_err(|refused| {
        Failure::new(if_refused, format!("{name} is refused: {refused}"))
            .help("ask for the file again; nothing in one that was changed is believed")
            .into()
    })
}

fn inspect(name: &str, context: &Context) -> Result<Exit> {
    let nothing = Policy::parse("").map_err(|_| Failure::usage("the empty policy"))?;
    let opened = open(name, &nothing, Exit::No)?;
    let records: Vec<Value> = opened.records.iter().map(|record| row(record)).collect();
    let statement = opened.statement.as_ref().map(|(statement, key)| {
        json!({"key": key, "knownAt": statement.known_at, "question": statement.question})
    });
    let whole = json!({
        "ageSeconds": opened.age_seconds(context.now()),
        "heads": opened.heads_named,
        "madeBy": opened.made_by,
        "policyDigest": opened.policy_digest,
        "question": opened.question,
        "records": records,
        "statement": statement,
    });
    if context.format == output::Format::Table {
        output::line(words(&opened, context).trim_end())?;
        output::line(&output::table(&records, &COLUMNS))?;
    } else {
        output::rows(context.format, &whole, &records, &COLUMNS)?;
    }
    Ok(Exit::Done)
}

fn row(record: &EvidenceRecord) -> Value {
    let read = record.record.as_ref();
    let logs = record.locations.iter().map(|place| {
        let (origin, index) = (&place.origin, place.index);
        format!("{origin} at {index}")
    });
    json!({
        "digest": hex::encode(record.record_digest),
        "id": read.map(|read| read.id.as_str()).unwrap_or_default(),
        "issuer": read.map(|read| read.issuer.id.as_str()).unwrap_or_default(),
        "kind": read.map_or("unreadable", |read| read.kind().name()),
        "logs": logs.collect::<Vec<_>>(),
        "name": read.map(|read| read.name.as_str()).unwrap_or_default(),
        "signature": if record.signatures.is_ok() { "holds" } else { "does not hold" },
    })
}

fn words(opened: &Opened, context: &Context) -> String {
    let question = &opened.question;
    let mut words = String::new();
    let record = match &question.record {
        Selector::Identity(identity) => format!("{} of {}", identity.id, identity.issuer),
        other => format!("{other:?}"),
    };
    add(
        &mut words,
        format_args!("{record}, in {} on {}\n", question.in_economy, question.on),
    );
    let age = frame::age(Language::En, opened.age_seconds(context.now()));
    add(
        &mut words,
        format_args!("what was known at {}, {age} ago\n", question.known_at),
    );
    add(&mut words, format_args!("made by {}\n", opened.made_by));
    for head in &opened.heads_named {
        add(
            &mut words,
            format_args!("log {} up to {} entries\n", head.origin, head.size),
        );
    }
    match &opened.statement {
        Some((_, key)) => add(&mut words, format_args!("status statement by key {key}\n")),
        None => add(&mut words, format_args!("no status statement\n")),
    }
    words
}
