//! `comity generate`: a node with as many made-up records as are asked for, in five languages.
//!
//! Twelve economies publish in one log: registrations, grants, arrangements, certificates, reports
//! and what became of them over ten years. Some bodies and holders have much, most have little, by
//! Zipf's law. Nothing in it is real but codes, words, and numbers of standards; every name says
//! DEMO, and so does the node with every answer.
//!
//! The same seed, day and number give the same bytes, on every machine and with any number of
//! cores: each dossier follows from the seed and its own number. So nothing is kept but the world
//! that they are made from, however many there are. Every record passes the same checks as any
//! other; nothing is written past the node. Published at once, the records are logged under a
//! simulated clock: what the world begins with on its own days, all certificates on the base day.

mod cast;
mod chance;
mod dossier;
mod events;
mod folder;
mod foundation;
mod goods;
mod names;
mod numbers;
mod others;
mod papers;
mod shares;
mod sign;
mod tables;
mod tally;
#[cfg(test)]
mod tests;
mod words;
mod world;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use comity_model::date::Day;
use comity_node::Node;
use comity_node::clock::Clock;
use comity_node::publish::MAX_CALL_RECORDS;
use futures::stream::{self, StreamExt as _};
use serde_json::json;

use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::output::add;
use sign::Signed;
use tally::Tally;
use world::World;

/// The day on which states are as counted, unless another is given: fixed, so that bytes do not
/// depend on the clock.
const BASE_DAY: &str = "2026-06-30";
/// Fewest records: the foundation of the smallest world takes up most of them.
const FEWEST_RECORDS: u64 = 1_000;
/// Most records: serial numbers of certificates tell so many dossiers apart.
const MOST_RECORDS: u64 = 10_000_000;
/// Dossiers that one core makes in one go.
const CHUNK: u64 = 128;
/// Chunks that are made before they are wanted, for each core.
const AHEAD: usize = 4;
/// The second of its day at which a record is logged, after midnight UTC and after it was signed.
const LOGGED_AT: i64 = 12 * 3_600;
/// Milliseconds between two looks at how far search is.
const LOOK_MILLIS: u64 = 200;

/// What to make, and where.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    comity generate world --records 20000 --publish && comity node serve world\n  \
    comity generate world --records 20000 && comity node serve world &\n  \
    comity publish --node http://127.0.0.1:8080 world/records.ndjson\n\n\
    DIR becomes the folder of a node, and DIR/records.ndjson holds the records in an order in which \
    it takes them. The keys follow from the seed and are known to everybody: use them for nothing \
    else. Of the attestations about a fifth have expired on the base day, one in twenty-five was \
    superseded, about one in twenty was suspended, reinstated or withdrawn; docs/data.md lists the \
    shares. Ctrl-C while it publishes leaves a folder to be deleted.")]
pub(crate) struct Options {
    /// The folder to make; it must not be there, or be empty
    dir: PathBuf,
    /// How many records, everything counted: 1,000 to 10,000,000
    #[arg(long, value_name = "N", default_value_t = 20_000,
        value_parser = clap::value_parser!(u64).range(FEWEST_RECORDS..=MOST_RECORDS))]
    records: u64,
    /// The seed: the same seed, number and day give the same bytes
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The day of which states are counted; nothing is dated after it
    #[arg(long, value_name = "DAY", default_value = BASE_DAY)]
    date: Day,
    /// Put the records into the node at once, as well: those that the world begins with as of
    /// their own days, all others as of the base day
    #[arg(long)]
    publish: bool,
    /// Database of the node, `sqlite://FILE` or `postgres://...` [default: DIR/node.sqlite]
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

/// Makes the folder, the records and, if asked, the log.
///
/// # Errors
/// If the folder is not empty or cannot be written, or the node refuses a record: then the rules
/// and the made-up world have grown apart.
pub(crate) async fn run(options: Options, context: &Context) -> Result<Exit> {
    let config = folder::config(options.date, options.database.clone())?;
    let (dir, seed, count) = (&options.dir, options.seed, options.records);
    folder::refuse_used(dir)?;
    let mut world = World::of(seed, options.date, count, config.origin())?;
    let keys = folder::keys(seed, &config)?;
    let foundation = foundation::lay(&mut world, &keys)?;
    folder::write(dir, seed, &config, &world, &keys, &foundation)?;
    let holders = world.holders();
    let clock = Clock::simulated(options.date.first_second());
    let mut maker = Maker {
        file: BufWriter::new(create(&dir.join("records.ndjson"))?),
        node: None,
        clock: clock.clone(),
        waiting: Vec::new(),
        tally: Tally::default(),
    };
    if options.publish {
        let begun = foundation.first().context("a world has a foundation")?.on;
        maker.stand_at(begun).await?;
        maker.node = Some(Node::open(dir, clock).await?);
    }
    let bar = context.bar(count, "records");
    for signed in foundation {
        maker.stand_at(signed.on).await?;
        maker.take(signed).await?;
    }
    maker.stand_at(options.date).await?;
    let world = Arc::new(world);
    let ahead = AHEAD * std::thread::available_parallelism().map_or(1, usize::from);
    let chunks = stream::iter(0..).map(move |number| {
        let world = Arc::clone(&world);
        tokio::task::spawn_blocking(move || chunk(&world, number))
    });
    let mut chunks = std::pin::pin!(chunks.buffered(ahead));
    while let Some(records) = chunks.next().await {
        let missing = count.saturating_sub(maker.tally.records);
        for signed in records??.into_iter().take(usize::try_from(missing)?) {
            maker.take(signed).await?;
        }
        bar.set_position(maker.tally.records);
        if maker.tally.records >= count {
            break;
        }
    }
    bar.finish_and_clear();
    let tally = maker.finish(context).await?;
    let facts = json!({
        "folder": dir,
        "seed": seed,
        "date": options.date,
        "holders": holders,
        "published": options.publish,
    });
    tally.show(context.format, facts)?;
    say_next(&options, &tally, context);
    Ok(Exit::Done)
}

