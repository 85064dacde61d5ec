//! Five economies with a node each, what happens to them, and what they must come to.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use comity_model::date::Instant;
use comity_model::record::{Kind, Subject};
use comity_model::samples::draft;
use comity_node::Node;
use comity_node::clock::Clock;
use comity_node::config::{self, Config, Keys, read_key};
use comity_node::error::Error;
use comity_node::remote::Connect;
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::key::SigningKey;
use futures::FutureExt as _;
use tokio::task::JoinHandle;

use super::checks::Checks;
use super::network::Network;
use super::{Chance, NODES};

/// The economies, in the order of the nodes.
const ECONOMIES: [&str; NODES] = ["SE", "JP", "KZ", "NZ", "BR"];
/// When every simulation begins.
const BEGINNING: &str = "2026-11-23T08:00:00Z";
/// From when the lines of mirrors count.
const KEYS_COUNT_FROM: &str = "2026-11-01T00:00:00Z";
/// Seconds by which clocks differ at most.
const CLOCK_SKEW_SECONDS: u64 = 20;
/// Seconds of one tick, at most, while nobody is cut off.
const TICK_SECONDS: u64 = 30;
/// Steps for which a group is cut off, and the seconds that pass in each: more than a day in all.
const STEPS_APART: usize = 14;
const APART_TICK_SECONDS: u64 = 7_200;
/// Seconds of a round after the healing.
const ROUND_SECONDS: u64 = 4;

/// One economy and its node.
pub(super) struct Economy {
    pub(super) config: Config,
    folder: PathBuf,
    clock: Clock,
    /// Seconds by which its clock is wrong.
    skew: i64,
    key: SigningKey,
    pub(super) log_vkey: String,
    pub(super) mirror_vkey: String,
    node: Option<Node>,
}

/// A record that a node said it has logged.
#[derive(Clone)]
pub(super) struct Acknowledged {
    pub(super) at: usize,
    pub(super) index: u64,
    pub(super) body: Vec<u8>,
}

/// What a node does by itself now and then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    Mirrors,
    Collects,
}

/// Everything that a seed decides.
pub(super) struct World {
    seed: u64,
    chance: Chance,
    pub(super) network: Arc<Network>,
    pub(super) economies: Vec<Economy>,
    now: i64,
    published: u32,
    acknowledged: Arc<Mutex<Vec<Acknowledged>>>,
    /// What waits for an answer, and the nodes that do.
    under_way: Vec<(usize, JoinHandle<()>)>,
    /// Nodes that did something since all was checked last.
    stirred: BTreeSet<usize>,
    /// Steps until those who are cut off are joined again.
    apart: Option<usize>,
    checks: Checks,
    story: Arc<Mutex<Vec<String>>>,
    /// Gone after the nodes.
    _folder: tempfile::TempDir,
}

impl World {
    /// Makes five nodes that know each other, and starts them.
    pub(super) async fn new(seed: u64) -> Self {
        let folder = in_memory_if_possible();
        let mut chance = Chance(seed);
        let now = BEGINNING.parse::<Instant>().unwrap().seconds();
        let economies: Vec<_> = ECONOMIES
            .iter()
            .map(|code| {
                let skew = chance.below(2 * CLOCK_SKEW_SECONDS + 1);
                let skew =
                    i64::try_from(skew).unwrap() - i64::try_from(CLOCK_SKEW_SECONDS).unwrap();
                Economy::new(folder.path(), code, now, skew)
            })
            .collect();
        know_each_other(&economies);
        let mut world = Self {
            seed,
            chance,
            network: Network::new(seed, NODES),
            economies,
            now,
            published: 0,
            acknowledged: Arc::default(),
            under_way: Vec::new(),
            stirred: (0..NODES).collect(),
            apart: None,
            checks: Checks::default(),
            story: Arc::default(),
            _folder: folder,
        };
        for at in 0..NODES {
            world.starts(at).await;
        }
        world
    }

