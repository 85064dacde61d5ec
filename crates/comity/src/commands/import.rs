//! `comity import`: spreadsheets and public texts become signed records.

mod known;
mod trusted_list;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, Subcommand};
use comity_model::date::Day;
use comity_model::record::Record;
use comity_node::import::{
    self, ImportedFile, MAIN_TABLE, MAX_MAP_BYTES, MAX_TABLE_BYTES, Map, MapError, Plan, Source,
    Summary,
};
use comity_node::remote::Remote;
use comity_signature::canonical::to_canonical;
use comity_signature::digest::{sha256, to_multibase};
use serde_json::{Value, json};

use crate::ask::confirm;
use crate::asking::{self, Signer};
use crate::commands::publish::send;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::{Document, read_whole};
use crate::key::{NamedKey, read_key};
use crate::lint::{self, NO_CALLING_BACK};
use crate::output::{self, Format, add};
use crate::registration::signed;

/// More known rows than this share ended at once need a person's yes: a cut-off file looks so.
const MAX_ENDED_SHARE: f64 = 0.05;
/// Wrong rows listed without `-v`.
const MAX_SHOWN_FAULTS: usize = 20;
/// Records of one request.
const MAX_REQUEST_RECORDS: usize = 500;

/// What to import.
#[derive(Debug, Subcommand)]
pub(crate) enum Options {
    /// Publish what is new or changed in an agency's spreadsheet
    #[command(after_help = "Examples:\n  \
        comity import csv register.csv.gz --map register.toml --key node.pem --node http://127.0.0.1:8080 --dry-run\n  \
        comity import csv register.csv.gz --map register.toml --key node.pem --node http://127.0.0.1:8080\n\n\
        Run it again with a newer file: only the difference is published. Rows that are wrong are \
        reported with line and column and left out. Side tables are read from the folder of FILE.")]
    Csv(Csv),
    /// Write a first map by reading the columns of a spreadsheet
    #[command(
        after_help = "Example:\n  comity import propose register.csv > register.toml\n\n\
        Look at every line marked CHECK before you import with it."
    )]
    Propose {
        /// The spreadsheet as CSV, plain or gzip
        file: String,
    },
    /// Publish arrangements transcribed from public texts
    #[command(
        after_help = "Example:\n  comity import transcription arrangements.toml --key node.pem --node http://127.0.0.1:8080"
    )]
    Transcription(Transcription),
    /// Publish what trusted lists say: services, their status over time, whose lists count where
    #[command(after_help = "Examples:\n  \
        comity import trusted-list li.xml --key node.pem --node http://127.0.0.1:8080 --dry-run\n  \
        comity import trusted-list li.xml lu.xml eu-lotl.xml --key node.pem --node http://127.0.0.1:8080\n  \
        comity status at fb72fb18ba134f98... 2016-06-30T22:00:00Z --node http://127.0.0.1:8080\n\n\
        FILE is XML of ETSI TS 119 612, unpacked. Each list is a register of its own, trusted-list- and its \
        territory, which a policy names under importers. Run it again with a newer list: only the \
        difference is published. A service that cannot be read is reported with its line and left out. \
        docs/import/trusted-lists.md says what becomes what.")]
    TrustedList(trusted_list::Options),
}

/// A spreadsheet to import.
#[derive(Args, Debug)]
pub(crate) struct Csv {
    /// The spreadsheet as CSV, plain or gzip
    file: PathBuf,
    /// Which column becomes which field
    #[arg(long, value_name = "MAP.toml")]
    map: String,
    /// Key file of who imports; it signs every record
    #[arg(long, value_name = "PEM")]
    key: String,
    /// The day the register was fetched [default: today]
    #[arg(long, value_name = "DATE")]
    fetched_on: Option<Day>,
    /// DID of the authority that registered the importer, where there are several
    #[arg(long, value_name = "DID", value_parser = crate::input::check_did)]
    authority: Option<String>,
    /// Show the difference and publish nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask, also where more than 5 % of the known rows end at once
    #[arg(long)]
    yes: bool,
}

/// A transcription to import.
#[derive(Args, Debug)]
pub(crate) struct Transcription {
    /// The transcribed arrangements, as TOML
    file: String,
    /// Key file of who transcribed it; it signs every record
    #[arg(long, value_name = "PEM")]
    key: String,
    /// The day of transcription [default: today]
    #[arg(long, value_name = "DATE")]
    fetched_on: Option<Day>,
    /// DID of the authority that registered the transcriber, where there are several
    #[arg(long, value_name = "DID", value_parser = crate::input::check_did)]
    authority: Option<String>,
    /// Show what would be published
    #[arg(long)]
    dry_run: bool,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    match options {
        Options::Csv(options) => csv(options, context).await,
        Options::Propose { file } => {
            let bytes = read_whole(&file, MAX_TABLE_BYTES as u64)?;
            let name = Path::new(&file)
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            output::bytes(import::propose(&bytes, &name.unwrap_or_default()).as_bytes())?;
            Ok(Exit::Done)
        }
        Options::Transcription(options) => transcription(options, context).await,
        Options::TrustedList(options) => trusted_list::run(options, context).await,
    }
}

