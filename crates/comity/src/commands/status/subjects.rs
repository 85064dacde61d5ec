//! Which records an event acts on, and where their chains stand.

#[cfg(test)]
mod tests;

use anyhow::Result;
use comity_model::status::EventSubject;
use comity_node::remote::Remote;
use futures::{StreamExt as _, TryStreamExt as _};
use serde_json::Value;

use super::Statement;
use crate::asking::{self, items, record_path, text};
use crate::commands::search;
use crate::commands::show::{Found, find};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::Documents;
use crate::output::add;
use crate::sequence::{Chain, subject};

/// Requests under way at once.
const MAX_REQUESTS: usize = 8;

/// The records that were named, each once, as the node shows them.
pub(super) async fn choose(
    remote: &Remote,
    options: &Statement,
    signer: &str,
) -> Result<Vec<Value>> {
    let mut names = options.records.clone();
    if let Some(file) = &options.select_file {
        for document in Documents::open(file)? {
            let document = document?;
            let text = String::from_utf8_lossy(&document.bytes).into_owned();
            names.extend(text.lines().map(|line| line.trim().to_owned()));
        }
    }
    names.retain(|name| !name.is_empty());
    let mut chosen: Vec<Value> = futures::stream::iter(names)
        .map(|name| async move { found(remote, &name, signer).await })
        .buffered(MAX_REQUESTS)
        .try_collect()
        .await?;
    if let Some(query) = &options.select {
        chosen.extend(search::select(remote, &selection(query)).await?);
    }
    let mut seen = std::collections::BTreeSet::new();
    chosen.retain(|record| seen.insert(text(record, "/recordDigest").to_owned()));
    if chosen.is_empty() {
        return Err(Failure::usage("no record was named")
            .help("give numbers or ids, --select QUERY or --select-file FILE")
            .into());
    }
    Ok(chosen)
}

/// One record; of several under one number, the only one of the signer.
async fn found(remote: &Remote, name: &str, signer: &str) -> Result<Value> {
    match find(remote, name).await? {
        Found::One(view) => Ok(*view),
        Found::Several(candidates) => {
            let mut own = candidates
                .into_iter()
                .filter(|candidate| text(candidate, "/issuer/id") == signer);
            match (own.next(), own.next()) {
                (Some(only), None) => Ok(only),
                _ => Err(
                    Failure::new(Exit::CannotTell, format!("several records fit {name:?}"))
                        .help("name the one by its id or digest: comity show lists them")
                        .into(),
                ),
            }
        }
    }
}

/// What to say of records that no reinstatement brings back, if there are any among the `chosen`.
pub(super) fn in_vain(chosen: &[Value]) -> Option<String> {
    const FINAL: [&str; 3] = ["withdrawn", "annulled", "superseded"];
    let mut words = String::new();
    for record in chosen {
        let state = text(record, "/state");
        if FINAL.contains(&state) {
            let name = ["/certificateNumber", "/name", "/id"]
                .into_iter()
                .map(|pointer| text(record, pointer))
                .find(|name| !name.is_empty())
                .unwrap_or("a record");
            add(
                &mut words,
                format_args!("warning: {name} is {state}; reinstating it changes nothing\n"),
            );
        }
    }
    if words.is_empty() {
        return None;
    }
    words.push_str("A reinstatement ends a suspension only. Publish a new record instead.");
    Some(words)
}

/// A selection as query parameters: words, or `name=value` pairs divided by `&`.
fn selection(query: &str) -> Vec<(&'static str, String)> {
    const NAMES: [&str; 9] = [
        "q", "type", "status", "issuer", "economy", "standard", "hs", "scheme", "on",
    ];
    let pairs: Option<Vec<_>> = query
        .split('&')
        .map(|pair| {
            let (name, value) = pair.split_once('=')?;
            let known = NAMES.into_iter().find(|known| *known == name.trim())?;
            Some((known, value.trim().to_owned()))
        })
        .collect();
    pairs.unwrap_or_else(|| vec![("q", query.to_owned())])
}

/// The records as subjects, each with the number of its next event.
pub(super) async fn with_chains(
    remote: &Remote,
    chosen: &[Value],
    signer: &str,
    context: &Context,
) -> Result<Vec<EventSubject>> {
    let bar = context.bar(chosen.len() as u64, "histories");
    let subjects = futures::stream::iter(chosen)
        .map(|record| async {
            let digest = text(record, "/recordDigest");
            let path = record_path(digest, "/status-events");
            let history = items(&asking::get(remote, &path, &[]).await?);
            bar.inc(1);
            subject(record, Chain::of(&history, signer)?)
        })
        .buffered(MAX_REQUESTS)
        .try_collect()
        .await;
    bar.finish_and_clear();
    subjects
}
