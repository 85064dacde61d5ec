//! A few nodes and one log without a node, behind one switchboard.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use comity_model::date::Instant;
use comity_model::record::{Kind, Record, Subject};
use comity_model::samples::draft;
use comity_recognition::Policy;
use comity_recognition::evidence::EvidenceRecord;
use comity_signature::digest::to_multibase;
use comity_tlog::Hash;
use comity_tlog::bundle::{self, BundleId};
use comity_tlog::checkpoint::{Checkpoint, served};
use comity_tlog::entry::Entry;
use comity_tlog::note::{NoteSigner, SignedNote};
use comity_tlog::tile::{TileId, TileWriter};
use comity_tlog::tree::leaf_hash;

use crate::config::{Config, Keys};
use crate::logs::LogStanding;
use crate::mirror::{Alarm, Trouble, Wanted};
use crate::peers::{Peer, PeerMode, Peers};
use crate::remote::{Answer, Connect, Remote, Request};
use crate::tests::{now, signed, today, uuid};
use crate::{Clock, Joining, Node, Place, Shared};

const ECONOMIES: [&str; 3] = ["SE", "JP", "NZ"];

/// Nodes, and what every request between them goes through.
pub(super) struct World {
    pub(super) nodes: Vec<Node>,
    clock: Clock,
    board: Arc<Board>,
}

#[derive(Default)]
struct Board {
    nodes: Mutex<HashMap<String, Node>>,
    logs: Mutex<HashMap<String, Arc<Mutex<Bare>>>>,
    requests: AtomicU64,
    hides_bodies: AtomicBool,
    /// Checkpoints shown in the place of a node's own.
    shown: Mutex<HashMap<String, Vec<u8>>>,
}

pub(super) fn config(index: usize) -> Config {
    let economy = ECONOMIES[index];
    let host = format!("nqi.example.{}", economy.to_lowercase());
    let mut config = Config::new(economy, &host, "Authority", now()).unwrap();
    config.mirroring.poll_seconds = 0.0;
    config
}

fn seed(index: usize) -> [u8; 32] {
    [7 + u8::try_from(index).unwrap(); 32]
}

pub(super) fn keys(index: usize) -> Keys {
    Keys::from_seeds(&config(index), &seed(index), &log_seed(index)).unwrap()
}

fn log_seed(index: usize) -> [u8; 32] {
    [40 + u8::try_from(index).unwrap(); 32]
}

/// Each believes all; its own log dates itself, the others' mirrors date the rest.
fn policy(own: usize, count: usize) -> Policy {
    use std::fmt::Write as _;
    let mut text = String::new();
    for index in 0..count {
        let (config, keys) = (config(index), keys(index));
        let dated = if index == own { "self" } else { "quorum" };
        let economy = &config.economy;
        let key = keys.authority.verifying_key().to_multikey();
        let (did, origin, vkey) = (config.authority(), config.origin(), keys.log.vkey());
        write!(
            text,
            "[[authority]]\neconomy = {economy:?}\ndid = {did:?}\nkeys = [{{ key = {key:?} }}]\n\
             [[log]]\norigin = {origin:?}\nvkey = \"{vkey}\"\neconomy = {economy:?}\n\
             dated_by = \"{dated}\"\n"
        )
        .unwrap();
    }
    text.push_str("[[cosigners]]\nfrom = \"2020-01-01T00:00:00Z\"\nmembers = [\n");
    for (index, economy) in ECONOMIES.iter().enumerate().take(count) {
        let mirror = keys(index).mirror.vkey().to_string();
        writeln!(text, "  {{ economy = {economy:?}, vkey = {mirror:?} }},").unwrap();
    }
    text.push_str("]\n");
    Policy::parse(&text).unwrap()
}

pub(super) fn url(index: usize) -> String {
    format!("http://{}", config(index).host)
}

impl World {
    pub(super) async fn of(count: usize) -> Self {
        Self::made(count, |index, connect| {
            let joining = Joining {
                connect,
                peers: peers(index, count, PeerMode::Mirror),
                ..Joining::default()
            };
            (Place::Memory, policy(index, count), joining)
        })
        .await
    }

    /// Nodes of which each is made in its own way.
    pub(super) async fn made(
        count: usize,
        make: impl Fn(usize, Connect) -> (Place, Policy, Joining),
    ) -> Self {
        let board = Arc::new(Board::default());
        let clock = Clock::simulated(now());
        let mut nodes = Vec::new();
        for index in 0..count {
            let (place, policy, joining) = make(index, Board::connect(&board));
            let (config, keys) = (config(index), keys(index));
            let node = Node::start_with(place, config, keys, policy, clock.clone(), joining);
            let node = node.await.unwrap();
            board.nodes.lock().unwrap().insert(url(index), node.clone());
            nodes.push(node);
        }
        Self {
            nodes,
            clock,
            board,
        }
    }

