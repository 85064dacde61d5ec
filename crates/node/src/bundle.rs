//! Bundles: a verdict of this node with everything that it rests on, for those who ask without a
//! network; and verdicts from bundles that others made (format.md 4.7).

use std::collections::BTreeMap;
use std::sync::Arc;

use comity_model::date::Instant;
use comity_recognition::Verdict;
use comity_recognition::bundle::{Contents, HeadLine, NotMade, RecordLine, encode, needed, read};
use comity_recognition::evidence::{CheckpointEvidence, EvidenceRecord, LogHead};
use comity_recognition::question::Selector;
use comity_tlog::checkpoint::{Checkpoint, MAX_SERVED_SIGNATURES};
use comity_tlog::note::{NoteSignature, SignedNote};
use comity_tlog::receipt::Receipt;

use crate::error::Error;
use crate::proofs::Tiles;
use crate::recognise::{Answer, Ask};
use crate::{Node, Shared};

/// Most kept notes of one size, from either end, whose lines are looked at.
const NOTES_OF_A_SIZE: usize = 64;
/// Most collected lines of one size that are looked at.
const LINES_OF_A_SIZE: usize = 256;
/// Bytes of a log's signature behind the key id (format.md 3.11).
const LOG_BLOB_BYTES: usize = 64;

/// A bundle and the verdict in it.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The file.
    pub bytes: Vec<u8>,
    /// The verdict that it gives under this node's policy.
    pub verdict: Verdict,
}

/// What a bundle that was brought here comes to.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The verdict under this node's policy.
    pub answer: Answer,
    /// Since when its maker may know more, in seconds: the age of what it knows.
    pub age_seconds: i64,
}

impl Node {
    /// Answers a question with a verdict and everything that it rests on, signed for with this
    /// node's status key. Before it is answered it is read back, and must give the same verdict
    /// byte for byte.
    ///
    /// # Errors
    /// [`Error::Question`] for a question about no record or several, about a draft, or beyond
    /// what a bundle holds; [`Error::Store`]; [`Error::Log`] if a tile is missing.
    pub async fn make_bundle(&self, ask: Ask) -> Result<Bundle, Error> {
        let node = &self.shared;
        if ask.shown.is_some() || !ask.assume.is_empty() {
            return Err(unfit("assume", "a bundle holds what was logged, no drafts"));
        }
        self.fetch_if_followed(&ask.record).await?;
        let (prepared, _) = node.decided(ask).await?;
        if !matches!(prepared.question.record, Selector::Identity(_)) {
            let detail = "expected the name of one record that is held here";
            return Err(unfit("record", detail));
        }
        let evidence = prepared.evidence();
        if evidence.candidates.is_empty() {
            let detail = "this node holds no record of that name";
            return Err(unfit("record", detail));
        }
        let needed = needed(&prepared.question, &evidence, &node.policy);
        let mut contents = Contents {
            made_by: node.config.authority(),
            policy_digest: *node.policy.digest(),
            question: prepared.question.clone(),
            heads: Vec::new(),
            checkpoints: Vec::new(),
            records: Vec::new(),
        };
        let mut notes = Notes::default();
        let heads = prepared.heads.iter();
        for head in heads.filter(|head| needed.origins.contains(&head.origin)) {
            contents.heads.extend(notes.head(node, head).await?);
        }
        node.fill(&mut contents, &mut notes, &needed.records)
            .await?;
        let bytes = encode(contents, Some(&node.status_key)).map_err(|why| too_much(&why))?;
        let again = read(&bytes, &node.policy)
            .map_err(|refused| Error::Setup(format!("a bundle made here is refused: {refused}")))?
            .decide_as_maker(&prepared.question, &node.policy);
        let differs = again.canonical_bytes() != needed.verdict.canonical_bytes();
        let lacks = |head: &LogHead| !head.lacks.is_empty();
        if differs && (!prepared.unread.is_empty() || prepared.heads.iter().any(lacks)) {
            let detail =
                "this node did not look through all that bears on it, and a bundle cannot say so";
            return Err(unfit("record", detail));
        }
        if differs {
            let what = "a bundle made here would give another verdict than the node";
            return Err(Error::Setup(what.to_owned()));
        }
        Ok(Bundle {
            bytes,
            verdict: needed.verdict,
        })
    }

