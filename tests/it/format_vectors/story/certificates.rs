//! Certificates, native and imported, and what happened to one of them.

use comity_model::record::Kind;
use comity_signature::digest;
use serde_json::{Value, json};

use super::{
    Envelope, LABORATORY, LABORATORY_NAME, NORDA, NORDA_NAME, Signed, canonical_bytes, sign, signed,
};

pub(super) fn attestation(grant: &Signed) -> Signed {
    let mut document = Envelope {
        kind: Kind::Attestation,
        number: 7,
        issuer: (LABORATORY, LABORATORY_NAME),
        authority: NORDA,
        language: "en",
        name: "Certificate NEL-2026-0001",
        valid_from: "2026-03-16T00:00:00Z",
        valid_until: Some("2029-03-15T23:59:59Z"),
    }
    .document(&kettle(grant));
    document["comity"]["publicationBasis"] = json!("schemeRule");
    signed(
        "attestation.json",
        Kind::Attestation,
        &document,
        "norda laboratory 1",
        LABORATORY,
        "2026-03-16T08:00:00Z",
    )
}

/// What the certificate says.
fn kettle(grant: &Signed) -> Value {
    let mut subject = json!({
        "type": ["ConformityAttestation"],
        "id": "https://lab.norda.example/certificates/NEL-2026-0001",
        "name": "Certificate of conformity",
        "assessorLevel": "3rdParty",
        "assessmentLevel": "authority-benchmark",
        "attestationType": "certification",
        "issuedToParty": {
            "type": ["Party"],
            "id": "https://kettles.norda.example/",
            "name": "Norda Kettles",
        },
        "referenceScheme": {
            "type": ["ConformityScheme"],
            "id": "https://lab.norda.example/schemes/appliances",
            "name": "Household appliances, type 5",
        },
        // Members of UNTP that Comity carries and does not read; any double may stand here.
        "conformityAssessment": [{
            "type": ["ConformityAssessment"],
            "id": "https://lab.norda.example/certificates/NEL-2026-0001#leakage",
            "name": "Leakage current",
            "assessedPerformance": [
                {"metricName": "leakage current", "metricValue": {"unit": "A", "value": 0.000_25}},
                {"metricName": "insulation", "metricValue": {"unit": "OHM", "value": 1e21}},
                {"metricName": "drift", "metricValue": {"unit": "K", "value": -1.5e-7}},
            ],
        }],
    });
    subject["comity"] = kettle_details(grant);
    subject
}

/// Our part of what the certificate says.
fn kettle_details(grant: &Signed) -> Value {
    json!({
        "comityKind": "productCertificate",
        "certificateNumber": "NEL-2026-0001",
        "legalDates": {"issuedOn": "2026-03-16", "validUntil": "2029-03-15"},
        "statementOfConformity": true,
        "regime": "mandatory",
        "holderNames": [
            {"lang": "zh-Hans", "value": "诺达水壶"},
            {"lang": "ar", "value": "غلايات نوردا"},
            {"lang": "ru", "value": "Чайники Норды"},
        ],
        "factories": [{"country": "XN", "name": "Works \"East\" \\ hall 3"}],
        "grants": [{"grant": grant.reference(), "scopeItems": ["kettles"]}],
        "standards": ["IEC 60335-2-15:2012"],
        "scopeStatement": [{"lang": "en", "value": "One model:\n\tK 1 with a 1.7 l jug 😀"}],
        "objects": [{
            "objectType": "product",
            "names": [{"lang": "en", "value": "Kettle K 1"}, {"lang": "zh-Hans", "value": "电热水壶 K 1"}],
            "brand": "Norda",
            "modelNumbers": ["K-1", "K-1*"],
            "gtins": ["09506000134352"],
            "productCodes": [{"code": "851679", "edition": "2022", "scheme": "HS"}],
            "origin": "XN",
        }],
        "basedOn": [{
            "role": "testReport",
            "issuer": {"name": "Norda Electrical Laboratory", "id": LABORATORY, "registeredBy": NORDA},
            "number": "NEL-T-2026-0193",
            "issuedOn": "2026-03-09",
        }],
        "claimedArrangements": ["did:web:nqi.norda.example#norda-suda-2026/appliances"],
    })
}

