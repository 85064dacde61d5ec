//! What must hold after every step, whatever the network did; and whether all agree.
//!
//! The truth about a log is what its own node holds, read again after every step. It may only grow,
//! and everything that anybody says about the log is compared with it.

use std::collections::{BTreeMap, BTreeSet};

use comity_signature::digest::record_digest;
use comity_tlog::Hash;
use comity_tlog::bundle::{self, bundles};
use comity_tlog::checkpoint::{self, Checkpoint, cosignatures};
use comity_tlog::entry::Entry;
use comity_tlog::note::{SignedNote, Vkey};
use comity_tlog::origin::{log_id, mirror_path};
use comity_tlog::tree::{EMPTY_ROOT, Tree, leaf_hash};

use super::network::Network;
use super::world::{Acknowledged, Economy};

/// A log as its own node holds it.
#[derive(Default)]
struct Truth {
    entries: Vec<Vec<u8>>,
    /// The root at each size, from none on.
    roots: Vec<Hash>,
    tree: Tree,
}

/// What was seen so far.
#[derive(Default)]
pub(super) struct Checks {
    logs: Vec<Truth>,
    /// The size of the head that a node showed last, by node and log.
    shown: BTreeMap<(usize, usize), u64>,
    /// How much of a log a mirror was seen to hold, by mirror and log.
    held: BTreeMap<(usize, usize), u64>,
    /// How many acknowledgements were found true.
    kept: usize,
}

impl Checks {
    /// Fails unless everything holds; only the nodes that stirred can have changed anything.
    pub(super) async fn hold(
        &mut self,
        network: &Network,
        economies: &[Economy],
        acknowledged: &[Acknowledged],
        stirred: &BTreeSet<usize>,
    ) {
        self.logs.resize_with(economies.len(), Truth::default);
        // What was said first, then what mirrors hold, then the truth: a node that waits for an
        // answer may go on in between, and by then whatever it said must be backed.
        let heard = network.heard();
        let said = heads(network, economies, stirred).await;
        let shown = heads(network, economies, stirred).await;
        for &at in stirred {
            let truth = &mut self.logs[at];
            truth.grows(network, at, &economies[at].config.log).await;
        }
        for (at, of, note) in &shown {
            let size = self.agrees_with_the_truth(economies, *of, note);
            let before = self.shown.insert((*at, *of), size).unwrap_or(0);
            assert!(
                size >= before,
                "{at} showed {before} of {of}, and now {size}"
            );
            if at != of {
                self.mirrors(network, economies, (*at, *of), size).await;
            }
        }
        for (_, of, note) in said {
            self.agrees_with_the_truth(economies, of, &note);
            self.lines_are_backed(economies, of, &note);
        }
        for heard in heard {
            let origin = SignedNote::parse(&heard.note).unwrap().text;
            let of = economies
                .iter()
                .position(|economy| origin.starts_with(&format!("{}\n", economy.config.origin())));
            let of = of.unwrap_or_else(|| panic!("{} speaks of {origin}", heard.from));
            self.agrees_with_the_truth(economies, of, &heard.note);
            self.lines_are_backed(economies, of, &heard.note);
        }
        for record in &acknowledged[self.kept..] {
            self.is_logged(record);
        }
        self.kept = acknowledged.len();
    }

    /// In what the nodes do not agree yet.
    pub(super) async fn disagreement(
        &self,
        network: &Network,
        economies: &[Economy],
    ) -> Option<String> {
        let needed = comity_tlog::time::lines_needed(economies.len() - 1, None).unwrap();
        for of in 0..economies.len() {
            let size = self.logs[of].entries.len() as u64;
            for at in 0..economies.len() {
                let shown = self.shown.get(&(at, of)).copied();
                if shown != Some(size) {
                    return Some(format!("{at} shows {shown:?} of the {size} of {of}"));
                }
            }
            let answer = network
                .asks_directly(of, &head_path(economies, of, of))
                .await;
            let note = SignedNote::parse(&answer.body).unwrap();
            let lines = cosignatures(&note, &mirrors_of(economies, of)).len();
            if lines < needed {
                return Some(format!("{of} has {lines} lines of {needed} at {size}"));
            }
        }
        for at in 0..economies.len() {
            let logs = network.asks_directly(at, "/v1/logs").await.json().unwrap();
            let logs = logs["items"].as_array().unwrap();
            if logs.len() != economies.len() || logs.iter().any(|log| log["quorum"] != true) {
                return Some(format!("{at} says {logs:#?}"));
            }
        }
        None
    }

    /// The log has signed the note, and its root is the one of that size; the size.
    fn agrees_with_the_truth(&self, economies: &[Economy], of: usize, note: &[u8]) -> u64 {
        let vkey = Vkey::parse(&economies[of].log_vkey).unwrap();
        let note = SignedNote::parse(note).unwrap();
        let opened = checkpoint::open(&note, &vkey).unwrap();
        let at = usize::try_from(opened.size()).unwrap();
        let truth = self.logs[of].roots.get(at);
        assert_eq!(truth, Some(opened.root()), "{of} at {at} of two histories");
        opened.size()
    }

