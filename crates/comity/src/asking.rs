//! Answers of a node: JSON, or a problem that becomes an error which says what to do.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::time::Duration;

use anyhow::Result;
use comity_node::remote::{Answer, Remote, percent_encoded};
use serde::Serialize;
use serde_json::{Value, json};

use crate::exit::{Exit, Failure};

/// The JSON answer to `GET path?query`.
pub(crate) async fn get(remote: &Remote, path: &str, query: &[(&str, &str)]) -> Result<Value> {
    let answer = remote.get_with(path, query).await?;
    json(remote, path, &answer)
}

/// The JSON answer to `POST path` with a JSON body.
pub(crate) async fn post(remote: &Remote, path: &str, body: &impl Serialize) -> Result<Value> {
    let body = serde_json::to_vec(body)?;
    let answer = remote.post(path, "application/json", body).await?;
    json(remote, path, &answer)
}

/// The JSON of a successful answer; anything else becomes an error.
pub(crate) fn json(remote: &Remote, path: &str, answer: &Answer) -> Result<Value> {
    if answer.is_success() {
        return Ok(answer.json()?);
    }
    Err(problem(remote, path, answer).into())
}

/// What an answer that is no success means for the run.
pub(crate) fn problem(remote: &Remote, path: &str, answer: &Answer) -> Failure {
    let problem = answer.json().unwrap_or(Value::Null);
    let mut what = describe(&problem);
    if what.is_empty() {
        what = format!("{}{path} answers {}", remote.base(), answer.status);
    }
    let failure = Failure::new(exit_of_status(answer.status), what);
    match answer.status {
        404 => failure.help(format!(
            "see what {} holds: comity search --node {0} TEXT",
            remote.base()
        )),
        503 => failure.help("the node takes nothing at present; send the same again later"),
        _ => failure,
    }
}

/// How a run ends that was answered with this HTTP status.
pub(crate) fn exit_of_status(status: u16) -> Exit {
    match status {
        200..=299 => Exit::Done,
        400 | 406 => Exit::Usage,
        404 | 410 => Exit::No,
        401 | 403 | 409 | 412 | 413 | 415 | 422 | 429 | 503 => Exit::Refused,
        _ => Exit::Unreachable,
    }
}

/// An RFC 9457 problem in words: title, detail, and each fault on a line of its own.
pub(crate) fn describe(problem: &Value) -> String {
    let member = |name: &str| {
        problem
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let (title, detail) = (member("title"), member("detail"));
    let mut words = match (title.is_empty(), detail.is_empty()) {
        (false, false) if !detail.starts_with(title) => format!("{title}: {detail}"),
        (false, true) => title.to_owned(),
        _ => detail.to_owned(),
    };
    for fault in problem
        .get("errors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let text = |name: &str| fault.get(name).and_then(Value::as_str);
        let place = match text("pointer").or_else(|| text("parameter")) {
            None | Some("") => "the document",
            Some(place) => place,
        };
        let said = text("detail").unwrap_or_default();
        if !(said.is_empty() || words.contains(said)) {
            // Writing to a String cannot fail.
            let _ = write!(words, "\n  {place}: {said}");
        }
    }
    words
}

/// The path of a record, with what names it percent-encoded.
pub(crate) fn record_path(name: &str, rest: &str) -> String {
    format!("/v1/records/{}{rest}", percent_encoded(name))
}

/// The members of `items`.
pub(crate) fn items(answer: &Value) -> Vec<Value> {
    let items = answer.get("items").and_then(Value::as_array);
    items.cloned().unwrap_or_default()
}

/// Every page of a list.
pub(crate) async fn all_pages(
    remote: &Remote,
    path: &str,
    query: &[(&str, &str)],
    page: &mut (dyn FnMut(Vec<Value>) -> Result<()> + Send),
) -> Result<()> {
    let mut cursor: Option<String> = None;
    loop {
        let mut query = query.to_vec();
        if let Some(cursor) = &cursor {
            query.push(("cursor", cursor));
        }
        let answer = get(remote, path, &query).await?;
        page(items(&answer))?;
        match answer.get("next").and_then(Value::as_str) {
            // A node that answers the same cursor for ever is not followed.
            Some(next) if cursor.as_deref() != Some(next) => cursor = Some(next.to_owned()),
            _ => return Ok(()),
        }
    }
}

/// A text member, empty if it is not there.
pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// A body as it signs: its authority and one of its registered names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signer {
    /// DID.
    pub(crate) did: String,
    /// DID of the head authority of its registration chain.
    pub(crate) authority: String,
    /// One of its registered names.
    pub(crate) name: String,
}

/// How often, and after what time, a lagging search is looked at again: for a minute.
const MAX_LOOKS: usize = 300;
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// Most registrations between a body and its authority: accreditation body, authority.
const MAX_CHAIN: usize = 3;

/// What the node knows of the body `did`, which `authority` registered if that is said.
pub(crate) async fn signer_of(
    remote: &Remote,
    did: &str,
    authority: Option<&str>,
) -> Result<Signer> {
    let node = get(remote, "/v1/node", &[]).await?;
    if text(&node, "/authority") == did {
        return Ok(Signer {
            did: did.to_owned(),
            authority: did.to_owned(),
            name: text(&node, "/name").to_owned(),
        });
    }
    let registrations = registrations_of(remote, did).await?;
    let Some(newest) = registrations.first() else {
        return Err(
            Failure::refused(format!("{} knows no registration of {did}", remote.base()))
                .help("have the authority register it first: comity register request --help")
                .into(),
        );
    };
    let names = newest.pointer("/registration/names");
    let name = names
        .and_then(|names| names.pointer("/0/value"))
        .and_then(Value::as_str);
    let head = match authority {
        Some(authority) => authority.to_owned(),
        None => head_of(remote, did, &registrations).await?,
    };
    Ok(Signer {
        did: did.to_owned(),
        authority: head,
        name: name.unwrap_or(did).to_owned(),
    })
}

