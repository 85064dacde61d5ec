//! `comity import trusted-list`: trusted lists of ETSI TS 119 612 become signed records.

use std::collections::BTreeMap;

use anyhow::Result;
use clap::Args;
use comity_model::date::Day;
use comity_model::record::Record;
use comity_model::status::SourceSignature;
use comity_node::import::trusted_list::{
    self, ListPlan, MAX_LIST_BYTES, Texts, TrustedList, days_overdue, seen_on, system_of,
};
use comity_node::import::{Known, Source};
use comity_signature::digest::from_multibase;
use serde_json::{Value, json};

use super::{MAX_ENDED_SHARE, MAX_SHOWN_FAULTS, document_digest, known, publish};
use crate::ask::confirm;
use crate::asking;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::read_whole;
use crate::key::read_key;
use crate::lint::NO_CALLING_BACK;
use crate::output;

/// Lists to import.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// The lists as XML
    #[arg(required = true)]
    files: Vec<String>,
    /// Key file of who imports; it signs every record
    #[arg(long, value_name = "PEM")]
    key: String,
    /// The day on which the lists were fetched [default: today]; a list counts as seen no later
    /// than its `NextUpdate`
    #[arg(long, value_name = "DATE")]
    fetched_on: Option<Day>,
    /// DID of the authority that registered the importer, where there are several
    #[arg(long, value_name = "DID", value_parser = crate::input::check_did)]
    authority: Option<String>,
    /// Show the difference and publish nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask, also where more than 5 % of the known services end at once
    #[arg(long)]
    yes: bool,
}

/// A list that was read.
struct Read {
    file: String,
    list: TrustedList,
}

/// What is held of every list of one signer.
struct Held {
    services: BTreeMap<String, Known>,
    texts: Texts,
}

impl Held {
    fn add(&mut self, record: &Record, digest: &str) {
        for known in self.services.values_mut() {
            known.add(record, digest);
        }
        self.texts.add(record, digest);
    }
}

/// What became of one list.
struct Planned {
    plan: ListPlan,
    texts: Vec<Record>,
}

impl Planned {
    fn records(&self) -> impl Iterator<Item = &Record> {
        let plan = &self.plan.plan;
        let services = plan.new.iter().chain(&plan.revisions).chain(&plan.events);
        services.chain(&self.texts)
    }
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let today = context.now().day();
    let (lists, mut exit) = read_all(&options, today, context);
    if lists.is_empty() {
        return Ok(exit);
    }
    let remote = context.remote()?;
    let key = read_key(&options.key)?;
    let signer = asking::signer_of(&remote, &key.did, options.authority.as_deref()).await?;
    let systems = lists.iter().map(|read| system_of(&read.list));
    let mut held = Held {
        services: systems
            .map(|system| (system.clone(), Known::new(&key.did, &system)))
            .collect(),
        texts: Texts::new(&key.did),
    };
    let mut add = |record: &Record, digest: &str| held.add(record, digest);
    known::each(&remote, &key.did, context, &mut add).await?;
    let mut shown = Vec::new();
    let mut all: Vec<Record> = Vec::new();
    for read in &lists {
        let fetched_on = seen_on(&read.list, options.fetched_on.unwrap_or(today));
        let source = super::source(&signer, Some(fetched_on), context);
        match plan(read, &source, &held) {
            Ok(planned) => {
                if !agreed(read, &planned, &options, context)? {
                    return Err(Failure::refused("not confirmed; nothing was published").into());
                }
                for record in planned.records() {
                    held.add(record, &document_digest(record));
                    all.push(record.clone());
                }
                context.say(&words(read, &planned));
                shown.push(described(read, &planned)?);
            }
            Err(error) => {
                context.warn(&format!("{}: {error}", read.file));
                exit = exit.worst(Exit::Refused);
            }
        }
    }
    if options.dry_run {
        output::value(
            context.format,
            &json!({"dryRun": true, "lists": shown}),
            String::new,
        )?;
        context.say(&format!("{NO_CALLING_BACK} Nothing was published."));
        return Ok(exit);
    }
    let published = publish(&remote, all.iter(), all.len(), &key, context).await?;
    let whole = json!({"dryRun": false, "lists": shown, "published": published.shown()});
    output::value(context.format, &whole, || published.words())?;
    Ok(exit.worst(published.exit()))
}

/// Reads every file, in the order in which the lists were issued. One that is no list is reported,
/// and the others go on.
fn read_all(options: &Options, today: Day, context: &Context) -> (Vec<Read>, Exit) {
    let mut lists = Vec::new();
    let mut exit = Exit::Done;
    for file in &options.files {
        let read = read_whole(file, MAX_LIST_BYTES as u64).and_then(|bytes| {
            trusted_list::read(&bytes)
                .map_err(|error| Failure::unreadable(format!("{file}: {error}")).into())
        });
        match read {
            Ok(list) => {
                report(file, &list, today, context);
                lists.push(Read {
                    file: file.clone(),
                    list,
                });
            }
            Err(error) => {
                context.warn(&format!("{error}"));
                exit = exit.worst(crate::exit::exit_of(&error));
            }
        }
    }
    lists.sort_by_key(|read| read.list.document.issued_at);
    (lists, exit)
}

