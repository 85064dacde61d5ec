//! Real logs of the records of a world: roots, receipts and heads that verify.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::record::{Kind, Record};
use comity_tlog::checkpoint::Checkpoint;
use comity_tlog::entry::Entry;
use comity_tlog::note::{NoteSigner, SignedNote};
use comity_tlog::receipt::Receipt;
use comity_tlog::tree::{Tree, leaf_hash, prove_inclusion};

use super::super::world::{Shared, World, log_signer, seed};
use crate::bundle::{HeadLine, RecordLine};
use crate::evidence::{
    CheckpointEvidence, CosignatureTime, Evidence, EvidenceRecord, Location, LogHead,
};
use crate::question::{Question, Selector};
use crate::trust_graph::TrustGraph;

const ECONOMIES: [&str; 4] = ["SE", "JP", "KZ", "INT"];

/// One log: its keys, and its entries with the moments at which they were logged.
struct Log {
    signer: NoteSigner,
    own: NoteSigner,
    entries: Vec<(Vec<u8>, Instant)>,
}

/// The logs of a world.
pub(super) struct Logs {
    by_origin: BTreeMap<String, Log>,
    records: Vec<Shared>,
    bodies: BTreeMap<[u8; 32], Vec<u8>>,
    now: Instant,
}

impl Log {
    fn tree(&self, range: std::ops::Range<usize>) -> Tree {
        let mut tree = Tree::new();
        for (entry, _) in &self.entries[range] {
            tree.append(leaf_hash(entry)).unwrap();
        }
        tree
    }

    /// The note over the first `size` entries, dated `at`.
    fn note(&self, size: usize, at: Instant) -> SignedNote {
        let checkpoint = Checkpoint {
            origin: self.signer.vkey().name().to_owned(),
            size: size as u64,
            root: self.tree(0..size).root(),
        };
        let time = u64::try_from(at.seconds()).unwrap();
        SignedNote {
            text: checkpoint.text(),
            signatures: vec![
                self.signer.sign(&checkpoint).unwrap(),
                self.own.cosign(&checkpoint, time).unwrap(),
            ],
        }
    }

    fn evidence(&self, size: usize, at: Instant) -> CheckpointEvidence {
        CheckpointEvidence {
            size: size as u64,
            root: self.tree(0..size).root(),
            lines: vec![CosignatureTime {
                cosigner: *self.own.vkey().public_key(),
                time: at,
            }],
        }
    }

    /// The receipt of an entry under the head by which it was logged.
    fn receipt(&self, index: usize) -> Receipt {
        let size = index + 1;
        let proof = prove_inclusion(index as u64, size as u64, |level, at| {
            let (width, at) = (1_usize << level, usize::try_from(at).unwrap());
            Ok::<_, comity_tlog::Error>(self.tree(at * width..(at + 1) * width).root())
        });
        Receipt {
            index: index as u64,
            hashes: proof.unwrap().hashes,
            note: self.note(size, self.entries[index].1),
        }
    }
}

impl Logs {
    /// A checkpoint of another history, by the log's own key.
    pub(super) fn other_history(&self, origin: &str, size: u64) -> String {
        let log = &self.by_origin[origin];
        let checkpoint = Checkpoint {
            origin: origin.to_owned(),
            size,
            root: [9; 32],
        };
        let signed = SignedNote {
            text: checkpoint.text(),
            signatures: vec![log.signer.sign(&checkpoint).unwrap()],
        };
        signed.to_string()
    }

    /// The logs by the keys that the world's policy pins.
    pub(super) fn of(world: &World) -> Self {
        Self::signed_by(world, "")
    }

    /// The same by other keys.
    pub(super) fn forged(world: &World) -> Self {
        Self::signed_by(world, "forged ")
    }

    fn signed_by(world: &World, by: &str) -> Self {
        let mut logs = BTreeMap::new();
        for economy in ECONOMIES {
            let origin = log_signer(economy).vkey().name().to_owned();
            let seed = seed(&format!("{by}{origin}"));
            let log = Log {
                signer: NoteSigner::log(&origin, &seed).unwrap(),
                own: NoteSigner::cosigner(&origin, &seed).unwrap(),
                entries: Vec::new(),
            };
            logs.insert(origin, log);
        }
        let mut made = Self {
            by_origin: logs,
            records: Vec::new(),
            bodies: BTreeMap::new(),
            now: world.now,
        };
        for (record, body) in world.records.iter().zip(&world.bodies) {
            let at = record.received_at.unwrap();
            made.append(&record.locations[0].origin, body, at, Some(at));
        }
        made
    }

