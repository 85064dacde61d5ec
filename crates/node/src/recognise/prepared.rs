//! Everything that a question is decided on, gathered before it is decided.

use std::sync::Arc;

use comity_model::reference::Identity;
use comity_model::text::projected;
use comity_recognition::evidence::{
    Evidence, EvidenceRecord, HeldSummary, LogHead, TakenDown, Unread,
};
use comity_recognition::question::{Question, Selector};
use comity_recognition::trust_graph::TrustGraph;
use comity_recognition::verdict::Name;
use comity_recognition::{Verdict, decide};

use super::{Ask, Drafts, check, other_number, sizes_under, stands_below};
use crate::Shared;
use crate::error::Error;
use crate::named::Pointed;

/// A question resolved, and everything held that bears on it.
pub(crate) struct Prepared {
    pub(crate) question: Question,
    candidates: Vec<Arc<EvidenceRecord>>,
    revisions: Vec<Arc<EvidenceRecord>>,
    events: Vec<Arc<EvidenceRecord>>,
    reports: Vec<Arc<EvidenceRecord>>,
    issued: Vec<Arc<EvidenceRecord>>,
    /// What was not looked through to its end.
    pub(crate) unread: Unread,
    taken_down: Vec<TakenDown>,
    held_of_issuer: Option<HeldSummary>,
    pub(super) trust: TrustGraph,
    pub(crate) heads: Vec<LogHead>,
    /// More records than are looked at carry the number asked for.
    pub(super) cut: bool,
}

impl Prepared {
    /// The full name that all candidates have, if they have one and all of them were looked at.
    fn only_identity(&self) -> Option<Identity> {
        let mut identities = self.candidates.iter().map(|record| record.identity());
        let first = identities.next().flatten()?;
        let alone = identities.all(|other| other.as_ref() == Some(&first));
        let whole = !self.cut && self.taken_down.is_empty();
        (alone && whole).then_some(first)
    }

    /// Compares the number that the record was asked for by with the one that it prints, where they
    /// are not the same: it is what the paper says. A number that is said of the paper goes before.
    fn compare_number(&mut self, asked: &Selector) {
        let Selector::Number { number, .. } = asked else {
            return;
        };
        let product = &mut self.question.product;
        if product.number.is_none() {
            let mut records = (self.candidates.iter()).filter_map(|one| one.record.as_ref().ok());
            product.number = records.find_map(|record| other_number(number, record));
        }
    }

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
            reports: self.reports.clone(),
            issued: self.issued.clone(),
            unread: self.unread.clone(),
            no_statement: None,
        }
    }
}

impl Shared {
    /// Decides a question. One that means a single record, by its id or its number, is answered
    /// under the full name of that record, however it was asked: the same question has the same
    /// bytes (format.md 4.1), here and in a bundle.
    pub(crate) async fn decided(&self, ask: Ask) -> Result<(Prepared, Verdict), Error> {
        let by_name = matches!(ask.record, Selector::Id(_) | Selector::Number { .. });
        let again = (by_name && ask.shown.is_none()).then(|| ask.clone());
        let mut prepared = self.prepare(ask).await?;
        if let Some(ask) = &again
            && let Some(identity) = prepared.only_identity()
        {
            prepared.question.record = Selector::Identity(identity);
            prepared.compare_number(&ask.record);
        }
        let verdict = decide(&prepared.question, &prepared.evidence(), &self.policy);
        let judged = verdict.judged.as_ref();
        let named = judged.and_then(|judged| judged.identity.clone());
        let is_named = matches!(prepared.question.record, Selector::Identity(_));
        let (Some(mut ask), Some(identity), false) = (again, named, is_named) else {
            let verdict = self.naming(verdict).await?;
            return Ok((prepared, verdict));
        };
        // One of several was chosen: the others are its revisions, and not what is asked about.
        let typed = std::mem::replace(&mut ask.record, Selector::Identity(identity));
        ask.known_at = Some(prepared.question.known_at);
        let mut prepared = self.prepare(ask).await?;
        prepared.compare_number(&typed);
        let verdict = decide(&prepared.question, &prepared.evidence(), &self.policy);
        let verdict = self.naming(verdict).await?;
        Ok((prepared, verdict))
    }

    /// The verdict with the records that it refers to called by their numbers, where the very
    /// documents are held.
    async fn naming(&self, mut verdict: Verdict) -> Result<Verdict, Error> {
        for name in verdict
            .steps
            .iter_mut()
            .flat_map(|step| step.names.values_mut())
        {
            let Name::Reference(reference) = name else {
                continue;
            };
            let rows = self.documents_of(&reference.identity()).await?;
            let meant = (self.examined(&rows).await?.into_iter())
                .find(|held| held.document_multibase == reference.digest_multibase);
            let called = meant.and_then(|held| held.record.as_ref().ok().map(Pointed::new));
            if let Some(Pointed {
                number,
                name: title,
                ..
            }) = called
            {
                *name = Name::Record(projected(&number.unwrap_or(title)));
            }
        }
        Ok(verdict)
    }

    /// Resolves a question, and gathers what is held that bears on it.
    pub(crate) async fn prepare(&self, ask: Ask) -> Result<Prepared, Error> {
        check(&ask)?;
        let now = self.now_known();
        let known_at = ask.known_at.unwrap_or(now);
        let mut product = ask.product;
        // Codes are a set: in whatever order they are asked about, it is one question.
        product.codes.sort_unstable();
        product.codes.dedup();
        let question = Question {
            record: self.with_issuer_named(ask.record).await?,
            in_economy: ask.in_economy,
            on: ask.on.unwrap_or_else(|| now.day()),
            known_at,
            product,
            file_number: ask.file_number,
        };
        // The heads come first: all below them is found, and what is committed meanwhile is left
        // out, so that the verdict rests on what the heads it names cover.
        let head = self.heads.borrow().clone();
        let mut heads = self.heads_at(head.clone(), known_at, &ask.up_to).await?;
        let snapshot = self.held.snapshot();
        let shown = ask.shown.as_deref();
        let sizes = sizes_under(&head, &ask.up_to);
        let mut trust = snapshot.trust.clone();
        if !ask.up_to.is_empty() || snapshot.size > head.size {
            let below = trust
                .records()
                .filter(|record| stands_below(record, &sizes));
            trust = TrustGraph::build(below.cloned().collect::<Vec<_>>());
        }
        let drafts = Drafts::read(&ask.assume);
        trust = trust.with(drafts.held.iter().cloned());
        let gathered = self.gather(&question.record, shown, &trust, (known_at, &sizes));
        let mut gathered = gathered.await?;
        let cut = gathered.cut;
        let asks = gathered.held_of_issuer.is_some() || gathered.names_laboratories;
        if asks && trust.promises() {
            self.note_lacks(&mut heads).await?;
        }
        gathered.assume(drafts);
        Ok(Prepared {
            question,
            candidates: gathered.candidates,
            revisions: gathered.revisions,
            events: gathered.events,
            reports: gathered.reports,
            issued: gathered.issued,
            unread: gathered.unread,
            taken_down: gathered.taken_down,
            held_of_issuer: gathered.held_of_issuer,
            trust,
            heads,
            cut,
        })
    }
}
