//! A node's folder: configuration, keys, policy, database and index.
//!
//! ```text
//! DIR/config.toml      what this file reads
//! DIR/policy.toml      whose evidence this node believes
//! DIR/peers.toml       whose logs it follows beside those of the federation's members
//! DIR/federation/      federation lists and member keys given by hand, *.json
//! DIR/keys/            authority, log, mirror, witness and status keys, mode 0600
//! DIR/node.sqlite      the database, unless `database` names another
//! DIR/index/           the search index; may be deleted
//! ```

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use comity_model::date::Instant;
use comity_model::party::is_economy;
use comity_recognition::Policy;
use comity_signature::key::SigningKey;
use comity_tlog::note::NoteSigner;
use serde::{Deserialize, Serialize};

use crate::error::Error;

pub mod seeded;

/// Name of the configuration file in a node's folder.
pub const CONFIG_FILE: &str = "config.toml";
/// Name of the policy file in a node's folder.
pub const POLICY_FILE: &str = "policy.toml";

/// Name of the file in which a running node says where it listens.
const ADDRESS_FILE: &str = "address";

/// What a node is and where it keeps things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The authority's name, as records carry it.
    pub name: String,
    /// ISO 3166-1 alpha-2 code of the economy.
    pub economy: String,
    /// Public host name; the authority is `did:web:<host>`.
    pub host: String,
    /// Name of the open log, `[a-z0-9-]{1,32}`, usually the year.
    pub log: String,
    /// Database: `sqlite://...` or `postgres://...`; `DIR/node.sqlite` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// Address to listen on.
    #[serde(default = "default_listen")]
    pub listen: String,
    /// Sentence that stands under every verdict.
    #[serde(default = "default_legal_notice")]
    pub legal_notice: String,
    /// Language of records made by this node, as a BCP 47 tag.
    #[serde(default = "default_language")]
    pub language: String,
    /// Whom to ask about this node's records: name of the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<comity_model::party::Contact>,
    /// Set for worlds made up for demonstration: every answer says so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
    /// How other economies' logs are followed.
    #[serde(default, skip_serializing_if = "Mirroring::is_default")]
    pub mirroring: Mirroring,
}

fn default_listen() -> String {
    "127.0.0.1:8080".to_owned()
}

fn default_language() -> String {
    "en".to_owned()
}

/// What stands under every verdict if the configuration says nothing else; pages say it in the
/// language of their reader.
pub const LEGAL_NOTICE: &str =
    "Computed from published, signed records under the policy of this node; not a legal decision.";
/// The same of made-up worlds.
pub const DEMO_LEGAL_NOTICE: &str = "DEMO: nothing here is real. Computed from made-up records \
                                     under a made-up policy; not a legal decision.";

fn default_legal_notice() -> String {
    LEGAL_NOTICE.to_owned()
}

/// How other economies' logs are followed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mirroring {
    /// Seconds between two looks at the logs followed; 0: never by itself.
    pub poll_seconds: f64,
    /// Most entries taken of one log in a day, where its peer entry says nothing.
    pub daily_entries: u64,
    /// Most bytes of entries and bodies taken of one log in a day.
    pub daily_bytes: u64,
}

impl Default for Mirroring {
    fn default() -> Self {
        Self {
            poll_seconds: 5.0,
            daily_entries: 2_000_000,
            daily_bytes: 16 * 1024 * 1024 * 1024,
        }
    }
}

impl Eq for Mirroring {}

impl Mirroring {
    /// The shortest pause between two looks, in seconds.
    pub const MIN_POLL_SECONDS: f64 = 0.05;

    fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// The pause between two looks; `None`: the node never looks by itself.
    pub fn pause(&self) -> Option<std::time::Duration> {
        let seconds = self.poll_seconds.max(Self::MIN_POLL_SECONDS);
        let looks = self.poll_seconds > 0.0;
        let pause = std::time::Duration::try_from_secs_f64(seconds).ok();
        pause.filter(|_| looks)
    }
}

