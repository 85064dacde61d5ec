//! `comity ceremony new federation-list`: the first list, or the next one.

use anyhow::Result;
use clap::Args;
use comity_model::date::Instant;
use comity_model::federation::{Cosigner, Cosigners, FederationList, FederationMember, Keyholder};
use comity_model::party::is_economy;
use comity_model::record::Subject;
use comity_node::config::new_record_id;
use comity_signature::digest::to_multibase;
use comity_signature::key::VerifyingKey;
use serde::Deserialize;

use super::{description, when};
use crate::ceremony::Paper;
use crate::context::Context;
use crate::exit::{Exit, Failure};
use crate::input::check_did;
use crate::registration::{Authority, by_authority};

/// Days for which a list holds where nothing else is said: a yearly ceremony.
const DAYS_OF_A_LIST: i32 = 365;
/// Most cosigners that are taken from the members by themselves (format.md 3.6).
const MAX_COSIGNERS: usize = 12;

/// What the list says.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// The version before, as it was signed: this one is the next
    #[arg(long, value_name = "FILE")]
    previous: Option<String>,
    /// A description in TOML or JSON, with the members of a list's `credentialSubject`
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    /// A keyholder: DID#KEY, or what `comity keys show -o json` wrote; one of the same DID is replaced
    #[arg(long = "keyholder", value_name = "DID#KEY|FILE", value_parser = keyholder)]
    keyholders: Vec<Keyholder>,
    /// A keyholder that is none any more
    #[arg(long = "remove-keyholder", value_name = "DID", value_parser = check_did)]
    removed_keyholders: Vec<String>,
    /// How many keyholders must sign
    #[arg(long, value_name = "NUMBER")]
    threshold: Option<u64>,
    /// A member: economy=SE,authority=DID,root=KEY,root=KEY,threshold=1 and url=URL, or
    /// log-at=ORIGIN for a guest; one of the same authority is replaced
    #[arg(long = "member", value_name = "FACTS", value_parser = member)]
    members: Vec<FederationMember>,
    /// The authority of a member that leaves
    #[arg(long = "remove-member", value_name = "DID", value_parser = check_did)]
    removed_members: Vec<String>,
    /// A cosigner: an economy whose mirror key counts, or ECONOMY=VKEY for a body's own
    /// [default for version 1: the members with a url]
    #[arg(long = "cosigner", value_name = "ECONOMY[=VKEY]", value_parser = cosigner)]
    cosigners: Vec<Cosigner>,
    /// An economy that is no cosigner any more
    #[arg(long = "remove-cosigner", value_name = "ECONOMY")]
    removed_cosigners: Vec<String>,
    /// Lines needed for a quorum, if more than the rule asks for
    #[arg(long, value_name = "NUMBER")]
    quorum: Option<u64>,
    /// From when it holds [default: now]
    #[arg(long, value_name = "WHEN", value_parser = when::from)]
    effective_from: Option<Instant>,
    /// Until when it holds [default: 365 days later]
    #[arg(long, value_name = "WHEN", value_parser = when::until)]
    valid_until: Option<Instant>,
    /// Name of those who sign it
    #[arg(long, default_value = "Keyholders of the federation")]
    name: String,
}

pub(super) fn new(options: Options, context: &Context) -> Result<Exit> {
    let previous = options.previous.as_deref().map(Paper::open).transpose()?;
    let described = options.from.as_deref().map(description).transpose()?;
    let now = context.now();
    let name = options.name.clone();
    let list = drafted(options, previous.as_ref(), described, now)?;
    let first = list.keyholders.iter().map(|holder| &holder.did).min();
    let Some(did) = first.cloned() else {
        return Err(Failure::usage("a list needs keyholders, who sign it")
            .help("add --keyholder DID#KEY for each, and --threshold")
            .into());
    };
    let issuer = Authority {
        did,
        name,
        language: "en".to_owned(),
    };
    let title = format!("Federation list, version {}", list.version);
    let subject = Subject::FederationList(Box::new(list));
    let record = by_authority(&issuer, new_record_id(now)?, title, now, subject);
    super::draft(&record, previous.as_ref(), context)
}

