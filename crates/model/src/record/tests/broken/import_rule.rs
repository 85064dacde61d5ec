//! `ImportRule`.

use serde_json::json;

use super::{Kind, SUBJECT, broken, one};

#[test]
fn who_speaks_for_a_destination() {
    // A body that the authority registered may not: the rule says so of the whole subject.
    broken(
        Kind::ImportRule,
        0,
        &[("/issuer/id", json!("did:web:ministry-kz.example"))],
        &[(SUBJECT, "signer")],
    );
    let imported = |economies: &[&str]| {
        json!({
            "system": "sample-rules",
            "sourceId": "1",
            "fetchedOn": "2026-10-01",
            "sourceSigned": false,
            "attributedTo": {
                "id": "https://ministry.example",
                "name": "Sample Ministry",
                "economies": economies,
            },
        })
    };
    let by_another = ("/issuer/id", json!("did:web:registry.example"));
    broken(
        Kind::ImportRule,
        0,
        &[
            by_another.clone(),
            ("/comity/importedFrom", imported(&["KG", "KZ"])),
        ],
        &[],
    );
    broken(
        Kind::ImportRule,
        0,
        &[by_another, ("/comity/importedFrom", imported(&["KG"]))],
        &[(&format!("{SUBJECT}/economy"), "attributedTo")],
    );
}

#[test]
fn what_a_rule_says() {
    one(
        Kind::ImportRule,
        0,
        SUBJECT,
        &[
            ("/economy", json!("kz"), "economy"),
            ("/title", json!([]), "empty"),
            ("/products/0/include", json!([]), "empty"),
            ("/products/0/include/0", json!("85.16"), "productCode"),
            ("/legalBasis", json!(" "), "emptyText"),
            ("/effect", json!("forbidden"), "malformed"),
        ],
    );
    let period = |until: &str| {
        [
            (format!("{SUBJECT}/period/until"), json!(until)),
            (
                "/validUntil".to_owned(),
                json!(format!("{until}T23:59:59Z")),
            ),
        ]
    };
    let [legal, envelope] = period("2025-12-31");
    broken(
        Kind::ImportRule,
        2,
        &[(&legal.0, legal.1), (&envelope.0, envelope.1)],
        &[(&format!("{SUBJECT}/period/until"), "order")],
    );
}

/// A rule that asks and accepts at once, or asks for nothing it names, has two readings.
#[test]
fn each_effect_has_its_own_member() {
    let requirements = format!("{SUBJECT}/requirements");
    let attestations = format!("{SUBJECT}/attestations");
    let effect = format!("{SUBJECT}/effect");
    let filter = json!({"kinds": ["testReport"]});
    for (at, changes, expected) in [
        (0, vec![(&requirements, json!(null))], vec![&requirements]),
        (
            0,
            vec![(&attestations, filter.clone())],
            vec![&attestations],
        ),
        (
            0,
            vec![(&effect, json!("nothingRequired"))],
            vec![&requirements],
        ),
        (
            0,
            vec![(&effect, json!("accepted"))],
            vec![&requirements, &attestations],
        ),
        (1, vec![(&effect, json!("required"))], vec![&requirements]),
        (1, vec![(&attestations, filter)], vec![&attestations]),
        (2, vec![(&attestations, json!(null))], vec![&attestations]),
        (3, vec![(&attestations, json!(null))], vec![&attestations]),
        (
            3,
            vec![(&effect, json!("nothingRequired"))],
            vec![&attestations],
        ),
    ] {
        let changes: Vec<_> = changes
            .iter()
            .map(|(place, value)| (place.as_str(), value.clone()))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|place| (place.as_str(), "effect"))
            .collect();
        broken(Kind::ImportRule, at, &changes, &expected);
    }
}

