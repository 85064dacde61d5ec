//! First figures, as ratios in one run: each number stands beside the limit it is measured
//! against, on the same machine, in the same minute.
//!
//! `cargo bench -p comity --bench figures` measures 100,000 records; `COMITY_BENCH_RECORDS=20000`
//! measures fewer. Where the time goes is printed under each figure.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a bench measures time, fails loudly and prints"
)]

mod figures {
    pub(crate) mod limits;
    pub(crate) mod look_up;
    pub(crate) mod publish;
    pub(crate) mod records;
}

use std::time::{Duration, Instant};

use figures::{limits, look_up, publish, records};

/// Records published unless `COMITY_BENCH_RECORDS` says otherwise.
const RECORDS: usize = 100_000;

fn main() {
    let count = std::env::var("COMITY_BENCH_RECORDS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(RECORDS);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{count} generated records, {cores} cores\n");
    let world = records::World::new();
    let bodies = world.attestations(count);
    let bytes: usize = bodies.iter().map(Vec::len).sum();
    println!("a record: {} bytes on average\n", bytes / count.max(1));

    limits::verify_one(&bodies);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let parts = limits::parts(&world, &bodies, folder.path()).await;
        let served = publish::end_to_end(&world, bodies, folder.path(), &parts, cores).await;
        look_up::by_digest(&served).await;
        look_up::verdicts(&served).await;
        look_up::counting(&served).await;
        look_up::statistics(&served).await;
        served.node.close().await;
    });
}

/// Seconds per item as microseconds.
fn micros(elapsed: Duration, items: usize) -> f64 {
    elapsed.as_secs_f64() * 1e6 / items.max(1) as f64
}

/// The median of `rounds` timed runs of each; they take turns, so that a busy neighbour slows all
/// of them alike.
fn medians<const N: usize>(rounds: usize, mut runs: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut times = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for (run, times) in runs.iter_mut().zip(&mut times) {
            let start = Instant::now();
            run();
            times.push(start.elapsed());
        }
    }
    times.map(|mut times: Vec<Duration>| {
        times.sort_unstable();
        times.get(rounds / 2).copied().unwrap_or_default()
    })
}
