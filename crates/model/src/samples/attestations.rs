//! Samples of `Attestation` that state conformity: certificates.

use crate::attestation::{
    Attestation, AttestationDetails, AttestationKind, BasedOn, ConformityObject, EvidenceRole,
    GrantReliance, LegalDates, ObjectType, Regime, UntpNamed, UntpParty,
};
use crate::level::Level;
use crate::party::{Identifier, NamedParty};
use crate::product::ProductCode;
use crate::record::{Record, Subject};
use crate::reference::Reference;
use crate::text::LangString;

use super::world::{
    ACCREDITOR_KZ, AUTHORITY_FR, Body, CERTIFIER_FR, CERTIFIER_KZ, EVALUATOR_NZ, LABORATORY_CN, hs,
    on, record, reference, standard, texts,
};

pub(super) fn all() -> Vec<Record> {
    vec![kettle(), management_system(), smart_card(), transformer()]
}

/// UNTP's part of an attestation of that kind, and ours with what is required only.
pub(super) fn blank(
    kind: AttestationKind,
    number: &str,
    issued_on: &str,
    holder: (&str, &str),
    scheme: (&str, &str),
) -> Attestation {
    Attestation {
        untp_type: texts(&["ConformityAttestation"]),
        id: format!("https://certificates.example/{issued_on}/{}", plain(number)),
        name: number.to_owned(),
        description: None,
        assessor_level: "3rdParty".to_owned(),
        assessment_level: "authority-mandate".to_owned(),
        attestation_type: kind.untp_type().to_owned(),
        issued_to_party: UntpParty {
            untp_type: texts(&["Party"]),
            id: holder.0.to_owned(),
            name: holder.1.to_owned(),
            registered_id: None,
        },
        reference_scheme: UntpNamed {
            untp_type: texts(&["ConformityScheme"]),
            id: scheme.0.to_owned(),
            name: scheme.1.to_owned(),
        },
        comity: blank_details(kind, number, issued_on),
    }
}

