//! Nodes that know of each other only by a pinned list: each is given the list and its own keys.

use comity_model::date::Instant;
use comity_model::federation::{
    AuthorityKey, Cosigner, Cosigners, DatedKey, DatedVkey, FederationList, FederationMember,
    Keyholder, MemberKeys,
};
use comity_model::record::{Envelope, Issuer, Record, Subject};
use comity_recognition::Policy;
use comity_signature::canonical::{Limits, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::digest::{sha256, to_multibase};
use comity_signature::key::SigningKey;

use super::world::{World, config, keys, url};
use crate::tests::{now, uuid};
use crate::{Joining, Place};

const KEYHOLDER: &str = "did:web:keyholder.example";

fn from() -> Instant {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn key(name: &str) -> SigningKey {
    SigningKey::from_seed(&sha256(name.as_bytes()))
}

fn multikey(name: &str) -> String {
    key(name).verifying_key().to_multikey()
}

fn record(number: u8, issuer: &str, until: Option<Instant>, subject: Subject) -> Record {
    Record {
        id: uuid(number),
        issuer: Issuer {
            id: issuer.to_owned(),
            name: "Issuer".to_owned(),
        },
        name: "Federation".to_owned(),
        valid_from: from(),
        valid_until: until,
        comity: Envelope {
            authority: issuer.to_owned(),
            language: "en".to_owned(),
            model_version: 1,
            replaces: None,
            imported_from: None,
            publication_basis: None,
        },
        subject,
    }
}

fn signed(record: &Record, signer: &SigningKey) -> Vec<u8> {
    let document = to_canonical(&record.to_value()).unwrap();
    let did = &record.issuer.id;
    sign(&document, did, signer, None, &Limits::default()).unwrap()
}

/// A list of the first `count` nodes as members, whose mirrors date all logs.
fn list(count: usize) -> (Vec<u8>, String) {
    let until = "2027-01-01T00:00:00Z".parse().unwrap();
    let members = (0..count).map(|index| FederationMember {
        economy: config(index).economy,
        authority: config(index).authority(),
        root_keys: vec![multikey(&format!("root {index}"))],
        root_threshold: 1,
        url: Some(url(index)),
        log_at: None,
    });
    let cosigners = (0..count).map(|index| Cosigner {
        economy: config(index).economy,
        vkey: None,
    });
    let list = FederationList {
        version: 1,
        previous: None,
        effective_from: from(),
        valid_until: until,
        keyholders: vec![Keyholder {
            did: KEYHOLDER.to_owned(),
            key: multikey("keyholder"),
        }],
        threshold: 1,
        members: members.collect(),
        cosigners: Cosigners {
            threshold: None,
            members: cosigners.collect(),
        },
    };
    let record = record(
        90,
        KEYHOLDER,
        Some(until),
        Subject::FederationList(Box::new(list)),
    );
    let digest = sha256(&to_canonical(&record.to_value()).unwrap());
    (signed(&record, &key("keyholder")), to_multibase(digest))
}

fn member_keys(index: usize) -> Vec<u8> {
    let (config, keys) = (config(index), keys(index));
    let dated = |vkey: &comity_tlog::note::Vkey| {
        vec![DatedVkey {
            vkey: vkey.to_string(),
            from: from(),
            until: None,
        }]
    };
    let said = MemberKeys {
        economy: config.economy.clone(),
        version: 1,
        previous: None,
        effective_from: from(),
        roots: None,
        log_keys: dated(keys.log.vkey()),
        mirror_keys: dated(keys.mirror.vkey()),
        witness_keys: dated(keys.witness.vkey()),
        status_keys: vec![DatedKey {
            key: keys.status.verifying_key().to_multikey(),
            from: from(),
            until: None,
        }],
        authority_keys: vec![AuthorityKey {
            key: keys.authority.verifying_key().to_multikey(),
            from: from(),
            until: None,
            reason: None,
        }],
        terms: None,
    };
    let number = 91 + u8::try_from(index).unwrap();
    let subject = Subject::MemberKeys(Box::new(said));
    let record = record(number, &config.authority(), None, subject);
    signed(&record, &key(&format!("root {index}")))
}

#[tokio::test]
async fn a_pinned_list_is_enough_to_find_mirror_and_date_each_other() {
    let (list, digest) = list(3);
    let policy = format!("[federation]\nlist_digest = \"{digest}\"\n");
    let world = World::made(3, |index, connect| {
        let joining = Joining {
            connect,
            federation: vec![list.clone(), member_keys(index)],
            ..Joining::default()
        };
        (Place::Memory, Policy::parse(&policy).unwrap(), joining)
    })
    .await;
    for node in 0..3 {
        assert!(world.mirror(node).await.is_empty(), "{node}");
        let logs = world.nodes[node].logs().await.unwrap();
        assert_eq!(logs.len(), 3, "each knows all others by their own word");
        assert_eq!(
            world.nodes[node]
                .federation_documents()
                .await
                .unwrap()
                .len(),
            4
        );
    }
    for node in 0..3 {
        world.mirror(node).await;
        let logs = world.nodes[node].logs().await.unwrap();
        // Of three cosigners two are outside a log's economy, and both are needed.
        assert!(logs.iter().all(|log| log.needed == Some(2)), "{logs:?}");
        assert!(logs.iter().all(|log| log.economy.is_some()), "{logs:?}");
    }
    assert!(now() > from());
}
