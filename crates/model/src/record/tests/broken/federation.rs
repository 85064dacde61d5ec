//! Federation lists, online keys, takedowns.

use serde_json::json;

use super::super::{Kind, sample};
use super::{SUBJECT, broken, one};

#[test]
fn federation_list() {
    let key = sample(Kind::FederationList, 1)["credentialSubject"]["keyholders"][0]["key"].clone();
    let did = sample(Kind::FederationList, 1)["credentialSubject"]["keyholders"][0]["did"].clone();
    one(
        Kind::FederationList,
        1,
        SUBJECT,
        &[
            ("/previous", json!(null), "previous"),
            ("/previous", json!("uEiAA"), "digest"),
            ("/keyholders/1/did", did, "duplicate"),
            ("/keyholders/1/key", key, "duplicate"),
            ("/keyholders/1/did", json!("did:web:b..example"), "did"),
            ("/keyholders/1/key", json!("z6Mk"), "multikey"),
            ("/threshold", json!(0), "threshold"),
            ("/threshold", json!(4), "threshold"),
            ("/members/2/economy", json!("KZ"), "duplicate"),
            ("/members/2/economy", json!("FRA"), "economy"),
            (
                "/members/1/authority",
                json!("did:web:authority-kz.example"),
                "duplicate",
            ),
            ("/members/1/rootKeys/0", json!("x"), "multikey"),
            ("/members/1/rootThreshold", json!(4), "threshold"),
            ("/members/1/rootThreshold", json!(0), "threshold"),
            ("/members/1/url", json!("ftp://authority-nz.example"), "url"),
            ("/members/1/url", json!("https://a.example?b"), "url"),
            ("/members/2/logAt", json!("authority-nz.example"), "origin"),
            (
                "/members/2/logAt",
                json!("authority-nz.example/log/A"),
                "origin",
            ),
            ("/cosigners/threshold", json!(4), "threshold"),
            ("/cosigners/members/2/vkey", json!(null), "vkey"),
            ("/cosigners/members/2/vkey", json!("witness+1+AA=="), "vkey"),
        ],
    );
}

#[test]
fn versions_and_dates_of_a_list() {
    broken(
        Kind::FederationList,
        1,
        &[("/credentialSubject/version", json!(1))],
        &[("/credentialSubject/previous", "previous")],
    );
    broken(
        Kind::FederationList,
        1,
        &[("/credentialSubject/version", json!(0))],
        &[("/credentialSubject/version", "version")],
    );
    broken(
        Kind::FederationList,
        0,
        &[
            (
                "/credentialSubject/validUntil",
                json!("2026-01-05T00:00:00Z"),
            ),
            ("/validUntil", json!("2026-01-05T00:00:00Z")),
        ],
        &[("/credentialSubject/validUntil", "order")],
    );
    one(
        Kind::FederationList,
        0,
        "",
        &[
            ("/validFrom", json!("2026-01-05T00:00:01Z"), "envelopeDates"),
            ("/validUntil", json!(null), "envelopeDates"),
        ],
    );
    // The issuer is the keyholder whose DID is first.
    let second = json!("did:web:authority-kz.example");
    for member in ["/issuer/id", "/comity/authority"] {
        broken(
            Kind::FederationList,
            0,
            &[(member, second.clone())],
            &[(SUBJECT, "signer")],
        );
    }
}

#[test]
fn a_list_has_its_limits() {
    let holder =
        |n: usize| json!({"did": format!("did:web:holder-{n:02}.example"), "key": letters(n)});
    let many: Vec<_> = (0..16).map(holder).collect();
    let by_first = [
        ("/issuer/id", json!("did:web:holder-00.example")),
        ("/comity/authority", json!("did:web:holder-00.example")),
    ];
    let with = |member: &'static str, value: serde_json::Value| {
        let mut changes = by_first.to_vec();
        changes.push((member, value));
        changes
    };
    broken(
        Kind::FederationList,
        0,
        &with("/credentialSubject/keyholders", json!(many)),
        &[("/credentialSubject/keyholders", "count")],
    );
    broken(
        Kind::FederationList,
        0,
        &with("/credentialSubject/keyholders", json!(many[..15])),
        &[],
    );
    let cosigner = |n: u8| json!({"economy": "KZ", "vkey": cosigner_vkey(n)});
    let many: Vec<_> = (0..13).map(cosigner).collect();
    broken(
        Kind::FederationList,
        0,
        &[("/credentialSubject/cosigners", json!({"members": many}))],
        &[("/credentialSubject/cosigners/members", "count")],
    );
    broken(
        Kind::FederationList,
        0,
        &[(
            "/credentialSubject/cosigners",
            json!({"members": [cosigner(1), cosigner(1)]}),
        )],
        &[("/credentialSubject/cosigners/members/1", "duplicate")],
    );
}