/// The list that the options describe, after the version before it.
fn drafted(
    options: Options,
    previous: Option<&Paper>,
    described: Option<serde_json::Value>,
    now: Instant,
) -> Result<FederationList> {
    let effective_from = options.effective_from.unwrap_or(now);
    let mut list = begun(previous, effective_from)?;
    list.valid_until = options.valid_until.unwrap_or_else(|| {
        let day = effective_from.day().plus_days(DAYS_OF_A_LIST);
        day.last_second()
    });
    if let Some(described) = described {
        list = super::overlaid(&list, described)?;
    }
    let unsaid = previous.is_none() && list.cosigners.members.is_empty();
    list.keyholders
        .retain(|holder| !options.removed_keyholders.contains(&holder.did));
    for holder in options.keyholders {
        list.keyholders.retain(|held| held.did != holder.did);
        list.keyholders.push(holder);
    }
    list.threshold = options.threshold.unwrap_or(list.threshold);
    change_members(&mut list, &options.removed_members, options.members)?;
    if unsaid && options.cosigners.is_empty() {
        list.cosigners.members = own_mirrors(&list.members);
    }
    let cosigners = &mut list.cosigners.members;
    cosigners.retain(|cosigner| !options.removed_cosigners.contains(&cosigner.economy));
    for cosigner in options.cosigners {
        cosigners.retain(|held| held.economy != cosigner.economy);
        cosigners.push(cosigner);
    }
    if options.quorum.is_some() {
        list.cosigners.threshold = options.quorum;
    }
    sorted(&mut list);
    Ok(list)
}

/// An empty first list, or the next version of the one before.
fn begun(previous: Option<&Paper>, effective_from: Instant) -> Result<FederationList> {
    let Some(paper) = previous else {
        return Ok(FederationList {
            version: 1,
            previous: None,
            effective_from,
            valid_until: effective_from,
            keyholders: Vec::new(),
            threshold: 0,
            members: Vec::new(),
            cosigners: Cosigners::default(),
        });
    };
    let Some(list) = paper.list() else {
        let what = format!("{} is no federation list", paper.name);
        return Err(Failure::usage(what).into());
    };
    Ok(FederationList {
        version: list.version + 1,
        previous: Some(to_multibase(paper.digest)),
        effective_from,
        ..list.clone()
    })
}

/// Takes members out, their mirrors with them, and puts others in.
fn change_members(
    list: &mut FederationList,
    removed: &[String],
    added: Vec<FederationMember>,
) -> Result<()> {
    for did in removed {
        let mut members = list.members.iter();
        let Some(at) = members.position(|member| member.authority == *did) else {
            return Err(Failure::usage(format!("{did} is no member of the list")).into());
        };
        let gone = list.members.remove(at);
        let cosigners = &mut list.cosigners.members;
        cosigners.retain(|cosigner| cosigner.economy != gone.economy);
    }
    for member in added {
        let members = &mut list.members;
        members.retain(|held| held.authority != member.authority);
        members.push(member);
    }
    Ok(())
}

/// The mirrors of the members that run a node.
fn own_mirrors(members: &[FederationMember]) -> Vec<Cosigner> {
    let with_node = members.iter().filter(|member| member.log_at.is_none());
    let mirrors = with_node.take(MAX_COSIGNERS).map(|member| Cosigner {
        economy: member.economy.clone(),
        vkey: None,
    });
    mirrors.collect()
}

/// One order, whatever order the options had.
fn sorted(list: &mut FederationList) {
    list.keyholders
        .sort_by(|one, other| one.did.cmp(&other.did));
    let key = |member: &FederationMember| (member.economy.clone(), member.authority.clone());
    list.members.sort_by_key(key);
    list.cosigners
        .members
        .sort_by(|one, other| one.economy.cmp(&other.economy));
}

