//! `comity reveal`: gives a holder what opens a committed report, and checks it.

mod check;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use comity_node::remote::Remote;
use serde_json::{Value, json};

use super::commit::not_opened;
use crate::asking::{self, record_path, text};
use crate::commitments::opening_file::OpeningFile;
use crate::commitments::openings::{Standing, find};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::output;

/// What to reveal, or to check.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity reveal --node https://nqi.example.se TR-1 --openings 2026.openings.ndjson --to TR-1.opening.json\n  \
    comity reveal --node https://nqi.example.se --check TR-1.pdf TR-1.opening.json\n  \
    comity reveal --policy mine.toml --check TR-1.pdf TR-1.opening.json\n\n\
    The first, for the laboratory, writes what the holder of one report needs: the salt, the signed \
    commitment and, where a node is named, its receipt. It says nothing of any other report but \
    number and day. The others, for whoever is shown the report, check step by step that this \
    content is the one that the laboratory committed to, and when that was logged: by what a node \
    holds, or without a network by the receipt in the file and the logs that your own policy pins.\n\n\
    Exit code 0 if every step holds, 1 if one fails, 3 if one cannot be told.")]
pub(crate) struct Options {
    /// Number of the report; with --check the opening file
    #[arg(value_name = "NUMBER|OPENING")]
    what: String,
    /// The openings file of the laboratory
    #[arg(long, value_name = "FILE", required_unless_present = "check")]
    openings: Option<String>,
    /// File to write, or to replace [default: NUMBER.opening.json, if it is not there yet]
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    to: Option<PathBuf>,
    /// The report to check against the opening
    #[arg(long, value_name = "REPORT", conflicts_with = "openings")]
    check: Option<String>,
    /// With --check: the laboratory that must have committed to it
    #[arg(long, value_name = "DID", requires = "check", value_parser = crate::input::check_did)]
    laboratory: Option<String>,
    /// With --check: ask no node; whose logs you believe (docs/policy.md)
    #[arg(long, value_name = "FILE", requires = "check")]
    policy: Option<PathBuf>,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    if let Some(report) = &options.check {
        let asked = check::Asked {
            report,
            opening: &options.what,
            laboratory: options.laboratory.as_deref(),
            policy: options.policy.as_deref(),
        };
        return check::run(&asked, context).await;
    }
    give(&options, context).await
}

/// Writes the opening of one report for its holder.
async fn give(options: &Options, context: &Context) -> Result<Exit> {
    let number = &options.what;
    let openings = options.openings.as_deref().unwrap_or_default();
    let found = find(openings, number)?.ok_or_else(|| not_opened(number, openings))?;
    let Standing::Logged(place) = &found.standing else {
        let what = format!("the commitment to {number} is not acknowledged by a node yet");
        return Err(Failure::new(Exit::CannotTell, what)
            .help("run the command again that committed to it, then this one")
            .into());
    };
    let receipt = match &context.node {
        Some(_) => receipt_of(&context.remote()?, text(place, "/recordDigest")).await?,
        None => None,
    };
    let with_receipt = receipt.is_some();
    let file = OpeningFile::whole(&found, receipt)?;
    let path = write(options.to.as_deref(), &found.opening.number, &file.text()?)?;
    let shown = json!({
        "number": found.opening.number,
        "commitment": found.opening.commitment,
        "file": path.display().to_string(),
        "receipt": with_receipt,
    });
    output::value(context.format, &shown, || {
        format!(
            "{} opens {}. Give it to the holder of the report alone: with it and the report anybody \
             can check that they belong together.",
            path.display(),
            found.opening.number
        )
    })?;
    if !with_receipt {
        context.say("There is no receipt in it, so that it is checked by asking a node: name one with --node, and reveal it again once enough cosigners have signed.");
    }
    Ok(Exit::Done)
}

/// The receipt of a record, once a quorum has signed.
async fn receipt_of(remote: &Remote, digest: &str) -> Result<Option<String>> {
    let path = record_path(digest, "/receipt");
    let receipt = asking::get(remote, &path, &[]).await?;
    let quorum = receipt.get("quorum") == Some(&Value::Bool(true));
    Ok(quorum.then(|| text(&receipt, "/proof").to_owned()))
}

/// Writes the file, readable by its owner only; one that was not named is never replaced.
fn write(to: Option<&Path>, number: &str, content: &str) -> Result<PathBuf> {
    let path = to.map_or_else(
        || PathBuf::from(format!("{}.opening.json", file_name(number))),
        Path::to_owned,
    );
    let mut file = std::fs::OpenOptions::new();
    file.write(true);
    if to.is_some() {
        file.create(true).truncate(true);
    } else {
        file.create_new(true);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        file.mode(0o600);
    }
    let written = file.open(&path).and_then(|mut file| {
        make_private(&file)?;
        file.write_all(content.as_bytes())
    });
    written.map_err(|error| {
        Failure::unreadable(format!("{} cannot be written: {error}", path.display()))
            .help("name a file with --to; one that is named is replaced")
    })?;
    Ok(path)
}

/// A file that was there keeps its mode when it is written: it is made its owner's before the salt
/// goes into it. A terminal or a pipe is left as it is.
fn make_private(file: &std::fs::File) -> std::io::Result<()> {
    #[cfg(unix)]
    if file.metadata()?.is_file() {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// A number as the name of a file: what could name a folder becomes a hyphen.
fn file_name(number: &str) -> String {
    let kept = |letter: char| {
        if letter.is_alphanumeric() || matches!(letter, '.' | '_' | ' ') {
            letter
        } else {
            '-'
        }
    };
    let name: String = number.chars().map(kept).collect();
    name.trim_start_matches('.').to_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::write;

    #[test]
    fn an_opening_is_its_owners_also_where_a_file_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("TR-1.opening.json");
        std::fs::write(&path, "an older and longer content").unwrap();
        let wide = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(&path, wide).unwrap();
        write(Some(&path), "TR-1", "salt").unwrap();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "salt");
    }
}
