//! The demo's nodes, and the calendar on which they publish.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use comity_model::date::Day;
use comity_node::clock::Clock;
use comity_node::config::Config;
use comity_node::remote::{Connect, Remote};
use comity_node::{Joining, Node, Place};
use futures::future::try_join_all;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::cast::Body;
use super::federation::{self, public_url};
use super::ledger::{Ledger, Signed};
use super::liar::{self, How, LIAR};
use super::members::{NODES, node_in};
use super::{PUBLISHED_AT, ledger, opened_at, stories};
use crate::commands::node::serve_until;

/// The first days, on each of which everybody waits for what was logged on the one before. Later
/// the nodes ask each other once a month.
const FOUNDING_DAYS: usize = 6;
/// Most rounds of asking until every log stands under a quorum.
const MOST_ROUNDS: usize = 4;

/// The nodes of the demo, in the order of [`NODES`], under one clock.
#[derive(Debug)]
pub(super) struct World {
    nodes: Vec<Opened>,
    /// How one of them lies.
    liar: Option<How>,
    clock: Clock,
    stop: watch::Sender<bool>,
    servers: Vec<JoinHandle<Result<()>>>,
}

/// A node that answers.
#[derive(Debug)]
pub(super) struct Opened {
    /// Whose it is.
    pub(super) authority: &'static Body,
    pub(super) node: Node,
    /// Where it answers.
    pub(super) url: String,
}

/// Where a node is to be.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) listener: TcpListener,
    pub(super) place: Place,
}

impl World {
    /// Opens a node at each site and lets them publish what their calendar says: each day's
    /// records are logged where they belong, mirrored and co-signed by the others on that day.
    ///
    /// # Errors
    /// If a record of it is refused: then the demo and the rules have grown apart.
    pub(super) async fn build(sites: Vec<Site>, liar: Option<How>) -> Result<Self> {
        let mut batches = ledger()?.take_batches();
        if liar.is_some() {
            let (day, hidden) = liar::hidden()?;
            batches.entry(day).or_default().push(hidden);
        }
        let first = batches.keys().next().context("the demo's own calendar")?;
        let clock = Clock::simulated(first.first_second());
        let mut world = Self::open(sites, liar, clock).await?;
        let days: Vec<_> = batches.keys().copied().collect();
        for (number, (day, records)) in batches.into_iter().enumerate() {
            world.publish(day, &records).await?;
            let asked_about = asked_about(day);
            if asked_about {
                // A log on which nothing happened that day has a head of that day all the same.
                world.tend().await?;
            }
            let ends_month = days
                .get(number + 1)
                .is_none_or(|next| month(*next) != month(day));
            if number < FOUNDING_DAYS || ends_month || asked_about {
                world.agree().await?;
            }
        }
        world.clock.set(opened_at()?);
        world.tend().await?;
        world.settle().await?;
        for opened in &world.nodes {
            opened.node.indexed().await;
        }
        Ok(world)
    }

    async fn open(sites: Vec<Site>, liar: Option<How>, clock: Clock) -> Result<Self> {
        let (stop, stopped) = watch::channel(false);
        let urls = sites
            .iter()
            .map(|site| Ok(format!("http://{}", site.listener.local_addr()?)))
            .collect::<Result<Vec<_>>>()?;
        let mut world = Self {
            nodes: Vec::new(),
            liar,
            clock,
            stop,
            servers: Vec::new(),
        };
        for ((authority, site), url) in NODES.into_iter().zip(sites).zip(urls.clone()) {
            let config = federation::config(authority);
            let connect = way(&urls, authority, liar, &world.clock)?;
            let node = start(site.place, config, &world.clock, connect, true).await?;
            let mut stopped = stopped.clone();
            let stop = async move {
                // A world that is gone stops as well.
                let _ = stopped.wait_for(|stop| *stop).await;
            };
            let pages = comity_web::Options::at(Some(url.clone()));
            let served = serve_until(node.clone(), site.listener, pages, stop);
            world.servers.push(tokio::spawn(served));
            world.nodes.push(Opened {
                authority,
                node,
                url,
            });
        }
        Ok(world)
    }

    /// Logs the records of a day, each where it belongs.
    async fn publish(&mut self, day: Day, records: &[Signed]) -> Result<()> {
        self.clock
            .set(day.first_second().plus_seconds(PUBLISHED_AT));
        for (number, opened) in self.nodes.iter().enumerate() {
            let own = records.iter().filter(|record| record.at.contains(&number));
            let bodies: Vec<_> = own.map(|record| record.body.clone()).collect();
            if bodies.is_empty() {
                continue;
            }
            for outcome in opened.node.publish(bodies).await? {
                if let Err(refusal) = outcome {
                    anyhow::bail!(
                        "the demo's own record of {day} was refused by {}: {refusal}",
                        opened.url
                    );
                }
            }
        }
        Ok(())
    }