    /// One step: something that the seed chooses.
    pub(super) async fn does_something(&mut self) {
        self.network.goes_on();
        let at = self.chance.place(NODES);
        if let Some(left) = self.apart {
            self.ticks(APART_TICK_SECONDS).await;
            self.apart = left.checked_sub(1);
            if self.apart.is_none() {
                self.tells("all can reach each other again");
                self.network.joins();
            }
        }
        match self.chance.below(100) {
            0..22 => self.publishes(at).await,
            22..62 => self.passes(at, Pass::Mirrors).await,
            62..82 => self.passes(at, Pass::Collects).await,
            82..93 => {
                let seconds = 1 + self.chance.below(TICK_SECONDS);
                self.ticks(seconds).await;
            }
            93..97 => self.restarts(at).await,
            _ if self.apart.is_none() => self.cuts_a_group_off(),
            _ => {}
        }
    }

    /// The network is whole from now on, and what is under way comes to its end.
    pub(super) async fn heals(&mut self) {
        self.tells("the network is whole");
        self.network.calms_down();
        for (at, task) in self.under_way.drain(..) {
            task.await.unwrap();
            self.stirred.insert(at);
        }
    }

    /// Every node makes each of its passes once.
    pub(super) async fn makes_a_round(&mut self) {
        self.ticks(ROUND_SECONDS).await;
        for at in 0..NODES {
            self.passes(at, Pass::Mirrors).await;
        }
        for at in 0..NODES {
            self.passes(at, Pass::Collects).await;
        }
    }

    /// Checks what must hold at every moment.
    pub(super) async fn is_safe(&mut self) {
        let under_way = self.under_way.iter().map(|(at, _)| *at);
        self.stirred.extend(under_way);
        let stirred = std::mem::take(&mut self.stirred);
        let acknowledged = self.acknowledged.lock().unwrap().clone();
        self.checks
            .hold(&self.network, &self.economies, &acknowledged, &stirred)
            .await;
    }

    /// In what the nodes do not agree yet, if they do not.
    pub(super) async fn disagreement(&self) -> Option<String> {
        self.checks
            .disagreement(&self.network, &self.economies)
            .await
    }

    /// Every node takes records again.
    pub(super) async fn goes_on(&mut self) {
        for at in 0..NODES {
            let before = self.acknowledged.lock().unwrap().len();
            self.publishes(at).await;
            let after = self.acknowledged.lock().unwrap().len();
            assert!(after > before, "{at} still takes nothing");
        }
        self.is_safe().await;
    }

    /// Every acknowledged record is where it was said to be, read from the beginning.
    pub(super) async fn kept_what_it_acknowledged(&mut self) {
        self.checks = Checks::default();
        self.stirred = (0..NODES).collect();
        self.is_safe().await;
    }

    pub(super) async fn closes(mut self) {
        for economy in &mut self.economies {
            if let Some(node) = economy.node.take() {
                node.close().await;
            }
        }
    }

    async fn starts(&mut self, at: usize) {
        self.stirred.insert(at);
        let network = Arc::clone(&self.network);
        network.hurries(Some(at));
        let node = self.economies[at].opens(at, Arc::clone(&network)).await;
        network.hurries(None);
        let router = comity_api::router(node.clone(), comity_api::Options::default());
        self.network.connects(at, Some(router));
        self.economies[at].node = Some(node);
    }

    /// A node is stopped, with what it was doing, and started again.
    async fn restarts(&mut self, at: usize) {
        self.tells(&format!("{at} is stopped and started"));
        self.network.connects(at, None);
        self.network.lets_go(at);
        let (own, others) = std::mem::take(&mut self.under_way)
            .into_iter()
            .partition(|(of, _)| *of == at);
        self.under_way = others;
        let own: Vec<(usize, JoinHandle<()>)> = own;
        for (_, task) in own {
            task.abort();
            // It was aborted, or had ended.
            let _ = task.await;
        }
        if let Some(node) = self.economies[at].node.take() {
            node.close().await;
        }
        self.starts(at).await;
    }

