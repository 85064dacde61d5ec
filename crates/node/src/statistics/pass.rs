//! A pass over every record of a kind, page by page, with what each of them is on the day.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use comity_model::date::{Day, Instant, Truth};
use comity_model::record::{Kind, Record, Subject};
use comity_recognition::evidence::{Evidence, EvidenceRecord, Location, LogHead};
use comity_recognition::standing_now::RecordState;
use comity_recognition::standing_now::account::{Account, NotCounted, account};
use comity_signature::data_integrity::AdmittedKeys;
use comity_store::{Hash, RecordRow};

use super::facts::{Facts, chapters_of, standards_of};
use super::tally::Tally;
use super::{Dimension, LeftOut, Population, Statistics, StatisticsQuery};
use crate::Shared;
use crate::error::Error;
use crate::evidence::Snapshot;
use crate::projection;

/// Records read in one go: the longest list of keys of one statement.
const PAGE: usize = 256;

/// One count under way: everything is as it was when it began.
pub(super) struct Pass<'s> {
    shared: &'s Arc<Shared>,
    held: Arc<Snapshot>,
    heads: Arc<Vec<LogHead>>,
    logs: BTreeMap<String, u64>,
    on: Day,
    known_at: Instant,
    read: &'s AtomicU64,
    keys: AdmittedKeys,
    left_out: LeftOut,
}

/// A record with what bears on it.
struct Gathered {
    record: Arc<EvidenceRecord>,
    revisions: Vec<Arc<EvidenceRecord>>,
    events: Vec<Arc<EvidenceRecord>>,
}

/// What a body is competent for by the grants that are in force: chapters and standards, by
/// authority and DID.
type Competences = HashMap<(String, String), (BTreeSet<String>, BTreeSet<String>)>;

impl Shared {
    /// The logs that are counted from, and how far: the own one as it is shown, others as far as
    /// they are dated.
    pub(super) async fn counted_logs(&self) -> Result<Vec<(String, u64)>, Error> {
        let own = {
            let head = self.heads.borrow();
            (head.origin.clone(), head.size)
        };
        let logs = self.store.logs().await?.into_iter();
        let others = logs.filter(|log| log.origin != own.0).map(|log| {
            let size = log.size.min(self.mirrors.dated(&log.origin));
            (log.origin, size)
        });
        let others: Vec<_> = others.collect();
        Ok(std::iter::once(own).chain(others).collect())
    }
}

impl<'s> Pass<'s> {
    /// Counts.
    pub(super) async fn count(
        shared: &'s Arc<Shared>,
        query: &StatisticsQuery,
        read: &'s AtomicU64,
    ) -> Result<Statistics, Error> {
        let logs = shared.counted_logs().await?;
        let mut pass = Self {
            shared,
            held: shared.held.snapshot(),
            heads: Arc::new(shared.newest_heads()),
            logs: logs.iter().cloned().collect(),
            on: query.on.unwrap_or_else(|| shared.clock.now().day()),
            known_at: shared.now_known(),
            read,
            keys: AdmittedKeys::new(),
            left_out: LeftOut::default(),
        };
        let mut tally = Tally::new(query);
        match query.of {
            Population::Certificates => pass.states(Kind::Attestation, &mut tally).await?,
            Population::Grants => pass.states(Kind::CompetenceGrant, &mut tally).await?,
            Population::Bodies => pass.bodies(query, &mut tally).await?,
            Population::Suspensions => {
                for kind in [Kind::Attestation, Kind::CompetenceGrant] {
                    pass.suspensions(kind, &mut tally).await?;
                }
            }
        }
        let (rows, totals) = tally.finish();
        Ok(Statistics {
            query: query.clone(),
            on: pass.on,
            known_at: pass.known_at,
            logs,
            rows,
            totals,
            left_out: pass.left_out,
        })
    }

