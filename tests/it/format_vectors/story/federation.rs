//! The federation of Norda and Suda: two versions of its list, two of Norda's keys, a takedown.

use comity_model::record::Kind;
use comity_signature::digest;
use comity_tlog::note::NoteSigner;
use serde_json::{Value, json};

use super::{Envelope, NORDA, NORDA_NAME, SUDA, SUDA_NAME, Signed, multikey, seed, sign};
use crate::format_vectors::logs::{NORDA_MIRROR, signers};

/// A keyholder of neither economy, from the second version on.
const SECRETARIAT: &str = "did:web:secretariat.example";

/// Labels of the keys of the federation with the DID each belongs to.
pub(crate) const FEDERATION_KEYS: [(&str, &str); 9] = [
    ("norda keyholder", NORDA),
    ("suda keyholder", SUDA),
    ("secretariat keyholder", SECRETARIAT),
    ("norda root 1", NORDA),
    ("norda root 2", NORDA),
    ("suda root 1", SUDA),
    ("suda root 2", SUDA),
    ("norda status", NORDA),
    ("norda authority 2", NORDA),
];

/// What the folder `federation` holds.
pub(crate) fn federation(records: &[Signed]) -> Vec<Signed> {
    let first = list(1, None);
    let second = list(2, Some(&first));
    let keys = member_keys(1, None);
    let next = member_keys(2, Some(&keys));
    let imported = records
        .iter()
        .find(|record| record.file == "attestation-imported.json");
    let takedown = takedown(imported.unwrap());
    vec![first, second, keys, next, takedown]
}

fn previous(before: Option<&Signed>) -> Option<String> {
    before.map(|before| digest::to_multibase(before.document_digest()))
}

fn list(version: u8, before: Option<&Signed>) -> Signed {
    let first = before.is_none();
    let from = if first {
        "2026-01-05T00:00:00Z"
    } else {
        "2026-07-01T00:00:00Z"
    };
    let until = if first {
        "2027-01-31T23:59:59Z"
    } else {
        "2027-07-31T23:59:59Z"
    };
    let member = |economy: &str, did: &str, who: &str| {
        json!({
            "economy": economy,
            "authority": did,
            "rootKeys": [multikey(&format!("{who} root 1")), multikey(&format!("{who} root 2"))],
            "rootThreshold": 2,
            "url": format!("https://{}", did.trim_start_matches("did:web:")),
        })
    };
    let mut subject = json!({
        "version": version,
        "effectiveFrom": from,
        "validUntil": until,
        "keyholders": [
            {"did": SUDA, "key": multikey("suda keyholder")},
            {"did": NORDA, "key": multikey("norda keyholder")},
        ],
        "threshold": 2,
        "members": [member("XN", NORDA, "norda"), member("XS", SUDA, "suda")],
        "cosigners": {"members": [{"economy": "XN"}, {"economy": "XS"}]},
    });
    if let Some(digest) = previous(before) {
        subject["previous"] = json!(digest);
        let third = json!({"did": SECRETARIAT, "key": multikey("secretariat keyholder")});
        subject["keyholders"].as_array_mut().unwrap().push(third);
        let witness = NoteSigner::cosigner("witness.example", &seed("mirror witness.example"));
        let vkey = witness.unwrap().vkey().to_string();
        let cosigners = subject["cosigners"]["members"].as_array_mut().unwrap();
        cosigners.push(json!({"economy": "XW", "vkey": vkey}));
    }
    let document = Envelope {
        kind: Kind::FederationList,
        number: 40 + version,
        issuer: (SUDA, SUDA_NAME),
        authority: SUDA,
        language: "ru",
        name: "Список членов федерации",
        valid_from: from,
        valid_until: Some(until),
    }
    .document(&subject);
    let holders = [(SUDA, "suda keyholder"), (NORDA, "norda keyholder")];
    Signed {
        file: if first { "list-1.json" } else { "list-2.json" },
        kind: Kind::FederationList,
        bytes: sign(&document, &holders, Some(from)),
    }
}

fn member_keys(version: u8, before: Option<&Signed>) -> Signed {
    let begin = "2026-01-05T00:00:00Z";
    let first = before.is_none();
    let from = if first { begin } else { "2026-07-01T00:00:00Z" };
    let logs = signers();
    let (_, log) = logs
        .iter()
        .find(|(origin, _)| origin.starts_with("nqi.norda"))
        .unwrap();
    let mirror = NoteSigner::cosigner(NORDA_MIRROR, &seed(&format!("mirror {NORDA_MIRROR}")));
    let mut subject = json!({
        "economy": "XN",
        "version": version,
        "effectiveFrom": from,
        "logKeys": [{"vkey": log.log.vkey().to_string(), "from": begin}],
        "mirrorKeys": [{"vkey": mirror.unwrap().vkey().to_string(), "from": begin}],
        "statusKeys": [{"key": multikey("norda status"), "from": begin}],
        "authorityKeys": [{"key": multikey("norda authority"), "from": begin}],
        "terms": {
            "licence": "CC BY 4.0",
            "attribution": NORDA_NAME,
            "correction": {"office": "Register office", "email": "register@nqi.norda.example"},
        },
    });
    if let Some(digest) = previous(before) {
        subject["previous"] = json!(digest);
        subject["authorityKeys"][0]["until"] = json!("2026-07-31T23:59:59Z");
        subject["authorityKeys"][0]["reason"] = json!("superseded");
        let next = json!({"key": multikey("norda authority 2"), "from": from});
        subject["authorityKeys"].as_array_mut().unwrap().push(next);
    }
    let document = Envelope {
        kind: Kind::MemberKeys,
        number: 50 + version,
        issuer: (NORDA, NORDA_NAME),
        authority: NORDA,
        language: "en",
        name: "Keys of Norda",
        valid_from: from,
        valid_until: None,
    }
    .document(&subject);
    let roots = [(NORDA, "norda root 1"), (NORDA, "norda root 2")];
    Signed {
        file: if first {
            "member-keys-norda-1.json"
        } else {
            "member-keys-norda-2.json"
        },
        kind: Kind::MemberKeys,
        bytes: sign(&document, &roots, Some(from)),
    }
}

fn takedown(record: &Signed) -> Signed {
    let value: Value = serde_json::from_slice(&record.bytes).unwrap();
    let at = "2026-08-01T10:00:00Z";
    let document = Envelope {
        kind: Kind::Takedown,
        number: 60,
        issuer: (NORDA, NORDA_NAME),
        authority: NORDA,
        language: "en",
        name: "Takedown of an imported certificate",
        valid_from: at,
        valid_until: None,
    }
    .document(&json!({
        "authority": value["comity"]["authority"],
        "issuer": value["issuer"]["id"],
        "id": value["id"],
        "kind": record.kind.name(),
        "recordDigest": digest::to_multibase(record.record_digest()),
        "documentDigest": digest::to_multibase(record.document_digest()),
        "legalBasis": "Norda Data Protection Act, section 17",
    }));
    Signed {
        file: "takedown.json",
        kind: Kind::Takedown,
        bytes: sign(&document, &[(NORDA, "norda authority")], Some(at)),
    }
}
