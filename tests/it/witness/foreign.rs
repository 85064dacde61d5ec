//! A client of witnesses that is not ours (that of `aics-witness`, from the registry of Python): it
//! gets cosignatures from our endpoint.
//!
//! Each test says why it was skipped where there is no Python that it needs, or no registry.

use std::path::PathBuf;
use std::process::Command;

use comity_tlog::checkpoint::cosignatures;
use comity_tlog::note::SignedNote;

use super::{Witness, base64, log};
use crate::program::Person;
use crate::program::history::now_unix;

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
