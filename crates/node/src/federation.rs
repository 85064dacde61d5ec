//! Federation lists and member keys: given by hand in the folder, learnt from peers, read from
//! logs. Which of them count is for `comity-recognition` to say.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use comity_model::date::Instant;
use comity_model::record::{Kind, kind_of};
use comity_recognition::evidence::EvidenceRecord;
use comity_recognition::federation::FederationView;
use comity_recognition::trust_graph::TrustGraph;
use comity_signature::digest::record_digest;
use comity_store::{FederationRow, Store};
use futures::StreamExt as _;

use crate::dating::Counted;
use crate::error::Error;
use crate::{Node, Place, Shared};

/// Name of the folder, in a node's own, of federation documents given by hand.
pub const FEDERATION_FOLDER: &str = "federation";
/// Most files read there.
pub const MAX_FILES: usize = 10_000;
/// Records of one kind read from the store in one go.
const PAGE: usize = 512;
/// Seconds after which peers are asked again, where nothing is missing.
const LEARN_SECONDS: i64 = 60;
/// How long a peer may take to answer.
const LEARN_TIMEOUT: Duration = Duration::from_secs(10);
/// Peers asked at once.
const PEERS_AT_ONCE: usize = 8;
/// Largest answer read, in bytes: some thousands of documents.
const MAX_ANSWER_BYTES: usize = 16 * 1024 * 1024;
/// What takes effect later is kept already: all of it follows from the pinned list.
const FAR_FUTURE_SECONDS: i64 = 200 * 366 * 86_400;

/// Whether bytes are a document of a federation.
fn is_federal(body: &[u8]) -> bool {
    matches!(kind_of(body), Ok(Kind::FederationList | Kind::MemberKeys))
}

/// Keeps the documents given by hand: those of the folder, and `given`.
///
/// # Errors
/// [`Error::Setup`] naming a file that is none, [`Error::File`], [`Error::Store`].
pub(crate) async fn keep_by_hand(
    store: &Store,
    place: &Place,
    given: &[Vec<u8>],
    now: Instant,
) -> Result<(), Error> {
    let mut bodies = given.to_vec();
    if let Place::Folder(dir) = place {
        bodies.extend(read_folder(&dir.join(FEDERATION_FOLDER))?);
    }
    for body in bodies {
        keep(store, body, now).await?;
    }
    Ok(())
}

async fn keep(store: &Store, body: Vec<u8>, now: Instant) -> Result<bool, Error> {
    let row = FederationRow {
        digest: record_digest(&body),
        body,
        received_at: now.seconds(),
    };
    Ok(store.keep_federation(&row).await?)
}

/// The documents in a folder; none where it is not there.
fn read_folder(folder: &Path) -> Result<Vec<Vec<u8>>, Error> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::file(folder, error)),
    };
    let mut bodies = Vec::new();
    for entry in entries.take(MAX_FILES) {
        let path = entry.map_err(|error| Error::file(folder, error))?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let mut body = std::fs::read(&path).map_err(|error| Error::file(&path, error))?;
        // An editor may have ended the line; the record has no such byte.
        while body.last() == Some(&b'\n') {
            body.pop();
        }
        if !is_federal(&body) {
            return Err(Error::Setup(format!(
                "{} is no FederationList and no MemberKeys",
                path.display()
            )));
        }
        bodies.push(body);
    }
    Ok(bodies)
}

/// The documents held beside the logs, examined; they have no place in a log.
///
/// # Errors
/// [`Error::Store`].
pub(crate) async fn beside_logs(store: &Store) -> Result<Vec<Arc<EvidenceRecord>>, Error> {
    let rows = store.federation().await?;
    let examined = rows.into_iter().map(|row| {
        let received = Instant::from_seconds(row.received_at);
        Arc::new(EvidenceRecord::examine(&row.body, Vec::new(), received))
    });
    Ok(examined.collect())
}

/// What was asked of peers, and for what.
#[derive(Debug, Default)]
pub(crate) struct Learnt {
    asked_at: Option<i64>,
    /// The state of the federation's documents for which lines were counted.
    counted: Option<([u8; 32], i64)>,
}

impl Shared {
    /// Asks peers and members for documents of the pinned federation, and reads the folder again,
    /// where that is due: at every look while something is missing, once a minute otherwise.
    ///
    /// # Errors
    /// [`Error::Store`]. A peer that does not answer is passed over.
    pub(crate) async fn learn_federation(&self) -> Result<(), Error> {
        if self.policy.file().federation.is_none() {
            return Ok(());
        }
        let now = self.clock.now().seconds();
        let held = self.held.snapshot();
        let policy = self.policy.resolve(&held.trust, self.now_known());
        let view = policy.federation();
        let complete = view.is_some_and(|view| {
            !view.lists.is_empty() && view.current().all(|member| member.newest().is_some())
        });
        let due = |learnt: &mut Learnt| {
            let late = learnt.asked_at.is_none_or(|at| now - at >= LEARN_SECONDS);
            if late {
                learnt.asked_at = Some(now);
            }
            late
        };
        if !due(&mut self.learnt.lock().unwrap_or_else(PoisonError::into_inner)) && complete {
            return self.count_lines(false).await;
        }
        let own = self.config.authority();
        let members = view.iter().flat_map(|view| view.current());
        let members = members.filter(|member| member.authority != own);
        let mut urls: Vec<String> = members.filter_map(|member| member.url.clone()).collect();
        urls.extend(self.peers.current().peers.into_iter().map(|peer| peer.url));
        urls.sort_unstable();
        urls.dedup();
        let mut bodies = match &self.by_hand {
            Some(folder) => read_folder(folder).unwrap_or_else(|error| {
                tracing::error!(%error, "the federation's folder was not read");
                Vec::new()
            }),
            None => Vec::new(),
        };
        let asked = futures::stream::iter(urls).map(|url| async move { self.ask(&url).await });
        let answers: Vec<_> = asked.buffer_unordered(PEERS_AT_ONCE).collect().await;
        bodies.extend(answers.into_iter().flatten());
        self.keep_federal(bodies).await?;
        self.count_lines(false).await
    }

