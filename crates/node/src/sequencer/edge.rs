//! What a log goes on from: the right edge of its tree, and whether its end is anchored.

use std::collections::HashMap;

use comity_store::{Head, Store};
use comity_tlog::entry::Entry;
use comity_tlog::tile::{TileId, TileWriter, edge_tiles};

use crate::error::Error;

/// The tree under a head, from its stored tiles.
///
/// # Errors
/// [`Error::Setup`] if a tile is missing or they do not give the head's root.
pub(crate) async fn load_tree(
    store: &Store,
    origin: &str,
    head: &Head,
) -> Result<TileWriter, Error> {
    let mut fetched: HashMap<TileId, Vec<u8>> = HashMap::new();
    for id in edge_tiles(head.size) {
        if let Some(bytes) = store.tile(origin, id.level, id.index).await? {
            fetched.insert(id, bytes);
        }
    }
    let tree = TileWriter::load(head.size, |id| {
        fetched.get(&id).cloned().ok_or(Error::Setup(format!(
            "the database lacks {} of {origin}",
            id.path()
        )))
    })?;
    if tree.root() != head.root {
        return Err(Error::Setup(format!(
            "the tiles of {origin} do not give the root of its head at {}; restore the database",
            head.size
        )));
    }
    Ok(tree)
}

/// When the newest entry is no anchor, the time of the head as the moment it became due.
pub(super) async fn unanchored(
    store: &Store,
    origin: &str,
    head: &Head,
) -> Result<Option<i64>, Error> {
    let Some(last) = head.size.checked_sub(1) else {
        return Ok(None);
    };
    let entries = store.entries(origin, last, 1).await?;
    let anchored = entries
        .first()
        .is_some_and(|entry| matches!(Entry::parse(entry), Ok(Entry::Anchor { .. })));
    Ok((!anchored).then_some(head.updated_at))
}
