//! One change to a sample each, and exactly the faults it gives.

use serde_json::{Value, json};

use super::{Kind, faults, sample, set};

mod arrangement;
mod attestation;
mod commitment;
mod federation;
mod grant;
mod import_rule;
mod notice;
mod registration;
mod standard;
mod status;

/// Sets members of the sample number `at` of `kind` (`null` removes) and compares the faults.
fn broken(kind: Kind, at: usize, changes: &[(&str, Value)], expected: &[(&str, &str)]) {
    let mut value = sample(kind, at);
    for (pointer, to) in changes {
        set(&mut value, pointer, to.clone());
    }
    let found = faults(&value);
    let found: Vec<(&str, &str)> = found.iter().map(|(p, c)| (p.as_str(), *c)).collect();
    assert_eq!(found, expected, "{kind} {at}: {changes:?}");
}

/// One member under `base` set, one fault at the same member.
fn one(kind: Kind, at: usize, base: &str, table: &[(&str, Value, &str)]) {
    for (member, to, code) in table {
        let pointer = format!("{base}{member}");
        broken(kind, at, &[(&pointer, to.clone())], &[(&pointer, code)]);
    }
}

const SUBJECT: &str = "/credentialSubject";

#[test]
fn envelope() {
    one(
        Kind::Attestation,
        0,
        "",
        &[
            (
                "/id",
                json!("01936c00-0000-7000-8000-000000000001"),
                "recordId",
            ),
            (
                "/id",
                json!("urn:uuid:01936C00-0000-7000-8000-000000000001"),
                "recordId",
            ),
            ("/issuer/id", json!("https://lab.example"), "did"),
            ("/issuer/id", json!("did:web:lab.example:8080:"), "did"),
            ("/issuer/name", json!(" "), "emptyText"),
            ("/name", json!("a\u{7}b"), "refusedCharacter"),
            ("/name", json!("a\u{FFFE}b"), "refusedCharacter"),
            (
                "/comity/authority",
                json!("did:web:authority.example/x"),
                "did",
            ),
            ("/comity/language", json!("english language"), "language"),
            ("/comity/modelVersion", json!(0), "modelVersion"),
            ("/comity/modelVersion", json!(2), "modelVersion"),
            ("/comity/publicationBasis", json!(null), "publicationBasis"),
            ("/validFrom", json!("2026-02-10T00:00:01Z"), "envelopeDates"),
            (
                "/validUntil",
                json!("2031-02-09T00:00:00Z"),
                "envelopeDates",
            ),
            ("/validUntil", json!(null), "envelopeDates"),
        ],
    );
    // Newline and tab are text.
    broken(Kind::Attestation, 0, &[("/name", json!("a\n\tb"))], &[]);
    // Kinds without a legal period begin at any second and do not end.
    broken(
        Kind::Arrangement,
        0,
        &[("/validFrom", json!("2020-01-01T12:34:56Z"))],
        &[],
    );
    one(
        Kind::Arrangement,
        0,
        "",
        &[(
            "/validUntil",
            json!("2030-01-01T00:00:00Z"),
            "envelopeDates",
        )],
    );
}

/// What a reader would take as well: the values of an object as a list, a word as a member.
#[test]
fn one_form() {
    one(
        Kind::Attestation,
        0,
        "",
        &[
            (
                "/issuer",
                json!(["did:web:lab.example", "Laboratory"]),
                "malformed",
            ),
            (
                "/comity/publicationBasis",
                json!({"law": null}),
                "malformed",
            ),
            (
                "/credentialSubject/comity/legalDates/issuedOn",
                json!(["2026-02-10", "2026-02-10"]),
                "malformed",
            ),
        ],
    );
}

#[test]
fn replacement() {
    one(
        Kind::Attestation,
        1,
        "/comity/replaces",
        &[
            (
                "/id",
                json!("urn:uuid:01936c00-0000-7000-8000-000000000002"),
                "replaces",
            ),
            ("/issuer", json!("did:web:other.example"), "replaces"),
            ("/digestMultibase", json!("uEiAA"), "digest"),
            ("/digestMultibase", json!("abcdef"), "digest"),
        ],
    );
    // A revised arrangement may be issued by another of its signers.
    broken(
        Kind::Arrangement,
        2,
        &[("/comity/replaces/issuer", json!("did:web:other.example"))],
        &[],
    );
}

#[test]
fn import() {
    let base = "/comity/importedFrom";
    one(
        Kind::Attestation,
        7,
        base,
        &[
            ("/sourceSigned", json!(true), "sourceSigned"),
            ("/system", json!(""), "emptyText"),
            ("/sourceId", json!(""), "emptyText"),
            ("/attributedTo/economies", json!([]), "empty"),
            (
                "/attributedTo/id",
                json!("did:web:body.example"),
                "attributedTo",
            ),
            ("/attributedTo/name", json!(""), "emptyText"),
        ],
    );
    broken(
        Kind::Attestation,
        7,
        &[(
            "/comity/importedFrom/attributedTo/economies/0",
            json!("USA"),
        )],
        &[("/comity/importedFrom/attributedTo/economies/0", "economy")],
    );
    let imported = sample(Kind::Attestation, 7)["comity"]["importedFrom"].clone();
    for kind in [
        Kind::Registration,
        Kind::KeyRevocation,
        Kind::FederationList,
        Kind::MemberKeys,
        Kind::Takedown,
    ] {
        broken(
            kind,
            0,
            &[(base, imported.clone())],
            &[(base, "importedKind")],
        );
    }
    // What a source lacks, an imported record may lack; a native one says what was assessed.
    let pointer = "/credentialSubject/comity/objects";
    one(Kind::Attestation, 0, "", &[(pointer, json!([]), "empty")]);
    broken(Kind::Attestation, 7, &[(pointer, json!([]))], &[]);
}
