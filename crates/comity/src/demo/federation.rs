//! How the members of the demo trust each other: one list under three keyholders, and each
//! member's online keys under its own two roots. All of these keys come from seeds that anybody
//! can compute.

use anyhow::Result;
use comity_model::federation::{
    AuthorityKey, Cosigner, Cosigners, DatedKey, DatedVkey, FederationList, FederationMember,
    Keyholder, MemberKeys, Terms,
};
use comity_model::party::Contact;
use comity_model::record::Subject;
use comity_node::config::{Config, DEMO_LEGAL_NOTICE, Keys, Mirroring};
use comity_recognition::Policy;
use comity_recognition::policy::{AuthorityEntry, Federation, KeyEntry, PolicyFile};
use comity_signature::key::SigningKey;

use super::LOG;
use super::cast::{Body, KEYHOLDERS, SECRETARIAT, seed};
use super::ledger::{Draft, Ledger, day};
use super::members::{MEMBERS, Member, NODES};

/// The day the federation begins: the first of the demo's calendar.
const FEDERATED: &str = "2024-06-01";
/// The last day on which the list is believed without a newer one.
const LIST_UNTIL: &str = "2027-06-30";
/// How many keyholders sign a version of the list.
const KEYHOLDER_THRESHOLD: u64 = 2;
/// How many root keys a member has; all of them sign.
const ROOTS: u32 = 2;
/// What the demo calls the list.
const LIST: &str = "federation list";

/// Adds the list and every member's keys.
///
/// # Errors
/// If one cannot be signed.
pub(super) fn federate(ledger: &mut Ledger) -> Result<()> {
    let [first, second, _] = &KEYHOLDERS;
    let draft = Draft {
        key: LIST,
        logged: FEDERATED,
        by: first,
        name: "DEMO federation, version 1",
        subject: Subject::FederationList(Box::new(list()?)),
    };
    let signers = [first, second].map(|holder| (holder, holder.key(1)));
    ledger.add_signed(draft, None, &signers)?;
    for member in &MEMBERS {
        let by = member.authority;
        let draft = Draft {
            key: &format!("keys of {}", by.did),
            logged: FEDERATED,
            by,
            name: &format!("DEMO, 1: {}", by.name),
            subject: Subject::MemberKeys(Box::new(member_keys(member)?)),
        };
        let roots = (1..=ROOTS).map(|number| (by, root(by, number)));
        ledger.add_signed(draft, None, &roots.collect::<Vec<_>>())?;
    }
    Ok(())
}

/// The policy of everybody in the demo: it pins the list, and the secretariat, which belongs to
/// no economy. The logs of the members are dated by their quorum.
///
/// # Errors
/// If it is no policy.
pub(super) fn policy(ledger: &Ledger) -> Result<Policy> {
    let file = PolicyFile {
        authority: vec![AuthorityEntry {
            did: SECRETARIAT.did.to_owned(),
            economy: None,
            keys: vec![KeyEntry {
                key: multikey(&SECRETARIAT.key(1)),
                from: None,
                until: None,
            }],
        }],
        federation: Some(Federation {
            list_digest: ledger.reference(LIST)?.digest_multibase,
            grace_days: 30,
        }),
        ..PolicyFile::default()
    };
    Policy::new(file).map_err(|faults| {
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the demo's policy: {}", faults.join("; "))
    })
}

/// The same as the text of a policy file.
///
/// # Errors
/// As [`policy`].
pub(super) fn policy_text() -> Result<String> {
    let mut ledger = Ledger::default();
    federate(&mut ledger)?;
    Ok(format!(
        "# DEMO: the policy of everybody in a made-up world.\n{}",
        toml::to_string_pretty(policy(&ledger)?.file())?
    ))
}

