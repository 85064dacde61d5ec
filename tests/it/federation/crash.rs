//! kill -9 of any node at random moments, while all of them publish and mirror each other: nobody
//! co-signed what it does not hold, nobody forked, and in the end all logs agree.
//!
//! `COMITY_CRASH_SEED` sets another seed; the one used is printed. `COMITY_CRASH_ROUNDS=50` is
//! what a release is tried with.

mod watch;

use std::time::{Duration, Instant};

use comity_node::audit::audit;
use comity_node::remote::Remote;
use serde_json::Value;

use crate::crash::pool::Pool;
use crate::crash::{Chance, rounds};
use crate::program::federation::Federation;
use crate::program::http::block_on;

use watch::Watch;

const NODES: usize = 5;
/// Times that a node is killed, unless `COMITY_CRASH_ROUNDS` says otherwise.
const ROUNDS: u64 = 15;
/// Records signed in advance for each node, for each round.
const RECORDS: usize = 14;
/// Records sent to one node while another, or the same, is killed.
const BURST: (u64, u64) = (1, 40);
/// Milliseconds from the first line until the kill.
const DELAYS: (u64, u64) = (0, 700);

/// What a node acknowledged: the record of its pool, and the place in its log.
struct Acknowledged {
    record: usize,
    index: u64,
}

/// A publisher: the signed records of one economy, and what its node said it has.
struct Publisher {
    pool: Pool,
    next: usize,
    acknowledged: Vec<Acknowledged>,
}

impl Publisher {
    /// Sends the next `count` records to `url`, which may fall silent at any moment.
    fn sends(&mut self, url: &str, count: usize) {
        let lines = self.pool.records[self.next..].iter().take(count);
        let body: Vec<u8> = lines
            .flat_map(|record| [record.as_slice(), b"\n"].concat())
            .collect();
        let answer = block_on(async {
            let request = reqwest::Client::new()
                .post(format!("{url}/v1/records"))
                .header("content-type", "application/x-ndjson")
                .body(body);
            let mut answer = request.send().await.ok()?;
            let mut said = Vec::new();
            while let Ok(Some(chunk)) = answer.chunk().await {
                said.extend_from_slice(&chunk);
            }
            Some(said)
        });
        let said = String::from_utf8(answer.unwrap_or_default()).unwrap();
        // Of a line that was torn off nothing is known.
        for line in said.split_inclusive('\n') {
            let Some(line) = line.strip_suffix('\n') else {
                break;
            };
            let answer: Value = serde_json::from_str(line).unwrap();
            let outcome = answer["outcome"].as_str().unwrap_or_default();
            assert!(matches!(outcome, "logged" | "alreadyLogged"), "{answer}");
            self.acknowledged.push(Acknowledged {
                record: self.next,
                index: answer["log"]["index"].as_u64().unwrap(),
            });
            self.next += 1;
        }
    }
}

/// Audits what `at` serves of the log of `of`: everything below its checkpoint must be there and
/// add up. The size of it.
fn audited(world: &Federation, at: usize, of: usize) -> u64 {
    let remote = Remote::new(&world.url(at)).unwrap();
    let key = world.members[of].log_vkey();
    let prefix = world.path_at(at, of);
    let report = block_on(audit(&remote, &prefix, &key, &mut |_, _| ())).unwrap();
    let (here, there) = (world.members[at].economy, world.members[of].economy);
    assert!(
        report.is_clean() && report.bodies_verified == report.records,
        "{here} co-signed of the log of {there} what it does not hold: {report:#?}"
    );
    report.size
}

#[test]
fn kills_among_five_nodes_leave_no_fork_and_no_hollow_cosignature() {
    let mut chance = Chance::new();
    let rounds = rounds(ROUNDS);
    let records = RECORDS * usize::try_from(rounds).unwrap();
    let begun = Instant::now();
    let mut world = Federation::of(NODES);
    let mut publishers: Vec<Publisher> = (world.members.iter())
        .map(|member| Publisher {
            pool: Pool::sign(&member.operator.path("node"), records),
            next: 0,
            acknowledged: Vec::new(),
        })
        .collect();
    // In a request of its own: the others rest on it.
    for (at, publisher) in publishers.iter_mut().enumerate() {
        publisher.sends(&world.url(at), 1);
        assert_eq!(publisher.next, 1);
    }
    world.agrees();
    let mut watch = Watch::new(&world);
    for round in 1..=rounds {
        let to = pick(&mut chance);
        let victim = pick(&mut chance);
        let count = usize::try_from(chance.between(BURST.0, BURST.1)).unwrap();
        let delay = Duration::from_millis(chance.between(DELAYS.0, DELAYS.1));
        let url = world.url(to);
        std::thread::scope(|scope| {
            let publisher = &mut publishers[to];
            let sending = scope.spawn(move || publisher.sends(&url, count));
            std::thread::sleep(delay);
            watch.looks(&world);
            world.kills(victim);
            sending.join().unwrap();
        });
        watch.looks(&world);
        world.switches_on(&[victim]);
        watch.looks(&world);
        for of in (0..NODES).filter(|&of| of != victim) {
            let held = audited(&world, victim, of);
            let signed = watch.cosigned(victim, of);
            assert!(
                held >= signed,
                "round {round}: {} co-signed {signed} entries of {} and holds {held}",
                world.members[victim].economy,
                world.members[of].economy,
            );
        }
        if round % 10 == 0 {
            let sent: usize = publishers.iter().map(|publisher| publisher.next).sum();
            eprintln!("round {round}: {sent} records, {:?}", begun.elapsed());
        }
    }
    ends_well(&world, &publishers, &mut watch);
    eprintln!("{rounds} kills in {:?}", begun.elapsed());
}

fn pick(chance: &mut Chance) -> usize {
    usize::try_from(chance.between(0, NODES as u64 - 1)).unwrap()
}

/// Everything acknowledged is everywhere, under one history for each log.
fn ends_well(world: &Federation, publishers: &[Publisher], watch: &mut Watch) {
    world.agrees();
    watch.looks(world);
    let sent = |publisher: &Publisher| publisher.acknowledged.len() > 1;
    assert!(publishers.iter().any(sent), "nothing was published");
    for (of, publisher) in publishers.iter().enumerate() {
        let size = audited(world, of, of);
        watch.one_history(world, of);
        let acknowledged = &publisher.acknowledged;
        assert!(acknowledged.iter().all(|record| record.index < size));
        for at in 0..NODES {
            assert!(audited(world, at, of) >= size);
            let bodies = watch::bodies(world, at, of);
            for record in acknowledged {
                let index = usize::try_from(record.index).unwrap();
                assert!(
                    bodies[index] == publisher.pool.records[record.record],
                    "record {} was acknowledged at {index} and is not there",
                    record.record
                );
            }
            // Who was asked for while it was away is called unreachable until it is asked again.
            let (here, there) = (world.members[at].economy, world.members[of].economy);
            world.comes_to(&format!("{here} has no alarm of {there}"), || {
                world.log(at, of).unwrap()["alarms"] == serde_json::json!([])
            });
        }
    }
}
