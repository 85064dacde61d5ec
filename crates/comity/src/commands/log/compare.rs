//! `comity log compare`: what two nodes show of one log, and whether a file proves that a log lied.

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::Result;
use comity_node::equivocation::{self, Finding};
use comity_node::proofs::Tiles;
use comity_node::remote::Remote;
use comity_signature::digest;
use comity_tlog::checkpoint::Checkpoint;
use comity_tlog::fork::{Fork, ForkEvidence, MAX_EVIDENCE_BYTES};
use comity_tlog::note::{SignedNote, Vkey};
use serde_json::{Value, json};

use super::prefix_of;
use crate::asking::{self, items, text};
use crate::context::{Context, remote};
use crate::exit::{Exit, Failure};
use crate::output::{self, Column};

const COLUMNS: &[Column] = &[
    ("log", "/origin"),
    ("entries here", "/sizes/0"),
    ("entries there", "/sizes/1"),
    ("finding", "/finding"),
    ("why", "/why"),
    ("evidence", "/evidence"),
];

/// What to compare.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  comity log compare https://nqi.example.se https://nab.example.kz\n  \
    comity log compare nqi.example.se-log-2026.1b2c3d4e.fork.json\n\n\
    Of two nodes every log that both serve is compared: its own node and a mirror, or two mirrors. A log that \
    shows two histories is proved to do so: the evidence file convinces anybody who knows the key of the log, \
    without asking anybody. Exit code 1 if a log forked, 3 if nothing can be told, 4 if a file proves nothing."
)]
pub(crate) struct Options {
    /// A node, or an evidence file
    first: String,
    /// The node to compare it with
    second: Option<String>,
    /// Origin of the only log to compare, such as nqi.example.se/log/2026 [default: each that both serve]
    #[arg(long, value_name = "ORIGIN")]
    log: Option<String>,
    /// Verification key of the log, as you know it [default: the one that both nodes name]
    #[arg(long, value_name = "VKEY")]
    vkey: Option<String>,
    /// Folder into which evidence is written
    #[arg(long, value_name = "DIR", default_value = ".")]
    evidence: PathBuf,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let vkey = options.vkey.as_deref().map(Vkey::parse).transpose();
    let vkey = vkey.map_err(|error| Failure::usage(format!("--vkey: {error}")))?;
    match &options.second {
        None => file(&options.first, vkey.as_ref(), context),
        Some(second) => {
            nodes(
                &remote(&options.first)?,
                &remote(second)?,
                &options,
                vkey,
                context,
            )
            .await
        }
    }
}

/// Verifies an evidence file, without asking anybody.
fn file(path: &str, vkey: Option<&Vkey>, context: &Context) -> Result<Exit> {
    if path.starts_with("http://") || path.starts_with("https://") {
        return Err(Failure::usage("one node alone shows no split view")
            .help("name a second node, or an evidence file")
            .into());
    }
    let nothing = |why: String| Failure::unreadable(format!("{path} proves nothing: {why}"));
    let bytes = std::fs::read(path)
        .map_err(|error| Failure::unreadable(format!("{path} cannot be read: {error}")))?;
    if bytes.len() > MAX_EVIDENCE_BYTES {
        return Err(nothing(format!("it is larger than {MAX_EVIDENCE_BYTES} bytes")).into());
    }
    let evidence = ForkEvidence::parse(&bytes).map_err(|error| nothing(error.to_string()))?;
    if vkey.is_some_and(|vkey| *vkey != evidence.vkey) {
        let why = format!("it is about the key {}, not the one given", evidence.vkey);
        return Err(nothing(why).into());
    }
    let fork = evidence
        .verify()
        .map_err(|error| nothing(error.to_string()))?;
    let shown = proved(&evidence, fork);
    output::value(context.format, &shown, || {
        format!(
            "PROVED: the log {} lied. Its key signed what cannot both be true: {fork}.\nkey    {}\none    {}\nother  {}",
            evidence.vkey.name(),
            evidence.vkey,
            head_words(&evidence.one),
            head_words(&evidence.other),
        )
    })?;
    if vkey.is_none() {
        context
            .say("Compare the key with the one you know: the file itself cannot tell whose it is.");
    }
    Ok(Exit::No)
}

fn proved(evidence: &ForkEvidence, fork: Fork) -> Value {
    let kind = match fork {
        Fork::SameSize { .. } => "sameSize",
        Fork::Grown { .. } => "grown",
        Fork::AfterClosing { .. } => "afterClosing",
    };
    json!({
        "origin": evidence.vkey.name(),
        "vkey": evidence.vkey.to_string(),
        "finding": "fork",
        "kind": kind,
        "why": fork.to_string(),
        "one": head_words(&evidence.one),
        "other": head_words(&evidence.other),
    })
}

fn head_words(note: &SignedNote) -> String {
    match Checkpoint::parse(&note.text) {
        Ok(head) => format!("{} entries, root {}", head.size, digest::to_hex(&head.root)),
        Err(error) => error.to_string(),
    }
}

/// A log as a node serves it.
struct Served {
    prefix: String,
    vkey: String,
}

