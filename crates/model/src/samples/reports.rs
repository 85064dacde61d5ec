//! Samples of `Attestation` that state results: reports and calibration certificates, one of them
//! imported from a register.

use crate::attestation::{
    AttestationKind, BasedOn, ConformityObject, EvidenceRole, ObjectType, Quantity, Regime,
};
use crate::date::LegalDate;
use crate::level::Level;
use crate::party::NamedParty;
use crate::record::{Attribution, ImportedFrom, PublicationBasis, Record, Subject};
use crate::text::LangString;

use super::attestations::{blank, relies_on};
use super::world::{
    ACCREDITOR_CN, AUTHORITY_EG, AUTHORITY_NZ, AUTHORITY_TH, INSPECTOR_TH, LABORATORY_CN,
    METROLOGY_EG, day, hs, on, record, standard, texts,
};

pub(super) fn all() -> Vec<Record> {
    vec![test_report(), calibration(), inspection(), imported()]
}

/// A test report in Chinese of one lot.
fn test_report() -> Record {
    let mut subject = blank(
        AttestationKind::TestReport,
        "EX-2026-00873",
        "2026-01-16",
        (
            "https://register.example/cn/91440000EXAMPLE00X",
            "示例小家电有限公司",
        ),
        ("https://schemes.example/testing", "依据标准的检测"),
    );
    subject.name = "检测报告：电热水壶".into();
    subject.description = Some("安全项目全项检测，结论：合格".to_owned());
    let details = &mut subject.comity;
    details.statement_of_conformity = Some(true);
    details.regime = Some(Regime::Voluntary);
    details.holder_names = LangString::of("en", "Example Small Appliances Co., Ltd.");
    details.manufacturer = Some(NamedParty::named("示例小家电有限公司"));
    details.grants = vec![relies_on(0x103, &ACCREDITOR_CN, &["kettles"])];
    details.standards = ["GB 4706.1-2005", "GB 4706.19-2008", "IEC 60335-2-15:2012"]
        .map(standard)
        .into();
    details.objects = vec![ConformityObject {
        brand: Some("示例".to_owned()),
        model_numbers: texts(&["BE-1700"]),
        gtins: texts(&["09520123456795"]),
        serial_numbers: texts(&["SN-000412", "SN-000413"]),
        lots: texts(&["2025-W51-A"]),
        quantity: Some(Quantity {
            value: "2".to_owned(),
            unit: "{item}".to_owned(),
        }),
        product_codes: vec![hs("851679")],
        origin: Some("CN".to_owned()),
        ..ConformityObject::named(
            ObjectType::Product,
            LangString::of("zh-Hans", "电热水壶").and("en", "Electric kettle"),
        )
    }];
    record(
        0x11,
        &LABORATORY_CN,
        "检测报告：电热水壶",
        Subject::Attestation(Box::new(subject)),
    )
}

/// A calibration certificate in Arabic of one instrument.
fn calibration() -> Record {
    let mut subject = blank(
        AttestationKind::CalibrationCertificate,
        "م-ق-2026-0155",
        "2026-05-11",
        (
            "https://register.example/eg/300123456",
            "شركة الموازين النموذجية",
        ),
        ("https://schemes.example/calibration", "معايرة أجهزة القياس"),
    );
    subject.id = "https://certificates.example/eg/2026-0155".into();
    subject.name = "شهادة معايرة ميزان إلكتروني".into();
    let details = &mut subject.comity;
    details.holder_names = LangString::of("en", "Model Balances Company");
    details.grants = vec![relies_on(0x104, &AUTHORITY_EG, &["mass"])];
    details.standards = vec![standard("OIML R 76-1:2006")];
    details.objects = vec![ConformityObject {
        model_numbers: texts(&["MB-220"]),
        serial_numbers: texts(&["22019-A"]),
        product_codes: vec![hs("901600")],
        ..ConformityObject::named(
            ObjectType::Product,
            LangString::of("ar", "ميزان إلكتروني").and("en", "Electronic balance"),
        )
    }];
    details.conditions_of_use = vec![LangString::of(
        "ar",
        "تسري النتائج على الجهاز المذكور وقت المعايرة فقط",
    )];
    record(
        0x12,
        &METROLOGY_EG,
        "شهادة معايرة: ميزان إلكتروني",
        Subject::Attestation(Box::new(subject)),
    )
}