    async fn states(&mut self, kind: Kind, tally: &mut Tally<'_>) -> Result<(), Error> {
        let mut after = None;
        while let Some(page) = self.page(kind, false, &mut after).await? {
            for (evidence, account) in page {
                let Ok(record) = &evidence.record else {
                    continue;
                };
                let facts = Facts::of(record, &account.economies, account.since);
                tally.add(&facts, self.on, count_of(account.state))?;
            }
        }
        Ok(())
    }

    async fn suspensions(&mut self, kind: Kind, tally: &mut Tally<'_>) -> Result<(), Error> {
        let mut after = None;
        while let Some(page) = self.page(kind, true, &mut after).await? {
            for (evidence, account) in page {
                let Ok(record) = &evidence.record else {
                    continue;
                };
                for suspension in &account.suspensions {
                    let facts = Facts::of(record, &account.economies, suspension.from);
                    let name = match suspension.in_force {
                        Truth::Yes => "inForce",
                        Truth::No => "over",
                        Truth::Unknown => "unknown",
                    };
                    tally.add(&facts, self.on, name)?;
                }
            }
        }
        Ok(())
    }

    async fn bodies(
        &mut self,
        query: &StatisticsQuery,
        tally: &mut Tally<'_>,
    ) -> Result<(), Error> {
        let mut by = query.by.iter();
        let by_competence = by.any(|by| matches!(by, Dimension::Chapter | Dimension::Standard));
        let mut competences = Competences::new();
        if by_competence {
            competences = self.competences().await?;
            // What is said to be left out are bodies.
            self.left_out = LeftOut::default();
        }
        let mut after = None;
        while let Some(page) = self.page(Kind::Registration, false, &mut after).await? {
            for (evidence, account) in page {
                let Ok(record) = &evidence.record else {
                    continue;
                };
                let mut facts = Facts::of(record, &account.economies, account.since);
                if let Subject::Registration(registration) = &record.subject {
                    let body = (record.comity.authority.clone(), registration.id.clone());
                    if let Some((chapters, standards)) = competences.get(&body) {
                        facts.chapters.clone_from(chapters);
                        facts.standards.clone_from(standards);
                    }
                }
                tally.add(&facts, self.on, count_of(account.state))?;
            }
        }
        Ok(())
    }

    async fn competences(&mut self) -> Result<Competences, Error> {
        let mut competences = Competences::new();
        let mut after = None;
        while let Some(page) = self.page(Kind::CompetenceGrant, false, &mut after).await? {
            for (evidence, account) in page {
                let Ok(Record {
                    subject: Subject::CompetenceGrant(grant),
                    ..
                }) = &evidence.record
                else {
                    continue;
                };
                let grantee = (&grant.grantee.registered_by, &grant.grantee.id);
                if let (Some(by), Some(did)) = grantee
                    && count_of(account.state) == "inForce"
                {
                    let held = competences.entry((by.clone(), did.clone())).or_default();
                    held.0.extend(chapters_of(grant));
                    held.1.extend(standards_of(grant));
                }
            }
        }
        Ok(competences)
    }

    /// The next page of records that count, with what they are; `with_events` passes over those
    /// that no event names. What does not count is noted.
    async fn page(
        &mut self,
        kind: Kind,
        with_events: bool,
        after: &mut Option<(String, u64)>,
    ) -> Result<Option<Vec<(Arc<EvidenceRecord>, Account)>>, Error> {
        let store = &self.shared.store;
        let place = after.as_ref();
        let place = place.map(|(origin, position)| (origin.as_str(), *position));
        let mut rows = store.records_by_kind(kind.name(), place, PAGE).await?;
        let Some(last) = rows.last() else {
            return Ok(None);
        };
        *after = Some((last.origin.clone(), last.position));
        self.read.fetch_add(rows.len() as u64, Ordering::Relaxed);
        rows.retain(|row| self.is_below(row));
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let touched = store.ids_with_events(&ids).await?;
        if with_events {
            rows.retain(|row| touched.contains(&row.id));
        }
        let examined = self.first_of_each(rows).await?;
        let gathered = if kind == Kind::Attestation {
            self.gathered(examined, &touched).await?
        } else {
            // Events on grants and registrations are held in the snapshot, revisions too.
            let alone = |record| Gathered {
                record,
                revisions: Vec::new(),
                events: Vec::new(),
            };
            examined.into_iter().map(alone).collect()
        };
        let accounts = self.accounts(gathered).await?;
        let mut counted = Vec::with_capacity(accounts.len());
        for (record, account) in accounts {
            match account {
                Ok(account) => counted.push((record, account)),
                Err(NotCounted::Invalid) => self.left_out.invalid += 1,
                Err(NotCounted::TakenDown) => self.left_out.taken_down += 1,
                Err(NotCounted::NotBelieved) => self.left_out.not_believed += 1,
                Err(NotCounted::OtherVersion) => {}
            }
        }
        Ok(Some(counted))
    }

