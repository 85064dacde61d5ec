//! Auditing a whole log from outside: every tile, entry, body and signature.

use comity_model::record::{ReadError, kind_of};
use comity_signature::canonical;
use comity_signature::data_integrity::{self, AdmittedKeys};
use comity_signature::digest::{record_digest, to_hex};
use comity_store::MAX_BODY_BYTES;
use comity_tlog::bundle::{self, bundles};
use comity_tlog::checkpoint::{self, VerifiedCheckpoint};
use comity_tlog::entry::Entry;
use comity_tlog::note::{SignedNote, Vkey};
use comity_tlog::tile::{Tile, TileWriter};
use comity_tlog::tree::leaf_hash;

use crate::error::Error;
use crate::remote::Remote;

/// Most findings listed one by one; the rest is counted.
pub const MAX_FINDINGS: usize = 100;

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The log.
    pub origin: String,
    /// Entries under the checkpoint that was audited.
    pub size: u64,
    /// Root of that checkpoint, in hex.
    pub root: String,
    /// Entries that log a record.
    pub records: u64,
    /// Entries that anchor a checkpoint.
    pub anchors: u64,
    /// Entries of a form this version does not know; held, not understood.
    pub unknown_entries: u64,
    /// Bodies with the digest, length and kind of their entry and valid signatures.
    pub bodies_verified: u64,
    /// Bodies that the node does not give; a fault each, unless the entry is too large to have one.
    pub bodies_withheld: u64,
    /// Tiles compared with those computed from the entries.
    pub tiles: u64,
    /// What is wrong, in words, the first of each.
    pub findings: Vec<String>,
    /// How many things are wrong in all.
    pub faults: u64,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.faults == 0
    }

    fn find(&mut self, what: String) {
        self.faults += 1;
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(what);
        }
    }
}

