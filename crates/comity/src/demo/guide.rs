//! What the demo says of itself when it opens: what there is, and five commands to try. What each
//! will answer is asked of the node itself, never written down beforehand.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use comity_node::Node;
use comity_node::recognise::selector;
use comity_node::search::SearchRequest;
use comity_recognition::wording::{self, Language};

use super::cast::AUTHORITIES;
use super::stories::{self, ABOVE_CAP, LABORATORY_SUSPENDED, Story};

/// Words of the search to try: *electric kettle*.
const WORDS: &str = "电热水壶";
/// The record whose history to try: suspended, then reinstated.
const RECORD: &str = "DEMO-CN-2024-0377";

/// A command to try and what it will answer.
#[derive(Debug)]
pub(super) struct Trial {
    pub(super) command: String,
    pub(super) answer: String,
}

/// The instructions printed at the start.
///
/// # Errors
/// If the node cannot be asked.
pub(super) async fn text(node: &Node, url: &str) -> Result<String> {
    let records = records(node).await?;
    let economies = AUTHORITIES.iter().filter_map(|authority| authority.economy);
    let languages: BTreeSet<_> = AUTHORITIES
        .iter()
        .map(|authority| authority.language)
        .collect();
    let mut text = format!(
        "DEMO: a made-up world. No body, certificate or arrangement in it exists.\n\n  \
         {url}\n  {records} records of {} economies in {} languages; today is {}\n\n\
         Five commands to try in another terminal:\n",
        economies.count(),
        languages.len(),
        node.clock().now().day(),
    );
    for Trial { command, answer } in trials(node, url).await? {
        let _ = write!(text, "\n  {command}\n      {answer}\n");
    }
    let _ = write!(
        text,
        "\nHow programs ask: {url}/docs\nEnd the demo with Ctrl-C."
    );
    Ok(text)
}

/// Every story: what it shows, the command that asks about it, and the answer of this node.
///
/// # Errors
/// As [`text`].
pub(super) async fn stories(node: &Node, url: &str) -> Result<String> {
    let mut text = String::from("DEMO: every story of this made-up world.\n");
    // A quantity can be asked of the node, and not by a flag of the command.
    let by_command = |story: &Story| story.product.kilograms.is_none();
    let told = stories::all().into_iter().map(|(_, story)| story);
    for story in told.filter(by_command) {
        let Trial { command, answer } = check(node, url, &story).await?;
        let about = story.about;
        let _ = write!(text, "\n  # {about}\n  {command}\n      {answer}\n");
    }
    Ok(text)
}

/// The five commands, each with the answer of this node.
///
/// # Errors
/// As [`text`].
pub(super) async fn trials(node: &Node, url: &str) -> Result<[Trial; 5]> {
    let records = records(node).await?;
    Ok([
        check(node, url, &ABOVE_CAP).await?,
        check(node, url, &LABORATORY_SUSPENDED).await?,
        search(node, url).await?,
        history(node, url).await?,
        Trial {
            command: format!("comity log verify {url}"),
            answer: format!(
                "{records} records: bodies and signatures verified; all of it adds up."
            ),
        },
    ])
}

async fn records(node: &Node) -> Result<u64> {
    Ok(node.counts().await?.iter().map(|(_, count)| count).sum())
}

async fn check(node: &Node, url: &str, story: &Story) -> Result<Trial> {
    let verdict = node.recognise(story.ask()?).await?.verdict;
    if let Some(difference) = story.difference(&verdict) {
        // Rather no demo than one that teaches something wrong.
        anyhow::bail!(
            "the demo and the rules have grown apart: {}: {difference}",
            story.about
        );
    }
    Ok(Trial {
        command: format!("comity check --node {url} {}", story.command()),
        answer: wording::summary(&verdict, Language::En),
    })
}

async fn search(node: &Node, url: &str) -> Result<Trial> {
    let request = SearchRequest {
        text: WORDS.to_owned(),
        limit: 1,
        ..SearchRequest::default()
    };
    let page = node.find(request).await?;
    let first = page
        .hits
        .first()
        .context("the demo's search finds nothing")?;
    let name = (first.evidence.record.as_ref()).map_or("", |record| record.name.as_str());
    Ok(Trial {
        command: format!("comity search --node {url} {WORDS}"),
        answer: format!(
            "{} found for electric kettles; the first is {name}.",
            page.total
        ),
    })
}

async fn history(node: &Node, url: &str) -> Result<Trial> {
    let found = node.look_up(&selector(RECORD, None)).await?;
    let record = found.first().context("the demo has lost a record")?;
    let events = node.history(&record.row).await?.len();
    Ok(Trial {
        command: format!("comity show --node {url} {RECORD} --history"),
        answer: format!(
            "{events} events; the certificate is {} today.",
            record.state
        ),
    })
}
