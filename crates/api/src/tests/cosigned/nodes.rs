//! A few nodes in memory or in folders, each behind its router, that reach each other in process.

#![expect(
    clippy::disallowed_methods,
    clippy::unused_self,
    clippy::format_push_string,
    reason = "tests write the folders they are about, and a world is asked even for what all share"
)]

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use axum::http::{Request as HttpRequest, header};
use comity_model::date::Instant;
use comity_model::record::{Kind, Subject};
use comity_model::samples::draft;
use comity_node::clock::Clock;
use comity_node::config::{self, Config, Keys};
use comity_node::peers::{Peer, PeerMode, Peers, Witness};
use comity_node::remote::{Answer, Connect, Remote, Request};
use comity_node::{Joining, Node, Place};
use comity_recognition::Policy;
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::digest;
use comity_signature::key::SigningKey;
use comity_tlog::bundle;
use comity_tlog::checkpoint::Checkpoint;
use comity_tlog::entry::Entry;
use comity_tlog::note::{SignedNote, Vkey};
use tower::ServiceExt as _;

use crate::testing::now;
use crate::{Options, router};

const ECONOMIES: [&str; 4] = ["SE", "KZ", "IN", "BR"];

/// Where requests go, by URL.
type Board = Arc<Mutex<HashMap<String, Node>>>;

pub(super) struct Nodes {
    pub(super) all: Vec<Node>,
    board: Board,
    clock: Clock,
}

pub(super) fn sha256(body: &[u8]) -> [u8; 32] {
    digest::record_digest(body)
}

pub(super) fn digest_of(body: &[u8]) -> String {
    hex::encode(sha256(body))
}

pub(super) fn config_of(index: usize) -> Config {
    let economy = ECONOMIES[index];
    let host = format!("nqi.example.{}", economy.to_lowercase());
    let mut config = Config::new(economy, &host, "Authority", now()).unwrap();
    config.mirroring.poll_seconds = 0.0;
    config
}

fn seed(index: usize) -> [u8; 32] {
    [7 + u8::try_from(index).unwrap(); 32]
}

fn keys(index: usize) -> Keys {
    let log = [40 + u8::try_from(index).unwrap(); 32];
    Keys::from_seeds(&config_of(index), &seed(index), &log).unwrap()
}

fn url(index: usize) -> String {
    format!("http://{}", config_of(index).host)
}

fn policy(own: usize, count: usize) -> String {
    let mut text = String::new();
    let mut members = String::new();
    for index in 0..count {
        let (config, keys) = (config_of(index), keys(index));
        let dated = if index == own { "self" } else { "quorum" };
        let (economy, did) = (&config.economy, config.authority());
        let key = keys.authority.verifying_key().to_multikey();
        let (origin, vkey) = (config.origin(), keys.log.vkey());
        text += &format!(
            "[[authority]]\neconomy = {economy:?}\ndid = {did:?}\nkeys = [{{ key = {key:?} }}]\n\
             [[log]]\norigin = {origin:?}\nvkey = \"{vkey}\"\neconomy = {economy:?}\n\
             dated_by = {dated:?}\n"
        );
        members += &format!(
            "  {{ economy = {economy:?}, vkey = \"{}\" }},\n",
            keys.mirror.vkey()
        );
    }
    format!("{text}[[cosigners]]\nfrom = \"2020-01-01T00:00:00Z\"\nmembers = [\n{members}]\n")
}

fn peers(own: usize, count: usize) -> Peers {
    let others = (0..count).filter(|index| *index != own);
    let peers = others.map(|index| Peer {
        url: url(index),
        origin: config_of(index).origin(),
        vkey: None,
        mode: PeerMode::Mirror,
        kinds: Vec::new(),
        daily_entries: None,
        daily_bytes: None,
    });
    Peers {
        peers: peers.collect(),
        witnesses: Vec::new(),
    }
}

