//! Tiles: 256 hashes of one level of the tree in one file (C2SP
//! `tlog-tiles`). Partial tiles are beginnings of the full one, so a store
//! needs one row for each (level, index), whose hashes only grow.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{MAX_TREE_SIZE, Tree, check_size, complete_root};
use crate::{Error, Hash};

/// Levels of the tree that one tile spans.
pub const TILE_HEIGHT: u8 = 8;

/// Hashes of a full tile.
pub const TILE_WIDTH: u16 = 256;

/// Highest level of a tile: a hash of level 7 covers 2^56 entries, one of
/// level 8 would cover more than [`MAX_TREE_SIZE`].
pub const MAX_TILE_LEVEL: u8 = 7;

/// The place of a tile and how many hashes it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// 0 holds leaf hashes, 1 the roots of full tiles of level 0, and so on.
    pub level: u8,
    /// The position on its level.
    pub index: u64,
    /// 1 to 256; below 256 the tile is partial.
    pub width: u16,
}

impl TileId {
    /// The path below the log's prefix.
    ///
    /// ```
    /// use comity_tlog::tile::TileId;
    /// let id = TileId { level: 0, index: 1_234_067, width: 8 };
    /// assert_eq!(id.path(), "tile/0/x001/x234/067.p/8");
    /// assert_eq!(TileId::parse("tile/0/x001/x234/067.p/8"), Ok(id));
    /// ```
    pub fn path(&self) -> String {
        format!("tile/{}/{}", self.level, place(self.index, self.width))
    }

    /// Reads a path as [`TileId::path`] writes it; no other spelling.
    ///
    /// # Errors
    /// [`Error::Malformed`], also for a tile that no tree can have.
    pub fn parse(path: &str) -> Result<Self, Error> {
        let parse = || {
            let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
            let level = u8::try_from(crate::text::decimal(level)?).ok()?;
            let (index, width) = parse_place(rest)?;
            let hashes = u128::from(index) * 256 + u128::from(width);
            let fits = level <= MAX_TILE_LEVEL
                && hashes <= u128::from(hashes_on_level(level, MAX_TREE_SIZE));
            fits.then_some(Self {
                level,
                index,
                width,
            })
        };
        parse().ok_or(Error::malformed(
            "path of a tile",
            "it is not tile/L/N[.p/W]",
        ))
    }

    /// The tile (`level`, `index`) as wide as a tree of `size` has it; `None`
    /// when that tree has no hash there.
    pub fn of(level: u8, index: u64, size: u64) -> Option<Self> {
        let hashes = hashes_on_level(level, size);
        let width = hashes.checked_sub(index.checked_mul(256)?)?.min(256);
        let width = u16::try_from(width).ok().filter(|&width| width > 0)?;
        Some(Self {
            level,
            index,
            width,
        })
    }
}

/// All tiles of a tree of `size`, level by level from the leaves up.
pub fn tiles(size: u64) -> impl Iterator<Item = TileId> {
    (0..=MAX_TILE_LEVEL).flat_map(move |level| {
        let count = hashes_on_level(level, size).div_ceil(256);
        (0..count).filter_map(move |index| TileId::of(level, index, size))
    })
}

/// The partial tiles on the right edge of a tree of `size`, lowest first:
/// what [`TileWriter::load`] asks for.
pub fn edge_tiles(size: u64) -> impl Iterator<Item = TileId> {
    (0..=MAX_TILE_LEVEL).filter_map(move |level| {
        let hashes = hashes_on_level(level, size);
        TileId::of(level, hashes / 256, size)
    })
}

/// The tiles that a proof in a tree of `size` is computed from, for whoever
/// has to fetch them first. `prove` is called with a source of hashes that
/// are all zero.
///
/// ```
/// use comity_tlog::{tile::tiles_read, tree::prove_inclusion};
/// let tiles = tiles_read(300, |read| prove_inclusion(299, 300, read).map(|_| ()));
/// let paths: Vec<_> = tiles?.iter().map(|id| id.path()).collect();
/// assert_eq!(paths, ["tile/0/001.p/44", "tile/1/000.p/1"]);
/// # Ok::<(), comity_tlog::Error>(())
/// ```
///
/// # Errors
/// Those of `prove`.
pub fn tiles_read(
    size: u64,
    prove: impl FnOnce(&mut dyn FnMut(u8, u64) -> Result<Hash, Error>) -> Result<(), Error>,
) -> Result<BTreeSet<TileId>, Error> {
    let mut tiles = BTreeSet::new();
    prove(&mut |level, index| {
        let first = index << (level % TILE_HEIGHT);
        tiles.extend(TileId::of(level / TILE_HEIGHT, first / 256, size));
        Ok([0; 32])
    })?;
    Ok(tiles)
}

