//! `comity node federate`: a node begins to believe a federation list, and to follow its members.

use std::path::{Path, PathBuf};

use anyhow::Result;
use comity_node::config::{self, Config, Keys, POLICY_FILE};
use comity_node::edit;
use comity_node::federation::FEDERATION_FOLDER;
use comity_recognition::Policy;
use comity_signature::digest;
use serde_json::json;

use crate::ask::confirm;
use crate::ceremony::{Paper, Rule, facts};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::output::{self, add};

/// How it is done.
pub(super) struct Request<'a> {
    pub(super) dir: &'a Path,
    pub(super) files: &'a [String],
    pub(super) repin: bool,
    pub(super) yes: bool,
}

pub(super) fn run(request: &Request<'_>, context: &Context) -> Result<Exit> {
    let dir = request.dir;
    let config = Config::load(dir)?;
    let policy = config::load_policy(dir)?;
    let papers = request.files.iter().map(|file| Paper::open(file));
    let papers = papers.collect::<Result<Vec<_>>>()?;
    let lists = checked_lists(&papers)?;
    let (Some(first), Some(newest)) = (lists.first(), lists.last()) else {
        return Err(Failure::usage("no federation list is among the files")
            .help("give the list first, then member keys where there are any")
            .into());
    };
    check_keys(&papers, &lists)?;
    let pin = pin(&policy, &lists, first, request.repin)?;
    for list in &lists {
        context.warn(&facts::words(list, None));
    }
    for remark in remarks(dir, &config, newest, &papers)? {
        context.warn(&remark);
    }
    let question = "Did you compare these words with another member, over a way you trust?";
    if !confirm(question, request.yes)? {
        return Err(Failure::refused("not confirmed; nothing was changed").into());
    }
    let written = papers.iter().map(|paper| keep(dir, paper));
    let written = written.collect::<Result<Vec<_>>>()?;
    write_pin(dir, &pin)?;
    let shown = json!({
        "folder": dir,
        "listDigest": pin,
        "words": digest::from_multibase(&pin).map(|digest| digest::words(&digest)),
        "files": written,
        "members": newest.list().map(|list| list.members.len()),
    });
    output::value(context.format, &shown, || {
        let mut words = format!("{} believes the list {pin}.\n", dir.display());
        for path in &written {
            add(&mut words, format_args!("  kept {}\n", path.display()));
        }
        words
    })?;
    context.say(&format!(
        "Start the node again: it then follows every member by itself. Then: comity node doctor {}",
        dir.display()
    ));
    Ok(Exit::Done)
}

/// The lists among the files in the order of their versions, each signed by enough: of the first
/// the keyholders of its own, of the others those of the version before, too.
fn checked_lists(papers: &[Paper]) -> Result<Vec<&Paper>> {
    let mut lists: Vec<&Paper> = papers.iter().filter(|one| one.list().is_some()).collect();
    lists.sort_by_key(|paper| paper.version());
    let mut before: Option<&Paper> = None;
    for list in &lists {
        let rule = match before {
            Some(before) => Rule::of(list, Some(before), &[])?,
            None => Rule::of_own(list),
        };
        require(list, &rule)?;
        before = Some(list);
    }
    Ok(lists)
}

/// Every version of an economy's keys must be signed by the roots that were in force when it took
/// effect: as a node walks them, not by what the newest list says of them.
fn check_keys(papers: &[Paper], lists: &[&Paper]) -> Result<()> {
    let mut keys: Vec<&Paper> = papers.iter().filter(|one| one.keys().is_some()).collect();
    keys.sort_by_key(|paper| (paper.record.issuer.id.clone(), paper.version()));
    let of_one = |one: &&Paper, next: &&Paper| one.record.issuer.id == next.record.issuer.id;
    for versions in keys.chunk_by(of_one) {
        for (at, paper) in versions.iter().enumerate() {
            let earlier = versions.get(..at).unwrap_or_default();
            require(paper, &Rule::after(paper, earlier, lists)?)?;
        }
    }
    Ok(())
}