    /// Judges a bundle under this node's policy, from the bundle alone.
    ///
    /// # Errors
    /// The reason why it is refused, with its line.
    pub fn judge_bundle(
        &self,
        bytes: &[u8],
    ) -> Result<Judged, comity_recognition::bundle::Refused> {
        let policy = &self.shared.policy;
        let opened = read(bytes, policy)?;
        let verdict = opened.decide(&opened.question, policy);
        Ok(Judged {
            age_seconds: opened.age_seconds(self.shared.clock.now()),
            answer: self.answered(verdict),
        })
    }
}

fn unfit(parameter: &'static str, detail: &str) -> Error {
    Error::Question {
        parameter,
        detail: detail.to_owned(),
    }
}

fn too_much(why: &NotMade) -> Error {
    unfit("record", &why.to_string())
}

impl Shared {
    /// Adds the records that are needed, each with its body and receipts.
    async fn fill(
        &self,
        contents: &mut Contents,
        notes: &mut Notes,
        needed: &[(Arc<EvidenceRecord>, Option<Instant>)],
    ) -> Result<(), Error> {
        let digests: Vec<_> = needed.iter().map(|(r, _)| r.record_digest).collect();
        let bodies = self.store.bodies(&digests).await?;
        // Documents of the federation that came by hand or from peers stand beside the logs.
        let beside = self.store.federation().await?;
        for ((record, received_at), body) in needed.iter().zip(bodies) {
            let given = || {
                let mut rows = beside.iter();
                rows.find(|row| row.digest == record.record_digest)
                    .map(|row| row.body.clone())
            };
            let Some(body) = body.or_else(given) else {
                let digest = hex::encode(record.record_digest);
                let detail = format!("the body of {digest}, on which it rests, is not held here");
                return Err(unfit("record", &detail));
            };
            let receipts = notes
                .receipts(self, record, &mut contents.checkpoints)
                .await?;
            contents.records.push(RecordLine {
                body,
                receipts,
                received_at: *received_at,
            });
        }
        Ok(())
    }
}

/// Signature lines that were looked up for one bundle, by log and size.
#[derive(Default)]
struct Notes(BTreeMap<(String, u64), Vec<SignedNote>>);

impl Notes {
    /// The lines of a head: one for each note that its signatures fill.
    async fn head(&mut self, node: &Shared, head: &LogHead) -> Result<Vec<HeadLine>, Error> {
        let evidence = CheckpointEvidence {
            size: head.size,
            root: head.root,
            lines: head.lines.clone(),
        };
        let (mut fork, mut closed) = (None, None);
        if head.forked {
            let forks = node.store.forks(&head.origin).await?;
            let file = forks.into_iter().next().map(|fork| fork.file);
            fork = file.and_then(|file| String::from_utf8(file).ok());
        }
        let notes = self.notes(node, &head.origin, &evidence).await?;
        if let (true, Some(note)) = (head.closed, notes.first()) {
            let tiles = Tiles::Held(&node.store, &head.origin);
            let index = head.size.saturating_sub(1);
            let receipt = Receipt {
                index,
                hashes: tiles.inclusion(head.size, index).await?,
                note: note.clone(),
            };
            closed = Some(receipt.encode());
        }
        let line = |note: SignedNote| HeadLine {
            closed: closed.clone(),
            fork: fork.clone(),
            head: note.to_string(),
            successor: head.successor.clone().filter(|_| head.closed),
        };
        Ok(notes.into_iter().map(line).collect())
    }

    /// The receipts of a record: for each place under each checkpoint that dates it. Smaller
    /// checkpoints that count go to `smaller`.
    async fn receipts(
        &mut self,
        node: &Shared,
        record: &EvidenceRecord,
        smaller: &mut Vec<String>,
    ) -> Result<Vec<String>, Error> {
        let mut receipts = Vec::new();
        for place in &record.locations {
            for checkpoint in place.checkpoints.iter() {
                let notes = self.notes(node, &place.origin, checkpoint).await?;
                if checkpoint.size <= place.index {
                    smaller.extend(notes.iter().map(ToString::to_string));
                    continue;
                }
                let tiles = Tiles::Held(&node.store, &place.origin);
                let hashes = tiles.inclusion(checkpoint.size, place.index).await?;
                receipts.extend(notes.into_iter().map(|note| {
                    let (index, hashes) = (place.index, hashes.clone());
                    Receipt {
                        index,
                        hashes,
                        note,
                    }
                    .encode()
                }));
            }
        }
        Ok(receipts)
    }

