//! Samples of `StatusEvent`: every action at least once.

use crate::grant::ScopeItem;
use crate::record::{Attribution, ImportedFrom, Record, Subject};
use crate::status::{
    Action, Capacity, EventSubject, Observation, ReasonCode, SourceDocument, SourceSignature,
    SourceStatement, StatedState, StatusEvent,
};
use crate::text::LangString;

use super::world::{
    ACCREDITOR_CN, ACCREDITOR_KZ, AUTHORITY_FR, AUTHORITY_KZ, AUTHORITY_NZ, AUTHORITY_TH, Body,
    CERTIFIER_FR, CERTIFIER_KZ, EVALUATOR_NZ, LABORATORY_CN, day, digest, id, instant, on, record,
    reference, standard, texts,
};

pub(super) fn all() -> Vec<Record> {
    let mut all = by_issuers();
    all.extend(by_grantors());
    all.extend(by_others());
    all.push(observed());
    all.push(transferred());
    all
}

/// The first event of its signer on the sample number `serial` of `body`.
pub(super) fn first(serial: u32, body: &Body) -> EventSubject {
    let reference = reference(serial, body);
    EventSubject {
        authority: reference.authority,
        issuer: reference.issuer,
        id: reference.id,
        digest_multibase: reference.digest_multibase,
        sequence: 1,
        previous_event: None,
    }
}

fn later(serial: u32, body: &Body, sequence: u64) -> EventSubject {
    EventSubject {
        sequence,
        previous_event: Some(digest(0xEE)),
        ..first(serial, body)
    }
}

pub(super) fn event(
    action: Action,
    capacity: Capacity,
    subject: EventSubject,
    effective_from: &str,
) -> StatusEvent {
    StatusEvent {
        action,
        capacity,
        subjects: vec![subject],
        effective_from: on(effective_from),
        effective_until: None,
        territory: Vec::new(),
        scope_items: Vec::new(),
        resulting_scope: None,
        reason_code: None,
        reason: LangString::default(),
        legal_basis: None,
        decided_on: None,
        successor: None,
        transferred_to: None,
        grace_until: None,
        selection: None,
        observed: None,
    }
}

fn signed(serial: u32, body: &Body, name: &str, event: StatusEvent) -> Record {
    record(serial, body, name, Subject::StatusEvent(Box::new(event)))
}

fn by_issuers() -> Vec<Record> {
    let kettle = |sequence| later(0x01, &CERTIFIER_FR, sequence);
    let suspended = StatusEvent {
        effective_until: Some(on("2026-10-31")),
        reason_code: Some(ReasonCode::SurveillanceNotPermitted),
        reason: LangString::of("fr", "Accès à l’usine refusé")
            .and("en", "Access to the factory refused"),
        decided_on: Some(day("2026-07-30")),
        ..event(
            Action::Suspend,
            Capacity::Issuer,
            first(0x01, &CERTIFIER_FR),
            "2026-08-01",
        )
    };
    let reinstated = event(Action::Reinstate, Capacity::Issuer, kettle(2), "2026-09-15");
    let amended = StatusEvent {
        reason_code: Some(ReasonCode::ClericalError),
        reason: LangString::of("fr", "Orthographe du nom de l’usine"),
        ..event(Action::Amend, Capacity::Issuer, kettle(3), "2026-09-20")
    };
    let superseded = StatusEvent {
        successor: Some(reference(0x02, &CERTIFIER_KZ)),
        reason_code: Some(ReasonCode::StandardSuperseded),
        ..event(
            Action::Supersede,
            Capacity::Issuer,
            first(0x0F, &CERTIFIER_KZ),
            "2026-03-10",
        )
    };
    let withdrawn = StatusEvent {
        reason_code: Some(ReasonCode::Voluntary),
        selection: Some("holder \"Sample Silicon Limited\"".to_owned()),
        subjects: vec![first(0x03, &EVALUATOR_NZ), first(0x0E, &EVALUATOR_NZ)],
        ..event(
            Action::Withdraw,
            Capacity::Issuer,
            first(0x03, &EVALUATOR_NZ),
            "2026-11-01",
        )
    };
    vec![
        signed(
            0x401,
            &CERTIFIER_FR,
            "Suspension CE-EX 2026/0417",
            suspended,
        ),
        signed(0x402, &CERTIFIER_FR, "Levée de suspension", reinstated),
        signed(0x403, &CERTIFIER_FR, "Correction", amended),
        signed(0x404, &CERTIFIER_KZ, "Замена сертификата", superseded),
        signed(
            0x405,
            &EVALUATOR_NZ,
            "Withdrawal of two certificates",
            withdrawn,
        ),
    ]
}

