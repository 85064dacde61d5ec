//! Grants.

use serde_json::json;

use super::super::Kind;
use super::{SUBJECT, broken, one};

#[test]
fn grant() {
    one(
        Kind::CompetenceGrant,
        0,
        SUBJECT,
        &[
            ("/grantor/id", json!("did:web:other.example"), "grantor"),
            (
                "/grantor/registeredBy",
                json!("did:web:other.example"),
                "grantor",
            ),
            ("/grantee/registeredBy", json!(null), "registeredBy"),
            ("/economies", json!([]), "empty"),
            ("/number", json!(""), "emptyText"),
            ("/activities", json!([]), "empty"),
            ("/periodInferred", json!(true), "periodInferred"),
            ("/initialOn", json!("2025-01-02"), "order"),
            ("/scope/0/id", json!(""), "emptyText"),
            ("/scope/0/products/0/exclude/0", json!("9001"), "selector"),
            (
                "/underChapters/0",
                json!("did:web:sec.example#goods"),
                "chapterName",
            ),
            ("/underChapters/0", json!("sec#goods/x"), "chapterName"),
        ],
    );
}

#[test]
fn scope() {
    broken(
        Kind::CompetenceGrant,
        0,
        &[(
            "/credentialSubject/scope/0/products/0",
            json!({"scheme": "HS", "include": ["85X"]}),
        )],
        &[(
            "/credentialSubject/scope/0/products/0/include/0",
            "productCode",
        )],
    );
    broken(
        Kind::CompetenceGrant,
        0,
        &[("/credentialSubject/scope/0/products/0/include", json!([]))],
        &[
            ("/credentialSubject/scope/0/products/0/include", "empty"),
            (
                "/credentialSubject/scope/0/products/0/exclude/0",
                "selector",
            ),
        ],
    );
    broken(
        Kind::CompetenceGrant,
        1,
        &[("/credentialSubject/scope/1/id", json!("iso9001"))],
        &[("/credentialSubject/scope/1/id", "duplicate")],
    );
    broken(
        Kind::CompetenceGrant,
        1,
        &[("/credentialSubject/scope/1", json!({"id": "x"}))],
        &[("/credentialSubject/scope/1", "scopeItem")],
    );
    broken(
        Kind::CompetenceGrant,
        1,
        &[("/credentialSubject/scope/1/exhaustive", json!(true))],
        &[("/credentialSubject/scope/1/exhaustive", "scopeItem")],
    );
    broken(
        Kind::CompetenceGrant,
        1,
        &[
            ("/credentialSubject/period/until", json!("2024-05-31")),
            ("/validUntil", json!("2024-05-31T23:59:59Z")),
        ],
        &[("/credentialSubject/period/until", "order")],
    );
}
