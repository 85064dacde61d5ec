//! Where a page ended.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::Error;
use crate::query::{Matching, Query};

/// Version of the layout below; another one is refused, and the reader starts at the first page.
const VERSION: u8 = 2;
const LENGTH: usize = 1 + 1 + 8 + 8 + 16;

/// Position of the last hit of a page in the order (key descending, tie ascending), and the
/// strictness with which that walk began. Nothing in it refers to a state of the index: after a
/// commit the walk goes on at the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) matching: Matching,
    pub(crate) key: u64,
    pub(crate) tie: u128,
}

impl Cursor {
    /// Writes the cursor, bound to its walk by a fingerprint against mistakes (not against
    /// forgery: a forged cursor only shows another page).
    pub(crate) fn encode(self, walk: Walk) -> String {
        let mut bytes = Vec::with_capacity(LENGTH);
        bytes.push(VERSION);
        bytes.push(match self.matching {
            Matching::Every => 0,
            Matching::Corrected => 1,
            Matching::Some => 2,
        });
        bytes.extend(walk.0.to_be_bytes());
        bytes.extend(self.key.to_be_bytes());
        bytes.extend(self.tie.to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor of this walk.
    ///
    /// # Errors
    /// [`Error::Cursor`] if it is not one, or of another query.
    pub(crate) fn decode(text: &str, walk: Walk) -> Result<Cursor, Error> {
        if text.len() > 2 * LENGTH {
            return Err(Error::Cursor);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::Cursor)?;
        let (&[version, matching], rest) = bytes.split_first_chunk().ok_or(Error::Cursor)?;
        let (of, rest) = rest.split_first_chunk().ok_or(Error::Cursor)?;
        let (key, rest) = rest.split_first_chunk().ok_or(Error::Cursor)?;
        let tie: &[u8; 16] = rest.try_into().map_err(|_| Error::Cursor)?;
        if version != VERSION || u64::from_be_bytes(*of) != walk.0 {
            return Err(Error::Cursor);
        }
        Ok(Cursor {
            matching: match matching {
                0 => Matching::Every,
                1 => Matching::Corrected,
                2 => Matching::Some,
                _ => return Err(Error::Cursor),
            },
            key: u64::from_be_bytes(*key),
            tie: u128::from_be_bytes(*tie),
        })
    }
}

/// What makes two queries the same walk: page size and facets may change on the way, and of ways
/// all but their name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Walk(u64);

impl Walk {
    /// FNV-1a over what must stay. The values of a filter are a set: in another order, or one of
    /// them twice, they ask the same.
    pub(crate) fn of(query: &Query) -> Self {
        let mut filters = query.filters.clone();
        for filter in filters.lists() {
            for values in [&mut filter.any_of, &mut filter.none_of] {
                values.sort_unstable();
                values.dedup();
            }
        }
        let ways = query.ways.as_ref().map(|ways| &ways.name);
        let walk = format!(
            "{:?}",
            (&query.text, &query.adopted, &filters, query.sort, ways)
        );
        Self(walk.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }
}

#[cfg(test)]
mod tests;