async fn csv(options: Csv, context: &Context) -> Result<Exit> {
    let map = parse_map(&options.map)?;
    let remote = context.remote()?;
    let key = read_key(&options.key)?;
    let signer = asking::signer_of(&remote, &key.did, options.authority.as_deref()).await?;
    let source = source(&signer, options.fetched_on, context);
    let file = import::read(&map, &mut |name| read_table(&options.file, name), &source)
        .map_err(|error| Failure::unreadable(error.to_string()))?;
    report_faults(&options.file, &file, context);
    let known = known::read(&remote, &key.did, map.system(), context).await?;
    let plan = import::plan(&file, &known, &map, &document_digest)
        .map_err(|error| Failure::refused(error.to_string()))?;
    let summary = plan.summary();
    let mut shown = serde_json::to_value(&summary)?;
    shown["faults"] = serde_json::to_value(&file.faults)?;
    shown["dryRun"] = json!(options.dry_run);
    if options.dry_run {
        show_first(&plan, context);
        output::value(context.format, &shown, || words(&summary))?;
        context.say(&format!("{NO_CALLING_BACK} Nothing was published."));
        return Ok(Exit::Done);
    }
    if plan.ended_share > MAX_ENDED_SHARE {
        let share = plan.ended_share * 100.0;
        let question = format!(
            "{} of the rows known before end with this file ({share:.1} %). Is the file whole, and publish this?",
            plan.ended
        );
        context.say(&words(&summary));
        if !confirm(&question, options.yes)? {
            return Err(Failure::refused("not confirmed; nothing was published").into());
        }
    }
    let records = plan.new.iter().chain(&plan.revisions).chain(&plan.events);
    let count = plan.new.len() + plan.revisions.len() + plan.events.len();
    let published = publish(&remote, records, count, &key, context).await?;
    shown["published"] = published.shown();
    output::value(context.format, &shown, || {
        format!("{}{}", words(&summary), published.words())
    })?;
    Ok(published.exit())
}

async fn transcription(options: Transcription, context: &Context) -> Result<Exit> {
    let text = read_text(&options.file, MAX_MAP_BYTES)?;
    let remote = context.remote()?;
    let key = read_key(&options.key)?;
    let signer = asking::signer_of(&remote, &key.did, options.authority.as_deref()).await?;
    let source = source(&signer, options.fetched_on, context);
    let records = import::transcription::read(&text, &source)
        .map_err(|error| wrong_map(&options.file, &text, &error))?;
    let names: Vec<Value> = records
        .iter()
        .map(|record| json!({"kind": record.kind().name(), "name": record.name, "id": record.id}))
        .collect();
    let columns = [("Kind", "/kind"), ("Name", "/name"), ("Record", "/id")];
    if options.dry_run {
        output::rows(context.format, &json!({"items": names}), &names, &columns)?;
        context.say(&format!("{NO_CALLING_BACK} Nothing was published."));
        return Ok(Exit::Done);
    }
    let published = publish(&remote, records.iter(), records.len(), &key, context).await?;
    output::value(context.format, &published.shown(), || published.words())?;
    Ok(published.exit())
}

fn source(signer: &Signer, fetched_on: Option<Day>, context: &Context) -> Source {
    Source {
        signer: signer.did.clone(),
        signer_name: signer.name.clone(),
        authority: signer.authority.clone(),
        fetched_on: fetched_on.unwrap_or_else(|| context.now().day()),
    }
}

fn read_text(name: &str, limit: usize) -> Result<String> {
    let bytes = read_whole(name, limit as u64)?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::unreadable(format!("{name} is no text in UTF-8")).into())
}

fn parse_map(name: &str) -> Result<Map> {
    let text = read_text(name, MAX_MAP_BYTES)?;
    Map::parse(&text).map_err(|error| wrong_map(name, &text, &error).into())
}

fn wrong_map(name: &str, text: &str, error: &MapError) -> Failure {
    let offset: usize = text
        .split_inclusive('\n')
        .take(error.line.saturating_sub(1))
        .map(str::len)
        .sum();
    let shown = crate::excerpt::show(name, text.as_bytes(), offset);
    Failure::unreadable(format!("{name}: {error}\n{shown}"))
        .help("docs/import/README.md explains every key of a map")
}

/// The main table is `file`; side tables stand beside it, plain or gzip.
fn read_table(file: &Path, name: &str) -> Result<Vec<u8>, String> {
    let path = if name == MAIN_TABLE {
        file.to_owned()
    } else {
        let beside = file.with_file_name(name);
        let packed = file.with_file_name(format!("{name}.gz"));
        if !beside.exists() && packed.exists() {
            packed
        } else {
            beside
        }
    };
    read_whole(&path.to_string_lossy(), MAX_TABLE_BYTES as u64).map_err(|error| error.to_string())
}