fn connect(board: &Board) -> Connect {
    let board = Arc::clone(board);
    Arc::new(move |url: &str| {
        let (board, of) = (Arc::clone(&board), url.to_owned());
        let handler = Arc::new(move |request: Request| {
            let node = board.lock().unwrap().get(&of).cloned();
            let answer: futures::future::BoxFuture<'static, _> = Box::pin(async move {
                match node {
                    Some(node) => Ok(ask(&node, request).await),
                    None => Err(comity_node::error::Error::Remote("it is down".to_owned())),
                }
            });
            answer
        });
        Ok(Remote::in_process(url, handler))
    })
}

async fn ask(node: &Node, request: Request) -> Answer {
    let mut asked = HttpRequest::builder()
        .method(request.method)
        .uri(&request.path);
    if let Some(kind) = &request.content_type {
        asked = asked.header(header::CONTENT_TYPE, kind);
    }
    let asked = asked.body(Body::from(request.body)).unwrap();
    let router = router(node.clone(), Options::default());
    let response = router.oneshot(asked).await.unwrap();
    let kind = response.headers().get(header::CONTENT_TYPE);
    Answer {
        status: response.status().as_u16(),
        content_type: kind.map(|kind| kind.to_str().unwrap().to_owned()),
        body: to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap()
            .to_vec(),
    }
}

impl Nodes {
    /// Nodes in memory that mirror each other.
    pub(super) async fn of(count: usize) -> Self {
        let mut nodes = Self {
            all: Vec::new(),
            board: Board::default(),
            clock: Clock::simulated(now()),
        };
        for index in 0..count {
            let node = nodes.start(index, count).await;
            nodes.replace(index, &node);
            nodes.all.push(node);
        }
        nodes
    }

    async fn start(&self, index: usize, count: usize) -> Node {
        let joining = Joining {
            connect: connect(&self.board),
            peers: peers(index, count),
            ..Joining::default()
        };
        let policy = Policy::parse(&policy(index, count)).unwrap();
        let (config, clock) = (config_of(index), self.clock.clone());
        let start = Node::start_with(Place::Memory, config, keys(index), policy, clock, joining);
        Box::pin(start).await.unwrap()
    }

    /// A node with the keys of another, on an empty database.
    pub(super) async fn twin(&self, of: usize) -> Node {
        self.start(of, self.all.len()).await
    }

    /// Another node answers at the URL of one.
    pub(super) fn replace(&self, index: usize, node: &Node) {
        self.board.lock().unwrap().insert(url(index), node.clone());
    }

    /// Nobody answers at the URL of a node.
    pub(super) fn take_down(&self, index: usize) {
        self.board.lock().unwrap().remove(&url(index));
    }

    /// A folder for the first node, among the others.
    pub(super) fn folder(&self, dir: &Path) {
        let config = config_of(0);
        config::init(dir, &config).unwrap();
        let keys_dir = dir.join("keys");
        std::fs::write(keys_dir.join("log.seed"), hex::encode([40; 32])).unwrap();
        let pem = SigningKey::from_seed(&seed(0)).to_pem(&config.authority());
        std::fs::write(keys_dir.join("authority.pem"), pem).unwrap();
        let count = self.all.len();
        std::fs::write(dir.join(config::POLICY_FILE), policy(0, count)).unwrap();
        let peers = peers(0, count).to_text().unwrap();
        std::fs::write(dir.join("peers.toml"), peers).unwrap();
    }

    /// Opens the first node from its folder.
    pub(super) async fn open(&self, dir: &Path, assume_latest: bool) -> Node {
        let joining = Joining {
            connect: connect(&self.board),
            assume_latest,
            ..Joining::default()
        };
        let open = Node::open_joining(dir, self.clock.clone(), joining);
        let node = Box::pin(open).await.unwrap();
        self.replace(0, &node);
        node
    }

    pub(super) fn origin(&self, index: usize) -> String {
        config_of(index).origin()
    }

    pub(super) fn log_key(&self, index: usize) -> Vkey {
        keys(index).log.vkey().clone()
    }

