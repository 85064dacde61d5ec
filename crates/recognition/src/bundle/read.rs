//! Reading a bundle: line by line, every one verified before anything is believed.

use std::collections::BTreeMap;
use std::sync::Arc;

use comity_model::date::Instant;
use comity_model::record::{Kind, kind_of};
use comity_model::reference::Identity;
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity::AdmittedKeys;
use comity_signature::digest;
use comity_tlog::entry::Entry;

use super::history::one_history;
use super::line::{CheckpointLine, HeadLine, Header, RecordLine, exact};
use super::places::Keys;
use super::statement::{HeadStated, Signed, Statement};
use super::write::{place_of, receipt_key};
use super::{MAX_BUNDLE_BYTES, MAX_NOTES, MAX_RECORDS, Refused, digest_without, statement_id};
use crate::decide::decide;
use crate::evidence::{
    CheckpointEvidence, CosignatureTime, Digest, Evidence, EvidenceRecord, Location, LogHead,
    NoStatement,
};
use crate::policy::Policy;
use crate::question::{Question, Selector};
use crate::trust_graph::TrustGraph;
use crate::verdict::Verdict;

/// A bundle that was verified.
#[derive(Debug)]
pub struct Opened {
    /// The question for which it was made. Another product, or another legal day up to `known_at`,
    /// may be asked about as well.
    pub question: Question,
    /// DID of the authority whose node made it, as it says itself.
    pub made_by: String,
    /// Digest of the policy under which it was chosen, in hex, as it says itself.
    pub policy_digest: String,
    /// Its records, in the order of their digests.
    pub records: Vec<Arc<EvidenceRecord>>,
    /// The heads of logs that the reader's policy pins.
    pub heads: Vec<LogHead>,
    /// Every head in it, pinned or not.
    pub heads_named: Vec<HeadStated>,
    /// What its status statement says and which key signed it, where there is one.
    pub statement: Option<(Statement, String)>,
    trust: TrustGraph,
    /// What is wrong with the statement whatever is asked.
    fault: Option<NoStatement>,
}

impl Opened {
    /// Answers `question` from the bundle alone, under the policy it was read with.
    pub fn decide(&self, question: &Question, policy: &Policy) -> Verdict {
        decide(
            question,
            &self.evidence(question, self.no_statement(question)),
            policy,
        )
    }

    /// As [`Self::decide`], for its maker: whether its own key counts is for others to say.
    pub fn decide_as_maker(&self, question: &Question, policy: &Policy) -> Verdict {
        let why = self.no_statement(question);
        let why = why.filter(|why| *why != NoStatement::SignerNotListed);
        decide(question, &self.evidence(question, why), policy)
    }

    /// Why its statement does not cover `question`; `None` if it does.
    pub fn no_statement(&self, question: &Question) -> Option<NoStatement> {
        let Some((statement, _)) = &self.statement else {
            return Some(NoStatement::Missing);
        };
        let records: Vec<Digest> = self.records.iter().map(|r| r.record_digest).collect();
        let misfit = statement.misfit(question, &records, &self.heads_named);
        misfit.or(self.fault)
    }

    /// Seconds since what it knows was known.
    pub fn age_seconds(&self, now: Instant) -> i64 {
        now.seconds() - self.question.known_at.seconds()
    }

    fn evidence(&self, question: &Question, no_statement: Option<NoStatement>) -> Evidence<'_> {
        let asked = |record: &Arc<EvidenceRecord>| fits(record, &question.record);
        let of_kind = |record: &Arc<EvidenceRecord>, kind: Kind| {
            (record.record.as_ref()).is_ok_and(|read| read.kind() == kind)
        };
        let chosen = |keep: &dyn Fn(&Arc<EvidenceRecord>) -> bool| {
            let kept = self.records.iter().filter(|record| keep(record));
            kept.cloned().collect::<Vec<_>>()
        };
        Evidence {
            candidates: chosen(&asked),
            revisions: chosen(&|record| !asked(record) && of_kind(record, Kind::Attestation)),
            events: chosen(&|record| of_kind(record, Kind::StatusEvent)),
            reports: chosen(&|record| {
                // The record asked about is no report on itself.
                !asked(record)
                    && (of_kind(record, Kind::Attestation) || of_kind(record, Kind::Commitment))
            }),
            issued: Vec::new(),
            unread: crate::evidence::Unread::default(),
            trust: &self.trust,
            heads: &self.heads,
            taken_down: Vec::new(),
            held_of_issuer: None,
            no_statement,
        }
    }
}

