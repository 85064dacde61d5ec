//! `comity check --repeat`: the same question once more, with the evidence of then or of now.

#[cfg(test)]
mod tests;

use anyhow::Result;
use comity_node::remote::Remote;
use comity_recognition::wording::Language;
use comity_signature::canonical::to_canonical;
use comity_signature::digest::{sha256, to_hex};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::{Question, decisive, with};
use crate::asking::{self, text};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::frame;
use crate::input::one_document;
use crate::output::{self, add};

/// What was laid beside the question then and is not kept in the verdict.
pub(super) struct Asked {
    /// Drafts.
    pub(super) drafts: Vec<Value>,
    /// The record shown.
    pub(super) shown: Option<Box<RawValue>>,
}

pub(super) async fn run(
    remote: &Remote,
    file: &str,
    asked: Asked,
    against_now: bool,
    context: &Context,
) -> Result<Exit> {
    let then: Value = serde_json::from_slice(&one_document(file)?.bytes)
        .map_err(|error| Failure::unreadable(format!("{file} is no verdict: {error}")))?;
    if text(&then, "/verdictDigest").is_empty() || then.get("question").is_none() {
        return Err(Failure::unreadable(format!("{file} is no verdict"))
            .help("keep one with: comity check ... -o json > verdict.json")
            .into());
    }
    if digest_of(&then)? != text(&then, "/verdictDigest") {
        return Err(Failure::no(format!(
            "{file} was changed after it was computed: its digest does not fit"
        ))
        .help("ask whoever gave it to you for the file as the node answered it")
        .into());
    }
    let mut question = Question::of(&question_of(&then, &asked.drafts, against_now)?)?;
    if let Some(shown) = asked.shown {
        question = question.with("document", shown);
    }
    let now = asking::post(remote, "/v1/recognition", &question).await?;
    let now_digest = digest_of(&now)?;
    let same = if against_now {
        differing(&then, &now).is_empty()
    } else {
        now_digest == text(&then, "/verdictDigest")
    };
    let differs = differing(&then, &now);
    let shown = json!({
        "same": same,
        "againstNow": against_now,
        "verdictDigestThen": text(&then, "/verdictDigest"),
        "verdictDigestNow": now_digest,
        "differs": differs,
        "verdictNow": text(&now, "/verdict"),
    });
    output::value(context.format, &shown, || {
        let how = same.then_some(against_now);
        words(&then, &now, how, &differs, context.language)
    })?;
    Ok(if same { Exit::Done } else { Exit::No })
}

/// The question of a verdict, bound to the log sizes of then unless it is asked as of now.
fn question_of(then: &Value, drafts: &[Value], against_now: bool) -> Result<Value> {
    let question = then.get("question").cloned().unwrap_or_default();
    let mut question = match question {
        Value::Object(members) => named(members),
        _ => return Err(Failure::unreadable("the verdict holds no question").into()),
    };
    if against_now {
        if let Some(members) = question.as_object_mut() {
            members.remove("knownAt");
        }
    } else {
        let mut sizes = Map::new();
        for head in then
            .get("heads")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let size = head.get("size").cloned().unwrap_or_default();
            sizes.insert(text(head, "/origin").to_owned(), size);
        }
        question = with(&question, "upTo", Value::Object(sizes));
    }
    if !drafts.is_empty() {
        question = with(&question, "assume", json!(drafts));
    }
    Ok(question)
}

/// The question with its record named as a person does, which is how it is asked.
fn named(mut members: Map<String, Value>) -> Value {
    let record = members.remove("record").unwrap_or_default();
    let name = ["/id", "/recordDigest", "/number/number", "/identity/id"]
        .into_iter()
        .map(|pointer| text(&record, pointer))
        .find(|name| !name.is_empty());
    if let Some(name) = name.or(record.as_str()) {
        members.insert("record".to_owned(), json!(name));
    }
    if let Some(issuer) = record.pointer("/number/issuer") {
        members.insert("issuer".to_owned(), issuer.clone());
    }
    Value::Object(members)
}

