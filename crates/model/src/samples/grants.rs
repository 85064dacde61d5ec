//! Samples of `CompetenceGrant`.

use crate::grant::{Activity, CompetenceGrant, Flexibility, GrantType, ScopeItem};
use crate::level::Level;
use crate::party::{Identifier, NamedParty};
use crate::product::CodeSelector;
use crate::record::{Record, Subject};
use crate::text::LangString;

use super::world::{
    ACCREDITOR_CN, ACCREDITOR_KZ, ACCREDITOR_NZ, AUTHORITY_EG, AUTHORITY_FR, AUTHORITY_TH, Body,
    CERTIFIER_FR, CERTIFIER_KZ, INSPECTOR_TH, LABORATORY_CN, METROLOGY_EG, from, on, record, span,
    standard, texts,
};

pub(super) fn all() -> Vec<Record> {
    vec![
        notification(),
        accreditation_kz(),
        laboratory_cn(),
        calibration(),
        inspection(),
        peer_assessment(),
    ]
}

fn grant(grant_type: GrantType, grantor: &Body, grantee: NamedParty) -> CompetenceGrant {
    CompetenceGrant {
        grant_type,
        grantor: grantor.party(),
        grantee,
        economies: Vec::new(),
        number: String::new(),
        criteria: Vec::new(),
        activities: Vec::new(),
        period: from("2025-01-01"),
        period_inferred: false,
        initial_on: None,
        flexibility: Flexibility::Fixed,
        scope: Vec::new(),
        under_chapters: Vec::new(),
    }
}

fn selector(scheme: &str, include: &[&str], exclude: &[&str]) -> CodeSelector {
    CodeSelector {
        scheme: scheme.to_owned(),
        edition: Some("2022".to_owned()),
        include: texts(include),
        exclude: texts(exclude),
    }
}

fn issued(serial: u32, grantor: &Body, name: &str, grant: CompetenceGrant) -> Record {
    let subject = Subject::CompetenceGrant(Box::new(grant));
    record(serial, grantor, name, subject)
}

/// A body notified for a regulation, with a scope that is complete.
fn notification() -> Record {
    let mut grant = grant(GrantType::Notification, &AUTHORITY_FR, CERTIFIER_FR.party());
    grant.grantee.identifiers = vec![Identifier {
        scheme: "nb4".to_owned(),
        value: "9999".to_owned(),
    }];
    grant.economies = texts(&["FR"]);
    grant.number = "NOT-EX-9999".into();
    grant.criteria = vec![standard("ISO/IEC 17065:2012")];
    grant.activities = vec![Activity::ProductCertification];
    grant.scope = vec![ScopeItem {
        id: "menager".to_owned(),
        description: LangString::of("fr", "Appareils électrodomestiques")
            .and("en", "Household electrical appliances"),
        standards: ["EN 60335-1", "IEC 60335-2-15"].map(standard).into(),
        products: vec![selector("HS", &["8516", "8509"], &["851610"])],
        exhaustive: true,
        ..ScopeItem::default()
    }];
    grant.under_chapters = texts(&["did:web:secretariat.example#goods/appliances"]);
    issued(
        0x101,
        &AUTHORITY_FR,
        "Notification : Certification Exemple SAS",
        grant,
    )
}

/// An accreditation in Russian: sectors for systems, free text for types.
fn accreditation_kz() -> Record {
    let mut grant = grant(
        GrantType::Accreditation,
        &ACCREDITOR_KZ,
        CERTIFIER_KZ.party(),
    );
    grant.economies = texts(&["KZ"]);
    grant.number = "KZ.О.01.0552".into();
    grant.criteria = ["ISO/IEC 17021-1:2015", "ISO/IEC 17065:2012"]
        .map(standard)
        .into();
    grant.activities = vec![Activity::MsCertification, Activity::TypeApproval];
    grant.period = span("2024-06-01", "2029-05-31");
    grant.initial_on = Some(on("2014-06-01"));
    grant.scope = vec![
        ScopeItem {
            id: "iso9001".to_owned(),
            activities: vec![Activity::MsCertification],
            standards: vec![standard("ISO 9001")],
            sectors: texts(&["IAF 17", "IAF 18"]),
            ..ScopeItem::default()
        },
        ScopeItem {
            id: "type".to_owned(),
            description: LangString::of(
                "ru",
                "Средства измерений электрических величин, кроме эталонов",
            ),
            activities: vec![Activity::TypeApproval],
            period: Some(from("2025-01-15")),
            ..ScopeItem::default()
        },
    ];
    issued(
        0x102,
        &ACCREDITOR_KZ,
        "Аттестат аккредитации KZ.О.01.0552",
        grant,
    )
}