    /// Every node signs its head anew, and anchors what is due.
    async fn tend(&self) -> Result<()> {
        try_join_all(self.nodes.iter().map(|opened| opened.node.tend_once())).await?;
        Ok(())
    }

    /// Lets the nodes ask each other until every log stands under a quorum, as it does at once
    /// unless the machine is busy with other things. The log of the one that lies never does.
    async fn settle(&self) -> Result<()> {
        for _ in 0..MOST_ROUNDS {
            self.agree().await?;
            if self.is_settled().await? {
                break;
            }
        }
        Ok(())
    }

    async fn is_settled(&self) -> Result<bool> {
        for opened in &self.nodes {
            let honest = self.liar.is_none() || opened.authority.did != LIAR.did;
            let origin = opened.node.config().origin();
            let logs = opened.node.logs().await?;
            let own = logs.iter().find(|log| log.origin == origin);
            if honest && !own.is_some_and(|own| own.quorum) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Every node takes up what the others have logged and co-signs it; each collects what was
    /// co-signed of its own log; and each reads what the others have collected.
    ///
    /// # Errors
    /// If a database fails.
    pub(super) async fn agree(&self) -> Result<()> {
        let nodes = || self.nodes.iter().map(|opened| &opened.node);
        try_join_all(nodes().map(Node::mirror_once)).await?;
        try_join_all(nodes().map(Node::collect_once)).await?;
        try_join_all(nodes().map(Node::mirror_once)).await?;
        Ok(())
    }

    pub(super) fn nodes(&self) -> &[Opened] {
        &self.nodes
    }

    /// How one of them lies, if so.
    pub(super) fn liar(&self) -> Option<How> {
        self.liar
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Addresses and ports of the nodes.
    pub(super) fn addresses(&self) -> Vec<String> {
        let address = |opened: &Opened| opened.url.trim_start_matches("http://").to_owned();
        self.nodes.iter().map(address).collect()
    }

    /// The node that a person in `economy` asks.
    ///
    /// # Errors
    /// If nobody is there.
    pub(super) fn asked_in(&self, economy: &str) -> Result<&Opened> {
        let number = node_in(economy).and_then(|number| self.nodes.get(number));
        number.with_context(|| format!("nobody in {economy} has a node to ask"))
    }

    /// Records in all logs together.
    ///
    /// # Errors
    /// If a database fails.
    pub(super) async fn records(&self) -> Result<u64> {
        let mut records = 0;
        for opened in &self.nodes {
            let counts = opened.node.counts().await?;
            records = records.max(counts.iter().map(|(_, count)| count).sum());
        }
        Ok(records)
    }

    /// Answers what is under way, and closes every node.
    ///
    /// # Errors
    /// Of a node that could not be served.
    pub(super) async fn close(self) -> Result<()> {
        let _ = self.stop.send(true);
        for server in self.servers {
            server.await??;
        }
        Ok(())
    }
}

/// Whether a story asks what was known on a day: then every log must be fresh on it.
fn asked_about(day: Day) -> bool {
    let day = day.to_string();
    let mut stories = stories::all().into_iter();
    stories.any(|(_, story)| story.known_at.is_some_and(|at| at.starts_with(&day)))
}

/// The month of a day, such as `2026-06`.
fn month(day: Day) -> Option<String> {
    day.to_string().get(..7).map(str::to_owned)
}

/// How the node of `me` finds the others, whose addresses in the list are made up like everything
/// else.
///
/// # Errors
/// If the lie of the one that lies cannot be made.
pub(super) fn way(urls: &[String], me: &Body, liar: Option<How>, clock: &Clock) -> Result<Connect> {
    // Made once: what is asked of one node goes over the same connections.
    let mut remotes = BTreeMap::new();
    for (node, url) in NODES.iter().zip(urls) {
        remotes.insert(public_url(node), Remote::new(url)?);
    }
    let honest: Connect = Arc::new(move |url| match remotes.get(url.trim_end_matches('/')) {
        Some(remote) => Ok(remote.clone()),
        None => Remote::new(url),
    });
    match liar {
        Some(how) => liar::through(honest, me, how, clock),
        None => Ok(honest),
    }
}

/// The node that `config` describes; it is given the list and every member's keys by hand. One
/// that is `new` has forgotten nothing and asks nobody about it.
///
/// # Errors
/// If it cannot be opened.
pub(super) async fn start(
    place: Place,
    config: Config,
    clock: &Clock,
    connect: Connect,
    new: bool,
) -> Result<Node> {
    let mut ledger = Ledger::default();
    federation::federate(&mut ledger)?;
    let policy = federation::policy(&ledger)?;
    let records = ledger.take_batches().into_values().flatten();
    let joining = Joining {
        connect,
        assume_latest: new,
        federation: records.map(|record| record.body).collect(),
        ..Joining::default()
    };
    let keys = federation::keys(&config)?;
    let node = Node::start_with(place, config, keys, policy, clock.clone(), joining);
    Ok(node.await?)
}
