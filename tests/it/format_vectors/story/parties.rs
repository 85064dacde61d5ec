//! Who is who, and who recognises whom: registrations, a grant, the arrangement, a revoked key.

use comity_model::record::Kind;
use serde_json::{Value, json};

use super::{
    ARRANGEMENT, BODY, BODY_NAME, Envelope, LABORATORY, LABORATORY_NAME, NORDA, NORDA_NAME, SUDA,
    SUDA_NAME, Signed, multikey, sign, signed,
};

pub(super) fn registration_of_the_body() -> Signed {
    let document = Envelope {
        kind: Kind::Registration,
        number: 1,
        issuer: (NORDA, NORDA_NAME),
        authority: NORDA,
        language: "en",
        name: "Registration of Norda Accreditation",
        valid_from: "2026-01-12T00:00:00Z",
        valid_until: None,
    }
    .document(&json!({
        "id": BODY,
        "version": 1,
        "names": [{"lang": "en", "value": BODY_NAME}, {"lang": "ar", "value": "اعتماد نوردا"}],
        "economies": ["XN"],
        "roles": ["accreditationBody"],
        "identifiers": [{"scheme": "iafAb", "value": "XN-001"}],
        "keys": [{"key": multikey("norda accreditation body")}],
        "mandate": {
            "kinds": ["Registration", "CompetenceGrant", "StatusEvent", "KeyRevocation"],
            "mayRegister": true,
        },
        "contact": {"office": "Register office", "url": "https://accreditation.norda.example/contact"},
        "period": {"from": "2026-01-12"},
    }));
    signed(
        "registration-accreditation-body.json",
        Kind::Registration,
        &document,
        "norda authority",
        NORDA,
        "2026-01-12T08:00:00Z",
    )
}

pub(super) fn registration_of_the_laboratory() -> Signed {
    let document = Envelope {
        kind: Kind::Registration,
        number: 2,
        issuer: (BODY, BODY_NAME),
        authority: NORDA,
        language: "en",
        name: "Registration of Norda Electrical Laboratory",
        valid_from: "2026-01-13T00:00:00Z",
        valid_until: None,
    }
    .document(&json!({
        "id": LABORATORY,
        "version": 1,
        "names": [
            {"lang": "en", "value": LABORATORY_NAME},
            {"lang": "zh-Hans", "value": "诺达电气实验室"},
        ],
        "economies": ["XN"],
        "roles": ["laboratory", "certificationBody"],
        "keys": [
            {"key": multikey("norda laboratory 1"), "until": "2028-01-13T00:00:00Z"},
            {"from": "2026-01-13T00:00:00Z", "key": multikey("norda laboratory 2")},
        ],
        "mandate": {
            "kinds": ["Attestation", "StatusEvent"],
            "attestationKinds": ["productCertificate", "testReport"],
        },
        "period": {"from": "2026-01-13"},
        "sameAs": [{"sourceId": "N-0077", "system": "norda-old-register"}],
    }));
    signed(
        "registration-laboratory.json",
        Kind::Registration,
        &document,
        "norda accreditation body",
        BODY,
        "2026-01-13T08:00:00Z",
    )
}

pub(super) fn grant() -> Signed {
    let document = Envelope {
        kind: Kind::CompetenceGrant,
        number: 3,
        issuer: (BODY, BODY_NAME),
        authority: NORDA,
        language: "en",
        name: "Accreditation NA-P-0077",
        valid_from: "2026-01-14T00:00:00Z",
        valid_until: Some("2030-01-13T23:59:59Z"),
    }
    .document(&json!({
        "grantType": "accreditation",
        "grantor": {"id": BODY, "name": BODY_NAME, "registeredBy": NORDA},
        "grantee": {"id": LABORATORY, "name": LABORATORY_NAME, "registeredBy": NORDA},
        "economies": ["XN"],
        "number": "NA-P-0077",
        "criteria": ["ISO/IEC 17065:2012"],
        "activities": ["productCertification"],
        "period": {"from": "2026-01-14", "until": "2030-01-13"},
        "flexibility": "fixed",
        "scope": [
            {
                "id": "kettles",
                "description": [{"lang": "en", "value": "Electric kettles up to 3 kW\n(household use)"}],
                "standards": ["IEC 60335-2-15"],
                "products": [{"edition": "2022", "include": ["851610", "851679"], "scheme": "HS"}],
                "exhaustive": true,
            },
        ],
    }));
    signed(
        "competence-grant.json",
        Kind::CompetenceGrant,
        &document,
        "norda accreditation body",
        BODY,
        "2026-01-14T08:00:00Z",
    )
}

