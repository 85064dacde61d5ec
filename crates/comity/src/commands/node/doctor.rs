//! `comity node doctor`: on one screen, what is wrong, what ends soon, and what to type.

use std::path::Path;

use anyhow::Result;
use comity_node::Node;
use comity_node::clock::Clock;
use comity_node::doctor::{Finding, folder};
use serde_json::{Value, json};

use crate::asking::{self, text};
use crate::commands::peer::status::running;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::output::{self, Format, add};

pub(super) async fn run(dir: Option<&Path>, context: &Context) -> Result<Exit> {
    let mut found = match dir {
        Some(dir) => of_folder(dir).await?,
        None => of_node(&context.remote()?).await?,
    };
    let named = dir.map(|dir| dir.display().to_string());
    for finding in &mut found {
        let command = text(finding, "/command").to_owned();
        if let Some(named) = &named {
            finding["command"] = json!(with_folder(&command, named));
        }
    }
    found.sort_by_key(|finding| text(finding, "/severity") != "problem");
    let whole = json!({"findings": found});
    if context.format == Format::Table {
        output::line(&words(&found))?;
    } else {
        output::rows(
            context.format,
            &whole,
            &found,
            &[
                ("severity", "/severity"),
                ("code", "/code"),
                ("detail", "/detail"),
                ("command", "/command"),
                ("until", "/until"),
            ],
        )?;
    }
    if found.is_empty() {
        context.say("Nothing is wrong, and nothing ends within 90 days.");
        return Ok(Exit::Done);
    }
    Ok(Exit::No)
}

/// What a folder shows, and the node in it: the running one, or one opened for the look.
async fn of_folder(dir: &Path) -> Result<Vec<Value>> {
    let (mut found, usable) = folder::look(dir);
    if found
        .iter()
        .any(|finding| finding.code == "config.unreadable")
    {
        let detail = found
            .pop()
            .map(|finding| finding.detail)
            .unwrap_or_default();
        return Err(Failure::unreadable(detail).into());
    }
    if let Some(remote) = running(dir).await? {
        let mut all = values(&found);
        all.extend(of_node(&remote).await?);
        return Ok(all);
    }
    let stopped = "The node does not run.";
    found.push(Finding::problem(
        "node.stopped",
        stopped,
        "comity node serve DIR",
    ));
    if usable {
        match Node::open(dir, Clock::System).await {
            Ok(node) => {
                let looked = looked(&node).await;
                node.close().await;
                found.extend(looked?);
            }
            Err(error) => {
                let command = "do what it says, then comity node serve DIR";
                found.push(Finding::problem(
                    "node.cannotOpen",
                    error.to_string(),
                    command,
                ));
            }
        }
    }
    Ok(values(&found))
}

/// What a node says of itself that was opened a moment ago: that it has not yet asked its mirrors
/// whether it may sign is no finding, unless it never may again.
async fn looked(node: &Node) -> Result<Vec<Finding>> {
    let mut found = node.findings().await?;
    let own = node.config().origin();
    if !node.forked_logs().await?.contains(&own) {
        found.retain(|finding| finding.code != "log.readOnly");
    }
    Ok(found)
}

/// What a running node says of itself.
async fn of_node(remote: &comity_node::remote::Remote) -> Result<Vec<Value>> {
    let health = asking::get(remote, "/health", &[]).await?;
    let found = health.get("findings").and_then(Value::as_array).cloned();
    found.ok_or_else(|| {
        let what = format!("{} does not say how it is", remote.base());
        Failure::unreadable(what)
            .help("it may be of an older version")
            .into()
    })
}

fn values(found: &[Finding]) -> Vec<Value> {
    let values = found
        .iter()
        .map(|finding| serde_json::to_value(finding).unwrap_or_default());
    values.collect()
}

/// The command with the folder's name where it says DIR.
fn with_folder(command: &str, dir: &str) -> String {
    let words = command
        .split(' ')
        .map(|word| if word == "DIR" { dir } else { word });
    words.collect::<Vec<_>>().join(" ")
}

fn words(found: &[Value]) -> String {
    if found.is_empty() {
        return "Nothing is wrong.".to_owned();
    }
    let mut words = String::new();
    for finding in found {
        let mark = if text(finding, "/severity") == "problem" {
            "\x1b[1;31mPROBLEM\x1b[0m"
        } else {
            "\x1b[33mwarning\x1b[0m"
        };
        add(
            &mut words,
            format_args!(
                "{mark}  {}\n         {}\n",
                comity_model::text::projected(text(finding, "/detail")),
                text(finding, "/command")
            ),
        );
    }
    words.trim_end().to_owned()
}
