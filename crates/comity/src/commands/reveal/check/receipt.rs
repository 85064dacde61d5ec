//! Where a commitment was logged, by the receipt in the file and the logs that a policy pins.

use comity_model::date::Instant;
use comity_model::record::Kind;
use comity_recognition::policy::{CosignerSet, DatedBy, PinnedLog, Policy};
use comity_signature::digest::sha256;
use comity_tlog::checkpoint::{Checkpoint, cosignatures};
use comity_tlog::entry::Entry;
use comity_tlog::note::{KeyType, SignedNote, Vkey};
use comity_tlog::receipt::Receipt;
use comity_tlog::time::{Dating, dated};

use super::{Held, Logged, Step};

/// What the receipt proves under `policy`.
pub(super) fn logged(record: &[u8], receipt: Option<&str>, policy: &Policy) -> Logged {
    let (log, at) = match place(record, receipt, policy) {
        Ok((words, at)) => (Step::new("log", Held::Yes, words), Some(at)),
        Err((held, words)) => (Step::new("log", held, words), None),
    };
    let registration = Step::new(
        "registration",
        Held::CannotTell,
        "whether the key was the laboratory's then is told by a node: ask one with --node",
    );
    Logged {
        steps: [log, registration],
        at,
    }
}

fn place(
    record: &[u8],
    receipt: Option<&str>,
    policy: &Policy,
) -> Result<(String, String), (Held, String)> {
    let fails = |why: &dyn std::fmt::Display| (Held::No, format!("the receipt: {why}"));
    let open = |why: &str| (Held::CannotTell, why.to_owned());
    let receipt =
        receipt.ok_or_else(|| open("there is no receipt in the file: ask a node with --node"))?;
    let receipt = Receipt::parse(receipt.as_bytes()).map_err(|error| fails(&error))?;
    let checkpoint = Checkpoint::parse(&receipt.note.text).map_err(|error| fails(&error))?;
    let pinned = policy
        .logs()
        .iter()
        .find(|log| log.origin == checkpoint.origin);
    let pinned =
        pinned.ok_or_else(|| open(&format!("the policy pins no log {}", checkpoint.origin)))?;
    let log =
        Vkey::new(&pinned.origin, KeyType::Log, &pinned.key).map_err(|error| fails(&error))?;
    let entry = Entry::record(Kind::Commitment.name(), sha256(record), record.len() as u64)
        .map_err(|error| fails(&error))?;
    let included = receipt
        .verify(&entry.encode(), &log, &[])
        .map_err(|error| fails(&error))?;
    let at = dated_at(&receipt.note, &log, pinned, policy)
        .ok_or_else(|| open("it is logged, and the receipt has too few lines of cosigners that the policy names to say when"))?;
    let words = format!(
        "entry {} of {}, logged at {at}: by the receipt, under the key that the policy pins",
        included.index(),
        included.origin()
    );
    Ok((words, at.to_string()))
}

/// The time that the lines under a checkpoint prove.
fn dated_at(note: &SignedNote, log: &Vkey, pinned: &PinnedLog, policy: &Policy) -> Option<Instant> {
    let unix = match pinned.dated_by {
        DatedBy::SelfDated => {
            let times = times(note, &[log.as_cosigner()]);
            dated(Dating::SelfDated, 1, &times)?.time_unix
        }
        DatedBy::Quorum => (policy.file().cosigners.iter())
            .find_map(|set| by_quorum(note, set, &pinned.economies))?,
    };
    Instant::from_seconds(i64::try_from(unix).ok()?)
}

/// The time by the members of a set that are of none of the log's economies.
fn by_quorum(note: &SignedNote, set: &CosignerSet, economies: &[String]) -> Option<u64> {
    let members = (set.members.iter()).filter(|member| !economies.contains(&member.economy));
    let mut vkeys: Vec<Vkey> = members
        .filter_map(|member| Vkey::parse(&member.vkey).ok())
        .collect();
    vkeys.sort_by_key(|vkey| *vkey.public_key());
    vkeys.dedup_by_key(|vkey| *vkey.public_key());
    let from = u64::try_from(set.from.seconds()).unwrap_or(0);
    let until = set.until.map_or(u64::MAX, |until| {
        u64::try_from(until.seconds()).unwrap_or(0)
    });
    let mut times = times(note, &vkeys);
    times.retain(|time| (from..=until).contains(time));
    let threshold = set.threshold;
    Some(dated(Dating::Quorum { threshold }, vkeys.len(), &times)?.time_unix)
}

fn times(note: &SignedNote, cosigners: &[Vkey]) -> Vec<u64> {
    let lines = cosignatures(note, cosigners);
    lines.iter().map(|line| line.time_unix).collect()
}
