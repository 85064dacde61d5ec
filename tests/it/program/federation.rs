//! Several nodes that know, mirror and co-sign each other, each a process of its own.
//!
//! `Federation::of(5)` runs five of them. To put something between the others and a node, or to
//! keep one back, go step by step: `drafts`, `shows`, `seals`, `starts`.

pub(crate) mod acts;
pub(crate) mod papers;
pub(crate) mod sight;

use comity_node::config::read_key;
use comity_signature::key::SigningKey;
use comity_tlog::note::{NoteSigner, Vkey};

use super::database::Database;
use super::{Person, Serving, free_port};

pub(crate) use papers::Keyholder;

/// The economies, in the order of their numbers.
const ECONOMIES: [&str; 8] = ["SE", "JP", "KZ", "NZ", "BR", "IN", "ZA", "CH"];
/// The line that runs a node, but for its port.
const SERVE: &str = "comity node serve node --listen 127.0.0.1:";
/// The signed keys of an economy, in the folder of its authority.
const OWN_KEYS: &str = "keys-1.signed.json";
/// How often each node looks at the others.
const POLL_SECONDS: &str = "0.4";

/// Nodes by their numbers, and the papers that bind them.
pub(crate) struct Federation {
    pub(crate) members: Vec<Member>,
    pub(crate) keyholders: Vec<Keyholder>,
    /// The signed list, once the papers are sealed.
    pub(crate) list: Vec<u8>,
    /// Somebody in none of the economies, who asks.
    pub(crate) traveller: Person,
}

/// One economy: its authority at the folder of its node, and its laboratory.
pub(crate) struct Member {
    pub(crate) economy: &'static str,
    /// Whose folder holds `node`.
    pub(crate) operator: Person,
    pub(crate) laboratory: Person,
    pub(crate) port: u16,
    /// Where the list says that the node is.
    pub(crate) shown_at: String,
    /// The offline roots; two of three must sign.
    pub(crate) roots: Vec<SigningKey>,
    serving: Option<Serving>,
    /// Gone after the node.
    pub(crate) database: Database,
}

impl Federation {
    /// Runs so many nodes of one federation.
    pub(crate) fn of(count: usize) -> Self {
        Self::with((0..count).map(|_| Database::Sqlite))
    }

    /// Runs one node on each of these databases.
    pub(crate) fn with(databases: impl IntoIterator<Item = Database>) -> Self {
        let mut federation = Self::drafts_with(databases);
        federation.seals();
        federation.starts();
        federation
    }

    /// Makes the folders of so many nodes; nothing binds them yet.
    pub(crate) fn drafts(count: usize) -> Self {
        Self::drafts_with((0..count).map(|_| Database::Sqlite))
    }

    /// Makes the folder of one node for each of these databases.
    pub(crate) fn drafts_with(databases: impl IntoIterator<Item = Database>) -> Self {
        let members = databases.into_iter().zip(ECONOMIES).zip(1..);
        Self {
            members: members
                .map(|((database, economy), number)| Member::new(economy, number, database))
                .collect(),
            keyholders: (1..=3).map(Keyholder::new).collect(),
            list: Vec::new(),
            traveller: Person::new(),
        }
    }

    /// Lets the list name another address of a node: that of a proxy.
    pub(crate) fn shows(&mut self, at: usize, url: &str) {
        url.clone_into(&mut self.members[at].shown_at);
    }

    /// Signs the list and every member's keys, and gives each node the list and its own keys.
    /// The keys of the others it learns from them.
    pub(crate) fn seals(&mut self) {
        let list = papers::list(&self.keyholders, &self.members);
        let signers = self.keyholders.iter().take(2);
        self.list = papers::signed(&list, signers.map(|holder| (&*holder.did, &holder.key)));
        for member in &self.members {
            let keys = papers::member_keys(member);
            let did = member.authority();
            let roots = member.roots.iter().take(2);
            let keys = papers::signed(&keys, roots.map(|root| (&*did, root)));
            member.joins(&self.list, &keys);
        }
    }

    /// Starts every node, and lets each log its keys.
    pub(crate) fn starts(&mut self) {
        let all: Vec<usize> = (0..self.members.len()).collect();
        self.enters(&all);
    }

    /// Starts these nodes for the first time: each logs the keys of its economy, because the keys
    /// of an authority count from then on.
    pub(crate) fn enters(&mut self, nodes: &[usize]) {
        self.switches_on(nodes);
        for &at in nodes {
            let member = &self.members[at];
            let publish = format!("comity publish {OWN_KEYS} --node {}", member.url());
            member.operator.does(&publish).exits(0);
        }
    }

    /// Starts these nodes at once, and waits until they are ready.
    pub(crate) fn switches_on(&mut self, nodes: &[usize]) {
        for &at in nodes {
            self.members[at].launches();
        }
        for &at in nodes {
            self.members[at].serving().is_ready();
        }
    }

