//! A witness and a client of witnesses that are not ours (`aics-witness` from the registry of
//! Python): it co-signs our log, and its client gets cosignatures from our endpoint.
//!
//! Each test says why it was skipped where there is no Python that it needs, or no registry.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use comity_tlog::checkpoint::cosignatures;
use comity_tlog::note::{SignedNote, Vkey};

use super::{Witness, base64, log};
use crate::program::history::now_unix;
use crate::program::{Person, Serving, free_port, http, wait_until};

/// What is installed, exactly.
const PACKAGES: [&str; 2] = ["aics-witness==0.1.0", "aics-tlog==0.2.1"];
/// The names under which a Python is looked for; the package asks for 3.12.
const PYTHONS: [&str; 4] = ["python3", "python3.12", "python3.13", "python3.14"];

/// Asks a witness for a cosignature as the package's own client does: an address, a key, a folder
/// with `note` and `proof-<old>`, and the file in which it remembers what it saw.
const CLIENT: &str = r#"
import pathlib, sys
from base64 import b64decode
from aics_witness.feeder import WitnessClient
url, vkey, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
proof = lambda old, new: [b64decode(line) for line in (folder / f"proof-{old}").read_text().split()]
client = WitnessClient(url, vkey, state_path=folder / "state.json")
sys.stdout.buffer.write(client.submit((folder / "note").read_bytes(), proof).encode())
"#;

/// The programs of the package, installed below the target folder; `None` with a word why.
fn installed() -> Option<PathBuf> {
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("foreign-witness");
    let programs = place.join("bin");
    if programs.join("aics-witness").exists() {
        return Some(programs);
    }
    let Some(python) = python() else {
        eprintln!("skipped: no Python of 3.12 or later for the foreign witness");
        return None;
    };
    let made = Command::new(python)
        .args(["-m", "venv"])
        .arg(&place)
        .output();
    let pip = Command::new(programs.join("pip"))
        .args(["install", "--quiet", "--disable-pip-version-check"])
        .args(PACKAGES)
        .output();
    match (made, pip) {
        (Ok(made), Ok(pip)) if made.status.success() && pip.status.success() => Some(programs),
        (_, pip) => {
            let words = pip.map(|pip| String::from_utf8_lossy(&pip.stderr).into_owned());
            eprintln!("skipped: the foreign witness could not be installed: {words:?}");
            None
        }
    }
}

/// A Python that is new enough, by its name or where pyenv keeps several.
fn python() -> Option<PathBuf> {
    let mut candidates: Vec<PathBuf> = PYTHONS.iter().map(PathBuf::from).collect();
    let home = std::env::var_os("HOME").map(PathBuf::from)?;
    if let Ok(versions) = std::fs::read_dir(home.join(".pyenv/versions")) {
        let versions = versions.filter_map(Result::ok);
        candidates.extend(versions.map(|version| version.path().join("bin/python3")));
    }
    let new_enough = "import sys, venv; sys.exit(sys.version_info < (3, 12))";
    candidates.into_iter().find(|python| {
        let said = Command::new(python).args(["-c", new_enough]).output();
        said.is_ok_and(|said| said.status.success())
    })
}

/// Tests of this file wait for each other, so that one installs.
fn programs() -> Option<PathBuf> {
    static INSTALLED: std::sync::OnceLock<Option<PathBuf>> = std::sync::OnceLock::new();
    INSTALLED.get_or_init(installed).clone()
}

/// A foreign witness that serves; ended when this goes.
struct Foreign {
    programs: PathBuf,
    person: Person,
    port: u16,
    vkey: Vkey,
    serving: Option<Child>,
}

