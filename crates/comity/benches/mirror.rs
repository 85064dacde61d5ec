//! Mirroring figures, as ratios in one run: how fast a node catches up with a log, how many bytes
//! that costs on the wire, and how much memory.
//!
//! `cargo bench -p comity --bench mirror` catches up with 100,000 records;
//! `COMITY_BENCH_RECORDS=1000000` with a million (2 GB of bodies in a temporary folder, and as
//! much again for what the mirror keeps). The log is served by this process, the mirror is
//! the program itself in a process of its own, whose processor time and memory are read.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a bench measures time, fails loudly and prints"
)]

#[path = "figures/records.rs"]
mod records;

mod mirror {
    pub(crate) mod catch_up;
    pub(crate) mod origin;
    pub(crate) mod wire;
}

use std::time::Instant;

use mirror::{catch_up, origin, wire};

/// Records of the log unless `COMITY_BENCH_RECORDS` says otherwise.
const RECORDS: usize = 100_000;
/// Signatures verified to know what one costs.
const SAMPLE: usize = 20_000;

fn main() {
    let count = std::env::var("COMITY_BENCH_RECORDS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(RECORDS);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("a log of {count} records, {cores} cores\n");
    let world = records::World::new();
    let bare = bare_micros();
    println!("bare Ed25519 verify_strict, key at hand    {bare:8.1} us   1.00\n");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        wire::measure(&world).await;
        let folder = tempfile::tempdir().unwrap();
        let log = origin::Log::build(&world, count, folder.path());
        catch_up::measure(log, bare).await;
    });
}

/// Microseconds of one strict verification.
fn bare_micros() -> f64 {
    use ed25519_dalek::Signer as _;
    let key = ed25519_dalek::SigningKey::from_bytes(&[2; 32]);
    let message = [5; 64];
    let (signature, key) = (key.sign(&message), key.verifying_key());
    let start = Instant::now();
    for _ in 0..SAMPLE {
        key.verify_strict(&message, &signature).unwrap();
    }
    start.elapsed().as_secs_f64() * 1e6 / SAMPLE as f64
}
