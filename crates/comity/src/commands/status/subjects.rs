//! Which records an event acts on, and where their chains stand.

#[cfg(test)]
mod tests;

use anyhow::Result;
use comity_model::date::Day;
use comity_model::status::{Action, EventSubject};
use comity_node::remote::Remote;
use futures::{StreamExt as _, TryStreamExt as _};
use serde_json::{Value, json};

use super::{Statement, list};
use crate::asking::{self, items, record_path, text};
use crate::commands::search;
use crate::commands::show::{Found, find};
use crate::context::Context;
use crate::exit::{Exit, Failure, exit_of};
use crate::input::read_whole;
use crate::output::add;
use crate::sequence::{Chain, subject};

/// Requests under way at once.
const MAX_REQUESTS: usize = 8;

/// Largest list of names.
const MAX_LIST_BYTES: u64 = 16 * 1024 * 1024;

/// Most records of one run: a hundred full events.
const MAX_RECORDS: usize = 100_000;

/// What became of what was named.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// The records, each once, as the node shows them.
    pub(super) records: Vec<Value>,
    /// What is not acted on.
    pub(super) left_out: Vec<LeftOut>,
}

/// Something named that is not acted on, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) named: String,
    pub(super) answer: String,
    /// How the run ends if it is not agreed to leave it out; `Done` where there is nothing to do.
    pub(super) exit: Exit,
}

impl LeftOut {
    /// As a row of a table.
    pub(super) fn row(&self) -> Value {
        json!({"named": self.named, "answer": self.answer})
    }
}

/// The records that were named, and an answer for each name that is none.
pub(super) async fn choose(remote: &Remote, options: &Statement, signer: &str) -> Result<Chosen> {
    let mut names = options.records.clone();
    if let Some(file) = &options.list.select_file {
        let bytes = read_whole(file, MAX_LIST_BYTES)?;
        names.extend(list::names(file, &String::from_utf8_lossy(&bytes))?);
    }
    names.retain(|name| !name.is_empty());
    few_enough(names.len())?;
    let alone = names.len() == 1 && options.list.select.is_none() && !options.list.leave_out;
    let mut chosen = Chosen::default();
    let mut found = futures::stream::iter(names)
        .map(|name| async move {
            let found = found(remote, &name, signer).await;
            (name, found)
        })
        .buffered(MAX_REQUESTS);
    while let Some((named, found)) = found.next().await {
        match found {
            Ok(record) => chosen.records.push(record),
            Err(error) if !alone && matches!(exit_of(&error), Exit::No | Exit::CannotTell) => {
                chosen.left_out.push(LeftOut {
                    named,
                    answer: error.to_string(),
                    exit: exit_of(&error),
                });
            }
            Err(error) => return Err(error),
        }
    }
    if let Some(query) = &options.list.select {
        let mut parameters = list::selection(query);
        for (name, value) in &mut parameters {
            if *name == "type" {
                *value = search::kind_name(value)?;
            }
        }
        let hits = search::select(remote, &parameters).await?;
        few_enough(chosen.records.len() + hits.len())?;
        chosen.records.extend(hits);
    }
    let mut seen = std::collections::BTreeSet::new();
    chosen
        .records
        .retain(|record| seen.insert(text(record, "/recordDigest").to_owned()));
    if chosen.records.is_empty() && chosen.left_out.is_empty() {
        return Err(Failure::usage("no record was named")
            .help("give numbers or ids, --select QUERY or --select-file FILE")
            .into());
    }
    Ok(chosen)
}

fn few_enough(count: usize) -> Result<()> {
    if count <= MAX_RECORDS {
        return Ok(());
    }
    let what = format!("{count} records are more than {MAX_RECORDS} at once");
    Err(Failure::usage(what)
        .help("divide the list, or make the query narrower")
        .into())
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
            let name = name_of(record);
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

/// The records as subjects, each with the number of its next event. Those on which the signer's
/// act would change nothing are left out, where it is said which act that is.
pub(super) async fn with_chains(
    remote: &Remote,
    chosen: &mut Chosen,
    (signer, action, today): (&str, Option<Action>, Day),
    context: &Context,
) -> Result<Vec<EventSubject>> {
    let bar = context.bar(chosen.records.len() as u64, "histories");
    let looked_up: Result<Vec<(EventSubject, Option<String>)>> =
        futures::stream::iter(&chosen.records)
            .map(|record| async {
                let digest = text(record, "/recordDigest");
                let path = record_path(digest, "/status-events");
                let history = items(&asking::get(remote, &path, &[]).await?);
                bar.inc(1);
                let nothing_to_do =
                    action.and_then(|action| in_that_state(action, &history, signer, today));
                Ok((
                    subject(record, Chain::of(&history, signer)?)?,
                    nothing_to_do,
                ))
            })
            .buffered(MAX_REQUESTS)
            .try_collect()
            .await;
    bar.finish_and_clear();
    let mut subjects = Vec::new();
    let records = std::mem::take(&mut chosen.records);
    for (record, (subject, nothing_to_do)) in records.into_iter().zip(looked_up?) {
        if let Some(answer) = nothing_to_do {
            chosen.left_out.push(LeftOut {
                named: name_of(&record).to_owned(),
                answer,
                exit: Exit::Done,
            });
        } else {
            subjects.push(subject);
            chosen.records.push(record);
        }
    }
    Ok(subjects)
}

fn name_of(record: &Value) -> &str {
    ["/certificateNumber", "/name", "/id"]
        .into_iter()
        .map(|pointer| text(record, pointer))
        .find(|name| !name.is_empty())
        .unwrap_or("a record")
}

/// Why a refusal or a restoration would change nothing, by the signer's own acts so far.
fn in_that_state(action: Action, history: &[Value], signer: &str, today: Day) -> Option<String> {
    let own = history.iter().filter(|item| {
        text(item, "/event/signer/did") == signer
            && ["refuseRecognition", "restoreRecognition"].contains(&text(item, "/event/action"))
    });
    let sequence = |item: &&Value| item.pointer("/event/sequence").and_then(Value::as_u64);
    let last = own.max_by_key(sequence);
    let refused = last.filter(|item| text(item, "/event/action") == "refuseRecognition");
    match (action, refused) {
        // A refusal that ends by itself may be followed by a longer one.
        (Action::RefuseRecognition, Some(act)) if ends_on(act).is_none() => {
            let since = text(act, "/event/effectiveFrom");
            Some(format!("already refused, from {since} on"))
        }
        (Action::RestoreRecognition, None) => Some("not refused by this authority".to_owned()),
        (Action::RestoreRecognition, Some(act)) if ends_on(act).is_some_and(|end| end < today) => {
            Some("its refusal has ended".to_owned())
        }
        _ => None,
    }
}

fn ends_on(item: &Value) -> Option<Day> {
    text(item, "/event/effectiveUntil").parse().ok()
}
