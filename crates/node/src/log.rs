//! What anyone may read of the log: tiles, bundles, bodies.

use comity_store::Head;
use comity_tlog::bundle::{self, BundleId};
use comity_tlog::tile::TileId;

use crate::error::Error;
use crate::{Node, Shared};

/// Most bytes of bodies in one answer; a last line says where to go on (format.md 3.3).
pub const MAX_BODIES_BYTES: usize = 16 * 1024 * 1024;

/// The state of one log at the moment at which it is read.
#[derive(Clone, Debug)]
pub(crate) struct Kept<'a> {
    pub(crate) store: &'a comity_store::Store,
    pub(crate) origin: &'a str,
    pub(crate) size: u64,
}

impl Node {
    /// The newest head of the own log.
    pub fn head(&self) -> Head {
        self.shared.heads.borrow().clone()
    }

    /// Why the node takes no records, until somebody looks at it or its mirrors have answered, if so.
    pub fn read_only(&self) -> Option<String> {
        let waiting = self.shared.waiting.read();
        let waiting = waiting.unwrap_or_else(std::sync::PoisonError::into_inner);
        self.shared
            .read_only
            .get()
            .cloned()
            .or_else(|| waiting.clone())
    }

    /// The bytes of a tile of the own log, `None` beyond its size.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn tile(&self, id: TileId) -> Result<Option<Vec<u8>>, Error> {
        let head = self.head();
        self.shared.kept(&head).tile(id).await
    }

    /// A bundle of entries of the own log, `None` beyond its size.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn bundle(&self, id: BundleId) -> Result<Option<Vec<u8>>, Error> {
        let head = self.head();
        self.shared.kept(&head).bundle(id).await
    }

    /// The tile at a path of the own log as C2SP tlog-tiles writes it: `tile/0/x001/234.p/8`.
    /// `None` for a path that names no tile, and beyond the log's size.
    ///
    /// # Errors
    /// As [`Node::tile`].
    pub async fn tile_at(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        match TileId::parse(path) {
            Ok(id) => self.tile(id).await,
            Err(_) => Ok(None),
        }
    }

    /// The bundle of entries at a path of the own log: `tile/entries/x001/234.p/8`. `None` as for
    /// [`Node::tile_at`].
    ///
    /// # Errors
    /// As [`Node::bundle`].
    pub async fn bundle_at(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        match BundleId::parse(path) {
            Ok(id) => self.bundle(id).await,
            Err(_) => Ok(None),
        }
    }

    /// The bodies of bundle `index` from log index `from` on, as NDJSON: one line an entry, `null`
    /// where there is none, and a last line that says where to go on when the answer is full.
    /// The flag says whether the bundle is complete, so that the answer never changes.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn bodies(
        &self,
        index: u64,
        from: Option<u64>,
    ) -> Result<Option<(Vec<u8>, bool)>, Error> {
        let head = self.head();
        self.shared.kept(&head).bodies(index, from).await
    }
}

impl Shared {
    pub(crate) fn kept<'a>(&'a self, head: &'a Head) -> Kept<'a> {
        Kept {
            store: &self.store,
            origin: &head.origin,
            size: head.size,
        }
    }
}

impl Kept<'_> {
    pub(crate) async fn tile(&self, id: TileId) -> Result<Option<Vec<u8>>, Error> {
        let Some(complete) = TileId::of(id.level, id.index, self.size) else {
            return Ok(None);
        };
        if id.width > complete.width {
            return Ok(None);
        }
        let hashes = self.store.tile(self.origin, id.level, id.index).await?;
        let width = usize::from(id.width) * 32;
        Ok(hashes.and_then(|hashes| hashes.get(..width).map(<[u8]>::to_vec)))
    }

    pub(crate) async fn bundle(&self, id: BundleId) -> Result<Option<Vec<u8>>, Error> {
        let width = usize::from(id.width);
        let Some(first) = id.index.checked_mul(256) else {
            return Ok(None);
        };
        if first.saturating_add(u64::from(id.width)) > self.size {
            return Ok(None);
        }
        let entries = self.store.entries(self.origin, first, width).await?;
        Ok(Some(bundle::encode(&entries)?))
    }

    pub(crate) async fn bodies(
        &self,
        index: u64,
        from: Option<u64>,
    ) -> Result<Option<(Vec<u8>, bool)>, Error> {
        let Some(first) = index.checked_mul(256).filter(|first| *first < self.size) else {
            return Ok(None);
        };
        let end = first.saturating_add(256).min(self.size);
        let from = from.unwrap_or(first);
        if !(first..end).contains(&from) {
            return Ok(None);
        }
        let mut answer = Vec::new();
        let mut position = from;
        while position < end {
            let count = usize::try_from((end - position).min(32)).unwrap_or(32);
            let bodies = self
                .store
                .bodies_of_positions(self.origin, position, count)
                .await?;
            for (at, body) in bodies {
                let line = body.as_deref().unwrap_or(b"null");
                if at > from && answer.len() + line.len() > MAX_BODIES_BYTES {
                    answer.extend_from_slice(format!("{{\"next\":{at}}}\n").as_bytes());
                    return Ok(Some((answer, end - first == 256)));
                }
                answer.extend_from_slice(line);
                answer.push(b'\n');
            }
            position += count as u64;
        }
        Ok(Some((answer, end - first == 256)))
    }
}
