//! The records of the vectors: a small story of two made-up economies.
//!
//! The authority of Norda registers an accreditation body, which registers and accredits an
//! electrical laboratory. The authorities of Norda and Suda sign an arrangement, Suda says who is
//! in. The laboratory certifies a kettle, suspends the certificate and reinstates it; one of its
//! two keys is stolen and revoked. One certificate of an old register of Suda is imported.

use comity_model::record::Kind;
use comity_signature::canonical::{self, Limits};
use comity_signature::data_integrity;
use comity_signature::digest;
use comity_signature::key::SigningKey;
use serde_json::{Value, json};

/// The authority of Norda (XN).
pub(crate) const NORDA: &str = "did:web:nqi.norda.example";
/// The authority of Suda (XS).
pub(crate) const SUDA: &str = "did:web:authority.suda.example";
/// The accreditation body, registered by Norda.
pub(crate) const BODY: &str = "did:web:accreditation.norda.example";
/// The laboratory, registered by the accreditation body.
pub(crate) const LABORATORY: &str = "did:web:lab.norda.example:electrical";
/// The arrangement's name under Norda's authority.
const ARRANGEMENT: &str = "did:web:nqi.norda.example#norda-suda-2026";

const NORDA_NAME: &str = "Norda Quality Infrastructure Authority";
const SUDA_NAME: &str = "Ведомство по стандартам Суды";
const BODY_NAME: &str = "Norda Accreditation";
const LABORATORY_NAME: &str = "Norda Electrical Laboratory";

/// One signed record of the story.
pub(crate) struct Signed {
    /// File name in the folder of the vectors.
    pub(crate) file: &'static str,
    /// Its kind.
    pub(crate) kind: Kind,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Signed {
    /// SHA-256 of the stored bytes.
    pub(crate) fn record_digest(&self) -> [u8; 32] {
        digest::record_digest(&self.bytes)
    }

    /// SHA-256 of the document without `proof`.
    pub(crate) fn document_digest(&self) -> [u8; 32] {
        let document = canonical::check(&self.bytes, &Limits::default()).unwrap();
        digest::document_digest(&document)
    }

    /// The reference by which another record names this one.
    fn reference(&self) -> Value {
        let value: Value = serde_json::from_slice(&self.bytes).unwrap();
        json!({
            "authority": value["comity"]["authority"],
            "digestMultibase": digest::to_multibase(self.document_digest()),
            "id": value["id"],
            "issuer": value["issuer"]["id"],
        })
    }
}

/// The seed of a test key: public, and so never to be used in earnest.
pub(crate) fn seed(label: &str) -> [u8; 32] {
    digest::sha256(
        format!("comity test vector key, never to be used in earnest: {label}").as_bytes(),
    )
}

/// A key of the story by its label.
pub(crate) fn key(label: &str) -> SigningKey {
    SigningKey::from_seed(&seed(label))
}

/// The key of a label as records spell it.
pub(crate) fn multikey(label: &str) -> String {
    key(label).verifying_key().to_multikey()
}

/// Labels of the record keys with the DID each belongs to.
pub(crate) const RECORD_KEYS: [(&str, &str); 5] = [
    ("norda authority", NORDA),
    ("suda authority", SUDA),
    ("norda accreditation body", BODY),
    ("norda laboratory 1", LABORATORY),
    ("norda laboratory 2", LABORATORY),
];

/// A `urn:uuid:` of version 7 with a fixed time and a running number.
fn record_id(number: u8) -> String {
    format!("urn:uuid:019bb2c3-4d00-7000-8000-0000000000{number:02x}")
}

/// Canonical bytes of an unsigned document.
pub(crate) fn canonical_bytes(document: &Value) -> Vec<u8> {
    canonical::to_canonical(document).unwrap()
}

/// Signs a document with several keys, each given as (DID, label).
pub(crate) fn sign(document: &Value, signers: &[(&str, &str)], created: Option<&str>) -> Vec<u8> {
    let unsigned = canonical_bytes(document);
    signers.iter().fold(unsigned, |bytes, (did, label)| {
        data_integrity::sign(&bytes, did, &key(label), created, &Limits::default()).unwrap()
    })
}

/// What the envelope of one record says.
struct Envelope<'a> {
    kind: Kind,
    number: u8,
    issuer: (&'a str, &'a str),
    authority: &'a str,
    language: &'a str,
    name: &'a str,
    valid_from: &'a str,
    valid_until: Option<&'a str>,
}

impl Envelope<'_> {
    fn document(&self, subject: Value) -> Value {
        let mut document = json!({
            "@context": self.kind.context(),
            "comity": {"authority": self.authority, "language": self.language, "modelVersion": 1},
            "credentialSubject": subject,
            "id": record_id(self.number),
            "issuer": {"id": self.issuer.0, "name": self.issuer.1},
            "name": self.name,
            "type": self.kind.types(),
            "validFrom": self.valid_from,
        });
        if let Some(until) = self.valid_until {
            document["validUntil"] = json!(until);
        }
        document
    }
}

/// All records, in the order in which they were published.
pub(crate) fn records() -> Vec<Signed> {
    let grant = grant();
    let attestation = attestation(&grant);
    let suspension = suspension(&attestation);
    let reinstatement = reinstatement(&attestation, &suspension);
    vec![
        registration_of_the_body(),
        registration_of_the_laboratory(),
        grant,
        arrangement(),
        participation_of_norda(),
        participation_of_suda(),
        attestation,
        imported(),
        suspension,
        reinstatement,
        revocation(),
    ]
}

fn registration_of_the_body() -> Signed {
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
    .document(json!({
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

fn registration_of_the_laboratory() -> Signed {
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
    .document(json!({
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

fn grant() -> Signed {
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
    .document(json!({
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

fn arrangement() -> Signed {
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
    .document(json!({
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
    .document(json!({
        "arrangement": {"authority": NORDA, "id": ARRANGEMENT},
        "arrangementVersion": 1,
        "assertedBy": subject["assertedBy"],
        "participant": subject["participant"],
        "period": {"from": "2026-03-01"},
        "roles": ["signatory"],
    }))
}

fn participation_of_norda() -> Signed {
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

fn participation_of_suda() -> Signed {
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

fn attestation(grant: &Signed) -> Signed {
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
    .document(json!({
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
        "comity": {
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
        },
    }));
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

fn imported() -> Signed {
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
    .document(subject);
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

fn event(number: u8, name: &str, valid_from: &str, subject: Value) -> Value {
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

fn suspension(attestation: &Signed) -> Signed {
    let mut target = attestation.reference();
    target["sequence"] = json!(1);
    let document = event(
        8,
        "Suspension of NEL-2026-0001",
        "2026-06-01T00:00:00Z",
        json!({
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

fn reinstatement(attestation: &Signed, suspension: &Signed) -> Signed {
    let mut target = attestation.reference();
    target["sequence"] = json!(2);
    target["previousEvent"] = json!(digest::to_multibase(suspension.document_digest()));
    let document = event(
        9,
        "Reinstatement of NEL-2026-0001",
        "2026-07-01T00:00:00Z",
        json!({
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

fn revocation() -> Signed {
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
    .document(json!({
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

fn signed(
    file: &'static str,
    kind: Kind,
    document: &Value,
    label: &str,
    did: &str,
    created: &str,
) -> Signed {
    Signed {
        file,
        kind,
        bytes: sign(document, &[(did, label)], Some(created)),
    }
}
