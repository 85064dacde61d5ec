//! Samples of `Registration` and `KeyRevocation`.

use crate::attestation::AttestationKind;
use crate::party::{Contact, Identifier};
use crate::record::{Kind, Record, Subject};
use crate::registration::{Mandate, RegisteredKey, Registration, Role, SameAs};
use crate::revocation::{KeyRevocation, RevocationReason};
use crate::text::LangString;

use super::world::{
    ACCREDITOR_CN, AUTHORITY_CN, AUTHORITY_EG, AUTHORITY_FR, AUTHORITY_KZ, Body, CERTIFIER_FR,
    CERTIFIER_KZ, LABORATORY_CN, METROLOGY_EG, from, instant, record, span, texts,
};

/// Public keys of the samples: points of the curve whose seeds are SHA-256 of
/// `comity sample key <n>`. Nobody signs with them.
pub(super) const KEYS: [&str; 5] = [
    "z6MkfVcujRLV9KaJaxhxLidhDBcxA6EXGmWcoKNm5ntAogLM",
    "z6MkkJuVzuNn7bAJQjvqD1XXgSaCiMYxuJCz1ZfU2vYSimXm",
    "z6MkwBVwBwLhwf6hXHToVBdZXVQD25j7uPczaDzyYG4siAhZ",
    "z6Mknce6pAu7ju6dSV1hnWx3XLyUxrSXYJfRLGvbjHriRhrK",
    "z6MkhX61vMAVxaM27mfowAGUQQnGrmKJ6dzRnfsdjrTQL9La",
];

pub(super) fn registrations() -> Vec<Record> {
    vec![
        accreditation_body(),
        laboratory(),
        certification_body(),
        metrology_institute(),
    ]
}

/// The first registration of `body` with one key.
pub(super) fn registration(did: &str, names: LangString, role: Role, key: &str) -> Registration {
    Registration {
        id: did.to_owned(),
        version: 1,
        names,
        economies: Vec::new(),
        roles: vec![role],
        identifiers: Vec::new(),
        keys: vec![RegisteredKey {
            key: key.to_owned(),
            from: None,
            until: None,
        }],
        mandate: Mandate::default(),
        contact: None,
        period: from("2026-01-05"),
        same_as: Vec::new(),
    }
}

fn signed(serial: u32, parent: &Body, name: &str, registration: Registration) -> Record {
    record(
        serial,
        parent,
        name,
        Subject::Registration(Box::new(registration)),
    )
}

/// An accreditation body that may register the bodies it accredits.
fn accreditation_body() -> Record {
    let mut subject = registration(
        ACCREDITOR_CN.did,
        LangString::of("zh-Hans", ACCREDITOR_CN.name).and("en", "Sample Accreditation Centre"),
        Role::AccreditationBody,
        KEYS[0],
    );
    subject.economies = texts(&["CN"]);
    subject.mandate = Mandate {
        kinds: vec![
            Kind::CompetenceGrant,
            Kind::Participation,
            Kind::StatusEvent,
            Kind::Registration,
            Kind::KeyRevocation,
        ],
        attestation_kinds: Vec::new(),
        may_register: true,
    };
    subject.contact = Some(Contact {
        office: "认可服务处".to_owned(),
        url: Some("https://accreditation-cn.example/contact".to_owned()),
        email: Some("office@accreditation-cn.example".to_owned()),
        telephone: Some("+86 10 0000 0000".to_owned()),
    });
    signed(0x501, &AUTHORITY_CN, "登记：示例认可中心", subject)
}

/// A laboratory registered by that accreditation body.
fn laboratory() -> Record {
    let mut subject = registration(
        LABORATORY_CN.did,
        LangString::of("zh-Hans", LABORATORY_CN.name)
            .and("en", "Sample Electrical Appliance Testing Centre"),
        Role::Laboratory,
        KEYS[1],
    );
    subject.economies = texts(&["CN"]);
    subject.mandate = Mandate {
        kinds: vec![Kind::Attestation, Kind::StatusEvent],
        attestation_kinds: vec![AttestationKind::TestReport],
        may_register: false,
    };
    subject.period = span("2026-01-05", "2029-03-31");
    signed(0x502, &ACCREDITOR_CN, "登记：示例电器检测中心", subject)
}

/// A certification body with a rotated key and a row of an older register.
fn certification_body() -> Record {
    let mut subject = registration(
        CERTIFIER_FR.did,
        LangString::of("fr", CERTIFIER_FR.name),
        Role::CertificationBody,
        KEYS[2],
    );
    subject.version = 2;
    subject.economies = texts(&["FR"]);
    subject.identifiers = vec![Identifier {
        scheme: "nb4".to_owned(),
        value: "9999".to_owned(),
    }];
    subject.keys = vec![
        RegisteredKey {
            key: KEYS[2].to_owned(),
            from: None,
            until: Some(instant("2026-12-31T23:59:59Z")),
        },
        RegisteredKey {
            key: KEYS[3].to_owned(),
            from: Some(instant("2026-11-01T00:00:00Z")),
            until: None,
        },
    ];
    subject.mandate.kinds = vec![Kind::Attestation, Kind::StatusEvent];
    subject.same_as = vec![SameAs {
        system: "sample-notified-bodies".to_owned(),
        source_id: "NB 9999".to_owned(),
    }];
    signed(
        0x503,
        &AUTHORITY_FR,
        "Enregistrement : Certification Exemple SAS",
        subject,
    )
}

fn metrology_institute() -> Record {
    let mut subject = registration(
        METROLOGY_EG.did,
        LangString::of("ar", METROLOGY_EG.name).and("en", "Model Institute of Metrology"),
        Role::MetrologyInstitute,
        KEYS[4],
    );
    subject.roles = vec![Role::MetrologyInstitute, Role::ReferenceMaterialProducer];
    subject.economies = texts(&["EG"]);
    subject.mandate.kinds = vec![Kind::Attestation, Kind::StatusEvent];
    signed(
        0x504,
        &AUTHORITY_EG,
        "تسجيل: المعهد النموذجي للقياس والمعايرة",
        subject,
    )
}

pub(super) fn revocations() -> Vec<Record> {
    let compromised = KeyRevocation {
        id: CERTIFIER_KZ.did.to_owned(),
        key: KEYS[1].to_owned(),
        reason: RevocationReason::KeyCompromise,
        effective_from: instant("2026-09-01T00:00:00Z"),
    };
    let ceased = KeyRevocation {
        id: LABORATORY_CN.did.to_owned(),
        key: KEYS[0].to_owned(),
        reason: RevocationReason::Ceased,
        effective_from: instant("2026-11-20T08:30:00Z"),
    };
    vec![
        record(
            0x601,
            &AUTHORITY_KZ,
            "Отзыв ключа",
            Subject::KeyRevocation(Box::new(compromised)),
        ),
        record(
            0x602,
            &ACCREDITOR_CN,
            "撤销密钥",
            Subject::KeyRevocation(Box::new(ceased)),
        ),
    ]
}
