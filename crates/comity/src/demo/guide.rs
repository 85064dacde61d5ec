//! What the demo says of itself when it opens: what there is, and five commands to try. What each
//! will answer is asked of the nodes themselves, never written down beforehand.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::Result;
use comity_recognition::wording::{self, Language, Style};

use super::liar::{How, LIAR};
use super::members::MEMBERS;
use super::stories::{
    self, ABOVE_CAP, LABORATORY_SUSPENDED, ONE_WAY as HIDDEN, REINSTATED, SUCCESSOR, Story,
};
use super::world::{Opened, World};

/// A command to try and what it will answer.
#[derive(Debug)]
pub(super) struct Trial {
    pub(super) command: String,
    pub(super) answer: String,
}

/// The instructions printed at the start.
///
/// # Errors
/// If a node cannot be asked.
pub(super) async fn text(world: &World) -> Result<String> {
    let languages: BTreeSet<_> = MEMBERS
        .iter()
        .map(|member| member.authority.language)
        .collect();
    let mut text = String::from(
        "DEMO: a made-up world. No body, certificate or arrangement in it exists.\n\n",
    );
    for opened in world.nodes() {
        let _ = writeln!(text, "  {}  {}", opened.url, introduction(opened));
    }
    let _ = write!(
        text,
        "\n  {} records of {} economies in {} languages; today is {}.\n  \
         Each node holds and co-signs the logs of the others.\n",
        world.records().await?,
        MEMBERS.len(),
        languages.len(),
        world.clock().now().day(),
    );
    if let Some(how) = world.liar() {
        let (liar, lie) = (LIAR.english, how.words());
        let _ = writeln!(text, "  One of them lies: {liar}, {lie}.");
    }
    text.push_str("\nFive commands to try in another terminal:\n");
    for Trial { command, answer } in trials(world).await? {
        let _ = write!(text, "\n  {command}\n      {answer}\n");
    }
    let [first, ..] = world.nodes() else {
        anyhow::bail!("the demo has no nodes");
    };
    let _ = write!(
        text,
        "\nHow programs ask: {}/docs\nEnd the demo with Ctrl-C.",
        first.url
    );
    Ok(text)
}

/// Whose node it is, and who else publishes there.
fn introduction(opened: &Opened) -> String {
    let economy = opened.authority.economy.unwrap_or_default();
    let mut words = format!("{economy}  {}", opened.authority.english);
    let here = |guest_of: Option<&'static super::cast::Body>| {
        guest_of.is_some_and(|host| host.did == opened.authority.did)
    };
    for guest in MEMBERS.iter().filter(|member| here(member.guest_of)) {
        let _ = write!(
            words,
            ", also for {}",
            guest.authority.economy.unwrap_or_default()
        );
    }
    words
}

/// Every story: what it shows, the command that asks about it, and the answer of the node of the
/// destination.
///
/// # Errors
/// As [`text`].
pub(super) async fn stories(world: &World) -> Result<String> {
    let mut text = String::from("DEMO: every story of this made-up world.\n");
    // A quantity can be asked of a node, and not by a flag of the command.
    let by_command = |story: &Story| story.product.kilograms.is_none();
    let told = stories::all().into_iter().map(|(_, story)| story);
    for story in told.filter(by_command) {
        let Trial { command, answer } = check(world, &story).await?;
        let about = story.about;
        let _ = write!(text, "\n  # {about}\n  {command}\n      {answer}\n");
    }
    Ok(text)
}

/// The five commands, each with the answer of the node it asks.
///
/// # Errors
/// As [`text`].
pub(super) async fn trials(world: &World) -> Result<[Trial; 5]> {
    if let Some(how) = world.liar() {
        return trials_with_liar(world, how).await;
    }
    let (se, fr, kz) = (
        world.asked_in("SE")?,
        world.asked_in("FR")?,
        world.asked_in("KZ")?,
    );
    Ok([
        check(world, &ABOVE_CAP).await?,
        check(world, &LABORATORY_SUSPENDED).await?,
        peers(fr).await?,
        offline(world, &SUCCESSOR).await?,
        Trial {
            command: format!("comity log compare {} {}", se.url, kz.url),
            answer: "What both serve of the logs is the same history.".to_owned(),
        },
    ])
}

/// What shows that one node lies, and that the others go on.
async fn trials_with_liar(world: &World, how: How) -> Result<[Trial; 5]> {
    let (se, fr, kz) = (
        world.asked_in("SE")?,
        world.asked_in("FR")?,
        world.asked_in("KZ")?,
    );
    let compared = match how {
        How::Split => {
            "The log of Sweden forked; the evidence is written to a file that convinces anybody."
        }
        How::Body => {
            "What both serve of the logs is the same history: a body is hidden, not the log."
        }
        How::Frozen => "What both serve is the same history; one has less of the log of Sweden.",
    };
    Ok([
        told(kz, &HIDDEN).await?,
        told(se, &HIDDEN).await?,
        peers(kz).await?,
        Trial {
            command: format!("comity log compare {} {}", fr.url, kz.url),
            answer: compared.to_owned(),
        },
        check(world, &REINSTATED).await?,
    ])
}

/// How far the logs are that a node follows.
async fn peers(opened: &Opened) -> Result<Trial> {
    let logs = opened.node.logs().await?;
    let alarms = logs.iter().flat_map(|log| &log.alarms);
    let alarms: BTreeSet<_> = alarms.map(|alarm| alarm.kind.as_str()).collect();
    let quorum = logs.iter().filter(|log| log.quorum).count();
    let mut answer = format!("{quorum} of {} logs stand under quorum; ", logs.len());
    if alarms.is_empty() {
        answer.push_str("no alarm.");
    } else {
        let alarms: Vec<_> = alarms.into_iter().collect();
        let _ = write!(answer, "alarm: {}.", alarms.join(", "));
    }
    Ok(Trial {
        command: format!("comity peer status --node {}", opened.url),
        answer,
    })
}

/// A bundle, checked without asking anybody.
async fn offline(world: &World, story: &Story) -> Result<Trial> {
    let opened = world.asked_in(story.in_economy)?;
    let Trial { answer, .. } = check(world, story).await?;
    Ok(Trial {
        command: format!(
            "comity bundle --node {} {} > kz.comity.ndjson && comity demo --policy > demo.toml && \\\n    \
             comity check --offline kz.comity.ndjson --policy demo.toml",
            opened.url,
            story.command()
        ),
        answer,
    })
}

/// What a node answers to a story, whatever that is.
async fn told(opened: &Opened, story: &Story) -> Result<Trial> {
    let verdict = opened.node.recognise(story.ask()?).await?.verdict;
    Ok(Trial {
        command: format!("comity check --node {} {}", opened.url, story.command()),
        answer: wording::summary(&verdict, Language::En, Style::Codes),
    })
}

async fn check(world: &World, story: &Story) -> Result<Trial> {
    let opened = world.asked_in(story.in_economy)?;
    let verdict = opened.node.recognise(story.ask()?).await?.verdict;
    if let Some(difference) = story.difference(&verdict) {
        // Rather no demo than one that teaches something wrong.
        anyhow::bail!(
            "the demo and the rules have grown apart: {}: {difference}",
            story.about
        );
    }
    Ok(Trial {
        command: format!("comity check --node {} {}", opened.url, story.command()),
        answer: wording::summary(&verdict, Language::En, Style::Codes),
    })
}
