//! What the parts cost by themselves.

use std::path::Path;
use std::time::Instant;

use comity_node::admission;
use comity_node::projection;
use comity_search::Index;
use comity_signature::data_integrity::AdmittedKeys;
use comity_store::{Batch, Head, NewEntry, NewTile, Store};
use comity_tlog::entry::Entry;
use comity_tlog::tile::TileWriter;
use comity_tlog::tree::{EMPTY_ROOT, leaf_hash};

use super::records::{World, now};
use crate::{medians, micros};

/// Most records on which a part is measured.
const SAMPLE: usize = 20_000;

/// Microseconds of processor time that each part of a publish costs a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts {
    pub(crate) check: f64,
    pub(crate) tree: f64,
    pub(crate) store: f64,
    pub(crate) index: f64,
}

impl Parts {
    pub(crate) fn sum(&self) -> f64 {
        self.check + self.tree + self.store + self.index
    }
}

/// Verifying one record, against its Ed25519 verification alone.
pub(crate) fn verify_one(bodies: &[Vec<u8>]) {
    let sample = bodies.get(..bodies.len().min(2_000)).unwrap();
    let mut keys = AdmittedKeys::new();
    let bare = Bare::new();
    let [limit, signature, whole] = medians(
        7,
        [
            &mut || bare.verify(sample.len()),
            &mut || sample.iter().for_each(|body| verify_signature(body)),
            &mut || {
                for body in sample {
                    admission::prepare(body.clone(), now(), &mut keys).unwrap();
                }
            },
        ],
    )
    .map(|elapsed| micros(elapsed, sample.len()));
    println!("verify one record");
    println!("  bare Ed25519 verify_strict, key at hand    {limit:8.1} us   1.00");
    println!(
        "  canonical check, digests, signature        {signature:8.1} us   {:.2}",
        signature / limit
    );
    println!(
        "  and field rules, projections               {whole:8.1} us   {:.2}\n",
        whole / limit
    );
}

fn verify_signature(body: &[u8]) {
    use comity_signature::{canonical, data_integrity};
    thread_local! {
        static KEYS: std::cell::RefCell<AdmittedKeys> = std::cell::RefCell::default();
    }
    let document = canonical::check(body, &canonical::Limits::default()).unwrap();
    KEYS.with_borrow_mut(|keys| data_integrity::verify_with(&document, keys).unwrap());
}

/// A key and a signature of 64 bytes, as a record's hash data has.
struct Bare {
    key: ed25519_dalek::VerifyingKey,
    signature: ed25519_dalek::Signature,
}

impl Bare {
    const MESSAGE: [u8; 64] = [5; 64];

    fn new() -> Self {
        use ed25519_dalek::Signer as _;
        let key = ed25519_dalek::SigningKey::from_bytes(&[2; 32]);
        Self {
            signature: key.sign(&Self::MESSAGE),
            key: key.verifying_key(),
        }
    }

    fn verify(&self, times: usize) {
        for _ in 0..times {
            self.key
                .verify_strict(&Self::MESSAGE, &self.signature)
                .unwrap();
        }
    }
}

/// Each part of a publish by itself, on one thread after the other.
pub(crate) async fn parts(world: &World, bodies: &[Vec<u8>], folder: &Path) -> Parts {
    let sample = bodies.get(..bodies.len().min(SAMPLE)).unwrap();
    let mut keys = AdmittedKeys::new();
    let start = Instant::now();
    let prepared: Vec<_> = sample
        .iter()
        .map(|body| admission::prepare(body.clone(), now(), &mut keys).unwrap())
        .collect();
    let check = micros(start.elapsed(), sample.len());

    let start = Instant::now();
    let mut batches = Vec::new();
    let mut writer = TileWriter::new();
    for chunk in prepared.chunks(4_096) {
        batches.push(batch(world, &mut writer, chunk));
    }
    let tree = micros(start.elapsed(), sample.len());

    let url = format!("sqlite://{}", folder.join("parts.sqlite").display());
    let store = Store::open(&url).await.unwrap();
    let origin = world.config.origin();
    store
        .create_log(&origin, "vkey", b"note", &EMPTY_ROOT)
        .await
        .unwrap();
    let start = Instant::now();
    for batch in &batches {
        store.append(batch).await.unwrap();
    }
    let stored = micros(start.elapsed(), sample.len());
    store.close().await;

    let index = Index::open(&folder.join("parts-index")).unwrap();
    let start = Instant::now();
    for chunk in prepared.chunks(4_096) {
        let documents: Vec<_> = chunk
            .iter()
            .map(|one| {
                let digest = one.evidence.record_digest;
                projection::document(digest, &origin, 0, &one.record, "active")
            })
            .collect();
        index.apply(&documents, &[]).unwrap();
    }
    index.commit(&std::collections::BTreeMap::new()).unwrap();
    let indexed = micros(start.elapsed(), sample.len());
    Parts {
        check,
        tree,
        store: stored,
        index: indexed,
    }
}

fn batch(world: &World, writer: &mut TileWriter, chunk: &[admission::Prepared]) -> Batch {
    let before = (writer.size(), writer.root());
    let mut entries = Vec::with_capacity(chunk.len());
    let mut records = Vec::with_capacity(chunk.len());
    for (position, one) in (before.0..).zip(chunk) {
        let mut record = one.row.clone();
        record.position = position;
        let length = record.body.len() as u64;
        let entry = Entry::record(&record.kind, record.digest, length)
            .unwrap()
            .encode();
        entries.push(NewEntry {
            position,
            leaf: leaf_hash(&entry),
            entry,
            digest: None,
        });
        records.push(record);
    }
    let leaves: Vec<_> = entries.iter().map(|entry| entry.leaf).collect();
    let tiles = writer.append(&leaves).unwrap();
    let tiles = tiles.iter().map(|tile| NewTile {
        level: tile.id.level,
        index: tile.id.index,
        hashes: tile.to_bytes(),
    });
    Batch {
        origin: world.config.origin(),
        holder: None,
        before,
        after: Head {
            origin: world.config.origin(),
            size: writer.size(),
            root: writer.root(),
            note: b"note".to_vec(),
            updated_at: now().seconds(),
        },
        entries,
        tiles: tiles.collect(),
        records,
        missing: Vec::new(),
        invalid: Vec::new(),
    }
}