    fn append(&mut self, origin: &str, body: &[u8], at: Instant, received: Option<Instant>) {
        let examined = EvidenceRecord::examine(body, Vec::new(), received);
        let kind = examined.record.as_ref().unwrap().kind();
        let entry = Entry::record(kind.name(), examined.record_digest, body.len() as u64);
        let log = self.by_origin.get_mut(origin).unwrap();
        log.entries.push((entry.unwrap().encode(), at));
        let index = log.entries.len() - 1;
        let location = Location {
            origin: origin.into(),
            index: index as u64,
            checkpoints: Arc::new([log.evidence(index + 1, at)]),
        };
        self.bodies.insert(examined.record_digest, body.to_vec());
        self.records.push(Arc::new(EvidenceRecord {
            locations: vec![location],
            ..examined
        }));
    }

    /// The newest record was logged only `at`, and received when it was.
    pub(super) fn delay_last(&mut self, at: Instant) {
        let last = self.records.pop().unwrap();
        let origin = last.locations[0].origin.to_string();
        self.by_origin.get_mut(&origin).unwrap().entries.pop();
        let body = self.bodies[&last.record_digest].clone();
        self.append(&origin, &body, at, last.received_at);
    }

    pub(super) fn records(&self) -> &[Shared] {
        &self.records
    }

    /// Everything held that bears on `question`.
    pub(super) fn with_evidence<T>(
        &self,
        question: &Question,
        answer: impl FnOnce(&Evidence<'_>) -> T,
    ) -> T {
        let Selector::Identity(asked) = &question.record else {
            panic!("asked by identity");
        };
        let is = |record: &&Shared, kind| record.record.as_ref().map(Record::kind) == Ok(kind);
        let fits = |record: &&Shared| record.identity().as_ref() == Some(asked);
        let trust = TrustGraph::build(self.records.iter().cloned());
        let heads: Vec<LogHead> = (self.by_origin.iter())
            .map(|(origin, log)| {
                let head = log.evidence(log.entries.len(), self.now);
                LogHead {
                    origin: origin.clone(),
                    size: head.size,
                    root: head.root,
                    lines: head.lines,
                    closed: false,
                    successor: None,
                    forked: false,
                    lacks: Vec::new(),
                }
            })
            .collect();
        let evidence = Evidence {
            candidates: self.records.iter().filter(fits).cloned().collect(),
            revisions: Vec::new(),
            events: (self.records.iter())
                .filter(|record| is(record, Kind::StatusEvent))
                .filter(|record| match record.record.as_ref().map(|r| &r.subject) {
                    Ok(comity_model::record::Subject::StatusEvent(event)) => {
                        event.subjects.iter().any(|subject| subject.id == asked.id)
                    }
                    _ => false,
                })
                .cloned()
                .collect(),
            trust: &trust,
            heads: &heads,
            taken_down: Vec::new(),
            held_of_issuer: None,
            reports: Vec::new(),
            issued: Vec::new(),
            unread: crate::evidence::Unread::default(),
            no_statement: None,
        };
        answer(&evidence)
    }

    /// The heads of those logs, as lines.
    pub(super) fn heads(&self, origins: &BTreeSet<String>) -> Vec<HeadLine> {
        let logs = self
            .by_origin
            .iter()
            .filter(|(origin, _)| origins.contains(*origin));
        logs.map(|(_, log)| HeadLine {
            closed: None,
            fork: None,
            head: log.note(log.entries.len(), self.now).to_string(),
            successor: None,
        })
        .collect()
    }

    /// Records as lines, each with its receipt.
    pub(super) fn lines(&self, records: &[(Shared, Option<Instant>)]) -> Vec<RecordLine> {
        let line = |(record, received_at): &(Shared, Option<Instant>)| {
            let place = &record.locations[0];
            let index = usize::try_from(place.index).unwrap();
            RecordLine {
                body: self.bodies[&record.record_digest].clone(),
                receipts: vec![self.by_origin[&*place.origin].receipt(index).encode()],
                received_at: *received_at,
            }
        };
        records.iter().map(line).collect()
    }
}