    fn is_below(&self, row: &RecordRow) -> bool {
        let size = self.logs.get(&row.origin);
        size.is_some_and(|size| row.position < *size)
    }

    /// Examines those of `rows` that are valid and stand for their identity: a document that was
    /// logged in two wrappings is counted once, by the one that was held first.
    async fn first_of_each(
        &mut self,
        mut rows: Vec<RecordRow>,
    ) -> Result<Vec<Arc<EvidenceRecord>>, Error> {
        let store = &self.shared.store;
        let digests: Vec<Hash> = rows.iter().map(|row| row.digest).collect();
        let invalid = store.invalid_among(&digests).await?;
        self.left_out.invalid += invalid.len() as u64;
        rows.retain(|row| !invalid.contains(&row.digest));
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let shared = store.shared_ids(&ids).await?;
        let mut first = Vec::with_capacity(rows.len());
        for row in rows {
            if !shared.contains(&row.id) || !store.has_earlier_document(&row).await? {
                first.push(row);
            }
        }
        self.examine(first).await
    }

    async fn examine(&mut self, rows: Vec<RecordRow>) -> Result<Vec<Arc<EvidenceRecord>>, Error> {
        let store = &self.shared.store;
        let digests: Vec<Hash> = rows.iter().map(|row| row.digest).collect();
        let bodies = store.bodies(&digests).await?;
        let mut locations = self.locations(&digests).await?;
        let mut found = Vec::with_capacity(rows.len());
        let mut unread = Vec::new();
        for (row, body) in rows.into_iter().zip(bodies) {
            let Some(body) = body else {
                self.left_out.taken_down += 1;
                continue;
            };
            if let Some(ready) = self.shared.examined.get(&row.digest) {
                found.push(ready);
            } else {
                let places = locations.remove(&row.digest).unwrap_or_default();
                unread.push((row, body, places));
            }
        }
        let mut keys = std::mem::take(&mut self.keys);
        // Thousands of signatures: off the threads that answer.
        let (keys, examined) = blocking(move || {
            let read = unread.into_iter().map(|(row, body, places)| {
                if comity_signature::digest::record_digest(&body) != row.digest {
                    let digest = hex::encode(row.digest);
                    return Err(Error::Setup(format!(
                        "the stored bytes of {digest} are damaged; restore the database"
                    )));
                }
                let received = Instant::from_seconds(row.received_at);
                let read = EvidenceRecord::examine_with(&body, places, received, &mut keys);
                Ok(Arc::new(read))
            });
            let read: Result<Vec<_>, Error> = read.collect();
            (keys, read)
        })
        .await?;
        self.keys = keys;
        found.extend(examined?);
        Ok(found)
    }