pub(super) fn arrangement() -> Signed {
    let document = Envelope {
        kind: Kind::Arrangement,
        number: 4,
        issuer: (NORDA, NORDA_NAME),
        authority: NORDA,
        language: "en",
        name: "Norda and Suda on household appliances",
        valid_from: "2026-02-02T00:00:00Z",
        valid_until: None,
    }
    .document(&json!({
        "id": ARRANGEMENT,
        "version": 1,
        "title": [
            {"lang": "en", "value": "Agreement on the recognition of certificates for household appliances"},
            {"lang": "ru", "value": "Соглашение о признании сертификатов на бытовые приборы"},
        ],
        "citation": "Norda Treaty Series 2026 No. 4",
        "arrangementType": "bilateralAuthority",
        "legalNature": "agreement",
        "signers": [
            {"id": NORDA, "registeredBy": NORDA},
            {"id": SUDA, "registeredBy": SUDA},
        ],
        "parties": ["XN", "XS"],
        "chapters": [{
            "id": "appliances",
            "title": [{"lang": "en", "value": "Household appliances"}],
            "phase": "operational",
            "degree": "certificates",
            "obligation": "shallAccept",
            "direction": {"mode": "mutual"},
            "requirementsBasis": "commonStandard",
            "coverage": {
                "attestationKinds": ["productCertificate"],
                "products": [{"edition": "2022", "include": ["8516"], "scheme": "HS"}],
                "standards": ["IEC 60335-2-15"],
            },
            "issuerEligibility": {"activities": ["productCertification"], "grantTypes": ["accreditation"]},
            "acceptor": {},
            "period": {"from": "2026-03-01"},
            "afterEnd": {"existingAttestations": "untilExpiry"},
        }],
    }));
    let signers = [(NORDA, "norda authority"), (SUDA, "suda authority")];
    Signed {
        file: "arrangement.json",
        kind: Kind::Arrangement,
        bytes: sign(&document, &signers, Some("2026-02-02T10:00:00Z")),
    }
}

fn participation(number: u8, name: &str, subject: &Value) -> Value {
    Envelope {
        kind: Kind::Participation,
        number,
        issuer: (SUDA, SUDA_NAME),
        authority: SUDA,
        language: "ru",
        name,
        valid_from: "2026-03-01T00:00:00Z",
        valid_until: None,
    }
    .document(&json!({
        "arrangement": {"authority": NORDA, "id": ARRANGEMENT},
        "arrangementVersion": 1,
        "assertedBy": subject["assertedBy"],
        "participant": subject["participant"],
        "period": {"from": "2026-03-01"},
        "roles": ["signatory"],
    }))
}

pub(super) fn participation_of_norda() -> Signed {
    let says = json!({"assertedBy": "peer", "participant": {"economy": "XN"}});
    let document = participation(5, "Участие Норды", &says);
    signed(
        "participation-norda.json",
        Kind::Participation,
        &document,
        "suda authority",
        SUDA,
        "2026-02-10T09:00:00Z",
    )
}

pub(super) fn participation_of_suda() -> Signed {
    let says = json!({"assertedBy": "participant", "participant": {"economy": "XS"}});
    let mut document = participation(6, "Участие Суды", &says);
    document["credentialSubject"]["declaration"] = json!("accept");
    signed(
        "participation-suda.json",
        Kind::Participation,
        &document,
        "suda authority",
        SUDA,
        "2026-02-10T09:05:00Z",
    )
}

pub(super) fn revocation() -> Signed {
    let document = Envelope {
        kind: Kind::KeyRevocation,
        number: 10,
        issuer: (BODY, BODY_NAME),
        authority: NORDA,
        language: "en",
        name: "Second key of Norda Electrical Laboratory",
        valid_from: "2026-08-30T00:00:00Z",
        valid_until: None,
    }
    .document(&json!({
        "effectiveFrom": "2026-08-30T12:00:00Z",
        "id": LABORATORY,
        "key": multikey("norda laboratory 2"),
        "reason": "keyCompromise",
    }));
    signed(
        "key-revocation.json",
        Kind::KeyRevocation,
        &document,
        "norda accreditation body",
        BODY,
        "2026-09-01T08:00:00Z",
    )
}