fn fits(record: &EvidenceRecord, selector: &Selector) -> bool {
    let identity: Option<Identity> = record.identity();
    match selector {
        Selector::Identity(asked) => identity.as_ref() == Some(asked),
        Selector::Id(id) => identity.is_some_and(|identity| identity.id == *id),
        Selector::RecordDigest(digest) => hex::encode(record.record_digest) == *digest,
        Selector::Number { .. } => false,
    }
}

/// The lines of a bundle, each with its number, by what they are.
#[derive(Default)]
pub(super) struct Lines<'b> {
    pub(super) heads: Vec<(usize, HeadLine)>,
    checkpoints: Vec<(usize, String)>,
    pub(super) records: Vec<(usize, RecordLine)>,
    statement: Option<(usize, &'b [u8])>,
    /// Bytes of all lines before the statement.
    before_statement: usize,
}

/// How the line of a head begins.
const HEAD_STARTS: [&[u8]; 3] = [b"{\"closed\":", b"{\"fork\":", b"{\"head\":"];

/// Verifies a bundle under the reader's policy.
///
/// # Errors
/// [`Refused`] with the line and what is wrong there. A statement that is missing, or not about
/// the question, refuses nothing: see [`Opened::no_statement`].
pub fn read(bytes: &[u8], policy: &Policy) -> Result<Opened, Refused> {
    if bytes.len() > MAX_BUNDLE_BYTES {
        let reason = format!("a bundle has at most {MAX_BUNDLE_BYTES} bytes");
        return Err(Refused::new(1, "header", reason));
    }
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (first, _) = bytes.split_at(end.unwrap_or(bytes.len()));
    let (digest, header) = Header::read(first)?;
    let lines = Lines::split(bytes)?;
    // Lists and key lists count by their signatures and the policy's digest, and say by which keys
    // the receipts of all others are verified.
    let federal = federal(&lines);
    let resolved = policy.resolve(&federal, header.question.known_at);
    let (heads, heads_named, keys) = read_heads(&lines, &resolved)?;
    let smaller = read_checkpoints(&lines, &keys)?;
    let records = read_records(&lines, &keys, &smaller, header.question.known_at)?;
    one_history(&lines, &heads, &smaller, &records)?;
    let signed = match lines.statement {
        Some((number, line)) => {
            Some(Signed::read(line).map_err(|reason| Refused::new(number, "statement", reason))?)
        }
        None => None,
    };
    // What stands between the header's brace with its digest and the end, as it was hashed.
    let skipped = super::BEFORE_DIGEST.len() + 64 + super::AFTER_DIGEST.len();
    let after = bytes.get(skipped..).unwrap_or_default();
    let before_statement = lines.before_statement.saturating_sub(skipped);
    let id = statement_id(after.get(..before_statement).unwrap_or_default());
    let opened = Opened {
        trust: TrustGraph::build(records.iter().cloned()),
        fault: signed
            .as_ref()
            .and_then(|signed| fault(signed, &header, &id, &resolved)),
        statement: signed.as_ref().map(|signed| {
            let key = signed.key().unwrap_or_default();
            (signed.statement.clone(), key)
        }),
        question: header.question,
        made_by: header.made_by,
        policy_digest: header.policy_digest,
        records,
        heads,
        heads_named,
    };
    if digest_without(after) != digest::from_hex(digest).unwrap_or_default() {
        return Err(damaged(
            &opened,
            &lines,
            signed.is_some_and(|signed| signed.id == id),
        ));
    }
    Ok(opened)
}

/// The federation lists and key lists in it, by themselves.
fn federal(lines: &Lines<'_>) -> TrustGraph {
    let of_federation = |record: &&(usize, RecordLine)| {
        matches!(
            kind_of(&record.1.body),
            Ok(Kind::FederationList | Kind::MemberKeys)
        )
    };
    let records = lines.records.iter().filter(of_federation);
    TrustGraph::build(
        records.map(|(_, line)| Arc::new(EvidenceRecord::examine(&line.body, Vec::new(), None))),
    )
}

/// What is wrong with a statement whatever is asked.
fn fault(signed: &Signed, header: &Header, id: &str, policy: &Policy) -> Option<NoStatement> {
    let at = signed.statement.known_at;
    let listed = signed
        .key()
        .is_some_and(|key| policy.is_status_signer(&key, at));
    if !listed {
        Some(NoStatement::SignerNotListed)
    } else if signed.id != id || signed.issuer != header.made_by {
        Some(NoStatement::OtherContents)
    } else {
        None
    }
}