    pub(super) fn origin(&self, index: usize) -> String {
        self.nodes[index].config().origin()
    }

    pub(super) fn id(&self, index: usize) -> String {
        comity_tlog::origin::log_id(&self.origin(index))
    }

    /// A signed grant by the authority of a node.
    pub(super) fn grant(&self, index: usize, number: u32) -> Vec<u8> {
        let did = self.nodes[index].config().authority();
        let id = format!("urn:uuid:01935fa0-0000-7000-8000-0000{number:08x}");
        let mut record = draft(Kind::CompetenceGrant, &did, &id, today());
        record.comity.authority.clone_from(&did);
        if let Subject::CompetenceGrant(grant) = &mut record.subject {
            grant.grantor.registered_by = Some(did.clone());
        }
        signed(&record, &did, &seed(index))
    }

    pub(super) async fn publish(&self, index: usize, number: u8) -> Vec<u8> {
        let body = self.grant(index, u32::from(number));
        self.log_body(index, body).await
    }

    pub(super) async fn publish_attestation(&self, index: usize, number: u8) -> Vec<u8> {
        let did = self.nodes[index].config().authority();
        let mut record: Record = draft(Kind::Attestation, &did, &uuid(number), today());
        record.comity.authority.clone_from(&did);
        if let Subject::Attestation(attestation) = &mut record.subject {
            attestation.comity.grants.clear();
        }
        let body = signed(&record, &did, &seed(index));
        self.log_body(index, body).await
    }

    /// A takedown of `body` by the authority of a node, in its own log.
    pub(super) async fn take_down(&self, index: usize, number: u8, body: &[u8]) {
        let did = self.nodes[index].config().authority();
        let read = Record::read(body).unwrap();
        let mut record: Record = draft(Kind::Takedown, &did, &uuid(number), today());
        record.comity.authority.clone_from(&did);
        let examined = EvidenceRecord::examine(body, Vec::new(), None);
        if let Subject::Takedown(takedown) = &mut record.subject {
            takedown.authority.clone_from(&read.comity.authority);
            takedown.issuer.clone_from(&read.issuer.id);
            takedown.id.clone_from(&read.id);
            takedown.kind = read.kind().name().to_owned();
            takedown.record_digest = to_multibase(examined.record_digest);
            takedown.document_digest = to_multibase(examined.document_digest);
            takedown.legal_basis = "Order 12/2026 of a court".to_owned();
        }
        let order = signed(&record, &did, &seed(index));
        self.log_body(index, order).await;
    }

    /// A head as large as a node's own, signed with its log's key, with another root.
    pub(super) fn forged_note(&self, index: usize) -> SignedNote {
        let signer = NoteSigner::log(&self.origin(index), &log_seed(index)).unwrap();
        let checkpoint = Checkpoint {
            origin: self.origin(index),
            size: self.nodes[index].head().size,
            root: [1; 32],
        };
        let line = signer.sign(&checkpoint).unwrap();
        served(&checkpoint, line, []).unwrap()
    }

    /// Shows another checkpoint in the place of a node's own.
    pub(super) fn show(&self, index: usize, note: Vec<u8>) {
        self.board.shown.lock().unwrap().insert(url(index), note);
    }

    async fn log_body(&self, index: usize, body: Vec<u8>) -> Vec<u8> {
        let taken = self.nodes[index].publish(vec![body.clone()]).await.unwrap();
        for outcome in taken {
            outcome.unwrap();
        }
        body
    }

    /// One look of a node at everything it follows; what is wrong, by origin.
    pub(super) async fn mirror(&self, index: usize) -> BTreeMap<String, Alarm> {
        let troubles = self.nodes[index].mirror_once().await.unwrap();
        let word = |(origin, (alarm, _))| (origin, alarm);
        troubles.into_iter().map(word).collect()
    }

    /// What a node says of the log of another.
    pub(super) async fn log(&self, index: usize, of: usize) -> LogStanding {
        let logs = self.nodes[index].logs().await.unwrap();
        let origin = self.origin(of);
        logs.into_iter().find(|log| log.origin == origin).unwrap()
    }

    pub(super) fn follow(&self, index: usize, _of: usize, mode: PeerMode) {
        let peers = peers(index, self.nodes.len(), mode);
        self.nodes[index].shared.peers.replace(peers);
    }

    pub(super) fn hide_bodies(&self, hides: bool) {
        self.board.hides_bodies.store(hides, Ordering::SeqCst);
    }

    pub(super) fn requests(&self) -> u64 {
        self.board.requests.load(Ordering::SeqCst)
    }

    pub(super) fn pass_days(&self, days: i64) {
        let later = self.clock.now().seconds() + days * 86_400;
        self.clock.set(Instant::from_seconds(later).unwrap());
    }
}

