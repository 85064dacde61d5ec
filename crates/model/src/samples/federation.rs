//! Samples of `FederationList`, `MemberKeys` and `Takedown`.

use crate::federation::{
    AuthorityKey, Cosigner, Cosigners, DatedKey, DatedVkey, FederationList, FederationMember,
    Keyholder, MemberKeys, Roots, Terms,
};
use crate::party::Contact;
use crate::record::{Record, Subject};
use crate::revocation::RevocationReason;
use crate::takedown::Takedown;

use super::world::{
    AUTHORITY_FR, AUTHORITY_KZ, AUTHORITY_NZ, Body, CERTIFIER_FR, CERTIFIER_KZ, digest, id,
    instant, record, texts,
};

/// Multikeys, made as those of the registrations: numbers 6 to 9 and 19 to 28.
const KEYS: [&str; 14] = [
    "z6Mkvaq4KNyByTRbDthXQoeqJrzqCrg8XZJMXvujkDRUE94M",
    "z6MkpZhka1PwhW64ABdQgy1Md6ZZySASo1kuUP7JqshwDNaY",
    "z6Mko1YgGDb6LbdgFFFhJcvnn1ayy7mUNoNxKcx3yYBvzPDg",
    "z6MkovNd58WG8jtQEAHH2J5m24UkLd5DutYQvYXCG7WSmwk2",
    "z6MkfpRuUUCGMA3XXa7VkKxVGFLpBUwLUuKk6cy1C3e3M2sf",
    "z6MkqjDyn5mzusn1Rc1XDtKqndr9XxSTiKnNvEeb4zf7Y1Ru",
    "z6MkjJQuQhWBTxe7dZhRwo4xHVhUUjHhWm7WcMtCtrARNYSU",
    "z6MkmAhxHPqciVWyukYTYAsWs1Ekm71tWYYPe7ErovdwmoVh",
    "z6MknyFMmKiLyrHkJzPeXxPMavoqwHnKtJn38ZQqqzeKsNMK",
    "z6Mkt2AGBUHHJ2RndWzgJ1MvPnfa42UwXonsQNPEXXwBK56E",
    "z6MkpM8YJqxd844rut8YLsKjGrJX21KZTcuFdq5nV1BCyxc8",
    "z6MkkWwGhY7PG1Ucv7pgdC5zKDoHSRPkXrw9NTSaPiM9PybG",
    "z6Mkvqs7EttrTmPcJTxxdYroGRQCQg6pCcFX27AoMCDi3sFC",
    "z6MktnrrP6UiuBSaTURnCFh3PdSzm1zov52TuiFBYk1K5cVN",
];
const LOG_KZ: &str =
    "authority-kz.example/log/2026+d0ac8c57+AYZLwRRmqhrpY5jSoYFavztE1PPNo8xMDQkgrd71X5Nc";
const MIRROR_KZ: &str =
    "authority-kz.example/mirror+daa7c260+BLIC8swGhl254oh6TVZdVBWzjDszg9Cnpy1o5BwXwMGn";
const WITNESS_KZ: &str =
    "authority-kz.example/witness+79634cc4+BLPm5od+6HUBO8Tq4G2DNdJjsacnucuPkh0NPYAqlV5H";
const LOG_NZ: &str =
    "authority-nz.example/log/2026+462b0c02+AUHpTVUH2MBtW33Cz44MEABinGCO2NknY4YTKGtMwp3l";
const NEXT_LOG_NZ: &str =
    "authority-nz.example/log/2027+62657a80+Ad7XGDff702zrCzqkUpRMgQncL6hBLxj8tIU2nbxGQil";
const MIRROR_NZ: &str =
    "authority-nz.example/mirror+e5980ef6+BBpRO1/auCJOg+iKVPGKgEN1rDiGsBDzVNkkfgQYgOZ1";
const NEXT_MIRROR_NZ: &str =
    "authority-nz.example/mirror+baf7acdf+BNzpKnNPKM6Jo/f3WomJ1ujS1LRsrvuVjVF0vEbAstT8";
const WITNESS_NZ: &str =
    "authority-nz.example/witness+4ef47961+BAe70387EmHKNWoc/vKivnfmpIknEKhXUK7jLVDYMkwX";
/// A foreign body's own cosigner.
const WITNESS: &str = "witness.example+f456f1a2+BMEENMMISPS9ST9dfSjtfdwteP4vRxg/BeZLIt7+KAwl";

pub(super) fn lists() -> Vec<Record> {
    let first = FederationList {
        version: 1,
        previous: None,
        effective_from: instant("2026-01-05T00:00:00Z"),
        valid_until: instant("2027-01-31T23:59:59Z"),
        keyholders: vec![
            keyholder(&AUTHORITY_FR, KEYS[0]),
            keyholder(&AUTHORITY_KZ, KEYS[1]),
        ],
        threshold: 2,
        members: vec![
            member("KZ", &AUTHORITY_KZ, &[KEYS[2]], 1),
            member("NZ", &AUTHORITY_NZ, &[KEYS[3], KEYS[4], KEYS[5]], 2),
        ],
        cosigners: Cosigners::default(),
    };
    let mut second = first.clone();
    second.version = 2;
    second.previous = Some(digest(1));
    second.effective_from = instant("2026-07-01T00:00:00Z");
    second.valid_until = instant("2027-07-31T23:59:59Z");
    second.keyholders.push(keyholder(&AUTHORITY_NZ, KEYS[8]));
    let mut guest = member("FR", &AUTHORITY_FR, &[KEYS[6]], 1);
    guest.url = None;
    guest.log_at = Some("authority-nz.example/log/2026".to_owned());
    second.members.push(guest);
    second.cosigners = Cosigners {
        threshold: Some(2),
        members: vec![
            cosigner("KZ", None),
            cosigner("NZ", None),
            cosigner("XW", Some(WITNESS)),
        ],
    };
    vec![
        list(0x701, "Liste des membres, version 1", first),
        list(0x702, "Liste des membres, version 2", second),
    ]
}