/// A file whose lines all hold, and whose digest does not: names what was changed.
fn damaged(opened: &Opened, lines: &Lines<'_>, before_holds: bool) -> Refused {
    if before_holds {
        return Refused::new(1, "header", "the digest is not that of the file");
    }
    let listed = |digest: Digest| {
        let Some((statement, _)) = &opened.statement else {
            return true;
        };
        let text = digest::to_multibase(digest);
        statement.record_digests.binary_search(&text).is_ok()
    };
    for (number, line) in &lines.records {
        let digest = digest::record_digest(&line.body);
        let record = opened.records.iter().find(|r| r.record_digest == digest);
        let signed = record.is_some_and(|record| record.signatures.is_ok());
        if !signed || !listed(digest) {
            let reason = if signed {
                "it is not one that the statement lists, and the file was changed"
            } else {
                "its signature does not hold, and the file was changed"
            };
            return Refused::new(*number, "record", reason);
        }
    }
    let reason = match opened.no_statement(&opened.question) {
        Some(
            why @ (NoStatement::OtherRecord
            | NoStatement::OtherDestination
            | NoStatement::OtherDay
            | NoStatement::OtherMoment),
        ) => format!("the question was changed: {}", why.words()),
        _ => "the digest is not that of the file: it was changed after it was made".to_owned(),
    };
    Refused::new(1, "header", reason)
}

impl<'b> Lines<'b> {
    /// Splits a file into its lines, which stand in one order.
    fn split(bytes: &'b [u8]) -> Result<Self, Refused> {
        let Some(body) = bytes.strip_suffix(b"\n") else {
            let last = bytes.split(|byte| *byte == b'\n').count();
            return Err(Refused::new(last, "end", "the last line has no line end"));
        };
        let mut lines = Self::default();
        let mut offset = 0;
        for (at, line) in body.split(|byte| *byte == b'\n').enumerate() {
            let number = at + 1;
            if lines.statement.is_some() {
                let reason = "a line follows the status statement, which is the last";
                return Err(Refused::new(number, "line", reason));
            }
            if at > 0 {
                lines.take(number, line)?;
            }
            if lines.statement.is_none() {
                offset += line.len() + 1;
            }
        }
        lines.before_statement = offset;
        Ok(lines)
    }

    fn take(&mut self, number: usize, line: &'b [u8]) -> Result<(), Refused> {
        let misplaced = |what, reason| Err(Refused::new(number, what, reason));
        if line.starts_with(b"{\"@context\":") {
            self.statement = Some((number, line));
        } else if line.starts_with(b"{\"body\":") {
            if self.records.len() >= MAX_RECORDS {
                return misplaced("record", format!("more than {MAX_RECORDS} records"));
            }
            self.records.push((number, RecordLine::read(line, number)?));
        } else if !self.records.is_empty() {
            return misplaced(
                "line",
                "expected a record or the status statement".to_owned(),
            );
        } else if line.starts_with(b"{\"checkpoint\":") {
            if self.checkpoints.len() >= MAX_NOTES {
                return misplaced("checkpoint", format!("more than {MAX_NOTES} checkpoints"));
            }
            let read: CheckpointLine =
                exact(line).map_err(|reason| Refused::new(number, "checkpoint", reason))?;
            self.checkpoints.push((number, read.checkpoint));
        } else if HEAD_STARTS.iter().any(|start| line.starts_with(start)) {
            if self.heads.len() >= MAX_NOTES || !self.checkpoints.is_empty() {
                let reason = format!("at most {MAX_NOTES} heads, before the checkpoints");
                return misplaced("head", reason);
            }
            let read = exact(line).map_err(|reason| Refused::new(number, "head", reason))?;
            self.heads.push((number, read));
        } else {
            return misplaced("line", "it is no line of a bundle".to_owned());
        }
        Ok(())
    }
}

/// The heads, those that the policy pins verified.
fn read_heads(
    lines: &Lines<'_>,
    policy: &Policy,
) -> Result<(Vec<LogHead>, Vec<HeadStated>, Keys), Refused> {
    let refused = |(number, reason): (usize, String)| Refused::new(number, "head", reason);
    let mut keys = Keys::of(policy);
    keys.follow(&lines.heads).map_err(refused)?;
    let mut heads: Vec<LogHead> = Vec::new();
    let mut named: Vec<HeadStated> = Vec::new();
    let mut last: Option<(HeadStated, &str)> = None;
    for (number, line) in &lines.heads {
        let place = place_of(&line.head).map_err(|error| refused((*number, error.to_string())))?;
        let this = (place.clone(), line.head.as_str());
        if last.as_ref().is_some_and(|last| *last >= this) {
            return Err(refused((*number, "the heads are not in order".to_owned())));
        }
        last = Some(this);
        let head = keys
            .head(line)
            .map_err(|reason| refused((*number, reason)))?;
        if let Some(head) = head {
            add_head(&mut heads, head);
        }
        if named.last() != Some(&place) {
            named.push(place);
        }
    }
    Ok((heads, named, keys))
}

