//! Lists of members, their keys and takedowns in further languages.

use crate::federation::{
    AuthorityKey, Cosigners, DatedVkey, FederationList, FederationMember, Keyholder, MemberKeys,
};
use crate::record::{Record, Subject};
use crate::samples::world::{
    AUTHORITY_CN, AUTHORITY_EG, AUTHORITY_FR, AUTHORITY_KZ, AUTHORITY_NZ, AUTHORITY_TH, Body,
    EVALUATOR_NZ, LABORATORY_CN, digest, id, instant, record,
};
use crate::takedown::{TAKEN_DOWN_KINDS, Takedown};

/// Multikeys, made as those of the registrations: numbers 40 to 46.
const KEYS: [&str; 7] = [
    "z6MkfWovMmhNM51f3kdfzFSr86oUuWfWfRwsVRXDCe3L7tEV",
    "z6MkhmdCEQjLHMpvAE52mUbrxf4weDZQnPZiC8VveUH8uK36",
    "z6Mkos6iJuPFmFU7JR61F8X17GXgDdj8mm6zi4JZokDSL4S8",
    "z6MkkmzDv6mvJAiFcxUf23Awb4Lb6NtC91hVpW25Xy1mBQY7",
    "z6Mki6KQSG7DrrcaH3CKXTDNqYjQyoR2s3benWszo1Jq6cEi",
    "z6MkfXB5gxFi4ShCc14rCQTqnUEdnruxJKPtgvjqSkLi3fqY",
    "z6MkkSMF9TpuZbjNcLCHSqYewMDcjBjLi3TnMak2t1EZVKk6",
];
/// The log, the mirror and the witness of each economy: numbers 50 to 58.
const CN: [&str; 3] = [
    "authority-cn.example/log/2026+4d09c025+AQa7zNDYoMHuVqmPiZ+x72SIr4jkVEPquXF9CaEKa7xT",
    "authority-cn.example/mirror+ec73641e+BCIJHC8UgzueypENeAFNmZhrQ+wiLPRo4aVEODRbZ1mT",
    "authority-cn.example/witness+2009fe2e+BPLTAD4uZ3RJ20QWG6m3elDYvvEfdA/tM3tMCgx6YEal",
];
const FR: [&str; 3] = [
    "authority-fr.example/log/2026+1f64ecde+AVDL+f/fH7fhda11QhSZ0VQVUb0uBetButJvBv6OEUWb",
    "authority-fr.example/mirror+66c6af51+BLb919e8xEQAD0WcKi5ptr9Jih203pXs5D5NW5kGgA6z",
    "authority-fr.example/witness+269e2231+BJFAqKnxqX0uSJUcjy1bQ7zbxVRlJE2tBRSFMljxszFw",
];
const EG: [&str; 3] = [
    "authority-eg.example/log/2026+f4a929f0+AfQK/pnhw3Ut/3Y5Mo8i4RzLfTRel2g/M7/SIzxpi8BL",
    "authority-eg.example/mirror+4005712c+BHLRQd/ulZb+IyqqAoaFlWHxvjHzbfqr9lLin51jjKz0",
    "authority-eg.example/witness+69fe9f96+BK6m+6+JCZWsm1J05mrG35tMUPoRR7ngyDYZapx4y5MT",
];

const BEGIN: &str = "2026-01-05T00:00:00Z";

/// First versions, each issued by the keyholder whose DID comes first.
pub(in crate::samples) fn lists() -> Vec<Record> {
    [
        (0x7A1, &AUTHORITY_NZ, &AUTHORITY_TH, "List of members"),
        (0x7A2, &AUTHORITY_CN, &AUTHORITY_FR, "成员名单，第一版"),
        (
            0x7A3,
            &AUTHORITY_KZ,
            &AUTHORITY_NZ,
            "Список членов, версия 1",
        ),
        (
            0x7A4,
            &AUTHORITY_EG,
            &AUTHORITY_KZ,
            "قائمة الأعضاء، الإصدار ١",
        ),
    ]
    .map(|(serial, body, other, name)| {
        let list = FederationList {
            version: 1,
            previous: None,
            effective_from: instant(BEGIN),
            valid_until: instant("2027-01-31T23:59:59Z"),
            keyholders: vec![keyholder(body, KEYS[0]), keyholder(other, KEYS[1])],
            threshold: 2,
            members: vec![member(body, KEYS[2]), member(other, KEYS[3])],
            cosigners: Cosigners::default(),
        };
        record(serial, body, name, Subject::FederationList(Box::new(list)))
    })
    .into()
}

