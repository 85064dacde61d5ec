//! What is asked of the node that serves a log: its checkpoint, tiles, bundles and bodies. Nothing
//! of it is believed here.

use comity_tlog::Hash;
use comity_tlog::bundle::{self, BundleId};
use comity_tlog::note::{MAX_NOTE_BYTES, SignedNote};

use crate::error::Error;
use crate::log::MAX_BODIES_BYTES;
use crate::proofs::Tiles;
use crate::remote::Remote;

/// Room for what an answer holds beside what it is asked for.
const SLACK_BYTES: usize = 64 * 1024;
/// Most answers in which the bodies of one bundle come.
const MAX_BODY_PAGES: usize = 300;

/// The node that serves a log, and where on it.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    remote: Remote,
    /// `/log/2026`, or `/mirror/<hash>`.
    prefix: String,
}

impl Source {
    /// The log `origin` at the node that writes it.
    pub(crate) fn of_origin(remote: Remote, origin: &str) -> Self {
        let name = origin.rsplit('/').next().unwrap_or_default();
        Self {
            prefix: format!("/log/{name}"),
            remote,
        }
    }

    /// The log `origin` at a node that mirrors it.
    pub(crate) fn of_mirror(remote: Remote, origin: &str) -> Self {
        Self {
            prefix: format!("/mirror/{}", comity_tlog::origin::log_id(origin)),
            remote,
        }
    }

    /// Another log, at the same node, which mirrors it.
    pub(crate) fn of_same_node(&self, origin: &str) -> Self {
        Self::of_mirror(self.remote.clone(), origin)
    }

    /// The tiles of the log.
    pub(crate) fn tiles(&self) -> Tiles<'_> {
        Tiles::Served(&self.remote, &self.prefix)
    }

    /// Where it is, for others to ask there.
    pub(crate) fn place(&self) -> (&Remote, &str) {
        (&self.remote, &self.prefix)
    }

    async fn get(&self, path: &str, most: usize) -> Result<Vec<u8>, Error> {
        let path = format!("{}/{path}", self.prefix);
        let answer = self.remote.limited(most).get(&path).await?;
        if answer.is_success() {
            return Ok(answer.body);
        }
        Err(Error::Remote(format!(
            "{}{path} answers {}",
            self.remote.base(),
            answer.status
        )))
    }

    /// The newest checkpoint, not verified.
    pub(crate) async fn checkpoint(&self) -> Result<SignedNote, Error> {
        let bytes = self.get("checkpoint", MAX_NOTE_BYTES).await?;
        Ok(SignedNote::parse(&bytes)?)
    }

    /// The entries of a bundle, as many as it names.
    pub(crate) async fn entries(&self, id: BundleId) -> Result<Vec<Vec<u8>>, Error> {
        let bytes = self
            .get(&id.path(), bundle::MAX_BUNDLE_BYTES + SLACK_BYTES)
            .await?;
        let entries = bundle::parse(&bytes)?;
        let entries = entries
            .get(..usize::from(id.width))
            .ok_or_else(|| Error::Remote(format!("{} has too few entries", id.path())))?;
        Ok(entries.iter().map(|entry| entry.to_vec()).collect())
    }

    /// The bodies of the entries from `first` on, `count` of one bundle; `None` where none is given.
    pub(crate) async fn bodies(
        &self,
        first: u64,
        count: usize,
    ) -> Result<Vec<Option<Vec<u8>>>, Error> {
        let mut bodies: Vec<Option<Vec<u8>>> = Vec::with_capacity(count);
        for _ in 0..MAX_BODY_PAGES {
            let from = first + bodies.len() as u64;
            let path = format!("records/{}?from={from}", first / 256);
            let page = self.get(&path, 2 * MAX_BODIES_BYTES + SLACK_BYTES).await?;
            let before = bodies.len();
            for line in page.split(|&byte| byte == b'\n') {
                match line {
                    b"" => {}
                    b"null" => bodies.push(None),
                    line if line.starts_with(b"{\"next\":") => break,
                    line => bodies.push(Some(line.to_vec())),
                }
            }
            if bodies.len() >= count || bodies.len() == before {
                break;
            }
        }
        bodies.resize(count, None);
        Ok(bodies)
    }

    /// The body with this record digest; not verified.
    pub(crate) async fn body(&self, digest: &Hash) -> Result<Option<Vec<u8>>, Error> {
        let path = format!("/record/{}", hex::encode(digest));
        let most = comity_store::MAX_BODY_BYTES + SLACK_BYTES;
        let answer = self.remote.limited(most).get(&path).await?;
        match answer.status {
            200 => Ok(Some(answer.body)),
            404 | 410 | 451 => Ok(None),
            status => Err(Error::Remote(format!(
                "{}{path} answers {status}",
                self.remote.base()
            ))),
        }
    }
}
