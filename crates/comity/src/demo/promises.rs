//! What a laboratory of the demo keeps private and commits to, what rests on it, and who promises
//! that everything is here.

use anyhow::Result;
use comity_model::attestation::{BasedOn, EvidenceRole};
use comity_model::commitment::{Commitment, CommittedReport};
use comity_model::coverage::CoverageStatement;
use comity_model::record::{Kind, Subject};
use comity_signature::digest::{sha256, to_multibase};

use super::cast::{Body, FR_CERTIFIER, FR_LABORATORY, KZ_CERTIFIER};
use super::ledger::{Draft, Ledger, day, on, since};

/// Adds the commitments and the promises.
///
/// # Errors
/// If one cannot be signed.
pub(super) fn give(ledger: &mut Ledger) -> Result<()> {
    let first = ["DEMO-FR-E-26-001", "DEMO-FR-E-26-002", "DEMO-FR-E-26-003"];
    commit(ledger, "2026-01-12", &first)?;
    commit(ledger, "2026-03-16", &["DEMO-FR-E-26-014"])?;
    promise(ledger, &KZ_CERTIFIER, "ДЕМО: здесь все сертификаты органа")?;
    // It is broken: see `certificates::west`.
    promise(
        ledger,
        &FR_CERTIFIER,
        "DÉMO : tous les certificats sont ici",
    )
}

/// Reports of one day, their contents digested with a salt that a real laboratory would keep.
fn commit(ledger: &mut Ledger, logged: &str, numbers: &[&str]) -> Result<()> {
    let report = |number: &&str| -> Result<CommittedReport> {
        Ok(CommittedReport {
            number: (*number).to_owned(),
            issued_on: day(logged)?,
            digest: to_multibase(sha256(format!("comity demo report {number}").as_bytes())),
        })
    };
    let reports = numbers.iter().map(report).collect::<Result<_>>()?;
    ledger.add(Draft {
        key: &format!("commitment of {logged}"),
        logged,
        by: &FR_LABORATORY,
        name: "Engagement DÉMO sur des rapports d’essai",
        subject: Subject::Commitment(Box::new(Commitment { reports })),
    })
}

/// That all that `body` certifies since 2026 is published within a day.
fn promise(ledger: &mut Ledger, body: &'static Body, name: &str) -> Result<()> {
    let from = "2026-01-05";
    let statement = CoverageStatement {
        kinds: vec![Kind::Attestation],
        issuers: vec![body.reference()],
        since: day(from)?,
        within_hours: 24,
        period: since(from)?,
    };
    ledger.add(Draft {
        key: &format!("promise of {}", body.did),
        logged: from,
        by: body,
        name,
        subject: Subject::CoverageStatement(Box::new(statement)),
    })
}

/// A report of the laboratory, as a certificate names it.
///
/// # Errors
/// If the day is written wrongly.
pub(super) fn rests_on(number: &str, issued: &str) -> Result<Vec<BasedOn>> {
    Ok(vec![BasedOn {
        role: EvidenceRole::TestReport,
        record: None,
        issuer: Some(FR_LABORATORY.party()),
        number: Some(number.to_owned()),
        issued_on: Some(on(issued)?),
    }])
}
