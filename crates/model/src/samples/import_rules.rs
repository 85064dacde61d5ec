//! Samples of `ImportRule`: one of each effect.

use crate::attestation::AttestationKind;
use crate::grant::GrantType;
use crate::import_rule::{
    AttestationFilter, DeviationReference, ImportRule, Requirement, RequirementSort, RuleEffect,
};
use crate::party::Contact;
use crate::product::CodeSelector;
use crate::record::{Record, Subject};
use crate::text::LangString;

use super::world::{
    AUTHORITY_CN, AUTHORITY_EG, AUTHORITY_FR, AUTHORITY_KZ, AUTHORITY_NZ, Body, CERTIFIER_FR, from,
    on, record, span, standard, texts,
};

pub(super) fn all() -> Vec<Record> {
    vec![cookers(), nothing(), accepted(), refused(), deviation()]
}

fn rule(economy: &str, title: LangString, products: &[&str], effect: RuleEffect) -> ImportRule {
    ImportRule {
        economy: economy.to_owned(),
        title,
        products: vec![CodeSelector {
            scheme: "HS".to_owned(),
            edition: Some("2022".to_owned()),
            include: texts(products),
            exclude: Vec::new(),
        }],
        effect,
        requirements: Vec::new(),
        attestations: None,
        legal_basis: "EX 1/2026".to_owned(),
        contact: None,
        period: from("2026-01-01"),
    }
}

fn requirement(id: &str, sort: RequirementSort, text: LangString) -> Requirement {
    Requirement {
        id: id.to_owned(),
        sort,
        text,
        attestation: None,
        deviation: None,
        languages: Vec::new(),
    }
}

fn signed(serial: u32, body: &Body, name: &str, subject: ImportRule) -> Record {
    record(serial, body, name, Subject::ImportRule(Box::new(subject)))
}

/// What Kazakhstan's made-up authority asks of household cookers: one of every sort but one.
fn cookers() -> Record {
    let title = LangString::of("ru", "Бытовые электронагревательные приборы")
        .and("en", "Household electric heating appliances");
    let mut subject = rule("KZ", title, &["8516"], RuleEffect::Required);
    subject.legal_basis = "ТР-Пример 004/2026".into();
    subject.contact = Some(Contact {
        office: "Отдел технического регулирования".to_owned(),
        url: Some("https://authority-kz.example/contact".to_owned()),
        email: None,
        telephone: None,
    });
    let certificate = AttestationFilter {
        kinds: vec![
            AttestationKind::ProductCertificate,
            AttestationKind::TypeExamination,
        ],
        standards: vec![standard("IEC 60335-1:2020")],
        grant_types: vec![GrantType::Accreditation],
        issued_from: Some(on("2021-01-01")),
        ..AttestationFilter::default()
    };
    subject.requirements = vec![
        Requirement {
            attestation: Some(certificate),
            ..requirement(
                "safety",
                RequirementSort::Attestation,
                LangString::of("ru", "Сертификат соответствия требованиям безопасности")
                    .and("en", "A certificate of safety"),
            )
        },
        requirement(
            "mark",
            RequirementSort::Marking,
            LangString::of("ru", "Знак обращения на изделии").and("en", "The mark on the product"),
        ),
        Requirement {
            languages: texts(&["kk", "ru"]),
            ..requirement(
                "label",
                RequirementSort::Language,
                LangString::of("ru", "Инструкция на казахском или русском языке")
                    .and("en", "Instructions in Kazakh or Russian"),
            )
        },
        requirement(
            "representative",
            RequirementSort::LocalRepresentative,
            LangString::of("ru", "Уполномоченный представитель в стране")
                .and("en", "An authorised representative in the country"),
        ),
        requirement(
            "register",
            RequirementSort::Registration,
            LangString::of("ru", "Запись в реестре импортёров")
                .and("en", "An entry in the register of importers"),
        ),
    ];
    signed(
        0x931,
        &AUTHORITY_KZ,
        "Правило ввоза: нагревательные приборы",
        subject,
    )
}

fn nothing() -> Record {
    let title = LangString::of("en", "Wooden kitchen tools: nothing is required");
    let subject = rule("NZ", title, &["4419"], RuleEffect::NothingRequired);
    signed(
        0x932,
        &AUTHORITY_NZ,
        "Import rule: wooden kitchen tools",
        subject,
    )
}

fn accepted() -> Record {
    let title = LangString::of(
        "fr",
        "Acceptation unilatérale des certificats de bouilloires",
    );
    let mut subject = rule("FR", title, &["851679"], RuleEffect::Accepted);
    subject.attestations = Some(AttestationFilter {
        kinds: vec![AttestationKind::ProductCertificate],
        issuer_economies: texts(&["KZ", "NZ"]),
        regulations: texts(&["EX-R 12/2024"]),
        ..AttestationFilter::default()
    });
    subject.period = span("2026-01-01", "2028-12-31");
    signed(
        0x933,
        &AUTHORITY_FR,
        "Règle d’importation : bouilloires",
        subject,
    )
}

fn refused() -> Record {
    let title = LangString::of("ar", "لا تُقبل شهادات هذه الجهة للأجهزة الكهربائية");
    let mut subject = rule("EG", title, &["85"], RuleEffect::Refused);
    subject.attestations = Some(AttestationFilter {
        issuers: vec![CERTIFIER_FR.reference()],
        schemes: texts(&["EX-SAFETY"]),
        ..AttestationFilter::default()
    });
    signed(
        0x934,
        &AUTHORITY_EG,
        "قاعدة استيراد: الأجهزة الكهربائية",
        subject,
    )
}

/// A clause in which China's made-up authority differs, and a thing in words.
fn deviation() -> Record {
    let title = LangString::of("zh-Hans", "信息技术设备的国家差异");
    let mut subject = rule("CN", title, &["8471", "8528"], RuleEffect::Required);
    subject.requirements = vec![
        Requirement {
            deviation: Some(DeviationReference {
                economy: "CN".to_owned(),
                standard: standard("IEC 62368-1:2018"),
                clause: "5.4.2".to_owned(),
            }),
            ..requirement(
                "altitude",
                RequirementSort::Deviation,
                LangString::of("zh-Hans", "海拔5000 m的电气间隙")
                    .and("en", "Clearances at altitudes up to 5000 m"),
            )
        },
        requirement(
            "samples",
            RequirementSort::Other,
            LangString::of("zh-Hans", "可能要求提供样品").and("en", "Samples may be asked for"),
        ),
    ];
    signed(0x935, &AUTHORITY_CN, "进口规则：信息技术设备", subject)
}
