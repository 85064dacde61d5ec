//! `comity status`: says what happened to records, one or many, and publishes it.

mod at;
mod event;
mod list;
mod subjects;

use anyhow::Result;
use clap::{Args, Subcommand};
use comity_model::date::Day;
use comity_model::party::PartyReference;
use comity_model::status::{Action, Capacity, EventSubject, ReasonCode};
use comity_node::remote::Remote;
use serde_json::Value;

use self::event::{Act, Handover};
use self::subjects::{Chosen, LeftOut};
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
const LEFT_OUT_COLUMNS: [Column; 2] = [("Named", "/named"), ("Answer", "/answer")];
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
    #[command(after_help = "Examples:\n  \
        comity status refuse SP-2024-117 --key nqi/keys/authority.pem --node https://nqi.example.jp --reason safetyRisk --text \"May overheat\" --legal-basis \"Product Safety Act, article 9\"\n  \
        comity status refuse --select-file recall.csv --key nqi/keys/authority.pem --node https://nqi.example.jp --reason safetyRisk --text \"May overheat\" --legal-basis \"Product Safety Act, article 9\" --dry-run\n  \
        comity status refuse --select \"issuer=did:web:lab.example.se type=attestation hs=8516\" --key nqi/keys/authority.pem --node https://nqi.example.jp --reason safetyRisk --text \"May overheat\" --legal-basis \"Product Safety Act, article 9\" --until 2026-12-31\n\n\
        A refusal holds in the territory of the authority that signs it and nowhere else. Verdicts show its\n\
        reason and its legal basis. The list of records is fixed in the event.")]
    Refuse(Statement),
    /// Destination's authority: recognised in our territory again
    #[command(
        after_help = "Example:\n  comity status restore SP-2024-117 --key nqi/keys/authority.pem --node https://nqi.example.jp --text \"The maker has changed the thermostat\""
    )]
    Restore(Statement),
    /// Another body takes it over; it counts until the end of the grace
    #[command(after_help = "Example:\n  \
        comity status transfer SP-2024-117 --to did:web:other-lab.example --grace-until 2026-09-30 --key lab.pem --node https://nqi.example.se --reason bodyCeased\n\n\
        From then on a verdict names the body that takes it over. What that body issues is judged by itself:\n\
        a transfer gives it nothing. It cannot be called back, and its grace is not prolonged.")]
    Transfer(Transfer),
    /// What the status was at one second, and in whose words
    #[command(after_help = "Examples:\n  \
        comity status at urn:uuid:0199...-8... 2016-06-30T22:00:00Z --node https://nqi.example.se\n  \
        comity status at SGy22fwuiO0= 2016-06-30T22:00:00Z --node https://nqi.example.se\n  \
        comity status at \"lisign-qualified-01\" 2016-07-01T00:00:00+02:00 --node https://nqi.example.se\n\n\
        A service of a trusted list is found by its record, by the SHA-256 or the key identifier of its\n\
        certificate (hex or base64), or by words of its name. Of services that share a key all are shown.\n\
        Exit code 3 if no status is known at that second.")]
    At(at::Options),
}