fn keyholder(body: &Body, key: &str) -> Keyholder {
    Keyholder {
        did: body.did.to_owned(),
        key: key.to_owned(),
    }
}

fn member(body: &Body, root: &str) -> FederationMember {
    FederationMember {
        economy: economy_of(body),
        authority: body.did.to_owned(),
        root_keys: vec![root.to_owned()],
        root_threshold: 1,
        url: Some(format!("https://{}", host_of(body))),
        log_at: None,
    }
}

fn host_of(body: &Body) -> &str {
    body.did.trim_start_matches("did:web:")
}

/// The economy of one of the made-up authorities, `authority-<economy>.example`.
fn economy_of(body: &Body) -> String {
    let name = host_of(body).trim_start_matches("authority-");
    name.trim_end_matches(".example").to_ascii_uppercase()
}

/// First versions with one key of each sort.
pub(in crate::samples) fn member_keys() -> Vec<Record> {
    [
        (0x8A1, &AUTHORITY_CN, CN, KEYS[4], "成员密钥，第一版"),
        (
            0x8A2,
            &AUTHORITY_FR,
            FR,
            KEYS[5],
            "Clés de la France, version 1",
        ),
        (0x8A3, &AUTHORITY_EG, EG, KEYS[6], "مفاتيح العضو، الإصدار ١"),
    ]
    .map(|(serial, body, vkeys, key, name)| {
        let [log, mirror, witness] = vkeys.map(|vkey| DatedVkey {
            vkey: vkey.to_owned(),
            from: instant(BEGIN),
            until: None,
        });
        let keys = MemberKeys {
            economy: economy_of(body),
            version: 1,
            previous: None,
            effective_from: instant(BEGIN),
            roots: None,
            log_keys: vec![log],
            mirror_keys: vec![mirror],
            witness_keys: vec![witness],
            status_keys: Vec::new(),
            authority_keys: vec![AuthorityKey {
                key: key.to_owned(),
                from: instant(BEGIN),
                until: None,
                reason: None,
            }],
            terms: None,
        };
        record(serial, body, name, Subject::MemberKeys(Box::new(keys)))
    })
    .into()
}

/// A takedown of each of the kinds that may be taken down.
pub(in crate::samples) fn takedowns() -> Vec<Record> {
    let [attestation, commitment, notice] = TAKEN_DOWN_KINDS;
    [
        (
            0x9B1,
            &AUTHORITY_NZ,
            (0x03, &EVALUATOR_NZ),
            attestation,
            "Takedown of a certificate",
            "Sample Privacy Act, section 40",
        ),
        (
            0x9B2,
            &AUTHORITY_CN,
            (0x9A1, &LABORATORY_CN),
            commitment,
            "撤下检测报告存证",
            "示例个人信息保护法第四十七条",
        ),
        (
            0x9B3,
            &AUTHORITY_EG,
            (0x944, &AUTHORITY_EG),
            notice,
            "إزالة إشعار",
            "قانون حماية البيانات النموذجي، المادة ٢",
        ),
    ]
    .map(|(serial, body, (of, issuer), kind, name, law)| {
        let takedown = Takedown {
            authority: issuer.authority.to_owned(),
            issuer: issuer.did.to_owned(),
            id: id(of),
            kind: kind.to_owned(),
            record_digest: digest(5),
            document_digest: digest(6),
            legal_basis: law.to_owned(),
        };
        record(serial, body, name, Subject::Takedown(Box::new(takedown)))
    })
    .into()
}
