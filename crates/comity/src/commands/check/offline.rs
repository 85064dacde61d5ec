//! `comity check FILE --offline --policy FILE`: a bundle, judged without any network.

use anyhow::Result;
use comity_node::config::read_policy;
use comity_node::recognise::Answer;
use comity_recognition::bundle::MAX_BUNDLE_BYTES;
use comity_signature::digest::sha256;
use serde_json::{Value, json};

use super::super::bundle::open;
use super::{Options, exit_of, with, words};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::read_whole;
use crate::output;

/// Who computed an answer that no node computed.
pub(super) const HERE: &str = "this program, from the bundle alone";
/// What such an answer is.
pub(super) const NOTICE: &str =
    "Computed from the records in the bundle under your own policy; not a legal decision.";

/// Whether the file of that name is a bundle.
pub(in crate::commands) fn is_bundle(name: &str) -> bool {
    let bytes = std::path::Path::new(name)
        .is_file()
        .then(|| read_whole(name, MAX_BUNDLE_BYTES as u64));
    matches!(bytes, Some(Ok(bytes)) if bytes.starts_with(b"{\"digest\":\""))
}

/// Judges a bundle under a policy of one's own.
pub(super) fn run(options: &Options, context: &Context) -> Result<Exit> {
    let (Some(name), Some(policy)) = (&options.what, &options.policy) else {
        return Err(Failure::usage("--offline needs a bundle and a policy")
            .help("give both: comity check FILE --offline --policy FILE")
            .into());
    };
    let unfit = [
        (options.destination.is_some(), "--in"),
        (options.known_at.is_some(), "--known-at"),
        (options.issuer.is_some(), "--issuer"),
        (!options.assume.is_empty(), "--assume"),
        (options.repeat.is_some(), "--repeat"),
    ];
    if let Some((_, option)) = unfit.iter().find(|(given, _)| *given) {
        let what = format!("{option} cannot be used with --offline: the bundle says what is asked");
        return Err(Failure::usage(what)
            .help(
                "another day up to the one it knows (--on) and another product may be asked about",
            )
            .into());
    }
    let policy = read_policy(policy)?;
    let opened = open(name, &policy, Exit::Unreachable)?;
    let mut question = opened.question.clone();
    question.on = options.on.unwrap_or(question.on);
    question.file_number.clone_from(&options.file);
    let product = options.product.facts()?;
    if !product.is_empty() {
        question.product = product;
    }
    let verdict = opened.decide(&question, &policy);
    let answer = Answer {
        digest: sha256(&verdict.canonical_bytes()),
        verdict,
        computed_by: HERE.to_owned(),
        legal_notice: NOTICE.to_owned(),
        demo: false,
    };
    let answer = comity_api::answer::answer(answer, context.language);
    let answer: Value = serde_json::to_value(answer)?;
    let answer = with(
        &answer,
        "ageSeconds",
        json!(opened.age_seconds(context.now())),
    );
    output::value(context.format, &answer, || {
        words::words(&answer, options.explain, context.language)
    })?;
    Ok(exit_of(&answer))
}
