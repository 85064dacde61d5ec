//! `comity ceremony new member-keys`: an economy's online keys, the first or the next version.

use anyhow::Result;
use clap::Args;
use comity_model::date::Instant;
use comity_model::federation::{AuthorityKey, DatedKey, DatedVkey, MemberKeys, Roots, Terms};
use comity_model::party::Contact;
use comity_model::record::Subject;
use comity_model::revocation::RevocationReason;
use comity_node::config::new_record_id;
use comity_signature::digest::to_multibase;
use serde::Deserialize;

use super::list::key;
use super::{description, open_lists, when};
use crate::ceremony::{Paper, roots};
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::check_did;
use crate::registration::{Authority, by_authority};
use crate::words;

/// What the keys are.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// The version before, as it was signed: this one is the next
    #[arg(long, value_name = "FILE")]
    previous: Option<String>,
    /// The federation list, once for each: roots that one of them reset are not carried over
    #[arg(long = "list", value_name = "FILE")]
    lists: Vec<String>,
    /// What `comity node keys DIR -o json` wrote, or a description in TOML or JSON
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    /// The economy
    #[arg(long, value_name = "CODE", value_parser = words::economy)]
    economy: Option<String>,
    /// The authority, whose roots sign
    #[arg(long, value_name = "DID", value_parser = check_did)]
    authority: Option<String>,
    /// A key that signs records of the authority
    #[arg(long = "authority-key", value_name = "KEY|FILE", value_parser = key)]
    authority_keys: Vec<String>,
    /// A key that signs status statements
    #[arg(long = "status-key", value_name = "KEY|FILE", value_parser = key)]
    status_keys: Vec<String>,
    /// A key that signs checkpoints of the own log
    #[arg(long = "log-key", value_name = "VKEY")]
    log_keys: Vec<String>,
    /// A key that ends with this version, whatever takes its place
    #[arg(long = "end", value_name = "KEY")]
    ended: Vec<String>,
    /// When ended keys end [default: when this version takes effect]; earlier than that counts for
    /// a compromise only
    #[arg(long, value_name = "WHEN", value_parser = when::from)]
    ended_at: Option<Instant>,
    /// Why keys of the authority end: superseded, ceased or keyCompromise
    #[arg(long, default_value = "superseded", value_parser = words::word::<RevocationReason>)]
    reason: RevocationReason,
    /// A root from now on; give all of them
    #[arg(long = "root", value_name = "KEY|FILE", value_parser = key)]
    roots: Vec<String>,
    /// How many of the new roots must sign
    #[arg(long, value_name = "NUMBER", requires = "roots")]
    root_threshold: Option<u64>,
    /// Licence of the economy's data, such as CC-BY-4.0
    #[arg(long, requires_all = ["attribution", "correction_office"])]
    licence: Option<String>,
    /// How the data is to be attributed
    #[arg(long)]
    attribution: Option<String>,
    /// The office that corrects data
    #[arg(long, value_name = "OFFICE")]
    correction_office: Option<String>,
    /// Its mailbox
    #[arg(long, value_name = "ADDRESS")]
    correction_email: Option<String>,
    /// Its page
    #[arg(long, value_name = "URL")]
    correction_url: Option<String>,
    /// From when this version holds [default: now]
    #[arg(long, value_name = "WHEN", value_parser = when::from)]
    effective_from: Option<Instant>,
    /// Name of the authority
    #[arg(long)]
    name: Option<String>,
}

/// The keys of a node, as `comity node keys` names them.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Described {
    name: Option<String>,
    economy: Option<String>,
    authority: Option<String>,
    log_keys: Vec<NamedVkey>,
    mirror_keys: Vec<NamedVkey>,
    witness_keys: Vec<NamedVkey>,
    status_keys: Vec<NamedKey>,
    authority_keys: Vec<NamedKey>,
    terms: Option<Terms>,
}

#[derive(Debug, Deserialize)]
struct NamedVkey {
    vkey: String,
    from: Option<Instant>,
}

#[derive(Debug, Deserialize)]
struct NamedKey {
    key: String,
    from: Option<Instant>,
}