/// A tile with its hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Where it stands.
    pub id: TileId,
    /// Its hashes, as many as [`TileId::width`] says.
    pub hashes: Vec<Hash>,
}

impl Tile {
    /// The bytes that are stored and served.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.hashes.concat()
    }

    /// Reads the tile `id` from bytes. A store may hold a wider tile by now:
    /// what goes beyond the width asked for is left off.
    ///
    /// # Errors
    /// [`Error::Tile`] when the bytes are too few, too many or no whole
    /// hashes.
    pub fn parse(id: TileId, bytes: &[u8]) -> Result<Self, Error> {
        let refused = |why| Error::Tile {
            path: id.path(),
            why,
        };
        let (hashes, odd) = bytes.as_chunks::<32>();
        if !odd.is_empty() {
            return Err(refused("it ends within a hash"));
        }
        if hashes.len() > usize::from(TILE_WIDTH) {
            return Err(refused("it has more than 256 hashes"));
        }
        let hashes = hashes
            .get(..usize::from(id.width))
            .ok_or(refused("it has fewer hashes than the tree needs"))?
            .to_vec();
        Ok(Self { id, hashes })
    }
}

/// Reads hashes of subtrees from tiles; each tile is fetched once.
///
/// What it answers is only as good as the tiles: a proof built from them must
/// be verified against a signed root before it leaves the house.
#[derive(Debug)]
pub struct TileReader<Fetch> {
    size: u64,
    fetch: Fetch,
    tiles: BTreeMap<TileId, Vec<Hash>>,
}

impl<Fetch> TileReader<Fetch> {
    /// A reader for the tree of `size`. `fetch` gives the bytes of a tile, at
    /// least as wide as asked for.
    pub fn new(size: u64, fetch: Fetch) -> Self {
        Self {
            size,
            fetch,
            tiles: BTreeMap::new(),
        }
    }

    /// The hash of the complete subtree of height `level` at position `index`
    /// of that level; fits [`crate::tree::prove_inclusion`] as
    /// `|level, index| reader.hash(level, index)`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a subtree that is not complete in this tree,
    /// [`Error::Tile`] for a tile that does not fit, and those of `fetch`.
    pub fn hash<Bytes, E>(&mut self, level: u8, index: u64) -> Result<Hash, E>
    where
        Bytes: AsRef<[u8]>,
        E: From<Error>,
        Fetch: FnMut(TileId) -> Result<Bytes, E>,
    {
        let absent = Error::OutOfRange {
            what: "subtree",
            value: index,
            bound: self.size,
        };
        let entries = self.size.checked_shr(u32::from(level)).unwrap_or(0);
        if index >= entries {
            return Err(absent.into());
        }
        // Heights between two tile levels are computed from the lower one.
        let tile_level = level / TILE_HEIGHT;
        let height = level % TILE_HEIGHT;
        let first = index << height;
        let id = TileId::of(tile_level, first / 256, self.size).ok_or(absent)?;
        let hashes = match self.tiles.entry(id) {
            std::collections::btree_map::Entry::Occupied(held) => held.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                let bytes = (self.fetch)(id)?;
                place.insert(Tile::parse(id, bytes.as_ref())?.hashes)
            }
        };
        let start = usize::try_from(first % 256).unwrap_or(usize::MAX);
        let root = hashes
            .get(start..start.saturating_add(1 << height))
            .and_then(complete_root)
            .ok_or_else(|| Error::Tile {
                path: id.path(),
                why: "a subtree is not in it",
            })?;
        Ok(root)
    }
}

/// Appends leaves to a tree and says which tiles change. It holds the partial
/// tiles of the right edge, at most 8 * 255 hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileWriter {
    size: u64,
    /// The hashes of the rightmost partial tile of each level.
    edge: [Vec<Hash>; MAX_TILE_LEVEL as usize + 1],
}

impl Default for TileWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl TileWriter {
    /// A writer for an empty tree.
    pub fn new() -> Self {
        Self {
            size: 0,
            edge: [const { Vec::new() }; MAX_TILE_LEVEL as usize + 1],
        }
    }