    pub(super) fn mirror_keys(&self) -> Vec<Vkey> {
        let indices = 0..self.all.len();
        indices
            .map(|index| keys(index).mirror.vkey().clone())
            .collect()
    }

    pub(super) async fn get(&self, at: usize, path: &str) -> Answer {
        let node = self.board.lock().unwrap().get(&url(at)).cloned();
        let request = Request {
            method: "GET",
            path: path.to_owned(),
            content_type: None,
            body: Vec::new(),
        };
        ask(&node.unwrap(), request).await
    }

    /// A signed grant by the authority of a node.
    pub(super) fn grant(&self, index: usize, number: u32) -> Vec<u8> {
        let did = config_of(index).authority();
        let id = format!("urn:uuid:{}", crate::testing::uuid(number));
        let mut record = draft(Kind::CompetenceGrant, &did, &id, now().day());
        record.comity.authority.clone_from(&did);
        if let Subject::CompetenceGrant(grant) = &mut record.subject {
            grant.grantor.registered_by = Some(did.clone());
        }
        let document = to_canonical(&record.to_value()).unwrap();
        let key = SigningKey::from_seed(&seed(index));
        sign(&document, &did, &key, None, &Limits::default()).unwrap()
    }

    pub(super) async fn publish(&self, index: usize, number: u32) -> Vec<u8> {
        self.publish_at(&self.all[index], index, number).await
    }

    pub(super) async fn publish_at(&self, node: &Node, index: usize, number: u32) -> Vec<u8> {
        let body = self.grant(index, number);
        let taken = node.publish(vec![body.clone()]).await.unwrap();
        for outcome in taken {
            outcome.unwrap();
        }
        body
    }

    pub(super) async fn mirror(&self, index: usize) {
        self.all[index].mirror_once().await.unwrap();
    }

    pub(super) async fn collect(&self, index: usize) -> Vec<(String, String)> {
        self.all[index].collect_once().await.unwrap()
    }

    /// Every other node mirrors, and one collects.
    pub(super) async fn everybody_signs(&self, of: usize) {
        for index in (0..self.all.len()).filter(|index| *index != of) {
            self.mirror(index).await;
        }
        self.collect(of).await;
    }

    /// Has a node ask another as a witness of its log.
    pub(super) fn ask_witness(&self, index: usize, witness: usize) -> Vkey {
        let vkey = keys(witness).witness.vkey().clone();
        let mut peers = peers(index, self.all.len());
        peers.witnesses.push(Witness {
            url: url(witness),
            vkey: vkey.to_string(),
        });
        self.all[index].follow_peers(peers);
        vkey
    }

    pub(super) fn pass(&self, seconds: i64) {
        let later = self.clock.now().seconds() + seconds;
        self.clock.set(Instant::from_seconds(later).unwrap());
    }

    pub(super) async fn entries(&self, index: usize) -> Vec<Vec<u8>> {
        let size = self.all[index].head().size;
        let ids = bundle::bundles(0, size);
        let mut entries = Vec::new();
        for id in ids {
            let bytes = self.all[index].bundle(id).await.unwrap().unwrap();
            let bundle = bundle::parse(&bytes).unwrap();
            entries.extend(bundle.iter().map(|entry| entry.to_vec()));
        }
        entries
    }

    /// The heads of other logs that are anchored in the log of a node.
    pub(super) async fn anchors(&self, index: usize) -> Vec<(String, u64)> {
        let entries = self.entries(index).await;
        let anchors = entries
            .iter()
            .filter_map(|entry| match Entry::parse(entry) {
                Ok(Entry::Anchor { note }) => {
                    let note = SignedNote::parse(&note).unwrap();
                    let checkpoint = Checkpoint::parse(&note.text).unwrap();
                    Some((checkpoint.origin, checkpoint.size))
                }
                _ => None,
            });
        anchors
            .filter(|(origin, _)| *origin != self.origin(index))
            .collect()
    }
}
