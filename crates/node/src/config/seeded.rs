//! A node's folder whose keys are made from seeds: for worlds that are the same in every run. Who
//! knows the seeds can sign as this node, so it is for nothing but made-up data.

use std::fs;
use std::path::Path;

use super::{CONFIG_FILE, Config, Keys, POLICY_FILE, derived, write_new, write_private};
use crate::error::Error;

/// Makes a node's folder with the keys of [`Keys::from_seeds`] and that policy.
///
/// # Errors
/// [`Error::Setup`] if the folder already holds a node; [`Error::File`].
pub fn init(
    dir: &Path,
    config: &Config,
    authority: &[u8; 32],
    log: &[u8; 32],
    policy: &str,
) -> Result<(), Error> {
    super::refuse_node(dir)?;
    let keys = dir.join("keys");
    fs::create_dir_all(&keys).map_err(|source| Error::file(&keys, source))?;
    let made = Keys::from_seeds(config, authority, log)?;
    let did = config.authority();
    let private = |name: &str, bytes: &str| write_private(&keys.join(name), bytes.as_bytes());
    private("authority.pem", &made.authority.to_pem(&did))?;
    private("status.pem", &made.status.to_pem(&did))?;
    private("log.seed", &hex::encode(log))?;
    for purpose in ["mirror", "witness"] {
        private(
            &format!("{purpose}.seed"),
            &hex::encode(derived(purpose, log)),
        )?;
    }
    write_new(&dir.join(POLICY_FILE), policy.as_bytes())?;
    write_private(&dir.join(CONFIG_FILE), super::text(config)?.as_bytes())
}
