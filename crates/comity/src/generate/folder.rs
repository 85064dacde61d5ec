//! The folder of the made-up world's node: who it is, its keys, and whom it believes.

use std::path::Path;

use anyhow::{Context as _, Result};
use comity_model::date::Day;
use comity_model::record::Kind;
use comity_node::config::{Config, DEMO_LEGAL_NOTICE, Keys, seeded};
use comity_recognition::Policy;
use comity_recognition::policy::{
    AuthorityEntry, DatedBy, Federation, KeyEntry, LogEntry, PolicyFile,
};

use super::cast::{Body, ECONOMIES, public_seed};
use super::sign::Signed;
use super::world::World;
use crate::exit::Failure;

/// Host of the node; the authority of the first economy runs it.
const HOST: &str = "gb.made-up.example";
/// Name of the log.
const LOG: &str = "made-up";
/// What the node is.
///
/// # Errors
/// If its own name is malformed.
pub(super) fn config(date: Day, database: Option<String>) -> Result<Config> {
    let [first, ..] = &ECONOMIES;
    let name = "DEMO Quality Authority, United Kingdom";
    let mut config = Config::new(first.code, HOST, name, date.first_second())?;
    LOG.clone_into(&mut config.log);
    config.database = database;
    config.demo = true;
    DEMO_LEGAL_NOTICE.clone_into(&mut config.legal_notice);
    Ok(config)
}

/// Refuses a folder in which there is something.
///
/// # Errors
/// If so, or if it cannot be read.
pub(super) fn refuse_used(dir: &Path) -> Result<()> {
    let entries = match std::fs::read_dir(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(|| format!("{} cannot be read", dir.display()))?,
    };
    if entries.count() == 0 {
        return Ok(());
    }
    let what = format!("{} is not empty", dir.display());
    Err(Failure::usage(what)
        .help("name a folder that is not there yet; what was interrupted is deleted and made anew")
        .into())
}

/// The node's keys: everybody can make them.
///
/// # Errors
/// If its own name is malformed.
pub(super) fn keys(seed: u64, config: &Config) -> Result<Keys> {
    let [authority, log] = seeds(seed, config);
    Ok(Keys::from_seeds(config, &authority, &log)?)
}

fn seeds(seed: u64, config: &Config) -> [[u8; 32]; 2] {
    [config.authority(), config.origin()].map(|name| public_seed(seed, &name))
}

/// Writes the folder; `foundation` begins with the list of members.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn write(
    dir: &Path,
    seed: u64,
    config: &Config,
    world: &World,
    keys: &Keys,
    foundation: &[Signed],
) -> Result<()> {
    let policy = policy(config, world, keys, foundation)?;
    let policy = format!(
        "# DEMO: the policy of a made-up world. Everybody can make its keys.\n{}",
        toml::to_string_pretty(policy.file())?
    );
    let [authority, log] = seeds(seed, config);
    seeded::init(dir, config, &authority, &log, &policy)?;
    Ok(())
}

/// It believes every authority of the world and the secretariat, by their keys, so that nothing
/// ends with the list of members, which it pins too.
fn policy(config: &Config, world: &World, keys: &Keys, foundation: &[Signed]) -> Result<Policy> {
    let cast = &world.cast;
    let entry = |body: &Body, economy: Option<String>| AuthorityEntry {
        did: body.did.clone(),
        economy,
        keys: vec![KeyEntry {
            key: body.key.verifying_key().to_multikey(),
            from: None,
            until: None,
        }],
    };
    let authorities = cast.authorities.iter();
    let authorities = authorities.map(|body| entry(body, Some(body.code().to_owned())));
    let list = foundation
        .first()
        .filter(|first| first.kind == Kind::FederationList);
    let list = list.context("the foundation begins with the list of members")?;
    let guests = ECONOMIES.iter().skip(1);
    let file = PolicyFile {
        authority: authorities
            .chain([entry(&cast.secretariat, None)])
            .collect(),
        log: vec![LogEntry {
            origin: config.origin(),
            vkey: keys.log.vkey().to_string(),
            dated_by: DatedBy::SelfDated,
            economy: Some(config.economy.clone()),
            economies: guests.map(|economy| economy.code.to_owned()).collect(),
        }],
        federation: Some(Federation {
            list_digest: list.reference.digest_multibase.clone(),
            grace_days: 30,
        }),
        status_signers: vec![keys.status.verifying_key().to_multikey()],
        ..PolicyFile::default()
    };
    Policy::new(file).map_err(|faults| {
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the made-up policy: {}", faults.join("; "))
    })
}