/// The records of some dossiers, one after the other.
fn chunk(world: &World, number: u64) -> Result<Vec<Signed>> {
    let mut records = Vec::new();
    for dossier in number * CHUNK..(number + 1) * CHUNK {
        records.extend(dossier::dossier(world, dossier)?);
    }
    Ok(records)
}

fn create(path: &std::path::Path) -> Result<File> {
    File::create(path).with_context(|| format!("{} cannot be written", path.display()))
}

/// Where records go.
struct Maker {
    file: BufWriter<File>,
    /// The node that is to take them, if so.
    node: Option<Node>,
    /// Its clock.
    clock: Clock,
    /// Those that it has not been given yet.
    waiting: Vec<Vec<u8>>,
    tally: Tally,
}

impl Maker {
    /// Has the clock stand on `day`: what is taken from now on is logged then.
    async fn stand_at(&mut self, day: Day) -> Result<()> {
        let logged_at = day.first_second().plus_seconds(LOGGED_AT);
        if logged_at != self.clock.now() {
            self.publish().await?;
            self.clock.set(logged_at);
        }
        Ok(())
    }

    async fn take(&mut self, signed: Signed) -> Result<()> {
        self.tally.count(&signed);
        self.file.write_all(&signed.body)?;
        self.file.write_all(b"\n")?;
        if self.node.is_some() {
            self.waiting.push(signed.body);
            if self.waiting.len() >= MAX_CALL_RECORDS {
                self.publish().await?;
            }
        }
        Ok(())
    }

    async fn publish(&mut self) -> Result<()> {
        let Some(node) = &self.node else {
            return Ok(());
        };
        let bodies = std::mem::take(&mut self.waiting);
        let first = self.tally.records - bodies.len() as u64;
        for (place, outcome) in node.publish(bodies).await?.into_iter().enumerate() {
            outcome.map_err(|refusal| {
                let line = first + place as u64 + 1;
                let what = format!("the node refused the record of line {line}: {refusal}");
                Failure::refused(what).help("the made-up world and the rules have grown apart")
            })?;
        }
        Ok(())
    }

    /// Publishes the rest, waits until search finds it, and closes everything.
    async fn finish(mut self, context: &Context) -> Result<Tally> {
        self.publish().await?;
        self.file.flush()?;
        if let Some(node) = &self.node {
            indexed(node, context).await?;
            node.close().await;
        }
        Ok(self.tally)
    }
}

/// Waits until everything can be found by search.
async fn indexed(node: &Node, context: &Context) -> Result<()> {
    let bar = context.bar(node.head().size, "indexing");
    let mut look = tokio::time::interval(std::time::Duration::from_millis(LOOK_MILLIS));
    loop {
        tokio::select! {
            () = node.indexed() => break,
            _ = look.tick() => {
                let logs = node.logs().await?;
                bar.set_position(logs.iter().map(|log| log.indexed).sum());
            }
        }
    }
    bar.finish_and_clear();
    Ok(())
}

/// Says what was made and what to type about it.
fn say_next(options: &Options, tally: &Tally, context: &Context) {
    let dir = options.dir.display();
    let mut words = format!(
        "{} records, {} bytes, in {dir}/records.ndjson. Next:\n  comity node serve {dir}",
        tally.records, tally.bytes
    );
    let node = "--node http://127.0.0.1:8080";
    if !options.publish {
        let line = format_args!("\n  comity publish {node} {dir}/records.ndjson");
        add(&mut words, line);
    }
    for state in ["active", "suspended", "expired"] {
        if let Some((number, economy)) = tally.example(state) {
            let destination = foundation::partner(economy);
            let line = format_args!("\n  comity check {node} '{number}' --in {destination}");
            add(&mut words, line);
        }
    }
    context.say(&words);
}
