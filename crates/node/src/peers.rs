//! `DIR/peers.toml`: whose logs are followed beside those of the federation's members, and which
//! foreign witnesses are asked. Read again whenever it changes.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use comity_store::Mode;
use comity_tlog::note::{KeyType, Vkey};
use serde::{Deserialize, Serialize};

use crate::config;
use crate::error::Error;

/// Name of the file in a node's folder.
pub const PEERS_FILE: &str = "peers.toml";
/// Most peers and most witnesses of one file.
pub const MAX_PEERS: usize = 1_000;

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Peers {
    /// Logs that are followed.
    #[serde(rename = "peer", skip_serializing_if = "Vec::is_empty")]
    pub peers: Vec<Peer>,
    /// Witnesses that are asked to co-sign the own log.
    #[serde(rename = "witness", skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<Witness>,
}

/// A log that is followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Peer {
    /// Where its node answers.
    pub url: String,
    /// Origin of the log.
    pub origin: String,
    /// Verifier key of the log; for a member of the federation its member keys say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vkey: Option<String>,
    /// `mirror`: everything, and co-signed; `follower`: chosen kinds only.
    #[serde(default)]
    pub mode: PeerMode,
    /// Kinds whose bodies a follower takes beside those that it always takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Most entries taken in a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_entries: Option<u64>,
    /// Most bytes of entries and bodies taken in a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_bytes: Option<u64>,
}

/// How a peer's log is followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PeerMode {
    /// Everything, and co-signed.
    #[default]
    Mirror,
    /// All entries, bodies of chosen kinds; nothing is co-signed.
    Follower,
}

impl From<PeerMode> for Mode {
    fn from(mode: PeerMode) -> Self {
        match mode {
            PeerMode::Mirror => Self::Mirror,
            PeerMode::Follower => Self::Follower,
        }
    }
}

/// A foreign witness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witness {
    /// Where it takes `POST /add-checkpoint`.
    pub url: String,
    /// Its verifier key.
    pub vkey: String,
}

impl Peers {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// [`Error::Setup`] naming what is wrong.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let peers: Self =
            toml::from_str(text).map_err(|error| Error::Setup(format!("{PEERS_FILE}: {error}")))?;
        peers.check()?;
        Ok(peers)
    }

    /// The text of a file that says this.
    ///
    /// # Errors
    /// [`Error::Setup`] if it cannot be written as TOML.
    pub fn to_text(&self) -> Result<String, Error> {
        toml::to_string_pretty(self)
            .map_err(|error| Error::Setup(format!("{PEERS_FILE} cannot be written: {error}")))
    }

    /// Reads `DIR/peers.toml`; nobody where there is none.
    ///
    /// # Errors
    /// [`Error::File`] or [`Error::Setup`] naming what is wrong.
    pub fn load(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(PEERS_FILE);
        if !path.exists() {
            return Ok(Self::default());
        }
        Self::parse(&config::read_text(&path)?)
    }

    /// Checks origins and keys.
    ///
    /// # Errors
    /// [`Error::Setup`] naming what is wrong.
    pub fn check(&self) -> Result<(), Error> {
        let wrong = |what: String| Err(Error::Setup(format!("{PEERS_FILE}: {what}")));
        if self.peers.len() > MAX_PEERS || self.witnesses.len() > MAX_PEERS {
            return wrong(format!("more than {MAX_PEERS} peers or witnesses"));
        }
        let mut origins = std::collections::HashSet::new();
        for peer in &self.peers {
            if let Err(error) = comity_tlog::origin::split(&peer.origin) {
                return wrong(format!("{}: {error}", peer.origin));
            }
            if !origins.insert(&peer.origin) {
                return wrong(format!("{} stands there twice", peer.origin));
            }
            let Some(vkey) = &peer.vkey else { continue };
            match Vkey::parse(vkey) {
                Ok(key) if key.key_type() == KeyType::Log && key.name() == peer.origin => {}
                Ok(_) => return wrong(format!("{vkey} is not the log key of {}", peer.origin)),
                Err(error) => return wrong(format!("{vkey}: {error}")),
            }
        }
        for witness in &self.witnesses {
            match Vkey::parse(&witness.vkey) {
                Ok(key) if key.key_type() == KeyType::Cosigner => {}
                Ok(_) => return wrong(format!("{} is not a cosigner's key", witness.vkey)),
                Err(error) => return wrong(format!("{}: {error}", witness.vkey)),
            }
        }
        Ok(())
    }
}

/// The peers of a running node, read again when their file changes.
#[derive(Debug)]
pub struct PeerFile {
    path: Option<PathBuf>,
    read: Mutex<(Option<SystemTime>, Peers)>,
}

impl PeerFile {
    /// The peers of a folder.
    ///
    /// # Errors
    /// As [`Peers::load`].
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let peers = Peers::load(dir)?;
        let path = dir.join(PEERS_FILE);
        Ok(Self {
            read: Mutex::new((changed(&path), peers)),
            path: Some(path),
        })
    }

    /// Peers that stand in no file.
    pub fn fixed(peers: Peers) -> Self {
        Self {
            path: None,
            read: Mutex::new((None, peers)),
        }
    }

    /// The peers as the file says now; where it cannot be read, as it said before.
    pub fn current(&self) -> Peers {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = &self.path {
            let at = changed(path);
            if at != read.0 {
                let dir = path.parent().unwrap_or(Path::new("."));
                match Peers::load(dir) {
                    Ok(peers) => read.1 = peers,
                    Err(error) => tracing::error!(%error, "the peers stay as they were"),
                }
                read.0 = at;
            }
        }
        read.1.clone()
    }

    /// Puts other peers in the place of those given at the start.
    pub fn replace(&self, peers: Peers) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.1 = peers;
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path)
        .and_then(|data| data.modified())
        .ok()
}

#[cfg(test)]
mod tests;
