//! The search index follows the log by position. It can be deleted at any time.

mod ages;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Weak};

use comity_model::date::{Day, Instant};
use comity_model::record::{Record, Subject};
use comity_model::reference::Identity;
use comity_recognition::evidence::EvidenceRecord;
use comity_search::{Document, Index, Status};
use comity_store::Head;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::Shared;
use crate::error::Error;
use crate::look_up::places;
use crate::projection;

/// Records read and indexed between two looks at the clock.
const PAGE: usize = 1_024;
/// Records after which what is indexed is made visible even though more waits.
const VISIBLE_AFTER: u64 = 16_384;

/// How long more is waited for, so that what several logs announce at once becomes visible in one
/// go: to make it so costs more than to index it.
const MORE_MAY_COME: std::time::Duration = std::time::Duration::from_millis(30);

/// Opens the index, making it anew where it is of another version or damaged.
///
/// # Errors
/// [`Error::Search`] if another process uses it or the disk refuses.
pub fn open(path: &Path) -> Result<Index, Error> {
    match Index::open(path) {
        Err(comity_search::Error::Rebuild { reason }) => {
            tracing::warn!(reason, "the search index is made anew");
            delete(path)?;
            Ok(Index::open(path)?)
        }
        opened => Ok(opened?),
    }
}

/// Deletes the index of a folder; the next start makes it anew from the log.
///
/// # Errors
/// [`Error::File`].
pub fn delete(path: &Path) -> Result<(), Error> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::file(path, error)),
        _ => Ok(()),
    }
}

/// Starts the follower: it indexes what `heads` announce, and mirrored logs as far as they are
/// dated, and says in `indexed` how far it is with the own log.
pub(crate) fn follow(
    shared: Weak<Shared>,
    mut heads: watch::Receiver<Head>,
    indexed: watch::Sender<u64>,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        let Some(mut mirrored) = shared.upgrade().map(|node| node.mirrored.subscribe()) else {
            return;
        };
        let mut aged = None;
        loop {
            let Some(node) = shared.upgrade() else { break };
            let head = heads.borrow_and_update().clone();
            mirrored.borrow_and_update();
            let followed = async {
                node.age_index(&mut aged).await?;
                catch_up_all(&node, &head, &indexed).await
            };
            if let Err(error) = followed.await {
                tracing::error!(%error, "the search index does not follow the logs");
                tokio::time::sleep(std::time::Duration::from_secs(5)).await;
                continue;
            }
            drop(node);
            tokio::select! {
                changed = heads.changed() => if changed.is_err() { break },
                changed = mirrored.changed() => if changed.is_err() { break },
            }
            tokio::time::sleep(MORE_MAY_COME).await;
        }
    })
}

async fn catch_up_all(
    node: &Arc<Shared>,
    own: &Head,
    indexed: &watch::Sender<u64>,
) -> Result<(), Error> {
    catch_up(node, own, Some(indexed)).await?;
    for mut head in node.store.logs().await? {
        if head.origin != own.origin {
            head.size = head.size.min(node.mirrors.dated(&head.origin));
            catch_up(node, &head, None).await?;
        }
    }
    Ok(())
}

async fn catch_up(
    node: &Arc<Shared>,
    head: &Head,
    indexed: Option<&watch::Sender<u64>>,
) -> Result<(), Error> {
    let mut positions = node.index.positions()?;
    let mut position = positions.get(&head.origin).copied().unwrap_or(0);
    if let Some(again) = node.mirrors.index_from(&head.origin) {
        position = position.min(again);
    }
    if position > head.size && indexed.is_some() {
        // An index of another history: begin again.
        position = 0;
    }
    let say = |position| {
        if let Some(indexed) = indexed {
            indexed.send_replace(position);
        }
    };
    let mut invisible = 0;
    while position < head.size {
        let (page, next) = node
            .store
            .records_from(&head.origin, position, PAGE)
            .await?;
        let Some(next) = next else {
            position = head.size;
            break;
        };
        // Of a page that reaches further than what is dated, the rest waits.
        let next = next.min(head.size);
        let page = page.into_iter().filter(|(row, _)| row.position < head.size);
        let page: Vec<_> = page.collect();
        let mut documents = Vec::with_capacity(page.len());
        let mut touched = Vec::new();
        for (row, body) in &page {
            let Some(Ok(record)) = body.as_deref().map(Record::read) else {
                continue;
            };
            touched.extend(touched_by(&record));
            let evidence = node.examined(std::slice::from_ref(row)).await?;
            let evidence = evidence.first();
            let state = node.projected_state(evidence).await?;
            let mut document =
                projection::document(row.digest, &row.origin, row.position, &record, &state.word);
            document.status_until = state.until;
            document.issuer_economies = node.issuer_economies(&record);
            document.logged_at = evidence.and_then(first_logged).map(Instant::seconds);
            documents.push(document);
        }
        apply(node, documents).await?;
        node.update_states(&touched).await?;
        invisible += next - position;
        position = next;
        if invisible >= VISIBLE_AFTER {
            commit(node, &mut positions, &head.origin, position).await?;
            say(position);
            invisible = 0;
        }
    }
    if positions.get(&head.origin) != Some(&position) {
        commit(node, &mut positions, &head.origin, position).await?;
    }
    say(position);
    Ok(())
}

