//! `comity peer`: whose logs a node follows, and how far it is.

pub(crate) mod status;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use comity_model::record::Kind;
use comity_node::config::Config;
use comity_node::edit::{self, quoted};
use comity_node::peers::{PEERS_FILE, Peers};
use comity_tlog::note::Vkey;
use serde_json::{Value, json};

use crate::ask::confirm;
use crate::asking::{self, text};
use crate::context::{Context, remote};
use crate::exit::{Exit, Failure};
use crate::output;
use crate::words;

/// What to do about peers.
#[derive(Debug, Subcommand)]
pub(crate) enum Options {
    /// Follow one more log, or ask one more witness
    #[command(
        after_help = "Examples:\n  comity peer add se https://nqi.example.fi\n  \
        comity peer add se https://nqi.example.fi --mode follower --kind attestation\n  \
        comity peer add se https://witness.example --witness witness.example+1b2c3d4e+B...\n\n\
        Members of a federation that the node believes are followed in full without an entry; one here \
        says another address, mode or quota for them. A running node reads the change by itself."
    )]
    Add(Add),
    /// List the peers and witnesses that a folder names, or the logs that a node follows
    #[command(
        after_help = "Examples:\n  comity peer list se\n  comity peer list --node https://nqi.example.se"
    )]
    List {
        /// The node's folder [default: ask the node of --node]
        dir: Option<PathBuf>,
    },
    /// Follow a log no longer, or ask a witness no longer
    #[command(
        after_help = "Example:\n  comity peer remove se https://nqi.example.fi\n\n\
        What is held of its log stays, and is served on."
    )]
    Remove {
        /// The node's folder
        dir: PathBuf,
        /// Its URL, or the origin of its log
        peer: String,
    },
    /// Show how far every followed log is: size, age, lag, cosignatures, alarms
    #[command(
        after_help = "Examples:\n  comity peer status se\n  comity peer status --node https://nqi.example.se -o table\n\n\
        Exit code 1 if a log has an alarm, or has stood without quorum for more than a minute."
    )]
    Status {
        /// The folder of a running node [default: ask the node of --node]
        dir: Option<PathBuf>,
    },
    /// Take everything that the peers have, now
    #[command(after_help = "Example:\n  comity peer sync se\n\n\
        A running node mirrors by itself every few seconds: then this waits until it has caught up with what \
        its peers had when the command began. Otherwise it opens the folder, mirrors, and closes it again. \
        Exit code 1 if something of a log could not be taken, or not in time.")]
    Sync {
        /// The node's folder
        dir: PathBuf,
        /// Wait at most so many seconds for a running node
        #[arg(long, value_name = "SECONDS", default_value_t = 600)]
        wait: u64,
    },
}

/// A peer to add.
#[derive(Args, Debug)]
pub(crate) struct Add {
    /// The node's folder
    dir: PathBuf,
    /// Where the peer answers
    url: String,
    /// Origin of its log [default: the one it names]
    #[arg(long)]
    origin: Option<String>,
    /// Verification key of its log [default: the one it names, after you compared it]
    #[arg(long, value_name = "VKEY", conflicts_with = "member")]
    vkey: Option<String>,
    /// It is a member of the federation, which says its key
    #[arg(long)]
    member: bool,
    /// Everything, and co-sign; or chosen kinds, and co-sign nothing
    #[arg(long, value_enum, default_value_t = Mode::Mirror)]
    mode: Mode,
    /// A kind whose bodies a follower takes beside those it always takes
    #[arg(long = "kind", value_parser = words::kind)]
    kinds: Vec<Kind>,
    /// Most entries taken in a day
    #[arg(long, value_name = "NUMBER")]
    daily_entries: Option<u64>,
    /// Most bytes taken in a day
    #[arg(long, value_name = "NUMBER")]
    daily_bytes: Option<u64>,
    /// It is a witness with this key, asked to co-sign the own log; nothing is mirrored from it
    #[arg(
        long,
        value_name = "VKEY",
        conflicts_with_all = ["origin", "vkey", "member", "mode", "kinds", "daily_entries", "daily_bytes"]
    )]
    witness: Option<String>,
    /// The key was compared: do not ask
    #[arg(long)]
    yes: bool,
}

/// How much of a log is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Mode {
    /// Everything, and co-sign
    Mirror,
    /// Chosen kinds, and co-sign nothing
    Follower,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    match options {
        Options::Add(options) => add(options, context).await,
        Options::List { dir: Some(dir) } => list(&dir, context),
        Options::List { dir: None } => status::list(context).await,
        Options::Remove { dir, peer } => remove(&dir, &peer, context),
        Options::Status { dir } => status::status(dir.as_deref(), context).await,
        Options::Sync { dir, wait } => status::sync(&dir, wait, context).await,
    }
}

async fn add(options: Add, context: &Context) -> Result<Exit> {
    let config = Config::load(&options.dir)?;
    let url = options.url.trim_end_matches('/').to_owned();
    remote(&url)?;
    let (table, entries) = match &options.witness {
        Some(vkey) => {
            let entries = vec![("url", quoted(&url)), ("vkey", quoted(vkey))];
            ("witness", entries)
        }
        None => ("peer", of_peer(&options, &url, context).await?),
    };
    let entries: Vec<(String, String)> = (entries.into_iter())
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    let own = quoted(&config.origin());
    if entries
        .iter()
        .any(|(key, value)| key == "origin" && *value == own)
    {
        return Err(
            Failure::usage(format!("{url} has the log of this very node"))
                .help("name the node of somebody else")
                .into(),
        );
    }
    let path = options.dir.join(PEERS_FILE);
    let changed = edit::add_table(&read(&path)?, table, &entries);
    write(&path, &changed)?;
    let shown: Value = (entries.iter())
        .map(|(key, value)| (key.clone(), json!(value.trim_matches('"'))))
        .collect::<serde_json::Map<_, _>>()
        .into();
    output::value(context.format, &shown, || {
        format!("{} names {url} as a {table} now.", path.display())
    })?;
    context.say(&format!(
        "A running node reads this within seconds. Then: comity peer status {}",
        options.dir.display()
    ));
    Ok(Exit::Done)
}

