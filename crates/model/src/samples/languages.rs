//! Further samples, so that every kind speaks English, Chinese, Russian, Arabic and French.

use crate::arrangement::{
    Arrangement, ArrangementType, Chapter, Coverage, Degree, DirectedPair, Direction,
    DirectionMode, LegalNature, Obligation,
};
use crate::attestation::AttestationKind;
use crate::participation::{AssertedBy, Declaration, Participant};
use crate::party::PartyReference;
use crate::record::{Kind, Record, Subject};
use crate::registration::{Registration, Role};
use crate::revocation::{KeyRevocation, RevocationReason};
use crate::status::{Action, Capacity, ReasonCode, StatusEvent};
use crate::text::LangString;

use super::arrangements::{chapter, participation};
use super::events::{event, first};
use super::registrations::{KEYS, registration};
use super::world::{
    ACCREDITOR_KZ, ACCREDITOR_NZ, AUTHORITY_CN, AUTHORITY_EG, AUTHORITY_FR, AUTHORITY_KZ,
    AUTHORITY_NZ, Body, CERTIFIER_FR, EVALUATOR_NZ, LABORATORY_EG, METROLOGY_EG, from, instant,
    record, span, texts,
};

mod federation;

pub(super) use federation::{lists, member_keys, takedowns};

pub(super) fn arrangements() -> Vec<Record> {
    vec![
        chinese_measure(),
        russian_agreement(),
        arabic_measure(),
        french_agreement(),
    ]
}

/// An arrangement of one chapter.
fn arrangement(body: &Body, slug: &str, title: LangString, chapter: Chapter) -> Arrangement {
    Arrangement {
        id: format!("{}#{slug}", body.did),
        version: 1,
        title,
        citation: None,
        arrangement_type: ArrangementType::BilateralAuthority,
        legal_nature: LegalNature::Agreement,
        signers: vec![body.reference()],
        secretariat: None,
        parties: Vec::new(),
        chapters: vec![chapter],
        transcription: None,
    }
}

/// What one destination accepts of others.
fn measure(body: &Body, slug: &str, title: LangString, chapter: Chapter) -> Arrangement {
    Arrangement {
        arrangement_type: ArrangementType::Unilateral,
        legal_nature: LegalNature::UnilateralMeasure,
        ..arrangement(body, slug, title, chapter)
    }
}

fn one_way(from: &[&str], to: &str) -> Direction {
    Direction {
        mode: DirectionMode::OneWay,
        pairs: vec![DirectedPair {
            from: texts(from),
            to: texts(&[to]),
            period: None,
        }],
        except: Vec::new(),
    }
}

fn of_kind(kind: AttestationKind) -> Coverage {
    Coverage {
        attestation_kinds: vec![kind],
        ..Coverage::default()
    }
}

fn arranged(serial: u32, body: &Body, name: &str, subject: Arrangement) -> Record {
    record(serial, body, name, Subject::Arrangement(Box::new(subject)))
}

fn chinese_measure() -> Record {
    let accepted = Chapter {
        obligation: Obligation::MayAccept,
        direction: one_way(&["FR", "KZ"], "CN"),
        coverage: of_kind(AttestationKind::TestReport),
        ..chapter(
            "reports",
            LangString::of("zh-Hans", "检测报告"),
            Degree::Results,
        )
    };
    let title = LangString::of("zh-Hans", "采信境外检测报告的公告").and(
        "en",
        "Announcement on the acceptance of foreign test reports",
    );
    let mut subject = measure(&AUTHORITY_CN, "reports", title, accepted);
    subject.citation = Some("示例公告2020年第1号".to_owned());
    subject.parties = texts(&["CN"]);
    arranged(0x2A1, &AUTHORITY_CN, "采信境外检测报告的公告", subject)
}

fn russian_agreement() -> Record {
    let certificates = Chapter {
        coverage: of_kind(AttestationKind::ProductCertificate),
        period: span("2021-06-01", "2031-05-31"),
        ..chapter(
            "certificates",
            LangString::of("ru", "Сертификаты соответствия").and("zh-Hans", "合格证书"),
            Degree::Certificates,
        )
    };
    let title = LangString::of(
        "ru",
        "Соглашение ведомств о взаимном признании сертификатов соответствия",
    )
    .and("zh-Hans", "主管部门关于相互承认合格证书的协议");
    let mut subject = arrangement(&AUTHORITY_KZ, "certificates", title, certificates);
    subject.signers = vec![AUTHORITY_KZ.reference(), AUTHORITY_CN.reference()];
    subject.parties = texts(&["CN", "KZ"]);
    arranged(
        0x2A2,
        &AUTHORITY_KZ,
        "Соглашение о признании сертификатов",
        subject,
    )
}

fn arabic_measure() -> Record {
    let accepted = Chapter {
        direction: one_way(&["NZ"], "EG"),
        coverage: of_kind(AttestationKind::CalibrationCertificate),
        ..chapter(
            "calibration",
            LangString::of("ar", "شهادات المعايرة"),
            Degree::Certificates,
        )
    };
    let title = LangString::of("ar", "قبول شهادات المعايرة الأجنبية")
        .and("en", "Acceptance of foreign calibration certificates");
    let mut subject = measure(&AUTHORITY_EG, "calibration", title, accepted);
    subject.parties = texts(&["EG"]);
    arranged(
        0x2A3,
        &AUTHORITY_EG,
        "قبول شهادات المعايرة الأجنبية",
        subject,
    )
}

