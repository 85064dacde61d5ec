//! What recognition says of one record outside any question: may it be signed so, and in which
//! state is it?

use std::sync::Arc;

use comity_model::date::{Day, Instant};
use comity_recognition::evidence::{Evidence, EvidenceRecord, LogHead};
use comity_recognition::notice::Heard;
use comity_recognition::standing_now::{self, NotEntitled, RecordState};
use comity_recognition::trust_graph::TrustGraph;
use comity_tlog::Hash;

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

    /// Why a record that may be logged does not count here.
    pub(crate) fn not_counting(
        &self,
        record: &EvidenceRecord,
        trust: &TrustGraph,
        now: Instant,
    ) -> Option<String> {
        let evidence = evidence(Vec::new(), trust, &[]);
        let why = standing_now::counting::not_counting(record, &evidence, &self.policy, now);
        why.map(|why| why.to_string())
    }

    /// The state of a record on a legal day, in one word, as far as it is known now.
    pub(crate) async fn state_on(
        &self,
        record: &Arc<EvidenceRecord>,
        on: Day,
    ) -> Result<&'static str, Error> {
        Ok(self.state_from(record, on).await?.0)
    }

    /// The same, and the last day on which it stays so, where one is known.
    pub(crate) async fn state_from(
        &self,
        record: &Arc<EvidenceRecord>,
        on: Day,
    ) -> Result<(&'static str, Option<Day>), Error> {
        let now = self.now_known();
        let read = |evidence: &Evidence<'_>| {
            let state = standing_now::state(record, evidence, &self.policy, on, now);
            (state, standing_now::unchanged_until(record, evidence, on))
        };
        let (state, until) = self.read_standing(record, read).await?;
        let replaced = state == RecordState::Active && self.is_replaced(record).await?;
        let state = if replaced {
            RecordState::Superseded
        } else {
            state
        };
        Ok((state.word(), until))
    }

    /// Record digests of the events on a record that change nothing, because whoever signed them may
    /// not act on it so.
    pub(crate) async fn ignored_events(
        &self,
        record: &Arc<EvidenceRecord>,
    ) -> Result<Vec<Hash>, Error> {
        let now = self.now_known();
        let read = |evidence: &Evidence<'_>| {
            standing_now::ignored_events(record, evidence, &self.policy, now)
        };
        self.read_standing(record, read).await
    }

    /// What is read from a record's own evidence: the record, its revisions, and the events on them.
    async fn read_standing<T>(
        &self,
        record: &Arc<EvidenceRecord>,
        read: impl FnOnce(&Evidence<'_>) -> T,
    ) -> Result<T, Error> {
        let gathered = self.as_it_stands(record).await?;
        let held = self.held.snapshot();
        let heads = self.newest_heads();
        Ok(read(&Evidence {
            revisions: gathered.revisions,
            events: gathered.events,
            ..evidence(gathered.candidates, &held.trust, &heads)
        }))
    }

    /// Whose word a notice is, and what became of it on a day, as far as it is known now.
    pub(crate) async fn heard(
        &self,
        notice: &Arc<EvidenceRecord>,
        on: Day,
    ) -> Result<Option<Heard>, Error> {
        let gathered = self.as_it_stands(notice).await?;
        let held = self.held.snapshot();
        let heads = self.newest_heads();
        let evidence = Evidence {
            events: gathered.events,
            ..evidence(Vec::new(), &held.trust, &heads)
        };
        let now = self.now_known();
        Ok(comity_recognition::notice::heard(
            notice,
            &evidence,
            &self.policy,
            on,
            now,
        ))
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

    pub(crate) fn newest_heads(&self) -> Vec<LogHead> {
        let note = self.heads.borrow().note.clone();
        let read = self.checkpoints.read(&note);
        let origin = self.config.origin();
        let own = read.map(|checkpoint| crate::evidence::log_head(&origin, checkpoint));
        own.into_iter().chain(self.mirrors.newest_heads()).collect()
    }

    /// The heads of one log by which its freshness at `at` is judged; a closed one says so.
    pub(crate) async fn heads_of(
        &self,
        origin: &str,
        at: i64,
        most: u64,
    ) -> Result<Vec<LogHead>, Error> {
        let mut heads = self.checkpoints.heads(origin, at, most).await?;
        if !heads.is_empty() && !self.store.forks(origin).await?.is_empty() {
            for head in &mut heads {
                head.forked = true;
            }
        }
        if let Some((end, successor)) = self.mirrors.closed(origin) {
            for head in heads.iter_mut().filter(|head| head.size == end) {
                head.closed = true;
                head.successor = Some(successor.clone());
            }
        }
        Ok(heads)
    }

    /// Reads anew which heads are the newest of a mirrored log, and how far it is dated.
    pub(crate) async fn know_heads(&self, origin: &str) -> Result<(), Error> {
        let newest = self.heads_of(origin, i64::MAX, u64::MAX).await?;
        let dated = newest
            .iter()
            .filter(|head| self.checkpoints.dates(origin, &head.lines))
            .map(|head| head.size);
        if let Some(size) = dated.max() {
            self.mirrors.set_dated(origin, size);
        }
        self.mirrors.set_newest(origin, newest);
        Ok(())
    }

    /// Takes up that a kept head of at least `size` entries has come, or lines on one: what it
    /// covers may be dated by it.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub(crate) async fn heads_changed(&self, origin: &str, size: u64) -> Result<(), Error> {
        self.checkpoints.read_again(origin);
        let unsettled: Vec<_> = (self.examined.iter())
            .filter(|(_, record)| {
                let mut places = record.locations.iter();
                places.any(|place| &*place.origin == origin && !self.checkpoints.settled(place))
            })
            .map(|(digest, _)| *digest)
            .collect();
        for digest in unsettled {
            self.examined.invalidate(&digest);
        }
        self.held
            .date_again(&self.checkpoints, origin, size)
            .await?;
        self.follow_takedowns_dated().await?;
        if origin != self.config.origin() {
            self.know_heads(origin).await?;
        }
        self.mirrored.send_modify(|count| *count += 1);
        Ok(())
    }
}

pub(crate) fn evidence<'a>(
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
        reports: Vec::new(),
        issued: Vec::new(),
        unread: comity_recognition::evidence::Unread::default(),
        no_statement: None,
    }
}
