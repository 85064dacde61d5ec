//! Writing a bundle: every list in its order, so that the same contents are the same bytes.

use comity_signature::digest;
use comity_signature::key::SigningKey;
use comity_tlog::checkpoint::Checkpoint;
use comity_tlog::note::SignedNote;
use comity_tlog::receipt::Receipt;

use super::line::{CheckpointLine, HeadLine, Header, RecordLine};
use super::statement::{HeadStated, Statement};
use super::{
    AFTER_DIGEST, BEFORE_DIGEST, FORMAT, MAX_BUNDLE_BYTES, MAX_NOTES, MAX_RECORDS, digest_without,
    statement_id,
};
use crate::evidence::Digest;
use crate::question::Question;

/// What is put into a bundle.
#[derive(Clone, Debug)]
pub struct Contents {
    /// DID of the authority whose node makes it; also who states that nothing else bears on it.
    pub made_by: String,
    /// The policy under which it was chosen.
    pub policy_digest: Digest,
    /// The question; its record is named in full.
    pub question: Question,
    /// The heads of the logs looked through.
    pub heads: Vec<HeadLine>,
    /// Smaller checkpoints that matter for times, as notes.
    pub checkpoints: Vec<String>,
    /// Everything that bears on the question.
    pub records: Vec<RecordLine>,
}

/// Why a bundle was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bundle cannot be made: {0}")]
pub struct NotMade(String);

impl NotMade {
    /// For that reason.
    pub fn of(reason: impl std::fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

/// The bytes of a bundle, its statement signed with `key`; without one, a bundle that proves
/// nothing of what is not in it.
///
/// # Errors
/// [`NotMade`] for contents beyond a limit, receipts or notes that cannot be read, a question
/// that names no record in full.
pub fn encode(mut contents: Contents, key: Option<&SigningKey>) -> Result<Vec<u8>, NotMade> {
    let most = contents.heads.len().max(contents.checkpoints.len());
    if contents.records.len() > MAX_RECORDS || most > MAX_NOTES {
        return Err(NotMade::of(format!(
            "it needs {} records and {most} checkpoints; at most {MAX_RECORDS} and {MAX_NOTES} fit",
            contents.records.len()
        )));
    }
    contents.question.file_number = None;
    let header = Header {
        format: FORMAT.to_owned(),
        made_by: contents.made_by.clone(),
        policy_digest: hex::encode(contents.policy_digest),
        question: contents.question.clone(),
    };
    let mut after = header.after_digest().map_err(NotMade::of)?;
    let mut stated = Vec::new();
    let mut heads = Vec::new();
    for head in contents.heads {
        let place = place_of(&head.head)?;
        stated.push(place.clone());
        heads.push((place, head));
    }
    heads.sort_by(|one, other| (&one.0, &one.1.head).cmp(&(&other.0, &other.1.head)));
    heads.dedup();
    for (_, head) in &heads {
        push(&mut after, head)?;
    }
    let mut checkpoints = Vec::new();
    for checkpoint in contents.checkpoints {
        checkpoints.push((place_of(&checkpoint)?, checkpoint));
    }
    checkpoints.sort_unstable();
    checkpoints.dedup();
    for (_, checkpoint) in checkpoints {
        push(&mut after, &CheckpointLine { checkpoint })?;
    }
    let mut records: Vec<(Digest, RecordLine)> = (contents.records.into_iter())
        .map(|record| (digest::record_digest(&record.body), record))
        .collect();
    records.sort_by_key(|(digest, _)| *digest);
    records.dedup_by_key(|(digest, _)| *digest);
    for (_, record) in &mut records {
        sort_receipts(&mut record.receipts)?;
        after.extend(record.write().map_err(NotMade::of)?);
        after.push(b'\n');
    }
    if let Some(key) = key {
        let digests: Vec<Digest> = records.iter().map(|(digest, _)| *digest).collect();
        let statement = Statement::of(&contents.question, &digests, stated)
            .ok_or_else(|| NotMade::of("the question names no record in full"))?;
        let id = statement_id(&after);
        after.extend(statement.sign(id, &contents.made_by, key)?);
        after.push(b'\n');
    }
    let digest = hex::encode(digest_without(&after));
    let mut bundle = Vec::with_capacity(after.len() + 80);
    for part in [BEFORE_DIGEST, &digest, AFTER_DIGEST] {
        bundle.extend_from_slice(part.as_bytes());
    }
    bundle.extend(after);
    if bundle.len() > MAX_BUNDLE_BYTES {
        return Err(NotMade::of(format!(
            "it would have {} bytes; at most {MAX_BUNDLE_BYTES} fit",
            bundle.len()
        )));
    }
    Ok(bundle)
}

fn push(after: &mut Vec<u8>, line: &impl serde::Serialize) -> Result<(), NotMade> {
    let line = comity_signature::canonical::to_canonical(line).map_err(NotMade::of)?;
    after.extend(line);
    after.push(b'\n');
    Ok(())
}

/// What a note is about.
pub(super) fn place_of(note: &str) -> Result<HeadStated, NotMade> {
    let note = SignedNote::parse(note.as_bytes()).map_err(NotMade::of)?;
    let checkpoint = Checkpoint::parse(&note.text).map_err(NotMade::of)?;
    Ok(HeadStated {
        origin: checkpoint.origin,
        size: checkpoint.size,
        root: hex::encode(checkpoint.root),
    })
}

fn sort_receipts(receipts: &mut Vec<String>) -> Result<(), NotMade> {
    let mut keyed = Vec::with_capacity(receipts.len());
    for text in receipts.drain(..) {
        keyed.push((receipt_key(&text)?, text));
    }
    keyed.sort_unstable();
    keyed.dedup();
    receipts.extend(keyed.into_iter().map(|(_, text)| text));
    Ok(())
}

/// By what receipts of one record are sorted: log, index, size.
pub(super) fn receipt_key(text: &str) -> Result<(String, u64, u64), NotMade> {
    let receipt = Receipt::parse(text.as_bytes()).map_err(NotMade::of)?;
    let checkpoint = Checkpoint::parse(&receipt.note.text).map_err(NotMade::of)?;
    Ok((checkpoint.origin, receipt.index, checkpoint.size))
}
