//! The logs of the vectors: one of each economy with the records of the story, and a golden one
//! that is large enough to have a full tile.

use std::collections::BTreeMap;

use comity_signature::digest;
use comity_tlog::bundle;
use comity_tlog::checkpoint::{self, Checkpoint};
use comity_tlog::entry::Entry;
use comity_tlog::note::{NoteSigner, SignedNote};
use comity_tlog::receipt::Receipt;
use comity_tlog::tile::{Tile, TileReader, TileWriter};
use comity_tlog::tree::{self, leaf_hash};

use super::story::{Signed, seed};

/// Origin of Norda's log.
pub(crate) const NORDA_LOG: &str = "nqi.norda.example/log/2026";
/// Origin of Suda's log.
pub(crate) const SUDA_LOG: &str = "authority.suda.example/log/2026";
/// Origin of the golden log.
pub(crate) const GOLDEN_LOG: &str = "golden.norda.example/log/2026";
/// Name of the mirror that Norda runs.
pub(crate) const NORDA_MIRROR: &str = "mirror.norda.example";
/// Name of the mirror that Suda runs.
pub(crate) const SUDA_MIRROR: &str = "mirror.suda.example";
/// Entries of the golden log.
pub(crate) const GOLDEN_SIZE: usize = 300;
/// Sizes at which the golden log was signed.
const GOLDEN_HEADS: [usize; 5] = [1, 7, 200, 256, GOLDEN_SIZE];

/// 2026-01-13T09:00:00Z.
const FIRST_HEAD_UNIX: u64 = 1_768_294_800;
const DAY_SECONDS: u64 = 86_400;

/// The three keys that sign the heads of one log.
pub(crate) struct Signers {
    /// The log's own key, type 0x01.
    pub(crate) log: NoteSigner,
    /// The same key as a cosigner, type 0x04: the line by which a log dates itself.
    pub(crate) own: NoteSigner,
    /// The mirror of the other economy.
    pub(crate) mirror: NoteSigner,
}

impl Signers {
    pub(crate) fn of(origin: &str, mirror: &str) -> Self {
        let key = seed(&format!("log {origin}"));
        Self {
            log: NoteSigner::log(origin, &key).unwrap(),
            own: NoteSigner::cosigner(origin, &key).unwrap(),
            mirror: NoteSigner::cosigner(mirror, &seed(&format!("mirror {mirror}"))).unwrap(),
        }
    }

    /// A head as it is served: the log's line, its own dated line, the mirror's a minute later.
    fn sign(&self, head: &Checkpoint, time_unix: u64) -> SignedNote {
        let lines = [
            self.own.cosign(head, time_unix).unwrap(),
            self.mirror.cosign(head, time_unix + 60).unwrap(),
        ];
        checkpoint::served(head, self.log.sign(head).unwrap(), lines).unwrap()
    }
}

/// The signers of each log by its origin.
pub(crate) fn signers() -> [(&'static str, Signers); 3] {
    [
        (NORDA_LOG, Signers::of(NORDA_LOG, SUDA_MIRROR)),
        (SUDA_LOG, Signers::of(SUDA_LOG, NORDA_MIRROR)),
        (GOLDEN_LOG, Signers::of(GOLDEN_LOG, SUDA_MIRROR)),
    ]
}

/// A log under construction.
struct TestLog {
    signers: Signers,
    entries: Vec<Vec<u8>>,
    bodies: Vec<Option<Vec<u8>>>,
    heads: BTreeMap<String, SignedNote>,
}

impl TestLog {
    fn new(signers: Signers) -> Self {
        Self {
            signers,
            entries: Vec::new(),
            bodies: Vec::new(),
            heads: BTreeMap::new(),
        }
    }

    fn publish(&mut self, record: &Signed) {
        self.entries.push(entry(record).encode());
        self.bodies.push(Some(record.bytes.clone()));
    }

    fn anchor(&mut self, head: &SignedNote) {
        self.entries.push(Entry::anchor(head).unwrap().encode());
        self.bodies.push(None);
    }

    /// Signs the head that the log has now and keeps it as `checkpoint.<size>`.
    fn sign(&mut self, time_unix: u64) -> SignedNote {
        let head = self.head();
        let note = self.signers.sign(&head, time_unix);
        self.heads
            .insert(format!("checkpoint.{}", head.size), note.clone());
        note
    }

    fn head(&self) -> Checkpoint {
        let mut writer = TileWriter::new();
        writer.append(&self.leaves()).unwrap();
        Checkpoint {
            origin: self.signers.log.vkey().name().to_owned(),
            size: writer.size(),
            root: writer.root(),
        }
    }

    fn leaves(&self) -> Vec<[u8; 32]> {
        self.entries.iter().map(|entry| leaf_hash(entry)).collect()
    }

    fn tiles(&self) -> Vec<Tile> {
        TileWriter::new().append(&self.leaves()).unwrap()
    }

    /// The receipt of one entry under a head of the log as it is now.
    fn receipt(&self, index: u64, note: &SignedNote) -> String {
        let tiles = self.tiles();
        let size = self.entries.len() as u64;
        let mut reader = TileReader::new(size, |id| {
            let tile = tiles.iter().find(|tile| tile.id == id).unwrap();
            Ok::<_, comity_tlog::Error>(tile.to_bytes())
        });
        let proof = tree::prove_inclusion(index, size, |level, at| reader.hash(level, at)).unwrap();
        let note = note.clone();
        Receipt {
            index,
            hashes: proof.hashes,
            note,
        }
        .encode()
    }

    /// Every file of the log, by its path below the log's prefix.
    fn files(&self, newest: &SignedNote) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        files.insert("checkpoint".to_owned(), newest.to_string().into_bytes());
        for (name, note) in &self.heads {
            files.insert(name.clone(), note.to_string().into_bytes());
        }
        for tile in self.tiles() {
            files.insert(tile.id.path(), tile.to_bytes());
        }
        for id in bundle::bundles(0, self.entries.len() as u64) {
            let first = usize::try_from(id.index).unwrap() * 256;
            let held = &self.entries[first..first + usize::from(id.width)];
            files.insert(id.path(), bundle::encode(held).unwrap());
            let bodies = &self.bodies[first..first + usize::from(id.width)];
            files.insert(format!("records/{}", id.index), body_lines(bodies));
        }
        files
    }
}

