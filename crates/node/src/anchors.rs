//! Anchors: heads of this log and of mirrored ones, kept for good in this log. They put the history
//! of every log into every other, so that a log that lies to some is found out by the others.

use comity_store::Head;
use comity_tlog::checkpoint::{Checkpoint, MAX_SERVED_SIGNATURES};
use comity_tlog::entry::Entry;
use comity_tlog::note::{SignedNote, Vkey};

use crate::Shared;
use crate::collect::with_lines;
use crate::error::Error;

/// Seconds between two anchors of one mirrored log (format.md 3.6).
pub(crate) const FOREIGN_ANCHOR_SECONDS: i64 = 86_400;
/// Entries read to see whether a log grew by more than anchors; more of them are more than anchors.
const MAX_ENTRIES_READ: usize = 256;

/// Names under which the store remembers the last anchor of a log: its size, and its time.
const SIZE: &str = "anchored";
const TIME: &str = "anchored at";

/// What is due to be anchored.
#[derive(Debug, Default)]
pub(crate) struct Due {
    /// The own head, with the lines of its cosigners.
    pub(crate) own: Option<SignedNote>,
    /// Heads of mirrored logs, one each.
    pub(crate) foreign: Vec<SignedNote>,
}

impl Shared {
    /// The own head to anchor, where that is due for entries up to `size`: the shown one with its
    /// lines if it covers them, else the newest.
    pub(crate) async fn own_anchor(&self, head: &Head) -> Result<SignedNote, Error> {
        let set = self.cosigner_set();
        let shown = self.shown(&set);
        let head = if shown.size == head.size {
            &shown
        } else {
            head
        };
        let lines = self.lines_under(head.size).await?;
        with_lines(&head.note, &lines, &set.keys(), &self.log_key)
    }

    /// The heads of mirrored logs that are due: of each that grew by an entry that is no anchor,
    /// once a day.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub(crate) async fn foreign_anchors(&self, now: i64) -> Result<Vec<SignedNote>, Error> {
        let mut due = Vec::new();
        for log in self.store.all_followed().await? {
            let origin = &log.origin;
            let last = self.store.follower(TIME, origin).await?;
            let last = i64::try_from(last).unwrap_or(i64::MAX);
            if last != 0 && now - last < FOREIGN_ANCHOR_SECONDS {
                continue;
            }
            if !self.store.forks(origin).await?.is_empty() {
                continue;
            }
            let mirror = self.mirrors.key.vkey().to_string();
            let Some(cosigned) = self.store.cosigned(origin, &mirror).await? else {
                continue;
            };
            let from = self.store.follower(SIZE, origin).await?;
            if self
                .grew_by_more_than_anchors(origin, from, cosigned.size)
                .await?
            {
                let vkey = Vkey::parse(&log.vkey)?;
                due.push(self.known_lines(&cosigned.note, &vkey)?);
            }
        }
        Ok(due)
    }

    /// Remembers that a head was anchored.
    pub(crate) async fn note_anchored(&self, note: &SignedNote, now: i64) -> Result<(), Error> {
        let checkpoint = Checkpoint::parse(&note.text)?;
        let at = u64::try_from(now).unwrap_or(0);
        let (origin, size) = (&checkpoint.origin, checkpoint.size);
        self.store.set_follower(SIZE, origin, size).await?;
        Ok(self.store.set_follower(TIME, origin, at).await?)
    }

    async fn grew_by_more_than_anchors(
        &self,
        origin: &str,
        from: u64,
        size: u64,
    ) -> Result<bool, Error> {
        if size <= from {
            return Ok(false);
        }
        let entries = self.store.entries(origin, from, MAX_ENTRIES_READ).await?;
        let is_anchor = |entry: &Vec<u8>| matches!(Entry::parse(entry), Ok(Entry::Anchor { .. }));
        Ok(entries.len() == MAX_ENTRIES_READ || !entries.iter().all(is_anchor))
    }

    /// The note with the lines of keys that are known here: the log's, the own mirror's, and those
    /// of cosigners. A line that somebody put there would stand in this log for good.
    fn known_lines(&self, note: &[u8], log: &Vkey) -> Result<SignedNote, Error> {
        let mut note = SignedNote::parse(note)?;
        let known = self.checkpoints.valid_lines(&note);
        let own = [log.clone(), self.mirrors.key.vkey().clone()];
        let text = note.text.clone();
        note.signatures.retain(|line| {
            let alone = SignedNote {
                text: text.clone(),
                signatures: vec![line.clone()],
            };
            known.contains(line) || !alone.verify(&own).verified.is_empty()
        });
        note.signatures.truncate(MAX_SERVED_SIGNATURES);
        Ok(note)
    }
}
