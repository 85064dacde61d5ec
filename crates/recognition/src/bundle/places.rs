//! Notes and receipts of a bundle, verified by the keys of the reader's policy and no others.

use std::collections::BTreeMap;

use comity_model::date::Instant;
use comity_tlog::checkpoint::{Checkpoint, cosignatures, open};
use comity_tlog::entry::Entry;
use comity_tlog::fork::ForkEvidence;
use comity_tlog::note::{KeyType, SignedNote, Vkey};
use comity_tlog::receipt::Receipt;
use comity_tlog::tree::{leaf_hash, verify_inclusion};

use super::line::HeadLine;
use crate::evidence::{CheckpointEvidence, CosignatureTime, LogHead};
use crate::known::MAX_SUCCESSORS;
use crate::policy::Policy;

/// The keys by which notes are verified.
pub(super) struct Keys {
    /// Of each log by its origin: the key pinned, and those that it had and will have.
    logs: BTreeMap<String, Vec<Vkey>>,
    cosigners: Vec<Vkey>,
}

/// A note as read.
pub(super) struct Noted {
    pub(super) origin: String,
    /// What it proves; nothing where the policy pins no such log.
    pub(super) evidence: Option<CheckpointEvidence>,
}

/// A receipt as read.
pub(super) struct Placed {
    pub(super) origin: String,
    pub(super) index: u64,
    pub(super) size: u64,
    /// What it proves; nothing where the policy pins no such log.
    pub(super) evidence: Option<CheckpointEvidence>,
}

impl Keys {
    /// The keys that a policy pins, its federation filled in.
    pub(super) fn of(policy: &Policy) -> Self {
        let mut logs: BTreeMap<String, Vec<Vkey>> = BTreeMap::new();
        for log in policy.logs() {
            let further = log.further_keys.iter().map(|further| &further.key);
            let keys = std::iter::once(&log.key).chain(further);
            let vkeys = keys.filter_map(|key| Vkey::new(&log.origin, KeyType::Log, key).ok());
            logs.insert(log.origin.clone(), distinct(vkeys.collect()));
        }
        Self {
            logs,
            cosigners: policy.cosigner_vkeys(),
        }
    }

    /// Follows closed logs: the successor of a pinned log is pinned by its closing entry
    /// (format.md 3.2), whose receipt is verified here.
    pub(super) fn follow(&mut self, heads: &[(usize, HeadLine)]) -> Result<(), (usize, String)> {
        let mut waiting: Vec<_> = (heads.iter())
            .filter_map(|(line, head)| {
                Some((*line, head.closed.as_deref()?, head.successor.as_deref()?))
            })
            .collect();
        for _ in 0..MAX_SUCCESSORS {
            let before = waiting.len();
            let mut left = Vec::new();
            for (line, closed, successor) in waiting {
                let known = self
                    .closing(closed, successor)
                    .map_err(|reason| (line, reason))?;
                match known {
                    Some(vkey) => {
                        let name = vkey.name().to_owned();
                        self.logs.entry(name).or_insert_with(|| vec![vkey]);
                    }
                    None => left.push((line, closed, successor)),
                }
            }
            if left.len() == before {
                break;
            }
            waiting = left;
        }
        Ok(())
    }

    /// The successor that the closing entry of a known log names; `None` where the log is not
    /// known.
    fn closing(&self, closed: &str, successor: &str) -> Result<Option<Vkey>, String> {
        let vkey = Vkey::parse(successor).map_err(|error| format!("`successor`: {error}"))?;
        let entry = Entry::closed(vkey.clone()).map_err(|error| error.to_string())?;
        let placed = self.receipt(closed, &entry)?;
        if placed.index.checked_add(1) != Some(placed.size) {
            return Err("the closing entry is not the last".to_owned());
        }
        Ok(placed.evidence.map(|_| vkey))
    }

    /// Reads a note.
    pub(super) fn note(&self, text: &str) -> Result<Noted, String> {
        let note = SignedNote::parse(text.as_bytes()).map_err(|error| error.to_string())?;
        if note.to_string() != text {
            return Err("the note is not in its canonical form".to_owned());
        }
        self.verified(&note)
    }

