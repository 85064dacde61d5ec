//! A log of generated records, served from a file: as cheap as an origin can be.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as Place, State};
use axum::http::StatusCode;
use axum::routing::get;
use comity_model::record::kind_of;
use comity_signature::digest::record_digest;
use comity_tlog::bundle;
use comity_tlog::checkpoint::{Checkpoint, served};
use comity_tlog::entry::Entry;
use comity_tlog::tile::{TileId, TileWriter};
use comity_tlog::tree::leaf_hash;

use crate::records::World;

/// Records signed in one go.
const CHUNK: usize = 8_192;
/// Entries of a bundle.
const BUNDLE: usize = 256;

/// A whole log.
pub(crate) struct Log {
    pub(crate) count: usize,
    pub(crate) origin: String,
    pub(crate) vkey: String,
    note: String,
    entries: Vec<Vec<u8>>,
    /// Hashes of each tile, by level and index.
    tiles: HashMap<(u8, u64), Vec<u8>>,
    /// Where each body begins in the file, and where the last one ends.
    offsets: Vec<u64>,
    bodies: File,
}

impl Log {
    /// Signs a registration and `count - 1` certificates and logs them.
    pub(crate) fn build(world: &World, count: usize, folder: &Path) -> Self {
        let path = folder.join("bodies");
        let mut file = BufWriter::new(File::create(&path).unwrap());
        let (mut tree, mut tiles) = (TileWriter::new(), HashMap::new());
        let (mut entries, mut offsets, mut end) = (Vec::with_capacity(count), vec![0], 0);
        for first in (0..count).step_by(CHUNK) {
            let bodies = signed(world, first, (first + CHUNK).min(count));
            let mut leaves = Vec::with_capacity(bodies.len());
            for body in bodies {
                let kind = kind_of(&body).unwrap();
                let length = body.len() as u64;
                let entry = Entry::record(kind.name(), record_digest(&body), length).unwrap();
                let entry = entry.encode();
                leaves.push(leaf_hash(&entry));
                entries.push(entry);
                file.write_all(&body).unwrap();
                end += length;
                offsets.push(end);
            }
            for tile in tree.append(&leaves).unwrap() {
                tiles.insert((tile.id.level, tile.id.index), tile.to_bytes());
            }
        }
        file.flush().unwrap();
        let keys = world.keys();
        let checkpoint = Checkpoint {
            origin: world.config.origin(),
            size: tree.size(),
            root: tree.root(),
        };
        let now = u64::try_from(crate::records::now().seconds()).unwrap();
        let line = keys.cosigner.cosign(&checkpoint, now).unwrap();
        let note = served(&checkpoint, keys.log.sign(&checkpoint).unwrap(), [line]).unwrap();
        Self {
            count,
            origin: checkpoint.origin,
            vkey: keys.log.vkey().to_string(),
            note: note.to_string(),
            entries,
            tiles,
            offsets,
            bodies: File::open(&path).unwrap(),
        }
    }

    /// Serves the log; answers where.
    pub(crate) async fn serve(self: &Arc<Self>) -> String {
        let name = self.origin.rsplit('/').next().unwrap();
        let router = Router::new()
            .route(&format!("/log/{name}/checkpoint"), get(checkpoint))
            .route(
                &format!("/log/{name}/tile/{{*place}}"),
                get(tile_or_entries),
            )
            .route(&format!("/log/{name}/records/{{bundle}}"), get(bodies))
            .with_state(Arc::clone(self));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    }

    fn body(&self, index: usize) -> Vec<u8> {
        let (begin, end) = (self.offsets[index], self.offsets[index + 1]);
        let mut body = vec![0; usize::try_from(end - begin).unwrap()];
        self.bodies.read_exact_at(&mut body, begin).unwrap();
        body
    }
}

/// Records `first` to `end`, signed on every core.
fn signed(world: &World, first: usize, end: usize) -> Vec<Vec<u8>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let numbers: Vec<usize> = (first..end).collect();
    std::thread::scope(|scope| {
        let parts = numbers.chunks(numbers.len().div_ceil(cores));
        let threads: Vec<_> = parts
            .map(|part| {
                scope.spawn(move || -> Vec<_> {
                    let record = |&number: &usize| match number {
                        0 => world.registration(),
                        _ => world.certificate(number),
                    };
                    part.iter().map(record).collect()
                })
            })
            .collect();
        let parts = threads.into_iter().map(|thread| thread.join().unwrap());
        parts.flatten().collect()
    })
}

async fn checkpoint(State(log): State<Arc<Log>>) -> String {
    log.note.clone()
}

async fn tile_or_entries(
    State(log): State<Arc<Log>>,
    Place(place): Place<String>,
) -> Result<Vec<u8>, StatusCode> {
    let path = format!("tile/{place}");
    let Ok(id) = bundle::BundleId::parse(&path) else {
        let id = TileId::parse(&path).map_err(|_| StatusCode::BAD_REQUEST)?;
        let tile = log.tiles.get(&(id.level, id.index));
        let hashes = tile.and_then(|tile| tile.get(..usize::from(id.width) * 32));
        return hashes.map(<[u8]>::to_vec).ok_or(StatusCode::NOT_FOUND);
    };
    let first = usize::try_from(id.index).unwrap() * BUNDLE;
    let entries = log.entries.get(first..first + usize::from(id.width));
    Ok(bundle::encode(entries.ok_or(StatusCode::NOT_FOUND)?).unwrap())
}

async fn bodies(State(log): State<Arc<Log>>, Place(index): Place<usize>) -> Vec<u8> {
    let first = index * BUNDLE;
    let mut page = Vec::new();
    for index in first..(first + BUNDLE).min(log.count) {
        page.extend_from_slice(&log.body(index));
        page.push(b'\n');
    }
    page
}
