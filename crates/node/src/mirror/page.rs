//! A page of a foreign log: what its entries say, what their bodies are, what is wrong with them.

use std::collections::HashSet;
use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::record::{ReadError, Record, kind_of};
use comity_recognition::evidence::{EvidenceRecord, Unsigned};
use comity_recognition::signers::own_keys;
use comity_signature::data_integrity::AdmittedKeys;
use comity_signature::digest::record_digest;
use comity_store::{
    InvalidRecord, MAX_BODY_BYTES, MissingBody, MissingReason, NewEntry, NewRecord,
};
use comity_tlog::Hash;
use comity_tlog::entry::Entry;
use comity_tlog::note::{SignedNote, Vkey};
use comity_tlog::tree::leaf_hash;

use crate::projection;

/// Bodies that one thread examines in one go.
const CHUNK: usize = 64;

/// An entry that logs a record.
#[derive(Clone, Debug)]
pub(crate) struct Logged {
    pub(crate) position: u64,
    pub(crate) kind: String,
    pub(crate) digest: Hash,
    pub(crate) length: u64,
}

impl Logged {
    /// What the entry at `position` logs, if it logs a record.
    pub(crate) fn read(position: u64, entry: &[u8]) -> Option<Self> {
        let Ok(Entry::Record {
            kind,
            digest,
            length,
        }) = Entry::parse(entry)
        else {
            return None;
        };
        Some(Self {
            position,
            kind,
            digest,
            length,
        })
    }

    /// Whether anybody can hold its body (format.md 1.11).
    pub(crate) fn has_body(&self) -> bool {
        self.length <= MAX_BODY_BYTES as u64
    }
}

/// What the entries of a page are.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    pub(crate) rows: Vec<NewEntry>,
    pub(crate) logged: Vec<Logged>,
    /// The entry that closes the log, and its successor; nothing after it is read.
    pub(crate) closed: Option<(u64, Vkey)>,
    /// The heads of this log and of others that are anchored in it.
    pub(crate) anchors: Vec<SignedNote>,
}

/// Reads entries from position `first` on, up to one that closes the log. `held` are digests that
/// the log has already: a second entry of a record is kept as bytes only, and so is one that claims
/// more bytes than anybody can hold, which must not stand in the way of a true one.
pub(crate) fn entries(first: u64, entries: Vec<Vec<u8>>, held: &HashSet<Hash>) -> Entries {
    let mut page = Entries::default();
    let mut seen = HashSet::new();
    for (position, entry) in (first..).zip(entries) {
        let mut digest = None;
        if let Some(logged) = Logged::read(position, &entry).filter(Logged::has_body)
            && !held.contains(&logged.digest)
            && seen.insert(logged.digest)
        {
            digest = Some(logged.digest);
            page.logged.push(logged);
        }
        match Entry::parse(&entry) {
            Ok(Entry::Closed { successor }) => page.closed = Some((position, successor)),
            Ok(Entry::Anchor { note }) => page.anchors.extend(SignedNote::parse(&note)),
            Ok(Entry::Record { .. }) | Err(_) => {}
        }
        page.rows.push(NewEntry {
            position,
            leaf: leaf_hash(&entry),
            entry,
            digest,
        });
        if page.closed.is_some() {
            break;
        }
    }
    page
}

/// What became of the bodies of a page.
#[derive(Debug, Default)]
pub(crate) struct Bodies {
    pub(crate) records: Vec<NewRecord>,
    pub(crate) evidence: Vec<EvidenceRecord>,
    pub(crate) missing: Vec<MissingBody>,
    pub(crate) invalid: Vec<InvalidRecord>,
}

impl Bodies {
    fn extend(&mut self, other: Self) {
        self.records.extend(other.records);
        self.evidence.extend(other.evidence);
        self.missing.extend(other.missing);
        self.invalid.extend(other.invalid);
    }
}

/// Examines bodies on every core, in the order of their entries.
pub(crate) async fn examine(
    bodies: Vec<(Logged, Option<Vec<u8>>)>,
    now: Instant,
) -> Result<Bodies, crate::error::Error> {
    let mut tasks = Vec::new();
    let mut bodies = bodies.into_iter().peekable();
    while bodies.peek().is_some() {
        let chunk: Vec<_> = bodies.by_ref().take(CHUNK).collect();
        tasks.push(tokio::task::spawn_blocking(move || {
            let mut keys = AdmittedKeys::new();
            let mut examined = Bodies::default();
            for (logged, body) in chunk {
                examine_one(&mut examined, &logged, body, now, &mut keys);
            }
            examined
        }));
    }
    let mut all = Bodies::default();
    for task in tasks {
        let examined = task.await.map_err(|error| {
            crate::error::Error::Setup(format!("a check of mirrored records stopped: {error}"))
        })?;
        all.extend(examined);
    }
    Ok(all)
}

