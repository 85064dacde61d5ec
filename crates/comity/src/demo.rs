//! `comity demo`: a made-up world of seven economies, in one process and in memory.
//!
//! Seven authorities, a secretariat and seventeen bodies, none of which exists, publish in six
//! languages over two years: registrations, grants, arrangements, certificates, and what became
//! of them. The clock is simulated: it stands on each day of that calendar while the day's records
//! are published, so that logged times are those of the story, and then goes on from
//! [`OPENED_AT`] with real time. One node holds it all and says DEMO with every answer.
//!
//! Every record passes the same checks as any other; nothing is written past the node.

mod arrangements;
mod cast;
mod certificates;
mod events;
mod grants;
mod guide;
mod ledger;
mod registrations;
mod stories;
#[cfg(test)]
mod tests;

use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use comity_model::date::Instant;
use comity_model::party::Contact;
use comity_node::Node;
use comity_node::Place;
use comity_node::clock::Clock;
use comity_node::config::{Config, Keys, Mirroring};
use comity_recognition::Policy;
use comity_recognition::policy::{AuthorityEntry, DatedBy, KeyEntry, LogEntry, PolicyFile};
use tokio::time::MissedTickBehavior;

use crate::commands::node::{bind, serve_until, stop_signal, trace};
use crate::context::Context;
use crate::exit::Exit;
use cast::{AUTHORITIES, SE, seed};
use ledger::Ledger;

/// The moment at which the demo opens: an hour after its last record, so that its log is fresh.
const OPENED_AT: &str = "2026-06-15T10:00:00Z";
/// The second of a day at which its records are published, after midnight UTC.
const PUBLISHED_AT: i64 = 9 * 3_600;
/// Name of the log; every origin of a demo says so (format.md 6).
const LOG: &str = "demo-2024";

/// Where the demo answers.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  comity demo --listen 127.0.0.1:8080\n\n\
    Nothing in it is real, nothing is written to the disk, and it ends with Ctrl-C. \
    With -v it says what it is asked.")]
pub(crate) struct Options {
    /// Address and port; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: String,
    /// List every story of the demo, with the command that asks about it and the answer
    #[arg(long)]
    stories: bool,
}

/// Opens the demo and serves it until it is told to stop.
///
/// # Errors
/// If the address cannot be had, or the world cannot be built.
pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    if context.verbose > 0 {
        // Otherwise the commands to try would soon be out of sight.
        trace(context);
    }
    let listener = bind(&options.listen).await?;
    let node = world().await?;
    let url = format!("http://{}", listener.local_addr()?);
    if options.stories {
        context.say(&guide::stories(&node, &url).await?);
    }
    context.say(&guide::text(&node, &url).await?);
    let clock = tokio::spawn(go_on(node.clock().clone()));
    let served = serve_until(node, listener, Some(url), stop_signal()?).await;
    clock.abort();
    served?;
    context.say("The demo has ended; nothing of it is left.");
    Ok(Exit::Done)
}

/// Builds the world and opens it: everything is published, indexed and answered for.
///
/// # Errors
/// If a record of it is refused: then the demo and the rules have grown apart.
pub(crate) async fn world() -> Result<Node> {
    let opened_at: Instant = (OPENED_AT.parse().ok()).context("the demo's own instant")?;
    let batches = ledger()?.into_batches();
    let first = batches.keys().next().context("the demo's own calendar")?;
    let clock = Clock::simulated(first.first_second());
    let config = config();
    let keys = keys(&config)?;
    let policy = policy(&config, &keys)?;
    let node = Node::start(Place::Memory, config, keys, policy, clock.clone()).await?;
    for (day, bodies) in batches {
        clock.set(day.first_second().plus_seconds(PUBLISHED_AT));
        for outcome in node.publish(bodies).await? {
            if let Err(refusal) = outcome {
                anyhow::bail!("the demo's own record of {day} was refused: {refusal}");
            }
        }
    }
    clock.set(opened_at);
    node.indexed().await;
    Ok(node)
}

/// Every record of the demo, signed.
fn ledger() -> Result<Ledger> {
    let mut ledger = Ledger::default();
    registrations::register(&mut ledger)?;
    registrations::revoke_stolen_key(&mut ledger)?;
    arrangements::conclude(&mut ledger)?;
    arrangements::join(&mut ledger)?;
    grants::grant(&mut ledger)?;
    certificates::issue(&mut ledger)?;
    events::happen(&mut ledger)?;
    Ok(ledger)
}

fn config() -> Config {
    Config {
        name: SE.name.to_owned(),
        economy: SE.economy.unwrap_or_default().to_owned(),
        host: SE.host().to_owned(),
        log: LOG.to_owned(),
        database: None,
        listen: String::new(),
        legal_notice: "DEMO: nothing here is real. Computed from made-up records under a \
                       made-up policy; not a legal decision."
            .to_owned(),
        language: SE.language.to_owned(),
        contact: Some(Contact {
            office: "DEMO office".to_owned(),
            url: Some(format!("https://{}/contact", SE.host())),
            email: None,
            telephone: None,
        }),
        demo: true,
        mirroring: Mirroring::default(),
    }
}

/// The keys of the demo's node, from seeds that anybody can compute: for this world only.
fn keys(config: &Config) -> Result<Keys> {
    let authority = seed(SE.did, 1, |seed| *seed);
    let log = seed(&config.origin(), 1, |seed| *seed);
    Ok(Keys::from_seeds(config, &authority, &log)?)
}

/// The demo's policy: it believes every authority of the demo, and its one log in which all of
/// their economies publish.
fn policy(config: &Config, keys: &Keys) -> Result<Policy> {
    let entry = |authority: &&cast::Body| AuthorityEntry {
        did: authority.did.to_owned(),
        economy: authority.economy.map(str::to_owned),
        keys: vec![KeyEntry {
            key: authority.key(1).verifying_key().to_multikey(),
            from: None,
            until: None,
        }],
    };
    let guests = AUTHORITIES
        .iter()
        .filter(|authority| authority.did != SE.did);
    let log = LogEntry {
        origin: config.origin(),
        vkey: keys.log.vkey().to_string(),
        dated_by: DatedBy::SelfDated,
        economy: Some(config.economy.clone()),
        economies: guests
            .filter_map(|authority| authority.economy.map(str::to_owned))
            .collect(),
    };
    let file = PolicyFile {
        authority: AUTHORITIES.iter().map(entry).collect(),
        log: vec![log],
        ..PolicyFile::default()
    };
    Policy::new(file).map_err(|faults| {
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the demo's policy: {}", faults.join("; "))
    })
}

/// Lets the demo's clock go on with real time, second by second.
async fn go_on(clock: Clock) {
    let opened_at = clock.now();
    let mut second = tokio::time::interval(Duration::from_secs(1));
    second.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let first = second.tick().await;
    loop {
        let passed = second.tick().await.duration_since(first).as_secs();
        clock.set(opened_at.plus_seconds(i64::try_from(passed).unwrap_or(i64::MAX)));
    }
}