/// `DID#KEY`, or a file that `comity keys show -o json` wrote.
fn keyholder(text: &str) -> Result<Keyholder, String> {
    let (did, key) = match text.split_once('#') {
        Some((did, key)) => (did.to_owned(), key.to_owned()),
        None => shown_key(text)?,
    };
    Ok(Keyholder {
        did: check_did(&did)?,
        key: multikey(&key)?,
    })
}

/// A multikey.
fn multikey(text: &str) -> Result<String, String> {
    VerifyingKey::from_multikey(text).map_err(|error| error.to_string())?;
    Ok(text.to_owned())
}

/// A multikey, or a file that `comity keys show -o json` wrote.
pub(super) fn key(text: &str) -> Result<String, String> {
    if text.starts_with("z6Mk") {
        return multikey(text);
    }
    multikey(&shown_key(text)?.1)
}

/// DID and key of a file that `comity keys show -o json` wrote.
fn shown_key(path: &str) -> Result<(String, String), String> {
    #[derive(Deserialize)]
    struct Shown {
        did: String,
        key: String,
    }
    let expected = "expected DID#KEY, or the file that `comity keys show KEY.pem -o json` wrote";
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}; {expected}"))?;
    if text.contains("PRIVATE KEY") {
        return Err(format!(
            "{path} holds a secret, which nobody else needs; {expected}"
        ));
    }
    let shown: Shown =
        serde_json::from_str(&text).map_err(|error| format!("{path}: {error}; {expected}"))?;
    Ok((shown.did, shown.key))
}

/// `economy=SE,authority=DID,root=KEY,threshold=1,url=URL`.
fn member(text: &str) -> Result<FederationMember, String> {
    let mut member = FederationMember {
        economy: String::new(),
        authority: String::new(),
        root_keys: Vec::new(),
        root_threshold: 0,
        url: None,
        log_at: None,
    };
    for fact in text.split(',') {
        let (name, value) = fact
            .split_once('=')
            .ok_or_else(|| format!("expected NAME=VALUE and not {fact:?}"))?;
        match name {
            "economy" if is_economy(value) => value.clone_into(&mut member.economy),
            "economy" => return Err("expected an ISO 3166-1 alpha-2 code, such as SE".to_owned()),
            "authority" => member.authority = check_did(value)?,
            "root" => member.root_keys.push(key(value)?),
            "threshold" => {
                let number = value.parse();
                member.root_threshold = number.map_err(|_| "threshold=NUMBER")?;
            }
            "url" => member.url = Some(value.to_owned()),
            "log-at" => member.log_at = Some(value.to_owned()),
            _ => {
                return Err(format!(
                    "no fact {name:?}; economy, authority, root, threshold, url, log-at"
                ));
            }
        }
    }
    if member.economy.is_empty() || member.authority.is_empty() || member.root_keys.is_empty() {
        return Err("a member has at least economy=, authority= and root=".to_owned());
    }
    if member.root_threshold == 0 {
        // More than half, so that two halves never sign two versions.
        member.root_threshold = member.root_keys.len() as u64 / 2 + 1;
    }
    Ok(member)
}

/// `SE`, or `SE=VKEY`.
fn cosigner(text: &str) -> Result<Cosigner, String> {
    let (economy, vkey) = text
        .split_once('=')
        .map_or((text, None), |(economy, vkey)| (economy, Some(vkey)));
    if !is_economy(economy) {
        return Err("expected ECONOMY or ECONOMY=VKEY, such as SE".to_owned());
    }
    if let Some(vkey) = vkey {
        comity_tlog::note::Vkey::parse(vkey).map_err(|error| error.to_string())?;
    }
    Ok(Cosigner {
        economy: economy.to_owned(),
        vkey: vkey.map(str::to_owned),
    })
}