    /// A node is given some records. Those that it logs it acknowledges.
    async fn publishes(&mut self, at: usize) {
        let economy = &self.economies[at];
        let node = economy.node.clone().unwrap();
        let count = 1 + u32::try_from(self.chance.below(3)).unwrap();
        let numbers = self.published..self.published + count;
        let bodies: Vec<_> = numbers.map(|number| economy.signs(number)).collect();
        self.published += count;
        let (acknowledged, story) = (Arc::clone(&self.acknowledged), Arc::clone(&self.story));
        let task = async move {
            let outcomes = match node.publish(bodies.clone()).await {
                Ok(outcomes) => outcomes,
                // After a start it asks the others first what it may have forgotten.
                Err(Error::ReadOnly(why)) => {
                    let line = format!("{at} takes nothing: {why}");
                    return story.lock().unwrap().push(line);
                }
                Err(error) => panic!("{at} failed: {error}"),
            };
            let mut acknowledged = acknowledged.lock().unwrap();
            for (body, outcome) in bodies.into_iter().zip(outcomes) {
                let index = outcome.unwrap().index;
                acknowledged.push(Acknowledged { at, index, body });
            }
        };
        self.runs(at, "publishes", task).await;
    }

    /// A node makes a pass.
    async fn passes(&mut self, at: usize, pass: Pass) {
        let node = self.economies[at].node.clone().unwrap();
        let task = async move {
            // What it could not do it says in its own way; here it counts what it did.
            match pass {
                Pass::Mirrors => drop(node.mirror_once().await),
                Pass::Collects => drop(node.collect_once().await),
            }
        };
        self.runs(at, &format!("{pass:?}"), task).await;
    }

    /// Lets a node do something, until its end or until an answer is held back. One that still
    /// waits for an answer begins nothing else.
    async fn runs(
        &mut self,
        at: usize,
        what: &str,
        task: impl Future<Output = ()> + Send + 'static,
    ) {
        self.stirred
            .extend(self.under_way.iter().map(|(of, _)| *of));
        self.under_way.retain(|(_, task)| !task.is_finished());
        if self.under_way.iter().any(|(of, _)| *of == at) {
            return;
        }
        // What was held back before is not this one's.
        let _ = self.network.holds_something_back().now_or_never();
        self.stirred.insert(at);
        self.tells(&format!("{at} {what}"));
        let mut task = tokio::spawn(task);
        tokio::select! {
            done = &mut task => done.unwrap(),
            () = self.network.holds_something_back() => {
                self.tells(&format!("{at} waits for an answer"));
                self.under_way.push((at, task));
            }
        }
    }

    fn cuts_a_group_off(&mut self) {
        let size = 1 + self.chance.place(NODES - 1);
        let group: BTreeSet<usize> = (0..size).map(|_| self.chance.place(NODES)).collect();
        let group: Vec<_> = group.into_iter().collect();
        self.tells(&format!("{group:?} are cut off"));
        self.network.cuts_off(&group);
        self.apart = Some(STEPS_APART);
    }

    /// Time passes, and every node does what is due by then: old heads are signed anew, anchors
    /// are logged.
    async fn ticks(&mut self, seconds: u64) {
        self.now += i64::try_from(seconds).unwrap();
        self.stirred.extend(0..NODES);
        for at in 0..NODES {
            let economy = &self.economies[at];
            let now = Instant::from_seconds(self.now + economy.skew).unwrap();
            economy.clock.set(now);
            let node = economy.node.clone().unwrap();
            // One that has not asked the others yet signs nothing.
            let task = async move { drop(node.tend_once().await) };
            self.runs(at, "tends", task).await;
        }
    }

    fn tells(&self, what: &str) {
        let line = format!("{} {what}", self.now);
        self.story.lock().unwrap().push(line);
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            if let Ok(story) = self.story.lock() {
                eprintln!("{}", story.join("\n"));
            }
            eprintln!("COMITY_SIMULATION_SEED={}", self.seed);
        }
    }
}

impl Economy {
    fn new(folder: &Path, code: &str, now: i64, skew: i64) -> Self {
        let now = Instant::from_seconds(now + skew).unwrap();
        let host = format!("nqi.{}.example", code.to_lowercase());
        let mut config = Config::new(code, &host, &format!("Authority of {code}"), now).unwrap();
        // It makes a pass when the test says so.
        config.mirroring.poll_seconds = 0.0;
        let folder = folder.join(code);
        config::init(&folder, &config).unwrap();
        let keys = Keys::load(&folder, &config).unwrap();
        Self {
            key: read_key(&folder.join("keys/authority.pem")).unwrap(),
            log_vkey: keys.log.vkey().to_string(),
            mirror_vkey: keys.mirror.vkey().to_string(),
            config,
            folder,
            clock: Clock::simulated(now),
            skew,
            node: None,
        }
    }

