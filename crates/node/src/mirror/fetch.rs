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

    /// The bodies of the entries from `first` on, of one bundle; `None` where none is given.
    /// `lengths` are what the entries say, `None` where the body is not wanted: no more is read
    /// than they allow, and of a line that is longer nothing is kept.
    pub(crate) async fn bodies(
        &self,
        first: u64,
        lengths: &[Option<u64>],
    ) -> Result<Vec<Option<Vec<u8>>>, Error> {
        let mut bodies: Vec<Option<Vec<u8>>> = Vec::with_capacity(lengths.len());
        for _ in 0..MAX_BODY_PAGES {
            let rest = lengths.get(bodies.len()..).unwrap_or_default();
            if rest.is_empty() {
                break;
            }
            let from = first + bodies.len() as u64;
            let path = format!("records/{}?from={from}", first / 256);
            let page = self
                .get(&path, most_bytes(first, lengths.len(), rest))
                .await?;
            let lines = page
                .split(|&byte| byte == b'\n')
                .filter(|line| !line.is_empty());
            let lines = lines.take_while(|line| !line.starts_with(b"{\"next\":"));
            let before = bodies.len();
            bodies.extend(lines.zip(rest).map(|(line, length)| match (line, length) {
                (b"null", _) | (_, None) => None,
                // Other bytes than the entry says, whatever they are.
                (line, Some(length)) if line.len() as u64 > *length => Some(Vec::new()),
                (line, Some(_)) => Some(line.to_vec()),
            }));
            if bodies.len() == before {
                break;
            }
        }
        bodies.resize(lengths.len(), None);
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

/// Bytes that an answer with the bodies of a bundle may have: those of the entries asked for, and
/// of the rest of the bundle, which a node gives too.
fn most_bytes(first: u64, count: usize, rest: &[Option<u64>]) -> usize {
    let body = comity_store::MAX_BODY_BYTES;
    let of = |length: &Option<u64>| {
        let said = length.and_then(|length| usize::try_from(length).ok());
        said.map_or(body, |said| said.min(body))
    };
    let asked: usize = rest.iter().map(of).sum();
    let end = usize::try_from(first % 256).unwrap_or(0) + count;
    let beyond = 256_usize.saturating_sub(end) * body;
    (asked + beyond).min(MAX_BODIES_BYTES + body) + SLACK_BYTES
}
