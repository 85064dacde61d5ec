//! `Commitment` and `CoverageStatement`.

use serde_json::{Value, json};

use super::{Kind, SUBJECT, broken, one, sample};

#[test]
fn what_a_laboratory_commits_to() {
    let reports = format!("{SUBJECT}/reports");
    broken(
        Kind::Commitment,
        0,
        &[(&reports, json!([]))],
        &[(&reports, "empty")],
    );
    one(
        Kind::Commitment,
        0,
        &reports,
        &[
            ("/0/number", json!("- /"), "number"),
            ("/0/number", json!("N".repeat(201)), "number"),
            // Nobody prints these, and the eye reads another number.
            ("/0/number", json!("TR-1\nTR-2"), "number"),
            ("/0/number", json!("TR-\u{202e}71"), "number"),
            ("/0/digest", json!("uEiAA"), "digest"),
            ("/0/digest", json!("0".repeat(64)), "digest"),
            ("/0/issuedOn", json!("2026-01-16T00:00:00Z"), "malformed"),
            ("/0/issuedOn", json!("2026-13-01"), "malformed"),
            // The content stays with the laboratory.
            ("/0/salt", json!("x"), "unknownMember"),
        ],
    );
    // One number with two digests, in another spelling.
    broken(
        Kind::Commitment,
        0,
        &[(&format!("{reports}/1/number"), json!("ex 2026/00874"))],
        &[(&format!("{reports}/1/number"), "duplicate")],
    );
    // A day that is known roughly is no day on which a report was issued.
    let rough = json!({"notBefore": "2026-01-01", "notAfter": "2026-01-31"});
    broken(
        Kind::Commitment,
        0,
        &[(&format!("{reports}/0/issuedOn"), rough)],
        &[(&format!("{reports}/0/issuedOn"), "malformed")],
    );
}

/// What was committed to stays, and nobody commits for another.
#[test]
fn a_commitment_is_its_laboratorys_for_good() {
    let reference = json!({
        "authority": "did:web:authority-cn.example",
        "issuer": "did:web:lab-cn.example",
        "id": "urn:uuid:01936c00-0000-7000-8000-0000000009a0",
        "digestMultibase": sample(Kind::Commitment, 0)["credentialSubject"]["reports"][0]["digest"],
    });
    broken(
        Kind::Commitment,
        0,
        &[("/comity/replaces", reference)],
        &[("/comity/replaces/id", "replaces")],
    );
    for kind in [Kind::Commitment, Kind::CoverageStatement] {
        broken(
            kind,
            0,
            &[("/comity/importedFrom", imported())],
            &[("/comity/importedFrom", "importedKind")],
        );
    }
    one(
        Kind::Commitment,
        0,
        "",
        &[(
            "/validUntil",
            json!("2030-01-01T00:00:00Z"),
            "envelopeDates",
        )],
    );
}

fn imported() -> Value {
    json!({
        "system": "sample-register",
        "sourceId": "1",
        "fetchedOn": "2026-10-01",
        "sourceSigned": false,
        "attributedTo": {
            "id": "https://laboratory.example",
            "name": "Sample Laboratory",
            "economies": ["CN"],
        },
    })
}

#[test]
fn what_a_publisher_promises() {
    one(
        Kind::CoverageStatement,
        0,
        SUBJECT,
        &[
            ("/kinds", json!([]), "empty"),
            ("/kinds/1", json!("Attestation"), "duplicate"),
            ("/kinds/1", json!("Registration"), "coverage"),
            ("/kinds/1", json!("Certificate"), "malformed"),
            ("/issuers", json!([]), "empty"),
            ("/issuers/0/id", json!("lab"), "did"),
            (
                "/issuers/0/registeredBy",
                json!("did:web:authority-fr.example"),
                "coverage",
            ),
            ("/withinHours", json!(0), "range"),
            ("/withinHours", json!(-1), "malformed"),
            ("/withinHours", json!("48"), "malformed"),
            ("/since", json!("2026-01-01T00:00:00Z"), "malformed"),
        ],
    );
    let issuer = sample(Kind::CoverageStatement, 0)["credentialSubject"]["issuers"][0].clone();
    broken(
        Kind::CoverageStatement,
        0,
        &[(&format!("{SUBJECT}/issuers"), json!([issuer, issuer]))],
        &[(&format!("{SUBJECT}/issuers/1"), "duplicate")],
    );
}

/// From which day on is said twice: both must agree.
#[test]
fn the_days_that_are_promised_are_certain() {
    let since = format!("{SUBJECT}/since");
    let (from, until) = (
        format!("{SUBJECT}/period/from"),
        format!("{SUBJECT}/period/until"),
    );
    for (day, expected) in [
        ("2025-12-31", vec![(since.as_str(), "order")]),
        ("2026-01-01", vec![]),
        ("2027-12-31", vec![]),
        ("2028-01-01", vec![(since.as_str(), "order")]),
    ] {
        broken(
            Kind::CoverageStatement,
            1,
            &[(&since, json!(day))],
            &expected,
        );
    }
    let rough = json!({"notBefore": "2025-12-01", "notAfter": "2026-01-01"});
    broken(
        Kind::CoverageStatement,
        0,
        &[
            (&from, rough),
            ("/validFrom", json!("2025-12-01T00:00:00Z")),
        ],
        &[(&from, "exactDate")],
    );
    let rough = json!({"notBefore": "2026-12-01", "notAfter": "2027-12-31"});
    broken(
        Kind::CoverageStatement,
        1,
        &[(&until, rough)],
        &[(&until, "exactDate")],
    );
}