/// SHA-256 of what is compared byte for byte (format.md 4.1), computed here from the answer.
fn digest_of(answer: &Value) -> Result<String> {
    let member = |name: &str| answer.get(name).cloned().unwrap_or_default();
    let mut question = member("question");
    if let Some(members) = question.as_object_mut() {
        members.remove("fileNumber");
    }
    let steps: Vec<Value> = answer
        .get("steps")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|step| {
            json!({
                "step": text(step, "/step"),
                "outcome": text(step, "/outcome"),
                "code": text(step, "/code"),
                "evidence": digests(step),
            })
        })
        .collect();
    let compared = json!({
        "question": question,
        "policyDigest": member("policyDigest"),
        "result": member("verdict"),
        "extent": member("extent"),
        "degree": member("degree"),
        "basis": member("basis"),
        "steps": steps,
        "decisiveStep": decisive(answer),
        "heads": member("heads"),
    });
    Ok(to_hex(&sha256(&to_canonical(&compared)?)))
}

fn digests(step: &Value) -> Vec<String> {
    let evidence = step.get("evidence").and_then(Value::as_array);
    let mut digests: Vec<String> = evidence
        .into_iter()
        .flatten()
        .map(|evidence| match evidence {
            Value::String(digest) => digest.clone(),
            evidence => text(evidence, "/digest").to_owned(),
        })
        .collect();
    digests.sort();
    digests
}

/// What is not the same in two answers: members, and steps by name with their codes.
fn differing(then: &Value, now: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    for name in [
        "verdict",
        "extent",
        "degree",
        "basis",
        "decisiveStep",
        "policyDigest",
    ] {
        let (before, after) = (then.get(name), now.get(name));
        if before != after {
            found.push(json!({"what": name, "then": before, "now": after}));
        }
    }
    let steps = |answer: &Value| {
        answer
            .get("steps")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let after = steps(now);
    for step in steps(then) {
        let name = text(&step, "/step");
        let other = after.iter().find(|other| text(other, "/step") == name);
        let code = other.map(|other| text(other, "/code")).unwrap_or_default();
        let same_evidence = other.is_some_and(|other| digests(other) == digests(&step));
        if code != text(&step, "/code") {
            found.push(
                json!({"what": "step", "step": name, "then": text(&step, "/code"), "now": code}),
            );
        } else if !same_evidence {
            found.push(json!({"what": "evidence", "step": name, "then": digests(&step), "now": other.map(digests)}));
        }
    }
    found
}

/// What a person reads; `same` says whether it is so with the evidence of now.
fn words(
    then: &Value,
    now: &Value,
    same: Option<bool>,
    differs: &[Value],
    language: Language,
) -> String {
    let verdict = |answer: &Value| frame::word_at(language, "/verdict", text(answer, "/verdict"));
    if let Some(against_now) = same {
        let name = if against_now {
            "repeat-same-now"
        } else {
            "repeat-same"
        };
        let reference = text(then, "/reference");
        let said = [("verdict", &*verdict(then)), ("reference", reference)];
        return frame::said(language, name, &said);
    }
    let both = [("then", &*verdict(then)), ("now", &*verdict(now))];
    let mut words = frame::said(language, "repeat-differs", &both);
    for difference in differs {
        let at = match text(difference, "/step") {
            "" => text(difference, "/what").to_owned(),
            step => frame::said(language, "repeat-step", &[("step", step)]),
        };
        let said = |name: &str| {
            let said = difference.get(name);
            said.map(output::text_of).unwrap_or_default()
        };
        let (then, now) = (said("then"), said("now"));
        let line = [("at", &*at), ("then", &then), ("now", &now)];
        let line = frame::said(language, "repeat-at", &line);
        add(&mut words, format_args!("\n  {line}"));
    }
    if differs.is_empty() {
        let only = frame::said(language, "repeat-only-place", &[]);
        add(&mut words, format_args!("\n  {only}"));
    }
    words
}
