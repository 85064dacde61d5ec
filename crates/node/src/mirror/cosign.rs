//! Keeping the heads of foreign logs with their lines, and co-signing what is held.

use comity_recognition::evidence::CosignatureTime;
use comity_store::{Cosigned, Head, Mode};
use comity_tlog::checkpoint::{MAX_SERVED_SIGNATURES, VerifiedCheckpoint};
use comity_tlog::note::{NoteSignature, SignedNote};

use super::pull::Target;
use super::{Alarm, Trouble};
use crate::Shared;
use crate::dating::Checkpoints;
use crate::error::Error;
use crate::proofs::Tiles;
use crate::sequencer::RESIGN_SECONDS;

/// Seconds after which a checkpoint that its log has not signed anew is no news: nothing is
/// co-signed anew on it, so that its age shows.
pub(super) const STALE_SECONDS: i64 = 2 * RESIGN_SECONDS;
/// Seconds by which another clock may be ahead of this one.
const CLOCK_TOLERANCE: i64 = 60;
/// Seconds after which a key's next line on the same checkpoint is news.
const NEWS_SECONDS: i64 = RESIGN_SECONDS / 2;
/// Notes of one checkpoint looked at for the lines that are known, the newest first.
const KEPT_READ: usize = 64;

impl Shared {
    /// Keeps the note of a checkpoint that is held already, if it brings news: a key that has not
    /// signed it yet, or not for long. Whatever else a log may sign anew each second is left out,
    /// since no quota covers it.
    pub(super) async fn keep_lines(
        &self,
        origin: &str,
        note: &SignedNote,
        opened: &VerifiedCheckpoint,
    ) -> Result<(), Error> {
        let size = opened.size();
        let kept = self.store.notes_down(origin, i64::MAX, size, KEPT_READ);
        let mut known: Vec<CosignatureTime> = Vec::new();
        for kept in kept.await?.iter().filter(|kept| kept.size == size) {
            known.extend(self.lines_by_now(&kept.note));
        }
        let bytes = note.to_string().into_bytes();
        let is_news = |line: &CosignatureTime| {
            let same = known.iter().filter(|held| held.cosigner == line.cosigner);
            let newest = same.map(|held| held.time.seconds()).max();
            newest.is_none_or(|newest| line.time.seconds() - newest >= NEWS_SECONDS)
        };
        if !self.lines_by_now(&bytes).iter().any(is_news) {
            return Ok(());
        }
        self.store
            .keep_head(origin, size, self.signed_at(&bytes), &bytes)
            .await?;
        self.heads_changed(origin, size).await
    }

    /// The lines of a note that count, without those from the future: one such line would hide a
    /// head from all who ask what was signed by now.
    fn lines_by_now(&self, note: &[u8]) -> Vec<CosignatureTime> {
        let latest = self.clock.now().seconds() + CLOCK_TOLERANCE;
        let read = self.checkpoints.read(note);
        let mut lines = read.map(|read| read.lines).unwrap_or_default();
        lines.retain(|line| line.time.seconds() <= latest);
        lines
    }

    /// When a note was last signed, as far as its lines tell; otherwise now.
    pub(super) fn signed_at(&self, note: &[u8]) -> i64 {
        let lines = self.lines_by_now(note);
        let newest = lines.iter().map(|line| line.time.seconds()).max();
        newest.unwrap_or_else(|| self.clock.now().seconds())
    }

    /// Co-signs a checkpoint up to which everything is held and committed: `head` was read from
    /// the store, and so is all that is asked here.
    pub(super) async fn cosign(&self, target: &Target<'_>, head: &Head) -> Result<(), Trouble> {
        let (origin, opened) = (&target.wanted.origin, target.opened);
        if target.wanted.mode != Mode::Mirror || opened.size() == 0 {
            return Ok(());
        }
        let stored = self.store.head(origin).await?;
        let stands =
            stored.is_some_and(|stored| (stored.size, stored.root) == (head.size, head.root));
        let followed = self.store.followed(origin).await?;
        let frozen = match &followed {
            Some(log) => self.is_frozen(log).await?,
            None => true,
        };
        if frozen || !stands || (head.size, head.root) != (opened.size(), *opened.root()) {
            return Ok(());
        }
        self.check_nothing_missing(origin).await?;
        let cosigner = self.mirrors.key.vkey().to_string();
        let before = self.store.cosigned(origin, &cosigner).await?;
        let now = self.clock.now().seconds();
        if let Some(before) = &before {
            let again = before.size == opened.size();
            if again && now - before.signed_at < RESIGN_SECONDS {
                return Ok(());
            }
            if again {
                Self::check_not_stale(target, now)?;
            }
            self.check_begins_with(head, before).await?;
        }
        let time = before
            .as_ref()
            .map_or(now, |before| now.max(before.signed_at));
        let after = Cosigned {
            origin: origin.clone(),
            cosigner,
            size: opened.size(),
            root: *opened.root(),
            note: self.cosigned_note(target, time)?.to_string().into_bytes(),
            signed_at: time,
        };
        self.store.swap_cosigned(before.as_ref(), &after).await?;
        tracing::debug!(log.origin = origin, size = after.size, "co-signed");
        Ok(())
    }

