//! The papers of a federation, as its offices sign them: the list, and each member's keys.

use comity_model::date::Instant;
use comity_model::record::Record;
use comity_node::clock::Clock;
use comity_node::config::new_record_id;
use comity_signature::canonical::{Limits, check, to_canonical};
use comity_signature::data_integrity::sign;
use comity_signature::digest::{document_digest, to_multibase};
use comity_signature::key::SigningKey;
use comity_tlog::note::Vkey;
use serde_json::{Value, json};

use super::Member;

/// Seconds before the present from which the papers are in effect.
const IN_EFFECT_SECONDS: i64 = 3_600;
/// Seconds from the present for which a list is valid, unless a test says otherwise.
pub(crate) const VALID_SECONDS: i64 = 400 * 24 * 3_600;

/// Somebody who signs the list.
pub(crate) struct Keyholder {
    pub(crate) did: String,
    pub(crate) key: SigningKey,
}

impl Keyholder {
    pub(super) fn new(number: u8) -> Self {
        Self {
            did: format!("did:web:keyholder-{number}.example"),
            key: SigningKey::from_seed(&[200 + number; 32]),
        }
    }
}

/// The present moment, moved by so many seconds, as papers spell it.
pub(crate) fn instant(moved_seconds: i64) -> String {
    let now = Clock::System.now().seconds() + moved_seconds;
    Instant::from_seconds(now).unwrap().to_string()
}

/// When the first papers came into effect.
pub(crate) fn in_effect() -> String {
    instant(-IN_EFFECT_SECONDS)
}

/// A document of one of our kinds, not yet signed.
pub(crate) fn document(kind: &str, issuer: (&str, &str), subject: &Value) -> Value {
    let (did, name) = issuer;
    let mut document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://w3id.org/comity/v1"],
        "comity": {"authority": did, "language": "en", "modelVersion": 1},
        "credentialSubject": subject,
        "id": new_record_id(Clock::System.now()).unwrap(),
        "issuer": {"id": did, "name": name},
        "name": format!("{kind} of {name}"),
        "type": ["VerifiableCredential", format!("Comity{kind}")],
        "validFrom": subject["effectiveFrom"],
    });
    if let Some(until) = subject.get("validUntil") {
        document["validUntil"] = until.clone();
    }
    document
}

/// The document with one proof for each signer, given as DID and key. It must be of the form that
/// publishers keep to.
pub(crate) fn signed<'a>(
    document: &Value,
    signers: impl IntoIterator<Item = (&'a str, &'a SigningKey)>,
) -> Vec<u8> {
    let unsigned = to_canonical(document).unwrap();
    let signed = signers.into_iter().fold(unsigned, |bytes, (did, key)| {
        sign(&bytes, did, key, None, &Limits::default()).unwrap()
    });
    let checked = Record::check(&signed);
    assert!(checked.is_ok(), "{document:#} has faults: {checked:?}");
    signed
}

/// The document digest, as references and policies spell it.
pub(crate) fn digest_of(bytes: &[u8]) -> String {
    to_multibase(document_digest(&check(bytes, &Limits::default()).unwrap()))
}

/// A key as papers spell it.
pub(crate) fn multikey(key: &SigningKey) -> String {
    key.verifying_key().to_multikey()
}

/// The first list: every member, three keyholders of whom two must sign, every member a cosigner.
pub(super) fn list(keyholders: &[Keyholder], members: &[Member]) -> Value {
    let keyholder = |holder: &Keyholder| json!({"did": holder.did, "key": multikey(&holder.key)});
    let member = |member: &Member| {
        let roots: Vec<String> = member.roots.iter().map(multikey).collect();
        json!({
            "economy": member.economy,
            "authority": member.authority(),
            "rootKeys": roots,
            "rootThreshold": 2,
            "url": member.shown_at,
        })
    };
    let cosigner = |member: &Member| json!({"economy": member.economy});
    let subject = json!({
        "version": 1,
        "effectiveFrom": in_effect(),
        "validUntil": instant(VALID_SECONDS),
        "keyholders": keyholders.iter().map(keyholder).collect::<Vec<_>>(),
        "threshold": 2,
        "members": members.iter().map(member).collect::<Vec<_>>(),
        "cosigners": {"members": members.iter().map(cosigner).collect::<Vec<_>>()},
    });
    let first = keyholders.iter().map(|holder| &holder.did).min().unwrap();
    document("FederationList", (first, "Example federation"), &subject)
}

/// The first keys of a member: those in the folder of its node.
pub(super) fn member_keys(member: &Member) -> Value {
    let from = in_effect();
    let host = member.host();
    let vkey = |vkey: &Vkey| json!([{"vkey": vkey.to_string(), "from": from}]);
    let subject = json!({
        "economy": member.economy,
        "version": 1,
        "effectiveFrom": from,
        "logKeys": vkey(&member.log_vkey()),
        "mirrorKeys": vkey(&member.cosigner_vkey("mirror")),
        "witnessKeys": vkey(&member.cosigner_vkey("witness")),
        "statusKeys": [{"key": multikey(&member.key("status.pem")), "from": from}],
        "authorityKeys": [{"key": multikey(&member.key("authority.pem")), "from": from}],
        "terms": {
            "licence": "CC-BY-4.0",
            "attribution": format!("National authority of {}", member.economy),
            "correction": {
                "office": "Data office",
                "url": format!("https://{host}/data"),
            },
        },
    });
    let name = member.name();
    document("MemberKeys", (&member.authority(), &name), &subject)
}
