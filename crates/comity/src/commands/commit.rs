//! `comity commit`: publishes that reports exist, and keeps what opens them.

use std::path::Path;

use anyhow::Result;
use clap::Args;
use comity_model::commitment::MAX_COMMITTED_REPORTS;
use comity_model::date::Day;
use serde_json::{Value, json};

use crate::asking;
use crate::commitments::list::{self, Item};
use crate::commitments::openings::{Openings, Standing, is_open_to_others};
use crate::commitments::{self, Answer, Committing, Outcome, Report};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::key::read_key;
use crate::lint::NO_CALLING_BACK;
use crate::output::{self, Column, Format, add};

/// Answers up to this number are shown as a table; more are counted.
const MAX_TABLE_ROWS: usize = 20;

const COLUMNS: [Column; 5] = [
    ("Number", "/number"),
    ("Outcome", "/outcome"),
    ("Commitment", "/commitment"),
    ("Log index", "/log/index"),
    ("Why", "/why"),
];

/// What to commit to.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity commit --node https://nqi.example.se --key lab.pem --openings 2026.openings.ndjson TR-1.pdf TR-2.pdf\n  \
    comity commit --node https://nqi.example.se --key lab.pem --openings 2026.openings.ndjson --list reports.csv\n\n\
    Published are numbers, days of issue and salted digests; the contents stay with you, and nobody \
    can guess them. A list is CSV with the header number,issuedOn,file,contentDigest, or NDJSON with \
    these members; a contentDigest is what sha256sum says.\n\n\
    The openings file holds the salts and is secret. Keep a copy: a report whose salt is lost can \
    never be shown. It is written before anything is sent; run the same command again after an \
    interruption, and nothing is committed to twice.\n\
    Exit code 5 if a report was refused or differs, 4 if one could not be read; the others are \
    committed to all the same.")]
pub(crate) struct Options {
    /// Reports; the number of each is the name of its file without the last ending
    files: Vec<String>,
    /// A list of reports, as CSV or NDJSON; - is stdin
    #[arg(long = "list", value_name = "FILE")]
    lists: Vec<String>,
    /// Key of the laboratory: a PEM file, or pkcs11:... for a token
    #[arg(long, value_name = "KEY")]
    key: String,
    /// File to keep the salts in, made where there is none
    #[arg(long, value_name = "FILE")]
    openings: String,
    /// Day of issue where none is listed [default: the day a file was last written]
    #[arg(long, value_name = "DATE")]
    issued_on: Option<Day>,
    /// Most reports of one record: fewer make a smaller proof for each
    #[arg(long, value_name = "N", default_value_t = MAX_COMMITTED_REPORTS, value_parser = commitments::batch_size)]
    batch: usize,
    /// Title of the records
    #[arg(long, value_name = "TEXT", default_value = "Test reports")]
    title: String,
    /// Language of the title
    #[arg(long, value_name = "LANG", default_value = "en")]
    language: String,
    /// DID of the authority that registered the laboratory, where there are several
    #[arg(long, value_name = "DID", value_parser = crate::input::check_did)]
    authority: Option<String>,
    /// Draw no salt, write and publish nothing; say what would be committed to
    #[arg(long)]
    dry_run: bool,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    if options.files.is_empty() && options.lists.is_empty() && !options.dry_run {
        context.say("no report was named: only what an earlier run left is sent");
    }
    let mut shown = Shown::new(context);
    let reports = read_reports(&options, &mut shown)?;
    if options.dry_run {
        return dry_run(&options, reports, shown);
    }
    let remote = context.remote()?;
    let key = read_key(&options.key)?;
    let signer = asking::signer_of(&remote, &key.did, options.authority.as_deref()).await?;
    let mut openings = Openings::open(&options.openings)?;
    warn_of(&openings, &options.openings, context);
    let committing = Committing {
        key: &key,
        signer: &signer,
        title: &options.title,
        language: &options.language,
        batch: options.batch,
    };
    let bar = context.bar(reports.len() as u64, "committing");
    let ended = committing
        .commit(&remote, &mut openings, reports, context, &mut |answer| {
            bar.inc(1);
            bar.suspend(|| shown.take(&answer))
        })
        .await;
    bar.finish_and_clear();
    let exit = shown.finish(&format!("openings in {}", options.openings))?;
    if let Err(error) = ended {
        let left = openings.pending().len();
        if left > 0 {
            context.warn(&format!(
                "{left} signed commitments in {} are not acknowledged; the same command sends them again",
                options.openings
            ));
        }
        return Err(error);
    }
    Ok(exit)
}

/// Says what is wrong with the file of the salts.
pub(crate) fn warn_of(openings: &Openings, path: &str, context: &Context) {
    if is_open_to_others(path) {
        context.warn(&format!(
            "{path} holds secrets and others may read it: chmod 600 {path}"
        ));
    }
    let lost = openings.lost_count();
    if lost > 0 {
        context.warn(&format!(
            "{path} is damaged: {lost} reports that were committed to cannot be shown any more; \
             put a copy of the file in its place"
        ));
    }
}

