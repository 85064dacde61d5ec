//! `comity show`: one record as a node holds it.

use std::io::IsTerminal as _;

use anyhow::Result;
use clap::Args;
use comity_model::number::normalise;
use comity_node::recognise::selector;
use comity_node::remote::Remote;
use comity_recognition::question::Selector;
use comity_signature::digest;
use serde_json::{Value, json};

use super::notice;
use super::search::RECORD_COLUMNS;
use crate::asking::{self, items, record_path, text};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::output::{self, Column, add};

const EVENT_COLUMNS: [Column; 6] = [
    ("From", "/event/effectiveFrom"),
    ("What", "/event/action"),
    ("As", "/event/capacity"),
    ("By", "/event/signer/did"),
    ("Why", "/event/reasonCode /event/reason"),
    ("Logged", "/event/log/0/loggedAt"),
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
    let view = match find(&remote, &options.record).await? {
        Found::One(view) => *view,
        Found::Several(candidates) => {
            let whole = json!({"candidates": candidates});
            output::rows(context.format, &whole, &candidates, &RECORD_COLUMNS)?;
            context.say("Several records fit: ask again with the id or the digest of one of them.");
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
        output::rows(context.format, &history, &events, &EVENT_COLUMNS)?;
        if events.is_empty() {
            context.say("Nothing has happened to it since it was logged.");
        }
    } else {
        output::value(context.format, &view, || words(&view))?;
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
    let id = match selector(name, None) {
        Selector::Id(id) => id,
        Selector::RecordDigest(digest) => digest,
        _ => {
            let mut found = by_number(remote, name).await?;
            match found.len() {
                0 => return Err(not_held_under_number(remote, name).await?.into()),
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
        404 => Err(not_held(remote, name).into()),
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
async fn not_held_under_number(remote: &Remote, number: &str) -> Result<Failure> {
    if normalise(number).is_empty() {
        return Ok(not_held(remote, number));
    }
    let query = [("number", number), ("limit", "1")];
    let answer = asking::get(remote, "/v1/notices", &query).await?;
    if items(&answer).is_empty() {
        return Ok(not_held(remote, number));
    }
    let what = format!(
        "{} holds no record under {number:?}, and notices about that number",
        remote.base()
    );
    Ok(Failure::no(what).help(format!(
        "read them: comity notice list --node {} --number {number:?}",
        remote.base()
    )))
}

fn not_held(remote: &Remote, name: &str) -> Failure {
    Failure::no(format!("{} holds no record under {name:?}", remote.base())).help(format!(
        "look for it by words: comity search --node {} {name:?}",
        remote.base()
    ))
}

fn words(view: &Value) -> String {
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
        ("issued on", "/issuedOn"),
        ("valid from", "/validFrom"),
        ("valid until", "/validUntil"),
        ("imported", "/importedFrom/system"),
        ("source id", "/importedFrom/sourceId"),
        ("fetched on", "/importedFrom/fetchedOn"),
        ("log", "/log/0/origin"),
        ("log index", "/log/0/index"),
        ("logged at", "/log/0/loggedAt"),
        ("id", "/id"),
        ("digest", "/recordDigest"),
        ("as of", "/stateAsOf"),
    ];
    let mut words = String::new();
    if view.get("demo") == Some(&Value::Bool(true)) {
        words.push_str("MADE UP for demonstration\n");
    }
    for (label, pointer) in lines {
        let said = view
            .pointer(pointer)
            .map(output::text_of)
            .unwrap_or_default();
        if !said.is_empty() {
            add(
                &mut words,
                format_args!("{label:<12} {}\n", comity_model::text::projected(&said)),
            );
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
        add(&mut words, format_args!("{:<12} {reference}\n", "cite as"));
    }
    for line in promise(view) {
        add(&mut words, format_args!("{line}\n"));
    }
    for line in notice::words::lines(view) {
        add(&mut words, format_args!("{line}\n"));
    }
    words
}

/// What a coverage statement promises, and what broke it with both times.
fn promise(view: &Value) -> Vec<String> {
    let Some(promise) = view.get("promise") else {
        return Vec::new();
    };
    let list = |value: &Value, pointer: &str| {
        let list = value.pointer(pointer).and_then(Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let says = view.pointer("/document/credentialSubject");
    let says = says.unwrap_or(&Value::Null);
    let kinds = list(says, "/kinds");
    let kinds: Vec<&str> = kinds.iter().filter_map(Value::as_str).collect();
    let hours = says.get("withinHours").map(output::text_of);
    let mut lines = vec![format!(
        "{:<12} every {} issued from {} on, within {} hours of the end of its day, by",
        "promises",
        kinds.join(" and "),
        text(says, "/since"),
        hours.unwrap_or_default(),
    )];
    for issuer in list(says, "/issuers") {
        lines.push(format!("{:<12} {}", "", text(&issuer, "/id")));
    }
    let until = says.pointer("/period/until").map(output::text_of);
    if let Some(until) = until.filter(|until| !until.is_empty()) {
        lines.push(format!("{:<12} issued until {until}", ""));
    }
    for late in list(promise, "/late") {
        lines.push(format!(
            "{:<12} {} of {} was due at {} and logged at {}",
            "BROKEN by",
            text(&late, "/id"),
            text(&late, "/issuer"),
            text(&late, "/dueAt"),
            text(&late, "/loggedAt"),
        ));
    }
    if promise.get("cut") == Some(&Value::Bool(true)) {
        let cut = "not everything of every issuer was looked through for what came late";
        lines.push(format!("{:<12} {cut}", ""));
    }
    let projected = |line: String| comity_model::text::projected(&line);
    lines.into_iter().map(projected).collect()
}
