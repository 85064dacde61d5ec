//! A simulated network: five nodes in one process, on clocks that a test sets, joined by a network
//! that loses questions and answers, holds answers back, gives old ones again, and cuts a group of
//! nodes off for a day; nodes are stopped and started in the middle of it.
//!
//! Always: no log shows two histories, a mirror co-signs only what it holds, no head goes back, and
//! what was acknowledged stays. And once the network is whole again, all nodes agree soon.
//!
//! Everything is drawn from one seed. It is printed when a check fails, with what had happened;
//! `COMITY_SIMULATION_SEED` runs that one alone, and `COMITY_SIMULATION_SECONDS` as many as fit into that time.

mod checks;
mod network;
mod world;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::program::http::block_on;
use world::World;

/// Nodes of one simulation.
const NODES: usize = 5;
/// Time after which no further seed is begun, unless another is asked for.
const TIME: Duration = Duration::from_secs(30);
/// Seeds that are run however long they take.
const FEWEST_SEEDS: u64 = 2;
/// Seeds that are run at once, each in a world of its own.
const LANES: usize = 2;
/// Steps of one simulation before the network is healed.
const STEPS: usize = 60;
/// Rounds of passes within which all must agree once the network is whole.
const ROUNDS_TO_AGREE: usize = 10;

/// Numbers that look random and are the same for the same seed (splitmix64).
#[derive(Clone, Debug)]
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, and without, `count`.
    fn below(&mut self, count: u64) -> u64 {
        self.next() % count
    }

    /// One of so many places.
    fn place(&mut self, count: usize) -> usize {
        usize::try_from(self.below(count as u64)).unwrap()
    }
}

#[test]
fn whatever_the_network_does_nobody_is_shown_two_histories() {
    if let Ok(seed) = std::env::var("COMITY_SIMULATION_SEED") {
        block_on(Box::pin(plays_through(seed.parse().unwrap())));
        return;
    }
    let time = std::env::var("COMITY_SIMULATION_SECONDS").ok();
    let time = time.map_or(TIME, |seconds| {
        Duration::from_secs(seconds.parse().unwrap())
    });
    let begun = Instant::now();
    let seeds = Arc::new(AtomicU64::new(0));
    let lane = || {
        let seeds = Arc::clone(&seeds);
        async move {
            loop {
                let seed = seeds.fetch_add(1, Ordering::Relaxed) + 1;
                if seed > FEWEST_SEEDS && begun.elapsed() > time {
                    break;
                }
                Box::pin(plays_through(seed)).await;
            }
        }
    };
    block_on(async {
        let lanes: Vec<_> = (0..LANES).map(|_| tokio::spawn(lane())).collect();
        for lane in lanes {
            lane.await.unwrap();
        }
    });
    let begun_seeds = seeds.load(Ordering::Relaxed) - LANES as u64;
    eprintln!("{begun_seeds} seeds in {:?}", begun.elapsed());
}

async fn plays_through(seed: u64) {
    let mut world = World::new(seed).await;
    for _ in 0..STEPS {
        world.does_something().await;
        world.is_safe().await;
    }
    world.heals().await;
    world.is_safe().await;
    for round in 0.. {
        world.makes_a_round().await;
        world.is_safe().await;
        let Some(disagreement) = world.disagreement().await else {
            break;
        };
        assert!(
            round < ROUNDS_TO_AGREE,
            "after {round} rounds: {disagreement}"
        );
    }
    world.goes_on().await;
    world.kept_what_it_acknowledged().await;
    world.closes().await;
}
