//! `FederationList` and `MemberKeys`: who is in a federation, and by which keys (format.md 2.11).
//!
//! Both are lists in versions, each signed by several keys: a list by a threshold of the
//! keyholders of the version before and of its own, an economy's keys by its offline roots.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Instant;
use crate::party::{Contact, is_did, is_slug};
use crate::revocation::RevocationReason;

/// Most keyholders of a list and most root keys of a member: a record has at most 15 proofs.
pub const MAX_SIGNERS: usize = 15;
/// Most members of a list: every economy of the world.
pub const MAX_MEMBERS: usize = 200;
/// Most cosigners that date a log (format.md 3.6).
pub const MAX_COSIGNERS: usize = 12;
/// Most keys of one sort in a version of an economy's keys, those that ended included.
pub const MAX_KEYS_OF_A_SORT: usize = 32;
/// Longest URL of a node, in bytes.
pub const MAX_URL_BYTES: usize = 2_000;
/// Longest name of a log after its host.
const MAX_LOG_NAME_BYTES: usize = 32;

/// The subject of a `FederationList` record: a version of the list of members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FederationList {
    /// 1, 2, ...
    pub version: u64,
    /// Document digest of the version before; absent of the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// From when it holds.
    pub effective_from: Instant,
    /// After this instant nothing new is accepted under it.
    pub valid_until: Instant,
    /// Who may sign the next version.
    pub keyholders: Vec<Keyholder>,
    /// How many of them must.
    pub threshold: u64,
    /// The economies that are in.
    pub members: Vec<FederationMember>,
    /// Whose mirrors date the logs of members.
    pub cosigners: Cosigners,
}

/// Somebody who signs versions of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Keyholder {
    /// DID.
    pub did: String,
    /// Ed25519 public key as multikey.
    pub key: String,
}

/// An economy of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FederationMember {
    /// ISO 3166-1 alpha-2 code.
    pub economy: String,
    /// DID of its authority.
    pub authority: String,
    /// Its offline root keys, as multikeys.
    pub root_keys: Vec<String>,
    /// How many of them sign its online keys.
    pub root_threshold: u64,
    /// Base URL of its node; absent of a guest without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Origin of another member's log, in which this guest economy publishes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_at: Option<String>,
}

/// Whose mirrors date the logs of members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cosigners {
    /// Raises the quorum; never lowers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<u64>,
    /// The mirrors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Cosigner>,
}

/// A mirror whose cosignature dates.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Cosigner {
    /// ISO 3166-1 alpha-2 code of the economy that runs it.
    pub economy: String,
    /// The cosigner key of a body that is no member; absent of a member, whose mirror keys its
    /// `MemberKeys` say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vkey: Option<String>,
}

/// The subject of a `MemberKeys` record: a version of an economy's online keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemberKeys {
    /// ISO 3166-1 alpha-2 code.
    pub economy: String,
    /// 1, 2, ... for this authority.
    pub version: u64,
    /// Document digest of the version before; absent of the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// From when it holds.
    pub effective_from: Instant,
    /// New offline roots for later versions; signed by the old and the new ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roots: Option<Roots>,
    /// Keys of its logs; none of a guest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log_keys: Vec<DatedVkey>,
    /// Keys with which it co-signs the logs it mirrors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mirror_keys: Vec<DatedVkey>,
    /// Keys of its witness endpoint.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub witness_keys: Vec<DatedVkey>,
    /// Keys that sign its status statements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status_keys: Vec<DatedKey>,
    /// Keys by which the authority signs records.
    pub authority_keys: Vec<AuthorityKey>,
    /// Under which terms its data may be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Terms>,
}

/// Offline root keys and how many of them must sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Roots {
    /// Ed25519 public keys as multikeys.
    pub keys: Vec<String>,
    /// How many of them must sign.
    pub threshold: u64,
}

/// The key of a log or a cosigner, and the instants between which it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DatedVkey {
    /// The key as C2SP `signed-note` spells it: `<name>+<8 hex of the id>+<base64>`.
    pub vkey: String,
    /// From this instant.
    pub from: Instant,
    /// Until this instant, itself included; open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// A key and the instants between which it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DatedKey {
    /// Ed25519 public key as multikey.
    pub key: String,
    /// From this instant.
    pub from: Instant,
    /// Until this instant, itself included; open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// A key of the authority, the instants between which it may sign, and why it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuthorityKey {
    /// Ed25519 public key as multikey.
    pub key: String,
    /// May sign from this instant.
    pub from: Instant,
    /// May sign until this instant, itself included. Before the logged time of the version that
    /// says so it is honoured for compromise only, else clamped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Why it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RevocationReason>,
}

/// Under which terms an economy's data may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Terms {
    /// Name or URL of the licence.
    pub licence: String,
    /// How to cite the source.
    pub attribution: String,
    /// The office that corrects errors.
    pub correction: Contact,
}

/// What a verification key of `signed-note` signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VkeySort {
    /// A log: its name is an origin.
    Log,
    /// A mirror or a witness.
    Cosigner,
}

impl VkeySort {
    fn byte(self) -> u8 {
        match self {
            Self::Log => 0x01,
            Self::Cosigner => 0x04,
        }
    }
}

/// The name and the public key of `vkey`, if it has the shape of a key of that sort. Whether it is
/// a point of the curve, and its id the right one, is for `comity-tlog` to say.
pub fn read_vkey(vkey: &str, sort: VkeySort) -> Option<(&str, [u8; 32])> {
    use base64::Engine as _;
    let mut parts = vkey.splitn(3, '+');
    let (name, id, key) = (parts.next()?, parts.next()?, parts.next()?);
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let bytes = base64::engine::general_purpose::STANDARD.decode(key).ok()?;
    let (kind, key) = bytes.split_first()?;
    let fits = is_key_name(name) && id.len() == 8 && id.bytes().all(hex) && *kind == sort.byte();
    let named = sort == VkeySort::Cosigner || is_origin(name);
    Some((name, key.try_into().ok()?)).filter(|_| fits && named)
}

/// Longest name of a key: one length byte in its post-quantum form.
const MAX_KEY_NAME_BYTES: usize = 255;

fn is_key_name(name: &str) -> bool {
    let refused = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    (1..=MAX_KEY_NAME_BYTES).contains(&name.len()) && !name.contains(refused)
}

/// Whether `text` is the origin of a log: `<host>/log/<name>` (format.md 3.1).
pub fn is_origin(text: &str) -> bool {
    text.split_once("/log/").is_some_and(|(host, name)| {
        !host.contains(':')
            && is_did(&format!("did:web:{host}"))
            && is_slug(name)
            && name.len() <= MAX_LOG_NAME_BYTES
    })
}

/// Whether `text` is the base URL of a node: `http` or `https`, a host, no query.
pub fn is_node_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && text.len() <= MAX_URL_BYTES
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#' | b'@' | b'"'))
    })
}