impl Config {
    /// A configuration for the authority of `economy` at `host`, whose first log is named after
    /// the year of `now`.
    ///
    /// # Errors
    /// [`Error::Setup`] if the economy or the host cannot be right.
    pub fn new(economy: &str, host: &str, name: &str, now: Instant) -> Result<Self, Error> {
        let config = Self {
            name: name.to_owned(),
            economy: economy.to_owned(),
            host: host.to_owned(),
            log: now.day().year().to_string(),
            database: None,
            listen: default_listen(),
            legal_notice: default_legal_notice(),
            language: default_language(),
            contact: None,
            demo: false,
            mirroring: Mirroring::default(),
        };
        config.check()?;
        Ok(config)
    }

    /// Reads `DIR/config.toml`.
    ///
    /// # Errors
    /// [`Error::File`] or [`Error::Setup`] naming the line.
    pub fn load(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(CONFIG_FILE);
        let text = read_text(&path).map_err(|error| match error {
            Error::File { path, source } if source.kind() == std::io::ErrorKind::NotFound => {
                Error::Setup(format!(
                    "{path} is not there; make a node with `comity node init {} --economy CODE --host NAME`",
                    dir.display()
                ))
            }
            error => error,
        })?;
        let config: Self = toml::from_str(&text)
            .map_err(|error| Error::Setup(format!("{}: {error}", path.display())))?;
        config.check()?;
        Ok(config)
    }

    /// DID of the authority that runs this node.
    pub fn authority(&self) -> String {
        format!("did:web:{}", self.host)
    }

    /// Origin of the open log.
    pub fn origin(&self) -> String {
        format!("{}/log/{}", self.host, self.log)
    }

    /// The database's URL.
    pub fn database_url(&self, dir: &Path) -> String {
        self.database
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}", absolute(&dir.join("node.sqlite")).display()))
    }

    fn check(&self) -> Result<(), Error> {
        if !is_economy(&self.economy) {
            return Err(Error::Setup(format!(
                "economy {:?}: expected an ISO 3166-1 alpha-2 code such as SE",
                self.economy
            )));
        }
        comity_signature::did::check(&self.authority())
            .map_err(|why| Error::Setup(format!("host {:?}: {why}", self.host)))?;
        comity_tlog::origin::log_origin(&self.host, &self.log)?;
        let poll = self.mirroring.poll_seconds;
        if !(0.0..=86_400.0).contains(&poll) {
            return Err(Error::Setup(format!(
                "mirroring.poll_seconds {poll}: expected 0 (never by itself) to 86400"
            )));
        }
        Ok(())
    }
}

/// A node's own keys.
#[derive(Debug)]
pub struct Keys {
    /// Signs records of the authority.
    pub authority: SigningKey,
    /// Signs checkpoints.
    pub log: NoteSigner,
    /// Dates them: the log's own key under its cosigner type (format.md 3.6, `self`).
    pub cosigner: NoteSigner,
    /// Co-signs the logs mirrored here; its key is named `<host>/mirror`.
    pub mirror: NoteSigner,
    /// Co-signs what is brought to the witness endpoint; its key is named `<host>/witness`.
    pub witness: NoteSigner,
    /// Signs statements of what was known when.
    pub status: SigningKey,
}

impl Keys {
    /// The keys made from the seeds of the authority and of the log; the others from theirs.
    ///
    /// # Errors
    /// [`Error::Log`] if the origin is malformed.
    pub fn from_seeds(
        config: &Config,
        authority: &[u8; 32],
        log: &[u8; 32],
    ) -> Result<Self, Error> {
        let [mirror, witness, status] =
            ["mirror", "witness", "status"].map(|purpose| derived(purpose, log));
        Self::new(config, authority, log, &mirror, &witness, &status)
    }

    /// The keys made from a seed each.
    ///
    /// # Errors
    /// [`Error::Log`] if the origin is malformed.
    pub fn new(
        config: &Config,
        authority: &[u8; 32],
        log: &[u8; 32],
        mirror: &[u8; 32],
        witness: &[u8; 32],
        status: &[u8; 32],
    ) -> Result<Self, Error> {
        Ok(Self {
            authority: SigningKey::from_seed(authority),
            log: NoteSigner::log(&config.origin(), log)?,
            cosigner: NoteSigner::cosigner(&config.origin(), log)?,
            mirror: NoteSigner::cosigner(&format!("{}/mirror", config.host), mirror)?,
            witness: NoteSigner::cosigner(&format!("{}/witness", config.host), witness)?,
            status: SigningKey::from_seed(status),
        })
    }

