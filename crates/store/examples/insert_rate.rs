//! How fast batches are committed and bodies looked up, on each engine that is there:
//!
//! ```text
//! cargo run --release -p comity-store --features testing --example insert_rate
//! ```
#![expect(clippy::disallowed_methods, reason = "measuring reads the clock")]

use std::time::Instant;

use comity_store::testing::Scratch;
use comity_store::{Batch, Error, Hash, Head, Identifier, NewEntry, NewRecord, NewTile, Store};

const ORIGIN: &str = "nqi.one.example/log/2026";

/// Bytes of a usual attestation.
const BODY_BYTES: usize = 2_400;

#[tokio::main]
async fn main() -> Result<(), Error> {
    for (records_per_batch, records) in [(1, 1_000), (1_000, 40_000), (8_192, 81_920)] {
        for scratch in Scratch::each() {
            let engine = scratch.url().split(':').next().unwrap_or_default();
            let store = scratch.open().await;
            store.create_log(ORIGIN, "vkey", b"note", &hash(0)).await?;
            let rate = insert(&store, records_per_batch, records).await?;
            println!("{engine}: {rate:.0} records/s in batches of {records_per_batch}");
            let rate = look_up(&store, records).await?;
            println!("{engine}: {rate:.0} bodies/s, one at a time, of {records}");
        }
    }
    Ok(())
}

/// Only the appending is timed, not the making of the batches.
async fn insert(store: &Store, batch: u64, records: u64) -> Result<f64, Error> {
    let mut seconds = 0.0;
    for size in (0..records).step_by(usize::try_from(batch).unwrap_or(usize::MAX)) {
        let batch = make(size, batch);
        let start = Instant::now();
        store.append(&batch).await?;
        seconds += start.elapsed().as_secs_f64();
    }
    Ok(rate(records, seconds))
}

async fn look_up(store: &Store, records: u64) -> Result<f64, Error> {
    let asked = 2_000.min(records);
    let start = Instant::now();
    for number in 0..asked {
        store.body(&hash(number * 7_919 % records + 1)).await?;
    }
    Ok(rate(asked, start.elapsed().as_secs_f64()))
}

#[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
fn rate(count: u64, seconds: f64) -> f64 {
    count as f64 / seconds
}

fn make(size: u64, count: u64) -> Batch {
    let positions = size..size + count;
    let after = Head {
        origin: ORIGIN.to_owned(),
        size: positions.end,
        root: hash(0),
        note: vec![b'n'; 300],
        updated_at: 0,
    };
    let tiles = size / 256..=(positions.end - 1) / 256;
    let entries = positions.clone().map(|position| NewEntry {
        position,
        entry: vec![b'e'; 95],
        leaf: hash(position),
        digest: None,
    });
    Batch {
        origin: ORIGIN.to_owned(),
        holder: None,
        before: (size, hash(0)),
        after,
        entries: entries.collect(),
        tiles: tiles
            .map(|index| NewTile {
                level: 0,
                index,
                hashes: vec![1; 8_192],
            })
            .collect(),
        records: positions.map(record).collect(),
        missing: Vec::new(),
        invalid: Vec::new(),
    }
}

/// A record with two numbers and a body that compresses like a real one: words from a
/// small list, and digits.
fn record(position: u64) -> NewRecord {
    let words = [
        "\"certificate\":",
        "\"认证证书\",",
        "\"applicability\":true,",
        "{\"id\":",
    ];
    let mut body = String::with_capacity(BODY_BYTES + 64);
    let mut state = position + 1;
    while body.len() < BODY_BYTES {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        body.push_str(words[usize::try_from(state >> 62).unwrap_or(0)]);
        body.push_str(&hex(state));
    }
    let identifiers = ["certificate-number", "model"].map(|scheme| Identifier {
        scheme: scheme.to_owned(),
        value: format!("N{:016x}", state.rotate_left(7)),
    });
    NewRecord {
        position,
        digest: hash(position + 1),
        document_digest: hash(position + (1 << 40)),
        kind: "Attestation".to_owned(),
        authority: "did:web:nqi.one.example".to_owned(),
        issuer: "did:web:lab.one.example".to_owned(),
        id: format!("urn:uuid:019aa000-0000-7000-8000-{position:012x}"),
        body: body.into_bytes(),
        received_at: 1_790_000_000,
        valid_from: Some(1_780_000_000),
        valid_until: Some(1_880_000_000),
        identifiers: identifiers.into(),
        subjects: Vec::new(),
        references: Vec::new(),
    }
}

/// Six digits that do not compress.
fn hex(state: u64) -> String {
    format!("{:06x}", (state >> 30) & 0xff_ffff)
}

/// Spread like a digest, so that the keys fall anywhere in the tree.
fn hash(number: u64) -> Hash {
    let mut hash = [0; 32];
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for byte in &mut hash {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        *byte = state.to_be_bytes()[0];
    }
    hash
}