/// The reports that were named; what is none is answered at once.
fn read_reports(options: &Options, shown: &mut Shown<'_>) -> Result<Vec<Report>> {
    let bar = shown.context.bar(options.files.len() as u64, "reading");
    let mut items = Vec::new();
    for file in &options.files {
        items.push(list::of_file(Path::new(file), options.issued_on));
        bar.inc(1);
    }
    bar.finish_and_clear();
    for name in &options.lists {
        items.extend(list::of_list(name, options.issued_on)?);
    }
    let mut reports = Vec::with_capacity(items.len());
    for Item {
        place,
        number,
        report,
    } in items
    {
        match report {
            Ok(report) => reports.push(report),
            Err(why) => shown.take(&Answer::wrong(&number, format!("{place}: {why}")))?,
        }
    }
    Ok(reports)
}

fn dry_run(options: &Options, reports: Vec<Report>, mut shown: Shown<'_>) -> Result<Exit> {
    let openings = Openings::read(&options.openings)?;
    warn_of(&openings, &options.openings, shown.context);
    let mut new = 0_usize;
    for report in reports {
        match commitments::already(&openings, &report) {
            Some(answer) => shown.take(&answer)?,
            None => new += 1,
        }
    }
    let pending = openings.pending();
    let unsent = pending
        .iter()
        .filter(|batch| openings.standing(**batch) == &Standing::Pending);
    let context = shown.context;
    context.warn(&format!(
        "{new} reports would be committed to, in {} records at least, and {} records of an earlier run sent. {NO_CALLING_BACK} Nothing was written or sent.",
        new.div_ceil(options.batch),
        unsent.count(),
    ));
    shown.finish("nothing was committed to")
}

/// What became of the reports, as it is shown and counted.
struct Shown<'a> {
    context: &'a Context,
    counts: [u64; 5],
    rows: Vec<Value>,
    header_out: bool,
}

impl<'a> Shown<'a> {
    fn new(context: &'a Context) -> Self {
        Self {
            context,
            counts: [0; 5],
            rows: Vec::new(),
            header_out: false,
        }
    }

    fn take(&mut self, answer: &Answer) -> Result<()> {
        if let Some(count) = self.counts.get_mut(answer.outcome as usize) {
            *count += 1;
        }
        if matches!(
            answer.outcome,
            Outcome::Differs | Outcome::Refused | Outcome::Wrong
        ) {
            let name = if answer.number.is_empty() {
                "a report"
            } else {
                &answer.number
            };
            let word = answer.outcome.word();
            self.context
                .warn(&format!("{name}: {word}: {}", answer.why));
        }
        let row = answer.shown();
        match self.context.format {
            Format::Ndjson => output::line(&row.to_string()),
            Format::Csv if self.header_out => output::more_csv(&[row], &COLUMNS),
            Format::Csv => {
                self.header_out = true;
                output::rows(Format::Csv, &Value::Null, &[row], &COLUMNS)
            }
            Format::Json => {
                self.rows.push(row);
                Ok(())
            }
            Format::Table => {
                if self.rows.len() <= MAX_TABLE_ROWS {
                    self.rows.push(row);
                }
                Ok(())
            }
        }
    }

    fn finish(&self, kept: &str) -> Result<Exit> {
        match self.context.format {
            Format::Json => {
                let whole = json!({"items": self.rows});
                output::rows(Format::Json, &whole, &self.rows, &COLUMNS)?;
            }
            Format::Table if self.rows.len() <= MAX_TABLE_ROWS => {
                output::rows(Format::Table, &Value::Null, &self.rows, &COLUMNS)?;
            }
            _ => {}
        }
        let count = |outcome: Outcome| self.counts.get(outcome as usize).copied().unwrap_or(0);
        let mut words = format!("{} committed", count(Outcome::Committed));
        for (outcome, what) in [
            (Outcome::AlreadyCommitted, "committed before"),
            (Outcome::Differs, "differ"),
            (Outcome::Refused, "refused"),
            (Outcome::Wrong, "wrong"),
        ] {
            if count(outcome) > 0 {
                add(&mut words, format_args!(", {} {what}", count(outcome)));
            }
        }
        self.context.say(&format!("{words}; {kept}"));
        let mut exit = Exit::Done;
        if count(Outcome::Wrong) > 0 {
            exit = exit.worst(Exit::Unreachable);
        }
        if count(Outcome::Differs) + count(Outcome::Refused) > 0 {
            exit = exit.worst(Exit::Refused);
        }
        Ok(exit)
    }
}

/// The failure of a command that needs an openings file which knows no such report.
pub(crate) fn not_opened(number: &str, openings: &str) -> Failure {
    if let Some(why) = Openings::read(openings)
        .ok()
        .and_then(|held| held.lost(number))
    {
        return Failure::unreadable(format!("{number}: {why}"));
    }
    Failure::no(format!("{openings} does not open the report {number}"))
        .help("name the openings file of the run that committed to it")
}