    /// Reads the keys of a node's folder. Those that an older version did not make are made.
    ///
    /// # Errors
    /// [`Error::File`] or [`Error::Setup`] naming the file.
    pub fn load(dir: &Path, config: &Config) -> Result<Self, Error> {
        let keys = dir.join("keys");
        let authority = read_key(&keys.join("authority.pem"))?;
        let log = read_seed(&keys.join("log.seed"))?;
        let mirror = seed_or_new(&keys.join("mirror.seed"))?;
        let witness = seed_or_new(&keys.join("witness.seed"))?;
        let status = keys.join("status.pem");
        let status = if status.exists() {
            read_key(&status)?
        } else {
            generate_key(&status, &config.authority())?
        };
        Ok(Self {
            authority,
            status,
            ..Self::new(config, &[0; 32], &log, &mirror, &witness, &[0; 32])?
        })
    }
}

/// Makes a node's folder: configuration, new keys, a policy that believes itself only.
///
/// # Errors
/// [`Error::Setup`] if the folder already holds a node; [`Error::File`].
pub fn init(dir: &Path, config: &Config) -> Result<(), Error> {
    refuse_node(dir)?;
    let keys = dir.join("keys");
    fs::create_dir_all(&keys).map_err(|source| Error::file(&keys, source))?;
    let log = new_seed()?;
    let made = Keys::from_seeds(config, &new_seed()?, &log)?;
    write_private(
        &keys.join("authority.pem"),
        made.authority.to_pem(&config.authority()).as_bytes(),
    )?;
    write_private(&keys.join("log.seed"), hex::encode(log).as_bytes())?;
    // The other keys are made the way a folder of an older version gets them.
    let keys = Keys::load(dir, config)?;
    write_new(&dir.join(POLICY_FILE), own_policy(config, &keys).as_bytes())?;
    // The password of a database may come to stand in it.
    write_private(&dir.join(CONFIG_FILE), text(config)?.as_bytes())
}

fn refuse_node(dir: &Path) -> Result<(), Error> {
    if !dir.join(CONFIG_FILE).exists() {
        return Ok(());
    }
    Err(Error::Setup(format!(
        "{} already holds a node; choose another folder, or delete it first if its log was never published",
        dir.display()
    )))
}

fn text(config: &Config) -> Result<String, Error> {
    toml::to_string_pretty(config)
        .map_err(|error| Error::Setup(format!("the configuration cannot be written: {error}")))
}

/// The seed for a purpose that follows from that of the log.
fn derived(purpose: &str, log: &[u8; 32]) -> [u8; 32] {
    comity_signature::digest::sha256(&[purpose.as_bytes(), b"\n", log.as_slice()].concat())
}

/// The policy of a node that believes its own authority and its own log only.
pub fn own_policy(config: &Config, keys: &Keys) -> String {
    format!(
        "# Whose evidence this node believes. See docs/policy.md.\n\
         accept_imported = true\n\
         max_age_hours = 24\n\
         status_signers = [{status:?}] # its own: bundles that it made\n\n\
         [[authority]]\neconomy = {economy:?}\ndid = {did:?}\nkeys = [{{ key = {key:?} }}]\n\n\
         [[log]]\norigin = {origin:?}\nvkey = {vkey:?}\neconomy = {economy:?}\ndated_by = \"self\"\n",
        economy = config.economy,
        did = config.authority(),
        key = keys.authority.verifying_key().to_multikey(),
        origin = config.origin(),
        vkey = keys.log.vkey().to_string(),
        status = keys.status.verifying_key().to_multikey(),
    )
}

/// Reads `DIR/policy.toml`.
///
/// # Errors
/// [`Error::File`], or [`Error::Setup`] with every fault and its key.
pub fn load_policy(dir: &Path) -> Result<Policy, Error> {
    read_policy(&dir.join(POLICY_FILE))
}

