//! A history of a log, made by whoever holds the log's key: what a liar can show to whom it likes.

use std::collections::BTreeSet;
use std::path::Path;

use comity_model::date::Instant;
use comity_signature::digest::record_digest;
use comity_tlog::Hash;
use comity_tlog::bundle::{self, BundleId};
use comity_tlog::checkpoint::{Checkpoint, served};
use comity_tlog::entry::Entry;
use comity_tlog::note::{NoteSigner, SignedNote};
use comity_tlog::tile::{Tile, TileId, TileReader, TileWriter};
use comity_tlog::tree::{leaf_hash, prove_consistency};

use super::http;

/// Entries of one bundle.
const BUNDLE: usize = 256;

/// One entry and, where it has one, its body.
#[derive(Clone)]
struct Held {
    entry: Vec<u8>,
    body: Option<Vec<u8>>,
}

/// Everything a log would hold, and the key that signs it.
#[derive(Clone)]
pub(crate) struct History {
    origin: String,
    seed: [u8; 32],
    held: Vec<Held>,
}

impl History {
    /// An empty log under a key of the test.
    pub(crate) fn new(origin: &str, seed: [u8; 32]) -> Self {
        Self {
            origin: origin.to_owned(),
            seed,
            held: Vec::new(),
        }
    }