/// The register, row and subject of the imported record.
pub(crate) fn imported_row() -> (&'static str, &'static str, Value) {
    let subject = json!({
        "type": ["ConformityAttestation"],
        "id": "https://register.suda.example/certificates/SU-2019-0042",
        "name": "Сертификат SU-2019-0042",
        "assessorLevel": "unspecified",
        "assessmentLevel": "no-endorsement",
        "attestationType": "certification",
        "issuedToParty": {"type": ["Party"], "id": "https://pumps.suda.example/", "name": "Насосы Суды"},
        "referenceScheme": {"type": ["ConformityScheme"], "id": "https://register.suda.example/schemes/pumps", "name": "Pumps"},
        "comity": {
            "comityKind": "productCertificate",
            "certificateNumber": "SU-2019-0042",
            "legalDates": {"issuedOn": {"notAfter": "2019-12-31", "notBefore": "2019-01-01"}},
            "objects": [{"names": [{"lang": "ru", "value": "Насос 42"}], "objectType": "product"}],
            "sourceStatus": "действует",
        },
    });
    ("suda-old-register", "row 42", subject)
}

/// The id of an imported record (format v1, 2.9), and the text that was hashed for it. `replaced`
/// is given only where the id without it is taken.
pub(crate) fn imported_id(
    [signer, system, source_id]: [&str; 3],
    subject: &Value,
    replaced: Option<&str>,
) -> (String, String) {
    let subject_digest = digest::to_hex(&digest::sha256(&canonical_bytes(subject)));
    let mut named = vec![signer, system, source_id, &subject_digest];
    named.extend(replaced);
    let named = canonical_bytes(&json!(named));
    let text = format!("comity.import/v1\n{}", String::from_utf8(named).unwrap());
    let hash = digest::sha256(text.as_bytes());
    let first: [u8; 16] = hash[..16].try_into().unwrap();
    (format!("urn:uuid:{}", uuid::Uuid::new_v8(first)), text)
}

pub(super) fn imported() -> Signed {
    let (system, source_id, subject) = imported_row();
    let (id, _) = imported_id([NORDA, system, source_id], &subject, None);
    let mut document = Envelope {
        kind: Kind::Attestation,
        number: 0,
        issuer: (NORDA, NORDA_NAME),
        authority: NORDA,
        language: "ru",
        name: "SU-2019-0042",
        valid_from: "2019-01-01T00:00:00Z",
        valid_until: None,
    }
    .document(&subject);
    document["id"] = json!(id);
    document["comity"]["publicationBasis"] = json!("law");
    document["comity"]["importedFrom"] = json!({
        "attributedTo": {
            "economies": ["XS"],
            "id": "https://register.suda.example/bodies/7",
            "name": "Бюро сертификации Суды",
        },
        "fetchedOn": "2026-03-02",
        "sourceId": source_id,
        "sourceSigned": false,
        "system": system,
    });
    Signed {
        file: "attestation-imported.json",
        kind: Kind::Attestation,
        bytes: sign(&document, &[(NORDA, "norda authority")], None),
    }
}

fn event(number: u8, name: &str, valid_from: &str, subject: &Value) -> Value {
    Envelope {
        kind: Kind::StatusEvent,
        number,
        issuer: (LABORATORY, LABORATORY_NAME),
        authority: NORDA,
        language: "en",
        name,
        valid_from,
        valid_until: None,
    }
    .document(subject)
}

pub(super) fn suspension(attestation: &Signed) -> Signed {
    let mut target = attestation.reference();
    target["sequence"] = json!(1);
    let document = event(
        8,
        "Suspension of NEL-2026-0001",
        "2026-06-01T00:00:00Z",
        &json!({
            "action": "suspend",
            "capacity": "issuer",
            "decidedOn": "2026-05-29",
            "effectiveFrom": "2026-06-01",
            "reason": [{"lang": "en", "value": "Surveillance sample failed the drop test"}],
            "reasonCode": "nonconformity",
            "subjects": [target],
        }),
    );
    signed(
        "status-event-suspend.json",
        Kind::StatusEvent,
        &document,
        "norda laboratory 1",
        LABORATORY,
        "2026-05-29T15:00:00Z",
    )
}

pub(super) fn reinstatement(attestation: &Signed, suspension: &Signed) -> Signed {
    let mut target = attestation.reference();
    target["sequence"] = json!(2);
    target["previousEvent"] = json!(digest::to_multibase(suspension.document_digest()));
    let document = event(
        9,
        "Reinstatement of NEL-2026-0001",
        "2026-07-01T00:00:00Z",
        &json!({
            "action": "reinstate",
            "capacity": "issuer",
            "decidedOn": "2026-06-30",
            "effectiveFrom": "2026-07-01",
            "subjects": [target],
        }),
    );
    signed(
        "status-event-reinstate.json",
        Kind::StatusEvent,
        &document,
        "norda laboratory 1",
        LABORATORY,
        "2026-06-30T15:00:00Z",
    )
}