pub(super) fn new(options: &Options, context: &Context) -> Result<Exit> {
    let previous = options.previous.as_deref().map(Paper::open).transpose()?;
    let lists = open_lists(&options.lists)?;
    let described: Described = match &options.from {
        Some(path) => serde_json::from_value(description(path)?)
            .map_err(|error| Failure::usage(format!("{path}: {error}")))?,
        None => Described::default(),
    };
    let now = context.now();
    let begun = begun(options, &described, previous.as_ref(), now)?;
    let (mut keys, did, name) = begun;
    let from = keys.effective_from;
    let change = Change {
        from,
        ended_at: options.ended_at.unwrap_or_else(|| from.plus_seconds(-1)),
        reason: options.reason,
    };
    let log_keys = vkeys(described.log_keys, &options.log_keys);
    change.vkeys(&mut keys.log_keys, log_keys, Series::ByName);
    change.vkeys(&mut keys.mirror_keys, described.mirror_keys, Series::One);
    change.vkeys(&mut keys.witness_keys, described.witness_keys, Series::One);
    change.status(
        &mut keys.status_keys,
        described.status_keys,
        &options.status_keys,
    );
    let authority_keys = &mut keys.authority_keys;
    change.authority(
        authority_keys,
        described.authority_keys,
        &options.authority_keys,
    );
    change.end(&mut keys, &options.ended)?;
    if let Some(terms) = described.terms {
        keys.terms = Some(terms);
    }
    if let Some(terms) = terms(options) {
        keys.terms = Some(terms);
    }
    set_roots(&mut keys, options, &did, previous.as_ref(), &lists)?;
    let issuer = Authority {
        name,
        did,
        language: "en".to_owned(),
    };
    let title = format!("Keys of {}, version {}", keys.economy, keys.version);
    let subject = Subject::MemberKeys(Box::new(keys));
    let record = by_authority(&issuer, new_record_id(now)?, title, now, subject);
    super::draft(&record, previous.as_ref(), context)
}

/// The version to be changed, whose it is, and their name.
fn begun(
    options: &Options,
    described: &Described,
    previous: Option<&Paper>,
    now: Instant,
) -> Result<(MemberKeys, String, String)> {
    let effective_from = options.effective_from.unwrap_or(now);
    let name = options.name.clone().or_else(|| described.name.clone());
    if let Some(paper) = previous {
        let Some(keys) = paper.keys() else {
            return Err(Failure::usage(format!("{} is no list of member keys", paper.name)).into());
        };
        let issuer = &paper.record.issuer;
        if described
            .authority
            .as_ref()
            .is_some_and(|did| *did != issuer.id)
        {
            let what = format!(
                "{} is of {}, and the new keys are not",
                paper.name, issuer.id
            );
            return Err(Failure::usage(what).into());
        }
        let next = MemberKeys {
            version: keys.version + 1,
            previous: Some(to_multibase(paper.digest)),
            effective_from,
            ..keys.clone()
        };
        let name = name.unwrap_or_else(|| issuer.name.clone());
        return Ok((next, issuer.id.clone(), name));
    }
    let economy = options
        .economy
        .clone()
        .or_else(|| described.economy.clone());
    let did = options
        .authority
        .clone()
        .or_else(|| described.authority.clone());
    let (Some(economy), Some(did)) = (economy, did) else {
        return Err(Failure::usage("whose keys these are is not said")
            .help("add --from with what `comity node keys DIR -o json` wrote, or --economy and --authority")
            .into());
    };
    let first = MemberKeys {
        economy,
        version: 1,
        previous: None,
        effective_from,
        roots: None,
        log_keys: Vec::new(),
        mirror_keys: Vec::new(),
        witness_keys: Vec::new(),
        status_keys: Vec::new(),
        authority_keys: Vec::new(),
        terms: None,
    };
    let name = name.unwrap_or_else(|| did.clone());
    Ok((first, did, name))
}

/// Which keys of a sort follow each other: all, or those of one name (a log's origin).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Series {
    One,
    ByName,
}

/// How keys change with this version.
struct Change {
    from: Instant,
    ended_at: Instant,
    reason: RevocationReason,
}

impl Change {
    /// New verification keys take the place of the open ones of their series.
    fn vkeys(&self, held: &mut Vec<DatedVkey>, new: Vec<NamedVkey>, series: Series) {
        let name = |vkey: &str| vkey.split('+').next().unwrap_or_default().to_owned();
        for new in new {
            if held.iter().any(|entry| entry.vkey == new.vkey) {
                continue;
            }
            for entry in held.iter_mut().filter(|entry| entry.until.is_none()) {
                if series == Series::One || name(&entry.vkey) == name(&new.vkey) {
                    entry.until = Some(self.ended_at);
                }
            }
            held.push(DatedVkey {
                from: new.from.unwrap_or(self.from),
                vkey: new.vkey,
                until: None,
            });
        }
    }

