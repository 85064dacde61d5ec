//! Notices as a person reads them, under a record or beside a verdict.

use comity_model::text::projected;
use serde_json::Value;

use crate::asking::text;
use crate::output::text_of;

#[cfg(test)]
mod tests;

/// The notices that an answer carries, a line each and more for what belongs to it; none where it
/// has none.
pub(crate) fn lines(answer: &Value) -> Vec<String> {
    let Some(notices) = answer.get("notices") else {
        return Vec::new();
    };
    let items: Vec<&Value> = array(notices, "items").collect();
    let mut lines = vec!["Notices (do not decide the verdict)".to_owned()];
    for item in &items {
        one(&mut lines, item, "  ");
    }
    let total = notices.get("total").and_then(Value::as_u64).unwrap_or(0);
    if total > items.len() as u64 || notices.get("cut") == Some(&Value::Bool(true)) {
        let all = projected(text(notices, "/all"));
        lines.push(format!("  and more: {all}"));
    }
    lines
}

fn one(lines: &mut Vec<String>, item: &Value, indent: &str) {
    let state = match text(item, "/state") {
        "active" => String::new(),
        state => format!(" ({state})"),
    };
    let sort = match text(item, "/answer") {
        "" => sort(text(item, "/sort")).to_owned(),
        answer => format!("REPLY, {}", spaced(answer)),
    };
    let since = text(item, "/knownSince").get(..10).unwrap_or_default();
    let mut push = |said: String| lines.push(format!("{indent}{}", projected(&said)));
    push(format!(
        "! {sort}{state} by {} ({}), {since}: {}",
        text(item, "/by/name"),
        text(item, "/by/id"),
        in_english(item.get("text")),
    ));
    for about in array(item, "about") {
        let number = text(about, "/number/number");
        if !number.is_empty() {
            let issuer = text(about, "/number/issuer/name");
            let of = if issuer.is_empty() { "" } else { " of " };
            push(format!("    about number {number}{of}{issuer}"));
        }
        let party = text(about, "/party/name");
        if !party.is_empty() {
            push(format!("    about {party}"));
        }
    }
    let due = text(item, "/answerBy");
    if !due.is_empty() {
        let to = text(item, "/addressee/id");
        let answered = match (text(item, "/request"), text(item, "/answeredOn")) {
            ("answered", day) => format!("answered on {day}"),
            (state, _) => spaced(state),
        };
        push(format!("    asked of {to} by {due}: {answered}"));
    }
    for (label, pointer) in [
        ("terms", "/terms"),
        ("rests on", "/legalBasis"),
        ("id", "/id"),
    ] {
        let said = text(item, pointer);
        if !said.is_empty() {
            push(format!("    {label}: {said}"));
        }
    }
    let deeper = format!("{indent}    ");
    for answer in array(item, "answers") {
        one(lines, answer, &deeper);
    }
}

fn sort(word: &str) -> &str {
    match word {
        "forgedCertificate" => "FORGED CERTIFICATE",
        "misuse" => "MISUSE",
        "confirmationRequest" => "REQUEST FOR CONFIRMATION",
        "confirmationReply" => "REPLY",
        "response" => "RESPONSE",
        other => other,
    }
}

/// `noAnswerByTheDay` as words.
fn spaced(word: &str) -> String {
    let mut words = String::new();
    for letter in word.chars() {
        if letter.is_ascii_uppercase() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// The English text, or the first there is.
fn in_english(texts: Option<&Value>) -> String {
    let texts = texts.and_then(Value::as_array);
    let texts = texts.map(Vec::as_slice).unwrap_or_default();
    let english = texts.iter().find(|said| text(said, "/lang") == "en");
    english.or(texts.first()).map(text_of).unwrap_or_default()
}

fn array<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    let items = value.get(name).and_then(Value::as_array);
    items.into_iter().flatten()
}
