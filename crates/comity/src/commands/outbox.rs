//! `comity outbox`: a folder whose records are published and whose reports are committed to.
//!
//! What survives a crash: a record is signed into `.comity/signed` and a commitment into
//! `.comity/openings.ndjson` before it is sent, and sent again as the same bytes; a file is done
//! when its receipt lies beside it, which is written last.

mod folder;
mod records;
mod reports;

use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;

use anyhow::Result;
use clap::Args;
use comity_model::commitment::MAX_COMMITTED_REPORTS;
use comity_node::remote::Remote;
use serde_json::{Value, json};

use self::folder::{Folder, Look, Ready};
use super::commit::warn_of;
use super::node::stop_signal;
use crate::asking::{self, Signer};
use crate::commitments;
use crate::commitments::openings::Openings;
use crate::context::Context;
use crate::exit::{Exit, exit_of};
use crate::key::{NamedKey, read_key};
use crate::output::{self, Format};

/// Longest pause before a node that cannot be reached is tried again, in seconds.
const MAX_PAUSE_SECONDS: u64 = 60;

/// Which folder, and how.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity outbox --node https://nqi.example.se --key lab.pem /var/spool/comity\n  \
    comity outbox --node https://nqi.example.se --key lab.pem /var/spool/comity --once\n\n\
    X.json, a draft or a signed record, is signed and published. Any other file is committed to: its \
    content stays here, its number is its name without the last ending, its day of issue the day it \
    was last written. A line in index.csv (file,number,issuedOn) says otherwise, and makes a report \
    of a .json file too. Put a file there under a name that begins with a dot, and rename it when it \
    is whole; or write it in place, and it is taken once it has not changed for --settle seconds.\n\n\
    Beside X come X.receipt.json when it is done, X.opening.json for the holder of a report, and \
    X.error.txt when it cannot be taken: correct X or delete that file, and it is tried again. \
    The folder .comity holds the salts and is secret: keep a copy.\n\
    With --once, for cron: exit code 5 if a file was left with an error, 4 if the node cannot be \
    reached; what is left is taken by the next run.")]
pub(crate) struct Options {
    /// The folder
    dir: PathBuf,
    /// Key that signs: a PEM file, or pkcs11:... for a token
    #[arg(long, value_name = "KEY")]
    key: String,
    /// Take what is there, and end
    #[arg(long)]
    once: bool,
    /// Seconds between two looks; a file that did not change between them is whole
    #[arg(long, value_name = "SECONDS", default_value_t = 2)]
    settle: u64,
    /// Seconds to wait for further files once there is one, so that they share a commitment
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    gather: u64,
    /// Most reports of one commitment
    #[arg(long, value_name = "N", default_value_t = MAX_COMMITTED_REPORTS, value_parser = commitments::batch_size)]
    batch: usize,
    /// Title of commitments
    #[arg(long, value_name = "TEXT", default_value = "Test reports")]
    title: String,
    /// Language of the title
    #[arg(long, value_name = "LANG", default_value = "en")]
    language: String,
    /// DID of the authority that registered the laboratory, where there are several
    #[arg(long, value_name = "DID", value_parser = crate::input::check_did)]
    authority: Option<String>,
}

/// A folder that is open, and what it takes to empty it.
struct Outbox<'a> {
    options: &'a Options,
    context: &'a Context,
    remote: Remote,
    key: NamedKey,
    folder: Folder,
    openings: Openings,
    /// As the node has it, once it could be asked.
    signer: Option<Signer>,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let folder = Folder::open(&options.dir)?;
    let openings = Openings::open(&folder.openings())?;
    warn_of(&openings, &folder.openings(), context);
    let mut outbox = Outbox {
        remote: context.remote()?,
        key: read_key(&options.key)?,
        options: &options,
        context,
        folder,
        openings,
        signer: None,
    };
    if options.once {
        outbox.once().await
    } else {
        outbox.watch().await
    }
}

