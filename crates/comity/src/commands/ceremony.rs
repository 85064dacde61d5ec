//! `comity ceremony`: key lists that people sign with keys which never touch a network.

mod list;
mod member;
mod when;

use std::path::Path;

use anyhow::Result;
use clap::{Args, Subcommand};
use comity_model::record::Record;
use comity_signature::canonical;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::ask::confirm;
use crate::ceremony::{Paper, Rule, facts, follows, joined};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::key::read_key;
use crate::output;
use crate::registration::listed;

/// What to do about a key list.
#[derive(Debug, Subcommand)]
pub(crate) enum Options {
    /// Draft a key list: the first, or the next after the one before
    #[command(subcommand)]
    New(New),
    /// Show what a key list says, its digest in words, and who has signed it
    #[command(
        after_help = "Example:\n  comity ceremony show -o table list-2.json --previous list-1.json\n\n\
        One person reads the words aloud, the others compare them with their own screens: then all \
        are looking at the same document. Without --previous (and --list, for member keys) it cannot \
        be said whether enough have signed."
    )]
    Show {
        /// The key list
        file: String,
        #[command(flatten)]
        before: Before,
    },
    /// Add the proof of one signer; works without a network
    #[command(
        after_help = "Examples:\n  comity ceremony sign list-1.json --key root1.pem > list-1.root1.json\n  \
        comity ceremony sign keys-1.json --list list-1.json --key root1.pem > keys-1.root1.json\n\n\
        A root key is one that `comity keys generate` made on a machine without a network. Signers may \
        sign copies of the same draft, to be joined with `comity ceremony merge`, or one after the other."
    )]
    Sign {
        /// The key list, signed by others or not yet
        file: String,
        /// Key file of the signer
        #[arg(long, value_name = "PEM")]
        key: String,
        #[command(flatten)]
        before: Before,
        /// The words were compared: do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Join the copies that several have signed, and say whether it is enough
    #[command(
        after_help = "Example:\n  comity ceremony merge list-1.root1.json list-1.root2.json > list-1.signed.json\n\n\
        Exit code 0: the record is complete, and written. Exit code 1: it is not, nothing is written, \
        and stderr says who is missing."
    )]
    Merge {
        /// Copies of one key list
        #[arg(required = true)]
        files: Vec<String>,
        #[command(flatten)]
        before: Before,
    },
}

/// Which key list to draft.
#[derive(Debug, Subcommand)]
pub(crate) enum New {
    /// The members of the federation, who holds its keys, and whose mirrors count
    #[command(
        after_help = "Examples:\n  comity keys show se.root.pem -o json > se.root.json\n  \
        comity ceremony new federation-list --threshold 2 \\\n    \
        --keyholder se.root.json --keyholder did:web:nqi.example.fi#z6Mk... \\\n    \
        --member economy=SE,authority=did:web:nqi.example.se,root=se.root.json,url=https://nqi.example.se \\\n    \
        > list-1.json\n  \
        comity ceremony new federation-list --previous list-1.signed.json \\\n    \
        --remove-member did:web:nqi.example.fi > list-2.json\n\n\
        A key is the file that `comity keys show -o json` wrote, or DID#KEY. With --previous everything is carried \
        over that no option changes. A guest economy is a member with log-at=ORIGIN instead of url."
    )]
    FederationList(Box<list::Options>),
    /// The keys with which an economy's node works every day
    #[command(
        after_help = "Examples:\n  comity node keys se -o json > se.keys.json\n  \
        comity ceremony new member-keys --from se.keys.json > keys-1.json\n  \
        comity ceremony new member-keys --previous keys-1.signed.json --from se.keys.json \\\n    \
        --reason keyCompromise > keys-2.json\n\n\
        With --previous everything is carried over; keys of a sort that the new file names replace the \
        open ones of that sort. A guest gives --economy, --authority and --authority-key instead of --from."
    )]
    MemberKeys(Box<member::Options>),
}

/// What says who must sign.
#[derive(Args, Debug)]
pub(crate) struct Before {
    /// The version before, as it was signed
    #[arg(long, value_name = "FILE")]
    previous: Option<String>,
    /// The federation list that names the roots of the economy (member keys); with others before or
    /// after it, once for each
    #[arg(long = "list", value_name = "FILE")]
    lists: Vec<String>,
}

impl Before {
    fn rule(&self, paper: &Paper) -> Result<Rule> {
        let previous = self.previous.as_deref().map(Paper::open).transpose()?;
        let lists = open_lists(&self.lists)?;
        let lists: Vec<&Paper> = lists.iter().collect();
        Rule::of(paper, previous.as_ref(), &lists)
    }

    /// Whether enough was given to say who signs `paper`.
    fn suffices_for(&self, paper: &Paper) -> bool {
        let first = paper.version() <= 1 || self.previous.is_some();
        first && (paper.list().is_some() || !self.lists.is_empty() || self.previous.is_some())
    }
}

