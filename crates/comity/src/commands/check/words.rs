//! A verdict as a person reads it.

#[cfg(test)]
mod tests;

use comity_model::text::projected;
use comity_node::config::{DEMO_LEGAL_NOTICE, LEGAL_NOTICE};
use comity_recognition::wording::{self, Language};
use serde_json::{Value, json};

use super::super::notice;
use super::decisive;
use super::offline::{HERE, NOTICE};
use crate::asking::text;
use crate::frame;
use crate::lint::words_of;
use crate::output::text_of;

/// The verdict, why, until when, and who can settle it; with `explain`, every step.
pub(super) fn words(answer: &Value, explain: bool, language: Language) -> String {
    let mut lines = Lines {
        language,
        lines: vec![headline(answer, language)],
    };
    let summary = text(answer, "/summary");
    let prefix = format!("{} ", wording::hypothetical(language));
    let in_english = format!("{} ", wording::hypothetical(Language::En));
    let bare = summary.strip_prefix(&prefix);
    let bare = bare.or_else(|| summary.strip_prefix(&in_english));
    lines.plain(bare.unwrap_or(summary));
    lines.plain(text(answer, "/laterInWords"));
    lines.looks_like(answer);
    let steps = answer.get("steps").and_then(Value::as_array);
    let decisive = decisive(answer);
    for step in steps.into_iter().flatten() {
        let decides = text(step, "/step") == decisive;
        if explain || decides {
            lines.step(step, decides, explain);
        }
    }
    for compared in list(answer, "/paper") {
        lines.compared(&compared);
    }
    for condition in list(answer, "/conditions") {
        lines.with("still-to-do", "text", text(&condition, "/value"));
    }
    for note in list(answer, "/policyNotes") {
        lines.with("by-policy", "text", &text_of(&note));
    }
    for candidate in list(answer, "/candidates") {
        let named = [
            ("id", text(&candidate, "/id")),
            ("issuer", text(&candidate, "/issuer")),
        ];
        lines.push("fits-too", &named);
    }
    lines.with("holds-until", "day", text(answer, "/validUntil"));
    if let Some(age) = answer.get("ageSeconds").and_then(Value::as_i64) {
        let age = frame::age(language, age);
        let known_at = text(answer, "/question/knownAt");
        lines.push("from-bundle", &[("knownAt", known_at), ("age", &age)]);
    }
    lines.rests_on(answer);
    let file = text(answer, "/question/fileNumber");
    lines.with("file-number", "number", file);
    let by = match text(answer, "/computedBy") {
        HERE => frame::said(language, "computed-here", &[]),
        by => by.to_owned(),
    };
    let reference = [("reference", text(answer, "/reference")), ("by", &by)];
    lines.push("reference", &reference);
    lines.plain(&legal_notice(text(answer, "/legalNotice"), language));
    if is(answer, "/demo") {
        lines.push("demo", &[]);
    }
    lines.lines.extend(notice::words::lines(answer, language));
    if !is(answer, "/hypothetical") {
        return lines.lines.join("\n");
    }
    let mark = frame::said(language, "hypothetical", &[]);
    let marked: Vec<_> = (lines.lines.iter())
        .map(|line| format!("{mark} {line}"))
        .collect();
    marked.join("\n")
}

/// What a verdict is: in the language of the run where it is said in the words of the program.
fn legal_notice(said: &str, language: Language) -> String {
    let name = match said {
        LEGAL_NOTICE => "legal",
        DEMO_LEGAL_NOTICE => "legal-demo",
        NOTICE => "legal-offline",
        own => return own.to_owned(),
    };
    frame::said(language, name, &[])
}

/// The answer in one word with its sign; the sign is never told by colour alone.
fn headline(answer: &Value, language: Language) -> String {
    let verdict = text(answer, "/verdict");
    let level = answer.pointer("/extent/cappedAt").map(text_of);
    let (begin, end) = match verdict {
        "recognised" => ("\x1b[32m✔ ", "\x1b[0m"),
        "recognisedWithConditions" => ("\x1b[33m◑ ", "\x1b[0m"),
        "resultsOnly" => ("\x1b[34m≡ ", "\x1b[0m"),
        "notRecognised" => ("\x1b[31m✖ ", "\x1b[0m"),
        "cannotTell" => ("? ", ""),
        _ => ("", ""),
    };
    let level = level.filter(|_| !matches!(verdict, "notRecognised" | "cannotTell"));
    let word = frame::said(language, &format!("result-{verdict}"), &[]);
    let word = if word.is_empty() {
        projected(verdict)
    } else {
        word
    };
    let question = answer.get("question").unwrap_or(&Value::Null);
    frame::headline(
        language,
        &format!("{begin}{word}{end}"),
        level.as_deref(),
        text(question, "/in"),
        text(question, "/on"),
    )
}

/// The lines of an answer.
struct Lines {
    language: Language,
    lines: Vec<String>,
}

impl Lines {
    /// A text as it is; nothing where it is empty.
    fn plain(&mut self, said: &str) {
        if !said.is_empty() {
            self.lines.push(projected(said));
        }
    }

    /// A line of the frame.
    fn push(&mut self, name: &str, arguments: &[(&str, &str)]) {
        self.lines.push(frame::said(self.language, name, arguments));
    }

    /// A line of the frame with one thing filled in; nothing where that is empty.
    fn with(&mut self, name: &str, argument: &str, said: &str) {
        if !said.is_empty() {
            self.push(name, &[(argument, said)]);
        }
    }