    /// Where the records of a page are logged, with the heads that date them there.
    async fn locations(&self, digests: &[Hash]) -> Result<HashMap<Hash, Vec<Location>>, Error> {
        let mut locations: HashMap<Hash, Vec<Location>> = HashMap::new();
        let mut found: Option<Location> = None;
        for place in self.shared.store.places_of(digests).await? {
            // No kept head lies between an entry and the smallest that covers it: what lies
            // between them is covered by the same.
            let covers = |found: &Location| {
                let smallest = found.checkpoints.first();
                *found.origin == *place.origin
                    && smallest.is_some_and(|checkpoint| place.position < checkpoint.size)
            };
            let location = if let Some(found) = found.take().filter(covers) {
                Location {
                    index: place.position,
                    ..found
                }
            } else {
                let checkpoints = &self.shared.checkpoints;
                checkpoints.locate(&place.origin, place.position).await?
            };
            let of_record = locations.entry(place.digest).or_default();
            of_record.push(location.clone());
            found = Some(location);
        }
        Ok(locations)
    }

    /// Attestations with their events and revisions. Most have none, and are not asked about one
    /// by one.
    async fn gathered(
        &self,
        examined: Vec<Arc<EvidenceRecord>>,
        touched: &HashSet<String>,
    ) -> Result<Vec<Gathered>, Error> {
        let mut targets = Vec::with_capacity(examined.len());
        for evidence in &examined {
            let record = evidence.record.as_ref();
            targets.extend(record.into_iter().flat_map(revision_keys));
        }
        let pointing = self.shared.store.count_references(&targets).await?;
        let mut gathered = Vec::with_capacity(examined.len());
        for record in examined {
            let alone = match &record.record {
                Ok(read) => {
                    let own = u64::from(read.comity.imported_from.is_some());
                    let keys = revision_keys(read);
                    let others: u64 = keys.iter().filter_map(|key| pointing.get(key)).sum();
                    // A row of a register points at itself.
                    others <= own && read.comity.replaces.is_none() && !touched.contains(&read.id)
                }
                Err(_) => true,
            };
            gathered.push(if alone {
                Gathered {
                    record,
                    revisions: Vec::new(),
                    events: Vec::new(),
                }
            } else {
                let around = self.shared.as_it_stands(&record).await?;
                Gathered {
                    record,
                    revisions: around.revisions,
                    events: around.events,
                }
            });
        }
        Ok(gathered)
    }

    async fn accounts(
        &self,
        gathered: Vec<Gathered>,
    ) -> Result<Vec<(Arc<EvidenceRecord>, Result<Account, NotCounted>)>, Error> {
        let (shared, held) = (Arc::clone(self.shared), Arc::clone(&self.held));
        let (heads, on, known_at) = (Arc::clone(&self.heads), self.on, self.known_at);
        blocking(move || {
            let accounts = gathered.into_iter().map(|gathered| {
                let evidence = Evidence {
                    candidates: vec![Arc::clone(&gathered.record)],
                    revisions: gathered.revisions,
                    events: gathered.events,
                    trust: &held.trust,
                    heads: &heads,
                    taken_down: Vec::new(),
                    held_of_issuer: None,
                    reports: Vec::new(),
                    issued: Vec::new(),
                    unread: comity_recognition::evidence::Unread::default(),
                    no_statement: None,
                };
                let policy = &shared.policy;
                let account = account(&gathered.record, &evidence, policy, on, known_at);
                (gathered.record, account)
            });
            accounts.collect()
        })
        .await
    }
}

/// Under which other revisions of a record are found.
fn revision_keys(record: &Record) -> Vec<String> {
    let (authority, issuer) = (&record.comity.authority, &record.issuer.id);
    let mut keys = vec![projection::replaces_key(authority, issuer, &record.id)];
    if let Some(from) = &record.comity.imported_from {
        keys.push(projection::source_key(
            issuer,
            &from.system,
            &from.source_id,
        ));
    }
    keys
}

/// The count to which a record in that state belongs.
fn count_of(state: RecordState) -> &'static str {
    match state {
        RecordState::Active | RecordState::PartiallySuspended => "inForce",
        other => other.word(),
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let working = tokio::task::spawn_blocking(work);
    let failed = |error| Error::Setup(format!("the count stopped: {error}"));
    working.await.map_err(failed)
}