/// The letters and digits of a number that a URI can show.
fn plain(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn blank_details(kind: AttestationKind, number: &str, issued_on: &str) -> AttestationDetails {
    AttestationDetails {
        comity_kind: kind,
        certificate_number: number.to_owned(),
        version_number: None,
        legal_dates: LegalDates {
            issued_on: on(issued_on),
            valid_from: None,
            valid_until: None,
            first_issued_on: None,
            procedure_began_on: None,
        },
        statement_of_conformity: None,
        regime: None,
        scheme: None,
        holder_names: LangString::default(),
        manufacturer: None,
        factories: Vec::new(),
        grants: Vec::new(),
        standards: Vec::new(),
        regulations: Vec::new(),
        profiles: Vec::new(),
        scope_statement: LangString::default(),
        objects: Vec::new(),
        based_on: Vec::new(),
        deviations_covered: Vec::new(),
        level: None,
        claimed_arrangements: Vec::new(),
        conditions_of_use: Vec::new(),
        source_status: None,
    }
}

pub(super) fn relies_on(serial: u32, grantor: &Body, items: &[&str]) -> GrantReliance {
    GrantReliance {
        grant: Reference::Record(reference(serial, grantor)),
        scope_items: texts(items),
    }
}

/// A product certificate in French for an electric kettle made in China.
fn kettle() -> Record {
    let mut subject = blank(
        AttestationKind::ProductCertificate,
        "CE-EX 2026/0417",
        "2026-02-10",
        (
            "https://register.example/fr/552100554",
            "Bouilloires Exemple SARL",
        ),
        (
            "https://schemes.example/low-voltage",
            "Sécurité des appareils électrodomestiques",
        ),
    );
    subject.name = "Certificat de conformité : bouilloire électrique".into();
    subject.description = Some("Bouilloire sans fil de 1,7 litre, 2 200 W".to_owned());
    subject.issued_to_party.registered_id = Some("552100554".to_owned());
    let details = &mut subject.comity;
    details.version_number = Some("2".to_owned());
    details.legal_dates.valid_until = Some(on("2031-02-09"));
    details.legal_dates.first_issued_on = Some(on("2024-05-03"));
    details.legal_dates.procedure_began_on = Some(on("2025-11-20"));
    details.regime = Some(Regime::Mandatory);
    details.scheme = Some("EX-LVD".to_owned());
    details.manufacturer = Some(NamedParty {
        names: LangString::of("zh-Hans", "示例小家电有限公司"),
        identifiers: vec![Identifier {
            scheme: "uscc".to_owned(),
            value: "91440000EXAMPLE00X".to_owned(),
        }],
        country: Some("CN".to_owned()),
        ..NamedParty::named("Example Small Appliances Co., Ltd.")
    });
    details.factories = vec![NamedParty {
        address: Some("Bâtiment 4, zone industrielle d’exemple, Shunde".to_owned()),
        country: Some("CN".to_owned()),
        ..NamedParty::named("Example Small Appliances, usine nº 2")
    }];
    details.grants = vec![relies_on(0x101, &AUTHORITY_FR, &["menager"])];
    details.standards = ["EN 60335-1:2012", "IEC 60335-2-15:2012"]
        .map(standard)
        .into();
    details.regulations = texts(&["Directive 2014/35/UE"]);
    details.objects = vec![ConformityObject {
        brand: Some("Exemplo".to_owned()),
        model_numbers: texts(&["BE-1700", "BE-1750*"]),
        gtins: texts(&["9520123456788"]),
        product_codes: vec![hs("8516.79")],
        origin: Some("CN".to_owned()),
        ..ConformityObject::named(
            ObjectType::Product,
            LangString::of("fr", "Bouilloire électrique")
                .and("en", "Electric kettle")
                .and("zh-Hans", "电热水壶"),
        )
    }];
    details.based_on = vec![BasedOn {
        role: EvidenceRole::TestReport,
        record: Some(reference(0x11, &LABORATORY_CN)),
        issuer: Some(LABORATORY_CN.party()),
        number: Some("EX-2026-00873".to_owned()),
        issued_on: Some(on("2026-01-16")),
    }];
    details.conditions_of_use = vec![LangString::of("fr", "Altitude inférieure à 2 000 m")];
    record(
        0x01,
        &CERTIFIER_FR,
        "Certificat de conformité : bouilloire électrique",
        Subject::Attestation(Box::new(subject)),
    )
}

/// A management-system certificate in Russian, replacing an earlier one.
fn management_system() -> Record {
    let mut subject = blank(
        AttestationKind::MsCertificate,
        "KZ.О.01.0552.С26.000118",
        "2026-03-02",
        (
            "https://register.example/kz/980540001234",
            "АО «Образцовый литейный завод»",
        ),
        (
            "https://schemes.example/quality",
            "Сертификация систем менеджмента качества",
        ),
    );
    subject.name = "Сертификат соответствия системы менеджмента качества".into();
    let details = &mut subject.comity;
    details.legal_dates.valid_from = Some(on("2026-03-10"));
    details.legal_dates.valid_until = Some(on("2029-03-09"));
    details.regime = Some(Regime::Voluntary);
    details.holder_names =
        LangString::of("kk", "«Үлгілі құю зауыты» АҚ").and("en", "Model Foundry JSC");
    details.grants = vec![relies_on(0x102, &ACCREDITOR_KZ, &[])];
    details.standards = ["ISO 9001:2015", "ГОСТ Р ИСО 9001-2015"]
        .map(standard)
        .into();
    details.scope_statement = LangString::of("ru", "Производство отливок из чугуна и стали")
        .and("en", "Manufacture of iron and steel castings");
    details.objects = vec![ConformityObject {
        product_codes: vec![ProductCode {
            scheme: "IAF".to_owned(),
            edition: None,
            code: "17".to_owned(),
        }],
        ..ConformityObject::named(
            ObjectType::System,
            LangString::of("ru", "Система менеджмента качества"),
        )
    }];
    details.claimed_arrangements = texts(&["IAF MLA"]);
    let mut record = record(
        0x02,
        &CERTIFIER_KZ,
        "Сертификат системы менеджмента качества",
        Subject::Attestation(Box::new(subject)),
    );
    record.comity.replaces = Some(reference(0x0F, &CERTIFIER_KZ));
    record
}

/// A Common Criteria certificate in English: a level, a profile, no grant.
fn smart_card() -> Record {
    let mut subject = blank(
        AttestationKind::ProductCertificate,
        "EX-CC-2026/014",
        "2026-04-21",
        (
            "https://register.example/nz/9429000000000",
            "Sample Silicon Limited",
        ),
        (
            "https://schemes.example/cc",
            "Sample Common Criteria scheme",
        ),
    );
    subject.name = "Common Criteria certificate: Sample Secure Element".into();
    let details = &mut subject.comity;
    details.legal_dates.valid_until = Some(on("2031-04-20"));
    details.scheme = Some("CC".to_owned());
    details.regime = Some(Regime::Voluntary);
    details.standards = vec![standard("ISO/IEC 15408")];
    details.profiles = texts(&["EX-PP-0084"]);
    details.level = Level::common_criteria("EAL5+ ALC_DVS.2 AVA_VAN.5");
    details.objects = vec![ConformityObject {
        model_numbers: texts(&["SSE-100 rev. C"]),
        categories: texts(&["Smart Cards and similar devices"]),
        product_codes: vec![hs("8542.31")],
        ..ConformityObject::named(
            ObjectType::Product,
            LangString::of("en", "Sample Secure Element SSE-100"),
        )
    }];
    record(
        0x03,
        &EVALUATOR_NZ,
        "Common Criteria certificate: Sample Secure Element",
        Subject::Attestation(Box::new(subject)),
    )
}

/// A certificate of the Eurasian kind in Russian, with a national extension of the HS.
fn transformer() -> Record {
    let mut subject = blank(
        AttestationKind::TypeApproval,
        "KZ.7500.01.05.00231",
        "2025-09-15",
        (
            "https://register.example/kz/110240005678",
            "ТОО «Пример-Трансформатор»",
        ),
        (
            "https://schemes.example/measuring",
            "Утверждение типа средств измерений",
        ),
    );
    subject.name = "Сертификат об утверждении типа: трансформатор тока".into();
    let details = &mut subject.comity;
    details.legal_dates.valid_until = Some(on("2030-09-14"));
    details.regime = Some(Regime::Mandatory);
    details.grants = vec![relies_on(0x102, &ACCREDITOR_KZ, &["type"])];
    details.standards = vec![standard("ГОСТ 7746-2015")];
    details.objects = vec![ConformityObject {
        model_numbers: texts(&["ПТ-0,66"]),
        product_codes: vec![ProductCode {
            scheme: "TNVED".to_owned(),
            edition: Some("2022".to_owned()),
            code: "8504312109".to_owned(),
        }],
        ..ConformityObject::named(
            ObjectType::Product,
            LangString::of("ru", "Трансформатор тока")
                .and("hy", "Հոսանքի տրանսֆորմատոր")
                .and("en", "Current transformer"),
        )
    }];
    record(
        0x04,
        &CERTIFIER_KZ,
        "Утверждение типа: трансформатор тока",
        Subject::Attestation(Box::new(subject)),
    )
}
