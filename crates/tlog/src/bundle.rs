//! Bundles of entries, as `tlog-tiles` serves them: up to 256 entries, each
//! behind its length in two bytes, big-endian.

use crate::Error;
use crate::entry::MAX_ENTRY_BYTES;
use crate::tile::{TILE_WIDTH, parse_place, place};
use crate::tree::MAX_TREE_SIZE;

/// Most entries of a bundle.
pub const MAX_BUNDLE_ENTRIES: usize = TILE_WIDTH as usize;

/// Most bytes of a bundle: all entries of the greatest length.
pub const MAX_BUNDLE_BYTES: usize = MAX_BUNDLE_ENTRIES * (2 + MAX_ENTRY_BYTES);

/// The place of a bundle: its number, and how many entries it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BundleId {
    /// The first entry is that of log index `index * 256`.
    pub index: u64,
    /// 1 to 256; below 256 the bundle is partial.
    pub width: u16,
}

impl BundleId {
    /// The path below the log's prefix: `tile/entries/x001/x234/067.p/8`.
    pub fn path(&self) -> String {
        format!("tile/entries/{}", place(self.index, self.width))
    }

    /// Reads a path as [`BundleId::path`] writes it; no other spelling.
    ///
    /// # Errors
    /// [`Error::Malformed`].
    pub fn parse(path: &str) -> Result<Self, Error> {
        let refused = Error::malformed("path of a bundle", "it is not tile/entries/N[.p/W]");
        path.strip_prefix("tile/entries/")
            .and_then(parse_place)
            .filter(|&(index, width)| {
                u128::from(index) * 256 + u128::from(width) <= u128::from(MAX_TREE_SIZE)
            })
            .map(|(index, width)| Self { index, width })
            .ok_or(refused)
    }
}

/// The bundles that hold the entries from log index `from` to the end of a
/// tree of `size`, in order; the last one may be partial.
pub fn bundles(from: u64, size: u64) -> impl Iterator<Item = BundleId> {
    let first = if from < size {
        from / 256
    } else {
        size.div_ceil(256)
    };
    (first..size.div_ceil(256)).map(move |index| BundleId {
        index,
        width: u16::try_from((size - index * 256).min(256)).unwrap_or(TILE_WIDTH),
    })
}

/// The bytes of a bundle (`tlog-tiles`, Log Entries).
///
/// # Errors
/// [`Error::TooLarge`] for an entry beyond 65,535 bytes or more than 256.
pub fn encode<Bytes: AsRef<[u8]>>(
    entries: impl IntoIterator<Item = Bytes>,
) -> Result<Vec<u8>, Error> {
    let mut bundle = Vec::new();
    for (position, entry) in entries.into_iter().enumerate() {
        let entry = entry.as_ref();
        if position >= MAX_BUNDLE_ENTRIES {
            return Err(too_many_entries());
        }
        let length = u16::try_from(entry.len()).map_err(|_| Error::TooLarge {
            what: "bytes of an entry",
            limit: MAX_ENTRY_BYTES as u64,
        })?;
        bundle.extend_from_slice(&length.to_be_bytes());
        bundle.extend_from_slice(entry);
    }
    Ok(bundle)
}

/// The entries of a bundle. How many there ought to be, the caller knows from
/// [`BundleId::width`]; a fetched bundle may have grown beyond that.
///
/// # Errors
/// [`Error::Malformed`] when the bytes end within an entry,
/// [`Error::TooLarge`] for more than 256 entries.
pub fn parse(bundle: &[u8]) -> Result<Vec<&[u8]>, Error> {
    let mut entries = Vec::new();
    let mut rest = bundle;
    while let Some((length, behind)) = rest.split_first_chunk::<2>() {
        if entries.len() == MAX_BUNDLE_ENTRIES {
            return Err(too_many_entries());
        }
        let (entry, behind) = behind
            .split_at_checked(usize::from(u16::from_be_bytes(*length)))
            .ok_or(Error::malformed("bundle", "it ends within an entry"))?;
        entries.push(entry);
        rest = behind;
    }
    if !rest.is_empty() {
        return Err(Error::malformed("bundle", "it ends within a length"));
    }
    Ok(entries)
}

fn too_many_entries() -> Error {
    Error::TooLarge {
        what: "entries of a bundle",
        limit: MAX_BUNDLE_ENTRIES as u64,
    }
}

#[cfg(test)]
mod tests;
