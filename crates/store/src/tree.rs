//! The Merkle tree of a log as it is stored: entries, leaves and tiles.

use crate::engine::Value;
use crate::{Error, Hash, Store, sql};

impl Store {
    /// Up to `count` entries of a log from position `first` on, as they stand in their
    /// bundles; fewer at the end of the log.
    ///
    /// # Errors
    /// [`Error::Inconsistent`] if one is missing in between.
    pub async fn entries(
        &self,
        origin: &str,
        first: u64,
        count: usize,
    ) -> Result<Vec<Vec<u8>>, Error> {
        let values = range(origin, first, count);
        let rows = self.engine.rows(sql::ENTRIES, values).await?;
        let mut entries = Vec::with_capacity(rows.len());
        for (expected, row) in (first..=u64::MAX).zip(&rows) {
            no_gap(expected, row.unsigned("entry", "position")?)?;
            entries.push(row.bytes("entry", "bytes")?);
        }
        Ok(entries)
    }

    /// The leaf hashes of the same entries.
    ///
    /// # Errors
    /// [`Error::Inconsistent`] if one is missing in between.
    pub async fn leaves(&self, origin: &str, first: u64, count: usize) -> Result<Vec<Hash>, Error> {
        let values = range(origin, first, count);
        let rows = self.engine.rows(sql::LEAVES, values).await?;
        let mut leaves = Vec::with_capacity(rows.len());
        for (expected, row) in (first..=u64::MAX).zip(&rows) {
            no_gap(expected, row.unsigned("entry", "position")?)?;
            leaves.push(row.hash("entry", "leaf")?);
        }
        Ok(leaves)
    }

    /// The hashes of a tile as far as it is filled, 32 bytes each. A narrower tile of
    /// an older head is its beginning.
    pub async fn tile(
        &self,
        origin: &str,
        level: u8,
        index: u64,
    ) -> Result<Option<Vec<u8>>, Error> {
        let values = vec![
            Value::from(origin),
            Value::from(i64::from(level)),
            Value::position(index),
        ];
        let row = self.engine.row(sql::TILE, values).await?;
        row.map(|row| row.bytes("tile", "hashes")).transpose()
    }
}

/// The parameters of a statement that reads a log in order.
pub(crate) fn range(origin: &str, first: u64, count: usize) -> Vec<Value<'_>> {
    vec![
        Value::from(origin),
        Value::position(first),
        Value::limit(count),
    ]
}

/// A log has no gaps: a missing entry must never shift the later ones.
fn no_gap(expected: u64, found: u64) -> Result<(), Error> {
    if expected == found {
        return Ok(());
    }
    Err(Error::Inconsistent {
        table: "entry",
        column: "position",
        row: format!("{expected} is missing"),
    })
}

#[cfg(test)]
mod tests;