fn report_faults(path: &Path, file: &ImportedFile, context: &Context) {
    let most = if context.verbose > 0 {
        usize::MAX
    } else {
        MAX_SHOWN_FAULTS
    };
    for fault in file.faults.iter().take(most) {
        context.say(&format!(
            "{}:{}: {}: {}",
            path.display(),
            fault.line,
            fault.column,
            fault.message
        ));
    }
    let more = file.faults.len().saturating_sub(most);
    if more > 0 {
        context.say(&format!("and {more} more; -v lists all"));
    }
}

/// The document digest of a record without a proof.
fn document_digest(record: &Record) -> String {
    let bytes = to_canonical(&record.to_value()).unwrap_or_default();
    to_multibase(sha256(&bytes))
}

/// What the world would read of the first record, as an example of all.
fn show_first(plan: &Plan, context: &Context) {
    if context.format != Format::Table {
        return;
    }
    if let Some(record) = plan.new.first().or(plan.revisions.first()) {
        let reading = lint::reading(record, &record.to_value());
        context.say(&format!(
            "Of each row the world would read what it reads of the first: {}",
            reading.headline
        ));
        for text in reading.texts {
            context.say(&format!("  {text}"));
        }
    }
}

fn words(summary: &Summary) -> String {
    let counts = summary.counts;
    let mut words = format!(
        "{} rows: {} records, {} refused, {} merged, {} left out by their status\n\
         {} new, {} revised, {} unchanged, {} vanished, {} ended ({:.1} % of what was known)\n",
        counts.rows,
        counts.records,
        counts.refused,
        counts.merged,
        counts.left_out,
        summary.new,
        summary.revisions,
        summary.unchanged,
        summary.vanished.len(),
        summary.ended,
        summary.ended_share * 100.0,
    );
    for (action, count) in &summary.events {
        add(
            &mut words,
            format_args!(
                "{} events `{action}` on {} records\n",
                count.events, count.records
            ),
        );
    }
    for conflict in &summary.conflicts {
        add(
            &mut words,
            format_args!(
                "conflict: row {} (line {}) is {:?} and cannot become {:?}\n",
                conflict.source_id, conflict.line, conflict.known, conflict.said
            ),
        );
    }
    if !summary.vanished.is_empty() {
        let first: Vec<&str> = summary
            .vanished
            .iter()
            .take(MAX_SHOWN_FAULTS)
            .map(String::as_str)
            .collect();
        add(
            &mut words,
            format_args!(
                "vanished: {}{}\n",
                first.join(", "),
                if first.len() < summary.vanished.len() {
                    ", ..."
                } else {
                    ""
                }
            ),
        );
    }
    words
}

/// What became of what was sent.
#[derive(Debug, Default)]
struct Published {
    logged: u64,
    already: u64,
    refused: Vec<Value>,
}

impl Published {
    fn exit(&self) -> Exit {
        if self.refused.is_empty() {
            Exit::Done
        } else {
            Exit::Refused
        }
    }

    fn shown(&self) -> Value {
        json!({"logged": self.logged, "alreadyLogged": self.already, "refused": self.refused})
    }

    fn words(&self) -> String {
        format!(
            "{} records logged, {} logged before, {} refused by the node",
            self.logged,
            self.already,
            self.refused.len()
        )
    }
}

/// Signs and sends records in their order.
async fn publish(
    remote: &Remote,
    records: impl Iterator<Item = &Record>,
    count: usize,
    key: &NamedKey,
    context: &Context,
) -> Result<Published> {
    let bar = context.bar(count as u64, "publishing");
    let mut published = Published::default();
    let mut records = records.zip(1_u64..).peekable();
    while records.peek().is_some() {
        let mut request = Vec::new();
        let mut names = Vec::new();
        for (record, line) in records.by_ref().take(MAX_REQUEST_RECORDS) {
            let bytes = signed(record, &key.did, &key.key)?;
            request.push(Document { line, bytes });
            names.push((record.id.clone(), record.name.clone()));
        }
        let answers = send(remote, request).await?;
        for (sent, (id, name)) in answers.sent.iter().zip(&names) {
            use crate::commands::publish::Outcome;
            match sent.outcome {
                Outcome::Logged => published.logged += 1,
                Outcome::AlreadyLogged => published.already += 1,
                Outcome::Refused => {
                    let why = sent.refusal();
                    context.warn(&format!("refused: {name} ({id}): {why}"));
                    published
                        .refused
                        .push(json!({"id": id, "name": name, "why": why}));
                }
            }
        }
        bar.inc(answers.sent.len() as u64);
        answers.stopped?;
    }
    bar.finish_and_clear();
    Ok(published)
}
