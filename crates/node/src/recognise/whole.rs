//! Whether a mirrored log is held whole: what is not there is no proof otherwise.

use std::collections::BTreeMap;

use comity_model::record::Kind;
use comity_recognition::evidence::LogHead;
use comity_store::Mode;

use crate::Shared;
use crate::error::Error;

/// Kinds of which somebody may promise that all are published (format.md 2.15).
const PROMISED: [Kind; 2] = [Kind::Attestation, Kind::Commitment];
/// Most missing bodies of a log whose kinds are looked at; of one with more anything may be missing.
const MAX_MISSING: usize = 1_000;

impl Shared {
    /// Says of the heads of followed logs what is not held of them.
    pub(super) async fn note_lacks(&self, heads: &mut [LogHead]) -> Result<(), Error> {
        let own = self.config.origin();
        let mut lacks: BTreeMap<String, Vec<Kind>> = BTreeMap::new();
        for head in heads.iter_mut().filter(|head| head.origin != own) {
            if !lacks.contains_key(&head.origin) {
                let found = self.lacks(&head.origin).await?;
                lacks.insert(head.origin.clone(), found);
            }
            head.lacks = lacks.get(&head.origin).cloned().unwrap_or_default();
        }
        Ok(())
    }

    /// The kinds of [`PROMISED`] of which not every body in a followed log is held: those that a
    /// follower does not keep, and those that are not to be had.
    async fn lacks(&self, origin: &str) -> Result<Vec<Kind>, Error> {
        let Some(followed) = self.store.followed(origin).await? else {
            return Ok(Vec::new());
        };
        let mut kept = PROMISED.to_vec();
        if followed.mode == Mode::Follower {
            let wanted = self.wanted().into_iter();
            let wanted = wanted.into_iter().find(|log| log.origin == origin);
            kept.retain(|kind| wanted.as_ref().is_some_and(|log| log.keeps(kind.name())));
        }
        let missing = self.store.missing_bodies(origin, 0, MAX_MISSING).await?;
        let any = missing.len() >= MAX_MISSING;
        kept.retain(|kind| !any && missing.iter().all(|body| body.kind != kind.name()));
        Ok((PROMISED.into_iter())
            .filter(|kind| !kept.contains(kind))
            .collect())
    }
}