fn by_grantors() -> Vec<Record> {
    let kettles = ScopeItem {
        id: "kettles".to_owned(),
        standards: vec![standard("GB 4706.1-2005")],
        ..ScopeItem::default()
    };
    let fans = ScopeItem {
        id: "fans".to_owned(),
        description: LangString::of("zh-Hans", "电风扇"),
        ..ScopeItem::default()
    };
    let reduced = StatusEvent {
        scope_items: texts(&["emc"]),
        resulting_scope: Some(vec![kettles.clone()]),
        reason_code: Some(ReasonCode::Nonconformity),
        ..event(
            Action::ReduceScope,
            Capacity::Issuer,
            first(0x103, &ACCREDITOR_CN),
            "2025-10-01",
        )
    };
    let extended = StatusEvent {
        resulting_scope: Some(vec![kettles, fans]),
        ..event(
            Action::ExtendScope,
            Capacity::Issuer,
            later(0x103, &ACCREDITOR_CN, 2),
            "2026-02-01",
        )
    };
    let under_grant = StatusEvent {
        reason_code: Some(ReasonCode::AccreditationLost),
        scope_items: texts(&["type"]),
        ..event(
            Action::Suspend,
            Capacity::Grantor,
            first(0x04, &CERTIFIER_KZ),
            "2026-06-01",
        )
    };
    vec![
        signed(0x406, &ACCREDITOR_CN, "缩小认可范围", reduced),
        signed(0x407, &ACCREDITOR_CN, "扩大认可范围", extended),
        signed(
            0x408,
            &ACCREDITOR_KZ,
            "Приостановка по аккредитации",
            under_grant,
        ),
    ]
}

fn by_others() -> Vec<Record> {
    let annulled = StatusEvent {
        reason_code: Some(ReasonCode::CourtOrder),
        legal_basis: Some("Tribunal d’exemple, nº 26/00123".to_owned()),
        ..event(
            Action::Annul,
            Capacity::Court,
            later(0x01, &CERTIFIER_FR, 2),
            "2026-10-10",
        )
    };
    let by_authority = StatusEvent {
        reason_code: Some(ReasonCode::SafetyRisk),
        ..event(
            Action::Suspend,
            Capacity::Authority,
            first(0x04, &CERTIFIER_KZ),
            "2026-05-20",
        )
    };
    let disowned = StatusEvent {
        reason_code: Some(ReasonCode::FictitiousReport),
        reason: LangString::of("zh-Hans", "该报告非本中心出具"),
        ..event(
            Action::Disown,
            Capacity::Laboratory,
            first(0x01, &CERTIFIER_FR),
            "2026-07-01",
        )
    };
    let refused = StatusEvent {
        territory: texts(&["TH"]),
        reason: LangString::of("th", "ไม่ผ่านการสุ่มทดสอบ"),
        legal_basis: Some("พ.ร.บ. ตัวอย่าง พ.ศ. 2560 มาตรา 9".to_owned()),
        ..event(
            Action::RefuseRecognition,
            Capacity::DestinationAuthority,
            first(0x01, &CERTIFIER_FR),
            "2026-06-01",
        )
    };
    let restored = StatusEvent {
        territory: texts(&["TH"]),
        ..event(
            Action::RestoreRecognition,
            Capacity::DestinationAuthority,
            later(0x01, &CERTIFIER_FR, 2),
            "2026-07-15",
        )
    };
    vec![
        signed(
            0x409,
            &AUTHORITY_FR,
            "Annulation par décision de justice",
            annulled,
        ),
        signed(
            0x40A,
            &AUTHORITY_KZ,
            "Приостановка по решению органа",
            by_authority,
        ),
        signed(0x40B, &LABORATORY_CN, "否认检测报告", disowned),
        signed(0x40C, &AUTHORITY_TH, "ปฏิเสธการยอมรับ", refused),
        signed(0x40D, &AUTHORITY_TH, "ยอมรับอีกครั้ง", restored),
    ]
}

