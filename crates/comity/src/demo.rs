//! `comity demo`: a made-up world of seven economies; five of them run nodes.
//!
//! Seven authorities, a secretariat and seventeen bodies, none of which exists, publish in six
//! languages over two years: registrations, grants, arrangements, certificates, and what became
//! of them. Every record stands in the log of its own economy, or of its host where it is a guest
//! of another; the nodes mirror and co-sign each other, and each judges by what it holds itself.
//!
//! The clock is simulated: it stands on each day of that calendar while the day's records are
//! published and co-signed, so that logged times are those of the story, and then goes on from
//! [`OPENED_AT`] with real time. Every node says DEMO with every answer.
//!
//! Every record passes the same checks as any other; nothing is written past the nodes.

pub(crate) mod arrangements;
mod cast;
mod certificates;
mod events;
mod federation;
mod grants;
mod guide;
mod ledger;
mod liar;
mod members;
mod notices;
mod processes;
mod promises;
mod registrations;
mod rules;
mod stories;
#[cfg(test)]
mod tests;
mod world;

use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use comity_model::date::Instant;
use comity_node::Place;
use comity_node::clock::Clock;
use tokio::time::MissedTickBehavior;

use crate::commands::node::{bind, stop_signal, trace};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use ledger::Ledger;
use liar::How;
use members::NODES;
use processes::{ChildOptions, Folder};
use world::{Site, World};

/// The moment at which the demo opens: an hour after its last record, so that its logs are fresh.
const OPENED_AT: &str = "2026-06-15T10:00:00Z";
/// The second of a day at which its records are published, after midnight UTC.
const PUBLISHED_AT: i64 = 9 * 3_600;
/// Name of every log; every origin of a demo says so (format.md 6).
const LOG: &str = "demo-2024";
/// Seconds after which the nodes ask each other again.
const POLL_SECONDS: f64 = 2.0;

/// Where the demo answers.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  comity demo --listen 127.0.0.1:8080\n\n\
    Nothing in it is real, nothing is left on the disk, and it ends with Ctrl-C. \
    With -v it says what it is asked.")]
pub(crate) struct Options {
    /// Address and port of the first node; the others take the four ports after it, and with port
    /// 0 every node takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: String,
    /// List every story of the demo, with the command that asks about it and the answer
    #[arg(long, conflicts_with = "liar")]
    stories: bool,
    /// Print the policy of everybody in the demo and end: with it, what the demo hands out can be
    /// checked elsewhere
    #[arg(long)]
    policy: bool,
    /// Run every node as a process of its own
    #[arg(long)]
    processes: bool,
    /// Let the node of Sweden lie to the others, and see that they notice
    #[arg(long, value_name = "HOW", num_args = 0..=1, require_equals = true,
        default_missing_value = "split")]
    liar: Option<How>,
    #[command(flatten)]
    child: ChildOptions,
}

/// Opens the demo and serves it until it is told to stop.
///
/// # Errors
/// If an address cannot be had, or the world cannot be built.
pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    if options.policy {
        print!("{}", federation::policy_text()?);
        return Ok(Exit::Done);
    }
    if context.verbose > 0 {
        // Otherwise the commands to try would soon be out of sight.
        trace(context);
    }
    if options.child.is_child() {
        processes::serve(&options.child, options.liar).await?;
        return Ok(Exit::Done);
    }
    let stop = stop_signal()?;
    let listeners = listeners(&options.listen).await?;
    let folder = options.processes.then(Folder::new).transpose()?;
    let place = |number| match &folder {
        Some(folder) => Place::Folder(folder.of(number)),
        None => Place::Memory,
    };
    let sites = listeners.into_iter().enumerate();
    let sites = sites.map(|(number, listener)| Site {
        listener,
        place: place(number),
    });
    let world = World::build(sites.collect(), options.liar).await?;
    if options.stories {
        context.say(&guide::stories(&world).await?);
    }
    let guide = guide::text(&world).await?;
    if let Some(folder) = folder {
        let addresses = world.addresses();
        world.close().await?;
        let children = processes::start(&folder, &addresses, options.liar).await?;
        context.say(&guide);
        processes::run(children, stop).await?;
    } else {
        context.say(&guide);
        tokio::select! {
            () = stop => {}
            gone = live(&world) => gone?,
        }
        world.close().await?;
    }
    context.say("The demo has ended; nothing of it is left.");
    Ok(Exit::Done)
}

/// A listener for every node.
async fn listeners(listen: &str) -> Result<Vec<tokio::net::TcpListener>> {
    let usage = || {
        Failure::usage(format!("{listen:?} is no address and port"))
            .help("give one such as 127.0.0.1:8080; the demo takes the four ports after it too")
    };
    let (host, port) = listen.rsplit_once(':').ok_or_else(usage)?;
    let port: u16 = port.parse().map_err(|_| usage())?;
    let mut listeners = Vec::new();
    for number in 0..NODES.len() {
        let number = u16::try_from(number).unwrap_or_default();
        let port = match port {
            0 => 0,
            port => port.checked_add(number).ok_or_else(usage)?,
        };
        listeners.push(bind(&format!("{host}:{port}")).await?);
    }
    Ok(listeners)
}

/// Every record of the demo, signed.
fn ledger() -> Result<Ledger> {
    let mut ledger = Ledger::default();
    federation::federate(&mut ledger)?;
    registrations::register(&mut ledger)?;
    registrations::revoke_stolen_key(&mut ledger)?;
    arrangements::conclude(&mut ledger)?;
    arrangements::join(&mut ledger)?;
    grants::grant(&mut ledger)?;
    rules::lay_down(&mut ledger)?;
    promises::give(&mut ledger)?;
    certificates::issue(&mut ledger)?;
    events::happen(&mut ledger)?;
    notices::give(&mut ledger)?;
    Ok(ledger)
}

/// [`OPENED_AT`].
fn opened_at() -> Result<Instant> {
    OPENED_AT.parse().ok().context("the demo's own instant")
}

/// Lets the nodes ask each other again and again, while the demo's clock goes on with real time.
async fn live(world: &World) -> Result<()> {
    let clock = tokio::spawn(go_on(world.clock().clone(), Duration::ZERO));
    let mut due = tokio::time::interval(Duration::from_secs_f64(POLL_SECONDS));
    due.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let gone = loop {
        due.tick().await;
        if let Err(gone) = world.agree().await {
            break gone;
        }
    };
    clock.abort();
    Err(gone)
}

/// Lets the demo's clock go on with real time, second by second, from `passed` after it opened.
async fn go_on(clock: Clock, passed: Duration) -> Result<()> {
    let opened_at = opened_at()?;
    let mut second = tokio::time::interval(Duration::from_secs(1));
    second.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let first = second.tick().await;
    loop {
        let since = second.tick().await.duration_since(first) + passed;
        let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        clock.set(opened_at.plus_seconds(seconds));
    }
}
