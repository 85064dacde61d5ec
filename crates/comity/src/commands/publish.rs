//! `comity publish`: sends signed records and keeps what the node acknowledged.

mod receipts;
mod sending;

use anyhow::Result;
use clap::Args;
use comity_signature::digest::{record_digest, to_hex};
use indicatif::ProgressBar;
use serde_json::{Value, json};

pub(crate) use self::receipts::Receipts;
pub(crate) use self::sending::{Outcome, Sent, send};
use super::record::read_draft;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::{Document, Documents, STDIN};
use crate::lint::{MAX_SHOWN_TEXTS, NO_CALLING_BACK, reading};
use crate::output::{self, Column, Format, add};

/// Records of one request, and bytes after which a request is sent: small enough that little is
/// sent again after an interruption, large enough that the disk is waited for rarely.
const MAX_REQUEST_RECORDS: usize = 1_000;
const MAX_REQUEST_BYTES: usize = 8 * 1024 * 1024;
/// Acknowledgements up to this number are shown as a table; more are counted.
const MAX_TABLE_ROWS: usize = 20;

const COLUMNS: [Column; 5] = [
    ("Line", "/line"),
    ("Outcome", "/outcome"),
    ("Kind", "/kind"),
    ("Record", "/id"),
    ("Log index", "/log/index"),
];

/// What to publish.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity publish --node https://nqi.example.se signed.json\n  \
    comity publish --node https://nqi.example.se --dry-run year.ndjson\n\n\
    What the node acknowledges is durable and logged, and kept in FILE.receipt.ndjson. Run the \
    same command again after an interruption: what stands there is not sent twice.\n\
    Exit code 5 if any record was refused; the others are published all the same.")]
pub(crate) struct Options {
    /// Signed records, one document or NDJSON; - is stdin
    #[arg(required = true)]
    files: Vec<String>,
    /// Folder for receipts [default: beside each file]
    #[arg(long, value_name = "DIR")]
    receipts: Option<String>,
    /// Publish nothing; say what the world would read, and what the node would answer
    #[arg(long)]
    dry_run: bool,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    if options.dry_run {
        return dry_run(&options, context).await;
    }
    let remote = context.remote()?;
    let mut exit = Exit::Done;
    for name in &options.files {
        let mut receipts = Receipts::open(name, options.receipts.as_deref(), remote.base())?;
        let bar = context.bar(count_lines(name), name);
        let mut run = Run::new(name, context);
        let mut request = Vec::new();
        let mut bytes = 0;
        for document in Documents::open(name)? {
            let document = document?;
            if receipts.holds(&to_hex(&record_digest(&document.bytes))) {
                run.skipped += 1;
                bar.inc(1);
                continue;
            }
            bytes += document.bytes.len();
            request.push(document);
            if request.len() >= MAX_REQUEST_RECORDS || bytes >= MAX_REQUEST_BYTES {
                run.send(&remote, std::mem::take(&mut request), &mut receipts, &bar)
                    .await?;
                bytes = 0;
            }
        }
        run.send(&remote, request, &mut receipts, &bar).await?;
        bar.finish_and_clear();
        exit = exit.worst(run.finish(receipts.path())?);
    }
    Ok(exit)
}

/// One file being published.
struct Run<'a> {
    name: &'a str,
    context: &'a Context,
    logged: u64,
    already: u64,
    skipped: u64,
    refused: u64,
    /// Acknowledgements shown as a table at the end; no more than fit on a page.
    shown: Vec<Value>,
    header_out: bool,
}

impl<'a> Run<'a> {
    fn new(name: &'a str, context: &'a Context) -> Self {
        Self {
            name,
            context,
            logged: 0,
            already: 0,
            skipped: 0,
            refused: 0,
            shown: Vec::new(),
            header_out: false,
        }
    }

    async fn send(
        &mut self,
        remote: &comity_node::remote::Remote,
        request: Vec<Document>,
        receipts: &mut Receipts,
        bar: &ProgressBar,
    ) -> Result<()> {
        if request.is_empty() {
            return Ok(());
        }
        let count = request.len() as u64;
        let answers = send(remote, request).await?;
        receipts.keep(&answers.sent)?;
        for sent in &answers.sent {
            bar.suspend(|| self.take(sent))?;
        }
        bar.inc(count);
        answers.stopped
    }

