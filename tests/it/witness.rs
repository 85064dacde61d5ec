//! The witness endpoint of a node, and witnesses that are not ours: `POST /add-checkpoint` as C2SP
//! `tlog-witness` says it, status by status.

mod conformance;
mod foreign;

use std::path::PathBuf;

use comity_node::config::Config;
use comity_node::remote::{Answer, Remote};
use comity_tlog::checkpoint::cosignatures;
use comity_tlog::note::{NoteSigner, SignedNote, Vkey};

use crate::program::history::{History, seed_in};
use crate::program::http::block_on;
use crate::program::{Person, Serving, free_port};

/// A log that the test keeps, and that nobody serves.
const ORIGIN: &str = "log.example/log/2026";
const SEED: [u8; 32] = [41; 32];

/// A node that knows the key of a foreign log.
struct Witness {
    operator: Person,
    port: u16,
    serving: Option<Serving>,
}

impl Witness {
    /// Its policy names `log`.
    fn of(log: &History) -> Self {
        let operator = Person::new();
        let init = "comity node init fi --economy FI --host nqi.example.fi --name Witness";
        operator.does(init).exits(0);
        let policy = String::from_utf8(operator.reads("fi/policy.toml")).unwrap();
        let pinned = format!(
            "\n[[log]]\norigin = {:?}\nvkey = {:?}\neconomy = \"SE\"\ndated_by = \"self\"\n",
            log.origin(),
            log.vkey(),
        );
        operator.writes("fi/policy.toml", policy + &pinned);
        let mut witness = Self {
            operator,
            port: free_port(),
            serving: None,
        };
        witness.serves();
        witness
    }

    fn serves(&mut self) {
        let line = format!("comity node serve fi -q --listen 127.0.0.1:{}", self.port);
        self.serving = Some(Serving::begin(&self.operator, &line, self.port));
    }

    fn folder(&self) -> PathBuf {
        self.operator.path("fi")
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The key by which it witnesses.
    fn vkey(&self) -> Vkey {
        let config = Config::load(&self.folder()).unwrap();
        let seed = seed_in(&self.folder(), "witness.seed");
        let name = format!("{}/witness", config.host);
        let signer = NoteSigner::cosigner(&name, &seed).unwrap();
        signer.vkey().clone()
    }

    fn is_asked(&self, body: impl Into<Vec<u8>>) -> Answer {
        let remote = Remote::new(&self.url()).unwrap();
        let asked = remote.post("/add-checkpoint", "text/plain", body.into());
        block_on(asked).unwrap()
    }

    /// It must co-sign the note, at a time that it says.
    #[track_caller]
    fn cosigns(&self, body: &str, note: &SignedNote) -> u64 {
        let answer = self.is_asked(body);
        let lines = String::from_utf8(answer.body).unwrap();
        assert_eq!(answer.status, 200, "{lines}");
        assert!(lines.starts_with("\u{2014} ") && lines.ends_with('\n'));
        let text = &note.text;
        let note = SignedNote::parse(format!("{text}\n{lines}").as_bytes()).unwrap();
        let valid = cosignatures(&note, &[self.vkey()]);
        assert_eq!(valid.len(), note.signatures.len(), "{lines}");
        valid[0].time_unix
    }
}

/// A request to co-sign `note` by whom last co-signed at `old`.
fn request(old: u64, proof: &[[u8; 32]], note: &SignedNote) -> String {
    let mut body = format!("old {old}\n");
    for hash in proof {
        body.push_str(&base64(hash));
        body.push('\n');
    }
    format!("{body}\n{note}")
}

/// The spelling of a hash in requests, as a checkpoint spells its root.
fn base64(hash: &[u8; 32]) -> String {
    let head = comity_tlog::checkpoint::Checkpoint {
        origin: ORIGIN.to_owned(),
        size: 1,
        root: *hash,
    };
    head.text().lines().nth(2).unwrap().to_owned()
}

/// A log of `count` entries that differ from those of another `story`.
fn log(story: &str, count: usize) -> History {
    let mut log = History::new(ORIGIN, SEED);
    for number in 0..count {
        log.records("Attestation", format!("{story} {number}").as_bytes());
    }
    log
}
