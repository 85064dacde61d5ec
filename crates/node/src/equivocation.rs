//! Two notes of one log that cannot both be true: found, proved, kept, and acted on.

use comity_tlog::checkpoint::{self, VerifiedCheckpoint};
use comity_tlog::fork::{ForkEvidence, Older};
use comity_tlog::note::{SignedNote, Vkey};
use comity_tlog::tree::verify_consistency;

use crate::error::Error;
use crate::proofs::Tiles;

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
