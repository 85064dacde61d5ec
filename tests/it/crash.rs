//! kill -9 of a node in the middle of a publish stream, at random moments: what was acknowledged
//! is there, the log verifies, and search agrees with the log after the next start.
//!
//! The moments come from one seed, which is printed; `COMITY_CRASH_SEED` sets another, and
//! `COMITY_CRASH_ROUNDS` how often it is killed: 50 times is what a release is tried with. A process
//! that is killed leaves what it wrote to the system, so this shows the order of writes inside
//! the program and the database, not the disk's behaviour when power fails.

mod checks;
pub(crate) mod pool;
mod stream;

use std::path::Path;
use std::time::{Duration, Instant};

use crate::program::database::Database;
use crate::program::{Person, Serving, free_port, http, wait_until};

use pool::Pool;
use stream::{Acknowledged, Ending, Stream};

/// Times that the node is killed, unless `COMITY_CRASH_ROUNDS` says otherwise; fewer on a server,
/// which the kill does not reach.
const ROUNDS: u64 = 20;
const ROUNDS_ON_POSTGRES: u64 = 5;
/// Rounds after which the whole log is audited.
const AUDIT_EVERY: u64 = 5;
/// Receipts verified in each round.
const RECEIPTS: u64 = 8;
/// Records signed before the first round, for each round.
const RECORDS: usize = 300;
/// The seed unless another is given.
const SEED: u64 = 0x00c0_317f;
/// Milliseconds from the first acknowledgement, or from the first line, until the node is killed.
const DELAYS: (u64, u64) = (5, 400);

/// Numbers that look random and are the same for the same seed (xorshift64*).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new() -> Self {
        let said = std::env::var("COMITY_CRASH_SEED");
        let seed = said.map_or(SEED, |seed| seed.parse().unwrap());
        eprintln!("COMITY_CRASH_SEED={seed}");
        Self(seed.max(1))
    }

    /// From `low` up to and with `high`.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D);
        low + (drawn >> 11) % (high - low + 1)
    }

    pub(crate) fn one_in(&mut self, count: u64) -> bool {
        self.between(1, count) == 1
    }
}

/// How often something is killed: `usual`, or what `COMITY_CRASH_ROUNDS` says.
pub(crate) fn rounds(usual: u64) -> u64 {
    let said = std::env::var("COMITY_CRASH_ROUNDS");
    said.map_or(usual, |rounds| rounds.parse().unwrap())
}

/// A node that is killed and started again, and everything it ever acknowledged.
struct Victim {
    operator: Person,
    port: u16,
    serving: Option<Serving>,
    /// Gone after the node.
    _database: Database,
    pool: Pool,
    /// The first record of the pool that was not acknowledged.
    next: usize,
    acknowledged: Vec<Acknowledged>,
}