#[test]
fn each_sort_of_requirement_has_its_own_member() {
    one(
        Kind::ImportRule,
        0,
        &format!("{SUBJECT}/requirements"),
        &[
            ("/0/attestation", json!(null), "requirementSort"),
            ("/2/languages", json!(null), "requirementSort"),
            ("/1/languages", json!(["kk"]), "requirementSort"),
            (
                "/1/attestation",
                json!({"kinds": ["testReport"]}),
                "requirementSort",
            ),
            (
                "/1/deviation",
                json!({"economy": "KZ", "standard": "IEC 60335-1:2020", "clause": "7.1"}),
                "requirementSort",
            ),
            ("/1/sort", json!("customs"), "malformed"),
            ("/1/text", json!([]), "empty"),
            ("/1/id", json!("The Mark"), "requirementId"),
            ("/1/id", json!("safety"), "duplicate"),
        ],
    );
    one(
        Kind::ImportRule,
        0,
        &format!("{SUBJECT}/requirements/2/languages"),
        &[
            ("/0", json!("kazakh language"), "language"),
            ("/1", json!("kk"), "duplicate"),
        ],
    );
    one(
        Kind::ImportRule,
        4,
        &format!("{SUBJECT}/requirements/0/deviation"),
        &[
            ("/economy", json!("China"), "economy"),
            // Another edition may number its clauses otherwise.
            ("/standard", json!("IEC 62368-1"), "edition"),
            ("/clause", json!("5.4.2 "), "clause"),
        ],
    );
    broken(
        Kind::ImportRule,
        4,
        &[(&format!("{SUBJECT}/requirements/0/deviation"), json!(null))],
        &[(
            &format!("{SUBJECT}/requirements/0/deviation"),
            "requirementSort",
        )],
    );
}

/// An empty predicate would mean every attestation there is.
#[test]
fn a_predicate_says_something() {
    let filter = format!("{SUBJECT}/attestations");
    for empty in [json!({}), json!({"kinds": [], "schemes": []})] {
        broken(
            Kind::ImportRule,
            3,
            &[(&filter, empty)],
            &[(&filter, "empty")],
        );
    }
    // Of requirements alike.
    let wanted = format!("{SUBJECT}/requirements/0/attestation");
    broken(
        Kind::ImportRule,
        0,
        &[(&wanted, json!({}))],
        &[(&wanted, "empty")],
    );
}

#[test]
fn which_attestations_are_meant() {
    let filter = format!("{SUBJECT}/attestations");
    for (members, place, code) in [
        (
            json!({"kinds": ["testReport", "testReport"]}),
            "/kinds/1",
            "duplicate",
        ),
        (
            json!({"standards": ["ISO 9001", "iso9001"]}),
            "/standards/1",
            "duplicate",
        ),
        (
            json!({"regulations": ["R 1", "R 1"]}),
            "/regulations/1",
            "duplicate",
        ),
        (json!({"schemes": ["X", "X"]}), "/schemes/1", "duplicate"),
        (
            json!({"grantTypes": ["cmc", "cmc"]}),
            "/grantTypes/1",
            "duplicate",
        ),
        (
            json!({"issuerEconomies": ["FR", "FR"]}),
            "/issuerEconomies/1",
            "duplicate",
        ),
        (
            json!({"issuerEconomies": ["fr"]}),
            "/issuerEconomies/0",
            "economy",
        ),
        (json!({"kinds": ["anything"]}), "/kinds/0", "malformed"),
        (
            json!({"issuers": [{"id": "lab", "registeredBy": "did:web:a.example"}]}),
            "/issuers/0/id",
            "did",
        ),
        (
            json!({"issuers": [{"id": "did:web:a.example", "registeredBy": "a"}]}),
            "/issuers/0/registeredBy",
            "did",
        ),
        (
            json!({"issuedFrom": {"notBefore": "2026-02-01", "notAfter": "2026-01-01"}}),
            "/issuedFrom",
            "interval",
        ),
        // No code, no patterns: what no type knows is refused.
        (
            json!({"kinds": ["testReport"], "not": {}}),
            "/not",
            "unknownMember",
        ),
    ] {
        let place = format!("{filter}{place}");
        broken(
            Kind::ImportRule,
            3,
            &[(&filter, members)],
            &[(&place, code)],
        );
    }
}
