//! Everything that a question is decided on, gathered before it is decided.

use std::sync::Arc;

use comity_recognition::evidence::{Evidence, EvidenceRecord, HeldSummary, LogHead, TakenDown};
use comity_recognition::question::Question;
use comity_recognition::trust_graph::TrustGraph;

use super::{Ask, check, sizes_under, stands_below};
use crate::Shared;
use crate::error::Error;

/// A question resolved, and everything held that bears on it.
pub(crate) struct Prepared {
    pub(crate) question: Question,
    candidates: Vec<Arc<EvidenceRecord>>,
    revisions: Vec<Arc<EvidenceRecord>>,
    events: Vec<Arc<EvidenceRecord>>,
    taken_down: Vec<TakenDown>,
    held_of_issuer: Option<HeldSummary>,
    trust: TrustGraph,
    pub(crate) heads: Vec<LogHead>,
    /// More records than are looked at carry the number asked for.
    pub(super) cut: bool,
}

impl Prepared {
    /// What the question is decided on.
    pub(crate) fn evidence(&self) -> Evidence<'_> {
        Evidence {
            candidates: self.candidates.clone(),
            revisions: self.revisions.clone(),
            events: self.events.clone(),
            trust: &self.trust,
            heads: &self.heads,
            taken_down: self.taken_down.clone(),
            held_of_issuer: self.held_of_issuer.clone(),
            no_statement: None,
        }
    }
}

impl Shared {
    /// Resolves a question, and gathers what is held that bears on it.
    pub(crate) async fn prepare(&self, ask: Ask) -> Result<Prepared, Error> {
        check(&ask)?;
        let now = self.now_known();
        let known_at = ask.known_at.unwrap_or(now);
        let question = Question {
            record: ask.record,
            in_economy: ask.in_economy,
            on: ask.on.unwrap_or_else(|| now.day()),
            known_at,
            product: ask.product,
            file_number: ask.file_number,
        };
        // The head comes first: all below it is found, and what is committed meanwhile is left
        // out, so that the verdict rests on what the head it names covers.
        let head = self.heads.borrow().clone();
        let snapshot = self.held.snapshot();
        let mut gathered = self.gather(&question.record, ask.shown.as_deref()).await?;
        let cut = gathered.cut;
        let sizes = sizes_under(&head, &ask.up_to);
        gathered.keep_below(&sizes);
        let mut trust = snapshot.trust.clone();
        if !ask.up_to.is_empty() || snapshot.size > head.size {
            let below = trust
                .records()
                .filter(|record| stands_below(record, &sizes));
            trust = TrustGraph::build(below.cloned().collect::<Vec<_>>());
        }
        gathered.assume(&ask.assume, &mut trust);
        let heads = self.heads_at(head, known_at, &ask.up_to).await?;
        Ok(Prepared {
            question,
            candidates: gathered.candidates,
            revisions: gathered.revisions,
            events: gathered.events,
            taken_down: gathered.taken_down,
            held_of_issuer: gathered.held_of_issuer,
            trust,
            heads,
            cut,
        })
    }
}