impl Victim {
    fn new(database: Database, rounds: u64) -> Self {
        let records = RECORDS * usize::try_from(rounds).unwrap();
        let operator = Person::new();
        let init = "comity node init se --economy SE --host nqi.example.se --name Authority";
        let init = format!("{init}{}", database.option());
        operator.does(&init).exits(0);
        let port = free_port();
        let mut victim = Self {
            pool: Pool::sign(&operator.path("se"), records),
            operator,
            port,
            serving: None,
            _database: database,
            next: 1,
            acknowledged: Vec::new(),
        };
        victim.serve();
        // In a request of its own: the others rest on it.
        let registration = &victim.pool.records[0];
        victim.operator.writes("registration.json", registration);
        let publish = format!("comity publish registration.json --node {}", victim.url());
        victim.operator.does(&publish).exits(0);
        victim
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn serve(&mut self) -> Duration {
        let begun = Instant::now();
        let line = format!("comity node serve se -q --listen 127.0.0.1:{}", self.port);
        self.serving = Some(Serving::begin(&self.operator, &line, self.port));
        begun.elapsed()
    }

    /// Streams records until `ending`, and keeps what was acknowledged.
    fn stream(&mut self, chance: &mut Chance, ending: Ending) -> Vec<Acknowledged> {
        // What was sent and not acknowledged is sent again, as a publisher would.
        let stream = Stream::new(&self.url(), &self.pool, self.next);
        let acknowledged = stream.run(self.serving.take().unwrap(), chance, ending);
        self.next += acknowledged.len();
        self.acknowledged.extend_from_slice(&acknowledged);
        acknowledged
    }

    fn indexed(&self) {
        let health = format!("{}/health/live", self.url());
        wait_until("search has caught up", || {
            let health = http::json(&health);
            health["indexed"] == health["logSize"]
        });
    }
}

#[test]
fn kills_lose_nothing_that_was_acknowledged() {
    let mut chance = Chance::new();
    let rounds = rounds(ROUNDS);
    let mut victim = Victim::new(Database::Sqlite, rounds);
    is_killed(&mut victim, &mut chance, rounds);
    reindexing_is_killed(&mut victim, &mut chance);
}

/// Here the server may still commit what a dead node asked for, while the next one starts.
#[test]
fn kills_lose_nothing_on_postgres_either() {
    let Some(database) = Database::postgres() else {
        return;
    };
    let mut chance = Chance::new();
    let mut victim = Victim::new(database, ROUNDS_ON_POSTGRES);
    is_killed(&mut victim, &mut chance, ROUNDS_ON_POSTGRES);
}

fn is_killed(victim: &mut Victim, chance: &mut Chance, rounds: u64) {
    let begun = Instant::now();
    let mut slowest = Duration::ZERO;
    for round in 1..=rounds {
        let delay = Duration::from_millis(chance.between(DELAYS.0, DELAYS.1));
        // Now and then before anything was acknowledged.
        let ending = if chance.one_in(8) {
            Ending::KilledAfterStart(delay)
        } else {
            Ending::KilledAfterFirst(delay)
        };
        let acknowledged = victim.stream(chance, ending);
        slowest = slowest.max(victim.serve());
        checks::held(victim, &acknowledged);
        checks::receipts(victim, chance, RECEIPTS);
        checks::searched(victim);
        if round % AUDIT_EVERY == 0 {
            checks::audited(victim);
            let count = victim.acknowledged.len();
            eprintln!(
                "round {round}: {count} records, {:?}, slowest start {slowest:?}",
                begun.elapsed()
            );
        }
    }
    assert!(
        victim.acknowledged.len() > 50,
        "hardly anything was streamed"
    );
    checks::held(victim, &victim.acknowledged);
    checks::audited(victim);
}

/// A kill in the middle of `reindex`: the next start makes what is missing.
fn reindexing_is_killed(victim: &mut Victim, chance: &mut Chance) {
    victim.serving.take().unwrap().stop();
    let mut reindex = victim.operator.begins("comity node reindex se");
    std::thread::sleep(Duration::from_millis(chance.between(DELAYS.0, DELAYS.1)));
    reindex.kill().unwrap();
    reindex.wait().unwrap();
    victim.serve();
    checks::searched(victim);
    checks::counted(victim);
    victim.serving.take().unwrap().stop();
    victim.operator.does("comity node reindex se").exits(0);
    victim.serve();
    checks::counted(victim);
}

/// SIGTERM: everything that was sent is answered, the exit code is 0, and another folder can
/// write to the log at once, so the lease was given back.
#[test]
fn a_polite_end_answers_what_was_sent() {
    let mut chance = Chance::new();
    let mut victim = Victim::new(Database::Sqlite, 10);
    let after = Duration::from_millis(chance.between(DELAYS.0, DELAYS.1));
    let acknowledged = victim.stream(&mut chance, Ending::Terminated(after));
    assert!(!acknowledged.is_empty());
    let heir = Person::new();
    adopts(&heir, &victim.operator.path("se"));
    // The folder of the first stays: its database is the heir's.
    let _first = std::mem::replace(&mut victim.operator, heir);
    victim.serve();
    checks::held(&victim, &acknowledged);
    checks::searched(&victim);
    checks::audited(&victim);
}

/// Copies a node's keys and policy; the index stays behind, the database where it is.
fn adopts(heir: &Person, folder: &Path) {
    let from = folder.display();
    heir.does(&format!(
        "mkdir se && cp -r {from}/keys {from}/policy.toml se/"
    ))
    .exits(0);
    let config = std::fs::read_to_string(folder.join("config.toml")).unwrap();
    let database = format!("database = \"sqlite://{from}/node.sqlite\"\n");
    heir.writes("se/config.toml", database + &config);
}