fn peers(own: usize, count: usize, mode: PeerMode) -> Peers {
    let others = (0..count).filter(|index| *index != own);
    let peers = others.map(|index| Peer {
        url: url(index),
        origin: config(index).origin(),
        vkey: None,
        mode,
        kinds: Vec::new(),
        daily_entries: None,
        daily_bytes: None,
    });
    Peers {
        peers: peers.collect(),
        witnesses: Vec::new(),
    }
}

impl Board {
    fn connect(board: &Arc<Self>) -> Connect {
        let board = Arc::clone(board);
        Arc::new(move |url: &str| {
            let (board, of) = (Arc::clone(&board), url.to_owned());
            let handler = Arc::new(move |request: Request| {
                let (board, of) = (Arc::clone(&board), of.clone());
                let answer: futures::future::BoxFuture<'static, _> =
                    Box::pin(async move { Ok(board.answer(&of, &request).await) });
                answer
            });
            Ok(Remote::in_process(url, handler))
        })
    }

    async fn answer(&self, of: &str, request: &Request) -> Answer {
        self.requests.fetch_add(1, Ordering::SeqCst);
        let log = self.logs.lock().unwrap().get(of).cloned();
        if let Some(log) = log {
            return answer(log.lock().unwrap().answer(&request.path));
        }
        let node = self.nodes.lock().unwrap().get(of).cloned();
        let Some(node) = node else {
            return answer(None);
        };
        let hides = self.hides_bodies.load(Ordering::SeqCst);
        let path = request.path.as_str();
        if path == "/v1/federation" {
            let bodies = node.federation_documents().await.unwrap();
            return answer(Some(bodies.join(&b'\n')));
        }
        if let Some(digest) = path.strip_prefix("/record/") {
            let digest: [u8; 32] = hex::decode(digest).unwrap().try_into().unwrap();
            return answer(node.body(&digest).await.unwrap().filter(|_| !hides));
        }
        let rest = path.splitn(4, '/').nth(3).unwrap_or_default();
        let shown = self.shown.lock().unwrap().get(of).cloned();
        if let Some(evidence) = path.strip_prefix("/v1/logs/") {
            let id = evidence.strip_suffix("/evidence").unwrap();
            return answer(node.fork_evidence(id).await.unwrap());
        }
        if let Some(mirrored) = path.strip_prefix("/mirror/") {
            let (id, rest) = mirrored.split_once('/').unwrap();
            return answer(match (rest, shown) {
                ("checkpoint", Some(shown)) => Some(shown),
                ("checkpoint", None) => node.mirrored_checkpoint(id).await.unwrap(),
                (tile, _) => node.mirrored_tile(id, tile).await.unwrap(),
            });
        }
        if rest == "checkpoint" {
            return answer(Some(shown.unwrap_or(node.head().note)));
        }
        if let Some(rest) = rest.strip_prefix("records/") {
            let (bundle, from) = rest.split_once("?from=").unwrap();
            let from = Some(from.parse().unwrap());
            let bodies = node.bodies(bundle.parse().unwrap(), from).await.unwrap();
            let bodies = bodies.map(|(bodies, _)| bodies);
            return answer(bodies.map(|bodies| if hides { nulls(&bodies) } else { bodies }));
        }
        if rest.starts_with("tile/entries/") {
            return answer(node.bundle_at(rest).await.unwrap());
        }
        answer(node.tile_at(rest).await.unwrap())
    }
}

fn nulls(bodies: &[u8]) -> Vec<u8> {
    let lines = bodies.split_inclusive(|byte| *byte == b'\n');
    b"null\n".repeat(lines.count())
}

fn answer(body: Option<Vec<u8>>) -> Answer {
    Answer {
        status: if body.is_some() { 200 } else { 404 },
        content_type: None,
        body: body.unwrap_or_default(),
    }
}

/// A log made of any entries, served as they are.
#[derive(Default)]
struct Bare {
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
    shared: Arc<Shared>,
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
        let checkpoint = Checkpoint {
            origin: self.origin(),
            size: bare.tree.size(),
            root: bare.tree.root(),
        };
        let line = self.signer.sign(&checkpoint).unwrap();
        let own = NoteSigner::cosigner(&self.origin(), &[3; 32]).unwrap();
        let time = u64::try_from(self.clock.now().seconds()).unwrap();
        let own = own.cosign(&checkpoint, time).unwrap();
        bare.note = served(&checkpoint, line, [own]).unwrap().to_string().into();
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
        let next = NoteSigner::log("bare.example/log/2027", &[4; 32]).unwrap();
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
    fn answer(&mut self, path: &str) -> Option<Vec<u8>> {
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

impl Shared {
    pub(super) async fn log_is_cosigned(&self, origin: &str) -> bool {
        let key = self.mirrors.key.vkey().to_string();
        let head = self.store.head(origin).await.unwrap().unwrap();
        let cosigned = self.store.cosigned(origin, &key).await.unwrap();
        cosigned.is_some_and(|cosigned| cosigned.size == head.size)
    }
}
