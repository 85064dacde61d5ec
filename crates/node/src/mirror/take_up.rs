//! What follows from what was taken of a foreign log: evidence held, ends of logs, contradictions.

use std::collections::HashSet;

use comity_recognition::evidence::EvidenceRecord;
use comity_signature::data_integrity::AdmittedKeys;
use comity_store::{Followed, FollowedState, Head, NewRecord};
use comity_tlog::Hash;
use comity_tlog::entry::Entry;
use comity_tlog::note::{SignedNote, Vkey};

use super::page;
use super::pull::Target;
use super::{Alarm, Trouble};
use crate::Shared;
use crate::equivocation::Finding;
use crate::error::Error;
use crate::evidence::examine;

/// Records read in one go while what was missed is taken up.
const MISSED_PAGE: usize = 512;

impl Shared {
    /// Compares a checkpoint with everything accepted of that log before.
    pub(super) async fn compare(
        &self,
        target: &Target<'_>,
        log: &Followed,
        head: &Head,
    ) -> Result<(), Trouble> {
        let opened = target.opened;
        let (size, root) = (opened.size(), *opened.root());
        if let Some((end, _)) = self.mirrors.closed(&target.wanted.origin)
            && size > end
        {
            return self.went_on(target, end).await;
        }
        if size <= head.size {
            let known = if size == 0 {
                comity_tlog::tree::EMPTY_ROOT
            } else {
                self.root_of(&head.origin, head.size, size).await?
            };
            if known != root {
                let kept = self.store.notes(&head.origin, size, 1).await?;
                if let Some(kept) = kept.first() {
                    let kept = SignedNote::parse(&kept.note).map_err(Error::from)?;
                    self.is_one_history(target, &kept).await?;
                }
                let detail = format!("another root is held for {size} entries");
                return Err(Trouble::new(Alarm::Inconsistent, detail));
            }
        }
        let seen = log.seen_size.max(head.size);
        if size < seen {
            let detail = format!("it shows {size} entries, and {seen} were seen before");
            return Err(Trouble::new(Alarm::SizeFell, detail));
        }
        if log.seen_size > head.size {
            // A catch-up was interrupted: what it aimed at is not held, but was signed.
            let seen = SignedNote::parse(&log.seen_note).map_err(Error::from)?;
            self.is_one_history(target, &seen).await?;
        }
        Ok(())
    }

    /// Whether a checkpoint goes on where another one stood. If it does not, and that is proved,
    /// the log is frozen.
    pub(super) async fn is_one_history(
        &self,
        target: &Target<'_>,
        seen: &SignedNote,
    ) -> Result<(), Trouble> {
        let served = Some(target.source.place());
        let finding = self
            .found_two(target.vkey, seen, target.note, served)
            .await?;
        match finding {
            Finding::Consistent => Ok(()),
            Finding::Fork(_) => Err(forked()),
            Finding::Untold => Err(Trouble::new(
                Alarm::Inconsistent,
                "it gives no tiles that lead from an earlier checkpoint to this one".to_owned(),
            )),
        }
    }

    /// A log went on after the entry that closed it.
    pub(super) async fn went_on(&self, target: &Target<'_>, end: u64) -> Result<(), Trouble> {
        let (vkey, note, last) = (target.vkey, target.note, end.saturating_sub(1));
        let kept = self.store.notes(&target.wanted.origin, end, 1).await?;
        if let Some(kept) = kept.first().filter(|kept| kept.size == end) {
            let one = SignedNote::parse(&kept.note).map_err(Error::from)?;
            self.found_after_closing(vkey, &one, note, last).await?;
        } else {
            // It never signed its end: what it signed beyond it has the closing entry inside.
            let tiles = target.source.tiles();
            self.found_beyond(vkey, note, note, last, tiles).await?;
        }
        Err(forked())
    }

    /// The largest checkpoint accepted of a log so far.
    pub(super) async fn newest_seen(
        &self,
        target: &Target<'_>,
        log: &Followed,
    ) -> Result<Option<SignedNote>, Error> {
        let kept = self
            .store
            .note_as_of(&target.wanted.origin, i64::MAX, u64::MAX)
            .await?;
        let kept = kept.filter(|kept| kept.size >= log.seen_size);
        let bytes = kept.map_or_else(|| log.seen_note.clone(), |kept| kept.note);
        if bytes.is_empty() {
            return Ok(None);
        }
        Ok(Some(SignedNote::parse(&bytes)?))
    }

