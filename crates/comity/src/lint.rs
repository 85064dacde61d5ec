//! What the world will read of a record, in plain words, and what in it gives reason to pause.
//!
//! Every text of the record is listed, so nothing is published unseen; only what every record
//! has (context, types, digests, signature) is left out.

#[cfg(test)]
mod tests;

use comity_model::attestation::AttestationKind;
use comity_model::record::{Record, Subject};
use comity_model::samples;
use comity_model::text::projected;
use serde_json::Value;

use crate::output::add;

/// What cannot be undone, said before everything that publishes.
pub(crate) const NO_CALLING_BACK: &str = "\
It cannot be called back. A log is never rewritten: a correction is a further record beside this \
one, and a takedown hides the text but not that it was there. Others may keep copies.";

/// Longest text that is shown, in characters.
const MAX_SHOWN_CHARS: usize = 160;
/// Most texts that are shown of one record without `-v`.
pub(crate) const MAX_SHOWN_TEXTS: usize = 120;

/// A reason to pause before publishing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Warning {
    /// Where: a JSON pointer.
    pub(crate) pointer: String,
    /// What, and what to do about it.
    pub(crate) words: String,
}

/// What the world will read.
pub(crate) struct Reading {
    /// One sentence: which record, by whom.
    pub(crate) headline: String,
    /// Every text, as `where: what`.
    pub(crate) texts: Vec<String>,
    /// Reasons to pause.
    pub(crate) warnings: Vec<Warning>,
}

/// Reads a record as the world will.
pub(crate) fn reading(record: &Record, value: &Value) -> Reading {
    let mut texts = Vec::new();
    let mut warnings = Vec::new();
    walk(value, "", &mut |pointer, text| {
        if let Some(label) = label(pointer) {
            texts.push(format!("{label}: {}", shortened(text)));
        }
        warnings.extend(warnings_in(pointer, text));
    });
    if let Subject::Attestation(subject) = &record.subject
        && subject.comity.comity_kind == AttestationKind::PersonCertificate
    {
        warnings.push(Warning {
            pointer: "/credentialSubject/issuedToParty".to_owned(),
            words:
                "a certificate of a person: publish it only if the law or the person allows it, \
                    and with a number instead of a name where that is enough"
                    .to_owned(),
        });
    }
    Reading {
        headline: headline(record),
        texts,
        warnings,
    }
}

fn headline(record: &Record) -> String {
    let kind = record.kind().slug().replace('-', " ");
    let article = if kind.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!(
        "{article} {kind} signed by {} ({}), a body under {}",
        projected(&record.issuer.name),
        record.issuer.id,
        record.comity.authority
    )
}

/// Calls `note` with the pointer and the text of every leaf.
fn walk(value: &Value, pointer: &str, note: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::Null => {}
        Value::String(text) => note(pointer, text),
        Value::Bool(_) | Value::Number(_) => note(pointer, &value.to_string()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{pointer}/{index}"), note);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                walk(member, &format!("{pointer}/{name}"), note);
            }
        }
    }
}

/// How a person calls the place; `None` for what every record has.
fn label(pointer: &str) -> Option<String> {
    let parts: Vec<&str> = pointer.split('/').skip(1).collect();
    let machinery = [
        "@context",
        "proof",
        "type",
        "digestMultibase",
        "modelVersion",
    ];
    if parts.iter().any(|part| machinery.contains(part)) {
        return None;
    }
    let mut label = String::new();
    if pointer == "/id" || pointer == "/name" {
        label.push_str("record");
    }
    for part in parts {
        match part.parse::<usize>() {
            Ok(0) => {}
            Ok(index) => add(&mut label, format_args!(" {}", index + 1)),
            Err(_) if ["credentialSubject", "comity"].contains(&part) => {}
            Err(_) => {
                if !label.is_empty() {
                    label.push_str(", ");
                }
                label.push_str(&words_of(part));
            }
        }
    }
    Some(label)
}

/// `certificateNumber` as `certificate number`.
pub(crate) fn words_of(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

fn shortened(text: &str) -> String {
    let text = projected(text);
    if text.chars().count() <= MAX_SHOWN_CHARS {
        return text;
    }
    let start: String = text.chars().take(MAX_SHOWN_CHARS).collect();
    format!("{start}… ({} characters in all)", text.chars().count())
}

/// What in one text gives reason to pause.
fn warnings_in(pointer: &str, text: &str) -> Vec<Warning> {
    let ours = !["/@context", "/proof", "/type"]
        .iter()
        .any(|own| pointer.starts_with(own));
    let checks: [(bool, &str); 6] = [
        (
            samples::is_placeholder(text),
            "still the placeholder of the draft: put your own text, or remove the member",
        ),
        (
            text.contains("-----BEGIN") || text.to_lowercase().contains("password"),
            "looks like a secret: remove it, and replace the secret, since this file was not safe",
        ),
        (
            names_a_mailbox_of_a_person(text),
            "looks like the mailbox of a person: give the mailbox of an office",
        ),
        (
            names_a_person(text),
            "looks like the name of a person: name the office or the role instead",
        ),
        (
            looks_like_a_telephone(text) && !pointer.ends_with("/contact/telephone"),
            "looks like a telephone number: it belongs to the contact of the office, if anywhere",
        ),
        (
            carries_a_key(text),
            "a link with a key or session in it: whoever reads it can use it; give the plain link",
        ),
    ];
    let found = checks.into_iter().filter(|(holds, _)| ours && *holds);
    let warning = |(_, words): (bool, &str)| Warning {
        pointer: pointer.to_owned(),
        words: format!("{}: {words}", shortened(text)),
    };
    found.map(warning).collect()
}

/// `anna.berg@lab.example`, not `info@lab.example`.
fn names_a_mailbox_of_a_person(text: &str) -> bool {
    text.split([' ', '<', '>', ',', ';', ':']).any(|word| {
        word.split_once('@').is_some_and(|(local, host)| {
            let two_names = local
                .split(['.', '_'])
                .filter(|part| part.len() > 1 && part.chars().all(char::is_alphabetic));
            host.contains('.') && two_names.count() > 1
        })
    })
}

fn names_a_person(text: &str) -> bool {
    let titles = [
        "Mr", "Mrs", "Ms", "Dr", "Prof", "Herr", "Frau", "Sr", "Sra", "Mme", "г-н", "г-жа",
    ];
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let title = titles.contains(&word.trim_end_matches('.'));
        let named = words
            .peek()
            .is_some_and(|next| next.chars().next().is_some_and(char::is_uppercase));
        if title && named {
            return true;
        }
    }
    false
}

/// A plus sign, and eight digits or more with only what people put between them.
fn looks_like_a_telephone(text: &str) -> bool {
    text.split_once('+').is_some_and(|(_, rest)| {
        let number = rest
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '.'));
        (8..=15).contains(&number.filter(char::is_ascii_digit).count())
    })
}

fn carries_a_key(text: &str) -> bool {
    let query = text
        .split_once('?')
        .filter(|(link, _)| link.starts_with("http"));
    query.is_some_and(|(_, query)| {
        query.split('&').any(|pair| {
            let name = pair.split('=').next().unwrap_or_default().to_lowercase();
            [
                "token",
                "key",
                "apikey",
                "api_key",
                "session",
                "signature",
                "sig",
            ]
            .contains(&name.as_str())
        })
    })
}