/// A consignment inspected in Thailand: lots and a quantity.
fn inspection() -> Record {
    let mut subject = blank(
        AttestationKind::ConsignmentCertificate,
        "TH-EX-26-004410",
        "2026-06-30",
        (
            "https://register.example/th/0105500000000",
            "บริษัท ข้าวตัวอย่าง จำกัด",
        ),
        (
            "https://schemes.example/rice",
            "การตรวจสอบคุณภาพข้าวเพื่อการส่งออก",
        ),
    );
    subject.name = "ใบรับรองการตรวจสอบสินค้าข้าวหอมมะลิ".into();
    let details = &mut subject.comity;
    details.legal_dates.valid_until = Some(on("2026-09-27"));
    details.regime = Some(Regime::Mandatory);
    details.grants = vec![relies_on(0x105, &AUTHORITY_TH, &[])];
    details.standards = vec![standard("ISO 7301:2021")];
    details.objects = vec![ConformityObject {
        lots: texts(&["L-2606-17", "L-2606-18"]),
        quantity: Some(Quantity {
            value: "480.5".to_owned(),
            unit: "t".to_owned(),
        }),
        product_codes: vec![hs("1006.30")],
        origin: Some("TH".to_owned()),
        ..ConformityObject::named(
            ObjectType::Consignment,
            LangString::of("th", "ข้าวหอมมะลิไทย").and("en", "Thai jasmine rice, milled"),
        )
    }];
    details.based_on = vec![BasedOn {
        role: EvidenceRole::TestReport,
        record: None,
        issuer: Some(NamedParty::named("ห้องปฏิบัติการธัญพืชตัวอย่าง")),
        number: Some("GR-26-1188".to_owned()),
        issued_on: Some(on("2026-06-28")),
    }];
    record(
        0x13,
        &INSPECTOR_TH,
        "ใบรับรองการตรวจสอบ: ข้าวหอมมะลิ",
        Subject::Attestation(Box::new(subject)),
    )
}

/// A row of a register, signed by the node that imported it, with a date known only roughly.
fn imported() -> Record {
    let mut subject = blank(
        AttestationKind::ProductCertificate,
        "4711",
        "2016-08-24",
        (
            "https://register.example/us/000000",
            "Sample Cryptography Inc.",
        ),
        (
            "https://schemes.example/modules",
            "Sample cryptographic module programme",
        ),
    );
    subject.name = "Sample Cryptographic Library".into();
    subject.assessor_level = "unspecified".into();
    let details = &mut subject.comity;
    details.legal_dates.valid_until =
        Some(LegalDate::between(day("2021-08-23"), day("2021-12-31")));
    details.scheme = Some("FIPS140".to_owned());
    details.standards = vec![standard("FIPS 140-2")];
    details.level = Some(Level::plain("FIPS140", 1));
    details.source_status = Some("Historical".to_owned());
    let mut record = record(
        0x14,
        &AUTHORITY_NZ,
        "Sample Cryptographic Library",
        Subject::Attestation(Box::new(subject)),
    );
    // Ids of imported records are UUIDs of version 8 (format.md 2.9).
    record.id = "urn:uuid:01936c00-0000-8000-8000-000000000014".into();
    record.comity.publication_basis = Some(PublicationBasis::SchemeRule);
    record.comity.imported_from = Some(ImportedFrom {
        system: "sample-modules".to_owned(),
        source_id: "4711".to_owned(),
        fetched_on: day("2026-10-01"),
        attributed_to: Attribution {
            id: "https://programme.example".to_owned(),
            name: "Sample joint module programme".to_owned(),
            economies: texts(&["CA", "US"]),
        },
        source_signed: false,
    });
    record
}