    /// A writer for a stored tree of `size`; `fetch` is asked for the tiles
    /// of [`edge_tiles`]. Compare [`TileWriter::root`] with the stored head
    /// before appending: the tiles are not checked otherwise.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a size beyond [`MAX_TREE_SIZE`],
    /// [`Error::Tile`] for a tile that does not fit, and those of `fetch`.
    pub fn load<Bytes, E>(
        size: u64,
        mut fetch: impl FnMut(TileId) -> Result<Bytes, E>,
    ) -> Result<Self, E>
    where
        Bytes: AsRef<[u8]>,
        E: From<Error>,
    {
        check_size(size)?;
        let mut writer = Self {
            size,
            ..Self::new()
        };
        for (level, edge) in (0..).zip(&mut writer.edge) {
            let hashes = hashes_on_level(level, size);
            if let Some(id) = TileId::of(level, hashes / 256, size) {
                *edge = Tile::parse(id, fetch(id)?.as_ref())?.hashes;
            }
        }
        Ok(writer)
    }

    /// The number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root hash.
    pub fn root(&self) -> Hash {
        self.tree().root()
    }

    /// The tree by its edge.
    pub fn tree(&self) -> Tree {
        let mut peaks = Vec::new();
        for edge in self.edge.iter().rev() {
            let mut rest = edge.as_slice();
            while let Some(bits) = rest.len().checked_ilog2() {
                let (complete, behind) = rest.split_at(1 << bits);
                peaks.extend(complete_root(complete));
                rest = behind;
            }
        }
        Tree::from_edge(self.size, peaks)
    }

    /// Appends leaf hashes and answers every tile that is new or wider than
    /// before, each once, in its final width. An empty batch changes nothing.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] when the tree would exceed [`MAX_TREE_SIZE`];
    /// nothing is appended then.
    pub fn append(&mut self, leaves: &[Hash]) -> Result<Vec<Tile>, Error> {
        let size = self.size.saturating_add(leaves.len() as u64);
        check_size(size)?;
        let mut tiles = Vec::new();
        let mut incoming = leaves.to_vec();
        for (level, edge) in (0..).zip(&mut self.edge) {
            if incoming.is_empty() {
                break;
            }
            let mut index = hashes_on_level(level, self.size) / 256;
            let mut roots = Vec::new();
            for hash in incoming {
                edge.push(hash);
                if edge.len() == usize::from(TILE_WIDTH) {
                    let id = TileId {
                        level,
                        index,
                        width: TILE_WIDTH,
                    };
                    roots.extend(complete_root(edge));
                    tiles.push(Tile {
                        id,
                        hashes: std::mem::take(edge),
                    });
                    index += 1;
                }
            }
            if let Some(id) = TileId::of(level, index, size) {
                tiles.push(Tile {
                    id,
                    hashes: edge.clone(),
                });
            }
            incoming = roots;
        }
        self.size = size;
        Ok(tiles)
    }
}

/// `x001/x234/067` for 1,234,067, and `.p/W` behind it when partial.
pub(crate) fn place(index: u64, width: u16) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    if width < TILE_WIDTH {
        path = format!("{path}.p/{width}");
    }
    path
}

/// Reads what [`place`] writes: index and width.
pub(crate) fn parse_place(path: &str) -> Option<(u64, u16)> {
    let (number, width) = match path.split_once(".p/") {
        Some((number, width)) => {
            let width = u16::try_from(crate::text::decimal(width)?).ok()?;
            (
                number,
                Some(width).filter(|width| (1..TILE_WIDTH).contains(width))?,
            )
        }
        None => (path, TILE_WIDTH),
    };
    let mut index: u64 = 0;
    let mut groups = number.split('/').peekable();
    while let Some(group) = groups.next() {
        let digits = if groups.peek().is_some() {
            group.strip_prefix('x')?
        } else {
            group
        };
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    // One spelling for one number: no groups of zeros in front.
    (place(index, width) == path).then_some((index, width))
}

/// How many complete hashes a tree of `size` has on a tile level.
fn hashes_on_level(level: u8, size: u64) -> u64 {
    let shift = u32::from(level) * u32::from(TILE_HEIGHT);
    size.checked_shr(shift).unwrap_or(0)
}

#[cfg(test)]
mod tests;
