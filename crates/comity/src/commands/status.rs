//! `comity status`: says what happened to records, one or many, and publishes it.

mod event;
mod subjects;

use anyhow::Result;
use clap::{Args, Subcommand};
use comity_model::date::Day;
use comity_model::status::{Action, Capacity, ReasonCode};
use serde_json::Value;

use self::event::Act;
use crate::ask::confirm;
use crate::asking;
use crate::commands::publish::send;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::Document;
use crate::key::{NamedKey, read_key};
use crate::output::{self, Column};
use crate::registration;
use crate::sequence::portions;
use crate::words;

const SUBJECT_COLUMNS: [Column; 6] = [
    ("Kind", "/kind"),
    ("Number", "/certificateNumber"),
    ("Name", "/name"),
    ("Holder", "/holder"),
    ("State now", "/state"),
    ("Record", "/id"),
];
const EVENT_COLUMNS: [Column; 4] = [
    ("Outcome", "/outcome"),
    ("Event", "/id"),
    ("Records", "/subjects"),
    ("Log index", "/log/index"),
];

/// What happened.
#[derive(Debug, Subcommand)]
pub(crate) enum Options {
    /// Temporarily without effect
    #[command(after_help = "Examples:\n  \
        comity status suspend SP-2024-117 --key lab.pem --node https://nqi.example.se --reason nonPayment\n  \
        comity status suspend --select \"standard=IEC 60335-1\" --key lab.pem --node https://nqi.example.se --reason standardSuperseded\n\n\
        The list of records is fixed in the event: what is published later does not fall under it.")]
    Suspend(Statement),
    /// A suspension by the same signer ends
    #[command(
        after_help = "Example:\n  comity status reinstate SP-2024-117 --key lab.pem --node https://nqi.example.se"
    )]
    Reinstate(Statement),
    /// Ends, from that day on
    #[command(
        after_help = "Example:\n  comity status withdraw SP-2024-117 --key lab.pem --node https://nqi.example.se --reason nonconformity --effective 2026-05-01"
    )]
    Withdraw(Statement),
    /// Void from the start
    #[command(
        after_help = "Example:\n  comity status annul SP-2024-117 --key lab.pem --node https://nqi.example.se --reason fictitiousReport"
    )]
    Annul(Statement),
    /// Part of a scope ends
    #[command(
        after_help = "Example:\n  comity status reduce-scope A-17 --key ab.pem --node https://nqi.example.se --reason voluntary --scope-item electrical-safety"
    )]
    ReduceScope(Statement),
    /// The scope of a grant grows
    #[command(
        after_help = "Example:\n  comity status extend-scope A-17 --key ab.pem --node https://nqi.example.se --resulting-scope scope.json"
    )]
    ExtendScope(Statement),
    /// Laboratory: a report cited as ours is not ours, or we do not stand by it
    #[command(
        after_help = "Example:\n  comity status disown SP-2024-117 --key lab.pem --node https://nqi.example.se --reason fictitiousReport"
    )]
    Disown(Statement),
    /// Destination's authority: not recognised in our territory
    #[command(
        after_help = "Example:\n  comity status refuse SP-2024-117 --key nqi/keys/authority.pem --node https://nqi.example.jp --territory JP --reason safetyRisk"
    )]
    Refuse(Statement),
    /// Destination's authority: recognised in our territory again
    #[command(
        after_help = "Example:\n  comity status restore SP-2024-117 --key nqi/keys/authority.pem --node https://nqi.example.jp --territory JP"
    )]
    Restore(Statement),
}

