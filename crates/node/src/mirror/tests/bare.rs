//! A log without a node: whatever entries, served as they are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use comity_tlog::Hash;
use comity_tlog::bundle::{self, BundleId};
use comity_tlog::checkpoint::{Checkpoint, served};
use comity_tlog::entry::Entry;
use comity_tlog::note::{NoteSigner, SignedNote};
use comity_tlog::tile::{TileId, TileWriter};
use comity_tlog::tree::leaf_hash;

use super::world::World;
use crate::mirror::{Trouble, Wanted};
use crate::peers::{Peer, PeerMode, Peers};
use crate::{Clock, Shared};

/// A log made of any entries, served as they are.
#[derive(Default)]
pub(super) struct Bare {
    entries: Vec<Vec<u8>>,
    bodies: HashMap<u64, Vec<u8>>,
    tree: TileWriter,
    tiles: HashMap<(u8, u64), Vec<u8>>,
    note: Vec<u8>,
    answers: u64,
    fails_after: Option<u64>,
}

pub(super) struct BareLog {
    bare: Arc<Mutex<Bare>>,
    signer: NoteSigner,
    clock: Clock,
}

/// A node's eye on a log without a node.
pub(super) struct Eye {
    pub(super) shared: Arc<Shared>,
    pub(super) wanted: Wanted,
}

/// A log without a node, and the first node's eye on it.
pub(super) fn bare_log(world: &World) -> (BareLog, Eye) {
    let (log, mut eyes) = watched_log(world, "bare.example");
    (log, eyes.remove(0))
}

/// A log without a node at that host, and every node's eye on it.
pub(super) fn watched_log(world: &World, host: &str) -> (BareLog, Vec<Eye>) {
    let (url, origin) = (format!("http://{host}"), format!("{host}/log/2026"));
    let bare = Arc::new(Mutex::new(Bare::default()));
    let mut logs = world.board.logs.lock().unwrap();
    logs.insert(url.clone(), Arc::clone(&bare));
    drop(logs);
    let signer = NoteSigner::log(&origin, &[3; 32]).unwrap();
    let wanted = Wanted {
        origin,
        vkey: signer.vkey().to_string(),
        url,
        mode: comity_store::Mode::Mirror,
        kinds: Vec::new(),
        daily_entries: u64::MAX,
        daily_bytes: u64::MAX,
    };
    let mut log = BareLog {
        bare,
        signer,
        clock: world.clock.clone(),
    };
    log.add_all(Vec::new());
    let eyes = world.nodes.iter().map(|node| Eye {
        shared: Arc::clone(&node.shared),
        wanted: wanted.clone(),
    });
    (log, eyes.collect())
}

impl Eye {
    pub(super) async fn pull(&self) -> Result<(), Trouble> {
        self.shared.look(&self.wanted, &[]).await
    }

    /// Asks one of the others what it was shown.
    pub(super) async fn hears(&self, others: &[String]) -> Result<(), Trouble> {
        self.shared.gossip(&self.wanted, others).await
    }

    pub(super) fn as_peers(&self) -> Peers {
        let peer = Peer {
            url: self.wanted.url.clone(),
            origin: self.wanted.origin.clone(),
            vkey: Some(self.wanted.vkey.clone()),
            mode: PeerMode::Mirror,
            kinds: Vec::new(),
            daily_entries: None,
            daily_bytes: None,
        };
        Peers {
            peers: vec![peer],
            witnesses: Vec::new(),
        }
    }
}

impl BareLog {
    pub(super) fn origin(&self) -> String {
        self.signer.vkey().name().to_owned()
    }

    pub(super) fn id(&self) -> String {
        comity_tlog::origin::log_id(&self.origin())
    }

    /// The checkpoint as served.
    pub(super) fn note(&self) -> SignedNote {
        SignedNote::parse(&self.bare.lock().unwrap().note).unwrap()
    }

    fn add_all(&mut self, entries: Vec<Vec<u8>>) {
        let mut bare = self.bare.lock().unwrap();
        let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        for tile in bare.tree.append(&leaves).unwrap() {
            let place = (tile.id.level, tile.id.index);
            bare.tiles.insert(place, tile.to_bytes());
        }
        bare.entries.extend(entries);
        drop(bare);
        self.sign(Some(self.clock.now().seconds()), &[]);
    }