/// A testing laboratory in Chinese: structured items beside a flexible one in words.
fn laboratory_cn() -> Record {
    let mut grant = grant(
        GrantType::Accreditation,
        &ACCREDITOR_CN,
        LABORATORY_CN.party(),
    );
    grant.grantee.names = LangString::of("en", "Sample Electrical Appliance Testing Centre");
    grant.economies = texts(&["CN"]);
    grant.number = "EX-L0042".into();
    grant.criteria = vec![standard("ISO/IEC 17025:2017")];
    grant.activities = vec![Activity::Testing];
    grant.period = span("2023-04-01", "2029-03-31");
    grant.flexibility = Flexibility::FlexibleMethod;
    grant.scope = vec![
        ScopeItem {
            id: "kettles".to_owned(),
            description: LangString::of("zh-Hans", "液体加热器")
                .and("en", "Appliances for heating liquids"),
            standards: ["GB 4706.1-2005", "GB 4706.19-2008", "IEC 60335-2-15"]
                .map(standard)
                .into(),
            products: vec![selector("HS", &["8516"], &[])],
            ..ScopeItem::default()
        },
        ScopeItem {
            id: "emc".to_owned(),
            description: LangString::of("zh-Hans", "电磁兼容：骚扰电压、辐射骚扰，方法可扩展"),
            standards: vec![standard("EN 55032")],
            period: Some(span("2023-04-01", "2026-03-31")),
            ..ScopeItem::default()
        },
    ];
    issued(0x103, &ACCREDITOR_CN, "实验室认可证书 EX-L0042", grant)
}

/// Calibration and measurement capability in Arabic.
fn calibration() -> Record {
    let mut grant = grant(GrantType::Cmc, &AUTHORITY_EG, METROLOGY_EG.party());
    grant.economies = texts(&["EG"]);
    grant.number = "CMC-EX-07".into();
    grant.criteria = vec![standard("ISO/IEC 17025:2017")];
    grant.activities = vec![Activity::Calibration];
    grant.scope = vec![ScopeItem {
        id: "mass".to_owned(),
        description: LangString::of("ar", "الكتلة: من ١ ملغ إلى ٢٠ كغ")
            .and("en", "Mass: 1 mg to 20 kg"),
        standards: vec![standard("OIML R 76-1")],
        ..ScopeItem::default()
    }];
    issued(
        0x104,
        &AUTHORITY_EG,
        "قدرات القياس والمعايرة: الكتلة",
        grant,
    )
}

/// A designation in Thai whose scope is all of an activity.
fn inspection() -> Record {
    let mut grant = grant(GrantType::Designation, &AUTHORITY_TH, INSPECTOR_TH.party());
    grant.economies = texts(&["TH"]);
    grant.number = "ทด. 12/2568".into();
    grant.criteria = vec![standard("ISO/IEC 17020:2012")];
    grant.activities = vec![Activity::Inspection];
    grant.scope = vec![ScopeItem {
        id: "cereals".to_owned(),
        description: LangString::of("th", "ธัญพืช").and("en", "Cereals"),
        products: vec![selector("HS", &["10"], &["1007"])],
        ..ScopeItem::default()
    }];
    issued(0x105, &AUTHORITY_TH, "การแต่งตั้งหน่วยตรวจ", grant)
}

/// A grant to a party without a DID, up to a level.
fn peer_assessment() -> Record {
    let grantee = NamedParty {
        country: Some("NZ".to_owned()),
        ..NamedParty::named("Sample Evaluation Facility")
    };
    let mut grant = grant(GrantType::PeerAssessment, &ACCREDITOR_NZ, grantee);
    grant.economies = texts(&["NZ"]);
    grant.number = "PA-2025-3".into();
    grant.activities = vec![Activity::Testing];
    grant.scope = vec![ScopeItem {
        id: "cc".to_owned(),
        standards: vec![standard("ISO/IEC 15408")],
        max_level: Some(Level::plain("EAL", 4)),
        ..ScopeItem::default()
    }];
    issued(
        0x106,
        &ACCREDITOR_NZ,
        "Peer assessment of Sample Evaluation Facility",
        grant,
    )
}