    fn step(&mut self, step: &Value, decides: bool, explain: bool) {
        let mark = match text(step, "/outcome") {
            "pass" => "✔",
            "warn" => "!",
            "fail" => "✖",
            "unknown" => "?",
            _ => "·",
        };
        let arrow = if decides && explain {
            format!("  {}", frame::said(self.language, "decides", &[]))
        } else {
            String::new()
        };
        let because = text(step, "/because");
        let said = if because.is_empty() {
            text(step, "/code")
        } else {
            because
        };
        let name = frame::one_of(self.language, "step", text(step, "/step"));
        let said = projected(said);
        self.lines
            .push(format!("  {mark} {name:<12} {said}{arrow}"));
        if explain {
            let code = text(step, "/code");
            let outcome = frame::word_at(self.language, "/outcome", text(step, "/outcome"));
            self.lines.push(format!("{:17}{code} ({outcome})", ""));
            for evidence in list(step, "/evidence") {
                let digest = text(&evidence, "/digest");
                let digest = if digest.is_empty() {
                    text_of(&evidence)
                } else {
                    digest.to_owned()
                };
                self.indented("evidence", &[("digest", &digest)]);
            }
        }
        let ask = text(step, "/next/ask");
        if !ask.is_empty() {
            let whom = self.whom(step);
            self.indented("ask", &[("whom", &whom), ("ask", ask)]);
        }
    }

    /// What the paper says beside what the record says.
    fn compared(&mut self, line: &Value) {
        let sign = match text(line, "/mark") {
            "same" | "covered" => "✔",
            "differs" => "✖",
            "reading" => "?",
            _ => "·",
        };
        let values = |side: &str| {
            let values = list(line, side);
            let values: Vec<_> = values.iter().map(text_of).collect();
            projected(&values.join(", "))
        };
        let word = |kind: &str, pointer: &str| {
            let name = format!("{kind}-{}", text(line, pointer));
            wording::catalogue(self.language)
                .text(&name, &[])
                .into_owned()
        };
        let more = line.get("more").and_then(Value::as_u64).unwrap_or(0);
        let mut record = values("/record");
        if more > 0 {
            record = format!("{record} (+ {more})");
        }
        let name = if record.is_empty() {
            "compared.silent"
        } else {
            "compared"
        };
        let arguments = [
            ("field", word("paper", "/field")),
            ("paper", values("/paper")),
            ("record", record),
            ("mark", word("mark", "/mark")),
        ];
        let arguments = arguments
            .each_ref()
            .map(|(name, said)| (*name, said.as_str()));
        let said = frame::said(self.language, name, &arguments);
        self.lines.push(format!("  {sign} {said}"));
        let why = text(line, "/why").replace('.', "-");
        let why = wording::catalogue(self.language).text(&why, &[]);
        if !why.is_empty() {
            self.lines.push(format!("    {why}"));
        }
    }

    fn indented(&mut self, name: &str, arguments: &[(&str, &str)]) {
        let said = frame::said(self.language, name, arguments);
        self.lines.push(format!("{:17}{said}", ""));
    }

    /// Who can settle a step, by name if one is known, with the office to ask.
    fn whom(&self, step: &Value) -> String {
        let part = text(step, "/next/who");
        let who = match self.language {
            Language::En => words_of(part),
            language => wording::catalogue(language)
                .text(&format!("who-{part}"), &[])
                .into_owned(),
        };
        let name = [text(step, "/next/name"), text(step, "/next/did"), &who];
        let whom = name.into_iter().find(|name| !name.is_empty());
        let office = ["office", "email", "telephone", "url"]
            .map(|part| text(step, &format!("/next/contact/{part}")))
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        let whom = whom.unwrap_or_default();
        if office.is_empty() {
            whom.to_owned()
        } else {
            format!("{whom} ({office})")
        }
    }

    /// Numbers that look like the one asked for, and which of them somebody warns of.
    fn looks_like(&mut self, answer: &Value) {
        for other in list(answer, "/looksLike") {
            let (number, warned) = (text(&other, "/number"), is(&other, "/warned"));
            self.plain(&wording::looks_like(number, warned, self.language));
        }
    }

    /// On whose word and on which logs it rests.
    fn rests_on(&mut self, answer: &Value) {
        let basis = text(answer, "/basis");
        if matches!(basis, "destinationSigned" | "partiesSigned" | "transcribed") {
            let said = wording::catalogue(self.language);
            let said = said.text(&format!("basis-{basis}"), &[]);
            self.with("rests", "basis", &said);
        }
        for head in list(answer, "/heads") {
            let size = head.get("size").map(text_of).unwrap_or_default();
            let known = [("origin", text(&head, "/origin")), ("size", &size)];
            self.push("known-from", &known);
        }
    }
}

/// A row of a list: with the name of the deciding step, its verdict marked if it rests on a draft; in a
/// language, if people read it.
pub(super) fn marked(answer: &Value, language: Language) -> Value {
    let decided = match (decisive(answer), language) {
        (step, Language::En) => step.to_owned(),
        (step, language) => frame::one_of(language, "step", step),
    };
    let row = super::with(answer, "decidedBy", json!(decided));
    if !is(&row, "/hypothetical") {
        return row;
    }
    let mark = frame::said(language, "hypothetical", &[]);
    let verdict = frame::word_at(language, "/verdict", text(&row, "/verdict"));
    super::with(&row, "verdict", json!(format!("{mark} {verdict}")))
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
