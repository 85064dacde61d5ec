//! What others were shown of a log: their heads of it and their evidence against it are asked for,
//! and so are the heads that stand as anchors in other logs. A log that shows two histories to
//! two mirrors is found out by both.

use comity_tlog::checkpoint::{self, Checkpoint};
use comity_tlog::fork::{ForkEvidence, MAX_EVIDENCE_BYTES};
use comity_tlog::note::{SignedNote, Vkey};
use comity_tlog::origin::log_id;

use super::fetch::Source;
use super::take_up::forked;
use super::{Trouble, Wanted};
use crate::Shared;
use crate::equivocation::Finding;
use crate::error::Error;
use crate::remote::MAX_ANSWER_BYTES;

/// Most anchors of one page that are compared: a log has one a day of each that it mirrors.
const MAX_ANCHORS: usize = 64;

impl Shared {
    /// Asks one of the nodes at `others` what it was shown of a log: for its head, the next time
    /// for its evidence, and then the next node. One that does not answer, or answers
    /// with what proves nothing, is no trouble of the log.
    pub(super) async fn gossip(&self, wanted: &Wanted, others: &[String]) -> Result<(), Trouble> {
        let others: Vec<_> = others.iter().filter(|url| **url != wanted.url).collect();
        let turn = self.mirrors.next_turn(&wanted.origin);
        let Some(url) = others.get(turn / 2 % others.len().max(1)) else {
            return Ok(());
        };
        let heard = if turn.is_multiple_of(2) {
            self.hear_head(wanted, url).await
        } else {
            let vkey = Vkey::parse(&wanted.vkey).map_err(Error::from)?;
            self.hear_evidence(&vkey, url).await
        };
        match heard {
            Ok(false) => Ok(()),
            Ok(true) => Err(forked()),
            Err(error @ Error::Store(_)) => Err(error.into()),
            Err(error) => {
                let origin = &wanted.origin;
                tracing::debug!(log.origin = origin, mirror = url, %error, "nothing was heard");
                Ok(())
            }
        }
    }

    /// Asks one of the nodes at `others` for evidence against the own log, each time the next one:
    /// whoever else has its key can show a history of it that this node never wrote.
    pub(super) async fn hear_of_own_log(&self, others: &[String]) -> Result<(), Error> {
        let turn = self.mirrors.next_turn(self.log_key.name());
        let Some(url) = others.get(turn % others.len().max(1)) else {
            return Ok(());
        };
        match self.hear_evidence(&self.log_key, url).await {
            Err(error @ Error::Store(_)) => Err(error),
            Err(error) => {
                tracing::debug!(mirror = url, %error, "nothing was heard of the own log");
                Ok(())
            }
            Ok(_) => Ok(()),
        }
    }

    /// Compares the head that another mirror shows. Answers whether the log showed two histories.
    async fn hear_head(&self, wanted: &Wanted, url: &str) -> Result<bool, Error> {
        let remote = (self.connect)(url)?.small(MAX_ANSWER_BYTES);
        let source = Source::of_mirror(remote, &wanted.origin);
        let note = source.checkpoint().await?;
        let vkey = Vkey::parse(&wanted.vkey)?;
        self.contradicts(&vkey, &note, &source).await
    }

    /// Takes up the evidence that another mirror has against a log, if it proves something.
    async fn hear_evidence(&self, vkey: &Vkey, url: &str) -> Result<bool, Error> {
        let path = format!("/v1/logs/{}/evidence", log_id(vkey.name()));
        let remote = (self.connect)(url)?.small(MAX_EVIDENCE_BYTES);
        let answer = remote.get(&path).await?;
        if !answer.is_success() {
            return Ok(false);
        }
        let evidence = ForkEvidence::parse(&answer.body)?;
        if evidence.vkey != *vkey {
            return Ok(false);
        }
        self.keep_evidence(&evidence).await?;
        Ok(true)
    }

    /// Compares the heads of other logs that were anchored in a log, as it was just read. The
    /// node that serves it mirrors those logs too.
    pub(super) async fn compare_anchors(
        &self,
        source: &Source,
        anchors: &[SignedNote],
    ) -> Result<(), Error> {
        for (Checkpoint { origin, .. }, note) in largest_first(anchors) {
            let Some(log) = self.store.followed(&origin).await? else {
                continue;
            };
            let (vkey, mirror) = (Vkey::parse(&log.vkey)?, source.of_same_node(&origin));
            match self.contradicts(&vkey, note, &mirror).await {
                Ok(_) => {}
                Err(error @ Error::Store(_)) => return Err(error),
                // Signed by a key that has ended, or by nobody: it says nothing.
                Err(error) => tracing::debug!(log.origin = origin, %error, "an anchor is no head"),
            }
        }
        Ok(())
    }

    /// Whether a head of a log is of another history than the one held here; that is acted on.
    async fn contradicts(
        &self,
        vkey: &Vkey,
        note: &SignedNote,
        source: &Source,
    ) -> Result<bool, Error> {
        checkpoint::open(note, vkey)?;
        let held = self.store.note_as_of(vkey.name(), i64::MAX, u64::MAX);
        let Some(held) = held.await? else {
            return Ok(false);
        };
        let held = SignedNote::parse(&held.note)?;
        let served = Some(source.place());
        let finding = self.found_two(vkey, &held, note, served).await?;
        Ok(matches!(finding, Finding::Fork(_)))
    }
}

/// Anchors with what they say, one of a kind, the largest first.
fn largest_first(anchors: &[SignedNote]) -> Vec<(Checkpoint, &SignedNote)> {
    let mut all = Vec::new();
    for note in anchors {
        all.extend(Checkpoint::parse(&note.text).map(|checkpoint| (checkpoint, note)));
    }
    all.sort_by(|(one, _), (other, _)| (other.size, one).cmp(&(one.size, other)));
    all.dedup_by(|(one, _), (other, _)| one == other);
    all.truncate(MAX_ANCHORS);
    all
}
