//! What recognition says of one record outside any question: may it be signed so, and in which
//! state is it?

use std::sync::Arc;

use comity_model::date::{Day, Instant};
use comity_recognition::evidence::{Evidence, EvidenceRecord, LogHead};
use comity_recognition::standing_now::{self, NotEntitled, RecordState};
use comity_recognition::trust_graph::TrustGraph;

use crate::Shared;
use crate::error::Error;

impl Shared {
    /// Whether the signatures of a record count that is about to be logged.
    pub(crate) fn may_sign(
        &self,
        record: &EvidenceRecord,
        trust: &TrustGraph,
        now: Instant,
    ) -> Result<(), NotEntitled> {
        let heads = self.newest_heads();
        let evidence = evidence(Vec::new(), trust, &heads);
        standing_now::may_sign(record, &evidence, &self.policy, now)
    }

    /// The state of a record on a legal day, in one word, as far as it is known now.
    pub(crate) async fn state_on(
        &self,
        record: &Arc<EvidenceRecord>,
        on: Day,
    ) -> Result<&'static str, Error> {
        let gathered = self.around(vec![Arc::clone(record)]).await?;
        let held = self.held.snapshot();
        let heads = self.newest_heads();
        let evidence = Evidence {
            revisions: gathered.revisions,
            events: gathered.events,
            ..evidence(gathered.candidates, &held.trust, &heads)
        };
        let now = self.now_known();
        let state = standing_now::state(record, &evidence, &self.policy, on, now);
        let replaced = state == RecordState::Active && self.is_replaced(record).await?;
        Ok(if replaced {
            RecordState::Superseded
        } else {
            state
        }
        .word())
    }

    /// The state of a record today.
    pub(crate) async fn state_of(
        &self,
        record: &Arc<EvidenceRecord>,
    ) -> Result<&'static str, Error> {
        self.state_on(record, self.clock.now().day()).await
    }

    /// The present moment, never before the newest head was dated: what is logged is known.
    pub(crate) fn now_known(&self) -> Instant {
        let head = crate::sequencer::head_time(&self.heads.borrow());
        self.clock.now().max(head)
    }

    fn newest_heads(&self) -> Vec<LogHead> {
        let note = self.heads.borrow().note.clone();
        let read = self.checkpoints.read(&note);
        let origin = self.config.origin();
        read.into_iter()
            .map(|checkpoint| crate::evidence::log_head(&origin, checkpoint))
            .collect()
    }
}

fn evidence<'a>(
    candidates: Vec<Arc<EvidenceRecord>>,
    trust: &'a TrustGraph,
    heads: &'a [LogHead],
) -> Evidence<'a> {
    Evidence {
        candidates,
        revisions: Vec::new(),
        events: Vec::new(),
        trust,
        heads,
        taken_down: Vec::new(),
        held_of_issuer: None,
    }
}
