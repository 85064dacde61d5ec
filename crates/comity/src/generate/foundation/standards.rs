//! Records of the standards that certificates cite: each edition, and what China and Kazakhstan
//! cite beside it. The numbers and years are those of real standards; which adopts which, and how
//! closely, is made up here.

use anyhow::{Context as _, Result};
use comity_model::date::{Day, LegalDate, Period};
use comity_model::record::Subject;
use comity_model::standard::{
    Adoption, Correspondence, ReplacedEdition, Standard, StandardReference, StandardSort,
};
use comity_model::text::LangString;

use super::Foundation;
use crate::generate::cast::{Body, Cast};
use crate::generate::tables::{Norm, Tables};

/// Days for which an edition counts beside the one after it.
const COEXISTENCE_DAYS: i32 = 1_096;

/// Adds every edition, by the word of the secretariat.
pub(super) fn international(
    foundation: &mut Foundation,
    cast: &Cast,
    tables: &Tables,
) -> Result<()> {
    for norm in &tables.norms {
        for (place, year) in norm.editions.iter().enumerate() {
            let begins = first_day(*year)?;
            let next = norm.editions.get(place + 1).map(|year| first_day(*year));
            let ends = next.transpose()?.map(|day| day.plus_days(COEXISTENCE_DAYS));
            let before = place
                .checked_sub(1)
                .and_then(|before| norm.editions.get(before));
            let replaces = before.map(|year| replaced(norm, *year, begins));
            let standard = Standard {
                replaces: replaces.into_iter().collect::<Result<_>>()?,
                ..standard(
                    norm,
                    norm.edition(*year)?,
                    Period::new(begins, ends.map(LegalDate::from)),
                )
            };
            add(foundation, &cast.secretariat, standard)?;
        }
    }
    Ok(())
}

/// Adds the national ones, by the word of their authorities.
pub(super) fn national(foundation: &mut Foundation, cast: &Cast, tables: &Tables) -> Result<()> {
    for (economy, language) in [("CN", "zh-Hans"), ("KZ", "ru")] {
        let mut authorities = cast.authorities.iter();
        let authority = authorities.find(|authority| authority.code() == economy);
        let authority = authority.context("that economy is among those made up")?;
        for norm in &tables.norms {
            let (Some(national), Some(first)) = (norm.national(language), norm.editions.first())
            else {
                continue;
            };
            let year = national
                .edition()
                .context("national standards say their year")?;
            let period = Period::new(first_day(year)?, None);
            let standard = Standard {
                economies: vec![economy.to_owned()],
                adopts: vec![Adoption {
                    standard: norm.edition(*first)?,
                    correspondence: Correspondence::Identical,
                    deviations: Vec::new(),
                }],
                ..standard(norm, national.clone(), period)
            };
            add(foundation, authority, standard)?;
        }
    }
    Ok(())
}

fn add(foundation: &mut Foundation, by: &Body, standard: Standard) -> Result<()> {
    let name = format!("DEMO: {}", standard.standard);
    let on = foundation.begun;
    foundation.add(by, on, name, Subject::Standard(Box::new(standard)))?;
    Ok(())
}

fn standard(norm: &Norm, standard: StandardReference, period: Period) -> Standard {
    Standard {
        standard,
        sort: StandardSort::Standard,
        title: LangString::of("en", &format!("DEMO: {}", norm.title)),
        economies: Vec::new(),
        period,
        replaces: Vec::new(),
        amends: Vec::new(),
        adopts: Vec::new(),
        ics: Vec::new(),
    }
}

fn replaced(norm: &Norm, year: u16, begins: Day) -> Result<ReplacedEdition> {
    Ok(ReplacedEdition {
        standard: norm.edition(year)?,
        coexists_until: Some(begins.plus_days(COEXISTENCE_DAYS).into()),
    })
}

fn first_day(year: u16) -> Result<Day> {
    let year = i16::try_from(year)?;
    Day::new(year, 7, 1).context("every year has a first of July")
}
