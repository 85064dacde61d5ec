//! `comity sign`: canonical bytes with a proof for each key.

use anyhow::{Context as _, Result};
use clap::Args;
use comity_model::record::{Record, Subject};
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity;

use super::record::read_draft;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::{Document, Documents};
use crate::key::{NamedKey, read_key};
use crate::lint;
use crate::output;

/// What to sign, and with which keys.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  comity sign draft.json --key lab.pem > signed.json\n  \
    comity sign arrangement.json --key ours.pem --key theirs.pem > signed.json\n\n\
    Several keys make a proof set; a signer of an arrangement may also add its proof to the file \
    that another one signed. Signing again with the same key replaces its proof."
)]
pub(crate) struct Options {
    /// Drafts or signed records, one document or NDJSON; - is stdin
    #[arg(required = true)]
    files: Vec<String>,
    /// Key file of who signs; its first line says whose key it is
    #[arg(long = "key", value_name = "PEM", required = true)]
    keys: Vec<String>,
    /// State when it was signed, by the clock of this machine
    #[arg(long)]
    created: bool,
}

pub(crate) fn run(options: &Options, context: &Context) -> Result<Exit> {
    let keys = options
        .keys
        .iter()
        .map(|path| read_key(path))
        .collect::<Result<Vec<_>>>()?;
    let created = options.created.then(|| context.now().to_string());
    for name in &options.files {
        for document in Documents::open(name)? {
            let document = document?;
            let signed = sign_one(name, &document, &keys, created.as_deref(), context)
                .with_context(|| format!("{name}, line {}: nothing was signed", document.line));
            let signed = signed.map_err(unwrapped)?;
            output::line(&signed)?;
        }
    }
    Ok(Exit::Done)
}

/// The failure itself where it names the file already.
fn unwrapped(error: anyhow::Error) -> anyhow::Error {
    match error.downcast::<Failure>() {
        Ok(failure) => failure.into(),
        Err(error) => error,
    }
}

fn sign_one(
    name: &str,
    document: &Document,
    keys: &[NamedKey],
    created: Option<&str>,
    context: &Context,
) -> Result<String> {
    let (record, value) = read_draft(name, &document.bytes)?;
    let allowed = signers_of(&record);
    for key in keys {
        if !allowed.contains(&key.did.as_str()) {
            let what = format!(
                "{name}: {} may not sign this {}",
                key.did,
                record.kind().slug()
            );
            return Err(Failure::usage(what)
                .help(format!("it is signed by {}", allowed.join(" and ")))
                .into());
        }
    }
    for warning in lint::reading(&record, &value).warnings {
        context.say(&format!(
            "warning: {name}: {}: {}",
            warning.pointer, warning.words
        ));
    }
    let limits = Limits::default();
    let mut bytes = canonical::canonicalise(&document.bytes, &limits)?;
    for key in keys {
        bytes = key.key.sign(&bytes, &key.did, created, &limits)?;
    }
    let verified = data_integrity::verify(&canonical::check(&bytes, &limits)?)?;
    if let Err(missing) = data_integrity::covers(&verified, &allowed) {
        context.say(&format!(
            "{name}: {missing} must sign it too before it can be published"
        ));
    }
    Ok(String::from_utf8(bytes)?)
}

/// The DIDs that must sign: the issuer, or every signer of an arrangement (format.md 1.5).
pub(crate) fn signers_of(record: &Record) -> Vec<&str> {
    match &record.subject {
        Subject::Arrangement(arrangement) => {
            let mut signers: Vec<&str> = arrangement
                .signers
                .iter()
                .map(|signer| signer.id.as_str())
                .collect();
            if !signers.contains(&record.issuer.id.as_str()) {
                signers.push(&record.issuer.id);
            }
            signers
        }
        Subject::FederationList(list) => {
            let mut signers: Vec<&str> = (list.keyholders.iter())
                .map(|holder| holder.did.as_str())
                .collect();
            if !signers.contains(&record.issuer.id.as_str()) {
                signers.push(&record.issuer.id);
            }
            signers
        }
        _ => vec![&record.issuer.id],
    }
}