/// A body hands a certificate over to another, with two months to change papers.
fn transferred() -> Record {
    let transferred = StatusEvent {
        reason_code: Some(ReasonCode::BodyCeased),
        reason: LangString::of("ru", "Орган прекращает деятельность")
            .and("en", "The body gives up its work"),
        transferred_to: Some(CERTIFIER_FR.reference()),
        grace_until: Some(day("2026-08-31")),
        ..event(
            Action::Transfer,
            Capacity::Issuer,
            first(0x04, &CERTIFIER_KZ),
            "2026-07-01",
        )
    };
    signed(0x40F, &CERTIFIER_KZ, "Передача сертификата", transferred)
}

/// A fetch of a register that found a row unchanged.
fn observed() -> Record {
    let observed = StatusEvent {
        observed: Some(Observation::of(
            "sample-modules",
            day("2026-11-01"),
            Some("Historical".to_owned()),
        )),
        ..event(
            Action::Observed,
            Capacity::Issuer,
            EventSubject {
                id: "urn:uuid:01936c00-0000-8000-8000-000000000014".to_owned(),
                ..first(0x14, &AUTHORITY_NZ)
            },
            "2026-11-01",
        )
    };
    let mut record = signed(
        0x40E,
        &AUTHORITY_NZ,
        "Seen unchanged on 2026-11-01",
        observed,
    );
    record.id = id(0x40E).replace("-7000-", "-8000-");
    record.comity.imported_from = Some(ImportedFrom {
        system: "sample-modules".to_owned(),
        source_id: "fetch 2026-11-01".to_owned(),
        fetched_on: day("2026-11-01"),
        attributed_to: Attribution {
            id: "https://programme.example".to_owned(),
            name: "Sample joint module programme".to_owned(),
            economies: texts(&["CA", "US"]),
        },
        source_signed: false,
    });
    record
}

/// What a trusted list says of one service over time, to the second.
pub(super) fn stated() -> Record {
    let vocabulary = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus";
    let statement = |since: &str, word: &str, state: StatedState| SourceStatement {
        since: instant(since),
        source_status: format!("{vocabulary}/{word}"),
        state,
    };
    let observed = StatusEvent {
        observed: Some(Observation {
            document: Some(SourceDocument {
                operator: "Sample supervisory body".to_owned(),
                series_number: Some(30),
                issued_at: instant("2026-10-26T01:00:00Z"),
                next_update: Some(instant("2027-04-26T00:00:00Z")),
                digest_multibase: digest(0xD0),
                signer_certificate: Some(digest(0xD1)),
                signature: SourceSignature::NotVerified,
            }),
            statements: vec![
                statement("2026-06-30T22:00:00Z", "withdrawn", StatedState::Withdrawn),
                statement("2016-06-30T22:00:00Z", "granted", StatedState::Active),
                statement("2009-09-14T22:00:00Z", "accredited", StatedState::Active),
            ],
            ..Observation::of("trusted-list-nz", day("2026-11-01"), None)
        }),
        ..event(
            Action::Observed,
            Capacity::Issuer,
            first(0x14, &AUTHORITY_NZ),
            "2026-11-01",
        )
    };
    signed(0x4A2, &AUTHORITY_NZ, "Statements of list 30", observed)
}