impl Outbox<'_> {
    /// Takes what is there.
    async fn once(&mut self) -> Result<Exit> {
        let mut look = self.folder.look(self.options.settle == 0)?;
        if look.changing > 0 {
            tokio::time::sleep(self.settle()).await;
            look = self.folder.look(false)?;
        }
        if look.changing > 0 {
            let words = format!(
                "{} files are still being written; the next run takes them",
                look.changing
            );
            self.context.say(&words);
        }
        let left = look.left;
        if left > 0 {
            self.context.warn(&format!(
                "{left} files are left with an error from earlier: see the .error.txt beside each"
            ));
        }
        self.warn_absent(&look.absent);
        let exit = self.take(look).await?;
        Ok(if left > 0 {
            exit.worst(Exit::Refused)
        } else {
            exit
        })
    }

    /// A line of `index.csv` that names no file may be misspelt, and then a report has gone out
    /// under another number.
    fn warn_absent(&self, absent: &[String]) {
        let Some(first) = absent.first() else { return };
        self.context.warn(&format!(
            "index.csv names {} files that are not here, such as {first}",
            absent.len()
        ));
    }

    /// Takes what comes, until it is told to stop.
    async fn watch(&mut self) -> Result<Exit> {
        let mut stop = pin!(stop_signal()?);
        let mut pause = 0;
        self.context.say(&format!(
            "watching {}; Ctrl-C ends it",
            self.options.dir.display()
        ));
        loop {
            let taken = match self.ready().await {
                Ok(Some(look)) => self.take(look).await.map(|_| ()),
                Ok(None) => Ok(()),
                Err(error) => Err(error),
            };
            pause = match taken {
                Ok(()) => 0,
                Err(error) if matches!(exit_of(&error), Exit::Usage | Exit::Bug) => {
                    return Err(error);
                }
                Err(error) => {
                    let next = (pause * 2).clamp(1, MAX_PAUSE_SECONDS);
                    self.context.warn(&format!(
                        "{error:#}; nothing is lost, tried again in {next} s"
                    ));
                    next
                }
            };
            let wait = self.settle().max(Duration::from_secs(pause));
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = &mut stop => return Ok(Exit::Done),
            }
        }
    }

    /// What is ready, after others had time to join the first.
    async fn ready(&mut self) -> Result<Option<Look>> {
        let at_once = self.options.settle == 0;
        let look = self.folder.look(at_once)?;
        let enough = look.ready.len() >= self.options.batch;
        if look.ready.is_empty() && self.openings.pending().is_empty() {
            return Ok(None);
        }
        if enough || self.options.gather == 0 {
            return Ok(Some(look));
        }
        tokio::time::sleep(Duration::from_secs(self.options.gather)).await;
        Ok(Some(self.folder.look(at_once)?))
    }

    fn settle(&self) -> Duration {
        // Without a time to settle a folder is still not looked at without end.
        Duration::from_millis((self.options.settle * 1_000).max(200))
    }

    /// Publishes and commits what is ready.
    async fn take(&mut self, look: Look) -> Result<Exit> {
        let mut exit = Exit::Done;
        for (name, why) in &look.faults {
            self.fail(name, why)?;
            exit = Exit::Refused;
        }
        let (records, reports): (Vec<Ready>, Vec<Ready>) =
            look.ready.into_iter().partition(Ready::is_record);
        if records.is_empty() && reports.is_empty() && self.openings.pending().is_empty() {
            return Ok(exit);
        }
        exit = exit.worst(self.publish(records).await?);
        Ok(exit.worst(self.commit(reports).await?))
    }

    /// The body as the node has it registered; asked once.
    async fn signer(&mut self) -> Result<Signer> {
        if let Some(signer) = &self.signer {
            return Ok(signer.clone());
        }
        let authority = self.options.authority.as_deref();
        let signer = asking::signer_of(&self.remote, &self.key.did, authority).await?;
        self.signer = Some(signer.clone());
        Ok(signer)
    }

    /// Says what became of a file.
    fn say(&self, name: &str, outcome: &str, more: &Value) -> Result<()> {
        if self.context.format == Format::Table {
            let log = more.pointer("/log/index").map(Value::to_string);
            let log = log
                .map(|index| format!(", entry {index}"))
                .unwrap_or_default();
            return output::line(&format!("{name}: {outcome}{log}"));
        }
        let mut shown = json!({"file": name, "outcome": outcome});
        if let (Some(shown), Some(more)) = (shown.as_object_mut(), more.as_object()) {
            shown.extend(more.clone());
        }
        output::line(&shown.to_string())
    }

    /// Leaves a file with the reason beside it.
    fn fail(&self, name: &str, why: &str) -> Result<()> {
        self.folder.fail(name, why)?;
        self.context.warn(&format!("{name}: {why}"));
        self.say(name, "error", &json!({"why": why}))
    }
}
