//! How far every followed log is, as the running node says it; and waiting until it has caught up.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use comity_node::Node;
use comity_node::clock::Clock;
use comity_node::config::{self, Config};
use comity_node::doctor::MAX_QUORUM_SECONDS;
use comity_node::mirror::Alarm;
use comity_node::remote::Remote;
use serde_json::{Value, json};

use crate::asking::{self, items, text};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::output::{self, Column};

/// How often a running node is looked at while it catches up.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

const COLUMNS: [Column; 9] = [
    ("log", "/origin"),
    ("economy", "/economy"),
    ("mode", "/mode"),
    ("size", "/size"),
    ("lag", "/lag"),
    ("age (s)", "/ageSeconds"),
    ("cosigned by", "/cosignedBy"),
    ("quorum", "/quorum"),
    ("alarms", "/alarmKinds"),
];

pub(super) async fn list(context: &Context) -> Result<Exit> {
    let logs = logs(&context.remote()?).await?;
    let followed: Vec<Value> = logs.into_iter().filter(is_foreign).collect();
    let whole = json!({"items": followed});
    output::rows(
        context.format,
        &whole,
        &followed,
        &[
            ("log", "/origin"),
            ("economy", "/economy"),
            ("mode", "/mode"),
            ("size", "/size"),
            ("key", "/vkey"),
        ],
    )?;
    Ok(Exit::Done)
}

pub(super) async fn status(dir: Option<&Path>, context: &Context) -> Result<Exit> {
    let remote = match dir {
        Some(dir) => running(dir).await?.ok_or_else(|| {
            Failure::unreadable(format!("the node of {} does not run", dir.display()))
                .help(format!("start it (comity node serve {0}), or look at the folder: comity node doctor {0}", dir.display()))
        })?,
        None => context.remote()?,
    };
    let rows: Vec<Value> = logs(&remote).await?.into_iter().map(summed_up).collect();
    let whole = json!({"items": rows});
    output::rows(context.format, &whole, &rows, &COLUMNS)?;
    let mut exit = Exit::Done;
    for log in &rows {
        for alarm in list_in(log, "alarms") {
            context.say(&format!(
                "ALARM {}: {} since {}: {}",
                text(log, "/origin"),
                text(alarm, "/kind"),
                text(alarm, "/since"),
                text(alarm, "/detail"),
            ));
            exit = Exit::No;
        }
        if lacks_quorum(log) {
            let why = match log.get("needed").and_then(Value::as_u64) {
                Some(needed) => {
                    let lines = list_in(log, "cosignatures").iter();
                    let have = lines.filter(|line| text(line, "/name") != text(log, "/origin"));
                    let have = have.count();
                    format!("{have} of {needed} cosignatures")
                }
                None => "nobody is named who could date it".to_owned(),
            };
            let origin = text(log, "/origin");
            context.say(&format!("{origin} stands without quorum: {why}"));
            exit = Exit::No;
        }
    }
    Ok(exit)
}

/// Whether lines of others date the log, and there are not enough of them though there was time.
fn lacks_quorum(log: &Value) -> bool {
    let dates_itself = log.get("needed").and_then(Value::as_u64) == Some(0);
    let tended = text(log, "/mode") != "kept" && log.get("closed") != Some(&Value::Bool(true));
    let age = log
        .get("ageSeconds")
        .and_then(Value::as_i64)
        .unwrap_or(i64::MAX);
    !dates_itself
        && tended
        && age > MAX_QUORUM_SECONDS
        && log.get("quorum") == Some(&Value::Bool(false))
}

/// What a table shows of lists: who co-signed, which alarms.
fn summed_up(mut log: Value) -> Value {
    let names = |items: &[Value], pointer: &str| -> Vec<String> {
        let mut names: Vec<String> = (items.iter())
            .map(|item| text(item, pointer).to_owned())
            .collect();
        // The log's own line is nobody's cosignature.
        names.retain(|name| !name.is_empty());
        names.sort();
        names.dedup();
        names
    };
    log["cosignedBy"] = json!(names(list_in(&log, "cosignatures"), "/economy"));
    log["alarmKinds"] = json!(names(list_in(&log, "alarms"), "/kind"));
    log
}

fn list_in<'a>(log: &'a Value, name: &str) -> &'a [Value] {
    let items = log.get(name).and_then(Value::as_array);
    items.map(Vec::as_slice).unwrap_or_default()
}

fn is_foreign(log: &Value) -> bool {
    matches!(text(log, "/mode"), "mirror" | "follower")
}

async fn logs(remote: &Remote) -> Result<Vec<Value>> {
    Ok(items(&asking::get(remote, "/v1/logs", &[]).await?))
}

/// The running node of a folder, if one answers where it should and says the folder's log.
pub(crate) async fn running(dir: &Path) -> Result<Option<Remote>> {
    let config = Config::load(dir)?;
    let remote = Remote::new(&format!("http://{}", config::address(dir, &config)))?;
    let Ok(answer) = remote.get("/v1/node").await else {
        return Ok(None);
    };
    let own = answer
        .json()
        .is_ok_and(|node| text(&node, "/origin") == config.origin());
    Ok(own.then_some(remote))
}

pub(super) async fn sync(dir: &Path, wait: u64, context: &Context) -> Result<Exit> {
    let Some(remote) = running(dir).await? else {
        return mirror(dir, context).await;
    };
    let begun = context.now();
    let looks = Duration::from_secs(wait).as_millis() / LOOK_AGAIN.as_millis();
    let mut behind = Vec::new();
    for _ in 0..=looks {
        let followed = logs(&remote).await?.into_iter().filter(is_foreign);
        behind = followed
            .filter(|log| {
                let checked = text(log, "/checkedAt").parse::<comity_model::date::Instant>();
                checked.map_or(true, |checked| checked < begun)
                    || log.get("lag").and_then(Value::as_u64).unwrap_or(0) > 0
            })
            .map(|log| text(&log, "/origin").to_owned())
            .collect();
        if behind.is_empty() {
            context.say(&format!(
                "{} has everything that its peers have.",
                remote.base()
            ));
            return Ok(Exit::Done);
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    let what = format!("after {wait} seconds still behind: {}", behind.join(", "));
    Err(Failure::no(what)
        .help(format!("see why: comity peer status {}", dir.display()))
        .into())
}

/// Opens a folder whose node does not run, takes what its peers have, and closes it again.
async fn mirror(dir: &Path, context: &Context) -> Result<Exit> {
    let node = Box::pin(Node::open(dir, Clock::System)).await?;
    let mirrored = Box::pin(mirror_all(&node)).await;
    node.close().await;
    let alarms = mirrored?;
    for (origin, (alarm, detail)) in &alarms {
        context.warn(&format!("{origin}: {}: {detail}", alarm.word()));
    }
    if alarms.is_empty() {
        context.say(&format!(
            "{} has everything that its peers have.",
            dir.display()
        ));
        return Ok(Exit::Done);
    }
    Ok(Exit::No)
}

/// Looks at every followed log until there is nothing more to take, or nothing moves.
async fn mirror_all(node: &Node) -> Result<BTreeMap<String, (Alarm, String)>> {
    let mut before = None;
    loop {
        let alarms = node.mirror_once().await?;
        let logs = node.logs().await?;
        let lag: u64 = logs.iter().map(|log| log.lag).sum();
        let sizes: Vec<u64> = logs.iter().map(|log| log.size).collect();
        if lag == 0 || before.as_ref() == Some(&sizes) {
            return Ok(alarms);
        }
        before = Some(sizes);
    }
}
