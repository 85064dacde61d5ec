//! A few nodes and one log without a node, behind one switchboard.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use comity_model::attestation::GrantReliance;
use comity_model::date::Instant;
use comity_model::record::{Kind, Record, Subject};
use comity_model::reference::{RecordReference, Reference};
use comity_model::samples::draft;
use comity_recognition::Policy;
use comity_recognition::evidence::EvidenceRecord;
use comity_signature::digest::to_multibase;
use comity_tlog::checkpoint::{Checkpoint, served};
use comity_tlog::note::{NoteSigner, SignedNote};

use super::bare::Bare;
use crate::config::{Config, Keys};
use crate::logs::LogStanding;
use crate::mirror::Alarm;
use crate::peers::{Peer, PeerMode, Peers};
use crate::remote::{Answer, Connect, Remote, Request};
use crate::tests::{now, signed, signed_value, today, uuid};
use crate::{Clock, Joining, Node, Place, Shared};

const ECONOMIES: [&str; 3] = ["SE", "JP", "NZ"];

/// Nodes, and what every request between them goes through.
pub(super) struct World {
    pub(super) nodes: Vec<Node>,
    pub(super) clock: Clock,
    pub(super) board: Arc<Board>,
}

#[derive(Default)]
pub(super) struct Board {
    nodes: Mutex<HashMap<String, Node>>,
    pub(super) logs: Mutex<HashMap<String, Arc<Mutex<Bare>>>>,
    requests: AtomicU64,
    hides_bodies: AtomicBool,
    /// Nodes that serve a log at its own paths from what they mirror of it, by URL.
    relays: Mutex<HashMap<String, (Node, String)>>,
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
pub(super) fn policy(own: usize, count: usize) -> Policy {
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
        let body = self.attestation(index, number);
        self.log_body(index, body).await
    }

    /// A signed attestation by the authority of a node.
    pub(super) fn attestation(&self, index: usize, number: u8) -> Vec<u8> {
        let did = self.nodes[index].config().authority();
        let mut record: Record = draft(Kind::Attestation, &did, &uuid(number), today());
        record.comity.authority.clone_from(&did);
        if let Subject::Attestation(attestation) = &mut record.subject {
            attestation.comity.grants.clear();
        }
        signed(&record, &did, &seed(index))
    }

    /// A record of `kind` by the authority of a node, whose type a later version would have made.
    pub(super) fn of_a_newer_kind(&self, index: usize, kind: Kind, number: u8) -> Vec<u8> {
        let did = self.nodes[index].config().authority();
        let mut record: Record = draft(kind, &did, &uuid(number), today());
        record.comity.authority.clone_from(&did);
        let mut document = record.to_value();
        let types = document["type"].as_array_mut().unwrap();
        types.pop();
        types.push(serde_json::json!(format!("Comity{kind}Next")));
        signed_value(&document, &did, &seed(index))
    }

    /// Publishes an attestation by the authority of a node that relies on one grant of it.
    pub(super) async fn publish_attestation_on(&self, index: usize, number: u8, grant: &[u8]) {
        let did = self.nodes[index].config().authority();
        let mut record: Record = draft(Kind::Attestation, &did, &uuid(number), today());
        record.comity.authority.clone_from(&did);
        let named: serde_json::Value = serde_json::from_slice(grant).unwrap();
        let examined = EvidenceRecord::examine(grant, Vec::new(), None);
        if let Subject::Attestation(attestation) = &mut record.subject {
            attestation.comity.grants = vec![GrantReliance {
                grant: Reference::Record(RecordReference {
                    authority: did.clone(),
                    issuer: did.clone(),
                    id: named["id"].as_str().unwrap().to_owned(),
                    digest_multibase: to_multibase(examined.document_digest),
                }),
                scope_items: Vec::new(),
            }];
        }
        let body = signed(&record, &did, &seed(index));
        self.log_body(index, body).await;
    }

    /// The URL at which a node serves a log as its origin would, from what it mirrors of it.
    pub(super) fn relay(&self, index: usize, id: &str) -> String {
        let url = "http://relay.example".to_owned();
        let relayed = (self.nodes[index].clone(), id.to_owned());
        self.board
            .relays
            .lock()
            .unwrap()
            .insert(url.clone(), relayed);
        url
    }

    /// A takedown of `body` by the authority of a node, in its own log.
    pub(super) async fn take_down(&self, index: usize, number: u8, body: &[u8]) {
        let read = Record::read(body).unwrap();
        let authority = read.comity.authority;
        self.take_down_as(index, number, body, &authority).await;
    }

    /// The same, where the takedown says whose record it is.
    pub(super) async fn take_down_as(
        &self,
        index: usize,
        number: u8,
        body: &[u8],
        authority: &str,
    ) {
        let did = self.nodes[index].config().authority();
        let read = Record::read(body).unwrap();
        let mut record: Record = draft(Kind::Takedown, &did, &uuid(number), today());
        record.comity.authority.clone_from(&did);
        let examined = EvidenceRecord::examine(body, Vec::new(), None);
        if let Subject::Takedown(takedown) = &mut record.subject {
            authority.clone_into(&mut takedown.authority);
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
        self.pass_seconds(days * 86_400);
    }

    pub(super) fn pass_seconds(&self, seconds: i64) {
        let later = self.clock.now().seconds() + seconds;
        self.clock.set(Instant::from_seconds(later).unwrap());
    }
}

pub(super) fn peers(own: usize, count: usize, mode: PeerMode) -> Peers {
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
        let relay = self.relays.lock().unwrap().get(of).cloned();
        if let Some((node, id)) = relay {
            return answer(relayed(&node, &id, &request.path).await);
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

/// What a mirror of the log `id` answers below `/mirror/<id>/`.
async fn relayed(node: &Node, id: &str, path: &str) -> Option<Vec<u8>> {
    let rest = path.splitn(4, '/').nth(3)?;
    if rest == "checkpoint" {
        return node.mirrored_checkpoint(id).await.unwrap();
    }
    if let Some(rest) = rest.strip_prefix("records/") {
        let (bundle, from) = rest.split_once("?from=")?;
        let (bundle, from) = (bundle.parse().ok()?, from.parse().ok());
        let bodies = node.mirrored_bodies(id, bundle, from).await.unwrap();
        return bodies.map(|(bodies, _)| bodies);
    }
    node.mirrored_tile(id, rest).await.unwrap()
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

impl Shared {
    pub(super) async fn log_is_cosigned(&self, origin: &str) -> bool {
        let key = self.mirrors.key.vkey().to_string();
        let head = self.store.head(origin).await.unwrap().unwrap();
        let cosigned = self.store.cosigned(origin, &key).await.unwrap();
        cosigned.is_some_and(|cosigned| cosigned.size == head.size)
    }
}