fn examine_one(
    into: &mut Bodies,
    logged: &Logged,
    body: Option<Vec<u8>>,
    now: Instant,
    keys: &mut AdmittedKeys,
) {
    let misses = |reason| MissingBody {
        position: logged.position,
        digest: logged.digest,
        kind: logged.kind.clone(),
        length: logged.length,
        reason,
        since: now.seconds(),
    };
    let Some(body) = body else {
        into.missing.push(misses(MissingReason::Missing));
        return;
    };
    if record_digest(&body) != logged.digest || body.len() as u64 != logged.length {
        into.missing.push(misses(MissingReason::Damaged));
        return;
    }
    if !is_filed_right(&body, &logged.kind) {
        into.missing.push(misses(MissingReason::Misfiled));
        return;
    }
    let evidence = EvidenceRecord::examine_with(&body, Vec::new(), Some(now), keys);
    if let Some(reason) = why_invalid(&evidence) {
        into.invalid.push(InvalidRecord {
            digest: logged.digest,
            position: logged.position,
            reason,
        });
    }
    into.records.push(row(logged, &evidence, body, now));
    into.evidence.push(evidence);
}

/// Whether the body is of the kind that its entry says. A body whose kind cannot be read, and one
/// of a kind of a newer version that says so, stand under whatever name their entry gives them.
pub(crate) fn is_filed_right(body: &[u8], kind: &str) -> bool {
    match kind_of(body) {
        Ok(said) => said.name() == kind,
        Err(ReadError::UnknownKind(types)) => match types.last() {
            Some(last) => last.strip_prefix("Comity").is_none_or(|said| said == kind),
            None => true,
        },
        Err(ReadError::Malformed(_)) => true,
    }
}

/// Why no verdict can rest on a record, if so.
pub(crate) fn why_invalid(evidence: &EvidenceRecord) -> Option<String> {
    match (&evidence.record, &evidence.signatures) {
        (_, Err(Unsigned::NotCanonical(refusal))) => Some(refusal.to_string()),
        (_, Err(Unsigned::Invalid(invalid))) => Some(invalid.to_string()),
        (_, Err(Unsigned::Draft)) => Some("the record is not signed".to_owned()),
        (Err(error), _) => Some(error.to_string()),
        (Ok(_), Ok(_)) => None,
    }
}

/// What the store keeps of a mirrored record. One that is not validly signed is found by its
/// digest and its id only.
pub(crate) fn row(
    logged: &Logged,
    evidence: &EvidenceRecord,
    body: Vec<u8>,
    now: Instant,
) -> NewRecord {
    let mut row = NewRecord {
        position: logged.position,
        digest: logged.digest,
        document_digest: evidence.document_digest,
        kind: logged.kind.clone(),
        authority: String::new(),
        issuer: String::new(),
        id: String::new(),
        body,
        received_at: now.seconds(),
        valid_from: None,
        valid_until: None,
        identifiers: Vec::new(),
        subjects: Vec::new(),
        references: Vec::new(),
    };
    if let Ok(record) = &evidence.record {
        name(&mut row, record);
        if evidence.signatures.is_ok() {
            let keys: Vec<_> = own_keys(evidence).collect();
            row.identifiers = projection::identifiers(record, &keys);
            row.subjects = projection::subjects(record);
            row.references = projection::references(record, &keys);
        }
    }
    row
}

/// Names that a table can hold; a longer one names nobody.
fn name(row: &mut NewRecord, record: &Record) {
    let kept = |name: &str| name.len() <= comity_store::MAX_NAME_BYTES && !name.contains('\0');
    let names = [&record.comity.authority, &record.issuer.id, &record.id];
    if names.into_iter().all(|name| kept(name)) {
        row.authority.clone_from(&record.comity.authority);
        row.issuer.clone_from(&record.issuer.id);
        row.id.clone_from(&record.id);
    }
    (row.valid_from, row.valid_until) = projection::validity(record);
}

/// Evidence with its place in the log, where nothing dates it yet.
pub(crate) fn placed(
    records: Vec<EvidenceRecord>,
    rows: &[NewRecord],
    origin: &str,
) -> Vec<Arc<EvidenceRecord>> {
    let origin: Arc<str> = origin.into();
    let placed = records.into_iter().zip(rows).map(|(record, row)| {
        let location = comity_recognition::evidence::Location {
            origin: Arc::clone(&origin),
            index: row.position,
            checkpoints: Arc::from([]),
        };
        crate::admission::placed(record, location)
    });
    placed.collect()
}
