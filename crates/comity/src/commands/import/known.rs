//! What a node already holds of one register by one signer, read from its log.
//!
//! The log is the one complete and ordered source: search lags, and lists leave out what a
//! difference has to be made from (older revisions, events).

use anyhow::Result;
use comity_model::record::Record;
use comity_node::import::Known;
use comity_node::remote::Remote;
use comity_signature::canonical::{self, Limits};
use comity_signature::digest::{document_digest, to_multibase};

use crate::asking::Logged;
use crate::context::Context;

/// Reads every record and event of `signer`, in the order of the log.
pub(super) async fn read(
    remote: &Remote,
    signer: &str,
    system: &str,
    context: &Context,
) -> Result<Known> {
    let mut known = Known::new(signer, system);
    let mut add = |record: &Record, digest: &str| known.add(record, digest);
    each(remote, signer, context, &mut add).await?;
    Ok(known)
}

/// Hands every record and event of `signer` on, each with its document digest as multibase, in the
/// order of the log.
pub(super) async fn each(
    remote: &Remote,
    signer: &str,
    context: &Context,
    found: &mut (dyn FnMut(&Record, &str) + Send),
) -> Result<()> {
    let mut log = Logged::open(remote).await?;
    let bar = context.bar(log.size(), "what the node holds");
    while let Some(bodies) = log.next_bodies().await? {
        bar.inc(bodies.len() as u64);
        for body in bodies.into_iter().flatten() {
            // Most records of a large node are of others: those are not read further.
            if contains(&body, signer.as_bytes()) {
                add(&body, found);
            }
        }
    }
    bar.finish_and_clear();
    Ok(())
}

/// Hands one body on; what cannot be read is nothing that this program made.
fn add(body: &[u8], found: &mut dyn FnMut(&Record, &str)) {
    let Ok(document) = canonical::check(body, &Limits::default()) else {
        return;
    };
    if let Ok(record) = Record::read(body) {
        found(&record, &to_multibase(document_digest(&document)));
    }
}

fn contains(body: &[u8], wanted: &[u8]) -> bool {
    body.windows(wanted.len()).any(|window| window == wanted)
}
