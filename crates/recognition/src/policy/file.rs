//! The text of a policy as it is written.

use comity_model::date::Instant;
use serde::{Deserialize, Serialize};

/// Longest age of a head that a policy may allow, in hours: a year.
pub(super) const MAX_AGE_HOURS: u64 = 8_784;
/// Longest time that an expired federation list may go on, in days: a year.
pub(super) const MAX_GRACE_DAYS: u64 = 366;
/// Longest age of an import that a policy may allow, in days: a century.
pub(super) const MAX_IMPORTED_AGE_DAYS: u64 = 36_600;

/// `policy.toml`. Every key is documented here, once, with its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PolicyFile {
    /// `[[authority]]`: who heads the registrations of an economy. None by default.
    pub authority: Vec<AuthorityEntry>,
    /// `[[log]]`: logs whose entries count. None by default.
    pub log: Vec<LogEntry>,
    /// `[federation]`: a pinned list of members, whose later versions are followed. None by
    /// default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub federation: Option<Federation>,
    /// `[[cosigners]]`: who dates logs with `dated_by = "quorum"`. None by default.
    pub cosigners: Vec<CosignerSet>,
    /// `[[arrangement]]`: arrangements to accept or exclude. By default all are believed that are
    /// properly signed; as soon as one is accepted by name, only those accepted are.
    pub arrangement: Vec<ArrangementRule>,
    /// `[[importers]]`: whose imports and transcriptions of which system count. None by default.
    pub importers: Vec<Importer>,
    /// Keys (multikeys) that may sign status statements of bundles. None by default.
    pub status_signers: Vec<String>,
    /// Oldest head, in hours, from which an absence is concluded. 24 by default.
    pub max_age_hours: u64,
    /// Whether imported records count at all. True by default; each still needs its importer.
    pub accept_imported: bool,
    /// How many days after the last fetch an imported state is still taken. 30 by default.
    pub imported_max_age_days: u64,
    /// Whether a day of issue that the log does not prove is `unknown`. False by default.
    pub require_proven_issue_date: bool,
}

impl Default for PolicyFile {
    fn default() -> Self {
        Self {
            authority: Vec::new(),
            log: Vec::new(),
            federation: None,
            cosigners: Vec::new(),
            arrangement: Vec::new(),
            importers: Vec::new(),
            status_signers: Vec::new(),
            max_age_hours: 24,
            accept_imported: true,
            imported_max_age_days: 30,
            require_proven_issue_date: false,
        }
    }
}

/// An authority and its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityEntry {
    /// DID.
    pub did: String,
    /// Its economy; absent for an international secretariat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub economy: Option<String>,
    /// Its keys.
    pub keys: Vec<KeyEntry>,
}

/// A key and the instants between which it signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyEntry {
    /// Multikey.
    pub key: String,
    /// From; always if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Instant>,
    /// Until, that instant included; open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// A log whose entries count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogEntry {
    /// Origin, `<host>/log/<name>`.
    pub origin: String,
    /// Verification key, whose name is the origin.
    pub vkey: String,
    /// Who dates its entries; `self` by default.
    #[serde(default)]
    pub dated_by: DatedBy,
    /// Economy whose log it is; by default that of the authority on the same host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub economy: Option<String>,
    /// Further economies that publish in it: guests without a log of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub economies: Vec<String>,
}

/// Who dates the entries of a log (format.md 3.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DatedBy {
    /// The log's own cosigner line.
    #[default]
    #[serde(rename = "self")]
    SelfDated,
    /// The cosigner sets of the policy.
    #[serde(rename = "quorum")]
    Quorum,
}

/// A pinned federation list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Federation {
    /// Document digest of the list.
    pub list_digest: String,
    /// How many days after the list has expired answers that rest on it only warn. 30 by default.
    #[serde(default = "grace_days")]
    pub grace_days: u64,
}

fn grace_days() -> u64 {
    30
}

/// Who dates logs, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CosignerSet {
    /// From.
    pub from: Instant,
    /// Until, that instant included; open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// The members; those of a log's own economy do not count for it.
    pub members: Vec<CosignerMember>,
    /// Raises the number of lines needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<usize>,
}

/// A member of a cosigner set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CosignerMember {
    /// Verification key.
    pub vkey: String,
    /// Its economy.
    pub economy: String,
}

/// What the verifier makes of an arrangement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArrangementRule {
    /// DID of the authority under which it is published.
    pub authority: String,
    /// Its id, `<DID>#<slug>`.
    pub name: String,
    /// Document digest of the only version, or of a participation, that is meant; any if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// `rule = "accept"` or `rule = "exclude"`.
    pub rule: Preference,
}

/// Accepted or excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Preference {
    /// It counts; what is accepted nowhere no longer does.
    Accept,
    /// It does not count.
    Exclude,
}

/// Whose imports and transcriptions count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Importer {
    /// DID of the signer.
    pub signer: String,
    /// The authority under which it signs; by default the signer is an authority itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// The system, as `importedFrom.system` and `transcription.system` name it.
    pub system: String,
}
