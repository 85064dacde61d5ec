//! `comity log`: the log of a node, audited from outside.

mod compare;

use anyhow::Result;
use clap::Subcommand;
use comity_node::audit::{self, Report};
use comity_node::remote::Remote;
use comity_tlog::note::Vkey;
use serde_json::Value;

use crate::asking::{self, items, text};
use crate::context::{Context, remote};
use crate::exit::{Exit, Failure};
use crate::output::{self, add};

/// What to do with a log.
#[derive(Debug, Subcommand)]
pub(crate) enum Options {
    /// Check every tile, entry, body and signature of a log
    #[command(
        after_help = "Examples:\n  comity log verify https://nqi.example.se\n  \
        comity log verify https://nqi.example.se --vkey nqi.example.se/log/2026+1b2c3d4e+A...\n\n\
        Exit code 1 if anything is wrong. Give --vkey with the key as you had it from the authority \
        by another way: a key taken from the node itself proves only that the node agrees with itself."
    )]
    Verify {
        /// The node
        url: Option<String>,
        /// Verification key of the log
        #[arg(long, value_name = "VKEY")]
        vkey: Option<String>,
        /// Name of the log, such as 2026 [default: the node's only one]
        #[arg(long, value_name = "NAME")]
        log: Option<String>,
    },
    /// Find a log that shows two histories: at two nodes, or in an evidence file
    Compare(compare::Options),
    /// Show the newest checkpoint, as it is signed
    #[command(after_help = "Example:\n  comity log checkpoint https://nqi.example.se")]
    Checkpoint {
        /// The node
        url: Option<String>,
        /// Name of the log, such as 2026 [default: the node's only one]
        #[arg(long, value_name = "NAME")]
        log: Option<String>,
    },
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    match options {
        Options::Verify { url, vkey, log } => {
            let remote = named(url, context)?;
            verify(&remote, vkey, log, context).await
        }
        Options::Compare(options) => compare::run(options, context).await,
        Options::Checkpoint { url, log } => {
            let remote = named(url, context)?;
            let (prefix, _) = find_log(&remote, log.as_deref()).await?;
            let path = format!("{prefix}/checkpoint");
            let answer = remote.get(&path).await?;
            if !answer.is_success() {
                return Err(asking::problem(&remote, &path, &answer).into());
            }
            output::bytes(&answer.body)?;
            Ok(Exit::Done)
        }
    }
}

fn named(url: Option<String>, context: &Context) -> Result<Remote> {
    match url {
        Some(url) => remote(&url),
        None => context.remote(),
    }
}

/// The prefix of a log under a node's URL, and the key that the node itself gives for it.
async fn find_log(remote: &Remote, name: Option<&str>) -> Result<(String, String)> {
    let logs = items(&asking::get(remote, "/v1/logs", &[]).await?);
    let names: Vec<String> = logs.iter().map(prefix_of).collect();
    let wanted = name.map(|name| format!("/log/{name}"));
    let own: Vec<&Value> = logs
        .iter()
        .filter(|log| prefix_of(log).starts_with("/log/"))
        .collect();
    let found = match &wanted {
        Some(prefix) => logs.iter().find(|log| prefix_of(log) == *prefix),
        // Its own one: of the others it serves copies.
        None => match own.as_slice() {
            [only] => Some(*only),
            _ => None,
        },
    };
    let Some(found) = found else {
        let names = names.join(", ");
        let what = match name {
            Some(name) => format!("{} has no log {name}; it has {names}", remote.base()),
            None => format!("{} has several logs: {names}", remote.base()),
        };
        return Err(Failure::usage(what)
            .help("choose one with --log NAME")
            .into());
    };
    Ok((prefix_of(found), text(found, "/vkey").to_owned()))
}

fn prefix_of(log: &Value) -> String {
    let given = text(log, "/prefix");
    if given.is_empty() {
        let name = text(log, "/origin").rsplit('/').next().unwrap_or_default();
        format!("/log/{name}")
    } else {
        given.to_owned()
    }
}

async fn verify(
    remote: &Remote,
    vkey: Option<String>,
    log: Option<String>,
    context: &Context,
) -> Result<Exit> {
    let (prefix, given) = find_log(remote, log.as_deref()).await?;
    let trusted = vkey.is_some();
    let vkey = Vkey::parse(&vkey.unwrap_or(given))
        .map_err(|error| Failure::usage(format!("the verification key of the log: {error}")))?;
    let bar = context.bar(0, "entries");
    let report = audit::audit(remote, &prefix, &vkey, &mut |done, of| {
        bar.set_length(of);
        bar.set_position(done);
    })
    .await;
    bar.finish_and_clear();
    let report = report.map_err(|error| match error {
        comity_node::error::Error::Log(why) => {
            Failure::no(format!("the log cannot be what it says: {why}"))
                .help("keep a copy of the checkpoint (comity log checkpoint) and ask the authority")
        }
        error => Failure::unreadable(error.to_string()),
    })?;
    let mut shown = serde_json::to_value(&report)?;
    shown["vkey"] = Value::String(vkey.to_string());
    shown["vkeyFrom"] = Value::String(if trusted { "given" } else { "node" }.to_owned());
    output::value(context.format, &shown, || words(&report, trusted))?;
    Ok(if report.is_clean() {
        Exit::Done
    } else {
        Exit::No
    })
}

fn words(report: &Report, trusted: bool) -> String {
    let mut words = format!(
        "{}: {} entries under root {}\n  {} records: {} bodies and signatures verified, {} withheld\n  \
         {} anchors, {} entries of another form, {} tiles compared\n",
        report.origin,
        report.size,
        report.root,
        report.records,
        report.bodies_verified,
        report.bodies_withheld,
        report.anchors,
        report.unknown_entries,
        report.tiles,
    );
    words.push_str(if trusted {
        "  The checkpoint was verified with the key you gave.\n"
    } else {
        "  The checkpoint was verified with the key that the node itself gives: compare it with the \
         one you had from the authority (--vkey).\n"
    });
    for finding in &report.findings {
        add(&mut words, format_args!("  WRONG: {finding}\n"));
    }
    let listed = report.findings.len() as u64;
    if report.faults > listed {
        add(
            &mut words,
            format_args!("  and {} more\n", report.faults - listed),
        );
    }
    words.push_str(if report.is_clean() {
        "All of it adds up."
    } else {
        "The log does NOT add up."
    });
    words
}
