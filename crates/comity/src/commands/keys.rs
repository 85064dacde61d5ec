//! `comity keys`: signing keys in PKCS#8 PEM files.

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;
use comity_node::config;
use comity_node::error::Error;
use comity_signature::digest;
use comity_signature::key::VerifyingKey;
use serde_json::{Value, json};

use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::check_did;
use crate::key::read_key;
use crate::output;

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub(crate) enum Options {
    /// Make a new key, readable by its owner only
    #[command(
        after_help = "Example:\n  comity keys generate --did did:web:lab.example --out lab.pem\n\n\
        The file holds the secret: keep a copy in a safe place and give it to nobody. Give the \
        authority the file that `comity register request` makes."
    )]
    Generate {
        /// Whose key it is: did:web: and a host name the body controls
        #[arg(long, value_parser = check_did)]
        did: String,
        /// The file to write; never one that is there
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Show whose key a file holds, its public half, and the words to compare by telephone
    #[command(after_help = "Example:\n  comity keys show lab.pem")]
    Show {
        /// The key file
        file: String,
    },
}

pub(crate) fn run(options: Options, context: &Context) -> Result<Exit> {
    match options {
        Options::Generate { did, out } => {
            let key = config::generate_key(&out, &did).map_err(|error| could_not_write(&error))?;
            context.say(&format!(
                "The new key is in {}. Whoever has this file can sign as {did}: keep it safe.",
                out.display()
            ));
            show(&did, &key.verifying_key(), context)?;
        }
        Options::Show { file } => {
            let named = read_key(&file)?;
            show(&named.did, &named.key.verifying_key(), context)?;
        }
    }
    Ok(Exit::Done)
}

fn could_not_write(error: &Error) -> Failure {
    match error {
        Error::File { path, source } if source.kind() == std::io::ErrorKind::AlreadyExists => {
            Failure::unreadable(format!("{path} is there already and is not overwritten"))
                .help("name another file; to replace a key, make a new one and register it")
        }
        error => Failure::unreadable(error.to_string()),
    }
}

fn show(did: &str, key: &VerifyingKey, context: &Context) -> Result<()> {
    let multikey = key.to_multikey();
    let words = digest::words(key.as_bytes());
    let value: Value = json!({"did": did, "key": multikey, "words": words});
    output::value(context.format, &value, || {
        format!("DID     {did}\nkey     {multikey}\nwords   {words}")
    })
}