    /// Signs the checkpoint anew: with the log's own line of that time, and with lines of others.
    pub(super) fn sign(&self, own: Option<i64>, others: &[(&NoteSigner, i64)]) {
        let mut bare = self.bare.lock().unwrap();
        let checkpoint = Checkpoint {
            origin: self.origin(),
            size: bare.tree.size(),
            root: bare.tree.root(),
        };
        let line = self.signer.sign(&checkpoint).unwrap();
        let cosigner = NoteSigner::cosigner(&self.origin(), &[3; 32]).unwrap();
        let lines = own.map(|time| (&cosigner, time)).into_iter();
        let lines = lines.chain(others.iter().copied()).map(|(signer, time)| {
            let time = u64::try_from(time).unwrap();
            signer.cosign(&checkpoint, time).unwrap()
        });
        bare.note = served(&checkpoint, line, lines).unwrap().to_string().into();
    }

    pub(super) fn add_entry(&mut self, entry: &[u8]) {
        self.add_all(vec![entry.to_vec()]);
    }

    pub(super) fn add_many(&mut self, count: u64) {
        let from = self.bare.lock().unwrap().tree.size();
        let entries = (from..from + count).map(|number| format!("entry {number}\n").into_bytes());
        self.add_all(entries.collect());
    }

    pub(super) fn add_record(&mut self, kind: &str, body: &[u8]) -> Hash {
        let digest = comity_signature::digest::record_digest(body);
        let entry = Entry::record(kind, digest, body.len() as u64).unwrap();
        let at = self.bare.lock().unwrap().tree.size();
        self.bare.lock().unwrap().bodies.insert(at, body.to_vec());
        self.add_all(vec![entry.encode()]);
        digest
    }

    pub(super) fn close(&mut self) -> String {
        self.close_for("bare.example/log/2027")
    }

    /// Ends the log; it says that one of that name follows.
    pub(super) fn close_for(&mut self, successor: &str) -> String {
        let next = NoteSigner::log(successor, &[4; 32]).unwrap();
        let entry = Entry::closed(next.vkey().clone()).unwrap();
        self.add_all(vec![entry.encode()]);
        next.vkey().to_string()
    }

    /// Serves another entry than the one that was signed.
    pub(super) fn alter(&self, position: usize, entry: &[u8]) {
        self.bare.lock().unwrap().entries[position] = entry.to_vec();
    }

    /// Tells another history.
    pub(super) fn rewrite(&mut self, entries: &[&[u8]]) {
        *self.bare.lock().unwrap() = Bare::default();
        self.add_all(entries.iter().map(|entry| entry.to_vec()).collect());
    }

    pub(super) fn fail_after(&self, answers: u64) {
        let mut bare = self.bare.lock().unwrap();
        bare.answers = 0;
        bare.fails_after = Some(answers);
    }
}

impl Bare {
    pub(super) fn answer(&mut self, path: &str) -> Option<Vec<u8>> {
        self.answers += 1;
        if self.fails_after.is_some_and(|most| self.answers > most) {
            return None;
        }
        let rest = path.splitn(4, '/').nth(3)?;
        if rest == "checkpoint" {
            return Some(self.note.clone());
        }
        if let Some(digest) = path.strip_prefix("/record/") {
            let mut bodies = self.bodies.values();
            let of = |body: &&Vec<u8>| {
                hex::encode(comity_signature::digest::record_digest(body)) == digest
            };
            return bodies.find(of).cloned();
        }
        if let Some(rest) = rest.strip_prefix("records/") {
            let (bundle, from) = rest.split_once("?from=")?;
            let end = (bundle.parse::<u64>().ok()? + 1) * 256;
            let lines = (from.parse().ok()?..end.min(self.tree.size())).map(|at| {
                let body = self.bodies.get(&at).cloned();
                [body.unwrap_or(b"null".to_vec()), b"\n".to_vec()].concat()
            });
            return Some(lines.collect::<Vec<_>>().concat());
        }
        if let Ok(id) = BundleId::parse(rest) {
            let first = usize::try_from(id.index * 256).ok()?;
            let entries = self.entries.get(first..first + usize::from(id.width))?;
            return bundle::encode(entries).ok();
        }
        let id = TileId::parse(rest).ok()?;
        let tile = self.tiles.get(&(id.level, id.index))?;
        tile.get(..usize::from(id.width) * 32).map(<[u8]>::to_vec)
    }
}