    /// Nobody's line covers more than that mirror was seen to hold.
    fn lines_are_backed(&self, economies: &[Economy], of: usize, note: &[u8]) {
        let note = SignedNote::parse(note).unwrap();
        let size = Checkpoint::parse(&note.text).unwrap().size;
        for (at, economy) in economies.iter().enumerate() {
            let vkey = Vkey::parse(&economy.mirror_vkey).unwrap();
            if cosignatures(&note, &[vkey]).is_empty() {
                continue;
            }
            let held = self.held.get(&(at, of)).copied().unwrap_or(0);
            assert!(
                size <= held,
                "{at} co-signed {size} of {of} and holds {held}"
            );
        }
    }

    /// A mirror that shows a head of `size` serves every entry and body below it.
    async fn mirrors(
        &mut self,
        network: &Network,
        economies: &[Economy],
        (at, of): (usize, usize),
        size: u64,
    ) {
        let held = self.held.entry((at, of)).or_default();
        let prefix = format!("/mirror/{}", log_id(&economies[of].config.origin()));
        for id in bundles(*held, size) {
            let first = usize::try_from(id.index * 256).unwrap();
            let answer = network
                .asks_directly(at, &format!("{prefix}/{}", id.path()))
                .await;
            let entries = bundle::parse(&answer.body).unwrap();
            let bodies = network
                .asks_directly(at, &format!("{prefix}/records/{}", id.index))
                .await;
            let bodies: Vec<_> = bodies.body.split(|&byte| byte == b'\n').collect();
            for (number, entry) in entries.into_iter().enumerate() {
                let truth = &self.logs[of].entries[first + number];
                assert_eq!(entry, truth, "{at} holds another entry of {of}");
                if let Ok(Entry::Record { digest, .. }) = Entry::parse(entry) {
                    let held = record_digest(bodies[number]);
                    assert_eq!(held, digest, "{at} lacks body {number} of {of}");
                }
            }
        }
        *held = size;
    }

    fn is_logged(&self, record: &Acknowledged) {
        let (digest, length) = (record_digest(&record.body), record.body.len() as u64);
        let entry = Entry::record("CompetenceGrant", digest, length).unwrap();
        let index = usize::try_from(record.index).unwrap();
        let held = self.logs[record.at].entries.get(index);
        let at = record.at;
        assert_eq!(held, Some(&entry.encode()), "{at} lost its entry {index}");
    }
}

impl Truth {
    /// Reads what was appended, and that what was there stays: all but full bundles is read again.
    async fn grows(&mut self, network: &Network, at: usize, log: &str) {
        if self.roots.is_empty() {
            self.roots.push(EMPTY_ROOT);
        }
        let live = network.asks_directly(at, "/health/live").await;
        let size = live.json().unwrap()["logSize"].as_u64().unwrap();
        let known = self.entries.len() as u64;
        assert!(size >= known, "the log of {at} lost entries");
        for id in bundles(known, size) {
            let path = format!("/log/{log}/{}", id.path());
            let answer = network.asks_directly(at, &path).await;
            let first = usize::try_from(id.index * 256).unwrap();
            for (number, entry) in bundle::parse(&answer.body).unwrap().iter().enumerate() {
                if let Some(known) = self.entries.get(first + number) {
                    assert_eq!(known, entry, "the log of {at} changed");
                    continue;
                }
                self.entries.push(entry.to_vec());
                self.tree.append(leaf_hash(entry)).unwrap();
                self.roots.push(self.tree.root());
            }
        }
    }
}

/// The head of every log that each of some nodes shows: the node, the log and the note.
async fn heads(
    network: &Network,
    economies: &[Economy],
    nodes: &BTreeSet<usize>,
) -> Vec<(usize, usize, Vec<u8>)> {
    let mut shown = Vec::new();
    for &at in nodes {
        for of in 0..economies.len() {
            let answer = network
                .asks_directly(at, &head_path(economies, at, of))
                .await;
            assert!(matches!(answer.status, 200 | 404), "{answer:?}");
            if answer.status == 200 {
                shown.push((at, of, answer.body));
            }
        }
    }
    shown
}

/// Where `at` shows its head of the log of `of`.
fn head_path(economies: &[Economy], at: usize, of: usize) -> String {
    let config = &economies[of].config;
    if at == of {
        format!("/log/{}/checkpoint", config.log)
    } else {
        mirror_path(&config.origin())
    }
}

/// The keys of all mirrors that count for a log.
fn mirrors_of(economies: &[Economy], of: usize) -> Vec<Vkey> {
    let others = economies.iter().enumerate().filter(|(at, _)| *at != of);
    others
        .map(|(_, economy)| Vkey::parse(&economy.mirror_vkey).unwrap())
        .collect()
}
