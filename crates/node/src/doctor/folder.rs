//! What a node's folder shows by itself: files that are read, keys and who may read them, room.

use std::path::{Path, PathBuf};

use crate::config::{self, Config};
use crate::peers::Peers;

use super::{Finding, MIN_FREE_BYTES};

/// Files with secrets, and what they are for.
const SECRETS: [(&str, &str); 5] = [
    ("keys/authority.pem", "signs records of the authority"),
    ("keys/log.seed", "signs the log"),
    ("keys/mirror.seed", "co-signs mirrored logs"),
    (
        "keys/witness.seed",
        "co-signs what is brought to the witness",
    ),
    ("keys/status.pem", "signs status statements"),
];

/// What is wrong in a folder. The flag says whether a node can be opened from it at all.
pub fn look(dir: &Path) -> (Vec<Finding>, bool) {
    let mut found = Vec::new();
    let config = match Config::load(dir) {
        Ok(config) => config,
        Err(error) => {
            let command = format!("comity node init {} --help", dir.display());
            found.push(Finding::problem(
                "config.unreadable",
                error.to_string(),
                command,
            ));
            return (found, false);
        }
    };
    let mut usable = of_secrets(dir, &mut found);
    if let Err(error) = config::load_policy(dir) {
        let command = "edit policy.toml (docs/policy.md says every key)";
        found.push(Finding::problem(
            "policy.unreadable",
            error.to_string(),
            command,
        ));
        usable = false;
    }
    if let Err(error) = Peers::load(dir) {
        let command = format!(
            "comity peer list {} after editing peers.toml",
            dir.display()
        );
        found.push(Finding::problem(
            "peers.unreadable",
            error.to_string(),
            command,
        ));
        usable = false;
    }
    found.extend(of_room(dir, &config));
    (found, usable)
}

fn of_secrets(dir: &Path, found: &mut Vec<Finding>) -> bool {
    let mut usable = true;
    for (name, purpose) in SECRETS {
        let path = dir.join(name);
        let Ok(data) = std::fs::metadata(&path) else {
            // Keys that an older version did not make are made at the next start.
            let needed = matches!(name, "keys/authority.pem" | "keys/log.seed");
            let detail = format!("{} is not there; it {purpose}.", path.display());
            if needed {
                let command =
                    "restore it from the copy in the safe, or rotate it (docs/operations.md)";
                found.push(Finding::problem("keys.missing", detail, command));
                usable = false;
            } else {
                let command = format!("comity node serve {} makes it", dir.display());
                found.push(Finding::warning("keys.missing", detail, command));
            }
            continue;
        };
        if let Some(mode) = open_to_others(&data) {
            let detail = format!(
                "{} can be read by others (mode {mode:o}); it {purpose}.",
                path.display()
            );
            let command = format!(
                "chmod 600 {}, and rotate the key if others were there",
                path.display()
            );
            found.push(Finding::problem("keys.readable", detail, command));
        }
    }
    usable
}

/// The mode of a file that others than its owner may read or write.
#[cfg(unix)]
fn open_to_others(data: &std::fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = data.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn open_to_others(_: &std::fs::Metadata) -> Option<u32> {
    None
}

/// Room for the database and the index.
pub fn of_room(dir: &Path, config: &Config) -> Option<Finding> {
    let place = database_folder(dir, config);
    let free = fs4::available_space(&place).ok()?;
    (free < MIN_FREE_BYTES).then(|| {
        let detail = format!("{} MB are left in {}.", free / 1_000_000, place.display());
        Finding::problem(
            "disk.full",
            detail,
            "make room, or move the folder to a larger disk",
        )
    })
}

/// Where SQLite keeps the database; a server looks after its own disk.
fn database_folder(dir: &Path, config: &Config) -> PathBuf {
    let url = config.database_url(dir);
    let file = url.strip_prefix("sqlite://").map(PathBuf::from);
    let parent = file.as_deref().and_then(Path::parent).map(Path::to_owned);
    parent.unwrap_or_else(|| dir.to_owned())
}