/// Who takes over, until when the old record counts, and the rest.
#[derive(Args, Debug)]
pub(crate) struct Transfer {
    /// DID of the body that takes over
    #[arg(long, value_name = "DID", value_parser = crate::input::check_did)]
    to: String,
    /// DID of the authority that registered it [default: as the node knows it]
    #[arg(long, value_name = "DID", value_parser = crate::input::check_did)]
    to_authority: Option<String>,
    /// Last day on which the record still counts
    #[arg(long, value_name = "DATE")]
    grace_until: Day,
    #[command(flatten)]
    statement: Statement,
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
    /// Economy where it holds [default: everywhere; of a refusal and its end, that of the authority]
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
    #[command(flatten)]
    list: Listed,
    /// Refuse again what is refused, restore what is not
    #[arg(long)]
    again: bool,
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

/// Records that are not named one by one.
#[derive(Args, Debug)]
struct Listed {
    /// Every record that a search finds: words, or pairs such as "type=attestation hs=8516"
    #[arg(long, visible_alias = "where", value_name = "QUERY")]
    select: Option<String>,
    /// Every record that a file names: one a line, or CSV with a column record, id or number
    #[arg(long, visible_alias = "ids", value_name = "FILE")]
    select_file: Option<String>,
    /// Leave out what names no single record, instead of signing nothing
    #[arg(long)]
    leave_out: bool,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let mut handover = None;
    let (action, options) = match options {
        Options::At(options) => return at::run(options, context).await,
        Options::Suspend(options) => (Action::Suspend, options),
        Options::Reinstate(options) => (Action::Reinstate, options),
        Options::Withdraw(options) => (Action::Withdraw, options),
        Options::Annul(options) => (Action::Annul, options),
        Options::ReduceScope(options) => (Action::ReduceScope, options),
        Options::ExtendScope(options) => (Action::ExtendScope, options),
        Options::Disown(options) => (Action::Disown, options),
        Options::Refuse(options) => (Action::RefuseRecognition, options),
        Options::Restore(options) => (Action::RestoreRecognition, options),
        Options::Transfer(options) => {
            handover = Some((options.to, options.to_authority, options.grace_until));
            (Action::Transfer, options.statement)
        }
    };
    if action.takes_away() && options.reason.is_none() {
        return Err(Failure::usage("it is not said why")
            .help("give a reason with --reason, such as nonconformity; a wrong one lists all")
            .into());
    }
    says_why(action, &options)?;
    let key = read_key(&options.key)?;
    let handover = match handover {
        Some((to, authority, grace_until)) => Some(Handover {
            to: successor(to, authority, context).await?,
            grace_until,
        }),
        None => None,
    };
    act(action, &options, handover, &key, context).await
}

/// A destination says in words why it acts, and by which law it refuses.
fn says_why(action: Action, options: &Statement) -> Result<()> {
    let territorial = matches!(
        action,
        Action::RefuseRecognition | Action::RestoreRecognition
    );
    if territorial && options.text.is_none() {
        return Err(Failure::usage("it is not said in words why")
            .help("give the reason with --text, as it shall stand in verdicts")
            .into());
    }
    if action == Action::RefuseRecognition && options.legal_basis.is_none() {
        return Err(Failure::usage("it is not said by which law it is refused")
            .help("give the law or the decision with --legal-basis, as it shall stand in verdicts")
            .into());
    }
    Ok(())
}

/// The body that takes over, with the authority that registered it.
async fn successor(
    to: String,
    authority: Option<String>,
    context: &Context,
) -> Result<PartyReference> {
    let registered_by = if let Some(authority) = authority {
        authority
    } else {
        let known = asking::signer_of(&context.remote()?, &to, None).await;
        let known = known.map_err(|error| {
            let what = format!("who registered {to} is not known: {error}");
            Failure::new(crate::exit::exit_of(&error), what)
                .help("name the authority that registered it with --to-authority DID")
        })?;
        known.authority
    };
    Ok(PartyReference {
        id: to,
        registered_by,
    })
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
    handover: Option<Handover>,
    key: &NamedKey,
    context: &Context,
) -> Result<Exit> {
    let remote = context.remote()?;
    let by = asking::signer_of(&remote, &key.did, options.authority.as_deref()).await?;
    let mut chosen = subjects::choose(&remote, options, &key.did).await?;
    let capacity = event::capacity(action, options.capacity, &key.did, &chosen.records)?;
    let territory = event::territory(&remote, action, options, &key.did).await?;
    let today = context.now().day();
    let subjects = subjects::with_chains(
        &remote,
        &mut chosen,
        (&key.did, (!options.again).then_some(action), today),
        context,
    )
    .await?;
    let parts = event::parts(&remote, action, options, &chosen.records, handover).await?;
    let count = subjects.len();
    let act = Act {
        action,
        capacity,
        options,
        territory: &territory,
        parts: &parts,
        signer: &by,
        now: context.now(),
    };
    let events = signed(&act, subjects, key)?;
    show(action, &chosen.records, options.yes, context);
    left_out(&chosen.left_out, options.list.leave_out, context)?;
    if count == 0 {
        context.say("There is nothing to do; --again signs all the same.");
        return Ok(Exit::Done);
    }
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
    let plain = count == 1 && options.list.select.is_none() && options.list.select_file.is_none();
    if !confirm(&question, options.yes || plain)? {
        return Err(Failure::refused("not confirmed; nothing was published").into());
    }
    publish(&remote, events, &chosen, context).await
}

/// What was named and is not acted on, each with its answer. Nothing is left out unsaid, and what
/// names no single record only if that is what was asked for.
fn left_out(left_out: &[LeftOut], agreed: bool, context: &Context) -> Result<()> {
    if left_out.is_empty() {
        return Ok(());
    }
    let rows: Vec<Value> = left_out.iter().map(LeftOut::row).collect();
    context.warn(&output::table(&rows, &LEFT_OUT_COLUMNS));
    let unresolved = left_out.iter().filter(|item| item.exit != Exit::Done);
    let count = unresolved.clone().count();
    let worst = unresolved.fold(Exit::Done, |worst, item| worst.worst(item.exit));
    if worst == Exit::Done || agreed {
        return Ok(());
    }
    Err(Failure::new(
        worst,
        format!("{count} of those named are no single record; nothing was signed"),
    )
    .help("correct the list, or act on the others with --leave-out")
    .into())
}

/// An event for each portion of the subjects, with how many are in it.
fn signed(
    act: &Act<'_>,
    subjects: Vec<EventSubject>,
    key: &NamedKey,
) -> Result<Vec<(usize, Vec<u8>)>> {
    let mut events = Vec::new();
    for portion in portions(subjects) {
        let size = portion.len();
        let record = event::record(act, portion)?;
        events.push((size, registration::signed(&record, &key.did, &key.key)?));
    }
    Ok(events)
}

/// Publishes one event after the other. If one is refused, what was published before it is said.
async fn publish(
    remote: &Remote,
    events: Vec<(usize, Vec<u8>)>,
    chosen: &Chosen,
    context: &Context,
) -> Result<Exit> {
    let count = events.len();
    let mut rows: Vec<Value> = Vec::new();
    let mut stopped = None;
    for (size, bytes) in events {
        match published(remote, size, bytes).await {
            Ok(row) => rows.push(row),
            Err(error) => {
                stopped = Some(error);
                break;
            }
        }
    }
    let left_out: Vec<Value> = chosen.left_out.iter().map(LeftOut::row).collect();
    if rows.is_empty()
        && let Some(error) = stopped
    {
        return Err(error);
    }
    let mut whole = serde_json::json!({"items": rows});
    if !left_out.is_empty() {
        whole["leftOut"] = left_out.into();
    }
    output::rows(context.format, &whole, &rows, &EVENT_COLUMNS)?;
    let Some(error) = stopped else {
        return Ok(Exit::Done);
    };
    let what = format!(
        "{} of {count} events were published, and then: {error}",
        rows.len()
    );
    Err(Failure::new(crate::exit::exit_of(&error), what)
        .help("see with comity show RECORD --history which, and run the command for the rest")
        .into())
}

async fn published(remote: &Remote, size: usize, bytes: Vec<u8>) -> Result<Value> {
    let answers = send(remote, vec![Document { line: 1, bytes }]).await?;
    answers.stopped?;
    let Some(sent) = answers.sent.into_iter().next() else {
        return Err(Failure::unreadable("the node did not answer for the event").into());
    };
    if !sent.is_acknowledged() {
        let what = format!("the node refuses the event: {}", sent.refusal());
        return Err(Failure::refused(what).into());
    }
    let mut row = sent.answer;
    row["subjects"] = size.into();
    Ok(row)
}