    async fn check_nothing_missing(&self, origin: &str) -> Result<(), Trouble> {
        let missing = self.store.missing_bodies(origin, 0, 1).await?;
        let Some(first) = missing.first() else {
            return Ok(());
        };
        let count = self.store.count_missing(origin).await?;
        let alarm = match first.reason {
            comity_store::MissingReason::Misfiled => Alarm::Misfiled,
            _ => Alarm::MissingBodies,
        };
        Err(Trouble::new(
            alarm,
            format!(
                "{count} bodies are not held; the first is that of entry {}: {}",
                first.position,
                first.reason.word()
            ),
        ))
    }

    /// A log that has stopped signing shows no news, however often it is asked; nor does one that
    /// does not say when it signed, or says a time to come.
    fn check_not_stale(target: &Target<'_>, now: i64) -> Result<(), Trouble> {
        let Some(signed) = Checkpoints::self_line(target.vkey, target.note) else {
            let detail = "its checkpoint has no line of its own that says when it was signed";
            return Err(Trouble::new(Alarm::Stale, detail.to_owned()));
        };
        let age = now.saturating_sub(signed);
        if (-CLOCK_TOLERANCE..STALE_SECONDS).contains(&age) {
            return Ok(());
        }
        let detail = if age < 0 {
            format!(
                "its checkpoint says that it will be signed in {} seconds",
                -age
            )
        } else {
            format!("its checkpoint was last signed {age} seconds ago")
        };
        Err(Trouble::new(Alarm::Stale, detail))
    }

    /// What was co-signed before must be a beginning of what is held.
    async fn check_begins_with(&self, head: &Head, before: &Cosigned) -> Result<(), Trouble> {
        let inconsistent = |detail: String| Trouble::new(Alarm::Inconsistent, detail);
        if before.size > head.size {
            return Err(inconsistent(format!(
                "{} entries were co-signed and {} are held",
                before.size, head.size
            )));
        }
        let root = self.root_of(&head.origin, head.size, before.size).await?;
        if root != before.root {
            return Err(inconsistent(format!(
                "another root was co-signed for {} entries",
                before.size
            )));
        }
        Ok(())
    }

    /// The root that the stored tree of `held` entries had at `size`.
    pub(crate) async fn root_of(
        &self,
        origin: &str,
        held: u64,
        size: u64,
    ) -> Result<comity_tlog::Hash, Error> {
        Tiles::Held(&self.store, origin).root_at(size, held).await
    }

    /// The note with the log's line, the own one, and of the others as many as may be served.
    fn cosigned_note(&self, target: &Target<'_>, time: i64) -> Result<SignedNote, Error> {
        let time = u64::try_from(time).unwrap_or(0);
        let own = self.mirrors.key.cosign(target.opened.checkpoint(), time)?;
        let log = (target.note.signatures.iter())
            .find(|line| line.name == target.vkey.name() && line.key_id == target.vkey.key_id());
        let mut signatures: Vec<NoteSignature> = log.into_iter().cloned().collect();
        signatures.push(own);
        for line in self.checkpoints.valid_lines(target.note) {
            let same =
                |held: &NoteSignature| (&held.name, held.key_id) == (&line.name, line.key_id);
            if signatures.len() < MAX_SERVED_SIGNATURES && !signatures.iter().any(same) {
                signatures.push(line);
            }
        }
        Ok(SignedNote {
            text: target.note.text.clone(),
            signatures,
        })
    }
}