/// The registrations of the body `did`, newest version first: each with `parent`, `version` and
/// its subject as `registration`.
pub(crate) async fn registrations_of(remote: &Remote, did: &str) -> Result<Vec<Value>> {
    indexed(remote).await?;
    let query = [("type", "Registration"), ("holder", did), ("limit", "100")];
    let mut found = Vec::new();
    for summary in items(&get(remote, "/v1/records", &query).await?) {
        let path = record_path(text(&summary, "/recordDigest"), "");
        let view = get(remote, &path, &[]).await?;
        let Some(registration) = view.pointer("/document/credentialSubject") else {
            continue;
        };
        if text(registration, "/id") == did {
            found.push(json!({
                "parent": text(&view, "/issuer/id"),
                "version": registration.get("version"),
                "registration": registration,
            }));
        }
    }
    let version = |item: &Value| item.get("version").and_then(Value::as_u64);
    found.sort_by_key(|item| std::cmp::Reverse(version(item)));
    Ok(found)
}

/// Waits until the node finds by search what it has logged, so that nothing new is overlooked.
pub(crate) async fn indexed(remote: &Remote) -> Result<()> {
    let figure = |log: &Value, name: &str| log.get(name).and_then(Value::as_u64).unwrap_or(0);
    let origin = get(remote, "/v1/node", &[]).await?;
    for _ in 0..MAX_LOOKS {
        let logs = items(&get(remote, "/v1/logs", &[]).await?);
        let own = logs
            .iter()
            .find(|log| text(log, "/origin") == text(&origin, "/origin"));
        if own.is_none_or(|log| figure(log, "indexed") >= figure(log, "size")) {
            return Ok(());
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    let what = format!("the search of {} lags behind its log", remote.base());
    Err(Failure::unreadable(what)
        .help("wait until it has caught up (indexed = size in /v1/logs), and run it again")
        .into())
}

/// The head of the chain that begins with these registrations.
async fn head_of(remote: &Remote, did: &str, registrations: &[Value]) -> Result<String> {
    let mut at = did.to_owned();
    let mut above = registrations.to_vec();
    for _ in 0..MAX_CHAIN {
        let mut parents: Vec<&str> = above.iter().map(|item| text(item, "/parent")).collect();
        parents.sort_unstable();
        parents.dedup();
        match parents.as_slice() {
            [] => return Ok(at),
            [parent] => at = (*parent).to_owned(),
            several => {
                let what = format!("{at} is registered by {}", several.join(" and by "));
                return Err(Failure::usage(what)
                    .help("say under which authority you act with --authority DID")
                    .into());
            }
        }
        above = registrations_of(remote, &at).await?;
    }
    Ok(at)
}

/// The bodies of a node's open log, bundle by bundle (format.md 3.3).
pub(crate) struct Logged<'a> {
    remote: &'a Remote,
    prefix: String,
    size: u64,
    position: u64,
}

/// Entries of one bundle.
const BUNDLE_ENTRIES: u64 = 256;

impl<'a> Logged<'a> {
    /// The log as it stands now.
    pub(crate) async fn open(remote: &'a Remote) -> Result<Self> {
        let node = get(remote, "/v1/node", &[]).await?;
        let origin = text(&node, "/origin").to_owned();
        let name = origin.rsplit('/').next().unwrap_or_default();
        let logs = items(&get(remote, "/v1/logs", &[]).await?);
        let own = logs.iter().find(|log| text(log, "/origin") == origin);
        let size = own.and_then(|log| log.get("size")).and_then(Value::as_u64);
        Ok(Self {
            remote,
            prefix: format!("/log/{name}"),
            size: size.unwrap_or(0),
            position: 0,
        })
    }

    /// Entries when it was opened.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The next bodies in the order of the log, `None` for an entry without one; nothing at the
    /// end.
    pub(crate) async fn next_bodies(&mut self) -> Result<Option<Vec<Option<Vec<u8>>>>> {
        if self.position >= self.size {
            return Ok(None);
        }
        let bundle = self.position / BUNDLE_ENTRIES;
        let path = format!("{}/records/{bundle}", self.prefix);
        let from = self.position.to_string();
        let answer = self.remote.get_with(&path, &[("from", &from)]).await?;
        if !answer.is_success() {
            return Err(problem(self.remote, &path, &answer).into());
        }
        let lines = answer
            .body
            .split(|&byte| byte == b'\n')
            .filter(|line| !line.is_empty());
        let bodies: Vec<Option<Vec<u8>>> = lines
            .take_while(|line| !line.starts_with(b"{\"next\":"))
            .map(|line| (line != b"null").then(|| line.to_vec()))
            .collect();
        if bodies.is_empty() {
            let what = format!("{}{path} holds no entry {from}", self.remote.base());
            return Err(Failure::unreadable(what).into());
        }
        self.position += bodies.len() as u64;
        Ok(Some(bodies))
    }
}
