//! A log that has forgotten: it signs nothing until its mirrors were asked, and takes back what
//! they hold.

use comity_store::{Batch, Head, InvalidRecord, MissingBody, NewEntry, NewRecord, NewTile};
use comity_tlog::tile::TileWriter;

use super::Sequencer;
use super::edge::unanchored;
use crate::error::Error;

/// Entries that this log has signed before, in order, with their records.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) entries: Vec<NewEntry>,
    pub(crate) records: Vec<NewRecord>,
    pub(crate) missing: Vec<MissingBody>,
    pub(crate) invalid: Vec<InvalidRecord>,
    /// The note of the log under the size that is reached; empty between two.
    pub(crate) note: Vec<u8>,
    /// When it was signed.
    pub(crate) signed_at: i64,
}

impl Sequencer {
    /// Signs nothing until it is released.
    pub(crate) fn hold(&mut self, reason: &str) {
        self.held = Some(reason.to_owned());
    }

    /// Why it waits, if so.
    pub(crate) fn held(&self) -> Option<&str> {
        self.held.as_deref()
    }

    /// Signs again.
    pub(crate) fn release(&mut self) {
        self.held = None;
    }

    /// The tree as it is committed.
    pub(crate) fn tree(&self) -> &TileWriter {
        &self.tree
    }

    /// Takes back what was signed before and forgotten. Nothing is signed. Killed after it, the
    /// next start goes on from there.
    ///
    /// # Errors
    /// As [`Sequencer::append`].
    pub(crate) async fn take_back(&mut self, page: Page) -> Result<(), Error> {
        self.settle().await?;
        let now = self.time();
        self.hold_lease(now).await?;
        let mut tree = self.tree.clone();
        let leaves: Vec<_> = page.entries.iter().map(|entry| entry.leaf).collect();
        let tiles = tree.append(&leaves)?;
        let after = Head {
            origin: self.origin.clone(),
            size: tree.size(),
            root: tree.root(),
            note: page.note,
            updated_at: page.signed_at,
        };
        let tiles = tiles.iter().map(|tile| NewTile {
            level: tile.id.level,
            index: tile.id.index,
            hashes: tile.to_bytes(),
        });
        let batch = Batch {
            origin: self.origin.clone(),
            holder: Some(self.holder.clone()),
            before: (self.head.size, self.head.root),
            after: after.clone(),
            entries: page.entries,
            tiles: tiles.collect(),
            records: page.records,
            missing: page.missing,
            invalid: page.invalid,
        };
        match self.store.append(&batch).await {
            Ok(()) => {
                self.tree = tree;
                self.head = after;
            }
            Err(error) => self.after_failure(error, &after).await?,
        }
        // Nothing is signed with an earlier time than was signed before.
        self.last_time = self.last_time.max(self.head.updated_at);
        self.unanchored_since = unanchored(&self.store, &self.origin, &self.head).await?;
        Ok(())
    }
}
