//! Receipts: the proof that a record stands in the own log, under the first head that a quorum has
//! co-signed, or what is missing to that.

use std::time::Duration;

use comity_model::date::Instant;
use comity_store::{CosignatureRow, Head};
use comity_tlog::checkpoint::Checkpoint;
use comity_tlog::note::SignedNote;
use comity_tlog::receipt::Receipt;
use serde::Serialize;

use crate::collect::{CosignerSet, LINES_READ, with_lines};
use crate::error::Error;
use crate::proofs::Tiles;
use crate::{Node, Shared};

/// Longest that one question waits for a quorum, in seconds.
pub const MAX_WAIT_SECONDS: u64 = 25;
/// Most pages of lines read to find the first quorum over an entry.
const MAX_PAGES: usize = 64;

/// A receipt and how far it is.
#[derive(Clone, Debug)]
pub struct ReceiptStanding {
    /// The receipt, with all lines that there are.
    pub receipt: Receipt,
    /// Who signed, and who did not yet.
    pub standing: Standing,
}

/// Who co-signed the checkpoint of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// The log.
    pub origin: String,
    /// Log index of the record.
    pub index: u64,
    /// Entries of the checkpoint.
    pub size: u64,
    /// Lines of members of the cosigner set that make a quorum; 0: nobody co-signs this log.
    pub needed: usize,
    /// Whether there are as many.
    pub quorum: bool,
    /// Who co-signed it.
    pub have: Vec<Signed>,
    /// Who did not yet.
    pub missing: Vec<Unsigned>,
}

/// A member of the cosigner set that has signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signed {
    /// Name of its key.
    pub name: String,
    /// Its economy.
    pub economy: String,
    /// When it says that it did.
    pub time: Instant,
}

/// A member of the cosigner set that has not signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unsigned {
    /// Name of its key.
    pub name: String,
    /// Its economy.
    pub economy: String,
}

impl Node {
    /// The checkpoint that the log shows now: a head of it with the lines of others.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn published(&self) -> Result<SignedNote, Error> {
        let node = &self.shared;
        let set = node.cosigner_set();
        let shown = node.shown(&set);
        if set.is_empty() {
            return Ok(SignedNote::parse(&shown.note)?);
        }
        let lines = node.lines_under(shown.size).await?;
        with_lines(&shown.note, &lines, &set.keys(), &node.log_key)
    }

    /// The receipt of a record in the own log: a C2SP tlog-proof.
    ///
    /// # Errors
    /// As [`Node::receipt_standing`].
    pub async fn receipt(&self, digest: &[u8; 32]) -> Result<Option<Receipt>, Error> {
        let standing = self.receipt_standing(digest).await?;
        Ok(standing.map(|standing| standing.receipt))
    }

    /// The receipt of a record in the own log and how far it is: under the first head over it that
    /// has a quorum, else under the one that is being co-signed.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Setup`] if a tile is missing.
    pub async fn receipt_standing(
        &self,
        digest: &[u8; 32],
    ) -> Result<Option<ReceiptStanding>, Error> {
        let node = &self.shared;
        let head = self.head();
        let places = node.store.positions(digest).await?;
        let place = places.iter().find(|(origin, _)| *origin == head.origin);
        let Some(&(_, index)) = place.filter(|(_, index)| *index < head.size) else {
            return Ok(None);
        };
        let set = node.cosigner_set();
        let (signed, lines) = match node.first_quorum(index, &set).await? {
            Some(found) => found,
            None => node.being_cosigned(index, &head, &set).await?,
        };
        let size = Checkpoint::parse(&SignedNote::parse(&signed)?.text)?.size;
        let hashes = Tiles::Held(&node.store, &head.origin)
            .inclusion(size, index)
            .await?;
        let receipt = Receipt {
            index,
            hashes,
            note: with_lines(&signed, &lines, &set.keys(), &node.log_key)?,
        };
        let standing = standing(&head.origin, index, size, &set, &lines);
        Ok(Some(ReceiptStanding { receipt, standing }))
    }

    /// As [`Node::receipt_standing`], but waits up to `seconds` (at most [`MAX_WAIT_SECONDS`]) for a
    /// quorum.
    ///
    /// # Errors
    /// As [`Node::receipt_standing`].
    pub async fn receipt_within(
        &self,
        digest: &[u8; 32],
        seconds: u64,
    ) -> Result<Option<ReceiptStanding>, Error> {
        let until = Duration::from_secs(seconds.min(MAX_WAIT_SECONDS));
        let until = tokio::time::Instant::now() + until;
        let mut lines = self.shared.rounds.watch_lines();
        loop {
            lines.borrow_and_update();
            let found = self.receipt_standing(digest).await?;
            let waits = found
                .as_ref()
                .is_some_and(|found| !found.standing.quorum && found.standing.needed > 0);
            if !waits {
                return Ok(found);
            }
            // The sender lives as long as this node.
            match tokio::time::timeout_at(until, lines.changed()).await {
                Ok(Ok(())) => {}
                _ => return Ok(found),
            }
        }
    }
}