async fn nodes(
    one: &Remote,
    other: &Remote,
    options: &Options,
    vkey: Option<Vkey>,
    context: &Context,
) -> Result<Exit> {
    let (here, there) = (served(one).await?, served(other).await?);
    let served_by_both = here.iter().filter_map(|(origin, at)| {
        let wanted = options.log.as_ref().is_none_or(|log| log == origin);
        let (_, other_at) = there.iter().find(|(log, _)| wanted && log == origin)?;
        Some((origin.as_str(), at, other_at))
    });
    let logs: Vec<_> = served_by_both.collect();
    if logs.is_empty() {
        let what = match &options.log {
            Some(log) => format!("the log {log} is not served by both nodes"),
            None => "there is no log that both nodes serve".to_owned(),
        };
        return Err(Failure::new(Exit::CannotTell, what)
            .help("compare a node with one that mirrors its log; GET /v1/logs lists them")
            .into());
    }
    let origins: Vec<&str> = logs.iter().map(|(origin, ..)| *origin).collect();
    let by_nodes = without_key(&origins, vkey.as_ref())?;
    let mut rows = Vec::new();
    let mut exit = Exit::Done;
    for (origin, at, other_at) in logs {
        let vkey = vkey.as_ref().filter(|vkey| vkey.name() == origin);
        let places = ((one, at), (other, other_at));
        let (row, result) = one_log(origin, places, vkey, &options.evidence).await?;
        rows.push(row);
        exit = exit.worst(result);
    }
    let whole = json!({ "items": &rows });
    output::rows(context.format, &whole, &rows, COLUMNS)?;
    if !by_nodes.is_empty() {
        context.say(&format!(
            "By the key that the nodes themselves name: {}. Give the one you know with --vkey.",
            by_nodes.join(", ")
        ));
    }
    Ok(exit)
}

/// The logs among `origins` that `vkey` is not the key of, and that are judged by what the nodes
/// say. A key of none of them is a slip: whoever gives it means to rely on it.
fn without_key<'a>(origins: &[&'a str], vkey: Option<&Vkey>) -> Result<Vec<&'a str>> {
    let named = |origin: &&str| vkey.is_some_and(|vkey| vkey.name() == *origin);
    if let Some(vkey) = vkey.filter(|_| !origins.iter().any(named)) {
        let what = format!("--vkey is of {}, which is not compared", vkey.name());
        return Err(Failure::usage(what)
            .help(format!("compared are: {}", origins.join(", ")))
            .into());
    }
    let others = origins.iter().copied();
    Ok(others.filter(|origin| !named(origin)).collect())
}

async fn served(remote: &Remote) -> Result<Vec<(String, Served)>> {
    let logs = items(&asking::get(remote, "/v1/logs", &[]).await?);
    let served = logs.iter().map(|log| {
        let at = Served {
            prefix: prefix_of(log),
            vkey: text(log, "/vkey").to_owned(),
        };
        (text(log, "/origin").to_owned(), at)
    });
    Ok(served.collect())
}

async fn one_log(
    origin: &str,
    ((one, at), (other, other_at)): ((&Remote, &Served), (&Remote, &Served)),
    vkey: Option<&Vkey>,
    folder: &Path,
) -> Result<(Value, Exit)> {
    let mut row = json!({ "origin": origin, "nodes": [one.base(), other.base()] });
    let mut untold = |why: String| {
        row["finding"] = "untold".into();
        row["why"] = why.into();
        Ok((row.clone(), Exit::CannotTell))
    };
    if vkey.is_none() && at.vkey != other_at.vkey {
        return untold("the nodes name two keys for it; give the right one with --vkey".to_owned());
    }
    let vkey = match vkey.cloned().map_or_else(|| Vkey::parse(&at.vkey), Ok) {
        Ok(vkey) => vkey,
        Err(error) => return untold(error.to_string()),
    };
    let (first, second) = match (note(one, at).await, note(other, other_at).await) {
        (Ok(first), Ok(second)) => (first, second),
        (Err(error), _) | (_, Err(error)) => return untold(error.to_string()),
    };
    let places = [
        Tiles::Served(one, &at.prefix),
        Tiles::Served(other, &other_at.prefix),
    ];
    let finding = match equivocation::compare(&vkey, &first, &second, &places).await {
        Ok(finding) => finding,
        Err(error) => return untold(error.to_string()),
    };
    let sizes =
        [&first, &second].map(|note| Checkpoint::parse(&note.text).map_or(0, |head| head.size));
    row["vkey"] = vkey.to_string().into();
    row["sizes"] = json!(sizes);
    match finding {
        Finding::Consistent => {
            row["finding"] = "consistent".into();
            Ok((row, Exit::Done))
        }
        Finding::Untold => {
            row["finding"] = "untold".into();
            row["why"] = "neither node gives the tiles that would tell".into();
            Ok((row, Exit::CannotTell))
        }
        Finding::Fork(evidence) => {
            let fork = evidence.verify()?;
            row["finding"] = "fork".into();
            row["why"] = fork.to_string().into();
            row["evidence"] = write(&evidence, folder)?.display().to_string().into();
            Ok((row, Exit::No))
        }
    }
}

async fn note(remote: &Remote, at: &Served) -> Result<SignedNote> {
    let path = format!("{}/checkpoint", at.prefix);
    let answer = remote.get(&path).await?;
    if !answer.is_success() {
        return Err(asking::problem(remote, &path, &answer).into());
    }
    Ok(SignedNote::parse(&answer.body)?)
}

/// Writes evidence under a name that says its log and what is in it.
fn write(evidence: &ForkEvidence, folder: &Path) -> Result<PathBuf> {
    let file = evidence.encode();
    let mark = digest::to_hex(&digest::sha256(file.as_bytes()));
    let log = evidence.vkey.name().replace('/', "-");
    let mark = mark.get(..8).unwrap_or_default();
    let path = folder.join(format!("{log}.{mark}.fork.json"));
    std::fs::write(&path, file).map_err(|error| {
        Failure::unreadable(format!("{} cannot be written: {error}", path.display()))
            .help("name another folder with --evidence")
    })?;
    Ok(path)
}