/// What a person should know of a list before its records are signed.
fn report(file: &str, list: &TrustedList, today: Day, context: &Context) {
    for warning in &list.warnings {
        context.warn(&format!("{file}: {warning}"));
    }
    if let Some(days) = days_overdue(list, today) {
        let next = list.document.next_update;
        let next = next.map_or_else(String::new, |next| next.to_string());
        context.warn(&format!(
            "{file}: the list promised its successor by {next}, {days} days ago; nobody stands by it since"
        ));
    }
    context.warn(&format!("{file}: {}", signature_words(list)));
    let most = if context.verbose > 0 {
        usize::MAX
    } else {
        MAX_SHOWN_FAULTS
    };
    for fault in list.faults.iter().take(most) {
        context.warn(&format!(
            "{file}:{}: {}: {}",
            fault.line, fault.column, fault.message
        ));
    }
    let more = list.faults.len().saturating_sub(most);
    if more > 0 {
        context.warn(&format!("and {more} more; -v lists all"));
    }
}

/// What was found of the list's own signature.
fn signature_words(list: &TrustedList) -> String {
    let document = &list.document;
    let certificate = document.signer_certificate.as_deref();
    let certificate = certificate.and_then(from_multibase).map_or_else(
        || "no certificate".to_owned(),
        |digest| format!("the certificate with SHA-256 {}", hex::encode(digest)),
    );
    match document.signature {
        SourceSignature::Absent => "the list is not signed".to_owned(),
        SourceSignature::NotVerified => {
            format!("the signature of the list was not verified here; it names {certificate}")
        }
        SourceSignature::Holds => format!(
            "the signature of the list holds under {certificate}; whose that is was not verified here"
        ),
    }
}

fn plan(read: &Read, source: &Source, held: &Held) -> Result<Planned, trusted_list::ListError> {
    let system = system_of(&read.list);
    let nothing = Known::new(&source.signer, &system);
    let known = held.services.get(&system).unwrap_or(&nothing);
    let plan = trusted_list::plan(&read.list, source, known, &document_digest)?;
    let texts = trusted_list::transcribe(&read.list, source, &held.texts);
    Ok(Planned { plan, texts })
}

/// Whether the plan may be carried out: a list that was cut off looks like many services that end.
fn agreed(read: &Read, planned: &Planned, options: &Options, context: &Context) -> Result<bool> {
    let plan = &planned.plan.plan;
    if options.dry_run || plan.ended_share <= MAX_ENDED_SHARE {
        return Ok(true);
    }
    context.say(&words(read, planned));
    let question = format!(
        "{}: {} of the services known before end with this list ({:.1} %). Is the list whole, and publish this?",
        read.file,
        plan.ended,
        plan.ended_share * 100.0
    );
    confirm(&question, options.yes)
}

fn words(read: &Read, planned: &Planned) -> String {
    let document = &read.list.document;
    let number = document.series_number;
    let number = number.map_or_else(String::new, |number| format!(" no. {number}"));
    let mut words = format!(
        "{}: list of {}{number}, issued {} by {}\n",
        read.file, read.list.territory, document.issued_at, document.operator
    );
    let mut line = |text: String| {
        words += "  ";
        words += &text;
        words.push('\n');
    };
    for text in planned.plan.plan.summary().to_string().lines() {
        line(text.to_owned());
    }
    if !planned.texts.is_empty() {
        line(format!(
            "{} arrangements and participations are new or changed",
            planned.texts.len()
        ));
    }
    for source_id in planned.plan.rewritten.iter().take(MAX_SHOWN_FAULTS) {
        line(format!(
            "the past of {source_id} was rewritten: what the list says now is published, events on past days stay"
        ));
    }
    if planned.plan.unmarked {
        line(
            "services that are missing were not marked: some of this list could not be read".into(),
        );
    }
    words
}

fn described(read: &Read, planned: &Planned) -> Result<Value> {
    let list = &read.list;
    let made = planned
        .plan
        .plan
        .new
        .iter()
        .chain(&planned.plan.plan.revisions);
    let services: Vec<Value> = made
        .map(|record| {
            let source = record.comity.imported_from.as_ref();
            json!({
                "id": record.id,
                "name": record.name,
                "sourceId": source.map(|source| &source.source_id),
            })
        })
        .collect();
    let texts: Vec<Value> = planned
        .texts
        .iter()
        .map(|record| json!({"id": record.id, "kind": record.kind().name(), "name": record.name}))
        .collect();
    let mut shown = serde_json::to_value(planned.plan.plan.summary())?;
    shown["file"] = json!(read.file);
    shown["system"] = json!(system_of(list));
    shown["document"] = serde_json::to_value(&list.document)?;
    shown["faults"] = serde_json::to_value(&list.faults)?;
    shown["rewritten"] = json!(planned.plan.rewritten);
    shown["services"] = json!(services);
    shown["transcriptions"] = json!(texts);
    Ok(shown)
}