    /// New status keys take the place of the open ones.
    fn status(&self, held: &mut Vec<DatedKey>, named: Vec<NamedKey>, given: &[String]) {
        let new = all(named, given);
        if new.is_empty() {
            return;
        }
        for entry in held.iter_mut().filter(|entry| entry.until.is_none()) {
            if !new.iter().any(|key| key.key == entry.key) {
                entry.until = Some(self.ended_at);
            }
        }
        for key in new {
            if !held.iter().any(|entry| entry.key == key.key) {
                held.push(DatedKey {
                    from: key.from.unwrap_or(self.from),
                    key: key.key,
                    until: None,
                });
            }
        }
    }

    /// New keys of the authority take the place of the open ones.
    fn authority(&self, held: &mut Vec<AuthorityKey>, named: Vec<NamedKey>, given: &[String]) {
        let new = all(named, given);
        if new.is_empty() {
            return;
        }
        for entry in held.iter_mut().filter(|entry| entry.until.is_none()) {
            if !new.iter().any(|key| key.key == entry.key) {
                entry.until = Some(self.ended_at);
                entry.reason = Some(self.reason);
            }
        }
        for key in new {
            if !held.iter().any(|entry| entry.key == key.key) {
                held.push(AuthorityKey {
                    from: key.from.unwrap_or(self.from),
                    key: key.key,
                    until: None,
                    reason: None,
                });
            }
        }
    }

    /// Ends the keys that are named, of whatever sort.
    fn end(&self, keys: &mut MemberKeys, ended: &[String]) -> Result<()> {
        for key in ended {
            let mut found = false;
            for list in [
                &mut keys.log_keys,
                &mut keys.mirror_keys,
                &mut keys.witness_keys,
            ] {
                for entry in list.iter_mut().filter(|entry| entry.vkey == *key) {
                    entry.until = Some(self.ended_at);
                    found = true;
                }
            }
            for entry in keys
                .status_keys
                .iter_mut()
                .filter(|entry| entry.key == *key)
            {
                entry.until = Some(self.ended_at);
                found = true;
            }
            for entry in keys
                .authority_keys
                .iter_mut()
                .filter(|entry| entry.key == *key)
            {
                entry.until = Some(self.ended_at);
                entry.reason = Some(self.reason);
                found = true;
            }
            if !found {
                return Err(
                    Failure::usage(format!("{key} is not listed, so it cannot end")).into(),
                );
            }
        }
        Ok(())
    }
}

fn vkeys(named: Vec<NamedVkey>, given: &[String]) -> Vec<NamedVkey> {
    let given = given.iter().map(|vkey| NamedVkey {
        vkey: vkey.clone(),
        from: None,
    });
    named.into_iter().chain(given).collect()
}

fn all(named: Vec<NamedKey>, given: &[String]) -> Vec<NamedKey> {
    let given = given.iter().map(|key| NamedKey {
        key: key.clone(),
        from: None,
    });
    named.into_iter().chain(given).collect()
}

fn terms(options: &Options) -> Option<Terms> {
    Some(Terms {
        licence: options.licence.clone()?,
        attribution: options.attribution.clone()?,
        correction: Contact {
            office: options.correction_office.clone()?,
            email: options.correction_email.clone(),
            url: options.correction_url.clone(),
            telephone: None,
        },
    })
}

/// New roots; or those carried over, unless a list has reset them since.
fn set_roots(
    keys: &mut MemberKeys,
    options: &Options,
    did: &str,
    previous: Option<&Paper>,
    lists: &[Paper],
) -> Result<()> {
    if !options.roots.is_empty() {
        let number = options.roots.len() as u64;
        keys.roots = Some(Roots {
            keys: options.roots.clone(),
            // More than half, so that two halves never sign two versions.
            threshold: options.root_threshold.unwrap_or(number / 2 + 1),
        });
        return Ok(());
    }
    let lists: Vec<&Paper> = lists.iter().collect();
    let current = roots::in_force(keys, did, previous.as_slice(), &lists)?;
    if keys.roots.as_ref().map(roots::as_set) != current {
        keys.roots = None;
    }
    Ok(())
}