fn list(serial: u32, name: &str, list: FederationList) -> Record {
    record(
        serial,
        &AUTHORITY_FR,
        name,
        Subject::FederationList(Box::new(list)),
    )
}

fn keyholder(body: &Body, key: &str) -> Keyholder {
    Keyholder {
        did: body.did.to_owned(),
        key: key.to_owned(),
    }
}

fn member(economy: &str, body: &Body, roots: &[&str], threshold: u64) -> FederationMember {
    let host = body.did.trim_start_matches("did:web:");
    FederationMember {
        economy: economy.to_owned(),
        authority: body.did.to_owned(),
        root_keys: texts(roots),
        root_threshold: threshold,
        url: Some(format!("https://{host}")),
        log_at: None,
    }
}

fn cosigner(economy: &str, vkey: Option<&str>) -> Cosigner {
    Cosigner {
        economy: economy.to_owned(),
        vkey: vkey.map(str::to_owned),
    }
}

fn vkey(vkey: &str, from: &str, until: Option<&str>) -> DatedVkey {
    DatedVkey {
        vkey: vkey.to_owned(),
        from: instant(from),
        until: until.map(instant),
    }
}

fn key(key: &str, from: &str) -> AuthorityKey {
    AuthorityKey {
        key: key.to_owned(),
        from: instant(from),
        until: None,
        reason: None,
    }
}

pub(super) fn member_keys() -> Vec<Record> {
    let begin = "2026-01-05T00:00:00Z";
    let first = MemberKeys {
        economy: "KZ".to_owned(),
        version: 1,
        previous: None,
        effective_from: instant(begin),
        roots: None,
        log_keys: vec![vkey(LOG_KZ, begin, None)],
        mirror_keys: vec![vkey(MIRROR_KZ, begin, None)],
        witness_keys: vec![vkey(WITNESS_KZ, begin, None)],
        status_keys: Vec::new(),
        authority_keys: vec![key(KEYS[9], begin)],
        terms: None,
    };
    let turn = "2026-07-01T00:00:00Z";
    let mut ended = key(KEYS[10], begin);
    ended.until = Some(instant("2026-06-30T23:59:59Z"));
    ended.reason = Some(RevocationReason::Superseded);
    let second = MemberKeys {
        economy: "NZ".to_owned(),
        version: 2,
        previous: Some(digest(2)),
        effective_from: instant(turn),
        roots: Some(Roots {
            keys: texts(&[KEYS[3], KEYS[5], KEYS[11]]),
            threshold: 2,
        }),
        log_keys: vec![vkey(LOG_NZ, begin, None), vkey(NEXT_LOG_NZ, turn, None)],
        mirror_keys: vec![
            vkey(MIRROR_NZ, begin, Some("2026-06-30T23:59:59Z")),
            vkey(NEXT_MIRROR_NZ, turn, None),
        ],
        witness_keys: vec![vkey(WITNESS_NZ, begin, None)],
        status_keys: vec![DatedKey {
            key: KEYS[12].to_owned(),
            from: instant(begin),
            until: None,
        }],
        authority_keys: vec![ended, key(KEYS[13], turn)],
        terms: Some(Terms {
            licence: "CC BY 4.0".to_owned(),
            attribution: "Sample National Authority".to_owned(),
            correction: Contact {
                office: "Register corrections".to_owned(),
                url: None,
                email: Some("corrections@authority-nz.example".to_owned()),
                telephone: None,
            },
        }),
    };
    vec![
        record(
            0x801,
            &AUTHORITY_KZ,
            "Ключи Казахстана, 1",
            Subject::MemberKeys(Box::new(first)),
        ),
        record(
            0x802,
            &AUTHORITY_NZ,
            "Keys of the sample economy, 2",
            Subject::MemberKeys(Box::new(second)),
        ),
    ]
}

pub(super) fn takedowns() -> Vec<Record> {
    let of = |body: &Body, serial: u32, legal_basis: &str| Takedown {
        authority: body.authority.to_owned(),
        issuer: body.did.to_owned(),
        id: id(serial),
        kind: "Attestation".to_owned(),
        record_digest: digest(3),
        document_digest: digest(4),
        legal_basis: legal_basis.to_owned(),
    };
    let french = of(
        &CERTIFIER_FR,
        0x102,
        "Tribunal d’exemple, ordonnance 26/0042",
    );
    let kazakh = of(
        &CERTIFIER_KZ,
        0x103,
        "Закон о персональных данных, ст. 25 (образец)",
    );
    vec![
        record(
            0x901,
            &AUTHORITY_FR,
            "Retrait d’un certificat",
            Subject::Takedown(Box::new(french)),
        ),
        record(
            0x902,
            &AUTHORITY_KZ,
            "Изъятие документа",
            Subject::Takedown(Box::new(kazakh)),
        ),
    ]
}
