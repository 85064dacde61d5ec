//! Notices as a person reads them, under a record or beside a verdict.

use comity_recognition::wording::{self, Language};
use serde_json::Value;

use crate::asking::text;
use crate::frame;
use crate::output::text_of;

#[cfg(test)]
mod tests;

/// The notices that an answer carries, a line each and more for what belongs to it; none where it
/// has none.
pub(crate) fn lines(answer: &Value, language: Language) -> Vec<String> {
    let Some(notices) = answer.get("notices") else {
        return Vec::new();
    };
    let items: Vec<&Value> = array(notices, "items").collect();
    let mut lines = vec![frame::said(language, "notices-heading", &[])];
    for item in &items {
        one(&mut lines, item, "  ", language);
    }
    let total = notices.get("total").and_then(Value::as_u64).unwrap_or(0);
    if total > items.len() as u64 || notices.get("cut") == Some(&Value::Bool(true)) {
        let all = [("all", text(notices, "/all"))];
        lines.push(format!("  {}", frame::said(language, "notices-more", &all)));
    }
    lines
}

fn one(lines: &mut Vec<String>, item: &Value, indent: &str, language: Language) {
    let sort = match text(item, "/answer") {
        "" => frame::one_of(language, "notice", text(item, "/sort")),
        answer => {
            let answer = worded(language, "answer", answer);
            frame::said(language, "notice-reply", &[("answer", &answer)])
        }
    };
    let sort = match text(item, "/state") {
        "active" => sort,
        state => format!("{sort} ({})", frame::word_at(language, "/state", state)),
    };
    let since = text(item, "/knownSince").get(..10).unwrap_or_default();
    let said = in_language(item.get("text"), language);
    let begin = [
        ("sort", &*sort),
        ("name", text(item, "/by/name")),
        ("id", text(item, "/by/id")),
        ("since", since),
        ("text", &said),
    ];
    let begin = frame::said(language, "notice-by", &begin);
    lines.push(format!("{indent}! {begin}"));
    let mut push = |name: &str, arguments: &[(&str, &str)]| {
        let said = frame::said(language, name, arguments);
        lines.push(format!("{indent}    {said}"));
    };
    for about in array(item, "about") {
        let number = text(about, "/number/number");
        let issuer = text(about, "/number/issuer/name");
        match (number, issuer) {
            ("", _) => {}
            (number, "") => push("notice-number", &[("number", number)]),
            _ => push(
                "notice-number-of",
                &[("number", number), ("issuer", issuer)],
            ),
        }
        let party = text(about, "/party/name");
        if !party.is_empty() {
            push("notice-party", &[("party", party)]);
        }
    }
    let due = text(item, "/answerBy");
    if !due.is_empty() {
        let answered = match (text(item, "/request"), text(item, "/answeredOn")) {
            ("answered", day) => frame::said(language, "notice-answered", &[("day", day)]),
            (state, _) => worded(language, "request", state),
        };
        let whom = text(item, "/addressee/id");
        let asked = [("whom", whom), ("due", due), ("answered", &answered)];
        push("notice-asked", &asked);
    }
    for (name, pointer) in [
        ("notice-terms", "/terms"),
        ("notice-basis", "/legalBasis"),
        ("notice-id", "/id"),
    ] {
        let said = text(item, pointer);
        if !said.is_empty() {
            push(name, &[("text", said)]);
        }
    }
    let deeper = format!("{indent}    ");
    for answer in array(item, "answers") {
        one(lines, answer, &deeper, language);
    }
}

/// A word of a closed list; in English it is its own words.
fn worded(language: Language, list: &str, word: &str) -> String {
    let name = format!("{list}-{word}");
    let ours = frame::said(language, &name, &[]);
    let theirs = wording::catalogue(language).text(&name, &[]);
    match (language, ours.is_empty(), theirs.is_empty()) {
        (Language::En, ..) | (_, true, true) => spaced(word),
        (_, false, _) => ours,
        (_, true, false) => theirs.into_owned(),
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

/// The text in a language, else the English one, or the first there is.
fn in_language(texts: Option<&Value>, language: Language) -> String {
    let texts = texts.and_then(Value::as_array);
    let texts = texts.map(Vec::as_slice).unwrap_or_default();
    let of = |tag: &str| texts.iter().find(|said| text(said, "/lang") == tag);
    let chosen = of(language.tag()).or_else(|| of("en")).or(texts.first());
    chosen.map(text_of).unwrap_or_default()
}

fn array<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    let items = value.get(name).and_then(Value::as_array);
    items.into_iter().flatten()
}
