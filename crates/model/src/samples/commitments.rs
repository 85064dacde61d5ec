//! Samples of `Commitment` and `CoverageStatement`.

use crate::commitment::{Commitment, CommittedReport};
use crate::coverage::CoverageStatement;
use crate::record::{Kind, Record, Subject};

use super::world::{
    AUTHORITY_EG, Body, LABORATORY_CN, LABORATORY_EG, LABORATORY_FR, LABORATORY_KZ, LABORATORY_NZ,
    day, digest, from, record, span,
};

pub(super) fn commitments() -> Vec<Record> {
    vec![
        commitment(
            0x9a1,
            &LABORATORY_CN,
            "检测报告存证，2026年1月16日",
            &["EX-2026-00874", "EX-2026-00875"],
        ),
        commitment(
            0x9a2,
            &LABORATORY_KZ,
            "Протоколы испытаний от 16 января 2026 г.",
            &["ИЛ-2026/17", "ИЛ-2026/18"],
        ),
        commitment(
            0x9a3,
            &LABORATORY_FR,
            "Rapports d’essais du 16 janvier 2026",
            &["RE 26-0031"],
        ),
        commitment(
            0x9a4,
            &LABORATORY_EG,
            "تقارير الاختبار ليوم 16 يناير 2026",
            &["ت-2026-0044"],
        ),
        commitment(
            0x9a5,
            &LABORATORY_NZ,
            "Test reports of 16 January 2026",
            &["STL-26-0007", "STL-26-0008", "STL-26-0009"],
        ),
    ]
}

fn commitment(serial: u32, laboratory: &Body, name: &str, numbers: &[&str]) -> Record {
    let reports = numbers
        .iter()
        .zip(1..)
        .map(|(number, fill)| CommittedReport {
            number: (*number).to_owned(),
            issued_on: day("2026-01-16"),
            digest: digest(fill),
        });
    let subject = Commitment {
        reports: reports.collect(),
    };
    record(
        serial,
        laboratory,
        name,
        Subject::Commitment(Box::new(subject)),
    )
}

pub(super) fn coverage_statements() -> Vec<Record> {
    vec![
        promise(
            0x911,
            &LABORATORY_CN,
            &LABORATORY_CN,
            "本中心全部检测报告均在此存证",
        ),
        promise(
            0x912,
            &LABORATORY_KZ,
            &LABORATORY_KZ,
            "Здесь все протоколы лаборатории",
        ),
        promise(
            0x913,
            &LABORATORY_FR,
            &LABORATORY_FR,
            "Tous les rapports du laboratoire sont ici",
        ),
        // An authority promises for a body that it registered.
        promise(
            0x914,
            &AUTHORITY_EG,
            &LABORATORY_EG,
            "جميع تقارير المختبر منشورة هنا",
        ),
        promise(
            0x915,
            &LABORATORY_NZ,
            &LABORATORY_NZ,
            "Every report of this laboratory is here",
        ),
    ]
}

fn promise(serial: u32, signer: &Body, issuer: &Body, name: &str) -> Record {
    let period = if serial.is_multiple_of(2) {
        span("2026-01-01", "2027-12-31")
    } else {
        from("2026-01-01")
    };
    let subject = CoverageStatement {
        kinds: vec![Kind::Attestation, Kind::Commitment],
        issuers: vec![issuer.reference()],
        since: day("2026-01-01"),
        within_hours: 48,
        period,
    };
    record(
        serial,
        signer,
        name,
        Subject::CoverageStatement(Box::new(subject)),
    )
}