fn french_agreement() -> Record {
    let bodies = Chapter {
        coverage: of_kind(AttestationKind::InspectionReport),
        ..chapter(
            "inspection",
            LangString::of("fr", "Rapports d’inspection").and("ar", "تقارير التفتيش"),
            Degree::Bodies,
        )
    };
    let title = LangString::of("fr", "Accord sur les organismes d’inspection")
        .and("ar", "اتفاق بشأن جهات التفتيش");
    let mut subject = arrangement(&AUTHORITY_FR, "inspection", title, bodies);
    subject.signers = vec![AUTHORITY_FR.reference(), AUTHORITY_EG.reference()];
    subject.parties = texts(&["EG", "FR"]);
    arranged(
        0x2A4,
        &AUTHORITY_FR,
        "Accord sur les organismes d’inspection",
        subject,
    )
}

/// What destinations declare, each in its own language.
pub(super) fn participations() -> Vec<Record> {
    [
        (0x3A1, &AUTHORITY_CN, "CN", "中国：加入示例协定的声明"),
        (0x3A2, &AUTHORITY_EG, "EG", "مصر: إعلان المشاركة في الاتفاق"),
        (
            0x3A3,
            &AUTHORITY_FR,
            "FR",
            "France : déclaration d’acceptation",
        ),
    ]
    .map(|(serial, body, economy, name)| {
        let participant = Participant::Economy(economy.to_owned());
        let mut subject = participation(participant, AssertedBy::Participant);
        subject.declaration = Some(Declaration::Accept);
        record(
            serial,
            body,
            name,
            Subject::Participation(Box::new(subject)),
        )
    })
    .into()
}

/// A suspension in Arabic.
pub(super) fn events() -> Vec<Record> {
    let suspended = StatusEvent {
        reason_code: Some(ReasonCode::NonPayment),
        reason: LangString::of("ar", "لم تُسدَّد رسوم المتابعة")
            .and("en", "Surveillance fees were not paid"),
        ..event(
            Action::Suspend,
            Capacity::Issuer,
            first(0x12, &METROLOGY_EG),
            "2026-09-01",
        )
    };
    vec![
        record(
            0x4A1,
            &METROLOGY_EG,
            "تعليق شهادة المعايرة",
            Subject::StatusEvent(Box::new(suspended)),
        ),
        super::events::stated(),
    ]
}

/// A scheme in English, an accreditation body in Russian, and a laboratory that also commits to
/// its reports.
pub(super) fn registrations() -> Vec<Record> {
    let scheme = registered(
        &EVALUATOR_NZ,
        "NZ",
        Role::CertificationBody,
        KEYS[0],
        vec![Kind::Attestation, Kind::StatusEvent, Kind::Notice],
    );
    let accreditor = registered(
        &ACCREDITOR_KZ,
        "KZ",
        Role::AccreditationBody,
        KEYS[1],
        vec![Kind::CompetenceGrant, Kind::StatusEvent, Kind::Standard],
    );
    let laboratory = registered(
        &LABORATORY_EG,
        "EG",
        Role::Laboratory,
        KEYS[3],
        vec![
            Kind::Attestation,
            Kind::Commitment,
            Kind::CoverageStatement,
            Kind::StatusEvent,
        ],
    );
    [
        (
            0x5A1,
            &AUTHORITY_NZ,
            "Registration: Sample Security Evaluation Scheme",
            scheme,
        ),
        (
            0x5A2,
            &AUTHORITY_KZ,
            "Регистрация: образцовый центр аккредитации",
            accreditor,
        ),
        (
            0x5A3,
            &AUTHORITY_EG,
            "تسجيل: مختبر الأغذية النموذجي",
            laboratory,
        ),
    ]
    .map(|(serial, parent, name, subject)| {
        record(
            serial,
            parent,
            name,
            Subject::Registration(Box::new(subject)),
        )
    })
    .into()
}

fn registered(body: &Body, economy: &str, role: Role, key: &str, kinds: Vec<Kind>) -> Registration {
    let names = LangString::of(body.language, body.name);
    let mut subject = registration(body.did, names, role, key);
    subject.economies = texts(&[economy]);
    subject.mandate.kinds = kinds;
    subject.period = from("2026-01-05");
    subject
}

pub(super) fn revocations() -> Vec<Record> {
    let revoked = |party: PartyReference, key: &str, reason| KeyRevocation {
        id: party.id,
        key: key.to_owned(),
        reason,
        effective_from: instant("2026-10-01T00:00:00Z"),
    };
    [
        (
            0x6A1,
            &AUTHORITY_NZ,
            "Revocation of a key",
            revoked(
                ACCREDITOR_NZ.reference(),
                KEYS[2],
                RevocationReason::Superseded,
            ),
        ),
        (
            0x6A2,
            &AUTHORITY_FR,
            "Révocation d’une clé",
            revoked(
                CERTIFIER_FR.reference(),
                KEYS[3],
                RevocationReason::KeyCompromise,
            ),
        ),
        (
            0x6A3,
            &AUTHORITY_EG,
            "إلغاء مفتاح",
            revoked(METROLOGY_EG.reference(), KEYS[4], RevocationReason::Ceased),
        ),
    ]
    .map(|(serial, parent, name, subject)| {
        record(
            serial,
            parent,
            name,
            Subject::KeyRevocation(Box::new(subject)),
        )
    })
    .into()
}