    /// What the node at `url` shows of its own log, with the log's key from the node's folder.
    pub(crate) fn of_node(url: &str, origin: &str, folder: &Path) -> Self {
        let mut history = Self::new(origin, seed_in(folder, "log.seed"));
        let (_, name) = origin.split_once("/log/").unwrap();
        let prefix = format!("{url}/log/{name}");
        let note = SignedNote::parse(&http::bytes(&format!("{prefix}/checkpoint"))).unwrap();
        let size = Checkpoint::parse(&note.text).unwrap().size;
        for id in bundle::bundles(0, size) {
            let entries = http::bytes(&format!("{prefix}/{}", id.path()));
            let bodies = http::bytes(&format!("{prefix}/records/{}", id.index));
            let mut bodies = bodies.split(|&byte| byte == b'\n');
            for entry in bundle::parse(&entries).unwrap() {
                let body = bodies.next().filter(|body| *body != b"null");
                history.held.push(Held {
                    entry: entry.to_vec(),
                    body: body.map(<[u8]>::to_vec),
                });
            }
        }
        assert_eq!(history.note().text, note.text, "the copy is not the log");
        history
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn size(&self) -> u64 {
        self.held.len() as u64
    }

    /// The other logs whose heads it holds.
    pub(crate) fn anchored(&self) -> BTreeSet<String> {
        let anchor = |held: &Held| match Entry::parse(&held.entry) {
            Ok(Entry::Anchor { note }) => {
                let note = SignedNote::parse(&note).unwrap();
                Some(Checkpoint::parse(&note.text).unwrap().origin)
            }
            _ => None,
        };
        let mut origins: BTreeSet<String> = self.held.iter().filter_map(anchor).collect();
        origins.remove(&self.origin);
        origins
    }

    /// The key that verifies its heads.
    pub(crate) fn vkey(&self) -> String {
        self.log().vkey().to_string()
    }

    /// Logs a record.
    pub(crate) fn records(&mut self, kind: &str, body: &[u8]) {
        let entry = Entry::record(kind, record_digest(body), body.len() as u64).unwrap();
        self.push(&entry, Some(body));
    }

    /// Appends an entry as it is.
    pub(crate) fn push(&mut self, entry: &Entry, body: Option<&[u8]>) {
        self.held.push(Held {
            entry: entry.encode(),
            body: body.map(<[u8]>::to_vec),
        });
    }

    /// Forgets everything from `size` on: what is appended next makes another history.
    pub(crate) fn forgets_from(&mut self, size: u64) {
        self.held.truncate(usize::try_from(size).unwrap());
    }

    pub(crate) fn root(&self, size: u64) -> Hash {
        self.tree(size).1
    }

    /// Its head now.
    pub(crate) fn note(&self) -> SignedNote {
        self.note_at(self.size(), now_unix())
    }

    /// Its head at some size, dated at will.
    pub(crate) fn note_at(&self, size: u64, time_unix: u64) -> SignedNote {
        let head = self.head(size);
        let own = NoteSigner::cosigner(&self.origin, &self.seed).unwrap();
        let line = own.cosign(&head, time_unix).unwrap();
        served(&head, self.log().sign(&head).unwrap(), [line]).unwrap()
    }

    /// What it says of itself at some size.
    pub(crate) fn head(&self, size: u64) -> Checkpoint {
        Checkpoint {
            origin: self.origin.clone(),
            size,
            root: self.root(size),
        }
    }

    /// The proof that it only grew between two sizes.
    pub(crate) fn consistency(&self, old: u64, new: u64) -> Vec<Hash> {
        let (tiles, _) = self.tree(new);
        let mut reader = reader(&tiles, new);
        prove_consistency(old, new, |level, at| reader.hash(level, at)).unwrap()
    }

    /// The bytes at a path below the log's prefix, without a leading slash.
    pub(crate) fn answers(&self, path: &str) -> Option<Vec<u8>> {
        if path == "checkpoint" {
            return Some(self.note().to_string().into_bytes());
        }
        if let Some(page) = path.strip_prefix("records/") {
            let (bundle, from) = page.split_once("?from=").unwrap_or((page, "0"));
            return self.bodies(bundle.parse().ok()?, from.parse().ok()?);
        }
        if let Ok(id) = BundleId::parse(path) {
            let first = usize::try_from(id.index).ok()? * BUNDLE;
            let held = self.held.get(first..first + usize::from(id.width))?;
            let entries: Vec<_> = held.iter().map(|held| held.entry.clone()).collect();
            return Some(bundle::encode(&entries).unwrap());
        }
        let id = TileId::parse(path).ok()?;
        let (tiles, _) = self.tree(self.size());
        let tile = tiles
            .iter()
            .find(|tile| (tile.id.level, tile.id.index) == (id.level, id.index))?;
        let width = usize::from(id.width) * 32;
        tile.to_bytes().get(..width).map(<[u8]>::to_vec)
    }

    /// The bodies of a bundle, from an index on.
    fn bodies(&self, bundle: usize, from: usize) -> Option<Vec<u8>> {
        let end = self.held.len().min((bundle + 1) * BUNDLE);
        let held = self.held.get(from.max(bundle * BUNDLE)..end)?;
        let mut lines = Vec::new();
        for held in held {
            lines.extend_from_slice(held.body.as_deref().unwrap_or(b"null"));
            lines.push(b'\n');
        }
        Some(lines)
    }

    fn log(&self) -> NoteSigner {
        NoteSigner::log(&self.origin, &self.seed).unwrap()
    }

    /// The tiles and the root over the first `size` entries.
    fn tree(&self, size: u64) -> (Vec<Tile>, Hash) {
        let held = &self.held[..usize::try_from(size).unwrap()];
        let leaves: Vec<_> = held.iter().map(|held| leaf_hash(&held.entry)).collect();
        let mut writer = TileWriter::new();
        let tiles = writer.append(&leaves).unwrap();
        (tiles, writer.root())
    }
}

fn reader(
    tiles: &[Tile],
    size: u64,
) -> TileReader<impl FnMut(TileId) -> Result<Vec<u8>, comity_tlog::Error> + '_> {
    TileReader::new(size, move |id| {
        let tile = tiles.iter().find(|tile| tile.id == id).unwrap();
        Ok(tile.to_bytes())
    })
}

/// A seed in the `keys` of a node's folder.
pub(crate) fn seed_in(folder: &Path, name: &str) -> [u8; 32] {
    let text = std::fs::read_to_string(folder.join("keys").join(name)).unwrap();
    let mut seed = [0; 32];
    hex::decode_to_slice(text.trim(), &mut seed).unwrap();
    seed
}

/// The present second, as the machine says it.
pub(crate) fn now_unix() -> u64 {
    u64::try_from(now().seconds()).unwrap()
}

/// The present second.
pub(crate) fn now() -> Instant {
    comity_node::clock::Clock::System.now()
}