    fn verified(&self, note: &SignedNote) -> Result<Noted, String> {
        let checkpoint = Checkpoint::parse(&note.text).map_err(|error| error.to_string())?;
        let Some(keys) = self.logs.get(&checkpoint.origin) else {
            return Ok(Noted {
                origin: checkpoint.origin,
                evidence: None,
            });
        };
        let opened = keys.iter().map(|log| open(note, log));
        let mut opened = opened.collect::<Vec<_>>().into_iter();
        if !opened.clone().any(|opened| opened.is_ok())
            && let Some(Err(error)) = opened.next()
        {
            return Err(error.to_string());
        }
        let own: Vec<Vkey> = keys.iter().map(Vkey::as_cosigner).collect();
        let mut lines = Vec::new();
        for vkey in self.cosigners.iter().chain(&own) {
            let one = std::slice::from_ref(vkey);
            // Who relays a note could add a line that does not hold: a maker leaves it out.
            if let Some(line) = note.verify(one).refused.first() {
                return Err(format!("the line of {} does not verify", line.name));
            }
            for line in cosignatures(note, one) {
                let time = i64::try_from(line.time_unix)
                    .ok()
                    .and_then(Instant::from_seconds)
                    .ok_or_else(|| format!("the time of {} is no instant", line.name))?;
                lines.push(CosignatureTime {
                    cosigner: *vkey.public_key(),
                    time,
                });
            }
        }
        Ok(Noted {
            origin: checkpoint.origin,
            evidence: Some(CheckpointEvidence {
                size: checkpoint.size,
                root: checkpoint.root,
                lines,
            }),
        })
    }

    /// Reads the head of a log.
    pub(super) fn head(&self, line: &HeadLine) -> Result<Option<LogHead>, String> {
        if line.closed.is_some() != line.successor.is_some() {
            return Err("`closed` and `successor` stand together".to_owned());
        }
        let noted = self.note(&line.head)?;
        if let (Some(closed), Some(successor)) = (&line.closed, &line.successor) {
            self.closing(closed, successor)?;
            let receipt = Receipt::parse(closed.as_bytes()).map_err(|error| error.to_string())?;
            let of = Checkpoint::parse(&receipt.note.text).map_err(|error| error.to_string())?;
            let same = (noted.evidence.as_ref())
                .is_none_or(|head| (head.size, head.root) == (of.size, of.root));
            if of.origin != noted.origin || !same {
                return Err("the closing entry is not of this head".to_owned());
            }
        }
        if let Some(fork) = &line.fork {
            self.fork(fork, &noted.origin)?;
        }
        Ok(noted.evidence.map(|evidence| LogHead {
            forked: line.fork.is_some(),
            origin: noted.origin,
            size: evidence.size,
            root: evidence.root,
            lines: evidence.lines,
            closed: line.closed.is_some(),
            successor: line.successor.clone(),
            lacks: Vec::new(),
        }))
    }

    /// Verifies that a log shows two histories.
    fn fork(&self, text: &str, origin: &str) -> Result<(), String> {
        let fork = ForkEvidence::parse(text.as_bytes()).map_err(|error| error.to_string())?;
        let keys = self.logs.get(origin);
        if fork.encode() != text || fork.vkey.name() != origin {
            return Err("the evidence of a fork is of another log or in another form".to_owned());
        }
        if keys.is_some_and(|keys| !keys.contains(&fork.vkey)) {
            return Err("the evidence of a fork is by another key than the log's".to_owned());
        }
        fork.verify().map(|_| ()).map_err(|error| error.to_string())
    }

    /// Reads the receipt of `entry`.
    pub(super) fn receipt(&self, text: &str, entry: &Entry) -> Result<Placed, String> {
        let receipt = Receipt::parse(text.as_bytes()).map_err(|error| error.to_string())?;
        if receipt.encode() != text {
            return Err("the receipt is not in its canonical form".to_owned());
        }
        let noted = self.verified(&receipt.note)?;
        let checkpoint = Checkpoint::parse(&receipt.note.text).map_err(|e| e.to_string())?;
        if noted.evidence.is_some() {
            let (leaf, size) = (leaf_hash(&entry.encode()), checkpoint.size);
            let hashes = &receipt.hashes;
            verify_inclusion(&leaf, receipt.index, size, hashes, &checkpoint.root)
                .map_err(|error| error.to_string())?;
        }
        Ok(Placed {
            origin: noted.origin,
            index: receipt.index,
            size: checkpoint.size,
            evidence: noted.evidence,
        })
    }
}

fn distinct(mut vkeys: Vec<Vkey>) -> Vec<Vkey> {
    vkeys.sort_by_cached_key(ToString::to_string);
    vkeys.dedup();
    vkeys
}