/// What the node of `authority` is. It asks the others when it is told to.
pub(super) fn config(authority: &Body) -> Config {
    Config {
        name: authority.name.to_owned(),
        economy: authority.economy.unwrap_or_default().to_owned(),
        host: authority.host().to_owned(),
        log: LOG.to_owned(),
        database: None,
        listen: String::new(),
        legal_notice: DEMO_LEGAL_NOTICE.to_owned(),
        language: authority.language.to_owned(),
        contact: Some(office(authority)),
        demo: true,
        mirroring: Mirroring {
            poll_seconds: 0.0,
            ..Mirroring::default()
        },
    }
}

/// The keys of that node.
///
/// # Errors
/// If its origin is malformed.
pub(super) fn keys(config: &Config) -> Result<Keys> {
    let of = |name: &str| seed(name, 1, |seed| *seed);
    Ok(Keys::from_seeds(
        config,
        &of(&config.authority()),
        &of(&config.origin()),
    )?)
}

/// The node's address in the list; nobody answers there, and peers are told where to ask.
pub(super) fn public_url(authority: &Body) -> String {
    format!("https://{}", authority.host())
}

fn list() -> Result<FederationList> {
    let keyholders = KEYHOLDERS.iter().map(|holder| Keyholder {
        did: holder.did.to_owned(),
        key: multikey(&holder.key(1)),
    });
    let cosigners = NODES.iter().map(|node| Cosigner {
        economy: node.economy.unwrap_or_default().to_owned(),
        vkey: None,
    });
    Ok(FederationList {
        version: 1,
        previous: None,
        effective_from: day(FEDERATED)?.first_second(),
        valid_until: day(LIST_UNTIL)?.last_second(),
        keyholders: keyholders.collect(),
        threshold: KEYHOLDER_THRESHOLD,
        members: MEMBERS.iter().map(member).collect(),
        cosigners: Cosigners {
            threshold: None,
            members: cosigners.collect(),
        },
    })
}

fn member(member: &Member) -> FederationMember {
    let authority = member.authority;
    FederationMember {
        economy: authority.economy.unwrap_or_default().to_owned(),
        authority: authority.did.to_owned(),
        root_keys: (1..=ROOTS)
            .map(|number| multikey(&root(authority, number)))
            .collect(),
        root_threshold: ROOTS.into(),
        url: (member.guest_of.is_none()).then(|| public_url(authority)),
        log_at: member.guest_of.map(|host| config(host).origin()),
    }
}

fn member_keys(member: &Member) -> Result<MemberKeys> {
    let authority = member.authority;
    let from = day(FEDERATED)?.first_second();
    let mut keys = MemberKeys {
        economy: authority.economy.unwrap_or_default().to_owned(),
        version: 1,
        previous: None,
        effective_from: from,
        roots: None,
        log_keys: Vec::new(),
        mirror_keys: Vec::new(),
        witness_keys: Vec::new(),
        status_keys: Vec::new(),
        authority_keys: vec![AuthorityKey {
            key: multikey(&authority.key(1)),
            from,
            until: None,
            reason: None,
        }],
        terms: Some(Terms {
            licence: "CC0-1.0 (DEMO)".to_owned(),
            attribution: authority.english.to_owned(),
            correction: office(authority),
        }),
    };
    if member.guest_of.is_none() {
        let config = config(authority);
        let own = self::keys(&config)?;
        let dated = |vkey: String| DatedVkey {
            vkey,
            from,
            until: None,
        };
        keys.log_keys = vec![dated(own.log.vkey().to_string())];
        keys.mirror_keys = vec![dated(own.mirror.vkey().to_string())];
        keys.witness_keys = vec![dated(own.witness.vkey().to_string())];
        keys.status_keys = vec![DatedKey {
            key: multikey(&own.status),
            from,
            until: None,
        }];
    }
    Ok(keys)
}

fn office(authority: &Body) -> Contact {
    Contact {
        office: "DEMO office".to_owned(),
        url: Some(format!("https://{}/contact", authority.host())),
        email: None,
        telephone: None,
    }
}

fn root(authority: &Body, number: u32) -> SigningKey {
    seed(
        &format!("offline root of {}", authority.did),
        number,
        SigningKey::from_seed,
    )
}

fn multikey(key: &SigningKey) -> String {
    key.verifying_key().to_multikey()
}