/// A text of the shape of a multikey.
fn letters(n: usize) -> String {
    let letter = |at: usize| char::from(b'a' + u8::try_from(at % 8).unwrap());
    format!("z6Mk{}{}{}", letter(n / 8), letter(n), "E".repeat(42))
}

fn cosigner_vkey(n: u8) -> String {
    use base64::Engine as _;
    let mut key = vec![4];
    key.extend([n; 32]);
    let key = base64::engine::general_purpose::STANDARD.encode(key);
    format!("cosigner.example+0123abcd+{key}")
}

#[test]
fn member_keys() {
    let subject = sample(Kind::MemberKeys, 1)["credentialSubject"].clone();
    let mirror = subject["mirrorKeys"][0]["vkey"].clone();
    one(
        Kind::MemberKeys,
        1,
        SUBJECT,
        &[
            ("/economy", json!("nz"), "economy"),
            ("/previous", json!(null), "previous"),
            ("/roots/keys/1", json!("x"), "multikey"),
            ("/roots/threshold", json!(4), "threshold"),
            ("/logKeys/0/vkey", mirror.clone(), "vkey"),
            ("/mirrorKeys/1/vkey", json!("a b+01234567+AA=="), "vkey"),
            ("/mirrorKeys/1/vkey", mirror.clone(), "duplicate"),
            ("/witnessKeys/0/vkey", mirror, "otherUse"),
            (
                "/mirrorKeys/1/from",
                json!("2026-06-30T23:59:59Z"),
                "overlap",
            ),
            (
                "/mirrorKeys/1/until",
                json!("2026-06-30T23:59:59Z"),
                "order",
            ),
            (
                "/statusKeys/0/key",
                subject["roots"]["keys"][0].clone(),
                "otherUse",
            ),
            (
                "/statusKeys/0/until",
                json!("2026-01-04T00:00:00Z"),
                "order",
            ),
            ("/authorityKeys", json!([]), "count"),
            (
                "/authorityKeys/1/key",
                subject["authorityKeys"][0]["key"].clone(),
                "duplicate",
            ),
            (
                "/authorityKeys/1/key",
                subject["statusKeys"][0]["key"].clone(),
                "otherUse",
            ),
            (
                "/authorityKeys/1/until",
                json!("2026-01-04T00:00:00Z"),
                "order",
            ),
            ("/terms/licence", json!(" "), "emptyText"),
        ],
    );
}

#[test]
fn periods_of_member_keys() {
    broken(
        Kind::MemberKeys,
        1,
        &[("/credentialSubject/authorityKeys/0/until", json!(null))],
        &[("/credentialSubject/authorityKeys/0/reason", "reason")],
    );
    // A mirror without an end and another from later on: two keys at a time.
    broken(
        Kind::MemberKeys,
        1,
        &[("/credentialSubject/mirrorKeys/0/until", json!(null))],
        &[("/credentialSubject/mirrorKeys/1/from", "overlap")],
    );
    // Authority keys may overlap, and so may the keys of two logs.
    broken(
        Kind::MemberKeys,
        1,
        &[
            ("/credentialSubject/authorityKeys/0/until", json!(null)),
            ("/credentialSubject/authorityKeys/0/reason", json!(null)),
        ],
        &[],
    );
    broken(
        Kind::MemberKeys,
        0,
        &[("/issuer/id", json!("did:web:authority-fr.example"))],
        &[(SUBJECT, "signer")],
    );
}

#[test]
fn takedown() {
    one(
        Kind::Takedown,
        0,
        SUBJECT,
        &[
            ("/authority", json!("x"), "did"),
            ("/issuer", json!("x"), "did"),
            ("/id", json!("x"), "recordId"),
            ("/kind", json!("StatusEvent"), "kind"),
            ("/kind", json!("Takedown"), "kind"),
            ("/recordDigest", json!("abc"), "digest"),
            ("/documentDigest", json!("abc"), "digest"),
            ("/legalBasis", json!(""), "emptyText"),
        ],
    );
    for kind in ["Commitment", "Notice"] {
        broken(
            Kind::Takedown,
            0,
            &[("/credentialSubject/kind", json!(kind))],
            &[],
        );
    }
    broken(
        Kind::Takedown,
        0,
        &[("/issuer/id", json!("did:web:certification-fr.example"))],
        &[(SUBJECT, "signer")],
    );
}