/// Federation lists in the order of their versions, each the one right after the other.
fn open_lists(files: &[String]) -> Result<Vec<Paper>> {
    let lists = files.iter().map(|file| Paper::open(file));
    let mut lists = lists.collect::<Result<Vec<_>>>()?;
    if let Some(other) = lists.iter().find(|paper| paper.list().is_none()) {
        return Err(Failure::usage(format!("{} is no federation list", other.name)).into());
    }
    lists.sort_by_key(Paper::version);
    for pair in lists.windows(2) {
        if let [before, list] = pair {
            follows(list, Some(before))?;
        }
    }
    Ok(lists)
}

pub(crate) fn run(options: Options, context: &Context) -> Result<Exit> {
    match options {
        Options::New(New::FederationList(options)) => list::new(*options, context),
        Options::New(New::MemberKeys(options)) => member::new(&options, context),
        Options::Show { file, before } => show(&file, &before, context),
        Options::Sign {
            file,
            key,
            before,
            yes,
        } => sign(&file, &key, &before, yes, context),
        Options::Merge { files, before } => merge(&files, &before, context),
    }
}

fn show(file: &str, before: &Before, context: &Context) -> Result<Exit> {
    let paper = Paper::open(file)?;
    let rule = if before.suffices_for(&paper) {
        Some(before.rule(&paper)?)
    } else {
        context.say(
            "Whether enough have signed is not said: give the version before with --previous, and for \
             the first member keys the federation list with --list.",
        );
        None
    };
    output::value(context.format, &facts::value(&paper, rule.as_ref()), || {
        facts::words(&paper, rule.as_ref())
    })?;
    Ok(Exit::Done)
}

fn sign(file: &str, key: &str, before: &Before, yes: bool, context: &Context) -> Result<Exit> {
    let paper = Paper::open(file)?;
    let rule = before.rule(&paper)?;
    let key = read_key(key)?;
    context.warn(&facts::words(&paper, Some(&rule)));
    let question = "Do all signers read these words, and do you sign what stands above?";
    if !confirm(question, yes)? {
        return Err(Failure::refused("not confirmed; nothing was signed").into());
    }
    let signed = Paper::read(file, &paper.signed_by(&key, &rule)?)?;
    write(&signed.bytes)?;
    context.say(&facts::standing_words(&signed, &rule));
    Ok(Exit::Done)
}

fn merge(files: &[String], before: &Before, context: &Context) -> Result<Exit> {
    let copies = files.iter().map(|file| Paper::open(file));
    let copies = copies.collect::<Result<Vec<_>>>()?;
    let Some(first) = copies.first() else {
        return Err(Failure::usage("name at least one file").into());
    };
    let rule = before.rule(first)?;
    let paper = joined(&copies, &rule)?;
    let standing = facts::standing_words(&paper, &rule);
    if !facts::is_complete(&paper, &rule) {
        return Err(Failure::no(format!("not enough have signed\n{}", standing.trim_end()))
            .help("have those who are missing sign the same draft, and merge again with their copies")
            .into());
    }
    write(&paper.bytes)?;
    context.say(&standing);
    let next = if paper.list().is_some() {
        "Next: comity node federate DIR LIST.json, and comity publish it at a node of the federation."
    } else {
        "Next: comity publish it, and comity node federate DIR LIST.json KEYS.json where nodes start anew."
    };
    context.say(next);
    Ok(Exit::Done)
}

/// Writes a paper to stdout; the last newline is no part of it, and every reader leaves it out.
fn write(bytes: &[u8]) -> Result<()> {
    output::line(&String::from_utf8(bytes.to_vec())?)
}

/// Reads a description in TOML (a file that ends so) or JSON.
fn description(path: &str) -> Result<Value> {
    let unreadable = |why: String| Failure::unreadable(format!("{path}: {why}"));
    let text =
        std::fs::read_to_string(path).map_err(|error| crate::input::unreadable(path, &error))?;
    let is_toml = Path::new(path)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    if is_toml {
        return toml::from_str(&text).map_err(|error| unreadable(error.to_string()).into());
    }
    serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()).into())
}

/// Writes a draft that keeps every rule of its kind and follows the version before, and says what
/// comes next.
fn draft(record: &Record, previous: Option<&Paper>, context: &Context) -> Result<Exit> {
    let bytes = canonical::to_canonical(&record.to_value())?;
    if let Err(faults) = Record::check(&bytes) {
        return Err(
            Failure::usage(format!("this list cannot be:\n  {}", listed(&faults)))
                .help("see comity ceremony new --help for how to state each part")
                .into(),
        );
    }
    let paper = Paper::read("the draft", &bytes)?;
    if previous.is_some() {
        follows(&paper, previous)?;
    }
    write(&paper.bytes)?;
    context.say(&facts::digest_words(&paper));
    context.say("Next: give the file to every signer, read the words aloud, comity ceremony sign");
    Ok(Exit::Done)
}

/// `whole` with the members that `part` states in their place.
fn overlaid<T: Serialize + DeserializeOwned>(whole: &T, part: Value) -> Result<T> {
    let mut whole = serde_json::to_value(whole)?;
    let Value::Object(part) = part else {
        return Err(Failure::usage("a description is an object of named members").into());
    };
    for (name, value) in part {
        whole[name] = value;
    }
    serde_json::from_value(whole)
        .map_err(|error| Failure::usage(format!("the description: {error}")).into())
}