fn require(paper: &Paper, rule: &Rule) -> Result<()> {
    if facts::is_complete(paper, rule) {
        return Ok(());
    }
    let standing = facts::standing_words(paper, rule);
    Err(Failure::no(format!(
        "{} is not signed by enough\n{}",
        paper.name,
        standing.trim_end()
    ))
    .help("use the file that `comity ceremony merge` wrote")
    .into())
}

/// Which list the policy pins: the one it pins already, if that is among them or leads to them.
fn pin(policy: &Policy, lists: &[&Paper], first: &Paper, repin: bool) -> Result<String> {
    let own = digest::to_multibase(first.digest);
    let Some(federation) = &policy.file().federation else {
        return Ok(own);
    };
    let pinned = &federation.list_digest;
    let known = lists.iter().any(|list| {
        digest::to_multibase(list.digest) == *pinned || list.previous() == Some(pinned.as_str())
    });
    if known {
        return Ok(pinned.clone());
    }
    if repin {
        return Ok(own);
    }
    Err(Failure::refused(format!(
        "the policy pins {pinned}, and {} does not follow from it",
        first.name
    ))
    .help("give every version from the pinned one on; or --repin, which begins with another list as if the old one had never been")
    .into())
}

/// What the operator should know before.
fn remarks(dir: &Path, config: &Config, list: &Paper, papers: &[Paper]) -> Result<Vec<String>> {
    let authority = config.authority();
    let mut remarks = Vec::new();
    let members = list
        .list()
        .map(|list| list.members.as_slice())
        .unwrap_or_default();
    if !members.iter().any(|member| member.authority == authority) {
        remarks.push(format!(
            "note: {authority} is no member of this list; the node follows the members all the same."
        ));
    }
    let own = papers
        .iter()
        .filter(|paper| paper.record.issuer.id == authority);
    let newest = own.filter_map(Paper::keys).max_by_key(|keys| keys.version);
    if let Some(stated) = newest {
        let keys = Keys::load(dir, config)?;
        let log = keys.log.vkey().to_string();
        let mirror = keys.mirror.vkey().to_string();
        let names = |list: &[comity_model::federation::DatedVkey], vkey: &str| {
            list.iter()
                .any(|entry| entry.vkey == vkey && entry.until.is_none())
        };
        if !stated.log_keys.is_empty() && !names(&stated.log_keys, &log) {
            remarks.push(format!(
                "warning: the member keys do not list the log key of this folder, {log}"
            ));
        }
        if !stated.mirror_keys.is_empty() && !names(&stated.mirror_keys, &mirror) {
            remarks.push(format!(
                "warning: the member keys do not list the mirror key of this folder, {mirror}"
            ));
        }
    }
    Ok(remarks)
}

/// Puts the exact bytes of a paper into the folder, under a name that says what it is.
fn keep(dir: &Path, paper: &Paper) -> Result<PathBuf> {
    let folder = dir.join(FEDERATION_FOLDER);
    let name = match paper.keys() {
        // Two authorities of one economy may have a version of one number.
        Some(keys) => {
            let digest = digest::to_hex(&paper.digest);
            let mark = digest.get(..8).unwrap_or_default();
            let economy = keys.economy.to_lowercase();
            format!("keys-{economy}-{}-{mark}.json", keys.version)
        }
        None => format!("list-{}.json", paper.version()),
    };
    let path = folder.join(name);
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&path, &paper.bytes))
        .map_err(|error| unwritable(&path, &error))?;
    Ok(path)
}

/// Pins the list in `DIR/policy.toml`, whose other lines stay as they are.
fn write_pin(dir: &Path, pin: &str) -> Result<()> {
    let path = dir.join(POLICY_FILE);
    let text = std::fs::read_to_string(&path).map_err(|error| unwritable(&path, &error))?;
    let changed = edit::set(&text, "federation", "list_digest", &edit::quoted(pin));
    if let Err(faults) = Policy::parse(&changed) {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let what = format!(
            "{} would no longer be read: {}",
            path.display(),
            faults.join("; ")
        );
        return Err(Failure::unreadable(what)
            .help(format!(
                "write it by hand: [federation] list_digest = \"{pin}\""
            ))
            .into());
    }
    edit::replace(&path, &changed)?;
    Ok(())
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::unreadable(format!("{}: {error}", path.display()))
}