/// Reads a policy file.
///
/// # Errors
/// As [`load_policy`].
pub fn read_policy(path: &Path) -> Result<Policy, Error> {
    Policy::parse(&read_text(path)?).map_err(|faults| {
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        Error::Setup(format!("{}: {}", path.display(), faults.join("; ")))
    })
}

/// Notes where the node of this folder listens, for commands that are run beside it.
///
/// # Errors
/// [`Error::File`].
pub fn write_address(dir: &Path, address: &str) -> Result<(), Error> {
    let path = dir.join(ADDRESS_FILE);
    fs::write(&path, address).map_err(|source| Error::file(&path, source))
}

/// Where the node of this folder listens, or would by its configuration. The note may be of a
/// process that is gone: ask who answers there.
pub fn address(dir: &Path, config: &Config) -> String {
    let noted = fs::read_to_string(dir.join(ADDRESS_FILE));
    noted.map_or_else(|_| config.listen.clone(), |noted| noted.trim().to_owned())
}

/// Reads a signing key from a PEM file.
///
/// # Errors
/// [`Error::File`] or [`Error::Setup`] naming the file.
pub fn read_key(path: &Path) -> Result<SigningKey, Error> {
    read_key_and_did(path).map(|(_, key)| key)
}

/// Reads a signing key and the DID its file names.
///
/// # Errors
/// [`Error::File`] or [`Error::Setup`] naming the file.
pub fn read_key_and_did(path: &Path) -> Result<(Option<String>, SigningKey), Error> {
    let text = read_text(path)?;
    SigningKey::from_pem(&text)
        .map_err(|error| Error::Setup(format!("{}: {error}", path.display())))
}

/// Writes a new key for `did` to `path`, mode 0600; never over a file that is there.
///
/// # Errors
/// [`Error::File`].
pub fn generate_key(path: &Path, did: &str) -> Result<SigningKey, Error> {
    let key = SigningKey::from_seed(&new_seed()?);
    write_private(path, key.to_pem(did).as_bytes())?;
    Ok(key)
}

/// 32 unpredictable bytes from the operating system.
///
/// # Errors
/// [`Error::Setup`] if the system gives none.
pub fn new_seed() -> Result<[u8; 32], Error> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|error| Error::Setup(format!("the system gives no random bytes: {error}")))?;
    Ok(seed)
}

/// A new `urn:uuid:` record id (version 7: the time and randomness).
///
/// # Errors
/// [`Error::Setup`] if the system gives no random bytes.
pub fn new_record_id(now: Instant) -> Result<String, Error> {
    let seed = new_seed()?;
    let mut random = [0; 10];
    for (to, from) in random.iter_mut().zip(seed) {
        *to = from;
    }
    let millis = u64::try_from(now.seconds())
        .unwrap_or(0)
        .saturating_mul(1_000);
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
    Ok(format!("urn:uuid:{id}"))
}

pub(crate) fn read_text(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::file(path, source))
}

fn read_seed(path: &Path) -> Result<[u8; 32], Error> {
    let text = read_text(path)?;
    let mut seed = [0; 32];
    hex::decode_to_slice(text.trim(), &mut seed).map_err(|_| {
        Error::Setup(format!(
            "{}: expected 64 hexadecimal digits",
            path.display()
        ))
    })?;
    Ok(seed)
}

/// Reads a seed, or makes one where there is none.
fn seed_or_new(path: &Path) -> Result<[u8; 32], Error> {
    if path.exists() {
        return read_seed(path);
    }
    let seed = new_seed()?;
    write_private(path, hex::encode(seed).as_bytes())?;
    Ok(seed)
}

fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_with_mode(path, bytes, 0o600)
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write_with_mode(path, bytes, 0o644)
}

/// Writes a new file and its bytes to the disk before it returns.
fn write_with_mode(path: &Path, bytes: &[u8], mode: u32) -> Result<(), Error> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(mode);
    }
    #[cfg(not(unix))]
    let _ = mode;
    options
        .open(path)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .map_err(|source| Error::file(path, source))
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
