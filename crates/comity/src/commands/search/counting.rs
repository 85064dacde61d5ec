//! `comity search --recognised-in`: what of a search counts in a destination, group by group.

use anyhow::Result;
use comity_node::remote::Remote;
use comity_recognition::wording::{self, Language};
use serde_json::Value;

use crate::asking::{self, text};
use crate::context::Context;
use crate::exit::Exit;
use crate::frame;
use crate::output::{self, Column, Format, add};

/// How what counts is listed; columns by the names that their headings have in the frame.
const COLUMNS: [(&str, Column); 8] = [
    ("verdict", ("Verdict", "/verdict")),
    ("number", ("Number", "/record/certificateNumber")),
    ("name", ("Name", "/record/name")),
    ("holder", ("Holder", "/record/holder")),
    (
        "issuer",
        ("Issuer", "/record/importedFrom/attributedTo /record/issuer"),
    ),
    ("decidedBy", ("Decided by", "/code")),
    ("reference", ("Reference", "/reference")),
    ("record", ("Record", "/record/id")),
];
/// The groups, in their order.
const GROUPS: [&str; 3] = ["recognised", "recognisedWithConditions", "resultsOnly"];

/// Asks for what counts and prints it; with `all` as long as there is a candidate to judge.
pub(super) async fn run(
    remote: &Remote,
    query: &[(&str, &str)],
    all: bool,
    context: &Context,
) -> Result<Exit> {
    let mut answer = asking::get(remote, "/v1/records", query).await?;
    let mut cursor = None;
    while all && let Some(next) = next(&answer, cursor.as_deref()) {
        let mut query = query.to_vec();
        query.push(("cursor", &next));
        let more = asking::get(remote, "/v1/records", &query).await?;
        join(&mut answer, &more);
        cursor = Some(next);
    }
    if context.format == Format::Table {
        output::line(words(&answer, context.language).trim_end())?;
    } else {
        let rows: Vec<Value> = GROUPS
            .iter()
            .flat_map(|group| items(&answer, group).iter().cloned())
            .collect();
        frame::rows(context, &answer, &rows, &COLUMNS)?;
        context.say(text(&answer, "/summary"));
    }
    Ok(exit_of(&answer))
}

/// The cursor to go on with; one that is answered for ever is not followed.
fn next(answer: &Value, before: Option<&str>) -> Option<String> {
    let next = answer.get("next").and_then(Value::as_str);
    next.filter(|next| before != Some(*next)).map(str::to_owned)
}

fn items<'a>(answer: &'a Value, group: &str) -> &'a [Value] {
    let groups = answer.get("groups").and_then(|groups| groups.get(group));
    let items = groups.and_then(Value::as_array);
    items.map_or(&[], Vec::as_slice)
}

/// Adds what a further page holds: its items to their groups, its numbers to what was judged.
fn join(answer: &mut Value, more: &Value) {
    for group in GROUPS {
        let pointer = format!("/groups/{group}");
        if let Some(Value::Array(held)) = answer.pointer_mut(&pointer) {
            held.extend(items(more, group).iter().cloned());
        }
    }
    for number in ["count", "cannotTell", "notRecognised"] {
        let pointer = format!("/judged/{number}");
        let of = |answer: &Value| answer.pointer(&pointer).and_then(Value::as_u64);
        let sum = of(answer).unwrap_or(0) + of(more).unwrap_or(0);
        if let Some(held) = answer.pointer_mut(&pointer) {
            *held = sum.into();
        }
    }
    for member in ["next", "candidates"] {
        answer[member] = more.get(member).cloned().unwrap_or(Value::Null);
    }
    let limit = more.pointer("/judged/limitReached").cloned();
    answer["judged"]["limitReached"] = limit.unwrap_or(Value::Null);
}

/// Where no rule of the destination is held, that first; then the groups, and how many were judged.
fn words(answer: &Value, language: Language) -> String {
    let mut words = String::new();
    let (first, judged) = sentences(answer, language);
    if let Some(first) = first {
        add(&mut words, format_args!("{first}\n"));
        let authority = text(answer, "/ask/authority");
        if !authority.is_empty() {
            let said = frame::said(language, "ask-whom", &[("whom", authority)]);
            add(&mut words, format_args!("{said}\n"));
        }
        words.push('\n');
    }
    for group in GROUPS {
        let items = items(answer, group);
        if items.is_empty() {
            continue;
        }
        let name = format!("result-{group}");
        let heading = wording::catalogue(language).text(&name, &[]);
        // The heading is the verdict of all of them.
        let columns = COLUMNS.get(1..).unwrap_or_default();
        let table = frame::table(language, items, columns);
        add(&mut words, format_args!("{heading}\n{table}\n\n"));
    }
    words + &judged
}

/// What the node says first, where no rule is held, and what was judged.
fn sentences(answer: &Value, language: Language) -> (Option<String>, String) {
    let number = |pointer| answer.pointer(pointer).and_then(Value::as_u64).unwrap_or(0);
    let count = |pointer| usize::try_from(number(pointer)).unwrap_or(usize::MAX);
    let judged = wording::judged(
        count("/judged/count"),
        number("/candidates/value"),
        count("/judged/cannotTell"),
        language,
    );
    let first = answer.get("noRule").and_then(Value::as_str);
    (first.map(str::to_owned), judged)
}

/// Something counts; nothing does; or it cannot be told, or was not judged yet.
fn exit_of(answer: &Value) -> Exit {
    let any = GROUPS.iter().any(|group| !items(answer, group).is_empty());
    let unclear = answer.pointer("/judged/cannotTell").and_then(Value::as_u64);
    let unclear = unclear.is_some_and(|unclear| unclear > 0);
    let more = answer.get("next").is_some_and(|next| !next.is_null());
    match (any, unclear || more) {
        (true, _) => Exit::Done,
        (false, true) => Exit::CannotTell,
        (false, false) => Exit::No,
    }
}

#[cfg(test)]
mod tests;