    /// Stops a node as an operator does.
    pub(crate) fn switches_off(&mut self, at: usize) {
        self.members[at].serving.take().unwrap().stop();
    }

    /// Ends a node between two of its instructions.
    pub(crate) fn kills(&mut self, at: usize) {
        self.members[at].serving.take().unwrap().kill();
    }

    /// Numbers of the nodes that run.
    pub(crate) fn running(&self) -> Vec<usize> {
        let running = |&at: &usize| self.members[at].serving.is_some();
        (0..self.members.len()).filter(running).collect()
    }

    pub(crate) fn url(&self, at: usize) -> String {
        self.members[at].url()
    }
}

impl Member {
    fn new(economy: &'static str, number: u8, database: Database) -> Self {
        let port = free_port();
        let roots = (1..=3).map(|root| SigningKey::from_seed(&[number * 10 + root; 32]));
        let member = Self {
            economy,
            operator: Person::new(),
            laboratory: Person::new(),
            port,
            shown_at: format!("http://127.0.0.1:{port}"),
            roots: roots.collect(),
            serving: None,
            database,
        };
        let init = format!(
            "comity node init node --economy {economy} --host {} --name '{}'{}",
            member.host(),
            member.name(),
            member.database.option()
        );
        member.operator.does(&init).exits(0);
        member.adds(
            "config.toml",
            &format!("\n[mirroring]\npoll_seconds = {POLL_SECONDS}\n"),
        );
        member
    }

    pub(crate) fn host(&self) -> String {
        format!("nqi.{}.example", self.economy.to_lowercase())
    }

    pub(crate) fn authority(&self) -> String {
        format!("did:web:{}", self.host())
    }

    pub(crate) fn name(&self) -> String {
        format!("National authority of {}", self.economy)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Origin of its log.
    pub(crate) fn origin(&self) -> String {
        comity_node::config::Config::load(&self.operator.path("node"))
            .unwrap()
            .origin()
    }

    /// The key in a file of its node.
    pub(crate) fn key(&self, file: &str) -> SigningKey {
        read_key(&self.operator.path(&format!("node/keys/{file}"))).unwrap()
    }

    /// The seed in a file of its node.
    fn seed(&self, file: &str) -> [u8; 32] {
        let text = self.operator.reads(&format!("node/keys/{file}"));
        let mut seed = [0; 32];
        hex::decode_to_slice(text.trim_ascii(), &mut seed).unwrap();
        seed
    }

    /// Key of its log.
    pub(crate) fn log_vkey(&self) -> Vkey {
        let signer = NoteSigner::log(&self.origin(), &self.seed("log.seed"));
        signer.unwrap().vkey().clone()
    }

    /// Key with which it co-signs: `use_of_it` is `mirror` or `witness`.
    pub(crate) fn cosigner_vkey(&self, use_of_it: &str) -> Vkey {
        let name = format!("{}/{use_of_it}", self.host());
        let signer = NoteSigner::cosigner(&name, &self.seed(&format!("{use_of_it}.seed")));
        signer.unwrap().vkey().clone()
    }

    /// Takes the papers: pins the list, and lays both where its node looks for them.
    fn joins(&self, list: &[u8], keys: &[u8]) {
        let pinned = papers::digest_of(list);
        self.adds(
            "policy.toml",
            &format!("\n[federation]\nlist_digest = \"{pinned}\"\n"),
        );
        self.operator.does("mkdir -p node/federation").exits(0);
        self.operator.writes("node/federation/list-1.json", list);
        self.operator.writes("node/federation/keys-1.json", keys);
        self.operator.writes(OWN_KEYS, keys);
    }

    /// Adds lines to a file of its node.
    pub(crate) fn adds(&self, file: &str, lines: &str) {
        let file = format!("node/{file}");
        let text = [self.operator.reads(&file), lines.as_bytes().to_vec()].concat();
        self.operator.writes(&file, text);
    }

    /// Copies its folder and its database, as a backup does while the node is off.
    pub(crate) fn is_copied(&self) {
        self.operator.does("cp -r node copy").exits(0);
        self.database.is_copied();
    }

    /// Puts the copy in the place of what it was made of.
    pub(crate) fn is_put_back(&self) {
        self.operator.does("rm -r node && mv copy node").exits(0);
        self.database.is_put_back();
    }

    /// Starts its node, which may take its time to be ready.
    pub(crate) fn launches(&mut self) {
        self.launches_with("");
    }

    /// Starts its node with more options.
    pub(crate) fn launches_with(&mut self, options: &str) {
        let line = format!("{SERVE}{} {options}", self.port);
        self.serving = Some(Serving::launch(&self.operator, &line, self.port));
    }

    /// Its running process.
    pub(crate) fn serving(&mut self) -> &mut Serving {
        self.serving.as_mut().unwrap()
    }
}