/// Audits the log at `prefix` (`/log/2026`) of a node against the key `vkey`.
/// `progress` hears how many entries are done, of how many.
///
/// # Errors
/// [`Error::Remote`] if the node stops answering, [`Error::Log`] if there is no valid checkpoint.
/// What is wrong with the log itself is in the report.
pub async fn audit(
    remote: &Remote,
    prefix: &str,
    vkey: &Vkey,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Report, Error> {
    let head = fetch_checkpoint(remote, prefix, vkey).await?;
    let mut report = Report {
        origin: head.origin().to_owned(),
        size: head.size(),
        root: to_hex(head.root()),
        ..Report::default()
    };
    let mut tree = TileWriter::new();
    let mut keys = AdmittedKeys::new();
    let mut done = 0;
    for id in bundles(0, head.size()) {
        let path = format!("{prefix}/{}", id.path());
        let bytes = fetch(remote, &path).await?;
        let entries = match bundle::parse(&bytes) {
            Ok(entries) if entries.len() == usize::from(id.width) => entries,
            Ok(entries) => {
                report.find(format!(
                    "{path}: {} entries, expected {}",
                    entries.len(),
                    id.width
                ));
                break;
            }
            Err(error) => {
                report.find(format!("{path}: {error}"));
                break;
            }
        };
        let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let grown = tree.append(&leaves)?;
        compare_tiles(remote, prefix, &grown, head.size(), &mut report).await?;
        let bodies = fetch_bodies(remote, prefix, id.index, done, entries.len()).await?;
        for (offset, entry) in entries.iter().enumerate() {
            let body = bodies.get(offset).and_then(Option::as_deref);
            check_entry(done + offset as u64, entry, body, &mut keys, &mut report);
        }
        done += entries.len() as u64;
        progress(done, head.size());
    }
    if tree.root() != *head.root() {
        report.find(format!(
            "the entries give the root {}, the signed checkpoint says {}",
            to_hex(&tree.root()),
            to_hex(head.root())
        ));
    }
    Ok(report)
}

async fn fetch_checkpoint(
    remote: &Remote,
    prefix: &str,
    vkey: &Vkey,
) -> Result<VerifiedCheckpoint, Error> {
    let note = fetch(remote, &format!("{prefix}/checkpoint")).await?;
    Ok(checkpoint::open(&SignedNote::parse(&note)?, vkey)?)
}

async fn fetch(remote: &Remote, path: &str) -> Result<Vec<u8>, Error> {
    let answer = remote.get(path).await?;
    if answer.is_success() {
        Ok(answer.body)
    } else {
        Err(Error::Remote(format!(
            "{}{path} answers {}",
            remote.base(),
            answer.status
        )))
    }
}

/// Compares tiles that are complete, and those of the right edge once the last entry is in.
async fn compare_tiles(
    remote: &Remote,
    prefix: &str,
    grown: &[Tile],
    size: u64,
    report: &mut Report,
) -> Result<(), Error> {
    for tile in grown {
        let at_this_size = comity_tlog::tile::TileId::of(tile.id.level, tile.id.index, size);
        if at_this_size.is_some_and(|last| last.width != tile.id.width) {
            continue;
        }
        let path = format!("{prefix}/{}", tile.id.path());
        let served = fetch(remote, &path).await?;
        report.tiles += 1;
        if served != tile.to_bytes() {
            report.find(format!("{path}: not the hashes of the entries below it"));
        }
    }
    Ok(())
}

/// The bodies of one bundle, `None` where the node gives none.
async fn fetch_bodies(
    remote: &Remote,
    prefix: &str,
    index: u64,
    first: u64,
    count: usize,
) -> Result<Vec<Option<Vec<u8>>>, Error> {
    let mut bodies = Vec::with_capacity(count);
    let mut from = first;
    while bodies.len() < count {
        let page = fetch(remote, &format!("{prefix}/records/{index}?from={from}")).await?;
        let before = bodies.len();
        for line in page
            .split(|&byte| byte == b'\n')
            .filter(|line| !line.is_empty())
        {
            match line {
                b"null" => bodies.push(None),
                line if line.starts_with(b"{\"next\":") => break,
                line => bodies.push(Some(line.to_vec())),
            }
        }
        if bodies.len() == before {
            break;
        }
        from = first + bodies.len() as u64;
    }
    bodies.truncate(count);
    Ok(bodies)
}

fn check_entry(
    position: u64,
    entry: &[u8],
    body: Option<&[u8]>,
    keys: &mut AdmittedKeys,
    report: &mut Report,
) {
    match Entry::parse(entry) {
        Ok(Entry::Record {
            kind,
            digest,
            length,
        }) => {
            report.records += 1;
            let Some(body) = body else {
                report.bodies_withheld += 1;
                // A body beyond the limit is held by nobody (format.md 1.11).
                if length <= MAX_BODY_BYTES as u64 {
                    report.find(format!("entry {position}: its body is withheld"));
                }
                return;
            };
            match check_body(body, &kind, &digest, length, keys) {
                Ok(()) => report.bodies_verified += 1,
                Err(why) => report.find(format!("entry {position}: {why}")),
            }
        }
        Ok(Entry::Anchor { .. }) => report.anchors += 1,
        Ok(Entry::Closed { .. }) | Err(_) => report.unknown_entries += 1,
    }
}

fn check_body(
    body: &[u8],
    kind: &str,
    digest: &[u8; 32],
    length: u64,
    keys: &mut AdmittedKeys,
) -> Result<(), String> {
    if record_digest(body) != *digest || body.len() as u64 != length {
        return Err("the body is not the one that was logged".to_owned());
    }
    let said = match kind_of(body) {
        Ok(said) => said.name().to_owned(),
        // A kind of a newer version: held under the name its entry gives it.
        Err(ReadError::UnknownKind(_)) => kind.to_owned(),
        Err(error) => return Err(error.to_string()),
    };
    if said != kind {
        return Err(format!("logged as {kind}, but its type says {said}"));
    }
    let document = canonical::check(body, &canonical::Limits::default())
        .map_err(|refusal| refusal.to_string())?;
    data_integrity::verify_with(&document, keys).map_err(|invalid| invalid.to_string())?;
    Ok(())
}

#[cfg(test)]
mod tests;