/// To which records, why, from when.
#[derive(Args, Debug)]
pub(crate) struct Statement {
    /// Certificate numbers, ids, digests or printed links
    records: Vec<String>,
    /// Key file of who says so
    #[arg(long, value_name = "PEM")]
    key: String,
    /// Why, from the list
    #[arg(long, value_name = "CODE", value_parser = words::word::<ReasonCode>)]
    reason: Option<ReasonCode>,
    /// Why, in words
    #[arg(long)]
    text: Option<String>,
    /// First day [default: today]
    #[arg(long, value_name = "DATE")]
    effective: Option<Day>,
    /// Last day, for what ends by itself (suspend, refuse)
    #[arg(long, value_name = "DATE")]
    until: Option<Day>,
    /// issuer, grantor, authority, destinationAuthority, court or laboratory [default: issuer of
    /// the records, or what the action says]
    #[arg(long, value_parser = words::word::<Capacity>)]
    capacity: Option<Capacity>,
    /// Economy where it holds [default: everywhere]
    #[arg(long, value_name = "CODE", value_parser = words::economy)]
    territory: Vec<String>,
    /// The law or decision it rests on
    #[arg(long)]
    legal_basis: Option<String>,
    /// Scope item it touches; may be repeated
    #[arg(long = "scope-item", value_name = "ITEM")]
    scope_items: Vec<String>,
    /// The whole scope from then on, as a JSON array of scope items
    #[arg(long, value_name = "FILE")]
    resulting_scope: Option<String>,
    /// Every record that a search finds: words, or name=value pairs as in a URL
    #[arg(long, value_name = "QUERY")]
    select: Option<String>,
    /// Every record that a file names, one a line
    #[arg(long, value_name = "FILE")]
    select_file: Option<String>,
    /// DID of the authority that registered the signer, where there are several
    #[arg(long, value_name = "DID", value_parser = crate::input::check_did)]
    authority: Option<String>,
    /// Show the list and sign nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let (action, options) = match options {
        Options::Suspend(options) => (Action::Suspend, options),
        Options::Reinstate(options) => (Action::Reinstate, options),
        Options::Withdraw(options) => (Action::Withdraw, options),
        Options::Annul(options) => (Action::Annul, options),
        Options::ReduceScope(options) => (Action::ReduceScope, options),
        Options::ExtendScope(options) => (Action::ExtendScope, options),
        Options::Disown(options) => (Action::Disown, options),
        Options::Refuse(options) => (Action::RefuseRecognition, options),
        Options::Restore(options) => (Action::RestoreRecognition, options),
    };
    if action.takes_away() && options.reason.is_none() {
        return Err(Failure::usage("it is not said why")
            .help("give a reason with --reason, such as nonconformity; a wrong one lists all")
            .into());
    }
    let key = read_key(&options.key)?;
    act(action, &options, &key, context).await
}

/// Shows the chosen records, and what will come of the act for them if that is nothing.
fn show(action: Action, chosen: &[Value], agreed: bool, context: &Context) {
    let table = output::table(chosen, &SUBJECT_COLUMNS);
    if agreed {
        context.say(&table);
    } else {
        context.warn(&table);
    }
    if action == Action::Reinstate
        && let Some(words) = subjects::in_vain(chosen)
    {
        context.warn(&words);
    }
}

async fn act(
    action: Action,
    options: &Statement,
    key: &NamedKey,
    context: &Context,
) -> Result<Exit> {
    let remote = context.remote()?;
    let by = asking::signer_of(&remote, &key.did, options.authority.as_deref()).await?;
    let chosen = subjects::choose(&remote, options, &key.did).await?;
    let capacity = event::capacity(action, options.capacity, &key.did, &chosen)?;
    let subjects = subjects::with_chains(&remote, &chosen, &key.did, context).await?;
    let parts = event::parts(&remote, action, options, &chosen).await?;
    let count = subjects.len();
    let now = context.now();
    let mut events = Vec::new();
    for portion in portions(subjects) {
        let act = Act {
            action,
            capacity,
            options,
            parts: &parts,
            signer: &by,
            now,
        };
        let size = portion.len();
        let record = event::record(&act, portion)?;
        events.push((size, registration::signed(&record, &key.did, &key.key)?));
    }
    show(action, &chosen, options.yes, context);
    if options.dry_run {
        context.say("Nothing was signed for publication.");
        return Ok(Exit::Done);
    }
    let verb = serde_json::to_value(action)?;
    let question = format!(
        "{}: {count} records by {} as {}, in {} events? It cannot be called back.",
        output::text_of(&verb),
        key.did,
        output::text_of(&serde_json::to_value(capacity)?),
        events.len()
    );
    // One record named in full is said plainly enough; a list is looked at first.
    let plain = count == 1 && options.select.is_none() && options.select_file.is_none();
    if !confirm(&question, options.yes || plain)? {
        return Err(Failure::refused("not confirmed; nothing was published").into());
    }
    let mut rows = Vec::new();
    for (size, bytes) in events {
        let answers = send(&remote, vec![Document { line: 1, bytes }]).await?;
        answers.stopped?;
        for sent in answers.sent {
            if !sent.is_acknowledged() {
                return Err(Failure::refused(format!(
                    "the node refuses the event: {}",
                    sent.refusal()
                ))
                .into());
            }
            let mut row = sent.answer;
            row["subjects"] = size.into();
            rows.push(row);
        }
    }
    let whole = serde_json::json!({"items": rows});
    output::rows(context.format, &whole, &rows, &EVENT_COLUMNS)?;
    Ok(Exit::Done)
}
