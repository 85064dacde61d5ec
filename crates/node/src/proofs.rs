//! Proofs computed from tiles: of a log held here, or of one that another node serves.

use std::collections::{BTreeSet, HashMap};

use comity_store::Store;
use comity_tlog::Hash;
use comity_tlog::tile::{TILE_WIDTH, TileId, TileReader, tiles_read};
use comity_tlog::tree::{prove_consistency, prove_inclusion, root_at};

use crate::error::Error;
use crate::remote::Remote;

/// Largest tile in bytes: 256 hashes of 32.
const MAX_TILE_BYTES: usize = 8_192;

/// Where the tiles of a log are read.
#[derive(Clone, Copy, Debug)]
pub enum Tiles<'a> {
    /// From the store of this node, by the origin of the log.
    Held(&'a Store, &'a str),
    /// From another node, below a path such as `/log/2026`.
    Served(&'a Remote, &'a str),
}

/// What a larger tree says about a smaller size, not yet compared with anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The root that it had then.
    pub root: Hash,
    /// The consistency proof from there.
    pub proof: Vec<Hash>,
}

impl Tiles<'_> {
    /// The siblings from the entry `index` to the root of the tree of `size`.
    ///
    /// # Errors
    /// [`Error::Log`] if there is no such entry, [`Error::Setup`] or [`Error::Remote`] if a tile
    /// is not to be had.
    pub async fn inclusion(self, size: u64, index: u64) -> Result<Vec<Hash>, Error> {
        let needed = tiles_read(size, |read| prove_inclusion(index, size, read).map(|_| ()))?;
        let mut reader = self.reader(size, needed).await?;
        let proof = prove_inclusion(index, size, |level, at| reader.hash(level, at))?;
        Ok(proof.hashes)
    }

    /// What the tree of `size` says about its first `earlier` entries, one at least.
    ///
    /// # Errors
    /// As [`Tiles::inclusion`].
    pub async fn consistency(self, earlier: u64, size: u64) -> Result<Earlier, Error> {
        let needed = tiles_read(size, |read| {
            root_at(earlier, &mut *read)?;
            prove_consistency(earlier, size, read).map(|_| ())
        })?;
        let mut reader = self.reader(size, needed).await?;
        let mut read = |level, at| reader.hash(level, at);
        Ok(Earlier {
            root: root_at(earlier, &mut read)?,
            proof: prove_consistency(earlier, size, read)?,
        })
    }

    /// The root of the first `earlier` entries of the tree of `size`.
    ///
    /// # Errors
    /// As [`Tiles::inclusion`].
    pub async fn root_at(self, earlier: u64, size: u64) -> Result<Hash, Error> {
        let needed = tiles_read(size, |read| root_at(earlier, read).map(|_| ()))?;
        let mut reader = self.reader(size, needed).await?;
        root_at(earlier, |level, at| reader.hash(level, at))
    }

    async fn reader(
        self,
        size: u64,
        needed: BTreeSet<TileId>,
    ) -> Result<TileReader<impl FnMut(TileId) -> Result<Vec<u8>, Error>>, Error> {
        let mut tiles = HashMap::with_capacity(needed.len());
        for id in needed {
            tiles.insert(id, self.tile(id).await?);
        }
        let place = self.to_string();
        Ok(TileReader::new(size, move |id: TileId| {
            let tile = tiles.get(&id).cloned();
            tile.ok_or_else(|| Error::Setup(format!("{place} lacks {}", id.path())))
        }))
    }

    async fn tile(self, id: TileId) -> Result<Vec<u8>, Error> {
        match self {
            Self::Held(store, origin) => {
                let tile = store.tile(origin, id.level, id.index).await?;
                tile.ok_or_else(|| Error::Setup(format!("{self} lacks {}", id.path())))
            }
            Self::Served(remote, prefix) => {
                let remote = remote.small(MAX_TILE_BYTES);
                let mut answer = remote.get(&format!("{prefix}/{}", id.path())).await?;
                if answer.status == 404 && id.width < TILE_WIDTH {
                    // Parts of a tile need not be served once it is complete.
                    let width = TILE_WIDTH;
                    let whole = TileId { width, ..id };
                    answer = remote.get(&format!("{prefix}/{}", whole.path())).await?;
                }
                if !answer.is_success() {
                    return Err(Error::Remote(format!(
                        "{self}: {} answers {}",
                        id.path(),
                        answer.status
                    )));
                }
                Ok(answer.body)
            }
        }
    }
}

impl std::fmt::Display for Tiles<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Held(_, origin) => write!(f, "the database of {origin}"),
            Self::Served(remote, prefix) => write!(f, "{}{prefix}", remote.base()),
        }
    }
}