/// Bodies in the order of the entries, one a line, `null` where there is none.
fn body_lines(bodies: &[Option<Vec<u8>>]) -> Vec<u8> {
    let mut lines = Vec::new();
    for body in bodies {
        lines.extend_from_slice(body.as_deref().unwrap_or(b"null"));
        lines.push(b'\n');
    }
    lines
}

/// The entry of a record.
pub(crate) fn entry(record: &Signed) -> Entry {
    let length = record.bytes.len() as u64;
    Entry::record(record.kind.name(), record.record_digest(), length).unwrap()
}

/// The files of both logs of the story, with receipts and single entries, by path.
pub(crate) fn story_logs(records: &[Signed]) -> BTreeMap<String, Vec<u8>> {
    let [(_, norda), (_, suda), _] = signers();
    let record = |file: &str| records.iter().find(|record| record.file == file).unwrap();
    let mut norda = TestLog::new(norda);
    let mut suda = TestLog::new(suda);
    // Published, and the day after the first head on which that was signed.
    let before_the_anchor = [
        ("registration-accreditation-body.json", None),
        ("registration-laboratory.json", Some(0)),
        ("competence-grant.json", Some(1)),
        ("arrangement.json", Some(20)),
        ("attestation-imported.json", None),
        ("attestation.json", Some(62)),
    ];
    for (file, day) in before_the_anchor {
        norda.publish(record(file));
        day.map(|day| norda.sign(FIRST_HEAD_UNIX + day * DAY_SECONDS));
    }
    suda.publish(record("participation-norda.json"));
    suda.publish(record("participation-suda.json"));
    suda.sign(FIRST_HEAD_UNIX + 28 * DAY_SECONDS);

    let anchored = norda.heads["checkpoint.6"].clone();
    norda.anchor(&anchored);
    suda.anchor(&anchored);
    let after_the_anchor = [
        ("status-event-suspend.json", 136),
        ("status-event-reinstate.json", 168),
        ("key-revocation.json", 231),
    ];
    for (file, day) in after_the_anchor {
        norda.publish(record(file));
        norda.sign(FIRST_HEAD_UNIX + day * DAY_SECONDS);
    }
    let last = FIRST_HEAD_UNIX + 232 * DAY_SECONDS;
    let norda_head = norda.signers.sign(&norda.head(), last);
    let suda_head = suda.sign(last);

    let mut files = BTreeMap::new();
    for (folder, log, head) in [
        ("log-norda", &norda, &norda_head),
        ("log-suda", &suda, &suda_head),
    ] {
        for (path, bytes) in log.files(head) {
            files.insert(format!("{folder}/{path}"), bytes);
        }
    }
    let receipt = norda.receipt(5, &norda_head).into_bytes();
    files.insert("attestation.tlog-proof".to_owned(), receipt);
    let receipt = suda.receipt(1, &suda_head).into_bytes();
    files.insert("participation-suda.tlog-proof".to_owned(), receipt);
    let successor = NoteSigner::log(
        "nqi.norda.example/log/2027",
        &seed("log nqi.norda.example/log/2027"),
    );
    let closed = Entry::closed(successor.unwrap().vkey().clone()).unwrap();
    files.insert("entries/record.entry".to_owned(), norda.entries[5].clone());
    files.insert("entries/anchor.entry".to_owned(), norda.entries[6].clone());
    files.insert("entries/closed.entry".to_owned(), closed.encode());
    files
}

/// Every file of the golden log, by its path below the log's prefix.
pub(crate) fn golden_log() -> BTreeMap<String, Vec<u8>> {
    let [_, _, (_, signers)] = signers();
    let mut log = TestLog::new(signers);
    let mut newest = None;
    for number in 0..GOLDEN_SIZE {
        let digest = digest::sha256(format!("golden log, record {number}").as_bytes());
        let length = 1_000 + number as u64;
        log.entries.push(
            Entry::record("Attestation", digest, length)
                .unwrap()
                .encode(),
        );
        log.bodies.push(None);
        if GOLDEN_HEADS.contains(&(number + 1)) {
            newest = Some(log.sign(FIRST_HEAD_UNIX + number as u64 * 60));
        }
    }
    let mut files = log.files(&newest.unwrap());
    files.retain(|path, _| !path.starts_with("records/"));
    files
}
