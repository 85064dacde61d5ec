//! Reading again what a program before this one held: records of kinds that it did not know, and
//! names under which they are looked up now. It is done once, at the first start of a program that
//! knows more, before anything is answered.
//!
//! Each page is one transaction that may be repeated, and how far it has come is noted after it: a
//! start that was killed goes on from there.

use std::path::Path;

use comity_model::date::Instant;
use comity_model::record::Kind;
use comity_recognition::evidence::EvidenceRecord;
use comity_signature::data_integrity::AdmittedKeys;
use comity_signature::digest::record_digest;
use comity_store::{NewRecord, RecordRow, Store};

use crate::error::Error;
use crate::index;
use crate::mirror::page::{Logged, is_filed_right, row, why_invalid};

/// Of what is kept beside a record. Higher with everything more that [`crate::projection`] keeps.
const PROJECTION: u32 = 3;
/// Records read in one go, and committed in one transaction.
const PAGE: usize = 512;
/// In the place of an origin: every log has been read.
const ALL_LOGS: &str = "";

/// Reads every held log again, unless this version has done so. `index` is the folder of the
/// search index: it is deleted before the first record that it may have left out is read, and made
/// anew from the logs.
///
/// # Errors
/// [`Error::Store`], [`Error::File`]; what was read until then stays.
pub(crate) async fn read_again(store: &Store, index: Option<&Path>) -> Result<(), Error> {
    let reader = format!("projection {PROJECTION} of {} kinds", Kind::ALL.len());
    if store.follower(&reader, ALL_LOGS).await? > 0 {
        return Ok(());
    }
    let mut index = index;
    for log in store.logs().await? {
        let origin = &log.origin;
        let mut from = store.follower(&reader, origin).await?;
        if from < log.size {
            tracing::info!(
                log.origin = origin,
                from,
                size = log.size,
                "reading a log again"
            );
        }
        while from < log.size {
            let (page, next) = store.records_from(origin, from, PAGE).await?;
            let again = examined(page).await?;
            if let Some(path) = index.take_if(|_| !again.nameless.is_empty()) {
                index::delete(path)?;
            }
            store.project_again(&again.named, &again.nameless).await?;
            from = next.unwrap_or(log.size);
            store.set_follower(&reader, origin, from).await?;
        }
    }
    store.set_follower(&reader, ALL_LOGS, 1).await?;
    Ok(())
}

/// Records of a page that are valid by what is known now.
#[derive(Default)]
struct Again {
    named: Vec<NewRecord>,
    /// Held without their names, because they could not be read.
    nameless: Vec<NewRecord>,
}

/// Examines a page, off the threads that answer.
async fn examined(page: Vec<(RecordRow, Option<Vec<u8>>)>) -> Result<Again, Error> {
    let working = tokio::task::spawn_blocking(move || {
        let mut keys = AdmittedKeys::new();
        let mut again = Again::default();
        for (held, body) in page {
            let read = body.and_then(|body| read(&held, &body, &mut keys));
            if held.id.is_empty() {
                again.nameless.extend(read);
            } else {
                again.named.extend(read);
            }
        }
        again
    });
    let failed = |error| Error::Setup(format!("reading records again stopped: {error}"));
    working.await.map_err(failed)
}

fn read(held: &RecordRow, body: &[u8], keys: &mut AdmittedKeys) -> Option<NewRecord> {
    // What the disk has damaged is said where it is asked for.
    if record_digest(body) != held.digest || !is_filed_right(body, &held.kind) {
        return None;
    }
    let received = Instant::from_seconds(held.received_at)?;
    let evidence = EvidenceRecord::examine_with(body, Vec::new(), Some(received), keys);
    if why_invalid(&evidence).is_some() {
        return None;
    }
    let logged = Logged {
        position: held.position,
        kind: held.kind.clone(),
        digest: held.digest,
        length: body.len() as u64,
    };
    Some(row(&logged, &evidence, Vec::new(), received))
}

#[cfg(test)]
mod tests;
