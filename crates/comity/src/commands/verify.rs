//! `comity verify`: signature and form of files, without asking anybody.

use anyhow::Result;
use clap::Args;
use comity_model::record::{ReadError, Record, kind_of};
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity::{self, AdmittedKeys, Verified};
use comity_signature::digest::to_hex;
use serde_json::{Value, json};

use super::sign::signers_of;
use crate::context::Context;
use crate::excerpt;
use crate::exit::Exit;
use crate::input::{Document, Documents};
use crate::output;

/// What to verify.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  comity verify signed.json\n\n\
    Exit code 0 if every file is genuine, 1 if one is not. Genuine means: these bytes were signed \
    with that key. Whether the key was the body's, and whether the record still holds, is what \
    `comity check` asks.")]
pub(crate) struct Options {
    /// Signed records, one document or NDJSON; - is stdin
    #[arg(required = true)]
    files: Vec<String>,
}

pub(crate) fn run(options: &Options, context: &Context) -> Result<Exit> {
    let mut keys = AdmittedKeys::new();
    let mut exit = Exit::Done;
    for name in &options.files {
        let mut empty = true;
        for document in Documents::open(name)? {
            let document = document?;
            empty = false;
            let (shown, genuine) = verify_one(name, &document, &mut keys);
            output::value(context.format, &shown, || words(&shown))?;
            exit = exit.worst(if genuine { Exit::Done } else { Exit::No });
        }
        if empty {
            context.warn(&format!("{name} is empty"));
            exit = exit.worst(Exit::No);
        }
    }
    Ok(exit)
}

fn words(shown: &Value) -> String {
    let text = |name: &str| output::text_of(shown.get(name).unwrap_or(&Value::Null));
    let place = format!("{}:{}", text("file"), text("line"));
    if shown.get("genuine") == Some(&Value::Bool(true)) {
        format!(
            "{place}: genuine {}, signed by {}\n  record digest {}",
            text("kind"),
            text("signers"),
            text("recordDigest")
        )
    } else {
        format!("{place}: NOT GENUINE: {}", text("fault"))
    }
}

fn verify_one(name: &str, document: &Document, keys: &mut AdmittedKeys) -> (Value, bool) {
    let mut shown = json!({"file": name, "line": document.line});
    let checked = check(name, &document.bytes, keys);
    let genuine = checked.is_ok();
    shown["genuine"] = Value::Bool(genuine);
    match checked {
        Ok((kind, verified)) => {
            let signers: Vec<String> = verified
                .signers
                .iter()
                .map(|signer| format!("{}#{}", signer.did, signer.key.to_multikey()))
                .collect();
            shown["kind"] = json!(kind);
            shown["signers"] = json!(signers);
            shown["recordDigest"] = json!(to_hex(&verified.record_digest));
            shown["documentDigest"] = json!(to_hex(&verified.document_digest));
        }
        Err(why) => shown["fault"] = Value::String(why),
    }
    (shown, genuine)
}

/// Form, signatures, and that those signed who must.
fn check(name: &str, bytes: &[u8], keys: &mut AdmittedKeys) -> Result<(String, Verified), String> {
    let document = canonical::check(bytes, &Limits::default())
        .map_err(|refusal| format!("{refusal}\n{}", excerpt::show(name, bytes, refusal.offset)))?;
    data_integrity::published_form(&document).map_err(|invalid| invalid.to_string())?;
    let verified =
        data_integrity::verify_with(&document, keys).map_err(|invalid| invalid.to_string())?;
    let kind = match kind_of(bytes) {
        Ok(kind) => kind,
        // Not a record, or of a newer version: the signature is all that can be said of it.
        Err(ReadError::UnknownKind(types)) => return Ok((types.join(" "), verified)),
        Err(ReadError::Malformed(_)) => {
            let kind = document_type(bytes);
            return Ok((
                kind.unwrap_or_else(|| "document that is no record".to_owned()),
                verified,
            ));
        }
    };
    let record = Record::check(bytes).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        format!(
            "the signature holds, but rules are broken: {}",
            faults.join("; ")
        )
    })?;
    data_integrity::covers(&verified, &signers_of(&record))
        .map_err(|missing| format!("{missing} must have signed it and did not"))?;
    let beyond = verified
        .signers
        .iter()
        .find(|signer| !signers_of(&record).contains(&signer.did.as_str()));
    match beyond {
        Some(signer) => Err(format!(
            "{} signed it too, who has no part in it",
            signer.did
        )),
        None => Ok((kind.name().to_owned(), verified)),
    }
}

/// The one type of a document that is no record, such as a request for registration.
fn document_type(bytes: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    value.get("type")?.as_str().map(str::to_owned)
}