impl Shared {
    /// Entries of a log that search can find already.
    pub(crate) fn indexed_of(&self, origin: &str) -> Result<u64, Error> {
        if origin == self.config.origin() {
            return Ok(*self.indexed.borrow());
        }
        Ok(self.index.positions()?.get(origin).copied().unwrap_or(0))
    }

    /// The economies for which the issuer of a record acts: those of its newest registration, of an
    /// authority its own, of a row of a register those of whom it is attributed to.
    fn issuer_economies(&self, record: &Record) -> Vec<String> {
        if let Some(from) = &record.comity.imported_from {
            return from.attributed_to.economies.clone();
        }
        let held = self.held.snapshot();
        let (authority, issuer) = (&record.comity.authority, &record.issuer.id);
        let registrations = held.trust.registrations(authority, issuer).into_iter();
        let registrations =
            registrations.filter_map(|held| match &held.record.as_ref().ok()?.subject {
                Subject::Registration(registration) => Some(registration),
                _ => None,
            });
        if let Some(newest) = registrations.max_by_key(|one| one.version) {
            return newest.economies.clone();
        }
        if *issuer == self.config.authority() {
            return vec![self.config.economy.clone()];
        }
        let policy = self.policy.resolve(&held.trust, self.now_known());
        let entry = policy.authority(issuer);
        entry
            .and_then(|entry| entry.economy.clone())
            .into_iter()
            .collect()
    }

    /// The state of a record today, and until when it stays so.
    async fn projected_state(
        &self,
        evidence: Option<&Arc<EvidenceRecord>>,
    ) -> Result<Status, Error> {
        let (word, until) = match evidence {
            Some(evidence) => self.state_from(evidence, self.clock.now().day()).await?,
            None => ("withheld", None),
        };
        Ok(Status {
            word: word.to_owned(),
            until: until.map(Day::days_since_epoch),
        })
    }

    /// Projects the states of records anew that an event or a revision has touched.
    async fn update_states(self: &Arc<Self>, touched: &[Identity]) -> Result<(), Error> {
        let mut changes = Vec::new();
        for identity in touched {
            for row in self.documents_of(identity).await? {
                let evidence = self.examined(std::slice::from_ref(&row)).await?;
                changes.push((row.digest, self.projected_state(evidence.first()).await?));
            }
        }
        if changes.is_empty() {
            return Ok(());
        }
        blocking(self, move |index| index.set_status(&changes).map(|_| ())).await
    }
}

/// The earliest time that a log gives it.
fn first_logged(evidence: &Arc<EvidenceRecord>) -> Option<Instant> {
    places(evidence).iter().filter_map(|place| place.at).min()
}

async fn apply(node: &Arc<Shared>, documents: Vec<Document>) -> Result<(), Error> {
    blocking(node, move |index| index.apply(&documents, &[])).await
}

async fn commit(
    node: &Arc<Shared>,
    positions: &mut BTreeMap<String, u64>,
    origin: &str,
    position: u64,
) -> Result<(), Error> {
    positions.insert(origin.to_owned(), position);
    let positions = positions.clone();
    blocking(node, move |index| index.commit(&positions)).await
}

async fn blocking(
    node: &Arc<Shared>,
    work: impl FnOnce(&Index) -> Result<(), comity_search::Error> + Send + 'static,
) -> Result<(), Error> {
    let busy = Arc::clone(&node.indexing).lock_owned().await;
    let node = Arc::clone(node);
    let working = tokio::task::spawn_blocking(move || {
        let done = work(&node.index);
        drop(node);
        drop(busy);
        done
    });
    match working.await {
        Ok(done) => Ok(done?),
        Err(error) => Err(Error::Setup(format!("the indexer stopped: {error}"))),
    }
}

/// The records whose state an event or a revision may have changed.
fn touched_by(record: &Record) -> Vec<Identity> {
    let mut touched = Vec::new();
    if let Subject::StatusEvent(event) = &record.subject {
        touched.extend(
            event
                .subjects
                .iter()
                .map(comity_model::status::EventSubject::identity),
        );
    }
    if let Some(replaced) = &record.comity.replaces {
        touched.push(replaced.identity());
    }
    touched
}
