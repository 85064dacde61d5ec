//! `comity show`: one record as a node holds it.

use std::io::IsTerminal as _;

use anyhow::Result;
use clap::Args;
use comity_model::number::normalise;
use comity_node::recognise::selector;
use comity_node::remote::Remote;
use comity_recognition::question::Selector;
use comity_recognition::wording::Language;
use comity_signature::digest;
use serde_json::{Value, json};

use super::notice;
use super::search::RECORD_COLUMNS;
use crate::asking::{self, items, record_path, text};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::frame;
use crate::output::{self, Column, add};

/// Columns by the names that their headings have in the frame.
const EVENT_COLUMNS: [(&str, Column); 6] = [
    ("from", ("From", "/event/effectiveFrom")),
    ("what", ("What", "/event/action")),
    ("as", ("As", "/event/capacity")),
    ("by", ("By", "/event/signer/did")),
    ("why", ("Why", "/event/reasonCode /event/reason")),
    ("logged", ("Logged", "/event/log/0/loggedAt")),
];

/// Which record, and what of it.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity show --node https://nqi.example.se SP-2024-117\n  \
    comity show --node https://nqi.example.se SP-2024-117 --history\n  \
    comity show --node https://nqi.example.se SP-2024-117 --raw > signed.json && comity verify signed.json\n\n\
    Exit code 1 if the node does not hold it, 3 if several records fit.")]
pub(crate) struct Options {
    /// Id, record digest, certificate number, or the link printed on paper
    record: String,
    /// What happened to it since
    #[arg(long, group = "part")]
    history: bool,
    /// Its place in the log, as a C2SP tlog-proof
    #[arg(long, group = "part")]
    proof: bool,
    /// The exact bytes that were signed
    #[arg(long, group = "part")]
    raw: bool,
}

pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let remote = context.remote()?;
    let view = match find_in(&remote, &options.record, context.language).await? {
        Found::One(view) => *view,
        Found::Several(candidates) => {
            let whole = json!({"candidates": candidates});
            frame::rows(context, &whole, &candidates, &RECORD_COLUMNS)?;
            context.tell("several-fit", &[]);
            return Ok(Exit::CannotTell);
        }
    };
    let digest = text(&view, "/recordDigest");
    if options.raw {
        let body = fetch(&remote, &record_path(digest, "/document")).await?;
        output::bytes(&body)?;
        // The signed bytes end without a newline; a terminal wants one.
        if std::io::stdout().is_terminal() {
            output::bytes(b"\n")?;
        }
    } else if options.proof {
        output::bytes(&fetch(&remote, &record_path(digest, "/proof")).await?)?;
    } else if options.history {
        let history = asking::get(&remote, &record_path(digest, "/history"), &[]).await?;
        let events = items(&history);
        frame::rows(context, &history, &events, &EVENT_COLUMNS)?;
        if events.is_empty() {
            context.tell("nothing-happened", &[]);
        }
    } else {
        output::value(context.format, &view, || words(&view, context.language))?;
    }
    Ok(Exit::Done)
}

async fn fetch(remote: &Remote, path: &str) -> Result<Vec<u8>> {
    let answer = remote.get(path).await?;
    if answer.is_success() {
        Ok(answer.body)
    } else {
        Err(asking::problem(remote, path, &answer).into())
    }
}

/// What a node holds under a name.
pub(crate) enum Found {
    /// The record, as `RecordView`.
    One(Box<Value>),
    /// Several, each as `RecordSummary`.
    Several(Vec<Value>),
}

/// Looks a record up by id, digest, link or number.
pub(crate) async fn find(remote: &Remote, name: &str) -> Result<Found> {
    find_in(remote, name, Language::En).await
}

/// The same; that there is none is said in that language.
pub(crate) async fn find_in(remote: &Remote, name: &str, language: Language) -> Result<Found> {
    let id = match selector(name, None) {
        Selector::Id(id) => id,
        Selector::RecordDigest(digest) => digest,
        _ => {
            let mut found = by_number(remote, name).await?;
            match found.len() {
                0 => return Err(not_held_under_number(remote, name, language).await?.into()),
                1 => {
                    let only = found.pop().unwrap_or_default();
                    text(&only, "/recordDigest").to_owned()
                }
                _ => return Ok(Found::Several(found)),
            }
        }
    };
    let path = record_path(&id, "");
    let answer = remote.get(&path).await?;
    match answer.status {
        300 => {
            let answer = answer.json()?;
            let candidates = answer.get("candidates").and_then(Value::as_array);
            Ok(Found::Several(candidates.cloned().unwrap_or_default()))
        }
        404 => Err(not_held(remote, name, language).into()),
        _ => Ok(Found::One(Box::new(asking::json(remote, &path, &answer)?))),
    }
}

/// Records with that number: attestations by exact look-up, else whatever search shows with it,
/// such as grants and arrangements.
async fn by_number(remote: &Remote, number: &str) -> Result<Vec<Value>> {
    let answer = asking::get(remote, "/v1/records", &[("number", number)]).await?;
    let found = items(&answer);
    if !found.is_empty() {
        return Ok(found);
    }
    asking::indexed(remote).await?;
    let query = [("q", number), ("limit", "100")];
    let mut found = items(&asking::get(remote, "/v1/records", &query).await?);
    let wanted = normalise(number);
    found.retain(|record| normalise(text(record, "/certificateNumber")) == wanted);
    Ok(found)
}

