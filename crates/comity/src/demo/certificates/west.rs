//! Papers from Sweden, France and Tunisia, all made up.

use anyhow::Result;
use comity_model::level::Level;
use comity_model::text::LangString;

use super::{Paper, add, add_with};
use crate::demo::cast::{FR_CERTIFIER, FR_LABORATORY, SE_CERTIFIER, SE_SECURITY, TN_CERTIFIER};
use crate::demo::ledger::{Ledger, on};
use crate::demo::promises::rests_on;

pub(super) fn issue(ledger: &mut Ledger) -> Result<()> {
    security_certificates(ledger)?;
    swedish_certificates(ledger)?;
    french_papers(ledger)?;
    clothing(ledger)
}

/// Two certificates of one scheme: one within the cap of the arrangement, one above it.
fn security_certificates(ledger: &mut Ledger) -> Result<()> {
    for (number, issued, level, object) in [
        (
            "DEMO-CC-2024-01",
            "2024-10-21",
            "EAL2 ALC_FLR.1",
            "DEMO network device",
        ),
        (
            "DEMO-CC-2025-02",
            "2025-02-17",
            "EAL4 ALC_FLR.2",
            "DEMO smart card",
        ),
    ] {
        let paper = Paper {
            issued,
            until: Some("2029-12-31"),
            holder: "DEMO Silicon, Sweden",
            object: LangString::of("en", object),
            standards: &["ISO/IEC 15408"],
            hs: &["8542.31"],
            models: &["DS-1"],
            ..Paper::product(&SE_SECURITY, number, "DEMO security certificate")
        };
        add_with(ledger, &paper, |details| {
            details.scheme = Some("DEMO-CC".to_owned());
            details.level = Level::common_criteria(level);
            Ok(())
        })?;
    }
    Ok(())
}

fn swedish_certificates(ledger: &mut Ledger) -> Result<()> {
    add(
        ledger,
        &Paper {
            issued: "2025-04-07",
            until: Some("2028-04-06"),
            holder: "DEMO Cooling, Sweden",
            object: LangString::of("en", "DEMO air conditioner")
                .and("sv", "DEMO-luftkonditionering"),
            standards: &["IEC 60335-2-40:2022"],
            hs: &["8415.10"],
            models: &["DA-9"],
            grant: Some(("DEMO-SE-CB-1", &["cooling"])),
            ..Paper::product(
                &SE_CERTIFIER,
                "DEMO-SE-2025-0009",
                "DEMO product certificate",
            )
        },
    )
}

fn french_papers(ledger: &mut Ledger) -> Result<()> {
    for (number, issued, standard, en) in [
        (
            "DEMO-FR-L-2024-0008",
            "2024-11-04",
            &["EN 55032:2015"],
            "DEMO display",
        ),
        (
            "DEMO-FR-L-2025-0012",
            "2025-04-14",
            &["EN 55035:2017"],
            "DEMO loudspeaker",
        ),
    ] {
        add(
            ledger,
            &Paper {
                issued,
                holder: "Électronique DÉMO SARL",
                object: LangString::of("fr", "Appareil DÉMO").and("en", en),
                standards: standard,
                hs: &["8528.52"],
                models: &["DE-27"],
                grant: Some(("DEMO-FR-LAB-1", &["cem"])),
                ..Paper::report(&FR_LABORATORY, number, "Rapport d’essai DÉMO")
            },
        )?;
    }
    let twin = Paper {
        key: Some("DEMO-2025-100 of France"),
        ..hob("DEMO-2025-100", "2025-10-13", "Cuisson DÉMO SA")
    };
    add(ledger, &twin)?;
    // Its holder is a person, who has the record taken down later.
    add(ledger, &hob("DEMO-FR-2026-0012", "2026-02-23", "Mme Démo"))?;
    resting_on_reports(ledger)
}

fn hob(number: &'static str, issued: &'static str, holder: &'static str) -> Paper {
    Paper {
        issued,
        until: Some("2028-10-12"),
        holder,
        object: LangString::of("fr", "Plaque de cuisson DÉMO").and("en", "DEMO hob"),
        standards: &["IEC 60335-1:2020"],
        hs: &["8516.60"],
        models: &["DP-4"],
        grant: Some(("DEMO-FR-DES-1", &["electrical"])),
        ..Paper::product(&FR_CERTIFIER, number, "Certificat DÉMO de conformité")
    }
}

/// Hobs that rest on reports of a laboratory that commits to its reports.
fn resting_on_reports(ledger: &mut Ledger) -> Result<()> {
    for (number, issued, report, reported) in [
        (
            "DEMO-FR-2026-0031",
            "2026-02-02",
            "DEMO-FR-E-26-001",
            "2026-01-12",
        ),
        (
            "DEMO-FR-2026-0032",
            "2026-02-02",
            "DEMO-FR-E-26-099",
            "2026-01-12",
        ),
        (
            "DEMO-FR-2026-0033",
            "2026-03-02",
            "DEMO-FR-E-26-014",
            "2026-02-23",
        ),
        (
            "DEMO-FR-2026-0034",
            "2026-03-02",
            "DEMO-FR-E-26-002",
            "2026-01-12",
        ),
    ] {
        let paper = hob(number, issued, "Cuisson DÉMO SA");
        add_with(ledger, &paper, |details| {
            details.based_on = rests_on(report, reported)?;
            Ok(())
        })?;
    }
    // Published five weeks after it was issued: the body had promised a day.
    let late = hob("DEMO-FR-2026-0020", "2026-02-23", "Cuisson DÉMO SA");
    add_with(ledger, &late, |details| {
        details.legal_dates.issued_on = on("2026-01-19")?;
        Ok(())
    })
}

/// Clothing within the region: from a member that stays and from the one that leaves.
fn clothing(ledger: &mut Ledger) -> Result<()> {
    let paper = |by, number, issued, grant| Paper {
        issued,
        until: Some("2028-03-16"),
        holder: "Textile DÉMO",
        object: LangString::of("fr", "Vêtements d’enfants DÉMO")
            .and("en", "DEMO children’s clothing"),
        standards: &["EN 14682:2014"],
        hs: &["6111.20"],
        models: &["DV-1"],
        grant: Some((grant, &["textile"])),
        ..Paper::product(by, number, "Certificat DÉMO de conformité")
    };
    let (french, tunisian) = ("DEMO-FR-CB-1", "DEMO-TN-DES-1");
    add(
        ledger,
        &paper(&TN_CERTIFIER, "DEMO-TN-2025-0005", "2025-03-17", tunisian),
    )?;
    add(
        ledger,
        &paper(&FR_CERTIFIER, "DEMO-FR-2025-0031", "2025-03-18", french),
    )?;
    add(
        ledger,
        &paper(&TN_CERTIFIER, "DEMO-TN-2026-0001", "2026-02-16", tunisian),
    )
}