/// Checkpoints of a log by origin, those that the policy pins.
pub(super) type Smaller = BTreeMap<String, Vec<CheckpointEvidence>>;

fn read_checkpoints(lines: &Lines<'_>, keys: &Keys) -> Result<Smaller, Refused> {
    let mut smaller = Smaller::new();
    let mut last: Option<(HeadStated, &str)> = None;
    for (number, text) in &lines.checkpoints {
        let refused = |reason: String| Refused::new(*number, "checkpoint", reason);
        let place = place_of(text).map_err(|error| refused(error.to_string()))?;
        let this = (place, text.as_str());
        if last.as_ref().is_some_and(|last| *last >= this) {
            return Err(refused("the checkpoints are not in order".to_owned()));
        }
        last = Some(this);
        let noted = keys.note(text).map_err(refused)?;
        let held = smaller.entry(noted.origin).or_default();
        held.extend(noted.evidence);
    }
    Ok(smaller)
}

fn read_records(
    lines: &Lines<'_>,
    keys: &Keys,
    smaller: &Smaller,
    known_at: Instant,
) -> Result<Vec<Arc<EvidenceRecord>>, Refused> {
    let mut admitted = AdmittedKeys::new();
    let mut records: Vec<Arc<EvidenceRecord>> = Vec::with_capacity(lines.records.len());
    for (number, line) in &lines.records {
        let refused = |reason: String| Refused::new(*number, "record", reason);
        let body = &line.body;
        if let Err(error) = canonical::check(body, &Limits::default()) {
            return Err(refused(format!("its body is not canonical: {error}")));
        }
        if line.received_at.is_some_and(|received| received > known_at) {
            return Err(refused("it was received after what is known".to_owned()));
        }
        let places = places(line, keys, smaller).map_err(refused)?;
        let received = line.received_at.unwrap_or(known_at);
        let record = EvidenceRecord::examine_with(body, places, Some(received), &mut admitted);
        if records
            .last()
            .is_some_and(|last| last.record_digest >= record.record_digest)
        {
            return Err(refused("the records are not in order".to_owned()));
        }
        records.push(Arc::new(record));
    }
    Ok(records)
}

/// Where a record stands, by its receipts; with the smaller checkpoints of those logs.
fn places(line: &RecordLine, keys: &Keys, smaller: &Smaller) -> Result<Vec<Location>, String> {
    let mut places: BTreeMap<(String, u64), Vec<CheckpointEvidence>> = BTreeMap::new();
    let mut last = None;
    let digest = digest::record_digest(&line.body);
    for text in &line.receipts {
        let this = receipt_key(text).map_err(|error| error.to_string())?;
        let this = (this, text);
        if last.as_ref().is_some_and(|last| *last >= this) {
            return Err("its receipts are not in order".to_owned());
        }
        let kind = kind_of(&line.body).map_err(|error| error.to_string())?;
        let entry = Entry::record(kind.name(), digest, line.body.len() as u64)
            .map_err(|error| error.to_string())?;
        let proven = keys
            .receipt(text, &entry)
            .map_err(|reason| format!("its receipt of {} does not prove it: {reason}", this.0.0))?;
        last = Some(this);
        let held = places.entry((proven.origin, proven.index)).or_default();
        held.extend(proven.evidence);
    }
    let located = places
        .into_iter()
        .map(|((origin, index), mut checkpoints)| {
            let below = smaller.get(&origin).into_iter().flatten();
            checkpoints.extend(below.filter(|one| one.size <= index).cloned());
            checkpoints.sort_by_key(|checkpoint| checkpoint.size);
            Location {
                origin: origin.into(),
                index,
                checkpoints: checkpoints.into(),
            }
        });
    Ok(located.collect())
}

/// Adds a head. Lines on one head may fill several notes, because a key has one line in each.
fn add_head(heads: &mut Vec<LogHead>, head: LogHead) {
    let is_same = |held: &&mut LogHead| {
        (&held.origin, held.size, held.root) == (&head.origin, head.size, head.root)
    };
    match heads.last_mut().filter(is_same) {
        Some(last) => {
            last.closed |= head.closed;
            last.forked |= head.forked;
            last.successor = last.successor.take().or(head.successor);
            add_lines(&mut last.lines, head.lines);
        }
        None => heads.push(head),
    }
}

fn add_lines(held: &mut Vec<CosignatureTime>, more: Vec<CosignatureTime>) {
    for line in more {
        if !held.contains(&line) {
            held.push(line);
        }
    }
}