/// The same, and that notices are about the number where some are.
async fn not_held_under_number(
    remote: &Remote,
    number: &str,
    language: Language,
) -> Result<Failure> {
    if normalise(number).is_empty() {
        return Ok(not_held(remote, number, language));
    }
    let query = [("number", number), ("limit", "1")];
    let answer = asking::get(remote, "/v1/notices", &query).await?;
    if items(&answer).is_empty() {
        return Ok(not_held(remote, number, language));
    }
    let command = format!(
        "comity notice list --node {} --number {number:?}",
        remote.base()
    );
    Ok(missing(
        remote,
        number,
        language,
        "not-held-notices",
        &command,
    ))
}

fn not_held(remote: &Remote, name: &str, language: Language) -> Failure {
    let command = format!("comity search --node {} {name:?}", remote.base());
    missing(remote, name, language, "not-held", &command)
}

/// That nothing is held under a name, and what to run then.
fn missing(remote: &Remote, name: &str, language: Language, line: &str, command: &str) -> Failure {
    let name = format!("{name:?}");
    let what = [("node", remote.base()), ("name", &name)];
    let help = frame::said(language, &format!("{line}-help"), &[("command", command)]);
    Failure::no(frame::said(language, line, &what)).help(help)
}

fn words(view: &Value, language: Language) -> String {
    let lines = [
        ("", "/name"),
        ("kind", "/kind"),
        ("state", "/state"),
        ("number", "/certificateNumber"),
        ("holder", "/holder"),
        ("issuer", "/issuer/name"),
        ("", "/issuer/id"),
        ("authority", "/authority"),
        ("standards", "/standards"),
        ("economies", "/economies"),
        ("issuedOn", "/issuedOn"),
        ("validFrom", "/validFrom"),
        ("validUntil", "/validUntil"),
        ("imported", "/importedFrom/system"),
        ("sourceId", "/importedFrom/sourceId"),
        ("fetchedOn", "/importedFrom/fetchedOn"),
        ("log", "/log/0/origin"),
        ("logIndex", "/log/0/index"),
        ("loggedAt", "/log/0/loggedAt"),
        ("id", "/id"),
        ("digest", "/recordDigest"),
        ("asOf", "/stateAsOf"),
    ];
    let mut words = String::new();
    if view.get("demo") == Some(&Value::Bool(true)) {
        let made_up = frame::said(language, "made-up", &[]);
        add(&mut words, format_args!("{made_up}\n"));
    }
    for (name, pointer) in lines {
        let said = view.pointer(pointer).map(output::text_of);
        let said = frame::word_at(language, pointer, &said.unwrap_or_default());
        if !said.is_empty() {
            let said = comity_model::text::projected(&said);
            let label = frame::label(language, name);
            add(&mut words, format_args!("{label} {said}\n"));
        }
    }
    if let Some(digest) = digest::from_hex(text(view, "/documentDigest")) {
        // What another record cites it by, ready to paste.
        let reference = json!({
            "authority": text(view, "/authority"),
            "issuer": text(view, "/issuer/id"),
            "id": text(view, "/id"),
            "digestMultibase": digest::to_multibase(digest),
        });
        let label = frame::label(language, "citeAs");
        add(&mut words, format_args!("{label} {reference}\n"));
    }
    for line in promise(view, language) {
        add(&mut words, format_args!("{line}\n"));
    }
    for line in notice::words::lines(view, language) {
        add(&mut words, format_args!("{line}\n"));
    }
    words
}

/// What a coverage statement promises, and what broke it with both times.
fn promise(view: &Value, language: Language) -> Vec<String> {
    let Some(promise) = view.get("promise") else {
        return Vec::new();
    };
    let list = |value: &Value, pointer: &str| {
        let list = value.pointer(pointer).and_then(Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let line = |label: &str, name: &str, arguments: &[(&str, &str)]| {
        let label = frame::label(language, label);
        format!("{label} {}", frame::said(language, name, arguments))
    };
    let says = view.pointer("/document/credentialSubject");
    let says = says.unwrap_or(&Value::Null);
    let kinds = list(says, "/kinds");
    let kinds = kinds.iter().filter_map(Value::as_str);
    let kinds: Vec<String> = kinds
        .map(|kind| frame::word_at(language, "/kind", kind))
        .collect();
    let between = if language == Language::En {
        " and "
    } else {
        ", "
    };
    let hours = says.get("withinHours").map(output::text_of);
    let asked = [
        ("kinds", &*kinds.join(between)),
        ("since", text(says, "/since")),
        ("hours", &hours.unwrap_or_default()),
    ];
    let mut lines = vec![line("promises", "promise-kinds", &asked)];
    for issuer in list(says, "/issuers") {
        lines.push(format!("{:<12} {}", "", text(&issuer, "/id")));
    }
    let until = says.pointer("/period/until").map(output::text_of);
    if let Some(until) = until.filter(|until| !until.is_empty()) {
        lines.push(line("", "promise-until", &[("until", &until)]));
    }
    for late in list(promise, "/late") {
        let facts = [
            ("id", text(&late, "/id")),
            ("issuer", text(&late, "/issuer")),
            ("due", text(&late, "/dueAt")),
            ("logged", text(&late, "/loggedAt")),
        ];
        lines.push(line("brokenBy", "promise-late", &facts));
    }
    if promise.get("cut") == Some(&Value::Bool(true)) {
        lines.push(line("", "promise-cut", &[]));
    }
    let projected = |line: String| comity_model::text::projected(&line);
    lines.into_iter().map(projected).collect()
}

#[cfg(test)]
mod tests;