impl Shared {
    /// The first head over an entry with a quorum, with its lines, the first of each cosigner
    /// first. It is the one that dates the entry.
    async fn first_quorum(
        &self,
        index: u64,
        set: &CosignerSet,
    ) -> Result<Option<(Vec<u8>, Vec<CosignatureRow>)>, Error> {
        if set.members.is_empty() {
            return Ok(None);
        }
        let origin = self.config.origin();
        let mut from = index + 1;
        let mut under: Vec<CosignatureRow> = Vec::new();
        for _ in 0..MAX_PAGES {
            let page = self.store.cosignatures(&origin, from, LINES_READ).await?;
            let full = page.len() == LINES_READ;
            let last = page.last().map_or(from, |line| line.size);
            for line in page {
                if under.first().is_some_and(|first| first.size != line.size) {
                    if set.is_quorum(&under) {
                        break;
                    }
                    under.clear();
                }
                under.push(line);
            }
            if set.is_quorum(&under) || !full {
                break;
            }
            // A page that ends within a size is read again from there; one size that fills it is
            // passed over.
            from = if last > from { last } else { last + 1 };
            under.clear();
        }
        let Some(size) = under.first().map(|line| line.size) else {
            return Ok(None);
        };
        if !set.is_quorum(&under) {
            return Ok(None);
        }
        under.sort_by_key(|line| line.signed_at);
        let kept = self.store.notes(&origin, size, 1).await?;
        let kept = kept.into_iter().find(|kept| kept.size == size);
        Ok(kept.map(|kept| (kept.note, under)))
    }

    /// The shown head if it covers the entry, else the newest, with the lines there are.
    async fn being_cosigned(
        &self,
        index: u64,
        newest: &Head,
        set: &CosignerSet,
    ) -> Result<(Vec<u8>, Vec<CosignatureRow>), Error> {
        let shown = self.shown(set);
        let head = if shown.size > index { &shown } else { newest };
        let lines = self.lines_under(head.size).await?;
        Ok((head.note.clone(), lines))
    }
}

fn standing(
    origin: &str,
    index: u64,
    size: u64,
    set: &CosignerSet,
    lines: &[CosignatureRow],
) -> Standing {
    let (mut have, mut missing) = (Vec::new(), Vec::new());
    for member in &set.members {
        let key = member.vkey.to_string();
        let name = member.vkey.name().to_owned();
        let economy = member.economy.clone();
        let line = lines.iter().find(|line| line.cosigner == key);
        match line.and_then(|line| Instant::from_seconds(line.signed_at)) {
            Some(time) => have.push(Signed {
                name,
                economy,
                time,
            }),
            None => missing.push(Unsigned { name, economy }),
        }
    }
    Standing {
        origin: origin.to_owned(),
        index,
        size,
        needed: match set.members.len() + set.keyless {
            0 => 0,
            members => set.needed.unwrap_or(members),
        },
        quorum: set.members.len() + set.keyless == 0
            || set.needed.is_some_and(|needed| have.len() >= needed),
        have,
        missing,
    }
}