    /// Counts and shows one answer.
    fn take(&mut self, sent: &Sent) -> Result<()> {
        let mut row = sent.answer.clone();
        row["line"] = json!(sent.line);
        match sent.outcome {
            Outcome::Logged => self.logged += 1,
            Outcome::AlreadyLogged => self.already += 1,
            Outcome::Refused => {
                self.refused += 1;
                let words = sent.refusal();
                self.context
                    .warn(&format!("{}:{}: refused: {words}", self.name, sent.line));
            }
        }
        if let Some(why) = sent.answer.get("willNotCount").and_then(Value::as_str) {
            self.context.warn(&format!(
                "{}:{}: logged, and will not count: {why}",
                self.name, sent.line
            ));
        }
        match self.context.format {
            Format::Ndjson => output::line(&row.to_string()),
            Format::Csv if self.header_out => output::more_csv(&[row], &COLUMNS),
            Format::Csv => {
                self.header_out = true;
                output::rows(Format::Csv, &Value::Null, &[row], &COLUMNS)
            }
            Format::Json => {
                self.shown.push(row);
                Ok(())
            }
            Format::Table => {
                if self.shown.len() <= MAX_TABLE_ROWS && sent.outcome != Outcome::Refused {
                    self.shown.push(row);
                }
                Ok(())
            }
        }
    }

    fn finish(&self, receipts: Option<&str>) -> Result<Exit> {
        let shown = json!({"items": self.shown});
        match self.context.format {
            Format::Json => output::rows(Format::Json, &shown, &self.shown, &COLUMNS)?,
            Format::Table if (1..=MAX_TABLE_ROWS).contains(&self.shown.len()) => {
                output::rows(Format::Table, &shown, &self.shown, &COLUMNS)?;
            }
            _ => {}
        }
        let mut words = format!("{}: {} logged", self.name, self.logged);
        let others = [
            (self.already, "logged before"),
            (self.skipped, "skipped, acknowledged in an earlier run"),
            (self.refused, "refused"),
        ];
        for (count, what) in others {
            if count > 0 {
                add(&mut words, format_args!(", {count} {what}"));
            }
        }
        if let Some(path) = receipts.filter(|_| self.logged + self.already + self.skipped > 0) {
            add(&mut words, format_args!("; receipts in {path}"));
        }
        if self.logged + self.already + self.skipped + self.refused == 0 {
            return Err(Failure::unreadable(format!("{} holds no record", self.name)).into());
        }
        self.context.say(&words);
        Ok(if self.refused > 0 {
            Exit::Refused
        } else {
            Exit::Done
        })
    }
}

/// How many records a file has, for the progress bar: its lines.
fn count_lines(name: &str) -> u64 {
    if name == STDIN {
        return 0;
    }
    let Ok(documents) = Documents::open(name) else {
        return 0;
    };
    documents.map_while(Result::ok).count() as u64
}

async fn dry_run(options: &Options, context: &Context) -> Result<Exit> {
    let mut exit = Exit::Done;
    let mut records = 0_u64;
    for name in &options.files {
        for document in Documents::open(name)? {
            let document = document?;
            records += 1;
            exit = exit.worst(dry_run_one(name, &document, context).await?);
        }
    }
    context.warn(&format!(
        "{records} records would be published. {NO_CALLING_BACK} Nothing was sent."
    ));
    Ok(exit)
}

async fn dry_run_one(name: &str, document: &Document, context: &Context) -> Result<Exit> {
    let place = format!("{name}:{}", document.line);
    let (record, value) = match read_draft(name, &document.bytes) {
        Ok(read) => read,
        Err(failure) => {
            context.warn(&format!("{place}: would be refused: {failure}"));
            return Ok(Exit::Refused);
        }
    };
    let reading = reading(&record, &value);
    let mut shown = json!({"file": name, "line": document.line, "reads": reading.texts});
    let mut exit = Exit::Done;
    let mut answer = "no node was named, so none was asked whether it would take it".to_owned();
    if context.node.is_some() {
        let remote = context.remote()?;
        let body = document.bytes.clone();
        let said = remote
            .post("/v1/records/validate", "application/vc", body)
            .await?;
        let said = crate::asking::json(&remote, "/v1/records/validate", &said)?;
        let acceptable = said.get("acceptable") == Some(&Value::Bool(true));
        let why = crate::asking::describe(said.get("problem").unwrap_or(&Value::Null));
        exit = if acceptable {
            Exit::Done
        } else {
            Exit::Refused
        };
        answer = if acceptable {
            "the node would take it".to_owned()
        } else {
            format!("the node would refuse it: {why}")
        };
        shown["validation"] = said;
    }
    output::value(context.format, &shown, || {
        let most = if context.verbose > 0 {
            usize::MAX
        } else {
            MAX_SHOWN_TEXTS
        };
        let texts: Vec<String> = reading
            .texts
            .iter()
            .take(most)
            .map(|text| format!("  {text}"))
            .collect();
        let more = reading.texts.len().saturating_sub(most);
        let more = if more > 0 {
            format!("\n  and {more} more texts; -v lists all")
        } else {
            String::new()
        };
        let warnings = reading
            .warnings
            .iter()
            .map(|w| format!("\n  look at {}: {}", w.pointer, w.words));
        format!(
            "{place}: {}. The world would read:\n{}{more}{}\n  {answer}\n",
            reading.headline,
            texts.join("\n"),
            warnings.collect::<String>()
        )
    })?;
    Ok(exit)
}