    /// Where the others reach it.
    fn url(at: usize) -> String {
        format!("http://node-{at}.example")
    }

    async fn opens(&self, at: usize, network: Arc<Network>) -> Node {
        let connect: Connect = Arc::new(move |url| {
            let nodes = (0..NODES).map(|to| (to, Self::url(to)));
            let mut found = nodes.filter(|(_, of_node)| of_node == url);
            let (to, _) = found.next().ok_or_else(|| Error::Remote(url.to_owned()))?;
            Ok(network.way(at, to, url))
        });
        // A program that another test is just starting holds copies of all open files for a
        // moment, the lock of this folder among them.
        for _ in 0..500 {
            let clock = self.clock.clone();
            match Node::open_with(&self.folder, clock, connect.clone()).await {
                Err(Error::Busy(_)) => {
                    tokio::time::sleep(std::time::Duration::from_millis(10)).await;
                }
                opened => return opened.unwrap(),
            }
        }
        panic!("the folder of {} stays locked", Self::url(at))
    }

    /// A grant of its authority.
    fn signs(&self, number: u32) -> Vec<u8> {
        let did = self.config.authority();
        let id = format!("urn:uuid:01935fa0-0000-7000-8000-0000{number:08x}");
        let mut record = draft(Kind::CompetenceGrant, &did, &id, self.clock.now().day());
        record.comity.authority.clone_from(&did);
        record.issuer.name.clone_from(&self.config.name);
        if let Subject::CompetenceGrant(grant) = &mut record.subject {
            grant.grantor.registered_by = Some(did.clone());
        }
        let document = to_canonical(&record.to_value()).unwrap();
        sign(&document, &did, &self.key, None, &Limits::default()).unwrap()
    }
}

/// A folder for the nodes, on a file system in memory where there is one: what a disk adds is
/// waiting.
fn in_memory_if_possible() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// Each believes the authorities and the logs of all, and takes the lines of all mirrors.
fn know_each_other(economies: &[Economy]) {
    let mut policy = String::new();
    for economy in economies {
        let (code, did) = (&economy.config.economy, economy.config.authority());
        let key = economy.key.verifying_key().to_multikey();
        let (origin, vkey) = (economy.config.origin(), &economy.log_vkey);
        // Writing to a string cannot fail.
        let _ = write!(
            policy,
            "[[authority]]\neconomy = {code:?}\ndid = {did:?}\nkeys = [{{ key = {key:?} }}]\n\
             [[log]]\norigin = {origin:?}\nvkey = {vkey:?}\neconomy = {code:?}\n\
             dated_by = \"quorum\"\n"
        );
    }
    let _ = writeln!(policy, "[[cosigners]]\nfrom = {KEYS_COUNT_FROM:?}");
    let mirrors = economies.iter().map(|economy| {
        let (code, vkey) = (&economy.config.economy, &economy.mirror_vkey);
        format!("{{ vkey = {vkey:?}, economy = {code:?} }}")
    });
    let mirrors: Vec<_> = mirrors.collect();
    let _ = writeln!(policy, "members = [{}]", mirrors.join(", "));
    for economy in economies {
        std::fs::write(economy.folder.join("policy.toml"), &policy).unwrap();
        let others = economies.iter().enumerate();
        let others = others.filter(|(_, other)| other.log_vkey != economy.log_vkey);
        let peers = others.map(|(at, other)| {
            let (url, origin, vkey) = (Economy::url(at), other.config.origin(), &other.log_vkey);
            format!("[[peer]]\nurl = {url:?}\norigin = {origin:?}\nvkey = {vkey:?}\n")
        });
        let peers: String = peers.collect();
        std::fs::write(economy.folder.join("peers.toml"), peers).unwrap();
    }
}
