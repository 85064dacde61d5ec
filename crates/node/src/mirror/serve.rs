//! What this node holds of other economies' logs, served like the origin serves it.

use comity_store::Head;
use comity_tlog::bundle::BundleId;
use comity_tlog::tile::TileId;

use crate::Node;
use crate::error::Error;

impl Node {
    /// The checkpoint of a mirrored log, by the SHA-256 of its origin in hex: as the own mirror
    /// key has co-signed it, or as it was mirrored where nothing was co-signed. `None` where no
    /// such log is kept.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn mirrored_checkpoint(&self, id: &str) -> Result<Option<Vec<u8>>, Error> {
        let node = &self.shared;
        let Some(head) = node.mirrored(id).await? else {
            return Ok(None);
        };
        let cosigner = node.mirrors.key.vkey().to_string();
        if let Some(cosigned) = node.store.cosigned(&head.origin, &cosigner).await? {
            return Ok(Some(cosigned.note));
        }
        let kept = node
            .store
            .note_as_of(&head.origin, i64::MAX, head.size)
            .await?;
        Ok(kept.map(|kept| kept.note))
    }

    /// A tile or a bundle of a mirrored log, by its path as C2SP tlog-tiles writes it.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn mirrored_tile(&self, id: &str, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(head) = self.shared.mirrored(id).await? else {
            return Ok(None);
        };
        let kept = self.shared.kept(&head);
        if let Ok(id) = BundleId::parse(path) {
            return kept.bundle(id).await;
        }
        match TileId::parse(path) {
            Ok(id) => kept.tile(id).await,
            Err(_) => Ok(None),
        }
    }

    /// The bodies of a bundle of a mirrored log; see [`Node::bodies`].
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn mirrored_bodies(
        &self,
        id: &str,
        index: u64,
        from: Option<u64>,
    ) -> Result<Option<(Vec<u8>, bool)>, Error> {
        match self.shared.mirrored(id).await? {
            Some(head) => self.shared.kept(&head).bodies(index, from).await,
            None => Ok(None),
        }
    }

    /// The newest head held of a mirrored log, by the SHA-256 of its origin in hex.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn mirrored_head(&self, id: &str) -> Result<Option<Head>, Error> {
        self.shared.mirrored(id).await
    }
}