impl Foreign {
    fn new(programs: &Path) -> Self {
        let port = free_port();
        let person = Person::new();
        let program = programs.join("aics-witness");
        let init = format!(
            "{} init --config w.json --name witness.example/w1 --listen 127.0.0.1:{port}",
            program.display()
        );
        let vkey = person.does(&init).exits(0).text();
        Self {
            programs: programs.to_owned(),
            person,
            port,
            vkey: Vkey::parse(vkey.trim()).unwrap(),
            serving: None,
        }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn does(&self, words: &str) -> crate::program::Said {
        let program = self.programs.join("aics-witness");
        let line = format!("{} {words}", program.display());
        self.person.does(&line)
    }

    /// It trusts that log from now on.
    fn trusts(&self, origin: &str, vkey: &str) {
        let words = format!("add-log --config w.json --origin {origin} --vkey {vkey}");
        self.does(&words).exits(0);
    }

    fn serves(&mut self) {
        let mut serve = Command::new(self.programs.join("aics-witness"));
        serve
            .args(["serve", "--config"])
            .arg(self.person.path("w.json"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        self.serving = Some(serve.spawn().unwrap());
        let health = format!("{}/healthz", self.url());
        wait_until("the foreign witness serves", || {
            http::get(&health).is_ok_and(|answer| answer.is_success())
        });
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        if let Some(mut serving) = self.serving.take() {
            let _ = serving.kill();
            let _ = serving.wait();
        }
    }
}

/// A node whose log a foreign witness co-signs, and which takes its line for a cosigner's.
#[test]
fn a_foreign_witness_cosigns_our_log() {
    let Some(programs) = programs() else { return };
    let mut foreign = Foreign::new(&programs);
    let authority = Person::new();
    let init = "comity node init se --economy SE --host nqi.example.se --name Authority";
    authority.does(init).exits(0);
    authority.writes(
        "se/peers.toml",
        format!(
            "[[witness]]\nurl = \"{}\"\nvkey = \"{}\"\n",
            foreign.url(),
            foreign.vkey
        ),
    );
    // Its line is the quorum: it is the only cosigner, and of another economy.
    let policy = String::from_utf8(authority.reads("se/policy.toml")).unwrap();
    let cosigners = format!(
        "\n[[cosigners]]\nfrom = \"2026-01-01T00:00:00Z\"\nmembers = [{{ vkey = \"{}\", economy = \"FI\" }}]\n",
        foreign.vkey
    );
    authority.writes("se/policy.toml", policy + &cosigners);
    let port = free_port();
    let line = format!("comity node serve se -q --listen 127.0.0.1:{port}");
    let serving = Serving::begin(&authority, &line, port);
    let log = http::json(&format!("{}/v1/logs", serving.url))["items"][0].clone();
    let origin = log["origin"].as_str().unwrap();
    let (_, name) = origin.split_once("/log/").unwrap();
    let checkpoint = format!("{}/log/{name}/checkpoint", serving.url);
    // The witness comes up late: the log does not wait for it.
    foreign.trusts(origin, log["vkey"].as_str().unwrap());
    foreign.serves();
    for number in 1..=3 {
        let draft = format!(
            "comity record new competence-grant --issuer did:web:nqi.example.se \
             --authority did:web:nqi.example.se > {number}.draft.json"
        );
        authority.does(&draft).exits(0);
        let sign =
            format!("comity sign {number}.draft.json --key se/keys/authority.pem > {number}.json");
        authority.does(&sign).exits(0);
        let publish = format!("comity publish {number}.json --node {}", serving.url);
        let index = authority.does(&publish).exits(0).json()["log"]["index"].clone();
        wait_until("the foreign witness has co-signed the record", || {
            let note = SignedNote::parse(&http::bytes(&checkpoint)).unwrap();
            let size = comity_tlog::checkpoint::Checkpoint::parse(&note.text).unwrap();
            let lines = cosignatures(&note, std::slice::from_ref(&foreign.vkey));
            size.size > index.as_u64().unwrap() && !lines.is_empty()
        });
    }
    wait_until("its line makes the quorum", || {
        http::json(&format!("{}/v1/logs", serving.url))["items"][0]["quorum"] == true
    });
    let kept = foreign.does("evidence --config w.json").exits(0).text();
    assert!(!kept.contains(origin), "it has nothing against us: {kept}");
}

/// The client of others asks our endpoint: it begins without a size, grows, and loses count.
#[test]
fn a_foreign_client_is_witnessed_by_us() {
    let Some(programs) = programs() else { return };
    let log = log("true", 600);
    let witness = Witness::of(&log);
    let client = Person::new();
    client.writes("client.py", CLIENT);
    let ask = format!(
        "{} client.py {} '{}' .",
        programs.join("python").display(),
        witness.url(),
        witness.vkey()
    );
    let mut old = 0;
    // At 256 and 512 tiles are complete; 513 is one beyond.
    for size in [1, 2, 255, 256, 257, 512, 513, 600] {
        let note = log.note_at(size, now_unix());
        let proof: String = if old == 0 {
            String::new()
        } else {
            let hashes = log.consistency(old, size);
            hashes.iter().map(|hash| base64(hash) + "\n").collect()
        };
        client.writes(&format!("proof-{old}"), proof);
        client.writes("note", note.to_string());
        if size == 256 {
            // It must be told where the witness stands.
            std::fs::remove_file(client.path("state.json")).unwrap();
        }
        let lines = client.does(&ask).exits(0).text();
        let answered = SignedNote::parse(format!("{}\n{lines}", note.text).as_bytes()).unwrap();
        assert_eq!(cosignatures(&answered, &[witness.vkey()]).len(), 1);
        old = size;
    }
    // And what is no growth, the client of others hears as they would say it.
    let other = super::log("false", 600);
    client.writes("note", other.note_at(600, now_unix()).to_string());
    client.writes("proof-600", "");
    client.does(&ask).exits(1).warns("witness answered 422");
}