    async fn ask(&self, url: &str) -> Vec<Vec<u8>> {
        let Ok(remote) = (self.connect)(url) else {
            return Vec::new();
        };
        let remote = remote.limited(MAX_ANSWER_BYTES);
        let answer = tokio::time::timeout(LEARN_TIMEOUT, remote.get("/v1/federation")).await;
        let Ok(Ok(answer)) = answer else {
            return Vec::new();
        };
        if !answer.is_success() {
            return Vec::new();
        }
        let lines = answer.body.split(|&byte| byte == b'\n');
        let bodies = lines.filter(|line| is_federal(line)).map(<[u8]>::to_vec);
        bodies.collect()
    }

    /// Keeps those of the documents that are new and count: whoever serves others is not heard.
    async fn keep_federal(&self, bodies: Vec<Vec<u8>>) -> Result<(), Error> {
        let Some(pinned) = &self.policy.file().federation else {
            return Ok(());
        };
        let (now, held) = (self.now_known(), self.held.snapshot());
        let known: HashSet<[u8; 32]> = federal(&held.trust).collect();
        let mut new = Vec::new();
        let mut seen = HashSet::new();
        for body in bodies {
            let digest = record_digest(&body);
            if !known.contains(&digest) && seen.insert(digest) {
                let record = EvidenceRecord::examine(&body, Vec::new(), Some(now));
                new.push((body, Arc::new(record)));
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        let trust = held
            .trust
            .with(new.iter().map(|(_, record)| Arc::clone(record)));
        let view = FederationView::walk(&pinned.list_digest, &trust, far_future(now));
        let lists = view.lists.iter().map(|list| list.document_digest);
        let keys = view.members.iter().flat_map(|member| &member.versions);
        let counts: HashSet<_> = lists.chain(keys.map(|keys| keys.document_digest)).collect();
        let mut added = Vec::new();
        for (body, record) in new {
            if counts.contains(&record.document_digest) && record.signatures.is_ok() {
                keep(&self.store, body, now).await?;
                added.push(record);
            }
        }
        let (store, checkpoints) = (&self.store, &self.checkpoints);
        self.held.add(store, checkpoints, &added, None).await
    }

    /// Counts the lines of cosigners by what the policy and its federation say now.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub(crate) async fn count_lines(&self, always: bool) -> Result<(), Error> {
        let (now, held) = (self.now_known(), self.held.snapshot());
        let state = (*held.trust.federal_digest(), now.seconds().div_euclid(60));
        let changed = {
            let mut learnt = self.learnt.lock().unwrap_or_else(PoisonError::into_inner);
            learnt.counted.replace(state) != Some(state)
        };
        if !changed && !always {
            return Ok(());
        }
        let policy = self.policy.resolve(&held.trust, now);
        let counted = Counted::of(&policy, &self.log_key, now);
        if self.checkpoints.count_by(counted) {
            for log in self.store.logs().await? {
                self.heads_changed(&log.origin, u64::MAX).await?;
            }
        }
        Ok(())
    }
}

impl Shared {
    /// Record digests of documents of the federation that say nothing about it.
    fn spare_documents(&self) -> HashSet<[u8; 32]> {
        let Some(pinned) = &self.policy.file().federation else {
            return HashSet::new();
        };
        let held = self.held.snapshot();
        let at = far_future(self.now_known());
        let view = FederationView::walk(&pinned.list_digest, &held.trust, at);
        let needed: HashSet<_> = (view.documents(&held.trust).iter())
            .map(|record| record.record_digest)
            .collect();
        federal(&held.trust)
            .filter(|digest| !needed.contains(digest))
            .collect()
    }
}

fn far_future(now: Instant) -> Instant {
    Instant::from_seconds(now.seconds().saturating_add(FAR_FUTURE_SECONDS)).unwrap_or(now)
}

/// Record digests of the federation's documents in a snapshot.
fn federal(trust: &TrustGraph) -> impl Iterator<Item = [u8; 32]> {
    let federal = trust.records().filter(|record| {
        let read = record.record.as_ref();
        read.is_ok_and(|read| matches!(read.kind(), Kind::FederationList | Kind::MemberKeys))
    });
    federal.map(|record| record.record_digest)
}

impl Node {
    /// The lists and key lists held that bear on the federation, from logs and from
    /// elsewhere, once each.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn federation_documents(&self) -> Result<Vec<Vec<u8>>, Error> {
        let store = &self.shared.store;
        // Those that nobody needs are taken for seen.
        let mut seen = self.shared.spare_documents();
        let mut bodies = Vec::new();
        for row in store.federation().await? {
            if seen.insert(row.digest) {
                bodies.push(row.body);
            }
        }
        for kind in [Kind::FederationList, Kind::MemberKeys] {
            let mut after: Option<(String, u64)> = None;
            loop {
                let place = after.as_ref().map(|(origin, at)| (origin.as_str(), *at));
                let rows = store.records_by_kind(kind.name(), place, PAGE).await?;
                let Some(last) = rows.last() else { break };
                after = Some((last.origin.clone(), last.position));
                let digests: Vec<_> = rows.iter().map(|row| row.digest).collect();
                let found = store.bodies(&digests).await?;
                for (digest, body) in digests.into_iter().zip(found) {
                    if let (true, Some(body)) = (seen.insert(digest), body) {
                        bodies.push(body);
                    }
                }
            }
        }
        Ok(bodies)
    }
}
