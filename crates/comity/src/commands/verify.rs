//! `comity verify`: signature and form of files, without asking anybody.

use anyhow::Result;
use clap::Args;
use comity_model::fault::Fault;
use comity_model::federation::{FederationList, Keyholder};
use comity_model::record::{ReadError, Record, Subject, kind_of};
use comity_recognition::wording::Language;
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity::{self, AdmittedKeys, Verified};
use comity_signature::digest::to_hex;
use serde_json::{Value, json};

use super::check::is_bundle;
use super::sign::signers_of;
use crate::context::Context;
use crate::excerpt;
use crate::exit::{Exit, Failure};
use crate::frame;
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
        if is_bundle(name) {
            return Err(
                Failure::usage(format!("{name} is an offline bundle, not a record"))
                    .help(format!(
                        "comity check {name} --offline --policy FILE judges it"
                    ))
                    .into(),
            );
        }
        let mut empty = true;
        for document in Documents::open(name)? {
            let document = document?;
            empty = false;
            let (shown, genuine) = verify_one(name, &document, &mut keys);
            output::value(context.format, &shown, || words(&shown, context.language))?;
            exit = exit.worst(if genuine { Exit::Done } else { Exit::No });
        }
        if empty {
            context.warn(&frame::said(
                context.language,
                "verify-empty",
                &[("file", name)],
            ));
            exit = exit.worst(Exit::No);
        }
    }
    Ok(exit)
}

fn words(shown: &Value, language: Language) -> String {
    let text = |name: &str| output::text_of(shown.get(name).unwrap_or(&Value::Null));
    let place = format!("{}:{}", text("file"), text("line"));
    if shown.get("genuine") == Some(&Value::Bool(true)) {
        let kind = frame::word_at(language, "/kind", &text("kind"));
        let (signers, digest) = (text("signers"), text("recordDigest"));
        let genuine = [("place", &*place), ("kind", &kind), ("signers", &signers)];
        let genuine = frame::said(language, "verify-genuine", &genuine);
        let digest = frame::said(language, "verify-digest", &[("digest", &digest)]);
        format!("{genuine}\n  {digest}")
    } else {
        // Why shows the text of the file, on lines of its own.
        let said = frame::said(language, "verify-not-genuine", &[("place", &place)]);
        format!("{said} {}", text("fault"))
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
        Err(wrong) => {
            shown["fault"] = Value::String(wrong.why);
            if !wrong.rules.is_empty() {
                shown["brokenRules"] = json!(wrong.rules);
            }
        }
    }
    (shown, genuine)
}

/// Why a file is not genuine.
struct Wrong {
    /// In words.
    why: String,
    /// The field rules that are broken, if it is those.
    rules: Vec<Fault>,
}

impl From<String> for Wrong {
    fn from(why: String) -> Self {
        Self {
            why,
            rules: Vec::new(),
        }
    }
}

/// What a file that does not begin as a record does is told, be it a photo or a list.
const NO_RECORD: &str = "this is no Comity record: expected a signed JSON document, as `comity sign` \
                         or a node writes it";

/// Form, signatures, and that those signed who must.
fn check(name: &str, bytes: &[u8], keys: &mut AdmittedKeys) -> Result<(String, Verified), Wrong> {
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return Err(NO_RECORD.to_owned().into());
    }
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
    let record = Record::check(bytes).map_err(|rules| {
        let faults: Vec<String> = rules.iter().map(ToString::to_string).collect();
        let faults = faults.join("; ");
        let why = format!("the signature holds, but rules are broken: {faults}");
        Wrong { why, rules }
    })?;
    if let Subject::FederationList(list) = &record.subject {
        enough_keyholders(list, &verified)?;
        return Ok((kind.name().to_owned(), verified));
    }
    data_integrity::covers(&verified, &signers_of(&record))
        .map_err(|missing| format!("{missing} must have signed it and did not"))?;
    let beyond = verified
        .signers
        .iter()
        .find(|signer| !signers_of(&record).contains(&signer.did.as_str()));
    match beyond {
        Some(signer) => Err(format!("{} signed it too, who has no part in it", signer.did).into()),
        None => Ok((kind.name().to_owned(), verified)),
    }
}

/// Of a list, as many keyholders as it asks for itself (format.md 1.5); whether those of the version
/// before signed is not in the file, so that a signer who is none of its own is no fault.
fn enough_keyholders(list: &FederationList, verified: &Verified) -> Result<(), String> {
    let signed = |holder: &&Keyholder| {
        let mut signers = verified.signers.iter();
        signers.any(|signer| signer.did == holder.did && signer.key.to_multikey() == holder.key)
    };
    let signed = list.keyholders.iter().filter(signed).count() as u64;
    if signed < list.threshold {
        return Err(format!(
            "{} of its keyholders must have signed it, and {signed} did",
            list.threshold
        ));
    }
    Ok(())
}

/// The one type of a document that is no record, such as a request for registration.
fn document_type(bytes: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    value.get("type")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests;
