//! Attestations.

use serde_json::json;

use super::super::Kind;
use super::{SUBJECT, broken, one};

#[test]
fn attestation_in_the_words_of_untp() {
    one(
        Kind::Attestation,
        0,
        SUBJECT,
        &[
            ("/type", json!(["Claim"]), "untpType"),
            ("/id", json!("certificate 1"), "uri"),
            ("/id", json!("https://certificates.example/№1"), "uri"),
            ("/assessorLevel", json!("thirdParty"), "untpCode"),
            ("/assessmentLevel", json!("GovtApproval"), "untpCode"),
            ("/attestationType", json!("testing"), "untpCode"),
            ("/issuedToParty/id", json!("552100554"), "uri"),
            ("/issuedToParty/type", json!(["Person"]), "untpType"),
            ("/referenceScheme/name", json!(""), "emptyText"),
            ("/referenceScheme/type", json!(null), "untpType"),
        ],
    );
}

#[test]
fn attestation() {
    let base = "/credentialSubject/comity";
    one(
        Kind::Attestation,
        0,
        base,
        &[
            (
                "/comityKind",
                json!("personCertificate"),
                "personCertificate",
            ),
            ("/certificateNumber", json!(""), "emptyText"),
            ("/certificateNumber", json!("9".repeat(201)), "tooLong"),
            ("/legalDates/firstIssuedOn", json!("2026-02-11"), "order"),
            ("/legalDates/procedureBeganOn", json!("2027-01-01"), "order"),
            (
                "/manufacturer/registeredBy",
                json!("did:web:maker.example"),
                "registeredBy",
            ),
            ("/factories/0/country", json!("China"), "economy"),
            ("/grants/0/grant/issuer", json!("did:web:-x.example"), "did"),
            ("/grants/0/grant/id", json!("urn:x"), "recordId"),
        ],
    );
}

#[test]
fn object_of_conformity() {
    one(
        Kind::Attestation,
        0,
        "/credentialSubject/comity",
        &[
            (
                "/objects/0/objectType",
                json!("person"),
                "personCertificate",
            ),
            ("/objects/0/names", json!([]), "empty"),
            ("/objects/0/names/0/lang", json!("f"), "language"),
            ("/objects/0/names/0/value", json!(""), "emptyText"),
            ("/objects/0/modelNumbers/0", json!("*"), "model"),
            ("/objects/0/modelNumbers/0", json!("A*B"), "model"),
            ("/objects/0/modelNumbers/0", json!("A**"), "model"),
            ("/objects/0/modelNumbers/0", json!("B".repeat(201)), "model"),
            ("/objects/0/gtins/0", json!("9520123456789"), "gtin"),
            ("/objects/0/gtins/0", json!("952012345"), "gtin"),
            ("/objects/0/gtins/0", json!("95201234567٨٨"), "gtin"),
            ("/objects/0/origin", json!("CHN"), "economy"),
            (
                "/objects/0/productCodes/0/code",
                json!("8516.79"),
                "productCode",
            ),
            ("/objects/0/productCodes/0/code", json!("8"), "productCode"),
            (
                "/objects/0/productCodes/0/code",
                json!("851679000000000"),
                "productCode",
            ),
            (
                "/objects/0/productCodes/0/edition",
                json!("HS22"),
                "edition",
            ),
            (
                "/objects/0/productCodes/0/scheme",
                json!("hs-codes"),
                "scheme",
            ),
            ("/conditionsOfUse/0", json!([]), "empty"),
        ],
    );
}

#[test]
fn attestation_across_members() {
    // The dates of the envelope follow the legal dates.
    broken(
        Kind::Attestation,
        0,
        &[
            (
                "/credentialSubject/comity/legalDates/validUntil",
                json!("2026-01-01"),
            ),
            ("/validUntil", json!("2026-01-01T23:59:59Z")),
        ],
        &[("/credentialSubject/comity/legalDates/validUntil", "order")],
    );
    let registered_by = "/credentialSubject/comity/manufacturer/registeredBy";
    broken(
        Kind::Attestation,
        0,
        &[(
            "/credentialSubject/comity/manufacturer/id",
            json!("did:web:maker.example"),
        )],
        &[(registered_by, "registeredBy")],
    );
    // A validation keeps UNTP's own word for it.
    broken(
        Kind::Attestation,
        0,
        &[
            ("/credentialSubject/comity/comityKind", json!("vvStatement")),
            ("/credentialSubject/attestationType", json!("validation")),
        ],
        &[],
    );
}

#[test]
fn attestation_parts() {
    one(
        Kind::Attestation,
        4,
        "/credentialSubject/comity/objects/0/quantity/value",
        &[
            ("", json!("1,5"), "decimal"),
            ("", json!(".5"), "decimal"),
            ("", json!("5."), "decimal"),
        ],
    );
    let based_on = "/credentialSubject/comity/basedOn/0";
    broken(
        Kind::Attestation,
        6,
        &[("/credentialSubject/comity/basedOn/0/number", json!(null))],
        &[(based_on, "basedOn")],
    );
    broken(
        Kind::Attestation,
        6,
        &[("/credentialSubject/comity/basedOn/0/issuer", json!(null))],
        &[(based_on, "basedOn")],
    );
    // A row of a register is pointed at by imported records only.
    let row = json!({"signer": "did:web:node.example", "system": "s", "sourceId": "1"});
    broken(
        Kind::Attestation,
        0,
        &[("/credentialSubject/comity/grants/0/grant", row.clone())],
        &[(
            "/credentialSubject/comity/grants/0/grant",
            "sourceReference",
        )],
    );
    broken(
        Kind::Attestation,
        7,
        &[(
            "/credentialSubject/comity/grants",
            json!([{ "grant": row }]),
        )],
        &[],
    );
}

#[test]
fn level_and_interval() {
    let level = "/credentialSubject/comity/level";
    one(
        Kind::Attestation,
        2,
        level,
        &[
            ("/rank", json!(8), "level"),
            ("/rank", json!(0), "level"),
            ("/augmentations/0", json!("ALC_DVS"), "level"),
        ],
    );
    broken(
        Kind::Attestation,
        2,
        &[(
            "/credentialSubject/comity/level/augmentations",
            json!(["AVA_VAN.5", "ALC_DVS.2"]),
        )],
        &[("/credentialSubject/comity/level/augmentations", "level")],
    );
    let until = "/credentialSubject/comity/legalDates/validUntil";
    broken(
        Kind::Attestation,
        7,
        &[
            (
                until,
                json!({"notBefore": "2021-12-31", "notAfter": "2021-08-23"}),
            ),
            ("/validUntil", json!("2021-08-23T23:59:59Z")),
        ],
        &[(until, "interval")],
    );
}
