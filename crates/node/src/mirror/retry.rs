//! Bodies that were missing: asked for again, excused by a takedown, or fetched one by one.

use std::sync::Arc;
use std::time::Duration;

use comity_model::date::Instant;
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::question::Selector;
use comity_store::MissingReason;
use comity_tlog::Hash;
use moka::sync::Cache;

use super::fetch::Source;
use super::page::{self, Logged};
use super::pull::{Target, bodies_of};
use super::{Trouble, Wanted};
use crate::error::Error;
use crate::{Node, Shared};

/// Missing bodies asked for again at one look.
const RETRIED: usize = 256;
/// How long it is remembered that a body was asked for on demand.
const REMEMBERED: Duration = Duration::from_mins(1);
/// Bodies asked for on demand that are remembered at once.
const MAX_REMEMBERED: u64 = 4_096;

impl Shared {
    /// Asks again for bodies that are missing.
    pub(super) async fn retry_missing(&self, target: &Target<'_>) -> Result<(), Trouble> {
        let origin = &target.wanted.origin;
        let missing = self.store.missing_bodies(origin, 0, RETRIED).await?;
        if missing.is_empty() {
            return Ok(());
        }
        let digests: Vec<_> = missing.iter().map(|body| body.digest).collect();
        let withheld = self.store.withheld_in(origin, &digests).await?;
        let size = target.opened.size();
        let known = self.excused(origin, size, &digests).await?;
        let excused: Vec<u64> = (missing.iter())
            .filter(|body| known.contains(&body.digest))
            .map(|body| body.position)
            .collect();
        let asked: Vec<Logged> = (missing.iter())
            // Another answer would not make the entry say something else.
            .filter(|body| body.reason != MissingReason::Misfiled)
            .filter(|body| !withheld.contains(&body.digest))
            .map(|body| Logged {
                position: body.position,
                kind: body.kind.clone(),
                digest: body.digest,
                length: body.length,
            })
            .collect();
        let mut bodies = Vec::new();
        for logged in asked.chunk_by(|one, other| one.position / 256 == other.position / 256) {
            bodies.extend(bodies_of(target.source, logged.to_vec()).await?);
        }
        let found = page::examine(bodies, self.clock.now()).await?;
        if found.records.is_empty() && excused.is_empty() && found.missing.is_empty() {
            return Ok(());
        }
        let changed: Vec<_> = (found.missing.iter())
            .filter(|now| {
                let before = missing.iter().find(|body| body.position == now.position);
                before.is_some_and(|before| before.reason != now.reason)
            })
            .cloned()
            .collect();
        if !changed.is_empty() {
            self.store.miss_bodies(origin, &changed).await?;
        }
        if !found.records.is_empty() || !excused.is_empty() {
            self.supply(
                origin,
                found.records,
                found.evidence,
                &found.invalid,
                &excused,
            )
            .await?;
        }
        Ok(())
    }

    async fn supply(
        &self,
        origin: &str,
        records: Vec<comity_store::NewRecord>,
        evidence: Vec<EvidenceRecord>,
        invalid: &[comity_store::InvalidRecord],
        excused: &[u64],
    ) -> Result<(), Error> {
        self.store
            .supply(origin, &records, invalid, excused)
            .await?;
        // Read anew: a body that comes late may have been withheld meanwhile.
        let known = records.iter().map(|record| record.digest).collect();
        let first = records.iter().map(|record| record.position).min();
        let taken = self.take_up_records(origin, &records, evidence, &known);
        if let Err(error) = taken.await {
            if let Some(first) = first {
                self.mirrors.takes_up(origin, first);
            }
            return Err(error);
        }
        if let Some(first) = first {
            self.mirrors.index_again(origin, first);
            self.mirrored.send_modify(|count| *count += 1);
        }
        Ok(())
    }