/// The entries of a peer's table; what is not given is asked of the peer, and compared by people.
async fn of_peer(
    options: &Add,
    url: &str,
    context: &Context,
) -> Result<Vec<(&'static str, String)>> {
    let known = options.origin.is_some() && (options.vkey.is_some() || options.member);
    let (mut origin, mut vkey) = (options.origin.clone(), options.vkey.clone());
    if !known {
        let node = asking::get(&remote(url)?, "/v1/node", &[]).await?;
        let named = text(&node, "/origin").to_owned();
        if origin.as_ref().is_some_and(|origin| *origin != named)
            && vkey.is_none()
            && !options.member
        {
            let what = format!("{url} has the log {named}, and says no key of another");
            return Err(Failure::usage(what).help("give its key with --vkey").into());
        }
        origin = origin.or(Some(named));
        if vkey.is_none() && !options.member {
            vkey = Some(compared(text(&node, "/vkey"), options.yes, context)?);
        }
    }
    let mut entries = vec![
        ("url", quoted(url)),
        ("origin", quoted(&origin.unwrap_or_default())),
    ];
    entries.extend(vkey.map(|vkey| ("vkey", quoted(&vkey))));
    if options.mode == Mode::Follower {
        entries.push(("mode", quoted("follower")));
    }
    if !options.kinds.is_empty() {
        if options.mode == Mode::Mirror {
            return Err(Failure::usage(
                "--kind goes with --mode follower: a mirror takes everything",
            )
            .into());
        }
        let kinds: Vec<String> = options
            .kinds
            .iter()
            .map(|kind| quoted(kind.name()))
            .collect();
        entries.push(("kinds", format!("[{}]", kinds.join(", "))));
    }
    let number = |number: u64| number.to_string();
    entries.extend(
        options
            .daily_entries
            .map(|most| ("daily_entries", number(most))),
    );
    entries.extend(
        options
            .daily_bytes
            .map(|most| ("daily_bytes", number(most))),
    );
    Ok(entries)
}

/// A key that the peer itself names, once a person has compared it.
fn compared(vkey: &str, yes: bool, context: &Context) -> Result<String> {
    let key = Vkey::parse(vkey).map_err(|error| {
        Failure::unreadable(format!("the peer names no key of its log: {error}"))
    })?;
    context.warn(&format!(
        "The peer itself says that its log signs with\n  key    {vkey}\n  words  {}",
        comity_signature::digest::words(key.public_key())
    ));
    if !confirm(
        "Did its authority read these words to you over a number you know?",
        yes,
    )? {
        return Err(Failure::refused("not confirmed; nothing was changed").into());
    }
    Ok(vkey.to_owned())
}

fn list(dir: &Path, context: &Context) -> Result<Exit> {
    Config::load(dir)?;
    let peers = Peers::load(dir)?;
    let whole = serde_json::to_value(&peers)?;
    let of_kind = |name: &str, role: &str| {
        let items = whole.get(name).and_then(Value::as_array).cloned();
        let items = items.unwrap_or_default().into_iter();
        let role = role.to_owned();
        items.map(move |mut item| {
            item["role"] = json!(role);
            item
        })
    };
    let rows: Vec<Value> = of_kind("peer", "peer")
        .chain(of_kind("witness", "witness"))
        .collect();
    let whole = json!({"items": rows});
    output::rows(
        context.format,
        &whole,
        &rows,
        &[
            ("role", "/role"),
            ("url", "/url"),
            ("origin", "/origin"),
            ("mode", "/mode"),
            ("kinds", "/kinds"),
        ],
    )?;
    if rows.is_empty() {
        context.say(&format!(
            "{} names nobody. Members of a federation are followed without an entry: comity peer status {}",
            dir.join(PEERS_FILE).display(),
            dir.display()
        ));
    }
    Ok(Exit::Done)
}

fn remove(dir: &Path, peer: &str, context: &Context) -> Result<Exit> {
    Config::load(dir)?;
    let path = dir.join(PEERS_FILE);
    let mut changed = read(&path)?;
    let mut removed = 0;
    for (table, key) in [("peer", "url"), ("peer", "origin"), ("witness", "url")] {
        let (next, number) = edit::remove_tables(&changed, table, key, peer);
        changed = next;
        removed += number;
    }
    if removed == 0 {
        let what = format!("{} names no {peer}", path.display());
        return Err(Failure::no(what)
            .help(format!(
                "see whom it names: comity peer list {}",
                dir.display()
            ))
            .into());
    }
    write(&path, &changed)?;
    let shown = json!({"removed": removed, "peer": peer});
    output::value(context.format, &shown, || {
        format!("{peer} is followed no longer.")
    })?;
    Ok(Exit::Done)
}

fn read(path: &Path) -> Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(Failure::unreadable(format!("{}: {error}", path.display())).into()),
    }
}

/// Writes the file if it can be read again as it is meant.
fn write(path: &Path, text: &str) -> Result<()> {
    Peers::parse(text).map_err(|error| Failure::usage(error.to_string()))?;
    edit::replace(path, text)?;
    Ok(())
}
