//! The list of members and everybody's keys. One member runs the node, the others are its guests.

use anyhow::Result;
use comity_model::date::Instant;
use comity_model::federation::{
    AuthorityKey, Cosigners, DatedKey, DatedVkey, FederationList, FederationMember, Keyholder,
    MemberKeys, Terms,
};
use comity_model::record::Subject;
use comity_node::config::Keys;
use comity_signature::key::SigningKey;

use super::Foundation;
use crate::generate::cast::{Body, Cast, public_seed};
use crate::generate::sign::{Draft, sign_by};

/// Who signs the list, and how many of them must.
const KEYHOLDERS: usize = 3;
/// See [`KEYHOLDERS`].
const THRESHOLD: u64 = 2;
/// Days after the base day on which the list ends: a made-up world is to be of use for years.
const LIST_DAYS: i32 = 36_524;

/// Adds the list of members, who publish in the log `origin`.
pub(super) fn list(foundation: &mut Foundation, cast: &Cast, origin: &str) -> Result<()> {
    let did = |number: usize| format!("did:web:keyholder-{number}.made-up.example");
    let holders: Vec<(String, SigningKey)> = (1..=KEYHOLDERS)
        .map(|number| (did(number), key(foundation.seed, &did(number))))
        .collect();
    let members = cast.authorities.iter().enumerate();
    let list = FederationList {
        version: 1,
        previous: None,
        effective_from: foundation.begun.first_second(),
        valid_until: foundation.date.plus_days(LIST_DAYS).last_second(),
        keyholders: (holders.iter())
            .map(|(did, key)| Keyholder {
                did: did.clone(),
                key: multikey(key),
            })
            .collect(),
        threshold: THRESHOLD,
        members: members
            .map(|(place, authority)| FederationMember {
                economy: authority.code().to_owned(),
                authority: authority.did.clone(),
                root_keys: vec![multikey(&root(foundation.seed, authority))],
                root_threshold: 1,
                url: (place == 0).then(|| format!("https://{}", authority.host())),
                log_at: (place > 0).then(|| origin.to_owned()),
            })
            .collect(),
        cosigners: Cosigners::default(),
    };
    let issuer = Body {
        did: did(1),
        authority: did(1),
        name: "DEMO keyholder 1".to_owned(),
        key: key(foundation.seed, &did(1)),
        english: "DEMO keyholder 1".to_owned(),
        economy: 0,
        language: 0,
        sort: None,
        families: Vec::new(),
        commits: false,
        style: 0,
        grants: Vec::new(),
    };
    let draft = Draft {
        by: &issuer,
        on: foundation.begun,
        name: "DEMO federation, version 1".to_owned(),
        replaces: None,
        subject: Subject::FederationList(Box::new(list)),
    };
    let signers = holders.iter().take(2).map(|(did, key)| (did.as_str(), key));
    let signers: Vec<_> = signers.collect();
    let signed = sign_by(&mut foundation.chance, draft, &signers)?;
    foundation.made.push(signed);
    Ok(())
}

/// Adds everybody's keys; the first runs the node and has its keys.
pub(super) fn keys(foundation: &mut Foundation, cast: &Cast, own: &Keys) -> Result<()> {
    let from = foundation.begun.first_second();
    for (place, authority) in cast.authorities.iter().enumerate() {
        let mut keys = member_keys(authority, from);
        if place == 0 {
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
        let draft = Draft {
            by: authority,
            on: foundation.begun,
            name: format!("DEMO, 1: {}", authority.name),
            replaces: None,
            subject: Subject::MemberKeys(Box::new(keys)),
        };
        let root = root(foundation.seed, authority);
        let signed = sign_by(&mut foundation.chance, draft, &[(&authority.did, &root)])?;
        foundation.made.push(signed);
    }
    Ok(())
}

fn member_keys(authority: &Body, from: Instant) -> MemberKeys {
    MemberKeys {
        economy: authority.code().to_owned(),
        version: 1,
        previous: None,
        effective_from: from,
        roots: None,
        log_keys: Vec::new(),
        mirror_keys: Vec::new(),
        witness_keys: Vec::new(),
        status_keys: Vec::new(),
        authority_keys: vec![AuthorityKey {
            key: multikey(&authority.key),
            from,
            until: None,
            reason: None,
        }],
        terms: Some(Terms {
            licence: "CC0-1.0 (DEMO)".to_owned(),
            attribution: authority.english.clone(),
            correction: authority.office(),
        }),
    }
}

fn root(seed: u64, authority: &Body) -> SigningKey {
    key(seed, &format!("offline root of {}", authority.did))
}

fn key(seed: u64, name: &str) -> SigningKey {
    SigningKey::from_seed(&public_seed(seed, name))
}

fn multikey(key: &SigningKey) -> String {
    key.verifying_key().to_multikey()
}