    /// Fetches one body of a followed log on demand. Its entry is in the tree that was verified.
    pub(crate) async fn fetch_one(
        &self,
        wanted: &Wanted,
        position: u64,
    ) -> Result<Option<Vec<u8>>, Error> {
        let origin = &wanted.origin;
        let entries = self.store.entries(origin, position, 1).await?;
        let Some(entry) = entries.first() else {
            return Ok(None);
        };
        let Some(logged) = Logged::read(position, entry).filter(Logged::has_body) else {
            return Ok(None);
        };
        let withheld = self.store.withheld_in(origin, &[logged.digest]).await?;
        if !withheld.is_empty() {
            return Ok(None);
        }
        let source = Source::of_origin((self.connect)(&wanted.url)?, origin);
        let digest = logged.digest;
        let body = source.body(&digest).await?;
        let found = page::examine(vec![(logged, body)], now(self)).await?;
        if found.records.is_empty() {
            return Ok(None);
        }
        self.supply(origin, found.records, found.evidence, &found.invalid, &[])
            .await?;
        // As it stands now: an order that came before it may have taken it down.
        Ok(self.store.body(&digest).await?)
    }
}

fn now(shared: &Shared) -> Instant {
    shared.clock.now()
}

impl Node {
    /// Fetches a record asked for by its digest that a followed log holds and this node does not,
    /// because only chosen kinds of that log are kept.
    pub(crate) async fn fetch_if_followed(&self, selector: &Selector) -> Result<(), Error> {
        let Selector::RecordDigest(hex) = selector else {
            return Ok(());
        };
        let Some(digest) = comity_signature::digest::from_hex(hex) else {
            return Ok(());
        };
        match self.fetch_body(&digest).await {
            Err(Error::Remote(why)) => tracing::debug!(record = hex, why, "not fetched"),
            Err(Error::Store(error)) => return Err(error.into()),
            _ => {}
        }
        Ok(())
    }

    /// The body of a record of a followed log that is not held here: asked for at its origin, kept.
    /// `None` if it is not logged in a log that is followed, or not to be had. Anybody may ask, so
    /// that it is asked for once at a time, and not again soon after it was not to be had.
    ///
    /// # Errors
    /// [`Error::Remote`] if the origin does not answer, [`Error::Store`].
    pub async fn fetch_body(&self, digest: &[u8; 32]) -> Result<Option<Vec<u8>>, Error> {
        let store = &self.shared.store;
        if let Some(body) = store.body(digest).await? {
            return Ok(Some(body));
        }
        let places = store.positions(digest).await?;
        if places.is_empty() {
            return Ok(None);
        }
        // Goes on when whoever asked has gone: what was fetched is to be taken up.
        let (shared, digest) = (Arc::clone(&self.shared), *digest);
        let fetching = tokio::spawn(async move { shared.fetch_once(&digest, places).await });
        let fetched = fetching.await;
        fetched.map_err(|error| Error::Setup(format!("fetching a body stopped: {error}")))?
    }
}

impl Shared {
    async fn fetch_once(
        &self,
        digest: &[u8; 32],
        places: Vec<(String, u64)>,
    ) -> Result<Option<Vec<u8>>, Error> {
        let asked = self.mirrors.on_demand.of(digest);
        let mut failed = asked.lock().await;
        if *failed {
            return Ok(None);
        }
        if let Some(body) = self.store.body(digest).await? {
            return Ok(Some(body));
        }
        let wanted = self.wanted();
        *failed = true;
        for (origin, position) in places {
            if let Some(wanted) = wanted.iter().find(|wanted| wanted.origin == origin)
                && let Some(body) = self.fetch_one(wanted, position).await?
            {
                *failed = false;
                return Ok(Some(body));
            }
        }
        Ok(None)
    }
}

/// Bodies asked for on demand of late, and whether they were not to be had.
#[derive(Debug)]
pub(super) struct OnDemand(Cache<Hash, Arc<tokio::sync::Mutex<bool>>>);

impl OnDemand {
    fn of(&self, digest: &Hash) -> Arc<tokio::sync::Mutex<bool>> {
        self.0.get_with(*digest, Arc::default)
    }
}

impl Default for OnDemand {
    fn default() -> Self {
        let cache = Cache::builder().max_capacity(MAX_REMEMBERED);
        Self(cache.time_to_live(REMEMBERED).build())
    }
}