    /// Takes up records that were committed: those that were known from another log before are
    /// read anew, with all their places.
    pub(super) async fn take_up_records(
        &self,
        origin: &str,
        rows: &[NewRecord],
        evidence: Vec<EvidenceRecord>,
        known: &HashSet<Hash>,
    ) -> Result<(), Error> {
        let mut added = page::placed(evidence, rows, origin);
        let again: Vec<_> = known.iter().copied().collect();
        if !again.is_empty() {
            added.retain(|record| !known.contains(&record.record_digest));
            let rows = self.store.records(&again).await?;
            let mut keys = AdmittedKeys::new();
            let read = examine(&self.store, &self.checkpoints, &rows, &mut keys).await?;
            for record in &read {
                self.examined.invalidate(&record.record_digest);
            }
            added.extend(read);
        }
        let (store, checkpoints) = (&self.store, &self.checkpoints);
        self.held.add(store, checkpoints, &added, None).await?;
        self.follow_takedowns(&added).await?;
        self.count_lines(false).await?;
        Ok(())
    }

    /// Reads at the start what is known of followed logs: their newest heads, and which are closed.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub(crate) async fn know_followed(&self) -> Result<(), Error> {
        for log in self.store.all_followed().await? {
            if log.state != FollowedState::Frozen
                && let Some(head) = self.store.head(&log.origin).await?
            {
                self.know_end(&head).await?;
            }
            self.know_heads(&log.origin).await?;
        }
        Ok(())
    }

    /// Notes that a log is closed, if its last entry that is held says so.
    async fn know_end(&self, head: &Head) -> Result<(), Error> {
        let last = head.size.saturating_sub(1);
        let entries = self.store.entries(&head.origin, last, 1).await?;
        let entry = entries.first().map(|entry| Entry::parse(entry));
        if let Some(Ok(Entry::Closed { successor })) = entry {
            self.note_closed(&head.origin, last, &successor).await?;
        }
        Ok(())
    }

    /// Takes up what was committed of a log when taking it up failed. Until then no verdict rests
    /// on its later heads, and nothing of it is co-signed: a revocation could be among it.
    pub(super) async fn take_up_missed(&self, head: &Head) -> Result<(), Error> {
        let origin = &head.origin;
        let Some(missed) = self.mirrors.taken_up(origin) else {
            return Ok(());
        };
        let mut from = missed;
        let mut keys = AdmittedKeys::new();
        let (store, checkpoints) = (&self.store, &self.checkpoints);
        while from < head.size {
            let (page, next) = store.records_from(origin, from, MISSED_PAGE).await?;
            let rows: Vec<_> = page.into_iter().map(|(row, _)| row).collect();
            let read = examine(store, checkpoints, &rows, &mut keys).await?;
            for record in &read {
                self.examined.invalidate(&record.record_digest);
            }
            self.held.add(store, checkpoints, &read, None).await?;
            self.follow_takedowns(&read).await?;
            let Some(next) = next else { break };
            from = next;
        }
        self.count_lines(false).await?;
        self.know_end(head).await?;
        self.heads_changed(origin, head.size).await?;
        self.mirrors.took_up(origin, missed);
        Ok(())
    }

    /// Notes the end of a log, once it is the last entry that is held.
    pub(super) async fn note_closed(
        &self,
        origin: &str,
        position: u64,
        successor: &Vkey,
    ) -> Result<(), Error> {
        self.mirrors
            .close(origin, position + 1, &successor.to_string());
        let state = FollowedState::Closed;
        self.store.set_followed_state(origin, state).await?;
        tracing::info!(log.origin = origin, %successor, "the log is closed");
        Ok(())
    }
}

pub(super) fn forked() -> Trouble {
    Trouble::new(Alarm::Forked, "it showed two histories".to_owned())
}

impl super::Mirrors {
    /// From where on what is held of a log may not have been taken up; `None`: all of it was.
    pub(crate) fn taken_up(&self, origin: &str) -> Option<u64> {
        self.of(origin, |looked| looked.taken_up)
    }

    /// What is committed of a log from there on has yet to be taken up. Said before it is
    /// committed: from then on it can be read.
    pub(super) fn takes_up(&self, origin: &str, from: u64) {
        self.of(origin, |looked| {
            let before = looked.taken_up.unwrap_or(from);
            looked.taken_up = Some(before.min(from));
        });
    }

    /// All that was committed of a log from there on was taken up.
    pub(super) fn took_up(&self, origin: &str, from: u64) {
        self.of(origin, |looked| {
            looked.taken_up = looked.taken_up.filter(|earlier| *earlier < from);
        });
    }
}
