//! A verdict as a person reads it.

#[cfg(test)]
mod tests;

use comity_model::text::projected;
use serde_json::{Value, json};

use super::super::{bundle, notice};
use super::decisive;
use crate::asking::text;
use crate::lint::words_of;
use crate::output::text_of;

/// What stands before every line of an answer that rests on a draft.
const HYPOTHETICAL: &str = "HYPOTHETICAL ";

/// The verdict, why, until when, and who can settle it; with `explain`, every step.
pub(super) fn words(answer: &Value, explain: bool) -> String {
    let mut lines = Vec::new();
    lines.push(headline(answer));
    let summary = text(answer, "/summary");
    push(
        &mut lines,
        "",
        summary.strip_prefix("HYPOTHETICAL: ").unwrap_or(summary),
    );
    let steps = answer.get("steps").and_then(Value::as_array);
    let decisive = decisive(answer);
    for step in steps.into_iter().flatten() {
        let decides = text(step, "/step") == decisive;
        if explain || decides {
            step_lines(&mut lines, step, decides, explain);
        }
    }
    for condition in list(answer, "/conditions") {
        push(&mut lines, "still to do: ", text(&condition, "/value"));
    }
    for note in list(answer, "/policyNotes") {
        push(&mut lines, "by this node's policy: ", &text_of(&note));
    }
    for candidate in list(answer, "/candidates") {
        push(
            &mut lines,
            "fits too: ",
            &format!(
                "{} of {}",
                text(&candidate, "/id"),
                text(&candidate, "/issuer")
            ),
        );
    }
    push(&mut lines, "holds until ", text(answer, "/validUntil"));
    if let Some(age) = answer.get("ageSeconds").and_then(Value::as_i64) {
        let known_at = text(answer, "/question/knownAt");
        let said = format!("what was known at {known_at}, {} ago", bundle::age(age));
        push(&mut lines, "from a bundle: ", &said);
    }
    rests_on(&mut lines, answer);
    push(
        &mut lines,
        "file number ",
        text(answer, "/question/fileNumber"),
    );
    push(
        &mut lines,
        "reference ",
        &format!(
            "{}, computed by {}",
            text(answer, "/reference"),
            text(answer, "/computedBy")
        ),
    );
    push(&mut lines, "", text(answer, "/legalNotice"));
    if is(answer, "/demo") {
        push(
            &mut lines,
            "",
            "A made-up world for demonstration: nothing in it is real.",
        );
    }
    lines.extend(notice::words::lines(answer));
    let prefix = if is(answer, "/hypothetical") {
        HYPOTHETICAL
    } else {
        ""
    };
    let lines: Vec<String> = lines.iter().map(|line| format!("{prefix}{line}")).collect();
    lines.join("\n")
}

fn push(lines: &mut Vec<String>, label: &str, said: &str) {
    if !said.is_empty() {
        lines.push(format!("{label}{}", projected(said)));
    }
}

/// The answer in one word with its sign; the sign is never told by colour alone.
fn headline(answer: &Value) -> String {
    let extent = match answer.pointer("/extent/cappedAt") {
        Some(level) => format!(", up to {}", text_of(level)),
        None => String::new(),
    };
    let question = answer.get("question").unwrap_or(&Value::Null);
    let place = format!("in {} on {}", text(question, "/in"), text(question, "/on"));
    match text(answer, "/verdict") {
        "recognised" => format!("\x1b[32m✔ RECOGNISED\x1b[0m{extent} {place}"),
        "recognisedWithConditions" => {
            format!("\x1b[33m◑ RECOGNISED WITH CONDITIONS\x1b[0m{extent} {place}")
        }
        "resultsOnly" => format!("\x1b[34m≡ RESULTS ONLY\x1b[0m{extent} {place}"),
        "notRecognised" => format!("\x1b[31m✖ NOT RECOGNISED\x1b[0m {place}"),
        "cannotTell" => format!("? CANNOT TELL {place}"),
        other => format!("{other} {place}"),
    }
}

fn step_lines(lines: &mut Vec<String>, step: &Value, decides: bool, explain: bool) {
    let mark = match text(step, "/outcome") {
        "pass" => "✔",
        "warn" => "!",
        "fail" => "✖",
        "unknown" => "?",
        _ => "·",
    };
    let arrow = if decides && explain {
        "  ← decides"
    } else {
        ""
    };
    let because = text(step, "/because");
    let said = if because.is_empty() {
        text(step, "/code")
    } else {
        because
    };
    lines.push(format!(
        "  {mark} {:<12} {}{arrow}",
        text(step, "/step"),
        projected(said)
    ));
    if explain {
        lines.push(format!(
            "{:17}{} ({})",
            "",
            text(step, "/code"),
            text(step, "/outcome")
        ));
        for evidence in list(step, "/evidence") {
            let digest = text(&evidence, "/digest");
            let digest = if digest.is_empty() {
                text_of(&evidence)
            } else {
                digest.to_owned()
            };
            lines.push(format!("{:17}evidence {digest}", ""));
        }
    }
    let ask = text(step, "/next/ask");
    if !ask.is_empty() {
        let who = words_of(text(step, "/next/who"));
        let name = [text(step, "/next/name"), text(step, "/next/did"), &who];
        let whom = name
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_default();
        let office = ["office", "email", "telephone", "url"]
            .map(|part| text(step, &format!("/next/contact/{part}")))
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        let office = if office.is_empty() {
            office
        } else {
            format!(" ({office})")
        };
        lines.push(format!(
            "{:17}ask {}{}: {}",
            "",
            projected(whom),
            projected(&office),
            projected(ask)
        ));
    }
}

/// On whose word and on which logs it rests.
fn rests_on(lines: &mut Vec<String>, answer: &Value) {
    let basis = match text(answer, "/basis") {
        "destinationSigned" => "on the destination's own signature",
        "partiesSigned" => {
            "on the signatures of other parties or the secretariat, not the destination's own"
        }
        "transcribed" => {
            "on a public text as somebody transcribed it, signed by none of its parties"
        }
        _ => "",
    };
    push(lines, "rests ", basis);
    for head in list(answer, "/heads") {
        let size = head.get("size").map(text_of).unwrap_or_default();
        push(
            lines,
            "as known from ",
            &format!("{} at {size} entries", text(&head, "/origin")),
        );
    }
}

/// A row of a list: with the name of the deciding step, its verdict marked if it rests on a draft.
pub(super) fn marked(answer: &Value) -> Value {
    let row = super::with(answer, "decidedBy", json!(decisive(answer)));
    if !is(&row, "/hypothetical") {
        return row;
    }
    let verdict = format!("{HYPOTHETICAL}{}", text(&row, "/verdict"));
    super::with(&row, "verdict", json!(verdict))
}

fn list(value: &Value, pointer: &str) -> Vec<Value> {
    value
        .pointer(pointer)
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default()
}

fn is(value: &Value, pointer: &str) -> bool {
    value.pointer(pointer) == Some(&Value::Bool(true))
}