    /// Notes that carry the lines of a checkpoint, as few as may be: a key has one line in each.
    async fn notes(
        &mut self,
        node: &Shared,
        origin: &str,
        checkpoint: &CheckpointEvidence,
    ) -> Result<Vec<SignedNote>, Error> {
        let key = (origin.to_owned(), checkpoint.size);
        if !self.0.contains_key(&key) {
            let found = kept_notes(node, origin, checkpoint.size).await?;
            self.0.insert(key.clone(), found);
        }
        let held = self.0.get(&key).map(Vec::as_slice).unwrap_or_default();
        let packed = pack(node, held, checkpoint);
        if packed.is_empty() {
            let size = checkpoint.size;
            let what = format!("the database lacks the head of {origin} at {size}");
            return Err(Error::Setup(what));
        }
        Ok(packed)
    }
}

/// Puts those lines of `held` that count into notes.
fn pack(node: &Shared, held: &[SignedNote], checkpoint: &CheckpointEvidence) -> Vec<SignedNote> {
    let mut packed: Vec<SignedNote> = Vec::new();
    let mut seen: Vec<&NoteSignature> = Vec::new();
    let of_root = |note: &&SignedNote| {
        Checkpoint::parse(&note.text).is_ok_and(|held| held.root == checkpoint.root)
    };
    let held: Vec<&SignedNote> = held.iter().filter(of_root).collect();
    // The log's own signature, of 64 bytes without a time, stands in every note.
    let of_log = |line: &&NoteSignature| line.blob.len() == LOG_BLOB_BYTES;
    let log = (held.iter()).find_map(|note| {
        let mut lines = note.signatures.iter().filter(of_log);
        lines.find(|line| line.name == origin_of(note)).cloned()
    });
    let Some(log) = log else {
        return packed;
    };
    for note in &held {
        for line in note.signatures.iter().filter(|line| !of_log(line)) {
            let alone = SignedNote {
                text: note.text.clone(),
                signatures: vec![line.clone()],
            };
            let read = node.checkpoints.read(alone.to_string().as_bytes());
            let read = read.map(|read| read.lines).unwrap_or_default();
            let counts = read.iter().any(|time| checkpoint.lines.contains(time));
            if !counts || seen.contains(&line) {
                continue;
            }
            seen.push(line);
            let free = packed.iter_mut().find(|note| {
                let mut others = note.signatures.iter();
                note.signatures.len() < MAX_SERVED_SIGNATURES
                    && !others.any(|other| (&other.name, other.key_id) == (&line.name, line.key_id))
            });
            match free {
                Some(with_room) => with_room.signatures.push(line.clone()),
                None => packed.push(SignedNote {
                    text: note.text.clone(),
                    signatures: vec![log.clone(), line.clone()],
                }),
            }
        }
    }
    if let (true, Some(first)) = (packed.is_empty(), held.first()) {
        packed.push(SignedNote {
            text: first.text.clone(),
            signatures: vec![log],
        });
    }
    packed
}

fn origin_of(note: &SignedNote) -> &str {
    note.text.lines().next().unwrap_or_default()
}

/// Every kept note of that size, and the lines that were collected for it.
async fn kept_notes(node: &Shared, origin: &str, size: u64) -> Result<Vec<SignedNote>, Error> {
    let store = &node.store;
    let mut texts: Vec<Vec<u8>> = Vec::new();
    let newest = store.head(origin).await?;
    texts.extend(
        newest
            .filter(|head| head.size == size)
            .map(|head| head.note),
    );
    let kept = store.notes(origin, size, NOTES_OF_A_SIZE).await?;
    let down = store.notes_down(origin, i64::MAX, size, NOTES_OF_A_SIZE);
    let of_size = kept.into_iter().chain(down.await?);
    let of_size = of_size.filter(|head| head.size == size);
    texts.extend(of_size.map(|head| head.note));
    let parsed = texts.iter().filter_map(|text| SignedNote::parse(text).ok());
    let mut notes: Vec<SignedNote> = parsed.collect();
    let collected = store.cosignatures(origin, size, LINES_OF_A_SIZE).await?;
    let lines = collected.iter().filter(|line| line.size == size);
    let lines = lines.filter_map(|line| NoteSignature::parse(&line.line).ok());
    if let Some(first) = notes.first().cloned() {
        notes.extend(lines.map(|line| SignedNote {
            text: first.text.clone(),
            signatures: vec![line],
        }));
    }
    Ok(notes)
}
