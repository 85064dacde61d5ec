//! Registrations and revocations.

use serde_json::json;

use super::super::{Kind, sample};
use super::{SUBJECT, broken, one};

#[test]
fn registration() {
    one(
        Kind::Registration,
        0,
        SUBJECT,
        &[
            (
                "/id",
                json!("did:web:authority-cn.example"),
                "selfRegistered",
            ),
            ("/id", json!("did:web:a..example"), "did"),
            ("/version", json!(0), "version"),
            ("/names", json!([]), "empty"),
            ("/economies", json!([]), "empty"),
            ("/roles", json!([]), "empty"),
            ("/keys", json!([]), "keys"),
            (
                "/keys/0/key",
                json!("z6MkfVcujRLV9KaJaxhxLidhDBcxA6EXGmWcoKNm5ntAogL0"),
                "multikey",
            ),
            ("/keys/0/key", json!("z6LSabc"), "multikey"),
            ("/mandate/kinds", json!([]), "empty"),
            ("/mandate/kinds/0", json!("Takedown"), "mandate"),
            ("/contact/office", json!(""), "emptyText"),
        ],
    );
    // Registered by an accreditation body, the authority itself is no body either.
    broken(
        Kind::Registration,
        1,
        &[(
            "/credentialSubject/id",
            json!("did:web:authority-cn.example"),
        )],
        &[("/credentialSubject/id", "selfRegistered")],
    );
    broken(
        Kind::Registration,
        0,
        &[
            ("/credentialSubject/mandate/kinds", json!(["StatusEvent"])),
            (
                "/credentialSubject/mandate/attestationKinds",
                json!(["testReport"]),
            ),
        ],
        &[("/credentialSubject/mandate/attestationKinds", "mandate")],
    );
    let first = sample(Kind::Registration, 2)["credentialSubject"]["keys"][0]["key"].clone();
    broken(
        Kind::Registration,
        2,
        &[("/credentialSubject/keys/1/key", first)],
        &[("/credentialSubject/keys/1/key", "duplicate")],
    );
    broken(
        Kind::Registration,
        2,
        &[(
            "/credentialSubject/keys/1/until",
            json!("2026-10-31T00:00:00Z"),
        )],
        &[("/credentialSubject/keys/1/until", "order")],
    );
}

#[test]
fn revocation() {
    one(
        Kind::KeyRevocation,
        0,
        SUBJECT,
        &[
            (
                "/id",
                json!("did:web:authority-kz.example"),
                "selfRegistered",
            ),
            ("/id", json!("x"), "did"),
            ("/key", json!("z6Mk"), "multikey"),
        ],
    );
}
