//! Two notes of one log that cannot both be true: found, proved, kept, and acted on.

use comity_store::{FollowedState, ForkRow};
use comity_tlog::checkpoint::{self, VerifiedCheckpoint};
use comity_tlog::fork::{Closed, ForkEvidence, Older};
use comity_tlog::note::{SignedNote, Vkey};
use comity_tlog::origin::log_id;
use comity_tlog::tree::verify_consistency;

use crate::error::Error;
use crate::proofs::Tiles;
use crate::remote::Remote;
use crate::{Node, Shared};

/// What two notes of one log say together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Both are of one history.
    Consistent,
    /// They are of two.
    Fork(Box<ForkEvidence>),
    /// Nobody gave tiles of the larger one that would tell.
    Untold,
}

/// Compares two notes that the key `vkey` has signed. Tiles of the larger are asked for in the
/// places given, one after the other; what they say is verified, so any place will do.
///
/// # Errors
/// [`Error::Log`] if a note is not signed by that key.
pub async fn compare(
    vkey: &Vkey,
    one: &SignedNote,
    other: &SignedNote,
    places: &[Tiles<'_>],
) -> Result<Finding, Error> {
    let mut notes = [
        (checkpoint::open(one, vkey)?, one),
        (checkpoint::open(other, vkey)?, other),
    ];
    notes.sort_by_key(|(checkpoint, _)| checkpoint.size());
    let [(smaller, one), (larger, other)] = notes;
    if smaller.size() == larger.size() {
        return Ok(if smaller.root() == larger.root() {
            Finding::Consistent
        } else {
            let evidence = ForkEvidence::same_size(vkey.clone(), one.clone(), other.clone());
            Finding::Fork(Box::new(evidence))
        });
    }
    if smaller.size() == 0 {
        return Ok(Finding::Consistent);
    }
    for place in places {
        match told_by(*place, &smaller, &larger).await {
            Ok(Some(older)) if older.root == *smaller.root() => return Ok(Finding::Consistent),
            Ok(Some(older)) => {
                let evidence = ForkEvidence {
                    older: Some(older),
                    ..ForkEvidence::same_size(vkey.clone(), one.clone(), other.clone())
                };
                return Ok(Finding::Fork(Box::new(evidence)));
            }
            Ok(None) => tracing::debug!(%place, "the tiles are of another history"),
            Err(error) => tracing::debug!(%place, %error, "the tiles are not to be had"),
        }
    }
    Ok(Finding::Untold)
}

/// What the larger history says about the smaller size, if the place has that history.
async fn told_by(
    place: Tiles<'_>,
    smaller: &VerifiedCheckpoint,
    larger: &VerifiedCheckpoint,
) -> Result<Option<Older>, Error> {
    let earlier = place.consistency(smaller.size(), larger.size()).await?;
    let (root, proof) = (earlier.root, earlier.proof);
    let holds = verify_consistency(smaller.size(), &root, larger.size(), larger.root(), &proof);
    Ok(holds.is_ok().then_some(Older { root, proof }))
}

impl Node {
    /// The evidence held that a log showed two histories, as a file; `None` if there is none.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn fork_evidence(&self, id: &str) -> Result<Option<Vec<u8>>, Error> {
        let mut forks = self.shared.store.all_forks().await?.into_iter();
        let found = forks.find(|fork| log_id(&fork.origin) == id);
        Ok(found.map(|fork| fork.file))
    }

    /// The logs of which evidence of a fork is held.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn forked_logs(&self) -> Result<Vec<String>, Error> {
        let forks = self.shared.store.all_forks().await?;
        let mut origins: Vec<_> = forks.into_iter().map(|fork| fork.origin).collect();
        origins.dedup();
        Ok(origins)
    }
}

impl Shared {
    /// Compares two notes of a log with one another, by the copy held here and by what `served`
    /// answers, and acts on a fork: the evidence is kept and the log frozen.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Log`] if a note is not signed by that key.
    pub(crate) async fn found_two(
        &self,
        vkey: &Vkey,
        one: &SignedNote,
        other: &SignedNote,
        served: Option<(&Remote, &str)>,
    ) -> Result<Finding, Error> {
        let mut places = vec![Tiles::Held(&self.store, vkey.name())];
        places.extend(served.map(|(remote, prefix)| Tiles::Served(remote, prefix)));
        let finding = compare(vkey, one, other, &places).await?;
        if let Finding::Fork(evidence) = &finding {
            self.keep_evidence(evidence).await?;
        }
        Ok(finding)
    }

    /// Acts on a note beyond the entry at `index` that closed the log. `one` is a note of the
    /// copy held here, which ends with that entry.
    ///
    /// # Errors
    /// [`Error::Store`]; [`Error::Log`] if it proves nothing.
    pub(crate) async fn found_after_closing(
        &self,
        vkey: &Vkey,
        one: &SignedNote,
        other: &SignedNote,
        index: u64,
    ) -> Result<(), Error> {
        let held = Tiles::Held(&self.store, vkey.name());
        self.found_beyond(vkey, one, other, index, held).await
    }

    /// The same where `tiles` are those of `one`. A note that itself goes beyond the end may be
    /// both of them.
    ///
    /// # Errors
    /// As [`Shared::found_after_closing`], and [`Error::Remote`] if a tile is not to be had.
    pub(crate) async fn found_beyond(
        &self,
        vkey: &Vkey,
        one: &SignedNote,
        other: &SignedNote,
        index: u64,
        tiles: Tiles<'_>,
    ) -> Result<(), Error> {
        let size = checkpoint::open(one, vkey)?.size();
        let proof = tiles.inclusion(size, index).await?;
        let entries = self.store.entries(vkey.name(), index, 1).await?;
        let entry = entries.into_iter().next().unwrap_or_default();
        let evidence = ForkEvidence {
            closed: Some(Closed {
                index,
                entry,
                proof,
            }),
            ..ForkEvidence::same_size(vkey.clone(), one.clone(), other.clone())
        };
        self.keep_evidence(&evidence).await
    }

    /// Keeps evidence that proves a fork and freezes the log; the own log takes nothing more.
    ///
    /// # Errors
    /// [`Error::Store`]; [`Error::Log`] if it proves nothing.
    pub(crate) async fn keep_evidence(&self, evidence: &ForkEvidence) -> Result<(), Error> {
        let fork = evidence.verify()?;
        let origin = evidence.vkey.name();
        if origin == self.config.origin() {
            self.halt(&format!(
                "the log {origin} showed two histories ({fork}); see its evidence at /v1/logs"
            ));
        }
        // One proof is enough, and a log that lies could make any number of them.
        if self.store.forks(origin).await?.is_empty() {
            let file = evidence.encode().into_bytes();
            let digest = comity_signature::digest::sha256(&file);
            let row = ForkRow {
                origin: origin.to_owned(),
                digest,
                file,
                found_at: self.clock.now().seconds(),
            };
            self.store.keep_fork(&row).await?;
            // What rests on this log is answered otherwise from now on.
            self.mirrored.send_modify(|count| *count += 1);
            let evidence = hex::encode(digest);
            tracing::error!(
                log.origin = origin,
                evidence,
                "the log shows two histories and is frozen: {fork}"
            );
        }
        let frozen = FollowedState::Frozen;
        Ok(self.store.set_followed_state(origin, frozen).await?)
    }
}
